#include "site_private.h"

#include "face/http/http_private.h"

static Request *post(Test *t, const char *target, Text content_type, Text body)
{
	Request *request = site_request(t, POST);
	request_set_header(request, TEXT("Cookie"), TEXT("session=staff-0123456789abcdef"));
	request_set_header(request, TEXT("X-CSRF-Token"), TEXT("csrf-of-the-session"));
	request_set_body(request, content_type, body);
	HttpOptions options = site_options(t);
	Error error = http_dispatch(&options, request, text_from(target));
	CHECK((error == OK) == (request->reply.status == 200));
	return request;
}

static Request *post_form(Test *t, const char *body)
{
	return post(t, "/matters/a/notes", TEXT("application/x-www-form-urlencoded"), text_from(body));
}
static Request *post_json(Test *t, const char *body) { return post(t, "/api/v1/notes", TEXT("application/json"), text_from(body)); }

/* Names of the fields with problems, separated by blanks. */
static Text problems(const Request *request)
{
	Texts names = { 0 };
	for (size_t i = 0; i < request->call->failure.problems.count; i++)
		list_add(request->call->arena, &names, request->call->failure.problems.at[i].field);
	return arena_join(request->call->arena, names.at, names.count, TEXT(" "));
}

TEST(http_form__urlencoded_values_become_a_struct)
{
	Request *request =
		post_form(t, "title=+%E6%94%AF%E4%BB%98+&body=a%0D%0Ab%0Dc&kind=red&count=-12&agreed=on&tags=x&tags=y&tags=&unknown=1");
	CHECK_INT(request->reply.status, 200);
	CHECK_TEXT(request->reply.body, "title=支付 body=a\nb\nc kind=red count=-12 agreed=1 tag=x tag=y");
}

TEST(http_form__each_wrong_field_is_named_and_all_that_was_typed_stays)
{
	Request *request = post_form(t, "title=01234567890&body=%01&kind=blue&count=many&agreed=perhaps&tags=%FF");
	CHECK_INT(request->reply.status, 422);
	CHECK_TEXT(problems(request), "title body kind count agreed tags");
	CHECK(text_starts(request->reply.body, TEXT("form title=[01234567890] body=[\x01]")));
	CHECK_TEXT(problems(post_form(t, "title=%20%20")), "title");
	CHECK_TEXT(problems(post_form(t, "")), "title");
	CHECK_TEXT(problems(post_form(t, "title=a%00b")), "title");
	CHECK_TEXT(problems(post_form(t, "title=a%0Ab")), "title");
	CHECK_TEXT(problems(post_form(t, "title=a&count=9223372036854775808")), "count");
}

TEST(http_form__length_counts_characters_not_bytes)
{
	CHECK_INT(post_form(t, "title=%E6%94%AF%E6%94%AF%E6%94%AF%E6%94%AF%E6%94%AF%E6%94%AF%E6%94%AF%E6%94%AF%E6%94%AF%E6%94%AF")
			  ->reply.status,
		200);
	CHECK_INT(post_form(t, "title=%E6%94%AF%E6%94%AF%E6%94%AF%E6%94%AF%E6%94%AF%E6%94%AF%E6%94%AF%E6%94%AF%E6%94%AF%E6%94%AF%E6%94%AF")
			  ->reply.status,
		422);
}

TEST(http_form__json_fills_the_same_struct_and_refuses_the_rest)
{
	CHECK_TEXT(post_json(t, "{\"title\":\"t\",\"count\":5,\"agreed\":true,\"tags\":[\"x\",\"y\"],\"kind\":\"green\",\"body\":null}")
			   ->reply.body,
		"title=t body= kind=green count=5 agreed=1 tag=x tag=y");
	static const struct {
		const char *body, *problems;
	} wrong[] = {
		{ "{\"title\":5}", "title" },
		{ "{\"title\":[\"a\"]}", "title" },
		{ "{\"title\":{}}", "title" },
		{ "{\"title\":\"a\",\"count\":\"5\"}", "count" },
		{ "{\"title\":\"a\",\"count\":1.5}", "count" },
		{ "{\"title\":\"a\",\"agreed\":\"true\"}", "agreed" },
		{ "{\"title\":\"a\",\"tags\":[1]}", "tags" },
		{ "{\"title\":\"a\",\"kind\":false}", "kind" },
		{ "{\"title\":\"a\",\"roles\":\"publisher\"}", "roles" },
		{ "[1]", "" },
	};
	for (size_t i = 0; i < COUNT(wrong); i++) {
		Request *request = post_json(t, wrong[i].body);
		if (request->reply.status != 422 || !text_is(problems(request), text_from(wrong[i].problems)))
			test_fail(__FILE__, __LINE__, "%s gives %d, problems \"%.*s\"", wrong[i].body, request->reply.status,
				TEXT_ARGS(problems(request)));
	}
	CHECK_INT(post_json(t, "{\"title\":")->reply.status, 422);
}

