#include "face/outbox/sms.h"

#include <curl/curl.h>

/* ---- Numbers */
Text phone_fold(Arena *arena, Text phone)
{
	enum { DIGITS_LEAST = 8, DIGITS_MOST = 15, CHINESE_DIGITS = 11 };
	Buffer digits = { .arena = arena };
	Text trimmed = text_trim(phone);
	bool is_international = text_starts(trimmed, TEXT("+")) || text_starts(trimmed, TEXT("00"));
	for (size_t i = text_starts(trimmed, TEXT("00")) ? 2 : text_starts(trimmed, TEXT("+")) ? 1 : 0; i < trimmed.length; i++) {
		char byte = trimmed.at[i];
		if (byte >= '0' && byte <= '9')
			buffer_byte(&digits, byte);
		else if (byte != ' ' && byte != '-')
			return (Text) { 0 };
	}
	Text number = buffer_text(&digits);
	bool is_chinese = number.length == CHINESE_DIGITS && number.at[0] == '1' && number.at[1] >= '3';
	if (!is_international) return is_chinese ? arena_printf(arena, "+86%.*s", TEXT_ARGS(number)) : (Text) { 0 };
	if (number.length < DIGITS_LEAST || number.length > DIGITS_MOST || number.at[0] == '0') return (Text) { 0 };
	return arena_printf(arena, "+%.*s", TEXT_ARGS(number));
}

static bool has_control(Text text)
{
	for (size_t i = 0; i < text.length; i++)
		if ((unsigned char)text.at[i] < 0x20 || text.at[i] == 0x7f) return true;
	return false;
}

Error sms_check(Call *call, const Sms *sms)
{
	Text folded = phone_fold(call->arena, sms->to);
	if (!folded.at || !text_is(folded, sms->to)) return fail(call, INVALID, "not a number to send to");
	if (!sms->text.length || !text_is_utf8(sms->text) || has_control(sms->text))
		return fail(call, INVALID, "a short message is one line of UTF-8");
	if (text_utf8_length(sms->text) > SMS_LENGTH_MAX) return fail(call, INVALID, "a short message of more than 70 characters");
	return OK;
}

/* ---- The request */
typedef void PutValue(Buffer *out, Text value);

static void put_raw(Buffer *out, Text value)
{
	for (size_t i = 0; i < value.length; i++) buffer_byte(out, (unsigned char)value.at[i] < 0x20 ? ' ' : value.at[i]);
}

static void put_percent(Buffer *out, Text value)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
	for (size_t i = 0; i < value.length; i++) {
		if (value.at[i] && strchr(plain, value.at[i]))
			buffer_byte(out, value.at[i]);
		else
			buffer_printf(out, "%%%02X", (unsigned)(unsigned char)value.at[i]);
	}
}

static void put_json(Buffer *out, Text value)
{
	for (size_t i = 0; i < value.length; i++) {
		unsigned char byte = (unsigned char)value.at[i];
		if (byte < 0x20)
			buffer_printf(out, "\\u%04x", byte);
		else {
			if (byte == '"' || byte == '\\') buffer_byte(out, '\\');
			buffer_byte(out, (char)byte);
		}
	}
}

static void put_xml(Buffer *out, Text value)
{
	for (size_t i = 0; i < value.length; i++) {
		char byte = value.at[i];
		if (byte == '<' || byte == '>' || byte == '&' || byte == '"' || byte == '\'')
			buffer_printf(out, "&#%d;", byte);
		else
			buffer_byte(out, byte);
	}
}

/* A name in braces that is none of the fields stays as it stands: JSON is full of braces. */
static Text fill(Arena *arena, Text template, const SmsGateway *gateway, const Sms *sms, Text id, PutValue *put)
{
	const struct {
		Text name, value;
	} fields[] = { { TEXT("{to}"), sms->to }, { TEXT("{text}"), sms->text }, { TEXT("{id}"), id },
		{ TEXT("{secret}"), gateway->secret } };
	Buffer out = { .arena = arena };
	for (size_t at = 0; at < template.length;) {
		size_t field = 0;
		Text rest = text_slice(template, at, template.length);
		while (field < COUNT(fields) && !text_starts(rest, fields[field].name)) field++;
		if (field < COUNT(fields)) {
			put(&out, fields[field].value);
			at += fields[field].name.length;
		} else
			buffer_byte(&out, template.at[at++]);
	}
	return buffer_text(&out);
}

