/* Every page of the library, in every look: axe finds nothing, nothing is wider than the window. CAPPVD_PICTURES=1 leaves pictures for people in build/screenshots. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axe, axeColours, fitsWindow, LANGS, library, screenshot } from './harness.mjs';
import { enter, PEOPLE, VISITOR } from './people.mjs';

const WINDOWS = 4; /* side by side: while one is drawn another is examined */
const PICTURES_WANTED = Boolean(process.env.CAPPVD_PICTURES);

/* name, address, and how to come to the state that is meant: a step that runs on the page after it was opened. */
const PRODUCT = 'main a[href^="/catalogue/"]:not([href$="/add"]):not([href$="/own"])';
const PUBLIC = [
	['home', '/'],
	['list', '/advisories'],
	['list-found', '/advisories?q=SDK'],
	['list-empty', '/advisories?q=nosuchthing'],
	['list-warnings', '/advisories?kind=warning'],
	['record', async (page) => firstLink(page, '/advisories', 'main table a[href*="/advisories/"]')],
	['record-own', async (page) => firstLink(page, '/advisories?source=own', 'main table a[href*="/advisories/"]')],
	['product-public', async (page) => firstLink(page, await firstLink(page, '/advisories?source=own', 'main table a[href*="/advisories/"]'), 'main a[href*="/products/"]')],
	['about', '/about'],
	['notices', '/notices'],
	['article', async (page) => firstLink(page, '/notices', 'main table a')],
	['questions', '/questions'],
	['downloads', '/downloads'],
	['contact', '/contact'],
	['privacy-retention', '/privacy/retention'],
	['complaint', '/complaints'],
	['complaint-status', '/complaints/status'],
	['rules', '/rules'],
	['rule', '/rules/publication'],
	['rule-disputes', '/rules/disputes'],
	['rounds', '/rounds'],
	['round', async (page) => firstLink(page, '/rounds', 'main table a')],
	['round-finished', finished],
	['round-drawn', async (page) => `${await finished(page)}/draw`],
	['round-publicity', async (page) => `${await finished(page)}/publicity`],
	['round-announcement', async (page) => `${await finished(page)}/announcement`],
	['round-log', async (page) => `${await finished(page)}/log`],
	['objection-follow', '/objections/status'],
	['units', '/units'],
	['points-rule', '/points/rule'],
	['ranking', '/ranking'],
	['figures', '/figures'],
	['figures-vendors', async (page) => `${page.prefix}/figures/vendors`],
	['figures-reports', '/figures/reports'],
	['figures-report-read', async (page) => firstLink(page, '/figures/reports', 'main table a[href*="/figures/reports/F-"]:not([href$=".pdf"]):not([href$=".docx"])')],
	['figures-report-corrected', async (page) => firstLink(page, '/figures/reports', 'main tr:has(.status.warn) a')],
	['figures-early', '/figures?month=2015-01'],
	['evaluations-public', '/evaluations'],
	['honours-public', '/honours'],
	['honours-of-year', async (page) => firstLink(page, '/honours', 'main table a')],
	['unit', async (page) => firstLink(page, '/units', 'main table a[href*="/units/"]')],
	['warnings', '/warnings'],
	['warning', async (page) => firstLink(page, '/warnings', 'main table a')],
	['activities', '/activities'],
	['collection-result', async (page) => `${await collection(page)}/result`],
	['activity', async (page) => firstLink(page, '/activities', 'main table a[href*="/activities/"]')],
	['certificates', '/certificates'],
	['certificates-empty', '/certificates?q=nosuchthing'],
	['certificate', async (page) => firstLink(page, '/certificates', 'main table a')],
	['certificate-conditions', '/certificates/conditions'],
	['certificate-check', '/certificates/check'],
	['certificate-check-wrong', '/certificates/check', submit('certificates/check', {})],
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
	['news', '/news'],
	['standards', '/standards'],
	['rule-changes', async (page) => firstLink(page, '/rules/publication', 'main a[href*="/changes"]', '/rules/publication')],
	['draft', '/report', begun],
	['draft-wrong', '/report', async (page) => { await begun(page); await refused(page, 'main form button[value=check]'); }],
	['unsubscribe-wrong', '/unsubscribe/nothing', null, 404],
];
const PERSON = [
	['desk', '/desk'],
	['reports', '/reports'],
	['report-start', '/report'],
	['report', async (page) => firstLink(page, '/reports', 'main table a')],
	['inbox', '/inbox'],
	['finds', '/certificates/mine'],
	['disputes-mine', '/disputes/mine'],
	['dispute-decided', async (page) => { await page.goto('/disputes/mine'); return page.locator('main table a').last().getAttribute('href'); }],
	['ranking-wish', '/account/ranking'],
	['organisation', '/organisations'],
	['privacy-own', '/account/privacy'],
	['privacy-successor-none', '/account/privacy/successor'],
	['personal-data', personalData],
	['account', '/account'],
	['profile', '/account/profile'],
	['password', '/account/password'],
	['password-wrong', '/account/password', wrong('account/password', {})],
	['mail', '/account/mail'],
	['verification', '/account/verification'],
	['notices', '/account/notices'],
	['notices-wrong', '/account/notices', wrong('account/notices', { hour: '99' })],
	['webhooks-new', '/account/webhooks', submit('account/webhooks', { address: 'https://hooks.example.cn/in' })],
	['webhooks', '/account/webhooks'],
	['webhooks-wrong', '/account/webhooks', wrong('account/webhooks', { address: 'http://inside/' })],
	['security', '/account/security'],
	['totp', '/account/totp'],
	['token-new', '/account/tokens/new'],
	['error-403', '/admin/people', null, 403],
	['receipt', async (page) => `${await firstLink(page, '/reports', 'main table a')}/receipt`],
	['organisation-register', '/organisations/register'],
	['organisation-wrong', '/organisations/register', wrong('organisations/register', { name: '' })],
	['notices-account', '/account/notices'],
	['recovery', '/account/recovery'],
	['passkey-new', '/account/passkeys/new'],
	['catalogue', '/catalogue'],
	['catalogue-found', '/catalogue?q=SDK'],
	['catalogue-empty', '/catalogue?q=nosuchthing'],
	['catalogue-add', '/catalogue/add'],
	['catalogue-product', async (page) => firstLink(page, '/catalogue?q=%E4%BA%91', PRODUCT)],
];
const COORDINATOR = [
	['desk-coordinator', '/desk'],
	['desk-coordinator-next', async (page) => firstLink(page, '/desk', 'main a[href*="/desk?after="]')],
	['intake', '/intake'],
	['intake-empty', '/intake?state=WITHDRAWN'],
	['review', async (page) => firstLink(page, '/intake', 'main table a')],
	['review-opinion', async (page) => firstLink(page, '/intake?state=FORMAL_REVIEW', 'main table a')],
	['casefiles', '/casefiles'],
	['casefile', async (page) => firstLink(page, '/casefiles?state=COORDINATING', 'main table a')],
	['casefile-candidates', async (page) => firstLink(page, '/casefiles?state=VERIFYING', 'main table a')],
	['interests', '/interests'],
	['interests-all', '/interests/all'],
	['absences', '/absences?open=1'],
	['letters', '/letters'],
	['letter-drafts', '/letters/drafts'],
	['complaints', '/site/complaints'],
	['letter-form', async (page) => `${await firstLink(page, '/intake?state=REJECTED', 'main table a')}/letters`],
	['letter-wrong', async (page) => `${await firstLink(page, '/intake?state=REJECTED', 'main table a')}/letters`, wrong('/letters', { recipient: '' })],
	['casefile-ready', async (page) => firstLink(page, '/casefiles?state=READY', 'main table a')],
	['parties', '/parties'],
	['party-contact', async (page) => firstLink(page, '/parties', 'main table a')],
	['party-fixing', async (page) => firstLink(page, '/parties?state=FIXING', 'main table a')],
];
const VENDORS = async (page) => `${await firstLink(page, await firstLink(page, await firstLink(page, '/deliveries', 'main table a'), 'main table a[href^="/parties/"]'), 'main a[href^="/casefiles/C"]')}/parties`;
const previewed = async (page) => { await page.locator('input[name=party]').last().check(); await page.locator('input[name=what][value=channel]').check(); await page.locator('form[action$="/preview"] button').click(); };
const PARTNER = [
	['delivery-list', '/deliveries'],
	['delivery-partner', async (page) => firstLink(page, '/deliveries', 'main table a')],
	['delivery-wrong', async (page) => firstLink(page, '/deliveries', 'main table a'), async (page) => refused(page, 'main form[action$="/table"] button')],
	['parties-partner', '/parties'],
	['letters-here', '/deliveries/letters'],
	['letters-here-delivered', '/deliveries/letters?state=delivered'],
	['letters-here-empty', '/deliveries/letters?state=recalled'],
];
const COORDINATOR_ELSEWHERE = [
	['deliveries', '/deliveries'],
	['delivery', async (page) => firstLink(page, '/deliveries', 'main table a')],
	['letters-partners', '/deliveries/letters'],
	['letters-partners-back', '/deliveries/letters?state=bounced'],
	['vendor-figures-all', '/parties/figures'],
	['vendor-figures-one', async (page) => firstLink(page, '/parties/figures', 'main table a')],
	['closing-review', async (page) => firstLink(page, '/parties?state=CLOSING', 'main table a')],
	['closing-review-wrong', async (page) => firstLink(page, '/parties?state=CLOSING', 'main table a'), async (page) => refused(page, '#next form[action$="/actions/return"] button')],
	['vendors', VENDORS],
	['vendors-preview', VENDORS, previewed],
	['vendors-wrong', VENDORS, async (page) => refused(page, 'main form[action$="/preview"] button')],
	['photograph', '/copies/photograph'],
	['photograph-wrong', '/copies/photograph', async (page) => refused(page, 'main form button:not([name])')],
	['masking', '/tools/masking'],
	['thanks', '/thanks'],
	['disputes', '/disputes'],
	['disputes-empty', '/disputes?state=WITHDRAWN'],
	['dispute-answer', async (page) => firstLink(page, '/disputes', 'main table a')],
	['dispute-panel', async (page) => firstLink(page, '/disputes?state=PANEL', 'main table a')],
	['internal-records', '/internal-records'],
	['internal-records-wrong', '/internal-records', async (page) => refused(page, 'main form[action="/internal-records"] button')],
	['internal-record', async (page) => firstLink(page, '/internal-records', 'main table a')],
	['vault', '/vault'],
	['privacy-successor', '/account/privacy/successor'],
	['privacy-successor-wrong', '/account/privacy/successor', wrong('account/privacy/successor', { successor: 'nobody', note: 'x' })],
	['privacy-obstacle', '/account/privacy'],
	['privacy-holds', '/admin/holds'],
	['find-lists', '/find-lists'],
	['figures-office', '/figures/office'],
	['figures-drafts', '/figure-reports'],
	['figures-report', async (page) => firstLink(page, '/figure-reports', 'main table a[href^="/figure-reports/F-"]')],
	['find-list', async (page) => firstLink(page, '/find-lists', 'main table a')],
	['find', async (page) => firstLink(page, await firstLink(page, '/find-lists', 'main table a'), 'main table a')],
	['warning-desk', '/warning-desk'],
	['warning-desk-empty', '/warning-desk?state=DISCARDED'],
	['warning-correcting', async (page) => firstLink(page, '/warning-desk?state=CORRECTING', 'main table a')],
	['warning-withdrawn', async (page) => firstLink(page, '/warning-desk?state=WITHDRAWN', 'main table a')],
	['warning-assess', async (page) => firstLink(page, '/warning-desk', 'main table a')],
	['warning-audience', async (page) => `${await firstLink(page, '/warning-desk?state=SENT', 'main table a')}/audience`],
	['warning-audience-wrong', async (page) => `${await firstLink(page, '/warning-desk', 'main table a')}/audience`, async (page) => refused(page, 'main form[action$="/aims"] button')],
	['warning-receipts', async (page) => `${await firstLink(page, '/warning-desk?state=SENT', 'main table a')}/receipts`],
	['warning-sent', async (page) => firstLink(page, '/warning-desk?state=SENT', 'main table a')],
	['verifications', '/admin/verifications'],
	['sectors', '/admin/sectors'],
	['sectors-empty', '/admin/sectors?sector=defence'],
	['sector', async (page) => firstLink(page, '/admin/sectors', 'main table a')],
	['products-office', '/admin/products'],
	['product', async (page) => firstLink(page, await firstLink(page, '/catalogue?q=%E4%BA%91%E5%B8%86', PRODUCT), 'main a[href*="/products/"]')],
	['vendor-public', async (page) => firstLink(page, await firstLink(page, await firstLink(page, '/catalogue?q=%E4%BA%91%E5%B8%86', PRODUCT), 'main a[href*="/products/"]'), 'main a[href*="/vendors/"]')],
	['interests-wrong', '/interests', async (page) => refused(page, 'main form[action="/interests"] button')],
	['freezes', '/casefiles/freezes'],
	['freezes-wrong', '/casefiles/freezes', async (page) => refused(page, 'main form button:not([name])')],
	['letter', async (page) => `${await firstLink(page, '/intake?state=REJECTED', 'main table a')}/letters`, submit('/letters', { recipient: '林一帆' })],
	['casefile-verifying', async (page) => firstLink(page, '/casefiles?state=VERIFYING', 'main table a')],
	['casefile-rated', async (page) => firstLink(page, '/casefiles?state=RATED', 'main table a')],
	['casefile-published', async (page) => firstLink(page, '/casefiles?state=PUBLISHED', 'main table a')],
	['casefile-isolated', async (page) => firstLink(page, '/casefiles?state=ISOLATED', 'main table a')],
	['casefile-internal', async (page) => firstLink(page, '/casefiles?state=INTERNAL', 'main table a')],
	['casefile-closed', async (page) => firstLink(page, '/casefiles?state=CLOSED', 'main table a')],
	['party-unreachable', async (page) => firstLink(page, '/parties?state=UNREACHABLE', 'main table a')],
	['party-check', async (page) => firstLink(page, '/parties?state=FIX_CHECK', 'main table a')],
	['party-done', async (page) => firstLink(page, '/parties?state=DONE', 'main table a')],
];
const UNIT_VERIFIER = [
	['warnings-unit', '/warning-desk'],
	['warning-text', async (page) => `${await firstLink(page, '/warning-desk', 'main section table a')}/text`],
	['warning-text-wrong', async (page) => `${await firstLink(page, '/warning-desk', 'main section table a')}/text`, async (page) => refused(page, 'main form button[value=check]')],
	['desk-unit-verifier', '/desk'],
	['points-own', '/points'],
	['deeds-own', '/points/deeds'],
	['deed-own', async (page) => firstLink(page, '/points/deeds', 'main table a')],
	['deed-state', '/points/deeds/new'],
	['deed-state-wrong', '/points/deeds/new', wrong('points/deeds/new', { what: '' })],
	['review-unit-verifier', async (page) => firstLink(page, '/desk', 'main a[href^="/reports/"]')],
	['review-wrong', async (page) => firstLink(page, '/desk', 'main a[href^="/reports/"]'),
		async (page) => refused(page, '#next form[action$="/actions/opine"] button')],
	['batches', '/batches'],
	['batch-preview', async (page) => firstLink(page, '/batches', 'main table a')],
	['batch-row', async (page) => `${await firstLink(page, '/batches', 'main table a')}/rows/4`],
	['batch-done', async (page) => page.goto('/batches').then(() => page.locator('main table a').last().getAttribute('href'))],
	['batch-waits', waiting],
	['batches-wrong', '/batches', async (page) => refused(page, 'main form[action="/batches"] button')],
];
const VERIFIER = [
	['disputes-seats', '/disputes/seats'],
	['desk-verifier', '/desk'],
	['casefiles-verifier', '/casefiles'],
	['casefile-verifier', async (page) => firstLink(page, '/desk', 'main a[href^="/casefiles/"]')],
	['checks-verifier', '/parties'],
];
const PUBLISHER = [
	['desk-publisher', '/desk'],
	['warning-audience-waiting', async (page) => `${await firstLink(page, '/warning-desk', 'main table a')}/audience`],
	['publication', async (page) => `${await firstLink(page, '/casefiles?state=READY', 'main table a')}/publication`],
];
const AUTHORITY = [
	['supervision', '/supervision'],
	['desk-authority', '/desk'],
];
const WRITER = [
	['articles-writer', '/site/articles'],
	['article-new', '/site/articles/new'],
	['article-new-wrong', '/site/articles/new', async (page) => refused(page, 'main form button:not([name])')],
];
const CLOSING = (page) => `main tr:has(.status:has-text("${page.prefix ? 'Closing evidence' : '办结证据'}")) a`;
const SIGNED = (page) => `main tr:has(.status:has-text("${page.prefix ? 'no position yet' : '尚未提交意见'}")) a`;
const VENDOR = [
	['dispute-appeal', appealForm],
	['dispute-appeal-wrong', appealForm, async (page) => refused(page, 'main form button')],
	['figures-own', '/figures/own'],
	['vendor-figures-own', async (page) => firstLink(page, '/parties/figures', 'main table a')],
	['teams', '/teams'],
	['teams-wrong', '/teams', async (page) => refused(page, 'main form[action="/teams"] button')],
	['closing-waits', async (page) => firstLink(page, '/parties', CLOSING(page))],
	['closing-form', async (page) => firstLink(page, '/parties', SIGNED(page)), async (page) => page.locator('#next form[action$="/actions/close-known"]').evaluate((form) => { for (let at = form; at; at = at.parentElement) if (at.tagName === 'DETAILS') at.open = true; })],
	['closing-form-wrong', async (page) => firstLink(page, '/parties', SIGNED(page)), async (page) => refused(page, '#next form[action$="/actions/close-known"] button')],
	['closing-returned', async (page) => firstLink(page, '/parties', SIGNED(page))],
	['warnings-vendor', '/warning-desk'],
	['warning-vendor', async (page) => firstLink(page, '/warning-desk', 'main table a')],
	['warning-vendor-wrong', async (page) => firstLink(page, '/warning-desk', 'main table a'), async (page) => refused(page, 'main form[action$="/acknowledge"] button')],
	['desk-vendor', '/desk'],
	['organisation-vendor', '/organisations'],
	['organisation-sectors', '/organisations', async (page) => page.locator('#sectors summary').click()],
	['catalogue-own', '/catalogue/own'],
	['matter-notified', async (page) => firstLink(page, '/parties', `main tr:has(.status:has-text("${page.prefix ? 'no answer yet' : '尚未'}")) a`)],
	['matter-last', async (page) => page.goto('/parties').then(() => page.locator('main table a').last().getAttribute('href'))],
	['matters', '/parties'],
	['matter-fixing', async (page) => firstLink(page, '/parties', 'main table a')],
	['matter-claim', '/parties/claim'],
	['matter-claim-wrong', '/parties/claim', wrong('parties/claim', { code: '0000-0000-0000-0000' })],
];
const SECURITY = [
	['desk-security', '/desk'],
	['retention-office', '/admin/retention'],
	['handovers', '/admin/handovers'],
	['retention-rule', '/admin/retention/drafts'],
	['impact-list', '/admin/impact'],
	['impact', async (page) => firstLink(page, '/admin/impact', 'main table a')],
	['people', '/admin/people'],
	['person', async (page) => firstLink(page, '/admin/people', 'main table a[href*="/admin/people/"]')],
];
const SYSTEM = [
	['settings', '/admin/settings'],
	['workdays', '/admin/workdays?year=2026'],
	['seal', '/admin/letters/seal'],
	['setting', '/admin/settings/verify_days'],
	['setting-wrong', '/admin/settings/verify_days', wrong('settings/verify_days', { value: '999', reason: '试' })],
	['health', '/admin/health'],
	['health-checked', '/admin/health', submit('admin/health', {})],
	['setting-others', '/admin/settings/session_hours'],
	['words', '/admin/words'],
	['words-list', async (page) => firstLink(page, '/admin/words', 'main a[href^="/admin/words/"]')],
	['words-entry', async (page) => firstLink(page, await firstLink(page, '/admin/words', 'main a[href^="/admin/words/"]'), 'main table a[href*="/admin/words/"]')],
	['letter-templates', '/admin/letters'],
	['letter-template', async (page) => firstLink(page, '/admin/letters', 'main a[href^="/admin/letters/"]')],
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
	['figures-report-new', '/figure-reports/new'],
	['figures-report-wrong', '/figure-reports/new', wrong('figure-reports/new', { from: '', until: '' })],
	['figures-report-draft', async (page) => firstLink(page, '/figure-reports', 'main tr:has(.status.active) a[href^="/figure-reports/F-"]')],
	['figures-report-issued', async (page) => firstLink(page, '/figure-reports', 'main tr:has(.status.good) a[href^="/figure-reports/F-"]')],
	['articles-office', '/site/articles?state=PUBLISHED'],
	['article-office', async (page) => firstLink(page, '/site/articles?state=PUBLISHED', 'main table a')],
	['rules-office', '/site/rules'],
	['rule-office', '/site/rules/publication'],
	['article-changes', async (page) => `${await firstLink(page, '/site/articles?state=PUBLISHED', 'main table a')}/changes`],
];

