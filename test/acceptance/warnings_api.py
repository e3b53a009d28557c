#!/usr/bin/env python3
"""Warnings through the JSON interface alone, in Chinese and in English: shared by a support unit, assessed, sent by another person to the vendors whose
products contain an SDK and to an industry, signed for; hidden from everybody else as if it were not there; and what everybody may read."""
import http.client
import re
import traceback

from api import demonstration

PEOPLE = {'unit': '卢深', 'coordinator': '陈思远', 'publisher': '孙若溪', 'vendor': '何雨桐', 'second': '罗明', 'stranger': '江澄', 'reporter': '林一帆'}
SDK = '河豚推送 SDK'
ASSESSED = {'no_casefile': 'yes', 'assessment': '已核实。'}
CHECKED = {'no_exploit': 'yes', 'audience': 'yes'}


def words(lang, tail):
    return {'what_zh': f'河豚推送 SDK 会话劫持漏洞{tail}', 'found_zh': '监测发现会话可被劫持。', 'product_zh': '消息推送组件。', 'cause_zh': '令牌可预测。',
            'harm_zh': f'可致消息被他人接收（{tail}）。', 'versions': '< 3.6.5', 'advice_zh': '升级到 3.6.5。', 'what_en': f'session hijack {tail}', 'found_en': 'Seen.',
            'product_en': 'A push component.', 'cause_en': 'Tokens can be guessed.', 'harm_en': 'Messages reach others.', 'advice_en': 'Update.'}


