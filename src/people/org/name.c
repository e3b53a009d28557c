/* Names of organisations that look like those of others. */
#include "people/org/org_private.h"

#include "engine/likeness/name.h"
#include "store/db/db.h"

enum { ALIKE_MAX = 20, FILLED_AT_ONCE = 200 };

Error org_names_write(Call *call, int64_t organisation_id, Text name, Text name_en)
{
	const Text names[] = { name, name_en };
	TRY(org_name_remove(call, organisation_id));
	for (size_t i = 0; i < COUNT(names); i++)
		if (names[i].length > 0) TRY(org_name_insert(call, organisation_id, name_skeleton(call->arena, names[i])));
	return OK;
}

Error org_lookalikes(Call *call, const Organisation *organisation, Organisations *out)
{
	OrgRows rows;
	Organisations alike = { 0 };
	TRY(org_may_verify(call));
	TRY(org_rows_alike(call, organisation->id, ALIKE_MAX, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		Organisation other;
		TRY(org_from_row(call, &rows.at[i], &other));
		list_add(call->arena, &alike, other);
	}
	*out = alike;
	return OK;
}

static Error fill(Call *call, void *argument)
{
	OrgNamesRows rows;
	size_t *count = argument;
	TRY(org_rows_without_names(call, FILLED_AT_ONCE, &rows));
	for (size_t i = 0; i < rows.count; i++) TRY(org_names_write(call, rows.at[i].id, rows.at[i].name, rows.at[i].name_en));
	*count = rows.count;
	return OK;
}

Error org_names_fill(Call *call)
{
	for (size_t count = FILLED_AT_ONCE; count == FILLED_AT_ONCE;) TRY(db_transact(call, fill, &count));
	return OK;
}
