/* One <vulnerability> of a CNVD sharing file, which spells severity "serverity". Dates are days of Chinese time. */
#include "base/base/clock.h"
#include "subject/advisory/advisory_private.h"

#include <expat.h>

enum { CHINA_OFFSET_MS = 8 * 3600 * 1000, ELEMENT_DEPTH_MAX = 16 };

typedef struct CnvdEntry {
	Text number, title, severity, event, submitted, opened, finder, reference, remedy, description, patch, patch_description;
	Texts cves, products;
} CnvdEntry;
typedef struct CnvdReader {
	Arena *arena;
	CnvdEntry entry;
	Buffer text;
	int depth;
	const char *why;
	XML_Parser parser;
} CnvdReader;

static const struct {
	const char *element;
	size_t offset;
} fields[] = {
	{ "number", offsetof(CnvdEntry, number) },
	{ "title", offsetof(CnvdEntry, title) },
	{ "serverity", offsetof(CnvdEntry, severity) },
	{ "severity", offsetof(CnvdEntry, severity) },
	{ "isEvent", offsetof(CnvdEntry, event) },
	{ "submitTime", offsetof(CnvdEntry, submitted) },
	{ "openTime", offsetof(CnvdEntry, opened) },
	{ "discovererName", offsetof(CnvdEntry, finder) },
	{ "referenceLink", offsetof(CnvdEntry, reference) },
	{ "formalWay", offsetof(CnvdEntry, remedy) },
	{ "description", offsetof(CnvdEntry, description) },
	{ "patchName", offsetof(CnvdEntry, patch) },
	{ "patchDescription", offsetof(CnvdEntry, patch_description) },
};

static void XMLCALL take_start(void *context, const XML_Char *name, const XML_Char **attributes)
{
	CnvdReader *reader = context;
	(void)name, (void)attributes;
	reader->text.length = 0;
	if (++reader->depth <= ELEMENT_DEPTH_MAX) return;
	reader->why = "elements are nested too deeply";
	XML_StopParser(reader->parser, XML_FALSE);
}

static void XMLCALL take_text(void *context, const XML_Char *text, int length)
{
	CnvdReader *reader = context;
	buffer_put(&reader->text, (Text) { text, (size_t)length });
}

static void XMLCALL take_end(void *context, const XML_Char *name)
{
	CnvdReader *reader = context;
	Text element = text_from(name), text = clean_text(reader->arena, arena_copy(reader->arena, buffer_text(&reader->text)));
	reader->depth--;
	reader->text.length = 0;
	if (text_is(element, TEXT("cveNumber"))) texts_add_new(reader->arena, &reader->entry.cves, text);
	if (text_is(element, TEXT("product"))) texts_add_new(reader->arena, &reader->entry.products, text);
	for (size_t i = 0; i < COUNT(fields); i++)
		if (text_is(element, text_from(fields[i].element))) *(Text *)(void *)((char *)&reader->entry + fields[i].offset) = text;
}

/* Entities of one's own are the way to blow a small file up; no sharing file has any. */
static void XMLCALL refuse_doctype(void *context, const XML_Char *name, const XML_Char *system, const XML_Char *public, int internal)
{
	CnvdReader *reader = context;
	(void)name, (void)system, (void)public, (void)internal;
	reader->why = "a document type is not accepted";
	XML_StopParser(reader->parser, XML_FALSE);
}

static void close_parser(XML_Parser *parser)
{
	if (*parser) XML_ParserFree(*parser);
}

static bool parse_entry(CnvdReader *reader, Text document, Text *out_why)
{
	scoped(close_parser) XML_Parser parser = XML_ParserCreate("UTF-8");
	must(parser);
	reader->parser = parser;
	XML_SetUserData(parser, reader);
	XML_SetElementHandler(parser, take_start, take_end);
	XML_SetCharacterDataHandler(parser, take_text);
	XML_SetStartDoctypeDeclHandler(parser, refuse_doctype);
	if (document.length < INT32_MAX && XML_Parse(parser, document.at, (int)document.length, XML_TRUE) == XML_STATUS_OK) return true;
	*out_why = arena_printf(reader->arena, "no valid XML: %s (line %lu, column %lu)",
		reader->why ? reader->why : XML_ErrorString(XML_GetErrorCode(parser)), XML_GetCurrentLineNumber(parser),
		XML_GetCurrentColumnNumber(parser) + 1);
	return false;
}

