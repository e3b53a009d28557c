#include "engine/selection/dossier_private.h"

const char *const correction_reasons[4] = { "sum", "range", "objective", "abnormal" };

typedef struct Reading {
	Arena *arena;
	Dossier *of;
	DossierFault *fault;
	Text member;
} Reading;

static bool no(const Reading *reading, const char *why, Text argument)
{
	*reading->fault = (DossierFault) { why, argument };
	return false;
}
static bool not_so(const Reading *reading) { return no(reading, N_("%s is not of the shape of a dossier's members."), reading->member); }

static Text text_of(Json object, const char *key) { return json_as_text(json_get(object, key)); }

static bool bytes_of(Arena *arena, Json object, const char *key, size_t length, Text *out)
{
	Text hex = text_of(object, key);
	return hex.at && hex_parse(arena, hex, out) && out->length == length;
}

static bool key_of(Arena *arena, Json object, const char *key, Key *out)
{
	Text bytes;
	if (!bytes_of(arena, object, key, sizeof(out->at), &bytes)) return false;
	memcpy(out->at, bytes.at, sizeof(out->at));
	return true;
}

/* The member as JSON; it must be canonical. */
static bool member_read(Reading *reading, const ArchiveMembers *members, const char *name, Json *out)
{
	const ArchiveMember *member = archive_find(members, name);
	Buffer again = { .arena = reading->arena };
	reading->member = text_from(name);
	if (!member) return no(reading, N_("%s is missing."), reading->member);
	if (!json_parse(reading->arena, member->content, out, NULL)) return no(reading, N_("%s is no JSON."), reading->member);
	if (!canonical_write(&again, *out) || !text_is(buffer_text(&again), member->content))
		return no(reading, N_("%s is not in the canonical form."), reading->member);
	return true;
}

static bool rules_read(Reading *reading, const ArchiveMembers *members)
{
	Json json;
	size_t direction;
	const char *why;
	if (!member_read(reading, members, "rules.json", &json)) return false;
	if (!round_rules_read(json, &reading->of->rules, &direction, &why)) return no(reading, why, TEXT(""));
	reading->of->rules_json = archive_find(members, "rules.json")->content;
	return true;
}

static bool specialty_find(const RoundRules *rules, Text name, uint32_t *out)
{
	for (uint32_t i = 0; i < rules->specialty_count; i++)
		if (text_is(rules->specialties[i], name)) {
			*out = i;
			return true;
		}
	return false;
}

static bool pool_read(Reading *reading, const ArchiveMembers *members)
{
	Json json;
	Dossier *of = reading->of;
	if (!member_read(reading, members, "pool.json", &json)) return false;
	JsonEach each = json_each(json_get(json, "pool"));
	while (json_next(&each)) {
		Text bytes;
		PoolEntry entry = { .group = text_of(each.value, "group") };
		if (!bytes_of(reading->arena, each.value, "leaf", sizeof(Digest), &bytes) || !digest_from(bytes, &entry.leaf) ||
			!entry.group.at || !specialty_find(&of->rules, text_of(each.value, "specialty"), &entry.specialty) ||
			of->pool.count == DOSSIER_POOL_MAX)
			return not_so(reading);
		if (of->pool.count && memcmp(&of->pool.at[of->pool.count - 1].leaf, &entry.leaf, sizeof(Digest)) >= 0)
			return no(reading, N_("The leaves of the pool are not in order."), TEXT(""));
		list_add(reading->arena, &of->pool, entry);
	}
	return true;
}

static bool leaf_find(const Reading *reading, Json object, uint32_t *out)
{
	int64_t at;
	if (!json_as_int(json_get(object, "index"), &at) || at < 0 || at >= (int64_t)reading->of->pool.count) return false;
	*out = (uint32_t)at;
	return true;
}

static bool draw_read(Reading *reading, const ArchiveMembers *members)
{
	Json json;
	if (!member_read(reading, members, "draw.json", &json)) return false;
	reading->of->source = text_of(json, "source");
	if (!reading->of->source.at || text_find(reading->of->source, TEXT("\n"), NULL)) return not_so(reading);
	JsonEach each = json_each(json_get(json, "opened"));
	while (json_next(&each)) {
		Opening opening = { .expert = text_of(each.value, "expert"), .employer = text_of(each.value, "employer") };
		if (!leaf_find(reading, each.value, &opening.leaf) || !opening.expert.length || !opening.employer.at ||
			!bytes_of(reading->arena, each.value, "salt", DRAW_SALT_BYTES, &opening.salt))
			return not_so(reading);
		list_add(reading->arena, &reading->of->openings, opening);
	}
	return true;
}

static bool applications_read(Reading *reading, Json value, DossierDirection *out)
{
	JsonEach each = json_each(json_get(value, "applications"));
	while (json_next(&each)) {
		DossierApplicant applicant = { .id = text_of(each.value, "id"),
			.name = text_of(each.value, "name"),
			.newcomer = json_as_bool(json_get(each.value, "newcomer")) };
		if (!applicant.id.length || !applicant.name.at ||
			!json_as_int(json_get(each.value, "contribution"), &applicant.contribution) ||
			text_find(applicant.id, TEXT("\n"), NULL) || out->applicants.count == PANEL_APPLICANTS_MAX)
			return not_so(reading);
		list_add(reading->arena, &out->applicants, applicant);
	}
	return true;
}

