/* Every route by every role in every state, on both databases, against the tables written by hand. */
#include "matrix/matrix.h"

#include "app/routes.h"

#include <stdlib.h>
#include <unistd.h>

enum { METHOD_CELL, ADDRESS_CELL, STATES_CELL, SCOPE_CELL, BODY_CELL, OUTCOME_CELL, CELLS };
static const char *const method_names[] = { [GET] = "GET", [POST] = "POST", [PUT] = "PUT", [DELETE] = "DELETE" };

/* ---- The table and the routes know each other */
static bool is_step(Text route, Text line)
{
	bool is_parameter = text_starts(route, TEXT(":")), is_named = text_starts(line, TEXT("{"));
	return is_parameter ? line.length > 0 : !is_named && text_is(route, line);
}

static bool is_of(const Route *route, const MatrixLine *line)
{
	Text method = text_from(method_names[route->method]), address = line->cells[ADDRESS_CELL];
	Text pattern = text_from(route->path), left, right;
	text_next(&address, '?', &right);
	address = right;
	if (!text_is(line->cells[METHOD_CELL], method)) return false;
	for (;;) {
		bool more = text_next(&pattern, '/', &left), also = text_next(&address, '/', &right);
		if (more != also) return false;
		if (!more) return true;
		if (!is_step(left, right)) return false;
	}
}

static bool has_line(const MatrixLines *lines, const Route *route)
{
	for (size_t i = 0; i < lines->count; i++)
		if (lines->at[i].count == CELLS && is_of(route, &lines->at[i])) return true;
	return false;
}

static bool has_route(const MatrixLine *line)
{
	for (size_t i = 0; i < app_route_table_count; i++)
		for (size_t j = 0; j < app_route_tables[i]->count; j++)
			if (is_of(&app_route_tables[i]->rows[j], line)) return true;
	static const char *const built_in[] = { "/livez", "/readyz", "/metrics" };
	for (size_t i = 0; i < COUNT(built_in); i++)
		if (text_is(line->cells[ADDRESS_CELL], text_from(built_in[i]))) return true;
	return false;
}

TEST(matrix__every_route_stands_in_the_table_and_nothing_else_does)
{
	int missing = 0;
	MatrixLines lines = matrix_table(t, "expected.tsv");
	for (size_t i = 0; i < app_route_table_count; i++) {
		for (size_t j = 0; j < app_route_tables[i]->count; j++) {
			const Route *route = &app_route_tables[i]->rows[j];
			if (has_line(&lines, route)) continue;
			fprintf(stderr, "    test/matrix/expected.tsv does not say who may %s %s\n", method_names[route->method],
				route->path);
			missing++;
		}
	}
	for (size_t i = 0; i < lines.count; i++) {
		if (lines.at[i].count != CELLS || has_route(&lines.at[i])) continue;
		fprintf(stderr, "    test/matrix/expected.tsv:%d: there is no such route\n", lines.at[i].number);
		missing++;
	}
	CHECK_INT(missing, 0);
}

/* ---- Outcomes */
static Text group_words(const MatrixLines *lines, Text name)
{
	for (size_t i = 0; i < lines->count; i++)
		if (lines->at[i].count == 2 && text_is(lines->at[i].cells[0], name)) return lines->at[i].cells[1];
	test_fail(__FILE__, __LINE__, "no group %.*s", TEXT_ARGS(name));
}

static bool concerns(const MatrixLines *lines, Text words, Text actor)
{
	for (Text rest = words, word; text_next(&rest, ' ', &word);) {
		if (text_is(word, actor)) return true;
		if (text_starts(word, TEXT("@")) && matrix_names(group_words(lines, word), actor)) return true;
	}
	return false;
}

