#!/usr/bin/env python3
"""Duplicates and batches through the JSON interface alone, in both languages: candidates with reasons and nobody's titles, merging by two people, what is
known internally with a time stamp (of an authority that `openssl ts` plays), files in parts that go on after a break, errors of rows, correction,
sending, the same request once more; and archives in the large form (ZIP64) as Python writes them."""
import base64
import contextlib
import csv
import datetime
import email.utils
import io
import json
import os
import subprocess
import sys
import traceback
import unicodedata
import zipfile

from api import Api, PEOPLE, demonstration
from library import REPORT

LANGUAGES = ('en', 'zh-CN')
WORDS = {'en': {'kind': 'Please choose', 'number': 'no internal record'}, 'zh-CN': {'kind': '请', 'number': '内部线索'}}
SECRET = 'Geheimtitel'


class Client(Api):
    """The same with a language, and with bodies that are no JSON."""

    language = 'en'

    def call(self, who, method, path, body=None, headers=None):
        return super().call(who, method, path, body, {'Accept-Language': self.language, **(headers or {})})

    def send(self, who, method, path, body, kind, headers=None):
        sent = {'Accept-Language': self.language, 'Authorization': f'Bearer {self.tokens[who]}', 'Content-Type': kind, **(headers or {})}
        status, reply, text = self.library.send(method, f'/api/v1{path}', body, sent, self.address)
        return status, json.loads(text) if 'json' in reply.get('Content-Type', '') and text else text, reply

    def fetch(self, who, path):
        """Bytes."""
        import http.client
        with contextlib.closing(http.client.HTTPConnection('127.0.0.1', self.library.port, timeout=30)) as connection:
            connection.request('GET', f'/api/v1{path}', headers={'Authorization': f'Bearer {self.tokens[who]}', 'X-Forwarded-For': self.address})
            reply = connection.getresponse()
            return reply.status, reply.read()

    def in_language(self, text):
        has_chinese = any('CJK' in unicodedata.name(c, '') for c in text)
        return has_chinese == (self.language == 'zh-CN')


