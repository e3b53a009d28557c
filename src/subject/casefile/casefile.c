/* Reading casefiles. */
#include "people/person/person.h"
#include "store/seal/seal.h"
#include "subject/casefile/casefile_private.h"

static Maybe reader(const Call *call) { return (Maybe) { call->actor->person_id != 0, call->actor->person_id }; }

static Error open_values(Call *call, const Form *form, const char *place, Text ref, Sealed sealed, const Map **out)
{
	Text json;
	Map *values;
	TRY(seal_open(call, place, ref, sealed, &json));
	TRY(form_values_read(call, form, json.at ? json : TEXT("{}"), &values));
	*out = values;
	return OK;
}

static Text or_empty(Text text) { return text.at ? text : TEXT(""); }

static int64_t at_of(Maybe time) { return time.is ? time.value : 0; }

/* A verifier reads nothing of the content before the undertaking is signed. */
static bool hides_content(const Call *call, const CasefileFacts *facts)
{
	if (report_reading_roles(call->actor) & (ROLE_COORDINATOR | ROLE_PUBLISHER)) return false;
	return call->actor->person_id && casefile_is_at_work(facts, call->actor) && !facts->has_undertaking;
}

Error casefile_of_row(Call *call, const CasefileRow *row, Casefile *out)
{
	CasefileFacts *facts = arena_new_of(call->arena, CasefileFacts);
	Casefile casefile = { .id = row->id,
		.revision = row->revision,
		.seal_key = row->seal_key,
		.opened_at = row->opened_at,
		.updated_at = row->updated_at,
		.coordinator_id = row->coordinator_id,
		.emergency_at = at_of(row->emergency_at),
		.emergency_due_at = at_of(row->emergency_due_at),
		.public_since = at_of(row->public_since),
		.escalated_at = at_of(row->escalated_at),
		.upstream_of = at_of(row->upstream_of),
		.ref = row->ref,
		.number = or_empty(row->number),
		.state = row->state,
		.class_tag = row->class,
		.technical_level = or_empty(row->technical_level),
		.level = or_empty(row->level),
		.advisory = or_empty(row->advisory),
		.is_incident = row->is_incident,
		.facts = facts };
	Text title;
	if (casefile_is_isolated(row->state)) {
		*out = casefile;
		return isolation_shell(call, row, out);
	}
	TRY(seal_open(call, "casefile|sealed_title", row->ref, row->sealed_title, &title));
	TRY(open_values(call, &casefile_public_form, "casefile|sealed_public", row->ref, row->sealed_public, &casefile.public_values));
	TRY(casefile_report_list(call, row->id, &casefile.report_ids));
	TRY(casefile_load_facts(call, row, casefile.public_values, facts));
	casefile.hides_content = hides_content(call, facts);
	casefile.title = casefile.hides_content ? row->ref : or_empty(title);
	*out = casefile;
	return OK;
}

uint32_t casefile_reading_roles(const Actor *actor)
{
	bool reads = actor->second_factor && !actor_has(actor, ROLE_ADMINISTRATORS);
	return report_reading_roles(actor) | (reads ? actor->roles & ROLE_AUTHORITY : 0);
}

Error casefile_open_shell(Call *call, Text ref, Casefile *out)
{
	CasefileRow row;
	TRY(casefile_find_visible(call, ref, reader(call), casefile_reading_roles(call->actor), &row));
	return casefile_of_row(call, &row, out);
}

Error casefile_open(Call *call, Text ref, Casefile *out)
{
	Casefile casefile;
	TRY(casefile_open_shell(call, ref, &casefile));
	if (casefile.is_isolated) return fail(call, NOT_FOUND, "casefile %.*s is isolated", TEXT_ARGS(ref));
	*out = casefile;
	return OK;
}

static Error of_rows(Call *call, const CasefileRows *rows, Casefiles *out)
{
	Casefiles casefiles = { 0 };
	for (size_t i = 0; i < rows->count; i++) {
		Casefile casefile;
		TRY(casefile_of_row(call, &rows->at[i], &casefile));
		list_add(call->arena, &casefiles, casefile);
	}
	*out = casefiles;
	return OK;
}

Error casefile_queue(Call *call, Text state, int64_t after, int64_t max, Casefiles *out)
{
	CasefileRows rows;
	TRY(casefile_list_state(call, state, reader(call), report_reading_roles(call->actor), after, max, &rows));
	return of_rows(call, &rows, out);
}

Error casefile_escalated(Call *call, int64_t before, int64_t max, Casefiles *out)
{
	CasefileRows rows;
	TRY(supervision_list(call, before ? before : INT64_MAX, max, casefile_reading_roles(call->actor), &rows));
	return of_rows(call, &rows, out);
}

Error casefile_assigned(Call *call, Casefiles *out)
{
	CasefileRows rows = { 0 };
	if (call->actor->person_id) TRY(casefile_list_assigned(call, call->actor->person_id, report_reading_roles(call->actor), &rows));
	return of_rows(call, &rows, out);
}

bool casefile_is_at_work(const CasefileFacts *facts, const Actor *actor)
{
	return actor->person_id && (facts->verifier_id == actor->person_id || facts->second_id == actor->person_id);
}

bool casefile_shows_content(const Casefile *casefile, const Actor *actor)
{
	if (report_reading_roles(actor) & ROLE_COORDINATOR) return true;
	return casefile_is_at_work(casefile->facts, actor) && casefile->facts->has_undertaking;
}

