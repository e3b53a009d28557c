/* One inspection: for the office, and for the two who inspect, on a phone and without network where need be. */
#include "base/base/clock.h"
#include "base/base/random.h"
#include "subject/programme/inspection/inspection_view.h"
#include "subject/programme/inspection/views/inspection_list.html.h"
#include "subject/programme/inspection/views/inspection_show.html.h"

enum { PAGE = 50 };

static Error load(Request *request)
{
	Inspection *inspection = arena_new_of(request->call->arena, Inspection);
	TRY(inspection_open(request->call, request_parameter(request, TEXT("ref")), inspection));
	TRY(inspection_record_reading(request->call, inspection));
	request->subject = inspection;
	return OK;
}

static const Form *form_of_action(Call *call, const void *about, const char *name)
{
	(void)call, (void)about;
	return inspection_action_form(name);
}

/* ---- One's own visits */
static Error show_own(Request *request)
{
	static const char *const labels[] = { N_("Inspection"), N_("Organisation"), N_("Round"), N_("Visit"), N_("State") };
	Html *html;
	Call *call = request->call;
	VisitRows rows;
	size_t count = 0;
	PageHead head = { .title = tr(call->lang, "My inspections"), .wide = true };
	int64_t before = request_query_number(request, TEXT("before"));
	TRY(visits_of(call, call->actor->person_id, before ? before : INT64_MAX, PAGE, &rows));
	TRY(html_page_open(request, &head, &html));
	Column *columns = arena_array_of(call->arena, Column, COUNT(labels));
	Cell *cells = arena_array_of(call->arena, Cell, rows.count * COUNT(labels) + 1);
	for (size_t c = 0; c < COUNT(labels); c++) columns[c] = (Column) { .label = tr(html->lang, labels[c]) };
	for (size_t i = 0; i < rows.count; i++) {
		const VisitRow *row = &rows.at[i];
		const WorkflowState *state = workflow_state(&inspection_machine, row->state);
		if (!row->visit_at.is) continue; /* only proposed */
		Cell *cell = &cells[count++ * COUNT(labels)];
		cell[0] = (Cell) { .text = row->ref,
			.url = url_local(call->arena, "%.*s", TEXT_ARGS(inspection_base(call->arena, row->ref))) };
		cell[1].text = html->lang == LANG_EN && row->organisation_en.length ? row->organisation_en : row->organisation;
		cell[2].text = row->round_code;
		cell[3].markup = part_time(html, row->visit_at.value);
		cell[4].text = state ? tr(html->lang, state->text) : row->state;
	}
	Table table = { tr(html->lang, N_("My inspections")), columns, COUNT(labels), cells, count };
	InspectionListView view = { .table = count ? &table : NULL, .pager = { TEXT("") }, .is_own = true, .state_text = TEXT("") };
	if (rows.count == PAGE)
		view.pager = part_pager(
			html, (Url) { { 0 } }, url_local(call->arena, "/inspections?before=%lld", (long long)rows.at[PAGE - 1].id));
	page_inspection_list(html, &view);
	return html_page_close(request, html);
}

/* ---- The checklist */
static Markup entry_markup(Html *html, const InspectionEntry *entry)
{
	Facts facts = form_facts(html, &inspection_entry_form, entry->values, TEXT(""));
	Fact who = { .label = tr(html->lang, "Entered by"),
		.text = arena_printf(html->call->arena, "%.*s, %.*s", TEXT_ARGS(entry->person),
			TEXT_ARGS(clock_human(html->call->arena, html->lang, entry->at))) };
	list_add(html->call->arena, &facts, who);
	return part_facts(html, facts.at, facts.count);
}

