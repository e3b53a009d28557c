/* The files of rows: from the archive through the sandbox to the disk, several together. */
#include "base/base/clock.h"
#include "base/sandbox/inspect.h"
#include "store/blob/blob.h"
#include "subject/batch/batch_private.h"
#include "subject/batch/source_private.h"

#include <sys/mman.h>

enum { ROWS_AT_ONCE = 64, FILES_AT_ONCE = 96, BYTES_AT_ONCE = 32 * 1024 * 1024 };

typedef struct Piece { /* one file of one row */
	size_t row; /* among the rows of the group */
	Text name;
	const SourceEntry *entry;
	const char *fault; /* code of refusal.def; NULL: it is there */
	Inspection inspection;
	Text content;
	size_t wish;
} Piece;
typedef struct Group {
	const Batch *batch;
	const Source *source;
	Text archive; /* mapped */
	BatchRows rows;
	LIST_OF(Piece) pieces;
	LIST_OF(BlobWish) wishes;
} Group;

/* ---- In the sandbox */
static Text ending_of(Text name)
{
	Text rest = name, piece, ending = TEXT("-");
	if (!text_find(name, TEXT("."), NULL)) return ending;
	while (text_next(&rest, '.', &piece)) ending = piece;
	return text_find(ending, TEXT("\n"), NULL) || text_find(ending, TEXT(" "), NULL) || !ending.length ? TEXT("-") : ending;
}

static Text order_of(Call *call, const Group *group)
{
	Buffer buffer = { .arena = call->arena };
	for (size_t i = 0; i < group->pieces.count; i++) {
		const SourceEntry *entry = group->pieces.at[i].entry;
		buffer_printf(&buffer, "%lld %lld %lld %lld %.*s\n", (long long)entry->packed, (long long)entry->bytes,
			(long long)entry->sum, (long long)entry->method, TEXT_ARGS(ending_of(group->pieces.at[i].name)));
	}
	buffer_byte(&buffer, '\n');
	for (size_t i = 0; i < group->pieces.count; i++) {
		const SourceEntry *entry = group->pieces.at[i].entry;
		buffer_put(&buffer, text_slice(group->archive, (size_t)entry->at, (size_t)(entry->at + entry->packed)));
	}
	return buffer_text(&buffer);
}

static const char *known_fault(Text word)
{
	static const char *const faults[] = { "damaged", "sum", "bomb", "nested", "large", "method" };
	for (size_t i = 0; i < COUNT(faults); i++)
		if (text_is(word, text_from(faults[i]))) return faults[i];
	return NULL;
}

/* "ok LENGTH KIND WIDTH HEIGHT ENTRIES UNPACKED NAMES ENCRYPTED DAMAGED" or "no FAULT". */
static bool take_line(Text line, Piece *piece, size_t *out_length)
{
	enum { LENGTH, KIND, WIDTH, HEIGHT, ENTRIES, UNPACKED, NAMES, ENCRYPTED, DAMAGED, FIELDS };
	int64_t number[FIELDS];
	Text word;
	*out_length = 0;
	if (text_starts(line, TEXT("no "))) return (piece->fault = known_fault(text_slice(line, 3, line.length))) != NULL;
	if (!text_next(&line, ' ', &word) || !text_is(word, TEXT("ok"))) return false;
	for (int i = 0; i < FIELDS; i++)
		if (!text_next(&line, ' ', &word) || !text_to_int(word, &number[i]) || number[i] < 0) return false;
	if (line.at || number[KIND] >= FILE_KINDS || number[LENGTH] != piece->entry->bytes) return false;
	*out_length = (size_t)number[LENGTH];
	piece->inspection = (Inspection) { .kind = (FileKind)number[KIND],
		.width = number[WIDTH],
		.height = number[HEIGHT],
		.entries = number[ENTRIES],
		.unpacked_bytes = number[UNPACKED],
		.hostile_names = number[NAMES] != 0,
		.encrypted = number[ENCRYPTED] != 0,
		.damaged = number[DAMAGED] != 0 };
	return true;
}

static bool take_answer(Text answer, Group *group)
{
	size_t end = 0, length = 0;
	if (!text_find(answer, TEXT("\n\n"), &end)) return false;
	Text lines = text_slice(answer, 0, end + 1), bytes = text_slice(answer, end + 2, answer.length), line;
	for (size_t i = 0; i < group->pieces.count; i++) {
		Piece *piece = &group->pieces.at[i];
		if (!text_next(&lines, '\n', &line) || !take_line(line, piece, &length) || length > bytes.length) return false;
		piece->content = text_slice(bytes, 0, length);
		bytes = text_slice(bytes, length, bytes.length);
	}
	return true;
}

/* A file that brings the child down takes its companions with it: then each is opened by itself. */
static Error unpack_pieces(Call *call, Group *group);

static Error unpack_apart(Call *call, Group *group)
{
	for (size_t i = 0; i < group->pieces.count; i++) {
		Group one = { .batch = group->batch, .source = group->source, .archive = group->archive };
		list_add(call->arena, &one.pieces, group->pieces.at[i]);
		TRY(unpack_pieces(call, &one));
		group->pieces.at[i] = one.pieces.at[0];
	}
	return OK;
}

