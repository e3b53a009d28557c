/* Where do I stand: the page of a report for its reporter and for those who review it; lists, receipts, claim codes. */
#include "subject/report/certificate_view.h"
#include "subject/report/decision_private.h"
#include "subject/report/gate_private.h"
#include "subject/report/internal_view.h"
#include "subject/report/report_letter_view.h"
#include "subject/report/report_private.h"
#include "subject/report/report_view.h"
#include "subject/report/views/report_claim.html.h"
#include "subject/report/views/report_receipt.html.h"
#include "subject/report/views/report_show.html.h"

enum { COOKIE_SECONDS = 30 * 24 * 3600, ANYBODY = ROLE_VISITOR | ROLE_REPORTER };

/* ---- Loading */
void report_take_claim(Request *request)
{
	Call *call = request->call;
	Text code = request_cookie(request, TEXT("claim"));
	Text key = code.length ? report_claim_key(call, code) : (Text) { 0 };
	if (!key.at) return;
	Actor *actor = arena_new_of(call->arena, Actor);
	*actor = *call->actor;
	actor->claim_key = key;
	call->actor = actor;
}

Error report_load(Request *request)
{
	Report *report = arena_new_of(request->call->arena, Report);
	if (!request->is_api) report_take_claim(request);
	TRY(report_open(request->call, request_parameter(request, TEXT("ref")), report));
	if (!report->is_own && request->method == GET)
		TRY(report_record_reading(request->call, report_machine.name, report->ref, report->seal_key));
	request->subject = report;
	return OK;
}

static Text base_of(Arena *arena, const Report *report) { return arena_printf(arena, "/reports/%.*s", TEXT_ARGS(report->ref)); }
static AttachmentOwner owner_of(const Report *report) { return (AttachmentOwner) { report_machine.name, report->id, report->seal_key }; }

/* ---- Where it stands */
/* What follows the formal review, as long as no casefile says so itself. */
static const char *const later_generic[] = { N_("Verification"), N_("Rated"), N_("Accepted"), N_("Coordination with the vendor"),
	N_("Ready for publication"), N_("Published"), NULL };
static const char *const later_incident[] = { N_("Verification"), N_("Rated"), N_("Accepted"), N_("Coordination with the vendor"),
	N_("Kept internal"), N_("Tracking"), N_("Closed"), NULL };

static Texts later_steps(Html *html, const Report *report, const ReportStage *stage)
{
	Texts labels = { 0 };
	const char *const *words = text_is(report->kind, TEXT("incident")) ? later_incident : later_generic;
	for (size_t i = 0; i < stage->steps.count; i++) list_add(html->call->arena, &labels, stage->steps.at[i]);
	for (size_t i = 0; !stage->steps.count && words[i]; i++) list_add(html->call->arena, &labels, tr(html->lang, words[i]));
	return labels;
}

static Markup steps_of(Html *html, const Report *report, const ReportStage *stage, bool is_attached)
{
	LIST_OF(Step) steps = { 0 };
	Arena *arena = html->call->arena;
	bool received = text_is(report->state, TEXT("RECEIVED"));
	const WorkflowState *state = workflow_state(&report_machine, report->state);
	bool stopped = is_attached ? stage->stopped : state && state->final;
	Texts later = later_steps(html, report, stage);
	Step reception = { .label = tr(html->lang, "Received"), .state = received ? STEP_CURRENT : STEP_DONE };
	Step review = { .label = tr(html->lang, "Formal review"),
		.state = received                 ? STEP_AHEAD
			 : is_attached || stopped ? STEP_DONE
						  : STEP_CURRENT };
	list_add(arena, &steps, reception);
	list_add(arena, &steps, review);
	if (stopped) {
		Step end = { .label = is_attached ? stage->state_text : tr(html->lang, state->text), .state = STEP_CURRENT };
		list_add(arena, &steps, end);
	}
	for (size_t i = 0; i < later.count; i++) {
		Step step = { .label = later.at[i], .state = stopped ? STEP_SKIPPED : STEP_AHEAD };
		if (!stopped && is_attached && i < stage->current) step.state = STEP_DONE;
		if (!stopped && is_attached && i == stage->current) step.state = stage->ended ? STEP_DONE : STEP_CURRENT;
		list_add(arena, &steps, step);
	}
	return part_steps(html, steps.at, steps.count);
}

