/* One case: the unit's form while it is a draft, else what was submitted; for the office and for experts what they decide. */
#include "face/doc/export.h"
#include "people/person/form_page.h"
#include "subject/programme/collection/collection_private.h"
#include "subject/programme/collection/collection_view.h"
#include "subject/programme/collection/views/case_form.html.h"
#include "subject/programme/decision/views/decision_page.html.h"
#include "work/form/action_view.h"
#include "work/letter/letter_order_view.h"

static Text ref_of(const Request *request) { return request_parameter(request, TEXT("ref")); }
static Text base_of(Arena *arena, const CollectionCase *one) { return collection_place(arena, url_segment(arena, one->ref)); }
static Text under(Arena *arena, const CollectionCase *one, const char *after)
{
	return arena_printf(arena, "%.*s/%s", TEXT_ARGS(base_of(arena, one)), after);
}

Error collection_load(Request *request)
{
	CollectionCase *one = arena_new_of(request->call->arena, CollectionCase);
	TRY(collection_open(request->call, ref_of(request), one));
	TRY(collection_record_reading(request->call, one));
	request->subject = one;
	return OK;
}

/* ---- What is shown */
static Markup facts_of(Html *html, const CollectionCase *one)
{
	Arena *arena = html->call->arena;
	const Markup nothing = { TEXT("") };
	const WorkflowState *state = workflow_state(&collection_machine, one->state);
	Facts facts = { 0 };
	Fact all[] = { { .label = tr(html->lang, "Number"), .text = one->ref },
		{ .label = tr(html->lang, "Collection"),
			.text = activity_title(&one->activity, html->lang),
			.url = url_public(html->request, arena_printf(arena, "/activities/%.*s", TEXT_ARGS(one->activity.ref))) },
		{ .label = tr(html->lang, "Organisation"), .text = org_shown_name(&one->organisation, html->lang) },
		{ .label = tr(html->lang, "State"), .markup = part_status(html, tr(html->lang, state->text), text_from(state->tone)) },
		{ .label = tr(html->lang, "Closes on"), .markup = part_time(html, one->activity.closes_at) },
		{ .label = tr(html->lang, "Submitted"), .markup = one->submitted_at ? part_time(html, one->submitted_at) : nothing },
		{ .label = tr(html->lang, "Mean of the scores"),
			.text = one->is_staff && one->score >= 0
					? arena_printf(arena, "%lld.%02lld", (long long)one->score / 100, (long long)one->score % 100)
					: TEXT("") },
		{ .label = tr(html->lang, "Reason"), .text = one->reason } };
	for (size_t i = 0; i < COUNT(all); i++)
		if (all[i].text.length || all[i].markup.text.length) list_add(arena, &facts, all[i]);
	return part_facts(html, facts.at, facts.count);
}

static Error files_of(Html *html, const CollectionCase *one, Markup *out)
{
	Attachments files;
	TRY(attachment_list(html->call, collection_machine.name, one->id, &files));
	FileEntry *entries = arena_array_of(html->call->arena, FileEntry, files.count + 1);
	for (size_t i = 0; i < files.count; i++) {
		const Attachment *file = &files.at[i];
		entries[i] = (FileEntry) { .name = file->name,
			.note = form_file_note(html, file),
			.digest = file->sha256.at ? file->sha256 : TEXT(""),
			.size_bytes = file->size_bytes };
		if (file->is_finished)
			entries[i].url = url_local(html->call->arena, "%.*s/files/%.*s/content", TEXT_ARGS(base_of(html->call->arena, one)),
				TEXT_ARGS(file->ref));
	}
	*out = files.count ? part_files(html, entries, files.count) : (Markup) { TEXT("") };
	return OK;
}

static Error next_of(Html *html, const CollectionCase *one, Text failed, Markup *out_clock, Markup *out_actions)
{
	Matter matter;
	ClockView clock = { 0 };
	Failure failure = html->call->failure;
	TRY(collection_matter(html->call, one, &matter));
	TRY(workflow_clock_of(html->call, &collection_machine, one->id, &clock));
	html->call->failure = failure;
	*out_clock = clock_markup(html, &clock, workflow_state(&collection_machine, one->state)->turn);
	*out_actions = action_markups(
		html, &collection_machine, &matter, collection_action_form, under(html->call->arena, one, "actions"), failed, NULL);
	return OK;
}

/* ---- As a draft */
static Error show_draft(Html *html, const CollectionCase *one, Text failed)
{
	Call *call = html->call;
	CaseFormView view = { .form = form_view(html, &collection_form, one->values,
				      url_local(call->arena, "%.*s", TEXT_ARGS(under(call->arena, one, "files")))),
		.action = url_local(call->arena, "%.*s", TEXT_ARGS(base_of(call->arena, one))),
		.autosave = url_local(call->arena, "%.*s", TEXT_ARGS(under(call->arena, one, "autosave"))),
		.facts = facts_of(html, one),
		.seen = TEXT("") };
	TRY(files_of(html, one, &view.files));
	TRY(next_of(html, one, failed, &view.clock, &view.actions));
	page_case_form(html, &view);
	return OK;
}

