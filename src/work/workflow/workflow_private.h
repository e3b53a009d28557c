/* What the files of this room share. */
#pragma once
#include "work/workflow/workflow.h"
#include "work/workflow/workflow.sql.h"

/* Ends, pauses, resumes and starts clocks as the row says; inside the transaction. */
must_use Error workflow_clocks_move(Call *call, const Machine *machine, int64_t subject_id, const Transition *row);
must_use Error workflow_clock_start(Call *call, const Machine *machine, int64_t subject_id, const WorkflowClock *clock);
