/* What the files of this room share. */
#pragma once
#include "store/ledger/ledger.h"
#include "store/seal/seal.h"
#include "subject/casefile/casefile.h"
#include "subject/warning/warning.h"
#include "subject/warning/warning.sql.h"

typedef struct WarningFacts { /* what the guards look at */
	int64_t organisation_id, author_id, submitted_by, writer_id, assessed_by, corrector_id;
	Numbers aimed_by; /* who added aims that wait */
	bool is_complete, has_aims, aims_public, is_public; /* aims: those that wait; is_public: everybody reads it already */
	bool was_submitted, is_owner;
	const char *text_fault, *proposal_fault; /* why the text may not leave; NULL: nothing is seen */
	const char *closed; /* why nothing may be said in public of the casefile; NULL: there is none, or it is open */
} WarningFacts;

Error warning_machine_load(Call *call, Text ref, Matter *out);
Error warning_machine_move(Call *call, const Matter *matter, Text to, int64_t *out_changed);
Error warning_machine_applied(Call *call, Matter *matter, const Transition *row, const void *input);

extern const char warning_title_place[], warning_values_place[], warning_proposal_place[], warning_remark_place[];
bool warning_is_library(const Actor *actor); /* coordinator or publisher with second factor, or the system */
must_use Error warning_own_organisations(Call *call, Numbers *out); /* none without second factor */
must_use Error warning_from_row(Call *call, const WarningRow *row, Warning *out);
must_use Error warning_load_facts(Call *call, Warning *warning);
must_use Error warning_names_of(Call *call, const Warning *warning, Texts *out_hosts); /* of servers, of the casefile */
/* Text of two languages, sealed as one: "{"zh-CN":…,"en":…}". */
Text warning_pair_text(Arena *arena, const Text pair[LANG_COUNT]);
must_use Error warning_pair_read(Call *call, Text json, Text pair[LANG_COUNT]);
must_use Error warning_record(Call *call, const Warning *warning, const char *action, Text detail);
must_use Error warning_numbers_next(Call *call, bool is_public, Text *out);

/* Makes recipients of whom the aims that wait reach, and a public row where everybody is meant. INVALID: nobody would be told. */
must_use Error warning_send_out(Call *call, Warning *warning, Text *out_detail);
must_use Error warning_publish(Call *call, const Warning *warning, const Map *values, int64_t n);
must_use Error warning_republish(Call *call, const Warning *warning, const Map *values, int64_t n, Text reason);
must_use Error warning_unpublish(Call *call, const Warning *warning, Text reason);
/* In the search of the library; inside db_transact. Taken out with the text it was put in with. */
must_use Error warning_position(Call *call, int64_t published_at, int64_t *out); /* a free one */
must_use Error warning_index(Call *call, const WarningPublicRow *row);
must_use Error warning_unindex(Call *call, const WarningPublicRow *row);
must_use Error warning_tell_all(Call *call, const Warning *warning, const char *tell);
must_use Error warning_tell_owner(Call *call, const Warning *warning, int kind); /* NoticeKind */
Text warning_path(Arena *arena, Text ref); /* "/warning-desk/W-…" */
Text warning_shown_number(const Warning *warning); /* number, before it has one the ref */
