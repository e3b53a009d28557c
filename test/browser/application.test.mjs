/* An organisation applies: begun, filled in, submitted and printed, with script and without, in both languages; an officer returns it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { library } from './harness.mjs';
import { enter, PEOPLE } from './people.mjs';

const FILE = { name: 'record.txt', mimeType: 'text/plain', buffer: Buffer.from('No bad record.\n') };

async function send(page, locator) { await Promise.all([page.waitForNavigation(), locator.click()]); }

async function fill(page) {
	await page.locator('[name=profile]').fill('We find vulnerabilities.');
	await page.locator('[name="team.0.0"]').fill('张衡');
	await page.locator('[name="team.0.2"]').fill('CAPPSEC');
	await page.locator('[name="team.1.0"]').fill('李冶');
	await page.locator('[name="originals.0.0"]').fill('N-1');
	await page.locator('[name=incidents]').fill('One.');
}

async function apply(page, who) {
	await enter(page, who);
	await page.goto('/applications');
	await send(page, page.locator('main form:has(input[value=technical]) button'));
	const missing = page.locator('#missing li');
	assert.equal(await missing.count(), 5, 'everything that is required is named');
	assert.equal(await page.locator('#next form[action$="/actions/submit"]').count(), 0, 'nothing incomplete can be submitted');
	await fill(page);
	await page.locator('[name=record]').setInputFiles(FILE);
}

async function submit(page, address) {
	await send(page, page.locator('main form button[value=save]'));
	assert.equal(await page.locator('[name="team.1.0"]').inputValue(), '李冶');
	assert.equal(await page.locator('#missing li').count(), 0, 'nothing is missing any more');
	await send(page, page.locator('#next form[action$="/actions/submit"] button'));
	assert.equal(await page.locator('main form[data-autosave]').count(), 0, 'what was submitted is read, not written');
	assert.match(await page.locator('main').textContent(), /CAPPSEC/);
	const print = await page.locator('main a[href$="/form.pdf"]').getAttribute('href');
	const reply = await page.request.get(address + print);
	assert.equal((await reply.body()).subarray(0, 5).toString(), '%PDF-');
	assert.match(reply.headers()['content-disposition'], /^attachment/);
}

test('an organisation applies with script, and what it types saves itself', { timeout: 180000 }, async (t) => {
	const { open, address } = await library(t);
	const page = await open({ lang: 'zh-CN' });
	await apply(page, PEOPLE.foreign);
	await page.locator('.uploads').getByText('已保存').first().waitFor();
	await page.locator('[name=incidents]').blur();
	await page.waitForTimeout(2500);
	await page.reload();
	assert.equal(await page.locator('[name=profile]').inputValue(), 'We find vulnerabilities.', 'saved by itself');
	assert.equal(await page.locator('[name="team.0.2"]').inputValue(), 'CAPPSEC', 'cells of a table too');
	await submit(page, address);
});

test('an organisation applies without script, and withdraws', { timeout: 180000 }, async (t) => {
	const { open, address } = await library(t);
	const page = await open({ lang: 'en', script: false });
	await apply(page, PEOPLE.foreign);
	await submit(page, address);
	const withdraw = page.locator('#next details:has(form[action$="/actions/withdraw"])');
	await withdraw.locator('summary').click();
	await withdraw.locator('[name=confirm]').check();
	await send(page, withdraw.locator('form button'));
	assert.match(await page.locator('main').textContent(), /Withdrawn/);
});

test('an officer files the look-up, fills in the checklist and returns a field', { timeout: 180000 }, async (t) => {
	const { open } = await library(t);
	const page = await open({ lang: 'en' });
	await enter(page, PEOPLE.officer);
	await page.goto('/programme/applications?state=IN_CHECK&round=' + await reviewed(page));
	await send(page, page.locator('main table a').first());
	await page.locator('[name=check]').setInputFiles(FILE);
	await page.locator('.uploads').getByText('Stored').first().waitFor();
	await page.reload();
	const returns = page.locator('#next details:has(form[action$="/actions/return"])');
	await returns.locator('summary').click();
	await returns.locator('[name=days]').fill('3');
	await send(page, returns.locator('form button'));
	assert.ok(await page.locator('main .problems, main [role=alert]').count(), 'a return that marks nothing is refused');
	assert.equal(await returns.locator('[name=days]').inputValue(), '3', 'nothing that was typed is lost');
	await returns.locator('[name=mark-profile]').fill('Too short.');
	await send(page, returns.locator('form button'));
	assert.match(await page.locator('main').textContent(), /Returned for correction/);
	assert.match(await page.locator('main').textContent(), /Too short\./);
});

/* The code of the round that is in review. */
async function reviewed(page) {
	await page.goto('/programme/rounds?state=MATERIAL_REVIEW');
	return (await page.locator('main table tbody tr').first().locator('td, th').first().textContent()).trim();
}
