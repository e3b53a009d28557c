/* Figures: everybody reads whole months, takes a table as a file, and reads the report that one person reviewed and another one issued. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axe, LANGS, library } from './harness.mjs';
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
