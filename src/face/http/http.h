/*
 * http: the only room that includes microhttpd.h. Event threads accept, answer cached public replies and 304s; everything else goes to
 * worker threads (the connection is suspended, the worker stores the reply and resumes it). Rooms above give route rows and handlers.
 */
#pragma once
#include "base/base/base.h"
#include "base/base/json.h"
#include "base/crypto/crypto.h"

typedef enum Method { GET, POST, PUT, DELETE, METHOD_COUNT } Method; /* HEAD is answered from GET */
typedef struct Request Request;
typedef Error Handler(Request *request);

/* ---- Forms: the body (urlencoded, multipart or JSON object alike) parsed into a struct, by a table. */
#define CSRF_FIELD "csrf" /* every POST form carries request->csrf_token in this field; templates write it by themselves */
typedef enum FieldKind { FIELD_TEXT, FIELD_LINES, FIELD_INT, FIELD_BOOL, FIELD_CHOICE, FIELD_TEXTS, FIELD_FILES } FieldKind;
typedef struct FieldSpec {
	const char *name; /* FILES: "*" takes the files of every field */
	FieldKind kind;
	size_t offset; /* in the form's struct: Text, Text, int64_t, bool, Text, Texts, Uploads */
	bool required;
	size_t max_length; /* code points; 0: 200 for TEXT, 20,000 for LINES */
	const char *choices; /* CHOICE and TEXTS: values separated by blanks */
	bool is_verbatim; /* TEXT: blanks at both ends belong to it (passwords) */
} FieldSpec;
typedef struct FormSpec {
	const FieldSpec *fields;
	size_t field_count, struct_size;
	size_t max_body_bytes; /* 0: 64 KiB; above 64 KiB files are spooled while they come in, to memory that counts against one budget for all */
	bool takes_more; /* members beside the fields are the handler's to check, with request_json; else an API request with them is INVALID */
	bool is_raw; /* any content type, not parsed: request_body_descriptor (parts of resumable uploads, imports) */
} FormSpec;
typedef struct Upload { /* one file of a multipart body */
	Text field, name, content_type;
	int64_t size_bytes;
	int descriptor; /* anonymous file in memory (never on a disk, for it is not sealed yet), at its start; closed with the request */
} Upload;
typedef LIST_OF(Upload) Uploads;

/* ---- Routes */
typedef struct Route {
	Method method;
	const char *path; /* "/casefiles/:ref/accept"; ":name" matches one segment */
	Handler *handle;
	uint32_t may; /* ROLE_… bits; a row without is a defect that a test finds */
	Handler *subject; /* loads what ":ref" names into request->subject and asks whether this actor may see it */
	const FormSpec *form; /* parsed into request->form before `handle`; wrong fields: 422 with problems, or `retry` */
	Handler *retry; /* shows the form's page again when the form or the handler failed with INVALID (pages) */
	uint32_t scope; /* token scope needed (SCOPE_…); a session has all. 0 on /api/: no token needed */
	bool is_public; /* same bytes for everybody: also served under /en, cached, never sees the cookie */
	bool address_is_key; /* a secret in the address says who asks: a POST from anywhere is taken, without form token (RFC 8058) */
	bool needs_second_factor; /* SECOND_FACTOR when the session has not passed one */
	int weight; /* of the rate limit; 0: 1 */
	const void *about; /* what the handler is told by its row, when several subjects share it; the handler's face says what it is */
	const char *summary; /* one English sentence: openapi.json and permissions.md are made of it */
} Route;
typedef struct RouteTable {
	const char *room;
	const Route *rows;
	size_t count;
} RouteTable;

/* ---- Replies */
typedef struct ReplyHeader {
	Text name, value;
} ReplyHeader;
typedef struct Reply {
	int status; /* 0: 200 */
	Text content_type, body;
	LIST_OF(ReplyHeader) headers;
	int descriptor; /* when > 0: the body is this file, closed after sending (downloads) */
	int64_t descriptor_bytes;
	bool cacheable; /* public reply: kept until something it depends on changes */
	Texts depends_on; /* change keys, e.g. "advisory:CVE-2024-1", "advisory" for every list; see http_cache_forget */
} Reply;

