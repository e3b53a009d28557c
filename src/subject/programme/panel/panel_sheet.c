/* Sheets: a form that follows from the rubric, the commitment, printed sheets typed twice, and the hour they are opened. */
#include "base/crypto/crypto.h"
#include "store/seal/seal.h"
#include "subject/programme/panel/panel_private.h"

/* ---- The form of a rubric: "c1" and "c1_reason" */
static const char *check_points(Text value)
{
	int64_t hundredths;
	return hundredths_parse(text_trim(value), &hundredths) ? NULL : N_("Please enter a number with at most two decimals.");
}

static const RoundItem *criterion_item(const PanelState *state, size_t at, size_t criterion)
{
	const DirectionRules *rules = &state->dossier.rules.directions[at];
	for (size_t i = 0; i < state->round.items.count; i++) {
		const RoundItem *item = &state->round.items.at[i];
		if (strcmp(item->kind->name, "criterion") == 0 && text_is(form_answer(item->values, "direction"), rules->tag) &&
			text_is(form_answer(item->values, "id"), rules->rubric.criteria[criterion].id))
			return item;
	}
	return NULL;
}

Text panel_criterion_name(const PanelState *state, size_t at, size_t criterion, Lang lang)
{
	const RoundItem *item = criterion_item(state, at, criterion);
	return item ? form_answer(item->values, lang == LANG_ZH ? "name_zh" : "name_en")
		    : state->dossier.rules.directions[at].rubric.criteria[criterion].id;
}

const Form *panel_sheet_form(Call *call, const PanelState *state, size_t at, bool only_objective)
{
	const Rubric *rubric = &state->dossier.rules.directions[at].rubric;
	FormItem *items = arena_array_of(call->arena, FormItem, rubric->criterion_count * 2);
	FormSection *section = arena_new_of(call->arena, FormSection);
	Form *form = arena_new_of(call->arena, Form);
	size_t count = 0;
	for (size_t c = 0; c < rubric->criterion_count; c++) {
		const Criterion *criterion = &rubric->criteria[c];
		Text name = panel_criterion_name(state, at, c, call->lang);
		if (criterion->objective != only_objective) continue;
		Text label = arena_printf(
			call->arena, "%.*s (0–%.*s)", TEXT_ARGS(name), TEXT_ARGS(hundredths_text(call->arena, criterion->maximum)));
		Problem step = { .message = N_("Steps of %s."), .argument = hundredths_text(call->arena, criterion->step) };
		items[count++] = (FormItem) { .name = arena_string(call->arena, criterion->id),
			.kind = FORM_TEXT,
			.label = arena_string(call->arena, label),
			.help = arena_string(call->arena, problem_text(call->arena, call->lang, &step)),
			.required = true,
			.max_length = 10,
			.check = check_points };
		if (only_objective) continue;
		Problem band = { .message = N_("Reason: %s"), .argument = name };
		items[count++] =
			(FormItem) { .name = arena_string(call->arena, arena_printf(call->arena, "%.*s_reason", TEXT_ARGS(criterion->id))),
				.kind = FORM_LINES,
				.label = arena_string(call->arena, problem_text(call->arena, call->lang, &band)),
				.help = N_("Required where the score is unusually low or high by the rules."),
				.max_length = 1000 };
	}
	*section = (FormSection) { N_("Sheet"), NULL, items, count };
	*form = (Form) { .name = "panel-sheet", .version = 1, .title = N_("Sheet"), .sections = section, .section_count = 1 };
	return form;
}

static Text reason_field(Arena *arena, const Criterion *criterion) { return arena_printf(arena, "%.*s_reason", TEXT_ARGS(criterion->id)); }

static void check_criterion(Call *call, const Rubric *rubric, size_t c, int64_t score, Text reason)
{
	const Criterion *criterion = &rubric->criteria[c];
	bool is_outside = score * 100 < criterion->maximum * rubric->low_percent || score * 100 > criterion->maximum * rubric->high_percent;
	if (score > criterion->maximum)
		call_problem(call, criterion->id, N_("At most %s."), hundredths_text(call->arena, criterion->maximum));
	else if (score % criterion->step)
		call_problem(call, criterion->id, N_("Steps of %s."), hundredths_text(call->arena, criterion->step));
	else if (is_outside && !reason.length)
		call_problem(
			call, reason_field(call->arena, criterion), N_("Please say why the score is so low or so high."), (Text) { 0 });
}

