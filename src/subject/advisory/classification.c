/* What stands beside the class of GB/T 30279-2020: weaknesses of CWE, controls of MASVS. */
#include "engine/rating/rating.h"
#include "subject/advisory/advisory_private.h"

Texts advisory_cwe(Arena *arena, const AdvisoryDraft *record)
{
	const WeaknessClass *weakness = weakness_find(record->class_name);
	Texts list = { 0 };
	for (size_t i = 0; i < record->weaknesses.count; i++) texts_add_new(arena, &list, record->weaknesses.at[i]);
	if (!list.count && weakness && weakness->cwe) list_add(arena, &list, arena_printf(arena, "CWE-%d", weakness->cwe));
	return list;
}

Texts advisory_masvs(Arena *arena, const AdvisoryDraft *record)
{
	Texts list = { 0 }, weaknesses = advisory_cwe(arena, record);
	if (!record->platforms.count && !texts_has(&record->issuers, TEXT("own"))) return list;
	const char *control = weakness_masvs_of_class(record->class_name);
	if (control) texts_add_new(arena, &list, text_from(control));
	for (size_t i = 0; i < weaknesses.count; i++) {
		int64_t number = 0;
		if (!text_starts(weaknesses.at[i], TEXT("CWE-"))) continue;
		if (!text_to_int(text_slice(weaknesses.at[i], 4, weaknesses.at[i].length), &number)) continue;
		control = weakness_masvs_of_cwe(number);
		if (control) texts_add_new(arena, &list, text_from(control));
	}
	return list;
}
