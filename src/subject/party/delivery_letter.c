/* The letters themselves: that there is something, and how to show who one is; never what it is, and nothing of other vendors. */
#include "base/base/clock.h"
#include "face/doc/pdf.h"
#include "face/doc/sheet.h"
#include "face/doc/zip.h"
#include "face/outbox/outbox.h"
#include "store/ledger/ledger.h"
#include "subject/party/delivery_private.h"
#include "work/copy/copy.h"

#include <cairo.h>

typedef struct Writing {
	const Delivery *delivery;
	DeliveryLetterRow row;
	Text vendor, code;
	uint64_t mark;
} Writing;

static void dot(void *context, double x, double y)
{
	cairo_t *cairo = context;
	cairo_new_sub_path(cairo);
	cairo_arc(cairo, x, y, MARK_DOT_RADIUS_POINTS, 0, 6.283185307179586);
}

static void put_mark(cairo_t *cairo, const PdfPage *page, void *argument)
{
	const Writing *writing = argument;
	cairo_set_source_rgb(cairo, 1 - MARK_DOT_INK, 1 - MARK_DOT_INK, 1 - MARK_DOT_INK);
	mark_draw_points(writing->mark, page->width, page->height, dot, cairo);
	cairo_fill(cairo);
}

/* Vendors read Chinese first; a letter has both. */
static void put_body(Call *call, Pdf *pdf, const Writing *writing, Lang lang)
{
	static const char *const lines[] = {
		N_("The Vulnerability Library for Mobile App Products has a message for the provider of a product."),
		N_("This letter says nothing of it. Please register your organisation on the platform and enter this claim code there:"),
	};
	pdf_heading(pdf, 2, tr(lang, N_("The vulnerability library asks you to get in touch")));
	for (size_t i = 0; i < COUNT(lines); i++) pdf_paragraph(pdf, tr(lang, lines[i]), (PdfStyle) { .size = 11, .before = 6 });
	pdf_paragraph(pdf, writing->code, (PdfStyle) { .size = 16, .bold = true, .align = PDF_CENTER, .before = 10, .after = 10 });
	pdf_paragraph(pdf, outbox_link(call, "/parties/claim"), (PdfStyle) { .size = 11, .align = PDF_CENTER });
	pdf_paragraph(pdf, tr(lang, N_("We tell you what it is about as soon as it is proven who you are.")),
		(PdfStyle) { .size = 11, .before = 6 });
	pdf_space(pdf, 18);
}

static Error pages_of(Call *call, Writing *writing, Text *out)
{
	PdfSpec spec = { .title = tr(LANG_ZH, N_("First letter to a vendor")),
		.subject = writing->row.ref,
		.background = put_mark,
		.background_argument = writing };
	scoped(pdf_close) Pdf *pdf = pdf_open(call, &spec);
	pdf_heading(pdf, 1, writing->vendor);
	pdf_paragraph(pdf,
		arena_printf(call->arena, "%.*s · %.*s", TEXT_ARGS(writing->row.ref),
			TEXT_ARGS(clock_human_date(call->arena, LANG_ZH, writing->delivery->sent_at))),
		(PdfStyle) { .size = 9.5, .after = 12 });
	put_body(call, pdf, writing, LANG_ZH);
	put_body(call, pdf, writing, LANG_EN);
	return pdf_finish(call, pdf, out);
}

/* ---- Fetching, inside db_transact: whose copy it is, and that it was fetched */
static Error take(Call *call, Writing *writing)
{
	Party party;
	const DeliveryLetterRow *row = &writing->row;
	const Actor *actor = call->actor;
	TRY(delivery_letter_words(call, row, &writing->vendor, &writing->code));
	call->actor = &actor_system;
	Error error = party_read(call, row->party_id, &party);
	call->actor = actor;
	TRY(error);
	CopyFor copy = { .kind = text_from(party_machine.name),
		.subject_ref = party.ref,
		.copy_ref = row->ref,
		.recipient = arena_printf(call->arena, "%.*s · %.*s", TEXT_ARGS(writing->vendor), TEXT_ARGS(writing->delivery->partner)),
		.person_id = actor->person_id,
		.seal_key = party.seal_key };
	TRY(copy_mark_take(call, &copy, &writing->mark));
	TRY(delivery_letter_fetch(call, row->id));
	LedgerEvent event = { .kind = delivery_machine.name,
		.ref = writing->delivery->ref,
		.action = "download",
		.matter = writing->delivery->seal_key,
		.detail = row->ref };
	return ledger_record(call, &event, NULL);
}

