#!/usr/bin/env python3
"""Disputes through the JSON interface alone, in both languages: appealed by a reporter, by a support unit and by a vendor, answered by somebody who had no
part in it, decided by a panel that was drawn, carried out at once, handed out as a signed file; hidden equals absent; of two decisions at once one stands.

  disputes_api.py [zh-CN|en]     only this language"""
import concurrent.futures
import http.client
import json
import re
import subprocess
import sys
import tempfile
import time
import traceback

from api import Api, PEOPLE, VENDOR_CODE, demonstration

ALL = PEOPLE | {'unit': '卢深', 'supervisor': '简明'}
APPEAL = {'grounds': 'facts', 'text': 'The capture was overlooked: APPEALWORDS.'}
OATH = {'undertaking': 'yes', 'no_interest': 'yes'}
SECRETS = ('APPEALWORDS', 'ANSWERWORDS', 'REQUESTWORDS')


class Disputes(Api):
    """In one language; steps of other journeys speak English."""

    def __init__(self, library):
        super().__init__(library)
        self.lang, self.number = 'en', 0

    def call(self, who, method, path, body=None, headers=None):
        self.number += 1
        self.address = f'10.251.{self.number // 200 % 256}.{self.number % 200 + 1}'  # limits are by address
        return super().call(who, method, path, body, {'Accept-Language': self.lang, **(headers or {})})

    def raw(self, who, path):
        connection = http.client.HTTPConnection('127.0.0.1', self.library.port, timeout=20)
        try:
            connection.request('GET', '/api/v1' + path, headers={'Authorization': f'Bearer {self.tokens[who]}', 'X-Forwarded-For': '10.252.1.1'})
            reply = connection.getresponse()
            return reply.status, reply.read()
        finally:
            connection.close()

    # ---- Steps
    def rejected(self, title, who='reporter'):
        reference = self.report(who, {'title': title, 'product': '松果记账', 'vendor': '松果'})
        self.act('coordinator', 'reports', reference, 'review')
        self.act('coordinator', 'reports', reference, 'reject', {'code': 'no-impact', 'explanation': 'It shows nothing.'})
        return reference

    def appealed(self, reference, who='reporter'):
        status, dispute, reply = self.call(who, 'POST', f'/reports/{reference}/appeal', APPEAL)
        self.that(status == 201 and dispute['state'] == 'APPEALED' and reply['Location'].endswith(dispute['ref']), f'{who} appeals', f'{status} {dispute}')
        return dispute['ref']

    def at_panel(self, dispute):
        self.act('other_coordinator', 'disputes', dispute, 'answer', {'answer': 'It stands: ANSWERWORDS.'})
        self.act('reporter', 'disputes', dispute, 'panel', {'request': 'Nobody looked: REQUESTWORDS.'})
        return self.seats(dispute)

    def seats(self, dispute):
        """The names of who was drawn, as the office reads them; each with a token."""
        names = [s['expert'] for s in self.get('other_coordinator', f'/disputes/{dispute}')['seats']]
        for name in names:
            if name not in self.tokens:
                self.make_token(name, name)
        return names

    def vote(self, who, dispute, verdict, wait=True):
        values = {'verdict': verdict, 'reasons': f'Because of {verdict}: VOTEWORDS.'}
        if wait:
            return self.act(who, 'disputes', dispute, 'vote', values)
        return self.call(who, 'POST', f'/disputes/{dispute}/actions/vote', values)


def at_once(jobs):
    with concurrent.futures.ThreadPoolExecutor(len(jobs)) as pool:
        return [f.result() for f in [pool.submit(job) for job in jobs]]


# ---- By a reporter, up to the panel
def by_reporter(api, lang):
    report = api.rejected(f'APPEALED one {lang}')
    api.refused('reporter', f'/reports/{report}/appeal', {'grounds': 'facts'}, {'text'}, 'an appeal without its reasons is named')
    api.that(api.call('coordinator', 'POST', f'/reports/{report}/appeal', APPEAL)[0] == 403, 'nobody appeals for somebody else')
    dispute = api.appealed(report)
    api.that(api.call('reporter', 'POST', f'/reports/{report}/appeal', APPEAL)[0] == 422, 'there is one appeal against a decision')
    seen = api.get('reporter', f'/disputes/{dispute}')
    clock = seen.get('clock') or {}
    api.that(clock.get('name') == 'appeal-answer' and clock.get('rule') == 'disputes 1' and clock.get('due_at'), 'whoever appealed sees until when, and by which rule', str(seen)[:400])
    api.that(bool(re.search('[一-鿿]', seen['turn'])) == (lang != 'en'), f'whose turn it is is said in {lang}', str(seen.get('turn')))
    api.hidden('disputes', dispute, ('vendor', 'publisher', 'authority', 'writer', 'verifier', 'unit', 'supervisor'), SECRETS)
    file = api.send_file('reporter', f'/disputes/{dispute}/attachments', 'capture.txt', b'first line\nsecond line\n')
    api.that(api.get('other_coordinator', f'/disputes/{dispute}/attachments/{file}') == 'first line\nsecond line\n', 'who answers reads its file')
    api.get('vendor', f'/disputes/{dispute}/attachments/{file}', 404)
    status, refused, _ = api.call('coordinator', 'POST', f'/disputes/{dispute}/actions/answer', {'answer': 'I was right.'})
    api.that(status == 403, 'whoever decided does not answer', f'{status} {refused}')
    return report, dispute


