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

/* What waits at the platform, by state, and as a file; then the same for the office, by partner. */
async function lookAtLetters(page, address, vendor, bounced) {
	await page.goto('/deliveries/letters?state=delivered');
	const rows = await page.locator('main tbody tr').allInnerTexts();
	assert.ok(rows.some((row) => row.includes(vendor)) && !rows.some((row) => row.includes(bounced)), rows.join());
	await page.selectOption('main [name=state]', 'bounced');
	await submit(page, page.locator('main form[action="/deliveries/letters"]'));
	assert.ok((await page.locator('main tbody').innerText()).includes(bounced));
	assert.equal((await hrefs(page, address)).length > 0, true, 'the letter leads to its package');
	assert.equal((await hrefs(page, '/parties/')).length, 0, 'a partner finds a way to the matter');
	const file = await page.request.get('/deliveries/letters?state=bounced&format=csv');
	assert.ok((await file.text()).includes(bounced) && !(await file.text()).includes(SECRET));
	await axe(page);
}

async function lookAsOffice(page, address, vendor) {
	await page.goto(`/deliveries/letters?state=delivered&partner=${CODE}`);
	const rows = await page.locator('main tbody tr').allInnerTexts();
	assert.ok(rows.some((row) => row.includes(vendor)), rows.join());
	assert.ok((await hrefs(page, '/parties/')).length > 0);
	await page.goto(address);
	const [casefile] = await hrefs(page, '/casefiles/');
	assert.equal((await page.goto(casefile)).status(), 200, 'the package leads to its casefile');
}

const signed = (page, lang) => page.locator('main tr', { hasText: lang === 'en' ? 'no position yet' : '尚未提交意见' }).locator('a').first();
const open = (page, action) => page.locator(`#next form[action$="/actions/${action}"]`).evaluate((form) => { for (let at = form; at; at = at.parentElement) if (at.tagName === 'DETAILS') at.open = true; });

/* Refused at its own form and nowhere else; then sent, looked at, returned with a reason, sent again and accepted. */
async function closeRetired(page, lang) {
	await enter(page, PEOPLE.vendor);
	await page.goto('/parties');
	const matter = await signed(page, lang).getAttribute('href');
	const send = async (values) => {
		await page.goto(matter);
		await open(page, 'close-retired');
		const form = page.locator('#next form[action$="/actions/close-retired"]');
		await form.evaluate((element) => { element.noValidate = true; });
		for (const [name, value] of Object.entries(values)) await form.locator(`[name="${name}"]`).fill(value);
		await submit(page, form);
	};
	await send({ where: '各应用商店' });
	const wrong = page.locator('#next .problem:visible');
	assert.equal(await wrong.count(), 2, 'the day and the evidence are missed');
	assert.equal(await page.locator('#next form[action$="/actions/close-known"] .problem').count(), 0, 'another form is blamed');
	assert.equal(await page.locator('#next form[action$="/actions/close-retired"] [name=where]').inputValue(), '各应用商店', 'what was typed stays');
	assert.equal(await page.locator('#next form[action$="/actions/close-known"] [name=where]').inputValue(), '', 'and stands in no other form');
	const whole = { offline_since: '2026-01-31', where: '各应用商店', evidence: '下架记录。' };
	await send(whole);
	await enter(page, PEOPLE.coordinator);
	await page.goto(matter);
	assert.ok((await page.locator('main').innerText()).includes('下架记录'));
	await open(page, 'return');
	await page.locator('#next form[action$="/actions/return"] [name=reason]').fill('请补充证明。');
	await submit(page, page.locator('#next form[action$="/actions/return"]'));
	await enter(page, PEOPLE.vendor);
	await page.goto(matter);
	assert.ok((await page.locator('main').innerText()).includes('请补充证明'), 'the vendor reads why');
	await send(whole);
	await enter(page, PEOPLE.coordinator);
	await page.goto(matter);
	await submit(page, page.locator('#next form[action$="/actions/accept-retired"]'));
	const stands = await page.locator('main .status').first().innerText();
	assert.ok(stands.includes(lang === 'en' ? 'Settled' : '已办结'), stands);
	await enter(page, PEOPLE.foreign);
	assert.equal((await page.goto(matter)).status(), 404, 'another vendor opens the matter');
}

async function lookAtFigures(page, lang) {
	await enter(page, PEOPLE.vendor);
	await page.goto('/parties/figures');
	const [own] = await hrefs(page, '/parties/figures/');
	await page.goto(own);
	assert.ok(await page.locator('main tbody tr').count() > 0);
	const file = await page.request.get(`${own}?format=csv`);
	assert.match(await file.text(), /\d{4}-\d\d,/);
	await axe(page);
	await enter(page, PEOPLE.foreign);
	assert.equal((await page.goto(own)).status(), 404, 'another vendor reads them');
	await page.goto(`${lang === 'en' ? '/en' : ''}/figures/vendors`);
	const words = await page.locator('main').innerText();
	assert.ok(!words.includes('云帆') && !words.includes('Yunfan'), 'a vendor is named in public');
	const told = await (await page.request.get('/api/v1/figures/vendors')).json();
	assert.equal(told.months.length, 12);
}

for (const lang of LANGS) test(`vendors: closing evidence and figures (${lang})`, async (t) => {
	const { open: opened } = await library(t);
	const page = await opened({ lang });
	await closeRetired(page, lang);
	await lookAtFigures(page, lang);
});

for (const lang of LANGS) test(`vendors: letters through a partner (${lang})`, async (t) => {
	const { open } = await library(t);
	const page = await open({ lang });
	await enter(page, PEOPLE.coordinator);
	await vendorsOf(page);
	const address = await handOut(page);
	await enter(page, PARTNER);
	await report(page, address);
	await lookAtLetters(page, address, '竹简科技', '海东青软件工作室');
	await enter(page, PEOPLE.coordinator);
	await lookAsOffice(page, address, '竹简科技');
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
