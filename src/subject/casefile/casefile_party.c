/* The vendors of a casefile: naming them, what they are told, and what the casefile does when they act. */
#include "people/org/org.h"
#include "store/seal/seal.h"
#include "subject/casefile/casefile_private.h"
#include "subject/product/product.h"

/* The entry of the catalogue that is called so, among the organisation's own: so that the matter reaches the team that answers for it. */
static Error find_product(Call *call, int64_t organisation_id, Text name, int64_t *out_product_id)
{
	enum { OWN = 500 };
	Products products;
	*out_product_id = 0;
	TRY(product_list_of(call, organisation_id, 0, OWN, &products));
	for (size_t i = 0; name.length && i < products.count; i++)
		if (text_is(products.at[i].name, name) || text_is(products.at[i].name_en, name)) *out_product_id = products.at[i].id;
	return OK;
}

Error name_party(const CaseChange *change)
{
	Call *call = change->call;
	const Map *values = change->values;
	Organisation organisation;
	Text code = text_trim(form_answer(values, "credit_code")), ref;
	PartyNew party = { .name = form_answer(values, "name"),
		.mail = form_answer(values, "mail"),
		.phone = form_answer(values, "phone"),
		.source = form_answer(values, "source"),
		.product = form_answer(values, "product"),
		.versions = form_answer(values, "versions"),
		.is_service = form_answer(values, "is_service").length > 0,
		.is_own_provider = form_answer(values, "own_provider").length > 0 };
	if (code.length) {
		Text parsed = credit_code_parse(call->arena, code);
		Error error = parsed.at ? org_find_code(call, parsed, &organisation) : ERROR_NOT_FOUND;
		if (error != OK && error != ERROR_NOT_FOUND) return error;
		call_pass_over(call);
		if (error != OK) call_problem(call, TEXT("credit_code"), N_("No verified organisation has this code."), (Text) { 0 });
		party.organisation_id = error == OK ? organisation.id : 0;
		if (error == OK) TRY(find_product(call, organisation.id, text_trim(party.product), &party.product_id));
	}
	if (!code.length && !party.name.length) call_problem(call, TEXT("name"), N_("Please fill this in."), (Text) { 0 });
	TRY(call_check_problems(call));
	return party_add(call, change->row->id, &party, &ref);
}

Error casefile_add_own_party(Call *call, int64_t casefile_id, const Report *report)
{
	Organisation organisation;
	Text ref;
	if (!text_is(form_answer(report->values, "owner"), TEXT("own")) || !report->organisation_id) return OK;
	TRY(org_find(call, report->organisation_id, &organisation));
	if (organisation.state != ORG_VERIFIED) return OK;
	PartyNew party = { .organisation_id = organisation.id,
		.name = organisation.name,
		.product_id = report->product_id,
		.product = form_answer(report->values, "product"),
		.versions = form_answer(report->values, "versions"),
		.is_own_provider = true,
		.is_own_report = true };
	return party_add(call, casefile_id, &party, &ref);
}

/* ---- What a party is told of its casefile */
static Error add_section(Call *call, Buffer *content, const char *heading, Text text)
{
	if (!text.length) return OK;
	Text title = tr(call->lang, heading);
	buffer_printf(content, "%s### %.*s\n\n%.*s\n", content->length ? "\n" : "", TEXT_ARGS(title), TEXT_ARGS(text));
	return OK;
}

/* Of the first report, of this casefile or of the one it comes from; never who reported it. */
static Error content_of(Call *call, const CasefileRow *row, Text *out, int64_t *out_reported_at)
{
	int64_t report_id = 0;
	Report report;
	Buffer content = { .arena = call->arena };
	*out = TEXT("");
	*out_reported_at = 0;
	TRY(merge_first_report(call, row->upstream_of.is ? row->upstream_of.value : row->id, &report_id));
	if (!report_id) return OK;
	TRY(report_read(call, report_id, &report));
	*out_reported_at = report.received_at;
	TRY(add_section(call, &content, N_("Description"), form_answer(report.values, "description")));
	TRY(add_section(call, &content, N_("Trigger conditions"), form_answer(report.values, "conditions")));
	TRY(add_section(call, &content, N_("Steps to reproduce"), form_answer(report.values, "steps")));
	TRY(add_section(call, &content, N_("Impact"), form_answer(report.values, "impact")));
	*out = buffer_text(&content);
	return OK;
}

