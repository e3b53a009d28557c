/* Data retention rules: for everybody, and for those who change it or watch over it. */
#include "people/notice/notice.h"
#include "people/person/form_page.h"
#include "subject/privacy/privacy_view.h"
#include "subject/privacy/views/privacy.html.h"

static Text long_text(const Html *html, const RetentionRule *rule)
{
	if (rule->kind->action == RETENTION_KEEP && !rule->days) return tr(html->lang, N_("as long as the library stands"));
	return privacy_days(html, rule->days);
}

static Text then_text(const Html *html, const RetentionKind *kind) { return tr(html->lang, retention_action_text(kind->action)); }

/* ---- For everybody */
static Error public_table(Html *html, Markup *out)
{
	static const char *const labels[] = { N_("Kind of data"), N_("Why it is kept"), N_("Legal basis"), N_("How long"),
		N_("Counted from"), N_("Then it"), N_("Version") };
	PrivacyCells cells = { 0 };
	Arena *arena = html->call->arena;
	for (size_t i = 0; i < retention_kind_count; i++) {
		RetentionRule rule;
		TRY(retention_in_force(html->call, &retention_kinds[i], &rule));
		const Cell row[] = { { .text = tr(html->lang, rule.kind->text) }, { .text = rule.why[html->lang] },
			{ .text = rule.basis[html->lang] }, { .text = long_text(html, &rule) },
			{ .text = tr(html->lang, rule.kind->event) }, { .text = then_text(html, rule.kind) },
			{ .text = arena_printf(arena, "%lld", (long long)rule.version) } };
		for (size_t j = 0; j < COUNT(row); j++) list_add(arena, &cells, row[j]);
	}
	*out = privacy_table(html, N_("Data retention rules"), labels, COUNT(labels), &cells, "");
	return OK;
}

static Error show_public(Request *request)
{
	Html *html;
	Call *call = request->call;
	PrivacyView view = { 0 };
	Markup table;
	PageHead head = { .title = tr(call->lang, "Data retention rules"),
		.lead = tr(call->lang,
			"Each kind of data with its purpose, its legal basis and its end. The rules are carried out every night."),
		.wide = true };
	TRY(html_page_open(request, &head, &html));
	TRY(public_table(html, &table));
	privacy_add(html, &view, N_("Retention rules"), NULL, table);
	const Fact facts[] = { { .label = tr(html->lang, "With an account"),
				       .text = tr(html->lang, "Everything about you: copy, correction, deletion, consents"),
				       .url = url_local(call->arena, "/account/privacy") },
		{ .label = tr(html->lang, "Without an account"),
			.text = tr(html->lang, "Send a request of the kind “personal data” and follow it by its claim code"),
			.url = url_local(call->arena, "/complaints") } };
	privacy_add(html, &view, N_("Your rights"), NULL, part_facts(html, facts, COUNT(facts)));
	page_privacy(html, &view);
	reply_public(request, TEXT("rule"));
	return html_page_close(request, html);
}

/* ---- For administrators */
static Url kind_url(Arena *arena, const RetentionKind *kind) { return url_local(arena, "/admin/retention/%s", kind->tag); }

static Text counted(Arena *arena, int64_t count)
{
	return arena_printf(arena, count < RETENTION_COUNTED ? "%lld" : "%lld+", (long long)count);
}

static Error forecast_table(Html *html, Markup *out)
{
	static const char *const labels[] = { N_("Kind of data"), N_("How long"), N_("Now"), N_("Within 7 days"), N_("Within 30 days"),
		N_("Held back") };
	PrivacyCells cells = { 0 };
	RetentionForecasts forecasts;
	Arena *arena = html->call->arena;
	TRY(retention_forecast(html->call, &forecasts));
	for (size_t i = 0; i < forecasts.count; i++) {
		const RetentionForecast *forecast = &forecasts.at[i];
		const Cell row[] = { { .text = tr(html->lang, forecast->kind->text), .url = kind_url(arena, forecast->kind) },
			{ .text = long_text(html, &forecast->rule) }, { .text = counted(arena, forecast->now) },
			{ .text = counted(arena, forecast->week) }, { .text = counted(arena, forecast->month) },
			{ .text = counted(arena, forecast->held) } };
		for (size_t j = 0; j < COUNT(row); j++) list_add(arena, &cells, row[j]);
	}
	*out = privacy_table(html, N_("What would go"), labels, COUNT(labels), &cells, N_("Nothing."));
	return OK;
}

