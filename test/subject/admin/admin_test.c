/* Settings with reasons and history; the audit shows what happened and nothing of what it says. */
#include "face/html/html.h"
#include "harness/scene.h"
#include "store/ledger/ledger.h"
#include "subject/admin/admin_view.h"

static const Actor *acting;
static HttpSite *site;
static Error authenticate(Request *request)
{
	request->call->actor = acting;
	request->call->lang = LANG_EN;
	request->csrf_token = TEXT("token-of-the-session");
	return OK;
}

static void open_site(Test *t)
{
	static RouteTable tables[4];
	const RouteTable *all[] = { &admin_setting_routes, &audit_routes, &admin_health_routes };
	static HttpOptions options;
	for (size_t i = 0; i < COUNT(all); i++) tables[i] = *all[i];
	options = (HttpOptions) { .tables = tables,
		.table_count = COUNT(all),
		.house = t->house,
		.hooks = { .authenticate = authenticate, .show_error = html_show_error } };
	CHECK_OK(t->call, http_site_open(t->call, &options, &site));
	CHECK_OK(t->call, settings_open(t->call, NULL, &t->house->settings));
}

static void close_site(Test *t)
{
	http_site_close(&site);
	settings_close(&t->house->settings);
}

static const Request *ask(Test *t, const Actor *actor, Method method, const char *target, const char *form)
{
	acting = actor;
	call_recover(t->call);
	Request *request = request_new(t->call, method);
	request_set_header(request, TEXT("X-CSRF-Token"), TEXT("token-of-the-session"));
	if (form) request_set_body(request, TEXT("application/x-www-form-urlencoded"), text_from(form));
	Error error = http_site_dispatch(site, request, text_from(target));
	CHECK(error == OK || request->reply.status >= 400);
	call_recover(t->call);
	return request;
}

static bool says(const Request *request, const char *text) { return text_find(request->reply.body, text_from(text), NULL); }
static int status_of(const Request *request) { return request->reply.status ? request->reply.status : 200; }

TEST(admin__every_setting_stands_under_a_heading_and_headings_do_not_return)
{
	CHECK_TEXT(text_from(setting_group(SETTING_password_policy)), "Accounts and sessions");
	CHECK_TEXT(text_from(setting_group(SETTING_contact_address)), "Public pages");
	for (SettingId id = 1; id < SETTING_COUNT; id++) {
		CHECK(setting_group(id)[0]);
		if (setting_group(id) == setting_group(id - 1)) continue;
		for (SettingId earlier = 0; earlier < id; earlier++) CHECK(strcmp(setting_group(earlier), setting_group(id)) != 0);
	}
}

TEST_DB(admin__a_setting_changes_with_its_reason_at_once_and_by_its_own_administrator)
{
	Scene *scene = scene_new(t);
	const Actor *system = scene_person(scene, "xitong", ROLE_SYSTEM_ADMIN),
		    *security = scene_person(scene, "anquan", ROLE_SECURITY_ADMIN);
	open_site(t);
	CHECK_INT(status_of(ask(t, security, POST, "/admin/settings/verify_days", "value=9&reason=Holiday&seen=0")), 403);
	CHECK_INT(setting_int(t->call, SETTING_verify_days), 5);
	int64_t generation = settings_generation(t->call);
	CHECK_INT(status_of(ask(t, system, POST, "/admin/settings/verify_days", "value=9&reason=Holiday+season&seen=0")), 303);
	CHECK_INT(setting_int(t->call, SETTING_verify_days), 9);
	CHECK(settings_generation(t->call) != generation);
	const Request *page = ask(t, security, GET, "/admin/settings/verify_days", NULL);
	CHECK(says(page, "Holiday season") && says(page, "xitong") && !says(page, "<form method=\"post\" action=\"/admin"));
	Events events;
	CHECK_OK(t->call, ledger_events_of_action(t->call, "setting", TEXT("verify_days"), "set", 0, 5, &events));
	CHECK_INT(events.count, 1);
	CHECK_INT(events.at[0].actor, system->person_id);
	CHECK_TEXT(events.at[0].detail, "9");
	close_site(t);
}

