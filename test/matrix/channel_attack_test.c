/* What one channel hides and another tells: pages against records for machines, filters and orders of lists, times, feeds, tables and documents. */
#include "matrix/matrix.h"

#include "app/routes.h"

#include <unistd.h>

static Text filled(Matrix *matrix, const char *pattern, Text ref)
{
	Text rest = text_from(pattern), before;
	text_next(&rest, '*', &before);
	return arena_printf(matrix->t->arena, "%.*s%.*s%.*s", TEXT_ARGS(before), TEXT_ARGS(ref), TEXT_ARGS(rest));
}

/* ---- HackerOne 3000510: the record for machines held more than the page */
static const struct {
	const char *kind, *record, *page;
} faces[] = { { "report", "/api/v1/reports/*", "/reports/*" }, { "claimed", "/api/v1/reports/*", "/reports/*" },
	{ "casefile", "/api/v1/casefiles/*", "/casefiles/*" }, { "party", "/api/v1/parties/*", "/parties/*" },
	{ "dispute", "/api/v1/disputes/*", "/disputes/*" }, { "application", "/api/v1/applications/*", "/applications/*" },
	{ "warning", "/api/v1/warning-desk/*", "/warning-desk/*" }, { "delivery", "/api/v1/deliveries/*", "/deliveries/*" },
	{ "batch", "/api/v1/batches/*", "/batches/*" }, { "unit", "/api/v1/units/*", "/units/*" } };

/* Words of matters, and people's addresses. */
static void collect_secrets(Matrix *matrix, Texts *secrets)
{
	Arena *arena = matrix->t->arena;
	for (size_t i = 0; i < matrix->object_count; i++) {
		list_add(arena, secrets, matrix->objects[i].title);
		list_add(arena, secrets, matrix->objects[i].content);
	}
	for (size_t a = 0; a < matrix_actor_count; a++)
		if (matrix_actors[a].id) list_add(arena, secrets, arena_printf(arena, "%s@example.org", matrix_actors[a].word));
}

static size_t compare_faces(Matrix *matrix, const Texts *secrets, size_t face, const MatrixObject *object, const MatrixActor *actor)
{
	Text target = filled(matrix, faces[face].record, object->ref);
	MatrixReply reply = matrix_get(matrix, actor->word, target);
	if (reply.status != 200) return 0;
	Text record = arena_copy(matrix->t->arena, reply.body);
	MatrixReply page = matrix_get(matrix, actor->word, filled(matrix, faces[face].page, object->ref));
	if (page.status != 200) test_fail(__FILE__, __LINE__, "%.*s is open to %s, its page is not", TEXT_ARGS(target), actor->word);
	for (size_t i = 0; i < secrets->count; i++)
		if (text_find(record, secrets->at[i], NULL) && !text_find(page.body, secrets->at[i], NULL))
			test_fail(__FILE__, __LINE__, "%.*s (%s) tells %s %.*s, which its page does not", TEXT_ARGS(target), object->state,
				actor->word, TEXT_ARGS(secrets->at[i]));
	return 1;
}

TEST_DB(attack__a_record_for_machines_says_nothing_that_its_page_does_not)
{
	Matrix *matrix = matrix_open(t);
	Texts secrets = { 0 };
	size_t compared[COUNT(faces)] = { 0 };
	collect_secrets(matrix, &secrets);
	for (size_t f = 0; f < COUNT(faces); f++)
		for (size_t i = 0; i < matrix->object_count; i++)
			for (size_t a = 0; a < matrix_actor_count; a++) {
				ArenaMark mark = arena_mark(t->arena);
				if (strcmp(matrix->objects[i].kind, faces[f].kind) != 0 || !matrix_actors[a].token.length) continue;
				compared[f] += compare_faces(matrix, &secrets, f, &matrix->objects[i], &matrix_actors[a]);
				arena_release(t->arena, mark);
			}
	for (size_t f = 0; f < COUNT(faces); f++)
		if (!compared[f]) test_fail(__FILE__, __LINE__, "nobody reads %s", faces[f].record);
}

/* ---- HackerOne 489146, 645299, 1838329, 410015: a filter, an order or a count answered otherwise where something hidden fitted */
static const char *const questions[] = { "q", "state", "class", "product", "sort" };
static const char nonsense[] = "CanaryNothing0Q";

