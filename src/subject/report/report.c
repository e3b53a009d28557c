/* Reading reports, and what the actions of the machine change. */
#include "base/crypto/crypto.h"
#include "people/person/person.h"
#include "store/seal/seal.h"
#include "subject/interest/interest.h"
#include "subject/product/product.h"
#include "subject/report/catalogue_private.h"
#include "subject/report/decision_private.h"
#include "subject/report/report_private.h"

const ReportHooks *report_hooks;

void report_set_hooks(const ReportHooks *hooks) { report_hooks = hooks; }

ReportAppealLook *report_appeal_look;

void report_set_appeal(ReportAppealLook *look) { report_appeal_look = look; }

Error report_stage(Call *call, const Report *report, ReportStage *out, bool *out_found)
{
	*out_found = false;
	return report_hooks ? report_hooks->stage(call, report->id, out, out_found) : OK;
}

/* ---- Reading */
uint32_t report_reading_roles(const Actor *actor)
{
	if (!actor->second_factor || actor_has(actor, ROLE_ADMINISTRATORS)) return 0;
	return actor->roles & (ROLE_COORDINATOR | ROLE_VERIFIER | ROLE_PUBLISHER);
}

static Maybe reader(const Call *call) { return (Maybe) { call->actor->person_id != 0, call->actor->person_id }; }

static bool is_claimed(const Call *call, const ReportRow *row)
{
	return row->claim.at && call->actor->claim_key.length && text_is(row->claim, call->actor->claim_key);
}

static Error load_texts(Call *call, const ReportRow *row, Report *report)
{
	Text json, decision;
	Map *values;
	report->values = map_new(call->arena);
	report->decision = TEXT("");
	report->title = tr(call->lang, N_("Isolated report"));
	if (report->is_isolated) return OK;
	TRY(seal_open(call, "report|sealed_title", row->ref, row->sealed_title, &report->title));
	TRY(seal_open(call, "report|sealed_values", row->ref, row->sealed_values, &json));
	TRY(seal_open(call, "report|sealed_decision", row->ref, row->sealed_decision, &decision));
	TRY(form_values_read(call, &report_form, json.at ? json : TEXT("{}"), &values));
	report->values = values;
	report->decision = decision.at ? decision : TEXT("");
	if (!report->title.at)
		report->title = row->sealed_values.bytes.at ? TEXT("") : tr(call->lang, N_("Deleted at the end of its time"));
	return OK;
}

Error report_of_row(Call *call, const ReportRow *row, Report *out)
{
	Report report = { .id = row->id,
		.revision = row->revision,
		.seal_key = row->seal_key,
		.received_at = row->received_at,
		.updated_at = row->updated_at,
		.reporter_id = row->reporter_id.is ? row->reporter_id.value : 0,
		.organisation_id = row->organisation_id.is ? row->organisation_id.value : 0,
		.product_id = row->product_id.is ? row->product_id.value : 0,
		.ref = row->ref,
		.state = row->state,
		.kind = row->kind,
		.class_tag = row->class,
		.content_digest = row->content_digest,
		.reason = row->reason.at ? row->reason : TEXT(""),
		.reason_version = row->reason_version,
		.suspect = row->suspect.at ? row->suspect : TEXT(""),
		.decided_by = row->decided_by.is ? row->decided_by.value : 0,
		.is_isolated = text_is(row->state, TEXT("ISOLATED")) || text_is(row->state, TEXT("WIPED")),
		.by_claim = is_claimed(call, row) };
	report.is_own = report.by_claim || (report.reporter_id && report.reporter_id == call->actor->person_id);
	if (row->duplicate_of.is) {
		ReportRow earlier;
		TRY(report_find_id(call, row->duplicate_of.value, &earlier));
		report.earlier_ref = earlier.ref;
		report.earlier_at = earlier.received_at;
		report.earlier_id = earlier.id;
	}
	if (row->known_by.is) TRY(known_earlier(call, row->known_by.value, &report));
	if (report.is_isolated) report.class_tag = TEXT("");
	if (text_is(row->state, TEXT("WIPED")) || !row->sealed_values.bytes.at) report.seal_key = 0; /* it is destroyed */
	if (text_is(row->state, TEXT("NEEDS_INFO"))) {
		ClockView clock;
		TRY(workflow_clock_of(call, &report_machine, row->id, &clock));
		report.is_overdue = clock.overdue;
	}
	TRY(load_texts(call, row, &report));
	*out = report;
	return OK;
}

