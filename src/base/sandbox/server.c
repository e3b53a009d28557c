/* The fork server: one loop over requests and running children. Single-threaded, so that fork is safe. */
#include "base/sandbox/sandbox_private.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/base/clock.h"

typedef struct Child {
	pid_t process;
	int handle, answer; /* pidfd, and where the caller waits */
	int64_t deadline;
	bool late;
} Child;

typedef struct Server {
	int socket;
	const SandboxWork *works;
	size_t own_bytes;
	Child children[SANDBOX_CHILDREN_MAX];
	int count;
} Server;

enum { INPUT, OUTPUT, ANSWER, DESCRIPTORS };

static size_t address_space(void)
{
	char line[64] = { 0 };
	int file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
	ssize_t got = file < 0 ? -1 : read(file, line, sizeof(line) - 1);
	if (file >= 0) close(file);
	return got > 0 ? (size_t)strtoull(line, NULL, 10) * (size_t)sysconf(_SC_PAGESIZE) : (size_t)1 << 30;
}

static bool write_output(int file, Text output, size_t limit)
{
	if (output.length > limit) return false;
	for (size_t done = 0; done < output.length;) {
		ssize_t got = pwrite(file, output.at + done, output.length - done, (off_t)done);
		if (got <= 0) return false;
		done += (size_t)got;
	}
	return true;
}

/* Runs in the child. Descriptors 0 and 1 are input and output; nothing else is open. */
_Noreturn static void child_run(const Server *server, const SandboxWork *work, const int descriptors[DESCRIPTORS])
{
	struct stat status;
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) _exit(SANDBOX_EXIT_SETUP);
	if (dup2(descriptors[INPUT], 0) != 0 || dup2(descriptors[OUTPUT], 1) != 1 || close_range(2, ~0U, 0) != 0) _exit(SANDBOX_EXIT_SETUP);
	if (fstat(0, &status) != 0) _exit(SANDBOX_EXIT_SETUP);
	size_t length = (size_t)status.st_size;
	const void *input = length ? mmap(NULL, length, PROT_READ, MAP_PRIVATE, 0, 0) : "";
	if (input == MAP_FAILED) _exit(SANDBOX_EXIT_SETUP);
	close(0);
	if (!sandbox_limit(work, length, server->own_bytes) || !sandbox_filter_load()) _exit(SANDBOX_EXIT_SETUP);
	Buffer out = { .arena = arena_new(work->memory_bytes) };
	Error error = work->body(input, length, &out);
	if (error != OK) _exit(SANDBOX_EXIT_WORK + (int)error);
	_exit(write_output(1, buffer_text(&out), work->output_bytes) ? SANDBOX_EXIT_WORK : SANDBOX_EXIT_LIMIT);
}

static void answer(int descriptor, SandboxEnding ending, int value)
{
	SandboxAnswer message = { .ending = (int32_t)ending, .value = value };
	ssize_t sent = send(descriptor, &message, sizeof(message), MSG_NOSIGNAL); /* a caller that is gone needs no answer */
	(void)sent;
	close(descriptor);
}

static void child_start(Server *server, const SandboxRequest *request, const int descriptors[DESCRIPTORS])
{
	const SandboxWork *work = &server->works[request->work];
	pid_t process = fork();
	if (process == 0) child_run(server, work, descriptors);
	int handle = process < 0 ? -1 : (int)syscall(SYS_pidfd_open, process, 0);
	close(descriptors[INPUT]);
	close(descriptors[OUTPUT]);
	if (handle < 0) {
		if (process > 0) kill(process, SIGKILL), waitpid(process, NULL, 0);
		answer(descriptors[ANSWER], SANDBOX_NOT_STARTED, 0);
		return;
	}
	server->children[server->count++] = (Child) {
		.process = process, .handle = handle, .answer = descriptors[ANSWER], .deadline = clock_monotonic() + work->wall_milliseconds
	};
}