/* ---- As it is read */
static Error content_card(Html *html, const CollectionCase *one, DecisionPageView *view)
{
	Facts facts = form_facts(html, &collection_form, one->values, TEXT(""));
	DecisionCard *card = decision_card(html, view->main, &view->main_count, N_("The case"), NULL);
	size_t kept = 0;
	const FormItem *contact = form_item(&collection_form, TEXT("contact"));
	for (size_t i = 0; i < facts.count; i++) /* experts score the case, not who answers questions */
		if (!one->is_judge || one->is_staff || !text_is(facts.at[i].label, tr(html->lang, contact->label)))
			facts.at[kept++] = facts.at[i];
	card->body = part_facts(html, facts.at, kept);
	TRY(files_of(html, one, &card->more));
	if (!one->is_own && card->more.text.length) card->help = tr(html->lang, "What you download bears your mark, and is recorded.");
	return OK;
}

static const char *seat_text(Text state)
{
	if (text_is(state, TEXT("scored"))) return N_("Scored");
	return text_is(state, TEXT("conflict")) ? N_("Has a conflict of interest") : N_("Asked");
}

static Error seats_card(Html *html, const CollectionCase *one, DecisionPageView *view)
{
	static const char *const labels[] = { N_("Expert"), N_("State"), N_("Score"), N_("Reasons") };
	Arena *arena = html->call->arena;
	CollectionSeats seats;
	TRY(collection_seats(html->call, one, &seats));
	if (!seats.count || !one->is_staff) return OK;
	Cell *cells = arena_array_of(arena, Cell, seats.count * COUNT(labels) + 1);
	for (size_t i = 0; i < seats.count; i++) {
		const CollectionSeat *seat = &seats.at[i];
		Cell *cell = &cells[i * COUNT(labels)];
		cell[0].text = seat->expert;
		cell[1].text = tr(html->lang, seat_text(seat->state));
		cell[2].text = seat->score >= 0 ? arena_printf(arena, "%lld", (long long)seat->score) : TEXT("—");
		cell[3].text = seat->reason.length ? seat->reason : TEXT("—");
	}
	DecisionCard *card = decision_card(html, view->main, &view->main_count, N_("Scores of the experts"),
		N_("Each expert scores by themselves; what they say is shown when all scores are in."));
	card->table = decision_table(html, N_("Scores of the experts"), labels, COUNT(labels), cells, seats.count);
	return OK;
}

static Error judge_card(Html *html, const CollectionCase *one, DecisionPageView *view)
{
	CollectionSeats seats;
	bool is_asked = false;
	if (!one->is_judge) return OK;
	TRY(collection_seats(html->call, one, &seats));
	for (size_t i = 0; i < seats.count; i++)
		is_asked |= seats.at[i].person_id == html->call->actor->person_id && text_is(seats.at[i].state, TEXT("asked"));
	DecisionCard *card = decision_card(html, view->main, &view->main_count, N_("Your score"),
		is_asked ? N_("Nobody sees it before all scores are in. It is final.") : N_("Your score is in."));
	if (is_asked)
		decision_add_form(
			html, card, &collection_score_form, under(html->call->arena, one, "score"), N_("Hand the score in"), NULL);
	return OK;
}

static Error letter_card(Html *html, const CollectionCase *one, DecisionPageView *view)
{
	IssuedLetter letter;
	bool found = false, writes = one->is_staff && actor_has(html->call->actor, ROLE_SECRETARY);
	if (!collection_is(one, "CHOSEN")) return OK;
	TRY(letter_latest(html->call, LETTER_CASE_CHOSEN, collection_machine.name, one->id, &letter, &found));
	if (!found && !writes) return OK;
	DecisionCard *card = decision_card(html, view->aside, &view->aside_count, N_("Letter"), NULL);
	Fact fact = { .label = tr(html->lang, letter_kind_name(LETTER_CASE_CHOSEN)),
		.text = tr(html->lang, found ? N_("Download") : N_("Write")),
		.url = url_local(
			html->call->arena, "%.*s", TEXT_ARGS(under(html->call->arena, one, found ? "letter" : "letters/case-chosen"))) };
	card->body = part_facts(html, &fact, 1);
	return OK;
}

