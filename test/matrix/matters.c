/* One matter in every state of every machine, brought there by the operations people use. Each has words of its own in its title and text,
 * and what an attacker would write: markup, a path in a file's name. */
#include "matrix/matrix.h"
#include "subject/programme/application/application.h"
#include "subject/programme/round/round_scene.h"

#include "store/db/db.h"
#include "subject/advisory/advisory.h"
#include "subject/report/internal.h"
#include "subject/site/site.h"
#include "work/letter/letter.h"

#include <sys/mman.h>
#include <unistd.h>

const MatrixObject *matrix_object(const Matrix *matrix, const char *kind, Text state)
{
	for (size_t i = 0; i < matrix->object_count; i++) {
		const MatrixObject *object = &matrix->objects[i];
		if (!strcmp(object->kind, kind) && text_is(text_from(object->state), state)) return object;
	}
	return NULL;
}

MatrixObject *matrix_add(Matrix *matrix, const char *kind, const char *state)
{
	must(matrix->object_count < MATRIX_OBJECTS);
	size_t n = matrix->object_count;
	MatrixObject *object = &matrix->objects[matrix->object_count++];
	*object = (MatrixObject) { .kind = kind,
		.state = state,
		.title = arena_printf(matrix->t->arena, "CanaryTitle%zuQ", n),
		.content = arena_printf(matrix->t->arena, "CanaryContent%zuQ", n) };
	return object;
}

const char matrix_file_name[] = "../../proof<script>alert(4)</script>.txt";

static Map *values_of(Matrix *matrix, const MatrixObject *object)
{
	static const char *const hidden[] = { "description", "steps", "impact" };
	Arena *arena = matrix->t->arena;
	Map *values = scene_values(matrix->scene);
	Text title = arena_printf(arena, "%.*s<script>alert(1)</script>", TEXT_ARGS(object->title));
	Text content = arena_printf(arena, "%.*s <img src=x onerror=alert(2)>\"'><script>alert(3)</script>", TEXT_ARGS(object->content));
	form_set(arena, values, TEXT("title"), title);
	for (size_t i = 0; i < COUNT(hidden); i++) form_set(arena, values, text_from(hidden[i]), content);
	return values;
}

Text matrix_attach(Matrix *matrix, AttachmentOwner owner, Text content)
{
	Attachment attachment;
	int file = memfd_create("attachment", MFD_CLOEXEC);
	CHECK(file >= 0 && write(file, content.at, content.length) == (ssize_t)content.length);
	CHECK_OK(matrix->t->call,
		attachment_store(matrix->t->call, owner, text_from(matrix_file_name), file, (int64_t)content.length, &attachment));
	close(file);
	return attachment.ref;
}

static Text begin_upload(Matrix *matrix, AttachmentOwner owner)
{
	Attachment attachment;
	CHECK_OK(matrix->t->call, attachment_begin(matrix->t->call, owner, TEXT("more.txt"), 5, &attachment));
	return attachment.ref;
}

/* ---- Reports */
static void become_sender(Matrix *matrix, const MatrixObject *object)
{
	Test *t = matrix->t;
	matrix_as(matrix, strcmp(object->kind, "claimed") ? "owner" : "claimant");
	if (!object->claim.length || strcmp(object->kind, "claimed") != 0) return;
	Actor *actor = arena_new_of(t->arena, Actor);
	*actor = actor_visitor;
	actor->claim_key = report_claim_key(t->call, object->claim);
	t->call->actor = actor;
}

static void open_report(Matrix *matrix, const MatrixObject *object, Report *out)
{
	CHECK_OK(matrix->t->call, report_open(matrix->t->call, object->of, out));
}

void matrix_say(Matrix *matrix, const ThreadSubject *subject, const char *audience, MatrixObject *object)
{
	Test *t = matrix->t;
	ThreadMembers members;
	ThreadView view;
	int file = memfd_create("said", MFD_CLOEXEC);
	Text name = text_from(audience), content = TEXT("A word."); /* who may see it need not see the matter yet */
	CHECK(file >= 0 && write(file, content.at, content.length) == (ssize_t)content.length);
	ThreadFile said = { text_from(matrix_file_name), file, (int64_t)content.length };
	CHECK_OK(t->call, thread_write_files(t->call, subject, name, TEXT("A word<script>alert(5)</script>."), &said, 1, &members));
	CHECK_OK(t->call, thread_open(t->call, subject, name, (Text) { 0 }, 10, &view));
	close(file);
	const ThreadMessage *newest = &view.messages.at[view.messages.count - 1];
	CHECK_INT(newest->files.count, 1);
	object->message = newest->ref;
	object->said = newest->files.at[0].ref;
}

