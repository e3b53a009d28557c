#include "app/outbox_jobs.h"

#include "app/mail_command.h"
#include "base/base/clock.h"
#include "base/crypto/crypto.h"
#include "face/outbox/outbox.h"
#include "people/notice/notice_hook.h"
#include "people/notice/notice_way.h"
#include "store/setting/setting.h"

/* Every two seconds whatever is due; the outbox keeps its own pauses. */
enum { SEND_EVERY_MS = 2000, SENT_AT_ONCE = 50, RECEIVED_EVERY_MS = 5000, SENDING_MS = 30000, SECRET_BYTES = 1000 };

/* A secret that stands in a file of the data folder, beside what it belongs to. */
static Error read_secret(Call *call, const char *name, Text *out)
{
	const char *path = arena_printf(call->arena, "%.*s/%s", TEXT_ARGS(call->house->data_folder), name).at;
	TRY(key_file_read(call, path, SECRET_BYTES, out));
	*out = text_trim(*out);
	return OK;
}

/* Another node that sends the same message is no failure. */
static Error pass_conflict(Call *call, Error error)
{
	if (error != ERROR_CONFLICT) return error;
	call_recover(call);
	return OK;
}

/* ---- Mail */
static SmtpSecurity security_of(Text word)
{
	if (text_is(word, TEXT("tls"))) return SMTP_TLS;
	return text_is(word, TEXT("plain")) ? SMTP_PLAIN : SMTP_STARTTLS;
}

/* *out_ready is false as long as no mail server is named. */
static Error mail_server(Call *call, SmtpOptions *out, bool *out_ready)
{
	SmtpOptions options = { .host = setting_text(call, SETTING_smtp_host),
		.port = (int)setting_int(call, SETTING_smtp_port),
		.security = security_of(setting_text(call, SETTING_smtp_security)),
		.user = setting_text(call, SETTING_smtp_user),
		.sender = { .address = setting_text(call, SETTING_mail_from),
			.name = tr(LANG_ZH, N_("Vulnerability Library for Mobile App Products")) } };
	*out_ready = options.host.length > 0;
	if (options.user.length) TRY(read_secret(call, "smtp.password", &options.password));
	*out = options;
	return OK;
}

static Error send_mail(Call *call, const Job *job)
{
	SmtpOptions options = { 0 };
	Numbers due;
	bool is_ready;
	int64_t begin = clock_monotonic();
	(void)job;
	TRY(mail_server(call, &options, &is_ready));
	if (!is_ready) return OK;
	do { /* what many are told at once leaves at the speed of the mail server */
		ArenaMark mark = arena_mark(call->arena);
		TRY(outbox_due(call, OUTBOX_MAIL, SENT_AT_ONCE, &due));
		for (size_t i = 0; i < due.count; i++) {
			OutboxState state;
			int64_t next;
			TRY(pass_conflict(call, outbox_send(call, &options, due.at[i], &state, &next)));
		}
		arena_release(call->arena, mark);
	} while (due.count == SENT_AT_ONCE && clock_monotonic() - begin < SENDING_MS);
	return OK;
}
const JobKind mail_job = { .name = "mail", .run = send_mail, .every_milliseconds = SEND_EVERY_MS };

/* ---- Answers that come by mail */
static Error receive_mail(Call *call, const Job *job)
{
	int taken;
	Text folder = setting_text(call, SETTING_mail_reply_folder);
	(void)job;
	return folder.length ? mail_take_folder(call, arena_string(call->arena, folder), SENT_AT_ONCE, &taken) : OK;
}
const JobKind receive_job = { .name = "answers", .run = receive_mail, .every_milliseconds = RECEIVED_EVERY_MS };

/* ---- Short messages */
static Error send_texts(Call *call, const Job *job)
{
	SmsGateway gateway = { .address = setting_text(call, SETTING_sms_address),
		.method = setting_text(call, SETTING_sms_method),
		.headers = setting_text(call, SETTING_sms_headers),
		.body = setting_text(call, SETTING_sms_body),
		.accepted = setting_text(call, SETTING_sms_accepted) };
	Text all[] = { gateway.address, gateway.headers, gateway.body };
	Numbers due;
	(void)job;
	if (!gateway.address.length) return OK;
	if (text_find(arena_join(call->arena, all, COUNT(all), TEXT(" ")), TEXT("{secret}"), NULL))
		TRY(read_secret(call, "sms.secret", &gateway.secret));
	TRY(outbox_due(call, OUTBOX_SMS, SENT_AT_ONCE, &due));
	for (size_t i = 0; i < due.count; i++) {
		OutboxState state;
		int64_t next;
		TRY(pass_conflict(call, outbox_send_sms(call, &gateway, due.at[i], &state, &next)));
	}
	return OK;
}
const JobKind sms_job = { .name = "sms", .run = send_texts, .every_milliseconds = SEND_EVERY_MS };

/* ---- Webhooks */
static Error send_hooks(Call *call, const Job *job)
{
	const FetchOptions everywhere = { 0 };
	int64_t count = 0;
	(void)job;
	return notice_hook_send(call, &everywhere, SENT_AT_ONCE, &count);
}
const JobKind hook_job = { .name = "webhooks", .run = send_hooks, .every_milliseconds = SEND_EVERY_MS };

/* ---- Lists of notices, and what became of messages */
enum { LISTS_EVERY_MS = 5000, LISTS_AT_ONCE = 100 };

static Error write_lists(Call *call, const Job *job)
{
	int64_t count = LISTS_AT_ONCE;
	(void)job;
	while (count == LISTS_AT_ONCE) TRY(notice_watch(call, LISTS_AT_ONCE, &count));
	return notice_lists_due(call, LISTS_AT_ONCE, &count);
}
const JobKind list_job = { .name = "notices", .run = write_lists, .every_milliseconds = LISTS_EVERY_MS };
