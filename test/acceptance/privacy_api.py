#!/usr/bin/env python3
"""Personal data over the JSON interface, in Chinese and in English: the retention rules for everybody; a person's copy, correction and deletion; what two
people decide; impact assessments for those who watch over them; and what is hidden, which is as absent as what never was.

  privacy_api.py [zh-CN|en]     only this language"""
import http.client
import io
import json
import pathlib
import random
import re
import shutil
import sys
import tempfile
import time
import zipfile

from api import Api
from library import Library, free_port

PEOPLE = {'reporter': '林一帆', 'coordinator': '陈思远', 'other': '范宁', 'security': '魏南', 'audit': '高岳', 'system': '石磊'}
WORDS = {'zh-CN': {'title': '草稿', 'obstacle': '岗位', 'missing': '选择'}, 'en': {'title': 'Drafts', 'obstacle': 'office', 'missing': 'Please choose'}}
RULE = {'days': 200, 'why_zh': '方便继续填写', 'why_en': 'To go on writing', 'basis_zh': '第十九条', 'basis_en': 'Article 19', 'reason': 'shorter'}


class Sessions(Api):
    """The same interface with the sessions of people, as their own programs in the browser use it."""

    def __init__(self, library, lang):
        super().__init__(library)
        self.lang, self.sessions = lang, {}

    def enter(self, who):
        self.library.enter_as(PEOPLE[who])
        page = self.library.as_coordinator('GET', '/account/privacy')[2]
        if self.lang == 'en':
            kept = self.library.as_coordinator('GET', '/language/en?back=%2Fdesk')[1]['Set-Cookie'].split(';')[0]
            self.library.cookie += f'; {kept}'
        self.sessions[who] = {'Cookie': self.library.cookie, 'X-CSRF-Token': re.search(r'name="csrf" value="([^"]+)"', page)[1]}

    def ask(self, who, method, path, body=None, token=None):
        headers = {'Accept-Language': self.lang, **(self.sessions[who] if who else {})}
        if token:
            headers = {'Accept-Language': self.lang, 'Authorization': f'Bearer {token}'}
        if body is not None:
            headers['Content-Type'] = 'application/json'
        address = f'10.251.{random.randrange(256)}.{random.randrange(1, 255)}'
        place = ('/en' if self.lang == 'en' and not who and (method, path) == ('GET', '/retention') else '') + '/api/v1'
        connection_status, reply, text = self.raw(method, place + path, json.dumps(body) if body is not None else None, headers, address)
        kind = reply.get('Content-Type', '')
        return connection_status, json.loads(text) if 'json' in kind and text else text

    def raw(self, method, path, body, headers, address):
        connection = http.client.HTTPConnection('127.0.0.1', self.library.port, timeout=30)
        try:
            connection.request(method, path, body.encode() if body is not None else None, {'X-Forwarded-For': address, **headers})
            reply = connection.getresponse()
            return reply.status, dict(reply.getheaders()), reply.read()
        finally:
            connection.close()

    def expect(self, status, who, method, path, body=None, rule=''):
        got, content = self.ask(who, method, path, body)
        self.that(got == status, rule or f'{who or "a stranger"} gets {status} for {method} {path}', f'{got} {str(content)[:300]}')
        return content

    def as_absent(self, who, method, real, guessed, body=None):
        """What is hidden is answered as what does not exist, but for the address in it."""
        one, two = self.ask(who, method, real, body), self.ask(who, method, guessed, body)
        same = one[0] == two[0] in (401, 403, 404) and json.dumps(one[1]).replace(real, '') == json.dumps(two[1]).replace(guessed, '')
        self.that(same, f'{who or "a stranger"}: {method} {real} is as absent as {guessed}', f'{one} {two}')


