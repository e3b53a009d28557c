#!/usr/bin/env python3
"""Vendors at scale through the JSON interface, in both languages: letters through a partner with receipts, closing evidence of every kind, teams and
figures. Each language in casefiles of its own; hidden equals absent throughout.

  vendors_api.py"""
import csv
import datetime
import html
import http.client
import io
import re
import traceback
import zipfile

from api import PEOPLE, VENDOR_CODE, day, demonstration

STORE, PLATFORM = '91110108MADEM0003T', '91110108MADEM000XB'
EVERYBODY = PEOPLE | {'store': '秦商', 'platform': '穆棉', 'foreign': '江澄'}
OTHERS = ('vendor', 'reporter', 'platform', 'verifier', 'publisher', 'authority', 'foreign')
LETTERS = 8
WORDS = {'en': ('delivered', 'bounced', 'refused', 'unknown'), 'zh-CN': ('已送达', '退回', '拒收', '查无此厂商')}
HEADS = {'en': ('letter', 'outcome', 'delivered_at', 'to', 'note'), 'zh-CN': ('函件编号', '送达结果', '送达时间', '签收人', '备注')}
HASH = '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824'


def now():
    return (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=8, minutes=-1)).strftime('%Y-%m-%d %H:%M')


def fetch(api, who, path):
    """Bytes; the interface's other replies are text."""
    connection = http.client.HTTPConnection('127.0.0.1', api.library.port, timeout=60)
    try:
        connection.request('GET', '/api/v1' + path, headers={'X-Forwarded-For': api.address, 'Authorization': f'Bearer {api.tokens[who]}'})
        reply = connection.getresponse()
        return reply.status, reply.read()
    finally:
        connection.close()


def post(api, who, path, body, expected=200):
    status, content, _ = api.call(who, 'POST', path, body)
    api.that(status == expected, f'{who} posts to {path} and is told {expected}', f'{status} {str(content)[:300]}')
    return content if isinstance(content, dict) else {}


def in_words(api, words):
    """Words of the language that was asked for."""
    return bool(words) and bool(re.search('[一-鿿]', words)) == (api.lang != 'en')


# ---- Letters through a partner
def hand_out(api, casefile, parties, secret):
    address = f'/casefiles/{casefile}/parties/channel'
    notice = {'title': 'Notice', 'content': f'What is wrong: {secret}.', 'versions': '1.x'}
    looked = post(api, 'coordinator', address, {'parties': parties, 'preview': True})
    api.that(all(line['done'] for line in looked.get('parties', [])), 'the preview says that each letter can go', str(looked))
    api.refused('coordinator', address, {'parties': parties, 'partner': VENDOR_CODE, 'notice': notice}, {'partner'}, 'a vendor is no partner')
    api.refused('coordinator', address, {'parties': parties, 'partner': STORE, 'notice': {'title': 'Notice'}}, {'content'}, 'a notice without content is none')
    package = post(api, 'coordinator', address, {'parties': parties, 'partner': STORE, 'notice': notice}).get('ref', '')
    api.refused('coordinator', address, {'parties': parties[:1], 'partner': PLATFORM, 'notice': notice}, {'parties'}, 'a second letter waits for the first')
    looked = post(api, 'coordinator', address, {'parties': parties[:1], 'preview': True})
    line = (looked.get('parties') or [{}])[0]
    api.that(not line.get('done', True) and in_words(api, line.get('why_not', '')), 'the preview says why not, in the language asked for', str(looked))
    for party in parties:
        found = api.get('coordinator', f'/parties/{party}')
        api.that(found['state'] == 'CONTACTING' and found['step'] == 'partner', 'each party waits at the partner', str(found)[:200])
    return package


