/* What is found in a matter's texts and files, and what is decided about it. */
#include "work/cover/cover.h"
#include "base/base/random.h"
#include "store/ledger/ledger.h"
#include "store/seal/seal.h"
#include "work/cover/cover.sql.h"

static const char reason_place[] = "cover_keep|sealed_reason", file_prefix[] = "file-";

static MaskSpans personal_of(Arena *arena, Text text)
{
	MaskSpans found = masking_find(arena, text);
	return masking_of_kinds(arena, &found, MASK_PERSONAL);
}

MaskCounts cover_counts_of(Arena *arena, Text text)
{
	MaskSpans spans = personal_of(arena, text);
	return masking_count(&spans);
}

Text cover_hidden(Arena *arena, Text text)
{
	MaskSpans spans = personal_of(arena, text);
	return masking_hide(arena, text, &spans);
}

int64_t cover_count(const MaskCounts *counts)
{
	int64_t count = 0;
	for (int kind = 0; kind < MASK_KINDS; kind++) count += counts->of[kind];
	return count;
}

int64_t cover_open_count(const CoverFindings *findings)
{
	int64_t count = 0;
	for (size_t i = 0; i < findings->count; i++)
		if (!findings->at[i].is_kept) count += cover_count(&findings->at[i].counts);
	return count;
}

/* ---- Finding */
static Text row_of(Arena *arena, int64_t seal_key, Text place)
{
	return arena_printf(arena, "%lld.%.*s", (long long)seal_key, TEXT_ARGS(place));
}

/* The values themselves, by a key: another value at the same place is another finding. */
static Text digest_of(Call *call, Text text, const MaskSpans *spans)
{
	Buffer buffer = { .arena = call->arena };
	for (size_t i = 0; i < spans->count; i++) {
		buffer_put(&buffer, text_slice(text, spans->at[i].from, spans->at[i].to));
		buffer_byte(&buffer, '\n');
	}
	return seal_lookup(call, "cover", buffer_text(&buffer));
}

static void add_spots(Arena *arena, Text text, const MaskSpans *spans, CoverFinding *finding)
{
	int64_t line = 1;
	size_t at = 0;
	for (size_t i = 0; i < spans->count && i < COVER_SPOTS; i++) {
		const MaskSpan *span = &spans->at[i];
		Text value = text_slice(text, span->from, span->to);
		MaskSpan whole = { 0, value.length, span->kind };
		MaskSpans one = { .at = &whole, .count = 1 };
		for (; at < span->from; at++) line += text.at[at] == '\n';
		list_add(arena, &finding->spots, ((CoverSpot) { span->kind, line, masking_hide(arena, value, &one) }));
	}
}

static Error take_kept(Call *call, const CoverMatter *matter, CoverFinding *finding)
{
	CoverKeepRow row;
	bool found = false;
	TRY(cover_keep_of(call, matter->owner.seal_key, finding->place, &row, &found));
	finding->is_kept = found && text_is(row.digest, finding->digest);
	if (!finding->is_kept) return OK;
	finding->kept_at = row.kept_at;
	return seal_open(call, reason_place, row_of(call->arena, row.seal_key, row.place), row.sealed_reason, &finding->reason);
}

static bool is_looked_at(const FormItem *item)
{
	bool is_text = item->kind == FORM_TEXT || item->kind == FORM_LINES || item->kind == FORM_MARKDOWN || item->kind == FORM_URL;
	return is_text && !item->is_of_writer;
}

static Error find_in_field(Call *call, const CoverMatter *matter, const FormItem *item, bool with_spots, CoverFindings *out)
{
	Text text = form_answer(matter->values, item->name);
	CoverFinding finding = { .place = text_from(item->name), .item = item };
	if (!text.length || !is_looked_at(item) || !form_is_shown(item, matter->values)) return OK;
	MaskSpans spans = personal_of(call->arena, text);
	if (!spans.count) return OK;
	finding.counts = masking_count(&spans);
	finding.digest = digest_of(call, text, &spans);
	if (with_spots) add_spots(call->arena, text, &spans, &finding);
	TRY(take_kept(call, matter, &finding));
	list_add(call->arena, out, finding);
	return OK;
}

/* A file does not change: its reference is what was decided about. */
static Error find_in_file(Call *call, const CoverMatter *matter, const Attachment *file, bool with_spots, CoverFindings *out)
{
	CoverFinding finding = { .place = arena_printf(call->arena, "%s%.*s", file_prefix, TEXT_ARGS(file->ref)),
		.file = *file,
		.counts = attachment_counts(call, file),
		.digest = file->ref };
	if (!file->is_finished || !cover_count(&finding.counts)) return OK;
	if (with_spots) {
		Text content;
		TRY(attachment_load(call, file, ATTACHMENT_TEXT_BYTES, &content));
		MaskSpans spans = personal_of(call->arena, content);
		add_spots(call->arena, content, &spans, &finding);
	}
	TRY(take_kept(call, matter, &finding));
	list_add(call->arena, out, finding);
	return OK;
}

