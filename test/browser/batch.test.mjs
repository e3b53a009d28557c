/* Many reports at once, as a unit's member sends them, in both languages: a table with two errors, one corrected on its page, what is ready sent, numbers
 * seen; and an archive whose files come with their reports. Once without script. */
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { LANGS, axe, fitsWindow, library, screenshot } from './harness.mjs';
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

/* ---- Personal data: told of all rows, kept in one with a reason, hidden in the others */
const TOLD = {
	'zh-CN': { banner: '2 行疑似含有个人信息', kept: '保留的个人信息及理由', why: '该号码即漏洞本身' },
	en: { banner: 'Rows with what looks like personal data or secrets: 2', kept: 'Personal data that was kept, and why', why: 'The number is the flaw' },
};
for (const lang of LANGS) {
	test(`personal data in many reports, ${lang}`, async (t) => {
		const { open } = await library(t);
		const page = await open({ lang, script: lang === 'zh-CN' }), told = TOLD[lang];
		await enter(page, PEOPLE.unitVerifier);
		await upload(page, 'table.csv', table(row('First'), row('Call 13812345678'), row('Call 13912345678')));
		const batch = page.url();
		assert.match(await page.locator('main').innerText(), new RegExp(told.banner));
		await fitsWindow(page);
		if (page.look.script) await axe(page);
		await screenshot(page, `batch-personal-${lang}`);
		await page.locator('main .note a[href*="personal=1"]').click();
		assert.equal(await page.locator('main table tbody tr').count(), 2);
		await page.goto(`${batch}/rows/4`);
		await screenshot(page, `batch-personal-row-${lang}`);
		await page.goto(`${batch}/rows/4/personal-data`);
		await fitsWindow(page);
		if (page.look.script) await axe(page);
		const found = (await page.locator('main table').allInnerTexts()).join();
		assert.match(found, /139\*\*\*\*5678/);
		assert.ok(!found.includes('13912345678'), 'the table repeats what it hides');
		const ids = await page.locator('[id]').evaluateAll((all) => all.map((one) => one.id));
		assert.equal(new Set(ids).size, ids.length, 'an id stands twice');
		for (const place of ['title', 'description']) {
			const form = page.locator('form[action$="/keep"]').filter({ has: page.locator(`option[value=${place}]`) });
			await page.locator('details').filter({ has: page.locator(`option[value=${place}]`) }).locator('summary').first().click();
			await form.locator('textarea').fill(told.why);
			await Promise.all([page.waitForNavigation(), form.locator('button').click()]);
		}
		await page.goto(`${batch}/rows/4`);
		assert.ok(await page.getByText(told.kept).count());
		await page.goto(batch);
		await Promise.all([page.waitForNavigation(), page.locator('form[action$="/personal-data/mask"] button').click()]);
		assert.equal(page.url(), batch);
		assert.equal(await page.locator('form[action$="/personal-data/mask"]').count(), 0, 'nothing waits any more');
		assert.match(await page.locator('main table').innerText(), /Call 138\*\*\*\*5678[\s\S]*Call 13912345678/);
		await send(page);
		await page.goto(`/reports/${(await numbers(page)).at(-1)}`);
		assert.ok(await page.getByText(told.why).count(), 'the reason goes with the report');
	});
}

/* ---- Many megabytes, over connections that break */
const WORDS = {
	'zh-CN': { interrupted: '上传中断', preview: '预览', again: '继续上传', arrived: '文件已到达' },
	en: { interrupted: 'Interrupted', preview: 'Preview', again: 'Go on with the upload', arrived: 'So much of the file has arrived' },
};
const MIB = 1024 * 1024;

/* Two reports with evidence that does not shrink: 20 MiB, five parts. */
async function large(t) {
	const folder = await mkdtemp(path.join(tmpdir(), 'cappvd-batch-'));
	t.after(() => rm(folder, { recursive: true, force: true }));
	const evidence = [randomBytes(10 * MIB), randomBytes(10 * MIB)];
	const file = path.join(folder, 'large.zip');
	await writeFile(file, zip([['manifest.csv', table(row('With a.pcap', { file: 'a.pcap' }), row('With b.pcap', { file: 'b.pcap' }))],
		['a.pcap', evidence[0]], ['b.pcap', evidence[1]]]));
	return { file, sums: evidence.map((bytes) => createHash('sha256').update(bytes).digest('hex')) };
}

