/* Personal data in what is sent: a report with a number of an identity card, a dump with a cookie and a picture; found, hidden, kept with a reason, covered in
 * the picture; a message that is asked about before it is written. In both languages, with script and without. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LANGS, axe, fitsWindow, library, screenshot } from './harness.mjs';
import { PEOPLE, enter } from './people.mjs';

const SECRET = '11010519491231002X', MOBILE = '13812345678', COOKIE = 'sid=5f2c8a9b0d1e';

async function draft(page) {
	await page.goto('/report');
	for (const [name, value] of [['kind', 'generic'], ['owner', 'others'], ['original', 'original'], ['disclosed', 'no']]) {
		const field = page.locator(`[name="${name}"]`).first();
		if (await field.evaluate((element) => element.tagName) === 'SELECT') await field.selectOption(value);
		else await page.locator(`[name="${name}"][value="${value}"]`).check();
	}
	await Promise.all([page.waitForNavigation(), page.locator('form[action="/report"] button').first().click()]);
	return new URL(page.url()).pathname;
}

/* A picture of 200 by 100 grey pixels, drawn by the browser's own means. */
async function picture(open) {
	const page = await open({ script: true });
	await page.goto('/');
	const url = await page.evaluate(() => {
		const canvas = Object.assign(document.createElement('canvas'), { width: 200, height: 100 });
		const brush = canvas.getContext('2d');
		brush.fillStyle = '#c8c8c8';
		brush.fillRect(0, 0, 200, 100);
		return canvas.toDataURL('image/png');
	});
	return Buffer.from(url.split(',')[1], 'base64');
}

async function save(page) {
	await Promise.all([page.waitForNavigation(), page.locator('button[name=do][value=save]').click()]);
}

async function burn(page, byScript) {
	await page.locator('main a[href*="/personal-data/pictures/"]').first().click();
	await page.waitForSelector('.canvas img');
	assert.equal(await page.locator('.canvas img').evaluate((image) => image.naturalWidth), 200);
	if (byScript) {
		const { x, y, width, height } = await page.locator('.canvas img').boundingBox();
		await page.mouse.move(x + width / 2, y + 1);
		await page.mouse.down();
		await page.mouse.move(x + width * 0.9, y + height * 0.9, { steps: 4 });
		await Promise.all([page.waitForNavigation(), page.mouse.up()]);
	} else {
		for (const [name, value] of [['left', '500'], ['top', '0'], ['right', '900'], ['bottom', '900']]) await page.locator(`#box input[name=${name}]`).fill(value);
		await Promise.all([page.waitForNavigation(), page.locator('#box button').click()]);
	}
	assert.match(page.url(), /boxes=\d+%20\d+%20\d+%20\d+|left=500/);
}

for (const lang of LANGS) {
	test(`masking: a report before it is sent, ${lang}`, async (t) => {
		const { open } = await library(t);
		const script = lang === 'zh-CN', png = await picture(open);
		const page = await open({ lang, script });
		await enter(page, PEOPLE.reporter);
		const base = await draft(page);
		await page.locator('textarea[name=steps]').fill(`Log in as ${MOBILE}\nThe reply: ${SECRET}`);
		if (script) await page.waitForSelector('[data-cover] form[action$="/personal-data/mask"]'); /* while people type */
		await page.locator('input[type=file]').first().setInputFiles([
			{ name: 'dump.txt', mimeType: 'text/plain', buffer: Buffer.from(`GET / HTTP/1.1\nCookie: ${COOKIE}\n`) },
			{ name: 'screen.png', mimeType: 'image/png', buffer: png },
		]);
		if (script) await page.waitForSelector('[data-cover]:has-text("dump.txt")');
		await save(page);
		const banner = page.locator('[data-cover]');
		assert.match(await banner.innerText(), /dump\.txt/);
		if (script) await axe(page);
		await screenshot(page, `masking-banner-${lang}`);

		await page.goto(`${base}/personal-data`);
		const shown = await page.locator('main').innerText();
		assert.match(shown, /110\*\*\*\*002X/);
		assert.match(shown, /138\*\*\*\*5678/);
		assert.ok(!shown.includes(SECRET) && !shown.includes(COOKIE), 'the page repeats what it hides');
		if (script) await axe(page);
		await screenshot(page, `masking-found-${lang}`);

		/* one place is kept, the other hidden; without a reason nothing is kept */
		const keep = page.locator('section.card').filter({ has: page.locator('option[value=steps], [name=place][value=steps]') }).first();
		await keep.locator('summary').first().click().catch(() => null);
		await keep.locator('textarea[name=reason]').fill('Only my own test account.');
		await Promise.all([page.waitForNavigation(), keep.locator('form[action$="/keep"] button').click()]);
		assert.match(await page.locator('main').innerText(), /Only my own test account/);
		await page.goto(base);
		await Promise.all([page.waitForNavigation(), page.locator('[data-cover] form[action$="/personal-data/mask"] button').click()]);
		await page.goto(base);
		assert.equal(await page.locator('[data-cover] form').count(), 0, 'nothing waits any more');
		assert.match(await page.locator('textarea[name=steps]').inputValue(), /11010519491231002X/, 'what is kept stays as it was');

		await page.goto(`${base}/personal-data`);
		await burn(page, script);
		await screenshot(page, `masking-picture-${lang}`);
		if (script) await axe(page);
		const [before] = [await (await page.request.get(base)).text()];
		await Promise.all([page.waitForNavigation(), page.locator('form[method=post][action*="/pictures/"] button').click()]);
		const after = await (await page.request.get(base)).text();
		const files = (text) => [...text.matchAll(/files\/content\/([A-Z0-9]+)/g)].map((found) => found[1]);
		const gone = files(before).filter((ref) => !files(after).includes(ref));
		assert.equal(gone.length, 1, 'the original is gone');
		assert.equal((await page.request.get(`${base}/files/content/${gone[0]}`)).status(), 404);
		await page.setViewportSize({ width: 375, height: 740 });
		await page.goto(`${base}/personal-data`);
		await fitsWindow(page);
		await screenshot(page, `masking-phone-${lang}`);
	});

	test(`masking: a message is asked about before it is written, ${lang}`, async (t) => {
		const { open } = await library(t);
		const page = await open({ lang, script: false });
		await enter(page, PEOPLE.reporter);
		await page.goto('/reports');
		for (const link of await page.locator('main table a[href^="/reports/R-"]').evaluateAll((all) => all.map((one) => one.getAttribute('href')))) {
			await page.goto(link);
			if (await page.locator('section.thread form textarea[name=body]').count()) break;
		}
		const thread = () => page.locator('section.thread').first();
		await thread().locator('textarea[name=body]').fill(`Call ${MOBILE}`);
		await Promise.all([page.waitForNavigation(), thread().locator('form:has(textarea) > button').click()]);
		assert.equal(await thread().locator('textarea[name=body]').inputValue(), `Call ${MOBILE}`, 'what was typed stays');
		await thread().locator('input[name=personal][value=hide]').check();
		await screenshot(page, `masking-message-${lang}`);
		await Promise.all([page.waitForNavigation(), thread().locator('form:has(textarea) > button').click()]);
		assert.match(await thread().innerText(), /Call 138\*\*\*\*5678/);
		assert.ok(!(await page.content()).includes(MOBILE));
	});
}
