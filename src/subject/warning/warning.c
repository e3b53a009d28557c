/* Reading warnings. */
#include "subject/warning/warning_private.h"

const char warning_title_place[] = "warning|sealed_title", warning_values_place[] = "warning|sealed_values",
	   warning_proposal_place[] = "warning|sealed_proposal", warning_remark_place[] = "warning|sealed_remark";

/* ---- Who reads */
bool warning_is_library(const Actor *actor)
{
	return actor_has(actor, ROLE_SYSTEM) || (actor->second_factor && actor_has(actor, ROLE_COORDINATOR | ROLE_PUBLISHER));
}

static uint32_t reading_roles(const Actor *actor)
{
	if (actor_has(actor, ROLE_SYSTEM)) return ROLE_SYSTEM;
	return actor->second_factor ? actor->roles & (ROLE_COORDINATOR | ROLE_PUBLISHER) : 0;
}

Error warning_own_organisations(Call *call, Numbers *out)
{
	*out = (Numbers) { 0 };
	if (!call->actor->organisation_id || !call->actor->second_factor) return OK;
	return org_with_merged(call, call->actor->organisation_id, out);
}

static bool has(const Numbers *numbers, int64_t id)
{
	for (size_t i = 0; i < numbers->count; i++)
		if (numbers->at[i] == id) return true;
	return false;
}

Text warning_path(Arena *arena, Text ref) { return arena_printf(arena, "/warning-desk/%.*s", TEXT_ARGS(ref)); }
Text warning_shown_number(const Warning *warning) { return warning->number.length ? warning->number : warning->ref; }

/* ---- Texts in two languages */
Text warning_pair_text(Arena *arena, const Text pair[LANG_COUNT])
{
	Buffer buffer = { .arena = arena };
	JsonWriter writer = json_writer(&buffer);
	json_object_begin(&writer);
	for (int lang = 0; lang < LANG_COUNT; lang++) json_put_text(&writer, arena_string(arena, lang_tag((Lang)lang)), pair[lang]);
	json_end(&writer);
	json_finish(&writer);
	return buffer_text(&buffer);
}

Error warning_pair_read(Call *call, Text json, Text pair[LANG_COUNT])
{
	Json read;
	pair[LANG_ZH] = pair[LANG_EN] = TEXT("");
	if (!json.at) return OK;
	TRY(json_read(call, json, &read));
	for (int lang = 0; lang < LANG_COUNT; lang++) {
		Text text = json_as_text(json_get(read, arena_string(call->arena, lang_tag((Lang)lang))));
		if (text.at) pair[lang] = text;
	}
	return OK;
}

/* ---- One row */
static int64_t or_none(Maybe maybe) { return maybe.is ? maybe.value : 0; }

static Error open_text(Call *call, const char *place, Text ref, Sealed sealed, Text *out)
{
	TRY(seal_open(call, place, ref, sealed, out));
	if (!out->at) *out = TEXT("");
	return OK;
}

static Error open_values(Call *call, const Form *form, const char *place, Text row, Sealed sealed, const Map **out)
{
	Text json;
	Map *values;
	TRY(seal_open(call, place, row, sealed, &json));
	TRY(form_values_read(call, form, json.at ? json : TEXT("{}"), &values));
	*out = values;
	return OK;
}

static Text text_row(Arena *arena, int64_t id, int64_t n) { return arena_printf(arena, "%lld %lld", (long long)id, (long long)n); }

static Error values_at(Call *call, const Warning *warning, int64_t n, const Map **out)
{
	WarningTextRow row;
	TRY(warning_text_at(call, warning->id, n, &row));
	return open_values(
		call, &warning_form, "warning_text|sealed_values", text_row(call->arena, warning->id, n), row.sealed_values, out);
}

static Error load_texts(Call *call, const WarningRow *row, Warning *warning)
{
	bool is_withdrawn = text_is(row->state, TEXT("WITHDRAWN")) && !warning->is_staff;
	warning->values = map_new(call->arena);
	TRY(open_text(call, warning_remark_place, row->ref, row->sealed_remark, &warning->remark));
	if (!row->newest)
		TRY(open_values(call, &warning_form, warning_values_place, row->ref, row->sealed_values, &warning->values));
	else if (!is_withdrawn)
		TRY(values_at(call, warning, row->newest, &warning->values));
	if (warning->is_staff && row->corrector_id.is && row->sealed_proposal.bytes.at)
		TRY(open_values(call, warning_action_form("warning-correct"), warning_proposal_place, row->ref, row->sealed_proposal,
			&warning->proposal));
	return OK;
}

