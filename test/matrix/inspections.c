/* Inspections: to be arranged, arranged, signed by both with findings or without, dropped. The actors "expert" and "inspector" inspect. */
#include "matrix/matrix.h"
#include "store/seal/seal.h"
#include "subject/programme/inspection/inspection_private.h"

static Actor secretary, first, second, applicant; /* as they were: the walk through a round outlasts their sessions */

void matrix_inspectors(Matrix *matrix)
{
	Actor *const kept[] = { &secretary, &first, &second, &applicant };
	static const char *const words[] = { "secretary", "expert", "inspector", "unit-admin" };
	for (size_t i = 0; i < COUNT(words); i++) {
		matrix_as(matrix, words[i]);
		*kept[i] = *matrix->t->call->actor;
	}
}

void matrix_inspect_round(Matrix *matrix, const MatrixObject *round)
{
	Test *t = matrix->t;
	int64_t count = 0;
	t->call->actor = &secretary;
	CHECK_OK(t->call, inspection_start(t->call, round->ref));
	if (!strcmp(round->state, "INSPECTION")) return;
	t->call->actor = &applicant;
	CHECK_OK(t->call, application_act(t->call, round->of, TEXT("withdraw"), 0, VALUES(matrix->scene, "confirm", "yes")));
	t->call->actor = &actor_system;
	CHECK_OK(t->call, inspection_advance(t->call, &count));
}

static Error make(Call *call, void *argument)
{
	Inspection *inspection = argument;
	InspectionRow row;
	Matter matter;
	int64_t key = 0, id = 0;
	const Application *application = inspection->application;
	Text ref = arena_printf(call->arena, "K-%.*s", TEXT_ARGS(text_slice(application->ref, 2, application->ref.length)));
	TRY(seal_matter_new(call, &key));
	TRY(inspection_insert(call, ref, application->round_id, application->id, key, call->now, &id));
	TRY(inspector_insert(call, id, 1, first.person_id, 0, call->now));
	TRY(inspector_insert(call, id, 2, second.person_id, -1, call->now));
	TRY(inspection_item_insert(call, id, TEXT("team"), TEXT("团队"), TEXT("Team"), TEXT("4.1")));
	TRY(inspection_row_id(call, id, &row));
	TRY(inspection_of_row(call, &row, inspection));
	TRY(inspection_matter(call, inspection, &matter));
	return workflow_begin(call, &inspection_machine, &matter);
}

static void act(Matrix *matrix, const Actor *actor, Text ref, const char *action, const Map *values)
{
	matrix->t->call->actor = actor;
	CHECK_OK(matrix->t->call, inspection_act(matrix->t->call, ref, text_from(action), 0, values));
}

typedef struct Photographing {
	const Inspection *inspection;
	Text ref;
	Sealed where;
	int64_t attachment_id;
} Photographing;

static Error keep(Call *call, void *argument)
{
	const Photographing *kept = argument;
	int64_t changed = 0;
	return inspection_photo_insert(call, kept->ref, kept->inspection->id, TEXT("team"), TEXT("p"), kept->attachment_id, first.person_id,
		call->now, kept->where, call->now, &changed);
}

static void photograph(Matrix *matrix, const Inspection *inspection, MatrixObject *object)
{
	Test *t = matrix->t;
	Attachment attachment;
	int64_t received = 0;
	Sealed where;
	AttachmentOwner owner = { "inspection", inspection->id, inspection->seal_key, .is_personal = true };
	t->call->actor = &first;
	CHECK_OK(t->call, attachment_begin(t->call, owner, text_from(matrix_file_name), 1, &attachment));
	CHECK_OK(t->call, attachment_add(t->call, &attachment, 0, TEXT("x"),
				  TEXT("2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"), &received));
	CHECK_OK(t->call, attachment_finish(t->call, &attachment));
	object->file = arena_printf(t->arena, "photo-%s", object->state);
	CHECK_OK(t->call, seal_close(t->call, inspection->seal_key, "inspection_photo|sealed_where", object->file, TEXT("Room"), &where));
	Photographing photographing = { inspection, object->file, where, attachment.id };
	CHECK_OK(t->call, db_transact(t->call, keep, &photographing));
}

