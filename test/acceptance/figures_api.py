#!/usr/bin/env python3
"""Figures and their reports through the JSON interface alone, in Chinese and English, in one demonstration.

  figures_api.py

What everybody reads is the same on the page, in JSON, CSV and XLSX; what is hidden stays hidden and follows from nothing else that is told (attacks
489146, 645299, 1838329, 410015); reports are drafted, reviewed by another person, issued, corrected and downloaded."""
import collections
import csv
import html
import io
import re
import time
import xml.etree.ElementTree
import zipfile

from api import demonstration

STAFF = {'editor': '夏编', 'approver': '冯审', 'reporter': '林一帆', 'vendor': '何雨桐', 'coordinator': '陈思远'}
HIDDEN = {'zh': '隐藏', 'en': 'hidden'}
PREFIX = {'zh': '', 'en': '/en'}
TABLES = ('counts', 'months', 'levels', 'kinds', 'products', 'classes', 'warnings', 'times', 'reviews', 'backlog')
SHEET = '{http://schemas.openxmlformats.org/spreadsheetml/2006/main}'


def fetch(api, path, headers=None, address=None):
    """A file or a page: status, headers, bytes."""
    import http.client
    connection = http.client.HTTPConnection('127.0.0.1', api.library.port, timeout=30)
    connection.request('GET', path, headers={'X-Forwarded-For': address or api.address, **(headers or {})})
    reply = connection.getresponse()
    result = reply.status, dict(reply.getheaders()), reply.read()
    connection.close()
    return result


def text_of(cell, lang):
    return HIDDEN[lang] if cell is None else str(cell)


def figures(api, month, lang='zh'):
    status, content, _ = api.call(None, 'GET', f'/figures?month={month}', headers={'Accept-Language': lang})
    api.that(status == 200, f'everybody reads the figures of {month} in {lang}', f'{status} {str(content)[:200]}')
    return content


def months_of(api):
    newest = api.get(None, '/figures')
    return [row['month'] for row in newest['months']], newest


# ---- The same everywhere
def shown_tables(page):
    """Rows of every table with a download beside it, by its tag."""
    found = {}
    for part in page.split('<section class="card">')[1:]:
        tag = re.search(r'table=([a-z]+)&amp;format=csv', part)
        tables = re.findall(r'<table[^>]*>(.*?)</table>', part, re.S)
        if tag and tables:
            body = re.search(r'<tbody[^>]*>(.*)', tables[-1], re.S)[1]
            found[tag[1]] = [[html.unescape(re.sub(r'<[^>]+>', '', cell)).strip() for cell in re.findall(r'<t[dh][^>]*>(.*?)</t[dh]>', row, re.S)]
                             for row in re.findall(r'<tr[^>]*>(.*?)</tr>', body, re.S)]
    return found


def xlsx_rows(content):
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        names = file.namelist()
        strings = []
        if 'xl/sharedStrings.xml' in names:
            strings = [''.join(t.text or '' for t in s.iter(SHEET + 't')) for s in xml.etree.ElementTree.fromstring(file.read('xl/sharedStrings.xml'))]
        sheet = xml.etree.ElementTree.fromstring(file.read(next(n for n in names if n.startswith('xl/worksheets/sheet'))))
    rows = []
    for row in sheet.iter(SHEET + 'row'):
        cells = []
        for cell in row.iter(SHEET + 'c'):
            value = cell.find(SHEET + 'v')
            kind = cell.get('t')
            cells.append(strings[int(value.text)] if kind == 's' else ''.join(t.text or '' for t in cell.iter(SHEET + 't')) if kind == 'inlineStr'
                         else value.text if value is not None else '')
        rows.append(cells)
    return rows


