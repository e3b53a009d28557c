/* What the actions of the machine change. */
#include "base/base/clock.h"
#include "base/base/random.h"
#include "engine/rating/rating.h"
#include "people/person/person.h"
#include "store/seal/seal.h"
#include "subject/casefile/casefile_private.h"

/* ---- Opening, from the report's action */

Error casefile_new(Call *call, const CasefileNew *given, int64_t *out_id)
{
	Sealed title;
	Matter matter = { .state = TEXT("VERIFYING"), .revision = 1 };
	Text letters = random_code(call->arena, 8);
	matter.ref = arena_printf(call->arena, "C-%.4s-%.4s", letters.at, letters.at + 4);
	TRY(seal_matter_new(call, &matter.seal_key));
	TRY(seal_close(call, matter.seal_key, "casefile|sealed_title", matter.ref, given->title, &title));
	TRY(casefile_insert(call, matter.ref, given->is_incident, given->class_tag, given->coordinator_id, matter.seal_key, title,
		call->now, &matter.id));
	TRY(workflow_begin(call, &casefile_machine, &matter));
	*out_id = matter.id;
	return OK;
}

static Error open_new(Call *call, const Report *report, int64_t *out_id)
{
	const CasefileNew given = { report->title, report->class_tag, text_is(report->kind, TEXT("incident")), call->actor->person_id };
	TRY(casefile_new(call, &given, out_id));
	return casefile_add_own_party(call, *out_id, report);
}

static Error find_open(Call *call, const Report *report, Text ref, int64_t *out_id)
{
	Casefile casefile;
	Error error = casefile_open(call, ref, &casefile);
	if (error != OK && error != ERROR_NOT_FOUND) return error;
	const WorkflowState *state = error == OK ? workflow_state(&casefile_machine, casefile.state) : NULL;
	call_pass_over(call);
	if (!state || state->final)
		call_problem(call, TEXT("casefile"), N_("There is no open casefile of this number."), (Text) { 0 });
	else if (casefile.is_incident != text_is(report->kind, TEXT("incident")))
		call_problem(call, TEXT("casefile"), N_("That casefile is of the other type."), (Text) { 0 });
	TRY(call_check_problems(call));
	*out_id = casefile.id;
	return OK;
}

/* What the reporter thinks of it stands beside what the verifiers find. */
static Error keep_reporters_rating(Call *call, const CasefileRow *row, const Report *report)
{
	Text gbt30279 = form_answer(report->values, "gbt30279"), cvss = form_answer(report->values, "cvss");
	RatingAuthor author = { "reporter", { report->reporter_id != 0, report->reporter_id },
		{ report->organisation_id != 0, report->organisation_id } };
	if (!gbt30279.length && !cvss.length) return OK;
	return casefile_add_rating(call, row, &author, gbt30279, cvss, NULL, NULL);
}

Error casefile_attach_report(Call *call, const Report *report, const Map *values)
{
	int64_t id = 0;
	Text ref = form_answer(values, "casefile"), verifier = form_answer(values, "verifier");
	TRY(ref.length ? find_open(call, report, ref, &id) : open_new(call, report, &id));
	CasefileRow row;
	Casefile casefile;
	TRY(casefile_report_add(call, id, report->id));
	TRY(casefile_find_id(call, id, &row));
	TRY(keep_reporters_rating(call, &row, report));
	if (!verifier.length) return OK;
	TRY(casefile_of_row(call, &row, &casefile));
	return casefile_assign(call, &row, casefile.facts, "verifier", verifier);
}

/* ---- The machine */
Error casefile_machine_load(Call *call, Text ref, Matter *out)
{
	Casefile casefile;
	TRY(casefile_open_shell(call, ref, &casefile));
	casefile_matter(&casefile, out);
	return OK;
}

Error casefile_machine_move(Call *call, const Matter *matter, Text to, int64_t *out_changed)
{
	return casefile_move(call, matter->id, matter->state, to, matter->revision, call->now, out_changed);
}

Error change_seal(const CaseChange *change, const char *place, Text row, Sealed *out)
{
	Call *call = change->call;
	return seal_close(call, change->row->seal_key, place, row, form_values_text(call->arena, change->form, change->values), out);
}

static Error give_number(const CaseChange *change)
{
	Call *call = change->call;
	int year, month, day;
	int64_t given = 0;
	if (change->row->number.at) return OK;
	clock_civil((call->now / 1000 + 8 * 3600) / 86400, &year, &month, &day);
	TRY(archive_next(call, year, &given));
	return casefile_number(call, setting_text(call, SETTING_archive_number), year, (uint64_t)given - 1, &change->row->number);
}