struct Request {
	Call *call;
	Method method;
	Text path; /* without /en and query, percent-decoded per segment */
	Text query; /* as sent, without "?": for links that keep the page */
	Text address; /* the peer, or what the trusted proxy says */
	const Route *route;
	Text parameters[4]; /* values of ":name" segments, in order */
	void *subject; /* what route->subject loaded */
	void *form; /* struct described by route->form */
	Text csrf_token; /* of the session, for templates */
	bool is_api; /* path below /api/: errors are RFC 9457 problems, no redirects */
	bool is_english_address; /* came with /en */
	Reply reply;
	struct Exchange *exchange; /* private to http */
};

Text request_query(const Request *request, Text name); /* first value, decoded; at == NULL when absent */
int64_t request_query_number(const Request *request, Text name); /* whole and above 0; 0 when it is absent or no such number */
Text request_header(const Request *request, Text name); /* at == NULL when absent */
Text request_cookie(const Request *request, Text name);
Text request_form_value(const Request *request, Text name); /* raw value as sent, to show a refused form again with all that was typed */
Text request_parameter(const Request *request, Text name); /* by the ":name" of the route */
/* The JSON object an API request came with, for what a FormSpec cannot describe; absent when the body is no JSON. */
Json request_json(const Request *request);
/* The whole body of a route whose form is_raw, at its start, closed with the request; -1 when there was none. out_* may be NULL. */
int request_body_descriptor(const Request *request, int64_t *out_size_bytes, Digest *out_sha256);
/* The candidate when it is a path of this very site, else the other one: for `next=`. */
Text request_local_path(Text candidate, Text otherwise);
/* "/advisories/x" in the reader's public language ("/en/advisories/x"). */
Text request_public_path(const Request *request, Text path);

void reply_header(Request *request, Text name, Text value);
void reply_html(Request *request, Text body);
void reply_json(Request *request, Text body);
void reply_text(Request *request, Text content_type, Text body);
must_use Error reply_redirect(Request *request, Text local_path); /* 303; USAGE when it is no path of this very site */
/* A table as CSV: begin, every cell (no spreadsheet takes one for a formula) with `is_last` at the end of a row, then the reply with a file's name. */
Buffer csv_begin(Arena *arena);
void csv_cell(Buffer *out, Text value, bool is_last);
void reply_csv(Request *request, const char *name, const Buffer *table);
/* A page of a list as JSON: {"items": […], "next_cursor": …}. The writer takes the items between begin and end; the end replies. */
typedef struct JsonList {
	Buffer buffer;
	JsonWriter writer;
} JsonList;
void json_list_begin(Request *request, JsonList *out);
void json_list_end(Request *request, JsonList *list, Text next); /* no text: nothing follows */
Text cursor_after(Call *call, int64_t last); /* the id of the page's last one; 0, no text, when nothing follows */
must_use Error request_cursor(Request *request, int64_t *out); /* 0 without one; USAGE when `cursor` is no number from 0 on */
void reply_download(Request *request, Text name, int descriptor, int64_t size_bytes); /* always attachment, octet-stream, sandboxed */
void reply_cookie(Request *request, Text name, Text value, int64_t max_age_seconds); /* __Host-, HttpOnly, SameSite=Lax, Secure */
void reply_public(Request *request, Text depends_on); /* cacheable until this key changes; may be called several times */

/* ---- Resumable uploads for scripts: PUT …/uploads/:id?offset=N with one part, its SHA-256 in Content-Digest (RFC 9530) or in
 * the query as sha256=HEX. What the parts become is work/form's. A route of this kind has .form = &upload_part_form. */
enum { UPLOAD_PART_BYTES_MAX = 4 * 1024 * 1024 };
extern const FormSpec upload_part_form;
typedef struct UploadPart {
	int64_t offset, size_bytes;
	Digest sha256; /* of the part, compared with what the client meant to send */
	int descriptor; /* at its start, closed with the request */
} UploadPart;
/* INVALID: no offset, an empty part, no checksum or a wrong one. */
must_use Error request_upload_part(Request *request, UploadPart *out);

