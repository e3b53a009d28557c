/* multipart/form-data as it comes in (RFC 7578). Strict: no preamble, no epilogue, CRLF everywhere, one name per part. */
#include "face/http/http_private.h"

enum { PART_HEAD_BYTES_MAX = 4096, BOUNDARY_BYTES_MAX = 70, PIECE_BYTES = 64 * 1024, FILE_NAME_BYTES_MAX = 200 };

struct Multipart {
	Request *request;
	Text delimiter; /* CRLF, two hyphens, boundary */
	enum { AT_START, IN_HEAD, IN_DATA, AFTER_DELIMITER, AT_END } state;
	char *pending; /* what could not be decided yet, and the new piece behind it */
	size_t pending_length;
	Text name; /* of this part */
	bool is_file;
	Upload upload;
	Buffer value;
};

bool multipart_boundary(Text content_type, Text *out)
{
	size_t at;
	if (!text_find(content_type, TEXT("boundary="), &at)) return false;
	Text boundary = text_slice(content_type, at + 9, content_type.length);
	if (boundary.length && boundary.at[0] == '"') {
		boundary = text_slice(boundary, 1, boundary.length);
		const char *end = boundary.length ? memchr(boundary.at, '"', boundary.length) : NULL;
		if (!end) return false;
		boundary.length = (size_t)(end - boundary.at);
	} else {
		Text rest = boundary;
		if (!text_next(&rest, ';', &boundary)) return false;
		boundary = text_trim(boundary);
	}
	if (!boundary.length || boundary.length > BOUNDARY_BYTES_MAX || text_has_control(boundary, false)) return false;
	*out = boundary;
	return true;
}

Multipart *multipart_new(Request *request, Text boundary)
{
	Arena *arena = request->call->arena;
	Multipart *multipart = arena_new_of(arena, Multipart);
	*multipart = (Multipart) { .request = request, .pending = arena_alloc(arena, PIECE_BYTES + PART_HEAD_BYTES_MAX + 16) };
	multipart->delimiter = arena_printf(arena, "\r\n--%.*s", TEXT_ARGS(boundary));
	return multipart;
}

static Error malformed(const Multipart *multipart, const char *why) { return fail(multipart->request->call, USAGE, "multipart: %s", why); }

/* A file's name as a mere label: no folders, no control characters, short. */
static Text file_label(Arena *arena, Text name)
{
	for (size_t i = name.length; i > 0; i--)
		if (name.at[i - 1] == '/' || name.at[i - 1] == '\\') {
			name = text_slice(name, i, name.length);
			break;
		}
	name = text_repair(arena, name);
	Buffer label = { .arena = arena };
	for (size_t i = 0; i < name.length && (label.length < FILE_NAME_BYTES_MAX || ((unsigned char)name.at[i] & 0xC0) == 0x80); i++) {
		unsigned char c = (unsigned char)name.at[i];
		buffer_byte(&label, c < 0x20 || c == 0x7F ? '_' : (char)c);
	}
	Text found = buffer_text(&label);
	return text_is(found, TEXT(".")) || text_is(found, TEXT("..")) ? TEXT("_") : found;
}

/* key="value" of Content-Disposition; browsers write quotes as %22, others as \". False when it is not there. */
static bool disposition_value(Arena *arena, Text disposition, const char *key, Text *out)
{
	Text start = arena_printf(arena, "; %s=\"", key);
	size_t at;
	if (!text_find(disposition, start, &at)) return false;
	Buffer value = { .arena = arena };
	for (size_t i = at + start.length; i < disposition.length; i++) {
		char c = disposition.at[i];
		if (c == '"') {
			*out = buffer_text(&value);
			return true;
		}
		if (c == '\\' && i + 1 < disposition.length && (disposition.at[i + 1] == '"' || disposition.at[i + 1] == '\\'))
			c = disposition.at[++i];
		else if (text_starts(text_slice(disposition, i, disposition.length), TEXT("%22"))) {
			c = '"';
			i += 2;
		}
		buffer_byte(&value, c);
	}
	return false;
}

static Error begin_part(Multipart *multipart, Text disposition, Text content_type)
{
	Request *request = multipart->request;
	Arena *arena = request->call->arena;
	Text file_name;
	if (!text_starts(disposition, TEXT("form-data;"))) return malformed(multipart, "a part that is no form-data");
	if (!disposition_value(arena, disposition, "name", &multipart->name) || !multipart->name.length)
		return malformed(multipart, "a part without name");
	if (!text_is_utf8(multipart->name) || text_has_control(multipart->name, false)) return malformed(multipart, "a strange name");
	multipart->is_file = disposition_value(arena, disposition, "filename", &file_name);
	multipart->value = (Buffer) { .arena = arena };
	multipart->upload = (Upload) { 0 };
	if (!multipart->is_file) return OK;
	if (request->exchange->uploads.count >= UPLOADS_MAX) return fail(request->call, TOO_LARGE, "too many files");
	multipart->upload = (Upload) { .field = multipart->name, .name = file_label(arena, file_name), .content_type = content_type };
	multipart->upload.descriptor = spool_open(request);
	if (multipart->upload.descriptor < 0) return fail(request->call, BUSY, "no anonymous file");
	list_add(arena, &request->exchange->uploads, multipart->upload);
	return OK;
}

