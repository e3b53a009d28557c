/*
 * A whole round of selection in the browser: twelve organisations apply in both directions, one is returned and corrects, the panels are drawn from
 * forty experts, one declines, one sheet lies far from the others; the result is locked, and the dossier says so to everybody who computes it again.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { library, PROGRAM } from './harness.mjs';
import { act, fill, press, until } from './journey.mjs';
import { enter, PEOPLE } from './people.mjs';

const DAY = 86400000, WAIT_SECONDS = 30;
const FILE = { name: 'record.txt', mimeType: 'text/plain', buffer: Buffer.from('No bad record.\n') };
/* Percent of what can be reached. */
const APPLICANTS = [
	['太清', 'technical', 90], ['洪涛', 'technical', 86], ['雁门', 'technical', 82], ['苍梧', 'technical', 78], ['敦煌', 'technical', 74],
	['灵渠', 'technical', 69], ['涉江', 'technical', 54], ['橘颂', 'partner', 88], ['兰皋', 'partner', 81], ['蕙纕', 'partner', 75],
	['芷若', 'partner', 67], ['杞梓', 'partner', 56],
].map(([name, direction, quality]) => ({ name, direction, quality }));
const ANSWERS = {
	technical: { 'originals.0.0': 'N-1', incidents: 'One case, four hours.' },
	partner: { process: 'A mailbox, two days, ten days, a notice.' },
};
const CRITERIA = { technical: { find: 40, respond: 25, manage: 15 }, partner: { govern: 50, repair: 30, share: 20 } }, TEAM = { id: 'team', most: 20 };

class Play {
	constructor(shared) { Object.assign(this, { shared, days: 0, pages: new Map() }); }
	get now() { return new Date(Date.now() + this.days * DAY); }
	date(days) { return new Date(this.now.getTime() + days * DAY + DAY / 3).toISOString().slice(0, 10); } /* in Beijing */
	async later(days) {
		for (const name of this.pages.keys()) await this.leave(name);
		await this.shared.later(days);
		this.days += days;
	}
	/* Signs out by closing the window. */
	async leave(name) {
		await this.pages.get(name)?.context().close();
		this.pages.delete(name);
	}
	/* Signed in once until the next jump of time. */
	async as(name, look = { lang: 'en', script: false }) {
		if (!this.pages.has(name)) {
			const page = await this.shared.open(look);
			await enter(page, name);
			this.pages.set(name, page);
		}
		return this.pages.get(name);
	}
	/* Sends one form of a page; it may be folded away. */
	async send(page, action, values = {}) {
		const form = page.locator(`form[action="${action}"]`).last();
		if (!await form.locator('button').last().isVisible()) await page.locator('details', { has: form }).locator('summary').first().click();
		await fill(form, values);
		await press(page, form.locator('button').last());
		assert.deepEqual(await page.locator('.problems').allInnerTexts(), [], `${action} with ${JSON.stringify(values)}`);
	}
}

/* ---- Applications */
async function apply(play, { name, direction }) {
	const page = await play.as(name);
	await page.goto('/applications');
	await press(page, page.locator(`main form:has(input[value=${direction}]) button`));
	await fill(page.locator('main form:has(button[value=save])'), { profile: 'We look after apps.', 'team.0.0': '张衡', 'team.0.2': 'CAPPSEC', ...ANSWERS[direction] });
	await page.locator('[name=record]').setInputFiles(FILE);
	await press(page, page.locator('main form button[value=save]'));
	assert.equal(await page.locator('#missing li').count(), 0, `${name} has filled in everything`);
	await act(page, 'submit');
	return new URL(page.url()).pathname;
}

/* ---- The review by two officers */
async function lodged(page, round, state) {
	await page.goto(`/programme/applications?round=${round.code}&state=${state}`);
	return page.locator('main table tbody a').evaluateAll((links) => [...new Set(links.map((a) => a.getAttribute('href')).filter((h) => h.startsWith('/applications/')))]);
}

