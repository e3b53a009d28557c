#!/usr/bin/env python3
"""Prints the schema as both databases get it: docs/made/schema.sql."""
import pathlib
import sys

import migrations

TITLES = {'sqlite': 'SQLite', 'postgres': 'PostgreSQL'}


def main():
    try:
        found = migrations.read(sorted((pathlib.Path(__file__).resolve().parent.parent / 'migrations').glob('*.sql')))
    except migrations.Refused as refused:
        sys.exit(str(refused))
    print('-- Made from migrations/ by tools/schema.py. Do not edit.')
    for database in migrations.DATABASES:
        print(f'\n-- ======== {TITLES[database]}')
        for number, name, _, sql in found:
            text = '\n'.join(line.rstrip() for line in sql[database].splitlines())
            print(f'\n-- {number:04d} {name}\n{text}')


if __name__ == '__main__':
    main()
