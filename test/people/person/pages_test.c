#include "face/html/html.h"
#include "people/people_fixture.h"
#include "people/person/person_pages.h"

static const HttpOptions *options_of(Test *t)
{
	HttpOptions *options = arena_new_of(t->arena, HttpOptions);
	RouteTable *tables = arena_array_of(t->arena, RouteTable, 5);
	tables[0] = login_routes;
	tables[1] = register_routes;
	tables[2] = account_routes;
	tables[3] = security_routes;
	tables[4] = people_admin_routes;
	*options = (HttpOptions) { .tables = tables,
		.table_count = 5,
		.visitor_key = TEXT("0123456789abcdef0123456789abcdef"),
		.hooks = { .authenticate = person_authenticate, .show_error = html_show_error },
		.house = t->house };
	return options;
}

typedef struct Sent {
	Text cookies, bearer, form, target;
	Method method;
} Sent;

static Request *answer_to(Test *t, const Sent *sent, Error *out_error)
{
	Call *call = arena_new_of(t->arena, Call);
	*call = *t->call;
	call->actor = &actor_visitor;
	call->failure = (Failure) { 0 };
	Request *request = request_new(call, sent->method);
	request->address = TEXT("192.0.2.50");
	if (sent->cookies.at) request_set_header(request, TEXT("Cookie"), sent->cookies);
	if (sent->bearer.at)
		request_set_header(request, TEXT("Authorization"), arena_printf(t->arena, "Bearer %.*s", TEXT_ARGS(sent->bearer)));
	if (sent->form.at) request_set_body(request, TEXT("application/x-www-form-urlencoded"), sent->form);
	*out_error = http_dispatch(options_of(t), request, sent->target);
	return request;
}

/* The form token a visitor with this cookie has. */
static Text visitor_form_token(Test *t)
{
	Error error;
	Request *request = answer_to(t, &(Sent) { .cookies = TEXT("visitor=0123456789abcdef01234567"), .target = TEXT("/login") }, &error);
	CHECK(error == OK);
	return request->csrf_token;
}

static Request *post_as_visitor(Test *t, const char *target, const char *fields, Error *out_error)
{
	Text form = arena_printf(t->arena, "csrf=%.*s&%s", TEXT_ARGS(visitor_form_token(t)), fields);
	return answer_to(t,
		&(Sent) { .method = POST, .cookies = TEXT("visitor=0123456789abcdef01234567"), .form = form, .target = text_from(target) },
		out_error);
}

static Text session_cookie(Test *t, Text token) { return arena_printf(t->arena, "session=%.*s", TEXT_ARGS(token)); }

TEST_DB(login_pages__a_form_of_another_site_signs_nobody_in)
{
	Error error;
	people_open(t);
	people_register(t, "a@b.cn");
	Sent forged = { .method = POST,
		.cookies = TEXT("visitor=0123456789abcdef01234567"),
		.form = TEXT("login=a%40b.cn&password=kelp+orbit+tunnel+7"),
		.target = TEXT("/login") };
	Request *request = answer_to(t, &forged, &error);
	CHECK(error == ERROR_EXPIRED);
	CHECK(reply_header_value(request, TEXT("Set-Cookie")).at == NULL);
	request = post_as_visitor(t, "/login", "login=a%40b.cn&password=kelp+orbit+tunnel+7", &error);
	CHECK_INT(error, OK);
	CHECK_INT(request->reply.status, 303);
	CHECK(text_find(reply_header_value(request, TEXT("Set-Cookie")), TEXT("session="), NULL));
}

TEST_DB(login_pages__next_leads_to_no_other_site)
{
	Error error;
	people_open(t);
	people_register(t, "a@b.cn");
	Request *request =
		post_as_visitor(t, "/login", "login=a%40b.cn&password=kelp+orbit+tunnel+7&next=https%3A%2F%2Fevil.test%2F", &error);
	CHECK(text_is(reply_header_value(request, TEXT("Location")), TEXT("/desk")));
	request = post_as_visitor(t, "/login", "login=a%40b.cn&password=kelp+orbit+tunnel+7&next=%2F%2Fevil.test%2F", &error);
	CHECK(text_is(reply_header_value(request, TEXT("Location")), TEXT("/desk")));
	request = post_as_visitor(t, "/login", "login=a%40b.cn&password=kelp+orbit+tunnel+7&next=%2Faccount", &error);
	CHECK(text_is(reply_header_value(request, TEXT("Location")), TEXT("/account")));
}

TEST_DB(login_pages__known_and_unknown_addresses_get_the_same_bytes)
{
	static const char *const targets[] = { "/register", "/forgot" };
	Error error;
	people_open(t);
	people_register(t, "known@b.cn");
	for (size_t i = 0; i < COUNT(targets); i++) {
		Request *known = post_as_visitor(t, targets[i], "mail=known%40b.cn", &error);
		CHECK_INT(error, OK);
		Request *unknown = post_as_visitor(t, targets[i], "mail=stranger%40b.cn", &error);
		CHECK_INT(error, OK);
		CHECK(known->reply.body.length > 500);
		CHECK(text_is(known->reply.body, unknown->reply.body));
		CHECK_INT(known->reply.status, unknown->reply.status);
	}
	Request *wrong = post_as_visitor(t, "/login", "login=known%40b.cn&password=x", &error);
	Request *nobody = post_as_visitor(t, "/login", "login=other1%40b.cn&password=x", &error);
	CHECK_INT(wrong->reply.status, nobody->reply.status);
	CHECK(!text_find(wrong->reply.body, TEXT("password=x"), NULL));
}

