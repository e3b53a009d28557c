/* What a copy of one's own data holds. */
#pragma once
#include "base/base/base.h"

/* A ZIP with data.json and the files that the person sent, of this person alone: what others wrote, and who they are, is not in it.
 * The files together at most 24 MiB; larger ones are named with size and digest. */
must_use Error export_gather(Call *call, int64_t person_id, Text *out_archive);
must_use Error export_forget_person(Call *call, int64_t person_id); /* inside db_transact */