def rules(api, words):
    found = api.expect(200, None, 'GET', '/retention')
    drafts = next((r for r in found['items'] if r['kind'] == 'drafts'), {})
    api.that(len(found['items']) >= 13 and all(r['why'] and r['basis'] and r['action'] for r in found['items']), 'every kind has its reason and basis', found)
    api.that(words['title'] in drafts.get('title', ''), 'in the reader\'s language', drafts)
    api.expect(422, 'security', 'POST', '/retention/logs', RULE | {'days': 179}, 'nobody goes below what the law asks for')
    api.expect(404, 'security', 'POST', '/retention/guessed', RULE)
    for who in ('reporter', 'coordinator', 'audit', 'system'):
        api.expect(403, who, 'POST', '/retention/inbox', RULE | {'days': 300})
    api.expect(401, None, 'POST', '/retention/inbox', RULE)
    made = api.expect(201, 'security', 'POST', '/retention/inbox', RULE | {'days': 300})
    proposed = next((v for v in made['versions'] if v['state'] == 'proposed'), {})
    api.that(proposed.get('days') == 300, 'the proposal is the newest version', made)
    api.expect(409, 'security', 'POST', '/retention/inbox', RULE | {'days': 301}, 'one proposal at a time')
    api.expect(403, 'security', 'POST', f'/retention/inbox/{proposed.get("ref")}', {'accepted': True}, 'who proposes does not decide')
    now = api.expect(200, None, 'GET', '/retention')
    api.that(next(r for r in now['items'] if r['kind'] == 'inbox')['days'] != 300, 'nothing is in force before the second person', now)


def copy(api):
    api.expect(202, 'reporter', 'POST', '/me/privacy/export', {'password': ''})
    for _ in range(120):
        own = api.expect(200, 'reporter', 'GET', '/me/privacy')
        if own['export']['state'] == 'ready':
            break
        time.sleep(0.5)
    ref = own['export']['ref']
    api.that(own['export']['state'] == 'ready' and own['export']['parts'], 'the copy is made', own)
    status, bundle = api.ask('reporter', 'POST', f'/me/privacy/exports/{ref}', {'part': 1})
    names = zipfile.ZipFile(io.BytesIO(bundle)).namelist() if status == 200 else []
    api.that('data.json' in names, 'it is an archive with data.json', f'{status} {names}')
    data = json.loads(zipfile.ZipFile(io.BytesIO(bundle)).read('data.json'))
    api.that(data['account']['name'] == PEOPLE['reporter'] and data['reports'], 'it holds what is one\'s own', list(data))
    api.that(not any(name in json.dumps(data, ensure_ascii=False) for name in (PEOPLE['security'], PEOPLE['system'])), 'and names nobody else')
    api.expect(404, 'reporter', 'POST', f'/me/privacy/exports/{ref}', {'part': 99})
    for who in ('coordinator', 'security', 'system'):
        api.as_absent(who, 'POST', f'/me/privacy/exports/{ref}', '/me/privacy/exports/D-GUESSEDGUESSEDXX', {'part': 1})


def correction(api, words):
    wrong = api.expect(422, 'reporter', 'POST', '/me/privacy/corrections', {'field': 'roles', 'value': 'all', 'reason': 'so'})
    api.that(any(words['missing'] in (e.get('detail') or '') for e in wrong.get('errors', [])), 'the problem is told in the reader\'s language', wrong)
    made = api.expect(201, 'reporter', 'POST', '/me/privacy/corrections', {'field': 'name', 'value': '林一凡', 'reason': 'As on the card'})
    one = next(c for c in made['corrections'] if c['field'] == 'name' and c['state'] == 'asked')
    api.that(one['due_at'] > one['asked_at'], 'it has a day by which it is answered', one)
    api.expect(409, 'reporter', 'POST', '/me/privacy/corrections', {'field': 'name', 'value': '林', 'reason': 'again'})
    queue = api.expect(200, 'coordinator', 'GET', '/corrections')
    api.that(any(c['ref'] == one['ref'] for c in queue['items']), 'the office sees it', queue)
    for who in ('reporter', 'security', 'audit', 'system'):
        api.expect(403, who, 'GET', '/corrections')
        api.as_absent(who, 'POST', f'/corrections/{one["ref"]}', '/corrections/K-GUESSED', {'accepted': True, 'answer': 'yes'})
    api.expect(401, None, 'GET', '/corrections')
    api.expect(422, 'coordinator', 'POST', f'/corrections/{one["ref"]}', {'accepted': True, 'answer': ' '}, 'an answer says why')
    api.expect(200, 'coordinator', 'POST', f'/corrections/{one["ref"]}', {'accepted': False, 'answer': 'The card says otherwise.'})
    api.expect(409, 'other', 'POST', f'/corrections/{one["ref"]}', {'accepted': True, 'answer': 'Yes.'}, 'decided is decided')
    own = api.expect(200, 'reporter', 'GET', '/me/privacy')
    api.that(next(c for c in own['corrections'] if c['ref'] == one['ref'])['answer'] == 'The card says otherwise.', 'its owner reads the answer', own)
    own = api.expect(201, 'coordinator', 'POST', '/me/privacy/corrections', {'field': 'phone', 'value': '13800138009', 'reason': 'new'})
    mine = next((c for c in own['corrections'] if c['state'] == 'asked'), {})
    api.expect(403, 'coordinator', 'POST', f'/corrections/{mine.get("ref")}', {'accepted': True, 'answer': 'Mine.'}, 'nobody decides about their own')


