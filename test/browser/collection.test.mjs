/* A case collection: a unit writes a case that saves itself, submits it and is told so; the office reviews it and sends it to experts; what is in public
 * notice is on everybody's page. In both languages, with script and without. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axe, fitsWindow, library, screenshot } from './harness.mjs';
import { enter, PEOPLE } from './people.mjs';

const PICTURES_WANTED = Boolean(process.env.CAPPVD_PICTURES);
const FILE = { name: 'figures.txt', mimeType: 'text/plain', buffer: Buffer.from('213 apps, 47 reports.\n') };
const WORDS = { title: '面向中小厂商的漏洞修补帮扶', summary: '帮助中小厂商读懂通知、尽快修补。', background: '中小厂商缺少安全人员。', measures: '建立帮扶小组，提供修补样例。', effect: '二十六家厂商按期修补。', contact: '卢深 010-00000000' };

async function send(page, locator) { await Promise.all([page.waitForNavigation(), locator.click()]); }
async function seen(page, name) {
	if (page.look.script) await axe(page); /* it is a script itself */
	if (page.look.script) await fitsWindow(page);
	if (PICTURES_WANTED) await screenshot(page, name);
}

async function collection(page) {
	await page.goto('/activities');
	return (await page.locator('main table a', { hasText: /案例征集|Case collection/ }).first().getAttribute('href')).replace(/^\/en/, '');
}

async function write(page) {
	for (const [name, words] of Object.entries(WORDS)) await page.locator(`[name=${name}]`).fill(words);
	await page.locator('[name=kind]').selectOption('handling').catch(() => page.locator('[name=kind][value=handling]').check());
	await page.locator('[name=declaration]').check();
}

async function begun(page) {
	const address = await collection(page);
	await enter(page, PEOPLE.unitVerifier);
	await page.goto(`${address}/cases`);
	await seen(page, 'collection-own');
	await send(page, page.locator(`main form[action$="/cases"] button`));
	assert.match(page.url(), /\/cases\/L-/);
	await seen(page, 'collection-draft');
	return address;
}

for (const look of [{ lang: 'zh-CN' }, { lang: 'en', script: false, width: 375 }])
	test(`a case goes from the draft to the experts, ${look.lang}`, { timeout: 240000 }, async (t) => {
		const { open } = await library(t);
		const page = await open(look);
		const address = await begun(page), place = new URL(page.url()).pathname;
		assert.equal(await page.locator('#next form[action$="/actions/submit"]').count(), 0, 'nothing incomplete can be submitted');
		await write(page);
		if (look.script !== false) {
			await page.locator('[name=effect]').blur();
			await page.waitForTimeout(2500);
			await page.reload();
			assert.equal(await page.locator('[name=effect]').inputValue(), WORDS.effect, 'saved by itself');
		}
		await page.locator('[name=proof]').setInputFiles(FILE);
		if (look.script !== false) await page.locator('.uploads').getByText('已保存').first().waitFor();
		await send(page, page.locator('main form button[value=save]'));
		assert.match(await page.locator('main').textContent(), /figures\.txt/);
		await send(page, page.locator('#next form[action$="/actions/submit"] button'));
		assert.equal(await page.locator('main form[data-autosave]').count(), 0, 'what was submitted is read, not written');

		const office = await open({ ...look });
		await enter(office, PEOPLE.secretary);
		await office.goto(`/programme${address}/cases`);
		await seen(office, 'collection-office');
		await send(office, office.locator('main table a', { hasText: WORDS.title }));
		await seen(office, 'collection-check');
		assert.equal(new URL(office.url()).pathname, place);
		await office.locator('main details:has([name=complete]) summary').click();
		for (const name of ['complete', 'declared', 'undisclosed']) await office.locator(`[name=${name}]`).check();
		await send(office, office.locator('main form[action$="/actions/pass"] button'));
		assert.equal(await office.locator('main table tbody tr').count(), 3, 'three experts were asked');
		await seen(office, 'collection-scoring');

		const everybody = await open(look);
		await everybody.goto(look.lang === 'en' ? `/en${address}/result` : `${address}/result`);
		assert.match(await everybody.locator('main').textContent(), /导出组件漏洞的批量排查与协同修补/);
		await seen(everybody, 'collection-result');
	});
