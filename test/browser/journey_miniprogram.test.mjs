/* A mini-program has no file: it is known by its AppID and filing number, and fixed since an instant. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { library } from './harness.mjs';
import { day, inLooks, Journey, VENDOR } from './journey.mjs';

async function miniProgram(shared, look, index) {
	const play = new Journey(shared, look, '小程', index);
	const fixed = `${day(-1)} 14:00`;
	await play.send({ rest: { part: 'mini-program', product: `云帆挂号${index}`, vendor: '云帆移动科技有限公司', package: `wx00000000000000b${index}`,
		filing_number: `京ICP备0000000${index}号-1X`, platform: 'wechat', mini_page: 'pages/order/detail', versions: `${day(-1)} 之前` } });
	await play.sees({ report: ['Received', 'the library'], turn: ['coordinator'] });
	const { text } = await play.status('coordinator', play.ref);
	for (const known of [`wx00000000000000b${index}`, `京ICP备0000000${index}号-1X`, 'pages/order/detail']) assert.ok(text.includes(known), `${known} is not shown`);
	await play.take();
	await play.verify('client');
	await play.act('coordinator', play.casefile, 'accept');
	const party = await play.nameVendor('mini', { ...VENDOR, product: play.product, is_service: true });
	await play.act('coordinator', play.casefile, 'coordinate');
	await play.notify(party);
	await play.sign(party);
	await play.act('vendor', party, 'state', { position: 'affected' });
	await play.plan(party);
	await play.act('coordinator', party, 'accept');
	await play.act('vendor', party, 'fix', { fixed: '2.0' }, { refused: true }); /* a version says nothing of a service */
	await play.fix(party, [['', fixed]]);
	await play.act('coordinator', party, 'assign', { verifier: 'zhaomingzhe' });
	await play.act('verifier', party, 'replay', { checked_on: day(0), version: fixed, evidence: '原步骤返回拒绝访问。' });
	await play.sees({ report: play.stage, casefile: play.stage, parties: { mini: ['vendor', 'Settled'] }, turn: ['coordinator'] });
	await play.describe({ package: `wx00000000000000b${index}`, versions: `${day(-1)} 之前`, fixed_version: fixed });
	await play.publish();
	assert.ok((await play.status('stranger', `/advisories/${play.number}`)).text.includes(`wx00000000000000b${index}`), 'the AppID is not public');
	await play.end();
}

test('a mini-program without a file', { timeout: 600000 }, async (t) => {
	const shared = await library(t);
	await inLooks(t, (look, index) => miniProgram(shared, look, index));
});
