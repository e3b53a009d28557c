/* Rounds for everybody: the list, one round with its rules, the rules as they were frozen, the dossier of the rehearsal. */
#include "subject/programme/round/round.h"
#include "subject/programme/round/round_view.h"
#include "subject/programme/round/views/round_list.html.h"
#include "subject/programme/round/views/round_show.html.h"

enum { PAGE = 30 };

static Url round_url(const Request *request, const Round *round, const char *after)
{
	Arena *arena = request->call->arena;
	return url_public(request, arena_printf(arena, "/rounds/%.*s%s", TEXT_ARGS(url_segment(arena, round->code)), after));
}

static Markup state_chip(Html *html, const Round *round)
{
	const WorkflowState *state = workflow_state(&round_machine, round->state);
	return state ? part_status(html, tr(html->lang, state->text), text_from(state->tone)) : (Markup) { TEXT("") };
}

static Text answer_of(const Html *html, const Map *values, const char *zh, const char *en)
{
	return form_answer(values, html->lang == LANG_ZH ? zh : en);
}

static const Table *table_of(Html *html, const char *caption, const char *const *labels, size_t width, const Cell *cells, size_t rows)
{
	Column *columns = arena_array_of(html->call->arena, Column, width);
	Table *table = arena_new_of(html->call->arena, Table);
	if (!rows) return NULL;
	for (size_t i = 0; i < width; i++) columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = COLUMN_TEXT };
	*table = (Table) { tr(html->lang, caption), columns, width, cells, rows };
	return table;
}

/* ---- The list */
static const Table *rounds_table(Html *html, const Rounds *rounds)
{
	static const char *const labels[] = { N_("Round"), N_("State"), N_("Opens on"), N_("Closes on") };
	Cell *cells = arena_array_of(html->call->arena, Cell, rounds->count * COUNT(labels) + 1);
	for (size_t i = 0; i < rounds->count; i++) {
		const Round *round = &rounds->at[i];
		Cell *cell = &cells[i * COUNT(labels)];
		cell[0] =
			(Cell) { .text = answer_of(html, round->head, "title_zh", "title_en"), .url = round_url(html->request, round, "") };
		cell[1] = (Cell) { .markup = state_chip(html, round) };
		cell[2] = (Cell) { .markup = part_time(html, round->opens_at) };
		cell[3] = (Cell) { .markup = part_time(html, round->closes_at) };
	}
	return table_of(html, N_("Selection rounds"), labels, COUNT(labels), cells, rounds->count);
}

static Error show_list(Request *request)
{
	Html *html;
	Call *call = request->call;
	Rounds rounds;
	PageHead head = { .title = tr(call->lang, "Selection of support units"),
		.lead = tr(call->lang, "Voluntary, fair, open and competitive: the rules of each round, frozen and checkable.") };
	TRY(round_list_public(call, request_query_number(request, TEXT("before")), PAGE, &rounds));
	TRY(html_page_open(request, &head, &html));
	RoundListView view = { .table = rounds_table(html, &rounds), .empty = tr(html->lang, "No round has been announced yet.") };
	if (rounds.count == PAGE) {
		Url older = url_public(request, TEXT("/rounds"));
		older.text = arena_printf(call->arena, "%.*s?before=%lld", TEXT_ARGS(older.text), (long long)rounds.at[PAGE - 1].id);
		view.pager = part_pager(html, (Url) { { 0 } }, older);
	}
	page_round_list(html, &view);
	reply_public(request, TEXT("round"));
	return html_page_close(request, html);
}

/* ---- One round */
static bool is_of(const RoundItem *item, const char *kind, Text direction)
{
	return strcmp(item->kind->name, kind) == 0 && text_is(form_answer(item->values, "direction"), direction);
}

static const Table *criteria_of(Html *html, const Round *round, Text direction)
{
	static const char *const labels[] = { N_("Criterion"), N_("Weight in percent"), N_("Highest score"), N_("Score that is needed"),
		N_("Clause") };
	Cell *cells = arena_array_of(html->call->arena, Cell, round->items.count * COUNT(labels) + 1);
	size_t rows = 0;
	for (size_t i = 0; i < round->items.count; i++) {
		const RoundItem *item = &round->items.at[i];
		if (!is_of(item, "criterion", direction)) continue;
		Cell *cell = &cells[rows++ * COUNT(labels)];
		cell[0].text = answer_of(html, item->values, "name_zh", "name_en");
		cell[1].text = form_answer(item->values, "weight");
		cell[2].text = form_answer(item->values, "maximum");
		cell[3].text = form_answer(item->values, "must");
		cell[4].text = form_answer(item->values, "clause");
	}
	return table_of(html, N_("Criteria"), labels, COUNT(labels), cells, rows);
}

