/*
 * What the files of http share. A request lives in three forms: the Visit (server.c, worker.c) is its connection with libmicrohttpd,
 * the Exchange (here) is what was sent and what http itself knows of it, the Request (http.h) is what handlers see.
 */
#pragma once
#include "face/http/http.h"

enum {
	SEGMENTS_MAX = 16,
	PARAMETERS_MAX = 4,
	BODY_IN_MEMORY_BYTES = 64 * 1024,
	FORM_VALUES_MAX = 1000, /* of one request, query and body each */
	UPLOADS_MAX = 100,
	TARGET_BYTES_MAX = 8 * 1024,
};

/* One value of a query or a body. Values of JSON bodies carry their kind, all others JSON_ABSENT. */
typedef struct FormValue {
	Text name, value;
	JsonKind kind;
	bool is_item; /* of a JSON array */
	bool is_asked; /* of a query: a handler wanted to know it */
	bool is_broken; /* was no UTF-8 or contained NUL; the value is what could be saved of it */
} FormValue;
typedef LIST_OF(FormValue) FormValues;

/* ---- target.c: the request target */
typedef struct Target {
	Text segments[SEGMENTS_MAX]; /* decoded, without "en" */
	size_t segment_count;
	Text path; /* "/" and the segments joined by "/" */
	Text raw; /* as sent, without scheme and host */
	FormValues query;
	bool is_english;
	bool is_strange; /* empty segment or trailing slash: there is nothing at such an address */
} Target;
/* USAGE: a malformed escape, a hidden slash, dots, control characters, no UTF-8. */
must_use Error target_parse(Call *call, Text target, Target *out);
/* False: malformed escape, NUL or no UTF-8. */
must_use bool percent_decode_bytes(Arena *arena, Text text, bool plus_is_blank, Text *out); /* false: malformed escape */
Text text_repair(Arena *arena, Text text); /* what is no UTF-8 becomes U+FFFD */
must_use bool percent_decode(Arena *arena, Text text, bool plus_is_blank, Text *out);
bool text_has_control(Text text, bool lines_are_fine); /* C0 and DEL; tab, CR and LF are fine in lines */
/* "a=1&b=2" into values, broken ones marked. False: malformed escape, strange name, or too many. */
must_use bool urlencoded_parse(Arena *arena, Text text, FormValues *out);

/* ---- route.c */
typedef struct RouteNode RouteNode;
typedef struct RouteMatch {
	const Route *route; /* NULL: no such address, or not for this method */
	const Route *of_address; /* any route of that address; NULL: no such address */
	Text parameters[PARAMETERS_MAX];
	Text allow; /* "GET, HEAD, POST" when the address exists */
} RouteMatch;
must_use Error routes_compile(Call *call, const RouteTable *tables, size_t count, Arena *arena, RouteNode **out);
void routes_match(const RouteNode *root, const Target *target, bool has_method, Method method, Arena *arena, RouteMatch *out);

/* ---- body.c, form.c, multipart.c */
typedef struct Multipart Multipart;
typedef struct Body { /* what came after the head */
	Text content_type;
	Text bytes; /* when it was kept in memory */
	Multipart *multipart; /* when it was parsed while it came in */
	Sha256 *hash; /* of a raw body while it comes in */
	Digest sha256;
	int descriptor; /* of a raw body; 0: none */
	int64_t size_bytes;
	Buffer memory; /* what is neither a file nor multipart, while it comes in */
	bool has_begun;
	Error error; /* found while it came in */
} Body;

struct Exchange {
	HttpSite *site;
	LIST_OF(ReplyHeader) headers; /* as sent */
	Target target;
	RouteMatch match;
	FormValues form;
	Uploads uploads;
	Json json;
	Body body;
	bool is_https, is_loopback, is_head, method_is_known;
	bool is_admitted, subject_is_loaded, hides_credentials;
	Text visitor_cookie; /* made for this reply */
	uint64_t cache_generation; /* of the moment the request began */
	int64_t limit, remaining, reset_seconds; /* of the rate limit; limit 0: not asked */
	int64_t spooled_bytes; /* counted against the site's budget */
};

