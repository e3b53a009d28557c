/* A recipient's own copy of the notice: the one thing with undisclosed details that leaves the house, so each copy says whose it is. */
#include "base/base/clock.h"
#include "base/base/random.h"
#include "face/doc/pdf.h"
#include "store/ledger/ledger.h"
#include "store/seal/seal.h"
#include "subject/party/party_private.h"
#include "work/copy/copy.h"

#include <cairo.h>

static const char FORM_NAME[] = "party-notify",
		  WARNING[] = N_("This copy was made for its recipient alone. Handing it on is not permitted.");

typedef struct Line { /* of the notice's head */
	const char *label;
	Text value;
} Line;
enum { LINES = 7 };
typedef struct Copying {
	const Party *party;
	Line lines[LINES];
	Text ref, recipient, content;
	uint64_t mark;
} Copying;

/* ---- Taking it */
static Error values_of(Call *call, const Party *party, StatementRow *row, Map **out)
{
	Text json;
	bool found = false;
	TRY(party_statement_last(call, party->id, text_from(FORM_NAME), row, &found));
	if (!found) return fail(call, NOT_FOUND, "party %.*s has no notice", TEXT_ARGS(party->ref));
	TRY(seal_open(call, "party_statement|sealed_values", row->ref, row->sealed_values, &json));
	return form_values_read(call, party_action_form(FORM_NAME), json.at ? json : TEXT("{}"), out);
}

/* Whoever of the library fetches a copy is its recipient, not the vendor. */
static Text recipient_of(Call *call, const Party *party)
{
	Text side = party->is_vendor ? party->vendor : tr(call->lang, role_text(ROLE_COORDINATOR));
	return arena_printf(call->arena, "%.*s, %.*s", TEXT_ARGS(side), TEXT_ARGS(call->actor->name));
}

static Error take(Call *call, void *argument)
{
	Copying *copying = argument;
	const Party *party = copying->party;
	StatementRow row;
	Map *values;
	int64_t downloads = 0, person = call->actor->person_id;
	TRY(values_of(call, party, &row, &values));
	TRY(party_copy_take(call, random_code(call->arena, 12), row.id, person, call->now, &copying->ref, &downloads));
	copying->recipient = recipient_of(call, party);
	copying->content = form_answer(values, "content");
	const Line lines[LINES] = {
		{ N_("Number"), party->casefile.number.length ? party->casefile.number : party->ref },
		{ N_("Title"), form_answer(values, "title") },
		{ N_("Product"), party->product },
		{ N_("Sent at"), clock_human(call->arena, call->lang, row.stated_at) },
		{ N_("Recipient"), copying->recipient },
		{ N_("Copy number"), copying->ref },
		{ N_("Affected version lines"), form_answer(values, "versions") },
	};
	memcpy(copying->lines, lines, sizeof lines);
	CopyFor copy = { .kind = text_from(party_machine.name),
		.subject_ref = party->ref,
		.copy_ref = copying->ref,
		.recipient = copying->recipient,
		.person_id = person,
		.seal_key = party->seal_key };
	TRY(copy_mark_take(call, &copy, &copying->mark));
	LedgerEvent event = {
		.kind = party_machine.name, .ref = party->ref, .action = "download", .matter = party->seal_key, .detail = copying->ref
	};
	return ledger_record(call, &event, NULL);
}

static Error begin(Call *call, const Party *party, Copying *out)
{
	*out = (Copying) { .party = party };
	if (!party->is_vendor && !party->is_staff) return fail(call, NOT_FOUND, "the notice is the vendor's");
	if (!party->notice_at) return fail(call, NOT_FOUND, "party %.*s has no notice", TEXT_ARGS(party->ref));
	if (!party->is_staff && !party->acknowledged_at) return fail(call, FORBIDDEN, "the notice has not been signed for");
	return db_transact(call, take, out);
}

