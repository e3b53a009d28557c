/* sandbox: what its files share. */
#pragma once
#include "base/sandbox/sandbox.h"

#include <sys/types.h>

enum { SANDBOX_CHILDREN_MAX = 16 };

/* What a caller sends with the descriptors of input, output and answer. */
typedef struct SandboxRequest {
	int32_t work;
} SandboxRequest;
typedef enum SandboxEnding {
	SANDBOX_ENDED = 1, /* the work returned */
	SANDBOX_CRASHED,
	SANDBOX_LIMIT, /* memory, time or output */
	SANDBOX_NOT_STARTED,
} SandboxEnding;
/* The server's first message: it is ready. */
typedef struct SandboxReady {
	int32_t landlock;
} SandboxReady;
typedef struct SandboxAnswer {
	int32_t ending;
	int32_t value; /* ENDED: the Error of the work; CRASHED: signal or exit code */
} SandboxAnswer;

/* Exit codes of a child; a work's Error is added to the first. */
enum { SANDBOX_EXIT_WORK = 128, SANDBOX_EXIT_LIMIT = 120, SANDBOX_EXIT_SETUP = 121 };

/* The fork server: serves requests from `socket` until it closes; never returns. */
_Noreturn void sandbox_serve(int socket, const SandboxWork *works, pid_t parent);

/* confine.c */
bool sandbox_landlock(void); /* no file system from here on; false: this kernel cannot */
must_use bool sandbox_filter_prepare(void); /* builds the seccomp filter once, in the server */
must_use bool sandbox_limit(const SandboxWork *work, size_t input_bytes, size_t server_bytes);
must_use bool sandbox_filter_load(void);
