/* Batches: taking a file, reading, the actions. */
#include "base/base/random.h"
#include "base/crypto/crypto.h"
#include "people/notice/notice.h"
#include "store/setting/setting.h"
#include "subject/batch/batch_private.h"

#include <sys/mman.h>

enum { DAY_MS = 24 * 3600 * 1000, REF_GROUP = 4, INLINE_WAIT_MS = 30 * 1000 };
static const char name_place[] = "batch|sealed_name", detail_place[] = "batch|sealed_detail";
const char batch_row_kind[] = "batch-row";

/* ---- Reading */
static void count_rows(const BatchCountRows *rows, BatchCounts *out)
{
	const struct {
		const char *state;
		int64_t *count;
	} all[] = { { "reading", &out->reading }, { "wrong", &out->wrong }, { "ready", &out->ready }, { "left", &out->left },
		{ "waiting", &out->waiting }, { "sent", &out->sent }, { "failed", &out->failed } };
	for (size_t i = 0; i < rows->count; i++)
		for (size_t k = 0; k < COUNT(all); k++)
			if (text_is(rows->at[i].state, text_from(all[k].state))) *all[k].count = rows->at[i].rows;
}

int64_t batch_total(const BatchCounts *counts)
{
	return counts->reading + counts->wrong + counts->ready + counts->left + counts->waiting + counts->sent + counts->failed;
}

Error batch_of_line(Call *call, const BatchLine *line, Batch *out)
{
	BatchCountRows counts;
	Batch batch = { .id = line->id,
		.revision = line->revision,
		.person_id = line->person_id,
		.organisation_id = line->organisation_id.is ? line->organisation_id.value : 0,
		.seal_key = line->seal_key,
		.created_at = line->created_at,
		.started_at = line->started_at.is ? line->started_at.value : 0,
		.updated_at = line->updated_at,
		.ref = line->ref,
		.state = line->state,
		.format = line->format,
		.reason = line->reason,
		.content = line->content,
		.is_confirmed = line->is_confirmed };
	if (!lang_parse(line->lang, &batch.lang)) batch.lang = LANG_ZH;
	TRY(seal_open(call, name_place, line->ref, line->sealed_name, &batch.name));
	TRY(seal_open(call, detail_place, line->ref, line->sealed_detail, &batch.detail));
	TRY(batch_row_counts(call, line->id, &counts));
	count_rows(&counts, &batch.counts);
	if (text_is(batch.state, TEXT("PREVIEW"))) TRY(batch_row_count_personal(call, line->id, &batch.personal_rows));
	*out = batch;
	return OK;
}

Error batch_open(Call *call, Text ref, Batch *out)
{
	BatchLine line;
	if (!call->actor->person_id) return fail(call, NOT_FOUND, "batches are their sender's");
	TRY(batch_find_own(call, ref, call->actor->person_id, &line));
	return batch_of_line(call, &line, out);
}

Error batch_find(Call *call, Text ref, Batch *out)
{
	BatchLine line;
	TRY(batch_find_ref(call, ref, &line));
	return batch_of_line(call, &line, out);
}

Error batch_list(Call *call, int64_t before, int64_t max, Batches *out)
{
	BatchLines lines;
	Batches batches = { 0 };
	TRY(batch_list_own(call, call->actor->person_id, before ? before : INT64_MAX, max, &lines));
	for (size_t i = 0; i < lines.count; i++) {
		Batch batch;
		TRY(batch_of_line(call, &lines.at[i], &batch));
		list_add(call->arena, &batches, batch);
	}
	*out = batches;
	return OK;
}

/* Members of a verified unit or vendor send for it; others for themselves. */
Error batch_limit(Call *call, int64_t *out_most, int64_t *out_left)
{
	enum { FOR_ORGANISATION = ROLE_UNIT_MEMBER | ROLE_UNIT_ADMIN | ROLE_VENDOR_MEMBER | ROLE_VENDOR_ADMIN };
	int64_t sent = 0, waiting = 0;
	bool is_for_organisation = call->actor->organisation_id && actor_has(call->actor, FOR_ORGANISATION);
	int64_t most = setting_int(call, is_for_organisation ? SETTING_batch_limit_organisation : SETTING_batch_limit_account);
	TRY(report_sent_since(call, call->now - DAY_MS, &sent));
	TRY(batch_waiting_of(call, call->actor->person_id, &waiting));
	*out_most = most;
	*out_left = sent + waiting < most ? most - sent - waiting : 0;
	return OK;
}

static void matter_of(Arena *arena, const Batch *batch, int64_t left_of_day, Matter *out)
{
	BatchFacts *facts = arena_new_of(arena, BatchFacts);
	*facts = (BatchFacts) { .person_id = batch->person_id, .ready = batch->counts.ready, .left_of_day = left_of_day };
	*out = (Matter) { .id = batch->id,
		.revision = batch->revision,
		.ref = batch->ref,
		.state = batch->state,
		.facts = facts,
		.seal_key = batch->seal_key };
}

void batch_matter(Call *call, const Batch *batch, Matter *out) { matter_of(call->arena, batch, -1, out); }

