/* What the actions of the machine change, and how a party begins. */
#include "base/base/clock.h"
#include "base/base/random.h"
#include "people/person/person.h"
#include "store/seal/seal.h"
#include "subject/party/party_private.h"

/* ---- Opening */
static Text contact_text(Arena *arena, const PartyNew *party)
{
	Buffer buffer = { .arena = arena };
	JsonWriter writer = json_writer(&buffer);
	json_object_begin(&writer);
	json_put_text(&writer, "mail", party->mail.at ? party->mail : TEXT(""));
	json_put_text(&writer, "phone", party->phone.at ? party->phone : TEXT(""));
	json_put_text(&writer, "source", party->source.at ? party->source : TEXT(""));
	json_end(&writer);
	json_finish(&writer);
	return buffer_text(&buffer);
}

static Error check_new(Call *call, const PartyNew *party, Organisation *organisation)
{
	if (party->organisation_id) TRY(org_find(call, party->organisation_id, organisation));
	bool is_verified = party->organisation_id && organisation->state == ORG_VERIFIED;
	if (!party->organisation_id && !text_trim(party->name).length)
		call_problem(call, TEXT("vendor"), N_("Please name the vendor."), (Text) { 0 });
	if (party->organisation_id && !is_verified)
		call_problem(call, TEXT("vendor"), N_("No verified organisation has this code."), (Text) { 0 });
	if (is_verified && !text_is(organisation->domicile, TEXT("CN")) && !party->is_own_provider)
		call_problem(call, TEXT("vendor"),
			N_("A recipient outside the country is told only when it is the product's own provider."), (Text) { 0 });
	if (party->is_own_report && !is_verified)
		call_problem(call, TEXT("vendor"), N_("Only a verified organisation reports products of its own."), (Text) { 0 });
	if (party->mail.length && !mail_address_is(party->mail))
		call_problem(call, TEXT("mail"), N_("This is not a mail address."), (Text) { 0 });
	return call_check_problems(call);
}

static Error insert(Call *call, int64_t casefile_id, const PartyNew *party, Text domicile, Matter *matter)
{
	Sealed name, product, contact;
	Text letters = random_code(call->arena, 8);
	matter->ref = arena_printf(call->arena, "P-%.4s-%.4s", letters.at, letters.at + 4);
	matter->state = TEXT("CONTACTING");
	matter->revision = 1;
	TRY(seal_matter_new(call, &matter->seal_key));
	TRY(seal_close(call, matter->seal_key, "party|sealed_name", matter->ref, party->name, &name));
	TRY(seal_close(call, matter->seal_key, "party|sealed_product", matter->ref, party->product, &product));
	TRY(seal_close(call, matter->seal_key, "party|sealed_contact", matter->ref, contact_text(call->arena, party), &contact));
	TRY(party_insert(call, matter->ref, casefile_id, (Maybe) { party->organisation_id != 0, party->organisation_id },
		(Maybe) { party->product_id != 0, party->product_id }, party->is_own_report, party->is_service, party->is_own_provider,
		domicile, (Maybe) { party->is_own_report, call->now }, matter->seal_key, name, product, contact, call->now, &matter->id));
	return party->versions.length ? party_store_lines(call, matter->id, matter->seal_key, party->versions) : OK;
}

/* What the vendor reported itself needs no contact: the machine takes it straight to the fix. */
static Error begin_own(Call *call, const Matter *opened)
{
	const Actor *actor = call->actor;
	Party party;
	Matter matter;
	call->actor = &actor_system;
	Error error = party_read(call, opened->id, &party);
	if (error == OK) {
		party_matter(&party, &matter);
		error = workflow_apply(call, &party_machine, &matter, &(Act) { .action = TEXT("own"), .input = map_new(call->arena) });
	}
	call->actor = actor;
	return error;
}

Error party_add(Call *call, int64_t casefile_id, const PartyNew *party, Text *out_ref)
{
	Organisation organisation = { .domicile = { 0 } };
	Matter matter = { 0 };
	must(db_in_transaction(call));
	TRY(check_new(call, party, &organisation));
	TRY(insert(call, casefile_id, party, party->organisation_id ? organisation.domicile : (Text) { 0 }, &matter));
	TRY(workflow_begin(call, &party_machine, &matter));
	if (party->is_own_report) TRY(begin_own(call, &matter));
	*out_ref = matter.ref;
	return OK;
}