const SECRETARY = [
	['cases', async (page) => `/programme${await collection(page)}/cases?state=IN_NOTICE`],
	['cases-empty', async (page) => `/programme${await collection(page)}/cases?state=STRUCK`],
	['case-scores', async (page) => firstLink(page, `/programme${await collection(page)}/cases?state=IN_NOTICE`, 'main table a[href^="/cases/"]')],
	['activities-office', '/programme/activities'],
	['activity-office', async (page) => firstLink(page, '/programme/activities?state=OPEN', 'main table a')],
	['activity-held-office', async (page) => firstLink(page, '/programme/activities?state=DONE', 'main table a')],
	['activity-new', '/programme/activities/new'],
	['activity-new-wrong', '/programme/activities/new', wrong('programme/activities/new', { places: '0', starts_on: 'soon' })],
	['units-office', '/programme/units'],
	['unit-office', async (page) => firstLink(page, '/programme/units', 'main table a')],
	['unit-suspended', async (page) => firstLink(page, '/programme/units?state=SUSPENDED', 'main table a')],
	['unit-waiting', async (page) => firstLink(page, '/programme/units?state=PROPOSED', 'main table a')],
	['unit-enter', '/programme/units/new'],
	['unit-enter-wrong', '/programme/units/new', wrong('programme/units/new', { credit_code: 'x', until_on: 'soon' })],
	['rounds-office', '/programme/rounds?state=OPEN'],
	['round-office', async (page) => firstLink(page, '/programme/rounds?state=OPEN', 'main table a')],
	['round-draft', async (page) => firstLink(page, '/programme/rounds?state=DRAFT', 'main table a')],
	['round-edit', async (page) => `${await firstLink(page, '/programme/rounds?state=DRAFT', 'main table a')}/edit`],
	['round-criterion', async (page) => `${await firstLink(page, '/programme/rounds?state=DRAFT', 'main table a')}/add/criterion`],
	['round-criterion-wrong', async (page) => `${await firstLink(page, '/programme/rounds?state=DRAFT', 'main table a')}/add/criterion`,
		wrong('add/criterion', { weight: '150' })],
	['evaluations', '/programme/evaluations'],
	['evaluations-wrong', '/programme/evaluations', wrong('programme/evaluations', { year: '2099' })],
	['evaluation', async (page) => firstLink(page, '/programme/evaluations', 'main table a')],
	['honours-office', '/programme/honours'],
	['honours-wrong', '/programme/honours', wrong('programme/honours', { year: '2099' })],
	['honour-office', async (page) => firstLink(page, '/programme/honours', 'main table a')],
	['points-all', '/programme/points'],
	['points-of-one', async (page) => firstLink(page, '/programme/points', 'main table a')],
	['points-rule-office', '/programme/points/rule'],
	['points-rule-wrong', '/programme/points/rule', wrong('programme/points/rule', { from_on: 'soon' })],
	['deeds-office', '/programme/deeds'],
	['deed-office', async (page) => firstLink(page, '/programme/deeds', 'main table a')],
	['deed-enter', '/programme/deeds/new'],
	['deed-enter-wrong', '/programme/deeds/new', wrong('programme/deeds/new', { credit_code: 'x' })],
	['experts-office', '/programme/experts'],
	['expert-office', async (page) => firstLink(page, '/programme/experts', 'main table a')],
	['expert-new', '/programme/experts/new'],
	['panels-office', async (page) => `${await firstLink(page, '/programme/rounds?state=OPEN', 'main table a')}/panel`],
	['panels-locked', async (page) => `${await announced(page)}/panel`],
	['decision-office', async (page) => `${await announced(page)}/decision`],
	['round-units', async (page) => `${await announced(page)}/units`],
	['round-letters', async (page) => `${await announced(page)}/letters`],
	['round-letter', async (page) => firstLink(page, `${await announced(page)}/letters`, '#written table a')],
	['round-letter-form', async (page) => firstLink(page, `${await firstLink(page, '/programme/rounds?state=MATERIAL_REVIEW', 'main table a')}/letters`, '#offers table a')],
	['objection-office', async (page) => firstLink(page, `${await announced(page)}/decision`, 'main a[href^="/programme/objections/"]')],
	['inspections-office', async (page) => `${await firstLink(page, '/programme/rounds?state=INSPECTION', 'main table a')}/inspections`],
	['inspection-office', async (page) => inspectionLink(page)],
];

