/* Who may answer, and who may have a seat: nobody who decided, confirmed or opined; of a panel nobody who did anything in the matter at all. */
#include "people/person/person.h"
#include "store/ledger/ledger.h"
#include "subject/dispute/dispute_private.h"
#include "subject/product/product.h"

enum { TRACES_MOST = 500 };

/* ---- The matter */
static Error add_report(Call *call, int64_t id, DisputeAbout *about)
{
	Report report;
	int64_t owner = 0;
	bool found = false;
	TRY(report_read(call, id, &report));
	about->report = report.ref;
	about->reporter_id = report.reporter_id;
	if (report.organisation_id) list_add(call->arena, &about->organisations, report.organisation_id);
	if (report.product_id) {
		list_add(call->arena, &about->products, report.product_id);
		TRY(product_owner(call, report.product_id, &owner));
		if (owner) list_add(call->arena, &about->organisations, owner);
	}
	TRY(casefile_ref_of_report(call, report.ref, &about->casefile, &found));
	if (!found) about->casefile = TEXT("");
	return OK;
}

static Error add_casefile(Call *call, int64_t id, DisputeAbout *about)
{
	Casefile casefile;
	TRY(casefile_read(call, id, &casefile));
	about->casefile = casefile.ref;
	return casefile_sides(call, &casefile, &about->organisations, &about->products);
}

Error dispute_about(Call *call, const Dispute *dispute, DisputeAbout *out)
{
	DisputeAbout about = { .against = dispute->against,
		.report = TEXT(""),
		.casefile = TEXT(""),
		.party = TEXT(""),
		.appellant_id = dispute->person_id,
		.party_organisation_id = dispute->party_id ? dispute->organisation_id : 0 };
	if (dispute->report_id) TRY(add_report(call, dispute->report_id, &about));
	if (dispute->casefile_id) TRY(add_casefile(call, dispute->casefile_id, &about));
	if (dispute->party_id) about.party = dispute->subject;
	if (dispute->organisation_id) list_add(call->arena, &about.organisations, dispute->organisation_id);
	*out = about;
	return OK;
}

/* ---- What somebody did in it */
static bool is_among(Text action, const char *const *actions)
{
	for (size_t i = 0; actions[i]; i++)
		if (text_is(action, text_from(actions[i]))) return true;
	return false;
}

/* actions NULL: anything but reading it. */
static Error has_done(Call *call, const char *kind, Text ref, const char *const *actions, int64_t person_id, bool *out)
{
	LedgerTraces traces;
	const LedgerQuery query = { .kind = text_from(kind), .ref = ref, .by_actor = true, .actor = person_id, .count = TRACES_MOST };
	if (!ref.length || *out) return OK;
	TRY(ledger_search(call, &query, &traces));
	for (size_t i = 0; i < traces.count; i++)
		*out |= actions ? is_among(traces.at[i].action, actions) : !text_is(traces.at[i].action, TEXT("read"));
	return OK;
}

static Error has_decided(Call *call, const DisputeAbout *about, int64_t person_id, bool *out)
{
	static const char *const of_report[] = { "reject", "spam", "lapse", "duplicate", "opine", "known", "confirm-known", NULL };
	static const char *const of_rating[] = { "confirm", "confirm-second", "accept", "rate-anew", NULL };
	static const char *const of_naming[] = { "party", NULL };
	static const char *const of_party[] = { "open", "bind", "confirm", "notify", NULL };
	*out = false;
	if (text_is(about->against, TEXT("rating")))
		return has_done(call, casefile_machine.name, about->casefile, of_rating, person_id, out);
	if (!text_is(about->against, TEXT("named"))) return has_done(call, report_machine.name, about->report, of_report, person_id, out);
	TRY(has_done(call, casefile_machine.name, about->casefile, of_naming, person_id, out));
	return has_done(call, party_machine.name, about->party, of_party, person_id, out);
}

static Error has_touched(Call *call, const DisputeAbout *about, int64_t person_id, bool *out)
{
	*out = false;
	TRY(has_done(call, report_machine.name, about->report, NULL, person_id, out));
	TRY(has_done(call, casefile_machine.name, about->casefile, NULL, person_id, out));
	return has_done(call, party_machine.name, about->party, NULL, person_id, out);
}

Error dispute_unfit(Call *call, const DisputeAbout *about, int64_t person_id, int64_t organisation_id, bool has_seat, const char **out_why)
{
	const InterestMatter matter = { about->organisations, about->products };
	bool has_done_it = false;
	*out_why = NULL;
	if (person_id == about->reporter_id || person_id == about->appellant_id) {
		*out_why = N_("Nobody decides about their own matter.");
		return OK;
	}
	for (size_t i = 0; organisation_id && i < about->organisations.count; i++)
		if (about->organisations.at[i] == organisation_id)
			*out_why = N_("Belongs to an organisation that has a part in the matter.");
	if (*out_why) return OK;
	TRY(has_seat ? has_touched(call, about, person_id, &has_done_it) : has_decided(call, about, person_id, &has_done_it));
	if (has_done_it)
		*out_why = has_seat ? N_("Had something to do with the matter before.")
				    : N_("Somebody who had no part in the decision has to answer.");
	return *out_why ? OK : interest_against(call, person_id, &matter, out_why);
}
