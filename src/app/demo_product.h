/* demo_product: the catalogue of the demonstration: products with identities, releases and what they contain, and claims of a vendor. */
#pragma once
#include "base/base/base.h"

must_use Error demo_products(Call *call, const Actor *coordinator, const Actor *vendor);
