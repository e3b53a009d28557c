"""A mini-program, of which there is no file: known by its AppID, fixed "since" an instant, checked by repeating the steps."""
from api import VENDOR_CODE, day

TITLE, SECRET = 'The booking mini-program shows the bookings of others', 'pages/order/detail?id=1'


def play(api):
    report = api.report('reporter', {'title': TITLE, 'part': 'mini-program', 'platform': 'wechat', 'package': 'wx00000000000000b7', 'product': '云帆预约小程序',
                                     'vendor': '云帆移动科技有限公司', 'versions': '线上版本', 'mini_page': 'pages/order/detail', 'steps': SECRET})
    fields = api.get('reporter', f'/reports/{report}')['fields']
    api.that(fields['platform'] == 'wechat' and fields['mini_page'], 'the fields of a mini-program are kept', str(fields))
    casefile = api.casefile_of(report, TITLE)
    api.verify(casefile, TITLE, {'part': 'client'}, severe=False)
    party = api.name(casefile, {'credit_code': VENDOR_CODE, 'product': '云帆预约小程序', 'is_service': 'yes', 'own_provider': 'yes'})
    api.act('coordinator', 'casefiles', casefile, 'coordinate')
    api.notify(party, SECRET)
    api.act('vendor', 'parties', party, 'state', {'position': 'affected', 'explanation': 'Seen.'})
    api.act('vendor', 'parties', party, 'plan', {'measures': 'Check the owner.', 'begin': day(1), 'finish': day(3), 'release': day(5), 'person': '何雨桐'})
    api.act('coordinator', 'parties', party, 'accept')
    matter = api.get('vendor', f'/parties/{party}')
    api.refused('vendor', f'/parties/{party}/actions/fix', {'revision': matter['revision'], 'fixed': '2.0'}, {'fixed'}, 'a service is fixed since an instant, not in a version')
    api.fix(party, '2026-03-05 14:00', check='replay')
    done = api.get('coordinator', f'/parties/{party}')
    api.that('2026-03-05 14:00' in str(done['versions']), 'since when it is fixed is on record', str(done['versions']))
    api.describe(casefile, '云帆预约小程序越权查看预约', '云帆预约小程序', '2026-03-05 之前', '2026-03-05 14:00')
    api.is_public(api.publish(casefile), ('云帆预约小程序',), (SECRET, TITLE))
    api.stands('reporter', 'reports', report, 'Published', 'coordinator', 'tracking')
