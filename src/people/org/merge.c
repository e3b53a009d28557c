/* One organisation becomes part of another: its members go there, and all it has follows, because whoever asks for an organisation's matters asks
 * for those of what merged into it, too. */
#include "people/org/org_private.h"

enum { REASON_MAX = 1000 };

typedef struct Merging {
	Text code, into_code, reason;
} Merging;

/* Id 0: none. */
static Error find(Call *call, Text code, Organisation *out)
{
	Text parsed = credit_code_parse(call->arena, code);
	*out = (Organisation) { 0 };
	Error error = parsed.length ? org_find_code(call, parsed, out) : OK;
	if (error != ERROR_NOT_FOUND) return error;
	call_pass_over(call);
	return OK;
}

static Error check(Call *call, const Merging *merging, Organisation *out_from, Organisation *out_into)
{
	bool is_member = false, is_heir = false;
	TRY(find(call, merging->code, out_from));
	TRY(find(call, merging->into_code, out_into));
	if (!out_from->id) call_problem(call, TEXT("code"), N_("No verified organisation has this code."), (Text) { 0 });
	if (!out_into->id) call_problem(call, TEXT("into"), N_("No verified organisation has this code."), (Text) { 0 });
	if (!merging->reason.length) call_problem(call, TEXT("reason"), N_("Please fill this in."), (Text) { 0 });
	if (merging->reason.length && text_utf8_length(merging->reason) > REASON_MAX)
		call_problem(call, TEXT("reason"), N_("This is too long."), (Text) { 0 });
	if (out_from->id && out_from->id == out_into->id)
		call_problem(call, TEXT("into"), N_("An organisation does not merge into itself."), (Text) { 0 });
	else if (out_from->id && out_into->id && !text_is(out_from->domicile, out_into->domicile))
		call_problem(call, TEXT("into"),
			N_("It has its seat in another country: undisclosed matters do not follow there. Each is decided by itself."),
			(Text) { 0 });
	TRY(call_check_problems(call));
	TRY(org_is_member(call, out_from->id, call->actor->person_id, &is_member));
	TRY(org_is_member(call, out_into->id, call->actor->person_id, &is_heir));
	return is_member || is_heir ? fail(call, FORBIDDEN, "nobody decides about their own organisation") : OK;
}

/* As plain members: whom the other one lets administer it is its own business. */
static Error move_members(Call *call, const Organisation *from, const Organisation *into)
{
	MembershipRows rows;
	TRY(team_close_all(call, from->id, call->now)); /* its teams were its own; their matters are everybody's who comes along */
	TRY(team_disown_all(call, from->id));
	TRY(membership_rows(call, from->id, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		int64_t changed = 0;
		TRY(membership_end(call, rows.at[i].id, call->now, &changed));
		if (changed != 1) return fail(call, CONFLICT, "a membership ended meanwhile");
		TRY(membership_insert(call, token_new(call->arena, 16), into->id, rows.at[i].person_id, false, call->now));
		TRY(org_derive_role(call, into->id, rows.at[i].person_id, false));
	}
	return OK;
}

/* A vendor stays one in what it becomes part of; what a programme awarded ends with the organisation it was awarded to. */
static Error move_standing(Call *call, const Organisation *from, const Organisation *into)
{
	StandingRows rows, other;
	bool was_vendor = false, is_vendor = false;
	TRY(standing_rows(call, from->id, &rows));
	TRY(standing_rows(call, into->id, &other));
	for (size_t i = 0; i < other.count; i++) is_vendor |= text_is(other.at[i].kind, TEXT("vendor"));
	for (size_t i = 0; i < rows.count; i++) {
		int64_t changed = 0;
		bool counts = !rows.at[i].suspended_at.is && !rows.at[i].until_at.is;
		was_vendor |= counts && text_is(rows.at[i].kind, TEXT("vendor"));
		TRY(standing_end(call, from->id, rows.at[i].kind, call->now, &changed));
	}
	if (!was_vendor || is_vendor) return OK;
	return org_standing_set(call, into->id, &(Standing) { .kind = TEXT("vendor"), .from_at = call->now });
}

static Error tell(Call *call, const Numbers *persons, const Organisation *from, const Organisation *into)
{
	LetterField fields[] = { { "name", from->name }, { "other", into->name } };
	for (size_t i = 0; i < persons->count; i++) {
		Person person;
		TRY(person_find(call, persons->at[i], &person));
		TRY(outbox_letter(
			call, &(Letter) { .to = person.mail,
				      .lang = person.lang,
				      .subject = N_("{name} is now part of {other}"),
				      .body = N_("The library has recorded that {name} merged into {other}. Its members, products and "
						 "matters now belong to {other}."),
				      .fields = fields,
				      .field_count = COUNT(fields),
				      .link = outbox_link(call, "/organisations") }));
	}
	return OK;
}

static Error merge(Call *call, void *argument)
{
	const Merging *merging = argument;
	Organisation from, into;
	Numbers admins, heirs;
	int64_t changed = 0;
	TRY(check(call, merging, &from, &into));
	TRY(org_admins(call, from.id, &admins));
	TRY(org_admins(call, into.id, &heirs));
	TRY(org_merge_into(call, from.id, into.id, call->now, &changed));
	if (changed != 1) return fail(call, CONFLICT, "merged meanwhile");
	TRY(org_merges_follow(call, from.id, into.id));
	TRY(invitation_end_all(call, from.id, call->now));
	TRY(move_standing(call, &from, &into));
	TRY(org_sectors_follow(call, &from, &into));
	TRY(move_members(call, &from, &into));
	Text detail = arena_printf(call->arena, "into %.*s: %.*s", TEXT_ARGS(into.ref), TEXT_ARGS(merging->reason));
	TRY(org_record(call, from.ref, "merge", detail));
	TRY(org_record(call, into.ref, "take-over", from.ref));
	TRY(change_record(call, "organisation", from.ref));
	TRY(tell(call, &admins, &from, &into));
	return tell(call, &heirs, &from, &into);
}

Error org_merge(Call *call, Text code, Text into_code, Text reason)
{
	Merging merging = { text_trim(code), text_trim(into_code), text_trim(reason) };
	TRY(org_may_verify(call));
	return db_transact(call, merge, &merging);
}
