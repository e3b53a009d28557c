/* Papers: put in, opened with purpose and record, deleted with their key. */
#include "people/vault/vault.h"

#include "base/crypto/crypto.h"
#include "people/vault/vault.sql.h"
#include "store/blob/blob.h"
#include "store/ledger/ledger.h"
#include "store/seal/seal.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

enum { PAPER_BYTES_MAX = 20 * 1024 * 1024, WAITING_MAX = 100, GRANTED_MS = 24 * 3600 * 1000 };
static const char name_place[] = "vault_paper|sealed_name", text_place[] = "vault_paper|sealed_text",
		  reason_place[] = "vault_opening|sealed_reason";

const VaultPurpose vault_purposes[] = {
	{ "verify", N_("Verification of the account or organisation") },
	{ "complaint", N_("A complaint or request of the person concerned") },
	{ "authority", N_("A written request of an authority") },
	{ "dispute", N_("A dispute about who somebody is") },
};
const size_t vault_purpose_count = COUNT(vault_purposes);

const char *vault_purpose_text(Text tag)
{
	for (size_t i = 0; i < COUNT(vault_purposes); i++)
		if (text_is(tag, text_from(vault_purposes[i].tag))) return vault_purposes[i].text;
	return "";
}

static VaultTell *tell_hook;
void vault_set_tell(VaultTell *tell) { tell_hook = tell; }

static Error record(Call *call, Text ref, const char *action, Text detail)
{
	return ledger_record(call, &(LedgerEvent) { .kind = "vault", .ref = ref, .action = action, .detail = detail }, NULL);
}

/* ---- Putting in */
typedef struct Putting {
	VaultOwner owner;
	Text kind, name;
	int64_t key;
	BlobFile file;
} Putting;

static Error new_key(Call *call, void *argument) { return seal_matter_new(call, argument); }

static Error keep_file(Call *call, void *argument)
{
	const Putting *put = argument;
	int64_t blob = 0;
	Sealed name;
	Text ref = token_new(call->arena, 16);
	TRY(blob_keep(call, &put->file, &blob));
	TRY(seal_close(call, put->key, name_place, ref, put->name, &name));
	TRY(vault_insert(call, ref, text_from(put->owner.kind), put->owner.id, put->kind, put->key, (Maybe) { true, blob }, name,
		(Sealed) { 0 }, put->file.size, hex_text(call->arena, DIGEST_TEXT(put->file.content)), call->actor->person_id, call->now));
	return record(call, ref, "keep", put->kind);
}

static Error copy_file(Call *call, int file, BlobWriter *writer)
{
	char buffer[64 * 1024];
	for (;;) {
		ssize_t got = read(file, buffer, sizeof(buffer));
		if (got < 0 && errno == EINTR) continue;
		if (got < 0) return fail(call, IO, "reading an upload: %s", strerror(errno));
		if (got == 0) return OK;
		TRY(blob_writer_add(call, writer, (Text) { buffer, (size_t)got }));
	}
}

Error vault_put_file(Call *call, VaultOwner owner, Text kind, Text name, int file, int64_t size_bytes)
{
	Putting put = { .owner = owner, .kind = kind, .name = name };
	scoped(blob_writer_close) BlobWriter *writer = NULL;
	if (size_bytes <= 0 || size_bytes > PAPER_BYTES_MAX)
		call_problem(call, kind, N_("Please choose a file of at most 20 MB."), (Text) { 0 });
	TRY(call_check_problems(call));
	TRY(db_transact(call, new_key, &put.key));
	TRY(blob_writer_open(call, put.key, &writer));
	TRY(copy_file(call, file, writer));
	TRY(blob_writer_finish(call, writer, &put.file));
	return db_transact(call, keep_file, &put);
}