static Error photos_markup(Html *html, const Inspection *inspection, Text item, Markup *out)
{
	Arena *arena = html->call->arena;
	FileEntry *entries = arena_array_of(arena, FileEntry, inspection->photos.count + 1);
	size_t count = 0;
	for (size_t i = 0; i < inspection->photos.count; i++) {
		const InspectionPhoto *photo = &inspection->photos.at[i];
		Attachment file;
		if (!text_is(photo->item, item)) continue;
		TRY(inspection_photo_open(html->call, inspection, photo->ref, &file));
		entries[count++] = (FileEntry) { .name = file.name,
			.note = arena_printf(arena, "%.*s · %.*s · %.*s", TEXT_ARGS(clock_human(arena, html->lang, photo->taken_at)),
				TEXT_ARGS(photo->where), TEXT_ARGS(photo->person)),
			.digest = file.sha256.at ? file.sha256 : TEXT(""),
			.size_bytes = file.size_bytes,
			.url = url_local(
				arena, "%.*s/photos/%.*s", TEXT_ARGS(inspection_base(arena, inspection->ref)), TEXT_ARGS(photo->ref)) };
	}
	*out = count ? part_files(html, entries, count) : (Markup) { TEXT("") };
	return OK;
}

static bool may_fill(const Inspection *inspection) { return inspection->is_inspector && text_is(inspection->state, TEXT("ARRANGED")); }

/* What was typed when this very form was sent, else what holds. */
static Map *shown_values(Request *request, const InspectionItem *item)
{
	Call *call = request->call;
	Failure failure = call->failure;
	Map *typed;
	bool is_sent =
		request->method == POST && request_form_value(request, arena_printf(call->arena, "was-%.*s", TEXT_ARGS(item->name))).at;
	call_recover(call);
	if (!is_sent || inspection_take(request, &inspection_entry_form, item->name, &typed) != OK)
		typed = form_values_copy(call->arena, &inspection_entry_form, item->now ? item->now->values : map_new(call->arena));
	call->failure = failure;
	return typed;
}

static void fill_open(Html *html, const InspectionItem *item, InspectionItemView *view)
{
	Call *call = html->call;
	Request *request = html->request;
	const Form *form = inspection_form_for(call, &inspection_entry_form, item->name);
	const Form *photo = inspection_form_for(call, &inspection_photo_form, item->name);
	Map *values = shown_values(request, item);
	view->was = inspection_was(call, item->now ? item->now->values : map_new(call->arena));
	view->seen = item->now ? item->now->number : 0;
	view->client = token_new(call->arena, 16);
	view->photo_client = token_new(call->arena, 16);
	view->form = form_view_whole(html, form, inspection_values_for(call, &inspection_entry_form, item->name, values));
	view->is_unfolded = item->other || request->method == POST;
	view->photo = form_view(html, photo, map_new(call->arena), (Url) { { 0 } });
}

static Error fill_item(Html *html, const Inspection *inspection, const InspectionItem *item, InspectionShowView *view)
{
	static const char *const tones[][2] = { { "meets", "good" }, { "minor", "warn" }, { "major", "bad" } };
	InspectionItemView shown = { .name = item->name, .text = item->text, .clause = item->clause, .tone = TEXT("neutral") };
	Text verdict = item->now ? item->now->verdict : TEXT("");
	shown.entry = shown.other = (Markup) { TEXT("") };
	shown.verdict = inspection_verdict_text(html->lang, verdict);
	for (size_t i = 0; i < COUNT(tones); i++)
		if (text_is(verdict, text_from(tones[i][0]))) shown.tone = text_from(tones[i][1]);
	if (item->now) shown.entry = entry_markup(html, item->now);
	if (item->other)
		shown.other = part_note(html, TEXT("warn"),
			tr(html->lang, N_("The other entry of the same time. Whoever saves below says what holds.")),
			entry_markup(html, item->other));
	TRY(photos_markup(html, inspection, item->name, &shown.photos));
	if (may_fill(inspection)) fill_open(html, item, &shown);
	list_add(html->call->arena, &view->items, shown);
	return OK;
}

