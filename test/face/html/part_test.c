#include "face/html/html.h"
#include "harness/test.h"

#define HAS(markup, words) CHECK(text_find((markup).text, TEXT(words), NULL))
#define HAS_NOT(markup, words) CHECK(!text_find((markup).text, TEXT(words), NULL))
enum { HOUR_MS = 3600 * 1000 };

TEST(part__a_level_says_shape_and_word)
{
	Html html = html_alone(t->call, LANG_EN);
	const Text tags[] = { TEXT_INIT("critical"), TEXT_INIT("high"), TEXT_INIT("medium"), TEXT_INIT("low"), TEXT_INIT("none") };
	Text shapes[COUNT(tags)];
	for (size_t i = 0; i < COUNT(tags); i++) {
		Text chip = part_level(&html, tags[i], TEXT("Word")).text;
		size_t from, to;
		CHECK(text_find(chip, TEXT("viewBox"), &from) && text_find(chip, TEXT("</svg>"), &to));
		shapes[i] = text_slice(chip, from, to);
		CHECK(text_find(chip, tags[i], NULL) && text_ends(chip, TEXT("</svg>Word</span>")));
		for (size_t k = 0; k < i; k++) CHECK(!text_is(shapes[i], shapes[k]));
	}
	HAS(part_level(&html, TEXT("x\" onclick=\"y"), TEXT("<")), "class=\"level none\"");
}

TEST(part__a_field_shows_its_problem_beside_it_and_in_the_summary)
{
	Html html = html_alone(t->call, LANG_EN);
	call_problem(t->call, TEXT("title"), N_("This is needed."), TEXT(""));
	Markup field =
		part_field(&html, &(FormField) { .name = TEXT("title"), .label = TEXT("Title"), .help = TEXT("Help"), .required = true });
	HAS(field, "<label for=\"field-title\">Title</label>");
	HAS(field, "id=\"field-title-problem\">This is needed.</p>");
	HAS(field, "aria-describedby=\"field-title-problem field-title-help\"");
	HAS(field, "aria-invalid=\"true\"");
	HAS(part_problems(&html), "<a href=\"#field-title\">This is needed.</a>");
	HAS(part_problems_of(&html, &(FormField) { .name = TEXT("title"), .label = TEXT("Title") }, 1),
		"<a href=\"#field-title\"><b>Title</b> This is needed.</a>");
	Markup other = part_field(&html, &(FormField) { .name = TEXT("body"), .label = TEXT("Body"), .kind = INPUT_LINES });
	HAS_NOT(other, "problem");
	HAS(other, "(optional)");
}

TEST(part__without_problems_there_is_no_summary)
{
	Html html = html_alone(t->call, LANG_EN);
	CHECK_INT(part_problems(&html).text.length, 0);
}

TEST(part__values_of_fields_are_escaped_and_secrets_never_shown)
{
	Html html = html_alone(t->call, LANG_EN);
	Text evil = TEXT("\"><script>");
	HAS(part_field(&html, &(FormField) { .name = TEXT("a"), .label = evil, .value = evil }), "value=\"&quot;&gt;&lt;script&gt;\"");
	HAS(part_field(&html, &(FormField) { .name = TEXT("a"), .label = evil, .value = TEXT("\n</textarea>"), .kind = INPUT_LINES }),
		">\n\n&lt;/textarea&gt;</textarea>");
	HAS_NOT(part_field(&html, &(FormField) { .name = TEXT("a"), .label = TEXT("A"), .value = TEXT("hunter2"), .kind = INPUT_PASSWORD }),
		"hunter2");
}

typedef struct TitleForm {
	Text title;
} TitleForm;
static Error show_form(Request *request)
{
	Html html = html_alone(request->call, LANG_EN);
	html.request = request;
	FormField title = { .name = TEXT("title"), .label = TEXT("Title"), .value = TEXT("stored") },
		  other = { .name = TEXT("other"), .label = TEXT("Other"), .value = TEXT("kept") };
	reply_html(request, arena_printf(request->call->arena, "%.*s%.*s", TEXT_ARGS(part_field(&html, &title).text),
				    TEXT_ARGS(part_field(&html, &other).text)));
	return OK;
}

