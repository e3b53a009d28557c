#!/usr/bin/env python3
"""Words of undisclosed matters stand in no file: not in the database, its log, the files, temporary files, logs, or a backup. A copy of the data
folder without its key opens nothing; a backup restored with the key is whole. The same of personal data of every kind, before and after an account has
ended, and its keys are gone then."""
import base64
import csv
import hashlib
import io
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib

import canary_privacy
from library import PROGRAM, REPORT, Library, free_port

CANARY = 'Kanarienvogel'


def canaries():
    """Field name to a word that occurs nowhere else."""
    return {name: f'{CANARY}-{name}-{os.urandom(6).hex()}' for name in ('title', 'description', 'steps', 'impact', 'proof', 'contact', 'product', 'vendor')}


def forms_of(word):
    """How a word could lie in a file: as it is, in UTF-16, in base64 at each offset, in hex."""
    raw = word.encode()
    yield raw
    yield word.encode('utf-16-le')
    yield raw.hex().encode()
    for shift in range(3):
        yield base64.b64encode(b'x' * shift + raw)[4:-4]


def found_in(folder, words):
    hits = []
    for path in sorted(p for p in pathlib.Path(folder).rglob('*') if p.is_file()):
        content = path.read_bytes()
        for name, word in words.items():
            if any(form in content for form in forms_of(word)):
                hits.append(f'{name} stands in {path.relative_to(folder)}')
    return hits


def run(argv, **options):
    return subprocess.run([str(a) for a in argv], capture_output=True, text=True, check=False, **options)


class Checks:
    def __init__(self):
        self.passed, self.failed = 0, []

    def that(self, truth, rule, detail=''):
        if truth:
            self.passed += 1
        else:
            self.failed.append(f'{rule}: {detail}')


def send(library, words):
    body = json.dumps(REPORT | words)
    status, _, text = library.request('POST', '/api/v1/reports', body, {'Content-Type': 'application/json'})
    if status != 201:
        sys.exit(f'the report was refused with {status}: {text[:500]}')
    return json.loads(text)


def work_on(library, reference, words):
    """The coordinator reads it, begins the review and asks; the words of the question are secret too."""
    for action, extra in (('review', {}), ('ask', {'question': words['question']})):
        path = f'/reports/{reference}/actions/{action}'
        fields = library.page_form(f'/reports/{reference}', path)
        if fields is None:
            sys.exit(f'the coordinator is not offered {action}')
        status, _, page = library.as_coordinator('POST', path, fields | extra)
        if status != 303:
            sys.exit(f'{action} gave {status}')


def post(library, page, action, values):
    fields = library.page_form(page, action)
    if fields is None:
        sys.exit(f'{page} does not offer {action}')
    status, headers, text = library.as_coordinator('POST', action, fields | values)
    if status != 303:
        sys.exit(f'{action} gave {status}: {text[:500]}')
    return headers['Location']


def dispute_of(library, words):
    """Appealed, answered and taken to a panel, each with words of its own: the appeal that waits in the demonstration makes room first."""
    library.enter_as('林一帆')
    waiting = re.search(r'href="(/disputes/D-[^"]+)"', library.as_coordinator('GET', '/disputes/mine')[2])[1]
    report = re.search(r'href="(/reports/[^"]+)"', library.as_coordinator('GET', waiting)[2].split('<aside', 1)[1])[1]
    post(library, waiting, f'{waiting}/actions/withdraw', {})
    dispute = post(library, f'{report}/appeal', f'{report}/appeal', {'grounds': 'facts', 'text': words['appeal']})
    library.enter_as('范宁')
    post(library, dispute, f'{dispute}/actions/answer', {'answer': words['answer']})
    library.enter_as('林一帆')
    post(library, dispute, f'{dispute}/actions/panel', {'request': words['request']})
    return dispute


