/* Retention, holds, one's own data, and the end of an account. */
#include "subject/privacy/privacy.h"

#include "face/doc/zip.h"
#include "harness/scene.h"
#include "people/notice/notice.h"
#include "people/org/org.h"
#include "people/people_fixture.h"
#include "store/blob/blob.h"
#include "store/job/job.h"
#include "store/ledger/ledger.h"
#include "subject/site/complaint.h"

#define DAYS(n) ((int64_t)(n)*86400000)

static Error run_copy(Call *call, const Job *job) { return export_make(call, job->payload); }

static void run_job(Test *t)
{
	const JobKind kind = { .name = export_job, .run = run_copy };
	const JobKind *const kinds[] = { &kind };
	bool ran = false;
	const Actor *before = t->call->actor;
	t->call->actor = &actor_system;
	CHECK_OK(t->call, job_run_one(t->call, kinds, COUNT(kinds), &ran));
	CHECK(ran);
	t->call->actor = before;
}

static void carry(Test *t, int64_t expected)
{
	int64_t gone = 0;
	const Actor *before = t->call->actor;
	t->call->actor = &actor_system;
	CHECK_OK(t->call, retention_carry(t->call, &gone));
	CHECK_INT(gone, expected);
	t->call->actor = before;
}

static void end_accounts(Test *t, int64_t expected)
{
	int64_t done = 0;
	const Actor *before = t->call->actor;
	t->call->actor = &actor_system;
	CHECK_OK(t->call, deletion_carry(t->call, 10, &done));
	CHECK_INT(done, expected);
	t->call->actor = before;
}

static bool disk_holds(Test *t, const char *words)
{
	static const char *const files[] = { "cappvd.db", "cappvd.db-wal" };
	if (t->database != TEST_SQLITE) return false;
	for (size_t i = 0; i < COUNT(files); i++) {
		Text bytes = test_read_file(t->arena, arena_printf(t->arena, "%s/%s", t->directory, files[i]).at);
		if (bytes.at && text_find(bytes, text_from(words), NULL)) return true;
	}
	return false;
}

/* A report that the coordinator refuses. */
static Text refused_report(Scene *scene, const Actor *reporter, const Actor *coordinator, const char *title)
{
	Map *values = scene_values(scene);
	form_set(scene->t->arena, values, TEXT("title"), text_from(title));
	scene_as(scene, reporter);
	Text ref = scene_report(scene, values);
	scene_as(scene, coordinator);
	CHECK_OK(scene->call, scene_report_act(scene, ref, "review", NULL));
	CHECK_OK(scene->call,
		scene_report_act(scene, ref, "reject", VALUES(scene, "code", "no-impact", "explanation", "It could not be reproduced.")));
	return ref;
}

/* ---- Retention */
TEST(retention__every_rule_says_why_on_which_law_and_keeps_within_its_bounds)
{
	for (size_t i = 0; i < retention_kind_count; i++) {
		const RetentionKind *kind = &retention_kinds[i];
		CHECK(retention_kind_find(text_from(kind->tag)) == kind);
		CHECK(kind->why[LANG_ZH][0] && kind->why[LANG_EN][0] && kind->basis[LANG_ZH][0] && kind->basis[LANG_EN][0] &&
			kind->event[0]);
		CHECK(!kind->kept == !kind->forget && (kind->kept || kind->by));
		if (kind->action != RETENTION_KEEP) CHECK(kind->days >= kind->least_days && kind->days <= kind->most_days);
	}
	const RetentionKind *logs = retention_kind_find(TEXT("logs")), *ledger = retention_kind_find(TEXT("ledger"));
	CHECK(logs->least_days >= 180);
	CHECK(ledger->action == RETENTION_KEEP && !ledger->kept);
	CHECK(!retention_kind_find(TEXT("guessed")));
	(void)t;
}