static Markup others_list(Html *html)
{
	Fact *facts = arena_array_of(html->call->arena, Fact, retention_kind_count);
	size_t count = 0;
	for (size_t i = 0; i < retention_kind_count; i++) {
		const RetentionKind *kind = &retention_kinds[i];
		if (kind->kept) continue;
		facts[count++] = (Fact) {
			.label = tr(html->lang, kind->text), .text = tr(html->lang, kind->by), .url = kind_url(html->call->arena, kind)
		};
	}
	return part_facts(html, facts, count);
}

static Error runs_table(Html *html, Markup *out)
{
	enum { RUNS = 30 };
	static const char *const labels[] = { N_("Time"), N_("Kind of data"), N_("Version"), N_("Gone"), N_("Held back") };
	PrivacyCells cells = { 0 };
	RetentionRuns runs;
	Arena *arena = html->call->arena;
	TRY(retention_runs(html->call, RUNS, &runs));
	for (size_t i = 0; i < runs.count; i++) {
		const RetentionRun *run = &runs.at[i];
		const RetentionKind *kind = retention_kind_find(run->kind);
		const Cell row[] = { { .markup = part_time(html, run->at) }, { .text = kind ? tr(html->lang, kind->text) : run->kind },
			{ .text = arena_printf(arena, "%lld", (long long)run->version) },
			{ .text = arena_printf(arena, "%lld", (long long)run->gone) },
			{ .text = arena_printf(arena, "%lld", (long long)run->held) } };
		for (size_t j = 0; j < COUNT(row); j++) list_add(arena, &cells, row[j]);
	}
	*out = privacy_table(html, N_("What was done"), labels, COUNT(labels), &cells, N_("No rule had anything to do yet."));
	return OK;
}

static Error show_admin(Request *request)
{
	Html *html;
	Call *call = request->call;
	PrivacyView view = { 0 };
	Markup forecast, runs;
	PageHead head = { .title = tr(call->lang, "Retention"),
		.lead = tr(call->lang,
			"What would go tonight and in the next days, without anything going. Counts alone: no number of a matter."),
		.wide = true };
	TRY(html_page_open(request, &head, &html));
	TRY(forecast_table(html, &forecast));
	TRY(runs_table(html, &runs));
	privacy_add(html, &view, N_("What would go"), NULL, forecast);
	privacy_add(html, &view, N_("What was done"), NULL, runs);
	privacy_add(html, &view, N_("Carried out elsewhere, or kept"), NULL, others_list(html));
	page_privacy(html, &view);
	return html_page_close(request, html);
}

/* ---- One kind: its versions, a proposal, the decision */
static Error versions_table(Html *html, const RetentionRules *rules, Markup *out)
{
	static const char *const labels[] = { N_("Version"), N_("How long"), N_("Why it is kept"), N_("Legal basis"),
		N_("Reason of the change"), N_("State"), N_("Proposed by"), N_("Decided by") };
	PrivacyCells cells = { 0 };
	Arena *arena = html->call->arena;
	for (size_t i = 0; i < rules->count; i++) {
		const RetentionRule *rule = &rules->at[i];
		bool is_open = text_is(rule->state, TEXT("proposed")), is_good = text_is(rule->state, TEXT("in_force"));
		Text proposer, decider;
		TRY(person_name(html->call, rule->proposed_by, &proposer));
		TRY(person_name(html->call, rule->decided_by, &decider));
		const char *word = is_open ? N_("Proposed") : is_good ? N_("Accepted") : N_("Refused");
		const Cell row[] = { { .text = arena_printf(arena, "%lld", (long long)rule->version) }, { .text = long_text(html, rule) },
			{ .text = rule->why[html->lang] }, { .text = rule->basis[html->lang] },
			{ .text = rule->reason.length ? rule->reason : TEXT("–") },
			{ .markup = part_status(html, tr(html->lang, word),
				  is_open   ? TEXT("active")
				  : is_good ? TEXT("good")
					    : TEXT("neutral")) },
			{ .text = proposer.length ? proposer : TEXT("–") }, { .text = decider.length ? decider : TEXT("–") } };
		for (size_t j = 0; j < COUNT(row); j++) list_add(arena, &cells, row[j]);
	}
	*out = privacy_table(html, N_("Versions"), labels, COUNT(labels), &cells, "");
	return OK;
}

