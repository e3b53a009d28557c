/* What the files of this room share. */
#pragma once
#include "subject/programme/evaluation/evaluation.h"
#include "subject/programme/evaluation/evaluation.sql.h"

typedef struct EvaluationFacts { /* what the guards look at */
	int64_t proposed_by;
} EvaluationFacts;
extern const Form evaluation_propose_form;
must_use Error evaluation_machine_load(Call *call, Text ref, Matter *out);
must_use Error evaluation_machine_move(Call *call, const Matter *matter, Text to, int64_t *out_changed);
must_use Error evaluation_machine_applied(Call *call, Matter *matter, const Transition *row, const void *input);
/* The lines of a year as the rule proposes them. */
must_use Error evaluation_propose_lines(Call *call, int64_t evaluation_id, int year, int64_t *out_rule);
/* What the units' own machines are asked to do: what the proposer enters, and what the second person confirms. */
must_use Error evaluation_enter(Call *call, const Evaluation *evaluation);
must_use Error evaluation_take_back(Call *call, const Evaluation *evaluation);
must_use Error evaluation_carry_out(Call *call, const Evaluation *evaluation);