const OFFICER = [
	['applications', '/programme/applications'],
	['application-check', async (page) => firstLink(page, await inReview(page, 'IN_CHECK'), 'main table a')],
	['application-check-wrong', async (page) => firstLink(page, await inReview(page, 'IN_CHECK'), 'main table a'),
		async (page) => refused(page, '#next form[action$="/actions/return"] button')],
	['application-qualified', async (page) => firstLink(page, await inReview(page, 'QUALIFIED'), 'main table a')],
	['application-rejected', async (page) => firstLink(page, await inReview(page, 'REJECTED'), 'main table a')],
];

/* Of the first of the vendor's parts against which an appeal can still be made. */
async function appealForm(page) {
	await page.goto('/parties');
	for (const party of await page.locator('main table a[href^="/parties/P-"]').evaluateAll((links) => links.map((link) => link.getAttribute('href')))) {
		await page.goto(party);
		const appeal = page.locator('main a[href*="/appeal/"]');
		if (await appeal.count()) return appeal.first().getAttribute('href');
	}
	return null;
}

/* The draft of the demonstration that holds personal data. */
async function personalData(page) {
	return `${await firstLink(page, '/report', 'main a[href^="/report/"]')}/personal-data`;
}

async function collection(page) {
	await page.goto('/activities');
	return page.locator('main table a', { hasText: /案例征集|Case collection/ }).first().getAttribute('href');
}
/* The round of the demonstration that is over: the oldest. */
async function finished(page) { return firstLink(page, '/rounds', 'main table tbody tr:last-child a'); }
async function announced(page) { return firstLink(page, '/programme/rounds?state=ANNOUNCED', 'main table a'); }

