/* The built-in templates, made of letter_kind.def, and those an office sends. */
#include "store/blob/blob.h"
#include "store/ledger/ledger.h"
#include "store/seal/seal.h"
#include "work/letter/letter_private.h"

#include <stdio.h>
#include <stdlib.h>

const LetterKindFacts letter_kinds[LETTER_KINDS] = {
#define LETTER(kind, tag, name, mark, title, words) \
	[LETTER_##kind] = { tag, name, mark, title, words, LETTER_LIBRARY, LETTER_FRAME_LETTER },
#define PROGRAMME_LETTER(kind, tag, name, mark, title, frame, words) \
	[LETTER_##kind] = { tag, name, mark, title, words, LETTER_PROGRAMME, LETTER_FRAME_##frame },
#include "work/letter/letter_kind.def"
#undef LETTER
};
static const struct {
	const char *name, *text;
	bool is_needed, is_common;
} known_fields[] = {
#define FIELD(name, text, needed) { name, text, needed, true },
#define MORE_FIELD(name, text) { name, text, false, false },
#include "work/letter/letter_field.def"
#undef FIELD
};

const char *letter_kind_tag(LetterKind kind) { return letter_kinds[kind].tag; }
const char *letter_kind_name(LetterKind kind) { return letter_kinds[kind].name; }

LetterDesk letter_kind_desk(LetterKind kind) { return letter_kinds[kind].desk; }
bool letter_kind_is_sheet(LetterKind kind) { return letter_kinds[kind].frame == LETTER_FRAME_SHEET; }
uint32_t letter_kind_writers(LetterKind kind)
{
	if (kind == LETTER_ROUND_COMPLAINT) return ROLE_SUPERVISOR;
	return letter_kinds[kind].desk == LETTER_LIBRARY ? ROLE_COORDINATOR : ROLE_SECRETARY;
}

Text letter_desk_text(LetterDesk desk) { return desk == LETTER_PROGRAMME ? TEXT("programme") : TEXT("library"); }

Text letter_place(Arena *arena, LetterDesk desk)
{
	return text_from(arena_printf(arena, "%s/letters", desk == LETTER_PROGRAMME ? "/programme" : "").at);
}

bool letter_kind_parse(Text tag, LetterKind *out)
{
	for (size_t i = 0; i < LETTER_KINDS; i++) {
		if (!text_is(text_from(letter_kinds[i].tag), tag)) continue;
		*out = (LetterKind)i;
		return true;
	}
	return false;
}

/* ---- The built-in templates */
enum { COLUMNS_MAX = 12 };
typedef struct Writing {
	Arena *arena;
	DocxBlocks blocks;
	DocxBlock *table; /* that lines are added to; NULL: none */
} Writing;

static void write_line(Writing *writing, Text text, PdfStyle style)
{
	PdfRun *run = arena_new_of(writing->arena, PdfRun);
	*run = (PdfRun) { .text = text, .size = style.size, .bold = style.bold };
	DocxBlock block = { .style = style, .runs = run, .run_count = 1 };
	writing->table = NULL;
	list_add(writing->arena, &writing->blocks, block);
}

/* "=1,2,3 40": widths, and the height of a row. */
static void begin_table(Writing *writing, Text shape)
{
	Sheet *sheet = arena_new_of(writing->arena, Sheet);
	double *shares = arena_array_of(writing->arena, double, COLUMNS_MAX);
	DocxBlock block = { .table = sheet, .shares = shares };
	const char *at = arena_string(writing->arena, text_slice(shape, 1, shape.length));
	for (char *end; sheet->column_count < COLUMNS_MAX; at = end + 1) {
		shares[sheet->column_count++] = strtod(at, &end);
		if (*end == ' ') block.row_height = strtod(end + 1, NULL);
		if (*end != ',') break;
	}
	if (writing->blocks.count) writing->blocks.at[writing->blocks.count - 1].style.after = 6; /* not glued to the line above */
	list_add(writing->arena, &writing->blocks, block);
	writing->table = &writing->blocks.at[writing->blocks.count - 1];
}

/* The first row are heads, the next one is the row that is repeated. */
static void write_row(Writing *writing, Text line)
{
	Sheet *sheet = arena_new_of(writing->arena, Sheet);
	Text *cells = arena_array_of(writing->arena, Text, COLUMNS_MAX + 1), cell;
	must(writing->table && writing->table->table); /* widths stand above the heads */
	*sheet = *writing->table->table;
	for (size_t i = 0; i < sheet->column_count; i++) cells[i] = TEXT("");
	for (size_t i = 0; i < sheet->column_count && text_next(&line, '|', &cell); i++) cells[i] = cell;
	if (!sheet->heads)
		sheet->heads = cells;
	else {
		sheet->cells = cells;
		sheet->row_count = 1;
	}
	writing->table->table = sheet;
}

static void write_words(Writing *writing, LetterKind kind)
{
	bool is_sheet = letter_kinds[kind].frame == LETTER_FRAME_SHEET;
	const double size = is_sheet ? 12 : 16;
	const PdfStyle words = { .size = size, .indent = is_sheet ? 0 : 2, .align = PDF_JUSTIFY },
		       centre = { .size = size, .align = PDF_CENTER }, end = { .size = size, .align = PDF_END };
	Text rest = text_from(letter_kinds[kind].words), line;
	while (text_next(&rest, '\n', &line)) {
		Text inner = text_slice(line, line.length > 0, line.length);
		const DocxBlock page = { .page_break = true };
		if (text_starts(line, TEXT("|=")))
			begin_table(writing, inner);
		else if (text_starts(line, TEXT("|")))
			write_row(writing, inner);
		else if (text_is(line, TEXT("%")))
			list_add(writing->arena, &writing->blocks, page);
		else if (text_starts(line, TEXT("^")))
			write_line(writing, inner, centre);
		else
			write_line(writing, text_starts(line, TEXT(">")) ? inner : line, text_starts(line, TEXT(">")) ? end : words);
	}
}

static void write_end(Writing *writing)
{
	write_line(writing, TEXT("{{sender}}"), (PdfStyle) { .size = 16, .align = PDF_END, .before = 36 });
	write_line(writing, TEXT("{{date}}"), (PdfStyle) { .size = 16, .align = PDF_END });
}

/* Signature and date stand before the first page break: what follows is an attachment. */
static void end_before_attachment(Writing *writing)
{
	DocxBlocks all = writing->blocks;
	writing->blocks = (DocxBlocks) { 0 };
	bool has_ended = false;
	for (size_t i = 0; i < all.count; i++) {
		if (all.at[i].page_break && !has_ended) {
			write_end(writing);
			has_ended = true;
		}
		list_add(writing->arena, &writing->blocks, all.at[i]);
	}
	if (!has_ended) write_end(writing);
}

/* The order of GB/T 9704-2012, as far as a letter has it: sender, number, title, recipient, words, sender again, date. */
Error letter_builtin(Call *call, LetterKind kind, Text *out)
{
	Writing writing = { .arena = call->arena };
	const LetterKindFacts *facts = &letter_kinds[kind];
	bool is_sheet = facts->frame == LETTER_FRAME_SHEET;
	if (!is_sheet) {
		write_line(&writing, TEXT("{{sender}}"), (PdfStyle) { .size = 26, .bold = true, .align = PDF_CENTER, .after = 10 });
		write_line(&writing, TEXT("{{number}}"), (PdfStyle) { .size = 14, .align = PDF_END, .after = 24 });
	}
	write_line(&writing, text_from(facts->title),
		(PdfStyle) { .size = is_sheet ? 20 : 22, .bold = true, .align = PDF_CENTER, .after = is_sheet ? 12 : 20 });
	if (facts->frame == LETTER_FRAME_LETTER) write_line(&writing, TEXT("{{recipient}}："), (PdfStyle) { .size = 16 });
	write_words(&writing, kind);
	if (!is_sheet) end_before_attachment(&writing);
	return docx_make(call, writing.blocks.at, writing.blocks.count, out);
}

/* ---- Fields */
/* The built-in template of the kind names it. */
static bool is_named(LetterKind kind, const char *field)
{
	const LetterKindFacts *facts = &letter_kinds[kind];
	char braced[64];
	Text name = text_from(field);
	bool is_sheet = facts->frame == LETTER_FRAME_SHEET;
	if (text_is(name, TEXT("number")) || text_is(name, TEXT("date")) || text_is(name, TEXT("sender"))) return !is_sheet;
	if (text_is(name, TEXT("recipient"))) return facts->frame == LETTER_FRAME_LETTER;
	(void)snprintf(braced, sizeof(braced), "{{%s}}", field);
	return strstr(facts->words, braced) || strstr(facts->title, braced);
}

bool letter_field(LetterKind kind, size_t at, LetterFieldFacts *out)
{
	for (size_t i = 0; i < COUNT(known_fields); i++) {
		bool is_known = is_named(kind, known_fields[i].name) || known_fields[i].is_common;
		if (!is_known || at-- > 0) continue;
		*out = (LetterFieldFacts) { known_fields[i].name, known_fields[i].text,
			known_fields[i].is_needed && is_named(kind, known_fields[i].name) };
		return true;
	}
	return false;
}

Error letter_check_fields(Call *call, LetterKind kind, const Texts *names)
{
	LetterFieldFacts field;
	for (size_t i = 0; i < names->count; i++) {
		bool known = false;
		for (size_t j = 0; !known && letter_field(kind, j, &field); j++) known = text_is(names->at[i], text_from(field.name));
		if (!known) call_problem(call, TEXT("template"), N_("There is no field of this name for this letter: %s"), names->at[i]);
	}
	for (size_t j = 0; letter_field(kind, j, &field); j++) {
		bool named = !field.is_needed;
		for (size_t i = 0; i < names->count; i++) named = named || text_is(names->at[i], text_from(field.name));
		if (!named) call_problem(call, TEXT("template"), N_("This field has to be in the template: %s"), text_from(field.name));
	}
	return call_check_problems(call);
}

Error letter_template_now(Call *call, LetterKind kind, LetterTemplate *out, Text *out_bytes)
{
	bool found = false;
	int64_t blob = 0, added_at = 0, versions = 0;
	Text tag = text_from(letter_kinds[kind].tag);
	TRY(letter_template_last(call, tag, &blob, &added_at, &found));
	if (found) TRY(letter_template_count(call, tag, &versions));
	if (out_bytes) TRY(found ? blob_load(call, blob, DOCX_BYTES_MAX, out_bytes) : letter_builtin(call, kind, out_bytes));
	*out = (LetterTemplate) { .kind = kind, .version = versions, .added_at = added_at };
	return OK;
}

typedef struct Putting {
	LetterKind kind;
	BlobFile file;
} Putting;

static Error put(Call *call, void *argument)
{
	Putting *putting = argument;
	Text tag = text_from(letter_kinds[putting->kind].tag);
	int64_t blob;
	TRY(blob_keep(call, &putting->file, &blob));
	TRY(letter_template_insert(call, tag, blob, call->actor->person_id, call->now));
	return ledger_record(call, &(LedgerEvent) { .kind = "letter-template", .ref = tag, .action = "replace" }, NULL);
}

Error letter_template_put(Call *call, LetterKind kind, Text bytes)
{
	Putting putting = { .kind = kind };
	Texts names;
	if (!actor_has(call->actor, ROLE_SYSTEM_ADMIN) || !call->actor->second_factor)
		return fail(call, FORBIDDEN, "templates are a system administrator's");
	TRY(docx_inspect(call, call->house->sandbox, bytes, &names));
	TRY(letter_check_fields(call, kind, &names));
	TRY(blob_write(call, SEAL_MATTER_LIBRARY, bytes, &putting.file));
	return db_transact(call, put, &putting);
}
