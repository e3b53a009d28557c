#include "face/outbox/inmail.h"

#include "base/base/json.h"
#include "face/outbox/mail.h"

#include <gmime/gmime.h>
#include <unicode/ucnv.h>

enum { WORDS_BYTES_MAX = 256 * 1024, PARTS_MAX = 200 };

/* ---- Addresses */
static void add_address(Call *call, Text value, Texts *out)
{
	Text folded = mail_address_fold(call->arena, text_trim(value));
	if (out->count < INMAIL_ADDRESSES_MAX && mail_address_is(folded)) list_add(call->arena, out, folded);
}

static void add_list(Call *call, InternetAddressList *list, Texts *out)
{
	for (int i = 0; list && i < internet_address_list_length(list) && out->count < INMAIL_ADDRESSES_MAX; i++) {
		InternetAddress *one = internet_address_list_get_address(list, i);
		if (INTERNET_ADDRESS_IS_MAILBOX(one))
			add_address(call, text_from(internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(one))), out);
		else if (INTERNET_ADDRESS_IS_GROUP(one))
			add_list(call, internet_address_group_get_members(INTERNET_ADDRESS_GROUP(one)), out);
	}
}

static void add_field(Call *call, const char *value, Texts *out)
{
	InternetAddressList *list = internet_address_list_parse(NULL, value);
	if (!list) return;
	add_list(call, list, out);
	g_object_unref(list);
}

/* ---- Fields of the head, from the top */
static bool is_automatic(const char *name, Text value)
{
	if (!g_ascii_strcasecmp(name, "Auto-Submitted")) return !text_is_nocase(text_trim(value), TEXT("no"));
	if (!g_ascii_strcasecmp(name, "Precedence"))
		return text_is_nocase(value, TEXT("bulk")) || text_is_nocase(value, TEXT("junk")) || text_is_nocase(value, TEXT("list"));
	if (!g_ascii_strcasecmp(name, "Return-Path")) return text_is(text_trim(value), TEXT("<>"));
	return !g_ascii_strcasecmp(name, "List-Id") || !g_ascii_strcasecmp(name, "X-Autoreply") ||
	       !g_ascii_strcasecmp(name, "X-Failed-Recipients");
}

static Text unfolded(Arena *arena, const char *value)
{
	Buffer out = { .arena = arena };
	for (; value && *value; value++) buffer_byte(&out, (unsigned char)*value < 0x20 ? ' ' : *value);
	Text text = text_trim(buffer_text(&out));
	return text_is_utf8(text) ? text : TEXT("");
}

static void read_head(Call *call, GMimeMessage *message, InMail *out)
{
	static const char *const reach[] = { "To", "Cc", "Delivered-To", "X-Original-To" };
	GMimeHeaderList *head = g_mime_object_get_header_list(GMIME_OBJECT(message));
	Texts from = { 0 };
	int from_fields = 0;
	for (int i = 0; i < g_mime_header_list_get_count(head); i++) {
		GMimeHeader *field = g_mime_header_list_get_header_at(head, i);
		const char *name = g_mime_header_get_name(field), *raw = g_mime_header_get_raw_value(field);
		Text value = unfolded(call->arena, raw);
		for (size_t k = 0; k < COUNT(reach); k++)
			if (!g_ascii_strcasecmp(name, reach[k])) add_field(call, arena_string(call->arena, value), &out->to);
		if (!g_ascii_strcasecmp(name, "From")) {
			add_field(call, arena_string(call->arena, value), &from);
			from_fields++;
		}
		if (!out->vouched.at && !g_ascii_strcasecmp(name, "Authentication-Results")) out->vouched = value;
		if (!out->message_id.at && !g_ascii_strcasecmp(name, "Message-ID")) out->message_id = value;
		out->is_automatic |= is_automatic(name, value);
	}
	if (from_fields == 1 && from.count == 1) out->from = from.at[0];
}

/* ---- Words */
/* By ICU, whose tables lie in the library: iconv would open files. */
static Text to_utf8(Arena *arena, Text bytes, const char *charset)
{
	UErrorCode error = U_ZERO_ERROR;
	if (!charset || !*charset || !g_ascii_strcasecmp(charset, "us-ascii") || !g_ascii_strcasecmp(charset, "utf-8")) charset = "utf-8";
	if (!g_ascii_strcasecmp(charset, "gb2312") || !g_ascii_strcasecmp(charset, "gbk")) charset = "gb18030"; /* contains both */
	size_t room = bytes.length * 4 + 16;
	char *at = arena_alloc(arena, room);
	int32_t length = ucnv_convert("UTF-8", charset, at, (int32_t)room, bytes.at, (int32_t)bytes.length, &error);
	if (U_FAILURE(error) || length < 0 || (size_t)length > room) return TEXT("");
	Text text = { at, (size_t)length };
	return text_is_utf8(text) ? text : TEXT("");
}

