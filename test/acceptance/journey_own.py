"""A vendor reports its own product: no contact and no notice, its part begins with the fix."""

TITLE, SECRET = 'Our Yunfan Mail keeps passwords', 'the passwords lie in the log'


def play(api):
    report = api.report('vendor', {'owner': 'own', 'title': TITLE, 'product': '云帆邮件', 'vendor': '云帆移动科技有限公司', 'versions': '< 3.2', 'steps': SECRET})
    api.stands('vendor', 'reports', report, 'RECEIVED', 'library', 'formal-review')
    api.hidden('reports', report, ('reporter', 'verifier', 'publisher', 'authority'), (TITLE, SECRET))
    casefile = api.casefile_of(report, TITLE)
    parties = api.get('coordinator', f'/casefiles/{casefile}')['parties']
    if not api.that(len(parties) == 1 and parties[0]['state'] == 'FIXING', 'the vendor of the report enters at FIXING', str(parties)):
        return
    party = parties[0]['ref']
    mine = api.get('vendor', '/parties')['items']
    api.that(party in [line['ref'] for line in mine], 'the vendor finds its part in its list', str(mine)[:300])
    api.stands('vendor', 'parties', party, 'FIXING', 'vendor', 'fixing')
    api.hidden('parties', party, ('reporter', 'verifier', 'authority'), (TITLE, SECRET))
    api.verify(casefile, TITLE, {'part': 'client'}, severe=False)
    duty(api, party)
    api.act('coordinator', 'casefiles', casefile, 'coordinate')
    api.fix(party, '3.2', check='replay')
    api.describe(casefile, '云帆邮件日志泄露口令', '云帆邮件', '< 3.2', '3.2')
    identifier = api.publish(casefile)
    api.is_public(identifier, ('云帆邮件',), (SECRET, TITLE))
    api.stands('vendor', 'reports', report, 'Published', 'coordinator', 'tracking')


def duty(api, party):
    """Article 7(2): what the vendor reports to the national platform, its receipt, and the export."""
    told = {'product': '云帆邮件', 'model': '安卓版', 'version': '3.1', 'features': '日志中有口令。', 'harm': '口令泄露。', 'scope': '全部用户。'}
    api.refused('vendor', f'/parties/{party}/actions/duty', {k: v for k, v in told.items() if k != 'scope'}, {'scope'}, 'each of the six is asked for')
    before = api.get('vendor', f'/parties/{party}')
    api.that(before.get('duty_due_at'), 'the end of the two days is shown', str(before)[:300])
    api.act('vendor', 'parties', party, 'duty', told)
    export = api.get('vendor', f'/parties/{party}/duty')
    api.that(export['report'] == told and export['reported_at'].endswith('Z'), 'the export says what was reported', str(export))
    api.that('action' in api.get('vendor', f'/parties/{party}/receipts/duty'), 'its receipt is signed')
    api.get('verifier', f'/parties/{party}/duty', 404)
