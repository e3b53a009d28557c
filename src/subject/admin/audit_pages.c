/* What happened, for the audit administrator: who, what, to which matter, when. What an event says stays sealed, and no matter is opened here. */
#include "base/base/clock.h"
#include "face/html/html.h"
#include "people/person/person.h"
#include "store/ledger/ledger.h"
#include "subject/admin/admin_view.h"
#include "subject/admin/views/audit.html.h"

enum { PAGE = 50, EXPORT_MOST = 5000, HOUR_MS = 3600000, DAY_MS = 24 * HOUR_MS, ZONE_MS = 8 * HOUR_MS };

static const struct {
	const char *kind, *text;
} kind_texts[] = {
	{ "advisory", N_("Advisory") },
	{ "article", N_("Article") },
	{ "audit", N_("Audit") },
	{ "casefile", N_("Casefile") },
	{ "copy", N_("Marked copy") },
	{ "organisation", N_("Organisation") },
	{ "party", N_("Vendor's part") },
	{ "person", N_("Person") },
	{ "report", N_("Report") },
	{ "product", N_("Product") },
	{ "claim", N_("Claim") },
	{ "rule", N_("Rule") },
	{ "setting", N_("Setting") },
	{ "wordlist", N_("List of words") },
};

/* A kind that is newer than the table shows its own word. */
static Text kind_text(Lang lang, Text kind)
{
	for (size_t i = 0; i < COUNT(kind_texts); i++)
		if (text_is(kind, text_from(kind_texts[i].kind))) return tr(lang, kind_texts[i].text);
	return kind;
}

/* ---- What is asked for; it stands in the address. */
typedef struct Asked {
	Text person, kind, ref, action, from, until;
	LedgerQuery query;
	Texts kinds, actions; /* that occur */
} Asked;

static Error day_of(Call *call, const char *field, Text day, int64_t *out)
{
	int64_t at;
	if (!day.length) return OK;
	if (day.length == 10 && clock_parse(day, &at))
		*out = at - ZONE_MS;
	else
		call_problem(call, text_from(field), N_("Please enter a day, as 2026-03-05."), (Text) { 0 });
	return OK;
}

static Error find_person(Call *call, Asked *asked)
{
	Person person;
	if (!asked->person.length) return OK;
	Error error = text_starts(asked->person, TEXT("P-")) ? person_find_ref(call, asked->person, &person)
							     : person_find_login(call, asked->person, &person);
	asked->query.by_actor = true;
	if (error == ERROR_NOT_FOUND) {
		call_recover(call);
		call_problem(call, TEXT("person"), N_("There is no such person."), (Text) { 0 });
		return OK;
	}
	TRY(error);
	asked->query.actor = person.id;
	return OK;
}

static Text wish(const Request *request, const char *name)
{
	Text value = text_trim(request_query(request, text_from(name)));
	return value.at ? value : TEXT("");
}

static Error read_query(Request *request, int count, Asked *out)
{
	Call *call = request->call;
	Asked asked = { wish(request, "person"), wish(request, "kind"), wish(request, "ref"), wish(request, "action"),
		wish(request, "from"), wish(request, "until"), .query = { .count = count } };
	asked.query.kind = asked.kind;
	asked.query.ref = asked.ref;
	asked.query.action = asked.action;
	bool goes_on = text_to_int(wish(request, "before"), &asked.query.before) && asked.query.before > 0 &&
		       text_to_int(wish(request, "at"), &asked.query.before_at);
	if (!goes_on) asked.query.before = asked.query.before_at = 0;
	TRY(ledger_kinds(call, &asked.kinds));
	TRY(ledger_actions(call, &asked.actions));
	TRY(find_person(call, &asked));
	TRY(day_of(call, "from", asked.from, &asked.query.from_at));
	TRY(day_of(call, "until", asked.until, &asked.query.until_at));
	if (asked.query.until_at) asked.query.until_at += DAY_MS; /* that day is meant too */
	*out = asked;
	return OK;
}