def multipart(files, fields=()):
    cut = 'cut-of-intake-api'
    parts = [f'--{cut}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode() for name, value in fields]
    parts += [f'--{cut}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n\r\n'.encode() + content + b'\r\n' for field, name, content in files]
    return b''.join(parts) + f'--{cut}--\r\n'.encode(), f'multipart/form-data; boundary={cut}'


# ---- Duplicates
def sent(api, who, title, product, **values):
    return api.report(who, {'title': title, 'product': product, 'description': 'The export joins the text of the user into an SQL statement of the index.',
                            'steps': 'Open /api/v2/export and send a quotation mark.', 'class': 'sql-injection', **values})


def duplicates(api):
    tag = f'{api.language} {os.urandom(3).hex()}'
    earlier = sent(api, 'reporter', f'{SECRET} {tag}', f'Duplicate App {tag}')
    later = sent(api, 'unit', f'The same {tag}', f'Duplicate App {tag}')
    own = api.get('unit', f'/reports/{later}')
    api.that(own['candidates'] == [] and SECRET not in str(own) and earlier not in str(own), 'the reporter is shown no candidates and no title of others', str(own)[:400])
    api.act('coordinator', 'reports', later, 'review')
    seen = api.get('coordinator', f'/reports/{later}')
    found = [c for c in seen['candidates'] if c['report'] == earlier]
    reasons = found and found[0]['same_class'] and found[0]['score'] > 0 and (found[0]['product'] or found[0]['identity']) and found[0]['text'] > 0
    api.that(reasons, 'the coordinator has the earlier one as a candidate, with reasons', str(seen['candidates'])[:400])
    api.refused('coordinator', f'/reports/{later}/actions/duplicate', {'of': 'R-2020-0000-0000'}, {'of'}, 'what is repeated has to be there')
    api.act('coordinator', 'reports', later, 'duplicate', {'of': earlier})
    told = api.get('unit', f'/reports/{later}')
    api.that(told['state'] == 'DUPLICATE' and told['earlier'] == earlier and told['earlier_at'], 'the reporter sees number and date of the earlier one', str(told)[:400])
    api.that(SECRET not in str(told) and not told['known_internally'], 'and nothing of its content', str(told)[:400])
    status, proof = api.fetch('unit', f'/reports/{later}/earlier')
    api.that(status == 200 and earlier.encode() in proof and SECRET.encode() not in proof, 'and its proof of the ledger', f'{status} {proof[:300]}')
    api.hidden('reports', earlier, ['unit'], [SECRET])


def casefile(api, reference):
    api.act('coordinator', 'reports', reference, 'review')
    api.act('coordinator', 'reports', reference, 'attach', {'verifier': 'zhaomingzhe'})
    title = api.get('coordinator', f'/reports/{reference}')['title']
    return next(c['ref'] for c in api.get('coordinator', '/casefiles?state=VERIFYING')['items'] if c['title'] == title)


def merging(api):
    tag = f'{api.language} {os.urandom(3).hex()}'
    one, two = (sent(api, who, f'Root cause {n} {tag}', f'App {n} {tag}') for n, who in ((1, 'reporter'), (2, 'unit')))
    stays, goes = casefile(api, one), casefile(api, two)
    api.refused('coordinator', f'/casefiles/{goes}/actions/propose-merge', {'survivor': goes, 'reason': 'One library.'}, {'survivor'}, 'nothing is merged into itself')
    api.act('coordinator', 'casefiles', goes, 'propose-merge', {'survivor': stays, 'reason': 'Both link the same library.'})
    status, refused, _ = api.call('coordinator', 'POST', f'/casefiles/{goes}/actions/merge', {})
    api.that(status in (403, 404, 422) and api.get('coordinator', f'/casefiles/{goes}')['state'] == 'VERIFYING', 'who proposed it does not confirm it', f'{status} {refused}')
    api.act('other_coordinator', 'casefiles', goes, 'merge')
    api.that(api.get('coordinator', f'/casefiles/{goes}')['state'] == 'CLOSED', 'the other one is closed', '')
    whole = api.get('coordinator', f'/casefiles/{stays}')
    api.that(one in str(whole) and two in str(whole), 'both reports are in the one that stays', str(whole)[:500])
    told = api.get('unit', f'/reports/{two}')
    api.that(told['state'] == 'ATTACHED' and one not in str(told) and f'Root cause 1 {tag}' not in str(told), 'its reporter keeps number and place, and sees nothing of the other', str(told)[:400])


# ---- Known internally
def run(folder, *argv):
    done = subprocess.run([str(a) for a in argv], cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f'{argv}: {done.stderr}')


class Authority:
    """A time-stamping authority of OpenSSL's command line."""

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir()
        (folder / 'a.cnf').write_text('[req]\ndistinguished_name=n\n[n]\n[root]\nbasicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n'
                                      '[stamps]\nbasicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=critical,timeStamping\n'
                                      '[tsa]\ndefault_tsa=one\n[one]\nserial=serial\nsigner_digest=sha256\ndefault_policy=1.2.3.4.1\ndigests=sha256,sha512\n'
                                      'accuracy=secs:1\ness_cert_id_alg=sha256\n')
        run(folder, 'openssl', 'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', f'/CN=Root {folder.name}', '-days', '3650', '-keyout', 'root.key', '-out', 'root.pem',
            '-config', 'a.cnf', '-extensions', 'root')
        run(folder, 'openssl', 'req', '-new', '-newkey', 'rsa:2048', '-nodes', '-subj', f'/CN=Stamps {folder.name}', '-keyout', 'a.key', '-out', 'a.csr', '-config', 'a.cnf')
        run(folder, 'openssl', 'x509', '-req', '-in', 'a.csr', '-CA', 'root.pem', '-CAkey', 'root.key', '-days', '365', '-out', 'a.pem', '-extfile', 'a.cnf', '-extensions', 'stamps')
        self.root = (folder / 'root.pem').read_text()

    def stamp(self, document):
        (self.folder / 'document').write_bytes(document)
        run(self.folder, 'openssl', 'ts', '-query', '-data', 'document', '-sha512', '-cert', '-out', 'a.tsq')
        run(self.folder, 'openssl', 'ts', '-reply', '-config', 'a.cnf', '-queryfile', 'a.tsq', '-inkey', 'a.key', '-signer', 'a.pem', '-out', 'a.tsr')
        return (self.folder / 'a.tsr').read_bytes()

    def verifies(self, document, token):
        (self.folder / 'document').write_bytes(document)
        (self.folder / 'a.tst').write_bytes(token)
        argv = ['openssl', 'ts', '-verify', '-data', 'document', '-in', 'a.tst', '-token_in', '-CAfile', 'root.pem']
        return subprocess.run(argv, cwd=self.folder, capture_output=True, check=False).returncode == 0


def trust(library, authority):
    """By the security administrator, on the page of the setting."""
    library.enter_as('魏南')
    fields = library.page_form('/admin/settings/timestamp_anchors', '/admin/settings/timestamp_anchors')
    status, _, page = library.as_coordinator('POST', '/admin/settings/timestamp_anchors', fields | {'value': authority.root.replace('\n', ''), 'reason': 'For the journey.'})
    if status != 303:
        sys.exit(f'the authority is not trusted: {status} {page[:800]}')


def wrong_stamps(api, authority, stranger, document):
    fields = (('title', SECRET), ('content', 'C'))
    cases = ((stranger.stamp(document), 'of a stranger'), (authority.stamp(b'another'), 'of another document'), (b'no token', 'that is none'))
    for token, which in cases:
        body, kind = multipart((('document', 'report.txt', document), ('timestamp', 'a.tsr', token)), fields)
        status, refused, _ = api.send('coordinator', 'POST', '/internal-records', body, kind)
        errors = refused.get('errors', []) if isinstance(refused, dict) else []
        words = errors[0].get('detail') or errors[0].get('message') if errors else ''
        api.that(status == 422 and [e['field'] for e in errors] == ['timestamp'] and api.in_language(words.split('CN=')[0]), f'a time stamp {which} is refused with its reason',
                 f'{status} {refused}')


def known(api, authority, stranger):
    tag = f'{api.language} {os.urandom(3).hex()}'
    document = f'Report of a test {tag}'.encode()
    token = authority.stamp(document)
    wrong_stamps(api, authority, stranger, document)
    api.refused('coordinator', '/internal-records', {'title': '', 'content': 'C'}, {'title'}, 'a record has a title')
    api.until(lambda: datetime.datetime.now(datetime.timezone.utc).timestamp() > authority_time(authority, token) + 2.5)  # accuracy of a second, rounded
    reference = sent(api, 'unit', f'Known {tag}', f'Known App {tag}')
    body, kind = multipart((('document', 'report.txt', document), ('timestamp', 'a.tsr', token)), (('title', f'{SECRET} {tag}'), ('content', f'Found by itself {tag}')))
    key = {'Idempotency-Key': tag}
    status, record, reply = api.send('coordinator', 'POST', '/internal-records', body, kind, key)
    api.that(status == 201 and record['timestamp'] and record['timestamp']['authority'].startswith('CN=Stamps') and record['attachments'], 'a record with document and time stamp',
             f'{status} {record}')
    again, repeated, _ = api.send('coordinator', 'POST', '/internal-records', body, kind, key)
    api.that(again == 200 and repeated['ref'] == record['ref'], 'the same request gives the same record', f'{again} {repeated}')
    ref = record['ref']
    api.that(record['proven_at'] < record['entered_at'] and reply.get('Location', '').endswith(ref), 'it is proven since its time stamp', str(record))
    page = api.get('coordinator', '/internal-records')
    api.that(page['items'][0]['ref'] == ref and 'next_cursor' in page, 'it stands first in the list', str(page)[:300])
    api.that(api.fetch('coordinator', f'/internal-records/{ref}/attachments/{record["attachments"][0]["ref"]}') == (200, document), 'its document is as it was')
    for who in ('reporter', 'unit', 'vendor', 'publisher'):
        status, content, _ = api.call(who, 'GET', f'/internal-records/{ref}')
        api.that(status in (403, 404) and SECRET not in str(content) and ref not in content['title'], f'{who} gets nothing of it', f'{status} {content}')
    propose(api, reference, ref, tag, authority, document)


def authority_time(authority, token):
    (authority.folder / 'see.tsr').write_bytes(token)
    text = subprocess.run(['openssl', 'ts', '-reply', '-in', 'see.tsr', '-text'], cwd=authority.folder, capture_output=True, text=True, check=False).stdout
    said = next(line.split(':', 1)[1].strip() for line in text.splitlines() if line.startswith('Time stamp:'))
    return datetime.datetime.strptime(said, '%b %d %H:%M:%S %Y GMT').replace(tzinfo=datetime.timezone.utc).timestamp()


def propose(api, reference, ref, tag, authority, document):
    api.act('coordinator', 'reports', reference, 'review')
    status, bare, _ = api.call('coordinator', 'POST', '/internal-records', {'title': f'{SECRET} late {tag}', 'content': 'C'})
    api.that(status == 201 and bare['timestamp'] is None, 'a record without files', f'{status} {bare}')
    for late in ('N-0000-0000', bare['ref']):
        api.refused('coordinator', f'/reports/{reference}/actions/known', {'record': late}, {'record'}, 'what is not there, or came later, proves nothing')
    api.act('coordinator', 'reports', reference, 'known', {'record': ref})
    seen = api.get('other_coordinator', f'/reports/{reference}')
    api.that((seen['known_proposal'] or {}).get('record') == ref, 'the proposal is shown to the other coordinator', str(seen['known_proposal']))
    own = api.get('unit', f'/reports/{reference}')
    api.that(own['known_proposal'] is None and ref not in str(own), 'and not to the reporter', str(own)[:300])
    status, refused, _ = api.call('coordinator', 'POST', f'/reports/{reference}/actions/confirm-known', {})
    api.that(status in (403, 422), 'who proposed it does not confirm it', f'{status} {refused}')
    api.act('other_coordinator', 'reports', reference, 'confirm-known')
    told = api.get('unit', f'/reports/{reference}')
    good = told['state'] == 'DUPLICATE' and told['known_internally'] and told['earlier'] == ref and told['earlier_at'] < told['received_at']
    api.that(good and SECRET not in str(told), 'the reporter sees number and date, and nothing of the content', str(told)[:400])
    status, proof = api.fetch('unit', f'/reports/{reference}/earlier')
    api.that(status == 200 and ref.encode() in proof and SECRET.encode() not in proof, 'and the proof of the ledger', str(proof[:300]))
    status, token = api.fetch('unit', f'/reports/{reference}/earlier/timestamp')
    api.that(status == 200 and authority.verifies(document, token), 'and the time stamp, which openssl verifies', f'{status}')


# ---- Batches
def table(rows):
    names = [*REPORT, 'title', 'files']
    out = io.StringIO()
    writer = csv.DictWriter(out, names)
    writer.writeheader()
    for row in rows:
        writer.writerow(REPORT | row)
    return out.getvalue()


def archive(rows, files, large=False):
    """large: Python is told that nothing fits into the small form."""
    before = zipfile.ZIP64_LIMIT, zipfile.ZIP_FILECOUNT_LIMIT
    if large:
        zipfile.ZIP64_LIMIT, zipfile.ZIP_FILECOUNT_LIMIT = 10, 0
    out = io.BytesIO()
    try:
        with zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED) as bundle:
            for name, content in files:
                with bundle.open(name, 'w', force_zip64=large) as entry:
                    entry.write(content)
            bundle.writestr('manifest.csv', table(rows))
    finally:
        zipfile.ZIP64_LIMIT, zipfile.ZIP_FILECOUNT_LIMIT = before
    return out.getvalue()