static RetentionChange change_to(int64_t days)
{
	return (RetentionChange) {
		.days = days, .why = { TEXT("原因"), TEXT("Why") }, .basis = { TEXT("依据"), TEXT("Basis") }, .reason = TEXT("A new law")
	};
}

TEST_DB(retention__changes_by_two_people_within_floor_and_ceiling)
{
	Scene *scene = scene_new(t);
	const Actor *one = scene_person(scene, "one", ROLE_SECURITY_ADMIN), *two = scene_person(scene, "two", ROLE_SECURITY_ADMIN),
		    *system = scene_person(scene, "sys", ROLE_SYSTEM_ADMIN);
	RetentionChange change = change_to(90);
	RetentionRules rules;
	RetentionRule rule;
	const RetentionKind *kind = retention_kind_find(TEXT("logs"));
	scene_as(scene, system);
	CHECK_ERROR(t->call, retention_propose(t->call, TEXT("logs"), &change), FORBIDDEN);
	scene_as(scene, one);
	CHECK_ERROR(t->call, retention_propose(t->call, TEXT("logs"), &change), INVALID); /* 180 days at least */
	CHECK_ERROR(t->call, retention_propose(t->call, TEXT("ledger"), &change), INVALID); /* never */
	change = change_to(100000);
	CHECK_ERROR(t->call, retention_propose(t->call, TEXT("logs"), &change), INVALID);
	change = change_to(200);
	CHECK_OK(t->call, retention_propose(t->call, TEXT("logs"), &change));
	CHECK_ERROR(t->call, retention_propose(t->call, TEXT("logs"), &change), CONFLICT);
	CHECK_OK(t->call, retention_in_force(t->call, kind, &rule));
	CHECK_INT(rule.days, 400);
	CHECK_OK(t->call, retention_versions(t->call, kind, &rules));
	CHECK_INT(rules.count, 2);
	CHECK_ERROR(t->call, retention_decide(t->call, rules.at[0].ref, true), FORBIDDEN);
	scene_as(scene, two);
	CHECK_OK(t->call, retention_decide(t->call, rules.at[0].ref, true));
	CHECK_ERROR(t->call, retention_decide(t->call, rules.at[0].ref, true), CONFLICT);
	CHECK_OK(t->call, retention_in_force(t->call, kind, &rule));
	CHECK(rule.days == 200 && rule.version == 2);
}

TEST_DB(retention__takes_away_what_is_over_and_nothing_opens_it_and_counts_without_content)
{
	Scene *scene = scene_new(t);
	const Actor *finder = scene_person(scene, "finder", ROLE_REPORTER), *coordinator = scene_person(scene, "carla", ROLE_COORDINATOR),
		    *auditor = scene_person(scene, "audit", ROLE_AUDIT_ADMIN);
	Text ref = refused_report(scene, finder, coordinator, "CanaryRefused");
	Report report;
	RetentionForecasts forecasts;
	RetentionRuns runs;
	Events events;
	scene_later(scene, DAYS(3 * 365 - 3));
	scene_as(scene, auditor);
	CHECK_OK(t->call, retention_forecast(t->call, &forecasts));
	for (size_t i = 0; i < forecasts.count; i++)
		if (!strcmp(forecasts.at[i].kind->tag, "refused-reports")) CHECK(!forecasts.at[i].now && forecasts.at[i].week == 1);
	scene_as(scene, finder);
	CHECK_OK(t->call, report_open(t->call, ref, &report));
	CHECK_TEXT(report.title, "CanaryRefused");
	scene_later(scene, DAYS(4));
	carry(t, 4); /* and three notices in inboxes */
	scene_as(scene, finder);
	CHECK_OK(t->call, report_open(t->call, ref, &report));
	CHECK(text_is(report.state, TEXT("REJECTED")) && !text_find(report.title, TEXT("Canary"), NULL));
	CHECK(!form_answer(report.values, "description").length && report.content_digest.length > 0);
	scene_as(scene, auditor);
	CHECK_OK(t->call, retention_runs(t->call, 10, &runs));
	CHECK_INT(runs.count, 2);
	CHECK_OK(t->call, ledger_events_of_subject(t->call, "retention", TEXT("refused-reports"), 0, 10, &events));
	CHECK_TEXT(events.at[0].detail, "{\"version\":1,\"gone\":1,\"held\":0}");
	carry(t, 0);
}

