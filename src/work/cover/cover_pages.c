/* Personal data on a page: what was found where, hidden or kept; and the tool for pictures. All of it works without script. */
#include "people/person/form_page.h"
#include "work/cover/cover_view.h"
#include "work/cover/views/cover_picture.html.h"
#include "work/cover/views/cover_show.html.h"
#include "work/form/form_view.h"

typedef struct MaskForm {
	Text place;
} MaskForm;
static const FieldSpec mask_fields[] = { { "place", FIELD_TEXT, offsetof(MaskForm, place), .max_length = 60 } };
const FormSpec cover_mask_form = { mask_fields, COUNT(mask_fields), sizeof(MaskForm), .max_body_bytes = 0 };

typedef struct KeepForm {
	Text place, reason;
} KeepForm;
static const FieldSpec keep_fields[] = { { "place", FIELD_TEXT, offsetof(KeepForm, place), .required = true, .max_length = 60 },
	{ "reason", FIELD_LINES, offsetof(KeepForm, reason) } };
const FormSpec cover_keep_form = { keep_fields, COUNT(keep_fields), sizeof(KeepForm), .max_body_bytes = 0 };

typedef struct BurnForm {
	Text boxes;
} BurnForm;
static const FieldSpec burn_fields[] = { { "boxes", FIELD_TEXT, offsetof(BurnForm, boxes), .max_length = 4000 } };
const FormSpec cover_burn_form = { burn_fields, COUNT(burn_fields), sizeof(BurnForm), .max_body_bytes = 0 };

static Text given(Text text) { return text.at ? text : TEXT(""); }

static Error place_of(Request *request, CoverPlace *out)
{
	const CoverPages *pages = request->route->about;
	return pages->place(request, out);
}

static Error tell_changed(Request *request)
{
	const CoverPages *pages = request->route->about;
	return pages->changed ? pages->changed(request) : OK;
}

static Error back_to(Request *request, const CoverPlace *place)
{
	TRY(tell_changed(request));
	return reply_redirect(request, place->base);
}

/* ---- In words */
Text cover_counts_shown(Arena *arena, Lang lang, const MaskCounts *counts)
{
	Buffer out = { .arena = arena };
	buffer_put(&out, TEXT(""));
	for (int kind = 0; kind < MASK_KINDS; kind++) {
		if (!counts->of[kind]) continue;
		if (out.length) buffer_put(&out, lang == LANG_ZH ? TEXT("，") : TEXT(", "));
		buffer_put(&out, tr(lang, mask_kind_text((MaskKind)kind)));
		buffer_printf(&out, " × %lld", (long long)counts->of[kind]);
	}
	return buffer_text(&out);
}

static Text label_of(Lang lang, const CoverFinding *finding) { return finding->item ? tr(lang, finding->item->label) : finding->file.name; }

/* ---- The banner */
static Error banner_facts(Html *html, const CoverPlace *place, const CoverFindings *findings, Markup *out)
{
	Arena *arena = html->call->arena;
	Fact *facts = arena_array_of(arena, Fact, findings->count);
	size_t count = 0;
	for (size_t i = 0; i < findings->count; i++) {
		const CoverFinding *finding = &findings->at[i];
		if (finding->is_kept) continue;
		facts[count++] =
			(Fact) { .label = label_of(html->lang, finding), .text = cover_counts_shown(arena, html->lang, &finding->counts) };
	}
	Html inner = html_inner(html);
	Url look = url_local(arena, "%.*s", TEXT_ARGS(place->base)), mask = url_local(arena, "%.*s/mask", TEXT_ARGS(place->base));
	const Fact where = { .label = tr(html->lang, "Where exactly"),
		.text = tr(html->lang, "Look at each, hide it or say why it is needed"),
		.url = look };
	facts[count++] = where;
	html_markup(&inner, part_facts(html, facts, count));
	html_markup(&inner, button_form(html, mask, tr(html->lang, "Hide all of it"), TEXT(""), TEXT(""), TEXT("")));
	*out = html_done(html, &inner);
	return OK;
}