static Text level_of(Text severity)
{
	if (text_is(severity, TEXT("超危"))) return TEXT("critical");
	if (text_starts(severity, TEXT("高"))) return TEXT("high");
	if (text_starts(severity, TEXT("中"))) return TEXT("medium");
	return text_starts(severity, TEXT("低")) ? TEXT("low") : TEXT("");
}

static bool names_nobody(Text finder)
{
	Text nobody[] = { TEXT("unknown"), TEXT("unknow"), TEXT("unknwon"), TEXT("未知"), TEXT("n/a"), TEXT("null"), TEXT("匿名") };
	for (size_t i = 0; i < COUNT(nobody); i++)
		if (text_is_nocase(finder, nobody[i])) return true;
	return false;
}

static void fill_numbers(Arena *arena, const CnvdEntry *entry, AdvisoryDraft *draft)
{
	Texts *numbers = entry->cves.count == 1 ? &draft->aliases : &draft->related;
	for (size_t i = 0; i < entry->cves.count; i++) {
		Text number = identifier_upper(arena, entry->cves.at[i]);
		if (is_cve_number(number)) texts_add_new(arena, numbers, number);
	}
}

static void fill_texts(Arena *arena, const CnvdEntry *entry, AdvisoryDraft *draft)
{
	draft->title[LANG_ZH] = entry->title;
	draft->description[LANG_ZH] = entry->description;
	draft->solution[LANG_ZH] = entry->remedy;
	if (entry->patch_description.length && !text_is(entry->patch_description, entry->description))
		draft->other[LANG_ZH] = entry->patch_description;
	draft->has_fix = entry->patch.length > 0;
	if (entry->event.length) draft->type = text_starts(entry->event, TEXT("事件")) ? TEXT("incident") : TEXT("generic");
	for (size_t i = 0; i < entry->products.count; i++) {
		AdvisoryAffected affected = { TEXT(""), entry->products.at[i], TEXT(""), TEXT(""), TEXT(""), TEXT(""), TEXT("") };
		list_add(arena, &draft->affected, affected);
		add_platforms_of(arena, &draft->platforms, affected.product);
	}
	Text rest = entry->reference, piece;
	while (rest.length && text_next(&rest, '\n', &piece))
		if (text_trim(piece).length) list_add(arena, &draft->references, ((AdvisoryReference) { text_trim(piece), TEXT("") }));
	if (entry->finder.length && !names_nobody(entry->finder)) texts_add_new(arena, &draft->finders, entry->finder);
	add_platforms_of(arena, &draft->platforms, entry->title);
	add_platforms_of(arena, &draft->platforms, entry->description);
}

bool cnvd_read(Arena *arena, Text document, AdvisoryDraft *out, Text *out_why)
{
	CnvdReader reader = { .arena = arena, .text = { .arena = arena } };
	if (!parse_entry(&reader, document, out_why)) return false;
	const CnvdEntry *entry = &reader.entry;
	AdvisoryDraft draft = draft_empty();
	draft.identifier = identifier_upper(arena, entry->number);
	if (!is_identifier(draft.identifier) || !text_starts(draft.identifier, TEXT("CNVD-")))
		return refuse(out_why, "<number> is no CNVD number");
	if (!entry->title.length) return refuse(out_why, "<title> is missing");
	if (!clock_parse(entry->opened, &draft.published_at)) return refuse(out_why, "<openTime> is no date");
	draft.published_at -= CHINA_OFFSET_MS;
	draft.updated_at = draft.published_at;
	int64_t submitted;
	if (clock_parse(entry->submitted, &submitted)) {
		AdvisoryMoment moment = { submitted - CHINA_OFFSET_MS, text_from(N_("Submitted to CNVD")) };
		list_add(arena, &draft.timeline, moment);
	}
	draft.publisher = TEXT("CNVD");
	draft.level = level_of(entry->severity);
	if (draft.level.length) {
		AdvisoryRating rating = { TEXT("CNVD"), TEXT(""), draft.level, -1, TEXT("CNVD") };
		list_add(arena, &draft.ratings, rating);
	}
	fill_numbers(arena, entry, &draft);
	fill_texts(arena, entry, &draft);
	*out = draft;
	return true;
}
