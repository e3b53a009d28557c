/* The main job through the pages and through the JSON API, without a socket. */
#include "base/sandbox/inspect.h"
#include "face/html/html.h"
#include "harness/scene.h"
#include "subject/desk/desk_view.h"

static const Actor *acting;
static Error authenticate(Request *request)
{
	request->call->actor = acting;
	request->call->lang = LANG_EN;
	if (acting->person_id) request->csrf_token = TEXT("token-of-the-session");
	return OK;
}

static HttpSite *site;
static void open_site(Test *t)
{
	static RouteTable tables[9];
	const RouteTable *all[] = { &intake_routes, &report_routes, &report_list_routes, &report_api_routes, &draft_api_routes,
		&casefile_routes, &casefile_api_routes, &rating_routes, &desk_routes };
	for (size_t i = 0; i < COUNT(all); i++) tables[i] = *all[i];
	static HttpOptions options;
	options = (HttpOptions) { .tables = tables,
		.table_count = COUNT(tables),
		.house = t->house,
		.hooks = { .authenticate = authenticate, .show_error = html_show_error } };
	CHECK_OK(t->call, http_site_open(t->call, &options, &site));
	CHECK_OK(t->call, sandbox_start(t->call, (const SandboxWork[]) { [SANDBOX_INSPECT] = inspect_work }, 1, &t->house->sandbox));
}

static Text cookies;
static void keep_cookies(Test *t, const Request *request)
{
	for (size_t i = 0; i < request->reply.headers.count; i++) {
		const ReplyHeader *header = &request->reply.headers.at[i];
		size_t end;
		if (!text_is_nocase(header->name, TEXT("Set-Cookie"))) continue;
		if (!text_find(header->value, TEXT(";"), &end)) end = header->value.length;
		cookies = arena_printf(t->arena, "%.*s%s%.*s", TEXT_ARGS(cookies), cookies.length ? "; " : "", (int)end, header->value.at);
	}
}

static Request *ask(Test *t, Method method, const char *target, const char *type, Text body)
{
	call_recover(t->call);
	t->call->actor = &actor_visitor;
	Request *request = request_new(t->call, method);
	if (cookies.length) request_set_header(request, TEXT("Cookie"), cookies);
	if (acting->person_id) request_set_header(request, TEXT("X-CSRF-Token"), TEXT("token-of-the-session"));
	if (body.at) request_set_body(request, text_from(type), body);
	Error error = http_site_dispatch(site, request, text_from(target));
	if (error != OK && request->reply.status < 400)
		test_fail(__FILE__, __LINE__, "%s: %s, but %d", target, error_name(error), request->reply.status);
	keep_cookies(t, request);
	return request;
}

static Request *get(Test *t, const char *target) { return ask(t, GET, target, NULL, (Text) { 0 }); }
static Request *post(Test *t, const char *target, const char *form)
{
	Text token = TEXT("");
	size_t at, end;
	if (!acting->person_id) { /* as a browser would: the token stands in the page */
		Text page = get(t, "/claim")->reply.body;
		CHECK(text_find(page, TEXT("name=\"csrf\" value=\""), &at));
		page = text_slice(page, at + 19, page.length);
		CHECK(text_find(page, TEXT("\""), &end));
		token = text_slice(page, 0, end);
	}
	return ask(t, POST, target, "application/x-www-form-urlencoded", arena_printf(t->arena, "csrf=%.*s&%s", TEXT_ARGS(token), form));
}

static const char *local(Test *t, const Request *request)
{
	if (request->reply.status != 303) test_fail(__FILE__, __LINE__, "%d: %.*s", request->reply.status, TEXT_ARGS(request->reply.body));
	return arena_string(t->arena, reply_header_value(request, TEXT("Location")));
}
static bool says(const Request *request, const char *text) { return text_find(request->reply.body, text_from(text), NULL); }

/* The address itself stands in the page, in the link that changes the language. */
static Text without(Test *t, Text page, Text ref)
{
	Buffer buffer = { .arena = t->arena };
	size_t at;
	while (text_find(page, ref, &at)) {
		buffer_put(&buffer, text_slice(page, 0, at));
		page = text_slice(page, at + ref.length, page.length);
	}
	buffer_put(&buffer, page);
	return buffer_text(&buffer);
}