def deletion(api, words):
    own = api.expect(200, 'coordinator', 'GET', '/me/privacy')
    api.that(words['obstacle'] in (own['obstacle'] or ''), 'an office stands against it, in the reader\'s language', own['obstacle'])
    api.expect(422, 'coordinator', 'POST', '/me/privacy/deletion', {'credit': 'wished', 'understood': True})
    api.expect(422, 'reporter', 'POST', '/me/privacy/deletion', {'credit': 'wished', 'understood': False}, 'it has to be understood')
    asked = api.expect(202, 'reporter', 'POST', '/me/privacy/deletion', {'credit': 'anonymous', 'understood': True})
    api.that(asked['deletion']['due_at'] > asked['deletion']['asked_at'], 'it waits for some days', asked)
    api.expect(409, 'reporter', 'POST', '/me/privacy/deletion', {'credit': 'wished', 'understood': True})
    back = api.expect(200, 'reporter', 'POST', '/me/privacy/deletion/cancel', {})
    api.that(back['deletion'] is None, 'and can be taken back', back)
    api.expect(409, 'reporter', 'POST', '/me/privacy/deletion/cancel', {})


def tokens(api):
    token = api.tokens['reporter']
    for path, body in (('/me/privacy/export', {'password': ''}), ('/me/privacy/deletion', {'credit': 'wished', 'understood': True}),
                       ('/me/privacy/deletion/cancel', {}), ('/me/privacy/corrections', {'field': 'name', 'value': 'x', 'reason': 'y'})):
        status, content = api.ask(None, 'POST', path, body, token=token)
        api.that(status == 403, f'a stolen token does nothing to its owner\'s data: {path}', f'{status} {content}')


def assessments(api):
    for who in ('security', 'audit'):
        found = api.expect(200, who, 'GET', '/impact-assessments')
        api.that(found['items'] and found['items'][0]['state'], f'{who} reads the list', found)
    ref = found['items'][0]['ref']
    one = api.expect(200, 'audit', 'GET', f'/impact-assessments/{ref}')
    api.that(one['fields'].get('conclusion') and one['approved_versions'], 'with its fields and approved versions', one)
    for who in ('reporter', 'coordinator', 'system', None):
        api.expect(401 if who is None else 403, who, 'GET', '/impact-assessments')
        api.as_absent(who, 'GET', f'/impact-assessments/{ref}', '/impact-assessments/I-GUESSED')
    api.as_absent('audit', 'GET', '/impact-assessments/I-OTHER', '/impact-assessments/I-GUESSED')


def play(lang):
    folder = pathlib.Path(tempfile.mkdtemp(prefix='cappvd-privacy-'))
    library = Library(folder, free_port())
    api = Sessions(library, lang)
    try:
        library.start('demo')
        api.make_token('reporter', PEOPLE['reporter'])
        for who in PEOPLE:
            api.enter(who)
        tokens(api)
        words = WORDS[lang]
        rules(api, words)
        copy(api)
        correction(api, words)
        deletion(api, words)
        assessments(api)
    finally:
        if library.process and library.process.poll() is None:
            library.kill()
        shutil.rmtree(folder, ignore_errors=True)
    print(f'{lang}: {api.passed} right, {len(api.failed)} wrong', flush=True)
    return api


def main():
    played = [play(lang) for lang in sys.argv[1:] or WORDS]
    failed = [fault for api in played for fault in api.failed]
    print('\n'.join(failed))
    print(f'{sum(api.passed for api in played)} passed, {len(failed)} failed')
    sys.exit(1 if failed else 0)


if __name__ == '__main__':
    main()