def same_everywhere(api, month, lang):
    told = figures(api, month, lang)
    status, _, page = fetch(api, f'{PREFIX[lang]}/figures?month={month}')
    api.that(status == 200, f'the page of {month} in {lang}', str(status))
    shown = shown_tables(page.decode())
    for table in TABLES:
        expected = [[text_of(cell, lang) for cell in row.values()] for row in told[table]]
        if not expected:
            continue
        first = 0 if lang == 'zh' else 1  # what everybody is told by JSON is one text, with the labels of the library's own language
        words = [[cell for cell in row[first:] if first == 0 or cell.isdigit() or cell == HIDDEN[lang]] for row in expected]
        rows = [[cell for cell in row[first:] if first == 0 or cell.isdigit() or cell == HIDDEN[lang]] for row in shown.get(table, [])]
        api.that(rows == words, f'page and JSON say the same of {table} in {lang}', f'{rows} {words}'[:600])
        ask = {'Accept-Language': lang, 'Cookie': f'lang={lang}'}
        own = f'10.254.{TABLES.index(table)}.{int(month[-2:]) + (50 if lang == "en" else 0)}'  # limits are by address
        _, _, plain = fetch(api, f'/figures/export?month={month}&table={table}&format=csv', ask, own)
        rows = list(csv.reader(io.StringIO(plain.decode().lstrip('\ufeff'))))[1:]
        numbers = [[cell for cell in row] for row in rows]
        api.that(len(numbers) == len(expected), f'CSV has as many rows of {table}', f'{numbers} {expected}'[:400])
        _, _, sheet = fetch(api, f'/figures/export?month={month}&table={table}&format=xlsx', ask, own)
        cells = xlsx_rows(sheet)[-len(expected):]
        for given, line, wide in zip(expected, numbers, cells):
            digits = [cell for cell in given[1:] if cell.isdigit()]
            api.that([cell for cell in line[1:] if cell.isdigit()] == digits, f'CSV says the numbers of {table}', f'{line} {given}')
            api.that([cell for cell in wide[1:] if cell.isdigit()] == digits, f'XLSX says the numbers of {table}', f'{wide} {given}')


# ---- Attacks
def attack_410015_a_cell_is_the_same_wherever_it_is_told(api, told):
    """A month's cell, asked for in three ways: as the period, as the period before, as a row of the trend."""
    cells = collections.defaultdict(set)
    for month, answer in told.items():
        for table in ('levels', 'kinds', 'products', 'classes'):
            for row in answer[table]:
                cells[table, row['item'], answer['period']['from']].add(row['period'])
                cells[table, row['item'], answer['before']['from']].add(row['before'])
        for row in answer['months']:
            for name, value in row.items():
                cells[name, '', row['month']].add(value)
        for row, name in zip(answer['counts'], ('received', 'accepted', 'notices', 'repaired', 'published')):
            cells[name, '', answer['period']['from']].add(row['period'])
            cells[name, '', answer['before']['from']].add(row['before'])
    twice = {key: values for key, values in cells.items() if len(values) > 1 and values != {0, None}}
    changing = {key: values for key, values in twice.items() if None in values}
    api.that(not changing, '410015: what is hidden once is told nowhere else', str(changing)[:400])
    api.that(not twice, '410015: a cell has one value', str(twice)[:400])


def attack_489146_no_hidden_cell_is_the_rest_of_a_sum(api, told):
    for month, answer in told.items():
        total = next(row for row in answer['months'] if row['month'] == month)['accepted']
        for table in ('levels', 'kinds', 'products', 'classes'):
            cells = [row['period'] for row in answer[table]]
            hidden, seen = cells.count(None), sum(c for c in cells if c is not None)
            if total is None:
                api.that(hidden == len(cells), f'489146: of a hidden total nothing is told ({table}, {month})', str(cells))
            elif hidden:
                rest = total - seen
                api.that(hidden >= 2 and rest >= 5, f'489146: two hidden cells or more share five or more ({table}, {month})', f'{total} {cells}')
            api.that(all(c is None or c == 0 or c >= 5 for c in cells), f'489146: no small cell is told ({table}, {month})', str(cells))