static Error show_read(Html *html, const CollectionCase *one, Text failed)
{
	DecisionPageView *view = arena_new_of(html->call->arena, DecisionPageView);
	Markup clock, actions;
	TRY(content_card(html, one, view));
	TRY(judge_card(html, one, view));
	TRY(seats_card(html, one, view));
	DecisionCard *card = decision_card(html, view->aside, &view->aside_count, N_("The case"), NULL);
	card->body = facts_of(html, one);
	TRY(next_of(html, one, failed, &clock, &actions));
	if (clock.text.length || actions.text.length) {
		card = decision_card(html, view->aside, &view->aside_count, N_("Next steps"), one->is_staff ? one->conflict : NULL);
		card->body = clock;
		card->more = actions;
	}
	TRY(letter_card(html, one, view));
	page_decision_page(html, view);
	return OK;
}

static Error show(Request *request)
{
	Html *html;
	Call *call = request->call;
	CollectionCase *one = request->subject;
	Failure failure = call->failure;
	bool is_post = request->method == POST;
	Text failed = is_post ? request_parameter(request, TEXT("action")) : (Text) { 0 };
	Crumb crumbs[] = { { tr(call->lang, "Cases of my organisation"),
				   url_local(call->arena, "/activities/%.*s/cases", TEXT_ARGS(one->activity.ref)) },
		{ .text = one->ref } };
	if (one->is_judge) crumbs[0] = (Crumb) { tr(call->lang, "Cases to score"), url_local(call->arena, "/cases") };
	if (one->is_staff && !one->is_own)
		crumbs[0] = (Crumb) { tr(call->lang, "Cases"),
			url_local(call->arena, "/programme/activities/%.*s/cases", TEXT_ARGS(one->activity.ref)) };
	Text title = text_trim(form_answer(one->values, "title"));
	PageHead head = {
		.title = title.length ? title : tr(call->lang, "New case"), .crumbs = crumbs, .crumb_count = COUNT(crumbs), .wide = true
	};
	bool is_draft = collection_may_write(one, call->now);
	call_recover(call);
	if (is_draft && is_post && !failed.length && form_take(request, &collection_form, one->values) != OK) call_recover(call);
	TRY(html_page_open(request, &head, &html));
	call->failure = failure;
	TRY(is_draft ? show_draft(html, one, failed) : show_read(html, one, failed));
	return html_page_close(request, html);
}

/* ---- What is sent */
static Error back(Request *request) { return reply_redirect(request, base_of(request->call->arena, request->subject)); }

typedef struct SaveForm {
	Uploads files;
} SaveForm;
static const FieldSpec save_fields[] = { { "*", FIELD_FILES, offsetof(SaveForm, files) } };
static const FormSpec save_form = { .fields = save_fields,
	.field_count = COUNT(save_fields),
	.struct_size = sizeof(SaveForm),
	.max_body_bytes = (size_t)50 * 1024 * 1024,
	.takes_more = true };

static Error save(Request *request)
{
	const CollectionCase *one = request->subject;
	const SaveForm *form = request->form;
	Map *values = form_values_copy(request->call->arena, &collection_form, one->values);
	TRY(form_take(request, &collection_form, values));
	TRY(collection_save(request->call, one, values));
	for (size_t i = 0; i < form->files.count; i++) {
		const Upload *upload = &form->files.at[i];
		AttachmentOwner owner;
		Attachment attachment;
		if (!upload->size_bytes) continue;
		TRY(collection_files(request->call, one, true, &owner));
		TRY(attachment_store(request->call, owner, upload->name, upload->descriptor, upload->size_bytes, &attachment));
	}
	return back(request);
}

typedef struct AutosaveForm {
	Text field, value;
} AutosaveForm;
static const FieldSpec autosave_fields[] = { { "field", FIELD_TEXT, offsetof(AutosaveForm, field), .required = true },
	{ "value", FIELD_LINES, offsetof(AutosaveForm, value), .max_length = 60000 } };
static const FormSpec autosave_form = {
	.fields = autosave_fields, .field_count = COUNT(autosave_fields), .struct_size = sizeof(AutosaveForm), .max_body_bytes = 512 * 1024
};

static Error autosave(Request *request)
{
	const AutosaveForm *form = request->form;
	TRY(collection_save_field(request->call, request->subject, form->field, form->value.at ? form->value : TEXT("")));
	reply_json(request, TEXT("{\"saved\":true}"));
	return OK;
}

Error collection_do(Request *request)
{
	const CollectionCase *one = request->subject;
	int64_t revision = 0;
	Map *values;
	Matter matter;
	TRY(collection_matter(request->call, one, &matter));
	TRY(action_take(request, &collection_machine, &matter, collection_action_form, &revision, &values));
	return collection_act(request->call, one->ref, request_parameter(request, TEXT("action")), revision, values);
}

static Error act(Request *request)
{
	TRY(collection_do(request));
	return back(request);
}