void panel_sheet_check(Call *call, const Rubric *rubric, const Map *values, bool only_objective, int64_t *out_scores, Text *out_reasons)
{
	for (size_t c = 0; c < rubric->criterion_count; c++) {
		const Criterion *criterion = &rubric->criteria[c];
		Text reason = text_trim(form_answer(values, arena_string(call->arena, reason_field(call->arena, criterion))));
		if (criterion->objective != only_objective) continue;
		if (!hundredths_parse(text_trim(form_answer(values, arena_string(call->arena, criterion->id))), &out_scores[c])) continue;
		out_reasons[c] = only_objective ? TEXT("") : reason;
		check_criterion(call, rubric, c, out_scores[c], only_objective ? TEXT("-") : reason);
	}
}

/* ---- What the office scores once */
static Text scores_text(Arena *arena, const Rubric *rubric, const int64_t *scores)
{
	Buffer buffer = { .arena = arena };
	JsonWriter writer = json_writer(&buffer);
	json_array_begin(&writer);
	for (size_t c = 0; c < rubric->criterion_count; c++) json_int(&writer, scores[c]);
	json_end(&writer);
	json_finish(&writer);
	return buffer_text(&buffer);
}

static bool has_objective(const Rubric *rubric)
{
	for (size_t c = 0; c < rubric->criterion_count; c++)
		if (rubric->criteria[c].objective) return true;
	return false;
}

Error panel_objective_of(Call *call, const PanelState *state, size_t at, const EntryRow *entry, int64_t *out_scores, bool *out_is_there)
{
	const Rubric *rubric = &state->dossier.rules.directions[at].rubric;
	Text json;
	Json value;
	size_t c = 0;
	*out_is_there = !has_objective(rubric);
	TRY(seal_open(call, "panel_entry|sealed_objective", entry->ref, entry->sealed_objective, &json));
	if (!json.at) return OK;
	TRY(json_read(call, json, &value));
	for (JsonEach each = json_each(value); json_next(&each) && c < rubric->criterion_count; c++)
		if (!json_as_int(each.value, &out_scores[c])) return fail(call, CORRUPT, "objective scores");
	*out_is_there = true;
	return OK;
}

typedef struct Scoring {
	Text ref, application, expert;
	const Map *values;
	bool done;
} Scoring;

static Error objective(Call *call, void *argument)
{
	const Scoring *scoring = argument;
	PanelState *state = arena_new_of(call->arena, PanelState);
	int64_t *scores = arena_array_of(call->arena, int64_t, SCORE_CRITERIA_MAX);
	Text *reasons = arena_array_of(call->arena, Text, SCORE_CRITERIA_MAX);
	size_t at = 0;
	Sealed sealed;
	TRY(panel_office(call, scoring->ref, ROLE_SECRETARY, state));
	const PanelPart *part = panel_part_of(state, scoring->application, &at);
	if (!part) return fail(call, NOT_FOUND, "no such application");
	if (!panel_is_in(state, "PANEL")) return fail(call, CONFLICT, "nothing is scored now");
	const EntryRow *entry = panel_entry(part, scoring->application);
	for (size_t i = 0; i < part->sheets.count; i++)
		if (part->sheets.at[i].application_id == entry->application_id)
			return fail(call, CONFLICT, "a sheet was committed with the objective scores as they are");
	const Rubric *rubric = &state->dossier.rules.directions[at].rubric;
	TRY(form_check(call, panel_sheet_form(call, state, at, true), scoring->values));
	panel_sheet_check(call, rubric, scoring->values, true, scores, reasons);
	TRY(call_check_problems(call));
	Text json = scores_text(call->arena, rubric, scores);
	TRY(seal_close(call, state->draw.seal_key, "panel_entry|sealed_objective", entry->ref, json, &sealed));
	TRY(entry_objective(call, entry->id, sealed, call->actor->person_id));
	return panel_record(call, state, "objective",
		arena_printf(call->arena, "{\"application\":\"%.*s\",\"scores\":%.*s}", TEXT_ARGS(entry->ref), TEXT_ARGS(json)));
}