def attack_645299_a_year_tells_nothing_its_months_do_not(api, told):
    """Twelve months together are the sum of the cells that are told; the year less its months leaves nothing."""
    for month in list(told)[-1:]:
        answer = told[month]
        for table in ('levels', 'kinds', 'products', 'classes'):
            for row in answer[table]:
                parts = [next((r['period'] for r in told[m][table] if r['item'] == row['item']), 0) for m in told]
                known = [p for p in parts if p is not None]
                expected = sum(known) if known else None
                api.that(row['twelve_months'] == expected, f'645299: {table} {row["item"]}', f'{row["twelve_months"]} {parts}')


def attack_1838329_no_filter_divides_what_is_told(api, month):
    _, _, plain = fetch(api, f'/api/v1/figures?month={month}')
    for more in ('&vendor=V1', '&unit=U1', '&from=2026-01&until=2026-02', '&slice=vendor', '&item=critical', '&scope=office', '&level=high'):
        status, _, other = fetch(api, f'/api/v1/figures?month={month}{more}')
        api.that(status == 400 or other == plain, f'1838329: {more} changes nothing', f'{status} {other[:200]}')
    for table in ('vendors', 'units', 'reaches'):
        status, _, _ = fetch(api, f'/figures/export?month={month}&table={table}&format=csv', address='10.255.7.3')
        api.that(status == 404, f'1838329: everybody is refused {table}', str(status))
        api.that(table not in figures(api, month), f'1838329: {table} is not told', '')


# ---- As caches and clients need it
def cached(api, month):
    status, headers, body = fetch(api, f'/api/v1/figures?month={month}', address='10.255.8.1')
    tag = headers.get('ETag')
    api.that(status == 200 and tag and 'public' in headers.get('Cache-Control', ''), 'the figures may be kept by caches', str(headers))
    again, _, rest = fetch(api, f'/api/v1/figures?month={month}', {'If-None-Match': tag}, '10.255.8.1')
    api.that(again == 304 and not rest, 'unchanged figures answer 304 without a body', f'{again} {len(rest)}')
    for wrong, expected in (('soon', 400), ('2999-01', 404)):
        api.that(fetch(api, f'/api/v1/figures?month={wrong}', address='10.255.8.1')[0] == expected, f'month={wrong} answers {expected}', '')
    last, asked = None, 0
    while asked < 2000 and (last is None or last[0] == 200):
        last, asked = fetch(api, f'/figures/export?month={month}&table=counts&format=csv', address='10.255.8.9'), asked + 1
    api.that(last[0] == 429 and last[1].get('Retry-After'), 'whoever takes too many files waits', f'{asked} {last[0]}')


# ---- Reports
def same_as_absent(api, who, reference, path):
    absent = api.call(who, 'GET', f'{path}/F-0000000000')
    status, content, _ = api.call(who, 'GET', f'{path}/{reference}')
    same = {**content, 'instance': 0} == {**absent[1], 'instance': 0}
    api.that(status in (403, 404) and status == absent[0] and same, f'{path} is hidden from {who or "everybody"}', f'{status} {content} {absent[1]}')


def made(api, lang, months):
    title = {'zh': '上半年专题', 'en': 'First months'}[lang]
    values = {'kind': 'special', 'from': f'{months[2]}-03', 'until': f'{months[4]}-09', 'audience': 'public', 'title_zh': '专题' + title,
              'title_en': 'On ' + title, 'in-counts': 'yes', 'in-levels': 'yes', 'in-months': 'yes', 'in-definitions': 'yes'}
    status, report, reply = api.call('approver', 'POST', '/figure-reports', values, {'Accept-Language': lang})
    api.that(status == 201 and reply.get('Location', '').endswith(report.get('ref', '-')), f'a report is drafted by hand ({lang})', f'{status} {report}'[:400])
    api.refused('approver', '/figure-reports', values | {'until': '2999-01-01'}, {'until'}, 'a day that has not come is refused')
    api.refused('approver', '/figure-reports', {k: v for k, v in values.items() if k != 'title_zh'}, {'title_zh'}, 'a special report has titles')
    api.that(api.call('coordinator', 'POST', '/figure-reports', values)[0] == 403, 'a coordinator drafts no reports')
    api.that([s['section'] for s in report['sections']] == ['title', 'summary', 'counts', 'months', 'levels', 'definitions'], 'it has the chosen sections',
             str([s['section'] for s in report['sections']]))
    return report['ref']


