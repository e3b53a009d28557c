/* receipt: what its files share. */
#pragma once
#include "store/ledger/receipt.h"

Text signature_line(Arena *arena, const PublicKey *key, const Signature *signature);
must_use bool signature_line_parse(Arena *arena, Text line, const PublicKey *key, Signature *out); /* does not verify it */
must_use bool digest_parse(Arena *arena, Text base64, Digest *out);
must_use bool number_parse(Text text, uint64_t *out);
must_use bool checkpoint_parse(Arena *arena, Text text, Checkpoint *out);
