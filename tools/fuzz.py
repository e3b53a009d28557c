#!/usr/bin/env python3
"""Fuzzes every target of test/fuzz for a while, two at a time; ends with exit 1 when one broke.

  tools/fuzz.py [--seconds N] [TARGET…]

New inputs that reach new code are kept in build-fuzz/corpus; what breaks is left in build-fuzz/found: shrink it, add it to test/fuzz/corpus/TARGET
and mend the code."""
import argparse
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILD = ROOT / 'build-fuzz'


def build():
    if not (BUILD / 'build.ninja').exists():
        subprocess.run(['meson', 'setup', BUILD, '-Dfuzzer=true', '-Db_sanitize=address,undefined', '-Db_lundef=false', '-Doptimization=1'], cwd=ROOT,
                       env=dict(os.environ, CC='clang', CXX='clang++'), check=True, stdout=subprocess.DEVNULL)
    else:
        subprocess.run(['meson', 'setup', '--reconfigure', BUILD], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    names = [p.stem.removesuffix('_fuzz') for p in sorted((ROOT / 'test/fuzz').glob('*_fuzz.c'))]
    subprocess.run(['ninja', '-C', BUILD, '--quiet', *[f'fuzz_{n}' for n in names]], cwd=ROOT, check=True)
    return names


def fuzz(name, seconds):
    grown, found = BUILD / 'corpus' / name, BUILD / 'found'
    grown.mkdir(parents=True, exist_ok=True)
    found.mkdir(exist_ok=True)
    done = subprocess.run([BUILD / f'fuzz_{name}', f'-max_total_time={seconds}', '-timeout=10', '-rss_limit_mb=2048', '-print_final_stats=1', f'-artifact_prefix={found}/{name}-',
                           grown, ROOT / 'test/fuzz/corpus' / name], cwd=ROOT, capture_output=True, text=True, errors='replace')
    runs = re.search(r'number_of_executed_units: (\d+)', done.stderr)
    return name, done.returncode, int(runs[1]) if runs else 0, done.stderr


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument('--seconds', type=int, default=60)
    arguments.add_argument('targets', nargs='*')
    options = arguments.parse_args()
    known = build()
    broken = 0
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for name, code, runs, output in pool.map(lambda n: fuzz(n, options.seconds), options.targets or known):
            broken += code != 0
            print(f'{"FAIL" if code else "ok  "} {name}: {runs} inputs in {options.seconds} s', flush=True)
            if code:
                print('\n'.join('    ' + line for line in output.splitlines()[-30:]))
    print(f'{len(options.targets or known) - broken} passed, {broken} failed')
    sys.exit(1 if broken else 0)


if __name__ == '__main__':
    main()
