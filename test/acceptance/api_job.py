#!/usr/bin/env python3
"""The main job through the JSON interface alone, with tokens: report, review, verification, rating, acceptance, notice, public text, publication,
and the advisory as machines read it; wrong input, foreign eyes and the receipt checked offline on the way."""
import hashlib
import json
import subprocess
import time
import urllib.parse

from api import demonstration
from library import PROGRAM, REPORT

RATING = {'evidence': 'Reproduced on 1.0.', 'class': 'access-control', 'gbt30279': 'CNVRS:1.0/AV:N/AC:L/PR:N/UI:N/C:H/I:H/A:H/E:L/RL:H/S:H',
          'cvss': 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H'}
PUBLIC = {'title_zh': '晓月支付存在越权漏洞', 'title_en': 'Xiaoyue Pay lets anybody pay for others', 'description_zh': '任意用户可以操作他人订单。',
          'description_en': 'Any user acts on the orders of others.', 'vendor': '晓月', 'product': '晓月支付', 'versions': '< 2.0',
          'fixed_version': '2.0', 'solution_zh': '升级到 2.0。', 'solution_en': 'Update to 2.0.', 'finder': 'linyifan'}
CANARY = 'Nachtigall'


def send(api):
    body = REPORT | {'title': f'{CANARY} pays for others', 'product': '晓月支付', 'credit': 'handle', 'class': 'access-control'}
    status, wrong, _ = api.call('reporter', 'POST', '/reports', {k: v for k, v in body.items() if k != 'steps'} | {'title': 'x' * 200})
    fields = {e['field'] for e in wrong.get('errors', [])} if status == 422 else set()
    api.that(fields == {'steps', 'title'}, 'wrong fields are named', f'{status} {wrong}')
    status, wrong, _ = api.call('reporter', 'POST', '/reports', body | {'state': 'PUBLISHED', 'reporter_id': 1})
    api.that(status == 422, 'members that are no fields are refused', f'{status} {wrong}')
    status, sent, _ = api.call('reporter', 'POST', '/reports', body, {'Idempotency-Key': 'api-job'})
    api.that(status == 201, 'a report is received', f'{status} {sent}')
    status, again, _ = api.call('reporter', 'POST', '/reports', body, {'Idempotency-Key': 'api-job'})
    api.that(status == 200 and again['ref'] == sent['ref'] and again['repeated'], 'the same key gives the same report', f'{status} {again}')
    for who, expected in ((None, 401), ('publisher', 404), ('verifier', 404)):
        status, content, _ = api.call(who, 'GET', f'/reports/{sent["ref"]}')
        api.that(status == expected and CANARY not in str(content), f'{who or "a stranger"} sees nothing', f'{status} {content}')
    return sent


def attach(api, reference):
    """A file in two parts, the first of them sent twice because its answer was lost, and read back by the library."""
    first, second = b'first half, ', '第二部分'.encode()
    content = first + second
    status, begun, _ = api.call('reporter', 'POST', f'/reports/{reference}/attachments', {'name': 'proof.txt', 'size_bytes': len(content)})
    api.that(status == 201, 'an upload begins', f'{status} {begun}')
    address = f'/api/v1/reports/{reference}/attachments/{begun.get("ref", "")}'
    token = {'Authorization': f'Bearer {api.tokens["reporter"]}', 'Content-Type': 'application/octet-stream'}

    def put(offset, part, digest=None):
        sent = {**token, 'X-Part-SHA256': digest or hashlib.sha256(part).hexdigest()}
        status, _, text = api.library.request('PUT', f'{address}?offset={offset}', part, sent)
        return status, json.loads(text)
    api.that(put(0, first, '0' * 64)[0] >= 400, 'a part that arrived changed is refused')
    for _ in range(2):
        status, answer = put(0, first)
        api.that(status == 200 and answer['received_bytes'] == len(first), 'a part arrives, also twice', f'{status} {answer}')
    status, answer = put(len(content) - 1, content[-1:])
    api.that(status == 409 and answer['received_bytes'] == len(first), 'a part too far on says where to go on', f'{status} {answer}')
    status, refused, _ = api.call('reporter', 'POST', f'/reports/{reference}/attachments/{begun["ref"]}/finish')
    api.that(status == 422, 'half a file is not finished', f'{status} {refused}')
    put(len(first), second)
    status, answer, _ = api.call('reporter', 'POST', f'/reports/{reference}/attachments/{begun["ref"]}/finish')
    api.that(status == 200, 'the upload ends', f'{status} {answer}')
    status, files, _ = api.call('coordinator', 'GET', f'/reports/{reference}/attachments')
    api.that(status == 200 and [(f['name'], f['complete'], f['sha256']) for f in files['items']] == [('proof.txt', True, hashlib.sha256(content).hexdigest())],
             'the library sees the file', f'{status} {files}')
    status, _, text = api.library.request('GET', address, headers={'Authorization': f'Bearer {api.tokens["coordinator"]}'})
    api.that(status == 200 and text == content.decode(), 'and downloads it', status)
    api.that(api.call('publisher', 'GET', f'/reports/{reference}/attachments')[0] == 404, 'others do not')


def take_over(api):
    """A visitor's program works for its report, and an account takes it over by the code."""
    body = json.dumps(REPORT | {'title': 'of a visitor'})
    status, _, text = api.library.send('POST', '/api/v1/reports', body, {'Content-Type': 'application/json', 'Idempotency-Key': 'no-work'})
    api.that(status == 422, 'without work a visitor is not heard', f'{status} {text}')
    status, _, text = api.library.request('POST', '/api/v1/reports', body, {'Content-Type': 'application/json'})
    sent = json.loads(text)
    api.that(status == 201 and sent['claim_code'], 'with work it is', f'{status} {text}')
    status, wrong, _ = api.call('reporter', 'POST', '/claims', {'code': '0000-0000-0000-0000'})
    api.that(status == 422, 'a wrong code takes nothing over', f'{status} {wrong}')
    status, report, _ = api.call('reporter', 'POST', '/claims', {'code': sent['claim_code']})
    api.that(status == 200 and report['ref'] == sent['ref'], 'the code does', f'{status} {report}')
    status, wrong, _ = api.call('verifier', 'POST', '/claims', {'code': sent['claim_code']})
    api.that(status == 422, 'only once', f'{status} {wrong}')


def verify_receipt(api, reference, folder):
    for _ in range(50):
        _, receipt, _ = api.call('reporter', 'GET', f'/reports/{reference}/receipt')
        if '\nindex ' in receipt:
            break
        time.sleep(0.1)
    good, bad = folder / 'receipt.txt', folder / 'changed.txt'
    good.write_text(receipt)
    bad.write_text(receipt.replace('action ', 'action x', 1))
    key = subprocess.run([PROGRAM, 'ledger', 'key', '--data', api.library.data, *api.library.database], capture_output=True, text=True, check=True).stdout.strip()
    done = subprocess.run([PROGRAM, 'ledger', 'verify', good, '--key', key], capture_output=True, text=True)
    api.that(done.returncode == 0 and '\nindex ' in receipt, 'the receipt and its proof verify offline', done.stdout + done.stderr)
    done = subprocess.run([PROGRAM, 'ledger', 'verify', bad, '--key', key], capture_output=True, text=True)
    api.that(done.returncode != 0, 'a changed receipt does not', done.stdout)


def repair(api, casefile):
    """The vendor is named and told; it says since when it is fixed, and a verifier looks at it."""
    before = {party['ref'] for party in api.call('coordinator', 'GET', '/parties?state=CONTACTING')[1]['items']}
    api.act('coordinator', 'casefiles', casefile, 'party', {'credit_code': '91110108MADEM0001L', 'product': '晓月支付', 'own_provider': 'yes'})
    api.act('coordinator', 'casefiles', casefile, 'coordinate')
    api.that(not api.call('vendor', 'GET', f'/casefiles/{casefile}')[0] == 200, 'the vendor reads no casefile')
    parties = [party['ref'] for party in api.call('coordinator', 'GET', '/parties?state=CONTACTING')[1]['items'] if party['ref'] not in before]
    api.that(len(parties) == 1, 'the vendor has its part', str(parties))
    api.act('coordinator', 'parties', parties[0], 'notify', {'title': '晓月支付存在越权漏洞', 'content': 'Some words.', 'way': 'account', 'evidence': 'In its account.'})
    api.act('vendor', 'parties', parties[0], 'acknowledge', {'signer': '何雨桐', 'confirm': 'yes'})
    api.act('vendor', 'parties', parties[0], 'state', {'position': 'fixed', 'fixed_version': '2.0', 'date': '2026-03-05', 'proof': 'Release notes.'})
    api.act('coordinator', 'parties', parties[0], 'check')
    api.act('coordinator', 'parties', parties[0], 'assign', {'verifier': 'zhaomingzhe'})
    api.act('verifier', 'parties', parties[0], 'spot', {'declaration': 'yes', 'checked_on': '2026-03-05', 'evidence': '2.0 refuses it.'})


def publish(api, reference):
    api.act('coordinator', 'reports', reference, 'review')
    api.act('coordinator', 'reports', reference, 'attach', {'verifier': 'zhaomingzhe'})
    _, waiting, _ = api.call('verifier', 'GET', '/casefiles?state=VERIFYING')
    casefile = waiting.get('items', [{'ref': None}])[-1]['ref']
    api.that(CANARY not in str(waiting), 'nothing of it is shown before the undertaking is signed')
    api.that(casefile, 'the verifier finds the task', str(waiting)[:300])
    signed = {'undertaking': 'yes', 'no_interest': 'yes'}
    api.act('verifier', 'casefiles', casefile, 'undertake', signed)
    api.act('verifier', 'casefiles', casefile, 'confirm', RATING | {'part': 'client'})
    api.act('coordinator', 'casefiles', casefile, 'assign-second', {'verifier': 'qianwenlan'})
    api.act('second', 'casefiles', casefile, 'undertake', signed)
    api.act('second', 'casefiles', casefile, 'confirm-second', {name: RATING[name] for name in ('evidence', 'gbt30279', 'cvss')})
    api.act('coordinator', 'casefiles', casefile, 'accept')
    repair(api, casefile)
    api.act('coordinator', 'casefiles', casefile, 'describe', PUBLIC)
    ready = api.act('coordinator', 'casefiles', casefile, 'request')
    status, refused, _ = api.call('coordinator', 'POST', f'/casefiles/{casefile}/actions/publish',
                                  {'revision': ready['revision'], 'no_exploit': 'yes', 'no_running_system': 'yes'})
    api.that(status in (403, 404), 'who asked cannot publish', f'{status} {refused}')
    return api.act('publisher', 'casefiles', casefile, 'publish', {'no_exploit': 'yes', 'no_running_system': 'yes'})['advisory']


def read_published(api, identifier):
    for _ in range(50):
        status, found, headers = api.call(None, 'GET', f'/advisories?q={urllib.parse.quote("晓月支付")}')
        if status == 200 and found['items']:
            break
        time.sleep(0.1)
    api.that([i['id'] for i in found['items']] == [identifier], 'a Chinese word finds it', str(found))
    _, found, _ = api.call(None, 'GET', '/advisories?q=Xiaoyue')
    api.that([i['id'] for i in found['items']] == [identifier], 'an English word finds it', str(found))
    status, record, headers = api.call(None, 'GET', f'/advisories/{identifier}')
    api.that(status == 200 and CANARY not in str(record) and 'Some steps.' not in str(record), 'nothing undisclosed is in the record', str(record)[:300])
    status, _, _ = api.call(None, 'GET', f'/advisories/{identifier}', headers={'If-None-Match': headers['ETag']})
    api.that(status == 304, 'its ETag gives 304', status)
    api.that(api.library.request('GET', f'/advisories/{identifier}')[0] == 200 and api.library.request('GET', f'/en/advisories/{identifier}')[0] == 200, 'both pages stand')
    api.that(identifier in api.library.request('GET', '/advisories.atom')[2], 'Atom tells of it')
    seen, cursor = [], ''
    while cursor is not None:
        _, page, _ = api.call(None, 'GET', f'/advisories?limit=3&cursor={cursor}')
        seen += [i['id'] for i in page['items']]
        cursor = page['next_cursor']
    api.that(len(seen) == len(set(seen)) and identifier in seen and len(seen) > 3, 'pages neither lose nor repeat', str(seen))


def too_many(api):
    """From one address, until the limit says so."""
    for _ in range(2000):
        status, headers, _ = api.library.request('GET', '/api/v1/me', headers={'Authorization': f'Bearer {api.tokens["reporter"]}'}, address='10.77.0.1')
        if status != 200:
            break
    api.that(status == 429 and 'Retry-After' in headers, 'the limit answers 429 with Retry-After', f'{status} {headers}')


def main():
    with demonstration('api') as api:
        api.make_tokens()
        try:
            sent = send(api)
            attach(api, sent['ref'])
            take_over(api)
            verify_receipt(api, sent['ref'], api.library.data.parent)
            read_published(api, publish(api, sent['ref']))
            _, end, _ = api.call('reporter', 'GET', f'/reports/{sent["ref"]}')
            api.that(end.get('advisory'), 'the reporter sees that it is published', str(end)[:300])
            too_many(api)
        except (KeyError, TypeError) as missing:
            api.failed.append(f'a reply lacks {missing}')


if __name__ == '__main__':
    main()
