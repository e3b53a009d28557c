#!/usr/bin/env python3
"""Makes the pilot of the duplicate check out of real data: pairs of records that speak of one vulnerability, without anything that names it.

  tools/alike_pairs.py DATA OUT        DATA: folder with cve-bulk.jsonl.gz and cnvd-xml/

A CNVD entry that names exactly one CVE number, whose record is in the bulk file, is a pair. Out of all texts go numbers (CVE, CNVD, CNNVD and those of
vendors' advisories), links and references; records get numbers of their own, in an order that says nothing. The same data give the same files:

  records.jsonl     all CVE records, stripped           entries.xml     all CNVD entries, stripped
  questions.tsv     half, number of the entry, of the record, and whether the stripped texts fail to determine the other one: of an entry asked for its
                    record (1: another record has the same products, class and month, or the very text), and of a record asked for its entry (1:
                    another entry has the same title and products). half: tune or report, by a hash of the CVE number

A record that its issuer has withdrawn says nothing any more and is in no pair.

Whoever ranks reads records and entries; only whoever counts reads questions.tsv."""
import collections
import gzip
import hashlib
import json
import pathlib
import re
import sys
import xml.etree.ElementTree as ET

NUMBERS = re.compile(r'''\b(?:
  CVE[-–_ ]?\d{4}[-–]\d{3,7} | CNN?VD[-–]?(?:C-)?\d{4,6}[-–]\d{2,7} | CAN-\d{4}-\d{4} | MS\d\d-\d{3} | KB\d{6,7} | ADV\d{6} | VMSA-\d{4}-\d+ |
  APS[BA]\d\d-\d+ | HPSB\w+ | HPE?SB\w+ | cisco-sa-[\w-]+ | CSC[a-z]{2}\d{5} | [AQ]-?\d{7,9}\#? | M-ALPS\d+ | ALPS\d+ | B-RB\#\d+ | 5\d{4}-SP |
  (?:DSA|DLA|USN|RHSA|RHBA|GLSA|ELSA|CESA|FEDORA|SUSE-SU|FG-IR|SVE|LVE|XSA|ICSA|ICSMA|TALOS|ZDI|ZDI-CAN|ASB-A|SSA|SEVD|JVN|JVNDB|GHSA|GHSL|SNYK|WPVDB|
     HWPSIRT|NTAP|PAN-SA|VSV|WSA|YSA|SECURITY|JENKINS|MFSA|RUSTSEC|PYSEC|JSA|VU\#|EDB-ID:?|QC-?CR\#?|QR-?CR\#?|N-CVE|SA|HW|PAN|ASA)[- ]?\d{4,}[\w-]* |
  S?Bug\ ?\#?\d{4,} | X-Force\ ID:?\ ?\d+
)''', re.X | re.I)
LINKS = re.compile(r'(?:https?|ftp)://[^\s<>"）)]+|\bwww\.[^\s<>"）)]+', re.I)
MONTH = 30 * 86400


def clean(text):
    return re.sub(r'[ \t]{2,}', ' ', NUMBERS.sub(' ', LINKS.sub(' ', text))).strip() if text and any(c.isdigit() or c == '.' for c in text) else text or ''


def clean_all(value):
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [clean_all(v) for v in value]
    return {k: clean_all(v) for k, v in value.items()} if isinstance(value, dict) else value


def order(text):
    return hashlib.sha256(('alike ' + text).encode()).hexdigest()


def read_entries(folder):
    entries = {}
    for path in sorted(folder.glob('*.xml')):
        for entry in ET.parse(path).getroot():
            entries[entry.findtext('number')] = entry
    return entries


def cves_of(entry):
    return sorted({(e.text or '').strip().upper() for e in entry.iter('cveNumber') if (e.text or '').strip()})


