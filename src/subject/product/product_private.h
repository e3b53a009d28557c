/* What the files of this room share. */
#pragma once
#include "store/ledger/ledger.h"
#include "subject/product/product.h"
#include "subject/product/product.sql.h"

typedef struct ProductReader { /* as the statements want it */
	Maybe person, organisation;
	int64_t roles;
} ProductReader;
ProductReader product_reader_of(const Call *call);
bool product_is_staff(const Actor *actor); /* sees and decides about what was stated: a coordinator with second factor, or the system */
must_use Error product_of_row(Call *call, const ProductRow *row, Product *out);
must_use Error products_of_rows(Call *call, const ProductRows *rows, Products *out);
/* Writes the words it is found by anew; inside db_transact, after every change of name, vendor or identity. */
must_use Error product_index(Call *call, int64_t product_id);
must_use Error product_name_add(Call *call, int64_t product_id, Text name);
must_use Error product_identity_put(Call *call, const Product *product, Text kind, Text value, bool verified);
must_use Error product_record(Call *call, const Product *product, const char *action, Text detail);
must_use Error product_heir_of(Call *call, int64_t organisation_id, int64_t *out); /* what it was merged into, else itself; 0: none */
must_use Error product_is_owner(Call *call, const Product *product, bool *out_is); /* an administrator of its vendor */

/* ---- Claims */
typedef struct ClaimFacts { /* what the guards look at */
	int64_t organisation_id, held_by;
	bool is_admin; /* the actor, of that organisation */
	bool is_held; /* by somebody else */
	bool is_by_certificate, is_by_host;
} ClaimFacts;
must_use Error claim_settle(Call *call, Text ref); /* grants what is proven over what was verified and uncontested; inside db_transact */
must_use Error claim_read_domain(Call *call, const ProductClaim *claim); /* lets a job read it; inside db_transact */
extern const Actor product_settling_actor; /* grants what was proven beyond doubt */
Error claim_machine_load(Call *call, Text ref, Matter *out);
Error claim_machine_move(Call *call, const Matter *matter, Text to, int64_t *out_changed);
Error claim_machine_applied(Call *call, Matter *matter, const Transition *row, const void *input);
