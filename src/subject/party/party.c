/* Reading parties. */

#include "people/person/person.h"
#include "store/seal/seal.h"
#include "subject/party/party_private.h"

const PartyHooks *party_hooks;
void party_set_hooks(const PartyHooks *hooks) { party_hooks = hooks; }
PartyAppealLook *party_appeal_look;
void party_set_appeal(PartyAppealLook *look) { party_appeal_look = look; }

/* ---- Who reads: coordinators by their role, members by their organisation; both only with a second factor */
static uint32_t reading_roles(const Actor *actor) { return report_reading_roles(actor) & ROLE_COORDINATOR; }
static Maybe reader(const Call *call) { return (Maybe) { call->actor->person_id && call->actor->second_factor, call->actor->person_id }; }

Error party_audiences(Call *call, Numbers *out)
{
	Numbers teams, audiences = { 0 };
	*out = (Numbers) { 0 };
	if (!call->actor->organisation_id || !call->actor->second_factor) return OK;
	TRY(party_organisations(call, call->actor->organisation_id, &audiences));
	TRY(org_teams_of_actor(call, &teams));
	for (size_t i = 0; i < teams.count; i++) list_add(call->arena, &audiences, -teams.at[i]);
	*out = audiences;
	return OK;
}

static bool has(const Numbers *numbers, int64_t number)
{
	for (size_t i = 0; i < numbers->count; i++)
		if (numbers->at[i] == number) return true;
	return false;
}

Error party_effective(Call *call, int64_t organisation_id, int64_t *out)
{
	enum { MERGERS = 4 };
	for (int i = 0; i < MERGERS; i++) {
		Maybe into = { 0 };
		bool found = false;
		TRY(party_merged_into(call, organisation_id, &into, &found));
		if (!found || !into.is) break;
		organisation_id = into.value;
	}
	*out = organisation_id;
	return OK;
}

/* ---- What guards look at */
static bool says_fixed(Text position, const Map *values)
{
	bool known = text_is(position, TEXT("known")) && form_answer(values, "fixed_version").length > 0;
	return known || text_is(position, TEXT("fixed"));
}

static Error statement_values(Call *call, const StatementRow *row, const Map **out)
{
	Text json;
	Map *values;
	const Form *form = party_action_form(arena_string(call->arena, row->form));
	if (!form) return fail(call, CORRUPT, "statement %.*s of an unknown form", TEXT_ARGS(row->ref));
	TRY(seal_open(call, "party_statement|sealed_values", row->ref, row->sealed_values, &json));
	TRY(form_values_read(call, form, json.at ? json : TEXT("{}"), &values));
	*out = values;
	return OK;
}

Error party_last_values(Call *call, const PartyRow *row, const char *form, const Map **out)
{
	StatementRow statement;
	bool found = false;
	*out = map_new(call->arena);
	TRY(party_statement_last(call, row->id, text_from(form), &statement, &found));
	return found ? statement_values(call, &statement, out) : OK;
}

static Error load_position(Call *call, const PartyRow *row, PartyFacts *facts)
{
	const Map *values;
	TRY(party_last_values(call, row, "party-position", &values));
	facts->says_fixed = says_fixed(facts->position, values);
	return OK;
}

static Error load_lines(Call *call, const PartyRow *row, PartyFacts *facts)
{
	VersionLineRows lines;
	TRY(party_line_rows(call, row->id, &lines));
	facts->lines = (int64_t)lines.count;
	for (size_t i = 0; i < lines.count; i++) facts->open_lines += !lines.at[i].fixed_at.is;
	return OK;
}

static Text or_empty(Text text) { return text.at ? text : TEXT(""); }
static int64_t or_zero(Maybe maybe) { return maybe.is ? maybe.value : 0; }