/* The first inspection of the round that is played. */
async function inspectionLink(page) {
	const list = `${await firstLink(page, '/programme/rounds?state=INSPECTION', 'main table a')}/inspections`;
	return firstLink(page, list, 'main table a[href^="/inspections/"]');
}

/* Applications of the round that is in review. */
async function inReview(page, state) {
	await page.goto('/programme/rounds?state=MATERIAL_REVIEW');
	const code = (await page.locator('main table tbody tr').first().locator('td, th').first().textContent()).trim();
	return `/programme/applications?round=${code}&state=${state}`;
}

const APPLICANT = [
	['applications-own', '/applications'],
	['application-draft', async (page) => firstLink(page, '/applications', 'main table a')],
];

const RETURNED = [['application-returned', async (page) => firstLink(page, '/applications', 'main table a')]];

async function firstLink(page, list, selector, otherwise) {
	await page.goto(publicly(page, list));
	const link = page.locator(selector).first();
	if (otherwise && !await link.count()) return publicly(page, otherwise);
	assert.ok(await link.count(), `${page.url()} has no ${selector}`);
	return link.getAttribute('href');
}

async function begun(page) {
	const form = page.locator('main form[action="/report"]');
	for (const name of ['kind', 'owner', 'original', 'disclosed']) {
		const field = form.locator(`[name="${name}"]`).first();
		await (await field.evaluate((element) => element.tagName) === 'SELECT' ? field.selectOption({ index: 1 }) : field.check());
	}
	await Promise.all([page.waitForNavigation(), form.locator('button').last().click()]);
}

