/*
 * mark: a copy's number in a faint pattern of dots under the text of every page, so that a photograph of half a page tells whose copy it was.
 *
 * Dots stand on a square lattice of MARK_PITCH_POINTS; each is moved along one diagonal by an eighth of the pitch, and the direction is one
 * bit. Tiles of 16 by 16 dots repeat over the page. A tile holds 64 known bits (they tell where a tile begins and which way is up) and 192
 * bits of a convolutional code of rate 1/3 (constraint length 7, tail-biting) over the number of 40 bits and its CRC-24 (RFC 9580, 6.1).
 * The lattice survives perspective, turning and scale: it is found as two orthogonal peaks of a Fourier spectrum and followed over the
 * picture by its phase; what text hides on one tile another tile shows.
 */
#pragma once
#include "base/base/base.h"
#include "base/sandbox/sandbox.h"

enum { MARK_COPY_BITS = 40 };
#define MARK_PITCH_POINTS 6.8 /* 2.4 mm */
#define MARK_DOT_RADIUS_POINTS 0.48
#define MARK_DOT_INK 0.28 /* share of black: a tint of about half a percent over the page */

/* Calls `dot` with the centre of every dot of a page, in points from its upper left corner; independent of what draws it. */
typedef void MarkDot(void *context, double x_points, double y_points);
void mark_draw_points(uint64_t copy, double width_points, double height_points, MarkDot *dot, void *context);

typedef struct MarkPicture { /* grey, 8 bits, rows from the top, no padding */
	const unsigned char *at;
	size_t width, height;
} MarkPicture;
enum { MARK_PICTURE_SIDE_MAX = 20000, MARK_PICTURE_PIXELS_MAX = 64 * 1000 * 1000 };
typedef struct MarkReading {
	bool found; /* number and CRC are whole, and the pattern agrees with them */
	bool pattern; /* a lattice was there, whether or not it could be read */
	uint64_t copy;
	int certainty_percent; /* agreement of the 256 dots of a tile with the number that was read */
	int quarter_turns; /* by which the photograph is turned against the page, clockwise */
} MarkReading;
/* Reads a photograph or scan of a page or of a part of it, at least about 120 pixels per inch of paper. Deterministic. */
MarkReading mark_read(Arena *arena, const MarkPicture *picture);

/* SANDBOX_MARK: the same for a file (PNG, JPEG, PGM) of a stranger. INVALID: not such a picture, or it brought the child down. TOO_LARGE. */
extern const SandboxWork mark_work;
must_use Error mark_read_photo(Call *call, Sandbox *sandbox, Text photo, MarkReading *out);
/*
 * SANDBOX_STAMP: the mark on a file that a stranger made. Input: the number in decimal, a space, the file. Output: "A" and what is appended to a PDF
 * (an incremental update: every page gets one more content stream), or "W" and the whole of a picture (PNG, JPEG) with the pattern in its pixels.
 * INVALID: it cannot be marked: another kind of file, an encrypted or broken PDF, a picture under 500 pixels. TOO_LARGE.
 */
extern const SandboxWork mark_stamp_work;
Error mark_stamp_run(const void *input, size_t length, Buffer *out); /* for the fuzzer */

Error mark_run(const void *input, size_t length, Buffer *out); /* for the fuzzer */
