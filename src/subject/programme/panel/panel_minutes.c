/* The minutes of a panel: a file in both languages, made of what is locked and of who has signed, and signed with the library's key for documents. */
#include "base/base/clock.h"
#include "base/crypto/crypto.h"
#include "face/doc/pdf.h"
#include "face/doc/pdf_sign.h"
#include "people/person/person.h"
#include "store/blob/blob.h"
#include "store/seal/seal.h"
#include "store/setting/setting.h"
#include "subject/programme/panel/panel_private.h"

enum { FILE_BYTES_MAX = 16 * 1024 * 1024, EXPERTS_A_TABLE = 5 };
typedef struct Minutes {
	Call *call;
	const PanelState *state;
	const PanelPart *part;
	size_t at;
	Lang lang;
	Pdf *pdf;
	DossierResult result;
	Diagnosis found;
	SigningRows signings;
	Text words; /* of the office, from the lock */
	int64_t last_at; /* the lock, or the last signature */
} Minutes;

/* ---- Parts of the page */
static void put_table(const Minutes *minutes, const char *title, const char *const *heads, size_t width, const Text *cells, size_t rows,
	const double *shares)
{
	Text *names = arena_array_of(minutes->call->arena, Text, width);
	if (!rows) return;
	for (size_t i = 0; i < width; i++) names[i] = tr(minutes->lang, heads[i]);
	Sheet sheet = { tr(minutes->lang, title), names, width, cells, rows };
	pdf_heading(minutes->pdf, 3, sheet.name);
	pdf_table(minutes->pdf, &sheet, shares);
}

static Text number_text(const Minutes *minutes, int64_t number) { return arena_printf(minutes->call->arena, "%lld", (long long)number); }
static Text time_text(const Minutes *minutes, int64_t at) { return clock_human(minutes->call->arena, minutes->lang, at); }

static Text organisation_of(const Minutes *minutes, Text application)
{
	const EntryRow *entry = panel_entry(minutes->part, application);
	if (!entry) return TEXT("");
	return minutes->lang == LANG_EN && entry->organisation_en.length ? entry->organisation_en : entry->organisation;
}

static const SigningRow *signing_of(const Minutes *minutes, int64_t expert_id)
{
	for (size_t i = 0; i < minutes->signings.count; i++)
		if (minutes->signings.at[i].expert_id == expert_id) return &minutes->signings.at[i];
	return NULL;
}

/* ---- What was decided before anybody was heard */
static void put_head(const Minutes *minutes)
{
	const PanelState *state = minutes->state;
	const DrawRow *draw = &state->draw;
	Lang lang = minutes->lang;
	size_t seats = 0;
	for (size_t i = 0; i < minutes->part->seats.count; i++) seats += text_is(minutes->part->seats.at[i].code, TEXT("taken"));
	const Form *direction = round_kind(TEXT("direction"))->form;
	Text quorum = minutes->part->row.quorum.is ? problem_text(minutes->call->arena, lang,
							     &(Problem) { .message = N_("Opened with a quorum of %s members."),
								     .argument = number_text(minutes, minutes->part->row.quorum.value) })
						   : tr(lang, "All members have given all their sheets.");
	const Text cells[] = { tr(lang, "Round"), state->round.code, tr(lang, "Direction"),
		form_shown_value(minutes->call, lang, form_item(direction, TEXT("direction")), minutes->part->row.direction),
		tr(lang, "Number of the panel"), minutes->part->row.ref, tr(lang, "SHA-256 of the rules"), state->round.rules_sha256,
		tr(lang, "Root of the pool"), draw->root, tr(lang, "Public source of chance"), draw->source,
		tr(lang, "The numbers that were drawn"), draw->value, tr(lang, "Seed"), draw->seed, tr(lang, "Members"),
		number_text(minutes, (int64_t)seats), tr(lang, "Quorum"), quorum, tr(lang, "Sheets opened"),
		time_text(minutes, draw->opened_at.value), tr(lang, "Locked"), time_text(minutes, draw->locked_at.value) };
	static const double shares[] = { 1, 3 };
	Sheet sheet = { tr(lang, "Panel"), NULL, 2, cells, COUNT(cells) / 2 };
	pdf_heading(minutes->pdf, 1, form_answer(state->round.head, lang == LANG_ZH ? "title_zh" : "title_en"));
	pdf_heading(minutes->pdf, 2, tr(lang, "Minutes of the panel"));
	pdf_table(minutes->pdf, &sheet, shares);
	pdf_heading(minutes->pdf, 3, tr(lang, "Course of the meeting"));
	pdf_paragraph(minutes->pdf, minutes->words, (PdfStyle) { .size = 10.5, .indent = 2 });
}

