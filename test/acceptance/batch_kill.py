#!/usr/bin/env python3
"""Kills the server with SIGKILL while a batch is read and while it is sent, and looks whether every row became exactly one report.

  test/acceptance/batch_kill.py [--rows 300] [--kills 4] [--seed N]

The rows come as an archive with an attachment each, over the interface for machines. After each kill the same server goes on with what is left; at the
end every row has one report with its own file, no report stands twice, and `cappvd check --deep` finds nothing."""
import argparse
import csv
import io
import json
import os
import pathlib
import random
import re
import shutil
import sys
import tempfile
import time
import zipfile

from library import REPORT, Library, free_port

WAIT_SECONDS = 120


def archive(rows):
    """One ZIP with a manifest; each row's file says which row it is of."""
    names = [*REPORT, 'title', 'files']
    table = io.StringIO()
    writer = csv.DictWriter(table, names)
    writer.writeheader()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, 'w', zipfile.ZIP_DEFLATED) as bundle:
        for number in range(rows):
            writer.writerow(REPORT | {'title': f'row {number}', 'description': f'What is wrong in {number}.', 'files': f'files/{number}.txt'})
            bundle.writestr(f'files/{number}.txt', f'of row {number}\n'.encode() + os.urandom(20000))
        bundle.writestr('manifest.csv', table.getvalue())
    return packed.getvalue()


def multipart(name, content):
    cut = 'cut-of-batch-kill'
    body = (f'--{cut}\r\nContent-Disposition: form-data; name="no_secrets"\r\n\r\ntrue\r\n'
            f'--{cut}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n').encode() + content + f'\r\n--{cut}--\r\n'.encode()
    return body, f'multipart/form-data; boundary={cut}'


def state_of(library, ref):
    status, _, text = ask(library, 'GET', f'/api/v1/batches/{ref}')
    if status != 200:
        sys.exit(f'the batch answers {status}: {text[:300]}')
    return json.loads(text)


def ask(library, method, path, body=None, kind='application/json'):
    headers = {'Cookie': library.cookie, 'X-CSRF-Token': library.csrf}
    if body is not None:
        headers['Content-Type'] = kind
    return library.send(method, path, body, headers, f'10.253.{random.randrange(256)}.{random.randrange(1, 255)}')


def wait(library, ref, until):
    start = time.monotonic()
    while time.monotonic() - start < WAIT_SECONDS:
        batch = state_of(library, ref)
        if until(batch):
            return batch
        if batch['state'] in ('REFUSED', 'CANCELLED'):
            sys.exit(f'the batch ended as {batch["state"]}: {batch["refusal_text"]}')
        time.sleep(0.02)
    sys.exit(f'the batch stands still: {state_of(library, ref)}')


def kill_while(library, ref, moving, kills, chance):
    """As long as it moves: lets it go on a little, kills it, starts it again."""
    done = 0
    for _ in range(kills):
        time.sleep(chance.uniform(0, 0.06))  # 300 rows are sent in a third of a second
        if not moving(state_of(library, ref)):
            break
        library.kill()
        library.start('serve')
        done += 1
    return done


def compare(library, ref, rows):
    status, _, table = ask(library, 'GET', f'/api/v1/batches/{ref}/summary')
    result = list(csv.reader(io.StringIO(table.lstrip('\ufeff'))))[1:]
    numbers, refs = [int(line[0]) for line in result], [line[2] for line in result]
    faults = []
    if status != 200 or sorted(numbers) != list(range(2, rows + 2)):
        faults.append(f'rows of the summary: {len(numbers)}, {len(set(numbers))} different')
    if len(set(refs)) != rows or '' in refs:
        faults.append(f'{len(set(refs))} different reception numbers for {rows} rows')
    for number, report in random.Random(7).sample(list(zip(numbers, refs)), 25):
        found = json.loads(ask(library, 'GET', f'/api/v1/reports/{report}')[2])
        names = [file['name'] for file in found['attachments']]
        if found['title'] != f'row {number - 2}' or names != [f'{number - 2}.txt']:
            faults.append(f'row {number} became {found["title"]} with {names}')
    own = set()
    cursor = ''
    while cursor is not None:
        page = json.loads(ask(library, 'GET', f'/api/v1/reports?cursor={cursor}' if cursor else '/api/v1/reports')[2])
        own.update((item['ref'], item['title']) for item in page['items'] if item['title'].startswith('row '))
        cursor = page['next_cursor']
    if len(own) != rows or {r for r, _ in own} != set(refs):
        faults.append(f'{len(own)} reports of the batch stand in the list')
    return faults


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument('--rows', type=int, default=300)
    arguments.add_argument('--kills', type=int, default=4)
    arguments.add_argument('--seed', type=int, default=1)
    options = arguments.parse_args()
    folder = pathlib.Path(tempfile.mkdtemp(prefix='cappvd-batch-'))
    chance = random.Random(options.seed)
    library = Library(folder, free_port())
    try:
        library.start('demo')
        library.enter_as('卢深')
        library.csrf = re.search(r'name="csrf" value="([^"]+)"', library.as_coordinator('GET', '/batches')[2])[1]
        library.kill()
        library.start('serve')
        body, kind = multipart('many.zip', archive(options.rows))
        status, _, text = ask(library, 'POST', '/api/v1/batches', body, kind)
        if status != 201:
            sys.exit(f'the archive was answered {status}: {text[:300]}')
        ref = json.loads(text)['ref']
        read = kill_while(library, ref, lambda b: b['state'] == 'READING', options.kills, chance)
        batch = wait(library, ref, lambda b: b['state'] == 'PREVIEW')
        if batch['ready'] != options.rows:
            sys.exit(f'{batch["ready"]} of {options.rows} rows are ready: {batch}')
        status, _, text = ask(library, 'POST', f'/api/v1/batches/{ref}/send', '{}')
        if status != 202:
            sys.exit(f'sending was answered {status}: {text[:300]}')
        sent = kill_while(library, ref, lambda b: b['state'] == 'RUNNING', options.kills, chance)
        wait(library, ref, lambda b: b['state'] == 'DONE')
        faults = compare(library, ref, options.rows)
        library.process.terminate()
        library.process.wait()
        check = library.run('check', '--deep')
        if check.returncode:
            faults.append(f'check: {(check.stdout + check.stderr)[-400:]}')
        print(f'{read} kills while {options.rows} rows were read, {sent} while they were sent: ' + ('; '.join(faults) or 'each row is one report'))
        if not sent:
            faults.append('no kill hit the sending')
    finally:
        if library.process.poll() is None:
            library.process.kill()
        shutil.rmtree(folder, ignore_errors=True)
    print(f'{int(not faults)} passed, {len(faults)} failed')
    sys.exit(1 if faults else 0)


if __name__ == '__main__':
    main()