static const Table *stars_of(Html *html, const Round *round, Text direction)
{
	static const char *const labels[] = { N_("Stars"), N_("Total that is needed"), N_("Of every criterion at least (percent)"),
		N_("Units at most") };
	Cell *cells = arena_array_of(html->call->arena, Cell, round->items.count * COUNT(labels) + 1);
	size_t rows = 0;
	for (size_t i = 0; i < round->items.count; i++) {
		const RoundItem *item = &round->items.at[i];
		if (!is_of(item, "star", direction)) continue;
		Cell *cell = &cells[rows++ * COUNT(labels)];
		Text places = form_answer(item->values, "places");
		cell[0].text = form_answer(item->values, "stars");
		cell[1].text = form_answer(item->values, "total");
		cell[2].text = form_answer(item->values, "criterion_percent");
		cell[3].text = text_is(places, TEXT("0")) ? tr(html->lang, "no limit") : places;
	}
	return table_of(html, N_("Stars"), labels, COUNT(labels), cells, rows);
}

static const Table *form_of(Html *html, const Round *round)
{
	static const char *const labels[] = { N_("Section"), N_("Field"), N_("Direction"), N_("Clause") };
	Cell *cells = arena_array_of(html->call->arena, Cell, round->items.count * COUNT(labels) + 1);
	size_t rows = 0;
	for (size_t i = 0; i < round->items.count; i++) {
		const RoundItem *item = &round->items.at[i];
		if (strcmp(item->kind->name, "field") != 0) continue;
		Cell *cell = &cells[rows++ * COUNT(labels)];
		const FormItem *direction = form_item(item->kind->form, TEXT("direction"));
		cell[0].text = answer_of(html, item->values, "section_zh", "section_en");
		cell[1].text = answer_of(html, item->values, "label_zh", "label_en");
		cell[2].text = form_shown_value(html->call, html->lang, direction, form_answer(item->values, "direction"));
		cell[3].text = form_answer(item->values, "clause");
	}
	return table_of(html, N_("What is asked for"), labels, COUNT(labels), cells, rows);
}

/* "Finding vulnerabilities; median of the sheets; …; lot" */
static Text ties_in_words(Html *html, const Round *round, const Map *values)
{
	static const char *const words[][2] = { { "median", N_("median of the sheets") },
		{ "top", N_("number of experts who rank it first") }, { "contribution", N_("contribution points") }, { "lot", N_("lot") } };
	Buffer out = { .arena = html->call->arena };
	Text rest = form_answer(values, "ties"), piece, tag = form_answer(values, "direction"), criterion = TEXT("criterion:");
	while (text_next(&rest, ',', &piece)) {
		Text key = text_trim(piece), shown = key;
		for (size_t i = 0; i < COUNT(words); i++)
			if (text_is(key, text_from(words[i][0]))) shown = tr(html->lang, words[i][1]);
		for (size_t i = 0; text_starts(key, criterion) && i < round->items.count; i++) {
			const RoundItem *item = &round->items.at[i];
			if (is_of(item, "criterion", tag) &&
				text_is(form_answer(item->values, "id"), text_slice(key, criterion.length, key.length)))
				shown = answer_of(html, item->values, "name_zh", "name_en");
		}
		buffer_put(&out, shown);
		buffer_put(&out, html->lang == LANG_ZH ? TEXT("；") : TEXT("; "));
	}
	if (!text_find(form_answer(values, "ties"), TEXT("lot"), NULL)) buffer_put(&out, tr(html->lang, N_("lot")));
	return buffer_text(&out);
}

/* "Application security: 3, code review: 2" */
static Text seats_in_words(Html *html, const Round *round, const Map *values)
{
	Buffer out = { .arena = html->call->arena };
	Text names = form_answer(round->head, "specialties"), numbers = form_answer(values, "seats"), name, number;
	while (text_next(&names, '\n', &name)) {
		if (!text_trim(name).length || !text_next(&numbers, ',', &number)) continue;
		if (out.length) buffer_put(&out, html->lang == LANG_ZH ? TEXT("，") : TEXT(", "));
		buffer_put(&out, text_trim(name));
		buffer_byte(&out, ' ');
		buffer_put(&out, text_trim(number));
	}
	return buffer_text(&out);
}

