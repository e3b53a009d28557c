#include "face/html/html_private.h"
#include "face/html/views/part_qr.html.h"

#include <qrencode.h>

enum { QUIET_ZONE = 4 }; /* modules around the code, ISO/IEC 18004 clause 6.3.8 */

static void close_code(QRcode **code) { QRcode_free(*code); }

Markup part_qr(Html *html, Text content, Text label)
{
	Arena *arena = html->call->arena;
	scoped(close_code) QRcode *code = QRcode_encodeString8bit(arena_string(arena, content), 0, QR_ECLEVEL_M);
	must(code != NULL); /* too long for a QR code: the caller's mistake */
	Buffer path = { .arena = arena };
	for (int y = 0; y < code->width; y++)
		for (int x = 0; x < code->width; x++)
			if (code->data[y * code->width + x] & 1) buffer_printf(&path, "M%d %dh1v1h-1z", x + QUIET_ZONE, y + QUIET_ZONE);
	QrView view = { .path = buffer_text(&path), .label = label, .size = code->width + 2 * QUIET_ZONE };
	Html inner = html_inner(html);
	page_part_qr(&inner, &view);
	return html_done(html, &inner);
}
