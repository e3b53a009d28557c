#!/usr/bin/env python3
"""Kills the computation of figures with SIGKILL while days are being computed, and looks whether the result is that of one that was left alone.

  test/acceptance/figures_kill.py [--kills 8] [--seed N]

A demonstration's days are computed anew by `cappvd figures compute --anew`, which is killed; `figures compute` goes on with what is left and is killed
again, and again. In the end every row of every day and month is what it was."""
import argparse
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time

from library import Library, free_port


def rows(library):
    return (library.ask('SELECT span, figure, slice, start, item, bucket, within, value FROM figure_value ORDER BY 1, 2, 3, 4, 5, 6, 7'),
            library.ask('SELECT next_day FROM figure_progress')[0][0])


def compute(library, *words):
    return subprocess.Popen(library.command('figures', 'compute', *words), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument('--kills', type=int, default=8)
    arguments.add_argument('--seed', type=int, default=1)
    options = arguments.parse_args()
    folder, chance = pathlib.Path(tempfile.mkdtemp(prefix='cappvd-figures-')), random.Random(options.seed)
    library, done, faults = Library(folder, free_port()), 0, []
    try:
        library.start('demo')
        library.kill()
        whole, day = rows(library)
        start = time.monotonic()
        if compute(library, '--anew').wait() != 0 or rows(library) != (whole, day):
            faults.append('computing anew without a kill gives something else')
        length = time.monotonic() - start
        process = compute(library, '--anew')
        for _ in range(options.kills):
            time.sleep(chance.uniform(0.2, 0.9) * length / options.kills + 0.2)
            process.kill()
            done += process.wait() == -9
            half, until = rows(library)
            if until == day:
                break
            if until > day or len(half) > len(whole):
                faults.append(f'after a kill {len(half)} rows until day {until}')
            process = compute(library)
        if process.wait() not in (0, -9) or compute(library).wait() != 0:
            faults.append('the last computation failed')
        if rows(library) != (whole, day):
            faults.append('the figures differ from those of a computation that was left alone')
        if not done:
            faults.append('nothing was killed while it computed')
    finally:
        if library.process and library.process.poll() is None:
            library.kill()
        shutil.rmtree(folder, ignore_errors=True)
    print('\n'.join(faults) or f'{done} kills, {len(whole)} rows as they were')
    print(f'{int(not faults)} passed, {len(faults)} failed')
    sys.exit(1 if faults else 0)


if __name__ == '__main__':
    main()
