/* What the files of this room share. */
#pragma once
#include "subject/programme/round/round.h"
#include "subject/programme/round/round.sql.h"

typedef struct RoundFacts { /* what the guards look at */
	int64_t now, opens_at, closes_at, ends_at;
	int64_t unsettled, lodged; /* applications, once it is closed */
	const char *fault;
	bool is_rehearsed;
} RoundFacts;
must_use Error round_machine_load(Call *call, Text ref, Matter *out);
must_use Error round_machine_move(Call *call, const Matter *matter, Text to, int64_t *out_changed);
must_use Error round_machine_applied(Call *call, Matter *matter, const Transition *row, const void *input);

/* Fills rules, rules_sha256 and fault from head and items. */
void round_compose(Arena *arena, Round *round);
/* The instants of a head that was checked. */
void round_instants(const Map *head, int64_t *out_opens, int64_t *out_closes, int64_t *out_ends);
/* "5:1, 11:2" and "3, 2, 2": lists of numbers; false when it is none. */
must_use bool round_pairs_parse(Text text, int64_t (*out)[2], size_t max, size_t *out_count);
must_use bool round_numbers_parse(Text text, int64_t *out, size_t max, size_t *out_count);