static Error unpack_pieces(Call *call, Group *group)
{
	Text answer;
	if (!group->pieces.count) return OK;
	Error error = sandbox_run(call, call->house->sandbox, SANDBOX_UNPACK, order_of(call, group), &answer);
	if (error == OK && take_answer(answer, group)) return OK;
	if (error != OK && error != ERROR_INVALID && error != ERROR_TOO_LARGE) return error;
	call_recover(call);
	if (group->pieces.count > 1) return unpack_apart(call, group);
	group->pieces.at[0].fault = "damaged";
	return OK;
}

/* ---- Rows that wait */
static Error gather(Call *call, Group *group)
{
	BatchRows found;
	int64_t bytes = 0;
	TRY(batch_rows(call, group->batch, TEXT("reading"), 0, ROWS_AT_ONCE, &found));
	for (size_t i = 0; i < found.count; i++) {
		const BatchRow *row = &found.at[i];
		int64_t own = 0;
		for (size_t k = 0; k < row->files.count; k++) {
			const SourceEntry *entry = map_get(group->source->entries, row->files.at[k]);
			own += entry ? entry->bytes + entry->packed : 0;
		}
		bool is_full = group->pieces.count + row->files.count > FILES_AT_ONCE || bytes + own > BYTES_AT_ONCE;
		if (group->rows.count && is_full) return OK;
		bytes += own;
		list_add(call->arena, &group->rows, *row);
		for (size_t k = 0; k < row->files.count; k++) {
			Piece piece = { .row = group->rows.count - 1, .name = row->files.at[k] };
			piece.entry = map_get(group->source->entries, piece.name);
			if (piece.entry) list_add(call->arena, &group->pieces, piece);
		}
	}
	return OK;
}

static void wish(Call *call, Group *group)
{
	for (size_t i = 0; i < group->pieces.count; i++) {
		Piece *piece = &group->pieces.at[i];
		if (piece->fault) continue;
		BlobWish one = { .matter = group->rows.at[piece->row].seal_key, .content = piece->content };
		piece->wish = group->wishes.count;
		list_add(call->arena, &group->wishes, one);
	}
}

static Error enter_piece(Call *call, const Group *group, const Piece *piece, BatchProblems *problems)
{
	const BatchRow *row = &group->rows.at[piece->row];
	AttachmentOwner owner = { .kind = batch_row_kind, .subject_id = row->id, .seal_key = row->seal_key };
	Failure before = call->failure;
	if (piece->fault) {
		batch_problem_add(call->arena, problems, "files", batch_fault_text(piece->fault), piece->name);
		return OK;
	}
	const AttachmentReady ready = { piece->name, &group->wishes.at[piece->wish].file, &piece->inspection,
		masking_of_text(call->arena, piece->content) };
	call->failure = (Failure) { 0 };
	Error error = attachment_enter(call, owner, &ready);
	if (error != OK && error != ERROR_INVALID) return error;
	for (size_t i = 0; error != OK && i < call->failure.problems.count; i++)
		batch_problem_add(
			call->arena, problems, "files", call->failure.problems.at[i].message, call->failure.problems.at[i].argument);
	call->failure = before;
	return OK;
}

static Error enter(Call *call, void *argument)
{
	const Group *group = argument;
	for (size_t i = 0; i < group->rows.count; i++) {
		const BatchRow *row = &group->rows.at[i];
		BatchProblems problems = { 0 };
		RowText text = { 0 };
		int64_t changed = 0;
		for (size_t k = 0; k < row->problems.count; k++) list_add(call->arena, &problems, row->problems.at[k]);
		for (size_t k = 0; k < group->pieces.count; k++)
			if (group->pieces.at[k].row == i) TRY(enter_piece(call, group, &group->pieces.at[k], &problems));
		TRY(batch_row_seal(call, group->batch, row, row->values, &problems, &text));
		TRY(batch_row_save(call, row->id, TEXT("reading"), text.state, text.content, text.title, text.values, text.problems,
			text.personal, call->now, &changed));
		if (changed != 1) return fail(call, CONFLICT, "row %lld was read by somebody else", (long long)row->number);
	}
	return batch_touch(call, group->batch->id, call->now);
}

typedef struct Mapping {
	void *at;
	size_t length;
} Mapping;
static void unmap(const Mapping *mapping)
{
	if (mapping->length) munmap(mapping->at, mapping->length);
}

Error source_unpack(Call *call, const Batch *batch, const Source *source, const Job *job)
{
	void *at = mmap(NULL, (size_t)source->size_bytes, PROT_READ, MAP_PRIVATE, source->file, 0);
	if (at == MAP_FAILED) return fail(call, IO, "the file of a batch cannot be mapped");
	scoped(unmap) Mapping mapping = { at, (size_t)source->size_bytes };
	int64_t kept_at = clock_wall();
	for (;;) {
		ArenaMark mark = arena_mark(call->arena);
		Group group = { .batch = batch, .source = source, .archive = { mapping.at, mapping.length } };
		TRY(gather(call, &group));
		if (!group.rows.count) return OK;
		TRY(unpack_pieces(call, &group));
		wish(call, &group);
		TRY(blob_write_many(call, group.wishes.at, group.wishes.count));
		TRY(db_transact(call, enter, &group));
		TRY(batch_keep_lease(call, job, &kept_at));
		arena_release(call->arena, mark);
	}
}
