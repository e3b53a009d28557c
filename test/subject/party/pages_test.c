/* A vendor's matter through the pages and through the JSON API, without a socket. */
#include "base/base/json.h"
#include "face/html/html.h"
#include "people/org/org_pages.h"
#include "subject/party/party_fixture.h"

static const Actor *acting;
static Error authenticate(Request *request)
{
	request->call->actor = acting;
	request->call->lang = LANG_EN;
	if (acting->person_id) request->csrf_token = TEXT("token-of-the-session");
	return OK;
}

static HttpSite *site;
static PartyScene *open_site(Test *t)
{
	static RouteTable tables[3];
	static HttpOptions options;
	PartyScene *ps = party_scene(t);
	tables[0] = party_routes;
	tables[1] = party_api_routes;
	tables[2] = org_api_routes;
	options = (HttpOptions) { .tables = tables,
		.table_count = COUNT(tables),
		.house = t->house,
		.hooks = { .authenticate = authenticate, .show_error = html_show_error } };
	CHECK_OK(t->call, http_site_open(t->call, &options, &site));
	return ps;
}

static Request *ask(PartyScene *ps, const Actor *actor, Method method, const char *address, const char *type, const char *body)
{
	Test *t = ps->scene->t;
	call_recover(t->call);
	t->call->actor = &actor_visitor;
	acting = actor;
	bool is_api = !strncmp(address, "/api", 4);
	const char *rest = is_api ? address + 4 : address; /* "": the list; "/": the party */
	Text base = is_api ? TEXT("/api/v1/parties") : TEXT("/parties");
	Text target = *rest ? arena_printf(t->arena, "%.*s/%.*s%s", TEXT_ARGS(base), TEXT_ARGS(ps->ref), rest[1] ? rest : "") : base;
	Request *request = request_new(t->call, method);
	request_set_header(request, TEXT("X-CSRF-Token"), TEXT("token-of-the-session"));
	if (body) request_set_body(request, text_from(type), text_from(body));
	Error error = http_site_dispatch(site, request, target);
	CHECK(error == OK || request->reply.status >= 400);
	t->call->actor = actor;
	return request;
}

static Request *get(PartyScene *ps, const Actor *actor, const char *address) { return ask(ps, actor, GET, address, NULL, NULL); }
static Request *post(PartyScene *ps, const Actor *actor, const char *address, const char *body)
{
	return ask(ps, actor, POST, address, strstr(address, "/api/") ? "application/json" : "application/x-www-form-urlencoded", body);
}
static bool says(const Request *request, const char *text) { return text_find(request->reply.body, text_from(text), NULL); }
#define CHECK_STATUS(request, expected) \
	do { \
		Request *asked_ = (request); \
		if (asked_->reply.status != (expected)) \
			test_fail(__FILE__, __LINE__, "%d: %.*s", asked_->reply.status, TEXT_ARGS(asked_->reply.body)); \
	} while (0)

static Request *own_organisation(PartyScene *ps, const Actor *actor)
{
	Test *t = ps->scene->t;
	call_recover(t->call);
	t->call->actor = &actor_visitor;
	acting = actor;
	Request *request = request_new(t->call, GET);
	Error error = http_site_dispatch(site, request, TEXT("/api/v1/organisation"));
	CHECK(error == OK || request->reply.status >= 400);
	return request;
}

/* Without script every field stands there, and says to which answer it belongs; with script it is seen when that is given. */
TEST_DB(party_pages__fields_that_belong_to_an_answer_say_so_before_it_is_given)
{
	PartyScene *ps = open_site(t);
	party_bring_to(ps, "ACKNOWLEDGED");
	Request *page = get(ps, ps->vendor, "/");
	CHECK_STATUS(page, 200);
	CHECK(says(page, "data-field=\"provider\" data-when=\"position\" data-when-values=\"upstream\""));
	CHECK(says(page, "Only when “Position” is: A component of somebody else is affected"));
	CHECK_STATUS(post(ps, ps->vendor, "/actions/state", "position=upstream&explanation=E"), 422); /* and is asked for */
	CHECK_STATUS(post(ps, ps->vendor, "/actions/state", "position=affected&explanation=E&provider=Ignored"), 303);
}

TEST_DB(org_api__one_sees_ones_own_organisation_and_its_members_only_as_its_administrator)
{
	PartyScene *ps = open_site(t);
	Request *admin = own_organisation(ps, ps->vendor), *member = own_organisation(ps, ps->colleague),
		*rival = own_organisation(ps, ps->rival);
	CHECK_STATUS(admin, 200);
	CHECK(says(admin, "示例公司") && says(admin, "\"kind\":\"vendor\"") && says(admin, "\"members\"") &&
		says(admin, "\"state\":\"verified\""));
	CHECK(text_find(admin->reply.body, ps->colleague->name, NULL));
	CHECK_STATUS(member, 200);
	CHECK(says(member, "示例公司") && !says(member, "\"members\"") && !text_find(member->reply.body, ps->vendor->name, NULL));
	CHECK(!says(rival, "示例公司"));
	CHECK_STATUS(own_organisation(ps, ps->cast.reporter), 404);
}

