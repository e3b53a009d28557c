#include "engine/picture/picture.h"
#include "harness/test.h"

static Picture stripes(Arena *arena)
{
	Picture picture = { arena_alloc(arena, 40 * 20 * 3), 40, 20, 3 };
	for (size_t i = 0; i < 40 * 20 * 3; i++) picture.at[i] = (unsigned char)(i / 3 % 40 < 20 ? 220 : 120);
	return picture;
}

static Picture masked(Test *t, Text file, const char *boxes, PictureFormat expected)
{
	Buffer input = { .arena = t->arena }, out = { .arena = t->arena };
	Picture picture;
	PictureFormat format;
	buffer_put(&input, text_from(boxes));
	buffer_put(&input, file);
	CHECK(picture_run(input.at, input.length, &out) == OK);
	CHECK(picture_decode(t->arena, buffer_text(&out), 3, &picture, &format) && format == expected);
	return picture;
}

TEST(picture__boxes_are_burned_in_and_nothing_else_changes)
{
	Picture from = stripes(t->arena), to;
	Text file;
	CHECK(picture_encode(t->arena, &from, PICTURE_PNG, &file));
	to = masked(t, file, "1 0 0 250 500\n", PICTURE_PNG);
	CHECK(to.width == 40 && to.height == 20);
	for (size_t y = 0; y < 20; y++)
		for (size_t x = 0; x < 40; x++) {
			unsigned char expected = x < 10 && y < 10 ? 0 : from.at[(y * 40 + x) * 3];
			CHECK_INT(to.at[(y * 40 + x) * 3 + 1], expected);
		}
}

/* A JPEG with EXIF that says "turned by a quarter", a place and a comment behind it. */
static Text with_exif(Arena *arena, Text jpeg)
{
	static const char exif[] = "\xff\xe1\x00\x30"
				   "Exif\0\0"
				   "MM\0\x2a\0\0\0\x08"
				   "\0\x01"
				   "\x01\x12\0\x03\0\0\0\x01\0\x06\0\0"
				   "\0\0\0\0"
				   "GPS-39.9,116.4";
	Buffer out = { .arena = arena };
	buffer_put(&out, text_slice(jpeg, 0, 2));
	buffer_put(&out, (Text) { exif, 0x30 + 2 });
	buffer_put(&out, text_slice(jpeg, 2, jpeg.length));
	return buffer_text(&out);
}

TEST(picture__metadata_is_dropped_and_the_picture_stands_upright)
{
	Picture from = stripes(t->arena);
	Text file;
	Buffer out = { .arena = t->arena }, input = { .arena = t->arena };
	CHECK(picture_encode(t->arena, &from, PICTURE_JPEG, &file));
	file = with_exif(t->arena, file);
	Picture to = masked(t, file, "0\n", PICTURE_JPEG);
	CHECK(to.width == 20 && to.height == 40);
	CHECK(to.at[3 * 20 * 2] > 200 && to.at[3 * 20 * 37] < 140); /* left has become top */
	buffer_put(&input, TEXT("0\n"));
	buffer_put(&input, file);
	CHECK(picture_run(input.at, input.length, &out) == OK);
	CHECK(text_find(file, TEXT("GPS-39.9"), NULL) && !text_find(buffer_text(&out), TEXT("GPS-39.9"), NULL));
	CHECK(!text_find(buffer_text(&out), TEXT("Exif"), NULL));
}

TEST(picture__what_is_damaged_or_asks_for_too_much_is_refused)
{
	Picture from = stripes(t->arena), to;
	PictureFormat format;
	Text file;
	Buffer out = { .arena = t->arena };
	CHECK(picture_encode(t->arena, &from, PICTURE_PNG, &file));
	CHECK(!picture_decode(t->arena, text_slice(file, 0, file.length / 2), 3, &to, &format));
	CHECK(!picture_decode(t->arena, TEXT("P5 99999 99999 255\n"), 1, &to, &format));
	CHECK(picture_run("1 0 0 1001 5\nx", 14, &out) == ERROR_INVALID);
	CHECK(picture_run("999 0", 5, &out) == ERROR_INVALID);
	CHECK(picture_run("0\nGIF89a", 8, &out) == ERROR_INVALID);
}
