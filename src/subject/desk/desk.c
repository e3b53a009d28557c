/* What the desk gathers. */
#include "subject/desk/desk.h"

#include "people/notice/notice_way.h"
#include "people/org/org.h"
#include "people/person/person.h"
#include "store/db/db.h"
#include "subject/casefile/casefile.h"
#include "subject/desk/desk.sql.h"
#include "subject/dispute/dispute.h"
#include "subject/party/party.h"
#include "subject/privacy/privacy.h"
#include "subject/product/product.h"
#include "subject/programme/application/application.h"
#include "subject/programme/inspection/inspection.h"
#include "subject/site/complaint.h"
#include "subject/site/site.h"
#include "subject/warning/warning.h"
#include "work/letter/letter.h"

#include <stdlib.h>

enum { DAY_MS = 24 * 3600 * 1000, TASKS_MAX = 100 };

/* ---- The kinds of matters: a new one is a row here */
static const struct {
	const Worklist *list;
	uint32_t scope; /* of a token that may see it */
} kinds[] = {
	{ &report_worklist, SCOPE_REPORT_READ },
	{ &casefile_worklist, SCOPE_CASE_READ },
	{ &party_worklist, SCOPE_CASE_READ },
	{ &application_worklist, SCOPE_PROGRAMME },
	{ &inspection_worklist, SCOPE_PROGRAMME },
	{ &dispute_worklist, SCOPE_REPORT_READ },
	{ &warning_worklist, SCOPE_CASE_READ },
};

static bool is_shown(const Call *call, size_t kind) { return (call->actor->scopes & kinds[kind].scope) != 0; }

/* ---- Order: the earliest end first, and no two alike, so that a page begins exactly where the last one ended */
static int compare_numbers(int64_t a, int64_t b) { return (a > b) - (a < b); }

static int compare_lines(const void *a, const void *b)
{
	const WorkLine *one = a, *other = b;
	int by_due = compare_numbers(one->clock.due_at, other->clock.due_at);
	int by_kind = by_due ? by_due : strcmp(one->machine->name, other->machine->name);
	return by_kind ? by_kind : text_compare(one->number, other->number);
}

static int compare_events(const void *a, const void *b)
{
	const WorkEvent *one = a, *other = b;
	int by_time = compare_numbers(other->at, one->at);
	return by_time ? by_time : compare_numbers(other->id, one->id);
}

static Text key_of(Arena *arena, const WorkLine *line)
{
	return arena_printf(arena, "%lld.%s.%.*s", (long long)line->clock.due_at, line->machine->name, TEXT_ARGS(line->number));
}

/* Whether the line stands behind the key; a key that is none stands before everything. */
static bool is_behind(const WorkLine *line, Text key)
{
	WorkLine last = *line;
	Machine machine = *line->machine;
	Text due, kind;
	char name[32];
	if (!text_next(&key, '.', &due) || !text_next(&key, '.', &kind) || !text_to_int(due, &last.clock.due_at)) return true;
	if (kind.length >= sizeof(name)) return true;
	snprintf(name, sizeof(name), "%.*s", TEXT_ARGS(kind));
	machine.name = name;
	last.machine = &machine;
	last.number = key;
	return compare_lines(line, &last) > 0;
}

/* ---- What is open */
static Error load_open(Call *call, WorkLines *out)
{
	WorkLines lines = { 0 };
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (is_shown(call, i)) TRY(kinds[i].list->open(call, DESK_OPEN_MAX, &lines));
	if (lines.count) qsort(lines.at, lines.count, sizeof(*lines.at), compare_lines);
	*out = lines;
	return OK;
}

/* A deadline is the reader's when it is their turn, or they answer for the whole matter. */
static bool is_own_clock(const WorkLine *line)
{
	return line->clock.clock && (work_is_turn(line) || (line->parts & (WORK_COORDINATOR | WORK_AUTHORITY | WORK_SECRETARY)) != 0);
}

static bool is_deadline(const Call *call, const WorkLine *line)
{
	return is_own_clock(line) && line->clock.due_at <= call->now + (int64_t)DESK_DAYS * DAY_MS;
}