Error panel_objective(Call *call, Text ref, Text application, const Map *values)
{
	Scoring scoring = { .ref = ref, .application = application, .values = values };
	return db_transact(call, objective, &scoring);
}

/* ---- The commitment */
bool panel_has_sheet(const PanelPart *part, int64_t application_id, int64_t expert_id)
{
	for (size_t i = 0; i < part->sheets.count; i++)
		if (part->sheets.at[i].application_id == application_id && part->sheets.at[i].expert_id == expert_id) return true;
	return false;
}

bool panel_awaits_sheets(const EntryRow *entry) { return !text_is(entry->state, TEXT("ABSENT")); }

static bool all_have_committed(const PanelPart *part, int64_t application_id)
{
	for (size_t i = 0; i < part->seats.count; i++)
		if (text_is(part->seats.at[i].code, TEXT("taken")) && !panel_has_sheet(part, application_id, part->seats.at[i].expert_id))
			return false;
	return true;
}

static Error check_scorable(Call *call, const PanelState *state, const EntryRow *entry, bool has_objective_scores)
{
	bool is_shown = text_is(entry->state, TEXT("PRESENTED")) || text_is(entry->state, TEXT("SEALED"));
	if (!panel_is_in(state, "PANEL") || state->draw.opened_at.is) return fail(call, CONFLICT, "no sheet is taken now");
	if (!is_shown) return fail(call, CONFLICT, "application %.*s has not presented itself", TEXT_ARGS(entry->ref));
	if (!state->draw.rehearsed_at.is) return fail(call, CONFLICT, "the key was not rehearsed");
	return has_objective_scores ? OK : fail(call, CONFLICT, "the office has not scored its part");
}

static Error fill_scores(
	Call *call, const PanelState *state, size_t at, const EntryRow *entry, const Map *values, int64_t *scores, Text *reasons)
{
	const Rubric *rubric = &state->dossier.rules.directions[at].rubric;
	bool is_there = false;
	TRY(panel_objective_of(call, state, at, entry, scores, &is_there));
	TRY(check_scorable(call, state, entry, is_there));
	TRY(form_check(call, panel_sheet_form(call, state, at, false), values));
	panel_sheet_check(call, rubric, values, false, scores, reasons);
	for (size_t c = 0; c < rubric->criterion_count; c++) {
		const Criterion *criterion = &rubric->criteria[c];
		bool is_outside = scores[c] * 100 < criterion->maximum * rubric->low_percent ||
				  scores[c] * 100 > criterion->maximum * rubric->high_percent;
		if (criterion->objective) reasons[c] = is_outside ? TEXT("客观项") : TEXT(""); /* what the office found, confirmed */
	}
	return call_check_problems(call);
}

