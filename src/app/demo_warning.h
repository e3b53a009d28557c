/* demo_warning: warnings of the demonstration: a public one, one to the vendors whose products contain an SDK, and others on their way. */
#pragma once
#include "app/demo_product.h"
#include "base/base/base.h"

typedef struct DemoWarners {
	const Actor *coordinator, *publisher, *unit, *vendor;
} DemoWarners;
/* After the vendor's claims. */
must_use Error demo_warnings(Call *call, const DemoWarners *people, const DemoProducts *products);