static Error of_row(Call *call, const WarningRow *row, bool has_texts, Warning *out)
{
	Numbers own;
	Text title;
	TRY(warning_own_organisations(call, &own));
	*out = (Warning) { .id = row->id,
		.revision = row->revision,
		.seal_key = row->seal_key,
		.organisation_id = or_none(row->organisation_id),
		.author_id = row->author_id,
		.writer_id = row->writer_id,
		.submitted_by = or_none(row->submitted_by),
		.submitted_at = or_none(row->submitted_at),
		.assessed_by = or_none(row->assessed_by),
		.corrector_id = or_none(row->corrector_id),
		.newest = row->newest,
		.created_at = row->created_at,
		.updated_at = row->updated_at,
		.sent_at = or_none(row->sent_at),
		.ref = row->ref,
		.state = row->state,
		.number = row->number,
		.casefile = row->casefile,
		.code = row->code,
		.code_version = row->code_version,
		.is_urgent = row->is_urgent,
		.is_staff = warning_is_library(call->actor),
		.is_owner = row->organisation_id.is && has(&own, row->organisation_id.value) };
	TRY(open_text(call, warning_title_place, row->ref, row->sealed_title, &title));
	TRY(warning_pair_read(call, title.length ? title : (Text) { 0 }, out->what));
	return has_texts ? load_texts(call, row, out) : OK;
}

Error warning_from_row(Call *call, const WarningRow *row, Warning *out)
{
	TRY(of_row(call, row, true, out));
	return warning_load_facts(call, out);
}

/* What the assessment and the casefile are is the library's affair. */
static void hide(Warning *warning)
{
	if (warning->is_staff) return;
	warning->casefile = TEXT("");
	if (text_is(warning->state, TEXT("CORRECTING"))) warning->state = TEXT("SENT");
	if (warning->is_owner || text_is(warning->state, TEXT("WITHDRAWN"))) return;
	warning->remark = warning->code = TEXT("");
}

Error warning_open(Call *call, Text ref, Warning *out)
{
	WarningRow row;
	Numbers own;
	WarningRecipientRows told;
	TRY(warning_own_organisations(call, &own));
	TRY(warning_find_visible(call, ref, reading_roles(call->actor), own, &row));
	TRY(warning_recipient_of(call, row.id, own, &told));
	TRY(warning_from_row(call, &row, out));
	out->is_told = told.count > 0;
	hide(out);
	return OK;
}

/* ---- Lists: the title is all they need */
static Error of_rows(Call *call, const WarningRows *rows, bool told, Warnings *out)
{
	Warnings warnings = { 0 };
	for (size_t i = 0; i < rows->count; i++) {
		Warning warning;
		TRY(of_row(call, &rows->at[i], false, &warning));
		warning.is_told = told;
		hide(&warning);
		list_add(call->arena, &warnings, warning);
	}
	*out = warnings;
	return OK;
}

Error warning_in_state(Call *call, Text state, int64_t before, int64_t max, Warnings *out)
{
	WarningRows rows;
	TRY(warning_rows_of_state(call, state, reading_roles(call->actor), before ? before : INT64_MAX, max, &rows));
	return of_rows(call, &rows, false, out);
}

Error warning_shared(Call *call, int64_t before, int64_t max, Warnings *out)
{
	WarningRows rows;
	Numbers own;
	TRY(warning_own_organisations(call, &own));
	TRY(warning_rows_shared(call, own, before ? before : INT64_MAX, max, &rows));
	return of_rows(call, &rows, false, out);
}

Error warning_received(Call *call, int64_t before, int64_t max, Warnings *out)
{
	WarningRows rows;
	Numbers own;
	TRY(warning_own_organisations(call, &own));
	TRY(warning_rows_received(call, own, before ? before : INT64_MAX, max, &rows));
	return of_rows(call, &rows, true, out);
}

