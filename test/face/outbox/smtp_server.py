#!/usr/bin/python3
"""A real mail server for tests. smtp_server.py FOLDER [--tls CERT KEY]

Prints its port, then keeps each message it accepted as FOLDER/<n>.eml (envelope in X-Envelope lines above it).
A recipient whose local part is "refused" gets 550, "later" 451; so does one for whom there is a file FOLDER/refuse-ADDRESS. Ends when its standard input does."""
import asyncio
import logging
import pathlib
import ssl
import sys

from aiosmtpd.smtp import SMTP


class Keep:
    def __init__(self, folder):
        self.folder, self.count = folder, 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith('refused@') or (self.folder / f'refuse-{address}').exists():
            return '550 no such mailbox'
        if address.startswith('later@'):
            return '451 try again later'
        envelope.rcpt_tos.append(address)
        return '250 OK'

    async def handle_DATA(self, server, session, envelope):
        self.count += 1
        head = f'X-Envelope-From: {envelope.mail_from}\nX-Envelope-To: {",".join(envelope.rcpt_tos)}\nX-Encrypted: {bool(session.ssl)}\n'
        path = self.folder / f'{self.count}.part'
        path.write_bytes(head.encode() + envelope.content)
        path.rename(self.folder / f'{self.count}.eml')
        return '250 OK'


async def main():
    logging.disable()
    folder, keep, context = pathlib.Path(sys.argv[1]), None, None
    keep = Keep(folder)
    if '--tls' in sys.argv:
        at = sys.argv.index('--tls')
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(sys.argv[at + 1], sys.argv[at + 2])
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(keep, tls_context=context, require_starttls=context is not None, loop=loop), '127.0.0.1', 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


asyncio.run(main())
