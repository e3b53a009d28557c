#include "harness/test.h"
#include "store/db/db.h"
#include "subject/feed/feed.sql.h"
#include "subject/feed/feed_private.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#define CVE(number, title) \
	"{\"dataType\":\"CVE_RECORD\",\"dataVersion\":\"5.1\",\"cveMetadata\":{\"cveId\":\"" number "\",\"state\":\"PUBLISHED\"," \
	"\"datePublished\":\"2023-05-06T00:00:00\"},\"containers\":{\"cna\":{\"title\":\"" title "\"}}}"
#define CNVD(number, title) \
	"<vulnerability><number>" number "</number><title>" title "</title><openTime>2023-07-28</openTime></vulnerability>"

static Text write_file(Test *t, const char *name, const char *content, bool compressed)
{
	const char *path = arena_printf(t->arena, "%s/%s", t->directory, name).at;
	gzFile file = gzopen(path, compressed ? "wb" : "wbT");
	CHECK(file && gzputs(file, content) >= 0 && gzclose(file) == Z_OK);
	return text_from(path);
}

static ImportSummary import(Test *t, Text path, AdvisoryForm form, Text *out_talk)
{
	char *bytes = NULL;
	size_t length = 0;
	FILE *talk = open_memstream(&bytes, &length);
	ImportOptions options = { .form = form, .paths = &path, .path_count = 1, .talk = talk };
	ImportSummary summary = { 0 };
	CHECK_OK(t->call, import_run(t->call, &options, &summary));
	fclose(talk);
	if (out_talk) *out_talk = arena_copy(t->arena, (Text) { bytes, length });
	free(bytes);
	return summary;
}

static const char lines[] = CVE("CVE-2023-0001", "One") "\n\n" CVE("CVE-2023-0002", "Two") "\r\n{\"dataType\":\n" CVE(
	"CVE-23-1", "Bad") "\n" CVE("CVE-2023-0003", "Three");

TEST_DB(import__a_broken_line_is_named_and_the_rest_goes_in)
{
	Text talk, path = write_file(t, "a.jsonl", lines, false);
	ImportSummary summary = import(t, path, FORM_COUNT, &talk);
	CHECK_INT(summary.added, 3);
	CHECK_INT(summary.refused, 2);
	CHECK_INT(summary.documents, 5);
	CHECK(text_find(talk, arena_printf(t->arena, "%.*s:4: no valid JSON: The document ends too early.", TEXT_ARGS(path)), NULL));
	CHECK(text_find(talk, arena_printf(t->arena, "%.*s:5: cveMetadata.cveId is no CVE number", TEXT_ARGS(path)), NULL));
	Advisory advisory;
	CHECK_OK(t->call, advisory_find(t->call, TEXT("CVE-2023-0003"), &advisory));
	CHECK_TEXT(advisory.content.title[LANG_EN], "Three");
}

TEST_DB(import__a_second_time_changes_nothing_and_names_refusals_again)
{
	Text path = write_file(t, "a.jsonl.gz", lines, true), talk;
	import(t, path, FORM_COUNT, NULL);
	ImportSummary again = import(t, path, FORM_COUNT, &talk);
	CHECK_INT(again.added + again.changed, 0);
	CHECK_INT(again.unchanged, 3);
	CHECK_INT(again.refused, 2);
	CHECK(text_find(talk, TEXT("a.jsonl.gz:4:"), NULL));
	/* the same documents in another file, written otherwise */
	Text pretty = write_file(t, "b.json",
		"{ \"dataType\" : "
		"\"CVE_RECORD\",\n\"dataVersion\":\"5.1\",\"cveMetadata\":{\"cveId\":\"CVE-2023-0001\",\"state\":\"PUBLISHED\","
		"\"datePublished\":\"2023-05-06T00:00:00\"},\"containers\":{\"cna\":{\"title\":\"One\"}}}\n",
		false);
	CHECK_INT(import(t, pretty, FORM_COUNT, NULL).unchanged, 1);
}

TEST_DB(import__an_entry_that_is_not_closed_does_not_take_the_next_one_with_it)
{
	Text talk, path = write_file(t, "week.xml",
			   "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<vulnerabilitys>" CNVD(
				   "CNVD-2023-1", "甲") "\n<vulnerability><number>CNVD-2023-2</number>\n" CNVD("CNVD-2023-3",
				   "丙&amp;丁") "\n" CNVD("CNVD-2023-3", "丙&amp;丁") "</vulnerabilitys>",
			   false);
	ImportSummary summary = import(t, path, FORM_COUNT, &talk);
	CHECK_INT(summary.added, 2);
	CHECK_INT(summary.unchanged, 1);
	CHECK_INT(summary.refused, 1);
	CHECK(text_find(talk, TEXT("week.xml:3: no valid XML"), NULL));
}

