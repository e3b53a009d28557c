/* The caller's side: starting the fork server, handing it files, reading results. */
#include "base/sandbox/sandbox.h"

#include "base/crypto/crypto.h"
#include "base/sandbox/sandbox_private.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

struct Sandbox {
	int socket;
	pid_t server;
	bool landlock;
	SandboxWork works[SANDBOX_WORKS_MAX];
};

enum { QUEUE_MILLISECONDS = 60000 }; /* longest wait for a free child, beyond the work's own time */

/* Only the socket stays open: an inherited pipe or listening socket would outlive its owner here. */
_Noreturn static void serve(Sandbox *sandbox, int socket, pid_t parent)
{
	if (dup2(socket, 3) != 3 || close_range(4, ~0U, 0) != 0 || fcntl(3, F_SETFD, FD_CLOEXEC) != 0) _exit(1);
	sandbox_serve(3, sandbox->works, parent);
}

static Error server_await(Call *call, Sandbox *sandbox)
{
	SandboxReady ready = { 0 };
	ssize_t got = recv(sandbox->socket, &ready, sizeof(ready), 0);
	if (got != sizeof(ready)) return fail(call, IO, "sandbox: the fork server did not start");
	const struct timeval wait = { .tv_sec = QUEUE_MILLISECONDS / 1000 };
	must(setsockopt(sandbox->socket, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof(wait)) == 0);
	sandbox->landlock = ready.landlock != 0;
	return OK;
}

Error sandbox_start(Call *call, const SandboxWork *works, size_t count, Sandbox **out)
{
	must(count <= SANDBOX_WORKS_MAX);
	crypto_start(); /* OpenSSL reads its configuration here, where it may */
	int pair[2];
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
		return fail(call, IO, "sandbox: socketpair: %s", strerror(errno));
	Sandbox *sandbox = calloc(1, sizeof(*sandbox));
	must(sandbox);
	memcpy(sandbox->works, works, count * sizeof(*works));
	sandbox->socket = pair[0];
	fflush(NULL);
	pid_t parent = getpid();
	sandbox->server = fork();
	if (sandbox->server == 0) serve(sandbox, pair[1], parent);
	close(pair[1]);
	Error error = sandbox->server > 0 ? server_await(call, sandbox) : fail(call, IO, "sandbox: fork: %s", strerror(errno));
	if (error != OK)
		sandbox_stop(&sandbox);
	else
		*out = sandbox;
	return error;
}

void sandbox_stop(Sandbox **sandbox)
{
	if (!*sandbox) return;
	close((*sandbox)->socket);
	if ((*sandbox)->server > 0) {
		kill((*sandbox)->server, SIGKILL); /* its children die with it */
		waitpid((*sandbox)->server, NULL, 0);
	}
	free(*sandbox);
	*sandbox = NULL;
}

bool sandbox_has_landlock(const Sandbox *sandbox) { return sandbox->landlock; }

static void descriptor_close(const int *descriptor)
{
	if (*descriptor >= 0) close(*descriptor);
}

