#include "app/house.h"

#include "base/base/random.h"
#include "base/crypto/crypto.h"
#include "base/crypto/stamp.h"
#include "base/sandbox/inspect.h"
#include "engine/mark/mark.h"
#include "engine/picture/picture.h"
#include "face/doc/docx.h"
#include "face/outbox/inmail.h"
#include "store/blob/blob.h"
#include "store/db/db.h"
#include "store/seal/seal.h"
#include "store/setting/setting.h"
#include "subject/batch/batch.h"
#include "subject/report/internal.h"

#include <malloc.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

static Sandbox *process_sandbox; /* started before threads, ends with the process */

/* What a call gives back is not returned to the kernel at once: the next one would fetch it page by page. glibc, mallopt(3). */
static void keep_memory(void)
{
	enum { KEPT_BYTES = 24 * 1024 * 1024, ROOM_BYTES = 1024 * 1024 };
	mallopt(M_MMAP_THRESHOLD, KEPT_BYTES);
	mallopt(M_TRIM_THRESHOLD, KEPT_BYTES);
	mallopt(M_TOP_PAD, ROOM_BYTES);
}

Error process_start(Call *call)
{
	const struct rlimit none = { 0, 0 };
	const SandboxWork works[] = { [SANDBOX_INSPECT] = inspect_work,
		[SANDBOX_PICTURE] = picture_work,
		[SANDBOX_MARK] = mark_work,
		[SANDBOX_DOCX] = docx_work,
		[SANDBOX_BATCH] = batch_read_work,
		[SANDBOX_UNPACK] = batch_unpack_work,
		[SANDBOX_STAMP] = mark_stamp_work,
		[SANDBOX_INMAIL] = inmail_work,
		[SANDBOX_TIMESTAMP] = internal_stamp_work };
	if (setrlimit(RLIMIT_CORE, &none) != 0 || prctl(PR_SET_DUMPABLE, 0) != 0)
		return fail(call, INTERNAL, "core dumps cannot be forbidden");
	keep_memory();
	crypto_start();
	return sandbox_start(call, works, COUNT(works), &process_sandbox);
}

static Error open_database(Call *call, const HouseOptions *options, OpenHouse *open)
{
	DbOptions database = { .url = options->database ? options->database : folder_database_url(call, &open->folder),
		.connections = options->connections ? options->connections : 4,
		.must_exist = !options->create };
	if (!options->database && !options->create && !folder_has_database(call, &open->folder))
		return fail(
			call, NOT_FOUND, "%s holds no library; `cappvd init` makes one, `cappvd demo` a demonstration", open->folder.path);
	TRY(db_open(call, &database, &open->house.db));
	call->db = open->house.db;
	int applied;
	return db_migrate(call, &applied);
}

static Error open_keys(Call *call, const HouseOptions *options, OpenHouse *open)
{
	KeyringOptions keys = { .path = open->key_path };
	if (options->create && access(keys.path, F_OK) != 0) TRY(keyring_create(call, keys.path));
	return keyring_open(call, &keys, &open->house.keyring);
}

/* The key that signs receipts and checkpoints stands beside the master key: FOLDER.key.ledger. Its name is the ledger's origin. */
static Error open_signer(Call *call, const HouseOptions *options, OpenHouse *open)
{
	const char *path = arena_printf(call->arena, "%s.ledger", open->key_path).at;
	if (!options->create || access(path, F_OK) == 0) return signer_load(call, path, &open->house.signer);
	Text code = arena_lower(call->arena, random_code(call->arena, 10));
	Signer *signer = signer_new(arena_printf(call->arena, "cappvd-%.*s", TEXT_ARGS(code)));
	Error error = signer_save(call, signer, path);
	if (error == OK)
		open->house.signer = signer;
	else
		signer_free(&signer);
	return error;
}

/* A key that signs documents. A library made before there was one has none until `cappvd key stamp` makes or takes one. */
static Error open_stamp(Call *call, const HouseOptions *options, StampKind kind, const char *path, Stamp **out)
{
	Text pem;
	if (access(path, F_OK) == 0) return stamp_load(call, path, kind, out);
	if (!options->create) return OK;
	TRY(stamp_new(call, kind, tr(LANG_ZH, N_("Vulnerability Library for Mobile App Products")), call->now, &pem));
	Error error = key_file_write(call, path, pem, false);
	key_file_wipe(pem);
	return error == OK ? stamp_load(call, path, kind, out) : error;
}

/* One for each profile: FOLDER.key.stamp and FOLDER.key.stamp-sm2. */
static Error open_stamps(Call *call, const HouseOptions *options, OpenHouse *open)
{
	House *house = &open->house;
	house->stamp_path = arena_printf(call->arena, "%s.stamp", open->key_path);
	house->stamp_sm2_path = arena_printf(call->arena, "%s.stamp-sm2", open->key_path);
	TRY(open_stamp(call, options, STAMP_INTERNATIONAL, house->stamp_path.at, &house->stamp));
	return open_stamp(call, options, STAMP_SM2, house->stamp_sm2_path.at, &house->stamp_sm2);
}

static Error open_parts(Call *call, const HouseOptions *options, OpenHouse *open)
{
	TRY(open_database(call, options, open));
	TRY(open_keys(call, options, open));
	TRY(open_signer(call, options, open));
	TRY(open_stamps(call, options, open));
	TRY(settings_open(call, folder_part(call, &open->folder, "settings.conf"), &open->house.settings));
	return blob_store_open(call, folder_part(call, &open->folder, "blobs"), &open->house.blobs);
}

Error house_open(Call *call, const HouseOptions *options, OpenHouse **out)
{
	OpenHouse *open = arena_new_of(call->arena, OpenHouse);
	TRY(folder_open(call, options->data, options->create, &open->folder));
	open->house.data_folder = text_from(open->folder.path);
	open->house.sandbox = process_sandbox;
	open->house.demo = options->demo;
	open->key_path = folder_key_path(call, &open->folder, options->key_file);
	call->house = &open->house;
	Error error = open_parts(call, options, open);
	if (error != OK)
		house_close(&open);
	else
		*out = open;
	return error;
}

void house_close(OpenHouse **open)
{
	if (!*open) return;
	blob_store_close(&(*open)->house.blobs);
	settings_close(&(*open)->house.settings);
	signer_free(&(*open)->house.signer);
	stamp_free(&(*open)->house.stamp);
	stamp_free(&(*open)->house.stamp_sm2);
	keyring_close(&(*open)->house.keyring);
	db_close(&(*open)->house.db);
	folder_close(&(*open)->folder);
	*open = NULL;
}
