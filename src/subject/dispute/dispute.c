/* Reading disputes. */
#include "people/person/person.h"
#include "store/ledger/ledger.h"
#include "store/seal/seal.h"
#include "subject/dispute/dispute_private.h"

static Text or_empty(Text text) { return text.at ? text : TEXT(""); }
static int64_t or_zero(Maybe maybe) { return maybe.is ? maybe.value : 0; }

Text dispute_link(Call *call, const Dispute *dispute) { return arena_printf(call->arena, "/disputes/%.*s", TEXT_ARGS(dispute->ref)); }

/* ---- Who the actor is to it */
static uint32_t reading_roles(const Actor *actor) { return report_reading_roles(actor) & ROLE_COORDINATOR; }

static bool may_sit(const Actor *actor)
{
	return actor->person_id && actor->second_factor && actor_has(actor, ROLE_EXPERT | ROLE_VERIFIER) &&
	       !actor_has(actor, ROLE_ADMINISTRATORS);
}

static Maybe vendor_of(const Actor *actor)
{
	bool speaks = actor->organisation_id && actor->second_factor;
	return (Maybe) { speaks, actor->organisation_id };
}

static Error is_appellant(Call *call, const DisputeRow *row, bool *out)
{
	const Actor *actor = call->actor;
	Report report;
	Party party;
	if (row->party_id.is) {
		TRY(party_read(call, row->party_id.value, &party));
		*out = actor->person_id && vendor_of(actor).is && actor->organisation_id == party.organisation_id;
		return OK;
	}
	TRY(report_read(call, or_zero(row->report_id), &report));
	*out = report.is_own;
	return OK;
}

/* ---- One */
static Error load_texts(Call *call, const DisputeRow *row, Dispute *dispute)
{
	TRY(seal_open(call, "dispute|sealed_text", row->ref, row->sealed_text, &dispute->text));
	TRY(seal_open(call, "dispute|sealed_answer", row->ref, row->sealed_answer, &dispute->answer));
	TRY(seal_open(call, "dispute|sealed_request", row->ref, row->sealed_request, &dispute->request));
	dispute->text = or_empty(dispute->text);
	dispute->answer = or_empty(dispute->answer);
	dispute->request = or_empty(dispute->request);
	return OK;
}

static Error load_seats(Call *call, const Dispute *dispute, DisputeFacts *facts)
{
	DisputeSeatRows rows;
	TRY(dispute_seat_rows(call, dispute->id, &rows));
	facts->seats = dispute->panel_size;
	facts->held = (int64_t)rows.count;
	for (size_t i = 0; i < rows.count; i++) {
		const DisputeSeatRow *row = &rows.at[i];
		facts->votes += row->voted_at.is;
		if (!may_sit(call->actor) || row->person_id != call->actor->person_id) continue;
		facts->has_seat = true;
		facts->has_signed = row->signed_at.is;
		facts->has_voted = row->voted_at.is;
	}
	return OK;
}

static Error load_facts(Call *call, const DisputeRow *row, Dispute *dispute)
{
	DisputeFacts *facts = arena_new_of(call->arena, DisputeFacts);
	ClockView clock;
	DisputeAbout about;
	TRY(is_appellant(call, row, &facts->is_appellant));
	TRY(workflow_clock_of(call, &dispute_machine, row->id, &clock));
	facts->is_rating = text_is(row->against, TEXT("rating"));
	facts->is_over = clock.clock && clock.due_at < call->now;
	TRY(load_seats(call, dispute, facts));
	if (reading_roles(call->actor)) {
		TRY(dispute_about(call, dispute, &about));
		TRY(dispute_unfit(call, &about, call->actor->person_id, call->actor->organisation_id, false, &facts->unfit));
	}
	dispute->is_appellant = facts->is_appellant;
	dispute->is_seated = facts->has_seat && !facts->is_appellant && !reading_roles(call->actor);
	dispute->facts = facts;
	return OK;
}

/* Who has a seat learns the words after the undertaking, and never whose they are. */
static void hide(Dispute *dispute)
{
	if (!dispute->is_seated) return;
	dispute->subject = TEXT("");
	dispute->person_id = dispute->organisation_id = 0;
	dispute->hides_content = !dispute->facts->has_signed;
	if (dispute->hides_content) dispute->text = dispute->answer = dispute->request = TEXT("");
}