/* What of the parts arrived, and which requests are cut: fate(number) of every PUT, counted from 1. */
async function watch(page, fate) {
	const seen = { puts: 0, arrived: [], cut: 0 };
	await page.route('**/api/v1/batches/*/files/**', async (route) => {
		if (route.request().method() !== 'PUT') return route.continue();
		const what = fate(++seen.puts);
		if (what === 'cut') { seen.cut++; return route.abort('connectionreset'); }
		const reply = await route.fetch();
		if (reply.ok()) seen.arrived.push(Number(new URL(route.request().url()).searchParams.get('offset')) / (4 * MIB));
		if (what === 'lose') { seen.cut++; return route.abort('connectionreset'); } /* it came, and the answer did not */
		return route.fulfill({ response: reply });
	});
	return seen;
}

async function choose(page, file) {
	await page.locator('input[type=file][name=file]').first().setInputFiles(file);
	const box = page.locator('form[data-parts] input[name=no_secrets]');
	if (await box.count()) await box.check();
	await page.locator('form[data-parts] .actions button').click();
}

async function previewed(page, lang) {
	await page.locator('form[data-parts]').waitFor({ state: 'detached', timeout: 90000 }); /* the file is there, and its page is shown */
	await page.waitForURL(/\/batches\/B-[^/]*$/);
	for (let tries = 0; !await page.locator('main .status', { hasText: WORDS[lang].preview }).count(); tries++) {
		assert.ok(tries < 200, `the batch is not read: ${await page.locator('main').innerText()}`);
		await page.waitForTimeout(300);
		await page.goto(page.url());
	}
}

async function endsRight(page, lang, sums) {
	await previewed(page, lang);
	assert.equal(await page.locator('main table tbody tr').count(), 2);
	await send(page);
	const reports = await numbers(page);
	assert.equal(reports.length, 2);
	const pages = await Promise.all(reports.map(async (number) => (await page.request.get(`/reports/${number}`)).text()));
	for (const sum of sums) assert.equal(pages.filter((text) => text.includes(sum)).length, 1, 'the evidence is the same byte for byte');
}

for (const lang of LANGS) {
	test(`a batch of many megabytes arrives over connections that break, ${lang}`, { timeout: 400000 }, async (t) => {
		const { open } = await library(t);
		const page = await open({ lang });
		const { file, sums } = await large(t);
		await enter(page, PEOPLE.unitVerifier);
		await page.goto('/batches');
		const seen = await watch(page, (number) => (number === 2 || number === 6 ? 'cut' : number === 4 ? 'lose' : ''));
		await choose(page, file);
		await endsRight(page, lang, sums);
		assert.equal(seen.cut, 3);
		assert.deepEqual([...new Set(seen.arrived)], [0, 1, 2, 3, 4, 5], 'every part once, in order; what came is not sent from the beginning again');
	});

	test(`an upload that a page left goes on from the batch's own page, on another machine, ${lang}`, { timeout: 400000 }, async (t) => {
		const { open, kill, revive } = await library(t);
		const page = await open({ lang });
		const { file, sums } = await large(t);
		await enter(page, PEOPLE.unitVerifier);
		await page.goto('/batches');
		const first = await watch(page, (number) => (number > 2 ? 'cut' : ''));
		await choose(page, file);
		await page.getByText(WORDS[lang].interrupted).waitFor({ timeout: 60000 }); /* five attempts */
		if (lang === 'en') await axe(page);
		assert.deepEqual(first.arrived, [0, 1]);
		await page.context().storageState({ path: `${file}.json` });
		const other = await page.context().browser().newContext({ storageState: `${file}.json`, locale: lang, baseURL: new URL(page.url()).origin });
		await kill(); /* and the server was gone meanwhile */
		await revive();
		const again = await other.newPage();
		await again.goto('/batches');
		await again.locator('main table tbody a').first().click();
		await again.getByText(`${WORDS[lang].arrived}`).waitFor();
		assert.match(await again.locator('main').innerText(), /39%|40%/);
		const second = await watch(again, () => '');
		await choose(again, file);
		await endsRight(again, lang, sums);
		assert.deepEqual(second.arrived, [2, 3, 4, 5], 'it goes on where the other machine stopped');
		await other.close();
	});
}

test('a small file goes with the form, and without script a large one does', { timeout: 200000 }, async (t) => {
	const { open } = await library(t);
	const page = await open({ lang: 'en', script: false });
	const { file } = await large(t);
	await enter(page, PEOPLE.unitVerifier);
	await page.goto('/batches');
	await page.locator('input[type=file][name=file]').setInputFiles(file);
	await page.locator('input[name=no_secrets]').check();
	await Promise.all([page.waitForNavigation({ timeout: 90000 }), page.locator('form[action="/batches"] button').click()]);
	await previewed(page, 'en');
	assert.equal(await page.locator('main table tbody tr').count(), 2);
});
