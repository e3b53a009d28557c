#!/usr/bin/env python3
"""Turns a room's *.sql into C: one Statement (text for both databases) and one typed function for each query.

  sqlgen.py IN.sql OUT.sql.h OUT.sql.c        IN.sql lies under src/ or test/; its place there is how its header is included

A file holds rows and queries:

  --: row CasefileRow = id int, ref text, level text?, sealed_title sealed, opened_at time
  --: casefile_find(ref text) -> one CasefileRow
  SELECT {CasefileRow} FROM casefile WHERE ref = :ref;

Types   int bool text time bytes sealed, `?` behind one allows NULL; parameters also ints and texts, for `x IN (:list)`.
Gives   one ROW        NOT_FOUND when there is none          one (name type, …)    the same, into out_name
        maybe ROW      bool *out_found                       maybe (name type, …)
        many ROW       a list, in the arena                  many int, many text   a list of one column
        each ROW       a cursor: NAME(call, …, Rows **out), then NAME_next(call, rows, &more, &row); texts borrowed till the next
        changed        int64_t *out_changed                  nothing               when the number does not matter
Words   {Row} and {c.Row}: the columns; {skip locked}, {for update}, {position}(text, part)
Lines   `--: for sqlite`, `--: for postgres`: from here on the text for that database alone
        `--: scans because …`: the test of query plans lets this statement read a whole table
An annotation may go on in the next `--:` line while its last sign is a comma or an open parenthesis."""
import pathlib
import re
import sys

DATABASES = ('sqlite', 'postgres')
FIELDS_MAX = 64  # as PARAMETERS_MAX of the PostgreSQL driver
C_TYPES = {'int': 'int64_t', 'bool': 'bool', 'text': 'Text', 'time': 'int64_t', 'bytes': 'Text', 'sealed': 'Sealed', 'ints': 'Numbers', 'texts': 'Texts'}
DB_TYPES = {'int': 'DB_INT', 'bool': 'DB_BOOL', 'text': 'DB_TEXT', 'time': 'DB_TIME', 'bytes': 'DB_BYTES', 'sealed': 'DB_BYTES', 'ints': 'DB_INTS',
            'texts': 'DB_TEXTS'}
WORDS = {'skip locked': ('', 'FOR UPDATE SKIP LOCKED'), 'for update': ('', 'FOR UPDATE'), 'position': ('instr', 'strpos')}
RESERVED = set('''call out auto break case char const continue default do double else enum extern float for goto if inline int long register restrict
return short signed sizeof static struct switch typedef union unsigned void volatile while bool true false'''.split())

# Never, not even in a text for one database.
BANNED = {
    'now current_timestamp current_date current_time localtime localtimestamp clock_timestamp statement_timestamp transaction_timestamp':
        'reads the clock; time is a parameter',
    'strftime datetime julianday unixepoch': 'reads or formats time in SQL; time is a number of milliseconds and a parameter',
    'pragma attach detach vacuum begin commit rollback savepoint copy listen notify': 'is no business of a statement; see store/db',
    'last_insert_rowid lastval currval': 'asks for hidden state; use RETURNING',
}
# Differs between the databases: must be written for each.
DIFFERS = {
    'like ilike glob regexp similar match': 'matches differently in the two databases (case, patterns)',
    'greatest least': 'treats NULL differently; use CASE',
    'autoincrement serial': 'exists in one database only',
    'rowid _rowid_ oid ctid xmin': 'is a column of one database only; use id',
    'ifnull nullif_ iif': 'exists in one database only; use coalesce or CASE',
    'instr strpos': 'exists in one database only; use {position}(text, part)',
    'group_concat string_agg array_agg': 'exists in one database only',
    'random': 'differs in range; use a parameter',
    'extract interval date_trunc date time': 'exists in one database only; time is a number of milliseconds',
    'total typeof printf format quote hex unhex': 'exists in one database only or differs',
    'unnest generate_series json_each json_tree lateral': 'exists in one database only',
    'nextval': 'exists in one database only; use RETURNING id',
}
DIFFERING_SIGNS = {'::': 'exists in PostgreSQL only; use CAST(x AS type)', '==': 'exists in SQLite only; use =', '~': 'differs; write it for each database',
                   '->': 'reads JSON differently; write it for each database', '->>': 'reads JSON differently; write it for each database',
                   '[': 'exists in PostgreSQL only', ']': 'exists in PostgreSQL only'}