Error panel_sheet_commit(
	Call *call, PanelState *state, size_t at, const EntryRow *entry, int64_t expert_id, const Map *values, bool is_paper)
{
	const DirectionRules *rules = &state->dossier.rules.directions[at];
	PanelPart *part = &state->parts[at];
	int64_t *scores = arena_array_of(call->arena, int64_t, SCORE_CRITERIA_MAX);
	Text *reasons = arena_array_of(call->arena, Text, SCORE_CRITERIA_MAX), expert = panel_expert_ref(state, expert_id), bytes;
	Key public_key, nonce = key_random();
	SheetRow last;
	bool has_last = false;
	int64_t id = 0;
	TRY(fill_scores(call, state, at, entry, values, scores, reasons));
	if (!hex_parse(call->arena, state->draw.public_key, &bytes) || bytes.length != sizeof(public_key.at))
		return fail(call, CORRUPT, "a key");
	memcpy(public_key.at, bytes.at, bytes.length);
	Text sheet = dossier_sheet_text(call->arena, scores, reasons, rules->rubric.criterion_count);
	Text panel = arena_printf(call->arena, "%.*s/%.*s", TEXT_ARGS(state->dossier.rules.round), TEXT_ARGS(rules->tag));
	Digest digest = sheet_commitment(panel, entry->ref, expert, sheet, &nonce);
	Text commitment = hex_text(call->arena, DIGEST_TEXT(digest));
	Text plain = arena_printf(call->arena, "%.*s\n%.*s",
		TEXT_ARGS(hex_text(call->arena, (Text) { (const char *)nonce.at, sizeof(nonce.at) })), TEXT_ARGS(sheet));
	Text box = base64_text(call->arena, seal_box(call->arena, &public_key, plain));
	TRY(sheet_last(call, entry->application_id, expert_id, &last, &has_last));
	TRY(sheet_insert(call, part->row.id, entry->application_id, expert_id, has_last ? last.number + 1 : 1, commitment, box, is_paper,
		call->now, &id));
	TRY(panel_record(call, state, "commit",
		arena_printf(call->arena, "{\"application\":\"%.*s\",\"expert\":\"%.*s\",\"commitment\":\"%.*s\"}", TEXT_ARGS(entry->ref),
			TEXT_ARGS(expert), TEXT_ARGS(commitment))));
	TRY(sheet_list(call, part->row.id, PANEL_ROWS_MAX, &part->sheets));
	bool is_full = text_is(entry->state, TEXT("PRESENTED")) && all_have_committed(part, entry->application_id);
	return is_full ? application_system(call, entry->ref, TEXT("seal")) : OK;
}

static Error commit(Call *call, void *argument)
{
	const Scoring *scoring = argument;
	PanelMember *member = arena_new_of(call->arena, PanelMember);
	bool has_sworn = false;
	TRY(panel_member(call, scoring->ref, member));
	const EntryRow *entry = panel_entry(member->part, scoring->application);
	if (entry) TRY(panel_has_sworn(call, entry->application_id, member->expert.id, &has_sworn));
	if (!entry || !has_sworn || !member->is_taken) return fail(call, NOT_FOUND, "no application to score");
	return panel_sheet_commit(call, &member->state, member->at, entry, member->expert.id, scoring->values, false);
}

Error panel_commit(Call *call, Text panel, Text application, const Map *values)
{
	Scoring scoring = { .ref = panel, .application = application, .values = values };
	return db_transact(call, commit, &scoring);
}

/* ---- Printed sheets: the same by two people, differences said at the field */
static Error compare_entries(Call *call, const Form *form, const Map *first, const Map *second)
{
	for (size_t i = 0; i < form->sections[0].item_count; i++) {
		const FormItem *item = &form->sections[0].items[i];
		Text one = text_trim(form_answer(first, item->name)), other = text_trim(form_answer(second, item->name));
		int64_t a, b;
		bool is_same = text_is(one, other) || (hundredths_parse(one, &a) && hundredths_parse(other, &b) && a == b);
		if (!is_same) call_problem(call, text_from(item->name), N_("The first entry says: %s"), one.length ? one : TEXT("—"));
	}
	return call_check_problems(call);
}

static Error sitting(Call *call, const PanelPart *part, Text expert, int64_t *out_id)
{
	Expert found;
	TRY(expert_open(call, expert, &found));
	for (size_t i = 0; i < part->seats.count; i++)
		if (part->seats.at[i].expert_id == found.id && text_is(part->seats.at[i].code, TEXT("taken"))) {
			*out_id = found.id;
			return OK;
		}
	return fail(call, NOT_FOUND, "does not sit");
}

static Error keep_first(Call *call, const PanelState *state, size_t at, const EntryRow *entry, int64_t expert_id, const Map *values)
{
	Text row = arena_printf(call->arena, "%.*s/%lld", TEXT_ARGS(entry->ref), (long long)expert_id);
	Sealed sealed;
	TRY(seal_close(call, state->draw.seal_key, "panel_paper|sealed_content", row,
		form_values_text(call->arena, panel_sheet_form(call, state, at, false), values), &sealed));
	return printed_put(call, entry->application_id, expert_id, sealed, call->actor->person_id, call->now);
}

