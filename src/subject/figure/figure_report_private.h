/* What the files about reports share. */
#pragma once
#include "subject/figure/figure_private.h"
#include "subject/figure/figure_report.h"
#include "subject/figure/figure_report.sql.h"

typedef struct FigureReportFacts { /* what the guards look at */
	int64_t reviewed_by;
} FigureReportFacts;
must_use Error figure_report_machine_load(Call *call, Text ref, Matter *out);
must_use Error figure_report_machine_move(Call *call, const Matter *matter, Text to, int64_t *out_changed);
must_use Error figure_report_machine_applied(Call *call, Matter *matter, const Transition *row, const void *input);