/* ---- As a text */
static Text text_of(Call *call, const Copying *copying)
{
	Buffer buffer = { .arena = call->arena };
	buffer_put(&buffer, tr(call->lang, N_("Notice of a vulnerability")));
	buffer_put(&buffer, TEXT("\n\n"));
	for (size_t i = 0; i < LINES; i++) {
		const Line *line = &copying->lines[i];
		if (!line->value.length) continue;
		buffer_put(&buffer, tr(call->lang, line->label));
		buffer_put(&buffer, TEXT(": "));
		buffer_put(&buffer, line->value);
		buffer_byte(&buffer, '\n');
	}
	buffer_byte(&buffer, '\n');
	buffer_put(&buffer, copying->content);
	buffer_put(&buffer, TEXT("\n\n"));
	buffer_put(&buffer, tr(call->lang, WARNING));
	buffer_byte(&buffer, '\n');
	return buffer_text(&buffer);
}

/* ---- As pages */
static void dot(void *context, double x, double y)
{
	cairo_t *cairo = context;
	cairo_new_sub_path(cairo);
	cairo_arc(cairo, x, y, MARK_DOT_RADIUS_POINTS, 0, 6.283185307179586);
}

static void put_mark(cairo_t *cairo, const PdfPage *page, void *argument)
{
	const Copying *copying = argument;
	cairo_set_source_rgb(cairo, 1 - MARK_DOT_INK, 1 - MARK_DOT_INK, 1 - MARK_DOT_INK);
	mark_draw_points(copying->mark, page->width, page->height, dot, cairo);
	cairo_fill(cairo);
}

static void put_head(Call *call, Pdf *pdf, const Copying *copying)
{
	static const double shares[] = { 1, 3.4 };
	Text *cells = arena_array_of(call->arena, Text, 2 * LINES);
	size_t count = 0;
	for (size_t i = 0; i < LINES; i++) {
		const Line *line = &copying->lines[i];
		if (!line->value.length) continue;
		cells[count++] = tr(call->lang, line->label);
		cells[count++] = line->value;
	}
	Sheet sheet = { .column_count = 2, .cells = cells, .row_count = count / 2 };
	pdf_heading(pdf, 1, tr(call->lang, N_("Notice of a vulnerability")));
	pdf_table(pdf, &sheet, shares);
	pdf_space(pdf, 12);
}

/* The content is Markdown: headings are set as such outside of code, everything else as it was written, so that no step of it is lost. */
static void put_content(Pdf *pdf, Text content)
{
	Text rest = content, line;
	bool is_code = false;
	while (text_next(&rest, '\n', &line)) {
		size_t level = 0;
		bool is_fence = text_starts(text_trim(line), TEXT("```"));
		while (!is_code && level < line.length && line.at[level] == '#') level++;
		if (is_fence) {
			is_code = !is_code;
		} else if (level && level < line.length && line.at[level] == ' ') {
			pdf_heading(pdf, level < 2 ? 2 : 3, text_trim(text_slice(line, level, line.length)));
		} else if (!text_trim(line).length) {
			pdf_space(pdf, 6);
		} else {
			pdf_paragraph(pdf, line, (PdfStyle) { .size = is_code ? 9.5 : 11, .indent = 0 });
		}
	}
}

static Error pages_of(Call *call, Copying *copying, Text *out)
{
	PdfSpec spec = { .title = tr(call->lang, N_("Notice of a vulnerability")),
		.subject = copying->party->ref,
		.page_numbers = true,
		.background = put_mark,
		.background_argument = copying };
	scoped(pdf_close) Pdf *pdf = pdf_open(call, &spec);
	put_head(call, pdf, copying);
	put_content(pdf, copying->content);
	pdf_paragraph(pdf, tr(call->lang, WARNING), (PdfStyle) { .size = 9.5, .before = 18 });
	return pdf_finish(call, pdf, out);
}

Error party_notice_text(Call *call, const Party *party, PartyNotice *out)
{
	Copying copying;
	TRY(begin(call, party, &copying));
	*out = (PartyNotice) { .text = text_of(call, &copying), .copy_ref = copying.ref };
	return OK;
}

Error party_notice_pdf(Call *call, const Party *party, PartyNotice *out)
{
	Copying copying;
	PartyNotice notice;
	TRY(begin(call, party, &copying));
	notice = (PartyNotice) { .text = text_of(call, &copying), .copy_ref = copying.ref };
	TRY(pages_of(call, &copying, &notice.pdf)); /* outside of the transaction: nobody waits for pages to be set */
	*out = notice;
	return OK;
}