def settled(api, ref):
    return api.until(lambda: (lambda b: b if b['state'] not in ('READING', 'RUNNING') else None)(api.get('unit', f'/batches/{ref}')), 90) or {}


def put(api, path, offset, part):
    return api.send('unit', 'PUT', f'{path}?offset={offset}', part, 'application/octet-stream')


def in_parts(api, content, key):
    """Begun, broken off, begun once more: it goes on; a part that came already is no error, one that is missing is told."""
    status, begun, _ = api.call('unit', 'POST', '/batches', {'name': 'parts.zip', 'size_bytes': len(content), 'no_secrets': True}, {'Idempotency-Key': key})
    again, same, _ = api.call('unit', 'POST', '/batches', {'name': 'parts.zip', 'size_bytes': len(content), 'no_secrets': True}, {'Idempotency-Key': key})
    api.that((status, again) == (201, 200) and begun['ref'] == same['ref'], 'a batch begun twice with one key is one', f'{status} {again}')
    base, asked = f'/batches/{begun["ref"]}/files', {'name': 'parts.zip', 'size_bytes': len(content)}
    status, upload, _ = api.call('unit', 'POST', base, asked)
    third = len(content) // 3
    status, got, _ = put(api, f'{base}/{upload["ref"]}', 0, content[:third])
    api.that(status == 200 and got['received_bytes'] == third, 'a part arrives', f'{status} {got}')
    status, got, _ = put(api, f'{base}/{upload["ref"]}', 2 * third, content[2 * third:])
    api.that(status == 409 and got['received_bytes'] == third, 'a part before its turn is told where to go on', f'{status} {got}')
    api.that(api.get('unit', f'{base}/{upload["ref"]}')['received_bytes'] == third, 'how much is here is told')
    status, resumed, _ = api.call('unit', 'POST', base, asked)
    api.that(status == 200 and resumed == {'ref': upload['ref'], 'received_bytes': third}, 'begun once more, it goes on', f'{status} {resumed}')
    status, early, _ = api.call('unit', 'POST', f'{base}/{upload["ref"]}/finish')
    api.that(status == 422, 'it is not finished before it is here', f'{status} {early}')
    api.that(api.call('reporter', 'GET', f'{base}/{upload["ref"]}')[0] == 404, 'nobody else sees the upload')
    for offset in (third, third, 2 * third):
        status, got, _ = put(api, f'{base}/{upload["ref"]}', offset, content[offset:offset + third] if offset == third else content[offset:])
        api.that(status == 200, 'the rest arrives, a part twice', f'{status} {got}')
    for _ in range(2):
        status, done, _ = api.call('unit', 'POST', f'{base}/{upload["ref"]}/finish')
        api.that(status == 200 and done['received_bytes'] == len(content), 'it is finished, also when that is said twice', f'{status} {done}')
    return begun['ref']