/* The one outcome that names the actor, else that of everybody else. */
static Text outcome_of(const MatrixLines *lines, const MatrixLine *line, const char *actor)
{
	Text found = { 0 }, others = { 0 };
	for (Text rest = line->cells[OUTCOME_CELL], part; text_next(&rest, ';', &part);) {
		Text words = text_trim(part), outcome;
		text_next(&words, ' ', &outcome);
		if (matrix_names(words, TEXT("*"))) others = outcome;
		if (!concerns(lines, words, text_from(actor))) continue;
		if (found.at) test_fail("expected.tsv", line->number, "names %s twice", actor);
		found = outcome;
	}
	if (!found.at) found = others;
	if (!found.at) test_fail("expected.tsv", line->number, "says nothing of %s", actor);
	return found;
}

/* ---- Addresses */
static const char *const bodies[][2] = {
	{ "REPORT", "kind=generic&owner=others&original=original&disclosed=no&part=android&product=Wallet&versions=1&class=sql-injection&"
		    "title=T"
		    "&description=D&steps=S&impact=I&credit=handle&no_secrets=yes" },
	{ "CONFIRM", "evidence=Seen&class=sql-injection&gbt30279=CNVRS:1.0/AV:N/AC:L/PR:N/UI:N/C:H/I:H/A:H/E:L/RL:H/S:H"
		     "&cvss=CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H&part=client" },
	{ "SECOND", "evidence=Seen&gbt30279=CNVRS:1.0/AV:N/AC:L/PR:N/UI:N/C:H/I:H/A:H&cvss=CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H" },
	{ "CONSULT", "ground=consulted&record=R&need=N" },
	{ "MINISTRIES", "miit=A&miit_on=2026-03-01&mps=B&mps_on=2026-03-01" },
	{ "CORRECT", "reason=R&title_zh=T&description_zh=D&vendor=V&product=P&versions=1&fixed_version=2&solution_zh=S" },
	{ "DESCRIBE", "title_zh=T&description_zh=D&vendor=V&product=P&versions=1&fixed_version=2&solution_zh=S" },
	{ "ORGANISATION", "name=Unit&name_en=&credit_code=91350100M000100Y43&wants=unit&domicile=CN&contact=Desk" },
	{ "RATE", "cvss=CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H" },
	{ "ABSENCE", "from=2027-03-01&until=2027-03-02" },
	{ "INTEREST", "whose=me&kind=competitor&credit_code=91110000600001760P&from=2026-01-01&evidence=E" },
	{ "ROUND", "seen=0&code=2027-1&title_zh=T&title_en=T&notice_zh=N&notice_en=N&conditions_zh=C&conditions_en=C&opens_on=2027-01-01 "
		   "09:00&closes_on=2027-02-01 "
		   "09:00&grace_minutes=60&publicity_days=5&paper=none&specialties=a%0Ab" },
	{ "INVITE", "seen=0&login=expert-spare&specialties=a&employer=E&employer_code=91350100M000100Y43&title=T&term_until=2030-12-31&"
		    "panels_a_year=3" },
	{ "ENTRY", "seen=0&specialties=a&employer=E&employer_code=91350100M000100Y43&title=T&term_until=2030-12-31&panels_a_year=3" },
	{ "FIELD", "seen=0&direction=both&name=n&section_zh=S&section_en=S&label_zh=L&label_en=L&kind=text" },
	{ "CHECKLIST", "register_on=2026-03-01&register=yes&condition-1=yes&condition-2=yes" },
	{ "ACTIVITY", "seen=0&kind=salon&title_zh=T&title_en=T&about_zh=A&about_en=A&place=P&starts_on=2030-03-01 14:00&ends_on=2030-03-01 "
		      "17:00&opens_on=2030-02-01 09:00&closes_on=2030-02-20 18:00&units_on=2030-02-10 09:00&places=20" },
	{ "ARTICLE", "seen=1&kind=notice&title_zh=T&body_zh=B&title_en=&body_en=" },
	{ "PAPER", "--cut\r\nContent-Disposition: form-data; name=\"licence\"; filename=\"a.pdf\"\r\n\r\nhello\r\n--cut--\r\n" },
	{ "TABLE", "--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\ntitle\nhello\r\n--cut--\r\n" },
	{ "FILE", "--cut\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.txt\"\r\n\r\nhello\r\n--cut--\r\n" },
};

