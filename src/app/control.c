#include "app/control.h"

#include "base/base/clock.h"
#include "base/base/log.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { MESSAGE_BYTES = 128 * 1024, ARGUMENTS_MAX = 4096, STREAMS = 2 };

struct Control {
	const House *house;
	int socket, stop_pipe[2];
	pthread_t thread;
	pthread_mutex_t mutex;
	pthread_cond_t idle;
	int running;
	char path[108];
};

typedef struct Visit { /* one command sent by another process */
	Control *control;
	int socket;
} Visit;

static bool address_of(const char *data, struct sockaddr_un *out)
{
	*out = (struct sockaddr_un) { .sun_family = AF_UNIX };
	int length = snprintf(out->sun_path, sizeof(out->sun_path), "%s/control.sock", data);
	return length > 0 && (size_t)length < sizeof(out->sun_path);
}

/* ---- The message: language byte, working folder, then the arguments, each ended by NUL; the two streams travel beside it. */
static Text message_pack(Arena *arena, Lang lang, int argc, char **argv)
{
	char folder[4096];
	if (!getcwd(folder, sizeof(folder))) folder[0] = '\0';
	Buffer message = { .arena = arena };
	buffer_byte(&message, (char)lang);
	buffer_put(&message, (Text) { folder, strlen(folder) + 1 });
	for (int i = 0; i < argc; i++) buffer_put(&message, (Text) { argv[i], strlen(argv[i]) + 1 });
	return buffer_text(&message);
}

static bool send_message(int peer, Text message, const int streams[STREAMS])
{
	union {
		struct cmsghdr header;
		char bytes[CMSG_SPACE(sizeof(int) * STREAMS)];
	} control = { 0 };
	struct iovec part = { (void *)(uintptr_t)message.at, message.length };
	struct msghdr header = { .msg_iov = &part, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof(control.bytes) };
	struct cmsghdr *rights = CMSG_FIRSTHDR(&header);
	rights->cmsg_level = SOL_SOCKET;
	rights->cmsg_type = SCM_RIGHTS;
	rights->cmsg_len = CMSG_LEN(sizeof(int) * STREAMS);
	memcpy(CMSG_DATA(rights), streams, sizeof(int) * STREAMS);
	return sendmsg(peer, &header, MSG_NOSIGNAL) == (ssize_t)message.length;
}

static bool receive_message(int peer, char *bytes, size_t room, size_t *out_length, int streams[STREAMS])
{
	union {
		struct cmsghdr header;
		char bytes[CMSG_SPACE(sizeof(int) * STREAMS)];
	} control = { 0 };
	struct iovec part = { bytes, room };
	struct msghdr header = { .msg_iov = &part, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof(control.bytes) };
	ssize_t got = recvmsg(peer, &header, MSG_CMSG_CLOEXEC);
	struct cmsghdr *rights = got > 0 ? CMSG_FIRSTHDR(&header) : NULL;
	if (!rights || rights->cmsg_type != SCM_RIGHTS || rights->cmsg_len != CMSG_LEN(sizeof(int) * STREAMS)) return false;
	memcpy(streams, CMSG_DATA(rights), sizeof(int) * STREAMS);
	*out_length = (size_t)got;
	return !(header.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) && bytes[got - 1] == '\0';
}

/* ---- In the server */
static bool peer_is_ours(int peer)
{
	struct ucred who;
	socklen_t length = sizeof(who);
	return getsockopt(peer, SOL_SOCKET, SO_PEERCRED, &who, &length) == 0 && (who.uid == geteuid() || who.uid == 0);
}

static int run_here(const Control *control, char *bytes, size_t length, FILE *out, FILE *talk)
{
	char *argv[ARGUMENTS_MAX];
	int argc = 0;
	const char *folder = bytes + 1;
	for (char *at = bytes + 1 + strlen(folder) + 1; at < bytes + length && argc < ARGUMENTS_MAX; at += strlen(at) + 1)
		argv[argc++] = at;
	const Command *command = argc ? command_find(text_from(argv[0])) : NULL;
	if (!command || command->needs != NEEDS_HOUSE || bytes[0] < 0 || bytes[0] >= LANG_COUNT) return error_exit_code(ERROR_USAGE);
	/* the working folder of this thread alone, so that relative names mean what they mean to the sender */
	if (unshare(CLONE_FS) != 0 || chdir(folder) != 0) fprintf(talk, "cappvd: %s: %s\n", folder, strerror(errno));
	scoped(arena_free) Arena *arena = arena_new(ARENA_CEILING);
	Call call = { .arena = arena,
		.db = control->house->db,
		.actor = &actor_system,
		.now = clock_wall(),
		.lang = (Lang)bytes[0],
		.house = control->house };
	return command_run(&call, command, NULL, argc - 1, argv + 1, out, talk);
}