static Error load_facts(Call *call, const PartyRow *row, const Party *party, PartyFacts *facts)
{
	ClockView clock;
	*facts = (PartyFacts) { .is_vendor = party->is_vendor,
		.is_bound = row->organisation_id.is,
		.is_confirmed = row->confirmed_by.is,
		.is_foreign = row->domicile.at && !text_is(row->domicile, TEXT("CN")),
		.is_own_provider = row->is_own_provider,
		.is_own_report = row->is_own_report,
		.is_service = row->is_service,
		.has_mail = party->mail.length > 0,
		.has_notice = row->notice_at.is,
		.has_reported = row->duty_reported_at.is,
		.is_ended = party->casefile.is_ended,
		.has_embargo = party->casefile.embargo_until != 0,
		.step = row->step,
		.position = or_empty(row->position),
		.closing = or_empty(row->closing),
		.closing_from = or_empty(row->closing_from) };
	TRY(party_attempt_count(call, row->id, row->step, row->step_at, &facts->attempts, &facts->failed));
	TRY(workflow_clock_of(call, &party_machine, row->id, &clock));
	facts->is_over = clock.overdue;
	if (row->position.at) TRY(load_position(call, row, facts));
	TRY(load_lines(call, row, facts));
	TRY(workflow_assigned(call, &party_machine, row->id, "handler", &facts->handler_id));
	return workflow_assigned(call, &party_machine, row->id, "verifier", &facts->verifier_id);
}

/* ---- A party */
static Error load_contact(Call *call, const PartyRow *row, Party *party)
{
	Text json;
	Json contact;
	TRY(seal_open(call, "party|sealed_contact", row->ref, row->sealed_contact, &json));
	TRY(json_read(call, json.at ? json : TEXT("{}"), &contact));
	party->mail = or_empty(json_as_text(json_get(contact, "mail")));
	party->phone = or_empty(json_as_text(json_get(contact, "phone")));
	party->source = or_empty(json_as_text(json_get(contact, "source")));
	return OK;
}

static Error load_names(Call *call, const PartyRow *row, Party *party)
{
	Text name, product;
	TRY(seal_open(call, "party|sealed_name", row->ref, row->sealed_name, &name));
	TRY(seal_open(call, "party|sealed_product", row->ref, row->sealed_product, &product));
	party->product = or_empty(product);
	party->vendor = or_empty(name);
	if (!row->organisation_id.is) return OK;
	Organisation organisation;
	int64_t id = 0;
	TRY(party_effective(call, row->organisation_id.value, &id));
	TRY(org_find(call, id, &organisation));
	party->vendor = org_shown_name(&organisation, call->lang);
	return OK;
}

static Error load_casefile(Call *call, const PartyRow *row, Party *party)
{
	party->casefile = (PartyCase) { .ref = TEXT(""), .number = TEXT(""), .title = TEXT(""), .level = TEXT(""), .content = TEXT("") };
	return party_hooks && party_hooks->casefile ? party_hooks->casefile(call, row->casefile_id, row->origin_id, &party->casefile) : OK;
}

static Party of_columns(const PartyRow *row)
{
	return (Party) { .id = row->id,
		.revision = row->revision,
		.seal_key = row->seal_key,
		.casefile_id = row->casefile_id,
		.organisation_id = or_zero(row->organisation_id),
		.product_id = or_zero(row->product_id),
		.notified_at = or_zero(row->notified_at),
		.notice_at = or_zero(row->notice_at),
		.acknowledged_at = or_zero(row->acknowledged_at),
		.word_at = or_zero(row->word_at),
		.created_at = row->created_at,
		.updated_at = row->updated_at,
		.duty_due_at = or_zero(row->duty_due_at),
		.duty_reported_at = or_zero(row->duty_reported_at),
		.ref = row->ref,
		.state = row->state,
		.step = row->step,
		.position = or_empty(row->position),
		.domicile = or_empty(row->domicile),
		.closing = or_empty(row->closing),
		.known_at = or_zero(row->known_at),
		.claimed_by = or_zero(row->claimed_by),
		.is_own_report = row->is_own_report,
		.is_service = row->is_service,
		.is_own_provider = row->is_own_provider,
		.has_fix = row->has_fix,
		.has_code = row->claim.at != NULL };
}

