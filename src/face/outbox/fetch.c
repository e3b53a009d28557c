#include "face/outbox/fetch.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netdb.h>

enum { BYTES_MAX = 16 * 1024, TIMEOUT_MS = 10000, HTTPS_PORT = 443, HOST_MAX = 253 };

/* ---- Addresses */
typedef struct Net4 {
	uint32_t net;
	int bits;
} Net4;
/* IANA's registry of special-purpose addresses: whatever is not globally reachable, and multicast. */
static const Net4 closed_nets[] = { { 0x00000000, 8 }, { 0x0A000000, 8 }, { 0x64400000, 10 }, { 0x7F000000, 8 }, { 0xA9FE0000, 16 },
	{ 0xAC100000, 12 }, { 0xC0000000, 24 }, { 0xC0000200, 24 }, { 0xC0586300, 24 }, { 0xC0A80000, 16 }, { 0xC6120000, 15 },
	{ 0xC6336400, 24 }, { 0xCB007100, 24 }, { 0xE0000000, 4 }, { 0xF0000000, 4 } };

static bool is_public4(uint32_t address)
{
	for (size_t i = 0; i < COUNT(closed_nets); i++)
		if ((address ^ closed_nets[i].net) >> (32 - closed_nets[i].bits) == 0) return false;
	return true;
}

/* Of 2000::/3 all but what carries other addresses (Teredo, 6to4), and the nets for documentation and benchmarks. */
static bool is_public6(const unsigned char *at)
{
	if ((at[0] & 0xE0) != 0x20) return false;
	uint32_t head = (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
	bool is_special = head >> 9 == 0x20010000U >> 9; /* 2001::/23 */
	bool is_documentation = head == 0x20010DB8U || head >> 12 == 0x3FFF0000U >> 12;
	return !is_special && !is_documentation && head >> 16 != 0x2002;
}

bool fetch_is_public(const struct sockaddr *address)
{
	if (address->sa_family == AF_INET) {
		struct sockaddr_in four;
		memcpy(&four, address, sizeof(four));
		return is_public4(ntohl(four.sin_addr.s_addr));
	}
	if (address->sa_family != AF_INET6) return false;
	struct sockaddr_in6 six;
	memcpy(&six, address, sizeof(six));
	return is_public6(six.sin6_addr.s6_addr);
}

static bool resolve_by_system(void *context, Text host, FetchAddresses *out)
{
	char name[HOST_MAX + 1] = { 0 };
	struct addrinfo *found = NULL;
	const struct addrinfo hints = { .ai_socktype = SOCK_STREAM };
	(void)context;
	memcpy(name, host.at, host.length);
	if (getaddrinfo(name, NULL, &hints, &found) != 0) return false;
	for (const struct addrinfo *each = found; each && out->count < COUNT(out->at); each = each->ai_next)
		memcpy(&out->at[out->count++], each->ai_addr, each->ai_addrlen);
	freeaddrinfo(found);
	return out->count > 0;
}

/* One that is not public makes the whole name suspicious. */
static FetchFault find_address(const FetchOptions *options, Text host, char out[INET6_ADDRSTRLEN])
{
	FetchAddresses addresses = { .count = 0 };
	FetchResolve *resolve = options->resolve ? options->resolve : resolve_by_system;
	if (!host.length || host.length > HOST_MAX || memchr(host.at, 0, host.length)) return FETCH_UNKNOWN;
	if (!resolve(options->context, host, &addresses) || !addresses.count) return FETCH_UNKNOWN;
	for (size_t i = 0; i < addresses.count; i++) {
		const struct sockaddr *address = (const struct sockaddr *)&addresses.at[i];
		if (!(options->may ? options->may(address) : fetch_is_public(address))) return FETCH_PRIVATE;
	}
	socklen_t length = addresses.at[0].ss_family == AF_INET ? sizeof(struct sockaddr_in) : sizeof(struct sockaddr_in6);
	int code = getnameinfo((const struct sockaddr *)&addresses.at[0], length, out, INET6_ADDRSTRLEN, NULL, 0, NI_NUMERICHOST);
	return code == 0 ? FETCH_OK : FETCH_UNKNOWN;
}

/* ---- The request */
typedef struct Taking {
	Buffer text;
	size_t bytes_max;
	bool is_large;
} Taking;

static size_t take(char *bytes, size_t size, size_t count, void *argument)
{
	Taking *taking = argument;
	size_t length = size * count;
	taking->is_large = buffer_text(&taking->text).length + length > taking->bytes_max;
	if (taking->is_large) return 0;
	buffer_put(&taking->text, (Text) { bytes, length });
	return length;
}

static void close_curl(CURL **curl) { curl_easy_cleanup(*curl); }
static void close_list(struct curl_slist **list) { curl_slist_free_all(*list); }

static void set_up(CURL *curl, const FetchOptions *options, const char *url, struct curl_slist *pinned, Taking *taking)
{
	const char *scheme = options->scheme ? options->scheme : "https";
	long timeout = options->timeout_milliseconds ? (long)options->timeout_milliseconds : TIMEOUT_MS;
	curl_easy_setopt(curl, CURLOPT_URL, url);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, scheme);
	curl_easy_setopt(curl, CURLOPT_RESOLVE, pinned);
	curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
	curl_easy_setopt(curl, CURLOPT_NETRC, 0L);
	curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, timeout);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, timeout);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, taking);
}

