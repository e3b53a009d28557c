/* Personal data for machines: the retention rules for everybody, one's own rights, corrections and assessments for whoever decides about them. */
#include "base/base/json.h"
#include "subject/privacy/privacy_view.h"

static Text given(Text text) { return text.at ? text : TEXT(""); }

static JsonWriter begin(Request *request, Buffer *buffer)
{
	*buffer = (Buffer) { .arena = request->call->arena };
	return json_writer(buffer);
}

static void answer(Request *request, JsonWriter *writer, const Buffer *buffer)
{
	json_finish(writer);
	reply_json(request, buffer_text(buffer));
}

static void put_list(JsonWriter *writer, const char *name)
{
	json_key(writer, text_from(name));
	json_array_begin(writer);
}

/* ---- Retention rules */
static void put_rule(JsonWriter *writer, const Call *call, const RetentionRule *rule)
{
	json_object_begin(writer);
	json_put_text(writer, "kind", text_from(rule->kind->tag));
	json_put_text(writer, "title", tr(call->lang, rule->kind->text));
	json_put_int(writer, "version", rule->version);
	json_put_int(writer, "days", rule->days);
	json_put_text(writer, "counted_from", tr(call->lang, rule->kind->event));
	json_put_text(writer, "action", text_from(retention_action_tag(rule->kind->action)));
	json_put_text(writer, "why", rule->why[call->lang]);
	json_put_text(writer, "basis", rule->basis[call->lang]);
	json_put_text(writer, "state", rule->state);
	if (rule->ref.length) json_put_text(writer, "ref", rule->ref);
	json_put_time(writer, "decided_at", rule->decided_at);
	json_end(writer);
}

static Error get_retention(Request *request)
{
	JsonList list;
	Call *call = request->call;
	json_list_begin(request, &list);
	for (size_t i = 0; i < retention_kind_count; i++) {
		RetentionRule rule;
		TRY(retention_in_force(call, &retention_kinds[i], &rule));
		rule.ref = (Text) { 0 };
		put_rule(&list.writer, call, &rule);
	}
	reply_public(request, TEXT("rule"));
	json_list_end(request, &list, (Text) { 0 });
	return OK;
}

static Error reply_versions(Request *request)
{
	Buffer buffer;
	RetentionRules rules;
	const RetentionKind *kind = retention_kind_find(request_parameter(request, TEXT("kind")));
	JsonWriter writer = begin(request, &buffer);
	if (!kind) return fail(request->call, NOT_FOUND, "no such kind of data");
	TRY(retention_versions(request->call, kind, &rules));
	json_object_begin(&writer);
	put_list(&writer, "versions");
	for (size_t i = 0; i < rules.count; i++) put_rule(&writer, request->call, &rules.at[i]);
	json_end(&writer);
	json_end(&writer);
	answer(request, &writer, &buffer);
	return OK;
}

typedef struct RuleForm {
	int64_t days;
	Text why_zh, why_en, basis_zh, basis_en, reason;
} RuleForm;
static const FieldSpec rule_fields[] = {
	{ "days", FIELD_INT, offsetof(RuleForm, days), .required = true },
	{ "why_zh", FIELD_LINES, offsetof(RuleForm, why_zh), .required = true, .max_length = 500 },
	{ "why_en", FIELD_LINES, offsetof(RuleForm, why_en), .required = true, .max_length = 500 },
	{ "basis_zh", FIELD_LINES, offsetof(RuleForm, basis_zh), .required = true, .max_length = 500 },
	{ "basis_en", FIELD_LINES, offsetof(RuleForm, basis_en), .required = true, .max_length = 500 },
	{ "reason", FIELD_LINES, offsetof(RuleForm, reason), .required = true, .max_length = 500 },
};
static const FormSpec rule_form = { rule_fields, COUNT(rule_fields), sizeof(RuleForm), .max_body_bytes = 0 };

