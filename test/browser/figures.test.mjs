/* Figures: everybody reads whole months, takes a table as a file, and reads the report that one person reviewed and another one issued. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axe, fitsWindow, LANGS, library, screenshot } from './harness.mjs';
import { enter, PEOPLE } from './people.mjs';

const WORDS = { 'zh-CN': { title: '统计数据', review: '审阅通过', issue: '签发' }, en: { title: 'Figures', review: 'Mark as reviewed', issue: 'Issue the report' } };
const KIND = { 'zh-CN': '月报', en: 'Weekly report' };

async function read(open, lang) {
	const page = await open({ lang, script: false });
	const prefix = lang === 'en' ? '/en' : '';
	await page.goto(`${prefix}/figures`);
	assert.equal((await page.locator('h1').innerText()).trim(), WORDS[lang].title);
	assert.ok(await page.locator('main figure.chart svg').count() >= 3, 'charts are drawn');
	const months = await page.locator('select[name=month] option').evaluateAll((options) => options.map((option) => option.value));
	await page.selectOption('select[name=month]', months[1]);
	await page.locator('form.filters button').click();
	assert.equal(new URL(page.url()).searchParams.get('month'), months[1]);
	const told = await (await page.request.get(`/api/v1/figures?month=${months[1]}`)).json();
	const shown = await page.locator('main section.card').first().locator('table[role=table]').last().locator('tbody tr').evaluateAll((rows) => rows.map((row) => row.children[1].textContent.trim()));
	told.counts.forEach((row, i) => { if (row.period !== null) assert.equal(shown[i], String(row.period)); });
	const file = await page.request.get(await page.locator('main a[href*="table=counts"][href*="format=csv"]').getAttribute('href'));
	assert.equal(file.status(), 200);
	assert.equal((await file.text()).trim().split('\n').length, told.counts.length + 1);
	await page.context().close();
}

async function issue(open, lang) {
	const editor = await open({ lang });
	await enter(editor, PEOPLE.editor);
	await editor.goto('/figure-reports');
	await axe(editor);
	const row = editor.locator('main table tbody tr', { hasText: KIND[lang] }).first();
	await row.locator('a').first().click();
	const address = new URL(editor.url()).pathname;
	await editor.getByRole('button', { name: WORDS[lang].review }).click();
	await editor.context().close();
	const approver = await open({ lang });
	await enter(approver, PEOPLE.approver);
	await approver.goto(address);
	await approver.getByRole('button', { name: WORDS[lang].issue }).click();
	await approver.context().close();
	return address.split('/').pop();
}

/* A special report by hand: one person drafts and writes it, another one reviews it, the first issues it; then it is corrected with its reason. */
const HAND = { 'zh-CN': { title: '专题：上半年', words: '本专题说明上半年情况。', reason: '更正笔误。' }, en: { title: 'Half a year', words: 'What half a year saw.', reason: 'A slip of the pen.' } };

async function unfold(locator) {
	await locator.evaluate((element) => { for (let box = element; box; box = box.parentElement) if (box.tagName === 'DETAILS') box.open = true; });
}

async function carryOut(page, action, texts = {}) {
	const form = page.locator(`main form[action$="/actions/${action}"]`);
	await unfold(form);
	for (const [name, value] of Object.entries(texts)) await form.locator(`[name="${name}"]`).fill(value);
	await Promise.all([page.waitForNavigation(), form.locator('button').last().click()]);
}