static Error paper(Call *call, void *argument)
{
	Scoring *scoring = argument;
	PanelState *state = arena_new_of(call->arena, PanelState);
	size_t at = 0;
	int64_t expert_id = 0;
	PrintedRow first;
	bool has_first = false;
	Text json;
	Map *typed;
	TRY(panel_office(call, scoring->ref, ROLE_SECRETARY, state));
	PanelPart *part = panel_part_of(state, scoring->application, &at);
	if (!part) return fail(call, NOT_FOUND, "no such application");
	const EntryRow *entry = panel_entry(part, scoring->application);
	const Form *form = panel_sheet_form(call, state, at, false);
	TRY(sitting(call, part, scoring->expert, &expert_id));
	TRY(form_check(call, form, scoring->values));
	TRY(printed_find(call, entry->application_id, expert_id, &first, &has_first));
	scoring->done = has_first && first.entered_by != call->actor->person_id;
	if (!scoring->done) return keep_first(call, state, at, entry, expert_id, scoring->values);
	Text row = arena_printf(call->arena, "%.*s/%lld", TEXT_ARGS(entry->ref), (long long)expert_id);
	TRY(seal_open(call, "panel_paper|sealed_content", row, first.sealed_content, &json));
	TRY(form_values_read(call, form, json, &typed));
	TRY(compare_entries(call, form, typed, scoring->values));
	TRY(printed_remove(call, entry->application_id, expert_id));
	return panel_sheet_commit(call, state, at, entry, expert_id, scoring->values, true);
}

Error panel_paper(Call *call, Text ref, Text application, Text expert, const Map *values, bool *out_done)
{
	Scoring scoring = { .ref = ref, .application = application, .expert = expert, .values = values };
	TRY(db_transact(call, paper, &scoring));
	*out_done = scoring.done;
	return OK;
}

/* ---- The opening */
static bool is_complete(const PanelPart *part, int64_t expert_id)
{
	for (size_t i = 0; i < part->entries.count; i++)
		if (panel_awaits_sheets(&part->entries.at[i]) && !panel_has_sheet(part, part->entries.at[i].application_id, expert_id))
			return false;
	return true;
}

/* How many members have committed to every application; and the quorum where not all have. */
static Error check_quorum(Call *call, const PanelPart *part, const Map *values)
{
	int64_t seats = 0, complete = 0;
	Text number;
	for (size_t i = 0; i < part->seats.count; i++) {
		if (!text_is(part->seats.at[i].code, TEXT("taken"))) continue;
		seats++;
		complete += is_complete(part, part->seats.at[i].expert_id);
	}
	number = arena_printf(call->arena, "%lld/%lld", (long long)complete, (long long)seats);
	bool is_asked = text_trim(form_answer(values, "few_why")).length > 0;
	if (complete < seats && !is_asked)
		call_problem(call, TEXT("few_why"), N_("Only so many members have committed to all: %s"), number);
	else if (complete < seats && (complete < PANEL_QUORUM_MIN || complete * 2 <= seats))
		call_problem(call, TEXT("few_why"), N_("This panel is below its quorum: %s"), number);
	TRY(call_check_problems(call));
	return complete < seats ? panel_set_quorum(call, part->row.id, complete) : OK;
}

static Error check_presented(Call *call, const PanelState *state)
{
	for (size_t d = 0; d < state->part_count; d++)
		for (size_t i = 0; i < state->parts[d].entries.count; i++)
			if (text_is(state->parts[d].entries.at[i].state, TEXT("SCHEDULED")))
				call_problem(call, TEXT("share_one"), N_("This application has not presented itself yet: %s"),
					state->parts[d].entries.at[i].ref);
	return call_check_problems(call);
}