/* "?person=…&…" without the place in the list. */
static Text query_text(Arena *arena, const Asked *asked)
{
	const struct {
		const char *name;
		Text value;
	} parts[] = { { "person", asked->person }, { "kind", asked->kind }, { "ref", asked->ref }, { "action", asked->action },
		{ "from", asked->from }, { "until", asked->until } };
	Buffer out = { .arena = arena };
	buffer_byte(&out, '?');
	for (size_t i = 0; i < COUNT(parts); i++)
		if (parts[i].value.length) buffer_printf(&out, "%s=%.*s&", parts[i].name, TEXT_ARGS(url_segment(arena, parts[i].value)));
	return text_slice(buffer_text(&out), 0, out.length - 1); /* empty when nothing is asked for */
}

static Markup filters_of(Html *html, const Asked *asked)
{
	Arena *arena = html->call->arena;
	Text all = tr(html->lang, "All");
	Texts kinds = { 0 }, actions = { 0 }, names = { 0 }, words = { 0 };
	list_add(arena, &kinds, TEXT(""));
	list_add(arena, &names, all);
	list_add(arena, &actions, TEXT(""));
	list_add(arena, &words, all);
	for (size_t i = 0; i < asked->kinds.count; i++) {
		list_add(arena, &kinds, asked->kinds.at[i]);
		list_add(arena, &names, kind_text(html->lang, asked->kinds.at[i]));
	}
	for (size_t i = 0; i < asked->actions.count; i++) {
		list_add(arena, &actions, asked->actions.at[i]);
		list_add(arena, &words, asked->actions.at[i]);
	}
	Filter filters[] = {
		{ .name = TEXT("person"),
			.label = tr(html->lang, "Person: reference, mail address or public name"),
			.value = asked->person,
			.is_search = true },
		{ .name = TEXT("ref"), .label = tr(html->lang, "Number or reference"), .value = asked->ref },
		{ .name = TEXT("kind"),
			.label = tr(html->lang, "Kind"),
			.value = asked->kind,
			.choice_values = kinds.at,
			.choice_labels = names.at,
			.choice_count = kinds.count },
		{ .name = TEXT("action"),
			.label = tr(html->lang, "Action"),
			.value = asked->action,
			.choice_values = actions.at,
			.choice_labels = words.at,
			.choice_count = actions.count },
		{ .name = TEXT("from"), .label = tr(html->lang, "From day"), .value = asked->from, .is_date = true },
		{ .name = TEXT("until"), .label = tr(html->lang, "To day"), .value = asked->until, .is_date = true },
	};
	FilterBar bar = { .action = url_local(arena, "/audit"),
		.filters = filters,
		.count = COUNT(filters),
		.csv = url_local(arena, "/audit/export/csv%.*s", TEXT_ARGS(query_text(arena, asked))) };
	return part_filters(html, &bar);
}

/* ---- Who it was */
typedef struct Known {
	int64_t id;
	Text name, ref;
} Known;
typedef LIST_OF(Known) KnownPeople;

static Error who_of(Call *call, KnownPeople *known, int64_t id, Known *out)
{
	Person person;
	*out = (Known) { .name = tr(call->lang, N_("A visitor or the system")), .ref = TEXT("") };
	if (!id) return OK;
	for (size_t i = 0; i < known->count; i++)
		if (known->at[i].id == id) {
			*out = known->at[i];
			return OK;
		}
	TRY(person_find(call, id, &person));
	*out = (Known) { id, person_shown_name(&person), person.ref };
	list_add(call->arena, known, *out);
	return OK;
}

/* ---- The list */
static const char *const labels[] = { N_("At"), N_("Done by"), N_("Action"), N_("Kind"), N_("Number or reference"), N_("Event") };

