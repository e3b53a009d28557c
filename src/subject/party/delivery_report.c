/* What became of letters, word by word or as a table; and what that does to the parties. */
#include "base/base/clock.h"
#include "store/ledger/ledger.h"
#include "store/seal/seal.h"
#include "subject/party/delivery_private.h"

enum { DAY_MS = 86400000, CELL_BYTES_MAX = 2000 };

/* ---- DeliveryWords as people write them */
static const struct {
	const char *tag, *zh;
} outcomes[] = { { "delivered", "已送达" }, { "bounced", "退回" }, { "refused", "拒收" }, { "unknown", "查无此厂商" } };

static const char *outcome_of(Text word)
{
	for (size_t i = 0; i < COUNT(outcomes); i++)
		if (text_is_nocase(word, text_from(outcomes[i].tag)) || text_is(word, text_from(outcomes[i].zh))) return outcomes[i].tag;
	return NULL;
}

static bool time_of(Arena *arena, Text word, int64_t *out)
{
	Buffer buffer = { .arena = arena };
	for (size_t i = 0; i < word.length; i++) buffer_byte(&buffer, word.at[i] == '/' ? '-' : word.at[i] == ' ' ? 'T' : word.at[i]);
	if (word.length == 10) buffer_put(&buffer, TEXT("T00:00:00+08:00"));
	if (word.length == 16) buffer_put(&buffer, TEXT(":00+08:00"));
	if (word.length == 19) buffer_put(&buffer, TEXT("+08:00"));
	return clock_parse(buffer_text(&buffer), out);
}

/* ---- One word */
typedef struct Reporting {
	Text ref;
	const DeliveryWord *words;
	size_t count;
	Delivery delivery;
	DeliveryResults results;
} Reporting;

typedef struct Reported { /* a word that was understood */
	const char *outcome;
	int64_t at;
} Reported;

/* A day is a day: who writes no hour may mean the one of the hand-over. */
static const char *when_fault(Call *call, const Delivery *delivery, const DeliveryWord *word, Reported *out)
{
	bool delivered = !strcmp(out->outcome, "delivered");
	out->at = call->now;
	if (!word->at.length) return delivered ? N_("Please say when it was delivered.") : NULL;
	if (!time_of(call->arena, word->at, &out->at)) return N_("Please enter the time as 2026-03-05 14:00.");
	if (out->at > call->now) return N_("This lies in the future.");
	if (out->at < delivery->sent_at - DAY_MS) return N_("This lies before the package was handed out.");
	if (out->at < delivery->sent_at) out->at = delivery->sent_at;
	return NULL;
}

static const char *fault_of(Call *call, const Delivery *delivery, const DeliveryWord *word, Reported *out)
{
	out->outcome = outcome_of(word->outcome);
	if (!out->outcome) return N_("The outcome is delivered, bounced, refused or unknown.");
	if (word->to.length > CELL_BYTES_MAX || word->note.length > CELL_BYTES_MAX) return N_("This is too long.");
	if (!text_is_utf8(word->to) || !text_is_utf8(word->note)) return N_("This is not a text in UTF-8.");
	if (!strcmp(out->outcome, "delivered") && !word->to.length) return N_("Please say to whom it was delivered.");
	return when_fault(call, delivery, word, out);
}

static const Map *evidence_of(Call *call, const Reporting *reporting, const DeliveryWord *word, const Reported *reported)
{
	Map *values = map_new(call->arena);
	Arena *arena = call->arena;
	form_set(arena, values, TEXT("partner"), reporting->delivery.partner);
	form_set(arena, values, TEXT("package"), reporting->delivery.ref);
	form_set(arena, values, TEXT("letter"), word->letter);
	form_set(arena, values, TEXT("to"), word->to);
	form_set(arena, values, TEXT("at"), clock_human(arena, LANG_ZH, reported->at));
	form_set(arena, values, TEXT("note"), word->note);
	return values;
}

/* Delivered: it is notified, with this as evidence. Came back: on to the next step, where no other way of this step is open. Who was reached otherwise
 * meanwhile stays where it is. */
static Error move_party(
	Call *call, const Reporting *reporting, const DeliveryLetterRow *letter, const DeliveryWord *word, const Reported *reported)
{
	const Actor *actor = call->actor;
	Party party;
	bool delivered = !strcmp(reported->outcome, "delivered");
	TRY(delivery_letter_attempt_settle(call, letter->party_id, delivered ? TEXT("delivered") : TEXT("failed")));
	call->actor = &actor_system;
	Error error = party_read(call, letter->party_id, &party);
	call->actor = actor;
	TRY(error);
	const PartyFacts *facts = party.facts;
	bool contacting = text_is(party.state, TEXT("CONTACTING")), lost = text_is(party.state, TEXT("UNREACHABLE"));
	if (party.casefile.is_ended) return OK;
	if (delivered && (contacting || lost))
		return delivery_move_party(call, party.id, "delivered", evidence_of(call, reporting, word, reported));
	bool goes_on = contacting && text_is(party.step, TEXT("partner")) && facts->failed == facts->attempts;
	if (!delivered && goes_on) return delivery_move_party(call, party.id, "authority", map_new(call->arena));
	return OK;
}

