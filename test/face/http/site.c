#include "site_private.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

SiteState site_state;

static const FieldSpec note_fields[] = {
	{ "title", FIELD_TEXT, offsetof(NoteForm, title), .required = true, .max_length = 10 },
	{ "body", FIELD_LINES, offsetof(NoteForm, body) },
	{ "kind", FIELD_CHOICE, offsetof(NoteForm, kind), .choices = "red green" },
	{ "count", FIELD_INT, offsetof(NoteForm, count) },
	{ "agreed", FIELD_BOOL, offsetof(NoteForm, agreed) },
	{ "tags", FIELD_TEXTS, offsetof(NoteForm, tags) },
	{ "files", FIELD_FILES, offsetof(NoteForm, files) },
};
static const FormSpec note_form = { note_fields, COUNT(note_fields), sizeof(NoteForm), .max_body_bytes = 0 };
static const FormSpec large_form = { note_fields, COUNT(note_fields), sizeof(NoteForm), .max_body_bytes = 4 * 1024 * 1024 };
static const FormSpec raw_form = { .is_raw = true, .max_body_bytes = 1024 * 1024 };

static Error show_home(Request *request)
{
	site_state.rendered++;
	reply_html(request,
		arena_printf(request->call->arena, "<p>%.*s %.*s", TEXT_ARGS(lang_tag(request->call->lang)), TEXT_ARGS(request->path)));
	return OK;
}

static Error show_news(Request *request)
{
	int version = site_state.version;
	site_state.rendered++;
	if (site_state.slow_milliseconds) nanosleep(&(struct timespec) { .tv_nsec = site_state.slow_milliseconds * 1000000L }, NULL);
	Text page = request_query(request, TEXT("page"));
	Buffer body = { .arena = request->call->arena };
	buffer_printf(&body, "<p>version %d, page %.*s, cookie %s</p>", version, TEXT_ARGS(page),
		request_cookie(request, TEXT("session")).at ? "seen" : "none");
	for (int i = 0; i < 200; i++) buffer_put(&body, TEXT("0123456789"));
	reply_html(request, buffer_text(&body));
	reply_public(request, TEXT("news"));
	return OK;
}

static Error show_item(Request *request)
{
	Text id = request_parameter(request, TEXT("id"));
	if (text_is(id, TEXT("absent"))) return fail(request->call, NOT_FOUND, "no such item");
	reply_html(request, arena_printf(request->call->arena, "item %.*s", TEXT_ARGS(id)));
	reply_public(request, arena_printf(request->call->arena, "item:%.*s", TEXT_ARGS(id)));
	return OK;
}

static Error load_matter(Request *request)
{
	Text ref = request->parameters[0];
	if (text_is(ref, TEXT("hidden")) || text_is(ref, TEXT("absent")))
		return fail(request->call, NOT_FOUND, "matter %.*s", TEXT_ARGS(ref));
	request->subject = arena_new_of(request->call->arena, int);
	return OK;
}

static Error show_matter(Request *request)
{
	reply_html(request, TEXT("a matter"));
	return OK;
}

static Error show_note_form(Request *request)
{
	Buffer body = { .arena = request->call->arena };
	buffer_printf(&body, "form title=[%.*s] body=[%.*s]", TEXT_ARGS(request_form_value(request, TEXT("title"))),
		TEXT_ARGS(request_form_value(request, TEXT("body"))));
	for (size_t i = 0; i < request->call->failure.problems.count; i++)
		buffer_printf(&body, " problem %.*s", TEXT_ARGS(request->call->failure.problems.at[i].field));
	reply_html(request, buffer_text(&body));
	return OK;
}

static Error take_note(Request *request)
{
	const NoteForm *form = request->form;
	Buffer body = { .arena = request->call->arena };
	buffer_printf(&body, "title=%.*s body=%.*s kind=%.*s count=%lld agreed=%d", TEXT_ARGS(form->title), TEXT_ARGS(form->body),
		TEXT_ARGS(form->kind), (long long)form->count, form->agreed);
	for (size_t i = 0; i < form->tags.count; i++) buffer_printf(&body, " tag=%.*s", TEXT_ARGS(form->tags.at[i]));
	for (size_t i = 0; i < form->files.count; i++) {
		const Upload *file = &form->files.at[i];
		unsigned char bytes[65536];
		uint64_t sum = 0;
		for (ssize_t got; (got = read(file->descriptor, bytes, sizeof(bytes))) > 0;)
			for (ssize_t j = 0; j < got; j++) sum += bytes[j];
		buffer_printf(&body, " file=%.*s,%.*s,%lld,%llu", TEXT_ARGS(file->name), TEXT_ARGS(file->content_type),
			(long long)file->size_bytes, (unsigned long long)sum);
	}
	reply_text(request, TEXT("text/plain; charset=utf-8"), buffer_text(&body));
	return OK;
}

