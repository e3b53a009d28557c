/* Security keys with Chromium's virtual authenticator: registered as second factor, used as second factor, used alone. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { axe, openPage, ROOT, startBrowser, startServer } from './harness.mjs';

const PROGRAM = process.env.CAPPVD_PROGRAM ?? path.join(ROOT, 'build/cappvd');
const MAIL = 'sec@example.cn', PASSWORD = 'kelp orbit tunnel 7';

async function freshLibrary(t) {
	let link;
	const server = await startServer({
		mode: 'serve',
		prepare: async (data) => {
			const people = ['--system-admin', 'sys@example.cn', '--security-admin', MAIL, '--security-admin', 'two@example.cn', '--audit-admin', 'audit@example.cn'];
			const { stdout } = await promisify(execFile)(PROGRAM, ['init', '--data', data, ...people]);
			link = new URL(stdout.split(/\s+/).filter((word) => word.includes('/forgot/'))[1]).pathname;
		},
	});
	const browser = await startBrowser();
	t.after(async () => { await browser.close(); await server.stop(); });
	const page = await openPage(browser, server.address.replace('127.0.0.1', 'localhost'), { lang: 'en' });
	return { page, link };
}

/* A key that verifies its user and keeps its credentials. */
async function plugKey(page) {
	const session = await page.context().newCDPSession(page);
	await session.send('WebAuthn.enable');
	const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
		options: { protocol: 'ctap2', transport: 'usb', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
	});
	return { session, authenticatorId };
}

const heading = (page) => page.locator('h1').innerText();
const button = (page, name) => page.getByRole('button', { name, exact: true });

async function signInWithPassword(page) {
	await page.goto('/login');
	await page.fill('[name=login]', MAIL);
	await page.fill('form[action="/login"] [name=password]', PASSWORD);
	await button(page, 'Sign in').click();
}

test('a security key is added, serves as second factor and signs in alone', async (t) => {
	const { page, link } = await freshLibrary(t);
	await plugKey(page);
	await page.goto(link);
	await page.fill('[name=password]', PASSWORD);
	await button(page, 'Set the password').click();
	await signInWithPassword(page);
	assert.equal((await page.goto('/admin/people')).status(), 403); /* the role sleeps */
	await page.goto('/account/passkeys/new');
	await axe(page);
	await page.fill('[name=name]', 'Virtual key');
	await page.fill('[name=password]', PASSWORD);
	await button(page, 'Touch the key and add it').click();
	await page.locator('ul.secrets li').first().waitFor();
	assert.equal(await heading(page), 'Your recovery codes');
	assert.equal(await page.locator('ul.secrets li').count(), 10);
	await page.goto('/account/security');
	await axe(page);
	assert.ok(await page.getByText('Virtual key').isVisible());
	assert.equal((await page.goto('/admin/people')).status(), 200); /* this session has passed the factor */

	await page.context().clearCookies();
	await signInWithPassword(page);
	assert.equal(await heading(page), 'Second factor');
	await page.goto('/account'); /* the password alone opens nothing */
	assert.equal(await heading(page), 'Sign in');
	await page.goto('/login/factor?next=/account');
	await button(page, 'Use a security key').click();
	await page.waitForURL((url) => url.pathname === '/account');
	assert.equal((await page.goto('/admin/people')).status(), 200);

	await page.context().clearCookies();
	await page.goto('/login?next=/account');
	await button(page, 'Use a security key').click();
	await page.waitForURL((url) => url.pathname === '/account');
	assert.equal((await page.goto('/admin/people')).status(), 200);
	assert.deepEqual(page.wrong, []);
});

test('without the key nobody gets in, and the page says so', async (t) => {
	const { page } = await freshLibrary(t);
	const { session, authenticatorId } = await plugKey(page);
	await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
	await page.goto('/login');
	await button(page, 'Use a security key').click();
	await page.locator('[data-webauthn-problem]').waitFor({ state: 'visible' });
	await page.goto('/account');
	assert.equal(await heading(page), 'Sign in');
});
