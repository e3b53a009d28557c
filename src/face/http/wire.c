/* Replies in the shape that is sent. */
#include "face/http/wire_private.h"

#include <stdlib.h>
#include <zlib.h>

enum { GZIP_FROM_BYTES = 512 };

void wire_header(WireReply *reply, const char *name, const char *value) { must(MHD_add_response_header(reply, name, value) == MHD_YES); }

static void put_headers(WireReply *reply, const Request *request, bool with_type)
{
	for (size_t i = 0; i < request->reply.headers.count; i++) {
		const ReplyHeader *header = &request->reply.headers.at[i];
		if (!with_type && text_is_nocase(header->name, TEXT("Content-Type"))) continue;
		wire_header(reply, arena_string(request->call->arena, header->name), arena_string(request->call->arena, header->value));
	}
}

WireReply *wire_reply(const Request *request)
{
	const Reply *content = &request->reply;
	WireReply *reply;
	if (content->descriptor > 0)
		reply = MHD_create_response_from_fd64((uint64_t)content->descriptor_bytes, content->descriptor);
	else
		reply = MHD_create_response_from_buffer(
			content->body.length, (void *)(uintptr_t)(content->body.at ? content->body.at : ""), MHD_RESPMEM_MUST_COPY);
	must(reply);
	put_headers(reply, request, true);
	return reply;
}

static const struct {
	Error error;
	int status;
	bool closes;
} fixed_kinds[FIXED_COUNT] = {
	[FIXED_BAD_REQUEST] = { ERROR_USAGE, 400, true },
	[FIXED_TOO_LARGE] = { ERROR_TOO_LARGE, 413, true },
	[FIXED_TOO_LONG] = { ERROR_TOO_LARGE, 414, true },
	[FIXED_BUSY] = { ERROR_BUSY, 503, false },
};

int fixed_status(Fixed kind) { return fixed_kinds[kind].status; }

static WireReply *fixed_reply(const HttpServer *server, Fixed kind, bool is_api)
{
	scoped(arena_free) Arena *arena = arena_new(ARENA_CEILING);
	Call call = { .arena = arena, .actor = &actor_visitor, .lang = LANG_EN };
	Request *request = request_new(&call, GET);
	request->exchange->site = server->site;
	request->is_api = is_api;
	reply_problem(request, fixed_kinds[kind].error, fixed_kinds[kind].status);
	request->reply.status = fixed_kinds[kind].status;
	if (kind == FIXED_BUSY) reply_header(request, TEXT("Retry-After"), TEXT("5"));
	if (fixed_kinds[kind].closes) reply_header(request, TEXT("Connection"), TEXT("close"));
	reply_seal(request, OK);
	return wire_reply(request);
}

static WireReply *alive_reply(const HttpServer *server)
{
	scoped(arena_free) Arena *arena = arena_new(ARENA_CEILING);
	Call call = { .arena = arena, .actor = &actor_visitor };
	Request *request = request_new(&call, GET);
	request->exchange->site = server->site;
	reply_text(request, TEXT("text/plain; charset=utf-8"), TEXT("alive\n"));
	reply_seal(request, OK);
	return wire_reply(request);
}

void wire_make_fixed(HttpServer *server)
{
	server->alive = alive_reply(server);
	for (size_t kind = 0; kind < FIXED_COUNT; kind++)
		for (size_t is_api = 0; is_api < 2; is_api++) server->fixed[kind][is_api] = fixed_reply(server, (Fixed)kind, is_api != 0);
}

bool wire_accepts_gzip(Text accept_encoding)
{
	for (Text rest = accept_encoding, piece; text_next(&rest, ',', &piece);) {
		Text parameters = text_trim(piece), name;
		if (!text_next(&parameters, ';', &name) || !text_is_nocase(text_trim(name), TEXT("gzip"))) continue;
		Text weight = parameters.at ? text_trim(parameters) : TEXT("");
		return !text_is(weight, TEXT("q=0")) && !text_is(weight, TEXT("q=0.0")) && !text_is(weight, TEXT("q=0.00")) &&
		       !text_is(weight, TEXT("q=0.000"));
	}
	return false;
}

bool wire_etag_matches(Text if_none_match, Text etag)
{
	if (!etag.length) return false;
	for (Text rest = if_none_match, piece; text_next(&rest, ',', &piece);) {
		Text tag = text_trim(piece);
		if (text_is(tag, TEXT("*"))) return true;
		if (text_starts(tag, TEXT("W/"))) tag = text_slice(tag, 2, tag.length);
		if (text_is(tag, etag)) return true;
	}
	return false;
}

static WireReply *reply_of(const void *bytes, size_t length, bool is_for_ever)
{
	WireReply *reply = MHD_create_response_from_buffer(
		length, (void *)(uintptr_t)bytes, is_for_ever ? MHD_RESPMEM_PERSISTENT : MHD_RESPMEM_MUST_COPY);
	must(reply);
	return reply;
}

