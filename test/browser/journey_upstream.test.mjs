/* The vendor of an app finds the fault in an SDK: its provider gets a casefile of its own, linked to the first; both end as advisories. */
import { test } from 'node:test';
import { library } from './harness.mjs';
import { inLooks, Journey, SDK_VENDOR, VENDOR } from './journey.mjs';

const COORDINATION = ['Coordination with the vendor', 'the coordinator and the vendor'];

async function upstream(shared, look, index) {
	const play = new Journey(shared, look, '上游', index);
	await play.send({ rest: { part: 'sdk', product: `云帆推送组件${index}`, vendor: '云帆移动科技有限公司', package: 'com.example.yunfan:push', versions: '< 3.2.1' } });
	await play.take();
	await play.verify('sdk');
	await play.act('coordinator', play.casefile, 'accept');
	const party = await play.nameVendor('app', { ...VENDOR, product: play.product });
	await play.act('coordinator', play.casefile, 'coordinate');
	await play.notify(party);
	await play.sign(party);
	await play.act('vendor', party, 'state', { position: 'upstream' }, { refused: true });
	const component = `河豚推送 SDK ${index}`;
	await play.actHere('vendor', 'state', { provider: '河豚云网络科技有限公司', component, provider_contact: 'security@fugu.example.com' });
	await play.sees({ report: COORDINATION, casefile: COORDINATION,
		parties: { app: ['vendor', 'Position: a component of somebody else', 'the vendor or, when nothing is to be repaired, the coordinator'] }, turn: ['coordinator', 'vendor'] });

	const linked = await play.branch(component, '河豚');
	await play.sees({ report: COORDINATION, casefile: COORDINATION, parties: {} });
	await linked.sees({ casefile: ['Verification', 'the verifier'] });
	await linked.act('coordinator', linked.casefile, 'assign', { verifier: 'zhaomingzhe' });
	await linked.verify('sdk');
	await linked.act('coordinator', linked.casefile, 'accept');
	const provider = await linked.findVendor('provider', component, await linked.as('coordinator'));
	await linked.act('coordinator', provider, 'bind', { credit_code: SDK_VENDOR.credit_code, proof: 'papers', evidence: '营业执照与备案一致。', own_provider: 'yes', domicile: 'CN' });
	await linked.act('coordinator', linked.casefile, 'coordinate');
	await linked.repair('provider', { who: 'foreign' });
	await linked.describe();
	await linked.publish();

	await play.plan(party);
	await play.act('coordinator', party, 'accept');
	await play.fix(party, [['', '3.2.1']]);
	await play.checkFix(party);
	await play.describe();
	await play.publish();
	await linked.end();
	await play.end();
}

test('an SDK: the fault lies upstream, and both casefiles end as advisories', { timeout: 600000 }, async (t) => {
	const shared = await library(t);
	await inLooks(t, (look, index) => upstream(shared, look, index));
});
