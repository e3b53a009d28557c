/* Settings for the system and the security administrator: each with its meaning, its bounds and its history. */
#include "face/html/html.h"
#include "people/person/person.h"
#include "subject/admin/admin_view.h"
#include "subject/admin/views/setting.html.h"
#include "subject/admin/views/settings.html.h"

enum { HISTORY_PAGE = 50, SHOWN_BYTES = 60 };

/* A long list of words is cut in a table; its own page shows all of it. */
static Text shown_value(Call *call, Text value)
{
	if (!value.length) return tr(call->lang, N_("empty"));
	if (value.length <= SHOWN_BYTES) return value;
	size_t end = 0, step;
	while (end < SHOWN_BYTES && (step = text_utf8_sequence(value, end)) > 0) end += step;
	return arena_printf(call->arena, "%.*s…", TEXT_ARGS(text_slice(value, 0, end)));
}

static Url setting_url(Arena *arena, SettingId id) { return url_local(arena, "/admin/settings/%s", setting_table[id].name); }

/* ---- All of them */
static const char *const list_labels[] = { N_("Setting"), N_("Present value"), N_("Default"), N_("Range"), N_("Who may change it") };

static void fill_row(Html *html, SettingId id, Cell *cell)
{
	Call *call = html->call;
	const Setting *setting = &setting_table[id];
	cell[0] = (Cell) { .text = tr(html->lang, setting->text), .url = setting_url(call->arena, id) };
	cell[1] = (Cell) { .text = shown_value(call, setting_text(call, id)) };
	cell[2] = (Cell) { .text = shown_value(call, text_from(setting->default_value)) };
	cell[3] = (Cell) { .text = setting_bounds(call->arena, html->lang, setting) };
	cell[4] = (Cell) { .text = tr(html->lang, role_text(setting->who)) };
}

/* Of the settings from `first` on that stand under one heading; *out_next is the first one under the next. */
static const Table *group_table(Html *html, SettingId first, SettingId *out_next)
{
	Arena *arena = html->call->arena;
	const char *group = setting_group(first);
	size_t count = 0;
	while (first + count < SETTING_COUNT && !strcmp(setting_group((SettingId)(first + count)), group)) count++;
	Column *columns = arena_array_of(arena, Column, COUNT(list_labels));
	Cell *cells = arena_array_of(arena, Cell, count * COUNT(list_labels));
	for (size_t i = 0; i < COUNT(list_labels); i++)
		columns[i] = (Column) { .label = tr(html->lang, list_labels[i]), .kind = COLUMN_TEXT };
	for (size_t i = 0; i < count; i++) fill_row(html, (SettingId)(first + i), &cells[i * COUNT(list_labels)]);
	Table *table = arena_new_of(arena, Table);
	*table = (Table) { tr(html->lang, group), columns, COUNT(list_labels), cells, count };
	*out_next = (SettingId)(first + count);
	return table;
}

static Error show_list(Request *request)
{
	Html *html;
	Call *call = request->call;
	SettingGroupView groups[SETTING_COUNT];
	SettingsView view = { .groups = groups };
	PageHead head = { .title = tr(call->lang, "Settings"),
		.lead = tr(call->lang, "What may be changed without changing the program. Every change is kept with who made it and why."),
		.wide = true };
	TRY(html_page_open(request, &head, &html));
	for (SettingId id = 0, next; id < SETTING_COUNT; id = next) {
		groups[view.group_count].title = tr(html->lang, setting_group(id));
		groups[view.group_count++].table = group_table(html, id, &next);
	}
	page_settings(html, &view);
	return html_page_close(request, html);
}

/* ---- One of them */
static Error changed_by(Call *call, int64_t id, Text *out)
{
	*out = tr(call->lang, N_("The operator of the machine"));
	return id ? person_name(call, id, out) : OK;
}

static Error fill_history(Html *html, SettingId id, SettingView *view)
{
	static const char *const labels[] = { N_("At"), N_("New value"), N_("Done by"), N_("Reason") };
	Call *call = html->call;
	SettingVersions versions;
	int64_t before = 0;
	Column columns[COUNT(labels)];
	Text from = request_query(html->request, TEXT("before"));
	if (!from.at || !text_to_int(from, &before) || before < 0) before = 0;
	TRY(setting_history(call, id, before, HISTORY_PAGE, &versions));
	Cell *cells = arena_array_of(call->arena, Cell, versions.count * COUNT(labels) + 1);
	for (size_t i = 0; i < COUNT(labels); i++)
		columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = i ? COLUMN_TEXT : COLUMN_NARROW };
	for (size_t i = 0; i < versions.count; i++) {
		const SettingVersion *version = &versions.at[i];
		Cell *cell = &cells[i * COUNT(labels)];
		cell[0].markup = part_time(html, version->set_at);
		cell[1].text = version->value.length ? version->value : tr(html->lang, "empty");
		TRY(changed_by(call, version->person_id, &cell[2].text));
		cell[3].text = version->reason.length ? version->reason : TEXT("–");
	}
	view->history =
		versions.count ? part_table(html, &(Table) { tr(html->lang, "History"), columns, COUNT(labels), cells, versions.count })
			       : part_empty(html, tr(html->lang, "Never changed: the default holds."), TEXT(""), (Url) { { 0 } }, TEXT(""));
	if (versions.count == HISTORY_PAGE)
		view->pager = part_pager(html, (Url) { { 0 } },
			url_local(call->arena, "/admin/settings/%s?before=%lld", setting_table[id].name,
				(long long)versions.at[HISTORY_PAGE - 1].version));
	return OK;
}

