/* Fields: found in the text of a whole paragraph, for Word cuts a word into runs wherever it likes. */
#include "face/doc/docx_private.h"
#include "face/doc/xml.h"

#include <stdlib.h>

enum { NAME_BYTES_MAX = 60 };

typedef struct Edit {
	size_t from, to;
	Text with;
} Edit;
typedef LIST_OF(Edit) Edits;
typedef struct Filling {
	Call *call;
	const DocxField *fields; /* NULL: names are collected */
	size_t count;
	Texts *names;
} Filling;

/* The next field of a paragraph's text at or after *at; *out_end stands behind its braces. */
static bool field_next(Text all, size_t at, size_t *out_from, size_t *out_end, Text *out_name, bool *out_open)
{
	size_t open, close;
	*out_open = false;
	if (!text_find(text_slice(all, at, all.length), TEXT("{{"), &open)) return false;
	open += at;
	*out_open = !text_find(text_slice(all, open + 2, all.length), TEXT("}}"), &close) || close > NAME_BYTES_MAX;
	if (*out_open) return false;
	*out_from = open;
	*out_end = open + 2 + close + 2;
	*out_name = text_trim(text_slice(all, open + 2, open + 2 + close));
	return true;
}

static void name_once(Arena *arena, Texts *names, Text name)
{
	for (size_t i = 0; i < names->count; i++)
		if (text_is(names->at[i], name)) return;
	list_add(arena, names, name);
}

static Error value_of(const Filling *filling, Text name, Text *out)
{
	for (size_t i = 0; i < filling->count; i++)
		if (text_is(filling->fields[i].name, name)) {
			*out = filling->fields[i].value;
			return OK;
		}
	return docx_refuse(filling->call, N_("There is no field of this name for this letter: %s"), name);
}

static void put_value(Buffer *out, Text value)
{
	Text rest = value, line;
	for (bool first = true; text_next(&rest, '\n', &line); first = false) {
		if (!first) buffer_put(out, TEXT("</w:t><w:br/><w:t xml:space=\"preserve\">"));
		xml_put(out, line);
	}
}

/* What becomes of the characters [from, to) of the paragraph; each stands in one of the elements. A field's value goes where it begins. */
static Error rewrite(const Filling *filling, Text all, size_t from, size_t to, Buffer *out, bool *out_changed)
{
	size_t at = 0, field_from = 0, field_end = 0;
	Text name = { 0 }, value = { 0 };
	bool is_open = false;
	*out_changed = false;
	for (size_t done = from; done < to;) {
		bool found = field_next(all, at, &field_from, &field_end, &name, &is_open);
		size_t plain = found && field_from < to ? field_from : to;
		if (plain > done) {
			xml_put(out, text_slice(all, done, plain));
			done = plain;
		}
		if (!found || field_from >= to) break;
		at = field_end;
		if (field_end <= from) continue;
		*out_changed = true;
		if (field_from >= from) {
			TRY(value_of(filling, name, &value));
			put_value(out, value);
		}
		if (field_end > done) done = field_end;
	}
	return OK;
}

static Error collect_names(const Filling *filling, Text all)
{
	size_t at = 0, from;
	Text name;
	bool is_open = false;
	while (field_next(all, at, &from, &at, &name, &is_open)) name_once(filling->call->arena, filling->names, name);
	return is_open ? docx_refuse(filling->call, N_("A field is begun with {{ and not ended."), (Text) { 0 }) : OK;
}

static Error fill_paragraph(const Filling *filling, const Node *paragraph, Edits *edits)
{
	Arena *arena = filling->call->arena;
	Nodes texts = { 0 };
	Buffer joined = { .arena = arena };
	docx_texts(arena, paragraph, &texts);
	for (size_t i = 0; i < texts.count; i++) buffer_put(&joined, buffer_text(&texts.at[i].node->text));
	Text all = buffer_text(&joined);
	if (!filling->fields) return collect_names(filling, all);
	size_t from = 0;
	for (size_t i = 0; i < texts.count; i++) {
		Buffer out = { .arena = arena };
		bool changed;
		size_t to = from + texts.at[i].node->text.length;
		buffer_put(&out, TEXT("<w:t xml:space=\"preserve\">"));
		TRY(rewrite(filling, all, from, to, &out, &changed));
		buffer_put(&out, TEXT("</w:t>"));
		Edit edit = { texts.at[i].node->from, texts.at[i].node->to, buffer_text(&out) };
		if (changed) list_add(arena, edits, edit);
		from = to;
	}
	return OK;
}

static int edit_order(const void *a, const void *b)
{
	const Edit *x = a, *y = b;
	return x->from < y->from ? -1 : x->from > y->from;
}

static Error fill_part(const Filling *filling, Text xml, Text *out)
{
	Arena *arena = filling->call->arena;
	Node *root;
	Nodes paragraphs = { 0 };
	Edits edits = { 0 };
	Buffer filled = { .arena = arena };
	size_t done = 0;
	TRY(docx_parse(filling->call, xml, &root));
	docx_paragraphs(arena, root, &paragraphs);
	for (size_t i = 0; i < paragraphs.count; i++) TRY(fill_paragraph(filling, paragraphs.at[i].node, &edits));
	if (edits.count > 0) qsort(edits.at, edits.count, sizeof(Edit), edit_order);
	for (size_t i = 0; i < edits.count; i++) {
		buffer_put(&filled, text_slice(xml, done, edits.at[i].from));
		buffer_put(&filled, edits.at[i].with);
		done = edits.at[i].to;
	}
	buffer_put(&filled, text_slice(xml, done, xml.length));
	*out = buffer_text(&filled);
	return arena_is_full(arena) ? fail(filling->call, TOO_LARGE, "a document beyond the memory of a call") : OK;
}

static Error fill_all(const Filling *filling, Text template, ZipEntries *out)
{
	Text body;
	TRY(docx_open(filling->call, template, out, &body));
	for (size_t i = 0; i < out->count; i++)
		if (docx_is_story(out->at[i].name)) TRY(fill_part(filling, out->at[i].content, &out->at[i].content));
	return OK;
}

Error docx_fields(Call *call, Text template, Texts *out)
{
	ZipEntries parts;
	Texts names = { 0 };
	TRY(fill_all(&(Filling) { .call = call, .names = &names }, template, &parts));
	*out = names;
	return OK;
}

Error docx_fill(Call *call, Text template, const DocxField *fields, size_t count, Text *out)
{
	static const DocxField none;
	ZipEntries parts;
	TRY(fill_all(&(Filling) { .call = call, .fields = fields ? fields : &none, .count = count }, template, &parts));
	return zip_pack(call, parts.at, parts.count, call->now, out);
}
