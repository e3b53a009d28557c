/*
 * test: the harness of all C tests. A test registers itself; its name states the rule it shows.
 *
 *   TEST(calendar__new_year_is_a_holiday) { CHECK(…); }              pure
 *   TEST_DB(person__login_is_unique) { … t->call … }                 once on SQLite, once on PostgreSQL, fresh migrated database
 *
 * A test runs in a process of its own. CHECK ends it at the first failure.
 */
#pragma once
#include "base/base/base.h"

typedef enum TestDatabase { TEST_NONE, TEST_SQLITE, TEST_POSTGRES } TestDatabase;
typedef struct Test {
	Arena *arena;
	Call *call; /* visitor, English, time 2026-03-05T06:00:00Z; call->db is open in TEST_DB, and so are house->keyring, blobs and signer */
	House *house; /* what call->house points to; fill what the test needs */
	TestDatabase database;
	const char *directory; /* a fresh folder, removed afterwards */
} Test;
typedef void TestBody(Test *t);
void test_register(const char *file, const char *name, TestBody *body, bool needs_database);

#define TEST_REGISTER(name, needs_database) \
	static void name(Test *t); \
	__attribute__((constructor)) static void register_##name(void) { test_register(__FILE__, #name, name, needs_database); } \
	static void name(__attribute__((unused)) Test *t)
#define TEST(name) TEST_REGISTER(name, false)
#define TEST_DB(name) TEST_REGISTER(name, true)

_Noreturn void test_fail(const char *file, int line, const char *format, ...) printf_like(3, 4);
_Noreturn void test_skip(const char *format, ...) printf_like(1, 2); /* only for what the machine lacks, such as data */
#define CHECK(condition) ((condition) ? (void)0 : test_fail(__FILE__, __LINE__, "%s", #condition))
void test_check_int(const char *file, int line, const char *what, int64_t found, int64_t expected);
#define CHECK_INT(found, expected) test_check_int(__FILE__, __LINE__, #found, (int64_t)(found), (int64_t)(expected))
void test_check_text(const char *file, int line, const char *what, Text found, Text expected);
#define CHECK_TEXT(found, expected) test_check_text(__FILE__, __LINE__, #found, (found), TEXT(expected))
void test_check_error(const char *file, int line, const char *what, Call *call, Error found, Error expected);
/* The call's failure is shown when it is not as expected, and forgotten otherwise. */
#define CHECK_OK(call, expression) test_check_error(__FILE__, __LINE__, #expression, (call), (expression), OK)
#define CHECK_ERROR(call, expression, kind) test_check_error(__FILE__, __LINE__, #expression, (call), (expression), ERROR_##kind)

/* Path of a file under the real data (environment CAPPVD_DATA, else ../shared/data); skips the test when it is absent. */
const char *test_data(const char *name);
/* Whole content of a file; fails the test when it cannot be read. */
Text test_read_file(Arena *arena, const char *path);
/* Passwords are hashed with the least effort, see harness/haste.c; true: as the product does it. Each test begins with false. */
extern bool test_passwords_cost;
