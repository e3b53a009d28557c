/* What the files that put a mark on somebody else's file share. */
#pragma once
#include "engine/mark/mark.h"

/* What has to be appended to a PDF so that each of its pages bears the mark. False: it is not understood, or encrypted. */
must_use bool mark_pdf_append(Arena *arena, Text file, uint64_t copy, Buffer *out);