static Error find_visible(Call *call, Text ref, ReportRow *out)
{
	Text claim = call->actor->claim_key.length ? call->actor->claim_key : (Text) { 0 };
	uint32_t roles = report_reading_roles(call->actor);
	Maybe reviewer = { (roles & ROLE_VERIFIER) != 0, call->actor->person_id }; /* of others' matters nothing without second factor */
	return report_find_visible(call, ref, reader(call), reviewer, roles, claim, out);
}

Error report_interest_of(Call *call, const Report *report, int64_t person_id, const char **out_why)
{
	InterestMatter matter = { 0 };
	int64_t owner = 0;
	if (!report->product_id) return OK;
	TRY(product_owner(call, report->product_id, &owner));
	if (owner) list_add(call->arena, &matter.organisations, owner);
	list_add(call->arena, &matter.products, report->product_id);
	return interest_against(call, person_id, &matter, out_why);
}

Error report_open(Call *call, Text ref, Report *out)
{
	ReportRow row;
	TRY(find_visible(call, ref, &row));
	TRY(report_of_row(call, &row, out));
	TRY(review_look(call, out));
	TRY(known_look(call, out));
	if (text_is(out->state, TEXT("ATTACHED")) && report_hooks && report_hooks->embargo)
		TRY(report_hooks->embargo(call, out->id, &out->embargo_until));
	ReportStage stage;
	if (text_is(out->state, TEXT("ISOLATED"))) TRY(report_stage(call, out, &stage, &out->in_casefile));
	return actor_has(call->actor, ROLE_COORDINATOR) ? report_interest_of(call, out, call->actor->person_id, &out->interest) : OK;
}

Error report_id_of(Call *call, Text ref, int64_t *out_id, bool *out_found) { return report_ref_taken(call, ref, out_id, out_found); }

Error report_read(Call *call, int64_t id, Report *out)
{
	ReportRow row;
	TRY(report_find_id(call, id, &row));
	return report_of_row(call, &row, out);
}

static Error of_rows(Call *call, const ReportRows *rows, Reports *out)
{
	Reports reports = { 0 };
	for (size_t i = 0; i < rows->count; i++) {
		Report report;
		TRY(report_of_row(call, &rows->at[i], &report));
		list_add(call->arena, &reports, report);
	}
	*out = reports;
	return OK;
}

Error report_list_own(Call *call, int64_t before, int64_t max, Reports *out)
{
	ReportRows rows = { 0 };
	if (call->actor->person_id)
		TRY(report_list_mine(
			call, call->actor->person_id, report_reading_roles(call->actor), before ? before : INT64_MAX, max, &rows));
	return of_rows(call, &rows, out);
}

Error report_list_own_in(Call *call, Text state, int64_t before, int64_t max, Reports *out)
{
	ReportRows rows = { 0 };
	if (call->actor->person_id)
		TRY(report_list_mine_in(
			call, call->actor->person_id, state, report_reading_roles(call->actor), before ? before : INT64_MAX, max, &rows));
	return of_rows(call, &rows, out);
}

Error report_queue(Call *call, Text state, int64_t after, int64_t max, Reports *out)
{
	ReportRows rows;
	TRY(report_list_state(call, state, reader(call), report_reading_roles(call->actor), after, max, &rows));
	return of_rows(call, &rows, out);
}

Error report_spam_queue(Call *call, int64_t after, int64_t max, Reports *out)
{
	ReportRows rows;
	TRY(report_list_suspect(call, reader(call), report_reading_roles(call->actor), after, max, &rows));
	return of_rows(call, &rows, out);
}

