#include "harness/test.h"

#include "harness/harness_private.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct Registered {
	const char *file, *name;
	TestBody *body;
	bool needs_database;
} Registered;

enum { EXIT_FAILED = 1, EXIT_SKIPPED = 77, TESTS_MAX = 4096, TIMEOUT_SECONDS = 300 };
static Registered tests[TESTS_MAX];
static size_t test_count;
static const char *const database_names[] = { [TEST_NONE] = "", [TEST_SQLITE] = " (sqlite)", [TEST_POSTGRES] = " (postgres)" };

void test_register(const char *file, const char *name, TestBody *body, bool needs_database)
{
	must(test_count < TESTS_MAX);
	tests[test_count++] = (Registered) { file, name, body, needs_database };
}

void test_fail(const char *file, int line, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	fprintf(stderr, "    %s:%d: ", file, line);
	vfprintf(stderr, format, arguments);
	fputc('\n', stderr);
	va_end(arguments);
	exit(EXIT_FAILED);
}

void test_skip(const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	fputs("    skipped: ", stderr);
	vfprintf(stderr, format, arguments);
	fputc('\n', stderr);
	va_end(arguments);
	exit(EXIT_SKIPPED);
}

void test_check_int(const char *file, int line, const char *what, int64_t found, int64_t expected)
{
	if (found != expected) test_fail(file, line, "%s is %lld, expected %lld", what, (long long)found, (long long)expected);
}

void test_check_text(const char *file, int line, const char *what, Text found, Text expected)
{
	if (!text_is(found, expected))
		test_fail(file, line, "%s is\n      \"%.*s\", expected\n      \"%.*s\"", what, TEXT_ARGS(found), TEXT_ARGS(expected));
}

void test_check_error(const char *file, int line, const char *what, Call *call, Error found, Error expected)
{
	if (found != expected)
		test_fail(file, line, "%s gave %s, expected %s (%s:%d %.*s)", what, error_name(found), error_name(expected),
			call->failure.file ? call->failure.file : "", call->failure.line, TEXT_ARGS(call->failure.detail));
	call_recover(call);
}

const char *test_data(const char *name)
{
	static char path[4096];
	const char *root = getenv("CAPPVD_DATA");
	snprintf(path, sizeof(path), "%s/%s", root ? root : "../shared/data", name);
	if (access(path, R_OK) != 0) test_skip("no real data at %s", path);
	return path;
}

Text test_read_file(Arena *arena, const char *path)
{
	FILE *file = fopen(path, "rb");
	if (!file) test_fail(path, 0, "cannot be opened");
	Buffer buffer = { .arena = arena };
	char chunk[65536];
	for (size_t got; (got = fread(chunk, 1, sizeof(chunk), file)) > 0;) buffer_put(&buffer, (Text) { chunk, got });
	fclose(file);
	return buffer_text(&buffer);
}

static void run_in_child(const Registered *test, TestDatabase database, const char *directory)
{
	alarm(TIMEOUT_SECONDS);
	prctl(PR_SET_PDEATHSIG, SIGKILL); /* nobody outlives the run */
	House house = { .public_address = TEXT("http://localhost:8080"), .data_folder = text_from(directory) };
	Call call = { .arena = arena_new(ARENA_CEILING), .actor = &actor_visitor, .lang = LANG_EN, .now = 1772690400000, .house = &house };
	Test t = { .arena = call.arena, .call = &call, .house = &house, .database = database, .directory = directory };
	if (database != TEST_NONE) harness_open_database(&t);
	test->body(&t);
	exit(0);
}

typedef struct Tally {
	int passed, failed, skipped;
} Tally;

static void run_one(const Registered *test, TestDatabase database, Tally *tally)
{
	if (database == TEST_POSTGRES) harness_start_postgres();
	char directory[] = "/tmp/cappvd-test-XXXXXX";
	must(mkdtemp(directory));
	fflush(NULL);
	pid_t child = fork();
	must(child >= 0);
	if (child == 0) run_in_child(test, database, directory);
	int status = 0;
	must(waitpid(child, &status, 0) == child);
	harness_remove(directory);
	bool passed = WIFEXITED(status) && WEXITSTATUS(status) == 0, skipped = WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SKIPPED;
	if (WIFSIGNALED(status)) fprintf(stderr, "    ended by signal %d\n", WTERMSIG(status));
	tally->passed += passed;
	tally->skipped += skipped;
	tally->failed += !passed && !skipped;
	printf("%s %s%s\n", passed ? "ok  " : skipped ? "skip" : "FAIL", test->name, database_names[database]);
}

/* unit [--database all|none,sqlite,postgres] [--list] [PART…]: runs tests whose name or file contains one of the PARTs. */
static bool is_wanted(const Registered *test, int count, char **parts)
{
	for (int i = 0; i < count; i++)
		if (strstr(test->name, parts[i]) || strstr(test->file, parts[i])) return true;
	return count == 0;
}

int main(int argc, char **argv)
{
	bool list = false, on[3] = { true, true, true };
	int first = 1;
	for (; first < argc && strncmp(argv[first], "--", 2) == 0; first++) {
		if (strcmp(argv[first], "--list") == 0)
			list = true;
		else if (strcmp(argv[first], "--database") == 0 && first + 1 < argc) {
			const char *which = argv[++first];
			for (int i = 0; i < 3; i++)
				on[i] = strcmp(which, "all") == 0 ||
					strstr(which, (const char *const[]) { "none", "sqlite", "postgres" }[i]);
		} else
			return fprintf(stderr, "unit [--database all|none,sqlite,postgres] [--list] [PART…]\n"), 64;
	}
	Tally tally = { 0 };
	harness_prepare();
	for (size_t i = 0; i < test_count; i++) {
		const Registered *test = &tests[i];
		if (!is_wanted(test, argc - first, argv + first)) continue;
		if (list) {
			printf("%s %s%s\n", test->file, test->name, test->needs_database ? " db" : "");
			continue;
		}
		if (!test->needs_database && on[TEST_NONE]) run_one(test, TEST_NONE, &tally);
		for (TestDatabase database = TEST_SQLITE; test->needs_database && database <= TEST_POSTGRES; database++)
			if (on[database]) run_one(test, database, &tally);
	}
	if (!list) printf("%d passed, %d failed, %d skipped\n", tally.passed, tally.failed, tally.skipped);
	return tally.failed ? 1 : 0;
}
