#include "face/html/html.h"

#include "face/html/html_private.h"

void html_raw(Html *html, const char *bytes, size_t length) { buffer_put(&html->out, (Text) { bytes, length }); }

/* Length of the well-formed UTF-8 sequence at `at`; 0 where there is none, or one that HTML does not allow. */
static size_t sequence_length(const unsigned char *at, size_t left)
{
	if (at[0] < 0x80) return (at[0] >= 0x20 && at[0] != 0x7f) || at[0] == '\n' || at[0] == '\t' || at[0] == '\r';
	size_t length = at[0] >= 0xf0 ? 4 : at[0] >= 0xe0 ? 3 : 2;
	if (at[0] < 0xc2 || at[0] > 0xf4 || length > left) return 0;
	for (size_t i = 1; i < length; i++)
		if ((at[i] & 0xc0) != 0x80) return 0;
	if (at[0] == 0xe0 && at[1] < 0xa0) return 0; /* over-long */
	if (at[0] == 0xf0 && at[1] < 0x90) return 0;
	if (at[0] == 0xed && at[1] > 0x9f) return 0; /* surrogates */
	if (at[0] == 0xf4 && at[1] > 0x8f) return 0; /* above U+10FFFF */
	if (at[0] == 0xc2 && at[1] < 0xa0) return 0; /* C1 controls */
	return length;
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
		size_t length = sequence_length((const unsigned char *)text.at + at, text.length - at);
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