TEST(http_form__problems_of_the_api_are_rfc_9457_in_the_readers_language)
{
	Request *request = site_request(t, POST);
	request_set_header(request, TEXT("Accept-Language"), TEXT("en"));
	request_set_body(request, TEXT("application/json"), TEXT("{\"title\":\"01234567890\"}"));
	HttpOptions options = site_options(t);
	CHECK_ERROR(request->call, http_dispatch(&options, request, TEXT("/api/v1/open")), INVALID);
	CHECK_TEXT(request->reply.content_type, "application/problem+json");
	Json problem, errors;
	CHECK(json_parse(t->arena, request->reply.body, &problem, NULL));
	errors = json_get(problem, "errors");
	int64_t status;
	CHECK(json_as_int(json_get(problem, "status"), &status) && status == 422);
	CHECK_TEXT(json_as_text(json_get(problem, "code")), "INVALID");
	JsonEach each = json_each(errors);
	CHECK(json_next(&each));
	CHECK_TEXT(json_as_text(json_get(each.value, "field")), "title");
	CHECK_TEXT(json_as_text(json_get(each.value, "detail")), "This is too long: at most 10 characters.");
}

TEST(http_form__other_kinds_of_content_are_refused)
{
	CHECK_INT(post(t, "/matters/a/notes", TEXT("text/plain"), TEXT("title=a"))->reply.status, 415);
	CHECK_INT(post(t, "/matters/a/notes", TEXT("application/json"), TEXT("{\"title\":\"a\"}"))->reply.status, 415);
	CHECK_INT(post(t, "/api/v1/notes", TEXT("application/xml"), TEXT("<a/>"))->reply.status, 415);
	CHECK_INT(post(t, "/matters/a/notes", TEXT("application/x-www-form-urlencoded"), TEXT("title=%zz"))->reply.status, 400);
}

/* ---- Multipart */

#define PART(name, value) "--XyZ\r\nContent-Disposition: form-data; name=\"" name "\"\r\n\r\n" value "\r\n"
#define FILE_PART(file, value) \
	"--XyZ\r\nContent-Disposition: form-data; name=\"files\"; filename=\"" file "\"\r\nContent-Type: image/png\r\n\r\n" value "\r\n"
#define MULTIPART TEXT("multipart/form-data; boundary=XyZ")

TEST(http_multipart__fields_and_files_arrive_whole)
{
	Text body = TEXT(PART("title", "t") PART("tags", "x") FILE_PART("a.png", "\x01\r\n--Xy\r\n--XyY\x02") FILE_PART("", "")
			PART("tags", "y") "--XyZ--\r\n");
	CHECK_TEXT(post(t, "/matters/a/notes", MULTIPART, body)->reply.body,
		"title=t body= kind= count=0 agreed=0 tag=x tag=y file=a.png,image/png,15,736");
	CHECK_TEXT(post(t, "/matters/a/notes", TEXT("multipart/form-data; boundary=\"XyZ\"; charset=utf-8"), body)->reply.body,
		"title=t body= kind= count=0 agreed=0 tag=x tag=y file=a.png,image/png,15,736");
}

TEST(http_multipart__names_of_files_are_labels_not_paths)
{
	static const struct {
		const char *sent, *kept;
	} names[] = {
		{ "../../etc/passwd", "passwd" },
		{ "C:\\\\x\\\\y.doc", "y.doc" },
		{ "..", "_" },
		{ "a\tb", NULL },
		{ "%22x%22", "\"x\"" },
		{ "\\\"x", "\"x" },
	};
	for (size_t i = 0; i < COUNT(names); i++) {
		Text body = arena_printf(t->arena,
			PART("title",
				"t") "--XyZ\r\nContent-Disposition: form-data; name=\"files\"; filename=\"%s\"\r\n\r\nx\r\n--XyZ--\r\n",
			names[i].sent);
		Request *request = post(t, "/matters/a/notes", MULTIPART, body);
		if (!names[i].kept)
			CHECK_INT(request->reply.status, 400);
		else if (!text_find(request->reply.body, arena_printf(t->arena, " file=%s,", names[i].kept), NULL))
			test_fail(__FILE__, __LINE__, "%s becomes %.*s", names[i].sent, TEXT_ARGS(request->reply.body));
	}
}

