/* Units for everybody: the register by direction and stars, one unit, both as JSON. */
#include "base/base/clock.h"
#include "subject/merit/honour.h"
#include "subject/programme/unit/unit_table_private.h"
#include "subject/programme/unit/views/unit_register.html.h"
#include "subject/programme/unit/views/unit_show.html.h"
#include "work/certificate/certificate.h"

enum { PAGE = 100, CERTIFICATES_SHOWN = 20 };

static const char *const tags[] = { "technical", "partner" };

Text unit_stars_text(int64_t stars)
{
	static const char *const words[] = { "–", "★", "★★", "★★★", "★★★★", "★★★★★" };
	return text_from(words[stars >= 0 && stars <= 5 ? stars : 0]);
}

Text unit_name(const Unit *unit, Lang lang) { return org_shown_name(&unit->organisation, lang); }

static Text public_state(const Unit *unit)
{
	bool runs = text_is(unit->state, TEXT("PROBATION")) || text_is(unit->state, TEXT("EXPIRING"));
	return runs ? TEXT("ACTIVE") : unit->state;
}

Markup unit_chip(Html *html, const Unit *unit, bool is_public)
{
	const WorkflowState *state = workflow_state(&unit_machine, is_public ? public_state(unit) : unit->state);
	must(state != NULL);
	return part_status(html, tr(html->lang, state->text), text_from(state->tone));
}

Error unit_certificates(Html *html, const Unit *unit, bool with_files, Markup *out)
{
	static const char *const labels[] = { N_("Certificate number"), N_("State"), N_("Issued on"), N_("Valid until"), N_("File") };
	Arena *arena = html->call->arena;
	Certificates list;
	size_t width = with_files ? COUNT(labels) : COUNT(labels) - 1, rows = 0;
	Column columns[COUNT(labels)];
	TRY(certificate_list_of(html->call, unit->organisation_id, CERTIFICATES_SHOWN, &list));
	Cell *cells = arena_array_of(arena, Cell, list.count * width + 1);
	for (size_t i = 0; i < width; i++) columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = COLUMN_NARROW };
	for (size_t i = 0; i < list.count; i++) {
		const Certificate *certificate = &list.at[i];
		const CertificateState *state = certificate_state(certificate, html->call->now);
		Cell *cell = &cells[rows * width];
		Text path = arena_printf(arena, "/certificates/%.*s", TEXT_ARGS(certificate->number));
		if (certificate->is.kind != CERTIFICATE_UNIT || !text_is(certificate->is.direction, unit->direction)) continue;
		rows++;
		cell[0] = (Cell) { .text = certificate->number, .url = url_public(html->request, path) };
		cell[1].markup = part_status(html, tr(html->lang, state->text), text_from(state->tone));
		cell[2].markup = part_date(html, certificate->issued_at);
		cell[3].markup = part_date(html, certificate->is.until_at - 1);
		if (with_files && certificate->file_blob && certificate_may_fetch(certificate, html->call->actor))
			cell[4] = (Cell) { .text = TEXT("PDF"), .url = url_local(arena, "%.*s/file.pdf", TEXT_ARGS(path)) };
		else if (with_files)
			cell[4].text = certificate->file_blob ? TEXT("—") : tr(html->lang, "is being made");
	}
	*out = rows ? part_table(html, &(Table) { tr(html->lang, "Certificates"), columns, width, cells, rows })
		    : markup_text(html, tr(html->lang, "None yet."));
	return OK;
}

/* ---- The register */
static Markup table_of(Html *html, const Units *units, bool former)
{
	static const char *const labels[] = { N_("Organisation"), N_("Stars"), N_("State"), N_("Certificate number"), N_("Valid until") };
	Arena *arena = html->call->arena;
	Column columns[COUNT(labels)];
	Cell *cells = arena_array_of(arena, Cell, units->count * COUNT(labels) + 1);
	for (size_t i = 0; i < COUNT(labels); i++)
		columns[i] = (Column) { .label = tr(html->lang, former && i == 4 ? N_("Ended on") : labels[i]),
			.kind = i ? COLUMN_NARROW : COLUMN_TEXT };
	for (size_t i = 0; i < units->count; i++) {
		const Unit *unit = &units->at[i];
		Cell *cell = &cells[i * COUNT(labels)];
		cell[0] = (Cell) { .text = unit_name(unit, html->lang),
			.url = url_public(html->request, arena_printf(arena, "/units/%.*s", TEXT_ARGS(unit->ref))) };
		cell[1].text = unit_stars_text(unit->stars);
		cell[2].markup = unit_chip(html, unit, true);
		cell[3] = (Cell) { .text = unit->certificate,
			.url = url_public(html->request, arena_printf(arena, "/certificates/%.*s", TEXT_ARGS(unit->certificate))) };
		cell[4].markup = part_date(html, former ? unit->ended_at : unit->until_at - 1);
	}
	if (!units->count) return (Markup) { TEXT("") };
	return part_table(html, &(Table) { tr(html->lang, "Support units"), columns, COUNT(labels), cells, units->count });
}

