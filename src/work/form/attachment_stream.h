/* attachment_stream: a file given piece by piece, so that its size costs no memory. */
#pragma once
#include "store/blob/blob.h"
#include "work/form/form.h"

/* NOT_FOUND: not complete, or the key of its matter is destroyed. An error of the sink ends the reading and is handed back. */
must_use Error attachment_read(Call *call, const Attachment *attachment, BlobSink *sink, void *context);