static void serve_visit(const Control *control, int peer)
{
	int streams[STREAMS];
	size_t length = 0;
	char *bytes = malloc(MESSAGE_BYTES);
	must(bytes);
	if (peer_is_ours(peer) && receive_message(peer, bytes, MESSAGE_BYTES, &length, streams)) {
		FILE *out = fdopen(streams[0], "w"), *talk = fdopen(streams[1], "w");
		must(out && talk);
		setvbuf(talk, NULL, _IOLBF, 0);
		int exit_code = run_here(control, bytes, length, out, talk);
		fclose(out);
		fclose(talk);
		unsigned char answer = (unsigned char)exit_code;
		if (send(peer, &answer, 1, MSG_NOSIGNAL) != 1) log_event(LOG_INFO, "control_peer_left", { "exit", .number = exit_code });
	}
	free(bytes);
}

static void *visit_main(void *argument)
{
	Visit visit = *(Visit *)argument;
	free(argument);
	serve_visit(visit.control, visit.socket);
	close(visit.socket);
	pthread_mutex_lock(&visit.control->mutex);
	visit.control->running--;
	pthread_cond_signal(&visit.control->idle);
	pthread_mutex_unlock(&visit.control->mutex);
	return NULL;
}

static void start_visit(Control *control, int peer)
{
	Visit *visit = malloc(sizeof(*visit));
	must(visit);
	*visit = (Visit) { control, peer };
	pthread_mutex_lock(&control->mutex);
	control->running++;
	pthread_mutex_unlock(&control->mutex);
	pthread_t thread;
	must(pthread_create(&thread, NULL, visit_main, visit) == 0);
	pthread_detach(thread);
}

static void *control_main(void *argument)
{
	Control *control = argument;
	for (;;) {
		struct pollfd wait[] = { { control->socket, POLLIN, 0 }, { control->stop_pipe[0], POLLIN, 0 } };
		if (poll(wait, COUNT(wait), -1) < 0 && errno != EINTR) return NULL;
		if (wait[1].revents) return NULL;
		int peer = wait[0].revents ? accept4(control->socket, NULL, NULL, SOCK_CLOEXEC) : -1;
		if (peer >= 0) start_visit(control, peer);
	}
}

static Error listen_at(Call *call, Control *control, const struct sockaddr_un *address)
{
	unlink(address->sun_path); /* left by a killed server: the folder's lock is ours, so nobody listens there */
	control->socket = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
	mode_t before = umask(0177);
	int bound = control->socket < 0 ? -1 : bind(control->socket, (const struct sockaddr *)address, sizeof(*address));
	umask(before);
	if (bound != 0 || listen(control->socket, 16) != 0) return fail(call, IO, "%s: %s", address->sun_path, strerror(errno));
	return OK;
}

Error control_start(Call *call, const House *house, Control **out)
{
	struct sockaddr_un address;
	if (!address_of(arena_string(call->arena, house->data_folder), &address))
		return fail(call, CONFIG, "the data folder's path is too long for a socket");
	Control *control = calloc(1, sizeof(*control));
	must(control && pipe(control->stop_pipe) == 0);
	control->house = house;
	memcpy(control->path, address.sun_path, sizeof(control->path));
	pthread_mutex_init(&control->mutex, NULL);
	pthread_cond_init(&control->idle, NULL);
	Error error = listen_at(call, control, &address);
	if (error != OK) {
		free(control);
		return error;
	}
	must(pthread_create(&control->thread, NULL, control_main, control) == 0);
	*out = control;
	return OK;
}

void control_stop(Control **out)
{
	Control *control = *out;
	if (!control) return;
	must(write(control->stop_pipe[1], "", 1) == 1);
	pthread_join(control->thread, NULL);
	pthread_mutex_lock(&control->mutex);
	while (control->running) pthread_cond_wait(&control->idle, &control->mutex);
	pthread_mutex_unlock(&control->mutex);
	unlink(control->path);
	close(control->socket);
	close(control->stop_pipe[0]);
	close(control->stop_pipe[1]);
	free(control);
	*out = NULL;
}

/* ---- In the command */
static void close_socket(int *socket)
{
	if (*socket >= 0) close(*socket);
}

Error control_run(Call *call, const char *data, Lang lang, int argc, char **argv, int *out_exit_code)
{
	struct sockaddr_un address;
	if (!address_of(data, &address)) return fail(call, NOT_FOUND, "path too long");
	scoped(close_socket) int peer = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
	if (peer < 0 || connect(peer, (const struct sockaddr *)&address, sizeof(address)) != 0)
		return fail(call, NOT_FOUND, "%s: %s", address.sun_path, strerror(errno));
	Text message = message_pack(call->arena, lang, argc, argv);
	if (message.length > MESSAGE_BYTES || argc >= ARGUMENTS_MAX)
		return fail(call, TOO_LARGE, "too many arguments; name a folder instead");
	const int streams[STREAMS] = { STDOUT_FILENO, STDERR_FILENO };
	unsigned char answer;
	if (!send_message(peer, message, streams) || recv(peer, &answer, 1, 0) != 1)
		return fail(call, IO, "the server ended before the command did");
	*out_exit_code = answer;
	return OK;
}