enum { ACTORS_MAX = 40 };
typedef struct Walk {
	size_t turn; /* counts states */
	Matrix *matrix;
	MatrixLines lines, canaries;
	const MatrixLine *line;
	const MatrixActor *actor;
	const MatrixObject *object; /* NULL: the address names none */
	MatrixWay way;
	Text csrf; /* no text: the right one */
	bool is_foreign;
	const Fault *fault;
	int failures, line_failures, requests;
	uint64_t absent[ACTORS_MAX][WAYS]; /* of this line: hash of the reply about what does not exist; 0: not asked yet */
	Text public_image; /* of a public line: what the first actor was shown */
} Walk;

static const char absent_ref[] = "Q-2026-0000-0000";

static Text object_kind(Text address)
{
	static const char *const kinds[] = { "collection", "activity", "report", "claimed", "reviewed", "draft", "casefile", "withdrawn",
		"party", "advisory", "number", "article", "round", "code", "panel", "expert", "application", "inspection", "objection",
		"unit", "certificate", "deed", "evaluation", "honour", "find-list", "find", "dispute", "batch", "delivery", "internal",
		"warning", "public-warning", "figure-report", "weekly-report" };
	for (size_t i = 0; i < COUNT(kinds); i++) {
		char name[32];
		snprintf(name, sizeof(name), "{%s}", kinds[i]);
		if (text_find(address, text_from(name), NULL)) return text_from(kinds[i]);
	}
	return (Text) { 0 };
}

/* The claimant's matters are others than the owner's. */
static const MatrixObject *object_of(const Matrix *matrix, Text kind, Text state, const char *actor)
{
	bool is_claimant = !strcmp(actor, "claimant");
	const char *name = text_is(kind, TEXT("report"))  ? (is_claimant ? "claimed" : "report")
			   : text_is(kind, TEXT("draft")) ? (is_claimant ? "visitors-draft" : "draft")
							  : arena_string(matrix->t->arena, kind);
	const MatrixObject *object = matrix_object(matrix, name, state);
	if (!object) test_fail(__FILE__, __LINE__, "no %s in state %.*s", name, TEXT_ARGS(state));
	return object;
}

static Text named(const Walk *walk, Text name, bool absent)
{
	const MatrixObject *object = walk->object;
	const struct {
		const char *name;
		Text value;
	} parts[] = { { "name", text_from(walk->actor->word) }, { "file", object ? object->file : TEXT("") },
		{ "upload", object ? object->upload : TEXT("") }, { "message", object ? object->message : TEXT("") },
		{ "said", object ? object->said : TEXT("") }, { "of", object ? object->of : TEXT("") } };
	for (size_t i = 0; i < COUNT(parts); i++)
		if (text_is(name, text_from(parts[i].name))) return parts[i].value;
	const Text *place = map_get(walk->matrix->places, name);
	if (absent && !text_is(name, TEXT("earlier"))) return text_from(absent_ref);
	if (place) return *place;
	if (!object) test_fail("expected.tsv", walk->line->number, "{%.*s} is nothing", TEXT_ARGS(name));
	return object->ref;
}

static Text filled(const Walk *walk, Text pattern, bool absent)
{
	Buffer out = { .arena = walk->matrix->t->arena };
	for (size_t i = 0; i < pattern.length; i++) {
		size_t end = i;
		while (pattern.at[i] == '{' && end < pattern.length && pattern.at[end] != '}') end++;
		if (end > i)
			buffer_put(&out, named(walk, text_slice(pattern, i + 1, end), absent));
		else
			buffer_byte(&out, pattern.at[i]);
		i = end;
	}
	return buffer_text(&out);
}

