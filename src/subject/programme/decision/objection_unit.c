/* What a unit reads of the objections to its application: what was masked for it, the verdict once it is confirmed, and the letter. Never who objects,
 * by which door it came, who handles it, or when it came. */
#include "people/org/org.h"
#include "subject/programme/decision/decision_private.h"

enum { SHOWN_MAX = 200 };

static Error open_own(Call *call, Text application, Application *out)
{
	TRY(application_open(call, application, out));
	return out->is_own ? OK : fail(call, NOT_FOUND, "application %.*s is not of the actor's organisation", TEXT_ARGS(application));
}

static Error letter_of(Call *call, const ObjectionRow *row, IssuedLetter *out, bool *out_found)
{
	*out_found = false;
	if (!row->ended_at.is || !row->sealed_masked.bytes.at) return OK;
	return letter_latest(call, LETTER_ROUND_OBJECTION_UNIT, objection_machine.name, row->id, out, out_found);
}

static Error shown_of(Call *call, const ObjectionRow *row, ObjectionOfUnit *out)
{
	Objection objection;
	IssuedLetter letter;
	TRY(objection_of_row(call, row, false, &objection));
	*out = (ObjectionOfUnit) {
		.id = row->id, .ref = row->ref, .masked = objection.masked, .verdict = TEXT(""), .explanation = TEXT("")
	};
	TRY(letter_of(call, row, &letter, &out->has_letter));
	if (!objection.ended_at) return OK; /* nothing before it is confirmed */
	out->ended_at = objection.ended_at;
	out->verdict = objection.state;
	out->explanation = objection.explanation;
	return OK;
}

Error objection_of_unit(Call *call, Text application, ObjectionsOfUnit *out)
{
	Application own;
	ObjectionRows rows;
	ObjectionsOfUnit list = { 0 };
	TRY(open_own(call, application, &own));
	TRY(objection_rows_about(call, own.id, SHOWN_MAX, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		ObjectionOfUnit one;
		TRY(shown_of(call, &rows.at[i], &one));
		if (one.masked.length)
			list_add(call->arena, &list, one); /* before that the unit is told that there is one, and nothing else */
	}
	*out = list;
	return OK;
}

Error objection_letter_of_unit(Call *call, Text application, Text ref, Text *out_name, Text *out_bytes)
{
	Application own;
	ObjectionRow row;
	IssuedLetter letter;
	bool found = false;
	TRY(open_own(call, application, &own));
	TRY(objection_find(call, ref, &row, &found));
	found = found && row.application_id.is && row.application_id.value == own.id;
	if (found) TRY(letter_of(call, &row, &letter, &found));
	return found ? letter_give(call, &letter, LETTER_PAGES, out_name, out_bytes)
		     : fail(call, NOT_FOUND, "no letter about an objection to %.*s", TEXT_ARGS(application));
}

Error objection_letter_tell_unit(Call *call, Text ref)
{
	ObjectionRow row;
	ApplicationLine line;
	Numbers admins;
	bool found = false;
	TRY(objection_find(call, ref, &row, &found));
	if (!found || !row.application_id.is) return fail(call, NOT_FOUND, "no such objection");
	TRY(decision_line_of(call, row.application_id.value, &line));
	TRY(org_admins(call, line.organisation_id, &admins));
	Text place = arena_printf(call->arena, "/applications/%.*s/objections", TEXT_ARGS(line.ref));
	for (size_t i = 0; i < admins.count; i++) TRY(notice_send(call, admins.at[i], NOTICE_OBJECTION_OUTCOME, line.ref, place));
	return OK;
}