WRITES = ('INSERT', 'UPDATE', 'DELETE')

TOKEN = re.compile(r'''(?P<space>\s+)|(?P<comment>--[^\n]*|/\*.*?\*/)|(?P<string>'(?:[^']|'')*')|(?P<quoted>"(?:[^"]|"")*")|(?P<cast>::)
    |(?P<parameter>:[A-Za-z_]\w*)|(?P<brace>\{[^{}\n]*\})|(?P<number>\d+(?:\.\d+)?(?![\w.]))|(?P<word>[A-Za-z_]\w*)
    |(?P<sign><>|<=|>=|!=|==|\|\||->>|->|@@|[-+*/%&|~<>=(),.;\[\]])''', re.X | re.S)


class Refused(Exception):
    def __init__(self, line, why):
        super().__init__(why)
        self.line = line


class Token:
    def __init__(self, kind, text, line, spaced):
        self.kind, self.text, self.line, self.spaced = kind, text, line, spaced
        self.upper = text.upper() if kind == 'word' else text


class Field:
    def __init__(self, name, kind, nullable):
        self.name, self.kind, self.nullable = name, kind, nullable

    def c_type(self):
        return 'Maybe' if self.nullable and self.kind in ('int', 'bool', 'time') else C_TYPES[self.kind]

    def is_number(self):
        return self.kind in ('int', 'bool', 'time')


class Query:
    def __init__(self, name, parameters, gives, row, columns, line):
        self.name, self.parameters, self.gives, self.row, self.columns, self.line = name, parameters, gives, row, columns, line
        self.bodies, self.scans, self.texts, self.writes, self.list_type = {}, None, {}, False, None


def tokenize(text, line):
    tokens, at, spaced = [], 0, False
    while at < len(text):
        m = TOKEN.match(text, at)
        if not m:
            sign = text[at]
            why = {"'": 'a text that is never closed', '"': 'a quoted name that is never closed', '?': 'parameters are written :name', '$': 'parameters are written :name',
                   '@': 'parameters are written :name', '{': 'a word in braces that is never closed', '`': 'names are written without quotes',
                   ':': 'a colon without the name of a parameter'}
            raise Refused(line, why.get(sign, f"unexpected sign '{sign}'"))
        if m.lastgroup in ('space', 'comment'):
            spaced = True
        else:
            tokens.append(Token(m.lastgroup, m[0], line, spaced))
            spaced = False
        line += m[0].count('\n')
        at = m.end()
    return tokens


def parse_fields(text, line, lists_allowed):
    fields = []
    for part in filter(None, (p.strip() for p in text.split(','))):
        m = re.fullmatch(r'([a-z_][a-z0-9_]*) ([a-z]+)(\?)?', part)
        if not m:
            raise Refused(line, f"'{part}' should be a name and a type, such as `ref text` or `level text?`")
        name, kind, nullable = m[1], m[2], bool(m[3])
        if kind not in C_TYPES or (kind in ('ints', 'texts') and not lists_allowed):
            raise Refused(line, f"unknown type '{kind}' of {name}; there are: int bool text time bytes sealed" + (' ints texts' if lists_allowed else ''))
        if kind in ('ints', 'texts') and nullable:
            raise Refused(line, f'{name}: a list cannot be NULL')
        if name in RESERVED or name.startswith('out_') or name.endswith('_'):
            raise Refused(line, f"'{name}' cannot be a name in C here; choose another")
        if any(f.name == name for f in fields):
            raise Refused(line, f"'{name}' stands here twice")
        if len(fields) == FIELDS_MAX:
            raise Refused(line, f'more than {FIELDS_MAX} fields')
        fields.append(Field(name, kind, nullable))
    return fields


