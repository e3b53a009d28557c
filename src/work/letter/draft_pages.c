/* Drafts of letters that wait for a second person, and the image of the seal. */
#include "face/doc/export.h"
#include "people/person/form_page.h"
#include "work/letter/letter_order_view.h"
#include "work/letter/letter_private.h"
#include "work/letter/letter_view.h"
#include "work/letter/views/letter_draft.html.h"
#include "work/letter/views/letter_list.html.h"

#include <unistd.h>

enum { PAGE = 50 };

static const struct {
	const char *state, *text, *tone;
} states[] = {
	{ "waiting", N_("Waits for approval"), "active" },
	{ "issued", N_("Issued"), "good" },
	{ "refused", N_("Returned"), "warn" },
	{ "withdrawn", N_("Withdrawn"), "neutral" },
};

static size_t state_index(Text state)
{
	for (size_t i = 0; i < COUNT(states); i++)
		if (text_is(state, text_from(states[i].state))) return i;
	return 0;
}

static Markup state_of(Html *html, const LetterDraft *draft)
{
	size_t i = state_index(draft->state);
	return part_status(html, tr(html->lang, states[i].text), text_from(states[i].tone));
}

Text letter_draft_url_text(Arena *arena, LetterKind kind, Text ref)
{
	Text place = letter_place(arena, letter_kind_desk(kind));
	return arena_printf(arena, "%.*s/drafts/%.*s", TEXT_ARGS(place), TEXT_ARGS(url_segment(arena, ref)));
}

static Url draft_url(Arena *arena, const LetterDraft *draft, const char *end)
{
	return url_local(arena, "%.*s%s", TEXT_ARGS(letter_draft_url_text(arena, draft->order.kind, draft->ref)), end);
}

/* ---- The list */
static Markup drafts_table(Html *html, const LetterDrafts *drafts)
{
	static const char *const labels[] = { N_("Kind"), N_("Number of the matter"), N_("Recipient"), N_("State"), N_("Written by"),
		N_("Written at") };
	Arena *arena = html->call->arena;
	Column *columns = arena_array_of(arena, Column, COUNT(labels));
	Cell *cells = arena_array_of(arena, Cell, drafts->count * COUNT(labels) + 1);
	for (size_t i = 0; i < COUNT(labels); i++)
		columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = i == 0 || i == 2 ? COLUMN_TEXT : COLUMN_NARROW };
	for (size_t i = 0; i < drafts->count; i++) {
		const LetterDraft *draft = &drafts->at[i];
		Cell *cell = &cells[i * COUNT(labels)];
		cell[0] = (Cell) { .text = tr(html->lang, letter_kind_name(draft->order.kind)), .url = draft_url(arena, draft, "") };
		cell[1].text = draft->order.matter;
		cell[2].text = draft->order.recipient;
		cell[3].markup = state_of(html, draft);
		cell[4].text = draft->drafter;
		cell[5].markup = part_time(html, draft->drafted_at);
	}
	return part_table(html, &(Table) { tr(html->lang, "Drafts of letters"), columns, COUNT(labels), cells, drafts->count });
}

static Markup filter_of(Html *html, size_t chosen)
{
	Arena *arena = html->call->arena;
	Text *values = arena_array_of(arena, Text, COUNT(states)), *labels = arena_array_of(arena, Text, COUNT(states));
	for (size_t i = 0; i < COUNT(states); i++) {
		values[i] = text_from(states[i].state);
		labels[i] = tr(html->lang, states[i].text);
	}
	Filter filter = { .name = TEXT("state"),
		.label = tr(html->lang, "State"),
		.value = values[chosen],
		.choice_values = values,
		.choice_labels = labels,
		.choice_count = COUNT(states) };
	return part_filters(html, &(FilterBar) { .action = url_local(arena, "/letters/drafts"), .filters = &filter, .count = 1 });
}

static Error show_drafts(Request *request)
{
	Call *call = request->call;
	Html *html;
	LetterDrafts drafts;
	size_t chosen = state_index(request_query(request, TEXT("state")));
	Crumb crumbs[] = { { tr(call->lang, "Letters"), url_local(call->arena, "/letters") }, { .text = tr(call->lang, "Drafts") } };
	PageHead head = { .title = tr(call->lang, "Drafts of letters"),
		.lead = tr(
			call->lang, "One person writes a letter, another one approves it. Only then does it get its number, and the seal."),
		.crumbs = crumbs,
		.crumb_count = COUNT(crumbs),
		.wide = true };
	TRY(letter_draft_list(
		call, LETTER_LIBRARY, text_from(states[chosen].state), request_query_number(request, TEXT("before")), PAGE, &drafts));
	TRY(html_page_open(request, &head, &html));
	LetterListView view = { .filters = filter_of(html, chosen) };
	if (drafts.count)
		view.table = drafts_table(html, &drafts);
	else
		view.empty = part_empty(html, tr(html->lang, "No draft in this state"),
			tr(html->lang, "A letter is written on the page of the report, casefile or party it belongs to."), (Url) { 0 },
			TEXT(""));
	if (drafts.count == PAGE)
		view.pager = part_pager(html, (Url) { 0 },
			url_local(call->arena, "/letters/drafts?state=%s&before=%lld", states[chosen].state,
				(long long)drafts.at[PAGE - 1].id));
	page_letter_list(html, &view);
	return html_page_close(request, html);
}