def answers_once(api, dispute):
    """Attack 429026: the same answer twice at the same moment."""
    revision = api.get('other_coordinator', f'/disputes/{dispute}')['revision']
    path, values = f'/disputes/{dispute}/actions/', {'revision': revision, 'answer': 'It stands: ANSWERWORDS.'}
    got = at_once([lambda: api.call('other_coordinator', 'POST', path + 'answer', values), lambda: api.call('other_coordinator', 'POST', path + 'answer', values)])
    done = sorted(status for status, _, _ in got)
    api.that(done[0] == 200 and done[1] == 409, 'of two answers at once one stands', str(got)[:400])
    api.send_file('other_coordinator', f'/disputes/{dispute}/attachments', 'answer.txt', b'what was looked at\nonce more\n')
    api.that(len(api.get('reporter', f'/disputes/{dispute}')['attachments']) == 2, 'the answer has its file too')


def decided(api, report, dispute):
    api.refused('reporter', f'/disputes/{dispute}/actions/panel', {}, {'request'}, 'a panel is asked for with a reason')
    api.act('reporter', 'disputes', dispute, 'panel', {'request': 'Nobody looked: REQUESTWORDS.'})
    names = api.seats(dispute)
    api.that(len(set(names)) == 3 and not set(names) & {PEOPLE['coordinator'], PEOPLE['other_coordinator'], PEOPLE['reporter']}, 'three are drawn, none of a side', str(names))
    api.that(not any(s.get('expert') for s in api.get('reporter', f'/disputes/{dispute}')['seats']), 'whoever appealed learns no name')
    for n, name in enumerate(names):
        api.that(dispute in str(api.get(name, '/disputes/seats')), 'who has a seat finds it')
        api.that(not any(s in str(api.get(name, f'/disputes/{dispute}')) for s in SECRETS), 'nothing is read before the undertaking')
        api.act(name, 'disputes', dispute, 'undertake', OATH)
        api.that('APPEALWORDS' in str(api.get(name, f'/disputes/{dispute}')), 'after it the words are there')
        if n < 2:
            api.vote(name, dispute, 'set-aside')
    for who in ('reporter', 'other_coordinator', names[0], names[2]):
        api.that('VOTEWORDS' not in str(api.get(who, f'/disputes/{dispute}')), f'{who} reads no vote before all are in')
    status, _ = api.raw('reporter', f'/disputes/{dispute}/decision')
    api.that(status == 404, 'there is no decision before there is one', str(status))
    got = at_once([lambda: api.vote(names[2], dispute, 'upheld', False) for _ in range(4)])
    api.that([s for s, _, _ in got].count(200) == 1, 'of four last votes at once one counts', str(got)[:500])
    end = api.get('reporter', f'/disputes/{dispute}')
    verdicts = sorted(s['verdict'] for s in end['seats'])
    api.that(end['state'] == 'DECIDED' and end['outcome'] == 'set-aside' and verdicts == ['set-aside', 'set-aside', 'upheld'], 'the majority decides, and the votes are open', str(end)[:500])
    api.that(api.get('reporter', f'/reports/{report}')['state'] == 'FORMAL_REVIEW', 'the decision is carried out')
    for name in names:
        api.get(name, f'/disputes/{dispute}', 404)
    handed_out(api, dispute)


def handed_out(api, dispute):
    found = api.until(lambda: (lambda got: got[1] if got[0] == 200 else None)(api.raw('reporter', f'/disputes/{dispute}/decision')), 40)
    if not api.that(found and found.startswith(b'%PDF'), 'the decision is a file', str(found)[:200]):
        return
    with tempfile.NamedTemporaryFile(suffix='.pdf') as file:
        file.write(found)
        file.flush()
        said = subprocess.run(['pdfsig', '-nocert', file.name], capture_output=True, text=True, check=False).stdout
        words = subprocess.run(['pdftotext', file.name, '-'], capture_output=True, text=True, check=False).stdout
    api.that('Signature is Valid' in said, 'it is signed', said)
    api.that('专家裁定书' in words and 'Written decision of the panel of experts' in words and dispute in words, 'in both languages', words[:300])
    api.that(api.raw('other_coordinator', f'/disputes/{dispute}/decision') == (200, found), 'the office gets the same bytes')
    api.that(api.raw('vendor', f'/disputes/{dispute}/decision')[0] == 404, 'nobody else gets it')


