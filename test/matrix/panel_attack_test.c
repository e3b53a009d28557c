/* What was done to other systems whose experts judge in secret, tried here on one house: their names, their number, their pace. */
#include "matrix/matrix.h"
#include "subject/programme/expert/expert.h"

#include <time.h>

static Text filled(Matrix *matrix, const char *pattern, Text round, Text panel)
{
	Buffer out = { .arena = matrix->t->arena };
	for (const char *at = pattern; *at; at++)
		if (*at == '*')
			buffer_put(&out, round);
		else if (*at == '#')
			buffer_put(&out, panel);
		else
			buffer_byte(&out, *at);
	return buffer_text(&out);
}

/* ---- OpenReview, November 2025: a filter by group listed every reviewer of every conference to whoever asked */
static void no_filter_lists_experts(Matrix *matrix)
{
	static const char *const addresses[] = { "/programme/experts", "/programme/experts?state=ACTIVE",
		"/programme/experts?specialty=移动安全", "/programme/experts?q=peer", "/programme/experts?group=*", "/experts",
		"/api/v1/experts", "/api/v1/experts?group=*", "/api/v1/panels/#", "/programme/rounds/*/panel",
		"/programme/rounds/*/panel?group=#", "/programme/rounds/*/inspections", "/rounds/*?experts=1", "/rounds/*/draw",
		"/api/v1/rounds/*/draw", "/recusals/A-X", "/panels", "/panels?panel=#", "/panels/#", "/people",
		"/api/v1/people?role=expert", "/admin/people?role=expert" };
	static const char *const others[] = { "unit-admin", "unit-member", "stranger", "coordinator", "verifier", "inspector" };
	Test *t = matrix->t;
	const MatrixObject *panel = matrix_object(matrix, "panel", TEXT("PANEL")), *round = matrix_object(matrix, "round", TEXT("PANEL"));
	const MatrixObject *expert = matrix_object(matrix, "expert", TEXT("ACTIVE"));
	for (size_t a = 0; a < COUNT(others); a++)
		for (size_t i = 0; i < COUNT(addresses); i++) {
			ArenaMark mark = arena_mark(t->arena);
			Text target = filled(matrix, addresses[i], round->ref, panel->ref);
			MatrixReply reply = matrix_get(matrix, others[a], target);
			const Text secrets[] = { expert->ref, expert->title, expert->content, TEXT("peer-"), matrix_actor("expert")->ref };
			for (size_t k = 0; k < COUNT(secrets); k++)
				if (text_find(reply.body, secrets[k], NULL))
					test_fail(__FILE__, __LINE__, "%.*s names an expert to %s", TEXT_ARGS(target), others[a]);
			arena_release(t->arena, mark);
		}
}

/* ---- HotCRP issue 426, OpenReview issue 351: a count of reviews that moved told an author, or another reviewer, who had just written one */
typedef struct Seen {
	const char *who, *address;
} Seen;
static const Seen watched[] = { { "unit-admin", "/applications/*" }, { "unit-admin", "/api/v1/applications/*" },
	{ "unit-admin", "/presentations/*" }, { "unit-admin", "/recusals/*" }, { "unit-admin", "/applications" }, { "unit-admin", "/desk" },
	{ "unit-admin", "/inbox" }, { "stranger", "/rounds/#" }, { "stranger", "/api/v1/rounds/#" }, { "stranger", "/rounds/#/draw" },
	{ "stranger", "/api/v1/rounds/#/draw" }, { "stranger", "/" }, { "inspector", "/inspections" }, { "coordinator", "/desk" } };

static void no_counter_moves(Matrix *matrix)
{
	Test *t = matrix->t;
	const MatrixObject *panel = matrix_object(matrix, "panel", TEXT("PANEL")), *code = matrix_object(matrix, "code", TEXT("PANEL"));
	Text before[COUNT(watched)], targets[COUNT(watched)];
	for (size_t i = 0; i < COUNT(watched); i++) {
		targets[i] = filled(matrix, watched[i].address, panel->of, code->ref);
		before[i] = arena_copy(t->arena, matrix_get(matrix, watched[i].who, targets[i]).body);
	}
	MatrixReply reply = matrix_send(matrix,
		&(MatrixRequest) { .method = POST,
			.target = arena_printf(t->arena, "/panels/%.*s/applications/%.*s", TEXT_ARGS(panel->ref), TEXT_ARGS(panel->of)),
			.body = TEXT("c1=30&c2=22"),
			.actor = matrix_actor("expert"),
			.keep = true });
	CHECK_INT(reply.status, 303);
	for (size_t i = 0; i < COUNT(watched); i++)
		if (!text_is(matrix_get(matrix, watched[i].who, targets[i]).body, before[i]))
			test_fail(__FILE__, __LINE__, "%.*s tells %s that a sheet came", TEXT_ARGS(targets[i]), watched[i].who);
}

/* ---- GHSA-fr3q-pp37-9wcg: what is hidden took longer than what is not there. The quickest of some tries is little moved by other work. */
enum { TRIES = 12, SLACK_US = 4000 };
static int64_t quickest_us(Matrix *matrix, const char *who, Text target)
{
	int64_t best = INT64_MAX;
	for (int i = 0; i < TRIES; i++) {
		struct timespec from, to;
		ArenaMark mark = arena_mark(matrix->t->arena);
		clock_gettime(CLOCK_MONOTONIC, &from);
		CHECK(matrix_get(matrix, who, target).status >= 400);
		clock_gettime(CLOCK_MONOTONIC, &to);
		int64_t took = (to.tv_sec - from.tv_sec) * 1000000 + (to.tv_nsec - from.tv_nsec) / 1000;
		if (took < best) best = took;
		arena_release(matrix->t->arena, mark);
	}
	return best;
}

static void time_tells_nothing(Matrix *matrix)
{
	static const struct {
		const char *kind, *state, *address;
	} hidden[] = { { "application", "QUALIFIED", "/applications/*" }, { "application", "PROPOSED", "/api/v1/applications/*" },
		{ "panel", "PANEL", "/panels/*" }, { "expert", "ACTIVE", "/programme/experts/*" },
		{ "inspection", "CLOSED", "/inspections/*" }, { "objection", "EXAMINED", "/programme/objections/*" } };
	for (size_t i = 0; i < COUNT(hidden); i++) {
		const MatrixObject *object = matrix_object(matrix, hidden[i].kind, text_from(hidden[i].state));
		int64_t there = quickest_us(matrix, "vendor-admin", filled(matrix, hidden[i].address, object->ref, TEXT("")));
		int64_t absent = quickest_us(matrix, "vendor-admin", filled(matrix, hidden[i].address, TEXT("A-2026-0000-0000"), TEXT("")));
		if (there > absent * 3 + SLACK_US)
			test_fail(__FILE__, __LINE__, "%s: %lld µs, and %lld µs when it is not there", hidden[i].address, (long long)there,
				(long long)absent);
	}
}

TEST_DB(attack__neither_filters_nor_counters_nor_time_tell_who_judges)
{
	Matrix *matrix = matrix_open(t);
	no_filter_lists_experts(matrix);
	no_counter_moves(matrix);
	time_tells_nothing(matrix);
}
