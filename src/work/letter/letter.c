#include "work/letter/letter.h"

#include "base/base/clock.h"
#include "people/person/person.h"
#include "store/blob/blob.h"
#include "store/ledger/ledger.h"
#include "store/seal/seal.h"
#include "store/setting/setting.h"
#include "work/letter/letter_private.h"

enum { FILE_BYTES_MAX = 16 << 20 };
static const char recipient_place[] = "letter|sealed_recipient", reason_place[] = "letter|sealed_reason";

static bool is_of_desk(const Actor *actor, LetterDesk desk)
{
	return actor->second_factor && actor_has(actor, desk == LETTER_LIBRARY ? ROLE_COORDINATOR : ROLE_SECRETARY | ROLE_SUPERVISOR);
}

Error letter_is_office(Call *call, LetterDesk desk)
{
	return is_of_desk(call->actor, desk) ? OK : fail(call, FORBIDDEN, "letters are the office's");
}

/* ---- Numbers */
static Text word_value(Arena *arena, Text word, LetterKind kind, int year, int64_t serial)
{
	if (text_is(word, TEXT("kind"))) return text_from(letter_kinds[kind].mark);
	if (text_is(word, TEXT("YYYY"))) return arena_printf(arena, "%04d", year);
	return text_is(word, TEXT("n")) ? arena_printf(arena, "%lld", (long long)serial) : (Text) { 0 };
}

Error letter_number(Call *call, Text form, LetterKind kind, int year, int64_t serial, Text *out)
{
	Buffer number = { .arena = call->arena };
	size_t open, close, words = 0;
	Text rest = form;
	for (; text_find(rest, TEXT("{"), &open) && text_find(rest, TEXT("}"), &close) && close > open; words++) {
		Text value = word_value(call->arena, text_slice(rest, open + 1, close), kind, year, serial);
		if (!value.at) return fail(call, CONFIG, "form of letters' numbers: %.*s", TEXT_ARGS(form));
		buffer_put(&number, text_slice(rest, 0, open));
		buffer_put(&number, value);
		rest = text_slice(rest, close + 1, rest.length);
	}
	buffer_put(&number, rest);
	bool is_whole =
		text_find(form, TEXT("{kind}"), NULL) && text_find(form, TEXT("{YYYY}"), NULL) && text_find(form, TEXT("{n}"), NULL);
	if (!is_whole || words != 3) return fail(call, CONFIG, "form of letters' numbers: %.*s", TEXT_ARGS(form));
	*out = buffer_text(&number);
	return OK;
}

/* ---- Issuing */
typedef struct Issuing {
	const LetterOrder *order;
	Text template, ref, number;
	int64_t drafted_by;
	int year;
	int64_t serial;
} Issuing;

enum { SEAL_POINTS = 119 }; /* 42 mm, the width of the seal of such a body */

static Error pages_of(Call *call, const Issuing *issuing, Text filled, Text *out)
{
	DocxBlocks blocks;
	TRY(docx_read(call, filled, &blocks));
	PdfSpec spec = {
		.title = issuing->number, .author = setting_text(call, SETTING_letter_sender), .serif = true, .page_numbers = true
	};
	scoped(pdf_close) Pdf *pdf = pdf_open(call, &spec);
	docx_draw(pdf, &blocks);
	if (issuing->order->wants_seal && issuing->serial) {
		Text png;
		TRY(letter_seal_bytes(call, &png));
		TRY(pdf_seal(call, pdf, png, SEAL_POINTS));
	}
	return pdf_finish(call, pdf, out);
}

static Error fill_in(Call *call, const Issuing *issuing, Text *out)
{
	const LetterOrder *order = issuing->order;
	const DocxField common[] = { { TEXT("number"), issuing->number },
		{ TEXT("date"), clock_human_date(call->arena, LANG_ZH, call->now) },
		{ TEXT("sender"), setting_text(call, SETTING_letter_sender) }, { TEXT("recipient"), order->recipient },
		{ TEXT("matter"), order->matter }, { TEXT("product"), order->product }, { TEXT("text"), order->text },
		{ TEXT("deadline"), order->deadline }, { TEXT("link"), order->link }, { TEXT("claim_code"), order->claim_code } };
	DocxField *fields = arena_array_of(call->arena, DocxField, COUNT(common) + order->more_count);
	memcpy(fields, common, sizeof(common));
	for (size_t i = 0; i < order->more_count; i++) fields[COUNT(common) + i] = order->more[i];
	return docx_fill(
		call, issuing->template, &(DocxValues) { fields, COUNT(common) + order->more_count, order->lists, order->list_count }, out);
}