/* ---- Findings and history */
static void fill_finding(Html *html, const Inspection *inspection, const InspectionFinding *finding, InspectionShowView *view)
{
	Call *call = html->call;
	InspectionFindingView shown = inspection_finding_view(html, finding);
	bool is_judged = inspection->is_inspector && text_is(finding->state, TEXT("answered")) &&
			 text_is(inspection->application->state, TEXT("CORRECTING"));
	if (is_judged) {
		Text path = arena_printf(call->arena, "%.*s/findings/%.*s", TEXT_ARGS(inspection_base(call->arena, inspection->ref)),
			TEXT_ARGS(finding->ref));
		shown.action = url_local(call->arena, "%.*s/close", TEXT_ARGS(path));
		shown.second = url_local(call->arena, "%.*s/return", TEXT_ARGS(path));
		shown.button = tr(html->lang, "It is enough, close it");
		shown.second_button = tr(html->lang, "It is not enough");
		shown.form = form_view(
			html, inspection_form_for(call, &inspection_remark_form, finding->ref), map_new(call->arena), (Url) { { 0 } });
	}
	list_add(call->arena, &view->findings, shown);
}

static Error fill_history(Html *html, const Inspection *inspection, InspectionShowView *view)
{
	InspectionSayings said;
	Html inner = html_inner(html);
	TRY(inspection_sayings(html->call, inspection, &said));
	for (size_t i = 0; i < said.count; i++) {
		const InspectionSaid *one = &said.at[i];
		Facts facts = form_facts(html, one->form, one->values, TEXT(""));
		bool is_objection = text_is(one->action, TEXT("object"));
		Text words = is_objection ? tr(html->lang, N_("The applicant objects to an inspector"))
					  : work_words(html->lang, &inspection_machine, one->action);
		Text head = arena_printf(html->call->arena, "%.*s · %.*s · %.*s", TEXT_ARGS(words), TEXT_ARGS(one->person),
			TEXT_ARGS(clock_human(html->call->arena, html->lang, one->at)));
		html_markup(&inner,
			part_note(html, text_from(is_objection ? "warn" : "neutral"), head, part_facts(html, facts.at, facts.count)));
	}
	view->history = html_done(html, &inner);
	return OK;
}

static Error fill(Html *html, const Inspection *inspection, Text failed, InspectionShowView *view)
{
	Call *call = html->call;
	Matter matter;
	ClockView clock = { 0 };
	Failure failure = call->failure;
	const WorkflowState *state = workflow_state(&inspection_machine, inspection->state);
	Text base = inspection_base(call->arena, inspection->ref);
	*view = (InspectionShowView) { .state_text = tr(html->lang, state->text),
		.tone = text_from(state->tone),
		.outcome = inspection_outcome_text(html->lang, inspection->outcome),
		.outcome_tone = text_from(text_is(inspection->outcome, TEXT("propose")) ? "good"
					  : text_is(inspection->outcome, TEXT("fail"))  ? "bad"
											: "warn"),
		.action = url_local(call->arena, "%.*s", TEXT_ARGS(base)),
		.address = base,
		.worker = TEXT("/inspection-worker.js"),
		.is_open = may_fill(inspection),
		.is_inspector = inspection->is_inspector };
	TRY(inspection_matter(call, inspection, &matter));
	TRY(workflow_clock_of(call, &inspection_machine, inspection->id, &clock));
	call->failure = failure;
	view->actions = action_markups_of(html, &inspection_machine, &matter, (ActionForms) { form_of_action, inspection },
		arena_printf(call->arena, "%.*s/actions", TEXT_ARGS(base)), failed, NULL);
	view->clock = clock_markup(html, &clock, state->turn);
	view->facts = inspection_facts(html, inspection);
	for (size_t i = 0; i < inspection->findings.count; i++) fill_finding(html, inspection, &inspection->findings.at[i], view);
	for (size_t i = 0; i < inspection->items.count; i++) TRY(fill_item(html, inspection, &inspection->items.at[i], view));
	return fill_history(html, inspection, view);
}

