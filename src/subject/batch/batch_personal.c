/* Personal data in rows: counted when a row is read or corrected, so that a preview tells of all rows without opening them. */
#include "base/base/clock.h"
#include "subject/batch/batch_private.h"
#include "work/cover/cover.h"

enum { AT_ONCE = 50, LONGEST_MS = 8000 };

typedef struct About {
	const Batch *batch;
	BatchRow *row;
} About;

static Error save_field(Call *call, const CoverMatter *matter, Text field, Text value)
{
	const About *about = matter->about;
	form_set(call->arena, about->row->values, field, value);
	return batch_row_correct(call, about->batch, about->row->number, about->row->values);
}

void batch_row_matter(Arena *arena, const Batch *batch, BatchRow *row, CoverMatter *out)
{
	About *about = arena_new_of(arena, About);
	*about = (About) { batch, row };
	*out = (CoverMatter) { .owner = { batch_row_kind, row->id, row->seal_key, false },
		.kind = batch_machine.name,
		.ref = batch->ref,
		.form = &report_form,
		.values = row->values,
		.save = save_field,
		.about = about };
}

bool batch_row_may_cover(const Batch *batch, const BatchRow *row)
{
	return text_is(batch->state, TEXT("PREVIEW")) && (text_is(row->state, TEXT("ready")) || text_is(row->state, TEXT("wrong")));
}

Error batch_row_personal(Call *call, const Batch *batch, BatchRow *row, int64_t *out)
{
	CoverMatter matter;
	CoverFindings findings;
	batch_row_matter(call->arena, batch, row, &matter);
	TRY(cover_find(call, &matter, false, &findings));
	*out = cover_open_count(&findings);
	return OK;
}

typedef struct Recount {
	const Batch *batch;
	int64_t number;
} Recount;

static Error recount(Call *call, void *argument)
{
	const Recount *given = argument;
	BatchRow row;
	int64_t personal;
	TRY(batch_row(call, given->batch, given->number, &row));
	if (row.report_id) return OK; /* its findings are the report's now */
	TRY(batch_row_personal(call, given->batch, &row, &personal));
	return batch_row_set_personal(call, row.id, personal);
}

Error batch_row_recount(Call *call, const Batch *batch, int64_t number)
{
	Recount given = { batch, number };
	return db_transact(call, recount, &given);
}

static Error mask_row(Call *call, const Batch *batch, BatchRow *row)
{
	CoverMatter matter;
	ArenaMark mark = arena_mark(call->arena);
	batch_row_matter(call->arena, batch, row, &matter);
	TRY(cover_mask_all(call, &matter));
	TRY(batch_row_recount(call, batch, row->number));
	arena_release(call->arena, mark);
	return OK;
}

Error batch_mask_all(Call *call, const Batch *batch, int64_t *out_left)
{
	BatchRows rows = { 0 };
	int64_t begun = clock_monotonic(), after = 0;
	if (!text_is(batch->state, TEXT("PREVIEW"))) return fail(call, CONFLICT, "batch %.*s is past its preview", TEXT_ARGS(batch->ref));
	do {
		ArenaMark mark = arena_mark(call->arena);
		TRY(batch_rows_personal(call, batch, after, AT_ONCE, &rows));
		for (size_t i = 0; i < rows.count && clock_monotonic() - begun < LONGEST_MS; i++) {
			after = rows.at[i].number;
			TRY(mask_row(call, batch, &rows.at[i]));
		}
		arena_release(call->arena, mark);
	} while (rows.count == AT_ONCE && clock_monotonic() - begun < LONGEST_MS);
	return batch_row_count_personal(call, batch->id, out_left);
}