def take_package(api, package, secrets):
    """What the partner is given; gives its table."""
    status, content = fetch(api, 'store', f'/deliveries/{package}/package')
    if not api.that(status == 200, 'the partner fetches the package', str(status)):
        raise KeyError('package')
    with zipfile.ZipFile(io.BytesIO(content)) as bundle:
        names = bundle.namelist()
        table = bundle.read('deliveries.csv').decode('utf-8-sig')
    rows = list(csv.DictReader(io.StringIO(table)))
    api.that(len([name for name in names if name.endswith('.pdf')]) == LETTERS == len(rows), 'a letter for each vendor and a row for each letter', f'{names} {len(rows)}')
    api.that(not any(secret in table for secret in secrets), 'the table says nothing of the matter', table)
    status, letter = fetch(api, 'store', f'/deliveries/{package}/letters/{rows[0]["letter"]}')
    api.that(status == 200 and letter.startswith(b'%PDF'), 'one letter alone', str(status))
    for who in OTHERS:
        status, _ = fetch(api, who, f'/deliveries/{package}/package')
        api.that(status == 404, f'{who} fetches nothing', str(status))
    return [row['letter'] for row in rows]


def table_of(api, rows):
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADS[api.lang])
    writer.writerows(rows)
    return out.getvalue()


def results(api, package, body):
    said = post(api, 'store', f'/deliveries/{package}/report', body).get('results', [])
    for line in said:
        if line['result'] == 'refused':
            api.that(in_words(api, line.get('why_not', '')), 'a refusal says why in the language asked for', str(line))
    return [line['result'] for line in said]


def send_receipts(api, package, letters):
    good, came_back, refused, unknown = WORDS[api.lang]
    status, content, _ = api.call('store', 'POST', f'/deliveries/{package}/report', {'letters': [{'letter': letters[0], 'outcome': good}]})
    api.that(status == 409, 'nothing is reported before receipt is confirmed', f'{status} {content}')
    api.act('store', 'deliveries', package, 'receive')
    status, content, _ = api.call('store', 'POST', f'/deliveries/{package}/actions/receive', {'revision': 2})
    api.that(status == 409, 'receipt is confirmed once', f'{status} {content}')
    one = [{'letter': letters[0], 'outcome': good, 'delivered_at': now(), 'to': 'Desk'}, {'letter': letters[1], 'outcome': good},
           {'letter': 'L-0000-0000', 'outcome': came_back}, {'letter': letters[1], 'outcome': 'lost'}]
    api.that(results(api, package, {'letters': one}) == ['stored', 'refused', 'refused', 'refused'], 'each word stands or falls by itself')
    api.that(results(api, package, {'letters': one})[:1] == ['stands'], 'the same word twice stands')
    api.that(results(api, package, {'letters': [{'letter': letters[0], 'outcome': came_back}]}) == ['refused'], 'another word is refused')
    api.refused('store', f'/deliveries/{package}/report', {'table': 'a,b\n1,2\n'}, {'table'}, 'a table without heads is none')
    rows = [(letters[1], good, now(), 'Desk "A", floor 2', "'=1+1"), (letters[2], came_back, '', '', 'no such office'), (letters[3], refused, '', '', ''),
            (letters[4], unknown, '', '', ''), (letters[5], '', '', '', '')]
    api.that(results(api, package, {'table': table_of(api, rows)}) == ['stored'] * 4, 'a table stands line by line; without an outcome nothing is said')
    api.that(results(api, package, {'table': table_of(api, rows)}) == ['stands'] * 4, 'the table twice is the table once')
    found = api.get('store', f'/deliveries/{package}')
    by = {line['letter']: line for line in found['letters']}
    api.that([by[letter]['outcome'] for letter in letters[:6]] == ['delivered', 'delivered', 'bounced', 'refused', 'unknown', 'waiting'], 'as reported', str(found['letters']))
    api.that(by[letters[1]]['to'] == 'Desk "A", floor 2' and by[letters[1]]['note'] == '=1+1', 'with its words', str(by[letters[1]]))
    return found


def look_at_work(api, package, letters):
    """What waits at a platform: each partner its own, coordinators by partner."""
    mine = [line['letter'] for line in api.get('store', '/deliveries/letters?state=waiting')['items'] if line['package'] == package]
    api.that(mine == letters[5:], 'the partner sees what waits, oldest first', str(mine))
    back = [line['letter'] for line in api.get('store', '/deliveries/letters?state=bounced')['items'] if line['package'] == package]
    api.that(back == [letters[2]], 'and what came back', str(back))
    asked = api.get('coordinator', f'/deliveries/letters?partner={STORE}')['items']
    api.that([line['letter'] for line in asked if line['package'] == package] == letters[5:] and all(line.get('party') for line in asked), 'so does the coordinator, with the matters', str(asked)[:300])
    for who in OTHERS:
        seen = api.get(who, f'/deliveries/letters?partner={STORE}')['items']
        api.that(not any(line['package'] == package for line in seen), f'{who} sees none of them', str(seen)[:300])
    api.get('store', '/deliveries/letters?state=lost', 400)
    api.get('store', '/deliveries/letters?cursor=-1', 400)


