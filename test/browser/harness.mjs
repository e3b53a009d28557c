/*
 * harness: what every browser test shares. Node 18, node:test, Debian's Chromium.
 *
 *   import { test } from 'node:test';
 *   import { library, inEachLook, axe, screenshot } from './harness.mjs';
 *   test('…', async (t) => {
 *   	const { address, open } = await library(t);              a running server with data of its own; ends with the test
 *   	const page = await open({ lang: 'zh-CN', scheme: 'dark', width: 375, script: false });
 *   	await page.goto(`${address}/styleguide`);
 *   	await axe(page);                                         fails on any violation
 *   	await screenshot(page, 'styleguide');                    build/screenshots/styleguide-zh-dark-375.png
 *   });
 *
 * CAPPVD_ADDRESS=http://… tests a server that runs already. CAPPVD_PROGRAM and CAPPVD_CHROMIUM name other binaries.
 */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, mkdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
export const PICTURES = path.join(ROOT, 'build/screenshots');
export const PROGRAM = process.env.CAPPVD_PROGRAM ?? path.join(ROOT, 'build/cappvd');
const CHROMIUM = process.env.CAPPVD_CHROMIUM ?? '/usr/bin/chromium-headless-shell';
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
	'--disable-component-update', '--disable-sync', '--disable-default-apps', '--disable-domain-reliability', '--force-color-profile=srgb'];
const START_SECONDS = 180; /* a demonstration plays whole rounds first */
const ACTION_SECONDS = 30; /* a click or a page that takes longer has failed */

/* Every look a page has to be good in. */
export const LANGS = ['zh-CN', 'en'];
export const SCHEMES = ['light', 'dark'];
export const WIDTHS = [1280, 375, 320];

function freePort() {
	return new Promise((resolve, reject) => {
		const server = createServer().once('error', reject).listen(0, '127.0.0.1', () => {
			const { port } = server.address();
			server.close(() => resolve(port));
		});
	});
}

async function answers(address, child) {
	for (const start = Date.now(); Date.now() - start < START_SECONDS * 1000;) {
		if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}:\n${child.said}`);
		const reply = await fetch(`${address}/livez`).catch(() => null);
		if (reply?.ok) return;
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
	throw new Error(`no answer within ${START_SECONDS} s:\n${child.said}`);
}

/* Options of the program: SQLite is in its folder, PostgreSQL (CAPPVD_TEST_DATABASE=postgresql) a database of its own on the throw-away server. */
function ownDatabase() {
	if (process.env.CAPPVD_TEST_DATABASE !== 'postgresql') return [];
	const server = process.env.CAPPVD_TEST_POSTGRES, name = `pages_${randomBytes(8).toString('hex')}`;
	execFileSync('psql', ['-q', '-d', server, '-c', `CREATE DATABASE ${name}`]);
	return ['--database', server.replace('/postgres?', `/${name}?`)];
}

/* A server with fresh data: { address, data, stop, said(), kill (as kill -9), revive (on the same data), later(days) (the same, that much later) }. `mode`: "demo" or "serve" (then `prepare(data)` runs first: cappvd init, import, …). */
export async function startServer({ mode = 'demo', args = ['--address-limit', '0', '--account-limit', '0'], env = {}, prepare } = {}) {
	const folder = await mkdtemp(path.join(tmpdir(), 'cappvd-browser-'));
	const data = path.join(folder, 'data'); /* the program makes it */
	const address = `http://127.0.0.1:${await freePort()}`;
	const database = mode === 'demo' ? ownDatabase() : [];
	if (prepare) await prepare(data);
	let child, ended, offset = 0;
	const start = async (how, ...more) => {
		child = spawn(PROGRAM, [how, ...more, '--data', data, ...database, '--listen', address.slice('http://'.length), ...args],
			{ env: { ...process.env, ...env, CAPPVD_CLOCK_OFFSET_SECONDS: String(offset) }, stdio: ['ignore', 'pipe', 'pipe'] });
		child.said = '';
		for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => { child.said = (child.said + bytes).slice(-65536); });
		ended = new Promise((resolve) => child.once('exit', resolve));
		await answers(address, child);
	};
	const kill = () => { child.kill('SIGKILL'); return ended; };
	const end = async () => {
		child.kill('SIGTERM');
		const hard = setTimeout(() => child.kill('SIGKILL'), 12000);
		await ended;
		clearTimeout(hard);
	};
	const stop = async () => {
		await end();
		await rm(folder, { recursive: true, force: true });
	};
	const later = async (days) => {
		await end();
		offset += days * 86400;
		await start(mode, ...(mode === 'demo' ? ['--keep'] : []));
	};
	try {
		await start(mode);
	} catch (error) {
		await stop();
		throw error;
	}
	return { address, data, stop, kill, later, revive: () => start('serve'), said: () => child.said };
}

export function startBrowser() { return chromium.launch({ executablePath: CHROMIUM, args: FLAGS }); }

/* A page of one look; its own cookies. What a page logs as an error, and requests to other hosts, fail the test when it is closed. */
export async function openPage(browser, address, { lang = 'zh-CN', scheme = 'light', width = 1280, script = true, forced = false } = {}) {
	const context = await browser.newContext({
		locale: lang, colorScheme: scheme, viewport: { width, height: width > 600 ? 900 : 740 }, javaScriptEnabled: script, deviceScaleFactor: 1,
		forcedColors: forced ? 'active' : 'none', reducedMotion: 'reduce', acceptDownloads: true, baseURL: address,
	});
	const page = await context.newPage();
	page.setDefaultTimeout(ACTION_SECONDS * 1000);
	page.look = { lang, scheme, width, script };
	const visit = page.goto.bind(page); /* what a page shows is there, and its script has run, before its last picture has come */
	page.goto = (where, how) => visit(where, { waitUntil: 'domcontentloaded', ...how });
	page.wrong = [];
	page.on('pageerror', (error) => page.wrong.push(`script: ${error.stack ?? error.message}`));
	page.on('request', (request) => { if (!request.url().startsWith(address) && !request.url().startsWith('data:')) page.wrong.push(`other host: ${request.url()}`); });
	page.on('console', (message) => { if (/Content.Security.Policy/i.test(message.text())) page.wrong.push(message.text()); });
	return page;
}

