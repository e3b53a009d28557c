/* What is said of a casefile to those who count contributions. */
#include "subject/casefile/casefile_credit.sql.h"
#include "subject/casefile/casefile_private.h"

static int64_t or_none(Maybe maybe) { return maybe.is ? maybe.value : 0; }
static Text or_empty(Text text) { return text.at ? text : TEXT(""); }

static bool stands(const CreditRow *row)
{
	static const char *const states[] = { "TRANSFERRED", "ISOLATED", "WIPED" };
	for (size_t i = 0; i < COUNT(states); i++)
		if (text_is(row->state, text_from(states[i]))) return false;
	return row->number.at && !row->merged_into.is;
}

Error casefile_credit(Call *call, Text ref, CasefileCredit *out)
{
	CreditRow row;
	CreditFinderRows rows;
	bool is_withdrawn = false, is_there = false;
	TRY(credit_find(call, ref, &row));
	if (row.advisory.at) TRY(proposal_standing(call, row.advisory, &is_withdrawn, &is_there));
	TRY(credit_finders(call, row.id, &rows));
	CasefileCredit credit = { .id = row.id,
		.ref = row.ref,
		.number = or_empty(row.number),
		.level = or_empty(row.level),
		.class_tag = row.class,
		.is_incident = row.is_incident,
		.stands = stands(&row) && !is_withdrawn };
	for (size_t i = 0; i < rows.count; i++) {
		const CreditFinderRow *found = &rows.at[i];
		CasefileFinder finder = { .report_id = found->id,
			.person_id = or_none(found->reporter_id),
			.organisation_id = or_none(found->organisation_id),
			.product_id = or_none(found->product_id),
			.received_at = found->received_at,
			.report = found->ref,
			.is_original = found->is_original,
			.is_own = found->is_own,
			.is_disclosed = found->is_disclosed };
		list_add(call->arena, &credit.finders, finder);
	}
	*out = credit;
	return OK;
}

Error casefile_ref_of_report(Call *call, Text report, Text *out_ref, bool *out_found)
{
	return credit_of_report(call, report, out_ref, out_found);
}
