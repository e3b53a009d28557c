#include "face/outbox/mail.h"
#include "base/base/clock.h"
#include "base/crypto/crypto.h"

enum { BODY_LINE_BYTES = 57, ENCODED_WORD_BYTES = 39 }; /* lines of 76 characters, whatever header name stands before the first word */

static bool is_atom(unsigned char byte)
{
	if ((byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z')) return true;
	return byte != 0 && strchr("!#$%&'*+-/=?^_`{|}~", byte) != NULL;
}

static bool is_label(Text label)
{
	if (label.length == 0 || label.length > 63 || label.at[0] == '-' || label.at[label.length - 1] == '-') return false;
	for (size_t i = 0; i < label.length; i++) {
		unsigned char byte = (unsigned char)label.at[i];
		if (!((byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '-'))
			return false;
	}
	return true;
}

bool mail_address_is(Text address)
{
	size_t at = 0;
	if (address.length > MAIL_ADDRESS_MAX || !text_find(address, TEXT("@"), &at) || at == 0 || at > 64) return false;
	Text rest = text_slice(address, 0, at), piece;
	while (text_next(&rest, '.', &piece)) {
		if (piece.length == 0) return false;
		for (size_t i = 0; i < piece.length; i++)
			if (!is_atom((unsigned char)piece.at[i])) return false;
	}
	Text domain = text_slice(address, at + 1, address.length);
	int labels = 0;
	while (text_next(&domain, '.', &piece)) {
		if (!is_label(piece)) return false;
		labels++;
	}
	return labels >= 2;
}

Text mail_address_fold(Arena *arena, Text address) { return arena_lower(arena, text_trim(address)); }

static bool is_plain_line(Text value)
{
	for (size_t i = 0; i < value.length; i++)
		if ((unsigned char)value.at[i] < 0x20 || (unsigned char)value.at[i] > 0x7e) return false;
	return value.length <= 60 && !text_find(value, TEXT("=?"), NULL);
}

static bool has_control(Text value)
{
	for (size_t i = 0; i < value.length; i++)
		if ((unsigned char)value.at[i] < 0x20 || value.at[i] == 0x7f) return true;
	return false;
}

Text mail_header_text(Arena *arena, Text value)
{
	if (is_plain_line(value)) return value;
	Buffer out = { .arena = arena };
	for (size_t from = 0; from < value.length;) {
		size_t to = from + ENCODED_WORD_BYTES < value.length ? from + ENCODED_WORD_BYTES : value.length;
		while (to < value.length && ((unsigned char)value.at[to] & 0xc0) == 0x80) to--; /* never inside a character */
		if (from > 0) buffer_put(&out, TEXT("\r\n "));
		buffer_put(&out, TEXT("=?UTF-8?B?"));
		buffer_put(&out, base64_text(arena, text_slice(value, from, to)));
		buffer_put(&out, TEXT("?="));
		from = to;
	}
	return buffer_text(&out);
}

Error mail_check(Call *call, const Mail *mail)
{
	if (!mail_address_is(mail->to)) return fail(call, INVALID, "not an address to send to");
	if (mail->answer.length && !mail_address_is(mail->answer)) return fail(call, INVALID, "not an address that can be answered");
	if (mail->subject.length == 0 || mail->subject.length > MAIL_SUBJECT_MAX || has_control(mail->subject))
		return fail(call, INVALID, "subject of a mail is empty, too long or not one line");
	if (has_control(mail->unsubscribe) || (mail->unsubscribe.length > 0 && text_find(mail->unsubscribe, TEXT(">"), NULL)))
		return fail(call, INVALID, "unsubscribe address would break its header");
	if (!text_is_utf8(mail->subject) || !text_is_utf8(mail->text) || !text_is_utf8(mail->html))
		return fail(call, INVALID, "mail is not UTF-8");
	return OK;
}

/* Base 64 in lines of 76; line ends of the text become CRLF first, as RFC 2045 asks. */
static void put_body(Buffer *out, Text body)
{
	Buffer canonical = { .arena = out->arena };
	for (size_t i = 0; i < body.length; i++) {
		if (body.at[i] == '\r') continue;
		if (body.at[i] == '\n') buffer_byte(&canonical, '\r');
		buffer_byte(&canonical, body.at[i]);
	}
	Text bytes = buffer_text(&canonical);
	for (size_t from = 0; from < bytes.length; from += BODY_LINE_BYTES) {
		buffer_put(out, base64_text(out->arena, text_slice(bytes, from, from + BODY_LINE_BYTES)));
		buffer_put(out, TEXT("\r\n"));
	}
}

static void put_part(Buffer *out, Text content_type, Text body)
{
	buffer_printf(out, "Content-Type: %.*s; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n", TEXT_ARGS(content_type));
	put_body(out, body);
}

static Text domain_of(Text address)
{
	size_t at = 0;
	return text_find(address, TEXT("@"), &at) ? text_slice(address, at + 1, address.length) : TEXT("localhost");
}

/* "Thu, 05 Mar 2026 06:00:00 +0000" */
static Text mail_date(Arena *arena, int64_t at)
{
	Text http = clock_http(arena, at);
	return arena_printf(arena, "%.*s +0000", TEXT_ARGS(text_slice(http, 0, http.length - 4)));
}

static Text sender_name(Arena *arena, Text name)
{
	Text encoded = mail_header_text(arena, name);
	if (encoded.at != name.at) return encoded;
	Buffer out = { .arena = arena };
	buffer_byte(&out, '"');
	for (size_t i = 0; i < name.length; i++) {
		if (name.at[i] == '"' || name.at[i] == '\\') buffer_byte(&out, '\\');
		buffer_byte(&out, name.at[i]);
	}
	buffer_byte(&out, '"');
	return buffer_text(&out);
}

static void put_thread(Buffer *out, const Mail *mail, Text domain)
{
	if (mail->thread.length == 0) return;
	Digest digest = sha256(mail->thread); /* the key itself is nobody's business */
	Text root = text_slice(hex_text(out->arena, DIGEST_TEXT(digest)), 0, 32);
	buffer_printf(out, "In-Reply-To: <thread.%.*s@%.*s>\r\nReferences: <thread.%.*s@%.*s>\r\n", TEXT_ARGS(root), TEXT_ARGS(domain),
		TEXT_ARGS(root), TEXT_ARGS(domain));
}

Text mail_message(Arena *arena, const Mail *mail, const MailSender *sender, Text id, int64_t at)
{
	Buffer out = { .arena = arena };
	Text domain = domain_of(sender->address);
	buffer_printf(&out, "From: %.*s\r\n <%.*s>\r\nTo: <%.*s>\r\n", TEXT_ARGS(sender_name(arena, sender->name)),
		TEXT_ARGS(sender->address), TEXT_ARGS(mail->to));
	buffer_printf(&out, "Subject: %.*s\r\n", TEXT_ARGS(mail_header_text(arena, mail->subject)));
	buffer_printf(&out, "Date: %.*s\r\nMessage-ID: <%.*s@%.*s>\r\n", TEXT_ARGS(mail_date(arena, at)), TEXT_ARGS(id), TEXT_ARGS(domain));
	put_thread(&out, mail, domain);
	buffer_printf(&out, "Auto-Submitted: auto-generated\r\nContent-Language: %.*s\r\n", TEXT_ARGS(lang_tag(mail->lang)));
	if (mail->answer.length > 0) buffer_printf(&out, "Reply-To: <%.*s>\r\n", TEXT_ARGS(mail->answer));
	if (mail->unsubscribe.length > 0)
		buffer_printf(&out, "List-Unsubscribe: <%.*s>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n",
			TEXT_ARGS(mail->unsubscribe));
	buffer_put(&out, TEXT("MIME-Version: 1.0\r\n"));
	if (mail->html.length == 0) {
		put_part(&out, TEXT("text/plain"), mail->text);
		return buffer_text(&out);
	}
	Text boundary = arena_printf(arena, "=_%.*s", TEXT_ARGS(id)); /* '_' and '=' stand in no base 64 line together */
	buffer_printf(
		&out, "Content-Type: multipart/alternative; boundary=\"%.*s\"\r\n\r\n--%.*s\r\n", TEXT_ARGS(boundary), TEXT_ARGS(boundary));
	put_part(&out, TEXT("text/plain"), mail->text);
	buffer_printf(&out, "--%.*s\r\n", TEXT_ARGS(boundary));
	put_part(&out, TEXT("text/html"), mail->html);
	buffer_printf(&out, "--%.*s--\r\n", TEXT_ARGS(boundary));
	return buffer_text(&out);
}