Error party_of_row(Call *call, const PartyRow *row, Party *out)
{
	Party party = of_columns(row);
	Numbers organisations;
	PartyFacts *facts = arena_new_of(call->arena, PartyFacts);
	TRY(party_audiences(call, &organisations));
	party.is_vendor = party.organisation_id && has(&organisations, party.organisation_id);
	party.is_staff = !party.is_vendor && reading_roles(call->actor) != 0;
	party.facts = facts;
	TRY(load_contact(call, row, &party));
	TRY(load_names(call, row, &party));
	TRY(load_casefile(call, row, &party));
	TRY(load_facts(call, row, &party, facts));
	*out = party;
	return OK;
}

Error party_open(Call *call, Text ref, Party *out)
{
	PartyRow row;
	Numbers organisations;
	TRY(party_audiences(call, &organisations));
	TRY(party_find_visible(call, ref, reading_roles(call->actor), organisations, reader(call), &row));
	return party_of_row(call, &row, out);
}

Error party_read(Call *call, int64_t id, Party *out)
{
	PartyRow row;
	TRY(party_find_id(call, id, &row));
	return party_of_row(call, &row, out);
}

void party_matter(const Party *party, Matter *out)
{
	*out = (Matter) { .id = party->id,
		.revision = party->revision,
		.ref = party->ref,
		.state = party->state,
		.facts = party->facts,
		.seal_key = party->seal_key };
}

const Map *party_known(Call *call, const Party *party)
{
	Map *values = map_new(call->arena);
	form_set(call->arena, values, TEXT("title"), party->casefile.title);
	MaskSpans personal = party_personal(call->arena, party->casefile.content);
	form_set(call->arena, values, TEXT("content"), masking_apply(call->arena, party->casefile.content, &personal));
	form_set(call->arena, values, TEXT("product"), party->product);
	return values;
}

/* ---- Lists */
static Error line_of(Call *call, const PartyLineRow *row, PartyLine *out)
{
	Text name, product;
	TRY(seal_open(call, "party|sealed_name", row->ref, row->sealed_name, &name));
	TRY(seal_open(call, "party|sealed_product", row->ref, row->sealed_product, &product));
	bool english = call->lang == LANG_EN && row->organisation_name_en.length > 0;
	*out = (PartyLine) { .id = row->id,
		.organisation_id = or_zero(row->organisation_id),
		.casefile_id = row->casefile_id,
		.notified_at = or_zero(row->notified_at),
		.acknowledged_at = or_zero(row->acknowledged_at),
		.word_at = or_zero(row->word_at),
		.updated_at = row->updated_at,
		.due_at = or_zero(row->due_at),
		.ref = row->ref,
		.state = row->state,
		.step = row->step,
		.position = or_empty(row->position),
		.vendor = english                     ? row->organisation_name_en
			  : row->organisation_name.at ? row->organisation_name
						      : or_empty(name),
		.product = or_empty(product),
		.unread = row->unread,
		.has_fix = row->has_fix };
	return OK;
}

static Error lines_of(Call *call, const PartyLineRows *rows, PartyLines *out)
{
	PartyLines lines = { 0 };
	for (size_t i = 0; i < rows->count; i++) {
		PartyLine line;
		TRY(line_of(call, &rows->at[i], &line));
		list_add(call->arena, &lines, line);
	}
	*out = lines;
	return OK;
}

Error party_list_where(Call *call, int64_t casefile_id, const PartyFilter *filter, int64_t after, int64_t max, PartyLines *out)
{
	PartyLineRows rows;
	Numbers organisations;
	TRY(party_audiences(call, &organisations));
	TRY(party_lines_of_casefile(call, casefile_id, reading_roles(call->actor), organisations, reader(call), call->actor->person_id,
		!filter->state.length, or_empty(filter->state), filter->is_unbound, after, max, &rows));
	return lines_of(call, &rows, out);
}