typedef struct ChangeForm {
	int64_t days;
	Text why_zh, why_en, basis_zh, basis_en, reason;
} ChangeForm;
static const FieldSpec change_fields[] = {
	{ "days", FIELD_INT, offsetof(ChangeForm, days), .required = true },
	{ "why_zh", FIELD_LINES, offsetof(ChangeForm, why_zh), .required = true, .max_length = 500 },
	{ "why_en", FIELD_LINES, offsetof(ChangeForm, why_en), .required = true, .max_length = 500 },
	{ "basis_zh", FIELD_LINES, offsetof(ChangeForm, basis_zh), .required = true, .max_length = 500 },
	{ "basis_en", FIELD_LINES, offsetof(ChangeForm, basis_en), .required = true, .max_length = 500 },
	{ "reason", FIELD_LINES, offsetof(ChangeForm, reason), .required = true, .max_length = 500 },
};
static const FormSpec change_form = { change_fields, COUNT(change_fields), sizeof(ChangeForm), .max_body_bytes = 0 };

static Markup propose_form(Html *html, const Request *request, const RetentionRule *rule)
{
	Arena *arena = html->call->arena;
	FormField fields[] = { form_field(
				       request, "days", INPUT_TEXT, N_("Days"), NULL, arena_printf(arena, "%lld", (long long)rule->days)),
		form_field(request, "why_zh", INPUT_LINES, N_("Why it is kept, in Chinese"), NULL, rule->why[LANG_ZH]),
		form_field(request, "why_en", INPUT_LINES, N_("Why it is kept, in English"), NULL, rule->why[LANG_EN]),
		form_field(
			request, "basis_zh", INPUT_LINES, N_("Legal basis, in Chinese"), N_("With law and article"), rule->basis[LANG_ZH]),
		form_field(
			request, "basis_en", INPUT_LINES, N_("Legal basis, in English"), N_("With law and article"), rule->basis[LANG_EN]),
		form_field(request, "reason", INPUT_LINES, N_("Reason of the change"), NULL, TEXT("")) };
	for (size_t i = 1; i < COUNT(fields); i++) fields[i].rows = 2;
	return inline_form(html, kind_url(arena, rule->kind), fields, COUNT(fields), tr(html->lang, "Propose the change"), TEXT(""));
}

static Markup decide_buttons(Html *html, const RetentionRule *rule)
{
	Html inner = html_inner(html);
	Url url = url_local(html->call->arena, "/admin/retention/%s/%.*s", rule->kind->tag, TEXT_ARGS(rule->ref));
	if (rule->proposed_by == html->call->actor->person_id)
		return part_note(html, TEXT("neutral"), tr(html->lang, "A second security administrator decides."), (Markup) { { 0 } });
	html_markup(&inner, button_form(html, url, tr(html->lang, "Accept the rule"), TEXT(""), TEXT("accepted"), TEXT("true")));
	html_markup(&inner, button_form(html, url, tr(html->lang, "Refuse the rule"), TEXT("warn"), TEXT("accepted"), TEXT("false")));
	return html_done(html, &inner);
}

