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

/* Signs in by the demonstration's own door, by hand as people do. */
export async function enter(page, name) {
	await page.goto('/demo/enter');
	const row = page.locator('tr', { hasText: name }).first();
	if (!await row.isVisible()) await page.locator('details.more > summary').click();
	await Promise.all([page.waitForNavigation(), row.locator('button').click()]);
	if (page.look.lang === 'en') await page.goto('/language/en?back=%2Fdesk'); /* the account's own language is Chinese */
}
