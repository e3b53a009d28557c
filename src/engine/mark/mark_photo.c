/* A photograph is opened in the sandbox. */
#include "engine/mark/mark.h"
#include "engine/picture/picture.h"

Error mark_run(const void *input, size_t length, Buffer *out)
{
	Picture picture;
	PictureFormat format;
	if (!picture_decode(out->arena, (Text) { input, length }, 1, &picture, &format)) return ERROR_INVALID;
	MarkReading reading = mark_read(out->arena, &(MarkPicture) { picture.at, picture.width, picture.height });
	buffer_printf(out, "%d %d %llu %d %d", reading.found, reading.pattern, (unsigned long long)reading.copy, reading.certainty_percent,
		reading.quarter_turns);
	return OK;
}

const SandboxWork mark_work = { mark_run, (size_t)400 << 20, 1024, 60, 90000 };

/* The child may have been taken over: its answer is input like any other. */
Error mark_read_photo(Call *call, Sandbox *sandbox, Text photo, MarkReading *out)
{
	enum { FOUND, PATTERN, COPY, CERTAINTY, TURNS, FIELDS };
	int64_t number[FIELDS];
	Text rest, piece;
	TRY(sandbox_run(call, sandbox, SANDBOX_MARK, photo, &rest));
	for (int i = 0; i < FIELDS; i++)
		if (!text_next(&rest, ' ', &piece) || !text_to_int(piece, &number[i]) || number[i] < 0)
			return fail(call, INVALID, "mark: malformed answer");
	if (rest.at || number[COPY] >> MARK_COPY_BITS || number[CERTAINTY] > 100 || number[TURNS] > 3)
		return fail(call, INVALID, "mark: malformed answer");
	*out = (MarkReading) { number[FOUND] != 0, number[PATTERN] != 0, (uint64_t)number[COPY], (int)number[CERTAINTY],
		(int)number[TURNS] };
	return OK;
}