static Error take_part(Request *request)
{
	int64_t size;
	Digest digest;
	int descriptor = request_body_descriptor(request, &size, &digest);
	char first[4] = { 0 };
	if (descriptor < 0 || read(descriptor, first, 3) < 0) return fail(request->call, IO, "no body");
	reply_text(request, TEXT("text/plain"),
		arena_printf(request->call->arena, "%lld %s %.*s", (long long)size, first,
			TEXT_ARGS(hex_text(request->call->arena, DIGEST_TEXT(digest)))));
	return OK;
}

static Error do_nothing(Request *request)
{
	reply_html(request, TEXT("done"));
	return OK;
}

static Error show_leak(Request *request)
{
	reply_html(request, site_state.leak);
	return OK;
}

static Error go_next(Request *request)
{
	return reply_redirect(request, request_local_path(request_query(request, TEXT("next")), TEXT("/home")));
}

static Error set_header(Request *request)
{
	reply_header(request, TEXT("X-Echo"), request_query(request, TEXT("value")));
	reply_cookie(request, TEXT("session"), TEXT("0123456789abcdef01234567"), 60);
	reply_html(request, TEXT("header"));
	return OK;
}

static Error show_slow(Request *request)
{
	nanosleep(&(struct timespec) { .tv_sec = site_state.slow_milliseconds / 1000,
			  .tv_nsec = site_state.slow_milliseconds % 1000 * 1000000L },
		NULL);
	reply_html(request, TEXT("slow"));
	return OK;
}

static Error give_file(Request *request)
{
	int descriptor = memfd_create("test", MFD_CLOEXEC);
	if (write(descriptor, "content", 7) != 7 || lseek(descriptor, 0, SEEK_SET) != 0) return fail(request->call, IO, "no file");
	reply_download(request, TEXT("报告 \"1\".pdf"), descriptor, 7);
	return OK;
}

static const Route rows[] = {
	{ GET, "/", show_home, .may = ROLE_EVERYBODY, .is_public = true },
	{ GET, "/news", show_news, .may = ROLE_EVERYBODY, .is_public = true },
	{ GET, "/items/:id", show_item, .may = ROLE_EVERYBODY, .is_public = true },
	{ GET, "/api/v1/news", show_news, .may = ROLE_EVERYBODY, .is_public = true },
	{ GET, "/private", show_home, .may = ROLE_STAFF },
	{ GET, "/open", show_home, .may = ROLE_EVERYBODY },
	{ GET, "/guarded", show_home, .may = ROLE_STAFF, .needs_second_factor = true },
	{ GET, "/matters/:ref", show_matter, .may = ROLE_STAFF, .subject = load_matter },
	{ POST, "/matters/:ref/notes", take_note, .may = ROLE_STAFF, .subject = load_matter, .form = &note_form, .retry = show_note_form },
	{ GET, "/matters/new", show_home, .may = ROLE_STAFF },
	{ POST, "/notes", take_note, .may = ROLE_EVERYBODY, .form = &note_form, .retry = show_note_form },
	{ POST, "/files", take_note, .may = ROLE_STAFF, .form = &large_form, .retry = show_note_form },
	{ POST, "/do", do_nothing, .may = ROLE_STAFF },
	{ POST, "/api/v1/notes", take_note, .may = ROLE_STAFF, .form = &note_form, .scope = 2 },
	{ GET, "/api/v1/notes/:ref", show_matter, .may = ROLE_STAFF, .subject = load_matter, .scope = 1 },
	{ POST, "/api/v1/open", take_note, .may = ROLE_EVERYBODY, .form = &note_form },
	{ PUT, "/api/v1/parts/:id", take_part, .may = ROLE_EVERYBODY, .form = &raw_form },
	{ DELETE, "/api/v1/parts/:id", do_nothing, .may = ROLE_STAFF },
	{ GET, "/leak", show_leak, .may = ROLE_EVERYBODY },
	{ GET, "/next", go_next, .may = ROLE_EVERYBODY },
	{ GET, "/header", set_header, .may = ROLE_EVERYBODY },
	{ GET, "/slow", show_slow, .may = ROLE_EVERYBODY },
	{ GET, "/file", give_file, .may = ROLE_EVERYBODY },
	{ GET, "/heavy", show_home, .may = ROLE_EVERYBODY, .weight = 10 },
};
const RouteTable site_table = { "test", rows, COUNT(rows) };

static const Actor staff = {
	.person_id = 7, .name = TEXT_INIT("Staff"), .roles = ROLE_REPORTER | ROLE_COORDINATOR, .session_id = 3, .scopes = ~0U
};
static const Actor reporter = { .person_id = 8, .name = TEXT_INIT("Reporter"), .roles = ROLE_REPORTER, .session_id = 4, .scopes = ~0U };

