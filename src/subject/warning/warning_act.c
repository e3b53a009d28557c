/* What the actions of the machine change. */
#include "people/notice/notice.h"
#include "store/db/db.h"
#include "subject/warning/warning_private.h"

static bool is(const Transition *row, const char *action) { return strcmp(row->action, action) == 0; }

/* ---- Words of a decision */
static Error say(Call *call, const Warning *warning, const Map *values)
{
	Word word = { .version = 0 };
	Sealed remark;
	bool found = false;
	TRY(wordlist_find(call, &warning_reasons, form_answer(values, "code"), -1, &word, &found));
	TRY(seal_close(call, warning->seal_key, warning_remark_place, warning->ref, form_answer(values, "explanation"), &remark));
	return warning_say(call, warning->id, form_answer(values, "code"), word.version, remark);
}

static Error forget_words(Call *call, const Warning *warning) { return warning_say(call, warning->id, TEXT(""), 0, (Sealed) { 0 }); }

static Error tell_office(Call *call, const Warning *warning, Role role, NoticeKind kind)
{
	return notice_send_role(call, role, kind, warning->ref, warning_path(call->arena, warning->ref));
}

/* ---- Before it is sent */
static Error submit(Call *call, const Warning *warning)
{
	TRY(warning_submit(call, warning->id, call->actor->person_id, call->now));
	TRY(forget_words(call, warning));
	return tell_office(call, warning, ROLE_COORDINATOR, NOTICE_WARNING_SHARED);
}

static Error assess(Call *call, const Warning *warning, const Map *values)
{
	Text casefile = text_trim(form_answer(values, "casefile"));
	Casefile opened;
	if (casefile.length) {
		Error error = casefile_open_shell(call, casefile, &opened);
		if (error != OK && error != ERROR_NOT_FOUND) return error;
		call_pass_over(call);
		if (error != OK) call_problem(call, TEXT("casefile"), N_("There is no such casefile."), (Text) { 0 });
		TRY(call_check_problems(call));
		casefile = opened.ref;
	}
	TRY(warning_assess(call, warning->id, (Maybe) { true, call->actor->person_id }, casefile));
	TRY(forget_words(call, warning));
	return tell_office(call, warning, ROLE_PUBLISHER, NOTICE_WARNING_ASSESSED);
}

static Error give_back(Call *call, const Warning *warning, const Transition *row, const Map *values)
{
	TRY(say(call, warning, values));
	if (strcmp(row->from, "ASSESSED") == 0) return tell_office(call, warning, ROLE_COORDINATOR, NOTICE_WARNING_SHARED);
	return warning_tell_owner(call, warning, is(row, "reject") ? NOTICE_WARNING_REFUSED : NOTICE_WARNING_RETURNED);
}

/* ---- Sending */
/* The organisation's merit: an event of its own by whoever handed it in, or, when that person has left, by one of its administrators, so that a
 * row of the points rule may count it. */
static Error credit(Call *call, const Warning *warning)
{
	Numbers admins;
	bool is_member = false;
	const Actor *before = call->actor;
	Actor sharer = { .person_id = warning->submitted_by, .roles = ROLE_REPORTER };
	if (!warning->organisation_id || warning->newest) return OK;
	TRY(org_is_member(call, warning->organisation_id, sharer.person_id, &is_member));
	if (!is_member) {
		TRY(org_admins(call, warning->organisation_id, &admins));
		if (!admins.count) return OK;
		sharer.person_id = admins.at[0];
	}
	call->actor = &sharer;
	Error error = ledger_record(call,
		&(LedgerEvent) { .kind = "warning-share", .ref = warning->ref, .action = "taken", .matter = warning->seal_key }, NULL);
	call->actor = before;
	return error;
}

static Text text_row(Arena *arena, int64_t id, int64_t n) { return arena_printf(arena, "%lld %lld", (long long)id, (long long)n); }

static Error store_text(Call *call, const Warning *warning, const Map *values, int64_t n, Text reason)
{
	Sealed title, content, why = { 0 };
	Text row = text_row(call->arena, warning->id, n);
	const Text what[LANG_COUNT] = { [LANG_ZH] = form_answer(values, "what_zh"), [LANG_EN] = form_answer(values, "what_en") };
	int64_t writer = warning->corrector_id ? warning->corrector_id : warning->writer_id;
	TRY(seal_close(call, warning->seal_key, "warning_text|sealed_values", row, form_values_text(call->arena, &warning_form, values),
		&content));
	if (reason.length) TRY(seal_close(call, warning->seal_key, "warning_text|sealed_reason", row, reason, &why));
	TRY(warning_text_insert(call, warning->id, n, content, why, writer, call->actor->person_id, call->now));
	TRY(seal_close(call, warning->seal_key, warning_title_place, warning->ref, warning_pair_text(call->arena, what), &title));
	return warning_send_row(call, warning->id, warning->number, n, title, call->now);
}

static Error send(Call *call, Warning *warning, Matter *matter)
{
	TRY(warning_send_out(call, warning, &matter->detail));
	TRY(store_text(call, warning, warning->values, 1, TEXT("")));
	TRY(credit(call, warning));
	return warning_tell_owner(call, warning, NOTICE_WARNING_TAKEN);
}

