/* Packages: reading them, handing one out, and what the actions of the machine change. */
#include "base/base/random.h"
#include "store/ledger/ledger.h"
#include "store/seal/seal.h"
#include "subject/party/delivery_private.h"

#include <stdlib.h>

enum { CODE_LENGTH = 16, FIGURES_OVER = 1000, HOUR_MS = 3600000 };

Text delivery_link(Call *call, Text ref) { return arena_printf(call->arena, "/deliveries/%.*s", TEXT_ARGS(ref)); }

/* ---- Who reads */
uint32_t delivery_reading_roles(const Actor *actor) { return report_reading_roles(actor) & ROLE_COORDINATOR; }

Error delivery_is_partner(Call *call, int64_t organisation_id, bool *out)
{
	Standings standings;
	*out = false;
	TRY(org_standings(call, organisation_id, &standings));
	for (size_t i = 0; i < standings.count; i++) {
		const Standing *standing = &standings.at[i];
		bool runs = !standing->is_suspended && standing->from_at <= call->now &&
			    (!standing->until_at || standing->until_at > call->now);
		*out |= runs && text_is(standing->kind, TEXT("partner"));
	}
	return OK;
}

Error delivery_partners(Call *call, Numbers *out)
{
	bool is_partner = false;
	*out = (Numbers) { 0 };
	if (!call->actor->organisation_id || !call->actor->second_factor) return OK;
	TRY(delivery_is_partner(call, call->actor->organisation_id, &is_partner));
	return is_partner ? party_organisations(call, call->actor->organisation_id, out) : OK;
}

static bool has(const Numbers *numbers, int64_t number)
{
	for (size_t i = 0; i < numbers->count; i++)
		if (numbers->at[i] == number) return true;
	return false;
}

Error delivery_of_row(Call *call, const DeliveryRow *row, Delivery *out)
{
	Numbers partners;
	Organisation organisation;
	DeliveryFacts *facts = arena_new_of(call->arena, DeliveryFacts);
	Delivery delivery = { .id = row->id,
		.revision = row->revision,
		.seal_key = row->seal_key,
		.casefile_id = row->casefile_id,
		.partner_id = row->partner_id,
		.sent_by = row->sent_by,
		.sent_at = row->sent_at,
		.received_at = row->received_at.is ? row->received_at.value : 0,
		.updated_at = row->updated_at,
		.ref = row->ref,
		.state = row->state,
		.facts = facts };
	TRY(delivery_partners(call, &partners));
	TRY(delivery_counts(call, row->id, &delivery.letters, &delivery.waiting, &delivery.delivered, &delivery.returned));
	TRY(org_find(call, row->partner_id, &organisation));
	delivery.partner = org_shown_name(&organisation, call->lang);
	delivery.is_partner = has(&partners, row->partner_id);
	delivery.is_staff = !delivery.is_partner && delivery_reading_roles(call->actor) != 0;
	*facts = (DeliveryFacts) { .is_partner = delivery.is_partner, .is_reported = !delivery.waiting };
	*out = delivery;
	return OK;
}

Error delivery_open(Call *call, Text ref, Delivery *out)
{
	DeliveryRow row;
	Numbers partners;
	TRY(delivery_partners(call, &partners));
	TRY(delivery_find_visible(call, ref, delivery_reading_roles(call->actor), partners, &row));
	return delivery_of_row(call, &row, out);
}

static Error of_rows(Call *call, const DeliveryRows *rows, Deliveries *out)
{
	Deliveries deliveries = { 0 };
	for (size_t i = 0; i < rows->count; i++) {
		Delivery delivery;
		TRY(delivery_of_row(call, &rows->at[i], &delivery));
		list_add(call->arena, &deliveries, delivery);
	}
	*out = deliveries;
	return OK;
}

Error delivery_list(Call *call, int64_t before, int64_t max, Deliveries *out)
{
	DeliveryRows rows = { 0 };
	Numbers partners;
	uint32_t roles = delivery_reading_roles(call->actor);
	TRY(delivery_partners(call, &partners));
	if (roles) TRY(delivery_rows_all(call, roles, before ? before : INT64_MAX, max, &rows));
	if (!roles && partners.count) TRY(delivery_rows_partner(call, partners, before ? before : INT64_MAX, max, &rows));
	return of_rows(call, &rows, out);
}

Error delivery_of_casefile(Call *call, int64_t casefile_id, int64_t max, Deliveries *out)
{
	DeliveryRows rows;
	TRY(delivery_rows_casefile(call, casefile_id, delivery_reading_roles(call->actor), max, &rows));
	return of_rows(call, &rows, out);
}