static const char kind_form[] = "kind=generic&owner=others&original=original&disclosed=no";
static const char rest_form[] =
	"do=check&part=android&product=Example&versions=1&class=sql-injection&title=Leak&description=Text&steps=Steps&impact=All"
	"&credit=handle&no_secrets=true";

TEST_DB(pages__visitor_reports_without_script_and_follows_with_the_code)
{
	(void)scene_new(t);
	open_site(t);
	acting = &actor_visitor;
	CHECK_INT(get(t, "/report")->reply.status, 200);
	CHECK_INT(post(t, "/report", "kind=generic")->reply.status, 422);
	const char *draft = local(t, post(t, "/report", kind_form));
	CHECK_INT(get(t, draft)->reply.status, 200);
	const char *autosave = arena_printf(t->arena, "%s/autosave", draft).at;
	CHECK_INT(post(t, autosave, "field=title&value=half+a+tit")->reply.status, 200);
	CHECK(says(get(t, draft), "half a tit"));
	Request *refused = post(t, draft, "do=check&title=kept");
	CHECK_INT(refused->reply.status, 422);
	CHECK(says(refused, "Please fill this in.") && says(refused, "kept"));
	const char *check = local(t, post(t, draft, rest_form));
	CHECK(says(get(t, check), "Who will see this"));
	CHECK_INT(post(t, autosave, "field=no_secrets&value=true")->reply.status, 200); /* sent before, and late */
	CHECK(says(get(t, check), "Who will see this"));
	CHECK_INT(post(t, autosave, "field=no_secrets&value=")->reply.status, 200);
	Request *incomplete = get(t, check);
	CHECK(says(incomplete, "Please confirm this.") && !says(incomplete, "Who will see this"));
	Request *unready = post(t, arena_printf(t->arena, "%s/send", draft).at, "");
	CHECK(unready->reply.status == 422 && says(unready, "Please confirm this."));
	CHECK_INT(post(t, autosave, "field=no_secrets&value=true")->reply.status, 200);
	const char *send = arena_printf(t->arena, "%s/send", draft).at;
	Request *early = post(t, send, ""); /* without script a short time since the draft was begun serves */
	CHECK(early->reply.status == 422 && says(early, "once more") && says(early, send));
	t->call->now += 16 * 1000;
	const char *receipt = local(t, post(t, send, ""));
	CHECK(!strcmp(receipt, local(t, post(t, send, "")))); /* pressed twice: the same receipt */
	Request *page = get(t, receipt);
	CHECK(page->reply.status == 200 && says(page, "Your claim code") && says(page, "cappvd-receipt/1"));
	const char *status = arena_string(t->arena, text_slice(text_from(receipt), 0, strlen(receipt) - 8));
	CHECK(says(get(t, status), "Leak"));
	CHECK_INT(get(t, arena_printf(t->arena, "%s/receipt/download", status).at)->reply.status, 200);
	cookies = TEXT("");
	(void)get(t, "/claim");
	Text hidden = get(t, status)->reply.body, absent = get(t, "/reports/R-2026-0000-0000")->reply.body;
	CHECK_INT(get(t, status)->reply.status, 404);
	CHECK(text_is(without(t, hidden, text_from(status + 9)), without(t, absent, TEXT("R-2026-0000-0000"))));
	CHECK_INT(post(t, "/claim", "code=0000-0000-0000-0000")->reply.status, 422);
}

/* Values that go into a form or an object alike. */
static const char confirm_form[] = "evidence=seen&class=sql-injection&gbt30279=CNVRS:1.0/AV:N/AC:L/PR:N/UI:N/C:H/I:H/A:H"
				   "&cvss=CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H&part=client";
static const char undertake_form[] = "undertaking=true&no_interest=true";
static const char public_form[] = "title_zh=t&description_zh=d&vendor=v&product=p&versions=1&fixed_version=2&solution_zh=u";

static void act_as(Test *t, const Actor *actor, const char *base, const char *action, const char *form)
{
	acting = actor;
	(void)local(t, post(t, arena_printf(t->arena, "%s/actions/%s", base, action).at, form));
}

