/*
 * journey: the steps of a matter by hand in a browser, and what each person sees of it; the tests of journeys are made of these.
 *
 *   const play = new Journey(shared, look, 'own');        one library, one look; people come when they are first named
 *   await play.send({ first: {…}, rest: {…} });           the reporter's part; play.ref is the report's page
 *   await play.take();                                     formal review and verifier; play.casefile
 *   await play.sees({ report: ['Verification', 'the verifier'], … });   where it stands, for everybody who takes part, and nothing for all others
 *   await play.end();
 *
 * Words are given as the English source text; readers of Chinese must see its translation.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { axe, ROOT } from './harness.mjs';
import { enter, PEOPLE } from './people.mjs';

export const LOOKS = ['zh-CN', 'en'].flatMap((lang) => [true, false].map((script) => ({ lang, script })));

/* JOURNEY_LOOKS=1 plays the first only, for those who write a journey. */
export const looks = () => LOOKS.slice(0, Number(process.env.JOURNEY_LOOKS ?? LOOKS.length));

/* The same journey in every look, one after another: the windows of one are enough for a processor. */
export async function inLooks(t, play) {
	for (const [index, look] of looks().entries()) await t.test(`${look.lang}, ${look.script ? 'with' : 'without'} script`, () => play(look, index));
}

