// Compares `cappvd rate cvss --json -` with an independent calculator over vectors made at random from a fixed seed.
// Every metric group takes part. Where the calculator differs by a tenth, exact fractions decide (lib/exact.mjs): it works in floating point and
// keeps the intermediate values of 2.0 unrounded. That must stay rare, and never happens for 4.0.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createRequire } from 'node:module';
import { exactTenths } from './lib/exact.mjs';

const require = createRequire(import.meta.url);
const { Cvss2, Cvss3P0, Cvss3P1, Cvss4P0 } = require('ae-cvss-calculator');
const program = fileURLToPath(new URL('../../build/cappvd', import.meta.url));
const PER_SYSTEM = 6000;

// mulberry32: the same vectors on every machine.
let state = 20260305;
function random(limit) {
	state = (state + 0x6d2b79f5) | 0;
	let t = Math.imul(state ^ (state >>> 15), 1 | state);
	t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
	return ((t ^ (t >>> 14)) >>> 0) % limit;
}

const metrics3 = {
	base: ['AV:NALP', 'AC:LH', 'PR:NLH', 'UI:NR', 'S:UC', 'C:NLH', 'I:NLH', 'A:NLH'],
	temporal: ['E:XUPFH', 'RL:XOTWU', 'RC:XURC'],
	environmental: ['CR:XLMH', 'IR:XLMH', 'AR:XLMH', 'MAV:XNALP', 'MAC:XLH', 'MPR:XNLH', 'MUI:XNR', 'MS:XUC', 'MC:XNLH', 'MI:XNLH', 'MA:XNLH'],
};
const systems = {
	'': {
		base: ['AV:LAN', 'AC:HML', 'Au:MSN', 'C:NPC', 'I:NPC', 'A:NPC'],
		temporal: ['E:ND,U,POC,F,H', 'RL:ND,OF,TF,W,U', 'RC:ND,UC,UR,C'],
		environmental: ['CDP:ND,N,L,LM,MH,H', 'TD:ND,N,L,M,H', 'CR:ND,L,M,H', 'IR:ND,L,M,H', 'AR:ND,L,M,H'],
		calculator: Cvss2,
	},
	'CVSS:3.0/': { ...metrics3, calculator: Cvss3P0 },
	'CVSS:3.1/': { ...metrics3, calculator: Cvss3P1 },
	'CVSS:4.0/': {
		base: ['AV:NALP', 'AC:LH', 'AT:NP', 'PR:NLH', 'UI:NPA', 'VC:HLN', 'VI:HLN', 'VA:HLN', 'SC:HLN', 'SI:HLN', 'SA:HLN'],
		temporal: ['E:XAPU'],
		environmental: ['CR:XHML', 'IR:XHML', 'AR:XHML', 'MAV:XNALP', 'MAC:XLH', 'MAT:XNP', 'MPR:XNLH', 'MUI:XNPA', 'MVC:XHLN', 'MVI:XHLN', 'MVA:XHLN',
			'MSC:XHLN', 'MSI:XSHLN', 'MSA:XSHLN'],
		calculator: Cvss4P0,
	},
};

function pick(metric) {
	const [tag, values] = metric.split(':');
	const choices = values.includes(',') ? values.split(',') : [...values];
	return `${tag}:${choices[random(choices.length)]}`;
}

function makeVector(prefix, kind) {
	const system = systems[prefix];
	const groups = [...system.base, ...(kind & 1 ? system.temporal : []), ...(kind & 2 ? system.environmental : [])];
	return prefix + groups.map(pick).join('/');
}

const cases = [];
for (const prefix of Object.keys(systems))
	for (let i = 0; i < PER_SYSTEM; i++) cases.push({ prefix, vector: makeVector(prefix, i % 4) });

// 4.0 has 270 macrovectors, too many to be met by chance: the worst vector of each, and its neighbours, by name.
const worst = {
	attack: ['AV:N/PR:N/UI:N', 'AV:A/PR:N/UI:N', 'AV:N/PR:L/UI:P', 'AV:P/PR:N/UI:N', 'AV:L/PR:H/UI:A'],
	ease: ['AC:L/AT:N', 'AC:H/AT:N', 'AC:H/AT:P'],
	harm: ['VC:H/VI:H/VA:H/CR:H/IR:H/AR:H', 'VC:H/VI:H/VA:L/CR:M/IR:M/AR:H', 'VC:L/VI:H/VA:H/CR:H/IR:H/AR:H', 'VC:L/VI:H/VA:L/CR:H/IR:M/AR:H',
		'VC:L/VI:L/VA:L/CR:H/IR:H/AR:H', 'VC:N/VI:N/VA:L/CR:L/IR:L/AR:L'],
	spread: ['SC:H/SI:S/SA:S', 'SC:H/SI:H/SA:H', 'SC:L/SI:L/SA:L', 'SC:N/SI:N/SA:N'],
	threat: ['E:A', 'E:P', 'E:U'],
};
for (const attack of worst.attack)
	for (const ease of worst.ease)
		for (const harm of worst.harm)
			for (const spread of worst.spread)
				for (const threat of worst.threat) {
					const m = Object.fromEntries([attack, ease, harm, spread, threat].join('/').split('/').map((piece) => piece.split(':')));
					const safety = ['SI', 'SA'].filter((key) => m[key] === 'S');
					for (const key of safety) m[key] = 'N';
					const order = ['AV', 'AC', 'AT', 'PR', 'UI', 'VC', 'VI', 'VA', 'SC', 'SI', 'SA', 'E', 'CR', 'IR', 'AR'];
					const vector = 'CVSS:4.0/' + [...order.map((key) => `${key}:${m[key]}`), ...safety.map((key) => `M${key}:S`)].join('/');
					cases.push({ prefix: 'CVSS:4.0/', vector });
				}

const run = spawnSync(program, ['rate', 'cvss', '--json', '-'], { input: cases.map((c) => c.vector).join('\n') + '\n', maxBuffer: 1 << 28, encoding: 'utf8' });
if (run.error || run.status !== 0) {
	console.log(run.error ?? run.stderr.slice(0, 2000));
	console.log('0 passed, 1 failed');
	process.exit(1);
}
const answers = run.stdout.trimEnd().split('\n').map((line) => JSON.parse(line));

let passed = 0, failed = 0, byFraction = 0;
for (const [i, { prefix, vector }] of cases.entries()) {
	const found = Math.round(answers[i].score * 10), expected = Math.round(new systems[prefix].calculator(vector).calculateScores().overall * 10);
	const exact = exactTenths(vector), near = prefix === 'CVSS:4.0/' ? found === expected : found === exact && Math.abs(found - expected) <= 1;
	if (near) passed++;
	else if (++failed <= 20) console.log(`${vector}: cappvd ${found / 10}, calculator ${expected / 10}, exact ${exact / 10}`);
	if (near && found !== expected) byFraction++;
}
if (byFraction * 50 > cases.length) failed++;
console.log(`${byFraction} vectors where the calculator rounds otherwise than the specification were decided by exact fractions`);
if (answers.length !== cases.length) failed++;
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
