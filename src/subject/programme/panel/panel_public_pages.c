/* The draw as everybody sees it: what was committed to before chance existed, what followed, and nobody's name; and the dossier when its time has come. */
#include "base/base/clock.h"
#include "subject/programme/panel/panel_view.h"
#include "subject/programme/panel/views/panel_page.html.h"

static Error open_asked(Request *request, PanelState *state)
{
	Round round;
	TRY(round_open_public(request->call, request_parameter(request, TEXT("code")), &round));
	TRY(panel_state_load(request->call, &round, state));
	return state->is_frozen ? OK : fail(request->call, NOT_FOUND, "no pool is frozen yet");
}

static void pool_card(Html *html, const PanelState *state, PanelPageView *view)
{
	const char *labels[4 + SEAT_PANELS_MAX] = { N_("Leaf"), N_("Specialty"), N_("Group"), N_("Drawn as") };
	Arena *arena = html->call->arena;
	size_t width = 3, rows = state->leaves.count;
	if (state->is_drawn) width = 4 + state->part_count;
	for (size_t d = 0; d < state->part_count; d++)
		labels[4 + d] = arena_string(arena, panel_direction_text(html, state->parts[d].row.direction));
	Cell *cells = arena_array_of(arena, Cell, rows * width + 1);
	size_t *positions = arena_array_of(arena, size_t, rows + 1);
	for (size_t p = 0; state->is_drawn && p < rows; p++) positions[state->seats.permutation[p]] = p;
	for (size_t i = 0; i < rows; i++) {
		Cell *cell = &cells[i * width];
		cell[0].text = state->leaves.at[i].leaf;
		cell[1].text = state->dossier.rules.specialties[state->leaves.at[i].specialty];
		cell[2].text = state->leaves.at[i].grouping;
		if (!state->is_drawn) continue;
		cell[3].text = arena_printf(arena, "%zu", positions[i] + 1);
		for (size_t d = 0; d < state->part_count; d++)
			cell[4 + d].text = tr(html->lang, seat_code_text(panel_code_at(state, d, positions[i])));
	}
	PanelCard *card = panel_card(html, view->main, &view->main_count, N_("The pool"),
		N_("Each leaf is a salted hash of an expert, its specialty and its employer. Who was called is opened in the dossier, "
		   "nobody else ever."));
	Column *columns = arena_array_of(arena, Column, width);
	Table *table = arena_new_of(arena, Table);
	for (size_t i = 0; i < width; i++) columns[i] = (Column) { tr(html->lang, labels[i]), i ? COLUMN_TEXT : COLUMN_VECTOR };
	*table = (Table) { tr(html->lang, N_("The pool")), columns, width, cells, rows };
	panel_add_table(card, table);
}

static void facts_card(Html *html, const PanelState *state, PanelPageView *view)
{
	const DrawRow *draw = &state->draw;
	Fact facts[12 + SEAT_PANELS_MAX];
	size_t count = 0;
	PanelCard *card = panel_card(html, view->aside, &view->aside_count, N_("Checkable"), NULL);
	facts[count++] = (Fact) { .label = tr(html->lang, "Frozen"), .markup = part_time(html, draw->frozen_at) };
	facts[count++] = (Fact) { .label = tr(html->lang, "Size of the pool"), .markup = part_number(html, draw->size) };
	facts[count++] = (Fact) { .label = tr(html->lang, "Root of the pool"), .markup = part_copy(html, draw->root) };
	for (size_t d = 0; d < state->part_count; d++)
		facts[count++] = (Fact) { .label = arena_printf(html->call->arena, "%.*s · %.*s",
						  TEXT_ARGS(tr(html->lang, "Commitment to conflicts")),
						  TEXT_ARGS(panel_direction_text(html, state->parts[d].row.direction))),
			.markup = part_copy(html, state->parts[d].row.commitment) };
	facts[count++] = (Fact) { .label = tr(html->lang, "Public source of chance"), .text = draw->source };
	facts[count++] = (Fact) { .label = tr(html->lang, "When it will exist"), .markup = part_time(html, draw->source_at) };
	if (state->is_drawn) {
		facts[count++] = (Fact) { .label = tr(html->lang, "The numbers that were drawn"), .text = draw->value };
		facts[count++] = (Fact) { .label = tr(html->lang, "Seed"), .markup = part_copy(html, draw->seed) };
		facts[count++] =
			(Fact) { .label = tr(html->lang, "Hash of the permutation"), .markup = part_copy(html, draw->permutation_sha256) };
	}
	if (panel_is_public(state) && html->call->house->signer)
		facts[count++] = (Fact) { .label = tr(html->lang, "Key of the library"),
			.markup = part_copy(html, public_key_text(html->call->arena, signer_public(html->call->house->signer))) };
	if (panel_is_public(state))
		facts[count++] = (Fact) { .label = tr(html->lang, "Dossier"),
			.text = tr(html->lang, "Download"),
			.url = url_local(html->call->arena, "/rounds/%.*s/dossier.zip", TEXT_ARGS(state->round.code)) };
	card->body = part_facts(html, facts, count);
}

