/* What was said, tried, fixed and fetched: the records of a party, each shown to those it is meant for. */
#include "base/base/clock.h"
#include "base/base/random.h"
#include "people/person/person.h"
#include "store/ledger/ledger.h"
#include "store/seal/seal.h"
#include "subject/party/party_private.h"

enum { RECORDS = 200 };

static Text or_empty(Text text) { return text.at ? text : TEXT(""); }

Text party_person(Call *call, int64_t person_id)
{
	Person person;
	if (!person_id) return TEXT("");
	if (person_find(call, person_id, &person) == OK) return person_shown_name(&person);
	call_recover(call);
	return TEXT("");
}

/* ---- Statements */
Error party_store_statement(Call *call, const Party *party, const char *action, const Form *form, const Map *values)
{
	Sealed sealed;
	int64_t id = 0, person = call->actor->person_id, organisation = call->actor->organisation_id;
	Text ref = random_code(call->arena, 16);
	TRY(seal_close(call, party->seal_key, "party_statement|sealed_values", ref, form_values_text(call->arena, form, values), &sealed));
	return party_statement_add(call, ref, party->id, text_from(action), text_from(form->name), form->version,
		(Maybe) { person != 0, person }, (Maybe) { party->is_vendor && organisation, organisation }, sealed, call->now, &id);
}

/* What only the library sees of a form: how a notice was delivered, how an identity was proven. */
static bool is_hidden(const Party *party, const char *form)
{
	static const char *const internal[] = { "party-attempt", "party-bind", "party-confirm", "party-assign", "party-delivered" };
	if (party->is_staff) return false;
	for (size_t i = 0; i < COUNT(internal); i++)
		if (!strcmp(internal[i], form)) return true;
	/* the vendor's own affair, and proofs of dates: the verifier needs them not */
	return !party->is_vendor && (strcmp(form, "party-duty") == 0 || strcmp(form, "party-close-known") == 0);
}

static Map *without(Arena *arena, const Form *form, const Map *values, const char *const *names, size_t count)
{
	Map *kept = map_new(arena);
	for (size_t i = 0; i < form->section_count; i++) {
		for (size_t j = 0; j < form->sections[i].item_count; j++) {
			const char *name = form->sections[i].items[j].name;
			bool drop = false;
			for (size_t n = 0; n < count; n++) drop |= !strcmp(names[n], name);
			if (!drop) form_set(arena, kept, text_from(name), form_answer(values, name));
		}
	}
	return kept;
}

static const Map *visible(Call *call, const Party *party, const Form *form, const Map *values)
{
	static const char *const unsigned_yet[] = { "content", "versions", "title", "evidence", "way", "personal" }, *const delivered[] = {
		"evidence", "way", "personal"
	};
	if (party->is_staff || strcmp(form->name, "party-notify") != 0) return values;
	bool reads = party->acknowledged_at != 0;
	return without(call->arena, form, values, reads ? delivered : unsigned_yet, reads ? COUNT(delivered) : COUNT(unsigned_yet));
}

static Error statement_of(Call *call, const Party *party, const StatementRow *row, PartyStatement *out)
{
	Text json;
	Map *values;
	const Form *form = party_action_form(arena_string(call->arena, row->form));
	if (!form) return fail(call, CORRUPT, "statement %.*s of an unknown form", TEXT_ARGS(row->ref));
	TRY(seal_open(call, "party_statement|sealed_values", row->ref, row->sealed_values, &json));
	TRY(form_values_read(call, form, json.at ? json : TEXT("{}"), &values));
	bool is_vendors = row->organisation_id.is;
	bool is_named = party->is_staff || (is_vendors && party->is_vendor);
	*out = (PartyStatement) { .ref = row->ref,
		.action = row->action,
		.person = is_named && row->person_id.is ? party_person(call, row->person_id.value) : TEXT(""),
		.form = form,
		.values = visible(call, party, form, values),
		.at = row->stated_at,
		.is_vendors = is_vendors };
	return OK;
}

