/* demo_data: what the demonstration library tells: invented products, invented matters. Nothing here is a real product or weakness. */
#pragma once
#include "base/base/base.h"

typedef enum DemoStage { /* where a matter is left; demo_fill.c has the way to each */
	DEMO_DRAFT,
	DEMO_RECEIVED,
	DEMO_FORMAL_REVIEW,
	DEMO_NEEDS_INFO,
	DEMO_REJECTED,
	DEMO_DUPLICATE,
	DEMO_WITHDRAWN,
	DEMO_TRANSFERRED,
	DEMO_ISOLATED,
	DEMO_WIPED,
	DEMO_VERIFYING,
	DEMO_SHUT, /* the casefile is isolated with its report, a second coordinator decides */
	DEMO_HANDED, /* the casefile went to another library */
	DEMO_REFUTED, /* closed as not reproducible */
	DEMO_EMERGENCY,
	DEMO_RATED,
	DEMO_SECOND, /* rated high, the second verifier is assigned */
	DEMO_ACCEPTED,
	DEMO_COORDINATING,
	DEMO_EMBARGO,
	DEMO_EARLY, /* coordination, with an early release under way */
	DEMO_READY,
	DEMO_PUBLISHED,
	DEMO_TRACKING,
	DEMO_CLOSED,
	DEMO_INTERNAL,
	DEMO_INTERNAL_CLOSED,
	DEMO_STAGES
} DemoStage;

typedef struct DemoMatter {
	DemoStage stage;
	bool is_incident, from_visitor;
	int days_ago; /* when it was sent */
	int step_hours; /* from one step to the next; 0: two */
	const char *product, *vendor, *platform, *package, *versions, *fixed;
	const char *class_tag, *cvss, *gbt30279;
	const char *title[LANG_COUNT], *description[LANG_COUNT], *solution[LANG_COUNT];
	const char *steps; /* what the reporter wrote; never public */
} DemoMatter;
extern const DemoMatter demo_matters[];
extern const size_t demo_matter_count;
extern const DemoMatter demo_more_matters[];
extern const size_t demo_more_count;
