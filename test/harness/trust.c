/* The keys every test of a database finds in its house. */
#include "harness/harness_private.h"
#include "store/blob/blob.h"
#include "store/seal/seal.h"

#include <stdlib.h>

static Test *opened;

static void close_trust(void)
{
	blob_store_close(&opened->house->blobs);
	signer_free(&opened->house->signer);
	keyring_close(&opened->house->keyring);
}

void harness_open_trust(Test *t)
{
	const char *keys = arena_printf(t->arena, "%s/library.keys", t->directory).at;
	if (keyring_create(t->call, keys) != OK || keyring_open(t->call, &(KeyringOptions) { .path = keys }, &t->house->keyring) != OK)
		test_fail(__FILE__, __LINE__, "keyring: %.*s", TEXT_ARGS(t->call->failure.detail));
	if (blob_store_open(t->call, arena_printf(t->arena, "%s/blobs", t->directory).at, &t->house->blobs) != OK)
		test_fail(__FILE__, __LINE__, "blobs: %.*s", TEXT_ARGS(t->call->failure.detail));
	t->house->signer = signer_new(TEXT("library.example/ledger"));
	opened = t;
	atexit(close_trust);
}
