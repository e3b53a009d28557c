#!/usr/bin/env python3
"""Runs every test, bottom-up by room, two jobs at a time, and ends with one line `N passed, N failed, N skipped`.

  tools/test.py [PART…]     only jobs whose name contains one of the parts

Jobs: the C tests of each file on SQLite and PostgreSQL, the same under ASan+UBSan, fuzz corpora replayed, the tools' own tests, what must be
refused, independent calculators, whole-program tests and the browser. The throw-away PostgreSQL is started here and removed again."""
import concurrent.futures
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

from layers import HOUSE

ROOT = pathlib.Path(__file__).resolve().parent.parent
STOREYS = ['harness'] + [f'{s}/{r}' for s, rooms in HOUSE.items() for r in rooms]
TIMEOUT_SECONDS = 1500
JOBS = int(os.environ.get('CAPPVD_TEST_JOBS', str(max(2, os.cpu_count() or 2))))


class Job:
    def __init__(self, name, argv, cwd=ROOT, env=None):
        self.name, self.argv, self.cwd, self.env = name, [str(a) for a in argv], cwd, env or {}


def run(argv, **options):
    return subprocess.run([str(a) for a in argv], cwd=ROOT, check=True, **options)


def sh(text):
    print(f'== {text}', flush=True)


def build():
    sh('building')
    start = time.monotonic()
    run(['make', '--no-print-directory', 'all'])
    run(['make', '--no-print-directory', 'asan'])
    for folder in ('test/browser', 'test/oracle'):
        if (ROOT / folder / 'package.json').exists() and not is_fresh(ROOT / folder):
            subprocess.run(['npm', 'ci', '--silent', '--no-audit', '--no-fund', '--ignore-scripts'], cwd=ROOT / folder, check=True)
    sh(f'built in {time.monotonic() - start:.0f} s')


def is_fresh(folder):
    lock, mark = folder / 'package-lock.json', folder / 'node_modules' / '.package-lock.json'
    return mark.exists() and mark.stat().st_mtime >= lock.stat().st_mtime


def room_order(path):
    for place, room in enumerate(STOREYS):
        if f'test/{room}/' in path:
            return place
    return len(STOREYS)


