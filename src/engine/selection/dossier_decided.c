/* What was decided after the lock, replayed against ranking and places: who fell out, who moved up for whom, which lists were decided with which stars.
 * The steps are input; who stands in the end and for whom somebody moved up is computed. */
#include "engine/selection/dossier_private.h"

typedef enum Way { WAY_OUT, WAY_RESERVE, WAY_SHORTLIST, WAY_MOVED_UP, WAY_APPEAL } Way;
typedef struct Place { /* one application */
	const DossierApplicant *applicant;
	size_t direction, placing; /* in the ranking of its direction */
	Way way;
	bool is_faultless, is_listed, is_announced;
	int64_t rule_stars, stars;
} Place;
typedef struct Vacancy {
	Text application, reason;
} Vacancy;
typedef struct Replaying {
	Arena *arena;
	const Dossier *of;
	const DossierResult *results; /* of each direction */
	DossierFault *fault;
	Map *places; /* id: its Place */
	LIST_OF(Vacancy) vacancies[SEAT_PANELS_MAX]; /* the first is filled first */
	size_t filled[SEAT_PANELS_MAX];
	int64_t publicities, announcements;
	bool is_inspected;
	Buffer buffer;
	JsonWriter writer;
} Replaying;

static const char *const way_tags[] = { "out", "reserve", "shortlist", "reserve-moved-up", "appeal" };
const char *const departure_reasons[DEPARTURE_REASONS] = { "inspection", "findings", "withdrawn", "objection", "lapsed" };

static bool no(const Replaying *replaying, const char *why, Text argument)
{
	*replaying->fault = (DossierFault) { why, argument };
	return false;
}

static bool stands(const Place *place) { return place->way >= WAY_SHORTLIST; }

/* ---- The ranking is where it begins */
static void begin(Replaying *replaying)
{
	for (size_t d = 0; d < replaying->of->rules.direction_count; d++) {
		const DossierResult *result = &replaying->results[d];
		for (size_t i = 0; i < result->panel.applicant_count; i++) {
			const Placing *placing = &result->placings[i];
			Place *place = arena_new_of(replaying->arena, Place);
			*place = (Place) { .applicant = &replaying->of->directions[d].applicants.at[placing->applicant],
				.direction = d,
				.placing = i,
				.way = placing->outcome == OUTCOME_SHORTLISTED ? WAY_SHORTLIST
				       : placing->outcome == OUTCOME_RESERVE   ? WAY_RESERVE
									       : WAY_OUT };
			map_put(replaying->places, place->applicant->id, place);
		}
	}
}

static Place *place_at(const Replaying *replaying, size_t direction, size_t placing)
{
	const DossierResult *result = &replaying->results[direction];
	return map_get(replaying->places, replaying->of->directions[direction].applicants.at[result->placings[placing].applicant].id);
}

static bool find(const Replaying *replaying, Text application, Place **out)
{
	*out = map_get(replaying->places, application);
	return *out || no(replaying, N_("Application %s was before no panel."), application);
}

static const Place *first_reserve(const Replaying *replaying, size_t direction)
{
	for (size_t i = 0; i < replaying->results[direction].panel.applicant_count; i++) {
		const Place *place = place_at(replaying, direction, i);
		if (place->way == WAY_RESERVE) return place;
	}
	return NULL;
}

/* ---- Steps */
static void put_step(Replaying *replaying, const char *step, const DossierStep *of)
{
	json_object_begin(&replaying->writer);
	json_put_text(&replaying->writer, "step", text_from(step));
	if (of->application.length) json_put_text(&replaying->writer, "application", of->application);
}

static bool depart(Replaying *replaying, const DossierStep *step)
{
	Place *place;
	bool is_known = false, is_late = text_is(step->reason, TEXT("objection")) || text_is(step->reason, TEXT("lapsed"));
	if (!find(replaying, step->application, &place)) return false;
	for (size_t i = 0; i < DEPARTURE_REASONS; i++) is_known |= text_is(step->reason, text_from(departure_reasons[i]));
	if (!is_known || place->way == WAY_OUT || (is_late && !place->is_listed) ||
		(!is_late && place->way == WAY_RESERVE && !text_is(step->reason, TEXT("withdrawn"))))
		return no(replaying, N_("Application %s cannot have fallen out there."), step->application);
	if (stands(place) && !replaying->is_inspected) {
		Vacancy vacancy = { step->application, step->reason };
		list_add(replaying->arena, &replaying->vacancies[place->direction], vacancy);
	}
	place->way = WAY_OUT;
	put_step(replaying, "depart", step);
	json_put_text(&replaying->writer, "reason", step->reason);
	json_end(&replaying->writer);
	return true;
}