/* Why somebody went: of the last replacement of this leaf; empty: nobody was replaced. */
static const char *gone_text(const Minutes *minutes, const SeatRow *seat)
{
	const Dossier *dossier = &minutes->state->dossier;
	for (size_t i = 0; i < dossier->replacements.count; i++) {
		const Replacement *gone = &dossier->replacements.at[i];
		if (gone->direction != minutes->at || gone->leaf != (uint32_t)seat->place) continue;
		if (text_is(gone->reason, TEXT("declined"))) return N_("Has declined");
		return text_is(gone->reason, TEXT("absent")) ? N_("Did not come") : N_("Has a conflict of interest");
	}
	return NULL;
}

static Error member_cells(const Minutes *minutes, const SeatRow *seat, Text *cell)
{
	Expert expert;
	Arena *arena = minutes->call->arena;
	SeatCode code = panel_code_at(minutes->state, minutes->at, (size_t)seat->position);
	const SigningRow *signing = signing_of(minutes, seat->expert_id);
	const char *gone = gone_text(minutes, seat);
	TRY(expert_find(minutes->call, seat->expert_id, &expert));
	bool is_taken = code == SEAT_TAKEN;
	cell[0] = number_text(minutes, seat->position + 1);
	cell[1] = arena_printf(arena, "%.*s\n%.*s", TEXT_ARGS(expert.name), TEXT_ARGS(expert.ref));
	cell[2] = arena_printf(
		arena, "%.*s\n%.*s", TEXT_ARGS(form_answer(expert.profile, "title")), TEXT_ARGS(form_answer(expert.profile, "employer")));
	cell[3] = minutes->state->dossier.rules.specialties[minutes->state->leaves.at[seat->place].specialty];
	cell[4] = tr(minutes->lang, gone ? gone : seat_code_text(code));
	cell[5] = signing ? time_text(minutes, signing->signed_at) : is_taken ? tr(minutes->lang, "not signed yet") : TEXT("—");
	return OK;
}

static Error put_members(const Minutes *minutes)
{
	static const char *const heads[] = { N_("Drawn as"), N_("Expert"), N_("Title and employer"), N_("Specialty"), N_("Seat"),
		N_("Signed") };
	static const double shares[] = { 1.2, 2.6, 3, 1.7, 1.8, 2.4 };
	const SeatRows *seats = &minutes->part->seats;
	Text *cells = arena_array_of(minutes->call->arena, Text, seats->count * COUNT(heads) + 1);
	for (size_t i = 0; i < seats->count; i++) TRY(member_cells(minutes, &seats->at[i], &cells[i * COUNT(heads)]));
	put_table(minutes, N_("Members and alternates"), heads, COUNT(heads), cells, seats->count, shares);
	return OK;
}

static void put_order(const Minutes *minutes)
{
	static const char *const heads[] = { N_("Order"), N_("Application"), N_("Organisation"), N_("Presentation") };
	static const double shares[] = { 1, 3, 4, 2 };
	const EntryRows *entries = &minutes->part->entries;
	Text *cells = arena_array_of(minutes->call->arena, Text, entries->count * COUNT(heads) + 1);
	for (size_t i = 0; i < entries->count; i++) {
		const EntryRow *entry = &entries->at[i];
		size_t row = entry->place >= 0 ? (size_t)entry->place : i;
		Text *cell = &cells[row * COUNT(heads)];
		cell[0] = number_text(minutes, (int64_t)row + 1);
		cell[1] = entry->ref;
		cell[2] = organisation_of(minutes, entry->ref);
		cell[3] = tr(minutes->lang, panel_awaits_sheets(entry) ? N_("Has presented") : N_("Nobody came"));
	}
	put_table(minutes, N_("Applications in the drawn order"), heads, COUNT(heads), cells, entries->count, shares);
}