/* The reporter is not told who of those who verify has it. */
static Error veil_verifiers(Call *call, Readers *readers)
{
	for (size_t i = 0; i < readers->count; i++) {
		uint32_t roles;
		TRY(role_of(call, readers->at[i].person_id, &roles));
		if (!(roles & ROLE_COORDINATOR)) readers->at[i].name = tr(call->lang, role_text(ROLE_VERIFIER));
	}
	return OK;
}

static Markup readers_of(Html *html, const Readers *readers)
{
	TimelineEntry *entries = arena_array_of(html->call->arena, TimelineEntry, readers->count + 1);
	for (size_t i = 0; i < readers->count; i++)
		entries[i] =
			(TimelineEntry) { .at = readers->at[i].at, .title = tr(html->lang, "Has read it"), .actor = readers->at[i].name };
	return part_note(html, TEXT("neutral"), tr(html->lang, "Readers"), part_timeline(html, entries, readers->count));
}

static Error fill_stage(Html *html, const Report *report, ReportShowView *view)
{
	Call *call = html->call;
	ReportStage stage = { 0 };
	ClockView clock = { 0 };
	bool is_attached = false;
	const WorkflowState *state = workflow_state(&report_machine, report->state);
	if (!state) return fail(call, CORRUPT, "report %.*s has no state", TEXT_ARGS(report->ref));
	if (text_is(report->state, TEXT("ATTACHED"))) TRY(report_stage(call, report, &stage, &is_attached));
	TRY(workflow_clock_of(call, &report_machine, report->id, &clock));
	view->state_text = is_attached ? stage.state_text : tr(html->lang, state->text);
	view->tone = is_attached ? stage.tone : text_from(state->tone);
	view->casefile_number = stage.casefile_number;
	view->former_number = stage.former_number;
	view->steps = steps_of(html, report, &stage, is_attached);
	view->clock = is_attached ? clock_markup(html, &stage.clock, stage.turn) : clock_markup(html, &clock, state->turn);
	if (report->embargo_until) view->embargo = part_time(html, report->embargo_until);
	if (stage.advisory.length)
		view->advisory = url_public(
			html->request, arena_printf(call->arena, "/advisories/%.*s", TEXT_ARGS(url_segment(call->arena, stage.advisory))));
	return OK;
}

/* What it is said to repeat, with its proof; and for the office the proposal that waits. */
static Error earlier_of(Html *html, const Report *report, Text base, ReportShowView *view)
{
	KnownProposal known;
	Arena *arena = html->call->arena;
	if (report->earlier_ref.length) view->earlier_proof = url_local(arena, "%.*s/earlier", TEXT_ARGS(base));
	if (report->is_stamped) view->earlier_stamp = url_local(arena, "%.*s/earlier/timestamp", TEXT_ARGS(base));
	TRY(report_known_proposal(html->call, report, &known));
	if (!known.ref.length) return OK;
	const Fact facts[] = { { .label = tr(html->lang, "Internal record"),
				       .text = known.record,
				       .url = url_local(arena, "/internal-records/%.*s", TEXT_ARGS(known.record)) },
		{ .label = tr(html->lang, "Proposed by"), .text = known.person },
		{ .label = tr(html->lang, "Proposed at"), .markup = part_time(html, known.proposed_at) } };
	view->known = part_note(html, TEXT("neutral"), tr(html->lang, "That it is known internally waits for its confirmation."),
		part_facts(html, facts, COUNT(facts)));
	return OK;
}

static Error appeal_of(Html *html, const Report *report, ReportShowView *view)
{
	ReportAppeal appeal = { .path = TEXT("") };
	if (report_appeal_look) TRY(report_appeal_look(html->call, report, &appeal));
	if (!appeal.path.length) return OK;
	view->appeal = url_local(html->call->arena, "%.*s", TEXT_ARGS(appeal.path));
	view->appeal_text = tr(html->lang, appeal.text);
	if (appeal.until) view->appeal_until = part_time(html, appeal.until);
	return OK;
}

