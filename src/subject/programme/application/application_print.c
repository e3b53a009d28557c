/* The application as it is printed, stamped and posted: each section with its digest, each page with a code that ties it to what was submitted. */
#include "base/base/clock.h"
#include "face/doc/pdf.h"
#include "subject/programme/application/application_private.h"

typedef struct Printing {
	Call *call;
	const Application *application;
	const ApplicationVersion *version;
	Pdf *pdf;
} Printing;

static void put(const Printing *printing, Text label, Text value)
{
	pdf_paragraph(printing->pdf, label, (PdfStyle) { .bold = true, .size = 10, .before = 4 });
	pdf_paragraph(printing->pdf, value.length ? value : TEXT("—"), (PdfStyle) { .size = 10.5, .after = 3 });
}

static void put_table(const Printing *printing, const FormItem *item, Text value)
{
	Arena *arena = printing->call->arena;
	size_t columns = item->choice_count < FORM_COLUMNS_MAX ? item->choice_count : FORM_COLUMNS_MAX, rows = form_rows(value);
	Text *heads = arena_array_of(arena, Text, columns), *cells = arena_array_of(arena, Text, columns * rows + 1);
	for (size_t c = 0; c < columns; c++) heads[c] = text_from(item->choices[c].label);
	for (size_t i = 0; i < columns * rows; i++) cells[i] = form_cell(value, i / columns, i % columns);
	Sheet sheet = { text_from(item->label), heads, columns, cells, rows };
	pdf_paragraph(printing->pdf, text_from(item->label), (PdfStyle) { .bold = true, .size = 10, .before = 4, .after = 3 });
	pdf_table(printing->pdf, &sheet, NULL);
}

/* "name  SHA-256" of each file of a field. */
static Text files_of(const Printing *printing, const char *field)
{
	Buffer out = { .arena = printing->call->arena };
	Text rest = printing->version->files, line, name;
	while (printing->version->files.length && text_next(&rest, '\n', &line)) {
		Text after = line;
		if (!text_next(&after, ' ', &name) || !text_is(name, text_from(field))) continue;
		buffer_printf(&out, "%s%.*s\nSHA-256 %.*s", out.length ? "\n" : "", TEXT_ARGS(text_slice(after, 67, after.length)),
			TEXT_ARGS(text_slice(after, 1, 65)));
	}
	return out.length ? buffer_text(&out) : TEXT("");
}

static void put_item(const Printing *printing, const FormItem *item, const Map *values)
{
	Call *call = printing->call;
	Text value = form_answer(values, item->name);
	if (item->kind == FORM_FILES)
		put(printing, text_from(item->label), files_of(printing, item->name));
	else if (item->kind == FORM_TABLE && value.length)
		put_table(printing, item, value);
	else
		put(printing, text_from(item->label), form_shown_value(call, call->lang, item, value));
}

static void put_digest(const Printing *printing, const FormSection *section)
{
	Call *call = printing->call;
	Text digest = application_section_digest(
		call->arena, printing->application->ref, section, printing->version->values, printing->version->files);
	Problem words = { .message = N_("SHA-256 of this section: %s"), .argument = digest };
	pdf_paragraph(printing->pdf, problem_text(call->arena, call->lang, &words), (PdfStyle) { .size = 8, .before = 4, .after = 6 });
}

static void put_head(const Printing *printing, const char *title)
{
	Call *call = printing->call;
	const Application *application = printing->application;
	const Form *direction = round_kind(TEXT("direction"))->form;
	Text round = form_answer(application->round->head, call->lang == LANG_ZH ? "title_zh" : "title_en");
	Text cells[] = { tr(call->lang, "Number"), application->ref, tr(call->lang, "Organisation"), application->organisation,
		tr(call->lang, "Unified social credit code"), application->credit_code, tr(call->lang, "Direction"),
		form_shown_value(call, call->lang, form_item(direction, TEXT("direction")), application->direction),
		tr(call->lang, "Submitted"), clock_human(call->arena, call->lang, printing->version->at),
		tr(call->lang, "Digest of what was submitted"), printing->version->sha256 };
	static const double shares[] = { 1, 3 };
	Sheet sheet = { tr(call->lang, title), NULL, 2, cells, COUNT(cells) / 2 };
	pdf_heading(printing->pdf, 1, round);
	pdf_heading(printing->pdf, 2, tr(call->lang, title));
	pdf_table(printing->pdf, &sheet, shares);
}