static Url further(Html *html, Text tag, Text last)
{
	Url url = url_public(html->request, TEXT("/units"));
	url.text = arena_printf(html->call->arena, "%.*s?direction=%.*s&after=%.*s", TEXT_ARGS(url.text), TEXT_ARGS(tag), TEXT_ARGS(last));
	return url;
}

static Error fill_direction(Html *html, const char *tag, const Unit *after, UnitDirection *out)
{
	Units units;
	TRY(unit_register(html->call, text_from(tag), after, PAGE, &units));
	out->title = tr(html->lang, certificate_direction_text(text_from(tag)));
	out->table = table_of(html, &units, false);
	if (units.count == PAGE) out->pager = part_pager(html, (Url) { { 0 } }, further(html, text_from(tag), units.at[PAGE - 1].ref));
	return OK;
}

static Error fill_former(Html *html, const Unit *after, UnitDirection *out)
{
	Units units;
	TRY(unit_former(html->call, after ? after->id : 0, PAGE, &units));
	out->title = tr(html->lang, N_("Former units"));
	out->table = table_of(html, &units, true);
	if (units.count == PAGE) out->pager = part_pager(html, (Url) { { 0 } }, further(html, TEXT("former"), units.at[PAGE - 1].ref));
	return OK;
}

static Error show_register(Request *request)
{
	Call *call = request->call;
	Html *html;
	Unit last;
	Text direction = request_query(request, TEXT("direction")), ref = request_query(request, TEXT("after"));
	const Unit *after = NULL;
	UnitRegisterView view = { 0 };
	PageHead head = { .title = tr(call->lang, "Support units"),
		.lead = tr(call->lang, "The organisations that support the library, by direction and stars."),
		.wide = true };
	if (ref.length) {
		TRY(unit_open_public(call, ref, &last));
		after = &last;
	}
	TRY(html_page_open(request, &head, &html));
	for (size_t i = 0; i < COUNT(tags); i++)
		if (!direction.length || text_is(direction, text_from(tags[i])))
			TRY(fill_direction(html, tags[i], after, &view.directions[view.count++]));
	if (!direction.length || text_is(direction, TEXT("former"))) TRY(fill_former(html, after, &view.directions[view.count++]));
	page_unit_register(html, &view);
	reply_public(request, TEXT("unit"));
	return html_page_close(request, html);
}

/* ---- One unit */
static Markup facts_of(Html *html, const Unit *unit, int64_t members)
{
	Lang lang = html->lang;
	LIST_OF(Fact) facts = { 0 };
	const Fact all[] = { { .label = tr(lang, "Organisation"), .text = unit_name(unit, lang) },
		{ .label = tr(lang, "Unified social credit code"), .text = unit->organisation.credit_code },
		{ .label = tr(lang, "Direction"), .text = tr(lang, certificate_direction_text(unit->direction)) },
		{ .label = tr(lang, "Stars"), .text = unit_stars_text(unit->stars) },
		{ .label = tr(lang, "Members registered here"), .markup = part_number(html, members) },
		{ .label = tr(lang, "Valid from"), .markup = part_date(html, unit->from_at) },
		{ .label = tr(lang, "Valid until"), .markup = part_date(html, unit->until_at - 1) },
		{ .label = tr(lang, "Document of the decision"), .text = unit->document } };
	for (size_t i = 0; i < COUNT(all); i++)
		if (all[i].text.length || all[i].markup.text.length) list_add(html->call->arena, &facts, all[i]);
	if (unit->ended_at) {
		const Fact more[] = { { .label = tr(lang, "Ended on"), .markup = part_date(html, unit->ended_at) },
			{ .label = tr(lang, "Appeal possible until"), .markup = part_date(html, unit->appeal_until) },
			{ .label = tr(lang, "May not be admitted again before"),
				.markup = unit->banned_until ? part_date(html, unit->banned_until) : (Markup) { TEXT("") } } };
		for (size_t i = 0; i < COUNT(more); i++)
			if (more[i].markup.text.length) list_add(html->call->arena, &facts, more[i]);
	}
	return part_facts(html, facts.at, facts.count);
}

static Markup duties_of(Html *html, const Unit *unit)
{
	static const char *const duties[2][4] = {
		{ N_("Sends original vulnerability information on its own and on others' app products"),
			N_("Shares early warnings of major vulnerabilities and incidents"), N_("Reviews and verifies vulnerabilities"),
			N_("Gives technical support") },
		{ N_("Sends vulnerabilities of its own apps, mini-programs and official accounts"),
			N_("Shares early warnings of major vulnerabilities and incidents"),
			N_("Helps the library to deal with vulnerabilities"), NULL },
	};
	size_t which = text_is(unit->direction, TEXT("partner")) ? 1 : 0, count = 0;
	Check checks[4];
	for (size_t i = 0; i < 4 && duties[which][i]; i++) checks[count++] = (Check) { .text = tr(html->lang, duties[which][i]) };
	return part_checks(html, checks, count);
}