async function check(play, page, address) {
	await page.goto(address);
	await page.locator('[name=check]').setInputFiles(FILE);
	await press(page, page.locator('form:has([name=check]) button').last());
	const conditions = Object.fromEntries([1, 2, 3, 4, 5].map((n) => [`condition-${n}`, 'yes']));
	await act(page, 'check', { register_on: play.date(0), register: 'yes', ...conditions });
}

async function receive(play, page) {
	await act(page, 'receive', { posted: play.date(-3), arrived: play.date(0) });
	await act(page, 'match');
}

async function giveBack(play, round, address) {
	const page = await play.as(PEOPLE.secretary);
	await page.goto(address);
	await act(page, 'return', { days: '5', 'mark-profile': 'Say since when.' });
	for (const { name } of APPLICANTS) {
		const own = await play.as(name);
		if ((await own.goto(address)).status() !== 200) continue;
		await own.locator('[name=profile]').fill('We look after apps since 2015.');
		await press(own, own.locator('main form button[value=save]'));
		await act(own, 'resubmit');
		return;
	}
	assert.fail('nobody owns what was returned');
}

async function review(play, round) {
	const page = await play.as(PEOPLE.secretary), second = await play.as(PEOPLE.officer);
	await page.goto(round.desk);
	await act(page, 'review');
	const all = await until(async () => { const list = await lodged(page, round, 'IN_CHECK'); return list.length >= APPLICANTS.length && list; }, WAIT_SECONDS);
	await giveBack(play, round, all[1]);
	for (const address of all) {
		await check(play, page, address);
		await receive(play, page);
		await second.goto(address);
		await act(second, 'approve');
	}
}

/* ---- The draw and the key */
async function draw(play, round) {
	const page = await play.as(PEOPLE.secretary), at = `${play.date(2)} 21:15`, value = '2026101 01 02 03 04 05 06 07';
	await page.goto(round.panel);
	await play.send(page, `${round.panel}/freeze`, { source: 'Double colour ball draw 2026101', source_on: at });
	await play.later(3);
	const again = await play.as(PEOPLE.secretary), supervisor = await play.as(PEOPLE.supervisor);
	await again.goto(round.panel);
	await play.send(again, `${round.panel}/enter`, { value });
	await supervisor.goto(round.panel);
	await play.send(supervisor, `${round.panel}/confirm`, { confirmed: value });
}

async function makeKey(play, round) {
	const page = await play.as(PEOPLE.secretary), shares = {};
	await page.goto(round.panel);
	await play.send(page, `${round.panel}/key`);
	for (const [share, who] of [['office', PEOPLE.secretary], ['supervisor', PEOPLE.supervisor], ['envelope', PEOPLE.officer]]) {
		const taker = await play.as(who);
		await taker.goto(round.panel);
		await play.send(taker, `${round.panel}/shares/${share}`);
		shares[share] = (await taker.locator('main .copy code').first().innerText()).trim();
	}
	await page.goto(round.panel);
	await play.send(page, `${round.panel}/rehearse`, { share_one: shares.office, share_other: shares.envelope });
	return shares;
}