TEST_DB(pages__staff_begin_a_message_with_a_reply_and_reporters_are_offered_none)
{
	Scene *scene = scene_new(t);
	Cast cast = scene_cast(scene);
	open_site(t);
	scene_as(scene, cast.reporter);
	const char *page = arena_printf(t->arena, "/reports/%.*s", TEXT_ARGS(scene_report(scene, scene_values(scene)))).at;
	const char *begun = arena_printf(t->arena, "%s?reply-reporter=recording", page).at;
	acting = cast.coordinator;
	CHECK(says(get(t, page), "?reply-reporter=recording#thread-reporter") && !says(get(t, page), "\nA recording of the screen"));
	CHECK(says(get(t, begun), "\nA recording of the screen"));
	CHECK(!says(get(t, arena_printf(t->arena, "%s?reply-reporter=guessed", page).at), "\nA recording of the screen"));
	acting = cast.reporter;
	CHECK(!says(get(t, begun), "A recording"));
	http_site_close(&site);
}

TEST_DB(pages__staff_bring_a_report_to_publication)
{
	Scene *scene = scene_new(t);
	Cast cast = scene_cast(scene);
	open_site(t);
	scene_as(scene, cast.reporter);
	const char *report = arena_printf(t->arena, "/reports/%.*s", TEXT_ARGS(scene_report(scene, scene_values(scene)))).at;
	acting = cast.coordinator;
	CHECK(says(get(t, "/intake"), report + 9));
	act_as(t, cast.coordinator, report, "review", "");
	CHECK_INT(post(t, arena_printf(t->arena, "%s/actions/reject", report).at, "code=spam")->reply.status, 422);
	act_as(t, cast.coordinator, report, "attach", "verifier=vera");
	acting = cast.coordinator;
	Casefiles casefiles;
	scene_as(scene, cast.coordinator);
	CHECK_OK(t->call, casefile_queue(t->call, TEXT("VERIFYING"), 0, 10, &casefiles));
	const char *casefile = arena_printf(t->arena, "/casefiles/%.*s", TEXT_ARGS(casefiles.at[0].ref)).at;
	CHECK(says(get(t, "/casefiles"), casefile));
	acting = cast.verifier;
	CHECK(says(get(t, casefile), "Confirm and rate the vulnerability"));
	CHECK(!says(get(t, casefile), "Everything can be read.") &&
		!says(get(t, casefile), "示例钱包存在SQL注入")); /* not before it is signed */
	act_as(t, cast.verifier, casefile, "undertake", undertake_form);
	CHECK(says(get(t, casefile), "Everything can be read.") && says(get(t, casefile), "示例钱包存在SQL注入"));
	act_as(t, cast.verifier, casefile, "confirm", confirm_form);
	acting = cast.verifier;
	CHECK_INT(post(t, arena_printf(t->arena, "%s/actions/accept", casefile).at, "")->reply.status, 403);
	act_as(t, cast.coordinator, casefile, "assign-second", "verifier=viktor");
	act_as(t, cast.second_verifier, casefile, "undertake", undertake_form);
	act_as(t, cast.second_verifier, casefile, "confirm-second", confirm_form);
	act_as(t, cast.coordinator, casefile, "accept", "");
	cast.casefile = casefiles.at[0].ref;
	scene_tell_vendor(scene, &cast);
	acting = cast.coordinator;
	Request *closed = get(t, casefile);
	CHECK(says(closed, "Not possible now") && says(closed, "provider&#39;s repair measure is missing"));
	scene_repair(scene, &cast);
	act_as(t, cast.coordinator, casefile, "describe", public_form);
	act_as(t, cast.coordinator, casefile, "request", "");
	acting = cast.publisher;
	CHECK_INT(get(t, arena_printf(t->arena, "%s/publication", casefile).at)->reply.status, 200);
	CHECK(!says(get(t, casefile), "Everything can be read.")); /* publishers do not need the report's content */
	act_as(t, cast.publisher, casefile, "publish", "no_exploit=true&no_running_system=true");
	acting = cast.reporter;
	CHECK(says(get(t, report), "Read the advisory"));
	acting = cast.coordinator;
	CHECK(says(get(t, casefile), "paul")); /* the readers are listed */
}

static Request *api(Test *t, const Actor *actor, Method method, const char *target, const char *json)
{
	acting = actor;
	return ask(t, method, target, "application/json", json ? text_from(json) : (Text) { 0 });
}

