/* Request bodies, in one piece or as they come in. */
#include "face/http/http_private.h"

#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

enum { SPOOL_BUDGET_BYTES = 512 * 1024 * 1024 };

size_t body_limit(const Route *route)
{
	return route && route->form && route->form->max_body_bytes ? route->form->max_body_bytes : (size_t)BODY_IN_MEMORY_BYTES;
}

int spool_open(Request *request)
{
	(void)request;
	return memfd_create("upload", MFD_CLOEXEC);
}

Error spool_write(Request *request, int descriptor, Text bytes)
{
	struct Exchange *exchange = request->exchange;
	exchange->spooled_bytes += (int64_t)bytes.length;
	if (exchange->site->spooled_bytes + (int64_t)bytes.length > SPOOL_BUDGET_BYTES) {
		exchange->spooled_bytes -= (int64_t)bytes.length;
		return fail(request->call, BUSY, "too much is coming in at once");
	}
	exchange->site->spooled_bytes += (int64_t)bytes.length;
	while (bytes.length) {
		ssize_t written = write(descriptor, bytes.at, bytes.length);
		if (written < 0 && errno == EINTR) continue;
		if (written <= 0) return fail(request->call, BUSY, "a body could not be kept: %s", strerrordesc_np(errno));
		bytes = text_slice(bytes, (size_t)written, bytes.length);
	}
	return OK;
}

void body_close(struct Exchange *exchange)
{
	for (size_t i = 0; i < exchange->uploads.count; i++)
		if (exchange->uploads.at[i].descriptor > 0) close(exchange->uploads.at[i].descriptor);
	exchange->uploads.count = 0;
	if (exchange->body.descriptor > 0) close(exchange->body.descriptor);
	exchange->body.descriptor = 0;
	sha256_free(&exchange->body.hash);
	if (exchange->site) exchange->site->spooled_bytes -= exchange->spooled_bytes;
	exchange->spooled_bytes = 0;
}

static bool type_is(const Body *body, const char *type)
{
	Text rest = body->content_type, bare;
	return text_next(&rest, ';', &bare) && text_is_nocase(text_trim(bare), text_from(type));
}

static bool type_is_json(const Body *body) { return type_is(body, "application/json") || type_is(body, "application/merge-patch+json"); }

static Error begin(Request *request)
{
	struct Exchange *exchange = request->exchange;
	Body *body = &exchange->body;
	const FormSpec *form = request->route ? request->route->form : NULL;
	body->content_type = request_header(request, TEXT("Content-Type"));
	if (form && form->is_raw) {
		body->descriptor = spool_open(request);
		if (body->descriptor <= 0) return fail(request->call, BUSY, "no anonymous file");
		body->hash = sha256_new();
	} else if (type_is(body, "multipart/form-data")) {
		Text boundary;
		if (!multipart_boundary(body->content_type, &boundary)) return fail(request->call, USAGE, "multipart without boundary");
		body->multipart = multipart_new(request, boundary);
	} else if (!type_is(body, "application/x-www-form-urlencoded") && !(request->is_api && type_is_json(body))) {
		return fail(request->call, MEDIA_TYPE, "a body of type \"%.*s\"", TEXT_ARGS(body->content_type));
	}
	return OK;
}

void body_begin(Request *request)
{
	Body *body = &request->exchange->body;
	body->has_begun = true;
	body->memory = (Buffer) { .arena = request->call->arena };
	body->error = begin(request);
}

static Error add(Request *request, Text piece)
{
	Body *body = &request->exchange->body;
	if (body->size_bytes > (int64_t)body_limit(request->route)) return fail(request->call, TOO_LARGE, "the body is too large");
	if (body->hash) {
		sha256_add(body->hash, piece);
		return spool_write(request, body->descriptor, piece);
	}
	if (body->multipart) return multipart_add(body->multipart, piece);
	if (arena_is_full(request->call->arena)) return fail(request->call, TOO_LARGE, "the body fills the memory of a call");
	buffer_put(&body->memory, piece);
	return OK;
}

