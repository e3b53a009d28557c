/* The end of an account: asked for, taken back within some days, carried out by a job. */
#include "base/base/random.h"
#include "people/notice/notice.h"
#include "people/org/org.h"
#include "store/setting/setting.h"
#include "subject/merit/ranking.h"
#include "subject/privacy/export_private.h"
#include "subject/privacy/privacy_private.h"
#include "subject/report/report.h"

/* ---- What stands against it */
Error deletion_obstacle(Call *call, int64_t person_id, const char **out_why)
{
	uint32_t roles;
	Person person;
	*out_why = NULL;
	TRY(role_of(call, person_id, &roles));
	if (roles & ROLE_GRANTED)
		return *out_why = N_("You hold an office of the library. Please have it ended first: your tasks go to somebody else."), OK;
	TRY(person_find(call, person_id, &person));
	if (!person.organisation_id) return OK;
	Numbers admins;
	bool is_admin = false;
	TRY(org_admins(call, person.organisation_id, &admins));
	TRY(org_is_admin(call, person.organisation_id, person_id, &is_admin));
	if (is_admin && admins.count < 2)
		*out_why = N_("You are the last administrator of your organisation. Please make somebody else one first.");
	return OK;
}

/* ---- Asking and taking back */
typedef struct Asking {
	Text credit;
} Asking;

static Error ask(Call *call, void *argument)
{
	const Asking *asking = argument;
	DeletionRow row;
	bool found = false;
	const char *why;
	int64_t person = call->actor->person_id, due_at = call->now + setting_int(call, SETTING_deletion_days) * PRIVACY_DAY_MS;
	Text ref = arena_printf(call->arena, "D-%.*s", TEXT_ARGS(random_code(call->arena, 10)));
	TRY(deletion_of_person(call, person, &row, &found));
	if (found) return fail(call, CONFLICT, "deletion waits already");
	TRY(deletion_obstacle(call, person, &why));
	if (why) call_problem(call, TEXT("credit"), why, (Text) { 0 });
	TRY(call_check_problems(call));
	TRY(deletion_insert(call, ref, person, asking->credit, call->now, due_at));
	TRY(privacy_record(call, "privacy-deletion", ref, "ask", (Text) { 0 }));
	return notice_send(call, person, NOTICE_DELETION_ASKED, ref, TEXT("/account/privacy"));
}

Error deletion_ask(Call *call, Text credit, bool understood, Text password)
{
	Asking asking = { credit };
	if (!text_is(credit, TEXT("wished")) && !text_is(credit, TEXT("anonymous")))
		call_problem(call, TEXT("credit"), N_("Please choose."), (Text) { 0 });
	if (!understood) call_problem(call, TEXT("understood"), N_("Please confirm that you have read what stays."), (Text) { 0 });
	TRY(call_check_problems(call));
	TRY(person_confirm(call, password));
	return db_transact(call, ask, &asking);
}

static Error cancel(Call *call, void *argument)
{
	DeletionRow row;
	bool found = false;
	int64_t changed = 0;
	(void)argument;
	TRY(deletion_of_person(call, call->actor->person_id, &row, &found));
	if (!found) return fail(call, CONFLICT, "no deletion waits");
	TRY(deletion_end(call, row.id, TEXT("cancelled"), call->now, &changed));
	if (changed != 1) return fail(call, CONFLICT, "no deletion waits any more");
	return privacy_record(call, "privacy-deletion", row.ref, "cancel", (Text) { 0 });
}

Error deletion_cancel(Call *call)
{
	if (!call->actor->person_id || !call->actor->session_id) return fail(call, FORBIDDEN, "not the owner's session");
	return db_transact(call, cancel, NULL);
}

Error deletion_waiting(Call *call, PrivacyDeletion *out, bool *out_found)
{
	DeletionRow row;
	TRY(deletion_of_person(call, call->actor->person_id, &row, out_found));
	if (*out_found)
		*out = (PrivacyDeletion) { row.id, row.person_id, row.asked_at, row.due_at, row.ended_at.value, row.ref, row.credit,
			row.state };
	return OK;
}

/* ---- Carrying out */
static Error erase(Call *call, void *argument)
{
	const DeletionRow *row = argument;
	Person person;
	int64_t changed = 0;
	TRY(deletion_end(call, row->id, TEXT("done"), call->now, &changed));
	if (changed != 1) return fail(call, CONFLICT, "taken back meanwhile");
	TRY(person_find(call, row->person_id, &person));
	bool is_named = text_is(row->credit, TEXT("wished"));
	TRY(report_unname(call, person.id, is_named && person.handle.at ? person.handle : TEXT("")));
	TRY(draft_forget_person(call, person.id));
	TRY(export_forget_person(call, person.id));
	TRY(notice_forget_person(call, person.id));
	TRY(ranking_forget(call, person.id));
	TRY(org_leave(call, person.id));
	TRY(person_erase(call, person.id));
	return privacy_record(call, "privacy-deletion", row->ref, "erase", (Text) { 0 });
}

/* Something stands against it by now, or it was taken back: the others go on. */
static Error carry_one(Call *call, DeletionRow *row, int64_t *done)
{
	const char *why;
	TRY(deletion_obstacle(call, row->person_id, &why));
	if (why) return OK;
	Error error = db_transact(call, erase, row);
	if (error == ERROR_CONFLICT) return call_recover(call), OK;
	TRY(error);
	++*done;
	return OK;
}

Error deletion_carry(Call *call, int64_t max, int64_t *out_done)
{
	DeletionRows rows;
	*out_done = 0;
	for (int64_t after = 0;; after = rows.at[rows.count - 1].id) {
		TRY(deletion_due(call, call->now, after, max, &rows));
		for (size_t i = 0; i < rows.count; i++) TRY(carry_one(call, &rows.at[i], out_done));
		if ((int64_t)rows.count < max) return OK;
	}
}
