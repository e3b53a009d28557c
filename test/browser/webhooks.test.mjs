/* A person adds a webhook, sees its secret once, sends a test, and removes it again; wrong addresses are named at the field. In both languages. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axe, fitsWindow, LANGS, library, screenshot } from './harness.mjs';
import { enter, PEOPLE } from './people.mjs';

const ADDRESS = 'https://hooks.example.cn/in';
const WORDS = { 'zh-CN': { none: '尚未', full: '最多' }, en: { none: 'There is none yet.', full: 'There can be five of them.' } };

async function add(page, address) {
	await page.fill('main [name=address]', address);
	await Promise.all([page.waitForNavigation(), page.locator('main form[action$="/account/webhooks"] button').click()]);
}

async function journey(open, lang, width) {
	const page = await open({ lang, width, script: lang === 'en' });
	await enter(page, PEOPLE.reporter);
	await page.goto('/account/webhooks');
	if (page.look.script) await axe(page);
	for (const wrong of ['http://hooks.example.cn/in', 'https://user:word@hooks.example.cn/', 'https://[::1]/in', 'nowhere']) {
		await add(page, wrong);
		assert.equal(await page.locator('main [name=address][aria-invalid=true]').count(), 1, `${wrong} is named at the field`);
		assert.equal(await page.inputValue('main [name=address]'), wrong, 'what was typed stays');
	}
	await add(page, ADDRESS);
	const secret = (await page.locator('main').innerText()).match(/whsec_[A-Za-z0-9+/=]+/)?.[0];
	assert.ok(secret && Buffer.from(secret.slice(6), 'base64').length === 24, 'the secret is shown');
	if (page.look.script) await axe(page);
	await fitsWindow(page);
	await screenshot(page, 'webhooks-secret');
	await page.goto('/account/webhooks');
	assert.ok(!(await page.content()).includes('whsec_'), 'the secret is shown once');
	assert.ok((await page.locator('main table').innerText()).includes(ADDRESS));
	await Promise.all([page.waitForNavigation(), page.locator('main form[action$="/test"] button').first().click()]);
	for (let i = 1; i < 5; i++) await add(page, `${ADDRESS}/${i}`);
	assert.equal(await page.locator('main [name=address]').count(), 0, 'there are five at most');
	for (let i = 0; i < 5; i++) await Promise.all([page.waitForNavigation(), page.locator('main form[action$="/end"] button').first().click()]);
	assert.ok((await page.locator('main').innerText()).includes(WORDS[lang].none) || !(await page.locator('main table').count()));
	await page.context().close();
}

test('webhooks are added, their secret is seen once, and they are removed, in both languages', { timeout: 600000 }, async (t) => {
	const { open } = await library(t);
	for (const lang of LANGS) await journey(open, lang, lang === 'en' ? 375 : 1280);
});
