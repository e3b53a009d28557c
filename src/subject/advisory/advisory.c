#include "base/base/clock.h"
#include "store/ledger/ledger.h"
#include "subject/advisory/advisory.sql.h"
#include "subject/advisory/advisory_private.h"

static Error read_row(Call *call, const AdvisoryRow *row, Advisory *out)
{
	Json json;
	Advisory advisory = { .id = row->id, .position = row->position, .identifier = row->identifier, .withdrawn = row->withdrawn };
	if (!json_parse(call->arena, row->document, &json, NULL) || !advisory_read(call->arena, json, &advisory.content))
		return fail(call, CORRUPT, "record %.*s cannot be read", TEXT_ARGS(row->identifier));
	*out = advisory;
	return OK;
}

Error advisory_find(Call *call, Text identifier, Advisory *out)
{
	AdvisoryRow row;
	if (!is_identifier(identifier)) return fail(call, NOT_FOUND, "no identifier");
	TRY(advisory_find_row(call, identifier_upper(call->arena, identifier), &row));
	return read_row(call, &row, out);
}

Error advisory_load_history(Call *call, Advisory *advisory)
{
	AdvisorySourceRows sources;
	AdvisoryRevisionRows revisions;
	TRY(advisory_sources_of_record(call, advisory->id, &sources));
	TRY(advisory_list_revisions(call, advisory->id, &revisions));
	for (size_t i = 0; i < sources.count; i++) {
		const AdvisorySourceRow *row = &sources.at[i];
		AdvisorySource source = { FORM_OWN, row->number, row->digest, row->updated_at, row->is_current };
		if (!advisory_form_parse(row->form, &source.form)) return fail(call, CORRUPT, "unknown form %.*s", TEXT_ARGS(row->form));
		list_add(call->arena, &advisory->sources, source);
	}
	for (size_t i = 0; i < revisions.count; i++) {
		const AdvisoryRevisionRow *row = &revisions.at[i];
		AdvisoryRevision revision = { .n = row->n, .at = row->revised_at, .author = row->author, .reason = row->reason };
		if (i + 1 < revisions.count)
			TRY(revision_changes(call, advisory->identifier, revisions.at[i + 1].digest, row->digest, &revision));
		list_add(call->arena, &advisory->revisions, revision);
	}
	return OK;
}

/* ---- Our own */
static Error find_own(Call *call, Text identifier, int64_t *out_id, AdvisoryDraft *out, bool *out_found)
{
	AdvisoryPackedRows rows;
	*out_found = false;
	TRY(advisory_resolve_identifier(call, identifier, out_id, out_found));
	if (!*out_found) return OK;
	*out_found = false;
	TRY(advisory_packed_of_record(call, *out_id, true, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		Text document, why;
		if (!text_is(rows.at[i].form, text_from(advisory_form_tag(FORM_OWN)))) continue;
		if (!unpack(call->arena, rows.at[i].packed, &document) || !advisory_read_form(call->arena, FORM_OWN, document, out, &why))
			return fail(call, CORRUPT, "advisory %.*s cannot be read", TEXT_ARGS(identifier));
		*out_found = true;
	}
	return OK;
}

static Error put_own(Call *call, const AdvisoryDraft *draft, Text author, Text reason)
{
	scoped(advisory_finisher_free) AdvisoryFinisher *finisher = advisory_finisher_new();
	AdvisoryFinished finished;
	AdvisoryOutcome outcome;
	Buffer buffer = { .arena = call->arena };
	JsonWriter writer = json_writer(&buffer);
	Text why;
	int64_t id = 0;
	bool found = false;
	advisory_write(&writer, draft);
	json_finish(&writer);
	if (!advisory_finish(finisher, call->arena, FORM_OWN, buffer_text(&buffer), &finished, &why))
		return fail(call, INVALID, "%.*s", TEXT_ARGS(why));
	TRY(advisory_put(call, &finished, &outcome));
	if (outcome == ADVISORY_UNCHANGED) return OK;
	TRY(advisory_resolve_identifier(call, draft->identifier, &id, &found));
	TRY(change_record(call, "advisory", draft->identifier));
	return advisory_add_revision(call, id, call->now, author, reason, finished.digest);
}

/* Which of the numbers it names leads to this record: the only one, unless another advisory of ours has it. The rest are related. */
static Error settle_aliases(Call *call, AdvisoryDraft *draft)
{
	Texts named = draft->aliases;
	AdvisoryDraft other;
	int64_t id = 0;
	bool taken = false;
	draft->aliases = (Texts) { 0 };
	if (named.count == 1) TRY(find_own(call, named.at[0], &id, &other, &taken));
	if (taken) taken = !text_is(other.identifier, draft->identifier);
	for (size_t i = 0; i < named.count; i++) {
		bool ours = named.count == 1 && !taken;
		texts_add_new(call->arena, ours ? &draft->aliases : &draft->related, named.at[i]);
	}
	return OK;
}

static Error check_numbers(Call *call, const AdvisoryDraft *draft)
{
	if (!is_identifier(draft->identifier)) call_problem(call, TEXT("identifier"), "This is not an identifier.", (Text) { 0 });
	for (size_t i = 0; i < draft->aliases.count; i++)
		if (!is_identifier(draft->aliases.at[i]))
			call_problem(call, TEXT("aliases"), "%s is not an identifier.", draft->aliases.at[i]);
	return call_check_problems(call);
}

Error advisory_publish(Call *call, const AdvisoryDraft *draft, Text author, Text reason)
{
	must(db_in_transaction(call));
	TRY(check_numbers(call, draft));
	AdvisoryDraft own = *draft, before;
	Texts aliases = { 0 };
	int64_t id = 0;
	bool found = false, known = false;
	own.identifier = identifier_upper(call->arena, draft->identifier);
	for (size_t i = 0; i < draft->aliases.count; i++)
		texts_add_new(call->arena, &aliases, identifier_upper(call->arena, draft->aliases.at[i]));
	own.aliases = aliases;
	own.issuers = (Texts) { 0 };
	own.updated_at = call->now;
	TRY(advisory_resolve_identifier(call, own.identifier, &id, &known));
	TRY(find_own(call, own.identifier, &id, &before, &found));
	if (known && (!found || !text_is(before.identifier, own.identifier)))
		return fail(call, CONFLICT, "%.*s belongs to another record", TEXT_ARGS(own.identifier));
	TRY(settle_aliases(call, &own));
	if (found && before.aliases.count == 1) { /* what has led here goes on to do so */
		for (size_t i = 0; i < own.aliases.count; i++) texts_add_new(call->arena, &own.related, own.aliases.at[i]);
		own.aliases = before.aliases;
	}
	return put_own(call, &own, author, reason);
}

Error advisory_withdraw(Call *call, Text identifier, Text author, Text reason, Text successor)
{
	must(db_in_transaction(call));
	AdvisoryDraft own;
	int64_t id = 0;
	bool found = false;
	TRY(find_own(call, identifier_upper(call->arena, identifier), &id, &own, &found));
	if (!found) return fail(call, NOT_FOUND, "no advisory of ours");
	own.withdrawn = true;
	own.withdrawal_reason = clean_text(call->arena, reason);
	own.successor = successor.length ? identifier_upper(call->arena, successor) : TEXT("");
	own.updated_at = call->now;
	return put_own(call, &own, author, reason);
}
