"""The JSON interface as programs use it, with tokens of people of the demonstration, and what every journey through it does and asserts.

A journey is a module journey_*.py with play(api). What an actor does is asked of the interface first: where the matter stands, whose turn it is,
until when; and whoever has no part in it is told that there is nothing."""
import contextlib
import datetime
import html
import json
import pathlib
import re
import shutil
import sys
import tempfile
import time

from library import REPORT, Library, free_port

PEOPLE = {'reporter': '林一帆', 'coordinator': '陈思远', 'other_coordinator': '范宁', 'verifier': '赵明哲', 'second': '钱文澜', 'publisher': '孙若溪',
          'vendor': '何雨桐', 'authority': '杜衡', 'writer': '陶文'}
HANDLES = {'verifier': 'zhaomingzhe', 'second': 'qianwenlan'}
SCOPES = ['report:read', 'report:write', 'case:read', 'case:write', 'product:read', 'product:write']
VENDOR_CODE = '91110108MADEM0001L'  # of 云帆移动科技有限公司, whose administrator is the vendor
GBT, CVSS = 'CNVRS:1.0/AV:N/AC:L/PR:N/UI:N/C:H/I:H/A:H/E:L/RL:H/S:H', 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H'
LOW_GBT, LOW_CVSS = 'CNVRS:1.0/AV:L/AC:H/PR:L/UI:R/C:L/I:L/A:N/E:H/RL:L/S:L', 'CVSS:3.1/AV:L/AC:H/PR:L/UI:R/S:U/C:L/I:L/A:N'
SIGNED = {'undertaking': 'yes', 'no_interest': 'yes'}
CHECKED = {'no_exploit': 'yes', 'no_running_system': 'yes'}
KINDS = {'R-': 'reports', 'C-': 'casefiles', 'P-': 'parties'}


def day(ahead):
    return (datetime.date.today() + datetime.timedelta(days=ahead)).isoformat()


