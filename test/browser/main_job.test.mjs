/* The main job, by hand in a browser: from a report to the published advisory, in both languages, with and without script. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { axe, fitsWindow, library, PROGRAM, startBrowser, openPage, startServer } from './harness.mjs';
import { act, begin, check, draftForm, fill, findCasefile, inLooks, press, RATINGS, until, VENDOR } from './journey.mjs';
import { enter, PEOPLE } from './people.mjs';

const run = promisify(execFile);
const PROOF_SECONDS = 20;
const WAIT_SECONDS = 16; /* visitor_wait_seconds, and one more */
const WORDS = {
	'zh-CN': { received: '已接收', problems: '有误', claim: '查询码', published: '已发布' },
	en: { received: 'Received', problems: 'problem', claim: 'claim code', published: 'Published' },
};

function reportOf(name, word) {
	return {
		first: { kind: 'generic', owner: 'others', original: 'original', disclosed: 'no' },
		rest: {
			part: 'android', product: `松涛记账${name}`, vendor: '松涛软件', package: 'com.example.songtao', versions: '< 3.2.1', class: 'access-control',
			title: `松涛记账${name}未授权导出账本`, description: `任意应用可以调用导出组件。${word}`, steps: '1. 安装测试应用\n2. 调用 **导出** 组件', impact: '读取全部账目',
			credit: 'none',
		},
	};
}

/* ---- The reporter's part */
/* A field left empty: the message stands at the field and in the summary, and everything typed is still there. */
async function meetProblem(page, report) {
	const form = draftForm(page);
	await fill(form, { ...report.rest, cvss: 'CVSS:3.1/AV:X' });
	await form.evaluate((element) => { element.noValidate = true; });
	await check(page);
	for (const name of ['cvss', 'no_secrets']) {
		assert.equal(await page.locator(`.problems a[href="#field-${name}"]`).count(), 1, `the summary does not name ${name}`);
		assert.equal(await page.locator(`#field-${name}`).evaluate((element) => Boolean(element.closest('.wrong')?.querySelector('.problem'))), true, `${name} says nothing`);
	}
	for (const [name, value] of Object.entries({ title: report.rest.title, steps: report.rest.steps, cvss: 'CVSS:3.1/AV:X' }))
		assert.equal(await page.inputValue(`[name="${name}"]`), value, `${name} was lost`);
	if (page.look.script) await axe(page);
	await fitsWindow(page);
}

async function attach(page, script, secret) {
	const picker = draftForm(page).locator('input[type=file]');
	await picker.setInputFiles({ name: '截图 1.txt', mimeType: 'text/plain', buffer: Buffer.from(secret) });
	if (script) await until(() => page.evaluate(() => document.querySelector('.uploads > div:not(:empty)') && document.querySelector('input[type=file]').value === ''), 15);
}

async function send(page, script, report, secret) {
	const draft = await begin(page, report);
	await meetProblem(page, report);
	await fill(draftForm(page), { cvss: '', no_secrets: true });
	await attach(page, script, secret);
	await check(page);
	assert.match(page.url(), /\/check$/, await page.locator('main').innerText());
	assert.match(await page.locator('main').innerText(), /截图 1\.txt/);
	const content = page.locator('main form[action$="/send"]');
	const again = await page.context().newPage();
	await again.goto(page.url());
	await press(page, content.locator('button').last());
	if (page.url().endsWith('/send')) { /* without script and account: a short waiting time serves instead of the browser's work */
		assert.equal(script, false);
		assert.equal(await page.locator('.problems').count(), 1);
		await page.waitForTimeout(WAIT_SECONDS * 1000);
		await press(page, page.locator('main form[action$="/send"] button').last());
	}
	assert.match(page.url(), /\/reports\/R-[^/]+\/receipt$/, await page.locator('main').innerText());
	const receipt = page.url();
	await press(again, again.locator('main form[action$="/send"] button').last());
	assert.equal(again.url(), receipt, 'the same form sent twice gave another receipt');
	await again.close();
	return { draft, receipt, ref: receipt.match(/R-[^/]+/)[0] };
}

/* The receipt proves itself without the library, once the sequencer came by; a changed byte is refused. */
async function checkReceipt(page, data) {
	const folder = await mkdtemp(path.join(tmpdir(), 'cappvd-receipt-'));
	const file = path.join(folder, 'receipt.txt');
	const { stdout: key } = await run(PROGRAM, ['ledger', 'key', '--data', data]);
	const text = await until(async () => {
		await page.reload();
		const [download] = await Promise.all([page.waitForEvent('download'), page.locator('a[href$="/receipt/download"]').click()]);
		const document = await readFile(await download.path(), 'utf8');
		return /\n\nindex \d+\n/.test(document) && document; /* with the proof inside */
	}, PROOF_SECONDS);
	const verify = async (document) => {
		await writeFile(file, document);
		return run(PROGRAM, ['ledger', 'verify', file, '--key', key.trim(), '--data', path.join(folder, 'nothing')]);
	};
	await verify(text);
	const at = text.search(/[0-9a-f]{40}|[A-Za-z0-9+/]{40}/);
	await assert.rejects(verify(text.slice(0, at) + (text[at] === '0' ? '1' : '0') + text.slice(at + 1)), 'a changed byte was accepted');
	await rm(folder, { recursive: true });
}