static Error keep(Call *call, int64_t matter, Text bytes, int64_t *out_blob)
{
	BlobFile file;
	TRY(blob_write(call, matter, bytes, &file));
	return blob_keep(call, &file, out_blob);
}

static Error store(Call *call, const Issuing *issuing, Text filled, Text pages, int64_t *out_id)
{
	const LetterOrder *order = issuing->order;
	Sealed recipient;
	int64_t word_blob, page_blob;
	Text tag = text_from(letter_kinds[order->kind].tag);
	TRY(keep(call, order->seal_key, filled, &word_blob));
	TRY(keep(call, order->seal_key, pages, &page_blob));
	TRY(seal_close(call, order->seal_key, recipient_place, issuing->ref, order->recipient, &recipient));
	TRY(letter_insert(call, issuing->ref, tag, issuing->year, issuing->serial, issuing->number, text_from(order->machine),
		order->subject_id, order->matter, order->seal_key, recipient, word_blob, page_blob, order->wants_seal, issuing->drafted_by,
		call->actor->person_id, call->now, letter_desk_text(letter_kinds[order->kind].desk), out_id));
	return ledger_record(call,
		&(LedgerEvent) {
			.kind = "letter", .ref = issuing->ref, .action = "issue", .matter = order->seal_key, .detail = issuing->number },
		NULL);
}

Error letter_make(Call *call, const LetterOrder *order, int64_t drafted_by, Text *out_ref, int64_t *out_id)
{
	int month, day;
	Text filled, pages;
	LetterTemplate template;
	Issuing issuing = { .order = order, .ref = token_new(call->arena, 16), .drafted_by = drafted_by };
	TRY(letter_template_now(call, order->kind, &template, &issuing.template));
	clock_civil((call->now / 1000 + 8 * 3600) / 86400, &issuing.year, &month, &day);
	TRY(letter_next(call, text_from(letter_kinds[order->kind].tag), issuing.year, &issuing.serial));
	TRY(letter_number(call, setting_text(call, SETTING_letter_number), order->kind, issuing.year, issuing.serial, &issuing.number));
	TRY(fill_in(call, &issuing, &filled));
	TRY(pages_of(call, &issuing, filled, &pages));
	TRY(store(call, &issuing, filled, pages, out_id));
	*out_ref = issuing.ref;
	return OK;
}

Error letter_document(Call *call, const LetterOrder *order, Text number, LetterForm form, Text *out_bytes)
{
	Text filled;
	LetterTemplate template;
	Issuing issuing = { .order = order, .number = number };
	TRY(letter_template_now(call, order->kind, &template, &issuing.template));
	TRY(fill_in(call, &issuing, &filled));
	if (form == LETTER_PAGES) return pages_of(call, &issuing, filled, out_bytes);
	*out_bytes = filled;
	return OK;
}

Error letter_preview(Call *call, const LetterOrder *order, Text *out_pages)
{
	return letter_document(call, order, tr(LANG_ZH, N_("Draft, without number")), LETTER_PAGES, out_pages);
}

void letter_check_length(Call *call, const char *field, Text value, size_t most, bool required)
{
	if (required && !text_trim(value).length) call_problem(call, text_from(field), N_("Please fill this in."), (Text) { 0 });
	if (text_utf8_length(value) > most)
		call_problem(
			call, text_from(field), N_("This is too long: at most %s characters."), arena_printf(call->arena, "%zu", most));
}

/* ---- The register */
static Error of_row(Call *call, const LetterRow *row, IssuedLetter *out)
{
	Person issuer, drafter;
	IssuedLetter letter = { .id = row->id,
		.issued_at = row->issued_at,
		.voided_at = row->voided_at.is ? row->voided_at.value : 0,
		.seal_key = row->seal_key,
		.word_blob = row->word_blob,
		.page_blob = row->page_blob,
		.has_seal = row->has_seal,
		.ref = row->ref,
		.number = row->number,
		.matter = row->matter,
		.machine = row->machine };
	if (!letter_kind_parse(row->kind, &letter.kind)) return fail(call, CORRUPT, "letter %.*s is of no kind", TEXT_ARGS(row->ref));
	TRY(seal_open(call, recipient_place, row->ref, row->sealed_recipient, &letter.recipient));
	TRY(seal_open(call, reason_place, row->ref, row->sealed_reason, &letter.reason));
	TRY(person_find(call, row->issued_by, &issuer));
	TRY(person_find(call, row->drafted_by, &drafter));
	letter.issuer = person_shown_name(&issuer);
	letter.drafter = person_shown_name(&drafter);
	*out = letter;
	return OK;
}