/* ---- The machine */
Error party_machine_load(Call *call, Text ref, Matter *out)
{
	Party party;
	TRY(party_open(call, ref, &party));
	party_matter(&party, out);
	return OK;
}

Error party_machine_move(Call *call, const Matter *matter, Text to, int64_t *out_changed)
{
	return party_move(call, matter->id, matter->state, to, matter->revision, call->now, out_changed);
}

static void start_duty(Call *call, PartyRow *row)
{
	if (row->duty_due_at.is || row->duty_reported_at.is) return;
	row->duty_due_at = (Maybe) { true, call->now + setting_int(call, SETTING_duty_hours) * 3600 * 1000 };
}

static Error acknowledge(const PartyChange *change)
{
	PartyRow *row = change->row;
	if (!row->acknowledged_at.is) row->acknowledged_at = (Maybe) { true, change->call->now };
	start_duty(change->call, row);
	return OK;
}

static Error tell_upstream(const PartyChange *change)
{
	const Map *values = change->values;
	PartyUpstream upstream = { .vendor = form_answer(values, "provider"),
		.product = form_answer(values, "component"),
		.contact = form_answer(values, "provider_contact"),
		.explanation = form_answer(values, "explanation") };
	return party_hooks && party_hooks->upstream ? party_hooks->upstream(change->call, change->party, &upstream) : OK;
}

static Error fix_line(const PartyChange *change, const VersionLineRow *line, Text fixed)
{
	Sealed sealed;
	TRY(seal_close(change->call, change->row->seal_key, "party_line|sealed_fixed", line->ref, fixed, &sealed));
	return party_line_fix(change->call, line->id, sealed, (Maybe) { true, change->call->now });
}

static Error fix_all(const PartyChange *change, Text fixed)
{
	VersionLineRows lines;
	TRY(party_line_rows(change->call, change->row->id, &lines));
	for (size_t i = 0; i < lines.count; i++) TRY(fix_line(change, &lines.at[i], fixed));
	return OK;
}

static Error state(const PartyChange *change)
{
	const Map *values = change->values;
	Text position = form_answer(values, "position"), versions = form_answer(values, "versions"),
	     fixed = form_answer(values, "fixed_version");
	change->row->position = position;
	if (!change->row->stated_at.is) change->row->stated_at = (Maybe) { true, change->call->now };
	if (versions.length) TRY(party_store_lines(change->call, change->row->id, change->row->seal_key, versions));
	if (fixed.length) TRY(fix_all(change, fixed));
	return text_is(position, TEXT("upstream")) ? tell_upstream(change) : OK;
}

/* Of a service the instant counts, not a version: it must be one, and not lie ahead. */
static void check_fixed(const PartyChange *change, Text fixed)
{
	int64_t at = 0;
	Call *call = change->call;
	if (!change->row->is_service) return;
	Buffer buffer = { .arena = call->arena };
	for (size_t i = 0; i < fixed.length; i++) buffer_byte(&buffer, fixed.at[i] == ' ' ? 'T' : fixed.at[i]);
	if (fixed.length == 16) buffer_put(&buffer, TEXT(":00+08:00"));
	if (!clock_parse(buffer_text(&buffer), &at))
		call_problem(call, TEXT("fixed"), N_("Please enter since when it is fixed, as 2026-03-05 14:00."), (Text) { 0 });
	else if (at > call->now)
		call_problem(call, TEXT("fixed"), N_("This lies in the future."), (Text) { 0 });
}

/* As stated for all version lines at once; of a service it is an instant. */
Error party_fix_whole(const PartyChange *change, Text fixed)
{
	VersionLineRows lines;
	check_fixed(change, fixed);
	TRY(call_check_problems(change->call));
	TRY(party_line_rows(change->call, change->row->id, &lines));
	if (!lines.count) TRY(party_store_lines(change->call, change->row->id, change->row->seal_key, tr(LANG_ZH, N_("All versions"))));
	return fix_all(change, fixed);
}

static bool is_day(Text text)
{
	int64_t at;
	return text.length == 10 && clock_parse(text, &at);
}

