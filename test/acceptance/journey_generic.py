"""A generic find in an app with two vendors, one of whom never answers."""
from api import VENDOR_CODE, day

TITLE, SECRET = 'Yunfan Ledger lets anybody read the books', 'the export component answers everybody'


def play(api):
    report = api.report('reporter', {'title': TITLE, 'product': '云帆账本', 'vendor': '云帆移动科技有限公司', 'versions': '6.x', 'steps': SECRET})
    api.stands('reporter', 'reports', report, 'RECEIVED', 'library', 'formal-review')
    api.hidden('reports', report, ('vendor', 'verifier', 'publisher', 'authority', 'writer'), (TITLE, SECRET))
    casefile = api.casefile_of(report, TITLE)
    api.stands('reporter', 'reports', report, 'Verification', 'verifier', 'verification')
    api.hidden('casefiles', casefile, ('reporter', 'vendor', 'second', 'publisher', 'authority', 'writer'), (TITLE, SECRET))
    api.verify(casefile, TITLE, {'part': 'client'})
    api.stands('reporter', 'reports', report, 'Accepted', 'coordinator', 'contact')
    first = api.name(casefile, {'credit_code': VENDOR_CODE, 'product': '云帆账本', 'versions': '6.x', 'own_provider': 'yes'})
    silent = api.name(casefile, {'name': '静默工作室', 'mail': 'nobody@silent.example.org', 'source': 'store', 'product': '静默记账'})
    api.hidden('parties', silent, ('vendor', 'reporter', 'verifier', 'authority'), ('静默',))
    api.act('coordinator', 'casefiles', casefile, 'coordinate')
    api.stands('reporter', 'reports', report, 'Coordination with the vendor', 'vendor', 'fixing')
    api.notify(first, SECRET)
    talk(api, first, silent)
    api.repair(first, '6.4.2', '6.x')
    refuse_early(api, report, casefile, first)
    never_answers(api, silent)
    api.describe(casefile, '云帆账本存在越权漏洞', '云帆账本', '6.x', '6.4.2')
    release_early(api, casefile)
    identifier = api.publish(casefile)
    api.is_public(identifier, ('云帆账本',), (SECRET, TITLE, '静默工作室'))
    end = api.stands('reporter', 'reports', report, 'Published', 'coordinator', 'tracking')
    api.that(end['advisory'] == identifier, 'the reporter is told the number of the advisory', str(end.get('advisory')))
    api.act('coordinator', 'casefiles', casefile, 'track')
    api.act('coordinator', 'casefiles', casefile, 'note', {'share': '80', 'note': 'Most have it.'})
    api.act('coordinator', 'casefiles', casefile, 'close', {'reason': 'Repaired everywhere.'})
    api.stands('coordinator', 'casefiles', casefile, 'CLOSED', '')


def talk(api, party, other):
    """A message with a file; whoever is not named does not see it, and nobody sends the files of others."""
    address = f'/parties/{party}/threads/vendor'
    file = api.send_file('vendor', f'{address}/files', 'log.txt', b'first line\nsecond line\n')
    status, refused, _ = api.call('coordinator', 'POST', address, {'body': 'Not mine.', 'files': [file]})
    api.that(status == 422 and [e['field'] for e in refused['errors']] == ['files'], 'a file of somebody else goes into no message', f'{status} {refused}')
    status, said, _ = api.call('vendor', 'POST', address, {'body': 'See the log.', 'files': [file]})
    api.that(status == 200, 'the vendor writes', f'{status} {said}')
    thread = api.get('coordinator', address)
    last = thread['messages'][-1]
    api.that(last['body'] == 'See the log.' and thread['unread'] == 1 and '何雨桐' in str(thread['seen_by']), 'the coordinator reads it', str(thread)[:400])
    got = api.get('coordinator', f'{address}/{last["ref"]}/files/{last["files"][0]["ref"]}')
    api.that(got == 'first line\nsecond line\n', 'and its file', got)
    api.get('verifier', address, 404)
    api.get('vendor', f'/parties/{other}/threads/vendor', 404)
    status, content, _ = api.call('vendor', 'POST', address, {'body': 'Again.', 'files': [file]})
    api.that(status == 422, 'a file goes into one message only', f'{status} {content}')