HEAD = re.compile(r'(\w+)\s*\((.*?)\)\s*->\s*(\w+)\s*(?:\((.*)\)|(\w+))?$', re.S)


def parse_head(text, line, rows):
    m = HEAD.fullmatch(text)
    if not m:
        raise Refused(line, 'not understood: expected `name(parameters) -> one|maybe|many|each ROW`, `-> changed` or `-> nothing`')
    name, parameters, gives, inline, row = m[1], parse_fields(m[2], line, True), m[3], m[4], m[5]
    if not re.fullmatch(r'[a-z][a-z0-9_]*_[a-z0-9_]+', name):
        raise Refused(line, f"'{name}' should be subject_verb")
    if gives in ('changed', 'nothing'):
        if inline or row:
            raise Refused(line, f'{name}: `{gives}` stands alone')
        return Query(name, parameters, gives, None, [], line)
    if gives not in ('one', 'maybe', 'many', 'each'):
        raise Refused(line, f"{name}: unknown result '{gives}'; there are: one maybe many each changed nothing")
    if inline is not None:
        if gives in ('many', 'each'):
            raise Refused(line, f'{name}: `{gives}` needs a row with a name, or `many int`, `many text`')
        return Query(name, parameters, gives, None, parse_fields(inline, line, False), line)
    if gives == 'many' and row in ('int', 'text'):
        query = Query(name, parameters, gives, None, [Field('value', row, False)], line)
        query.list_type = 'Numbers' if row == 'int' else 'Texts'
        return query
    if row not in rows:
        raise Refused(line, f"{name}: unknown row '{row}'" + (f"; there are: {' '.join(rows)}" if rows else ''))
    return Query(name, parameters, gives, row, rows[row], line)


class Reader:
    """Reads one file into rows and queries."""

    def __init__(self, text):
        self.rows, self.queries, self.query, self.database, self.body, self.body_line = {}, [], None, None, [], 0
        pending, pending_line = '', 0
        for number, line in enumerate(text.splitlines(), 1):
            if line.startswith('--:'):
                pending = (pending + ' ' + line[3:].strip()).strip() if pending else line[3:].strip()
                pending_line = pending_line or number
                if pending.endswith((',', '(')):
                    continue
                self.annotation(pending, pending_line)
                pending, pending_line = '', 0
            elif pending:
                raise Refused(pending_line, 'this annotation ends in the middle')
            elif line.strip() and not line.startswith('--'):
                if not self.query:
                    raise Refused(number, 'SQL before the first query: write `--: name(parameters) -> …` above it')
                if not self.body:
                    self.body_line = number
                self.body += [''] * (number - self.body_line - len(self.body)) + [line]
        self.end_body()
        self.end_query()

    def annotation(self, text, line):
        self.end_body()
        if m := re.fullmatch(r'row (\w+) = (.*)', text, re.S):
            self.end_query()
            if not re.fullmatch(r'[A-Z][A-Za-z0-9]*', m[1]):
                raise Refused(line, f"a row is a type: '{m[1]}' should be in PascalCase")
            if m[1] in self.rows:
                raise Refused(line, f"row '{m[1]}' stands here twice")
            self.rows[m[1]] = parse_fields(m[2], line, False)
        elif m := re.fullmatch(r'for (\w+)', text):
            if m[1] not in DATABASES:
                raise Refused(line, f"unknown database '{m[1]}'; there are: {' '.join(DATABASES)}")
            if not self.query:
                raise Refused(line, '`for` belongs below a query')
            self.database = m[1]
        elif m := re.fullmatch(r'scans because (.+)', text, re.S):
            if not self.query:
                raise Refused(line, '`scans because` belongs below a query')
            self.query.scans = m[1]
        else:
            self.end_query()
            self.query = parse_head(text, line, self.rows)
            if any(q.name == self.query.name for q in self.queries):
                raise Refused(line, f"'{self.query.name}' stands here twice")
            self.queries.append(self.query)

    def end_body(self):
        if not self.body:
            return
        tokens = tokenize('\n'.join(self.body), self.body_line)
        key = self.database or 'both'
        if key in self.query.bodies:
            raise Refused(self.body_line, f'{self.query.name}: a second text for {key}')
        self.query.bodies[key] = tokens
        self.body = []

    def end_query(self):
        query, self.query, self.database = self.query, None, None
        if not query:
            return
        if not query.bodies:
            raise Refused(query.line, f'{query.name}: no SQL below it')
        if 'both' in query.bodies and len(query.bodies) > 1:
            raise Refused(query.line, f'{query.name}: one text for both, or one for each, not a mixture')
        missing = [d for d in DATABASES if 'both' not in query.bodies and d not in query.bodies]
        if missing:
            raise Refused(query.line, f'{query.name}: no text for {missing[0]}')


