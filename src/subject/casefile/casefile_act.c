/* What the actions of the machine change. */
#include "base/base/clock.h"
#include "base/base/random.h"
#include "engine/rating/rating.h"
#include "people/person/person.h"
#include "store/seal/seal.h"
#include "subject/casefile/casefile_private.h"

/* ---- Opening, from the report's action */

static Error check_verifier(Call *call, const CasefileFacts *facts, Text handle, int64_t *out_person_id)
{
	Person person;
	uint32_t roles = 0;
	Error error = person_find_login(call, handle, &person);
	if (error != OK && error != ERROR_NOT_FOUND) return error;
	if (error == OK) TRY(role_of(call, person.id, &roles));
	const char *why = error != OK || !(roles & ROLE_VERIFIER) ? N_("There is no verifier of this name.")
								  : casefile_interest(facts, person.id, person.organisation_id);
	call_recover(call);
	if (why) call_problem(call, TEXT("verifier"), why, (Text) { 0 });
	TRY(call_check_problems(call));
	*out_person_id = person.id;
	return OK;
}

static Error assign(Call *call, int64_t casefile_id, const CasefileFacts *facts, Text handle)
{
	int64_t person_id = 0;
	TRY(check_verifier(call, facts, handle, &person_id));
	CasefileRow row;
	TRY(casefile_find_id(call, casefile_id, &row));
	TRY(workflow_assign(call, &casefile_machine, casefile_id, "verifier", person_id));
	return notice_send(
		call, person_id, NOTICE_CASE_ASSIGNED, row.ref, arena_printf(call->arena, "/casefiles/%.*s", TEXT_ARGS(row.ref)));
}

static Error open_new(Call *call, const Report *report, int64_t *out_id)
{
	Sealed title;
	Matter matter = { .state = TEXT("VERIFYING"), .revision = 1 };
	Text letters = random_code(call->arena, 8);
	matter.ref = arena_printf(call->arena, "C-%.4s-%.4s", letters.at, letters.at + 4);
	TRY(seal_matter_new(call, &matter.seal_key));
	TRY(seal_close(call, matter.seal_key, "casefile|sealed_title", matter.ref, report->title, &title));
	TRY(casefile_insert(call, matter.ref, text_is(report->kind, TEXT("incident")), report->class_tag, call->actor->person_id,
		matter.seal_key, title, call->now, &matter.id));
	TRY(workflow_begin(call, &casefile_machine, &matter));
	*out_id = matter.id;
	return OK;
}

static Error find_open(Call *call, const Report *report, Text ref, int64_t *out_id)
{
	Casefile casefile;
	Error error = casefile_open(call, ref, &casefile);
	if (error != OK && error != ERROR_NOT_FOUND) return error;
	const WorkflowState *state = error == OK ? workflow_state(&casefile_machine, casefile.state) : NULL;
	call_recover(call);
	if (!state || state->final)
		call_problem(call, TEXT("casefile"), N_("There is no open casefile of this number."), (Text) { 0 });
	else if (casefile.is_incident != text_is(report->kind, TEXT("incident")))
		call_problem(call, TEXT("casefile"), N_("That casefile is of the other type."), (Text) { 0 });
	TRY(call_check_problems(call));
	*out_id = casefile.id;
	return OK;
}

static Error attach(Call *call, const Report *report, const Map *values)
{
	int64_t id = 0;
	Text ref = form_answer(values, "casefile"), verifier = form_answer(values, "verifier");
	TRY(ref.length ? find_open(call, report, ref, &id) : open_new(call, report, &id));
	TRY(casefile_report_add(call, id, report->id));
	if (!verifier.length) return OK;
	CasefileRow row;
	Casefile casefile;
	TRY(casefile_find_id(call, id, &row));
	TRY(casefile_of_row(call, &row, &casefile));
	return assign(call, id, casefile.facts, verifier);
}

/* ---- The machine */
Error casefile_machine_load(Call *call, Text ref, Matter *out)
{
	Casefile casefile;
	TRY(casefile_open(call, ref, &casefile));
	casefile_matter(&casefile, out);
	return OK;
}

Error casefile_machine_move(Call *call, const Matter *matter, Text to, int64_t *out_changed)
{
	return casefile_move(call, matter->id, matter->state, to, matter->revision, call->now, out_changed);
}

