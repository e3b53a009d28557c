import { startBrowser, openPage, screenshot } from './harness.mjs';
import { enter } from './people.mjs';
const [,, who, lang, scheme, width, name, ...paths] = process.argv;
const browser = await startBrowser();
const page = await openPage(browser, 'http://127.0.0.1:8098', { lang, scheme, width: Number(width) });
if (who !== '-') await enter(page, who);
for (const [i, p] of (paths.length ? paths : ['/desk']).entries()) { await page.goto(p); console.log(await screenshot(page, `${name}${i || ''}`)); }
await browser.close();
