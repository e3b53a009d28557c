/* Attachments: parts of at most 4 MiB, each a sealed blob of its matter; nothing is ever put together on the disk. */
#include "base/base/random.h"
#include "base/crypto/crypto.h"
#include "base/sandbox/inspect.h"
#include "store/blob/blob.h"
#include "store/seal/seal.h"
#include "store/setting/setting.h"
#include "work/form/attachment_stream.h"

#include <unistd.h>

enum { NAME_LENGTH = 200 };

/* ---- Names: what a path would mean is taken out of them */
static Text plain_name(Arena *arena, Text name)
{
	Buffer buffer = { .arena = arena };
	for (size_t i = 0; i < name.length; i++) {
		unsigned char byte = (unsigned char)name.at[i];
		if (byte == '/' || byte == '\\')
			buffer = (Buffer) { .arena = arena };
		else if (byte >= 0x20 && byte != 0x7F)
			buffer_byte(&buffer, (char)byte);
	}
	Text plain = text_trim(buffer_text(&buffer));
	bool only_dots = true;
	for (size_t i = 0; i < plain.length; i++) only_dots &= plain.at[i] == '.';
	return only_dots ? TEXT("file") : plain;
}

static Error of_row(Call *call, const AttachmentRow *row, Attachment *out)
{
	Attachment attachment = { .id = row->id,
		.seal_key = row->seal_key,
		.size_bytes = row->size_bytes,
		.received_bytes = row->received_bytes,
		.created_at = row->created_at,
		.ref = row->ref,
		.kind = row->kind,
		.content_type = row->content_type,
		.subject_id = row->subject_id,
		.person_id = row->person_id.is ? row->person_id.value : 0,
		.is_finished = row->is_finished };
	TRY(seal_open(call, "attachment|sealed_name", row->ref, row->sealed_name, &attachment.name));
	TRY(seal_open(call, "attachment|sealed_sha256", row->ref, row->sealed_sha256, &attachment.sha256));
	TRY(seal_open(call, "attachment|sealed_inspection", row->ref, row->sealed_inspection, &attachment.inspection));
	*out = attachment;
	return OK;
}