Error cover_banner(Html *html, const CoverPlace *place, Markup *out)
{
	CoverFindings findings;
	Markup facts;
	*out = (Markup) { TEXT("") };
	TRY(cover_find(html->call, &place->matter, false, &findings));
	if (!cover_open_count(&findings)) return OK;
	list_add(html->call->arena, &findings, ((CoverFinding) { .is_kept = true })); /* room for the last line */
	TRY(banner_facts(html, place, &findings, &facts));
	*out = part_note(html, TEXT("warn"), tr(html->lang, "This looks like personal data or secrets. Send only what is needed."), facts);
	return OK;
}

/* ---- What was kept */
static Text place_shown(Lang lang, const Form *form, Text place)
{
	const FormItem *item = form ? form_item(form, place) : NULL;
	if (item) return tr(lang, item->label);
	return text_starts(place, TEXT("message-")) ? tr(lang, N_("A message")) : tr(lang, N_("A file"));
}

Error cover_kept_markup(Html *html, int64_t seal_key, const Form *form, Markup *out)
{
	CoverKepts kepts;
	Arena *arena = html->call->arena;
	*out = (Markup) { TEXT("") };
	TRY(cover_kept(html->call, seal_key, &kepts));
	if (!kepts.count) return OK;
	Fact *facts = arena_array_of(arena, Fact, kepts.count);
	for (size_t i = 0; i < kepts.count; i++) {
		const CoverKept *kept = &kepts.at[i];
		Text counts = cover_counts_shown(arena, html->lang, &kept->counts);
		facts[i] = (Fact) { .label = place_shown(html->lang, form, kept->place),
			.text = arena_printf(arena, "%.*s – %.*s", TEXT_ARGS(counts), TEXT_ARGS(kept->reason)) };
	}
	*out = part_note(
		html, TEXT("neutral"), tr(html->lang, "Personal data that was kept, and why"), part_facts(html, facts, kepts.count));
	return OK;
}

/* ---- The page */
static Markup spots_table(Html *html, const CoverFinding *finding)
{
	Arena *arena = html->call->arena;
	Column columns[] = { { tr(html->lang, "Kind"), COLUMN_TEXT }, { tr(html->lang, "Line"), COLUMN_NUMBER },
		{ tr(html->lang, "As it stands when it is hidden"), COLUMN_CODE } };
	Cell *cells = arena_array_of(arena, Cell, finding->spots.count * COUNT(columns));
	for (size_t i = 0; i < finding->spots.count; i++) {
		const CoverSpot *spot = &finding->spots.at[i];
		cells[i * 3] = (Cell) { .text = tr(html->lang, mask_kind_text(spot->kind)) };
		cells[i * 3 + 1] = (Cell) { .text = arena_printf(arena, "%lld", (long long)spot->line) };
		cells[i * 3 + 2] = (Cell) { .text = spot->shown };
	}
	return part_table(html, &(Table) { tr(html->lang, "What was found"), columns, COUNT(columns), cells, finding->spots.count });
}

/* A refused reason is shown at the place it was meant for. */
static Markup keep_form_of(Html *html, const Request *request, const CoverPlace *place, const CoverFinding *finding)
{
	Arena *arena = html->call->arena;
	Html inner = html_inner(html);
	Url keep = url_local(arena, "%.*s/keep", TEXT_ARGS(place->base));
	Text values[] = { finding->place }, labels[] = { label_of(html->lang, finding) };
	const KeepForm *form = request->method == POST ? request->form : NULL;
	bool is_this = form && text_is(given(form->place), finding->place);
	if (!is_this) inner.scope = finding->place; /* one such form at each place */
	FormField fields[] = { form_field(request, "place", INPUT_CHOICE, N_("Field or file"), NULL, finding->place),
		form_field(request, "reason", INPUT_LINES, N_("Why it is needed"), N_("Stays with the matter; who works on it reads it."),
			is_this ? given(form->reason) : TEXT("")) };
	fields[0].choice_values = values;
	fields[0].choice_labels = labels;
	fields[0].choice_count = 1;
	fields[1].rows = 2;
	html_markup(&inner, inline_form(&inner, keep, fields, COUNT(fields), tr(html->lang, "Keep it"), TEXT("quiet")));
	return part_dialog(html, tr(html->lang, "Keep it, it is needed"), TEXT("quiet"), html_done(html, &inner));
}

