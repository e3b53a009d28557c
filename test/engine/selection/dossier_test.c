#include "engine/selection/dossier.h"
#include "face/doc/zip.h"
#include "harness/test.h"

static const char rules[] =
	"{\"round\":\"2026-1\",\"specialties\":[\"a\",\"b\"],\"directions\":[{\"tag\":\"technical\",\"rubric\":{\"criteria\":["
	"{\"id\":\"c1\",\"weight\":6000,\"maximum\":4000,\"step\":50,\"must\":2000,\"objective\":false},"
	"{\"id\":\"c2\",\"weight\":4000,\"maximum\":3000,\"step\":50,\"must\":0,\"objective\":true}],\"threshold\":6000,\"trim\":[[5,1]],"
	"\"ties\":[\"criterion:c1\",\"median\",\"top\",\"contribution\"],\"reasonOutside\":[60,95]},"
	"\"quota\":{\"places\":2,\"reserve\":1,\"newcomers\":-1},\"stars\":[{\"stars\":2,\"total\":7000,\"criterionPercent\":0,\"places\":"
	"0,"
	"\"newcomers\":true,\"faultless\":false}],\"panel\":{\"seats\":[2,1],\"groupLimit\":1,\"alternatePercent\":40}}]}";

static Signer *signer_of(Test *t, const char *name)
{
	Signer *signer = signer_new(text_from(name));
	CHECK(signer != NULL);
	(void)t;
	return signer;
}

static ArchiveMembers rehearsed(Test *t, const char *seed, size_t applicants)
{
	Dossier *dossier = arena_new_of(t->arena, Dossier);
	DossierFault fault = { 0 };
	ArchiveMembers members;
	if (!rehearsal_play(t->arena, text_from(rules), text_from(seed), applicants, dossier, &fault) ||
		!dossier_members(t->arena, dossier, &members, &fault))
		test_fail(__FILE__, __LINE__, "%s", fault.why);
	return members;
}

/* The members, one of them changed, as the same signer would have signed them. */
static Text packed_with(Test *t, const ArchiveMembers *members, const char *name, Text content, const Signer *signer)
{
	ArchiveMembers changed = { 0 };
	for (size_t i = 0; i < members->count; i++) {
		ArchiveMember member = members->at[i];
		if (text_is(member.name, TEXT("manifest.json")) || text_is(member.name, TEXT("signature.json"))) continue;
		if (name && text_is(member.name, text_from(name))) member.content = content;
		list_add(t->arena, &changed, member);
	}
	return dossier_pack(t->arena, TEXT("2026-1"), &changed, signer);
}

static DossierVerdict verdict_of(Test *t, Text archive, const PublicKey *key)
{
	DossierVerdict verdict;
	dossier_verify(t->arena, archive, key, key ? 1 : 0, &verdict);
	return verdict;
}

TEST(dossier__a_rehearsal_agrees_and_its_signer_is_known_by_key_only)
{
	Signer *signer scoped(signer_free) = signer_of(t, "library"), *other scoped(signer_free) = signer_of(t, "other");
	ArchiveMembers members = rehearsed(t, "1", 6);
	Text archive = packed_with(t, &members, NULL, TEXT(""), signer);
	DossierVerdict verdict = verdict_of(t, archive, NULL);
	CHECK(verdict.consistent && !verdict.signer_known);
	verdict = verdict_of(t, archive, signer_public(signer));
	CHECK(verdict.consistent && verdict.signer_known);
	CHECK(text_is(verdict.round, TEXT("2026-1")) && verdict.rules_sha256.length == 64);
	verdict = verdict_of(t, archive, signer_public(other));
	CHECK(!verdict.consistent && !verdict.signer_known &&
		text_starts(text_from(verdict.fault.why), TEXT("It was signed by another key")));
}

TEST(dossier__any_changed_byte_is_noticed)
{
	Signer *signer scoped(signer_free) = signer_of(t, "library");
	ArchiveMembers members = rehearsed(t, "2", 2);
	Text archive = packed_with(t, &members, NULL, TEXT(""), signer);
	char *bytes = arena_alloc(t->arena, archive.length + 1);
	CHECK(verdict_of(t, archive, NULL).consistent);
	for (size_t i = 0; i < archive.length; i++) {
		ArenaMark mark = arena_mark(t->arena);
		memcpy(bytes, archive.at, archive.length);
		bytes[i] ^= (char)(1 << i % 8);
		if (verdict_of(t, (Text) { bytes, archive.length }, NULL).consistent)
			test_fail(__FILE__, __LINE__, "byte %zu was not noticed", i);
		arena_release(t->arena, mark);
	}
	memcpy(bytes, archive.at, archive.length);
	CHECK(!verdict_of(t, (Text) { bytes, archive.length + 1 }, NULL).consistent);
	for (size_t length = 0; length < archive.length; length += 97)
		CHECK(!verdict_of(t, text_slice(archive, 0, length), NULL).consistent);
}