static Error open_sheet(Call *call, const PanelState *state, size_t at, const SheetRow *row, const Key *secret)
{
	const DirectionRules *rules = &state->dossier.rules.directions[at];
	const PanelPart *part = &state->parts[at];
	const EntryRow *entry = panel_entry_of(part, row->application_id);
	Text stored, box, plain, nonce_hex, bytes, expert = panel_expert_ref(state, row->expert_id);
	Key nonce;
	Sealed sealed;
	TRY(sheet_box(call, row->id, &stored));
	if (!entry || !base64_parse(call->arena, stored, &box) || !seal_unbox(call->arena, secret, box, &plain))
		return fail(call, CORRUPT, "sheet %lld does not open", (long long)row->id);
	Text sheet = plain;
	if (!text_next(&sheet, '\n', &nonce_hex) || !hex_parse(call->arena, nonce_hex, &bytes) || bytes.length != sizeof(nonce.at))
		return fail(call, CORRUPT, "sheet %lld has no nonce", (long long)row->id);
	memcpy(nonce.at, bytes.at, bytes.length);
	Text panel = arena_printf(call->arena, "%.*s/%.*s", TEXT_ARGS(state->dossier.rules.round), TEXT_ARGS(rules->tag));
	Digest digest = sheet_commitment(panel, entry->ref, expert, sheet, &nonce);
	if (!text_is(hex_text(call->arena, DIGEST_TEXT(digest)), row->commitment))
		return fail(call, CORRUPT, "sheet %lld is not what was committed to", (long long)row->id);
	Text json = arena_printf(
		call->arena, "%.*s,\"nonce\":\"%.*s\"}", TEXT_ARGS(text_slice(sheet, 0, sheet.length - 1)), TEXT_ARGS(nonce_hex));
	TRY(seal_close(call, state->draw.seal_key, "panel_sheet|sealed_opened", row->commitment, json, &sealed));
	return sheet_open(call, row->id, sealed, true);
}

static bool is_taken(const PanelPart *part, int64_t expert_id)
{
	for (size_t i = 0; i < part->seats.count; i++)
		if (part->seats.at[i].expert_id == expert_id) return text_is(part->seats.at[i].code, TEXT("taken"));
	return false;
}

static Error open_part(Call *call, const PanelState *state, size_t at, const Key *secret)
{
	const PanelPart *part = &state->parts[at];
	for (size_t i = 0; i < part->sheets.count; i++) {
		const SheetRow *row = &part->sheets.at[i];
		const EntryRow *entry = panel_entry_of(part, row->application_id);
		bool counts = is_taken(part, row->expert_id) && is_complete(part, row->expert_id) && entry && panel_awaits_sheets(entry);
		if (counts) TRY(open_sheet(call, state, at, row, secret));
	}
	for (size_t i = 0; i < part->entries.count; i++) {
		const EntryRow *entry = &part->entries.at[i];
		if (!panel_awaits_sheets(entry)) continue;
		if (text_is(entry->state, TEXT("PRESENTED"))) TRY(application_system(call, entry->ref, TEXT("seal")));
		TRY(application_system(call, entry->ref, TEXT("score")));
	}
	return OK;
}

static Error open_all(Call *call, void *argument)
{
	const Scoring *scoring = argument;
	PanelState *state = arena_new_of(call->arena, PanelState);
	Key secret scoped(key_wipe) = { { 0 } };
	int64_t changed = 0;
	TRY(panel_office(call, scoring->ref, ROLE_SECRETARY | ROLE_SUPERVISOR, state));
	if (!panel_is_in(state, "PANEL")) return fail(call, CONFLICT, "nothing is to be opened");
	TRY(panel_key_join(call, state, scoring->values, &secret));
	TRY(check_presented(call, state));
	for (size_t d = 0; d < state->part_count; d++)
		if (state->parts[d].entries.count) TRY(check_quorum(call, &state->parts[d], scoring->values));
	for (size_t d = 0; d < state->part_count; d++) TRY(open_part(call, state, d, &secret));
	TRY(draw_opened(call, state->draw.id, call->now, &changed));
	if (!changed) return fail(call, CONFLICT, "they were opened");
	Buffer detail = { .arena = call->arena };
	JsonWriter writer = json_writer(&detail);
	json_object_begin(&writer);
	json_put_text(&writer, "why", form_answer(scoring->values, "few_why"));
	json_end(&writer);
	json_finish(&writer);
	TRY(panel_record(call, state, "open", buffer_text(&detail)));
	return panel_round_moves(call, state, "score");
}

Error panel_open(Call *call, Text ref, const Map *values)
{
	Scoring scoring = { .ref = ref, .values = values };
	TRY(form_check(call, &panel_open_form, values));
	return db_transact(call, open_all, &scoring);
}
