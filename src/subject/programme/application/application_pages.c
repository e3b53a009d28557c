/* Applications on pages: one's own and the open rounds, the list of a round, one application with its form or as it is read. */
#include "subject/programme/application/application_pages_private.h"
#include "subject/programme/application/views/application_desk.html.h"
#include "subject/programme/application/views/application_list.html.h"

#include <sys/mman.h>
#include <unistd.h>

enum { PAGE = 50 };

Text application_base(Arena *arena, Text ref) { return arena_printf(arena, "/applications/%.*s", TEXT_ARGS(url_segment(arena, ref))); }

static const RoundKind *directions(void) { return round_kind(TEXT("direction")); }

Text application_direction_text(Call *call, Text direction)
{
	return form_shown_value(call, call->lang, form_item(directions()->form, TEXT("direction")), direction);
}

static Text name_of(const ApplicationLine *line, Lang lang)
{
	return lang == LANG_EN && line->organisation_en.length ? line->organisation_en : line->organisation;
}

static Markup chip(Html *html, Text name)
{
	const WorkflowState *state = workflow_state(&application_machine, name);
	return state ? part_status(html, tr(html->lang, state->text), text_from(state->tone)) : markup_text(html, name);
}

static const Table *table_of(Html *html, const ApplicationLines *lines, bool is_staff)
{
	static const char *const labels[] = { N_("Number"), N_("Round"), N_("Direction"), N_("State"), N_("Due"), N_("Stamped copy") };
	Arena *arena = html->call->arena;
	Column *columns = arena_array_of(arena, Column, COUNT(labels));
	Cell *cells = arena_array_of(arena, Cell, lines->count * COUNT(labels) + 1);
	Table *table = arena_new_of(arena, Table);
	if (!lines->count) return NULL;
	for (size_t i = 0; i < COUNT(labels); i++) columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = COLUMN_TEXT };
	if (is_staff) columns[1].label = tr(html->lang, "Organisation");
	for (size_t i = 0; i < lines->count; i++) {
		const ApplicationLine *line = &lines->at[i];
		Cell *cell = &cells[i * COUNT(labels)];
		cell[0] = (Cell) { .text = line->ref, .url = url_local(arena, "%.*s", TEXT_ARGS(application_base(arena, line->ref))) };
		cell[1] = (Cell) { .text = is_staff ? name_of(line, html->lang) : line->round_code };
		cell[2] = (Cell) { .text = application_direction_text(html->call, line->direction) };
		cell[3] = (Cell) { .markup = chip(html, line->state) };
		if (line->due_at) cell[4].markup = part_date(html, line->due_at);
		cell[5] = (Cell) { .text = application_paper_text(html->lang, line->paper) };
	}
	*table = (Table) { tr(html->lang, "Applications"), columns, COUNT(labels), cells, lines->count };
	return table;
}

/* ---- One's own, and what is open */
static bool is_taken(const Round *round, Text direction, const ApplicationLines *own)
{
	bool may_both = text_is(form_answer(round->head, "both_directions"), TEXT("yes"));
	for (size_t i = 0; i < own->count; i++) {
		const ApplicationLine *line = &own->at[i];
		bool is_over = text_is(line->state, TEXT("LAPSED")) || text_is(line->state, TEXT("WITHDRAWN"));
		if (line->round_id == round->id && !is_over && (!may_both || text_is(line->direction, direction))) return true;
	}
	return false;
}

static void add_offers(Html *html, const Round *round, const ApplicationLines *own, ApplicationListView *view)
{
	Arena *arena = html->call->arena;
	for (size_t i = 0; i < round->items.count; i++) {
		if (round->items.at[i].kind != directions()) continue;
		Text tag = form_answer(round->items.at[i].values, "direction");
		if (is_taken(round, tag, own)) continue;
		ApplicationOffer offer = { .round = form_answer(round->head, html->lang == LANG_ZH ? "title_zh" : "title_en"),
			.direction = application_direction_text(html->call, tag),
			.code = round->code,
			.tag = tag,
			.closes_at = round->closes_at,
			.about = url_public(
				html->request, arena_printf(arena, "/rounds/%.*s", TEXT_ARGS(url_segment(arena, round->code)))) };
		list_add(arena, &view->offers, offer);
	}
}