static bool in_value(Text content, size_t at, Text key)
{
	size_t begin = at;
	while (begin > 0 && content.at[begin] != '"') begin--;
	return text_ends(text_slice(content, 0, begin), key) && content.at[at] != '"';
}

/* Whoever holds the key can sign what they like, but not make it follow from what was decided and committed to. */
TEST(dossier__what_is_computed_cannot_be_signed_away)
{
	static const char *const names[] = { "README.txt", "pool.json", "draw.json", "panels.json", "sheets.json", "result.json",
		"decided.json" };
	Signer *signer scoped(signer_free) = signer_of(t, "library");
	ArchiveMembers members = rehearsed(t, "3", 2);
	for (size_t n = 0; n < COUNT(names); n++) {
		Text content = archive_find(&members, names[n])->content;
		for (size_t i = 0; i < content.length; i += n ? 3 : 101) {
			if (n == 1 && !in_value(content, i, TEXT("\"leaf\":")))
				continue; /* beside the leaves of those who were not called */
			if (n == 3 && in_value(content, i, TEXT("\"reason\":"))) continue; /* why somebody declined: words */
			ArenaMark mark = arena_mark(t->arena);
			char *bytes = arena_alloc(t->arena, content.length + 1);
			memcpy(bytes, content.at, content.length);
			bytes[i] = bytes[i] == '1' ? '2' : bytes[i] == 'a' ? 'b' : (char)(bytes[i] ^ 1);
			Text archive = packed_with(t, &members, names[n], (Text) { bytes, content.length }, signer);
			if (verdict_of(t, archive, signer_public(signer)).consistent)
				test_fail(__FILE__, __LINE__, "%s: byte %zu was not noticed", names[n], i);
			arena_release(t->arena, mark);
		}
	}
}

static Text replaced(Test *t, Text content, Text from, Text to)
{
	size_t at;
	CHECK(text_find(content, from, &at));
	Text parts[] = { text_slice(content, 0, at), to, text_slice(content, at + from.length, content.length) };
	return arena_join(t->arena, parts, 3, TEXT(""));
}

TEST(dossier__the_first_difference_is_named)
{
	Signer *signer scoped(signer_free) = signer_of(t, "library");
	ArchiveMembers members = rehearsed(t, "4", 6);
	Text content = replaced(t, archive_find(&members, "result.json")->content, TEXT("\"rank\":2"), TEXT("\"rank\":3"));
	DossierVerdict verdict = verdict_of(t, packed_with(t, &members, "result.json", content, signer), NULL);
	CHECK(!verdict.consistent);
	CHECK_TEXT(verdict.member, "result.json");
	CHECK_TEXT(verdict.path, "directions[0].applications[1].rank");
	CHECK_TEXT(verdict.expected, "2");
	CHECK_TEXT(verdict.found, "3");
	content = replaced(
		t, archive_find(&members, "draw.json")->content, TEXT("\"source\":\"rehearsal\""), TEXT("\"source\":\"rehearsed\""));
	verdict = verdict_of(t, packed_with(t, &members, "draw.json", content, signer), NULL);
	CHECK(!verdict.consistent); /* another source would have called others */
}

TEST(dossier__a_rehearsal_has_a_decline_a_conflict_a_strange_sheet_and_a_correction)
{
	ArchiveMembers members = rehearsed(t, "5", 6);
	Text panels = archive_find(&members, "panels.json")->content, sheets = archive_find(&members, "sheets.json")->content;
	CHECK(text_find(panels, TEXT("\"reason\":\"declined\""), NULL) && text_find(panels, TEXT("\"out\""), NULL));
	CHECK(text_find(panels, TEXT("1"), NULL) && text_find(sheets, TEXT("\"reason\":\"objective\""), NULL));
	ArchiveMembers again = rehearsed(t, "5", 6), other = rehearsed(t, "6", 6);
	CHECK(text_is(archive_find(&again, "result.json")->content, archive_find(&members, "result.json")->content));
	CHECK(!text_is(archive_find(&other, "result.json")->content, archive_find(&members, "result.json")->content));
}

/* ---- What was decided after the lock */
static Dossier *played(Test *t, const char *seed)
{
	Dossier *dossier = arena_new_of(t->arena, Dossier);
	DossierFault fault = { 0 };
	CHECK(rehearsal_play(t->arena, text_from(rules), text_from(seed), 6, dossier, &fault));
	return dossier;
}

static const char *fault_of(Test *t, const Dossier *dossier)
{
	ArchiveMembers members;
	DossierFault fault = { .why = "" };
	return dossier_members(t->arena, dossier, &members, &fault) ? "" : fault.why;
}

