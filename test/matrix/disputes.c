/* Disputes in every state: appeals of the owner against a duplicate that nobody of the walk decided. The actor "expert" has a seat in a panel. */
#include "matrix/matrix.h"
#include "subject/dispute/dispute.h"

enum { SEATS = 3 };
#define DAYS(n) ((int64_t)(n)*86400000)

typedef struct Disputing {
	Matrix *matrix;
	Actor first, second; /* coordinators who are nobody of the walk */
	Actor experts[SEATS]; /* the first is of the walk */
	Text earlier; /* the report that all of them are said to repeat */
} Disputing;

static DisputeExperts pool;

static Error library(Call *call, const Numbers *organisations, DisputeExperts *out)
{
	(void)call, (void)organisations;
	*out = pool;
	return OK;
}

static void act(const Disputing *disputing, const MatrixObject *object, const Actor *actor, const char *action)
{
	Test *t = disputing->matrix->t;
	t->call->actor = actor;
	CHECK_OK(t->call,
		dispute_act(t->call, object->ref, text_from(action), 0,
			VALUES(disputing->matrix->scene, "answer", "It is the same.", "request", "It is not.", "undertaking", "yes",
				"no_interest", "yes", "verdict", "set-aside", "reasons", "It differs.", "reason", "No time.")));
}

/* Whoever verifies may be drawn as well: they give their seats back, until those of the library alone are left. */
static void seat_experts(const Disputing *disputing, const MatrixObject *object)
{
	Test *t = disputing->matrix->t;
	Numbers verifiers;
	CHECK_OK(t->call, role_holders(t->call, ROLE_VERIFIER, &verifiers));
	for (size_t round = 0; round < verifiers.count; round++)
		for (size_t i = 0; i < verifiers.count; i++) {
			Dispute dispute;
			Actor actor = { .person_id = verifiers.at[i],
				.name = TEXT("v"),
				.roles = ROLE_VERIFIER | ROLE_REPORTER,
				.second_factor = true,
				.scopes = ~0U };
			t->call->actor = &actor;
			Error error = dispute_open(t->call, object->ref, &dispute);
			call_recover(t->call);
			if (error == OK) act(disputing, object, &actor, "decline");
		}
	act(disputing, object, &disputing->experts[0], "undertake");
}

/* By two people who are nobody of the walk. */
static void wipe(const Disputing *disputing, Text report)
{
	Scene *scene = disputing->matrix->scene;
	Test *t = disputing->matrix->t;
	t->call->actor = &disputing->first;
	CHECK_OK(t->call, scene_report_act(scene, report, "isolate", VALUES(scene, "why", "It may be one.")));
	t->call->actor = &disputing->second;
	CHECK_OK(t->call, scene_report_act(scene, report, "wipe", VALUES(scene, "understood", "yes")));
}

static MatrixObject *make(Disputing *disputing, const char *state)
{
	Matrix *matrix = disputing->matrix;
	Scene *scene = matrix->scene;
	Test *t = matrix->t;
	MatrixObject *object = matrix_add(matrix, "dispute", state);
	Map *values = scene_values(scene), *appeal = VALUES(scene, "grounds", "different");
	Dispute dispute;
	form_set(t->arena, values, TEXT("title"), arena_printf(t->arena, "%.*s<script>alert(1)</script>", TEXT_ARGS(object->title)));
	form_set(t->arena, appeal, TEXT("text"), arena_printf(t->arena, "%.*s <script>alert(2)</script>", TEXT_ARGS(object->content)));
	matrix_as(matrix, "owner");
	object->of = scene_report(scene, values);
	t->call->actor = &disputing->first;
	CHECK_OK(t->call, scene_report_act(scene, object->of, "review", NULL));
	Map *of = map_new(t->arena);
	form_set(t->arena, of, TEXT("of"), disputing->earlier);
	CHECK_OK(t->call, scene_report_act(scene, object->of, "duplicate", of));
	matrix_as(matrix, "owner");
	CHECK_OK(t->call, dispute_appeal_report(t->call, object->of, appeal, &object->ref));
	CHECK_OK(t->call, dispute_open(t->call, object->ref, &dispute));
	object->file = matrix_attach(matrix, (AttachmentOwner) { dispute_machine.name, dispute.id, dispute.seal_key }, object->content);
	if (!strcmp(state, "APPEALED")) return object;
	if (!strcmp(state, "ENDED")) wipe(disputing, object->of);
	if (!strcmp(state, "ENDED")) return object;
	if (!strcmp(state, "ACCEPTED")) act(disputing, object, &disputing->second, "grant");
	matrix_as(matrix, "owner");
	if (!strcmp(state, "WITHDRAWN")) act(disputing, object, t->call->actor, "withdraw");
	if (!strcmp(state, "ACCEPTED") || !strcmp(state, "WITHDRAWN")) return object;
	act(disputing, object, &disputing->second, "answer");
	if (!strcmp(state, "ANSWERED") || !strcmp(state, "LAPSED")) return object;
	matrix_as(matrix, "owner");
	act(disputing, object, t->call->actor, "panel");
	seat_experts(disputing, object);
	if (!strcmp(state, "PANEL")) return object;
	for (int i = 1; i < SEATS; i++) act(disputing, object, &disputing->experts[i], "undertake");
	for (int i = 0; i < SEATS; i++) act(disputing, object, &disputing->experts[i], "vote");
	return object;
}

/* What the walk's people are is read from their sessions, whatever the time is. */
static void cast(Disputing *disputing)
{
	static const char *const mails[] = { "panel-1@example.org", "panel-2@example.org" };
	Test *t = disputing->matrix->t;
	people_staff(t, "disputes@example.org", ROLE_COORDINATOR);
	disputing->first = *t->call->actor;
	people_staff(t, "more-disputes@example.org", ROLE_COORDINATOR);
	disputing->second = *t->call->actor;
	matrix_as(disputing->matrix, "expert");
	disputing->experts[0] = *t->call->actor;
	for (int i = 1; i < SEATS; i++) {
		people_staff(t, mails[i - 1], ROLE_EXPERT);
		disputing->experts[i] = *t->call->actor;
	}
}

void matrix_disputes(Matrix *matrix)
{
	Test *t = matrix->t;
	Disputing disputing = { .matrix = matrix };
	int64_t moved = 0, now = t->call->now;
	cast(&disputing);
	pool = (DisputeExperts) { 0 };
	for (int i = 0; i < SEATS; i++) list_add(t->arena, &pool, ((DisputeExpert) { .person_id = disputing.experts[i].person_id }));
	dispute_set_library(library);
	report_set_appeal(dispute_report_look);
	report_set_gone(dispute_matter_gone);
	scene_as(matrix->scene, scene_person(matrix->scene, "earlier", ROLE_REPORTER));
	disputing.earlier = scene_report(matrix->scene, scene_values(matrix->scene));
	party_set_appeal(dispute_party_look);
	(void)make(&disputing, "LAPSED");
	t->call->now += DAYS(30);
	t->call->actor = &actor_system;
	CHECK_OK(t->call, dispute_advance(t->call, 100, &moved));
	CHECK_INT(moved, 1);
	t->call->now = now;
	for (size_t i = 0; i < dispute_machine.state_count; i++)
		if (strcmp(dispute_machine.states[i].name, "LAPSED") != 0) (void)make(&disputing, dispute_machine.states[i].name);
}
