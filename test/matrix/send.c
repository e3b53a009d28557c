/* A request as its actor would send it, in a transaction that is taken back unless the test keeps it. */
#include "matrix/matrix.h"

#include "app/wiring.h"
#include "base/sandbox/inspect.h"
#include "engine/mark/mark.h"
#include "face/doc/tool.h"
#include "face/doc/zip.h"
#include "store/db/db.h"
#include "subject/batch/batch.h"

#include <unistd.h>

static HttpSite *site; /* closed with the process */
static const char VISITOR[] = "visitor=0123456789abcdefghijklmn";

Matrix *matrix_open(Test *t)
{
	Matrix *matrix = arena_new_of(t->arena, Matrix);
	HttpOptions *options = arena_new_of(t->arena, HttpOptions);
	matrix->t = t;
	matrix->places = map_new(t->arena);
	matrix->scene = scene_new(t);
	const SandboxWork works[] = {
		[SANDBOX_INSPECT] = inspect_work, [SANDBOX_BATCH] = batch_read_work, [SANDBOX_STAMP] = mark_stamp_work
	};
	CHECK_OK(t->call, sandbox_start(t->call, works, COUNT(works), &t->house->sandbox));
	matrix_people(matrix);
	matrix_matters(matrix);
	people_as_visitor(t);
	t->house->demo = false;
	wire_http(t->call, t->house, options);
	CHECK_OK(t->call, http_site_open(t->call, options, &site));
	matrix->site = site;
	return matrix;
}

static Text visitor_form_token(Matrix *matrix)
{
	static char token[200];
	if (token[0]) return text_from(token);
	Request *request = request_new(matrix->t->call, GET);
	request_set_header(request, TEXT("Cookie"), text_from(VISITOR));
	CHECK(http_site_dispatch(matrix->site, request, TEXT("/login")) == OK && request->csrf_token.length < sizeof(token));
	memcpy(token, request->csrf_token.at, request->csrf_token.length);
	return text_from(token);
}

static Text form_token(Matrix *matrix, const MatrixRequest *wanted)
{
	if (wanted->csrf.at) return wanted->csrf;
	bool has_session = wanted->actor && wanted->actor->cookie.length;
	return has_session ? session_form_token(matrix->arena, wanted->actor->cookie) : visitor_form_token(matrix);
}

static void put_credentials(Matrix *matrix, Request *request, const MatrixRequest *wanted)
{
	const MatrixActor *actor = wanted->actor;
	Text cookies = text_from(VISITOR);
	if (wanted->way != BY_SESSION) {
		Text token = wanted->way == BY_TOKEN ? actor->token : actor->narrow;
		request_set_header(request, TEXT("Authorization"), arena_printf(matrix->arena, "Bearer %.*s", TEXT_ARGS(token)));
		return;
	}
	if (actor && actor->cookie.length)
		cookies = arena_printf(matrix->arena, "%s; " SESSION_COOKIE "=%.*s", VISITOR, TEXT_ARGS(actor->cookie));
	if (wanted->cookies.length) cookies = arena_printf(matrix->arena, "%.*s; %.*s", TEXT_ARGS(cookies), TEXT_ARGS(wanted->cookies));
	request_set_header(request, TEXT("Cookie"), cookies);
	if (wanted->is_foreign) request_set_header(request, TEXT("Sec-Fetch-Site"), TEXT("cross-site"));
	if (wanted->method != GET) request_set_header(request, TEXT("X-CSRF-Token"), form_token(matrix, wanted));
}

typedef struct Sending {
	Matrix *matrix;
	const MatrixRequest *wanted;
	Request *request;
	Error error;
	int64_t calls;
} Sending;

static Error dispatch(Call *call, void *argument)
{
	Sending *sending = argument;
	const MatrixRequest *wanted = sending->wanted;
	Request *request = request_new(call, wanted->method);
	put_credentials(sending->matrix, request, wanted);
	bool is_raw = text_starts(wanted->body, TEXT("="));
	Text type = wanted->content_type.at ? wanted->content_type
		    : is_raw                ? TEXT("application/octet-stream")
					    : TEXT("application/x-www-form-urlencoded");
	if (wanted->method != GET && wanted->body.length)
		request_set_body(request, type, is_raw ? text_slice(wanted->body, 1, wanted->body.length) : wanted->body);
	sending->request = request;
	if (wanted->fault) faults_begin(sending->matrix->t, wanted->fault);
	sending->error = http_site_dispatch(sending->matrix->site, request, wanted->target);
	if (wanted->fault) sending->calls = faults_end(sending->matrix->t);
	return wanted->keep && sending->error == OK ? OK : ERROR_CONFLICT; /* else taken back */
}

