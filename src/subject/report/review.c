/* The formal review by somebody who verifies, of the library or of a support unit. They read it behind an undertaking, give one opinion with their
 * reasons, and are done with it; the coordinator decides. The reporter sees that it is in the formal review, and never who has it. */
#include "base/base/random.h"
#include "people/person/person.h"
#include "store/seal/seal.h"
#include "subject/interest/interest.h"
#include "subject/report/report_private.h"
#include "subject/report/review.sql.h"
#include "work/absence/absence.h"

enum { UNDERTAKING_VERSION = 1 };
static const char part[] = "reviewer";

/* ---- What is known of it */
Error review_look(Call *call, Report *report)
{
	ReviewRow begun;
	bool is_signed;
	if (!text_is(report->state, TEXT("FORMAL_REVIEW"))) return OK;
	TRY(workflow_assigned(call, &report_machine, report->id, part, &report->reviewer_id));
	bool is_theirs = report->reviewer_id && report->reviewer_id == call->actor->person_id;
	report->is_reviewer = is_theirs && !(report_reading_roles(call->actor) & ROLE_COORDINATOR);
	if (!is_theirs) return OK;
	TRY(review_begun(call, report->id, report->reviewer_id, &begun, &is_signed));
	report->has_undertaking = is_signed;
	report->hides_content = report->is_reviewer && !is_signed;
	if (!report->is_reviewer) return OK;
	report->values = is_signed ? report_values_for_workers(call, report->values) : map_new(call->arena);
	report->decision = TEXT("");
	if (!is_signed) report->title = report->ref;
	return OK;
}

const Map *report_values_for_workers(Call *call, const Map *values)
{
	static const char *const personal[] = { "contact", "credit", "credit_name", "who_knows", "sent_to", "also_sent" };
	Map *kept = map_new(call->arena);
	for (size_t i = 0; i < report_form.section_count; i++) {
		for (size_t j = 0; j < report_form.sections[i].item_count; j++) {
			const char *name = report_form.sections[i].items[j].name;
			bool is_personal = false;
			for (size_t k = 0; k < COUNT(personal); k++) is_personal |= !strcmp(personal[k], name);
			if (!is_personal) form_set(call->arena, kept, text_from(name), form_answer(values, name));
		}
	}
	return kept;
}

/* ---- Who may have it */
static Error unfit(Call *call, const Report *report, const Person *person, const char **out_why)
{
	bool same = report->organisation_id && report->organisation_id == person->organisation_id;
	*out_why = NULL;
	if (report->reporter_id && report->reporter_id == person->id) *out_why = N_("Nobody decides about a report of their own.");
	if (!*out_why && same) *out_why = N_("The report comes from the same organisation.");
	if (!*out_why) TRY(report_interest_of(call, report, person->id, out_why));
	return *out_why ? OK : absence_against(call, &report_machine, report->id, person->id, out_why);
}

static Text login_of(const Person *person) { return person->handle.length ? person->handle : person->mail; }

Error report_assignable(Call *call, const Report *report, Assignables *out)
{
	Numbers holders;
	Assignables candidates = { 0 };
	*out = candidates;
	if (!text_is(report->state, TEXT("FORMAL_REVIEW")) || !(report_reading_roles(call->actor) & ROLE_COORDINATOR)) return OK;
	TRY(role_holders(call, ROLE_VERIFIER, &holders));
	for (size_t i = 0; i < holders.count && i < ASSIGNABLES_MAX; i++) {
		Person person;
		Assignable candidate = { 0 };
		TRY(person_find(call, holders.at[i], &person));
		candidate.name = person_shown_name(&person);
		candidate.handle = login_of(&person);
		TRY(unfit(call, report, &person, &candidate.why_not));
		TRY(review_task_count(call, person.id, &candidate.tasks));
		list_add(call->arena, &candidates, candidate);
	}
	*out = candidates;
	return OK;
}

static Error tell(Call *call, int64_t person_id, Text ref)
{
	return notice_send(call, person_id, NOTICE_REVIEW_ASSIGNED, ref, arena_printf(call->arena, "/reports/%.*s", TEXT_ARGS(ref)));
}

/* ---- What the actions change */
Error review_assign(Call *call, Matter *matter, const Map *values)
{
	Report report;
	Person person;
	bool is_found;
	const char *why = NULL;
	TRY(report_read(call, matter->id, &report));
	TRY(role_find_holder(call, form_answer(values, "reviewer"), ROLE_VERIFIER, &person, &is_found));
	if (!is_found)
		why = N_("There is no verifier of this name.");
	else
		TRY(unfit(call, &report, &person, &why));
	if (why) call_problem(call, TEXT("reviewer"), why, (Text) { 0 });
	TRY(call_check_problems(call));
	TRY(workflow_assign(call, &report_machine, matter->id, part, person.id));
	return tell(call, person.id, matter->ref);
}

Error review_unassign(Call *call, Matter *matter, const Map *values)
{
	(void)values;
	return workflow_unassign(call, &report_machine, matter->id, part);
}

Error review_hand_over(Call *call, Matter *matter, const Map *values)
{
	Person holder;
	TRY(person_find_login(call, form_answer(values, "holder"), &holder));
	TRY(workflow_hand_over(call, &report_machine, matter->id, part, holder.id));
	return tell(call, holder.id, matter->ref);
}

Error review_undertake(Call *call, Matter *matter, const Map *values)
{
	const Actor *actor = call->actor;
	(void)values;
	return review_add(call, random_code(call->arena, 16), matter->id, actor->person_id,
		(Maybe) { actor->organisation_id != 0, actor->organisation_id }, UNDERTAKING_VERSION, call->now);
}

