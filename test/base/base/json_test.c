#include "base/base/json.h"
#include "harness/test.h"

#include <math.h>
#include <sys/wait.h>
#include <unistd.h>

static Json parsed(Test *t, Text document)
{
	Json value;
	JsonFault fault = { 0 };
	if (!json_parse(t->arena, document, &value, &fault)) test_fail(__FILE__, __LINE__, "refused at %zu: %s", fault.offset, fault.why);
	return value;
}

TEST(json__answers_every_question_about_every_value)
{
	Json root = parsed(t, TEXT(" {\"a\":[1,-2,3.5,true,false,null,\"\\u6f0f洞\\u0000!\",{}],\"b\":{\"c\":{\"d\":\"deep\"}},\"a\":0,"
				   "\"big\":18446744073709551615} "));
	CHECK_TEXT(json_as_text(json_find(root, "b.c.d")), "deep");
	CHECK(!json_has(json_find(root, "b.x.d")) && !json_has(json_get(root, "nothing")));
	JsonKind expected[] = { JSON_INT, JSON_INT, JSON_REAL, JSON_BOOL, JSON_BOOL, JSON_NULL, JSON_TEXT, JSON_OBJECT };
	JsonEach each = json_each(json_get(root, "a"));
	int64_t number = 0;
	double real = 0;
	for (size_t i = 0; i < COUNT(expected); i++) {
		CHECK(json_next(&each) && !each.key.at);
		CHECK_INT(json_kind(each.value), expected[i]);
		if (i == 1) CHECK(json_as_int(each.value, &number) && number == -2);
		if (i == 2) CHECK(json_as_real(each.value, &real) && real > 3.4 && real < 3.6 && !json_as_int(each.value, &number));
		if (i == 3) CHECK(json_as_bool(each.value));
		if (i == 6) CHECK_TEXT(json_as_text(each.value), "漏洞\0!");
	}
	CHECK(!json_next(&each));
	CHECK(!json_as_int(json_get(root, "big"), &number) && json_as_real(json_get(root, "big"), &real) && real > 1e19);
	CHECK(!json_as_text(root).at && !json_as_bool(root) && !json_as_int(root, &number));
	JsonEach members = json_each(root);
	CHECK(json_next(&members) && text_is(members.key, TEXT("a")) && json_next(&members) && text_is(members.key, TEXT("b")));
	JsonEach none = json_each((Json) { 0 });
	CHECK(!json_next(&none));
}

TEST(json__values_outlive_the_next_parse)
{
	Json first = parsed(t, TEXT("[\"first\"]"));
	for (int i = 0; i < 50; i++) parsed(t, TEXT("[\"xxxxxxxxxxxxxxxxxxxxxxxxxxx\",1,2,3]"));
	JsonEach each = json_each(first);
	CHECK(json_next(&each));
	CHECK_TEXT(json_as_text(each.value), "first");
}

static const struct {
	Text document;
	size_t line, column;
} broken[] = {
	{ TEXT_INIT(""), 1, 1 },
	{ TEXT_INIT("{\"a\":1,}"), 1, 8 },
	{ TEXT_INIT("[1,2\n,3\n 4]"), 3, 2 },
	{ TEXT_INIT("[1]x"), 1, 4 },
	{ TEXT_INIT("{\"a\" 1}"), 1, 6 },
	{ TEXT_INIT("[\"a\nb\"]"), 1, 4 },
	{ TEXT_INIT("[\"\\x\"]"), 1, 4 },
	{ TEXT_INIT("[\"\\ud800x\"]"), 1, 9 },
	{ TEXT_INIT("[01]"), 1, 3 },
	{ TEXT_INIT("[1.]"), 1, 4 },
	{ TEXT_INIT("[.5]"), 1, 2 },
	{ TEXT_INIT("[nul]"), 1, 2 },
	{ TEXT_INIT("[1"), 1, 3 },
	{ TEXT_INIT("[NaN]"), 1, 2 },
	{ TEXT_INIT("[18446744073709551616]"), 1, 2 },
	{ TEXT_INIT("[1e999]"), 1, 2 },
	{ TEXT_INIT("[1, // no\n2]"), 1, 5 },
	{ TEXT_INIT("[\"good\", \"\xE6\xBC\"]"), 1, 11 },
	{ TEXT_INIT("{1:2}"), 1, 2 },
	{ TEXT_INIT("[1]\0"), 1, 4 },
};

TEST(json__refuses_what_is_no_json_and_names_the_place)
{
	for (size_t i = 0; i < COUNT(broken); i++) {
		Json value;
		JsonFault fault;
		if (json_parse(t->arena, broken[i].document, &value, &fault))
			test_fail(__FILE__, __LINE__, "accepted %s", broken[i].document.at);
		if (fault.line != broken[i].line || fault.column != broken[i].column)
			test_fail(__FILE__, __LINE__, "%s: %zu:%zu %s", broken[i].document.at, fault.line, fault.column, fault.why);
	}
}

