/* The library's own figures of an organisation, beside what it states itself. */
#include "subject/merit/merit.h"
#include "subject/programme/application/application_figures.sql.h"
#include "subject/programme/application/application_private.h"

enum { HOUR_MS = 3600 * 1000 };

Error application_figures(Call *call, int64_t organisation_id, ApplicationFigures *out)
{
	ApplicationFigures figures = { .answer_hours = -1 };
	int64_t milliseconds = 0;
	TRY(figures_reports(call, organisation_id, &figures.sent, &figures.accepted, &figures.originals[0], &figures.originals[1],
		&figures.originals[2], &figures.originals[3]));
	TRY(figures_verifications(call, organisation_id, &figures.verifications));
	TRY(figures_notices(call, organisation_id, &figures.notices, &figures.answered, &milliseconds));
	if (figures.answered) figures.answer_hours = (milliseconds / figures.answered + HOUR_MS / 2) / HOUR_MS;
	TRY(merit_contribution(call, organisation_id, &figures.contribution));
	figures.is_known = figures.sent || figures.verifications || figures.notices || figures.contribution;
	*out = figures;
	return OK;
}
