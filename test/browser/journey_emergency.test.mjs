/* An exploited vulnerability: the vendor is told within 24 hours, beside the verification, and it is reported upward. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { library } from './harness.mjs';
import { inLooks, Journey, VENDOR } from './journey.mjs';

const RECIPIENTS = ['national-platform', 'cncert', 'notification-centre'];

async function emergency(shared, look, index) {
	const play = new Journey(shared, look, '紧急', index);
	await play.send({ rest: { part: 'android', product: `云帆支付${index}`, vendor: '云帆移动科技有限公司', package: 'com.example.yunfan.pay', versions: '< 3.2.1' } });
	await play.take();
	await play.refuses('coordinator', 'party'); /* before acceptance only in the emergency channel */
	await play.act('coordinator', play.casefile, 'emergency', { why: 'exploited', grounds: '监测发现在野利用。' });
	const { text } = await play.status('coordinator', play.casefile);
	for (const word of ['Emergency channel since', 'Vendor to be notified by']) assert.ok(text.includes(play.say(word)), word);
	const party = await play.nameVendor('told', { ...VENDOR, product: play.product });
	await play.notify(party);
	await play.sign(party);
	await play.sees({ report: ['Verification', 'the verifier'], casefile: ['Verification', 'the verifier'], parties: { told: ['vendor', 'Signed for, no position yet', 'the vendor'] },
		turn: ['verifier', 'vendor'] });
	for (const recipient of RECIPIENTS) await play.act('coordinator', play.casefile, 'report-up', { recipient, document: `报〔2026〕${index}号` });
	await play.act('vendor', party, 'state', { position: 'affected' });
	await play.plan(party);
	await play.act('coordinator', party, 'accept');

	await play.verify('client', { level: 'critical' });
	for (const recipient of RECIPIENTS) await play.act('coordinator', play.casefile, 'report-up-answer', { recipient, document: `收〔2026〕${index}号` });
	assert.equal((await play.status('coordinator', play.casefile)).text.split(`收〔2026〕${index}号`).length, 4, 'the receipts are not shown');
	await play.act('coordinator', play.casefile, 'accept');
	await play.act('coordinator', play.casefile, 'coordinate');
	await play.fix(party, [['', '3.2.1']]);
	await play.checkFix(party);
	await play.describe();
	await play.publish();
	await play.end();
}

test('an emergency: notice beside the verification, reports upward with their receipts, and the advisory', { timeout: 600000 }, async (t) => {
	const shared = await library(t);
	await inLooks(t, (look, index) => emergency(shared, look, index));
});
