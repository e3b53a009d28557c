"""A real server in a folder of its own, spoken to over its sockets as people and machines do."""
import contextlib
import hashlib
import http.client
import itertools
import json
import os
import pathlib
import random
import re
import secrets
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PROGRAM = ROOT / 'build/cappvd'
REPORT = {
    'kind': 'generic', 'owner': 'others', 'original': 'original', 'disclosed': 'no', 'part': 'android', 'product': 'Example', 'versions': '1.0',
    'class': 'other', 'description': 'A description.', 'steps': 'Some steps.', 'impact': 'Some impact.', 'credit': 'none', 'no_secrets': 'yes',
}


def free_port():
    with socket.socket() as s:
        s.bind(('127.0.0.1', 0))
        return s.getsockname()[1]


def own_database():
    """Options of the program: SQLite is in its folder, PostgreSQL (CAPPVD_TEST_DATABASE=postgresql) a database of its own on the throw-away server."""
    if os.environ.get('CAPPVD_TEST_DATABASE', 'sqlite') != 'postgresql':
        return []
    server, name = os.environ['CAPPVD_TEST_POSTGRES'], f'library_{secrets.token_hex(8)}'
    subprocess.run(['psql', '-q', '-d', server, '-c', f'CREATE DATABASE {name}'], check=True)
    return ['--database', server.replace('/postgres?', f'/{name}?')]


def psql(address, statement):
    return subprocess.run(['psql', '-qAt', '-v', 'ON_ERROR_STOP=1', '-d', address, '-c', statement], stdout=subprocess.PIPE, text=True, check=True).stdout


def filled(statement, values):
    """The statement with its values in it; PostgreSQL's own way takes a library."""
    pieces = statement.split('?')
    words = [str(value) if isinstance(value, int) else "'" + str(value).replace("'", "''") + "'" for value in values]
    return ''.join(itertools.chain(*itertools.zip_longest(pieces, words, fillvalue='')))


class Library:
    def __init__(self, folder, port):
        self.data, self.port, self.process, self.cookie, self.log = folder / 'data', port, None, '', b''
        self.database = own_database()

    def keep_log(self):
        for line in self.process.stderr:
            self.log += line

    def start(self, command, *more):
        self.process = subprocess.Popen([PROGRAM, command, *more, '--data', self.data, *self.database, '--listen', f'127.0.0.1:{self.port}', '--trusted-proxy', '127.0.0.1'],
                                        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        threading.Thread(target=self.keep_log, daemon=True).start()
        start = time.monotonic()
        while time.monotonic() - start < 180 and self.process.poll() is None:
            try:
                if self.request('GET', '/readyz')[0] == 200:
                    return time.monotonic() - start
            except OSError:
                time.sleep(0.01)
        sys.exit(f'the server did not become ready; its log ends with {self.log[-800:]}')

    def command(self, *words):
        """A command line of the program for this library."""
        return [PROGRAM, *words, '--data', self.data, *self.database]

    def run(self, *words):
        return subprocess.run(self.command(*words), capture_output=True, text=True, check=False)

    def execute(self, statement, values=()):
        """Behind the program's back: for time that passes, and nothing else. `?` stands for a value."""
        if self.database:
            psql(self.database[1], filled(statement, values))
            return
        with contextlib.closing(sqlite3.connect(self.data / 'library.db', timeout=20)) as database, database:
            database.execute(statement, values)

    def ask(self, statement, values=()):
        """The rows that the database has, beside a running server too. Columns need different names."""
        if self.database:
            answer = psql(self.database[1], f"SELECT coalesce(json_agg(t), '[]') FROM ({filled(statement, values)}) t")
            return [tuple(row.values()) for row in json.loads(answer)]
        with contextlib.closing(sqlite3.connect(f'file:{self.data}/library.db?mode=ro', uri=True, timeout=20)) as database:
            return database.execute(statement, values).fetchall()

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def request(self, method, path, body=None, headers=None, address='10.255.0.1'):
        if method == 'POST' and path == '/api/v1/reports' and 'Authorization' not in (headers or {}):
            headers = self.solved(headers or {}, address)
        return self.send(method, path, body, headers, address)

    def solved(self, headers, address):
        """What a visitor's program does before it sends: a number is found for the challenge of its key."""
        headers = {'Idempotency-Key': f'{random.getrandbits(64):x}', **headers}
        status, _, text = self.send('GET', f'/api/v1/challenge?key={urllib.parse.quote(headers["Idempotency-Key"], safe="")}', address=address)
        if status != 200:
            return headers
        given = json.loads(text)
        number = next(n for n in itertools.count()
                      if int.from_bytes(hashlib.sha256(f'{given["challenge"]}:{n}'.encode()).digest()) >> (256 - given['bits']) == 0)
        return {**headers, 'X-Challenge': given['challenge'], 'X-Solution': str(number)}

    def send(self, method, path, body=None, headers=None, address='10.255.0.1'):
        connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=10)
        try:
            connection.request(method, path, body, {'X-Forwarded-For': address, **(headers or {})})
            reply = connection.getresponse()
            return reply.status, dict(reply.getheaders()), reply.read().decode()
        finally:
            connection.close()

    def as_coordinator(self, method, path, fields=None):
        """From ever another address, because the limit is by address."""
        address = f'10.254.{random.randrange(256)}.{random.randrange(1, 255)}'
        headers = {'Cookie': self.cookie, 'Accept-Language': 'en', 'Content-Type': 'application/x-www-form-urlencoded'}
        return self.request(method, path, urllib.parse.urlencode(fields) if fields else None, headers, address)

    def page_form(self, path, action):
        """The hidden fields of the form that posts to `action`; None when the page has none."""
        _, _, page = self.as_coordinator('GET', path)
        form = next((f for f in re.findall(r'<form\b.*?</form>', page, re.S) if f'action="{action}"' in f), None)
        return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)) if form else None

    def enter_as(self, role):
        """One click of the demonstration; keeps the session's cookie."""
        _, headers, page = self.request('GET', '/demo/enter', headers={'Accept-Language': 'en'})
        self.cookie = headers.get('Set-Cookie', '').split(';')[0]
        row = next(r for r in re.findall(r'<tr\b.*?</tr>', page, re.S) if role in r)
        status, headers, _ = self.as_coordinator('POST', re.search(r'action="([^"]+)"', row)[1], dict(re.findall(r'name="([^"]+)" value="([^"]*)"', row)))
        if status != 303:
            sys.exit(f'entering as {role} gave {status}')
        self.cookie = headers['Set-Cookie'].split(';')[0]
