/* Where a dispute stands: one page for whoever appealed, whoever answers, and whoever has a seat. */
#include "face/doc/export.h"
#include "face/doc/pdf_sign.h"
#include "face/html/html.h"
#include "people/person/person.h"
#include "store/ledger/ledger.h"
#include "subject/dispute/dispute_view.h"
#include "subject/dispute/views/dispute_show.html.h"
#include "subject/report/report_view.h"
#include "work/letter/letter_order_view.h"

enum { ANYBODY = ROLE_VISITOR | ROLE_REPORTER };

Error dispute_load(Request *request)
{
	Call *call = request->call;
	Dispute *dispute = arena_new_of(call->arena, Dispute);
	if (!request->is_api) report_take_claim(request);
	TRY(dispute_open(call, request_parameter(request, TEXT("ref")), dispute));
	if (!dispute->is_appellant && request->method == GET)
		TRY(report_record_reading(call, dispute_machine.name, dispute->ref, dispute->seal_key));
	request->subject = dispute;
	return OK;
}

static Text base_of(Arena *arena, const Dispute *dispute) { return arena_printf(arena, "/disputes/%.*s", TEXT_ARGS(dispute->ref)); }
static AttachmentOwner owner_of(const Dispute *dispute)
{
	return (AttachmentOwner) { dispute_machine.name, dispute->id, dispute->seal_key };
}
static bool is_office(const Call *call, const Dispute *dispute)
{
	return (report_reading_roles(call->actor) & ROLE_COORDINATOR) && !dispute->is_appellant;
}

/* ---- Parts */
static Markup steps_of(Html *html, const Dispute *dispute)
{
	static const char *const names[] = { "APPEALED", "ANSWERED", "PANEL", "DECIDED" };
	Step steps[COUNT(names) + 1];
	size_t current = COUNT(names), reached = dispute->panel_size ? 2 : dispute->answered_at ? 1 : 0;
	for (size_t i = 0; i < COUNT(names); i++)
		if (text_is(dispute->state, text_from(names[i]))) current = i;
	bool is_ended = current == COUNT(names);
	for (size_t i = 0; i < COUNT(names); i++) {
		const WorkflowState *state = workflow_state(&dispute_machine, text_from(names[i]));
		steps[i] = (Step) { .label = tr(html->lang, state->text) };
		if (is_ended)
			steps[i].state = i <= reached ? STEP_DONE : STEP_SKIPPED;
		else
			steps[i].state = i < current || state->final ? STEP_DONE : i == current ? STEP_CURRENT : STEP_AHEAD;
		if (!is_ended && i > current) steps[i].state = STEP_AHEAD;
	}
	if (!is_ended) return part_steps(html, steps, COUNT(names));
	steps[COUNT(names)] =
		(Step) { .label = tr(html->lang, workflow_state(&dispute_machine, dispute->state)->text), .state = STEP_CURRENT };
	return part_steps(html, steps, COUNT(names) + 1);
}

static Error word_of(Call *call, const Dispute *dispute, Text *out)
{
	Word word;
	bool found = false;
	TRY(wordlist_find(call, &dispute_grounds, dispute->grounds, dispute->grounds_version, &word, &found));
	*out = found ? word_text(&word, call->lang) : dispute->grounds;
	return OK;
}

static Error facts_of(Html *html, const Dispute *dispute, Markup *out)
{
	Facts facts = { 0 };
	Call *call = html->call;
	Arena *arena = call->arena;
	Text grounds, by;
	const char *place = dispute->party_id ? "parties" : "reports";
	TRY(word_of(call, dispute, &grounds));
	TRY(person_name(call, dispute->answered_by, &by));
	Text path = arena_printf(arena, "/%s/%.*s", place, TEXT_ARGS(dispute->subject));
	const Fact all[] = { { .label = tr(html->lang, "Appeal"), .text = tr(html->lang, dispute_against_text(dispute->against)) },
		{ .label = tr(html->lang, "Ground of the appeal"), .text = grounds },
		{ .label = tr(html->lang, "Matter"), .text = dispute->subject, .url = url_local(arena, "%.*s", TEXT_ARGS(path)) },
		{ .label = tr(html->lang, "The decision was made"), .markup = part_time(html, dispute->decided_at) },
		{ .label = tr(html->lang, "The appeal was made"), .markup = part_time(html, dispute->opened_at) } };
	for (size_t i = 0; i < COUNT(all); i++)
		if (all[i].text.length || all[i].markup.text.length) list_add(arena, &facts, all[i]);
	if (is_office(call, dispute) && by.length) list_add(arena, &facts, ((Fact) { .label = tr(html->lang, "Answered by"), .text = by }));
	*out = part_facts(html, facts.at, facts.count);
	return OK;
}

