/* A file of a case for somebody who reviews or scores it. */
#include "subject/programme/collection/collection_private.h"

Error collection_file_copy(Call *call, const CollectionCase *one, Text ref, Text *out_name, CopyFile *out)
{
	Attachment file;
	const CopyMatter of = { collection_machine.name, "download", one->ref, one->seal_key };
	TRY(attachment_find(call, collection_machine.name, one->id, ref, &file));
	*out_name = file.name;
	return copy_file(call, &of, &file, out);
}