static Text trim_in_words(Html *html, const Map *values)
{
	Buffer out = { .arena = html->call->arena };
	Text rest = text_trim(form_answer(values, "trim")), piece, from;
	while (rest.length && text_next(&rest, ',', &piece)) {
		if (!text_next(&piece, ':', &from)) break;
		const Problem words = { .message = N_("of %s sheets and more: highest and lowest"), .argument = text_trim(from) };
		if (out.length) buffer_put(&out, html->lang == LANG_ZH ? TEXT("；") : TEXT("; "));
		buffer_put(&out, problem_text(html->call->arena, html->lang, &words));
		buffer_printf(&out, " %.*s", TEXT_ARGS(text_trim(piece)));
	}
	return out.length ? buffer_text(&out) : tr(html->lang, "none");
}

static Markup rules_of(Html *html, const Round *round, const Map *values)
{
	Arena *arena = html->call->arena;
	Text newcomers = form_answer(values, "newcomers");
	Fact facts[] = { { .label = tr(html->lang, "Places"), .text = form_answer(values, "places") },
		{ .label = tr(html->lang, "Reserve"), .text = form_answer(values, "reserve") },
		{ .label = tr(html->lang, "Newcomers at most"), .text = newcomers.length ? newcomers : tr(html->lang, "no limit") },
		{ .label = tr(html->lang, "Total that is needed"), .text = form_answer(values, "threshold") },
		{ .label = tr(html->lang, "Panel"), .text = seats_in_words(html, round, values) },
		{ .label = tr(html->lang, "Members of one group of employers at most"), .text = form_answer(values, "group_limit") },
		{ .label = tr(html->lang, "Sheets left out"), .text = trim_in_words(html, values) },
		{ .label = tr(html->lang, "Order at ties"), .text = ties_in_words(html, round, values) },
		{ .label = tr(html->lang, "A reason is required outside"),
			.text = arena_printf(arena, "%.*s–%.*s %%", TEXT_ARGS(form_answer(values, "low_percent")),
				TEXT_ARGS(form_answer(values, "high_percent"))) } };
	return part_facts(html, facts, COUNT(facts));
}

static void fill_directions(Html *html, const Round *round, RoundShowView *view)
{
	RoundDirectionView *directions = arena_array_of(html->call->arena, RoundDirectionView, round->items.count + 1);
	for (size_t i = 0; i < round->items.count; i++) {
		const RoundItem *item = &round->items.at[i];
		if (strcmp(item->kind->name, "direction") != 0) continue;
		Text tag = form_answer(item->values, "direction");
		RoundDirectionView *direction = &directions[view->direction_count++];
		direction->title = form_shown_value(html->call, html->lang, form_item(item->kind->form, TEXT("direction")), tag);
		direction->facts = rules_of(html, round, item->values);
		direction->criteria = criteria_of(html, round, tag);
		direction->stars = stars_of(html, round, tag);
	}
	view->directions = directions;
}

static Markup dates_of(Html *html, const Round *round)
{
	const FormItem *paper = form_item(&round_head_form, TEXT("paper"));
	Fact facts[7] = { { .label = tr(html->lang, "Announced on"), .markup = part_time(html, round->published_at) },
		{ .label = tr(html->lang, "Opens on"), .markup = part_time(html, round->opens_at) },
		{ .label = tr(html->lang, "Closes on"), .markup = part_time(html, round->closes_at) },
		{ .label = tr(html->lang, "Files arrive until"), .markup = part_time(html, round->ends_at) },
		{ .label = tr(html->lang, "Working days of public notice"), .text = form_answer(round->head, "publicity_days") },
		{ .label = tr(html->lang, "Paper copy"),
			.text = form_shown_value(html->call, html->lang, paper, form_answer(round->head, "paper")) } };
	size_t count = 6;
	Text address = form_answer(round->head, "paper_address");
	if (address.length) facts[count++] = (Fact) { .label = tr(html->lang, "Where the paper copy goes"), .text = address };
	return part_facts(html, facts, count);
}

static Error open_asked(Request *request, Round *out)
{
	return round_open_public(request->call, request_parameter(request, TEXT("code")), out);
}

