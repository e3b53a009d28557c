/* Copies of warnings that are not public: each says whose it is, in words and as the faint pattern of work/copy. */
#include "store/db/db.h"
#include "subject/warning/warning_private.h"
#include "work/copy/copy.h"

typedef struct Taking {
	const Warning *warning;
	const char *form;
	WarningCopy copy;
} Taking;

static Error recipient_of(Call *call, const Warning *warning, Text *out)
{
	Organisation organisation;
	Text side = tr(LANG_ZH, N_("The library itself"));
	if (!warning->is_staff) {
		TRY(org_find(call, call->actor->organisation_id, &organisation));
		side = organisation.name;
	}
	*out = arena_printf(call->arena, "%.*s %.*s", TEXT_ARGS(side), TEXT_ARGS(call->actor->name));
	return OK;
}

/* The same person's copy of the same text keeps its number and its mark. */
static Error take(Call *call, void *argument)
{
	Taking *taking = argument;
	const Warning *warning = taking->warning;
	int64_t person = call->actor->person_id;
	Text of = arena_printf(call->arena, "%lld %lld %lld", (long long)warning->id, (long long)warning->newest, (long long)person);
	WarningCopy copy = { .at = call->now, .ref = text_slice(seal_lookup(call, "copy of a warning", of), 0, 12) };
	TRY(recipient_of(call, warning, &copy.recipient));
	TRY(copy_mark_take(call,
		&(CopyFor) { .kind = text_from(warning_machine.name),
			.subject_ref = warning->ref,
			.copy_ref = copy.ref,
			.recipient = copy.recipient,
			.person_id = person,
			.seal_key = warning->seal_key },
		&copy.mark));
	taking->copy = copy;
	return warning_record(call, warning, "download", arena_printf(call->arena, "%s %.*s", taking->form, TEXT_ARGS(copy.ref)));
}

Error warning_copy_take(Call *call, const Warning *warning, const char *form, WarningCopy *out)
{
	Taking taking = { .warning = warning, .form = form };
	if (!warning->is_staff && !warning->is_owner && !warning->is_told) return fail(call, NOT_FOUND, "copies are for readers");
	TRY(db_transact(call, take, &taking));
	*out = taking.copy;
	return OK;
}
