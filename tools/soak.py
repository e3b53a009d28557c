#!/usr/bin/env python3
"""The long runs: a thousand kills under mixed writes, a million random steps through every machine, then every fuzz target for an hour.  soak.py [--minutes N]"""
import argparse
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
    fuzz = subprocess.run(['python3', 'tools/fuzz.py', '--seconds', str(minutes * 60)], cwd=ROOT)
    sys.exit(kills.returncode or walk.returncode or fuzz.returncode)


if __name__ == '__main__':
    main()
