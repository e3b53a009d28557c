/*
 * inspect: what an uploaded file is, by its content, and whether opening it could hurt. Reads headers and directories only, never
 * unpacks anything. Runs in the sandbox.
 */
#pragma once
#include "base/sandbox/sandbox.h"

typedef enum FileKind {
	FILE_UNKNOWN,
	FILE_TEXT, /* UTF-8 without control characters; the empty file too */
	FILE_PNG,
	FILE_JPEG,
	FILE_GIF,
	FILE_WEBP,
	FILE_PDF,
	FILE_ZIP,
	FILE_APK, /* a zip with AndroidManifest.xml */
	FILE_GZIP,
	FILE_MP4,
	FILE_KINDS,
} FileKind;
/* What the file claims of itself. */
typedef struct Inspection {
	FileKind kind;
	int64_t width, height; /* pixels of an image; else 0 */
	int64_t entries; /* of a zip */
	int64_t unpacked_bytes; /* of a zip or gzip; INT64_MAX when the sum is beyond counting */
	bool hostile_names; /* a zip names an absolute path, "..", a drive, a backslash, or the same name twice (first 65,536 names) */
	bool encrypted; /* a zip has encrypted entries */
	bool damaged; /* headers or directory contradict one another or the length of the file */
} Inspection;

/* The work for SANDBOX_INSPECT. */
extern const SandboxWork inspect_work;
/* Runs it. INVALID: the file brought the child down; treat it as hostile. */
must_use Error inspect_file(Call *call, Sandbox *sandbox, int file, Inspection *out); /* a memory file of sandbox_file */
must_use Error inspect_bytes(Call *call, Sandbox *sandbox, Text content, Inspection *out);

/* The function itself, pure: for the child, tests and the fuzzer. */
Inspection inspect(Arena *arena, Text content);
const char *file_kind_media_type(FileKind kind); /* "image/png"; "application/octet-stream" when unknown */
const char *file_kind_tag(FileKind kind); /* "png" */
bool file_kind_is_image(FileKind kind);
