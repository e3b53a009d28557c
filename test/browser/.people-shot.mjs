/* node .people-shot.mjs PORT "entername|-" width lang scheme path… */
import { chromium } from 'playwright-core';
const [port, who, width, lang, scheme, ...paths] = process.argv.slice(2);
const base = `http://127.0.0.1:${port}`;
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
const context = await browser.newContext({ locale: lang, colorScheme: scheme, viewport: { width: +width, height: 900 }, baseURL: base });
const page = await context.newPage();
if (who !== '-') {
	await page.goto('/demo/enter');
	const row = page.locator('tr', { hasText: who }).first();
	await row.locator('button').first().click();
}
for (const p of paths) {
	const r = await page.goto(p);
	const name = `/tmp/people-shots/${(who + p).replace(/[^A-Za-z0-9\u4e00-\u9fff]+/g, '_').slice(0, 60)}_${lang}_${scheme}_${width}.png`;
	await page.screenshot({ path: name, fullPage: true });
	const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
	console.log(r.status(), p, name, over > 0 ? `OVERFLOW ${over}` : '');
}
await browser.close();
