/* Every part on one page, with invented content: for designers, for pictures and for axe. Demo mode only. */
#include "base/base/clock.h"
#include "face/html/html.h"

#include "face/html/html_private.h"
#include "face/html/views/styleguide.html.h"

enum { HOUR_MS = 3600 * 1000, DAY_MS = 24 * HOUR_MS };
#define T(english) tr(html->lang, english)
/* An array in the call's arena with its count. */
#define GIVE(view, member, count_member, Type, ...) \
	do { \
		const Type items_[] = { __VA_ARGS__ }; \
		Type *kept_ = arena_alloc(html->call->arena, sizeof(items_)); \
		memcpy(kept_, items_, sizeof(items_)); \
		(view)->member = kept_; \
		(view)->count_member = COUNT(items_); \
	} while (0)

static void fill_state(Html *html, StyleguideView *view)
{
	int64_t now = html->call->now;
	GIVE(view, figures, figure_count, ChartBar, { .label = T("advisories"), .value = 118204 },
		{ .label = T("products"), .value = 5310 }, { .label = T("support units"), .value = 64 },
		{ .label = T("published this month"), .value = 431 });
	GIVE(view, steps, step_count, Step, { T("Received"), clock_human_date(html->call->arena, html->lang, now - 6 * DAY_MS), STEP_DONE },
		{ T("Formal review"), TEXT(""), STEP_DONE }, { T("Verification"), T("with the verifier"), STEP_CURRENT },
		{ T("Notice to the vendor"), TEXT(""), STEP_AHEAD }, { T("Dispute"), TEXT(""), STEP_SKIPPED },
		{ T("Publication"), TEXT(""), STEP_AHEAD });
	Url rule = url_local(html->call->arena, "/styleguide");
	GIVE(view, clocks, clock_count, Clock,
		{ .what = T("Verification"),
			.turn = T("Verifier"),
			.due = now + 5 * DAY_MS,
			.rule = T("Rules of the library, article 12"),
			.rule_url = rule },
		{ .what = T("Formal review"),
			.turn = T("Coordinator"),
			.due = now + 7 * HOUR_MS,
			.rule = T("Rules of the library, article 9") },
		{ .what = T("Notice to the vendor"), .turn = T("Vendor member"), .due = now - 3 * DAY_MS },
		{ .what = T("Publication"), .due = now, .paused = true, .rule = T("Rules of the library, article 12") });
	GIVE(view, timeline, timeline_count, TimelineEntry,
		{ now - 6 * DAY_MS, T("Received"), T("The receipt was sent to the reporter."), T("The system") },
		{ now - 5 * DAY_MS, T("Accepted for review"), TEXT(""), T("Coordinator") },
		{ now - 1 * DAY_MS, T("Verification began"), T("The verifier has no interest in the product."), T("Verifier") });
}

