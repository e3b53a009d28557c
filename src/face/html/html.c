#include "face/html/html.h"

#include "face/html/html_private.h"

void html_raw(Html *html, const char *bytes, size_t length) { buffer_put(&html->out, (Text) { bytes, length }); }

/* Length of the well-formed UTF-8 sequence at `at`; 0 where there is none, or one that HTML does not allow. */
static size_t sequence_length(Text text, size_t at)
{
	size_t length = text_utf8_sequence(text, at);
	unsigned char byte = (unsigned char)text.at[at];
	if (byte < 0x20) return byte == '\n' || byte == '\t' || byte == '\r';
	bool is_control = byte == 0x7f || (byte == 0xc2 && length == 2 && (unsigned char)text.at[at + 1] < 0xa0);
	return is_control ? 0 : length;
}

static Text reference(char byte)
{
	switch (byte) {
	case '<': return TEXT("&lt;");
	case '>': return TEXT("&gt;");
	case '&': return TEXT("&amp;");
	case '"': return TEXT("&quot;");
	case '\'': return TEXT("&#39;");
	default: return (Text) { 0 };
	}
}

void html_escape(Buffer *out, Text text)
{
	size_t from = 0, at = 0;
	while (at < text.length) {
		size_t length = sequence_length(text, at);
		Text instead = reference(text.at[at]);
		if (length && !instead.at) {
			at += length;
			continue;
		}
		buffer_put(out, text_slice(text, from, at));
		buffer_put(out, length ? instead : TEXT("\xef\xbf\xbd"));
		from = ++at;
	}
	buffer_put(out, text_slice(text, from, at));
}

void html_text(Html *html, Text text) { html_escape(&html->out, text); }

void html_number(Html *html, int64_t number) { buffer_number(&html->out, number); }

void html_size(Html *html, size_t number) { buffer_printf(&html->out, "%zu", number); }

void html_markup(Html *html, Markup markup) { buffer_put(&html->out, markup.text); }

void html_url(Html *html, Url url) { html_escape(&html->out, url.text); }

void html_csrf(Html *html)
{
	if (!html->csrf_token.length) return;
	buffer_put(&html->out, TEXT("<input type=\"hidden\" name=\"" CSRF_FIELD "\" value=\""));
	html_escape(&html->out, html->csrf_token);
	buffer_put(&html->out, TEXT("\">"));
}

void html_translate(Html *html, const char *english) { html_escape(&html->out, tr(html->lang, english)); }

void html_translate_before(Html *html, const char *english)
{
	Text text = tr(html->lang, english);
	size_t at = text.length;
	text_find(text, TEXT("%s"), &at);
	html_escape(&html->out, text_slice(text, 0, at));
}

void html_translate_after(Html *html, const char *english)
{
	Text text = tr(html->lang, english);
	size_t at;
	if (text_find(text, TEXT("%s"), &at)) html_escape(&html->out, text_slice(text, at + 2, text.length));
}

Html html_inner(const Html *html)
{
	Html inner = *html;
	inner.out = (Buffer) { .arena = html->call->arena };
	return inner;
}

Markup html_done(Html *html, const Html *inner)
{
	html->next_id = inner->next_id;
	return (Markup) { buffer_text(&inner->out) };
}

Html html_alone(Call *call, Lang lang) { return (Html) { .out = { .arena = call->arena }, .call = call, .lang = lang }; }

Markup markup_text(Html *html, Text text)
{
	Buffer out = { .arena = html->call->arena };
	html_escape(&out, text);
	return (Markup) { buffer_text(&out) };
}
