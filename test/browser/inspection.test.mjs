/* The checklist of an inspection on a phone without network: it opens again, keeps what is entered, and sends it once. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axe, fitsWindow, library, screenshot } from './harness.mjs';
import { enter, PEOPLE } from './people.mjs';

/* The page of a visit that is arranged, and the name of its first inspector. */
async function arranged(open) {
	const page = await open();
	await enter(page, PEOPLE.officer);
	await page.goto('/programme/rounds?state=INSPECTION');
	await page.goto(`${await page.locator('main table a').first().getAttribute('href')}/inspections`);
	await axe(page);
	await screenshot(page, 'inspections');
	const row = page.locator('main tr', { hasText: '已安排' }).first();
	const address = await row.locator('a[href^="/inspections/"]').getAttribute('href');
	await page.goto(address);
	await axe(page);
	await screenshot(page, 'inspection-office');
	const words = await page.locator('aside').innerText();
	return { address, name: words.match(/(\S+) \(随机抽取/)[1] };
}

const waiting = (page, count) => page.waitForSelector(`[data-inspection][data-waiting="${count}"]`);
const item = (page, name) => page.locator(`[data-item="${name}"]`);

async function unfold(page, name) {
	if (await item(page, name).getAttribute('open') === null) await item(page, name).locator('summary').first().click();
}

async function stored(page) {
	return page.evaluate(async () => {
		const request = indexedDB.open('cappvd-inspection');
		const database = await new Promise((resolve) => { request.onsuccess = () => resolve(request.result); });
		if (!database.objectStoreNames.length) return 0;
		const counts = ['entries', 'photos'].map((name) => new Promise((resolve) => {
			const all = database.transaction(name).objectStore(name).getAll();
			all.onsuccess = () => resolve(all.result.length);
		}));
		const total = (await Promise.all(counts)).reduce((sum, one) => sum + one, 0);
		database.close();
		return total;
	});
}

test('inspection: a phone without network keeps everything and sends it once', async (t) => {
	const { open } = await library(t);
	const { address, name } = await arranged(open);
	const page = await open({ width: 375 }), context = page.context();
	await enter(page, name);
	await page.goto(address);
	await page.waitForSelector('html[data-kept=yes]');
	await page.evaluate(() => navigator.serviceWorker.ready.then(() => null));
	await unfold(page, 'laboratory');
	await axe(page);
	await fitsWindow(page);
	await screenshot(page, 'inspection-phone');

	await context.setOffline(true);
	await unfold(page, 'emergency');
	await item(page, 'emergency').locator('input[value=minor]').check();
	await page.fill('[name=evidence-emergency]', '拨打值守电话无人接听');
	await page.fill('[name=comment-emergency]', '值班表未更新');
	await page.fill('[name=days-emergency]', '5');
	await item(page, 'emergency').locator('details summary').click();
	await page.fill('[name=where-emergency]', '八层机房');
	await page.setInputFiles('[name=files-emergency]', { name: 'door.png', mimeType: 'image/png', buffer: Buffer.from('not a picture') });
	await waiting(page, 2);
	assert.equal(await stored(page), 2);

	await page.reload(); /* without network */
	await waiting(page, 2);
	await unfold(page, 'emergency');
	assert.equal(await page.inputValue('[name=comment-emergency]'), '值班表未更新');

	await context.setOffline(false);
	await page.evaluate(() => dispatchEvent(new Event('online')));
	await waiting(page, 0);
	assert.equal(await stored(page), 0);
	await page.reload();
	await unfold(page, 'emergency');
	assert.equal(await page.inputValue('[name=evidence-emergency]'), '拨打值守电话无人接听');
	assert.equal(await item(page, 'emergency').locator('a[href*="/photos/"]').count(), 1);
	assert.match(await item(page, 'emergency').innerText(), /八层机房/);

	/* The answer to a save is lost: it is sent again, and taken once. */
	let lost = 0;
	await page.route('**/items/sample', async (route) => {
		if (lost++) return route.continue();
		await route.fetch();
		return route.abort();
	});
	await unfold(page, 'sample');
	await page.fill('[name=evidence-sample]', '三个漏洞全部复现');
	await waiting(page, 1);
	await page.waitForTimeout(1000);
	await page.evaluate(() => dispatchEvent(new Event('online')));
	await waiting(page, 0);
	assert.equal(lost, 2);
	assert.equal(await item(page, 'sample').getAttribute('data-seen'), '1');

	/* Signing out leaves nothing on the device. */
	await context.setOffline(true);
	await page.fill('[name=evidence-sample]', '待补充');
	await waiting(page, 1);
	await context.setOffline(false);
	await Promise.all([page.waitForNavigation(), page.locator('form[action="/logout"] button').first().click()]);
	assert.equal(await stored(page), 0);
	assert.equal(await page.evaluate(async () => (await caches.keys()).length), 0);
	assert.equal(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length), 0);
});

test('inspection: without script the whole list is one form', async (t) => {
	const { open } = await library(t);
	const { address, name } = await arranged(open);
	const page = await open({ script: false });
	await enter(page, name);
	await page.goto(address);
	const before = Number(await item(page, 'emergency').getAttribute('data-seen'));
	await unfold(page, 'emergency');
	await item(page, 'emergency').locator('input[value=meets]').check();
	await page.fill('[name=evidence-emergency]', '值守电话两分钟内接通');
	await page.locator('[data-inspection] .actions button').click();
	await unfold(page, 'emergency');
	assert.equal(await page.inputValue('[name=evidence-emergency]'), '值守电话两分钟内接通');
	assert.equal(Number(await item(page, 'emergency').getAttribute('data-seen')), before + 1);
});
