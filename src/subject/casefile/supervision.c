/* Supervision (督办): a coordinator escalates, the competent authority instructs with a deadline, the coordinator answers, the authority closes. */
#include "base/base/random.h"
#include "store/db/db.h"
#include "store/seal/seal.h"
#include "subject/casefile/casefile_private.h"
#include "work/workflow/workdays.h"

Error supervision_escalate(const CaseChange *change)
{
	change->row->escalated_at = (Maybe) { true, change->call->now };
	return OK;
}

Error supervision_instruct(const CaseChange *change)
{
	Call *call = change->call;
	Sealed text;
	int64_t days = 0;
	bool provisional;
	const Calendar *calendar;
	Text ref = random_code(call->arena, 16);
	if (!text_to_int(form_answer(change->values, "days"), &days)) return fail(call, INVALID, "days that were checked are no number");
	TRY(change_seal(change, "instruction|sealed_text", ref, &text));
	TRY(workdays(call, &calendar));
	int64_t due_at = calendar_add_working_days(calendar, call->now, (int)days, &provisional);
	return instruction_add(call, ref, change->row->id, text, call->actor->person_id, call->now, due_at);
}

static Error running(const CaseChange *change, InstructionRow *out)
{
	bool found = false;
	TRY(instruction_running(change->call, change->row->id, out, &found));
	return found ? OK : fail(change->call, CONFLICT, "no instruction is open");
}

Error supervision_answer(const CaseChange *change)
{
	Call *call = change->call;
	InstructionRow row;
	Sealed answer;
	int64_t changed = 0;
	TRY(running(change, &row));
	TRY(change_seal(change, "instruction|sealed_answer", row.ref, &answer));
	TRY(instruction_answer(call, row.ref, answer, call->actor->person_id, call->now, &changed));
	return changed ? OK : fail(call, CONFLICT, "it has been answered");
}

Error supervision_close(const CaseChange *change)
{
	Call *call = change->call;
	InstructionRow row;
	Sealed closing;
	int64_t changed = 0;
	TRY(running(change, &row));
	TRY(change_seal(change, "instruction|sealed_closing", row.ref, &closing));
	TRY(instruction_close(call, row.ref, closing, call->actor->person_id, call->now, &changed));
	return changed ? OK : fail(call, CONFLICT, "it has been closed");
}

/* ---- Reading */
static Error read_text(Call *call, const char *place, const char *form, const char *field, Text ref, Sealed sealed, Text *out)
{
	Text json;
	Map *values;
	TRY(seal_open(call, place, ref, sealed, &json));
	TRY(form_values_read(call, casefile_action_form(form), json.at ? json : TEXT("{}"), &values));
	*out = form_answer(values, field);
	Text document = form_answer(values, "document");
	if (document.length) *out = arena_printf(call->arena, "%.*s\n%.*s", TEXT_ARGS(document), TEXT_ARGS(*out));
	return OK;
}

Error casefile_instructions(Call *call, const Casefile *casefile, Instructions *out)
{
	InstructionRows rows;
	Instructions instructions = { 0 };
	TRY(instruction_list(call, casefile->id, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		const InstructionRow *row = &rows.at[i];
		Instruction instruction = { .id = row->id,
			.issued_at = row->issued_at,
			.due_at = row->due_at,
			.answered_at = row->answered_at.is ? row->answered_at.value : 0,
			.closed_at = row->closed_at.is ? row->closed_at.value : 0,
			.is_overdue = !row->answered_at.is && !row->closed_at.is && row->due_at < call->now };
		TRY(read_text(call, "instruction|sealed_text", "casefile-instruct", "instruction", row->ref, row->sealed_text,
			&instruction.text));
		TRY(read_text(call, "instruction|sealed_answer", "casefile-instruction-answer", "answer", row->ref, row->sealed_answer,
			&instruction.answer));
		TRY(read_text(call, "instruction|sealed_closing", "casefile-reason", "reason", row->ref, row->sealed_closing,
			&instruction.closing));
		list_add(call->arena, &instructions, instruction);
	}
	*out = instructions;
	return OK;
}

/* ---- Deadlines */
typedef struct Overdue {
	int64_t max, told;
} Overdue;

static Error tell_overdue(Call *call, void *argument)
{
	Overdue *overdue = argument;
	InstructionRows due;
	overdue->told = 0;
	TRY(instruction_overdue(call, call->now, overdue->max, &due));
	for (size_t i = 0; i < due.count; i++) {
		CasefileRow row;
		int64_t changed = 0;
		TRY(instruction_told(call, due.at[i].ref, call->now, &changed));
		if (!changed) continue;
		TRY(casefile_find_id(call, due.at[i].casefile_id, &row));
		TRY(notice_send(call, row.coordinator_id, NOTICE_DEADLINE, row.ref,
			arena_printf(call->arena, "/casefiles/%.*s", TEXT_ARGS(row.ref))));
		TRY(notice_send_role(call, ROLE_AUTHORITY, NOTICE_DEADLINE, row.ref,
			arena_printf(call->arena, "/supervision/%.*s", TEXT_ARGS(row.ref))));
		overdue->told++;
	}
	return OK;
}

Error casefile_instructions_due(Call *call, int64_t max, int64_t *out_told)
{
	Overdue overdue = { .max = max };
	TRY(db_transact(call, tell_overdue, &overdue));
	*out_told = overdue.told;
	return OK;
}