static Error post_rule(Request *request)
{
	const RuleForm *form = request->form;
	RetentionChange change = { .days = form->days,
		.why = { [LANG_ZH] = form->why_zh, [LANG_EN] = form->why_en },
		.basis = { [LANG_ZH] = form->basis_zh, [LANG_EN] = form->basis_en },
		.reason = form->reason };
	TRY(retention_propose(request->call, request_parameter(request, TEXT("kind")), &change));
	TRY(reply_versions(request));
	request->reply.status = 201;
	return OK;
}

typedef struct DecideForm {
	bool accepted;
	Text answer;
} DecideForm;
static const FieldSpec decide_fields[] = { { "accepted", FIELD_BOOL, offsetof(DecideForm, accepted) } };
static const FormSpec decide_form = { decide_fields, COUNT(decide_fields), sizeof(DecideForm), .max_body_bytes = 0 };

static Error post_decision(Request *request)
{
	TRY(retention_decide(request->call, request_parameter(request, TEXT("ref")), ((const DecideForm *)request->form)->accepted));
	return reply_versions(request);
}

/* ---- One's own data */
static void put_copy(JsonWriter *writer, const PrivacyExport *copy)
{
	json_object_begin(writer);
	json_put_text(writer, "ref", copy->ref);
	json_put_text(writer, "state", copy->state);
	json_put_time(writer, "asked_at", copy->asked_at);
	json_put_time(writer, "expires_at", copy->expires_at);
	json_put_int(writer, "size_bytes", copy->size_bytes);
	put_list(writer, "parts");
	for (size_t i = 0; i < copy->parts.count; i++) json_int(writer, copy->parts.at[i]);
	json_end(writer);
	json_end(writer);
}

static void put_correction(JsonWriter *writer, const PrivacyCorrection *one)
{
	json_object_begin(writer);
	json_put_text(writer, "ref", one->ref);
	json_put_text(writer, "field", one->field);
	json_put_text(writer, "value", one->value);
	json_put_text(writer, "reason", one->reason);
	json_put_text(writer, "state", one->state);
	json_put_text(writer, "answer", one->answer);
	json_put_time(writer, "asked_at", one->asked_at);
	json_put_time(writer, "due_at", one->due_at);
	json_put_time(writer, "decided_at", one->decided_at);
	json_end(writer);
}

static Error get_own(Request *request)
{
	Buffer buffer;
	Call *call = request->call;
	PrivacyExport copy = { 0 };
	PrivacyDeletion deletion = { 0 };
	PrivacyCorrections corrections;
	bool has_copy = false, has_deletion = false;
	const char *why = NULL;
	JsonWriter writer = begin(request, &buffer);
	TRY(export_latest(call, &copy, &has_copy));
	TRY(deletion_waiting(call, &deletion, &has_deletion));
	TRY(deletion_obstacle(call, call->actor->person_id, &why));
	TRY(rectification_list_own(call, &corrections));
	json_object_begin(&writer);
	json_key(&writer, TEXT("export"));
	has_copy ? put_copy(&writer, &copy) : json_null(&writer);
	json_key(&writer, TEXT("deletion"));
	if (has_deletion) {
		json_object_begin(&writer);
		json_put_text(&writer, "ref", deletion.ref);
		json_put_text(&writer, "credit", deletion.credit);
		json_put_time(&writer, "asked_at", deletion.asked_at);
		json_put_time(&writer, "due_at", deletion.due_at);
		json_end(&writer);
	} else {
		json_null(&writer);
	}
	json_put_text(&writer, "obstacle", why ? tr(call->lang, why) : (Text) { 0 });
	put_list(&writer, "corrections");
	for (size_t i = 0; i < corrections.count; i++) put_correction(&writer, &corrections.at[i]);
	json_end(&writer);
	json_end(&writer);
	answer(request, &writer, &buffer);
	return OK;
}

static Error own_now(Request *request, int status)
{
	TRY(get_own(request));
	request->reply.status = status;
	return OK;
}

