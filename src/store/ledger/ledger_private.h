/* ledger: what its files share. */
#pragma once
#include "store/ledger/ledger.h"

Text ledger_actor_of(Call *call, int64_t person, bool by_system);
/* The entry of an event as it was hashed. */
must_use Error ledger_entry_of(Call *call, int64_t event, LedgerEntry *out, bool *out_readable);
/* A complete subtree of the stored tree; the context is the Call. */
Error ledger_read_node(void *context, int level, uint64_t index, Digest *out);