Error dispute_of_row(Call *call, const DisputeRow *row, Dispute *out)
{
	Dispute dispute = { .id = row->id,
		.revision = row->revision,
		.seal_key = row->seal_key,
		.place = row->place,
		.report_id = or_zero(row->report_id),
		.casefile_id = or_zero(row->casefile_id),
		.party_id = or_zero(row->party_id),
		.person_id = or_zero(row->person_id),
		.organisation_id = or_zero(row->organisation_id),
		.grounds_version = row->grounds_version,
		.decided_at = row->decided_at,
		.answered_by = or_zero(row->answered_by),
		.answered_at = row->answered_at.is ? row->answered_at.value : 0,
		.ended_at = row->ended_at.is ? row->ended_at.value : 0,
		.opened_at = row->opened_at,
		.updated_at = row->updated_at,
		.panel_size = row->panel_size,
		.ref = row->ref,
		.state = row->state,
		.against = row->against,
		.subject = row->subject,
		.grounds = row->grounds,
		.outcome = row->outcome,
		.is_priority = row->is_priority,
		.is_tie = row->is_tie };
	TRY(load_texts(call, row, &dispute));
	TRY(load_facts(call, row, &dispute));
	hide(&dispute);
	*out = dispute;
	return OK;
}

Error dispute_open(Call *call, Text ref, Dispute *out)
{
	DisputeRow row;
	const Actor *actor = call->actor;
	Text claim = actor->claim_key.length ? actor->claim_key : (Text) { 0 };
	Maybe person = { actor->person_id != 0, actor->person_id }, expert = { may_sit(actor), actor->person_id };
	TRY(dispute_find_visible(call, ref, person, vendor_of(actor), expert, reading_roles(actor), claim, &row));
	return dispute_of_row(call, &row, out);
}

Error dispute_read(Call *call, int64_t id, Dispute *out)
{
	DisputeRow row;
	TRY(dispute_find_id(call, id, &row));
	return dispute_of_row(call, &row, out);
}

/* ---- Lists */
static Error of_rows(Call *call, const DisputeRows *rows, Disputes *out)
{
	Disputes disputes = { 0 };
	for (size_t i = 0; i < rows->count; i++) {
		Dispute dispute;
		TRY(dispute_of_row(call, &rows->at[i], &dispute));
		list_add(call->arena, &disputes, dispute);
	}
	*out = disputes;
	return OK;
}

Error dispute_queue(Call *call, Text state, int64_t after, int64_t max, Disputes *out)
{
	DisputeRows rows = { 0 };
	uint32_t roles = reading_roles(call->actor);
	if (roles) TRY(dispute_list_state(call, state, roles, after, max, &rows));
	return of_rows(call, &rows, out);
}

/* Newest first of two lists that are. */
Error dispute_list_own(Call *call, int64_t before, int64_t max, Disputes *out)
{
	DisputeRows reported = { 0 }, vendors = { 0 }, rows = { 0 };
	const Actor *actor = call->actor;
	int64_t below = before ? before : INT64_MAX;
	if (actor->person_id) TRY(dispute_list_reported(call, actor->person_id, below, max, &reported));
	if (vendor_of(actor).is) TRY(dispute_list_vendor(call, actor->organisation_id, below, max, &vendors));
	for (size_t i = 0, j = 0; rows.count < (size_t)max && (i < reported.count || j < vendors.count);) {
		bool first = j == vendors.count || (i < reported.count && reported.at[i].id > vendors.at[j].id);
		list_add(call->arena, &rows, first ? reported.at[i] : vendors.at[j]);
		first ? i++ : j++;
	}
	return of_rows(call, &rows, out);
}

bool dispute_has_queue(const Call *call) { return reading_roles(call->actor) != 0; }

Error dispute_list_seated(Call *call, int64_t max, Disputes *out)
{
	DisputeRows rows = { 0 };
	if (may_sit(call->actor)) TRY(dispute_list_held(call, call->actor->person_id, max, &rows));
	return of_rows(call, &rows, out);
}

/* ---- What belongs to it */
Error dispute_attachments(Call *call, const Dispute *dispute, Attachments *out)
{
	*out = (Attachments) { 0 };
	return dispute->hides_content ? OK : attachment_list(call, dispute_machine.name, dispute->id, out);
}

bool dispute_takes_files(const Call *call, const Dispute *dispute)
{
	bool is_answered = text_is(dispute->state, TEXT("ANSWERED"));
	bool has_answered = call->actor->person_id && dispute->answered_by == call->actor->person_id;
	return dispute->is_appellant ? is_answered || text_is(dispute->state, TEXT("APPEALED")) : is_answered && has_answered;
}

static Error add_report(Call *call, int64_t id, const char *title, DisputeMaterials *materials)
{
	Report report;
	TRY(report_read(call, id, &report));
	DisputeMaterial material = { .title = title, .ref = TEXT(""), .form = &report_form, .text = TEXT("") };
	if (report_is_shut(&report)) return OK;
	material.values = report_values_for_workers(call, report.values);
	list_add(call->arena, materials, material);
	return OK;
}

static Error add_decision(Call *call, int64_t id, DisputeMaterials *materials)
{
	Report report;
	TRY(report_read(call, id, &report));
	DisputeMaterial material = { .title = N_("Explanation of the decision"), .ref = TEXT(""), .text = report.decision };
	if (report.decision.length) list_add(call->arena, materials, material);
	return report.earlier_id ? add_report(call, report.earlier_id, N_("The earlier report"), materials) : OK;
}

