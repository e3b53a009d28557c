#!/usr/bin/python3
"""A gateway for short messages, for tests. sms_gateway.py FOLDER

Prints its port, then keeps each message it took as FOLDER/<n>.json: method, path, head and body. What holds 13800000404 is refused (404),
what holds 13800000503 answered 503, what holds 13800000200 taken with {"code":"REFUSED"} in the answer. Ends when its standard input does."""
import http.server
import json
import pathlib
import sys
import threading

FOLDER = pathlib.Path(sys.argv[1])


class Gateway(http.server.BaseHTTPRequestHandler):
    count = 0

    def do_GET(self):
        body = self.rfile.read(int(self.headers.get('Content-Length') or 0)).decode()
        whole = self.path + body
        status = next((s for number, s in (('13800000404', 404), ('13800000503', 503)) if number in whole), 200)
        if status == 200:
            Gateway.count += 1
            path = FOLDER / f'{Gateway.count}.part'
            path.write_text(json.dumps({'method': self.command, 'path': self.path, 'headers': {k.lower(): v for k, v in self.headers.items()}, 'body': body}))
            path.rename(FOLDER / f'{Gateway.count}.json')
        answer = b'{"code":"REFUSED"}' if '13800000200' in whole else b'{"code":"OK"}'
        self.send_response(status)
        self.send_header('Content-Length', str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    do_POST = do_GET

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Gateway)
print(server.server_address[1], flush=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
sys.stdin.read()
