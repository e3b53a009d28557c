/* What a machine is told beside its person: signed, repeated, given up, and nothing once it was ended. The machine is a real socket here. */
#include "base/crypto/crypto.h"
#include "people/notice/hook.sql.h"
#include "people/notice/notice_hook.h"
#include "people/notice/notice_private.h"
#include "people/people_fixture.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
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

/* ---- Attack 2301565: whatever a name leads to, nothing inside is asked */
typedef struct Leads { /* where a name leads, each time it is asked for; the last answer stays */
	const char *answers[4];
	int asked;
} Leads;

static bool resolve_led(void *context, Text host, FetchAddresses *out)
{
	Leads *leads = context;
	int which = leads->asked++;
	(void)host;
	while (which > 0 && !leads->answers[which]) which--;
	Text rest = text_from(leads->answers[which]), one;
	while (text_next(&rest, ' ', &one)) {
		char name[64];
		struct sockaddr_in at = { .sin_family = AF_INET };
		struct sockaddr_in6 at6 = { .sin6_family = AF_INET6 };
		snprintf(name, sizeof(name), "%.*s", TEXT_ARGS(one));
		if (inet_pton(AF_INET, name, &at.sin_addr) == 1)
			memcpy(&out->at[out->count++], &at, sizeof(at));
		else if (inet_pton(AF_INET6, name, &at6.sin6_addr) == 1)
			memcpy(&out->at[out->count++], &at6, sizeof(at6));
	}
	return true;
}

static void send_led(Test *t, const Machine *machine, Leads *leads, bool (*may)(const struct sockaddr *))
{
	const FetchOptions reach = {
		.resolve = resolve_led, .context = leads, .may = may, .scheme = "http", .port = machine->port, .timeout_milliseconds = 300
	};
	int64_t count = 0;
	CHECK_OK(t->call, notice_hook_send(t->call, &reach, 100, &count));
	CHECK_INT(count, 1);
}

TEST_DB(attack__2301565_a_webhook_is_never_sent_inside_however_its_name_leads_there)
{
	static const char *const inside[] = { "127.0.0.1", "10.0.0.7", "192.168.1.1", "172.16.0.1", "100.64.0.1", "169.254.169.254",
		"0.0.0.0", "::1", "::", "fd00::7", "fe80::1", "::ffff:127.0.0.1", "::ffff:10.0.0.7", "64:ff9b::7f00:1",
		"2002:7f00:1::", "8.8.8.8 127.0.0.1", "127.0.0.1 8.8.8.8", "2606:4700::1111 ::ffff:169.254.169.254" };
	Machine machine;
	start(t);
	machine_start(&machine, 200);
	for (size_t i = 0; i < COUNT(inside); i++) {
		Leads leads = { .answers = { inside[i] } };
		tell(t);
		send_led(t, &machine, &leads, NULL);
		CHECK(text_find(only(t).reason, TEXT("not public"), NULL));
		CHECK_INT(leads.asked, 1);
		t->call->now += 4 * (int64_t)86400 * SECOND; /* nothing of it is due any more */
		CHECK_OK(t->call, notice_hook_end(t->call, only(t).ref));
		Text secret;
		CHECK_OK(t->call, notice_hook_add(t->call, TEXT("https://hooks.example.cn/in"), &secret));
	}
	machine_stop(&machine);
	CHECK_INT(machine.asked, 0);
}

static bool is_listed(const struct sockaddr *address)
{
	const struct sockaddr_in *at = (const struct sockaddr_in *)(const void *)address;
	return address->sa_family == AF_INET && at->sin_addr.s_addr == htonl(INADDR_LOOPBACK);
}

/* DNS rebinding: the name is asked once for a message, and what it answers then is where the message goes; the next message asks anew. */
TEST_DB(attack__2301565_a_name_that_changes_between_look_and_sending_gains_nothing)
{
	Machine machine;
	Leads leads = { .answers = { "127.0.0.1", "127.0.0.2", "127.0.0.2" } };
	start(t);
	machine_start(&machine, 200);
	tell(t);
	send_led(t, &machine, &leads, is_listed);
	CHECK_INT(leads.asked, 1);
	CHECK_INT(machine.asked, 1); /* it went where the first answer says, not to what the name means now */
	tell(t);
	send_led(t, &machine, &leads, is_listed);
	machine_stop(&machine);
	CHECK_INT(leads.asked, 2);
	CHECK_INT(machine.asked, 1);
	CHECK(text_find(only(t).reason, TEXT("not public"), NULL));
}

TEST_DB(attack__2301565_a_redirect_is_not_followed)
{
	Machine machine;
	start(t);
	machine_start(&machine, 307);
	tell(t);
	CHECK_INT(send_due(t, &machine), 1);
	machine_stop(&machine);
	CHECK_INT(machine.asked, 1);
	CHECK(only(t).failing_at > 0);
}

/* ---- At least once: a sender that dies after it took a message, before or after the machine heard it, is followed by another one */
static Error take_it(Call *call, void *argument)
{
	const HookMessageRow *row = argument;
	int64_t changed = 0;
	TRY(hook_message_take(call, row->id, row->attempts, call->now, &changed));
	return changed == 1 ? OK : fail(call, CONFLICT, "somebody else sends it");
}

static void die_while_sending(Test *t, const Machine *machine, bool was_heard)
{
	HookMessageRows due;
	CHECK_OK(t->call, hook_message_due(t->call, t->call->now, 0, 10, &due));
	CHECK_INT(due.count, 1);
	CHECK_OK(t->call, db_transact(t->call, take_it, &due.at[0])); /* as every sender begins */
	pid_t child = was_heard ? fork() : -1;
	if (child == 0) { /* it sends, and is killed before it could note that */
		const FetchOptions reach = {
			.resolve = resolve_here, .may = may_all, .scheme = "http", .port = machine->port, .timeout_milliseconds = 3000
		};
		Webhook webhook = { .id = due.at[0].ref,
			.address = TEXT("https://hooks.example.cn/in"),
			.secret = TEXT("0123456789abcdef01234567"),
			.body = TEXT("{}"),
			.at = t->call->now };
		bool wants_no_more;
		Text reason;
		(void)webhook_send(t->call->arena, &reach, &webhook, &wants_no_more, &reason);
		kill(getpid(), SIGKILL);
	}
	if (child > 0) CHECK_INT(waitpid(child, NULL, 0), child);
}

TEST_DB(hook__a_sender_that_was_killed_is_followed_by_another_with_the_same_number)
{
	Machine machine;
	start(t);
	machine_start(&machine, 200);
	for (int heard = 0; heard < 2; heard++) {
		HookMessageRows due;
		tell(t);
		CHECK_OK(t->call, hook_message_due(t->call, t->call->now, 0, 10, &due));
		Text id = due.at[0].ref;
		int before = machine.asked;
		die_while_sending(t, &machine, heard);
		CHECK_INT(machine.asked, before + heard);
		CHECK_INT(send_due(t, &machine), 0); /* as long as the first one may live */
		t->call->now += (int64_t)6 * 60 * SECOND;
		CHECK_INT(send_due(t, &machine), 1);
		CHECK_INT(machine.asked, before + heard + 1);
		CHECK(text_is(header(machine.heard, "webhook-id:"), id));
		CHECK_INT(send_due(t, &machine), 0);
		CHECK(only(t).arrived_at == t->call->now);
	}
	machine_stop(&machine);
}
