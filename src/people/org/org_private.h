/* What the files of this room share. */
#pragma once
#include "people/org/org.h"
#include "people/org/org.sql.h"
#include "store/blob/blob.h"
#include "store/ledger/ledger.h"
#include "store/seal/seal.h"

must_use Error org_from_row(Call *call, const OrgRow *row, Organisation *out);
must_use Error org_may_verify(Call *call); /* FORBIDDEN, SECOND_FACTOR: not the staff that verifies */
must_use Error org_record(Call *call, Text ref, const char *action, Text detail); /* inside db_transact */
/* What its names look like, for org_lookalikes; inside db_transact. */
must_use Error org_names_write(Call *call, int64_t organisation_id, Text name, Text name_en);
/* The actor's organisation. NOT_FOUND: none; FORBIDDEN: not an administrator of it, or an API token. */
must_use Error org_of_admin(Call *call, Organisation *out);
must_use Error org_left(Call *call, int64_t organisation_id, int64_t person_id); /* inside the transaction that ends a membership */
/* Writes what follows from membership and standing into the roles of all members, or of one; inside db_transact. */
must_use Error org_derive_roles(Call *call, int64_t organisation_id);
must_use Error org_derive_role(Call *call, int64_t organisation_id, int64_t person_id, bool is_admin);
/* What merged keeps its industries in what it became part of; inside db_transact. */
must_use Error org_sectors_follow(Call *call, const Organisation *from, const Organisation *into);
