/* demo_data: what the demonstration library tells: invented products, invented matters. Nothing here is a real product or weakness. */
#pragma once
#include "base/base/base.h"

typedef enum DemoStage {
	DEMO_DRAFT,
	DEMO_RECEIVED,
	DEMO_NEEDS_INFO,
	DEMO_REJECTED,
	DEMO_VERIFYING,
	DEMO_RATED,
	DEMO_ACCEPTED,
	DEMO_COORDINATING,
	DEMO_READY,
	DEMO_PUBLISHED,
	DEMO_INTERNAL
} DemoStage;

typedef struct DemoMatter {
	DemoStage stage;
	bool is_incident, from_visitor;
	int days_ago; /* when it was sent */
	const char *product, *vendor, *platform, *package, *versions, *fixed;
	const char *class_tag, *cvss, *gbt30279;
	const char *title[LANG_COUNT], *description[LANG_COUNT], *solution[LANG_COUNT];
	const char *steps; /* what the reporter wrote; never public */
} DemoMatter;
extern const DemoMatter demo_matters[];
extern const size_t demo_matter_count;