TEST_DB(authenticate__a_role_that_sees_undisclosed_matters_sleeps_until_the_second_factor)
{
	Error error;
	people_open(t);
	people_staff(t, "other@b.cn", ROLE_SECURITY_ADMIN);
	int64_t id = people_register(t, "sec@b.cn");
	Person person;
	CHECK_OK(t->call, person_find(t->call, id, &person));
	people_as_system(t);
	CHECK_OK(t->call, role_ask(t->call, person.ref, ROLE_SECURITY_ADMIN, 0));
	RoleRequests requests;
	CHECK_OK(t->call, role_requests(t->call, &requests));
	Person other;
	CHECK_OK(t->call, person_find_login(t->call, TEXT("other@b.cn"), &other));
	people_enter(t, other.id);
	CHECK_OK(t->call, role_decide(t->call, requests.at[0].ref, true));
	people_as_visitor(t);
	Text token = people_sign_in(t, "sec@b.cn");
	answer_to(t, &(Sent) { .cookies = session_cookie(t, token), .target = TEXT("/admin/people") }, &error);
	CHECK(error == ERROR_SECOND_FACTOR);
	answer_to(t, &(Sent) { .cookies = session_cookie(t, token), .target = TEXT("/account") }, &error);
	CHECK_INT(error, OK);
	people_act(t, token);
	people_enrol_totp(t, &token);
	Request *page = answer_to(t, &(Sent) { .cookies = session_cookie(t, token), .target = TEXT("/admin/people") }, &error);
	CHECK_INT(error, OK);
	CHECK(text_find(page->reply.body, TEXT("sec@b.cn"), NULL));
}

TEST_DB(authenticate__a_waiting_session_is_a_visitor)
{
	Error error;
	SignedIn in;
	people_open(t);
	people_register(t, "a@b.cn");
	Text token = people_sign_in(t, "a@b.cn");
	people_act(t, token);
	people_enrol_totp(t, &token);
	people_as_visitor(t);
	SignIn sign_in = {
		.login = TEXT("a@b.cn"), .password = TEXT(FIXTURE_PASSWORD), .peer_address = TEXT("192.0.2.1"), .agent = TEXT("x")
	};
	CHECK_OK(t->call, session_sign_in(t->call, &sign_in, &in));
	answer_to(t, &(Sent) { .cookies = session_cookie(t, in.token), .target = TEXT("/account") }, &error);
	CHECK(error == ERROR_UNAUTHENTICATED);
	answer_to(t, &(Sent) { .cookies = session_cookie(t, in.token), .target = TEXT("/login/factor") }, &error);
	CHECK_INT(error, OK);
}

TEST_DB(authenticate__a_token_opens_the_api_and_no_page)
{
	Error error;
	Text token;
	people_open(t);
	people_register(t, "a@b.cn");
	people_act(t, people_sign_in(t, "a@b.cn"));
	CHECK_OK(t->call, token_create(t->call, TEXT("robot"), SCOPE_REPORT_READ, 30, &token));
	people_as_visitor(t);
	Request *request = answer_to(t, &(Sent) { .bearer = token, .target = TEXT("/api/v1/me") }, &error);
	CHECK_INT(error, OK);
	CHECK(text_find(request->reply.body, TEXT("\"scopes\":\"report:read\""), NULL));
	answer_to(t, &(Sent) { .bearer = token, .target = TEXT("/account") }, &error);
	CHECK(error == ERROR_UNAUTHENTICATED);
	answer_to(t, &(Sent) { .bearer = TEXT("cappvd_wrong"), .target = TEXT("/api/v1/me") }, &error);
	CHECK(error == ERROR_UNAUTHENTICATED);
}

TEST_DB(demo__has_no_doors_in_a_real_library)
{
	Error error;
	people_open(t);
	int64_t id = people_staff(t, "a@b.cn", ROLE_COORDINATOR);
	Person person;
	CHECK_OK(t->call, person_find(t->call, id, &person));
	answer_to(t, &(Sent) { .target = TEXT("/demo/enter") }, &error);
	CHECK(error == ERROR_NOT_FOUND);
	post_as_visitor(t, arena_printf(t->arena, "/demo/enter/%.*s", TEXT_ARGS(person.ref)).at, "x=1", &error);
	CHECK(error == ERROR_NOT_FOUND);
	t->house->demo = true;
	Request *request = post_as_visitor(t, arena_printf(t->arena, "/demo/enter/%.*s", TEXT_ARGS(person.ref)).at, "x=1", &error);
	CHECK_INT(error, OK);
	CHECK(text_find(reply_header_value(request, TEXT("Set-Cookie")), TEXT("session="), NULL));
}
