/* A dispute from the appeal to the decision that is carried out: who decided does not answer, three experts vote, and the report is back in review. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axe, library } from './harness.mjs';
import { enter, PEOPLE } from './people.mjs';

const STAGE = { 'zh-CN': { answered: '已答复', panel: '专家裁定中', decided: '已裁定', review: '形式审查' }, en: { answered: 'Answered', panel: 'With the panel of experts', decided: 'Decided by the panel', review: 'Formal review' } };

/* One window for each person. */
function company(open, look) {
	const pages = new Map();
	return async (name) => {
		if (!pages.has(name)) {
			const page = await open(look);
			await enter(page, name);
			pages.set(name, page);
		}
		return pages.get(name);
	};
}

/* Presses the button of an action, with what its form wants. */
async function act(page, action, values = {}) {
	const form = page.locator(`form[action$="/actions/${action}"]`);
	const fold = page.locator('details.action', { has: form });
	if (await fold.count() && (await fold.getAttribute('open')) === null) await fold.locator('summary').first().click();
	for (const [name, value] of Object.entries(values)) {
		const field = form.locator(`[name="${name}"]`).first(), kind = await field.evaluate((one) => one.type);
		if (kind === 'radio') await form.locator(`[name="${name}"][value="${value}"]`).check();
		else if (kind === 'checkbox') await field.check();
		else if (kind === 'select-one') await field.selectOption(value);
		else await field.fill(value);
	}
	await form.locator('button').last().click();
	await page.waitForLoadState();
}

const shows = async (page, words) => assert.match(await page.locator('main').innerText(), new RegExp(words));


for (const lang of ['zh-CN', 'en']) {
	test(`dispute: appealed, answered by another coordinator, decided by three experts, and back in review (${lang})`, async (t) => {
		const { open } = await library(t), words = STAGE[lang], as = company(open, { lang });
		const reporter = await as(PEOPLE.reporter), coordinator = await as(PEOPLE.coordinator), other = await as(PEOPLE.other);

		/* The appeal that waits in the demonstration is withdrawn first: one of the reporter's own decisions is free again. */
		await reporter.goto('/disputes/mine');
		const first = await reporter.locator('main table a').first().getAttribute('href');
		await reporter.goto(first);
		const report = await reporter.locator('main aside a[href^="/reports/"]').first().getAttribute('href');
		await act(reporter, 'withdraw');

		/* The report says until when; a wrong form names its field. */
		await reporter.goto(report);
		await reporter.locator('a[href$="/appeal"]').click();
		await axe(reporter);
		await reporter.locator('main form button').last().click();
		assert.equal(new URL(reporter.url()).pathname, `${report}/appeal`);
		await reporter.locator('[name=grounds]').first().evaluate((one) => one.type).then((kind) => (kind === 'radio' ? reporter.check('[name=grounds][value=facts]') : reporter.selectOption('[name=grounds]', 'facts')));
		await reporter.fill('[name=text]', 'The capture was overlooked.');
		await reporter.locator('main form button').last().click();
		await reporter.waitForURL(/\/disputes\/D-/);
		const dispute = new URL(reporter.url()).pathname;
		await axe(reporter);

		/* Whoever decided sees it, and has no button to answer. */
		await coordinator.goto(dispute);
		assert.equal(await coordinator.locator('form[action$="/actions/answer"]').count(), 0);
		await other.goto('/disputes');
		await other.goto(dispute);
		await act(other, 'answer', { answer: 'It shows nothing.' });
		await shows(other, words.answered);

		await reporter.goto(dispute);
		await act(reporter, 'panel', { request: 'It does.' });
		await shows(reporter, words.panel);

		/* Whoever was drawn, whoever it is: behind the undertaking, then one sealed vote each. */
		await other.goto(dispute);
		const seats = (await other.locator('main aside section', { hasText: '·' }).last().innerText()).match(/· (\S+)/g).map((name) => name.slice(2).trim());
		assert.equal(seats.length, 3);
		for (const [n, name] of seats.entries()) {
			const expert = await as(name);
			await expert.goto('/disputes/seats');
			await expert.locator(`a[href="${dispute}"]`).first().click();
			assert.equal(await expert.getByText('The capture was overlooked.').count(), 0, 'nothing before the undertaking');
			await act(expert, 'undertake', { undertaking: true, no_interest: true });
			assert.equal(await expert.getByText('The capture was overlooked.').count(), 1);
			if (n === 0) await axe(expert);
			await act(expert, 'vote', { verdict: 'set-aside', reasons: `Reason ${n + 1}.` });
			await reporter.goto(dispute);
			assert.equal(await reporter.getByText('Reason 1.').count(), n === 2 ? 1 : 0, 'votes stay sealed until the last one');
		}

		await shows(reporter, words.decided);
		await axe(reporter);
		const expert = await as(seats[0]);
		assert.equal((await expert.request.get(dispute)).status(), 404, 'an expert reads nothing after the end');
		await reporter.goto(report);
		await shows(reporter, words.review);
	});
}
