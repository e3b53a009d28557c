/* What the files of this room share. */
#pragma once
#include "subject/report/report.h"
#include "subject/report/report.sql.h"

typedef struct ReportFacts { /* what the guards look at */
	int64_t reporter_id; /* 0: a visitor's */
	bool by_claim; /* the actor has shown this report's claim code */
} ReportFacts;

Error report_machine_load(Call *call, Text ref, Matter *out);
Error report_machine_move(Call *call, const Matter *matter, Text to, int64_t *out_changed);
Error report_machine_applied(Call *call, Matter *matter, const Transition *row, const void *input);
extern const ReportHooks *report_hooks;

/* The row as the actor sees it. */
must_use Error report_of_row(Call *call, const ReportRow *row, Report *out);
/* Tells those whom this step concerns; inside the transaction of the action. */
must_use Error report_tell(Call *call, const Matter *matter, const Transition *row);
