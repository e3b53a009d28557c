/* app.js keeps its contracts: a small server here plays the other side, loses answers and refuses, as networks and servers do. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { openPage, ROOT, startBrowser } from './harness.mjs';

const PART_BYTES = 4 * 1024 * 1024;
const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>t</title>
<script type="module" src="/app.js"></script>
<body data-unread="/unread"><nav class="desk"><span class="unread" hidden><b></b></span></nav><span class="unread">7</span>
<form method="post" action="/send" data-autosave="/save"><input type="hidden" name="csrf" value="token">
<input name="title"><input type="checkbox" name="agree" value="true"><input type="password" name="secret">
<input type="checkbox" name="kinds" value="a"><input type="checkbox" name="kinds" value="b">
<p data-autosave-status data-text-saving="saving" data-text-saved="saved %s" data-text-failed="failed"></p><button>Send</button></form>
<div data-upload="/files" data-csrf="token" data-text-waiting="waiting" data-text-done="done" data-text-failed="failed" data-text-remove="remove">
<input type="file" multiple><div class="uploads"></div></div>
<form id="say"><a data-insert="Thank you. " href="/elsewhere">Thanks</a><textarea name="body">Hello.</textarea></form>`;

/* A form whose fields follow from one of them, as the server has it. */
const following = (kind) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>t</title><script type="module" src="/app.js"></script>
<body><form method="post" action="/send" data-autosave="/save"><input type="hidden" name="csrf" value="token">
<div data-field="kind" data-decides><select name="kind"><option${kind === 'a' ? ' selected' : ''}>a</option><option${kind === 'b' ? ' selected' : ''}>b</option></select></div>
<div data-field="level"><select name="level"><option></option><option selected>high</option></select></div>
${kind === 'a' ? '<div data-field="a"><input name="a"></div>' : '<div data-field="b"><input name="b"></div>'}
<p data-autosave-status data-text-saving="saving" data-text-saved="saved %s" data-text-failed="failed"></p><button>Send</button></form>`;

/* The other side. `state.fail(method, path)` may give a status to refuse with. */
async function otherSide(t) {
	const script = await readFile(path.join(ROOT, 'src/face/html/static/app.js'));
	const state = { order: [], kind: 'a', saved: [], parts: [], bytes: Buffer.alloc(0), finished: false, removed: false, fail: () => 0 };
	const server = createServer(async (request, response) => {
		const url = new URL(request.url, 'http://x');
		const chunks = [];
		for await (const chunk of request) chunks.push(chunk);
		const body = Buffer.concat(chunks);
		const reply = (status, value, type = 'application/json') => response.writeHead(status, { 'Content-Type': type }).end(value === undefined ? '' : type === 'application/json' ? JSON.stringify(value) : value);
		state.order.push(`${request.method} ${url.pathname}`);
		await state.hold?.(request.method, url.pathname);
		const failure = state.fail(request.method, url.pathname);
		if (url.pathname === '/send') return reply(200, PAGE, 'text/html');
		if (url.pathname === '/form') return reply(200, state.copies?.shift() ?? following(state.kind), 'text/html');
		if (failure) return reply(failure, { title: 'refused' });
		if (request.method !== 'GET' && request.headers['x-csrf-token'] !== 'token') return reply(403, {});
		if (url.pathname === '/app.js') return reply(200, script, 'text/javascript');
		if (url.pathname === '/unread') return reply(200, { unread: 120 });
		if (url.pathname === '/save') {
			const row = Object.fromEntries(new URLSearchParams(String(body)));
			if (row.field === 'kind') state.kind = row.value;
			return state.saved.push(row), reply(200, {});
		}
		if (url.pathname === '/files') return state.begun = Object.fromEntries(new URLSearchParams(String(body))), reply(201, { ref: 'R 1', received_bytes: 0 });
		if (url.pathname === '/files/R%201/finish') return state.finished = true, reply(200, {});
		if (request.method === 'DELETE') return state.removed = true, reply(204);
		if (request.method === 'GET' && url.pathname === '/files/R%201') return reply(200, { received_bytes: state.bytes.length });
		if (request.method === 'PUT') {
			const offset = Number(url.searchParams.get('offset'));
			if (offset !== state.bytes.length) return reply(409, { received_bytes: state.bytes.length });
			assert.equal(request.headers['x-part-sha256'], createHash('sha256').update(body).digest('hex'));
			state.parts.push(body.length);
			state.bytes = Buffer.concat([state.bytes, body]);
			return state.loseAnswer ? (state.loseAnswer = false, request.socket.destroy()) : reply(200, { received_bytes: state.bytes.length });
		}
		return reply(200, PAGE, 'text/html');
	});
	await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = `http://127.0.0.1:${server.address().port}`;
	const browser = await startBrowser();
	t.after(async () => { await browser.close(); server.closeAllConnections(); server.close(); });
	const page = await openPage(browser, address, { lang: 'en' });
	await page.goto(address);
	return { page, state };
}