static void fill(Matrix *matrix, const Inspection *inspection, const MatrixObject *object, const char *verdict)
{
	Test *t = matrix->t;
	InspectionSaved saved;
	Map *values = VALUES(matrix->scene, "verdict", verdict, "evidence", "Seen.", "comment", "", "days", "20");
	if (object)
		form_set(t->arena, values, TEXT("comment"),
			arena_printf(t->arena, "%.*s <img src=x onerror=alert(2)>", TEXT_ARGS(object->content)));
	else
		form_set(t->arena, values, TEXT("comment"), TEXT("Missing."));
	InspectionSave save = { TEXT("team"), TEXT("first"), 0, values };
	t->call->actor = &first;
	CHECK_OK(t->call, inspection_save(t->call, inspection->ref, &save, &saved));
}

static void answer(Matrix *matrix, const Inspection *inspection, MatrixObject *object)
{
	Test *t = matrix->t;
	FindingRows findings;
	CHECK_OK(t->call, finding_list(t->call, inspection->id, &findings));
	object->message = findings.at[0].ref;
	t->call->actor = &applicant;
	CHECK_OK(t->call, inspection_answer(t->call, inspection->application->ref, object->message,
				  VALUES(matrix->scene, "cause", "C", "measure", "M")));
}

static const struct {
	const char *application, *inspection, *verdict; /* inspection: the object's state; NULL: none. verdict NULL: not filled in */
	bool signed_once;
} ways[] = { { "SHORTLISTED", "PLANNED", NULL }, { "INSPECT", "ARRANGED", NULL }, { "INSPECT", "DONE", "meets", true },
	{ "CORRECTING", "CLOSED", "minor" }, { "PROPOSED", NULL, "meets" }, { "FAILED", NULL, "major" },
	{ "NOT_SELECTED", "DROPPED", NULL } };

void matrix_inspection(Matrix *matrix, Text application_ref, const char *state, bool signed_once)
{
	Test *t = matrix->t;
	size_t way = 0;
	while (way < COUNT(ways) && (strcmp(ways[way].application, state) != 0 || ways[way].signed_once != signed_once)) way++;
	if (way == COUNT(ways)) return;
	bool is_arranged = strcmp(state, "SHORTLISTED") && strcmp(state, "NOT_SELECTED");
	MatrixObject *object = ways[way].inspection ? matrix_add(matrix, "inspection", ways[way].inspection) : NULL;
	Application application;
	Inspection inspection = { .application = &application };
	t->call->actor = &actor_system;
	CHECK_OK(t->call, application_open(t->call, application_ref, &application));
	CHECK_OK(t->call, db_transact(t->call, make, &inspection));
	if (object) object->ref = inspection.ref;
	if (object) object->of = application_ref;
	if (!strcmp(state, "NOT_SELECTED")) act(matrix, &actor_system, inspection.ref, "drop", NULL);
	if (!is_arranged) return;
	Map *place = VALUES(matrix->scene, "visit_on", "2029-03-01 10:00", "where", "Here");
	if (object)
		form_set(t->arena, place, TEXT("where"), arena_printf(t->arena, "%.*s<script>alert(1)</script>", TEXT_ARGS(object->title)));
	act(matrix, &secretary, inspection.ref, "arrange", place);
	if (object) photograph(matrix, &inspection, object);
	if (object && !ways[way].verdict) fill(matrix, &inspection, object, "");
	if (!ways[way].verdict) return;
	fill(matrix, &inspection, object, ways[way].verdict);
	act(matrix, &first, inspection.ref, "sign", VALUES(matrix->scene, "independent", "yes"));
	if (signed_once) return;
	act(matrix, &second, inspection.ref, "sign", VALUES(matrix->scene, "independent", "yes"));
	if (object) answer(matrix, &inspection, object);
}