static Error fill_offers(Html *html, const ApplicationLines *own, ApplicationListView *view)
{
	enum { ROUNDS = 60 };
	Call *call = html->call;
	const Actor *actor = call->actor;
	Rounds rounds;
	Organisation organisation = { 0 };
	bool is_admin = false;
	if (actor->organisation_id) TRY(org_is_admin(call, actor->organisation_id, actor->person_id, &is_admin));
	if (is_admin) TRY(org_find(call, actor->organisation_id, &organisation));
	if (!is_admin || organisation.state != ORG_VERIFIED)
		view->why_not = tr(html->lang, "The administrator of a verified organisation applies.");
	TRY(round_list_open(call, ROUNDS, &rounds));
	for (size_t i = 0; i < rounds.count; i++) {
		Round round;
		if (call->now >= rounds.at[i].closes_at) continue;
		TRY(round_open_public(call, rounds.at[i].code, &round));
		add_offers(html, &round, own, view);
	}
	return OK;
}

static Error show_own(Request *request)
{
	Html *html;
	Call *call = request->call;
	ApplicationLines lines;
	Failure failure = call->failure;
	PageHead head = { .title = tr(call->lang, "Applications as support unit"), .wide = true };
	TRY(application_own(call, request_query_number(request, TEXT("before")), PAGE, &lines));
	TRY(html_page_open(request, &head, &html));
	ApplicationListView view = { .table = table_of(html, &lines, false), .begin = url_local(call->arena, "/applications") };
	TRY(fill_offers(html, &lines, &view));
	call->failure = failure;
	if (lines.count == PAGE)
		view.pager = part_pager(
			html, (Url) { { 0 } }, url_local(call->arena, "/applications?before=%lld", (long long)lines.at[PAGE - 1].id));
	page_application_list(html, &view);
	return html_page_close(request, html);
}

typedef struct BeginForm {
	Text round, direction;
} BeginForm;
static const FieldSpec begin_fields[] = { { "round", FIELD_TEXT, offsetof(BeginForm, round), .required = true, .max_length = 20 },
	{ "direction", FIELD_TEXT, offsetof(BeginForm, direction), .required = true, .max_length = 20 } };
const FormSpec application_begin_form = { .fields = begin_fields, .field_count = COUNT(begin_fields), .struct_size = sizeof(BeginForm) };

Error application_begin(Request *request, Text *out_ref)
{
	const BeginForm *form = request->form;
	return application_new(request->call, form->round, form->direction, out_ref);
}

static Error do_begin(Request *request)
{
	Text ref;
	TRY(application_begin(request, &ref));
	return reply_redirect(request, application_base(request->call->arena, ref));
}

/* ---- The list of a round */
static Markup filters_of(Html *html, Text round, Text state)
{
	Arena *arena = html->call->arena;
	size_t count = application_machine.state_count + 1;
	Text *values = arena_array_of(arena, Text, count), *labels = arena_array_of(arena, Text, count);
	values[0] = TEXT("");
	labels[0] = tr(html->lang, "All");
	for (size_t i = 1; i < count; i++) {
		values[i] = text_from(application_machine.states[i - 1].name);
		labels[i] = tr(html->lang, application_machine.states[i - 1].text);
	}
	Filter filters[] = { { .name = TEXT("round"), .label = tr(html->lang, "Round"), .value = round },
		{ .name = TEXT("state"),
			.label = tr(html->lang, "State"),
			.value = state,
			.choice_values = values,
			.choice_labels = labels,
			.choice_count = count } };
	FilterBar bar = { .action = url_local(arena, "/programme/applications"), .filters = filters, .count = COUNT(filters) };
	return part_filters(html, &bar);
}

