/* One's own organisation for machines: what it is, its standing, and, for its administrators, its members. */
#include "base/base/clock.h"
#include "people/org/org_pages.h"
#include "people/person/form_page.h"

static Error put_standings(JsonWriter *writer, Call *call, const Organisation *organisation)
{
	Standings standings;
	TRY(org_standings(call, organisation->id, &standings));
	json_key(writer, TEXT("standings"));
	json_array_begin(writer);
	for (size_t i = 0; i < standings.count; i++) {
		const Standing *standing = &standings.at[i];
		json_object_begin(writer);
		json_put_text(writer, "kind", standing->kind);
		json_put_int(writer, "stars", standing->stars);
		json_put_time(writer, "from", standing->from_at);
		json_put_time(writer, "until", standing->until_at);
		json_put_bool(writer, "suspended", standing->is_suspended);
		json_end(writer);
	}
	json_end(writer);
	return OK;
}

static Error put_sectors(JsonWriter *writer, Call *call, const Organisation *organisation)
{
	Texts codes;
	TRY(org_sectors(call, organisation->id, &codes));
	json_key(writer, TEXT("sectors"));
	json_array_begin(writer);
	for (size_t i = 0; i < codes.count; i++) json_text(writer, codes.at[i]);
	json_end(writer);
	return OK;
}

static Error put_members(JsonWriter *writer, Call *call, const Organisation *organisation)
{
	Members members;
	TRY(org_members(call, organisation, &members));
	json_key(writer, TEXT("members"));
	json_array_begin(writer);
	for (size_t i = 0; i < members.count; i++) {
		json_object_begin(writer);
		json_put_text(writer, "ref", members.at[i].ref);
		json_put_text(writer, "name", members.at[i].name);
		json_put_bool(writer, "administrator", members.at[i].is_admin);
		json_put_time(writer, "since", members.at[i].from_at);
		json_end(writer);
	}
	json_end(writer);
	return OK;
}

/* NOT_FOUND: the actor belongs to none. */
static Error get_own(Request *request)
{
	Call *call = request->call;
	Organisation organisation;
	bool is_admin = false;
	Buffer buffer = { .arena = call->arena };
	JsonWriter writer = json_writer(&buffer);
	if (!call->actor->organisation_id) return fail(call, NOT_FOUND, "no organisation");
	TRY(org_find(call, call->actor->organisation_id, &organisation));
	TRY(org_is_admin(call, organisation.id, call->actor->person_id, &is_admin));
	json_object_begin(&writer);
	json_put_text(&writer, "ref", organisation.ref);
	json_put_text(&writer, "name", organisation.name);
	json_put_filled(&writer, "name_en", organisation.name_en);
	json_put_text(&writer, "credit_code", organisation.credit_code);
	json_put_text(&writer, "wants", organisation.wants);
	json_put_text(&writer, "domicile", organisation.domicile);
	json_put_text(&writer, "state", text_from(org_state_tag(organisation.state)));
	json_put_filled(&writer, "reason", organisation.reason);
	json_put_bool(&writer, "administrator", is_admin);
	TRY(put_sectors(&writer, call, &organisation));
	TRY(put_standings(&writer, call, &organisation));
	if (is_admin) TRY(put_members(&writer, call, &organisation));
	json_end(&writer);
	json_finish(&writer);
	reply_json(request, buffer_text(&buffer));
	return OK;
}

static const Route rows[] = {
	{ GET, "/api/v1/organisation", get_own, .may = ROLE_PEOPLE, .scope = SCOPE_ORGANISATION_READ,
		.summary = "One's own organisation, its standing, and, for its administrators, its members" },
};
const RouteTable org_api_routes = { "people/org API", rows, COUNT(rows) };
