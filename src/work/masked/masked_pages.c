/* A text is masked on a page. Nothing of it is kept. */
#include "people/person/form_page.h"
#include "work/masked/masked.h"
#include "work/masked/masked_view.h"

typedef struct MaskForm {
	Text text;
	Texts leave;
} MaskForm;
static const FieldSpec mask_fields[] = {
	{ "text", FIELD_LINES, offsetof(MaskForm, text), .max_length = MASKED_LENGTH },
	{ "leave", FIELD_TEXTS, offsetof(MaskForm, leave) },
};
static const FormSpec mask_form = {
	.fields = mask_fields, .field_count = COUNT(mask_fields), .struct_size = sizeof(MaskForm), .max_body_bytes = 1024 * 1024
};

typedef struct Shown {
	const MaskForm *form;
	const Masked *masked;
} Shown;

static Markup found_table(Html *html, const Shown *shown)
{
	Arena *arena = html->call->arena;
	const MaskSpans *found = &shown->masked->found;
	Column columns[] = { { .label = tr(html->lang, N_("Kind")), .kind = COLUMN_NARROW },
		{ .label = tr(html->lang, N_("Found")), .kind = COLUMN_CODE } };
	Cell *cells = arena_array_of(arena, Cell, found->count * COUNT(columns) + 1);
	for (size_t i = 0; i < found->count; i++) {
		cells[i * 2].text = tr(html->lang, mask_kind_text(found->at[i].kind));
		cells[i * 2 + 1].text = text_slice(shown->form->text, found->at[i].from, found->at[i].to);
	}
	Table table = { .caption = tr(html->lang, N_("What was found")),
		.columns = columns,
		.column_count = COUNT(columns),
		.cells = cells,
		.row_count = found->count };
	return part_table(html, &table);
}

static Markup result_of(Html *html, const void *about)
{
	const Shown *shown = about;
	if (!shown) return (Markup) { 0 };
	Html inner = html_inner(html);
	FormField field = { .name = TEXT("masked"),
		.label = tr(html->lang, N_("Masked text")),
		.kind = INPUT_LINES,
		.rows = 10,
		.value = shown->masked->text,
		.help = tr(html->lang, N_("Read it before you pass it on: names, addresses "
					  "and what stands in pictures are not found.")) };
	html_markup(&inner, part_field(html, &field));
	if (shown->masked->found.count)
		html_markup(&inner, found_table(html, shown));
	else
		html_markup(&inner, part_empty(html, tr(html->lang, N_("Nothing was found.")), TEXT(""), (Url) { { 0 } }, TEXT("")));
	return html_done(html, &inner);
}

static Error show_with(Request *request, const Shown *shown)
{
	Lang lang = request->call->lang;
	const MaskForm *form = request->form;
	Text values[MASK_KINDS], labels[MASK_KINDS];
	for (int kind = 0; kind < MASK_KINDS; kind++) {
		values[kind] = text_from(mask_kind_name((MaskKind)kind));
		labels[kind] = tr(lang, mask_kind_text((MaskKind)kind));
	}
	FormField fields[] = { form_field(request, "text", INPUT_LINES, N_("Original text"), N_("It is not stored."),
				       form && form->text.at ? form->text : TEXT("")),
		form_field(request, "leave", INPUT_CHOICE, N_("Leave as it stands"), NULL, TEXT("")) };
	fields[0].rows = 10;
	fields[1].required = false;
	fields[1].multiple = true;
	fields[1].choice_values = values;
	fields[1].choice_labels = labels;
	fields[1].choice_count = MASK_KINDS;
	fields[1].values = form ? form->leave.at : NULL;
	fields[1].value_count = form ? form->leave.count : 0;
	FormPage page = { .title = tr(lang, N_("Mask a text for others")),
		.lead = tr(lang, N_("Finds personal data and secrets before a text "
				    "leaves the matter. You decide what is masked.")),
		.before = result_of,
		.about = shown,
		.action = url_local(request->call->arena, "/tools/masking"),
		.fields = fields,
		.field_count = COUNT(fields),
		.button = tr(lang, N_("Mask")) };
	return form_page_show(request, &page);
}

static Error show(Request *request) { return show_with(request, NULL); }

static Error mask(Request *request)
{
	Masked masked;
	Shown shown = { request->form, &masked };
	TRY(masked_text(request->call, shown.form->text, &shown.form->leave, &masked));
	return show_with(request, &shown);
}

#define STAFF .may = ROLE_COORDINATOR | ROLE_VERIFIER | ROLE_PUBLISHER, .needs_second_factor = true
static const Route rows[] = {
	{ GET, "/tools/masking", show, STAFF, .summary = "Asks for a text, to mask personal data and secrets in it" },
	{ POST, "/tools/masking", mask, STAFF, .form = &mask_form, .retry = show,
		.summary = "Masks personal data and secrets in a text; keeps nothing" },
};
const RouteTable masked_routes = { "work/masked", rows, COUNT(rows) };
