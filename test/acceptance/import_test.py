#!/usr/bin/env python3
"""All real inputs into both databases, in opposite orders and twice each: the same records, the same answers, and everything that is there is found.

The data lies where CAPPVD_DATA says, else in ../shared/data; the test is skipped where it is absent."""
import glob
import gzip
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import time
import unittest
import urllib.error
import urllib.parse
import urllib.request
import xml.etree.ElementTree as ElementTree

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
CAPPVD = ROOT / 'build/cappvd'
DATA = pathlib.Path(os.environ.get('CAPPVD_DATA', ROOT / '../shared/data')).resolve()
INPUTS = ['cve-mobile-apps.jsonl.gz', 'cve-mobile-os.jsonl.gz', 'cve-bulk.jsonl.gz', 'cnvd-xml']
WORDS = ['支付', '越权', '微信', 'WebView', 'CVE-2023-']
ADMINISTRATORS = ['--system-admin', 'a@example.org', '--security-admin', 'b@example.org', '--security-admin', 'c@example.org', '--audit-admin', 'd@example.org']


def postgres():
    """(address, stop)"""
    if address := os.environ.get('CAPPVD_TEST_POSTGRES'):
        name = f'import_{os.getpid()}'
        subprocess.run(['psql', '-q', address, '-c', f'CREATE DATABASE {name}'], check=True)
        return address.replace('/postgres?', f'/{name}?'), lambda: subprocess.run(['psql', '-q', address, '-c', f'DROP DATABASE {name} WITH (FORCE)'], check=True)
    server = subprocess.Popen([ROOT / 'test/harness/postgres.sh'], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def stop():
        server.stdin.close()
        server.stdout.close()
        server.wait()
    return server.stdout.readline().strip(), stop


class Library:
    def __init__(self, folder, database):
        self.options = ['--data', str(folder)] + (['--database', database] if database else [])
        self.run('init', *ADMINISTRATORS)

    def run(self, command, *arguments):
        done = subprocess.run([CAPPVD, command, *self.options, *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if done.returncode:
            raise AssertionError(f'{command} ended with {done.returncode}: {done.stderr[-2000:]}')
        return done.stdout

    def bring(self, inputs):
        return json.loads(self.run('import', '--json', *[str(DATA / name) for name in inputs]))

    def __enter__(self):
        self.server = subprocess.Popen([CAPPVD, 'serve', *self.options, '--listen', '127.0.0.1:0'], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                       stderr=subprocess.PIPE, text=True)
        for line in self.server.stderr:
            if '"started"' in line:
                self.port = json.loads(line)['port']
                break
        self.drain = subprocess.Popen(['cat'], stdin=self.server.stderr, stdout=subprocess.DEVNULL)
        return self

    def __exit__(self, *_):
        self.server.terminate()
        self.server.wait()
        self.drain.wait()
        self.server.stdout.close()
        self.server.stderr.close()

    def get(self, path, **query):
        address = f'http://127.0.0.1:{self.port}{path}?{urllib.parse.urlencode(query)}'
        while True:
            try:
                with urllib.request.urlopen(address) as answer:
                    return json.load(answer)
            except urllib.error.HTTPError as error:
                if error.code != 429:
                    raise
                time.sleep(int(error.headers['Retry-After']))

    def search(self, question):
        """{identifier: what a list shows of it}"""
        found, cursor = {}, ''
        while cursor is not None:
            page = self.get('/api/v1/advisories', q=question, limit=100, cursor=cursor)
            for item in page['items']:
                assert item['id'] not in found, f'{item["id"]} stands in the list of {question} twice'
                found[item['id']] = (item['state'], item['level'], item['published_at'], item['updated_at'], item['title'].get('zh'), item['title'].get('en'))
            cursor = page['next_cursor']
        return found


def documents():
    """(identifier of the record, what is said in it), read by other means than the program's."""
    for name in INPUTS[:3]:
        with gzip.open(DATA / name, 'rt', encoding='utf-8') as file:
            for line in file:
                record = json.loads(line)
                cna = record['containers']['cna']
                texts = [cna.get('title', '')] + [d.get('value', '') for d in cna.get('descriptions', []) if d.get('lang', '').startswith(('en', 'zh'))]
                texts += [a.get('product', '') or '' for a in cna.get('affected', [])]
                yield record['cveMetadata']['cveId'], '\n'.join(texts)
    for path in glob.glob(str(DATA / 'cnvd-xml/*.xml')):
        for entry in ElementTree.parse(path).getroot():
            numbers = {c.text.strip() for c in entry.findall('cves/cve/cveNumber') if c.text}
            texts = [entry.findtext(tag) or '' for tag in ('title', 'description')] + [p.text or '' for p in entry.findall('products/product')]
            yield numbers.pop() if len(numbers) == 1 else entry.findtext('number').strip(), '\n'.join(texts)


def expected():
    """{word: identifiers that must be found}"""
    said = {word: set() for word in WORDS}
    for identifier, text in documents():
        for word in ('支付', '越权', '微信'):
            if word in text:
                said[word].add(identifier)
        if re.search(r'(?<![A-Za-z0-9_.-])webview(?![A-Za-z0-9_.-])', text, re.I | re.A):
            said['WebView'].add(identifier)
        if identifier.startswith('CVE-2023-'):
            said['CVE-2023-'].add(identifier)
    return said


@unittest.skipUnless((DATA / INPUTS[2]).exists(), f'no real data at {DATA}')
class Import(unittest.TestCase):
    def test_both_databases_answer_the_same_and_find_everything(self):
        folder = pathlib.Path(tempfile.mkdtemp(prefix='cappvd-import-'))
        address, stop = postgres()
        try:
            answers, counts = [], []
            for name, database, inputs in (('sqlite', None, INPUTS), ('postgres', address, INPUTS[::-1])):
                library = Library(folder / name, database)
                first, second = library.bring(inputs), library.bring(inputs)
                self.assertEqual(first['refused'], 0)
                self.assertEqual((second['added'], second['changed'], second['refused'], second['unchanged']), (0, 0, 0, first['documents']))
                counts.append((first['documents'], first['added']))
                with library:
                    answers.append({word: library.search(word) for word in WORDS})
            self.assertEqual(counts[0], counts[1])
            for word, identifiers in expected().items():
                sqlite, other = answers[0][word], answers[1][word]
                self.assertEqual(sqlite, other, f'{word}: the databases differ')
                self.assertTrue(identifiers, f'{word}: nothing is there')
                self.assertFalse(identifiers - set(sqlite), f'{word}: not found')
                print(f'{word}: {len(sqlite)} found, {len(identifiers)} must be')
        finally:
            stop()
            shutil.rmtree(folder)


if __name__ == '__main__':
    unittest.main()