static void send(Matrix *matrix, MatrixObject *object, Map *values)
{
	Test *t = matrix->t;
	Reception reception;
	Report report;
	ThreadSubject subject;
	become_sender(matrix, object);
	CHECK_OK(t->call, report_send(t->call, values, TEXT(""), &reception));
	object->of = reception.ref;
	object->claim = reception.claim_code.at ? reception.claim_code : TEXT("");
	become_sender(matrix, object);
	open_report(matrix, object, &report);
	AttachmentOwner owner = { report_machine.name, report.id, report.seal_key };
	object->file = matrix_attach(matrix, owner, object->content);
	object->upload = begin_upload(matrix, owner);
	report_threads(&report, &subject);
	matrix_say(matrix, &subject, "reporter", object);
}

static const struct {
	const char *state, *action;
	bool reviewed, by_sender;
} ways[] = { { "RECEIVED", NULL, false, false }, { "FORMAL_REVIEW", NULL, true, false }, { "NEEDS_INFO", "ask", true, false },
	{ "ATTACHED", "attach", true, false }, { "REJECTED", "reject", true, false }, { "DUPLICATE", "duplicate", true, false },
	{ "WITHDRAWN", "withdraw", true, true }, { "TRANSFERRED", "transfer", true, false }, { "ISOLATED", "isolate", true, false },
	{ "WIPED", "isolate", true, false } };

/* Whoever isolates is another person than the coordinator who decides next. */
static void become_second(Matrix *matrix)
{
	matrix_as(matrix, "coordinator");
	Actor *second = arena_new_of(matrix->t->arena, Actor);
	*second = *matrix->t->call->actor;
	second->person_id = matrix_actor("stranger")->id;
	matrix->t->call->actor = second;
}

static void make_report(Matrix *matrix, const char *kind, size_t way)
{
	Scene *scene = matrix->scene;
	MatrixObject *object = matrix_add(matrix, kind, ways[way].state);
	send(matrix, object, values_of(matrix, object));
	object->ref = object->of;
	if (!way && !strcmp(kind, "report")) matrix_place(matrix, "earlier", object->ref);
	matrix_as(matrix, "coordinator");
	if (ways[way].reviewed) CHECK_OK(scene->call, scene_report_act(scene, object->ref, "review", NULL));
	if (ways[way].by_sender) become_sender(matrix, object);
	if (ways[way].action && !strcmp(ways[way].action, "isolate")) become_second(matrix);
	Map *input = VALUES(scene, "question", "Which version?", "code", "no-impact", "explanation", "None.", "reason", "Mine.", "library",
		"cnvdb", "why", "Marked.", "understood", "yes");
	form_set(scene->t->arena, input, TEXT("of"), matrix_placed(matrix, "earlier"));
	if (ways[way].action) CHECK_OK(scene->call, scene_report_act(scene, object->ref, ways[way].action, input));
	if (strcmp(ways[way].state, "WIPED") != 0) return;
	matrix_as(matrix, "coordinator");
	CHECK_OK(scene->call, scene_report_act(scene, object->ref, "wipe", input));
}

/* One whose formal review a verifier has, who has not signed yet. */
static void make_reviewed(Matrix *matrix)
{
	make_report(matrix, "reviewed", 1);
	const MatrixObject *object = matrix_object(matrix, "reviewed", TEXT("FORMAL_REVIEW"));
	CHECK_OK(matrix->t->call, scene_report_act(matrix->scene, object->ref, "assign", VALUES(matrix->scene, "reviewer", "assigned")));
}