TEST_DB(retention__is_held_back_by_two_people_until_its_day)
{
	Scene *scene = scene_new(t);
	const Actor *finder = scene_person(scene, "finder", ROLE_REPORTER), *one = scene_person(scene, "carla", ROLE_COORDINATOR),
		    *two = scene_person(scene, "carl", ROLE_COORDINATOR);
	Text ref = refused_report(scene, finder, one, "CanaryHeld");
	Report report;
	RetentionHolds holds;
	RetentionHoldNew hold = { TEXT("refused-reports"), ref, TEXT("Dispute before the court"), TEXT("2020-01-01") };
	scene_later(scene, DAYS(3 * 365 + 1));
	CHECK_ERROR(t->call, retention_hold_ask(t->call, &hold), INVALID); /* a day that is over */
	int64_t year = 1970 + t->call->now / DAYS(365);
	hold.until = arena_printf(t->arena, "%lld-06-30", (long long)year + 1);
	CHECK_OK(t->call, retention_hold_ask(t->call, &hold));
	CHECK_ERROR(t->call, retention_hold_ask(t->call, &hold), CONFLICT);
	CHECK_OK(t->call, retention_hold_list(t->call, 0, 10, &holds));
	CHECK_ERROR(t->call, retention_hold_decide(t->call, holds.at[0].ref, true), FORBIDDEN);
	scene_as(scene, two);
	CHECK_OK(t->call, retention_hold_decide(t->call, holds.at[0].ref, true));
	carry(t, 4); /* the notices in three inboxes alone */
	scene_as(scene, finder);
	CHECK_OK(t->call, report_open(t->call, ref, &report));
	CHECK_TEXT(report.title, "CanaryHeld");
	CHECK_ERROR(t->call, retention_hold_list(t->call, 0, 10, &holds), FORBIDDEN);
	scene_as(scene, one);
	CHECK_OK(t->call, retention_hold_release(t->call, holds.at[0].ref));
	carry(t, 1);
	scene_as(scene, finder);
	CHECK_OK(t->call, report_open(t->call, ref, &report));
	CHECK(!text_find(report.title, TEXT("CanaryHeld"), NULL));
}

/* ---- A copy */
static Text data_of(Test *t, const PrivacyExport *copy, ZipEntries *out)
{
	Text archive;
	CHECK_OK(t->call, blob_load(t->call, copy->blob, 32 * 1024 * 1024, &archive));
	CHECK_OK(t->call, zip_unpack(t->call, archive, 100, 32 * 1024 * 1024, out));
	CHECK_TEXT(out->at[out->count - 1].name, "data.json");
	return out->at[out->count - 1].content;
}

