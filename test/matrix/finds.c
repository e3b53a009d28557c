/* Lists of original finds and finds in every state: by two coordinators, of reports of a finder, who are nobody of the walk. */
#include "base/base/clock.h"
#include "matrix/matrix.h"
#include "subject/find/find.h"
#include "work/certificate/certificate.h"

enum { MONTH_DAYS = 31 };
#define DAYS(n) ((int64_t)(n)*86400000)

typedef struct Finding {
	Matrix *matrix;
	const Actor *first, *second, *finder;
	int64_t begun_at;
} Finding;

/* Months after the sessions of the walk began they would be over. */
static void become(const Finding *finding, const char *word)
{
	Call *call = finding->matrix->t->call;
	int64_t now = call->now;
	call->now = finding->begun_at;
	matrix_as(finding->matrix, word);
	call->now = now;
}

static const Actor *a_coordinator(Test *t, const char *mail)
{
	Actor *actor = arena_new_of(t->arena, Actor);
	people_staff(t, mail, ROLE_COORDINATOR);
	*actor = *t->call->actor;
	return actor;
}

/* Brings a report with the object's words, to a casefile that was accepted. */
static void accept_find(Finding *finding, MatrixObject *object)
{
	Matrix *matrix = finding->matrix;
	Scene *scene = matrix->scene;
	Test *t = matrix->t;
	Actor actors[3];
	const char *const words[] = { "assigned", "publisher", "verifier" };
	Map *values = scene_values(scene);
	Casefiles waiting;
	for (size_t i = 0; i < COUNT(words); i++) {
		become(finding, words[i]);
		actors[i] = *t->call->actor;
		actors[i].name = text_from(words[i]);
	}
	Cast cast = { .coordinator = finding->first, .verifier = &actors[0], .publisher = &actors[1], .second_verifier = &actors[2] };
	form_set(t->arena, values, TEXT("sent_to"), TEXT("only"));
	form_set(t->arena, values, TEXT("title"), arena_printf(t->arena, "%.*s<script>alert(1)</script>", TEXT_ARGS(object->title)));
	form_set(t->arena, values, TEXT("description"), object->content);
	scene_as(scene, finding->finder);
	Text report = scene_report(scene, values);
	scene_as(scene, finding->first);
	CHECK_OK(t->call, scene_report_act(scene, report, "review", NULL));
	CHECK_OK(t->call, scene_report_act(scene, report, "attach", VALUES(scene, "verifier", "assigned")));
	CHECK_OK(t->call, casefile_queue(t->call, TEXT("VERIFYING"), 0, 100, &waiting));
	cast.casefile = waiting.at[waiting.count - 1].ref;
	scene_bring_to(scene, &cast, "ACCEPTED");
	object->of = cast.casefile;
}

static MatrixObject *begin(Finding *finding, const char *state, Finds *out)
{
	Test *t = finding->matrix->t;
	MatrixObject *object = matrix_add(finding->matrix, "find-list", state);
	int year, month, day;
	FindList list;
	clock_civil((t->call->now + INT64_C(8) * 3600000) / DAYS(1), &year, &month, &day);
	t->call->now += DAYS(MONTH_DAYS);
	t->call->actor = finding->first;
	CHECK_OK(t->call, find_list_begin(t->call, arena_printf(t->arena, "%04d-%02d", year, month), &object->ref));
	CHECK_OK(t->call, find_list_open(t->call, object->ref, &list));
	CHECK_OK(t->call, find_of_list(t->call, &list, out));
	return object;
}

static const Map *words_of(Finding *finding)
{
	return scene_map(
		finding->matrix->scene, (const char *const[]) { "document", "D", "reason", "A reason.", "code", "withdrawn", NULL });
}

static void act_on_list(Finding *finding, const MatrixObject *object, const Actor *actor, const char *action)
{
	Test *t = finding->matrix->t;
	t->call->actor = actor;
	CHECK_OK(t->call, find_list_act(t->call, object->ref, text_from(action), 0, words_of(finding)));
}

static void act(Finding *finding, const MatrixObject *object, const Actor *actor, const char *action)
{
	Test *t = finding->matrix->t;
	t->call->actor = actor;
	CHECK_OK(t->call, find_act(t->call, object->ref, text_from(action), 0, words_of(finding)));
}

static void name_refs(MatrixObject *const *objects, size_t count, const Finds *finds)
{
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < finds->count; k++)
			if (text_is(finds->at[k].casefile, objects[i]->of)) objects[i]->ref = finds->at[k].ref;
}

static void make_issued(Finding *finding)
{
	static const char *const states[] = { "CERTIFIED", "REVOKING", "REISSUING", "REVOKED", "STRUCK" };
	static const char *const actions[] = { NULL, "propose-revoke", "propose-reissue", "propose-revoke", NULL };
	Test *t = finding->matrix->t;
	MatrixObject *objects[COUNT(states)];
	Finds finds;
	Find find;
	for (size_t i = 0; i < COUNT(states); i++) {
		objects[i] = matrix_add(finding->matrix, "find", states[i]);
		accept_find(finding, objects[i]);
	}
	MatrixObject *list = begin(finding, "ISSUED", &finds);
	name_refs(objects, COUNT(states), &finds);
	act(finding, objects[4], finding->first, "strike");
	act_on_list(finding, list, finding->first, "propose");
	act_on_list(finding, list, finding->second, "confirm");
	for (size_t i = 0; i < COUNT(states); i++)
		if (actions[i]) act(finding, objects[i], finding->first, actions[i]);
	act(finding, objects[3], finding->second, "revoke");
	CHECK_OK(t->call, find_open(t->call, objects[0]->ref, &find));
	MatrixObject *certificate = matrix_add(finding->matrix, "certificate", "FIND");
	certificate->ref = find.certificate;
}

static void make_finds(Finding *finding)
{
	Matrix *matrix = finding->matrix;
	MatrixObject *of_proposed, *listed;
	Finds finds;
	make_issued(finding);
	of_proposed = matrix_add(matrix, "find", "PROPOSED");
	accept_find(finding, of_proposed);
	MatrixObject *proposed = begin(finding, "PROPOSED", &finds);
	name_refs(&of_proposed, 1, &finds);
	act_on_list(finding, proposed, finding->first, "propose");
	listed = matrix_add(matrix, "find", "LISTED");
	accept_find(finding, listed);
	(void)begin(finding, "DRAFT", &finds);
	name_refs(&listed, 1, &finds);
	MatrixObject *dropped = begin(finding, "DROPPED", &finds);
	act_on_list(finding, dropped, finding->first, "drop");
}

/* In an arena of its own: so many reports fill the one of the test. */
void matrix_finds(Matrix *matrix)
{
	Test *t = matrix->t;
	Finding finding = { matrix, a_coordinator(t, "finds@example.org"), a_coordinator(t, "more-finds@example.org"),
		scene_person(matrix->scene, "finder", ROLE_REPORTER) };
	finding.begun_at = t->call->now;
	size_t from = matrix->object_count;
	Arena *whole = t->call->arena;
	scoped(arena_free) Arena *own = arena_new(ARENA_CEILING);
	t->call->arena = own;
	make_finds(&finding);
	for (size_t i = from; i < matrix->object_count; i++) {
		matrix->objects[i].ref = arena_copy(whole, matrix->objects[i].ref);
		matrix->objects[i].of = arena_copy(whole, matrix->objects[i].of.at ? matrix->objects[i].of : TEXT(""));
	}
	t->call->arena = whole;
	t->call->now = finding.begun_at;
}
