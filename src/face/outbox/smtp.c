#include "face/outbox/smtp.h"
#include <curl/curl.h>

typedef struct Reading {
	Text rest;
} Reading;

static size_t read_message(char *out, size_t size, size_t count, void *argument)
{
	Reading *reading = argument;
	size_t room = size * count, take = reading->rest.length < room ? reading->rest.length : room;
	if (take > 0) memcpy(out, reading->rest.at, take);
	reading->rest = text_slice(reading->rest, take, reading->rest.length);
	return take;
}

static void close_curl(CURL **curl) { curl_easy_cleanup(*curl); }
static void close_list(struct curl_slist **list) { curl_slist_free_all(*list); }

static void set_server(CURL *curl, Arena *arena, const SmtpOptions *options)
{
	const char *scheme = options->security == SMTP_TLS ? "smtps" : "smtp";
	Text url = arena_printf(arena, "%s://%.*s:%d", scheme, TEXT_ARGS(options->host), options->port);
	curl_easy_setopt(curl, CURLOPT_URL, url.at);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl_easy_setopt(curl, CURLOPT_USE_SSL, (long)(options->security == SMTP_PLAIN ? CURLUSESSL_NONE : CURLUSESSL_ALL));
	curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	if (options->authority_file.length > 0) curl_easy_setopt(curl, CURLOPT_CAINFO, arena_string(arena, options->authority_file));
	if (options->user.length > 0) {
		curl_easy_setopt(curl, CURLOPT_USERNAME, arena_string(arena, options->user));
		curl_easy_setopt(curl, CURLOPT_PASSWORD, arena_string(arena, options->password));
	}
	long seconds = options->timeout_seconds > 0 ? options->timeout_seconds : 60;
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, seconds);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, seconds < 15 ? seconds : 15L);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
}

/* A 5xx answer of the server is final for this message; all else may pass. Wrong credentials are the operator's to mend: later. */
static SendOutcome outcome_of(CURLcode code, long status)
{
	if (code == CURLE_OK) return SEND_ACCEPTED;
	if (code == CURLE_LOGIN_DENIED || status == 530 || status == 535) return SEND_LATER;
	return status >= 500 && status < 600 ? SEND_REFUSED : SEND_LATER;
}

SendOutcome smtp_send(Arena *arena, const SmtpOptions *options, Text to, Text message, Text *out_reason)
{
	scoped(close_curl) CURL *curl = curl_easy_init();
	scoped(close_list) struct curl_slist *recipients = curl_slist_append(NULL, arena_printf(arena, "<%.*s>", TEXT_ARGS(to)).at);
	must(curl != NULL && recipients != NULL);
	Reading reading = { message };
	long status = 0;
	set_server(curl, arena, options);
	curl_easy_setopt(curl, CURLOPT_MAIL_FROM, arena_printf(arena, "<%.*s>", TEXT_ARGS(options->sender.address)).at);
	curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients);
	curl_easy_setopt(curl, CURLOPT_READFUNCTION, read_message);
	curl_easy_setopt(curl, CURLOPT_READDATA, &reading);
	curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
	CURLcode code = curl_easy_perform(curl);
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
	*out_reason = arena_printf(arena, "%s, status %ld", curl_easy_strerror(code), status);
	return outcome_of(code, status);
}
