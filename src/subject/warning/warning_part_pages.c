/* Parts that the pages of warnings share. */
#include "face/doc/export.h"
#include "subject/warning/warning_pages_private.h"
#include "work/form/form_view.h"

static bool is_address(Text line) { return text_starts(line, TEXT("https://")) || text_starts(line, TEXT("http://")); }

/* As Markdown, in which a link stands between angle brackets. */
Markup warning_lines(Html *html, Text lines)
{
	Buffer out = { .arena = html->call->arena };
	Text line;
	while (lines.length && text_next(&lines, '\n', &line)) {
		line = text_trim(line);
		bool links = is_address(line) && !text_find(line, TEXT(" "), NULL);
		buffer_printf(&out, links ? "<%.*s>\n\n" : "%.*s\n\n", TEXT_ARGS(line));
	}
	return part_markdown(html, out.length ? buffer_text(&out) : TEXT(""));
}

WarningParts warning_parts(Html *html, const Map *values, Text *out_lang)
{
	static const struct {
		const char *head, *names[LANG_COUNT];
	} parts[] = { { N_("What was found"), { "found_zh", "found_en" } }, { N_("What the product is"), { "product_zh", "product_en" } },
		{ N_("Cause and trigger"), { "cause_zh", "cause_en" } }, { N_("Harm"), { "harm_zh", "harm_en" } },
		{ N_("Affected versions"), { "versions", "versions" } }, { N_("What to do"), { "advice_zh", "advice_en" } },
		{ N_("Credits"), { "credits", "credits" } }, { N_("References"), { "links", "links" } } };
	bool is_foreign = html->lang == LANG_EN && !form_answer(values, "what_en").length;
	Lang lang = is_foreign ? LANG_ZH : html->lang;
	WarningParts list = { 0 };
	for (size_t i = 0; i < COUNT(parts); i++) {
		Text text = form_answer(values, parts[i].names[lang]);
		if (text.length)
			list_add(html->call->arena, &list, ((WarningPartView) { tr(lang, parts[i].head), warning_lines(html, text) }));
	}
	*out_lang = is_foreign ? lang_tag(lang) : TEXT("");
	return list;
}

Markup warning_counts_markup(Html *html, const WarningCounts *counts)
{
	const struct {
		const char *label;
		int64_t count;
	} all[] = { { N_("Organisations told"), counts->told }, { N_("have read it"), counts->read },
		{ N_("have signed for it"), counts->signed_for }, { N_("affected"), counts->affected },
		{ N_("not affected"), counts->not_affected }, { N_("dealt with"), counts->handled } };
	Fact facts[COUNT(all)];
	for (size_t i = 0; i < COUNT(all); i++)
		facts[i] = (Fact) { .label = tr(html->lang, all[i].label), .markup = part_number(html, all[i].count) };
	return part_facts(html, facts, COUNT(facts));
}

Markup warning_difference(Html *html, const Map *before, const Map *after)
{
	Facts facts = { 0 };
	for (size_t i = 0; i < warning_form.section_count; i++) {
		const FormSection *section = &warning_form.sections[i];
		for (size_t k = 0; k < section->item_count; k++) {
			const FormItem *item = &section->items[k];
			Text old_text = form_answer(before, item->name), new_text = form_answer(after, item->name);
			if (item->kind == FORM_CHECK || text_is(old_text, new_text)) continue;
			list_add(html->call->arena, &facts,
				((Fact) { .label = tr(html->lang, item->label), .markup = part_difference(html, old_text, new_text) }));
		}
	}
	return facts.count ? part_facts(html, facts.at, facts.count) : (Markup) { TEXT("") };
}

Error warning_reply_file(Request *request, const WarningDocument *document, bool as_word)
{
	Text bytes;
	Call *call = request->call;
	if (as_word)
		TRY(warning_word(call, document, &bytes));
	else
		TRY(warning_pdf(call, document, &bytes));
	return export_bytes(request, arena_printf(call->arena, "%.*s.%s", TEXT_ARGS(document->number), as_word ? "docx" : "pdf"), bytes);
}

Error warning_reply_newest(Request *request, bool as_word)
{
	Call *call = request->call;
	WarningTexts texts;
	WarningCopy copy;
	Text number;
	bool is_public = false;
	const Warning *warning = request->subject;
	TRY(warning_texts(call, warning, &texts));
	if (!texts.count) return fail(call, NOT_FOUND, "warning %.*s has no file", TEXT_ARGS(warning->ref));
	TRY(warning_public_number(call, warning, &number, &is_public));
	is_public = is_public && !text_is(warning->state, TEXT("WITHDRAWN"));
	WarningDocument document = { .number = is_public                ? number
					       : warning->number.length ? warning->number
									: warning->ref,
		.n = texts.at[0].n,
		.at = texts.at[0].at,
		.values = texts.at[0].values,
		.is_public = is_public };
	if (!is_public) {
		TRY(warning_copy_take(call, warning, as_word ? "docx" : "pdf", &copy));
		document.copy = &copy;
	}
	return warning_reply_file(request, &document, as_word);
}