Error party_list(Call *call, int64_t casefile_id, int64_t after, int64_t max, PartyLines *out)
{
	return party_list_where(call, casefile_id, &(PartyFilter) { .state = TEXT("") }, after, max, out);
}

Error party_stages(Call *call, int64_t casefile_id, int64_t max, PartyLines *out)
{
	PartyLineRows rows;
	const Numbers nobody = { 0 };
	TRY(party_lines_of_casefile(
		call, casefile_id, ROLE_COORDINATOR, nobody, (Maybe) { 0 }, call->actor->person_id, true, TEXT(""), false, 0, max, &rows));
	return lines_of(call, &rows, out);
}

Error party_list_own(Call *call, int64_t before, int64_t max, PartyLines *out)
{
	PartyLineRows rows = { 0 };
	Numbers organisations;
	TRY(party_audiences(call, &organisations));
	if (organisations.count)
		TRY(party_lines_of_vendor(call, organisations, call->actor->person_id, before ? before : INT64_MAX, max, &rows));
	return lines_of(call, &rows, out);
}

Error party_list_since(Call *call, int64_t at, int64_t after, int64_t max, PartyLines *out)
{
	PartyLineRows rows = { 0 };
	Numbers audiences;
	TRY(party_audiences(call, &audiences));
	if (audiences.count) TRY(party_lines_of_vendor_since(call, audiences, call->actor->person_id, at, after, max, &rows));
	return lines_of(call, &rows, out);
}

Error party_queue(Call *call, Text state, int64_t after, int64_t max, PartyLines *out)
{
	PartyLineRows rows;
	TRY(party_lines_of_state(call, state, reading_roles(call->actor), call->actor->person_id, after, max, &rows));
	return lines_of(call, &rows, out);
}

Error party_assigned(Call *call, PartyLines *out)
{
	enum { MAX = 200 };
	PartyLineRows rows = { 0 };
	if (reader(call).is) TRY(party_lines_assigned(call, call->actor->person_id, call->actor->person_id, MAX, &rows));
	return lines_of(call, &rows, out);
}

Error party_summary(Call *call, int64_t casefile_id, PartySummary *out)
{
	int64_t parties = 0, notified = 0, acknowledged = 0, stated = 0, done = 0, unreachable = 0, orphan = 0, repaired = 0, foreign = 0,
		untold = 0;
	Maybe first = { 0 }, silent = { 0 };
	TRY(party_count(call, casefile_id, &parties, &notified, &acknowledged, &stated, &done, &unreachable, &orphan, &repaired, &first,
		&silent, &foreign, &untold));
	int64_t settled = done + unreachable + orphan;
	*out = (PartySummary) { .count = (int)parties,
		.notified = (int)notified,
		.acknowledged = (int)acknowledged,
		.stated = (int)stated,
		.done = (int)done,
		.unreachable = (int)unreachable,
		.orphan = (int)orphan,
		.foreign = (int)foreign,
		.all_settled = parties > 0 && settled == parties,
		.has_notice = parties > 0 && !untold,
		.provider_fix = settled > 0 && repaired == settled,
		.first_notice_at = or_zero(first),
		.silent_since = or_zero(silent) };
	return OK;
}

Error party_credit(Call *call, Text ref, PartyCredit *out)
{
	PartyRow row;
	TRY(party_find_ref(call, ref, &row));
	*out = (PartyCredit) { .id = row.id,
		.organisation_id = row.organisation_id.is ? row.organisation_id.value : 0,
		.is_done = text_is(row.state, TEXT("DONE")),
		.has_fix = row.has_fix,
		.is_own_report = row.is_own_report };
	return OK;
}