static Error honours_of(Html *html, const Unit *unit, Markup *out)
{
	Honours honours;
	LIST_OF(Fact) facts = { 0 };
	TRY(honour_of_organisation(html->call, unit->organisation_id, &honours));
	for (size_t i = 0; i < honours.count; i++) {
		const Honour *honour = &honours.at[i];
		Text year = arena_printf(html->call->arena, "%lld", (long long)honour->year);
		Text name = arena_printf(html->call->arena, "%.*s (%.*s)", TEXT_ARGS(honour->name), TEXT_ARGS(honour->award));
		list_add(html->call->arena, &facts,
			((Fact) { .label = year,
				.text = name,
				.url = url_public(html->request, arena_printf(html->call->arena, "/honours/%.*s", TEXT_ARGS(year))) }));
	}
	*out = facts.count ? part_facts(html, facts.at, facts.count) : (Markup) { TEXT("") };
	return OK;
}

static bool shows_reason(const Unit *unit) { return unit->ended_at || text_is(unit->state, TEXT("SUSPENDED")); }

static Error show_unit(Request *request)
{
	Call *call = request->call;
	Html *html;
	Unit unit;
	int64_t members = 0;
	TRY(unit_open_public(call, request_parameter(request, TEXT("ref")), &unit));
	TRY(unit_members(call, unit.organisation_id, &members));
	Crumb crumbs[] = { { tr(call->lang, "Support units"), url_public(request, TEXT("/units")) },
		{ .text = unit_name(&unit, call->lang) } };
	PageHead head = { .title = unit_name(&unit, call->lang), .crumbs = crumbs, .crumb_count = COUNT(crumbs) };
	TRY(html_page_open(request, &head, &html));
	UnitShowView view = { .chip = unit_chip(html, &unit, true),
		.facts = facts_of(html, &unit, members),
		.duties = duties_of(html, &unit),
		.reason = shows_reason(&unit) ? unit.reason : TEXT("") };
	TRY(unit_certificates(html, &unit, false, &view.certificates));
	TRY(honours_of(html, &unit, &view.honours));
	page_unit_show(html, &view);
	return html_page_close(request, html);
}

/* ---- For machines */
static void put_unit(JsonWriter *json, Arena *arena, const Unit *unit)
{
	json_object_begin(json);
	json_put_text(json, "ref", unit->ref);
	json_put_text(json, "name", unit->organisation.name);
	json_put_text(json, "name_en", unit->organisation.name_en);
	json_put_text(json, "credit_code", unit->organisation.credit_code);
	json_put_text(json, "direction", unit->direction);
	json_put_int(json, "stars", unit->stars);
	json_put_text(json, "state", public_state(unit));
	json_put_text(json, "certificate", unit->certificate);
	json_put_text(json, "from", clock_iso(arena, unit->from_at));
	json_put_text(json, "until", clock_iso(arena, unit->until_at));
	json_put_time(json, "ended_at", unit->ended_at);
	json_put_text(json, "reason", shows_reason(unit) ? unit->reason : (Text) { 0 });
	json_end(json);
}

static Error get_register(Request *request)
{
	Call *call = request->call;
	JsonList page;
	Units units;
	Unit last;
	Text direction = request_query(request, TEXT("direction")), cursor = request_query(request, TEXT("cursor"));
	if (!direction.length) direction = text_from(tags[0]);
	if (!text_is(direction, text_from(tags[0])) && !text_is(direction, text_from(tags[1]))) return fail(call, USAGE, "direction");
	if (cursor.length) TRY(unit_open_public(call, cursor, &last));
	TRY(unit_register(call, direction, cursor.length ? &last : NULL, PAGE, &units));
	json_list_begin(request, &page);
	for (size_t i = 0; i < units.count; i++) put_unit(&page.writer, call->arena, &units.at[i]);
	json_list_end(request, &page, units.count == PAGE ? units.at[PAGE - 1].ref : (Text) { 0 });
	return OK;
}

static Error get_unit(Request *request)
{
	Buffer buffer = { .arena = request->call->arena };
	JsonWriter json = json_writer(&buffer);
	Unit unit;
	TRY(unit_open_public(request->call, request_parameter(request, TEXT("ref")), &unit));
	put_unit(&json, request->call->arena, &unit);
	json_finish(&json);
	reply_json(request, buffer_text(&buffer));
	return OK;
}

#define EVERYBODY .may = ROLE_EVERYBODY, .is_public = true
static const Route routes[] = {
	{ GET, "/units", show_register, EVERYBODY, .summary = "The register of support units, by direction and stars" },
	{ GET, "/units/:ref", show_unit, EVERYBODY, .summary = "A support unit: direction, stars, duties, certificates" },
	{ GET, "/api/v1/units", get_register, EVERYBODY, .summary = "The register of support units; direction chooses, cursor goes on." },
	{ GET, "/api/v1/units/:ref", get_unit, EVERYBODY, .summary = "A support unit." },
};
const RouteTable unit_public_routes = { "subject/programme", routes, COUNT(routes) };