static Error load_kind(Request *request)
{
	const RetentionKind *kind = retention_kind_find(request_parameter(request, TEXT("kind")));
	if (!kind) return fail(request->call, NOT_FOUND, "no such kind of data");
	const RetentionKind **subject = arena_new_of(request->call->arena, const RetentionKind *);
	*subject = kind;
	request->subject = subject;
	return OK;
}

static Error show_kind(Request *request)
{
	Html *html;
	Call *call = request->call;
	const RetentionKind *kind = *(const RetentionKind *const *)request->subject;
	PrivacyView view = { 0 };
	RetentionRules rules;
	RetentionRule rule;
	Markup table;
	Crumb crumbs[] = { { tr(call->lang, "Retention"), url_local(call->arena, "/admin/retention") },
		{ .text = tr(call->lang, kind->text) } };
	PageHead head = { .title = tr(call->lang, kind->text), .crumbs = crumbs, .crumb_count = COUNT(crumbs), .wide = true };
	TRY(retention_versions(call, kind, &rules));
	TRY(retention_in_force(call, kind, &rule));
	TRY(html_page_open(request, &head, &html));
	TRY(versions_table(html, &rules, &table));
	privacy_add(html, &view, N_("Versions"), NULL, table);
	bool is_open = text_is(rules.at[0].state, TEXT("proposed"));
	if (is_open && actor_has(call->actor, ROLE_SECURITY_ADMIN))
		privacy_add(html, &view, N_("Decision"), NULL, decide_buttons(html, &rules.at[0]));
	else if (kind->action != RETENTION_KEEP && actor_has(call->actor, ROLE_SECURITY_ADMIN))
		privacy_add(html, &view, N_("Propose a change"), N_("A second security administrator decides."),
			propose_form(html, request, &rule));
	page_privacy(html, &view);
	return html_page_close(request, html);
}

static Error do_propose(Request *request)
{
	const RetentionKind *kind = *(const RetentionKind *const *)request->subject;
	const ChangeForm *form = request->form;
	RetentionChange change = { .days = form->days,
		.why = { [LANG_ZH] = form->why_zh, [LANG_EN] = form->why_en },
		.basis = { [LANG_ZH] = form->basis_zh, [LANG_EN] = form->basis_en },
		.reason = form->reason };
	TRY(retention_propose(request->call, text_from(kind->tag), &change));
	return reply_redirect(request, arena_printf(request->call->arena, "/admin/retention/%s", kind->tag));
}

typedef struct DecideForm {
	bool accepted;
} DecideForm;
static const FieldSpec decide_fields[] = { { "accepted", FIELD_BOOL, offsetof(DecideForm, accepted) } };
static const FormSpec decide_form = { decide_fields, COUNT(decide_fields), sizeof(DecideForm), .max_body_bytes = 0 };

static Error do_decide(Request *request)
{
	const RetentionKind *kind = *(const RetentionKind *const *)request->subject;
	TRY(retention_decide(request->call, request_parameter(request, TEXT("ref")), ((const DecideForm *)request->form)->accepted));
	return reply_redirect(request, arena_printf(request->call->arena, "/admin/retention/%s", kind->tag));
}

/* ---- Holds */
static Markup hold_form(Html *html, const Request *request)
{
	Call *call = html->call;
	Text *values = arena_array_of(call->arena, Text, retention_kind_count),
	     *labels = arena_array_of(call->arena, Text, retention_kind_count);
	size_t count = 0;
	for (size_t i = 0; i < retention_kind_count; i++) {
		if (!retention_kinds[i].kept) continue;
		values[count] = text_from(retention_kinds[i].tag);
		labels[count++] = tr(html->lang, retention_kinds[i].text);
	}
	FormField fields[] = { form_field(request, "kind", INPUT_CHOICE, N_("Kind of data"), NULL, TEXT("")),
		form_field(request, "matter", INPUT_TEXT, N_("Number"), N_("Of the report, complaint or paper, as its page shows it"),
			TEXT("")),
		form_field(request, "until", INPUT_DATE, N_("Held until"), N_("Within five years; it ends by itself."), TEXT("")),
		form_field(request, "reason", INPUT_LINES, N_("Reason"),
			N_("A dispute, an order of a court or an authority; with its number"), TEXT("")) };
	fields[0].choice_values = values;
	fields[0].choice_labels = labels;
	fields[0].choice_count = count;
	fields[3].rows = 3;
	return inline_form(
		html, url_local(call->arena, "/admin/holds"), fields, COUNT(fields), tr(html->lang, "Ask to hold it back"), TEXT(""));
}

