/* Reports upward (上报): sent again until the recipient acknowledges them. */
#include "base/base/random.h"
#include "store/db/db.h"
#include "store/seal/seal.h"
#include "subject/casefile/casefile_private.h"

enum { DAY_MS = 86400000 };

Error upward_send(const CaseChange *change)
{
	Call *call = change->call;
	UpwardRow known;
	Sealed sent;
	bool found = false;
	Text recipient = form_answer(change->values, "recipient"), ref = random_code(call->arena, 16);
	TRY(upward_find(call, change->row->id, recipient, &known, &found));
	if (found && known.acknowledged_at.is)
		call_problem(call, TEXT("recipient"), N_("It has acknowledged the report already."), (Text) { 0 });
	TRY(call_check_problems(call));
	TRY(change_seal(change, "upward_report|sealed_sent", found ? known.ref : ref, &sent));
	if (found) return upward_send_again(call, known.ref, sent, call->actor->person_id, call->now, call->now + DAY_MS);
	return upward_insert(call, ref, change->row->id, recipient, sent, call->actor->person_id, call->now, call->now + DAY_MS);
}

Error upward_take_answer(const CaseChange *change)
{
	Call *call = change->call;
	UpwardRow known;
	Sealed answer;
	bool found = false;
	TRY(upward_find(call, change->row->id, form_answer(change->values, "recipient"), &known, &found));
	if (!found)
		call_problem(call, TEXT("recipient"), N_("Nothing was reported to it."), (Text) { 0 });
	else if (known.acknowledged_at.is)
		call_problem(call, TEXT("recipient"), N_("It has acknowledged the report already."), (Text) { 0 });
	TRY(call_check_problems(call));
	TRY(change_seal(change, "upward_report|sealed_answer", known.ref, &answer));
	return upward_acknowledge(call, known.ref, answer, call->now);
}

static Error read_document(Call *call, const char *place, const char *form, const UpwardRow *row, Sealed sealed, Text *out)
{
	Text json;
	Map *values;
	TRY(seal_open(call, place, row->ref, sealed, &json));
	TRY(form_values_read(call, casefile_action_form(form), json.at ? json : TEXT("{}"), &values));
	*out = form_answer(values, "document");
	return OK;
}

Error casefile_upward(Call *call, int64_t casefile_id, UpwardReports *out)
{
	UpwardRows rows;
	UpwardReports reports = { 0 };
	TRY(upward_list(call, casefile_id, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		const UpwardRow *row = &rows.at[i];
		UpwardReport report = { .recipient = row->recipient,
			.receipt = TEXT(""),
			.sendings = row->sendings,
			.sent_at = row->sent_at,
			.acknowledged_at = row->acknowledged_at.is ? row->acknowledged_at.value : 0 };
		TRY(read_document(call, "upward_report|sealed_sent", "casefile-upward", row, row->sealed_sent, &report.document));
		if (row->acknowledged_at.is)
			TRY(read_document(
				call, "upward_report|sealed_answer", "casefile-upward-answer", row, row->sealed_answer, &report.receipt));
		list_add(call->arena, &reports, report);
	}
	*out = reports;
	return OK;
}

typedef struct Reminding {
	int64_t max, reminded;
} Reminding;

static Error remind(Call *call, void *argument)
{
	Reminding *reminding = argument;
	UpwardDueRows due;
	TRY(upward_due(call, call->now, reminding->max, &due));
	for (size_t i = 0; i < due.count; i++) {
		CasefileRow row;
		TRY(casefile_find_id(call, due.at[i].casefile_id, &row));
		TRY(upward_put_off(call, due.at[i].ref, call->now + DAY_MS));
		TRY(notice_send(call, row.coordinator_id, NOTICE_DEADLINE, row.ref,
			arena_printf(call->arena, "/casefiles/%.*s", TEXT_ARGS(row.ref))));
	}
	reminding->reminded = (int64_t)due.count;
	return OK;
}

Error casefile_remind_upward(Call *call, int64_t max, int64_t *out_reminded)
{
	Reminding reminding = { .max = max };
	TRY(db_transact(call, remind, &reminding));
	*out_reminded = reminding.reminded;
	return OK;
}
