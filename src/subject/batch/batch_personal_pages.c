/* Personal data in the rows of a preview: hidden, kept with a reason, or covered in pictures, row by row or in all of them. */
#include "people/person/form_page.h"
#include "subject/batch/batch_view.h"
#include "subject/report/report.h"
#include "work/cover/cover_view.h"

/* What is left out or sent already has nothing to be decided about here. */
static Error place_of_row(Request *request, CoverPlace *out)
{
	Arena *arena = request->call->arena;
	const Batch *batch = request->subject;
	BatchRow *row = arena_new_of(arena, BatchRow);
	TRY(batch_load_row(request, row));
	if (!batch_row_may_cover(batch, row))
		return fail(request->call, NOT_FOUND, "nothing of row %lld can be hidden", (long long)row->number);
	batch_row_place(request->call, batch, row, out);
	return OK;
}

static Error row_changed(Request *request)
{
	BatchRow row;
	TRY(batch_load_row(request, &row));
	return batch_row_recount(request->call, request->subject, row.number);
}
static const CoverPages row_pages = { place_of_row, row_changed };

void batch_row_place(Call *call, const Batch *batch, BatchRow *row, CoverPlace *out)
{
	Arena *arena = call->arena;
	Text back = arena_printf(arena, "/batches/%.*s/rows/%lld", TEXT_ARGS(batch->ref), (long long)row->number);
	*out = (CoverPlace) { .base = arena_printf(arena, "%.*s/personal-data", TEXT_ARGS(back)), .back = back, .name = row->title };
	if (!row->title.length) out->name = batch_row_label(arena, call->lang, row->number);
	batch_row_matter(arena, batch, row, &out->matter);
}

Error batch_banner(Html *html, const Batch *batch, Markup *out)
{
	Arena *arena = html->call->arena;
	Url here = url_local(arena, "/batches/%.*s?personal=1", TEXT_ARGS(batch->ref)),
	    mask = url_local(arena, "/batches/%.*s/personal-data/mask", TEXT_ARGS(batch->ref));
	Problem rows = { .message = N_("Rows with what looks like personal data or secrets: %s. Send only what is needed."),
		.argument = arena_printf(arena, "%lld", (long long)batch->personal_rows) };
	const Fact fact = { .label = tr(html->lang, N_("Where exactly")), .text = tr(html->lang, N_("Show these rows")), .url = here };
	*out = (Markup) { TEXT("") };
	if (!batch->personal_rows) return OK;
	Html inner = html_inner(html);
	html_markup(&inner, part_facts(html, &fact, 1));
	html_markup(&inner, button_form(html, mask, tr(html->lang, N_("Hide all of it in these rows")), TEXT(""), TEXT(""), TEXT("")));
	*out = part_note(html, TEXT("warn"), problem_text(arena, html->lang, &rows), html_done(html, &inner));
	return OK;
}

static Error mask_all(Request *request)
{
	int64_t left = 0;
	const Batch *batch = request->subject;
	TRY(batch_mask_all(request->call, batch, &left));
	return reply_redirect(request, arena_printf(request->call->arena, "/batches/%.*s", TEXT_ARGS(batch->ref)));
}

/* Said again until nothing is left: with many files it takes longer than one request may. */
static Error post_mask_all(Request *request)
{
	int64_t left = 0;
	Buffer buffer = { .arena = request->call->arena };
	JsonWriter writer = json_writer(&buffer);
	TRY(batch_mask_all(request->call, request->subject, &left));
	json_object_begin(&writer);
	json_put_int(&writer, "rows_with_personal_data", left);
	json_end(&writer);
	json_finish(&writer);
	reply_json(request, buffer_text(&buffer));
	return OK;
}

#define OWN .may = ROLE_REPORTER, .subject = batch_load, .about = &row_pages
#define READS .may = ROLE_REPORTER, .scope = SCOPE_REPORT_READ, .subject = batch_load, .about = &row_pages
#define WRITES .may = ROLE_REPORTER, .scope = SCOPE_REPORT_WRITE, .subject = batch_load, .about = &row_pages
static const Route routes[] = {
	{ POST, "/batches/:ref/personal-data/mask", mask_all, OWN, .weight = 10,
		.summary = "Hide what looks like personal data in every row that may be sent" },
	{ GET, "/batches/:ref/rows/:row/personal-data", cover_page_show, OWN,
		.summary = "What looks like personal data in a row of a batch, and where" },
	{ POST, "/batches/:ref/rows/:row/personal-data/mask", cover_page_mask, OWN, .form = &cover_mask_form, .retry = cover_page_show,
		.summary = "Hide personal data in a field or file of a row, or wherever nothing was decided" },
	{ POST, "/batches/:ref/rows/:row/personal-data/keep", cover_page_keep, OWN, .form = &cover_keep_form, .retry = cover_page_show,
		.summary = "Keep what looks like personal data in a row, with a reason" },
	{ GET, "/batches/:ref/rows/:row/personal-data/pictures/:file", cover_page_picture, OWN,
		.summary = "Cover parts of a picture of a row" },
	{ GET, "/batches/:ref/rows/:row/personal-data/pictures/:file/preview", cover_page_preview, OWN, .weight = 3,
		.summary = "The picture with its covered parts, drawn anew in the sandbox" },
	{ POST, "/batches/:ref/rows/:row/personal-data/pictures/:file", cover_page_burn, OWN, .form = &cover_burn_form,
		.retry = cover_page_picture, .weight = 3, .summary = "Keep only the covered picture" },

	{ POST, "/api/v1/batches/:ref/personal-data/mask", post_mask_all, WRITES, .weight = 10,
		.summary = "Hide what looks like personal data in every row that may be sent: rows_with_personal_data that are left" },
	{ GET, "/api/v1/batches/:ref/rows/:row/personal-data", cover_get, READS,
		.summary = "What looks like personal data in a row: kinds, lines, what was kept and why" },
	{ POST, "/api/v1/batches/:ref/rows/:row/personal-data/mask", cover_post_mask, WRITES, .form = &cover_mask_form,
		.summary = "Hide it at a place, or wherever nothing was decided" },
	{ POST, "/api/v1/batches/:ref/rows/:row/personal-data/keep", cover_post_keep, WRITES, .form = &cover_keep_form,
		.summary = "Keep it at a place, with a reason" },
	{ POST, "/api/v1/batches/:ref/rows/:row/personal-data/pictures/:file", cover_post_burn, WRITES, .form = &cover_burn_form,
		.weight = 3, .summary = "Cover parts of a picture; only the covered picture is kept" },
};
const RouteTable batch_personal_routes = { "subject/batch personal data", routes, COUNT(routes) };