def unit_jobs(folder, suffix, databases):
    listing = subprocess.run([ROOT / folder / 'unit', '--list'], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    files = sorted({line.split()[0].replace('../', '') for line in listing.splitlines()}, key=lambda f: (room_order(f), f))
    for file in files:
        yield Job(f'{file}{suffix}', [f'{folder}/unit', '--database', databases, file])


# What is played as a whole on PostgreSQL too, on a fresh library each; the C tests of every room run on both anyway.
ON_POSTGRES = re.compile(r'acceptance/(\w+_api|api_\w+|(disputes|figures|privacy|vendors)_kill)\.py$|browser/(batch|dispute|duplicates|figures|masking|privacy|vendors|warning|webhooks)\.test\.mjs$')


def program_job(path, argv):
    name = str(path.relative_to(ROOT))
    yield Job(name, argv)
    if ON_POSTGRES.search(name) and 'CAPPVD_TEST_POSTGRES' in os.environ:
        yield Job(f'{name} (PostgreSQL)', argv, env={'CAPPVD_TEST_DATABASE': 'postgresql'})


def script_jobs():
    for path in sorted(ROOT.glob('test/tools/*_test.py')) + sorted(ROOT.glob('test/refuse/*_test.py')):
        yield Job(str(path.relative_to(ROOT)), ['python3', path])
    for path in sorted(ROOT.glob('build-asan/fuzz_*')):
        if path.is_file() and os.access(path, os.X_OK):
            yield Job(f'fuzz corpus {path.name[5:]}', [path, ROOT / 'test/fuzz/corpus' / path.name[5:]])
    for path in sorted(ROOT.glob('test/oracle/*.mjs')):
        yield Job(str(path.relative_to(ROOT)), ['node', path])
    for pattern in ('test/http/*.test.mjs', 'test/browser/*.test.mjs'):
        for path in sorted(ROOT.glob(pattern)):
            yield from program_job(path, ['node', '--test', path])
    for path in sorted(ROOT.glob('test/acceptance/*')):
        if os.access(path, os.X_OK) and path.is_file():
            yield from program_job(path, [path])


def tally(output, code):
    """(passed, failed, skipped) by the closing lines of the runners used here."""
    text = output.splitlines()
    for line in reversed(text):
        if m := re.match(r'(\d+) passed, (\d+) failed(?:, (\d+) skipped)?', line):
            return int(m[1]), max(int(m[2]), int(code != 0)), int(m[3] or 0)
    node = dict(re.findall(r'^# (pass|fail|skipped|cancelled) (\d+)', output, re.M))
    if node:
        failed = int(node.get('fail', 0)) + int(node.get('cancelled', 0))
        return int(node.get('pass', 0)), max(failed, int(code != 0)), int(node.get('skipped', 0))
    if m := re.search(r'^Ran (\d+) tests? in', output, re.M):
        bad = sum(int(n) for n in re.findall(r'(?:failures|errors)=(\d+)', output))
        skipped = sum(int(n) for n in re.findall(r'skipped=(\d+)', output))
        return int(m[1]) - bad - skipped, max(bad, int(code != 0)), skipped
    return 0, 1, 0


def perform(job):
    start = time.monotonic()
    environment = dict(os.environ, ASAN_OPTIONS='detect_leaks=1:abort_on_error=0', UBSAN_OPTIONS='print_stacktrace=1:halt_on_error=1',
                       LSAN_OPTIONS=f'suppressions={ROOT}/test/harness/leaks.txt:print_suppressions=0', **job.env)
    try:
        done = subprocess.run(job.argv, cwd=job.cwd, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              timeout=TIMEOUT_SECONDS, text=True, errors='replace')
        output, code = done.stdout, done.returncode
    except subprocess.TimeoutExpired as late:
        output, code = (late.stdout or b'').decode(errors='replace') + '\ntimed out', 1
    return job, tally(output, code), output, time.monotonic() - start


def faults(output):
    """What a runner says of each test that failed, of which there may be one among hundreds; else the end of its output."""
    lines, told = output.splitlines(), []
    for place, line in enumerate(lines):
        if line.lstrip().startswith('not ok'):
            end = next((i for i in range(place, len(lines)) if lines[i].strip() == '...'), len(lines))
            told += lines[place:min(end, place + 40)]
    return told[:400] or lines[-80:]


def report(job, counts, output, seconds):
    passed, failed, skipped = counts
    print(f'{"FAIL" if failed else "ok  "} {job.name}: {passed} passed, {failed} failed, {skipped} skipped ({seconds:.1f} s)', flush=True)
    if failed:
        print('\n'.join('    ' + line for line in faults(output)), flush=True)
    else:
        for line in output.splitlines():
            if line.strip().startswith(('skipped:', 'skip ')):
                print(f'    {line.strip()}', flush=True)


def start_postgres():
    """One throw-away server for all jobs; it lives as long as the pipe to it is open."""
    server = subprocess.Popen([ROOT / 'test/harness/postgres.sh'], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    address = server.stdout.readline().strip()
    if address:
        os.environ['CAPPVD_TEST_POSTGRES'] = address

    def stop():
        server.stdin.close()
        server.wait()
    return stop


def main():
    sys.stdout.reconfigure(line_buffering=True)
    parts = sys.argv[1:]
    start = time.monotonic()
    build()
    shutil.rmtree(ROOT / 'build/screenshots', ignore_errors=True)
    stop_postgres = start_postgres()
    total = [0, 0, 0]
    try:
        jobs = list(unit_jobs('build', '', 'all')) + list(unit_jobs('build-asan', ' (sanitized)', 'sqlite,none')) + list(script_jobs())
        jobs = [j for j in jobs if not parts or any(p in j.name for p in parts)]
        with concurrent.futures.ThreadPoolExecutor(JOBS) as pool:
            for job, counts, output, seconds in pool.map(perform, jobs):
                report(job, counts, output, seconds)
                total = [a + b for a, b in zip(total, counts)]
    finally:
        stop_postgres()
    sh(f'all in {time.monotonic() - start:.0f} s')
    print(f'{total[0]} passed, {total[1]} failed, {total[2]} skipped')
    sys.exit(1 if total[1] or not total[0] else 0)


if __name__ == '__main__':
    main()
