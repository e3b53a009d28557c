/* What a copy of one's own data holds, and how it comes into files. */
#pragma once
#include "face/doc/zip_stream.h"
#include "store/blob/blob.h"
#include "work/form/attachment_stream.h"

typedef LIST_OF(BlobFile) ExportParts;
typedef struct ExportFile {
	int64_t seal_key, part_bytes; /* part_bytes: of its files; one that is larger by itself has a part of its own */
	BlobWriter *writer;
	ZipStream *zip;
	int64_t bytes;
	ExportParts parts; /* complete and on disk, not yet known to the database */
} ExportFile;
must_use Error export_file_attachment(Call *call, ExportFile *file, Text path, const Attachment *attachment, int64_t *out_part);
must_use Error export_file_finish(Call *call, ExportFile *file, Text name, Text content); /* the last entry */
void export_file_close(ExportFile *file); /* drops what was not finished; for scoped() */

/* Archives with the files that the person sent and, in the last one, data.json, of this person alone: what others wrote, and who they are, is not
 * in it. Of any size: a part holds SETTING_export_part_mib of files, or one file. */
must_use Error export_gather(Call *call, int64_t person_id, ExportFile *file);
must_use Error export_forget_person(Call *call, int64_t person_id); /* inside db_transact */
