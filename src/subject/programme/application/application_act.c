/* What the actions of the machine change, and what time alone moves on. */
#include "base/base/clock.h"
#include "store/seal/seal.h"
#include "subject/programme/application/application_private.h"
#include "work/workflow/workdays.h"

enum { DUE_AT_ONCE = 50 };

static Maybe maybe_of(int64_t number) { return (Maybe) { number != 0, number }; }

/* ---- Loading for the machine */
static Error is_corrected(Call *call, const Application *application, bool *out)
{
	ApplicationVersions versions;
	TRY(application_versions_of(call, application, &versions));
	*out = versions.count > 0;
	for (size_t i = 0; i < application->marks.count && versions.count; i++) {
		const ApplicationVersion *last = &versions.at[versions.count - 1];
		Text field = application->marks.at[i].field;
		const FormItem *item = form_item(application->form, field);
		Attachments files = { 0 };
		bool is_same = item && text_is(form_answer(application->values, item->name), form_answer(last->values, item->name));
		if (item && item->kind == FORM_FILES) {
			TRY(application_files_of(call, application, field, &files));
			is_same = true;
			for (size_t f = 0; f < files.count; f++)
				is_same &= files.at[f].is_finished && text_find(last->files, files.at[f].sha256, NULL);
		}
		if (is_same) *out = false;
	}
	return OK;
}

static Error has_rival(Call *call, const Application *application, bool *out)
{
	LivingRows living;
	static const char *const before[] = { "DRAFT", "HASHED", "SUBMITTED", "IN_CHECK", "RETURNED", "REJECTED", "APPEAL", "DISMISSED" };
	*out = false;
	TRY(application_living(call, application->round_id, application->organisation_id, &living));
	for (size_t i = 0; i < living.count; i++) {
		bool is_before = false;
		for (size_t s = 0; s < COUNT(before); s++) is_before |= text_is(living.at[i].state, text_from(before[s]));
		if (living.at[i].id != application->id && !is_before && text_is(living.at[i].direction, application->direction))
			*out = true;
	}
	return OK;
}

Error application_facts(Call *call, const Application *application, ApplicationFacts *out)
{
	ApplicationFacts facts = { .application = application, .now = call->now };
	ApplicationProblems missing;
	ClockView clock = { 0 };
	Attachments look_ups;
	Text state = application->state, digest;
	bool is_returned = text_is(state, TEXT("RETURNED")), is_check = text_is(state, TEXT("IN_CHECK"));
	if (is_returned || text_is(state, TEXT("DRAFT"))) {
		TRY(application_missing(call, application, &missing));
		facts.is_complete = missing.count == 0;
	}
	if (is_returned) {
		TRY(workflow_clock_of(call, &application_machine, application->id, &clock));
		facts.return_due = clock.due_at;
		TRY(is_corrected(call, application, &facts.is_changed));
	}
	if (text_is(state, TEXT("APPROVED"))) {
		TRY(workflow_clock_of(call, &application_machine, application->id, &clock));
		facts.agreement_due = clock.due_at;
	}
	if (text_is(state, TEXT("HASHED"))) {
		TRY(application_digest(call, application, NULL, &digest));
		facts.is_delivered = text_is(digest, application->hash);
	}
	if (is_check && application->is_staff) {
		TRY(application_files_of(call, application, TEXT("check"), &look_ups));
		facts.has_look_up = look_ups.count > 0;
		TRY(has_rival(call, application, &facts.has_rival));
	}
	*out = facts;
	return OK;
}

void application_matter(Call *call, const Application *application, const ApplicationFacts *facts, Matter *out)
{
	ApplicationFacts *kept = arena_new_of(call->arena, ApplicationFacts);
	*kept = *facts;
	*out = (Matter) { .id = application->id,
		.revision = application->revision,
		.ref = application->ref,
		.state = application->state,
		.facts = kept,
		.seal_key = application->seal_key };
}

Error application_machine_load(Call *call, Text ref, Matter *out)
{
	Application *application = arena_new_of(call->arena, Application);
	ApplicationFacts facts;
	TRY(application_open(call, ref, application));
	TRY(application_facts(call, application, &facts));
	application_matter(call, application, &facts, out);
	return OK;
}

