#include "app/figure_command.h"

#include "app/progress.h"
#include "base/base/json.h"
#include "subject/figure/figure.h"

enum { DAYS_AT_ONCE = 10 };

static Error compute(Call *call, FILE *talk, int64_t *out_days)
{
	Progress progress scoped(progress_finish) = progress_start(talk, "days", 0);
	int64_t closed = DAYS_AT_ONCE;
	for (*out_days = 0; closed == DAYS_AT_ONCE; *out_days += closed) {
		TRY(figure_close(call, DAYS_AT_ONCE, &closed));
		progress_show(&progress, *out_days + closed);
	}
	return OK;
}

static void print(Call *call, bool json, int64_t days, FILE *out)
{
	Buffer line = { .arena = call->arena };
	JsonWriter writer = json_writer(&line);
	if (!json) {
		fprintf(out, "%lld days computed\n", (long long)days);
		return;
	}
	json_object_begin(&writer);
	json_put_int(&writer, "days", days);
	json_end(&writer);
	json_finish(&writer);
	fprintf(out, "%.*s\n", TEXT_ARGS(buffer_text(&line)));
}

Error figure_command(Call *call, int argc, char **argv, FILE *out, FILE *talk)
{
	bool anew = false, json = false;
	int64_t days;
	for (int i = 1; i < argc; i++) {
		anew |= strcmp(argv[i], "--anew") == 0;
		json |= strcmp(argv[i], "--json") == 0;
	}
	if (argc != 1 + anew + json || strcmp(argv[0], "compute") != 0)
		return usage_error(call, talk, "say “figures compute” or “figures compute --anew”");
	call->actor = &actor_system;
	if (anew) TRY(figure_compute_anew(call));
	TRY(compute(call, talk, &days));
	print(call, json, days, out);
	return OK;
}