def check_words(query, tokens, both):
    """Refuses what reads the clock, and what differs between the databases in a text for both."""
    banned = {w: why for words, why in BANNED.items() for w in words.split()}
    differs = {w: why for words, why in DIFFERS.items() for w in words.split()}
    for i, token in enumerate(tokens):
        before, after = (tokens[i - 1] if i else None), (tokens[i + 1] if i + 1 < len(tokens) else None)
        is_column = before is not None and before.text == '.'
        called = after is not None and after.text == '('
        if token.kind == 'word' and not is_column and token.text.lower() in banned:
            if called or token.text.lower() not in ('now', 'datetime', 'copy', 'notify', 'listen', 'localtime'):
                raise Refused(token.line, f"{query.name}: '{token.text}' {banned[token.text.lower()]}")
        if not both:
            continue
        if token.kind == 'quoted':
            raise Refused(token.line, f'{query.name}: {token.text} means a name or a text, depending on the database; write texts in single quotes')
        if token.text in DIFFERING_SIGNS and token.kind in ('sign', 'cast'):
            raise Refused(token.line, f"{query.name}: '{token.text}' {DIFFERING_SIGNS[token.text]}")
        if token.kind != 'word' or is_column:
            continue
        is_function = token.text.lower() in ('extract', 'date', 'time', 'format', 'total', 'quote', 'hex', 'random', 'oid')
        if token.text.lower() in differs and (called or not is_function):
            raise Refused(token.line, f"{query.name}: '{token.text}' {differs[token.text.lower()]}; or write `--: for sqlite` and `--: for postgres`")
        if token.upper == 'OR' and before is not None and before.upper in ('INSERT', 'UPDATE') or token.upper == 'REPLACE' and after is not None and after.upper == 'INTO':
            raise Refused(token.line, f'{query.name}: INSERT OR …, REPLACE exist in SQLite only; use ON CONFLICT (columns) DO …')
        if token.upper == 'DISTINCT' and after is not None and after.upper == 'ON':
            raise Refused(token.line, f"{query.name}: 'DISTINCT ON' exists in PostgreSQL only")
        if token.upper == 'CONFLICT' and before is not None and before.upper == 'ON' and (after is None or after.text != '('):
            raise Refused(token.line, f'{query.name}: ON CONFLICT needs its columns: ON CONFLICT (columns) DO …')
        if token.upper == 'FOR' and after is not None and after.upper in ('UPDATE', 'SHARE'):
            raise Refused(token.line, f'{query.name}: FOR {after.upper} exists in PostgreSQL only; use {{for update}} or {{skip locked}}')
    if both:
        check_limit(query, tokens)
        check_null_order(query, tokens)


