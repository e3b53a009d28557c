/* Rhythm, lists, unsubscribing, and what became of messages. */
#include "people/notice/notice_hook.h"
#include "people/notice/notice_private.h"

const char *const notice_rhythm_words[NOTICE_RHYTHMS] = { "at-once", "daily", "weekly" };

enum { DEFAULT_HOUR = 9, HOUR_MS = 3600 * 1000, ZONE_MS = 8 * HOUR_MS, DAY_MS = 24 * HOUR_MS, LIST_ITEMS_MAX = 100 };

/* ---- The wish */
static NoticeWay way_of_row(const WayRow *row)
{
	NoticeWay way = { .hour = row->hour, .weekday = row->weekday, .mails = row->mails, .list_at = row->list_at.value };
	for (size_t i = 0; i < NOTICE_RHYTHMS; i++)
		if (text_is(text_from(notice_rhythm_words[i]), row->rhythm)) way.rhythm = (NoticeRhythm)i;
	return way;
}

Error notice_way_of(Call *call, int64_t person_id, NoticeWay *out)
{
	WayRow row;
	bool found = false;
	*out = (NoticeWay) { .rhythm = NOTICE_AT_ONCE, .hour = DEFAULT_HOUR, .weekday = 1, .mails = true };
	TRY(way_find(call, person_id, &row, &found));
	if (found) *out = way_of_row(&row);
	return OK;
}

static Error is_person(Call *call) { return call->actor->person_id != 0 ? OK : fail(call, UNAUTHENTICATED, "nobody is signed in"); }

Error notice_way(Call *call, NoticeWay *out)
{
	TRY(is_person(call));
	return notice_way_of(call, call->actor->person_id, out);
}

/* Day 0, 1 January 1970, was a Thursday: 4. */
static int64_t weekday_of(int64_t day) { return (day + 3) % 7 + 1; }

int64_t notice_list_next(const NoticeWay *way, int64_t now)
{
	if (way->rhythm == NOTICE_AT_ONCE || !way->mails) return 0;
	for (int64_t day = (now + ZONE_MS) / DAY_MS;; day++) {
		int64_t at = day * DAY_MS + way->hour * HOUR_MS - ZONE_MS;
		if (at > now && (way->rhythm == NOTICE_DAILY || weekday_of(day) == way->weekday)) return at;
	}
}

static Error put_way(Call *call, int64_t person_id, const NoticeWay *way)
{
	Maybe list_at = { way->list_at != 0, way->list_at };
	return way_put(
		call, person_id, text_from(notice_rhythm_words[way->rhythm]), way->hour, way->weekday, way->mails, list_at, call->now);
}

static Error change_way(Call *call, void *argument)
{
	NoticeWay old, way = *(const NoticeWay *)argument;
	TRY(notice_way_of(call, call->actor->person_id, &old));
	way.list_at = notice_list_next(&way, call->now);
	if (!way.mails) TRY(inbox_end_list(call, call->actor->person_id));
	if (way.mails && way.rhythm == NOTICE_AT_ONCE && old.list_at) way.list_at = call->now; /* what waits goes out */
	return put_way(call, call->actor->person_id, &way);
}

Error notice_way_change(Call *call, const NoticeWay *way)
{
	NoticeWay wish = *way;
	TRY(is_person(call));
	if (way->rhythm >= NOTICE_RHYTHMS) call_problem(call, TEXT("rhythm"), N_("Please choose one of these."), (Text) { 0 });
	if (way->hour < 0 || way->hour > 23) call_problem(call, TEXT("hour"), N_("Please enter an hour from 0 to 23."), (Text) { 0 });
	if (way->weekday < 1 || way->weekday > 7) call_problem(call, TEXT("weekday"), N_("Please choose one of these."), (Text) { 0 });
	TRY(call_check_problems(call));
	return db_transact(call, change_way, &wish);
}

/* ---- Lists: one mail with a line and a link for each matter, written in the transaction that marks them as told */
typedef struct Listing {
	int64_t person_id;
	bool is_sent;
} Listing;

static Error write_list(Call *call, const Person *person, const ListedRows *rows)
{
	int64_t message = 0;
	LetterItem *items = arena_array_of(call->arena, LetterItem, rows->count + 1);
	LetterField fields[] = { { "count", arena_printf(call->arena, "%zu", rows->count) } };
	for (size_t i = 0; i < rows->count; i++)
		items[i] = (LetterItem) { notice_line(call->arena, person->lang, rows->at[i].kind, rows->at[i].subject),
			outbox_link(call, "%.*s", TEXT_ARGS(rows->at[i].link)) };
	Letter letter = { .to = person->mail,
		.lang = person->lang,
		.subject = N_("What happened with your matters: {count}"),
		.body = N_("This happened with your matters. Each line leads to the page of its matter; your inbox has everything."),
		.fields = fields,
		.field_count = COUNT(fields),
		.items = items,
		.item_count = rows->count,
		.link = outbox_link(call, "/inbox"),
		.thread = TEXT("list"),
		.unsubscribe = notice_unsubscribe_link(call, person) };
	TRY(outbox_letter_id(call, &letter, &message));
	return notice_follow(call, message, person->id, "mail", person->mail_value);
}