void report_matter(const Report *report, Arena *arena, Matter *out)
{
	ReportFacts *facts = arena_new_of(arena, ReportFacts);
	*facts = (ReportFacts) { .reporter_id = report->reporter_id,
		.by_claim = report->by_claim,
		.decided_by = report->decided_by,
		.interest = report->interest,
		.in_casefile = report->in_casefile,
		.is_overdue = report->is_overdue,
		.is_lapsed = text_is(report->reason, TEXT("no-answer")),
		.reviewer_id = report->reviewer_id,
		.has_undertaking = report->has_undertaking,
		.has_known = report->has_known,
		.known_proposed_by = report->known_proposed_by,
		.has_embargo = report->embargo_until != 0 };
	*out = (Matter) { .id = report->id,
		.revision = report->revision,
		.ref = report->ref,
		.state = report->state,
		.facts = facts,
		.seal_key = report->seal_key };
}

Error report_attachments(Call *call, const Report *report, Attachments *out)
{
	*out = (Attachments) { 0 };
	return report_is_shut(report) ? OK : attachment_list(call, report_machine.name, report->id, out);
}

bool report_is_shut(const Report *report) { return report->is_isolated || report->hides_content; }

bool report_takes_files(const Report *report)
{
	const WorkflowState *state = workflow_state(&report_machine, report->state);
	return report->is_own && state && !state->final && !report->is_isolated;
}

/* ---- The machine */
Error report_machine_load(Call *call, Text ref, Matter *out)
{
	Report report;
	TRY(report_open(call, ref, &report));
	report_matter(&report, call->arena, out);
	return OK;
}

Error report_machine_move(Call *call, const Matter *matter, Text to, int64_t *out_changed)
{
	return report_move(call, matter->id, matter->state, to, matter->revision, call->now, out_changed);
}

typedef struct Decision {
	Text reason, explanation; /* reason: a code */
	const Wordlist *list; /* the reason is a word of it; NULL: of none */
	Maybe duplicate_of, known_by;
} Decision;

static Error decide(Call *call, const Matter *matter, const Decision *decision)
{
	Word word = { 0 };
	Sealed sealed;
	bool is_found;
	if (decision->list) TRY(wordlist_find(call, decision->list, decision->reason, -1, &word, &is_found));
	TRY(seal_close(call, matter->seal_key, "report|sealed_decision", matter->ref, decision->explanation, &sealed));
	return report_decide(call, matter->id, decision->reason, word.version, decision->duplicate_of, decision->known_by,
		(Maybe) { call->actor->person_id != 0, call->actor->person_id }, sealed);
}

static Error decide_duplicate(Call *call, const Matter *matter, Text earlier_ref)
{
	Report report, earlier;
	Error error = report_open(call, earlier_ref, &earlier);
	if (error != OK && error != ERROR_NOT_FOUND) return error;
	TRY(report_read(call, matter->id, &report));
	bool fits = error == OK && earlier.id != report.id && earlier.received_at <= report.received_at;
	if (!fits) {
		call_recover(call);
		call_problem(call, TEXT("of"), N_("There is no earlier report of this number."), (Text) { 0 });
		return call_check_problems(call);
	}
	return decide(call, matter, &(Decision) { .reason = TEXT("duplicate"), .duplicate_of = { true, earlier.id } });
}

static Error say(Call *call, const Matter *matter, Text body)
{
	Report report;
	ThreadSubject subject;
	ThreadMembers members;
	TRY(report_read(call, matter->id, &report));
	report_threads(&report, &subject);
	return thread_write(call, &subject, TEXT("reporter"), body, &members);
}

/* ---- What each action changes */
static Error reject(Call *call, Matter *matter, const Map *values)
{
	return decide(call, matter,
		&(Decision) { .reason = form_answer(values, "code"),
			.explanation = form_answer(values, "explanation"),
			.list = &report_reasons });
}

static Error spam(Call *call, Matter *matter, const Map *values)
{
	(void)values;
	return decide(call, matter, &(Decision) { .reason = TEXT("spam"), .list = &report_reasons });
}

static Error lapse(Call *call, Matter *matter, const Map *values)
{
	(void)values;
	return decide(call, matter, &(Decision) { .reason = TEXT("no-answer"), .list = &report_reasons });
}

