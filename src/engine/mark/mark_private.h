/* mark: what its files share. */
#pragma once
#include "engine/mark/mark.h"

enum { TILE = 16, TILE_CELLS = TILE * TILE, SYNC_CELLS = 64, CODE_BITS = 192, MESSAGE_BITS = 64 };
#define MARK_SHIFT 0.125 /* of the pitch, along both axes */

/* ---- code.c: cells of a tile hold +1 or -1 */
void tile_encode(uint64_t copy, signed char tile[TILE_CELLS]);
/* The sign of a known cell, 0 for one that carries data. */
extern signed char tile_known(size_t cell);
/* The best message for these soft values (positive: +1). False when its CRC is wrong. */
bool tile_decode(const float soft[TILE_CELLS], uint64_t *out_copy);

enum { WINDOW = 48 }; /* pixels of the response that are measured together */

/* ---- response.c: what of the picture could be dots; text and shadow taken away, its mean 0, hidden places 0 */
typedef struct Response {
	float *at;
	size_t width, height;
	const float *limits; /* by window: the answer of a wave that meets every dot */
	size_t columns, rows; /* of windows */
} Response;
bool response_of(Arena *arena, const MarkPicture *picture, Response *out);

/* ---- spectrum.c */
enum { SPECTRUM_SIDE = 512, GUESSES_MAX = 3 };
typedef struct Guess { /* a square lattice near a place of the response: cycles per pixel along both axes */
	double x, y, ux, uy, vx, vy, strength;
} Guess;
size_t spectrum_guess(Arena *arena, const Response *response, Guess out[GUESSES_MAX]);

/* ---- lattice.c: place in the picture to place in the lattice, as polynomials, so that perspective, lens and a bent sheet are followed */
enum { LATTICE_TERMS = 10 };
typedef struct Lattice {
	double centre_x, centre_y, scale;
	double u[LATTICE_TERMS], v[LATTICE_TERMS];
} Lattice;
typedef struct LatticeAt { /* values and slopes at a place */
	double u, v, ux, uy, vx, vy;
} LatticeAt;
LatticeAt lattice_at(const Lattice *lattice, double x, double y);
/* Follows the lattice from the guess as far as it goes. */
bool lattice_follow(const Response *response, const Guess *guess, Lattice *out);

typedef struct Window {
	size_t x, y, width, height;
	LatticeAt at; /* at its middle */
	double middle_x, middle_y;
	double u_error, v_error; /* cycles by which the dots stand off the lattice */
	double u_weight, v_weight; /* how well they stand together: 0 to 1 */
} Window;
Window window_measure(const Response *response, const Lattice *lattice, size_t column, size_t row);
