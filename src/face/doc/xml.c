#include "face/doc/xml.h"

static Text entity_of(char byte)
{
	switch (byte) {
	case '<': return TEXT("&lt;");
	case '>': return TEXT("&gt;");
	case '&': return TEXT("&amp;");
	case '"': return TEXT("&quot;");
	case '\r': return TEXT("&#13;");
	default: return (Text) { 0 };
	}
}

/* XML 1.0, production 2: no control characters but tab and line ends, no U+FFFE and U+FFFF. */
static bool is_allowed(Text text, size_t at, size_t step)
{
	unsigned char byte = (unsigned char)text.at[at];
	if (step == 0) return false;
	if (step == 1) return byte >= 0x20 || byte == '\t' || byte == '\n' || byte == '\r';
	return step != 3 || (memcmp(text.at + at, "\xef\xbf\xbe", 3) != 0 && memcmp(text.at + at, "\xef\xbf\xbf", 3) != 0);
}

void xml_put(Buffer *out, Text text)
{
	for (size_t at = 0, step; at<text.length; at += step> 0 ? step : 1) {
		step = text_utf8_sequence(text, at);
		Text entity = entity_of(text.at[at]);
		if (!is_allowed(text, at, step))
			buffer_byte(out, ' ');
		else if (entity.at)
			buffer_put(out, entity);
		else
			buffer_put(out, text_slice(text, at, at + step));
	}
}
