/*
 * copy: documents that leave the house under somebody's name. Each copy has a number of 40 random bits that lies under its text as a faint
 * pattern (engine/mark), and a row that says whose it is; so whoever photographs and passes on a page can be named.
 */
#pragma once
#include "engine/mark/mark.h"

typedef struct CopyFor { /* whose copy of what */
	Text kind, subject_ref; /* "party" and the ref of the matter */
	Text copy_ref; /* names the copy where it was made: the same copy keeps its mark */
	Text recipient; /* as a coordinator is to read it: organisation and name; sealed */
	int64_t person_id, seal_key;
} CopyFor;
/* The mark of this copy, made at the first call. Inside db_transact. */
must_use Error copy_mark_take(Call *call, const CopyFor *copy, uint64_t *out_mark);

/* Somebody else's file, with the mark of whoever gets it: a memory file of a PDF or a picture; the caller closes it. `descriptor` stays the caller's.
 * false: this file cannot be marked (another kind, encrypted, over 48 MiB, no sandbox), and *out is not set. */
typedef struct CopyFile {
	int descriptor;
	int64_t size_bytes;
} CopyFile;
must_use Error copy_stamp(Call *call, const CopyFor *copy, int descriptor, int64_t size_bytes, CopyFile *out, bool *out_marked);

/* A file of a matter for whoever judges it, the caller having asked who may: recorded under `action` with its name and whether it could be marked, and
 * then given with the mark of the actor in it (PDF, pictures), or as it is. The descriptor is the caller's. */
typedef struct CopyMatter {
	const char *kind, *action; /* the matter's machine; as the ledger is to name it */
	Text ref;
	int64_t seal_key;
} CopyMatter;
struct Attachment; /* work/form */
must_use Error copy_file(Call *call, const CopyMatter *of, const struct Attachment *file, CopyFile *out);
void copy_file_read(Text detail, Text *out_name, bool *out_marked); /* of such a record */

typedef struct CopyMark {
	uint64_t mark;
	Text kind, subject_ref, copy_ref, recipient;
	int64_t person_id, made_at;
} CopyMark;
/* For coordinators, and for who operates the library at its command line. NOT_FOUND: no copy of ours bears this mark. */
must_use Error copy_mark_find(Call *call, uint64_t mark, CopyMark *out);

typedef struct CopyReading {
	MarkReading reading;
	bool known; /* and then: */
	CopyMark copy;
} CopyReading;
/* Reads a photograph (PNG, JPEG, PGM) in the sandbox and names the copy; that it was asked is recorded with the copy. FORBIDDEN as above.
 * INVALID: no such picture. TOO_LARGE. */
must_use Error copy_read_photo(Call *call, Text photo, CopyReading *out);
