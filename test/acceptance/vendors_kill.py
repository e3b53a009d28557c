#!/usr/bin/env python3
"""Kills the server with SIGKILL while a package of letters is handed to a partner and while the partner's receipts are stored, and looks whether each
vendor has exactly one letter and was told exactly once.

  test/acceptance/vendors_kill.py [--vendors 120] [--kills 6] [--seed N]

A package is whole or not there at all, and whoever was not answered asks again; receipts are sent in pieces that overlap, again and again until they
are acknowledged. At the end every letter says what was reported of it, every party stands where that puts it, with one statement and one letter of its
own, and `cappvd check --deep` finds nothing."""
import argparse
import datetime
import http.client
import json
import pathlib
import random
import re
import shutil
import sys
import tempfile
import threading
import time

from library import Library, free_port

STORE = '91110108MADEM0003T'
NOTICE = {'title': '组件缺陷', 'content': '## 概述\n\n见附件。', 'versions': '2.x'}
OUTCOMES = ('delivered', 'bounced', 'delivered', 'refused', 'unknown')


class Session:
    def __init__(self, library, name, page):
        library.enter_as(name)
        self.library, self.cookie = library, library.cookie
        self.csrf = re.search(r'name="csrf" value="([^"]+)"', library.as_coordinator('GET', page)[2])[1]

    def ask(self, method, path, body=None):
        headers = {'Cookie': self.cookie, 'X-CSRF-Token': self.csrf, 'Content-Type': 'application/json'}
        address = f'10.252.{random.randrange(256)}.{random.randrange(1, 255)}'
        status, _, text = self.library.send(method, '/api/v1' + path, json.dumps(body) if body is not None else None, headers, address)
        return status, json.loads(text) if text.startswith(('{', '[')) else text

    def must(self, method, path, body=None):
        status, content = self.ask(method, path, body)
        if status not in (200, 201):
            sys.exit(f'{method} {path} was answered {status}: {str(content)[:300]}')
        return content


def killed_while(library, work, seconds):
    """Does the work, kills the server so many seconds after its begin, starts it again; the answer, or None when there was none."""
    answers = []

    def run():
        try:
            answers.append(work())
        except (OSError, http.client.HTTPException, ValueError):
            pass
    thread = threading.Thread(target=run)
    thread.start()
    time.sleep(seconds)
    library.kill()
    thread.join()
    library.start('serve')
    return answers[0] if answers else None


def name_vendors(office, count):
    casefile = office.must('GET', '/casefiles?state=COORDINATING')['items'][0]['ref']
    for number in range(count):
        found = office.must('GET', f'/casefiles/{casefile}') if number == 0 else found
        found = office.must('POST', f'/casefiles/{casefile}/actions/party', {'revision': found['revision'], 'name': f'断电厂商{number}', 'product': f'应用{number}', 'source': 'store'})
    lines, cursor = [], ''
    while cursor is not None:
        page = office.must('GET', f'/casefiles/{casefile}/parties?state=CONTACTING' + (f'&cursor={cursor}' if cursor else ''))
        lines += page['parties']
        cursor = page['next_cursor']
    return casefile, [line['ref'] for line in lines if (line.get('vendor') or '').startswith('断电厂商')]


def packages(office, casefile):
    found, cursor = [], ''
    while cursor is not None:
        page = office.must('GET', '/deliveries' + (f'?cursor={cursor}' if cursor else ''))
        found += [line['ref'] for line in page['items']]
        cursor = page['next_cursor']
    return [ref for ref in found if office.must('GET', f'/deliveries/{ref}').get('casefile') == casefile]


def hand_out(library, office, casefile, parties, options, chance, faults):
    """Kills while it is handed out. Whoever got no answer looks, and asks again. Each package that came to be is called back, but for the last."""
    address, body = f'/casefiles/{casefile}/parties/channel', {'parties': parties, 'partner': STORE, 'notice': NOTICE}
    before, whole, absent = set(packages(office, casefile)), 0, 0
    start = time.monotonic()
    ref = office.must('POST', address, body)['ref']
    takes = time.monotonic() - start
    for number in range(options.kills):
        office.must('POST', f'/deliveries/{ref}/actions/recall', {'revision': office.must('GET', f'/deliveries/{ref}')['revision'], 'reason': 'Once more'})
        before.add(ref)
        answer = killed_while(library, lambda: office.ask('POST', address, body), chance.uniform(0.2, 1.4) * takes)
        new = set(packages(office, casefile)) - before
        if answer and answer[0] == 200 and answer[1]['ref'] not in new:
            faults.append(f'the acknowledged package {answer[1]["ref"]} is not there')
        if len(new) > 1:
            faults.append(f'{len(new)} packages for one request')
        whole, absent = whole + bool(new), absent + (not new)
        ref = new.pop() if new else office.must('POST', address, body)['ref']
        letters = office.must('GET', f'/deliveries/{ref}')['letters']
        if sorted(line['party'] for line in letters) != sorted(parties) or any(line['outcome'] != 'waiting' for line in letters):
            faults.append(f'the package has {len(letters)} letters for {len(parties)} parties')
    return ref, whole, absent