/* A body that comes in pieces, none of it kept in memory. Errors are kept and told by body_read. */
void body_begin(Request *request);
void body_add(Request *request, Text piece);
/* Parses what was sent into exchange->form, ->uploads, ->json. MEDIA_TYPE, USAGE, TOO_LARGE. */
must_use Error body_read(Request *request);
void body_close(struct Exchange *exchange); /* descriptors */
size_t body_limit(const Route *route);
/* Appends to an anonymous file. BUSY: the budget for all bodies that are coming in is spent. */
must_use Error spool_write(Request *request, int descriptor, Text bytes);
/* Fills request->form. INVALID with problems; everything that was right is in the struct. */
must_use Error form_fill(Request *request, const FormSpec *form);
FormValue *form_value(const FormValues *values, Text name);
int spool_open(Request *request); /* -1 when the system refuses */

/* multipart/form-data (RFC 7578) as it comes in; strict. */
Multipart *multipart_new(Request *request, Text boundary);
must_use Error multipart_add(Multipart *multipart, Text piece);
must_use Error multipart_finish(Multipart *multipart); /* USAGE when the closing boundary is missing */
must_use bool multipart_boundary(Text content_type, Text *out);

/* ---- guard.c: forged requests */
must_use Error guard_origin(const Request *request); /* FORBIDDEN: another site's page sent this */
must_use Error guard_token(Request *request); /* EXPIRED */
void guard_prepare_visitor(Request *request); /* a form token for somebody without a session */

/* ---- limit.c: token buckets */
typedef struct Limiter Limiter;
typedef struct LimitState {
	int64_t limit, remaining, reset_seconds;
} LimitState;
Limiter *limiter_new(int per_minute); /* NULL when 0 */
void limiter_free(Limiter **limiter);
must_use bool limiter_take(Limiter *limiter, Text who, int weight, int64_t monotonic_ms, LimitState *out);

/* ---- address.c */
must_use bool address_parse(Text text, Text *out_host, uint16_t *out_port); /* "127.0.0.1:80", "[::1]:80" */
Text address_of_socket(Arena *arena, const void *socket_address); /* without port; IPv4 in IPv6 as IPv4 */
bool address_is_loopback(Text address);
Text address_network(Arena *arena, Text address, int ipv4_bits, int ipv6_bits); /* zeroes the rest */
must_use bool address_is_valid(Text address);

/* ---- dispatch.c */
typedef struct Metrics Metrics;
struct HttpSite {
	HttpOptions options;
	Arena *arena;
	RouteNode *routes;
	Limiter *addresses, *accounts;
	Key visitor_key;
	bool sends_hsts;
	_Atomic int64_t spooled_bytes;
	Metrics *metrics;
	struct HttpServer *server; /* NULL without a socket */
};
/* Parses the target and finds the route. The error is for exchange_respond. */
must_use Error exchange_route(Request *request, Text target);
/* Who is it, may he come here at all, and not too often: what is asked before a large body is read. */
must_use Error exchange_admit(Request *request);
/* What Accept-Language says, if it names a language of ours. */
void language_wanted(const Request *request, Lang *out);
/* The whole way to the reply; never fails: a failure becomes a reply. Tells which. */
Error exchange_respond(Request *request, Error so_far);

/* ---- reply.c, problem.c */
void reply_reset(Request *request); /* nothing was answered yet */
void reply_failure(Request *request, Error error);
void reply_problem(Request *request, Error error, int status); /* without asking a hook */
void reply_seal(Request *request, Error error); /* the headers that every reply carries, and the last look at its text */
void reply_limit_headers(Request *request);
bool path_is_local(Text path);
/* Everything but letters, digits and -._~ (and what is also fine) as %XX. */
Text address_escape(Arena *arena, Text path, const char *also_fine);
Text cookie_name(const Request *request, Text name);
Text content_policy(const Request *request);
extern const char permissions_policy[];

/* ---- metric.c */
Metrics *metrics_new(void);
void metrics_free(Metrics **metrics);
void metrics_count(Metrics *metrics, const Route *route, int status, int64_t microseconds);
void metrics_count_cached(Metrics *metrics, int status);
Text metrics_text(Request *request);

extern const RouteTable built_in_routes; /* /livez, /readyz, /metrics */
typedef struct ServerState {
	int64_t connections, queued, running;
} ServerState;
ServerState server_state(struct HttpServer *server); /* zeroes without a server */

/* ---- cache.c */
typedef struct CacheState {
	int64_t bytes, entries, evicted, forgotten;
} CacheState;
CacheState cache_state(HttpCache *cache);
/* Changes with every forget. A reply tells with which one its making began. */
uint64_t cache_generation(HttpCache *cache);