/* ---- One draft */
static Error load_draft(Request *request)
{
	LetterDraft *draft = arena_new_of(request->call->arena, LetterDraft);
	TRY(letter_draft_open(request->call, LETTER_LIBRARY, request_parameter(request, TEXT("ref")), draft));
	request->subject = draft;
	return OK;
}

static Markup facts_of(Html *html, const LetterDraft *draft)
{
	LIST_OF(Fact) facts = { 0 };
	Arena *arena = html->call->arena;
	Lang lang = html->lang;
	const LetterOrder *order = &draft->order;
	const Fact all[] = { { .label = tr(lang, "Kind"), .text = tr(lang, letter_kind_name(order->kind)) },
		{ .label = tr(lang, "Number of the matter"), .text = order->matter },
		{ .label = tr(lang, "State"), .markup = state_of(html, draft) },
		{ .label = tr(lang, "Recipient"), .text = order->recipient }, { .label = tr(lang, "Product"), .text = order->product },
		{ .label = tr(lang, "Text"), .text = order->text }, { .label = tr(lang, "Deadline"), .text = order->deadline },
		{ .label = tr(lang, "Seal"), .text = order->wants_seal ? tr(lang, "Yes") : tr(lang, "No") },
		{ .label = tr(lang, "Written by"), .text = draft->drafter }, { .label = tr(lang, "Decided by"), .text = draft->decider },
		{ .label = tr(lang, "Reason"), .text = draft->reason } };
	for (size_t i = 0; i < COUNT(all); i++)
		if (all[i].text.length || all[i].markup.text.length) list_add(arena, &facts, all[i]);
	return part_facts(html, facts.at, facts.count);
}

static void fill_steps(Html *html, const LetterDraft *draft, LetterDraftView *view)
{
	Arena *arena = html->call->arena;
	FormField field = form_field(html->request, "reason", INPUT_LINES, N_("Why it is returned"), NULL, TEXT(""));
	field.rows = 3;
	if (draft->letter.length)
		view->letter = url_local(arena, "%.*s", TEXT_ARGS(letter_url_text(arena, draft->order.kind, draft->letter)));
	if (!text_is(draft->state, TEXT("waiting"))) return;
	Url refuse = draft_url(arena, draft, "/refuse");
	view->is_own = draft->is_own;
	if (draft->is_own)
		view->refuse = button_form(html, refuse, tr(html->lang, "Withdraw the draft"), TEXT("quiet"), TEXT(""), TEXT(""));
	else
		view->refuse = part_dialog(html, tr(html->lang, "Return it"), TEXT("quiet"),
			inline_form(html, refuse, &field, 1, tr(html->lang, "Return it"), TEXT("")));
	if (!draft->is_own)
		view->approve = button_form(html, draft_url(arena, draft, "/approve"),
			draft->order.wants_seal ? tr(html->lang, "Approve letter and seal") : tr(html->lang, "Approve the letter"),
			TEXT(""), TEXT(""), TEXT(""));
}

Error letter_draft_page(Request *request, const LetterDraft *draft)
{
	Call *call = request->call;
	bool is_library = letter_kind_desk(draft->order.kind) == LETTER_LIBRARY;
	Html *html;
	Text title = tr(call->lang, letter_kind_name(draft->order.kind));
	Crumb library[] = { { tr(call->lang, "Letters"), url_local(call->arena, "/letters") },
		{ tr(call->lang, "Drafts"), url_local(call->arena, "/letters/drafts") }, { .text = title } };
	Crumb programme[] = { { tr(call->lang, "Selection rounds"), url_local(call->arena, "/programme/rounds") }, { .text = title } };
	PageHead head = { .title = title,
		.lead = draft->order.matter,
		.crumbs = is_library ? library : programme,
		.crumb_count = is_library ? COUNT(library) : COUNT(programme) };
	LetterDraftView view = { .preview = draft_url(call->arena, draft, "/pdf") };
	TRY(html_page_open(request, &head, &html));
	view.facts = facts_of(html, draft);
	fill_steps(html, draft, &view);
	page_letter_draft(html, &view);
	return html_page_close(request, html);
}

static Error show_draft(Request *request) { return letter_draft_page(request, request->subject); }

static Error send_preview(Request *request)
{
	Text bytes;
	TRY(letter_draft_pages(request->call, LETTER_LIBRARY, request_parameter(request, TEXT("ref")), &bytes));
	return export_bytes(request, TEXT("draft.pdf"), bytes);
}

