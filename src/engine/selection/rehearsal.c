/* Everything invented here follows from one seed, so a rehearsal can be repeated, and two rehearsals of the same rules differ. */
#include "engine/selection/dossier.h"

#include <stdlib.h>

typedef struct Playing {
	Arena *arena;
	Dossier *of;
	DossierFault *fault;
	DrawWords words;
	Text *experts, *employers, *salts; /* per leaf */
	RoundSeats seats;
} Playing;

static int64_t pick(Playing *playing, int64_t from, int64_t to)
{
	return from + (int64_t)draw_uniform(&playing->words, (uint64_t)(to - from + 1));
}

static Key invented_key(Playing *playing)
{
	Key key;
	for (size_t i = 0; i < sizeof(key.at); i++) key.at[i] = (unsigned char)draw_uniform(&playing->words, 256);
	return key;
}

static Text invented_salt(Playing *playing)
{
	Key key = invented_key(playing);
	return arena_copy(playing->arena, (Text) { (const char *)key.at, DRAW_SALT_BYTES });
}

/* ---- The pool */

typedef struct Invented {
	Digest leaf;
	uint32_t specialty, employer;
	Text salt, expert;
} Invented;

static int compare_invented(const void *a, const void *b)
{
	return memcmp(&((const Invented *)a)->leaf, &((const Invented *)b)->leaf, sizeof(Digest));
}

/* Three times the seats of each specialty in all directions, and two more; two of three employers have one expert only. */
static size_t pool_size(const RoundRules *rules, uint32_t specialty)
{
	size_t seats = 0;
	for (size_t d = 0; d < rules->direction_count; d++) seats += rules->directions[d].plan.seats[specialty];
	return seats ? 3 * seats + 2 : 0;
}

static void invent_pool(Playing *playing)
{
	Dossier *of = playing->of;
	size_t count = 0, made = 0;
	for (uint32_t s = 0; s < of->rules.specialty_count; s++) count += pool_size(&of->rules, s);
	Invented *invented = arena_array_of(playing->arena, Invented, count + 1);
	for (uint32_t s = 0; s < of->rules.specialty_count; s++)
		for (size_t i = 0; i < pool_size(&of->rules, s); i++, made++) {
			Invented *one = &invented[made];
			*one = (Invented) {
				.specialty = s, .employer = (uint32_t)(made % 3 ? made : made % 7), .salt = invented_salt(playing)
			};
			one->expert = arena_printf(playing->arena, "DEMO-E%03zu", made + 1);
			must(draw_leaf(one->salt, one->expert, of->rules.specialties[s],
				arena_printf(playing->arena, "DEMO%014u", one->employer), &one->leaf));
		}
	qsort(invented, count, sizeof(*invented), compare_invented);
	playing->experts = arena_array_of(playing->arena, Text, count + 1);
	playing->employers = arena_array_of(playing->arena, Text, count + 1);
	playing->salts = arena_array_of(playing->arena, Text, count + 1);
	for (size_t i = 0; i < count; i++) {
		PoolEntry entry = { invented[i].leaf, invented[i].specialty, arena_printf(playing->arena, "G%03u", invented[i].employer) };
		list_add(playing->arena, &of->pool, entry);
		playing->experts[i] = invented[i].expert;
		playing->salts[i] = invented[i].salt;
		playing->employers[i] = arena_printf(playing->arena, "DEMO%014u", invented[i].employer);
	}
}

/* ---- Applicants and conflicts */

static void invent_direction(Playing *playing, size_t at, size_t applicants)
{
	Dossier *of = playing->of;
	DossierDirection *direction = &of->directions[at];
	char *conflicts = arena_alloc(playing->arena, of->pool.count + 1);
	for (size_t i = 0; i < applicants; i++) {
		DossierApplicant applicant = { .id = arena_printf(playing->arena, "DEMO-%zu-%02zu", at + 1, i + 1),
			.name = arena_printf(playing->arena, "演练单位%zu-%02zu", at + 1, i + 1),
			.contribution = pick(playing, 0, 40),
			.newcomer = pick(playing, 0, 2) == 0 };
		list_add(playing->arena, &direction->applicants, applicant);
	}
	for (size_t i = 0; i < of->pool.count; i++) conflicts[i] = '0';
	if (of->pool.count) conflicts[draw_uniform(&playing->words, of->pool.count)] = '1';
	direction->conflicts = (Text) { conflicts, of->pool.count };
	direction->conflict_nonce = invented_key(playing);
}

