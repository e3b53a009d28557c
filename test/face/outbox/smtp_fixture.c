#include "smtp_fixture.h"
#include "base/crypto/crypto.h"
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void run(const char *const *arguments)
{
	pid_t child = fork();
	if (child == 0) {
		int null = open("/dev/null", O_RDWR);
		dup2(null, 1);
		dup2(null, 2);
		execvp(arguments[0], (char *const *)(uintptr_t)arguments);
		_exit(127);
	}
	int status = 0;
	CHECK(child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status));
	if (WEXITSTATUS(status) != 0) test_skip("%s is missing", arguments[0]);
}

static void make_certificate(const char *certificate, const char *key)
{
	const char *command[] = { "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
		"-keyout", key, "-out", certificate, "-days", "2", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1",
		NULL };
	run(command);
}

/* The program prints its port and ends with this test's process, which holds its standard input open. */
static int start(const char *const *command)
{
	int in[2], out[2];
	int64_t port = 0;
	char line[16] = { 0 };
	CHECK(pipe2(in, O_CLOEXEC) == 0 && pipe2(out, O_CLOEXEC) == 0);
	pid_t child = fork();
	if (child == 0) {
		dup2(in[0], 0);
		dup2(out[1], 1);
		execv(command[0], (char *const *)(uintptr_t)command);
		_exit(127);
	}
	close(in[0]);
	close(out[1]);
	CHECK(child > 0 && read(out[0], line, sizeof(line) - 1) > 0);
	CHECK(text_to_int(text_trim(text_from(line)), &port));
	return (int)port;
}

MailServer mail_server_start(Test *t, bool with_tls)
{
	MailServer server = { .folder = arena_printf(t->arena, "%s/mail", t->directory).at,
		.authority = arena_printf(t->arena, "%s/mail.pem", t->directory).at };
	const char *key = arena_printf(t->arena, "%s/mail.key", t->directory).at;
	const char *probe[] = { "/usr/bin/python3", "-c", "import aiosmtpd", NULL };
	run(probe);
	CHECK(mkdir(server.folder, 0700) == 0);
	if (with_tls) make_certificate(server.authority, key);
	const char *command[] = { "/usr/bin/python3", "test/face/outbox/smtp_server.py", server.folder, with_tls ? "--tls" : NULL,
		server.authority, key, NULL };
	server.port = start(command);
	return server;
}

SmsSink sms_sink_start(Test *t)
{
	SmsSink sink = { .folder = arena_printf(t->arena, "%s/sms", t->directory).at };
	const char *command[] = { "/usr/bin/python3", "test/face/outbox/sms_gateway.py", sink.folder, NULL };
	CHECK(mkdir(sink.folder, 0700) == 0);
	sink.port = start(command);
	return sink;
}

Text sms_sink_message(Test *t, const SmsSink *sink, int n)
{
	const char *path = arena_printf(t->arena, "%s/%d.json", sink->folder, n).at;
	return access(path, R_OK) == 0 ? test_read_file(t->arena, path) : (Text) { 0 };
}

Text mail_server_message(Test *t, const MailServer *server, int n)
{
	const char *path = arena_printf(t->arena, "%s/%d.eml", server->folder, n).at;
	return access(path, R_OK) == 0 ? test_read_file(t->arena, path) : (Text) { 0 };
}

Text mail_text_part(Arena *arena, Text message)
{
	size_t at = 0, end = 0;
	Buffer joined = { .arena = arena };
	Text rest, line, out;
	if (!text_find(message, TEXT("Content-Type: text/plain"), &at)) return (Text) { 0 };
	rest = text_slice(message, at, message.length);
	CHECK(text_find(rest, TEXT("\r\n\r\n"), &at));
	rest = text_slice(rest, at + 4, rest.length);
	if (text_find(rest, TEXT("\r\n--"), &end)) rest = text_slice(rest, 0, end);
	while (text_next(&rest, '\n', &line)) buffer_put(&joined, text_trim(line));
	CHECK(base64_parse(arena, buffer_text(&joined), &out));
	return out;
}
