/* Letters of a round: what it calls for, what was written and issued, sheets to print. And one draft, one letter of the programme. */
#include "face/doc/export.h"
#include "people/person/form_page.h"
#include "subject/programme/letters/letters.h"
#include "subject/programme/letters/letters_view.h"
#include "subject/programme/letters/views/letters_page.html.h"
#include "work/letter/letter_order_view.h"

static Error load_round(Request *request)
{
	Round *round = arena_new_of(request->call->arena, Round);
	TRY(round_open(request->call, request_parameter(request, TEXT("ref")), round));
	if (!round->published_at) return fail(request->call, NOT_FOUND, "a draft has no letters");
	request->subject = round;
	return OK;
}

static Text base_of(Arena *arena, const Round *round)
{
	return arena_printf(arena, "/programme/rounds/%.*s/letters", TEXT_ARGS(url_segment(arena, round->ref)));
}

static Url about_url(Arena *arena, const Round *round, LetterKind kind, Text about, const char *end)
{
	return url_local(arena, "%.*s/%s/%.*s%s", TEXT_ARGS(base_of(arena, round)), letter_kind_tag(kind),
		TEXT_ARGS(url_segment(arena, about)), end);
}

typedef LIST_OF(Cell) Cells;
static const Table *table_of(Html *html, const char *caption, const char *const *labels, size_t width, const Cells *cells)
{
	Column *columns = arena_array_of(html->call->arena, Column, width);
	Table *table = arena_new_of(html->call->arena, Table);
	if (!cells->count) return NULL;
	for (size_t i = 0; i < width; i++)
		columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = i && i + 1 < width ? COLUMN_TEXT : COLUMN_NARROW };
	*table = (Table) { tr(html->lang, caption), columns, width, cells->at, cells->count / width };
	return table;
}

/* ---- The page */
/* A letter that waits or stands already is not to be written once more; one that was refused, withdrawn or voided is. */
static bool is_written(const RoundLetters *letters, const RoundOffer *offer)
{
	for (size_t i = 0; i < letters->count; i++) {
		const LetterStand *stand = &letters->at[i].stand;
		bool stands = text_is(stand->state, TEXT("waiting")) || (text_is(stand->state, TEXT("issued")) && !stand->is_voided);
		if (stand->kind == offer->kind && stands && text_is(letters->at[i].about, offer->about)) return true;
	}
	return false;
}

static void offers_tables(Html *html, const Round *round, const RoundOffers *offers, const RoundLetters *letters, LettersView *view)
{
	static const char *const labels[] = { N_("Kind"), N_("Recipient"), N_("Number of the matter"), N_("Step") };
	static const char *const sheet_labels[] = { N_("Kind"), N_("Direction"), N_("Number of the panel"), N_("PDF"), N_("Word") };
	Arena *arena = html->call->arena;
	Cells open = { 0 }, sheets = { 0 };
	for (size_t i = 0; i < offers->count; i++) {
		const RoundOffer *offer = &offers->at[i];
		bool is_sheet = letter_kind_is_sheet(offer->kind);
		if (!is_sheet && is_written(letters, offer)) continue;
		const Cell cells[] = { { .text = tr(html->lang, letter_kind_name(offer->kind)) }, { .text = offer->recipient },
			{ .text = offer->about },
			{ .text = tr(html->lang, is_sheet ? N_("Download") : N_("Write")),
				.url = about_url(arena, round, offer->kind, offer->about, is_sheet ? "/pdf" : "") },
			{ .text = tr(html->lang, "Download"), .url = about_url(arena, round, offer->kind, offer->about, "/docx") } };
		Cells *to = is_sheet ? &sheets : &open;
		size_t width = is_sheet ? COUNT(sheet_labels) : COUNT(labels);
		for (size_t c = 0; c < width; c++) {
			Cell cell = cells[c];
			if (!is_sheet && c == 3 && !actor_has(html->call->actor, letter_kind_writers(offer->kind)))
				cell = (Cell) { .text = tr(html->lang, "a selection secretary") };
			list_add(arena, to, cell);
		}
	}
	view->offers = table_of(html, N_("To be written"), labels, COUNT(labels), &open);
	view->sheets = table_of(html, N_("Sheets to print"), sheet_labels, COUNT(sheet_labels), &sheets);
}

