/* What the files of this room share. */
#pragma once
#include "people/notice/notice.h"
#include "subject/programme/collection/collection.h"
#include "subject/programme/collection/collection.sql.h"
#include "subject/programme/expert/expert.h"

typedef struct CollectionFacts { /* what the guards look at */
	const CollectionCase *of;
	int64_t now, notice_due, scores; /* notice_due 0: none */
	bool is_complete;
} CollectionFacts;
must_use Error collection_machine_load(Call *call, Text ref, Matter *out);
must_use Error collection_machine_move(Call *call, const Matter *matter, Text to, int64_t *out_changed);
must_use Error collection_machine_applied(Call *call, Matter *matter, const Transition *row, const void *input);
must_use Error collection_of_row(Call *call, const CollectionRow *row, CollectionCase *out);
must_use Error collection_by_id(Call *call, int64_t id, CollectionCase *out);
/* Asks as many experts as are missing, drawn among those without a conflict. INVALID: there are too few. */
must_use Error collection_ask(Call *call, const CollectionCase *one);
must_use Error collection_tell_own(Call *call, const CollectionCase *one, NoticeKind kind); /* the administrators of the organisation */
Text collection_place(Arena *arena, Text ref);
bool collection_is(const CollectionCase *one, const char *state);
