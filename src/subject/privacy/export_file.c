/* A copy of one's own data on its way into sealed files: archive after archive, each with as much as a part may have, none of it in memory. */
#include "subject/privacy/export_private.h"

static Error sink(Call *call, void *context, Text piece)
{
	ExportFile *file = context;
	return blob_writer_add(call, file->writer, piece);
}

void export_file_close(ExportFile *file) { blob_writer_close(&file->writer); }

static Error open_part(Call *call, ExportFile *file)
{
	if (file->writer) return OK;
	file->zip = zip_stream_new(call, sink, file, call->now);
	file->bytes = 0;
	return blob_writer_open(call, file->seal_key, &file->writer);
}

static Error close_part(Call *call, ExportFile *file)
{
	BlobFile part;
	TRY(zip_stream_finish(call, file->zip));
	TRY(blob_writer_finish(call, file->writer, &part));
	blob_writer_close(&file->writer);
	list_add(call->arena, &file->parts, part);
	return OK;
}

static Error add_piece(Call *call, void *context, Text piece)
{
	ExportFile *file = context;
	return zip_stream_add(call, file->zip, piece);
}

Error export_file_attachment(Call *call, ExportFile *file, Text path, const Attachment *attachment, int64_t *out_part)
{
	bool is_full = file->writer && file->bytes > 0 && file->bytes + attachment->size_bytes > file->part_bytes;
	if (is_full) TRY(close_part(call, file));
	TRY(open_part(call, file));
	TRY(zip_stream_begin(call, file->zip, path));
	TRY(attachment_read(call, attachment, add_piece, file));
	TRY(zip_stream_end(call, file->zip));
	file->bytes += attachment->size_bytes;
	*out_part = (int64_t)file->parts.count + 1;
	return OK;
}

Error export_file_finish(Call *call, ExportFile *file, Text name, Text content)
{
	TRY(open_part(call, file));
	TRY(zip_stream_begin(call, file->zip, name));
	TRY(zip_stream_add(call, file->zip, content));
	TRY(zip_stream_end(call, file->zip));
	return close_part(call, file);
}
