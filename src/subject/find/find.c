/* Finds and their lists: reading, opening a list, and what the actions of the machines change. */
#include "base/base/clock.h"
#include "base/base/random.h"
#include "people/notice/notice.h"
#include "people/org/org.h"
#include "store/ledger/ledger.h"
#include "store/seal/seal.h"
#include "subject/find/find_private.h"
#include "work/certificate/certificate.h"

enum { ZONE_MS = 8 * 3600 * 1000, ADVANCE_AT_ONCE = 200 };
static const char name_place[] = "find|sealed_name", struck_place[] = "find|sealed_struck", wish_place[] = "find|sealed_wish";

/* ---- Reading */
static bool is_office(const Actor *actor)
{
	return actor_has(actor, ROLE_SYSTEM) || (actor->second_factor && actor_has(actor, ROLE_COORDINATOR));
}

static FindList of_list_row(const FindListRow *row)
{
	return (FindList) { .id = row->id,
		.revision = row->revision,
		.seal_key = row->seal_key,
		.month = row->month,
		.rule = row->rule,
		.proposed_by = row->proposed_by,
		.updated_at = row->updated_at,
		.ref = row->ref,
		.state = row->state,
		.document = row->document };
}

Error find_list_open(Call *call, Text ref, FindList *out)
{
	FindListRow row;
	if (!is_office(call->actor)) return fail(call, NOT_FOUND, "lists of finds are the coordinators'");
	TRY(find_list_ref(call, ref, &row));
	*out = of_list_row(&row);
	return OK;
}

Error find_lists(Call *call, int64_t before, int64_t max, FindLists *out)
{
	FindListRows found;
	FindLists lists = { 0 };
	if (!is_office(call->actor)) return fail(call, FORBIDDEN, "lists of finds are the coordinators'");
	TRY(find_list_rows(call, before ? before : INT64_MAX, max, &found));
	for (size_t i = 0; i < found.count; i++) list_add(call->arena, &lists, of_list_row(&found.at[i]));
	*out = lists;
	return OK;
}

static Error opened(Call *call, const char *place, Text ref, Sealed sealed, Text *out)
{
	TRY(seal_open(call, place, ref, sealed, out));
	if (!out->at) *out = TEXT("");
	return OK;
}

Error find_from_row(Call *call, const FindRow *row, Find *out)
{
	FindListRow list;
	Find find = { .id = row->id,
		.revision = row->revision,
		.seal_key = row->seal_key,
		.list_id = row->list_id,
		.report_id = row->report_id,
		.person_id = row->person_id,
		.organisation_id = row->organisation_id,
		.received_at = row->received_at,
		.wish_by = row->wish_by,
		.updated_at = row->updated_at,
		.ref = row->ref,
		.state = row->state,
		.casefile = row->casefile,
		.number = row->number,
		.class_tag = row->class,
		.level = row->level,
		.organisation = TEXT(""),
		.certificate = row->certificate,
		.review = row->review,
		.reason = row->reason };
	TRY(find_list_id(call, row->list_id, &list));
	find.is_draft = text_is(list.state, TEXT("DRAFT"));
	TRY(opened(call, name_place, row->ref, row->sealed_name, &find.name));
	TRY(opened(call, struck_place, row->ref, row->sealed_struck, &find.struck));
	TRY(opened(call, wish_place, row->ref, row->sealed_wish, &find.wish));
	if (row->organisation_id) {
		Organisation organisation;
		TRY(org_find(call, row->organisation_id, &organisation));
		find.organisation = organisation.name;
	}
	*out = find;
	return OK;
}

Error find_open(Call *call, Text ref, Find *out)
{
	FindRow row;
	if (!is_office(call->actor)) return fail(call, NOT_FOUND, "finds are the coordinators'");
	TRY(find_ref(call, ref, &row));
	return find_from_row(call, &row, out);
}

Error find_of_list(Call *call, const FindList *list, Finds *out)
{
	FindRows found;
	Finds finds = { 0 };
	TRY(find_rows_of_list(call, list->id, &found));
	for (size_t i = 0; i < found.count; i++) {
		Find find;
		TRY(find_from_row(call, &found.at[i], &find));
		list_add(call->arena, &finds, find);
	}
	*out = finds;
	return OK;
}