/* Without those that an interest of this reader stands against. */
Error application_list_for(Call *call, Text code, Text state, int64_t after, int64_t max, ApplicationLines *out, int64_t *out_last)
{
	Round round;
	ApplicationLines lines, kept = { 0 };
	*out_last = 0;
	Error error = round_open_public(call, code, &round);
	if (error == ERROR_NOT_FOUND) {
		call_recover(call);
		*out = kept;
		return OK;
	}
	TRY(error);
	TRY(application_in_round(call, round.id, TEXT(""), state, after, max, &lines));
	for (size_t i = 0; i < lines.count; i++) {
		const char *conflict = NULL;
		TRY(application_conflict(call, lines.at[i].organisation_id, lines.at[i].first_id, &conflict));
		if (!conflict) list_add(call->arena, &kept, lines.at[i]);
	}
	if ((int64_t)lines.count == max) *out_last = lines.at[lines.count - 1].id;
	*out = kept;
	return OK;
}

Error application_newest_round(Call *call, Text *out_code)
{
	Rounds rounds;
	TRY(round_list_public(call, 0, 1, &rounds));
	*out_code = rounds.count ? rounds.at[0].code : TEXT("");
	return OK;
}

static Error show_round(Request *request)
{
	Html *html;
	Call *call = request->call;
	ApplicationLines lines;
	int64_t last;
	Text code = request_query(request, TEXT("round")), state = request_query(request, TEXT("state"));
	PageHead head = { .title = tr(call->lang, "Applications"), .wide = true };
	if (!code.length) TRY(application_newest_round(call, &code));
	if (!state.at || !workflow_state(&application_machine, state)) state = TEXT("");
	TRY(application_list_for(call, code, state, request_query_number(request, TEXT("after")), PAGE, &lines, &last));
	TRY(html_page_open(request, &head, &html));
	ApplicationDeskView view = { .filters = filters_of(html, code, state), .table = table_of(html, &lines, true) };
	if (last)
		view.pager = part_pager(html, (Url) { { 0 } },
			url_local(call->arena, "/programme/applications?round=%.*s&state=%.*s&after=%lld",
				TEXT_ARGS(url_segment(call->arena, code)), TEXT_ARGS(state), (long long)last));
	page_application_desk(html, &view);
	return html_page_close(request, html);
}

/* ---- One application */
Error application_load(Request *request)
{
	Application *application = arena_new_of(request->call->arena, Application);
	TRY(application_open(request->call, request_parameter(request, TEXT("ref")), application));
	TRY(application_record_reading(request->call, application));
	request->subject = application;
	return OK;
}

/* A field that this page did not change is left as it is: another page may have written it meanwhile. */
static bool is_untouched(Call *call, Text was, const FormItem *item, Text value)
{
	Text rest = was, entry, name;
	while (was.length && text_next(&rest, ' ', &entry))
		if (text_next(&entry, ':', &name) && text_is(name, text_from(item->name)))
			return text_is(entry, application_mark_of(call->arena, value));
	return false;
}

Error application_take(Request *request, const Application *application, Text was, Map *out)
{
	Map *typed = map_new(request->call->arena);
	for (size_t s = 0; s < application->form->section_count; s++)
		for (size_t i = 0; i < application->form->sections[s].item_count; i++) {
			const FormItem *item = &application->form->sections[s].items[i];
			Text name = text_from(item->name);
			if (item->kind != FORM_FILES && application_may_write(application, name, request->call->now))
				form_set(request->call->arena, typed, name, form_answer(application->values, item->name));
		}
	TRY(form_take(request, application->form, typed));
	for (size_t s = 0; s < application->form->section_count; s++)
		for (size_t i = 0; i < application->form->sections[s].item_count; i++) {
			const FormItem *item = &application->form->sections[s].items[i];
			const Text *value = map_get(typed, text_from(item->name));
			if (value && !is_untouched(request->call, was, item, *value))
				form_set(request->call->arena, out, text_from(item->name), *value);
		}
	return OK;
}

/* Without script the files come with the form, each in the field it belongs to. */
typedef struct SaveForm {
	Uploads files;
	Text was;
} SaveForm;
static const FieldSpec save_fields[] = { { "*", FIELD_FILES, offsetof(SaveForm, files) },
	{ "was", FIELD_TEXT, offsetof(SaveForm, was), .max_length = 20000 } };