static Text body_of(const Walk *walk)
{
	Text body = walk->line->cells[BODY_CELL];
	if (text_is(body, TEXT("-"))) return TEXT("");
	for (size_t i = 0; i < COUNT(bodies); i++)
		if (text_is(body, text_from(bodies[i][0]))) return text_from(bodies[i][1]);
	return filled(walk, body, false);
}

static Text cookies_of(const Walk *walk)
{
	const MatrixObject *object = walk->object;
	Arena *arena = walk->matrix->t->arena;
	if (!object || strcmp(walk->actor->word, "claimant") != 0) return (Text) { 0 };
	if (!strcmp(object->kind, "claimed")) return arena_printf(arena, "claim=%.*s", TEXT_ARGS(object->claim));
	if (!strcmp(object->kind, "visitors-draft"))
		return arena_printf(arena, "draft-%.*s=%.*s", TEXT_ARGS(object->ref), TEXT_ARGS(object->claim));
	return (Text) { 0 };
}

/* ---- One request */
static Method method_of(const MatrixLine *line)
{
	for (size_t i = 0; i < METHOD_COUNT; i++)
		if (text_is(line->cells[METHOD_CELL], text_from(method_names[i]))) return (Method)i;
	test_fail("expected.tsv", line->number, "unknown method");
}

static bool is_api(const Walk *walk) { return text_starts(walk->line->cells[ADDRESS_CELL], TEXT("/api/")); }

/* "a=b&c=d" as the object that a program sends. */
static Text json_of(Arena *arena, Text form)
{
	Buffer buffer = { .arena = arena };
	JsonWriter writer = json_writer(&buffer);
	json_object_begin(&writer);
	for (Text rest = form, pair; text_next(&rest, '&', &pair);) {
		Text value = pair, name;
		int64_t number;
		text_next(&value, '=', &name);
		if (text_ends(name, TEXT("_bytes")) && text_to_int(value, &number))
			json_put_int(&writer, arena_string(arena, name), number);
		else
			json_put_text(&writer, arena_string(arena, name), value);
	}
	json_end(&writer);
	json_finish(&writer);
	return buffer_text(&buffer);
}

static MatrixReply ask(Walk *walk, bool absent)
{
	MatrixRequest request = { .method = method_of(walk->line),
		.target = filled(walk, walk->line->cells[ADDRESS_CELL], absent),
		.body = body_of(walk),
		.actor = walk->actor,
		.way = walk->way,
		.cookies = cookies_of(walk),
		.csrf = walk->csrf,
		.is_foreign = walk->is_foreign,
		.fault = walk->fault };
	if (is_api(walk) && request.method == POST) {
		request.body = json_of(walk->matrix->t->arena, request.body);
		request.content_type = TEXT("application/json");
	}
	if (text_starts(request.body, TEXT("--cut"))) request.content_type = TEXT("multipart/form-data; boundary=cut");
	walk->requests++;
	return matrix_send(walk->matrix, &request);
}

/* The whole reply, with the name of what was asked for taken out. */
static Text image(const Walk *walk, const MatrixReply *reply, bool absent)
{
	Buffer out = { .arena = walk->matrix->t->arena };
	Text whole = arena_printf(walk->matrix->arena, "%d\n%.*s\n%.*s", reply->status, TEXT_ARGS(reply->headers), TEXT_ARGS(reply->body));
	Text ref = absent ? text_from(absent_ref) : (Text) { 0 };
	for (Text rest = walk->line->cells[ADDRESS_CELL], piece; !ref.at && text_next(&rest, '{', &piece);) {
		Text name = rest, found;
		if (!rest.at || !text_next(&name, '}', &found)) break;
		ref = named(walk, found, false);
	}
	for (Text rest = whole; rest.length;) {
		size_t at = 0;
		bool found = ref.length && text_find(rest, ref, &at);
		buffer_put(&out, found ? text_slice(rest, 0, at) : rest);
		if (!found) break;
		buffer_put(&out, TEXT("REF"));
		rest = text_slice(rest, at + ref.length, rest.length);
	}
	return buffer_text(&out);
}

