/* One's own data: a copy made and fetched, the end of the account asked for and taken back, and how long what is kept; in both languages. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axe, fitsWindow, library, screenshot } from './harness.mjs';
import { enter, PEOPLE } from './people.mjs';

const WORDS = {
	'zh-CN': { retention: '数据留存规则', ask: '生成我的数据副本', fetch: '下载副本', remove: '注销我的账号', keep: '保留我的账号', waits: '您的账号将被注销', agreed: '我已了解' },
	en: { retention: 'Data retention rules', ask: 'Make a copy of my data', fetch: 'Download the copy', remove: 'Delete my account', keep: 'Keep my account', waits: 'Your account will be deleted', agreed: 'I have read' },
};

async function copyIsMade(page, words) {
	await page.getByRole('button', { name: words.ask }).click();
	for (let tries = 0; tries < 60; tries++) {
		await page.goto('/account/privacy');
		if (await page.getByRole('button', { name: words.ask }).count() && await page.getByRole('button', { name: words.fetch }).count()) return;
		await page.waitForTimeout(500);
	}
	assert.fail('the copy is not made');
}

for (const lang of ['zh-CN', 'en']) {
	test(`privacy: a copy, the end of an account taken back, the retention rules (${lang})`, async (t) => {
		const { open } = await library(t);
		const words = WORDS[lang];
		const page = await open({ lang });
		await page.goto(lang === 'en' ? '/en/privacy/retention' : '/privacy/retention');
		assert.match(await page.locator('h1').innerText(), new RegExp(words.retention));
		await axe(page);
		await screenshot(page, `privacy-retention-${lang}`);

		await enter(page, PEOPLE.reporter);
		await page.goto('/account/privacy');
		await axe(page);
		await screenshot(page, `privacy-own-${lang}`);
		await copyIsMade(page, words);
		const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: words.fetch }).click()]);
		assert.match(download.suggestedFilename(), /^D-.*\.zip$/);

		await page.goto('/account/privacy');
		await page.getByLabel(words.agreed, { exact: false }).check();
		await page.getByRole('button', { name: words.remove }).click();
		await page.waitForSelector(`text=${words.waits}`);
		await screenshot(page, `privacy-deletion-${lang}`);
		await page.getByRole('button', { name: words.keep }).click();
		await page.waitForSelector(`button:has-text("${words.remove}")`);
		await page.setViewportSize({ width: 375, height: 800 });
		await fitsWindow(page);
		await screenshot(page, `privacy-own-phone-${lang}`);
	});
}