static Error tell_party(Call *call, int64_t casefile_id, int64_t origin_id, PartyCase *out)
{
	CasefileRow row, origin;
	CasefileEmbargo embargo;
	PartyCase told = { 0 };
	TRY(casefile_find_id(call, casefile_id, &row));
	TRY(casefile_embargo(call, row.id, row.ref, &embargo));
	const WorkflowState *state = workflow_state(&casefile_machine, row.state);
	told = (PartyCase) { .coordinator_id = row.coordinator_id,
		.ref = row.ref,
		.number = row.number.at ? row.number : TEXT(""),
		.level = row.level.at             ? row.level
			 : row.technical_level.at ? row.technical_level
						  : TEXT(""),
		.is_incident = row.is_incident,
		.is_ended = state && state->final,
		.embargo_until = embargo.holds ? embargo.ends_at : 0 };
	told.is_isolated = casefile_is_isolated(row.state);
	if (told.is_isolated) {
		told.title = told.content = TEXT("");
		*out = told;
		return OK;
	}
	TRY(casefile_find_id(call, origin_id, &origin));
	TRY(seal_open(call, "casefile|sealed_title", origin.ref, origin.sealed_title, &told.title));
	if (!told.title.at) told.title = TEXT("");
	TRY(content_of(call, &origin, &told.content, &told.reported_at));
	*out = told;
	return OK;
}

/* The coordinator learns of what a vendor does. */
static Error party_changed(Call *call, const Party *party, const char *action)
{
	static const char *const vendors[] = { "acknowledge", "state", "close-fixed", "close-retired", "close-known", "plan", "declare",
		"ask", "replay", "spot", "samples", "fail" };
	for (size_t i = 0; i < COUNT(vendors); i++) {
		CasefileRow row;
		if (strcmp(vendors[i], action) != 0) continue;
		TRY(casefile_find_id(call, party->casefile_id, &row));
		if (row.coordinator_id == call->actor->person_id) return OK;
		return absence_tell(call, row.coordinator_id, NOTICE_CASE_MOVED, row.ref,
			arena_printf(call->arena, "/casefiles/%.*s", TEXT_ARGS(row.ref)));
	}
	return OK;
}

/* A casefile of its own for the provider of the component, with its party at once. */
static Error open_upstream(Call *call, const Party *party, const PartyUpstream *upstream)
{
	CasefileRow row;
	int64_t id = 0;
	Text ref;
	TRY(casefile_find_id(call, party->casefile_id, &row));
	CasefileNew given = { .title = arena_printf(call->arena, "%.*s: %.*s", TEXT_ARGS(upstream->vendor), TEXT_ARGS(upstream->product)),
		.class_tag = row.class,
		.is_incident = row.is_incident,
		.coordinator_id = row.coordinator_id };
	PartyNew provider = {
		.name = upstream->vendor, .product = upstream->product, .source = upstream->contact, .is_own_provider = true
	};
	TRY(casefile_new(call, &given, &id));
	TRY(casefile_make_upstream(call, id, row.id));
	TRY(party_add(call, id, &provider, &ref));
	CasefileRow opened;
	TRY(casefile_find_id(call, id, &opened));
	return notice_send(call, row.coordinator_id, NOTICE_CASE_MOVED, opened.ref,
		arena_printf(call->arena, "/casefiles/%.*s", TEXT_ARGS(opened.ref)));
}

/* Beside the others: the library's own rating and the levels stay as they are. */
static Error keep_rating(Call *call, const Party *party, Text gbt30279, Text cvss)
{
	CasefileRow row;
	TRY(casefile_find_id(call, party->casefile_id, &row));
	RatingAuthor author = { "party", { true, call->actor->person_id }, { party->organisation_id != 0, party->organisation_id } };
	return casefile_add_rating(call, &row, &author, gbt30279, cvss, NULL, NULL);
}

static Error keep_embargo_answer(Call *call, const Party *party, const EmbargoWord *word)
{
	CasefileRow row;
	EmbargoParticipant who = { .party_id = party->id, .name = party->vendor };
	TRY(casefile_find_id(call, party->casefile_id, &row));
	return embargo_answer_of(call, &row, &who, word);
}

const PartyHooks casefile_party_hooks = { tell_party, party_changed, open_upstream, keep_rating, keep_embargo_answer };