static const FormSpec save_form = { .fields = save_fields,
	.field_count = COUNT(save_fields),
	.struct_size = sizeof(SaveForm),
	.max_body_bytes = (size_t)50 * 1024 * 1024,
	.takes_more = true };

static Error store_files(Request *request, const Application *application, const Uploads *files)
{
	for (size_t i = 0; i < files->count; i++) {
		const Upload *upload = &files->at[i];
		AttachmentOwner owner;
		Attachment attachment;
		if (!upload->size_bytes) continue;
		TRY(application_files(request->call, application, upload->field, true, &owner));
		TRY(attachment_store(request->call, owner, upload->name, upload->descriptor, upload->size_bytes, &attachment));
	}
	return OK;
}

static Error save(Request *request)
{
	const Application *application = request->subject;
	const SaveForm *form = request->form;
	Map *values = map_new(request->call->arena);
	TRY(application_take(request, application, form->was, values));
	if (map_count(values) || !form->files.count) TRY(application_save(request->call, application, values));
	TRY(store_files(request, application, &form->files));
	return reply_redirect(request, application_base(request->call->arena, application->ref));
}

typedef struct AutosaveForm {
	Text field, value;
} AutosaveForm;
static const FieldSpec autosave_fields[] = { { "field", FIELD_TEXT, offsetof(AutosaveForm, field), .required = true },
	{ "value", FIELD_LINES, offsetof(AutosaveForm, value), .max_length = 60000 } };
static const FormSpec autosave_form = {
	.fields = autosave_fields, .field_count = COUNT(autosave_fields), .struct_size = sizeof(AutosaveForm), .max_body_bytes = 512 * 1024
};

static Error autosave(Request *request)
{
	const AutosaveForm *form = request->form;
	TRY(application_save_field(request->call, request->subject, form->field, form->value.at ? form->value : TEXT("")));
	reply_json(request, TEXT("{\"saved\":true}"));
	return OK;
}

Error application_do(Request *request)
{
	const Application *application = request->subject;
	Call *call = request->call;
	ApplicationFacts facts;
	Matter matter;
	int64_t revision = 0;
	Map *values;
	TRY(application_facts(call, application, &facts));
	application_matter(call, application, &facts, &matter);
	TRY(action_take_of(request, &application_machine, &matter, application_forms(application), &revision, &values));
	return application_act(call, application->ref, request_parameter(request, TEXT("action")), revision, values);
}

static Error act(Request *request)
{
	const Application *application = request->subject;
	TRY(application_do(request));
	return reply_redirect(request, application_base(request->call->arena, application->ref));
}

/* ---- Files of a field */
static Error owner_of(Request *request, bool to_write, AttachmentOwner *out)
{
	return application_files(request->call, request->subject, request_parameter(request, TEXT("field")), to_write, out);
}

static Text file_of(const Request *request) { return request_parameter(request, TEXT("file")); }

Error application_file_begin(Request *request)
{
	AttachmentOwner owner;
	TRY(owner_of(request, true, &owner));
	return upload_begin(request, owner);
}

Error application_file_part(Request *request)
{
	AttachmentOwner owner;
	TRY(owner_of(request, true, &owner));
	return upload_part(request, owner, file_of(request));
}

Error application_file_finish(Request *request)
{
	AttachmentOwner owner;
	TRY(owner_of(request, true, &owner));
	return upload_finish(request, owner, file_of(request));
}

Error application_file_remove(Request *request)
{
	AttachmentOwner owner;
	TRY(owner_of(request, true, &owner));
	return upload_remove(request, owner, file_of(request));
}

Error application_file_state(Request *request)
{
	AttachmentOwner owner;
	TRY(owner_of(request, false, &owner));
	return upload_state(request, owner, file_of(request));
}

