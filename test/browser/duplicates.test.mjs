/* Duplicates: the coordinator is shown what looks alike and why; who reported second learns number, date and proof of the earlier one and nothing else;
 * what the library knew by itself is told so by two people. In both languages, with and without script. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axe, fitsWindow, library, screenshot } from './harness.mjs';
import { inLooks, Journey, sendForm } from './journey.mjs';

const WORDS = { description: '导出接口把用户输入拼入 SQL 语句', class: 'sql-injection' };
const number = (address) => address.split('/').pop();

async function report(shared, look, index, name, who, product) {
	const play = new Journey(shared, look, name, index);
	await play.send({ who, rest: { part: 'android', product, versions: '< 2.0', ...WORDS } });
	return play;
}

/* The reporter's page about what came before: a number and a date, its proof, and no word of the other one. */
async function learnsOnly(play, earlier, secrets) {
	const page = await play.as(play.reporter);
	await page.goto(play.ref);
	const text = await page.locator('main').innerText();
	assert.ok(text.includes(earlier), `the number of the earlier one stands on the page: ${text}`);
	for (const secret of secrets) assert.ok(!(await page.content()).includes(secret), `${secret} is nobody else's`);
	const proof = await page.request.get(`${play.ref}/earlier`);
	assert.equal(proof.status(), 200);
	assert.ok((await proof.text()).includes(earlier), 'the proof speaks of the earlier one');
	assert.equal((await page.request.get(`/reports/${earlier}`)).status(), 404, 'the earlier one itself is not there for them');
}

async function repeated(shared, look, index) {
	const product = `查重应用${index}`, first = await report(shared, look, index, '初报', 'reporter', product), second = await report(shared, look, index, '再报', 'unitVerifier', product);
	const coordinator = await second.act('coordinator', second.ref, 'review'), table = coordinator.locator('main table').filter({ has: coordinator.locator(`a[href="${first.ref}"]`) });
	assert.equal(await table.count(), 1, 'the earlier report is a candidate');
	const row = (await table.locator('tr', { has: coordinator.locator(`a[href="${first.ref}"]`) }).innerText());
	assert.ok(row.includes(product) || row.includes(second.say('the same product')), `the reasons are told: ${row}`);
	if (look.script) await axe(coordinator);
	await fitsWindow(coordinator);
	await screenshot(coordinator, 'duplicates-candidates');
	await second.act('coordinator', second.ref, 'duplicate', { of: 'R-2020-0000-0000' }, { refused: true });
	await second.actHere('coordinator', 'duplicate', { of: number(first.ref) });
	await learnsOnly(second, number(first.ref), [first.title, first.secret]);
	for (const play of [first, second]) await play.end();
}

async function knownBefore(shared, look, index) {
	const title = `内部线索标题${index}`, content = `内部线索内容${index}`, clerk = new Journey(shared, look, '线索', index), page = await clerk.as('coordinator');
	await page.goto('/internal-records');
	const form = page.locator('main form[action="/internal-records"]');
	assert.ok((await sendForm(page, form, {})).length, 'a record without a title is refused');
	assert.deepEqual(await sendForm(page, page.locator('main form[action="/internal-records"]'), { title, content }), []);
	const record = number(new URL(page.url()).pathname), play = await report(shared, look, index, '已知', 'unitVerifier', `已知应用${index}`);
	await play.act('coordinator', play.ref, 'review');
	const proposer = await play.act('coordinator', play.ref, 'known', { record });
	assert.equal(await proposer.locator('form[action$="/actions/confirm-known"]').count(), 0, 'who proposed it does not confirm it');
	await play.act('other', play.ref, 'confirm-known');
	await learnsOnly(play, record, [title, content]);
	for (const one of [clerk, play]) await one.end();
}

test('duplicates: candidates with reasons, and what the second reporter learns', { timeout: 600000 }, async (t) => {
	const shared = await library(t);
	await inLooks(t, async (look, index) => {
		await repeated(shared, look, index);
		await knownBefore(shared, look, index);
	});
});
