/* Many reports at once, as a unit's member sends them, in both languages: a table with two errors, one corrected on its page, what is ready sent, numbers
 * seen; and an archive whose files come with their reports. Once without script. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LANGS, axe, library } from './harness.mjs';
import { PEOPLE, enter } from './people.mjs';

const HEADS = 'kind,owner,original,disclosed,part,product,versions,class,title,description,steps,impact,credit,operator,files';
const row = (title, { kind = 'generic', credit = 'handle', file = '' } = {}) =>
	`${kind},others,original,no,android,Batch App,< 3,sql-injection,${title},"What is wrong, in ${title}","1. Open it\n2. Look",All is read,${credit},,${file}`;
const table = (...rows) => Buffer.from(`${HEADS}\n${rows.join('\n')}\n`);

function crc(bytes) {
	let value = ~0;
	for (const byte of bytes) {
		value ^= byte;
		for (let bit = 0; bit < 8; bit++) value = (value >>> 1) ^ (value & 1 ? 0xEDB88320 : 0);
	}
	return ~value >>> 0;
}

/* An archive without compression. */
function zip(files) {
	const locals = [], entries = [];
	let at = 0;
	for (const [name, content] of files) {
		const title = Buffer.from(name), local = Buffer.alloc(30), entry = Buffer.alloc(46);
		local.writeUInt32LE(0x04034b50, 0);
		local.writeUInt32LE(crc(content), 14);
		for (const place of [18, 22]) local.writeUInt32LE(content.length, place);
		local.writeUInt16LE(title.length, 26);
		entry.writeUInt32LE(0x02014b50, 0);
		local.copy(entry, 6, 4, 30);
		entry.writeUInt32LE(at, 42);
		locals.push(local, title, content);
		entries.push(entry, title);
		at += 30 + title.length + content.length;
	}
	const directory = Buffer.concat(entries), end = Buffer.alloc(22);
	end.writeUInt32LE(0x06054b50, 0);
	for (const place of [8, 10]) end.writeUInt16LE(files.length, place);
	end.writeUInt32LE(directory.length, 12);
	end.writeUInt32LE(at, 16);
	return Buffer.concat([...locals, directory, end]);
}

async function upload(page, name, buffer) {
	await page.goto('/batches');
	await page.locator('input[type=file][name=file]').setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
	await page.locator('input[name=no_secrets]').check();
	await Promise.all([page.waitForNavigation(), page.locator('form[action="/batches"] button').click()]);
}

async function send(page) {
	await Promise.all([page.waitForNavigation(), page.locator('#next form[action$="/actions/send"] button').click()]);
	for (let tries = 0; await page.locator('form[action$="/actions/cancel"]').count(); tries++) {
		assert.ok(tries < 100, 'the batch is not sent');
		await page.waitForTimeout(200);
		await page.goto(page.url());
	}
}

const numbers = (page) => page.locator('main table a[href^="/reports/R-"]').allTextContents();

for (const lang of LANGS) {
	test(`many reports at once, ${lang}`, async (t) => {
		const { open } = await library(t);
		const page = await open({ lang, script: lang === 'en' });
		await enter(page, PEOPLE.unitVerifier);
		await upload(page, 'table.csv', table(row('First'), row('Second', { kind: 'nonsense' }), row('Third', { credit: '' }), row('Fourth')));
		if (page.look.script) await axe(page);
		assert.equal(await page.locator('main table tbody tr').count(), 4);
		assert.equal(await page.locator('main table .status:has-text("' + (lang === 'en' ? 'Has errors' : '有错误') + '")').count(), 2);
		const errors = await (await page.request.get(`${new URL(page.url()).pathname}/errors/csv`)).text();
		assert.match(errors, /"3","kind"/);
		assert.match(errors, /"4","credit"/);
		/* one is corrected on its page, one row is left out */
		const batch = page.url();
		await page.goto(`${batch}/rows/4`);
		if (page.look.script) await axe(page);
		await page.locator('input[name=credit][value=none]').check();
		await Promise.all([page.waitForNavigation(), page.locator(`form[action$="/rows/4"] button`).click()]);
		assert.equal(page.url(), batch);
		await page.locator('input[name=rows][value="5"]').check();
		await Promise.all([page.waitForNavigation(), page.locator('button[name=take][value=leave]').click()]);
		await send(page);
		assert.equal((await numbers(page)).length, 2);
		const summary = await (await page.request.get(`${new URL(page.url()).pathname}/summary/csv`)).text();
		assert.equal(summary.match(/"R-\d{4}-/g).length, 2);

		await upload(page, 'many.zip', zip([['manifest.csv', table(row('With a file', { file: '证据/a.txt' }), row('Without'), row('Missing', { file: 'b.txt' }))],
			['证据/a.txt', Buffer.from('what was seen\n')]]));
		assert.equal(await page.locator('main table tbody tr').count(), 3);
		await send(page);
		const sent = await numbers(page);
		assert.equal(sent.length, 2);
		await page.goto(`/reports/${sent[0]}`);
		assert.ok(await page.getByText('a.txt').count(), 'the report has its file');

		await upload(page, 'nothing.csv', Buffer.from('a,b\n1,2\n'));
		assert.ok(await page.getByText(lang === 'en' ? 'No column is known' : '没有可识别的列').count());
	});
}
