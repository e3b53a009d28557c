/* The rule centre: the rules in force for everybody, every version with its difference, and the two hands that change them. */
#include "face/html/html.h"
#include "subject/site/rule_text.h"
#include "subject/site/rule_view.h"
#include "subject/site/rules.h"
#include "subject/site/site.h"
#include "subject/site/views/rule.html.h"
#include "subject/site/views/rule_changes.html.h"
#include "subject/site/views/rule_desk.html.h"
#include "subject/site/views/rules.html.h"

static Url version_url(const Request *request, RuleId id, int64_t number)
{
	return url_public(request, arena_printf(request->call->arena, "/rules/%s/%lld", rule_name(id), (long long)number));
}

static Error rule_of(Request *request, RuleId *out)
{
	Text name = request_parameter(request, TEXT("name"));
	return rule_parse(name, out) ? OK : fail(request->call, NOT_FOUND, "no rule of this name");
}

static Error number_of(Request *request, int64_t *out)
{
	return text_to_int(request_parameter(request, TEXT("number")), out) ? OK
									    : fail(request->call, NOT_FOUND, "no version of this number");
}

static Text filed_text(const Html *html, const RuleText *text)
{
	return text->filed_on.length ? text->filed_on : tr(html->lang, N_("not filed yet"));
}

static Cell since_cell(Html *html, const RuleText *text)
{
	if (text->decided_at) return (Cell) { .markup = part_date(html, text->decided_at) };
	return (Cell) { .text = text_is(text->state, TEXT("proposed")) ? TEXT("–") : tr(html->lang, N_("since the platform opened")) };
}

/* ---- All rules */
static Error show_rules(Request *request)
{
	static const char *const labels[] = { N_("Rule"), N_("Version"), N_("In force since"), N_("Filed on") };
	Html *html;
	Call *call = request->call;
	Column columns[COUNT(labels)];
	Cell cells[RULE_COUNT * COUNT(labels)] = { 0 };
	PageHead head = { .title = tr(call->lang, "Rule centre"),
		.lead = tr(call->lang, "The rules this platform works by and files with the authority, version by version.") };
	TRY(html_page_open(request, &head, &html));
	for (size_t i = 0; i < COUNT(labels); i++)
		columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = i ? COLUMN_NARROW : COLUMN_TEXT };
	for (size_t i = 0; i < RULE_COUNT; i++) {
		RuleTexts texts;
		Cell *cell = &cells[i * COUNT(labels)];
		TRY(rules_of(call, (RuleId)i, false, &texts));
		cell[0] = (Cell) { .text = tr(html->lang, rule_title((RuleId)i)),
			.url = url_public(request, arena_printf(call->arena, "/rules/%s", rule_name((RuleId)i))) };
		cell[1] = (Cell) { .text = arena_printf(call->arena, "%lld", (long long)texts.at[0].number) };
		cell[2] = since_cell(html, &texts.at[0]);
		cell[3] = (Cell) { .text = filed_text(html, &texts.at[0]) };
	}
	Table table = { head.title, columns, COUNT(labels), cells, RULE_COUNT };
	page_rules(html, &table);
	reply_public(request, TEXT("rule"));
	return html_page_close(request, html);
}

/* ---- One rule */
static Text state_text(const Html *html, const RuleText *text)
{
	if (text_is(text->state, TEXT("proposed"))) return tr(html->lang, N_("Proposed"));
	return text_is(text->state, TEXT("refused")) ? tr(html->lang, N_("Refused")) : tr(html->lang, N_("In force"));
}

