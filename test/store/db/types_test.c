#include "store/db/sample.h"

typedef struct Round {
	SampleRow row;
	int64_t id;
} Round;

static Error add(Call *call, void *argument)
{
	Round *round = argument;
	const SampleRow *row = &round->row;
	return sample_add(call, row->name, row->note, row->count, row->flag, row->maybe_flag, row->at, row->data, row->secret, &round->id);
}

static void check_round_trip(Test *t, SampleRow row)
{
	Round round = { row, 0 };
	CHECK_OK(t->call, db_transact(t->call, add, &round));
	SampleRow found;
	CHECK_OK(t->call, sample_find(t->call, round.id, &found));
	CHECK(text_is(found.name, row.name) && text_is(found.secret.bytes, row.secret.bytes));
	CHECK((found.note.at == NULL) == (row.note.at == NULL) && text_is(found.note, row.note));
	CHECK((found.data.at == NULL) == (row.data.at == NULL) && text_is(found.data, row.data));
	CHECK(found.count.is == row.count.is && found.at.is == row.at.is && found.maybe_flag.is == row.maybe_flag.is &&
		found.flag == row.flag);
	if (row.count.is) CHECK_INT(found.count.value, row.count.value);
	if (row.at.is) CHECK_INT(found.at.value, row.at.value);
	if (row.maybe_flag.is) CHECK_INT(found.maybe_flag.value, row.maybe_flag.value);
}

TEST_DB(db__null_stays_null)
{
	sample_create(t);
	check_round_trip(t, (SampleRow) { .name = TEXT("nothing else"), .secret = { TEXT("") } });
}

TEST_DB(db__extremes_and_empty_values_survive)
{
	sample_create(t);
	const char bytes[] = { 0, (char)0xff, 'x', 0 };
	check_round_trip(t, (SampleRow) { .name = TEXT(""),
				    .note = TEXT(""),
				    .data = TEXT(""),
				    .secret = { TEXT("") },
				    .count = { true, INT64_MIN },
				    .at = { true, INT64_MAX } });
	check_round_trip(t, (SampleRow) { .name = TEXT("漏洞 \xf0\x9f\x94\x93 'quoted' \"twice\" \\ {a,b}"),
				    .note = TEXT("\n\t"),
				    .data = { bytes, sizeof(bytes) },
				    .secret = { { bytes, sizeof(bytes) } },
				    .count = { true, 0 },
				    .flag = true,
				    .maybe_flag = { true, 1 },
				    .at = { true, -1 } });
}

TEST_DB(db__text_with_nul_or_bad_utf8_is_refused)
{
	sample_create(t);
	Round nul = { { .name = { "a\0b", 3 }, .secret = { TEXT("s") } }, 0 },
	      broken = { { .name = TEXT("0123456\xc3\x28"), .secret = { TEXT("s") } }, 0 };
	CHECK_ERROR(t->call, db_transact(t->call, add, &nul), INVALID);
	CHECK_ERROR(t->call, db_transact(t->call, add, &broken), INVALID);
}

TEST_DB(db__missing_text_where_one_must_be_is_a_fault_of_ours)
{
	sample_create(t);
	Round round = { { .secret = { TEXT("s") } }, 0 };
	CHECK_ERROR(t->call, db_transact(t->call, add, &round), INTERNAL);
}

static Error put_named(Call *call, void *argument)
{
	int64_t id;
	for (const char *const *name = argument; *name; name++) TRY(sample_put(call, text_from(*name), &id));
	return OK;
}

TEST_DB(db__lists_are_parameters)
{
	sample_create(t);
	const char *names[] = { "a", "b\"\\,{}", "漏\x01", "d", NULL };
	CHECK_OK(t->call, db_transact(t->call, put_named, names));
	Texts wanted = { 0 };
	for (int i = 1; i < 3; i++) list_add(t->arena, &wanted, text_from(names[i]));
	list_add(t->arena, &wanted, TEXT("no such"));
	Numbers ids;
	CHECK_OK(t->call, sample_ids_of(t->call, wanted, &ids));
	CHECK_INT(ids.count, 2);
	Texts others;
	CHECK_OK(t->call, sample_names_but(t->call, ids, &others));
	CHECK_INT(others.count, 2);
	CHECK_TEXT(others.at[0], "a");
	CHECK_TEXT(others.at[1], "d");
	CHECK_OK(t->call, sample_ids_of(t->call, (Texts) { 0 }, &ids));
	CHECK_INT(ids.count, 0);
}

TEST_DB(db__text_sorts_by_bytes)
{
	sample_create(t);
	const char *names[] = { "b", "B", "a", "é", "_", NULL };
	CHECK_OK(t->call, db_transact(t->call, put_named, names));
	Texts sorted;
	CHECK_OK(t->call, sample_names_but(t->call, (Numbers) { 0 }, &sorted));
	Text joined = arena_join(t->arena, sorted.at, sorted.count, TEXT(" "));
	CHECK_TEXT(joined, "B _ a b é");
}

TEST_DB(db__one_is_not_found_maybe_says_so_many_is_empty)
{
	sample_create(t);
	SampleRow row;
	SampleRows rows;
	bool found = true;
	CHECK_ERROR(t->call, sample_find(t->call, 1, &row), NOT_FOUND);
	CHECK_OK(t->call, sample_seek(t->call, TEXT("x"), &row, &found));
	CHECK(!found);
	CHECK_OK(t->call, sample_list(t->call, 0, 10, &rows));
	CHECK_INT(rows.count, 0);
}

static Error put_many(Call *call, void *argument)
{
	int64_t count = *(const int64_t *)argument;
	for (int64_t i = 0; i < count; i++) {
		char name[32];
		int length = snprintf(name, sizeof(name), "row %lld", (long long)i);
		int64_t id;
		TRY(sample_put(call, (Text) { name, (size_t)length }, &id));
	}
	return OK;
}

TEST_DB(db__a_cursor_streams_and_may_stop_half_way)
{
	sample_create(t);
	int64_t count = 1000;
	CHECK_OK(t->call, db_transact(t->call, put_many, &count));
	for (int64_t stop = 10; stop <= 2000; stop += 1990) {
		scoped(rows_close) Rows *rows = NULL;
		CHECK_OK(t->call, sample_each(t->call, &rows));
		int64_t seen = 0;
		for (bool more = true; more && seen < stop; seen += more) {
			SampleRow row;
			CHECK_OK(t->call, sample_each_next(t->call, rows, &more, &row));
			SampleRow same;
			if (more && seen % 100 == 0) CHECK_OK(t->call, sample_find(t->call, row.id, &same));
		}
		CHECK_INT(seen, stop < count ? stop : count);
	}
	int64_t found;
	CHECK_OK(t->call, sample_count(t->call, &found));
	CHECK_INT(found, count);
}