def batches(api):
    tag = f'{api.language} {os.urandom(3).hex()}'
    stranger = sent(api, 'reporter', f'{SECRET} of others {tag}', f'Batch App {tag}')
    rows = [{'title': f'row {n} {tag}', 'product': f'Batch App {tag}', 'description': f'What is wrong in {n}: the export joins the text of the user into SQL.',
             'files': f'files/{n}.txt'} for n in range(4)]
    rows[1]['kind'] = 'nonsense'
    rows[2]['files'] = 'files/missing.txt'
    rows[3]['title'] = f'=HYPERLINK("http://x") {tag}'
    files = [(f'files/{n}.txt', f'of row {n} {tag}\n'.encode() + os.urandom(200000)) for n in range(4)]
    ref = in_parts(api, archive(rows, files, large=True), f'parts {tag}')
    batch = settled(api, ref)
    api.that(batch.get('state') == 'PREVIEW' and (batch['ready'], batch['wrong']) == (2, 2) and batch['format'] == 'zip', 'the archive in the large form is read', str(batch))
    preview = {r['row']: r for r in api.get('unit', f'/batches/{ref}/rows')['items']}
    faults = {n: {p['field']: p['message'] for p in r['problems']} for n, r in preview.items()}
    api.that(set(faults[3]) == {'kind'} and api.in_language(faults[3]['kind']) and set(faults[4]) == {'files'}, 'each row has its errors at its fields, in the language', str(faults))
    api.that(stranger not in str(preview) and SECRET not in str(preview), 'attack: no hint at reports of others', str(preview)[:500])
    correct(api, ref)
    status, running, _ = api.call('unit', 'POST', f'/batches/{ref}/send', {})
    api.that(status == 202, 'it is sent', f'{status} {running}')
    status, twice, _ = api.call('unit', 'POST', f'/batches/{ref}/send', {})
    api.that(status == 409, 'and not twice', f'{status} {twice}')
    done = settled(api, ref)
    api.that(done.get('state') == 'DONE' and done['done'] == 4 and done['failed'] == 0, 'four rows are reports, the one whose file is missing without it', str(done))
    _, summary = api.fetch('unit', f'/batches/{ref}/summary')
    api.that(len({line.split(',')[2] for line in summary.decode().splitlines()[1:] if '"R-' in line}) == 4, 'each with a number of its own', summary.decode()[:500])
    evidence(api, ref, files)


