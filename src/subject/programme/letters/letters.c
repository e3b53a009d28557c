/* Which letters a round offers: a table. Each row says from where its fields come. */
#include "subject/programme/letters/letters.h"

#include "subject/merit/honour.h"
#include "subject/programme/letters/letters.sql.h"

enum { LINES_MAX = 500, LETTERS_MAX = 1000 };

/* ---- What the actor may see */
static Error passes(Call *call, Error error, bool *out)
{
	if (error == ERROR_NOT_FOUND) call_pass_over(call);
	if (error != OK && error != ERROR_NOT_FOUND) return error;
	*out = error == OK;
	return OK;
}

static Error sees_application(Call *call, Text ref, bool *out)
{
	Application application;
	TRY(passes(call, application_open(call, ref, &application), out));
	*out = *out && !application.is_own;
	return OK;
}

/* ---- What is offered: each adds its offers */
typedef struct Gathering {
	Call *call;
	const Round *round;
	LetterKind kind;
	RoundOffers *out;
} Gathering;

static void offer(const Gathering *gathering, Text about, Text recipient)
{
	RoundOffer one = { gathering->kind, about, recipient };
	list_add(gathering->call->arena, gathering->out, one);
}

static Error offer_corrections(const Gathering *gathering)
{
	Call *call = gathering->call;
	ApplicationLines lines;
	TRY(application_in_round(call, gathering->round->id, TEXT(""), TEXT("RETURNED"), 0, LINES_MAX, &lines));
	for (size_t i = 0; i < lines.count; i++) {
		bool sees = false;
		TRY(sees_application(call, lines.at[i].ref, &sees));
		if (sees) offer(gathering, lines.at[i].ref, lines.at[i].organisation);
	}
	return OK;
}

static Error offer_inspections(const Gathering *gathering)
{
	Call *call = gathering->call;
	ApplicationLines lines;
	TRY(application_in_round(call, gathering->round->id, TEXT(""), TEXT("INSPECT"), 0, LINES_MAX, &lines));
	for (size_t i = 0; i < lines.count; i++) {
		Inspection inspection;
		Text ref;
		bool sees = false;
		TRY(passes(call, inspection_of_application(call, lines.at[i].ref, &ref), &sees));
		if (sees) TRY(passes(call, inspection_open(call, ref, &inspection), &sees));
		if (sees && text_is(inspection.state, TEXT("ARRANGED"))) offer(gathering, ref, lines.at[i].organisation);
	}
	return OK;
}

static Error offer_objections(const Gathering *gathering)
{
	Objections objections;
	bool to_unit = gathering->kind == LETTER_ROUND_OBJECTION_UNIT, of_staff = gathering->kind == LETTER_ROUND_COMPLAINT;
	TRY(objection_list(gathering->call, gathering->round->id, &objections));
	for (size_t i = 0; i < objections.count; i++) {
		const Objection *objection = &objections.at[i];
		if (!objection->ended_at || of_staff != !objection->application_id || (to_unit && !objection->masked.length)) continue;
		offer(gathering, objection->ref, to_unit ? objection->organisation : tr(gathering->call->lang, "Who objects"));
	}
	return OK;
}

static Text seat_about(Arena *arena, const PanelLetterSeat *seat)
{
	return arena_printf(arena, "%.*s-%.*s", TEXT_ARGS(seat->panel), TEXT_ARGS(seat->expert));
}

static Error offer_invitations(const Gathering *gathering)
{
	PanelLetterPanels panels;
	TRY(panel_letter_panels(gathering->call, gathering->round->ref, &panels));
	for (size_t i = 0; i < panels.count; i++)
		for (size_t s = 0; s < panels.at[i].seats.count; s++) {
			const PanelLetterSeat *seat = &panels.at[i].seats.at[s];
			offer(gathering, seat_about(gathering->call->arena, seat), seat->name);
		}
	return OK;
}

/* Who has an interest in one of the applicants gets no sheet that names them. */
static Error sees_panel(Call *call, LetterKind kind, const PanelLetterPanel *panel, bool *out)
{
	*out = true;
	for (size_t i = 0; *out && kind == LETTER_ROUND_OPINION && i < panel->applications.count; i++)
		TRY(sees_application(call, panel->applications.at[i], out));
	return OK;
}