export const RATINGS = {
	medium: { gbt30279: 'CNVRS:1.0/AV:L/AC:L/PR:N/UI:R/C:H/I:L/A:N/E:L/RL:L/S:L', cvss: 'CVSS:3.1/AV:L/AC:L/PR:N/UI:R/S:U/C:L/I:L/A:N' },
	high: { gbt30279: 'CNVRS:1.0/AV:L/AC:L/PR:N/UI:R/C:H/I:H/A:N/E:L/RL:M/S:M', cvss: 'CVSS:3.1/AV:L/AC:L/PR:N/UI:R/S:U/C:H/I:H/A:N' },
	critical: { gbt30279: 'CNVRS:1.0/AV:N/AC:L/PR:N/UI:N/C:H/I:H/A:H/E:L/RL:H/S:H', cvss: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' },
};
const SEARCH_SECONDS = 20;
const DUE = { 'zh-CN': /\d{4}年\d{1,2}月\d{1,2}日 \d\d:\d\d \(北京时间\)/, en: /\d{1,2} \w{3} \d{4}, \d\d:\d\d UTC\+8/ };
const LOGINS = { verifier: 'zhaomingzhe', second: 'qianwenlan' };

export const VENDOR = { credit_code: '91110108MADEM0001L', own_provider: true }, SDK_VENDOR = { credit_code: '91110108MADEM0002P', own_provider: true };

/* A day so many days from now, as forms take it. */
export const day = (days) => new Date(Date.now() + days * 86400000).toISOString().slice(0, 10);

/* ---- Words */
function catalogue() {
	const pairs = new Map(), text = readFileSync(path.join(ROOT, 'po/zh.po'), 'utf8');
	const joined = (lines) => [...lines.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((part) => JSON.parse(`"${part[1]}"`)).join('');
	for (const [, id, translated] of text.matchAll(/^msgid ((?:".*"\n)+)msgstr ((?:".*"(?:\n|$))+)/gm)) pairs.set(joined(id), joined(translated));
	return pairs;
}
const chinese = catalogue();

export function say(look, english) {
	if (look.lang === 'en') return english;
	assert.ok(chinese.get(english), `no Chinese for “${english}”`);
	return chinese.get(english);
}

/* ---- Pages */
export async function until(what, seconds) {
	for (const start = Date.now(); Date.now() - start < seconds * 1000;) {
		const value = await what();
		if (value) return value;
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
	return assert.fail(`did not come true within ${seconds} s: ${what}`);
}

export async function press(page, button) {
	await Promise.all([page.waitForNavigation({ waitUntil: 'domcontentloaded' }), button.click()]);
}

/* Unfolds what a form lies in, for people the same as a click on its heading. */
export const unfold = (form) => form.evaluate((element) => { for (let box = element; box; box = box.parentElement) if (box.tagName === 'DETAILS') box.open = true; });

/* Fills a form's fields by name, as somebody does who sees them: text, choices and checks. In one step, for a form has many. */
export async function fill(form, values) {
	const wrong = await form.evaluate((root, wanted) => {
		const said = [];
		for (const [name, value] of Object.entries(wanted)) {
			const all = [...root.querySelectorAll(`[name="${CSS.escape(name)}"]:not([type=hidden])`)];
			const field = all.length > 1 || all[0]?.type === 'radio' ? all.find((one) => one.value === String(value)) : all[0];
			if (!field) said.push(`${name} is not there or has no ${value}`);
			else if (field.disabled || field.readOnly || !field.checkVisibility({ checkOpacity: false, checkVisibilityCSS: true })) said.push(`${name} cannot be filled in`);
			else {
				field.focus();
				if (field.type === 'radio') field.checked = true;
				else if (field.type === 'checkbox') field.checked = all.length > 1 ? true : Boolean(value);
				else field.value = value;
				if (field.tagName === 'SELECT' && field.value !== String(value)) said.push(`${name} offers no ${value}`);
				for (const event of ['input', 'change']) field.dispatchEvent(new Event(event, { bubbles: true }));
			}
		}
		return said;
	}, values);
	assert.deepEqual(wrong, [], form.page().url());
}

/* Sends a form of the page, folded away or not; what the page then finds wrong. */
export async function sendForm(page, form, values = {}) {
	await unfold(form);
	await fill(form, values);
	await press(page, form.locator('button').last());
	return page.evaluate(() => [...document.querySelectorAll('.problems')].map((box) => box.innerText));
}

/* Carries out an action where the page offers it; what is refused fails the test unless a refusal is meant. */
export async function act(page, action, values = {}, { refused = false } = {}) {
	const form = page.locator(`form[action$="/actions/${action}"]`).filter({ hasNot: page.locator('input[type=hidden][name=verifier], button[name=verifier]') }); /* not the picker's short way */
	if (await form.count() !== 1) assert.fail(`${page.url()} does not offer ${action} but ${await page.locator('h1').allInnerTexts()}: ${await page.locator('#next').allInnerTexts()}`);
	const problems = await sendForm(page, form, values);
	assert.equal(problems.length > 0, refused, `${action} on ${page.url()}: ${problems}`);
}

/* ---- The reporter's part */
export async function begin(page, report) {
	await page.goto('/report');
	const form = page.locator('main form[action="/report"]');
	await fill(form, report.first);
	await press(page, form.locator('button').last());
	return page.url();
}

export const draftForm = (page) => page.locator('main form').filter({ has: page.locator('button[value=check]') });
export const check = (page) => press(page, draftForm(page).locator('button[value=check]'));

/* ---- The library's part, where every journey does the same */
export async function findCasefile(page, state, title) {
	await page.goto(`/casefiles?state=${state}`);
	await press(page, page.locator('main a', { hasText: title }).first());
	return new URL(page.url()).pathname;
}

/* ---- A page as text */
const ENTITIES = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };
const piece = (text, pattern) => text.match(pattern)?.[1] ?? '';
const plain = (text) => text.replace(/<svg[\s\S]*?<\/svg>/g, '').replace(/<[^>]*>/g, ' ').replace(/&\w+;|&#39;/g, (entity) => ENTITIES[entity] ?? entity)
	.replace(/\s+/g, ' ').trim();

/* ---- Sessions: a person signs in once in a library, whatever number of windows is open */
const sessions = new WeakMap();

async function session(shared, name) {
	if (!sessions.has(shared)) sessions.set(shared, new Map());
	const known = sessions.get(shared);
	if (!known.has(name))
		known.set(name, (async () => {
			const page = await shared.open({ lang: 'zh-CN' });
			await enter(page, name);
			const cookies = await page.context().cookies();
			await page.context().close();
			return cookies;
		})());
	return known.get(name);
}

export function forgetSessions(shared) { sessions.delete(shared); }

export class Journey {
	constructor(shared, look, name, index) {
		Object.assign(this, { shared, look, name, index, pages: {}, parties: {}, casefile: null, ref: null, changes: 0, turn: [], others: ['stranger', 'foreign'] });
		this.words = { zh: `${name}${'甲乙丙丁'[index]}越权`, en: `Journey${name}${index}` };
		this.secret = `内部细节${name}${index}`;
		this.stage = ['Coordination with the vendor', 'the coordinator and the vendor'];
	}

	say(english) { return say(this.look, english); }

	/* Somebody's window. `stranger` has no account. */
	async as(who) {
		if (!this.pages[who])
			this.pages[who] = (async () => {
				const page = await this.shared.open(this.look);
				if (who === 'stranger') return page;
				await page.context().addCookies(await session(this.shared, PEOPLE[who]));
				if (this.look.lang === 'en') await page.context().addCookies([{ name: 'lang', value: 'en', url: this.shared.address }]);
				return page;
			})();
		return this.pages[who];
	}

	async act(who, address, action, values, how) {
		const page = await this.as(who);
		const shows = page.fresh === this.changes && new URL(page.url()).pathname === address; /* nobody has done anything since */
		if (!shows) await page.goto(address);
		await act(page, action, values, how);
		page.fresh = ++this.changes;
		return page;
	}

	/* On the page that stands open: after a refusal what was typed is still there. */
	async actHere(who, action, values) {
		await act(await this.as(who), action, values);
		(await this.as(who)).fresh = ++this.changes;
	}

	/* A casefile that arose from this one, which links to it; the same people go on with it. */
	async branch(title, name) {
		const page = await this.as('coordinator');
		await page.goto(this.casefile);
		const address = await page.locator('main a[href^="/casefiles/"]', { hasText: title }).first().getAttribute('href');
		const linked = new Journey(this.shared, this.look, name, this.index);
		Object.assign(linked, { casefile: address, product: title, secret: this.secret, reporter: this.reporter, others: ['stranger', 'vendor'] });
		return linked;
	}

	/* What somebody gets at an address, without drawing it: most of what is asserted is words. */
	async status(who, address) {
		const page = await this.as(who);
		const reply = await page.request.get(address, { maxRedirects: 0 });
		return { status: reply.status(), text: await reply.text() };
	}

	async end() {
		for (const page of Object.values(this.pages)) await (await page).context().close();
		this.pages = {};
	}

	/* ---- From the first word to the rating */
	async send({ first, rest, who = 'reporter' }) {
		const page = await this.as(who);
		this.reporter = who;
		this.title = `${rest.product}${this.words.zh}`;
		const all = { title: this.title, description: `任意应用可以调用。${this.secret}`, steps: '1. 安装测试应用\n2. 调用 **导出** 组件', impact: '读取全部数据',
			class: 'access-control', credit: 'handle', ...rest };
		await begin(page, { first: { kind: 'generic', owner: 'others', original: 'original', disclosed: 'no', ...first } });
		await this.fillDraft(page, { ...all, no_secrets: true });
		await check(page);
		assert.match(page.url(), /\/check$/, (await page.locator('.problems').allInnerTexts()).join());
		await press(page, page.locator('main form[action$="/send"] button').last());
		assert.match(page.url(), /\/reports\/R-[^/]+\/receipt$/, await page.locator('main').innerText());
		this.ref = new URL(page.url()).pathname.replace('/receipt', '');
		this.product = rest.product;
	}

	/* Fields that follow from others come by themselves, or without script when the draft is saved. */
	async fillDraft(page, values) {
		const early = {}, late = {};
		for (const [name, value] of Object.entries(values)) {
			const isThere = await draftForm(page).locator(`[name="${name}"]:not([type=hidden])`).count();
			(isThere ? early : late)[name] = value;
		}
		await fill(draftForm(page), early);
		if (!this.look.script && Object.keys(late).length) await press(page, draftForm(page).locator('button[value=save]'));
		for (const name of Object.keys(late)) await draftForm(page).locator(`[name="${name}"]:not([type=hidden])`).first().waitFor();
		await fill(draftForm(page), late);
	}

	async take() {
		await this.act('coordinator', this.ref, 'review');
		await this.attach();
	}

	async attach() {
		await this.act('coordinator', this.ref, 'attach', { verifier: LOGINS.verifier });
		this.casefile = await findCasefile(await this.as('coordinator'), 'VERIFYING', this.title);
	}

	async verify(part, { level = 'medium' } = {}) {
		const verifier = await this.as('verifier');
		await verifier.goto(this.casefile);
		assert.equal(await verifier.locator('main', { hasText: this.secret }).count(), 0, 'content is shown before the undertaking');
		await this.act('verifier', this.casefile, 'undertake', { undertaking: true, no_interest: true });
		assert.equal(await verifier.locator('main', { hasText: this.secret }).count(), 1, 'content is not shown after the undertaking');
		await this.act('verifier', this.casefile, 'confirm', { evidence: '按步骤复现。', class: 'access-control', part, ...RATINGS[level] });
		if (level !== 'medium') await this.verifyAgain(level);
	}

	async verifyAgain(level) {
		await this.act('coordinator', this.casefile, 'assign-second', { verifier: LOGINS.second });
		await this.act('second', this.casefile, 'undertake', { undertaking: true, no_interest: true });
		await this.act('second', this.casefile, 'confirm-second', { evidence: '在另一台设备上复现。', ...RATINGS[level] });
	}

	/* ---- Vendors */
	/* Names a vendor in the casefile and returns the address of its part. */
	async nameVendor(name, values, casefile = this.casefile) {
		const page = await this.act('coordinator', casefile, 'party', values);
		return this.findVendor(name, values.product, page);
	}

	async findVendor(name, text, page) {
		const address = await page.locator('main tr', { hasText: text }).locator('a[href^="/parties/"]').first().getAttribute('href');
		this.parties[name] = address;
		return address;
	}

	async notify(party, versions = '') {
		await this.act('coordinator', party, 'notify', { title: `${this.product}存在越权漏洞`, content: `## 概述\n\n组件未校验调用方。${this.secret}`, versions, way: 'account',
			evidence: '已通过平台账号送达。' });
	}

	/* Before the signature the vendor sees that a notice waits, and nothing of what it says. */
	async sign(party, who = 'vendor') {
		const page = await this.as(who);
		await page.goto(party);
		const before = await page.locator('main').innerText();
		assert.ok(!before.includes(this.secret), 'the notice is read before it is signed for');
		assert.ok(before.includes(this.say('A notice waits to be signed for')), before);
		assert.equal((await this.status(who, `${party}/notice`)).status, 403, 'the notice is fetched before it is signed for');
		await this.act(who, party, 'acknowledge', { signer: '何雨桐', office: '安全应急响应中心', confirm: true });
		assert.ok((await page.locator('main').innerText()).includes(this.secret), 'what was signed for is not shown');
		const copy = await page.request.get(`${party}/notice`);
		assert.equal(copy.headers()['content-type'], 'application/pdf');
		const receipt = await page.request.get(`${party}/receipts/acknowledge`);
		assert.match(await receipt.text(), /acknowledge/);
	}

	/* From the notice to the settled part, where nothing is special. */
	async repair(name, { who = 'vendor', lines = [['', '3.2.1']], seen = who } = {}) {
		const party = this.parties[name];
		const stage = (text, turn) => this.sees({ report: this.ref && this.stage, casefile: this.stage, parties: { [name]: [seen, text, turn] } });
		await this.notify(party);
		await stage('Notified, no answer yet', 'the vendor');
		await this.sign(party, who);
		await stage('Signed for, no position yet', 'the vendor');
		await this.act(who, party, 'state', { position: 'affected', explanation: '已在测试环境重现。' });
		await stage('Position: affected', 'the vendor or, when nothing is to be repaired, the coordinator');
		await this.plan(party, who);
		await stage('Review of the repair plan', 'the coordinator');
		await this.act('coordinator', party, 'accept');
		await stage('Fixing', 'the vendor');
		await this.fix(party, lines, who);
		await stage('Check of the fix', 'the verifier');
		await this.checkFix(party);
		await stage('Settled');
	}

	async plan(party, who = 'vendor') {
		await this.act(who, party, 'plan', { measures: '取消组件导出。', begin: day(1), finish: day(5), release: day(9), person: '何雨桐' });
	}

	async fix(party, lines, who = 'vendor') {
		for (const [line, fixed] of lines) await this.act(who, party, 'fix', { line, fixed });
		await this.act(who, party, 'declare', { told: '应用商店更新说明和站内消息。', confirm: true });
	}

	async checkFix(party) {
		await this.act('coordinator', party, 'assign', { verifier: LOGINS.verifier });
		await this.act('verifier', party, 'spot', { declaration: true, checked_on: day(-1), evidence: '抽查修补版本，原步骤不再成立。' });
	}

	/* The vendor's duty of article 7(2): a clock of its own, a form, a receipt. */
	async duty(party, who = 'vendor') {
		const page = await this.as(who);
		await page.goto(party);
		const clock = page.locator('.clock', { hasText: this.say('Report to the national platform') });
		assert.match(await clock.innerText(), DUE[this.look.lang]);
		await this.act(who, party, 'duty', { product: this.product, model: '—', version: '3.2.0', features: '组件导出', harm: '数据泄露', scope: '约 1 万用户' });
		assert.equal(await page.locator('.clock', { hasText: this.say('Report to the national platform') }).count(), 0, 'the clock runs after the report');
		assert.match((await this.status(who, `${party}/receipts/duty`)).text, /duty/);
	}

	/* ---- Publication */
	async describe(more = {}) {
		await this.act('coordinator', this.casefile, 'describe', { ...this.publicText(), ...more });
	}

	publicText() {
		return { title_zh: `${this.product}存在${this.words.zh}漏洞`, title_en: `${this.words.en} in ${this.product}`, description_zh: '任意应用可以读取数据。',
			description_en: 'Any app can read the data.', vendor: '云帆移动科技有限公司', product: this.product, versions: '< 3.2.1', fixed_version: '3.2.1',
			solution_zh: '升级到 3.2.1。', solution_en: 'Update to 3.2.1.' };
	}

	async publish() {
		await this.act('coordinator', this.casefile, 'request');
		const page = await this.as('coordinator');
		assert.equal(await page.locator('form[action$="/actions/publish"]').count(), 0, 'who asked for publication may publish');
		await this.sees({ report: this.ref && ['Ready for publication', 'the publisher'], casefile: ['Ready for publication', 'the publisher'], turn: ['publisher'] });
		await this.act('publisher', `${this.casefile}/publication`, 'publish', { no_exploit: true, no_running_system: true });
		await this.isPublic();
	}

	/* ---- What is seen */
	/* Where one page says the matter stands: its state, whose turn it is, and until when with hour and zone. */
	async stands(who, address, [stage, turn]) {
		const at = `${who} on ${address}, ${JSON.stringify(this.look)}`;
		const { status, text } = await this.status(who, address);
		assert.equal(status, 200, at);
		const steps = piece(text, /<ol class="steps">([\s\S]*?)<\/ol>/), clock = plain(piece(text, /<div class="clock[^"]*">([\s\S]*?)<\/div>/));
		const shown = plain(piece(text, /<span class="status [^"]*">([\s\S]*?)<\/span>/));
		assert.equal(shown, this.say(stage), at);
		assert.ok(steps.split('<li').length > 3, `${at}: no steps`);
		if (!turn) return;
		assert.match(clock, DUE[this.look.lang], `${at}: no deadline with hour and zone`);
		assert.ok(clock.includes(this.say(turn)), `${at}: whose turn? ${clock}`);
		assert.equal(steps.split('aria-current="step"').length, 2, `${at}: no current step`);
	}

	/* All pages of somebody's turn. */
	async turnOf(who) {
		let all = '';
		for (let address = '/desk'; address;) {
			const section = piece((await this.status(who, address)).text, /<h2 id="turn">([\s\S]*?)<\/section>/);
			all += section;
			address = piece(section, /href="(\/desk\?after=[^"]*)"/).replace(/&amp;/g, '&');
			assert.ok(all.length < 1000000, 'the desk has no end');
		}
		return all;
	}

	/* Whose turn it is finds the matter on the desk; whose turn it was before does so no more. */
	async desk(turn) {
		const links = [this.ref, this.casefile, ...Object.values(this.parties)].filter(Boolean), before = this.turn;
		this.turn = turn;
		for (const who of new Set([...before, ...turn])) {
			const section = await this.turnOf(who);
			const found = links.filter((link) => section.includes(`href="${link}"`));
			assert.equal(found.length > 0, turn.includes(who), `${JSON.stringify(this.look)}: on the desk of ${who} ${found} of ${links}`);
		}
	}

	/* Everything of it is absent for those it does not concern, and no search finds it. */
	async hidden(others) {
		const addresses = [this.ref, this.casefile, ...Object.values(this.parties)].filter(Boolean);
		for (const who of others)
			for (const address of addresses) {
				const { status, text } = await this.status(who, address);
				assert.ok([404, 403, 401, 303, 302].includes(status) && !text.includes(this.secret), `${who} gets ${status} for ${address}`);
				if (who !== 'stranger') assert.ok([404, 403].includes(status), `${who} gets ${status} for ${address}`);
			}
		const stranger = await this.as('stranger');
		for (const word of [this.look.lang === 'en' ? this.words.en : this.words.zh]) {
			const found = await (await stranger.request.get(`/api/v1/advisories?q=${encodeURIComponent(word)}`)).json();
			assert.deepEqual(found.items, [], `${word} is found before it is published`);
		}
	}

	/* One stage as everybody sees it. report, casefile: [state, whose turn]; parties: { name: [who, state, turn] }; turn: whose desk shows it. */
	async sees({ report, casefile = undefined, parties = {}, turn, isPublic = false }) {
		if (report) await this.stands(this.reporter, this.ref, report);
		if (casefile) await this.stands('coordinator', this.casefile, casefile);
		for (const [name, [who, ...stage]] of Object.entries(parties)) {
			await this.stands('coordinator', this.parties[name], stage);
			if (who) await this.stands(who, this.parties[name], stage);
		}
		if (turn) await this.desk(turn);
		if (!isPublic) await this.hidden(this.others);
	}

	/* The page does not offer an action, and the server refuses it to whoever asks all the same. */
	async refuses(who, action, address = this.casefile) {
		const page = await this.as(who);
		const { text } = await this.status(who, address);
		assert.ok(!text.includes(`/actions/${action}"`), `${action} is offered to ${who}`);
		const csrf = piece(text, /name="csrf" value="([^"]*)"/);
		const reply = await page.request.post(`${address}/actions/${action}`, { form: { csrf, no_exploit: 'yes', no_running_system: 'yes' }, maxRedirects: 0 });
		assert.ok([403, 404, 409, 422].includes(reply.status()), `${action} by ${who}: ${reply.status()}`);
	}

	async isPublic() {
		const page = await this.as(this.ref ? this.reporter : 'coordinator'), stranger = await this.as('stranger');
		await page.goto(this.ref ?? this.casefile);
		assert.ok((await page.locator('main .status').first().innerText()).includes(this.say('Published')));
		await press(page, page.locator('main a[href*="/advisories/"]').first());
		this.number = decodeURIComponent(new URL(page.url()).pathname.split('/').pop());
		const prefix = this.look.lang === 'en' ? '/en' : '';
		for (const word of [this.words.zh, this.words.en])
			await until(async () => {
				await stranger.goto(`${prefix}/advisories?q=${encodeURIComponent(word)}`);
				return await stranger.locator('main table', { hasText: this.number }).count();
			}, SEARCH_SECONDS);
		await press(stranger, stranger.locator('main tr', { hasText: this.number }).locator('a').first());
		assert.ok((await stranger.locator('h1').innerText()).includes(this.look.lang === 'en' ? this.words.en : this.words.zh));
		assert.ok(!(await stranger.content()).includes(this.secret), 'what was never to be public is public');
		if (this.look.script) await axe(stranger);
	}
}
