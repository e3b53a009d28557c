/* Reaching the vendor: attempts, the first letter with its claim code, who it turns out to be, the notice. */
#include "base/base/random.h"
#include "face/outbox/outbox.h"
#include "people/person/person.h"
#include "store/ledger/ledger.h"
#include "store/seal/seal.h"
#include "subject/party/party_private.h"

enum { CODE_LENGTH = 16 };

Error party_attempt(const PartyChange *change)
{
	const Map *values = change->values;
	Text note = arena_printf(change->call->arena, "%.*s\n%.*s",
		TEXT_ARGS(form_shown_value(change->call, change->call->lang, form_item(party_action_form("party-attempt"), TEXT("source")),
			form_answer(values, "source"))),
		TEXT_ARGS(form_answer(values, "note")));
	return party_log_attempt(change->call, change->party, form_answer(values, "channel"), form_answer(values, "outcome"),
		form_answer(values, "address"), text_trim(note), 0);
}

/* ---- The first letter: that there is something, and how to show who one is; never what it is */
static Text new_code(Arena *arena)
{
	Text letters = random_code(arena, CODE_LENGTH);
	return arena_printf(arena, "%.4s-%.4s-%.4s-%.4s", letters.at, letters.at + 4, letters.at + 8, letters.at + 12);
}

Error party_invite(const PartyChange *change)
{
	Call *call = change->call;
	int64_t message = 0;
	Text code = new_code(call->arena);
	LetterField fields[] = { { "ref", change->party->ref }, { "code", code } };
	Letter letter = { .to = change->party->mail,
		.lang = LANG_ZH,
		.subject = N_("The vulnerability library asks you to get in touch: {ref}"),
		.body = N_("The Vulnerability Library for Mobile App Products has a message for the provider of a product: {ref}.\n\n"
			   "This letter says nothing of it. Please register your organisation on the platform and enter this claim code "
			   "there: {code}\n\n"
			   "We tell you what it is about as soon as it is proven who you are."),
		.fields = fields,
		.field_count = COUNT(fields),
		.link = outbox_link(call, "/parties/claim"),
		.thread = change->party->ref };
	change->row->claim = report_claim_key(call, code);
	change->row->claimed_by = (Maybe) { 0 };
	TRY(outbox_letter_id(call, &letter, &message));
	return party_log_attempt(call, change->party, TEXT("mail"), TEXT("sent"), change->party->mail, TEXT(""), message);
}

/* The code opens nothing: the coordinator is told whose organisation showed it. */
static Error show_code(Call *call, Text key, void *argument, bool *out_found)
{
	PartyRow row;
	Party party;
	Text *ref = argument;
	TRY(party_find_claim(call, key, &row, out_found));
	if (!*out_found) return OK;
	TRY(party_of_row(call, &row, &party));
	*out_found = !party.casefile.is_isolated;
	if (!*out_found) return OK;
	*ref = row.ref;
	if (row.claimed_by.is && row.claimed_by.value == call->actor->organisation_id) return OK;
	TRY(party_set_claimed(call, row.id, call->actor->organisation_id));
	LedgerEvent event = { .kind = party_machine.name, .ref = row.ref, .action = "claim", .matter = row.seal_key };
	TRY(ledger_record(call, &event, NULL));
	return party_tell_coordinator(call, &party, NOTICE_PARTY_CLAIMED);
}

Error party_claim(Call *call, Text code, Text address, Text *out_number)
{
	Text ref = { 0 };
	if (!call->actor->organisation_id) return fail(call, CONFLICT, "belongs to no organisation");
	TRY(report_guess(call, code, address, show_code, &ref));
	*out_number = ref;
	return OK;
}

/* ---- Telling the people of the vendor */
static Error send_to_members(const PartyChange *change)
{
	Call *call = change->call;
	Numbers people;
	TRY(party_members(call, change->row, &people));
	for (size_t i = 0; i < people.count; i++) {
		int64_t message = 0;
		TRY(notice_send_tracked(
			call, people.at[i], NOTICE_PARTY_NOTICE, change->party->ref, party_link(call, change->party), &message));
		Text name = party_person(call, people.at[i]);
		if (!message) continue;
		TRY(party_unreached_insert(call, change->row->id, people.at[i], (Maybe) { true, message }, (Maybe) { 0 }));
		TRY(party_log_attempt(call, change->party, TEXT("mail"), TEXT("sent"), name, TEXT(""), message));
	}
	return OK;
}

/* ---- Who it is */
static Error find_organisation(Call *call, Text code, Organisation *out, bool *out_found)
{
	Text parsed = credit_code_parse(call->arena, code);
	*out_found = false;
	Error error = parsed.at ? org_find_code(call, parsed, out) : OK;
	if (error != OK && error != ERROR_NOT_FOUND) return error;
	*out_found = parsed.at && error == OK;
	call_pass_over(call);
	return OK;
}

static bool is_country(Text text) { return text.length == 2 && text_is(text, TEXT("CN")); }

static void check_domicile(Call *call, const Map *values)
{
	Text domicile = form_answer(values, "domicile");
	bool provider = text_is(form_answer(values, "own_provider"), TEXT("yes"));
	if (domicile.length != 2)
		call_problem(call, TEXT("domicile"), N_("Please enter the two letters of the country, such as CN."), (Text) { 0 });
	else if (!is_country(domicile) && !provider)
		call_problem(call, TEXT("own_provider"),
			N_("A recipient outside the country is told only when it is the product's own provider."), (Text) { 0 });
}