static void child_end(Server *server, int index)
{
	Child child = server->children[index];
	int status = 0;
	must(waitpid(child.process, &status, 0) == child.process);
	close(child.handle);
	int code = WIFEXITED(status) ? WEXITSTATUS(status) : 0, signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
	if (child.late || signal == SIGKILL || signal == SIGXCPU || signal == SIGXFSZ || code == SANDBOX_EXIT_LIMIT)
		answer(child.answer, SANDBOX_LIMIT, signal);
	else if (code == SANDBOX_EXIT_SETUP)
		answer(child.answer, SANDBOX_NOT_STARTED, 0);
	else if (code >= SANDBOX_EXIT_WORK && code < SANDBOX_EXIT_WORK + (int)ERROR_COUNT)
		answer(child.answer, SANDBOX_ENDED, code - SANDBOX_EXIT_WORK);
	else
		answer(child.answer, SANDBOX_CRASHED, signal ? signal : code);
	server->children[index] = server->children[--server->count];
}

/* False when the caller's side is closed. */
static bool request_take(Server *server)
{
	SandboxRequest request = { 0 };
	union {
		struct cmsghdr align;
		char bytes[CMSG_SPACE(sizeof(int) * DESCRIPTORS)];
	} control = { 0 };
	struct iovec piece = { &request, sizeof(request) };
	struct msghdr message = {
		.msg_iov = &piece, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof(control.bytes)
	};
	ssize_t got = recvmsg(server->socket, &message, MSG_CMSG_CLOEXEC);
	if (got < 0) return errno == EINTR || errno == EAGAIN;
	if (got == 0) return false;
	int descriptors[DESCRIPTORS];
	const struct cmsghdr *header = CMSG_FIRSTHDR(&message);
	must(got == sizeof(request) && header && header->cmsg_len == CMSG_LEN(sizeof(descriptors)));
	memcpy(descriptors, CMSG_DATA(header), sizeof(descriptors));
	child_start(server, &request, descriptors);
	return true;
}

static int milliseconds_left(const Server *server)
{
	int64_t now = clock_monotonic(), left = 60000;
	for (int i = 0; i < server->count; i++)
		if (!server->children[i].late && server->children[i].deadline - now < left) left = server->children[i].deadline - now;
	return left < 0 ? 0 : (int)left;
}

static void kill_the_late(Server *server)
{
	int64_t now = clock_monotonic();
	for (int i = 0; i < server->count; i++) {
		Child *child = &server->children[i];
		if (child->late || child->deadline > now) continue;
		child->late = true;
		kill(child->process, SIGKILL);
	}
}

static void serve(Server *server)
{
	for (bool open = true; open;) {
		struct pollfd wait[1 + SANDBOX_CHILDREN_MAX] = { { .fd = server->count < SANDBOX_CHILDREN_MAX ? server->socket : -1,
			.events = POLLIN } };
		int count = server->count;
		for (int i = 0; i < count; i++) wait[1 + i] = (struct pollfd) { .fd = server->children[i].handle, .events = POLLIN };
		if (poll(wait, (nfds_t)count + 1, milliseconds_left(server)) < 0 && errno != EINTR) _exit(1);
		kill_the_late(server);
		for (int i = count; i-- > 0;)
			if (wait[1 + i].revents) child_end(server, i);
		if (wait[0].revents) open = request_take(server);
	}
}

void sandbox_serve(int socket, const SandboxWork *works, pid_t parent)
{
	Server server = { .socket = socket, .works = works, .own_bytes = address_space() };
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != parent || !sandbox_filter_prepare()) _exit(1);
	signal(SIGPIPE, SIG_IGN);
	signal(SIGINT, SIG_IGN); /* Ctrl-C is the parent's to handle; it closes the socket */
	signal(SIGTERM, SIG_IGN);
	SandboxReady ready = { .landlock = sandbox_landlock() };
	if (send(socket, &ready, sizeof(ready), MSG_NOSIGNAL) != sizeof(ready)) _exit(1);
	serve(&server);
	for (int i = 0; i < server.count; i++) kill(server.children[i].process, SIGKILL);
	_exit(0);
}
