/* What the sheets of one direction come to, corrections included. */
#include "engine/selection/dossier.h"

typedef struct Counting { /* one direction's panel, with places of names */
	Arena *arena;
	const Dossier *of;
	const RoundSeats *seats;
	size_t at;
	DossierFault *fault;
	Panel panel;
	Texts members;
	Map *applicants, *experts; /* id: its place */
	int64_t *scores;
	bool *given;
} Counting;

static bool no(const Counting *counting, const char *why, Text argument)
{
	*counting->fault = (DossierFault) { why, argument };
	return false;
}

static bool find(const Counting *counting, Text application, Text expert, size_t *out_sheet)
{
	const size_t *applicant = map_get(counting->applicants, application), *member = map_get(counting->experts, expert);
	if (!applicant || !member) return false;
	*out_sheet = panel_sheet(&counting->panel, *applicant, *member);
	return true;
}

static const Opening *opening_of(const Dossier *of, uint32_t leaf)
{
	for (size_t i = 0; i < of->openings.count; i++)
		if (of->openings.at[i].leaf == leaf) return &of->openings.at[i];
	return NULL;
}

/* Those who sat in the end, in the order of their positions. */
static bool find_members(Counting *counting)
{
	const PanelSeats *panel = &counting->seats->directions[counting->at];
	const Seating *seating = &panel->seatings[panel->count - 1];
	for (size_t p = 0; p < seating->count; p++) {
		if (seating->codes[p] != SEAT_TAKEN) continue;
		const Opening *opening = opening_of(counting->of, counting->seats->permutation[p]);
		size_t *place = arena_new_of(counting->arena, size_t);
		if (!opening) return no(counting, N_("Other experts are opened than those who were called."), TEXT(""));
		*place = counting->panel.expert_count++;
		map_put(counting->experts, opening->expert, place);
		list_add(counting->arena, &counting->members, opening->expert);
	}
	return true;
}

static bool find_applicants(Counting *counting)
{
	const DossierDirection *direction = &counting->of->directions[counting->at];
	size_t count = direction->applicants.count;
	Applicant *applicants = arena_array_of(counting->arena, Applicant, count + 1);
	const Text *lots = dossier_order(counting->arena, counting->of, &counting->seats->seed, counting->at, DRAW_LOTS);
	for (size_t i = 0; i < count; i++) {
		const DossierApplicant *of = &direction->applicants.at[i];
		size_t *place = arena_new_of(counting->arena, size_t);
		*place = i;
		if (map_get(counting->applicants, of->id)) return no(counting, N_("Application %s stands there twice."), of->id);
		map_put(counting->applicants, of->id, place);
		applicants[i] = (Applicant) { .id = of->id, .contribution = of->contribution, .newcomer = of->newcomer };
	}
	for (uint32_t lot = 0; lot < count; lot++) applicants[*(const size_t *)map_get(counting->applicants, lots[lot])].lot = lot;
	counting->panel.applicants = applicants;
	counting->panel.applicant_count = count;
	return true;
}

static bool count_sheets(Counting *counting)
{
	const DossierDirection *direction = &counting->of->directions[counting->at];
	const Rubric *rubric = counting->panel.rubric;
	size_t cells = counting->panel.applicant_count * counting->panel.expert_count, sheet, wrong;
	if (cells * rubric->criterion_count > PANEL_CELLS_MAX) return no(counting, N_("There are too many sheets."), TEXT(""));
	counting->scores = arena_array_of(counting->arena, int64_t, cells * rubric->criterion_count + 1);
	counting->given = arena_array_of(counting->arena, bool, cells + 1);
	for (size_t i = 0; i < direction->sheets.count; i++) {
		const DossierSheet *of = &direction->sheets.at[i];
		if (!find(counting, of->application, of->expert, &sheet) || counting->given[sheet])
			return no(counting, N_("Expert %s does not sit on the panel, or has two sheets of one application."), of->expert);
		if (sheet_check(rubric, of->scores, of->reasons, &wrong))
			return no(counting, N_("A sheet of expert %s breaks the rules of the round."), of->expert);
		counting->given[sheet] = true;
		memcpy(counting->scores + sheet * rubric->criterion_count, of->scores, rubric->criterion_count * sizeof(int64_t));
	}
	return true;
}

static bool is_reason(Text reason)
{
	for (size_t i = 0; i < COUNT(correction_reasons); i++)
		if (text_is(reason, text_from(correction_reasons[i]))) return true;
	return false;
}

static bool correct(Counting *counting)
{
	const DossierDirection *direction = &counting->of->directions[counting->at];
	const Rubric *rubric = counting->panel.rubric;
	for (size_t i = 0; i < direction->corrections.count; i++) {
		const Correction *of = &direction->corrections.at[i];
		size_t sheet, wrong;
		if (!is_reason(of->reason)) return no(counting, N_("“%s” is none of the four reasons for a correction."), of->reason);
		if (!find(counting, of->application, of->expert, &sheet) || of->criterion < 0 ||
			of->criterion >= (int64_t)rubric->criterion_count)
			return no(counting, N_("A correction of %s names what does not exist."), of->application);
		int64_t *score = &counting->scores[sheet * rubric->criterion_count + (size_t)of->criterion];
		if (!counting->given[sheet] || *score != of->was)
			return no(counting, N_("A correction of %s changes what was not there."), of->application);
		*score = of->becomes;
		if (sheet_check(rubric, counting->scores + sheet * rubric->criterion_count, NULL, &wrong))
			return no(counting, N_("A correction of %s breaks the rules of the round."), of->application);
	}
	return true;
}

bool dossier_result(Arena *arena, const Dossier *dossier, const RoundSeats *seats, size_t at, DossierResult *out, DossierFault *out_fault)
{
	const DirectionRules *rules = &dossier->rules.directions[at];
	Counting counting = { .arena = arena,
		.of = dossier,
		.seats = seats,
		.at = at,
		.fault = out_fault,
		.applicants = map_new(arena),
		.experts = map_new(arena) };
	counting.panel.rubric = &rules->rubric;
	if (!find_members(&counting) || !find_applicants(&counting) || !count_sheets(&counting) || !correct(&counting)) return false;
	counting.panel.scores = counting.scores;
	counting.panel.given = counting.given;
	size_t count = counting.panel.applicant_count;
	*out = (DossierResult) { .panel = counting.panel,
		.experts = counting.members,
		.scores = arena_array_of(arena, Score, count + 1),
		.placings = arena_array_of(arena, Placing, count + 1),
		.stars = arena_array_of(arena, int64_t, count + 1) };
	panel_score(arena, &out->panel, out->scores);
	panel_rank(&out->panel, out->scores, &rules->quota, out->placings);
	panel_stars(&out->panel, out->scores, out->placings, count, rules->stars, rules->star_count, NULL, out->stars);
	return true;
}
