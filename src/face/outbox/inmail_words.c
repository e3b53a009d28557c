/* The words of an answer: out of HTML where there is nothing else, and without what is quoted. */
#include "face/outbox/inmail.h"

/* ---- HTML to text: elements fall away, blocks end lines. For words only; nothing of it is ever shown as HTML. */
static const char *const silent[] = { "head", "style", "script", "title", "blockquote" };
static const char *const blocks[] = { "br", "p", "div", "li", "tr", "h1", "h2", "h3", "table", "ul", "ol", "pre" };
static const struct {
	const char *name;
	uint32_t sign;
} entities[] = { { "amp", '&' }, { "lt", '<' }, { "gt", '>' }, { "quot", '"' }, { "apos", '\'' }, { "nbsp", ' ' } };

static Text tag_name(Text tag)
{
	size_t end = 0;
	while (end < tag.length && ((tag.at[end] | 0x20) >= 'a' ? (tag.at[end] | 0x20) <= 'z' : tag.at[end] >= '1' && tag.at[end] <= '6'))
		end++;
	return text_slice(tag, 0, end);
}

static bool is_one_of(Text name, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (text_is_nocase(name, text_from(names[i]))) return true;
	return false;
}

static void put_sign(Buffer *out, uint32_t sign)
{
	if (sign < 0x80) {
		buffer_byte(out, sign < 0x20 ? ' ' : (char)sign);
		return;
	}
	int more = sign < 0x800 ? 1 : sign < 0x10000 ? 2 : 3;
	static const unsigned char lead[] = { 0, 0xc0, 0xe0, 0xf0 };
	buffer_byte(out, (char)(lead[more] | (sign >> (6 * more))));
	while (more-- > 0) buffer_byte(out, (char)(0x80 | ((sign >> (6 * more)) & 0x3f)));
}

