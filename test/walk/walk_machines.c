/* The machines that are walked: a new one is a row here and two statements in walk.sql. */
#include "subject/party/party.h"
#include "walk/walk.h"

const WalkMachine walk_machines[] = {
	{ &report_machine, report_action_form, report_act, walk_reports, walk_state_of_report },
	{ &casefile_machine, casefile_action_form, casefile_act, walk_casefiles, walk_state_of_casefile },
	{ &party_machine, party_action_form, party_act, walk_parties, walk_state_of_party },
};
const size_t walk_machine_count = COUNT(walk_machines);
