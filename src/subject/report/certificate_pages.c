/* The conditions of a certificate, as people and machines read them. */
#include "store/setting/setting.h"
#include "subject/report/certificate_view.h"
#include "subject/report/views/certificate_conditions.html.h"

static const char *const tones[] = { [ELIGIBILITY_MET] = "good", [ELIGIBILITY_OPEN] = "neutral", [ELIGIBILITY_MISSING] = "warn" };
static const char *const verdicts[] = {
	[ELIGIBILITY_MET] = N_("As it stands, this find may be certified as an original one."),
	[ELIGIBILITY_OPEN] = N_("This find may be certified as an original one, if what is open turns out well."),
	[ELIGIBILITY_MISSING] = N_("This find will not be certified as an original one. It is taken on all the same."),
};

static Text version_text(Arena *arena, int64_t version) { return arena_printf(arena, "%lld", (long long)version); }

Error certificate_markup(Html *html, const Map *values, int64_t reporter_id, Markup *out)
{
	Eligibility eligibility;
	TRY(certificate_eligibility(html->call, values, reporter_id, TEXT(""), &eligibility));
	Check *checks = arena_array_of(html->call->arena, Check, eligibility.lines.count + 1);
	for (size_t i = 0; i < eligibility.lines.count; i++) {
		const EligibilityLine *line = &eligibility.lines.at[i];
		checks[i] = (Check) {
			.text = line->text, .word = tr(html->lang, eligibility_text(line->state)), .tone = text_from(tones[line->state])
		};
	}
	Html inner = html_inner(html);
	html_raw(&inner, "<p>", 3);
	html_text(&inner, tr(html->lang, verdicts[eligibility.state]));
	html_raw(&inner, "</p>", 4);
	html_markup(&inner, part_checks(html, checks, eligibility.lines.count));
	Text title = problem_text(html->call->arena, html->lang,
		&(Problem) { .message = N_("Certificate of an original find (conditions, version %s)"),
			.argument = version_text(html->call->arena, eligibility.version) });
	*out = part_note(html, TEXT("neutral"), title, html_done(html, &inner));
	return OK;
}

/* Names of members have no hyphens. */
static const char *member_of(Arena *arena, Text code)
{
	Buffer name = { .arena = arena };
	for (size_t i = 0; i < code.length; i++) buffer_byte(&name, code.at[i] == '-' ? '_' : code.at[i]);
	return arena_string(arena, buffer_text(&name));
}

Error certificate_json(Call *call, JsonWriter *writer, const Map *values, int64_t reporter_id)
{
	Eligibility eligibility;
	TRY(certificate_eligibility(call, values, reporter_id, TEXT(""), &eligibility));
	json_object_begin(writer);
	json_put_text(
		writer, "rule", arena_printf(call->arena, "certificate %.*s", TEXT_ARGS(version_text(call->arena, eligibility.version))));
	json_put_text(writer, "state", text_from(eligibility_tag(eligibility.state)));
	json_key(writer, TEXT("conditions"));
	json_object_begin(writer);
	for (size_t i = 0; i < eligibility.lines.count; i++)
		json_put_text(writer, member_of(call->arena, eligibility.lines.at[i].name),
			text_from(eligibility_tag(eligibility.lines.at[i].state)));
	json_end(writer);
	json_end(writer);
	return OK;
}

/* ---- For everybody */
/* As it is computed now: a setting by its value. */
static Text rule_text(Call *call, Text rule)
{
	const Text name = TEXT("certificate_level");
	size_t at = 0;
	if (!text_find(rule, name, &at)) return rule;
	return arena_printf(call->arena, "%.*s%.*s", (int)at, rule.at, TEXT_ARGS(setting_text(call, SETTING_certificate_level)));
}

static Error show_conditions(Request *request)
{
	static const char *const labels[] = { N_("Condition"), N_("What the condition asks for") };
	Call *call = request->call;
	Eligibility eligibility;
	Html *html;
	ConditionsView view = { .registered = url_public(request, TEXT("/certificates?kind=find")) };
	PageHead head = { .title = tr(call->lang, report_conditions.title),
		.lead = tr(call->lang,
			"They are stricter than those of acceptance. Each month the library certifies what meets all of them.") };
	TRY(certificate_eligibility(call, map_new(call->arena), 0, TEXT(""), &eligibility));
	TRY(html_page_open(request, &head, &html));
	Cell *cells = arena_array_of(call->arena, Cell, eligibility.lines.count * COUNT(labels) + 1);
	Column columns[COUNT(labels)];
	for (size_t i = 0; i < COUNT(labels); i++) columns[i] = (Column) { tr(call->lang, labels[i]), i ? COLUMN_VECTOR : COLUMN_TEXT };
	for (size_t i = 0; i < eligibility.lines.count; i++) {
		cells[i * 2].text = eligibility.lines.at[i].text;
		cells[i * 2 + 1].text = rule_text(call, text_trim(eligibility.lines.at[i].rule));
	}
	view.version = version_text(call->arena, eligibility.version);
	view.table = part_table(html, &(Table) { head.title, columns, COUNT(labels), cells, eligibility.lines.count });
	page_certificate_conditions(html, &view);
	return html_page_close(request, html);
}

static const Route rows[] = {
	{ GET, "/certificates/conditions", show_conditions, .may = ROLE_EVERYBODY,
		.summary = "The conditions of a certificate of an original find, as they are in force" },
};
const RouteTable condition_routes = { "subject/report", rows, COUNT(rows) };
