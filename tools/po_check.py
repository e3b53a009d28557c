#!/usr/bin/env python3
"""Checks that every text for people has its Chinese in po/zh.po, and that nothing else stands there. Run from the root.

  po_check.py            fails on texts without Chinese, entries nobody uses, lost %s, Chinese without a Han character
                         or with Western punctuation, unsorted entries
  po_check.py --missing  prints what is missing as entries to fill in
  po_check.py --sort     rewrites po/zh.po sorted by source text
  --root DIR             another tree, for the tests

Texts for people are: in C  tr(…, "…"), N_("…"), T("…") (a file's short form of tr), the message of call_problem(), the rows of
error.def; in templates  <%_ "…" %>. A remark above an entry excuses it:  # as is: REASON  (no Han character, or another punctuation),
# kept: REASON  (used in a way this tool does not see)."""
import argparse
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import htmlgen  # noqa: E402

TOKEN = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|\w+|\s+|.', re.S)
# Which argument of a call is the text; None: all of them.
CALLS = {'tr': 1, 'N_': None, 'T': None, 'call_problem': 2, 'ERROR': 3}
HAN = re.compile(r'[\u3400-\u9fff\U00020000-\U0003ffff]')
ESCAPES = {'n': '\n', 't': '\t', '"': '"', '\\': '\\', "'": "'", '?': '?'}


def unquote(literal):
    return re.sub(r'\\(.)', lambda match: ESCAPES.get(match[1], match[0]), literal[1:-1])


def quote(text):
    return '"' + text.replace('\\', '\\\\').replace('"', '\\"').replace('\n', '\\n').replace('\t', '\\t') + '"'


def tokens(source, keep_definitions=False):
    """Tokens without comments and white space, each with its line; without preprocessor definitions, unless they are asked for."""
    source = source if keep_definitions else re.sub(r'^[ \t]*#[ \t]*define\b(?:[^\n]*\\\n)*[^\n]*', lambda match: '\n' * match[0].count('\n'), source, flags=re.M)
    line = 1
    for match in TOKEN.finditer(source):
        token = match[0]
        if not token.isspace() and not token.startswith(('/*', '//')):
            yield token, line
        line += token.count('\n')


def arguments(found, start):
    """The arguments of the call whose opening bracket is at `start`, each a list of tokens; and where the call ends."""
    depth, parts, at = 0, [[]], start
    for at in range(start, len(found)):
        token = found[at][0]
        depth += (token in '([{') - (token in ')]}') if len(token) == 1 else 0
        if depth == 0:
            break
        if token == ',' and depth == 1:
            parts.append([])
        elif at > start:
            parts[-1].append(found[at])
    return parts, at


def literals(part):
    """Neighbouring string literals are one text. A literal inside another call, but N_ and T, is no text of ours."""
    texts, previous = [], None
    for token, line in part:
        if token.startswith('"'):
            if previous is not None:
                texts[-1] = (texts[-1][0], texts[-1][1] + unquote(token))
            else:
                texts.append((line, unquote(token)))
            previous = token
        else:
            previous = None
    return [(line, text) for line, text in texts if text]


def c_texts(source, errors=False):
    found = list(tokens(source))
    for at, (token, _line) in enumerate(found[:-1]):
        if token not in CALLS or found[at + 1][0] != '(' or (token == 'ERROR' and not errors):
            continue
        parts, _end = arguments(found, at + 1)
        wanted = CALLS[token]
        chosen = parts if wanted is None else parts[wanted:wanted + 1]
        for part in chosen:
            yield from literals(part)


def sources(root):
    """{text: "file:line" of its first use}, and every literal of the program: tables may hold texts without a mark."""
    used, every = {}, set()
    for path in sorted(p for ending in ('c', 'cc', 'h', 'def') for p in root.glob(f'src/**/*.{ending}')):
        source = path.read_text(encoding='utf-8')
        for line, text in c_texts(source, path.name == 'error.def'):
            used.setdefault(text, f'{path.relative_to(root)}:{line}')
        every.update(text for _line, text in literals(list(tokens(source, keep_definitions=True))))
    for path in sorted(root.glob('src/**/views/*.html')):
        template = htmlgen.read(path)
        texts = [(line, unquote(f'"{text}"')) for line, text in template.texts]
        texts += [(line, text) for line, code in template.expressions for _line, text in c_texts(code)]
        for line, text in texts:
            used.setdefault(text, f'{path.relative_to(root)}:{line}')
    return used, every | set(used)


