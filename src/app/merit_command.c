#include "app/merit_command.h"

#include "app/progress.h"
#include "base/base/json.h"
#include "subject/merit/merit.h"

static void show(void *argument, int64_t done) { progress_show(argument, done); }

static void print_json(Call *call, FILE *out, const MeritCheck *check)
{
	Buffer line = { .arena = call->arena };
	JsonWriter writer = json_writer(&line);
	json_object_begin(&writer);
	json_put_bool(&writer, "agrees", !check->fault.length);
	json_put_int(&writer, "matters", check->subjects);
	json_put_int(&writer, "entries", check->entries);
	json_put_int(&writer, "waiting", check->waiting);
	json_put_text(&writer, "difference", check->fault.length ? check->fault : (Text) { 0 });
	json_end(&writer);
	json_finish(&writer);
	fprintf(out, "%.*s\n", TEXT_ARGS(buffer_text(&line)));
}

static Error check_all(Call *call, bool json, FILE *out, FILE *talk)
{
	Progress progress scoped(progress_finish) = progress_start(talk, "matters", 0);
	MeritCheck check = { .progress = show, .argument = &progress };
	TRY(merit_check(call, &check));
	if (json)
		print_json(call, out, &check);
	else if (check.fault.length)
		fprintf(out, "%.*s\n", TEXT_ARGS(check.fault));
	else
		fprintf(out, "%lld matters, %lld entries: as the facts say; %lld matters have events that are not counted yet\n",
			(long long)check.subjects, (long long)check.entries, (long long)check.waiting);
	return check.fault.length ? fail(call, INVALID, "the points are not as the facts say") : OK;
}

Error merit_command(Call *call, int argc, char **argv, FILE *out, FILE *talk)
{
	bool json = argc == 2 && strcmp(argv[1], "--json") == 0;
	if (argc < 1 || strcmp(argv[0], "check") != 0 || (argc > 1 && !json))
		return usage_error(call, talk, "say “merit check” or “merit check --json”");
	return check_all(call, json, out, talk);
}