Error application_machine_move(Call *call, const Matter *matter, Text to, int64_t *out_changed)
{
	return application_move(call, matter->id, matter->state, to, matter->revision, call->now, out_changed);
}

/* ---- What each action changes */
typedef struct Change {
	const Application *application;
	ApplicationRow *row;
	Matter *matter;
	const Map *values;
} Change;
typedef Error Changing(Call *call, const Change *change);

static Error keep_version(Call *call, const Change *change)
{
	const Application *application = change->application;
	Text ref = token_new(call->arena, 16), digest, files;
	Sealed values, sealed_files;
	TRY(application_digest(call, application, NULL, &digest));
	TRY(application_files_text(call, application, &files));
	TRY(seal_close(call, application->seal_key, "application_version|sealed_values", ref,
		form_values_text(call->arena, application->form, application->values), &values));
	TRY(seal_close(call, application->seal_key, "application_version|sealed_files", ref, files, &sealed_files));
	change->row->version++;
	change->row->sha256 = digest;
	TRY(application_version_add(call, ref, application->id, change->row->version, values, sealed_files, digest,
		maybe_of(call->actor->person_id), call->now));
	change->matter->detail =
		arena_printf(call->arena, "{\"version\":%lld,\"sha256\":\"%.*s\"}", (long long)change->row->version, TEXT_ARGS(digest));
	return OK;
}

static Error submit(Call *call, const Change *change)
{
	int64_t standings = 0;
	TRY(application_standings(call, change->application->organisation_id, &standings));
	change->row->is_newcomer = standings == 0;
	change->row->submitted_at = maybe_of(call->now);
	if (!change->row->lodged_at.is) change->row->lodged_at = maybe_of(call->now);
	return keep_version(call, change);
}

static Error lodge(Call *call, const Change *change)
{
	Texts hashes;
	ApplicationProblems missing;
	if (!application_hashes_parse(call->arena, form_answer(change->values, "hashes"), &hashes))
		call_problem(call, TEXT("hashes"), N_("Each line begins with the 64 signs of a SHA-256."), (Text) { 0 });
	TRY(call_check_problems(call));
	TRY(application_missing(call, change->application, &missing));
	for (size_t i = 0; i < missing.count; i++) {
		const FormItem *item = form_item(change->application->form, missing.at[i].field);
		if (item && item->kind == FORM_FILES) continue; /* it follows */
		call_problem(call, TEXT("hashes"), N_("Only files may follow. Still missing in the form: %s"),
			item ? text_from(item->label) : missing.at[i].field);
	}
	TRY(call_check_problems(call));
	TRY(application_digest(call, change->application, &hashes, &change->row->hash));
	change->row->lodged_at = maybe_of(call->now);
	change->matter->detail = arena_printf(call->arena, "{\"sha256\":\"%.*s\"}", TEXT_ARGS(change->row->hash));
	return OK;
}

static Error check(Call *call, const Change *change)
{
	const Form *form = application_action_form(call, change->application, "application-check");
	change->row->checked_by = maybe_of(call->actor->person_id);
	change->row->is_check_good = true;
	for (size_t i = 0; i < form->sections[0].item_count; i++) {
		const FormItem *item = &form->sections[0].items[i];
		bool is_no = item->kind == FORM_CHOICE && !text_is(form_answer(change->values, item->name), TEXT("yes"));
		if (is_no) change->row->is_check_good = false;
	}
	return OK;
}

static Text marks_text(Arena *arena, const ApplicationMarks *marks)
{
	Buffer buffer = { .arena = arena };
	JsonWriter writer = json_writer(&buffer);
	json_object_begin(&writer);
	for (size_t i = 0; i < marks->count; i++) json_put_text(&writer, arena_string(arena, marks->at[i].field), marks->at[i].reason);
	json_end(&writer);
	json_finish(&writer);
	return buffer_text(&buffer);
}

static Error give_back(Call *call, const Change *change)
{
	const Application *application = change->application;
	ApplicationMarks marks = application_marks_of(call, application, change->values);
	int64_t days = 0;
	if (!marks.count) call_problem(call, TEXT("days"), N_("Please say of at least one field why it must be corrected."), (Text) { 0 });
	TRY(call_check_problems(call));
	if (!text_to_int(form_answer(change->values, "days"), &days)) days = 1;
	TRY(workflow_clock_limit(call, &application_machine, application->id, (int)days));
	change->row->returns++;
	change->row->checked_by = (Maybe) { 0 };
	change->row->is_check_good = false;
	return seal_close(call, application->seal_key, "application|sealed_marks", application->ref, marks_text(call->arena, &marks),
		&change->row->sealed_marks);
}