static Error fill(Html *html, const Report *report, Text failed, ReportShowView *view)
{
	Call *call = html->call;
	Arena *arena = call->arena;
	Text base = base_of(arena, report);
	Matter matter;
	ThreadSubject subject;
	Attachments files;
	Readers readers;
	Facts facts = form_facts(html, &report_form, report->values, TEXT(""));
	*view = (ReportShowView) { .report = report, .facts = part_facts(html, facts.at, facts.count) };
	TRY(fill_stage(html, report, view));
	TRY(appeal_of(html, report, view));
	TRY(earlier_of(html, report, base, view));
	report_matter(report, arena, &matter);
	view->actions = action_markups(
		html, &report_machine, &matter, report_action_form, arena_printf(arena, "%.*s/actions", TEXT_ARGS(base)), failed, NULL);
	TRY(report_attachments(call, report, &files));
	view->is_reviewed = report_is_reviewed(call, report);
	if (view->is_reviewed) {
		TRY(candidates_markup(html, report->values, report->id, &view->alike));
		TRY(published_markup(html, report->values, &view->published));
	}
	TRY(decision_markup(html, report, &view->decision));
	TRY(transfer_markup(html, report, &view->package));
	const char *suspect = report_reading_roles(call->actor) & ROLE_COORDINATOR ? gate_suspect_text(report->suspect) : NULL;
	if (suspect) view->suspect = tr(html->lang, suspect);
	if (report->by_claim && call->actor->person_id) view->take_over = url_local(arena, "%.*s/take-over", TEXT_ARGS(base));
	if (files.count) view->files = form_files(html, &files, arena_printf(arena, "%.*s/files/", TEXT_ARGS(base)));
	report_threads(report, &subject);
	TRY(thread_markups(html, &subject, arena_printf(arena, "%.*s/threads", TEXT_ARGS(base)), &view->threads));
	if (!text_is(report->state, TEXT("WIPED")) && !report->is_reviewer)
		view->receipt = url_local(arena, "%.*s/receipt", TEXT_ARGS(base));
	view->letter = report_letter_url(call, report);
	if (!report_is_shut(report)) TRY(cover_kept_markup(html, report->seal_key, &report_form, &view->kept));
	if (report_may_cover(report)) {
		CoverPlace place;
		report_cover(arena, report, &place);
		TRY(cover_banner(html, &place, &view->banner));
	}
	if (report_takes_files(report)) {
		FormField field = { .name = TEXT("files"), .label = tr(html->lang, "More files"), .kind = INPUT_FILE, .multiple = true };
		view->upload = url_local(arena, "%.*s/files", TEXT_ARGS(base));
		view->upload_field = part_field(html, &field);
	}
	if (!report->is_isolated && !report->is_reviewer)
		TRY(certificate_markup(html, report->values, report->reporter_id, &view->certificate));
	TRY(report_readers(call, report_machine.name, report->ref, &readers));
	if (report->is_own) TRY(veil_verifiers(call, &readers));
	if (readers.count && !report->is_reviewer) view->readers = readers_of(html, &readers);
	TRY(review_markup(html, report, view));
	return OK;
}

static Error show(Request *request)
{
	Html *html;
	ReportShowView view;
	const Report *report = request->subject;
	Arena *arena = request->call->arena;
	Text failed = request->method == POST ? request_parameter(request, TEXT("action")) : (Text) { 0 };
	Crumb crumbs[] = { { tr(request->call->lang, "Reports"), url_local(arena, "/reports") }, { .text = report->ref } };
	PageHead head = { .title = report->title, .lead = report->ref, .crumbs = crumbs, .crumb_count = COUNT(crumbs), .wide = true };
	TRY(html_page_open(request, &head, &html));
	TRY(fill(html, report, failed, &view));
	page_report_show(html, &view);
	return html_page_close(request, html);
}

/* ---- Acting */
static Error act(Request *request)
{
	const Report *report = request->subject;
	int64_t revision = 0;
	Map *values;
	Matter matter;
	report_matter(report, request->call->arena, &matter);
	TRY(action_take(request, &report_machine, &matter, report_action_form, &revision, &values));
	TRY(report_act(request->call, report->ref, request_parameter(request, TEXT("action")), revision, values));
	Report after;
	Error error = report_open(request->call, report->ref, &after); /* the step may have ended the actor's task */
	call_recover(request->call);
	return reply_redirect(request, error == OK ? base_of(request->call->arena, report) : TEXT("/desk"));
}

