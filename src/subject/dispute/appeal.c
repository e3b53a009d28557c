/* An appeal comes in: against what, until when, and by whom. */
#include "base/base/random.h"
#include "people/org/org.h"
#include "store/ledger/ledger.h"
#include "store/seal/seal.h"
#include "store/setting/setting.h"
#include "subject/dispute/dispute_private.h"

#define DAY_MS ((int64_t)86400000)
#define ORDINARY_FROM ((int64_t)1 << 40) /* places: support units stand below */

/* ---- When it was decided */
static Error last_of(Call *call, const char *kind, Text ref, const char *const *actions, int64_t *at)
{
	for (size_t i = 0; actions[i]; i++) {
		LedgerTraces traces;
		const LedgerQuery query = { .kind = text_from(kind), .ref = ref, .action = text_from(actions[i]), .count = 1 };
		TRY(ledger_search(call, &query, &traces));
		if (traces.count && traces.at[0].at > *at) *at = traces.at[0].at;
	}
	return OK;
}

static Error rated_at(Call *call, Text casefile, int64_t *at)
{
	static const char *const actions[] = { "accept", NULL };
	return last_of(call, casefile_machine.name, casefile, actions, at);
}

static Error fill(Call *call, Text against, Text subject, DisputeChance *chance)
{
	bool found = false;
	if (!chance->decided_at) return OK;
	chance->against = against;
	chance->until = chance->decided_at + setting_int(call, SETTING_appeal_days) * DAY_MS;
	TRY(dispute_of_decision(call, against, subject, chance->decided_at, &chance->ref, &found));
	if (!found) chance->ref = (Text) { 0 };
	return OK;
}

Error dispute_chance_report(Call *call, const Report *report, DisputeChance *out)
{
	static const char *const rejections[] = { "reject", "spam", "lapse", NULL }, *const duplicates[] = { "duplicate", "confirm-known",
		NULL };
	Text casefile, against = TEXT("rating");
	bool found = false, is_rejected = text_is(report->state, TEXT("REJECTED")),
	     is_duplicate = text_is(report->state, TEXT("DUPLICATE"));
	*out = (DisputeChance) { .against = TEXT("") };
	if (is_rejected || is_duplicate) {
		against = is_rejected ? TEXT("rejection") : TEXT("duplicate");
		TRY(last_of(call, report_machine.name, report->ref, is_rejected ? rejections : duplicates, &out->decided_at));
	} else if (text_is(report->state, TEXT("ATTACHED"))) {
		TRY(casefile_ref_of_report(call, report->ref, &casefile, &found));
		if (found) TRY(rated_at(call, casefile, &out->decided_at));
	}
	return fill(call, against, report->ref, out);
}

/* The vendor learns of both when it signs for the notice. */
Error dispute_chance_party(Call *call, const Party *party, Text against, DisputeChance *out)
{
	*out = (DisputeChance) { .against = TEXT("") };
	bool is_known = text_is(against, TEXT("rating")) || text_is(against, TEXT("named"));
	if (!is_known || !party->acknowledged_at || party->is_own_report) return OK;
	if (text_is(against, TEXT("rating"))) {
		if (!party->casefile.level.length) return OK;
		Casefile casefile;
		TRY(casefile_read(call, party->casefile_id, &casefile));
		TRY(rated_at(call, casefile.ref, &out->decided_at));
		if (!out->decided_at) return OK;
	}
	if (party->acknowledged_at > out->decided_at) out->decided_at = party->acknowledged_at;
	return fill(call, against, party->ref, out);
}

/* ---- The appeal */
typedef struct Appealing {
	Text report, party, against; /* one of report and party */
	const Map *values;
	Text ref;
} Appealing;

typedef struct NewDispute {
	DisputeChance chance;
	Text subject;
	int64_t seal_key;
	Maybe report_id, casefile_id, party_id;
} NewDispute;

