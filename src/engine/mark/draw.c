#include "engine/mark/mark_private.h"

void mark_draw_points(uint64_t copy, double width_points, double height_points, MarkDot *dot, void *context)
{
	signed char tile[TILE_CELLS];
	tile_encode(copy, tile);
	size_t columns = (size_t)(width_points / MARK_PITCH_POINTS), rows = (size_t)(height_points / MARK_PITCH_POINTS);
	for (size_t row = 0; row < rows; row++)
		for (size_t column = 0; column < columns; column++) {
			double shift = MARK_SHIFT * tile[row % TILE * TILE + column % TILE];
			dot(context, ((double)column + 0.5 + shift) * MARK_PITCH_POINTS, ((double)row + 0.5 + shift) * MARK_PITCH_POINTS);
		}
}