TEST_DB(export__holds_ones_own_data_and_nothing_of_others)
{
	Scene *scene = scene_new(t);
	Cast cast = scene_cast(scene);
	const Actor *other = scene_person(scene, "stranger", ROLE_REPORTER);
	PrivacyExport copy;
	ZipEntries entries;
	bool found = false;
	Map *values = scene_values(scene);
	form_set(t->arena, values, TEXT("title"), TEXT("CanaryOfStranger"));
	scene_as(scene, other);
	scene_report(scene, values);
	form_set(t->arena, values, TEXT("title"), TEXT("CanaryOfMine"));
	scene_as(scene, cast.reporter);
	Text ref = scene_report(scene, values);
	scene_as(scene, cast.coordinator);
	CHECK_OK(t->call, scene_report_act(scene, ref, "review", NULL));
	CHECK_OK(t->call, report_record_reading(t->call, "report", ref, 0));
	scene_as(scene, cast.reporter);
	CHECK_OK(t->call, export_ask(t->call, TEXT("")));
	CHECK_ERROR(t->call, export_ask(t->call, TEXT("")), CONFLICT);
	run_job(t);
	CHECK_OK(t->call, export_latest(t->call, &copy, &found));
	CHECK(found && text_is(copy.state, TEXT("ready")));
	CHECK_OK(t->call, export_fetch(t->call, copy.ref, 1, TEXT(""), &copy));
	Text data = data_of(t, &copy, &entries);
	static const char *const mine[] = { "CanaryOfMine", "finder@example.org", "The export interface joins text." };
	static const char *const theirs[] = { "CanaryOfStranger", "stranger", "carla", "vera" };
	for (size_t i = 0; i < COUNT(mine); i++) CHECK(text_find(data, text_from(mine[i]), NULL));
	for (size_t i = 0; i < COUNT(theirs); i++) CHECK(!text_find(data, text_from(theirs[i]), NULL));
	CHECK_OK(t->call, export_latest(t->call, &copy, &found));
	CHECK_INT(copy.downloads, 1);
	Events events;
	CHECK_OK(t->call, ledger_events_of_subject(t->call, "privacy-export", copy.ref, 0, 10, &events));
	CHECK_TEXT(events.at[0].action, "fetch");
	CHECK(!disk_holds(t, "CanaryOfMine"));
}

TEST_DB(export__attack_the_copy_of_another_by_its_number_and_after_its_days)
{
	Scene *scene = scene_new(t);
	const Actor *finder = scene_person(scene, "finder", ROLE_REPORTER), *other = scene_person(scene, "stranger", ROLE_REPORTER),
		    *admin = scene_person(scene, "sys", ROLE_SYSTEM_ADMIN);
	PrivacyExport copy, got;
	bool found = false;
	scene_as(scene, finder);
	CHECK_OK(t->call, export_ask(t->call, TEXT("")));
	CHECK_OK(t->call, export_latest(t->call, &copy, &found));
	CHECK_ERROR(t->call, export_fetch(t->call, copy.ref, 1, TEXT(""), &got), NOT_FOUND); /* not made yet */
	run_job(t);
	scene_as(scene, other);
	CHECK_ERROR(t->call, export_fetch(t->call, copy.ref, 1, TEXT(""), &got), NOT_FOUND);
	scene_as(scene, admin);
	CHECK_ERROR(t->call, export_fetch(t->call, copy.ref, 1, TEXT(""), &got), NOT_FOUND);
	Actor token = *finder;
	token.session_id = 0; /* an API token of the very owner */
	scene_as(scene, &token);
	CHECK_ERROR(t->call, export_fetch(t->call, copy.ref, 1, TEXT(""), &got), NOT_FOUND);
	CHECK_ERROR(t->call, export_ask(t->call, TEXT("")), FORBIDDEN);
	scene_as(scene, finder);
	CHECK_OK(t->call, export_fetch(t->call, copy.ref, 1, TEXT(""), &got));
	scene_later(scene, DAYS(8));
	CHECK_ERROR(t->call, export_fetch(t->call, copy.ref, 1, TEXT(""), &got), NOT_FOUND);
	carry(t, 1);
	Text archive;
	CHECK(blob_load(t->call, got.blob, 32 * 1024 * 1024, &archive) != OK);
	call_recover(t->call);
}

