/* Supervision for machines of the competent authority: what the page shows of a casefile escalated to it, and no more. */
#include "base/base/clock.h"
#include "people/person/person.h"
#include "subject/casefile/casefile_private.h"
#include "subject/casefile/casefile_view.h"

enum { PAGE = 50, PARTIES_MAX = 200 };

static void put_head(JsonWriter *writer, const Call *call, const Casefile *casefile)
{
	Text level = casefile->level.length ? casefile->level : casefile->technical_level;
	json_put_text(writer, "ref", casefile->ref);
	json_put_filled(writer, "number", casefile->number);
	json_put_text(writer, "state", casefile->state);
	turn_json(writer, call->lang, &casefile_machine, casefile->state);
	json_put_text(writer, "title", casefile->title);
	json_put_filled(writer, "level", level);
	json_put_text(writer, "opened_at", clock_iso(call->arena, casefile->opened_at));
	json_put_text(writer, "escalated_at", clock_iso(call->arena, casefile->escalated_at));
	json_put_int(writer, "revision", casefile->revision);
}

static Error reply_escalated(Request *request, const Casefile *casefile)
{
	Call *call = request->call;
	Buffer buffer = { .arena = call->arena };
	JsonWriter writer = json_writer(&buffer);
	PartyLines parties;
	ClockView clock;
	Matter matter;
	casefile_matter(casefile, &matter);
	TRY(workflow_clock_of(call, &casefile_machine, casefile->id, &clock));
	TRY(party_stages(call, casefile->id, PARTIES_MAX, &parties));
	json_object_begin(&writer);
	put_head(&writer, call, casefile);
	json_key(&writer, TEXT("clock"));
	clock_json(&writer, call->arena, &clock);
	TRY(parties_json(&writer, call, &parties, false));
	TRY(instructions_json(&writer, call, casefile));
	json_key(&writer, TEXT("actions"));
	action_json(&writer, call->arena, &casefile_machine, &matter, call->actor);
	json_end(&writer);
	json_finish(&writer);
	reply_json(request, buffer_text(&buffer));
	return OK;
}

static Error get_one(Request *request) { return reply_escalated(request, request->subject); }

static Error get_list(Request *request)
{
	Call *call = request->call;
	JsonList page;
	Casefiles casefiles;
	int64_t before;
	TRY(request_cursor(request, &before));
	TRY(casefile_escalated(call, before, PAGE, &casefiles));
	json_list_begin(request, &page);
	for (size_t i = 0; i < casefiles.count; i++) {
		json_object_begin(&page.writer);
		put_head(&page.writer, call, &casefiles.at[i]);
		json_end(&page.writer);
	}
	json_list_end(request, &page, cursor_after(call, casefiles.count == PAGE ? casefiles.at[PAGE - 1].id : 0));
	return OK;
}

static Error act(Request *request)
{
	const Casefile *casefile = request->subject;
	int64_t revision = 0;
	Map *values;
	Matter matter;
	Casefile after;
	casefile_matter(casefile, &matter);
	TRY(action_take(request, &casefile_machine, &matter, casefile_action_form, &revision, &values));
	TRY(casefile_act(request->call, casefile->ref, request_parameter(request, TEXT("action")), revision, values));
	TRY(casefile_open(request->call, casefile->ref, &after));
	return reply_escalated(request, &after);
}

#define OF_AUTHORITY .may = ROLE_AUTHORITY, .needs_second_factor = true
static const Route routes[] = {
	{ GET, "/api/v1/supervision", get_list, OF_AUTHORITY, .scope = SCOPE_CASE_READ,
		.summary = "Casefiles escalated to the authority, newest first" },
	{ GET, "/api/v1/supervision/:ref", get_one, OF_AUTHORITY, .scope = SCOPE_CASE_READ, .subject = supervision_load,
		.summary = "A casefile escalated to the authority: where it stands, its vendors' stages, the instructions" },
	{ POST, "/api/v1/supervision/:ref/actions/:action", act, OF_AUTHORITY, .scope = SCOPE_CASE_WRITE, .subject = supervision_load,
		.form = &action_request_form, .summary = "Issue or close an instruction" },
};
const RouteTable supervision_api_routes = { "subject/casefile supervision API", routes, COUNT(routes) };
