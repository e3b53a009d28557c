#include "base/base/clock.h"
#include "base/crypto/crypto.h"
#include "base/sandbox/sandbox.h"
#include "harness/test.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

static Error work_echo(const void *input, size_t length, Buffer *out)
{
	buffer_put(out, (Text) { input, length });
	return OK;
}

static Error work_hash(const void *input, size_t length, Buffer *out)
{
	Digest digest = sha256((Text) { input, length });
	buffer_put(out, hex_text(out->arena, DIGEST_TEXT(digest)));
	return OK;
}

static Error work_refuse(const void *input, size_t length, Buffer *out)
{
	(void)input, (void)length, (void)out;
	return ERROR_MEDIA_TYPE;
}

static Error work_open_file(const void *input, size_t length, Buffer *out)
{
	(void)input, (void)length;
	int file = open("/etc/passwd", O_RDONLY);
	buffer_put(out, file >= 0 ? TEXT("opened") : errno == EACCES ? TEXT("refused") : TEXT("failed otherwise"));
	return OK;
}

static Error work_open_socket(const void *input, size_t length, Buffer *out)
{
	(void)input, (void)length;
	buffer_number(out, socket(AF_INET, SOCK_STREAM, 0));
	return OK;
}

static Error work_fork(const void *input, size_t length, Buffer *out)
{
	(void)input, (void)length;
	for (int i = 0; i < 1000; i++) buffer_number(out, fork());
	return OK;
}

static Error work_execute_memory(const void *input, size_t length, Buffer *out)
{
	(void)input, (void)length;
	buffer_number(out, mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED);
	return OK;
}

static Error work_kill_parent(const void *input, size_t length, Buffer *out)
{
	(void)input, (void)length;
	buffer_number(out, kill(getppid(), SIGKILL));
	return OK;
}

static Error work_grow_arena(const void *input, size_t length, Buffer *out)
{
	(void)input, (void)length;
	while (!arena_is_full(out->arena)) arena_alloc(out->arena, 65536);
	return ERROR_TOO_LARGE;
}

static Error work_grow_heap(const void *input, size_t length, Buffer *out)
{
	(void)input, (void)length, (void)out;
	for (;;) {
		volatile char *at = malloc(1 << 20);
		if (!at) abort();
		for (size_t i = 0; i < 1 << 20; i += 4096) at[i] = 1;
	}
}

static Error work_loop(const void *input, size_t length, Buffer *out)
{
	(void)out;
	for (volatile size_t i = 0;; i++)
		if (i == SIZE_MAX && length) return ((const char *)input)[0] ? OK : ERROR_IO;
}

static Error work_wait(const void *input, size_t length, Buffer *out)
{
	(void)input, (void)length, (void)out;
	pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
	while (pthread_mutex_lock(&lock) == 0) {}
	return OK;
}

static Error work_write_much(const void *input, size_t length, Buffer *out)
{
	(void)input, (void)length;
	for (int i = 0; i < 70000; i++) buffer_byte(out, 'x');
	return OK;
}

static Error work_write_behind_the_back(const void *input, size_t length, Buffer *out)
{
	(void)input, (void)length, (void)out;
	static const char block[4096];
	while (write(1, block, sizeof(block)) > 0) {}
	return OK;
}

static Error work_crash(const void *input, size_t length, Buffer *out)
{
	(void)input, (void)length, (void)out;
	abort();
}

enum {
	ECHO,
	HASH,
	REFUSE,
	OPEN_FILE,
	OPEN_SOCKET,
	FORK,
	EXECUTE,
	KILL,
	GROW_ARENA,
	GROW_HEAP,
	LOOP,
	WAIT,
	WRITE_MUCH,
	WRITE_BEHIND,
	CRASH
};
#define WORK(body) \
	{ \
		body, 32 << 20, 65536, 1, 5000 \
	}
static const SandboxWork works[] = {
	[ECHO] = WORK(work_echo),
	[HASH] = WORK(work_hash),
	[REFUSE] = WORK(work_refuse),
	[OPEN_FILE] = WORK(work_open_file),
	[OPEN_SOCKET] = WORK(work_open_socket),
	[FORK] = WORK(work_fork),
	[EXECUTE] = WORK(work_execute_memory),
	[KILL] = WORK(work_kill_parent),
	[GROW_ARENA] = WORK(work_grow_arena),
	[GROW_HEAP] = WORK(work_grow_heap),
	[LOOP] = WORK(work_loop),
	[WAIT] = { work_wait, 1 << 20, 10, 1, 200 },
	[WRITE_MUCH] = WORK(work_write_much),
	[WRITE_BEHIND] = WORK(work_write_behind_the_back),
	[CRASH] = WORK(work_crash),
};

static Sandbox *start(Test *t)
{
	Sandbox *sandbox = NULL;
	CHECK_OK(t->call, sandbox_start(t->call, works, COUNT(works), &sandbox));
	return sandbox;
}

static Error run(Call *call, Sandbox *sandbox, int work, Text input, Text *out)
{
	return sandbox_run(call, sandbox, (SandboxWorkId)work, input, out);
}

