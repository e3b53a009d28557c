#include "harness/test.h"
#include "store/seal/seal.h"

#include <pthread.h>
#include <unistd.h>

static const char *key_path(Test *t) { return arena_printf(t->arena, "%s/library.keys", t->directory).at; }

static void reopen_keyring(Test *t)
{
	keyring_close(&t->house->keyring);
	CHECK_OK(t->call, keyring_open(t->call, &(KeyringOptions) { .path = key_path(t) }, &t->house->keyring));
}

static Error new_matter(Call *call, void *argument) { return seal_matter_new(call, argument); }
static Error destroy_matter(Call *call, void *argument) { return seal_matter_destroy(call, *(int64_t *)argument); }

static int64_t matter_of(Test *t)
{
	int64_t matter = 0;
	CHECK_OK(t->call, db_transact(t->call, new_matter, &matter));
	CHECK(matter > SEAL_MATTER_LIBRARY);
	return matter;
}

static Sealed sealed_of(Test *t, int64_t matter, Text plain)
{
	Sealed sealed;
	CHECK_OK(t->call, seal_close(t->call, matter, "report|title", TEXT("r-1"), plain, &sealed));
	return sealed;
}

static void check_opens(Test *t, Sealed sealed, Text plain)
{
	Text out;
	CHECK_OK(t->call, seal_open(t->call, "report|title", TEXT("r-1"), sealed, &out));
	CHECK(text_is(out, plain) && (out.at != NULL) == (plain.at != NULL));
}

TEST_DB(seal__opens_only_in_its_table_column_and_row)
{
	int64_t matter = matter_of(t);
	Sealed sealed = sealed_of(t, matter, TEXT("越权读取任意用户信息"));
	Text out = TEXT("untouched");
	check_opens(t, sealed, TEXT("越权读取任意用户信息"));
	CHECK(!text_find(sealed.bytes, TEXT("越权"), NULL));
	CHECK_ERROR(t->call, seal_open(t->call, "report|title", TEXT("r-2"), sealed, &out), CORRUPT);
	CHECK_ERROR(t->call, seal_open(t->call, "report|text", TEXT("r-1"), sealed, &out), CORRUPT);
	CHECK_ERROR(t->call, seal_open(t->call, "report|title", TEXT("r-1"), (Sealed) { TEXT("rubbish") }, &out), CORRUPT);
	CHECK_TEXT(out, "untouched");
	check_opens(t, sealed_of(t, matter, (Text) { 0 }), (Text) { 0 });
	check_opens(t, sealed_of(t, matter, TEXT("")), TEXT(""));
}

TEST_DB(seal__destroyed_matter_is_unreadable_and_takes_nothing_more)
{
	int64_t matter = matter_of(t), other = matter_of(t);
	Sealed sealed = sealed_of(t, matter, TEXT("secret")), kept = sealed_of(t, other, TEXT("kept")), refused;
	CHECK_OK(t->call, db_transact(t->call, destroy_matter, &matter));
	check_opens(t, sealed, (Text) { 0 });
	reopen_keyring(t);
	check_opens(t, sealed, (Text) { 0 });
	check_opens(t, kept, TEXT("kept"));
	CHECK_ERROR(t->call, seal_close(t->call, matter, "report|title", TEXT("r-1"), TEXT("x"), &refused), NOT_FOUND);
	CHECK_ERROR(t->call, db_transact(t->call, destroy_matter, &matter), NOT_FOUND);
}

TEST_DB(seal__another_node_notices_a_destroyed_matter_within_a_minute)
{
	int64_t matter = matter_of(t);
	Sealed sealed = sealed_of(t, matter, TEXT("secret"));
	Keyring *here = t->house->keyring, *there = NULL;
	CHECK_OK(t->call, keyring_open(t->call, &(KeyringOptions) { .path = key_path(t) }, &there));
	t->house->keyring = there;
	check_opens(t, sealed, TEXT("secret"));
	t->house->keyring = here;
	CHECK_OK(t->call, db_transact(t->call, destroy_matter, &matter));
	t->house->keyring = there;
	t->call->now += 60 * 1000;
	check_opens(t, sealed, (Text) { 0 });
	keyring_close(&there);
	t->house->keyring = here;
}