static Text member(Test *t, const Request *request, const char *path)
{
	Json json;
	if (!json_parse(t->arena, request->reply.body, &json, NULL)) test_fail(__FILE__, __LINE__, "%.*s", TEXT_ARGS(request->reply.body));
	return json_as_text(json_find(json, path));
}

static Actor token_of(const Actor *actor)
{
	Actor token = *actor;
	token.session_id = 0;
	return token;
}

/* A draft through its whole life: begun with what is known, completed field by field, given a file, and sent once however often it is asked. */
TEST_DB(api__draft_is_made_changed_given_a_file_checked_and_sent)
{
	Scene *scene = scene_new(t);
	Cast cast = scene_cast(scene);
	open_site(t);
	Actor reporter = token_of(cast.reporter), stranger = token_of(cast.coordinator);
	Request *begun = api(t, &reporter, POST, "/api/v1/drafts", "{\"kind\":\"generic\",\"title\":\"First\"}");
	CHECK_INT(begun->reply.status, 201);
	const char *draft = arena_printf(t->arena, "/api/v1/drafts/%.*s", TEXT_ARGS(member(t, begun, "ref"))).at;
	CHECK(text_find(begun->reply.body, TEXT("\"complete\":false"), NULL));
	CHECK(text_find(begun->reply.body, TEXT("{\"field\":\"owner\""), NULL)); /* what is missing is named */
	CHECK_INT(api(t, &stranger, GET, draft, NULL)->reply.status, 404);
	CHECK_INT(api(t, &reporter, POST, draft, "{\"reporter_id\":\"1\"}")->reply.status, 422);
	CHECK_INT(api(t, &reporter, POST, arena_printf(t->arena, "%s/send", draft).at, "{}")->reply.status, 422);

	Request *changed =
		api(t, &reporter, POST, draft, arena_string(t->arena, form_values_text(t->arena, &report_form, scene_values(scene))));
	CHECK(text_find(changed->reply.body, TEXT("\"complete\":true"), NULL));
	changed = api(t, &reporter, POST, draft, "{\"impact\":\"Worse.\"}");
	CHECK(text_find(changed->reply.body, TEXT("\"impact\":\"Worse.\""), NULL)); /* and nothing else changed */
	CHECK(text_find(changed->reply.body, TEXT("\"complete\":true"), NULL));
	changed = api(t, &reporter, POST, draft, "{\"impact\":\"\"}");
	CHECK(!text_find(changed->reply.body, TEXT("Worse"), NULL));
	CHECK_INT(api(t, &reporter, POST, draft, "{\"impact\":\"Worse.\"}")->reply.status, 200);
	CHECK_INT(api(t, &reporter, POST, arena_printf(t->arena, "%s/attachments", draft).at, "{\"name\":\"a.txt\",\"size_bytes\":5}")
			  ->reply.status,
		201);
	CHECK(text_find(api(t, &reporter, GET, "/api/v1/drafts", NULL)->reply.body, member(t, begun, "ref"), NULL));

	Request *sent = api(t, &reporter, POST, arena_printf(t->arena, "%s/send", draft).at, "{}");
	if (sent->reply.status != 201) test_fail(__FILE__, __LINE__, "%.*s", TEXT_ARGS(sent->reply.body));
	CHECK(text_starts(member(t, sent, "receipt"), TEXT("cappvd-receipt/1")));
	Text ref = member(t, sent, "ref");
	Request *again = api(t, &reporter, POST, arena_printf(t->arena, "%s/send", draft).at, "{}");
	CHECK(again->reply.status == 200 && text_is(member(t, again, "ref"), ref));
	CHECK_INT(api(t, &reporter, GET, draft, NULL)->reply.status, 404);
	Request *report = api(t, &reporter, GET, arena_printf(t->arena, "/api/v1/reports/%.*s", TEXT_ARGS(ref)).at, NULL);
	CHECK(text_find(report->reply.body, TEXT("Worse."), NULL));
}

