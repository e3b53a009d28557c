/* What the rule makes of a matter as it stands now: from its events in the ledger and from what its room says of it. */
#include "store/ledger/ledger.h"
#include "subject/casefile/casefile.h"
#include "subject/merit/deed.h"
#include "subject/merit/merit_private.h"
#include "subject/product/product.h"

enum { EVENTS_MOST = 1000, MERGERS_MOST = 20 };

typedef struct Quality { /* what conditions ask for */
	const char *name;
	Text value;
} Quality;
typedef LIST_OF(Quality) Qualities;
typedef struct Holder {
	int64_t organisation_id, person_id;
	int64_t from_at; /* when its part in the matter began; 0: with the event */
	int64_t done_at; /* when it was, where that is not when it was recorded; 0: then */
	Text shown;
	Qualities qualities;
} Holder;
typedef LIST_OF(Holder) Holders;
typedef struct Subject {
	Text kind, ref;
	int64_t id; /* 0: no room describes it, and none knows its clocks */
	Holders owners, finders;
	Qualities qualities;
} Subject;

static void put(Call *call, Qualities *qualities, const char *name, Text value)
{
	list_add(call->arena, qualities, ((Quality) { name, value }));
}

static void put_bool(Call *call, Qualities *qualities, const char *name, bool value)
{
	put(call, qualities, name, value ? TEXT("yes") : TEXT("no"));
}

/* ---- Rooms that say something of their matters. One that is not here gives points by its events alone. */
static Error traces_of(Call *call, Text kind, Text ref, const char *action, LedgerTraces *out)
{
	LedgerQuery query = { .kind = kind, .ref = ref, .action = text_from(action), .count = EVENTS_MOST };
	return ledger_search(call, &query, out);
}

/* One organisation counts by its first report, however many of its members sent one. */
static bool is_known(const Holders *holders, const CasefileFinder *found)
{
	for (size_t i = 0; i < holders->count; i++) {
		const Holder *holder = &holders->at[i];
		if (found->organisation_id ? holder->organisation_id == found->organisation_id : holder->person_id == found->person_id)
			return true;
	}
	return !found->organisation_id && !found->person_id;
}

static Error add_finder(Call *call, const CasefileFinder *found, bool is_first, Subject *subject)
{
	LedgerTraces asked, attached;
	Product product = { .kind = TEXT("") };
	Holder holder = { .organisation_id = found->organisation_id, .person_id = found->person_id, .shown = found->report };
	TRY(traces_of(call, TEXT("report"), found->report, "ask", &asked));
	TRY(traces_of(call, TEXT("report"), found->report, "attach", &attached));
	if (attached.count) holder.from_at = attached.at[0].at;
	if (found->product_id) TRY(product_find(call, found->product_id, &product));
	put_bool(call, &holder.qualities, "original", found->is_original);
	put_bool(call, &holder.qualities, "own", found->is_own);
	put_bool(call, &holder.qualities, "disclosed", found->is_disclosed);
	put_bool(call, &holder.qualities, "novel", found->is_original && !found->is_disclosed);
	put_bool(call, &holder.qualities, "first", is_first);
	put_bool(call, &holder.qualities, "complete", asked.count == 0);
	put(call, &holder.qualities, "product", product.kind);
	list_add(call->arena, &subject->finders, holder);
	return OK;
}

static Error of_casefile(Call *call, Subject *subject)
{
	CasefileCredit credit;
	TRY(casefile_credit(call, subject->ref, &credit));
	subject->id = credit.id;
	put(call, &subject->qualities, "level", credit.level);
	put(call, &subject->qualities, "type", credit.is_incident ? TEXT("incident") : TEXT("generic"));
	for (size_t i = 0; credit.stands && i < credit.finders.count; i++)
		if (!is_known(&subject->finders, &credit.finders.at[i])) TRY(add_finder(call, &credit.finders.at[i], i == 0, subject));
	return OK;
}

static Error of_party(Call *call, Subject *subject)
{
	PartyCredit credit;
	bool any, never;
	TRY(party_credit(call, subject->ref, &credit));
	TRY(workflow_clock_never_over(call, party_machine.name, credit.id, "fixing", &any, &never));
	subject->id = credit.id;
	put_bool(call, &subject->qualities, "fixed", credit.is_done && credit.has_fix);
	put_bool(call, &subject->qualities, "kept", never);
	put_bool(call, &subject->qualities, "own", credit.is_own_report);
	if (credit.organisation_id)
		list_add(call->arena, &subject->owners, ((Holder) { .organisation_id = credit.organisation_id, .shown = subject->ref }));
	return OK;
}

