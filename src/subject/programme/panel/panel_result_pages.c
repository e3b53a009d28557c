/* What the sheets of a direction come to, and what they tell about the panel itself: for the office, and for members after the lock. */
#include "people/person/form_page.h"
#include "subject/programme/panel/panel_view.h"

#include <math.h>

static Text points(Arena *arena, Fraction fraction) { return hundredths_text(arena, fraction_hundredths(fraction)); }

static Text real_text(Html *html, bool known, double value)
{
	return known && isfinite(value) ? arena_printf(html->call->arena, "%.3f", value) : TEXT("—");
}

static Text organisation_of(Html *html, const PanelPart *part, Text application)
{
	const EntryRow *entry = panel_entry(part, application);
	return entry ? panel_organisation(entry, html->lang) : TEXT("");
}

/* ---- Ranking */
static void ranking(Html *html, const PanelPart *part, const DossierResult *result, const Diagnosis *found, PanelCard *card)
{
	static const char *const labels[] = { N_("Rank"), N_("Organisation"), N_("Application"), N_("Total"), N_("Median"), N_("Sheets"),
		N_("Outcome"), N_("Stars") };
	Arena *arena = html->call->arena;
	size_t width = COUNT(labels), rows = result->panel.applicant_count;
	Cell *cells = arena_array_of(arena, Cell, rows * width + 1);
	ChartBar *bars = arena_array_of(arena, ChartBar, rows + 1);
	for (size_t i = 0; i < rows; i++) {
		const Placing *placing = &result->placings[i];
		const Score *score = &result->scores[placing->applicant];
		Text id = result->panel.applicants[placing->applicant].id, outcome = tr(html->lang, outcome_text(placing->outcome));
		Cell *cell = &cells[i * width];
		cell[0].text = placing->rank ? arena_printf(arena, "%lld", (long long)placing->rank) : TEXT("—");
		cell[1].text = organisation_of(html, part, id);
		cell[2].text = id;
		cell[3].text = points(arena, score->total);
		cell[4].text = points(arena, score->median);
		cell[5].text = arena_printf(arena, "%lld", (long long)score->sheets);
		cell[6].text = found->grey[placing->applicant]
				       ? arena_printf(arena, "%.*s · %.*s", TEXT_ARGS(outcome), TEXT_ARGS(tr(html->lang, "grey band")))
				       : outcome;
		cell[7].text = arena_printf(arena, "%lld", (long long)result->stars[i]);
		bars[i] = (ChartBar) { .label = cell[1].text, .value = (fraction_hundredths(score->total) + 50) / 100 };
	}
	panel_add_table(card, panel_table(html, N_("Ranking"), labels, width, cells, rows));
	card->body = part_bars(html, tr(html->lang, "Totals in points"), bars, rows);
}

/* ---- Agreement, strange sheets, single votes */
static void agreement(Html *html, const Diagnosis *found, PanelCard *card)
{
	Fact facts[] = { { .label = TEXT("ICC(2,1)"), .text = real_text(html, found->has_icc, found->icc.two_1) },
		{ .label = TEXT("ICC(2,k)"), .text = real_text(html, found->has_icc, found->icc.two_k) },
		{ .label = TEXT("Kendall W"), .text = real_text(html, found->has_kendall, found->kendall) },
		{ .label = TEXT("Krippendorff α"), .text = real_text(html, found->has_krippendorff, found->krippendorff) },
		{ .label = tr(html->lang, "Line of the last place"), .text = real_text(html, true, found->line) },
		{ .label = tr(html->lang, "Robust deviation"), .text = real_text(html, true, found->deviation) } };
	card->body = part_facts(html, facts, COUNT(facts));
}

static Error strange(
	Html *html, const PanelState *state, const PanelPart *part, const DossierResult *result, const Diagnosis *found, PanelCard *card)
{
	static const char *const labels[] = { N_("Application"), N_("Expert"), N_("Points off"), N_("Confirmation or explanation") };
	Cell *cells = arena_array_of(html->call->arena, Cell, found->outliers.count * COUNT(labels) + 1);
	for (size_t i = 0; i < found->outliers.count; i++) {
		const Outlier *outlier = &found->outliers.at[i];
		Cell *cell = &cells[i * COUNT(labels)];
		cell[0].text = result->panel.applicants[outlier->applicant].id;
		cell[1].text = result->experts.at[outlier->expert];
		cell[2].text = arena_printf(html->call->arena, "%+.2f", outlier->residual);
		TRY(panel_words_of(html->call, state, part, cell[0].text, cell[1].text, &cell[3].text));
		if (!cell[3].text.at) cell[3].text = tr(html->lang, "neither confirmed nor explained yet");
	}
	panel_add_table(card, panel_table(html, N_("Sheets far from the others"), labels, COUNT(labels), cells, found->outliers.count));
	return OK;
}