/* ---- Casefiles */
static const MatrixObject *make_casefile(Matrix *matrix, const char *kind, const char *state, bool incident)
{
	Scene *scene = matrix->scene;
	Test *t = matrix->t;
	Actor actors[4];
	const char *const words[] = { "coordinator", "assigned", "publisher", "verifier" };
	Casefile casefile;
	ThreadSubject subject;
	MatrixObject *object = matrix_add(matrix, kind, state);
	Map *values = values_of(matrix, object);
	Cast cast = { .coordinator = &actors[0], .verifier = &actors[1], .publisher = &actors[2], .second_verifier = &actors[3] };
	for (size_t i = 0; i < COUNT(words); i++) {
		matrix_as(matrix, words[i]);
		actors[i] = *t->call->actor;
	}
	actors[1].name = TEXT("assigned");
	actors[3].name = TEXT("verifier");
	if (incident) form_set(t->arena, values, TEXT("kind"), TEXT("incident"));
	if (incident) form_set(t->arena, values, TEXT("operator"), TEXT("Example Bank"));
	send(matrix, object, values);
	scene_as(scene, cast.coordinator);
	CHECK_OK(t->call, scene_report_act(scene, object->of, "review", NULL));
	CHECK_OK(t->call, scene_report_act(scene, object->of, "attach", VALUES(scene, "verifier", "assigned")));
	Casefiles waiting;
	CHECK_OK(t->call, casefile_queue(t->call, TEXT("VERIFYING"), 0, 100, &waiting));
	cast.casefile = object->ref = waiting.at[waiting.count - 1].ref;
	if (!strcmp(state, "VERIFYING")) {
		scene_as(scene, cast.verifier);
		CHECK_OK(t->call,
			scene_casefile_act(scene, object->ref, "undertake", VALUES(scene, "undertaking", "yes", "no_interest", "yes")));
	}
	bool transferred = !strcmp(state, "TRANSFERRED");
	if (!transferred) scene_bring_to(scene, &cast, incident ? "COORDINATING" : state);
	matrix_as(matrix, "coordinator");
	if (transferred)
		CHECK_OK(t->call, scene_casefile_act(scene, object->ref, "transfer", VALUES(scene, "library", "L", "reason", "R")));
	if (incident) CHECK_OK(t->call, scene_casefile_act(scene, object->ref, "keep", NULL));
	if (incident && !strcmp(state, "CLOSED"))
		CHECK_OK(t->call, scene_casefile_act(scene, object->ref, "close", VALUES(scene, "reason", "Done.")));
	CHECK_OK(t->call, casefile_open(t->call, object->ref, &casefile));
	if (!strcmp(kind, "casefile")) CHECK(text_is(casefile.state, text_from(state)));
	casefile_threads(&casefile, &subject);
	matrix_say(matrix, &subject, "verification", object);
	return object;
}

static Error withdraw(Call *call, void *argument)
{
	return advisory_withdraw(call, *(const Text *)argument, TEXT("library"), TEXT("A mistake."), TEXT(""));
}

/* What the casefile's number and record are called: addresses of their own. */
static void name_public(Matrix *matrix, const MatrixObject *of, const char *state)
{
	Casefile casefile;
	CHECK_OK(matrix->t->call, casefile_open(matrix->t->call, of->ref, &casefile));
	bool is_public = casefile.advisory.length > 0;
	if (!is_public && !casefile.number.length) return;
	MatrixObject *object = matrix_add(matrix, is_public ? "advisory" : "number", state);
	object->ref = is_public ? casefile.advisory : casefile.number;
}

/* Isolated by somebody else than the coordinator who decides next. */
static void make_isolated(Matrix *matrix, const char *state)
{
	Scene *scene = matrix->scene;
	(void)make_casefile(matrix, "casefile", "VERIFYING", false);
	MatrixObject *object = &matrix->objects[matrix->object_count - 1];
	object->state = state;
	become_second(matrix);
	CHECK_OK(scene->call, scene_casefile_act(scene, object->ref, "isolate", VALUES(scene, "why", "Marked.")));
	if (strcmp(state, "WIPED") != 0) return;
	matrix_as(matrix, "coordinator");
	CHECK_OK(scene->call, scene_casefile_act(scene, object->ref, "wipe", VALUES(scene, "understood", "yes")));
}

static void make_casefiles(Matrix *matrix)
{
	static const char *const states[] = { "VERIFYING", "RATED", "ACCEPTED", "COORDINATING", "READY", "PUBLISHED", "INTERNAL", "CLOSED",
		"TRACKING", "TRANSFERRED" };
	Test *t = matrix->t;
	make_isolated(matrix, "ISOLATED");
	make_isolated(matrix, "WIPED");
	for (size_t i = 0; i < COUNT(states); i++)
		name_public(matrix, make_casefile(matrix, "casefile", states[i], i == 6 || i == 7), states[i]);
	const MatrixObject *withdrawn = make_casefile(matrix, "withdrawn", "PUBLISHED", false); /* and escalated to the authority */
	name_public(matrix, withdrawn, "WITHDRAWN");
	Text identifier = matrix->objects[matrix->object_count - 1].ref;
	CHECK_OK(t->call, db_transact(t->call, withdraw, &identifier));
	matrix_as(matrix, "coordinator");
	CHECK_OK(t->call, scene_casefile_act(matrix->scene, withdrawn->ref, "escalate", VALUES(matrix->scene, "reason", "No answer.")));
}