Error review_opine(Call *call, Matter *matter, const Map *values)
{
	ReviewRow begun;
	Word word = { 0 };
	Sealed words;
	bool is_found;
	int64_t changed;
	Text reason = text_is(form_answer(values, "opinion"), TEXT("reject")) ? form_answer(values, "code") : (Text) { 0 };
	TRY(review_begun(call, matter->id, call->actor->person_id, &begun, &is_found));
	if (!is_found) return fail(call, CONFLICT, "no undertaking for report %.*s", TEXT_ARGS(matter->ref));
	if (reason.length) TRY(wordlist_find(call, &report_reasons, reason, -1, &word, &is_found));
	TRY(seal_close(call, matter->seal_key, "report_review|sealed_words", begun.ref, form_answer(values, "words"), &words));
	TRY(review_give(call, begun.id, form_answer(values, "opinion"), reason, word.version, words, call->now, &changed));
	return workflow_unassign(call, &report_machine, matter->id, part);
}

Error review_ends(Call *call, const Matter *matter, const Transition *row)
{
	const WorkflowState *to = workflow_state(&report_machine, text_from(row->to));
	bool goes_on = !to->final && !text_is(text_from(row->to), TEXT("ISOLATED"));
	return goes_on ? OK : workflow_unassign(call, &report_machine, matter->id, part);
}

/* ---- What was said */
const char *review_opinion_text(Text opinion)
{
	if (text_is(opinion, TEXT("accept"))) return N_("Take it on");
	return text_is(opinion, TEXT("ask")) ? N_("Ask for additions") : N_("Do not take it on");
}

Error report_opinions(Call *call, const Report *report, ReviewOpinions *out)
{
	ReviewRows rows = { 0 };
	ReviewOpinions opinions = { 0 };
	bool may_read = (report_reading_roles(call->actor) & ROLE_COORDINATOR) && !report_is_shut(report) && !report->is_own;
	if (may_read) TRY(review_given(call, report->id, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		Person person;
		Organisation organisation = { 0 };
		ReviewOpinion opinion = { .given_at = rows.at[i].given_at.value,
			.opinion = rows.at[i].opinion,
			.reason = rows.at[i].reason.at ? rows.at[i].reason : TEXT(""),
			.reason_version = rows.at[i].reason_version };
		TRY(person_find(call, rows.at[i].person_id, &person));
		if (rows.at[i].organisation_id.is) TRY(org_find(call, rows.at[i].organisation_id.value, &organisation));
		opinion.reviewer = person_shown_name(&person);
		opinion.organisation = organisation.name.at ? organisation.name : TEXT("");
		TRY(seal_open(call, "report_review|sealed_words", rows.at[i].ref, rows.at[i].sealed_words, &opinion.words));
		list_add(call->arena, &opinions, opinion);
	}
	*out = opinions;
	return OK;
}

/* ---- Tasks that come back or go to a deputy: by the system, whoever's act made it necessary */
static Error act_as_system(Call *call, int64_t report_id, const char *action, const Map *values)
{
	Report report;
	Matter matter;
	Act act = { .action = text_from(action), .input = values };
	const Actor *actor = call->actor;
	TRY(report_read(call, report_id, &report));
	call->actor = &actor_system;
	TRY(workflow_assigned(call, &report_machine, report_id, part, &report.reviewer_id));
	report_matter(&report, call->arena, &matter);
	Error error = workflow_apply(call, &report_machine, &matter, &act);
	call->actor = actor;
	return error;
}

static Error take_back(Call *call, int64_t report_id, const char *reason)
{
	Map *values = map_new(call->arena);
	form_set(call->arena, values, TEXT("reason"), text_from(reason));
	return act_as_system(call, report_id, "unassign", values);
}

Error report_interest_declared(Call *call, int64_t person_id)
{
	Numbers tasks;
	TRY(review_tasks(call, person_id, &tasks));
	for (size_t i = 0; i < tasks.count; i++) {
		Report report;
		const char *why = NULL;
		TRY(report_read(call, tasks.at[i], &report));
		TRY(report_interest_of(call, &report, person_id, &why));
		if (why) TRY(take_back(call, tasks.at[i], "An interest was declared."));
	}
	return OK;
}

Error report_person_left(Call *call, int64_t person_id)
{
	Numbers tasks;
	TRY(review_tasks(call, person_id, &tasks));
	for (size_t i = 0; i < tasks.count; i++) TRY(take_back(call, tasks.at[i], "The verifier has left."));
	return OK;
}

static Error hand_all_over(Call *call, const Numbers *tasks, int64_t person_id, int64_t holder_id)
{
	Person person, holder = { 0 };
	TRY(person_find(call, person_id, &person));
	if (holder_id) TRY(person_find(call, holder_id, &holder));
	for (size_t i = 0; i < tasks->count; i++) {
		Report report;
		const char *why = "The verifier is away, and nobody stands in.";
		Map *values = map_new(call->arena);
		TRY(report_read(call, tasks->at[i], &report));
		if (holder_id) TRY(unfit(call, &report, &holder, &why));
		if (why) {
			TRY(take_back(call, tasks->at[i], why));
			continue;
		}
		form_set(call->arena, values, TEXT("whose"), login_of(&person));
		form_set(call->arena, values, TEXT("holder"), login_of(&holder));
		TRY(act_as_system(call, tasks->at[i], "hand-over", values));
	}
	return OK;
}

Error report_absence_begins(Call *call, int64_t person_id, int64_t deputy_id)
{
	Numbers tasks;
	TRY(review_tasks(call, person_id, &tasks));
	return hand_all_over(call, &tasks, person_id, deputy_id);
}

Error report_absence_ends(Call *call, int64_t person_id)
{
	Numbers tasks;
	TRY(review_tasks_held(call, person_id, &tasks));
	return hand_all_over(call, &tasks, person_id, person_id);
}