/* Server and browser for one test; both end with it. */
export async function library(t, options = {}) {
	const given = process.env.CAPPVD_ADDRESS;
	const server = given ? { address: given, data: null, stop: async () => {}, said: () => '' } : await startServer(options);
	const browser = await startBrowser().catch(async (error) => { await server.stop(); throw error; });
	const pages = [];
	t.after(async () => {
		const wrong = pages.flatMap((page) => page.wrong);
		await browser.close();
		await server.stop();
		assert.deepEqual(wrong, [], 'pages ran into errors');
	});
	const open = async (look) => {
		const page = await openPage(browser, server.address, look);
		pages.push(page);
		return page;
	};
	return { ...server, browser, open };
}

/* Calls visit(page, look) once for each language, scheme and width. */
export async function inEachLook(open, visit, { langs = LANGS, schemes = SCHEMES, widths = WIDTHS } = {}) {
	for (const lang of langs) for (const scheme of schemes) for (const width of widths) {
		const page = await open({ lang, scheme, width });
		await visit(page, { lang, scheme, width });
		await page.context().close();
	}
}

const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

async function loadAxe(page) {
	if (!await page.evaluate(() => Boolean(globalThis.axe))) await page.evaluate(axeSource);
}

/* Fails on any violation of WCAG 2.2 A and AA and of axe's good practice; names rule, element and how to mend it. */
export async function axe(page, { within, except = [] } = {}) {
	await loadAxe(page);
	const found = await page.evaluate(async ([root, off]) => {
		const rules = Object.fromEntries(off.map((rule) => [rule, { enabled: false }]));
		const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
		const result = await globalThis.axe.run(root ?? document, { runOnly: { type: 'tag', values: tags }, rules, resultTypes: ['violations'] });
		return result.violations.flatMap((violation) => violation.nodes.map((node) => `${violation.id}: ${node.target.join(' ')}\n  ${node.failureSummary}`));
	}, [within ?? null, except]);
	assert.deepEqual(found, [], `${page.url()} ${JSON.stringify(page.look)}`);
}

/* Only what another colour scheme can change. */
export async function axeColours(page) {
	await loadAxe(page);
	const found = await page.evaluate(async () => {
		const result = await globalThis.axe.run(document, { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] }, resultTypes: ['violations'] });
		return result.violations.flatMap((violation) => violation.nodes.map((node) => `${violation.id}: ${node.target.join(' ')}\n  ${node.failureSummary}`));
	});
	assert.deepEqual(found, [], `${page.url()} ${JSON.stringify(page.look)}`);
}

/* Nothing may be wider than the window: people would have to scroll both ways. */
export async function fitsWindow(page) {
	const wide = await page.evaluate(() => {
		const limit = document.documentElement.clientWidth;
		const scrolls = (element) => element && (['auto', 'scroll'].includes(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
		const burst = [...document.querySelectorAll('.beside > *, .columns > *, .card')].filter((box) => getComputedStyle(box).overflowX === 'visible' && box.scrollWidth > box.clientWidth + 1);
		const label = 64; /* what a cell of a list holds on a telephone stands beside its label, never under it */
		const crooked = [...document.querySelectorAll('table.list td > *')].filter((part) => getComputedStyle(part.parentElement).display === 'grid' &&
			getComputedStyle(part).position !== 'absolute' && part.getClientRects().length && part.getBoundingClientRect().left < part.parentElement.getBoundingClientRect().left + label);
		if (crooked.length) return crooked.map((part) => `"${part.textContent.slice(0, 40)}" stands in the column of labels`);
		if (burst.length) return burst.map((box) => `${box.tagName} ${box.className} is ${box.clientWidth} wide, what is in it ${box.scrollWidth}`);
		if (document.documentElement.scrollWidth <= limit) return [];
		const out = [...document.body.querySelectorAll('*')].filter((element) => element.getBoundingClientRect().right > limit + 1 && !scrolls(element.parentElement));
		return [`page is ${document.documentElement.scrollWidth} wide, window ${limit}`, ...out.slice(0, 8).map((element) => `${element.tagName} ${element.className}`)];
	});
	assert.deepEqual(wide, [], `${page.url()} ${JSON.stringify(page.look)}`);
}

/* build/screenshots/NAME-LANG-SCHEME-WIDTH.png, the whole page. */
export async function screenshot(page, name, { whole = true } = {}) {
	await mkdir(PICTURES, { recursive: true });
	const { lang, scheme, width } = page.look;
	const file = path.join(PICTURES, `${name}-${lang.slice(0, 2)}-${scheme}-${width}.png`);
	await page.screenshot({ path: file, fullPage: whole });
	return file;
}

/* Walks with Tab until the element matches; fails after `most` steps. Keyboard users must get there. */
export async function tabTo(page, selector, most = 100) {
	for (let step = 0; step < most; step++) {
		await page.keyboard.press('Tab');
		if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
	}
	assert.fail(`${selector} cannot be reached by Tab within ${most} steps on ${page.url()}`);
}
