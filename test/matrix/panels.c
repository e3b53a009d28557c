/* Panels in every state of their round: drawn, sealed, opened, locked. The actor "expert" always sits, for there are only three of its specialty. */
#include "matrix/matrix.h"
#include "subject/programme/expert/expert_scene.h"
#include "subject/programme/panel/panel_private.h"

enum { PEERS = 6 };
static Actor peers[PEERS], second, secretary, supervisor, expert; /* as they were: the walk through a round outlasts their sessions */

#define LISTED "schedule", "present", "seal", "score", "shortlist", "inspect", "propose", "publicise"
const char *const *matrix_panel_way(const char *state)
{
	static const struct {
		const char *state, *actions[11];
	} ways[] = { { "SCHEDULED", { "schedule" } }, { "PRESENTED", { "schedule", "present" } },
		{ "SEALED", { "schedule", "present", "seal" } }, { "SCORED", { "schedule", "present", "seal", "score" } },
		{ "SHORTLISTED", { "schedule", "present", "seal", "score", "shortlist" } },
		{ "RESERVE", { "schedule", "present", "seal", "score", "reserve" } },
		{ "NOT_SELECTED", { "schedule", "present", "seal", "score", "pass-over" } }, { "ABSENT", { "schedule", "miss" } },
		{ "INSPECT", { "schedule", "present", "seal", "score", "shortlist" } },
		{ "CORRECTING", { "schedule", "present", "seal", "score", "shortlist" } },
		{ "PROPOSED", { "schedule", "present", "seal", "score", "shortlist" } },
		{ "FAILED", { "schedule", "present", "seal", "score", "shortlist" } }, { "IN_PUBLICITY", { LISTED } },
		{ "OBJECTED", { LISTED, "object" } }, { "REMOVED", { LISTED, "object" } }, { "APPROVED", { LISTED, "grant" } },
		{ "AGREED", { LISTED, "grant", "announce" } }, { "CERTIFIED", { LISTED, "grant", "announce" } }, { "", { NULL } } };
	size_t i = 0;
	while (i + 1 < COUNT(ways) && strcmp(ways[i].state, state) != 0) i++;
	return ways[i].actions;
}

void matrix_peers(Matrix *matrix)
{
	Test *t = matrix->t;
	Actor *const kept[] = { &secretary, &supervisor, &expert };
	static const char *const words[] = { "secretary", "supervisor", "expert" };
	for (size_t i = 0; i < COUNT(words); i++) {
		matrix_as(matrix, words[i]);
		*kept[i] = *t->call->actor;
	}
	people_staff(t, "panel-secretary@example.org", ROLE_SECRETARY);
	second = *t->call->actor;
	for (int i = 0; i < PEERS; i++) {
		Text ref;
		const char *mail = arena_string(t->arena, arena_printf(t->arena, "peer-%d@example.org", i));
		Map *values = VALUES(matrix->scene, "login", mail, "specialties", i < 2 ? "移动安全" : "应急响应", "employer", "E",
			"employer_code", expert_scene_code(t, 500 + i), "title", "T", "term_until", "2030-12-31", "panels_a_year", "50");
		people_staff(t, mail, ROLE_EXPERT);
		peers[i] = *t->call->actor;
		matrix_as(matrix, "secretary");
		CHECK_OK(t->call, expert_invite(t->call, values, &ref));
		t->call->actor = &peers[i];
		CHECK_OK(t->call, expert_act(t->call, ref, TEXT("accept"), 0,
					  VALUES(matrix->scene, "impartial", "yes", "confidential", "yes", "complete", "yes")));
	}
}

static void approve(Matrix *matrix, Text ref)
{
	Test *t = matrix->t;
	Attachment attachment;
	Application application;
	AttachmentOwner owner;
	CHECK_OK(t->call, application_system(t->call, ref, TEXT("start")));
	t->call->actor = &secretary;
	CHECK_OK(t->call, application_open(t->call, ref, &application));
	CHECK_OK(t->call, application_files(t->call, &application, TEXT("check"), true, &owner));
	CHECK_OK(t->call, attachment_begin(t->call, owner, TEXT("a.txt"), 1, &attachment));
	int64_t received = 0;
	CHECK_OK(t->call, attachment_add(t->call, &attachment, 0, TEXT("x"),
				  TEXT("2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"), &received));
	CHECK_OK(t->call, attachment_finish(t->call, &attachment));
	CHECK_OK(t->call,
		application_act(t->call, ref, TEXT("check"), 0,
			VALUES(matrix->scene, "register_on", "2026-04-02", "register", "yes", "condition-1", "yes", "condition-2", "yes")));
	CHECK_OK(t->call,
		application_act(t->call, ref, TEXT("receive"), 0, VALUES(matrix->scene, "posted", "2026-05-01", "arrived", "2026-05-01")));
	CHECK_OK(t->call, application_act(t->call, ref, TEXT("match"), 0, NULL));
	t->call->actor = &second;
	CHECK_OK(t->call, application_act(t->call, ref, TEXT("approve"), 0, NULL));
}