TEST_DB(seal__both_algorithms_are_read_whatever_the_profile)
{
	int64_t matter = matter_of(t);
	Sealed western = sealed_of(t, matter, TEXT("one"));
	keyring_close(&t->house->keyring);
	CHECK_OK(t->call, keyring_open(t->call, &(KeyringOptions) { .path = key_path(t), .kind = ENVELOPE_SM4 }, &t->house->keyring));
	Sealed national = sealed_of(t, matter, TEXT("two"));
	CHECK(western.bytes.at[0] == ENVELOPE_XCHACHA20 && national.bytes.at[0] == ENVELOPE_SM4);
	check_opens(t, western, TEXT("one"));
	reopen_keyring(t);
	check_opens(t, national, TEXT("two"));
}

TEST_DB(seal__nothing_opens_without_the_right_key_file)
{
	Keyring *other = NULL;
	const char *path = arena_printf(t->arena, "%s/foreign.keys", t->directory).at;
	CHECK_ERROR(t->call, keyring_open(t->call, &(KeyringOptions) { .path = path }, &other), NOT_FOUND);
	CHECK_OK(t->call, keyring_create(t->call, path));
	CHECK_ERROR(t->call, keyring_create(t->call, path), CONFLICT);
	CHECK_ERROR(t->call, keyring_open(t->call, &(KeyringOptions) { .path = path }, &other), CONFIG);
	FILE *file = fopen(path, "w");
	CHECK(file && fputs("cappvd-keyring\n1 AAAA\n", file) >= 0 && fclose(file) == 0);
	CHECK_ERROR(t->call, keyring_open(t->call, &(KeyringOptions) { .path = path }, &other), CONFIG);
	CHECK(!other);
}

static void check_use(Test *t, int64_t generation, int64_t count)
{
	KeyringUses uses;
	CHECK_OK(t->call, keyring_use(t->call, &uses));
	CHECK_INT(uses.count, 1);
	CHECK_INT(uses.at[0].generation, generation);
	CHECK_INT(uses.at[0].count, count);
}

TEST_DB(seal__rotation_wraps_every_key_and_changes_no_look_up)
{
	int64_t matters[300], wrapped = 0;
	Sealed sealed[COUNT(matters)];
	for (size_t i = 0; i < COUNT(matters); i++) sealed[i] = sealed_of(t, matters[i] = matter_of(t), TEXT("x"));
	CHECK_OK(t->call, db_transact(t->call, destroy_matter, &matters[7]));
	Text before = seal_lookup(t->call, "login", TEXT("zhang"));
	check_use(t, 1, COUNT(matters) - 1 + 2);
	for (int generation = 2; generation <= 4; generation++) {
		CHECK_OK(t->call, keyring_rotate(t->call, generation == 4, &wrapped));
		CHECK_INT(wrapped, COUNT(matters) - 1 + 2);
		CHECK_INT(keyring_generation(t->call), generation);
		check_use(t, generation, COUNT(matters) - 1 + 2);
	}
	reopen_keyring(t);
	for (size_t i = 0; i < COUNT(matters); i++) check_opens(t, sealed[i], i == 7 ? (Text) { 0 } : TEXT("x"));
	CHECK(text_is(before, seal_lookup(t->call, "login", TEXT("zhang"))));
	Text file = test_read_file(t->arena, key_path(t));
	CHECK(!text_find(file, TEXT("\n1 "), NULL) && !text_find(file, TEXT("\n2 "), NULL) && text_find(file, TEXT("\n3 "), NULL) &&
		text_find(file, TEXT("\n4 "), NULL));
}

