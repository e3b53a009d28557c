/* One person writes, another one decides; and the image of the seal. */
#include "base/base/json.h"
#include "base/crypto/crypto.h"
#include "engine/picture/picture.h"
#include "people/notice/notice.h"
#include "store/blob/blob.h"
#include "store/ledger/ledger.h"
#include "store/seal/seal.h"
#include "work/letter/letter_private.h"

static const char order_place[] = "letter_draft|sealed_order", reason_place[] = "letter_draft|sealed_reason";

/* ---- The words of an order, sealed as one */
static void put_cells(JsonWriter *json, const Text *cells, size_t count)
{
	json_array_begin(json);
	for (size_t i = 0; i < count; i++) json_text(json, cells[i]);
	json_end(json);
}

static void put_more(JsonWriter *json, const LetterOrder *order)
{
	json_key(json, TEXT("more"));
	json_object_begin(json);
	for (size_t i = 0; i < order->more_count; i++) {
		json_key(json, order->more[i].name);
		json_text(json, order->more[i].value);
	}
	json_end(json);
	json_key(json, TEXT("lists"));
	json_object_begin(json);
	for (size_t i = 0; i < order->list_count; i++) {
		const DocxList *list = &order->lists[i];
		json_key(json, list->name);
		json_array_begin(json);
		put_cells(json, list->columns, list->column_count);
		put_cells(json, list->cells, list->column_count * list->row_count);
		json_end(json);
	}
	json_end(json);
}

static Text order_json(Arena *arena, const LetterOrder *order)
{
	Buffer buffer = { .arena = arena };
	JsonWriter json = json_writer(&buffer);
	json_object_begin(&json);
	json_put_text(&json, "recipient", order->recipient);
	json_put_text(&json, "product", order->product);
	json_put_text(&json, "text", order->text);
	json_put_text(&json, "deadline", order->deadline);
	json_put_text(&json, "link", order->link);
	json_put_text(&json, "claim_code", order->claim_code);
	put_more(&json, order);
	json_end(&json);
	json_finish(&json);
	return buffer_text(&buffer);
}

static Texts read_cells(Arena *arena, Json array)
{
	Texts cells = { 0 };
	for (JsonEach each = json_each(array); json_next(&each);) list_add(arena, &cells, json_as_text(each.value));
	return cells;
}

static void read_more(Arena *arena, Json json, LetterOrder *order)
{
	LIST_OF(DocxField) fields = { 0 };
	LIST_OF(DocxList) lists = { 0 };
	for (JsonEach each = json_each(json_get(json, "more")); json_next(&each);) {
		DocxField field = { each.key, json_as_text(each.value) };
		list_add(arena, &fields, field);
	}
	for (JsonEach each = json_each(json_get(json, "lists")); json_next(&each);) {
		Texts parts[2] = { 0 };
		size_t count = 0;
		for (JsonEach part = json_each(each.value); count < COUNT(parts) && json_next(&part);)
			parts[count++] = read_cells(arena, part.value);
		if (!parts[0].count) continue;
		DocxList list = { each.key, parts[0].at, parts[0].count, parts[1].at, parts[1].count / parts[0].count };
		list_add(arena, &lists, list);
	}
	order->more = fields.at;
	order->more_count = fields.count;
	order->lists = lists.at;
	order->list_count = lists.count;
}

static Error read_order(Call *call, const DraftLetterRow *row, LetterOrder *order)
{
	Text words;
	Json json;
	TRY(seal_open(call, order_place, row->ref, row->sealed_order, &words));
	if (!words.at) return OK; /* the key of the matter is destroyed */
	if (!json_parse(call->arena, words, &json, NULL)) return fail(call, CORRUPT, "draft of a letter is no JSON");
	order->recipient = json_as_text(json_get(json, "recipient"));
	order->product = json_as_text(json_get(json, "product"));
	order->text = json_as_text(json_get(json, "text"));
	order->deadline = json_as_text(json_get(json, "deadline"));
	order->link = json_as_text(json_get(json, "link"));
	order->claim_code = json_as_text(json_get(json, "claim_code"));
	read_more(call->arena, json, order);
	return OK;
}