static Error plan(const PartyChange *change)
{
	static const char *const days[] = { "begin", "finish", "release" };
	Call *call = change->call;
	int64_t before = 0;
	for (size_t i = 0; i < COUNT(days); i++) {
		int64_t at = 0;
		Text day = form_answer(change->values, days[i]);
		if (!is_day(day) || !clock_parse(day, &at))
			call_problem(call, text_from(days[i]), N_("Please enter a day as 2026-03-05."), (Text) { 0 });
		else if (at < before)
			call_problem(call, text_from(days[i]), N_("This lies before the step that comes first."), (Text) { 0 });
		if (at > before) before = at;
	}
	return call_check_problems(call);
}

static Error find_line(const PartyChange *change, VersionLineRow *out)
{
	Call *call = change->call;
	VersionLineRows lines;
	Text wanted = form_answer(change->values, "line");
	TRY(party_line_rows(call, change->row->id, &lines));
	if (!lines.count) { /* nobody named version lines: the fix concerns all of them */
		TRY(party_store_lines(
			call, change->row->id, change->row->seal_key, wanted.length ? wanted : tr(LANG_ZH, N_("All versions"))));
		TRY(party_line_rows(call, change->row->id, &lines));
	}
	for (size_t i = 0; i < lines.count; i++) {
		Text name;
		TRY(seal_open(call, "party_line|sealed_line", lines.at[i].ref, lines.at[i].sealed_line, &name));
		if (!(wanted.length ? name.at && text_is(name, wanted) : lines.count == 1)) continue;
		*out = lines.at[i];
		return OK;
	}
	call_problem(call, TEXT("line"), N_("This is none of the affected version lines."), (Text) { 0 });
	return call_check_problems(call);
}

static Error fix(const PartyChange *change)
{
	VersionLineRow line = { 0 };
	Text fixed = form_answer(change->values, "fixed");
	check_fixed(change, fixed);
	TRY(call_check_problems(change->call));
	TRY(find_line(change, &line));
	return fix_line(change, &line, fixed);
}

static Error interest_in(const PartyChange *change, int64_t organisation_id, int64_t person_id, const char **out_why)
{
	InterestMatter matter = { 0 };
	if (organisation_id) list_add(change->call->arena, &matter.organisations, organisation_id);
	if (change->row->product_id.is) list_add(change->call->arena, &matter.products, change->row->product_id.value);
	return interest_against(change->call, person_id, &matter, out_why);
}

static Error unassign(const PartyChange *change) { return workflow_unassign(change->call, &party_machine, change->row->id, "verifier"); }

/* Whoever hands it over has looked at the deputy. */
static Error hand_over(const PartyChange *change)
{
	Person holder;
	TRY(person_find_login(change->call, form_answer(change->values, "holder"), &holder));
	TRY(workflow_hand_over(change->call, &party_machine, change->row->id, "verifier", holder.id));
	return notice_send(change->call, holder.id, NOTICE_CASE_ASSIGNED, change->row->ref, party_link(change->call, change->party));
}

static Error assign(const PartyChange *change)
{
	Call *call = change->call;
	Person person;
	bool is_found;
	int64_t organisation = 0;
	TRY(role_find_holder(call, form_answer(change->values, "verifier"), ROLE_VERIFIER, &person, &is_found));
	if (change->row->organisation_id.is) TRY(party_effective(call, change->row->organisation_id.value, &organisation));
	bool belongs = is_found && organisation && person.organisation_id == organisation;
	const char *why = !is_found ? N_("There is no verifier of this name.")
			  : belongs ? N_("Who belongs to the vendor does not check its fix.")
				    : NULL;
	if (!why) TRY(interest_in(change, organisation, person.id, &why));
	if (!why) TRY(absence_against(call, &party_machine, change->row->id, person.id, &why));
	if (why) call_problem(call, TEXT("verifier"), why, (Text) { 0 });
	TRY(call_check_problems(call));
	TRY(workflow_assign(call, &party_machine, change->row->id, "verifier", person.id));
	return notice_send(call, person.id, NOTICE_CASE_ASSIGNED, change->row->ref, party_link(call, change->party));
}