TEST_DB(api__whole_job_runs_through_json_with_tokens)
{
	Scene *scene = scene_new(t);
	Cast cast = scene_cast(scene);
	open_site(t);
	Actor reporter = token_of(cast.reporter), coordinator = token_of(cast.coordinator), verifier = token_of(cast.verifier),
	      second = token_of(cast.second_verifier), publisher = token_of(cast.publisher);
	const char *body = arena_string(t->arena, form_values_text(t->arena, &report_form, scene_values(scene)));
	Request *sent = api(t, &reporter, POST, "/api/v1/reports", body);
	if (sent->reply.status != 201) test_fail(__FILE__, __LINE__, "%.*s", TEXT_ARGS(sent->reply.body));
	CHECK(text_starts(member(t, sent, "receipt"), TEXT("cappvd-receipt/1")));
	const char *report = arena_printf(t->arena, "/api/v1/reports/%.*s", TEXT_ARGS(member(t, sent, "ref"))).at;
	CHECK_INT(api(t, &reporter, POST, "/api/v1/reports", "{\"title\":\"x\",\"state\":\"ATTACHED\"}")->reply.status, 422);
	CHECK_INT(api(t, &verifier, GET, report, NULL)->reply.status, 404);
	CHECK(text_is(member(t, api(t, &coordinator, POST, arena_printf(t->arena, "%s/actions/review", report).at, "{}"), "state"),
		TEXT("FORMAL_REVIEW")));
	CHECK(text_is(
		member(t, api(t, &coordinator, POST, arena_printf(t->arena, "%s/actions/attach", report).at, "{\"verifier\":\"vera\"}"),
			"state"),
		TEXT("ATTACHED")));
	Json list;
	CHECK(json_parse(t->arena, api(t, &verifier, GET, "/api/v1/casefiles", NULL)->reply.body, &list, NULL));
	JsonEach each = json_each(json_get(list, "items"));
	CHECK(json_next(&each));
	const char *casefile = arena_printf(t->arena, "/api/v1/casefiles/%.*s", TEXT_ARGS(json_as_text(json_get(each.value, "ref")))).at;
	const struct {
		const Actor *who;
		const char *action, *json, *state;
	} steps[] = {
		{ &verifier, "undertake", "{\"undertaking\":true,\"no_interest\":true}", "VERIFYING" },
		{ &verifier, "confirm",
			"{\"evidence\":\"seen\",\"class\":\"sql-injection\",\"gbt30279\":\"CNVRS:1.0/AV:N/AC:L/PR:N/UI:N/C:H/I:H/A:H\","
			"\"cvss\":\"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\",\"part\":\"client\"}",
			"RATED" },
		{ &coordinator, "assign-second", "{\"verifier\":\"viktor\"}", "RATED" },
		{ &second, "undertake", "{\"undertaking\":true,\"no_interest\":true}", "RATED" },
		{ &second, "confirm-second",
			"{\"evidence\":\"seen\",\"gbt30279\":\"CNVRS:1.0/AV:N/AC:L/PR:N/UI:N/C:H/I:H/A:H\","
			"\"cvss\":\"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\"}",
			"RATED" },
		{ &coordinator, "accept", "{}", "ACCEPTED" },
		{ NULL, "", NULL, NULL }, /* the vendor's part, which has routes and tests of its own */
		{ &coordinator, "describe",
			"{\"title_zh\":\"t\",\"description_zh\":\"d\",\"vendor\":\"v\",\"product\":\"p\",\"versions\":\"1\","
			"\"fixed_version\":\"2\",\"solution_zh\":\"u\"}",
			"COORDINATING" },
		{ &coordinator, "request", "{}", "READY" },
		{ &publisher, "publish", "{\"no_exploit\":true,\"no_running_system\":true}", "PUBLISHED" },
	};
	for (size_t i = 0; i < COUNT(steps); i++) {
		if (!steps[i].who) {
			cast.casefile = json_as_text(json_get(each.value, "ref"));
			scene_tell_vendor(scene, &cast);
			scene_repair(scene, &cast);
			continue;
		}
		Request *done =
			api(t, steps[i].who, POST, arena_printf(t->arena, "%s/actions/%s", casefile, steps[i].action).at, steps[i].json);
		if (done->reply.status != 200 || !text_is(member(t, done, "state"), text_from(steps[i].state)))
			test_fail(__FILE__, __LINE__, "%s: %d %.*s", steps[i].action, done->reply.status, TEXT_ARGS(done->reply.body));
	}
	CHECK(text_starts(member(t, api(t, &reporter, GET, report, NULL), "advisory"), TEXT("NVDB-CAPPVD-2026")));
}