TEST_DB(admin__what_was_typed_stays_when_a_setting_is_refused)
{
	Scene *scene = scene_new(t);
	const Actor *system = scene_person(scene, "xitong", ROLE_SYSTEM_ADMIN);
	open_site(t);
	const Request *page = ask(t, system, POST, "/admin/settings/verify_days", "value=61&reason=Because+so&seen=0");
	CHECK_INT(status_of(page), 422);
	CHECK(says(page, "a number from 1 to 60") && says(page, "value=\"61\"") && says(page, "Because so"));
	CHECK_INT(status_of(ask(t, system, POST, "/admin/settings/verify_days", "value=6&reason=&seen=0")), 422);
	CHECK(says(ask(t, system, POST, "/admin/settings/verify_days", "value=5&reason=x&seen=0"), "holds already"));
	CHECK_INT(status_of(ask(t, system, POST, "/admin/settings/verify_days", "value=6&reason=x&seen=0")), 303);
	page = ask(t, system, POST, "/admin/settings/verify_days", "value=7&reason=late&seen=0"); /* decided on version 0 */
	CHECK_INT(status_of(page), 422);
	CHECK(says(page, "meanwhile"));
	CHECK_INT(setting_int(t->call, SETTING_verify_days), 6);
	close_site(t);
}

static Error change_and_fail(Call *call, void *argument)
{
	TRY(setting_set_because(call, *(const SettingId *)argument, TEXT("8"), TEXT(""), -1));
	return fail(call, INTERNAL, "setting %s", setting_table[*(const SettingId *)argument].name);
}

TEST_DB(admin__a_change_taken_back_was_never_in_use)
{
	Scene *scene = scene_new(t);
	scene_as(scene, scene_person(scene, "xitong", ROLE_SYSTEM_ADMIN));
	open_site(t);
	SettingId id = SETTING_verify_days;
	CHECK_ERROR(t->call, db_transact(t->call, change_and_fail, &id), INTERNAL);
	CHECK_INT(setting_int(t->call, SETTING_verify_days), 5);
	CHECK_INT(setting_version(t->call, SETTING_verify_days), 0);
	close_site(t);
}

TEST_DB(audit__shows_who_read_what_and_nothing_of_what_it_says)
{
	Scene *scene = scene_new(t);
	Cast cast = scene_cast(scene);
	const Actor *auditor = scene_person(scene, "shenji", ROLE_AUDIT_ADMIN);
	scene_as(scene, cast.reporter);
	Map *values = scene_values(scene);
	form_set(t->arena, values, TEXT("title"), TEXT("CanaryOfTheTitle"));
	Text ref = scene_report(scene, values);
	scene_as(scene, cast.coordinator);
	Report report;
	CHECK_OK(t->call, report_open(t->call, ref, &report));
	CHECK_OK(t->call, report_record_reading(t->call, "report", ref, report.seal_key));
	open_site(t);
	const Request *page = ask(t, auditor, GET, "/audit?action=read", NULL);
	CHECK(says(page, arena_string(t->arena, ref)) && says(page, arena_string(t->arena, cast.coordinator->name)));
	CHECK(!says(page, "CanaryOfTheTitle"));
	page = ask(t, auditor, GET, arena_printf(t->arena, "/audit?ref=%.*s", TEXT_ARGS(ref)).at, NULL);
	CHECK(says(page, arena_string(t->arena, ref)) && !says(page, "CanaryOfTheTitle"));
	page = ask(t, auditor, GET, arena_printf(t->arena, "/audit/export/csv?ref=%.*s", TEXT_ARGS(ref)).at, NULL);
	CHECK(says(page, arena_string(t->arena, ref)) && !says(page, "CanaryOfTheTitle"));
	CHECK(says(ask(t, auditor, GET, "/audit?kind=audit", NULL), "export")); /* taking it away is an event */
	CHECK(says(ask(t, auditor, GET, "/audit?person=nobody@example.org", NULL), "There is no such person."));
	CHECK(says(ask(t, auditor, GET, "/audit?from=soon", NULL), "Please enter a day"));
	close_site(t);
}

static Error record_one(Call *call, void *argument)
{
	return ledger_record(call, &(LedgerEvent) { .kind = "test", .ref = *(const Text *)argument, .action = "count" }, NULL);
}

