/* What is kept of it: what is missing, digests, what was submitted each time, what was said. */
#include "engine/selection/archive.h"
#include "people/person/person.h"
#include "store/seal/seal.h"
#include "subject/programme/application/application_private.h"

#include <ctype.h>
#include <stdlib.h>

/* ---- What is missing */
static Error note_files(Call *call, const Application *application, const FormItem *item)
{
	Attachments files;
	bool is_there = false;
	if (item->kind != FORM_FILES || !item->required) return OK;
	TRY(application_files_of(call, application, text_from(item->name), &files));
	for (size_t i = 0; i < files.count; i++) is_there |= files.at[i].is_finished;
	if (!is_there) call_problem(call, text_from(item->name), N_("Please attach a file."), (Text) { 0 });
	return OK;
}

Error application_missing(Call *call, const Application *application, ApplicationProblems *out)
{
	Failure before = call->failure;
	ApplicationProblems found = { 0 };
	Error error = OK;
	call_recover(call);
	for (size_t s = 0; s < application->form->section_count; s++)
		for (size_t i = 0; i < application->form->sections[s].item_count && error == OK; i++)
			error = note_files(call, application, &application->form->sections[s].items[i]);
	if (error != OK) return error;
	error = form_check(call, application->form, application->values);
	if (error != OK && error != ERROR_INVALID) return error;
	for (size_t i = 0; i < call->failure.problems.count; i++) list_add(call->arena, &found, call->failure.problems.at[i]);
	call->failure = before;
	*out = found;
	return OK;
}

/* ---- Digests */
static Error put_lines(Call *call, const Application *application, Text field, Buffer *buffer)
{
	Attachments files = { 0 };
	TRY(application_files_of(call, application, field, &files));
	for (size_t f = 0; f < files.count; f++)
		if (files.at[f].is_finished)
			buffer_printf(
				buffer, "%.*s  %.*s  %.*s\n", TEXT_ARGS(field), TEXT_ARGS(files.at[f].sha256), TEXT_ARGS(files.at[f].name));
	return OK;
}

Error application_files_text(Call *call, const Application *application, Text *out)
{
	Buffer buffer = { .arena = call->arena };
	for (size_t s = 0; s < application->form->section_count; s++)
		for (size_t i = 0; i < application->form->sections[s].item_count; i++) {
			const FormItem *item = &application->form->sections[s].items[i];
			if (item->kind == FORM_FILES) TRY(put_lines(call, application, text_from(item->name), &buffer));
		}
	for (int64_t n = 1; n <= application->returns; n++)
		TRY(put_lines(call, application, application_correction_field(call->arena, n), &buffer));
	*out = buffer.length ? buffer_text(&buffer) : TEXT("");
	return OK;
}

static int compare_texts(const void *a, const void *b) { return text_compare(*(const Text *)a, *(const Text *)b); }

static void sort(Texts *texts)
{
	if (texts->count) qsort(texts->at, texts->count, sizeof(*texts->at), compare_texts);
}

static Error add_hashes_of(Call *call, const Application *application, Text field, Texts *hashes)
{
	Attachments files = { 0 };
	TRY(application_files_of(call, application, field, &files));
	for (size_t f = 0; f < files.count; f++)
		if (files.at[f].is_finished) list_add(call->arena, hashes, files.at[f].sha256);
	return OK;
}

static Error add_hashes(Call *call, const Application *application, const FormSection *section, Texts *hashes)
{
	for (size_t i = 0; i < section->item_count; i++)
		if (section->items[i].kind == FORM_FILES) TRY(add_hashes_of(call, application, text_from(section->items[i].name), hashes));
	return OK;
}

Error application_hashes(Call *call, const Application *application, Texts *out)
{
	Texts hashes = { 0 };
	for (size_t s = 0; s < application->form->section_count; s++)
		TRY(add_hashes(call, application, &application->form->sections[s], &hashes));
	for (int64_t n = 1; n <= application->returns; n++)
		TRY(add_hashes_of(call, application, application_correction_field(call->arena, n), &hashes));
	sort(&hashes);
	*out = hashes;
	return OK;
}

bool application_hashes_parse(Arena *arena, Text lines, Texts *out)
{
	enum { HEX_LENGTH = 64 };
	Texts hashes = { 0 };
	Text rest = lines, line;
	while (lines.length && text_next(&rest, '\n', &line)) {
		line = text_trim(line);
		if (!line.length) continue;
		bool is_hash = line.length == HEX_LENGTH || (line.length > HEX_LENGTH && isspace((unsigned char)line.at[HEX_LENGTH]));
		for (size_t i = 0; i < HEX_LENGTH && is_hash; i++) is_hash = isxdigit((unsigned char)line.at[i]);
		if (!is_hash) return false;
		list_add(arena, &hashes, arena_lower(arena, text_slice(line, 0, HEX_LENGTH)));
	}
	*out = hashes;
	return true;
}

static void put_values(JsonWriter *writer, const FormSection *section, const Map *values)
{
	for (size_t i = 0; i < section->item_count; i++) {
		Text value = form_answer(values, section->items[i].name);
		if (value.length) json_put_text(writer, section->items[i].name, value);
	}
}

