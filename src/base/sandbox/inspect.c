/* Recognising files by content. Every read is checked against the end of the file. */
#include "base/sandbox/inspect.h"

#include "base/sandbox/inspect_private.h"

static const struct {
	const char *tag, *media_type;
} kinds[FILE_KINDS] = {
	[FILE_UNKNOWN] = { "unknown", "application/octet-stream" },
	[FILE_TEXT] = { "text", "text/plain; charset=utf-8" },
	[FILE_PNG] = { "png", "image/png" },
	[FILE_JPEG] = { "jpeg", "image/jpeg" },
	[FILE_GIF] = { "gif", "image/gif" },
	[FILE_WEBP] = { "webp", "image/webp" },
	[FILE_PDF] = { "pdf", "application/pdf" },
	[FILE_ZIP] = { "zip", "application/zip" },
	[FILE_APK] = { "apk", "application/vnd.android.package-archive" },
	[FILE_GZIP] = { "gzip", "application/gzip" },
	[FILE_MP4] = { "mp4", "video/mp4" },
};

const char *file_kind_media_type(FileKind kind) { return kinds[kind].media_type; }
const char *file_kind_tag(FileKind kind) { return kinds[kind].tag; }
bool file_kind_is_image(FileKind kind) { return kind >= FILE_PNG && kind <= FILE_WEBP; }

uint64_t little(Text bytes, size_t at, int count)
{
	uint64_t value = 0;
	if (at > bytes.length || bytes.length - at < (size_t)count) return 0;
	for (int i = count; i-- > 0;) value = value << 8 | (unsigned char)bytes.at[at + (size_t)i];
	return value;
}

static int64_t big(Text bytes, size_t at, int count)
{
	int64_t value = 0;
	if (at > bytes.length || bytes.length - at < (size_t)count) return 0;
	for (int i = 0; i < count; i++) value = value << 8 | (unsigned char)bytes.at[at + (size_t)i];
	return value;
}

static bool has_at(Text bytes, size_t at, Text part) { return text_is(text_slice(bytes, at, at + part.length), part); }

static void inspect_png(Text content, Inspection *out)
{
	out->kind = FILE_PNG;
	out->damaged = !has_at(content, 12, TEXT("IHDR")) || content.length < 45;
	out->width = big(content, 16, 4);
	out->height = big(content, 20, 4);
}

static bool is_frame_header(unsigned char marker)
{
	return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

/* Walks the segments up to the first frame header, where the size stands. */
static void inspect_jpeg(Text content, Inspection *out)
{
	out->kind = FILE_JPEG;
	for (size_t at = 2; at + 9 < content.length;) {
		unsigned char marker = (unsigned char)content.at[at + 1];
		if ((unsigned char)content.at[at] != 0xFF) break;
		if (marker == 0xFF) {
			at++; /* fill byte */
			continue;
		}
		if (is_frame_header(marker)) {
			out->height = big(content, at + 5, 2);
			out->width = big(content, at + 7, 2);
			break;
		}
		bool bare = marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8);
		if (marker == 0xD9 || marker == 0xDA) break;
		at += bare ? 2 : 2 + (size_t)big(content, at + 2, 2);
	}
	out->damaged = out->width == 0 || out->height == 0;
}

static void inspect_gif(Text content, Inspection *out)
{
	out->kind = FILE_GIF;
	out->width = (int64_t)little(content, 6, 2);
	out->height = (int64_t)little(content, 8, 2);
	out->damaged = content.length < 14;
}

static void inspect_webp(Text content, Inspection *out)
{
	out->kind = FILE_WEBP;
	if (has_at(content, 12, TEXT("VP8 "))) {
		out->width = (int64_t)little(content, 26, 2) & 0x3FFF;
		out->height = (int64_t)little(content, 28, 2) & 0x3FFF;
	} else if (has_at(content, 12, TEXT("VP8L"))) {
		uint64_t bits = little(content, 21, 4);
		out->width = (int64_t)(bits & 0x3FFF) + 1;
		out->height = (int64_t)(bits >> 14 & 0x3FFF) + 1;
	} else if (has_at(content, 12, TEXT("VP8X"))) {
		out->width = (int64_t)little(content, 24, 3) + 1;
		out->height = (int64_t)little(content, 27, 3) + 1;
	}
	out->damaged = content.length < 30 || out->width == 0 || out->height == 0 || little(content, 4, 4) + 8 > content.length;
}