Error warning_texts(Call *call, const Warning *warning, WarningTexts *out)
{
	WarningTextRows rows;
	WarningTexts texts = { 0 };
	*out = texts;
	if (text_is(warning->state, TEXT("WITHDRAWN")) && !warning->is_staff) return OK;
	TRY(warning_text_rows(call, warning->id, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		WarningText text = { .n = rows.at[i].n, .at = rows.at[i].at };
		Text row = text_row(call->arena, warning->id, text.n);
		TRY(open_values(call, &warning_form, "warning_text|sealed_values", row, rows.at[i].sealed_values, &text.values));
		TRY(open_text(call, "warning_text|sealed_reason", row, rows.at[i].sealed_reason, &text.reason));
		list_add(call->arena, &texts, text);
	}
	*out = texts;
	return OK;
}

/* ---- Facts */
Error warning_names_of(Call *call, const Warning *warning, Texts *out_hosts)
{
	CasefileOpenness openness;
	bool found = false;
	*out_hosts = (Texts) { 0 };
	if (!warning->casefile.length) return OK;
	TRY(casefile_openness(call, warning->casefile, &openness, &found));
	if (found) *out_hosts = openness.hosts;
	return OK;
}

static Error load_casefile(Call *call, const Warning *warning, WarningFacts *facts, Texts *hosts)
{
	CasefileOpenness openness;
	bool found = false;
	if (!warning->casefile.length) return OK;
	TRY(casefile_openness(call, warning->casefile, &openness, &found));
	if (!found) {
		facts->closed = N_("The casefile it is about is not there any more.");
		return OK;
	}
	*hosts = openness.hosts;
	if (openness.why_not)
		facts->closed = N_(
			"The casefile it is about is not disclosed, and its publication gate is not open: nothing may be said in public.");
	return OK;
}

static Error load_aims(Call *call, const Warning *warning, WarningFacts *facts)
{
	WarningAimRows rows;
	WarningPublicRow published;
	TRY(warning_aim_rows(call, warning->id, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		if (rows.at[i].used_at.is) continue;
		facts->has_aims = true;
		facts->aims_public |= text_is(rows.at[i].kind, TEXT("public"));
		list_add(call->arena, &facts->aimed_by, rows.at[i].added_by);
	}
	return warning_public_of(call, warning->id, &published, &facts->is_public);
}

static Error is_complete(Call *call, const Form *form, const Map *values, bool *out)
{
	Failure failure = call->failure;
	Error error = form_check(call, form, values);
	if (error != OK && error != ERROR_INVALID) return error;
	call->failure = failure;
	*out = error == OK;
	return OK;
}

Error warning_load_facts(Call *call, Warning *warning)
{
	WarningFacts *facts = arena_new_of(call->arena, WarningFacts);
	Texts hosts = { 0 };
	*facts = (WarningFacts) { .organisation_id = warning->organisation_id,
		.author_id = warning->author_id,
		.submitted_by = warning->submitted_by,
		.writer_id = warning->writer_id,
		.assessed_by = warning->assessed_by,
		.corrector_id = warning->corrector_id,
		.was_submitted = warning->submitted_at != 0,
		.is_owner = warning->is_owner };
	TRY(is_complete(call, &warning_form, warning->values, &facts->is_complete));
	TRY(load_casefile(call, warning, facts, &hosts));
	TRY(load_aims(call, warning, facts));
	facts->text_fault = casefile_text_fault(call->arena, &warning_form, warning->values, &hosts);
	if (warning->proposal)
		facts->proposal_fault = casefile_text_fault(call->arena, warning_action_form("warning-correct"), warning->proposal, &hosts);
	warning->facts = facts;
	return OK;
}

void warning_matter(const Warning *warning, Matter *out)
{
	*out = (Matter) { .id = warning->id,
		.revision = warning->revision,
		.ref = warning->ref,
		.state = warning->state,
		.facts = warning->facts,
		.seal_key = warning->seal_key };
}

Error warning_machine_load(Call *call, Text ref, Matter *out)
{
	Warning warning;
	TRY(warning_open(call, ref, &warning));
	warning_matter(&warning, out);
	return OK;
}

Error warning_machine_move(Call *call, const Matter *matter, Text to, int64_t *out_changed)
{
	return warning_move(call, matter->id, matter->state, to, matter->revision, call->now, out_changed);
}
