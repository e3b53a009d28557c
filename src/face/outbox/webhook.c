#include "face/outbox/webhook.h"
#include "base/crypto/crypto.h"

#include <curl/curl.h>

/* ---- Addresses */
typedef struct Place {
	Text host, path; /* path: with the query */
	int port;
} Place;

static void close_address(CURLU **address) { curl_url_cleanup(*address); }

static bool has_part(CURLU *address, CURLUPart what)
{
	char *part = NULL;
	bool is = curl_url_get(address, what, &part, 0) == CURLUE_OK;
	curl_free(part);
	return is;
}

static Text part_of(Arena *arena, CURLU *address, CURLUPart what, unsigned flags)
{
	char *part = NULL;
	if (curl_url_get(address, what, &part, flags) != CURLUE_OK) return (Text) { 0 };
	Text copy = arena_copy(arena, text_from(part));
	curl_free(part);
	return copy;
}

static bool find_place(Arena *arena, Text text, Place *out)
{
	scoped(close_address) CURLU *address = curl_url();
	must(address);
	if (!text.length || text.length > WEBHOOK_ADDRESS_MAX || !text_is_utf8(text) || memchr(text.at, 0, text.length)) return false;
	for (size_t i = 0; i < text.length; i++)
		if ((unsigned char)text.at[i] <= ' ' || (unsigned char)text.at[i] >= 0x7f) return false;
	if (curl_url_set(address, CURLUPART_URL, arena_string(arena, text), CURLU_NON_SUPPORT_SCHEME) != CURLUE_OK) return false;
	if (!text_is(part_of(arena, address, CURLUPART_SCHEME, 0), TEXT("https"))) return false;
	if (has_part(address, CURLUPART_USER) || has_part(address, CURLUPART_PASSWORD) || has_part(address, CURLUPART_FRAGMENT))
		return false;
	Text query = part_of(arena, address, CURLUPART_QUERY, 0), path = part_of(arena, address, CURLUPART_PATH, 0);
	int64_t port = 0;
	*out = (Place) { .host = part_of(arena, address, CURLUPART_HOST, 0),
		.path = query.at ? arena_printf(arena, "%.*s?%.*s", TEXT_ARGS(path), TEXT_ARGS(query)) : path };
	if (!text_to_int(part_of(arena, address, CURLUPART_PORT, CURLU_DEFAULT_PORT), &port)) return false;
	out->port = (int)port;
	return out->host.length > 0 && out->host.at[0] != '[' && port > 0;
}

bool webhook_address_is(Arena *arena, Text address)
{
	Place place;
	return find_place(arena, address, &place);
}

/* ---- Signatures */
Text webhook_secret_text(Arena *arena, Text secret) { return arena_printf(arena, "whsec_%.*s", TEXT_ARGS(base64_text(arena, secret))); }

static Text seconds_of(Arena *arena, const Webhook *webhook) { return arena_printf(arena, "%lld", (long long)(webhook->at / 1000)); }

Text webhook_signature(Arena *arena, const Webhook *webhook)
{
	Text parts[] = { webhook->id, seconds_of(arena, webhook), webhook->body };
	Digest digest = hmac_sha256(webhook->secret, arena_join(arena, parts, COUNT(parts), TEXT(".")));
	return arena_printf(arena, "v1,%.*s", TEXT_ARGS(base64_text(arena, DIGEST_TEXT(digest))));
}

/* ---- Sending */
static bool is_final(long status)
{
	static const long final[] = { 400, 404, 405, 410, 413, 415 };
	for (size_t i = 0; i < COUNT(final); i++)
		if (final[i] == status) return true;
	return false;
}

SendOutcome webhook_send(Arena *arena, const FetchOptions *reach, const Webhook *webhook, bool *out_is_gone, Text *out_reason)
{
	static const char *const words[] = { [FETCH_OK] = "accepted",
		[FETCH_UNKNOWN] = "no such host",
		[FETCH_PRIVATE] = "the host leads into a net that is not public",
		[FETCH_UNREACHABLE] = "not reachable, or its certificate does not fit",
		[FETCH_REFUSED] = "refused",
		[FETCH_LARGE] = "the answer is too long" };
	Place place;
	FetchOptions options = *reach;
	long status = 0;
	*out_is_gone = false;
	*out_reason = TEXT("no address for webhooks");
	if (!find_place(arena, webhook->address, &place)) return SEND_REFUSED;
	Text headers[] = { TEXT("Content-Type: application/json"), TEXT("User-Agent: cappvd"),
		arena_printf(arena, "webhook-id: %.*s", TEXT_ARGS(webhook->id)),
		arena_printf(arena, "webhook-timestamp: %.*s", TEXT_ARGS(seconds_of(arena, webhook))),
		arena_printf(arena, "webhook-signature: %.*s", TEXT_ARGS(webhook_signature(arena, webhook))) };
	FetchPost post = { webhook->body, headers, COUNT(headers) };
	if (!options.port) options.port = place.port;
	FetchFault fault = fetch_post(arena, &options, place.host, arena_string(arena, place.path), &post, &status);
	*out_is_gone = fault == FETCH_REFUSED && status == 410;
	*out_reason = arena_printf(arena, "%s, status %ld", words[fault], status);
	if (fault == FETCH_OK || (fault == FETCH_LARGE && status >= 200 && status < 300)) return SEND_ACCEPTED;
	return fault == FETCH_REFUSED && is_final(status) ? SEND_REFUSED : SEND_LATER;
}

int64_t webhook_pause_seconds(int64_t attempts)
{
	static const int64_t pauses[] = { 30, 120, 600, 3600, 4 * 3600, 12 * 3600, 24 * 3600, 24 * 3600 };
	return attempts >= 1 && attempts <= (int64_t)COUNT(pauses) ? pauses[attempts - 1] : 0;
}