static Markup finding_body(Html *html, const Request *request, const CoverPlace *place, const CoverFinding *finding)
{
	Arena *arena = html->call->arena;
	Html inner = html_inner(html);
	Url mask = url_local(arena, "%.*s/mask", TEXT_ARGS(place->base));
	html_markup(&inner, spots_table(html, finding));
	if (cover_count(&finding->counts) > (int64_t)finding->spots.count) {
		Problem more = { .message = N_("The first of %s places."),
			.argument = arena_printf(arena, "%lld", (long long)cover_count(&finding->counts)) };
		html_markup(&inner, part_note(html, TEXT("neutral"), problem_text(arena, html->lang, &more), (Markup) { { 0 } }));
	}
	if (finding->is_kept) {
		const Fact fact = { .label = tr(html->lang, "Why it is needed"), .text = finding->reason };
		html_markup(&inner, part_note(html, TEXT("good"), tr(html->lang, "It is kept."), part_facts(html, &fact, 1)));
	}
	html_markup(&inner, button_form(html, mask, tr(html->lang, "Hide it"), TEXT(""), TEXT("place"), finding->place));
	html_markup(&inner, keep_form_of(html, request, place, finding));
	return html_done(html, &inner);
}

static Error pictures_of(Html *html, const CoverPlace *place, Markup *out)
{
	Attachments files;
	LIST_OF(Fact) facts = { 0 };
	Arena *arena = html->call->arena;
	*out = (Markup) { TEXT("") };
	TRY(attachment_list(html->call, place->matter.owner.kind, place->matter.owner.subject_id, &files));
	for (size_t i = 0; i < files.count; i++) {
		if (!cover_is_picture(&files.at[i])) continue;
		Fact fact = { .label = files.at[i].name,
			.text = tr(html->lang, "Cover parts of it"),
			.url = url_local(arena, "%.*s/pictures/%.*s", TEXT_ARGS(place->base), TEXT_ARGS(files.at[i].ref)) };
		list_add(arena, &facts, fact);
	}
	if (facts.count) *out = part_facts(html, facts.at, facts.count);
	return OK;
}

static Error fill(Html *html, const Request *request, const CoverPlace *place, CoverShowView *view)
{
	CoverFindings findings;
	Markup pictures;
	Arena *arena = html->call->arena;
	Failure failure = html->call->failure;
	TRY(cover_find(html->call, &place->matter, true, &findings));
	TRY(pictures_of(html, place, &pictures));
	html->call->failure = failure;
	if (!findings.count)
		view->chip = part_empty(html, tr(html->lang, "Nothing was found in texts and text files."),
			tr(html->lang, "Names and addresses are not found by themselves: please look once more."), (Url) { { 0 } },
			TEXT(""));
	for (size_t i = 0; i < findings.count; i++)
		list_add(arena, &view->sections,
			((CoverSection) { label_of(html->lang, &findings.at[i]), finding_body(html, request, place, &findings.at[i]) }));
	if (pictures.text.length) list_add(arena, &view->sections, ((CoverSection) { tr(html->lang, "Pictures"), pictures }));
	return OK;
}

Error cover_page_show(Request *request)
{
	Html *html;
	CoverPlace place;
	Call *call = request->call;
	CoverShowView view = { .chip = { TEXT("") } };
	TRY(place_of(request, &place));
	Crumb crumbs[] = { { place.name, url_local(call->arena, "%.*s", TEXT_ARGS(place.back)) },
		{ .text = tr(call->lang, "Personal data in it") } };
	PageHead head = { .title = tr(call->lang, "Personal data in it"),
		.lead = tr(call->lang,
			"What looks like personal data of others or like a secret. Hidden, only a few signs stay; kept, your "
			"reason stays with it."),
		.crumbs = crumbs,
		.crumb_count = COUNT(crumbs) };
	TRY(html_page_open(request, &head, &html));
	view.back = url_local(call->arena, "%.*s", TEXT_ARGS(place.back));
	TRY(fill(html, request, &place, &view));
	page_cover_show(html, &view);
	return html_page_close(request, html);
}

static Error do_mask(Request *request, const CoverPlace *place)
{
	Text where = given(((const MaskForm *)request->form)->place);
	return where.length ? cover_mask(request->call, &place->matter, where) : cover_mask_all(request->call, &place->matter);
}

Error cover_page_mask(Request *request)
{
	CoverPlace place;
	TRY(place_of(request, &place));
	TRY(do_mask(request, &place));
	return back_to(request, &place);
}