def correct(api, ref):
    status, errors = api.fetch('unit', f'/batches/{ref}/errors')
    api.that(status == 200 and errors.decode().count('\n') >= 3 and '\n=' not in errors.decode() and ',=' not in errors.decode(), 'errors as a table, without formulas', errors.decode())
    status, row, _ = api.call('unit', 'POST', f'/batches/{ref}/rows/3', {'class': 'no such class'})
    api.that(status == 200 and row['state'] == 'wrong', 'a correction that is wrong too stays wrong', f'{status} {row}')
    status, row, _ = api.call('unit', 'POST', f'/batches/{ref}/rows/3', {'kind': 'generic', 'class': 'sql-injection'})
    api.that(status == 200 and row['state'] == 'ready' and not row['problems'], 'a corrected row is ready', f'{status} {row}')
    status, left, _ = api.call('unit', 'POST', f'/batches/{ref}/rows/3', {'seal_key': '7'})
    api.that(status == 422 or (status == 200 and 'seal_key' not in str(left['fields'])), 'attack: nothing but fields of the form is written', f'{status} {left}')
    status, refused, _ = api.call('unit', 'POST', f'/batches/{ref}/send', {'rows': [2, 99]})
    api.that(status == 422, 'rows that are not there are not sent', f'{status} {refused}')
    for who in ('reporter', 'coordinator'):
        api.that(api.call(who, 'GET', f'/batches/{ref}')[0] == 404, f'{who} has nothing to see in it')
    api.call('unit', 'POST', f'/batches/{ref}/rows/4', {'impact': 'Seen.'})


