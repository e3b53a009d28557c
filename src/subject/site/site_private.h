/* What the files of this room share. */
#pragma once
#include "subject/site/article.sql.h"
#include "subject/site/site.h"

typedef struct ArticleFacts { /* what the guards look at */
	int64_t writer_id, editor_id;
	bool is_public;
} ArticleFacts;
must_use Error article_machine_load(Call *call, Text ref, Matter *out);
must_use Error article_machine_move(Call *call, const Matter *matter, Text to, int64_t *out_changed);
must_use Error article_machine_applied(Call *call, Matter *matter, const Transition *row, const void *input);
/* "2026-03-05 14:00" in Beijing time. */
must_use bool article_instant(Text text, int64_t *out);