Error batch_machine_matter(Call *call, const Batch *batch, Matter *out)
{
	int64_t most = 0, left = 0;
	TRY(batch_limit(call, &most, &left));
	matter_of(call->arena, batch, left, out);
	return OK;
}

/* ---- The machine */
Error batch_machine_load(Call *call, Text ref, Matter *out)
{
	Batch batch;
	int64_t most = 0, left = -1;
	TRY(actor_has(call->actor, ROLE_SYSTEM) ? batch_find(call, ref, &batch) : batch_open(call, ref, &batch));
	if (call->actor->person_id) TRY(batch_limit(call, &most, &left));
	matter_of(call->arena, &batch, left, out);
	return OK;
}

Error batch_machine_move(Call *call, const Matter *matter, Text to, int64_t *out_changed)
{
	return batch_move(call, matter->id, matter->state, to, matter->revision, call->now, out_changed);
}

int64_t batch_kept_ms(Call *call) { return setting_int(call, SETTING_batch_kept_days) * DAY_MS; }

Error batch_job_add(Call *call, const char *kind, const Batch *batch, int64_t at) { return job_add(call, kind, NULL, batch->ref, at); }

static Error send(Call *call, const Matter *matter)
{
	int64_t changed = 0;
	const Actor *actor = call->actor;
	TRY(batch_begin_sending(
		call, matter->id, (Maybe) { actor->organisation_id != 0, actor->organisation_id }, lang_tag(call->lang), call->now));
	TRY(batch_row_move_all(call, matter->id, TEXT("ready"), TEXT("waiting"), call->now, &changed));
	return job_add(call, batch_send_job.name, NULL, matter->ref, call->now);
}

/* One notice for all of them: to whoever sent them, and to those who review. */
static Error finish(Call *call, const Matter *matter)
{
	Batch batch;
	TRY(batch_find(call, matter->ref, &batch));
	Text link = arena_printf(call->arena, "/batches/%.*s", TEXT_ARGS(batch.ref));
	TRY(notice_send(call, batch.person_id, NOTICE_BATCH_DONE, batch.ref, link));
	if (batch.counts.sent) TRY(notice_send_role(call, ROLE_COORDINATOR, NOTICE_BATCH_WAITING, batch.ref, TEXT("/intake")));
	return job_add(call, batch_clean_job.name, NULL, batch.ref, call->now + batch_kept_ms(call));
}

Error batch_machine_applied(Call *call, Matter *matter, const Transition *row, const void *input)
{
	(void)input;
	Text action = text_from(row->action);
	if (text_is(action, TEXT("send"))) return send(call, matter);
	if (text_is(action, TEXT("finish"))) return finish(call, matter);
	if (text_is(action, TEXT("refuse"))) return job_add(call, batch_clean_job.name, NULL, matter->ref, call->now);
	if (text_is(text_from(row->to), TEXT("CANCELLED"))) {
		int64_t changed = 0;
		TRY(batch_row_move_all(call, matter->id, TEXT("waiting"), TEXT("left"), call->now, &changed));
		return job_add(call, batch_clean_job.name, NULL, matter->ref, call->now);
	}
	return OK;
}

Error batch_act(Call *call, Text ref, Text action, int64_t revision)
{
	Matter matter;
	return workflow_act(call, &batch_machine, ref, &(Act) { .action = action, .revision = revision }, &matter);
}

/* ---- Taking a file */
AttachmentOwner batch_owner(const Batch *batch) { return (AttachmentOwner) { batch_machine.name, batch->id, batch->seal_key, false }; }

typedef struct Mapping {
	void *at;
	size_t length;
} Mapping;
static void unmap(const Mapping *mapping)
{
	if (mapping->length) munmap(mapping->at, mapping->length);
}

/* What the file holds, as a keyed value: for the same key with another file. */
static Error content_of(Call *call, const BatchFile *file, Text *out)
{
	*out = TEXT("");
	if (!file->size_bytes) return OK;
	void *at = mmap(NULL, (size_t)file->size_bytes, PROT_READ, MAP_PRIVATE, file->descriptor, 0);
	if (at == MAP_FAILED) return fail(call, IO, "an uploaded file cannot be mapped");
	scoped(unmap) Mapping mapping = { at, (size_t)file->size_bytes };
	Digest digest = sha256((Text) { mapping.at, mapping.length });
	*out = seal_lookup(call, "batch content", hex_text(call->arena, DIGEST_TEXT(digest)));
	return OK;
}

typedef struct Taking {
	const BatchNew *new;
	Text content, ref, replaced; /* replaced: an existing batch gets another file */
	bool repeated;
	Batch batch;
} Taking;

static Text keyed(Call *call, Text key)
{
	Text whose = arena_printf(call->arena, "%lld %.*s", (long long)call->actor->person_id, TEXT_ARGS(key));
	return key.length ? seal_lookup(call, "batch key", whose) : (Text) { 0 };
}

