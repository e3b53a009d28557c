/* Many vendors at once: a coordinator ticks vendors without account and hands their letters to a partner; the partner confirms, reports with a table
 * that has a bounce and two wrong lines, and learns nothing of the vulnerability. In both languages. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axe, fitsWindow, LANGS, library, screenshot } from './harness.mjs';
import { enter, PEOPLE } from './people.mjs';

const PARTNER = '穆棉', CODE = '91110108MADEM000XB', SECRET = 'window.bridge';
const submit = (page, form) => Promise.all([page.waitForNavigation({ waitUntil: 'domcontentloaded' }), form.locator('button').last().click()]);
const hrefs = (page, start) => page.locator(`main a[href^="${start}"]`).evaluateAll((all) => all.map((one) => one.getAttribute('href')));

/* The casefile with many vendors: the one whose letters the partner has already. */
async function vendorsOf(page) {
	await page.goto('/deliveries');
	await page.goto((await hrefs(page, '/deliveries/'))[0]);
	await page.goto((await hrefs(page, '/parties/'))[0]);
	await page.goto(`${(await hrefs(page, '/casefiles/'))[0]}/parties`);
	await axe(page);
	await fitsWindow(page);
	await screenshot(page, 'vendors');
}

async function handOut(page) {
	for (const name of ['竹简科技', '海东青软件工作室']) await page.locator('main tr', { hasText: name }).locator('[name=party]').check();
	await page.locator('main [name=what][value=channel]').check();
	await submit(page, page.locator('main form[action$="/preview"]'));
	await axe(page);
	await screenshot(page, 'vendors-preview');
	await page.selectOption('[name=partner]', CODE);
	await submit(page, page.locator('main form[action$="/act"]'));
	assert.match(page.url(), /\/deliveries\/D-/, await page.locator('main').innerText());
	return new URL(page.url()).pathname;
}

async function table(page, lines) {
	await page.setInputFiles('main form[action$="/table"] [type=file]', { name: 'letters.csv', mimeType: 'text/csv', buffer: Buffer.from(`letter,outcome,delivered_at,to,note\n${lines.join('\n')}\n`) });
	await submit(page, page.locator('main form[action$="/table"]'));
}

async function report(page, address) {
	await page.goto(address);
	assert.ok(!(await page.content()).includes(SECRET), 'the partner reads what the vulnerability is');
	await submit(page, page.locator('form[action$="/actions/receive"]'));
	const letters = (await hrefs(page, `${address}/letters/`)).map((one) => one.match(/letters\/([^/]+)/)[1]);
	assert.equal(letters.length, 2);
	const [file] = await Promise.all([page.waitForEvent('download'), page.locator('main a[href$="/package.zip"]').click()]);
	assert.match(file.suggestedFilename(), /\.zip$/);
	const today = new Date(Date.now() + 8 * 3600000 - 60000).toISOString().slice(0, 16).replace('T', ' ');
	await table(page, [`${letters[0]},delivered,${today},王经理,`, `${letters[1]},delivered,,,`, 'L-0000-0000,bounced,,,']);
	const words = await page.locator('main .note').first().innerText();
	assert.ok(words.includes(letters[1]) && words.includes('L-0000-0000') && !words.includes(letters[0]), words);
	await axe(page);
	await fitsWindow(page);
	await screenshot(page, 'delivery-partner');
	await table(page, [`${letters[1]},bounced,,,地址无效`]);
}

for (const lang of LANGS) test(`vendors: letters through a partner (${lang})`, async (t) => {
	const { open } = await library(t);
	const page = await open({ lang });
	await enter(page, PEOPLE.coordinator);
	await vendorsOf(page);
	const address = await handOut(page);
	await enter(page, PARTNER);
	await report(page, address);
	await enter(page, PEOPLE.coordinator);
	await page.goto(address);
	const cells = await page.locator('main tbody tr').allInnerTexts();
	assert.ok(cells.some((row) => row.includes('竹简科技') && row.includes('王经理')), cells.join());
	assert.ok(cells.some((row) => row.includes('海东青软件工作室') && row.includes('地址无效')), cells.join());
	await vendorsOf(page);
	const stands = async (name) => page.locator('main tr', { hasText: name }).innerText();
	assert.ok((await stands('竹简科技')).includes(lang === 'en' ? 'Notified' : '已通知'), await stands('竹简科技'));
	await enter(page, PEOPLE.foreign);
	assert.equal((await page.goto(address)).status(), 404, 'somebody else opens the package');
});
