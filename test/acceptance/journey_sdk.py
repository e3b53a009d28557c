"""An app whose vendor says that the SDK of somebody else is affected: a linked casefile with the SDK's provider is opened at once."""
from api import VENDOR_CODE, day

TITLE, SECRET = 'Yunfan Radio runs what its push SDK is told', 'the SDK loads code from any host'


def play(api):
    report = api.report('reporter', {'title': TITLE, 'product': '云帆电台', 'vendor': '云帆移动科技有限公司', 'versions': '2.x', 'steps': SECRET})
    casefile = api.casefile_of(report, TITLE)
    api.verify(casefile, TITLE, {'part': 'sdk', 'part_product': '河豚推送 SDK', 'part_versions': '< 3.6.5'})
    party = api.name(casefile, {'credit_code': VENDOR_CODE, 'product': '云帆电台', 'versions': '2.x', 'own_provider': 'yes'})
    api.act('coordinator', 'casefiles', casefile, 'coordinate')
    api.notify(party, SECRET)
    upstream, provider = name_upstream(api, party)
    api.hidden('casefiles', upstream, ('reporter', 'vendor', 'verifier', 'publisher', 'authority'), (TITLE, SECRET))
    api.hidden('parties', provider, ('vendor', 'reporter'), (TITLE, SECRET))
    api.act('vendor', 'parties', party, 'plan', {'measures': 'Take the new SDK.', 'begin': day(1), 'finish': day(3), 'release': day(5), 'person': '何雨桐'})
    api.act('coordinator', 'parties', party, 'accept')
    api.fix(party, '2.9', '2.x')
    api.describe(casefile, '云帆电台内置推送组件代码执行', '云帆电台', '2.x', '2.9')
    api.is_public(api.publish(casefile), ('云帆电台',), (SECRET, TITLE))
    after = api.get('coordinator', f'/casefiles/{upstream}')
    api.that(after['state'] == 'VERIFYING' and after['advisory'] is None, 'the casefile upstream goes on by itself', str(after)[:300])


def name_upstream(api, party):
    before = {c['ref'] for c in api.get('coordinator', '/casefiles?state=VERIFYING')['items']}
    wanted = {'position': 'upstream', 'provider': '河豚云', 'component': '河豚推送 SDK 3.6.4', 'provider_contact': 'psirt@fugu.example.org'}
    api.refused('vendor', f'/parties/{party}/actions/state', {'position': 'upstream'}, {'provider', 'component'}, 'who provides the component is asked for')
    api.act('vendor', 'parties', party, 'state', wanted)
    opened = [c for c in api.get('coordinator', '/casefiles?state=VERIFYING')['items'] if c['ref'] not in before]
    if not api.that(len(opened) == 1 and '河豚云' in opened[0]['title'], 'a linked casefile is opened at once', str(opened)):
        raise KeyError('upstream')
    matter = api.stands('coordinator', 'casefiles', opened[0]['ref'], 'VERIFYING', 'verifier', 'verification')
    api.that(matter['upstream'] and len(matter['parties']) == 1 and matter['parties'][0]['state'] == 'CONTACTING', 'with its provider as a party', str(matter['parties']))
    return opened[0]['ref'], matter['parties'][0]['ref']