static Error offer_sheets(const Gathering *gathering)
{
	Call *call = gathering->call;
	PanelLetterPanels panels;
	TRY(panel_letter_panels(call, gathering->round->ref, &panels));
	for (size_t i = 0; i < panels.count; i++) {
		bool sees = false;
		TRY(sees_panel(call, gathering->kind, &panels.at[i], &sees));
		if (sees) offer(gathering, panels.at[i].ref, round_direction_text(call, call->lang, panels.at[i].direction));
	}
	return OK;
}

/* ---- What they say */
static Error order_correction(Call *call, const Round *round, LetterKind kind, Text about, LetterOrder *out)
{
	(void)round, (void)kind;
	return application_letter_order(call, about, out);
}

static Error order_inspection(Call *call, const Round *round, LetterKind kind, Text about, LetterOrder *out)
{
	Inspection *inspection = arena_new_of(call->arena, Inspection);
	(void)round, (void)kind;
	TRY(inspection_open(call, about, inspection));
	return inspection_letter_order(call, inspection, out);
}

static Error order_objection(Call *call, const Round *round, LetterKind kind, Text about, LetterOrder *out)
{
	Objection *objection = arena_new_of(call->arena, Objection);
	(void)round;
	TRY(objection_open(call, about, objection));
	return objection_letter_order(call, objection, kind == LETTER_ROUND_OBJECTION_UNIT, out);
}

static Error order_panel(Call *call, const Round *round, LetterKind kind, Text about, LetterOrder *out)
{
	PanelLetterPanels panels;
	TRY(panel_letter_panels(call, round->ref, &panels));
	for (size_t i = 0; i < panels.count; i++) {
		const PanelLetterPanel *panel = &panels.at[i];
		if (letter_kind_is_sheet(kind) && text_is(panel->ref, about)) {
			panel_letter_order(call, round, panel, NULL, kind, out);
			return OK;
		}
		for (size_t s = 0; s < panel->seats.count; s++)
			if (text_is(seat_about(call->arena, &panel->seats.at[s]), about)) {
				panel_letter_order(call, round, panel, &panel->seats.at[s], kind, out);
				return OK;
			}
	}
	return fail(call, NOT_FOUND, "no such panel, or nobody who sits there");
}

/* ---- The table: between which states of the round a letter is offered, from where, and what it says */
static const struct {
	LetterKind kind;
	const char *from, *before; /* before NULL: to the end */
	Error (*offers)(const Gathering *gathering);
	Error (*order)(Call *call, const Round *round, LetterKind kind, Text about, LetterOrder *out);
} kinds[] = {
	{ LETTER_ROUND_CORRECTION, "MATERIAL_REVIEW", "PANEL_DRAW", offer_corrections, order_correction },
	{ LETTER_ROUND_INVITATION, "PANEL", "SCORED", offer_invitations, order_panel },
	{ LETTER_ROUND_SIGN_IN, "PANEL", "ARCHIVED", offer_sheets, order_panel },
	{ LETTER_ROUND_OPINION, "PANEL", "ARCHIVED", offer_sheets, order_panel },
	{ LETTER_ROUND_FEE, "PANEL", "ARCHIVED", offer_sheets, order_panel },
	{ LETTER_ROUND_INSPECTION, "INSPECTION", "DECISION", offer_inspections, order_inspection },
	{ LETTER_ROUND_OBJECTION, "PUBLICITY", NULL, offer_objections, order_objection },
	{ LETTER_ROUND_OBJECTION_UNIT, "PUBLICITY", NULL, offer_objections, order_objection },
	{ LETTER_ROUND_COMPLAINT, "PUBLICITY", NULL, offer_objections, order_objection },
};

static bool is_time_of(const Round *round, size_t kind)
{
	return round_is_from(round, kinds[kind].from) && !(kinds[kind].before && round_is_from(round, kinds[kind].before));
}

Error letters_offers(Call *call, const Round *round, RoundOffers *out)
{
	RoundOffers offers = { 0 };
	for (size_t k = 0; k < COUNT(kinds); k++)
		if (is_time_of(round, k)) TRY(kinds[k].offers(&(Gathering) { call, round, kinds[k].kind, &offers }));
	*out = offers;
	return OK;
}