def check_limit(query, tokens):
    depth, limit = 0, None
    for token in tokens:
        depth += {'(': 1, ')': -1}.get(token.text, 0) if token.kind == 'sign' else 0
        if token.upper == 'LIMIT':
            limit = depth
        elif limit is not None and depth == limit and token.text == ',':
            raise Refused(token.line, f'{query.name}: `LIMIT a, b` exists in SQLite only; use keyset paging, or LIMIT … OFFSET …')
        elif limit is not None and depth < limit:
            limit = None


def check_null_order(query, tokens):
    """NULL comes first in SQLite and last in PostgreSQL: an ORDER BY on a column that may be NULL says which."""
    nullable = {c.name for c in query.columns if c.nullable}
    at = next((i for i in range(len(tokens) - 1) if tokens[i].upper == 'ORDER' and tokens[i + 1].upper == 'BY'), None)
    while at is not None and at < len(tokens):
        token = tokens[at]
        following = [t.upper for t in tokens[at + 1:at + 3]]
        if token.kind == 'word' and token.text in nullable and (not following or following[0] in (',', ';', 'ASC', 'DESC', 'LIMIT')) and 'NULLS' not in following:
            raise Refused(token.line, f'{query.name}: {token.text} may be NULL: write NULLS FIRST or NULLS LAST behind it')
        at += 1


def check_shape(query, tokens):
    """One statement, and a read where a read is declared."""
    if tokens[-1].text != ';':
        raise Refused(tokens[-1].line, f'{query.name}: a statement ends with a semicolon')
    for token in tokens[:-1]:
        if token.text == ';':
            raise Refused(token.line, f'{query.name}: one query, one statement')
    first = tokens[0].upper
    if first not in ('SELECT', 'WITH', 'VALUES') + WRITES:
        raise Refused(tokens[0].line, f"{query.name}: a statement starts with SELECT, WITH, INSERT, UPDATE or DELETE, not '{tokens[0].text}'")
    depth, verb, inner = 0, None, None
    for i, token in enumerate(tokens):
        depth += {'(': 1, ')': -1}.get(token.text, 0) if token.kind == 'sign' else 0
        before = tokens[i - 1].upper if i else ''
        if token.kind != 'word' or token.upper not in ('SELECT',) + WRITES or before in ('DO', 'FOR', 'ON', '.'):
            continue
        if depth == 0 and verb is None:
            verb = token.upper
        elif token.upper in WRITES:
            inner = token
    if inner:
        raise Refused(inner.line, f'{query.name}: a write hidden in another statement ({inner.upper}); make it a query of its own')
    is_write = verb in WRITES
    returns = any(t.upper == 'RETURNING' for t in tokens)
    if query.gives in ('changed', 'nothing') and not is_write:
        raise Refused(query.line, f'{query.name}: `{query.gives}` belongs to INSERT, UPDATE or DELETE')
    if query.gives in ('changed', 'nothing') and returns:
        raise Refused(query.line, f'{query.name}: RETURNING, but nobody takes the columns')
    if query.gives == 'each' and is_write:
        raise Refused(query.line, f'{query.name}: `each` streams a read; a write among reads is refused')
    if query.gives in ('one', 'maybe', 'many') and is_write and not returns:
        raise Refused(query.line, f'{query.name}: a write that gives columns needs RETURNING')
    locks = any(t.kind == 'brace' and t.text in ('{skip locked}', '{for update}') for t in tokens)
    return is_write or locks or any(t.upper == 'FOR' and tokens[i + 1].upper == 'UPDATE' for i, t in enumerate(tokens[:-1]))