static Markup versions_of(Html *html, RuleId id, const RuleTexts *texts, bool all)
{
	static const char *const labels[] = { N_("Version"), N_("In force since"), N_("Filed on"), N_("Reason of the change"),
		N_("State") };
	Arena *arena = html->call->arena;
	size_t width = all ? 5 : 4;
	Column columns[5];
	Cell *cells = arena_array_of(arena, Cell, texts->count * width);
	for (size_t i = 0; i < width; i++)
		columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = i == 3 ? COLUMN_TEXT : COLUMN_NARROW };
	for (size_t i = 0; i < texts->count; i++) {
		const RuleText *text = &texts->at[i];
		Cell *cell = &cells[i * width];
		cell[0] = (Cell) { .text = arena_printf(arena, "%lld", (long long)text->number) };
		if (text_is(text->state, TEXT("in_force"))) cell[0].url = version_url(html->request, id, text->number);
		cell[1] = since_cell(html, text);
		cell[2] = (Cell) { .text = filed_text(html, text) };
		cell[3] = (Cell) { .text = text->reason };
		if (all) cell[4] = (Cell) { .text = state_text(html, text) };
	}
	return part_table(html, &(Table) { tr(html->lang, "Versions"), columns, width, cells, texts->count });
}

static Error show_version(Request *request, RuleId id, int64_t number)
{
	Html *html;
	Call *call = request->call;
	RuleTexts texts;
	RuleText text;
	TRY(rules_of(call, id, false, &texts));
	if (!number) number = texts.at[0].number;
	TRY(rules_find(call, id, number, &text));
	Crumb crumbs[] = { { tr(call->lang, "Rule centre"), url_public(request, TEXT("/rules")) },
		{ .text = tr(call->lang, rule_title(id)) } };
	PageHead head = { .title = tr(call->lang, rule_title(id)), .crumbs = crumbs, .crumb_count = COUNT(crumbs) };
	TRY(html_page_open(request, &head, &html));
	RuleView view = { .body = part_document(html, rule_filled(call, text.body[html->lang]), TEXT("")),
		.versions = versions_of(html, id, &texts, false),
		.number = number,
		.decided_at = text.decided_at,
		.filed_on = filed_text(html, &text),
		.is_current = number == texts.at[0].number,
		.current = url_public(request, arena_printf(call->arena, "/rules/%s", rule_name(id))) };
	if (number > 1)
		view.changes = url_public(request, arena_printf(call->arena, "/rules/%s/%lld/changes", rule_name(id), (long long)number));
	page_rule(html, &view);
	reply_public(request, arena_printf(call->arena, "rule:%s", rule_name(id)));
	return html_page_close(request, html);
}

static Error show_rule(Request *request)
{
	RuleId id;
	TRY(rule_of(request, &id));
	return show_version(request, id, 0);
}

static Error show_number(Request *request)
{
	RuleId id;
	int64_t number = 0;
	TRY(rule_of(request, &id));
	TRY(number_of(request, &number));
	return number > 0 ? show_version(request, id, number) : fail(request->call, NOT_FOUND, "no version of this number");
}

/* From the version that was in force before. */
static Error show_changes(Request *request)
{
	Html *html;
	RuleId id;
	Call *call = request->call;
	RuleTexts texts;
	int64_t number = 0;
	TRY(rule_of(request, &id));
	TRY(number_of(request, &number));
	TRY(rules_of(call, id, false, &texts));
	size_t at = 0;
	while (at < texts.count && texts.at[at].number != number) at++;
	if (at + 1 >= texts.count) return fail(call, NOT_FOUND, "no version before");
	Crumb crumbs[] = { { tr(call->lang, "Rule centre"), url_public(request, TEXT("/rules")) },
		{ tr(call->lang, rule_title(id)), version_url(request, id, number) }, { .text = tr(call->lang, "What changed") } };
	PageHead head = { .title = tr(call->lang, "What changed"),
		.lead = arena_printf(call->arena, "%lld → %lld", (long long)texts.at[at + 1].number, (long long)number),
		.crumbs = crumbs,
		.crumb_count = COUNT(crumbs),
		.wide = true };
	TRY(html_page_open(request, &head, &html));
	Markup difference = part_difference(html, texts.at[at + 1].body[html->lang], texts.at[at].body[html->lang]);
	page_rule_changes(html, difference);
	reply_public(request, arena_printf(call->arena, "rule:%s", rule_name(id)));
	return html_page_close(request, html);
}