MatrixReply matrix_send(Matrix *matrix, const MatrixRequest *wanted)
{
	Test *t = matrix->t;
	arena_free(&matrix->arena);
	matrix->arena = arena_new(ARENA_CEILING);
	Call call = {
		.arena = matrix->arena, .db = t->call->db, .actor = &actor_visitor, .lang = LANG_EN, .now = t->call->now, .house = t->house
	};
	Sending sending = { .matrix = matrix, .wanted = wanted };
	Error error = db_transact(&call, dispatch, &sending);
	CHECK(sending.request && (error == OK || error == ERROR_CONFLICT || error == sending.error || wanted->fault));
	const Reply *reply = &sending.request->reply;
	Buffer headers = { .arena = matrix->arena };
	buffer_printf(&headers, "content-type: %.*s\n", TEXT_ARGS(reply->content_type));
	for (size_t i = 0; i < reply->headers.count; i++)
		buffer_printf(&headers, "%.*s: %.*s\n", TEXT_ARGS(reply->headers.at[i].name), TEXT_ARGS(reply->headers.at[i].value));
	MatrixReply result = { reply->status ? reply->status : 200, reply->cacheable, buffer_text(&headers), reply->body, sending.calls };
	if (reply->descriptor > 0) { /* a download: what it holds */
		char *bytes = arena_alloc(matrix->arena, (size_t)reply->descriptor_bytes + 1);
		CHECK(pread(reply->descriptor, bytes, (size_t)reply->descriptor_bytes, 0) == reply->descriptor_bytes);
		close(reply->descriptor);
		result.body = (Text) { bytes, (size_t)reply->descriptor_bytes };
	}
	return result;
}

MatrixReply matrix_get(Matrix *matrix, const char *word, Text target)
{
	const MatrixActor *actor = matrix_actor(word);
	bool is_api = text_starts(target, TEXT("/api/"));
	return matrix_send(matrix,
		&(MatrixRequest) {
			.method = GET, .target = target, .actor = actor, .way = is_api && actor->token.length ? BY_TOKEN : BY_SESSION });
}

Text matrix_words(Matrix *matrix, const MatrixReply *reply)
{
	enum { MEMBERS_MAX = 1000, BYTES_MAX = 64 << 20 };
	ZipEntries members;
	Call call = *matrix->t->call;
	call.arena = matrix->arena;
	if (text_starts(reply->body, TEXT("%PDF"))) return tool_run(matrix->t, "read.pdf", reply->body, "pdftotext -q read.pdf -");
	if (!text_starts(reply->body, TEXT("PK"))) return reply->body;
	if (zip_unpack(&call, reply->body, MEMBERS_MAX, BYTES_MAX, &members) != OK) return reply->body;
	Buffer words = { .arena = matrix->arena };
	for (size_t i = 0; i < members.count; i++) {
		MatrixReply inner = { .body = members.at[i].content };
		buffer_printf(&words, "%.*s\n", TEXT_ARGS(members.at[i].name));
		buffer_put(&words, matrix_words(matrix, &inner));
	}
	return buffer_text(&words);
}

Text matrix_header(const MatrixReply *reply, const char *name)
{
	for (Text rest = reply->headers, line; text_next(&rest, '\n', &line);) {
		Text value = line, key;
		text_next(&value, ':', &key);
		if (text_is_nocase(key, text_from(name))) return text_trim(value);
	}
	return (Text) { 0 };
}

/* ---- Tables */
MatrixLines matrix_table(Test *t, const char *name)
{
	MatrixLines lines = { 0 };
	int number = 0;
	Text rest = test_read_file(t->arena, arena_printf(t->arena, "%s/matrix/%s", TEST_ROOT, name).at);
	for (Text text; text_next(&rest, '\n', &text);) {
		MatrixLine line = { .number = ++number };
		if (!text.length || text.at[0] == '#') continue;
		for (Text cells = text, cell; text_next(&cells, '\t', &cell);) {
			must(line.count < MATRIX_CELLS);
			line.cells[line.count++] = cell;
		}
		list_add(t->arena, &lines, line);
	}
	return lines;
}

bool matrix_names(Text words, Text word)
{
	for (Text rest = words, each; text_next(&rest, ' ', &each);)
		if (text_is(each, word)) return true;
	return false;
}