async function makeByHand(page, lang, months) {
	await page.goto('/figure-reports');
	await page.locator('main a[href="/figure-reports/new"]').click();
	if (page.look.script) await axe(page);
	await page.locator('main form button').first().click();
	assert.ok(await page.locator('main [aria-invalid=true], main .problems').count(), 'what is missing is named');
	await page.locator('[name=kind][value=special]').check();
	await page.fill('[name=from]', `${months[3]}-05`);
	await page.fill('[name=until]', `${months[1]}-05`);
	await page.locator('[name=audience][value=public]').check();
	await page.fill('[name=title_zh]', HAND['zh-CN'].title);
	await page.fill('[name=title_en]', HAND.en.title);
	for (const tag of ['in-counts', 'in-months', 'in-levels']) await page.locator(`[name="${tag}"]`).check();
	await Promise.all([page.waitForNavigation(), page.locator('main form button').first().click()]);
	assert.ok((await page.locator('h1').innerText()).includes(HAND[lang].title), await page.locator('main').innerText());
	if (page.look.script) await axe(page);
	await fitsWindow(page);
	await screenshot(page, 'figures-by-hand');
	await carryOut(page, 'edit', { zh: HAND['zh-CN'].words, en: HAND.en.words, 'zh-counts': '说明。', 'en-counts': 'About the counts.' });
	assert.ok((await page.locator('main').innerText()).includes(HAND.en.words));
	assert.equal(await page.locator('main form[action$="/actions/review"]').count(), 0, 'who wrote it does not review it');
	return new URL(page.url()).pathname;
}

async function byHand(open, lang, months) {
	const approver = await open({ lang, width: lang === 'en' ? 375 : 1280, script: lang === 'en' }), editor = await open({ lang });
	await enter(approver, PEOPLE.approver);
	await enter(editor, PEOPLE.editor);
	const address = await makeByHand(approver, lang, months), ref = address.split('/').pop(), visitor = await open({ lang });
	await editor.goto(address);
	await carryOut(editor, 'review');
	assert.equal((await visitor.request.get(`/figures/reports/${ref}`)).status(), 404, 'nobody else reads it before it is issued');
	await approver.goto(address);
	await carryOut(approver, 'issue');
	const open_ = lang === 'en' ? `/en/figures/reports/${ref}` : `/figures/reports/${ref}`;
	await visitor.goto(open_);
	await axe(visitor);
	assert.ok((await visitor.locator('main').innerText()).includes(HAND[lang].words));
	await approver.goto(address);
	await carryOut(approver, 'correct', { 'reason-zh': HAND['zh-CN'].reason, 'reason-en': HAND.en.reason });
	await carryOut(approver, 'edit', { zh: '更正后。', en: 'Corrected.' });
	await editor.goto(address);
	await carryOut(editor, 'review');
	await approver.goto(address);
	await carryOut(approver, 'issue');
	await visitor.goto(open_);
	const shown = await visitor.locator('main').innerText();
	assert.ok(shown.includes(HAND[lang].reason) && !shown.includes(HAND[lang].words), shown);
	await fitsWindow(visitor);
	await screenshot(visitor, 'figures-corrected');
	await visitor.locator('main a[href*="edition=1"]').click();
	assert.ok((await visitor.locator('main').innerText()).includes(HAND[lang].words), 'the edition before stays');
	for (const file of ['zh.pdf', 'en.docx']) assert.equal((await visitor.request.get(`/figures/reports/${ref}/${file}`)).status(), 200);
	for (const page of [approver, editor, visitor]) await page.context().close();
}

test('a report is drafted by hand, reviewed by another, issued and corrected, in both languages', { timeout: 600000 }, async (t) => {
	const { open } = await library(t);
	const page = await open({ lang: 'zh-CN', script: false });
	await page.goto('/figures');
	const months = await page.locator('select[name=month] option').evaluateAll((options) => options.map((option) => option.value));
	for (const lang of LANGS) await byHand(open, lang, lang === 'en' ? months.slice(2) : months);
});

test('figures are read, taken away and issued, in both languages', { timeout: 600000 }, async (t) => {
	const { open } = await library(t);
	for (const lang of LANGS) await read(open, lang);
	const monthly = await issue(open, 'zh-CN'), weekly = await issue(open, 'en');
	const visitor = await open({ lang: 'zh-CN' });
	await visitor.goto('/figures/reports');
	const bytes = await (await visitor.request.get(`/figures/reports/${monthly}/zh.pdf`)).body();
	assert.equal(bytes.subarray(0, 5).toString(), '%PDF-');
	assert.ok(await visitor.locator(`a[href*="${monthly}"]`).count(), 'the month stands in the archive');
	assert.equal((await visitor.request.get(`/figures/reports/${weekly}/zh.pdf`)).status(), 404);
});