Error change_describe(const CaseChange *change)
{
	Call *call = change->call;
	CasefileRow *row = change->row;
	Text json = form_values_text(call->arena, &casefile_public_form, change->values);
	row->has_mitigation = form_answer(change->values, "solution_zh").length > 0;
	row->has_public_text =
		form_answer(change->values, "title_zh").length > 0 && form_answer(change->values, "description_zh").length > 0;
	return seal_close(call, row->seal_key, "casefile|sealed_public", row->ref, json, &row->sealed_public);
}

static Error extend(const CaseChange *change)
{
	int64_t days = 0;
	if (!text_to_int(form_answer(change->values, "days"), &days))
		return fail(change->call, INVALID, "days that were checked are no number");
	return workflow_clock_extend(change->call, &casefile_machine, change->row->id, (int)days);
}

static Error ask(const CaseChange *change)
{
	change->row->asked_by = (Maybe) { true, change->call->actor->person_id };
	change->row->approved_by = (Maybe) { 0 };
	return OK;
}

static Error approve(const CaseChange *change)
{
	change->row->approved_by = (Maybe) { true, change->call->actor->person_id };
	return OK;
}

static Error take_back(const CaseChange *change)
{
	change->row->approved_by = (Maybe) { 0 };
	return OK;
}

static Error declare_emergency(const CaseChange *change)
{
	Call *call = change->call;
	int64_t hours = setting_int(call, SETTING_emergency_hours);
	change->row->emergency_at = (Maybe) { true, call->now };
	change->row->emergency_due_at = (Maybe) { true, call->now + hours * 3600000 };
	return OK;
}

static Error publish(const CaseChange *change)
{
	change->row->advisory = change->row->number;
	return casefile_publish(change->call, change->casefile, text_from(casefile_publisher), TEXT(""));
}

static const struct {
	const char *action;
	Error (*change)(const CaseChange *change);
} changes[] = {
	{ "assign", verify_assign },
	{ "assign-second", verify_assign_second },
	{ "unassign", task_take_back },
	{ "hand-over", task_hand_over },
	{ "undertake", verify_undertake },
	{ "confirm", verify_confirm },
	{ "confirm-second", verify_second },
	{ "part", verify_add_part },
	{ "refute", verify_refute },
	{ "accept", give_number },
	{ "party", name_party },
	{ "report-up", upward_send },
	{ "report-up-answer", upward_take_answer },
	{ "describe", change_describe },
	{ "isolate", isolation_isolate },
	{ "wipe", isolation_destroy },
	{ "release-isolated", isolation_release },
	{ "release-accepted", isolation_release },
	{ "propose-merge", merge_propose },
	{ "merge", merge_into },
	{ "refuse-merge", merge_refuse },
	{ "propose-unmerge", unmerge_propose },
	{ "unmerge", unmerge_from },
	{ "unmerge-accepted", unmerge_from },
	{ "relate", merge_relate },
	{ "rate-anew", dispute_rate },
	{ "extend", extend },
	{ "emergency", declare_emergency },
	{ "embargo", embargo_propose },
	{ "embargo-answer", embargo_answer },
	{ "made-public", embargo_end },
	{ "consent", freeze_consent },
	{ "early-consult", early_consult },
	{ "early-report", early_add_reports },
	{ "early-assess", early_take_assessment },
	{ "early-approve", early_add_approval },
	{ "request", ask },
	{ "approve", approve },
	{ "return", take_back },
	{ "publish", publish },
	{ "release", publish },
	{ "escalate", supervision_escalate },
	{ "instruct", supervision_instruct },
	{ "answer-instruction", supervision_answer },
	{ "close-instruction", supervision_close },
	{ "correct", proposal_correct },
	{ "withdraw-advisory", proposal_withdraw },
	{ "change-advisory", proposal_carry_out },
	{ "refuse-change", proposal_refuse },
};

static Error store(Call *call, const CasefileRow *row)
{
	return casefile_change(call, row->id, row->number, row->class, row->technical_level, row->level, row->verified_by, row->second_by,
		row->asked_by, row->approved_by, row->is_refuted, row->has_mitigation, row->has_public_text, row->advisory,
		row->emergency_at, row->emergency_due_at, row->public_since, row->escalated_at, row->merged_into, row->sealed_public);
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
	bool is_outliving = !strcmp(row->action, "isolate") || !strcmp(row->action, "wipe");
	if (is_outliving) matter->seal_key = 0; /* why it was isolated must outlive a key that may be destroyed */
	TRY(casefile_find_id(call, matter->id, &casefile_row));
	TRY(casefile_of_row(call, &casefile_row, &casefile));
	CaseChange change = { call, &casefile_row, &casefile, input, form };
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