typedef struct OwnForm {
	Text password, credit;
	bool understood;
} OwnForm;
static const FieldSpec copy_fields[] = { { "password", FIELD_TEXT, offsetof(OwnForm, password), .max_length = 1000, .is_verbatim = true } };
static const FormSpec copy_form = { copy_fields, COUNT(copy_fields), sizeof(OwnForm), .max_body_bytes = 0 };
static const FieldSpec deletion_fields[] = {
	{ "credit", FIELD_TEXT, offsetof(OwnForm, credit), .required = true, .max_length = 20 },
	{ "understood", FIELD_BOOL, offsetof(OwnForm, understood) },
	{ "password", FIELD_TEXT, offsetof(OwnForm, password), .max_length = 1000, .is_verbatim = true },
};
static const FormSpec deletion_form = { deletion_fields, COUNT(deletion_fields), sizeof(OwnForm), .max_body_bytes = 0 };

static Error post_copy(Request *request)
{
	TRY(export_ask(request->call, given(((const OwnForm *)request->form)->password)));
	return own_now(request, 202);
}

static Error post_deletion(Request *request)
{
	const OwnForm *form = request->form;
	TRY(deletion_ask(request->call, form->credit, form->understood, given(form->password)));
	return own_now(request, 202);
}

static Error post_cancel(Request *request)
{
	TRY(deletion_cancel(request->call));
	return own_now(request, 200);
}

typedef struct CorrectionForm {
	Text field, value, reason;
} CorrectionForm;
static const FieldSpec correction_fields[] = {
	{ "field", FIELD_TEXT, offsetof(CorrectionForm, field), .required = true, .max_length = 20 },
	{ "value", FIELD_TEXT, offsetof(CorrectionForm, value), .required = true, .max_length = 100 },
	{ "reason", FIELD_LINES, offsetof(CorrectionForm, reason), .required = true, .max_length = 1000 },
};
static const FormSpec correction_form = { correction_fields, COUNT(correction_fields), sizeof(CorrectionForm), .max_body_bytes = 0 };

static Error post_correction(Request *request)
{
	const CorrectionForm *form = request->form;
	TRY(rectification_ask(request->call, form->field, form->value, form->reason));
	return own_now(request, 201);
}

/* ---- Corrections, for who decides about them */
static Error get_corrections(Request *request)
{
	JsonList list;
	PrivacyCorrections waiting;
	TRY(rectification_queue(request->call, &waiting));
	json_list_begin(request, &list);
	for (size_t i = 0; i < waiting.count; i++) put_correction(&list.writer, &waiting.at[i]);
	json_list_end(request, &list, (Text) { 0 });
	return OK;
}

static const FieldSpec answer_fields[] = {
	{ "accepted", FIELD_BOOL, offsetof(DecideForm, accepted) },
	{ "answer", FIELD_LINES, offsetof(DecideForm, answer), .required = true, .max_length = 1000 },
};
static const FormSpec answer_form = { answer_fields, COUNT(answer_fields), sizeof(DecideForm), .max_body_bytes = 0 };

static Error post_answer(Request *request)
{
	const DecideForm *form = request->form;
	TRY(rectification_decide(request->call, request_parameter(request, TEXT("ref")), form->accepted, form->answer));
	return get_corrections(request);
}

/* ---- Impact assessments */
enum { PAGE = 50 };

static void put_impact(JsonWriter *writer, const Impact *impact)
{
	json_put_text(writer, "ref", impact->ref);
	json_put_text(writer, "title", impact->title);
	json_put_text(writer, "state", impact->state);
	json_put_int(writer, "version", impact->version);
	json_put_time(writer, "updated_at", impact->updated_at);
	json_put_time(writer, "approved_at", impact->approved_at);
}

static Error get_impacts(Request *request)
{
	JsonList list;
	Impacts impacts;
	int64_t before = 0;
	Call *call = request->call;
	TRY(request_cursor(request, &before));
	TRY(impact_list(call, before, PAGE, &impacts));
	json_list_begin(request, &list);
	for (size_t i = 0; i < impacts.count; i++) {
		json_object_begin(&list.writer);
		put_impact(&list.writer, &impacts.at[i]);
		json_end(&list.writer);
	}
	json_list_end(request, &list, cursor_after(call, impacts.count == PAGE ? impacts.at[PAGE - 1].id : 0));
	return OK;
}

