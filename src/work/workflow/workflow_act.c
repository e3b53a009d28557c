/* The one function that applies a row. */
#include "store/db/db.h"
#include "store/ledger/ledger.h"
#include "work/workflow/workflow_private.h"

static Error refuse(Call *call, const Machine *machine, const Matter *matter, Text action, Error error, const char *why)
{
	if (error == ERROR_INVALID) call_problem(call, TEXT("action"), why, (Text) { 0 });
	return call_fail(call, error, __FILE__, __LINE__, "%s %.*s in %.*s: %.*s%s%s", machine->name, TEXT_ARGS(matter->ref),
		TEXT_ARGS(matter->state), TEXT_ARGS(action), why ? ": " : "", why ? why : "");
}

static Error record(Call *call, const Machine *machine, const Matter *matter, const char *action)
{
	LedgerEvent event = {
		.kind = machine->name, .ref = matter->ref, .action = action, .matter = matter->seal_key, .detail = matter->detail
	};
	return ledger_record(call, &event, NULL);
}

typedef struct Applying {
	const Machine *machine;
	Matter *matter;
	const Act *act;
	Text ref; /* to be loaded; no text: the matter is loaded already */
} Applying;

static Error apply(Call *call, void *argument)
{
	Applying *applying = argument;
	const Machine *machine = applying->machine;
	Matter matter = *applying->matter;
	if (applying->ref.at) TRY(machine->load(call, applying->ref, &matter));
	Error error = OK;
	const char *why = NULL;
	const Transition *row = workflow_row(machine, &matter, call->actor, applying->act->action, &error, &why);
	if (!row) return refuse(call, machine, &matter, applying->act->action, error, why);
	if (applying->act->revision && applying->act->revision != matter.revision)
		return fail(call, CONFLICT, "%s %.*s has revision %lld", machine->name, TEXT_ARGS(matter.ref), (long long)matter.revision);
	int64_t changed = 0;
	TRY(machine->move(call, &matter, text_from(row->to), &changed));
	if (changed != 1) return fail(call, CONFLICT, "%s %.*s was moved by somebody else", machine->name, TEXT_ARGS(matter.ref));
	TRY(workflow_clocks_move(call, machine, matter.id, row));
	if (machine->applied) TRY(machine->applied(call, &matter, row, applying->act->input));
	TRY(record(call, machine, &matter, row->action));
	matter.state = text_from(row->to);
	matter.revision++;
	*applying->matter = matter;
	return OK;
}

Error workflow_begin(Call *call, const Machine *machine, const Matter *matter)
{
	must(db_in_transaction(call) && text_is(matter->state, text_from(machine->states[0].name)));
	if (machine->opening) TRY(workflow_clock_start(call, machine, matter->id, workflow_clock(machine, machine->opening)));
	return record(call, machine, matter, "open");
}

Error workflow_apply(Call *call, const Machine *machine, Matter *matter, const Act *act)
{
	must(db_in_transaction(call));
	Applying applying = { machine, matter, act, { 0 } };
	return db_transact(call, apply, &applying);
}

Error workflow_act(Call *call, const Machine *machine, Text ref, const Act *act, Matter *out)
{
	Matter matter = { 0 };
	Applying applying = { machine, &matter, act, ref };
	TRY(db_transact(call, apply, &applying));
	*out = matter;
	return OK;
}
