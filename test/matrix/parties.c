/* One party of the vendor in every state, brought there by what people do; the canaries stand in its notice. */
#include "matrix/matrix.h"

#include "store/db/db.h"
#include "subject/party/party.h"

typedef struct Naming {
	int64_t casefile_id, organisation_id;
	Text ref;
} Naming;

static Error name(Call *call, void *argument)
{
	Naming *naming = argument;
	PartyNew party = {
		.organisation_id = naming->organisation_id, .product = TEXT("示例钱包<script>alert(6)</script>"), .is_own_provider = true
	};
	return party_add(call, naming->casefile_id, &party, &naming->ref);
}

static Text new_party(Matrix *matrix)
{
	Test *t = matrix->t;
	Casefile casefile;
	matrix_as(matrix, "vendor-admin");
	Naming naming = { .organisation_id = t->call->actor->organisation_id };
	matrix_as(matrix, "coordinator");
	CHECK_OK(t->call, casefile_open(t->call, matrix_object(matrix, "casefile", TEXT("COORDINATING"))->ref, &casefile));
	naming.casefile_id = casefile.id;
	CHECK_OK(t->call, db_transact(t->call, name, &naming));
	return arena_copy(t->arena, naming.ref);
}

static void act(Matrix *matrix, const MatrixObject *object, const char *word, const char *action, Map *values)
{
	matrix_as(matrix, word);
	Error error = party_act(matrix->t->call, object->ref, text_from(action), 0, values);
	if (error != OK)
		test_fail(__FILE__, __LINE__, "%s by %s: %s %.*s", action, word, error_name(error),
			TEXT_ARGS(matrix->t->call->failure.detail));
}

static Map *notice_of(Matrix *matrix, const MatrixObject *object)
{
	Arena *arena = matrix->t->arena;
	Map *values = VALUES(matrix->scene, "versions", "7.x", "way", "account", "evidence", "Delivered");
	form_set(arena, values, TEXT("title"), arena_printf(arena, "%.*s<script>alert(1)</script>", TEXT_ARGS(object->title)));
	form_set(arena, values, TEXT("content"),
		arena_printf(arena, "%.*s <img src=x onerror=alert(2)><script>alert(3)</script>", TEXT_ARGS(object->content)));
	return values;
}

/* The steps on the way to DONE; a matter stops where its state is reached. */
static void walk_to(Matrix *matrix, const MatrixObject *object, const char *state)
{
	Scene *scene = matrix->scene;
	const struct {
		const char *state, *word, *action;
		Map *values;
	} way[] = {
		{ "NOTIFIED", "coordinator", "notify", notice_of(matrix, object) },
		{ "ACKNOWLEDGED", "vendor-admin", "acknowledge", VALUES(scene, "signer", "V", "confirm", "yes") },
		{ "POSITION_STATED", "vendor-member", "state", VALUES(scene, "position", "affected") },
		{ "PLAN_REVIEW", "vendor-admin", "plan",
			VALUES(scene, "measures", "M", "begin", "2026-03-09", "finish", "2026-03-20", "release", "2026-03-25", "person",
				"V") },
		{ "FIXING", "coordinator", "accept", NULL },
		{ "-", "vendor-admin", "fix", VALUES(scene, "line", "7.x", "fixed", "7.9") },
		{ "-", "vendor-admin", "declare", VALUES(scene, "told", "Store", "confirm", "yes") },
		{ "FIX_CHECK", "coordinator", "assign", VALUES(scene, "verifier", "assigned") },
		{ "-", "vendor-admin", "duty",
			VALUES(scene, "product", "P", "model", "M", "version", "7", "features", "F", "harm", "H", "scope", "S") },
		{ "DONE", "assigned", "replay", VALUES(scene, "checked_on", "2026-03-04", "version", "7.9", "evidence", "Refused") },
	};
	for (size_t i = 0; i < COUNT(way); i++) {
		act(matrix, object, way[i].word, way[i].action, way[i].values);
		if (!strcmp(way[i].state, state)) return;
	}
	test_fail(__FILE__, __LINE__, "no way to %s", state);
}

/* Every step is tried, and its time runs out. */
static void give_up(Matrix *matrix, const MatrixObject *object)
{
	static const char *const steps[] = { "partner", "authority", "give-up" };
	Test *t = matrix->t;
	int64_t now = t->call->now;
	matrix_as(matrix, "coordinator");
	for (size_t i = 0; i < COUNT(steps); i++) {
		Map *attempt = VALUES(matrix->scene, "channel", "phone", "source", "filing", "address", "1", "outcome", "no-answer");
		CHECK_OK(t->call, party_act(t->call, object->ref, TEXT("attempt"), 0, attempt));
		t->call->now += 20 * 86400000LL;
		CHECK_OK(t->call, party_act(t->call, object->ref, text_from(steps[i]), 0, NULL));
	}
	t->call->now = now;
}

static void bring_to(Matrix *matrix, const MatrixObject *object, const char *state)
{
	Map *reason = VALUES(matrix->scene, "reason", "R");
	if (!strcmp(state, "CONTACTING")) return;
	if (!strcmp(state, "UNREACHABLE"))
		give_up(matrix, object);
	else if (!strcmp(state, "ORPHAN"))
		act(matrix, object, "coordinator", "orphan", reason);
	else if (!strcmp(state, "CLOSING")) {
		walk_to(matrix, object, "ACKNOWLEDGED");
		act(matrix, object, "vendor-admin", "close-retired",
			VALUES(matrix->scene, "offline_since", "2026-03-01", "where", "W", "evidence", "E"));
	} else if (!strcmp(state, "WITHDRAWN"))
		act(matrix, object, "coordinator", "withdraw", reason);
	else
		walk_to(matrix, object, state);
}

void matrix_parties(Matrix *matrix)
{
	Test *t = matrix->t;
	for (size_t i = 0; i < party_machine.state_count; i++) {
		Party party;
		ThreadSubject subject;
		MatrixObject *object = matrix_add(matrix, "party", party_machine.states[i].name);
		object->ref = new_party(matrix);
		bring_to(matrix, object, object->state);
		matrix_as(matrix, "coordinator");
		CHECK_OK(t->call, party_open(t->call, object->ref, &party));
		CHECK(text_is(party.state, text_from(object->state)));
		party_threads(&party, &subject);
		matrix_say(matrix, &subject, "vendor", object);
	}
}