/* ---- Clocks and what begins anew with them */
static SettingId fixing_limit(Text level)
{
	if (text_is(level, TEXT("critical"))) return SETTING_fixing_critical_days;
	if (text_is(level, TEXT("high"))) return SETTING_fixing_high_days;
	return text_is(level, TEXT("medium")) ? SETTING_fixing_medium_days : SETTING_fixing_low_days;
}

/* The limit follows the level; a clock that goes on after a failed check keeps the time it had. */
static Error begin_fixing(const PartyChange *change)
{
	ClockView clock;
	Call *call = change->call;
	change->row->has_fix = false;
	TRY(workflow_clock_of(call, &party_machine, change->row->id, &clock));
	if (clock.started_at != call->now) return OK;
	int64_t days = setting_int(call, fixing_limit(change->party->casefile.level));
	return workflow_clock_limit(call, &party_machine, change->row->id, (int)days);
}

static Error check_fail(const PartyChange *change)
{
	TRY(party_line_open_again(change->call, change->row->id));
	return begin_fixing(change);
}

static Error begin_own_fix(const PartyChange *change)
{
	change->row->position = TEXT("affected");
	change->row->acknowledged_at = change->row->word_at = (Maybe) { true, change->call->now };
	start_duty(change->call, change->row);
	return begin_fixing(change);
}

static Error pass_to(const PartyChange *change, const char *step)
{
	change->row->step = text_from(step);
	change->row->step_at = change->call->now;
	return OK;
}

static Error pass_to_vendor(const PartyChange *change) { return pass_to(change, "vendor"); }
static Error pass_to_partner(const PartyChange *change) { return pass_to(change, "partner"); }
static Error pass_to_authority(const PartyChange *change) { return pass_to(change, "authority"); }

static Error ask_position(const PartyChange *change)
{
	change->row->position = (Text) { 0 };
	return OK;
}

static Error passed(const PartyChange *change)
{
	change->row->has_fix = true;
	return OK;
}

static Error extend(const PartyChange *change)
{
	int64_t days = 0;
	if (!text_to_int(form_answer(change->values, "days"), &days))
		return fail(change->call, INVALID, "days that were checked are no number");
	return workflow_clock_extend(change->call, &party_machine, change->row->id, (int)days);
}

static Error report_duty(const PartyChange *change)
{
	change->row->duty_reported_at = (Maybe) { true, change->call->now };
	return OK;
}

static Error rate(const PartyChange *change)
{
	if (!party_hooks || !party_hooks->rated) return OK;
	return party_hooks->rated(
		change->call, change->party, form_answer(change->values, "gbt30279"), form_answer(change->values, "cvss"));
}

static Error answer_embargo(const PartyChange *change)
{
	EmbargoWord word = embargo_word(change->call->arena, change->values);
	return party_hooks && party_hooks->embargo ? party_hooks->embargo(change->call, change->party, &word) : OK;
}

static const struct {
	const char *from; /* NULL: in every state */
	const char *action;
	PartyChanging *change;
} changes[] = {
	{ NULL, "attempt", party_attempt },
	{ NULL, "invite", party_invite },
	{ NULL, "bind", party_bind },
	{ NULL, "confirm", party_confirm },
	{ NULL, "notify", party_notify },
	{ NULL, "channel", party_channel },
	{ NULL, "delivered", party_delivered },
	{ NULL, "partner", pass_to_partner },
	{ NULL, "contact", pass_to_partner },
	{ NULL, "authority", pass_to_authority },
	{ NULL, "found", pass_to_vendor },
	{ NULL, "own", begin_own_fix },
	{ NULL, "acknowledge", acknowledge },
	{ NULL, "state", state },
	{ "POSITION_STATED", "return", ask_position },
	{ NULL, "take", party_take },
	{ NULL, "give-back", party_give_back },
	{ NULL, "close-fixed", party_close_fixed },
	{ NULL, "close-retired", party_close_retired },
	{ NULL, "close-known", party_close_known },
	{ NULL, "accept-fixed", party_accept_closing },
	{ NULL, "accept-retired", party_accept_closing },
	{ NULL, "accept-known", party_accept_closing },
	{ "CLOSING", "return", party_return_closing },
	{ NULL, "resume", party_return_closing },
	{ NULL, "reconsider", ask_position },
	{ NULL, "plan", plan },
	{ NULL, "accept", begin_fixing },
	{ NULL, "fix", fix },
	{ NULL, "assign", assign },
	{ NULL, "replay", passed },
	{ NULL, "spot", passed },
	{ NULL, "fail", check_fail },
	{ NULL, "reopen", check_fail },
	{ NULL, "extend", extend },
	{ NULL, "unassign", unassign },
	{ NULL, "hand-over", hand_over },
	{ NULL, "rate", rate },
	{ NULL, "embargo", answer_embargo },
	{ NULL, "duty", report_duty },
};