Error letters_order(Call *call, const Round *round, LetterKind kind, Text about, LetterOrder *out)
{
	for (size_t k = 0; k < COUNT(kinds); k++) {
		RoundOffers offers = { 0 };
		if (kinds[k].kind != kind || !is_time_of(round, k)) continue;
		TRY(kinds[k].offers(&(Gathering) { call, round, kind, &offers }));
		for (size_t i = 0; i < offers.count; i++)
			if (text_is(offers.at[i].about, about)) return kinds[k].order(call, round, kind, about, out);
	}
	return fail(call, NOT_FOUND, "round %.*s offers no such letter", TEXT_ARGS(round->ref));
}

/* ---- Drafts of a round */
typedef struct Drafting {
	const Round *round;
	const LetterOrder *order;
	Text about, draft;
} Drafting;

static Error write_draft(Call *call, void *argument)
{
	Drafting *drafting = argument;
	TRY(letter_draft(call, drafting->order, &drafting->draft));
	return round_letter_insert(call, drafting->round->id, drafting->about, drafting->draft);
}

Error letters_draft(Call *call, const Round *round, Text about, const LetterOrder *order, Text *out_draft)
{
	Drafting drafting = { .round = round, .order = order, .about = about };
	TRY(db_transact(call, write_draft, &drafting));
	*out_draft = drafting.draft;
	return OK;
}

static Error sees(Call *call, const LetterAbout *about, bool *out)
{
	Inspection inspection;
	Objection objection;
	HonourList list;
	if (text_is(about->machine, text_from(application_machine.name))) return sees_application(call, about->matter, out);
	if (text_is(about->machine, text_from(inspection_machine.name)))
		return passes(call, inspection_open(call, about->matter, &inspection), out);
	if (text_is(about->machine, text_from(objection_machine.name)))
		return passes(call, objection_open(call, about->matter, &objection), out);
	if (text_is(about->machine, text_from(honour_machine.name))) return passes(call, honour_open(call, about->matter, &list), out);
	*out = text_is(about->machine, TEXT("panel-seat")) || text_is(about->machine, TEXT("decision")) ||
	       text_is(about->machine, TEXT("collection")); /* the whole office sees these; a case that was chosen is public */
	return OK;
}

Error letters_of_round(Call *call, const Round *round, RoundLetters *out)
{
	RoundLetterRows rows;
	RoundLetters letters = { 0 };
	TRY(round_letter_rows(call, round->id, LETTERS_MAX, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		RoundLetter letter = { .id = rows.at[i].id, .draft = rows.at[i].draft, .about = rows.at[i].offer };
		LetterAbout about;
		bool shown = false;
		TRY(passes(call, letter_about(call, LETTER_PROGRAMME, letter.draft, true, &about), &shown));
		if (shown) TRY(sees(call, &about, &shown));
		if (!shown) continue;
		TRY(letter_stand(call, letter.draft, &letter.stand));
		list_add(call->arena, &letters, letter);
	}
	*out = letters;
	return OK;
}

static Error may(Call *call, Text ref, bool is_draft)
{
	LetterAbout about;
	bool shown = false;
	TRY(letter_about(call, LETTER_PROGRAMME, ref, is_draft, &about));
	TRY(sees(call, &about, &shown));
	return shown ? OK : fail(call, NOT_FOUND, "what the letter is about is hidden");
}

Error letters_may_draft(Call *call, Text ref) { return may(call, ref, true); }
Error letters_may_letter(Call *call, Text ref) { return may(call, ref, false); }

/* ---- Approving */
typedef struct Approving {
	Text draft, letter;
} Approving;

static Error approve(Call *call, void *argument)
{
	Approving *approving = argument;
	LetterAbout about;
	TRY(letter_approve(call, LETTER_PROGRAMME, approving->draft, &approving->letter));
	TRY(letter_about(call, LETTER_PROGRAMME, approving->letter, false, &about));
	bool answers = about.kind == LETTER_ROUND_OBJECTION || about.kind == LETTER_ROUND_COMPLAINT;
	if (about.kind == LETTER_ROUND_OBJECTION_UNIT) return objection_letter_tell_unit(call, about.matter);
	return answers ? objection_letter_tell(call, about.matter) : OK;
}

Error letters_approve(Call *call, Text draft, Text *out_letter)
{
	Approving approving = { .draft = draft };
	TRY(letters_may_draft(call, draft));
	TRY(db_transact(call, approve, &approving));
	*out_letter = approving.letter;
	return OK;
}
