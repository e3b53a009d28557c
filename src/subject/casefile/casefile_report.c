/* What casefiles are told of their reports. */
#include "store/ledger/ledger.h"
#include "subject/casefile/casefile_private.h"

/* A report is taken back: the casefile goes on with what is known, and its history says so. What is public stays public. */
Error casefile_report_withdrawn(Call *call, const Report *report)
{
	int64_t id = 0;
	bool found = false;
	CasefileRow row;
	TRY(casefile_find_of_report(call, report->id, &id, &found));
	if (!found) return OK;
	TRY(casefile_find_id(call, id, &row));
	if (row.advisory.at)
		call_problem(call, TEXT("action"), N_("The advisory is public; the report cannot be withdrawn any more."), (Text) { 0 });
	else if (text_is(row.state, TEXT("CLOSED")))
		call_problem(call, TEXT("action"), N_("The casefile is closed; the report cannot be withdrawn any more."), (Text) { 0 });
	TRY(call_check_problems(call));
	LedgerEvent event = {
		.kind = casefile_machine.name, .ref = row.ref, .action = "report-withdrawn", .matter = row.seal_key, .detail = report->ref
	};
	return ledger_record(call, &event, NULL);
}