Error cover_page_keep(Request *request)
{
	CoverPlace place;
	const KeepForm *form = request->form;
	TRY(place_of(request, &place));
	TRY(cover_keep(request->call, &place.matter, form->place, given(form->reason)));
	return back_to(request, &place);
}

/* ---- Pictures. The rectangles stand in the address until they are burned in. */
enum { EDGES = 4 };
static const char *const edges[EDGES] = { "left", "top", "right", "bottom" };

static Error boxes_read(Call *call, Text text, PictureBox **out, size_t *out_count)
{
	if (cover_boxes_parse(call->arena, text, out, out_count)) return OK;
	call_problem(call, TEXT("boxes"), N_("A rectangle needs four edges between 0 and 1000, left before right and top before bottom."),
		(Text) { 0 });
	return call_check_problems(call);
}

/* The rectangles of the address, and the one that was just entered. */
static Text boxes_asked(const Request *request)
{
	Text boxes =
		request->method == POST ? given(request_form_value(request, TEXT("boxes"))) : given(request_query(request, TEXT("boxes")));
	Text edge[EDGES];
	Arena *arena = request->call->arena;
	for (int i = 0; i < EDGES; i++) {
		edge[i] = text_trim(given(request_query(request, text_from(edges[i]))));
		if (!edge[i].length) return boxes;
	}
	return arena_printf(
		arena, "%.*s%s%.*s", TEXT_ARGS(boxes), boxes.length ? "," : "", TEXT_ARGS(arena_join(arena, edge, EDGES, TEXT(" "))));
}

static Text without_last(Text boxes)
{
	size_t end = boxes.length;
	while (end > 0 && boxes.at[end - 1] != ',') end--;
	return text_slice(boxes, 0, end ? end - 1 : 0);
}

static Url picture_url(const CoverPlace *place, Arena *arena, Text file, const char *what, Text boxes)
{
	return url_local(arena, "%.*s/pictures/%.*s%s?boxes=%.*s", TEXT_ARGS(place->base), TEXT_ARGS(file), what,
		TEXT_ARGS(url_segment(arena, boxes)));
}

static void edge_fields(Html *html, const Request *request, CoverPictureView *view)
{
	static const char *const labels[EDGES] = { N_("Left edge"), N_("Upper edge"), N_("Right edge"), N_("Lower edge") };
	for (int i = 0; i < EDGES; i++) {
		FormField field = form_field(request, edges[i], INPUT_TEXT, labels[i], NULL, TEXT(""));
		field.pattern = TEXT("[0-9]{1,4}");
		list_add(html->call->arena, &view->fields, part_field(html, &field));
	}
}

Error cover_page_picture(Request *request)
{
	Html *html;
	CoverPlace place;
	Attachment file;
	PictureBox *boxes;
	Call *call = request->call;
	Arena *arena = call->arena;
	CoverPictureView view = { .boxes = boxes_asked(request) };
	Text ref = request_parameter(request, TEXT("file"));
	TRY(place_of(request, &place));
	TRY(attachment_find(call, place.matter.owner.kind, place.matter.owner.subject_id, ref, &file));
	if (!cover_is_picture(&file)) return fail(call, NOT_FOUND, "attachment %.*s is no picture", TEXT_ARGS(ref));
	Failure failure = call->failure;
	if (boxes_read(call, view.boxes, &boxes, &view.count) != OK) {
		if (!failure.problems.count) failure = call->failure;
		view.boxes = without_last(view.boxes);
		if (!cover_boxes_parse(arena, view.boxes, &boxes, &view.count)) view.boxes = TEXT("");
	}
	call->failure = failure;
	Crumb crumbs[] = { { place.name, url_local(arena, "%.*s", TEXT_ARGS(place.back)) },
		{ tr(call->lang, "Personal data in it"), url_local(arena, "%.*s", TEXT_ARGS(place.base)) }, { .text = file.name } };
	PageHead head = { .title = tr(call->lang, "Cover parts of a picture"),
		.lead = file.name,
		.crumbs = crumbs,
		.crumb_count = COUNT(crumbs),
		.wide = true };
	TRY(html_page_open(request, &head, &html));
	view.alt = file.name;
	view.preview = picture_url(&place, arena, ref, "/preview", view.boxes);
	view.here = url_local(arena, "%.*s/pictures/%.*s", TEXT_ARGS(place.base), TEXT_ARGS(ref));
	view.burn = view.here;
	if (view.boxes.length) view.undo = picture_url(&place, arena, ref, "", without_last(view.boxes));
	view.back = url_local(arena, "%.*s", TEXT_ARGS(place.base));
	edge_fields(html, request, &view);
	page_cover_picture(html, &view);
	return html_page_close(request, html);
}