class Warnings:
    def __init__(self, api, lang):
        self.api, self.lang, self.tail = api, lang, 'A1' if lang == 'zh-CN' else 'B2'
        self.headers = {'Accept-Language': lang}

    def call(self, who, method, path, body=None, headers=None):
        return self.api.call(who, method, path, body, {**self.headers, **(headers or {})})

    def that(self, truth, rule, detail=''):
        return self.api.that(truth, f'{rule} ({self.lang})', detail)

    def act(self, who, action, values=None, expected=200):
        status, content, _ = self.call(who, 'POST', f'/warning-desk/{self.ref}/actions/{action}', values or {})
        self.that(status == expected, f'{who}: {action} is answered {expected}', f'{status} {str(content)[:300]}')
        return content

    def refused(self, who, path, body, fields):
        """Every wrong field is named, in the reader's language."""
        status, content, reply = self.call(who, 'POST', path, body)
        named = {e['field']: e.get('detail') or e.get('message') or '' for e in content.get('errors', [])} if isinstance(content, dict) else {}
        chinese = all(re.search('[一-鿿]', said) for said in named.values())
        self.that(status == 422 and set(named) == fields and chinese == (self.lang == 'zh-CN') and 'problem+json' in reply.get('Content-Type', ''),
                  f'{path} names {fields}', f'{status} {content}')

    # ---- By the unit
    def share(self):
        key, text = {'Idempotency-Key': f'share {self.lang}'}, words(self.lang, self.tail)
        status, made, reply = self.call('unit', 'POST', '/warning-desk', text, key)
        self.that(status == 201 and reply.get('Location', '').endswith(made['ref']), 'a unit shares a warning', f'{status} {made}')
        self.ref = made['ref']
        status, again, _ = self.call('unit', 'POST', '/warning-desk', text, key)
        self.that(status == 200 and again['ref'] == self.ref, 'the same key gives the same warning', f'{status} {again}')
        status, _, _ = self.call('unit', 'POST', '/warning-desk', text | {'harm_zh': '其他。'}, key)
        self.that(status == 409, 'the key stands for no other text', str(status))
        status, _, _ = self.call('vendor', 'POST', '/warning-desk', text)
        self.that(status == 403, 'a vendor shares none', str(status))
        self.hidden(('coordinator', 'publisher', 'vendor', 'second', 'stranger', 'reporter'))
        status, changed, _ = self.call('unit', 'POST', f'/warning-desk/{self.ref}/text', {'credits': '青松实验室'})
        self.that(status == 200 and changed['content']['credits'] == '青松实验室' and changed['content']['versions'] == '< 3.6.5', 'one field is changed alone', str(changed)[:300])
        self.act('unit', 'submit')
        self.hidden(('publisher', 'vendor', 'second', 'stranger', 'reporter'))
        listed = self.call('unit', 'GET', '/warning-desk?list=shared')[1]['items']
        self.that(self.ref in [w['ref'] for w in listed], 'it stands in the list of what was shared', str(listed)[:200])

    def hidden(self, people):
        """The same bytes as for one that is not there."""
        for who in people:
            status, content, _ = self.call(who, 'GET', f'/warning-desk/{self.ref}')
            absent, nothing, _ = self.call(who, 'GET', f'/warning-desk/{self.ref[:-4]}0000')
            same = isinstance(content, dict) and {**content, 'instance': 0} == {**nothing, 'instance': 0}
            self.that(status == absent == 404 and same, f'it is hidden from {who}', f'{status} {content}')
            lists = [self.call(who, 'GET', f'/warning-desk{q}')[1].get('items', []) for q in ('', '?list=shared', '?state=SENT', '?state=SUBMITTED')]
            self.that(not any(self.ref == w['ref'] for found in lists for w in found), f'and in no list of {who}', str(lists)[:200])

    # ---- By the library
    def assess(self):
        path = f'/warning-desk/{self.ref}'
        self.refused('coordinator', f'{path}/actions/assess', {'assessment': ''}, {'no_casefile', 'assessment'})
        self.refused('coordinator', f'{path}/aims', {'kind': 'sector'}, {'sector'})
        self.refused('coordinator', f'{path}/aims', {'kind': 'vendors', 'sdk': 'nothing'}, {'sdk'})
        status, _, _ = self.call('unit', 'POST', f'{path}/aims', {'kind': 'public'})
        self.that(status in (403, 404), 'the unit chooses no audience', str(status))
        self.call('coordinator', 'POST', f'{path}/aims', {'kind': 'vendors', 'sdk': SDK, 'version_before': '3.6.5'})
        status, audience, _ = self.call('coordinator', 'POST', f'{path}/aims', {'kind': 'sector', 'sector': 'education'})
        reached = {share['words']: share['organisations'] for share in audience.get('reached_by', [])}
        industry = '行业单位：教育' if self.lang == 'zh-CN' else 'Organisations of the industry: Education'
        self.that(status == 200 and reached.get(industry) == 1 and audience['told'] == 3 == len(audience['items']), 'the preview counts and names the industry', str(audience)[:600])
        self.that(all(item['why'] for item in audience['items']), 'and says why', str(audience['items'])[:300])
        extra = self.call('coordinator', 'POST', f'{path}/aims', {'kind': 'units'})[1]
        ref = next(aim['ref'] for aim in extra['aims'] if aim['kind'] == 'units')
        after = self.call('coordinator', 'POST', f'{path}/aims/{ref}/drop', {})[1]
        self.that(after['told'] == 3 and extra['told'] > 3, 'what was chosen is taken out again', f'{extra["told"]} {after["told"]}')
        self.that(self.call('vendor', 'GET', f'{path}/audience')[0] == self.call('vendor', 'GET', f'{path[:-4]}0000/audience')[0] == 403, 'nobody else sees an audience')
        self.act('coordinator', 'assess', ASSESSED)
        self.hidden(('vendor', 'second', 'stranger', 'reporter'))

    def send(self):
        self.act('coordinator', 'send', CHECKED, 403)
        self.refused('publisher', f'/warning-desk/{self.ref}/actions/send', {'no_exploit': 'yes'}, {'audience'})
        sent = self.act('publisher', 'send', CHECKED)
        self.that(sent.get('state') == 'SENT' and sent.get('number'), 'another person sends it', str(sent)[:300])
        self.act('publisher', 'send', CHECKED, 409)
        self.hidden(('stranger', 'reporter'))

    # ---- By those who were told
    def receive(self):
        path = f'/warning-desk/{self.ref}'
        listed = self.call('vendor', 'GET', '/warning-desk')[1]['items']
        self.that(self.ref in [w['ref'] for w in listed], 'a recipient has it in the list', str(listed)[:200])
        self.that(self.call('vendor', 'GET', '/warning-desk?cursor=1')[1]['items'] == [], 'the list goes on after a cursor')
        self.that(self.call('vendor', 'GET', '/warning-desk?cursor=x')[0] == 400, 'a wrong cursor is refused')
        seen = self.call('vendor', 'GET', path)[1]
        self.that(seen['content']['versions'] == '< 3.6.5' and seen['receipt']['why'] and seen['receipt']['due_at'] and not seen['receipt']['acknowledged_at'],
                  'it reads the text and why it is told', str(seen)[:400])
        turn = '接收' if self.lang == 'zh-CN' else 'recipient'
        self.that(turn in seen['turn'] or self.lang == 'zh-CN' and re.search('[一-鿿]', seen['turn']), 'whose turn it is stands in its language', seen['turn'])
        self.that('casefile' not in seen and '已核实' not in str(seen), 'the assessment is the library\'s', str(seen)[:300])
        self.refused('vendor', f'{path}/acknowledge', {'statement': 'affected'}, {'confirm'})
        for _ in range(2):
            status, signed, _ = self.call('vendor', 'POST', f'{path}/acknowledge', {'confirm': 'yes', 'statement': 'affected', 'note': '三日内发布更新。'})
            self.that(status == 200 and signed['receipt']['acknowledged_at'], 'it signs; a second time changes nothing', f'{status} {str(signed)[:200]}')
        self.that(self.call('stranger', 'POST', f'{path}/acknowledge', {'confirm': 'yes'})[0] == 404, 'a stranger signs for nothing')
        receipts = self.call('coordinator', 'GET', f'{path}/receipts')[1]['items']
        own = [r for r in receipts if r['signer']]
        self.that(len(receipts) == 3 and len(own) == 1 and own[0]['statement'] == 'affected' and own[0]['note'], 'receipts are counted', str(receipts)[:600])
        self.that(self.call('vendor', 'GET', f'{path}/receipts')[0] == self.call('vendor', 'GET', f'{path[:-4]}0000/receipts')[0] == 403, 'nobody else sees receipts')

    def files(self):
        for form, magic in (('pdf', b'%PDF-'), ('docx', b'PK\x03\x04')):
            copies = []
            for who in ('vendor', 'second', 'coordinator'):
                status, kind, name, content = self.raw(f'/api/v1/warning-desk/{self.ref}/file.{form}', who)
                self.that(status == 200 and content.startswith(magic) and f'.{form}"' in name and kind == 'application/octet-stream', f'{who} fetches {form}', f'{status} {kind} {name}')
                copies.append(content)
            self.that(len(set(copies)) == 3, f'each {form} is its reader\'s own')
            self.that(self.raw(f'/api/v1/warning-desk/{self.ref}/file.{form}', 'stranger')[0] == 404, f'a stranger fetches no {form}')
        self.api.library.enter_as('陈思远')
        address = f'/warning-desk/{self.ref}/receipts?list=all&format=csv'
        status, kind, name, content = self.raw(address, None, {'Cookie': self.api.library.cookie})
        head = '单位'  # the account's own language is Chinese
        self.that(status == 200 and head in content.decode('utf-8-sig').splitlines()[0] and '.csv"' in name and kind == 'application/octet-stream', 'receipts as CSV', f'{status} {kind} {name} {content[:80]}')

    def raw(self, path, who, headers=None):
        """Status, kind, disposition, bytes."""
        sent = {'X-Forwarded-For': '10.255.9.9', **self.headers, **(headers or {})}
        if who:
            sent['Authorization'] = f'Bearer {self.api.tokens[who]}'
        connection = http.client.HTTPConnection('127.0.0.1', self.api.library.port, timeout=20)
        try:
            connection.request('GET', path, None, sent)
            reply = connection.getresponse()
            return reply.status, reply.getheader('Content-Type', ''), reply.getheader('Content-Disposition', ''), reply.read()
        finally:
            connection.close()

    # ---- For everybody
    def publish(self):
        prefix = '' if self.lang == 'zh-CN' else '/en'
        before = self.call(None, 'GET', '/warnings?since=0')[1]['next_since']
        found = self.call(None, 'GET', f'/search?q={self.tail}')[1]['items']
        self.that(not found, 'a limited one is in no search', str(found))
        self.ref = self.call('coordinator', 'POST', '/warning-desk', words(self.lang, self.tail))[1]['ref']
        self.call('coordinator', 'POST', f'/warning-desk/{self.ref}/aims', {'kind': 'public'})
        self.act('coordinator', 'assess', ASSESSED)
        self.act('publisher', 'send', CHECKED)
        number = self.api.until(lambda: next((w['number'] for w in self.call(None, 'GET', '/warnings')[1]['items'] if self.tail in str(w['title'])), None))
        self.that(number, 'it stands in the public list')
        changed = self.api.until(lambda: self.call(None, 'GET', f'/warnings?since={before}')[1]['items'])
        self.that([w['number'] for w in changed or []] == [number], 'whoever follows the changes is given it', str(changed))
        page = self.call(None, 'GET', '/warnings?cursor=1-1')[1]
        self.that(page['items'] == [] and page['next_cursor'] is None, 'the public list goes on after a cursor', str(page)[:200])
        self.that(self.call(None, 'GET', '/warnings?cursor=x')[0] == 400, 'a wrong cursor of it is refused')
        found = self.call(None, 'GET', f'/search?q={self.tail}')[1]['items']
        self.that([(w['kind'], w['number']) for w in found] == [('warning', number)], 'the search has it', str(found))
        self.that(not self.call(None, 'GET', f'/search?q={self.tail}&kind=advisory')[1]['items'], 'as a warning alone')
        feed = self.raw(f'{prefix}/warnings.atom', None)
        self.that(feed[0] == 200 and 'atom+xml' in feed[1] and number in feed[3].decode(), 'the feed has it', str(feed[:2]))
        for form, magic in (('pdf', b'%PDF-'), ('docx', b'PK\x03\x04')):
            status, _, _, content = self.raw(f'{prefix}/warnings/{number}/file.{form}', None)
            self.that(status == 200 and content.startswith(magic), f'everybody fetches its {form}', str(status))
        self.act('publisher', 'withdraw', {'code': 'wrong', 'explanation': 'It was wrong.'})
        gone = self.api.until(lambda: (w := self.call(None, 'GET', f'/warnings/{number}')[1])['state'] == 'WITHDRAWN' and w)
        self.that(gone and gone['reason'] and not gone['content'], 'withdrawn, it keeps number and reason and no text', str(gone)[:300])
        self.that(self.api.until(lambda: not self.call(None, 'GET', f'/search?q={self.tail}')[1]['items']), 'and is found no more')


def main():
    with demonstration('warnings') as api:
        api.make_tokens(PEOPLE)
        for number, lang in enumerate(('zh-CN', 'en')):
            api.address = f'10.255.3.{number + 1}'
            warnings = Warnings(api, lang)
            try:
                for step in (warnings.share, warnings.assess, warnings.send, warnings.receive, warnings.files, warnings.publish):
                    step()
            except (KeyError, TypeError, IndexError, AttributeError, StopIteration):
                api.failed.append(f'a reply lacks something: {traceback.format_exc(limit=-3)}')


if __name__ == '__main__':
    main()
