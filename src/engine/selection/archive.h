/*
 * archive: the one form of a ZIP archive that has no choice in it, and canonical JSON. So that two programs that say the same write the same bytes,
 * and a changed byte is noticed wherever it stands.
 *
 * ZIP (PKWARE APPNOTE 6.3): entries in the order of their names, stored, dated 1980-01-01 00:00:00, without flags, extra fields and comments.
 * JSON: RFC 8785, of integers, truths, texts, arrays and objects.
 */
#pragma once
#include "base/base/json.h"

enum { ARCHIVE_MEMBERS_MAX = 64, ARCHIVE_NAME_BYTES_MAX = 100 };
typedef struct ArchiveMember {
	Text name, content;
} ArchiveMember;
typedef LIST_OF(ArchiveMember) ArchiveMembers;

/* Sorts them by name. Names are printable ASCII, each once; all of it together is under 4 GiB. */
Text archive_pack(Arena *arena, ArchiveMember *members, size_t count);
/* False: any byte is not as archive_pack writes it. The contents are borrowed from the archive. */
must_use bool archive_unpack(Arena *arena, Text archive, ArchiveMembers *out);
const ArchiveMember *archive_find(const ArchiveMembers *members, const char *name); /* NULL: not there */

/* False: it holds a number that is no integer within ±2^53. */
must_use bool canonical_write(Buffer *buffer, Json value);
/* What a writer of JSON has written, in the canonical form. It must be such JSON. */
Text canonical_text(Arena *arena, Text json);
/* The first place where the two differ, as "directions[0].applications[3].rank", in document order of `expected`; false: they say the same. */
must_use bool json_difference(Arena *arena, Json expected, Json found, Text *out_path, Text *out_expected, Text *out_found);