TEST_DB(export__attack_a_session_without_the_password_or_the_second_factor)
{
	people_open(t);
	int64_t person = people_register(t, "own@b.cn");
	(void)person;
	people_act(t, people_sign_in(t, "own@b.cn"));
	CHECK_ERROR(t->call, export_ask(t->call, TEXT("")), INVALID);
	CHECK_ERROR(t->call, export_ask(t->call, TEXT("wrong")), INVALID);
	CHECK_ERROR(t->call, deletion_ask(t->call, TEXT("wished"), true, TEXT("wrong")), INVALID);
	CHECK_OK(t->call, export_ask(t->call, TEXT(FIXTURE_PASSWORD)));
	PrivacyExport copy;
	bool found = false;
	run_job(t);
	CHECK_OK(t->call, export_latest(t->call, &copy, &found));
	CHECK_ERROR(t->call, export_fetch(t->call, copy.ref, 1, TEXT("wrong"), &copy), INVALID);
	CHECK_OK(t->call, export_fetch(t->call, copy.ref, 1, TEXT(FIXTURE_PASSWORD), &copy));
}

/* ---- The end of an account */
TEST_DB(deletion__can_be_taken_back_for_some_days_and_needs_to_be_understood)
{
	Scene *scene = scene_new(t);
	const Actor *finder = scene_person(scene, "finder", ROLE_REPORTER);
	PrivacyDeletion deletion;
	bool found = false;
	scene_as(scene, finder);
	CHECK_ERROR(t->call, deletion_ask(t->call, TEXT("wished"), false, TEXT("")), INVALID);
	CHECK_ERROR(t->call, deletion_ask(t->call, TEXT("as I like"), true, TEXT("")), INVALID);
	CHECK_OK(t->call, deletion_ask(t->call, TEXT("wished"), true, TEXT("")));
	CHECK_ERROR(t->call, deletion_ask(t->call, TEXT("wished"), true, TEXT("")), CONFLICT);
	CHECK_OK(t->call, deletion_waiting(t->call, &deletion, &found));
	CHECK(found && deletion.due_at == t->call->now + DAYS(7));
	scene_later(scene, DAYS(6));
	end_accounts(t, 0);
	CHECK_OK(t->call, deletion_cancel(t->call));
	CHECK_ERROR(t->call, deletion_cancel(t->call), CONFLICT);
	scene_later(scene, DAYS(6));
	end_accounts(t, 0);
	Person person;
	CHECK_OK(t->call, person_find(t->call, finder->person_id, &person));
	CHECK_TEXT(person.handle, "finder");
}

TEST_DB(deletion__leaves_reports_that_name_nobody_and_frees_the_login)
{
	people_open(t);
	Scene *scene = scene_new(t);
	int64_t person = people_register(t, "Gone@b.cn");
	const Actor *coordinator = scene_person(scene, "carla", ROLE_COORDINATOR);
	Report report;
	Person gone;
	Text token, api;
	Actor actor;
	Lang lang;
	people_act(t, token = people_sign_in(t, "gone@b.cn"));
	CHECK_OK(t->call, person_profile_change(t->call, TEXT("CanaryGone"), TEXT("canary_gone"), TEXT("13800138000"), LANG_EN));
	CHECK_OK(t->call, token_create(t->call, TEXT("CanaryToken"), ~0U, 30, &api));
	Map *values = scene_values(scene);
	form_set(t->arena, values, TEXT("contact"), TEXT("canary-contact@b.cn"));
	Text ref = scene_report(scene, values);
	CHECK_OK(t->call, deletion_ask(t->call, TEXT("anonymous"), true, TEXT(FIXTURE_PASSWORD)));
	scene_later(scene, DAYS(8));
	end_accounts(t, 1);
	CHECK_OK(t->call, person_find(t->call, person, &gone));
	CHECK(gone.deleted_at > 0 && !gone.mail.length && !gone.handle.length && !gone.phone.length && gone.state == PERSON_DISABLED);
	CHECK(!text_find(person_shown_name(&gone), TEXT("Canary"), NULL));
	CHECK_ERROR(t->call, session_authenticate(t->call, token, &actor, &lang), UNAUTHENTICATED);
	CHECK_ERROR(t->call, token_authenticate(t->call, api, &actor, &lang), UNAUTHENTICATED); /* attack: its token still works */
	scene_as(scene, coordinator);
	CHECK_OK(t->call, report_open(t->call, ref, &report));
	CHECK_TEXT(form_answer(report.values, "credit"), "none");
	CHECK(!form_answer(report.values, "contact").length && form_answer(report.values, "description").length > 0);
	CHECK(!disk_holds(t, "CanaryGone") && !disk_holds(t, "canary_gone") && !disk_holds(t, "gone@b.cn"));
	/* Attack: the freed login tells nobody that there was one. It registers like any other, as somebody else. */
	people_as_visitor(t);
	CHECK(person_find_login(t->call, TEXT("gone@b.cn"), &gone) == ERROR_NOT_FOUND);
	call_recover(t->call);
	int64_t again = people_register(t, "gone@b.cn");
	CHECK(again != person);
	people_act(t, people_sign_in(t, "gone@b.cn"));
	Reports own;
	CHECK_OK(t->call, report_list_own(t->call, 0, 10, &own));
	CHECK_INT(own.count, 0);
}

