#!/usr/bin/env python3
"""What a change must satisfy besides its tests: formatting, static analysis, layers, sizes, translations, and docs/made as the tools write them.

  tools/check.py            everything
  tools/check.py made       only write docs/made anew (then look at the difference and commit it)
  tools/check.py --changed  clang-tidy only over files that differ from origin/main"""
import concurrent.futures
import difflib
import json
import pathlib
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
MADE = {
    'schema.sql': ['python3', 'tools/schema.py'],
    'permissions.md': ['build/cappvd', 'document', 'permissions'],
    'workflow.svg': ['build/cappvd', 'document', 'workflow'],
    'settings.md': ['build/cappvd', 'document', 'settings'],
    'errors.md': ['build/cappvd', 'document', 'errors'],
    'openapi.json': ['build/cappvd', 'document', 'openapi'],
}


def output_of(argv):
    return subprocess.run(argv, cwd=ROOT, capture_output=True, text=True)


def simple(*argv):
    def check():
        done = output_of(argv)
        return done.returncode == 0, (done.stdout + done.stderr).strip()
    return check


def sources(*patterns):
    return sorted(str(p.relative_to(ROOT)) for pattern in patterns for p in ROOT.glob(pattern))


def formatting():
    files = sources('src/**/*.c', 'src/**/*.h', 'test/**/*.c', 'test/**/*.h')
    files = [f for f in files if not f.startswith('test/refuse/')]
    done = output_of(['clang-format', '--dry-run', '--Werror', *files])
    wrong = sorted({line.split(':')[0] for line in done.stderr.splitlines() if ': error:' in line})
    return not wrong, '\n'.join(f'{f}: not as clang-format lays it out; run clang-format -i {f}' for f in wrong) or f'{len(files)} files'


def tidy():
    commands = json.loads((ROOT / 'build/compile_commands.json').read_text())
    known = {str((pathlib.Path(c['directory']) / c['file']).resolve()) for c in commands}
    files = [f for f in sources('src/**/*.c') if str(ROOT / f) in known]
    if '--changed' in sys.argv:
        changed = set(output_of(['git', 'diff', '--name-only', 'origin/main']).stdout.split())
        files = [f for f in files if f in changed]

    def one(file):
        done = output_of(['clang-tidy', '-p', 'build', '--quiet', '--extra-arg=-Wno-unknown-warning-option', file])
        return done.returncode, '\n'.join(line for line in done.stdout.splitlines() if line.strip())
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        results = list(pool.map(one, files))
    bad = '\n'.join(text for code, text in results if code)
    return not any(code for code, _ in results), bad or f'{len(files)} files'


def made():
    """docs/made equals what the tools write now."""
    faults = []
    for name, argv in MADE.items():
        done = output_of(argv)
        path = ROOT / 'docs/made' / name
        if done.returncode:
            faults.append(f'{" ".join(argv)} failed: {done.stderr.strip()}')
        elif 'made' in sys.argv:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(done.stdout, encoding='utf-8')
        elif not path.exists() or path.read_text(encoding='utf-8') != done.stdout:
            before = path.read_text(encoding='utf-8').splitlines() if path.exists() else []
            shown = list(difflib.unified_diff(before, done.stdout.splitlines(), f'docs/made/{name}', 'as made now', lineterm='', n=1))[:20]
            faults.append(f'docs/made/{name} is not what the tools write; if the change is meant, run: python3 tools/check.py made\n' + '\n'.join(shown))
    return not faults, '\n'.join(faults) or f'{len(MADE)} documents'


CHECKS = [
    ('layers', simple('python3', 'tools/layers.py')),
    ('sizes', simple('python3', 'tools/sizes.py')),
    ('banned functions', simple('python3', 'tools/banned.py')),
    ('attacks', simple('python3', 'tools/attacks.py')),
    ('translations', simple('python3', 'tools/po_check.py')),
    ('formatting', formatting),
    ('documents', made),
    ('static analysis', tidy),
]


def main():
    sys.stdout.reconfigure(line_buffering=True)
    subprocess.run(['make', '--no-print-directory', 'all'], cwd=ROOT, check=True)
    failed = 0
    for name, check in CHECKS if 'made' not in sys.argv else [('documents', made)]:
        start = time.monotonic()
        good, text = check()
        failed += not good
        print(f'{"ok  " if good else "FAIL"} {name} ({time.monotonic() - start:.1f} s)' + (f': {text}' if good and '\n' not in text else ''))
        if not good:
            print('\n'.join('    ' + line for line in text.splitlines()[:200]))
    sys.exit(1 if failed else 0)


if __name__ == '__main__':
    main()
