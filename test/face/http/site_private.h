/* A little site for the tests of http: every kind of route once. */
#pragma once
#include "face/http/http.h"
#include "harness/test.h"

typedef struct NoteForm {
	Text title, body, kind;
	int64_t count;
	bool agreed;
	Texts tags;
	Uploads files;
} NoteForm;
extern const RouteTable site_table;
extern const HttpHooks site_hooks;
/* What the site's pages count and say. */
typedef struct SiteState {
	_Atomic int rendered, recorded;
	_Atomic int slow_milliseconds;
	Error ready, recording; /* what the hooks answer */
	Text leak; /* what /leak shows */
	uint32_t scopes; /* of the token */
	bool token_is_known;
	_Atomic int version; /* /news shows it */
} SiteState;
extern SiteState site_state;

HttpOptions site_options(Test *t);
Request *site_request(Test *t, Method method); /* a fresh call in t->arena */

/* ---- Raw sockets */
typedef struct Client {
	Test *t;
	int descriptor;
} Client;
typedef struct Answer {
	int status;
	Text head, body; /* head with the status line */
	bool is_closed; /* by the server, after this answer */
} Answer;
HttpServer *site_start(Test *t, const HttpOptions *options);
Client client_open(Test *t, const HttpServer *server);
void client_close(Client *client);
void client_send(const Client *client, Text bytes);
/* Reads one answer by its Content-Length; status 0 when the server closed without one. */
Answer client_read(const Client *client, bool is_head);
bool client_is_closed(const Client *client); /* waits up to 5 s for the server's close */
Answer site_fetch(Test *t, const HttpServer *server, const char *raw); /* a connection of its own; raw with CRLF */
Text answer_header(const Answer *answer, const char *name); /* at == NULL when absent */
