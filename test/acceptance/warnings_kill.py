#!/usr/bin/env python3
"""Kills the server with SIGKILL while a warning is sent to many organisations and while their members are told, and looks whether everybody was
told exactly once and nobody else.

  test/acceptance/warnings_kill.py [--organisations 400] [--kills 3] [--seed N]

A kill hits a sending whole or not at all: there are all recipients or none. After the last one every member of a recipient has one notice, every
other person none, and `cappvd check --deep` finds nothing."""
import argparse
import contextlib
import http.client
import random
import sys
import threading
import time

from api import demonstration

OTHERS = 60  # organisations of other industries, or of none
WAIT_SECONDS = 150
FIRST = 5_000_000  # ids of what is put in, far from the demonstration's
TEXT = {'what_zh': '水务缴费组件越权访问漏洞', 'found_zh': '监测发现该组件存在越权访问漏洞。', 'product_zh': '缴费组件。', 'cause_zh': '未校验归属。',
        'harm_zh': '可致账单信息泄露。', 'versions': '1.0 – 1.4', 'advice_zh': '升级到 1.5。'}


def put_organisations(library, count):
    """Organisations with a member each, as rows: there is no quicker way to have hundreds. Their members read in the inbox, without mail."""
    now = int(time.time() * 1000)
    all_of = range(FIRST, FIRST + count + OTHERS)
    sectors = [(i, 'water' if i < FIRST + count else 'energy') for i in all_of if i < FIRST + count or i % 2]
    for table, rows in (
            ('organisation (id, ref, state, name, name_en, credit_code, wants, domicile, seal_key, registered_by, created_at, changed_at)',
             [f"({i}, 'O-kill{i}', 'verified', '单位{i}', '', 'KILL{i}', 'other', 'CN', 1, {i}, {now}, {now})" for i in all_of]),
            ('person (id, ref, state, mail_mac, seal_key, lang, organisation_id, created_at, changed_at)',
             [f"({i}, 'U-kill{i}', 'verified', 'kill{i}', 1, 'zh-CN', {i}, {now}, {now})" for i in all_of]),
            ('membership (id, ref, organisation_id, person_id, is_admin, from_at)', [f"({i}, 'M-kill{i}', {i}, {i}, true, {now})" for i in all_of]),
            ('notice_way (person_id, rhythm, hour, weekday, mails, changed_at)', [f"({i}, 'at-once', 9, 1, false, {now})" for i in all_of]),
            ('organisation_sector (organisation_id, code, chosen_by, chosen_at)', [f"({i}, '{code}', {i}, {now})" for i, code in sectors])):
        library.execute(f'INSERT INTO {table} VALUES {", ".join(rows)}')


def recipients(library):
    return library.ask('SELECT count(*) FROM warning_recipient WHERE organisation_id >= ?', (FIRST,))[0][0]


def waiting(library):
    return library.ask("SELECT count(*) FROM warning_delivery WHERE tell <> '' AND person_id >= ?", (FIRST,))[0][0]


def written(api, count):
    """Assessed, with the water industry as its audience; its reference."""
    api.make_token('coordinator', '陈思远')
    api.make_token('publisher', '孙若溪')
    api.library.process.terminate()
    api.library.process.wait()
    put_organisations(api.library, count)
    api.library.start('demo', '--keep')
    status, made, _ = api.call('coordinator', 'POST', '/warning-desk', TEXT)
    if not api.that(status == 201, 'a coordinator writes a warning', f'{status} {made}'):
        sys.exit(f'no warning was written: {status} {made}')
    path = f'/warning-desk/{made["ref"]}'
    status, audience, _ = api.call('coordinator', 'POST', f'{path}/aims', {'kind': 'sector', 'sector': 'water'})
    api.that(status == 200 and audience['told'] == count, 'the preview counts the organisations of the industry', f'{status} {str(audience)[:200]}')
    api.act('coordinator', 'warning-desk', made['ref'], 'assess', {'no_casefile': 'yes', 'assessment': 'Looked at.'})
    return made['ref']


def send(api, ref):
    with contextlib.suppress(OSError, http.client.HTTPException, ValueError):
        api.call('publisher', 'POST', f'/warning-desk/{ref}/actions/send', {'no_exploit': 'yes', 'audience': 'yes'})


def kill_sendings(api, ref, count, kills, chance):
    """Until one goes through; gives how many were killed."""
    library, done = api.library, 0
    for _ in range(kills):
        sender = threading.Thread(target=send, args=(api, ref))
        sender.start()
        time.sleep(chance.uniform(0.002, 0.08))
        library.kill()
        sender.join()
        done += 1
        library.start('demo', '--keep')
        there = recipients(library)
        api.that(there in (0, count), 'a kill leaves all recipients or none', str(there))
        if there:
            return done
    send(api, ref)
    api.that(recipients(library) == count, 'all recipients are there', str(recipients(library)))
    return done


def kill_telling(api, kills):
    """As soon as some were told and some were not."""
    library, done = api.library, 0
    start = time.monotonic()
    before = waiting(library)
    while before and done < kills and time.monotonic() - start < WAIT_SECONDS:
        left = waiting(library)
        if left < before:
            library.kill()
            done += 1
            library.start('demo', '--keep')
            before = waiting(library)
        time.sleep(0.003)
    while waiting(library) and time.monotonic() - start < WAIT_SECONDS:
        time.sleep(0.1)
    return done


def compare(api, ref, count):
    told = dict(api.library.ask('SELECT person_id, count(*) FROM inbox WHERE link = ? GROUP BY person_id', (f'/warning-desk/{ref}',)))
    wrong = {p: n for p, n in told.items() if p >= FIRST and (n != 1 or p >= FIRST + count)}
    mine = [p for p in told if FIRST <= p < FIRST + count]
    api.that(len(mine) == count and not wrong, 'every member was told once and nobody else', f'{len(mine)} of {count}; {str(wrong)[:200]}')
    api.that(waiting(api.library) == 0, 'nobody waits any more', str(waiting(api.library)))
    seen, cursor = [], ''
    while cursor is not None:
        page = api.get('coordinator', f'/warning-desk/{ref}/receipts' + (f'?cursor={cursor}' if cursor else ''))
        seen += [item['organisation'] for item in page.get('items', [])]
        cursor = page.get('next_cursor')
    api.that(len(seen) == len(set(seen)) == count, 'the pages of receipts hold each recipient once', f'{len(seen)} {len(set(seen))}')


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument('--organisations', type=int, default=400)
    arguments.add_argument('--kills', type=int, default=3)
    arguments.add_argument('--seed', type=int, default=1)
    options = arguments.parse_args()
    chance = random.Random(options.seed)
    with demonstration('warnings-kill') as api:
        ref = written(api, options.organisations)
        sent = kill_sendings(api, ref, options.organisations, options.kills, chance)
        told = kill_telling(api, options.kills)
        compare(api, ref, options.organisations)
        api.that(told > 0, 'a kill hit the telling')
        api.library.process.terminate()
        api.library.process.wait()
        check = api.library.run('check', '--deep')
        api.that(check.returncode == 0, 'check finds nothing', (check.stdout + check.stderr)[-400:])
        points = api.library.run('merit', 'check')
        api.that(points.returncode == 0, 'the points are as the facts say', (points.stdout + points.stderr)[-400:])
        print(f'{sent} kills while {options.organisations} organisations were sent a warning, {told} while their members were told')


if __name__ == '__main__':
    main()
