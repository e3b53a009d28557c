/* Documents into the database: attach, put together anew, index. Everything here runs inside a transaction. */
#include "store/ledger/ledger.h"
#include "subject/advisory/advisory.sql.h"
#include "subject/advisory/advisory_private.h"

/* ---- The row and its places in the indexes */

static Error write_identifiers(Call *call, int64_t id, const Texts *identifiers)
{
	for (size_t i = 0; i < identifiers->count; i++) {
		int64_t added = 0;
		TRY(advisory_add_identifier(call, identifiers->at[i], id, &added));
		if (!added && i == 0) return fail(call, CONFLICT, "%.*s belongs to another record", TEXT_ARGS(identifiers->at[0]));
	}
	return OK;
}

/* Two records of one second with the same tie: the later one moves up to the next free place. */
static Error insert_record(Call *call, AdvisoryRecord *record, int64_t *out_id)
{
	TRY(advisory_next_id(call, out_id));
	for (int64_t inserted = 0; !inserted;) {
		TRY(advisory_insert_row(call, *out_id, record->position, record->identifier, record->withdrawn, record->level,
			record->published_at, record->updated_at, record->title[LANG_ZH], record->title[LANG_EN], record->document,
			&inserted));
		if (!inserted) record->position++;
	}
	TRY(advisory_index_tokens(call, record->position, record->tokens));
	return write_identifiers(call, *out_id, &record->identifiers);
}

static Error free_position(Call *call, int64_t id, int64_t *position)
{
	for (bool taken = true; taken;) {
		int64_t other = 0;
		TRY(advisory_at_position(call, *position, &other, &taken));
		if (taken && other == id) return OK;
		if (taken) (*position)++;
	}
	return OK;
}

/* ---- A record put together anew from its current documents */
typedef struct Documents {
	AdvisoryDraft *drafts;
	AdvisoryForm *forms;
	size_t count;
} Documents;

static Error read_documents(Call *call, int64_t id, Documents *out)
{
	AdvisoryPackedRows rows;
	TRY(advisory_packed_of_record(call, id, true, &rows));
	*out = (Documents) { arena_array_of(call->arena, AdvisoryDraft, rows.count + 1),
		arena_array_of(call->arena, AdvisoryForm, rows.count + 1), 0 };
	for (AdvisoryForm form = FORM_OWN; form < FORM_COUNT; form++)
		for (size_t i = 0; i < rows.count; i++) {
			Text document, why;
			if (!text_is(rows.at[i].form, text_from(advisory_form_tag(form)))) continue;
			bool good = unpack(call->arena, rows.at[i].packed, &document) &&
				    advisory_read_form(call->arena, form, document, &out->drafts[out->count], &why);
			if (!good)
				return fail(call, CORRUPT, "source %.*s of record %lld cannot be read", TEXT_ARGS(rows.at[i].number),
					(long long)id);
			out->forms[out->count++] = form;
		}
	return OK;
}

static Error unindex(Call *call, const AdvisoryRow *row)
{
	Json json;
	AdvisoryDraft before;
	if (!json_parse(call->arena, row->document, &json, NULL) || !advisory_read(call->arena, json, &before))
		return fail(call, CORRUPT, "record %lld cannot be read", (long long)row->id);
	TokenSet *set = tokens_new(call->arena);
	record_tokens(set, &before);
	return advisory_unindex_tokens(call, row->position, tokens_text(set));
}

static Error write_record(Call *call, const AdvisoryRow *before, AdvisoryRecord *record)
{
	TRY(unindex(call, before));
	TRY(free_position(call, before->id, &record->position));
	TRY(advisory_update_row(call, before->id, record->position, record->identifier, record->withdrawn, record->level,
		record->published_at, record->updated_at, record->title[LANG_ZH], record->title[LANG_EN], record->document));
	TRY(advisory_index_tokens(call, record->position, record->tokens));
	TRY(advisory_clear_identifiers(call, before->id));
	return write_identifiers(call, before->id, &record->identifiers);
}

