/* Industries: chosen on the organisation's own page, and by the staff for all of them. */
#include "face/doc/export.h"
#include "people/org/org_pages.h"
#include "people/org/org_private.h"
#include "people/org/org_view_private.h"
#include "people/org/views/sectors.html.h"
#include "people/person/form_page.h"

enum { PAGE = 50, FILE_AT_ONCE = 500 };

/* ---- The field */
typedef struct SectorForm {
	Texts sectors;
} SectorForm;
static const FieldSpec sector_fields[] = { { "sectors", FIELD_TEXTS, offsetof(SectorForm, sectors) } };
static const FormSpec sector_form = { sector_fields, COUNT(sector_fields), sizeof(SectorForm), .max_body_bytes = 0 };

static bool has(const Texts *codes, Text code)
{
	for (size_t i = 0; i < codes->count; i++)
		if (text_is(codes->at[i], code)) return true;
	return false;
}

/* The words that can be chosen, and those that were. */
static Error field_of(const Request *request, const Texts *chosen, FormField *out)
{
	Words words;
	Texts codes = { 0 }, labels = { 0 };
	const Texts *shown = request->method == POST && request->form ? &((const SectorForm *)request->form)->sectors : chosen;
	TRY(wordlist_words(request->call, &org_sector_words, &words));
	for (size_t i = 0; i < words.count; i++) {
		if (words.at[i].is_retired && !has(chosen, words.at[i].code)) continue;
		list_add(request->call->arena, &codes, words.at[i].code);
		list_add(request->call->arena, &labels, word_text(&words.at[i], request->call->lang));
	}
	*out = form_field(request, "sectors", INPUT_CHOICE, N_("Industries it works in"),
		N_("The library's warnings to an industry reach the organisations that work in it."), TEXT(""));
	out->multiple = true;
	out->required = false;
	out->choice_values = codes.at;
	out->choice_labels = labels.at;
	out->choice_count = codes.count;
	out->values = shown->at;
	out->value_count = shown->count;
	return OK;
}

Error org_sectors_fill(Html *html, const Request *request, const Organisation *organisation, OrgView *view)
{
	Texts codes;
	FormField field;
	TRY(org_sectors(html->call, organisation->id, &codes));
	TRY(org_sectors_text(html->call, html->lang, &codes, &view->sectors));
	if (!view->is_admin) return OK;
	TRY(field_of(request, &codes, &field));
	Markup form =
		inline_form(html, url_local(html->call->arena, "/organisations/sectors"), &field, 1, tr(html->lang, "Save"), TEXT(""));
	view->sector_form = part_dialog(html, tr(html->lang, "Choose industries"), TEXT("quiet"), form);
	return OK;
}

static Error do_own(Request *request)
{
	Organisation organisation;
	const SectorForm *form = request->form;
	TRY(org_of_admin(request->call, &organisation));
	TRY(org_sectors_choose(request->call, organisation.ref, &form->sectors));
	return reply_redirect(request, TEXT("/organisations#sectors"));
}

/* ---- For the staff */
static Url staff_url(Arena *arena, Text ref) { return url_local(arena, "/admin/sectors/%.*s", TEXT_ARGS(url_segment(arena, ref))); }

static Error list(Call *call, Text sector, int64_t after, int64_t max, Organisations *out)
{
	TRY(org_may_verify(call));
	return sector.length ? org_list_of_sector(call, sector, after, max, out) : org_list_verified(call, after, max, out);
}

static Error table_of(Html *html, const Organisations *organisations, Table **out)
{
	static const char *const labels[] = { N_("Organisation"), N_("Unified social credit code"), N_("Industries") };
	Arena *arena = html->call->arena;
	Column *columns = arena_array_of(arena, Column, COUNT(labels));
	Cell *cells = arena_array_of(arena, Cell, organisations->count * COUNT(labels) + 1);
	for (size_t i = 0; i < COUNT(labels); i++)
		columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = i == 1 ? COLUMN_CODE : COLUMN_TEXT };
	for (size_t i = 0; i < organisations->count; i++) {
		const Organisation *organisation = &organisations->at[i];
		Texts codes;
		Cell *cell = &cells[i * COUNT(labels)];
		TRY(org_sectors(html->call, organisation->id, &codes));
		cell[0] = (Cell) { .text = org_shown_name(organisation, html->lang), .url = staff_url(arena, organisation->ref) };
		cell[1].text = organisation->credit_code;
		TRY(org_sectors_text(html->call, html->lang, &codes, &cell[2].text));
		if (!codes.count) cell[2].text = TEXT("–");
	}
	*out = arena_new_of(arena, Table);
	**out = (Table) { tr(html->lang, "Industries of organisations"), columns, COUNT(labels), cells, organisations->count };
	return OK;
}