static Error do_score(Request *request)
{
	const CollectionCase *one = request->subject;
	Map *values = map_new(request->call->arena);
	TRY(form_take(request, &collection_score_form, values));
	TRY(collection_judge(request->call, one->ref, values));
	return reply_redirect(request, TEXT("/cases"));
}

/* ---- The letter */
Error collection_send_letter(Request *request)
{
	Text name, bytes;
	TRY(collection_letter(request->call, request->subject, &name, &bytes));
	return export_bytes(request, name, bytes);
}

static Error show_letter_form(Request *request)
{
	LetterOrder order;
	TRY(collection_letter_order(request->call, request->subject, &order));
	return letter_order_show(request, &order, base_of(request->call->arena, request->subject),
		under(request->call->arena, request->subject, "letters/case-chosen"));
}

static Error draft_letter(Request *request)
{
	LetterOrder order;
	TRY(collection_letter_order(request->call, request->subject, &order));
	return letter_order_take(request, &order);
}

/* ---- Files */
static Error owner_of(Request *request, bool to_write, AttachmentOwner *out)
{
	return collection_files(request->call, request->subject, to_write, out);
}
static Text file_of(const Request *request) { return request_parameter(request, TEXT("file")); }

Error collection_file_begin(Request *request)
{
	AttachmentOwner owner;
	TRY(owner_of(request, true, &owner));
	return upload_begin(request, owner);
}
Error collection_file_part(Request *request)
{
	AttachmentOwner owner;
	TRY(owner_of(request, true, &owner));
	return upload_part(request, owner, file_of(request));
}
Error collection_file_finish(Request *request)
{
	AttachmentOwner owner;
	TRY(owner_of(request, true, &owner));
	return upload_finish(request, owner, file_of(request));
}
Error collection_file_remove(Request *request)
{
	AttachmentOwner owner;
	TRY(owner_of(request, true, &owner));
	return upload_remove(request, owner, file_of(request));
}
static Error file_state(Request *request)
{
	AttachmentOwner owner;
	TRY(owner_of(request, false, &owner));
	return upload_state(request, owner, file_of(request));
}
/* One's own as it is; somebody else's with the reader's mark in it, and recorded. */
Error collection_file_content(Request *request)
{
	AttachmentOwner owner;
	CopyFile copy;
	Text name;
	const CollectionCase *one = request->subject;
	TRY(owner_of(request, false, &owner));
	if (one->is_own) return upload_download(request, owner, file_of(request));
	TRY(collection_file_copy(request->call, one, file_of(request), &name, &copy));
	reply_download(request, name, copy.descriptor, copy.size_bytes);
	return OK;
}

#define ONE .may = ROLE_PEOPLE, .subject = collection_load
#define SECRETARIES .may = ROLE_SECRETARY, .needs_second_factor = true, .subject = collection_load
static const Route routes[] = {
	{ GET, "/cases/:ref", show, ONE, .summary = "A case: its form, or what was submitted, scored and decided" },
	{ POST, "/cases/:ref", save, ONE, .form = &save_form, .retry = show, .summary = "Save a case, with files" },
	{ POST, "/cases/:ref/autosave", autosave, ONE, .form = &autosave_form, .summary = "Save one field of a case" },
	{ POST, "/cases/:ref/actions/:action", act, ONE, .form = &action_request_form, .retry = show,
		.summary = "Carry out an action of the case's workflow" },
	{ POST, "/cases/:ref/score", do_score, ONE, .form = &decision_any_form, .retry = show,
		.summary = "An expert's score with its reasons, or a conflict of interest" },
	{ GET, "/cases/:ref/letter", collection_send_letter, ONE, .summary = "The letter about a case that was chosen; recorded" },
	{ GET, "/cases/:ref/letters/case-chosen", show_letter_form, SECRETARIES,
		.summary = "The form of the letter about a case that was chosen" },
	{ POST, "/cases/:ref/letters/case-chosen", draft_letter, SECRETARIES, .form = &letter_order_form, .retry = show_letter_form,
		.summary = "Draft the letter about a case that was chosen" },
	{ POST, "/cases/:ref/files", collection_file_begin, ONE, .form = &upload_begin_form,
		.summary = "Begin the upload of a file of a case" },
	{ PUT, "/cases/:ref/files/:file", collection_file_part, ONE, .form = &upload_part_form, .summary = "One part of an upload" },
	{ GET, "/cases/:ref/files/:file", file_state, ONE, .summary = "How much of an upload has arrived" },
	{ POST, "/cases/:ref/files/:file/finish", collection_file_finish, ONE, .summary = "Finish an upload" },
	{ DELETE, "/cases/:ref/files/:file", collection_file_remove, ONE, .summary = "Remove a file from a case" },
	{ GET, "/cases/:ref/files/:file/content", collection_file_content, ONE, .summary = "Download a file of a case" },
};
const RouteTable collection_routes = { "subject/programme", routes, COUNT(routes) };
