/* The calculator: a form whose answers stand in the address, so that a rating can be linked. Works without script. */
#include "engine/rating/rating.h"
#include "subject/report/rating_view.h"
#include "subject/report/report.h"
#include "subject/report/views/rating_tool.html.h"

typedef struct Asked {
	const RatingScheme *scheme;
	Rating rating;
	bool is_rated;
	Text problem; /* what is wrong with the vector; may be empty */
	Text vector;
} Asked;

static Text value_asked(const Request *request, const Asked *asked, size_t metric)
{
	const RatingMetric *known = &asked->scheme->metrics[metric];
	if (asked->is_rated && asked->rating.values[metric] != RATING_UNSET)
		return text_from(known->values[asked->rating.values[metric]].tag);
	Text given = request_query(request, text_from(known->tag));
	return given.at ? given : TEXT("");
}

/* The vector that the chosen values make; metrics that were not chosen are left out. */
static Text vector_of(const Request *request, const RatingScheme *scheme)
{
	Buffer buffer = { .arena = request->call->arena };
	size_t count = 0;
	buffer_put(&buffer, text_from(scheme->prefix));
	for (size_t i = 0; i < scheme->metric_count; i++) {
		Text given = request_query(request, text_from(scheme->metrics[i].tag));
		if (!given.length) continue;
		if (count++) buffer_byte(&buffer, '/');
		buffer_printf(&buffer, "%s:%.*s", scheme->metrics[i].tag, TEXT_ARGS(given));
	}
	return count ? buffer_text(&buffer) : (Text) { 0 };
}

static Asked read_request(Request *request)
{
	RatingSystem system = GBT_30279;
	RatingError error;
	Text tag = request_query(request, TEXT("system"));
	if (tag.at) (void)(rating_system_parse(tag, &system) || (system = GBT_30279));
	Asked asked = { .scheme = rating_scheme(system), .vector = request_query(request, TEXT("vector")) };
	if (!asked.vector.at) asked.vector = vector_of(request, asked.scheme);
	if (!asked.vector.at) return asked;
	asked.is_rated = rating_parse(asked.vector, &asked.rating, &error);
	if (asked.is_rated)
		asked.scheme = rating_scheme(asked.rating.system);
	else
		asked.problem = rating_error_text(request->call->arena, request->call->lang, &error);
	return asked;
}

static Markup field_of(Html *html, const Asked *asked, size_t metric)
{
	const RatingMetric *known = &asked->scheme->metrics[metric];
	Arena *arena = html->call->arena;
	bool blank = known->group != GROUP_BASE && asked->scheme->system == GBT_30279;
	size_t count = known->value_count + blank;
	Text *values = arena_array_of(arena, Text, count), *labels = arena_array_of(arena, Text, count);
	if (blank) {
		values[0] = TEXT("");
		labels[0] = tr(html->lang, "Not given");
	}
	for (size_t i = 0; i < known->value_count; i++) {
		values[i + blank] = text_from(known->values[i].tag);
		labels[i + blank] =
			arena_printf(arena, "%.*s (%s)", TEXT_ARGS(tr(html->lang, known->values[i].text)), known->values[i].tag);
	}
	FormField field = { .name = text_from(known->tag),
		.label = arena_printf(arena, "%.*s (%s)", TEXT_ARGS(tr(html->lang, known->text)), known->tag),
		.kind = INPUT_CHOICE,
		.required = true,
		.choice_values = values,
		.choice_labels = labels,
		.choice_count = count,
		.value = value_asked(html->request, asked, metric) };
	return part_field(html, &field);
}

static Markup result_of(Html *html, const Asked *asked)
{
	Arena *arena = html->call->arena;
	if (asked->problem.length) return part_note(html, TEXT("warn"), asked->problem, (Markup) { { 0 } });
	if (!asked->is_rated) return (Markup) { TEXT("") };
	LIST_OF(Fact) facts = { 0 };
	Fact vector = { .label = tr(html->lang, "Vector"), .markup = part_copy(html, rating_vector(arena, &asked->rating)) };
	Fact level = { .label = tr(html->lang, "Level"),
		.markup = part_level(html, text_from(level_tag(asked->rating.level)), tr(html->lang, level_text(asked->rating.level))) };
	list_add(arena, &facts, vector);
	list_add(arena, &facts, level);
	for (size_t i = 0; i < asked->rating.score_count; i++) {
		const RatingScore *score = &asked->rating.scores[i];
		Text number = rating_tenths_text(arena, score->tenths),
		     word = score->has_level ? tr(html->lang, level_text(score->level)) : TEXT("");
		Fact fact = { .label = tr(html->lang, score->text),
			.text = arena_printf(arena, "%.*s %.*s", TEXT_ARGS(number), TEXT_ARGS(word)) };
		list_add(arena, &facts, fact);
	}
	return part_facts(html, facts.at, facts.count);
}

static Markup systems_of(Html *html, const Asked *asked)
{
	Arena *arena = html->call->arena;
	Text values[RATING_SYSTEM_COUNT], labels[RATING_SYSTEM_COUNT];
	for (size_t i = 0; i < RATING_SYSTEM_COUNT; i++) {
		values[i] = text_from(rating_scheme((RatingSystem)i)->tag);
		labels[i] = text_from(rating_scheme((RatingSystem)i)->name);
	}
	Filter filter = { .name = TEXT("system"),
		.label = tr(html->lang, "Method"),
		.value = text_from(asked->scheme->tag),
		.choice_values = values,
		.choice_labels = labels,
		.choice_count = RATING_SYSTEM_COUNT };
	FilterBar bar = { .action = url_local(arena, "/tools/rating"), .filters = &filter, .count = 1 };
	return part_filters(html, &bar);
}

static Error show(Request *request)
{
	Html *html;
	Asked asked = read_request(request);
	PageHead head = { .title = tr(request->call->lang, "Rating calculator"), .lead = text_from(asked.scheme->name), .wide = true };
	TRY(html_page_open(request, &head, &html));
	RatingView view = { .systems = systems_of(html, &asked),
		.result = result_of(html, &asked),
		.action = url_local(html->call->arena, "/tools/rating"),
		.system = text_from(asked.scheme->tag) };
	for (RatingGroup group = GROUP_BASE; group < GROUP_COUNT; group++) {
		RatingGroupView shown = { .title = TEXT("") };
		for (size_t i = 0; i < asked.scheme->metric_count; i++)
			if (asked.scheme->metrics[i].group == group) list_add(html->call->arena, &shown.fields, field_of(html, &asked, i));
		if (!shown.fields.count) continue;
		shown.title = tr(html->lang, rating_group_text(asked.scheme->system, group));
		list_add(html->call->arena, &view.groups, shown);
	}
	FormField field = { .name = TEXT("vector"),
		.label = tr(html->lang, "Vector"),
		.kind = INPUT_CODE,
		.value = asked.vector.at ? asked.vector : TEXT("") };
	view.vector_field = part_field(html, &field);
	page_rating_tool(html, &view);
	return html_page_close(request, html);
}

static const Route routes[] = {
	{ GET, "/tools/rating", show, .may = ROLE_EVERYBODY, .summary = "Rate by CVSS or GB/T 30279-2020" },
};
const RouteTable rating_routes = { "subject/report tools", routes, COUNT(routes) };