def deliveries(api, casefile, secret):
    parties = [api.name(casefile, {'name': f'函件厂商{number}', 'product': f'产品{number}', 'source': 'store'}) for number in range(LETTERS)]
    package = hand_out(api, casefile, parties, secret)
    api.stands('store', 'deliveries', package, 'SENT', 'partner' if api.lang == 'en' else '合作', 'delivery-receipt')
    api.hidden('deliveries', package, OTHERS, (secret, '函件厂商'))
    mine = api.get('store', f'/deliveries/{package}')
    api.that(secret not in str(mine) and casefile not in str(mine) and not any(party in str(mine) for party in parties), 'the partner learns of no matter', str(mine)[:400])
    api.that(api.get('coordinator', f'/deliveries/{package}').get('casefile') == casefile, 'the coordinator finds the casefile')
    letters = take_package(api, package, (secret, casefile, '产品1'))
    send_receipts(api, package, letters)
    for number, state, step in ((0, 'NOTIFIED', 'partner'), (1, 'NOTIFIED', 'partner'), (2, 'CONTACTING', 'authority'), (4, 'CONTACTING', 'authority'), (5, 'CONTACTING', 'partner')):
        found = api.get('coordinator', f'/parties/{parties[number]}')
        api.that(found['state'] == state and found['step'] == step, f'what was reported moves the party: {state}', str(found)[:200])
        delivered = [line for line in found['statements'] if line['action'] == 'delivered']
        api.that(len(delivered) == (state == 'NOTIFIED'), 'with one statement of it', str(delivered))
    look_at_work(api, package, letters)
    bulk(api, casefile, parties)
    for line in results(api, package, {'letters': [{'letter': letter, 'outcome': 'bounced'} for letter in letters[5:]]}):
        api.that(line == 'stored', 'the rest')
    api.stands('store', 'deliveries', package, 'REPORTED', '')
    api.that(results(api, package, {'letters': [{'letter': letters[7], 'outcome': 'bounced'}]}) == ['stands'], 'a closed package takes the same word once more')
    told = api.get('store', f'/deliveries/{package}/figures')
    api.that(told['letters'] >= LETTERS and told['delivered'] >= 2, 'the partner reads its figures', str(told))


def bulk(api, casefile, parties):
    """Many at once: each by itself, nothing twice, and nothing of another casefile."""
    address = f'/casefiles/{casefile}/parties'
    api.refused('coordinator', f'{address}/withdraw', {'parties': parties}, {'action'}, 'not everything is done to many')
    api.refused('coordinator', f'{address}/remind', {'parties': [parties[0]] * 201}, {'party'}, 'at most 200 at once')
    status, content, _ = api.call('coordinator', 'POST', f'{address}/remind', {'parties': [*parties[:1], 'P-0000-0000']})
    api.that(status == 404, 'one that there is not stops all', f'{status} {content}')
    for who in ('vendor', 'store', 'reporter', 'publisher'):
        status, content, _ = api.call(who, 'POST', f'{address}/remind', {'parties': parties[:1]})
        api.that(status in (403, 404), f'{who} does nothing to many', f'{status} {content}')
    looked = post(api, 'coordinator', f'{address}/escalate', {'parties': parties, 'preview': True})['parties']
    before = [api.get('coordinator', f'/parties/{party}')['revision'] for party in parties]
    done = post(api, 'coordinator', f'{address}/escalate', {'parties': parties})['parties']
    after = [api.get('coordinator', f'/parties/{party}')['revision'] for party in parties]
    api.that([line['done'] for line in looked] == [line['done'] for line in done], 'what is done is what the preview said', f'{looked} {done}')
    api.that([b > a for a, b in zip(before, after)] == [line['done'] for line in done], 'and only that', f'{before} {after} {done}')
    api.that(all(in_words(api, line['why_not']) for line in done if not line['done']), 'the rest says why not', str(done))