/* ---- Changing it */
static Markup lines_field(Html *html, const char *name, const char *label, Text value, int rows)
{
	Text typed = html->request->method == POST ? request_form_value(html->request, text_from(name)) : (Text) { 0 };
	FormField field = { .name = text_from(name),
		.label = tr(html->lang, label),
		.value = typed.at ? typed : value,
		.kind = INPUT_LINES,
		.required = true,
		.rows = rows };
	return part_field(html, &field);
}

static void fill_proposal(Html *html, const RuleTexts *texts, RuleDeskView *view)
{
	const RuleText *current = NULL, *open = NULL;
	for (size_t i = 0; i < texts->count; i++) {
		if (!current && text_is(texts->at[i].state, TEXT("in_force"))) current = &texts->at[i];
		if (!open && text_is(texts->at[i].state, TEXT("proposed"))) open = &texts->at[i];
	}
	if (!current) return; /* never: version 1 is always there */
	const Actor *actor = html->call->actor;
	FormField filed = {
		.name = TEXT("filed_on"), .label = tr(html->lang, N_("Filed with the authority on")), .kind = INPUT_DATE, .required = true
	};
	view->current = current->number;
	view->field_filed = part_field(html, &filed);
	view->may_file = actor_has(actor, ROLE_APPROVER);
	view->may_propose = !open && actor_has(actor, ROLE_EDITOR);
	view->field_zh = lines_field(html, "text_zh", N_("Text in Chinese"), current->body[LANG_ZH], 20);
	view->field_en = lines_field(html, "text_en", N_("Text in English"), current->body[LANG_EN], 20);
	view->field_reason = lines_field(html, "reason", N_("Reason of the change"), TEXT(""), 3);
	if (!open) return;
	view->open = open->number;
	view->reason = open->reason;
	view->proposal = part_difference(html, current->body[LANG_ZH], open->body[LANG_ZH]);
	view->difference = part_difference(html, current->body[LANG_EN], open->body[LANG_EN]);
	view->may_decide = actor_has(actor, ROLE_APPROVER) && open->proposed_by != actor->person_id;
}

static Error show_desk(Request *request)
{
	Html *html;
	RuleId id;
	Call *call = request->call;
	RuleTexts texts;
	TRY(rule_of(request, &id));
	TRY(rules_of(call, id, true, &texts));
	PageHead head = { .title = tr(call->lang, rule_title(id)), .wide = true };
	TRY(html_page_open(request, &head, &html));
	RuleDeskView view = { .versions = versions_of(html, id, &texts, true),
		.shown = url_public(request, arena_printf(call->arena, "/rules/%s", rule_name(id))),
		.propose_action = url_local(call->arena, "/site/rules/%s/propose", rule_name(id)),
		.decide_action = url_local(call->arena, "/site/rules/%s/decide", rule_name(id)),
		.file_action = url_local(call->arena, "/site/rules/%s/filed", rule_name(id)) };
	fill_proposal(html, &texts, &view);
	page_rule_desk(html, &view);
	return html_page_close(request, html);
}

static Error show_desk_list(Request *request)
{
	Html *html;
	Call *call = request->call;
	static const char *const labels[] = { N_("Rule"), N_("Newest version"), N_("State") };
	Column columns[COUNT(labels)];
	Cell cells[RULE_COUNT * COUNT(labels)] = { 0 };
	PageHead head = { .title = tr(call->lang, "Rules"), .lead = tr(call->lang, "An editor proposes, an approver decides.") };
	TRY(html_page_open(request, &head, &html));
	for (size_t i = 0; i < COUNT(labels); i++)
		columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = i ? COLUMN_NARROW : COLUMN_TEXT };
	for (size_t i = 0; i < RULE_COUNT; i++) {
		RuleTexts texts;
		Cell *cell = &cells[i * COUNT(labels)];
		TRY(rules_of(call, (RuleId)i, true, &texts));
		cell[0] = (Cell) { .text = tr(html->lang, rule_title((RuleId)i)),
			.url = url_local(call->arena, "/site/rules/%s", rule_name((RuleId)i)) };
		cell[1] = (Cell) { .text = arena_printf(call->arena, "%lld", (long long)texts.at[0].number) };
		cell[2] = (Cell) { .text = state_text(html, &texts.at[0]) };
	}
	Table table = { head.title, columns, COUNT(labels), cells, RULE_COUNT };
	page_rules(html, &table);
	return html_page_close(request, html);
}