static void threads_of(const void *matter, ThreadSubject *out) { report_threads(matter, out); }
static Text page_of(Arena *arena, const void *matter) { return base_of(arena, matter); }

static Error tell_members(Call *call, const void *matter, Text audience, const ThreadMembers *members)
{
	const Report *report = matter;
	const ThreadPlace place = { report_machine.name, report->id, report->seal_key, audience, report->ref,
		base_of(call->arena, report) };
	return report_tell_members(call, members, report, &place);
}

static Error open_matter(Call *call, Text ref, void **out)
{
	*out = arena_new_of(call->arena, Report);
	return report_open(call, ref, *out);
}
const ThreadMatter report_thread_matter = { &report_machine, open_matter, threads_of, tell_members, page_of };

static Error add_files(Request *request)
{
	const Report *report = request->subject;
	if (!report_takes_files(report)) return fail(request->call, CONFLICT, "report %.*s takes no more files", TEXT_ARGS(report->ref));
	TRY(upload_store(request, owner_of(report)));
	return reply_redirect(request, base_of(request->call->arena, report));
}

static Error download(Request *request)
{
	const Report *report = request->subject;
	if (report_is_shut(report)) return fail(request->call, NOT_FOUND, "report %.*s is shut", TEXT_ARGS(report->ref));
	return upload_download(request, owner_of(request->subject), request_parameter(request, TEXT("file")));
}

/* ---- Receipt */
static Error show_receipt(Request *request)
{
	Html *html;
	Call *call = request->call;
	const Report *report = request->subject;
	Arena *arena = call->arena;
	ClockView clock;
	ReceiptView view = { 0 };
	PageHead head = { .title = tr(call->lang, "Receipt") };
	TRY(report_receipt(call, report, &view.document));
	TRY(workflow_clock_of(call, &report_machine, report->id, &clock));
	TRY(html_page_open(request, &head, &html));
	Fact facts[] = { { .label = tr(html->lang, "Reception number"), .markup = part_copy(html, report->ref) },
		{ .label = tr(html->lang, "Received at"), .markup = part_time(html, report->received_at) },
		{ .label = tr(html->lang, "SHA-256 of what was sent"), .markup = part_copy(html, report->content_digest) } };
	const WorkflowState *state = workflow_state(&report_machine, report->state);
	view.facts = part_facts(html, facts, COUNT(facts));
	view.clock = clock_markup(html, &clock, state ? state->turn : NULL);
	view.claim_code = report->by_claim && !call->actor->person_id ? request_cookie(request, TEXT("claim")) : TEXT("");
	view.status = url_local(arena, "%.*s", TEXT_ARGS(base_of(arena, report)));
	view.download = url_local(arena, "%.*s/receipt/download", TEXT_ARGS(base_of(arena, report)));
	page_report_receipt(html, &view);
	return html_page_close(request, html);
}

static Error download_receipt(Request *request)
{
	const Report *report = request->subject;
	Text document;
	TRY(report_receipt(request->call, report, &document));
	reply_text(request, TEXT("text/plain; charset=utf-8"), document);
	reply_header(request, TEXT("Content-Disposition"),
		arena_printf(request->call->arena, "attachment; filename=\"%.*s.receipt\"", TEXT_ARGS(report->ref)));
	return OK;
}

static Error download_earlier(Request *request)
{
	const Report *report = request->subject;
	Text proof;
	TRY(report_earlier_proof(request->call, report, &proof));
	reply_text(request, TEXT("text/plain; charset=utf-8"), proof);
	reply_header(request, TEXT("Content-Disposition"),
		arena_printf(request->call->arena, "attachment; filename=\"%.*s.receipt\"", TEXT_ARGS(report->earlier_ref)));
	return OK;
}

static Error download_stamp(Request *request)
{
	const Report *report = request->subject;
	Text token;
	TRY(report_earlier_stamp(request->call, report, &token));
	return internal_reply_stamp(request, report->earlier_ref, token);
}