static Error settle(
	Call *call, const Reporting *reporting, const DeliveryLetterRow *letter, const DeliveryWord *word, const Reported *reported)
{
	Sealed sealed;
	int64_t changed = 0, seal_key = 0;
	Buffer buffer = { .arena = call->arena };
	JsonWriter writer = json_writer(&buffer);
	bool delivered = !strcmp(reported->outcome, "delivered");
	json_object_begin(&writer);
	json_put_text(&writer, "to", word->to.at ? word->to : TEXT(""));
	json_put_text(&writer, "note", word->note.at ? word->note : TEXT(""));
	json_end(&writer);
	json_finish(&writer);
	TRY(delivery_letter_seal_key(call, letter->id, &seal_key));
	TRY(seal_close(call, seal_key, "delivery_letter|sealed_words", letter->ref, buffer_text(&buffer), &sealed));
	TRY(delivery_letter_settle(call, letter->id, text_from(reported->outcome), sealed, (Maybe) { delivered, reported->at },
		call->actor->person_id, call->now, &changed));
	if (changed != 1) return fail(call, CONFLICT, "letter %.*s was reported by somebody else", TEXT_ARGS(letter->ref));
	LedgerEvent event = { .kind = delivery_machine.name,
		.ref = reporting->delivery.ref,
		.action = "report",
		.matter = reporting->delivery.seal_key,
		.detail =
			arena_printf(call->arena, "{\"letter\":\"%.*s\",\"outcome\":\"%s\"}", TEXT_ARGS(letter->ref), reported->outcome) };
	TRY(ledger_record(call, &event, NULL));
	return move_party(call, reporting, letter, word, reported);
}

static Error take_one(Call *call, Reporting *reporting, const DeliveryWord *word)
{
	DeliveryLetterRow letter;
	Reported reported = { 0 };
	bool found = false;
	DeliveryResult result = { .letter = word->letter };
	TRY(delivery_letter_find(call, reporting->delivery.id, word->letter, &letter, &found));
	result.why_not = found ? fault_of(call, &reporting->delivery, word, &reported) : N_("No letter of this package has this number.");
	bool waits = found && text_is(letter.outcome, TEXT("waiting"));
	if (!result.why_not && !waits && !text_is(letter.outcome, text_from(reported.outcome)))
		result.why_not = N_("Something else was reported of this letter before; please write to the coordinator.");
	result.is_new = !result.why_not && waits;
	if (result.is_new) TRY(settle(call, reporting, &letter, word, &reported));
	list_add(call->arena, &reporting->results, result);
	return OK;
}

static Error finish(Call *call, const Reporting *reporting)
{
	DeliveryRow row;
	Delivery delivery;
	Matter matter;
	const Actor *actor = call->actor;
	TRY(delivery_find_id(call, reporting->delivery.id, &row));
	TRY(delivery_of_row(call, &row, &delivery));
	if (delivery.waiting || !text_is(delivery.state, TEXT("RECEIVED"))) return OK;
	delivery_matter(&delivery, &matter);
	call->actor = &actor_system;
	Error error = workflow_apply(call, &delivery_machine, &matter, &(Act) { .action = TEXT("finish"), .input = map_new(call->arena) });
	call->actor = actor;
	return error;
}

static Error check_partner(Call *call, const Delivery *delivery)
{
	return delivery->is_partner ? OK : fail(call, FORBIDDEN, "what became of letters is the partner's to say");
}

static Error report_all(Call *call, void *argument)
{
	Reporting *reporting = argument;
	reporting->results = (DeliveryResults) { 0 };
	TRY(delivery_open(call, reporting->ref, &reporting->delivery));
	const Delivery *delivery = &reporting->delivery;
	TRY(check_partner(call, delivery));
	/* A closed package takes the same words once more, so that whoever repeats a request is told that it stands. */
	bool is_open = text_is(delivery->state, TEXT("RECEIVED")) || text_is(delivery->state, TEXT("REPORTED"));
	if (!is_open) return fail(call, CONFLICT, "package %.*s is %.*s", TEXT_ARGS(delivery->ref), TEXT_ARGS(delivery->state));
	for (size_t i = 0; i < reporting->count; i++) TRY(take_one(call, reporting, &reporting->words[i]));
	return finish(call, reporting);
}

Error delivery_report(Call *call, Text ref, const DeliveryWord *words, size_t count, DeliveryResults *out)
{
	Reporting reporting = { .ref = ref, .words = words, .count = count };
	if (count > DELIVERY_WORDS_MAX) {
		call_problem(call, TEXT("letters"), N_("These are more lines than a package has letters."), (Text) { 0 });
		return call_check_problems(call);
	}
	TRY(db_transact(call, report_all, &reporting));
	*out = reporting.results;
	return OK;
}

/* ---- A table */
Error delivery_report_table(Call *call, Text ref, Text table, DeliveryResults *out)
{
	DeliveryWords words = { 0 };
	Delivery delivery;
	TRY(delivery_open(call, ref, &delivery));
	TRY(check_partner(call, &delivery)); /* who may not is told so, whatever the table says */
	const char *why = delivery_table_read(call->arena, table, &words);
	if (why) call_problem(call, TEXT("table"), why, (Text) { 0 });
	TRY(call_check_problems(call));
	return delivery_report(call, ref, words.at, words.count, out);
}
