/* Looking for events without opening what they say. */
#include "store/ledger/ledger.h"
#include "store/ledger/ledger.sql.h"

/* By the narrowest index; the other wishes are compared row by row. Rows stand by time, and by number within the same instant. */
static Error find_rows(Call *call, const LedgerQuery *q, LedgerTraceRows *out)
{
	Text kind = q->kind.at ? q->kind : TEXT(""), action = q->action.at ? q->action : TEXT("");
	int64_t last = q->before ? q->before_at : q->until_at ? q->until_at - 1 : INT64_MAX, before = q->before ? q->before : INT64_MAX;
	Texts kinds = { 0 };
	if (q->ref.length) {
		if (!kind.length)
			TRY(ledger_kinds(call, &kinds));
		else
			list_add(call->arena, &kinds, kind);
		return ledger_trace_of_subject(call, kinds, q->ref, q->by_actor, q->actor, action, q->from_at, last, before, q->count, out);
	}
	if (q->by_actor) return ledger_trace_of_actor(call, q->actor, kind, action, q->from_at, last, before, q->count, out);
	if (kind.length) return ledger_trace_of_kind(call, kind, action, q->from_at, last, before, q->count, out);
	if (action.length) return ledger_trace_of_action(call, action, q->from_at, last, before, q->count, out);
	return ledger_trace_of_all(call, q->from_at, last, before, q->count, out);
}

Error ledger_search(Call *call, const LedgerQuery *query, LedgerTraces *out)
{
	LedgerTraceRows rows = { 0 };
	LedgerTraces traces = { 0 };
	TRY(find_rows(call, query, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		const LedgerTraceRow *row = &rows.at[i];
		LedgerTrace trace = { row->id, row->at, row->actor, row->code, row->kind, row->ref, row->action };
		list_add(call->arena, &traces, trace);
	}
	*out = traces;
	return OK;
}

Error ledger_follow(Call *call, int64_t from, int count, LedgerTraces *out, int64_t *out_next)
{
	LedgerFollowRows rows;
	LedgerTraces traces = { 0 };
	TRY(ledger_follow_rows(call, from, count, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		const LedgerFollowRow *row = &rows.at[i];
		LedgerTrace trace = { row->id, row->at, row->actor, row->code, row->kind, row->ref, row->action };
		list_add(call->arena, &traces, trace);
	}
	*out = traces;
	*out_next = rows.count ? rows.at[rows.count - 1].number + 1 : from;
	return OK;
}

Error ledger_refs(Call *call, const char *kind, Text after, int count, Texts *out)
{
	return ledger_ref_after(call, text_from(kind), after, count, out);
}

/* Each word is the first one behind the last, so that the index is entered once for each and never walked. */
static Error words_of(Call *call, Error (*next)(Call *call, Text after, Text *out, bool *out_found), Texts *out)
{
	Texts words = { 0 };
	Text last = TEXT(""), word = { 0 };
	for (bool found = true;;) {
		TRY(next(call, last, &word, &found));
		if (!found) break;
		list_add(call->arena, &words, word);
		last = word;
	}
	*out = words;
	return OK;
}

Error ledger_kinds(Call *call, Texts *out) { return words_of(call, ledger_kind_after, out); }
Error ledger_actions(Call *call, Texts *out) { return words_of(call, ledger_action_after, out); }
