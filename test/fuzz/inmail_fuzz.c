/* Any bytes as a mail: words are UTF-8, addresses are addresses, and nobody is vouched for by a server that does not stand there. */
#include <stdint.h>

#include "face/outbox/inmail.h"
#include "face/outbox/mail.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	scoped(arena_free) Arena *arena = arena_new(ARENA_CEILING);
	Call call = { .arena = arena, .actor = &actor_visitor };
	InMail mail;
	if (inmail_parse(&call, (Text) { size ? (const char *)data : "", size }, &mail) != OK) return 0;
	must(text_is_utf8(mail.words) && text_is_utf8(mail.vouched) && text_is_utf8(mail.message_id));
	must(!mail.from.length || mail_address_is(mail.from));
	must(mail.to.count <= INMAIL_ADDRESSES_MAX);
	for (size_t i = 0; i < mail.to.count; i++) must(mail_address_is(mail.to.at[i]));
	must(!inmail_is_vouched(&mail, TEXT("mx.not-there.example")) ||
		text_find(arena_lower(arena, mail.vouched), TEXT("mx.not-there.example"), NULL));
	must(mail.from.length || !inmail_is_vouched(&mail, TEXT("mx")));
	return 0;
}