SmsRequest sms_request(Arena *arena, const SmsGateway *gateway, const Sms *sms, Text id)
{
	bool is_json = text_starts(gateway->body, TEXT("{")) || text_starts(gateway->body, TEXT("[")), has_type = false;
	bool is_xml = text_starts(gateway->body, TEXT("<"));
	SmsRequest request = { .address = fill(arena, gateway->address, gateway, sms, id, put_percent) };
	Text headers = gateway->headers, line;
	while (text_next(&headers, '|', &line)) {
		line = text_trim(line);
		if (!line.length) continue;
		has_type |= text_starts(arena_lower(arena, line), TEXT("content-type:"));
		list_add(arena, &request.headers, fill(arena, line, gateway, sms, id, put_raw));
	}
	if (text_is(gateway->method, TEXT("get"))) return request;
	request.body = fill(arena, gateway->body, gateway, sms, id, is_json ? put_json : is_xml ? put_xml : put_percent);
	Text type = is_json  ? TEXT("Content-Type: application/json")
		    : is_xml ? TEXT("Content-Type: text/xml; charset=utf-8")
			     : TEXT("Content-Type: application/x-www-form-urlencoded");
	if (!has_type) list_add(arena, &request.headers, type);
	return request;
}

/* ---- Sending */
enum { ANSWER_BYTES_MAX = 16 * 1024 };

static size_t keep_answer(char *bytes, size_t size, size_t count, void *argument)
{
	Buffer *answer = argument;
	size_t room = answer->length < ANSWER_BYTES_MAX ? ANSWER_BYTES_MAX - answer->length : 0;
	Text part = { bytes, size * count < room ? size * count : room };
	if (part.length) buffer_put(answer, part);
	return size * count;
}

static void close_curl(CURL **curl) { curl_easy_cleanup(*curl); }
static void close_list(struct curl_slist **list) { curl_slist_free_all(*list); }

static SendOutcome outcome_of(CURLcode code, long status, bool is_confirmed)
{
	bool may_pass = status == 401 || status == 403 || status == 408 || status == 429;
	if (code != CURLE_OK) return SEND_LATER;
	if (status >= 200 && status < 300) return is_confirmed ? SEND_ACCEPTED : SEND_REFUSED;
	return status >= 400 && status < 500 && !may_pass ? SEND_REFUSED : SEND_LATER;
}

static void set_request(CURL *curl, Arena *arena, const SmsRequest *request, const SmsGateway *gateway)
{
	enum { TIMEOUT_SECONDS = 30 };
	curl_easy_setopt(curl, CURLOPT_URL, arena_string(arena, request->address));
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)(gateway->timeout_seconds > 0 ? gateway->timeout_seconds : TIMEOUT_SECONDS));
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
	if (!request->body.at) return;
	curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, (long)request->body.length);
	curl_easy_setopt(curl, CURLOPT_POSTFIELDS, arena_string(arena, request->body));
}

SendOutcome sms_send(Arena *arena, const SmsGateway *gateway, const Sms *sms, Text id, Text *out_reason)
{
	SmsRequest request = sms_request(arena, gateway, sms, id);
	scoped(close_curl) CURL *curl = curl_easy_init();
	scoped(close_list) struct curl_slist *headers = curl_slist_append(NULL, "Expect:");
	Buffer answer = { .arena = arena };
	long status = 0;
	must(curl != NULL && headers != NULL);
	for (size_t i = 0; i < request.headers.count; i++)
		must(curl_slist_append(headers, arena_string(arena, request.headers.at[i])) != NULL);
	set_request(curl, arena, &request, gateway);
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, keep_answer);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer);
	CURLcode code = curl_easy_perform(curl);
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
	bool is_confirmed = !gateway->accepted.length || text_find(buffer_text(&answer), gateway->accepted, NULL);
	*out_reason = arena_printf(arena, "%s, status %ld%s", curl_easy_strerror(code), status,
		code == CURLE_OK && !is_confirmed ? ", without the word of acceptance" : "");
	return outcome_of(code, status, is_confirmed);
}