static Error show(Request *request)
{
	Html *html;
	Call *call = request->call;
	const Inspection *inspection = request->subject;
	InspectionShowView *view = arena_new_of(call->arena, InspectionShowView);
	Failure failure = call->failure;
	Text failed = request->method == POST ? request_parameter(request, TEXT("action")) : (Text) { 0 };
	const Application *application = inspection->application;
	Crumb crumbs[] = { { tr(call->lang, "My inspections"), url_local(call->arena, "/inspections") }, { .text = inspection->ref } };
	if (inspection->is_staff && !inspection->is_inspector)
		crumbs[0] = (Crumb) { tr(call->lang, "On-site inspections"),
			url_local(call->arena, "/programme/rounds/%.*s/inspections",
				TEXT_ARGS(url_segment(call->arena, application->round->ref))) };
	bool is_english = call->lang == LANG_EN && application->organisation_en.length;
	PageHead head = { .title = is_english ? application->organisation_en : application->organisation,
		.crumbs = crumbs,
		.crumb_count = COUNT(crumbs),
		.wide = true };
	call_recover(call);
	TRY(html_page_open(request, &head, &html));
	call->failure = failure;
	TRY(fill(html, inspection, failed, view));
	page_inspection_show(html, view);
	reply_header(request, TEXT("Permissions-Policy"), TEXT("camera=(), geolocation=(self), microphone=(), payment=(), usb=()"));
	return html_page_close(request, html);
}

/* ---- What is sent without script: the whole list at once, each item that was changed */
static Text value_of(const Request *request, const char *name, Text item)
{
	Text value = request_form_value(request, arena_printf(request->call->arena, "%s-%.*s", name, TEXT_ARGS(item)));
	return value.at ? value : TEXT("");
}

static Error save_item(Request *request, const Inspection *inspection, const InspectionItem *item)
{
	Call *call = request->call;
	InspectionSave save = { .item = item->name, .client = value_of(request, "client", item->name) };
	InspectionSaved saved;
	Map *values;
	TRY(inspection_take(request, &inspection_entry_form, item->name, &values));
	save.values = values;
	if (!text_to_int(value_of(request, "seen", item->name), &save.seen)) save.seen = 0;
	bool is_changed = !text_is(inspection_was(call, values), value_of(request, "was", item->name));
	bool settles = item->other && item->now->number == save.seen;
	return is_changed || settles ? inspection_save(call, inspection->ref, &save, &saved) : OK;
}

static Error save_photo(Request *request, const Inspection *inspection, Text item, const Upload *upload)
{
	InspectionPicture picture = { .item = item,
		.client = value_of(request, "photo", item),
		.name = upload->name,
		.taken = value_of(request, "taken", item),
		.where = value_of(request, "where", item),
		.descriptor = upload->descriptor,
		.size_bytes = upload->size_bytes };
	return inspection_photo(request->call, inspection->ref, &picture);
}

static Error save_files(Request *request, const Inspection *inspection, const InspectionItem *item)
{
	const InspectionFiles *form = request->form;
	Text field = arena_printf(request->call->arena, "files-%.*s", TEXT_ARGS(item->name));
	for (size_t i = 0; i < form->files.count; i++)
		if (text_is(form->files.at[i].field, field) && form->files.at[i].size_bytes)
			return save_photo(request, inspection, item->name, &form->files.at[i]);
	return OK;
}

static Error save(Request *request)
{
	const Inspection *inspection = request->subject;
	for (size_t i = 0; i < inspection->items.count; i++) {
		const InspectionItem *item = &inspection->items.at[i];
		Error error = save_item(request, inspection, item);
		if (error == OK) error = save_files(request, inspection, item);
		if (error == ERROR_INVALID) inspection_problems_for(request->call, item->name);
		TRY(error);
	}
	return reply_redirect(request, inspection_base(request->call->arena, inspection->ref));
}

