/* What a machine is told beside its person: signed, repeated, given up, and nothing once it was ended. The machine is a real socket here. */
#include "base/crypto/crypto.h"
#include "people/notice/notice_hook.h"
#include "people/notice/notice_private.h"
#include "people/people_fixture.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

enum { REQUEST_BYTES = 8192, SECOND = 1000 };
typedef struct Machine { /* answers each request with the next status, the last one for ever */
	int listening, port, asked;
	int status;
	char heard[REQUEST_BYTES]; /* the newest request */
	pthread_t thread;
} Machine;

static size_t length_of(const char *heard)
{
	const char *body = strstr(heard, "\r\n\r\n"), *length = strcasestr(heard, "content-length:");
	return body && length ? (size_t)(body + 4 - heard) + (size_t)atoi(length + 15) : SIZE_MAX;
}

static void *listen_on(void *argument)
{
	Machine *machine = argument;
	for (;;) {
		char answer[128];
		size_t used = 0;
		int peer = accept(machine->listening, NULL, NULL);
		if (peer < 0) return NULL;
		memset(machine->heard, 0, sizeof(machine->heard));
		while (used < length_of(machine->heard) && used < REQUEST_BYTES - 1) {
			ssize_t got = read(peer, machine->heard + used, REQUEST_BYTES - 1 - used);
			if (got <= 0) break;
			used += (size_t)got;
		}
		machine->asked++;
		int written = snprintf(
			answer, sizeof(answer), "HTTP/1.1 %d x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", machine->status);
		ssize_t sent = write(peer, answer, (size_t)written);
		(void)sent;
		close(peer);
	}
}

static void machine_start(Machine *machine, int status)
{
	struct sockaddr_in at = { .sin_family = AF_INET };
	socklen_t length = sizeof(at);
	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	*machine = (Machine) { .listening = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), .status = status };
	CHECK(bind(machine->listening, (struct sockaddr *)&at, sizeof(at)) == 0 && listen(machine->listening, 8) == 0);
	CHECK(getsockname(machine->listening, (struct sockaddr *)&at, &length) == 0);
	machine->port = ntohs(at.sin_port);
	CHECK(pthread_create(&machine->thread, NULL, listen_on, machine) == 0);
}

static void machine_stop(Machine *machine)
{
	shutdown(machine->listening, SHUT_RDWR);
	pthread_join(machine->thread, NULL);
	close(machine->listening);
}

static bool resolve_here(void *context, Text host, FetchAddresses *out)
{
	struct sockaddr_in at = { .sin_family = AF_INET };
	(void)context;
	(void)host;
	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	memcpy(&out->at[out->count++], &at, sizeof(at));
	return true;
}

static bool may_all(const struct sockaddr *address) { return address->sa_family == AF_INET; }

static int64_t send_due(Test *t, const Machine *machine)
{
	const FetchOptions reach = {
		.resolve = resolve_here, .may = may_all, .scheme = "http", .port = machine->port, .timeout_milliseconds = 3000
	};
	int64_t count = 0;
	CHECK_OK(t->call, notice_hook_send(t->call, &reach, 100, &count));
	return count;
}

static int64_t person;

static Error tell_one(Call *call, void *argument)
{
	(void)argument;
	return notice_send(call, person, NOTICE_MESSAGE, TEXT("R-1234-5678"), TEXT("/reports/R-1234-5678"));
}

static void tell(Test *t) { CHECK_OK(t->call, db_transact(t->call, tell_one, NULL)); }

static Text start(Test *t)
{
	Text secret;
	people_open(t);
	person = people_staff(t, "reader@b.cn", 0);
	CHECK_OK(t->call, notice_hook_add(t->call, TEXT("https://hooks.example.cn/in"), &secret));
	return secret;
}

static Hook only(Test *t)
{
	Hooks hooks;
	CHECK_OK(t->call, notice_hooks(t->call, &hooks));
	CHECK_INT(hooks.count, 1);
	return hooks.at[0];
}

static Text header(const char *heard, const char *name)
{
	const char *at = strcasestr(heard, name);
	if (!at) test_fail(__FILE__, __LINE__, "no header %s in %s", name, heard);
	at += strlen(name);
	return text_trim((Text) { at, strcspn(at, "\r\n") });
}

