/*
 * read: what hostile files say, as lines. All of this runs in the sandbox's child and is pure. Each line is one JSON object:
 *   {"format":"csv"}                                     what it was taken for
 *   {"entry":"a.png","at":N,"packed":N,"bytes":N,"sum":N,"method":N}  a file of the archive and where it lies
 *   {"note":"column","about":"Colour"}                   what was passed over
 *   {"row":2,"values":{…},"files":["a.png"]}             a report, by the names of report_form
 *   {"refusal":"encrypted","about":"…"}                  the last line: nothing of it is taken
 */
#pragma once
#include "subject/batch/batch.h"
#include "subject/report/report.h"

enum {
	READ_COLUMNS_MAX = 400,
	READ_CELL_BYTES_MAX = 256 * 1024,
	READ_ENTRIES_MAX = 20000,
	READ_ENTRY_BYTES_MAX = 32 * 1024 * 1024,
	READ_TABLE_BYTES_MAX = 64 * 1024 * 1024, /* unpacked */
	READ_FILES_MAX = 20, /* of one row */
};
static const uint64_t READ_UNPACKED_MAX = UINT64_C(4) * 1024 * 1024 * 1024;

typedef struct Reading {
	Arena *arena;
	Buffer *out;
	int64_t rows, last; /* last: number of the last row */
	bool refused;
	/* of the table that is being read */
	const FormItem *columns[READ_COLUMNS_MAX]; /* NULL: passed over, or the files */
	bool is_files[READ_COLUMNS_MAX];
	size_t column_count;
	bool has_head, may_repeat; /* may_repeat: the row under the head may be a head in words */
} Reading;

bool read_refuse(Reading *reading, const char *code, Text about); /* false */
void read_note(Reading *reading, const char *code, Text about);
void read_format(Reading *reading, const char *format);
/* values: by the names of report_form; what is empty is left out. False: too many rows. */
must_use bool read_put(Reading *reading, int64_t number, const Map *values, const Texts *files);

/* Anything. */
void read_any(Arena *arena, Text content, Buffer *out);
bool read_csv(Reading *reading, Text content);
bool read_json(Reading *reading, Text content);
bool read_csaf(Reading *reading, Json document);
bool read_cve(Reading *reading, Json record);
bool read_xlsx(Reading *reading, Text content);
bool read_zip(Reading *reading, Text content);
/* A row of a table; the first one that is not empty names the fields. */
bool read_cells(Reading *reading, int64_t number, const Texts *cells);
void read_table_begin(Reading *reading);
bool read_table_end(Reading *reading);
/* UTF-8 without mark, of UTF-8 or GB18030; no text when it is neither. */
Text read_decoded(Arena *arena, Text content);

/* ---- Columns */
typedef struct ColumnName {
	const FormItem *item; /* NULL: none of the form */
	bool is_files;
} ColumnName;
ColumnName column_of(Text head); /* by the field's name, or its label in either language */
/* What the cell means: the value of a choice by its label, the tag of a class by its name. What is not recognised stays as it is. */
Text column_value(Arena *arena, const FormItem *item, Text cell);
/* Fields that a table may have; in the order of the form. */
bool column_is_offered(const FormItem *item);

/* ---- Archives */
typedef struct PackedEntry {
	Text name, packed;
	uint64_t at, bytes;
	uint32_t sum;
	int method;
} PackedEntry;
typedef LIST_OF(PackedEntry) PackedEntries;
/* The files of an archive, by its directory and its local heads, which must agree. *out_about: of the refusal. NULL: nothing is wrong. */
const char *packed_list(Arena *arena, Text archive, PackedEntries *out, Text *out_about);
/* NULL, or why not: "damaged", "sum", "method", "large". */
const char *packed_open(Arena *arena, const PackedEntry *entry, size_t bytes_max, Text *out);
bool packed_is(Text content);
/* What is unpacked in one go. */
void unpack_any(Arena *arena, Text input, Buffer *out, bool *out_broken);