static Markup hold_buttons(Html *html, const RetentionHold *hold)
{
	Html inner = html_inner(html);
	Url url = url_local(html->call->arena, "/admin/holds/%.*s", TEXT_ARGS(hold->ref));
	Url release = url_local(html->call->arena, "/admin/holds/%.*s/release", TEXT_ARGS(hold->ref));
	bool is_other = hold->asked_by != html->call->actor->person_id, may = !actor_has(html->call->actor, ROLE_AUDIT_ADMIN);
	bool is_asked = text_is(hold->state, TEXT("asked"));
	if (may && is_asked && is_other) {
		html_markup(&inner, button_form(html, url, tr(html->lang, "Hold it back"), TEXT(""), TEXT("accepted"), TEXT("true")));
		html_markup(&inner, button_form(html, url, tr(html->lang, "Refuse"), TEXT("quiet"), TEXT("accepted"), TEXT("false")));
	}
	if (may && text_is(hold->state, TEXT("held")))
		html_markup(&inner, button_form(html, release, tr(html->lang, "Release"), TEXT("quiet"), TEXT(""), TEXT("")));
	Markup buttons = html_done(html, &inner);
	return buttons.text.length ? buttons : markup_text(html, TEXT("–"));
}

static const char *hold_word(const RetentionHold *hold, int64_t now)
{
	if (text_is(hold->state, TEXT("refused"))) return N_("Refused");
	if (text_is(hold->state, TEXT("released")) || hold->until_at <= now) return N_("Ended");
	return text_is(hold->state, TEXT("held")) ? N_("Held back") : N_("Waits for a second person");
}

static Error hold_table(Html *html, const RetentionHolds *holds, Markup *out)
{
	static const char *const labels[] = { N_("Kind of data"), N_("Number"), N_("Held until"), N_("Reason"), N_("State"), N_("Asked by"),
		N_("Decided by"), N_("Action") };
	PrivacyCells cells = { 0 };
	for (size_t i = 0; i < holds->count; i++) {
		const RetentionHold *hold = &holds->at[i];
		const RetentionKind *kind = retention_kind_find(hold->kind);
		Text asker, decider;
		TRY(person_name(html->call, hold->asked_by, &asker));
		TRY(person_name(html->call, hold->decided_by, &decider));
		const Cell row[] = { { .text = kind ? tr(html->lang, kind->text) : hold->kind }, { .text = hold->matter },
			{ .markup = part_date(html, hold->until_at) }, { .text = hold->reason },
			{ .text = tr(html->lang, hold_word(hold, html->call->now)) }, { .text = asker },
			{ .text = decider.length ? decider : TEXT("–") }, { .markup = hold_buttons(html, hold) } };
		for (size_t j = 0; j < COUNT(row); j++) list_add(html->call->arena, &cells, row[j]);
	}
	*out = privacy_table(html, N_("Held back"), labels, COUNT(labels), &cells, N_("Nothing is held back."));
	return OK;
}

static Error show_holds(Request *request)
{
	enum { PAGE = 50 };
	Html *html;
	Call *call = request->call;
	PrivacyView view = { 0 };
	RetentionHolds holds;
	Markup table;
	PageHead head = { .title = tr(call->lang, "Held back from deletion"),
		.lead = tr(
			call->lang, "What a dispute or a legal order needs is kept beyond its time: by two people, with reason and end."),
		.wide = true };
	Failure failure = call->failure;
	TRY(retention_hold_list(call, request_query_number(request, TEXT("before")), PAGE, &holds));
	call->failure = failure;
	TRY(html_page_open(request, &head, &html));
	TRY(hold_table(html, &holds, &table));
	privacy_add(html, &view, N_("Held back"), NULL, table);
	if (holds.count == PAGE)
		view.sections.at[0].more = part_pager(
			html, (Url) { { 0 } }, url_local(call->arena, "/admin/holds?before=%lld", (long long)holds.at[PAGE - 1].id));
	if (!actor_has(call->actor, ROLE_AUDIT_ADMIN)) privacy_add(html, &view, N_("Hold something back"), NULL, hold_form(html, request));
	page_privacy(html, &view);
	return html_page_close(request, html);
}