static Error extend(Call *call, Warning *warning, Matter *matter, const Map *values)
{
	Text told;
	TRY(warning_send_out(call, warning, &told));
	TRY(warning_number_row(call, warning->id, warning->number));
	matter->detail = arena_printf(call->arena, "%.*s\n%.*s", TEXT_ARGS(told), TEXT_ARGS(form_answer(values, "reason")));
	return OK;
}

/* ---- After it was sent */
static bool changes_something(const Map *before, const Map *after)
{
	for (size_t i = 0; i < warning_form.section_count; i++) {
		const FormSection *section = &warning_form.sections[i];
		for (size_t k = 0; k < section->item_count; k++) {
			const char *name = section->items[k].name;
			if (strcmp(name, "urgent") != 0 && !text_is(form_answer(before, name), form_answer(after, name))) return true;
		}
	}
	return false;
}

static Error correct(Call *call, const Warning *warning, const Form *form, const Map *values)
{
	Sealed proposal;
	Texts hosts;
	TRY(warning_names_of(call, warning, &hosts));
	const char *fault = casefile_text_fault(call->arena, form, values, &hosts);
	if (fault) call_problem(call, TEXT("what_zh"), fault, (Text) { 0 });
	if (!changes_something(warning->values, values))
		call_problem(call, TEXT("what_zh"), N_("Nothing of the text is changed."), (Text) { 0 });
	TRY(call_check_problems(call));
	TRY(seal_close(
		call, warning->seal_key, warning_proposal_place, warning->ref, form_values_text(call->arena, form, values), &proposal));
	TRY(warning_propose(call, warning->id, (Maybe) { true, call->actor->person_id }, proposal));
	return tell_office(call, warning, ROLE_PUBLISHER, NOTICE_WARNING_ASSESSED);
}

static Error issue(Call *call, const Warning *warning)
{
	int64_t n = warning->newest + 1;
	Map *values = form_values_copy(call->arena, &warning_form, warning->proposal);
	Text reason = form_answer(warning->proposal, "reason");
	form_set(call->arena, values, TEXT("urgent"), form_answer(warning->values, "urgent"));
	TRY(store_text(call, warning, values, n, reason));
	TRY(warning_republish(call, warning, values, n, reason));
	TRY(warning_propose(call, warning->id, (Maybe) { 0 }, (Sealed) { 0 }));
	return warning_tell_all(call, warning, "changed");
}

static Error withdraw(Call *call, const Warning *warning, const Map *values)
{
	Texts hosts;
	TRY(warning_names_of(call, warning, &hosts));
	const char *fault = casefile_text_fault(call->arena, warning_action_form("warning-reason"), values, &hosts);
	if (fault) call_problem(call, TEXT("explanation"), fault, (Text) { 0 });
	TRY(call_check_problems(call));
	TRY(say(call, warning, values));
	TRY(warning_unpublish(call, warning, form_answer(values, "explanation")));
	TRY(warning_recipients_stop(call, warning->id));
	return warning_tell_all(call, warning, "withdrawn");
}

/* ---- All of them */
/* Whoever acts may not see it any more afterwards. */
static Error read_again(Call *call, int64_t id, Warning *out)
{
	WarningRow found;
	TRY(warning_find_id(call, id, &found));
	return warning_from_row(call, &found, out);
}

static Error carry_out(Call *call, Matter *matter, const Transition *row, const Form *form, const Map *values)
{
	Warning warning;
	TRY(read_again(call, matter->id, &warning));
	if (is(row, "submit")) return submit(call, &warning);
	if (is(row, "assess")) return assess(call, &warning, values);
	if (is(row, "return") || is(row, "reject")) return give_back(call, &warning, row, values);
	if (is(row, "send")) return send(call, &warning, matter);
	if (is(row, "extend")) return extend(call, &warning, matter, values);
	if (is(row, "correct")) return correct(call, &warning, form, values);
	if (is(row, "issue")) return issue(call, &warning);
	if (is(row, "drop")) return warning_propose(call, warning.id, (Maybe) { 0 }, (Sealed) { 0 });
	if (is(row, "close")) return warning_recipients_stop(call, warning.id);
	return is(row, "withdraw") ? withdraw(call, &warning, values) : OK;
}

Error warning_machine_applied(Call *call, Matter *matter, const Transition *row, const void *input)
{
	const Form *form = warning_action_form(row->form);
	if (form) {
		TRY(form_check(call, form, input));
		matter->detail = form_values_text(call->arena, form, input);
	}
	return carry_out(call, matter, row, form, input);
}

typedef struct Acting {
	Text ref;
	Act act;
} Acting;

/* An urgent one has one working day for each step. */
static Error act_in_time(Call *call, void *argument)
{
	const Acting *acting = argument;
	Matter matter;
	Warning warning;
	ClockView clock;
	TRY(workflow_act(call, &warning_machine, acting->ref, &acting->act, &matter));
	TRY(read_again(call, matter.id, &warning));
	TRY(workflow_clock_of(call, &warning_machine, warning.id, &clock));
	if (!warning.is_urgent || !clock.clock || clock.started_at != call->now) return OK;
	return workflow_clock_limit(call, &warning_machine, warning.id, (int)setting_int(call, SETTING_warning_urgent_days));
}

Error warning_act(Call *call, Text ref, Text action, int64_t revision, const Map *values)
{
	Acting acting = { ref, { .action = action, .revision = revision, .input = values ? values : map_new(call->arena) } };
	return db_transact(call, act_in_time, &acting);
}
