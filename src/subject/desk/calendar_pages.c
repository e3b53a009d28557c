/* The calendar at its secret address: the address alone says whose it is, for calendar programs bring nothing else. */
#include "face/http/http.h"
#include "people/person/person.h"
#include "subject/desk/calendar.h"
#include "subject/desk/desk.h"

static Error show_calendar(Request *request)
{
	Call *call = request->call;
	Text name = request_parameter(request, TEXT("name"));
	Actor *owner = arena_new_of(call->arena, Actor);
	Lang lang = LANG_ZH;
	WorkLines deadlines;
	if (!text_ends(name, TEXT(".ics"))) return fail(call, NOT_FOUND, "not the name of a calendar");
	Error error = calendar_key_authenticate(call, text_slice(name, 0, name.length - 4), owner, &lang);
	if (error == ERROR_UNAUTHENTICATED) {
		call_recover(call);
		return fail(call, NOT_FOUND, "no such calendar");
	}
	TRY(error);
	call->actor = owner; /* whoever's browser asks */
	call->lang = lang;
	TRY(desk_deadlines(call, &deadlines));
	reply_text(request, TEXT("text/calendar; charset=utf-8"),
		calendar_text(call->arena, lang, call->house->public_address, &deadlines, call->now));
	return OK;
}

static const Route routes[] = {
	{ GET, "/calendar/:name", show_calendar, .may = ROLE_EVERYBODY,
		.summary = "Somebody's deadlines as iCalendar, at an address that only they know (see the account page)" },
};
const RouteTable calendar_routes = { "subject/desk", routes, COUNT(routes) };