static Text content_of(Arena *arena, GMimePart *part)
{
	GMimeDataWrapper *content = g_mime_part_get_content(part);
	if (!content) return TEXT("");
	GMimeStream *stream = g_mime_stream_mem_new();
	g_mime_data_wrapper_write_to_stream(content, stream);
	GByteArray *bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
	size_t length = bytes->len < WORDS_BYTES_MAX ? bytes->len : WORDS_BYTES_MAX;
	Text text = arena_copy(arena, (Text) { (const char *)bytes->data, length });
	g_object_unref(stream);
	return to_utf8(arena, text, g_mime_object_get_content_type_parameter(GMIME_OBJECT(part), "charset"));
}

typedef struct Parts {
	int seen;
	GMimePart *plain, *html; /* the first of each that is no file */
	bool has_files;
} Parts;

static void find_parts(GMimeObject *object, Parts *parts)
{
	if (!object || ++parts->seen > PARTS_MAX) return;
	if (GMIME_IS_MULTIPART(object)) {
		int count = g_mime_multipart_get_count(GMIME_MULTIPART(object));
		for (int i = 0; i < count; i++) find_parts(g_mime_multipart_get_part(GMIME_MULTIPART(object), i), parts);
		return;
	}
	GMimeContentType *type = g_mime_object_get_content_type(object);
	if (!GMIME_IS_PART(object) || g_mime_part_is_attachment(GMIME_PART(object)))
		parts->has_files = true; /* a mail within the mail, too */
	else if (!g_mime_content_type_is_type(type, "text", "*"))
		parts->has_files |= !g_mime_object_get_content_id(object); /* with one it is a picture of the signature */
	else if (!parts->plain && g_mime_content_type_is_type(type, "text", "plain"))
		parts->plain = GMIME_PART(object);
	else if (!parts->html && g_mime_content_type_is_type(type, "text", "html"))
		parts->html = GMIME_PART(object);
}

static void read_words(Call *call, GMimeMessage *message, InMail *out)
{
	Parts parts = { 0 };
	find_parts(g_mime_message_get_mime_part(message), &parts);
	Text text = parts.plain ? content_of(call->arena, parts.plain) : TEXT("");
	if (!text_trim(text).length && parts.html) text = inmail_html_text(call->arena, content_of(call->arena, parts.html));
	out->words = inmail_words(call->arena, text);
	out->has_files = parts.has_files;
}

Error inmail_parse(Call *call, Text mail, InMail *out)
{
	InMail found = { 0 };
	if (mail.length > INMAIL_BYTES_MAX) return fail(call, TOO_LARGE, "a mail of %zu bytes", mail.length);
	g_mime_init();
	GMimeStream *stream = g_mime_stream_mem_new_with_buffer(mail.length ? mail.at : "", mail.length);
	GMimeParser *parser = g_mime_parser_new_with_stream(stream);
	GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
	g_object_unref(parser);
	g_object_unref(stream);
	if (!message) return fail(call, INVALID, "not a mail");
	read_head(call, message, &found);
	read_words(call, message, &found);
	g_object_unref(message);
	if (arena_is_full(call->arena)) return fail(call, TOO_LARGE, "a mail beyond the memory of a call");
	*out = found;
	return OK;
}

/* ---- What our own server says of the sender: RFC 8601 section 2.2 */
/* Without comments, which anybody may fill. */
static Text without_comments(Arena *arena, Text value)
{
	Buffer out = { .arena = arena };
	int depth = 0;
	bool quoted = false;
	for (size_t i = 0; i < value.length; i++) {
		char byte = value.at[i];
		if (byte == '\\' && (depth || quoted)) {
			i++;
			continue;
		}
		if (!depth && byte == '"') quoted = !quoted;
		if (!quoted && byte == '(') depth++;
		if (!depth) buffer_byte(&out, quoted && (byte == ';' || byte == '=' || byte == ' ') ? '?' : byte);
		if (!quoted && byte == ')' && depth) depth--;
	}
	return buffer_text(&out);
}