/* ---- What is sent by script */
static Error show_state(Request *request)
{
	const Inspection *inspection = request->subject;
	Buffer buffer = { .arena = request->call->arena };
	JsonWriter writer = json_writer(&buffer);
	json_object_begin(&writer);
	json_put_text(&writer, "token", request->csrf_token);
	json_put_bool(&writer, "open", may_fill(inspection));
	json_end(&writer);
	json_finish(&writer);
	reply_json(request, buffer_text(&buffer));
	return OK;
}

typedef struct SyncForm {
	Text client, verdict, evidence, comment, days;
	int64_t seen;
} SyncForm;
static const FieldSpec sync_fields[] = { { "client", FIELD_TEXT, offsetof(SyncForm, client), .required = true },
	{ "seen", FIELD_INT, offsetof(SyncForm, seen) }, { "verdict", FIELD_TEXT, offsetof(SyncForm, verdict) },
	{ "evidence", FIELD_LINES, offsetof(SyncForm, evidence) }, { "comment", FIELD_LINES, offsetof(SyncForm, comment) },
	{ "days", FIELD_TEXT, offsetof(SyncForm, days) } };
static const FormSpec sync_form = { .fields = sync_fields, .field_count = COUNT(sync_fields), .struct_size = sizeof(SyncForm) };

static void set(Request *request, Map *values, const char *name, Text value)
{
	if (value.at) form_set(request->call->arena, values, text_from(name), value);
}

static Error sync_entry(Request *request)
{
	const Inspection *inspection = request->subject;
	const SyncForm *form = request->form;
	Map *values = map_new(request->call->arena);
	InspectionSaved saved;
	Buffer buffer = { .arena = request->call->arena };
	JsonWriter writer = json_writer(&buffer);
	set(request, values, "verdict", form->verdict);
	set(request, values, "evidence", form->evidence);
	set(request, values, "comment", form->comment);
	set(request, values, "days", form->days);
	InspectionSave save = {
		.item = request_parameter(request, TEXT("item")), .client = form->client, .seen = form->seen, .values = values
	};
	TRY(inspection_save(request->call, inspection->ref, &save, &saved));
	json_object_begin(&writer);
	json_put_int(&writer, "number", saved.number);
	json_put_bool(&writer, "disputed", saved.is_disputed);
	json_end(&writer);
	json_finish(&writer);
	reply_json(request, buffer_text(&buffer));
	return OK;
}

static Error sync_photo(Request *request)
{
	const Inspection *inspection = request->subject;
	const InspectionFiles *form = request->form;
	Text item = request_parameter(request, TEXT("item"));
	const Upload none = { .name = TEXT(""), .descriptor = -1 };
	InspectionPicture picture = { .item = item,
		.client = request_form_value(request, TEXT("client")),
		.taken = request_form_value(request, TEXT("taken")),
		.where = request_form_value(request, TEXT("where")) };
	const Upload *upload = form->files.count ? &form->files.at[0] : &none;
	picture.name = upload->name;
	picture.descriptor = upload->descriptor;
	picture.size_bytes = upload->size_bytes;
	TRY(inspection_photo(request->call, inspection->ref, &picture));
	reply_json(request, TEXT("{\"saved\":true}"));
	return OK;
}

static Error show_photo(Request *request)
{
	const Inspection *inspection = request->subject;
	Attachment file;
	TRY(inspection_photo_open(request->call, inspection, request_parameter(request, TEXT("photo")), &file));
	return upload_download(request, (AttachmentOwner) { "inspection", inspection->id, inspection->seal_key, false }, file.ref);
}