/* The pool is frozen, or more. */
static bool is_drawn(const Round *round)
{
	static const char *const before[] = { "PUBLISHED", "OPEN", "GRACE", "CLOSED", "MATERIAL_REVIEW", "CANCELLED" };
	for (size_t i = 0; i < COUNT(before); i++)
		if (text_is(round->state, text_from(before[i]))) return false;
	return true;
}

static Error show(Request *request)
{
	Html *html;
	Call *call = request->call;
	Round *round = arena_new_of(call->arena, Round);
	TRY(open_asked(request, round));
	Crumb crumbs[] = { { tr(call->lang, "Selection of support units"), url_public(request, TEXT("/rounds")) },
		{ .text = round->code } };
	PageHead head = { .crumbs = crumbs, .crumb_count = COUNT(crumbs), .wide = true };
	head.title = form_answer(round->head, call->lang == LANG_ZH ? "title_zh" : "title_en");
	TRY(html_page_open(request, &head, &html));
	const WorkflowState *state = workflow_state(&round_machine, round->state);
	RoundShowView view = { .state_text = state ? tr(html->lang, state->text) : round->state,
		.tone = state ? text_from(state->tone) : TEXT("neutral"),
		.reason = round->reason,
		.sum = round->rules_sha256,
		.notice = part_document(html, answer_of(html, round->head, "notice_zh", "notice_en"), TEXT("")),
		.facts = dates_of(html, round),
		.form = form_of(html, round),
		.rules = url_local(call->arena, "/api/v1/rounds/%.*s", TEXT_ARGS(round->code)),
		.dossier = url_local(call->arena, "/rounds/%.*s/rehearsal-dossier.zip", TEXT_ARGS(round->code)) };
	if (text_is(round->state, TEXT("OPEN"))) view.apply = url_local(call->arena, "/applications");
	if (is_drawn(round)) view.draw = url_public(request, arena_printf(call->arena, "/rounds/%.*s/draw", TEXT_ARGS(round->code)));
	if (round_is_from(round, "PUBLICITY")) view.publicity = round_url(request, round, "/publicity");
	if (round_is_from(round, "ANNOUNCED")) view.announcement = round_url(request, round, "/announcement");
	if (round_is_from(round, "ANNOUNCED")) view.decided = url_local(call->arena, "/rounds/%.*s/dossier.zip", TEXT_ARGS(round->code));
	view.log = round_url(request, round, "/log");
	Text rest = answer_of(html, round->head, "conditions_zh", "conditions_en"), line;
	while (text_next(&rest, '\n', &line))
		if (text_trim(line).length) list_add(call->arena, &view.conditions, text_trim(line));
	fill_directions(html, round, &view);
	page_round_show(html, &view);
	reply_public(request, arena_printf(call->arena, "round:%.*s", TEXT_ARGS(round->code)));
	return html_page_close(request, html);
}

/* Byte by byte what the hash is of. */
static Error show_rules(Request *request)
{
	Round *round = arena_new_of(request->call->arena, Round);
	TRY(open_asked(request, round));
	reply_json(request, round->rules);
	reply_public(request, arena_printf(request->call->arena, "round:%.*s", TEXT_ARGS(round->code)));
	return OK;
}

static Error show_dossier(Request *request)
{
	Round *round = arena_new_of(request->call->arena, Round);
	Text archive;
	TRY(open_asked(request, round));
	TRY(round_dossier(request->call, round, &archive));
	request->reply.content_type = TEXT("application/zip");
	request->reply.body = archive;
	Text name = arena_printf(request->call->arena, "attachment; filename=\"%.*s-rehearsal.zip\"", TEXT_ARGS(round->code));
	reply_header(request, TEXT("Content-Disposition"), name);
	reply_public(request, arena_printf(request->call->arena, "round:%.*s", TEXT_ARGS(round->code)));
	return OK;
}

#define EVERYBODY .may = ROLE_EVERYBODY, .is_public = true
static const Route routes[] = {
	{ GET, "/rounds", show_list, EVERYBODY, .summary = "Selection rounds that were announced" },
	{ GET, "/rounds/:code", show, EVERYBODY, .summary = "A selection round: notice, rules, dates" },
	{ GET, "/rounds/:code/rehearsal-dossier.zip", show_dossier, EVERYBODY, .weight = 5,
		.summary = "The dossier of a round's rehearsal" },
	{ GET, "/api/v1/rounds/:code", show_rules, EVERYBODY, .summary = "The frozen rules of a round, byte by byte as their hash is of" },
};
const RouteTable round_public_routes = { "subject/programme", routes, COUNT(routes) };