static bool is_plain_text(Text content)
{
	for (size_t i = 0; i < content.length; i++) {
		unsigned char byte = (unsigned char)content.at[i];
		if ((byte < ' ' && byte != '\t' && byte != '\n' && byte != '\r' && byte != '\f') || byte == 0x7F) return false;
	}
	return text_is_utf8(content);
}

Inspection inspect(Arena *arena, Text content)
{
	Inspection out = { 0 };
	if (text_starts(content, TEXT("\x89PNG\r\n\x1a\n")))
		inspect_png(content, &out);
	else if (text_starts(content, TEXT("\xFF\xD8\xFF")))
		inspect_jpeg(content, &out);
	else if (text_starts(content, TEXT("GIF87a")) || text_starts(content, TEXT("GIF89a")))
		inspect_gif(content, &out);
	else if (text_starts(content, TEXT("RIFF")) && has_at(content, 8, TEXT("WEBP")))
		inspect_webp(content, &out);
	else if (text_starts(content, TEXT("PK\x03\x04")) || text_starts(content, TEXT("PK\x05\x06")))
		inspect_zip(arena, content, &out);
	else if (text_starts(content, TEXT("%PDF-")))
		out.kind = FILE_PDF;
	else if (has_at(content, 4, TEXT("ftyp")))
		out.kind = FILE_MP4;
	else if (text_starts(content, TEXT("\x1f\x8b\x08"))) {
		out.kind = FILE_GZIP;
		out.damaged = content.length < 18;
		out.unpacked_bytes = out.damaged ? 0 : (int64_t)little(content, content.length - 4, 4);
	} else if (is_plain_text(content))
		out.kind = FILE_TEXT;
	return out;
}

static Error run(const void *input, size_t length, Buffer *out)
{
	Inspection found = inspect(out->arena, (Text) { input, length });
	buffer_printf(out, "%d %lld %lld %lld %lld %d %d %d", (int)found.kind, (long long)found.width, (long long)found.height,
		(long long)found.entries, (long long)found.unpacked_bytes, found.hostile_names, found.encrypted, found.damaged);
	return OK;
}

const SandboxWork inspect_work = { run, 16 << 20, 1024, 10, 20000 };

/* The child may have been taken over: its answer is input like any other. */
static Error parse(Call *call, Text answer, Inspection *out)
{
	enum { KIND, WIDTH, HEIGHT, ENTRIES, UNPACKED, NAMES, ENCRYPTED, DAMAGED, FIELDS };
	int64_t number[FIELDS];
	Text rest = answer, piece;
	for (int i = 0; i < FIELDS; i++)
		if (!text_next(&rest, ' ', &piece) || !text_to_int(piece, &number[i]) || number[i] < 0)
			return fail(call, INVALID, "inspection: malformed answer");
	if (rest.at || number[KIND] >= FILE_KINDS) return fail(call, INVALID, "inspection: malformed answer");
	*out = (Inspection) {
		.kind = (FileKind)number[KIND],
		.width = number[WIDTH],
		.height = number[HEIGHT],
		.entries = number[ENTRIES],
		.unpacked_bytes = number[UNPACKED],
		.hostile_names = number[NAMES] != 0,
		.encrypted = number[ENCRYPTED] != 0,
		.damaged = number[DAMAGED] != 0,
	};
	return OK;
}

Error inspect_file(Call *call, Sandbox *sandbox, int file, Inspection *out)
{
	Text answer;
	TRY(sandbox_run_file(call, sandbox, SANDBOX_INSPECT, file, &answer));
	return parse(call, answer, out);
}

Error inspect_bytes(Call *call, Sandbox *sandbox, Text content, Inspection *out)
{
	Text answer;
	TRY(sandbox_run(call, sandbox, SANDBOX_INSPECT, content, &answer));
	return parse(call, answer, out);
}