static Markup stand_markup(Html *html, const LetterStand *stand)
{
	static const struct {
		const char *state, *text, *tone;
	} states[] = { { "waiting", N_("Waits for approval"), "active" }, { "issued", N_("Issued"), "good" },
		{ "refused", N_("Returned"), "warn" }, { "withdrawn", N_("Withdrawn"), "neutral" } };
	if (stand->is_voided) return part_status(html, tr(html->lang, "Voided"), TEXT("bad"));
	for (size_t i = 0; i < COUNT(states); i++)
		if (text_is(stand->state, text_from(states[i].state)))
			return part_status(html, tr(html->lang, states[i].text), text_from(states[i].tone));
	return markup_text(html, stand->state);
}

static void letters_table(Html *html, const RoundLetters *letters, LettersView *view)
{
	static const char *const labels[] = { N_("Number of the letter"), N_("Kind"), N_("Recipient"), N_("Number of the matter"),
		N_("State"), N_("Time") };
	Arena *arena = html->call->arena;
	Cells all = { 0 };
	for (size_t i = 0; i < letters->count; i++) {
		const RoundLetter *letter = &letters->at[i];
		const LetterStand *stand = &letter->stand;
		Text place = stand->letter.length ? letter_url_text(arena, stand->kind, stand->letter)
						  : letter_draft_url_text(arena, stand->kind, letter->draft);
		const Cell cells[] = { { .text = stand->number.length ? stand->number : tr(html->lang, "Draft"),
					       .url = url_local(arena, "%.*s", TEXT_ARGS(place)) },
			{ .text = tr(html->lang, letter_kind_name(stand->kind)) }, { .text = stand->recipient }, { .text = letter->about },
			{ .markup = stand_markup(html, stand) }, { .markup = part_time(html, stand->at) } };
		for (size_t c = 0; c < COUNT(cells); c++) list_add(arena, &all, cells[c]);
	}
	view->letters = table_of(html, N_("Written"), labels, COUNT(labels), &all);
}

static Error lists_table(Html *html, const Round *round, LettersView *view)
{
	static const char *const labels[] = { N_("Document number"), N_("Document"), N_("Decided"), N_("PDF"), N_("Word") };
	static const struct {
		const char *kind;
		LetterKind letter;
	} kinds[] = { { "publicity", LETTER_ROUND_PUBLICITY }, { "announcement", LETTER_ROUND_ANNOUNCEMENT } };
	Arena *arena = html->call->arena;
	Cells all = { 0 };
	for (size_t k = 0; k < COUNT(kinds); k++) {
		DecisionLists lists;
		TRY(decision_public(html->call, round, kinds[k].kind, &lists));
		for (size_t i = 0; i < lists.count; i++) {
			const DecisionList *list = &lists.at[i];
			if (!list->entries.count) continue;
			Text base = arena_printf(
				arena, "/rounds/%.*s/lists/%.*s", TEXT_ARGS(url_segment(arena, round->code)), TEXT_ARGS(list->ref));
			const Cell cells[] = { { .text = list->document.length ? list->document : TEXT("—") },
				{ .text = tr(html->lang, letter_kind_name(kinds[k].letter)) },
				{ .markup = part_time(html, list->decided_at) },
				{ .text = tr(html->lang, "Download"), .url = url_local(arena, "%.*s/pdf", TEXT_ARGS(base)) },
				{ .text = tr(html->lang, "Download"),
					.url = about_url(arena, round, kinds[k].letter, list->ref, "/docx") } };
			for (size_t c = 0; c < COUNT(cells); c++) list_add(arena, &all, cells[c]);
		}
	}
	view->lists = table_of(html, N_("Public notice and announcement"), labels, COUNT(labels), &all);
	return OK;
}

