/* Decisions: rounds in public notice, announced, archived; objections in every state. Their officers are nobody of the walk. */
#include "matrix/matrix.h"
#include "store/seal/seal.h"
#include "subject/programme/decision/decision_private.h"

static Actor clerk, decider, handler, judge, applicant, supervisor; /* as they were: the walk through a round outlasts their sessions */

void matrix_deciders(Matrix *matrix)
{
	Actor *const kept[] = { &clerk, &decider, &handler, &judge };
	for (size_t i = 0; i < COUNT(kept); i++) {
		people_staff(matrix->t, arena_printf(matrix->t->arena, "decider-%zu@example.org", i).at, ROLE_SECRETARY);
		*kept[i] = *matrix->t->call->actor;
	}
	matrix_as(matrix, "unit-admin");
	applicant = *matrix->t->call->actor;
	matrix_as(matrix, "supervisor");
	supervisor = *matrix->t->call->actor;
}

static Text waiting(Matrix *matrix, Text round, const char *kind)
{
	Text ref;
	CHECK_OK(matrix->t->call, decision_waiting(matrix->t->call, round, kind, &ref));
	return ref;
}

/* Nobody is proposed any more: its list is empty, and so is what it announces. */
void matrix_decide_round(Matrix *matrix, MatrixObject *round)
{
	static char refs[4][40];
	static size_t next;
	Test *t = matrix->t;
	char *ref = refs[next++ % COUNT(refs)];
	t->call->actor = &clerk;
	CHECK_OK(t->call, decision_enter(t->call, round->ref, VALUES(matrix->scene, "listed_as", "L")));
	t->call->actor = &decider;
	Text list = waiting(matrix, round->ref, "publicity");
	snprintf(ref, sizeof(refs[0]), "%.*s", TEXT_ARGS(list));
	round->message = text_from(ref);
	CHECK_OK(t->call, decision_decide(t->call, round->ref, list));
	if (!strcmp(round->state, "PUBLICITY")) return;
	t->call->actor = &clerk;
	CHECK_OK(t->call, decision_enter_announcement(t->call, round->ref, VALUES(matrix->scene, "announced_as", "D")));
	t->call->actor = &decider;
	CHECK_OK(t->call, decision_decide(t->call, round->ref, waiting(matrix, round->ref, "announcement")));
	t->call->actor = &clerk;
	if (!strcmp(round->state, "ARCHIVED")) CHECK_OK(t->call, decision_archive(t->call, round->ref));
}

typedef struct Objecting {
	const Application *application;
	const MatrixObject *object;
	Text ref;
} Objecting;

static Error make(Call *call, void *argument)
{
	Objecting *objecting = argument;
	const MatrixObject *object = objecting->object;
	ObjectionRow row;
	Objection objection;
	Matter matter;
	Sealed objector, text;
	int64_t key = 0, id = 0;
	bool is_staff = !strcmp(object->state, "ANSWERED");
	Text ref = objecting->ref;
	TRY(seal_matter_new(call, &key));
	TRY(seal_close(call, key, "objection|sealed_objector", ref,
		arena_printf(call->arena, "{\"name\":\"%.*s\",\"contact\":\"C\",\"mail\":\"\",\"person\":0}", TEXT_ARGS(object->title)),
		&objector));
	TRY(seal_close(call, key, "objection|sealed_text", ref,
		arena_printf(call->arena, "%.*s <img src=x onerror=alert(2)>", TEXT_ARGS(object->content)), &text));
	TRY(objection_insert(call, ref, ref, objecting->application->round_id, (Maybe) { !is_staff, objecting->application->id },
		is_staff ? TEXT("staff") : TEXT("third"), key, ref, (Text) { 0 }, objector, text, call->now, &id));
	TRY(objection_find_id(call, id, &row));
	TRY(objection_of_row(call, &row, false, &objection));
	objection_matter(call, &objection, &matter);
	return workflow_begin(call, &objection_machine, &matter);
}

static void act(Matrix *matrix, const Actor *actor, Text ref, const char *action, const Map *values)
{
	matrix->t->call->actor = actor;
	CHECK_OK(matrix->t->call, objection_act(matrix->t->call, ref, text_from(action), 0, values));
}

static void make_objection(Matrix *matrix, const Application *application, const char *state)
{
	Test *t = matrix->t;
	MatrixObject *object = matrix_add(matrix, "objection", state);
	Objecting objecting = { application, object, arena_printf(t->arena, "O-%s", state) };
	const char *verdict = !strcmp(state, "UPHELD") ? "uphold" : "dismiss";
	object->ref = objecting.ref;
	t->call->actor = &actor_system;
	CHECK_OK(t->call, db_transact(t->call, make, &objecting));
	if (!strcmp(state, "ANSWERED")) act(matrix, &supervisor, object->ref, "answer", VALUES(matrix->scene, "answer", "A"));
	if (!strcmp(state, "ANSWERED") || !strcmp(state, "RECEIVED")) return;
	act(matrix, &handler, object->ref, "take", NULL);
	act(matrix, &handler, object->ref, "mask", VALUES(matrix->scene, "masked", "M<script>alert(1)</script>"));
	if (!strcmp(state, "EXAMINED")) return;
	act(matrix, &handler, object->ref, "judge", VALUES(matrix->scene, "verdict", verdict, "answer", "A", "explanation", "E"));
	if (!strcmp(state, "JUDGED")) return;
	act(matrix, &judge, object->ref, verdict, NULL);
}

void matrix_decide(Matrix *matrix, Text application_ref, const char *state)
{
	Test *t = matrix->t;
	Application application;
	Map *agreed = VALUES(matrix->scene, "duties", "yes", "signatory", "S", "position", "P");
	t->call->actor = &actor_system;
	CHECK_OK(t->call, application_open(t->call, application_ref, &application));
	if (!strcmp(state, "OBJECTED")) {
		static const char *const open[] = { "RECEIVED", "EXAMINED", "JUDGED", "DISMISSED", "ANSWERED" };
		for (size_t i = 0; i < COUNT(open); i++) make_objection(matrix, &application, open[i]);
	}
	if (!strcmp(state, "REMOVED")) make_objection(matrix, &application, "UPHELD");
	bool is_certified = !strcmp(state, "CERTIFIED");
	if (!is_certified && strcmp(state, "AGREED") != 0) return;
	t->call->actor = &applicant;
	CHECK_OK(t->call, application_act(t->call, application_ref, TEXT("agree"), 0, agreed));
	if (is_certified) CHECK_OK(t->call, application_system(t->call, application_ref, TEXT("certify")));
}
