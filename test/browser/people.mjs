import assert from 'node:assert/strict';

/* The people of the demonstration, and how to become one of them. */
export const VISITOR = null;
export const PEOPLE = {
	reporter: '林一帆',
	coordinator: '陈思远',
	verifier: '赵明哲',
	unitVerifier: '卢深', // of a support unit
	second: '钱文澜',
	publisher: '孙若溪',
	vendor: '何雨桐',
	foreign: '江澄',
	partner: '秦商', // a store that hands letters to vendors
	platform: '穆棉',
	other: '范宁',
	security: '魏南',
	audit: '高岳',
	system: '石磊',
	authority: '杜衡',
	writer: '陶文',
	editor: '夏编',
	approver: '冯审',
	secretary: '米秋',
	supervisor: '简明',
	applicant: '白泽',
	returned: '陆吾',
	officer: '宁远',
};

/* Signs in by the demonstration's own door, without drawing its long page; test `script` goes through it by hand. */
export async function enter(page, name) {
	const door = await (await page.request.get('/demo/enter')).text();
	const row = door.split('<tr').find((part) => part.includes(name)), action = row?.match(/action="(\/demo\/enter\/[^"]+)"/)?.[1], csrf = row?.match(/name="csrf" value="([^"]*)"/)?.[1];
	assert.ok(action, `nobody is called ${name}`);
	const reply = await page.request.post(action, { form: { csrf }, maxRedirects: 0 });
	assert.equal(reply.status(), 303, `${name} does not get in: ${reply.status()}`);
	const lang = page.look.lang === 'en' ? '/language/en?back=%2Fdesk' : '/desk'; /* the account's own language is Chinese */
	await page.goto(lang);
}