TEST(http_multipart__what_is_broken_is_refused)
{
	static const char *const broken[] = {
		"",
		"x",
		"--XyZ",
		"--XyZ\r\n",
		"--XyZ--x",
		"--XyZ\r\n\r\n\r\n--XyZ--\r\n",
		PART("title", "t"),
		PART("title", "t") "--XyZ",
		PART("title", "t") "--XyZ-",
		PART("title", "t") "--XyZ--\r\nmore",
		" " PART("title", "t") "--XyZ--",
		"--XyZ\r\nContent-Disposition: attachment; name=\"title\"\r\n\r\nt\r\n--XyZ--",
		"--XyZ\r\nContent-Disposition: form-data; name=\"title\r\n\r\nt\r\n--XyZ--",
		"--XyZ\r\nContent-Disposition: form-data\r\n\r\nt\r\n--XyZ--",
		"--XyZ\nContent-Disposition: form-data; name=\"title\"\n\nt\n--XyZ--",
		"--XyZ\r\nno header\r\n\r\nt\r\n--XyZ--",
		"--XyZ\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nt\r\n--XyZ--",
		PART("title", "t") "--XyZx\r\n\r\n--XyZ--",
	};
	for (size_t i = 1; i < COUNT(broken); i++) {
		Request *request = post(t, "/matters/a/notes", MULTIPART, text_from(broken[i]));
		if (request->reply.status != 400) test_fail(__FILE__, __LINE__, "number %zu gives %d", i, request->reply.status);
	}
	CHECK_INT(post(t, "/matters/a/notes", TEXT("multipart/form-data"), TEXT(PART("title", "t") "--XyZ--"))->reply.status, 400);
	CHECK_INT(
		post(t, "/matters/a/notes", TEXT("multipart/form-data; boundary="), TEXT(PART("title", "t") "--XyZ--"))->reply.status, 400);
	Buffer head = { .arena = t->arena };
	buffer_put(&head, TEXT("--XyZ\r\nContent-Disposition: form-data; name=\""));
	for (int i = 0; i < 5000; i++) buffer_byte(&head, 'a');
	buffer_put(&head, TEXT("\"\r\n\r\nx\r\n--XyZ--\r\n"));
	CHECK_INT(post(t, "/matters/a/notes", MULTIPART, buffer_text(&head))->reply.status, 400);
}

/* What a parser fed in pieces understood, as text. */
static Text parse_in_pieces(Test *t, HttpSite *site, Text body, size_t first, size_t piece)
{
	Request *request = site_request(t, POST);
	request->exchange->site = site;
	Multipart *multipart = multipart_new(request, TEXT("XyZ"));
	Error error = multipart_add(multipart, text_slice(body, 0, first));
	for (size_t at = first; error == OK && at < body.length; at += piece)
		error = multipart_add(multipart, text_slice(body, at, at + piece));
	if (error == OK) error = multipart_finish(multipart);
	Buffer out = { .arena = t->arena };
	buffer_printf(&out, "%s", error_name(error));
	for (size_t i = 0; i < request->exchange->form.count; i++)
		buffer_printf(
			&out, " %.*s=%.*s", TEXT_ARGS(request->exchange->form.at[i].name), TEXT_ARGS(request->exchange->form.at[i].value));
	for (size_t i = 0; i < request->exchange->uploads.count; i++)
		buffer_printf(&out, " %.*s:%lld", TEXT_ARGS(request->exchange->uploads.at[i].name),
			(long long)request->exchange->uploads.at[i].size_bytes);
	body_close(request->exchange);
	return buffer_text(&out);
}

