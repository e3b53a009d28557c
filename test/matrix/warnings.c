/* Warnings in every state: shared by the unit's administrator, assessed by the coordinator, sent by the publisher to the vendor's organisation. */
#include "matrix/matrix.h"
#include "subject/warning/warning.h"

enum { FIELDS = 5 };
static const char vendor_code[] = "9144030071526726XG";

static Map *words_of(Matrix *matrix, const MatrixObject *object)
{
	Test *t = matrix->t;
	static const char *const names[FIELDS] = { "product_zh", "cause_zh", "harm_zh", "advice_zh", "versions" };
	Map *values = map_new(t->arena);
	form_set(t->arena, values, TEXT("what_zh"), arena_printf(t->arena, "%.*s<img src=x>", TEXT_ARGS(object->title)));
	form_set(t->arena, values, TEXT("found_zh"), arena_printf(t->arena, "%.*s <img src=x>", TEXT_ARGS(object->content)));
	for (size_t i = 0; i < FIELDS; i++) form_set(t->arena, values, text_from(names[i]), TEXT("一"));
	return values;
}

static void act(Matrix *matrix, const char *word, Text ref, const char *action)
{
	Test *t = matrix->t;
	Map *values = VALUES(matrix->scene, "code", "wrong", "explanation", "E", "no_casefile", "yes", "assessment", "A", "no_exploit",
		"yes", "audience", "yes", "reason", "R", "what_zh", "另一事项", "found_zh", "一", "product_zh", "一", "cause_zh", "一",
		"harm_zh", "一", "advice_zh", "一", "versions", "一");
	matrix_as(matrix, word);
	CHECK_OK(t->call, warning_act(t->call, ref, text_from(action), 0, values));
}

static void aim(Matrix *matrix, Text ref, const char *kind)
{
	Test *t = matrix->t;
	matrix_as(matrix, "coordinator");
	CHECK_OK(t->call, warning_aim_add(t->call, ref, VALUES(matrix->scene, "kind", kind, "credit_code", vendor_code)));
}

/* One that waits, to be dropped. */
static void keep_aim(Matrix *matrix, MatrixObject *object)
{
	Test *t = matrix->t;
	Warning warning;
	WarningAims aims;
	object->of = TEXT("none");
	matrix_as(matrix, "coordinator");
	if (warning_open(t->call, object->ref, &warning) != OK) {
		call_recover(t->call);
		return;
	}
	CHECK_OK(t->call, warning_aims(t->call, &warning, &aims));
	if (aims.count) object->of = aims.at[aims.count - 1].ref;
}

static MatrixObject *write_one(Matrix *matrix, const char *kind, const char *state, const char *author)
{
	Test *t = matrix->t;
	MatrixObject *object = matrix_add(matrix, kind, state);
	matrix_as(matrix, author);
	CHECK_OK(t->call, warning_new(t->call, &object->ref));
	CHECK_OK(t->call, warning_save(t->call, object->ref, words_of(matrix, object)));
	return object;
}

/* "S" shared, "A" assessed, … in the order of `steps`. */
static void bring(Matrix *matrix, const char *state, const char *const steps[][2])
{
	MatrixObject *object = write_one(matrix, "warning", state, "unit-admin");
	for (size_t i = 0; steps[i][0]; i++) {
		if (!strcmp(steps[i][1], "aim"))
			aim(matrix, object->ref, steps[i][0]);
		else
			act(matrix, steps[i][0], object->ref, steps[i][1]);
	}
	keep_aim(matrix, object);
}

static void make_public(Matrix *matrix, const char *state)
{
	Test *t = matrix->t;
	WarningPublics list;
	MatrixObject *object = write_one(matrix, "public-warning", state, "coordinator");
	Text ref = object->ref;
	aim(matrix, ref, "public");
	act(matrix, "coordinator", ref, "assess");
	act(matrix, "publisher", ref, "send");
	CHECK_OK(t->call, warning_list_public(t->call, (WarningCursor) { 0 }, 1, &list));
	object->ref = list.at[0].number;
	if (!strcmp(state, "WITHDRAWN")) act(matrix, "publisher", ref, "withdraw");
}

#define SHARED \
	{ \
		"unit-admin", "submit" \
	}
#define ASSESSED \
	SHARED, { "organisation", "aim" }, { "coordinator", "assess" }
#define SENT \
	ASSESSED, { "publisher", "send" }, { "public", "aim" }
#define END \
	{ \
		NULL, NULL \
	}
void matrix_warnings(Matrix *matrix)
{
	static const char *const draft[][2] = { END }, *const submitted[][2] = { SHARED, { "organisation", "aim" }, END },
				 *const assessed[][2] = { ASSESSED, END }, *const sent[][2] = { SENT, END },
				 *const correcting[][2] = { SENT, { "coordinator", "correct" }, END },
				 *const closed[][2] = { SENT, { "coordinator", "close" }, END },
				 *const withdrawn[][2] = { SENT, { "publisher", "withdraw" }, END },
				 *const rejected[][2] = { SHARED, { "coordinator", "reject" }, END },
				 *const discarded[][2] = { { "unit-admin", "discard" }, END };
	int64_t count = 1;
	bring(matrix, "DRAFT", draft);
	bring(matrix, "SUBMITTED", submitted);
	bring(matrix, "ASSESSED", assessed);
	bring(matrix, "SENT", sent);
	bring(matrix, "CORRECTING", correcting);
	bring(matrix, "CLOSED", closed);
	bring(matrix, "WITHDRAWN", withdrawn);
	bring(matrix, "REJECTED", rejected);
	bring(matrix, "DISCARDED", discarded);
	MatrixObject *own = write_one(matrix, "warning", "LIBRARY", "coordinator");
	aim(matrix, own->ref, "organisation");
	keep_aim(matrix, own);
	make_public(matrix, "WITHDRAWN");
	make_public(matrix, "PUBLISHED");
	while (count) CHECK_OK(matrix->t->call, warning_deliver(matrix->t->call, 50, &count));
}