def strip_record(record, number):
    meta = {k: v for k, v in record['cveMetadata'].items() if k in ('assignerOrgId', 'state', 'assignerShortName', 'datePublished', 'dateUpdated')}
    cna = record['containers']['cna']
    kept = {k: clean_all(cna[k]) for k in ('title', 'descriptions', 'rejectedReasons') if k in cna}
    kept |= {k: cna[k] for k in ('affected', 'problemTypes', 'providerMetadata', 'metrics', 'x_converted') if k in cna}
    if 'title' in kept and not kept['title']:
        del kept['title']
    for d in kept.get('descriptions', []):
        d['value'] = d.get('value') or '-'
    kept['references'] = [{'url': 'https://example.invalid/'}]
    adp = [{k: a[k] for k in ('affected', 'problemTypes', 'providerMetadata', 'title') if k in a} for a in record['containers'].get('adp', [])]
    containers = {'cna': kept} | ({'adp': adp} if adp else {})
    return {'dataType': 'CVE_RECORD', 'dataVersion': record['dataVersion'], 'cveMetadata': meta | {'cveId': number}, 'containers': containers}


def strip_entry(entry, number):
    new = ET.Element('vulnerability')
    ET.SubElement(new, 'number').text = number
    for name in ('title', 'serverity', 'isEvent', 'submitTime', 'openTime', 'description'):
        ET.SubElement(new, name).text = clean(entry.findtext(name))
    products = ET.SubElement(new, 'products')
    for product in entry.iter('product'):
        ET.SubElement(products, 'product').text = clean(product.text)
    return new


def english(record):
    cna = record['containers']['cna']
    text = ' '.join(d.get('value', '') for d in cna.get('descriptions', cna.get('rejectedReasons', [])) if d.get('lang', 'en').startswith('en'))
    products = sorted({(a.get('product') or '').lower() for a in cna.get('affected', [])})
    classes = sorted({d.get('cweId') or d.get('description', '') for p in cna.get('problemTypes', []) for d in p.get('descriptions', [])})
    return text, (json.dumps(products), json.dumps(classes), record['cveMetadata'].get('datePublished', '')[:7])


def chinese(entry):
    # The number behind a title tells it from its siblings; without it they are called the same.
    return clean(entry.findtext('title')) + '|' + '|'.join(sorted(clean(p.text) for p in entry.iter('product')))


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    data, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    entries = read_entries(data / 'cnvd-xml')
    own = {n: f'CNVD-1990-{100000 + i}' for i, n in enumerate(sorted(entries, key=order))}
    with gzip.open(data / 'cve-bulk.jsonl.gz', 'rt', encoding='utf-8') as lines:
        known = [re.search(r'"cveId":\s*"(CVE-[\d-]+)"', line)[1] for line in lines]
    new = {n: f'CVE-1990-{1000000 + i}' for i, n in enumerate(sorted(set(known), key=order))}
    texts, same = collections.Counter(), collections.Counter()
    keys = {}
    with gzip.open(data / 'cve-bulk.jsonl.gz', 'rt', encoding='utf-8') as lines, open(out / 'records.jsonl', 'w', encoding='utf-8') as file:
        for line in lines:
            record = json.loads(line)
            old = record['cveMetadata']['cveId']
            stripped = strip_record(record, new[old])
            text, what = english(stripped)
            keys[old] = (text, what)
            texts[text] += 1
            same[what] += 1
            file.write(json.dumps(stripped, ensure_ascii=False) + '\n')
    root = ET.Element('vulnerabilitys')
    titles = collections.Counter(chinese(e) for e in entries.values())
    pairs = []
    for n in sorted(entries, key=order):
        root.append(strip_entry(entries[n], own[n]))
        cves = cves_of(entries[n])
        if len(cves) == 1 and cves[0] in keys and not re.match(r'\**\s*reject', keys[cves[0]][0], re.I):
            pairs.append((n, cves[0]))
    ET.ElementTree(root).write(out / 'entries.xml', encoding='utf-8', xml_declaration=True)
    with open(out / 'questions.tsv', 'w', encoding='utf-8') as file:
        for cnvd, cve in sorted(pairs):
            half = 'tune' if int(order(cve), 16) % 2 else 'report'
            text, what = keys[cve]
            siblings = same[what] > 1 and what[0] not in ('[]', '[""]', '["n/a"]')
            file.write(f'{half}\t{own[cnvd]}\t{new[cve]}\t{int(siblings or texts[text] > 1)}\t{int(titles[chinese(entries[cnvd])] > 1)}\n')
    print(f'{len(pairs)} pairs, {len(known)} records, {len(entries)} entries')


if __name__ == '__main__':
    main()
