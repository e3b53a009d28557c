/* The industries an organisation works in. */
#include "people/org/org_private.h"
#include "store/db/db.h"

enum { SECTORS_MOST = 10 };

static const WordBuiltIn words[] = {
#define SECTOR(code, name, place) { code, name, false },
#include "people/org/sector.def"
#undef SECTOR
};

static const char *const places[] = {
#define SECTOR(code, name, place) place,
#include "people/org/sector.def"
#undef SECTOR
};

static Text place_of(Arena *arena, Lang lang, size_t at)
{
	(void)arena, (void)lang;
	return text_from(places[at]);
}

const Wordlist org_sector_words = { .name = "sector",
	.title = N_("Industries of organisations"),
	.source_label = N_("Divisions of GB/T 4754-2017"),
	.words = words,
	.count = COUNT(words),
	.source = place_of };

Error org_sectors(Call *call, int64_t organisation_id, Texts *out_codes) { return sector_codes(call, organisation_id, out_codes); }

Error org_sectors_text(Call *call, Lang lang, const Texts *codes, Text *out)
{
	Texts names = { 0 };
	for (size_t i = 0; i < codes->count; i++) {
		Word word;
		bool found = false;
		TRY(wordlist_find(call, &org_sector_words, codes->at[i], -1, &word, &found));
		list_add(call->arena, &names, found ? word_text(&word, lang) : codes->at[i]);
	}
	*out = arena_join(call->arena, names.at, names.count, lang == LANG_ZH ? TEXT("、") : TEXT(", "));
	return OK;
}

Error org_list_of_sector(Call *call, Text code, int64_t after, int64_t max, Organisations *out)
{
	OrgRows rows;
	Organisations organisations = { 0 };
	TRY(org_rows_of_sector(call, code, after, max, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		Organisation organisation;
		TRY(org_from_row(call, &rows.at[i], &organisation));
		list_add(call->arena, &organisations, organisation);
	}
	*out = organisations;
	return OK;
}

Error org_list_verified(Call *call, int64_t after, int64_t max, Organisations *out)
{
	OrgRows rows;
	Organisations organisations = { 0 };
	TRY(org_may_verify(call));
	TRY(org_rows_verified(call, after, max, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		Organisation organisation;
		TRY(org_from_row(call, &rows.at[i], &organisation));
		list_add(call->arena, &organisations, organisation);
	}
	*out = organisations;
	return OK;
}

/* ---- Choosing */
typedef struct Choosing {
	Text ref;
	const Texts *codes;
} Choosing;

static bool has(const Texts *codes, Text code)
{
	for (size_t i = 0; i < codes->count; i++)
		if (text_is(codes->at[i], code)) return true;
	return false;
}

/* Its administrators; the staff that verifies, but nobody of it for an organisation of their own. */
static Error may_choose(Call *call, const Organisation *organisation)
{
	bool is_admin = false, is_member = false;
	if (actor_has(call->actor, ROLE_SYSTEM)) return OK;
	if (!call->actor->session_id) return fail(call, FORBIDDEN, "an API token does not change organisations");
	TRY(org_is_admin(call, organisation->id, call->actor->person_id, &is_admin));
	if (is_admin) return OK;
	TRY(org_is_member(call, organisation->id, call->actor->person_id, &is_member));
	return is_member ? fail(call, FORBIDDEN, "not an administrator of the organisation") : org_may_verify(call);
}

/* A word that was retired meanwhile may be kept, and is not chosen anew. */
static Error check_codes(Call *call, const Texts *before, const Texts *codes)
{
	if (codes->count > SECTORS_MOST)
		call_problem(call, TEXT("sectors"), N_("At most %s, please: those it works in mainly."),
			arena_printf(call->arena, "%d", SECTORS_MOST));
	for (size_t i = 0; i < codes->count && i <= SECTORS_MOST; i++) {
		Word word;
		bool found = false;
		TRY(wordlist_find(call, &org_sector_words, codes->at[i], -1, &word, &found));
		if (!found || (word.is_retired && !has(before, codes->at[i])))
			call_problem(call, TEXT("sectors"), N_("There is no such industry to be chosen."), (Text) { 0 });
	}
	return call_check_problems(call);
}

static Error choose(Call *call, void *argument)
{
	const Choosing *choosing = argument;
	Organisation organisation;
	Texts before;
	TRY(org_find_ref(call, choosing->ref, &organisation));
	TRY(may_choose(call, &organisation));
	if (organisation.state == ORG_MERGED) return fail(call, CONFLICT, "it is part of another organisation");
	TRY(sector_codes(call, organisation.id, &before));
	TRY(check_codes(call, &before, choosing->codes));
	for (size_t i = 0; i < before.count; i++)
		if (!has(choosing->codes, before.at[i])) TRY(sector_remove(call, organisation.id, before.at[i]));
	for (size_t i = 0; i < choosing->codes->count; i++)
		TRY(sector_insert(call, organisation.id, choosing->codes->at[i], call->actor->person_id, call->now));
	Text chosen = arena_join(call->arena, choosing->codes->at, choosing->codes->count, TEXT(" "));
	return org_record(call, organisation.ref, "sectors", chosen);
}

Error org_sectors_choose(Call *call, Text ref, const Texts *codes)
{
	Choosing choosing = { ref, codes };
	return db_transact(call, choose, &choosing);
}

Error org_sectors_follow(Call *call, const Organisation *from, const Organisation *into)
{
	Texts codes;
	TRY(sector_codes(call, from->id, &codes));
	for (size_t i = 0; i < codes.count; i++) TRY(sector_insert(call, into->id, codes.at[i], call->actor->person_id, call->now));
	return OK;
}
