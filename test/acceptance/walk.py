#!/usr/bin/env python3
"""Random people walk through every machine, on SQLite and PostgreSQL at once: nothing happens that no row allows, nothing without record, nothing
gets stuck, no clock outlives its limit (test/walk says how), most rows of every table are reached, and both databases say the same of every step.

  walk.py [--steps N] [--seed N]     with another seed every run: --seed 0"""
import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
WORLDS = ('library', 'inspections', 'decisions')  # those of the programme are small, end, and go where the draw of their experts
# takes them, another way each time: what is reached is told and neither asked for nor compared
SHARE = 0.65  # of all rows of the library; the rest needs long ways that chance seldom finds, and is walked by the tests of its room


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument('--steps', type=int, default=20000)
    arguments.add_argument('--seed', type=int, default=20260305)
    chosen = arguments.parse_args()
    seed = chosen.seed or int(time.time())
    results = []
    with tempfile.TemporaryDirectory() as folder:
        environment = dict(os.environ, CAPPVD_WALK_STEPS=str(chosen.steps), CAPPVD_WALK_SEED=str(seed), CAPPVD_WALK_TRACE=folder)
        both = [subprocess.Popen(['build/unit', '--database', database, 'test/walk'], cwd=ROOT, env=environment, stdout=subprocess.PIPE,
                                 stderr=subprocess.STDOUT, text=True) for database in ('sqlite', 'postgres')]
        for name, process in zip(('SQLite', 'PostgreSQL'), both):
            said = process.communicate()[0]
            results.append((f'{chosen.steps} steps on {name} break no rule (seed {seed})', process.returncode == 0, said))
        if all(good for _, good, _ in results):
            for world in WORLDS:
                results += compare(pathlib.Path(folder), world)
    for what, good, said in results:
        print(f'{"ok  " if good else "FAIL"} {what}' + ('' if good else '\n' + said))
    print(f'{sum(good for _, good, _ in results)} passed, {sum(not good for _, good, _ in results)} failed')
    sys.exit(0 if all(good for _, good, _ in results) else 1)


def compare(folder, world):
    here, there = ((folder / f'{world}-{name}').read_text().splitlines() for name in ('sqlite', 'postgres'))
    first = next((number for number, (a, b) in enumerate(zip(here, there)) if a != b), None)
    if world == 'library':
        yield 'both databases say the same of every step', here == there, f'line {first}: {here[first]!r} and {there[first]!r}' if first is not None else 'one is longer'
    rows = dict(re.match(r'row (\S+ \S+ \S+) (\d+)', line).groups() for line in here if line.startswith('row '))
    for machine in sorted({row.split()[0] for row in rows}):
        of = [row for row in rows if row.startswith(machine + ' ')]
        missed = [row for row in of if rows[row] == '0']
        yield (f'{len(of) - len(missed)} of {len(of)} rows of the machine {machine} are reached', world != 'library' or len(missed) <= (1 - SHARE) * len(of),
               'never applied: ' + ', '.join(missed))


if __name__ == '__main__':
    main()