def expand_brace(query, token, rows, database):
    word = token.text[1:-1].strip()
    prefix, _, name = word.rpartition('.')
    if name in rows and re.fullmatch(r'\w*', prefix):
        return ', '.join((prefix + '.' if prefix else '') + f.name for f in rows[name])
    if word in WORDS:
        return WORDS[word][DATABASES.index(database)]
    raise Refused(token.line, f"{query.name}: unknown word {token.text}; there are: {' '.join('{' + w + '}' for w in WORDS)} and the rows of this file")


def list_text(kind, database, number, negated):
    if database == 'sqlite':
        return f"{'NOT ' if negated else ''}IN (SELECT value FROM json_each(?{number}))"
    array = f"${number}::{'bigint' if kind == 'ints' else 'text'}[]"
    return f'<> ALL ({array})' if negated else f'= ANY ({array})'


def render(query, tokens, rows, database):
    """The text of a statement for one database."""
    numbers, used, parts, i = {f.name: n for n, f in enumerate(query.parameters, 1)}, set(), [], 0
    kinds = {f.name: f.kind for f in query.parameters}
    while i < len(tokens) - 1:
        token, text = tokens[i], tokens[i].text
        step = 1
        if token.kind == 'parameter' or (token.upper in ('IN', 'NOT') and (found := list_at(tokens, i, kinds))):
            name = token.text[1:] if token.kind == 'parameter' else found[0]
            if name not in numbers:
                raise Refused(token.line, f'{query.name}: :{name} is not among its parameters')
            used.add(name)
            if token.kind == 'parameter':
                if kinds[name] in ('ints', 'texts'):
                    raise Refused(token.line, f'{query.name}: the list :{name} can only stand in `x IN (:{name})` or `x NOT IN (:{name})`')
                text = ('?' if database == 'sqlite' else '$') + str(numbers[name])
            else:
                text, step = list_text(kinds[name], database, numbers[name], token.upper == 'NOT'), found[1]
        elif token.kind == 'brace':
            text = expand_brace(query, token, rows, database)
        parts.append((' ' if token.spaced and parts else '') + text)
        i += step
    if unused := [f.name for f in query.parameters if f.name not in used]:
        raise Refused(query.line, f"{query.name}: parameter never used: {', '.join(unused)}" + ('' if 'both' in query.bodies else f' in the text for {database}'))
    return ''.join(parts).strip()


def list_at(tokens, i, kinds):
    """(name, tokens to skip) when `IN (:list)` or `NOT IN (:list)` stands at i."""
    start = i + 1 if tokens[i].upper == 'NOT' else i
    part = tokens[start:start + 4]
    if len(part) == 4 and part[0].upper == 'IN' and part[1].text == '(' and part[2].kind == 'parameter' and part[3].text == ')' and kinds.get(part[2].text[1:]) in ('ints', 'texts'):
        return part[2].text[1:], start + 4 - i
    return None


def finish(query, rows):
    for database in DATABASES:
        tokens = query.bodies.get(database) or query.bodies['both']
        query.writes = check_shape(query, tokens) or query.writes
        check_words(query, tokens, 'both' in query.bodies)
        query.texts[database] = render(query, tokens, rows, database)


# ---- C

def c_string(text):
    return '"' + text.replace('\\', '\\\\').replace('"', '\\"').replace('??', '?\\?') + '"'


def c_long_string(text, indent):
    pieces, line = [], ''
    for word in re.findall(r'\S+\s*|\s+', text):
        if line and len(line) + len(word) > 110:
            pieces.append(line)
            line = ''
        line += word
    return ('\n' + indent).join(c_string(p) for p in pieces + [line])


def c_value(field):
    name = field.name
    if field.kind in ('ints', 'texts'):
        return f'{{ .text = db_{field.kind}(call, {name}) }}'
    if field.is_number():
        return f'{{ .null = !{name}.is, .number = {name}.value }}' if field.nullable else f'{{ .number = {name} }}'
    text = f'{name}.bytes' if field.kind == 'sealed' else name
    return f'{{ .null = !{text}.at, .text = {text} }}' if field.nullable else f'{{ .text = {text} }}'