# ---- Closing evidence
EVIDENCE = {
    'fixed': ({'fixed': '2.1', 'date': '2026-03-01', 'evidence': 'Release notes.', 'told': 'In the store.'}, {'fixed', 'date', 'evidence', 'told'}, 'FIX_CHECK'),
    'retired': ({'offline_since': '2025-06-01', 'where': 'Every store', 'evidence': 'Record of the store.'}, {'offline_since', 'where', 'evidence'}, 'DONE'),
    'known': ({'known_since': '2025-01-01', 'proof_kind': 'file-hash', 'hash': HASH, 'where': 'Notary'}, {'known_since', 'proof_kind', 'where'}, 'POSITION_STATED'),
}


def closing(api, casefile, kind, secret):
    values, needed, ends = EVIDENCE[kind]
    party = api.name(casefile, {'credit_code': VENDOR_CODE, 'product': f'{kind} {api.lang}', 'own_provider': 'yes', 'versions': '1.x'})
    address = f'/parties/{party}/actions/close-{kind}'
    status, content, _ = api.call('vendor', 'POST', address, values)
    api.that(status in (404, 409, 403), 'nothing is closed before the notice', f'{status} {content}')
    lang, api.lang = api.lang, 'en'  # the shared step reads whose turn it is
    api.notify(party, secret)
    api.lang = lang
    api.refused('vendor', address, {}, needed, f'closing evidence names what it lacks ({kind})')
    wrong = api.call('vendor', 'POST', address, {})[1].get('errors', [])
    api.that(all(in_words(api, line.get('detail') or line.get('message')) for line in wrong), 'in the language asked for', str(wrong))
    if kind == 'known':
        api.refused('vendor', address, values | {'hash': 'abc'}, {'hash'}, 'a hash is one')
        api.refused('vendor', address, values | {'known_since': day(1)}, {'known_since'}, 'known before the report')
        api.refused('vendor', address, values | {'proof_kind': 'ledger', 'token': 'E-NONE'}, {'token'}, 'an entry of the ledger is one')
    api.act('vendor', 'parties', party, f'close-{kind}', values)
    library = 'coordinator' if api.lang == 'en' else '审核员'
    api.stands('vendor', 'parties', party, 'CLOSING', library, 'closing-review')
    for other in set(EVIDENCE) - {kind}:
        status, content, _ = api.call('coordinator', 'POST', f'/parties/{party}/actions/accept-{other}', {})
        api.that(status == 422, f'evidence that it is {kind} is not accepted as {other}', f'{status} {content}')
    status, content, _ = api.call('vendor', 'POST', f'/parties/{party}/actions/accept-{kind}', {})
    api.that(status == 403, 'a vendor accepts nothing of its own', f'{status} {content}')
    api.refused('coordinator', f'/parties/{party}/actions/return', {}, {'reason'}, 'what is returned has a reason')
    api.act('coordinator', 'parties', party, 'return', {'reason': 'Please add a record.'})
    api.that('Please add a record.' in str(api.get('vendor', f'/parties/{party}')), 'the vendor reads why')
    api.act('vendor', 'parties', party, f'close-{kind}', values)
    api.act('coordinator', 'parties', party, f'accept-{kind}')
    found = api.get('vendor', f'/parties/{party}')
    api.that(found['state'] == ends and found.get('position') == kind, f'{kind} ends in {ends}', f'{found["state"]} {found.get("position")}')
    api.hidden('parties', party, ('reporter', 'foreign', 'store', 'authority'), (secret,))
    return party