/* ---- Drafts */
static void make_draft(Matrix *matrix, const char *kind, const char *word)
{
	Test *t = matrix->t;
	Draft draft;
	Text secret;
	MatrixObject *object = matrix_add(matrix, kind, "-");
	matrix_as(matrix, word);
	CHECK_OK(t->call, draft_new(t->call, &report_form, values_of(matrix, object), &draft, &secret));
	object->ref = draft.ref;
	object->claim = secret.at ? secret : TEXT("");
	AttachmentOwner owner = { "draft", draft.id, draft.seal_key };
	object->file = matrix_attach(matrix, owner, object->content);
	object->upload = begin_upload(matrix, owner);
}

/* ---- Articles: written, edited and approved by three people */
static void step(Matrix *matrix, const char *word, const MatrixObject *object, const char *action, Map *values)
{
	matrix_as(matrix, word);
	CHECK_OK(matrix->t->call, article_act(matrix->t->call, object->ref, text_from(action), 0, values));
}

static void make_article(Matrix *matrix, const char *state)
{
	static const char *const order[] = { "DRAFT", "SUBMITTED", "EDITED", "APPROVED", "PUBLISHED", "WITHDRAWN" };
	Test *t = matrix->t;
	Arena *arena = t->arena;
	Article article;
	size_t place = 0;
	MatrixObject *object = matrix_add(matrix, "article", state);
	Map *values = VALUES(matrix->scene, "kind", "notice", "publish_on", "2100-01-01 08:00", "remark", "A mistake.");
	while (strcmp(order[place], state) != 0) place++;
	form_set(arena, values, TEXT("title_zh"), arena_printf(arena, "%.*s<script>alert(1)</script>", TEXT_ARGS(object->title)));
	form_set(arena, values, TEXT("body_zh"),
		arena_printf(arena, "%.*s <img src=x onerror=alert(2)><script>alert(3)</script>", TEXT_ARGS(object->content)));
	matrix_as(matrix, "writer");
	CHECK_OK(t->call, article_new(t->call, values, &object->ref));
	CHECK_OK(t->call, article_open(t->call, object->ref, &article));
	object->file = matrix_attach(matrix, (AttachmentOwner) { article_machine.name, article.id, article.seal_key }, object->content);
	if (place >= 1) step(matrix, "writer", object, "submit", NULL);
	if (place >= 2) step(matrix, "editor", object, "pass", NULL);
	if (place == 3) step(matrix, "approver", object, "approve", values);
	if (place >= 4) step(matrix, "approver", object, "publish", NULL);
	if (place >= 5) step(matrix, "approver", object, "withdraw", values);
	CHECK_OK(t->call, article_open(t->call, object->ref, &article));
	CHECK(text_is(article.state, text_from(state)));
}

/* ---- Rounds: by one secretary, and by the clock */
static Text round_code(Arena *arena, const char *before, const char *state)
{
	Text code = arena_printf(arena, "%s%s", before, state);
	Buffer out = { .arena = arena };
	for (size_t i = 0; i < code.length; i++) buffer_byte(&out, code.at[i] == '_' ? '-' : code.at[i]);
	return arena_copy(arena, buffer_text(&out));
}

/* Begins and fills an application of the unit in a round that is open, at the time of the call. */
static Text apply(Matrix *matrix, const Actor *applicant, Text code, const Map *values)
{
	Test *t = matrix->t;
	Text ref;
	Application application;
	t->call->actor = applicant;
	CHECK_OK(t->call, application_new(t->call, code, TEXT("technical"), &ref));
	CHECK_OK(t->call, application_open(t->call, ref, &application));
	CHECK_OK(t->call, application_save(t->call, &application, values));
	return ref;
}

static void act_on(Matrix *matrix, const Actor *actor, Text ref, const char *action, const Map *values)
{
	ArenaMark mark = arena_mark(matrix->t->arena); /* what an act needs is not kept */
	matrix->t->call->actor = actor;
	CHECK_OK(matrix->t->call, application_act(matrix->t->call, ref, text_from(action), 0, values));
	arena_release(matrix->t->arena, mark);
}