TEST_DB(party_pages__a_vendor_signs_reads_answers_and_sees_whose_turn_it_is)
{
	PartyScene *ps = open_site(t);
	party_bring_to(ps, "NOTIFIED");
	Request *page = get(ps, ps->vendor, "/");
	CHECK_STATUS(page, 200);
	CHECK(says(page, "A notice waits to be signed for") && says(page, "the vendor") && says(page, "/actions/acknowledge"));
	CHECK(!says(page, "Secret details") && !says(page, "示例钱包存在注入漏洞") && !says(page, "finder") && !says(page, "Delivered to"));
	CHECK_STATUS(get(ps, ps->vendor, "/notice"), 403);
	Request *wrong = post(ps, ps->vendor, "/actions/acknowledge", "signer=Victor");
	CHECK_STATUS(wrong, 422);
	CHECK(says(wrong, "Victor")); /* nothing typed is lost */
	CHECK_STATUS(post(ps, ps->vendor, "/actions/acknowledge", "signer=Victor&confirm=yes"), 303);
	page = get(ps, ps->vendor, "/");
	CHECK(says(page, "Secret details") && says(page, "Signed for, no position yet") && says(page, "article 7(2)"));
	CHECK(!says(page, "Delivered to the account")); /* how it was delivered is the library's */
	Request *copy = get(ps, ps->vendor, "/notice");
	CHECK_STATUS(copy, 200);
	CHECK(text_starts(copy->reply.body, TEXT("%PDF-")) &&
		text_starts(reply_header_value(copy, TEXT("Content-Disposition")), TEXT("attachment")));
	CHECK(says(get(ps, ps->vendor, "/api/notice"), "Secret details")); /* for machines as a text */
	CHECK(says(get(ps, ps->vendor, "/receipts/acknowledge"), "cappvd-receipt/1"));
	CHECK_STATUS(get(ps, ps->vendor, "/receipts/withdraw"), 404);
	CHECK_STATUS(get(ps, ps->rival, "/"), 404);
	page = get(ps, ps->cast.coordinator, "/");
	CHECK(says(page, "Copies of the notice") && says(page, "Attempts to reach the vendor") && says(page, "Delivered to the account"));
	CHECK(says(page, "victor") && says(page, "Readers"));
	CHECK_STATUS(post(ps, ps->vendor, "/threads/vendor", "body=Which+build%3F"), 303);
	CHECK(says(get(ps, ps->cast.coordinator, "/"), "Which build?"));
}

TEST_DB(party_pages__lists_show_a_vendor_its_own_and_a_coordinator_what_waits)
{
	PartyScene *ps = open_site(t);
	party_bring_to(ps, "FIXING");
	Request *list = get(ps, ps->colleague, "");
	CHECK_STATUS(list, 200);
	CHECK(text_find(list->reply.body, ps->ref, NULL) && says(list, "claim code"));
	list = get(ps, ps->rival, "");
	CHECK(!text_find(list->reply.body, ps->ref, NULL) && says(list, "No notice"));
	list = get(ps, ps->cast.coordinator, "");
	CHECK(!text_find(list->reply.body, ps->ref, NULL) && says(list, "Nothing waits here"));
	Text number = ps->ref;
	ps->ref = TEXT("claim");
	CHECK_STATUS(get(ps, ps->rival, "/"), 200);
	CHECK_STATUS(ask(ps, ps->rival, POST, "/", "application/x-www-form-urlencoded", "code=0000-0000-0000-0000"), 422);
	ps->ref = number;
	Actor weak = *ps->vendor;
	weak.second_factor = false;
	CHECK_STATUS(get(ps, &weak, "/"), 403);
}

TEST_DB(party_api__the_whole_way_for_machines)
{
	PartyScene *ps = open_site(t);
	party_bring_to(ps, "NOTIFIED");
	CHECK_STATUS(post(ps, ps->vendor, "/api/actions/acknowledge", "{\"signer\":\"Victor\",\"confirm\":\"yes\"}"), 200);
	Request *one = post(ps, ps->vendor, "/api/actions/state", "{\"position\":\"affected\",\"versions\":\"7.x\"}");
	CHECK_STATUS(one, 200);
	Json json;
	CHECK_OK(t->call, json_read(t->call, one->reply.body, &json));
	CHECK_TEXT(json_as_text(json_get(json, "state")), "POSITION_STATED");
	CHECK_TEXT(json_as_text(json_get(json, "position")), "affected");
	CHECK(says(one, "\"plan\"") && !says(one, "Delivered to the account") && !says(one, "\"attempts\""));
	CHECK_STATUS(post(ps, ps->vendor, "/api/actions/plan", "{\"measures\":\"M\",\"begin\":\"soon\"}"), 422);
	CHECK_STATUS(post(ps, ps->vendor, "/api/actions/fix", "{\"fixed\":\"1\"}"), 409);
	CHECK_STATUS(post(ps, ps->vendor, "/api/actions/plan", "{\"nonsense\":\"1\"}"), 422);
	CHECK_STATUS(post(ps, ps->vendor, "/api/threads/vendor", "{\"body\":\"Hello\"}"), 200);
	CHECK_STATUS(post(ps, ps->vendor, "/api/actions/duty",
			     "{\"product\":\"P\",\"model\":\"M\",\"version\":\"7\",\"features\":\"F\",\"harm\":\"H\",\"scope\":\"S\"}"),
		200);
	Request *duty = get(ps, ps->vendor, "/api/duty");
	CHECK_STATUS(duty, 200);
	CHECK(says(duty, "\"scope\":\"S\""));
	CHECK(says(get(ps, ps->vendor, "/api/receipts/duty"), "cappvd-receipt/1"));
	Request *staff = get(ps, ps->cast.coordinator, "/api/");
	CHECK(says(staff, "\"attempts\"") && says(staff, "Hello"));
	CHECK_STATUS(get(ps, ps->rival, "/api/"), 404);
}