# ---- Teams, by an administrator in a session; and figures
def teams(api):
    library = api.library
    library.enter_as('何雨桐')
    fields = library.page_form('/teams', '/teams')
    name = f'Team {api.lang}'
    status, _, _ = library.as_coordinator('POST', '/teams', fields | {'name': name})
    page = html.unescape(library.as_coordinator('GET', '/teams')[2])
    api.that(status == 303 and name in page, 'a team is made', str(status))
    section = page[page.index(f'<h2>{name}</h2>'):]
    action = re.search(r'action="(/teams/[^"/]+)/join"', section)[1]
    status, _, said = library.as_coordinator('POST', f'{action}/join', fields | {'member': 'guessed'})
    api.that(status == 422 and 'problems' in said, 'a member is one of the organisation', str(status))
    api.that(library.as_coordinator('POST', f'{action}/own', fields | {'product': 'guessed'})[0] == 422, 'a product is one of the organisation')
    library.enter_as('江澄')
    fields = library.page_form('/teams', '/teams')
    status, _, other = library.as_coordinator('POST', f'{action}/end', fields)
    absent = library.as_coordinator('POST', '/teams/T-none/end', fields)[0]
    api.that(status == absent == 404 and name not in library.as_coordinator('GET', '/teams')[2], 'another vendor finds no such team', f'{status} {absent}')
    library.enter_as('何雨桐')
    fields = library.page_form('/teams', '/teams')
    status = library.as_coordinator('POST', f'{action}/end', fields)[0]
    api.that(status == 303 and name not in library.as_coordinator('GET', '/teams')[2], 'a team ends', str(status))


def figures(api, before):
    mine = api.get('vendor', '/parties/figures')['items']
    api.that(len(mine) == 1, 'a vendor reads its own figures alone', str(mine))
    ref = mine[0]['organisation']
    detail = api.get('vendor', f'/parties/figures/{ref}')
    api.that(sum(month['matters'] for month in detail['months']) == detail['matters'] == mine[0]['matters'], 'its months make up the whole', str(detail)[:300])
    for kind in EVIDENCE:
        api.that(detail[f'closed_as_{kind}'] == before.get(f'closed_as_{kind}', 0) + 1, f'one more was closed as {kind}', str(detail)[:300])
    for who, status in (('foreign', 404), ('coordinator', 200), ('reporter', 403), ('store', 403)):
        found, content, _ = api.call(who, 'GET', f'/parties/figures/{ref}')
        absent, nothing, _ = api.call(who, 'GET', '/parties/figures/guessed')
        api.that(found == status, f'{who} gets {status} of another vendor\'s figures', f'{found} {content}')
        if status != 200:
            api.that(absent == status and {**content, 'instance': 0} == {**nothing, 'instance': 0}, 'hidden equals absent', f'{content} {nothing}')
    public = api.get(None, '/figures/vendors')
    api.that('云帆' not in str(public) and '河豚' not in str(public), 'in public no vendor is named', str(public)[:300])
    numbers = [value for month in public['months'] for value in month.values() if isinstance(value, int)]
    api.that(numbers and all(number % 5 == 0 for number in numbers), 'and every number is to the nearest five', str(numbers))
    return detail


def play(api, number):
    secret = f'the token lies in {number}.xml'
    title = f'Vendors at scale {number}'
    before = api.get('vendor', '/parties/figures')['items']
    before = api.get('vendor', f'/parties/figures/{before[0]["organisation"]}') if before else {}
    api.lang = 'en'
    report = api.report('reporter', {'title': title, 'product': '函件产品', 'vendor': '函件厂商', 'versions': '1.x', 'steps': secret})
    casefile = api.casefile_of(report, title)
    api.verify(casefile, title, {'part': 'client'}, severe=False)
    api.lang = ('en', 'zh-CN')[number]
    deliveries(api, casefile, secret)
    for kind in EVIDENCE:
        closing(api, casefile, kind, secret)
    teams(api)
    figures(api, before)


def main():
    with demonstration('vendors') as api:
        api.make_tokens(EVERYBODY)
        for number, lang in enumerate(('en', 'zh-CN')):
            api.address = f'10.255.3.{number + 1}'
            before = len(api.failed)
            try:
                play(api, number)
            except (KeyError, TypeError, IndexError, AttributeError, ValueError):
                api.failed.append(f'a reply lacks something: {traceback.format_exc(limit=-3)}')
            print(f'vendors ({lang}): {"fails" if len(api.failed) > before else "ends right"}', flush=True)


if __name__ == '__main__':
    main()