Error sandbox_file(Call *call, int *out)
{
	int file = memfd_create("sandbox", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	if (file < 0) return fail(call, BUSY, "sandbox: memfd: %s", strerror(errno));
	*out = file;
	return OK;
}

static Error request_send(Call *call, const Sandbox *sandbox, SandboxWorkId work, const int descriptors[3])
{
	SandboxRequest request = { .work = (int32_t)work };
	union {
		struct cmsghdr align;
		char bytes[CMSG_SPACE(sizeof(int) * 3)];
	} control = { 0 };
	struct iovec piece = { &request, sizeof(request) };
	struct msghdr message = {
		.msg_iov = &piece, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof(control.bytes)
	};
	struct cmsghdr *header = CMSG_FIRSTHDR(&message);
	header->cmsg_level = SOL_SOCKET;
	header->cmsg_type = SCM_RIGHTS;
	header->cmsg_len = CMSG_LEN(sizeof(int) * 3);
	memcpy(CMSG_DATA(header), descriptors, sizeof(int) * 3);
	ssize_t sent;
	do sent = sendmsg(sandbox->socket, &message, MSG_NOSIGNAL);
	while (sent < 0 && errno == EINTR);
	return sent == sizeof(request) ? OK : fail(call, BUSY, "sandbox: the fork server takes no work: %s", strerror(errno));
}

static Error answer_await(Call *call, const SandboxWork *work, int answer)
{
	SandboxAnswer message = { 0 };
	struct pollfd wait = { .fd = answer, .events = POLLIN };
	int ready;
	do ready = poll(&wait, 1, QUEUE_MILLISECONDS + work->wall_milliseconds);
	while (ready < 0 && errno == EINTR);
	if (ready <= 0) return fail(call, BUSY, "sandbox: no answer");
	if (recv(answer, &message, sizeof(message), 0) != sizeof(message)) return fail(call, BUSY, "sandbox: the fork server is gone");
	switch ((SandboxEnding)message.ending) {
	case SANDBOX_ENDED:
		must(message.value >= 0 && message.value < (int32_t)ERROR_COUNT);
		return message.value == OK
			       ? OK
			       : call_fail(call, (Error)message.value, __FILE__, __LINE__, "sandbox: the work refused its input");
	case SANDBOX_CRASHED: return fail(call, INVALID, "sandbox: the child was ended by %d", (int)message.value);
	case SANDBOX_LIMIT: return fail(call, TOO_LARGE, "sandbox: a limit was reached");
	case SANDBOX_NOT_STARTED: break;
	}
	return fail(call, BUSY, "sandbox: no child could be started");
}

static Error output_read(Call *call, int file, size_t bytes_max, Text *out)
{
	struct stat status;
	if (fstat(file, &status) != 0) return fail(call, IO, "sandbox: output: %s", strerror(errno));
	if ((size_t)status.st_size > bytes_max) return fail(call, TOO_LARGE, "sandbox: output of %lld bytes", (long long)status.st_size);
	size_t length = (size_t)status.st_size, done = 0;
	char *output = arena_alloc(call->arena, length + 1);
	for (ssize_t got; done < length && (got = pread(file, output + done, length - done, (off_t)done)) != 0; done += (size_t)got)
		if (got < 0) return fail(call, IO, "sandbox: output: %s", strerror(errno));
	*out = (Text) { output, done };
	return OK;
}

Error sandbox_run_file(Call *call, Sandbox *sandbox, SandboxWorkId id, int file, Text *out)
{
	must(id < SANDBOX_WORKS_MAX && sandbox->works[id].body);
	const SandboxWork *work = &sandbox->works[id];
	if (fcntl(file, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE) != 0)
		return fail(call, IO, "sandbox: seal: %s", strerror(errno));
	int output scoped(descriptor_close) = -1, mine scoped(descriptor_close) = -1, pair[2];
	TRY(sandbox_file(call, &output));
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
		return fail(call, BUSY, "sandbox: socketpair: %s", strerror(errno));
	mine = pair[0];
	Error error = request_send(call, sandbox, id, (int[]) { file, output, pair[1] });
	close(pair[1]); /* so that we notice when the server closes its copy */
	if (error != OK) return error;
	TRY(answer_await(call, work, mine));
	return output_read(call, output, work->output_bytes, out);
}

Error sandbox_run(Call *call, Sandbox *sandbox, SandboxWorkId work, Text input, Text *out)
{
	int file scoped(descriptor_close) = -1;
	TRY(sandbox_file(call, &file));
	for (size_t done = 0; done < input.length;) {
		ssize_t got = pwrite(file, input.at + done, input.length - done, (off_t)done);
		if (got < 0 && errno == EINTR) continue;
		if (got <= 0) return fail(call, BUSY, "sandbox: input: %s", strerror(errno));
		done += (size_t)got;
	}
	return sandbox_run_file(call, sandbox, work, file, out);
}