static void sort_open(Call *call, const WorkLines *open, Text after, Desk *desk)
{
	for (size_t i = 0; i < open->count; i++) {
		const WorkLine *line = &open->at[i];
		bool turn = work_is_turn(line);
		desk->turn_total += turn;
		desk->overdue += turn && line->clock.overdue;
		desk->unread_total += line->unread;
		if (line->unread && desk->unread.count < DESK_UNREAD) list_add(call->arena, &desk->unread, *line);
		bool ends = is_deadline(call, line);
		desk->deadline_total += ends;
		if (ends && desk->deadlines.count < DESK_DEADLINES) list_add(call->arena, &desk->deadlines, *line);
		if (!turn || (after.length && !is_behind(line, after))) continue;
		if (desk->turn.count < DESK_PAGE)
			list_add(call->arena, &desk->turn, *line);
		else if (!desk->next.at)
			desk->next = key_of(call->arena, &desk->turn.at[desk->turn.count - 1]);
	}
}

/* ---- What is one's own, and the rest */
/* Conversations go on when the clock of a matter has ended. */
static void add_unread(Call *call, const WorkLines *own, Desk *desk)
{
	for (size_t i = 0; i < own->count; i++) {
		const WorkLine *line = &own->at[i];
		bool is_open = line->clock.clock && !line->is_stage;
		if (is_open || !line->unread) continue;
		desk->unread_total += line->unread;
		if (desk->unread.count < DESK_UNREAD) list_add(call->arena, &desk->unread, *line);
	}
}

static Error load_own(Call *call, Desk *desk)
{
	if (is_shown(call, 0)) TRY(report_worklist.own(call, 0, DESK_OWN + 1, &desk->reports));
	TRY(casefile_stages(call, &desk->reports));
	if (is_shown(call, 2)) TRY(party_worklist.own(call, 0, DESK_OWN + 1, &desk->parties));
	desk->has_more_reports = desk->reports.count > DESK_OWN;
	desk->has_more_parties = desk->parties.count > DESK_OWN;
	if (desk->has_more_reports) desk->reports.count = DESK_OWN;
	if (desk->has_more_parties) desk->parties.count = DESK_OWN;
	add_unread(call, &desk->reports, desk);
	add_unread(call, &desk->parties, desk);
	return OK;
}

static Error load_events(Call *call, Desk *desk)
{
	bool found = false;
	int64_t since = call->now - (int64_t)DESK_DAYS * DAY_MS;
	TRY(desk_mark_find(call, call->actor->person_id, &desk->seen_at, &found));
	if (!found) desk->seen_at = 0;
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (is_shown(call, i)) TRY(kinds[i].list->events(call, since, DESK_EVENTS, &desk->events));
	if (desk->events.count) qsort(desk->events.at, desk->events.count, sizeof(*desk->events.at), compare_events);
	if (desk->events.count > DESK_EVENTS) desk->events.count = DESK_EVENTS;
	for (size_t i = 0; i < desk->events.count; i++) desk->news += desk->events.at[i].at > desk->seen_at;
	return OK;
}

static void add_task(Call *call, Desk *desk, const char *text, const char *path, int64_t count)
{
	DeskTask task = { text, text_from(path), count };
	if (count) list_add(call->arena, &desk->tasks, task);
}

static Error load_office(Call *call, Desk *desk)
{
	ProductClaims claims;
	int64_t letters = 0, complaints = 0, corrections = 0;
	TRY(product_claims_waiting(call, 0, TASKS_MAX, &claims));
	TRY(letter_drafts_waiting(call, &letters));
	TRY(complaints_waiting(call, &complaints));
	TRY(rectification_waiting_count(call, &corrections));
	add_task(call, desk, N_("Claims of vendors to products"), "/admin/products", (int64_t)claims.count);
	add_task(call, desk, N_("Letters that wait for your approval"), "/letters/drafts", letters);
	add_task(call, desk, N_("Complaints to be answered"), "/site/complaints", complaints);
	add_task(call, desk, N_("Corrections of personal data to be answered"), "/vault", corrections);
	return OK;
}

