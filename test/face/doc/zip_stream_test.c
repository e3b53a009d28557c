#include "face/doc/tool.h"
#include "face/doc/zip.h"
#include "face/doc/zip_stream.h"
#include "harness/test.h"

static Error collect(Call *call, void *context, Text piece)
{
	(void)call;
	buffer_put(context, piece);
	return OK;
}

static Error full(Call *call, void *context, Text piece)
{
	(void)context;
	(void)piece;
	return fail(call, FULL, "the disk");
}

static Text archive_of(Test *t, const ZipEntry *entries, size_t count, size_t step)
{
	Buffer out = { .arena = t->arena };
	ZipStream *zip = zip_stream_new(t->call, collect, &out, t->call->now);
	for (size_t i = 0; i < count; i++) {
		CHECK_OK(t->call, zip_stream_begin(t->call, zip, entries[i].name));
		for (size_t at = 0; at < entries[i].content.length; at += step)
			CHECK_OK(t->call, zip_stream_add(t->call, zip, text_slice(entries[i].content, at, at + step)));
		CHECK_OK(t->call, zip_stream_end(t->call, zip));
	}
	CHECK_OK(t->call, zip_stream_finish(t->call, zip));
	return buffer_text(&out);
}

TEST(zip_stream__what_went_in_in_pieces_comes_out_whole)
{
	const ZipEntry entries[] = { { TEXT("文件/第一份.txt"), TEXT("hello") }, { TEXT("empty"), TEXT("") },
		{ TEXT("data.json"), TEXT("{\"a\":[1,2,3]}") } };
	for (size_t step = 1; step < 9; step += 3) {
		ZipEntries back;
		Text archive = archive_of(t, entries, COUNT(entries), step);
		CHECK_OK(t->call, zip_unpack(t->call, archive, 10, 1000, &back));
		CHECK_INT(back.count, COUNT(entries));
		for (size_t i = 0; i < COUNT(entries); i++)
			CHECK(text_is(back.at[i].name, entries[i].name) && text_is(back.at[i].content, entries[i].content));
	}
	Text archive = archive_of(t, entries, COUNT(entries), 4);
	CHECK(tool_says(tool_run(t, "a.zip", archive, "python3 -m zipfile -t a.zip && python3 -m zipfile -l a.zip"), "data.json"));
}

TEST(zip_stream__an_archive_of_nothing_is_one)
{
	ZipEntries back;
	CHECK_OK(t->call, zip_unpack(t->call, archive_of(t, NULL, 0, 1), 10, 10, &back));
	CHECK_INT(back.count, 0);
}

TEST(zip_stream__what_its_sink_says_ends_it)
{
	ZipStream *zip = zip_stream_new(t->call, full, NULL, t->call->now);
	CHECK_ERROR(t->call, zip_stream_begin(t->call, zip, TEXT("a")), FULL);
}