/* The reply without what was asked for, and without what is another each time. */
static uint64_t image_of(Matrix *matrix, const char *word, Text route, const char *question, Text value)
{
	MatrixReply reply =
		matrix_get(matrix, word, arena_printf(matrix->t->arena, "%.*s?%s=%.*s", TEXT_ARGS(route), question, TEXT_ARGS(value)));
	Buffer out = { .arena = matrix->arena };
	buffer_printf(&out, "%d\n", reply.status);
	for (Text rest = matrix_words(matrix, &reply), line; text_next(&rest, '\n', &line);) {
		if (text_find(line, TEXT("challenge"), NULL) || text_starts(line, TEXT("DTSTAMP"))) continue;
		for (size_t at; text_find(line, value, &at);) {
			buffer_put(&out, text_slice(line, 0, at));
			line = text_slice(line, at + value.length, line.length);
		}
		buffer_put(&out, line);
	}
	return text_hash(buffer_text(&out));
}

static size_t ask_as(Matrix *matrix, const char *word, Text route, const Texts *hidden)
{
	size_t asked = 0;
	if (matrix_get(matrix, word, route).status != 200) return 0;
	for (size_t q = 0; q < COUNT(questions); q++) {
		uint64_t none = image_of(matrix, word, route, questions[q], text_from(nonsense));
		if (image_of(matrix, word, route, questions[q], text_from(nonsense)) != none) return 0; /* a form, with what counts once */
		for (size_t h = 0; h < hidden->count; h++, asked++)
			if (image_of(matrix, word, route, questions[q], hidden->at[h]) != none &&
				image_of(matrix, word, route, questions[q], text_from(nonsense)) == none) /* else it moves by itself */
				test_fail(__FILE__, __LINE__, "%.*s?%s=%.*s tells %s something", TEXT_ARGS(route), questions[q],
					TEXT_ARGS(hidden->at[h]), word);
	}
	return asked;
}

TEST_DB(attack__no_filter_and_no_order_tells_others_of_what_is_hidden)
{
	static const struct {
		const char *kind, *state;
	} matters[] = { { "report", "RECEIVED" }, { "casefile", "COORDINATING" }, { "party", "NOTIFIED" } };
	static const char *const others[] = { "visitor", "stranger", "system-admin" };
	Matrix *matrix = matrix_open(t);
	Texts hidden = { 0 };
	size_t asked = 0;
	alarm(900);
	for (size_t i = 0; i < COUNT(matters); i++)
		list_add(t->arena, &hidden, matrix_object(matrix, matters[i].kind, text_from(matters[i].state))->title);
	for (size_t i = 0; i < app_route_table_count; i++)
		for (size_t j = 0; j < app_route_tables[i]->count; j++) {
			const Route *route = &app_route_tables[i]->rows[j];
			bool is_list = route->method == GET && !strchr(route->path, ':');
			for (size_t a = 0; is_list && a < COUNT(others); a++) {
				ArenaMark mark = arena_mark(t->arena);
				asked += ask_as(matrix, others[a], text_from(route->path), &hidden);
				arena_release(t->arena, mark);
			}
		}
	CHECK(asked > 1000);
}

/* ---- What the staff say among themselves */
typedef struct Internal {
	Matrix *matrix;
	const MatrixObject *report, *casefile, *party;
} Internal;
static const char internal_word[] = "CanaryInternalQ";

static Internal internal_of(Matrix *matrix)
{
	return (Internal) { matrix, matrix_object(matrix, "report", TEXT("ATTACHED")),
		matrix_object(matrix, "casefile", TEXT("COORDINATING")), matrix_object(matrix, "party", TEXT("FIX_CHECK")) };
}

static void say_internally(const Internal *internal)
{
	const struct {
		const char *target;
		Text ref;
	} threads[] = { { "/api/v1/reports/*/threads/staff", internal->report->ref },
		{ "/api/v1/casefiles/*/threads/verification", internal->casefile->ref },
		{ "/api/v1/casefiles/*/threads/publication", internal->casefile->ref },
		{ "/api/v1/parties/*/threads/check", internal->party->ref } };
	Matrix *matrix = internal->matrix;
	for (size_t i = 0; i < COUNT(threads); i++) {
		MatrixReply reply = matrix_send(matrix, &(MatrixRequest) { .method = POST,
								.target = filled(matrix, threads[i].target, threads[i].ref),
								.body = arena_printf(matrix->t->arena, "{\"body\":\"%s\"}", internal_word),
								.content_type = TEXT("application/json"),
								.actor = matrix_actor("coordinator"),
								.way = BY_TOKEN,
								.keep = true });
		if (reply.status / 100 != 2) test_fail(__FILE__, __LINE__, "%s: %d", threads[i].target, reply.status);
	}
}