/* ---- Scores */
static Error put_objective(const Minutes *minutes)
{
	static const char *const heads[] = { N_("Application"), N_("Criterion"), N_("Score"), N_("Greatest score") };
	const Rubric *rubric = &minutes->state->dossier.rules.directions[minutes->at].rubric;
	const EntryRows *entries = &minutes->part->entries;
	Call *call = minutes->call;
	LIST_OF(Text) cells = { 0 };
	for (size_t i = 0; i < entries->count; i++) {
		int64_t *scores = arena_array_of(call->arena, int64_t, SCORE_CRITERIA_MAX);
		bool is_there = false;
		TRY(panel_objective_of(call, minutes->state, minutes->at, &entries->at[i], scores, &is_there));
		for (size_t c = 0; is_there && c < rubric->criterion_count; c++) {
			if (!rubric->criteria[c].objective) continue;
			list_add(call->arena, &cells, entries->at[i].ref);
			list_add(call->arena, &cells, panel_criterion_name(minutes->state, minutes->at, c, minutes->lang));
			list_add(call->arena, &cells, hundredths_text(call->arena, scores[c]));
			list_add(call->arena, &cells, hundredths_text(call->arena, rubric->criteria[c].maximum));
		}
	}
	put_table(minutes, N_("What the office scored once for all"), heads, COUNT(heads), cells.at, cells.count / COUNT(heads), NULL);
	return OK;
}

/* The totals of all sheets, corrections included: as many tables beside each other as there is room for. */
static void put_sheets(const Minutes *minutes)
{
	static const double shares[EXPERTS_A_TABLE + 1] = { 1.6, 1, 1, 1, 1, 1 };
	Arena *arena = minutes->call->arena;
	const Panel *panel = &minutes->result.panel;
	for (size_t from = 0; from < panel->expert_count; from += EXPERTS_A_TABLE) {
		size_t some = panel->expert_count - from < EXPERTS_A_TABLE ? panel->expert_count - from : EXPERTS_A_TABLE, width = some + 1;
		Text *heads = arena_array_of(arena, Text, width), *cells = arena_array_of(arena, Text, width * panel->applicant_count + 1);
		heads[0] = tr(minutes->lang, "Application");
		for (size_t e = 0; e < some; e++) heads[e + 1] = minutes->result.experts.at[from + e];
		for (size_t a = 0; a < panel->applicant_count; a++) {
			cells[a * width] = panel->applicants[a].id;
			for (size_t e = 0; e < some; e++) {
				bool is_given = panel->given[panel_sheet(panel, a, from + e)];
				Fraction total =
					is_given ? sheet_total(panel->rubric, panel_scores(panel, a, from + e)) : (Fraction) { 0, 1 };
				cells[a * width + e + 1] = is_given ? hundredths_text(arena, fraction_hundredths(total)) : TEXT("—");
			}
		}
		Sheet sheet = { tr(minutes->lang, "Totals of the sheets"), heads, width, cells, panel->applicant_count };
		pdf_heading(minutes->pdf, 3, sheet.name);
		pdf_table(minutes->pdf, &sheet, shares);
	}
}

