/* How pages of this room are put together. */
#include "subject/programme/inspection/inspection_view.h"

#include "base/base/clock.h"

const FormSpec inspection_any_form = { .takes_more = true };
static const FieldSpec files_fields[] = { { "*", FIELD_FILES, offsetof(InspectionFiles, files) } };
const FormSpec inspection_files_form = { .fields = files_fields,
	.field_count = COUNT(files_fields),
	.struct_size = sizeof(InspectionFiles),
	.max_body_bytes = (size_t)50 * 1024 * 1024,
	.takes_more = true };

static const FormItem photo_items[] = {
	{ "files", FORM_FILES, N_("Photograph"), NULL },
	{ "taken", FORM_TEXT, N_("Time it was taken"), N_("In Beijing time, as 2026-03-05 14:00."), .max_length = 16 },
	{ "where", FORM_TEXT, N_("Place where it was taken"), N_("Room or address."), .max_length = 200 },
};
static const FormSection photo_sections[] = { { NULL, NULL, photo_items, COUNT(photo_items) } };
const Form inspection_photo_form = { "inspection-photo", 1, N_("Photograph"), photo_sections, 1, NULL };

/* ---- Names with a suffix */
static Text suffixed(Arena *arena, const char *name, Text suffix) { return arena_printf(arena, "%s-%.*s", name, TEXT_ARGS(suffix)); }

const Form *inspection_form_for(Call *call, const Form *form, Text suffix)
{
	const FormSection *section = &form->sections[0];
	FormItem *items = arena_array_of(call->arena, FormItem, section->item_count);
	FormSection *own = arena_new_of(call->arena, FormSection);
	Form *out = arena_new_of(call->arena, Form);
	for (size_t i = 0; i < section->item_count; i++) {
		items[i] = section->items[i];
		items[i].name = arena_string(call->arena, suffixed(call->arena, items[i].name, suffix));
		FormRule *rules[] = { &items[i].shown_when, &items[i].required_when };
		for (size_t r = 0; r < COUNT(rules); r++)
			if (rules[r]->field) rules[r]->field = arena_string(call->arena, suffixed(call->arena, rules[r]->field, suffix));
	}
	*own = (FormSection) { "", NULL, items, section->item_count };
	*out = (Form) { form->name, form->version, form->title, own, 1, NULL };
	return out;
}

Map *inspection_values_for(Call *call, const Form *form, Text suffix, const Map *values)
{
	const FormSection *section = &form->sections[0];
	Map *out = map_new(call->arena);
	for (size_t i = 0; i < section->item_count; i++)
		form_set(call->arena, out, suffixed(call->arena, section->items[i].name, suffix),
			form_answer(values, section->items[i].name));
	return out;
}

Map *inspection_values_from(Call *call, const Form *form, Text suffix, const Map *values)
{
	const FormSection *section = &form->sections[0];
	Map *out = map_new(call->arena);
	for (size_t i = 0; i < section->item_count; i++) {
		const char *name = arena_string(call->arena, suffixed(call->arena, section->items[i].name, suffix));
		form_set(call->arena, out, text_from(section->items[i].name), form_answer(values, name));
	}
	return out;
}

void inspection_problems_for(Call *call, Text suffix)
{
	for (size_t i = 0; i < call->failure.problems.count; i++) {
		Problem *problem = &call->failure.problems.at[i];
		problem->field = arena_printf(call->arena, "%.*s-%.*s", TEXT_ARGS(problem->field), TEXT_ARGS(suffix));
	}
}

Error inspection_take(Request *request, const Form *form, Text suffix, Map **out)
{
	Map *sent = map_new(request->call->arena);
	TRY(form_take(request, inspection_form_for(request->call, form, suffix), sent));
	*out = inspection_values_from(request->call, form, suffix, sent);
	return OK;
}

/* ---- What pages share */
Text inspection_base(Arena *arena, Text ref) { return arena_printf(arena, "/inspections/%.*s", TEXT_ARGS(url_segment(arena, ref))); }

Text inspection_was(Call *call, const Map *values)
{
	Text all = form_values_text(call->arena, &inspection_entry_form, values);
	return arena_printf(call->arena, "%016llx", (unsigned long long)text_hash(all));
}

Text inspection_outcome_text(Lang lang, Text outcome)
{
	if (text_is(outcome, TEXT("propose"))) return tr(lang, N_("Passed without findings"));
	if (text_is(outcome, TEXT("correct"))) return tr(lang, N_("Minor findings to be corrected"));
	return text_is(outcome, TEXT("fail")) ? tr(lang, N_("Not passed: a major finding")) : TEXT("");
}

