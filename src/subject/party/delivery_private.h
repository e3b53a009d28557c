/* What the files about packages share. */
#pragma once
#include "subject/party/delivery.h"
#include "subject/party/delivery.sql.h"
#include "subject/party/party_private.h"

typedef struct DeliveryFacts { /* what the guards look at */
	bool is_partner; /* the actor is a member of the partner */
	bool is_reported; /* no letter waits any more */
} DeliveryFacts;

Error delivery_machine_load(Call *call, Text ref, Matter *out);
Error delivery_machine_move(Call *call, const Matter *matter, Text to, int64_t *out_changed);
Error delivery_machine_applied(Call *call, Matter *matter, const Transition *row, const void *input);

/* Organisations whose packages the actor reads as a partner: none without second factor or running standing. */
must_use Error delivery_partners(Call *call, Numbers *out);
must_use Error delivery_is_partner(Call *call, int64_t organisation_id, bool *out);
must_use Error delivery_of_row(Call *call, const DeliveryRow *row, Delivery *out);
must_use Error delivery_letter_of_row(Call *call, const DeliveryLetterRow *row, bool is_staff, DeliveryLetter *out);
uint32_t delivery_reading_roles(const Actor *actor); /* of the library */
must_use Error delivery_tell_partner(Call *call, const Delivery *delivery, NoticeKind kind);
/* What stands in a letter. */
must_use Error delivery_letter_words(Call *call, const DeliveryLetterRow *row, Text *out_vendor, Text *out_code);
Text delivery_link(Call *call, Text ref);
/* Applies an action of the party's machine as the library itself does; inside the transaction. */
must_use Error delivery_move_party(Call *call, int64_t party_id, const char *action, const Map *values);

enum { DELIVERY_WORDS_MAX = 1000, DELIVERY_TABLE_BYTES_MAX = 1024 * 1024 };
typedef LIST_OF(DeliveryWord) DeliveryWords;
/* Words with letter and outcome, in the order of their lines, at most DELIVERY_WORDS_MAX and one; cells are trimmed and live in the arena. NULL: it was
 * read; else English source text of what is wrong. Pure. */
const char *delivery_table_read(Arena *arena, Text text, DeliveryWords *out);