static Error of_report(Call *call, Subject *subject)
{
	bool found;
	return report_id_of(call, subject->ref, &subject->id, &found);
}

/* ---- What counts like a deed: deeds, and what a room above told of at the start */
static struct {
	const char *kind;
	DeedSource *source;
} elsewhere;
void deed_set_source(const char *kind, DeedSource *source)
{
	elsewhere.kind = kind;
	elsewhere.source = source;
}

static Error of_source(Call *call, DeedSource *source, Subject *subject)
{
	DeedCredit credit;
	TRY(source(call, subject->ref, &credit));
	put(call, &subject->qualities, "deed", credit.code);
	if (!credit.is_confirmed) return OK;
	list_add(call->arena, &subject->owners,
		((Holder) { .organisation_id = credit.organisation_id, .done_at = credit.done_at, .shown = credit.shown }));
	return OK;
}

static Error of_deed(Call *call, Subject *subject) { return of_source(call, deed_credit, subject); }

static const struct {
	const char *kind;
	Error (*describe)(Call *call, Subject *subject);
} sources[] = { { "casefile", of_casefile }, { "party", of_party }, { "report", of_report }, { "deed", of_deed } };

static Error describe(Call *call, Subject *subject)
{
	for (size_t i = 0; i < COUNT(sources); i++)
		if (text_is(subject->kind, text_from(sources[i].kind))) return sources[i].describe(call, subject);
	bool is_elsewhere = elsewhere.kind && text_is(subject->kind, text_from(elsewhere.kind));
	return is_elsewhere ? of_source(call, elsewhere.source, subject) : OK;
}

/* ---- The rule */
static bool names_event(const MeritRow *row, Text kind, Text action)
{
	Text rest = row->events, event;
	size_t dot;
	while (text_next(&rest, ' ', &event))
		if (text_find(event, TEXT("."), &dot) && text_is(text_slice(event, 0, dot), kind) &&
			(!action.at || text_is(text_slice(event, dot + 1, event.length), action)))
			return true;
	return false;
}

bool merit_counts_kind(const MeritRules *rules, Text kind)
{
	for (size_t i = 0; i < rules->count; i++)
		for (size_t k = 0; k < rules->at[i].rows.count; k++)
			if (names_event(&rules->at[i].rows.at[k], kind, (Text) { 0 })) return true;
	return false;
}

static bool has_text(const Texts *texts, Text text)
{
	for (size_t i = 0; i < texts->count; i++)
		if (text_is(texts->at[i], text)) return true;
	return false;
}

void merit_kinds(Arena *arena, const MeritRules *rules, Texts *out)
{
	Text event;
	size_t dot;
	for (size_t i = 0; i < rules->count; i++)
		for (size_t k = 0; k < rules->at[i].rows.count; k++)
			for (Text rest = rules->at[i].rows.at[k].events; text_next(&rest, ' ', &event);)
				if (text_find(event, TEXT("."), &dot) && !has_text(out, text_slice(event, 0, dot)))
					list_add(arena, out, text_slice(event, 0, dot));
}

static Text quality_of(const Qualities *qualities, Text name)
{
	for (size_t i = 0; i < qualities->count; i++)
		if (text_is(text_from(qualities->at[i].name), name)) return qualities->at[i].value;
	return (Text) { 0 };
}

/* Every condition holds; a quality nobody knows is none of its values. */
static bool holds(const MeritRow *row, const Qualities *const *known, size_t count)
{
	Text rest = row->conditions, condition, one;
	size_t equals;
	while (text_next(&rest, ' ', &condition)) {
		if (!condition.length || !text_find(condition, TEXT("="), &equals)) continue;
		Text value = { 0 }, values = text_slice(condition, equals + 1, condition.length);
		for (size_t i = 0; i < count && !value.at; i++) value = quality_of(known[i], text_slice(condition, 0, equals));
		bool is = false;
		while (value.at && text_next(&values, ',', &one)) is = is || text_is(value, one);
		if (!is) return false;
	}
	return true;
}

/* ---- Whose it is */
static Error actor_holder(Call *call, const LedgerTrace *trace, Holders *out)
{
	Holder holder = { .person_id = trace->actor, .shown = TEXT("") };
	*out = (Holders) { 0 };
	if (!trace->actor) return OK;
	TRY(org_of_person_at(call, trace->actor, trace->at, &holder.organisation_id));
	if (holder.organisation_id) list_add(call->arena, out, holder); /* what staff does is its work, and no contribution */
	return OK;
}

