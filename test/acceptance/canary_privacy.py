"""Canaries of personal data: a copy of one's own data, requests, assessments, reasons; and what is left when an account has ended."""
import json
import os
import random
import re
import sqlite3
import subprocess
import sys
import time

from library import PROGRAM, REPORT

PASSWORD = 'kelp orbit tunnel 7'
MAIL = 'leaves@example.org'
DAY_SECONDS = 86400


def word(name):
    return f'Kanari-{name[:4]}-{os.urandom(5).hex()}'


def ask(library, method, path, body=None):
    """With the session that was entered last."""
    csrf = re.search(r'name="csrf" value="([^"]+)"', library.as_coordinator('GET', '/account/privacy')[2])[1]
    headers = {'Cookie': library.cookie, 'X-CSRF-Token': csrf, 'Content-Type': 'application/json', 'Accept-Language': 'en'}
    status, _, text = library.send(method, path, json.dumps(body) if body is not None else None, headers, f'10.250.{random.randrange(256)}.7')
    if status >= 300:
        sys.exit(f'{method} {path} gave {status}: {text[:300]}')
    return json.loads(text)


def post(library, page, action, fields):
    known = library.page_form(page, action)
    if known is None:
        sys.exit(f'{page} has no form for {action}')
    status, headers, text = library.as_coordinator('POST', action, known | fields)
    if status != 303:
        sys.exit(f'{action} gave {status}: {text[:300]}')
    return headers


def make_account(library, words):
    """Somebody with a name and a password."""
    done = subprocess.run([PROGRAM, 'user', 'create', MAIL, '--name', words['person'], '--data', library.data], capture_output=True, text=True, check=False)
    link = re.search(r'https?://[^/\s]+(/\S+)|(?m:^(/\S+))', done.stdout)
    if not link:
        sys.exit(f'user create: {done.stdout} {done.stderr}')
    path = link[1] or link[2]
    library.cookie = library.request('GET', path)[1].get('Set-Cookie', '').split(';')[0]
    fields = library.page_form(path, path)
    accepted = {f'accepts_{name}': 'true' for name in ('terms', 'privacy', 'confidentiality')}
    library.as_coordinator('POST', path, fields | accepted | {'name': words['person'], 'handle': 'leaver', 'password': PASSWORD})
    sign_in(library)


def sign_in(library):
    library.cookie = library.request('GET', '/login')[1].get('Set-Cookie', '').split(';')[0]
    status, headers, page = library.as_coordinator('POST', '/login', library.page_form('/login', '/login') | {'login': MAIL, 'password': PASSWORD})
    if status != 303 or 'Set-Cookie' not in headers:
        sys.exit(f'signing in gave {status}: {page[:300]}')
    library.cookie = headers['Set-Cookie'].split(';')[0]


def wait_for_copy(library, password):
    ask(library, 'POST', '/api/v1/me/privacy/export', {'password': password})
    for _ in range(120):
        own = ask(library, 'GET', '/api/v1/me/privacy')['export']
        if own['state'] == 'ready':
            return
        time.sleep(0.5)
    sys.exit(f'no copy is made: {own}')


def place(library):
    """Words that stand in personal data of every kind."""
    words = {name: word(name) for name in ('person', 'correction', 'assessment', 'kept', 'draft', 'handover')}
    make_account(library, words)
    draft = ask(library, 'POST', '/api/v1/drafts', REPORT | {'title': words['draft'], 'steps': 'Call 13812345678.'})['ref']
    ask(library, 'POST', f'/api/v1/drafts/{draft}/personal-data/keep', {'place': 'steps', 'reason': words['kept']})
    wait_for_copy(library, PASSWORD)
    library.enter_as('林一帆')
    ask(library, 'POST', '/api/v1/me/privacy/corrections', {'field': 'name', 'value': words['correction'], 'reason': words['correction']})
    wait_for_copy(library, '')
    library.enter_as('魏南')
    place = post(library, '/admin/impact', '/admin/impact', {'title': words['assessment']})['Location']
    post(library, place, place, {'title': words['assessment'], 'data': words['assessment'], 'conclusion': words['assessment']})
    library.enter_as('范宁')
    post(library, '/account/privacy/successor', '/account/privacy/successor', {'successor': 'chensiyuan', 'note': words['handover']})
    return words


def keys_of(library):
    """Keys of everything that is the account's own: number to whether it still opens anything."""
    with sqlite3.connect(f'file:{library.data}/library.db?mode=ro', uri=True) as database:
        person = database.execute('SELECT id FROM person ORDER BY id DESC LIMIT 1').fetchone()[0]
        keys = {row[0] for table in ('draft', 'privacy_export') for row in database.execute(f'SELECT seal_key FROM {table} WHERE person_id = ?', (person,))}
        keys |= {row[0] for row in database.execute('SELECT seal_key FROM person WHERE id = ?', (person,))}
        return person, keys


def still_open(library, keys):
    marks = ','.join('?' * len(keys))
    with sqlite3.connect(f'file:{library.data}/library.db?mode=ro', uri=True) as database:
        return database.execute(f'SELECT count(*) FROM matter_key WHERE wrapped IS NOT NULL AND id IN ({marks})', sorted(keys)).fetchone()[0]


def end_account(library, checks):
    """Its owner deletes it; eight days later it ends, and with it every key that was its own."""
    person, keys = keys_of(library)
    checks.that(len(keys) >= 3 and still_open(library, keys) == len(keys), 'draft, copy and account each have a key', f'{keys}')
    sign_in(library)
    ask(library, 'POST', '/api/v1/me/privacy/deletion', {'credit': 'anonymous', 'understood': True, 'password': PASSWORD})
    library.process.terminate()
    library.process.wait()
    os.environ['CAPPVD_CLOCK_OFFSET_SECONDS'] = str(8 * DAY_SECONDS)
    library.start('serve')
    del os.environ['CAPPVD_CLOCK_OFFSET_SECONDS']  # what is run beside it looks at files of today
    for _ in range(60):
        if not still_open(library, keys):
            break
        time.sleep(1)
    checks.that(not still_open(library, keys), 'the keys of an ended account are gone', f'{still_open(library, keys)} of {len(keys)}')
    with sqlite3.connect(f'file:{library.data}/library.db?mode=ro', uri=True) as database:
        row = database.execute('SELECT deleted_at FROM person WHERE id = ?', (person,)).fetchone()
    checks.that(row and row[0], 'and so is the account', f'{row}')
