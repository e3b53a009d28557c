#include "app/org_command.h"

#include "app/command.h"
#include "base/base/clock.h"
#include "base/base/json.h"
#include "people/org/org.h"

enum { LISTED_MAX = 10000 };
typedef struct OrgOptions {
	const char *words[3];
	int count;
	const char *stars, *days;
	bool suspend, end, json;
} OrgOptions;

static bool read_options(int argc, char **argv, OrgOptions *out)
{
	for (int i = 0; i < argc; i++) {
		if (strcmp(argv[i], "--json") == 0)
			out->json = true;
		else if (strcmp(argv[i], "--suspend") == 0)
			out->suspend = true;
		else if (strcmp(argv[i], "--end") == 0)
			out->end = true;
		else if (option_value(argc, argv, &i, "--stars", &out->stars) || option_value(argc, argv, &i, "--days", &out->days))
			continue;
		else if (argv[i][0] == '-' || out->count == COUNT(out->words))
			return false;
		else
			out->words[out->count++] = argv[i];
	}
	return true;
}

static Error print_organisation(Call *call, const Organisation *organisation, bool as_json, FILE *out)
{
	Standings standings;
	Buffer line = { .arena = call->arena };
	TRY(org_standings(call, organisation->id, &standings));
	if (!as_json) {
		fprintf(out, "%.*s  %-10s  %.*s  %.*s", TEXT_ARGS(organisation->ref), org_state_tag(organisation->state),
			TEXT_ARGS(organisation->credit_code), TEXT_ARGS(organisation->name));
		for (size_t i = 0; i < standings.count; i++)
			fprintf(out, "  %.*s(%d)%s", TEXT_ARGS(standings.at[i].kind), standings.at[i].stars,
				standings.at[i].is_suspended ? " suspended" : "");
		fputc('\n', out);
		return OK;
	}
	JsonWriter json = json_writer(&line);
	json_object_begin(&json);
	json_put_text(&json, "ref", organisation->ref);
	json_put_text(&json, "state", text_from(org_state_tag(organisation->state)));
	json_put_text(&json, "name", organisation->name);
	json_put_text(&json, "credit_code", organisation->credit_code);
	json_key(&json, TEXT("standings"));
	json_array_begin(&json);
	for (size_t i = 0; i < standings.count; i++) {
		json_object_begin(&json);
		json_put_text(&json, "kind", standings.at[i].kind);
		json_put_int(&json, "stars", standings.at[i].stars);
		json_put_bool(&json, "suspended", standings.at[i].is_suspended);
		json_put_time(&json, "until", standings.at[i].until_at);
		json_end(&json);
	}
	json_end(&json);
	json_end(&json);
	json_finish(&json);
	fprintf(out, "%.*s\n", TEXT_ARGS(buffer_text(&line)));
	return OK;
}

static Error list(Call *call, const OrgOptions *options, FILE *out, FILE *talk)
{
	bool known = false;
	for (OrgState state = ORG_UNVERIFIED; state <= ORG_MERGED; state++) {
		Organisations organisations;
		if (options->count == 2 && strcmp(options->words[1], org_state_tag(state)) != 0) continue;
		known = true;
		TRY(org_list_in_state(call, state, LISTED_MAX, &organisations));
		for (size_t i = 0; i < organisations.count; i++) TRY(print_organisation(call, &organisations.at[i], options->json, out));
	}
	return known ? OK
		     : usage_error(
			       call, talk, "no such state: %s; there are: unverified checking verified returned merged", options->words[1]);
}

static bool read_number(const char *typed, int64_t least, int64_t most, int64_t *out)
{
	return typed == NULL || (text_to_int(text_from(typed), out) && *out >= least && *out <= most);
}

static Error set_standing(Call *call, const OrgOptions *options, const Organisation *organisation, FILE *talk)
{
	int64_t stars = 0, days = 0;
	Text kind = text_from(options->words[2]);
	if (!text_is(kind, TEXT("unit")) && !text_is(kind, TEXT("partner")) && !text_is(kind, TEXT("vendor")))
		return usage_error(call, talk, "a standing is unit, partner or vendor");
	if (options->end) return org_standing_end(call, organisation->id, kind);
	if (!read_number(options->stars, 0, 5, &stars) || !read_number(options->days, 1, 3660, &days))
		return usage_error(call, talk, "--stars is 0 to 5, --days 1 to 3660");
	Error error = org_standing_set(call, organisation->id,
		&(Standing) { .kind = kind,
			.stars = (int)stars,
			.from_at = call->now,
			.until_at = days ? call->now + days * 86400 * 1000 : 0,
			.is_suspended = options->suspend });
	if (error == ERROR_CONFLICT) fprintf(talk, "cappvd org: the organisation is not verified\n");
	return error;
}

Error org_command(Call *call, int argc, char **argv, FILE *out, FILE *talk)
{
	OrgOptions options = { 0 };
	Organisation organisation;
	if (!read_options(argc, argv, &options) || options.count == 0)
		return usage_error(call, talk, "org list | show | standing; see cappvd org --help");
	Text verb = text_from(options.words[0]);
	if (options.count <= 2 && text_is(verb, TEXT("list"))) return list(call, &options, out, talk);
	if (options.count < 2) return usage_error(call, talk, "org %s needs a reference", options.words[0]);
	Error error = org_find_ref(call, text_from(options.words[1]), &organisation);
	if (error == ERROR_NOT_FOUND) fprintf(talk, "cappvd org: there is no organisation %s\n", options.words[1]);
	TRY(error);
	if (options.count == 2 && text_is(verb, TEXT("show"))) return print_organisation(call, &organisation, options.json, out);
	if (options.count == 3 && text_is(verb, TEXT("standing"))) return set_standing(call, &options, &organisation, talk);
	return usage_error(call, talk, "not understood: org %s; see cappvd org --help", options.words[0]);
}