typedef struct Change {
	Call *call;
	CasefileRow *row;
	const Casefile *casefile;
	const Map *values;
} Change;

static Maybe actor_id(const Call *call) { return (Maybe) { true, call->actor->person_id }; }
static Maybe organisation_of(const Call *call) { return (Maybe) { call->actor->organisation_id != 0, call->actor->organisation_id }; }

static Error add_verification(const Change *change, Text verdict)
{
	Call *call = change->call;
	Text ref = random_code(call->arena, 16);
	Sealed sealed;
	TRY(seal_close(call, change->row->seal_key, "verification|sealed_evidence", ref, form_answer(change->values, "evidence"), &sealed));
	return casefile_verification_add(
		call, ref, change->row->id, call->actor->person_id, organisation_of(call), verdict, sealed, call->now);
}

static Text vectors_text(Arena *arena, Text gbt30279, Text cvss)
{
	Buffer buffer = { .arena = arena };
	JsonWriter writer = json_writer(&buffer);
	json_object_begin(&writer);
	json_put_text(&writer, "gbt30279", gbt30279);
	json_put_text(&writer, "cvss", cvss);
	json_end(&writer);
	json_finish(&writer);
	return buffer_text(&buffer);
}

static bool score_level(const Rating *rating, const char *tag, Text *out)
{
	for (size_t i = 0; i < rating->score_count; i++) {
		if (strcmp(rating->scores[i].tag, tag) != 0 || !rating->scores[i].has_level) continue;
		*out = text_from(level_tag(rating->scores[i].level));
		return true;
	}
	return false;
}

static Error confirm(const Change *change)
{
	Call *call = change->call;
	CasefileRow *row = change->row;
	Rating rating;
	RatingError error;
	Text gbt30279 = form_answer(change->values, "gbt30279"), cvss = form_answer(change->values, "cvss"),
	     ref = random_code(call->arena, 16);
	if (!rating_parse(gbt30279, &rating, &error) || !score_level(&rating, "technical", &row->technical_level))
		return fail(call, INVALID, "a vector that was checked does not rate");
	row->level = (Text) { 0 };
	(void)score_level(&rating, "overall", &row->level);
	row->class = form_answer(change->values, "class");
	row->verified_by = actor_id(call);
	row->is_refuted = false;
	Sealed sealed;
	TRY(add_verification(change, TEXT("reproduced")));
	TRY(seal_close(call, row->seal_key, "rating|sealed_vectors", ref, vectors_text(call->arena, gbt30279, cvss), &sealed));
	return casefile_rating_add(
		call, ref, row->id, call->actor->person_id, organisation_of(call), row->technical_level, row->level, sealed, call->now);
}

static Error refute(const Change *change)
{
	change->row->is_refuted = true;
	return add_verification(change, TEXT("not-reproduced"));
}

static Error give_number(const Change *change)
{
	Call *call = change->call;
	int year, month, day;
	int64_t given = 0;
	if (change->row->number.at) return OK;
	clock_civil((call->now / 1000 + 8 * 3600) / 86400, &year, &month, &day);
	TRY(archive_next(call, year, &given));
	return casefile_number(call, setting_text(call, SETTING_archive_number), year, (uint64_t)given - 1, &change->row->number);
}

static Error reassign(const Change *change)
{
	change->row->is_refuted = false;
	return assign(change->call, change->row->id, change->casefile->facts, form_answer(change->values, "verifier"));
}

static Error record_notice(const Change *change)
{
	Call *call = change->call;
	Text json = form_values_text(call->arena, casefile_action_form("casefile-notice"), change->values);
	change->row->has_notice = true;
	return seal_close(call, change->row->seal_key, "casefile|sealed_notice", change->row->ref, json, &change->row->sealed_notice);
}

static Error describe(const Change *change)
{
	Call *call = change->call;
	CasefileRow *row = change->row;
	Text json = form_values_text(call->arena, &casefile_public_form, change->values);
	row->has_fix = text_is(form_answer(change->values, "has_fix"), TEXT("yes"));
	row->has_mitigation = form_answer(change->values, "solution_zh").length > 0;
	row->has_public_text =
		form_answer(change->values, "title_zh").length > 0 && form_answer(change->values, "description_zh").length > 0;
	return seal_close(call, row->seal_key, "casefile|sealed_public", row->ref, json, &row->sealed_public);
}

