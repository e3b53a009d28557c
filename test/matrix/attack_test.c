/* What was done to other libraries of this kind, tried here. What the walks of this folder show for every route is not repeated. */
#include "matrix/matrix.h"

#include "people/person/rules.h"

static int status_of(Matrix *matrix, const char *word, Text target) { return matrix_get(matrix, word, target).status; }

static Text address(Matrix *matrix, const char *format, Text ref)
{
	Text pattern = text_from(format), before;
	text_next(&pattern, '*', &before);
	return arena_printf(matrix->t->arena, "%.*s%.*s%.*s", TEXT_ARGS(before), TEXT_ARGS(ref), TEXT_ARGS(pattern));
}

static MatrixReply post(Matrix *matrix, const char *word, Text target, Text body)
{
	return matrix_send(
		matrix, &(MatrixRequest) { .method = POST, .target = target, .body = body, .actor = matrix_actor(word), .keep = true });
}

static MatrixReply post_json(Matrix *matrix, const char *word, Text target, Text body)
{
	return matrix_send(matrix, &(MatrixRequest) { .method = POST,
					   .target = target,
					   .body = body,
					   .content_type = TEXT("application/json"),
					   .actor = matrix_actor(word),
					   .way = BY_TOKEN,
					   .keep = true });
}

TEST_DB(attack__a_role_taken_away_is_gone_on_every_channel_with_the_next_request)
{
	Matrix *matrix = matrix_open(t);
	RoleGrants grants;
	const MatrixObject *report = matrix_object(matrix, "report", TEXT("RECEIVED"));
	Text record = address(matrix, "/api/v1/reports/*", report->ref), page = address(matrix, "/reports/*", report->ref);
	CHECK_INT(status_of(matrix, "coordinator", record), 200);
	CHECK_INT(status_of(matrix, "coordinator", page), 200);
	CHECK_INT(status_of(matrix, "coordinator", TEXT("/intake")), 200);
	matrix_as(matrix, "security-admin");
	CHECK_OK(t->call, role_history(t->call, matrix_actor("coordinator")->id, &grants));
	CHECK_OK(t->call, role_end(t->call, grants.at[0].ref));
	CHECK_INT(status_of(matrix, "coordinator", record), 404);
	CHECK_INT(status_of(matrix, "coordinator", page), 404);
	CHECK_INT(status_of(matrix, "coordinator", TEXT("/intake")), 403);
	CHECK(!text_find(matrix_get(matrix, "coordinator", TEXT("/desk")).body, TEXT("Canary"), NULL));
}

TEST_DB(attack__a_disabled_persons_sessions_and_tokens_open_nothing)
{
	Matrix *matrix = matrix_open(t);
	const MatrixObject *report = matrix_object(matrix, "report", TEXT("RECEIVED"));
	CHECK_INT(status_of(matrix, "owner", address(matrix, "/api/v1/reports/*", report->ref)), 200);
	matrix_as(matrix, "security-admin");
	CHECK_OK(t->call, person_disable(t->call, matrix_actor("owner")->ref));
	CHECK_INT(status_of(matrix, "owner", address(matrix, "/api/v1/reports/*", report->ref)), 401);
	CHECK_INT(status_of(matrix, "owner", address(matrix, "/reports/*", report->ref)), 404);
	CHECK_INT(status_of(matrix, "owner", TEXT("/account")), 303);
}

TEST_DB(attack__a_new_password_ends_what_a_thief_may_hold)
{
	Matrix *matrix = matrix_open(t);
	CHECK_INT(status_of(matrix, "coordinator", TEXT("/api/v1/me")), 200);
	people_as_visitor(t);
	CHECK_OK(t->call, person_forgot(t->call, TEXT("coordinator@example.org"), TEXT("192.0.2.9")));
	CHECK_OK(t->call, person_password_reset(t->call, people_link_token(t), TEXT("another orbit tunnel 8")));
	CHECK_INT(status_of(matrix, "coordinator", TEXT("/api/v1/me")), 401);
	CHECK_INT(status_of(matrix, "coordinator", TEXT("/account")), 303);
}

