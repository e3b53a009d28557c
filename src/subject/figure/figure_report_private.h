/* What the files about reports share. */
#pragma once
#include "subject/figure/figure_private.h"
#include "subject/figure/figure_report.h"
#include "subject/figure/figure_report.sql.h"

enum { FIGURE_EDITORS = ROLE_EDITOR | ROLE_APPROVER, FIGURE_EDITIONS_MAX = 100, FIGURE_SPECIAL_MONTHS = 24 };
typedef struct FigureReportFacts { /* what the guards look at */
	int64_t writer_id, reviewed_by;
	const FigureReport *report;
} FigureReportFacts;
must_use Error figure_report_machine_load(Call *call, Text ref, Matter *out);
must_use Error figure_report_machine_move(Call *call, const Matter *matter, Text to, int64_t *out_changed);
must_use Error figure_report_machine_applied(Call *call, Matter *matter, const Transition *row, const void *input);
bool figure_report_is_staff(const Actor *actor);

/* ---- Parts. Edition 0 is what is being worked on. */
must_use Error figure_parts_open(Call *call, Text ref, int64_t report_id, FigureParts *out); /* of edition 0 */
must_use Error figure_parts_read(Call *call, int64_t report_id, int64_t edition, FigureParts *out); /* what is public of it */
must_use Error figure_part_put(Call *call, const FigureReport *report, const FigurePart *part); /* adds it to edition 0 */
/* Makes a further edition of edition 0, with its public words unless the report is for the office. */
must_use Error figure_parts_issue(Call *call, const FigureReport *report);