def evidence(api, ref, files):
    for row in api.get('unit', f'/batches/{ref}/rows?state=sent')['items']:
        report = api.get('unit', f'/reports/{row["report"]}')
        names = [f['name'] for f in report['attachments']]
        wanted = [f'{row["row"] - 2}.txt'] if row['row'] != 4 else []
        api.that(names == wanted, 'each report has its own file', f'{row["row"]}: {names}')
        for file in report['attachments']:
            status, content = api.fetch('unit', f'/reports/{row["report"]}/attachments/{file["ref"]}')
            api.that(status == 200 and content == dict(files)[f'files/{file["name"]}'], 'byte for byte', f'{status} {len(content)}')


def personal(api):
    """Personal data is told row by row before anything is sent: hidden in all rows, or kept with a reason that the report keeps too."""
    tag = f'{api.language} {os.urandom(3).hex()}'
    phones = [f'138{n}2345678' for n in range(3)]
    rows = [{'title': f'row {n} {tag}', 'product': f'Personal App {tag}', 'description': f'The reply shows {phone}.'} for n, phone in enumerate(phones)]
    rows[0]['files'] = 'dump.txt'
    rows.append({'title': f'row 3 {tag}', 'product': f'Personal App {tag}'})
    body, kind = multipart((('file', 'a.zip', archive(rows, [('dump.txt', b'Cookie: sid=5f2c8a9b0d1e\n')])),), (('no_secrets', 'true'),))
    ref = api.send('unit', 'POST', '/batches', body, kind)[1]['ref']
    batch = settled(api, ref)
    api.that(batch['rows_with_personal_data'] == 3, 'three rows hold personal data', str(batch))
    found = api.get('unit', f'/batches/{ref}/rows?personal=1')['items']
    api.that([(r['row'], r['personal_data']) for r in found] == [(2, 2), (3, 1), (4, 1)], 'and are listed', str(found)[:300])
    here = f'/batches/{ref}/rows/3/personal-data'
    told = api.get('unit', here)
    api.that(told['undecided'] == 1 and told['items'][0]['place'] == 'description' and phones[1] not in str(told), 'kind and place, never the value', str(told))
    api.that(api.call('reporter', 'GET', here)[0] == 404, 'attack: nobody else is told')
    status, refused, _ = api.call('unit', 'POST', f'{here}/keep', {'place': 'description', 'reason': ''})
    wrong = {e['field']: e['detail'] for e in refused.get('errors', [])}
    api.that(status == 422 and set(wrong) == {'reason'} and api.in_language(wrong['reason']), 'nothing is kept without a reason', f'{status} {refused}')
    status, kept, _ = api.call('unit', 'POST', f'{here}/keep', {'place': 'description', 'reason': 'The number is the flaw'})
    api.that(status == 200 and kept['undecided'] == 0 and kept['items'][0]['kept'], 'with one it is', f'{status} {kept}')
    status, left, _ = api.call('unit', 'POST', f'/batches/{ref}/personal-data/mask')
    api.that(status == 200 and left == {'rows_with_personal_data': 0}, 'the rest is hidden at once', f'{status} {left}')
    fields = {r['row']: r['fields']['description'] for r in api.get('unit', f'/batches/{ref}/rows')['items'] if 'description' in r['fields']}
    api.that('138****5678' in fields[2] and phones[1] in fields[3] and '138****5678' in fields[4], 'but not what is kept', str(fields))
    api.call('unit', 'POST', f'/batches/{ref}/send', {})
    done = settled(api, ref)
    api.that(done['done'] == 4 and done['rows_with_personal_data'] == 0, 'all are reports', str(done))
    api.that(api.call('unit', 'POST', f'/batches/{ref}/personal-data/mask')[0] == 409 and api.call('unit', 'GET', here)[0] == 404, 'and nothing is hidden in them here')
    sent_rows = {r['row']: r['report'] for r in api.get('unit', f'/batches/{ref}/rows')['items']}
    report = api.get('unit', f'/reports/{sent_rows[2]}')
    status, content = api.fetch('unit', f'/reports/{sent_rows[2]}/attachments/{report["attachments"][0]["ref"]}')
    api.that(status == 200 and len(report['attachments']) == 1 and b'5f2c8a9b0d1e' not in content and b'Cookie' in content, 'the report has the hidden file alone', f'{status} {content}')


