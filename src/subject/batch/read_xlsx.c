/* A workbook's first sheet (ECMA-376 part 1) as rows of cells. Formulas are not looked at, only the text that stands in the cell. Pure. */
#include "subject/batch/read_private.h"

#include <expat.h>

static const PackedEntry *entry_of(const PackedEntries *entries, Text name)
{
	for (size_t i = 0; i < entries->count; i++)
		if (text_is(entries->at[i].name, name)) return &entries->at[i];
	return NULL;
}

/* ---- XML */
typedef struct Xml {
	Reading *reading;
	XML_Parser parser;
	Buffer text;
	bool takes_text, failed;
	/* of the workbook and its relations */
	Text sheet_id, target;
	/* shared strings */
	Texts strings;
	int silent; /* inside what is said only of how to read it */
	/* the sheet */
	Texts cells;
	size_t column;
	int64_t row;
	Text type;
	size_t bytes;
} Xml;

static const char *attribute(const XML_Char **attributes, const char *name)
{
	for (; *attributes; attributes += 2)
		if (!strcmp(attributes[0], name)) return attributes[1];
	return NULL;
}

static void stop(Xml *xml)
{
	xml->failed = true;
	XML_StopParser(xml->parser, XML_FALSE);
}

static void XMLCALL on_text(void *argument, const XML_Char *at, int length)
{
	Xml *xml = argument;
	xml->bytes += (size_t)length;
	if (xml->bytes > READ_TABLE_BYTES_MAX)
		stop(xml);
	else if (xml->takes_text && !xml->silent)
		buffer_put(&xml->text, (Text) { at, (size_t)length });
}

static void XMLCALL on_doctype(void *argument, const XML_Char *name, const XML_Char *system, const XML_Char *public, int internal)
{
	(void)name, (void)system, (void)public, (void)internal;
	stop(argument); /* entities grow */
}

typedef void OnStart(void *argument, const XML_Char *name, const XML_Char **attributes);
typedef void OnEnd(void *argument, const XML_Char *name);

static bool parse(Xml *xml, Text document, OnStart *on_start, OnEnd *on_end)
{
	xml->parser = XML_ParserCreate(NULL);
	if (!xml->parser) return false;
	XML_SetUserData(xml->parser, xml);
	XML_SetElementHandler(xml->parser, on_start, on_end);
	XML_SetCharacterDataHandler(xml->parser, on_text);
	XML_SetStartDoctypeDeclHandler(xml->parser, on_doctype);
	bool right = document.length < INT32_MAX && XML_Parse(xml->parser, document.at, (int)document.length, 1) == XML_STATUS_OK;
	XML_ParserFree(xml->parser);
	return right && !xml->failed;
}

static const char *plain(const XML_Char *name)
{
	const char *colon = strrchr(name, ':');
	return colon ? colon + 1 : name;
}

static void XMLCALL nothing(void *argument, const XML_Char *name) { (void)argument, (void)name; }

/* ---- Which sheet */
static void XMLCALL on_book(void *argument, const XML_Char *name, const XML_Char **attributes)
{
	Xml *xml = argument;
	const char *id = attribute(attributes, "r:id");
	if (!strcmp(plain(name), "sheet") && id && !xml->sheet_id.at) xml->sheet_id = arena_copy(xml->reading->arena, text_from(id));
}

static void XMLCALL on_relation(void *argument, const XML_Char *name, const XML_Char **attributes)
{
	Xml *xml = argument;
	const char *id = attribute(attributes, "Id"), *target = attribute(attributes, "Target");
	if (!strcmp(plain(name), "Relationship") && id && target && text_is(text_from(id), xml->sheet_id))
		xml->target = arena_copy(xml->reading->arena, text_from(target));
}

/* ---- Shared strings */
static void XMLCALL on_string(void *argument, const XML_Char *name, const XML_Char **attributes)
{
	Xml *xml = argument;
	(void)attributes;
	if (!strcmp(plain(name), "si")) xml->text = (Buffer) { .arena = xml->reading->arena };
	if (!strcmp(plain(name), "rPh")) xml->silent++;
	if (!strcmp(plain(name), "t")) xml->takes_text = true;
}

static void XMLCALL end_string(void *argument, const XML_Char *name)
{
	Xml *xml = argument;
	if (!strcmp(plain(name), "t")) xml->takes_text = false;
	if (!strcmp(plain(name), "rPh")) xml->silent--;
	if (!strcmp(plain(name), "si")) list_add(xml->reading->arena, &xml->strings, buffer_text(&xml->text));
}

