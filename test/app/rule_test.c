/* Whoever reads a deadline can read the rule it comes from. */
#include "harness/test.h"
#include "store/setting/rule.h"
#include "subject/batch/batch.h"
#include "subject/casefile/casefile.h"
#include "subject/figure/figure_report.h"
#include "subject/find/find.h"
#include "subject/merit/deed.h"
#include "subject/merit/honour.h"
#include "subject/product/product.h"
#include "subject/programme/activity/activity.h"
#include "subject/programme/application/application.h"
#include "subject/programme/collection/collection.h"
#include "subject/programme/decision/decision.h"
#include "subject/programme/evaluation/evaluation.h"
#include "subject/programme/expert/expert.h"
#include "subject/programme/inspection/inspection.h"
#include "subject/programme/unit/unit.h"
#include "subject/site/site.h"

TEST(rule__every_clock_of_every_machine_names_one_of_the_rule_centre)
{
	const Machine *const machines[] = { &report_machine, &party_machine, &casefile_machine, &article_machine, &claim_machine,
		&activity_machine, &collection_machine, &round_machine, &application_machine, &expert_machine, &inspection_machine,
		&objection_machine, &unit_machine, &deed_machine, &evaluation_machine, &honour_machine, &find_list_machine, &find_machine,
		&figure_report_machine, &batch_machine };
	for (size_t m = 0; m < COUNT(machines); m++)
		for (size_t i = 0; i < machines[m]->clock_count; i++) {
			Text rest = text_from(machines[m]->clocks[i].rule), name;
			RuleId rule;
			bool is_named = text_next(&rest, ' ', &name) && text_is(rest, TEXT("1"));
			if (is_named && text_is(name, TEXT("selection"))) continue; /* each round has its own */
			if (!is_named || !rule_parse(name, &rule)) test_fail(__FILE__, __LINE__, "%s", machines[m]->clocks[i].rule);
		}
}