Error find_seal_name(Call *call, const Find *find, Text name, Sealed *out)
{
	return seal_close(call, find->seal_key, name_place, find->ref, name, out);
}

/* ---- Opening a list */
typedef struct Beginning {
	int64_t month;
	Text ref;
} Beginning;

/* 202610, of an instant in Beijing. */
static int64_t month_of(int64_t at)
{
	int year, month, day;
	clock_civil((at + ZONE_MS) / (86400 * INT64_C(1000)), &year, &month, &day);
	return year * 100 + month;
}

static Error begin(Call *call, void *argument)
{
	Beginning *beginning = argument;
	Matter matter = { .state = TEXT("DRAFT"), .revision = 1 };
	Text other;
	bool found = false;
	int64_t rule = 0;
	TRY(find_list_month(call, beginning->month, &other, &found));
	if (found) call_problem(call, TEXT("month"), N_("There is a list for this month already."), (Text) { 0 });
	TRY(call_check_problems(call));
	matter.ref = beginning->ref = arena_printf(call->arena, "Y-%.*s", TEXT_ARGS(random_code(call->arena, 10)));
	TRY(seal_matter_new(call, &matter.seal_key));
	TRY(report_condition_version(call, &rule));
	TRY(find_list_insert(call, matter.ref, matter.seal_key, beginning->month, rule, call->now, &matter.id));
	TRY(find_collect(call, matter.id, beginning->month));
	return workflow_begin(call, &find_list_machine, &matter);
}

static bool month_parse(Text text, int64_t *out)
{
	int64_t year, month;
	text = text_trim(text);
	if (text.length != 7 || text.at[4] != '-') return false;
	if (!text_to_int(text_slice(text, 0, 4), &year) || !text_to_int(text_slice(text, 5, 7), &month)) return false;
	*out = year * 100 + month;
	return year >= 2000 && month >= 1 && month <= 12;
}

Error find_list_begin(Call *call, Text month, Text *out_ref)
{
	Beginning beginning = { 0 };
	if (!actor_has(call->actor, ROLE_COORDINATOR)) return fail(call, FORBIDDEN, "no work on lists of finds");
	if (!call->actor->second_factor) return fail(call, SECOND_FACTOR, "lists of finds without second factor");
	if (!month_parse(month, &beginning.month) || beginning.month >= month_of(call->now))
		call_problem(call, TEXT("month"), N_("Please enter a month that is over, as 2026-10."), (Text) { 0 });
	TRY(call_check_problems(call));
	TRY(db_transact(call, begin, &beginning));
	*out_ref = beginning.ref;
	return OK;
}

/* ---- The list's machine */
void find_list_matter(Call *call, const FindList *list, const Finds *finds, Matter *out)
{
	FindListFacts *facts = arena_new_of(call->arena, FindListFacts);
	const Actor *actor = call->actor;
	*facts = (FindListFacts) { .proposed_by = list->proposed_by, .is_empty = true };
	for (size_t i = 0; i < finds->count; i++) {
		const Find *find = &finds->at[i];
		if (!text_is(find->state, TEXT("LISTED"))) continue;
		facts->is_empty = false;
		facts->has_own |=
			find->person_id == actor->person_id || (actor->organisation_id && actor->organisation_id == find->organisation_id);
	}
	*out = (Matter) { .id = list->id,
		.revision = list->revision,
		.ref = list->ref,
		.state = list->state,
		.facts = facts,
		.seal_key = list->seal_key };
}

Error find_list_machine_load(Call *call, Text ref, Matter *out)
{
	FindList list;
	Finds finds;
	TRY(find_list_open(call, ref, &list));
	TRY(find_of_list(call, &list, &finds));
	find_list_matter(call, &list, &finds, out);
	return OK;
}

Error find_list_machine_move(Call *call, const Matter *matter, Text to, int64_t *out_changed)
{
	return find_list_move(call, matter->id, matter->state, to, matter->revision, call->now, out_changed);
}

static Error decide_one(Call *call, const Find *find, const char *action)
{
	Matter matter;
	find_matter(call, find, &matter);
	FindFacts *facts = arena_new_of(call->arena, FindFacts);
	*facts = *(const FindFacts *)matter.facts;
	facts->by_list = true;
	matter.facts = facts;
	return workflow_apply(call, &find_machine, &matter, &(Act) { .action = text_from(action), .input = map_new(call->arena) });
}