Error cover_find(Call *call, const CoverMatter *matter, bool with_spots, CoverFindings *out)
{
	CoverFindings findings = { 0 };
	Attachments files;
	for (size_t i = 0; matter->form && i < matter->form->section_count; i++)
		for (size_t j = 0; j < matter->form->sections[i].item_count; j++)
			TRY(find_in_field(call, matter, &matter->form->sections[i].items[j], with_spots, &findings));
	TRY(attachment_list(call, matter->owner.kind, matter->owner.subject_id, &files));
	for (size_t i = 0; i < files.count; i++) TRY(find_in_file(call, matter, &files.at[i], with_spots, &findings));
	*out = findings;
	return OK;
}

static Error find_one(Call *call, const CoverMatter *matter, Text place, CoverFinding *out)
{
	CoverFindings findings;
	TRY(cover_find(call, matter, false, &findings));
	for (size_t i = 0; i < findings.count; i++)
		if (text_is(findings.at[i].place, place)) return *out = findings.at[i], OK;
	return fail(call, NOT_FOUND, "nothing is found there");
}

/* ---- Deciding. What is recorded says how much of which kind, never what. */
typedef struct Noting {
	const CoverMatter *matter;
	const char *action;
	Text detail;
} Noting;

static Error note(Call *call, void *argument)
{
	const Noting *noting = argument;
	return ledger_record(call,
		&(LedgerEvent) { .kind = noting->matter->kind,
			.ref = noting->matter->ref,
			.action = noting->action,
			.matter = noting->matter->owner.seal_key,
			.detail = noting->detail },
		NULL);
}

static Text detail_of(Arena *arena, Text place, const MaskCounts *counts)
{
	return arena_printf(arena, "%.*s %.*s", TEXT_ARGS(place), TEXT_ARGS(masking_counts_text(arena, counts)));
}

static Error mask_one(Call *call, const CoverMatter *matter, const CoverFinding *finding)
{
	Noting noting = { matter, "mask", detail_of(call->arena, finding->place, &finding->counts) };
	if (finding->item) {
		Text before = form_answer(matter->values, finding->item->name);
		TRY(matter->save(call, matter, finding->place, cover_hidden(call->arena, before)));
	} else {
		Text content;
		Attachment after;
		TRY(attachment_load(call, &finding->file, ATTACHMENT_TEXT_BYTES, &content));
		TRY(attachment_replace(call, &finding->file, cover_hidden(call->arena, content), &after));
	}
	return db_transact(call, note, &noting);
}

Error cover_mask(Call *call, const CoverMatter *matter, Text place)
{
	CoverFinding finding;
	TRY(find_one(call, matter, place, &finding));
	return mask_one(call, matter, &finding);
}

Error cover_mask_all(Call *call, const CoverMatter *matter)
{
	CoverFindings findings;
	TRY(cover_find(call, matter, false, &findings));
	for (size_t i = 0; i < findings.count; i++)
		if (!findings.at[i].is_kept) TRY(mask_one(call, matter, &findings.at[i]));
	return OK;
}

typedef struct Keeping {
	int64_t seal_key;
	Text place, digest, reason;
	MaskCounts counts;
	const CoverMatter *matter; /* NULL: a message, which has a record of its own */
} Keeping;

static Error keep(Call *call, void *argument)
{
	const Keeping *keeping = argument;
	Sealed reason;
	int64_t person = call->actor->person_id;
	TRY(seal_close(
		call, keeping->seal_key, reason_place, row_of(call->arena, keeping->seal_key, keeping->place), keeping->reason, &reason));
	TRY(cover_keep_put(call, keeping->seal_key, keeping->place, keeping->digest, masking_counts_text(call->arena, &keeping->counts),
		reason, (Maybe) { person != 0, person }, call->now));
	if (!keeping->matter) return OK;
	return note(call, &(Noting) { keeping->matter, "keep-personal", detail_of(call->arena, keeping->place, &keeping->counts) });
}

static void check_reason(Call *call, const char *field, Text reason)
{
	if (!reason.length) call_problem(call, text_from(field), N_("Please say why it is needed."), (Text) { 0 });
	if (text_utf8_length(reason) > COVER_REASON_LENGTH)
		call_problem(call, text_from(field), N_("At most %s characters."), arena_printf(call->arena, "%d", COVER_REASON_LENGTH));
}