static void swings(Html *html, const DossierResult *result, const Diagnosis *found, PanelCard *card)
{
	static const char *const labels[] = { N_("Without this expert"), N_("Application"), N_("it would") };
	Cell *cells = arena_array_of(html->call->arena, Cell, found->swings.count * COUNT(labels) + 1);
	for (size_t i = 0; i < found->swings.count; i++) {
		const Swing *swing = &found->swings.at[i];
		cells[i * 3].text = result->experts.at[swing->expert];
		cells[i * 3 + 1].text = result->panel.applicants[swing->applicant].id;
		cells[i * 3 + 2].text = tr(html->lang, swing->enters ? N_("have a place") : N_("have no place"));
	}
	panel_add_table(card, panel_table(html, N_("What a single vote decided"), labels, COUNT(labels), cells, found->swings.count));
}

/* ---- Corrections */
static Error corrections(Html *html, const PanelState *state, size_t at, bool may_sign, PanelCard *card)
{
	static const char *const labels[] = { N_("Application"), N_("Expert"), N_("Criterion"), N_("Was"), N_("Becomes"), N_("Explanation"),
		N_("Second signature") };
	Arena *arena = html->call->arena;
	const PanelPart *part = &state->parts[at];
	size_t width = COUNT(labels), rows = part->corrections.count;
	Cell *cells = arena_array_of(arena, Cell, rows * width + 1);
	for (size_t i = 0; i < rows; i++) {
		const CorrectionRow *row = &part->corrections.at[i];
		const EntryRow *entry = panel_entry_of(part, row->application_id);
		PanelCorrected corrected;
		Cell *cell = &cells[i * width];
		TRY(panel_corrected(html->call, row, &corrected));
		cell[0].text = entry ? entry->ref : TEXT("");
		cell[1].text = panel_expert_ref(state, row->expert_id);
		cell[2].text = panel_criterion_name(state, at, (size_t)row->criterion, html->lang);
		cell[3].text = hundredths_text(arena, corrected.was);
		cell[4].text = hundredths_text(arena, corrected.becomes);
		cell[5].text = corrected.words;
		if (row->second_at.is)
			cell[6].markup = part_time(html, row->second_at.value);
		else if (may_sign && row->first_by != html->call->actor->person_id)
			cell[6].markup = button_form(html,
				url_local(arena, "%.*s/corrections/%.*s/sign", TEXT_ARGS(panel_office_path(arena, state->round.ref)),
					TEXT_ARGS(row->ref)),
				tr(html->lang, "Sign second"), TEXT("quiet"), TEXT(""), TEXT(""));
		else
			cell[6].text = tr(html->lang, "not yet");
	}
	panel_add_table(card, panel_table(html, N_("Corrections"), labels, width, cells, rows));
	return OK;
}

Error panel_result_cards(Html *html, PanelState *state, size_t at, bool may_sign, PanelPageView *view)
{
	const PanelPart *part = &state->parts[at];
	Text direction = panel_direction_text(html, part->row.direction);
	DossierResult result;
	Diagnosis found;
	TRY(panel_result(html->call, state, at, &result));
	panel_diagnose(
		html->call->arena, &result.panel, result.scores, result.placings, &state->dossier.rules.directions[at].quota, &found);
	PanelCard *card = panel_card(html, view->main, &view->main_count, N_("Result"),
		N_("Means of the sheets without the highest and lowest that the rules leave out."));
	card->title = arena_printf(html->call->arena, "%.*s · %.*s", TEXT_ARGS(card->title), TEXT_ARGS(direction));
	ranking(html, part, &result, &found, card);
	TRY(corrections(html, state, at, may_sign, card));
	card = panel_card(html, view->main, &view->main_count, N_("What the sheets tell about the panel"),
		N_("These figures stand beside the result and never change it."));
	card->title = arena_printf(html->call->arena, "%.*s · %.*s", TEXT_ARGS(card->title), TEXT_ARGS(direction));
	agreement(html, &found, card);
	TRY(strange(html, state, part, &result, &found, card));
	swings(html, &result, &found, card);
	return OK;
}