/* Name and number lead to everything of that person, of that matter; the event's own number stands in the table that is taken away. */
static Error fill_list(Html *html, const LedgerTraces *traces, AuditView *view)
{
	enum { SHOWN = COUNT(labels) - 1 };
	Call *call = html->call;
	Arena *arena = call->arena;
	KnownPeople known = { 0 };
	Column columns[SHOWN];
	Cell *cells = arena_array_of(arena, Cell, traces->count * SHOWN + 1);
	for (size_t i = 0; i < SHOWN; i++)
		columns[i] = (Column) { .label = tr(html->lang, labels[i]),
			.kind = i == SHOWN - 1 ? COLUMN_CODE
				: i            ? COLUMN_TEXT
					       : COLUMN_NARROW };
	for (size_t i = 0; i < traces->count; i++) {
		const LedgerTrace *trace = &traces->at[i];
		Cell *cell = &cells[i * SHOWN];
		Known who;
		TRY(who_of(call, &known, trace->actor, &who));
		cell[0].markup = part_time(html, trace->at);
		cell[1].text = who.name;
		if (who.ref.length) cell[1].url = url_local(arena, "/audit?person=%.*s", TEXT_ARGS(url_segment(arena, who.ref)));
		cell[2].text = trace->action;
		cell[3].text = kind_text(html->lang, trace->kind);
		cell[4] = (Cell) { .text = trace->ref,
			.url = url_local(arena, "/audit?ref=%.*s", TEXT_ARGS(url_segment(arena, trace->ref))) };
	}
	view->list = traces->count ? part_table(html, &(Table) { html->head->title, columns, SHOWN, cells, traces->count })
				   : part_empty(html, tr(html->lang, "Nothing fits."), TEXT(""), (Url) { { 0 } }, TEXT(""));
	return OK;
}

static Error show_list(Request *request)
{
	Html *html;
	Call *call = request->call;
	Asked asked;
	LedgerTraces traces = { 0 };
	TRY(read_query(request, PAGE, &asked));
	if (!call->failure.problems.count) TRY(ledger_search(call, &asked.query, &traces));
	AuditView view = { .is_readings = text_is(asked.action, TEXT("read")) };
	PageHead head = { .title = view.is_readings ? tr(call->lang, "Who read which matter") : tr(call->lang, "Audit"),
		.lead = tr(call->lang, "Who did what, and when. What a matter says is never shown here."),
		.wide = true };
	TRY(html_page_open(request, &head, &html));
	view.filters = filters_of(html, &asked);
	TRY(fill_list(html, &traces, &view));
	if (traces.count == PAGE) {
		Text query = query_text(call->arena, &asked);
		view.pager = part_pager(html, (Url) { { 0 } },
			url_local(call->arena, "/audit%.*s%sbefore=%lld&at=%lld", TEXT_ARGS(query), query.length ? "&" : "?",
				(long long)traces.at[PAGE - 1].id, (long long)traces.at[PAGE - 1].at));
	}
	page_audit(html, &view);
	return html_page_close(request, html);
}

/* ---- The same as a table; taking it away is an event itself */
static Error record_export(Call *call, void *argument)
{
	LedgerEvent event = { .kind = "audit", .ref = TEXT("ledger"), .action = "export", .detail = *(const Text *)argument };
	return ledger_record(call, &event, NULL);
}

static Error export_list(Request *request)
{
	Call *call = request->call;
	Asked asked;
	LedgerTraces traces = { 0 };
	KnownPeople known = { 0 };
	TRY(read_query(request, EXPORT_MOST, &asked));
	TRY(call_check_problems(call));
	TRY(ledger_search(call, &asked.query, &traces));
	Text query = query_text(call->arena, &asked);
	TRY(db_transact(call, record_export, &query));
	Buffer out = csv_begin(call->arena);
	for (size_t i = 0; i < COUNT(labels); i++) csv_cell(&out, tr(call->lang, labels[i]), i + 1 == COUNT(labels));
	for (size_t i = 0; i < traces.count; i++) {
		const LedgerTrace *trace = &traces.at[i];
		Known who;
		TRY(who_of(call, &known, trace->actor, &who));
		const Text cells[] = { clock_iso(call->arena, trace->at),
			who.ref.length ? arena_printf(call->arena, "%.*s (%.*s)", TEXT_ARGS(who.name), TEXT_ARGS(who.ref)) : who.name,
			trace->action, kind_text(call->lang, trace->kind), trace->ref, trace->code };
		for (size_t k = 0; k < COUNT(cells); k++) csv_cell(&out, cells[k], k + 1 == COUNT(cells));
	}
	reply_csv(request, "audit.csv", &out);
	return OK;
}

#define AUDITORS .may = ROLE_AUDIT_ADMIN, .needs_second_factor = true
static const Route routes[] = {
	{ GET, "/audit", show_list, AUDITORS, .summary = "What happened: who, what, to which matter, when; never what it says" },
	{ GET, "/audit/export/csv", export_list, AUDITORS, .weight = 5, .summary = "The same as a table, at most 5,000 events" },
};
const RouteTable audit_routes = { "subject/admin", routes, COUNT(routes) };