def refused_archives(api):
    """Attacks: bombs, names that leave the archive, and more files than anybody sends; each with its own word."""
    many = io.BytesIO()
    with zipfile.ZipFile(many, 'w', zipfile.ZIP_STORED) as bundle:
        bundle.writestr('manifest.csv', table([{'title': 'x'}]))
        for n in range(65600):
            bundle.writestr(zipfile.ZipInfo(f'{n}'), b'')
    slip = archive([{'title': 'x', 'files': '../a.txt'}], [('../a.txt', b'x')], large=True)
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, 'w', zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr('manifest.csv', table([{'title': 'x', 'files': 'a.txt'}]))
        for n in range(70):
            bundle.writestr(f'{n}.txt', bytes(64 << 20) if n == 0 else b'')
    for name, content, word in (('65,600 files', many.getvalue(), 'entries'), ('a name that leaves it', slip, 'path')):
        body, kind = multipart((('file', 'a.zip', content),), (('no_secrets', 'true'),))
        status, begun, _ = api.send('unit', 'POST', '/batches', body, kind)
        batch = settled(api, begun['ref']) if status == 201 else begun
        said = batch.get('refusal_text') or ''
        api.that(batch.get('state') == 'REFUSED' and batch['refusal'] == word and api.in_language(said.split('：')[0].split(':')[0]), f'attack: an archive with {name} is refused', f'{status} {batch}')


def play(api, authority, stranger):
    duplicates(api)
    merging(api)
    known(api, authority, stranger)
    batches(api)
    personal(api)
    refused_archives(api)


def main():
    with demonstration('intake', Client) as api:
        folder = api.library.data.parent
        authority, stranger = Authority(folder / 'authority'), Authority(folder / 'stranger')
        api.make_tokens(PEOPLE | {'unit': '卢深'})
        trust(api.library, authority)
        for number, api.language in enumerate(LANGUAGES):
            api.address = f'10.255.3.{number + 1}'
            before = len(api.failed)
            try:
                play(api, authority, stranger)
            except (KeyError, TypeError, IndexError, AttributeError, StopIteration):
                api.failed.append(f'a reply lacks something: {traceback.format_exc(limit=-3)}')
            print(f'{api.language}: {"fails" if len(api.failed) > before else "ends right"}', flush=True)


if __name__ == '__main__':
    main()