/* The first of the reserve, for whoever fell out first and was not replaced; the reason is that one's. */
static bool promote(Replaying *replaying, const DossierStep *step)
{
	Place *place;
	if (!find(replaying, step->application, &place)) return false;
	size_t d = place->direction, vacant = replaying->filled[d];
	if (replaying->is_inspected || place != first_reserve(replaying, d) || vacant == replaying->vacancies[d].count)
		return no(replaying, N_("Application %s was not the next to move up, or no place was free."), step->application);
	const Vacancy *vacancy = &replaying->vacancies[d].at[vacant];
	replaying->filled[d]++;
	place->way = WAY_MOVED_UP;
	put_step(replaying, "promote", step);
	json_put_text(&replaying->writer, "for", vacancy->application);
	json_put_text(&replaying->writer, "reason", vacancy->reason);
	json_end(&replaying->writer);
	return true;
}

static bool reinstate(Replaying *replaying, const DossierStep *step)
{
	Place *place;
	if (!find(replaying, step->application, &place)) return false;
	if (stands(place)) return no(replaying, N_("Application %s stood already."), step->application);
	place->way = WAY_APPEAL;
	place->is_listed = place->is_announced = false;
	put_step(replaying, "reinstate", step);
	json_put_text(&replaying->writer, "reason", TEXT("appeal"));
	json_end(&replaying->writer);
	return true;
}

/* The inspections are over: no place stays free while somebody waits for it. */
static bool inspected(Replaying *replaying, const DossierStep *step)
{
	for (size_t d = 0; d < replaying->of->rules.direction_count; d++) {
		const Place *waiting = first_reserve(replaying, d);
		if (waiting && replaying->filled[d] < replaying->vacancies[d].count)
			return no(replaying, N_("Application %s waited for a place that was free."), waiting->applicant->id);
	}
	if (replaying->is_inspected) return no(replaying, N_("The inspections ended twice."), TEXT(""));
	replaying->is_inspected = true;
	put_step(replaying, "inspected", step);
	json_end(&replaying->writer);
	return true;
}

/* ---- Lists */

void dossier_stars(
	Arena *arena, const DirectionRules *rules, const DossierResult *result, const bool *stands, const bool *faultless, int64_t *out)
{
	size_t all = result->panel.applicant_count, kept = 0;
	Placing *placings = arena_array_of(arena, Placing, all + 1);
	bool *found_nothing = arena_array_of(arena, bool, all + 1);
	int64_t *stars = arena_array_of(arena, int64_t, all + 1);
	for (size_t i = 0; i < all; i++) {
		if (!stands[i]) continue;
		placings[kept] = result->placings[i];
		placings[kept].outcome = OUTCOME_SHORTLISTED;
		found_nothing[kept++] = faultless[i];
	}
	panel_stars(&result->panel, result->scores, placings, kept, rules->stars, rules->star_count, found_nothing, stars);
	kept = 0;
	for (size_t i = 0; i < all; i++) out[i] = stands[i] ? stars[kept++] : 0;
}

static void give_stars(Replaying *replaying, size_t direction)
{
	size_t all = replaying->results[direction].panel.applicant_count;
	bool *standing = arena_array_of(replaying->arena, bool, all + 1), *faultless = arena_array_of(replaying->arena, bool, all + 1);
	int64_t *stars = arena_array_of(replaying->arena, int64_t, all + 1);
	for (size_t i = 0; i < all; i++) {
		standing[i] = stands(place_at(replaying, direction, i));
		faultless[i] = place_at(replaying, direction, i)->is_faultless;
	}
	dossier_stars(
		replaying->arena, &replaying->of->rules.directions[direction], &replaying->results[direction], standing, faultless, stars);
	for (size_t i = 0; i < all; i++) place_at(replaying, direction, i)->rule_stars = stars[i];
}

static bool take_units(Replaying *replaying, const DossierStep *step, bool is_publicity)
{
	for (size_t i = 0; i < step->units.count; i++) {
		Place *place;
		const DossierUnit *unit = &step->units.at[i];
		if (!find(replaying, unit->application, &place)) return false;
		bool fits = is_publicity ? !place->is_listed : place->is_listed && !place->is_announced && place->stars == unit->stars;
		if (!stands(place) || !fits) return no(replaying, N_("Application %s cannot stand on that list."), unit->application);
		if (is_publicity) {
			place->is_listed = true;
			place->is_faultless = unit->is_faultless;
			place->stars = unit->stars;
		}
		place->is_announced = !is_publicity;
	}
	return true;
}