static void put_ranking(const Minutes *minutes)
{
	static const char *const heads[] = { N_("Rank"), N_("Organisation"), N_("Application"), N_("Total"), N_("Median"), N_("Sheets"),
		N_("Outcome"), N_("Stars") };
	static const double shares[] = { 1, 3, 3.3, 1.2, 1.4, 1.3, 1.8, 1 };
	Arena *arena = minutes->call->arena;
	size_t rows = minutes->result.panel.applicant_count;
	Text *cells = arena_array_of(arena, Text, rows * COUNT(heads) + 1);
	for (size_t i = 0; i < rows; i++) {
		const Placing *placing = &minutes->result.placings[i];
		const Score *score = &minutes->result.scores[placing->applicant];
		Text id = minutes->result.panel.applicants[placing->applicant].id, *cell = &cells[i * COUNT(heads)];
		cell[0] = placing->rank ? number_text(minutes, placing->rank) : TEXT("—");
		cell[1] = organisation_of(minutes, id);
		cell[2] = id;
		cell[3] = hundredths_text(arena, fraction_hundredths(score->total));
		cell[4] = hundredths_text(arena, fraction_hundredths(score->median));
		cell[5] = number_text(minutes, score->sheets);
		cell[6] = tr(minutes->lang, outcome_text(placing->outcome));
		cell[7] = number_text(minutes, minutes->result.stars[i]);
	}
	put_table(minutes, N_("Ranking"), heads, COUNT(heads), cells, rows, shares);
}

/* ---- What was changed, said and signed */
static const char *ground_text(Text reason)
{
	if (text_is(reason, TEXT("sum"))) return N_("The sum is wrong");
	if (text_is(reason, TEXT("range"))) return N_("An item is out of its range");
	return text_is(reason, TEXT("objective")) ? N_("Members differ on an objective item")
						  : N_("Abnormally high or low, and the committee agrees");
}

static Error correction_cells(const Minutes *minutes, const CorrectionRow *row, Text *cell)
{
	Call *call = minutes->call;
	const EntryRow *entry = panel_entry_of(minutes->part, row->application_id);
	PanelCorrected corrected;
	Text first, second;
	TRY(panel_corrected(call, row, &corrected));
	TRY(person_name(call, row->first_by, &first));
	TRY(person_name(call, row->second_by.value, &second));
	cell[0] = arena_printf(call->arena, "%.*s\n%.*s", TEXT_ARGS(entry ? entry->ref : TEXT("")),
		TEXT_ARGS(panel_expert_ref(minutes->state, row->expert_id)));
	cell[1] = panel_criterion_name(minutes->state, minutes->at, (size_t)row->criterion, minutes->lang);
	cell[2] = hundredths_text(call->arena, corrected.was);
	cell[3] = hundredths_text(call->arena, corrected.becomes);
	cell[4] =
		arena_printf(call->arena, "%.*s\n%.*s", TEXT_ARGS(tr(minutes->lang, ground_text(row->reason))), TEXT_ARGS(corrected.words));
	cell[5] = arena_printf(call->arena, "%.*s, %.*s\n%.*s, %.*s", TEXT_ARGS(first), TEXT_ARGS(time_text(minutes, row->first_at)),
		TEXT_ARGS(second), TEXT_ARGS(time_text(minutes, row->second_at.value)));
	return OK;
}

static Error put_corrections(const Minutes *minutes)
{
	static const char *const heads[] = { N_("Sheet"), N_("Criterion"), N_("Was"), N_("Becomes"), N_("Ground and explanation"),
		N_("Two signatures") };
	static const double shares[] = { 3, 2, 1.1, 1.1, 2.6, 3 };
	const CorrectionRows *rows = &minutes->part->corrections;
	Text *cells = arena_array_of(minutes->call->arena, Text, rows->count * COUNT(heads) + 1);
	size_t count = 0;
	for (size_t i = 0; i < rows->count; i++)
		if (rows->at[i].second_by.is) TRY(correction_cells(minutes, &rows->at[i], &cells[count++ * COUNT(heads)]));
	put_table(minutes, N_("Corrections"), heads, COUNT(heads), cells, count, shares);
	if (!count)
		pdf_paragraph(minutes->pdf, tr(minutes->lang, "No score was corrected after the opening."), (PdfStyle) { .size = 10.5 });
	return OK;
}

