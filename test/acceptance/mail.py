#!/usr/bin/env python3
"""A real mail server receives what the library sends: the link that makes an account, and word of one's matter, in the reader's language,
with a link and without a secret."""
import email
import email.policy
import json
import os
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


class Gateway:
    """A gateway for short messages in a process of its own."""

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir()
        self.process = subprocess.Popen(['/usr/bin/python3', ROOT / 'test/face/outbox/sms_gateway.py', folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline())

    def texts(self, count=1):
        """What it took, once there is so much of it."""
        for _ in range(150):
            found = [json.loads(p.read_text()) for p in sorted(self.folder.glob('*.json'), key=lambda p: int(p.stem))]
            if len(found) >= count:
                break
            time.sleep(0.1)
        return found


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
    mailbox, gateway, library = Mailbox(folder / 'mail'), Gateway(folder / 'sms'), Library(folder, free_port())
    try:
        library.start('demo')
        for name, value in (('smtp_host', '127.0.0.1'), ('smtp_port', mailbox.port), ('smtp_security', 'plain'), ('mail_from', 'library@example.org'),
                            ('sms_address', f'http://127.0.0.1:{gateway.port}/send?key={{secret}}'), ('sms_accepted', '"OK"')):
            subprocess.run([PROGRAM, 'settings', 'set', name, str(value), '--data', library.data], check=True, capture_output=True)
        (pathlib.Path(library.data) / 'sms.secret').write_text('hunter2\n')
        (pathlib.Path(library.data) / 'sms.secret').chmod(0o600)
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
            that(message['List-Unsubscribe-Post'] == 'List-Unsubscribe=One-Click', 'it names the one-click way', str(message.items()))
        # one click of a mail server: no cookie, no token; opening the address changes nothing
        link = re.search(r'<https?://[^/]+(/unsubscribe/[^>]+)>', about[-1]['List-Unsubscribe'])[1]
        status, _, page = library.send('GET', link, headers={'Accept-Language': 'en'})
        that(status == 200 and '<form' in page, 'the address shows a button', status)
        library.enter_as('林一帆')
        _, _, page = library.as_coordinator('GET', '/account/notices')
        that(re.search(r'name="mails"[^>]*checked', page), 'opening it changed nothing')
        that(library.send('POST', link[:-2] + 'AA', 'List-Unsubscribe=One-Click', {'Content-Type': 'application/x-www-form-urlencoded'})[0] == 404, 'another address is none')
        status, _, _ = library.send('POST', link, 'List-Unsubscribe=One-Click', {'Content-Type': 'application/x-www-form-urlencoded'})
        that(status == 200, 'one POST unsubscribes', status)
        _, _, page = library.as_coordinator('GET', '/account/notices')
        that(not re.search(r'name="mails"[^>]*checked', page), 'the account shows it')
        # a telephone is verified by a code that comes as a short message
        status, _, page = library.as_coordinator('POST', '/account/phone', library.page_form('/account/notices', '/account/phone') | {'phone': '138 0013 8000'})
        that(status == 303, 'a code is asked for', f'{status} {page[:300]}')
        texts = gateway.texts()
        that(texts and 'key=hunter2' in texts[0]['path'], "the gateway's secret stands where the operator put it", texts)
        sent = json.loads(texts[0]['body'])
        that(sent['to'] == '+8613800138000' and len(sent['text']) <= 70, 'number and length', sent)
        code = re.search(r'\d{6}', sent['text'])[0]
        form = library.page_form('/account/notices', '/account/phone/code')
        that(library.as_coordinator('POST', '/account/phone/code', form | {'code': 'x' + code[1:]})[0] == 422, 'a wrong code is refused')
        that(library.as_coordinator('POST', '/account/phone/code', form | {'code': code})[0] == 303, 'the right one verifies')
        # the mail server refuses the address for good: the page of the account says so, until something arrives again
        def wish(rhythm):
            fields = library.page_form('/account/notices', '/account/notices') | {'mails': 'true', 'rhythm': rhythm, 'hour': '3', 'weekday': '1'}
            that(library.as_coordinator('POST', '/account/notices', fields)[0] == 303, f'{rhythm} is wished for')

        def report():
            status, _, text = library.request('POST', '/api/v1/reports', json.dumps(REPORT | {'title': SECRET, 'credit': 'handle'}),
                                              {'Content-Type': 'application/json', 'Authorization': f'Bearer {bearer}'})
            that(status == 201, 'one more report is received', text[:300])
            return json.loads(text)['ref']

        def shows(words, path='/account/notices', wanted=True):
            for _ in range(150):
                if (words in library.as_coordinator('GET', path)[2]) == wanted:
                    return True
                time.sleep(0.1)
            return False

        wish('at-once')
        (mailbox.folder / 'refuse-lin@example.cn').touch()
        report()
        that(shows('无法送达'), 'an address that is refused is shown as failing')
        that(shows('被退回', '/account'), 'the account shows it too')
        (mailbox.folder / 'refuse-lin@example.cn').unlink()
        report()
        that(shows('无法送达', wanted=False), 'what arrives again mends it')
        # a list once a day: nothing comes by itself; the process is killed, and the list still comes, once, at its hour
        wish('daily')
        that('下次汇总' in library.as_coordinator('GET', '/account/notices')[2], 'the page says when the list comes')
        to_lin = lambda: [p for p in mailbox.folder.glob('*.eml') if 'X-Envelope-To: lin@example.cn' in p.read_text(errors='replace')]
        before = len(to_lin())
        listed = [report(), report()]
        time.sleep(5)
        that(len(to_lin()) == before, 'nothing comes by itself')
        library.kill()
        os.environ['CAPPVD_CLOCK_OFFSET_SECONDS'] = str(25 * 3600)
        library.start('serve')
        for _ in range(300):
            lists = [m for m in (email.message_from_bytes(p.read_bytes(), policy=email.policy.default) for p in mailbox.folder.glob('*.eml')) if '条进展' in str(m['Subject'])]
            if lists:
                break
            time.sleep(0.1)
        library.kill()
        library.start('serve')
        time.sleep(8)
        lists = [m for m in (email.message_from_bytes(p.read_bytes(), policy=email.policy.default) for p in mailbox.folder.glob('*.eml')) if '条进展' in str(m['Subject'])]
        mine = [m for m in lists if 'lin@example.cn' in m['X-Envelope-To']]
        that(len(mine) == 1, 'one list comes, although the process was killed twice', len(mine))
        for message in mine:
            whole = str(message['Subject']) + body_of(message) + body_of(message, 'html')
            that(all(f'/reports/{ref}' in whole for ref in listed), 'a line and a link for each', whole[:600])
            that(SECRET not in whole, 'and no word of any matter', whole[:600])
    finally:
        gateway.process.stdin.close()
        gateway.process.wait()
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