static Markup value_field(Html *html, SettingId id)
{
	const Setting *setting = &setting_table[id];
	Arena *arena = html->call->arena;
	Text typed = html->request->method == POST ? request_form_value(html->request, TEXT("value")) : (Text) { 0 }, word;
	Text bounds = setting_bounds(arena, html->lang, setting), words = text_from(setting->choices);
	Texts choices = { 0 };
	FormField field = { .name = TEXT("value"),
		.label = tr(html->lang, "New value"),
		.value = typed.at ? typed : setting_text(html->call, id),
		.kind = INPUT_TEXT,
		.required = setting->kind != SETTING_TEXT || setting->least > 0 };
	if (setting->kind == SETTING_CHOICE) {
		while (text_next(&words, ' ', &word)) list_add(arena, &choices, word);
		field.kind = INPUT_CHOICE;
		field.choice_values = field.choice_labels = choices.at;
		field.choice_count = choices.count;
	} else
		field.help = bounds;
	return part_field(html, &field);
}

static Markup reason_field(Html *html)
{
	Text typed = html->request->method == POST ? request_form_value(html->request, TEXT("reason")) : (Text) { 0 };
	FormField field = { .name = TEXT("reason"),
		.label = tr(html->lang, "Reason of the change"),
		.value = typed,
		.kind = INPUT_LINES,
		.required = true,
		.rows = 3 };
	return part_field(html, &field);
}

static Error show_one(Request *request)
{
	Html *html;
	Call *call = request->call;
	Failure failure = call->failure; /* of the form that is shown again */
	SettingId id;
	TRY(setting_parse(call, request_parameter(request, TEXT("name")), &id));
	const Setting *setting = &setting_table[id];
	Crumb crumbs[] = { { tr(call->lang, "Settings"), url_local(call->arena, "/admin/settings") },
		{ .text = text_from(setting->name) } };
	PageHead head = { .title = tr(call->lang, setting->text), .crumbs = crumbs, .crumb_count = COUNT(crumbs) };
	TRY(html_page_open(request, &head, &html));
	Text value = setting_text(call, id), by_default = text_from(setting->default_value);
	Fact facts[] = { { .label = tr(call->lang, "Name of the setting"), .text = text_from(setting->name) },
		{ .label = tr(call->lang, "Group"), .text = tr(call->lang, setting_group(id)) },
		{ .label = tr(call->lang, "Present value"), .text = value.length ? value : tr(call->lang, "empty") },
		{ .label = tr(call->lang, "Default"), .text = by_default.length ? by_default : tr(call->lang, "empty") },
		{ .label = tr(call->lang, "Range"), .text = setting_bounds(call->arena, call->lang, setting) },
		{ .label = tr(call->lang, "Who may change it"), .text = tr(call->lang, role_text(setting->who)) } };
	SettingView view = { .facts = part_facts(html, facts, COUNT(facts)),
		.action = setting_url(call->arena, id),
		.seen = setting_version(call, id),
		.is_fixed = setting_is_fixed(call, id),
		.may_change = actor_has(call->actor, (uint32_t)setting->who),
		.who = tr(call->lang, role_text(setting->who)) };
	TRY(fill_history(html, id, &view));
	call->failure = failure;
	view.value = value_field(html, id);
	view.reason = reason_field(html);
	page_setting(html, &view);
	return html_page_close(request, html);
}

typedef struct SettingForm {
	Text value, reason;
	int64_t seen;
} SettingForm;
static const FieldSpec fields[] = {
	{ "value", FIELD_TEXT, offsetof(SettingForm, value), .max_length = 60000 },
	{ "reason", FIELD_LINES, offsetof(SettingForm, reason), .required = true, .max_length = 500 },
	{ "seen", FIELD_INT, offsetof(SettingForm, seen), .required = true },
};
static const FormSpec form_spec = { fields, COUNT(fields), sizeof(SettingForm), .max_body_bytes = 0 };

static Error do_change(Request *request)
{
	Call *call = request->call;
	const SettingForm *form = request->form;
	SettingId id;
	TRY(setting_parse(call, request_parameter(request, TEXT("name")), &id));
	SettingWish wish = { id, form->value, text_trim(form->reason), form->seen < 0 ? 0 : form->seen };
	if (!actor_has(call->actor, (uint32_t)setting_table[id].who)) return fail(call, FORBIDDEN, "setting %s", setting_table[id].name);
	if (text_is(form->value, setting_text(call, id)))
		call_problem(call, TEXT("value"), N_("This is the value that holds already."), (Text) { 0 });
	TRY(call_check_problems(call));
	Error error = admin_setting_change(call, &wish);
	if (error == ERROR_CONFLICT && !setting_is_fixed(call, id)) {
		call_recover(call);
		TRY(settings_reread(call));
		call_problem(call, TEXT("value"), N_("Somebody changed this setting meanwhile. Please look at the history below."),
			(Text) { 0 });
		return call_check_problems(call);
	}
	TRY(error);
	if (call->house->cache) http_cache_clear(call->house->cache); /* any page may show it */
	return reply_redirect(request, setting_url(call->arena, id).text);
}

#define ADMINISTRATORS .may = ROLE_SYSTEM_ADMIN | ROLE_SECURITY_ADMIN, .needs_second_factor = true
static const Route routes[] = {
	{ GET, "/admin/settings", show_list, ADMINISTRATORS, .summary = "Every setting with its value, its bounds and who may change it" },
	{ GET, "/admin/settings/:name", show_one, ADMINISTRATORS, .summary = "A setting and its history" },
	{ POST, "/admin/settings/:name", do_change, ADMINISTRATORS, .form = &form_spec, .retry = show_one,
		.summary = "Change a setting, with a reason" },
};
const RouteTable admin_setting_routes = { "subject/admin", routes, COUNT(routes) };