TEST_DB(deletion__keeps_the_credit_as_it_was_wished)
{
	Scene *scene = scene_new(t);
	const Actor *finder = scene_person(scene, "finder", ROLE_REPORTER), *coordinator = scene_person(scene, "carla", ROLE_COORDINATOR);
	Report report;
	scene_as(scene, finder);
	Text ref = scene_report(scene, scene_values(scene)); /* credit by public name */
	CHECK_OK(t->call, deletion_ask(t->call, TEXT("wished"), true, TEXT("")));
	scene_later(scene, DAYS(8));
	end_accounts(t, 1);
	scene_as(scene, coordinator);
	CHECK_OK(t->call, report_open(t->call, ref, &report));
	CHECK_TEXT(form_answer(report.values, "credit"), "name");
	CHECK_TEXT(form_answer(report.values, "credit_name"), "finder");
}

TEST_DB(deletion__waits_for_offices_and_for_the_last_administrator)
{
	Scene *scene = scene_new(t);
	Actor *admin = arena_new_of(t->arena, Actor);
	const Actor *coordinator = scene_person(scene, "carla", ROLE_COORDINATOR);
	const char *why;
	*admin = *scene_person(scene, "vendor", ROLE_REPORTER);
	scene_organisation(scene, coordinator, admin, "示例科技", scene_vendor_code, "vendor", "CN");
	scene_as(scene, coordinator);
	CHECK_ERROR(t->call, deletion_ask(t->call, TEXT("wished"), true, TEXT("")), INVALID);
	scene_as(scene, admin);
	CHECK_ERROR(t->call, deletion_ask(t->call, TEXT("wished"), true, TEXT("")), INVALID);
	CHECK_OK(t->call, deletion_obstacle(t->call, admin->person_id, &why));
	CHECK(why != NULL);
}

/* ---- Corrections and requests */
TEST_DB(correction__of_what_was_verified_is_decided_by_somebody_else)
{
	Scene *scene = scene_new(t);
	const Actor *finder = scene_person(scene, "finder", ROLE_REPORTER), *coordinator = scene_person(scene, "carla", ROLE_COORDINATOR);
	PrivacyCorrections list;
	Person person;
	scene_as(scene, finder);
	CHECK_ERROR(t->call, rectification_ask(t->call, TEXT("roles"), TEXT("all"), TEXT("please")), INVALID);
	CHECK_OK(t->call, rectification_ask(t->call, TEXT("name"), TEXT("林一凡"), TEXT("As on the card")));
	CHECK_ERROR(t->call, rectification_ask(t->call, TEXT("name"), TEXT("林一凡"), TEXT("As on the card")), CONFLICT);
	CHECK_ERROR(t->call, rectification_queue(t->call, &list), FORBIDDEN);
	scene_as(scene, coordinator);
	CHECK_OK(t->call, rectification_queue(t->call, &list));
	CHECK_INT(list.count, 1);
	CHECK_ERROR(t->call, rectification_decide(t->call, list.at[0].ref, true, TEXT("")), INVALID);
	CHECK_OK(t->call, rectification_decide(t->call, list.at[0].ref, true, TEXT("Corrected.")));
	CHECK_ERROR(t->call, rectification_decide(t->call, list.at[0].ref, false, TEXT("No.")), CONFLICT);
	CHECK_OK(t->call, person_find(t->call, finder->person_id, &person));
	CHECK_TEXT(person.name, "林一凡");
}

