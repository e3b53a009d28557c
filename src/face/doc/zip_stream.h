/*
 * zip_stream: an archive written piece by piece to wherever it goes, so that its size costs no memory. Entries are stored as they are, each with its
 * length and sum behind it (APPNOTE 6.3.10, 4.3.9 and general purpose bit 3); names are UTF-8 (bit 11). Without ZIP64: an archive stays below 4 GiB.
 */
#pragma once
#include "base/base/base.h"

typedef Error ZipSink(Call *call, void *context, Text piece);
typedef struct ZipStream ZipStream;
ZipStream *zip_stream_new(Call *call, ZipSink *sink, void *context, int64_t at); /* at: the date of every entry, Unix milliseconds */
/* TOO_LARGE: the archive would not stay below 4 GiB. Else what the sink says. */
must_use Error zip_stream_begin(Call *call, ZipStream *zip, Text name);
must_use Error zip_stream_add(Call *call, ZipStream *zip, Text piece);
must_use Error zip_stream_end(Call *call, ZipStream *zip);
must_use Error zip_stream_finish(Call *call, ZipStream *zip); /* once */
