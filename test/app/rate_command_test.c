#include "app/rate_command.h"

#include "app/calendar_command.h"
#include "harness/test.h"

#include <stdlib.h>

typedef struct Ran {
	Error error;
	Text out, talk;
} Ran;

typedef Error Command(Call *call, int argc, char **argv, FILE *out, FILE *talk);

static Ran run(Test *t, Command *command, const char *arguments)
{
	char *argv[16], *data = NULL, *words = NULL;
	size_t data_length = 0, words_length = 0;
	int argc = 0;
	Text rest = text_from(arguments), word;
	while (text_next(&rest, ' ', &word)) {
		char *copy = arena_alloc(t->arena, word.length + 1);
		memcpy(copy, word.at, word.length);
		argv[argc++] = copy;
	}
	FILE *out = open_memstream(&data, &data_length), *talk = open_memstream(&words, &words_length);
	CHECK(out && talk);
	Ran ran = { .error = command(t->call, argc, argv, out, talk) };
	fclose(out);
	fclose(talk);
	ran.out = arena_copy(t->arena, (Text) { data, data_length });
	ran.talk = arena_copy(t->arena, (Text) { words, words_length });
	free(data);
	free(words);
	call_recover(t->call);
	return ran;
}

TEST(rate_command__prints_score_level_and_canonical_vector)
{
	Ran ran = run(t, rate_command, "cvss CVSS:3.1/C:H/AV:N/AC:L/PR:N/UI:N/S:U/I:H/A:H AV:L/AC:H/Au:N/C:C/I:C/A:C");
	CHECK_INT(ran.error, OK);
	CHECK_TEXT(ran.out,
		"9.8\tCritical severity\tCVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\n6.2\tMedium severity\tAV:L/AC:H/Au:N/C:C/I:C/A:C\n");
	CHECK_TEXT(ran.talk, "");
}

TEST(rate_command__speaks_the_readers_language)
{
	t->call->lang = LANG_ZH;
	CHECK_TEXT(run(t, rate_command, "gbt30279 CNVRS:1.0/AV:N/AC:L/PR:N/UI:N/C:H/I:H/A:H").out,
		"超危\tCNVRS:1.0/AV:N/AC:L/PR:N/UI:N/C:H/I:H/A:H\n");
}

TEST(rate_command__rates_the_right_vectors_and_fails_for_the_wrong_one)
{
	Ran ran = run(t, rate_command, "cvss AV:N AV:N/AC:L/Au:N/C:N/I:N/A:C");
	CHECK_INT(ran.error, ERROR_INVALID);
	CHECK_INT(error_exit_code(ran.error), 65);
	CHECK_TEXT(ran.talk, "AV:N: position 5: Metric AC is missing.\n");
	CHECK_TEXT(ran.out, "7.8\tHigh severity\tAV:N/AC:L/Au:N/C:N/I:N/A:C\n");
}

TEST(rate_command__json_answers_beside_every_question)
{
	Ran ran = run(t, rate_command, "--json gbt30279 AV:N/AC:L/Au:N/C:N/I:N/A:C CNVRS:1.0/AV:N");
	CHECK_INT(ran.error, ERROR_INVALID);
	CHECK_TEXT(ran.out,
		"{\"vector\":\"AV:N/AC:L/Au:N/C:N/I:N/A:C\",\"error\":\"position 1: This vector belongs to CVSS 2.0.\",\"position\":0}\n"
		"{\"vector\":\"CNVRS:1.0/AV:N\",\"error\":\"position 15: Metric AC is missing.\",\"position\":14}\n");
}

TEST(rate_command__says_what_it_did_not_understand)
{
	CHECK_INT(run(t, rate_command, "cvss").error, ERROR_USAGE);
	CHECK_INT(run(t, rate_command, "owasp AV:N").error, ERROR_USAGE);
	CHECK(run(t, rate_command, "cvss").talk.length > 0);
}

TEST(calendar_command__shows_every_day_with_its_notice)
{
	Ran ran = run(t, calendar_command, "2026");
	CHECK_INT(ran.error, OK);
	CHECK(text_starts(ran.out, TEXT("# 2026: 国办发明电〔2025〕7号\n2026-01-01\tHoliday\tNew Year\n")));
	CHECK(text_find(ran.out, TEXT("2026-02-14\tMake-up working day\tSpring Festival\n"), NULL));
	CHECK_INT(run(t, calendar_command, "2019").error, ERROR_NOT_FOUND);
	CHECK_INT(run(t, calendar_command, "soon").error, ERROR_USAGE);
	CHECK_INT(run(t, calendar_command, "2025 2026").error, ERROR_USAGE);
	CHECK_INT(run(t, calendar_command, "--json").error, ERROR_USAGE);
}
