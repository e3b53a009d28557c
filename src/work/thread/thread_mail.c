#include "work/thread/thread_mail.h"

#include "base/crypto/crypto.h"
#include "people/notice/notice.h"
#include "store/seal/seal.h"
#include "store/setting/setting.h"
#include "work/thread/thread_mail.sql.h"

static const char HELD[] = "thread_held|sealed_body";
enum { TOKEN_BYTES = 16, MATTERS_MAX = 8 };
#define DAY_MS ((int64_t)24 * 3600000)

const char *const thread_mail_end_words[THREAD_MAIL_ENDS] = { "written", "held", "repeated", "unknown", "automatic", "refused" };

static const ThreadMatter *const *known;
static size_t known_count;

void thread_mail_set(const ThreadMatter *const *matters, size_t count)
{
	known = matters;
	known_count = count;
}

static const ThreadMatter *matter_of(Text machine)
{
	for (size_t i = 0; i < known_count; i++)
		if (text_is(text_from(known[i]->machine->name), machine)) return known[i];
	return NULL;
}

/* ---- Addresses: reply+TOKEN@host. The token is a keyed value of person and conversation, so that the same letter has the same address. */
static Text token_of(Call *call, const ThreadPlace *place, int64_t person_id)
{
	Key key = seal_key(call, "thread-mail");
	Text numbers = arena_printf(call->arena, "%lld %lld", (long long)place->id, (long long)person_id);
	Text parts[] = { text_from(place->machine), numbers, place->audience };
	Digest mac = mac_of(&key, parts, COUNT(parts));
	return hex_text(call->arena, (Text) { DIGEST_TEXT(mac).at, TOKEN_BYTES });
}

/* "reply@host" parted; false: no such setting. */
static bool home_of(Call *call, Text *out_name, Text *out_host)
{
	Text address = mail_address_fold(call->arena, setting_text(call, SETTING_mail_reply_address));
	*out_host = address;
	return mail_address_is(address) && text_next(out_host, '@', out_name);
}

Error thread_mail_address(Call *call, const ThreadPlace *place, int64_t person_id, Text *out)
{
	Text name, host;
	*out = TEXT("");
	if (!home_of(call, &name, &host)) return OK;
	Text token = token_of(call, place, person_id);
	TRY(address_insert(call, seal_lookup(call, "thread-mail", token), person_id, text_from(place->machine), place->id, place->audience,
		place->seal_key, place->ref, place->link, call->now));
	*out = arena_printf(call->arena, "%.*s+%.*s@%.*s", TEXT_ARGS(name), TEXT_ARGS(token), TEXT_ARGS(host));
	return OK;
}

/* The token in one of the addresses; no text: none is ours. */
static Text token_in(Call *call, Text address)
{
	Text name, host, local, token;
	Text rest = mail_address_fold(call->arena, address);
	if (!home_of(call, &name, &host) || !text_next(&rest, '@', &local) || !text_is(rest, host)) return (Text) { 0 };
	if (!text_next(&local, '+', &token) || !text_is(token, name) || local.length != TOKEN_BYTES * 2) return (Text) { 0 };
	return local;
}

/* ---- Taking an answer */
typedef struct Taking {
	const InMail *mail;
	Text to;
	AddressRow address;
	Person person;
	ThreadMailEnd end;
} Taking;

static Error find_address(Call *call, Taking *taking, bool *out_found)
{
	*out_found = false;
	for (size_t i = 0; i <= taking->mail->to.count && !*out_found; i++) {
		Text token = token_in(call, i ? taking->mail->to.at[i - 1] : taking->to);
		if (token.at) TRY(address_find(call, seal_lookup(call, "thread-mail", token), &taking->address, out_found));
	}
	return OK;
}

/* Told at most once a day: whoever has learned the address must not fill an inbox. */
static Error refuse(Call *call, Taking *taking)
{
	const AddressRow *address = &taking->address;
	taking->end = THREAD_MAIL_REFUSED;
	if (address->warned_at.is && call->now - address->warned_at.value < DAY_MS) return OK;
	TRY(address_warn(call, address->id, call->now));
	return notice_send(call, address->person_id, NOTICE_ANSWER_REFUSED, address->ref, address->link);
}

/* A second answer stands below the first that waits. */
static Error words_to_hold(Call *call, const AddressRow *address, Text row, Text words, Text *out)
{
	Sealed sealed;
	Text before;
	bool found = false;
	int64_t held_at;
	*out = words;
	TRY(held_find(call, address->id, &sealed, &held_at, &found));
	if (!found) return OK;
	TRY(seal_open(call, HELD, row, sealed, &before));
	*out = arena_printf(call->arena, "%.*s\n\n%.*s", TEXT_ARGS(before), TEXT_ARGS(words));
	return OK;
}