static DossierStep *step_of(Dossier *dossier, DossierStepKind kind, size_t nth)
{
	for (size_t i = 0; i < dossier->steps.count; i++)
		if (dossier->steps.at[i].kind == kind && !nth--) return &dossier->steps.at[i];
	must(false);
	return NULL;
}

static void remove_step(Dossier *dossier, const DossierStep *step)
{
	size_t at = (size_t)(step - dossier->steps.at);
	memmove(&dossier->steps.at[at], &dossier->steps.at[at + 1], (--dossier->steps.count - at) * sizeof(*step));
}

/* Who was placed where: "shortlisted" before "reserve" before the rest, as the result says. */
static Text placed(Test *t, const Dossier *dossier, Outcome outcome)
{
	RoundSeats seats;
	DossierResult result;
	DossierFault fault;
	CHECK(dossier_seats(t->arena, dossier, &seats, &fault) && dossier_result(t->arena, dossier, &seats, 0, &result, &fault));
	for (size_t i = 0; i < result.panel.applicant_count; i++)
		if (result.placings[i].outcome == outcome) return result.panel.applicants[result.placings[i].applicant].id;
	return TEXT("");
}

TEST(dossier__each_who_moves_up_does_so_for_whoever_fell_out_and_with_that_reason)
{
	ArchiveMembers members = rehearsed(t, "8", 6);
	Json decided;
	Dossier *dossier = played(t, "8");
	const DossierStep *fell = step_of(dossier, STEP_DEPART, 0), *up = step_of(dossier, STEP_PROMOTE, 0);
	size_t promotions = 0;
	CHECK(json_parse(t->arena, archive_find(&members, "decided.json")->content, &decided, NULL));
	JsonEach each = json_each(json_get(decided, "steps"));
	while (json_next(&each)) {
		if (!text_is(json_as_text(json_get(each.value, "step")), TEXT("promote"))) continue;
		promotions++;
		CHECK(text_is(json_as_text(json_get(each.value, "application")), up->application));
		CHECK(text_is(json_as_text(json_get(each.value, "for")), fell->application));
		CHECK_TEXT(json_as_text(json_get(each.value, "reason")), "inspection");
	}
	CHECK_INT(promotions, 1);
	CHECK(text_is(fell->application, placed(t, dossier, OUTCOME_SHORTLISTED)));
	CHECK(text_is(up->application, placed(t, dossier, OUTCOME_RESERVE)));
}

TEST(dossier__nobody_moves_up_out_of_turn_or_without_a_free_place)
{
	Dossier *dossier = played(t, "9");
	step_of(dossier, STEP_PROMOTE, 0)->application = placed(t, dossier, OUTCOME_NOT_SELECTED);
	CHECK(strstr(fault_of(t, dossier), "not the next to move up"));
	dossier = played(t, "9");
	remove_step(dossier, step_of(dossier, STEP_DEPART, 0));
	CHECK(strstr(fault_of(t, dossier), "not the next to move up"));
	dossier = played(t, "9");
	remove_step(dossier, step_of(dossier, STEP_PROMOTE, 0));
	CHECK(strstr(fault_of(t, dossier), "waited for a place that was free"));
	dossier = played(t, "9");
	DossierStep late = *step_of(dossier, STEP_PROMOTE, 0);
	list_add(t->arena, &dossier->steps, late);
	CHECK(strstr(fault_of(t, dossier), "not the next to move up")); /* after the inspections nobody does */
	dossier = played(t, "9");
	step_of(dossier, STEP_DEPART, 0)->reason = TEXT("disliked");
	CHECK(strstr(fault_of(t, dossier), "cannot have fallen out"));
}

TEST(dossier__a_list_names_who_stands_and_gives_no_more_stars_than_the_rules)
{
	Dossier *dossier = played(t, "10");
	DossierStep *list = step_of(dossier, STEP_LIST, 0);
	CHECK_TEXT(text_from(fault_of(t, dossier)), "");
	list->units.at[0].stars = 4;
	CHECK(strstr(fault_of(t, dossier), "more stars than the rules give"));
	dossier = played(t, "10");
	list = step_of(dossier, STEP_LIST, 0);
	list->units.count--;
	CHECK(strstr(fault_of(t, dossier), "is missing on the list"));
	dossier = played(t, "10");
	list = step_of(dossier, STEP_LIST, 0);
	list->units.at[0].application = placed(t, dossier, OUTCOME_NOT_SELECTED);
	CHECK(strstr(fault_of(t, dossier), "cannot stand on that list"));
	dossier = played(t, "10");
	DossierStep *announced = step_of(dossier, STEP_LIST, 1);
	announced->units.at[0].application = step_of(dossier, STEP_DEPART, 1)->application; /* an objection was upheld */
	CHECK(strstr(fault_of(t, dossier), "cannot stand on that list"));
	dossier = played(t, "10");
	remove_step(dossier, step_of(dossier, STEP_INSPECTED, 0));
	CHECK(strstr(fault_of(t, dossier), "before its time"));
}