class Api:
    def __init__(self, library):
        self.library, self.tokens, self.passed, self.failed = library, {}, 0, []
        self.address = '10.255.1.1'  # limits are by address
        self.lang = 'en'  # of what is asked

    def that(self, truth, rule, detail=''):
        if truth:
            self.passed += 1
        else:
            self.failed.append(f'{rule}: {detail}')
        return truth

    def make_tokens(self, people=PEOPLE):
        for who, name in people.items():
            self.make_token(who, name)

    def make_token(self, who, name, scopes=tuple(SCOPES)):
        """On the account page, as its owner would."""
        self.library.enter_as(name)
        fields = self.library.page_form('/account/tokens/new', '/account/tokens')
        pairs = list(fields.items()) + [('name', 'job'), ('days', '7')] + [('scopes', s) for s in scopes]
        _, _, page = self.library.as_coordinator('POST', '/account/tokens', pairs)
        found = re.search(r'cappvd_[A-Za-z0-9_-]+', html.unescape(page))
        if not found:
            sys.exit(f'no token for {who}: {page[:500]}')
        self.tokens[who] = found[0]

    def call(self, who, method, path, body=None, headers=None):
        sent = {'Accept-Language': self.lang, **(headers or {})}
        if who:
            sent['Authorization'] = f'Bearer {self.tokens[who]}'
        if body is not None:
            sent['Content-Type'] = 'application/json'
        status, reply, text = self.library.request(method, '/api/v1' + path, json.dumps(body) if body is not None else None, sent, self.address)
        content = json.loads(text) if 'json' in reply.get('Content-Type', '') and text else text
        return status, content, reply

    def get(self, who, path, expected=200):
        status, content, _ = self.call(who, 'GET', path)
        self.that(status == expected, f'{who or "a stranger"} gets {expected} of {path}', f'{status} {str(content)[:300]}')
        return content

    def act(self, who, kind, reference, action, values=None):
        status, matter, _ = self.call(who, 'GET', f'/{kind}/{reference}')
        self.that(status == 200, f'{who} reads {kind} before {action}', f'{status} {matter}')
        revision = matter.get('revision', 0) if isinstance(matter, dict) else 0
        status, content, _ = self.call(who, 'POST', f'/{kind}/{reference}/actions/{action}', {'revision': revision, **(values or {})})
        self.that(status == 200, f'{who}: {action}', f'{status} {content}')
        return content if isinstance(content, dict) else {}

    def refused(self, who, path, body, fields, rule):
        """Wrong input: every wrong field is named with its words, and nothing else."""
        status, content, reply = self.call(who, 'POST', path, body)
        named = {e['field']: e.get('detail') or e.get('message') for e in content.get('errors', [])} if isinstance(content, dict) else {}
        good = status == 422 and set(named) == set(fields) and all(named.values()) and 'problem+json' in reply.get('Content-Type', '')
        self.that(good, rule, f'{status} {content}')

    # ---- Where it stands
    def stands(self, who, kind, reference, state, turn, clock=None):
        """What this actor is told: state, whose turn it is, and until which instant."""
        matter = self.get(who, f'/{kind}/{reference}')
        said = f'{matter.get("state")} {matter.get("stage")} {matter.get("turn")} {matter.get("clock")}'
        self.that(state in (matter.get('state'), matter.get('stage')), f'{who} sees {kind} in {state}', said)
        self.that((matter.get('turn') or '') == turn if not turn else turn in (matter.get('turn') or ''), f'{who} sees whose turn it is in {state}: {turn}', said)
        if clock:
            given = matter.get('clock') or {}
            due = given.get('due_at', '')
            good = given.get('name') == clock and re.fullmatch(r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)', due) and given.get('rule')
            self.that(good and due > given['started_at'], f'{who} sees until when {clock} runs, and by which rule', said)
        return matter

    def hidden(self, kind, reference, people, words=()):
        """Hidden equals absent: the same bytes as for a reference that nobody has."""
        for who in people:
            absent = self.call(who, 'GET', f'/{kind}/{reference[:-4]}0000')
            status, content, _ = self.call(who, 'GET', f'/{kind}/{reference}')
            same = {**content, 'instance': 0} == {**absent[1], 'instance': 0} if isinstance(content, dict) else False
            self.that(status in (403, 404) and status == absent[0] and same and not any(word in str(content) for word in words),
                      f'{kind} is hidden from {who}', f'{status} {content} {absent[:2]}')

    # ---- Steps that journeys share
    def report(self, who, values):
        status, sent, _ = self.call(who, 'POST', '/reports', REPORT | {'credit': 'none', 'class': 'access-control'} | values, {'Idempotency-Key': values['title']})
        self.that(status == 201 and sent['receipt'], f'{who} reports', f'{status} {sent}')
        return sent['ref']

    def casefile_of(self, reference, title):
        """Taken on; the verifier is told of the number only, until the undertaking is signed."""
        self.stands('coordinator', 'reports', reference, 'RECEIVED', 'library', 'formal-review')
        self.act('coordinator', 'reports', reference, 'review')
        self.act('coordinator', 'reports', reference, 'attach', {'verifier': HANDLES['verifier']})
        waiting = self.get('coordinator', '/casefiles?state=VERIFYING')['items']
        found = [c['ref'] for c in waiting if c['title'] == title]
        if not self.that(len(found) == 1, f'the casefile of {title} is found', str(waiting)[:300]):
            raise KeyError('casefile')
        return found[0]

    def verify(self, casefile, title, values, severe=True):
        """Verified, rated, and where it is severe verified by a second one."""
        mine = self.get('verifier', f'/casefiles/{casefile}')
        self.that(title not in str(mine), 'the verifier sees nothing of it before the undertaking', str(mine)[:300])
        self.refused('verifier', f'/casefiles/{casefile}/actions/undertake', {'undertaking': 'yes'}, {'no_interest'}, 'half an undertaking is none')
        self.act('verifier', 'casefiles', casefile, 'undertake', SIGNED)
        rating = {'gbt30279': GBT, 'cvss': CVSS} if severe else {'gbt30279': LOW_GBT, 'cvss': LOW_CVSS}
        confirmed = {'evidence': 'Reproduced as described.', 'class': 'access-control', **rating, **values}
        self.refused('verifier', f'/casefiles/{casefile}/actions/confirm', confirmed | {'cvss': 'CVSS:3.1/AV:X'}, {'cvss'}, 'a wrong vector is named')
        self.act('verifier', 'casefiles', casefile, 'confirm', confirmed)
        rated = self.stands('coordinator', 'casefiles', casefile, 'RATED', 'coordinator', 'rating')
        self.that(rated['ratings'] and rated['parts'][0]['part'] == values['part'], 'rating and part are on record', str(rated)[:400])
        if severe:
            status, refused, _ = self.call('coordinator', 'POST', f'/casefiles/{casefile}/actions/accept', {'revision': rated['revision']})
            self.that(status == 422, 'a severe one is not accepted without a second verifier', f'{status} {refused}')
            self.act('coordinator', 'casefiles', casefile, 'assign-second', {'verifier': HANDLES['second']})
            self.act('second', 'casefiles', casefile, 'undertake', SIGNED)
            self.act('second', 'casefiles', casefile, 'confirm-second', {'evidence': 'Reproduced once more.', **rating})
        accepted = self.act('coordinator', 'casefiles', casefile, 'accept')
        self.that(accepted.get('number'), 'acceptance gives the archived number', str(accepted)[:300])
        self.stands('coordinator', 'casefiles', casefile, 'ACCEPTED', 'coordinator', 'contact')
        return accepted

    def name(self, casefile, values):
        """Names a vendor; gives the reference of its party."""
        before = {p['ref'] for p in self.get('coordinator', f'/casefiles/{casefile}')['parties']}
        after = self.act('coordinator', 'casefiles', casefile, 'party', values)
        new = [p['ref'] for p in after.get('parties', []) if p['ref'] not in before]
        if not self.that(len(new) == 1, 'a vendor is named', str(after.get('parties'))):
            raise KeyError('party')
        return new[0]

    def notify(self, party, secret):
        notice = {'title': 'Notice', 'content': f'What is wrong: {secret}.', 'way': 'account', 'evidence': 'In its account.'}
        self.act('coordinator', 'parties', party, 'notify', notice)
        mine = self.stands('vendor', 'parties', party, 'NOTIFIED', 'vendor', 'position')
        self.that(secret not in str(mine), 'before the vendor signs it sees nothing of the content', str(mine)[:400])
        self.that(self.call('vendor', 'GET', f'/parties/{party}/notice')[0] != 200, 'nor the notice')
        self.refused('vendor', f'/parties/{party}/actions/acknowledge', {'signer': '何雨桐'}, {'confirm'}, 'a signature needs its confirmation')
        self.act('vendor', 'parties', party, 'acknowledge', {'signer': '何雨桐', 'office': 'PSIRT', 'confirm': 'yes'})
        self.stands('vendor', 'parties', party, 'ACKNOWLEDGED', 'vendor', 'position')
        self.that(secret in str(self.get('vendor', f'/parties/{party}/notice')), 'after that it reads its own copy')
        self.that('action' in self.get('vendor', f'/parties/{party}/receipts/acknowledge'), 'and has a signed receipt')

    def fix(self, party, fixed, line='', check='spot'):
        """From FIXING to DONE: fixed, declared, checked."""
        self.stands('vendor', 'parties', party, 'FIXING', 'vendor', 'fixing')
        self.act('vendor', 'parties', party, 'fix', {'fixed': fixed, 'note': 'Checked on the server.'} | ({'line': line} if line else {}))
        self.act('vendor', 'parties', party, 'declare', {'told': 'In the notes of the release.', 'confirm': 'yes'})
        self.stands('coordinator', 'parties', party, 'FIX_CHECK', 'verifier', 'fix-check')
        self.act('coordinator', 'parties', party, 'assign', {'verifier': HANDLES['verifier']})
        values = {'spot': {'declaration': 'yes', 'checked_on': day(0), 'evidence': 'The steps fail now.'},
                  'replay': {'checked_on': day(0), 'version': fixed, 'evidence': 'The steps fail now.'}}[check]
        self.act('verifier', 'parties', party, check, values)
        self.stands('vendor', 'parties', party, 'DONE', '')

    def repair(self, party, fixed, line=''):
        """The vendor's part from its signature on."""
        self.refused('vendor', f'/parties/{party}/actions/state', {'position': 'not-affected'}, {'evidence'}, 'a position without its grounds is named')
        self.act('vendor', 'parties', party, 'state', {'position': 'affected', 'explanation': 'Seen.'} | ({'versions': line} if line else {}))
        self.stands('vendor', 'parties', party, 'POSITION_STATED', 'vendor', 'plan')
        self.act('vendor', 'parties', party, 'plan', {'measures': 'Check who asks.', 'begin': day(1), 'finish': day(5), 'release': day(9), 'person': '何雨桐'})
        self.stands('vendor', 'parties', party, 'PLAN_REVIEW', 'coordinator', 'plan-review')
        self.act('coordinator', 'parties', party, 'accept')
        self.fix(party, fixed, line)

    def describe(self, casefile, title, product, versions, fixed):
        words = {'title_zh': title, 'description_zh': '任意用户可以操作他人数据。', 'vendor': '云帆移动科技有限公司', 'product': product, 'versions': versions,
                 'solution_zh': f'升级到 {fixed}。', 'fixed_version': fixed}
        self.refused('coordinator', f'/casefiles/{casefile}/actions/describe', {k: v for k, v in words.items() if k != 'solution_zh'}, {'solution_zh'},
                     'what users can do has to be said')
        self.act('coordinator', 'casefiles', casefile, 'describe', words)

    def publish(self, casefile):
        ready = self.act('coordinator', 'casefiles', casefile, 'request')
        self.stands('publisher', 'casefiles', casefile, 'READY', 'publisher', 'publication')
        status, refused, _ = self.call('coordinator', 'POST', f'/casefiles/{casefile}/actions/publish', {'revision': ready.get('revision', 0), **CHECKED})
        self.that(status in (403, 404), 'who asked cannot publish', f'{status} {refused}')
        self.refused('publisher', f'/casefiles/{casefile}/actions/publish', {'no_exploit': 'yes'}, {'no_running_system'}, 'half a check is none')
        return self.act('publisher', 'casefiles', casefile, 'publish', CHECKED).get('advisory')

    def is_public(self, identifier, words, secrets):
        status, record, _ = self.call(None, 'GET', f'/advisories/{identifier}')
        self.that(status == 200 and all(word in str(record) for word in words), 'it is published', f'{status} {str(record)[:300]}')
        self.that(not any(secret in str(record) for secret in secrets), 'without anything undisclosed', str(record)[:300])

    def send_file(self, who, address, name, content):
        """A file in two parts, through the addresses of an upload; gives its reference."""
        status, begun, _ = self.call(who, 'POST', address, {'name': name, 'size_bytes': len(content)})
        self.that(status == 201, f'{who} begins an upload', f'{status} {begun}')
        half, reference = len(content) // 2, begun.get('ref', '')
        for offset, part in ((0, content[:half]), (half, content[half:])):
            sent = {'Authorization': f'Bearer {self.tokens[who]}', 'Content-Type': 'application/octet-stream'}
            status, _, text = self.library.request('PUT', f'/api/v1{address}/{reference}?offset={offset}', part, sent)
            self.that(status == 200, f'{who} sends a part', f'{status} {text}')
        status, done, _ = self.call(who, 'POST', f'{address}/{reference}/finish')
        self.that(status == 200 and done['received_bytes'] == len(content), f'{who} ends an upload', f'{status} {done}')
        return reference

    def time_passes(self, machine, days):
        """The running clocks of this machine began so many days earlier. It is the one thing a journey cannot do through the interface."""
        back = days * 86400000
        self.library.execute(f"UPDATE clock SET started_at = started_at - {back}, due_at = due_at - {back} WHERE machine = '{machine}' AND ended_at IS NULL")

    def until(self, what, seconds=20):
        for _ in range(seconds * 5):
            found = what()
            if found:
                return found
            time.sleep(0.2)
        return None


@contextlib.contextmanager
def demonstration(name, client=Api):
    """A library of the demonstration in a folder of its own, spoken to by one client; in the end it tells what was right and wrong, and ends the program so."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix=f'cappvd-{name}-'))
    library = Library(folder, free_port())
    api = client(library)
    try:
        library.start('demo')
        yield api
    finally:
        if library.process and library.process.poll() is None:
            library.kill()
        shutil.rmtree(folder, ignore_errors=True)
    print('\n'.join(api.failed))
    print(f'{api.passed} passed, {len(api.failed)} failed')
    sys.exit(1 if api.failed else 0)