static Error put_strange(const Minutes *minutes)
{
	static const char *const heads[] = { N_("Application"), N_("Expert"), N_("Points off"), N_("Confirmation or explanation") };
	static const double shares[] = { 3, 2.4, 1.2, 4 };
	Call *call = minutes->call;
	Text *cells = arena_array_of(call->arena, Text, minutes->found.outliers.count * COUNT(heads) + 1);
	for (size_t i = 0; i < minutes->found.outliers.count; i++) {
		const Outlier *outlier = &minutes->found.outliers.at[i];
		Text *cell = &cells[i * COUNT(heads)];
		cell[0] = minutes->result.panel.applicants[outlier->applicant].id;
		cell[1] = minutes->result.experts.at[outlier->expert];
		cell[2] = arena_printf(call->arena, "%+.2f", outlier->residual);
		TRY(panel_words_of(call, minutes->state, minutes->part, cell[0], cell[1], &cell[3]));
		if (!cell[3].at) cell[3] = tr(minutes->lang, "neither confirmed nor explained yet");
	}
	put_table(minutes, N_("Sheets far from the others"), heads, COUNT(heads), cells, minutes->found.outliers.count, shares);
	return OK;
}

static Error put_dissents(const Minutes *minutes)
{
	Call *call = minutes->call;
	const PdfStyle style = { .size = 10.5, .before = 4 };
	size_t count = 0;
	pdf_heading(minutes->pdf, 3, tr(minutes->lang, "Dissents"));
	for (size_t i = 0; i < minutes->signings.count; i++) {
		const SigningRow *row = &minutes->signings.at[i];
		Expert expert;
		Text words;
		Text place = arena_printf(call->arena, "%.*s/%lld", TEXT_ARGS(minutes->part->row.ref), (long long)row->expert_id);
		TRY(seal_open(call, "panel_signing|sealed_dissent", place, row->sealed_dissent, &words));
		if (!words.length) continue;
		TRY(expert_find(call, row->expert_id, &expert));
		const PdfRun runs[] = { { .text = arena_printf(call->arena, "%.*s (%.*s)　", TEXT_ARGS(expert.name), TEXT_ARGS(expert.ref)),
						.bold = true },
			{ .text = words } };
		pdf_runs(minutes->pdf, runs, COUNT(runs), style);
		count++;
	}
	if (!count) pdf_paragraph(minutes->pdf, tr(minutes->lang, "Nobody who has signed dissents."), style);
	return OK;
}

static Error put_language(Minutes *minutes, Lang lang)
{
	minutes->lang = lang;
	put_head(minutes);
	TRY(put_members(minutes));
	put_order(minutes);
	TRY(put_objective(minutes));
	put_sheets(minutes);
	put_ranking(minutes);
	TRY(put_corrections(minutes));
	TRY(put_strange(minutes));
	return put_dissents(minutes);
}

/* ---- The file: the same bytes, but for the signature, as long as nobody else signs */
static Error draw_minutes(Minutes *minutes, Text *out)
{
	Call *call = minutes->call;
	Text code = arena_printf(
		call->arena, "%.*s/rounds/%.*s/draw", TEXT_ARGS(call->house->public_address), TEXT_ARGS(minutes->state->round.code));
	PdfSpec spec = { .title = arena_printf(call->arena, "%.*s %.*s", TEXT_ARGS(tr(LANG_ZH, N_("Minutes of the panel"))),
				 TEXT_ARGS(minutes->part->row.ref)),
		.author = setting_text(call, SETTING_letter_sender),
		.subject = minutes->state->round.code,
		.serif = true,
		.page_numbers = true,
		.page_code = code,
		.is_for_signing = true };
	scoped(pdf_close) Pdf *pdf = pdf_open(call, &spec);
	minutes->pdf = pdf;
	TRY(put_language(minutes, LANG_ZH));
	pdf_page_break(pdf);
	TRY(put_language(minutes, LANG_EN));
	return pdf_finish(call, pdf, out);
}

static Error minutes_load(Call *call, PanelState *state, size_t at, Minutes *out)
{
	*out = (Minutes) { .call = call, .state = state, .part = &state->parts[at], .at = at, .last_at = state->draw.locked_at.value };
	TRY(panel_result(call, state, at, &out->result));
	panel_diagnose(call->arena, &out->result.panel, out->result.scores, out->result.placings,
		&state->dossier.rules.directions[at].quota, &out->found);
	TRY(signing_list(call, out->part->row.id, &out->signings));
	for (size_t i = 0; i < out->signings.count; i++)
		if (out->signings.at[i].signed_at > out->last_at) out->last_at = out->signings.at[i].signed_at;
	return seal_open(call, "panel_draw|sealed_minutes", state->round.ref, state->draw.sealed_minutes, &out->words);
}