static Text digest_of(Arena *arena, JsonWriter *writer, Buffer *buffer, const Texts *hashes)
{
	json_end(writer);
	json_key(writer, TEXT("files"));
	json_array_begin(writer);
	for (size_t i = 0; i < hashes->count; i++)
		if (!i || !text_is(hashes->at[i], hashes->at[i - 1])) json_text(writer, hashes->at[i]);
	json_end(writer);
	json_end(writer);
	json_finish(writer);
	Digest digest = sha256(canonical_text(arena, buffer_text(buffer)));
	return hex_text(arena, DIGEST_TEXT(digest));
}

Error application_digest(Call *call, const Application *application, const Texts *more_hashes, Text *out)
{
	Buffer buffer = { .arena = call->arena };
	JsonWriter writer = json_writer(&buffer);
	Texts hashes;
	TRY(application_hashes(call, application, &hashes));
	for (size_t i = 0; more_hashes && i < more_hashes->count; i++) list_add(call->arena, &hashes, more_hashes->at[i]);
	sort(&hashes);
	json_object_begin(&writer);
	json_put_text(&writer, "application", application->ref);
	json_put_text(&writer, "round", application->round_code);
	json_put_text(&writer, "direction", application->direction);
	json_key(&writer, TEXT("values"));
	json_object_begin(&writer);
	for (size_t s = 0; s < application->form->section_count; s++)
		put_values(&writer, &application->form->sections[s], application->values);
	*out = digest_of(call->arena, &writer, &buffer, &hashes);
	return OK;
}

Text application_section_digest(Arena *arena, Text ref, const FormSection *section, const Map *values, Text files)
{
	Buffer buffer = { .arena = arena };
	JsonWriter writer = json_writer(&buffer);
	Texts hashes = { 0 };
	Text rest = files, line, field;
	while (files.length && text_next(&rest, '\n', &line)) {
		Text hash = line;
		if (!text_next(&hash, ' ', &field)) continue;
		for (size_t i = 0; i < section->item_count; i++)
			if (text_is(field, text_from(section->items[i].name))) list_add(arena, &hashes, text_slice(hash, 1, 65));
	}
	sort(&hashes);
	json_object_begin(&writer);
	json_put_text(&writer, "application", ref);
	json_key(&writer, TEXT("values"));
	json_object_begin(&writer);
	put_values(&writer, section, values);
	return digest_of(arena, &writer, &buffer, &hashes);
}

/* ---- What was submitted */
Error application_versions_of(Call *call, const Application *application, ApplicationVersions *out)
{
	VersionRows rows;
	ApplicationVersions versions = { 0 };
	TRY(application_version_rows(call, application->id, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		const VersionRow *row = &rows.at[i];
		ApplicationVersion version = { .version = row->version, .at = row->made_at, .sha256 = row->sha256 };
		Text json;
		TRY(seal_open(call, "application_version|sealed_values", row->ref, row->sealed_values, &json));
		TRY(seal_open(call, "application_version|sealed_files", row->ref, row->sealed_files, &version.files));
		TRY(form_values_read(call, application->form, json.at ? json : TEXT("{}"), &version.values));
		if (!version.files.at) version.files = TEXT("");
		list_add(call->arena, &versions, version);
	}
	*out = versions;
	return OK;
}

/* ---- What was said */
static const Form *form_of_action(Call *call, const Application *application, Text action)
{
	for (size_t i = 0; i < application_machine.row_count; i++) {
		const Transition *row = &application_machine.rows[i];
		if (row->form && text_is(action, text_from(row->action))) return application_action_form(call, application, row->form);
	}
	return NULL;
}

static Error name_of(Call *call, int64_t person_id, Text *out)
{
	Person person;
	Error error = person_find(call, person_id, &person);
	if (error == ERROR_NOT_FOUND) call_recover(call);
	if (error != OK && error != ERROR_NOT_FOUND) return error;
	*out = error == OK ? person_shown_name(&person) : TEXT("");
	return OK;
}

Error application_statements_of(Call *call, const Application *application, ApplicationStatements *out)
{
	ApplicationStatementRows rows;
	ApplicationStatements statements = { 0 };
	TRY(application_statement_rows(call, application->id, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		const ApplicationStatementRow *row = &rows.at[i];
		Text json;
		ApplicationStatement statement = { .action = row->action,
			.person = TEXT(""),
			.form = form_of_action(call, application, row->action),
			.at = row->stated_at,
			.is_applicants = row->is_applicants };
		bool is_officers = text_is(row->action, TEXT("check")) || text_is(row->action, TEXT("receive"));
		if (!statement.form || (is_officers && !application->is_staff)) continue;
		TRY(seal_open(call, "application_statement|sealed_values", row->ref, row->sealed_values, &json));
		TRY(form_values_read(call, statement.form, json.at ? json : TEXT("{}"), &statement.values));
		if (row->person_id.is && (application->is_staff || row->is_applicants))
			TRY(name_of(call, row->person_id.value, &statement.person));
		list_add(call->arena, &statements, statement);
	}
	*out = statements;
	return OK;
}
