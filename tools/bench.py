#!/usr/bin/env python3
"""Measures the program's figures, each beside its reference in the same run, and prints one table. Figures are told, not tested.

  tools/bench.py [PART…]     only these of: build import reply search hot start memory mark masking selection
              casefile panel alike batch figures

Reference and program take turns, so that whatever else the machine does meets both. Real data: CAPPVD_DATA, else ../shared/data."""
import atexit
import contextlib
import csv
import http.client
import io
import json
import os
import pathlib
import random
import re
import resource
import shutil
import signal
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import zipfile
import xml.etree.ElementTree as ET

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILD = ROOT / os.environ.get('BUILD', 'build')
DATA = pathlib.Path(os.environ.get('CAPPVD_DATA') or ROOT / '../shared/data').resolve()
CAPPVD, BENCH = BUILD / 'cappvd', BUILD / 'bench'
PARTS = ('build', 'import', 'reply', 'search', 'hot', 'start', 'memory', 'mark', 'masking', 'selection', 'casefile', 'panel', 'alike', 'batch', 'figures')
ROUNDS, WRK_SECONDS, LOAD_SECONDS, LOAD_THREADS, RECORDS = 3, 4, 60, 6, 5250
STARTS = 7


# ---- The table
table = []


def figure(name, measured, reference='', ratio='', goal='', reached=None):
    table.append((name, measured, reference, ratio, goal, {True: 'yes', False: 'no', None: ''}[reached]))
    print('  ' + ' | '.join(part for part in table[-1] if part), flush=True)


def missing(name, why):
    figure(name, f'not measured: {why}')


def print_table():
    rows = [('figure', 'measured', 'reference', 'ratio', 'goal', 'reached')] + table
    widths = [max(len(row[i]) for row in rows if i == 0 or row[2:] != ('',) * 4) for i in range(6)]
    print()
    for number, row in enumerate(rows):
        print(' | '.join(part.ljust(width) for part, width in zip(row, widths)).rstrip(' |'))
        if number == 0:
            print('-+-'.join('-' * width for width in widths))


def attempt(name, work, *arguments):
    """A figure that cannot be measured says why; the others follow all the same."""
    try:
        return work(*arguments)
    except (OSError, subprocess.SubprocessError, RuntimeError, ValueError, KeyError, ArithmeticError, http.client.HTTPException, sqlite3.Error) as reason:
        missing(name, ' '.join(str(reason).split())[:160])
        return None


def run(argv, **options):
    done = subprocess.run([str(a) for a in argv], capture_output=True, text=True, timeout=600, **options)
    if done.returncode:
        raise RuntimeError(f'{pathlib.Path(argv[0]).name} {argv[1]}: {(done.stderr or done.stdout).strip()[-140:]}')
    return done.stdout


def lines(text):
    return [json.loads(line) for line in text.splitlines() if line.startswith('{')]


def timed(work, *arguments):
    """Seconds by the clock, seconds of processor time of what was started and has ended, and the result."""
    def used():
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime
    begin, before = time.monotonic(), used()
    result = work(*arguments)
    return time.monotonic() - begin, used() - before, result


# ---- Building
def measure_build(folder):
    tree = folder / 'tree'
    shutil.copytree(ROOT, tree, ignore=shutil.ignore_patterns('build*', '.git', 'node_modules', '__pycache__'))
    environment = {k: v for k, v in os.environ.items() if not k.startswith('MAKE') and k != 'MFLAGS'}

    def make():
        run(['make', '-C', tree], env=environment)
    clean, processor, _ = timed(make)
    figure('clean build', f'{clean:.1f} s, {processor:.0f} s of processor time', goal='<= 60 s', reached=clean <= 60)
    touched = tree / 'src/face/http/dispatch.c'
    again = []
    for _ in range(ROUNDS):
        touched.write_text(touched.read_text(encoding='utf-8') + f'/* {time.monotonic_ns()} */\n', encoding='utf-8')
        again.append(timed(make)[0])
    figure('build after one C file changed', f'{min(again):.1f} s', goal='<= 5 s', reached=min(again) <= 5)
    shutil.rmtree(tree)