TEST(http_multipart__means_the_same_however_it_is_cut)
{
	Text body = TEXT(PART("title", "t\r\n-") FILE_PART("a", "1234\r\n--XyY1\r\n-") PART("empty", "") "--XyZ--\r\n");
	HttpOptions options = site_options(t);
	scoped(http_site_close) HttpSite *site = NULL;
	CHECK_OK(t->call, http_site_open(t->call, &options, &site));
	CHECK_TEXT(parse_in_pieces(t, site, body, body.length, 1), "OK title=t\r\n- empty= a:15");
	for (size_t first = 0; first <= body.length; first++)
		for (size_t piece = 1; piece <= body.length; piece += piece < 4 ? 1 : 37) {
			ArenaMark mark = arena_mark(t->arena);
			CHECK_TEXT(parse_in_pieces(t, site, body, first, piece), "OK title=t\r\n- empty= a:15");
			arena_release(t->arena, mark);
		}
	for (size_t end = 0; end + 2 < body.length; end++) { /* without its end it is never taken for whole */
		ArenaMark mark = arena_mark(t->arena);
		CHECK(!text_starts(parse_in_pieces(t, site, text_slice(body, 0, end), end, 1), TEXT("OK")));
		arena_release(t->arena, mark);
	}
}

/* ---- Raw bodies and parts of uploads */

static Request *put_part(Test *t, const char *target, const char *digest, Text body)
{
	Request *request = site_request(t, PUT);
	if (digest) request_set_header(request, TEXT("Content-Digest"), text_from(digest));
	request_set_body(request, TEXT("application/octet-stream"), body);
	HttpOptions options = site_options(t);
	Error error = http_dispatch(&options, request, text_from(target));
	CHECK((error == OK) == (request->reply.status == 200));
	return request;
}

TEST(http_upload__a_raw_body_is_a_descriptor_with_its_hash)
{
	CHECK_TEXT(put_part(t, "/api/v1/parts/1", NULL, TEXT("abc"))->reply.body,
		"3 abc ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	CHECK_INT(put_part(t, "/api/v1/parts/1", "sha-256=:ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=:", TEXT("abc"))->reply.status, 200);
	CHECK_INT(put_part(t, "/api/v1/parts/1", "sha-256=:ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=:", TEXT("abd"))->reply.status, 422);
	CHECK_INT(put_part(t, "/api/v1/parts/1", "sha-256=:nonsense", TEXT("abc"))->reply.status, 422);
	char *large = arena_alloc(t->arena, 1024 * 1024 + 1);
	CHECK_INT(put_part(t, "/api/v1/parts/1", NULL, (Text) { large, 1024 * 1024 })->reply.status, 200);
	CHECK_INT(put_part(t, "/api/v1/parts/1", NULL, (Text) { large, 1024 * 1024 + 1 })->reply.status, 413);
}

static Error take_upload_part(Request *request)
{
	UploadPart part;
	TRY(request_upload_part(request, &part));
	reply_text(request, TEXT("text/plain"),
		arena_printf(request->call->arena, "%lld+%lld", (long long)part.offset, (long long)part.size_bytes));
	return OK;
}

TEST(http_upload__a_part_says_where_it_belongs_and_proves_itself)
{
	static const Route rows[] = { { PUT, "/api/uploads/:id", take_upload_part, .may = ROLE_EVERYBODY, .form = &upload_part_form } };
	static const RouteTable table = { "upload", rows, 1 };
	static const char hash[] = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
	const struct {
		Text target, body;
		int status;
	} steps[] = {
		{ arena_printf(t->arena, "/api/uploads/1?offset=4194304&sha256=%s", hash), TEXT("abc"), 200 },
		{ arena_printf(t->arena, "/api/uploads/1?offset=0&sha256=%s", hash), TEXT("abd"), 422 },
		{ arena_printf(t->arena, "/api/uploads/1?offset=-1&sha256=%s", hash), TEXT("abc"), 422 },
		{ arena_printf(t->arena, "/api/uploads/1?sha256=%s", hash), TEXT("abc"), 422 },
		{ TEXT("/api/uploads/1?offset=0"), TEXT("abc"), 422 },
		{ arena_printf(t->arena, "/api/uploads/1?offset=0&sha256=%s", hash), TEXT(""), 422 },
	};
	HttpOptions options = { .tables = &table, .table_count = 1 };
	for (size_t i = 0; i < COUNT(steps); i++) {
		Request *request = site_request(t, PUT);
		request_set_body(request, TEXT("application/octet-stream"), steps[i].body);
		Error error = http_dispatch(&options, request, steps[i].target);
		CHECK((error == OK) == (i == 0));
		CHECK_INT(request->reply.status, steps[i].status);
	}
}