TEST_DB(audit__finds_by_every_wish_and_pages_without_losing_a_row)
{
	enum { EVENTS = 23, STEP_MS = 1000 };
	Scene *scene = scene_new(t);
	const Actor *one = scene_person(scene, "yi", ROLE_REPORTER), *two = scene_person(scene, "er", ROLE_REPORTER);
	int64_t start = t->call->now;
	for (int i = 0; i < EVENTS; i++) {
		Text ref = arena_printf(t->arena, "T-%d", i);
		t->call->now = start + (int64_t)i * STEP_MS;
		scene_as(scene, i % 2 ? one : two);
		CHECK_OK(t->call, db_transact(t->call, record_one, &ref));
	}
	LedgerTraces traces;
	LedgerQuery query = { .kind = TEXT("test"), .count = 5 };
	int found = 0;
	for (;;) {
		CHECK_OK(t->call, ledger_search(t->call, &query, &traces));
		for (size_t i = 0; i < traces.count; i++) {
			Text expected = arena_printf(t->arena, "T-%d", EVENTS - 1 - found++);
			CHECK(text_is(traces.at[i].ref, expected));
		}
		if (traces.count < 5) break;
		query.before = traces.at[4].id, query.before_at = traces.at[4].at;
	}
	CHECK_INT(found, EVENTS);
	query = (LedgerQuery) { .kind = TEXT("test"), .by_actor = true, .actor = one->person_id, .count = 100 };
	CHECK_OK(t->call, ledger_search(t->call, &query, &traces));
	CHECK_INT(traces.count, EVENTS / 2);
	query = (LedgerQuery) { .action = TEXT("count"), .from_at = start + 3 * STEP_MS, .until_at = start + 7 * STEP_MS, .count = 100 };
	CHECK_OK(t->call, ledger_search(t->call, &query, &traces));
	CHECK_INT(traces.count, 4);
	query = (LedgerQuery) { .ref = TEXT("T-4"), .count = 100 };
	CHECK_OK(t->call, ledger_search(t->call, &query, &traces));
	CHECK_INT(traces.count, 1);
	query.by_actor = true, query.actor = one->person_id; /* it was the other one */
	CHECK_OK(t->call, ledger_search(t->call, &query, &traces));
	CHECK_INT(traces.count, 0);
	query = (LedgerQuery) { .from_at = start + EVENTS * STEP_MS, .count = 100 };
	CHECK_OK(t->call, ledger_search(t->call, &query, &traces));
	CHECK_INT(traces.count, 0);
}

static const HealthLine *line_of(const HealthLines *lines, const char *tag)
{
	for (size_t i = 0; i < lines->count; i++)
		if (!strcmp(lines->at[i].tag, tag)) return &lines->at[i];
	return NULL;
}

static HealthState state_of(Test *t, const char *tag)
{
	HealthLines lines;
	CHECK_OK(t->call, admin_health(t->call, &lines));
	const HealthLine *line = line_of(&lines, tag);
	CHECK(line != NULL);
	CHECK((line->state == HEALTH_GOOD) == (line->advice[0] == '\0')); /* whoever is told of a fault is told what to do */
	return line->state;
}

static Error record_backup(Call *call, void *argument)
{
	(void)argument;
	return ledger_record(call, &(LedgerEvent) { .kind = "library", .ref = TEXT("backup"), .action = "backup" }, NULL);
}

TEST_DB(health__says_what_is_wrong_and_what_to_do)
{
	Scene *scene = scene_new(t);
	const Actor *system = scene_person(scene, "xitong", ROLE_SYSTEM_ADMIN), *auditor = scene_person(scene, "shenji", ROLE_AUDIT_ADMIN);
	HealthLines lines;
	open_site(t);
	t->house->data_folder = text_from(t->directory);
	scene_as(scene, auditor);
	CHECK_ERROR(t->call, admin_health(t->call, &lines), FORBIDDEN);
	scene_as(scene, system);
	CHECK_INT(state_of(t, "schema"), HEALTH_GOOD);
	CHECK_OK(t->call, admin_health(t->call, &lines));
	CHECK((line_of(&lines, "lock_room") != NULL) == (t->database == TEST_POSTGRES));
	if (t->database == TEST_POSTGRES) CHECK_INT(state_of(t, "lock_room"), HEALTH_GOOD);
	CHECK_INT(state_of(t, "mail_server"), HEALTH_WARN);
	CHECK_OK(t->call, setting_set(t->call, SETTING_smtp_host, TEXT("mail.example.org")));
	CHECK_INT(state_of(t, "mail_server"), HEALTH_GOOD);
	CHECK_INT(state_of(t, "mail_encryption"), HEALTH_GOOD);
	CHECK_OK(t->call, setting_set(t->call, SETTING_smtp_security, TEXT("plain")));
	CHECK_INT(state_of(t, "mail_encryption"), HEALTH_WARN);
	CHECK_INT(state_of(t, "filing_numbers"), HEALTH_WARN);
	CHECK_INT(state_of(t, "backup"), HEALTH_WARN);
	CHECK_OK(t->call, db_transact(t->call, record_backup, NULL));
	CHECK_INT(state_of(t, "backup"), HEALTH_GOOD);
	scene_later(scene, 3 * 86400000LL);
	CHECK_INT(state_of(t, "backup"), HEALTH_WARN);
	FILE *key = fopen(arena_printf(t->arena, "%s/stray.key", t->directory).at, "w");
	CHECK(key && fclose(key) == 0);
	CHECK_INT(state_of(t, "keys"), HEALTH_BAD);
	const Request *page = ask(t, system, GET, "/admin/health/json", NULL);
	CHECK(says(page, "\"state\":\"bad\"") && says(page, "\"name\":\"keys\""));
	CHECK(says(ask(t, system, POST, "/admin/health", ""), "No fault was found"));
	close_site(t);
}