TEST_DB(attack__a_token_made_without_second_factor_never_gains_the_role)
{
	Matrix *matrix = matrix_open(t);
	MatrixActor weak = *matrix_actor("weak-coordinator");
	const MatrixObject *report = matrix_object(matrix, "report", TEXT("RECEIVED"));
	people_act(t, weak.cookie);
	t->call->actor = &(Actor) { .person_id = weak.id, .roles = ROLE_REPORTER, .session_id = 1, .scopes = ~0U };
	CHECK_OK(t->call, token_create(t->call, TEXT("Early"), SCOPE_REPORT_READ | SCOPE_CASE_READ, 30, &weak.token));
	people_act(t, weak.cookie);
	people_enrol_totp(t, &weak.cookie);
	MatrixRequest request = { .target = address(matrix, "/api/v1/reports/*", report->ref), .actor = &weak, .way = BY_TOKEN };
	CHECK_INT(matrix_send(matrix, &request).status, 404);
	request.target = TEXT("/api/v1/casefiles");
	CHECK_INT(matrix_send(matrix, &request).status, 403);
}

TEST_DB(attack__a_duplicate_tells_number_and_date_of_the_earlier_report_only)
{
	Matrix *matrix = matrix_open(t);
	Scene *scene = matrix->scene;
	Text earlier = matrix_placed(matrix, "earlier");
	Reception reception;
	matrix_as(matrix, "stranger");
	CHECK_OK(t->call, report_send(t->call, scene_values(scene), TEXT(""), &reception));
	matrix_as(matrix, "coordinator");
	CHECK_OK(t->call, scene_report_act(scene, reception.ref, "review", NULL));
	Map *values = map_new(t->arena);
	form_set(t->arena, values, TEXT("of"), earlier);
	CHECK_OK(t->call, scene_report_act(scene, reception.ref, "duplicate", values));
	const char *const formats[] = { "/reports/*", "/api/v1/reports/*" };
	for (size_t i = 0; i < COUNT(formats); i++) {
		MatrixReply reply = matrix_get(matrix, "stranger", address(matrix, formats[i], reception.ref));
		CHECK_INT(reply.status, 200);
		CHECK(text_find(reply.body, earlier, NULL) && !text_find(reply.body, TEXT("Canary"), NULL));
	}
}

TEST_DB(attack__no_mail_tells_a_title_or_a_text)
{
	matrix_open(t);
	size_t count = people_mail_count(t);
	CHECK(count > 20);
	for (size_t i = 0; i < count; i++) {
		ArenaMark mark = arena_mark(t->call->arena);
		Mail mail = people_mail(t, i);
		if (text_find(mail.subject, TEXT("Canary"), NULL) || text_find(mail.text, TEXT("Canary"), NULL))
			test_fail(__FILE__, __LINE__, "a mail says %.*s", TEXT_ARGS(mail.text));
		arena_release(t->call->arena, mark);
	}
}

