/* demo_product: the catalogue of the demonstration: products with identities, releases and what they contain, and claims of a vendor. */
#pragma once
#include "base/base/base.h"

enum { DEMO_PRODUCTS = 12 };
typedef struct DemoProducts {
	Text refs[DEMO_PRODUCTS];
} DemoProducts;
must_use Error demo_products(Call *call, const Actor *coordinator, DemoProducts *out); /* before there are records that lead to them */
must_use Error demo_claims(Call *call, const Actor *coordinator, const Actor *vendor, const DemoProducts *of);
