/* Points of everything there is, a proposed version of their rule, and deeds of the unit people in every state. */
#include "matrix/matrix.h"
#include "store/ledger/ledger.h"
#include "subject/merit/deed.h"
#include "subject/merit/honour.h"
#include "subject/merit/merit.h"
#include "subject/programme/evaluation/evaluation.h"

static const Actor *a_secretary(Test *t, const char *mail)
{
	Actor *actor = arena_new_of(t->arena, Actor);
	people_staff(t, mail, ROLE_SECRETARY);
	*actor = *t->call->actor;
	return actor;
}

static void act(Matrix *matrix, const Actor *actor, Text ref, const char *action)
{
	Map *values = scene_map(matrix->scene, (const char *const[]) { "reason", "A reason.", NULL });
	matrix->t->call->actor = actor;
	CHECK_OK(matrix->t->call, deed_act(matrix->t->call, ref, text_from(action), 0, values));
}

static void make_deed(Matrix *matrix, const char *state, const Actor *first, const Actor *second)
{
	static const struct {
		const char *state, *actions[2];
	} ways[] = { { "CONFIRMED", { "confirm", NULL } }, { "REFUSED", { "refuse", NULL } }, { "REVOKED", { "confirm", "revoke" } } };
	Test *t = matrix->t;
	MatrixObject *object = matrix_add(matrix, "deed", state);
	Map *values = scene_map(matrix->scene, (const char *const[]) { "kind", "talk", "done_on", "2026-02-20", NULL });
	Deed deed;
	form_set(t->arena, values, TEXT("what"), arena_printf(t->arena, "%.*s<script>alert(1)</script>", TEXT_ARGS(object->title)));
	form_set(t->arena, values, TEXT("evidence"), object->content);
	matrix_as(matrix, "unit-admin");
	const Actor *own = t->call->actor;
	CHECK_OK(t->call, deed_state(t->call, values, false, &object->ref));
	CHECK_OK(t->call, deed_open(t->call, object->ref, &deed));
	object->file = matrix_attach(matrix, (AttachmentOwner) { deed_machine.name, deed.id, deed.seal_key, false }, object->content);
	if (!strcmp(state, "WITHDRAWN")) act(matrix, own, object->ref, "withdraw");
	for (size_t i = 0; i < COUNT(ways); i++)
		for (size_t k = 0; !strcmp(ways[i].state, state) && k < 2 && ways[i].actions[k]; k++)
			act(matrix, k ? second : first, object->ref, ways[i].actions[k]);
}

static void propose_rule(Matrix *matrix, const Actor *secretary)
{
	Test *t = matrix->t;
	Map *values = scene_map(
		matrix->scene, (const char *const[]) { "rows", "| a | 某 | A line | report.opine | actor |  | 1.00 |  | year | each |",
				       "stars", "| technical | 1 | 30 | 20 |", "from_on", "2027-01-01", "reason", "A reason.", NULL });
	t->call->actor = secretary;
	CHECK_OK(t->call, merit_rule_propose(t->call, values));
}

/* Years in which nobody was a unit yet, so that nothing of the units moves. */
static void make_evaluation(Matrix *matrix, size_t n, const Actor *first, const Actor *second)
{
	static const char *const actions[][2] = { { NULL, NULL }, { "propose", NULL }, { "propose", "confirm" }, { "drop", NULL } };
	static const char *const years[] = { "2022", "2023", "2024", "2021" };
	Test *t = matrix->t;
	MatrixObject *object = matrix_add(matrix, "evaluation", evaluation_machine.states[n].name);
	Map *values = scene_map(matrix->scene,
		(const char *const[]) { "document", "D", "document_on", "2026-01-02", "until_on", "2027-12-31", "reason", "R", NULL });
	t->call->actor = first;
	CHECK_OK(t->call, evaluation_begin(t->call, text_from(years[n]), &object->ref));
	for (size_t k = 0; k < 2 && actions[n][k]; k++) {
		t->call->actor = k ? second : first;
		CHECK_OK(t->call, evaluation_act(t->call, object->ref, text_from(actions[n][k]), 0, values));
	}
}

static void make_honours(Matrix *matrix, size_t n, const Actor *first, const Actor *second)
{
	static const char *const way[] = { "propose", "confirm", "send", "award" };
	static const char *const years[] = { "2021", "2022", "2023", "2020", "2024", "2019" };
	Test *t = matrix->t;
	const char *state = honour_machine.states[n].name;
	MatrixObject *object = matrix_add(matrix, "honour", state);
	bool is_dropped = !strcmp(state, "DROPPED");
	Map *values = scene_map(matrix->scene, (const char *const[]) { "document", "D", "document_on", "2026-01-02", "reason", "R", NULL });
	t->call->actor = first;
	CHECK_OK(t->call, honour_begin(t->call, text_from(years[n]), &object->ref));
	if (is_dropped) CHECK_OK(t->call, honour_act(t->call, object->ref, TEXT("drop"), 0, values));
	for (size_t k = 0; !is_dropped && k < n; k++) {
		t->call->actor = k ? second : first;
		CHECK_OK(t->call, honour_act(t->call, object->ref, text_from(way[k]), 0, values));
	}
}

/* Letters to the ministry: one that stands, one that waits for somebody else, and the walk's own. */
static void make_letters(Matrix *matrix, const Actor *first, const Actor *second)
{
	Test *t = matrix->t;
	HonourList list;
	LetterOrder order;
	Text draft, ref;
	t->call->actor = first;
	CHECK_OK(t->call, honour_open(t->call, matrix_object(matrix, "honour", TEXT("RECOMMENDED"))->ref, &list));
	CHECK_OK(t->call, honour_letter_order(t->call, &list, LETTER_HONOUR_REPORT, &order));
	CHECK_OK(t->call, letter_draft(t->call, &order, &draft));
	t->call->actor = second;
	CHECK_OK(t->call, letter_approve(t->call, LETTER_PROGRAMME, draft, &ref));
	matrix_place(matrix, "programme-letter", ref);
	CHECK_OK(t->call, letter_draft(t->call, &order, &draft));
	matrix_place(matrix, "programme-draft", draft);
	matrix_as(matrix, "secretary");
	CHECK_OK(t->call, letter_draft(t->call, &order, &draft));
	matrix_place(matrix, "own-programme-draft", draft);
}

void matrix_merits(Matrix *matrix)
{
	Test *t = matrix->t;
	const Actor *first = a_secretary(t, "deeds@example.org"), *second = a_secretary(t, "more-deeds@example.org");
	int64_t left = 1;
	for (size_t i = 0; i < deed_machine.state_count; i++) make_deed(matrix, deed_machine.states[i].name, first, second);
	propose_rule(matrix, first);
	for (size_t i = 0; i < evaluation_machine.state_count; i++) make_evaluation(matrix, i, first, second);
	for (size_t i = 0; i < honour_machine.state_count; i++) make_honours(matrix, i, first, second);
	make_letters(matrix, first, second);
	while (left) CHECK_OK(t->call, ledger_sequence(t->call, &left));
	t->call->actor = &actor_system;
	for (left = 1; left;) CHECK_OK(t->call, merit_follow(t->call, 500, &left));
}