static bool panel_read(Reading *reading, Json value, DossierDirection *out)
{
	out->conflicts = text_of(value, "conflicts");
	if (!key_of(reading->arena, value, "conflictsNonce", &out->conflict_nonce) || out->conflicts.length != reading->of->pool.count)
		return not_so(reading);
	for (size_t i = 0; i < out->conflicts.length; i++)
		if (out->conflicts.at[i] != '0' && out->conflicts.at[i] != '1') return not_so(reading);
	return true;
}

static bool scores_read(Reading *reading, Json value, size_t criteria, DossierSheet *out)
{
	int64_t *scores = arena_array_of(reading->arena, int64_t, criteria);
	Text *reasons = arena_array_of(reading->arena, Text, criteria);
	size_t count = 0;
	JsonEach each = json_each(json_get(value, "scores")), reason = json_each(json_get(value, "reasons"));
	for (; json_next(&each); count++) {
		if (count == criteria || !json_next(&reason) || !json_as_int(each.value, &scores[count])) return false;
		reasons[count] = json_as_text(reason.value);
		if (!reasons[count].at) return false;
	}
	out->scores = scores;
	out->reasons = reasons;
	return count == criteria && !json_next(&reason);
}

static bool corrections_read(Reading *reading, Json value, DossierDirection *out)
{
	JsonEach each = json_each(json_get(value, "corrections"));
	while (json_next(&each)) {
		Correction correction = { .application = text_of(each.value, "application"),
			.expert = text_of(each.value, "expert"),
			.reason = text_of(each.value, "reason") };
		if (!correction.application.length || !correction.expert.length || !correction.reason.length ||
			!json_as_int(json_get(each.value, "criterion"), &correction.criterion) ||
			!json_as_int(json_get(each.value, "was"), &correction.was) ||
			!json_as_int(json_get(each.value, "becomes"), &correction.becomes))
			return not_so(reading);
		list_add(reading->arena, &out->corrections, correction);
	}
	return true;
}

static bool sheets_read(Reading *reading, Json value, DossierDirection *out)
{
	size_t at = (size_t)(out - reading->of->directions), criteria = reading->of->rules.directions[at].rubric.criterion_count;
	JsonEach each = json_each(json_get(value, "sheets"));
	while (json_next(&each)) {
		DossierSheet sheet = { .application = text_of(each.value, "application"), .expert = text_of(each.value, "expert") };
		if (!sheet.application.length || !sheet.expert.length || !key_of(reading->arena, each.value, "nonce", &sheet.nonce) ||
			!scores_read(reading, each.value, criteria, &sheet) || out->sheets.count * criteria > PANEL_CELLS_MAX)
			return not_so(reading);
		list_add(reading->arena, &out->sheets, sheet);
	}
	return corrections_read(reading, value, out);
}

static bool replacements_read(Reading *reading, const ArchiveMembers *members)
{
	Json json;
	const RoundRules *rules = &reading->of->rules;
	if (!member_read(reading, members, "panels.json", &json)) return false;
	JsonEach each = json_each(json_get(json, "replacements"));
	while (json_next(&each)) {
		Replacement replacement = { .reason = text_of(each.value, "reason") };
		Text tag = text_of(each.value, "direction");
		while (replacement.direction < rules->direction_count && !text_is(rules->directions[replacement.direction].tag, tag))
			replacement.direction++;
		if (replacement.direction == rules->direction_count || !leaf_find(reading, each.value, &replacement.leaf) ||
			!replacement.reason.length || reading->of->replacements.count == DOSSIER_REPLACEMENTS_MAX)
			return not_so(reading);
		list_add(reading->arena, &reading->of->replacements, replacement);
	}
	return true;
}

/* One entry per direction of the rules, in their order. */
static bool directions_read(Reading *reading, const ArchiveMembers *members, const char *name,
	bool (*read)(Reading *reading, Json value, DossierDirection *out))
{
	Json json;
	size_t at = 0;
	const RoundRules *rules = &reading->of->rules;
	if (!member_read(reading, members, name, &json)) return false;
	JsonEach each = json_each(json_get(json, "directions"));
	for (; json_next(&each); at++) {
		if (at == rules->direction_count || !text_is(text_of(each.value, "direction"), rules->directions[at].tag))
			return not_so(reading);
		if (!read(reading, each.value, &reading->of->directions[at])) return false;
	}
	return at == rules->direction_count || not_so(reading);
}

/* Only what was packed after a list was decided has it. */
static bool decided_read(Reading *reading, const ArchiveMembers *members)
{
	Json json;
	if (!archive_find(members, "decided.json")) return true;
	if (!member_read(reading, members, "decided.json", &json)) return false;
	return dossier_decided_read(reading->arena, json, reading->of) || not_so(reading);
}

bool dossier_read(Arena *arena, const ArchiveMembers *members, Dossier *out, DossierFault *out_fault)
{
	*out = (Dossier) { 0 };
	Reading reading = { .arena = arena, .of = out, .fault = out_fault };
	return rules_read(&reading, members) && pool_read(&reading, members) && draw_read(&reading, members) &&
	       directions_read(&reading, members, "applications.json", applications_read) &&
	       directions_read(&reading, members, "panels.json", panel_read) && replacements_read(&reading, members) &&
	       directions_read(&reading, members, "sheets.json", sheets_read) && decided_read(&reading, members);
}
