/* Parts of resumable uploads. */
#include "face/http/http_private.h"

const FormSpec upload_part_form = { .max_body_bytes = UPLOAD_PART_BYTES_MAX, .is_raw = true };

/* What the client meant to send, from header or query; the header was already compared. */
static void check_sum(Request *request, const Digest *found)
{
	Text hex = request_query(request, TEXT("sha256")), bytes, actual = DIGEST_TEXT(*found);
	if (!hex.at) {
		if (!request_header(request, TEXT("Content-Digest")).at)
			call_problem(request->call, TEXT("sha256"), N_("Please send the SHA-256 of the part."), (Text) { 0 });
		return;
	}
	if (!hex_parse(request->call->arena, hex, &bytes) || !text_is(bytes, actual))
		call_problem(
			request->call, TEXT("sha256"), N_("The content does not match its checksum. Please send it again."), (Text) { 0 });
}

Error request_upload_part(Request *request, UploadPart *out)
{
	UploadPart part = { 0 };
	part.descriptor = request_body_descriptor(request, &part.size_bytes, &part.sha256);
	if (!text_to_int(request_query(request, TEXT("offset")), &part.offset) || part.offset < 0)
		call_problem(request->call, TEXT("offset"), N_("This is not a whole number."), (Text) { 0 });
	if (part.descriptor < 0 || !part.size_bytes)
		call_problem(request->call, TEXT(""), N_("The part is empty."), (Text) { 0 });
	else
		check_sum(request, &part.sha256);
	TRY(call_check_problems(request->call));
	*out = part;
	return OK;
}
