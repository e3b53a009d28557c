#!/usr/bin/env python3
"""Lists the files of one kind, sorted, one a line: what a file is follows from its place and ending.

  c           src/**/*.c and *.cc but for main.c      sql     src/**/*.sql        html  src/**/views/*.html
  static      src/**/static/*                         tests   test/**/*.c but for test/fuzz, test/refuse, test/bench
  migrations  migrations/*.sql                        fuzz    test/fuzz/*.c
  testsql     test/**/*.sql but for test/refuse                         bench test/bench/*.c
Without arguments: all of them, for the Makefile to notice a file that came or went."""
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
APART = {'fuzz', 'refuse', 'bench', 'browser'}
REPLAY = 'test/harness/replay.c'
KINDS = {
    'c': lambda: [p for e in ('c', 'cc') for p in ROOT.glob(f'src/**/*.{e}') if p.name != 'main.c'],
    'sql': lambda: ROOT.glob('src/**/*.sql'),
    'html': lambda: ROOT.glob('src/**/views/*.html'),
    'static': lambda: [p for p in ROOT.glob('src/**/static/*') if p.is_file()],
    'migrations': lambda: ROOT.glob('migrations/*.sql'),
    'tests': lambda: [p for p in ROOT.glob('test/**/*.c') if p.relative_to(ROOT).parts[1] not in APART and str(p.relative_to(ROOT)) != REPLAY],
    'testsql': lambda: [p for p in ROOT.glob('test/**/*.sql') if p.relative_to(ROOT).parts[1] not in APART],
    'fuzz': lambda: ROOT.glob('test/fuzz/*.c'),
    'bench': lambda: ROOT.glob('test/bench/*.c'),
}
for kind in sys.argv[1:] or KINDS:
    print('\n'.join(sorted(str(p.relative_to(ROOT)) for p in KINDS[kind]())))