/* What does not stand any more since the list was made is left out. */
static Error decide_all(Call *call, const FindList *list, bool confirmed)
{
	Finds finds;
	TRY(find_of_list(call, list, &finds));
	for (size_t i = 0; i < finds.count; i++) {
		const char *fault = NULL;
		if (!text_is(finds.at[i].state, TEXT("LISTED"))) continue;
		if (confirmed) TRY(find_fault(call, &finds.at[i], &fault));
		TRY(decide_one(call, &finds.at[i], confirmed && !fault ? "certify" : "lapse"));
	}
	return OK;
}

static Error tell_office(Call *call, NoticeKind kind, Text ref, const char *path)
{
	return notice_send_role(call, ROLE_COORDINATOR, kind, ref, arena_printf(call->arena, "/%s/%.*s", path, TEXT_ARGS(ref)));
}

Error find_list_machine_applied(Call *call, Matter *matter, const Transition *row, const void *input)
{
	const Form *form = find_action_form(row->form);
	FindList list;
	TRY(find_list_open(call, matter->ref, &list));
	if (form) {
		TRY(form_check(call, form, input));
		matter->detail = form_values_text(call->arena, form, input);
	}
	bool proposes = strcmp(row->action, "propose") == 0, confirms = strcmp(row->action, "confirm") == 0;
	if (proposes) {
		TRY(find_list_say(call, list.id, call->actor->person_id, form_answer(input, "document")));
		return tell_office(call, NOTICE_FIND_WAITING, list.ref, "find-lists");
	}
	if (strcmp(row->action, "return") == 0) return find_list_say(call, list.id, 0, list.document);
	return decide_all(call, &list, confirms);
}

Error find_list_act(Call *call, Text ref, Text action, int64_t revision, const Map *values)
{
	Matter matter;
	Act act = { .action = action, .revision = revision, .input = values ? values : map_new(call->arena) };
	return workflow_act(call, &find_list_machine, ref, &act, &matter);
}

/* ---- The find's machine */
const char *find_review_text(Text review)
{
	if (text_is(review, TEXT("gone")))
		return N_("The vulnerability it rests on does not stand any more: merged, withdrawn, transferred or isolated, or the "
			  "report was "
			  "taken back.");
	return text_is(review, TEXT("duplicate")) ? N_("Another report of the same vulnerability came in earlier.") : NULL;
}

void find_matter(Call *call, const Find *find, Matter *out)
{
	FindFacts *facts = arena_new_of(call->arena, FindFacts);
	*facts = (FindFacts) { .person_id = find->person_id,
		.organisation_id = find->organisation_id,
		.wish_by = find->wish_by,
		.is_draft = find->is_draft,
		.has_review = find_review_text(find->review) != NULL };
	*out = (Matter) { .id = find->id,
		.revision = find->revision,
		.ref = find->ref,
		.state = find->state,
		.facts = facts,
		.seal_key = find->seal_key };
}

Error find_machine_load(Call *call, Text ref, Matter *out)
{
	Find find;
	TRY(find_open(call, ref, &find));
	find_matter(call, &find, out);
	return OK;
}

Error find_machine_move(Call *call, const Matter *matter, Text to, int64_t *out_changed)
{
	return find_move(call, matter->id, matter->state, to, matter->revision, call->now, out_changed);
}

static Error tell_finder(Call *call, const Find *find, NoticeKind kind)
{
	return notice_send(call, find->person_id, kind, find->certificate, TEXT("/certificates/mine"));
}

static Error take_wish(Call *call, const Find *find, const Form *form, const Map *values)
{
	Sealed wish;
	TRY(seal_close(call, find->seal_key, wish_place, find->ref, form_values_text(call->arena, form, values), &wish));
	TRY(find_wish(call, find->id, call->actor->person_id, wish));
	return tell_office(call, NOTICE_FIND_WAITING, find->ref, "finds");
}

/* The register holds what was decided, for readers of both languages. */
static Text word_in_both(Arena *arena, const Word *word)
{
	if (text_is(word->text_zh, word->text_en)) return word->text_zh;
	return arena_printf(arena, "%.*s / %.*s", TEXT_ARGS(word->text_zh), TEXT_ARGS(word->text_en));
}