Error panel_minutes_body(Call *call, PanelState *state, size_t at, Text *out)
{
	Minutes *minutes = arena_new_of(call->arena, Minutes);
	int64_t now = call->now;
	TRY(minutes_load(call, state, at, minutes));
	call->now = minutes->last_at; /* the date of the document */
	Error error = draw_minutes(minutes, out);
	call->now = now;
	return error;
}

static Error make(Call *call, PanelState *state, size_t at, int64_t signatures, Text *out)
{
	Text body, bytes;
	BlobFile file;
	int64_t blob;
	const PanelRow *row = &state->parts[at].row;
	if (!pdf_stamp(call)) return fail(call, CONFLICT, "there is no key for documents");
	TRY(panel_minutes_body(call, state, at, &body));
	TRY(pdf_sign(call, body,
		&(PdfSigning) { .stamp = pdf_stamp(call), .name = setting_text(call, SETTING_letter_sender), .reason = row->ref }, &bytes));
	Digest plain = sha256(body);
	Text digest = hex_text(call->arena, DIGEST_TEXT(plain));
	TRY(blob_write(call, state->draw.seal_key, bytes, &file));
	TRY(blob_keep(call, &file, &blob));
	TRY(minutes_insert(call, row->id, signatures, blob, digest, call->now));
	Text signed_digest = hex_text(call->arena, DIGEST_TEXT(file.content));
	*out = bytes;
	return panel_record(call, state, "minutes",
		arena_printf(call->arena, "{\"panel\":\"%.*s\",\"signatures\":%lld,\"body\":\"%.*s\",\"file\":\"%.*s\"}",
			TEXT_ARGS(row->ref), (long long)signatures, TEXT_ARGS(digest), TEXT_ARGS(signed_digest)));
}

typedef struct Fetching {
	PanelState *state;
	size_t at;
	Text bytes;
} Fetching;

static Error fetch(Call *call, void *argument)
{
	Fetching *fetching = argument;
	PanelState *state = fetching->state;
	const PanelRow *row = &state->parts[fetching->at].row;
	SigningRows signings;
	MinutesRow kept;
	bool found = false;
	TRY(signing_list(call, row->id, &signings));
	TRY(minutes_find(call, row->id, (int64_t)signings.count, &kept, &found));
	TRY(found ? blob_load(call, kept.blob_id, FILE_BYTES_MAX, &fetching->bytes)
		  : make(call, state, fetching->at, (int64_t)signings.count, &fetching->bytes));
	return panel_record(call, state, "read-minutes", row->ref);
}

static Error take(Call *call, PanelState *state, size_t at, PanelFile *out)
{
	Fetching fetching = { .state = state, .at = at };
	TRY(db_transact(call, fetch, &fetching));
	*out = (PanelFile) { .bytes = fetching.bytes,
		.name = arena_printf(
			call->arena, "%.*s-%.*s-minutes.pdf", TEXT_ARGS(state->round.code), TEXT_ARGS(state->parts[at].row.direction)) };
	return OK;
}

Error panel_minutes(Call *call, Text ref, Text panel, PanelFile *out)
{
	PanelState *state = arena_new_of(call->arena, PanelState);
	TRY(panel_office(call, ref, 0, state));
	if (!state->draw.locked_at.is) return fail(call, NOT_FOUND, "no minutes before the lock");
	for (size_t d = 0; d < state->part_count; d++)
		if (text_is(state->parts[d].row.ref, panel)) return take(call, state, d, out);
	return fail(call, NOT_FOUND, "no such panel");
}

Error panel_minutes_own(Call *call, Text panel, PanelFile *out)
{
	PanelMember *member = arena_new_of(call->arena, PanelMember);
	TRY(panel_member(call, panel, member));
	if (!member->is_taken || !member->state.draw.locked_at.is) return fail(call, NOT_FOUND, "no minutes for this seat");
	return take(call, &member->state, member->at, out);
}
