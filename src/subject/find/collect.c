/* What comes on a list, whether it still stands, and the certificate that is made of it. */
#include "base/base/clock.h"
#include "base/base/random.h"
#include "people/org/org.h"
#include "people/person/person.h"
#include "store/ledger/ledger.h"
#include "store/seal/seal.h"
#include "subject/find/find_private.h"
#include "work/certificate/certificate.h"

enum { ZONE_MS = 8 * 3600 * 1000, EVENTS_AT_ONCE = 500, MONTHS = 12 };

static int64_t first_instant(int64_t month)
{
	int64_t at = 0;
	char text[] = "0000-00-01";
	int64_t digits = month;
	for (int i = 6; i >= 0; i--) {
		if (i == 4) continue;
		text[i] = (char)('0' + digits % 10);
		digits /= 10;
	}
	must(clock_parse(text_from(text), &at));
	return at - ZONE_MS;
}

static int64_t next_month(int64_t month) { return month % 100 == MONTHS ? month + 100 - MONTHS + 1 : month + 1; }

/* The report that came in first: the find is its reporter's. NULL: nobody's, or it does not stand. */
static const CasefileFinder *finder_of(const CasefileCredit *credit)
{
	return credit->stands && credit->finders.count ? &credit->finders.at[0] : NULL;
}

/* As the report asks for: the handle, the name given there, or none. */
static Error wished_name(Call *call, const Report *report, Text *out)
{
	Person person;
	Text credit = form_answer(report->values, "credit");
	*out = TEXT("");
	if (text_is(credit, TEXT("name"))) *out = text_trim(form_answer(report->values, "credit_name"));
	if (!text_is(credit, TEXT("handle"))) return OK;
	TRY(person_find(call, report->reporter_id, &person));
	if (person.handle.length) *out = person.handle;
	return OK;
}

static Error put_on(Call *call, int64_t list_id, const CasefileCredit *credit, const CasefileFinder *finder, const Report *report)
{
	Sealed sealed;
	Text name;
	Matter matter = { .state = TEXT("LISTED"), .revision = 1 };
	matter.ref = arena_printf(call->arena, "O-%.*s", TEXT_ARGS(random_code(call->arena, 10)));
	TRY(wished_name(call, report, &name));
	TRY(seal_matter_new(call, &matter.seal_key));
	TRY(find_seal_name(call, &(Find) { .seal_key = matter.seal_key, .ref = matter.ref }, name, &sealed));
	TRY(find_insert(call, matter.ref, list_id, matter.seal_key, finder->report_id, credit->id, finder->person_id,
		finder->organisation_id, credit->ref, credit->number, credit->class_tag, credit->level, finder->received_at, sealed,
		call->now, &matter.id));
	return workflow_begin(call, &find_machine, &matter);
}

static Error consider(Call *call, int64_t list_id, Text casefile)
{
	CasefileCredit credit;
	Report report;
	int64_t other;
	bool is_taken = false;
	Text fault;
	TRY(casefile_credit(call, casefile, &credit));
	const CasefileFinder *finder = finder_of(&credit);
	if (!finder || !finder->person_id) return OK;
	TRY(find_of_casefile(call, credit.id, &other, &is_taken));
	if (is_taken) return OK;
	TRY(report_read(call, finder->report_id, &report));
	TRY(report_certifiable(call, &report, credit.level, credit.is_incident, &fault));
	return fault.length ? OK : put_on(call, list_id, &credit, finder, &report);
}

Error find_collect(Call *call, int64_t list_id, int64_t month)
{
	LedgerTraces traces;
	LedgerQuery query = { .kind = TEXT("casefile"),
		.action = TEXT("accept"),
		.from_at = first_instant(month),
		.until_at = first_instant(next_month(month)),
		.count = EVENTS_AT_ONCE };
	do {
		TRY(ledger_search(call, &query, &traces));
		for (size_t i = 0; i < traces.count; i++) TRY(consider(call, list_id, traces.at[i].ref));
		if (!traces.count) return OK;
		query.before = traces.at[traces.count - 1].id;
		query.before_at = traces.at[traces.count - 1].at;
	} while (traces.count == EVENTS_AT_ONCE);
	return OK;
}

Error find_fault(Call *call, const Find *find, const char **out_fault)
{
	CasefileCredit credit;
	*out_fault = NULL;
	TRY(casefile_credit(call, find->casefile, &credit));
	const CasefileFinder *finder = finder_of(&credit);
	bool is_there = false;
	for (size_t i = 0; finder && i < credit.finders.count; i++) is_there |= credit.finders.at[i].report_id == find->report_id;
	if (!is_there)
		*out_fault = "gone";
	else if (finder->report_id != find->report_id)
		*out_fault = "duplicate";
	return OK;
}

/* ---- The certificate */
static Text holder(Arena *arena, Lang lang, Text name, Text organisation)
{
	if (!name.length) return tr(lang, N_("Anonymous finder"));
	if (!organisation.length) return name;
	return arena_printf(arena, lang == LANG_ZH ? "%.*s（%.*s）" : "%.*s (%.*s)", TEXT_ARGS(name), TEXT_ARGS(organisation));
}

Error find_certify_it(Call *call, Find *find, Text document)
{
	Organisation organisation = { .name = TEXT(""), .name_en = TEXT("") };
	if (find->organisation_id && find->name.length) TRY(org_find(call, find->organisation_id, &organisation));
	CertificateOrder order = { .kind = CERTIFICATE_FIND,
		.organisation_id = organisation.id,
		.person_id = find->person_id,
		.holder = holder(call->arena, LANG_ZH, find->name, organisation.name),
		.holder_en =
			holder(call->arena, LANG_EN, find->name, organisation.name_en.length ? organisation.name_en : organisation.name),
		.credit_code = TEXT(""),
		.direction = TEXT(""),
		.subject = find->number,
		.class_tag = find->class_tag,
		.level = find->level,
		.document = document,
		.replaces = find->certificate,
		.from_at = find->received_at };
	TRY(certificate_issue(call, &order, &find->certificate));
	return find_certify(call, find->id, find->certificate);
}
