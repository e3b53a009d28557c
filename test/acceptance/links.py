#!/usr/bin/env python3
"""No page leads nowhere: everything that a page of the demonstration links to, or a form of it is sent to, is there, and no id stands twice on it, in both
languages and for each kind of reader. Of addresses that differ in a number alone a few are followed."""
import collections
import html
import http.client
import pathlib
import random
import re
import shutil
import sys
import tempfile

from library import ROOT, Library, free_port

READERS = [None, 'Coordinator', 'Verifier', 'Publisher', 'Selection secretary', 'Supervisor', 'Expert', 'Support unit administrator', 'Vendor administrator',
           'Competent authority', 'Editor', 'System administrator', 'Security administrator', 'Audit administrator']
ALIKE, PAGES = 4, 700  # addresses of one shape that are followed; pages of one reader
LEFT_OUT = re.compile(r'^/(language/|assets/|demo/)')


def routes():
    """What can be sent where: method and a pattern of the address, from the documented table."""
    found = []
    for line in (ROOT / 'docs/made/permissions.md').read_text(encoding='utf-8').splitlines():
        if match := re.match(r'\| (GET|POST) \| `([^`]+)`', line):
            found.append((match[1], re.compile(re.sub(r':\w+', '[^/]+', match[2]) + '$')))
    return found


def shape(path):
    return re.sub(r'/[^/]*[0-9A-Z][^/]*', '/*', path.split('?')[0]) + ('?' if '?' in path else '')


def fetch(library, path, language):
    address = f'10.{random.randrange(1, 250)}.{random.randrange(256)}.{random.randrange(1, 255)}'
    connection = http.client.HTTPConnection('127.0.0.1', library.port, timeout=30)
    try:
        connection.request('GET', path, headers={'X-Forwarded-For': address, 'Cookie': library.cookie, 'Accept-Language': language})
        reply = connection.getresponse()
        body = reply.read()
        return reply.status, body.decode(errors='replace') if 'text/html' in reply.getheader('Content-Type', '') else ''
    finally:
        connection.close()


class Walk:
    def __init__(self, library, language, posts):
        self.library, self.language, self.posts = library, language, posts
        self.waiting, self.seen, self.shapes, self.faults = collections.deque(), set(), collections.Counter(), []

    def add(self, path, where):
        path = html.unescape(path).split('#')[0]
        if not path.startswith('/') or path.startswith('//') or path in self.seen or LEFT_OUT.match(path) or self.shapes[shape(path)] >= ALIKE:
            return
        self.seen.add(path)
        self.shapes[shape(path)] += 1
        self.waiting.append((path, where))

    def form(self, attributes, where):
        action = re.search(r'\baction="([^"]*)"', attributes)
        if action and 'method="post"' in attributes and not any(p.match(html.unescape(action[1]).split('?')[0]) for p in self.posts):
            self.faults.append(f'{where}: a form is sent to {action[1]}, where nothing is')

    def run(self, start):
        self.add(start, 'the beginning')
        while self.waiting and len(self.seen) < PAGES:
            path, where = self.waiting.popleft()
            status, page = fetch(self.library, path, self.language)
            if status in (404, 405) or status >= 500:
                self.faults.append(f'{where}: {path} gives {status}')
            if twice := [name for name, times in collections.Counter(re.findall(r'<[^>]*\sid="([^"]*)"', page)).items() if times > 1]:
                self.faults.append(f'{path}: ids that stand twice: {" ".join(twice[:5])}')
            for link in re.findall(r'<a\b[^>]*\bhref="([^"]+)"', page):
                self.add(link, path)
            for attributes in re.findall(r'<form\b([^>]*)>', page):
                self.form(attributes, path)


def main():
    folder = pathlib.Path(tempfile.mkdtemp(prefix='cappvd-links-'))
    library, posts = Library(folder, free_port()), [p for method, p in routes() if method == 'POST']
    faults, pages = [], 0
    try:
        library.start('demo')
        for reader in READERS:
            library.cookie = ''
            if reader:
                library.enter_as(reader)
            for language, start in (('zh-CN', '/'), ('en', '/en')) if not reader else (('en', '/desk'),):
                walk = Walk(library, language, posts)
                walk.run(start)
                faults += [f'{reader or "visitor"} ({language}), {fault}' for fault in walk.faults]
                pages += len(walk.seen)
    finally:
        library.kill()
        shutil.rmtree(folder, ignore_errors=True)
    print('\n'.join(faults[:60]))
    if pages < 500:
        sys.exit(f'only {pages} pages were reached')
    print(f'{pages - len(faults)} passed, {len(faults)} failed')
    sys.exit(1 if faults else 0)


if __name__ == '__main__':
    main()
