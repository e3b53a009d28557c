#!/usr/bin/env python3
"""What must be refused is refused, with a message that helps: each sample says on its first line what is expected.

Samples of SQL and templates are run by the generators' own tests in test/tools."""
import pathlib
import re
import subprocess
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def expected_of(path):
    return re.match(r'/\* expect: (.*) \*/$', path.read_text(encoding='utf-8').splitlines()[0])[1]


def run(tool, *arguments):
    return subprocess.run([sys.executable, ROOT / 'tools' / tool, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)


class Refused(unittest.TestCase):
    def refused(self, done, expected, place):
        self.assertNotEqual(done.returncode, 0, f'{place} was accepted')
        self.assertIn(expected, done.stdout + done.stderr)
        self.assertIn(f'{place}:', done.stdout + done.stderr, 'the message names no place')

    def test_includes_that_point_up(self):
        trees = sorted((HERE / 'layers').iterdir())
        self.assertGreaterEqual(len(trees), 7)
        for tree in trees:
            with self.subTest(tree.name):
                file = next(tree.rglob('*.c'))
                self.refused(run('layers.py', tree), expected_of(file), file.relative_to(tree))

    def test_sizes(self):
        for file in sorted((HERE / 'sizes').glob('*.c')):
            with self.subTest(file.name):
                self.refused(run('sizes.py', file), expected_of(file), file)

    def test_banned_functions(self):
        for file in sorted((HERE / 'banned').glob('*.c')):
            with self.subTest(file.name):
                self.refused(run('banned.py', file), expected_of(file), file)

    def test_attacks_without_test(self):
        for file in sorted((HERE / 'attacks').glob('*.md')):
            with self.subTest(file.name):
                self.refused(run('attacks.py', file), expected_of(file), file)

    def test_the_house_itself_passes(self):
        for tool in ('layers.py', 'sizes.py', 'banned.py', 'attacks.py'):
            with self.subTest(tool):
                done = run(tool)
                self.assertEqual(done.returncode, 0, done.stdout)


if __name__ == '__main__':
    unittest.main()