static Error insert(Call *call, Taking *taking, Text idempotency)
{
	const Actor *actor = call->actor;
	int64_t seal_key = 0, id = 0;
	Sealed name;
	Matter matter;
	taking->ref = arena_printf(call->arena, "B-%.*s-%.*s-%.*s", TEXT_ARGS(random_code(call->arena, REF_GROUP)),
		TEXT_ARGS(random_code(call->arena, REF_GROUP)), TEXT_ARGS(random_code(call->arena, REF_GROUP)));
	TRY(seal_matter_new(call, &seal_key));
	TRY(seal_close(call, seal_key, name_place, taking->ref, taking->new->file.name, &name));
	TRY(batch_insert(call, taking->ref, actor->person_id, (Maybe) { actor->organisation_id != 0, actor->organisation_id }, seal_key,
		idempotency, taking->content, taking->new->is_confirmed, lang_tag(call->lang), name, call->now, &id));
	TRY(batch_open(call, taking->ref, &taking->batch));
	batch_matter(call, &taking->batch, &matter);
	TRY(batch_job_add(call, batch_clean_job.name, &taking->batch, call->now + batch_kept_ms(call)));
	return workflow_begin(call, &batch_machine, &matter);
}

static Error take_new(Call *call, void *argument)
{
	Taking *taking = argument;
	Text known_ref, known_content, idempotency = keyed(call, taking->new->key);
	bool found = false;
	taking->repeated = false;
	if (idempotency.at) TRY(batch_find_idempotency(call, idempotency, &known_ref, &known_content, &found));
	if (!found) return insert(call, taking, idempotency);
	if (!text_is(known_content, taking->content)) return fail(call, CONFLICT, "this Idempotency-Key stands for another file");
	taking->ref = known_ref;
	taking->repeated = true;
	return batch_open(call, known_ref, &taking->batch);
}

static Error add_read_job(Call *call, void *argument)
{
	const Taking *taking = argument;
	bool is_inline = taking->new->file.size_bytes <= BATCH_INLINE_BYTES;
	return batch_job_add(call, batch_read_job.name, &taking->batch, call->now + (is_inline ? INLINE_WAIT_MS : 0));
}

/* The file of a batch is a file that it holds, sealed with its key. Small ones are read before the answer; should that fail, the job does it. */
static Error store_and_read(Call *call, Taking *taking)
{
	const BatchFile *file = &taking->new->file;
	Attachment attachment;
	Attachments files;
	if (!file->size_bytes) return OK;
	TRY(attachment_list(call, batch_machine.name, taking->batch.id, &files));
	bool is_stored = files.count && files.at[files.count - 1].is_finished;
	if (!is_stored) {
		TRY(attachment_store(call, batch_owner(&taking->batch), file->name, file->descriptor, file->size_bytes, &attachment));
		TRY(db_transact(call, add_read_job, taking));
	}
	return file->size_bytes <= BATCH_INLINE_BYTES ? batch_read(call, taking->ref, NULL) : OK;
}

Error batch_new(Call *call, const BatchNew *new, Text *out_ref, bool *out_repeated)
{
	Taking taking = { .new = new };
	if (!call->actor->person_id) return fail(call, UNAUTHENTICATED, "batches need an account");
	TRY(content_of(call, &new->file, &taking.content));
	TRY(db_transact(call, take_new, &taking));
	TRY(store_and_read(call, &taking));
	*out_ref = taking.ref;
	*out_repeated = taking.repeated;
	return OK;
}

Error batch_file_arrived(Call *call, const Batch *batch)
{
	Taking taking = { .new = &(BatchNew) { .file = { .size_bytes = BATCH_INLINE_BYTES + 1 } }, .batch = *batch };
	if (!text_is(batch->state, TEXT("READING"))) return fail(call, CONFLICT, "batch %.*s is read already", TEXT_ARGS(batch->ref));
	return db_transact(call, add_read_job, &taking);
}

static Error take_again(Call *call, void *argument)
{
	Taking *taking = argument;
	Matter matter;
	Sealed name;
	TRY(batch_open(call, taking->replaced, &taking->batch));
	BatchFacts facts = { .person_id = taking->batch.person_id, .left_of_day = -1, .has_file = true };
	batch_matter(call, &taking->batch, &matter);
	matter.facts = &facts;
	TRY(workflow_apply(call, &batch_machine, &matter, &(Act) { .action = TEXT("replace") }));
	TRY(batch_open(call, taking->replaced, &taking->batch));
	TRY(seal_close(call, taking->batch.seal_key, name_place, taking->batch.ref, taking->new->file.name, &name));
	TRY(batch_replace_file(call, taking->batch.id, taking->content, taking->new->is_confirmed, name));
	return batch_say(call, taking->batch.id, TEXT(""), TEXT(""), (Sealed) { 0 }, call->now);
}

Error batch_replace(Call *call, Text ref, const BatchNew *new)
{
	Taking taking = { .new = new, .ref = ref, .replaced = ref };
	Batch batch;
	TRY(batch_open(call, ref, &batch));
	TRY(content_of(call, &new->file, &taking.content));
	TRY(db_transact(call, take_again, &taking));
	TRY(batch_forget_file(call, &taking.batch));
	for (bool more = true; more;) TRY(batch_forget_some(call, &taking.batch, &more));
	return store_and_read(call, &taking);
}