static Error name_of(Call *call, int64_t person_id, Text *out)
{
	Person person;
	TRY(person_find(call, person_id, &person));
	*out = person_shown_name(&person);
	return OK;
}

Error letter_draft_of_row(Call *call, const DraftLetterRow *row, LetterDraft *out)
{
	bool found = false;
	LetterDraft draft = { .id = row->id,
		.ref = row->ref,
		.state = row->state,
		.drafted_at = row->drafted_at,
		.decided_at = row->decided_at.value,
		.is_own = row->drafted_by == call->actor->person_id,
		.order = { .machine = arena_string(call->arena, row->machine),
			.subject_id = row->subject_id,
			.seal_key = row->seal_key,
			.matter = row->matter,
			.wants_seal = row->wants_seal } };
	if (!letter_kind_parse(row->kind, &draft.order.kind)) return fail(call, CORRUPT, "draft %.*s is of no kind", TEXT_ARGS(row->ref));
	TRY(read_order(call, row, &draft.order));
	TRY(seal_open(call, reason_place, row->ref, row->sealed_reason, &draft.reason));
	TRY(name_of(call, row->drafted_by, &draft.drafter));
	if (row->decided_by.is) TRY(name_of(call, row->decided_by.value, &draft.decider));
	if (row->letter_id.is) TRY(letter_ref_of(call, row->letter_id.value, &draft.letter, &found));
	*out = draft;
	return OK;
}

/* ---- Writing */
typedef struct Drafting {
	const LetterOrder *order;
	Text ref;
} Drafting;

static Text drafts_link(Call *call, LetterDesk desk, Text ref)
{
	return arena_printf(call->arena, "%.*s/drafts/%.*s", TEXT_ARGS(letter_place(call->arena, desk)), TEXT_ARGS(ref));
}

static Error tell_holders(Call *call, Role role, const LetterOrder *order, Text link)
{
	Numbers holders;
	TRY(role_holders(call, role, &holders));
	for (size_t i = 0; i < holders.count; i++)
		if (holders.at[i] != call->actor->person_id)
			TRY(notice_send(call, holders.at[i], NOTICE_LETTER_WAITING, order->matter, link));
	return OK;
}

static Error tell_others(Call *call, const Drafting *drafting)
{
	LetterKind kind = drafting->order->kind;
	return tell_holders(call, letter_kind_writers(kind), drafting->order, drafts_link(call, letter_kinds[kind].desk, drafting->ref));
}

static Error write_draft(Call *call, void *argument)
{
	const Drafting *drafting = argument;
	const LetterOrder *order = drafting->order;
	Sealed sealed;
	Text tag = text_from(letter_kinds[order->kind].tag);
	TRY(seal_close(call, order->seal_key, order_place, drafting->ref, order_json(call->arena, order), &sealed));
	TRY(draft_letter_insert(call, drafting->ref, tag, text_from(order->machine), order->subject_id, order->matter, order->seal_key,
		sealed, order->wants_seal, call->actor->person_id, call->now, letter_desk_text(letter_kinds[order->kind].desk)));
	LedgerEvent event = { .kind = "letter-draft", .ref = drafting->ref, .action = "draft", .matter = order->seal_key };
	TRY(ledger_record(call, &event, NULL));
	return tell_others(call, drafting);
}

Error letter_draft(Call *call, const LetterOrder *order, Text *out_ref)
{
	Drafting drafting = { .order = order, .ref = token_new(call->arena, 16) };
	LetterSeal seal;
	const LetterKindFacts *facts = &letter_kinds[order->kind];
	must(facts->frame != LETTER_FRAME_SHEET);
	TRY(letter_is_office(call, facts->desk));
	if (!actor_has(call->actor, letter_kind_writers(order->kind))) return fail(call, FORBIDDEN, "somebody else writes such letters");
	letter_check_length(call, "recipient", order->recipient, LETTER_RECIPIENT_MAX, true);
	letter_check_length(call, "text", order->text, LETTER_WORDS_MAX, false);
	TRY(letter_seal_now(call, &seal));
	if (order->wants_seal && !seal.added_at)
		call_problem(
			call, TEXT("wants_seal"), N_("There is no image of the seal yet: a system administrator adds it."), (Text) { 0 });
	TRY(call_check_problems(call));
	TRY(db_transact(call, write_draft, &drafting));
	*out_ref = drafting.ref;
	return OK;
}