TEST_DB(attack__files_are_found_under_their_own_matter_only_and_not_after_removal)
{
	Matrix *matrix = matrix_open(t);
	const MatrixObject *first = matrix_object(matrix, "report", TEXT("RECEIVED")),
			   *second = matrix_object(matrix, "report", TEXT("FORMAL_REVIEW")),
			   *draft = matrix_object(matrix, "draft", TEXT("-")), *other = matrix_object(matrix, "visitors-draft", TEXT("-"));
	const struct {
		const char *format;
		Text ref, file;
		int status;
	} tries[] = {
		{ "/reports/*/files/", first->ref, first->file, 200 },
		{ "/reports/*/files/", second->ref, first->file, 404 },
		{ "/reports/*/files/", first->ref, draft->file, 404 },
		{ "/reports/*/files/", first->ref, first->upload, 404 }, /* not complete */
		{ "/api/v1/reports/*/attachments/", second->ref, first->file, 404 },
		{ "/report/*/files/content/", draft->ref, draft->file, 200 },
		{ "/report/*/files/content/", draft->ref, other->file, 404 },
		{ "/report/*/files/content/", draft->ref, first->file, 404 },
	};
	for (size_t i = 0; i < COUNT(tries); i++) {
		Text target = arena_printf(
			t->arena, "%.*s%.*s", TEXT_ARGS(address(matrix, tries[i].format, tries[i].ref)), TEXT_ARGS(tries[i].file));
		CHECK_INT(status_of(matrix, "owner", target), tries[i].status);
	}
	Text files = address(matrix, "/report/*/files/", draft->ref);
	MatrixRequest removal = { .method = DELETE,
		.target = arena_printf(t->arena, "%.*s%.*s", TEXT_ARGS(files), TEXT_ARGS(draft->file)),
		.actor = matrix_actor("owner"),
		.keep = true };
	CHECK_INT(matrix_send(matrix, &removal).status, 200);
	CHECK_INT(status_of(matrix, "owner", arena_printf(t->arena, "%.*scontent/%.*s", TEXT_ARGS(files), TEXT_ARGS(draft->file))), 404);
}

TEST_DB(attack__members_that_nobody_asked_for_change_nothing)
{
	Matrix *matrix = matrix_open(t);
	uint32_t roles = 0;
	Person person;
	const char *const members[] = { "\"state\":\"PUBLISHED\"", "\"reporter_id\":1", "\"organisation_id\":1", "\"ref\":\"R-1\"",
		"\"roles\":[\"coordinator\"]" };
	for (size_t i = 0; i < COUNT(members); i++) {
		Text body = arena_printf(t->arena,
			"{\"kind\":\"generic\",\"owner\":\"others\",\"original\":\"original\",\"disclosed\":\"no\",\"part\":\"android\","
			"\"product\":\"W\",\"versions\":\"1\",\"class\":\"sql-injection\",\"title\":\"T\",\"description\":\"D\",\"steps\":"
			"\"S\","
			"\"impact\":\"I\",\"credit\":\"handle\",\"no_secrets\":\"yes\",%s}",
			members[i]);
		CHECK_INT(post_json(matrix, "owner", TEXT("/api/v1/reports"), body).status, 422);
	}
	Text profile = TEXT("name=owner&handle=&phone=&language=en&roles=64&role=coordinator&state=disabled&id=1&person_id=1");
	CHECK_INT(post(matrix, "owner", TEXT("/account/profile"), profile).status, 303);
	CHECK_OK(t->call, role_of(t->call, matrix_actor("owner")->id, &roles));
	CHECK_OK(t->call, person_find(t->call, matrix_actor("owner")->id, &person));
	CHECK_INT(roles, ROLE_REPORTER);
	CHECK(person.state == PERSON_VERIFIED);
}

TEST_DB(attack__next_leads_to_no_other_site)
{
	static const char *const elsewhere[] = { "https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example",
		"%2F%2Fevil.example", "/%09/evil.example", "javascript:alert(1)", "evil.example" };
	Matrix *matrix = matrix_open(t);
	for (size_t i = 0; i < COUNT(elsewhere); i++) {
		Text body = arena_printf(t->arena, "login=weak-publisher@example.org&password=kelp+orbit+tunnel+7&next=%s", elsewhere[i]);
		MatrixReply reply = matrix_send(matrix,
			&(MatrixRequest) { .method = POST, .target = TEXT("/login"), .body = body, .actor = matrix_actor("visitor") });
		if (reply.status != 422) CHECK_TEXT(matrix_header(&reply, "Location"), "/desk"); /* 422: a control character */
		CHECK(reply.status == 303 || strstr(elsewhere[i], "%09"));
		MatrixReply form = matrix_get(matrix, "visitor", arena_printf(t->arena, "/login?next=%s", elsewhere[i]));
		CHECK(form.status == 400 || !text_find(form.body, TEXT("evil.example"), NULL));
	}
}