/* A correction brings a new correction sheet, stamped like the rest. */
static Error resubmit(Call *call, const Change *change)
{
	if (!text_is(change->application->paper, TEXT("none"))) change->row->paper = TEXT("awaited");
	return keep_version(call, change);
}

static Error open_appeal(Call *call, const Change *change)
{
	const Calendar *calendar;
	bool provisional;
	TRY(workdays(call, &calendar));
	change->row->appeal_until = maybe_of(
		calendar_add_working_days(calendar, call->now, (int)setting_int(call, SETTING_application_appeal_days), &provisional));
	return OK;
}

static Error reject(Call *call, const Change *change)
{
	change->row->decided_by = maybe_of(call->actor->person_id);
	return open_appeal(call, change);
}

static Error decide(Call *call, const Change *change)
{
	change->row->decided_by = maybe_of(call->actor->person_id);
	return OK;
}

static Error appeal(Call *call, const Change *change)
{
	(void)call;
	change->row->appeal_of = change->application->state;
	return OK;
}

static Error reinstate(Call *call, const Change *change)
{
	(void)call;
	change->row->appeal_until = (Maybe) { 0 };
	return OK;
}

/* Another pair of officers looks at it again. */
static Error uphold(Call *call, const Change *change)
{
	change->row->checked_by = (Maybe) { 0 };
	change->row->is_check_good = false;
	return decide(call, change);
}

/* ---- The stamped copy */
static Error keep_paper(Call *call, const Change *change)
{
	const Application *application = change->application;
	const Form *form = application_action_form(call, application, "application-post");
	Map *kept = form_values_copy(call->arena, form, application->paper_values);
	for (size_t i = 0; i < form->sections[0].item_count; i++) {
		const char *name = form->sections[0].items[i].name;
		Text value = form_answer(change->values, name);
		if (value.length) form_set(call->arena, kept, text_from(name), value);
	}
	if (!form_answer(kept, "way").length) form_set(call->arena, kept, TEXT("way"), TEXT("post"));
	return seal_close(call, application->seal_key, "application|sealed_paper", application->ref,
		form_values_text(call->arena, form, kept), &change->row->sealed_paper);
}

/* A sealed file takes the place of paper where the round says so, and is looked at like paper. */
static Error post(Call *call, const Change *change)
{
	const Application *application = change->application;
	bool by_seal = text_is(form_answer(change->values, "way"), TEXT("seal"));
	Attachments files = { 0 };
	if (by_seal && !text_is(form_answer(application->round->head, "electronic_seal"), TEXT("yes")))
		call_problem(call, TEXT("way"), N_("This round wants the copy on paper."), (Text) { 0 });
	if (by_seal) TRY(application_files_of(call, application, TEXT("seal"), &files));
	if (by_seal && !files.count) call_problem(call, TEXT("way"), N_("Please upload the sealed PDF first."), (Text) { 0 });
	TRY(call_check_problems(call));
	change->row->paper = by_seal ? TEXT("received") : TEXT("sent");
	return keep_paper(call, change);
}

/* Postmark or arrival, as the round says, until the end of the day on which it closes; a correction until it is received. */
static Error receive(Call *call, const Change *change)
{
	enum { ZONE_MS = 8 * 3600 * 1000, DAY_MS = 24 * 3600 * 1000 };
	const Application *application = change->application;
	bool by_postmark = text_is(form_answer(application->round->head, "paper"), TEXT("postmark"));
	int64_t day = 0, last = (application->closes_at + ZONE_MS) / DAY_MS * DAY_MS;
	if (!clock_parse(form_answer(change->values, by_postmark ? "posted" : "arrived"), &day))
		return fail(call, INVALID, "no day of the stamped copy");
	bool is_late = day > last && !application->returns;
	change->row->paper = is_late ? TEXT("late") : TEXT("received");
	return keep_paper(call, change);
}