/* The first who sits in the first direction declines. */
static bool decline(Playing *playing)
{
	const Seating *first = &playing->seats.directions[0].seatings[0];
	size_t position = 0;
	while (position < first->count && first->codes[position] != SEAT_TAKEN) position++;
	Replacement replacement = { 0, playing->seats.permutation[position], TEXT("declined") };
	list_add(playing->arena, &playing->of->replacements, replacement);
	return dossier_seats(playing->arena, playing->of, &playing->seats, playing->fault);
}

static void open_leaves(Playing *playing)
{
	for (uint32_t leaf = 0; leaf < playing->of->pool.count; leaf++) {
		Opening opening = { leaf, playing->salts[leaf], playing->experts[leaf], playing->employers[leaf] };
		if (playing->seats.opened[leaf]) list_add(playing->arena, &playing->of->openings, opening);
	}
}

/* ---- Sheets */

/* A share of the maximum in thousandths, as a multiple of the step. */
static int64_t score_of(const Criterion *criterion, int64_t thousandths)
{
	int64_t bounded = thousandths < 0 ? 0 : thousandths > 1000 ? 1000 : thousandths;
	return criterion->maximum * bounded / 1000 / criterion->step * criterion->step;
}

static DossierSheet invent_sheet(Playing *playing, const Rubric *rubric, Text application, Text expert, int64_t quality)
{
	int64_t *scores = arena_array_of(playing->arena, int64_t, rubric->criterion_count);
	Text *reasons = arena_array_of(playing->arena, Text, rubric->criterion_count);
	for (size_t c = 0; c < rubric->criterion_count; c++) {
		const Criterion *criterion = &rubric->criteria[c];
		scores[c] = score_of(criterion, quality + pick(playing, -40, 40));
		bool within = scores[c] * 100 >= criterion->maximum * rubric->low_percent &&
			      scores[c] * 100 <= criterion->maximum * rubric->high_percent;
		reasons[c] = within ? TEXT("") : TEXT("演练：超出常规分值区间");
	}
	return (DossierSheet) { application, expert, scores, reasons, invented_key(playing) };
}

static void invent_sheets(Playing *playing, size_t at)
{
	DossierDirection *direction = &playing->of->directions[at];
	const Rubric *rubric = &playing->of->rules.directions[at].rubric;
	const PanelSeats *panel = &playing->seats.directions[at];
	const Seating *seating = &panel->seatings[panel->count - 1];
	for (size_t i = 0; i < direction->applicants.count; i++) {
		int64_t quality = pick(playing, 560, 930);
		for (size_t p = 0; p < seating->count; p++) {
			if (seating->codes[p] != SEAT_TAKEN) continue;
			bool strange = i == 1 && direction->sheets.count % 7 == 3; /* one sheet far from the others */
			DossierSheet sheet = invent_sheet(playing, rubric, direction->applicants.at[i].id,
				playing->experts[playing->seats.permutation[p]], strange ? quality - 450 : quality);
			list_add(playing->arena, &direction->sheets, sheet);
		}
	}
}

/* The first score of the first sheet was put down one step too low. */
static void invent_correction(Playing *playing)
{
	DossierDirection *direction = &playing->of->directions[0];
	const Criterion *criterion = &playing->of->rules.directions[0].rubric.criteria[0];
	if (!direction->sheets.count) return;
	const DossierSheet *sheet = &direction->sheets.at[0];
	int64_t was = sheet->scores[0],
		becomes = was + criterion->step <= criterion->maximum ? was + criterion->step : was - criterion->step;
	Correction correction = { sheet->application, sheet->expert, 0, was, becomes, TEXT("objective") };
	list_add(playing->arena, &direction->corrections, correction);
}

/* ---- What is decided afterwards: one fails the inspection, the reserve moves up, an objection takes one off the list */
typedef struct Standing { /* per placing of one direction */
	DossierResult result;
	bool *stands, *faultless;
	int64_t *stars;
} Standing;

static Text id_of(const Playing *playing, const Standing *standing, size_t at, size_t placing)
{
	return playing->of->directions[at].applicants.at[standing->result.placings[placing].applicant].id;
}

static void add_step(Playing *playing, DossierStepKind kind, Text application, Text reason)
{
	DossierStep step = { .kind = kind, .application = application, .reason = reason };
	list_add(playing->arena, &playing->of->steps, step);
}