TEST_DB(attack__nobody_learns_which_addresses_have_accounts)
{
	static const char *const pairs[][3] = {
		{ "/login", "login=weak-publisher@example.org&password=wrong+words+entirely",
			"login=weak-nobodyxx@example.org&password=wrong+words+entirely" },
		{ "/forgot", "mail=weak-publisher@example.org", "mail=weak-nobodyxx@example.org" },
		{ "/register", "mail=weak-publisher@example.org", "mail=weak-nobodyxx@example.org" },
	};
	Matrix *matrix = matrix_open(t);
	for (size_t i = 0; i < COUNT(pairs); i++) {
		Text seen[2];
		for (size_t k = 0; k < 2; k++) {
			MatrixReply reply = matrix_send(matrix, &(MatrixRequest) { .method = POST,
									.target = text_from(pairs[i][0]),
									.body = text_from(pairs[i][k + 1]),
									.actor = matrix_actor("visitor") });
			Buffer without = { .arena = t->arena }; /* what was typed stands in the form again; a challenge is new each time */
			buffer_printf(&without, "%d %.*s", reply.status, TEXT_ARGS(reply.headers));
			for (Text rest = reply.body, line; text_next(&rest, '\n', &line);)
				if (!text_find(line, TEXT("weak-"), NULL) && !text_find(line, TEXT("challenge"), NULL))
					buffer_put(&without, line);
			seen[k] = buffer_text(&without);
		}
		CHECK(text_is(seen[0], seen[1]));
	}
}

TEST_DB(attack__claim_codes_open_their_own_report_only)
{
	Matrix *matrix = matrix_open(t);
	const MatrixObject *mine = matrix_object(matrix, "claimed", TEXT("RECEIVED")),
			   *others = matrix_object(matrix, "claimed", TEXT("NEEDS_INFO"));
	MatrixRequest request = { .target = address(matrix, "/reports/*", mine->ref),
		.actor = matrix_actor("claimant"),
		.cookies = arena_printf(t->arena, "claim=%.*s", TEXT_ARGS(mine->claim)) };
	CHECK_INT(matrix_send(matrix, &request).status, 200);
	request.target = address(matrix, "/reports/*", others->ref);
	CHECK_INT(matrix_send(matrix, &request).status, 404);
	request.target = address(matrix, "/reports/*", mine->ref);
	request.cookies = (Text) { 0 };
	CHECK_INT(matrix_send(matrix, &request).status, 404);
	request.cookies = TEXT("claim=0000-0000-0000-0000");
	CHECK_INT(matrix_send(matrix, &request).status, 404);
}

TEST_DB(attack__nobody_decides_about_their_own_report)
{
	Matrix *matrix = matrix_open(t);
	Reception reception;
	matrix_as(matrix, "coordinator");
	CHECK_OK(t->call, report_send(t->call, scene_values(matrix->scene), TEXT(""), &reception));
	CHECK_INT(post(matrix, "coordinator", address(matrix, "/reports/*/actions/review", reception.ref), TEXT("")).status, 403);
	CHECK_INT(post_json(matrix, "coordinator", address(matrix, "/api/v1/reports/*/actions/review", reception.ref), TEXT("{}")).status,
		403);
}

TEST_DB(attack__paths_do_not_leave_the_site)
{
	Matrix *matrix = matrix_open(t);
	static const char *const paths[] = { "/../library.keys", "/%2e%2e/library.keys", "/assets/..%2f..%2flibrary.keys",
		"/assets/%5c..%5ccappvd.db", "/reports/..%2fadmin", "//evil.example/", "/reports/%00" };
	for (size_t i = 0; i < COUNT(paths); i++) {
		int status = status_of(matrix, "owner", text_from(paths[i]));
		if (status != 400 && status != 404) test_fail(__FILE__, __LINE__, "%s: %d", paths[i], status);
	}
}

