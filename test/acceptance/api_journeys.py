#!/usr/bin/env python3
"""The main job in six journeys through the JSON interface alone, and the catalogue, with tokens, in one library: each in casefiles of its own.

  api_journeys.py [JOURNEY…]     only these"""
import importlib
import pathlib
import shutil
import sys
import tempfile
import traceback

from api import Api
from library import Library, free_port

JOURNEYS = ('generic', 'own', 'incident', 'mini_program', 'sdk', 'emergency', 'catalogue')


def main():
    folder = pathlib.Path(tempfile.mkdtemp(prefix='cappvd-api-'))
    library = Library(folder, free_port())
    api = Api(library)
    try:
        library.start('demo')
        api.make_tokens()
        for number, name in enumerate(sys.argv[1:] or JOURNEYS):
            api.address = f'10.255.2.{number + 1}'
            before = len(api.failed)
            try:
                importlib.import_module(f'journey_{name}').play(api)
            except (KeyError, TypeError, IndexError, AttributeError):
                api.failed.append(f'a reply lacks something: {traceback.format_exc(limit=-3)}')
            print(f'{name}: {"fails" if len(api.failed) > before else "ends right"}', flush=True)
    finally:
        if library.process and library.process.poll() is None:
            library.kill()
        shutil.rmtree(folder, ignore_errors=True)
    print('\n'.join(api.failed))
    print(f'{api.passed} passed, {len(api.failed)} failed')
    sys.exit(1 if api.failed else 0)


if __name__ == '__main__':
    main()
