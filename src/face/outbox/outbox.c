#include "face/outbox/outbox.h"
#include "base/base/json.h"
#include "base/crypto/crypto.h"
#include "face/outbox/outbox.sql.h"
#include "store/seal/seal.h"

static const char payload_place[] = "outbox|sealed_payload";

static Text payload_of(Arena *arena, const Mail *mail)
{
	Buffer buffer = { .arena = arena };
	JsonWriter json = json_writer(&buffer);
	json_object_begin(&json);
	json_put_text(&json, "to", mail->to);
	json_put_text(&json, "subject", mail->subject);
	json_put_text(&json, "text", mail->text);
	json_put_text(&json, "html", mail->html);
	json_put_text(&json, "thread", mail->thread);
	json_put_text(&json, "answer", mail->answer);
	json_put_text(&json, "unsubscribe", mail->unsubscribe);
	json_put_text(&json, "lang", lang_tag(mail->lang));
	json_end(&json);
	json_finish(&json);
	return buffer_text(&buffer);
}

static Error mail_of(Call *call, Text payload, Mail *out)
{
	Json json;
	if (!json_parse(call->arena, payload, &json, NULL)) return fail(call, CORRUPT, "payload of a message is no JSON");
	Mail mail = { .to = json_as_text(json_get(json, "to")),
		.subject = json_as_text(json_get(json, "subject")),
		.text = json_as_text(json_get(json, "text")),
		.html = json_as_text(json_get(json, "html")),
		.thread = json_as_text(json_get(json, "thread")),
		.answer = json_as_text(json_get(json, "answer")),
		.unsubscribe = json_as_text(json_get(json, "unsubscribe")) };
	if (!lang_parse(json_as_text(json_get(json, "lang")), &mail.lang)) return fail(call, CORRUPT, "message of an unknown language");
	*out = mail;
	return OK;
}

static const char *const kind_words[] = { [OUTBOX_MAIL] = "mail", [OUTBOX_SMS] = "sms" };

static Error store(Call *call, OutboxKind kind, Text payload, int64_t *out_id)
{
	Sealed sealed;
	must(db_in_transaction(call));
	Text ref = token_new(call->arena, 16);
	TRY(seal_close(call, SEAL_MATTER_LIBRARY, payload_place, ref, payload, &sealed));
	return outbox_insert(call, ref, text_from(kind_words[kind]), sealed, call->now, out_id);
}

static Error put(Call *call, const Mail *mail, int64_t *out_id)
{
	TRY(mail_check(call, mail));
	return store(call, OUTBOX_MAIL, payload_of(call->arena, mail), out_id);
}

Error outbox_sms(Call *call, const Sms *sms, int64_t *out_id)
{
	Buffer buffer = { .arena = call->arena };
	JsonWriter json = json_writer(&buffer);
	TRY(sms_check(call, sms));
	json_object_begin(&json);
	json_put_text(&json, "to", sms->to);
	json_put_text(&json, "text", sms->text);
	json_end(&json);
	json_finish(&json);
	return store(call, OUTBOX_SMS, buffer_text(&buffer), out_id);
}

static Error sms_of(Call *call, Text payload, Sms *out)
{
	Json json;
	if (!json_parse(call->arena, payload, &json, NULL)) return fail(call, CORRUPT, "payload of a message is no JSON");
	*out = (Sms) { json_as_text(json_get(json, "to")), json_as_text(json_get(json, "text")) };
	return OK;
}

Error outbox_mail(Call *call, const Mail *mail)
{
	int64_t id = 0;
	return put(call, mail, &id);
}

Error outbox_letter(Call *call, const Letter *letter)
{
	int64_t id = 0;
	return outbox_letter_id(call, letter, &id);
}

Error outbox_letter_id(Call *call, const Letter *letter, int64_t *out_id)
{
	Mail mail = letter_mail(call->arena, letter);
	return put(call, &mail, out_id);
}

Text outbox_link(Call *call, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	Text path = arena_vprintf(call->arena, format, arguments);
	va_end(arguments);
	return arena_printf(call->arena, "%.*s%.*s", TEXT_ARGS(call->house->public_address), TEXT_ARGS(path));
}

int64_t outbox_pause_seconds(OutboxKind kind, int64_t attempts)
{
	enum { FIRST = 60, LONGEST = 6 * 3600, ATTEMPTS_MAX = 20, SMS_ATTEMPTS_MAX = 9 };
	if (attempts >= (kind == OUTBOX_SMS ? SMS_ATTEMPTS_MAX : ATTEMPTS_MAX)) return 0;
	if (attempts > 9) return LONGEST;
	int64_t seconds = (int64_t)FIRST << (attempts > 0 ? attempts - 1 : 0);
	return seconds < LONGEST ? seconds : LONGEST;
}

