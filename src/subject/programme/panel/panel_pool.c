/* Who may be drawn: conflicts from four sides, and the pool that is frozen before chance exists. */
#include "base/base/clock.h"
#include "base/base/random.h"
#include "people/notice/notice.h"
#include "store/seal/seal.h"
#include "subject/interest/interest.h"
#include "subject/merit/merit.h"
#include "subject/programme/panel/panel_private.h"

#include <stdlib.h>

#define YEAR_MS ((int64_t)365 * 86400000)
#define SOURCE_AHEAD_MS ((int64_t)24 * 3600000)

/* ---- Names of those who are not to judge */
static Error add_recusal(Call *call, const Application *application, int64_t expert_id, const Map *values, const Form *form)
{
	Text ref = random_code(call->arena, 16);
	Sealed content;
	TRY(seal_close(
		call, application->seal_key, "panel_recusal|sealed_content", ref, form_values_text(call->arena, form, values), &content));
	return recusal_insert(call, ref, application->round_id, application->id, (Maybe) { expert_id != 0, expert_id }, content,
		call->actor->person_id, call->now);
}

static Error content_of(Call *call, const RecusalRow *row, Map **out)
{
	Text json;
	const Form *form = row->expert_id.is ? &panel_recusal_form : &panel_applicant_form;
	TRY(seal_open(call, "panel_recusal|sealed_content", row->ref, row->sealed_content, &json));
	return form_values_read(call, form, json.at ? json : TEXT("{}"), out);
}

typedef struct Naming {
	Text ref;
	const Map *values;
} Naming;

static Error open_lodged(Call *call, Text ref, int64_t round_id, Application *out)
{
	Error error = application_open(call, ref, out);
	if (error != OK && error != ERROR_NOT_FOUND) return error;
	if (error != OK) call_pass_over(call);
	if (error != OK || out->round_id != round_id)
		call_problem(call, TEXT("application"), N_("No application of this round has this number."), (Text) { 0 });
	return OK;
}

static Error find_expert(Call *call, Text ref, Expert *out)
{
	Error error = expert_open(call, ref, out);
	if (error != OK && error != ERROR_NOT_FOUND) return error;
	if (error != OK) call_pass_over(call);
	if (error != OK) call_problem(call, TEXT("expert"), N_("No expert of the library has this number."), (Text) { 0 });
	return OK;
}

static Error recuse(Call *call, void *argument)
{
	const Naming *naming = argument;
	PanelState *state = arena_new_of(call->arena, PanelState);
	Application application = { 0 };
	Expert expert = { 0 };
	TRY(panel_office(call, naming->ref, ROLE_SECRETARY, state));
	if (state->is_frozen) return fail(call, CONFLICT, "the pool of %.*s is frozen", TEXT_ARGS(naming->ref));
	TRY(open_lodged(call, text_trim(form_answer(naming->values, "application")), state->round.id, &application));
	TRY(find_expert(call, text_trim(form_answer(naming->values, "expert")), &expert));
	TRY(call_check_problems(call));
	state->draw.seal_key = application.seal_key;
	TRY(add_recusal(call, &application, expert.id, naming->values, &panel_recusal_form));
	return panel_record(call, state, "recuse", form_values_text(call->arena, &panel_recusal_form, naming->values));
}

Error panel_recuse(Call *call, Text ref, const Map *values)
{
	Naming naming = { ref, values };
	TRY(form_check(call, &panel_recusal_form, values));
	return db_transact(call, recuse, &naming);
}

static Error name_expert(Call *call, void *argument)
{
	const Naming *naming = argument;
	PanelState *state = arena_new_of(call->arena, PanelState);
	Application application;
	RecusalRows named;
	TRY(application_open(call, naming->ref, &application));
	if (!application.is_admin) return fail(call, FORBIDDEN, "only the applicant names experts");
	TRY(panel_state_of(call, application.round_id, state));
	if (state->is_frozen) return fail(call, CONFLICT, "the pool is frozen");
	TRY(recusal_of_applicant(call, application.id, &named));
	if (named.count >= 3) {
		call_problem(call, TEXT("name"), N_("At most three experts may be named."), (Text) { 0 });
		return call_check_problems(call);
	}
	state->draw.seal_key = application.seal_key;
	TRY(add_recusal(call, &application, 0, naming->values, &panel_applicant_form));
	return panel_record(call, state, "name", form_values_text(call->arena, &panel_applicant_form, naming->values));
}

Error panel_name_expert(Call *call, Text application, const Map *values)
{
	Naming naming = { application, values };
	TRY(form_check(call, &panel_applicant_form, values));
	return db_transact(call, name_expert, &naming);
}

