#!/usr/bin/env python3
"""Webhooks through the JSON interface, in Chinese and English: added with a secret that is shown once, tried, removed; wrong addresses are named; a
token without the scope does nothing; and a server that cannot be reached or leads inside is told of as failing.

  webhooks_api.py"""
import base64
import time

from api import demonstration

WRONG = ('http://hooks.example.cn/in', 'https://user:word@hooks.example.cn/', 'https://[::1]/in', 'ftp://hooks.example.cn', 'nowhere', '')
INSIDE = ('https://127.0.0.1/in', 'https://10.0.0.7/', 'https://169.254.169.254/latest/meta-data', 'https://localhost/', 'https://2130706433/')


def refuse_wrong(api, lang):
    for address in WRONG:
        status, content, _ = api.call('reporter', 'POST', '/webhooks', {'address': address}, {'Accept-Language': lang})
        named = [e['field'] for e in content.get('errors', [])] if isinstance(content, dict) else []
        api.that(status == 422 and named == ['address'], f'{address!r} is refused at its field ({lang})', f'{status} {content}')


def add(api, address):
    status, hook, _ = api.call('reporter', 'POST', '/webhooks', {'address': address})
    api.that(status == 201 and hook['state'] == 'new', f'{address} is added', f'{status} {hook}')
    return hook


def remove_all(api):
    for hook in api.get('reporter', '/webhooks')['items']:
        api.that(api.call('reporter', 'POST', f'/webhooks/{hook["ref"]}/end', {})[0] == 200, 'it is removed')


def attack_2301565_nothing_inside_is_asked(api):
    """Addresses that lead inside by their very name; the unit tests have names that are resolved there, rebinding, mapped addresses and redirects."""
    for address in INSIDE:
        status, hook, _ = api.call('reporter', 'POST', '/webhooks', {'address': address})
        if status == 422:
            api.that(True, f'{address} is refused')
            continue
        api.call('reporter', 'POST', f'/webhooks/{hook["ref"]}/test', {})
        state = hook
        for _ in range(150):
            state = next(h for h in api.get('reporter', '/webhooks')['items'] if h['ref'] == hook['ref'])
            if state['state'] != 'new':
                break
            time.sleep(0.2)
        api.that(state['state'] == 'failing' and state['arrived_at'] is None, f'2301565: {address} is not sent to', str(state))
        api.call('reporter', 'POST', f'/webhooks/{hook["ref"]}/end', {})


def play(api, lang):
    refuse_wrong(api, lang)
    hook = add(api, 'https://hooks.example.cn/in')
    secret = hook.get('secret', '')
    api.that(secret.startswith('whsec_') and len(base64.b64decode(secret[6:])) == 24, 'the secret is shown when it is added', str(hook))
    listed = api.get('reporter', '/webhooks')['items']
    api.that([h['ref'] for h in listed] == [hook['ref']] and 'secret' not in str(listed), 'the secret is shown once', str(listed))
    api.that(api.get('vendor', '/webhooks')['items'] == [], 'nobody else sees it')
    for action in ('test', 'end'):
        theirs, absent = (api.call('vendor', 'POST', f'/webhooks/{ref}/{action}', {}) for ref in (hook['ref'], 'guessed'))
        api.that(theirs[0] == absent[0] == 404 and {**theirs[1], 'instance': 0} == {**absent[1], 'instance': 0}, 'another one\'s is as if there were none', f'{theirs} {absent}')
    api.that(api.call('narrow', 'GET', '/webhooks')[0] == 403, 'a token without the scope reads none')
    api.that(api.call('narrow', 'POST', '/webhooks', {'address': 'https://hooks.example.cn/'})[0] == 403, 'a token without the scope adds none')
    for n in range(4):
        add(api, f'https://hooks.example.cn/{n}')
    api.that(api.call('reporter', 'POST', '/webhooks', {'address': 'https://hooks.example.cn/6'})[0] == 429, 'there are five at most')
    remove_all(api)
    api.that(api.get('reporter', '/webhooks')['items'] == [], 'nothing is left')


def main():
    with demonstration('webhooks') as api:
        api.make_token('reporter', '林一帆', ('webhook',))
        api.make_token('vendor', '何雨桐', ('webhook',))
        api.make_token('narrow', '林一帆', ('report:read',))
        remove_all(api)
        for number, lang in enumerate(('zh', 'en')):
            api.address = f'10.255.4.{number + 1}'
            play(api, lang)
        api.address = '10.255.4.9'
        attack_2301565_nothing_inside_is_asked(api)


if __name__ == '__main__':
    main()
