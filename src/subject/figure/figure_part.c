/* The parts of a report: sealed as they are being worked on, public as they were issued. */
#include "store/seal/seal.h"
#include "subject/figure/figure_report_private.h"

/* As they were called when a report had one text. */
static const char *const places[LANG_COUNT] = { [LANG_ZH] = "figure_report|sealed_words_zh", [LANG_EN] = "figure_report|sealed_words_en" };

static Text row_of(Arena *arena, Text ref, const char *section)
{
	return strcmp(section, "summary") ? arena_printf(arena, "%.*s|%s", TEXT_ARGS(ref), section) : ref;
}

static const FigurePartRow *row_for(const FigurePartRows *rows, const char *section)
{
	for (size_t i = 0; i < rows->count; i++)
		if (text_is(rows->at[i].section, text_from(section))) return &rows->at[i];
	return NULL;
}

static Text said(Text words) { return words.at ? words : TEXT(""); }

Error figure_parts_open(Call *call, Text ref, int64_t report_id, FigureParts *out)
{
	FigurePartRows rows;
	TRY(figure_part_rows(call, report_id, 0, &rows));
	*out = (FigureParts) { 0 };
	for (size_t i = 0; i < figure_section_count; i++) {
		const FigureSection *section = &figure_sections[i];
		const FigurePartRow *row = row_for(&rows, section->tag);
		FigurePart part = { .section = section };
		if (!row) continue;
		Text place = row_of(call->arena, ref, section->tag);
		TRY(seal_open(call, places[LANG_ZH], place, row->sealed_zh, &part.words[LANG_ZH]));
		TRY(seal_open(call, places[LANG_EN], place, row->sealed_en, &part.words[LANG_EN]));
		for (int lang = 0; lang < LANG_COUNT; lang++) part.words[lang] = said(part.words[lang]);
		list_add(call->arena, out, part);
	}
	return OK;
}

Error figure_parts_read(Call *call, int64_t report_id, int64_t edition, FigureParts *out)
{
	FigurePartRows rows;
	TRY(figure_part_rows(call, report_id, edition, &rows));
	*out = (FigureParts) { 0 };
	for (size_t i = 0; i < figure_section_count; i++) {
		const FigurePartRow *row = row_for(&rows, figure_sections[i].tag);
		if (!row || !row->public_zh.at) continue;
		FigurePart part = { .section = &figure_sections[i] };
		part.words[LANG_ZH] = row->public_zh;
		part.words[LANG_EN] = said(row->public_en);
		list_add(call->arena, out, part);
	}
	return OK;
}

Error figure_part_put(Call *call, const FigureReport *report, const FigurePart *part)
{
	Sealed sealed[LANG_COUNT];
	Text place = row_of(call->arena, report->ref, part->section->tag);
	for (int lang = 0; lang < LANG_COUNT; lang++) {
		Text words = part->words[lang].length ? part->words[lang] : (Text) { 0 };
		TRY(seal_close(call, report->seal_key, places[lang], place, words, &sealed[lang]));
	}
	return figure_part_insert(call, report->id, text_from(part->section->tag), sealed[LANG_ZH], sealed[LANG_EN]);
}

Error figure_parts_issue(Call *call, const FigureReport *report)
{
	int64_t edition = report->edition + 1;
	TRY(figure_part_copy(call, report->id, 0, edition));
	for (size_t i = 0; !report->is_inside && i < report->parts.count; i++) {
		const FigurePart *part = &report->parts.at[i];
		TRY(figure_part_publish(
			call, report->id, edition, text_from(part->section->tag), part->words[LANG_ZH], part->words[LANG_EN]));
	}
	TRY(figure_part_remove(call, report->id, 0, TEXT("reason")));
	return figure_edition_insert(call, report->id, edition, report->reviewed_by, call->actor->person_id, call->now);
}

/* ---- Editions */
Error figure_report_editions(Call *call, const FigureReport *report, bool is_public, FigureEditions *out)
{
	FigureEditionRows rows;
	Text place = row_of(call->arena, report->ref, "reason");
	TRY(figure_edition_rows(call, report->id, FIGURE_EDITIONS_MAX, &rows));
	*out = (FigureEditions) { 0 };
	for (size_t i = 0; i < rows.count; i++) {
		const FigureEditionRow *row = &rows.at[i];
		FigureEdition edition = { .n = row->n, .issued_at = row->issued_at };
		if (is_public) {
			edition.reason[LANG_ZH] = said(row->public_zh);
			edition.reason[LANG_EN] = said(row->public_en);
		} else {
			TRY(seal_open(call, places[LANG_ZH], place, row->sealed_zh, &edition.reason[LANG_ZH]));
			TRY(seal_open(call, places[LANG_EN], place, row->sealed_en, &edition.reason[LANG_EN]));
		}
		list_add(call->arena, out, edition);
	}
	return OK;
}

Error figure_report_open_edition(Call *call, const FigureReport *report, int64_t n, FigureReport *out)
{
	FigureEditions editions;
	TRY(figure_report_editions(call, report, true, &editions));
	for (size_t i = 0; report->is_public && i < editions.count; i++) {
		if (editions.at[i].n != n) continue;
		*out = *report;
		out->edition = n;
		out->issued_at = editions.at[i].issued_at;
		return figure_parts_read(call, report->id, n, &out->parts);
	}
	return fail(call, NOT_FOUND, "report %.*s has no edition %lld", TEXT_ARGS(report->ref), (long long)n);
}