static Error read_head(Multipart *multipart, Text head)
{
	Text disposition = { 0 }, content_type = TEXT("application/octet-stream");
	for (size_t end; head.length; head = text_slice(head, end + 2, head.length)) {
		if (!text_find(head, TEXT("\r\n"), &end)) end = head.length;
		Text value = text_slice(head, 0, end), name;
		text_next(&value, ':', &name);
		if (!value.at || text_has_control(text_slice(head, 0, end), false)) return malformed(multipart, "a line that is no header");
		if (text_is_nocase(name, TEXT("content-disposition"))) {
			if (disposition.at) return malformed(multipart, "two dispositions");
			disposition = text_trim(value);
		} else if (text_is_nocase(name, TEXT("content-type")))
			content_type = arena_copy(multipart->request->call->arena, text_trim(value));
	}
	return begin_part(multipart, disposition, content_type);
}

static Error put_data(Multipart *multipart, Text data)
{
	Request *request = multipart->request;
	if (!data.length) return OK;
	if (!multipart->is_file) {
		if (arena_is_full(request->call->arena))
			return fail(request->call, TOO_LARGE, "multipart: the fields fill the memory of a call");
		buffer_put(&multipart->value, data);
		return OK;
	}
	Uploads *uploads = &request->exchange->uploads;
	Upload *upload = &uploads->at[uploads->count - 1];
	upload->size_bytes += (int64_t)data.length;
	return spool_write(request, upload->descriptor, data);
}

static Error end_part(Multipart *multipart)
{
	struct Exchange *exchange = multipart->request->exchange;
	if (multipart->is_file) return OK;
	if (exchange->form.count >= FORM_VALUES_MAX) return fail(multipart->request->call, TOO_LARGE, "too many fields");
	Text raw = buffer_text(&multipart->value);
	FormValue value = {
		.name = multipart->name, .value = text_repair(multipart->request->call->arena, raw), .is_broken = !text_is_utf8(raw)
	};
	list_add(multipart->request->call->arena, &exchange->form, value);
	return OK;
}

/* One step over the pending bytes. Tells how many were used; 0: more are needed. */
static Error step(Multipart *multipart, Text pending, size_t *out_used)
{
	size_t at, opening = multipart->delimiter.length - 2;
	*out_used = 0;
	switch (multipart->state) {
	case AT_START:
		if (pending.length < opening) return OK;
		if (!text_starts(pending, text_slice(multipart->delimiter, 2, multipart->delimiter.length)))
			return malformed(multipart, "no boundary at the start");
		multipart->state = AFTER_DELIMITER;
		*out_used = opening;
		return OK;
	case AFTER_DELIMITER:
		if (pending.length < 2) return OK;
		*out_used = 2;
		if (text_starts(pending, TEXT("--")))
			multipart->state = AT_END;
		else if (text_starts(pending, TEXT("\r\n")))
			multipart->state = IN_HEAD;
		else
			return malformed(multipart, "a boundary that goes on");
		return OK;
	case IN_HEAD:
		if (!text_find(text_slice(pending, 0, PART_HEAD_BYTES_MAX), TEXT("\r\n\r\n"), &at))
			return pending.length >= PART_HEAD_BYTES_MAX ? malformed(multipart, "the head of a part is too long") : OK;
		multipart->state = IN_DATA;
		*out_used = at + 4;
		return read_head(multipart, text_slice(pending, 0, at));
	case IN_DATA:
		if (text_find(pending, multipart->delimiter, &at)) {
			*out_used = at + multipart->delimiter.length;
			multipart->state = AFTER_DELIMITER;
			TRY(put_data(multipart, text_slice(pending, 0, at)));
			return end_part(multipart);
		}
		if (pending.length < multipart->delimiter.length) return OK;
		*out_used = pending.length - multipart->delimiter.length + 1;
		return put_data(multipart, text_slice(pending, 0, *out_used));
	case AT_END:
		if (!text_is(pending, TEXT("\r")) && !text_is(pending, TEXT("\r\n")))
			return malformed(multipart, "something after the end");
		return OK;
	}
	return OK;
}

static Error add_piece(Multipart *multipart, Text piece)
{
	memcpy(multipart->pending + multipart->pending_length, piece.at, piece.length);
	multipart->pending_length += piece.length;
	size_t done = 0, used = 1;
	while (used && done < multipart->pending_length) {
		TRY(step(multipart, (Text) { multipart->pending + done, multipart->pending_length - done }, &used));
		done += used;
	}
	memmove(multipart->pending, multipart->pending + done, multipart->pending_length - done);
	multipart->pending_length -= done;
	return OK;
}

Error multipart_add(Multipart *multipart, Text piece)
{
	while (piece.length) {
		Text part = text_slice(piece, 0, PIECE_BYTES);
		TRY(add_piece(multipart, part));
		piece = text_slice(piece, part.length, piece.length);
	}
	return OK;
}

Error multipart_finish(Multipart *multipart) { return multipart->state == AT_END ? OK : malformed(multipart, "no closing boundary"); }
