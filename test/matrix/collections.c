/* Cases of a collection in every state, of the unit of the walk; what moved them is nobody of the walk. */
#include "base/base/clock.h"
#include "matrix/matrix.h"
#include "store/seal/seal.h"
#include "subject/programme/activity/activity.h"
#include "subject/programme/collection/collection_private.h"

#define DAY_MS INT64_C(86400000)

static const char *instant(Test *t, int64_t at)
{
	Text iso = clock_iso(t->arena, at + DAY_MS / 3);
	return arena_string(t->arena, arena_printf(t->arena, "%.10s %.5s", iso.at, iso.at + 11));
}

static Text open_collection(Matrix *matrix)
{
	Test *t = matrix->t;
	Text ref;
	int64_t now = t->call->now;
	people_staff(t, "collection-first@example.org", ROLE_SECRETARY);
	CHECK_OK(t->call, activity_new(t->call,
				  VALUES(matrix->scene, "kind", "collection", "title_zh", "案例征集", "title_en", "Cases", "about_zh",
					  "征集", "about_en", "C", "place", "P", "starts_on", instant(t, now + 20 * DAY_MS), "ends_on",
					  instant(t, now + 60 * DAY_MS), "opens_on", instant(t, now - DAY_MS), "closes_on",
					  instant(t, now + 10 * DAY_MS), "units_on", instant(t, now), "places", "5"),
				  &ref));
	people_staff(t, "collection-second@example.org", ROLE_SECRETARY);
	CHECK_OK(t->call, activity_act(t->call, ref, TEXT("announce"), 0, NULL));
	CHECK_OK(t->call, activity_act(t->call, ref, TEXT("start"), 0, NULL));
	return ref;
}

typedef struct Making {
	const Activity *activity;
	const Actor *owner;
	MatrixObject *object;
	const char *state;
} Making;

static bool was_submitted(const char *state) { return strcmp(state, "DRAFT") && strcmp(state, "LAPSED") && strcmp(state, "DISCARDED"); }

static Error make(Call *call, void *argument)
{
	const Making *making = argument;
	MatrixObject *object = making->object;
	int64_t key = 0, id = 0, changed = 0;
	Sealed sealed;
	CollectionCase one;
	Matter matter;
	Map *values = map_new(call->arena);
	form_set(call->arena, values, TEXT("title"), object->title);
	form_set(call->arena, values, TEXT("measures"), object->content);
	TRY(seal_matter_new(call, &key));
	object->ref = arena_printf(call->arena, "L-MATRIX%s", making->state);
	TRY(seal_close(
		call, key, "collection_case|sealed_values", object->ref, form_values_text(call->arena, &collection_form, values), &sealed));
	TRY(collection_insert(call, object->ref, making->activity->id, making->owner->organisation_id, key, making->owner->person_id,
		sealed, call->now, &id));
	TRY(collection_by_id(call, id, &one));
	TRY(collection_matter(call, &one, &matter));
	TRY(workflow_begin(call, &collection_machine, &matter));
	if (!strcmp(making->state, "DRAFT")) return OK;
	TRY(collection_move(call, id, TEXT("DRAFT"), text_from(making->state), 1, call->now, &changed));
	bool sent = was_submitted(making->state);
	return collection_change(
		call, id, sent ? object->title : (Text) { 0 }, TEXT(""), (Maybe) { 0 }, 0, 0, 0, (Maybe) { sent, call->now });
}

void matrix_collections(Matrix *matrix)
{
	Test *t = matrix->t;
	matrix_as(matrix, "unit-admin");
	Actor *owner = arena_new_of(t->arena, Actor);
	*owner = *t->call->actor;
	Activity activity;
	Text ref = open_collection(matrix);
	matrix_place(matrix, "collection-activity", ref);
	CHECK_OK(t->call, activity_open_public(t->call, ref, &activity));
	for (size_t i = 0; i < collection_machine.state_count; i++) {
		Making making = { &activity, owner, matrix_add(matrix, "collection", collection_machine.states[i].name),
			collection_machine.states[i].name };
		CHECK_OK(t->call, db_transact(t->call, make, &making));
		making.object->ref = arena_copy(t->arena, making.object->ref);
	}
}