/* ---- The day of the panels */
async function members(play, round) {
	const page = await play.as(PEOPLE.secretary);
	await page.goto(round.panel);
	const rows = await page.locator('main table tbody tr').allInnerTexts();
	return rows.filter((row) => /\(E-\w+\)/.test(row) && row.includes('Sits on the panel')).map((row) => row.match(/(\S+) \(E-/)[1]);
}

async function decline(play, round) {
	const before = await members(play, round), name = before.find((one) => before.filter((other) => other === one).length === 1);
	const page = await play.as(name);
	await page.goto('/panels');
	await press(page, page.locator('main tr', { hasText: round.code }).locator('a'));
	await play.send(page, `${new URL(page.url()).pathname}/decline`, { declined_why: 'Ill.' });
	const after = await members(play, round);
	assert.equal(after.length, before.length, 'the next of the permutation has come');
	const office = await play.as(PEOPLE.secretary);
	assert.equal(await office.locator('main table tbody tr', { hasText: 'Declined or absent' }).count(), 1, 'whoever sits elsewhere has not declined');
	assert.ok(!after.includes(name), 'who declined has gone');
}

async function hear(play, round, applications) {
	const page = await play.as(PEOPLE.secretary);
	for (const { ref, direction, quality } of applications) {
		await page.goto(round.panel);
		await play.send(page, `${round.panel}/presented/${ref}`);
		if (direction !== 'technical') continue;
		await page.goto(`${round.panel}/entries/${ref}`);
		await play.send(page, `${round.panel}/entries/${ref}`, { [TEAM.id]: String(Math.round(TEAM.most * quality / 50) / 2) });
	}
}

/* In halves of a point; every score has its reason. */
function sheet({ direction, quality }, leaning) {
	const scores = Object.entries(CRITERIA[direction]).map(([id, most]) => [id, String(Math.floor(most * (quality + leaning) / 50) / 2)]);
	return Object.fromEntries(scores.flatMap(([id, score]) => [[id, score], [`${id}_reason`, 'As presented.']]));
}

async function judge(play, round, name, applications, leaning) {
	const page = await play.as(name);
	await page.goto('/panels');
	const panels = await page.locator('main tr', { hasText: round.code }).locator('a').evaluateAll((links) => links.map((a) => a.getAttribute('href')));
	for (const panel of panels) for (const application of applications) {
		const address = `${panel}/applications/${application.ref}`;
		if ((await page.goto(address)).status() !== 200) continue; /* of the other panel */
		await play.send(page, `${address}/oath`, { free: 'free' });
		await page.goto(address);
		await play.send(page, address, sheet(application, leaning(application)));
	}
	await play.leave(name);
}

/* One judge of the first direction thinks otherwise about one applicant, and says why when asked. */
async function score(play, round, applications) {
	const sitting = [...new Set(await members(play, round))];
	let strange;
	for (const [index, name] of sitting.entries()) await judge(play, round, name, applications, (application) => {
		if (application !== applications[2] || (strange ?? name) !== name) return index % 3 - 1;
		strange = name;
		return -45;
	});
	assert.ok(strange);
	return { sitting, strange };
}

async function explain(play, round, name, application) {
	const page = await play.as(name);
	await page.goto('/panels');
	await press(page, page.locator('main tr', { hasText: round.code }).locator('a').first());
	const address = `${new URL(page.url()).pathname}/applications/${application.ref}`;
	await page.goto(address);
	await play.send(page, `${address}/words`, { explained: 'It did not answer my questions.' });
}

async function lock(play, round, shares, strange, application) {
	const page = await play.as(PEOPLE.secretary);
	await page.goto(round.panel);
	await play.send(page, `${round.panel}/open`, { share_one: shares.supervisor, share_other: shares.envelope });
	const form = page.locator(`form[action="${round.panel}/lock"]`);
	await page.locator('details', { has: form }).locator('summary').first().click();
	await fill(form, { discussed: true, minutes: 'All were heard.' });
	await press(page, form.locator('button').last());
	assert.match(await page.locator('main').innerText(), new RegExp(`neither confirmed nor explained: ${application.ref}`), 'no lock before the strange sheet is explained');
	await explain(play, round, strange, application);
	await page.goto(round.panel);
	await play.send(page, `${round.panel}/lock`, { discussed: true, minutes: 'All were heard.' });
}

/* ---- The dossier */
function verify(file, ...more) {
	const done = spawnSync(PROGRAM, ['round', 'verify', file, ...more], { encoding: 'utf8' });
	return { code: done.status, said: done.stdout + done.stderr };
}

/* Every member of the archive, stored as it is: where its bytes begin and how many there are. */
function membersOf(bytes) {
	const found = [];
	for (let at = 0; bytes.readUInt32LE(at) === 0x04034b50;) {
		const size = bytes.readUInt32LE(at + 18), name = bytes.readUInt16LE(at + 26), extra = bytes.readUInt16LE(at + 28), begin = at + 30 + name + extra;
		found.push({ name: bytes.toString('utf8', at + 30, at + 30 + name), begin, size });
		at = begin + size;
	}
	return found;
}

async function checkDossier(bytes, known) {
	const folder = await mkdtemp(path.join(tmpdir(), 'cappvd-dossier-')), file = path.join(folder, 'dossier.zip');
	try {
		await writeFile(file, bytes);
		const whole = verify(file, '--key', known);
		assert.equal(whole.code, 0, whole.said);
		const parts = membersOf(bytes);
		assert.ok(parts.length >= 5, `${parts.length} members`);
		for (const { name, begin, size } of parts) {
			const changed = Buffer.from(bytes);
			changed[begin + (size >> 1)] ^= 1;
			await writeFile(file, changed);
			const { code, said } = verify(file, '--key', known);
			assert.notEqual(code, 0, `a changed byte of ${name} is noticed`);
			assert.ok(said.length > 0);
		}
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

/* What follows stands on what came before: after a failure nothing else is tried. */
function stepper(t) {
	let broken = false;
	return async (name, body) => {
		if (broken) return;
		broken = true;
		await t.test(name, async () => { await body(); broken = false; });
	};
}

test('a whole round is played', { timeout: 1200000 }, async (t) => {
	const play = new Play(await library(t)), { address } = play.shared;
	const round = {}, applications = [], step = stepper(t);
	await step('twelve apply in both directions', async () => {
		const page = await play.as(PEOPLE.secretary);
		await page.goto('/programme/rounds?state=OPEN');
		const row = page.locator('main table tbody tr').first();
		round.code = (await row.locator('td, th').first().innerText()).trim();
		round.desk = await row.locator('a').first().getAttribute('href');
		round.panel = `${round.desk}/panel`;
		for (const applicant of APPLICANTS) {
			const of = await apply(play, applicant);
			applications.push({ ...applicant, ref: of.split('/').pop(), address: of });
		}
	});
	await step('it closes by itself, and two officers review what came', async () => {
		await play.later(51);
		const page = await play.as(PEOPLE.secretary);
		await until(async () => { await page.goto('/programme/rounds?state=CLOSED'); return await page.locator('main table tbody tr', { hasText: round.code }).count(); }, WAIT_SECONDS);
		await review(play, round);
	});
	let shares, panel;
	await step('panels are drawn, the key is split and rehearsed, and one declines', async () => {
		await draw(play, round);
		shares = await makeKey(play, round);
		await decline(play, round);
	});
	await step('everybody is heard and judged under seal, and nobody outside learns of it', async () => {
		const extra = (await lodged(await play.as(PEOPLE.secretary), round, 'SCHEDULED')).map((href) => href.split('/').pop())
			.filter((ref) => !applications.some((one) => one.ref === ref)).map((ref) => ({ ref, direction: 'technical', quality: 60 }));
		const all = [...applications, ...extra];
		await hear(play, round, all);
		panel = await score(play, round, all);
		const own = await play.as(APPLICANTS[0].name);
		await own.goto(applications[0].address);
		assert.doesNotMatch(await own.locator('main').innerText(), new RegExp(panel.sitting.join('|')), 'an applicant sees no name of a judge');
	});
	await step('the strange sheet is explained, the result is locked and the dossier verifies', async () => {
		await lock(play, round, shares, panel.strange, applications[2]);
		const page = await play.as(PEOPLE.secretary);
		const reply = await page.request.get(`${address}${round.panel}/dossier.zip`);
		assert.equal(reply.status(), 200);
		const key = spawnSync(PROGRAM, ['ledger', 'key', '--data', play.shared.data], { encoding: 'utf8' });
		assert.equal(key.status, 0, key.stderr);
		await checkDossier(await reply.body(), key.stdout.trim());
	});
});
