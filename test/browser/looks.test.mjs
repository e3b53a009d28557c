/* Every page of the library, in every look: axe finds nothing, nothing is wider than the window. The pictures in build/screenshots are for people. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axe, axeColours, fitsWindow, LANGS, library, screenshot } from './harness.mjs';
import { enter, PEOPLE, VISITOR } from './people.mjs';

/* name, address, and how to come to the state that is meant: a step that runs on the page after it was opened. */
const PUBLIC = [
	['home', '/'],
	['list', '/advisories'],
	['list-found', '/advisories?q=SDK'],
	['list-empty', '/advisories?q=nosuchthing'],
	['record', async (page) => firstLink(page, '/advisories', 'main table a[href*="/advisories/"]')],
	['about', '/about'],
	['notices', '/notices'],
	['article', async (page) => firstLink(page, '/notices', 'main table a')],
	['questions', '/questions'],
	['downloads', '/downloads'],
	['contact', '/contact'],
	['rules', '/rules'],
	['rule', '/rules/publication'],
	['login', '/login'],
	['login-wrong', '/login', wrong('login', { login: 'nobody@example.cn', password: 'not the password' })],
	['register', '/register'],
	['register-sent', '/register', submit('register', { mail: 'new@example.cn' })],
	['forgot', '/forgot'],
	['claim', '/claim'],
	['rating', '/tools/rating'],
	['demo-enter', '/demo/enter'],
	['demo-tour', '/demo/tour'],
	['error-404', '/there-is-no-such-page', null, 404],
	['error-401', '/account', null, 200],
];
const PERSON = [
	['desk', '/desk'],
	['reports', '/reports'],
	['report-start', '/report'],
	['report', async (page) => firstLink(page, '/reports', 'main table a')],
	['inbox', '/inbox'],
	['organisation', '/organisations'],
['account', '/account'],
	['profile', '/account/profile'],
	['password', '/account/password'],
	['password-wrong', '/account/password', wrong('account/password', {})],
	['mail', '/account/mail'],
	['verification', '/account/verification'],
	['notices', '/account/notices'],
	['notices-wrong', '/account/notices', wrong('account/notices', {})],
	['security', '/account/security'],
	['totp', '/account/totp'],
	['token-new', '/account/tokens/new'],
	['error-403', '/admin/people', null, 403],
];
const COORDINATOR = [
	['desk-coordinator', '/desk'],
	['desk-coordinator-next', async (page) => firstLink(page, '/desk', 'main a[href*="/desk?after="]')],
	['intake', '/intake'],
	['intake-empty', '/intake?state=WITHDRAWN'],
	['review', async (page) => firstLink(page, '/intake', 'main table a')],
	['casefiles', '/casefiles'],
	['casefile', async (page) => firstLink(page, '/casefiles?state=COORDINATING', 'main table a')],
	['letters', '/letters'],
	['letter-form', async (page) => `${await firstLink(page, '/intake?state=REJECTED', 'main table a')}/letters`],
	['letter-wrong', async (page) => `${await firstLink(page, '/intake?state=REJECTED', 'main table a')}/letters`, wrong('/letters', { recipient: '' })],
	['casefile-ready', async (page) => firstLink(page, '/casefiles?state=READY', 'main table a')],
	['parties', '/parties'],
	['party-contact', async (page) => firstLink(page, '/parties', 'main table a')],
	['party-fixing', async (page) => firstLink(page, '/parties?state=FIXING', 'main table a')],
];
const VENDOR = [
	['matters', '/parties'],
	['matter-fixing', async (page) => firstLink(page, '/parties', 'main table a')],
	['matter-claim', '/parties/claim'],
	['matter-claim-wrong', '/parties/claim', wrong('parties/claim', { code: '0000-0000-0000-0000' })],
];
const SECURITY = [
	['desk-security', '/desk'],
	['people', '/admin/people'],
	['person', async (page) => firstLink(page, '/admin/people', 'main table a[href*="/admin/people/"]')],
];
const SYSTEM = [
	['settings', '/admin/settings'],
	['setting', '/admin/settings/verify_days'],
	['setting-wrong', '/admin/settings/verify_days', wrong('settings/verify_days', { value: '999', reason: '试' })],
	['health', '/admin/health'],
	['health-checked', '/admin/health', submit('admin/health', {})],
	['setting-others', '/admin/settings/session_hours'],
	['wordlists', '/admin/words'],
	['wordlist', '/admin/words/reason'],
	['word', '/admin/words/reason/no-impact'],
];
const AUDIT = [
	['audit', '/audit'],
	['audit-readings', '/audit?action=read'],
	['audit-none', '/audit?person=nobody@example.cn'],
];
const EDITOR = [
	['articles-office', '/site/articles?state=PUBLISHED'],
	['article-office', async (page) => firstLink(page, '/site/articles?state=PUBLISHED', 'main table a')],
	['rules-office', '/site/rules'],
	['rule-office', '/site/rules/publication'],
];