static Map *shares(Matrix *matrix, Text round)
{
	static const char *const names[] = { "office", "supervisor", "envelope" };
	Test *t = matrix->t;
	Text taken[SPLIT_SHARES];
	t->call->actor = &secretary;
	CHECK_OK(t->call, panel_key_new(t->call, round));
	for (size_t i = 0; i < COUNT(names); i++) {
		if (i == 1) t->call->actor = &supervisor;
		if (i == 2) t->call->actor = &second;
		CHECK_OK(t->call, panel_share_take(t->call, round, text_from(names[i]), &taken[i]));
	}
	return VALUES(matrix->scene, "share_one", arena_string(t->arena, taken[0]), "share_other", arena_string(t->arena, taken[1]));
}

static void sit(Matrix *matrix, Text panel, Text application, bool commits)
{
	Test *t = matrix->t;
	Map *sheet = VALUES(matrix->scene, "c1", "30", "c2", "22");
	for (int i = -1; i < PEERS; i++) {
		if (i < 0)
			t->call->actor = &expert;
		else
			t->call->actor = &peers[i];
		Error error = panel_swear(t->call, panel, application, VALUES(matrix->scene, "free", "free"));
		if (i < 0) CHECK(error == OK);
		if (error != OK)
			call_recover(t->call); /* holds itself ready */
		else if (commits)
			CHECK_OK(t->call, panel_commit(t->call, panel, application, sheet));
	}
}

static void play(Matrix *matrix, MatrixObject *round, char *out_ref, size_t room)
{
	Test *t = matrix->t;
	PanelState *state = arena_new_of(t->arena, PanelState);
	bool is_panel = !strcmp(round->state, "PANEL");
	approve(matrix, round->of);
	t->call->actor = &secretary;
	CHECK_OK(t->call, panel_freeze(t->call, round->ref, VALUES(matrix->scene, "source", "S", "source_on", "2026-07-01 21:30")));
	if (!strcmp(round->state, "PANEL_DRAW")) return;
	CHECK_OK(t->call, panel_office(t->call, round->ref, 0, state));
	snprintf(out_ref, room, "%.*s", TEXT_ARGS(state->parts[0].row.ref));
	t->call->now = state->draw.source_at;
	CHECK_OK(t->call, panel_enter(t->call, round->ref, VALUES(matrix->scene, "value", "1 2 3")));
	t->call->actor = &second;
	CHECK_OK(t->call, panel_confirm(t->call, round->ref, VALUES(matrix->scene, "confirmed", "1 2 3")));
	Map *key = shares(matrix, round->ref);
	CHECK_OK(t->call, panel_rehearse(t->call, round->ref, key));
	t->call->actor = &secretary;
	CHECK_OK(t->call, panel_present(t->call, round->ref, round->of, true));
	sit(matrix, text_from(out_ref), round->of, !is_panel);
	t->call->actor = &secretary;
	if (is_panel) return;
	CHECK_OK(t->call, panel_open(t->call, round->ref, key));
	if (!strcmp(round->state, "SCORED")) return;
	CHECK_OK(t->call, panel_lock(t->call, round->ref, VALUES(matrix->scene, "discussed", "yes", "minutes", "M")));
	if (!strcmp(round->state, "LOCKED")) return;
	matrix_inspect_round(matrix, round);
	if (strcmp(round->state, "INSPECTION") && strcmp(round->state, "DECISION")) matrix_decide_round(matrix, round);
}

/* A way through a panel takes some MiB, which are not kept. */
void matrix_panel(Matrix *matrix, MatrixObject *round)
{
	static char refs[16][40];
	static size_t next;
	Test *t = matrix->t;
	char *ref = refs[next++ % COUNT(refs)];
	MatrixObject *panel = strcmp(round->state, "PANEL_DRAW") ? matrix_add(matrix, "panel", round->state) : NULL;
	ArenaMark mark = arena_mark(t->arena);
	play(matrix, round, ref, sizeof(refs[0]));
	arena_release(t->arena, mark);
	if (!panel) return;
	panel->ref = text_from(ref);
	panel->of = round->of;
}
