/* An applicant's file for somebody who judges the application. */
#include "subject/programme/application/application_private.h"

Error application_file_copy(
	Call *call, const Application *application, const Attachment *file, const char *action, Text *out_name, CopyFile *out)
{
	const CopyMatter of = { application_machine.name, action, application->ref, application->seal_key };
	*out_name = file->name;
	return copy_file(call, &of, file, out);
}