TEST(sandbox__gives_back_what_the_work_wrote)
{
	Sandbox *sandbox scoped(sandbox_stop) = start(t);
	Text out;
	CHECK_OK(t->call, run(t->call, sandbox, ECHO, TEXT("漏洞\0 bytes"), &out));
	CHECK(text_is(out, TEXT("漏洞\0 bytes")));
	CHECK_OK(t->call, run(t->call, sandbox, ECHO, TEXT(""), &out));
	CHECK_INT(out.length, 0);
	CHECK_OK(t->call, run(t->call, sandbox, HASH, TEXT("abc"), &out));
	CHECK(text_starts(out, TEXT("ba7816bf")));
}

TEST(sandbox__gives_back_the_error_of_the_work_and_leaves_the_result_alone)
{
	Sandbox *sandbox scoped(sandbox_stop) = start(t);
	Text out = TEXT("untouched");
	CHECK_ERROR(t->call, run(t->call, sandbox, REFUSE, TEXT("x"), &out), MEDIA_TYPE);
	CHECK_TEXT(out, "untouched");
}

TEST(sandbox__opens_no_file)
{
	Sandbox *sandbox scoped(sandbox_stop) = start(t);
	Text out;
	CHECK_OK(t->call, run(t->call, sandbox, OPEN_FILE, TEXT("x"), &out));
	CHECK_TEXT(out, "refused");
}

static void check_ends(Test *t, int work, Error expected)
{
	Sandbox *sandbox scoped(sandbox_stop) = start(t);
	Text out = TEXT("untouched");
	test_check_error(__FILE__, __LINE__, "sandbox_run", t->call, run(t->call, sandbox, work, TEXT("x"), &out), expected);
	CHECK_TEXT(out, "untouched");
	CHECK_OK(t->call, run(t->call, sandbox, ECHO, TEXT("still here"), &out));
	CHECK_TEXT(out, "still here");
}

TEST(sandbox__makes_no_socket) { check_ends(t, OPEN_SOCKET, ERROR_INVALID); }
TEST(sandbox__makes_no_process) { check_ends(t, FORK, ERROR_INVALID); }
TEST(sandbox__makes_no_executable_memory) { check_ends(t, EXECUTE, ERROR_INVALID); }
TEST(sandbox__signals_nobody) { check_ends(t, KILL, ERROR_INVALID); }
TEST(sandbox__ends_a_crash_cleanly) { check_ends(t, CRASH, ERROR_INVALID); }
TEST(sandbox__ends_a_full_arena) { check_ends(t, GROW_ARENA, ERROR_TOO_LARGE); }
TEST(sandbox__ends_an_endless_loop) { check_ends(t, LOOP, ERROR_TOO_LARGE); }
TEST(sandbox__ends_huge_output) { check_ends(t, WRITE_MUCH, ERROR_TOO_LARGE); }
TEST(sandbox__ends_output_written_past_the_buffer) { check_ends(t, WRITE_BEHIND, ERROR_TOO_LARGE); }

TEST(sandbox__ends_a_memory_bomb)
{
#ifdef __SANITIZE_ADDRESS__
	test_skip("the sanitizer needs more address space than any limit");
#endif
	check_ends(t, GROW_HEAP, ERROR_INVALID);
}

TEST(sandbox__ends_what_waits_for_ever_in_time)
{
	int64_t before = clock_monotonic();
	check_ends(t, WAIT, ERROR_TOO_LARGE);
	CHECK(clock_monotonic() - before < 3000);
}

static pid_t only_child(Test *t)
{
	int64_t process = 0;
	Text children = test_read_file(t->arena, arena_printf(t->arena, "/proc/self/task/%d/children", (int)getpid()).at);
	if (!text_to_int(text_trim(children), &process)) test_skip("this kernel does not list children");
	return (pid_t)process;
}

TEST(sandbox__says_busy_when_the_server_is_gone)
{
	Sandbox *sandbox scoped(sandbox_stop) = start(t);
	CHECK(kill(only_child(t), SIGKILL) == 0);
	Text out = TEXT("untouched");
	CHECK_ERROR(t->call, run(t->call, sandbox, ECHO, TEXT("x"), &out), BUSY);
	CHECK_TEXT(out, "untouched");
}

typedef struct Worker {
	Test *t;
	Sandbox *sandbox;
	int number;
	bool right;
} Worker;

static void *work_from_a_thread(void *argument)
{
	Worker *worker = argument;
	Call call = *worker->t->call;
	call.arena = arena_new(ARENA_CEILING);
	worker->right = true;
	for (int i = 0; i < 8; i++) {
		Text in = arena_printf(call.arena, "%d/%d", worker->number, i), out;
		bool hostile = (worker->number + i) % 3 == 0;
		Error error = run(&call, worker->sandbox, hostile ? CRASH : ECHO, in, &out);
		worker->right = worker->right && (hostile ? error == ERROR_INVALID : error == OK && text_is(in, out));
		call_recover(&call);
	}
	arena_free(&call.arena);
	return NULL;
}

TEST(sandbox__serves_more_threads_than_it_has_children)
{
	Sandbox *sandbox scoped(sandbox_stop) = start(t);
	Worker workers[24];
	pthread_t threads[COUNT(workers)];
	for (size_t i = 0; i < COUNT(workers); i++) {
		workers[i] = (Worker) { t, sandbox, (int)i, false };
		CHECK(pthread_create(&threads[i], NULL, work_from_a_thread, &workers[i]) == 0);
	}
	for (size_t i = 0; i < COUNT(workers); i++) CHECK(pthread_join(threads[i], NULL) == 0 && workers[i].right);
}
