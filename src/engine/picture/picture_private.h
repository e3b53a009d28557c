/* picture: what its files share. */
#pragma once
#include "engine/picture/picture.h"

bool picture_fits(size_t width, size_t height);
bool png_decode(Arena *arena, Text file, size_t channels, Picture *out);
bool png_encode(Arena *arena, const Picture *picture, Text *out);
bool jpeg_decode(Arena *arena, Text file, size_t channels, Picture *out);
bool jpeg_encode(Arena *arena, const Picture *picture, Text *out);
/* 1 to 8 as EXIF counts; 1 when it does not say. `exif` begins after "Exif\0\0". */
int exif_orientation(Text exif);
void picture_turn(Arena *arena, Picture *picture, int orientation);