static Error show(Request *request)
{
	Html *html;
	Call *call = request->call;
	PanelState *state = arena_new_of(call->arena, PanelState);
	PanelPageView *view = arena_new_of(call->arena, PanelPageView);
	TRY(open_asked(request, state));
	Crumb crumbs[] = { { tr(call->lang, "Selection of support units"), url_public(request, TEXT("/rounds")) },
		{ state->round.code, url_public(request, arena_printf(call->arena, "/rounds/%.*s", TEXT_ARGS(state->round.code))) },
		{ .text = tr(call->lang, "The draw of experts") } };
	PageHead head = { .title = tr(call->lang, "The draw of experts"), .crumbs = crumbs, .crumb_count = COUNT(crumbs), .wide = true };
	TRY(html_page_open(request, &head, &html));
	facts_card(html, state, view);
	pool_card(html, state, view);
	page_panel_page(html, view);
	reply_public(request, arena_printf(call->arena, "round:%.*s", TEXT_ARGS(state->round.code)));
	return html_page_close(request, html);
}

/* ---- For machines */
static void put_pool(JsonWriter *writer, const PanelState *state)
{
	json_key(writer, TEXT("pool"));
	json_array_begin(writer);
	for (size_t i = 0; i < state->leaves.count; i++) {
		json_object_begin(writer);
		json_put_text(writer, "leaf", state->leaves.at[i].leaf);
		json_put_text(writer, "specialty", state->dossier.rules.specialties[state->leaves.at[i].specialty]);
		json_put_text(writer, "group", state->leaves.at[i].grouping);
		json_end(writer);
	}
	json_end(writer);
}

static void put_panels(JsonWriter *writer, const PanelState *state)
{
	json_key(writer, TEXT("panels"));
	json_array_begin(writer);
	for (size_t d = 0; d < state->part_count; d++) {
		const PanelSeats *panel = &state->seats.directions[d];
		json_object_begin(writer);
		json_put_text(writer, "direction", state->parts[d].row.direction);
		json_put_text(writer, "conflictsCommitment", state->parts[d].row.commitment);
		json_key(writer, TEXT("seatings"));
		json_array_begin(writer);
		for (size_t s = 0; state->is_drawn && s < panel->count; s++) {
			json_array_begin(writer);
			for (size_t p = 0; p < panel->seatings[s].visited; p++)
				json_text(writer, text_from(seat_code_tag(panel->seatings[s].codes[p])));
			json_end(writer);
		}
		json_end(writer);
		json_end(writer);
	}
	json_end(writer);
}

static Error api_draw(Request *request)
{
	Call *call = request->call;
	PanelState *state = arena_new_of(call->arena, PanelState);
	Buffer buffer = { .arena = call->arena };
	JsonWriter writer = json_writer(&buffer);
	TRY(open_asked(request, state));
	const DrawRow *draw = &state->draw;
	json_object_begin(&writer);
	json_put_text(&writer, "round", state->round.code);
	json_put_text(&writer, "rules", state->round.rules_sha256);
	json_put_text(&writer, "frozen_at", clock_iso(call->arena, draw->frozen_at));
	json_put_int(&writer, "size", draw->size);
	json_put_text(&writer, "root", draw->root);
	json_put_text(&writer, "source", draw->source);
	json_put_text(&writer, "source_at", clock_iso(call->arena, draw->source_at));
	json_put_text(&writer, "value", draw->value);
	json_put_text(&writer, "seed", draw->seed);
	json_put_text(&writer, "permutationSha256", draw->permutation_sha256);
	put_pool(&writer, state);
	put_panels(&writer, state);
	json_end(&writer);
	json_finish(&writer);
	reply_json(request, buffer_text(&buffer));
	reply_public(request, arena_printf(call->arena, "round:%.*s", TEXT_ARGS(state->round.code)));
	return OK;
}

#define EVERYBODY .may = ROLE_EVERYBODY, .is_public = true
static const Route routes[] = {
	{ GET, "/rounds/:code/draw", show, EVERYBODY, .summary = "The draw of a round's experts: pool, source, seed, positions" },
	{ GET, "/api/v1/rounds/:code/draw", api_draw, EVERYBODY, .summary = "The draw of a round's experts, for machines" },
};
const RouteTable panel_public_routes = { "subject/programme", routes, COUNT(routes) };