typedef struct Fetching {
	const Delivery *delivery;
	Text letter; /* no text: all that wait */
	LIST_OF(Writing) writings;
} Fetching;

static Error fetch_one(Call *call, Fetching *fetching, const DeliveryLetterRow *row)
{
	Writing writing = { .delivery = fetching->delivery, .row = *row };
	TRY(take(call, &writing));
	list_add(call->arena, &fetching->writings, writing);
	return OK;
}

static Error fetch_named(Call *call, Fetching *fetching)
{
	DeliveryLetterRow row;
	bool found = false;
	TRY(delivery_letter_find(call, fetching->delivery->id, fetching->letter, &row, &found));
	if (!found) return fail(call, NOT_FOUND, "package %.*s has no such letter", TEXT_ARGS(fetching->delivery->ref));
	if (text_is(row.outcome, TEXT("recalled"))) return fail(call, CONFLICT, "letter %.*s was called back", TEXT_ARGS(row.ref));
	return fetch_one(call, fetching, &row);
}

static Error fetch(Call *call, void *argument)
{
	Fetching *fetching = argument;
	DeliveryLetterRows rows;
	fetching->writings.count = 0;
	if (fetching->letter.at) return fetch_named(call, fetching);
	TRY(delivery_letter_rows(call, fetching->delivery->id, 0, DELIVERY_LETTERS_MAX, &rows));
	for (size_t i = 0; i < rows.count; i++)
		if (text_is(rows.at[i].outcome, TEXT("waiting"))) TRY(fetch_one(call, fetching, &rows.at[i]));
	return fetching->writings.count ? OK : fail(call, CONFLICT, "no letter of %.*s waits", TEXT_ARGS(fetching->delivery->ref));
}

Error delivery_letter_pdf(Call *call, const Delivery *delivery, Text letter, Text *out_pdf)
{
	Fetching fetching = { .delivery = delivery, .letter = letter };
	TRY(db_transact(call, fetch, &fetching));
	return pages_of(call, &fetching.writings.at[0], out_pdf); /* outside of the transaction: nobody waits for pages to be set */
}

/* The table the partner fills in: in its package, and for the API. */
static Text table_of(Arena *arena, const Fetching *fetching)
{
	static const Text heads[] = { TEXT("letter"), TEXT("vendor"), TEXT("outcome"), TEXT("delivered_at"), TEXT("to"), TEXT("note") };
	Text *cells = arena_array_of(arena, Text, fetching->writings.count * COUNT(heads));
	for (size_t i = 0; i < fetching->writings.count; i++) {
		Text *row = &cells[i * COUNT(heads)];
		for (size_t k = 0; k < COUNT(heads); k++) row[k] = TEXT("");
		row[0] = fetching->writings.at[i].row.ref;
		row[1] = fetching->writings.at[i].vendor;
	}
	Sheet sheet = { .heads = heads, .column_count = COUNT(heads), .cells = cells, .row_count = fetching->writings.count };
	return sheet_csv(arena, &sheet, true);
}

Error delivery_package(Call *call, const Delivery *delivery, Text *out_zip)
{
	Fetching fetching = { .delivery = delivery };
	ZipEntries entries = { 0 };
	TRY(db_transact(call, fetch, &fetching));
	for (size_t i = 0; i < fetching.writings.count; i++) {
		ZipEntry entry = { .name = arena_printf(call->arena, "%.*s.pdf", TEXT_ARGS(fetching.writings.at[i].row.ref)) };
		TRY(pages_of(call, &fetching.writings.at[i], &entry.content));
		list_add(call->arena, &entries, entry);
	}
	ZipEntry table = { .name = TEXT("deliveries.csv"), .content = table_of(call->arena, &fetching) };
	list_add(call->arena, &entries, table);
	return zip_pack(call, entries.at, entries.count, call->now, out_zip);
}