static Error revoke(Call *call, Find *find, const Map *wish)
{
	Word word;
	bool found = false;
	TRY(wordlist_find(call, &find_reasons, form_answer(wish, "code"), -1, &word, &found));
	Text reason = found ? word_in_both(call->arena, &word) : form_answer(wish, "code");
	TRY(find_reason(call, find->id, reason));
	TRY(certificate_act(call, find->certificate, "revoke", reason, form_answer(wish, "document")));
	return tell_finder(call, find, NOTICE_FIND_REVOKED);
}

static Error reissue(Call *call, Find *find, const Map *wish)
{
	Sealed name;
	find->name = form_answer(wish, "name");
	TRY(find_seal_name(call, find, find->name, &name));
	TRY(find_name(call, find->id, name));
	TRY(find_certify_it(call, find, form_answer(wish, "document")));
	return tell_finder(call, find, NOTICE_FIND_CERTIFIED);
}

static Error fulfil(Call *call, Find *find, bool revokes)
{
	Map *wish;
	TRY(form_values_read(call, find_action_form(revokes ? "find-revoke" : "find-reissue"), find->wish, &wish));
	TRY(find_wish(call, find->id, 0, (Sealed) { 0 }));
	TRY(find_review(call, find->id, TEXT("")));
	return revokes ? revoke(call, find, wish) : reissue(call, find, wish);
}

static Error strike(Call *call, const Find *find, Text reason)
{
	Sealed struck;
	TRY(seal_close(call, find->seal_key, struck_place, find->ref, reason, &struck));
	return find_struck(call, find->id, struck);
}

static Error certify(Call *call, Find *find)
{
	FindListRow list;
	TRY(find_list_id(call, find->list_id, &list));
	TRY(find_certify_it(call, find, list.document));
	return tell_finder(call, find, NOTICE_FIND_CERTIFIED);
}

static bool is(const Transition *row, const char *action) { return strcmp(row->action, action) == 0; }

Error find_machine_applied(Call *call, Matter *matter, const Transition *row, const void *input)
{
	const Form *form = find_action_form(row->form);
	Find find;
	TRY(find_open(call, matter->ref, &find));
	if (form) {
		TRY(form_check(call, form, input));
		matter->detail = form_values_text(call->arena, form, input);
	} else {
		matter->detail = find.wish;
	}
	if (is(row, "strike")) return strike(call, &find, form_answer(input, "reason"));
	if (is(row, "certify")) return certify(call, &find);
	if (is(row, "reviewed")) return find_review(call, find.id, arena_printf(call->arena, "%.*s-seen", TEXT_ARGS(find.review)));
	if (is(row, "propose-revoke") || is(row, "propose-reissue")) return take_wish(call, &find, form, input);
	if (is(row, "keep")) return find_wish(call, find.id, 0, (Sealed) { 0 });
	return is(row, "lapse") ? OK : fulfil(call, &find, is(row, "revoke"));
}

Error find_act(Call *call, Text ref, Text action, int64_t revision, const Map *values)
{
	Matter matter;
	Act act = { .action = action, .revision = revision, .input = values ? values : map_new(call->arena) };
	return workflow_act(call, &find_machine, ref, &act, &matter);
}

/* ---- Whether it still stands */
typedef struct Flagging {
	const Find *find;
	const char *fault;
} Flagging;

static Error flag(Call *call, void *argument)
{
	const Flagging *flagging = argument;
	TRY(find_review(call, flagging->find->id, text_from(flagging->fault)));
	return tell_office(call, NOTICE_FIND_REVIEW, flagging->find->ref, "finds");
}

Error find_advance(Call *call, int64_t *out_count)
{
	FindRows found;
	*out_count = 0;
	for (int64_t after = 0;; after = found.at[found.count - 1].id) {
		TRY(find_rows_certified(call, after, ADVANCE_AT_ONCE, &found));
		if (!found.count) return OK;
		for (size_t i = 0; i < found.count; i++) {
			Find find;
			Flagging flagging = { .find = &find };
			TRY(find_from_row(call, &found.at[i], &find));
			TRY(find_fault(call, &find, &flagging.fault));
			if (!flagging.fault || text_starts(find.review, text_from(flagging.fault))) continue;
			TRY(db_transact(call, flag, &flagging));
			++*out_count;
		}
	}
}
