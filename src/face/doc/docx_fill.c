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
	const DocxValues *values; /* NULL: names are collected */
	const DocxList *list; /* whose row is filled; NULL: none */
	size_t row; /* of it */
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

static bool list_splits(Text name, Text *out_list, Text *out_column)
{
	size_t dot;
	if (!text_find(name, TEXT("."), &dot)) return false;
	*out_list = text_slice(name, 0, dot);
	*out_column = text_slice(name, dot + 1, name.length);
	return true;
}

/* Of the row that is filled; false: it has no such column. */
static bool cell_of(const Filling *filling, Text name, Text *out)
{
	const DocxList *list = filling->list;
	Text of, column;
	if (!list || !list_splits(name, &of, &column) || !text_is(of, list->name)) return false;
	bool is_there = filling->row < list->row_count;
	if (text_is(column, TEXT("n"))) {
		*out = is_there ? arena_printf(filling->call->arena, "%zu", filling->row + 1) : TEXT("");
		return true;
	}
	for (size_t i = 0; i < list->column_count; i++)
		if (text_is(list->columns[i], column)) {
			*out = is_there ? list->cells[filling->row * list->column_count + i] : TEXT("");
			return true;
		}
	return false;
}

static Error value_of(const Filling *filling, Text name, Text *out)
{
	if (cell_of(filling, name, out)) return OK;
	for (size_t i = 0; i < filling->values->field_count; i++)
		if (text_is(filling->values->fields[i].name, name)) {
			*out = filling->values->fields[i].value;
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
	if (!filling->values) return collect_names(filling, all);
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

static void apply(Edits *edits, Text xml, size_t from, size_t to, Buffer *out)
{
	if (edits->count > 0) qsort(edits->at, edits->count, sizeof(Edit), edit_order);
	for (size_t i = 0; i < edits->count; i++) {
		buffer_put(out, text_slice(xml, from, edits->at[i].from));
		buffer_put(out, edits->at[i].with);
		from = edits->at[i].to;
	}
	buffer_put(out, text_slice(xml, from, to));
}

/* ---- Rows of lists */
/* Paragraphs of a row of a table, without those of tables inside it. */
static void row_paragraphs(Arena *arena, const Node *node, Nodes *out)
{
	NodeRef ref = { node };
	if (node_is(node, TEXT("w:p"))) list_add(arena, out, ref);
	for (const Node *child = node->first; child; child = child->next)
		if (!node_is(child, TEXT("w:tr"))) row_paragraphs(arena, child, out);
}

static const DocxList *list_named(const DocxValues *values, Text name)
{
	for (size_t i = 0; i < values->list_count; i++)
		if (text_is(values->lists[i].name, name)) return &values->lists[i];
	return NULL;
}

/* The list that a row names first; NULL: none that is known. */
static Error list_of_row(const Filling *filling, const Node *row, const DocxList **out)
{
	Nodes paragraphs = { 0 };
	Texts names = { 0 };
	Filling collecting = { .call = filling->call, .names = &names };
	*out = NULL;
	row_paragraphs(filling->call->arena, row, &paragraphs);
	for (size_t i = 0; i < paragraphs.count; i++) TRY(fill_paragraph(&collecting, paragraphs.at[i].node, NULL));
	for (size_t i = 0; !*out && i < names.count; i++) {
		Text list, column;
		if (list_splits(names.at[i], &list, &column)) *out = list_named(filling->values, list);
	}
	return OK;
}

static Error repeat_row(const Filling *filling, Text xml, const Node *row, const DocxList *list, Edits *edits)
{
	Arena *arena = filling->call->arena;
	Nodes paragraphs = { 0 };
	Buffer out = { .arena = arena };
	Filling each = *filling;
	each.list = list;
	docx_paragraphs(arena, row, &paragraphs);
	for (each.row = 0; each.row == 0 || each.row < list->row_count; each.row++) {
		Edits inner = { 0 };
		for (size_t i = 0; i < paragraphs.count; i++) TRY(fill_paragraph(&each, paragraphs.at[i].node, &inner));
		apply(&inner, xml, row->from, row->to, &out);
		if (arena_is_full(arena)) return fail(filling->call, TOO_LARGE, "a document beyond the memory of a call");
	}
	Edit edit = { row->from, row->to, buffer_text(&out) };
	list_add(arena, edits, edit);
	return OK;
}

static Error fill_node(const Filling *filling, Text xml, const Node *node, Edits *edits)
{
	const DocxList *list = NULL;
	if (node_is(node, TEXT("w:p"))) TRY(fill_paragraph(filling, node, edits));
	if (filling->values && node_is(node, TEXT("w:tr"))) TRY(list_of_row(filling, node, &list));
	if (list) return repeat_row(filling, xml, node, list, edits);
	for (const Node *child = node->first; child; child = child->next) TRY(fill_node(filling, xml, child, edits));
	return OK;
}

static Error fill_part(const Filling *filling, Text xml, Text *out)
{
	Arena *arena = filling->call->arena;
	Node *root;
	Edits edits = { 0 };
	Buffer filled = { .arena = arena };
	TRY(docx_parse(filling->call, xml, &root));
	TRY(fill_node(filling, xml, root, &edits));
	apply(&edits, xml, 0, xml.length, &filled);
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

Error docx_fill(Call *call, Text template, const DocxValues *values, Text *out)
{
	ZipEntries parts;
	TRY(fill_all(&(Filling) { .call = call, .values = values }, template, &parts));
	return zip_pack(call, parts.at, parts.count, call->now, out);
}