typedef struct HoldForm {
	Text kind, matter, until, reason;
} HoldForm;
static const FieldSpec hold_fields[] = {
	{ "kind", FIELD_TEXT, offsetof(HoldForm, kind), .required = true, .max_length = 40 },
	{ "matter", FIELD_TEXT, offsetof(HoldForm, matter), .required = true, .max_length = 60 },
	{ "until", FIELD_TEXT, offsetof(HoldForm, until), .required = true, .max_length = 10 },
	{ "reason", FIELD_LINES, offsetof(HoldForm, reason), .required = true, .max_length = 1000 },
};
static const FormSpec hold_form_spec = { hold_fields, COUNT(hold_fields), sizeof(HoldForm), .max_body_bytes = 0 };

static Error do_hold(Request *request)
{
	const HoldForm *form = request->form;
	RetentionHoldNew hold = { form->kind, form->matter, form->reason, form->until };
	TRY(retention_hold_ask(request->call, &hold));
	return reply_redirect(request, TEXT("/admin/holds"));
}

static Error do_hold_decide(Request *request)
{
	TRY(retention_hold_decide(request->call, request_parameter(request, TEXT("ref")), ((const DecideForm *)request->form)->accepted));
	return reply_redirect(request, TEXT("/admin/holds"));
}

static Error do_hold_release(Request *request)
{
	TRY(retention_hold_release(request->call, request_parameter(request, TEXT("ref"))));
	return reply_redirect(request, TEXT("/admin/holds"));
}

#define WATCHERS .may = ROLE_ADMINISTRATORS, .needs_second_factor = true
#define SECURITY .may = ROLE_SECURITY_ADMIN, .needs_second_factor = true
#define HOLDERS .may = ROLE_COORDINATOR | ROLE_SECURITY_ADMIN, .needs_second_factor = true
static const Route rows[] = {
	{ GET, "/privacy/retention", show_public, .may = ROLE_EVERYBODY, .is_public = true,
		.summary = "How long which data is kept, why, and what happens then" },
	{ GET, "/admin/retention", show_admin, WATCHERS,
		.summary = "What the retention rules would take away, as counts, and what they did" },
	{ GET, "/admin/retention/:kind", show_kind, WATCHERS, .subject = load_kind, .summary = "The versions of a retention rule" },
	{ POST, "/admin/retention/:kind", do_propose, SECURITY, .subject = load_kind, .form = &change_form, .retry = show_kind,
		.summary = "Propose another retention rule for a second security administrator to decide about" },
	{ POST, "/admin/retention/:kind/:ref", do_decide, SECURITY, .subject = load_kind, .form = &decide_form,
		.summary = "Accept or refuse a proposed retention rule" },
	{ GET, "/admin/holds", show_holds, .may = ROLE_COORDINATOR | ROLE_SECURITY_ADMIN | ROLE_AUDIT_ADMIN, .needs_second_factor = true,
		.summary = "What is held back from the retention rules" },
	{ POST, "/admin/holds", do_hold, HOLDERS, .form = &hold_form_spec, .retry = show_holds,
		.summary = "Ask to hold something back from the retention rules" },
	{ POST, "/admin/holds/:ref", do_hold_decide, HOLDERS, .form = &decide_form, .summary = "Agree to hold something back, or refuse" },
	{ POST, "/admin/holds/:ref/release", do_hold_release, HOLDERS, .summary = "Release what is held back" },
};
const RouteTable retention_routes = { "subject/privacy", rows, COUNT(rows) };
