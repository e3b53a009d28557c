/* One's webhooks for machines: added with their secret, tried, removed. */
#include "base/base/clock.h"
#include "base/base/json.h"
#include "people/notice/notice_hook.h"
#include "people/notice/notice_pages.h"
#include "people/person/form_page.h"
#include "people/person/rules.h"

typedef struct HookBody {
	Text address;
} HookBody;
static const FieldSpec body_fields[] = { { "address", FIELD_TEXT, offsetof(HookBody, address), .required = true,
	.max_length = WEBHOOK_ADDRESS_MAX } };
static const FormSpec hook_body = { body_fields, COUNT(body_fields), sizeof(HookBody), .max_body_bytes = 0 };

static void put_time(JsonWriter *json, Arena *arena, const char *name, int64_t at)
{
	json_put_text(json, name, at ? clock_iso(arena, at) : (Text) { 0 });
}

static void put_hook(JsonWriter *json, Arena *arena, const Hook *hook, Text secret)
{
	json_object_begin(json);
	json_put_text(json, "ref", hook->ref);
	json_put_text(json, "address", hook->address);
	json_put_text(json, "state", hook->failing_at ? TEXT("failing") : hook->arrived_at ? TEXT("arriving") : TEXT("new"));
	put_time(json, arena, "created_at", hook->created_at);
	put_time(json, arena, "arrived_at", hook->arrived_at);
	put_time(json, arena, "failing_since", hook->failing_at);
	json_put_text(json, "reason", hook->reason.length ? hook->reason : (Text) { 0 });
	if (secret.length) json_put_text(json, "secret", secret);
	json_end(json);
}

static Error list(Request *request)
{
	Call *call = request->call;
	Buffer buffer = { .arena = call->arena };
	JsonWriter json = json_writer(&buffer);
	Hooks hooks;
	TRY(notice_hooks(call, &hooks));
	json_object_begin(&json);
	json_key(&json, TEXT("items"));
	json_array_begin(&json);
	for (size_t i = 0; i < hooks.count; i++) put_hook(&json, call->arena, &hooks.at[i], TEXT(""));
	json_end(&json);
	json_end(&json);
	json_finish(&json);
	reply_json(request, buffer_text(&buffer));
	return OK;
}

static Error add(Request *request)
{
	Call *call = request->call;
	Buffer buffer = { .arena = call->arena };
	JsonWriter json = json_writer(&buffer);
	Text secret;
	Hooks hooks;
	TRY(notice_hook_add(call, ((const HookBody *)request->form)->address, &secret));
	TRY(notice_hooks(call, &hooks));
	put_hook(&json, call->arena, &hooks.at[hooks.count - 1], secret);
	json_finish(&json);
	reply_json(request, buffer_text(&buffer));
	request->reply.status = 201;
	return OK;
}

static Error done(Request *request)
{
	reply_json(request, TEXT("{\"done\":true}"));
	return OK;
}

static Error try_one(Request *request)
{
	TRY(notice_hook_try(request->call, request_parameter(request, TEXT("ref"))));
	return done(request);
}

static Error end(Request *request)
{
	TRY(notice_hook_end(request->call, request_parameter(request, TEXT("ref"))));
	return done(request);
}

static const Route rows[] = {
	{ GET, "/api/v1/webhooks", list, ROLE_PEOPLE, .scope = SCOPE_WEBHOOK,
		.summary = "One's webhooks: state (new, arriving, failing), and what the newest failure came to" },
	{ POST, "/api/v1/webhooks", add, ROLE_PEOPLE, .scope = SCOPE_WEBHOOK, .form = &hook_body, .weight = 5,
		.summary = "Adds a webhook (address: https, public); the answer has its secret, once. Signed by Standard Webhooks" },
	{ POST, "/api/v1/webhooks/:ref/test", try_one, ROLE_PEOPLE, .scope = SCOPE_WEBHOOK, .weight = 5,
		.summary = "Sends a webhook a message of type \"test\"" },
	{ POST, "/api/v1/webhooks/:ref/end", end, ROLE_PEOPLE, .scope = SCOPE_WEBHOOK,
		.summary = "Removes a webhook, with what waits for it" },
};
const RouteTable notice_hook_api_routes = { "notice", rows, COUNT(rows) };
