/* Verification: the undertaking, the verdicts of two verifiers, the ratings, and which part is affected. */
#include "base/base/random.h"
#include "engine/rating/rating.h"
#include "people/person/person.h"
#include "store/seal/seal.h"
#include "subject/casefile/casefile_private.h"

enum { UNDERTAKING_VERSION = 1 };

static Maybe actor_id(const Call *call) { return (Maybe) { true, call->actor->person_id }; }
static Maybe organisation_of(const Call *call) { return (Maybe) { call->actor->organisation_id != 0, call->actor->organisation_id }; }

/* ---- Assigning */
static const char *unfit(const CasefileFacts *facts, const char *part, const Person *person)
{
	bool is_second = !strcmp(part, "second");
	if (is_second && casefile_has_verified(facts, person->id))
		return N_("The second verifier has to be another person than the first.");
	if (!is_second && facts->second_id == person->id) return N_("This person is the second verifier.");
	return casefile_interest(facts, person->id, person->organisation_id);
}

/* The first verifier's unit: of two verifiers from units, the units differ. Staff of the library has none. */
static Error same_unit(Call *call, const CasefileFacts *facts, const char *part, const Person *person, const char **out_why)
{
	Person first;
	if (strcmp(part, "second") != 0 || !facts->verified_by_id || !person->organisation_id) return OK;
	TRY(person_find(call, facts->verified_by_id, &first));
	if (first.organisation_id == person->organisation_id) *out_why = N_("The second verifier has to come from another organisation.");
	return OK;
}

Error casefile_unfit(
	Call *call, int64_t casefile_id, const CasefileFacts *facts, const char *part, const Person *person, const char **out_why)
{
	*out_why = unfit(facts, part, person);
	if (!*out_why) TRY(same_unit(call, facts, part, person, out_why));
	if (!*out_why) TRY(casefile_interest_of(call, casefile_id, person->id, out_why));
	return *out_why ? OK : absence_against(call, &casefile_machine, casefile_id, person->id, out_why);
}

Error casefile_assign(Call *call, const CasefileRow *row, const CasefileFacts *facts, const char *part, Text handle)
{
	Person person;
	bool is_found;
	const char *why = NULL;
	TRY(role_find_holder(call, handle, ROLE_VERIFIER, &person, &is_found));
	if (!is_found)
		why = N_("There is no verifier of this name.");
	else
		TRY(casefile_unfit(call, row->id, facts, part, &person, &why));
	if (why) call_problem(call, TEXT("verifier"), why, (Text) { 0 });
	TRY(call_check_problems(call));
	TRY(workflow_assign(call, &casefile_machine, row->id, part, person.id));
	return notice_send(
		call, person.id, NOTICE_CASE_ASSIGNED, row->ref, arena_printf(call->arena, "/casefiles/%.*s", TEXT_ARGS(row->ref)));
}

Error verify_assign(const CaseChange *change)
{
	change->row->is_refuted = false;
	return casefile_assign(change->call, change->row, change->casefile->facts, "verifier", form_answer(change->values, "verifier"));
}

Error verify_assign_second(const CaseChange *change)
{
	return casefile_assign(change->call, change->row, change->casefile->facts, "second", form_answer(change->values, "verifier"));
}

/* ---- Undertaking */
Error verify_undertake(const CaseChange *change)
{
	return casefile_undertake(change->call, change->row->id, change->call->actor->person_id, UNDERTAKING_VERSION, change->call->now);
}

/* ---- Verdicts and ratings */
static Error add_verification(const CaseChange *change, Text verdict)
{
	Call *call = change->call;
	Text ref = random_code(call->arena, 16);
	Sealed evidence;
	TRY(seal_close(
		call, change->row->seal_key, "verification|sealed_evidence", ref, form_answer(change->values, "evidence"), &evidence));
	return casefile_verification_add(
		call, ref, change->row->id, call->actor->person_id, organisation_of(call), verdict, evidence, call->now);
}

static Text vectors_text(Arena *arena, Text gbt30279, Text cvss)
{
	Buffer buffer = { .arena = arena };
	JsonWriter writer = json_writer(&buffer);
	json_object_begin(&writer);
	json_put_text(&writer, "gbt30279", gbt30279);
	json_put_text(&writer, "cvss", cvss);
	json_end(&writer);
	json_finish(&writer);
	return buffer_text(&buffer);
}

static bool score_level(const Rating *rating, const char *tag, Text *out)
{
	for (size_t i = 0; i < rating->score_count; i++) {
		if (strcmp(rating->scores[i].tag, tag) != 0 || !rating->scores[i].has_level) continue;
		*out = text_from(level_tag(rating->scores[i].level));
		return true;
	}
	return false;
}

Error casefile_add_rating(
	Call *call, const CasefileRow *row, const RatingAuthor *author, Text gbt30279, Text cvss, Text *out_technical, Text *out_overall)
{
	Rating rating;
	RatingError error;
	Sealed sealed;
	Text ref = random_code(call->arena, 16), technical = TEXT("none"), overall = { 0 };
	if (rating_parse(gbt30279, &rating, &error)) {
		(void)score_level(&rating, "technical", &technical);
		(void)score_level(&rating, "overall", &overall);
	}
	TRY(seal_close(call, row->seal_key, "rating|sealed_vectors", ref, vectors_text(call->arena, gbt30279, cvss), &sealed));
	if (out_technical) *out_technical = technical;
	if (out_overall) *out_overall = overall;
	return casefile_rating_add(
		call, ref, row->id, text_from(author->who), author->person, author->organisation, technical, overall, sealed, call->now);
}

static Error rate(const CaseChange *change, const char *who, Text *out_technical, Text *out_overall)
{
	RatingAuthor author = { who, actor_id(change->call), organisation_of(change->call) };
	return casefile_add_rating(change->call, change->row, &author, form_answer(change->values, "gbt30279"),
		form_answer(change->values, "cvss"), out_technical, out_overall);
}

static Error add_part(const CaseChange *change)
{
	Call *call = change->call;
	Sealed details;
	Text ref = random_code(call->arena, 16),
	     json = form_values_text(call->arena, casefile_action_form("casefile-part"), change->values);
	TRY(seal_close(call, change->row->seal_key, "affected_part|sealed_details", ref, json, &details));
	return casefile_part_add(
		call, ref, change->row->id, form_answer(change->values, "part"), details, call->actor->person_id, call->now);
}

Error verify_add_part(const CaseChange *change) { return add_part(change); }

Error verify_confirm(const CaseChange *change)
{
	CasefileRow *row = change->row;
	TRY(rate(change, "verifier", &row->technical_level, &row->level));
	row->class = form_answer(change->values, "class");
	row->verified_by = actor_id(change->call);
	row->second_by = (Maybe) { 0 };
	row->is_refuted = false;
	TRY(add_part(change));
	return add_verification(change, TEXT("reproduced"));
}

/* The second verdict stands beside the first and changes no level: where they differ, the coordinator returns the casefile. */
Error verify_second(const CaseChange *change)
{
	change->row->second_by = actor_id(change->call);
	TRY(rate(change, "second", NULL, NULL));
	return add_verification(change, TEXT("reproduced"));
}

Error verify_refute(const CaseChange *change)
{
	change->row->is_refuted = true;
	return add_verification(change, TEXT("not-reproduced"));
}