TEST_DB(attack__an_id_in_a_json_route_opens_nobody_elses_matter)
{
	static const struct {
		const char *kind, *format;
	} routes[] = { { "report", "/api/v1/reports/*" }, { "casefile", "/api/v1/casefiles/*" }, { "party", "/api/v1/parties/*" },
		{ "claimed", "/api/v1/reports/*/receipt" } };
	static const char *const others[] = { "stranger", "system-admin", "weak-coordinator" };
	Matrix *matrix = matrix_open(t);
	size_t tried = 0;
	for (size_t r = 0; r < COUNT(routes); r++)
		for (size_t i = 0; i < matrix->object_count; i++)
			for (size_t a = 0; a < COUNT(others); a++) {
				const MatrixObject *object = &matrix->objects[i];
				if (strcmp(object->kind, routes[r].kind) != 0) continue;
				MatrixReply absent =
					matrix_get(matrix, others[a], address(matrix, routes[r].format, TEXT("R-2026-AAAA-AAAA")));
				int status = absent.status;
				Text body = arena_copy(t->arena, absent.body);
				MatrixReply hidden = matrix_get(matrix, others[a], address(matrix, routes[r].format, object->ref));
				CHECK_INT(hidden.status, status); /* as if there were none, to the byte */
				CHECK(status >= 400 && text_is(hidden.body, body));
				tried++;
			}
	CHECK(tried > 60);
}

TEST_DB(attack__a_search_finds_no_word_of_what_is_hidden)
{
	static const char *const searches[] = { "/api/v1/advisories?q=*", "/api/v1/products?q=*" };
	static const char *const kinds[] = { "report", "claimed", "casefile", "party", "draft" };
	Matrix *matrix = matrix_open(t);
	size_t tried = 0;
	for (size_t i = 0; i < matrix->object_count; i++) {
		const MatrixObject *object = &matrix->objects[i];
		bool is_hidden = false;
		for (size_t k = 0; k < COUNT(kinds); k++) is_hidden |= !strcmp(object->kind, kinds[k]);
		if (!is_hidden || !object->title.length) continue;
		for (size_t s = 0; s < COUNT(searches); s++) {
			Text target = address(matrix, searches[s], object->title);
			MatrixReply reply = matrix_get(matrix, "stranger", target);
			CHECK_INT(reply.status, 200);
			if (!text_find(reply.body, TEXT("\"items\":[]"), NULL)) test_fail(__FILE__, __LINE__, "%.*s", TEXT_ARGS(target));
			tried++;
		}
	}
	CHECK(tried > 60);
}

/* Neither order nor time nor count of anything public tells that somebody works on what is not. */
TEST_DB(attack__work_on_what_is_hidden_moves_no_public_page)
{
	static const char *const pages[] = { "/", "/en", "/advisories", "/advisories.atom", "/api/v1/advisories", "/api/v1/articles" };
	Matrix *matrix = matrix_open(t);
	const MatrixObject *received = matrix_object(matrix, "report", TEXT("RECEIVED")),
			   *casefile = matrix_object(matrix, "casefile", TEXT("COORDINATING"));
	Text before[COUNT(pages)];
	for (size_t i = 0; i < COUNT(pages); i++) {
		MatrixReply reply = matrix_get(matrix, "visitor", text_from(pages[i]));
		CHECK_INT(reply.status, 200);
		before[i] = arena_copy(t->arena, reply.body);
	}
	scene_later(matrix->scene, 60000);
	CHECK_INT(post(matrix, "coordinator", address(matrix, "/reports/*/actions/review", received->ref), TEXT("")).status, 303);
	CHECK_INT(post(matrix, "coordinator", address(matrix, "/casefiles/*/actions/extend", casefile->ref), TEXT("days=3&reason=Late"))
			  .status,
		303);
	for (size_t i = 0; i < COUNT(pages); i++) {
		MatrixReply reply = matrix_get(matrix, "visitor", text_from(pages[i]));
		if (!text_is(reply.body, before[i])) test_fail(__FILE__, __LINE__, "%s has changed", pages[i]);
	}
}