TEST(part__what_was_typed_stands_in_the_refused_form_again)
{
	static const FieldSpec fields[] = { { "title", FIELD_TEXT, offsetof(TitleForm, title), .max_length = 3 } };
	static const FormSpec form = { .fields = fields, .field_count = COUNT(fields), .struct_size = sizeof(TitleForm) };
	static const Route rows[] = { { POST, "/api/v1/x", show_form, .may = ROLE_EVERYBODY, .form = &form, .retry = show_form,
		.summary = "Test." } };
	static const RouteTable table = { "test", rows, COUNT(rows) };
	HttpOptions options = { .tables = &table, .table_count = 1, .house = t->house };
	Request *request = request_new(t->call, POST);
	request_set_body(request, TEXT("application/x-www-form-urlencoded"), TEXT("title=%3Cab"));
	CHECK_OK(t->call, http_dispatch(&options, request, TEXT("/api/v1/x")));
	CHECK(text_find(request->reply.body, TEXT("value=\"&lt;ab\""), NULL));
	CHECK(text_find(request->reply.body, TEXT("value=\"kept\""), NULL));
	CHECK(!text_find(request->reply.body, TEXT("stored"), NULL));
}

TEST(part__choices_mark_what_is_chosen)
{
	Html html = html_alone(t->call, LANG_EN);
	const Text values[] = { TEXT_INIT("a"), TEXT_INIT("b"), TEXT_INIT("c") };
	FormField field = { .name = TEXT("x"),
		.label = TEXT("X"),
		.kind = INPUT_CHOICE,
		.choice_values = values,
		.choice_labels = values,
		.choice_count = 3,
		.value = values[1] };
	HAS(part_field(&html, &field), "<option value=\"b\" selected>");
	field.kind = INPUT_RADIO;
	HAS(part_field(&html, &field), "value=\"b\" checked>");
	field = (FormField) { .name = TEXT("x"),
		.label = TEXT("X"),
		.kind = INPUT_CHOICE,
		.multiple = true,
		.choice_values = values,
		.choice_labels = values,
		.choice_count = 3,
		.values = values + 1,
		.value_count = 2 };
	HAS(part_field(&html, &field), "type=\"checkbox\" id=\"field-x-2\" name=\"x\" value=\"c\" checked>");
	HAS(part_field(&html, &field), "value=\"a\"><label");
}

TEST(part__a_clock_says_hour_zone_turn_and_urgency_in_both_languages)
{
	Html english = html_alone(t->call, LANG_EN), chinese = html_alone(t->call, LANG_ZH);
	Clock clock = { .what = TEXT("Review"), .turn = TEXT("Coordinator"), .due = t->call->now + (int64_t)50 * HOUR_MS };
	HAS(part_clock(&english, &clock), "2 days left");
	HAS(part_clock(&english, &clock), "UTC+8");
	HAS(part_clock(&chinese, &clock), "剩余 2 天");
	HAS(part_clock(&chinese, &clock), "北京时间");
	clock.due = t->call->now + (int64_t)3 * HOUR_MS;
	HAS(part_clock(&english, &clock), "class=\"clock soon\"");
	HAS(part_clock(&english, &clock), "3 hours left");
	clock.due = t->call->now - 1;
	HAS(part_clock(&english, &clock), "class=\"clock over\"");
	HAS(part_clock(&english, &clock), "just overdue");
	clock.paused = true;
	HAS(part_clock(&english, &clock), "Paused");
	HAS_NOT(part_clock(&english, &clock), "overdue");
}

TEST(part__a_kept_public_page_says_no_remaining_time)
{
	Request *request = request_new(t->call, GET);
	Route route = { .is_public = true };
	request->route = &route;
	Html html = html_alone(t->call, LANG_EN);
	html.request = request;
	HAS_NOT(part_clock(&html, &(Clock) { .what = TEXT("Public notice"), .due = t->call->now + HOUR_MS }), "left");
}

