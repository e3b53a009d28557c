#!/usr/bin/env python3
"""Compares `cappvd round score` and `cappvd round draw` with a computation of its own over 10,000 random panels and some hundred draws.

Written from the rules, not from the program: exact fractions for scores and ranking, plain definitions (every pair, every cell) for the figures of
agreement. One panel in ten is also compared in agreement, outliers, grey band and leave-one-out. The seed is fixed."""
import hashlib
import json
import math
import pathlib
import random
import statistics
import struct
import subprocess
import sys
import tempfile
import zipfile
from fractions import Fraction as F

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = ROOT / 'build' / 'cappvd'
PANELS, DIAGNOSED_EVERY, DRAWS = 10000, 10, 200
dice = random.Random(20260305)
faults = []


def fault(text):
    faults.append(text)
    if len(faults) <= 20:
        print(text)


# ---- Random panels

def parts_of(total, count):
    cuts = sorted(dice.sample(range(1, total), count - 1))
    return [b - a for a, b in zip([0] + cuts, cuts + [total])]


def random_rubric():
    count = dice.randint(1, 6)
    criteria = []
    for c, weight in enumerate(parts_of(10000, count)):
        maximum = dice.choice([500, 1000, 1500, 2000, 3000, 4000, 10000])
        criteria.append({'id': f'c{c}', 'weight': weight, 'maximum': maximum, 'step': dice.choice([1, 25, 50, 100]),
                         'must': dice.choice([0, 0, 0, maximum // 2, maximum * 6 // 10]), 'objective': dice.random() < 0.2})
    ties = [f'criterion:c{c}' for c in range(count)] + ['median', 'top', 'contribution']
    dice.shuffle(ties)
    return {'criteria': criteria, 'threshold': dice.choice([0, 5000, 6000, 7000]), 'trim': dice.choice([[], [[5, 1], [11, 2]], [[3, 1], [7, 3]]]),
            'ties': ties[:dice.randint(0, len(ties))], 'reasonOutside': [60, 95]}


def random_sheet(rubric, quality, leaning, coarse):
    scores = []
    for criterion in rubric['criteria']:
        step = criterion['step'] * (criterion['maximum'] // criterion['step'] // 5 if coarse else 1)
        value = criterion['maximum'] * min(1, max(0, quality + leaning + dice.gauss(0, 0.05)))
        scores.append(min(criterion['maximum'], int(value / step) * step))
    return scores


def random_panel(number):
    rubric, coarse = random_rubric(), dice.random() < 0.5  # coarse scores are often tied
    applicants, experts = dice.randint(1, 14), dice.randint(1, 12)
    lots = list(range(applicants))
    dice.shuffle(lots)
    panel = {'rubric': rubric, 'quota': {'places': dice.randint(0, 6), 'reserve': dice.randint(0, 4), 'newcomers': dice.choice([-1, -1, 0, 1, 2])},
             'stars': [{'stars': n, 'total': t, 'criterionPercent': p, 'places': q, 'newcomers': w, 'faultless': False} for n, t, p, q, w in
                       [(3, 8500, 60, 2, False), (2, 7500, 50, 0, True), (1, 6000, 0, 0, True)]],
             'applications': [{'id': f'A{i}', 'contribution': dice.randint(0, 2), 'lot': lots[i], 'newcomer': dice.random() < 0.4} for i in range(applicants)],
             'experts': [f'E{e}' for e in range(experts)], 'sheets': []}
    qualities = [dice.uniform(0.55, 0.95) for _ in range(applicants)]
    leanings = [dice.gauss(0, 0.04) for _ in range(experts)]
    for i in range(applicants):
        for e in range(experts):
            if number % 4 and dice.random() < 0.03:
                continue  # a missing sheet
            leaning = leanings[e] - (0.4 if dice.random() < 0.01 else 0)
            panel['sheets'].append({'application': f'A{i}', 'expert': f'E{e}', 'scores': random_sheet(rubric, qualities[i], leaning, coarse)})
    return panel


# ---- Scores and ranking, exactly

def trim_of(rubric, count):
    return next((t for start, t in reversed(rubric['trim']) if start <= count), 0)


def trimmed(values, t):
    kept = sorted(values)[t:len(values) - t]
    return F(sum(kept)) / len(kept) if kept else F(0)


def total_of(rubric, scores):
    """100 · Σ w/10000 · s/m, over the product of the maxima."""
    whole = math.prod(c['maximum'] for c in rubric['criteria'])
    return F(sum(c['weight'] * s * (whole // c['maximum']) for c, s in zip(rubric['criteria'], scores)), 100 * whole)


def table_of(panel, without=None):
    return {(s['application'], s['expert']): s['scores'] for s in panel['sheets'] if s['expert'] != without}


def figures(panel, sheets):
    rubric, out = panel['rubric'], {}
    totals = {key: total_of(rubric, scores) for key, scores in sheets.items()}
    best = {e: max((v for (_, x), v in totals.items() if x == e), default=None) for e in panel['experts']}
    for applicant in panel['applications']:
        name = applicant['id']
        mine = {e: v for (a, e), v in totals.items() if a == name}
        t = trim_of(rubric, len(mine))
        means = [trimmed([sheets[name, e][c] for e in mine], t) / 100 for c in range(len(rubric['criteria']))]
        total = trimmed(list(mine.values()), t)
        below = (['total'] if not mine or total < F(rubric['threshold'], 100) else []) + \
            [c['id'] for c, mean in zip(rubric['criteria'], means) if c['must'] and mean < F(c['must'], 100)]
        out[name] = {'total': total, 'means': means, 'median': F(statistics.median(mine.values())) if mine else F(0), 'k': len(mine), 't': t,
                     'top': sum(v == best[e] for e, v in mine.items()), 'below': below, 'of': applicant}
    return out


def key_of(panel, figure):
    key = [bool(figure['below']), -figure['total']]
    for tie in panel['rubric']['ties']:
        if tie.startswith('criterion:'):
            key.append(-figure['means'][int(tie[11:])])
        else:
            key.append(-{'median': figure['median'], 'top': figure['top'], 'contribution': figure['of']['contribution']}[tie])
    return key + [figure['of']['lot']]


def ranked(panel, scored):
    order = sorted(scored, key=lambda name: key_of(panel, scored[name]))
    places, reserve, newcomers = panel['quota']['places'], panel['quota']['reserve'], panel['quota']['newcomers']
    taken, waiting, new, outcomes = 0, 0, 0, {}
    for name in order:
        newcomer = scored[name]['of']['newcomer']
        if scored[name]['below']:
            outcomes[name] = 'below'
        elif taken < places and not (newcomer and 0 <= newcomers <= new):
            outcomes[name], taken, new = 'shortlisted', taken + 1, new + newcomer
        elif waiting < reserve:
            outcomes[name], waiting = 'reserve', waiting + 1
        else:
            outcomes[name] = 'not-selected'
    return order, outcomes


def stars_of(panel, scored, order, outcomes):
    given, stars = {}, {}
    for name in order:
        stars[name] = 0
        for number, rule in enumerate(panel['stars']):
            figure = scored[name]
            fits = figure['total'] >= F(rule['total'], 100) and (rule['newcomers'] or not figure['of']['newcomer']) and \
                all(mean * 100 >= F(c['maximum'], 100) * rule['criterionPercent'] for mean, c in zip(figure['means'], panel['rubric']['criteria']))
            if outcomes[name] == 'shortlisted' and fits and (not rule['places'] or given.get(number, 0) < rule['places']):
                given[number], stars[name] = given.get(number, 0) + 1, rule['stars']
                break
    return stars


def compare_scores(number, panel, answer):
    scored = figures(panel, table_of(panel))
    order, outcomes = ranked(panel, scored)
    stars = stars_of(panel, scored, order, outcomes)
    for place, (name, found) in enumerate(zip(order, answer['applications'])):
        figure = scored[name]
        hundredths = math.floor(figure['total'] * 100 + F(1, 2))
        expected = {'id': name, 'rank': 0 if figure['below'] else place + 1, 'outcome': outcomes[name], 'stars': stars[name],
                    'total': f'{hundredths // 100}.{hundredths % 100:02}', 'sheets': figure['k'], 'trimmed': figure['t'], 'top': figure['top'],
                    'below': figure['below']}
        wrong = {key: (value, found[key]) for key, value in expected.items() if found[key] != value}
        if F(*found['fraction']) != figure['total'] or F(*found['median']) != figure['median'] or [F(*m) for m in found['criteria']] != figure['means']:
            wrong['fractions'] = (figure['total'], found['fraction'])
        if wrong:
            fault(f'panel {number}, place {place}: expected and found differ in {wrong}')
    return scored, order, outcomes


# ---- What the sheets tell about the panel, by the definitions

def anova(rows):
    n, k = len(rows), len(rows[0])
    grand = sum(map(sum, rows)) / (n * k)
    means, columns = [sum(r) / k for r in rows], [sum(r[j] for r in rows) / n for j in range(k)]
    ems = sum((rows[i][j] - means[i] - columns[j] + grand) ** 2 for i in range(n) for j in range(k)) / ((n - 1) * (k - 1))
    wms = sum((rows[i][j] - means[i]) ** 2 for i in range(n) for j in range(k)) / (n * (k - 1))
    return k * sum((m - grand) ** 2 for m in means) / (n - 1), wms, n * sum((c - grand) ** 2 for c in columns) / (k - 1), ems


def iccs(rows):
    n, k = len(rows), len(rows[0])
    bms, wms, jms, ems = anova(rows)
    shares = {'icc11': (bms - wms, bms + (k - 1) * wms), 'icc21': (bms - ems, bms + (k - 1) * ems + k * (jms - ems) / n),
              'icc31': (bms - ems, bms + (k - 1) * ems), 'icc1k': (bms - wms, bms), 'icc2k': (bms - ems, bms + (jms - ems) / n), 'icc3k': (bms - ems, bms)}
    return {key: part / whole if whole > 1e-12 else None for key, (part, whole) in shares.items()} | {'residualMeanSquare': ems}


def kendall(rows):
    n, k = len(rows), len(rows[0])
    sums, ties = [0.0] * n, 0
    for j in range(k):
        column = [r[j] for r in rows]
        for i, value in enumerate(column):
            sums[i] += 1 + sum(v < value for v in column) + (column.count(value) - 1) / 2
        ties += sum(column.count(v) ** 3 - column.count(v) for v in set(column))
    return 12 * sum((s - k * (n + 1) / 2) ** 2 for s in sums) / (k * k * (n ** 3 - n) - k * ties)


def alpha(units):
    units = [u for u in units if len(u) > 1]
    values = [v for u in units for v in u]
    observed = sum(sum((a - b) ** 2 for a in u for b in u) / (len(u) - 1) for u in units) / len(values)
    return 1 - observed / (sum((a - b) ** 2 for a in values for b in values) / (len(values) * (len(values) - 1)))


def residuals_of(cells, names, experts):
    means = {a: statistics.fmean([v for (x, _), v in cells.items() if x == a]) for a in names if any(x == a for x, _ in cells)}
    leaning = {}
    for e in experts:
        offs = [v - means[a] for (a, x), v in cells.items() if x == e]
        leaning[e] = statistics.fmean(offs) if offs else 0
    return means, leaning


def outliers_of(cells, names, experts):
    left, found = dict(cells), []
    while True:
        means, leaning = residuals_of(left, names, experts)
        off = {key: v - means[key[0]] - leaning[key[1]] for key, v in left.items()}
        middle = statistics.median(off.values())
        sizes = [abs(v - middle) for v in off.values()]
        mad = statistics.median(sizes)
        deviation = 1.4826 * mad if mad > 1e-6 else 1.2533 * statistics.fmean(sizes)
        key = max(off, key=lambda k: abs(off[k]))
        if abs(off[key]) <= 3 * deviation + 1e-6 or len(found) >= len(names) * len(experts) // 4:
            return found, deviation, abs(abs(off[key]) - 3 * deviation) < 1e-5
        found.append(key)
        del left[key]


def near(a, b):
    return a is not None and abs(a - b) <= 1e-7 * max(1, abs(b))


def compare_agreement(number, panel, answer, scored, order, outcomes):
    found, sheets = answer['diagnosis'], table_of(panel)
    cells = {key: float(total_of(panel['rubric'], scores)) for key, scores in sheets.items()}
    names, experts = [a['id'] for a in panel['applications']], panel['experts']
    complete = [e for e in experts if all((a, e) in cells for a in names)]
    rows = [[cells[a, e] for e in complete] for a in names]
    if found['residualMeanSquare'] is not None:
        expected = iccs(rows)
        wrong = {key: (value, found[key]) for key, value in expected.items() if not (found[key] is None if value is None else near(found[key], value))}
        if wrong:
            fault(f'panel {number}: {wrong}')
    elif len(names) > 1 and len(complete) > 1 and len({v for r in rows for v in r}) > 1:
        fault(f'panel {number}: no ICC of a whole table')
    if found['kendallW'] is not None and not near(found['kendallW'], kendall([[float(round(v, 9)) for v in r] for r in rows])):
        fault(f'panel {number}: W {found["kendallW"]}, expected {kendall(rows)}')
    units = [[v for (a, _), v in cells.items() if a == name] for name in names]
    if found['krippendorffAlpha'] is not None and not near(found['krippendorffAlpha'], alpha(units)):
        fault(f'panel {number}: alpha {found["krippendorffAlpha"]}, expected {alpha(units)}')
    if cells:
        expected, deviation, hair = outliers_of(cells, names, experts)
        if not hair and (sorted(expected) != sorted((o['application'], o['expert']) for o in found['outliers']) or not near(found['deviation'], deviation)):
            fault(f'panel {number}: outliers {found["outliers"]}, expected {expected}')
    compare_swings(number, panel, found, outcomes)
    compare_lines(number, panel, answer, scored, outcomes, cells)


def compare_swings(number, panel, found, outcomes):
    expected = set()
    for expert in panel['experts'] if len(panel['experts']) > 1 else []:
        scored = figures(panel, table_of(panel, without=expert))
        again = ranked(panel, scored)[1]
        expected |= {(expert, a, again[a] == 'shortlisted') for a in again if (again[a] == 'shortlisted') != (outcomes[a] == 'shortlisted')}
    if {(s['without'], s['application'], s['enters']) for s in found['swings']} != expected:
        fault(f'panel {number}: swings {found["swings"]}, expected {expected}')


def compare_lines(number, panel, answer, scored, outcomes, cells):
    found = answer['diagnosis']
    placed = sorted((scored[a]['total'] for a in outcomes if outcomes[a] == 'shortlisted'), reverse=True)
    line = float(placed[-1]) if placed and len(placed) == panel['quota']['places'] else panel['rubric']['threshold'] / 100
    means, leaning = residuals_of(cells, [a['id'] for a in panel['applications']], panel['experts'])
    for entry in answer['applications']:
        figure, name = scored[entry['id']], entry['id']
        centred = sorted(v - leaning[e] for (a, e), v in cells.items() if a == name)[figure['t']:figure['k'] - figure['t']]
        if centred and not near(entry['centred'], statistics.fmean(centred)):
            fault(f'panel {number}, {name}: centred {entry["centred"]}, expected {statistics.fmean(centred)}')
        if found['residualMeanSquare'] is not None and centred:
            band = 1.645 * math.sqrt(2) * math.sqrt(found['residualMeanSquare'] / len(centred))
            away = abs(float(figure['total']) - line)
            if not near(entry['band'], band) or not near(found['line'], line) or (abs(away - band) > 1e-6 and entry['grey'] != (away < band)):
                fault(f'panel {number}, {name}: band {entry["band"]}, {entry["grey"]}; expected {band} and {away} from {line}')


# ---- Draws

def permutation(seed, count):
    order, i, words = list(range(count)), 0, []
    for last in range(count - 1, 0, -1):
        while True:
            if not words:
                words = list(struct.unpack('>4Q', hashlib.sha256(seed + struct.pack('>Q', i)).digest()))
                i += 1
            word = words.pop(0)
            if word < 2 ** 64 // (last + 1) * (last + 1):
                break
        other = word % (last + 1)
        order[last], order[other] = order[other], order[last]
    return order


def compare_draws():
    for number in range(DRAWS):
        name, root, source, count = f'2026-{number}', dice.randbytes(32).hex(), f'{number}期 01 02', dice.choice([1, 2, 3, 300, 1 + number])
        seed = hashlib.sha256(f'cappvd-draw/v1\n{name}\n{root}\n{source}\n'.encode()).digest()
        done = subprocess.run([PROGRAM, 'round', 'draw', '--json', name, root, source, str(count)], capture_output=True, text=True, check=True)
        found, expected = json.loads(done.stdout), permutation(seed, count)
        digest = hashlib.sha256(f'cappvd-permutation/v1\n{",".join(map(str, expected))}\n'.encode()).hexdigest()
        if found != {'seed': seed.hex(), 'sha256': digest, 'permutation': expected}:
            fault(f'draw {number} of {count} differs')


# ---- A dossier, read by other means

RULES = {'round': '2026-1', 'specialties': ['移动安全', '代码审计', '应急响应'], 'directions': [
    {'tag': tag, 'rubric': {'criteria': [{'id': 'c0', 'weight': 6000, 'maximum': 4000, 'step': 50, 'must': 2000, 'objective': False},
                                         {'id': 'c1', 'weight': 4000, 'maximum': 3000, 'step': 50, 'must': 0, 'objective': False}],
                            'threshold': 6000, 'trim': [[5, 1]], 'ties': ['criterion:c0', 'median'], 'reasonOutside': [60, 95]},
     'quota': {'places': 5, 'reserve': 2, 'newcomers': -1}, 'stars': [], 'panel': {'seats': [3, 2, 2], 'groupLimit': 1, 'alternatePercent': 40}}
    for tag in ('technical', 'partner')]}


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(',', ':'), ensure_ascii=False).encode()


def hash_of(*parts):
    return hashlib.sha256(b''.join(part if isinstance(part, bytes) else part.encode() for part in parts)).hexdigest()


def compare_dossier(folder):
    rules, path = folder / 'rules.json', folder / 'dossier.zip'
    rules.write_text(json.dumps(RULES))
    subprocess.run([PROGRAM, 'round', 'rehearse', rules, path], check=True)
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    said = {name[:-5]: json.loads(content) for name, content in members.items() if name.endswith('.json')}
    for name, value in said.items():
        if canonical(value) != members[f'{name}.json']:
            fault(f'{name}.json is not canonical')
    if {m['name']: m['sha256'] for m in said['manifest']['members']} != {n: hash_of(c) for n, c in members.items() if n not in ('manifest.json', 'signature.json')}:
        fault('the manifest is not of the members')
    leaves, draw = [entry['leaf'] for entry in said['pool']['pool']], said['draw']
    seed = hashlib.sha256(f'cappvd-draw/v1\n2026-1\n{draw["root"]}\n{draw["source"]}\n'.encode()).digest()
    if leaves != sorted(leaves) or seed.hex() != draw['seed'] or permutation(seed, len(leaves)) != draw['permutation'] or tree(leaves) != draw['root']:
        fault('root, seed or permutation of the dossier')
    for opened in draw['opened']:
        entry = said['pool']['pool'][opened['index']]
        if hash_of(b'\0', bytes.fromhex(opened['salt']), f'{opened["expert"]}\n{entry["specialty"]}\n{opened["employer"]}') != entry['leaf']:
            fault(f'{opened["expert"]} is not the leaf')
    for at in range(2):
        compare_direction(said, RULES['directions'][at], at, seed)
    compare_decided(said)
    compare_versions(folder, path, members)


def tree(leaves):
    """RFC 6962 clause 2.1, as it defines it."""
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return hash_of(b'\1', bytes.fromhex(tree(leaves[:split])), bytes.fromhex(tree(leaves[split:])))


def compare_direction(said, rules, at, seed):
    panel, sheets, tag = said['panels']['directions'][at], said['sheets']['directions'][at], rules['tag']
    applications = said['applications']['directions'][at]['applications']
    ids, lots = sorted(a['id'] for a in applications), hashlib.sha256(f'cappvd-draw/v1/lots/{tag}\n{seed.hex()}\n'.encode()).digest()
    if panel['lots'] != [ids[i] for i in permutation(lots, len(ids))]:
        fault(f'lots of {tag}')
    if panel['conflictsCommitment'] != hash_of(f'cappvd-conflicts/v1\n2026-1\n{tag}\n', bytes.fromhex(panel['conflictsNonce']), panel['conflicts']):
        fault(f'conflicts of {tag}')
    for sheet in sheets['sheets']:
        if sheet['commitment'] != hash_of(f'cappvd-score/v1\n2026-1/{tag}\n{sheet["application"]}\n{sheet["expert"]}\n',
                                          canonical({'scores': sheet['scores'], 'reasons': sheet['reasons']}), bytes.fromhex(sheet['nonce'])):
            fault(f'a commitment of {tag}')
    table = {(s['application'], s['expert']): list(s['scores']) for s in sheets['sheets']}
    for change in sheets['corrections']:
        table[change['application'], change['expert']][change['criterion']] = change['becomes']
    case = {'rubric': rules['rubric'], 'quota': rules['quota'], 'stars': [],
            'applications': [{**a, 'lot': panel['lots'].index(a['id'])} for a in applications], 'experts': sorted({e for _, e in table})}
    scored = figures(case, table)
    order, outcomes = ranked(case, scored)
    found = said['result']['directions'][at]['applications']
    if [a['id'] for a in found] != order or any(a['outcome'] != outcomes[a['id']] or F(*a['fraction']) != scored[a['id']]['total'] for a in found):
        fault(f'result of {tag}')


def compare_decided(said):
    """Who fell out, who moved up, and the lists, replayed from the ranking alone."""
    standing, reserve, vacant, listed, over = {}, {}, {}, {}, False
    for found in said['result']['directions']:
        standing.update((e['id'], found['direction']) for e in found['applications'] if e['outcome'] == 'shortlisted')
        reserve[found['direction']] = [e['id'] for e in found['applications'] if e['outcome'] == 'reserve']
        vacant[found['direction']] = []
    for step in said['decided']['steps']:
        name, kind = step.get('application'), step['step']
        if kind == 'depart':
            direction = standing.pop(name)
            if not over:
                vacant[direction].append((name, step['reason']))
        elif kind == 'promote':
            direction = next(d for d, names in reserve.items() if name in names)
            if over or reserve[direction].pop(0) != name or vacant[direction].pop(0) != (step['for'], step['reason']):
                fault(f'{name} moved up')
            standing[name] = direction
        elif kind == 'inspected':
            over = True
            if any(vacant[d] and reserve[d] for d in vacant):
                fault('a place stayed free')
        else:
            compare_list(step, standing, listed)
    final = {a['application']: a['stars'] for d in said['decided']['standing'] for a in d['applications']}
    if final != {name: listed[name] for name in standing}:
        fault(f'who stands: {final}, expected {standing}')


def compare_list(step, standing, listed):
    names = [u['application'] for u in step['units']]
    if step['sha256'] != hash_of(canonical(step['list'])) or not set(names) <= set(standing):
        fault('a list is of others')
    if step['list']['kind'] == 'publicity' and set(names) != set(standing):
        fault('somebody is missing on the list')
    if any(u['stars'] > u.get('ruleStars', u['stars']) for u in step['units']):
        fault('more stars than the rules give')
    if [(u['direction'], u['stars']) for u in step['list']['units']] != [(standing[u['application']], u['stars']) for u in step['units']]:
        fault('the published list says otherwise')
    listed.update((u['application'], u['stars']) for u in step['units'])


def compare_versions(folder, path, members):
    """Any byte of decided.json changed, in an archive whose manifest was not: no. One of the first version: as before."""
    changed, whole = folder / 'changed.zip', path.read_bytes()
    at = whole.index(members['decided.json'])
    for offset in range(0, len(members['decided.json']), 29):
        content = bytearray(whole)
        content[at + offset] ^= 1
        changed.write_bytes(content)
        if subprocess.run([PROGRAM, 'round', 'verify', changed], capture_output=True).returncode in (0, 76):
            fault(f'byte {offset} of decided.json')
    if subprocess.run([PROGRAM, 'round', 'verify', ROOT / 'test/engine/selection/dossier_v1.zip'], capture_output=True).returncode != 76:
        fault('a dossier of the first version')


def main():
    panels = [random_panel(number) for number in range(PANELS)]
    done = subprocess.run([PROGRAM, 'round', 'score', '--json', '-'], input='\n'.join(map(json.dumps, panels)) + '\n', capture_output=True, text=True)
    if done.returncode != 0:
        print(done.stderr[:2000])
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    if len(answers) != len(panels):
        fault(f'{len(answers)} answers to {len(panels)} panels')
    tied = sum(sum('decidedBy' in a for a in answer['applications']) for answer in answers)
    if tied < 500:
        fault(f'only {tied} ties were met')
    for number, (panel, answer) in enumerate(zip(panels, answers)):
        scored, order, outcomes = compare_scores(number, panel, answer)
        if number % DIAGNOSED_EVERY == 0:
            compare_agreement(number, panel, answer, scored, order, outcomes)
    compare_draws()
    with tempfile.TemporaryDirectory() as folder:
        compare_dossier(pathlib.Path(folder))
    print(f'{tied} ties')
    print(f'{PANELS + DRAWS - len(faults)} passed, {len(faults)} failed')
    sys.exit(1 if faults else 0)


if __name__ == '__main__':
    main()
