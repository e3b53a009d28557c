#include "people/notice/notice_hook.h"
#include "people/notice/notice_private.h"

typedef enum Weight { ORDINARY, URGENT, DUTY } Weight;
static const struct {
	const char *tag;
	Weight weight;
	const char *subject, *body, *text; /* text: the short message, "" for none */
} texts[NOTICE_KINDS] = {
#define NOTICE(kind, tag, weight, subject, body, text) [NOTICE_##kind] = { tag, weight, subject, body, text },
#include "people/notice/notice_text.def"
#undef NOTICE
};

typedef struct Recipient {
	Text mail, unsubscribe; /* unsubscribe: empty for what is a duty */
	Text answer; /* where it can be answered; may be empty */
	Lang lang;
} Recipient;

static Error send_letter(Call *call, const Recipient *recipient, NoticeKind kind, Text subject, Text link, int64_t *out_message)
{
	LetterField fields[] = { { "ref", subject } };
	return outbox_letter_id(call,
		&(Letter) { .to = recipient->mail,
			.lang = recipient->lang,
			.subject = texts[kind].subject,
			.body = texts[kind].body,
			.fields = fields,
			.field_count = COUNT(fields),
			.link = outbox_link(call, "%.*s", TEXT_ARGS(link)),
			.thread = subject,
			.answer = recipient->answer,
			.unsubscribe = recipient->unsubscribe },
		out_message);
}

static Error tell(Call *call, int64_t person_id, NoticeKind kind, Text subject, Text link, Text answer, int64_t *out_message)
{
	*out_message = 0;
	Person person;
	NoticeWay way;
	must(kind < NOTICE_KINDS && text_starts(link, TEXT("/")));
	TRY(person_find(call, person_id, &person));
	if (person.state == PERSON_DISABLED) return OK;
	TRY(notice_way_of(call, person_id, &way));
	Weight weight = texts[kind].weight;
	bool waits = weight == ORDINARY && way.mails && way.rhythm != NOTICE_AT_ONCE;
	TRY(inbox_insert(call, token_new(call->arena, 16), person_id, text_from(texts[kind].tag), subject, link, call->now, waits));
	TRY(notice_hook_put(call, person_id, text_from(texts[kind].tag), subject, link));
	if (texts[kind].text[0]) TRY(notice_text_phone(call, &person, texts[kind].text, subject));
	if (waits || (weight != DUTY && !way.mails)) return OK;
	Recipient recipient = { .mail = person.mail,
		.lang = person.lang,
		.answer = answer,
		.unsubscribe = weight == DUTY ? TEXT("") : notice_unsubscribe_link(call, &person) };
	TRY(send_letter(call, &recipient, kind, subject, link, out_message));
	return notice_follow(call, *out_message, person_id, "mail", person.mail_value);
}

Error notice_send_tracked(Call *call, int64_t person_id, NoticeKind kind, Text subject, Text link, int64_t *out_message)
{
	return tell(call, person_id, kind, subject, link, TEXT(""), out_message);
}

Error notice_send(Call *call, int64_t person_id, NoticeKind kind, Text subject, Text link)
{
	return notice_send_answerable(call, person_id, kind, subject, link, TEXT(""));
}

Error notice_send_answerable(Call *call, int64_t person_id, NoticeKind kind, Text subject, Text link, Text answer)
{
	int64_t message;
	return tell(call, person_id, kind, subject, link, answer, &message);
}

Error notice_send_role(Call *call, Role role, NoticeKind kind, Text subject, Text link)
{
	Numbers holders;
	TRY(role_holders(call, role, &holders));
	for (size_t i = 0; i < holders.count; i++) TRY(notice_send(call, holders.at[i], kind, subject, link));
	return OK;
}