static void complain(Walk *walk, const char *what, int status, Text expected)
{
	walk->failures++;
	if (++walk->line_failures > 3) return; /* the others of this line are like them */
	static const char *const ways[] = { "", " by token", " by a token without the scope" };
	fprintf(stderr, "    expected.tsv:%d: %.*s %.*s in %s: %s%s got %d, expected %.*s%s\n", walk->line->number,
		TEXT_ARGS(walk->line->cells[METHOD_CELL]), TEXT_ARGS(walk->line->cells[ADDRESS_CELL]),
		walk->object ? walk->object->state : "-", walk->actor->word, ways[walk->way], status, TEXT_ARGS(expected), what);
}

static int status_of(const Walk *walk, Text outcome)
{
	int64_t status = 0;
	bool is_page = !is_api(walk) && method_of(walk->line) == GET;
	if (text_is(outcome, TEXT("hidden"))) return 404;
	if (text_is(outcome, TEXT("refused"))) return 403;
	if (text_is(outcome, TEXT("login"))) return is_page ? 303 : 401;
	CHECK(text_to_int(outcome, &status));
	return (int)status;
}

/* ---- What no reply says */
static bool may_read(const Walk *walk, const MatrixObject *object, bool title)
{
	for (size_t i = 0; i < walk->canaries.count; i++) {
		const MatrixLine *line = &walk->canaries.at[i];
		if (!text_is(line->cells[0], text_from(object->kind)) || !matrix_names(line->cells[1], text_from(object->state))) continue;
		Text words = line->cells[title ? 2 : 3];
		if (matrix_names(words, TEXT("*"))) return true;
		bool is_mine = strcmp(walk->actor->word, "claimant") != 0 || walk->object == object;
		return is_mine && matrix_names(words, text_from(walk->actor->word));
	}
	test_fail("canaries.tsv", 0, "says nothing of %s in %s", object->kind, object->state);
}

static void search_canaries(Walk *walk, const MatrixReply *reply)
{
	Matrix *matrix = walk->matrix;
	Text body = text_starts(reply->body, TEXT("PK")) ? matrix_words(matrix, reply) : reply->body;
	if (!text_find(body, TEXT("Canary"), NULL) && !text_find(reply->headers, TEXT("Canary"), NULL)) return;
	for (size_t i = 0; i < matrix->object_count; i++) {
		const MatrixObject *object = &matrix->objects[i];
		bool title = text_find(body, object->title, NULL) || text_find(reply->headers, object->title, NULL);
		bool content = text_find(body, object->content, NULL) || text_find(reply->headers, object->content, NULL);
		if (title && !may_read(walk, object, true)) complain(walk, ": shows a title", reply->status, object->title);
		if (content && !may_read(walk, object, false)) complain(walk, ": shows a text", reply->status, object->content);
	}
}

/* What people typed is text on every page, and no path in a download's name. */
static void check_escapes(Walk *walk, const MatrixReply *reply)
{
	bool is_page = text_starts(matrix_header(reply, "Content-Type"), TEXT("text/html"));
	Text disposition = matrix_header(reply, "Content-Disposition");
	if (is_page && (text_find(reply->body, TEXT("<script>alert"), NULL) || text_find(reply->body, TEXT("<img src=x"), NULL)))
		complain(walk, ": shows markup of others", reply->status, TEXT("text"));
	if (disposition.at && (!text_starts(disposition, TEXT("attachment")) || text_find(disposition, TEXT("/"), NULL)))
		complain(walk, ": names a path", reply->status, disposition);
}