static int digit_of(char byte, bool is_hex)
{
	char lower = (char)(byte | 0x20);
	if (byte >= '0' && byte <= '9') return byte - '0';
	return is_hex && lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/* "#20013" or "#x4e2d"; 0: no character. */
static uint32_t sign_of(Text name)
{
	bool is_hex = name.length > 1 && (name.at[1] | 0x20) == 'x';
	uint32_t sign = 0;
	for (size_t i = is_hex ? 2 : 1; i < name.length; i++) {
		int digit = digit_of(name.at[i], is_hex);
		if (digit < 0 || sign > 0x10ffff) return 0;
		sign = sign * (is_hex ? 16 : 10) + (uint32_t)digit;
	}
	return sign > 0x10ffff || (sign >= 0xd800 && sign < 0xe000) ? 0 : sign;
}

/* A reference such as &amp; or &#20013;; its length, 0: it is none. */
static size_t put_entity(Buffer *out, Text rest)
{
	size_t end = 0;
	enum { LONGEST = 10 };
	if (!text_find(text_slice(rest, 0, rest.length < LONGEST ? rest.length : LONGEST), TEXT(";"), &end)) return 0;
	Text name = text_slice(rest, 1, end);
	uint32_t sign = text_starts(name, TEXT("#")) ? sign_of(name) : 0;
	for (size_t i = 0; i < COUNT(entities); i++)
		if (text_is(name, text_from(entities[i].name))) sign = entities[i].sign;
	if (!sign) return 0;
	put_sign(out, sign);
	return end + 1;
}

/* From a '<': behind its '>', and behind the whole of an element that says nothing. */
static size_t past_tag(Text html, size_t at, Buffer *out)
{
	size_t end = 0;
	Text rest = text_slice(html, at, html.length);
	if (text_starts(rest, TEXT("<!--"))) return text_find(rest, TEXT("-->"), &end) ? at + end + 3 : html.length;
	if (!text_find(rest, TEXT(">"), &end)) return html.length;
	bool closes = text_starts(rest, TEXT("</"));
	Text name = tag_name(text_slice(rest, closes ? 2 : 1, end));
	if (is_one_of(name, blocks, COUNT(blocks))) buffer_byte(out, '\n');
	if (closes || !is_one_of(name, silent, COUNT(silent))) return at + end + 1;
	for (size_t i = at + end + 1; i + 2 < html.length; i++) {
		if (html.at[i] != '<' || html.at[i + 1] != '/') continue;
		Text tail = text_slice(html, i, html.length);
		if (text_is_nocase(tag_name(text_slice(tail, 2, tail.length)), name))
			return text_find(tail, TEXT(">"), &end) ? i + end + 1 : html.length;
	}
	return html.length;
}

Text inmail_html_text(Arena *arena, Text html)
{
	Buffer out = { .arena = arena };
	for (size_t i = 0; i < html.length;) {
		char byte = html.at[i];
		size_t taken = byte == '&' ? put_entity(&out, text_slice(html, i, html.length)) : 0;
		if (byte == '<') {
			i = past_tag(html, i, &out);
		} else if (taken) {
			i += taken;
		} else {
			buffer_byte(&out, byte == '\n' || byte == '\r' || byte == '\t' ? ' ' : byte);
			i++;
		}
	}
	return buffer_text(&out);
}

/* ---- What is quoted */
static bool is_quoted(Text line) { return text_starts(line, TEXT(">")); }

/* "On Thu, 5 Mar 2026, Library wrote:", "在 2026年3月5日, 漏洞库 写道:": with a date or an address, for "as you wrote:" is an answer's own. */
static bool is_attribution(Text line)
{
	static const char *const ends[] = { "wrote:", "写道:", "写道：", "寫道:", "寫道：" };
	bool has_mark = text_find(line, TEXT("@"), NULL);
	for (size_t i = 0; i < line.length; i++) has_mark |= line.at[i] >= '0' && line.at[i] <= '9';
	for (size_t i = 0; has_mark && i < COUNT(ends); i++)
		if (text_ends(line, text_from(ends[i]))) return true;
	return false;
}

/* "-----Original Message-----", "------------------ 原始邮件 ------------------", "From: a@b.cn", and the line above a signature: nothing below is the answer's. */
static bool ends_answer(Text line)
{
	static const char *const marks[] = { "Original Message", "Forwarded message", "原始邮件", "原始郵件", "转发邮件" };
	static const char *const heads[] = { "From: ", "发件人: ", "发件人:", "发件人：", "寄件者:" };
	for (size_t i = 0; i < COUNT(marks); i++)
		if (text_starts(line, TEXT("--")) && text_find(line, text_from(marks[i]), NULL)) return true;
	for (size_t i = 0; i < COUNT(heads); i++)
		if (text_starts(line, text_from(heads[i])) && text_find(line, TEXT("@"), NULL)) return true;
	return text_is(line, TEXT("--"));
}

/* Whether what is quoted has its marks, so that what stands between and below is the answer's. */
static bool marks_follow(Text rest)
{
	for (Text line; text_next(&rest, '\n', &line);)
		if (text_trim(line).length) return is_quoted(line);
	return false;
}

Text inmail_words(Arena *arena, Text text)
{
	Buffer out = { .arena = arena };
	size_t last = 0; /* where the last line begins: the opening of a quotation may be broken in two */
	for (Text rest = text, line; text_next(&rest, '\n', &line);) {
		while (line.length && (line.at[line.length - 1] == '\r' || line.at[line.length - 1] == '\t')) line.length--;
		Text bare = text_trim(line);
		if (ends_answer(bare)) break;
		if (is_attribution(bare)) {
			if (text_ends(bare, TEXT("wrote:")) && text_starts(text_slice(buffer_text(&out), last, out.length), TEXT("On ")))
				out.length = last;
			if (!marks_follow(rest)) break;
			continue;
		}
		if (is_quoted(line)) continue;
		last = out.length;
		buffer_put(&out, line);
		buffer_byte(&out, '\n');
	}
	return text_trim(buffer_text(&out));
}