static Error check(Call *call, const DisputeChance *chance, const Map *values)
{
	const char *why = NULL;
	if (!chance->against.length) return fail(call, CONFLICT, "there is nothing to appeal against");
	if (chance->ref.at) why = N_("There is an appeal against this decision already.");
	if (!why && chance->until < call->now) why = N_("The time for an appeal is over.");
	if (why) call_problem(call, TEXT("action"), why, (Text) { 0 });
	TRY(call_check_problems(call));
	return form_check(call, &dispute_appeal_form, values);
}

static Error is_of_unit(Call *call, int64_t organisation_id, bool *out)
{
	Standings standings;
	*out = false;
	if (!organisation_id) return OK;
	TRY(org_standings(call, organisation_id, &standings));
	for (size_t i = 0; i < standings.count; i++) {
		const Standing *standing = &standings.at[i];
		bool is_unit = text_is(standing->kind, TEXT("unit")) || text_is(standing->kind, TEXT("partner"));
		*out |= is_unit && !standing->is_suspended && (!standing->until_at || standing->until_at > call->now);
	}
	return OK;
}

static Error next_place(Call *call, bool is_priority, int64_t *out)
{
	int64_t base = is_priority ? 0 : ORDINARY_FROM, last = 0;
	bool found = false;
	TRY(dispute_last_place(call, is_priority ? ORDINARY_FROM : INT64_MAX, &last, &found));
	*out = found && last >= base ? last + 1 : base + 1;
	return OK;
}

static Error insert(Call *call, const NewDispute *new, const Map *values, Text *out_ref)
{
	const Actor *actor = call->actor;
	Text letters = random_code(call->arena, 8), grounds = form_answer(values, "grounds");
	Matter matter = { .state = TEXT("APPEALED"), .revision = 1, .seal_key = new->seal_key };
	Word word = { 0 };
	Sealed text;
	bool found = false, is_priority = false;
	int64_t place = 0;
	matter.ref = arena_printf(call->arena, "D-%.4s-%.4s", letters.at, letters.at + 4);
	TRY(wordlist_find(call, &dispute_grounds, grounds, -1, &word, &found));
	TRY(is_of_unit(call, actor->organisation_id, &is_priority));
	TRY(next_place(call, is_priority, &place));
	TRY(seal_close(call, matter.seal_key, "dispute|sealed_text", matter.ref, form_answer(values, "text"), &text));
	TRY(dispute_insert(call, matter.ref, place, matter.seal_key, new->chance.against, new->subject, new->report_id, new->casefile_id,
		new->party_id, (Maybe) { actor->person_id != 0, actor->person_id },
		(Maybe) { actor->organisation_id != 0, actor->organisation_id }, is_priority, grounds, word.version, new->chance.decided_at,
		text, call->now, &matter.id));
	TRY(workflow_begin(call, &dispute_machine, &matter));
	if (is_priority) TRY(workflow_clock_limit(call, &dispute_machine, matter.id, (int)setting_int(call, SETTING_appeal_priority_days)));
	*out_ref = matter.ref;
	return notice_send_role(call, ROLE_COORDINATOR, NOTICE_DISPUTE_WAITING, matter.ref,
		arena_printf(call->arena, "/disputes/%.*s", TEXT_ARGS(matter.ref)));
}

static Error casefile_of(Call *call, Text report, Maybe *out)
{
	CasefileCredit credit;
	Text ref;
	bool found = false;
	TRY(casefile_ref_of_report(call, report, &ref, &found));
	if (!found) return OK;
	TRY(casefile_credit(call, ref, &credit));
	*out = (Maybe) { true, credit.id };
	return OK;
}