static Error holders_of(Call *call, const Subject *subject, const MeritRow *row, const LedgerTrace *trace, Holders *out)
{
	if (text_is(row->credit, TEXT("actor"))) return actor_holder(call, trace, out);
	*out = text_is(row->credit, TEXT("owner")) ? subject->owners : subject->finders;
	return OK;
}

/* An organisation that merged into another one: what it did counts for that one. */
static Error standing_organisation(Call *call, int64_t *id)
{
	for (int i = 0; *id && i < MERGERS_MOST; i++) {
		Organisation organisation;
		TRY(org_find(call, *id, &organisation));
		if (organisation.state != ORG_MERGED || !organisation.merged_into) return OK;
		*id = organisation.merged_into;
	}
	return OK;
}

static bool has_fact(const MeritFacts *facts, const MeritFact *fact)
{
	for (size_t i = 0; i < facts->count; i++) {
		const MeritFact *other = &facts->at[i];
		if (text_is(other->code, fact->code) && text_is(other->source, fact->source) && text_is(other->holder, fact->holder))
			return true;
	}
	return false;
}

typedef struct Counting {
	Call *call;
	const MeritRules *rules;
	const Subject *subject;
	const LedgerTrace *trace;
	MeritFacts *facts;
} Counting;

static Error count_holder(const Counting *counting, const MeritRule *rule, const MeritRow *row, const Holder *holder)
{
	Call *call = counting->call;
	const Subject *subject = counting->subject;
	const LedgerTrace *trace = counting->trace;
	Qualities of_event = { 0 };
	const Qualities *known[] = { &of_event, &holder->qualities, &subject->qualities };
	bool any = false, kept = false;
	MeritFact fact = { .code = row->code,
		.event = trace->code,
		.shown = holder->shown,
		.organisation_id = holder->organisation_id,
		.person_id = holder->person_id,
		.at = holder->done_at               ? holder->done_at
		      : holder->from_at > trace->at ? holder->from_at
						    : trace->at,
		.points = row->points,
		.rule = rule->number };
	if (merit_rule_at(counting->rules, fact.at) != rule) return OK;
	if (subject->id)
		TRY(workflow_clocks_kept(
			call, arena_printf(call->arena, "%.*s", TEXT_ARGS(subject->kind)).at, subject->id, trace->at, &any, &kept));
	if (any) put_bool(call, &of_event, "in-time", kept);
	if (!holds(row, known, COUNT(known))) return OK;
	TRY(standing_organisation(call, &fact.organisation_id));
	fact.source =
		row->is_each ? trace->code : arena_printf(call->arena, "%.*s:%.*s", TEXT_ARGS(subject->kind), TEXT_ARGS(subject->ref));
	fact.holder = arena_printf(call->arena, "%c%lld", fact.organisation_id ? 'o' : 'p',
		(long long)(fact.organisation_id ? fact.organisation_id : fact.person_id));
	if (!has_fact(counting->facts, &fact)) list_add(call->arena, counting->facts, fact);
	return OK;
}

static Error count_row(const Counting *counting, const MeritRule *rule, const MeritRow *row)
{
	Holders holders;
	if (!names_event(row, counting->subject->kind, counting->trace->action)) return OK;
	TRY(holders_of(counting->call, counting->subject, row, counting->trace, &holders));
	for (size_t i = 0; i < holders.count; i++) TRY(count_holder(counting, rule, row, &holders.at[i]));
	return OK;
}

Error merit_facts(Call *call, const MeritRules *rules, Text kind, Text ref, MeritFacts *out)
{
	Subject subject = { .kind = kind, .ref = ref };
	LedgerTraces traces;
	MeritFacts facts = { 0 };
	TRY(describe(call, &subject));
	TRY(traces_of(call, kind, ref, "", &traces));
	for (size_t i = traces.count; i-- > 0;) { /* oldest first: what counts once counts for the first time */
		const Counting counting = { call, rules, &subject, &traces.at[i], &facts };
		for (size_t r = 0; r < rules->count; r++)
			for (size_t k = 0; k < rules->at[r].rows.count; k++)
				TRY(count_row(&counting, &rules->at[r], &rules->at[r].rows.at[k]));
	}
	*out = facts;
	return OK;
}