static Markup decision_of(Html *html, const Dispute *dispute)
{
	Facts facts = { 0 };
	Arena *arena = html->call->arena;
	if (!dispute->outcome.length) return (Markup) { TEXT("") };
	list_add(arena, &facts,
		((Fact) { .label = tr(html->lang, "Outcome"), .text = tr(html->lang, dispute_outcome_text(dispute->outcome)) }));
	if (dispute->ended_at)
		list_add(arena, &facts, ((Fact) { .label = tr(html->lang, "Since"), .markup = part_time(html, dispute->ended_at) }));
	if (dispute->is_tie)
		list_add(arena, &facts,
			((Fact) {
				.label = tr(html->lang, "Votes"), .text = tr(html->lang, "Equal: in doubt the decision does not stand") }));
	return part_facts(html, facts.at, facts.count);
}

static const char *seat_state(const DisputeSeat *seat)
{
	if (seat->voted_at) return N_("Has voted");
	return seat->signed_at ? N_("Has signed the undertaking") : N_("Was drawn");
}

static Error seats_of(Html *html, const Dispute *dispute, DisputeShowView *view)
{
	DisputeSeats seats;
	Facts facts = { 0 };
	Arena *arena = html->call->arena;
	TRY(dispute_seats(html->call, dispute, &seats));
	TimelineEntry *votes = arena_array_of(arena, TimelineEntry, seats.count + 1);
	size_t count = 0;
	for (size_t i = 0; i < seats.count; i++) {
		const DisputeSeat *seat = &seats.at[i];
		Problem label = { .message = N_("Seat %s"), .argument = arena_printf(arena, "%lld", (long long)seat->seat) };
		Text name = problem_text(arena, html->lang, &label);
		Text parts[] = { tr(html->lang, seat_state(seat)), seat->name };
		list_add(arena, &facts,
			((Fact) { .label = name, .text = arena_join(arena, parts, seat->name.length ? 2 : 1, TEXT(" · ")) }));
		if (!seat->verdict.length) continue;
		Text note[] = { seat->words, seat->gbt30279, seat->cvss };
		votes[count++] = (TimelineEntry) { .at = seat->voted_at,
			.title = tr(html->lang, dispute_outcome_text(seat->verdict)),
			.note = arena_join(arena, note, seat->gbt30279.length ? COUNT(note) : 1, TEXT("\n")),
			.actor = name };
	}
	for (int64_t i = (int64_t)seats.count; i < dispute->panel_size; i++)
		list_add(arena, &facts, ((Fact) { .label = tr(html->lang, "Seat"), .text = tr(html->lang, "Free") }));
	if (facts.count) view->seats = part_facts(html, facts.at, facts.count);
	if (count) view->votes = part_timeline(html, votes, count);
	return OK;
}

static Error materials_of(Html *html, const Dispute *dispute, Markup *out)
{
	DisputeMaterials materials;
	Buffer buffer = { .arena = html->call->arena };
	TRY(dispute_materials(html->call, dispute, &materials));
	for (size_t i = 0; i < materials.count; i++) {
		const DisputeMaterial *material = &materials.at[i];
		Markup body;
		if (material->form) {
			Facts facts = form_facts(html, material->form, material->values, TEXT(""));
			body = part_facts(html, facts.at, facts.count);
		} else {
			body = part_markdown(html, material->text);
		}
		Markup note = part_note(html, TEXT("neutral"), tr(html->lang, material->title), body);
		buffer_put(&buffer, note.text);
	}
	out->text = buffer_text(&buffer);
	return OK;
}

/* Names are the office's; the others see the steps. */
static Error history_of(Html *html, const Dispute *dispute, Markup *out)
{
	static const StepWord words[] = { { "open", N_("Make the appeal") } };
	const StepView view = { .words = words, .word_count = COUNT(words), .names = is_office(html->call, dispute) };
	return steps_markup(html, &dispute_machine, dispute->ref, &view, out);
}

static Error files_of(Html *html, const Dispute *dispute, Text base, DisputeShowView *view)
{
	Attachments files;
	Arena *arena = html->call->arena;
	TRY(dispute_attachments(html->call, dispute, &files));
	if (files.count) view->files = form_files(html, &files, arena_printf(arena, "%.*s/files/", TEXT_ARGS(base)));
	if (!dispute_takes_files(html->call, dispute)) return OK;
	FormField field = { .name = TEXT("files"), .label = tr(html->lang, "More files"), .kind = INPUT_FILE, .multiple = true };
	view->upload = url_local(arena, "%.*s/files", TEXT_ARGS(base));
	view->upload_field = part_field(html, &field);
	return OK;
}