static Error appeal_report(Call *call, void *argument)
{
	Appealing *appealing = argument;
	Report report;
	TRY(report_open(call, appealing->report, &report));
	if (!report.is_own) return fail(call, FORBIDDEN, "report %.*s is somebody else's", TEXT_ARGS(report.ref));
	NewDispute new = { .subject = report.ref, .seal_key = report.seal_key, .report_id = { true, report.id } };
	TRY(dispute_chance_report(call, &report, &new.chance));
	TRY(check(call, &new.chance, appealing->values));
	if (text_is(new.chance.against, TEXT("rating"))) TRY(casefile_of(call, report.ref, &new.casefile_id));
	return insert(call, &new, appealing->values, &appealing->ref);
}

static Error appeal_party(Call *call, void *argument)
{
	Appealing *appealing = argument;
	Party party;
	TRY(party_open(call, appealing->party, &party));
	if (!party.is_vendor) return fail(call, FORBIDDEN, "party %.*s is somebody else's", TEXT_ARGS(party.ref));
	NewDispute new = {
		.subject = party.ref, .seal_key = party.seal_key, .party_id = { true, party.id }, .casefile_id = { true, party.casefile_id }
	};
	TRY(dispute_chance_party(call, &party, appealing->against, &new.chance));
	TRY(check(call, &new.chance, appealing->values));
	return insert(call, &new, appealing->values, &appealing->ref);
}

Error dispute_appeal_report(Call *call, Text report_ref, const Map *values, Text *out_ref)
{
	Appealing appealing = { .report = report_ref, .values = values };
	TRY(db_transact(call, appeal_report, &appealing));
	*out_ref = appealing.ref;
	return OK;
}

Error dispute_appeal_party(Call *call, Text party_ref, Text against, const Map *values, Text *out_ref)
{
	Appealing appealing = { .party = party_ref, .against = against, .values = values };
	TRY(db_transact(call, appeal_party, &appealing));
	*out_ref = appealing.ref;
	return OK;
}

/* ---- What the page of a report says of it */
Error dispute_report_look(Call *call, const Report *report, ReportAppeal *out)
{
	DisputeChance chance;
	bool is_reader = report->is_own || (report_reading_roles(call->actor) & ROLE_COORDINATOR);
	*out = (ReportAppeal) { .path = TEXT("") };
	if (!is_reader || report_is_shut(report)) return OK;
	TRY(dispute_chance_report(call, report, &chance));
	if (chance.ref.at) {
		out->path = arena_printf(call->arena, "/disputes/%.*s", TEXT_ARGS(chance.ref));
		out->text = N_("Where the dispute stands");
	} else if (report->is_own && chance.against.length && chance.until >= call->now) {
		out->path = arena_printf(call->arena, "/reports/%.*s/appeal", TEXT_ARGS(report->ref));
		out->text = text_is(chance.against, TEXT("rating")) ? N_("Appeal against the rating") : N_("Appeal against the decision");
		out->until = chance.until;
	}
	return OK;
}

Error dispute_party_look(Call *call, const Party *party, PartyAppeals *out)
{
	static const char *const kinds[] = { "named", "rating" };
	PartyAppeals appeals = { 0 };
	bool is_reader = party->is_vendor || (report_reading_roles(call->actor) & ROLE_COORDINATOR);
	for (size_t i = 0; is_reader && i < COUNT(kinds); i++) {
		DisputeChance chance;
		PartyAppeal appeal = { .text = N_("Where the dispute stands") };
		TRY(dispute_chance_party(call, party, text_from(kinds[i]), &chance));
		if (chance.ref.at) {
			appeal.path = arena_printf(call->arena, "/disputes/%.*s", TEXT_ARGS(chance.ref));
			list_add(call->arena, &appeals, appeal);
		} else if (party->is_vendor && chance.against.length && chance.until >= call->now) {
			appeal.path = arena_printf(call->arena, "/parties/%.*s/appeal/%s", TEXT_ARGS(party->ref), kinds[i]);
			appeal.text = i ? N_("Appeal against the rating") : N_("Appeal against being named as affected");
			appeal.until = chance.until;
			list_add(call->arena, &appeals, appeal);
		}
	}
	*out = appeals;
	return OK;
}