Error cover_keep(Call *call, const CoverMatter *matter, Text place, Text reason)
{
	CoverFinding finding;
	check_reason(call, "reason", text_trim(reason));
	TRY(call_check_problems(call));
	TRY(find_one(call, matter, place, &finding));
	Keeping keeping = { matter->owner.seal_key, place, finding.digest, text_trim(reason), finding.counts, matter };
	return db_transact(call, keep, &keeping);
}

Error cover_keep_text(Call *call, int64_t seal_key, const MaskCounts *counts, Text reason)
{
	Keeping keeping = { .seal_key = seal_key,
		.place = arena_printf(call->arena, "message-%.*s", TEXT_ARGS(random_code(call->arena, 12))),
		.digest = TEXT(""),
		.reason = text_trim(reason),
		.counts = *counts };
	check_reason(call, "personal_reason", keeping.reason);
	TRY(call_check_problems(call));
	return db_transact(call, keep, &keeping);
}

Error cover_kept(Call *call, int64_t seal_key, CoverKepts *out)
{
	CoverKeepRows rows;
	CoverKepts kepts = { 0 };
	TRY(cover_keep_rows(call, seal_key, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		const CoverKeepRow *row = &rows.at[i];
		CoverKept kept = { .place = row->place, .kept_at = row->kept_at };
		if (!masking_counts_parse(row->counts, &kept.counts)) return fail(call, CORRUPT, "counts of what was kept");
		TRY(seal_open(call, reason_place, row_of(call->arena, seal_key, row->place), row->sealed_reason, &kept.reason));
		if (kept.reason.at) list_add(call->arena, &kepts, kept);
	}
	*out = kepts;
	return OK;
}

/* ---- Pictures */
bool cover_is_picture(const Attachment *file)
{
	bool is_known = text_is(file->content_type, TEXT("image/png")) || text_is(file->content_type, TEXT("image/jpeg"));
	return file->is_finished && is_known && file->size_bytes <= COVER_PICTURE_BYTES;
}

static Error find_picture(Call *call, const CoverMatter *matter, Text ref, Attachment *out)
{
	TRY(attachment_find(call, matter->owner.kind, matter->owner.subject_id, ref, out));
	return cover_is_picture(out) ? OK : fail(call, NOT_FOUND, "attachment %.*s is no picture", TEXT_ARGS(ref));
}

Error cover_picture(Call *call, const CoverMatter *matter, Text file_ref, const PictureBox *boxes, size_t count, Text *out)
{
	Attachment file;
	Text content;
	TRY(find_picture(call, matter, file_ref, &file));
	TRY(attachment_load(call, &file, COVER_PICTURE_BYTES, &content));
	return picture_mask(call, call->house->sandbox, content, boxes, count, out);
}

Error cover_burn(Call *call, const CoverMatter *matter, Text file_ref, const PictureBox *boxes, size_t count)
{
	Attachment file, after;
	Text burned;
	TRY(find_picture(call, matter, file_ref, &file));
	if (!count) call_problem(call, TEXT("boxes"), N_("Please mark what is to be covered."), (Text) { 0 });
	TRY(call_check_problems(call));
	TRY(cover_picture(call, matter, file_ref, boxes, count, &burned));
	TRY(attachment_replace(call, &file, burned, &after));
	Noting noting = { matter, "mask", arena_printf(call->arena, "%s%.*s boxes=%zu", file_prefix, TEXT_ARGS(file_ref), count) };
	return db_transact(call, note, &noting);
}

static bool box_parse(Text piece, PictureBox *out)
{
	int64_t number[4];
	Text word;
	for (int i = 0; i < 4; i++)
		if (!text_next(&piece, ' ', &word) || !text_to_int(word, &number[i]) || number[i] < 0 || number[i] > 1000) return false;
	*out = (PictureBox) { (int)number[0], (int)number[1], (int)number[2], (int)number[3] };
	return !piece.at && out->left < out->right && out->top < out->bottom;
}

bool cover_boxes_parse(Arena *arena, Text text, PictureBox **out, size_t *out_count)
{
	PictureBox *boxes = arena_array_of(arena, PictureBox, PICTURE_BOXES_MAX);
	size_t count = 0;
	Text piece;
	while (text.length && text_next(&text, ',', &piece))
		if (count == PICTURE_BOXES_MAX || !box_parse(piece, &boxes[count++])) return false;
	if (text.at && count) return false; /* a comma with nothing behind it */
	*out = boxes;
	*out_count = count;
	return true;
}