/* ---- Conflicts */
struct PanelApplicants { /* of one direction, and whom they and the office do not want to judge */
	ApplicationLines lines;
	LIST_OF(ExpertParty) parties; /* like lines */
	Numbers organisations;
	Numbers experts; /* recused by their number … */
	Texts names; /* … and by their name */
};

static Error find_parties(Call *call, PanelApplicants *applicants)
{
	for (size_t i = 0; i < applicants->lines.count; i++) {
		const ApplicationLine *line = &applicants->lines.at[i];
		ExpertParty party = { .code = line->credit_code, .name = line->organisation };
		TRY(group_codes(call, line->organisation_id, call->now, &party.group));
		list_add(call->arena, &applicants->parties, party);
		list_add(call->arena, &applicants->organisations, line->organisation_id);
	}
	return OK;
}

static bool holds(const ApplicationLines *lines, int64_t application_id)
{
	for (size_t i = 0; i < lines->count; i++)
		if (lines->at[i].id == application_id) return true;
	return false;
}

static Error find_recusals(Call *call, int64_t round_id, PanelApplicants *applicants)
{
	RecusalRows rows;
	TRY(recusal_list(call, round_id, PANEL_RECUSALS_MAX, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		Map *values;
		if (!holds(&applicants->lines, rows.at[i].application_id)) continue;
		TRY(content_of(call, &rows.at[i], &values));
		if (rows.at[i].expert_id.is)
			list_add(call->arena, &applicants->experts, rows.at[i].expert_id.value);
		else
			list_add(call->arena, &applicants->names, text_trim(form_answer(values, "name")));
	}
	return OK;
}

static Error find_applicants(Call *call, const PanelState *state, Text direction, PanelApplicants *out)
{
	TRY(application_in_round(call, state->round.id, direction, TEXT("QUALIFIED"), 0, PANEL_ENTRIES_MAX, &out->lines));
	TRY(find_parties(call, out));
	return find_recusals(call, state->round.id, out);
}

Error panel_applicants_of(Call *call, const ApplicationLine *line, PanelApplicants **out)
{
	PanelApplicants *applicants = arena_new_of(call->arena, PanelApplicants);
	list_add(call->arena, &applicants->lines, *line);
	TRY(find_parties(call, applicants));
	TRY(find_recusals(call, line->round_id, applicants));
	*out = applicants;
	return OK;
}

static bool is_recused(const Expert *expert, const PanelApplicants *applicants)
{
	for (size_t i = 0; i < applicants->experts.count; i++)
		if (applicants->experts.at[i] == expert->id) return true;
	for (size_t i = 0; i < applicants->names.count; i++)
		if (text_is(applicants->names.at[i], expert->name)) return true;
	return false;
}

/* With any of them: ties of the expert's, declared interests, reports sent together, and whom somebody named. */
Error panel_has_conflict(Call *call, const Expert *expert, const PanelApplicants *applicants, bool *out)
{
	const InterestMatter matter = { .organisations = applicants->organisations };
	const char *why = NULL;
	int64_t joint = 0;
	*out = is_recused(expert, applicants);
	for (size_t i = 0; i < applicants->parties.count && !*out; i++)
		*out = expert_tie(expert, &applicants->parties.at[i], call->now) != NULL;
	if (*out || !applicants->organisations.count) return OK;
	TRY(interest_against(call, expert->person_id, &matter, &why));
	TRY(joint_reports(call, expert->person_id, applicants->organisations, &joint));
	*out = why || joint;
	return OK;
}

/* ---- The pool */
typedef struct Candidate {
	Expert expert;
	Digest leaf;
	uint32_t specialty;
	Text salt, group;
} Candidate;
typedef LIST_OF(Candidate) Candidates;

static int compare_candidates(const void *a, const void *b)
{
	return memcmp(&((const Candidate *)a)->leaf, &((const Candidate *)b)->leaf, sizeof(Digest));
}

/* The first specialty of the expert's that the round asks for. */
static bool specialty_of(const RoundRules *rules, const Expert *expert, uint32_t *out)
{
	Text rest = form_answer(expert->profile, "specialties"), line;
	while (text_next(&rest, '\n', &line))
		for (uint32_t s = 0; s < rules->specialty_count; s++)
			if (text_is(text_trim(line), rules->specialties[s])) {
				*out = s;
				return true;
			}
	return false;
}

static Error has_room(Call *call, const Expert *expert, bool *out)
{
	int64_t seats = 0, most = 0;
	TRY(seats_since(call, expert->id, call->now - YEAR_MS, &seats));
	*out = !text_to_int(form_answer(expert->profile, "panels_a_year"), &most) || seats < most;
	return OK;
}

static Error gather(Call *call, const RoundRules *rules, Candidates *out)
{
	Experts experts;
	TRY(expert_available(call, &experts));
	for (size_t i = 0; i < experts.count && out->count < DOSSIER_POOL_MAX; i++) {
		Candidate candidate = { .expert = experts.at[i] };
		bool room = false;
		TRY(has_room(call, &candidate.expert, &room));
		if (!room || !specialty_of(rules, &candidate.expert, &candidate.specialty)) continue;
		Key salt = key_random();
		candidate.salt = arena_copy(call->arena, (Text) { (const char *)salt.at, DRAW_SALT_BYTES });
		Text parent = expert_parent_code(&candidate.expert);
		candidate.group = parent.length ? parent : expert_employer_code(&candidate.expert);
		if (!draw_leaf(candidate.salt, candidate.expert.ref, rules->specialties[candidate.specialty],
			    expert_employer_code(&candidate.expert), &candidate.leaf))
			return fail(call, CORRUPT, "expert %.*s", TEXT_ARGS(candidate.expert.ref));
		list_add(call->arena, out, candidate);
	}
	if (out->count > 1) qsort(out->at, out->count, sizeof(*out->at), compare_candidates);
	return OK;
}

/* "G001" in the order of the leaves, which is chance: the same group, the same pseudonym, and nothing more is told. A parent that is an employer
 * of others is their group too. */
static void name_groups(Arena *arena, Candidates *candidates)
{
	Map *names = map_new(arena);
	for (size_t i = 0; i < candidates->count; i++) {
		Text *name = map_get(names, candidates->at[i].group);
		if (!name) {
			name = arena_new_of(arena, Text);
			*name = arena_printf(arena, "G%03zu", map_count(names) + 1);
			map_put(names, candidates->at[i].group, name);
		}
		candidates->at[i].group = *name;
	}
}

static Error find_conflicts(Call *call, const Candidates *candidates, const PanelApplicants *applicants, Text *out)
{
	char *bits = arena_alloc(call->arena, candidates->count + 1);
	for (size_t i = 0; i < candidates->count; i++) {
		bool is_tied = false;
		ArenaMark mark = arena_mark(call->arena);
		TRY(panel_has_conflict(call, &candidates->at[i].expert, applicants, &is_tied));
		arena_release(call->arena, mark);
		bits[i] = is_tied ? '1' : '0';
	}
	*out = (Text) { bits, candidates->count };
	return OK;
}

static Text opening_text(Arena *arena, const Candidate *candidate)
{
	Buffer buffer = { .arena = arena };
	JsonWriter writer = json_writer(&buffer);
	json_object_begin(&writer);
	json_put_text(&writer, "salt", hex_text(arena, candidate->salt));
	json_put_text(&writer, "expert", candidate->expert.ref);
	json_put_text(&writer, "employer", expert_employer_code(&candidate->expert));
	json_end(&writer);
	json_finish(&writer);
	return buffer_text(&buffer);
}

static Error store_leaves(Call *call, const PanelState *state, const Candidates *candidates)
{
	for (size_t i = 0; i < candidates->count; i++) {
		const Candidate *candidate = &candidates->at[i];
		Text leaf = hex_text(call->arena, DIGEST_TEXT(candidate->leaf));
		Sealed opening;
		TRY(seal_close(
			call, state->draw.seal_key, "panel_leaf|sealed_opening", leaf, opening_text(call->arena, candidate), &opening));
		TRY(leaf_insert(
			call, state->draw.id, (int64_t)i, leaf, candidate->specialty, candidate->group, candidate->expert.id, opening));
	}
	return OK;
}

static Error store_panel(Call *call, const PanelState *state, size_t at, const Candidates *candidates, Text *out_commitment)
{
	const DirectionRules *rules = &state->dossier.rules.directions[at];
	PanelApplicants applicants = { 0 };
	Text bits, ref = arena_printf(call->arena, "P-%.*s", TEXT_ARGS(random_code(call->arena, 10)));
	Key nonce = key_random();
	Sealed sealed;
	int64_t id = 0;
	TRY(find_applicants(call, state, rules->tag, &applicants));
	TRY(find_conflicts(call, candidates, &applicants, &bits));
	Digest commitment = draw_conflicts(state->dossier.rules.round, rules->tag, &nonce, bits);
	*out_commitment = hex_text(call->arena, DIGEST_TEXT(commitment));
	Text json = arena_printf(call->arena, "{\"bits\":\"%.*s\",\"nonce\":\"%.*s\"}", TEXT_ARGS(bits),
		TEXT_ARGS(hex_text(call->arena, (Text) { (const char *)nonce.at, sizeof(nonce.at) })));
	TRY(seal_close(call, state->draw.seal_key, "panel|sealed_conflicts", ref, json, &sealed));
	TRY(panel_insert(call, ref, state->draw.id, rules->tag, *out_commitment, sealed, &id));
	for (size_t i = 0; i < applicants.lines.count; i++) { /* the points stand still from here on: they may decide a tie */
		int64_t points = 0;
		TRY(merit_contribution(call, applicants.lines.at[i].organisation_id, &points));
		TRY(entry_insert(call, id, applicants.lines.at[i].id, points));
	}
	return OK;
}

/* With a source of no meaning: whether the seats can be filled at all, before anybody relies on it. */
static Error check_feasible(Call *call, const PanelState *frozen)
{
	PanelState *trial = arena_new_of(call->arena, PanelState);
	RoundSeats seats;
	DossierFault fault;
	TRY(panel_state_load(call, &frozen->round, trial));
	trial->dossier.source = TEXT("trial");
	if (dossier_seats(call->arena, &trial->dossier, &seats, &fault)) return OK;
	call_problem(call, TEXT("source"), fault.why, fault.argument);
	return call_check_problems(call);
}

static Error check_settled(Call *call, const PanelState *state)
{
	static const char *const open[] = { "SUBMITTED", "HASHED", "IN_CHECK", "RETURNED", "APPEAL" };
	int64_t waiting = 0, qualified = 0;
	if (!panel_is_in(state, "MATERIAL_REVIEW") || state->is_frozen)
		return fail(call, CONFLICT, "round %.*s is not in the material review", TEXT_ARGS(state->round.ref));
	for (size_t i = 0; i < COUNT(open); i++) {
		int64_t count = 0;
		TRY(application_count(call, state->round.id, text_from(open[i]), &count));
		waiting += count;
	}
	TRY(application_count(call, state->round.id, TEXT("QUALIFIED"), &qualified));
	if (waiting)
		call_problem(call, TEXT("source"), N_("Some applications are not decided yet."), (Text) { 0 });
	else if (!qualified)
		call_problem(call, TEXT("source"), N_("No application has passed the material review."), (Text) { 0 });
	return call_check_problems(call);
}

static void put_digest(JsonWriter *writer, Arena *arena, const char *key, Digest digest)
{
	json_put_text(writer, key, hex_text(arena, DIGEST_TEXT(digest)));
}

static Error freeze(Call *call, void *argument)
{
	const Naming *naming = argument;
	PanelState *state = arena_new_of(call->arena, PanelState);
	Candidates candidates = { 0 };
	int64_t source_at = 0;
	Buffer detail = { .arena = call->arena };
	JsonWriter writer = json_writer(&detail);
	Text source = text_trim(form_answer(naming->values, "source"));
	TRY(panel_office(call, naming->ref, ROLE_SECRETARY, state));
	TRY(check_settled(call, state));
	if (!round_instant(text_trim(form_answer(naming->values, "source_on")), &source_at)) source_at = 0;
	if (source_at < call->now + SOURCE_AHEAD_MS)
		call_problem(call, TEXT("source_on"), N_("It must lie at least 24 hours ahead."), (Text) { 0 });
	TRY(call_check_problems(call));
	TRY(gather(call, &state->dossier.rules, &candidates));
	name_groups(call->arena, &candidates);
	Digest *leaves = arena_array_of(call->arena, Digest, candidates.count + 1);
	for (size_t i = 0; i < candidates.count; i++) leaves[i] = candidates.at[i].leaf;
	Digest root = draw_root(leaves, candidates.count);
	TRY(seal_matter_new(call, &state->draw.seal_key));
	TRY(draw_insert(call, state->round.id, state->draw.seal_key, hex_text(call->arena, DIGEST_TEXT(root)), (int64_t)candidates.count,
		source, source_at, call->actor->person_id, call->now, &state->draw.id));
	TRY(store_leaves(call, state, &candidates));
	json_object_begin(&writer);
	put_digest(&writer, call->arena, "root", root);
	json_put_int(&writer, "size", (int64_t)candidates.count);
	json_put_text(&writer, "rules", state->round.rules_sha256);
	json_put_text(&writer, "source", source);
	json_put_text(&writer, "sourceAt", clock_iso(call->arena, source_at));
	for (size_t d = 0; d < state->dossier.rules.direction_count; d++) {
		Text commitment;
		TRY(store_panel(call, state, d, &candidates, &commitment));
		json_put_text(&writer, arena_string(call->arena, state->dossier.rules.directions[d].tag), commitment);
	}
	json_end(&writer);
	json_finish(&writer);
	TRY(check_feasible(call, state));
	TRY(panel_record(call, state, "freeze", buffer_text(&detail)));
	return panel_round_moves(call, state, "draw");
}

Error panel_freeze(Call *call, Text ref, const Map *values)
{
	Naming naming = { ref, values };
	TRY(form_check(call, &panel_freeze_form, values));
	return db_transact(call, freeze, &naming);
}