static Error withdraw(Call *call, Matter *matter, const Map *values)
{
	Report report;
	bool is_attached = text_is(matter->state, TEXT("ATTACHED"));
	TRY(report_read(call, matter->id, &report));
	if (is_attached && report_hooks && report_hooks->withdrawn) TRY(report_hooks->withdrawn(call, &report));
	return decide(call, matter, &(Decision) { .reason = TEXT("withdrawn"), .explanation = form_answer(values, "reason") });
}

static Error confirm_known(Call *call, Matter *matter, const Map *values)
{
	int64_t record = 0;
	(void)values;
	TRY(known_confirm(call, matter, &record));
	return decide(call, matter, &(Decision) { .reason = TEXT("known"), .known_by = { true, record } });
}

static Error duplicate(Call *call, Matter *matter, const Map *values) { return decide_duplicate(call, matter, form_answer(values, "of")); }
static Error ask(Call *call, Matter *matter, const Map *values) { return say(call, matter, form_answer(values, "question")); }
static Error answer(Call *call, Matter *matter, const Map *values) { return say(call, matter, form_answer(values, "answer")); }

static Error reopen(Call *call, Matter *matter, const Map *values)
{
	TRY(decide(call, matter, &(Decision) { 0 }));
	return say(call, matter, form_answer(values, "explanation"));
}

/* What the reporter is told stands on the page of the dispute. */
static Error set_aside(Call *call, Matter *matter, const Map *values)
{
	matter->detail = form_answer(values, "dispute");
	return decide(call, matter, &(Decision) { 0 });
}

static Error resume(Call *call, Matter *matter, const Map *values)
{
	TRY(decide(call, matter, &(Decision) { 0 }));
	return say(call, matter, form_answer(values, "answer"));
}

/* The hash of what the other library is given stands in the ledger, beside the reception that proves the priority. */
static Error transfer(Call *call, Matter *matter, const Map *values)
{
	Report report;
	Text manifest, library = form_answer(values, "library");
	Buffer buffer = { .arena = call->arena };
	JsonWriter writer = json_writer(&buffer);
	Decision decision = { .reason = library, .explanation = form_answer(values, "explanation"), .list = &report_libraries };
	TRY(decide(call, matter, &decision));
	TRY(report_read(call, matter->id, &report));
	TRY(transfer_manifest(call, &report, library, &manifest));
	Digest digest = sha256(manifest);
	json_object_begin(&writer);
	json_put_text(&writer, "library", library);
	json_put_text(&writer, "manifest_sha256", hex_text(call->arena, DIGEST_TEXT(digest)));
	json_put_text(&writer, "explanation", form_answer(values, "explanation"));
	json_end(&writer);
	json_finish(&writer);
	matter->detail = buffer_text(&buffer);
	return OK;
}

/* Nothing more is sealed with a key that is going to be destroyed: why it was isolated must outlive it. */
static Error isolate(Call *call, Matter *matter, const Map *values)
{
	Report report;
	bool was_withdrawn = text_is(matter->state, TEXT("WITHDRAWN"));
	TRY(report_read(call, matter->id, &report));
	matter->seal_key = 0;
	TRY(report_decide(call, matter->id, was_withdrawn ? TEXT("withdrawn") : TEXT("isolated"), 0, (Maybe) { 0 }, (Maybe) { 0 },
		(Maybe) { true, call->actor->person_id }, (Sealed) { 0 }));
	bool may_be_attached = was_withdrawn || text_is(matter->state, TEXT("ATTACHED"));
	return may_be_attached && report_hooks && report_hooks->isolated ? report_hooks->isolated(call, &report, values) : OK;
}

static Error wipe(Call *call, Matter *matter, const Map *values)
{
	(void)values;
	int64_t seal_key = matter->seal_key;
	matter->seal_key = 0;
	return isolation_wipe(call, matter->id, seal_key);
}

static Error release(Call *call, Matter *matter, const Map *values)
{
	(void)values;
	return decide(call, matter, &(Decision) { 0 });
}