static void put_foot(const Printing *printing)
{
	Lang lang = printing->call->lang;
	pdf_space(printing->pdf, 18);
	pdf_paragraph(printing->pdf,
		tr(lang, "We declare that all we state here is true, and accept the library's rules and the duties of the direction we "
			 "apply for."),
		(PdfStyle) { .size = 10.5, .indent = 2 });
	pdf_space(printing->pdf, 24);
	pdf_paragraph(printing->pdf, tr(lang, "Stamp of the organisation, date:"), (PdfStyle) { .size = 10.5, .align = PDF_END });
	pdf_space(printing->pdf, 40);
}

static void open_printing(Call *call, const Application *application, const ApplicationVersion *version, const char *title, Printing *out)
{
	Text code = arena_printf(call->arena, "%.*s/applications/%.*s?version=%lld&sha256=%.*s", TEXT_ARGS(call->house->public_address),
		TEXT_ARGS(application->ref), (long long)version->version, TEXT_ARGS(version->sha256));
	*out = (Printing) { .call = call, .application = application, .version = version };
	out->pdf = pdf_open(call,
		&(PdfSpec) { .title = arena_printf(call->arena, "%.*s %.*s", TEXT_ARGS(tr(call->lang, title)), TEXT_ARGS(application->ref)),
			.author = application->organisation,
			.subject = version->sha256,
			.page_numbers = true,
			.page_code = code });
	put_head(out, title);
}

Error application_print(Call *call, const Application *application, Text *out)
{
	ApplicationVersions versions;
	Printing printing;
	TRY(application_versions_of(call, application, &versions));
	if (!versions.count) return fail(call, CONFLICT, "nothing of %.*s was submitted", TEXT_ARGS(application->ref));
	open_printing(call, application, &versions.at[versions.count - 1], N_("Application form"), &printing);
	scoped(pdf_close) Pdf *pdf = printing.pdf;
	for (size_t s = 0; s < application->form->section_count; s++) {
		const FormSection *section = &application->form->sections[s];
		pdf_heading(pdf, 3, text_from(section->title));
		for (size_t i = 0; i < section->item_count; i++) put_item(&printing, &section->items[i], printing.version->values);
		put_digest(&printing, section);
	}
	put_foot(&printing);
	return pdf_finish(call, pdf, out);
}

/* ---- Only the sections that changed, each changed field as it was and as it is */
static bool is_changed(const Printing *printing, const ApplicationVersion *before, const FormItem *item)
{
	Printing old = *printing;
	old.version = before;
	if (item->kind == FORM_FILES) return !text_is(files_of(&old, item->name), files_of(printing, item->name));
	return !text_is(form_answer(before->values, item->name), form_answer(printing->version->values, item->name));
}

static void put_change(const Printing *printing, const ApplicationVersion *before, const FormItem *item)
{
	Printing old = *printing;
	Lang lang = printing->call->lang;
	old.version = before;
	pdf_paragraph(printing->pdf, tr(lang, "Before"), (PdfStyle) { .size = 9, .before = 4 });
	put_item(&old, item, before->values);
	pdf_paragraph(printing->pdf, tr(lang, "Corrected"), (PdfStyle) { .size = 9, .before = 4 });
	put_item(printing, item, printing->version->values);
}

Error application_print_correction(Call *call, const Application *application, Text *out)
{
	ApplicationVersions versions;
	Printing printing;
	TRY(application_versions_of(call, application, &versions));
	if (versions.count < 2) return fail(call, CONFLICT, "nothing of %.*s was corrected", TEXT_ARGS(application->ref));
	const ApplicationVersion *before = &versions.at[versions.count - 2];
	open_printing(call, application, &versions.at[versions.count - 1], N_("Correction sheet"), &printing);
	scoped(pdf_close) Pdf *pdf = printing.pdf;
	for (size_t s = 0; s < application->form->section_count; s++) {
		const FormSection *section = &application->form->sections[s];
		bool has_changed = false;
		for (size_t i = 0; i < section->item_count; i++) {
			if (!is_changed(&printing, before, &section->items[i])) continue;
			if (!has_changed) pdf_heading(pdf, 3, text_from(section->title));
			has_changed = true;
			put_change(&printing, before, &section->items[i]);
		}
		if (has_changed) put_digest(&printing, section);
	}
	for (int64_t n = 1; n <= application->returns; n++) {
		Text files = files_of(&printing, arena_string(call->arena, application_correction_field(call->arena, n)));
		if (files.length) put(&printing, tr(call->lang, "Files that support the correction"), files);
	}
	put_foot(&printing);
	return pdf_finish(call, pdf, out);
}