static Actor actor_of(Matrix *matrix, const char *word)
{
	matrix_as(matrix, word);
	return *matrix->t->call->actor;
}

static void make_round(Matrix *matrix, const char *state)
{
	static const char *const actions[][2] = { { "PUBLISHED", "publish" }, { "OPEN", "open" }, { "GRACE", "close" }, { "CLOSED", "end" },
		{ "MATERIAL_REVIEW", "review" } };
	static const char *const panel_states[] = { "PANEL_DRAW", "PANEL", "SCORED", "LOCKED", "INSPECTION", "DECISION", "PUBLICITY",
		"ANNOUNCED", "ARCHIVED" };
	const Actor applicant = actor_of(matrix, "unit-admin"), secretary = actor_of(matrix, "secretary");
	bool is_reviewed = !strcmp(state, "MATERIAL_REVIEW"), has_panel = false;
	for (size_t i = 0; i < COUNT(panel_states); i++) has_panel |= !strcmp(state, panel_states[i]);
	Test *t = matrix->t;
	Round round;
	MatrixObject *object = matrix_add(matrix, "round", state), *code = matrix_add(matrix, "code", state);
	int64_t now = t->call->now;
	bool is_alone = !strcmp(state, "DISCARDED"), is_over = !strcmp(state, "DRAFT");
	code->ref = round_code(t->arena, "2026-", strcmp(state, "PANEL") ? state : "SITTING"); /* no code begins another */
	matrix_as(matrix, "secretary");
	object->ref =
		round_scene_draft_of(t, code->ref.at, arena_printf(t->arena, "%.*s<script>alert(1)</script>", TEXT_ARGS(object->title)),
			arena_printf(t->arena, "%.*s <img src=x onerror=alert(2)><script>alert(3)</script>", TEXT_ARGS(object->content)));
	ArenaMark mark = arena_mark(t->arena); /* a rehearsal takes some MiB, which are not kept */
	CHECK_OK(t->call, round_rehearse(t->call, object->ref));
	arena_release(t->arena, mark);
	CHECK_OK(t->call, round_open(t->call, object->ref, &round));
	object->file = round.items.at[round.items.count - 1].ref;
	for (size_t i = 0; i < COUNT(actions) && !is_alone && !is_over; i++) {
		if (i) t->call->actor = &actor_system;
		if (i) t->call->now = i == 1 ? round.opens_at : i == 2 ? round.closes_at : round.ends_at;
		if (i == 4) t->call->actor = &secretary;
		CHECK_OK(t->call, round_act(t->call, object->ref, text_from(actions[i][1]), 0, NULL));
		CHECK_OK(t->call, round_open(t->call, object->ref, &round));
		is_over = !strcmp(state, actions[i][0]) || !strcmp(state, "CANCELLED");
		if (i == 1 && (is_reviewed || has_panel)) {
			object->of = apply(matrix, &applicant, code->ref, VALUES(matrix->scene, "team", "| A | B |"));
			act_on(matrix, &applicant, object->of, "submit", NULL);
		}
	}
	if (has_panel) matrix_panel(matrix, object);
	code->message = object->message;
	t->call->now = now;
	matrix_as(matrix, "secretary");
	Map *values = VALUES(matrix->scene, "reason", "Too few experts.");
	if (is_alone) CHECK_OK(t->call, round_act(t->call, object->ref, TEXT("discard"), 0, NULL));
	if (!strcmp(state, "CANCELLED")) CHECK_OK(t->call, round_act(t->call, object->ref, TEXT("cancel"), 0, values));
	CHECK_OK(t->call, round_open(t->call, object->ref, &round));
	CHECK(text_is(round.state, text_from(state)));
}

/* ---- Applications: of the unit, each in a round of its own; two officers who are nobody of the walk review them */
typedef struct Officers {
	Actor applicant, secretary, second, third;
	char round[40]; /* of the last application */
	int64_t closes_at, ends_at;
} Officers;

