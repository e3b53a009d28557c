#!/usr/bin/env python3
"""Fails when a function, its complexity or a file grows past the maxima of STYLE.md.  sizes.py [FILE…]

Relies on the layout that clang-format gives: a function's body starts with { and ends with } in the first column."""
import pathlib
import re
import sys

FUNCTION_LINES, COMPLEXITY, FILE_LINES = 100, 20, 900
SELDOM_LINES, SELDOM_SHARE = 60, 0.02
TABLES = {}  # file: reason why it may be longer
EXCEPTIONS = {}  # (file, function): reason
BRANCH = re.compile(r'\b(?:if|for|while|case)\b|&&|\|\||\?(?!\?)')
NOISE = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\'|//.*|/\*.*?\*/', re.S)


def functions(text):
    """(name, first line, lines, complexity) of each function."""
    bare = NOISE.sub(lambda m: re.sub(r'[^\n]', ' ', m[0]), text)
    lines, head = bare.splitlines(), ''
    number = 0
    while number < len(lines):
        line = lines[number]
        if line == '{' and re.search(r'\w\s*\(', head) and '=' not in head.split('(')[0]:
            end = next((i for i in range(number, len(lines)) if lines[i] == '}'), len(lines) - 1)
            name = re.search(r'(\w+)\s*\(', re.sub(r'__attribute__\s*\(\(.*?\)\)', '', head))
            yield name[1] if name else '?', number, end - number - 1, 1 + len(BRANCH.findall('\n'.join(lines[number:end])))
            number, head = end + 1, ''
            continue
        if re.match(r'[A-Za-z_]', line):
            head = line
            if (m := re.match(r'[^;{]*\b(\w+)\([^;]*\)\s*\{(.*)\}\s*$', line)) and '=' not in line.split('(')[0]:
                yield m[1], number, 1, 1 + len(BRANCH.findall(m[2]))
                head = ''
        elif head and line.strip():
            head += ' ' + line.strip()
        number += 1


def main():
    files = [pathlib.Path(p) for p in sys.argv[1:]] or sorted(p for e in ('c', 'cc') for p in pathlib.Path('src').rglob(f'*.{e}'))
    found, seldom, count = [], 0, 0
    for path in files:
        text = path.read_text(encoding='utf-8')
        length = text.count('\n')
        if length > FILE_LINES and str(path) not in TABLES:
            found.append(f'{path}:1: {length} lines; a file has at most {FILE_LINES}: make two subjects of it')
        for name, first, lines, complexity in functions(text):
            count += 1
            seldom += lines > SELDOM_LINES
            if (str(path), name) in EXCEPTIONS:
                continue
            if lines > FUNCTION_LINES:
                found.append(f'{path}:{first}: {name} has {lines} lines; at most {FUNCTION_LINES}, better 30: give its steps names')
            if complexity > COMPLEXITY:
                found.append(f'{path}:{first}: {name} has a complexity of {complexity}; at most {COMPLEXITY}: split its decisions')
    if seldom > max(3, count * SELDOM_SHARE):
        found.append(f'{seldom} of {count} functions are longer than {SELDOM_LINES} lines; that should be seldom')
    print('\n'.join(found) if found else f'sizes: {count} functions in {len(files)} files, {seldom} longer than {SELDOM_LINES} lines')
    sys.exit(1 if found else 0)


if __name__ == '__main__':
    main()