static Error hold(Call *call, Taking *taking)
{
	Sealed sealed;
	Text words;
	const AddressRow *address = &taking->address;
	Text row = arena_printf(call->arena, "%lld", (long long)address->id);
	TRY(words_to_hold(call, address, row, taking->mail->words, &words));
	TRY(seal_close(call, address->seal_key, HELD, row, words, &sealed));
	TRY(held_put(call, address->id, sealed, call->now));
	taking->end = THREAD_MAIL_HELD;
	return notice_send(call, address->person_id, NOTICE_ANSWER_HELD, address->ref, address->link);
}

static Error tell_of_files(Call *call, const AddressRow *address)
{
	return notice_send(call, address->person_id, NOTICE_ANSWER_FILES, address->ref, address->link);
}

static Error write_as(Call *call, const ThreadMatter *matter, const Taking *taking)
{
	void *subject;
	ThreadSubject threads;
	ThreadMembers members;
	TRY(matter->open(call, taking->address.ref, &subject));
	matter->threads(subject, &threads);
	TRY(thread_write_mail(call, &threads, taking->address.audience, taking->mail->words, &members));
	return matter->tell(call, subject, taking->address.audience, &members);
}

/* As its author, who is not signed in: whatever the author may not do now is refused. */
static Error write_now(Call *call, const ThreadMatter *matter, Taking *taking, const Actor *author)
{
	const Actor *actor = call->actor;
	call->actor = author;
	Error error = write_as(call, matter, taking);
	call->actor = actor;
	if (error == ERROR_NOT_FOUND || error == ERROR_INVALID || error == ERROR_FORBIDDEN) {
		call_pass_over(call);
		return refuse(call, taking);
	}
	taking->end = THREAD_MAIL_WRITTEN;
	return error;
}

static bool is_genuine(Call *call, const Taking *taking)
{
	const InMail *mail = taking->mail;
	return inmail_is_vouched(mail, setting_text(call, SETTING_mail_reply_server)) && mail->words.length &&
	       text_is(mail->from, mail_address_fold(call->arena, taking->person.mail));
}

static Error take(Call *call, void *argument)
{
	Taking *taking = argument;
	Actor author;
	bool found = false, has_factor = false;
	int64_t changed = 0;
	taking->end = THREAD_MAIL_UNKNOWN;
	TRY(find_address(call, taking, &found));
	if (!found) return OK;
	taking->end = THREAD_MAIL_AUTOMATIC;
	if (taking->mail->is_automatic) return OK;
	TRY(person_find(call, taking->address.person_id, &taking->person));
	if (taking->person.state == PERSON_DISABLED || !is_genuine(call, taking)) return refuse(call, taking);
	Text sign = taking->mail->message_id.length ? taking->mail->message_id : taking->mail->words;
	TRY(mail_insert(call, taking->address.id, seal_lookup(call, "thread-mail-id", sign), call->now, &changed));
	taking->end = THREAD_MAIL_REPEATED;
	if (!changed) return OK;
	TRY(person_actor(call, taking->person.id, &author));
	TRY(person_needs_factor(call, &author, &has_factor));
	const ThreadMatter *matter = matter_of(taking->address.machine);
	TRY(has_factor || !matter || !matter->open ? hold(call, taking) : write_now(call, matter, taking, &author));
	return taking->mail->has_files && taking->end != THREAD_MAIL_REFUSED ? tell_of_files(call, &taking->address) : OK;
}

Error thread_mail_take(Call *call, const InMail *mail, Text to, ThreadMailEnd *out)
{
	Taking taking = { .mail = mail, .to = to };
	TRY(db_transact(call, take, &taking));
	*out = taking.end;
	return OK;
}

/* ---- What waits for being sent */
static Error address_here(Call *call, const ThreadSubject *subject, Text audience, AddressRow *out, bool *out_found)
{
	*out_found = false;
	if (!call->actor->person_id) return OK;
	return address_of(call, text_from(subject->machine), subject->id, audience, call->actor->person_id, out, out_found);
}

Error thread_mail_held(Call *call, const ThreadSubject *subject, Text audience, Text *out)
{
	AddressRow address;
	Sealed sealed;
	bool found = false;
	int64_t held_at;
	*out = (Text) { 0 };
	TRY(address_here(call, subject, audience, &address, &found));
	if (found) TRY(held_find(call, address.id, &sealed, &held_at, &found));
	return found ? seal_open(call, HELD, arena_printf(call->arena, "%lld", (long long)address.id), sealed, out) : OK;
}

Error thread_mail_sent(Call *call, const ThreadSubject *subject, Text audience)
{
	AddressRow address;
	bool found = false;
	TRY(address_here(call, subject, audience, &address, &found));
	return found ? held_remove(call, address.id) : OK;
}

static Error sweep(Call *call, void *argument)
{
	int64_t removed = 0;
	(void)argument;
	TRY(held_sweep(call, call->now - 7 * DAY_MS, &removed));
	return mail_sweep(call, call->now - 30 * DAY_MS, &removed);
}

Error thread_mail_sweep(Call *call) { return db_transact(call, sweep, NULL); }