Error party_said(Call *call, const Party *party, PartyStatements *out)
{
	StatementRows rows;
	PartyStatements statements = { 0 };
	TRY(party_statement_rows(call, party->id, RECORDS, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		PartyStatement statement;
		if (is_hidden(party, arena_string(call->arena, rows.at[i].form))) continue;
		TRY(statement_of(call, party, &rows.at[i], &statement));
		list_add(call->arena, &statements, statement);
	}
	*out = statements;
	return OK;
}

static Error last_statement(Call *call, const Party *party, Text form, StatementRow *out)
{
	bool found = false;
	TRY(party_statement_last(call, party->id, form, out, &found));
	return found ? OK : fail(call, NOT_FOUND, "party %.*s has no %.*s", TEXT_ARGS(party->ref), TEXT_ARGS(form));
}

Error party_duty(Call *call, const Party *party, PartyStatement *out)
{
	StatementRow row;
	if (!party->is_vendor && !party->is_staff) return fail(call, NOT_FOUND, "the duty is the vendor's");
	TRY(last_statement(call, party, TEXT("party-duty"), &row));
	return statement_of(call, party, &row, out);
}

/* ---- Attempts */
Error party_log_attempt(Call *call, const Party *party, Text channel, Text outcome, Text address, Text note, int64_t message)
{
	Sealed sealed;
	Buffer buffer = { .arena = call->arena };
	JsonWriter writer = json_writer(&buffer);
	Text ref = random_code(call->arena, 16);
	int64_t person = call->actor->person_id;
	json_object_begin(&writer);
	json_put_text(&writer, "address", address);
	json_put_text(&writer, "note", note);
	json_end(&writer);
	json_finish(&writer);
	TRY(seal_close(call, party->seal_key, "party_attempt|sealed_words", ref, buffer_text(&buffer), &sealed));
	return party_attempt_add(call, ref, party->id, party->step, channel, outcome, (Maybe) { message != 0, message },
		(Maybe) { person != 0, person }, sealed, call->now);
}

Error party_attempts(Call *call, const Party *party, PartyAttempts *out)
{
	AttemptRows rows = { 0 };
	PartyAttempts attempts = { 0 };
	if (party->is_staff) TRY(party_attempt_rows(call, party->id, RECORDS, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		const AttemptRow *row = &rows.at[i];
		Text json;
		Json words;
		TRY(seal_open(call, "party_attempt|sealed_words", row->ref, row->sealed_words, &json));
		TRY(json_read(call, json.at ? json : TEXT("{}"), &words));
		PartyAttempt attempt = { .step = row->step,
			.channel = row->channel,
			.outcome = row->outcome,
			.address = or_empty(json_as_text(json_get(words, "address"))),
			.note = or_empty(json_as_text(json_get(words, "note"))),
			.person = row->person_id.is ? party_person(call, row->person_id.value) : TEXT(""),
			.at = row->attempted_at };
		list_add(call->arena, &attempts, attempt);
	}
	*out = attempts;
	return OK;
}

/* ---- Version lines */
Error party_store_lines(Call *call, int64_t party_id, int64_t seal_key, Text versions)
{
	Text rest = versions, piece;
	TRY(party_line_forget(call, party_id));
	while (text_next(&rest, '\n', &piece)) {
		Sealed sealed;
		Text line = text_trim(piece), ref = random_code(call->arena, 16);
		if (!line.length) continue;
		TRY(seal_close(call, seal_key, "party_line|sealed_line", ref, line, &sealed));
		TRY(party_line_add(call, ref, party_id, sealed));
	}
	return OK;
}

Error party_versions(Call *call, const Party *party, PartyVersions *out)
{
	VersionLineRows rows;
	PartyVersions versions = { 0 };
	bool reads = !party->is_vendor || party->acknowledged_at;
	TRY(party_line_rows(call, party->id, &rows));
	for (size_t i = 0; reads && i < rows.count; i++) {
		const VersionLineRow *row = &rows.at[i];
		PartyVersion version = { .fixed_at = row->fixed_at.is ? row->fixed_at.value : 0 };
		Text line, fixed;
		TRY(seal_open(call, "party_line|sealed_line", row->ref, row->sealed_line, &line));
		TRY(seal_open(call, "party_line|sealed_fixed", row->ref, row->sealed_fixed, &fixed));
		version.line = or_empty(line);
		version.fixed = row->fixed_at.is ? or_empty(fixed) : TEXT("");
		list_add(call->arena, &versions, version);
	}
	*out = versions;
	return OK;
}

/* ---- Copies of the notice, which party_notice.c makes */
Error party_copies(Call *call, const Party *party, PartyCopies *out)
{
	CopyRows rows = { 0 };
	PartyCopies copies = { 0 };
	if (party->is_staff) TRY(party_copy_rows(call, party->id, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		const CopyRow *row = &rows.at[i];
		PartyCopy one = { row->ref, party_person(call, row->person_id), row->downloads, row->made_at, row->last_at };
		list_add(call->arena, &copies, one);
	}
	*out = copies;
	return OK;
}

/* ---- Receipts */
Error party_receipt(Call *call, const Party *party, const char *action, Text *out)
{
	Events events;
	if (!party->is_vendor && !party->is_staff) return fail(call, NOT_FOUND, "receipts are the vendor's");
	TRY(ledger_events_of_action(call, party_machine.name, party->ref, action, 0, 1, &events));
	if (!events.count) return fail(call, NOT_FOUND, "party %.*s has no %s", TEXT_ARGS(party->ref), action);
	return ledger_receipt(call, events.at[0].id, out);
}
