/* What the files of internal records share. */
#pragma once
#include "base/crypto/timestamp.h"
#include "subject/report/internal.h"

extern const char internal_kind[]; /* of its events, and of the owner of its document */
extern const char internal_title_place[], internal_content_place[], internal_stamp_place[],
	internal_stamper_place[]; /* what seals are bound to */
bool internal_is_staff(const Call *call);
/* In the sandbox. INVALID with a problem at "timestamp" that says what is wrong with it. */
must_use Error internal_stamp_read(Call *call, Text file, const TimestampDocument *document, Timestamp *out);