/* ---- Visitors */
Error notice_visitor_set(Call *call, Text claim, Text mail)
{
	Sealed sealed;
	Text folded = mail_address_fold(call->arena, mail);
	must(claim.length > 0);
	if (!mail_address_is(folded)) call_problem(call, TEXT("mail"), N_("This is not a mail address."), (Text) { 0 });
	TRY(call_check_problems(call));
	TRY(seal_close(call, SEAL_MATTER_LIBRARY, "notice_visitor|sealed_mail", claim, folded, &sealed));
	return visitor_put(call, claim, token_new(call->arena, 16), sealed, lang_tag(call->lang), call->now);
}

Error notice_visitor_forget(Call *call, Text claim) { return visitor_forget(call, claim); }

Error notice_send_claim(Call *call, Text claim, NoticeKind kind, Text subject, Text link)
{
	Sealed sealed;
	Text tag, mail, unsubscribe;
	Lang lang;
	bool found = false;
	TRY(visitor_find(call, claim, &sealed, &tag, &unsubscribe, &found));
	if (!found) return OK;
	if (!lang_parse(tag, &lang)) return fail(call, CORRUPT, "visitor of an unknown language");
	TRY(seal_open(call, "notice_visitor|sealed_mail", claim, sealed, &mail));
	int64_t message;
	if (!mail.at) return OK;
	Recipient recipient = { .mail = mail, .lang = lang };
	if (texts[kind].weight != DUTY) recipient.unsubscribe = notice_visitor_link(call, unsubscribe);
	return send_letter(call, &recipient, kind, subject, link, &message);
}

/* ---- The inbox */
Text notice_line(Arena *arena, Lang lang, Text kind, Text subject)
{
	LetterField fields[] = { { "ref", subject } };
	for (size_t i = 0; i < NOTICE_KINDS; i++)
		if (text_is(text_from(texts[i].tag), kind)) return letter_fill(arena, lang, texts[i].subject, fields, COUNT(fields));
	return subject;
}

static Error is_person(Call *call) { return call->actor->person_id != 0 ? OK : fail(call, UNAUTHENTICATED, "nobody is signed in"); }

Error notice_list(Call *call, int64_t before, int64_t max, Notices *out)
{
	InboxRows rows;
	Notices notices = { 0 };
	TRY(is_person(call));
	TRY(inbox_rows(call, call->actor->person_id, before > 0 ? before : INT64_MAX, max, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		const InboxRow *row = &rows.at[i];
		Notice notice = { .id = row->id,
			.created_at = row->created_at,
			.ref = row->ref,
			.subject_line = notice_line(call->arena, call->lang, row->kind, row->subject),
			.link = row->link,
			.unread = !row->read_at.is };
		list_add(call->arena, &notices, notice);
	}
	*out = notices;
	return OK;
}

Error notice_unread(Call *call, int64_t *out_count)
{
	enum { COUNTED_MAX = 100 };
	Numbers ids;
	TRY(is_person(call));
	TRY(inbox_unread(call, call->actor->person_id, COUNTED_MAX, &ids));
	*out_count = (int64_t)ids.count;
	return OK;
}

typedef struct Opening {
	Text ref, link;
} Opening;

static Error open_one(Call *call, void *argument)
{
	Opening *opening = argument;
	InboxRow row;
	bool found = false;
	TRY(inbox_find(call, call->actor->person_id, opening->ref, &row, &found));
	if (!found) return fail(call, NOT_FOUND, "no such notice of this person");
	opening->link = row.link;
	return row.read_at.is ? OK : inbox_read(call, row.id, call->now);
}

Error notice_open(Call *call, Text ref, Text *out_link)
{
	Opening opening = { .ref = ref };
	TRY(is_person(call));
	TRY(db_transact(call, open_one, &opening));
	*out_link = opening.link;
	return OK;
}

static Error read_all(Call *call, void *argument)
{
	(void)argument;
	return inbox_read_all(call, call->actor->person_id, call->now);
}

Error notice_read_all(Call *call)
{
	TRY(is_person(call));
	return db_transact(call, read_all, NULL);
}
