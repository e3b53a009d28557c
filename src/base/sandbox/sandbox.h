/*
 * sandbox: hostile files are looked at in a fresh child process that can compute and nothing else.
 * A single-threaded fork server starts before threads and database. Per file it forks one child without network, file system and new
 * processes (Landlock where the kernel has it, a seccomp allow-list always) and with limits on memory, processor time, output and
 * wall clock. The child reads its input from a sealed memory file and writes its result to another.
 */
#pragma once
#include "base/base/base.h"

/* Every kind of work; app/ fills the table that is given to sandbox_start. */
typedef enum SandboxWorkId {
	SANDBOX_INSPECT, /* base/sandbox/inspect.h */
	SANDBOX_APPSCAN, /* engine/appscan */
	SANDBOX_PICTURE, /* engine/picture */
	SANDBOX_MARK, /* engine/mark */
	SANDBOX_DOCX, /* face/doc/docx.h */
	SANDBOX_BATCH, /* subject/batch/batch.h */
	SANDBOX_UNPACK, /* the same */
	SANDBOX_STAMP, /* engine/mark */
	SANDBOX_INMAIL, /* face/outbox/inmail.h */
	SANDBOX_TIMESTAMP, /* subject/report/internal.h */
	SANDBOX_WORKS_MAX = 16,
} SandboxWorkId;

/* What runs in the child: a pure function. Its memory is out->arena. It may neither open files nor start threads; library calls that
 * try to open a file are told EACCES, anything else outside the allow-list ends the child. The kind of an Error is handed back, its detail is lost. */
typedef Error SandboxBody(const void *input, size_t length, Buffer *out);
typedef struct SandboxWork {
	SandboxBody *body; /* NULL: this place of the table is not used */
	size_t memory_bytes; /* beyond the input */
	size_t output_bytes;
	int processor_seconds, wall_milliseconds;
} SandboxWork;

typedef struct Sandbox Sandbox;
/* Starts the fork server. Call it while the process has one thread and no database. The table is copied.
 * The server ends with this process, or with sandbox_stop. */
must_use Error sandbox_start(Call *call, const SandboxWork *works, size_t count, Sandbox **out);
void sandbox_stop(Sandbox **sandbox);

/*
 * Runs one work over the input; any thread may call it, many at once. *out lives in call->arena.
 * INVALID: the child crashed or did what is forbidden. TOO_LARGE: a limit of memory, time or output. BUSY: no child could be started.
 * Otherwise what the work itself returned.
 */
must_use Error sandbox_run(Call *call, Sandbox *sandbox, SandboxWorkId work, Text input, Text *out);
/* The same over a memory file of sandbox_file, so that large input is never in the heap. The file is sealed by it. */
must_use Error sandbox_run_file(Call *call, Sandbox *sandbox, SandboxWorkId work, int file, Text *out);
/* An empty memory file to fill and then give to sandbox_run_file; the caller closes it. */
must_use Error sandbox_file(Call *call, int *out);
/* Whether the kernel confines file access a second time (Landlock). */
bool sandbox_has_landlock(const Sandbox *sandbox);