Error attachment_list(Call *call, const char *kind, int64_t subject_id, Attachments *out)
{
	AttachmentRows rows;
	Attachments list = { 0 };
	TRY(attachment_list_of(call, text_from(kind), subject_id, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		Attachment attachment;
		TRY(of_row(call, &rows.at[i], &attachment));
		list_add(call->arena, &list, attachment);
	}
	*out = list;
	return OK;
}

Error attachment_find(Call *call, const char *kind, int64_t subject_id, Text ref, Attachment *out)
{
	AttachmentRow row;
	TRY(attachment_find_of(call, text_from(kind), subject_id, ref, &row));
	return of_row(call, &row, out);
}

/* The ending of the name is what people's machines go by; what a file really is, the sandbox says. */
static bool is_taken_type(Call *call, Text name)
{
	Text types = setting_text(call, SETTING_attachment_types), rest = name, piece, ending = { 0 }, type;
	bool has_dot = text_find(name, TEXT("."), NULL);
	while (text_next(&rest, '.', &piece)) ending = piece;
	if (!types.length || !has_dot) return true;
	while (text_next(&types, ' ', &type))
		if (text_is_nocase(type, ending)) return true;
	return false;
}

/* ---- Beginning */
typedef struct Beginning {
	AttachmentOwner owner;
	Text name;
	int64_t size_bytes;
	Attachment attachment;
} Beginning;

static Error begin(Call *call, void *argument)
{
	Beginning *beginning = argument;
	const AttachmentOwner *owner = &beginning->owner;
	int64_t files = 0, id = 0;
	int64_t person_id = call->actor->person_id;
	TRY(owner->is_personal ? attachment_count_of(call, text_from(owner->kind), owner->subject_id, person_id, &files)
			       : attachment_count(call, text_from(owner->kind), owner->subject_id, &files));
	if (files >= ATTACHMENTS_MAX)
		return fail(call, TOO_LARGE, "%s %lld has %lld files", owner->kind, (long long)owner->subject_id, (long long)files);
	Text ref = random_code(call->arena, 16);
	Sealed name;
	TRY(seal_close(call, owner->seal_key, "attachment|sealed_name", ref, beginning->name, &name));
	TRY(attachment_insert(call, ref, text_from(owner->kind), owner->subject_id, owner->seal_key, (Maybe) { person_id != 0, person_id },
		name, beginning->size_bytes, call->now, &id));
	return attachment_find(call, owner->kind, owner->subject_id, ref, &beginning->attachment);
}

static Error check_file(Call *call, Text plain, int64_t size_bytes)
{
	if (!text_is_utf8(plain) || text_utf8_length(plain) > NAME_LENGTH)
		call_problem(call, TEXT("name"), N_("At most %s characters."), arena_printf(call->arena, "%d", NAME_LENGTH));
	int64_t most = setting_int(call, SETTING_attachment_mib);
	if (size_bytes < 1) call_problem(call, TEXT("files"), N_("This file is empty."), (Text) { 0 });
	if (size_bytes > most * 1024 * 1024)
		call_problem(
			call, TEXT("files"), N_("A file may have at most %s MiB."), arena_printf(call->arena, "%lld", (long long)most));
	if (!is_taken_type(call, plain)) call_problem(call, TEXT("files"), N_("Files of this type are not taken: %s"), plain);
	return call_check_problems(call);
}

Error attachment_check(Call *call, Text name, int64_t size_bytes) { return check_file(call, plain_name(call->arena, name), size_bytes); }

Error attachment_begin(Call *call, AttachmentOwner owner, Text name, int64_t size_bytes, Attachment *out)
{
	Text plain = plain_name(call->arena, name);
	TRY(check_file(call, plain, size_bytes));
	Beginning beginning = { .owner = owner, .name = plain, .size_bytes = size_bytes };
	TRY(db_transact(call, begin, &beginning));
	*out = beginning.attachment;
	return OK;
}

/* ---- Parts */
typedef struct Adding {
	const Attachment *attachment;
	int64_t offset;
	BlobFile file;
	int64_t received;
} Adding;

static Error add(Call *call, void *argument)
{
	Adding *adding = argument;
	int64_t received = 0, blob = 0, changed = 0, end = adding->offset + adding->file.size;
	TRY(attachment_received(call, adding->attachment->id, &received));
	adding->received = received;
	if (received >= end) return OK; /* the answer to this part was lost; it is here */
	if (received != adding->offset)
		return fail(call, CONFLICT, "a part at %lld, expected at %lld", (long long)adding->offset, (long long)received);
	TRY(blob_keep(call, &adding->file, &blob));
	TRY(attachment_part_add(call, adding->attachment->id, adding->offset, adding->file.size, blob));
	TRY(attachment_advance(call, adding->attachment->id, received, end, &changed));
	if (changed != 1) return fail(call, CONFLICT, "two parts at once");
	adding->received = end;
	return OK;
}

Error attachment_add(Call *call, const Attachment *attachment, int64_t offset, Text part, Text sha256_hex, int64_t *out_received)
{
	if (part.length < 1 || part.length > ATTACHMENT_PART_BYTES) return fail(call, TOO_LARGE, "a part of %zu bytes", part.length);
	if (offset < 0 || offset > attachment->size_bytes - (int64_t)part.length)
		return fail(call, CONFLICT, "a part beyond the end of the file");
	Digest digest = sha256(part);
	if (sha256_hex.length && !text_is_nocase(hex_text(call->arena, DIGEST_TEXT(digest)), sha256_hex))
		return fail(call, CORRUPT, "the part at %lld arrived changed", (long long)offset);
	Adding adding = { .attachment = attachment, .offset = offset };
	TRY(blob_write(call, attachment->seal_key, part, &adding.file));
	TRY(db_transact(call, add, &adding));
	*out_received = adding.received;
	return OK;
}

/* ---- Finishing */
static void hash_close(Sha256 **hash) { sha256_free(hash); }
static void file_close(const int *file)
{
	if (*file >= 0) close(*file);
}

typedef struct Reading {
	Sha256 *hash;
	int file;
} Reading;

static Error write_all(Call *call, int file, Text piece)
{
	while (piece.length) {
		ssize_t written = write(file, piece.at, piece.length);
		if (written <= 0) return fail(call, IO, "writing to a memory file failed");
		piece = text_slice(piece, (size_t)written, piece.length);
	}
	return OK;
}

static Error take(Call *call, void *context, Text piece)
{
	const Reading *reading = context;
	if (reading->hash) sha256_add(reading->hash, piece);
	return write_all(call, reading->file, piece);
}

static Error gather(Call *call, const Attachment *attachment, Sha256 *hash, int file)
{
	AttachmentParts parts;
	Reading reading = { hash, file };
	TRY(attachment_part_list(call, attachment->id, &parts));
	for (size_t i = 0; i < parts.count; i++) TRY(blob_read(call, parts.at[i].blob_id, take, &reading));
	return OK;
}

static Error read_whole(Call *call, int file, int64_t size_bytes, Text *out)
{
	size_t length = 0, size = (size_t)size_bytes;
	char *bytes = arena_array_of(call->arena, char, size + 1);
	while (length < size) {
		ssize_t got = pread(file, bytes + length, size - length, (off_t)length);
		if (got <= 0) return fail(call, IO, "a memory file ends before its size");
		length += (size_t)got;
	}
	*out = (Text) { bytes, length };
	return OK;
}

static Text inspection_text(Arena *arena, const Inspection *inspection, bool hostile, const MaskCounts *counts)
{
	Buffer buffer = { .arena = arena };
	JsonWriter writer = json_writer(&buffer);
	json_object_begin(&writer);
	json_put_text(&writer, "kind", text_from(file_kind_tag(inspection->kind)));
	json_put_int(&writer, "width", inspection->width);
	json_put_int(&writer, "height", inspection->height);
	json_put_int(&writer, "entries", inspection->entries);
	json_put_int(&writer, "unpacked_bytes", inspection->unpacked_bytes);
	json_put_bool(&writer, "hostile", hostile || inspection->hostile_names);
	json_put_bool(&writer, "encrypted", inspection->encrypted);
	json_put_bool(&writer, "damaged", inspection->damaged);
	json_put_text(&writer, "personal", masking_counts_text(arena, counts));
	json_end(&writer);
	json_finish(&writer);
	return buffer_text(&buffer);
}

typedef struct Finishing {
	const Attachment *attachment;
	Text content_type, sha256, inspection;
} Finishing;

static Error refuse_incomplete(Call *call)
{
	call_problem(call, TEXT("files"), N_("This file has not arrived completely."), (Text) { 0 });
	return call_check_problems(call);
}

static Error finish(Call *call, void *argument)
{
	const Finishing *finishing = argument;
	const Attachment *attachment = finishing->attachment;
	Sealed hash, inspection;
	int64_t changed = 0;
	TRY(seal_close(call, attachment->seal_key, "attachment|sealed_sha256", attachment->ref, finishing->sha256, &hash));
	TRY(seal_close(call, attachment->seal_key, "attachment|sealed_inspection", attachment->ref, finishing->inspection, &inspection));
	TRY(attachment_complete(call, attachment->id, finishing->content_type, hash, inspection, &changed));
	return changed == 1 ? OK : refuse_incomplete(call);
}

/* What of the file is text is looked through for personal data. */
static Error count_personal(Call *call, int file, int64_t size_bytes, MaskCounts *out)
{
	Text content;
	*out = (MaskCounts) { 0 };
	if (size_bytes > ATTACHMENT_TEXT_BYTES) return OK;
	TRY(read_whole(call, file, size_bytes, &content));
	*out = masking_of_text(call->arena, content);
	return OK;
}

static Error inspect_it(Call *call, const Attachment *attachment, Finishing *finishing)
{
	scoped(hash_close) Sha256 *hash = sha256_new();
	scoped(file_close) int file = -1;
	Inspection inspection = { 0 };
	MaskCounts counts;
	TRY(sandbox_file(call, &file));
	TRY(gather(call, attachment, hash, file));
	TRY(count_personal(call, file, attachment->size_bytes, &counts));
	Error error = inspect_file(call, call->house->sandbox, file, &inspection);
	bool hostile = error == ERROR_INVALID || error == ERROR_TOO_LARGE;
	if (error != OK && !hostile) return error;
	call_recover(call);
	Digest digest = sha256_finish(hash);
	finishing->sha256 = hex_text(call->arena, DIGEST_TEXT(digest));
	finishing->content_type = text_from(file_kind_media_type(inspection.kind));
	finishing->inspection = inspection_text(call->arena, &inspection, hostile, &counts);
	return OK;
}

Error attachment_finish(Call *call, const Attachment *attachment)
{
	Finishing finishing = { .attachment = attachment };
	int64_t received = 0;
	TRY(attachment_received(call, attachment->id, &received));
	if (received != attachment->size_bytes) return refuse_incomplete(call); /* nothing of it is looked at */
	TRY(inspect_it(call, attachment, &finishing));
	return db_transact(call, finish, &finishing);
}

static Error store_parts(Call *call, const Attachment *attachment, int descriptor)
{
	ArenaMark mark = arena_mark(call->arena);
	for (int64_t offset = 0; offset < attachment->size_bytes;) {
		int64_t rest = attachment->size_bytes - offset, received = 0;
		size_t wanted = rest < ATTACHMENT_PART_BYTES ? (size_t)rest : ATTACHMENT_PART_BYTES, length = 0;
		char *bytes = arena_alloc(call->arena, wanted);
		while (length < wanted) {
			ssize_t got = pread(descriptor, bytes + length, wanted - length, offset + (int64_t)length);
			if (got <= 0) return fail(call, IO, "an uploaded file ends before its size");
			length += (size_t)got;
		}
		TRY(attachment_add(call, attachment, offset, (Text) { bytes, length }, (Text) { 0 }, &received));
		offset = received;
		arena_release(call->arena, mark);
	}
	return OK;
}

Error attachment_store(Call *call, AttachmentOwner owner, Text name, int descriptor, int64_t size_bytes, Attachment *out)
{
	Attachment attachment;
	TRY(attachment_begin(call, owner, name, size_bytes, &attachment));
	TRY(store_parts(call, &attachment, descriptor));
	TRY(attachment_finish(call, &attachment));
	return attachment_find(call, owner.kind, owner.subject_id, attachment.ref, out);
}

Error attachment_give(Call *call, const Attachment *attachment, const char *kind, int64_t subject_id)
{
	int64_t changed = 0;
	TRY(attachment_give_to(call, attachment->id, text_from(kind), subject_id, &changed));
	return changed ? OK : fail(call, CONFLICT, "attachment %.*s is not complete", TEXT_ARGS(attachment->ref));
}

Error attachment_open(Call *call, const Attachment *attachment, int *out_descriptor)
{
	scoped(file_close) int file = -1;
	if (!attachment->is_finished) return fail(call, NOT_FOUND, "attachment %.*s is not complete", TEXT_ARGS(attachment->ref));
	TRY(sandbox_file(call, &file));
	TRY(gather(call, attachment, NULL, file));
	if (lseek(file, 0, SEEK_SET) != 0) return fail(call, IO, "a memory file cannot be rewound");
	*out_descriptor = file;
	file = -1;
	return OK;
}

/* ---- Personal data in it */
MaskCounts masking_of_text(Arena *arena, Text content)
{
	bool is_text = content.length > 0 && content.length <= ATTACHMENT_TEXT_BYTES && !memchr(content.at, 0, content.length);
	if (!is_text) return (MaskCounts) { 0 };
	MaskSpans found = masking_find(arena, content), personal = masking_of_kinds(arena, &found, MASK_PERSONAL);
	return masking_count(&personal);
}

MaskCounts attachment_counts(Call *call, const Attachment *attachment)
{
	Json inspection;
	MaskCounts counts = { 0 };
	bool is_read = attachment->inspection.at && json_parse(call->arena, attachment->inspection, &inspection, NULL);
	if (is_read && !masking_counts_parse(json_as_text(json_get(inspection, "personal")), &counts)) counts = (MaskCounts) { 0 };
	return counts;
}

Error attachment_read(Call *call, const Attachment *attachment, BlobSink *sink, void *context)
{
	AttachmentParts parts;
	if (!attachment->is_finished) return fail(call, NOT_FOUND, "attachment %.*s is not complete", TEXT_ARGS(attachment->ref));
	TRY(attachment_part_list(call, attachment->id, &parts));
	for (size_t i = 0; i < parts.count; i++) TRY(blob_read(call, parts.at[i].blob_id, sink, context));
	return OK;
}

Error attachment_load(Call *call, const Attachment *attachment, size_t bytes_max, Text *out)
{
	scoped(file_close) int file = -1;
	if (attachment->size_bytes > (int64_t)bytes_max) return fail(call, TOO_LARGE, "attachment %.*s", TEXT_ARGS(attachment->ref));
	TRY(attachment_open(call, attachment, &file));
	return read_whole(call, file, attachment->size_bytes, out);
}

Error attachment_give_all(Call *call, const char *kind, int64_t subject_id, const char *to_kind, int64_t to_subject)
{
	must(db_in_transaction(call));
	return attachment_move(call, text_from(kind), subject_id, text_from(to_kind), to_subject);
}

Error attachment_enter(Call *call, AttachmentOwner owner, const AttachmentReady *ready)
{
	must(db_in_transaction(call));
	const Inspection *inspection = ready->inspection;
	Text plain = plain_name(call->arena, ready->name);
	int64_t blob = 0, changed = 0;
	TRY(check_file(call, plain, ready->file->size));
	Beginning beginning = { .owner = owner, .name = plain, .size_bytes = ready->file->size };
	TRY(begin(call, &beginning));
	const Attachment *attachment = &beginning.attachment;
	TRY(blob_keep(call, ready->file, &blob));
	TRY(attachment_part_add(call, attachment->id, 0, ready->file->size, blob));
	TRY(attachment_advance(call, attachment->id, 0, ready->file->size, &changed));
	Finishing finishing = { .attachment = attachment,
		.content_type = text_from(file_kind_media_type(inspection->kind)),
		.sha256 = hex_text(call->arena, DIGEST_TEXT(ready->file->content)),
		.inspection = inspection_text(call->arena, inspection, false, &ready->counts) };
	return finish(call, &finishing);
}

/* ---- Removing */
static Error remove_blob(Call *call, void *argument) { return blob_remove(call, *(const int64_t *)argument); }

static Error remove_all(Call *call, void *argument)
{
	const Attachment *attachment = argument;
	AttachmentParts parts;
	int64_t changed = 0;
	TRY(attachment_part_list(call, attachment->id, &parts));
	TRY(attachment_part_delete(call, attachment->id));
	TRY(attachment_delete(call, attachment->id, attachment->kind, attachment->subject_id, &changed));
	if (changed != 1) return fail(call, CONFLICT, "an attachment was removed, or belongs to another matter now");
	for (size_t i = 0; i < parts.count; i++) {
		Error error = db_transact(call, remove_blob, &parts.at[i].blob_id);
		if (error == ERROR_CONFLICT || error == ERROR_NOT_FOUND)
			call_recover(call); /* equal content elsewhere in the matter still needs it */
		else if (error != OK)
			return error;
	}
	return OK;
}

/* ---- Replacing */
typedef struct Replacing {
	const Attachment *attachment;
	AttachmentReady ready;
} Replacing;

static Error replace(Call *call, void *argument)
{
	const Replacing *replacing = argument;
	const Attachment *old = replacing->attachment;
	Attachment copy = *old;
	AttachmentOwner owner = { arena_string(call->arena, old->kind), old->subject_id, old->seal_key, false };
	TRY(remove_all(call, &copy));
	return attachment_enter(call, owner, &replacing->ready);
}

/* The newest of this name: the list of a subject is short. */
static Error newest_of(Call *call, const Attachment *old, Attachment *out)
{
	Attachments list;
	TRY(attachment_list(call, arena_string(call->arena, old->kind), old->subject_id, &list));
	for (size_t i = list.count; i > 0; i--)
		if (text_is(list.at[i - 1].name, old->name)) return *out = list.at[i - 1], OK;
	return fail(call, NOT_FOUND, "%.*s was removed meanwhile", TEXT_ARGS(old->ref));
}

Error attachment_replace(Call *call, const Attachment *attachment, Text content, Attachment *out)
{
	BlobFile file;
	Inspection inspection;
	TRY(blob_write(call, attachment->seal_key, content, &file));
	TRY(inspect_bytes(call, call->house->sandbox, content, &inspection));
	Replacing replacing = { attachment, { attachment->name, &file, &inspection, masking_of_text(call->arena, content) } };
	TRY(db_transact(call, replace, &replacing));
	return newest_of(call, attachment, out);
}

Error attachment_remove(Call *call, const Attachment *attachment)
{
	Attachment copy = *attachment;
	return db_transact(call, remove_all, &copy);
}

Error attachment_sweep(Call *call, const char *kind, int64_t before, int64_t max, int64_t *out_removed)
{
	AttachmentStales stale;
	TRY(attachment_stale(call, text_from(kind), before, max, &stale));
	for (size_t i = 0; i < stale.count; i++) {
		Attachment one = { .id = stale.at[i].id, .kind = text_from(kind), .subject_id = stale.at[i].subject_id };
		TRY(attachment_remove(call, &one));
	}
	*out_removed = (int64_t)stale.count;
	return OK;
}