static bool invent_inspection(Playing *playing, size_t at, Standing *standing)
{
	size_t count = playing->of->directions[at].applicants.count, reserve = count, failed = count;
	if (!dossier_result(playing->arena, playing->of, &playing->seats, at, &standing->result, playing->fault)) return false;
	standing->stands = arena_array_of(playing->arena, bool, count + 1);
	standing->faultless = arena_array_of(playing->arena, bool, count + 1);
	standing->stars = arena_array_of(playing->arena, int64_t, count + 1);
	for (size_t i = count; i-- > 0;) {
		standing->stands[i] = standing->result.placings[i].outcome == OUTCOME_SHORTLISTED;
		standing->faultless[i] = pick(playing, 0, 2) > 0;
		if (standing->stands[i]) failed = i;
		if (standing->result.placings[i].outcome == OUTCOME_RESERVE) reserve = i;
	}
	if (failed == count) return true;
	standing->stands[failed] = false;
	add_step(playing, STEP_DEPART, id_of(playing, standing, at, failed), text_from(departure_reasons[at % 2]));
	if (reserve < count) add_step(playing, STEP_PROMOTE, id_of(playing, standing, at, reserve), TEXT(""));
	if (reserve < count) standing->stands[reserve] = true;
	return true;
}

static void invent_list(Playing *playing, const Standing *standings, const char *kind)
{
	Dossier *of = playing->of;
	DossierStep step = { .kind = STEP_LIST, .application = TEXT(""), .reason = TEXT("") };
	Buffer buffer = { .arena = playing->arena };
	JsonWriter writer = json_writer(&buffer);
	Digest rules = sha256(of->rules_json);
	json_object_begin(&writer);
	json_put_text(&writer, "round", of->rules.round);
	json_put_text(&writer, "rules", hex_text(playing->arena, DIGEST_TEXT(rules)));
	json_put_text(&writer, "kind", text_from(kind));
	json_put_int(&writer, "number", 1);
	json_key(&writer, TEXT("units"));
	json_array_begin(&writer);
	for (size_t d = 0; d < of->rules.direction_count; d++)
		for (size_t i = 0; i < of->directions[d].applicants.count; i++) {
			if (!standings[d].stands[i]) continue;
			DossierUnit unit = { id_of(playing, &standings[d], d, i), standings[d].stars[i], standings[d].faultless[i] };
			list_add(playing->arena, &step.units, unit);
			json_object_begin(&writer);
			json_put_text(&writer, "direction", of->rules.directions[d].tag);
			json_put_text(
				&writer, "organisation", of->directions[d].applicants.at[standings[d].result.placings[i].applicant].name);
			json_put_int(&writer, "stars", unit.stars);
			json_end(&writer);
		}
	json_end(&writer);
	json_end(&writer);
	json_finish(&writer);
	step.list = canonical_text(playing->arena, buffer_text(&buffer));
	list_add(playing->arena, &of->steps, step);
}

static bool invent_decision(Playing *playing)
{
	Standing *standings = arena_array_of(playing->arena, Standing, SEAT_PANELS_MAX);
	size_t directions = playing->of->rules.direction_count;
	for (size_t d = 0; d < directions; d++)
		if (!invent_inspection(playing, d, &standings[d])) return false;
	add_step(playing, STEP_INSPECTED, TEXT(""), TEXT(""));
	for (size_t d = 0; d < directions; d++)
		dossier_stars(playing->arena, &playing->of->rules.directions[d], &standings[d].result, standings[d].stands,
			standings[d].faultless, standings[d].stars);
	invent_list(playing, standings, "publicity");
	for (size_t i = playing->of->directions[0].applicants.count; i-- > 0;) {
		if (!standings[0].stands[i]) continue;
		standings[0].stands[i] = false;
		add_step(playing, STEP_DEPART, id_of(playing, &standings[0], 0, i), TEXT("objection"));
		break;
	}
	invent_list(playing, standings, "announcement");
	return true;
}

bool rehearsal_play(Arena *arena, Text rules_json, Text seed, size_t applicants, Dossier *out, DossierFault *out_fault)
{
	Json json;
	Buffer canonical = { .arena = arena };
	size_t direction;
	Digest begin = sha256(seed);
	Playing playing = { .arena = arena, .of = out, .fault = out_fault, .words = draw_words(&begin) };
	*out = (Dossier) { .source = TEXT("rehearsal") };
	*out_fault = (DossierFault) { N_("%s is no JSON."), TEXT("rules.json") };
	if (!json_parse(arena, rules_json, &json, NULL) || !canonical_write(&canonical, json)) return false;
	out->rules_json = buffer_text(&canonical);
	*out_fault = (DossierFault) { 0 };
	if (!round_rules_read(json, &out->rules, &direction, &out_fault->why)) return false;
	invent_pool(&playing);
	for (size_t d = 0; d < out->rules.direction_count; d++) invent_direction(&playing, d, applicants);
	if (!dossier_seats(arena, out, &playing.seats, out_fault) || !decline(&playing)) return false;
	open_leaves(&playing);
	for (size_t d = 0; d < out->rules.direction_count; d++) invent_sheets(&playing, d);
	invent_correction(&playing);
	out->is_decided = true;
	return invent_decision(&playing);
}