Error letter_list(Call *call, const LetterQuery *query, int64_t max, IssuedLetters *out)
{
	LetterRows rows;
	IssuedLetters letters = { 0 };
	Text kind = query->kind == LETTER_KINDS ? TEXT("") : text_from(letter_kinds[query->kind].tag);
	Text words = query->words.at ? text_trim(query->words) : TEXT("");
	TRY(letter_is_office(call, query->desk));
	TRY(letter_rows(
		call, letter_desk_text(query->desk), kind, query->year, words, query->before > 0 ? query->before : INT64_MAX, max, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		IssuedLetter letter;
		TRY(of_row(call, &rows.at[i], &letter));
		list_add(call->arena, &letters, letter);
	}
	*out = letters;
	return OK;
}

static Error find_one(Call *call, LetterDesk desk, Text ref, IssuedLetter *out)
{
	LetterRow row;
	bool found = false;
	TRY(letter_is_office(call, desk));
	TRY(letter_find(call, ref, &row, &found));
	found = found && text_is(row.desk, letter_desk_text(desk));
	return found ? of_row(call, &row, out) : fail(call, NOT_FOUND, "no such letter");
}

/* A letter tells of its matter, so whoever reads it stands among the matter's readers. */
Error letter_record_reading(Call *call, Text machine, Text matter, int64_t seal_key)
{
	return ledger_record(call,
		&(LedgerEvent) { .kind = arena_string(call->arena, machine), .ref = matter, .action = "read", .matter = seal_key }, NULL);
}

static Error record_reading(Call *call, const IssuedLetter *letter)
{
	return letter_record_reading(call, letter->machine, letter->matter, letter->seal_key);
}

static Error record_opening(Call *call, void *argument) { return record_reading(call, argument); }

Error letter_open(Call *call, LetterDesk desk, Text ref, IssuedLetter *out)
{
	IssuedLetter letter;
	TRY(find_one(call, desk, ref, &letter));
	TRY(db_transact(call, record_opening, &letter));
	*out = letter;
	return OK;
}

typedef struct Voiding {
	LetterDesk desk;
	Text ref, reason;
} Voiding;

static Error void_it(Call *call, void *argument)
{
	const Voiding *voiding = argument;
	IssuedLetter letter;
	Sealed reason;
	int64_t changed;
	TRY(find_one(call, voiding->desk, voiding->ref, &letter));
	TRY(seal_close(call, letter.seal_key, reason_place, letter.ref, voiding->reason, &reason));
	TRY(letter_mark_void(call, letter.id, call->actor->person_id, reason, call->now, &changed));
	if (changed != 1) return fail(call, CONFLICT, "letter %.*s is voided", TEXT_ARGS(letter.ref));
	return ledger_record(call,
		&(LedgerEvent) {
			.kind = "letter", .ref = letter.ref, .action = "void", .matter = letter.seal_key, .detail = voiding->reason },
		NULL);
}

Error letter_void(Call *call, LetterDesk desk, Text ref, Text reason)
{
	Voiding voiding = { desk, ref, reason };
	TRY(letter_is_office(call, desk));
	letter_check_length(call, "reason", reason, LETTER_WORDS_MAX, true);
	TRY(call_check_problems(call));
	return db_transact(call, void_it, &voiding);
}

typedef struct Reading {
	const IssuedLetter *letter;
	const char *form;
	bool is_unnamed;
} Reading;

static Error record_fetch(Call *call, const IssuedLetter *letter)
{
	return ledger_record(call,
		&(LedgerEvent) { .kind = arena_string(call->arena, letter->machine),
			.ref = letter->matter,
			.action = "fetch",
			.matter = letter->seal_key },
		NULL);
}

static Error note_reading(Call *call, void *argument)
{
	const Reading *reading = argument;
	TRY(reading->is_unnamed ? record_fetch(call, reading->letter) : record_reading(call, reading->letter));
	return letter_read(call, reading->letter->id, call->actor->person_id, text_from(reading->form), call->now);
}

static const char *ending_of(LetterForm form) { return form == LETTER_WORD ? "docx" : "pdf"; }

Error letter_bytes(Call *call, const IssuedLetter *letter, LetterForm form, Text *out_name, Text *out_bytes)
{
	*out_name = arena_printf(call->arena, "%.*s.%s", TEXT_ARGS(letter->number), ending_of(form));
	return blob_load(call, form == LETTER_WORD ? letter->word_blob : letter->page_blob, FILE_BYTES_MAX, out_bytes);
}

Error letter_give(Call *call, const IssuedLetter *letter, LetterForm form, Text *out_name, Text *out_bytes)
{
	TRY(letter_bytes(call, letter, form, out_name, out_bytes));
	return db_transact(call, note_reading, &(Reading) { letter, ending_of(form), false });
}

Error letter_give_unnamed(Call *call, const IssuedLetter *letter, LetterForm form, Text *out_name, Text *out_bytes)
{
	const Actor *actor = call->actor;
	TRY(letter_bytes(call, letter, form, out_name, out_bytes));
	call->actor = &actor_visitor;
	Error error = db_transact(call, note_reading, &(Reading) { letter, ending_of(form), true });
	call->actor = actor;
	return error;
}

Error letter_file(Call *call, LetterDesk desk, Text ref, LetterForm form, Text *out_name, Text *out_bytes)
{
	IssuedLetter letter;
	TRY(find_one(call, desk, ref, &letter));
	return letter_give(call, &letter, form, out_name, out_bytes);
}

Error letter_latest(Call *call, LetterKind kind, const char *machine, int64_t subject_id, IssuedLetter *out, bool *out_found)
{
	LetterRow row;
	TRY(letter_last_about(call, text_from(letter_kinds[kind].tag), text_from(machine), subject_id, &row, out_found));
	return *out_found ? of_row(call, &row, out) : OK;
}

Error letter_readings(Call *call, int64_t letter_id, LetterReadings *out)
{
	LetterReadingRows rows;
	LetterReadings readings = { 0 };
	TRY(letter_reading_rows(call, letter_id, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		Person person;
		if (rows.at[i].person_id) TRY(person_find(call, rows.at[i].person_id, &person));
		LetterReading reading = { .name = rows.at[i].person_id ? person_shown_name(&person) : TEXT(""),
			.at = rows.at[i].at,
			.form = text_is(rows.at[i].form, TEXT("pdf")) ? LETTER_PAGES : LETTER_WORD };
		list_add(call->arena, &readings, reading);
	}
	*out = readings;
	return OK;
}

Error letter_issue(Call *call, const LetterOrder *order, int64_t entered_by, IssuedLetter *out)
{
	Text ref;
	int64_t id;
	LetterRow row;
	bool found = false;
	TRY(letter_make(call, order, entered_by, &ref, &id));
	TRY(letter_find(call, ref, &row, &found));
	return found ? of_row(call, &row, out) : fail(call, CONFLICT, "its matter is isolated");
}

Error letter_stand(Call *call, Text draft_ref, LetterStand *out)
{
	DraftLetterRow row;
	LetterRow letter;
	LetterDraft draft;
	bool found = false;
	TRY(draft_letter_find(call, draft_ref, &row, &found));
	if (!found) return fail(call, NOT_FOUND, "no such draft of a letter");
	TRY(letter_draft_of_row(call, &row, &draft));
	LetterStand stand = { .kind = draft.order.kind,
		.state = row.state,
		.recipient = draft.order.recipient,
		.letter = TEXT(""),
		.number = TEXT(""),
		.at = row.decided_at.is ? row.decided_at.value : row.drafted_at };
	TRY(letter_of_draft(call, draft_ref, &letter, &found));
	if (found) {
		stand.letter = letter.ref;
		stand.number = letter.number;
		stand.is_voided = letter.voided_at.is;
	}
	*out = stand;
	return OK;
}

Error letter_about(Call *call, LetterDesk desk, Text ref, bool is_draft, LetterAbout *out)
{
	DraftLetterRow draft;
	LetterRow letter;
	bool found = false;
	TRY(letter_is_office(call, desk));
	if (is_draft)
		TRY(draft_letter_find(call, ref, &draft, &found));
	else
		TRY(letter_find(call, ref, &letter, &found));
	if (!found || !text_is(is_draft ? draft.desk : letter.desk, letter_desk_text(desk))) return fail(call, NOT_FOUND, "no such letter");
	*out = is_draft ? (LetterAbout) { .machine = draft.machine, .matter = draft.matter }
			: (LetterAbout) { .machine = letter.machine, .matter = letter.matter };
	return letter_kind_parse(is_draft ? draft.kind : letter.kind, &out->kind)
		       ? OK
		       : fail(call, CORRUPT, "letter %.*s is of no kind", TEXT_ARGS(ref));
}