/* ---- The page */
static Error fill(Html *html, const Dispute *dispute, Text failed, DisputeShowView *view)
{
	Call *call = html->call;
	Arena *arena = call->arena;
	Text base = base_of(arena, dispute);
	ClockView clock;
	Matter matter;
	IssuedLetter letter;
	bool has_letter = false;
	const WorkflowState *state = workflow_state(&dispute_machine, dispute->state);
	*view = (DisputeShowView) { .chip = part_status(html, tr(html->lang, state->text), text_from(state->tone)),
		.steps = steps_of(html, dispute),
		.decision = decision_of(html, dispute),
		.hides_content = dispute->hides_content,
		.is_seated = dispute->is_seated,
		.is_priority = dispute->is_priority };
	if (dispute->text.length) view->text = part_markdown(html, dispute->text);
	if (dispute->answer.length) view->answer = part_markdown(html, dispute->answer);
	if (dispute->request.length) view->request = part_markdown(html, dispute->request);
	TRY(workflow_clock_of(call, &dispute_machine, dispute->id, &clock));
	view->clock = clock_markup(html, &clock, state->turn);
	TRY(facts_of(html, dispute, &view->facts));
	TRY(seats_of(html, dispute, view));
	TRY(materials_of(html, dispute, &view->materials));
	TRY(history_of(html, dispute, &view->history));
	TRY(files_of(html, dispute, base, view));
	dispute_matter(dispute, &matter);
	view->actions = action_markups(
		html, &dispute_machine, &matter, dispute_action_form, arena_printf(arena, "%.*s/actions", TEXT_ARGS(base)), failed, NULL);
	if (!text_is(dispute->state, TEXT("DECIDED"))) return OK;
	view->receipt = url_local(arena, "%.*s/receipt", TEXT_ARGS(base));
	if (pdf_stamp(call)) view->decision_file = url_local(arena, "%.*s/decision.pdf", TEXT_ARGS(base));
	if (is_office(call, dispute)) view->letter = url_local(arena, "%.*s/letters/ruling", TEXT_ARGS(base));
	TRY(letter_latest(call, LETTER_RULING, dispute_machine.name, dispute->id, &letter, &has_letter));
	if (has_letter) view->ruling = url_local(arena, "%.*s/ruling.pdf", TEXT_ARGS(base));
	return OK;
}

static Error show(Request *request)
{
	Html *html;
	DisputeShowView view;
	Call *call = request->call;
	const Dispute *dispute = request->subject;
	Text failed = request->method == POST ? request_parameter(request, TEXT("action")) : (Text) { 0 };
	const char *list = is_office(call, dispute) ? "/disputes" : dispute->is_seated ? "/disputes/seats" : "/disputes/mine";
	Crumb crumbs[] = { { tr(call->lang, "Disputes"), url_local(call->arena, "%s", list) }, { .text = dispute->ref } };
	bool has_account = call->actor->person_id != 0;
	PageHead head = { .title = tr(call->lang, dispute_against_text(dispute->against)),
		.lead = dispute->ref,
		.crumbs = has_account ? crumbs : &crumbs[1],
		.crumb_count = has_account ? 2 : 1,
		.wide = true };
	TRY(html_page_open(request, &head, &html));
	TRY(fill(html, dispute, failed, &view));
	page_dispute_show(html, &view);
	return html_page_close(request, html);
}

static Error act(Request *request)
{
	Call *call = request->call;
	const Dispute *dispute = request->subject;
	int64_t revision = 0;
	Map *values;
	Matter matter;
	Dispute after;
	dispute_matter(dispute, &matter);
	TRY(action_take(request, &dispute_machine, &matter, dispute_action_form, &revision, &values));
	TRY(dispute_act(call, dispute->ref, request_parameter(request, TEXT("action")), revision, values));
	Error error = dispute_open(call, dispute->ref, &after); /* the step may have ended the actor's seat */
	call_recover(call);
	return reply_redirect(request, error == OK ? base_of(call->arena, dispute) : TEXT("/disputes/seats"));
}

/* ---- Files */
static Error add_files(Request *request)
{
	const Dispute *dispute = request->subject;
	if (!dispute_takes_files(request->call, dispute))
		return fail(request->call, CONFLICT, "dispute %.*s takes no more files", TEXT_ARGS(dispute->ref));
	TRY(upload_store(request, owner_of(dispute)));
	return reply_redirect(request, base_of(request->call->arena, dispute));
}

static Error download(Request *request)
{
	const Dispute *dispute = request->subject;
	if (dispute->hides_content) return fail(request->call, NOT_FOUND, "the undertaking is not signed");
	return upload_download(request, owner_of(dispute), request_parameter(request, TEXT("file")));
}

/* ---- The decision */
static Error give_receipt(Request *request)
{
	Text receipt;
	const Dispute *dispute = request->subject;
	TRY(dispute_receipt(request->call, dispute, &receipt));
	reply_text(request, TEXT("text/plain; charset=utf-8"), receipt);
	reply_header(request, TEXT("Content-Disposition"),
		arena_printf(request->call->arena, "attachment; filename=\"%.*s.receipt\"", TEXT_ARGS(dispute->ref)));
	return OK;
}

