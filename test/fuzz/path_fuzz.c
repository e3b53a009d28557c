/* Any bytes as a request target and as `next=`: what is accepted has no dots, slashes or control characters in its segments, and no
 * redirect leaves the site. */
#include "face/http/http_private.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_target(Call *call, Text text)
{
	Target target;
	if (target_parse(call, text, &target) != OK) return;
	must(target.path.length && target.path.at[0] == '/' && text_is_utf8(target.path));
	for (size_t i = 0; i < target.segment_count; i++) {
		Text segment = target.segments[i];
		must(segment.length && !text_is(segment, TEXT(".")) && !text_is(segment, TEXT("..")));
		must(!text_find(segment, TEXT("/"), NULL) && !text_find(segment, TEXT("\\"), NULL) && !text_has_control(segment, false));
	}
	for (size_t i = 0; i < target.query.count; i++)
		must(text_is_utf8(target.query.at[i].value) && !text_has_control(target.query.at[i].value, true));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	scoped(arena_free) Arena *arena = arena_new(ARENA_CEILING);
	Call call = { .arena = arena, .actor = &actor_visitor };
	Text text = { (const char *)data, size };
	check_target(&call, text);
	call_recover(&call);
	Request *request = request_new(&call, GET);
	if (reply_redirect(request, text) != OK) return 0;
	Text location = reply_header_value(request, TEXT("Location"));
	must(location.at[0] == '/' && (location.length == 1 || (location.at[1] != '/' && location.at[1] != '\\')));
	for (size_t i = 0; i < location.length; i++) must(location.at[i] > 0x20 && location.at[i] < 0x7F && location.at[i] != '\\');
	return 0;
}