static Error store(Call *call, const PartyRow *row)
{
	return party_change(call, row->id, row->organisation_id, row->step, row->step_at, row->is_own_provider, row->domicile, row->claim,
		row->claimed_by, row->confirmed_by, row->position, row->has_fix, row->notified_at, row->notice_at, row->acknowledged_at,
		row->word_at, row->duty_due_at, row->duty_told, row->duty_reported_at, row->closing, row->closing_from, row->known_at,
		row->stated_at, row->settled_at);
}

/* When it was settled; a matter that is taken up again is not. */
static void mark_settled(PartyRow *row, const Transition *applied, int64_t now)
{
	const WorkflowState *from = workflow_state(&party_machine, text_from(applied->from)),
			    *to = workflow_state(&party_machine, text_from(applied->to));
	if (to && to->final && !(from && from->final && row->settled_at.is)) row->settled_at = (Maybe) { true, now };
	if (to && !to->final) row->settled_at = (Maybe) { 0 };
}

static Error apply(PartyChange *change, const Transition *row)
{
	Call *call = change->call;
	const Form *form = party_action_form(row->form);
	if (form) TRY(party_store_statement(call, change->party, row->action, form, change->values));
	if (change->party->is_vendor) change->row->word_at = (Maybe) { true, call->now };
	for (size_t i = 0; i < COUNT(changes); i++) {
		bool fits = !strcmp(changes[i].action, row->action) && (!changes[i].from || !strcmp(changes[i].from, row->from));
		if (fits) TRY(changes[i].change(change));
	}
	if (!strcmp(row->to, "CLOSING") && strcmp(row->from, row->to) != 0) change->row->closing_from = text_from(row->from);
	mark_settled(change->row, row, call->now);
	return store(call, change->row);
}

Error party_machine_applied(Call *call, Matter *matter, const Transition *row, const void *input)
{
	PartyRow party_row;
	Party party;
	const Form *form = party_action_form(row->form);
	if (form) {
		TRY(form_check(call, form, input));
		matter->detail = form_values_text(call->arena, form, input);
	}
	TRY(party_find_id(call, matter->id, &party_row));
	TRY(party_of_row(call, &party_row, &party));
	PartyChange change = { call, &party_row, &party, input };
	TRY(apply(&change, row));
	TRY(party_of_row(call, &party_row, &party));
	party.state = text_from(row->to);
	TRY(party_tell(call, &party, row));
	return party_hooks && party_hooks->changed ? party_hooks->changed(call, &party, row->action) : OK;
}

Error party_act(Call *call, Text ref, Text action, int64_t revision, const Map *values)
{
	Matter matter;
	Act act = { .action = action, .revision = revision, .input = values ? values : map_new(call->arena) };
	return workflow_act(call, &party_machine, ref, &act, &matter);
}

Error party_set_aside(Call *call, int64_t id, Text dispute, bool *out_moved)
{
	Party party;
	Matter matter;
	Error why = OK;
	const char *words = NULL;
	Map *values = map_new(call->arena);
	const Act act = { .action = TEXT("withdraw"), .input = values };
	const Actor *actor = call->actor;
	TRY(party_read(call, id, &party));
	party_matter(&party, &matter);
	*out_moved = workflow_row(&party_machine, &matter, &actor_system, act.action, &why, &words) != NULL;
	if (!*out_moved) return OK;
	form_set(call->arena, values, TEXT("reason"), dispute);
	call->actor = &actor_system;
	Error error = workflow_apply(call, &party_machine, &matter, &act);
	call->actor = actor;
	return error;
}