void delivery_matter(const Delivery *delivery, Matter *out)
{
	*out = (Matter) { .id = delivery->id,
		.revision = delivery->revision,
		.ref = delivery->ref,
		.state = delivery->state,
		.facts = delivery->facts,
		.seal_key = delivery->seal_key };
}

/* ---- Letters */
Error delivery_letter_words(Call *call, const DeliveryLetterRow *row, Text *out_vendor, Text *out_code)
{
	Text json;
	Json words;
	TRY(seal_open(call, "delivery_letter|sealed_letter", row->ref, row->sealed_letter, &json));
	TRY(json_read(call, json.at ? json : TEXT("{}"), &words));
	Text vendor = json_as_text(json_get(words, "vendor")), code = json_as_text(json_get(words, "code"));
	*out_vendor = vendor.at ? vendor : TEXT("");
	*out_code = code.at ? code : TEXT("");
	return OK;
}

Error delivery_letter_of_row(Call *call, const DeliveryLetterRow *row, bool is_staff, DeliveryLetter *out)
{
	Text json, code;
	Json words;
	*out = (DeliveryLetter) { .id = row->id,
		.delivered_at = row->delivered_at.is ? row->delivered_at.value : 0,
		.reported_at = row->reported_at.is ? row->reported_at.value : 0,
		.fetched = row->fetched,
		.ref = row->ref,
		.outcome = row->outcome,
		.to = TEXT(""),
		.note = TEXT(""),
		.party = TEXT("") };
	TRY(delivery_letter_words(call, row, &out->vendor, &code));
	if (is_staff) TRY(delivery_letter_party_ref(call, row->id, &out->party));
	TRY(seal_open(call, "delivery_letter|sealed_words", row->ref, row->sealed_words, &json));
	if (!json.at) return OK;
	TRY(json_read(call, json, &words));
	out->to = json_as_text(json_get(words, "to"));
	out->note = json_as_text(json_get(words, "note"));
	return OK;
}

