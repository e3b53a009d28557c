/* The built-in templates, made of letter_kind.def, and those an office sends. */
#include "store/blob/blob.h"
#include "store/ledger/ledger.h"
#include "store/seal/seal.h"
#include "work/letter/letter_private.h"

const LetterKindFacts letter_kinds[LETTER_KINDS] = {
#define LETTER(kind, tag, name, mark, title, words) [LETTER_##kind] = { tag, name, mark, title, words },
#include "work/letter/letter_kind.def"
#undef LETTER
};
static const struct {
	const char *name;
	bool needed;
} known_fields[] = {
#define FIELD(name, text, needed) { name, needed },
#include "work/letter/letter_field.def"
#undef FIELD
};

const char *letter_kind_tag(LetterKind kind) { return letter_kinds[kind].tag; }
const char *letter_kind_name(LetterKind kind) { return letter_kinds[kind].name; }

bool letter_kind_parse(Text tag, LetterKind *out)
{
	for (size_t i = 0; i < LETTER_KINDS; i++) {
		if (!text_is(text_from(letter_kinds[i].tag), tag)) continue;
		*out = (LetterKind)i;
		return true;
	}
	return false;
}

typedef struct Writing {
	Arena *arena;
	DocxBlocks blocks;
} Writing;

static void write_line(Writing *writing, Text text, PdfStyle style)
{
	PdfRun *run = arena_new_of(writing->arena, PdfRun);
	*run = (PdfRun) { .text = text, .size = style.size, .bold = style.bold };
	DocxBlock block = { .style = style, .runs = run, .run_count = 1 };
	list_add(writing->arena, &writing->blocks, block);
}

/* The order of GB/T 9704-2012, as far as a letter has it: sender, number, title, recipient, words, sender again, date. */
Error letter_builtin(Call *call, LetterKind kind, Text *out)
{
	Writing writing = { .arena = call->arena };
	const PdfStyle words = { .size = 16, .indent = 2, .align = PDF_JUSTIFY };
	write_line(&writing, TEXT("{{sender}}"), (PdfStyle) { .size = 26, .bold = true, .align = PDF_CENTER, .after = 10 });
	write_line(&writing, TEXT("{{number}}"), (PdfStyle) { .size = 14, .align = PDF_END, .after = 24 });
	write_line(
		&writing, text_from(letter_kinds[kind].title), (PdfStyle) { .size = 22, .bold = true, .align = PDF_CENTER, .after = 20 });
	write_line(&writing, TEXT("{{recipient}}："), (PdfStyle) { .size = 16 });
	Text rest = text_from(letter_kinds[kind].words), line;
	while (text_next(&rest, '\n', &line)) write_line(&writing, line, words);
	write_line(&writing, TEXT("{{sender}}"), (PdfStyle) { .size = 16, .align = PDF_END, .before = 36 });
	write_line(&writing, TEXT("{{date}}"), (PdfStyle) { .size = 16, .align = PDF_END });
	return docx_make(call, writing.blocks.at, writing.blocks.count, out);
}

Error letter_check_fields(Call *call, const Texts *names)
{
	for (size_t i = 0; i < names->count; i++) {
		bool known = false;
		for (size_t j = 0; j < COUNT(known_fields); j++) known = known || text_is(names->at[i], text_from(known_fields[j].name));
		if (!known) call_problem(call, TEXT("template"), N_("There is no field of this name for this letter: %s"), names->at[i]);
	}
	for (size_t j = 0; j < COUNT(known_fields); j++) {
		bool named = !known_fields[j].needed;
		for (size_t i = 0; i < names->count; i++) named = named || text_is(names->at[i], text_from(known_fields[j].name));
		if (!named)
			call_problem(
				call, TEXT("template"), N_("This field has to be in the template: %s"), text_from(known_fields[j].name));
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
	TRY(letter_check_fields(call, &names));
	TRY(blob_write(call, SEAL_MATTER_LIBRARY, bytes, &putting.file));
	return db_transact(call, put, &putting);
}
