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
	static const char *const steps[] = { "review", "issue", "void" };
	static const char *const reached[] = { "REVIEWED", "ISSUED", "VOID" };
	Test *t = matrix->t;
	MatrixObject *object = matrix_add(matrix, kind, state);
	static Actor editor, approver;
	Map *values = map_new(t->arena);
	form_set(t->arena, values, TEXT("reason"), TEXT("A reason."));
	if (!editor.person_id) editor = staff(t, "figures@example.org", ROLE_EDITOR);
	if (!approver.person_id) approver = staff(t, "more-figures@example.org", ROLE_APPROVER);
	t->call->actor = &actor_system;
	CHECK_OK(t->call, figure_report_begin(t->call, which, start, &object->ref));
	for (size_t i = 0; i < COUNT(steps) && strcmp(state, "DRAFT") != 0; i++) {
		t->call->actor = i == 0 ? &editor : &approver;
		CHECK_OK(t->call, figure_report_act(t->call, object->ref, text_from(steps[i]), 0, values));
		if (!strcmp(reached[i], state)) break;
	}
}

void matrix_figures(Matrix *matrix)
{
	static const char *const states[] = { "DRAFT", "REVIEWED", "ISSUED", "VOID" };
	enum { MONTH = 2015 * 12, MONDAY = 16440 };
	for (size_t i = 0; i < COUNT(states); i++) make(matrix, "figure-report", states[i], FIGURE_MONTHLY, MONTH + (int64_t)i);
	make(matrix, "weekly-report", "ISSUED", FIGURE_WEEKLY, MONDAY);
}