/* ---- Where it stands, as the reporter sees it */
async function stands(page, ref, step, { deadline = true } = {}) {
	await page.goto(`/reports/${ref}`);
	assert.equal(await page.locator('.steps .current, .steps li.done:last-child').last().count(), 1);
	const seen = await page.locator('.steps [aria-current=step] .label, .steps .current .label').allInnerTexts();
	if (deadline) {
		assert.match(await page.locator('.clock').innerText(), /\d/, 'no deadline');
		assert.ok(await page.locator('.clock').innerText().then((text) => text.split('\n').length > 1), 'nobody\'s turn');
	}
	assert.equal(await page.locator('.steps .done').count(), step, `after ${step} steps the page shows: ${seen}`);
}

/* ---- The library's part */
async function review(page, ref) {
	await page.goto(`/reports/${ref}`);
	await act(page, 'review');
	await act(page, 'attach', { verifier: 'zhaomingzhe' });
}

async function rate(page, casefile) {
	await page.goto(casefile);
	assert.equal(await page.locator('main', { hasText: '任意应用可以读取账本' }).count(), 0, 'content is shown before the undertaking');
	await act(page, 'undertake', { undertaking: true, no_interest: true });
	await act(page, 'confirm', { part: 'client', evidence: '在 3.2.0 上按步骤复现。', class: 'access-control', ...RATINGS.high });
}

async function rateAgain(open, look, coordinator, casefile) {
	await coordinator.goto(casefile);
	await act(coordinator, 'assign-second', { verifier: 'qianwenlan' });
	const second = await open(look);
	await enter(second, PEOPLE.second);
	await second.goto(casefile);
	await act(second, 'undertake', { undertaking: true, no_interest: true });
	await act(second, 'confirm-second', { evidence: '在另一台设备上复现。', ...RATINGS.high });
	await second.context().close();
}

async function describe(page, casefile, report, words) {
	await page.goto(casefile);
	await act(page, 'describe', {
		title_zh: words.zh, title_en: words.en, description_zh: '任意应用可以读取账本。', description_en: 'Any app can read the ledger of accounts.',
		vendor: report.rest.vendor, product: report.rest.product, versions: '< 3.2.1', fixed_version: '3.2.1',
		solution_zh: '升级到 3.2.1。', solution_en: 'Update to 3.2.1.',
	});
}

/* The vendor is told, says that it is fixed already, and a verifier looks at it. */
async function repair(open, look, coordinator, verifier, casefile, report) {
	const vendor = await open(look);
	await enter(vendor, PEOPLE.vendor);
	await coordinator.goto(casefile);
	await act(coordinator, 'party', { ...VENDOR, product: report.rest.product });
	await act(coordinator, 'coordinate');
	const party = await coordinator.locator('main tr', { hasText: report.rest.product }).locator('a[href^="/parties/"]').first().getAttribute('href');
	await coordinator.goto(party);
	await act(coordinator, 'notify', { title: report.rest.title, content: '任意应用可以调用导出组件。', way: 'account', evidence: '已通过平台账号送达。' });
	await vendor.goto(party);
	await act(vendor, 'acknowledge', { signer: '何雨桐', confirm: true });
	await act(vendor, 'state', { position: 'fixed' }, { refused: true }); /* asks for what belongs to it */
	await act(vendor, 'state', { fixed_version: '3.2.1', date: '2026-11-20', proof: '版本更新说明。' });
	await coordinator.goto(party);
	await act(coordinator, 'check');
	await act(coordinator, 'assign', { verifier: 'zhaomingzhe' });
	await verifier.goto(party);
	await act(verifier, 'spot', { declaration: true, checked_on: '2026-11-20', evidence: '抽查 3.2.1，原步骤不再成立。' });
	await vendor.context().close();
}

async function publish(open, look, casefile) {
	const publisher = await open(look);
	await enter(publisher, PEOPLE.publisher);
	await publisher.goto(`${casefile}/publication`);
	await act(publisher, 'publish', { no_exploit: true, no_running_system: true });
	await publisher.context().close();
}

/* ---- What everybody sees */
async function isPublic(page, number, words) {
	const prefix = page.look.lang === 'en' ? '/en' : '';
	for (const word of [words.zhWord, words.enWord]) {
		await page.goto(`${prefix}/advisories?q=${encodeURIComponent(word)}`);
		assert.ok(await page.locator('main table', { hasText: number }).count(), `${word} does not find ${number}`);
	}
	await page.goto(`${prefix}/advisories`);
	await press(page, page.locator('main tr', { hasText: number }).locator('a').first());
	assert.match(await page.locator('h1').innerText(), page.look.lang === 'en' ? new RegExp(words.enWord) : new RegExp(words.zhWord));
	if (page.look.script) await axe(page);
	const at = new URL(page.url()).origin;
	const atom = await (await fetch(`${at}/advisories.atom`)).text();
	assert.match(atom, new RegExp(number));
	const record = await (await fetch(`${at}/api/v1/advisories/${number}`)).json();
	assert.equal(record.id, number);
	const found = await (await fetch(`${at}/api/v1/advisories?q=${encodeURIComponent(words.zhWord)}`)).json();
	assert.ok(found.items.some((item) => item.id === number));
}

