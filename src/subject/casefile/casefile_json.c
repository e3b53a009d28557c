/* What stands between a casefile and its publication, for machines: members of the casefile's object. */
#include "base/base/clock.h"
#include "subject/casefile/casefile_private.h"
#include "subject/casefile/casefile_view.h"

enum { PARTIES_MAX = 200 };

void form_values_json(JsonWriter *writer, Arena *arena, const char *key, const Form *form, const Map *values)
{
	Json json;
	json_key(writer, text_from(key));
	if (json_parse(arena, form_values_text(arena, form, values), &json, NULL))
		json_copy(writer, json);
	else
		json_null(writer);
}

static void put_gate(JsonWriter *writer, Call *call, const Casefile *casefile)
{
	GateLines lines = casefile_gate_lines(call->arena, casefile, call->actor);
	json_key(writer, TEXT("gate"));
	json_array_begin(writer);
	for (size_t i = 0; i < lines.count; i++) {
		json_object_begin(writer);
		json_put_text(writer, "condition", text_from(lines.at[i].text));
		json_put_bool(writer, "met", !lines.at[i].why_not);
		if (lines.at[i].why_not) json_put_text(writer, "why_not", text_from(lines.at[i].why_not));
		json_end(writer);
	}
	json_end(writer);
}

static Error put_embargo(JsonWriter *writer, Call *call, const Casefile *casefile)
{
	CasefileEmbargo embargo;
	TRY(casefile_embargo(call, casefile->id, casefile->ref, &embargo));
	json_key(writer, TEXT("embargo"));
	if (!embargo.n) {
		json_null(writer);
		return OK;
	}
	json_object_begin(writer);
	json_put_text(writer, "state", embargo.state);
	json_put_text(writer, "until", clock_iso(call->arena, embargo.ends_at));
	json_put_text(writer, "zone", embargo.zone);
	json_put_bool(writer, "holds", embargo.holds);
	json_put_int(writer, "version", embargo.n);
	if (actor_has(call->actor, ROLE_COORDINATOR)) TRY(casefile_embargo_silent(call, casefile->id, &embargo)); /* their answer is null */
	json_key(writer, TEXT("answers"));
	json_array_begin(writer);
	for (size_t i = 0; i < embargo.answers.count && actor_has(call->actor, ROLE_COORDINATOR | ROLE_PUBLISHER); i++) {
		const EmbargoAnswer *answer = &embargo.answers.at[i];
		json_object_begin(writer);
		json_put_int(writer, "version", answer->n);
		json_put_text(writer, "participant", answer->participant);
		json_put_text(writer, "answer", answer->answer);
		json_put_filled(writer, "note", answer->note);
		json_put_time(writer, "at", answer->at);
		json_end(writer);
	}
	json_end(writer);
	json_end(writer);
	return OK;
}

Error parties_json(JsonWriter *writer, Call *call, const PartyLines *parties, bool with_address)
{
	json_key(writer, TEXT("parties"));
	json_array_begin(writer);
	for (size_t i = 0; i < parties->count; i++) {
		const PartyLine *party = &parties->at[i];
		json_object_begin(writer);
		if (with_address) json_put_text(writer, "ref", party->ref);
		json_put_text(writer, "vendor", party->vendor);
		json_put_text(writer, "product", party->product);
		json_put_text(writer, "state", party->state);
		turn_json(writer, call->lang, &party_machine, party->state);
		json_put_filled(writer, "position", party->position);
		json_put_time(writer, "notified_at", party->notified_at);
		json_put_time(writer, "due_at", party->due_at);
		json_end(writer);
	}
	json_end(writer);
	return OK;
}

static Error put_upward(JsonWriter *writer, Call *call, const Casefile *casefile)
{
	UpwardReports reports;
	TRY(casefile_upward(call, casefile->id, &reports));
	json_key(writer, TEXT("reports_upward"));
	json_array_begin(writer);
	for (size_t i = 0; i < reports.count; i++) {
		const UpwardReport *report = &reports.at[i];
		json_object_begin(writer);
		json_put_text(writer, "recipient", report->recipient);
		json_put_text(writer, "document", report->document);
		json_put_int(writer, "sendings", report->sendings);
		json_put_time(writer, "sent_at", report->sent_at);
		json_put_time(writer, "acknowledged_at", report->acknowledged_at);
		json_put_filled(writer, "receipt", report->receipt);
		json_end(writer);
	}
	json_end(writer);
	return OK;
}

