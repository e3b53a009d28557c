/* personal: what looks like personal data in a message and its text files, before it is written. */
#pragma once
#include "work/cover/cover.h"
#include "work/thread/thread.h"

typedef struct PersonalMessage {
	Text body;
	ThreadFile *files;
	size_t file_count;
	Numbers opened; /* descriptors of hidden files */
} PersonalMessage;
must_use Error personal_count(Call *call, const PersonalMessage *message, MaskCounts *out);
must_use Error personal_hide(Call *call, PersonalMessage *message);
void personal_close(PersonalMessage *message); /* for scoped() */
/* answer: "hide" or "keep". INVALID at "personal" (nothing was chosen) or "personal_reason". */
must_use Error personal_check(Call *call, const MaskCounts *counts, Text answer, Text reason);
