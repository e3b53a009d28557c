#!/usr/bin/env python3
"""Kills the server with SIGKILL while the retention rules are carried out and accounts end, several times, and looks what each kill left.

  test/acceptance/privacy_kill.py [--drafts 90] [--accounts 40] [--kills 6] [--seed N]

After each kill every draft and every account is whole or gone with its key: nothing lies between. At the end all that was due is gone, what was not due
and what belongs to others is byte for byte as before, and `cappvd check --deep` finds nothing."""
import argparse
import json
import os
import pathlib
import random
import re
import shutil
import sys
import tempfile
import time

from library import REPORT, Library, free_port

DAY_SECONDS, DAY_MS, WAIT_SECONDS = 86400, 86400000, 120
WRITERS = ('林一帆', '卢深', '何雨桐', '白泽', '秦商', '穆棉')


def write_drafts(library, count):
    """By several people, each with a text file, over the interface for machines."""
    refs = []
    for place, name in enumerate(WRITERS):
        library.enter_as(name)
        csrf = re.search(r'name="csrf" value="([^"]+)"', library.as_coordinator('GET', '/report')[2])[1]
        headers = {'Cookie': library.cookie, 'X-CSRF-Token': csrf, 'Content-Type': 'application/json'}
        for number in range(place, count, len(WRITERS)):
            def ask(method, path, body):
                address = f'10.252.{random.randrange(256)}.{random.randrange(1, 255)}'
                status, _, text = library.send(method, path, body, headers, address)
                if status not in (200, 201):
                    sys.exit(f'{method} {path} gave {status}: {text[:300]}')
                return json.loads(text)
            ref = ask('POST', '/api/v1/drafts', json.dumps(REPORT | {'title': f'draft {number}'}))['ref']
            if number % 3 == 0:
                file = ask('POST', f'/api/v1/drafts/{ref}/attachments', json.dumps({'name': 'a.txt', 'size_bytes': 10}))['ref']
                headers['Content-Type'] = 'application/octet-stream'
                ask('PUT', f'/api/v1/drafts/{ref}/attachments/{file}?offset=0', f'{number:010}')
                headers['Content-Type'] = 'application/json'
                ask('POST', f'/api/v1/drafts/{ref}/attachments/{file}/finish', '{}')
            refs.append(ref)
    return refs


def make_accounts(library, count):
    mails = [f'leaves{number}@example.org' for number in range(count)]
    for mail in mails:
        done = library.run('user', 'create', mail, '--name', f'Leaves {mail[6:-12]}')
        if done.returncode:
            sys.exit(f'user create: {done.stderr}')


class Books:
    """What the database says, of the stopped server or beside it."""

    def __init__(self, library):
        self.ask, self.change = library.ask, library.execute

    def age(self, refs):
        for ref in refs:
            self.change('UPDATE draft SET updated_at = updated_at - ? WHERE ref = ?', (400 * DAY_MS, ref))

    def ask_deletions(self, before):
        """As their owners would have some days ago."""
        people = [row[0] for row in self.ask('SELECT id FROM person WHERE id > ? ORDER BY id', (before,))]
        now = int(time.time() * 1000)
        for person in people:
            self.change("INSERT INTO privacy_deletion (ref, person_id, credit, state, asked_at, due_at) VALUES (?, ?, 'anonymous', 'waiting', ?, ?)",
                        (f'D-KILL{person}', person, now - 8 * DAY_MS, now - DAY_MS))
        return people

    def keys_of(self, table, column, values):
        marks = ','.join('?' * len(values))
        return dict(self.ask(f'SELECT {column}, seal_key FROM {table} WHERE {column} IN ({marks})', values))

    def alive(self, keys):
        marks = ','.join('?' * len(keys))
        return {row[0] for row in self.ask(f'SELECT id FROM matter_key WHERE wrapped IS NOT NULL AND id IN ({marks})', list(keys))}

    def others(self, drafts, people):
        """Rows that nobody may touch."""
        marks, more = ','.join('?' * len(drafts)), ','.join('?' * len(people))
        return {
            'drafts': self.ask(f'SELECT * FROM draft WHERE ref NOT IN ({marks}) ORDER BY id', drafts),
            'files': self.ask(f"SELECT a.* FROM attachment a WHERE a.kind = 'report' OR a.subject_id IN (SELECT id FROM draft WHERE ref NOT IN ({marks})) ORDER BY a.id", drafts),
            'people': self.ask(f'SELECT id, ref, state, deleted_at, seal_key FROM person WHERE id NOT IN ({more}) ORDER BY id', people),
            'papers': self.ask('SELECT ref, owner, owner_id, seal_key, blob_id FROM vault_paper WHERE deleted_at IS NULL ORDER BY id'),
            'reports': self.ask('SELECT ref, seal_key, state FROM report ORDER BY id'),
        }