/* A rehearsal takes some MiB, which are not kept. */
static void open_round(Matrix *matrix, Officers *officers, Text code)
{
	Test *t = matrix->t;
	Round round;
	Text ref;
	ArenaMark mark = arena_mark(t->arena);
	t->call->actor = &officers->secretary;
	ref = round_scene_draft_of(t, code.at, TEXT("遴选"), TEXT("通知"));
	CHECK_OK(t->call, round_add(t->call, ref, round_kind(TEXT("field")),
				  VALUES(matrix->scene, "direction", "both", "name", "profile", "section_zh", "S", "section_en", "S",
					  "label_zh", "简介", "label_en", "Profile", "kind", "lines")));
	CHECK_OK(t->call, round_add(t->call, ref, round_kind(TEXT("field")),
				  VALUES(matrix->scene, "direction", "both", "name", "proof", "section_zh", "S", "section_en", "S",
					  "label_zh", "佐证", "label_en", "Evidence", "kind", "file")));
	CHECK_OK(t->call, round_rehearse(t->call, ref));
	CHECK_OK(t->call, round_act(t->call, ref, TEXT("publish"), 0, NULL));
	CHECK_OK(t->call, round_open(t->call, ref, &round));
	t->call->now = round.opens_at;
	t->call->actor = &actor_system;
	CHECK_OK(t->call, round_act(t->call, ref, TEXT("open"), 0, NULL));
	snprintf(officers->round, sizeof(officers->round), "%.*s", TEXT_ARGS(ref));
	officers->closes_at = round.closes_at;
	officers->ends_at = round.ends_at;
	arena_release(t->arena, mark);
}

static AttachmentOwner files_of(Matrix *matrix, Text ref, const char *field)
{
	Application application;
	AttachmentOwner owner;
	CHECK_OK(matrix->t->call, application_open(matrix->t->call, ref, &application));
	CHECK_OK(matrix->t->call, application_files(matrix->t->call, &application, text_from(field), true, &owner));
	return owner;
}

static void close_round(Matrix *matrix, const Officers *officers)
{
	Call *call = matrix->t->call;
	Text round = text_from(officers->round);
	call->actor = &actor_system;
	call->now = officers->closes_at;
	CHECK_OK(call, round_act(call, round, TEXT("close"), 0, NULL));
	call->now = officers->ends_at;
	CHECK_OK(call, round_act(call, round, TEXT("end"), 0, NULL));
	call->actor = &officers->secretary;
	CHECK_OK(call, round_act(call, round, TEXT("review"), 0, NULL));
}

/* Checked by the second officer, its stamped copy matches. */
static void review(Matrix *matrix, const Officers *officers, Text ref, const char *state)
{
	static const char *const rejected[] = { "REJECTED", "APPEAL", "DISMISSED" };
	Scene *scene = matrix->scene;
	Map *checklist = VALUES(scene, "register_on", "2026-04-02", "register", "yes", "condition-1", "yes", "condition-2", "yes");
	matrix->t->call->actor = &officers->second;
	(void)matrix_attach(matrix, files_of(matrix, ref, "check"), TEXT("An extract"));
	if (!strcmp(state, "RETURNED")) {
		act_on(matrix, &officers->second, ref, "return", VALUES(scene, "days", "3", "mark-profile", "Why"));
		Application application;
		matrix->t->call->actor = &officers->applicant;
		CHECK_OK(matrix->t->call, application_open(matrix->t->call, ref, &application));
		Text profile = arena_printf(matrix->t->arena, "%.*s!", TEXT_ARGS(form_answer(application.values, "profile")));
		CHECK_OK(matrix->t->call, application_save_field(matrix->t->call, &application, TEXT("profile"), profile));
		return;
	}
	act_on(matrix, &officers->second, ref, "check", checklist);
	act_on(matrix, &officers->second, ref, "receive", VALUES(scene, "posted", "2026-05-01", "arrived", "2026-05-01"));
	act_on(matrix, &officers->second, ref, "match", NULL);
	if (!strcmp(state, "QUALIFIED") || matrix_panel_way(state)[0]) act_on(matrix, &officers->third, ref, "approve", NULL);
	for (const char *const *way = matrix_panel_way(state); *way; way++) act_on(matrix, &actor_system, ref, *way, NULL);
	for (size_t i = 0; i < COUNT(rejected); i++) {
		if (strcmp(rejected[i], state) != 0) continue;
		act_on(matrix, &officers->third, ref, "reject", VALUES(scene, "reason", "conditions", "explanation", "E"));
		if (i > 0) act_on(matrix, &officers->applicant, ref, "appeal", VALUES(scene, "grounds", "G"));
		if (i > 1) act_on(matrix, &officers->secretary, ref, "dismiss", VALUES(scene, "explanation", "E"));
	}
}

