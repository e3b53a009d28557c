#!/usr/bin/env python3
"""A full disk: public reads go on, writes answer 503 with Retry-After, and recover by themselves once there is room; nothing acknowledged is lost.
Needs root for a small file system of its own; skipped otherwise."""
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from library import PROGRAM, REPORT, Library, free_port

SIZE_MIB = 512


def send(library, number):
    body = json.dumps(REPORT | {'title': f'report {number}', 'description': 'x' * 15000})
    return library.request('POST', '/api/v1/reports', body, {'Content-Type': 'application/json'}, f'10.9.{number // 200}.{number % 200 + 1}')


def fill(folder):
    """Takes all the room there is."""
    ballast = os.open(folder / 'ballast', os.O_WRONLY | os.O_CREAT)
    try:
        while os.write(ballast, b'\0' * 4096):
            pass
    except OSError:
        pass
    os.close(ballast)


def run(library, folder):
    failures = []
    library.start('demo')
    library.enter_as('Coordinator')
    status, _, text = send(library, 0)
    if status != 201:
        sys.exit(f'the first report was refused with {status}: {text[:300]}')
    acknowledged = [json.loads(text)['ref']]
    fill(folder)
    refused = None
    for number in range(1, 400):
        status, headers, text = send(library, number)
        if status == 201:
            acknowledged.append(json.loads(text)['ref'])
        else:
            refused = (status, headers)
            break
    if not refused or refused[0] != 503 or 'Retry-After' not in refused[1]:
        failures.append(f'a write on a full disk was answered {refused}')
    for path in ('/', '/advisories', '/advisories?q=WebView', '/api/v1/advisories?limit=3', '/en/advisories'):
        status = library.request('GET', path)[0]
        if status != 200:
            failures.append(f'{path} answered {status} on a full disk')
    os.unlink(folder / 'ballast')
    for _ in range(100):
        status, _, text = send(library, 399)
        if status == 201:
            acknowledged.append(json.loads(text)['ref'])
            break
        time.sleep(0.1)
    else:
        failures.append(f'writes did not recover: {status}')
    for reference in acknowledged:
        if library.as_coordinator('GET', f'/reports/{reference}')[0] != 200:
            failures.append(f'{reference} was acknowledged and is lost')
    library.process.send_signal(signal.SIGTERM)
    library.process.wait()
    check = subprocess.run([PROGRAM, 'check', '--deep', '--data', library.data], capture_output=True, text=True)
    if check.returncode:
        failures.append('check: ' + check.stdout)
    return failures


def main():
    folder = pathlib.Path(tempfile.mkdtemp(prefix='cappvd-full-'))
    mount = subprocess.run(['mount', '-t', 'tmpfs', '-o', f'size={SIZE_MIB}m', 'tmpfs', folder], capture_output=True, text=True, check=False)
    if mount.returncode:
        os.rmdir(folder)
        print(f'skipped: {mount.stderr.strip()}\n0 passed, 0 failed, 1 skipped')
        return
    library = Library(folder, free_port())
    try:
        failures = run(library, folder)
    finally:
        if library.process and library.process.poll() is None:
            library.kill()
        subprocess.run(['umount', '--lazy', folder], check=False)
        shutil.rmtree(folder, ignore_errors=True)
    print('\n'.join(failures))
    print(f'{0 if failures else 1} passed, {len(failures)} failed')
    sys.exit(1 if failures else 0)


if __name__ == '__main__':
    main()