/* A list in public notice names everybody who stands and was on none before; nobody has more stars than the rules give. */
static bool check_publicity(Replaying *replaying, const DossierStep *step)
{
	for (size_t d = 0; d < replaying->of->rules.direction_count; d++) {
		give_stars(replaying, d);
		for (size_t i = 0; i < replaying->results[d].panel.applicant_count; i++) {
			const Place *place = place_at(replaying, d, i);
			if (stands(place) && !place->is_listed)
				return no(replaying, N_("Application %s is missing on the list."), place->applicant->id);
		}
	}
	for (size_t i = 0; i < step->units.count; i++) {
		const Place *place = map_get(replaying->places, step->units.at[i].application);
		if (place->stars < 0 || place->stars > place->rule_stars)
			return no(replaying, N_("Application %s has more stars than the rules give."), place->applicant->id);
	}
	return true;
}

/* The published list says the same of the same. */
static bool check_words(Replaying *replaying, const DossierStep *step, Json list, const char *kind, int64_t expected)
{
	size_t at = 0;
	int64_t number, stars;
	Digest rules = sha256(replaying->of->rules_json);
	if (!json_as_int(json_get(list, "number"), &number) || number != expected ||
		!text_is(json_as_text(json_get(list, "kind")), text_from(kind)) ||
		!text_is(json_as_text(json_get(list, "round")), replaying->of->rules.round) ||
		!text_is(json_as_text(json_get(list, "rules")), hex_text(replaying->arena, DIGEST_TEXT(rules))))
		return no(replaying, N_("A list is not of this round, or not the next."), TEXT(""));
	JsonEach each = json_each(json_get(list, "units"));
	for (; json_next(&each); at++) {
		if (at == step->units.count) break;
		const Place *place = map_get(replaying->places, step->units.at[at].application);
		Text direction = replaying->of->rules.directions[place->direction].tag;
		if (!json_as_int(json_get(each.value, "stars"), &stars) || stars != place->stars ||
			!text_is(json_as_text(json_get(each.value, "direction")), direction))
			return no(replaying, N_("Application %s stands on the list otherwise than it was decided."), place->applicant->id);
	}
	return (at == step->units.count && !json_next(&each)) || no(replaying, N_("A list names others than it was decided."), TEXT(""));
}

static void put_list(Replaying *replaying, const DossierStep *step, Json list, bool is_publicity)
{
	Digest digest = sha256(step->list);
	put_step(replaying, "list", step);
	json_key(&replaying->writer, TEXT("list"));
	json_copy(&replaying->writer, list);
	json_put_text(&replaying->writer, "sha256", hex_text(replaying->arena, DIGEST_TEXT(digest)));
	json_key(&replaying->writer, TEXT("units"));
	json_array_begin(&replaying->writer);
	for (size_t i = 0; i < step->units.count; i++) {
		const Place *place = map_get(replaying->places, step->units.at[i].application);
		json_object_begin(&replaying->writer);
		json_put_text(&replaying->writer, "application", place->applicant->id);
		json_put_int(&replaying->writer, "stars", place->stars);
		if (is_publicity) json_put_bool(&replaying->writer, "faultless", place->is_faultless);
		if (is_publicity) json_put_int(&replaying->writer, "ruleStars", place->rule_stars);
		json_end(&replaying->writer);
	}
	json_end(&replaying->writer);
	json_end(&replaying->writer);
}

static bool list(Replaying *replaying, const DossierStep *step)
{
	Json list;
	if (!replaying->is_inspected || !json_parse(replaying->arena, step->list, &list, NULL))
		return no(replaying, N_("A list was decided before its time, or cannot be read."), TEXT(""));
	bool is_publicity = text_is(json_as_text(json_get(list, "kind")), TEXT("publicity"));
	int64_t *count = is_publicity ? &replaying->publicities : &replaying->announcements;
	if (!take_units(replaying, step, is_publicity) || (is_publicity && !check_publicity(replaying, step)) ||
		!check_words(replaying, step, list, is_publicity ? "publicity" : "announcement", ++*count))
		return false;
	put_list(replaying, step, list, is_publicity);
	return true;
}