TEST_DB(seal__another_node_follows_a_rotation)
{
	int64_t wrapped;
	Keyring *here = t->house->keyring, *there = NULL;
	CHECK_OK(t->call, keyring_open(t->call, &(KeyringOptions) { .path = key_path(t) }, &there));
	CHECK_OK(t->call, keyring_rotate(t->call, false, &wrapped));
	int64_t matter = matter_of(t);
	Sealed sealed = sealed_of(t, matter, TEXT("new"));
	t->house->keyring = there;
	check_opens(t, sealed, TEXT("new"));
	CHECK_OK(t->call, keyring_rotate(t->call, false, &wrapped));
	t->house->keyring = here; /* knows generation 2 only, and must not wrap with it */
	matter_of(t);
	check_use(t, 3, 2 + 2);
	keyring_close(&there);
}

TEST_DB(seal__lookups_depend_on_purpose_and_library)
{
	Text mine = seal_lookup(t->call, "login", TEXT("zhang"));
	CHECK_INT(mine.length, 64);
	CHECK(text_is(mine, seal_lookup(t->call, "login", TEXT("zhang"))));
	CHECK(!text_is(mine, seal_lookup(t->call, "phone", TEXT("zhang"))) && !text_is(mine, seal_lookup(t->call, "login", TEXT("zhan"))));
	reopen_keyring(t);
	CHECK(text_is(mine, seal_lookup(t->call, "login", TEXT("zhang"))));
	Key a scoped(key_wipe) = seal_key(t->call, "cookie"), b scoped(key_wipe) = seal_key(t->call, "minhash");
	CHECK(memcmp(&a, &b, sizeof(a)) != 0);
}

static Error new_matter_then_fail(Call *call, void *argument)
{
	TRY(seal_matter_new(call, argument));
	Sealed sealed;
	TRY(seal_close(call, *(int64_t *)argument, "report|title", TEXT("r-1"), TEXT("x"), &sealed));
	return fail(call, CONFLICT, "on purpose");
}

TEST_DB(seal__rolled_back_matter_does_not_outlive_the_cache)
{
	int64_t matter = 0;
	Sealed sealed;
	CHECK_ERROR(t->call, db_transact(t->call, new_matter_then_fail, &matter), CONFLICT);
	t->call->now += 60 * 1000;
	CHECK_ERROR(t->call, seal_close(t->call, matter, "report|title", TEXT("r-1"), TEXT("x"), &sealed), NOT_FOUND);
}

typedef struct Sealer {
	Test *t;
	const int64_t *matters;
	bool right;
} Sealer;

static void *seal_from_a_thread(void *argument)
{
	Sealer *sealer = argument;
	Call call = *sealer->t->call;
	call.arena = arena_new(ARENA_CEILING);
	sealer->right = true;
	for (int i = 0; i < 400 && sealer->right; i++) {
		Sealed sealed;
		Text out;
		sealer->right = seal_close(&call, sealer->matters[i % 40], "a|b", TEXT("1"), TEXT("text"), &sealed) == OK &&
				seal_open(&call, "a|b", TEXT("1"), sealed, &out) == OK && text_is(out, TEXT("text"));
	}
	arena_free(&call.arena);
	return NULL;
}

TEST_DB(seal__many_threads_share_the_keyring)
{
	int64_t matters[40];
	Sealer sealers[6];
	pthread_t threads[COUNT(sealers)];
	for (size_t i = 0; i < COUNT(matters); i++) matters[i] = matter_of(t);
	for (size_t i = 0; i < COUNT(sealers); i++) {
		sealers[i] = (Sealer) { t, matters, false };
		CHECK(pthread_create(&threads[i], NULL, seal_from_a_thread, &sealers[i]) == 0);
	}
	for (size_t i = 0; i < COUNT(sealers); i++) CHECK(pthread_join(threads[i], NULL) == 0 && sealers[i].right);
}