static Error authenticate(Request *request)
{
	Text cookie = request_cookie(request, TEXT("session")), token = request_header(request, TEXT("Authorization"));
	if (text_starts(token, TEXT("Bearer "))) {
		if (!text_is(token, TEXT("Bearer token-of-the-staff-000"))) return fail(request->call, UNAUTHENTICATED, "no such token");
		Actor *actor = arena_new_of(request->call->arena, Actor);
		*actor = staff;
		actor->session_id = 0;
		actor->scopes = site_state.scopes;
		request->call->actor = actor;
		return OK;
	}
	if (text_starts(cookie, TEXT("staff"))) request->call->actor = &staff;
	if (text_starts(cookie, TEXT("reporter"))) request->call->actor = &reporter;
	if (request->call->actor->person_id) request->csrf_token = TEXT("csrf-of-the-session");
	return OK;
}

static void show_error(Request *request, Error error)
{
	reply_html(request, arena_printf(request->call->arena, "error page %s", error_name(error)));
}

static Error before_reply(Request *request)
{
	site_state.recorded++;
	return site_state.recording == OK ? OK : fail(request->call, BUSY, "not recorded");
}

static Error ready(Call *call) { return site_state.ready == OK ? OK : fail(call, FULL, "not ready"); }

const HttpHooks site_hooks = { authenticate, show_error, before_reply, ready };

HttpOptions site_options(Test *t)
{
	return (HttpOptions) { .listen = "127.0.0.1:0",
		.event_threads = 2,
		.worker_threads = 3,
		.tables = &site_table,
		.table_count = 1,
		.hooks = site_hooks,
		.house = t->house };
}

Request *site_request(Test *t, Method method)
{
	Call *call = arena_new_of(t->arena, Call);
	*call = (Call) { .arena = t->arena, .actor = &actor_visitor, .lang = LANG_ZH, .now = t->call->now, .house = t->house };
	return request_new(call, method);
}

/* ---- Raw sockets */

HttpServer *site_start(Test *t, const HttpOptions *options)
{
	HttpServer *server = NULL;
	CHECK_OK(t->call, http_start(t->call, options, &server));
	return server;
}

Client client_open(Test *t, const HttpServer *server)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET, .sin_port = htons(http_port(server)), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)
	};
	Client client = { t, socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0) };
	CHECK(client.descriptor >= 0);
	CHECK(connect(client.descriptor, (const struct sockaddr *)&address, sizeof(address)) == 0);
	return client;
}

void client_close(Client *client) { close(client->descriptor); }

void client_send(const Client *client, Text bytes)
{
	while (bytes.length) {
		ssize_t sent = send(client->descriptor, bytes.at, bytes.length, MSG_NOSIGNAL);
		if (sent <= 0) return; /* the server may close in the midst of what it refuses */
		bytes = text_slice(bytes, (size_t)sent, bytes.length);
	}
}

static ssize_t receive(const Client *client, char *at, size_t room)
{
	struct pollfd wait = { .fd = client->descriptor, .events = POLLIN };
	if (poll(&wait, 1, 15000) != 1) test_fail(__FILE__, __LINE__, "the server says nothing");
	ssize_t got = recv(client->descriptor, at, room, 0);
	return got < 0 ? 0 : got;
}

Text answer_header(const Answer *answer, const char *name)
{
	for (Text rest = answer->head, line; text_next(&rest, '\n', &line);) {
		Text value = text_trim(line), key;
		text_next(&value, ':', &key);
		if (value.at && text_is_nocase(key, text_from(name))) return text_trim(value);
	}
	return (Text) { 0 };
}

Answer client_read(const Client *client, bool is_head)
{
	Buffer buffer = { .arena = client->t->arena };
	Answer answer = { 0 };
	char byte;
	while (!text_ends(buffer_text(&buffer), TEXT("\r\n\r\n"))) {
		if (receive(client, &byte, 1) <= 0) return answer;
		buffer_byte(&buffer, byte);
	}
	answer.head = buffer_text(&buffer);
	int64_t status, length = 0;
	CHECK(text_starts(answer.head, TEXT("HTTP/1.1 ")) && text_to_int(text_slice(answer.head, 9, 12), &status));
	answer.status = (int)status;
	Text sent_length = answer_header(&answer, "Content-Length");
	if (sent_length.at) CHECK(text_to_int(sent_length, &length));
	if (is_head || status == 304 || status == 100) length = 0;
	char *body = arena_alloc(client->t->arena, (size_t)length + 1);
	size_t have = 0;
	for (ssize_t got; have < (size_t)length && (got = receive(client, body + have, (size_t)length - have)) > 0;) have += (size_t)got;
	answer.body = (Text) { body, have };
	answer.is_closed = text_is_nocase(answer_header(&answer, "Connection"), TEXT("close"));
	return answer;
}

bool client_is_closed(const Client *client)
{
	struct pollfd wait = { .fd = client->descriptor, .events = POLLIN };
	char rest[4096];
	while (poll(&wait, 1, 5000) == 1)
		if (recv(client->descriptor, rest, sizeof(rest), 0) <= 0) return true;
	return false;
}

Answer site_fetch(Test *t, const HttpServer *server, const char *raw)
{
	Client client = client_open(t, server);
	client_send(&client, text_from(raw));
	Answer answer = client_read(&client, text_starts(text_from(raw), TEXT("HEAD ")));
	client_close(&client);
	return answer;
}