/* ---- The server */
typedef struct HttpHooks { /* wired in app/; all run on worker threads */
	/* Fills call->actor, call->lang and request->csrf_token from cookie or Authorization; leaves the visitor where there is neither.
	 * Not called for public routes. */
	Error (*authenticate)(Request *request);
	/* Shows a failed call as a page (API problems are http's own). */
	void (*show_error)(Request *request, Error error);
	/* Called before the reply of a route with `subject` leaves: records reading of undisclosed matters. May be NULL. */
	Error (*before_reply)(Request *request);
	/* /readyz: OK when the service can work. May be NULL. */
	Error (*ready)(Call *call);
} HttpHooks;
typedef struct HttpAsset { /* a static file compiled in; its path carries the hash of its content, so it is kept for ever */
	const char *path, *content_type;
	const void *bytes;
	size_t length;
	const void *gzip_bytes; /* NULL: none */
	size_t gzip_length;
	const char *etag; /* without quotes */
} HttpAsset;
typedef struct HttpLimits { /* 0: the default named beside it */
	int connections, connections_per_address; /* 4096; 256 (those of a trusted proxy are not counted) */
	int idle_seconds, request_seconds, work_seconds; /* 30 without a byte; 60 for head and small body; 30 for a worker */
	int queued_requests; /* 512 waiting for a worker, over all clients */
	int head_bytes; /* 12 KiB for target and headers; cleared after every request, so its size costs time */
	int public_max_age_seconds; /* 0: clients ask every time, and are answered 304 */
} HttpLimits;
typedef struct HttpOptions {
	const char *listen; /* "127.0.0.1:8080", "[::1]:8080" */
	const char *tls_certificate, *tls_key;
	const char *trusted_proxy; /* address whose X-Forwarded-For and -Proto are believed; NULL: nobody's */
	int event_threads, worker_threads;
	int requests_per_minute; /* per address (IPv6: /64) for what is not cached; 0: no limit */
	int account_requests_per_minute; /* per person; 0: no limit */
	HttpLimits limits;
	Text metrics_token; /* bearer of /metrics from elsewhere than loopback; empty: nobody */
	Text visitor_key; /* 32 bytes that bind visitors' form tokens; empty: made at start (one node only) */
	bool access_log; /* one line per request that was not answered from the cache */
	const HttpAsset *assets;
	size_t asset_count;
	const RouteTable *tables;
	size_t table_count;
	HttpHooks hooks;
	const House *house;
} HttpOptions;
typedef struct HttpServer HttpServer;
must_use Error http_start(Call *call, const HttpOptions *options, HttpServer **out);
uint16_t http_port(const HttpServer *server); /* the real one when 0 was asked for */
void http_stop(HttpServer **server); /* finishes running requests, at most 10 s */

/* The reply cache; the server uses house->cache (NULL: nothing is kept). Keys are change keys; "advisory" forgets every reply that
 * depends on it. A reply made of data older than a forget that happened meanwhile is not kept. */
typedef struct HttpCache HttpCache;
HttpCache *http_cache_new(size_t bytes_max);
void http_cache_free(HttpCache **cache);
void http_cache_forget(HttpCache *cache, Text key);
void http_cache_clear(HttpCache *cache);

/* Numbers of other rooms in /metrics: name, help and a function that is asked at every scrape, from a worker thread. */
typedef int64_t HttpMetric(void *context);
void http_metric(const char *name, const char *help, HttpMetric *read, void *context); /* at start, before http_start */

/* For tests and bench: dispatch and render without a socket; target is "/path?query". The reply is in request->reply; the error is
 * what it tells of (OK for a page, a redirect to the login is UNAUTHENTICATED).
 * Routes are compiled anew on every call unless `site` was opened before. */
Request *request_new(Call *call, Method method);
void request_set_header(Request *request, Text name, Text value); /* before the dispatch; "Cookie: name=value" like any other */
void request_set_body(Request *request, Text content_type, Text body);
Text reply_header_value(const Request *request, Text name); /* at == NULL when the reply has none */
must_use Error http_dispatch(const HttpOptions *options, Request *request, Text target);
typedef struct HttpSite HttpSite;
must_use Error http_site_open(Call *call, const HttpOptions *options, HttpSite **out); /* CONFIG: a route row is wrong */
void http_site_close(HttpSite **site);
must_use Error http_site_dispatch(HttpSite *site, Request *request, Text target);