TEST(part__a_chart_stands_beside_its_numbers)
{
	Html html = html_alone(t->call, LANG_EN);
	const ChartBar bars[] = { { TEXT_INIT("2026-01"), TEXT_INIT(""), 1200 }, { TEXT_INIT("2026-02"), TEXT_INIT("high"), 600 },
		{ TEXT_INIT("<x>"), TEXT_INIT(""), -5 } };
	Markup chart = part_bars(&html, TEXT("By month"), bars, COUNT(bars));
	HAS(chart, "<tr><th scope=\"row\">2026-01</th><td class=\"number\">1,200</td></tr>");
	HAS(chart, "<tr><th scope=\"row\">&lt;x&gt;</th><td class=\"number\">-5</td></tr>");
	HAS(chart, "<rect class=\"tone accent\" x=\"5.000%\" y=\"20.0\" width=\"23.333%\" height=\"152.0\"");
	HAS(chart, "y=\"96.0\" width=\"23.333%\" height=\"76.0\"");
	HAS(chart, "height=\"0.0\"");
	Markup shares = part_shares(&html, TEXT("Shares"), bars, 2);
	HAS(shares, "<td class=\"number\">66.7%</td>");
	HAS(shares, "x=\"66.667%\" y=\"0\" width=\"33.333%\"");
	HAS(part_bars(&html, TEXT("None"), NULL, 0), "<tbody></tbody>");
}

TEST(part__a_table_names_its_cells_for_narrow_screens)
{
	Html html = html_alone(t->call, LANG_EN);
	const Column columns[] = { { TEXT_INIT("Advisory"), COLUMN_TEXT }, { TEXT_INIT("Products"), COLUMN_NUMBER } };
	const Cell cells[] = { { .text = TEXT_INIT("CVE-1"), .url = url_local(t->arena, "/a") }, { .text = TEXT_INIT("3") } };
	Markup table = part_table(&html, &(Table) { TEXT("List"), columns, 2, cells, 1 });
	HAS(table, "<th scope=\"row\" role=\"rowheader\" class=\"words\"><a href=\"/a\">CVE-1</a></th>");
	HAS(table, "<td role=\"cell\" class=\"number\" data-label=\"Products\">3</td>");
	HAS(table, "<caption>List</caption>");
}

TEST(part__sizes_and_numbers_are_for_people)
{
	Html html = html_alone(t->call, LANG_EN);
	CHECK_TEXT(part_bytes(&html, 0).text, "0 B");
	CHECK_TEXT(part_bytes(&html, 1023).text, "1023 B");
	CHECK_TEXT(part_bytes(&html, 1024).text, "1 KiB");
	CHECK_TEXT(part_bytes(&html, 1536).text, "1.5 KiB");
	CHECK_TEXT(part_bytes(&html, (int64_t)2 * 1024 * 1024 * 1024).text, "2 GiB");
	CHECK_TEXT(part_number(&html, 118204).text, "118,204");
	CHECK_TEXT(part_number(&html, -1000).text, "-1,000");
	CHECK_TEXT(part_number(&html, 999).text, "999");
}

TEST(part__a_filter_bar_keeps_what_was_chosen_and_offers_to_clear_it)
{
	Html html = html_alone(t->call, LANG_EN);
	const Text values[] = { TEXT_INIT(""), TEXT_INIT("high") }, labels[] = { TEXT_INIT("All"), TEXT_INIT("High") };
	Filter filters[] = { { .name = TEXT_INIT("q"), .label = TEXT_INIT("Words"), .value = TEXT_INIT("\"支付"), .is_search = true },
		{ .name = TEXT_INIT("level"),
			.label = TEXT_INIT("Level"),
			.value = TEXT_INIT("high"),
			.choice_values = values,
			.choice_labels = labels,
			.choice_count = 2 } };
	FilterBar bar = { .action = url_local(t->arena, "/advisories"), .filters = filters, .count = 2 };
	Markup markup = part_filters(&html, &bar);
	HAS(markup, "type=\"search\" value=\"&quot;支付\"");
	HAS(markup, "<option value=\"high\" selected>High</option>");
	HAS(markup, "Clear the filters");
	filters[0].value = filters[1].value = TEXT("");
	HAS_NOT(part_filters(&html, &bar), "Clear the filters");
}
