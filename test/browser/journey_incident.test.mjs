/* A running system of one operator: it is repaired, followed and closed, and nothing of it is ever public. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { library } from './harness.mjs';
import { day, inLooks, Journey, VENDOR } from './journey.mjs';

async function incident(shared, look, index) {
	const play = new Journey(shared, look, '事件', index);
	await play.send({ first: { kind: 'incident' }, rest: { part: 'server', product: `云帆商城${index}`, vendor: '云帆移动科技有限公司', operator: '云帆移动科技有限公司',
		host: `api${index}.shop.example.com` } });
	await play.sees({ report: ['Received', 'the library'], turn: ['coordinator'] });
	await play.take();
	await play.sees({ report: ['Verification', 'the verifier'], casefile: ['Verification', 'the verifier'], turn: ['verifier'] });
	await play.verify('server');
	await play.act('coordinator', play.casefile, 'accept');
	await play.nameVendor('operator', { ...VENDOR, product: play.product, is_service: true });
	await play.act('coordinator', play.casefile, 'coordinate');
	await play.refuses('coordinator', 'keep'); /* the operator has to be told first */
	await play.repair('operator', { lines: [['', `${day(-1)} 14:00`]] });
	await play.describe();
	for (const [who, action] of [['coordinator', 'request'], ['publisher', 'publish'], ['coordinator', 'early-consult']]) await play.refuses(who, action);

	await play.act('coordinator', play.casefile, 'keep');
	await play.sees({ report: ['Kept internal', 'the coordinator'], casefile: ['Kept internal', 'the coordinator'], parties: { operator: ['vendor', 'Settled'] },
		turn: ['coordinator'] });
	await play.act('coordinator', play.casefile, 'track');
	await play.sees({ report: ['Tracking', 'the coordinator'], casefile: ['Tracking', 'the coordinator'], turn: ['coordinator'] });
	await play.act('coordinator', play.casefile, 'note', { share: '100', note: '服务已全部更新。' });
	await play.act('coordinator', play.casefile, 'close', { reason: '处置完毕，办结归档。' });
	await play.sees({ report: ['Closed'], casefile: ['Closed'], parties: { operator: ['vendor', 'Settled'] }, turn: [] });
	const { text } = await play.status(play.reporter, play.ref);
	assert.ok(!text.includes(play.say('Published')) && !text.includes('href="/advisories/'), 'the reporter is shown a publication');
	const number = text.match(/NVDB-CAPPVD-\d+/)[0], inbox = (await play.status(play.reporter, '/inbox')).text;
	assert.ok(inbox.split(number).length > 3, 'the reporter was not told of acceptance, of the decision to keep it internal, and of the end');
	await play.end();
}

test('an incident is never public, and ends', { timeout: 600000 }, async (t) => {
	const shared = await library(t);
	await inLooks(t, (look, index) => incident(shared, look, index));
});
