"""The catalogue through the interface: stated, hidden from others, confirmed, found, released, claimed and granted; wrong input at its field."""
NAME, PACKAGE = '云帆天文台', 'com.example.yunfan.observatory'


def play(api):
    api.refused('reporter', '/products', {'kind': 'toaster', 'name': ''}, {'kind', 'name'}, 'what is no product is named')
    status, stated, reply = api.call('reporter', 'POST', '/products', {'kind': 'android', 'name': NAME, 'package': PACKAGE})
    api.that(status == 201 and stated['state'] == 'stated' and reply['Location'].endswith(stated['ref']), 'a product is stated', f'{status} {stated}')
    reference = stated['ref']
    api.hidden('products', reference, ('vendor', 'verifier', 'publisher'), (NAME, PACKAGE))
    api.that(reference in [p['ref'] for p in api.get('coordinator', '/products?of=stated')['items']], 'coordinators find what waits')
    status, refused, _ = api.call('reporter', 'POST', f'/products/{reference}/confirm')
    api.that(status == 403, 'who stated it does not confirm it', f'{status} {refused}')
    api.get('coordinator', f'/products/{reference}')
    status, confirmed, _ = api.call('coordinator', 'POST', f'/products/{reference}/confirm')
    api.that(status == 200 and confirmed['public'], 'a coordinator confirms it', f'{status} {confirmed}')
    found = api.get('vendor', f'/products?q={PACKAGE}')['items']
    api.that([p['ref'] for p in found] == [reference], 'everybody finds it by what it is known by', str(found))
    claim(api, reference)
    release(api, reference)


def claim(api, reference):
    api.refused('vendor', f'/products/{reference}/claims', {'method': 'guess'}, {'method'}, 'how it is shown is one of few ways')
    status, begun, _ = api.call('vendor', 'POST', f'/products/{reference}/claims', {'method': 'staff', 'note': 'Ours.'})
    api.that(status == 201 and begun['state'] == 'OPEN' and begun['turn'] == 'the vendor', 'the vendor claims it', f'{status} {begun}')
    number = begun['ref']
    api.act('vendor', 'product-claims', number, 'submit')
    api.stands('coordinator', 'product-claims', number, 'REVIEW', 'the library')
    api.that(number in [c['ref'] for c in api.get('coordinator', '/product-claims')['items']], 'coordinators find it')
    api.refused('coordinator', f'/product-claims/{number}/actions/grant', {}, {'reason'}, 'what was checked is said')
    api.act('coordinator', 'product-claims', number, 'grant', {'reason': 'The papers agree.'})
    held = api.get('reporter', f'/products/{reference}')
    api.that(held['held_by'] and held['claims'] == [], 'everybody sees who holds it, not how it was shown', str(held))
    api.that(reference in [p['ref'] for p in api.get('vendor', '/products?of=own')['items']], 'it is among the vendor\'s own')


def release(api, reference):
    address = f'/products/{reference}'
    api.refused('vendor', f'{address}/releases', {'version_name': '1.0', 'version_code': 'x', 'since': 'y'}, {'version_code', 'since'}, 'wrong numbers and days are named')
    status, after, _ = api.call('vendor', 'POST', f'{address}/releases', {'version_name': '1.0', 'version_code': '100'})
    api.that(status == 200 and after['releases'][0]['version_code'] == 100, 'its vendor adds a release', f'{status} {after}')
    status, refused, _ = api.call('reporter', 'POST', f'{address}/releases', {'version_name': '6.6'})
    api.that(status == 403, 'nobody else does', f'{status} {refused}')
    for who, truth, expected in (('vendor', True, 403), ('vendor', False, 200), ('coordinator', 'maybe', 422), ('coordinator', True, 200)):
        status, after, _ = api.call(who, 'POST', f'{address}/identities', {'kind': 'host', 'value': 'stars.example.com', 'verified': truth})
        api.that(status == expected, f'an identity by {who}, verified {truth}', f'{status} {after}')
    api.that({'kind': 'host', 'value': 'stars.example.com', 'verified': True} in after['identities'], 'staff verify an identity', str(after['identities']))
    status, after, _ = api.call('vendor', 'POST', f'{address}/names', {'name': '云帆观星', 'name_en': 'Yunfan Stars', 'vendor': '云帆移动科技有限公司'})
    names = [n['name'] for n in after.get('names', [])]
    api.that(status == 200 and set(names) == {'云帆观星', 'Yunfan Stars', NAME}, 'an app that was renamed keeps its old name', f'{status} {names}')
    sdk = api.get('vendor', '/products?kind=sdk')['items'][0]['ref']
    status, after, _ = api.call('vendor', 'POST', f'{address}/contains', {'part': sdk, 'version': '3.6.4'})
    parts = after.get('contains') or [{}]
    api.that(status == 200 and parts[0].get('product') == sdk, 'what is in it is declared', f'{status} {after}')
    status, after, _ = api.call('vendor', 'POST', f'{address}/contains/{parts[0].get("ref")}/end')
    api.that(status == 200 and after['contains'] == [], 'and ended', f'{status} {after}')
    api.make_token('reader', '林一帆', ['product:read'])
    status, refused, _ = api.call('reader', 'POST', '/products', {'kind': 'android', 'name': 'X'})
    api.that(status == 403, 'product:read writes nothing', f'{status} {refused}')
    api.make_token('foreign', '林一帆', ['report:read'])
    api.that(api.call('foreign', 'GET', address)[0] == 403, 'without product:read nothing is read')