/* ---- Reading */
static Error of_row(Call *call, const VaultRow *row, bool with_content, VaultPaper *out)
{
	VaultPaper paper = { .id = row->id,
		.owner_id = row->owner_id,
		.size_bytes = row->size_bytes,
		.added_at = row->added_at,
		.added_by = row->added_by,
		.decided_at = row->decided_at.value,
		.deleted_at = row->deleted_at.value,
		.ref = row->ref,
		.owner = row->owner,
		.kind = row->kind,
		.digest = row->digest,
		.blob = row->blob_id.value };
	TRY(seal_open(call, name_place, row->ref, row->sealed_name, &paper.name));
	if (with_content) {
		if (row->deleted_at.is) return fail(call, NOT_FOUND, "paper %.*s is deleted", TEXT_ARGS(row->ref));
		TRY(seal_open(call, text_place, row->ref, row->sealed_text, &paper.text));
	}
	*out = paper;
	return OK;
}

static Error row_of(Call *call, Text ref, VaultRow *out)
{
	bool found = false;
	TRY(vault_by_ref(call, ref, out, &found));
	return found ? OK : fail(call, NOT_FOUND, "no such paper");
}

Error vault_papers(Call *call, VaultOwner owner, VaultPapers *out)
{
	VaultRows rows;
	VaultPapers papers = { 0 };
	TRY(vault_of_owner(call, text_from(owner.kind), owner.id, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		VaultPaper paper;
		TRY(of_row(call, &rows.at[i], false, &paper));
		list_add(call->arena, &papers, paper);
	}
	*out = papers;
	return OK;
}

Error vault_find(Call *call, Text ref, VaultPaper *out)
{
	VaultRow row;
	TRY(row_of(call, ref, &row));
	return of_row(call, &row, false, out);
}

Error vault_own(Call *call, Text ref, VaultPaper *out)
{
	VaultRow row;
	TRY(row_of(call, ref, &row));
	return of_row(call, &row, true, out);
}

/* ---- Deleting */
static Error delete_row(Call *call, const VaultRow *row)
{
	int64_t changed = 0;
	TRY(vault_delete_row(call, row->id, call->now, &changed));
	if (changed != 1) return OK;
	if (row->blob_id.is) TRY(blob_remove(call, row->blob_id.value));
	TRY(seal_matter_destroy(call, row->seal_key));
	return record(call, row->ref, "delete", row->digest);
}

Error vault_delete(Call *call, Text ref)
{
	VaultRow row;
	TRY(row_of(call, ref, &row));
	return delete_row(call, &row);
}

Error vault_delete_all(Call *call, VaultOwner owner)
{
	VaultRows rows;
	TRY(vault_of_owner(call, text_from(owner.kind), owner.id, &rows));
	for (size_t i = 0; i < rows.count; i++) TRY(delete_row(call, &rows.at[i]));
	return OK;
}

Error vault_kept(Call *call, const KeptPage *page, Keeps *out)
{
	VaultDueRows rows;
	Keeps keeps = { 0 };
	TRY(vault_due_rows(call, page->before, page->after_at, page->after_id, page->max, &rows));
	for (size_t i = 0; i < rows.count; i++)
		list_add(call->arena, &keeps, ((Kept) { rows.at[i].id, rows.at[i].decided_at, rows.at[i].ref }));
	*out = keeps;
	return OK;
}

Error vault_put_text(Call *call, VaultOwner owner, Text kind, Text text)
{
	VaultRows rows;
	int64_t key = 0;
	Sealed sealed;
	Text ref = token_new(call->arena, 16);
	/* A number of an identity document is short: its plain digest would be found by trying all numbers. */
	Text digest = seal_lookup(call, "vault text", text);
	TRY(vault_of_owner(call, text_from(owner.kind), owner.id, &rows));
	for (size_t i = 0; i < rows.count; i++)
		if (text_is(rows.at[i].kind, kind)) TRY(delete_row(call, &rows.at[i]));
	TRY(seal_matter_new(call, &key));
	TRY(seal_close(call, key, text_place, ref, text, &sealed));
	TRY(vault_insert(call, ref, text_from(owner.kind), owner.id, kind, key, (Maybe) { 0 }, (Sealed) { 0 }, sealed, (int64_t)text.length,
		digest, call->actor->person_id, call->now));
	return record(call, ref, "keep", kind);
}

Error vault_asked(Call *call, VaultOwner owner) { return vault_undecide(call, text_from(owner.kind), owner.id); }
Error vault_decided(Call *call, VaultOwner owner) { return vault_decide_all(call, text_from(owner.kind), owner.id, call->now); }

/* ---- Those who verify */
static bool is_own(const Call *call, Text owner, int64_t owner_id)
{
	bool is_person = text_is(owner, TEXT("person"));
	return is_person ? owner_id == call->actor->person_id : owner_id == call->actor->organisation_id;
}

static bool may_verify(const Call *call)
{
	const Actor *actor = call->actor;
	return actor_has(actor, ROLE_COORDINATOR) && actor->session_id != 0 && actor->second_factor;
}

static Error row_for_verifier(Call *call, Text ref, VaultRow *out)
{
	if (!may_verify(call)) return fail(call, NOT_FOUND, "papers are opened by those who verify");
	TRY(row_of(call, ref, out));
	if (!is_own(call, out->owner, out->owner_id) && !out->deleted_at.is) return OK;
	return fail(call, NOT_FOUND, "paper %.*s is deleted, or the actor's own", TEXT_ARGS(ref));
}

Error vault_look(Call *call, Text ref, VaultPaper *out)
{
	VaultRow row;
	TRY(row_for_verifier(call, ref, &row));
	return of_row(call, &row, false, out);
}

static void check_purpose(Call *call, Text purpose)
{
	bool is_known = false;
	for (size_t i = 0; i < COUNT(vault_purposes); i++) is_known |= text_is(purpose, text_from(vault_purposes[i].tag));
	if (!is_known) call_problem(call, TEXT("purpose"), N_("Please say what it is opened for."), (Text) { 0 });
}

typedef struct Opening {
	Text ref, purpose, reason;
	bool granted;
	VaultPaper paper;
} Opening;

/* Uses up what a second person has agreed to. */
static Error use_grant(Call *call, const VaultRow *row)
{
	int64_t id = 0, changed = 0;
	Text state;
	bool found = false;
	TRY(vault_opening_of(call, row->id, call->actor->person_id, call->now - GRANTED_MS, &id, &state, &found));
	if (!found || !text_is(state, TEXT("granted"))) return fail(call, CONFLICT, "a second person has to agree");
	TRY(vault_opening_use(call, id, call->now, &changed));
	return changed == 1 ? OK : fail(call, CONFLICT, "opened on this already");
}

static Error open_paper(Call *call, void *argument)
{
	Opening *opening = argument;
	VaultRow row;
	TRY(row_for_verifier(call, opening->ref, &row));
	if (row.decided_at.is)
		TRY(use_grant(call, &row));
	else
		TRY(vault_opening_insert(call, token_new(call->arena, 16), row.id, call->actor->person_id, opening->purpose, (Sealed) { 0 },
			TEXT("opened"), call->now, (Maybe) { true, call->now }));
	TRY(record(call, row.ref, "open", opening->purpose));
	VaultOwner owner = { text_is(row.owner, TEXT("person")) ? "person" : "organisation", row.owner_id };
	if (tell_hook) TRY(tell_hook(call, owner, row.ref));
	return of_row(call, &row, true, &opening->paper);
}

Error vault_open(Call *call, Text ref, Text purpose, VaultPaper *out)
{
	Opening opening = { .ref = ref, .purpose = purpose };
	VaultRow row;
	TRY(row_for_verifier(call, ref, &row));
	check_purpose(call, purpose);
	TRY(call_check_problems(call));
	TRY(db_transact(call, open_paper, &opening));
	*out = opening.paper;
	return OK;
}

static Error ask(Call *call, void *argument)
{
	const Opening *opening = argument;
	VaultRow row;
	int64_t id = 0;
	Text state, ref = token_new(call->arena, 16);
	bool found = false;
	Sealed reason;
	TRY(row_for_verifier(call, opening->ref, &row));
	if (!row.decided_at.is) return fail(call, CONFLICT, "verification is not decided: it can be opened");
	TRY(vault_opening_of(call, row.id, call->actor->person_id, call->now - GRANTED_MS, &id, &state, &found));
	if (found) return fail(call, CONFLICT, "asked for already");
	TRY(seal_close(call, row.seal_key, reason_place, ref, opening->reason, &reason));
	TRY(vault_opening_insert(
		call, ref, row.id, call->actor->person_id, opening->purpose, reason, TEXT("asked"), call->now, (Maybe) { 0 }));
	return record(call, row.ref, "ask", opening->purpose);
}

Error vault_ask(Call *call, Text ref, Text purpose, Text reason)
{
	Opening opening = { .ref = ref, .purpose = purpose, .reason = text_trim(reason) };
	VaultRow row;
	TRY(row_for_verifier(call, ref, &row));
	check_purpose(call, purpose);
	if (!opening.reason.length) call_problem(call, TEXT("reason"), N_("Please say why it is needed."), (Text) { 0 });
	TRY(call_check_problems(call));
	return db_transact(call, ask, &opening);
}

static Error decide(Call *call, void *argument)
{
	const Opening *opening = argument;
	VaultOpeningRow row;
	bool found = false;
	int64_t changed = 0;
	TRY(vault_opening_by_ref(call, opening->ref, &row, &found));
	if (!found) return fail(call, NOT_FOUND, "no such request");
	if (row.person_id == call->actor->person_id || is_own(call, row.owner, row.owner_id))
		return fail(call, FORBIDDEN, "a second person decides, whom it is not about");
	TRY(vault_opening_decide(
		call, row.id, opening->granted ? TEXT("granted") : TEXT("refused"), call->actor->person_id, call->now, &changed));
	if (changed != 1) return fail(call, CONFLICT, "decided already");
	return record(call, row.paper_ref, opening->granted ? "grant" : "refuse", row.purpose);
}

Error vault_decide(Call *call, Text opening_ref, bool granted)
{
	Opening opening = { .ref = opening_ref, .granted = granted };
	if (!may_verify(call)) return fail(call, NOT_FOUND, "papers are opened by those who verify");
	return db_transact(call, decide, &opening);
}

/* ---- Lists */
static Error opening_of(Call *call, const VaultOpeningRow *row, VaultOpening *out)
{
	VaultOpening opening = { .id = row->id,
		.person_id = row->person_id,
		.decided_by = row->decided_by.value,
		.asked_at = row->asked_at,
		.decided_at = row->decided_at.value,
		.opened_at = row->opened_at.value,
		.ref = row->ref,
		.paper_ref = row->paper_ref,
		.kind = row->kind,
		.owner = row->owner,
		.purpose = row->purpose,
		.state = row->state,
		.owner_id = row->owner_id };
	TRY(seal_open(call, reason_place, row->ref, row->sealed_reason, &opening.reason));
	*out = opening;
	return OK;
}

static Error openings_of(Call *call, const VaultOpeningRows *rows, VaultOpenings *out)
{
	VaultOpenings openings = { 0 };
	for (size_t i = 0; i < rows->count; i++) {
		VaultOpening opening;
		TRY(opening_of(call, &rows->at[i], &opening));
		list_add(call->arena, &openings, opening);
	}
	*out = openings;
	return OK;
}

Error vault_waiting(Call *call, VaultOpenings *out)
{
	VaultOpeningRows rows;
	if (!may_verify(call)) return fail(call, FORBIDDEN, "papers are opened by those who verify");
	TRY(vault_openings_waiting(call, WAITING_MAX, &rows));
	return openings_of(call, &rows, out);
}

Error vault_openings(Call *call, VaultOwner owner, int64_t before, int64_t max, VaultOpenings *out)
{
	VaultOpeningRows rows;
	TRY(vault_openings_of(call, text_from(owner.kind), owner.id, before ? before : INT64_MAX, max, &rows));
	return openings_of(call, &rows, out);
}
