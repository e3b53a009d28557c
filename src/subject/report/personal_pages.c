/* Personal data in what a reporter sends: in a draft, and in the files that are added to a report later. */
#include "subject/report/report_private.h"
#include "subject/report/report_view.h"

enum { ANYBODY = ROLE_VISITOR | ROLE_REPORTER };

static Error save_field(Call *call, const CoverMatter *matter, Text field, Text value)
{
	return draft_save_field(call, &report_form, matter->about, field, value);
}

void report_draft_cover(Arena *arena, Draft *draft, CoverPlace *out)
{
	Text back = arena_printf(arena, "/report/%.*s", TEXT_ARGS(draft->ref)), title = form_answer(draft->values, "title");
	*out = (CoverPlace) { .matter = { .owner = { "draft", draft->id, draft->seal_key, false },
				      .kind = "draft",
				      .ref = draft->ref,
				      .form = &report_form,
				      .values = draft->values,
				      .save = save_field,
				      .about = draft },
		.base = arena_printf(arena, "%.*s/personal-data", TEXT_ARGS(back)),
		.back = back,
		.name = title.length ? title : draft->ref };
}

static Error place_of_draft(Request *request, CoverPlace *out)
{
	report_draft_cover(request->call->arena, request->subject, out);
	return OK;
}
static const CoverPages draft_pages = { place_of_draft };

bool report_may_cover(const Report *report) { return report->is_own && report_takes_files(report) && !report_is_shut(report); }

void report_cover(Arena *arena, const Report *report, CoverPlace *out)
{
	Text back = arena_printf(arena, "/reports/%.*s", TEXT_ARGS(report->ref));
	*out = (CoverPlace) { .matter = { .owner = { report_machine.name, report->id, report->seal_key, false },
				      .kind = report_machine.name,
				      .ref = report->ref },
		.base = arena_printf(arena, "%.*s/personal-data", TEXT_ARGS(back)),
		.back = back,
		.name = report->ref };
}

/* What was sent stays as its receipt says; files that came later are their sender's until the decision. */
static Error place_of_report(Request *request, CoverPlace *out)
{
	const Report *report = request->subject;
	if (!report_may_cover(report)) return fail(request->call, NOT_FOUND, "nothing of %.*s can be hidden", TEXT_ARGS(report->ref));
	report_cover(request->call->arena, report, out);
	return OK;
}
static const CoverPages report_pages = { place_of_report };

#define OF_DRAFT .may = ANYBODY, .subject = report_load_draft, .about = &draft_pages
#define OF_REPORT .may = ANYBODY, .subject = report_load, .about = &report_pages
#define READS(load, pages) .may = ROLE_REPORTER, .scope = SCOPE_REPORT_READ, .subject = load, .about = pages
#define WRITES(load, pages) .may = ROLE_REPORTER, .scope = SCOPE_REPORT_WRITE, .subject = load, .about = pages
static const Route routes[] = {
	{ GET, "/report/:ref/personal-data", cover_page_show, OF_DRAFT, .summary = "What looks like personal data in a draft, and where" },
	{ POST, "/report/:ref/personal-data/mask", cover_page_mask, OF_DRAFT, .form = &cover_mask_form, .retry = cover_page_show,
		.summary = "Hide personal data in a field or file of a draft, or wherever nothing was decided" },
	{ POST, "/report/:ref/personal-data/keep", cover_page_keep, OF_DRAFT, .form = &cover_keep_form, .retry = cover_page_show,
		.summary = "Keep what looks like personal data in a draft, with a reason" },
	{ GET, "/report/:ref/personal-data/pictures/:file", cover_page_picture, OF_DRAFT,
		.summary = "Cover parts of a picture of a draft" },
	{ GET, "/report/:ref/personal-data/pictures/:file/preview", cover_page_preview, OF_DRAFT, .weight = 3,
		.summary = "The picture with its covered parts, drawn anew in the sandbox" },
	{ POST, "/report/:ref/personal-data/pictures/:file", cover_page_burn, OF_DRAFT, .form = &cover_burn_form,
		.retry = cover_page_picture, .weight = 3, .summary = "Keep only the covered picture" },

	{ GET, "/reports/:ref/personal-data", cover_page_show, OF_REPORT,
		.summary = "What looks like personal data in the files of one's report, and where" },
	{ POST, "/reports/:ref/personal-data/mask", cover_page_mask, OF_REPORT, .form = &cover_mask_form, .retry = cover_page_show,
		.summary = "Hide personal data in a file of one's report, or in all of them" },
	{ POST, "/reports/:ref/personal-data/keep", cover_page_keep, OF_REPORT, .form = &cover_keep_form, .retry = cover_page_show,
		.summary = "Keep what looks like personal data in a file of one's report, with a reason" },
	{ GET, "/reports/:ref/personal-data/pictures/:file", cover_page_picture, OF_REPORT,
		.summary = "Cover parts of a picture of one's report" },
	{ GET, "/reports/:ref/personal-data/pictures/:file/preview", cover_page_preview, OF_REPORT, .weight = 3,
		.summary = "The picture with its covered parts, drawn anew in the sandbox" },
	{ POST, "/reports/:ref/personal-data/pictures/:file", cover_page_burn, OF_REPORT, .form = &cover_burn_form,
		.retry = cover_page_picture, .weight = 3, .summary = "Keep only the covered picture" },

	{ GET, "/api/v1/drafts/:ref/personal-data", cover_get, READS(report_load_own_draft, &draft_pages),
		.summary = "What looks like personal data in a draft: kinds, lines, what was kept and why" },
	{ POST, "/api/v1/drafts/:ref/personal-data/mask", cover_post_mask, WRITES(report_load_own_draft, &draft_pages),
		.form = &cover_mask_form, .summary = "Hide it at a place, or wherever nothing was decided" },
	{ POST, "/api/v1/drafts/:ref/personal-data/keep", cover_post_keep, WRITES(report_load_own_draft, &draft_pages),
		.form = &cover_keep_form, .summary = "Keep it at a place, with a reason" },
	{ POST, "/api/v1/drafts/:ref/personal-data/pictures/:file", cover_post_burn, WRITES(report_load_own_draft, &draft_pages),
		.form = &cover_burn_form, .weight = 3, .summary = "Cover parts of a picture; only the covered picture is kept" },
	{ GET, "/api/v1/reports/:ref/personal-data", cover_get, READS(report_load, &report_pages),
		.summary = "What looks like personal data in the files of one's report" },
	{ POST, "/api/v1/reports/:ref/personal-data/mask", cover_post_mask, WRITES(report_load, &report_pages), .form = &cover_mask_form,
		.summary = "Hide it in a file, or in all of them" },
	{ POST, "/api/v1/reports/:ref/personal-data/keep", cover_post_keep, WRITES(report_load, &report_pages), .form = &cover_keep_form,
		.summary = "Keep it in a file, with a reason" },
	{ POST, "/api/v1/reports/:ref/personal-data/pictures/:file", cover_post_burn, WRITES(report_load, &report_pages),
		.form = &cover_burn_form, .weight = 3, .summary = "Cover parts of a picture; only the covered picture is kept" },
};
const RouteTable personal_routes = { "subject/report personal data", routes, COUNT(routes) };