static Error do_approve(Request *request)
{
	Text letter;
	TRY(letter_approve(request->call, LETTER_LIBRARY, request_parameter(request, TEXT("ref")), &letter));
	return reply_redirect(request, arena_printf(request->call->arena, "/letters/%.*s", TEXT_ARGS(letter)));
}

static const FieldSpec refuse_fields[] = { { "reason", FIELD_LINES, offsetof(LetterReasonForm, reason), .max_length = LETTER_WORDS_MAX } };
const FormSpec letter_refuse_form = { refuse_fields, COUNT(refuse_fields), sizeof(LetterReasonForm), .max_body_bytes = 0 };

static Error do_refuse(Request *request)
{
	const LetterDraft *draft = request->subject;
	TRY(letter_refuse(request->call, LETTER_LIBRARY, draft->ref, ((const LetterReasonForm *)request->form)->reason));
	return reply_redirect(request, draft_url(request->call->arena, draft, "").text);
}

/* ---- The seal */
static Markup seal_facts(Html *html, const void *about)
{
	const LetterSeal *seal = about;
	Fact facts[] = { { .label = tr(html->lang, "Image now in force"), .text = tr(html->lang, "None yet") },
		{ .label = tr(html->lang, "Added by"), .text = seal->adder } };
	if (seal->added_at) facts[0].markup = part_time(html, seal->added_at);
	return part_facts(html, facts, seal->added_at ? 2 : 1);
}

static Error show_seal(Request *request)
{
	Call *call = request->call;
	Failure failure = call->failure;
	LetterSeal seal;
	FormField field = form_field(request, "seal", INPUT_FILE, N_("Image of the seal"),
		N_("A PNG with transparent ground, at most 512 KiB and 2,000 pixels a side."), TEXT(""));
	Crumb links[] = { { tr(call->lang, "All templates"), url_local(call->arena, "/admin/letters") } };
	TRY(letter_seal_now(call, &seal));
	call->failure = failure;
	FormPage page = { .title = tr(call->lang, "The office's seal"),
		.lead = tr(call->lang,
			"It is kept sealed, shown nowhere, and put only on a letter that one person wrote and another one approved."),
		.before = seal_facts,
		.about = &seal,
		.action = url_local(call->arena, "/admin/letters/seal"),
		.fields = &field,
		.field_count = 1,
		.button = tr(call->lang, "Use this image"),
		.has_files = true,
		.links = links,
		.link_count = COUNT(links) };
	return form_page_show(request, &page);
}

typedef struct SealForm {
	Uploads files;
} SealForm;
static const FieldSpec seal_fields[] = { { "seal", FIELD_FILES, offsetof(SealForm, files) } };
static const FormSpec seal_form = { seal_fields, COUNT(seal_fields), sizeof(SealForm), .max_body_bytes = 1 << 20 };

static Error do_seal(Request *request)
{
	Call *call = request->call;
	const Uploads *files = &((const SealForm *)request->form)->files;
	Text png = { 0 };
	if (files->count == 1 && files->at[0].size_bytes > 0) {
		size_t length = (size_t)files->at[0].size_bytes;
		char *bytes = arena_alloc(call->arena, length);
		if (pread(files->at[0].descriptor, bytes, length, 0) != (ssize_t)length)
			return fail(call, IO, "an uploaded file ends before its size");
		png = (Text) { bytes, length };
	}
	TRY(letter_seal_put(call, png));
	return reply_redirect(request, TEXT("/admin/letters/seal"));
}

#define OFFICE .may = ROLE_COORDINATOR, .needs_second_factor = true
#define ADMIN .may = ROLE_SYSTEM_ADMIN, .needs_second_factor = true
static const Route rows[] = {
	{ GET, "/letters/drafts", show_drafts, OFFICE, .summary = "Lists drafts of letters by state." },
	{ GET, "/letters/drafts/:ref", show_draft, OFFICE, .subject = load_draft, .summary = "Shows a draft of a letter." },
	{ GET, "/letters/drafts/:ref/pdf", send_preview, OFFICE, .summary = "Downloads a draft as PDF, without number and seal." },
	{ POST, "/letters/drafts/:ref/approve", do_approve, OFFICE, .subject = load_draft,
		.summary = "Approves somebody else's draft: it gets its number, and the seal." },
	{ POST, "/letters/drafts/:ref/refuse", do_refuse, OFFICE, .subject = load_draft, .form = &letter_refuse_form, .retry = show_draft,
		.summary = "Returns a draft with a reason, or withdraws one's own." },
	{ GET, "/admin/letters/seal", show_seal, ADMIN, .summary = "Says since when which image of the seal is in force." },
	{ POST, "/admin/letters/seal", do_seal, ADMIN, .form = &seal_form, .retry = show_seal,
		.summary = "Replaces the image of the seal." },
};
const RouteTable letter_draft_routes = { "work/letter", rows, COUNT(rows) };