/* Sends a form as it is: something has to be wrong with it. */
/* A batch whose file has begun to arrive. */
async function waiting(page) {
	await page.goto('/batches');
	return page.evaluate(async () => {
		const headers = { 'X-CSRF-Token': document.querySelector('input[name=csrf]').value, 'Content-Type': 'application/json' };
		const ask = async (address, body) => (await fetch(address, { method: 'POST', headers, body: JSON.stringify(body) })).json();
		const { ref } = await ask('/api/v1/batches', { name: '八月报送.zip' });
		await ask(`/api/v1/batches/${ref}/files`, { name: '八月报送.zip', size_bytes: 9000000 });
		return `/batches/${ref}`;
	});
}

async function refused(page, button) {
	const sends = page.locator(button).last();
	await sends.evaluate((element) => { element.form.noValidate = true; for (let box = element; box; box = box.parentElement) if (box.tagName === 'DETAILS') box.open = true; });
	await Promise.all([page.waitForNavigation(), sends.click()]);
	assert.ok(await page.locator('main [role=alert], main .problems').count(), `${page.url()} says nothing of what is wrong`);
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
	return /^\/(advisories|about|notices|news|standards|articles|questions|downloads|contact|rules|rounds|products|vendors|units|warnings|activities|certificates(?!\/(?:check|mine|conditions)))/.test(where) ? `${page.prefix}${where}` : where;
}