def words(report, section):
    return next((s['words'] for s in report['sections'] if s['section'] == section), None)


def newest_of(api, reference, edition):
    """Caches forget a moment after the change is numbered."""
    for _ in range(100):
        status, read, _ = api.call(None, 'GET', f'/figures/reports/{reference}')
        if status == 200 and read['edition'] == edition:
            return read
        time.sleep(0.05)
    return api.get(None, f'/figures/reports/{reference}')


def issued(api, lang, reference):
    same_as_absent(api, None, reference, '/figures/reports')
    for who in ('reporter', 'vendor'):
        same_as_absent(api, who, reference, '/figure-reports')
    edit = {'zh': '概述<b>', 'en': 'In short <b>', 'zh-title': '专题', 'en-title': 'Special', 'in-counts': 'yes', 'zh-counts': '数', 'en-counts': 'Counts.',
            'in-vendors': 'yes', 'in-levels': 'yes'}
    status, content, _ = api.call('approver', 'POST', f'/figure-reports/{reference}/actions/edit', {'revision': 0, **edit})
    api.that(status == 422, 'a section of the office is refused in a public report', f'{status} {content}'[:300])
    edit.pop('in-vendors')
    api.act('approver', 'figure-reports', reference, 'edit', edit)
    status, content, _ = api.call('approver', 'POST', f'/figure-reports/{reference}/actions/review', {'revision': 0})
    api.that(status == 403, 'who wrote the words does not review them', f'{status} {content}'[:300])
    api.act('editor', 'figure-reports', reference, 'review')
    api.that(api.call('editor', 'POST', f'/figure-reports/{reference}/actions/issue', {'revision': 0})[0] == 403, 'who reviewed it does not issue it')
    api.act('approver', 'figure-reports', reference, 'issue')
    read = newest_of(api, reference, 1)
    api.that(words(read, 'summary') == {'zh': '概述<b>', 'en': 'In short <b>'} and words(read, 'counts')['en'] == 'Counts.', 'everybody reads its words', str(read)[:400])
    api.that(words(read, 'months') is None and read['edition'] == 1 and len(read['editions']) == 1, 'it has the sections that were left in', str(read)[:300])
    listed = api.get(None, '/figures/reports')['items']
    api.that(any(item['ref'] == reference for item in listed), 'it stands in the list', str(listed)[:300])
    for name, head in (('zh.pdf', b'%PDF-'), ('en.pdf', b'%PDF-'), ('zh.docx', b'PK'), ('en.docx', b'PK')):
        status, _, content = fetch(api, f'/figures/reports/{reference}/{name}', address=f'10.255.9.{lang == "en"}')
        api.that(status == 200 and content.startswith(head), f'{name} is downloaded', str(status))
        if name == 'en.docx':
            text = zipfile.ZipFile(io.BytesIO(content)).read('word/document.xml').decode()
            api.that('In short &lt;b&gt;' in text and 'Counts.' in text, 'Word has the words, escaped', text[:200])
    _, _, page = fetch(api, f'{PREFIX[lang]}/figures/reports/{reference}')
    api.that({'zh': '概述&lt;b&gt;', 'en': 'In short &lt;b&gt;'}[lang] in page.decode(), 'the page has the words, escaped', '')