static void fill_talk(Html *html, StyleguideView *view)
{
	int64_t now = html->call->now;
	Markup question = part_markdown(html, T("Does it also happen in version **8.2**? Please try `adb shell am start`."));
	Markup answer = part_markdown(html, T("Yes, in 8.2 as well; the recording is attached."));
	GIVE(view, messages, message_count, Message,
		{ .at = now - DAY_MS, .author = T("Verifier"), .audience = T("Reporter, Coordinator"), .body = question, .own = true },
		{ .at = now - HOUR_MS, .author = T("Reporter"), .audience = T("Coordinator, Verifier"), .body = answer, .unread = true });
	GIVE(view, audience, audience_count, Text, T("Reporter"), T("Coordinator"), T("Verifier"));
	FormField *composer = arena_new_of(html->call->arena, FormField);
	*composer = (FormField) { .name = TEXT("message"),
		.label = T("Your message"),
		.help = T("Markdown works here."),
		.kind = INPUT_LINES,
		.rows = 4,
		.required = true };
	view->composer = composer;
	GIVE(view, facts, fact_count, Fact, { .label = T("Number"), .markup = part_copy(html, TEXT("AVD-2026-0001843")) },
		{ .label = T("Product"), .text = T("Example Pay"), .url = url_local(html->call->arena, "/styleguide") },
		{ .label = T("Level"), .markup = part_level(html, TEXT("high"), T("High severity")) },
		{ .label = T("Received"), .markup = part_time(html, now - 6 * DAY_MS) });
	GIVE(view, checks, check_count, Check, { .text = T("The provider has a measure"), .word = T("Met"), .tone = TEXT("good") },
		{ .text = T("A second person agrees"), .word = T("Nobody has agreed yet."), .tone = TEXT("warn") },
		{ .text = T("No embargo holds"), .word = T("It holds until the end of the year."), .tone = TEXT("bad") },
		{ .text = T("Reported to the authority"), .word = T("Still open") });
	GIVE(view, files, file_count, FileEntry,
		{ .name = TEXT("recording.mp4"),
			.size_bytes = 18 * 1024 * 1024 + 300000,
			.url = url_local(html->call->arena, "/styleguide"),
			.digest = TEXT("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08") },
		{ .name = TEXT("proof.txt"), .note = T("still being looked at"), .size_bytes = 812 });
}

static void fill_lists(Html *html, StyleguideView *view)
{
	Arena *arena = html->call->arena;
	struct {
		FilterBar bar;
		Filter filters[3];
		Text values[3], labels[3];
		Column columns[4];
		Table table;
	} *kept = arena_alloc(arena, sizeof(*kept));
	Url here = url_local(arena, "/styleguide");
	kept->values[0] = TEXT(""), kept->values[1] = TEXT("critical"), kept->values[2] = TEXT("high");
	kept->labels[0] = T("All levels"), kept->labels[1] = T("Critical severity"), kept->labels[2] = T("High severity");
	kept->filters[0] = (Filter) { .name = TEXT("q"), .label = T("Words or number"), .is_search = true };
	kept->filters[1] = (Filter) { .name = TEXT("level"),
		.label = T("Level"),
		.value = TEXT("high"),
		.choice_values = kept->values,
		.choice_labels = kept->labels,
		.choice_count = 3 };
	kept->filters[2] = (Filter) { .name = TEXT("since"), .label = T("Published since"), .is_date = true };
	kept->bar = (FilterBar) {
		.action = here, .filters = kept->filters, .count = 3, .result = T("Newest first"), .csv = here, .xlsx = here
	};
	kept->columns[0] = (Column) { T("Advisory"), COLUMN_TEXT };
	kept->columns[1] = (Column) { T("Level"), COLUMN_NARROW };
	kept->columns[2] = (Column) { T("Published"), COLUMN_NARROW };
	kept->columns[3] = (Column) { T("Products"), COLUMN_NUMBER };
	Cell *cells = arena_array_of(arena, Cell, 12);
	const char *const levels[] = { "critical", "medium", "low" }, *const words[] = { N_("Critical severity"), N_("Medium severity"),
		N_("Low severity") };
	const char *const titles[] = { N_("Example Pay: payment amounts can be changed on the way"),
		N_("Example Chat: a web page can read files of the app"), N_("Example Map: the log contains coordinates") };
	for (size_t i = 0; i < 3; i++) {
		cells[4 * i] = (Cell) { .text = T(titles[i]), .url = here };
		cells[4 * i + 1] = (Cell) { .markup = part_level(html, text_from(levels[i]), T(words[i])) };
		cells[4 * i + 2] = (Cell) { .markup = part_date(html, html->call->now - (int64_t)i * DAY_MS) };
		cells[4 * i + 3] = (Cell) { .text = arena_printf(arena, "%zu", 3 * i + 1) };
	}
	kept->table = (Table) { T("Advisories, newest first"), kept->columns, 4, cells, 3 };
	view->filters = &kept->bar, view->table = &kept->table, view->before = here, view->after = here;
}

