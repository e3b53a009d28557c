/* Who read what, and the receipt. */
#include "people/person/person.h"
#include "store/ledger/ledger.h"
#include "subject/report/report_private.h"

static Error record(Call *call, void *argument) { return ledger_record(call, argument, NULL); }

Error report_record_reading(Call *call, const char *kind, Text ref, int64_t seal_key)
{
	LedgerEvent event = { .kind = kind, .ref = ref, .action = "read", .matter = seal_key };
	if (db_transact(call, record, &event) == OK) return OK;
	call_recover(call);
	return fail(call, BUSY, "reading %s %.*s could not be recorded", kind, TEXT_ARGS(ref));
}

Error report_readers(Call *call, const char *kind, Text ref, Readers *out)
{
	enum { EVENTS = 500 };
	Events events;
	Readers readers = { 0 };
	Numbers known = { 0 };
	TRY(ledger_events_of_action(call, kind, ref, "read", 0, EVENTS, &events));
	for (size_t i = 0; i < events.count; i++) {
		bool there = false;
		Person person;
		for (size_t j = 0; j < known.count; j++) there |= known.at[j] == events.at[i].actor;
		if (there || !events.at[i].actor) continue;
		TRY(person_find(call, events.at[i].actor, &person));
		Reader reader = { person.id, person_shown_name(&person), events.at[i].at };
		list_add(call->arena, &known, events.at[i].actor);
		list_add(call->arena, &readers, reader);
	}
	*out = readers;
	return OK;
}

Error report_receipt(Call *call, const Report *report, Text *out)
{
	Events events;
	if (report->is_reviewer) return fail(call, NOT_FOUND, "the receipt of %.*s is the reporter's", TEXT_ARGS(report->ref));
	TRY(ledger_events_of_action(call, report_machine.name, report->ref, "send", 0, 1, &events));
	if (!events.count) return fail(call, NOT_FOUND, "no reception of %.*s", TEXT_ARGS(report->ref));
	return ledger_receipt(call, events.at[0].id, out);
}
