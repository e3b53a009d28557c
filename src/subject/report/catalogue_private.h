/* catalogue: what the form of a report and the catalogue of products have to do with one another. Private to this room. */
#pragma once
#include "subject/product/product.h"
#include "work/form/form.h"

/* The product that package name, AppID, filing number, store link or host lead to, else exactly this name and vendor; of those the actor may see. */
must_use Error catalogue_find(Call *call, const Map *values, Product *out, bool *out_found);
/* Fills what is still empty, and what an earlier product had filled, when one of the identities was typed. Never from what the actor may not see. */
must_use Error catalogue_complete(Call *call, const Map *before, Map *values);
/* The product that was chosen from the catalogue takes the place of what was typed. */
must_use Error catalogue_take(Call *call, const Product *product, Map *values);
/* The product of a report that is taken up, whether its reporter may see it or not; 0: the catalogue has none. The number stays within the library. */
must_use Error catalogue_link(Call *call, const Map *values, int64_t *out_product_id);