def multipart(files, fields):
    cut = 'cut-of-canary'
    parts = [f'--{cut}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode() for name, value in fields.items()]
    parts += [f'--{cut}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n\r\n'.encode() + content + b'\r\n' for field, name, content in files]
    return b''.join(parts) + f'--{cut}--\r\n'.encode(), f'multipart/form-data; boundary={cut}'


def post_files(library, path, files, fields, expected):
    """By the coordinator's session, as the forms of the pages do."""
    csrf = library.page_form(path, path)['csrf']
    body, kind = multipart(files, {'csrf': csrf} | fields)
    status, reply, page = library.send('POST', path, body, {'Cookie': library.cookie, 'Accept-Language': 'en', 'Content-Type': kind}, '10.254.77.1')
    if status != expected:
        sys.exit(f'{path} gave {status}: {page[:500]}')
    return reply.get('Location', '')


def named(*names):
    return {name: f'{CANARY}-{name}-{os.urandom(6).hex()}' for name in names}


def enter_record(library, words):
    """What the library found out by itself, with its document, whose name is a secret too."""
    where = post_files(library, '/internal-records', [('document', f'{words["record_file"]}.txt', words['record_document'].encode())],
                       {'title': words['record_title'], 'content': words['record_content']}, 303)
    if words['record_content'] not in library.as_coordinator('GET', where)[2]:
        sys.exit('whoever entered the record does not read it')


def begin_batch(library, words):
    """An archive, not packed, so that a leak would be seen: one row is right and one is wrong, and neither is sent."""
    table, packed = io.StringIO(), io.BytesIO()
    writer = csv.DictWriter(table, [*REPORT, 'title', 'files'])
    writer.writeheader()
    for row in ({'title': words['row_title'], 'files': f'{words["row_file"]}.txt'}, {'title': words['row_wrong'], 'kind': 'nonsense', 'steps': words['row_steps']}):
        writer.writerow(REPORT | row)
    with zipfile.ZipFile(packed, 'w', zipfile.ZIP_STORED) as bundle:
        bundle.writestr('manifest.csv', table.getvalue())
        bundle.writestr(f'{words["row_file"]}.txt', words['row_evidence'])
    where = post_files(library, '/batches', [('file', f'{words["batch_file"]}.zip', packed.getvalue())], {'no_secrets': 'true'}, 303)
    for _ in range(100):
        page = library.as_coordinator('GET', where)[2]
        if words['row_title'] in page and words['row_wrong'] in page:
            return
        time.sleep(0.1)
    sys.exit(f'the batch is not read: {page[-3000:]}')


def main():
    checks, folder = Checks(), pathlib.Path(tempfile.mkdtemp(prefix='cappvd-canary-'))
    library, words = Library(folder, free_port()), canaries()
    words_everywhere = words | {name: f'{CANARY}-{name}-{os.urandom(6).hex()}' for name in ('question', 'appeal', 'answer', 'request')}
    try:
        library.start('demo')
        library.enter_as('Coordinator')
        reference = send(library, words)['ref']
        work_on(library, reference, words_everywhere)
        words_everywhere |= canary_privacy.place(library)
        library.enter_as('Coordinator')
        more = named('record_title', 'record_content', 'record_file', 'record_document', 'batch_file', 'row_title', 'row_wrong', 'row_steps', 'row_file', 'row_evidence')
        words_everywhere |= more
        enter_record(library, more)
        begin_batch(library, more)
        page = library.as_coordinator('GET', f'/reports/{reference}')[2]
        checks.that(words['title'] in page and words['steps'] in page, 'who may read it reads it')
        checks.that(CANARY not in library.request('GET', f'/reports/{reference}')[2], 'a stranger does not')
        dispute = dispute_of(library, words_everywhere)
        page = library.as_coordinator('GET', dispute)[2]
        checks.that(all(words_everywhere[name] in page for name in ('appeal', 'answer', 'request')), 'whoever appealed reads the dispute')
        checks.that(CANARY not in library.request('GET', dispute)[2], 'a stranger reads nothing of the dispute')
        checks.that(CANARY not in library.request('GET', f'/api/v1/advisories?q={words["title"]}')[2], 'the public search does not')
        backup = folder / 'backup'
        done = run([PROGRAM, 'backup', '--data', library.data, backup])
        checks.that(done.returncode == 0, 'backup of a running library', done.stderr)
        hits = found_in(folder, words_everywhere)
        checks.that(not hits, 'no canary in any file while the server runs', '; '.join(hits))
        canary_privacy.end_account(library, checks)
        hits = found_in(folder, words_everywhere)
        checks.that(not hits, 'no canary in any file after an account has ended', '; '.join(hits))
        library.process.send_signal(signal.SIGTERM)
        library.process.wait()
        hits = found_in(folder, words_everywhere)
        checks.that(not hits, 'no canary in any file after it stopped', '; '.join(hits))
        checks.that(not any(w.encode() in library.log for w in words_everywhere.values()), 'no canary in the log')
        checks.that(found_in_sample(folder), 'the search itself finds a planted canary')
        key = folder / 'data.key'
        restored = folder / 'restored'
        shutil.copy(key, folder / 'restored.key')
        shutil.copy(f'{key}.ledger', folder / 'restored.key.ledger')
        done = run([PROGRAM, 'restore', '--data', restored, backup])
        checks.that(done.returncode == 0, 'restore', done.stdout + done.stderr)
        done = run([PROGRAM, 'check', '--deep', '--data', restored])
        checks.that(done.returncode == 0, 'the restored library is whole', done.stdout)
        member = next(p for p in sorted(backup.rglob('*')) if p.name == 'library.db')
        content = bytearray(member.read_bytes())
        content[len(content) // 2] ^= 1
        member.write_bytes(content)
        shutil.copy(key, folder / 'again.key')
        shutil.copy(f'{key}.ledger', folder / 'again.key.ledger')
        done = run([PROGRAM, 'restore', '--data', folder / 'again', backup])
        checks.that(done.returncode != 0 and not (folder / 'again').exists(), 'a changed backup is refused and leaves nothing', done.stdout)
        stolen = folder / 'stolen'
        shutil.copytree(library.data, stolen)
        done = run([PROGRAM, 'check', '--data', stolen])
        checks.that(done.returncode != 0 and CANARY not in done.stdout + done.stderr, 'a copy without its key opens nothing', done.stdout)
    finally:
        if library.process and library.process.poll() is None:
            library.kill()
        shutil.rmtree(folder, ignore_errors=True)
    print('\n'.join(checks.failed))
    print(f'{checks.passed} passed, {len(checks.failed)} failed')
    sys.exit(1 if checks.failed else 0)


def found_in_sample(folder):
    """That a canary in clear would be seen, in each form it is looked for."""
    sample, word = folder / 'sample', f'{CANARY}-sample-{hashlib.sha256(b"sample").hexdigest()[:12]}'
    sample.mkdir()
    planted = {'clear': word.encode(), 'utf16': word.encode('utf-16-le'), 'base64': base64.b64encode(b'..' + word.encode() + b'..'), 'hex': word.encode().hex().encode()}
    for name, content in planted.items():
        (sample / name).write_bytes(b'before' + content + b'after')
    (sample / 'packed').write_bytes(zlib.compress(b'nothing of the kind'))
    return len(found_in(sample, {'word': word})) == len(planted)


if __name__ == '__main__':
    main()