void body_add(Request *request, Text piece)
{
	Body *body = &request->exchange->body;
	body->size_bytes += (int64_t)piece.length;
	if (body->error == OK) body->error = add(request, piece);
}

/* Content-Digest (RFC 9530): the client says what it meant to send. */
static Error check_digest(Request *request)
{
	Text sent = request_header(request, TEXT("Content-Digest")), start = TEXT("sha-256=:"), bytes;
	size_t at;
	if (!sent.at || !text_find(sent, start, &at)) return OK;
	Text rest = text_slice(sent, at + start.length, sent.length), encoded;
	text_next(&rest, ':', &encoded);
	Text found = DIGEST_TEXT(request->exchange->body.sha256);
	if (base64_parse(request->call->arena, encoded, &bytes) && text_is(bytes, found)) return OK;
	call_problem(
		request->call, TEXT("Content-Digest"), N_("The content does not match its checksum. Please send it again."), (Text) { 0 });
	return call_check_problems(request->call);
}

static Error read_raw(Request *request)
{
	Body *body = &request->exchange->body;
	body->sha256 = sha256_finish(body->hash);
	if (lseek(body->descriptor, 0, SEEK_SET) != 0) return fail(request->call, IO, "an anonymous file cannot be rewound");
	return check_digest(request);
}

static Error read_multipart(Request *request)
{
	const Uploads *uploads = &request->exchange->uploads;
	TRY(multipart_finish(request->exchange->body.multipart));
	for (size_t i = 0; i < uploads->count; i++)
		if (lseek(uploads->at[i].descriptor, 0, SEEK_SET) != 0)
			return fail(request->call, IO, "an anonymous file cannot be rewound");
	return OK;
}

/* Members of a JSON object as values; what is nested keeps only its kind, so that a form refuses it. */
static void add_member(Request *request, Text name, Json json, bool is_item)
{
	Call *call = request->call;
	FormValue value = { .name = name, .value = TEXT(""), .kind = json_kind(json), .is_item = is_item };
	int64_t number;
	if (value.kind == JSON_NULL || request->exchange->form.count >= FORM_VALUES_MAX) return;
	if (value.kind == JSON_TEXT)
		value.value = json_as_text(json);
	else if (value.kind == JSON_BOOL)
		value.value = json_as_bool(json) ? TEXT("true") : TEXT("false");
	else if (json_as_int(json, &number))
		value.value = arena_printf(call->arena, "%lld", (long long)number);
	list_add(call->arena, &request->exchange->form, value);
}

static Error read_json(Request *request, Text text)
{
	struct Exchange *exchange = request->exchange;
	TRY(json_read(request->call, text, &exchange->json));
	if (json_kind(exchange->json) != JSON_OBJECT) {
		call_problem(request->call, TEXT(""), N_("The body must be a JSON object."), (Text) { 0 });
		return call_check_problems(request->call);
	}
	for (JsonEach member = json_each(exchange->json); json_next(&member);) {
		if (json_kind(member.value) != JSON_ARRAY) {
			add_member(request, member.key, member.value, false);
			continue;
		}
		for (JsonEach item = json_each(member.value); json_next(&item);) add_member(request, member.key, item.value, true);
	}
	return OK;
}

Error body_read(Request *request)
{
	struct Exchange *exchange = request->exchange;
	Body *body = &exchange->body;
	if (!body->has_begun) {
		Text bytes = body->bytes;
		if (!bytes.length && !(request->route && request->route->form && request->route->form->is_raw)) return OK;
		body_begin(request);
		body->size_bytes = 0;
		body_add(request, bytes);
	}
	TRY(body->error);
	if (body->hash) return read_raw(request);
	if (body->multipart) return read_multipart(request);
	Text text = buffer_text(&body->memory);
	if (type_is_json(body)) return read_json(request, text);
	if (!urlencoded_parse(request->call->arena, text, &exchange->form)) return fail(request->call, USAGE, "malformed form");
	return OK;
}
