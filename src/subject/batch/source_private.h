/* source: the file of a batch as the sandbox has read it. */
#pragma once
#include "subject/batch/batch.h"

typedef struct SourceEntry {
	int64_t at, packed, bytes, sum, method;
} SourceEntry;
typedef struct Source {
	int file; /* in memory; closed by source_close */
	int64_t size_bytes;
	Map *entries; /* SourceEntry by name */
	Texts rows; /* lines, not looked at yet */
	Texts passed_over; /* columns that no field has */
	Text format, refusal, about; /* refusal: code, may be empty */
} Source;
/* NOT_FOUND: the file has not arrived. What cannot be read is no error but a refusal. */
must_use Error source_open(Call *call, const Batch *batch, Source *out);
void source_close(Source *source);
/* Unpacks the files of rows that wait for it, in groups: looked at in the sandbox, sealed with the key of their row, on disk, then entered together. */
must_use Error source_unpack(Call *call, const Batch *batch, const Source *source, const Job *job);