TEST_DB(pages__desk_shows_whose_turn_it_is_and_what_is_unread)
{
	Scene *scene = scene_new(t);
	Cast cast = scene_cast(scene);
	open_site(t);
	scene_as(scene, cast.reporter);
	const char *report = arena_printf(t->arena, "/reports/%.*s", TEXT_ARGS(scene_report(scene, scene_values(scene)))).at;
	acting = cast.coordinator;
	CHECK(says(get(t, "/desk"), report));
	acting = cast.publisher;
	CHECK(!says(get(t, "/desk"), report));
	acting = cast.coordinator;
	CHECK_INT(post(t, arena_printf(t->arena, "%s/threads/reporter", report).at, "body=Which+build%3F")->reply.status, 303);
	CHECK_INT(post(t, arena_printf(t->arena, "%s/threads/reporter", report).at, "body=")->reply.status, 422);
	acting = cast.reporter;
	CHECK(says(get(t, "/desk/unread"), "{\"unread\":1}"));
	Request *page = get(t, report);
	CHECK(says(page, "Which build?") && says(page, "carla") && says(page, "carl"));
	CHECK(says(get(t, "/desk/unread"), "{\"unread\":1}")); /* seeing the page is not reading the conversation */
	size_t at;
	CHECK(text_find(page->reply.body, TEXT("name=\"message\" value=\""), &at));
	Text message = text_slice(page->reply.body, at + 22, at + 38);
	CHECK_INT(post(t, arena_printf(t->arena, "%s/threads/reporter/read", report).at,
			  arena_printf(t->arena, "message=%.*s", TEXT_ARGS(message)).at)
			  ->reply.status,
		303);
	CHECK(says(get(t, "/desk/unread"), "{\"unread\":0}"));
	CHECK_INT(post(t, arena_printf(t->arena, "%s/threads/staff", report).at, "body=x")->reply.status, 404);
}

static size_t times(const Request *page, const char *words)
{
	size_t count = 0, at;
	for (Text rest = page->reply.body; text_find(rest, text_from(words), &at); count++)
		rest = text_slice(rest, at + strlen(words), rest.length);
	return count;
}

/* Two conversations with different readers stand on one page. */
TEST_DB(pages__what_is_refused_in_one_conversation_is_not_offered_to_the_readers_of_another)
{
	Scene *scene = scene_new(t);
	Cast cast = scene_cast(scene);
	open_site(t);
	scene_as(scene, cast.reporter);
	const char *report = arena_printf(t->arena, "/reports/%.*s", TEXT_ARGS(scene_report(scene, scene_values(scene)))).at;
	acting = cast.coordinator;
	const Request *page = get(t, report);
	CHECK_INT(times(page, "name=\"body\""), 2);
	CHECK_INT(times(page, "id=\"field-staff.body\""), 1);
	page = post(t, arena_printf(t->arena, "%s/threads/staff", report).at, "body=Among+us%3A+13812345678");
	CHECK_INT(page->reply.status, 422);
	CHECK_INT(times(page, "Among us: 13812345678"), 1);
	CHECK_INT(times(page, "id=\"field-body\""), 1);
	CHECK_INT(times(page, "id=\"field-reporter.body\""), 1);
	page = post(t, arena_printf(t->arena, "%s/threads/staff", report).at, "body=");
	CHECK_INT(times(page, "id=\"field-body-problem\""), 1);
}

TEST_DB(pages__calculator_rates_without_script)
{
	(void)scene_new(t);
	open_site(t);
	acting = &actor_visitor;
	CHECK(says(get(t, "/tools/rating"), "Rating calculator"));
	CHECK(says(get(t, "/tools/rating?system=cvss3.1&AV=N&AC=L&PR=N&UI=N&S=U&C=H&I=H&A=H"), "9.8"));
	CHECK(says(get(t, "/tools/rating?vector=CNVRS:1.0/AV:N/AC:L/PR:N/UI:N/C:H/I:H/A:H"), "Critical"));
	CHECK(!says(get(t, "/tools/rating?vector=CVSS:3.1/AV:N"), "9.8"));
	CHECK_INT(get(t, "/tools/rating?vector=%22%3E%3Cscript%3E")->reply.status, 200);
}