static bool play(Replaying *replaying)
{
	static bool (*const kinds[])(Replaying * replaying, const DossierStep *step) = { [STEP_DEPART] = depart,
		[STEP_PROMOTE] = promote,
		[STEP_REINSTATE] = reinstate,
		[STEP_INSPECTED] = inspected,
		[STEP_LIST] = list };
	json_key(&replaying->writer, TEXT("steps"));
	json_array_begin(&replaying->writer);
	for (size_t i = 0; i < replaying->of->steps.count; i++)
		if (!kinds[replaying->of->steps.at[i].kind](replaying, &replaying->of->steps.at[i])) return false;
	json_end(&replaying->writer);
	return true;
}

/* ---- Who stands in the end */
static void put_standing(Replaying *replaying)
{
	json_key(&replaying->writer, TEXT("standing"));
	json_array_begin(&replaying->writer);
	for (size_t d = 0; d < replaying->of->rules.direction_count; d++) {
		const DossierResult *result = &replaying->results[d];
		json_object_begin(&replaying->writer);
		json_put_text(&replaying->writer, "direction", replaying->of->rules.directions[d].tag);
		json_key(&replaying->writer, TEXT("applications"));
		json_array_begin(&replaying->writer);
		for (size_t i = 0; i < result->panel.applicant_count; i++) {
			const Place *place = place_at(replaying, d, i);
			if (!stands(place)) continue;
			json_object_begin(&replaying->writer);
			json_put_text(&replaying->writer, "application", place->applicant->id);
			json_put_text(&replaying->writer, "by", text_from(way_tags[place->way]));
			json_put_int(&replaying->writer, "rank", result->placings[i].rank);
			json_put_bool(&replaying->writer, "listed", place->is_listed);
			json_put_bool(&replaying->writer, "announced", place->is_announced);
			json_put_int(&replaying->writer, "stars", place->stars);
			json_end(&replaying->writer);
		}
		json_end(&replaying->writer);
		json_end(&replaying->writer);
	}
	json_end(&replaying->writer);
}

bool dossier_decided_write(Arena *arena, const Dossier *dossier, const DossierResult *results, Text *out, DossierFault *out_fault)
{
	Replaying replaying = { .arena = arena,
		.of = dossier,
		.results = results,
		.fault = out_fault,
		.places = map_new(arena),
		.buffer = { .arena = arena } };
	replaying.writer = json_writer(&replaying.buffer);
	begin(&replaying);
	json_object_begin(&replaying.writer);
	if (!play(&replaying)) return false;
	put_standing(&replaying);
	json_end(&replaying.writer);
	json_finish(&replaying.writer);
	*out = canonical_text(arena, buffer_text(&replaying.buffer));
	return true;
}

/* ---- Reading the steps */
static const char *const step_tags[] = { [STEP_DEPART] = "depart",
	[STEP_PROMOTE] = "promote",
	[STEP_REINSTATE] = "reinstate",
	[STEP_INSPECTED] = "inspected",
	[STEP_LIST] = "list" };

static bool unit_read(Arena *arena, Json value, DossierStep *step)
{
	DossierUnit unit = { .application = json_as_text(json_get(value, "application")),
		.is_faultless = json_as_bool(json_get(value, "faultless")) };
	if (!unit.application.length || !json_as_int(json_get(value, "stars"), &unit.stars) || step->units.count == PANEL_APPLICANTS_MAX)
		return false;
	list_add(arena, &step->units, unit);
	return true;
}

static bool step_read(Arena *arena, Json value, DossierStep *out)
{
	Text tag = json_as_text(json_get(value, "step")), application = json_as_text(json_get(value, "application")),
	     reason = json_as_text(json_get(value, "reason"));
	size_t kind = 0;
	Buffer again = { .arena = arena };
	while (kind < COUNT(step_tags) && !text_is(tag, text_from(step_tags[kind]))) kind++;
	if (!tag.at || kind == COUNT(step_tags)) return false;
	*out = (DossierStep) { .kind = (DossierStepKind)kind,
		.application = application.at ? application : TEXT(""),
		.reason = reason.at ? reason : TEXT("") };
	if (kind != STEP_LIST) return kind == STEP_INSPECTED || application.length;
	if (!canonical_write(&again, json_get(value, "list"))) return false;
	out->list = buffer_text(&again);
	JsonEach each = json_each(json_get(value, "units"));
	while (json_next(&each))
		if (!unit_read(arena, each.value, out)) return false;
	return true;
}

bool dossier_decided_read(Arena *arena, Json decided, Dossier *out)
{
	out->is_decided = true;
	JsonEach each = json_each(json_get(decided, "steps"));
	while (json_next(&each)) {
		DossierStep step;
		if (out->steps.count == DOSSIER_STEPS_MAX || !step_read(arena, each.value, &step)) return false;
		list_add(arena, &out->steps, step);
	}
	return true;
}