async function firstLink(page, list, selector) {
	await page.goto(publicly(page, list));
	return page.getAttribute(selector, 'href', { timeout: 3000 });
}

function submit(action, values) {
	return async (page) => {
		const form = page.locator(`main form[action$="${action}"]`);
		for (const [name, value] of Object.entries(values)) await form.locator(`[name="${name}"]`).fill(value);
		await form.evaluate((element) => { element.noValidate = true; });
		await Promise.all([page.waitForNavigation(), form.locator('button:not([name])').last().click()]);
	};
}

function wrong(action, values) {
	const send = submit(action, values);
	return async (page) => {
		await send(page);
		assert.ok(await page.locator('main [role=alert], main .problems').count(), `${page.url()} says nothing of what is wrong`);
	};
}

/* Public pages have an address for each language; the others follow the reader. */
function publicly(page, where) {
	if (where === '/') return page.prefix || '/';
	return /^\/(advisories|about|notices|articles|questions|downloads|contact|rules)/.test(where) ? `${page.prefix}${where}` : where;
}

/* One visit shows all looks: the window and the colours change under it. */
async function look(page, [name, where, step, status = 200]) {
	await page.emulateMedia({ colorScheme: 'light' });
	await page.setViewportSize({ width: 1280, height: 900 });
	const address = typeof where === 'function' ? await where(page) : publicly(page, where);
	const reply = await page.goto(address);
	assert.equal(reply.status(), status, `${address}: ${reply.status()}`);
	if (step) await step(page);
	for (const [scheme, width] of [['light', 1280], ['light', 375], ['dark', 375], ['dark', 1280]]) {
		await page.emulateMedia({ colorScheme: scheme });
		await page.setViewportSize({ width, height: width > 600 ? 900 : 740 });
		page.look = { ...page.look, scheme, width };
		await fitsWindow(page);
		await (scheme === 'light' ? axe(page) : axeColours(page));
		await screenshot(page, name);
	}
	await page.setViewportSize({ width: 320, height: 700 });
	await fitsWindow(page);
}

async function lookAt(t, open, lang, who, rows) {
	const page = await open({ lang });
	page.prefix = lang === 'en' ? '/en' : '';
	if (who !== VISITOR) await enter(page, who);
	for (const row of rows) await t.test(`${row[0]} ${lang}`, () => look(page, row));
	await page.context().close();
}

for (const lang of LANGS)
	test(`every page is accessible and fits, in ${lang}`, async (t) => {
		const { open } = await library(t);
		await lookAt(t, open, lang, VISITOR, PUBLIC);
		await lookAt(t, open, lang, PEOPLE.reporter, PERSON);
		await lookAt(t, open, lang, PEOPLE.coordinator, COORDINATOR);
		await lookAt(t, open, lang, PEOPLE.vendor, VENDOR);
		await lookAt(t, open, lang, PEOPLE.security, SECURITY);
		await lookAt(t, open, lang, PEOPLE.system, SYSTEM);
		await lookAt(t, open, lang, PEOPLE.audit, AUDIT);
		await lookAt(t, open, lang, PEOPLE.editor, EDITOR);
	});