static void check_headers(Walk *walk, const MatrixReply *reply)
{
	Text cache = matrix_header(reply, "Cache-Control"), location = matrix_header(reply, "Location");
	bool is_public = text_is(walk->line->cells[SCOPE_CELL], TEXT("public")) && reply->status == 200;
	if (!is_public && (reply->cacheable || !text_find(cache, TEXT("no-store"), NULL)))
		complain(walk, ": may be kept by a cache", reply->status, cache);
	if (is_public && matrix_header(reply, "Set-Cookie").at) complain(walk, ": sets a cookie in public", reply->status, TEXT(""));
	if (location.at && (!text_starts(location, TEXT("/")) || text_starts(location, TEXT("//"))))
		complain(walk, ": leads elsewhere", reply->status, location);
	if (!text_is(matrix_header(reply, "X-Content-Type-Options"), TEXT("nosniff")))
		complain(walk, ": lacks nosniff", reply->status, TEXT(""));
	if (!matrix_header(reply, "Content-Security-Policy").length) complain(walk, ": lacks a policy", reply->status, TEXT(""));
}

/* Whoever asks for a public address gets the same bytes. */
static void check_public(Walk *walk, const MatrixReply *reply)
{
	Text whole = arena_printf(walk->matrix->arena, "%.*s\n%.*s", TEXT_ARGS(reply->headers), TEXT_ARGS(reply->body));
	if (!walk->public_image.at)
		walk->public_image = arena_copy(walk->matrix->t->arena, whole);
	else if (!text_is(walk->public_image, whole))
		complain(walk, ": differs from actor to actor", reply->status, TEXT("the same"));
}

static bool is_word(Text outcome) { return outcome.at[0] < '0' || outcome.at[0] > '9'; }

static void try_one(Walk *walk, Text outcome)
{
	MatrixReply reply = ask(walk, false);
	int expected = status_of(walk, outcome);
	if (reply.status != expected) complain(walk, "", reply.status, outcome);
	search_canaries(walk, &reply);
	check_headers(walk, &reply);
	check_escapes(walk, &reply);
	if (text_is(walk->line->cells[SCOPE_CELL], TEXT("public"))) check_public(walk, &reply);
	if (!is_word(outcome) || !text_find(walk->line->cells[ADDRESS_CELL], TEXT("{"), NULL)) return;
	Arena *arena = walk->matrix->t->arena;
	ArenaMark mark = arena_mark(arena);
	Text there = image(walk, &reply, false);
	uint64_t *known = &walk->absent[walk->actor - matrix_actors][walk->way];
	Text after = walk->line->cells[ADDRESS_CELL], first;
	text_next(&after, '{', &first);
	bool names_more = text_find(after, TEXT("{"), NULL); /* a file of the matter too, which differs from state to state */
	if (!*known || names_more) { /* whatever the state of the matter: what does not exist has none */
		MatrixReply other = ask(walk, true);
		*known = text_hash(image(walk, &other, true));
	}
	if (text_hash(there) != *known) complain(walk, ": differs from what does not exist", reply.status, outcome);
	arena_release(arena, mark);
}

static void try_all_ways(Walk *walk)
{
	Text outcome = outcome_of(&walk->lines, walk->line, walk->actor->word);
	Text scope = walk->line->cells[SCOPE_CELL];
	for (walk->way = BY_SESSION; walk->way < WAYS; walk->way++) {
		bool is_free = text_is(scope, TEXT("-")) || text_is(scope, TEXT("public"));
		bool lacks = walk->way == BY_NARROW_TOKEN && !is_free && !text_starts(scope, TEXT("advisory:"));
		lacks |= walk->way != BY_SESSION && text_is(scope, TEXT("session")); /* what a token does not do for its owner */
		if (walk->way != BY_SESSION && (!is_api(walk) || !walk->actor->token.length)) break;
		try_one(walk, lacks ? TEXT("403") : outcome);
	}
}

/* Under the sanitizer, which is slow, each route is asked by every third of all actors and states: what they may do is the plain build's question. */
#ifdef __SANITIZE_ADDRESS__
enum { EVERY = 3 };
#else
enum { EVERY = 1 };
#endif

