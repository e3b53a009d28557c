/* Every part of the pages, in every look. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { axe, fitsWindow, inEachLook, library, screenshot, tabTo } from './harness.mjs';

test('every part is accessible and fits, in both languages, light and dark, 320 to 1280 px', async (t) => {
	const { address, open } = await library(t);
	await inEachLook(open, async (page, { width }) => {
		await page.goto(`${address}/styleguide`);
		await fitsWindow(page);
		await axe(page);
		if (width !== 320) await screenshot(page, 'styleguide');
	});
});

test('parts say everything without script and with forced colours', async (t) => {
	const { address, open } = await library(t);
	const plain = await open({ lang: 'en', script: false });
	await plain.goto(`${address}/styleguide`);
	assert.equal(await plain.locator('button[data-copy]').first().isVisible(), false);
	await plain.locator('details.dialog summary').click();
	assert.equal(await plain.locator('details.dialog .panel').isVisible(), true);
	const forced = await open({ lang: 'zh-CN', forced: true });
	await forced.goto(`${address}/styleguide`);
	await axe(forced, { except: ['color-contrast'] }); /* the colours are the reader's own */
});

test('the keyboard walks over lists and to the search field', async (t) => {
	const { address, open } = await library(t);
	const page = await open({ lang: 'en' });
	await page.goto(`${address}/styleguide`);
	await page.evaluate(() => document.activeElement.blur());
	await page.keyboard.press('j');
	await page.keyboard.press('j');
	assert.equal(await page.evaluate(() => document.activeElement.closest('tr').rowIndex), 2);
	await page.keyboard.press('k');
	assert.equal(await page.evaluate(() => document.activeElement.closest('tr').rowIndex), 1);
	await page.keyboard.press('?');
	assert.equal(await page.locator('.keys').isVisible(), true);
	await page.keyboard.press('/');
	assert.equal(await page.evaluate(() => document.activeElement.type), 'search');
});

test('the first Tab offers to skip to the content', async (t) => {
	const { address, open } = await library(t);
	const page = await open({ lang: 'zh-CN' });
	await page.goto(`${address}/there-is-no-such-page`);
	await tabTo(page, '.skip', 1);
	await page.keyboard.press('Enter');
	assert.equal(await page.evaluate(() => document.activeElement.id), 'content');
});

test('a first page takes at most 60 KB compressed', async (t) => {
	const { address, open } = await library(t);
	const page = await open({ lang: 'zh-CN' });
	const sizes = [];
	page.on('response', async (reply) => sizes.push(reply.body().then((body) => gzipSync(body).length)));
	await page.goto(`${address}/styleguide`, { waitUntil: 'networkidle' });
	const total = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
	assert.ok(total <= 60 * 1024, `${total} bytes`);
});