static void make_application(Matrix *matrix, Officers *officers, const char *state, bool signed_once)
{
	Test *t = matrix->t;
	Application application;
	MatrixObject *object = matrix_add(matrix, "application", state);
	Text code = round_code(t->arena, "A-", signed_once ? "SIGNED-ONCE" : state);
	open_round(matrix, officers, code);
	Map *values = VALUES(matrix->scene, "team", "| A | B |", "profile", "");
	form_set(t->arena, values, TEXT("team"), arena_printf(t->arena, "| %.*s<script>alert(1)</script> | B |", TEXT_ARGS(object->title)));
	form_set(
		t->arena, values, TEXT("profile"), arena_printf(t->arena, "%.*s <img src=x onerror=alert(2)>", TEXT_ARGS(object->content)));
	object->ref = apply(matrix, &officers->applicant, code, values);
	object->file = matrix_attach(matrix, files_of(matrix, object->ref, "proof"), TEXT("Evidence"));
	object->upload = begin_upload(matrix, files_of(matrix, object->ref, "proof"));
	bool is_draft = !strcmp(state, "DRAFT"), is_hashed = !strcmp(state, "HASHED"), is_withdrawn = !strcmp(state, "WITHDRAWN"),
	     is_lapsed = !strcmp(state, "LAPSED");
	if (is_hashed || is_withdrawn)
		act_on(matrix, &officers->applicant, object->ref, is_hashed ? "lodge" : "withdraw",
			VALUES(matrix->scene, "confirm", "yes"));
	if (is_lapsed) t->call->now = officers->closes_at;
	if (is_lapsed) act_on(matrix, &actor_system, object->ref, "lapse", NULL);
	if (!is_draft && !is_hashed && !is_withdrawn && !is_lapsed) act_on(matrix, &officers->applicant, object->ref, "submit", NULL);
	t->call->actor = &actor_system;
	CHECK_OK(t->call, application_open(t->call, object->ref, &application));
	if (text_is(application.state, TEXT("SUBMITTED")) && strcmp(state, "SUBMITTED") != 0) {
		close_round(matrix, officers);
		act_on(matrix, &actor_system, object->ref, "start", NULL);
		review(matrix, officers, object->ref, state);
		matrix_inspection(matrix, object->ref, state, signed_once);
		matrix_decide(matrix, object->ref, state);
	}
	t->call->actor = &actor_system;
	CHECK_OK(t->call, application_open(t->call, object->ref, &application));
	CHECK(text_is(application.state, text_from(state)));
}

static Text kept(Text text)
{
	static char pool[64 * 1024];
	static size_t used;
	if (!text.length) return text;
	if (used + text.length > sizeof(pool)) used = 0; /* of the test before */
	char *at = pool + used;
	memcpy(at, text.at, text.length);
	used += text.length;
	return (Text) { at, text.length };
}

/* The way of an application takes some MiB, of which only the names are kept. */
static void make_and_keep(Matrix *matrix, Officers *officers, const char *state, bool signed_once)
{
	size_t first = matrix->object_count;
	ArenaMark mark = arena_mark(matrix->t->arena);
	make_application(matrix, officers, state, signed_once);
	for (size_t i = first; i < matrix->object_count; i++) {
		MatrixObject *object = &matrix->objects[i];
		Text *const texts[] = { &object->ref, &object->claim, &object->file, &object->upload, &object->message, &object->said,
			&object->of, &object->title, &object->content };
		for (size_t k = 0; k < COUNT(texts); k++) *texts[k] = kept(*texts[k]);
	}
	if (signed_once) matrix->objects[first].ref = TEXT(""); /* no list is asked for it: there is another one in this state */
	arena_release(matrix->t->arena, mark);
}

static void make_applications(Matrix *matrix)
{
	Test *t = matrix->t;
	int64_t now = t->call->now;
	Officers officers = { .applicant = actor_of(matrix, "unit-admin"), .secretary = actor_of(matrix, "secretary") };
	people_staff(t, "second-secretary@example.org", ROLE_SECRETARY);
	officers.second = *t->call->actor;
	people_staff(t, "third-secretary@example.org", ROLE_SECRETARY);
	officers.third = *t->call->actor;
	for (size_t i = 0; i < application_machine.state_count; i++) {
		t->call->now = now;
		make_and_keep(matrix, &officers, application_machine.states[i].name, false);
	}
	t->call->now = now;
	make_and_keep(matrix, &officers, "INSPECT", true);
	t->call->now = now;
}

