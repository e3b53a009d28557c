/*
 * bench: measures work of the program beside its reference, in alternation, on one library. Driven by tools/bench.py, which starts one
 * mode at a time and reads one JSON object a line from standard output. No mode tests anything: who uses the figures decides.
 */
#pragma once
#include "base/base/base.h"
#include "face/http/http.h"
#include "store/db/db.h"

#include <sqlite3.h>

/* ---- bare: SQLite as somebody would use it who has nothing else to do */
sqlite3 *bare_open(const char *path, int cache_kib, bool writes); /* WAL, synchronous=FULL when it writes */
void bare_close(sqlite3 **handle);
sqlite3_stmt *bare_prepare(sqlite3 *handle, const char *sql);
void bare_run(sqlite3 *handle, const char *sql);
void bare_bind_text(sqlite3_stmt *statement, int parameter, Text text);
/* Steps to the end and reads every column of every row; the first column of the last row, when it is a number, is the result. */
int64_t bare_read_all(sqlite3_stmt *statement);
const char *bare_text_of(const char *statement_name); /* the SQLite text of a statement of the program */

/* ---- figures */
typedef LIST_OF(int64_t) Samples; /* microseconds */
int64_t samples_sum(const Samples *samples);
int64_t samples_share(Samples *samples, int percent); /* sorts them */

/* ---- inside: one library and its routes, without a socket, without a cache */
typedef struct Inside {
	struct OpenHouse *house;
	HttpOptions options;
	HttpSite *site;
	const char *database; /* path */
} Inside;
must_use Error inside_open(Call *call, const char *data, Inside *out);
void inside_close(Inside *inside);
/* Microseconds of one request from the dispatch to the rendered reply, with a call of its own as in the server; *out_status 200 or not. */
int64_t inside_measure(const Inside *inside, Text target, int *out_status);

/* Of all threads of the process: what it costs, whatever else the machine does. */
int64_t processor_microseconds(void);

/* ---- modes: arguments after the name */
must_use Error alike_mode(Call *call, int argc, char **argv);
must_use Error batch_mode(Call *call, int argc, char **argv);
must_use Error casefile_mode(Call *call, int argc, char **argv);
must_use Error figures_mode(Call *call, int argc, char **argv);
must_use Error import_mode(Call *call, int argc, char **argv);
must_use Error panel_mode(Call *call, int argc, char **argv);
must_use Error reply_mode(Call *call, int argc, char **argv);
must_use Error search_mode(Call *call, int argc, char **argv);
must_use Error mark_mode(Call *call, int argc, char **argv);
must_use Error masking_mode(Call *call, int argc, char **argv);
must_use Error selection_mode(Call *call, int argc, char **argv);