static Error show(Request *request)
{
	Html *html;
	Call *call = request->call;
	const Round *round = request->subject;
	RoundOffers offers;
	RoundLetters letters;
	LettersView view = { 0 };
	Crumb crumbs[] = { { tr(call->lang, "Selection rounds"), url_local(call->arena, "/programme/rounds") },
		{ round->code, url_local(call->arena, "/programme/rounds/%.*s", TEXT_ARGS(url_segment(call->arena, round->ref))) },
		{ .text = tr(call->lang, "Letters of this round") } };
	PageHead head = { .title = tr(call->lang, "Letters of this round"), .crumbs = crumbs, .crumb_count = COUNT(crumbs), .wide = true };
	TRY(letters_offers(call, round, &offers));
	TRY(letters_of_round(call, round, &letters));
	TRY(html_page_open(request, &head, &html));
	offers_tables(html, round, &offers, &letters, &view);
	letters_table(html, &letters, &view);
	TRY(lists_table(html, round, &view));
	page_letters_page(html, &view);
	return html_page_close(request, html);
}

/* ---- Writing one */
static Error asked(Request *request, LetterOrder *out)
{
	LetterKind kind;
	if (!letter_kind_parse(request_parameter(request, TEXT("kind")), &kind))
		return fail(request->call, NOT_FOUND, "no such kind of letter");
	return letters_order(request->call, request->subject, kind, request_parameter(request, TEXT("about")), out);
}

static Error asked_letter(Request *request, LetterOrder *out)
{
	TRY(asked(request, out));
	if (letter_kind_is_sheet(out->kind)) return fail(request->call, NOT_FOUND, "a sheet is not written");
	return actor_has(request->call->actor, letter_kind_writers(out->kind)) ? OK
									       : fail(request->call, FORBIDDEN, "somebody else writes it");
}

static Markup order_facts(Html *html, const void *about)
{
	const LetterOrder *order = about;
	LIST_OF(Fact) facts = { 0 };
	Fact head[] = { { .label = tr(html->lang, "Recipient"), .text = order->recipient },
		{ .label = tr(html->lang, "Number of the matter"), .text = order->matter } };
	for (size_t i = 0; i < COUNT(head); i++) list_add(html->call->arena, &facts, head[i]);
	LetterFieldFacts field;
	for (size_t i = 0; i < order->more_count; i++)
		for (size_t f = 0; letter_field(order->kind, f, &field); f++) {
			Fact fact = { .label = tr(html->lang, field.text), .text = order->more[i].value };
			if (text_is(order->more[i].name, text_from(field.name)) && fact.text.length)
				list_add(html->call->arena, &facts, fact);
		}
	return part_facts(html, facts.at, facts.count);
}

static Error show_form(Request *request)
{
	Call *call = request->call;
	Failure failure = call->failure;
	const Round *round = request->subject;
	LetterOrder *order = arena_new_of(call->arena, LetterOrder);
	LetterSeal seal;
	FormField fields[3];
	size_t count = 0;
	call_recover(call);
	TRY(asked_letter(request, order));
	TRY(letter_seal_now(call, &seal));
	call->failure = failure;
	Text typed = request->method == POST ? request_form_value(request, TEXT("text")) : order->text;
	fields[count] = form_field(request, "text", INPUT_LINES, N_("Text"),
		N_("What the letter says beside its standing words; a line is a paragraph."), typed.at ? typed : TEXT(""));
	fields[count].required = false;
	fields[count++].rows = 6;
	if (order->deadline.length) fields[count++] = form_field(request, "deadline", INPUT_TEXT, N_("Deadline"), NULL, order->deadline);
	if (seal.added_at) {
		fields[count] = form_field(request, "wants_seal", INPUT_CHECK, N_("Put the seal on it"),
			N_("On the PDF, when a second person has approved letter and seal. The file for Word never bears it."),
			TEXT("true"));
		fields[count++].required = false;
	}
	Crumb links[] = { { tr(call->lang, "Letters of this round"),
		url_local(call->arena, "%.*s", TEXT_ARGS(base_of(call->arena, round))) } };
	FormPage page = { .title = tr(call->lang, letter_kind_name(order->kind)),
		.lead = tr(call->lang, "A second person approves it before it gets its number."),
		.before = order_facts,
		.about = order,
		.action = about_url(call->arena, round, order->kind, request_parameter(request, TEXT("about")), ""),
		.fields = fields,
		.field_count = count,
		.button = tr(call->lang, "Submit the draft"),
		.links = links,
		.link_count = COUNT(links) };
	return form_page_show(request, &page);
}

