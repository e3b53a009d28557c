/* The message of a tile: CRC, tail-biting convolutional code, cells in scattered order. */
#include "engine/mark/mark_private.h"

enum { MEMORY = 6, STATES = 1 << MEMORY, RATE = 3, ROUNDS = 3, STEPS = ROUNDS * MESSAGE_BITS };
static const unsigned generators[RATE] = { 0133, 0171, 0165 };
static const uint32_t CRC24_POLYNOMIAL = 0x1864CFB, CRC24_START = 0xB704CE;

/* What stands in which cell, and the signs that keep every pattern balanced: fixed for ever, printed copies depend on it. */
typedef struct Layout {
	unsigned char cell[TILE_CELLS]; /* the first SYNC_CELLS are known, the others carry the code */
	signed char sign[TILE_CELLS];
} Layout;

static uint32_t scatter(uint32_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 17;
	*state ^= *state << 5;
	return *state;
}

static void layout_make(Layout *layout)
{
	uint32_t state = 0x6d61726b;
	for (size_t i = 0; i < TILE_CELLS; i++) {
		layout->cell[i] = (unsigned char)i;
		layout->sign[i] = scatter(&state) & 0x10000 ? 1 : -1;
	}
	for (size_t i = TILE_CELLS - 1; i > 0; i--) {
		size_t other = (scatter(&state) >> 8) % (i + 1);
		unsigned char cell = layout->cell[i];
		layout->cell[i] = layout->cell[other];
		layout->cell[other] = cell;
	}
}

static uint32_t crc24(uint64_t copy)
{
	uint32_t crc = CRC24_START;
	for (int byte = MARK_COPY_BITS / 8 - 1; byte >= 0; byte--) {
		crc ^= (uint32_t)((copy >> (8 * byte)) & 0xff) << 16;
		for (int i = 0; i < 8; i++) {
			crc <<= 1;
			if (crc & 0x1000000) crc ^= CRC24_POLYNOMIAL;
		}
	}
	return crc & 0xffffff;
}

static unsigned parity(unsigned bits) { return (unsigned)__builtin_parity(bits); }

/* Bit `at` of the message, the first sent first. */
static unsigned bit_of(uint64_t message, size_t at) { return (unsigned)(message >> (MESSAGE_BITS - 1 - at)) & 1; }

void tile_encode(uint64_t copy, signed char tile[TILE_CELLS])
{
	must(copy >> MARK_COPY_BITS == 0);
	Layout layout;
	layout_make(&layout);
	uint64_t message = copy << 24 | crc24(copy);
	unsigned state = (unsigned)message & (STATES - 1); /* tail-biting: it begins as it will end */
	for (size_t i = 0; i < SYNC_CELLS; i++) tile[layout.cell[i]] = layout.sign[i];
	for (size_t i = 0; i < MESSAGE_BITS; i++) {
		unsigned window = state << 1 | bit_of(message, i);
		for (size_t k = 0; k < RATE; k++) {
			size_t place = SYNC_CELLS + i * RATE + k;
			tile[layout.cell[place]] = (signed char)(parity(window & generators[k]) ? layout.sign[place] : -layout.sign[place]);
		}
		state = window & (STATES - 1);
	}
}

signed char tile_known(size_t cell)
{
	static _Thread_local bool ready;
	static _Thread_local signed char known[TILE_CELLS];
	if (!ready) {
		Layout layout;
		layout_make(&layout);
		for (size_t i = 0; i < SYNC_CELLS; i++) known[layout.cell[i]] = layout.sign[i];
		ready = true;
	}
	return known[cell];
}

typedef struct Trellis {
	float metric[STATES];
	unsigned char from[STEPS][STATES]; /* the bit that fell out of the state before */
} Trellis;

static void trellis_step(Trellis *trellis, size_t step, const float *soft)
{
	float next[STATES];
	for (unsigned state = 0; state < STATES; state++) {
		float best = -1e30f;
		for (unsigned lost = 0; lost < 2; lost++) {
			unsigned before = state >> 1 | lost << (MEMORY - 1), window = before << 1 | (state & 1);
			float metric = trellis->metric[before];
			for (size_t k = 0; k < RATE; k++) metric += parity(window & generators[k]) ? soft[k] : -soft[k];
			if (metric <= best) continue;
			best = metric;
			trellis->from[step][state] = (unsigned char)lost;
		}
		next[state] = best;
	}
	memcpy(trellis->metric, next, sizeof(next));
}

/* The code has no beginning: it is decoded three times round, and the middle round is believed. */
bool tile_decode(const float soft[TILE_CELLS], uint64_t *out_copy)
{
	Layout layout;
	Trellis trellis = { 0 };
	float code[CODE_BITS];
	layout_make(&layout);
	for (size_t i = 0; i < CODE_BITS; i++) code[i] = soft[layout.cell[SYNC_CELLS + i]] * (float)layout.sign[SYNC_CELLS + i];
	for (size_t step = 0; step < STEPS; step++) trellis_step(&trellis, step, code + step % MESSAGE_BITS * RATE);
	unsigned state = 0;
	for (unsigned i = 1; i < STATES; i++)
		if (trellis.metric[i] > trellis.metric[state]) state = i;
	uint64_t message = 0;
	for (size_t step = STEPS; step-- > MESSAGE_BITS;) {
		if (step < (size_t)2 * MESSAGE_BITS) message |= (uint64_t)(state & 1) << (2 * MESSAGE_BITS - 1 - step);
		state = state >> 1 | (unsigned)trellis.from[step][state] << (MEMORY - 1);
	}
	if (crc24(message >> 24) != (message & 0xffffff)) return false;
	*out_copy = message >> 24;
	return true;
}
