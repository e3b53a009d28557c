/*
 * outbox: messages leave after the transaction they belong to, and only if it was committed. A job sends each; it is repeated with growing
 * pauses until the server took or refused it. A message whose sender died while sending is sent again with the same Message-ID.
 */
#pragma once
#include "face/outbox/letter.h"
#include "face/outbox/sms.h"
#include "face/outbox/smtp.h"
#include "store/db/db.h"

typedef enum OutboxKind { OUTBOX_MAIL, OUTBOX_SMS } OutboxKind;
/* Puts a message among those waiting; inside db_transact. INVALID: see mail_check. */
must_use Error outbox_mail(Call *call, const Mail *mail);
must_use Error outbox_letter(Call *call, const Letter *letter);
/* The same, for who wants to know later what became of it: its number. */
must_use Error outbox_letter_id(Call *call, const Letter *letter, int64_t *out_id);
/* A short message; *out_id: its number. INVALID: see sms_check. */
must_use Error outbox_sms(Call *call, const Sms *sms, int64_t *out_id);
/* "https://host/path" of this library. */
Text outbox_link(Call *call, const char *format, ...) printf_like(2, 3);

typedef enum OutboxState { OUTBOX_DONE, OUTBOX_WAITING, OUTBOX_DEAD } OutboxState;
/* Messages to send now, the longest waiting first; also those whose sender has not been heard of for five minutes. */
must_use Error outbox_due(Call *call, OutboxKind kind, int64_t max, Numbers *out_ids);
/* Sends one message once; outside a transaction. *out_due: when to try again, when it is WAITING. DONE also when it was gone already,
 * CONFLICT when somebody else sends it. */
must_use Error outbox_send(Call *call, const SmtpOptions *options, int64_t id, OutboxState *out_state, int64_t *out_due);
/* The same for a short message. */
must_use Error outbox_send_sms(Call *call, const SmsGateway *gateway, int64_t id, OutboxState *out_state, int64_t *out_due);
/* What became of a message: WAITING also while it is being sent. NOT_FOUND: there is no such message. */
must_use Error outbox_state(Call *call, int64_t id, OutboxState *out_state);
must_use Error outbox_count(Call *call, OutboxKind kind, OutboxState state, int64_t *out);
/* Pause after the n-th failed attempt (from 1): a minute, doubling, at most six hours; 0: give up (a mail after about three days, a short message
 * after four hours: its deadline or code is not worth more). */
int64_t outbox_pause_seconds(OutboxKind kind, int64_t attempts);