TEST_DB(request__about_personal_data_without_account_has_a_clock_and_is_reminded_of_once)
{
	Scene *scene = scene_new(t);
	const Actor *coordinator = scene_person(scene, "carla", ROLE_COORDINATOR);
	ComplaintReceipt receipt;
	Notices notices;
	int64_t count = 0;
	const ComplaintNew request = { .once = TEXT("once"),
		.kind = TEXT("privacy"),
		.text = TEXT("What do you keep about me?"),
		.mail = TEXT(""),
		.address = TEXT("192.0.2.1") };
	people_as_visitor(t);
	CHECK_OK(t->call, complaint_send(t->call, &request, &receipt));
	CHECK(receipt.due_at > t->call->now + DAYS(14) && receipt.due_at < t->call->now + DAYS(35));
	t->call->actor = &actor_system;
	CHECK_OK(t->call, complaint_remind(t->call, 10, &count));
	CHECK_INT(count, 0);
	t->call->now = receipt.due_at - DAYS(2);
	CHECK_OK(t->call, complaint_remind(t->call, 10, &count));
	CHECK_INT(count, 1);
	CHECK_OK(t->call, complaint_remind(t->call, 10, &count));
	CHECK_INT(count, 0);
	scene_as(scene, coordinator);
	CHECK_OK(t->call, notice_list(t->call, 0, 10, &notices));
	CHECK(notices.count >= 1 && text_find(notices.at[0].link, receipt.ref, NULL));
}

TEST_DB(consent__is_withdrawn_and_stays_in_the_history)
{
	Scene *scene = scene_new(t);
	Consents consents;
	bool has = false;
	scene_as(scene, scene_person(scene, "finder", ROLE_REPORTER));
	CHECK_OK(t->call, consent_give(t->call, TEXT("privacy")));
	CHECK_OK(t->call, consent_withdraw(t->call, TEXT("privacy")));
	CHECK_ERROR(t->call, consent_withdraw(t->call, TEXT("privacy")), CONFLICT);
	CHECK_ERROR(t->call, consent_withdraw(t->call, TEXT("guessed")), NOT_FOUND);
	CHECK_OK(t->call, consent_has(t->call, t->call->actor->person_id, TEXT("privacy"), &has));
	CHECK(!has);
	CHECK_OK(t->call, consent_history(t->call, t->call->actor->person_id, &consents));
	CHECK(consents.count >= 1 && consents.at[0].withdrawn_at > 0);
}

/* ---- Impact assessments */
static Map *assessment(Scene *scene)
{
	return VALUES(scene, "title", "Identity verification", "trigger", "sensitive", "data", "D", "purpose", "P", "basis", "B",
		"retention", "R", "receivers", "X", "lawful", "L", "effects", "CanaryImpact", "risk", "medium", "measures", "M", "residual",
		"low", "conclusion", "C");
}

