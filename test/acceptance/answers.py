#!/usr/bin/env python3
"""People answer a conversation by mail: a real mail server receives what the library sends, and a Maildir what people answer."""
import email
import email.policy
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

from library import PROGRAM, Library, free_port
from mail import Mailbox, body_of

WORDS = 'Zaunkoenig singt im Hof'


def settled(look, wanted=True):
    """Waits until `look` says so."""
    for _ in range(200):
        if bool(look()) == wanted:
            return True
        time.sleep(0.1)
    return False


def main():
    failed, passed = [], 0

    def that(truth, rule, detail=''):
        nonlocal passed
        passed += bool(truth)
        if not truth:
            failed.append(f'{rule}: {detail}')

    folder = pathlib.Path(tempfile.mkdtemp(prefix='cappvd-answers-'))
    box = folder / 'maildir'
    for name in ('new', 'cur', 'tmp'):
        (box / name).mkdir(parents=True)
    mailbox, library = Mailbox(folder / 'mail'), Library(folder, free_port())

    def deliver(name, to, sender, vouched, words):
        text = (f'Authentication-Results: {vouched}\r\nFrom: <{sender}>\r\nTo: <{to}>\r\nMessage-ID: <{name}@example.cn>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n'
                f'{words}\r\n\r\n在 2026年3月5日，漏洞库 写道：\r\n> quoted\r\n')
        (box / 'tmp' / name).write_bytes(text.encode())
        (box / 'tmp' / name).rename(box / 'new' / name)
        that(settled(lambda: not list((box / 'new').iterdir())), f'{name} is taken')

    def address_for(reader):
        """Where the newest letter to this reader that can be answered is answered."""
        for _ in range(200):
            for path in sorted(mailbox.folder.glob('*.eml'), key=lambda p: -int(p.stem)):
                raw = path.read_bytes()
                if f'X-Envelope-To: {reader}'.encode() in raw and b'\nReply-To: ' in raw:
                    return email.message_from_bytes(raw, policy=email.policy.default)
            time.sleep(1)
        raise RuntimeError(f'no letter that can be answered came to {reader}; {failed}; {len(list(mailbox.folder.glob("*.eml")))} mails')

    def page_of(who, path):
        library.enter_as(who)
        return library.as_coordinator('GET', path)[2]
    try:
        library.start('demo')
        for name, value in (('smtp_host', '127.0.0.1'), ('smtp_port', mailbox.port), ('smtp_security', 'plain'), ('mail_from', 'library@example.org'),
                            ('mail_reply_address', 'reply@lib.example.cn'), ('mail_reply_folder', box), ('mail_reply_server', 'mx.lib.example.cn')):
            subprocess.run([PROGRAM, 'settings', 'set', name, str(value), '--data', library.data], check=True, capture_output=True)
        good = 'mx.lib.example.cn; dkim=pass header.d=example.cn'
        own = re.search(r'/reports/R-[0-9A-Z-]+', page_of('林一帆', '/reports'))[0]
        # the coordinator writes, and the mail says where it is answered
        page_of('Coordinator', own)
        form = library.page_form(own, f'{own}/threads/reporter')
        that(library.as_coordinator('POST', f'{own}/threads/reporter', form | {'body': 'Which version?'})[0] == 303, 'the coordinator writes')
        message = address_for('lin@example.cn')
        to = re.search(r'reply\+[0-9a-f]{32}@lib\.example\.cn', str(message['Reply-To']))
        that(to and '可以直接回复本邮件' in body_of(message) and 'Which version' not in body_of(message), 'the mail can be answered and says nothing', message.items())
        # forged ones first
        deliver('forged', to[0], 'lin@example.cn', 'mx.lib.example.cn; dkim=fail header.d=example.cn', 'forged words')
        deliver('stranger', to[0], 'other@example.cn', good, 'forged words')
        deliver('broken', to[0], 'lin@example.cn', good, '')
        deliver('true', to[0], 'lin@example.cn', good, WORDS)
        page = page_of('Coordinator', own)
        that(page.count(WORDS) == 1 and 'forged words' not in page and 'quoted' not in page, 'the answer stands in the conversation, and nothing else', page[-3000:])
        that('通过邮件' in page or 'by mail' in page, 'the page says that it came by mail')
        deliver('again', to[0], 'lin@example.cn', good, WORDS)
        # the reporter's page answers; the coordinator answers by mail and has to send it here
        page_of('林一帆', own)
        form = library.page_form(own, f'{own}/threads/reporter')
        that(library.as_coordinator('POST', f'{own}/threads/reporter', form | {'body': 'Anything else?'})[0] == 303, 'the reporter writes')
        page_of('Coordinator', '/account')
        staff = re.search(r'[\w.]+@example\.(?:cn|org)', library.as_coordinator('GET', '/account')[2])[0]
        mine = re.search(r'reply\+[0-9a-f]{32}@lib\.example\.cn', str(address_for(staff)['Reply-To']))[0]
        that(mine != to[0], 'everybody has an address of their own')
        deliver('held', mine, staff, f'mx.lib.example.cn; dkim=pass header.d={staff.split("@")[1]}', 'Nothing else, thanks.')
        page = page_of('Coordinator', own)
        that(re.search(r'<textarea[^>]*>\s*Nothing else, thanks\.</textarea>', page), 'it waits in the composer', page[-3000:])
        that('Nothing else' not in page_of('林一帆', own), 'and nobody else sees it')
        that(b'Nothing else' not in b''.join(p.read_bytes() for p in pathlib.Path(library.data).glob('*.db*')), 'and it lies there sealed')
        # by hand
        (folder / 'odd.eml').write_bytes(b'From: a@example.cn\r\nTo: nobody@lib.example.cn\r\n\r\nx')
        done = subprocess.run([PROGRAM, 'mail', 'receive', folder / 'odd.eml', '--data', library.data], capture_output=True, text=True)
        that(done.returncode == 0 and done.stdout.endswith('\tunknown\n'), 'a mail to nobody is unknown', f'{done.returncode} {done.stdout} {done.stderr}')
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