def refuse_early(api, report, casefile, party):
    """One vendor has repaired; the other may still answer."""
    matter = api.get('coordinator', f'/casefiles/{casefile}')
    status, refused, _ = api.call('coordinator', 'POST', f'/casefiles/{casefile}/actions/request', {'revision': matter['revision']})
    api.that(status == 422, 'while a vendor may still answer nobody asks for publication', f'{status} {refused}')
    api.act('coordinator', 'casefiles', casefile, 'embargo', {'until': f'{day(20)} 10:00', 'zone': '+08:00', 'reason': 'Both release together.'})
    after = api.act('coordinator', 'casefiles', casefile, 'embargo-answer', {'participant': '云帆', 'answer': 'accepted'})
    embargo = after.get('embargo') or {}
    api.that(embargo.get('holds') and embargo.get('zone') == '+08:00' and embargo.get('until', '').startswith(day(20) + 'T02:00:00'), 'the embargo has instant and zone', str(embargo))
    api.that([a['answer'] for a in embargo.get('answers', [])] == ['accepted', None, None], 'who has not answered stands there too', str(embargo))
    api.act('vendor', 'parties', party, 'embargo', {'answer': 'accepted'})
    api.act('reporter', 'reports', report, 'embargo', {'answer': 'accepted'})
    answers = api.get('coordinator', f'/casefiles/{casefile}')['embargo']['answers']
    api.that([a['answer'] for a in answers] == ['accepted', 'accepted', 'accepted'], 'vendor and reporter answer by themselves', str(answers))
    seen = api.get('reporter', f'/reports/{report}')
    api.that(seen.get('embargo_until') == embargo.get('until'), 'the reporter sees the embargo', str(seen.get('embargo_until')))
    seen = api.get('vendor', f'/parties/{party}')
    api.that(seen.get('embargo_until') == embargo.get('until'), 'the vendor sees it too', str(seen.get('embargo_until')))
    api.act('coordinator', 'casefiles', casefile, 'embargo', {'until': f'{day(1)} 00:00', 'zone': 'Z', 'reason': 'Nobody needs it longer.'})
    api.act('coordinator', 'casefiles', casefile, 'made-public', {'where': 'https://example.org/post', 'note': 'Somebody wrote of it.'})
    after = api.get('coordinator', f'/casefiles/{casefile}')
    api.that(not after['embargo']['holds'] and after['public_since'], 'it ends at once when the matter becomes public', str(after['embargo']))


def release_early(api, casefile):
    """Not every vendor has repaired: the ministries are told and permit it, and two people approve."""
    api.refused('coordinator', f'/casefiles/{casefile}/actions/early-approve', {'document_read': 'yes'}, {'action'}, 'nothing is approved before its steps')
    api.act('coordinator', 'casefiles', casefile, 'early-consult', {'ground': 'consulted', 'record': 'With 云帆, who agree; the other is out of reach.', 'need': 'Its users are at risk.'})
    api.act('coordinator', 'casefiles', casefile, 'early-report', {'miit': '工信〔2026〕1号', 'miit_on': day(0), 'mps': '公安〔2026〕1号', 'mps_on': day(0)})
    api.act('coordinator', 'casefiles', casefile, 'early-assess', {'verdict': 'permitted', 'document': '评估〔2026〕1号', 'dated': day(0)})
    api.act('coordinator', 'casefiles', casefile, 'early-approve', {'document_read': 'yes'})
    matter = api.get('coordinator', f'/casefiles/{casefile}')
    status, refused, _ = api.call('coordinator', 'POST', f'/casefiles/{casefile}/actions/early-approve', {'revision': matter['revision'], 'document_read': 'yes'})
    api.that(status == 403, 'nobody approves twice', f'{status} {refused}')
    after = api.act('other_coordinator', 'casefiles', casefile, 'early-approve', {'document_read': 'yes'})
    early = after.get('early_release') or {}
    api.that(early.get('permitted') and early.get('approvals') == 2 and len(early.get('steps', [])) == 3, 'the early release is on record', str(early))


def never_answers(api, party):
    attempt = {'channel': 'mail', 'source': 'store', 'address': 'nobody@silent.example.org', 'outcome': 'failed', 'note': 'It came back.'}
    api.act('coordinator', 'parties', party, 'invite')
    before = api.get('coordinator', f'/parties/{party}')
    status, refused, _ = api.call('coordinator', 'POST', f'/parties/{party}/actions/partner', {'revision': before['revision']})
    api.that(status == 422, 'without an attempt no step is over', f'{status} {refused}')
    for step, clock in (('partner', 'contact-partner'), ('authority', 'contact-authority')):
        api.act('coordinator', 'parties', party, 'attempt', attempt)
        api.time_passes('party', 40)
        give_way(api, party, step)
        api.stands('coordinator', 'parties', party, 'CONTACTING', 'coordinator', clock)
    api.act('coordinator', 'parties', party, 'attempt', attempt | {'channel': 'authority', 'outcome': 'no-answer'})
    before = api.get('coordinator', f'/parties/{party}')
    status, refused, _ = api.call('coordinator', 'POST', f'/parties/{party}/actions/give-up', {'revision': before['revision']})
    api.that(status == 422, 'before the last time is over nobody gives up', f'{status} {refused}')
    api.time_passes('party', 40)
    give_way(api, party, 'give-up')
    api.stands('coordinator', 'parties', party, 'UNREACHABLE', '')


def give_way(api, party, action):
    """By the coordinator, or by the clock, which looks every minute."""
    status, content, _ = api.call('coordinator', 'POST', f'/parties/{party}/actions/{action}', {})
    api.that(status in (200, 409, 422), f'{action} at the end of its time', f'{status} {content}')