TEST_DB(import__folders_are_read_in_order_and_only_what_looks_like_a_feed)
{
	CHECK(mkdir(arena_printf(t->arena, "%s/feed", t->directory).at, 0700) == 0 &&
		mkdir(arena_printf(t->arena, "%s/feed/deep", t->directory).at, 0700) == 0);
	write_file(t, "feed/b.json", CVE("CVE-2023-0001", "One"), false);
	write_file(t, "feed/deep/a.xml.gz", "<v>" CNVD("CNVD-2023-1", "甲") "</v>", true);
	write_file(t, "feed/notes.txt", "nothing", false);
	ImportSummary summary = import(t, arena_printf(t->arena, "%s/feed/", t->directory), FORM_COUNT, NULL);
	CHECK_INT(summary.files, 2);
	CHECK_INT(summary.added, 2);
	CHECK_INT(summary.refused, 0);
	ImportOptions missing = { .form = FORM_COUNT, .paths = &TEXT("/nowhere/at/all"), .path_count = 1 };
	CHECK_ERROR(t->call, import_run(t->call, &missing, &summary), NOT_FOUND);
}

TEST_DB(import__what_is_no_feed_is_refused_as_a_whole)
{
	CHECK_INT(import(t, write_file(t, "a.json", "hello", false), FORM_COUNT, NULL).refused, 1);
	CHECK_INT(import(t, write_file(t, "b.xml", "<html></html>", false), FORM_COUNT, NULL).refused, 1);
	CHECK_INT(import(t, write_file(t, "c.json", "", false), FORM_COUNT, NULL).refused, 1);
	CHECK_INT(import(t, write_file(t, "d.json", "[1,2]", false), FORM_COUNT, NULL).refused, 1);
	CHECK_INT(import(t, write_file(t, "e.jsonl", "", false), FORM_CVE5, NULL).refused, 1);
}

static Error save_checkpoint(Call *call, void *argument)
{
	const Text *digest = argument;
	return import_file_save(call, *digest, 2, 0, false, call->now);
}

TEST_DB(import__an_interrupted_one_goes_on_where_it_was)
{
	Text path = write_file(t, "a.jsonl",
		     CVE("CVE-2023-0001", "One") "\n" CVE("CVE-2023-0002", "Two") "\n" CVE("CVE-2023-0003", "Three") "\n", false),
	     digest;
	CHECK_OK(t->call, file_digest(t->call, path.at, &digest));
	CHECK_OK(t->call, db_transact(t->call, save_checkpoint, &digest));
	ImportSummary summary = import(t, path, FORM_COUNT, NULL);
	CHECK_INT(summary.resumed, 2);
	CHECK_INT(summary.added, 1);
	summary = import(t, path, FORM_COUNT, NULL);
	CHECK_INT(summary.resumed, 0);
	CHECK_INT(summary.unchanged, 3);
}

TEST_DB(import__a_file_cut_off_is_said_to_be_so_and_its_whole_documents_go_in)
{
	Buffer many = { .arena = t->arena };
	for (int i = 0; i < 2000; i++)
		buffer_printf(&many,
			"{\"dataType\":\"CVE_RECORD\",\"dataVersion\":\"5.1\",\"cveMetadata\":{\"cveId\":\"CVE-2023-%d\",\"state\":"
			"\"PUBLISHED\"},\"containers\":{\"cna\":{\"title\":\"%x\"}}}\n",
			10000 + i, (unsigned)i * 2654435761U);
	Text path = write_file(t, "a.jsonl.gz", buffer_text(&many).at, true), talk;
	struct stat status;
	CHECK(stat(path.at, &status) == 0 && truncate(path.at, status.st_size / 2) == 0);
	ImportSummary summary = import(t, path, FORM_COUNT, &talk);
	CHECK(summary.added > 500 && summary.added < 1500);
	CHECK_INT(summary.refused, 1);
	CHECK(text_find(talk, TEXT("the compressed data is damaged or cut off here"), NULL));
}

TEST_DB(import__real_files_go_in_completely_and_twice_alike)
{
	Text paths[] = { arena_copy(t->arena, text_from(test_data("cnvd-xml/1381.xml"))),
		arena_copy(t->arena, text_from(test_data("cnvd-xml/387.xml"))),
		arena_copy(t->arena, text_from(test_data("cnvd-xml/1471.xml"))),
		arena_copy(t->arena, text_from(test_data("cve-mobile-apps.jsonl.gz"))) };
	ImportOptions options = { .form = FORM_COUNT, .paths = paths, .path_count = COUNT(paths) };
	ImportSummary summary;
	CHECK_OK(t->call, import_run(t->call, &options, &summary));
	CHECK_INT(summary.refused, 0);
	CHECK(summary.added >= 4667);
	int64_t documents = summary.documents;
	CHECK_OK(t->call, import_run(t->call, &options, &summary));
	CHECK_INT(summary.unchanged, documents);
	CHECK_INT(summary.added + summary.changed + summary.refused, 0);
}