static Text domain_of(Text address)
{
	size_t at = 0;
	while (text_find(address, TEXT("@"), &at)) address = text_slice(address, at + 1, address.length);
	return address;
}

static bool is_under(Text domain, Text above)
{
	if (text_is_nocase(domain, above)) return true;
	if (domain.length <= above.length || !text_find(above, TEXT("."), NULL)) return false;
	Text tail = text_slice(domain, domain.length - above.length, domain.length);
	return domain.at[domain.length - above.length - 1] == '.' && text_is_nocase(tail, above);
}

/* One result, "dkim=pass header.d=example.cn header.s=x": whether it speaks for the domain. */
static bool speaks_for(Text result, Text domain)
{
	Text word, value, method = { 0 };
	while (text_next(&result, ' ', &word)) {
		value = word;
		Text key;
		if (!word.length || !text_next(&value, '=', &key)) continue;
		if (!method.at) {
			if (!text_is_nocase(value, TEXT("pass"))) return false;
			method = key;
			if (text_is_nocase(method, TEXT("dmarc"))) continue;
		} else if (text_is_nocase(method, TEXT("dmarc")) && text_is_nocase(key, TEXT("header.from")))
			return text_is_nocase(domain_of(value), domain);
		else if (text_is_nocase(method, TEXT("dkim")) && text_is_nocase(key, TEXT("header.d")))
			return is_under(domain, value);
		else if (text_is_nocase(method, TEXT("spf")) && text_is_nocase(key, TEXT("smtp.mailfrom")))
			return text_is_nocase(domain_of(value), domain);
	}
	return false; /* a pass that does not name whom it speaks for is none */
}

bool inmail_is_vouched(const InMail *mail, Text server)
{
	scoped(arena_free) Arena *arena = arena_new(1 << 20);
	Text rest = without_comments(arena, mail->vouched), said, name;
	if (!server.length || !mail->from.length || !text_next(&rest, ';', &said)) return false;
	said = text_trim(said);
	text_next(&said, ' ', &name); /* a version may follow */
	if (!text_is_nocase(name, server)) return false;
	while (text_next(&rest, ';', &said))
		if (speaks_for(text_trim(said), domain_of(mail->from))) return true;
	return false;
}

/* ---- In the sandbox */
static Error work_body(const void *input, size_t length, Buffer *out)
{
	Call call = { .arena = out->arena, .actor = &actor_system };
	InMail mail;
	Error error = inmail_parse(&call, (Text) { length ? input : "", length }, &mail);
	if (error != OK) return error;
	JsonWriter writer = json_writer(out);
	json_object_begin(&writer);
	json_put_text(&writer, "from", mail.from);
	json_key(&writer, TEXT("to"));
	json_array_begin(&writer);
	for (size_t i = 0; i < mail.to.count; i++) json_text(&writer, mail.to.at[i]);
	json_end(&writer);
	json_put_text(&writer, "vouched", mail.vouched);
	json_put_text(&writer, "message_id", mail.message_id);
	json_put_text(&writer, "words", mail.words);
	json_put_bool(&writer, "is_automatic", mail.is_automatic);
	json_put_bool(&writer, "has_files", mail.has_files);
	json_end(&writer);
	json_finish(&writer);
	return arena_is_full(out->arena) ? ERROR_TOO_LARGE : OK;
}
const SandboxWork inmail_work = {
	.body = work_body, .memory_bytes = 96 << 20, .output_bytes = 2 << 20, .processor_seconds = 5, .wall_milliseconds = 10000
};

Error inmail_read(Call *call, Sandbox *sandbox, Text mail, InMail *out)
{
	Text answer;
	Json value;
	InMail found = { 0 };
	if (mail.length > INMAIL_BYTES_MAX) return fail(call, TOO_LARGE, "a mail of %zu bytes", mail.length);
	TRY(sandbox_run(call, sandbox, SANDBOX_INMAIL, mail, &answer));
	TRY(json_read(call, answer, &value));
	found.from = json_as_text(json_get(value, "from"));
	for (JsonEach each = json_each(json_get(value, "to")); json_next(&each);) {
		Text address = json_as_text(each.value);
		list_add(call->arena, &found.to, address);
	}
	found.vouched = json_as_text(json_get(value, "vouched"));
	found.message_id = json_as_text(json_get(value, "message_id"));
	found.words = json_as_text(json_get(value, "words"));
	found.is_automatic = json_as_bool(json_get(value, "is_automatic"));
	found.has_files = json_as_bool(json_get(value, "has_files"));
	*out = found;
	return OK;
}