/* Pixels that the sandbox has drawn anew: nothing of the file itself is shown. */
Error cover_page_preview(Request *request)
{
	CoverPlace place;
	PictureBox *boxes;
	size_t count = 0;
	Text picture;
	TRY(place_of(request, &place));
	TRY(boxes_read(request->call, given(request_query(request, TEXT("boxes"))), &boxes, &count));
	TRY(cover_picture(request->call, &place.matter, request_parameter(request, TEXT("file")), boxes, count, &picture));
	reply_text(request, text_starts(picture, TEXT("\xff\xd8\xff")) ? TEXT("image/jpeg") : TEXT("image/png"), picture);
	return OK;
}

static Error do_burn(Request *request, const CoverPlace *place)
{
	PictureBox *boxes;
	size_t count = 0;
	TRY(boxes_read(request->call, given(((const BurnForm *)request->form)->boxes), &boxes, &count));
	return cover_burn(request->call, &place->matter, request_parameter(request, TEXT("file")), boxes, count);
}

Error cover_page_burn(Request *request)
{
	CoverPlace place;
	TRY(place_of(request, &place));
	TRY(do_burn(request, &place));
	return back_to(request, &place);
}

/* ---- Machines */
static void put_finding(JsonWriter *writer, const CoverFinding *finding)
{
	json_object_begin(writer);
	json_put_text(writer, "place", finding->place);
	json_put_text(writer, "file", finding->item ? (Text) { 0 } : finding->file.ref);
	json_put_bool(writer, "kept", finding->is_kept);
	json_put_text(writer, "reason", finding->is_kept ? finding->reason : (Text) { 0 });
	json_key(writer, TEXT("kinds"));
	json_object_begin(writer);
	for (int kind = 0; kind < MASK_KINDS; kind++)
		if (finding->counts.of[kind]) json_put_int(writer, mask_kind_name((MaskKind)kind), finding->counts.of[kind]);
	json_end(writer);
	json_key(writer, TEXT("spots"));
	json_array_begin(writer);
	for (size_t i = 0; i < finding->spots.count; i++) {
		json_object_begin(writer);
		json_put_text(writer, "kind", text_from(mask_kind_name(finding->spots.at[i].kind)));
		json_put_int(writer, "line", finding->spots.at[i].line);
		json_put_text(writer, "hidden", finding->spots.at[i].shown);
		json_end(writer);
	}
	json_end(writer);
	json_end(writer);
}

static Error answer(Request *request)
{
	CoverPlace place;
	CoverFindings findings;
	Buffer buffer = { .arena = request->call->arena };
	JsonWriter writer = json_writer(&buffer);
	TRY(place_of(request, &place));
	TRY(cover_find(request->call, &place.matter, true, &findings));
	json_object_begin(&writer);
	json_put_int(&writer, "undecided", cover_open_count(&findings));
	json_key(&writer, TEXT("items"));
	json_array_begin(&writer);
	for (size_t i = 0; i < findings.count; i++) put_finding(&writer, &findings.at[i]);
	json_end(&writer);
	json_end(&writer);
	json_finish(&writer);
	reply_json(request, buffer_text(&buffer));
	return OK;
}

Error cover_get(Request *request) { return answer(request); }

Error cover_post_mask(Request *request)
{
	CoverPlace place;
	TRY(place_of(request, &place));
	TRY(do_mask(request, &place));
	TRY(tell_changed(request));
	return answer(request);
}

Error cover_post_keep(Request *request)
{
	CoverPlace place;
	const KeepForm *form = request->form;
	TRY(place_of(request, &place));
	TRY(cover_keep(request->call, &place.matter, form->place, given(form->reason)));
	TRY(tell_changed(request));
	return answer(request);
}

Error cover_post_burn(Request *request)
{
	CoverPlace place;
	TRY(place_of(request, &place));
	TRY(do_burn(request, &place));
	TRY(tell_changed(request));
	return answer(request);
}
