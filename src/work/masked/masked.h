/*
 * masked: a text is prepared for others. What engine/masking finds is a
 * proposal; the person leaves what may stay, and takes the result along.
 * Nothing is stored: the original stays where it is sealed.
 */
#pragma once
#include "engine/masking/masking.h"

enum { MASKED_LENGTH = 100000 };
typedef struct Masked {
	MaskSpans found; /* everything that was proposed */
	Text text; /* with all masked but the kinds that were left */
	int64_t masked;
} Masked;
/* `leave`: names of kinds (mask_kind_name) that stay. INVALID: empty, too long,
 * not UTF-8, or no such kind. */
must_use Error masked_text(Call *call, Text text, const Texts *leave, Masked *out);