static Error derive(Call *call, int64_t id)
{
	AdvisoryRow before;
	Documents documents;
	AdvisoryDraft draft;
	AdvisoryRecord record;
	TRY(advisory_load_row(call, id, &before));
	TRY(change_record(call, "advisory", before.identifier));
	TRY(read_documents(call, id, &documents));
	if (!documents.count) { /* its only document belongs to another record now */
		TRY(unindex(call, &before));
		TRY(advisory_clear_identifiers(call, id));
		return advisory_delete_row(call, id);
	}
	Text identifier = documents.forms[0] == FORM_OWN ? documents.drafts[0].identifier : before.identifier;
	record_combine(call->arena, identifier, documents.drafts, documents.forms, documents.count, &draft);
	record_finish(call->arena, call->arena, &draft, &record);
	return write_record(call, &before, &record);
}

/* ---- Attaching a document */
static Error add_source(Call *call, const AdvisoryFinished *document, int64_t id, bool is_current)
{
	return advisory_add_source(call, id, text_from(advisory_form_tag(document->form)), document->number, document->digest,
		document->updated_at, is_current, document->packed);
}

/* Two records turn out to be one: everything of the one that has `identifier` goes to record `id`. */
static Error absorb(Call *call, int64_t id, Text identifier)
{
	int64_t other = 0;
	bool found = false;
	TRY(advisory_resolve_identifier(call, identifier, &other, &found));
	if (!found || other == id) return OK;
	TRY(advisory_move_sources(call, other, id));
	return derive(call, other);
}

/* The number of a document whose record is another one's can be known already: an advisory of ours has named it. */
static Error resolve(Call *call, const AdvisoryFinished *document, int64_t *out_id, bool *out_found)
{
	*out_found = false;
	if (!text_is(document->number, document->key)) TRY(advisory_resolve_identifier(call, document->number, out_id, out_found));
	if (*out_found) return absorb(call, *out_id, document->key);
	return advisory_resolve_identifier(call, document->key, out_id, out_found);
}

static Error attach(Call *call, const AdvisoryFinished *document, AdvisoryOutcome *out)
{
	int64_t id = 0;
	bool found = false;
	AdvisoryRecord record = document->record;
	TRY(resolve(call, document, &id, &found));
	if (!found) TRY(insert_record(call, &record, &id));
	TRY(add_source(call, document, id, true));
	*out = found ? ADVISORY_CHANGED : ADVISORY_NEW;
	if (document->form == FORM_OWN && record.identifiers.count > 1) {
		TRY(absorb(call, id, record.identifiers.at[1]));
		found = true;
	}
	return found ? derive(call, id) : OK;
}

static bool is_younger(const AdvisoryFinished *document, const AdvisorySourceRow *current)
{
	if (document->updated_at != current->updated_at) return document->updated_at > current->updated_at;
	return text_compare(document->digest, current->digest) > 0;
}

/* The youngest document of a number says which record it belongs to; the older ones follow it there. */
static Error replace(Call *call, const AdvisoryFinished *document, int64_t before)
{
	Text form = text_from(advisory_form_tag(document->form));
	int64_t id = 0;
	bool found = false;
	AdvisoryOutcome outcome;
	TRY(advisory_resolve_identifier(call, document->key, &id, &found));
	if (found && id == before) {
		TRY(advisory_retire_sources(call, before, form, document->number, false));
		TRY(add_source(call, document, id, true));
		return derive(call, id);
	}
	TRY(advisory_clear_identifiers(call, before));
	TRY(attach(call, document, &outcome));
	TRY(advisory_resolve_identifier(call, document->key, &id, &found));
	TRY(advisory_follow_sources(call, id, form, document->number, document->digest, false));
	return derive(call, before);
}

Error advisory_put(Call *call, const AdvisoryFinished *document, AdvisoryOutcome *out)
{
	must(db_in_transaction(call));
	AdvisorySourceRows known;
	TRY(advisory_sources_of_number(call, text_from(advisory_form_tag(document->form)), document->number, &known));
	if (!known.count) return attach(call, document, out);
	const AdvisorySourceRow *current = &known.at[0];
	for (size_t i = 0; i < known.count; i++) {
		*out = ADVISORY_UNCHANGED;
		if (text_is(known.at[i].digest, document->digest)) return OK;
		if (known.at[i].is_current) current = &known.at[i];
	}
	*out = ADVISORY_CHANGED;
	if (!is_younger(document, current)) return add_source(call, document, current->advisory_id, false);
	return replace(call, document, current->advisory_id);
}