static void fill_forms(Html *html, StyleguideView *view)
{
	Arena *arena = html->call->arena;
	Text *values = arena_array_of(arena, Text, 3), *labels = arena_array_of(arena, Text, 3);
	values[0] = TEXT("app"), values[1] = TEXT("mini-program"), values[2] = TEXT("sdk");
	labels[0] = T("App"), labels[1] = T("Mini-program"), labels[2] = TEXT("SDK");
	GIVE(view, fields, field_count, FormField,
		{ .name = TEXT("title"), .label = T("Title"), .help = T("One sentence: which product, which weakness."), .required = true },
		{ .name = TEXT("kind"),
			.label = T("What is affected"),
			.kind = INPUT_CHOICE,
			.choice_values = values,
			.choice_labels = labels,
			.choice_count = 3,
			.required = true },
		{ .name = TEXT("origin"),
			.label = T("Kinds of product"),
			.kind = INPUT_RADIO,
			.choice_values = values,
			.choice_labels = labels,
			.choice_count = 3,
			.value = values[0] },
		{ .name = TEXT("several"),
			.label = T("Seen in"),
			.kind = INPUT_CHOICE,
			.multiple = true,
			.choice_values = values,
			.choice_labels = labels,
			.choice_count = 3,
			.values = values,
			.value_count = 2 },
		{ .name = TEXT("found"), .label = T("Found on"), .kind = INPUT_DATE },
		{ .name = TEXT("mail"), .label = T("Mail address"), .kind = INPUT_EMAIL, .autocomplete = TEXT("email") },
		{ .name = TEXT("code"),
			.label = T("Code from your second factor"),
			.kind = INPUT_CODE,
			.autocomplete = TEXT("one-time-code") },
		{ .name = TEXT("agree"), .label = T("I have kept to the rules for research."), .kind = INPUT_CHECK, .required = true });
	FormField *upload = arena_new_of(arena, FormField);
	*upload = (FormField) {
		.name = TEXT("files"), .label = T("Files"), .help = T("Recordings, proofs, samples; up to 2 GiB each."), .multiple = true
	};
	view->upload = upload;
	view->upload_url = url_local(arena, "/styleguide");
	call_problem(html->call, TEXT("title"), N_("This is needed."), TEXT(""));
}

static void fill_charts(Html *html, StyleguideView *view)
{
	ChartBar *months = arena_array_of(html->call->arena, ChartBar, 12);
	for (int i = 0; i < 12; i++)
		months[i] = (ChartBar) { .label = arena_printf(html->call->arena, "2026-%02d", i + 1), .value = 310 + (i * 173) % 290 };
	view->months = months, view->month_count = 12;
	GIVE(view, levels, level_count, ChartBar, { T("Critical severity"), TEXT("critical"), 812 },
		{ T("High severity"), TEXT("high"), 3104 }, { T("Medium severity"), TEXT("medium"), 4220 },
		{ T("Low severity"), TEXT("low"), 960 }, { T("Not rated"), TEXT("none"), 233 });
	view->markdown = T("Keep the **reception number**. You will hear:\n\n1. whether it is accepted\n2. which number it gets\n\n> Until "
			   "it is published, please tell nobody else.");
}

Error styleguide_page(Request *request)
{
	Call *call = request->call;
	if (!call->house || !call->house->demo) return fail(call, NOT_FOUND, "the style guide is shown in demo mode only");
	PageHead *head = arena_new_of(call->arena, PageHead);
	*head = (PageHead) { .title = tr(call->lang, "Style guide"),
		.lead = tr(call->lang, "Every part of the pages, with invented content."),
		.wide = true,
		.own_heading = true };
	Html *html;
	TRY(html_page_open(request, head, &html));
	StyleguideView view = { 0 };
	fill_state(html, &view);
	fill_talk(html, &view);
	fill_lists(html, &view);
	fill_forms(html, &view);
	fill_charts(html, &view);
	page_styleguide(html, &view);
	return html_page_close(request, html);
}
