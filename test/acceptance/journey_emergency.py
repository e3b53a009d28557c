"""Exploited already: the vendor is told while it is verified, three places above are told and answer, the authority instructs, and it is published."""
from api import VENDOR_CODE

TITLE, SECRET = 'Yunfan Doorbell opens for everybody', 'the unlock call needs no token'
ABOVE = ('national-platform', 'cncert', 'notification-centre')


def play(api):
    report = api.report('reporter', {'title': TITLE, 'product': '云帆门铃', 'vendor': '云帆移动科技有限公司', 'versions': '1.x', 'steps': SECRET})
    casefile = api.casefile_of(report, TITLE)
    api.refused('coordinator', f'/casefiles/{casefile}/actions/party', {'credit_code': VENDOR_CODE, 'product': '云帆门铃'}, {'action'},
                'before acceptance a vendor is named in the emergency channel only')
    api.refused('coordinator', f'/casefiles/{casefile}/actions/emergency', {'why': 'boredom', 'grounds': 'None.'}, {'why'}, 'why it is urgent is one of two')
    urgent = api.act('coordinator', 'casefiles', casefile, 'emergency', {'why': 'exploited', 'grounds': 'Seen in the wild.'})
    api.that(urgent.get('emergency_since') and urgent.get('emergency_due_at', '').endswith('Z'), 'notice is due at an instant', str(urgent.get('emergency_due_at')))
    party = api.name(casefile, {'credit_code': VENDOR_CODE, 'product': '云帆门铃', 'versions': '1.x', 'own_provider': 'yes'})
    api.notify(party, SECRET)
    report_upward(api, casefile)
    supervise(api, casefile, party)
    api.verify(casefile, TITLE, {'part': 'client'})
    api.act('coordinator', 'casefiles', casefile, 'coordinate')
    api.repair(party, '1.5', '1.x')
    api.describe(casefile, '云帆门铃可被任意开启', '云帆门铃', '1.x', '1.5')
    api.is_public(api.publish(casefile), ('云帆门铃',), (SECRET, TITLE))
    api.stands('reporter', 'reports', report, 'Published', 'coordinator', 'tracking')


def report_upward(api, casefile):
    for number, recipient in enumerate(ABOVE):
        api.act('coordinator', 'casefiles', casefile, 'report-up', {'recipient': recipient, 'document': f'上报〔2026〕{number + 1}号'})
    told = api.act('coordinator', 'casefiles', casefile, 'report-up', {'recipient': 'cncert', 'document': '上报〔2026〕9号', 'note': 'Sent again.'})
    told = {line['recipient']: line for line in told['reports_upward']}
    api.that(set(told) == set(ABOVE) and told['cncert']['sendings'] == 2 and not told['cncert']['acknowledged_at'], 'what was sent upward is on record', str(told))
    for recipient in ABOVE:
        answered = api.act('coordinator', 'casefiles', casefile, 'report-up-answer', {'recipient': recipient, 'document': f'回执-{recipient}'})
    told = {line['recipient']: line for line in answered['reports_upward']}
    api.that(all(told[r]['acknowledged_at'] and told[r]['receipt'] == f'回执-{r}' for r in ABOVE), 'with its receipts', str(told))


def supervise(api, casefile, party):
    """The authority sees what is escalated to it, and no more of it than it needs."""
    api.get('authority', f'/supervision/{casefile}', 404)
    api.act('coordinator', 'casefiles', casefile, 'escalate', {'reason': 'It is exploited.'})
    listed = api.get('authority', '/supervision')['items']
    api.that(casefile in [line['ref'] for line in listed], 'the authority finds it in its list', str(listed)[:300])
    seen = api.stands('authority', 'supervision', casefile, 'VERIFYING', 'verifier', 'verification')
    api.that(SECRET not in str(seen) and [p['state'] for p in seen['parties']] == ['ACKNOWLEDGED'] and 'ref' not in seen['parties'][0],
             'it sees the stages of the vendors, nothing of the content', str(seen)[:500])
    api.get('authority', f'/parties/{party}', 404)
    for who in ('coordinator', 'reporter', 'vendor', 'publisher'):
        status, content, _ = api.call(who, 'GET', f'/supervision/{casefile}')
        api.that(status == 403 and TITLE not in str(content), f'{who} has no part in supervision', f'{status} {content}')
    api.refused('authority', f'/supervision/{casefile}/actions/instruct', {'instruction': 'Repair it.'}, {'days'}, 'an instruction has its time')
    given = api.act('authority', 'supervision', casefile, 'instruct', {'instruction': 'Repair it within the week.', 'document': '督办〔2026〕3号', 'days': '3'})
    open_one = given['instructions'][0]
    api.that(open_one['due_at'].endswith('Z') and not open_one['answered_at'], 'the instruction runs until an instant', str(open_one))
    api.act('coordinator', 'casefiles', casefile, 'answer-instruction', {'answer': 'The vendor works on it.'})
    closed = api.act('authority', 'supervision', casefile, 'close-instruction', {'reason': 'Good.'})
    api.that(closed['instructions'][0]['closed_at'] and closed['instructions'][0]['answer'] == 'The vendor works on it.', 'it was answered and closed', str(closed))
