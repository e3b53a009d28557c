/* Reports of figures in every state, reviewed and issued by people who are nobody of the walk. */
#include "matrix/matrix.h"
#include "subject/figure/figure_report.h"

static Actor staff(Test *t, const char *mail, uint32_t role)
{
	people_staff(t, mail, role);
	return *t->call->actor;
}

static void make(Matrix *matrix, const char *kind, const char *state, FigureReportKind which, int64_t start)
{
	static const char *const ways[][2] = { { "review", "REVIEWED" }, { "issue", "ISSUED" }, { "correct", "CORRECTING" },
		{ "review", "CHECKED" } };
	Test *t = matrix->t;
	MatrixObject *object = matrix_add(matrix, kind, state);
	static Actor editor, approver, writer;
	Map *values = map_new(t->arena);
	static const char *const reasons[] = { "reason", "reason-zh", "reason-en" };
	for (size_t i = 0; i < COUNT(reasons); i++) form_set(t->arena, values, text_from(reasons[i]), TEXT("A reason."));
	if (!editor.person_id) editor = staff(t, "figures@example.org", ROLE_EDITOR);
	if (!approver.person_id) approver = staff(t, "more-figures@example.org", ROLE_APPROVER);
	t->call->actor = &actor_system;
	CHECK_OK(t->call, figure_report_begin(t->call, which, start, &object->ref));
	if (!writer.person_id) writer = staff(t, "most-figures@example.org", ROLE_EDITOR);
	const Actor *const who[] = { &editor, &approver, &writer, &editor };
	bool is_void = !strcmp(state, "VOID");
	for (size_t i = 0; i < (is_void ? 2 : COUNT(ways)) && strcmp(state, "DRAFT") != 0; i++) {
		t->call->actor = who[i];
		CHECK_OK(t->call, figure_report_act(t->call, object->ref, text_from(ways[i][0]), 0, values));
		if (!strcmp(ways[i][1], state)) break;
	}
	t->call->actor = &approver;
	if (is_void) CHECK_OK(t->call, figure_report_act(t->call, object->ref, TEXT("void"), 0, values));
}

void matrix_figures(Matrix *matrix)
{
	static const char *const states[] = { "DRAFT", "REVIEWED", "ISSUED", "CORRECTING", "CHECKED", "VOID" };
	enum { MONTH = 2015 * 12, MONDAY = 16440 };
	for (size_t i = 0; i < COUNT(states); i++) make(matrix, "figure-report", states[i], FIGURE_MONTHLY, MONTH + (int64_t)i);
	make(matrix, "weekly-report", "ISSUED", FIGURE_WEEKLY, MONDAY);
}