def report(library, store, ref, letters, options, chance):
    """Pieces that overlap, in any order, each until it is acknowledged."""
    now = (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=8)).strftime('%Y-%m-%d %H:%M')
    words = {letter: {'letter': letter, 'outcome': OUTCOMES[number % len(OUTCOMES)], 'delivered_at': now, 'to': f'Desk {number}'} for number, letter in enumerate(letters)}
    revision = store.must('GET', f'/deliveries/{ref}')['revision']
    store.must('POST', f'/deliveries/{ref}/actions/receive', {'revision': revision})
    size, kills, unanswered, takes = max(8, len(letters) // (options.kills * 2)), 0, 0, 0.1
    pieces = [letters[at:at + size + size // 2] for at in range(0, len(letters), size)]
    chance.shuffle(pieces)
    while pieces:
        piece, start = pieces[-1], time.monotonic()
        body = {'letters': [words[letter] for letter in piece]}
        if kills < options.kills and len(pieces) % 2 == 0:
            answer = killed_while(library, lambda: store.ask('POST', f'/deliveries/{ref}/report', body), chance.uniform(0.1, 1.0) * takes)
            kills += 1
            unanswered += answer is None
        answer = store.ask('POST', f'/deliveries/{ref}/report', body)
        takes = min(takes, time.monotonic() - start)
        if answer[0] == 200 and all(line['result'] in ('stored', 'stands') for line in answer[1]['results']):
            pieces.pop()
        else:
            sys.exit(f'receipts were answered {answer[0]}: {str(answer[1])[:400]}')
    return {letter: word['outcome'] for letter, word in words.items()}, kills, unanswered


def compare(office, ref, parties, said, rounds, faults):
    found = office.must('GET', f'/deliveries/{ref}')
    if found['state'] != 'REPORTED':
        faults.append(f'the package is {found["state"]}')
    if sorted(line['party'] for line in found['letters']) != sorted(parties):
        faults.append(f'{len(found["letters"])} letters for {len(parties)} parties')
    for line in found['letters']:
        party = office.must('GET', f'/parties/{line["party"]}')
        outcome = said[line['letter']]
        delivered = [one for one in party['statements'] if one['action'] == 'delivered']
        letters = [one for one in party['attempts'] if one['channel'] == 'store']
        settled = [one for one in letters if one['outcome'] == ('delivered' if outcome == 'delivered' else 'failed')]
        state = ('NOTIFIED', 'partner') if outcome == 'delivered' else ('CONTACTING', 'authority')
        if line['outcome'] != outcome or (party['state'], party['step']) != state:
            faults.append(f'{line["letter"]} was reported {outcome} and is {line["outcome"]}, its party {party["state"]} {party["step"]}')
        if len(delivered) != (outcome == 'delivered') or len(letters) != rounds or not settled:
            faults.append(f'{line["party"]} was told {len(delivered)} times, with {len(letters)} letters of {rounds}, {len(settled)} settled')


def run(library, options, folder):
    chance, faults = random.Random(options.seed), []
    library.start('demo')
    office, store = Session(library, '陈思远', '/deliveries'), Session(library, '秦商', '/deliveries')
    library.kill()
    library.start('serve')
    casefile, parties = name_vendors(office, options.vendors)
    if len(parties) != options.vendors:
        sys.exit(f'{len(parties)} vendors were named')
    ref, whole, absent = hand_out(library, office, casefile, parties, options, chance, faults)
    letters = [line['letter'] for line in store.must('GET', f'/deliveries/{ref}')['letters']]
    said, kills, unanswered = report(library, store, ref, letters, options, chance)
    compare(office, ref, parties, said, options.kills + 1, faults)
    library.process.terminate()
    library.process.wait()
    check = library.run('check', '--deep')
    if check.returncode:
        faults.append(f'check: {(check.stdout + check.stderr)[-400:]}')
    if not absent or not unanswered:
        faults.append(f'no kill hit: {absent} packages were cut off, {unanswered} receipts')
    print(f'{options.vendors} vendors: {whole + absent} kills while letters were handed out ({absent} cut off), {kills} while receipts were stored '
          f'({unanswered} cut off): ' + ('; '.join(faults) or 'each was told exactly once'))
    return faults


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument('--vendors', type=int, default=120)
    arguments.add_argument('--kills', type=int, default=6)
    arguments.add_argument('--seed', type=int, default=1)
    options = arguments.parse_args()
    folder = pathlib.Path(tempfile.mkdtemp(prefix='cappvd-vendors-'))
    library = Library(folder, free_port())
    try:
        faults = run(library, options, folder)
    finally:
        if library.process and library.process.poll() is None:
            library.process.kill()
        shutil.rmtree(folder, ignore_errors=True)
    print(f'{int(not faults)} passed, {len(faults)} failed')
    sys.exit(1 if faults else 0)


if __name__ == '__main__':
    main()