static Error filters_of(Html *html, Text sector, Text address, Markup *out)
{
	Words words;
	Texts codes = { 0 }, labels = { 0 };
	Arena *arena = html->call->arena;
	TRY(wordlist_words(html->call, &org_sector_words, &words));
	list_add(arena, &codes, TEXT(""));
	list_add(arena, &labels, tr(html->lang, "All industries"));
	for (size_t i = 0; i < words.count; i++) {
		list_add(arena, &codes, words.at[i].code);
		list_add(arena, &labels, word_text(&words.at[i], html->lang));
	}
	const Filter filter = { .name = TEXT("sector"),
		.label = tr(html->lang, "Industry"),
		.value = sector,
		.choice_values = codes.at,
		.choice_labels = labels.at,
		.choice_count = codes.count };
	*out = part_filters(html, &(FilterBar) { .action = url_local(arena, "/admin/sectors"),
					  .filters = &filter,
					  .count = 1,
					  .csv = export_csv_url(arena, address),
					  .xlsx = export_xlsx_url(arena, address) });
	return OK;
}

/* As a file all of them, however many. */
static Error load_list(Request *request, Text sector, Organisations *out)
{
	Organisations page;
	int64_t after = request_query_number(request, TEXT("after"));
	if (!export_wanted(request)) return list(request->call, sector, after, PAGE, out);
	*out = (Organisations) { 0 };
	do {
		TRY(list(request->call, sector, after, FILE_AT_ONCE, &page));
		for (size_t i = 0; i < page.count; i++) list_add(request->call->arena, out, page.at[i]);
		if (page.count) after = page.at[page.count - 1].id;
	} while (page.count == FILE_AT_ONCE);
	return OK;
}

static Error show_list(Request *request)
{
	Html *html;
	Table *table;
	Organisations organisations;
	SectorsView view = { 0 };
	Call *call = request->call;
	Text sector = request_query(request, TEXT("sector"));
	if (!sector.at) sector = TEXT("");
	Text address = arena_printf(call->arena, "/admin/sectors?sector=%.*s", TEXT_ARGS(url_segment(call->arena, sector)));
	PageHead head = { .title = tr(call->lang, "Industries of organisations"),
		.lead = tr(call->lang, "Warnings to an industry reach the verified organisations that work in it."),
		.wide = true };
	TRY(load_list(request, sector, &organisations));
	TRY(html_page_open(request, &head, &html));
	TRY(table_of(html, &organisations, &table));
	if (export_wanted(request)) return export_reply(request, table, TEXT("sectors"));
	TRY(filters_of(html, sector, address, &view.filters));
	if (organisations.count)
		view.table = part_table(html, table);
	else
		view.empty = part_empty(
			html, tr(html->lang, "No verified organisation works in this industry."), TEXT(""), (Url) { { 0 } }, TEXT(""));
	if (organisations.count == PAGE)
		view.pager = part_pager(html, (Url) { { 0 } },
			url_local(call->arena, "%.*s&after=%lld", TEXT_ARGS(address), (long long)organisations.at[PAGE - 1].id));
	page_sectors(html, &view);
	return html_page_close(request, html);
}

/* NOT_FOUND: only verified ones are in the list. */
static Error open_verified(Request *request, Organisation *out)
{
	TRY(org_may_verify(request->call));
	TRY(org_find_ref(request->call, request_parameter(request, TEXT("ref")), out));
	return out->state == ORG_VERIFIED ? OK : fail(request->call, NOT_FOUND, "not a verified organisation");
}

static Error show_one(Request *request)
{
	Call *call = request->call;
	Organisation organisation;
	Texts codes;
	FormField field;
	Failure failure = call->failure;
	TRY(open_verified(request, &organisation));
	TRY(org_sectors(call, organisation.id, &codes));
	TRY(field_of(request, &codes, &field));
	call->failure = failure;
	const Crumb back = { tr(call->lang, "Industries of organisations"), url_local(call->arena, "/admin/sectors") };
	FormPage page = { .title = org_shown_name(&organisation, call->lang),
		.lead = organisation.credit_code,
		.action = staff_url(call->arena, organisation.ref),
		.fields = &field,
		.field_count = 1,
		.button = tr(call->lang, "Save"),
		.links = &back,
		.link_count = 1 };
	return form_page_show(request, &page);
}

static Error do_one(Request *request)
{
	Organisation organisation;
	const SectorForm *form = request->form;
	TRY(open_verified(request, &organisation));
	TRY(org_sectors_choose(request->call, organisation.ref, &form->sectors));
	return reply_redirect(request, TEXT("/admin/sectors"));
}

#define STAFF .may = ROLE_COORDINATOR, .needs_second_factor = true
static const Route rows[] = {
	{ POST, "/organisations/sectors", do_own, .may = ROLE_PEOPLE, .form = &sector_form, .retry = org_show_own,
		.summary = "Says in which industries one's own organisation works." },
	{ GET, "/admin/sectors", show_list, STAFF,
		.summary = "Lists verified organisations with their industries; sector=: of one; format=csv or xlsx as a file." },
	{ GET, "/admin/sectors/:ref", show_one, STAFF, .summary = "Shows the industries of an organisation to be changed." },
	{ POST, "/admin/sectors/:ref", do_one, STAFF, .form = &sector_form, .retry = show_one,
		.summary = "Says in which industries an organisation works." },
};
const RouteTable sector_routes = { "org", rows, COUNT(rows) };