static Error answer_embargo(Call *call, Matter *matter, const Map *values)
{
	Report report;
	EmbargoWord word = embargo_word(call->arena, values);
	TRY(report_read(call, matter->id, &report));
	return report_hooks->embargo_answer(call, &report, &word);
}

static Error return_withdrawn(Call *call, Matter *matter, const Map *values)
{
	(void)values;
	return decide(call, matter, &(Decision) { .reason = TEXT("withdrawn") });
}

static Error attach(Call *call, Matter *matter, const Map *values)
{
	Report report;
	TRY(report_read(call, matter->id, &report));
	if (!report.product_id) TRY(catalogue_link(call, report.values, &report.product_id));
	TRY(report_set_product(call, report.id, (Maybe) { report.product_id != 0, report.product_id }));
	return report_hooks->attach(call, &report, values);
}

static const struct {
	const char *action;
	ReportChange *change;
} changes[] = { { "reject", reject }, { "spam", spam }, { "lapse", lapse }, { "withdraw", withdraw }, { "duplicate", duplicate },
	{ "known", known_take }, { "confirm-known", confirm_known }, { "refuse-known", known_refuse }, { "ask", ask }, { "answer", answer },
	{ "reopen", reopen }, { "set-aside", set_aside }, { "resume", resume }, { "transfer", transfer }, { "isolate", isolate },
	{ "wipe", wipe }, { "wipe-with", wipe }, { "release", release }, { "return", release }, { "return-withdrawn", return_withdrawn },
	{ "attach", attach }, { "embargo", answer_embargo }, { "assign", review_assign }, { "unassign", review_unassign },
	{ "hand-over", review_hand_over }, { "undertake", review_undertake }, { "opine", review_opine } };

/* The duplicate check is part of these decisions: what was found is kept with them. */
static bool needs_candidates(Text action)
{
	static const char *const names[] = { "attach", "duplicate", "reject", "confirm-known" };
	for (size_t i = 0; i < COUNT(names); i++)
		if (text_is(action, text_from(names[i]))) return true;
	return false;
}

static Error change(Call *call, Matter *matter, Text action, const Map *values)
{
	if (needs_candidates(action)) TRY(report_candidates_detail(call, matter->id, &matter->detail));
	for (size_t i = 0; i < COUNT(changes); i++)
		if (text_is(action, text_from(changes[i].action))) return changes[i].change(call, matter, values);
	return OK;
}

Error report_machine_applied(Call *call, Matter *matter, const Transition *row, const void *input)
{
	const Map *values = input;
	Text action = text_from(row->action);
	const Form *form = report_action_form(row->form);
	if (form) {
		TRY(form_check(call, form, values));
		matter->detail = form_values_text(call->arena, form, values);
	}
	TRY(change(call, matter, action, values));
	TRY(review_ends(call, matter, row));
	bool leaves = text_is(matter->state, TEXT("FORMAL_REVIEW")) && strcmp(row->to, "FORMAL_REVIEW") != 0;
	if (leaves) TRY(known_drop(call, matter->id));
	return report_tell(call, matter, row);
}

Error report_act(Call *call, Text ref, Text action, int64_t revision, const Map *values)
{
	Matter matter;
	Act act = { .action = action, .revision = revision, .input = values ? values : map_new(call->arena) };
	return workflow_act(call, &report_machine, ref, &act, &matter);
}

/* By the system, whoever's act made it necessary. */
Error report_set_aside(Call *call, int64_t report_id, Text dispute, bool *out_moved)
{
	Report report;
	Matter matter;
	const Actor *actor = call->actor;
	Map *values = map_new(call->arena);
	TRY(report_read(call, report_id, &report));
	*out_moved = text_is(report.state, TEXT("REJECTED")) || text_is(report.state, TEXT("DUPLICATE"));
	if (!*out_moved) return OK;
	form_set(call->arena, values, TEXT("dispute"), dispute);
	report_matter(&report, call->arena, &matter);
	call->actor = &actor_system;
	Error error = workflow_apply(call, &report_machine, &matter, &(Act) { .action = TEXT("set-aside"), .input = values });
	call->actor = actor;
	return error;
}