static Error add_ratings(Call *call, int64_t casefile_id, DisputeMaterials *materials)
{
	Casefile casefile;
	Verifications verifications;
	CasefileRatings ratings;
	TRY(casefile_read(call, casefile_id, &casefile));
	TRY(casefile_history(call, &casefile, &verifications, &ratings));
	for (size_t i = 0; i < verifications.count; i++) {
		DisputeMaterial material = {
			.title = N_("Evidence of the verification"), .ref = TEXT(""), .text = or_empty(verifications.at[i].evidence)
		};
		list_add(call->arena, materials, material);
	}
	for (size_t i = 0; i < ratings.count; i++) {
		const CasefileRating *rating = &ratings.at[i];
		DisputeMaterial material = { .title = N_("Rating"), .ref = TEXT("") };
		material.text = arena_printf(call->arena, "%.*s\n%.*s", TEXT_ARGS(rating->gbt30279), TEXT_ARGS(rating->cvss));
		list_add(call->arena, materials, material);
	}
	for (size_t i = 0; i < casefile.report_ids.count; i++)
		TRY(add_report(call, casefile.report_ids.at[i], N_("What was reported"), materials));
	return OK;
}

Error dispute_materials(Call *call, const Dispute *dispute, DisputeMaterials *out)
{
	DisputeMaterials materials = { 0 };
	*out = materials;
	if (dispute->is_appellant || dispute->hides_content) return OK;
	if (!dispute->is_seated && !reading_roles(call->actor)) return OK;
	if (dispute->casefile_id) {
		TRY(add_ratings(call, dispute->casefile_id, &materials));
	} else {
		TRY(add_report(call, dispute->report_id, N_("What was reported"), &materials));
		TRY(add_decision(call, dispute->report_id, &materials));
	}
	*out = materials;
	return OK;
}

static bool is_opened(const Dispute *dispute) { return text_is(dispute->state, TEXT("DECIDED")); }

static Error open_vote(Call *call, const DisputeSeatRow *row, DisputeSeat *seat)
{
	Text json;
	Map *values;
	TRY(seal_open(call, "dispute_seat|sealed_vote", row->ref, row->sealed_vote, &json));
	TRY(form_values_read(call, dispute_action_form("dispute-vote-rating"), json.at ? json : TEXT("{}"), &values));
	seat->verdict = form_answer(values, "verdict");
	seat->words = form_answer(values, "reasons");
	seat->gbt30279 = form_answer(values, "gbt30279");
	seat->cvss = form_answer(values, "cvss");
	return OK;
}

Error dispute_seats(Call *call, const Dispute *dispute, DisputeSeats *out)
{
	DisputeSeatRows rows;
	DisputeSeats seats = { 0 };
	TRY(dispute_seat_rows(call, dispute->id, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		const DisputeSeatRow *row = &rows.at[i];
		Person person;
		DisputeSeat seat = { .seat = row->seat,
			.signed_at = row->signed_at.is ? row->signed_at.value : 0,
			.voted_at = row->voted_at.is ? row->voted_at.value : 0,
			.name = TEXT(""),
			.verdict = TEXT(""),
			.words = TEXT(""),
			.gbt30279 = TEXT(""),
			.cvss = TEXT("") };
		if (reading_roles(call->actor) && !dispute->is_appellant) {
			TRY(person_find(call, row->person_id, &person));
			seat.name = person_shown_name(&person);
		}
		if (is_opened(dispute) && row->voted_at.is) TRY(open_vote(call, row, &seat));
		list_add(call->arena, &seats, seat);
	}
	*out = seats;
	return OK;
}

Text dispute_reasons(Call *call, const DisputeSeats *seats)
{
	Texts parts = { 0 };
	for (size_t i = 0; i < seats->count; i++) {
		const DisputeSeat *seat = &seats->at[i];
		if (seat->words.length)
			list_add(call->arena, &parts,
				arena_printf(call->arena, "%lld. %.*s", (long long)seat->seat, TEXT_ARGS(seat->words)));
	}
	return arena_join(call->arena, parts.at, parts.count, TEXT("\n"));
}

Error dispute_receipt(Call *call, const Dispute *dispute, Text *out)
{
	Events events;
	TRY(ledger_events_of_action(call, dispute_machine.name, dispute->ref, "decide", 0, 1, &events));
	if (!events.count) return fail(call, NOT_FOUND, "dispute %.*s has no decision", TEXT_ARGS(dispute->ref));
	return ledger_receipt(call, events.at[0].id, out);
}

void dispute_matter(const Dispute *dispute, Matter *out)
{
	*out = (Matter) { .id = dispute->id,
		.revision = dispute->revision,
		.ref = dispute->ref,
		.state = dispute->state,
		.facts = dispute->facts,
		.seal_key = dispute->seal_key };
}
