/* Entering an internal record: its words, its document, and the time stamp over it. */
#include "base/base/random.h"
#include "base/sandbox/inspect.h"
#include "store/blob/blob.h"
#include "store/ledger/ledger.h"
#include "store/seal/seal.h"
#include "subject/report/internal.sql.h"
#include "subject/report/internal_private.h"

#include <sys/mman.h>

typedef struct Mapping {
	void *at;
	size_t length;
} Mapping;
static void unmap(const Mapping *mapping)
{
	if (mapping->length) munmap(mapping->at, mapping->length);
}

static Error map_file(Call *call, const InternalFile *file, Mapping *out)
{
	if (!file->size_bytes) return OK;
	void *at = mmap(NULL, (size_t)file->size_bytes, PROT_READ, MAP_PRIVATE, file->descriptor, 0);
	if (at == MAP_FAILED) return fail(call, IO, "an uploaded file cannot be mapped");
	*out = (Mapping) { at, (size_t)file->size_bytes };
	return OK;
}

typedef struct Entering {
	const InternalNew *new;
	Map *values; /* with the SHA-256 of the document */
	Text document, ref;
	TimestampDocument digests;
	Timestamp stamp;
	bool has_stamp, repeated;
	int64_t seal_key;
	BlobFile blob;
	Inspection inspection;
} Entering;

static Text keyed(Call *call, Text key)
{
	Text whose = arena_printf(call->arena, "%lld %.*s", (long long)call->actor->person_id, TEXT_ARGS(key));
	return key.length ? seal_lookup(call, "internal key", whose) : (Text) { 0 };
}

/* What the ledger binds: the words, the document's digest, and the token's. */
static Text detail_of(Call *call, const Entering *entering)
{
	Json words;
	Buffer buffer = { .arena = call->arena };
	Text said = form_values_text(call->arena, &internal_form, entering->values);
	if (!entering->has_stamp || !json_parse(call->arena, said, &words, NULL)) return said;
	Digest digest = sha256(entering->stamp.token);
	JsonWriter writer = json_writer(&buffer);
	json_object_begin(&writer);
	json_key(&writer, TEXT("record"));
	json_copy(&writer, words);
	json_put_text(&writer, "timestamp_sha256", hex_text(call->arena, DIGEST_TEXT(digest)));
	json_end(&writer);
	json_finish(&writer);
	return buffer_text(&buffer);
}

static Error seal_stamp(Call *call, const Entering *entering, Sealed *out_stamp, Sealed *out_stamper)
{
	const Timestamp *stamp = &entering->stamp;
	Buffer buffer = { .arena = call->arena };
	JsonWriter writer = json_writer(&buffer);
	if (!entering->has_stamp) return OK;
	json_object_begin(&writer);
	json_put_text(&writer, "by", stamp->by);
	json_put_text(&writer, "serial", stamp->serial);
	json_put_text(&writer, "policy", stamp->policy);
	json_put_text(&writer, "hash", text_from(timestamp_hash_name(stamp->hash)));
	json_put_int(&writer, "at", stamp->at);
	json_put_int(&writer, "accuracy_ms", stamp->accuracy_ms);
	json_end(&writer);
	json_finish(&writer);
	TRY(seal_close(call, entering->seal_key, internal_stamp_place, entering->ref, stamp->token, out_stamp));
	return seal_close(call, entering->seal_key, internal_stamper_place, entering->ref, buffer_text(&buffer), out_stamper);
}

static Error enter_document(Call *call, const Entering *entering, int64_t id)
{
	AttachmentOwner owner = { internal_kind, id, entering->seal_key, false };
	const AttachmentReady ready = { entering->new->document.name, &entering->blob, &entering->inspection };
	return entering->document.at ? attachment_enter(call, owner, &ready) : OK;
}

static Error insert(Call *call, const Entering *entering, Text idempotency)
{
	Sealed title, content, stamp = { 0 }, stamper = { 0 };
	int64_t event_id = 0, id = 0, latest = entering->stamp.at + entering->stamp.accuracy_ms;
	TRY(seal_close(call, entering->seal_key, internal_title_place, entering->ref, form_answer(entering->values, "title"), &title));
	TRY(seal_close(
		call, entering->seal_key, internal_content_place, entering->ref, form_answer(entering->values, "content"), &content));
	TRY(seal_stamp(call, entering, &stamp, &stamper));
	TRY(ledger_record(call,
		&(LedgerEvent) { .kind = internal_kind,
			.ref = entering->ref,
			.action = "enter",
			.matter = entering->seal_key,
			.detail = detail_of(call, entering) },
		&event_id));
	TRY(internal_insert(call, entering->ref, call->actor->person_id, entering->seal_key,
		form_answer(entering->values, "document_sha256"), event_id, title, content, call->now,
		(Maybe) { entering->has_stamp, latest }, stamp, stamper, idempotency, &id));
	return enter_document(call, entering, id);
}