typedef struct RuleForm {
	Text text_zh, text_en, reason, filed_on;
	int64_t number;
	bool approved;
} RuleForm;
static const FieldSpec propose_fields[] = {
	{ "text_zh", FIELD_LINES, offsetof(RuleForm, text_zh), .required = true, .max_length = 60000 },
	{ "text_en", FIELD_LINES, offsetof(RuleForm, text_en), .required = true, .max_length = 60000 },
	{ "reason", FIELD_LINES, offsetof(RuleForm, reason), .required = true, .max_length = 1000 },
};
static const FieldSpec decide_fields[] = {
	{ "number", FIELD_INT, offsetof(RuleForm, number), .required = true },
	{ "approved", FIELD_BOOL, offsetof(RuleForm, approved) },
};
static const FieldSpec file_fields[] = {
	{ "number", FIELD_INT, offsetof(RuleForm, number), .required = true },
	{ "filed_on", FIELD_TEXT, offsetof(RuleForm, filed_on), .required = true, .max_length = 10 },
};
static const FormSpec propose_form = { propose_fields, COUNT(propose_fields), sizeof(RuleForm), .max_body_bytes = 1024 * 1024 };
static const FormSpec decide_form = { decide_fields, COUNT(decide_fields), sizeof(RuleForm), .max_body_bytes = 0 };
static const FormSpec file_form = { file_fields, COUNT(file_fields), sizeof(RuleForm), .max_body_bytes = 0 };

static Error back(Request *request, RuleId id)
{
	return reply_redirect(request, arena_printf(request->call->arena, "/site/rules/%s", rule_name(id)));
}

static Error do_propose(Request *request)
{
	const RuleForm *form = request->form;
	RuleId id;
	TRY(rule_of(request, &id));
	TRY(rules_propose(request->call, id, form->text_zh, form->text_en, form->reason));
	return back(request, id);
}

static Error do_decide(Request *request)
{
	const RuleForm *form = request->form;
	RuleId id;
	TRY(rule_of(request, &id));
	TRY(rules_decide(request->call, id, form->number, form->approved));
	return back(request, id);
}

static Error do_file(Request *request)
{
	const RuleForm *form = request->form;
	RuleId id;
	TRY(rule_of(request, &id));
	TRY(rules_file(request->call, id, form->number, form->filed_on));
	return back(request, id);
}

#define PUBLIC .may = ROLE_EVERYBODY, .is_public = true
#define OFFICE .may = ROLE_EDITOR | ROLE_APPROVER, .needs_second_factor = true
#define APPROVERS .may = ROLE_APPROVER, .needs_second_factor = true
static const Route routes[] = {
	{ GET, "/rules", show_rules, PUBLIC, .summary = "The rules the platform works by" },
	{ GET, "/rules/:name", show_rule, PUBLIC, .summary = "A rule as it is in force" },
	{ GET, "/rules/:name/:number", show_number, PUBLIC, .summary = "A version of a rule" },
	{ GET, "/rules/:name/:number/changes", show_changes, PUBLIC, .summary = "What a version of a rule changed" },
	{ GET, "/site/rules", show_desk_list, OFFICE, .summary = "Rules and what is proposed" },
	{ GET, "/site/rules/:name", show_desk, OFFICE, .summary = "A rule with its versions and the open proposal" },
	{ POST, "/site/rules/:name/propose", do_propose, .may = ROLE_EDITOR, .needs_second_factor = true, .form = &propose_form,
		.retry = show_desk, .summary = "Propose a new version of a rule" },
	{ POST, "/site/rules/:name/decide", do_decide, APPROVERS, .form = &decide_form,
		.summary = "Approve or refuse a proposed version of a rule" },
	{ POST, "/site/rules/:name/filed", do_file, APPROVERS, .form = &file_form, .retry = show_desk,
		.summary = "Note when a version of a rule was filed with the authority" },
};
const RouteTable rule_routes = { "subject/site", routes, COUNT(routes) };