/* The worker that keeps an opened page usable without network; only below /inspections/. */
static Error show_worker(Request *request)
{
	Url url = asset_url("inspection-worker.js");
	for (size_t i = 0; i < asset_count; i++)
		if (text_is(url.text, text_from(assets[i].path)))
			reply_text(request, TEXT("text/javascript; charset=utf-8"), (Text) { assets[i].bytes, assets[i].length });
	reply_header(request, TEXT("Service-Worker-Allowed"), TEXT("/inspections/"));
	reply_header(request, TEXT("Content-Security-Policy"), TEXT("default-src 'none'; connect-src 'self'"));
	return OK;
}

/* ---- Actions */
static Error act(Request *request)
{
	const Inspection *inspection = request->subject;
	Matter matter;
	int64_t revision = 0;
	Map *values;
	TRY(inspection_matter(request->call, inspection, &matter));
	TRY(action_take_of(request, &inspection_machine, &matter, (ActionForms) { form_of_action, inspection }, &revision, &values));
	TRY(inspection_act(request->call, inspection->ref, request_parameter(request, TEXT("action")), revision, values));
	return reply_redirect(request, inspection_base(request->call->arena, inspection->ref));
}

static Error judge(Request *request, bool is_closed)
{
	const Inspection *inspection = request->subject;
	Text finding = request_parameter(request, TEXT("finding"));
	Map *values;
	TRY(inspection_take(request, &inspection_remark_form, finding, &values));
	Error error = inspection_judge(request->call, inspection->ref, finding, is_closed, values);
	if (error == ERROR_INVALID) inspection_problems_for(request->call, finding);
	TRY(error);
	return reply_redirect(request, inspection_base(request->call->arena, inspection->ref));
}

static Error do_close(Request *request) { return judge(request, true); }
static Error do_return(Request *request) { return judge(request, false); }

#define WHO .may = ROLE_EXPERT | ROLE_INSPECTOR | ROLE_SECRETARY | ROLE_SUPERVISOR, .needs_second_factor = true
#define ONE WHO, .subject = load
#define INSPECTORS .may = ROLE_EXPERT | ROLE_INSPECTOR, .needs_second_factor = true, .subject = load
static const Route routes[] = {
	{ GET, "/inspections", show_own, WHO, .summary = "Inspections that one makes" },
	{ GET, "/inspection-worker.js", show_worker, .may = ROLE_EVERYBODY,
		.summary = "The script that keeps an inspection's page usable without network" },
	{ GET, "/inspections/:ref", show, ONE, .summary = "An inspection: arrangement, checklist, findings" },
	{ POST, "/inspections/:ref", save, INSPECTORS, .form = &inspection_files_form, .retry = show,
		.summary = "Save the checklist of an inspection, with photographs" },
	{ GET, "/inspections/:ref/state", show_state, ONE, .summary = "Whether the checklist can be filled in, with a form token" },
	{ POST, "/inspections/:ref/items/:item", sync_entry, INSPECTORS, .form = &sync_form,
		.summary = "Save one item, once however often it is sent" },
	{ POST, "/inspections/:ref/items/:item/photos", sync_photo, INSPECTORS, .form = &inspection_files_form,
		.summary = "Save a photograph, once however often it is sent" },
	{ GET, "/inspections/:ref/photos/:photo", show_photo, ONE, .summary = "Download a photograph of an inspection" },
	{ POST, "/inspections/:ref/actions/:action", act, ONE, .form = &action_request_form, .retry = show,
		.summary = "Carry out an action of the inspection's workflow" },
	{ POST, "/inspections/:ref/findings/:finding/close", do_close, INSPECTORS, .form = &inspection_any_form, .retry = show,
		.summary = "Close a finding whose correction is enough" },
	{ POST, "/inspections/:ref/findings/:finding/return", do_return, INSPECTORS, .form = &inspection_any_form, .retry = show,
		.summary = "Return a finding whose correction is not enough" },
};
const RouteTable inspection_visit_routes = { "subject/programme", routes, COUNT(routes) };