typedef struct WriteForm {
	Text text, deadline;
	bool wants_seal;
} WriteForm;
static const FieldSpec write_fields[] = {
	{ "text", FIELD_LINES, offsetof(WriteForm, text), .max_length = 4000 },
	{ "deadline", FIELD_TEXT, offsetof(WriteForm, deadline), .max_length = 60 },
	{ "wants_seal", FIELD_BOOL, offsetof(WriteForm, wants_seal) },
};
static const FormSpec write_form = { write_fields, COUNT(write_fields), sizeof(WriteForm), .max_body_bytes = 0 };

static Error do_write(Request *request)
{
	const WriteForm *form = request->form;
	LetterOrder order;
	Text draft;
	TRY(asked_letter(request, &order));
	order.text = form->text;
	if (order.deadline.length) order.deadline = form->deadline;
	order.wants_seal = form->wants_seal;
	TRY(letters_draft(request->call, request->subject, request_parameter(request, TEXT("about")), &order, &draft));
	return reply_redirect(request, letter_draft_url_text(request->call->arena, order.kind, draft));
}

/* ---- Sheets, and decided lists for Word */
static Error list_file(Request *request, LetterForm form, bool *out_found)
{
	static const char *const kinds[] = { "publicity", "announcement" };
	static const LetterKind tags[] = { LETTER_ROUND_PUBLICITY, LETTER_ROUND_ANNOUNCEMENT };
	const Round *round = request->subject;
	Text kind = request_parameter(request, TEXT("kind")), ref = request_parameter(request, TEXT("about")), name, bytes;
	*out_found = false;
	for (size_t k = 0; k < COUNT(kinds); k++) {
		DecisionLists lists;
		if (!text_is(kind, text_from(letter_kind_tag(tags[k])))) continue;
		TRY(decision_public(request->call, round, kinds[k], &lists));
		for (size_t i = 0; !*out_found && i < lists.count; i++) {
			if (!text_is(lists.at[i].ref, ref) || !lists.at[i].entries.count) continue;
			TRY(decision_list_file(request->call, round, &lists.at[i], form, &name, &bytes));
			*out_found = true;
		}
	}
	return *out_found ? export_bytes(request, name, bytes) : OK;
}

static Error send_sheet(Request *request, LetterForm form)
{
	Call *call = request->call;
	const Round *round = request->subject;
	LetterOrder order;
	Text bytes;
	bool is_list = false;
	TRY(list_file(request, form, &is_list));
	if (is_list) return OK;
	TRY(asked(request, &order));
	if (!letter_kind_is_sheet(order.kind)) return fail(call, NOT_FOUND, "a letter is not printed before it is issued");
	TRY(letter_document(call, &order, TEXT(""), form, &bytes));
	return export_bytes(request,
		arena_printf(call->arena, "%.*s-%s-%.*s.%s", TEXT_ARGS(round->code), letter_kind_tag(order.kind), TEXT_ARGS(order.matter),
			form == LETTER_WORD ? "docx" : "pdf"),
		bytes);
}
static Error send_sheet_pages(Request *request) { return send_sheet(request, LETTER_PAGES); }
static Error send_sheet_word(Request *request) { return send_sheet(request, LETTER_WORD); }

/* ---- One draft */
static Text ref_of(const Request *request) { return request_parameter(request, TEXT("ref")); }

static Error load_draft(Request *request)
{
	LetterDraft *draft = arena_new_of(request->call->arena, LetterDraft);
	TRY(letters_may_draft(request->call, ref_of(request)));
	TRY(letter_draft_open(request->call, LETTER_PROGRAMME, ref_of(request), draft));
	request->subject = draft;
	return OK;
}

static Error show_draft(Request *request) { return letter_draft_page(request, request->subject); }

static Error send_preview(Request *request)
{
	Text bytes;
	TRY(letter_draft_pages(request->call, LETTER_PROGRAMME, ref_of(request), &bytes));
	return export_bytes(request, TEXT("draft.pdf"), bytes);
}

static Error do_approve(Request *request)
{
	const LetterDraft *draft = request->subject;
	Text letter;
	TRY(letters_approve(request->call, draft->ref, &letter));
	return reply_redirect(request, letter_url_text(request->call->arena, draft->order.kind, letter));
}

