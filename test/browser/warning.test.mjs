/* A warning on its way: a support unit shares it, a coordinator assesses it and says whom it concerns, a publisher sends it, a vendor signs for it;
 * and the public page of another one. In both languages. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axe, fitsWindow, LANGS, library, screenshot } from './harness.mjs';
import { enter, PEOPLE } from './people.mjs';

const WORDS = { what_zh: '河豚推送 SDK 设备标识泄露漏洞', found_zh: '监测发现设备标识可被读取。', product_zh: '消息推送组件。', cause_zh: '日志级别配置不当。',
	harm_zh: '可致设备标识泄露。', versions: '< 3.6.5', advice_zh: '升级到 3.6.5。' };
const step = (page, action) => page.locator(`form[action$="/actions/${action}"]`);

async function carryOut(page, action, boxes = [], texts = {}) {
	const form = step(page, action);
	await form.evaluate((element) => { for (let box = element; box; box = box.parentElement) if (box.tagName === 'DETAILS') box.open = true; });
	for (const name of boxes) await form.locator(`[name="${name}"]`).check();
	for (const [name, value] of Object.entries(texts)) await form.locator(`[name="${name}"]`).fill(value);
	await Promise.all([page.waitForNavigation(), form.locator('button').last().click()]);
}

async function share(page) {
	await page.goto('/warning-desk');
	await Promise.all([page.waitForNavigation(), page.locator('main form[action="/warning-desk"] button').click()]);
	await page.fill('[name=what_zh]', WORDS.what_zh);
	await page.locator('[name=found_zh]').focus();
	await page.locator('[data-autosave-status]', { hasText: /\d/ }).waitFor({ state: 'attached' }); /* it saves itself */
	await page.reload();
	assert.equal(await page.inputValue('[name=what_zh]'), WORDS.what_zh);
	await Promise.all([page.waitForNavigation(), page.locator('button[value=check]').click()]);
	assert.ok(await page.locator('main .problems, main [role=alert]').count(), 'what is missing is not named');
	for (const [name, value] of Object.entries(WORDS)) await page.fill(`[name=${name}]`, value);
	await Promise.all([page.waitForNavigation(), page.locator('button[value=check]').click()]);
	await carryOut(page, 'submit');
	return new URL(page.url()).pathname;
}

async function assess(page, address) {
	await page.goto(`${address}/audience`);
	await page.locator('main details summary').click();
	await page.selectOption('[name=kind]', 'vendors');
	await page.fill('[name=sdk]', '河豚推送 SDK');
	await page.fill('[name=version_before]', '3.6.5');
	await Promise.all([page.waitForNavigation(), page.locator('main form[action$="/aims"] button').click()]);
	const words = await page.locator('main').innerText();
	assert.ok(words.includes(page.look.lang === 'en' ? 'Yunfan Wallet contains Fugu Push SDK 3.6.4' : '云帆钱包 包含 河豚推送 SDK 3.6.4'), words);
	await axe(page);
	await fitsWindow(page);
	await screenshot(page, 'warning-audience');
	await page.goto(address);
	await carryOut(page, 'assess', ['no_casefile'], { assessment: '已与组件提供者核实。' });
}

for (const lang of LANGS) test(`warning: from the unit to the vendor's signature (${lang})`, async (t) => {
	const { open } = await library(t);
	const page = await open({ lang });
	await enter(page, PEOPLE.unitVerifier);
	const address = await share(page);
	await enter(page, PEOPLE.vendor);
	assert.equal((await page.goto(address)).status(), 404, 'the vendor sees what was not sent');
	await enter(page, PEOPLE.coordinator);
	await assess(page, address);
	assert.equal(await step(page, 'send').count(), 0, 'whoever assessed it may send it');
	await enter(page, PEOPLE.publisher);
	await page.goto(address);
	await carryOut(page, 'send', ['no_exploit', 'audience']);
	await enter(page, PEOPLE.vendor);
	await page.goto(address);
	assert.ok((await page.locator('main').innerText()).includes(WORDS.harm_zh));
	await axe(page);
	await fitsWindow(page);
	await screenshot(page, 'warning-vendor');
	await page.locator('[name=confirm]').check();
	await page.locator('[name=statement][value=handled]').check();
	await Promise.all([page.waitForNavigation(), page.locator('form[action$="/acknowledge"] button').click()]);
	await enter(page, PEOPLE.coordinator);
	await page.goto(`${address}/receipts`);
	const row = await page.locator('main tbody tr', { hasText: lang === 'en' ? 'Yunfan Mobile Technology' : '云帆移动科技有限公司' }).innerText();
	assert.ok(row.includes('何雨桐'), row);
	const [file] = await Promise.all([page.waitForEvent('download'), page.locator('main a[href*="format=csv"]').click()]);
	assert.equal(file.suggestedFilename(), 'receipts.csv');
	await enter(page, '江澄'); /* provides the SDK, contains it not, and is told nothing */
	assert.equal((await page.goto(address)).status(), 404);
	await page.goto(lang === 'en' ? '/en/warnings' : '/warnings');
	assert.ok(!(await page.locator('main').innerText()).includes(WORDS.what_zh), 'a limited warning is public');
	await page.locator('main table a').first().click();
	await page.waitForLoadState();
	assert.match(await page.locator('h1').innerText(), lang === 'en' ? /^Warning: / : /^关于防范.*的风险提示$/);
	await axe(page);
	await fitsWindow(page);
	await screenshot(page, 'warning-public');
});