static Error match(Call *call, const Change *change)
{
	(void)call;
	change->row->paper = TEXT("matched");
	return OK;
}

static Error mismatch(Call *call, const Change *change)
{
	change->row->paper = TEXT("mismatch");
	return keep_paper(call, change);
}

static const struct {
	const char *action;
	Changing *change;
} changes[] = { { "submit", submit }, { "lodge", lodge }, { "deliver", submit }, { "check", check }, { "approve", decide },
	{ "return", give_back }, { "resubmit", resubmit }, { "reject", reject }, { "uphold", uphold }, { "dismiss", decide },
	{ "fail", open_appeal }, { "inform", open_appeal }, { "release", open_appeal }, { "remove", open_appeal }, { "appeal", appeal },
	{ "reinstate", reinstate }, { "post", post }, { "receive", receive }, { "match", match }, { "mismatch", mismatch } };

static Error store_statement(Call *call, const Change *change, const Transition *row, const Form *form)
{
	const Application *application = change->application;
	Text ref = token_new(call->arena, 16);
	Sealed sealed;
	TRY(seal_close(call, application->seal_key, "application_statement|sealed_values", ref,
		form_values_text(call->arena, form, change->values), &sealed));
	return application_statement_add(call, ref, application->id, text_from(row->action), maybe_of(call->actor->person_id),
		(row->who & ROLE_REPORTER) != 0, sealed, call->now);
}

static Error store(Call *call, const ApplicationRow *row)
{
	return application_change(call, row->id, row->sealed_marks, row->sealed_paper, row->hash, row->sha256, row->version, row->returns,
		row->checked_by, row->is_check_good, row->decided_by, row->appeal_until, row->appeal_of, row->paper, row->is_newcomer,
		row->lodged_at, row->submitted_at);
}

Error application_machine_applied(Call *call, Matter *matter, const Transition *row, const void *input)
{
	const ApplicationFacts *facts = matter->facts;
	ApplicationRow stored;
	const Form *form = application_action_form(call, facts->application, row->form);
	Change change = { facts->application, &stored, matter, input };
	TRY(application_find_id(call, matter->id, &stored));
	if (form) TRY(form_check(call, form, input));
	if (form) TRY(store_statement(call, &change, row, form));
	for (size_t i = 0; i < COUNT(changes); i++)
		if (!strcmp(changes[i].action, row->action)) TRY(changes[i].change(call, &change));
	TRY(store(call, &stored));
	return application_tell(call, facts->application, row);
}

Error application_act(Call *call, Text ref, Text action, int64_t revision, const Map *values)
{
	Matter matter;
	Act act = { .action = action, .revision = revision, .input = values ? values : map_new(call->arena) };
	return workflow_act(call, &application_machine, ref, &act, &matter);
}

Error application_system_with(Call *call, Text ref, Text action, const Map *values)
{
	const Actor *actor = call->actor;
	call->actor = &actor_system;
	Error error = application_act(call, ref, action, 0, values);
	call->actor = actor;
	return error;
}

Error application_system(Call *call, Text ref, Text action) { return application_system_with(call, ref, action, NULL); }

/* ---- The clock */
static Text due_action(const Application *application, const ApplicationFacts *facts)
{
	if (text_is(application->round_state, TEXT("CANCELLED"))) return TEXT("lapse");
	if (text_is(application->state, TEXT("HASHED"))) return facts->is_delivered ? TEXT("deliver") : TEXT("lapse");
	return text_is(application->state, TEXT("SUBMITTED")) ? TEXT("start") : TEXT("lapse");
}

Error application_advance(Call *call, int64_t *out_count)
{
	Texts due;
	*out_count = 0;
	TRY(application_due_list(call, call->now, DUE_AT_ONCE, &due));
	for (size_t i = 0; i < due.count; i++) {
		Application application;
		ApplicationFacts facts;
		TRY(application_open(call, due.at[i], &application));
		TRY(application_facts(call, &application, &facts));
		Error error = application_act(call, due.at[i], due_action(&application, &facts), application.revision, NULL);
		if (error == ERROR_CONFLICT || error == ERROR_INVALID) { /* somebody was faster, or it is not due after all */
			call_recover(call);
			continue;
		}
		TRY(error);
		++*out_count;
	}
	return OK;
}