async function journey({ open, data }, look, index) {
	const report = reportOf(`甲乙丙丁`[index], `内部细节${index}`);
	const words = { zhWord: `账本导出${'子丑寅卯'[index]}`, enWord: `Ledgerleak${index}` };
	Object.assign(words, { zh: `松涛记账${words.zhWord}漏洞`, en: `${words.enWord} in Songtao Accounts` });
	const isVisitor = index % 2 === 1;
	const reporter = await open(look), coordinator = await open(look), verifier = await open(look), stranger = await open(look);
	if (!isVisitor) await enter(reporter, PEOPLE.reporter);
	await enter(coordinator, PEOPLE.coordinator);
	await enter(verifier, PEOPLE.verifier);

	const { ref, receipt } = await send(reporter, look.script, report, `证据 ${index}`);
	let claim = null;
	if (isVisitor) claim = (await reporter.locator('main .card').first().locator('code, .code, [data-copy]').first().innerText()).trim();
	await checkReceipt(reporter, data);
	await stands(reporter, ref, 0);
	assert.equal((await stranger.goto(`/reports/${ref}`)).status() >= 400 || /login/.test(stranger.url()), true, 'a stranger reads the report');
	if (claim) {
		await stranger.goto('/claim');
		await stranger.fill('[name=code]', claim);
		await press(stranger, stranger.locator('main form button').last());
		assert.equal(new URL(stranger.url()).pathname, `/reports/${ref}`);
	}

	await review(coordinator, ref);
	await stands(reporter, ref, 2);
	const casefile = await findCasefile(coordinator, 'VERIFYING', report.rest.title);
	await rate(verifier, casefile);
	await stands(reporter, ref, 3);
	await rateAgain(open, look, coordinator, casefile);
	await coordinator.goto(casefile);
	await act(coordinator, 'accept');
	await repair(open, look, coordinator, verifier, casefile, report);
	await describe(coordinator, casefile, report, words);
	await stands(reporter, ref, 5);
	await act(coordinator, 'request');
	assert.equal(await coordinator.locator('form[action$="/actions/publish"]').count(), 0, 'who asked for publication may publish');
	await publish(open, look, casefile);

	await reporter.goto(`/reports/${ref}`);
	assert.match(await reporter.locator('main').innerText(), new RegExp(WORDS[look.lang].published));
	await press(reporter, reporter.locator('main a[href*="/advisories/"]').first());
	const number = decodeURIComponent(new URL(reporter.url()).pathname.split('/').pop());
	await isPublic(await open(look), number, words);
	for (const page of [reporter, coordinator, verifier, stranger]) await page.context().close();
	return receipt;
}

test('a report becomes an advisory, in both languages, with and without script', { timeout: 600000 }, async (t) => {
	const shared = await library(t);
	await inLooks(t, (look, index) => journey(shared, look, index));
});

test('a visitor whose browser works a little sends at once; the fields follow the kind of attack', { timeout: 120000 }, async (t) => {
	const { open } = await library(t);
	const page = await open({ lang: 'zh-CN' });
	const report = reportOf('访客', '');
	await begin(page, report);
	const form = draftForm(page);
	assert.equal(await form.locator('[name=component_kind]').count(), 0);
	await form.locator('[name=attack]').fill('组件导出');
	await form.locator('[name=attack]').blur();
	await form.locator('[name=component_kind]').waitFor();
	assert.equal(await form.locator('[name=class]').inputValue(), 'access-control');
	assert.equal(await form.locator('[name=account]').count(), 0);
	delete report.rest.title;
	await fill(form, { ...report.rest, no_secrets: true });
	await check(page);
	assert.match(await page.locator('main').innerText(), /松涛记账访客存在组件导出漏洞/);
	await axe(page);
	await page.fill('[name=mail]', 'visitor@example.org');
	await press(page, page.locator('main form[action$="/send"] button').last());
	assert.match(page.url(), /\/receipt$/, await page.locator('main').innerText());
});

test('a draft outlives the browser and a server that is killed', async (t) => {
	const server = await startServer();
	t.after(() => server.stop());
	const first = await startBrowser();
	const page = await openPage(first, server.address, { lang: 'en' });
	const draft = await begin(page, reportOf('', ''));
	await page.fill('[name=title]', '松涛记账草稿');
	await page.locator('[name=title]').blur();
	await page.waitForResponse((reply) => reply.url().endsWith('/autosave') && reply.ok());
	const state = await page.context().storageState();
	await first.close();
	await server.kill();
	await server.revive();
	const second = await startBrowser();
	t.after(() => second.close());
	const context = await second.newContext({ storageState: state });
	const again = await context.newPage();
	await again.goto(draft);
	assert.equal(await again.inputValue('[name=title]'), '松涛记账草稿');
});