TEST(json__depth_is_limited_in_both_readers_alike)
{
	for (size_t depth = 1; depth < 100; depth++) {
		Buffer document = { .arena = t->arena };
		for (size_t i = 0; i < depth; i++) buffer_byte(&document, '[');
		for (size_t i = 0; i < depth; i++) buffer_byte(&document, ']');
		Json value;
		JsonFault fault;
		bool accepted = json_parse(t->arena, buffer_text(&document), &value, NULL);
		CHECK_INT(accepted, depth <= JSON_DEPTH_MAX); /* the innermost is empty and does not count */
		CHECK_INT(json_locate(buffer_text(&document), &fault), !accepted);
	}
}

TEST(json__read_of_a_request_says_where)
{
	Json value;
	CHECK(json_read(t->call, TEXT("{\n \"a\": }"), &value) == ERROR_INVALID);
	CHECK_INT(t->call->failure.problems.count, 1);
	CHECK_TEXT(t->call->failure.problems.at[0].argument, "2:7");
}

TEST(json__an_empty_text_and_no_time_are_null)
{
	Buffer buffer = { .arena = t->arena };
	JsonWriter writer = json_writer(&buffer);
	json_object_begin(&writer);
	json_put_filled(&writer, "empty", TEXT(""));
	json_put_filled(&writer, "filled", TEXT("x"));
	json_put_time(&writer, "never", 0);
	json_put_time(&writer, "once", INT64_C(1772690400000));
	json_end(&writer);
	json_finish(&writer);
	CHECK_TEXT(buffer_text(&buffer), "{\"empty\":null,\"filled\":\"x\",\"never\":null,\"once\":\"2026-03-05T06:00:00.000Z\"}");
}

TEST(json__written_text_is_always_json_and_comes_back)
{
	Buffer buffer = { .arena = t->arena };
	JsonWriter writer = json_writer(&buffer);
	json_object_begin(&writer);
	json_put_text(&writer, "quote\"", TEXT("a\\b\"c\n\x01</script>&漏洞\x7F"));
	json_put_text(&writer, "none", (Text) { 0 });
	json_put_text(&writer, "broken", TEXT("a\xE6\xBC(\xFF\xC0\xAF\0z\xED\xA0\x80"));
	json_put_int(&writer, "least", INT64_MIN);
	json_put_bool(&writer, "yes", true);
	json_key(&writer, TEXT("list"));
	json_array_begin(&writer);
	json_real(&writer, 9.8);
	json_real(&writer, 10);
	json_null(&writer);
	json_array_begin(&writer);
	json_end(&writer);
	json_end(&writer);
	json_end(&writer);
	json_finish(&writer);
	Json back = parsed(t, buffer_text(&buffer));
	CHECK_TEXT(json_as_text(json_get(back, "quote\"")), "a\\b\"c\n\x01</script>&漏洞\x7F");
	CHECK_TEXT(json_as_text(json_get(back, "broken")),
		"a\xEF\xBF\xBD\xEF\xBF\xBD(\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\0z\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
	CHECK(!memchr(buffer.at, '<', buffer.length));
	Buffer again = { .arena = t->arena };
	JsonWriter copier = json_writer(&again);
	json_copy(&copier, back);
	json_finish(&copier);
	CHECK(text_is(buffer_text(&again), buffer_text(&buffer)));
}

static void value_without_key(JsonWriter *writer) { json_object_begin(writer), json_int(writer, 1); }
static void key_in_array(JsonWriter *writer) { json_array_begin(writer), json_key(writer, TEXT("a")); }
static void two_values(JsonWriter *writer) { json_int(writer, 1), json_int(writer, 2); }
static void end_after_key(JsonWriter *writer) { json_object_begin(writer), json_key(writer, TEXT("a")), json_end(writer); }
static void end_of_nothing(JsonWriter *writer) { json_end(writer); }
static void unfinished(JsonWriter *writer) { json_array_begin(writer), json_finish(writer); }
static void infinite(JsonWriter *writer) { json_real(writer, INFINITY); }

TEST(json__the_writer_ends_the_process_rather_than_write_rubbish)
{
	void (*wrong[])(
		JsonWriter *) = { value_without_key, key_in_array, two_values, end_after_key, end_of_nothing, unfinished, infinite };
	for (size_t i = 0; i < COUNT(wrong); i++) {
		fflush(NULL);
		pid_t child = fork();
		CHECK(child >= 0);
		if (child == 0) {
			if (!freopen("/dev/null", "w", stderr)) _exit(1);
			Buffer buffer = { .arena = t->arena };
			JsonWriter writer = json_writer(&buffer);
			wrong[i](&writer);
			_exit(0);
		}
		int status;
		CHECK(waitpid(child, &status, 0) == child && WIFEXITED(status));
		CHECK_INT(WEXITSTATUS(status), 70);
	}
}
