/* Many parties of one casefile at once: what an action does to each, and doing it. */
#include "subject/party/delivery_private.h"

static const char *next_step(const Party *party)
{
	static const char *const steps[][2] = { { "vendor", "partner" }, { "partner", "authority" }, { "authority", "give-up" } };
	if (text_is(party->state, TEXT("NOTIFIED")) || text_is(party->state, TEXT("ACKNOWLEDGED"))) return "contact";
	for (size_t i = 0; i < COUNT(steps); i++)
		if (text_is(party->step, text_from(steps[i][0]))) return steps[i][1];
	return "contact";
}

/* The action of the party's machine that this one means for it. */
static Text meant(Text action, const Party *party) { return text_is(action, TEXT("escalate")) ? text_from(next_step(party)) : action; }

static bool is_known(Text action)
{
	static const char *const actions[] = { "notify", "remind", "escalate", "channel" };
	for (size_t i = 0; i < COUNT(actions); i++)
		if (text_is(action, text_from(actions[i]))) return true;
	return false;
}

static const char *against_channel(Call *call, const Party *party, Error *out_error)
{
	Text letter;
	bool waits = false;
	*out_error = delivery_letter_waiting_of(call, party->id, &letter, &waits);
	return waits ? N_("A letter is on its way already.") : NULL;
}

static Error line_of(Call *call, const PartyMany *many, const Party *party, PartyManyLine *out)
{
	Matter matter;
	Error error = ERROR_INVALID;
	const char *why = NULL;
	bool is_channel = text_is(many->action, TEXT("channel"));
	party_matter(party, &matter);
	const Transition *row =
		workflow_row(&party_machine, &matter, is_channel ? &actor_system : call->actor, meant(many->action, party), &error, &why);
	bool is_accountless = row && text_is(many->action, TEXT("notify")) && !party->organisation_id;
	*out = (PartyManyLine) { .ref = party->ref, .vendor = party->vendor, .state = party->state, .does = row ? row->says : NULL };
	error = OK;
	if (!row)
		out->why_not = why ? why : N_("This does not fit its state.");
	else if (is_accountless)
		out->why_not = N_("The vendor has no account yet.");
	else if (is_channel)
		out->why_not = against_channel(call, party, &error);
	return error;
}

static Error check_many(Call *call, const PartyMany *many)
{
	if (!many->count || many->count > PARTY_MANY_MAX)
		call_problem(call, TEXT("party"), N_("Please choose between 1 and 200 vendors."), (Text) { 0 });
	if (!is_known(many->action)) call_problem(call, TEXT("action"), N_("Please choose what is to be done."), (Text) { 0 });
	return call_check_problems(call);
}

static Error open_one(Call *call, const PartyMany *many, Text ref, Party *out)
{
	TRY(party_open(call, ref, out));
	bool is_there = out->casefile_id == many->casefile_id && out->is_staff;
	return is_there ? OK : fail(call, NOT_FOUND, "party %.*s is none of this casefile", TEXT_ARGS(ref));
}

Error party_many_preview(Call *call, const PartyMany *many, PartyManyLines *out)
{
	PartyManyLines lines = { 0 };
	TRY(check_many(call, many));
	for (size_t i = 0; i < many->count; i++) {
		Party party;
		PartyManyLine line;
		TRY(open_one(call, many, many->refs[i], &party));
		TRY(line_of(call, many, &party, &line));
		list_add(call->arena, &lines, line);
	}
	*out = lines;
	return OK;
}

typedef struct Doing {
	const PartyMany *many;
	const Map *values;
	PartyManyLines lines;
} Doing;

static Error act_all(Call *call, void *argument)
{
	Doing *doing = argument;
	const PartyMany *many = doing->many;
	doing->lines = (PartyManyLines) { 0 };
	for (size_t i = 0; i < many->count; i++) {
		Party party;
		PartyManyLine line;
		Matter matter;
		TRY(open_one(call, many, many->refs[i], &party));
		TRY(line_of(call, many, &party, &line));
		list_add(call->arena, &doing->lines, line);
		if (line.why_not) continue;
		party_matter(&party, &matter);
		Act act = { .action = meant(many->action, &party), .input = doing->values };
		TRY(workflow_apply(call, &party_machine, &matter, &act));
	}
	return OK;
}

/* Of a notice to accounts the way and its evidence are the same for all. */
static const Map *values_of(Call *call, const PartyMany *many, const Map *given)
{
	if (!given) return map_new(call->arena);
	if (!text_is(many->action, TEXT("notify"))) return given;
	Map *values = form_values_copy(call->arena, party_action_form("party-notify"), given);
	form_set(call->arena, values, TEXT("way"), TEXT("account"));
	form_set(call->arena, values, TEXT("evidence"), tr(LANG_ZH, N_("In the account of the vendor")));
	return values;
}

Error party_many_act(Call *call, const PartyMany *many, const Map *values, PartyManyLines *out)
{
	Doing doing = { .many = many, .values = values_of(call, many, values) };
	TRY(check_many(call, many));
	if (text_is(many->action, TEXT("channel"))) return fail(call, USAGE, "letters are handed out as a package");
	TRY(db_transact(call, act_all, &doing));
	*out = doing.lines;
	return OK;
}