static Error put_early(JsonWriter *writer, Call *call, const Casefile *casefile)
{
	CasefileEarly early;
	TRY(casefile_early(call, casefile->id, casefile->ref, &early));
	json_key(writer, TEXT("early_release"));
	if (!early.steps.count) {
		json_null(writer);
		return OK;
	}
	json_object_begin(writer);
	json_put_bool(writer, "permitted", early.is_permitted);
	json_put_int(writer, "approvals", (early.first_by != 0) + (early.second_by != 0));
	json_key(writer, TEXT("steps"));
	json_array_begin(writer);
	for (size_t i = 0; i < early.steps.count; i++) {
		json_object_begin(writer);
		json_put_text(writer, "step", text_from(early.steps.at[i].form->name));
		json_put_time(writer, "at", early.steps.at[i].at);
		form_values_json(writer, call->arena, "values", early.steps.at[i].form, early.steps.at[i].values);
		json_end(writer);
	}
	json_end(writer);
	json_end(writer);
	return OK;
}

static Error put_freezes(JsonWriter *writer, Call *call, const Casefile *casefile)
{
	Freezes freezes;
	TRY(casefile_freezes(call, casefile->id, &freezes));
	json_key(writer, TEXT("periods_without_consent"));
	json_array_begin(writer);
	for (size_t i = 0; i < freezes.count; i++) {
		json_object_begin(writer);
		json_put_text(writer, "ref", freezes.at[i].ref);
		json_put_text(writer, "name", freezes.at[i].name);
		json_put_time(writer, "until", freezes.at[i].until_at);
		json_end(writer);
	}
	json_end(writer);
	return OK;
}

Error instructions_json(JsonWriter *writer, Call *call, const Casefile *casefile)
{
	Instructions instructions;
	TRY(casefile_instructions(call, casefile, &instructions));
	json_put_time(writer, "escalated_at", casefile->escalated_at);
	json_key(writer, TEXT("instructions"));
	json_array_begin(writer);
	for (size_t i = 0; i < instructions.count; i++) {
		const Instruction *instruction = &instructions.at[i];
		json_object_begin(writer);
		json_put_text(writer, "instruction", instruction->text);
		json_put_time(writer, "issued_at", instruction->issued_at);
		json_put_time(writer, "due_at", instruction->due_at);
		json_put_bool(writer, "overdue", instruction->is_overdue);
		json_put_filled(writer, "answer", instruction->answer);
		json_put_time(writer, "answered_at", instruction->answered_at);
		json_put_filled(writer, "closing", instruction->closing);
		json_put_time(writer, "closed_at", instruction->closed_at);
		json_end(writer);
	}
	json_end(writer);
	return OK;
}

static Error put_parts(JsonWriter *writer, Call *call, const Casefile *casefile)
{
	AffectedParts parts;
	TRY(casefile_parts(call, casefile, &parts));
	json_key(writer, TEXT("parts"));
	json_array_begin(writer);
	for (size_t i = 0; i < parts.count; i++) {
		const Map *values = parts.at[i].values;
		json_object_begin(writer);
		json_put_text(writer, "part", parts.at[i].part);
		json_put_filled(writer, "product", form_answer(values, "part_product"));
		json_put_filled(writer, "versions", form_answer(values, "part_versions"));
		json_end(writer);
	}
	json_end(writer);
	return OK;
}

static Error put_links(JsonWriter *writer, Call *call, const Casefile *casefile)
{
	CasefileLinks links;
	TRY(casefile_links(call, casefile, &links));
	json_key(writer, TEXT("linked"));
	json_array_begin(writer);
	for (size_t i = 0; i < links.count; i++) {
		json_object_begin(writer);
		json_put_text(writer, "kind", text_from(links.at[i].kind));
		json_put_text(writer, "ref", links.at[i].ref);
		json_put_filled(writer, "number", links.at[i].number);
		json_put_filled(writer, "reason", links.at[i].reason);
		json_end(writer);
	}
	json_end(writer);
	return OK;
}

Error gate_json(JsonWriter *writer, Call *call, const Casefile *casefile)
{
	put_gate(writer, call, casefile);
	TRY(put_embargo(writer, call, casefile));
	TRY(put_freezes(writer, call, casefile));
	json_put_time(writer, "emergency_since", casefile->emergency_at);
	json_put_time(writer, "emergency_due_at", casefile->emergency_due_at);
	json_put_time(writer, "public_since", casefile->public_since);
	json_put_bool(writer, "publication_approved", casefile->facts->is_approved);
	TRY(put_parts(writer, call, casefile));
	if (!actor_has(call->actor, ROLE_COORDINATOR)) return OK;
	PartyLines parties;
	TRY(party_list(call, casefile->id, 0, PARTIES_MAX, &parties));
	TRY(parties_json(writer, call, &parties, true));
	TRY(put_links(writer, call, casefile));
	TRY(put_upward(writer, call, casefile));
	TRY(put_early(writer, call, casefile));
	return instructions_json(writer, call, casefile);
}
