#include "engine/picture/picture_private.h"

bool picture_fits(size_t width, size_t height)
{
	return width > 0 && height > 0 && width <= PICTURE_SIDE_MAX && height <= PICTURE_SIDE_MAX && width * height <= PICTURE_PIXELS_MAX;
}

/* ---- PGM: "P5", width, height, 255, one white space, pixels; no comments */
static bool pgm_number(Text file, size_t *at, size_t *out)
{
	size_t value = 0, begin;
	while (*at < file.length && strchr(" \t\r\n", file.at[*at])) ++*at;
	for (begin = *at; *at < file.length && file.at[*at] >= '0' && file.at[*at] <= '9' && *at - begin < 6; ++*at)
		value = value * 10 + (size_t)(file.at[*at] - '0');
	*out = value;
	return *at > begin;
}

static bool pgm_decode(Arena *arena, Text file, size_t channels, Picture *out)
{
	size_t at = 2, width, height, highest;
	if (!pgm_number(file, &at, &width) || !pgm_number(file, &at, &height) || !pgm_number(file, &at, &highest)) return false;
	at++;
	if (highest != 255 || !picture_fits(width, height) || at > file.length || file.length - at < width * height) return false;
	*out = (Picture) { arena_alloc(arena, width * height * channels), width, height, channels };
	for (size_t i = 0; i < width * height * channels; i++) out->at[i] = (unsigned char)file.at[at + i / channels];
	return true;
}

bool picture_decode(Arena *arena, Text file, size_t channels, Picture *out, PictureFormat *out_format)
{
	must(channels == 1 || channels == 3);
	*out_format = PICTURE_PGM;
	if (text_starts(file, TEXT("P5"))) return pgm_decode(arena, file, channels, out);
	*out_format = PICTURE_JPEG;
	if (text_starts(file, TEXT("\xff\xd8\xff"))) return jpeg_decode(arena, file, channels, out);
	*out_format = PICTURE_PNG;
	return text_starts(file, TEXT("\x89PNG\r\n\x1a\n")) && png_decode(arena, file, channels, out);
}

static size_t edge(int thousandths, size_t side, bool up)
{
	size_t part = (size_t)(thousandths < 0 ? 0 : thousandths > 1000 ? 1000 : thousandths) * side;
	return up ? (part + 999) / 1000 : part / 1000;
}

void picture_burn(Picture *picture, PictureBox box)
{
	size_t left = edge(box.left, picture->width, false), right = edge(box.right, picture->width, true);
	size_t top = edge(box.top, picture->height, false), bottom = edge(box.bottom, picture->height, true);
	for (size_t y = top; y < bottom && left < right; y++)
		memset(picture->at + (y * picture->width + left) * picture->channels, 0, (right - left) * picture->channels);
}

bool picture_encode(Arena *arena, const Picture *picture, PictureFormat format, Text *out)
{
	return format == PICTURE_JPEG ? jpeg_encode(arena, picture, out) : png_encode(arena, picture, out);
}

/* ---- In the sandbox */
static bool boxes_read(Text line, PictureBox *boxes, size_t *out_count)
{
	Text piece;
	int64_t count, numbers[4];
	if (!text_next(&line, ' ', &piece) || !text_to_int(piece, &count) || count < 0 || count > PICTURE_BOXES_MAX) return false;
	for (int64_t i = 0; i < count; i++) {
		for (int k = 0; k < 4; k++)
			if (!text_next(&line, ' ', &piece) || !text_to_int(piece, &numbers[k]) || numbers[k] < 0 || numbers[k] > 1000)
				return false;
		boxes[i] = (PictureBox) { (int)numbers[0], (int)numbers[1], (int)numbers[2], (int)numbers[3] };
	}
	*out_count = (size_t)count;
	return true;
}

Error picture_run(const void *input, size_t length, Buffer *out)
{
	Text rest = { input, length }, line, file;
	PictureBox boxes[PICTURE_BOXES_MAX];
	Picture picture;
	PictureFormat format;
	size_t count = 0;
	if (!text_next(&rest, '\n', &line) || !rest.at || !boxes_read(line, boxes, &count)) return ERROR_INVALID;
	if (!picture_decode(out->arena, rest, 3, &picture, &format)) return ERROR_INVALID;
	for (size_t i = 0; i < count; i++) picture_burn(&picture, boxes[i]);
	if (!picture_encode(out->arena, &picture, format, &file)) return ERROR_INVALID;
	*out = (Buffer) { .arena = out->arena, .at = (char *)(uintptr_t)file.at, .length = file.length, .room = file.length };
	return OK;
}

const SandboxWork picture_work = { picture_run, (size_t)640 << 20, (size_t)160 << 20, 60, 90000 };

Error picture_mask(Call *call, Sandbox *sandbox, Text file, const PictureBox *boxes, size_t count, Text *out)
{
	Buffer input = { .arena = call->arena };
	must(count <= PICTURE_BOXES_MAX);
	buffer_reserve(&input, file.length + 64 + count * 24);
	buffer_printf(&input, "%zu", count);
	for (size_t i = 0; i < count; i++)
		buffer_printf(&input, " %d %d %d %d", boxes[i].left, boxes[i].top, boxes[i].right, boxes[i].bottom);
	buffer_byte(&input, '\n');
	buffer_put(&input, file);
	return sandbox_run(call, sandbox, SANDBOX_PICTURE, buffer_text(&input), out);
}