def corrected(api, lang, reference):
    status, content, _ = api.call('editor', 'POST', f'/figure-reports/{reference}/actions/correct', {'revision': 0, 'reason-en': 'Only one language'})
    api.that(status == 422, 'a correction has its reason in both languages', f'{status} {content}'[:200])
    api.act('editor', 'figure-reports', reference, 'correct', {'reason-zh': '笔误', 'reason-en': 'A slip of the pen'})
    api.act('editor', 'figure-reports', reference, 'edit', {'zh': '更正后', 'en': 'Corrected', 'zh-title': '专题', 'en-title': 'Special', 'in-counts': 'yes'})
    api.that(words(api.get(None, f'/figures/reports/{reference}'), 'summary')['en'] == 'In short <b>', 'until it is issued everybody reads the edition before')
    api.act('approver', 'figure-reports', reference, 'review')
    api.that(api.call('approver', 'POST', f'/figure-reports/{reference}/actions/issue', {'revision': 0})[0] == 403, 'the correction is issued by another one')
    api.act('approver', 'figure-reports', reference, 'return', {'reason': 'Somebody else is to look at it.'})
    api.act('approver', 'figure-reports', reference, 'edit', {'zh': '更正后', 'en': 'Corrected', 'zh-title': '专题', 'en-title': 'Special', 'in-counts': 'yes'})
    api.act('editor', 'figure-reports', reference, 'review')
    api.act('approver', 'figure-reports', reference, 'issue')
    read = newest_of(api, reference, 2)
    told = [(e['edition'], e['reason']['en']) for e in read['editions']]
    api.that(read['edition'] == 2 and told == [(2, 'A slip of the pen'), (1, '')], 'the correction says why', str(read['editions']))
    _, _, newest = fetch(api, f'{PREFIX[lang]}/figures/reports/{reference}')
    _, _, first = fetch(api, f'{PREFIX[lang]}/figures/reports/{reference}?edition=1')
    reason = {'zh': '笔误', 'en': 'A slip of the pen'}[lang]
    api.that(reason in newest.decode() and {'zh': '概述&lt;b&gt;', 'en': 'In short &lt;b&gt;'}[lang] in first.decode(), 'both editions are read on their pages')
    api.that(fetch(api, f'/figures/reports/{reference}?edition=9')[0] == 404, 'there is no ninth edition')


def weekly_stays_inside(api):
    drafts = api.get('editor', '/figure-reports')['items']
    weekly = [item for item in drafts if item['kind'] == 'week']
    api.that(weekly and all(item['office_only'] and not item['public'] for item in weekly), 'weekly reports are of the office', str(drafts)[:300])
    for item in weekly:
        same_as_absent(api, None, item['ref'], '/figures/reports')
        api.that(fetch(api, f'/figures/reports/{item["ref"]}/zh.pdf')[0] == 404, 'a weekly report is no public file')


def office_alone(api, month):
    office = api.get('coordinator', f'/figures/office?from={month}&until={month}')
    api.that('vendors' in office and office['hidden_below'] == 0, 'the office reads everything', str(office)[:200])
    for who in ('reporter', 'vendor'):
        api.get(who, f'/figures/office?from={month}&until={month}', 403)
    own = api.get('vendor', '/figures/own')
    api.that('vendors' not in own and 'months' not in own, 'a vendor reads its own figures only', str(own)[:200])


def play(api):
    months, _ = months_of(api)
    told = {month: figures(api, month) for month in months}
    for lang in ('zh', 'en'):
        for month in months[-2:]:
            same_everywhere(api, month, lang)
    attack_410015_a_cell_is_the_same_wherever_it_is_told(api, told)
    attack_489146_no_hidden_cell_is_the_rest_of_a_sum(api, told)
    attack_645299_a_year_tells_nothing_its_months_do_not(api, told)
    attack_1838329_no_filter_divides_what_is_told(api, months[-1])
    cached(api, months[-1])
    office_alone(api, months[-1])
    weekly_stays_inside(api)
    for number, lang in enumerate(('zh', 'en')):
        api.address = f'10.255.3.{number + 1}'
        reference = made(api, lang, months)
        issued(api, lang, reference)
        corrected(api, lang, reference)


def main():
    with demonstration('figures') as api:
        for who, name in STAFF.items():
            api.make_token(who, name, ('case:read', 'case:write', 'organisation:read'))
        play(api)


if __name__ == '__main__':
    main()