static Error do_refuse(Request *request)
{
	const LetterDraft *draft = request->subject;
	TRY(letter_refuse(request->call, LETTER_PROGRAMME, draft->ref, ((const LetterReasonForm *)request->form)->reason));
	return reply_redirect(request, letter_draft_url_text(request->call->arena, draft->order.kind, draft->ref));
}

/* ---- One letter */
static Error load_letter(Request *request)
{
	IssuedLetter *letter = arena_new_of(request->call->arena, IssuedLetter);
	TRY(letters_may_letter(request->call, ref_of(request)));
	TRY(letter_open(request->call, LETTER_PROGRAMME, ref_of(request), letter));
	request->subject = letter;
	return OK;
}

static Error show_letter(Request *request) { return letter_page(request, request->subject); }

static Error send_letter(Request *request, LetterForm form)
{
	Text name, bytes;
	TRY(letters_may_letter(request->call, ref_of(request)));
	TRY(letter_file(request->call, LETTER_PROGRAMME, ref_of(request), form, &name, &bytes));
	return export_bytes(request, name, bytes);
}
static Error send_pages(Request *request) { return send_letter(request, LETTER_PAGES); }
static Error send_word(Request *request) { return send_letter(request, LETTER_WORD); }

static Error do_void(Request *request)
{
	const IssuedLetter *letter = request->subject;
	TRY(letter_void(request->call, LETTER_PROGRAMME, letter->ref, ((const LetterReasonForm *)request->form)->reason));
	return reply_redirect(request, letter_url_text(request->call->arena, letter->kind, letter->ref));
}

#define READERS .may = ROLE_SECRETARY | ROLE_SUPERVISOR, .needs_second_factor = true
#define AT "/programme/rounds/:ref/letters"
static const Route round_routes_of[] = {
	{ GET, AT, show, READERS, .subject = load_round, .summary = "Letters and sheets of a round: to be written, written, issued" },
	{ GET, AT "/:kind/:about", show_form, READERS, .subject = load_round, .summary = "The form of a letter of a round" },
	{ POST, AT "/:kind/:about", do_write, READERS, .subject = load_round, .form = &write_form, .retry = show_form,
		.summary = "Draft a letter of a round for a second person to approve" },
	{ GET, AT "/:kind/:about/pdf", send_sheet_pages, READERS, .subject = load_round, .weight = 5,
		.summary = "A sheet of a round as PDF" },
	{ GET, AT "/:kind/:about/docx", send_sheet_word, READERS, .subject = load_round, .weight = 5,
		.summary = "A sheet of a round, or a decided list, as a document of Word" },
};
const RouteTable round_letters_routes = { "subject/programme", round_routes_of, COUNT(round_routes_of) };

static const Route letter_rows_of[] = {
	{ GET, "/programme/letters/drafts/:ref", show_draft, READERS, .subject = load_draft,
		.summary = "A draft of a letter of the programme" },
	{ GET, "/programme/letters/drafts/:ref/pdf", send_preview, READERS, .subject = load_draft,
		.summary = "The same as PDF, without number and seal" },
	{ POST, "/programme/letters/drafts/:ref/approve", do_approve, READERS, .subject = load_draft,
		.summary = "Approve somebody else's draft: it gets its number, and the seal" },
	{ POST, "/programme/letters/drafts/:ref/refuse", do_refuse, READERS, .subject = load_draft, .form = &letter_refuse_form,
		.retry = show_draft, .summary = "Return a draft with a reason, or withdraw one's own" },
	{ GET, "/programme/letters/:ref", show_letter, READERS, .subject = load_letter,
		.summary = "A letter of the programme, and who downloaded it" },
	{ GET, "/programme/letters/:ref/pdf", send_pages, READERS, .summary = "A letter of the programme as PDF; recorded" },
	{ GET, "/programme/letters/:ref/docx", send_word, READERS, .summary = "A letter of the programme for Word; recorded" },
	{ POST, "/programme/letters/:ref/void", do_void, READERS, .subject = load_letter, .form = &letter_void_form, .retry = show_letter,
		.summary = "Void a letter; its number stays in the register" },
};
const RouteTable programme_letter_routes = { "subject/programme", letter_rows_of, COUNT(letter_rows_of) };