static Error give_file(Request *request)
{
	Text name, bytes;
	TRY(dispute_file(request->call, request->subject, &name, &bytes));
	return export_bytes(request, name, bytes);
}

static Error order_of(Call *call, const Dispute *dispute, LetterOrder *out)
{
	DisputeSeats seats;
	Organisation organisation;
	Text outcome = tr(LANG_ZH, dispute_outcome_text(dispute->outcome));
	if (!text_is(dispute->state, TEXT("DECIDED"))) return fail(call, CONFLICT, "dispute %.*s is not decided", TEXT_ARGS(dispute->ref));
	if (!is_office(call, dispute)) return fail(call, FORBIDDEN, "letters are the office's");
	TRY(dispute_seats(call, dispute, &seats));
	DocxField *fields = arena_array_of(call->arena, DocxField, 3);
	fields[0] = (DocxField) { TEXT("verdict"), outcome };
	fields[1] = (DocxField) { TEXT("substance"), tr(LANG_ZH, dispute_against_text(dispute->against)) };
	fields[2] = (DocxField) { TEXT("application"), dispute->subject };
	*out = (LetterOrder) { .kind = LETTER_RULING,
		.machine = dispute_machine.name,
		.subject_id = dispute->id,
		.seal_key = dispute->seal_key,
		.matter = dispute->ref,
		.text = dispute_reasons(call, &seats),
		.more = fields,
		.more_count = 3 };
	if (!dispute->organisation_id) return OK;
	TRY(org_find(call, dispute->organisation_id, &organisation));
	out->recipient = organisation.name;
	return OK;
}

static Error show_letter(Request *request)
{
	LetterOrder order;
	Arena *arena = request->call->arena;
	Text own = base_of(arena, request->subject);
	TRY(order_of(request->call, request->subject, &order));
	return letter_order_show(request, &order, own, arena_printf(arena, "%.*s/letters/ruling", TEXT_ARGS(own)));
}

static Error draft_letter(Request *request)
{
	LetterOrder order;
	TRY(order_of(request->call, request->subject, &order));
	return letter_order_take(request, &order);
}

static Error give_ruling(Request *request)
{
	Call *call = request->call;
	const Dispute *dispute = request->subject;
	IssuedLetter letter;
	bool found = false;
	Text name, bytes;
	if (text_is(dispute->state, TEXT("DECIDED")))
		TRY(letter_latest(call, LETTER_RULING, dispute_machine.name, dispute->id, &letter, &found));
	if (!found) return fail(call, NOT_FOUND, "no letter about %.*s", TEXT_ARGS(dispute->ref));
	TRY(letter_bytes(call, &letter, LETTER_PAGES, &name, &bytes));
	reply_text(request, TEXT("application/pdf"), bytes);
	reply_header(request, TEXT("Content-Disposition"),
		arena_printf(call->arena, "attachment; filename=\"%.*s.pdf\"", TEXT_ARGS(dispute->ref)));
	return OK;
}

#define OF_ANYBODY .may = ANYBODY, .subject = dispute_load
#define OF_OFFICE .may = ROLE_COORDINATOR, .needs_second_factor = true, .subject = dispute_load
static const Route routes[] = {
	{ GET, "/disputes/:ref", show, OF_ANYBODY, .summary = "Where a dispute stands" },
	{ POST, "/disputes/:ref/actions/:action", act, OF_ANYBODY, .form = &action_request_form, .retry = show,
		.summary = "Carry out an action of the dispute's workflow" },
	{ POST, "/disputes/:ref/files", add_files, OF_ANYBODY, .form = &upload_files_form, .retry = show,
		.summary = "Add files to an appeal" },
	{ GET, "/disputes/:ref/files/:file", download, OF_ANYBODY, .summary = "Download a file of an appeal" },
	{ GET, "/disputes/:ref/receipt", give_receipt, OF_ANYBODY, .summary = "The signed receipt of a panel's decision" },
	{ GET, "/disputes/:ref/decision.pdf", give_file, OF_ANYBODY, .weight = 5,
		.summary = "A panel's decision as a signed file in both languages, with the proof of the ledger" },
	{ GET, "/disputes/:ref/ruling.pdf", give_ruling, OF_ANYBODY, .weight = 5, .summary = "The letter with a panel's decision" },
	{ GET, "/disputes/:ref/letters/ruling", show_letter, OF_OFFICE, .summary = "The form of the letter with a panel's decision" },
	{ POST, "/disputes/:ref/letters/ruling", draft_letter, OF_OFFICE, .form = &letter_order_form, .retry = show_letter,
		.summary = "Draft the letter with a panel's decision for a second person to approve" },
};
const RouteTable dispute_routes = { "subject/dispute", routes, COUNT(routes) };
