/* Activities in every state, by two secretaries who are nobody of the walk. */
#include "base/base/clock.h"
#include "matrix/matrix.h"
#include "subject/programme/activity/activity_private.h"

#define DAY_MS INT64_C(86400000)

static const char *instant(Test *t, int64_t at)
{
	char *text = arena_alloc(t->arena, 17);
	snprintf(text, 17, "%.16s", clock_iso(t->arena, at + DAY_MS / 3).at);
	text[10] = ' ';
	return text;
}

static Map *values_of(Matrix *matrix, const MatrixObject *object, int64_t opens, int64_t closes, int64_t starts)
{
	Test *t = matrix->t;
	return VALUES(matrix->scene, "kind", "salon", "title_zh", arena_string(t->arena, object->title), "title_en", "T", "about_zh",
		arena_string(t->arena, object->content), "about_en", "A", "place", "P", "starts_on", instant(t, starts), "ends_on",
		instant(t, starts + DAY_MS), "opens_on", instant(t, opens), "closes_on", instant(t, closes), "units_on", instant(t, opens),
		"places", "5");
}

static void act(Matrix *matrix, const Actor *actor, Text ref, const char *action)
{
	Test *t = matrix->t;
	t->call->actor = actor;
	CHECK_OK(t->call, activity_act(t->call, ref, text_from(action), 0, VALUES(matrix->scene, "reason", "R")));
}

static void make(Matrix *matrix, const Actor *first, const Actor *second, const char *state)
{
	static const struct {
		const char *state, *actions[4];
	} ways[] = { { "DRAFT", { NULL } }, { "DISCARDED", { "discard" } }, { "ANNOUNCED", { "announce" } },
		{ "OPEN", { "announce", "start" } }, { "CLOSED", { "announce", "start", "close" } },
		{ "CANCELLED", { "announce", "cancel" } }, { "DONE", { "announce", "start", "close", "finish" } } };
	Test *t = matrix->t;
	MatrixObject *object = matrix_add(matrix, "activity", state);
	int64_t now = t->call->now, back = !strcmp(state, "DONE") ? 60 * DAY_MS : 0, early = !strcmp(state, "ANNOUNCED") ? -DAY_MS : DAY_MS;
	t->call->now = now - back;
	t->call->actor = first;
	CHECK_OK(t->call, activity_new(t->call,
				  values_of(matrix, object, t->call->now - early, t->call->now + 10 * DAY_MS, t->call->now + 20 * DAY_MS),
				  &object->ref));
	for (size_t w = 0; w < COUNT(ways); w++)
		for (size_t i = 0; !strcmp(ways[w].state, state) && i < COUNT(ways[w].actions) && ways[w].actions[i]; i++) {
			if (i == 3) t->call->now = now;
			act(matrix, second, object->ref, ways[w].actions[i]);
		}
	t->call->now = now;
}

void matrix_activities(Matrix *matrix)
{
	Test *t = matrix->t;
	Actor first, second;
	people_staff(t, "activity-first@example.org", ROLE_SECRETARY);
	first = *t->call->actor;
	people_staff(t, "activity-second@example.org", ROLE_SECRETARY);
	second = *t->call->actor;
	for (size_t i = 0; i < activity_machine.state_count; i++) make(matrix, &first, &second, activity_machine.states[i].name);
}
