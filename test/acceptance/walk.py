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
SAME = ('library', 'applications', 'register')  # what happens there is the same on both databases
DRAWN = ('inspections', 'decisions')  # go where the draw of their experts takes them, another way each time: what is reached is told, not compared
# Rows of these machines that are reached at least, in all worlds together; a dispute ends by itself only with a matter that is wiped.
FLOORS = {'dispute': 11, 'application': 36, 'round': 15, 'unit': 28, 'expert': 7, 'activity': 5, 'honour': 6, 'evaluation': 3, 'objection': 4}
LIBRARY = ('report', 'casefile', 'party')
SHARE = 0.65  # of all rows of these; the rest needs long ways that chance seldom finds, and is walked by the tests of its room


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
            for world in SAME:
                results += compare(pathlib.Path(folder), world)
            results += reached(pathlib.Path(folder))
    for what, good, said in results:
        print(f'{"ok  " if good else "FAIL"} {what}' + ('' if good else '\n' + said))
    print(f'{sum(good for _, good, _ in results)} passed, {sum(not good for _, good, _ in results)} failed')
    sys.exit(0 if all(good for _, good, _ in results) else 1)


def lines_of(folder, world, database):
    return (folder / f'{world}-{database}').read_text().splitlines()


def compare(folder, world):
    here, there = (lines_of(folder, world, name) for name in ('sqlite', 'postgres'))
    first = next((number for number, (a, b) in enumerate(zip(here, there)) if a != b), None)
    yield (f'both databases say the same of every step ({world})', here == there,
           f'line {first}: {here[first]!r} and {there[first]!r}' if first is not None else 'one is longer')


def reached(folder):
    """Of each machine the rows that were applied by whomever, in all worlds together."""
    times = {}
    for world in (*SAME, *DRAWN):
        for line in lines_of(folder, world, 'sqlite'):
            if row := re.match(r'row (\S+ \S+ \S+) (\d+)', line):
                times[row[1]] = times.get(row[1], 0) + int(row[2])
    for machine in sorted({row.split()[0] for row in times}):
        of = [row for row in times if row.startswith(machine + ' ')]
        missed = [row for row in of if not times[row]]
        least = FLOORS.get(machine, 0) if machine not in LIBRARY else SHARE * len(of)
        yield f'{len(of) - len(missed)} of {len(of)} rows of the machine {machine} are reached', len(of) - len(missed) >= least, 'never applied: ' + ', '.join(missed)


if __name__ == '__main__':
    main()