static void walk_line(Walk *walk, const MatrixLine *line)
{
	Text kind = object_kind(line->cells[ADDRESS_CELL]);
	Arena *arena = walk->matrix->t->arena;
	walk->line = line;
	walk->line_failures = 0;
	must(matrix_actor_count <= ACTORS_MAX);
	memset(walk->absent, 0, sizeof(walk->absent));
	for (Text states = line->cells[STATES_CELL], state; text_next(&states, ' ', &state);) {
		ArenaMark all = arena_mark(arena);
		walk->public_image = (Text) { 0 };
		for (size_t a = 0; a < matrix_actor_count; a++) {
			if ((a + walk->turn) % EVERY) continue;
			walk->actor = &matrix_actors[a];
			walk->object = kind.at ? object_of(walk->matrix, kind, state, walk->actor->word) : NULL;
			try_all_ways(walk);
		}
		walk->turn++;
		arena_release(arena, all);
	}
}

TEST_DB(matrix__every_route_answers_every_role_in_every_state_as_the_table_says)
{
	alarm(1200); /* it grows with every route: longer than a test may take on a machine that does other things too */
	Walk walk = { .matrix = matrix_open(t), .lines = matrix_table(t, "expected.tsv"), .canaries = matrix_table(t, "canaries.tsv") };
	for (size_t i = 0; i < walk.lines.count; i++)
		if (walk.lines.at[i].count == CELLS) walk_line(&walk, &walk.lines.at[i]);
	CHECK(walk.requests > 10000 / EVERY);
	CHECK_INT(walk.failures, 0);
}

