#!/usr/bin/env python3
"""The long runs: a thousand kills under mixed writes, a million random steps through every machine, each route with
a database that fails at each of its calls, then every fuzz target for an hour.  soak.py [--minutes N]"""
import argparse
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument('--minutes', type=int, default=60)
    minutes = arguments.parse_args().minutes
    subprocess.run(['make', '--no-print-directory', 'all'], cwd=ROOT, check=True)
    kills = subprocess.run(['python3', 'test/acceptance/kill.py', '--kills', '1000'], cwd=ROOT)
    walk = subprocess.run(['python3', 'test/acceptance/walk.py', '--steps', '1000000', '--seed', '0'], cwd=ROOT)
    faults = subprocess.run(['build/unit', '--database', 'sqlite', 'matrix__a_database_that_fails'], cwd=ROOT, env=dict(os.environ, CAPPVD_FAULTS='every'))
    fuzz = subprocess.run(['python3', 'tools/fuzz.py', '--seconds', str(minutes * 60)], cwd=ROOT)
    sys.exit(kills.returncode or walk.returncode or faults.returncode or fuzz.returncode)


if __name__ == '__main__':
    main()
