#include "app/round_command.h"

#include "base/crypto/crypto.h"
#include "harness/test.h"

#include <stdlib.h>

typedef struct Ran {
	Error error;
	Text out, talk;
} Ran;

/* Words end with NULL. */
static Ran run(Test *t, const char *const *words)
{
	char *argv[16], *data = NULL, *said = NULL;
	size_t data_length = 0, said_length = 0;
	int argc = 0;
	for (; words[argc]; argc++) {
		argv[argc] = arena_alloc(t->arena, strlen(words[argc]) + 1);
		memcpy(argv[argc], words[argc], strlen(words[argc]));
	}
	FILE *out = open_memstream(&data, &data_length), *talk = open_memstream(&said, &said_length);
	CHECK(out && talk);
	Ran ran = { .error = round_command(t->call, argc, argv, out, talk) };
	fclose(out);
	fclose(talk);
	ran.out = arena_copy(t->arena, (Text) { data, data_length });
	ran.talk = arena_copy(t->arena, (Text) { said, said_length });
	free(data);
	free(said);
	call_recover(t->call);
	return ran;
}
#define RUN(...) run(t, (const char *const[]) { __VA_ARGS__, NULL })
#define ZEROS "0000000000000000000000000000000000000000000000000000000000000000"

TEST(round_command__repeats_a_published_draw)
{
	Ran ran = RUN("draw", "2026-1", ZEROS, "2026101 01 02 03 04 05 06 07", "10");
	CHECK_INT(ran.error, OK);
	CHECK(text_starts(ran.out, TEXT("b9c437c7f13f817d770f46ee498bcadf1d12277ce14915c62c4869283dc40a89\n")));
	CHECK(text_ends(ran.out, TEXT("\n5,0,6,2,8,1,3,9,7,4\n")));
	ran = RUN("draw", "--rfc3797", "9319./2.5.8.10.12./9.18.26.34.41.45./", "25", "10", "--json");
	CHECK_TEXT(ran.out, "{\"selected\":[17,7,2,16,25,23,8,24,19,13]}\n");
	CHECK_INT(RUN("draw", "2026-1", "00", "source", "10").error, ERROR_USAGE);
	CHECK_INT(RUN("draw", "2026-1", ZEROS, "source", "0").error, ERROR_USAGE);
	CHECK_INT(RUN("draw", "2026-1", ZEROS, "source").error, ERROR_USAGE);
	CHECK_INT(RUN("draw", "--rfc3797", "key", "5", "6").error, ERROR_USAGE);
}

static const char panel[] =
	"{\"rubric\":{\"criteria\":[{\"id\":\"a\",\"weight\":10000,\"maximum\":10000,\"step\":50,\"must\":0,\"objective\":false}],"
	"\"threshold\":6000,"
	"\"trim\":[[5,1]],\"ties\":[],\"reasonOutside\":[60,95]},\"quota\":{\"places\":1,\"reserve\":1,\"newcomers\":-1},\"applications\":["
	"{\"id\":\"P\",\"contribution\":0,\"lot\":0,\"newcomer\":false},{\"id\":\"Q\",\"contribution\":0,\"lot\":1,\"newcomer\":false}],"
	"\"experts\":[\"E\"],\"sheets\":[{\"application\":\"P\",\"expert\":\"E\",\"scores\":[7050]},"
	"{\"application\":\"Q\",\"expert\":\"E\",\"scores\":[%s]}]}\n\n";

static const char *written(Test *t, const char *score)
{
	const char *path = arena_string(t->arena, arena_printf(t->arena, "%s/%s.jsonl", t->directory, score));
	FILE *file = fopen(path, "w");
	CHECK(file != NULL);
	Text text = text_from(panel);
	size_t at;
	CHECK(text_find(text, TEXT("%s"), &at));
	fprintf(file, "%.*s%s%s", (int)at, text.at, score, text.at + at + 2);
	CHECK(fclose(file) == 0);
	return path;
}

TEST(round_command__scores_one_panel_a_line)
{
	Ran ran = RUN("score", written(t, "8125"));
	CHECK_INT(ran.error, ERROR_INVALID); /* no multiple of 50 */
	CHECK_TEXT(ran.talk, "A score is out of its range, or not a multiple of its step.\n");
	ran = RUN("score", written(t, "8150"));
	CHECK_INT(ran.error, OK);
	CHECK_TEXT(ran.out, "1\tQ\t81.50\tShortlisted\n2\tP\t70.50\tReserve\n");
	ran = RUN("score", "--json", written(t, "5950"));
	CHECK(text_find(ran.out, TEXT("\"id\":\"Q\",\"rank\":0,\"outcome\":\"below\""), NULL));
	CHECK_INT(RUN("score", "/nowhere").error, ERROR_NOT_FOUND);
	CHECK_INT(RUN("score", "--fast", "x").error, ERROR_USAGE);
}

static const char rules[] = "{\"round\":\"2026-1\",\"specialties\":[\"a\"],\"directions\":[{\"tag\":\"technical\",\"rubric\":{\"criteria\":"
			    "[{\"id\":\"c1\",\"weight\":10000,"
			    "\"maximum\":10000,\"step\":50,\"must\":0,\"objective\":false}],\"threshold\":6000,\"trim\":[],\"ties\":[],"
			    "\"reasonOutside\":[60,95]},"
			    "\"quota\":{\"places\":2,\"reserve\":1,\"newcomers\":-1},\"stars\":[],\"panel\":{\"seats\":[3],\"groupLimit\":"
			    "1,\"alternatePercent\":40}}]}";

TEST(round_command__a_rehearsed_dossier_agrees_until_a_byte_is_changed)
{
	const char *rules_path = arena_string(t->arena, arena_printf(t->arena, "%s/rules.json", t->directory));
	const char *path = arena_string(t->arena, arena_printf(t->arena, "%s/dossier.zip", t->directory));
	FILE *file = fopen(rules_path, "w");
	CHECK(file && fputs(rules, file) >= 0 && fclose(file) == 0);
	CHECK_INT(RUN("rehearse", "--applicants", "3", rules_path, path).error, OK);
	CHECK_INT(RUN("rehearse", rules_path, path).error, ERROR_CONFLICT); /* nothing is written over */
	Ran ran = RUN("verify", path);
	CHECK_INT(ran.error, ERROR_UNKNOWN_SIGNER);
	CHECK_INT(error_exit_code(ran.error), 76);
	Text rest = ran.out, line;
	CHECK(text_next(&rest, '\n', &line) && text_starts(line, TEXT("2026-1\t")) && text_next(&rest, '\n', &line));
	CHECK_INT(RUN("verify", path, "--key", arena_string(t->arena, line)).error, OK);
	Signer *other scoped(signer_free) = signer_new(TEXT("other"));
	const char *other_key = arena_string(t->arena, public_key_text(t->arena, signer_public(other)));
	CHECK_INT(RUN("verify", "--json", path, "--key", other_key).error, ERROR_INVALID);
	file = fopen(path, "r+");
	CHECK(file && fseek(file, 1000, SEEK_SET) == 0 && fputc('~', file) == '~' && fclose(file) == 0);
	ran = RUN("verify", "--json", path);
	CHECK_INT(ran.error, ERROR_INVALID);
	CHECK(text_starts(ran.out, TEXT("{\"consistent\":false,\"signerKnown\":false,\"reason\":")));
	CHECK_INT(RUN("verify", "/nowhere").error, ERROR_NOT_FOUND);
	CHECK_INT(RUN("verify").error, ERROR_USAGE);
}
