/* The self-check for the system administrator, for people and for machines. */
#include "base/base/json.h"
#include "face/html/html.h"
#include "subject/admin/admin_view.h"
#include "subject/admin/views/health.html.h"

static const char *const tags[] = { [HEALTH_GOOD] = "good", [HEALTH_WARN] = "warn", [HEALTH_BAD] = "bad" };
static const char *const words[] = { [HEALTH_GOOD] = N_("in order"), [HEALTH_WARN] = N_("needs attention"), [HEALTH_BAD] = N_("wrong") };

static Markup table_of(Html *html, const HealthLines *lines)
{
	static const char *const labels[] = { N_("What"), N_("State"), N_("Value found"), N_("What to do") };
	Column columns[COUNT(labels)];
	Cell *cells = arena_array_of(html->call->arena, Cell, lines->count * COUNT(labels) + 1);
	for (size_t i = 0; i < COUNT(labels); i++)
		columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = i == 1 ? COLUMN_NARROW : COLUMN_TEXT };
	for (size_t i = 0; i < lines->count; i++) {
		const HealthLine *line = &lines->at[i];
		Cell *cell = &cells[i * COUNT(labels)];
		cell[0].text = tr(html->lang, line->label);
		cell[1].markup = part_status(html, tr(html->lang, words[line->state]), text_from(tags[line->state]));
		cell[2].text = line->value;
		cell[3].text = line->advice[0] ? tr(html->lang, line->advice) : TEXT("–");
	}
	return part_table(html, &(Table) { html->head->title, columns, COUNT(labels), cells, lines->count });
}

static Markup faults_of(Html *html, const HealthCheck *check)
{
	static const char *const labels[] = { N_("What"), N_("Fault") };
	const Texts *lists[] = { &check->database, &check->files, &check->ledger };
	static const char *const names[] = { N_("Database"), N_("Files"), N_("Ledger") };
	Arena *arena = html->call->arena;
	size_t count = check->database.count + check->files.count + check->ledger.count, row = 0;
	Column columns[] = { { .label = tr(html->lang, labels[0]), .kind = COLUMN_NARROW }, { .label = tr(html->lang, labels[1]) } };
	Cell *cells = arena_array_of(arena, Cell, count * COUNT(labels) + 1);
	for (size_t l = 0; l < COUNT(lists); l++)
		for (size_t i = 0; i < lists[l]->count; i++, row++) {
			cells[row * COUNT(labels)].text = tr(html->lang, names[l]);
			cells[row * COUNT(labels) + 1].text = lists[l]->at[i];
		}
	if (!count) return (Markup) { TEXT("") };
	return part_table(html, &(Table) { tr(html->lang, "Faults"), columns, COUNT(labels), cells, count });
}

static Error show(Request *request, const HealthCheck *check)
{
	Html *html;
	Call *call = request->call;
	HealthLines lines;
	PageHead head = { .title = tr(call->lang, "Self-check"),
		.lead = tr(call->lang, "How the library itself is, and what there is to do."),
		.wide = true };
	TRY(admin_health(call, &lines));
	TRY(html_page_open(request, &head, &html));
	HealthView view = { .table = table_of(html, &lines), .check = check };
	if (check) view.faults = faults_of(html, check);
	page_health(html, &view);
	return html_page_close(request, html);
}

static Error show_health(Request *request) { return show(request, NULL); }

static Error do_check(Request *request)
{
	HealthCheck check;
	TRY(admin_check(request->call, &check));
	return show(request, &check);
}

static Error show_json(Request *request)
{
	Call *call = request->call;
	HealthLines lines;
	HealthState worst = HEALTH_GOOD;
	Buffer out = { .arena = call->arena };
	JsonWriter json = json_writer(&out);
	TRY(admin_health(call, &lines));
	for (size_t i = 0; i < lines.count; i++)
		if (lines.at[i].state > worst) worst = lines.at[i].state;
	json_object_begin(&json);
	json_put_text(&json, "state", text_from(tags[worst]));
	json_key(&json, TEXT("checks"));
	json_array_begin(&json);
	for (size_t i = 0; i < lines.count; i++) {
		json_object_begin(&json);
		json_put_text(&json, "name", text_from(lines.at[i].tag));
		json_put_text(&json, "state", text_from(tags[lines.at[i].state]));
		json_put_text(&json, "value", lines.at[i].value);
		json_put_text(&json, "advice", lines.at[i].advice[0] ? tr(call->lang, lines.at[i].advice) : TEXT(""));
		json_end(&json);
	}
	json_end(&json);
	json_end(&json);
	json_finish(&json);
	reply_json(request, buffer_text(&out));
	return OK;
}

#define SYSTEM .may = ROLE_SYSTEM_ADMIN, .needs_second_factor = true
static const Route routes[] = {
	{ GET, "/admin/health", show_health, SYSTEM, .summary = "How the library itself is, with what there is to do" },
	{ GET, "/admin/health/json", show_json, SYSTEM, .summary = "The same for machines" },
	{ POST, "/admin/health", do_check, SYSTEM, .weight = 20, .summary = "Check database, files and ledger as `cappvd check` does" },
};
const RouteTable admin_health_routes = { "subject/admin", routes, COUNT(routes) };