typedef struct Sending {
	OutboxKind kind;
	int64_t id;
	OutboxRow row;
	bool gone, dead;
	Text reason;
	SendOutcome outcome;
	int64_t due;
} Sending;

static bool is_over(Text state) { return text_is(state, TEXT("done")) || text_is(state, TEXT("dead")); }

static Error take(Call *call, void *argument)
{
	Sending *sending = argument;
	bool found = false;
	int64_t changed = 0;
	TRY(outbox_find(call, sending->id, &sending->row, &found));
	if (found && !text_is(sending->row.kind, text_from(kind_words[sending->kind])))
		return fail(call, USAGE, "message %lld goes another way", (long long)sending->id);
	sending->gone = !found || is_over(sending->row.state);
	sending->dead = found && text_is(sending->row.state, TEXT("dead"));
	if (sending->gone) return OK;
	TRY(outbox_take(call, sending->id, sending->row.attempts, call->now, &changed));
	return changed == 1 ? OK : fail(call, CONFLICT, "message %lld is being sent", (long long)sending->id);
}

static Error note(Call *call, void *argument)
{
	Sending *sending = argument;
	int64_t changed = 0, pause = outbox_pause_seconds(sending->kind, sending->row.attempts + 1);
	sending->due = 0;
	sending->dead = sending->outcome == SEND_REFUSED || (sending->outcome == SEND_LATER && pause == 0);
	if (sending->outcome == SEND_LATER && pause > 0) {
		sending->due = call->now + pause * 1000;
		return outbox_wait(call, sending->id, sending->reason, sending->due, call->now, &changed);
	}
	return outbox_finish(call, sending->id, sending->dead ? TEXT("dead") : TEXT("done"), sending->reason, call->now, &changed);
}

enum { STALE_SENDER_MS = 5 * 60 * 1000 };

Error outbox_due(Call *call, OutboxKind kind, int64_t max, Numbers *out_ids)
{
	return outbox_due_ids(call, text_from(kind_words[kind]), call->now, call->now - STALE_SENDER_MS, max, out_ids);
}

Error outbox_count(Call *call, OutboxKind kind, OutboxState state, int64_t *out)
{
	static const char *const words[] = { [OUTBOX_DONE] = "done", [OUTBOX_WAITING] = "waiting", [OUTBOX_DEAD] = "dead" };
	return outbox_count_in(call, text_from(kind_words[kind]), text_from(words[state]), out);
}

Error outbox_state(Call *call, int64_t id, OutboxState *out_state)
{
	bool found = false;
	Text state;
	int64_t changed_at = 0;
	TRY(outbox_state_of(call, id, &state, &changed_at, &found));
	if (!found) return fail(call, NOT_FOUND, "message %lld", (long long)id);
	*out_state = text_is(state, TEXT("done")) ? OUTBOX_DONE : text_is(state, TEXT("dead")) ? OUTBOX_DEAD : OUTBOX_WAITING;
	return OK;
}

static void tell_state(const Sending *sending, OutboxState *out_state, int64_t *out_due)
{
	*out_state = sending->dead ? OUTBOX_DEAD : sending->due > 0 ? OUTBOX_WAITING : OUTBOX_DONE;
	*out_due = sending->due;
}

Error outbox_send(Call *call, const SmtpOptions *options, int64_t id, OutboxState *out_state, int64_t *out_due)
{
	Sending sending = { .kind = OUTBOX_MAIL, .id = id };
	Mail mail = { 0 };
	Text payload;
	TRY(db_transact(call, take, &sending));
	if (!sending.gone) {
		TRY(seal_open(call, payload_place, sending.row.ref, sending.row.sealed_payload, &payload));
		TRY(mail_of(call, payload, &mail));
		Text message = mail_message(call->arena, &mail, &options->sender, sending.row.ref, sending.row.created_at);
		sending.outcome = smtp_send(call->arena, options, mail.to, message, &sending.reason);
		TRY(db_transact(call, note, &sending));
	}
	tell_state(&sending, out_state, out_due);
	return OK;
}

Error outbox_send_sms(Call *call, const SmsGateway *gateway, int64_t id, OutboxState *out_state, int64_t *out_due)
{
	Sending sending = { .kind = OUTBOX_SMS, .id = id };
	Sms sms = { 0 };
	Text payload;
	TRY(db_transact(call, take, &sending));
	if (!sending.gone) {
		TRY(seal_open(call, payload_place, sending.row.ref, sending.row.sealed_payload, &payload));
		TRY(sms_of(call, payload, &sms));
		sending.outcome = sms_send(call->arena, gateway, &sms, sending.row.ref, &sending.reason);
		TRY(db_transact(call, note, &sending));
	}
	tell_state(&sending, out_state, out_due);
	return OK;
}