/* Whose hands an article is in: the writer's own drafts, what somebody else handed in, what two others passed on. */
static Error load_articles(Call *call, Desk *desk)
{
	const struct {
		Role role;
		const char *state, *text;
	} turns[] = { { ROLE_WRITER, "DRAFT", N_("Your articles that are drafts") },
		{ ROLE_EDITOR, "SUBMITTED", N_("Articles to be edited") }, { ROLE_APPROVER, "EDITED", N_("Articles to be approved") } };
	int64_t self = call->actor->person_id;
	for (size_t i = 0; i < COUNT(turns); i++) {
		Articles articles;
		int64_t count = 0;
		if (!actor_has(call->actor, turns[i].role) || !call->actor->second_factor) continue;
		TRY(article_in_state(call, text_from(turns[i].state), 0, TASKS_MAX, &articles));
		for (size_t k = 0; k < articles.count; k++) {
			bool is_own = articles.at[k].writer_id == self, was_editor = articles.at[k].editor_id == self;
			count += turns[i].role == ROLE_WRITER ? is_own : !is_own && !(turns[i].role == ROLE_APPROVER && was_editor);
		}
		add_task(call, desk, turns[i].text, arena_printf(call->arena, "/site/articles?state=%s", turns[i].state).at, count);
	}
	return OK;
}

static Error load_channel(Call *call, Desk *desk)
{
	Person person;
	NoticePhone phone;
	TRY(person_find(call, call->actor->person_id, &person));
	TRY(notice_phone(call, &phone));
	add_task(
		call, desk, N_("Ways to reach you that fail"), "/account/notices", (person.mail_failing_at != 0) + (phone.failing_at != 0));
	return OK;
}

static Error load_tasks(Call *call, Desk *desk)
{
	if (actor_has(call->actor, ROLE_COORDINATOR) && call->actor->second_factor) {
		Persons persons;
		Organisations organisations;
		TRY(person_list_in_state(call, PERSON_CHECKING, TASKS_MAX, &persons));
		TRY(org_list_in_state(call, ORG_CHECKING, TASKS_MAX, &organisations));
		add_task(call, desk, N_("People and organisations to be verified"), "/admin/verifications",
			(int64_t)(persons.count + organisations.count));
		TRY(load_office(call, desk));
	}
	TRY(load_articles(call, desk));
	TRY(load_channel(call, desk));
	if (actor_has(call->actor, ROLE_SECURITY_ADMIN) && call->actor->second_factor) {
		RoleRequests requests;
		TRY(role_requests(call, &requests));
		add_task(call, desk, N_("Roles that wait for a second person"), "/admin/people", (int64_t)requests.count);
	}
	return OK;
}

Error desk_load(Call *call, Text after, Desk *out)
{
	Desk desk = { 0 };
	WorkLines open;
	TRY(load_open(call, &open));
	sort_open(call, &open, after, &desk);
	TRY(load_own(call, &desk));
	TRY(load_events(call, &desk));
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (is_shown(call, i) && kinds[i].list->counts) TRY(kinds[i].list->counts(call, &desk.counts));
	TRY(draft_list(call, &desk.drafts));
	TRY(load_tasks(call, &desk));
	*out = desk;
	return OK;
}

Error desk_deadlines(Call *call, WorkLines *out)
{
	WorkLines open, deadlines = { 0 };
	TRY(load_open(call, &open));
	for (size_t i = 0; i < open.count; i++)
		if (is_own_clock(&open.at[i])) list_add(call->arena, &deadlines, open.at[i]);
	*out = deadlines;
	return OK;
}

Error desk_unread(Call *call, int64_t *out)
{
	Desk desk = { 0 };
	WorkLines open;
	TRY(load_open(call, &open));
	sort_open(call, &open, TEXT(""), &desk);
	TRY(load_own(call, &desk));
	*out = desk.unread_total;
	return OK;
}

static Error mark_seen(Call *call, void *argument)
{
	(void)argument;
	return desk_mark_set(call, call->actor->person_id, call->now);
}

Error desk_mark_seen(Call *call) { return db_transact(call, mark_seen, NULL); }