/* ---- Cells */
static size_t column_at(const char *place, size_t otherwise)
{
	size_t column = 0;
	for (; place && *place >= 'A' && *place <= 'Z' && column < 100000; place++) column = column * 26 + (size_t)(*place - 'A') + 1;
	return column ? column - 1 : otherwise;
}

static void XMLCALL on_cell(void *argument, const XML_Char *name, const XML_Char **attributes)
{
	Xml *xml = argument;
	const char *word = plain(name), *value;
	if (!strcmp(word, "row")) {
		int64_t number = 0;
		value = attribute(attributes, "r");
		xml->row = value && text_to_int(text_from(value), &number) && number > xml->row ? number : xml->row + 1;
		xml->cells = (Texts) { 0 };
		xml->column = 0;
	} else if (!strcmp(word, "c")) {
		value = attribute(attributes, "t");
		xml->type = value ? arena_copy(xml->reading->arena, text_from(value)) : TEXT("n");
		xml->column = column_at(attribute(attributes, "r"), xml->column);
		xml->text = (Buffer) { .arena = xml->reading->arena };
	} else if (!strcmp(word, "rPh"))
		xml->silent++;
	else if (!strcmp(word, "v") || !strcmp(word, "t"))
		xml->takes_text = true;
}

static Text cell_of(const Xml *xml)
{
	int64_t index = 0;
	Text text = buffer_text(&xml->text);
	if (!text_is(xml->type, TEXT("s"))) return text;
	bool is_known = text_to_int(text, &index) && index >= 0 && (size_t)index < xml->strings.count;
	return is_known ? xml->strings.at[index] : TEXT("");
}

static void XMLCALL end_cell(void *argument, const XML_Char *name)
{
	Xml *xml = argument;
	const char *word = plain(name);
	if (!strcmp(word, "v") || !strcmp(word, "t")) xml->takes_text = false;
	if (!strcmp(word, "rPh")) xml->silent--;
	if (!strcmp(word, "c")) {
		if (xml->column > READ_COLUMNS_MAX) return;
		while (xml->cells.count < xml->column) list_add(xml->reading->arena, &xml->cells, TEXT(""));
		list_add(xml->reading->arena, &xml->cells, cell_of(xml));
		xml->column++;
	}
	if (!strcmp(word, "row") && !read_cells(xml->reading, xml->row, &xml->cells)) stop(xml);
}

/* ---- The workbook */
static bool part_open(Reading *reading, const PackedEntries *entries, Text name, Text *out)
{
	const PackedEntry *entry = entry_of(entries, name);
	const char *fault = entry ? packed_open(reading->arena, entry, READ_TABLE_BYTES_MAX, out) : "damaged";
	return fault ? read_refuse(reading, "workbook", name) : true;
}

static Text path_of(Arena *arena, Text target)
{
	if (text_starts(target, TEXT("/"))) return text_slice(target, 1, target.length);
	return arena_printf(arena, "xl/%.*s", TEXT_ARGS(target));
}

bool read_xlsx(Reading *reading, Text content)
{
	PackedEntries entries = { 0 };
	Text about, book = { 0 }, relations = { 0 }, strings = { 0 }, sheet = { 0 };
	const char *fault = packed_list(reading->arena, content, &entries, &about);
	if (fault) return read_refuse(reading, fault, about);
	Xml *xml = arena_new_of(reading->arena, Xml);
	xml->reading = reading;
	read_format(reading, "xlsx");
	if (!part_open(reading, &entries, TEXT("xl/workbook.xml"), &book)) return false;
	if (!part_open(reading, &entries, TEXT("xl/_rels/workbook.xml.rels"), &relations)) return false;
	bool is_right = parse(xml, book, on_book, nothing) && parse(xml, relations, on_relation, nothing) && xml->target.length;
	if (!is_right) return read_refuse(reading, "workbook", TEXT("xl/workbook.xml"));
	if (entry_of(&entries, TEXT("xl/sharedStrings.xml"))) {
		if (!part_open(reading, &entries, TEXT("xl/sharedStrings.xml"), &strings)) return false;
		if (!parse(xml, strings, on_string, end_string)) return read_refuse(reading, "workbook", TEXT("xl/sharedStrings.xml"));
	}
	Text path = path_of(reading->arena, xml->target);
	if (!part_open(reading, &entries, path, &sheet)) return false;
	read_table_begin(reading);
	if (!parse(xml, sheet, on_cell, end_cell)) return reading->refused ? false : read_refuse(reading, "workbook", path);
	return read_table_end(reading);
}