/* ---- Claim codes */
typedef struct ClaimForm {
	Text code;
} ClaimForm;
static const FieldSpec claim_fields[] = { { "code", FIELD_TEXT, offsetof(ClaimForm, code), .required = true, .max_length = 60 } };
static const FormSpec claim_form = { .fields = claim_fields, .field_count = COUNT(claim_fields), .struct_size = sizeof(ClaimForm) };

static Error show_claim(Request *request)
{
	Html *html;
	PageHead head = { .title = tr(request->call->lang, "Open a report with its claim code") };
	TRY(html_page_open(request, &head, &html));
	FormField field = { .name = TEXT("code"),
		.label = tr(html->lang, "Claim code"),
		.kind = INPUT_CODE,
		.required = true,
		.autocomplete = TEXT("off") };
	ClaimView view = { .field = part_field(html, &field), .action = url_local(html->call->arena, "/claim") };
	page_report_claim(html, &view);
	return html_page_close(request, html);
}

static Error open_claim(Request *request)
{
	Call *call = request->call;
	const ClaimForm *form = request->form;
	Text ref;
	Error error = report_claim(call, form->code, request->address, &ref);
	if (error == ERROR_NOT_FOUND) {
		call_recover(call);
		call_problem(call, TEXT("code"), N_("No report has this claim code."), (Text) { 0 });
		return call_check_problems(call);
	}
	TRY(error);
	reply_cookie(request, TEXT("claim"), form->code, COOKIE_SECONDS);
	return reply_redirect(request, arena_printf(call->arena, "/reports/%.*s", TEXT_ARGS(ref)));
}

static Error take_over(Request *request)
{
	const Report *report = request->subject;
	TRY(report_take_over(request->call, report->ref));
	return reply_redirect(request, base_of(request->call->arena, report));
}

static const Route routes[] = {
	{ GET, "/claim", show_claim, .may = ANYBODY, .summary = "Open a report with its claim code" },
	{ POST, "/claim", open_claim, .may = ANYBODY, .form = &claim_form, .retry = show_claim, .weight = 10,
		.summary = "Look a claim code up" },
	{ POST, "/reports/:ref/take-over", take_over, .may = ROLE_REPORTER, .subject = report_load, .weight = 10,
		.summary = "Take over a visitor's report whose claim code was shown" },
	{ GET, "/reports/:ref", show, .may = ANYBODY, .subject = report_load, .summary = "Where a report stands" },
	{ GET, "/reports/:ref/receipt", show_receipt, .may = ANYBODY, .subject = report_load, .summary = "The receipt" },
	{ GET, "/reports/:ref/receipt/download", download_receipt, .may = ANYBODY, .subject = report_load,
		.summary = "The signed receipt as a file" },
	{ GET, "/reports/:ref/earlier", download_earlier, .may = ANYBODY, .subject = report_load,
		.summary = "The signed proof of when that was there which the report repeats; nothing of its content" },
	{ GET, "/reports/:ref/earlier/timestamp", download_stamp, .may = ANYBODY, .subject = report_load,
		.summary = "The time stamp (RFC 3161) over the document of the internal record that the report repeats" },
	{ POST, "/reports/:ref/actions/:action", act, .may = ANYBODY, .subject = report_load, .form = &action_request_form, .retry = show,
		.summary = "Carry out an action of the report's workflow" },
	{ POST, "/reports/:ref/threads/:audience", thread_page_write, .about = &report_thread_matter, .may = ANYBODY,
		.subject = report_load, .form = &thread_write_form, .retry = show, .summary = "Write to a conversation of a report" },
	{ POST, "/reports/:ref/threads/:audience/read", thread_page_mark, .about = &report_thread_matter, .may = ROLE_REPORTER,
		.subject = report_load, .form = &thread_mark_form, .summary = "Mark a conversation as read" },
	{ GET, "/reports/:ref/threads/:audience/:message/files/:file", thread_get_file, .about = &report_thread_matter, .may = ANYBODY,
		.subject = report_load, .summary = "Download a file of a message" },
	{ POST, "/reports/:ref/files", add_files, .may = ANYBODY, .subject = report_load, .form = &upload_files_form, .retry = show,
		.summary = "Add files to a report" },
	{ GET, "/reports/:ref/files/:file", download, .may = ANYBODY, .subject = report_load, .summary = "Download a file of a report" },
};
const RouteTable report_routes = { "subject/report", routes, COUNT(routes) };
