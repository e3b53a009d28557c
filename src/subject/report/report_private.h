/* What the files of this room share. */
#pragma once
#include "subject/report/report.h"
#include "subject/report/report.sql.h"

typedef struct ReportFacts { /* what the guards look at */
	int64_t reporter_id; /* 0: a visitor's */
	int64_t decided_by; /* the last decision; 0: none */
	const char *interest; /* of the actor: why they may not judge it; NULL: nothing is known */
	bool by_claim; /* the actor has shown this report's claim code */
	bool in_casefile; /* ISOLATED with the casefile that has it */
	bool is_overdue; /* the additions asked for */
	bool is_lapsed; /* rejected for want of an answer */
	bool has_embargo; /* one holds */
	int64_t reviewer_id; /* who has the formal review; 0: the coordinators themselves */
	bool has_undertaking; /* the actor has signed it for this report */
	bool is_of_batch; /* just sent with many others: the batch tells of all of them */
	bool has_known; /* that it is known internally waits for its confirmation */
	int64_t known_proposed_by;
} ReportFacts;

Error report_machine_load(Call *call, Text ref, Matter *out);
Error report_machine_move(Call *call, const Matter *matter, Text to, int64_t *out_changed);
Error report_machine_applied(Call *call, Matter *matter, const Transition *row, const void *input);
extern const ReportHooks *report_hooks;
extern ReportAppealLook *report_appeal_look; /* NULL: nobody knows of appeals */

/* Sixteen letters in groups that follow from a secret of the sender or of the matter. */
Text report_code_of(Call *call, Text kind, Text secret);
/* The row as the actor sees it. */
must_use Error report_of_row(Call *call, const ReportRow *row, Report *out);
/* What the report has in common with others, in keyed values; inside db_transact. */
must_use Error report_alike_put(Call *call, int64_t report_id, const Map *values);
must_use Error report_alike_forget(Call *call, int64_t report_id);
/* The candidates as the ledger keeps them with a decision. */
must_use Error report_candidates_detail(Call *call, int64_t report_id, Text *out);
/* Numbers of published records that may speak of the same. */
must_use Error report_published(Call *call, const Map *values, Texts *out);
/* Tells those whom this step concerns; inside the transaction of the action. */
must_use Error report_tell(Call *call, const Matter *matter, const Transition *row);

/* ---- The formal review by somebody who verifies */
typedef Error ReportChange(Call *call, Matter *matter, const Map *values);
ReportChange review_assign, review_unassign, review_hand_over, review_undertake, review_opine;
/* Who has it, and what of the report the actor, if it is them, may read. */
must_use Error review_look(Call *call, Report *report);
/* A decision ends the task. */
must_use Error review_ends(Call *call, const Matter *matter, const Transition *row);

/* ---- Known internally: see internal.h */
ReportChange known_take, known_refuse;
must_use Error known_look(Call *call, Report *report);
must_use Error known_confirm(Call *call, Matter *matter, int64_t *out_record);
must_use Error known_drop(Call *call, int64_t report_id); /* the report was decided otherwise */
must_use Error known_earlier(Call *call, int64_t record_id, Report *report);