/* One visit shows all looks: the window and the colours change under it. Nothing may be too wide in any of them. Rules that hold for the markup run in
 * the light, those that only colours can break in the dark; the languages share the widths between them, for they share the markup. */
const LOOKED_AT = {
	'zh-CN': [['light', 1280, null], ['light', 375, axe], ['dark', 1280, axeColours]],
	en: [['light', 1280, axe], ['light', 375, null], ['dark', 375, axeColours]],
};
async function look(page, [name, where, step, status = 200]) {
	await page.emulateMedia({ colorScheme: 'light' });
	await page.setViewportSize({ width: 1280, height: 900 });
	const address = typeof where === 'function' ? await where(page) : publicly(page, where);
	assert.ok(address, `${name}: nothing to look at`);
	const reply = await page.goto(address);
	assert.equal(reply.status(), status, `${address}: ${reply.status()}`);
	if (step) await step(page);
	for (const [scheme, width, examine] of LOOKED_AT[page.look.lang]) {
		await page.emulateMedia({ colorScheme: scheme });
		await page.setViewportSize({ width, height: width > 600 ? 900 : 740 });
		page.look = { ...page.look, scheme, width };
		await fitsWindow(page);
		if (examine) await examine(page);
		if (PICTURES_WANTED) await screenshot(page, name);
	}
	await page.setViewportSize({ width: 320, height: 700 });
	await fitsWindow(page);
}