static Error get_impact(Request *request)
{
	Buffer buffer;
	Impact impact;
	ImpactVersions versions;
	Json values;
	Call *call = request->call;
	JsonWriter writer = begin(request, &buffer);
	TRY(impact_open(call, request_parameter(request, TEXT("ref")), &impact));
	TRY(impact_versions(call, &impact, &versions));
	TRY(json_read(call, form_values_text(call->arena, &impact_form, impact.values), &values));
	json_object_begin(&writer);
	put_impact(&writer, &impact);
	json_key(&writer, TEXT("fields"));
	json_copy(&writer, values);
	put_list(&writer, "approved_versions");
	for (size_t i = 0; i < versions.count; i++) {
		json_object_begin(&writer);
		json_put_int(&writer, "version", versions.at[i].version);
		json_put_time(&writer, "approved_at", versions.at[i].approved_at);
		json_end(&writer);
	}
	json_end(&writer);
	json_end(&writer);
	answer(request, &writer, &buffer);
	return OK;
}

#define OWN .may = ROLE_EVERYBODY & ~(uint32_t)ROLE_VISITOR
#define SECURITY .may = ROLE_SECURITY_ADMIN, .needs_second_factor = true
#define OFFICE .may = ROLE_COORDINATOR, .needs_second_factor = true
#define WATCHERS .may = ROLE_SECURITY_ADMIN | ROLE_AUDIT_ADMIN, .needs_second_factor = true
static const Route rows[] = {
	{ GET, "/api/v1/retention", get_retention, .may = ROLE_EVERYBODY, .is_public = true,
		.summary = "The retention rules in force: which data, how long, why, what happens then" },
	{ POST, "/api/v1/retention/:kind", post_rule, SECURITY, .form = &rule_form,
		.summary = "Propose another retention rule; a second security administrator decides" },
	{ POST, "/api/v1/retention/:kind/:ref", post_decision, SECURITY, .form = &decide_form,
		.summary = "Accept or refuse a proposed retention rule" },
	{ GET, "/api/v1/me/privacy", get_own, OWN,
		.summary = "Where the copy of one's own data, the deletion of the account and corrections stand" },
	{ POST, "/api/v1/me/privacy/export", post_copy, OWN, .form = &copy_form, .weight = 10,
		.summary = "Ask for a copy of one's own data; with a session" },
	{ POST, "/api/v1/me/privacy/exports/:ref", privacy_fetch, OWN, .form = &privacy_fetch_form, .weight = 5,
		.summary = "Download a part of the copy of one's own data; with a session, recorded" },
	{ POST, "/api/v1/me/privacy/deletion", post_deletion, OWN, .form = &deletion_form, .weight = 5,
		.summary = "Ask for the deletion of one's own account; with a session" },
	{ POST, "/api/v1/me/privacy/deletion/cancel", post_cancel, OWN, .summary = "Take the deletion of one's own account back" },
	{ POST, "/api/v1/me/privacy/corrections", post_correction, OWN, .form = &correction_form,
		.summary = "Ask to correct what was verified about oneself; with a session" },
	{ GET, "/api/v1/corrections", get_corrections, OFFICE, .summary = "Corrections of what was verified that wait for a decision" },
	{ POST, "/api/v1/corrections/:ref", post_answer, OFFICE, .form = &answer_form,
		.summary = "Decide about a correction of what was verified; never one's own" },
	{ GET, "/api/v1/impact-assessments", get_impacts, WATCHERS, .summary = "Impact assessments, the newest first" },
	{ GET, "/api/v1/impact-assessments/:ref", get_impact, WATCHERS, .summary = "An impact assessment with its approved versions" },
};
const RouteTable privacy_api_routes = { "subject/privacy API", rows, COUNT(rows) };
