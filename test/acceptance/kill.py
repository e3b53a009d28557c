#!/usr/bin/env python3
"""Kills the server with SIGKILL at random moments under mixed writes and looks whether anything acknowledged is lost.

  test/acceptance/kill.py [--kills 50] [--seed N]

Writers: visitors send reports with an Idempotency-Key (and repeat the unanswered ones after the restart, which must not double them); a
coordinator begins the formal review of what was received. After each kill the server must be ready within two seconds, every acknowledged report
must be there in the acknowledged state, and at the end `cappvd check --deep` must find nothing."""
import argparse
import http.client
import json
import os
import pathlib
import random
import shutil
import signal
import sys
import tempfile
import threading
import time

from library import REPORT, Library, free_port

READY_SECONDS = 2.0


class Writers:
    def __init__(self, library, seed):
        self.library, self.random, self.lock = library, random.Random(seed), threading.Lock()
        self.acknowledged, self.unanswered, self.stop = {}, {}, threading.Event()

    def send(self, key, body):
        address = f'10.{self.random.randrange(250)}.{self.random.randrange(256)}.{self.random.randrange(1, 255)}'
        status, _, text = self.library.request('POST', '/api/v1/reports', body, {'Content-Type': 'application/json', 'Idempotency-Key': key}, address)
        if status in (200, 201):
            with self.lock:
                self.acknowledged.setdefault(json.loads(text)['ref'], ['RECEIVED', key])
                self.unanswered.pop(key, None)
        elif status not in (429, 503):
            sys.exit(f'a report was refused with {status}: {text[:500]}')

    def visitor(self):
        while not self.stop.is_set():
            key = os.urandom(12).hex()
            body = json.dumps(REPORT | {'title': f'report {key}'})
            with self.lock:
                self.unanswered[key] = body
            try:
                self.send(key, body)
            except (OSError, http.client.HTTPException, ValueError):
                return

    def coordinator(self):
        while not self.stop.is_set():
            with self.lock:
                waiting = [r for r, (state, _) in self.acknowledged.items() if state == 'RECEIVED']
            if not waiting:
                time.sleep(0.02)
                continue
            ref = self.random.choice(waiting)
            action = f'/reports/{ref}/actions/review'
            try:
                fields = self.library.page_form(f'/reports/{ref}', action)
                done = fields is not None and self.library.as_coordinator('POST', action, fields)[0] == 303
            except (OSError, http.client.HTTPException):
                return
            if done:
                with self.lock:
                    self.acknowledged[ref][0] = 'FORMAL_REVIEW'

    def run_until(self, seconds):
        self.stop.clear()
        threads = [threading.Thread(target=self.visitor) for _ in range(3)] + [threading.Thread(target=self.coordinator)]
        for thread in threads:
            thread.start()
        time.sleep(seconds)
        self.library.kill()
        self.stop.set()
        for thread in threads:
            thread.join()


def lost(library, writers, refs):
    """Acknowledged writes among `refs` that are not there."""
    missing = []
    for ref in refs:
        state = writers.acknowledged[ref][0]
        status, _, page = library.as_coordinator('GET', f'/reports/{ref}')
        if status != 200 or (state == 'FORMAL_REVIEW' and f'/reports/{ref}/actions/review"' in page):
            missing.append(f'{ref} ({state}): {status}')
    return missing


def run(library, options):
    failures, slowest = [], 0.0
    library.start('demo')
    library.enter_as('Coordinator')
    writers, moments = Writers(library, options.seed), random.Random(options.seed)
    for _ in range(options.kills):
        before = sorted(writers.acknowledged)
        writers.run_until(moments.uniform(0.05, 0.6))
        slowest = max(slowest, library.start('serve'))
        failures += lost(library, writers, set(writers.acknowledged) - set(before) | set(moments.sample(before, min(10, len(before)))))
        for key, body in list(writers.unanswered.items()):
            writers.send(key, body)
    keys = [key for _, key in writers.acknowledged.values()]
    if len(keys) != len(set(keys)):
        failures.append('an Idempotency-Key made two reports')
    if slowest > READY_SECONDS:
        failures.append(f'ready again only after {slowest:.2f} s')
    library.process.send_signal(signal.SIGTERM)
    library.process.wait()
    check = library.run('check', '--deep')
    if check.returncode:
        failures.append('check: ' + check.stdout)
    reviewed = sum(state == 'FORMAL_REVIEW' for state, _ in writers.acknowledged.values())
    if not keys or not reviewed:
        failures.append('nothing was acknowledged, so nothing was shown')
    print(f'{options.kills} kills, {len(keys)} reports and {reviewed} reviews acknowledged, slowest start {slowest:.2f} s, {len(failures)} faults')
    return failures


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument('--kills', type=int, default=50)
    arguments.add_argument('--seed', type=int, default=20260305)
    options = arguments.parse_args()
    folder = pathlib.Path(tempfile.mkdtemp(prefix='cappvd-kill-'))
    library = Library(folder, free_port())
    try:
        failures = run(library, options)
    finally:
        if library.process and library.process.poll() is None:
            library.kill()
        shutil.rmtree(folder, ignore_errors=True)
    print('\n'.join(failures))
    print(f'{0 if failures else options.kills} passed, {len(failures)} failed')
    sys.exit(1 if failures else 0)


if __name__ == '__main__':
    main()
