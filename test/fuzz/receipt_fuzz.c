/* Any bytes as a receipt: read without harm, and what is accepted is written again byte by byte. */
#include "store/ledger/receipt.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Arena *arena scoped(arena_free) = arena_new(ARENA_CEILING);
	Text document = { (const char *)data, size };
	Receipt receipt;
	Checkpoint checkpoint;
	const char *why = NULL;
	PublicKey key;
	must(public_key_parse(arena, TEXT("sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"), &key));
	if (receipt_verify(arena, document, NULL, 0, &receipt, &why))
		must(text_is(receipt_text(arena, &receipt), document));
	else
		must(why);
	must(!receipt_verify(arena, document, &key, 1, &receipt, &why)); /* nobody here has that key */
	if (checkpoint_open(arena, document, &key, &checkpoint)) must(text_starts(document, checkpoint_text(arena, &checkpoint)));
	return 0;
}
