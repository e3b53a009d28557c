#!/usr/bin/env python3
"""Fails when docs/attacks.md names a test that is not there, or an attack without any. Run from the root; `attacks.py FILE` reads another table
(for the refusal tests)."""
import pathlib
import re
import sys

TESTS = re.compile(r'^TEST(?:_DB)?\((\w+)\)', re.M)


def names_of_tests(root):
    return {name for path in root.glob('test/**/*.c') for name in TESTS.findall(path.read_text(encoding='utf-8'))}


def faults(table, tests):
    rows = 0
    for number, line in enumerate(table.read_text(encoding='utf-8').splitlines(), 1):
        cells = [cell.strip() for cell in line.strip('|').split('|')] if line.startswith('| ') else []
        if len(cells) < 2 or cells[-1] == 'tests' or not cells[0]:
            continue
        rows += 1
        named = re.findall(r'`([^`]+)`', cells[-1])
        if not named:
            yield f'{table}:{number}: no test tries “{cells[0]}”'
        for name in named:
            if name not in tests and not pathlib.Path(name.split()[0]).exists():
                yield f'{table}:{number}: there is no test {name}'
    if not rows:
        yield f'{table}:1: no attack stands here'


def main():
    table = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else 'docs/attacks.md')
    found = list(faults(table, names_of_tests(pathlib.Path('.'))))
    print('\n'.join(found), end='\n' if found else '')
    sys.exit(1 if found else 0)


if __name__ == '__main__':
    main()
