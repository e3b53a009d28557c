/* A vendor reports its own product: the repair begins at once, beside the verification, and the advisory ends it. */
import { test } from 'node:test';
import { library } from './harness.mjs';
import { inLooks, Journey } from './journey.mjs';

async function ownProduct(shared, look, index) {
	const play = new Journey(shared, look, '自报', index);
	await play.send({ who: 'vendor', first: { owner: 'own' }, rest: { part: 'android', product: `云帆记账${index}`, vendor: '云帆移动科技有限公司',
		package: 'com.example.yunfan.accounts', versions: '< 3.2.1' } });
	await play.sees({ report: ['Received', 'the library'], turn: ['coordinator'] });
	await play.take();
	const coordinator = await play.as('coordinator');
	const party = await play.findVendor('own', play.product, coordinator);
	await play.sees({ report: ['Verification', 'the verifier'], casefile: ['Verification', 'the verifier'], parties: { own: ['vendor', 'Fixing', 'the vendor'] },
		turn: ['verifier', 'vendor'] });
	await play.verify('client');
	await play.sees({ report: ['Rated', 'the coordinator, or the second verifier where one is needed'],
		casefile: ['Rated', 'the coordinator, or the second verifier where one is needed'], parties: { own: ['vendor', 'Fixing', 'the vendor'] },
		turn: ['coordinator', 'vendor'] });
	await play.act('coordinator', play.casefile, 'accept');
	await play.duty(party);
	await play.fix(party, [['', '3.2.1']]);
	await play.sees({ report: ['Accepted', 'the coordinator'], casefile: ['Accepted', 'the coordinator'],
		parties: { own: ['vendor', 'Check of the fix', 'the verifier'] }, turn: ['coordinator'] });
	await play.checkFix(party);
	await play.act('coordinator', play.casefile, 'coordinate');
	await play.describe();
	await play.sees({ report: ['Coordination with the vendor', 'the coordinator and the vendor'],
		casefile: ['Coordination with the vendor', 'the coordinator and the vendor'], parties: { own: ['vendor', 'Settled'] }, turn: ['coordinator'] });
	await play.publish();
	await play.end();
}

test('an own product: the casefile begins with the fix and ends as an advisory', { timeout: 600000 }, async (t) => {
	const shared = await library(t);
	await inLooks(t, (look, index) => ownProduct(shared, look, index));
});