async function until(what, seconds = 15) {
	for (const start = Date.now(); Date.now() - start < seconds * 1000;) {
		if (await what()) return;
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
	assert.fail(`did not come true within ${seconds} s: ${what}`);
}

test('a form saves single fields while people type, and never its secrets', async (t) => {
	const { page, state } = await otherSide(t);
	await page.fill('[name=secret]', 'hunter2');
	await page.fill('[name=title]', '支付 & more');
	await page.check('[name=agree]');
	await page.check('[name=kinds][value=a]');
	await page.check('[name=kinds][value=b]');
	await until(() => state.saved.some((row) => row.field === 'kinds' && row.value === 'a b'));
	await until(() => state.saved.some((row) => row.field === 'title'));
	assert.ok(state.saved.some((row) => row.field === 'title' && row.value === '支付 & more'));
	assert.ok(state.saved.some((row) => row.field === 'agree' && row.value === 'true'));
	assert.ok(!JSON.stringify(state.saved).includes('hunter2'));
	await until(async () => (await page.textContent('[data-autosave-status]')).startsWith('saved '));
});

test('what could not be saved is said and tried again', async (t) => {
	const { page, state } = await otherSide(t);
	let refusals = 0;
	state.fail = (_method, where) => (where === '/save' && refusals++ === 0 ? 503 : 0);
	await page.fill('[name=title]', 'x');
	await page.locator('[name=title]').blur();
	await until(async () => (await page.textContent('[data-autosave-status]')) === 'failed');
	await until(() => state.saved.length === 1);
	assert.deepEqual(state.saved, [{ field: 'title', value: 'x' }]);
});

test('a session that ended stops the attempts', async (t) => {
	const { page, state } = await otherSide(t);
	let refusals = 0;
	state.fail = (_method, where) => (where === '/save' ? (refusals++, 401) : 0);
	await page.fill('[name=title]', 'x');
	await page.locator('[name=title]').blur();
	await until(async () => (await page.textContent('[data-autosave-status]')) === 'failed');
	await page.fill('[name=title]', 'xy');
	await page.locator('[name=title]').blur();
	await new Promise((resolve) => setTimeout(resolve, 2000));
	assert.equal(refusals, 1);
});

/* Lets the first request for which `chosen` is true wait until the test says so. */
function holds(state, chosen) {
	let release;
	const held = new Promise((resolve) => { release = resolve; });
	let begun = false;
	state.hold = (method, where) => (!begun && chosen(method, where) ? (begun = true, held) : undefined);
	return { release, begun: () => begun };
}

test('the form is sent once, behind the save that is on its way', async (t) => {
	const { page, state } = await otherSide(t);
	const save = holds(state, (_method, where) => where === '/save');
	await page.fill('[name=title]', 'older');
	await page.locator('[name=title]').blur();
	await until(save.begun);
	await page.fill('[name=title]', 'newer');
	await page.click('text=Send', { noWaitAfter: true });
	await page.click('text=Send', { noWaitAfter: true });
	await new Promise((resolve) => setTimeout(resolve, 500));
	assert.ok(!state.order.includes('POST /send'), 'it waits');
	save.release();
	await until(() => state.order.includes('POST /send'));
	await page.waitForLoadState();
	assert.deepEqual(state.order.filter((row) => row.startsWith('POST')), ['POST /save', 'POST /send']);
	assert.equal(state.saved[0].value, 'older');
});

test('a save that never comes back does not keep the form', async (t) => {
	const { page, state } = await otherSide(t);
	const save = holds(state, (_method, where) => where === '/save');
	await page.fill('[name=title]', 'x');
	await page.locator('[name=title]').blur();
	await until(save.begun);
	await page.click('text=Send', { noWaitAfter: true });
	await until(() => state.order.includes('POST /send'), 10);
	save.release();
});

test('a copy of the form that is older than the choice takes nothing away', async (t) => {
	const { page, state } = await otherSide(t);
	await page.goto(new URL('/form', page.url()).href);
	await page.fill('[name=a]', 'typed');
	const copy = holds(state, (method, where) => method === 'GET' && where === '/form');
	state.copies = [following('b')];
	await page.selectOption('[name=kind]', 'b');
	await until(copy.begun);
	await page.selectOption('[name=kind]', 'a');
	copy.release();
	await until(() => state.saved.filter((row) => row.field === 'kind').length === 2);
	await until(async () => (await page.textContent('[data-autosave-status]')).startsWith('saved '));
	assert.equal(await page.inputValue('[name=a]'), 'typed');
	assert.equal(await page.locator('[name=b]').count(), 0);
});

test('a choice that was taken back stays so when the form follows', async (t) => {
	const { page, state } = await otherSide(t);
	await page.goto(new URL('/form', page.url()).href);
	await page.selectOption('[name=level]', '');
	await page.selectOption('[name=kind]', 'b');
	await until(async () => (await page.locator('[name=b]').count()) === 1);
	assert.equal(await page.inputValue('[name=level]'), '');
	assert.ok(!state.saved.some((row) => row.field === 'level' && row.value === 'high'));
});

test('a field that goes and comes back holds what was typed in it, and is saved again', async (t) => {
	const { page, state } = await otherSide(t);
	await page.goto(new URL('/form', page.url()).href);
	await page.fill('[name=a]', 'typed');
	await page.selectOption('[name=kind]', 'b');
	await until(async () => (await page.locator('[name=b]').count()) === 1);
	assert.equal(await page.locator('[name=a]').count(), 0);
	state.saved.length = 0;
	await page.selectOption('[name=kind]', 'a');
	await until(async () => (await page.locator('[name=a]').count()) === 1);
	assert.equal(await page.inputValue('[name=a]'), 'typed');
	await until(() => state.saved.some((row) => row.field === 'a' && row.value === 'typed'));
});

test('a file goes up in parts, over a lost answer, and arrives whole', async (t) => {
	const { page, state } = await otherSide(t);
	const content = Buffer.alloc(2 * PART_BYTES + 12345, (_, index) => index);
	state.loseAnswer = true;
	await page.setInputFiles('input[type=file]', { name: '录屏.bin', mimeType: 'application/octet-stream', buffer: content });
	await until(() => state.finished, 40);
	assert.deepEqual(state.begun, { name: '录屏.bin', size_bytes: String(content.length) });
	assert.deepEqual(state.parts, [PART_BYTES, PART_BYTES, 12345]);
	assert.ok(state.bytes.equals(content));
	await until(async () => (await page.textContent('.uploads')).includes('done'));
	assert.equal(await page.inputValue('input[type=file]'), '');
});

test('an upload that broke off goes on where it stopped', async (t) => {
	const { page, state } = await otherSide(t);
	const folder = await mkdtemp(path.join(tmpdir(), 'cappvd-upload-'));
	t.after(() => rm(folder, { recursive: true }));
	const file = path.join(folder, 'a.bin'); /* on disk, for its date tells that it is the same file */
	await writeFile(file, Buffer.alloc(PART_BYTES + 10, 7));
	state.fail = (method) => (method === 'PUT' && state.parts.length === 1 ? 422 : 0);
	await page.setInputFiles('input[type=file]', file);
	await until(async () => (await page.textContent('.uploads')).includes('refused'));
	state.fail = () => 0;
	await page.setInputFiles('input[type=file]', file);
	await until(() => state.finished);
	assert.deepEqual(state.parts, [PART_BYTES, 10]);
});

test('a removed file is taken back from the server', async (t) => {
	const { page, state } = await otherSide(t);
	await page.setInputFiles('input[type=file]', { name: 'a', mimeType: 'text/plain', buffer: Buffer.from('x') });
	await until(() => state.finished);
	await page.click('.uploads button');
	await until(() => state.removed);
	await until(async () => (await page.locator('.uploads > div').count()) === 0);
});

test('unread marks follow the server while the page is seen', async (t) => {
	const { page } = await otherSide(t);
	assert.equal(await page.locator('.desk .unread').isVisible(), false);
	await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
	await until(async () => (await page.textContent('.desk .unread')) === '99+');
	assert.equal(await page.textContent('body > .unread'), '7');
});

test('a reply goes into the field where one types, and what was typed stays', async (t) => {
	const { page } = await otherSide(t);
	await page.locator('#say textarea').evaluate((field) => field.setSelectionRange(0, 0));
	await page.click('#say a');
	assert.equal(await page.inputValue('#say textarea'), 'Thank you. Hello.');
	assert.ok(!page.url().endsWith('/elsewhere'));
});