/* ---- Forged forms */
static void forge(Walk *walk)
{
	const MatrixActor *other = matrix_actor(strcmp(walk->actor->word, "stranger") ? "stranger" : "owner");
	const Text tokens[] = { TEXT(""), TEXT("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
		arena_copy(walk->matrix->t->arena, session_form_token(walk->matrix->t->arena, other->cookie)), { 0 } };
	for (size_t i = 0; i < COUNT(tokens); i++) {
		walk->csrf = tokens[i];
		walk->is_foreign = !tokens[i].at; /* with the right token, but sent by another site */
		MatrixReply reply = ask(walk, false);
		if (reply.status != 403) complain(walk, ": took a forged form", reply.status, TEXT("403"));
	}
}

/* Everybody who may send the form, in its first state. */
static void forge_line(Walk *walk, const MatrixLine *line)
{
	Text kind = object_kind(line->cells[ADDRESS_CELL]), states = line->cells[STATES_CELL], state;
	text_next(&states, ' ', &state);
	walk->line = line;
	walk->line_failures = 0;
	for (size_t a = 0; a < matrix_actor_count; a++) {
		walk->actor = &matrix_actors[a];
		Text outcome = outcome_of(&walk->lines, line, walk->actor->word);
		bool is_api_of_visitor = is_api(walk) && (!walk->actor->cookie.length ||
								 walk->actor->waits_as); /* sends no cookie that a browser would add */
		if (text_starts(line->cells[ADDRESS_CELL], TEXT("/unsubscribe/")))
			continue; /* RFC 8058: mail servers send it, from anywhere */
		if (is_word(outcome) || outcome.at[0] == '4' || is_api_of_visitor) continue;
		ArenaMark mark = arena_mark(walk->matrix->t->arena);
		walk->object = kind.at ? object_of(walk->matrix, kind, state, walk->actor->word) : NULL;
		forge(walk);
		arena_release(walk->matrix->t->arena, mark);
	}
}

TEST_DB(attack__forged_forms_are_refused_at_every_address)
{
	Walk walk = { .matrix = matrix_open(t), .lines = matrix_table(t, "expected.tsv") };
	for (size_t i = 0; i < walk.lines.count; i++)
		if (walk.lines.at[i].count == CELLS && method_of(&walk.lines.at[i]) != GET) forge_line(&walk, &walk.lines.at[i]);
	CHECK(walk.requests > 1000);
	CHECK_INT(walk.failures, 0);
}

/* ---- The database fails, call by call, once and for ever: nobody is told that something happened, and nobody is shown more than before */
#define FAULTS_VARIABLE "CAPPVD_FAULTS" /* "every": each call of each route, which takes hours; else one of each, another on every line */

/* What may fail without a word, and why. */
static bool is_spared(const MatrixReply *reply)
{
	static const char *const harmless[] = { "inbox_unread", /* the mark in the navigation is left out */
		"word_newest" }; /* the words that were built in stand where changed ones would */
	for (size_t i = 0; i < COUNT(harmless); i++)
		if (!strcmp(faults_statement(), harmless[i])) return true;
	/* The step was taken; only whether its page is still open to the actor is asked again, and when that is not known a list is shown. */
	Text location = matrix_header(reply, "Location");
	return text_is(location, TEXT("/desk")) || text_is(location, TEXT("/disputes/seats"));
}

static void try_fault(Walk *walk, int64_t at, bool for_ever, int usual)
{
	Fault fault = { .at = at, .for_ever = for_ever, .error = at % 2 ? ERROR_IO : ERROR_BUSY };
	walk->fault = &fault;
	MatrixReply reply = ask(walk, false);
	walk->fault = NULL;
	search_canaries(walk, &reply);
	bool is_refusal = usual >= 400 && reply.status == usual;
	bool has_failed = reply.calls >= at && !is_spared(&reply); /* the second time less is asked: what was read once is kept */
	if (reply.status >= 500 || is_refusal || !has_failed) return;
	complain(walk,
		arena_printf(walk->matrix->t->arena, " when call %lld of the database fails: %s", (long long)at, faults_statement()).at,
		reply.status, TEXT("an error"));
}

static void fault_actor(Walk *walk)
{
	Fault none = { .at = 0 };
	walk->fault = &none;
	MatrixReply reply = ask(walk, false);
	walk->fault = NULL;
	int64_t calls = reply.calls, step = getenv(FAULTS_VARIABLE) ? 1 : calls;
	int usual = reply.status;
	if (usual >= 500) complain(walk, "", usual, TEXT("no error"));
	for (int64_t at = 1 + (int64_t)walk->turn++ % (calls ? calls : 1); calls && at <= calls; at += step) {
		try_fault(walk, at, false, usual);
		try_fault(walk, at, true, usual);
	}
}

/* The first of all who may, and one of those who may not. */
static void fault_line(Walk *walk, const MatrixLine *line)
{
	Text kind = object_kind(line->cells[ADDRESS_CELL]), states = line->cells[STATES_CELL], state;
	bool seen[2] = { false, false };
	text_next(&states, ' ', &state);
	walk->line = line;
	walk->line_failures = 0;
	for (size_t i = 0; i < matrix_actor_count; i++) {
		walk->actor = &matrix_actors[(i + walk->turn) % matrix_actor_count];
		Text outcome = outcome_of(&walk->lines, line, walk->actor->word);
		bool may = !is_word(outcome) && outcome.at[0] < '4';
		if (seen[may]) continue;
		ArenaMark mark = arena_mark(walk->matrix->t->arena);
		seen[may] = true;
		walk->object = kind.at ? object_of(walk->matrix, kind, state, walk->actor->word) : NULL;
		fault_actor(walk);
		arena_release(walk->matrix->t->arena, mark);
	}
}

TEST_DB(matrix__a_database_that_fails_at_any_call_ends_in_an_error_and_opens_nothing)
{
	alarm(getenv(FAULTS_VARIABLE) ? 24 * 3600 : 1200);
	Walk walk = { .matrix = matrix_open(t), .lines = matrix_table(t, "expected.tsv"), .canaries = matrix_table(t, "canaries.tsv") };
	for (size_t i = 0; i < walk.lines.count; i++)
		if (walk.lines.at[i].count == CELLS) fault_line(&walk, &walk.lines.at[i]);
	CHECK(walk.requests > 3000);
	CHECK_INT(walk.failures, 0);
}