static Text inspectors_text(Html *html, const Inspection *inspection)
{
	Buffer out = { .arena = html->call->arena };
	bool is_inside = inspection->is_staff || inspection->is_inspector;
	for (size_t i = 0; i < inspection->inspectors.count; i++) {
		const Inspector *inspector = &inspection->inspectors.at[i];
		Text how = tr(html->lang, inspector->position < 0 ? N_("named by the office") : N_("drawn"));
		buffer_printf(&out, "%s%.*s", i ? "; " : "", TEXT_ARGS(inspector->name));
		if (is_inside) buffer_printf(&out, " (%.*s", TEXT_ARGS(how));
		if (is_inside && inspector->signed_at) buffer_printf(&out, ", %.*s", TEXT_ARGS(tr(html->lang, N_("signed"))));
		if (is_inside) buffer_printf(&out, ")");
	}
	return out.length ? buffer_text(&out) : TEXT("");
}

Markup inspection_facts(Html *html, const Inspection *inspection)
{
	const Application *application = inspection->application;
	const Markup nothing = { TEXT("") };
	Facts facts = { 0 };
	bool is_english = html->lang == LANG_EN && application->organisation_en.length;
	Fact all[] = { { .label = tr(html->lang, "Application"), .text = application->ref },
		{ .label = tr(html->lang, "Organisation"), .text = is_english ? application->organisation_en : application->organisation },
		{ .label = tr(html->lang, "Direction"),
			.text = form_shown_value(
				html->call, html->lang, form_item(round_kinds[0].form, TEXT("direction")), application->direction) },
		{ .label = tr(html->lang, "Day and hour of the visit"),
			.markup = inspection->visit_at ? part_time(html, inspection->visit_at) : nothing },
		{ .label = tr(html->lang, "Place"), .text = inspection->where },
		{ .label = tr(html->lang, "Inspectors"), .text = inspectors_text(html, inspection) },
		{ .label = tr(html->lang, "Number of the report"), .text = inspection->number },
		{ .label = tr(html->lang, "Signed by both"),
			.markup = inspection->closed_at ? part_time(html, inspection->closed_at) : nothing },
		{ .label = tr(html->lang, "Appeal until"),
			.markup = text_is(application->state, TEXT("FAILED")) ? part_time(html, application->appeal_until) : nothing } };
	if (inspection->is_staff)
		all[0].url =
			url_local(html->call->arena, "/applications/%.*s", TEXT_ARGS(url_segment(html->call->arena, application->ref)));
	for (size_t i = 0; i < COUNT(all); i++)
		if (all[i].text.length || all[i].markup.text.length) list_add(html->call->arena, &facts, all[i]);
	return part_facts(html, facts.at, facts.count);
}

InspectionFindingView inspection_finding_view(Html *html, const InspectionFinding *finding)
{
	static const char *const words[][3] = { { "open", N_("Correction awaited"), "warn" },
		{ "answered", N_("Answered, to be judged"), "active" }, { "closed", N_("Closed"), "good" } };
	const Markup nothing = { TEXT("") };
	Facts facts = { 0 };
	InspectionFindingView view = {
		.title = finding->item, .level = inspection_verdict_text(html->lang, finding->level), .tone = TEXT("bad")
	};
	for (size_t i = 0; i < COUNT(words); i++) {
		if (!text_is(finding->state, text_from(words[i][0]))) continue;
		view.state = tr(html->lang, words[i][1]);
		view.tone = text_from(words[i][2]);
	}
	if (text_is(finding->level, TEXT("major"))) view.tone = TEXT("bad");
	Fact all[] = { { .label = tr(html->lang, "What is wrong"), .text = finding->found },
		{ .label = tr(html->lang, "Due"), .markup = finding->due_at ? part_time(html, finding->due_at) : nothing },
		{ .label = tr(html->lang, "Root cause"), .text = finding->answer ? form_answer(finding->answer, "cause") : TEXT("") },
		{ .label = tr(html->lang, "Correction"), .text = finding->answer ? form_answer(finding->answer, "measure") : TEXT("") },
		{ .label = tr(html->lang, "Remark of the inspectors"), .text = finding->remark },
		{ .label = tr(html->lang, "Closed"), .markup = finding->closed_at ? part_time(html, finding->closed_at) : nothing } };
	for (size_t i = 0; i < COUNT(all); i++)
		if (all[i].text.length || all[i].markup.text.length) list_add(html->call->arena, &facts, all[i]);
	view.facts = part_facts(html, facts.at, facts.count);
	return view;
}