static void make_freeze(Matrix *matrix)
{
	Freezes freezes;
	Freeze freeze = {
		.name = TEXT("F"), .basis = TEXT("B"), .from_at = (int64_t)4000 * 1000000000, .until_at = (int64_t)4001 * 1000000000
	};
	matrix_as(matrix, "coordinator");
	CHECK_OK(matrix->t->call, freeze_add(matrix->t->call, &freeze));
	CHECK_OK(matrix->t->call, freeze_list(matrix->t->call, 0, 1, &freezes));
	matrix_place(matrix, "freeze", freezes.at[0].ref);
}

/* A letter about the report that was not taken on. */
static void make_letter(Matrix *matrix)
{
	Test *t = matrix->t;
	Report report;
	Text ref, draft;
	matrix_as(matrix, "coordinator");
	CHECK_OK(t->call, report_open(t->call, matrix_object(matrix, "report", TEXT("REJECTED"))->ref, &report));
	const LetterOrder order = { .kind = LETTER_REJECTION,
		.machine = report_machine.name,
		.subject_id = report.id,
		.seal_key = report.seal_key,
		.matter = report.ref,
		.recipient = TEXT("Somebody<script>alert(6)</script>") };
	people_staff(t, "letters@example.org", ROLE_COORDINATOR); /* nobody of the walk, whose inbox would tell of it */
	const Actor writer = *t->call->actor;
	CHECK_OK(t->call, letter_draft(t->call, &order, &draft));
	matrix_as(matrix, "coordinator");
	CHECK_OK(t->call, letter_approve(t->call, LETTER_LIBRARY, draft, &ref));
	matrix_place(matrix, "letter", ref);
	t->call->actor = &writer;
	CHECK_OK(t->call, letter_draft(t->call, &order, &draft)); /* one that waits for somebody else */
	matrix_place(matrix, "letter-draft", draft);
	matrix_as(matrix, "coordinator");
	CHECK_OK(t->call, letter_draft(t->call, &order, &draft));
	matrix_place(matrix, "own-letter-draft", draft);
}

/* Entered by a verifier before any report came in; and one that comes too late for all of them. */
static void make_internal(Matrix *matrix, const char *name)
{
	Test *t = matrix->t;
	Text ref;
	Map *values = map_new(t->arena);
	bool is_first = !strcmp(name, "earlier-record");
	MatrixObject *object = is_first ? matrix_add(matrix, "internal", "-") : NULL;
	form_set(t->arena, values, TEXT("title"), object ? object->title : TEXT("Later"));
	form_set(t->arena, values, TEXT("content"), object ? object->content : TEXT("Later"));
	matrix_as(matrix, is_first ? "assigned" : "coordinator");
	if (is_first) t->call->now -= 1000;
	CHECK_OK(t->call, internal_enter(t->call, values, &ref));
	if (is_first) t->call->now += 1000;
	if (object) object->ref = ref;
	matrix_place(matrix, name, ref);
}

void matrix_matters(Matrix *matrix)
{
	make_freeze(matrix);
	make_internal(matrix, "earlier-record");
	matrix_disputes(matrix);
	for (size_t i = 0; i < COUNT(ways); i++) {
		make_report(matrix, "report", i);
		make_report(matrix, "claimed", i);
	}
	make_internal(matrix, "later-record");
	make_reviewed(matrix);
	make_letter(matrix);
	make_casefiles(matrix);
	matrix_parties(matrix);
	make_draft(matrix, "draft", "owner");
	make_draft(matrix, "visitors-draft", "claimant");
	for (size_t i = 0; i < article_machine.state_count; i++) make_article(matrix, article_machine.states[i].name);
	matrix_experts(matrix);
	matrix_inspectors(matrix);
	matrix_deciders(matrix);
	for (size_t i = 0; i < round_machine.state_count; i++) make_round(matrix, round_machine.states[i].name);
	make_applications(matrix);
	matrix_units(matrix);
	matrix_merits(matrix);
	matrix_figures(matrix);
	matrix_finds(matrix);
	matrix_deliveries(matrix);
	matrix_warnings(matrix);
	matrix_activities(matrix);
	matrix_collections(matrix);
	matrix_batches(matrix);
}