def c_read(field, index, arena):
    if field.is_number():
        if field.nullable:
            return f'rows_maybe(rows_, {index})'
        return f'rows_value(rows_, {index}).number' + (' != 0' if field.kind == 'bool' else '')
    text = f'rows_text(rows_, {index}, {arena})'
    return f'(Sealed) {{ {text} }}' if field.kind == 'sealed' else text


def c_fields(name, suffix, fields):
    if not fields:
        return []
    items = [f"\t{{ \"{f.name}\", {DB_TYPES[f.kind]}, {'true' if f.nullable else 'false'} }}," for f in fields]
    return [f'static const DbField {name}_{suffix}[] = {{'] + items + ['};']


def c_signature(query):
    arguments = ['Call *call'] + [f"{f.c_type()}{'' if f.c_type().endswith('*') else ' '}{f.name}" for f in query.parameters]
    if query.gives == 'changed':
        arguments.append('int64_t *out_changed')
    elif query.gives == 'each':
        arguments.append('Rows **out')
    elif query.gives == 'many':
        arguments.append(f'{query.list_type or query.row + "s"} *out')
    elif query.gives in ('one', 'maybe'):
        arguments += [f'{query.row} *out'] if query.row else [f'{f.c_type()} *out_{f.name}' for f in query.columns]
    if query.gives == 'maybe':
        arguments.append('bool *out_found')
    return f"Error {query.name}({', '.join(arguments)})"


def c_next_signature(query):
    return f'Error {query.name}_next(Call *call, Rows *rows, bool *out_more, {query.row} *out)'


def c_statement(query):
    name = query.name
    lines = c_fields(name, 'parameters', query.parameters)
    lines += c_fields(name, 'columns', [] if query.row else query.columns)
    columns = f'{query.row}_columns' if query.row else f'{name}_columns' if query.columns else 'NULL'
    lines += [f'static int {name}_slot;', f'static const Statement {name}_statement = {{', f'\t.name = "{name}",', '\t.sql = {']
    lines += [f"\t\t[DB_{d.upper()}] = {c_long_string(query.texts[d], chr(9) * 3)}," for d in DATABASES] + ['\t},']
    lines += [f"\t.scans_because = {c_string(query.scans)},"] if query.scans else []
    lines += [f"\t.writes = {'true' if query.writes else 'false'},"] + ([f'\t.streams = true,'] if query.gives == 'each' else [])
    lines += [f'\t.parameter_count = {len(query.parameters)},', f'\t.column_count = {len(query.columns)},']
    lines += [f"\t.parameters = {name + '_parameters' if query.parameters else 'NULL'},", f'\t.columns = {columns},', f'\t.slot = &{name}_slot,', '};', '']
    return lines


def c_take_inline(query, indent):
    return [f'{indent}*out_{f.name} = {c_read(f, i, "call->arena")};' for i, f in enumerate(query.columns)]


def c_function(query):
    lines = [c_signature(query), '{']
    values = 'NULL'
    if query.parameters:
        lines += ['\tconst DbValue values_[] = {'] + [f'\t\t{c_value(f)},' for f in query.parameters] + ['\t};']
        values = 'values_'
    statement = f'&{query.name}_statement'
    if query.gives == 'each':
        return lines + [f'\treturn db_query(call, {statement}, {values}, out);', '}', ''] + c_next_function(query)
    if query.gives in ('changed', 'nothing'):
        out = 'out_changed' if query.gives == 'changed' else 'NULL'
        return lines + [f'\treturn db_change(call, {statement}, {values}, {out});', '}', '']
    lines += ['\tscoped(rows_close) Rows *rows_ = NULL;', f'\tTRY(db_query(call, {statement}, {values}, &rows_));']
    if query.gives == 'many':
        item = f'read_{query.row}(rows_, call->arena)' if query.row else c_read(query.columns[0], 0, 'call->arena')
        lines += [f'\t{query.list_type or query.row + "s"} list_ = {{ 0 }};', '\tfor (bool more_ = true; more_;) {', '\t\tTRY(rows_next(call, rows_, &more_));']
        lines += [f'\t\tif (more_) list_add(call->arena, &list_, {item});', '\t}', '\t*out = list_;', '\treturn OK;', '}', '']
        return lines
    take = [f'\t*out = read_{query.row}(rows_, call->arena);'] if query.row else c_take_inline(query, '\t')
    lines += ['\tbool more_ = false;', '\tTRY(rows_next(call, rows_, &more_));']
    if query.gives == 'one':
        lines += [f'\tif (!more_) return fail(call, NOT_FOUND, "{query.name}: no row");'] + take
    else:
        lines += ['\t*out_found = more_;', '\tif (!more_) return OK;'] + take
    return lines + ['\treturn OK;', '}', '']