class Entry:
    def __init__(self, remarks, english, chinese, line):
        self.remarks, self.english, self.chinese, self.line = remarks, english, chinese, line

    def excused(self, word):
        return any(remark.startswith(f'# {word}:') for remark in self.remarks)

    def __str__(self):
        return '\n'.join(self.remarks + [f'msgid {quote(self.english)}', f'msgstr {quote(self.chinese)}'])


def read(path):
    """The head (remarks before the first blank line) and the entries of a .po file."""
    head, entries = '', []
    blocks, line = path.read_text(encoding='utf-8').split('\n\n'), 1
    for number, block in enumerate(blocks):
        part, texts, remarks, start = None, {}, [], line
        for row in block.splitlines():
            match = re.match(r'(msgid|msgstr)\s+(".*")\s*$', row)
            if match:
                if match[1] == 'msgid' and texts:
                    sys.exit(f'{path}:{line}: a blank line is missing between entries')
                part = match[1]
                texts[part] = unquote(match[2])
            elif row.startswith('"') and part:
                texts[part] += unquote(row.strip())
            elif row.startswith('#'):
                remarks.append(row.rstrip())
            elif row.strip():
                sys.exit(f'{path}:{line}: not understood: {row}')
            line += 1
        line += 1
        if texts.get('msgid'):
            entries.append(Entry(remarks, texts['msgid'], texts.get('msgstr', ''), start + len(remarks)))
        elif number == 0 or 'msgid' in texts:
            head = block.strip('\n')
    return head, entries


def problems(path, used, every, entries):
    known = {}
    for entry in entries:
        where = f'{path.name}:{entry.line}'
        if entry.english in known:
            yield f'{where}: entered twice: "{entry.english}"'
        known[entry.english] = entry
        if entry.english not in every and not entry.excused('kept'):
            yield f'{where}: nobody uses "{entry.english}"'
        if entry.chinese and entry.english.count('%s') != entry.chinese.count('%s'):
            yield f'{where}: the Chinese of "{entry.english}" must keep its %s'
        if entry.chinese and re.search(r'[A-Za-z]', entry.english.replace('%s', '')) and not HAN.search(entry.chinese) and not entry.excused('as is'):
            yield f'{where}: the Chinese of "{entry.english}" has no Han character; if that is right, write "# as is: REASON" above it'
        if re.search(HAN.pattern + r'[,;:?!]', entry.chinese) and not entry.excused('as is'):
            yield f'{where}: Chinese takes its own punctuation: "{entry.chinese}"'
    for text, where in used.items():
        if text not in known or not known[text].chinese:
            yield f'{where}: no Chinese for "{text}" in po/{path.name}'
    for before, after in zip(entries, entries[1:]):
        if before.english > after.english:
            yield f'{path.name}:{after.line}: "{after.english}" stands after "{before.english}": run tools/po_check.py --sort'


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--sort', action='store_true')
    parser.add_argument('--missing', action='store_true')
    parser.add_argument('--root', type=pathlib.Path, default=pathlib.Path('.'))
    options = parser.parse_args()
    path = options.root / 'po/zh.po'
    head, entries = read(path)
    if options.sort:
        rows = sorted(entries, key=lambda entry: entry.english)
        path.write_text('\n\n'.join(([head] if head else []) + [str(entry) for entry in rows]) + '\n', encoding='utf-8')
        return
    try:
        used, every = sources(options.root)
    except htmlgen.Refused as refused:
        sys.exit(str(refused))
    if options.missing:
        known = {entry.english for entry in entries if entry.chinese}
        print('\n\n'.join(f'#: {where}\nmsgid {quote(text)}\nmsgstr ""' for text, where in sorted(used.items()) if text not in known))
        return
    found = list(problems(path, used, every, entries))
    print('\n'.join(found))
    sys.exit(f'{len(found)} texts are not in order' if found else 0)


if __name__ == '__main__':
    main()
