#include "app/time_command.h"

#include "base/base/clock.h"
#include "base/base/json.h"
#include "subject/casefile/trusted_time.h"

static Error show(Call *call, bool json, FILE *out)
{
	TrustedTime state;
	TRY(trusted_time_state(call, &state));
	Text highest = state.highest_at ? clock_iso(call->arena, state.highest_at) : TEXT("-");
	Text stopped = state.stopped_at ? clock_iso(call->arena, state.stopped_at) : TEXT("-");
	if (json) {
		Buffer buffer = { .arena = call->arena };
		JsonWriter writer = json_writer(&buffer);
		json_object_begin(&writer);
		json_put_text(&writer, "highest", state.highest_at ? highest : (Text) { 0 });
		json_put_text(&writer, "stopped_at", state.stopped_at ? stopped : (Text) { 0 });
		json_put_text(&writer, "reason", state.stopped_at ? state.reason : (Text) { 0 });
		json_end(&writer);
		json_finish(&writer);
		Text line = buffer_text(&buffer);
		fprintf(out, "%.*s\n", TEXT_ARGS(line));
	} else {
		fprintf(out, "%.*s\t%.*s\n", TEXT_ARGS(highest), TEXT_ARGS(stopped));
	}
	return OK;
}

static Error confirm(Call *call, FILE *talk)
{
	TimeReading reading;
	TRY(trusted_time_read(call, &reading));
	TRY(trusted_time_confirm(call, &reading));
	fprintf(talk, "%.*s\n", TEXT_ARGS(tr(call->lang, N_("The time is confirmed. What was approved is published again by itself."))));
	return OK;
}

Error time_command(Call *call, int argc, char **argv, FILE *out, FILE *talk)
{
	bool json = false;
	const char *what = NULL;
	for (int i = 0; i < argc; i++) {
		if (strcmp(argv[i], "--json") == 0)
			json = true;
		else if (!what)
			what = argv[i];
		else
			return usage_error(call, talk, "“%s” is one word too many", argv[i]);
	}
	if (what && strcmp(what, "confirm") == 0) return confirm(call, talk);
	if (!what || strcmp(what, "show") == 0) return show(call, json, out);
	return usage_error(call, talk, "say “time show” or “time confirm”");
}
