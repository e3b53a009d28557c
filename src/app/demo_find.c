#include "app/demo_find.h"

#include "base/base/clock.h"
#include "store/ledger/ledger.h"
#include "subject/find/find.h"
#include "subject/merit/ranking.h"

enum { ZONE_MS = 8 * 3600 * 1000, EVENTS_MOST = 500, LISTS = 2 };
#define DAY_MS ((int64_t)86400000)

static Text month_of(Arena *arena, int64_t at) { return text_slice(clock_iso(arena, at + ZONE_MS), 0, 7); }

/* The months in which something was accepted, the newest first, without the one that runs. */
static Error months(Call *call, Texts *out)
{
	LedgerTraces traces;
	const LedgerQuery query = { .kind = TEXT("casefile"), .action = TEXT("accept"), .count = EVENTS_MOST };
	TRY(ledger_search(call, &query, &traces));
	for (size_t i = 0; i < traces.count; i++) {
		Text month = month_of(call->arena, traces.at[i].at);
		bool is_known = text_is(month, month_of(call->arena, call->now));
		for (size_t k = 0; k < out->count; k++) is_known |= text_is(out->at[k], month);
		if (!is_known) list_add(call->arena, out, month);
	}
	return OK;
}

static Map *words_of(Call *call, Text month)
{
	Map *values = map_new(call->arena);
	form_set(call->arena, values, TEXT("document"), arena_printf(call->arena, "漏洞库颁字〔%.*s〕1号（演示）", TEXT_ARGS(month)));
	form_set(call->arena, values, TEXT("reason"), TEXT("报送人来函说明该问题由他人先行发现。"));
	form_set(call->arena, values, TEXT("code"), TEXT("copied"));
	return values;
}

static Error act_on_list(Call *call, const Actor *actor, Text ref, const char *action, const Map *values)
{
	call->actor = actor;
	return find_list_act(call, ref, text_from(action), 0, values);
}

static Error revoke(Call *call, const Actor *first, const Actor *second, const Find *find, const Map *values)
{
	call->actor = first;
	TRY(find_act(call, find->ref, TEXT("propose-revoke"), 0, values));
	call->actor = second;
	return find_act(call, find->ref, TEXT("revoke"), 0, values);
}

static Error fill(Call *call, const Actor *first, const Actor *second, Text month, size_t *made)
{
	FindList list;
	Finds finds;
	Text ref;
	const Map *values = words_of(call, month);
	call->actor = first;
	TRY(find_list_begin(call, month, &ref));
	TRY(find_list_open(call, ref, &list));
	TRY(find_of_list(call, &list, &finds));
	if (!finds.count) return act_on_list(call, first, ref, "drop", values);
	TRY(act_on_list(call, first, ref, "propose", values));
	if (!(*made)++) return OK; /* the newest waits */
	TRY(act_on_list(call, second, ref, "confirm", values));
	return finds.count > 1 ? revoke(call, first, second, &finds.at[0], values) : OK;
}

Error demo_finds(Call *call, const Actor *first, const Actor *second)
{
	Texts list = { 0 };
	size_t made = 0;
	call->now = clock_wall();
	TRY(months(call, &list));
	for (size_t i = 0; i < list.count && made < LISTS; i++) TRY(fill(call, first, second, list.at[i], &made));
	return OK;
}

Error demo_ranking(Call *call, const Actor *const *finders, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		call->actor = finders[i];
		TRY(ranking_wish(call, true));
	}
	return OK;
}
