// The formulas of CVSS 2.0, 3.0 and 3.1 in fractions of big integers: the arbiter where a calculator in floating point meets a tie, or rounds
// (2.0, environmental) at other places than the guide. Written from the specifications' text, apart from cappvd's tables.
const gcd = (a, b) => (b ? gcd(b, a % b) : a < 0n ? -a : a);
function fraction(n, d = 1n) {
	const common = gcd(n, d) || 1n;
	return { n: n / common, d: d / common };
}
function decimal(text) {
	const [whole, part = ''] = String(text).split('.');
	return fraction(BigInt(whole + part), 10n ** BigInt(part.length));
}
const times = (...factors) => factors.reduce((a, b) => fraction(a.n * b.n, a.d * b.d), fraction(1n));
const plus = (a, b) => fraction(a.n * b.d + b.n * a.d, a.d * b.d);
const minus = (a, b) => plus(a, fraction(-b.n, b.d));
const least = (a, b) => (a.n * b.d < b.n * a.d ? a : b);
const power = (a, n) => fraction(a.n ** BigInt(n), a.d ** BigInt(n));
const one = fraction(1n), ten = fraction(10n);
const roundHalfUp = (x, unit) => fraction((2n * x.n * unit + x.d) / (2n * x.d), unit);
const ceilTenth = (x) => fraction((10n * x.n + x.d - 1n) / x.d, 10n);
const roundUp31 = (x) => ceilTenth(roundHalfUp(x, 100000n));
const tenths = (x) => Number((10n * x.n) / x.d);
const without = (...factors) => minus(one, times(...factors.map((f) => minus(one, f))));

function read(vector) {
	return Object.fromEntries(vector.split('/').filter((piece) => !piece.startsWith('CVSS:')).map((piece) => piece.split(':')));
}

function exact2(m) {
	const w = (table, key, absent) => decimal(table[m[key] ?? 'ND'] ?? absent);
	const cia = { N: 0, P: 0.275, C: 0.66 }, need = { L: 0.5, M: 1, H: 1.51, ND: 1 };
	const exploit = times(fraction(20n), w({ L: 0.395, A: 0.646, N: 1 }, 'AV'), w({ H: 0.35, M: 0.61, L: 0.71 }, 'AC'), w({ M: 0.45, S: 0.56, N: 0.704 }, 'Au'));
	const base = (impact) => impact.n === 0n ? impact
		: roundHalfUp(times(minus(plus(times(decimal('0.6'), impact), times(decimal('0.4'), exploit)), decimal('1.5')), decimal('1.176')), 10n);
	const context = times(w({ U: 0.85, POC: 0.9, F: 0.95, H: 1, ND: 1 }, 'E'), w({ OF: 0.87, TF: 0.9, W: 0.95, U: 1, ND: 1 }, 'RL'),
		w({ UC: 0.9, UR: 0.95, C: 1, ND: 1 }, 'RC'));
	if (!('CDP' in m)) return tenths(roundHalfUp(times(base(times(decimal('10.41'), without(w(cia, 'C'), w(cia, 'I'), w(cia, 'A')))), context), 10n));
	const adjusted = without(times(w(cia, 'C'), w(need, 'CR')), times(w(cia, 'I'), w(need, 'IR')), times(w(cia, 'A'), w(need, 'AR')));
	const temporal = roundHalfUp(times(base(least(ten, times(decimal('10.41'), adjusted))), context), 10n);
	const damage = w({ ND: 0, N: 0, L: 0.1, LM: 0.3, MH: 0.4, H: 0.5 }, 'CDP'), spread = w({ N: 0, L: 0.25, M: 0.75, H: 1, ND: 1 }, 'TD');
	return tenths(roundHalfUp(times(plus(temporal, times(minus(ten, temporal), damage)), spread), 10n));
}

function exact3(m, later) {
	const environmental = 'CR' in m, up = later ? roundUp31 : ceilTenth;
	const value = (key) => (environmental && m['M' + key] && m['M' + key] !== 'X' ? m['M' + key] : m[key]);
	const changed = value('S') === 'C', cia = { N: 0, L: 0.22, H: 0.56 }, need = { X: 1, L: 0.5, M: 1, H: 1.5 };
	const harm = (key) => times(decimal(cia[value(key)]), decimal(environmental ? need[m[key + 'R']] : 1));
	const iss = environmental ? least(without(harm('C'), harm('I'), harm('A')), decimal('0.915')) : without(harm('C'), harm('I'), harm('A'));
	const curve = environmental && later ? power(minus(times(iss, decimal('0.9731')), decimal('0.02')), 13) : power(minus(iss, decimal('0.02')), 15);
	const impact = changed ? minus(times(decimal('7.52'), minus(iss, decimal('0.029'))), times(decimal('3.25'), curve)) : times(decimal('6.42'), iss);
	const privileges = changed ? { N: 0.85, L: 0.68, H: 0.5 } : { N: 0.85, L: 0.62, H: 0.27 };
	const exploit = times(decimal('8.22'), decimal({ N: 0.85, A: 0.62, L: 0.55, P: 0.2 }[value('AV')]), decimal({ L: 0.77, H: 0.44 }[value('AC')]),
		decimal(privileges[value('PR')]), decimal({ N: 0.85, R: 0.62 }[value('UI')]));
	const sum = plus(impact, exploit);
	const score = impact.n <= 0n ? fraction(0n) : up(least(changed ? times(decimal('1.08'), sum) : sum, ten));
	return tenths(up(times(score, decimal({ X: 1, U: 0.91, P: 0.94, F: 0.97, H: 1 }[m.E ?? 'X']), decimal({ X: 1, O: 0.95, T: 0.96, W: 0.97, U: 1 }[m.RL ?? 'X']),
		decimal({ X: 1, U: 0.92, R: 0.96, C: 1 }[m.RC ?? 'X']))));
}

/** Tenths of the score that counts; NaN for 4.0, which needs no arbiter. The vector names whole groups, as rating.mjs makes them. */
export function exactTenths(vector) {
	if (vector.startsWith('CVSS:4.0/')) return NaN;
	return vector.startsWith('CVSS:3') ? exact3(read(vector), vector.startsWith('CVSS:3.1/')) : exact2(read(vector));
}