/* Its own; or, of a component's provider, those of the casefile it arose from: they say what is to be reproduced. */
Error casefile_reports(Call *call, const Casefile *casefile, Reports *out)
{
	Numbers ids;
	Reports reports = { 0 };
	bool is_whole = (report_reading_roles(call->actor) & ROLE_COORDINATOR) != 0;
	bool is_borrowed = !casefile->report_ids.count && casefile->upstream_of;
	TRY(casefile_report_list(call, is_borrowed ? casefile->upstream_of : casefile->id, &ids));
	for (size_t i = 0; casefile_shows_content(casefile, call->actor) && i < ids.count; i++) {
		Report report;
		TRY(report_read(call, ids.at[i], &report));
		if (!is_whole) report.values = report_values_for_workers(call, report.values);
		list_add(call->arena, &reports, report);
	}
	*out = reports;
	return OK;
}

Error casefile_upstream(Call *call, const Casefile *casefile, Texts *out)
{
	CasefileRow row;
	Texts refs;
	if (!actor_has(call->actor, ROLE_COORDINATOR)) return OK;
	TRY(casefile_upstream_list(call, casefile->id, &refs));
	if (casefile->upstream_of) {
		TRY(casefile_find_id(call, casefile->upstream_of, &row));
		list_add(call->arena, &refs, row.ref);
	}
	*out = refs;
	return OK;
}

static Error shown_person(Call *call, int64_t person_id, Text *out)
{
	Person person;
	TRY(person_find(call, person_id, &person));
	*out = person_shown_name(&person);
	return OK;
}

static Error read_rating(Call *call, const RatingRow *row, CasefileRating *out)
{
	Text json;
	Json vectors;
	CasefileRating rating = { .who = row->who,
		.person = TEXT("—"),
		.technical_level = row->technical_level,
		.level = or_empty(row->level),
		.at = row->rated_at };
	if (row->person_id.is) TRY(shown_person(call, row->person_id.value, &rating.person));
	TRY(seal_open(call, "rating|sealed_vectors", row->ref, row->sealed_vectors, &json));
	TRY(json_read(call, json.at ? json : TEXT("{}"), &vectors));
	rating.gbt30279 = or_empty(json_as_text(json_get(vectors, "gbt30279")));
	rating.cvss = or_empty(json_as_text(json_get(vectors, "cvss")));
	*out = rating;
	return OK;
}

Error casefile_history(Call *call, const Casefile *casefile, Verifications *out_verifications, CasefileRatings *out_ratings)
{
	VerificationRows verified;
	RatingRows rated;
	Verifications verifications = { 0 };
	CasefileRatings ratings = { 0 };
	TRY(casefile_verification_list(call, casefile->id, &verified));
	TRY(casefile_rating_list(call, casefile->id, &rated));
	for (size_t i = 0; i < verified.count; i++) {
		const VerificationRow *row = &verified.at[i];
		Verification verification = { .verdict = row->verdict, .at = row->decided_at };
		TRY(shown_person(call, row->person_id, &verification.person));
		TRY(seal_open(call, "verification|sealed_evidence", row->ref, row->sealed_evidence, &verification.evidence));
		list_add(call->arena, &verifications, verification);
	}
	for (size_t i = 0; i < rated.count; i++) {
		CasefileRating rating;
		TRY(read_rating(call, &rated.at[i], &rating));
		list_add(call->arena, &ratings, rating);
	}
	*out_verifications = verifications;
	*out_ratings = ratings;
	return OK;
}

void casefile_matter(const Casefile *casefile, Matter *out)
{
	*out = (Matter) { .id = casefile->id,
		.revision = casefile->revision,
		.ref = casefile->ref,
		.state = casefile->state,
		.facts = casefile->facts,
		.seal_key = casefile->seal_key };
}

Error casefile_parts(Call *call, const Casefile *casefile, AffectedParts *out)
{
	AffectedPartRows rows;
	AffectedParts parts = { 0 };
	*out = parts;
	if (!casefile_shows_content(casefile, call->actor)) return OK;
	TRY(casefile_part_list(call, casefile->id, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		AffectedPart part = { .part = rows.at[i].part };
		TRY(open_values(call, casefile_action_form("casefile-part"), "affected_part|sealed_details", rows.at[i].ref,
			rows.at[i].sealed_details, &part.values));
		list_add(call->arena, &parts, part);
	}
	*out = parts;
	return OK;
}

/* ---- Threads */
static const Audience audiences[] = {
	{ "verification", N_("Coordinators and the verifier") },
	{ "publication", N_("Coordinators and publishers") },
};

static Error add_verifiers(Call *call, const CasefileFacts *facts, ThreadMembers *list)
{
	Text role = tr(call->lang, role_text(ROLE_VERIFIER));
	if (facts->verifier_id) TRY(report_add_person(call, facts->verifier_id, role, list));
	return facts->second_id ? report_add_person(call, facts->second_id, role, list) : OK;
}

static Error members(Call *call, const ThreadSubject *subject, const Audience *audience, ThreadMembers *out)
{
	const Casefile *casefile = subject->facts;
	ThreadMembers list = { 0 };
	TRY(report_add_holders(call, ROLE_COORDINATOR, &list));
	if (audience == &audiences[1])
		TRY(report_add_holders(call, ROLE_PUBLISHER, &list));
	else
		TRY(add_verifiers(call, casefile->facts, &list));
	*out = list;
	return OK;
}

void casefile_threads(const Casefile *casefile, ThreadSubject *out)
{
	*out = (ThreadSubject) { .machine = casefile_machine.name,
		.id = casefile->id,
		.seal_key = casefile->seal_key,
		.audiences = audiences,
		.audience_count = COUNT(audiences),
		.members = members,
		.facts = casefile };
}
