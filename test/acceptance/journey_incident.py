"""One operator's running system: verified, the operator told, kept internal, closed; never public, whoever asks for it."""
from api import VENDOR_CODE, CHECKED

TITLE, SECRET = 'Orders of others at one operator', 'https://order.internal.example.net/admin'


def play(api):
    report = api.report('reporter', {'kind': 'incident', 'title': TITLE, 'part': 'server', 'host': 'order.example.net', 'operator': '云帆移动科技有限公司',
                                     'product': '云帆订单', 'versions': '', 'steps': SECRET})
    casefile = api.casefile_of(report, TITLE)
    seen = api.get('coordinator', f'/casefiles/{casefile}')
    api.that(seen['type'] == 'incident', 'the casefile is of the incident type', seen['type'])
    api.verify(casefile, TITLE, {'part': 'server', 'part_product': 'order.example.net'}, severe=False)
    party = api.name(casefile, {'credit_code': VENDOR_CODE, 'product': '云帆订单', 'is_service': 'yes', 'own_provider': 'yes'})
    api.act('coordinator', 'casefiles', casefile, 'coordinate')
    api.notify(party, SECRET)
    api.repair(party, '2026-03-05 14:00')
    never_public(api, casefile)
    api.act('coordinator', 'casefiles', casefile, 'keep')
    api.stands('coordinator', 'casefiles', casefile, 'INTERNAL', 'coordinator', 'closing')
    end = api.stands('reporter', 'reports', report, 'Kept internal', 'coordinator', 'closing')
    api.that(end['advisory'] is None, 'the reporter sees that nothing is published', str(end['advisory']))
    never_public(api, casefile)
    api.act('coordinator', 'casefiles', casefile, 'close', {'reason': 'The operator has repaired it.'})
    api.stands('reporter', 'reports', report, 'Closed', '')
    number = api.get('coordinator', f'/casefiles/{casefile}')['number']
    api.get(None, f'/advisories/{number}', 404)
    found = api.get(None, '/advisories?q=order.example.net')
    api.that(not found['items'], 'no search finds it', str(found)[:300])


def never_public(api, casefile):
    matter = api.get('coordinator', f'/casefiles/{casefile}')
    api.that([line for line in matter['gate'] if not line['met'] and 'incident' in line.get('why_not', '')], 'the gate says why', str(matter['gate']))
    for who, action, values in (('coordinator', 'request', {}), ('publisher', 'publish', CHECKED), ('coordinator', 'early-consult', {
            'ground': 'consulted', 'record': 'On the phone.', 'need': 'None.'})):
        status, content, _ = api.call(who, 'POST', f'/casefiles/{casefile}/actions/{action}', {'revision': matter['revision'], **values})
        api.that(status in (403, 404, 409, 422), f'{action} leads nowhere', f'{status} {content}')