static const struct {
	const char *word, *target, *kind; /* kind of the matter whose reference stands for '*'; NULL: none does */
} outside[] = { { "owner", "/reports/*", "report" }, { "owner", "/api/v1/reports/*", "report" },
	{ "owner", "/api/v1/reports/*/threads/reporter", "report" }, { "owner", "/api/v1/reports/*/receipt", "report" },
	{ "owner", "/reports", NULL }, { "owner", "/api/v1/reports", NULL }, { "owner", "/reports/export/csv", NULL },
	{ "owner", "/desk", NULL }, { "owner", "/api/v1/desk", NULL }, { "owner", "/desk/unread", NULL }, { "owner", "/inbox", NULL },
	{ "owner", "/inbox/unread", NULL }, { "owner", "/account/privacy", NULL }, { "vendor-admin", "/parties/*", "party" },
	{ "vendor-admin", "/api/v1/parties/*", "party" }, { "vendor-admin", "/api/v1/parties/*/threads/vendor", "party" },
	{ "vendor-admin", "/parties/*/notice", "party" }, { "vendor-admin", "/api/v1/parties/*/notice/pdf", "party" },
	{ "vendor-member", "/parties/*", "party" }, { "vendor-admin", "/parties", NULL }, { "vendor-admin", "/api/v1/parties", NULL },
	{ "vendor-admin", "/desk", NULL }, { "vendor-admin", "/inbox", NULL }, { "vendor-admin", "/parties/figures?format=csv", NULL },
	{ "authority", "/api/v1/supervision", NULL }, { "visitor", "/", NULL }, { "visitor", "/advisories.atom", NULL },
	{ "visitor", "/warnings.atom", NULL }, { "visitor", "/api/v1/advisories", NULL }, { "visitor", "/figures", NULL } };

static Text read_outside(const Internal *internal, size_t at, int *out_status)
{
	Matrix *matrix = internal->matrix;
	const char *kind = outside[at].kind;
	Text ref = !kind ? TEXT("") : !strcmp(kind, "party") ? internal->party->ref : internal->report->ref;
	MatrixReply reply = matrix_get(matrix, outside[at].word, filled(matrix, outside[at].target, ref));
	*out_status = reply.status;
	return matrix_words(matrix, &reply);
}

/* HackerOne 182358, 186230, 2054222, 2011431: what was exported held the comments that the page hid. */
TEST_DB(attack__no_export_and_no_page_of_others_holds_internal_comments)
{
	int status;
	Matrix *matrix = matrix_open(t);
	Internal internal = internal_of(matrix);
	say_internally(&internal);
	CHECK(text_find(matrix_get(matrix, "coordinator", filled(matrix, "/reports/*", internal.report->ref)).body,
		text_from(internal_word), NULL));
	for (size_t i = 0; i < COUNT(outside); i++) {
		Text words = read_outside(&internal, i, &status);
		if (status != 200) test_fail(__FILE__, __LINE__, "%s by %s: %d", outside[i].target, outside[i].word, status);
		if (text_find(words, text_from(internal_word), NULL))
			test_fail(__FILE__, __LINE__, "%s tells %s what the staff said", outside[i].target, outside[i].word);
	}
}

/* HackerOne 724944: the time of the last activity moved when the staff spoke among themselves. Here nothing at all moves. */
TEST_DB(attack__what_the_staff_say_among_themselves_moves_no_time_and_no_count_of_others)
{
	int status;
	uint64_t before[COUNT(outside)];
	Matrix *matrix = matrix_open(t);
	Internal internal = internal_of(matrix);
	int64_t now = t->call->now;
	for (size_t i = 0; i < COUNT(outside); i++) {
		if (strstr(outside[i].target, "notice")) continue; /* each copy has a number of its own */
		before[i] = text_hash(read_outside(&internal, i, &status));
	}
	scene_later(matrix->scene, 3 * 3600000);
	say_internally(&internal);
	t->call->now = now;
	for (size_t i = 0; i < COUNT(outside); i++)
		if (!strstr(outside[i].target, "notice") && text_hash(read_outside(&internal, i, &status)) != before[i])
			test_fail(__FILE__, __LINE__, "%s tells %s that the staff spoke", outside[i].target, outside[i].word);
}