/* ---- Reading */
Error letter_draft_list(Call *call, LetterDesk desk, Text state, int64_t before, int64_t max, LetterDrafts *out)
{
	DraftLetterRows rows;
	LetterDrafts drafts = { 0 };
	TRY(letter_is_office(call, desk));
	TRY(draft_letter_rows(call, letter_desk_text(desk), state, before > 0 ? before : INT64_MAX, max, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		LetterDraft draft;
		TRY(letter_draft_of_row(call, &rows.at[i], &draft));
		list_add(call->arena, &drafts, draft);
	}
	*out = drafts;
	return OK;
}

static Error find_draft(Call *call, LetterDesk desk, Text ref, DraftLetterRow *row, LetterDraft *out)
{
	bool found = false;
	TRY(letter_is_office(call, desk));
	TRY(draft_letter_find(call, ref, row, &found));
	found = found && text_is(row->desk, letter_desk_text(desk));
	return found ? letter_draft_of_row(call, row, out) : fail(call, NOT_FOUND, "no such draft of a letter");
}

typedef struct Opening {
	LetterDesk desk;
	Text ref;
	LetterDraft draft;
} Opening;

static Error open_draft(Call *call, void *argument)
{
	Opening *opening = argument;
	DraftLetterRow row;
	TRY(find_draft(call, opening->desk, opening->ref, &row, &opening->draft));
	return letter_record_reading(call, row.machine, row.matter, row.seal_key);
}

Error letter_draft_open(Call *call, LetterDesk desk, Text ref, LetterDraft *out)
{
	Opening opening = { .desk = desk, .ref = ref };
	TRY(db_transact(call, open_draft, &opening));
	*out = opening.draft;
	return OK;
}

Error letter_draft_pages(Call *call, LetterDesk desk, Text ref, Text *out_bytes)
{
	LetterDraft draft;
	TRY(letter_draft_open(call, desk, ref, &draft));
	return letter_preview(call, &draft.order, out_bytes);
}

Error letter_drafts_waiting(Call *call, int64_t *out_count)
{
	enum { COUNTED_MAX = 100 };
	Numbers ids;
	TRY(letter_is_office(call, LETTER_LIBRARY));
	TRY(draft_letters_to_decide(call, call->actor->person_id, COUNTED_MAX, &ids));
	*out_count = (int64_t)ids.count;
	return OK;
}

/* ---- Deciding */
typedef struct Deciding {
	LetterDesk desk;
	Text ref, reason, letter;
	bool approves;
} Deciding;

static Error decide(Call *call, void *argument)
{
	Deciding *deciding = argument;
	DraftLetterRow row;
	LetterDraft draft;
	Sealed reason = { 0 };
	int64_t letter = 0, changed = 0;
	TRY(find_draft(call, deciding->desk, deciding->ref, &row, &draft));
	if (deciding->approves && draft.is_own) return fail(call, FORBIDDEN, "nobody approves an own draft");
	if (!text_is(draft.state, TEXT("waiting"))) return fail(call, CONFLICT, "draft %.*s is decided", TEXT_ARGS(row.ref));
	if (deciding->approves) TRY(letter_make(call, &draft.order, row.drafted_by, &deciding->letter, &letter));
	if (!deciding->approves && !draft.is_own) {
		letter_check_length(call, "reason", deciding->reason, LETTER_WORDS_MAX, true);
		TRY(call_check_problems(call));
		TRY(seal_close(call, row.seal_key, reason_place, row.ref, deciding->reason, &reason));
	}
	const char *state = deciding->approves ? "issued" : draft.is_own ? "withdrawn" : "refused";
	TRY(draft_letter_decide(
		call, row.id, text_from(state), call->actor->person_id, reason, (Maybe) { letter != 0, letter }, call->now, &changed));
	if (changed != 1) return fail(call, CONFLICT, "draft %.*s is decided", TEXT_ARGS(row.ref));
	LedgerEvent event = { .kind = "letter-draft", .ref = row.ref, .action = state, .matter = row.seal_key };
	TRY(ledger_record(call, &event, NULL));
	if (draft.is_own) return OK;
	return notice_send(call, row.drafted_by, deciding->approves ? NOTICE_LETTER_ISSUED : NOTICE_LETTER_REFUSED, row.matter,
		drafts_link(call, letter_kinds[draft.order.kind].desk, row.ref));
}

Error letter_approve(Call *call, LetterDesk desk, Text ref, Text *out_letter)
{
	Deciding deciding = { .desk = desk, .ref = ref, .approves = true };
	TRY(db_transact(call, decide, &deciding));
	*out_letter = deciding.letter;
	return OK;
}

Error letter_refuse(Call *call, LetterDesk desk, Text ref, Text reason)
{
	Deciding deciding = { .desk = desk, .ref = ref, .reason = reason };
	return db_transact(call, decide, &deciding);
}

/* ---- The seal */
Error letter_seal_now(Call *call, LetterSeal *out)
{
	bool found = false;
	int64_t blob = 0, person = 0;
	LetterSeal seal = { 0 };
	TRY(letter_seal_last(call, &blob, &person, &seal.added_at, &found));
	if (!found) seal.added_at = 0;
	if (found) TRY(name_of(call, person, &seal.adder));
	*out = seal;
	return OK;
}

Error letter_seal_bytes(Call *call, Text *out_png)
{
	bool found = false;
	int64_t blob = 0, person = 0, at = 0;
	TRY(letter_seal_last(call, &blob, &person, &at, &found));
	return found ? blob_load(call, blob, LETTER_SEAL_BYTES_MAX, out_png) : fail(call, CONFLICT, "there is no image of the seal");
}

static Error put_seal(Call *call, void *argument)
{
	int64_t blob;
	TRY(blob_keep(call, argument, &blob));
	TRY(letter_seal_insert(call, blob, call->actor->person_id, call->now));
	return ledger_record(call, &(LedgerEvent) { .kind = "letter-seal", .ref = TEXT("seal"), .action = "replace" }, NULL);
}

/* Width and height stand at a fixed place of every PNG: the first chunk is IHDR. */
static uint32_t png_number(Text png, size_t at)
{
	const unsigned char *bytes = (const unsigned char *)png.at + at;
	return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static bool is_fitting_png(Text png)
{
	enum { IHDR_END = 33, WIDTH_AT = 16, HEIGHT_AT = 20, SIDE_MAX = 2000 };
	bool is_png = png.length > IHDR_END && text_starts(png, TEXT("\x89PNG\r\n\x1a\n"));
	return is_png && png.length <= LETTER_SEAL_BYTES_MAX && png_number(png, WIDTH_AT) <= SIDE_MAX &&
	       png_number(png, HEIGHT_AT) <= SIDE_MAX;
}

Error letter_seal_put(Call *call, Text png)
{
	BlobFile file;
	Text decoded;
	if (!actor_has(call->actor, ROLE_SYSTEM_ADMIN) || !call->actor->second_factor)
		return fail(call, FORBIDDEN, "the seal is a system administrator's");
	Error error = is_fitting_png(png) ? picture_mask(call, call->house->sandbox, png, NULL, 0, &decoded) : ERROR_INVALID;
	if (error == ERROR_INVALID || error == ERROR_TOO_LARGE) {
		call_recover(call);
		call_problem(call, TEXT("seal"), N_("Please choose a PNG of at most 512 KiB and 2,000 pixels a side."), (Text) { 0 });
		return call_check_problems(call);
	}
	TRY(error);
	TRY(blob_write(call, SEAL_MATTER_LIBRARY, png, &file));
	return db_transact(call, put_seal, &file);
}