TEST_DB(impact__is_approved_by_another_keeps_its_versions_and_is_looked_at_again)
{
	Scene *scene = scene_new(t);
	const Actor *one = scene_person(scene, "one", ROLE_SECURITY_ADMIN), *two = scene_person(scene, "two", ROLE_SECURITY_ADMIN),
		    *auditor = scene_person(scene, "audit", ROLE_AUDIT_ADMIN), *system = scene_person(scene, "sys", ROLE_SYSTEM_ADMIN);
	Text ref;
	Impact impact;
	Impacts list;
	ImpactVersions versions;
	int64_t count = 0;
	scene_as(scene, auditor);
	CHECK_ERROR(t->call, impact_new(t->call, assessment(scene), &ref), FORBIDDEN);
	scene_as(scene, one);
	CHECK_OK(t->call, impact_new(t->call, VALUES(scene, "title", "Identity verification"), &ref));
	CHECK_ERROR(t->call, impact_act(t->call, ref, TEXT("propose"), 0, NULL), INVALID); /* not filled in */
	CHECK_OK(t->call, impact_save(t->call, ref, assessment(scene)));
	CHECK_OK(t->call, impact_act(t->call, ref, TEXT("propose"), 0, NULL));
	CHECK_ERROR(t->call, impact_save(t->call, ref, assessment(scene)), CONFLICT);
	CHECK_ERROR(t->call, impact_act(t->call, ref, TEXT("approve"), 0, NULL), FORBIDDEN);
	scene_as(scene, two);
	CHECK_OK(t->call, impact_act(t->call, ref, TEXT("approve"), 0, NULL));
	CHECK_OK(t->call, impact_act(t->call, ref, TEXT("revise"), 0, NULL));
	CHECK_OK(t->call, impact_act(t->call, ref, TEXT("propose"), 0, NULL));
	scene_as(scene, one);
	CHECK_OK(t->call, impact_act(t->call, ref, TEXT("approve"), 0, NULL));
	scene_as(scene, auditor);
	CHECK_OK(t->call, impact_list(t->call, 0, 10, &list));
	CHECK_INT(list.count, 1);
	CHECK_OK(t->call, impact_open(t->call, ref, &impact));
	CHECK_INT(impact.version, 2);
	CHECK_OK(t->call, impact_versions(t->call, &impact, &versions));
	CHECK(versions.count == 2 && text_is(form_answer(versions.at[1].values, "effects"), TEXT("CanaryImpact")));
	CHECK_ERROR(t->call, impact_act(t->call, ref, TEXT("revise"), 0, NULL), FORBIDDEN);
	scene_as(scene, system);
	CHECK_ERROR(t->call, impact_open(t->call, ref, &impact), NOT_FOUND);
	t->call->actor = &actor_system;
	CHECK_OK(t->call, impact_remind(t->call, 10, &count));
	CHECK_INT(count, 0);
	scene_later(scene, DAYS(366));
	CHECK_OK(t->call, impact_remind(t->call, 10, &count));
	CHECK_INT(count, 1);
	CHECK_OK(t->call, impact_remind(t->call, 10, &count));
	CHECK_INT(count, 0);
	CHECK(!disk_holds(t, "CanaryImpact"));
}

TEST_DB(impact__is_looked_at_again_when_a_retention_rule_changes)
{
	Scene *scene = scene_new(t);
	const Actor *one = scene_person(scene, "one", ROLE_SECURITY_ADMIN), *two = scene_person(scene, "two", ROLE_SECURITY_ADMIN);
	Text ref;
	RetentionRules rules;
	RetentionChange change = change_to(60);
	int64_t count = 0;
	scene_as(scene, one);
	CHECK_OK(t->call, impact_new(t->call, assessment(scene), &ref));
	CHECK_OK(t->call, impact_act(t->call, ref, TEXT("propose"), 0, NULL));
	scene_as(scene, two);
	CHECK_OK(t->call, impact_act(t->call, ref, TEXT("approve"), 0, NULL));
	scene_later(scene, DAYS(1));
	CHECK_OK(t->call, retention_propose(t->call, TEXT("identity-papers"), &change));
	CHECK_OK(t->call, retention_versions(t->call, retention_kind_find(TEXT("identity-papers")), &rules));
	scene_as(scene, one);
	CHECK_OK(t->call, retention_decide(t->call, rules.at[0].ref, true));
	CHECK_OK(t->call, impact_remind(t->call, 10, &count));
	CHECK_INT(count, 1);
}