/* RFC 1952; NULL when it does not get smaller. */
static void *compress_text(Text text, size_t *out_length)
{
	z_stream stream = { 0 };
	must(deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
	size_t room = deflateBound(&stream, text.length);
	void *compressed = malloc(room);
	must(compressed);
	stream.next_in = (Bytef *)(uintptr_t)text.at;
	stream.avail_in = (uInt)text.length;
	stream.next_out = compressed;
	stream.avail_out = (uInt)room;
	must(deflate(&stream, Z_FINISH) == Z_STREAM_END);
	*out_length = stream.total_out;
	deflateEnd(&stream);
	if (*out_length < text.length) return compressed;
	free(compressed);
	return NULL;
}

typedef struct ShapeSpec {
	const Request *request; /* for its headers */
	const char *cache_control;
	bool is_compressed, varies;
	Text etag;
} ShapeSpec;

static void finish_shape(Shape *shape, const ShapeSpec *spec)
{
	snprintf(
		shape->etag, sizeof(shape->etag), "\"%.*s%s\"", TEXT_ARGS(text_slice(spec->etag, 0, 32)), spec->is_compressed ? "-gz" : "");
	shape->not_modified = reply_of("", 0, true);
	WireReply *const replies[] = { shape->whole, shape->not_modified };
	for (size_t i = 0; i < COUNT(replies); i++) {
		put_headers(replies[i], spec->request, i == 0);
		wire_header(replies[i], "ETag", shape->etag);
		wire_header(replies[i], "Cache-Control", spec->cache_control);
		if (spec->varies) wire_header(replies[i], "Vary", "Accept-Encoding");
	}
	if (spec->is_compressed) wire_header(shape->whole, "Content-Encoding", "gzip");
}

static Shapes *shapes_new(void)
{
	Shapes *shapes = calloc(1, sizeof(*shapes));
	must(shapes);
	shapes->owners = 1;
	return shapes;
}

Shapes *shapes_of_reply(Request *request, int max_age_seconds)
{
	Arena *arena = request->call->arena;
	Text body = request->reply.body;
	Digest digest = sha256(body);
	Shapes *shapes = shapes_new();
	size_t length = 0;
	void *compressed = body.length >= GZIP_FROM_BYTES && body.length < 1U << 30 ? compress_text(body, &length) : NULL;
	ShapeSpec spec = { .request = request, .varies = compressed != NULL };
	spec.cache_control = arena_string(arena, arena_printf(arena, "public, max-age=%d, must-revalidate", max_age_seconds));
	spec.etag = base64url_text(arena, (Text) { (const char *)digest.at, 16 });
	shapes->plain.whole = reply_of(body.at, body.length, false);
	shapes->plain.bytes = body.length;
	finish_shape(&shapes->plain, &spec);
	if (!compressed) return shapes;
	spec.is_compressed = true;
	shapes->gzip.whole = MHD_create_response_from_buffer(length, compressed, MHD_RESPMEM_MUST_FREE);
	must(shapes->gzip.whole);
	shapes->gzip.bytes = length;
	finish_shape(&shapes->gzip, &spec);
	return shapes;
}

Shapes *shapes_of_asset(const HttpAsset *asset, bool sends_hsts)
{
	scoped(arena_free) Arena *arena = arena_new(ARENA_CEILING);
	Call call = { .arena = arena, .actor = &actor_visitor };
	Request *request = request_new(&call, GET);
	reply_header(request, TEXT("Content-Type"), text_from(asset->content_type));
	reply_header(request, TEXT("Content-Security-Policy"), TEXT("default-src 'none'; frame-ancestors 'none'"));
	reply_header(request, TEXT("X-Content-Type-Options"), TEXT("nosniff"));
	reply_header(request, TEXT("Cross-Origin-Opener-Policy"), TEXT("same-origin"));
	reply_header(request, TEXT("Referrer-Policy"), TEXT("same-origin"));
	reply_header(request, TEXT("Permissions-Policy"), text_from(permissions_policy));
	if (sends_hsts) reply_header(request, TEXT("Strict-Transport-Security"), TEXT("max-age=31536000; includeSubDomains"));
	Shapes *shapes = shapes_new();
	ShapeSpec spec = { .request = request, .varies = asset->gzip_bytes != NULL, .etag = text_from(asset->etag) };
	spec.cache_control = "public, max-age=31536000, immutable";
	shapes->plain.whole = reply_of(asset->bytes, asset->length, true);
	finish_shape(&shapes->plain, &spec);
	if (!asset->gzip_bytes) return shapes;
	spec.is_compressed = true;
	shapes->gzip.whole = reply_of(asset->gzip_bytes, asset->gzip_length, true);
	finish_shape(&shapes->gzip, &spec);
	return shapes;
}

static void shape_free(Shape *shape)
{
	if (shape->whole) MHD_destroy_response(shape->whole);
	if (shape->not_modified) MHD_destroy_response(shape->not_modified);
	*shape = (Shape) { 0 };
}

Shapes *shapes_share(Shapes *shapes)
{
	shapes->owners++;
	return shapes;
}

void shapes_release(Shapes *shapes)
{
	if (!shapes || atomic_fetch_sub(&shapes->owners, 1) != 1) return;
	shape_free(&shapes->plain);
	shape_free(&shapes->gzip);
	free(shapes);
}

WireReply *shapes_choose(const Shapes *shapes, Text accept_encoding, Text if_none_match, int *out_status)
{
	bool is_compressed = shapes->gzip.whole && accept_encoding.at && wire_accepts_gzip(accept_encoding);
	const Shape *shape = is_compressed ? &shapes->gzip : &shapes->plain;
	*out_status = if_none_match.at && wire_etag_matches(if_none_match, text_from(shape->etag)) ? 304 : 200;
	return *out_status == 304 ? shape->not_modified : shape->whole;
}
