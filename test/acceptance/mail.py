#!/usr/bin/env python3
"""A real mail server receives what the library sends: the link that makes an account, and word of one's matter, in the reader's language,
with a link and without a secret."""
import email
import email.policy
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

from library import PROGRAM, REPORT, ROOT, Library, free_port

SECRET, ADDRESS, PASSWORD = 'Zaunkoenig', 'neu@example.cn', 'four words nobody else knows'


class Mailbox:
    """Debian's aiosmtpd in a process of its own."""

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir()
        self.process = subprocess.Popen(['/usr/bin/python3', ROOT / 'test/face/outbox/smtp_server.py', folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline())

    def wait_for(self, address, count=1):
        """The newest message to the address, once there are so many."""
        for _ in range(150):
            found = [email.message_from_bytes(p.read_bytes(), policy=email.policy.default) for p in sorted(self.folder.glob('*.eml'), key=lambda p: int(p.stem))]
            found = [m for m in found if address in m['X-Envelope-To']]
            if len(found) >= count:
                return found[-1]
            time.sleep(0.1)
        sys.exit(f'no mail came to {address}')


def body_of(message, kind='plain'):
    return message.get_body((kind,)).get_content()


def main():
    failed, passed = [], 0

    def that(truth, rule, detail=''):
        nonlocal passed
        passed += bool(truth)
        if not truth:
            failed.append(f'{rule}: {detail}')

    folder = pathlib.Path(tempfile.mkdtemp(prefix='cappvd-mail-'))
    mailbox, library = Mailbox(folder / 'mail'), Library(folder, free_port())
    try:
        library.start('demo')
        for name, value in (('smtp_host', '127.0.0.1'), ('smtp_port', mailbox.port), ('smtp_security', 'plain'), ('mail_from', 'library@example.org')):
            subprocess.run([PROGRAM, 'settings', 'set', name, str(value), '--data', library.data], check=True, capture_output=True)
        # somebody registers: the link comes by mail, makes the account, and works once
        _, headers, _ = library.request('GET', '/register', headers={'Accept-Language': 'en'})
        library.cookie = headers['Set-Cookie'].split(';')[0]
        library.as_coordinator('POST', '/register', library.page_form('/register', '/register') | {'mail': ADDRESS})
        message = mailbox.wait_for(ADDRESS)
        link = re.search(r'https?://[^/\s]+(/verify/[\w-]+)', body_of(message))[1]
        that('library@example.org' in message['From'] and message['Message-ID'], 'sender and Message-ID', str(message.items()))
        fields = library.page_form(link, link) | {'name': 'Neu', 'handle': 'neu', 'password': PASSWORD, 'accepts_terms': 'true', 'accepts_privacy': 'true', 'accepts_confidentiality': 'true'}
        status, _, page = library.as_coordinator('POST', link, fields)
        that(status in (200, 303), 'the link makes an account', f'{status} {page[:300]}')
        that(library.as_coordinator('GET', link)[0] == 404, 'the link works once')
        status, headers, _ = library.as_coordinator('POST', '/login', library.page_form('/login', '/login') | {'login': 'neu', 'password': PASSWORD})
        that(status == 303 and 'Set-Cookie' in headers, 'the new account signs in', status)
        # a reporter is told that something is asked, with a link and without the matter's words, in Chinese
        library.enter_as('林一帆')
        token = library.page_form('/account/tokens/new', '/account/tokens')
        _, _, page = library.as_coordinator('POST', '/account/tokens', list(token.items()) + [('name', 'mail'), ('days', '7'), ('scopes', 'report:write')])
        bearer = re.search(r'cappvd_[A-Za-z0-9_-]+', page)[0]
        body = json.dumps(REPORT | {'title': f'{SECRET} in the title', 'credit': 'handle'})
        status, _, text = library.request('POST', '/api/v1/reports', body, {'Content-Type': 'application/json', 'Authorization': f'Bearer {bearer}'})
        that(status == 201, 'the report is received', text[:300])
        reference = json.loads(text)['ref']
        library.enter_as('Coordinator')
        for action, values in (('review', {}), ('ask', {'question': f'{SECRET} in the question'})):
            path = f'/reports/{reference}/actions/{action}'
            status = library.as_coordinator('POST', path, library.page_form(f'/reports/{reference}', path) | values)[0]
            that(status == 303, action, status)
        deadline = time.monotonic() + 15
        while time.monotonic() < deadline:
            told = [m for m in mailbox.folder.glob('*.eml') if 'lin@example.cn' in m.read_text(errors='replace')]
            if any(reference in body_of(email.message_from_bytes(m.read_bytes(), policy=email.policy.default)) for m in told):
                break
            time.sleep(0.1)
        about = [m for m in (email.message_from_bytes(p.read_bytes(), policy=email.policy.default) for p in told) if reference in body_of(m)]
        that(about, 'the reporter is told', f'{len(told)} mails')
        for message in about:
            whole = str(message['Subject']) + body_of(message) + body_of(message, 'html')
            that(SECRET not in whole, 'no word of the matter is in it', whole[:300])
            that(f'/reports/{reference}' in whole, 'it carries the link', whole[:300])
            that(re.search('[\u4e00-\u9fff]', str(message['Subject'])), "it is in the reader's language", message['Subject'])
    finally:
        if library.process and library.process.poll() is None:
            library.kill()
        mailbox.process.stdin.close()
        mailbox.process.wait()
        shutil.rmtree(folder, ignore_errors=True)
    print('\n'.join(failed))
    print(f'{passed} passed, {len(failed)} failed')
    sys.exit(1 if failed else 0)


if __name__ == '__main__':
    main()