Error application_file_content(Request *request)
{
	AttachmentOwner owner;
	Attachment file;
	CopyFile copy;
	Text name;
	const Application *application = request->subject;
	TRY(owner_of(request, false, &owner));
	if (application->is_own) return upload_download(request, owner, file_of(request));
	TRY(attachment_find(request->call, owner.kind, owner.subject_id, file_of(request), &file));
	TRY(application_file_copy(request->call, application, &file, "download", &name, &copy));
	reply_download(request, name, copy.descriptor, copy.size_bytes);
	return OK;
}

/* ---- The printed form */
static Error send_pdf(Request *request, const char *what, Text bytes)
{
	const Application *application = request->subject;
	Text name = arena_printf(request->call->arena, "%.*s-%s.pdf", TEXT_ARGS(application->ref), what);
	int file = memfd_create("print", MFD_CLOEXEC);
	if (file < 0 || write(file, bytes.at, bytes.length) != (ssize_t)bytes.length || lseek(file, 0, SEEK_SET) != 0) {
		if (file >= 0) close(file);
		return fail(request->call, IO, "a document could not be kept in memory");
	}
	reply_download(request, name, file, (int64_t)bytes.length);
	return OK;
}

Error application_show_print(Request *request)
{
	Text bytes;
	TRY(application_print(request->call, request->subject, &bytes));
	return send_pdf(request, "form", bytes);
}

static Error show_return(Request *request)
{
	Text bytes;
	TRY(application_print_return(request->call, request->subject, &bytes));
	return send_pdf(request, "notice", bytes);
}

static Error show_correction(Request *request)
{
	Text bytes;
	TRY(application_print_correction(request->call, request->subject, &bytes));
	return send_pdf(request, "correction", bytes);
}

#define SIGNED_IN .may = ROLE_REPORTER
#define ONE SIGNED_IN, .subject = application_load
static const Route routes[] = {
	{ GET, "/applications", show_own, SIGNED_IN, .summary = "Applications of one's organisation, and the rounds that are open" },
	{ POST, "/applications", do_begin, SIGNED_IN, .form = &application_begin_form, .retry = show_own, .weight = 5,
		.summary = "Begin an application" },
	{ GET, "/programme/applications", show_round, .may = ROLE_SECRETARY | ROLE_SUPERVISOR, .needs_second_factor = true,
		.summary = "Applications of a round, by state" },
	{ GET, "/applications/:ref", application_show, ONE, .summary = "An application: its form, or what was submitted and decided" },
	{ POST, "/applications/:ref", save, ONE, .form = &save_form, .retry = application_show,
		.summary = "Save an application, with files" },
	{ POST, "/applications/:ref/autosave", autosave, ONE, .form = &autosave_form, .summary = "Save one field of an application" },
	{ POST, "/applications/:ref/actions/:action", act, ONE, .form = &action_request_form, .retry = application_show,
		.summary = "Carry out an action of the application's workflow" },
	{ GET, "/applications/:ref/form.pdf", application_show_print, ONE, .weight = 5,
		.summary = "The application as it is stamped and posted" },
	{ GET, "/applications/:ref/return.pdf", show_return, ONE, .weight = 5, .summary = "The notice of what has to be corrected" },
	{ GET, "/applications/:ref/correction.pdf", show_correction, ONE, .weight = 5, .summary = "The sheet of what was corrected" },
	{ POST, "/applications/:ref/files/:field", application_file_begin, ONE, .form = &upload_begin_form, .summary = "Begin an upload" },
	{ PUT, "/applications/:ref/files/:field/:file", application_file_part, ONE, .form = &upload_part_form,
		.summary = "One part of an upload" },
	{ GET, "/applications/:ref/files/:field/:file", application_file_state, ONE, .summary = "How much of an upload has arrived" },
	{ POST, "/applications/:ref/files/:field/:file/finish", application_file_finish, ONE, .summary = "Finish an upload" },
	{ DELETE, "/applications/:ref/files/:field/:file", application_file_remove, ONE, .summary = "Remove a file from an application" },
	{ GET, "/applications/:ref/files/:field/:file/content", application_file_content, ONE,
		.summary = "Download a file of an application" },
};
const RouteTable application_routes = { "subject/programme", routes, COUNT(routes) };
