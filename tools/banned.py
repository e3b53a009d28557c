#!/usr/bin/env python3
"""Fails on functions that this program does not use, each with what to use instead.  banned.py [FILE…]"""
import pathlib
import re
import sys

INSTEAD = {
    'strcpy': 'arena_copy', 'strcat': 'Buffer', 'sprintf': 'arena_printf or Buffer', 'vsprintf': 'arena_vprintf', 'gets': 'fgets',
    'strtok': 'text_next', 'atoi': 'text_to_int', 'atol': 'text_to_int', 'atoll': 'text_to_int', 'strncpy': 'arena_copy', 'strncat': 'Buffer',
    'alloca': 'arena_alloc', 'rand': 'random_below', 'srand': 'nothing', 'random': 'random_below', 'gmtime': 'clock_civil', 'localtime': 'clock_human',
    'ctime': 'clock_iso', 'asctime': 'clock_iso', 'tmpnam': 'mkstemp', 'mktemp': 'mkstemp', 'system': 'nothing: no shell', 'popen': 'nothing: no shell',
    'setjmp': 'Error', 'longjmp': 'Error',
}
CALL = re.compile(r'(?<![\w.>])(' + '|'.join(INSTEAD) + r')\s*\(')
SCRIPT_CALL = re.compile(r'\.(waitForFunction)\s*\(')  # asks again with eval, which our pages forbid; so it works only when it need not wait
NOISE = re.compile(r'"(?:[^"\\\n]|\\.)*"|//[^\n]*|/\*.*?\*/', re.S)


def main():
    files = [pathlib.Path(p) for p in sys.argv[1:]] or sorted(p for e in ('c', 'h', 'cc') for p in pathlib.Path('src').rglob(f'*.{e}'))
    found = []
    for path in files:
        bare = NOISE.sub(lambda m: re.sub(r'[^\n]', ' ', m[0]), path.read_text(encoding='utf-8'))
        for number, line in enumerate(bare.splitlines(), 1):
            found += [f'{path}:{number}: {m[1]}() is not used here; use {INSTEAD[m[1]]}' for m in CALL.finditer(line)]
    for path in [] if sys.argv[1:] else sorted(pathlib.Path('test/browser').glob('*.mjs')):
        for number, line in enumerate(path.read_text(encoding='utf-8').splitlines(), 1):
            found += [f'{path}:{number}: {m[1]}() is not used here; use locator(…).waitFor()' for m in SCRIPT_CALL.finditer(line)]
    print('\n'.join(found) if found else f'banned: none in {len(files)} files')
    sys.exit(1 if found else 0)


if __name__ == '__main__':
    main()
