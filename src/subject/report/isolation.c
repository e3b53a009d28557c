/* State secrets must not be here: what was sent is taken away so that nobody, not even the library, can bring it back. */
#include "store/seal/seal.h"
#include "subject/report/decision_private.h"
#include "subject/report/report_private.h"

static ReportGone *report_gone;
void report_set_gone(ReportGone *gone) { report_gone = gone; }

Error isolation_wipe(Call *call, int64_t id, int64_t seal_key)
{
	Attachments files;
	TRY(attachment_list(call, report_machine.name, id, &files));
	for (size_t i = 0; i < files.count; i++) TRY(attachment_remove(call, &files.at[i]));
	if (report_gone) TRY(report_gone(call, seal_key));
	TRY(report_wipe(call, id));
	TRY(report_alike_forget(call, id));
	return seal_matter_destroy(call, seal_key); /* messages, events and backups without this key included */
}