def c_next_function(query):
    return [c_next_signature(query), '{', f'\tmust(rows_statement(rows) == &{query.name}_statement);', '\tTRY(rows_next(call, rows, out_more));',
            f'\tif (*out_more) *out = read_{query.row}(rows, NULL);', '\treturn OK;', '}', '']


def c_row(name, columns):
    lines = c_fields(name, 'columns', columns)
    lines += [f'static {name} read_{name}(const Rows *rows_, Arena *arena_)', '{']
    if all(f.is_number() for f in columns):
        lines += ['\t(void)arena_;']
    lines += [f'\treturn ({name}) {{'] + [f'\t\t.{f.name} = {c_read(f, i, "arena_")},' for i, f in enumerate(columns)] + ['\t};', '}', '']
    return lines


def own_place(path):
    """subject/casefile/casefile.sql: how the file is named in includes."""
    parts = pathlib.PurePath(path).parts
    roots = [i for i, part in enumerate(parts) if part in ('src', 'test')]
    return '/'.join(parts[roots[-1] + 1:]) if roots else pathlib.PurePath(path).name


def generate(path, text):
    """(header, source) as texts."""
    reader = Reader(text)
    for query in reader.queries:
        finish(query, reader.rows)
    place, stem = own_place(path), pathlib.PurePath(path).stem
    note = f'/* Generated from {place} by tools/sqlgen.py. Do not edit. */'
    h = [note, '#pragma once', '#include "store/db/db.h"', '']
    c = [note, f'#include "{place}.h"', '']
    used = {q.row for q in reader.queries if q.row}
    for name, columns in reader.rows.items():
        if name not in used:
            raise Refused(1, f"row '{name}' is never used")
        h += [f'typedef struct {name} {{'] + [f'\t{f.c_type()} {f.name};' for f in columns] + [f'}} {name};', f'typedef LIST_OF({name}) {name}s;', '']
        c += c_row(name, columns)
    for query in reader.queries:
        h += [f'must_use {c_signature(query)};'] + ([f'must_use {c_next_signature(query)};'] if query.gives == 'each' else [])
        c += c_statement(query) + c_function(query)
    h += ['', f'extern const Statement *const {stem}_statements[];', f'extern const size_t {stem}_statement_count;', '']
    c += [f'const Statement *const {stem}_statements[] = {{'] + [f'\t&{q.name}_statement,' for q in reader.queries] + ['};']
    c += [f'const size_t {stem}_statement_count = {len(reader.queries)};', '']
    return '\n'.join(h), '\n'.join(c)


def main():
    path, header, source = (pathlib.Path(p) for p in sys.argv[1:4])
    try:
        h, c = generate(path, path.read_text(encoding='utf-8'))
    except Refused as refused:
        sys.exit(f'{path}:{refused.line}: {refused}')
    header.write_text(h, encoding='utf-8')
    source.write_text(c, encoding='utf-8')


if __name__ == '__main__':
    main()
