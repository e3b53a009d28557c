#!/usr/bin/env python3
"""Compiles po/zh.po to a C table sorted by English source text.  pogen.py OUT.c IN.po"""
import pathlib
import re
import sys


def die(path, line, why):
    sys.exit(f'{path}:{line}: {why}')


def unquote(path, number, text):
    if not re.fullmatch(r'"(?:[^"\\]|\\.)*"', text):
        die(path, number, f'expected a quoted text, found: {text}')
    return re.sub(r'\\(.)', lambda m: {'n': '\n', 't': '\t'}.get(m[1], m[1]), text[1:-1])


def read(path):
    """{english: translation} of a .po file; msgctxt and plurals are not used by this program."""
    found, entry, part = {}, {}, None

    def finish(number):
        if entry.get('msgid'):
            if entry['msgid'] in found:
                die(path, number, f'entered twice: {entry["msgid"]}')
            if entry.get('msgid', '').count('%s') != entry.get('msgstr', '').count('%s') and entry.get('msgstr'):
                die(path, number, f'the translation of "{entry["msgid"]}" must keep its %s')
            found[entry['msgid']] = entry.get('msgstr', '')
        entry.clear()

    for number, line in enumerate(path.read_text(encoding='utf-8').splitlines(), 1):
        line = line.strip()
        if not line or line.startswith('#'):
            if not line:
                finish(number)
        elif m := re.match(r'(msgid|msgstr)\s+(".*)$', line):
            if m[1] == 'msgid' and 'msgstr' in entry:
                finish(number)
            part = m[1]
            entry[part] = unquote(path, number, m[2])
        elif line.startswith('"') and part:
            entry[part] += unquote(path, number, line)
        else:
            die(path, number, f'not understood: {line}')
    finish(number)
    return found


def c_string(text):
    return '"' + text.replace('\\', '\\\\').replace('"', '\\"').replace('\n', '\\n').replace('\t', '\\t').replace('??', '?\\?') + '"'


def main():
    out, path = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    rows = sorted((k.encode(), k, v) for k, v in read(path).items() if v)
    lines = ['/* Generated from po/zh.po by tools/pogen.py. Do not edit. */', '#include "base/base/translate_private.h"', '', 'const Translation translations_zh[] = {']
    lines += [f'\t{{ {c_string(k)}, {c_string(v)} }},' for _, k, v in rows] or ['\t{ "", "" },']
    lines += ['};', f'const size_t translation_zh_count = {len(rows)};', '']
    out.write_text('\n'.join(lines), encoding='utf-8')


if __name__ == '__main__':
    main()
