#include "app/alike_command.h"

#include "app/command.h"
#include "app/progress.h"
#include "subject/advisory/advisory.h"

static void show(void *argument, int64_t done) { progress_show(argument, done); }

Error alike_command(Call *call, int argc, char **argv, FILE *out, FILE *talk)
{
	int64_t records;
	bool json = argc == 1 && strcmp(argv[0], "--json") == 0;
	if (argc > 1 || (argc == 1 && !json)) return usage_error(call, talk, "say “alike” or “alike --json”");
	Progress progress scoped(progress_finish) = progress_start(talk, "records", 0);
	TRY(advisory_kin_rebuild(call, show, &progress, &records));
	if (json)
		fprintf(out, "{\"records\":%lld}\n", (long long)records);
	else
		fprintf(out, "%lld records can be found by what they say\n", (long long)records);
	return OK;
}