# ---- The library
def new_library(folder):
    mails = [x for o in ('--system-admin', '--security-admin', '--security-admin', '--audit-admin') for x in (o, f'bench{len(o)}@example.cn')]
    mails[5] = 'second@example.cn'
    run([CAPPVD, 'init', '--data', folder, *mails])


def import_into(folder, name):
    done = subprocess.run([str(CAPPVD), 'import', '--data', str(folder), '--json', str(DATA / name)], capture_output=True, text=True, timeout=600)
    summary = lines(done.stdout)
    if not summary:
        raise RuntimeError(f'import {name}: {done.stderr.strip()[-140:]}')
    return summary[0]


def measure_import(folder):
    """Returns the library that the last round made."""
    ours, bare, library, summary = [], [], None, {}
    source = DATA / 'cve-bulk.jsonl.gz'
    with subprocess.Popen([str(BENCH), 'import', str(source)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as reference:
        ready = json.loads(reference.stdout.readline() or '{}')
        for number in range(ROUNDS):
            path = folder / f'bare{number}.db'
            print(path, file=reference.stdin, flush=True)
            inserted = json.loads(reference.stdout.readline())
            bare.append((inserted['microseconds'] / 1e6, inserted['processor'] / 1e6))
            remove_database(path)
            if library:
                shutil.rmtree(library)
            library = folder / f'library{number}'
            new_library(library)
            seconds, processor, summary = timed(import_into, library, source.name)
            ours.append((seconds, processor))
        reference.stdin.close()
    (seconds, processor), (bare_seconds, bare_processor) = min(ours), min(bare)
    ratio = seconds / bare_seconds
    figure(f'import of {summary["documents"]:,} CVE records',
           f'{seconds:.1f} s, {summary["documents"] / seconds:,.0f} a second, {processor:.1f} s of two processors',
           f'{ready["ready"]:,} bare inserts {bare_seconds:.1f} s, {bare_processor:.1f} s of one', f'{ratio:.2f}', '<= 1.3', ratio <= 1.3)
    return library


def remove_database(path):
    for ending in ('', '-wal', '-shm'):
        pathlib.Path(f'{path}{ending}').unlink(missing_ok=True)


def make_library(folder):
    library = folder / 'library'
    new_library(library)
    import_into(library, 'cve-bulk.jsonl.gz')
    return library


# ---- Inside one process
def measure_replies(library):
    blocks = lines(run([BENCH, 'reply', library, RECORDS]))
    failed = sum(block['failed'] for block in blocks)
    count = sum(block['records'] for block in blocks)
    bare = sum(block['bare'] for block in blocks)
    for kind, name in (('page', 'record page'), ('api', 'API record')):
        ours = sum(block[kind] for block in blocks)
        ratio = ours / bare
        name = f'{name}, not cached, in process, {count:,} records'
        if failed:
            missing(name, f'{failed} replies were not 200')
        else:
            figure(name, f'{ours / count:.0f} µs', f'bare read {bare / count:.0f} µs', f'{ratio:.2f}', '<= 3', ratio <= 3)


def measure_search(library):
    for found in lines(run([BENCH, 'search', library])):
        name = f'search, {found["language"]}, {found["words"]} commonest words, two filters'
        if found['failed']:
            missing(name, f'{found["failed"]} of {2 * found["searches"]} replies were not 200')
            continue
        for kind in ('api', 'page'):
            ours, bare = found[kind], found['bare']
            ratio = ours['sum'] / bare['sum']
            reached = ours['p95'] <= 10000 and (kind == 'page' or ratio <= 2)
            figure(f'{name}: {kind}', f'p50 {ours["p50"] / 1000:.2f} p95 {ours["p95"] / 1000:.2f} longest {ours["longest"] / 1000:.1f} ms',
                   f'bare p95 {bare["p95"] / 1000:.2f} ms', f'{ratio:.2f}', 'p95 <= 10 ms' + (', <= 2' if kind == 'api' else ''), reached)


# ---- Processes
def free_port():
    """Not one of those that connections start from: who asks such a port again and again connects to itself one day."""
    for port in random.sample(range(20000, 32000), 100):
        with socket.socket() as s, contextlib.suppress(OSError):
            s.bind(('127.0.0.1', port))
            return port
    raise RuntimeError('no port is free')


def ask(port, path, source='127.0.0.1'):
    connection = http.client.HTTPConnection('127.0.0.1', port, timeout=20, source_address=(source, 0))
    try:
        connection.request('GET', path)
        reply = connection.getresponse()
        return reply.status, reply.getheaders(), reply.read()
    finally:
        connection.close()


@contextlib.contextmanager
def started(argv, port, path, log):
    """A server that has answered; with the seconds from its start to its first answer."""
    with open(log, 'ab') as talk:
        begin = time.monotonic()
        process = subprocess.Popen([str(a) for a in argv], stdout=talk, stderr=talk, stdin=subprocess.DEVNULL)
    stop = atexit.register(process.kill)
    try:
        while True:
            try:
                status = ask(port, path)[0]
                break
            except (ConnectionError, TimeoutError):
                if process.poll() is not None or time.monotonic() - begin > 30:
                    raise RuntimeError(f'{pathlib.Path(argv[0]).name} does not answer: {log.read_text(errors="replace")[-100:]}') from None
                time.sleep(0.0005)
        process.first_answer = time.monotonic() - begin
        process.first_status = status
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        atexit.unregister(stop)


def serve(folder, library, path='/livez'):
    port = free_port()
    manager = started([CAPPVD, 'serve', '--data', library, '--listen', f'127.0.0.1:{port}'], port, path, folder / 'serve.log')
    return port, manager


def some_identifiers(library, count):
    with contextlib.closing(sqlite3.connect(f'file:{library}/library.db?mode=ro', uri=True)) as database:
        rows = database.execute('SELECT identifier FROM advisory ORDER BY (id * 2654435761) % 4294967296 LIMIT ?', (count,))
        return [row[0] for row in rows]


# ---- Hot replies beside nginx
NOT_GIVEN = {'date', 'connection', 'content-length', 'content-type', 'server'}


def nginx_configuration(folder, port, replies):
    def quoted(value):
        return '"' + value.replace('\\', '\\\\').replace('"', '\\"') + '"'
    places = []
    for number, (headers, body) in enumerate(replies):
        (folder / f'reply{number}').write_bytes(body)
        kind = next(value for name, value in headers if name.lower() == 'content-type')
        given = ''.join(f'add_header {name} {quoted(value)}; ' for name, value in headers if name.lower() not in NOT_GIVEN)
        places.append(f'location = /{number} {{ alias {folder}/reply{number}; types {{ }} default_type {quoted(kind)}; {given}}}')
    return '\n'.join([
        'user root;' if os.geteuid() == 0 else '', 'daemon off; worker_processes auto;', f'pid {folder}/nginx.pid; error_log {folder}/nginx.log crit;',
        'events { worker_connections 1024; }', 'http { access_log off; sendfile on; tcp_nopush on; server_tokens off; keepalive_requests 1000000000;',
        'etag off; if_modified_since off; max_ranges 0; add_header Last-Modified "";',
        *(f'{kind}_temp_path {folder}/{kind};' for kind in ('client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi')),
        f'server {{ listen 127.0.0.1:{port}; ', *places, '} }', ''])


def wrk(port, path):
    text = run(['wrk', '-t1', '-c32', f'-d{WRK_SECONDS}s', '--latency', f'http://127.0.0.1:{port}{path}'])
    if 'Non-2xx' in text or 'Socket errors' in text:
        raise RuntimeError(' '.join(text.split())[-120:])
    unit = {'us': 0.001, 'ms': 1.0, 's': 1000.0}
    p99 = re.search(r'99%\s+([\d.]+)(us|ms|s)\b', text)
    return float(re.search(r'Requests/sec:\s+([\d.]+)', text)[1]), float(p99[1]) * unit[p99[2]]


def measure_hot(folder, library):
    identifier = urllib.parse.quote(some_identifiers(library, 1)[0])
    wanted = [('hot record page', f'/advisories/{identifier}'), ('hot list page', '/advisories'), ('hot API record', f'/api/v1/advisories/{identifier}')]
    port, manager = serve(folder, library)
    with manager:
        kept = []
        for name, path in wanted:
            ask(port, path)
            status, headers, body = ask(port, path)
            if status == 200:
                kept.append((name, path, headers, body))
            else:
                missing(name, f'{path} answers {status}')
        nginx_port = free_port()
        configuration = folder / 'nginx.conf'
        configuration.write_text(nginx_configuration(folder, nginx_port, [(h, b) for _, _, h, b in kept]), encoding='utf-8')
        nginx = shutil.which('nginx') or '/usr/sbin/nginx'
        with started([nginx, '-p', folder, '-c', configuration], nginx_port, '/0', folder / 'nginx.talk'):
            for number, (name, path, headers, body) in enumerate(kept):
                attempt(name, measure_one_hot, name, (port, path), (nginx_port, f'/{number}'), body, headers)


def measure_one_hot(name, ours, reference, body, headers):
    status, given, same = ask(*reference)
    lacking = {n.lower() for n, _ in headers} - {n.lower() for n, _ in given} - {'server'}
    if status != 200 or same != body or lacking:
        raise RuntimeError(f'nginx does not give the same reply: {status}, {len(same)} of {len(body)} bytes, lacks {", ".join(lacking)}')
    rounds = [(wrk(*reference), wrk(*ours)) for _ in range(ROUNDS)]
    theirs, best = max(r[0] for r in rounds), max(r[1] for r in rounds)
    ratio = best[0] / theirs[0]
    figure(f'{name}, {len(body):,} bytes', f'{best[0]:,.0f}/s, p99 {best[1]:.2f} ms', f'nginx {theirs[0]:,.0f}/s, p99 {theirs[1]:.2f} ms',
           f'{ratio:.2f}', '>= 1.0', ratio >= 1)


# ---- Start and memory
def measure_start(folder, library, records):
    taken = []
    for _ in range(STARTS):
        _, manager = serve(folder, library, '/advisories')
        with manager as process:
            taken.append(process.first_answer * 1000)
            if process.first_status != 200:
                raise RuntimeError(f'/advisories answers {process.first_status}')
    middle = statistics.median(taken)
    figure(f'start to the first list page, {records:,} records', f'{middle:.0f} ms', goal='<= 200 ms', reached=middle <= 200)


def pss_bytes(pid):
    """Of the process and everything it started."""
    text = pathlib.Path(f'/proc/{pid}/smaps_rollup').read_text(encoding='ascii')
    total = int(re.search(r'^Pss:\s+(\d+) kB', text, re.M)[1]) * 1024
    for children in pathlib.Path(f'/proc/{pid}/task').glob('*/children'):
        total += sum(pss_bytes(child) for child in children.read_text(encoding='ascii').split())
    return total


WORDS = ['android', 'the', 'WebView', 'remote', 'CVE-2023-', 'overflow', '支付', '越权', '微信', '漏洞', 'sql injection', 'google', '跨站脚本', 'wordpress plugin']


def visit_as_everybody(port, identifiers, share, until, counts):
    """One visitor after the other, each with an address of its own, so that nobody meets the rate limit."""
    number = share
    while time.monotonic() < until:
        visitor = f'127.{1 + share}.{number // 250 % 250}.{1 + number % 250}'
        number += 1
        connection = http.client.HTTPConnection('127.0.0.1', port, timeout=20, source_address=(visitor, 0))
        for step in range(200):
            place = (number * 200 + step) * LOAD_THREADS + share
            identifier = urllib.parse.quote(identifiers[place % len(identifiers)])
            word = urllib.parse.quote(WORDS[place % len(WORDS)])
            path = (f'/advisories/{identifier}', f'/en/advisories/{identifier}', f'/api/v1/advisories/{identifier}',
                    f'/advisories?q={word}&year={2018 + place % 7}', f'/api/v1/advisories?q={word}&limit={1 + place % 100}')[place % 5]
            connection.request('GET', path)
            reply = connection.getresponse()
            reply.read()
            counts[reply.status] = counts.get(reply.status, 0) + 1
            if time.monotonic() >= until:
                break
        connection.close()


def measure_memory(folder, library, records):
    identifiers = some_identifiers(library, 60000)
    port, manager = serve(folder, library)
    with manager as process:
        until, counts = time.monotonic() + LOAD_SECONDS, [{} for _ in range(LOAD_THREADS)]
        visitors = [threading.Thread(target=visit_as_everybody, args=(port, identifiers, i, until, counts[i])) for i in range(LOAD_THREADS)]
        for visitor in visitors:
            visitor.start()
        for visitor in visitors:
            visitor.join()
        used = pss_bytes(process.pid)
    total = sum(sum(c.values()) for c in counts)
    good = sum(c.get(200, 0) for c in counts)
    if good < 0.99 * total:
        raise RuntimeError(f'only {good:,} of {total:,} replies were 200')
    megabytes = used / 1e6
    figure(f'memory (Pss) after {LOAD_SECONDS} s of anonymous load, {records:,} records', f'{megabytes:.0f} MB, {total:,} requests', goal='<= 100 MB',
           reached=megabytes <= 100)


# ---- Watermark and masking: counts, each against what is right by construction
def photographs(kind, first, count):
    """Half of them on each of two processors."""
    halves = [(first, count // 2), (first + count // 2, count - count // 2)]
    runs = [subprocess.Popen([str(BENCH), 'mark', kind, str(a), str(n)], stdout=subprocess.PIPE, text=True) for a, n in halves]
    found = [lines(run.communicate(timeout=1200)[0])[0] for run in runs]
    return {key: sum(one[key] for one in found) for key in found[0]}


def measure_mark():
    marked, plain = photographs('marked', 1000, 200), photographs('plain', 5000, 200)
    share = marked['right'] / marked['photographs']
    figure('photographs of half a page, copy found', f'{marked["right"]} of {marked["photographs"]}, {marked["microseconds"] / marked["photographs"] / 1000:.0f} ms each',
           'the number printed', f'{share:.3f}', '>= 0.95', share >= 0.95)
    figure('photographs that name another copy', f'{marked["wrong"]} of {marked["photographs"]}', goal='0', reached=marked['wrong'] == 0)
    figure('photographs without a mark that name one', f'{plain["wrong"]} of {plain["photographs"]}', goal='0', reached=plain['wrong'] == 0)


def measure_masking():
    kinds = lines(run([BENCH, 'masking', 3000]))
    for kind in kinds:
        precision = kind['right'] / max(1, kind['right'] + kind['extra'])
        recall = kind['right'] / max(1, kind['right'] + kind['missed'])
        figure(f'masking: {kind["kind"]}', f'precision {precision:.3f}, recall {recall:.3f}', f'{kind["right"] + kind["missed"]:,} in generated texts', '', '>= 0.98', min(precision, recall) >= 0.98)


# ---- Selection: 300 applications, 300 experts, panels of 9
def measure_selection():
    runs = lines(run([BENCH, 'selection']))
    worst = max(one['draw'] + one['scores'] for one in runs) / 1000
    figure('draw, seats, scores, ranking and diagnostics', f'{worst:.0f} ms', '300 applications, 300 experts, panel of 9', '', '< 1 s', worst < 1000)


# ---- Figures of three years
def measure_figures(folder):
    for found in lines(run([BENCH, 'figures', folder / 'figures'])):
        goal = 1000 if found['name'] == 'closing a day' else 20
        what = 'most' if goal == 1000 else 'p95'
        taken = found[what] / 1000
        name = f'figures: {found["name"]}, {what}' + (' (failed)' if found['failed'] else '')
        figure(name, f'{taken:.1f} ms', '', '', f'≤ {goal} ms', taken <= goal and not found['failed'])


# ---- One casefile with everybody in it
def measure_casefile(folder):
    for found in lines(run([BENCH, 'casefile', folder / 'casefile'])):
        name = f'{found["page"]}, 200 vendors, 1,000 messages, in process'
        if found['failed']:
            missing(name, f'{found["failed"]} rounds were not 200')
            continue
        ours, reference = found['ours'], found['reference']
        figure(name, f'p50 {ours["p50"] / 1000:.1f} p95 {ours["p95"] / 1000:.1f} ms, of the processor {found["processor"]["p95"] / 1000:.1f}', f'few vendors, no message: p95 {reference["p95"] / 1000:.1f} ms',
               f'{ours["p95"] / reference["p95"]:.1f}', 'p95 <= 50 ms', ours['p95'] <= 50000)


# ---- 5,000 reports with an attachment of 100 KiB each, from three archives
BATCH_ARCHIVES, BATCH_ROWS, BATCH_BYTES = 3, 1667, 100 * 1024


def batch_archive(path, first):
    """One ZIP; the attachments cannot be compressed, as pictures and app files cannot."""
    words = 'interface order parameter checked server answer user account number token session list detail export import filter page query join text'.split()
    chance = random.Random(first)
    names = ['kind', 'owner', 'original', 'disclosed', 'part', 'product', 'versions', 'class', 'title', 'description', 'steps', 'impact', 'credit', 'files']
    with zipfile.ZipFile(path, 'w', zipfile.ZIP_STORED) as bundle:
        table = io.StringIO()
        writer = csv.writer(table)
        writer.writerow(names)
        for row in range(first, first + BATCH_ROWS):
            writer.writerow(['generic', 'others', 'original', 'no', 'android', f'App {row}', '< 2.0', 'sql-injection', f'Finding {row}',
                             ' '.join(chance.choices(words, k=60)), f'1. Ask for /api/v{row}/orders\n2. Type a quotation mark', 'Everything can be read.', 'handle', f'f/{row}.png'])
            bundle.writestr(f'f/{row}.png', chance.randbytes(BATCH_BYTES))
        bundle.writestr('manifest.csv', table.getvalue())


def plain_files(folder):
    """The reference: the same bytes as files, each on the disk before the next one begins, its folder too."""
    folder.mkdir()
    content = random.Random(1).randbytes(BATCH_BYTES)
    handle = os.open(folder, os.O_RDONLY)
    for number in range(BATCH_ARCHIVES * BATCH_ROWS):
        file = os.open(folder / str(number), os.O_WRONLY | os.O_CREAT, 0o600)
        os.write(file, content)
        os.fsync(file)
        os.close(file)
        os.fsync(handle)
    os.close(handle)


def measure_batch(folder):
    archives = [folder / f'batch{i}.zip' for i in range(BATCH_ARCHIVES)]
    for i, path in enumerate(archives):
        batch_archive(path, i * BATCH_ROWS)
    plain = timed(plain_files, folder / 'plain-files')[0]
    shutil.rmtree(folder / 'plain-files')
    found = lines(run([BENCH, 'batch', folder / 'batch', *archives]))[0]
    count = BATCH_ARCHIVES * BATCH_ROWS
    if found['sent'] != count:
        return missing('batch', f'{found["sent"]} of {count} were sent')
    parts = {name: found[name] / 1000 for name in ('taking', 'reading', 'sending')}
    whole = sum(parts.values())
    figure(f'{count:,} reports with 100 KiB each: take, read, send', f'{whole:.1f} s: ' + ', '.join(f'{name} {seconds:.1f}' for name, seconds in parts.items()),
           f'the same bytes as files, each on disk: {plain:.1f} s', f'{whole / plain:.2f}', '<= 60 s', whole <= 60)
    single = found['single'] / 1000 / found['singles']
    figure('sending of what is read', f'{count / parts["sending"]:,.0f} reports/s', f'one by one with its file: {1 / single:,.0f} reports/s', f'{parts["sending"] / count / single:.2f}', '', None)


# ---- A round with 300 applications, 300 experts and a panel of nine
def measure_panel(folder):
    for found in lines(run([BENCH, 'panel', folder / 'panel'])):
        if 'step' in found:
            figure(f'round of 300: {found["step"]}', f'{found["milliseconds"] / 1000:.1f} s', 'every operation as people do it, one after another', '')
            continue
        name = f'round of 300: {found["page"]}'
        if found['failed']:
            missing(name, f'{found["failed"]} rounds were not 200')
            continue
        figure(name, f'p50 {found["p50"] / 1000:.1f} p95 {found["p95"] / 1000:.1f} ms', f'{found["processor"] / 1000:.1f} ms of the processor', '', 'p50 < 50 ms', found['p50'] < 50000)


# ---- Duplicates: pairs of Chinese and English records of one vulnerability, without anything that names it; half of them was never looked at
def full_text(path, read):
    """The reference: SQLite's full text search over the same texts, ranked by bm25, asked for all Latin words."""
    database = sqlite3.connect(':memory:')
    database.execute("CREATE VIRTUAL TABLE record USING fts5(number UNINDEXED, words)")
    database.executemany('INSERT INTO record VALUES (?, ?)', read(path))
    return database


def record_texts(path):
    with open(path, encoding='utf-8') as file:
        for line in file:
            record = json.loads(line)
            cna = record['containers']['cna']
            names = ' '.join(f'{a.get("vendor", "")} {a.get("product", "")}' for a in cna.get('affected', []))
            yield record['cveMetadata']['cveId'], names + ' ' + ' '.join(d['value'] for d in cna.get('descriptions', []))


def entry_texts(path):
    for entry in ET.parse(path).getroot():
        yield entry.findtext('number'), ' '.join(e.text or '' for e in entry.iter() if e.tag in ('title', 'description', 'product'))


def ask_full_text(database, text):
    words = sorted(set(re.findall(r'[a-z0-9]{2,}', text.lower())))[:60]
    if not words:
        return [], 0
    begin = time.monotonic()
    query = ' OR '.join(f'"{word}"' for word in words)
    rows = database.execute('SELECT number FROM record WHERE record MATCH ? ORDER BY rank LIMIT 5', (query,)).fetchall()
    return [row[0] for row in rows], time.monotonic() - begin


def recall(answers, wanted, first):
    return sum(wanted[q] in found[:first] for q, found in answers.items()) / max(1, len(answers))


def measure_direction(name, library, questions, wanted, unclear, dated, reference):
    told = lines(run([BENCH, 'alike', library, questions, dated], input='\n'.join(wanted) + '\n'))
    answers = {one['question']: one['found'] for one in told if 'question' in one}
    taken = sorted(one['microseconds'] / 1000 for one in told if 'question' in one)
    if len(answers) != len(wanted):
        raise RuntimeError(f'{len(answers)} of {len(wanted)} questions were answered')
    clear = {q: found for q, found in answers.items() if not unclear[q]}
    text = f'@5 {recall(answers, wanted, 5):.3f}, @1 {recall(answers, wanted, 1):.3f}; determined @5 {recall(clear, wanted, 5):.3f}, @1 {recall(clear, wanted, 1):.3f}'
    share = 1 - len(clear) / len(answers)
    other = ''
    if reference:
        found = {q: ask_full_text(*reference(q)) for q in list(wanted)[:400]}
        plain = {q: one[0] for q, one in found.items()}
        milliseconds = sorted(one[1] * 1000 for one in found.values())
        other = f'SQLite bm25 @5 {recall(plain, wanted, 5):.3f}, p95 {milliseconds[len(milliseconds) * 95 // 100]:.0f} ms'
    figure(f'duplicates, {name}, {dated}, {len(answers):,} pairs, {share:.0%} not determined', text, other, '', '@5 >= 0.95 of the determined', recall(clear, wanted, 5) >= 0.95)
    p95 = taken[len(taken) * 95 // 100]
    figure(f'one question, {told[0]["records"]:,} records', f'p50 {taken[len(taken) // 2]:.1f} p95 {p95:.1f} ms of the processor; index made in {told[0]["build"] / 1e6:.1f} s', other and 'as above', '', 'p95 <= 20 ms', p95 <= 20)


def measure_alike(folder):
    if not (DATA / 'cnvd-xml').exists():
        missing('duplicates', f'there is no {DATA}/cnvd-xml (name the folder in CAPPVD_DATA)')
        return
    pairs, english, chinese = folder / 'pairs', folder / 'english', folder / 'chinese'
    run([sys.executable, ROOT / 'tools/alike_pairs.py', DATA, pairs])
    for library, name in ((english, 'records.jsonl'), (chinese, 'entries.xml')):
        new_library(library)
        import_into(library, pairs / name)
    rows = [line.split('\t') for line in (pairs / 'questions.tsv').read_text(encoding='utf-8').splitlines()]
    rows = [row for row in rows if row[0] == 'report']
    texts = {'zh': dict(entry_texts(pairs / 'entries.xml')), 'en': dict(record_texts(pairs / 'records.jsonl'))}
    index = {'zh': full_text(pairs / 'entries.xml', entry_texts), 'en': full_text(pairs / 'records.jsonl', record_texts)}
    forward, forward_unclear = {r[1]: r[2] for r in rows}, {r[1]: r[3] == '1' for r in rows}
    backward, backward_unclear = {r[2]: r[1] for r in rows}, {r[2]: r[4] == '1' for r in rows}
    for dated in ('dated', 'undated'):
        plain = dated == 'dated'
        measure_direction('Chinese to English', english, chinese, forward, forward_unclear, dated, plain and (lambda q: (index['en'], texts['zh'][q])))
        measure_direction('English to Chinese', chinese, english, backward, backward_unclear, dated, plain and (lambda q: (index['zh'], texts['en'][q])))


# ---- All of it
def measure_library(parts, folder):
    if not (DATA / 'cve-bulk.jsonl.gz').exists():
        missing('everything with real data', f'there is no {DATA}/cve-bulk.jsonl.gz (name the folder in CAPPVD_DATA)')
        return
    library = attempt('import', measure_import if 'import' in parts else make_library, folder)
    if not library:
        return
    if (DATA / 'cnvd-xml').exists():
        attempt('import of Chinese records', import_into, library, 'cnvd-xml')
    records = 0
    with contextlib.closing(sqlite3.connect(library / 'library.db')) as database:
        records = database.execute('SELECT count(*) FROM advisory').fetchone()[0]
    if 'reply' in parts:
        attempt('replies not cached', measure_replies, library)
    if 'search' in parts:
        attempt('search', measure_search, library)
    if 'start' in parts:
        attempt('start', measure_start, folder, library, records)
    if 'hot' in parts:
        attempt('hot replies', measure_hot, folder, library)
    if 'memory' in parts:
        attempt('memory', measure_memory, folder, library, records)


def main():
    parts = sys.argv[1:] or PARTS
    if set(parts) - set(PARTS):
        sys.exit(__doc__)
    begin = time.monotonic()
    folder = pathlib.Path(tempfile.mkdtemp(prefix='bench-', dir=BUILD))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    print(f'measuring {" ".join(parts)} on {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}', flush=True)
    run(['ninja', '-C', BUILD, 'cappvd', 'bench'])
    if 'build' in parts:
        attempt('build', measure_build, folder)
    if 'mark' in parts:
        attempt('watermark', measure_mark)
    if 'masking' in parts:
        attempt('masking', measure_masking)
    if 'selection' in parts:
        attempt('selection', measure_selection)
    if 'batch' in parts:
        attempt('batch', measure_batch, folder)
    if 'figures' in parts:
        attempt('figures', measure_figures, folder)
    if 'casefile' in parts:
        attempt('casefile', measure_casefile, folder)
    if 'panel' in parts:
        attempt('panel', measure_panel, folder)
    if 'alike' in parts:
        attempt('duplicates', measure_alike, folder)
    if set(parts) - {'build', 'mark', 'masking', 'selection', 'casefile', 'panel', 'alike', 'batch', 'figures'}:
        measure_library(parts, folder)
    print_table()
    print(f'\n{time.monotonic() - begin:.0f} s, load {os.getloadavg()[0]:.1f} at the end')


if __name__ == '__main__':
    main()