/* Somebody's pages, one after the other in a window of their own; what was found wrong, by the page's name. */
async function lookAt(open, { lang, who, rows }) {
	const page = await open({ lang });
	const found = [];
	page.prefix = lang === 'en' ? '/en' : '';
	if (who !== VISITOR) await enter(page, who);
	for (const row of rows) found.push({ name: `${row[0]} ${lang}`, error: await look(page, row).then(() => null, (error) => error) });
	await page.context().close();
	return found;
}

/* LOOKS=party,letter looks at the pages whose names begin so. */
const wanted = (process.env.LOOKS ?? '').split(',');
const VISITS = [[VISITOR, PUBLIC.slice(0, PUBLIC.length / 2)], [VISITOR, PUBLIC.slice(PUBLIC.length / 2)], [PEOPLE.reporter, PERSON],
	[PEOPLE.coordinator, COORDINATOR], [PEOPLE.coordinator, COORDINATOR_ELSEWHERE], [PEOPLE.verifier, VERIFIER], [PEOPLE.unitVerifier, UNIT_VERIFIER], [PEOPLE.publisher, PUBLISHER], [PEOPLE.vendor, VENDOR], [PEOPLE.partner, PARTNER],
	[PEOPLE.authority, AUTHORITY], [PEOPLE.security, SECURITY], [PEOPLE.system, SYSTEM], [PEOPLE.audit, AUDIT], [PEOPLE.writer, WRITER], [PEOPLE.editor, EDITOR],
	[PEOPLE.secretary, SECRETARY], [PEOPLE.officer, OFFICER], [PEOPLE.applicant, APPLICANT], [PEOPLE.returned, RETURNED]];

test('every page is accessible and fits, in both languages', { timeout: 1450000 }, async (t) => {
	const { open } = await library(t);
	const waiting = VISITS.flatMap(([who, rows]) => LANGS.map((lang) => ({ lang, who, rows: rows.filter(([name]) => wanted.some((word) => name.startsWith(word))) }))).sort((a, b) => b.rows.length - a.rows.length);
	const found = [];
	const window = async () => { for (let visit; (visit = waiting.shift());) found.push(...await lookAt(open, visit)); };
	await Promise.all(Array.from({ length: WINDOWS }, window));
	for (const { name, error } of found) await t.test(name, () => { if (error) throw error; });
});