def look(books, draft_keys, person_keys, faults, where):
    """Each is whole, or gone with its key; how many are gone."""
    there = {row[0] for row in books.ask('SELECT ref FROM draft')}
    ended = {row[0]: row[1] for row in books.ask("SELECT person_id, state FROM privacy_deletion WHERE ref LIKE 'D-KILL%'")}
    erased = {row[0] for row in books.ask('SELECT id FROM person WHERE deleted_at IS NOT NULL')}
    alive = books.alive([*draft_keys.values(), *person_keys.values()])
    files = {row[0] for row in books.ask("SELECT DISTINCT seal_key FROM attachment WHERE kind = 'draft'")}
    for ref, key in draft_keys.items():
        if (ref in there) != (key in alive):
            faults.append(f'{where}: draft {ref} is {"there" if ref in there else "gone"}, its key is {"there" if key in alive else "gone"}')
        if ref not in there and key in files:
            faults.append(f'{where}: a file of draft {ref} is left')
    for person, key in person_keys.items():
        done = ended.get(person) == 'done'
        if done != (person in erased) or done == (key in alive):
            faults.append(f'{where}: account {person} is {ended.get(person)}, erased {person in erased}, key {"there" if key in alive else "gone"}')
    return sum(ref not in there for ref in draft_keys), sum(state == 'done' for state in ended.values())


def serve(library, day):
    """A day later each time, so that what goes by itself goes again at once, whatever a kill left leased."""
    os.environ['CAPPVD_CLOCK_OFFSET_SECONDS'] = str(day * DAY_SECONDS)
    library.start('serve')


def gone_now(books, old):
    """How many drafts and accounts are gone, asked beside the running server."""
    drafts = books.ask(f"SELECT count(*) FROM draft WHERE ref IN ({','.join('?' * len(old))})", old)[0][0]
    accounts = books.ask("SELECT count(*) FROM privacy_deletion WHERE ref LIKE 'D-KILL%' AND state = 'done'")[0][0]
    return len(old) - drafts, accounts


def wait_for_more(books, old, before, seconds):
    start = time.monotonic()
    while gone_now(books, old) == before and time.monotonic() - start < seconds:
        time.sleep(0.002)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument('--drafts', type=int, default=90)
    arguments.add_argument('--accounts', type=int, default=40)
    arguments.add_argument('--kills', type=int, default=6)
    arguments.add_argument('--seed', type=int, default=1)
    options = arguments.parse_args()
    folder, chance, faults, hits = pathlib.Path(tempfile.mkdtemp(prefix='cappvd-privacy-')), random.Random(options.seed), [], 0
    library = Library(folder, free_port())
    books = Books(library)
    try:
        library.start('demo')
        refs = write_drafts(library, options.drafts)
        library.kill()
        last = books.ask('SELECT max(id) FROM person')[0][0]
        library.start('serve')
        make_accounts(library, options.accounts)
        library.kill()
        old = [ref for ref in refs if chance.random() < 0.8]
        books.age(old)
        people = books.ask_deletions(last)
        draft_keys, person_keys = books.keys_of('draft', 'ref', old), books.keys_of('person', 'id', people)
        before = books.others(old, people)
        gone = (0, 0)
        for number in range(1, options.kills + 1):
            serve(library, number)
            wait_for_more(books, old, gone, 10)
            time.sleep(chance.uniform(0, 0.003))
            library.kill()
            now = look(books, draft_keys, person_keys, faults, f'kill {number}')
            hits += (0, 0) != now and now != (len(old), len(people))
            gone = now
        serve(library, options.kills + 1)
        start = time.monotonic()
        while gone != (len(old), len(people)) and time.monotonic() - start < WAIT_SECONDS:
            time.sleep(1)
            gone = gone_now(books, old)
        library.process.terminate()
        library.process.wait()
        gone = look(books, draft_keys, person_keys, faults, 'at the end')
        if not hits:
            faults.append('no kill came in the middle')
        if gone != (len(old), len(people)):
            faults.append(f'only {gone} of {(len(old), len(people))} are gone')
        for name, rows in books.others(old, people).items():
            if rows != before[name]:
                faults.append(f'{name} of others changed: {len(rows)} rows, {len(before[name])} before')
        check = library.run('check', '--deep')
        if check.returncode:
            faults.append(f'check: {(check.stdout + check.stderr)[-400:]}')
        print(f'{options.kills} kills, {hits} in the middle; {len(old)} drafts and {len(people)} accounts: ' + ('; '.join(faults[:20]) or 'each whole or gone with its key'))
    finally:
        if library.process and library.process.poll() is None:
            library.process.kill()
        shutil.rmtree(folder, ignore_errors=True)
    print(f'{int(not faults)} passed, {len(faults)} failed')
    sys.exit(1 if faults else 0)


if __name__ == '__main__':
    main()