static FetchFault fault_of(CURL *curl, CURLcode code, const Taking *taking, const char *address, long *out_status)
{
	char *used = NULL;
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, out_status);
	curl_easy_getinfo(curl, CURLINFO_PRIMARY_IP, &used);
	if (taking->is_large) return FETCH_LARGE;
	if (code != CURLE_OK) return FETCH_UNREACHABLE;
	if (!used || strcmp(used, address) != 0) return FETCH_PRIVATE; /* it was pinned */
	return FETCH_OK;
}

static struct curl_slist *head_of(Arena *arena, const FetchPost *post)
{
	struct curl_slist *head = curl_slist_append(NULL, "Expect:");
	must(head);
	for (size_t i = 0; i < post->header_count; i++) must(curl_slist_append(head, arena_string(arena, post->headers[i])));
	return head;
}

/* post: NULL for GET */
static FetchFault ask(
	Arena *arena, const FetchOptions *options, Text host, const char *path, const FetchPost *post, Taking *taking, long *out_status)
{
	char address[INET6_ADDRSTRLEN] = { 0 };
	FetchFault fault = find_address(options, host, address);
	int port = options->port ? options->port : HTTPS_PORT;
	if (fault != FETCH_OK) return fault;
	bool is_six = strchr(address, ':') != NULL;
	const char *name = arena_string(arena, host), *scheme = options->scheme ? options->scheme : "https";
	const char *pin = arena_printf(arena, "%s:%d:%s%s%s", name, port, is_six ? "[" : "", address, is_six ? "]" : "").at;
	const char *url = arena_printf(arena, "%s://%s:%d%s", scheme, name, port, path).at;
	scoped(close_curl) CURL *curl = curl_easy_init();
	scoped(close_list) struct curl_slist *pinned = curl_slist_append(NULL, pin);
	scoped(close_list) struct curl_slist *head = post ? head_of(arena, post) : NULL;
	must(curl && pinned);
	set_up(curl, options, url, pinned, taking);
	if (post) {
		curl_easy_setopt(curl, CURLOPT_HTTPHEADER, head);
		curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, (long)post->body.length);
		curl_easy_setopt(curl, CURLOPT_POSTFIELDS, arena_string(arena, post->body));
	}
	CURLcode code = curl_easy_perform(curl);
	return fault_of(curl, code, taking, address, out_status);
}

FetchFault fetch_text(Arena *arena, const FetchOptions *options, Text host, const char *path, Text *out)
{
	Taking taking = { { .arena = arena }, options->bytes_max ? options->bytes_max : BYTES_MAX, false };
	long status = 0;
	FetchFault fault = ask(arena, options, host, path, NULL, &taking, &status);
	if (fault != FETCH_OK) return fault;
	if (status != 200) return FETCH_REFUSED;
	*out = buffer_text(&taking.text);
	return FETCH_OK;
}

FetchFault fetch_post(Arena *arena, const FetchOptions *options, Text host, const char *path, const FetchPost *post, long *out_status)
{
	Taking taking = { { .arena = arena }, options->bytes_max ? options->bytes_max : BYTES_MAX, false };
	*out_status = 0;
	FetchFault fault = ask(arena, options, host, path, post, &taking, out_status);
	if (fault != FETCH_OK) return fault;
	return *out_status >= 200 && *out_status < 300 ? FETCH_OK : FETCH_REFUSED;
}