static Error extend(const Change *change)
{
	int64_t days = 0;
	if (!text_to_int(form_answer(change->values, "days"), &days))
		return fail(change->call, INVALID, "days that were checked are no number");
	return workflow_clock_extend(change->call, &casefile_machine, change->row->id, (int)days);
}

static Error ask(const Change *change)
{
	change->row->asked_by = actor_id(change->call);
	return OK;
}

static Error publish(const Change *change)
{
	change->row->advisory = change->row->number;
	return casefile_publish(change->call, change->casefile);
}

static const struct {
	const char *action;
	Error (*change)(const Change *change);
} changes[] = {
	{ "assign", reassign },
	{ "confirm", confirm },
	{ "refute", refute },
	{ "accept", give_number },
	{ "notify", record_notice },
	{ "describe", describe },
	{ "extend", extend },
	{ "request", ask },
	{ "publish", publish },
};

static Error store(Call *call, const CasefileRow *row)
{
	return casefile_change(call, row->id, row->number, row->class, row->technical_level, row->level, row->verified_by, row->asked_by,
		row->is_refuted, row->has_notice, row->has_fix, row->has_mitigation, row->has_public_text, row->advisory,
		row->sealed_public, row->sealed_notice);
}

Error casefile_machine_applied(Call *call, Matter *matter, const Transition *row, const void *input)
{
	CasefileRow casefile_row;
	Casefile casefile;
	const Form *form = casefile_action_form(row->form);
	if (form) {
		TRY(form_check(call, form, input));
		matter->detail = form_values_text(call->arena, form, input);
	}
	TRY(casefile_find_id(call, matter->id, &casefile_row));
	TRY(casefile_of_row(call, &casefile_row, &casefile));
	Change change = { call, &casefile_row, &casefile, input };
	for (size_t i = 0; i < COUNT(changes); i++)
		if (!strcmp(changes[i].action, row->action)) TRY(changes[i].change(&change));
	TRY(store(call, &casefile_row));
	return casefile_tell(call, &casefile_row, row->action);
}

Error casefile_act(Call *call, Text ref, Text action, int64_t revision, const Map *values)
{
	Matter matter;
	Act act = { .action = action, .revision = revision, .input = values ? values : map_new(call->arena) };
	return workflow_act(call, &casefile_machine, ref, &act, &matter);
}

/* ---- What the report room is told */
static const char *const stage_states[] = { "VERIFYING", "RATED", "ACCEPTED", "COORDINATING", "READY", "PUBLISHED" };
static const char *const incident_states[] = { "VERIFYING", "RATED", "ACCEPTED", "COORDINATING", "INTERNAL", "CLOSED" };

static Error stage(Call *call, int64_t report_id, ReportStage *out, bool *out_found)
{
	int64_t id = 0;
	CasefileRow row;
	*out_found = false;
	TRY(casefile_find_of_report(call, report_id, &id, out_found));
	if (!*out_found) return OK;
	TRY(casefile_find_id(call, id, &row));
	const WorkflowState *state = workflow_state(&casefile_machine, row.state);
	if (!state) return fail(call, CORRUPT, "casefile %lld: state %.*s", (long long)id, TEXT_ARGS(row.state));
	const char *const *states = row.is_incident ? incident_states : stage_states;
	ReportStage stage = { .casefile_number = row.number.at ? row.number : TEXT(""),
		.state_text = tr(call->lang, state->text),
		.turn = state->turn ? tr(call->lang, state->turn) : TEXT(""),
		.tone = text_from(state->tone),
		.advisory = row.advisory.at ? row.advisory : TEXT(""),
		.ended = state->final };
	stage.current = COUNT(stage_states);
	for (size_t i = 0; i < COUNT(stage_states); i++) {
		list_add(call->arena, &stage.steps, tr(call->lang, workflow_state(&casefile_machine, text_from(states[i]))->text));
		if (!strcmp(states[i], state->name)) stage.current = i;
	}
	TRY(workflow_clock_of(call, &casefile_machine, id, &stage.clock));
	*out = stage;
	return OK;
}

const ReportHooks casefile_report_hooks = { .attach = attach, .withdrawn = casefile_report_withdrawn, .stage = stage };