# ---- Support units first
def by_unit(api, lang):
    ordinary = api.appealed(api.rejected(f'APPEALED ordinary {lang}'))
    first = api.appealed(api.rejected(f'APPEALED of a unit {lang}', 'unit'), 'unit')
    queue = api.get('other_coordinator', '/disputes?state=APPEALED')['items']
    refs = [d['ref'] for d in queue]
    priorities = [d['priority'] for d in queue]
    api.that(first in refs and ordinary in refs and refs.index(first) < refs.index(ordinary), 'a support unit stands before whoever came earlier', str(refs))
    api.that(priorities == sorted(priorities, reverse=True), 'all of units before all others', str(priorities))
    limits = [api.get('other_coordinator', f'/disputes/{d}')['clock']['limit_working_days'] for d in (first, ordinary)]
    api.that(limits[0] < limits[1], 'and is answered sooner', str(limits))
    api.that(not any(ref in str(api.get('vendor', '/disputes?state=APPEALED')) for ref in refs), 'nobody else has a queue')
    granted = api.act('other_coordinator', 'disputes', first, 'grant', {'answer': 'It was overlooked.'})
    api.that(granted.get('state') == 'ACCEPTED' and granted.get('outcome') == 'set-aside', 'an appeal can be granted', str(granted)[:300])
    api.act('reporter', 'disputes', ordinary, 'withdraw')


# ---- By a vendor
def by_vendor(api, lang):
    title, secret = f'APPEALED by a vendor {lang}', f'VENDORSECRET {lang}'
    api.lang = 'en'  # the steps that all journeys share speak English
    report = api.report('reporter', {'title': title, 'product': '云帆账本', 'vendor': '云帆移动科技有限公司', 'versions': '6.x', 'steps': secret})
    casefile = api.casefile_of(report, title)
    api.verify(casefile, title, {'part': 'client'}, severe=False)
    party = api.name(casefile, {'credit_code': VENDOR_CODE, 'product': '云帆账本', 'versions': '6.x', 'own_provider': 'yes'})
    api.act('coordinator', 'casefiles', casefile, 'coordinate')
    api.that(api.call('vendor', 'POST', f'/parties/{party}/appeal/named', APPEAL)[0] == 404, 'before the notice there is nothing to appeal against')
    api.notify(party, secret)
    api.lang = lang
    body = {'grounds': 'not-affected', 'text': 'It is not ours: APPEALWORDS.'}
    status, dispute, _ = api.call('vendor', 'POST', f'/parties/{party}/appeal/named', body)
    api.that(status == 201 and dispute['against'] == 'named', 'a vendor appeals against being named', f'{status} {dispute}')
    api.that(api.call('vendor', 'POST', f'/parties/{party}/appeal/duplicate', body)[0] == 409, 'against nothing else that concerns a reporter')
    reference = dispute['ref']
    api.hidden('disputes', reference, ('reporter', 'publisher', 'writer', 'unit'), SECRETS)
    api.that(api.call('coordinator', 'POST', f'/disputes/{reference}/actions/grant', {'answer': 'A.'})[0] == 403, 'who named it does not answer')
    granted = api.act('other_coordinator', 'disputes', reference, 'grant', {'answer': 'It is somebody else\'s.'})
    api.that(granted.get('outcome') == 'set-aside', 'the appeal of a vendor is granted', str(granted)[:300])
    after = api.get('coordinator', f'/parties/{party}')
    api.that(after.get('state') == 'WITHDRAWN', 'and it is no longer named', str(after)[:300])


def play(api, lang):
    api.lang = lang
    report, dispute = by_reporter(api, lang)
    answers_once(api, dispute)
    decided(api, report, dispute)
    by_unit(api, lang)
    by_vendor(api, lang)


def main():
    with demonstration('disputes', Disputes) as api:
        api.make_tokens(ALL)
        for lang in sys.argv[1:] or ('zh-CN', 'en'):
            before, began = len(api.failed), time.monotonic()
            try:
                play(api, lang)
            except (KeyError, TypeError, IndexError, AttributeError, json.JSONDecodeError):
                api.failed.append(f'a reply lacks something: {traceback.format_exc(limit=-3)}')
            print(f'{lang}: {"fails" if len(api.failed) > before else "ends right"} after {time.monotonic() - began:.0f} s', flush=True)


if __name__ == '__main__':
    main()
