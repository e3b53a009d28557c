#include "face/outbox/letter.h"

static Text field_value(const LetterField *fields, size_t count, Text name)
{
	for (size_t i = 0; i < count; i++)
		if (text_is(text_from(fields[i].name), name)) return fields[i].value;
	must(!"a letter names a field that nobody fills");
	return TEXT("");
}

Text letter_fill(Arena *arena, Lang lang, const char *english, const LetterField *fields, size_t count)
{
	Text rest = tr(lang, english);
	Buffer out = { .arena = arena };
	size_t open = 0, close = 0;
	while (text_find(rest, TEXT("{"), &open)) {
		Text after = text_slice(rest, open + 1, rest.length);
		must(text_find(after, TEXT("}"), &close));
		buffer_put(&out, text_slice(rest, 0, open));
		buffer_put(&out, field_value(fields, count, text_slice(after, 0, close)));
		rest = text_slice(after, close + 1, after.length);
	}
	buffer_put(&out, rest);
	return buffer_text(&out);
}

static Text one_line(Arena *arena, Text text)
{
	Buffer out = { .arena = arena };
	for (size_t i = 0; i < text.length; i++)
		buffer_byte(&out, (unsigned char)text.at[i] < 0x20 || text.at[i] == 0x7f ? ' ' : text.at[i]);
	Text line = buffer_text(&out);
	if (line.length <= MAIL_SUBJECT_MAX) return line;
	size_t end = MAIL_SUBJECT_MAX;
	while (((unsigned char)line.at[end] & 0xc0) == 0x80) end--;
	return text_slice(line, 0, end);
}

static void put_escaped(Buffer *out, Text text)
{
	for (size_t i = 0; i < text.length; i++) {
		char byte = text.at[i];
		if (byte == '<')
			buffer_put(out, TEXT("&lt;"));
		else if (byte == '>')
			buffer_put(out, TEXT("&gt;"));
		else if (byte == '&')
			buffer_put(out, TEXT("&amp;"));
		else if (byte == '"')
			buffer_put(out, TEXT("&quot;"));
		else if (byte == '\n')
			buffer_put(out, TEXT("<br>\n"));
		else
			buffer_byte(out, byte);
	}
}

static void put_html_link(Buffer *out, Text words, Text link)
{
	buffer_put(out, TEXT("<a href=\""));
	put_escaped(out, link);
	buffer_put(out, TEXT("\">"));
	put_escaped(out, words);
	buffer_put(out, TEXT("</a>"));
}

static void put_html_items(Buffer *out, const Letter *letter)
{
	if (letter->item_count > 0) buffer_put(out, TEXT("<ul>\n"));
	for (size_t i = 0; i < letter->item_count; i++) {
		buffer_put(out, TEXT("<li>"));
		put_html_link(out, letter->items[i].text, letter->items[i].link);
		buffer_put(out, TEXT("</li>\n"));
	}
	if (letter->item_count > 0) buffer_put(out, TEXT("</ul>\n"));
}

static Text html_of(Arena *arena, const Letter *letter, Text body)
{
	Buffer out = { .arena = arena };
	buffer_printf(&out, "<!doctype html>\n<html lang=\"%.*s\"><meta charset=\"utf-8\"><body>\n", TEXT_ARGS(lang_tag(letter->lang)));
	size_t gap = 0;
	for (Text rest = body; rest.length > 0;) {
		bool more = text_find(rest, TEXT("\n\n"), &gap);
		buffer_put(&out, TEXT("<p>"));
		put_escaped(&out, text_slice(rest, 0, more ? gap : rest.length));
		buffer_put(&out, TEXT("</p>\n"));
		rest = text_slice(rest, more ? gap + 2 : rest.length, rest.length);
	}
	put_html_items(&out, letter);
	if (letter->link.length > 0) {
		buffer_put(&out, TEXT("<p>"));
		put_html_link(&out, letter->link, letter->link);
		buffer_put(&out, TEXT("</p>\n"));
	}
	buffer_put(&out, TEXT("</body></html>\n"));
	return buffer_text(&out);
}

Mail letter_mail(Arena *arena, const Letter *letter)
{
	Text body = letter_fill(arena, letter->lang, letter->body, letter->fields, letter->field_count);
	Buffer text = { .arena = arena };
	if (letter->answer.length) {
		Text both[] = { body, tr(letter->lang, N_("You can answer this mail; what it quotes and its files are left out. Never send "
							  "details of a vulnerability by mail.")) };
		body = arena_join(arena, both, COUNT(both), TEXT("\n\n"));
	}
	buffer_put(&text, body);
	buffer_byte(&text, '\n');
	for (size_t i = 0; i < letter->item_count; i++)
		buffer_printf(&text, "\n- %.*s\n  %.*s\n", TEXT_ARGS(letter->items[i].text), TEXT_ARGS(letter->items[i].link));
	if (letter->link.length > 0) buffer_printf(&text, "\n%.*s\n", TEXT_ARGS(letter->link));
	return (Mail) {
		.to = letter->to,
		.subject = one_line(arena, letter_fill(arena, letter->lang, letter->subject, letter->fields, letter->field_count)),
		.text = buffer_text(&text),
		.html = html_of(arena, letter, body),
		.thread = letter->thread,
		.answer = letter->answer,
		.unsubscribe = letter->unsubscribe,
		.lang = letter->lang,
	};
}