TEST(dossier__one_of_the_first_version_is_verified_as_before)
{
	Text archive = test_read_file(
		t->arena, TEST_ROOT "/engine/selection/dossier_v1.zip"); /* written by the program before there were decisions in it */
	CHECK(archive.length > 0);
	DossierVerdict verdict = verdict_of(t, archive, NULL);
	CHECK(verdict.consistent);
	ArchiveMembers members;
	CHECK(archive_unpack(t->arena, archive, &members) && !archive_find(&members, "decided.json"));
	/* and a second version that lost its decisions is no first one */
	Signer *signer scoped(signer_free) = signer_of(t, "library");
	ArchiveMembers all = rehearsed(t, "11", 3), fewer = { 0 };
	for (size_t i = 0; i < all.count; i++)
		if (!text_is(all.at[i].name, TEXT("decided.json"))) list_add(t->arena, &fewer, all.at[i]);
	CHECK(!verdict_of(t, dossier_pack(t->arena, TEXT("2026-1"), &fewer, signer), NULL).consistent);
}

TEST(dossier__others_read_the_archive_too)
{
	Signer *signer scoped(signer_free) = signer_of(t, "library");
	ArchiveMembers members = rehearsed(t, "7", 3), back;
	Text archive = packed_with(t, &members, NULL, TEXT(""), signer);
	ZipEntries entries;
	CHECK_OK(t->call, zip_unpack(t->call, archive, 64, 1 << 24, &entries));
	CHECK(archive_unpack(t->arena, archive, &back));
	CHECK_INT(entries.count, back.count);
	for (size_t i = 0; i < back.count; i++)
		CHECK(text_is(entries.at[i].name, back.at[i].name) && text_is(entries.at[i].content, back.at[i].content));
}

TEST(dossier__rules_that_cannot_be_carried_out_are_refused)
{
	static const char *const changes[][3] = {
		{ "\"weight\":4000", "\"weight\":3999", "weights must add up" },
		{ "[\"a\",\"b\"]", "[\"a\",\"a\"]", "named twice" },
		{ "[2,1]", "[2]", "seats of every specialty" },
		{ "[2,1]", "[0,0]", "1 to 64 seats" },
		{ "\"groupLimit\":1", "\"groupLimit\":0", "from each group" },
		{ "\"alternatePercent\":40", "\"alternatePercent\":20", "30 to 50" },
		{ "\"trim\":[[5,1]]", "\"trim\":[[5,3]]", "some sheets must remain" },
		{ "\"round\":\"2026-1\"", "\"round\":\"\"", "form that is expected" },
	};
	for (size_t i = 0; i < COUNT(changes); i++) {
		Dossier *dossier = arena_new_of(t->arena, Dossier);
		DossierFault fault = { 0 };
		Text changed = replaced(t, text_from(rules), text_from(changes[i][0]), text_from(changes[i][1]));
		CHECK(!rehearsal_play(t->arena, changed, TEXT("s"), 4, dossier, &fault));
		if (!strstr(fault.why, changes[i][2])) test_fail(__FILE__, __LINE__, "%zu: %s", i, fault.why);
	}
}

TEST(archive__json_has_one_form)
{
	/* RFC 8785 clause 3.2.3, the example of sorting; and clause 3.2.2.2 */
	Text sorted = canonical_text(
		t->arena, TEXT("{\"\\u20ac\":1,\"\\r\":2,\"\\ufb33\":3,\"1\":4,\"\\ud83d\\ude00\":5,\"\\u0080\":6,\"\\u00f6\":7}"));
	CHECK_TEXT(
		sorted, "{\"\\r\":2,\"1\":4,\"\xc2\x80\":6,\"\xc3\xb6\":7,\"\xe2\x82\xac\":1,\"\xf0\x9f\x98\x80\":5,\"\xef\xac\xb3\":3}");
	CHECK_TEXT(
		canonical_text(t->arena, TEXT("[ \"<&>\\u000f\\/\\\"\\\\\" , true, null, -5 ]")), "[\"<&>\\u000f/\\\"\\\\\",true,null,-5]");
	Buffer buffer = { .arena = t->arena };
	Json json;
	CHECK(json_parse(t->arena, TEXT("[1.5]"), &json, NULL) && !canonical_write(&buffer, json));
	CHECK(json_parse(t->arena, TEXT("[9007199254740993]"), &json, NULL) && !canonical_write(&buffer, json));
	CHECK(json_parse(t->arena, TEXT("{\"a\":1,\"a\":2}"), &json, NULL) && !canonical_write(&buffer, json));
}