Error party_bind(const PartyChange *change)
{
	Call *call = change->call;
	Organisation organisation;
	bool found = false;
	TRY(find_organisation(call, form_answer(change->values, "credit_code"), &organisation, &found));
	bool shown = found && change->row->claimed_by.is && change->row->claimed_by.value == organisation.id;
	if (!found)
		call_problem(call, TEXT("credit_code"), N_("No verified organisation has this code."), (Text) { 0 });
	else if (!text_is(organisation.domicile, form_answer(change->values, "domicile")))
		call_problem(call, TEXT("domicile"), N_("This is not the domicile the organisation was verified with."), (Text) { 0 });
	if (found && text_is(form_answer(change->values, "proof"), TEXT("claim-code")) && !shown)
		call_problem(call, TEXT("proof"), N_("No member of this organisation has shown the claim code."), (Text) { 0 });
	check_domicile(call, change->values);
	TRY(call_check_problems(call));
	change->row->organisation_id = (Maybe) { true, organisation.id };
	change->row->domicile = organisation.domicile;
	change->row->is_own_provider = text_is(form_answer(change->values, "own_provider"), TEXT("yes"));
	change->row->claim = (Text) { 0 };
	return change->row->notified_at.is ? send_to_members(change) : OK; /* a partner has delivered the letter before */
}

static Error is_partner(Call *call, const Organisation *organisation, bool *out)
{
	Standings standings;
	*out = false;
	TRY(org_standings(call, organisation->id, &standings));
	for (size_t i = 0; i < standings.count; i++) {
		const Standing *standing = &standings.at[i];
		bool runs = !standing->is_suspended && (!standing->until_at || standing->until_at > call->now);
		*out |= runs && (text_is(standing->kind, TEXT("partner")) || text_is(standing->kind, TEXT("unit")));
	}
	return OK;
}

Error party_confirm(const PartyChange *change)
{
	Call *call = change->call;
	Organisation organisation;
	bool found = false, partner = false;
	TRY(find_organisation(call, form_answer(change->values, "credit_code"), &organisation, &found));
	if (found) TRY(is_partner(call, &organisation, &partner));
	if (!partner) call_problem(call, TEXT("credit_code"), N_("No partner or support unit has this code."), (Text) { 0 });
	check_domicile(call, change->values);
	TRY(call_check_problems(call));
	change->row->confirmed_by = (Maybe) { true, organisation.id };
	change->row->domicile = form_answer(change->values, "domicile");
	change->row->is_own_provider = text_is(form_answer(change->values, "own_provider"), TEXT("yes"));
	return OK;
}

/* ---- The notice */
/* The vendor may need the address of its own server; what belongs to a person or opens an account goes to it only where somebody says so. */
MaskSpans party_personal(Arena *arena, Text content)
{
	MaskSpans found = masking_find(arena, content);
	return masking_of_kinds(arena, &found, ~(1u << MASK_MACHINE));
}

static void check_personal(Call *call, const Map *values)
{
	MaskSpans found = party_personal(call->arena, form_answer(values, "content"));
	if (!found.count || form_answer(values, "personal").length) return;
	Text kind = tr(call->lang, mask_kind_text(found.at[0].kind));
	call_problem(call, TEXT("content"), N_("This stands in the text and must be masked or confirmed below: %s"), kind);
}

Error party_notify(const PartyChange *change)
{
	PartyRow *row = change->row;
	Call *call = change->call;
	bool by_account = text_is(form_answer(change->values, "way"), TEXT("account"));
	if (by_account && !row->organisation_id.is) call_problem(call, TEXT("way"), N_("The vendor has no account yet."), (Text) { 0 });
	check_personal(call, change->values);
	TRY(call_check_problems(call));
	if (!row->notified_at.is) row->notified_at = (Maybe) { true, call->now };
	row->notice_at = (Maybe) { true, call->now };
	Text versions = form_answer(change->values, "versions");
	if (versions.length) TRY(party_store_lines(call, row->id, row->seal_key, versions));
	return row->organisation_id.is ? send_to_members(change) : OK;
}

/* ---- Through a partner: the notice lies ready, and is read when the vendor has shown who it is and has signed */
Error party_channel(const PartyChange *change)
{
	PartyRow *row = change->row;
	Call *call = change->call;
	Party party = *change->party;
	check_personal(call, change->values);
	TRY(call_check_problems(call));
	Text versions = form_answer(change->values, "versions");
	if (versions.length) TRY(party_store_lines(call, row->id, row->seal_key, versions));
	row->notice_at = (Maybe) { true, call->now };
	row->step = party.step = TEXT("partner");
	row->step_at = call->now;
	return party_log_attempt(call, &party, TEXT("store"), TEXT("sent"), form_answer(change->values, "evidence"), TEXT(""), 0);
}

Error party_delivered(const PartyChange *change)
{
	PartyRow *row = change->row;
	if (!row->notified_at.is) row->notified_at = (Maybe) { true, change->call->now };
	return row->organisation_id.is ? send_to_members(change) : OK;
}
