/* A vulnerability of an app with two vendors: one repairs it, the other stays silent until every step to reach it is exhausted; then it is published. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { library, PROGRAM } from './harness.mjs';
import { day, forgetSessions, Journey, looks, until, VENDOR } from './journey.mjs';

const COORDINATION = ['Coordination with the vendor', 'the coordinator and the vendor'];
const ATTEMPT = { channel: 'phone', source: 'store', address: '010-00000000', outcome: 'no-answer', note: '无人接听。' };
const CLOCK_SECONDS = 150;

async function begin(play) {
	await play.send({ rest: { part: 'android', product: `云帆便签${play.index}`, vendor: '云帆移动科技有限公司', package: 'com.example.yunfan.memo', versions: '< 3.2.1' } });
	await play.sees({ report: ['Received', 'the library'], turn: ['coordinator'] });
	await play.act('coordinator', play.ref, 'review');
	await play.sees({ report: ['Formal review', 'the library'], turn: ['coordinator'] });
	await play.act('coordinator', play.ref, 'ask', { question: '请补充受影响版本。' });
	await play.sees({ report: ['Additions asked for', 'the reporter'], turn: ['reporter'] });
	await play.act('reporter', play.ref, 'answer', { answer: '3.2.0 及以前版本。' });
	await play.attach();
	await play.sees({ report: ['Verification', 'the verifier'], casefile: ['Verification', 'the verifier'], turn: ['verifier'] });
	await play.verify('client');
	await play.act('coordinator', play.casefile, 'accept');
	await play.sees({ report: ['Accepted', 'the coordinator'], casefile: ['Accepted', 'the coordinator'], turn: ['coordinator'] });
	await play.nameVendor('signs', { ...VENDOR, product: play.product, versions: '2.x\n3.x' });
	await play.nameVendor('silent', { name: '浮萍软件工作室', mail: 'security@example.org', source: '应用商店页面', product: `浮萍便签${play.index}` });
	await play.act('coordinator', play.casefile, 'coordinate');
}

/* The one vendor's part, with everything that can come between: a returned plan, more time, a fix that does not hold. */
async function repaired(play) {
	const party = play.parties.signs, stage = (...seen) => play.sees({ report: COORDINATION, casefile: COORDINATION, parties: { signs: ['vendor', ...seen] } });
	await play.notify(party, '2.x\n3.x');
	await stage('Notified, no answer yet', 'the vendor');
	await play.sign(party);
	await stage('Signed for, no position yet', 'the vendor');
	await play.duty(party);
	await play.act('vendor', party, 'state', { position: 'affected', explanation: '已在测试环境重现。' });
	await stage('Position: affected', 'the vendor or, when nothing is to be repaired, the coordinator');
	await play.plan(party);
	await play.act('coordinator', party, 'return', { reason: '请说明旧版本线的修补时间。' });
	assert.ok((await play.status('vendor', party)).text.includes('请说明旧版本线的修补时间。'), 'the vendor does not read why');
	await play.plan(party);
	await stage('Review of the repair plan', 'the coordinator');
	await play.act('coordinator', party, 'accept');
	await stage('Fixing', 'the vendor');
	await play.act('vendor', party, 'ask', { days: '5', reason: '旧版本线需要回归测试。' });
	await play.act('coordinator', party, 'extend', { days: '5', reason: '同意延期。' });
	await play.fix(party, [['2.x', '2.9.4'], ['3.x', '3.2.1']]);
	await stage('Check of the fix', 'the verifier');
	await play.act('coordinator', party, 'assign', { verifier: 'zhaomingzhe' });
	await play.act('verifier', party, 'fail', { evidence: '2.9.4 上仍可复现。' });
	await stage('Fixing', 'the vendor');
	await play.fix(party, [['2.x', '2.9.5'], ['3.x', '3.2.1']]);
	await play.checkFix(party);
	await stage('Settled');
	await play.refuses('coordinator', 'request'); /* the other vendor has not been reached yet */
}

/* The other is written to without content, and does not answer. */
async function writtenTo(play) {
	const party = play.parties.silent;
	await play.act('coordinator', party, 'invite');
	await play.act('coordinator', party, 'attempt', ATTEMPT);
	await play.refuses('coordinator', 'give-up', party);
	await reached(play, 'Vendor');
}

/* At which step of the contact it is, for the coordinator; the clock goes on by itself. */
async function reached(play, step) {
	const party = play.parties.silent;
	await until(async () => (await play.status('coordinator', party)).text.includes(`<dd>${play.say(step)}</dd>`), CLOCK_SECONDS);
	await play.sees({ report: COORDINATION, casefile: COORDINATION, parties: { silent: [null, 'Making contact', 'the coordinator'] }, turn: ['coordinator'] });
	await play.act('coordinator', party, 'attempt', { ...ATTEMPT, channel: step === 'Vendor' ? 'phone' : 'letter' });
}

async function exhausted(play) {
	const party = play.parties.silent;
	await until(async () => (await play.status('coordinator', party)).text.includes(play.say('Out of reach')), CLOCK_SECONDS);
	await play.sees({ report: COORDINATION, casefile: COORDINATION, parties: { silent: [null, 'Out of reach'], signs: ['vendor', 'Settled'] }, turn: ['coordinator'] });
	await play.describe();
	await play.refuses('coordinator', 'request'); /* of the silent vendor's product no measure exists */
	await early(play);
	await play.publish();
	await play.act('coordinator', play.casefile, 'track');
	await play.act('coordinator', play.casefile, 'note', { share: '83', note: '旧版本已下架。' });
	await play.act('coordinator', play.casefile, 'close', { reason: '处置完毕，办结归档。' });
	await play.sees({ report: ['Closed'], casefile: ['Closed'], turn: [], isPublic: true });
}

/* What has no measure of its provider is published by the procedure of article 9(1) only: consultation, two ministries, two approvals. */
async function early(play) {
	await play.act('coordinator', play.casefile, 'early-consult', { ground: 'consulted', record: '与云帆协商一致；浮萍经三个环节无法联系。', need: '用户可自行停用规避。' });
	await play.act('coordinator', play.casefile, 'early-report', { miit: '工信〔2026〕1号', miit_on: day(-1), mps: '公安〔2026〕1号', mps_on: day(-1) });
	await play.act('coordinator', play.casefile, 'early-assess', { verdict: 'permitted', document: '评估〔2026〕1号', dated: day(-1) });
	await play.act('coordinator', play.casefile, 'early-approve', { document_read: true });
	await play.refuses('coordinator', 'early-approve'); /* nobody approves twice */
	await play.act('other', play.casefile, 'early-approve', { document_read: true });
}

const PHASES = [
	['a report is received, added to, verified and accepted', 0, begin],
	['one vendor signs, plans, repairs, and repairs again', 0, repaired],
	['the other is written to', 0, writtenTo],
	['it is asked through its store', 12, (play) => reached(play, 'Store or platform partner')],
	['it is asked through the authority', 17, (play) => reached(play, 'Local communications administration')],
	['it is out of reach, and the matter is published and closed', 17, exhausted],
];

test('an app with two vendors, one of them silent', { timeout: 600000 }, async (t) => {
	const shared = await library(t);
	const plays = looks().map((look, index) => new Journey(shared, look, '通用', index));
	for (const [name, days, phase] of PHASES) {
		if (days) {
			for (const play of plays) await play.end();
			forgetSessions(shared);
			await shared.later(days);
			await promisify(execFile)(PROGRAM, ['time', 'confirm', '--data', shared.data]);
		}
		assert.ok(await t.test(name, () => Promise.all(plays.map(phase))) ?? true);
	}
});
