/* What the files of this room share. */
#pragma once
#include "people/notice/notice.h"
#include "subject/programme/inspection/inspection.h"
#include "subject/programme/inspection/inspection.sql.h"

enum { INSPECTION_PLACES_MAX = 2000, INSPECTION_ENTRIES_MAX = 5000, INSPECTION_PHOTOS_MAX = 200, INSPECTION_CLIENT_MAX = 64 };

typedef struct InspectionFacts { /* what the guards look at */
	const Inspection *inspection;
	const char *missing; /* why it cannot be signed: English source text; NULL: nothing */
} InspectionFacts;
must_use Error inspection_machine_load(Call *call, Text ref, Matter *out);
must_use Error inspection_machine_move(Call *call, const Matter *matter, Text to, int64_t *out_changed);
must_use Error inspection_machine_applied(Call *call, Matter *matter, const Transition *row, const void *input);
const Form *inspection_action_form(const char *name); /* NULL: none of this name */

/* Everything of a row, whoever asks: the caller has asked who may. */
must_use Error inspection_of_row(Call *call, const InspectionRow *row, Inspection *out);
must_use Error inspection_load_items(Call *call, Inspection *inspection); /* items, entries, photographs */
must_use Error inspection_load_findings(Call *call, Inspection *inspection);
const InspectionItem *inspection_item(const Inspection *inspection, Text name); /* NULL: none */
const char *inspection_missing(const Inspection *inspection);
must_use Error inspection_say(Call *call, const Inspection *inspection, const char *action, const Form *form, const Map *values);
must_use Error inspection_plan(
	Call *call, int64_t round_id, int64_t application_id, Text application); /* makes it, with drawn inspectors */
must_use Error inspection_settle(Call *call, Text round, int64_t *out_moves); /* inside db_transact */
must_use Error inspection_conclude(Call *call, const Inspection *inspection, Matter *matter); /* both have signed */
must_use Error inspection_tell_inspectors(Call *call, const Inspection *inspection, NoticeKind kind);
must_use Error inspection_tell_applicant(Call *call, const Inspection *inspection, NoticeKind kind);
Text inspection_report_number(Arena *arena, Text round_code, int64_t number);
Text inspection_verdict_text(Lang lang, Text verdict);

typedef struct InspectionSaid {
	Text action, person;
	const Form *form;
	Map *values;
	int64_t at;
} InspectionSaid;
typedef LIST_OF(InspectionSaid) InspectionSayings;
must_use Error inspection_sayings(Call *call, const Inspection *inspection, InspectionSayings *out);
