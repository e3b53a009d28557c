#include "people/person/person_pages.h"
#include "people/person/person_private.h"

/* A person with a role that sees others' undisclosed matters has only a reporter's rights until the second factor is passed. */
static Error weaken(Request *request, Actor *actor)
{
	if (actor->second_factor || !(actor->roles & ROLE_NEEDS_FACTOR)) return OK;
	uint32_t held = actor->roles;
	actor->roles &= ~(uint32_t)ROLE_NEEDS_FACTOR;
	if (request->route && !actor_has(actor, request->route->may) && (held & request->route->may) != 0)
		return fail(request->call, SECOND_FACTOR, "the role needs a second factor");
	return OK;
}

static Error become(Request *request, const Actor *actor, Lang lang)
{
	Call *call = request->call;
	Actor *own = arena_new_of(call->arena, Actor);
	*own = *actor;
	Error weak = weaken(request, own);
	call->actor = own;
	if (request_cookie(request, TEXT("lang")).at == NULL && !request->is_english_address) call->lang = lang;
	return weak;
}

static Error by_token(Request *request, Text authorization)
{
	Actor actor;
	Lang lang;
	if (!text_starts(authorization, TEXT("Bearer "))) return fail(request->call, UNAUTHENTICATED, "not a bearer token");
	TRY(token_authenticate(request->call, text_trim(text_slice(authorization, 7, authorization.length)), &actor, &lang));
	bool asks = request_header(request, TEXT("Accept-Language")).length >
		    0; /* a program says what it reads; its owner's choice is for pages */
	return become(request, &actor, asks ? request->call->lang : lang);
}

Error person_authenticate(Request *request)
{
	Text authorization = request_header(request, TEXT("Authorization")), cookie = request_cookie(request, TEXT(SESSION_COOKIE));
	Actor actor;
	Lang lang;
	if (authorization.at && request->is_api) return by_token(request, authorization);
	if (!cookie.at) return OK;
	request->csrf_token = session_form_token(request->call->arena, cookie);
	Error error = session_authenticate(request->call, cookie, &actor, &lang);
	if (error == ERROR_UNAUTHENTICATED) { /* an old cookie makes a visitor, or somebody who still has to pass the second factor */
		call_recover(request->call);
		return OK;
	}
	TRY(error);
	return become(request, &actor, lang);
}
