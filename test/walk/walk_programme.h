/* What the worlds of the programme share. */
#pragma once
#include "subject/programme/application/application_private.h"
#include "walk/walk.h"

/* Somebody of these offices, as a rule. */
const Actor *walk_office(Walk *walk, uint32_t roles);
const char *walk_instant(Walk *walk, int64_t at); /* as Beijing writes it, "2026-03-05 14:00" */
const Form *walk_application_form(Call *call, Text ref, const char *name);

#define WALK_APPLICATIONS \
	{ \
		&application_machine, NULL, walk_application_form, application_act, walk_application_list, walk_state_of_application \
	}
#define WALK_ROUNDS \
	{ \
		&round_machine, round_action_form, NULL, round_act, walk_rounds, walk_state_of_round \
	}
