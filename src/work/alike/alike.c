#include "work/alike/alike.h"

#include "store/seal/seal.h"
#include "work/alike/alike.sql.h"

enum { OF_EACH_VALUE = 200, KEY_DIGITS = 15 };

/* 60 bits of the keyed value. */
static int64_t key_of(Call *call, const Feature *feature)
{
	static const char *const purposes[FEATURE_KINDS] = { "alike|identity", "alike|product", "alike|place", "alike|text" };
	Text digits = seal_lookup(call, purposes[feature->kind], feature->value);
	int64_t key = 0;
	for (size_t i = 0; i < KEY_DIGITS; i++) {
		char digit = digits.at[i];
		key = key << 4 | (digit <= '9' ? digit - '0' : digit - 'a' + 10);
	}
	return key;
}

Error alike_put(Call *call, const char *kind, int64_t subject_id, const Features *features)
{
	TRY(alike_delete(call, text_from(kind), subject_id));
	for (size_t i = 0; i < features->count; i++)
		TRY(alike_insert(call, text_from(kind), subject_id, features->at[i].kind, key_of(call, &features->at[i])));
	return OK;
}

static AlikeMatch *match_of(Call *call, AlikeMatches *matches, int64_t subject_id)
{
	for (size_t i = 0; i < matches->count; i++)
		if (matches->at[i].subject_id == subject_id) return &matches->at[i];
	list_add(call->arena, matches, (AlikeMatch) { .subject_id = subject_id });
	return &matches->at[matches->count - 1];
}

Error alike_find(Call *call, const char *kind, int64_t except, const Features *features, AlikeMatches *out)
{
	AlikeRows rows;
	AlikeMatches matches = { 0 };
	for (size_t i = 0; i < features->count; i++) {
		const Feature *feature = &features->at[i];
		TRY(alike_with(call, text_from(kind), key_of(call, feature), OF_EACH_VALUE, &rows));
		for (size_t k = 0; k < rows.count; k++)
			if (rows.at[k].subject_id != except && rows.at[k].feature == (int64_t)feature->kind)
				match_of(call, &matches, rows.at[k].subject_id)->shared[feature->kind]++;
	}
	*out = matches;
	return OK;
}