Error delivery_letters(Call *call, const Delivery *delivery, int64_t after, int64_t max, DeliveryLetters *out)
{
	DeliveryLetterRows rows;
	DeliveryLetters letters = { 0 };
	TRY(delivery_letter_rows(call, delivery->id, after, max, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		DeliveryLetter letter;
		TRY(delivery_letter_of_row(call, &rows.at[i], delivery->is_staff, &letter));
		list_add(call->arena, &letters, letter);
	}
	*out = letters;
	return OK;
}

/* ---- The machine */
Error delivery_machine_load(Call *call, Text ref, Matter *out)
{
	Delivery delivery;
	TRY(delivery_open(call, ref, &delivery));
	delivery_matter(&delivery, out);
	return OK;
}

Error delivery_machine_move(Call *call, const Matter *matter, Text to, int64_t *out_changed)
{
	return delivery_move(call, matter->id, matter->state, to, matter->revision, call->now, out_changed);
}

Error delivery_tell_partner(Call *call, const Delivery *delivery, NoticeKind kind)
{
	Numbers people;
	int64_t organisation = 0;
	TRY(party_effective(call, delivery->partner_id, &organisation));
	TRY(party_people(call, organisation, &people));
	for (size_t i = 0; i < people.count; i++)
		if (people.at[i] != call->actor->person_id)
			TRY(notice_send(call, people.at[i], kind, delivery->ref, delivery_link(call, delivery->ref)));
	return OK;
}

static Error recall(Call *call, const Delivery *delivery)
{
	TRY(delivery_letter_forget_codes(call, delivery->id));
	TRY(delivery_letter_recall_all(call, delivery->id));
	return delivery_tell_partner(call, delivery, NOTICE_DELIVERY_RECALLED);
}

Error delivery_machine_applied(Call *call, Matter *matter, const Transition *row, const void *input)
{
	DeliveryRow delivery_row;
	Delivery delivery;
	const Form *form = delivery_action_form(row->form);
	if (form) {
		TRY(form_check(call, form, input));
		matter->detail = form_values_text(call->arena, form, input);
	}
	TRY(delivery_find_id(call, matter->id, &delivery_row));
	TRY(delivery_of_row(call, &delivery_row, &delivery));
	if (!strcmp(row->action, "receive")) return delivery_set_received(call, matter->id, call->actor->person_id, call->now);
	if (!strcmp(row->action, "recall")) return recall(call, &delivery);
	if (!strcmp(row->action, "remind")) return delivery_tell_partner(call, &delivery, NOTICE_DEADLINE);
	return absence_tell(call, delivery.sent_by, NOTICE_DELIVERY_REPORTED, delivery.ref, delivery_link(call, delivery.ref));
}

Error delivery_act(Call *call, Text ref, Text action, int64_t revision, const Map *values)
{
	Matter matter;
	Act act = { .action = action, .revision = revision, .input = values ? values : map_new(call->arena) };
	return workflow_act(call, &delivery_machine, ref, &act, &matter);
}

Error delivery_deadline(Call *call, int64_t id, bool is_over, bool is_today)
{
	DeliveryRow row;
	Delivery delivery;
	NoticeKind kind = is_over ? NOTICE_DEADLINE_OVER : is_today ? NOTICE_DEADLINE_TODAY : NOTICE_DEADLINE;
	TRY(delivery_find_id(call, id, &row));
	TRY(delivery_of_row(call, &row, &delivery));
	TRY(delivery_tell_partner(call, &delivery, kind));
	return is_over ? absence_tell(call, row.sent_by, kind, row.ref, delivery_link(call, row.ref)) : OK;
}

Error delivery_move_party(Call *call, int64_t party_id, const char *action, const Map *values)
{
	const Actor *actor = call->actor;
	Party party;
	Matter matter;
	call->actor = &actor_system;
	Error error = party_read(call, party_id, &party);
	if (error == OK) {
		party_matter(&party, &matter);
		error = workflow_apply(call, &party_machine, &matter, &(Act) { .action = text_from(action), .input = values });
	}
	call->actor = actor;
	return error;
}

/* ---- Handing out */
typedef struct Sending {
	const DeliveryOrder *order;
	Organisation partner;
	int64_t id, seal_key;
	Text ref;
} Sending;

static Error find_partner(Call *call, const DeliveryOrder *order, Organisation *out)
{
	bool is_partner = false;
	Text code = credit_code_parse(call->arena, order->partner);
	Error error = code.at ? org_find_code(call, code, out) : ERROR_NOT_FOUND;
	if (error != OK && error != ERROR_NOT_FOUND) return error;
	call_pass_over(call);
	if (error == OK) TRY(delivery_is_partner(call, out->id, &is_partner));
	if (!is_partner)
		call_problem(call, TEXT("partner"), N_("No partner has this code."), (Text) { 0 });
	else if (!text_is(out->domicile, TEXT("CN")))
		call_problem(call, TEXT("partner"), N_("A partner outside the country is given no letters."), (Text) { 0 });
	else if (out->id == call->actor->organisation_id)
		call_problem(call, TEXT("partner"), N_("Nobody hands letters to an own organisation."), (Text) { 0 });
	return OK;
}

static Text letter_text(Arena *arena, Text vendor, Text code)
{
	Buffer buffer = { .arena = arena };
	JsonWriter writer = json_writer(&buffer);
	json_object_begin(&writer);
	json_put_text(&writer, "vendor", vendor);
	json_put_text(&writer, "code", code);
	json_end(&writer);
	json_finish(&writer);
	return buffer_text(&buffer);
}

static Error write_letter(Call *call, const Sending *sending, const Party *party)
{
	Sealed sealed;
	Text letters = random_code(call->arena, CODE_LENGTH), short_ref = random_code(call->arena, 8);
	Text code = arena_printf(call->arena, "%.4s-%.4s-%.4s-%.4s", letters.at, letters.at + 4, letters.at + 8, letters.at + 12);
	Text ref = arena_printf(call->arena, "L-%.4s-%.4s", short_ref.at, short_ref.at + 4);
	TRY(delivery_letter_set_code(call, party->id, report_claim_key(call, code)));
	TRY(seal_close(
		call, party->seal_key, "delivery_letter|sealed_letter", ref, letter_text(call->arena, party->vendor, code), &sealed));
	return delivery_letter_insert(call, ref, sending->id, sending->partner.id, party->id, sealed);
}

/* What each vendor reads once it has signed is put on record now, so that nothing has to be written when the letter has arrived. */
static const Map *notice_of(Call *call, const Sending *sending)
{
	const Form *form = party_action_form("party-notify");
	Map *values = form_values_copy(call->arena, form, sending->order->notice);
	form_set(call->arena, values, TEXT("way"), TEXT("partner"));
	form_set(call->arena, values, TEXT("evidence"),
		arena_printf(call->arena, "%.*s · %.*s", TEXT_ARGS(sending->ref), TEXT_ARGS(sending->partner.name)));
	return values;
}

static Error hand_one(Call *call, const Sending *sending, Text ref)
{
	Party party;
	bool waits = false;
	Text letter;
	Error error = party_open(call, ref, &party);
	if (error != OK && error != ERROR_NOT_FOUND) return error;
	call_pass_over(call);
	if (error != OK || party.casefile_id != sending->order->casefile_id) {
		call_problem(call, TEXT("parties"), N_("%s is no vendor of this casefile."), ref);
		return OK;
	}
	TRY(delivery_letter_waiting_of(call, party.id, &letter, &waits));
	if (waits) {
		call_problem(call, TEXT("parties"), N_("A letter to %s is on its way already."), party.vendor);
		return OK;
	}
	TRY(delivery_move_party(call, party.id, "channel", notice_of(call, sending)));
	return write_letter(call, sending, &party);
}

static Error begin(Call *call, Sending *sending)
{
	Text letters = random_code(call->arena, 8);
	Matter matter = { .state = TEXT("SENT"), .revision = 1 };
	sending->ref = matter.ref = arena_printf(call->arena, "D-%.4s-%.4s", letters.at, letters.at + 4);
	TRY(seal_matter_new(call, &matter.seal_key));
	TRY(delivery_insert(call, matter.ref, sending->order->casefile_id, sending->partner.id, matter.seal_key, call->actor->person_id,
		call->now, &matter.id));
	sending->id = matter.id;
	return workflow_begin(call, &delivery_machine, &matter);
}

static Error send(Call *call, void *argument)
{
	Sending *sending = argument;
	DeliveryRow row;
	Delivery delivery;
	const DeliveryOrder *order = sending->order;
	if (!delivery_reading_roles(call->actor)) return fail(call, FORBIDDEN, "coordinators hand out letters");
	if (!order->count || order->count > DELIVERY_LETTERS_MAX)
		call_problem(call, TEXT("parties"), N_("Please choose between 1 and 200 vendors."), (Text) { 0 });
	TRY(find_partner(call, order, &sending->partner));
	TRY(call_check_problems(call));
	TRY(begin(call, sending));
	for (size_t i = 0; i < order->count; i++) TRY(hand_one(call, sending, order->parties[i]));
	TRY(call_check_problems(call));
	TRY(delivery_find_id(call, sending->id, &row));
	TRY(delivery_of_row(call, &row, &delivery));
	return delivery_tell_partner(call, &delivery, NOTICE_DELIVERY);
}

Error delivery_send(Call *call, const DeliveryOrder *order, Text *out_ref)
{
	Sending sending = { .order = order };
	TRY(db_transact(call, send, &sending));
	*out_ref = sending.ref;
	return OK;
}

Error delivery_partner_list(Call *call, Organisations *out)
{
	enum { MAX = 200 };
	Numbers ids = { 0 };
	Organisations partners = { 0 };
	if (delivery_reading_roles(call->actor)) TRY(delivery_partner_ids(call, call->now, MAX, &ids));
	for (size_t i = 0; i < ids.count; i++) {
		Organisation organisation;
		TRY(org_find(call, ids.at[i], &organisation));
		bool fits = organisation.state == ORG_VERIFIED && text_is(organisation.domicile, TEXT("CN"));
		if (fits) list_add(call->arena, &partners, organisation);
	}
	*out = partners;
	return OK;
}

/* ---- Figures */
static int compare(const void *a, const void *b)
{
	int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
	return left < right ? -1 : left > right;
}

static int64_t median(int64_t *values, size_t count)
{
	if (!count) return -1;
	qsort(values, count, sizeof(*values), compare);
	return count % 2 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
}

Error delivery_figures(Call *call, int64_t partner_id, DeliveryFigures *out)
{
	Numbers partners;
	DeliveryFigureRows rows;
	DeliveryFigures figures = { 0 };
	TRY(delivery_partners(call, &partners));
	if (!has(&partners, partner_id) && !delivery_reading_roles(call->actor))
		return fail(call, NOT_FOUND, "figures are the partner's own");
	TRY(delivery_count_of(call, partner_id, &figures.packages));
	TRY(delivery_letter_figures(call, partner_id, FIGURES_OVER, &rows));
	int64_t *hours = arena_array_of(call->arena, int64_t, rows.count + 1);
	size_t delivered = 0;
	for (size_t i = 0; i < rows.count; i++) {
		const DeliveryFigureRow *row = &rows.at[i];
		bool waits = text_is(row->outcome, TEXT("waiting")), is_delivered = text_is(row->outcome, TEXT("delivered"));
		if (text_is(row->outcome, TEXT("recalled"))) continue;
		figures.letters++;
		figures.waiting += waits;
		figures.delivered += is_delivered;
		figures.returned += !waits && !is_delivered;
		if (is_delivered && row->delivered_at.is) hours[delivered++] = (row->delivered_at.value - row->sent_at) / HOUR_MS;
	}
	figures.median_hours = median(hours, delivered);
	*out = figures;
	return OK;
}