TEST_DB(hook__a_notice_reaches_the_machine_signed_and_without_a_word_of_the_matter)
{
	Machine machine;
	Text secret = start(t), bytes;
	CHECK(text_starts(secret, TEXT("whsec_")) && base64_parse(t->arena, text_slice(secret, 6, secret.length), &bytes));
	machine_start(&machine, 200);
	tell(t);
	CHECK_INT(send_due(t, &machine), 1);
	CHECK_INT(send_due(t, &machine), 0);
	machine_stop(&machine);
	CHECK_INT(machine.asked, 1);
	Text body = text_from(strstr(machine.heard, "\r\n\r\n") + 4);
	CHECK(text_find(body, TEXT("\"type\":\"message\""), NULL) && text_find(body, TEXT("R-1234-5678"), NULL));
	Text signed_text = arena_printf(t->arena, "%.*s.%.*s.%.*s", TEXT_ARGS(header(machine.heard, "webhook-id:")),
		TEXT_ARGS(header(machine.heard, "webhook-timestamp:")), TEXT_ARGS(body));
	Digest digest = hmac_sha256(bytes, signed_text);
	Text wanted = arena_printf(t->arena, "v1,%.*s", TEXT_ARGS(base64_text(t->arena, DIGEST_TEXT(digest))));
	CHECK(text_is(header(machine.heard, "webhook-signature:"), wanted));
	CHECK(only(t).arrived_at > 0 && !only(t).failing_at);
}

TEST_DB(hook__what_fails_is_tried_with_growing_pauses_and_the_same_number_then_given_up)
{
	Machine machine;
	Text id;
	start(t);
	machine_start(&machine, 503);
	tell(t);
	int64_t attempts = 0;
	CHECK_INT(send_due(t, &machine), 1);
	id = arena_copy(t->arena, header(machine.heard, "webhook-id:"));
	CHECK_INT(send_due(t, &machine), 0); /* not before its pause */
	for (attempts = 1; webhook_pause_seconds(attempts) > 0; attempts++) {
		t->call->now += webhook_pause_seconds(attempts) * SECOND;
		CHECK_INT(send_due(t, &machine), 1);
		CHECK(text_is(header(machine.heard, "webhook-id:"), id));
	}
	t->call->now += (int64_t)30 * 86400 * SECOND;
	CHECK_INT(send_due(t, &machine), 0);
	CHECK_INT(machine.asked, attempts);
	CHECK(only(t).failing_at > 0 && text_find(only(t).reason, TEXT("503"), NULL));
	machine.status = 204;
	tell(t);
	CHECK_INT(send_due(t, &machine), 1);
	machine_stop(&machine);
	CHECK(!only(t).failing_at && !only(t).reason.length);
}

TEST_DB(hook__a_refused_message_is_not_repeated_and_410_ends_the_hook)
{
	Machine machine;
	Hooks hooks;
	start(t);
	machine_start(&machine, 400);
	tell(t);
	CHECK_INT(send_due(t, &machine), 1);
	t->call->now += (int64_t)86400 * SECOND;
	CHECK_INT(send_due(t, &machine), 0);
	machine.status = 410;
	tell(t);
	tell(t);
	send_due(t, &machine);
	machine_stop(&machine);
	CHECK_INT(machine.asked, 2); /* of the two that waited one was sent */
	CHECK_OK(t->call, notice_hooks(t->call, &hooks));
	CHECK_INT(hooks.count, 0);
}

TEST_DB(hook__nothing_is_sent_once_it_was_removed_and_nobody_else_removes_it)
{
	Machine machine;
	start(t);
	Text ref = only(t).ref;
	tell(t);
	const Actor *owner = t->call->actor;
	people_staff(t, "other@b.cn", 0);
	CHECK_ERROR(t->call, notice_hook_end(t->call, ref), NOT_FOUND);
	CHECK_ERROR(t->call, notice_hook_try(t->call, ref), NOT_FOUND);
	t->call->actor = owner;
	machine_start(&machine, 200);
	CHECK_OK(t->call, notice_hook_end(t->call, ref));
	CHECK_INT(send_due(t, &machine), 0);
	tell(t);
	CHECK_INT(send_due(t, &machine), 0);
	machine_stop(&machine);
	CHECK_INT(machine.asked, 0);
}

TEST_DB(hook__inside_addresses_are_never_asked)
{
	const FetchOptions everywhere = { .resolve = resolve_here, .timeout_milliseconds = 2000 };
	int64_t count = 0;
	start(t);
	tell(t);
	CHECK_OK(t->call, notice_hook_send(t->call, &everywhere, 100, &count));
	CHECK_INT(count, 1);
	CHECK(text_find(only(t).reason, TEXT("not public"), NULL));
}

TEST_DB(hook__wrong_addresses_and_a_sixth_are_refused)
{
	Text secret;
	start(t);
	CHECK_ERROR(t->call, notice_hook_add(t->call, TEXT("http://hooks.example.cn/"), &secret), INVALID);
	for (int i = 1; i < HOOKS_MAX; i++) CHECK_OK(t->call, notice_hook_add(t->call, TEXT("https://hooks.example.cn/"), &secret));
	CHECK_ERROR(t->call, notice_hook_add(t->call, TEXT("https://hooks.example.cn/"), &secret), TOO_MANY);
}