static Error find_repeated(Call *call, void *argument)
{
	Entering *entering = argument;
	Text idempotency = keyed(call, entering->new->key);
	entering->repeated = false;
	return idempotency.at ? internal_find_idempotency(call, idempotency, &entering->ref, &entering->repeated) : OK;
}

static Error enter(Call *call, void *argument)
{
	Entering *entering = argument;
	TRY(find_repeated(call, entering));
	if (entering->repeated) return OK;
	Text letters = random_code(call->arena, 8);
	entering->ref = arena_printf(call->arena, "N-%.4s-%.4s", letters.at, letters.at + 4);
	if (!entering->seal_key) TRY(seal_matter_new(call, &entering->seal_key));
	return insert(call, entering, keyed(call, entering->new->key));
}

static Error new_key(Call *call, void *argument) { return seal_matter_new(call, argument); }

/* The document is on the disk before anything says that it is. */
static Error store_document(Call *call, Entering *entering)
{
	if (!entering->document.at) return OK;
	Error error = inspect_bytes(call, call->house->sandbox, entering->document, &entering->inspection);
	if (error == ERROR_INVALID || error == ERROR_TOO_LARGE) {
		call_recover(call);
		entering->inspection = (Inspection) { .hostile_names = true };
	} else
		TRY(error);
	TRY(db_transact(call, new_key, &entering->seal_key));
	return blob_write(call, entering->seal_key, entering->document, &entering->blob);
}

static Error check_document(Call *call, Entering *entering)
{
	const InternalFile *file = &entering->new->document;
	Text given = form_answer(entering->values, "document_sha256"), said;
	if (file->size_bytes > (int64_t)INTERNAL_DOCUMENT_MIB * 1024 * 1024)
		call_problem(call, TEXT("document"), N_("A file may have at most %s MiB."),
			arena_printf(call->arena, "%d", (int)INTERNAL_DOCUMENT_MIB));
	if (entering->new->stamp.size_bytes && !file->size_bytes && !given.length)
		call_problem(call, TEXT("document"), N_("A time stamp needs the file that it is of, or its SHA-256."), (Text) { 0 });
	TRY(call_check_problems(call));
	if (!file->size_bytes) {
		if (given.length && hex_parse(call->arena, given, &said)) entering->digests.digest[TIMESTAMP_SHA256] = said;
		return OK;
	}
	TRY(attachment_check(call, file->name, file->size_bytes));
	timestamp_document(call->arena, entering->document, &entering->digests);
	said = hex_text(call->arena, entering->digests.digest[TIMESTAMP_SHA256]);
	if (given.length && !text_is_nocase(given, said))
		call_problem(call, TEXT("document_sha256"), N_("The file has another SHA-256: %s"), said);
	form_set(call->arena, entering->values, TEXT("document_sha256"), said);
	return call_check_problems(call);
}

/* Problems of attachments are at "files" and "name", where this form has one field. */
static Error at_document(Call *call, Error error)
{
	for (size_t i = 0; i < call->failure.problems.count; i++) {
		Problem *problem = &call->failure.problems.at[i];
		if (text_is(problem->field, TEXT("files")) || text_is(problem->field, TEXT("name"))) problem->field = TEXT("document");
	}
	return error;
}

Error internal_enter_with(Call *call, const InternalNew *new, Text *out_ref, bool *out_repeated)
{
	scoped(unmap) Mapping document = { 0 }, stamp = { 0 };
	Entering entering = { .new = new, .values = form_values_copy(call->arena, &internal_form, new->values) };
	if (!internal_is_staff(call)) return fail(call, FORBIDDEN, "internal records are the library's");
	TRY(find_repeated(call, &entering));
	if (!entering.repeated) {
		TRY(form_check(call, &internal_form, new->values));
		TRY(map_file(call, &new->document, &document));
		TRY(map_file(call, &new->stamp, &stamp));
		if (document.length) entering.document = (Text) { document.at, document.length };
		TRY(at_document(call, check_document(call, &entering)));
		entering.has_stamp = stamp.length > 0;
		if (entering.has_stamp)
			TRY(internal_stamp_read(call, (Text) { stamp.at, stamp.length }, &entering.digests, &entering.stamp));
		TRY(store_document(call, &entering));
		TRY(db_transact(call, enter, &entering));
	}
	*out_ref = entering.ref;
	*out_repeated = entering.repeated;
	return OK;
}

Error internal_enter(Call *call, const Map *values, Text *out_ref)
{
	bool repeated = false;
	return internal_enter_with(call, &(InternalNew) { .values = values, .key = TEXT("") }, out_ref, &repeated);
}
