#!/usr/bin/env python3
"""The main job in six journeys through the JSON interface alone, and the catalogue, with tokens, in one library: each in casefiles of its own.

  api_journeys.py [JOURNEY…]     only these"""
import importlib
import sys
import traceback

from api import demonstration

JOURNEYS = ('generic', 'own', 'incident', 'mini_program', 'sdk', 'emergency', 'catalogue')


def main():
    with demonstration('api') as api:
        api.make_tokens()
        for number, name in enumerate(sys.argv[1:] or JOURNEYS):
            api.address = f'10.255.2.{number + 1}'
            before = len(api.failed)
            try:
                importlib.import_module(f'journey_{name}').play(api)
            except (KeyError, TypeError, IndexError, AttributeError):
                api.failed.append(f'a reply lacks something: {traceback.format_exc(limit=-3)}')
            print(f'{name}: {"fails" if len(api.failed) > before else "ends right"}', flush=True)


if __name__ == '__main__':
    main()