static Error send_list(Call *call, void *argument)
{
	Listing *listing = argument;
	Person person;
	NoticeWay way;
	ListedRows rows;
	listing->is_sent = false;
	TRY(notice_way_of(call, listing->person_id, &way));
	if (!way.list_at || way.list_at > call->now) return OK; /* another node was faster */
	TRY(person_find(call, listing->person_id, &person));
	TRY(inbox_listed(call, listing->person_id, LIST_ITEMS_MAX, &rows));
	listing->is_sent = rows.count > 0 && way.mails && person.state != PERSON_DISABLED;
	if (listing->is_sent) TRY(write_list(call, &person, &rows));
	TRY(inbox_end_list(call, listing->person_id));
	int64_t next = notice_list_next(&way, call->now);
	return way_set_next(call, listing->person_id, (Maybe) { next != 0, next });
}

Error notice_lists_due(Call *call, int64_t max, int64_t *out_sent)
{
	Numbers due;
	TRY(way_due(call, call->now, max, &due));
	*out_sent = 0;
	for (size_t i = 0; i < due.count; i++) {
		Listing listing = { .person_id = due.at[i] };
		TRY(db_transact(call, send_list, &listing));
		*out_sent += listing.is_sent;
	}
	return OK;
}

/* ---- Unsubscribing */
static Text person_token(Call *call, Text ref)
{
	Key key = seal_key(call, "unsubscribe");
	Text parts[] = { TEXT("person"), ref };
	Digest mac = mac_of(&key, parts, COUNT(parts));
	Text proof = base64url_text(call->arena, (Text) { DIGEST_TEXT(mac).at, 16 });
	return arena_printf(call->arena, "%.*s.%.*s", TEXT_ARGS(ref), TEXT_ARGS(proof));
}

Text notice_unsubscribe_link(Call *call, const Person *person)
{
	return outbox_link(call, "/unsubscribe/%.*s", TEXT_ARGS(person_token(call, person->ref)));
}

Text notice_visitor_link(Call *call, Text unsubscribe) { return outbox_link(call, "/unsubscribe/%.*s", TEXT_ARGS(unsubscribe)); }

static Error find_subscriber(Call *call, Text token, int64_t *out_person_id)
{
	size_t dot = 0;
	bool found = false;
	int64_t created_at = 0;
	Person person;
	*out_person_id = 0;
	if (!text_find(token, TEXT("."), &dot)) {
		TRY(visitor_has(call, token, &created_at, &found));
		return found ? OK : fail(call, NOT_FOUND, "no such visitor");
	}
	Text ref = text_slice(token, 0, dot);
	if (!secret_is(person_token(call, ref), token)) return fail(call, NOT_FOUND, "not an address of ours");
	TRY(person_find_ref(call, ref, &person));
	*out_person_id = person.id;
	return OK;
}

Error notice_unsubscribe_check(Call *call, Text token)
{
	int64_t person_id;
	return find_subscriber(call, token, &person_id);
}

static Error unsubscribe(Call *call, void *argument)
{
	const Text *token = argument;
	int64_t person_id = 0, changed = 0;
	NoticeWay way;
	TRY(find_subscriber(call, *token, &person_id));
	if (!person_id) return visitor_unsubscribe(call, *token, &changed);
	TRY(notice_way_of(call, person_id, &way));
	way.mails = false;
	way.list_at = 0;
	TRY(inbox_end_list(call, person_id));
	return put_way(call, person_id, &way);
}

Error notice_unsubscribe(Call *call, Text token) { return db_transact(call, unsubscribe, &token); }

/* ---- What became of messages */
Error notice_follow(Call *call, int64_t message, int64_t person_id, const char *channel, Text address)
{
	return followed_insert(call, message, person_id, text_from(channel), address);
}

typedef struct Watch {
	int64_t max, count;
} Watch;

static Error settle(Call *call, const FollowedRow *row)
{
	bool has_arrived = text_is(row->state, TEXT("done"));
	TRY(followed_forget(call, row->message_id));
	if (text_is(row->state, TEXT("gone"))) return OK;
	if (text_is(row->channel, TEXT("mail"))) return person_mail_note(call, row->person_id, row->address, has_arrived);
	return has_arrived ? phone_arrives(call, row->person_id, row->address, call->now)
			   : phone_fails(call, row->person_id, row->address, call->now);
}

static Error settle_all(Call *call, void *argument)
{
	Watch *watch = argument;
	FollowedRows rows;
	TRY(followed_ended(call, watch->max, &rows));
	for (size_t i = 0; i < rows.count; i++) TRY(settle(call, &rows.at[i]));
	watch->count = (int64_t)rows.count;
	return OK;
}

Error notice_watch(Call *call, int64_t max, int64_t *out_settled)
{
	Watch watch = { .max = max };
	TRY(db_transact(call, settle_all, &watch));
	*out_settled = watch.count;
	return OK;
}

/* ---- The end of the time they are kept */
Error notice_kept(Call *call, const KeptPage *page, Keeps *out)
{
	InboxKepts rows;
	Keeps keeps = { 0 };
	TRY(inbox_kept(call, page->before, page->after_at, page->after_id, page->max, &rows));
	for (size_t i = 0; i < rows.count; i++)
		list_add(call->arena, &keeps, ((Kept) { rows.at[i].id, rows.at[i].created_at, rows.at[i].ref }));
	*out = keeps;
	return OK;
}

Error notice_forget(Call *call, Text ref) { return inbox_delete(call, ref); }

Error notice_forget_person(Call *call, int64_t person_id)
{
	TRY(inbox_delete_all(call, person_id));
	TRY(way_delete(call, person_id));
	TRY(followed_forget_all(call, person_id));
	TRY(phone_drop(call, person_id));
	return notice_hook_end_all(call, person_id);
}
