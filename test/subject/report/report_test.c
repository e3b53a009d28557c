#include "harness/scene.h"
#include "store/blob/blob.h"
#include "store/ledger/ledger.h"
#include "subject/report/report_private.h"

#include <fts.h>

/* ---- Who may do what in which state, written by hand: C coordinator, R its reporter, I its reporter who is a coordinator
 * too (as R, and where the table says so), X anybody else */
static const struct {
	const char *state, *action, *who;
} permitted[] = {
	{ "DRAFT", "send", "R" },
	{ "RECEIVED", "review", "C" },
	{ "RECEIVED", "withdraw", "R" },
	{ "FORMAL_REVIEW", "attach", "C" },
	{ "FORMAL_REVIEW", "ask", "C" },
	{ "FORMAL_REVIEW", "duplicate", "C" },
	{ "FORMAL_REVIEW", "reject", "C" },
	{ "FORMAL_REVIEW", "known", "C" },
	{ "FORMAL_REVIEW", "confirm-known", "C" },
	{ "FORMAL_REVIEW", "refuse-known", "C" },
	{ "FORMAL_REVIEW", "withdraw", "R" },
	{ "NEEDS_INFO", "answer", "R" },
	{ "NEEDS_INFO", "review", "C" },
	{ "NEEDS_INFO", "withdraw", "R" },
	{ "RECEIVED", "spam", "C" },
	{ "FORMAL_REVIEW", "transfer", "C" },
	{ "NEEDS_INFO", "lapse", "C" },
	{ "ATTACHED", "withdraw", "R" },
	{ "ATTACHED", "embargo", "R" },
	{ "ATTACHED", "isolate", "CI" },
	{ "REJECTED", "resume", "R" },
	{ "REJECTED", "reopen", "C" },
	{ "DUPLICATE", "reopen", "C" },
	{ "FORMAL_REVIEW", "assign", "C" },
	{ "FORMAL_REVIEW", "unassign", "C" },
	{ "FORMAL_REVIEW", "undertake", "V" },
	{ "RECEIVED", "isolate", "CI" },
	{ "FORMAL_REVIEW", "isolate", "CI" },
	{ "NEEDS_INFO", "isolate", "CI" },
	{ "REJECTED", "isolate", "CI" },
	{ "DUPLICATE", "isolate", "CI" },
	{ "WITHDRAWN", "isolate", "CI" },
	{ "TRANSFERRED", "isolate", "CI" },
	{ "ISOLATED", "wipe", "CI" },
	{ "ISOLATED", "release", "CI" },
};

static bool is_permitted(const char *state, const char *action, char who)
{
	for (size_t i = 0; i < COUNT(permitted); i++)
		if (!strcmp(permitted[i].state, state) && !strcmp(permitted[i].action, action))
			return strchr(permitted[i].who, who) || (who == 'I' && strchr(permitted[i].who, 'R'));
	return false;
}

TEST(report_workflow__table_has_no_fault) { CHECK(workflow_fault(t->arena, &report_machine).at == NULL); }

TEST(report_workflow__only_the_permitted_may_act_in_every_state)
{
	const struct {
		char letter;
		bool by_claim;
		Actor actor;
	} actors[] = {
		{ 'C', false, { .person_id = 1, .roles = ROLE_REPORTER | ROLE_COORDINATOR } },
		{ 'R', false, { .person_id = 7, .roles = ROLE_REPORTER } },
		{ 'I', false, { .person_id = 7, .roles = ROLE_REPORTER | ROLE_COORDINATOR } },
		{ 'R', true, { .roles = ROLE_VISITOR } },
		{ 'X', false, { .roles = ROLE_VISITOR } },
		{ 'X', false, { .person_id = 8, .roles = ROLE_REPORTER | ROLE_VERIFIER | ROLE_PUBLISHER } },
		{ 'V', false, { .person_id = 10, .roles = ROLE_REPORTER | ROLE_VERIFIER } }, /* who has the formal review */
		{ 'X', false, { .person_id = 9, .roles = ROLE_REPORTER | ROLE_SYSTEM_ADMIN } },
	};
	for (size_t s = 0; s < report_machine.state_count; s++) {
		for (size_t r = 0; r < report_machine.row_count; r++) {
			for (size_t a = 0; a < COUNT(actors); a++) {
				const char *state = report_machine.states[s].name, *action = report_machine.rows[r].action, *why;
				const ReportFacts facts = { .reporter_id = actors[a].by_claim ? 0 : 7,
					.by_claim = actors[a].by_claim,
					.decided_by = 99,
					.is_overdue = true,
					.is_lapsed = true,
					.reviewer_id = 10,
					.has_known = strcmp(action, "known") != 0,
					.has_embargo = true };
				Matter matter = { .state = text_from(state), .facts = &facts };
				Error error = OK;
				bool may =
					workflow_row(&report_machine, &matter, &actors[a].actor, text_from(action), &error, &why) != NULL;
				if (may != is_permitted(state, action, actors[a].letter))
					test_fail(__FILE__, __LINE__, "%s %s by %c: %d", state, action, actors[a].letter, may);
			}
		}
	}
}

/* ---- Sending */
TEST_DB(report__visitor_gets_a_number_and_a_code_that_opens_it)
{
	Scene *scene = scene_new(t);
	Draft draft;
	Text secret, ref;
	Reception reception, again;
	Report report;
	CHECK_OK(t->call, draft_new(t->call, &report_form, scene_values(scene), &draft, &secret));
	CHECK_OK(t->call, report_send_draft(t->call, draft.ref, secret, &reception));
	CHECK(text_starts(reception.ref, TEXT("R-2026-")) && reception.ref.length == 16 && reception.claim_code.length == 19);
	CHECK_ERROR(t->call, report_open(t->call, reception.ref, &report), NOT_FOUND);
	CHECK_OK(t->call, report_claim(t->call, arena_lower(t->arena, reception.claim_code), TEXT("192.0.2.1"), &ref));
	CHECK(text_is(ref, reception.ref));
	Actor holder = actor_visitor;
	holder.claim_key = report_claim_key(t->call, reception.claim_code);
	scene_as(scene, &holder);
	CHECK_OK(t->call, report_open(t->call, reception.ref, &report));
	CHECK_TEXT(report.state, "RECEIVED");
	CHECK_TEXT(report.title, "示例钱包存在SQL注入");
	scene_as(scene, &actor_visitor);
	CHECK_OK(t->call, report_send_draft(t->call, draft.ref, secret, &again)); /* the button pressed twice */
	CHECK(again.repeated && text_is(again.ref, reception.ref) && text_is(again.claim_code, reception.claim_code));
	CHECK_ERROR(t->call, report_send_draft(t->call, draft.ref, TEXT("guess"), &again), NOT_FOUND);
}

TEST_DB(report__incomplete_ones_are_not_sent_and_stay_drafts)
{
	Scene *scene = scene_new(t);
	Draft draft, again;
	Text secret;
	Reception reception;
	Map *values = scene_values(scene);
	form_set(t->arena, values, TEXT("steps"), TEXT(""));
	CHECK_OK(t->call, draft_new(t->call, &report_form, values, &draft, &secret));
	CHECK_ERROR(t->call, report_send_draft(t->call, draft.ref, secret, &reception), INVALID);
	CHECK_OK(t->call, draft_open(t->call, &report_form, draft.ref, secret, &again));
	CHECK_TEXT(form_answer(again.values, "title"), "示例钱包存在SQL注入");
}

TEST_DB(report__same_idempotency_key_is_one_report_and_another_content_a_conflict)
{
	Scene *scene = scene_new(t);
	scene_as(scene, scene_person(scene, "robot", ROLE_REPORTER));
	Reception first, second;
	Reports mine;
	Map *values = scene_values(scene);
	CHECK_OK(t->call, report_send(t->call, values, TEXT("key-1"), &first));
	CHECK_OK(t->call, report_send(t->call, values, TEXT("key-1"), &second));
	CHECK(second.repeated && text_is(first.ref, second.ref));
	form_set(t->arena, values, TEXT("title"), TEXT("Another"));
	CHECK_ERROR(t->call, report_send(t->call, values, TEXT("key-1"), &second), CONFLICT);
	scene_as(scene, scene_person(scene, "other", ROLE_REPORTER));
	CHECK_OK(t->call, report_send(t->call, values, TEXT("key-1"), &second));
	CHECK(!second.repeated);
	scene_as(scene, &scene->people[0]);
	CHECK_OK(t->call, report_list_own(t->call, 0, 10, &mine));
	CHECK_INT(mine.count, 1);
}

TEST_DB(claim__guessing_is_stopped_after_five_wrong_codes)
{
	Scene *scene = scene_new(t);
	Reception reception;
	Text ref;
	CHECK_OK(t->call, report_send(t->call, scene_values(scene), TEXT(""), &reception));
	static const char *const wrong[] = { "0000-0000-0000-0000", "", "AAAA-AAAA-AAAA-AAA", "zzzz", "0000000000000001" };
	for (size_t i = 0; i < COUNT(wrong); i++)
		CHECK_ERROR(t->call, report_claim(t->call, text_from(wrong[i]), TEXT("192.0.2.1"), &ref), NOT_FOUND);
	CHECK_ERROR(t->call, report_claim(t->call, reception.claim_code, TEXT("192.0.2.1"), &ref), TOO_MANY);
	CHECK_OK(t->call, report_claim(t->call, reception.claim_code, TEXT("192.0.2.2"), &ref));
	scene_later(scene, (int64_t)16 * 60 * 1000);
	CHECK_OK(t->call, report_claim(t->call, reception.claim_code, TEXT("192.0.2.1"), &ref));
}

/* ---- Reading */
TEST_DB(report__who_may_not_see_it_finds_nothing_anywhere)
{
	Scene *scene = scene_new(t);
	Cast cast = scene_cast(scene);
	scene_as(scene, cast.reporter);
	Text ref = scene_report(scene, scene_values(scene));
	const Actor *stranger = scene_person(scene, "stranger", ROLE_REPORTER), *audit = scene_person(scene, "audit", ROLE_AUDIT_ADMIN);
	Actor without_factor = *cast.coordinator, wrong_claim = actor_visitor;
	without_factor.second_factor = false;
	wrong_claim.claim_key = report_claim_key(t->call, TEXT("0000-0000-0000-0000"));
	const Actor *blind[] = { stranger, audit, cast.verifier, cast.publisher, &without_factor, &wrong_claim, &actor_visitor };
	for (size_t i = 0; i < COUNT(blind); i++) {
		Report report;
		Reports list;
		scene_as(scene, blind[i]);
		CHECK_ERROR(t->call, report_open(t->call, ref, &report), NOT_FOUND);
		CHECK_ERROR(t->call, scene_report_act(scene, ref, "review", NULL), NOT_FOUND);
		CHECK_ERROR(t->call, scene_report_act(scene, ref, "withdraw", NULL), NOT_FOUND);
		CHECK_OK(t->call, report_queue(t->call, TEXT("RECEIVED"), 0, 10, &list));
		CHECK_INT(list.count, 0);
		CHECK_OK(t->call, report_list_own(t->call, 0, 10, &list));
		CHECK_INT(list.count, 0);
	}
	Report report;
	Reports list;
	scene_as(scene, cast.coordinator);
	CHECK_OK(t->call, report_open(t->call, ref, &report));
	CHECK_OK(t->call, report_queue(t->call, TEXT("RECEIVED"), 0, 10, &list));
	CHECK_INT(list.count, 1);
}

/* ---- Review */
TEST_DB(report__additions_stop_the_reviews_clock_and_come_back_as_a_message)
{
	Scene *scene = scene_new(t);
	Cast cast = scene_cast(scene);
	Report report;
	ClockView clock;
	scene_as(scene, cast.reporter);
	Text ref = scene_report(scene, scene_values(scene));
	scene_as(scene, cast.coordinator);
	CHECK_OK(t->call, scene_report_act(scene, ref, "review", NULL));
	CHECK_OK(t->call, report_open(t->call, ref, &report));
	CHECK_OK(t->call, workflow_clock_of(t->call, &report_machine, report.id, &clock));
	CHECK_TEXT(text_from(clock.clock->name), "formal-review");
	CHECK_INT(clock.due_at, 1773071999999); /* two working days after Thursday 5 March 2026: Monday 9 March, 24:00 in Beijing */
	CHECK_ERROR(t->call, scene_report_act(scene, ref, "ask", VALUES(scene, "question", "")), INVALID);
	CHECK_OK(t->call, scene_report_act(scene, ref, "ask", VALUES(scene, "question", "Which build?")));
	CHECK_OK(t->call, workflow_clock_of(t->call, &report_machine, report.id, &clock));
	CHECK_TEXT(text_from(clock.clock->name), "additions");
	scene_later(scene, (int64_t)4 * 24 * 3600 * 1000);
	scene_as(scene, cast.reporter);
	CHECK_OK(t->call, scene_report_act(scene, ref, "answer", VALUES(scene, "answer", "3.1 from the store")));
	CHECK_OK(t->call, workflow_clock_of(t->call, &report_machine, report.id, &clock));
	CHECK_TEXT(text_from(clock.clock->name), "formal-review");
	CHECK_INT(clock.due_at, 1773158399999); /* Friday's end fell into the pause: Monday and Tuesday count */
	ThreadSubject subject;
	ThreadView thread;
	CHECK_OK(t->call, report_open(t->call, ref, &report));
	report_threads(&report, &subject);
	CHECK_OK(t->call, thread_open(t->call, &subject, TEXT("reporter"), (Text) { 0 }, 10, &thread));
	CHECK_INT(thread.messages.count, 2);
	CHECK_TEXT(thread.messages.at[1].body, "3.1 from the store");
}

TEST_DB(report__duplicate_shows_number_and_date_of_the_earlier_one_only)
{
	Scene *scene = scene_new(t);
	Cast cast = scene_cast(scene);
	const Actor *second = scene_person(scene, "second", ROLE_REPORTER);
	scene_as(scene, cast.reporter);
	Text earlier = scene_report(scene, scene_values(scene));
	scene_later(scene, 1000);
	scene_as(scene, second);
	Text later = scene_report(scene, scene_values(scene));
	scene_as(scene, cast.coordinator);
	CHECK_OK(t->call, scene_report_act(scene, earlier, "review", NULL));
	CHECK_ERROR(t->call, scene_report_act(scene, earlier, "duplicate", VALUES(scene, "of", later.at)), INVALID);
	CHECK_ERROR(t->call, scene_report_act(scene, earlier, "duplicate", VALUES(scene, "of", earlier.at)), INVALID);
	CHECK_OK(t->call, scene_report_act(scene, later, "review", NULL));
	CHECK_ERROR(t->call, scene_report_act(scene, later, "duplicate", VALUES(scene, "of", "R-2026-0000-0000")), INVALID);
	CHECK_OK(t->call, scene_report_act(scene, later, "duplicate", VALUES(scene, "of", earlier.at)));
	Report report, hidden;
	scene_as(scene, second);
	CHECK_OK(t->call, report_open(t->call, later, &report));
	CHECK(text_is(report.earlier_ref, earlier) && report.earlier_at == report.received_at - 1000);
	CHECK_ERROR(t->call, report_open(t->call, earlier, &hidden), NOT_FOUND);
}

TEST_DB(report__coordinator_decides_nothing_about_an_own_report)
{
	Scene *scene = scene_new(t);
	Cast cast = scene_cast(scene);
	scene_as(scene, cast.coordinator);
	Text ref = scene_report(scene, scene_values(scene));
	CHECK_ERROR(t->call, scene_report_act(scene, ref, "review", NULL), FORBIDDEN);
	scene_as(scene, cast.second_coordinator);
	CHECK_OK(t->call, scene_report_act(scene, ref, "review", NULL));
	scene_as(scene, cast.coordinator);
	CHECK_ERROR(t->call, scene_report_act(scene, ref, "attach", map_new(t->arena)), FORBIDDEN);
	CHECK_OK(t->call, scene_report_act(scene, ref, "withdraw", NULL));
}

TEST_DB(report__every_step_is_in_the_ledger)
{
	Scene *scene = scene_new(t);
	Cast cast = scene_cast(scene);
	Events events;
	scene_open_casefile(scene, &cast, false);
	CHECK_OK(t->call, ledger_events_of_subject(t->call, "report", cast.report, 0, 10, &events));
	CHECK_INT(events.count, 3);
	CHECK_TEXT(events.at[2].action, "send");
	CHECK_TEXT(events.at[1].action, "review");
	CHECK_TEXT(events.at[0].action, "attach");
	CHECK_INT(events.at[2].actor, cast.reporter->person_id);
	Text receipt;
	CHECK_OK(t->call, ledger_receipt(t->call, events.at[2].id, &receipt));
	CHECK(!text_find(receipt, TEXT("SQL"), NULL));
	CHECK_OK(t->call, ledger_events_of_subject(t->call, "casefile", cast.casefile, 0, 10, &events));
	CHECK_INT(events.count, 1);
}

/* ---- Nothing in clear */
static const char canary[] = "zanzibar-canary-7731";

static void look_for_canary(Test *t)
{
	char *const roots[] = { arena_alloc(t->arena, strlen(t->directory) + 1), NULL };
	memcpy(roots[0], t->directory, strlen(t->directory));
	FTS *tree = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
	size_t files = 0;
	CHECK(tree);
	for (FTSENT *entry; (entry = fts_read(tree));) {
		if (entry->fts_info != FTS_F) continue;
		Text content = test_read_file(t->arena, entry->fts_path);
		files++;
		if (text_find(content, text_from(canary), NULL))
			test_fail(__FILE__, __LINE__, "%s holds an undisclosed text", entry->fts_path);
	}
	fts_close(tree);
	CHECK(files > 0);
}

TEST_DB(report__undisclosed_text_is_in_no_file_of_the_library)
{
	if (t->database == TEST_POSTGRES) test_skip("its files belong to the server; the statements are the same");
	Scene *scene = scene_new(t);
	Cast cast = scene_cast(scene);
	Map *values = scene_values(scene);
	static const char *const fields[] = { "title", "description", "steps", "proof", "impact", "product", "contact" };
	for (size_t i = 0; i < COUNT(fields); i++) form_set(t->arena, values, text_from(fields[i]), text_from(canary));
	Draft draft;
	Text secret;
	Reception reception;
	Attachment file;
	int64_t received;
	scene_as(scene, cast.reporter);
	CHECK_OK(t->call, draft_new(t->call, &report_form, values, &draft, &secret));
	CHECK_OK(t->call, attachment_begin(t->call, (AttachmentOwner) { "draft", draft.id, draft.seal_key }, text_from(canary),
				  sizeof(canary), &file));
	CHECK_OK(t->call, attachment_add(t->call, &file, 0, (Text) { canary, sizeof(canary) }, (Text) { 0 }, &received));
	CHECK_OK(t->call, report_send_draft(t->call, draft.ref, (Text) { 0 }, &reception));
	scene_as(scene, cast.coordinator);
	CHECK_OK(t->call, scene_report_act(scene, reception.ref, "review", NULL));
	CHECK_OK(t->call, scene_report_act(scene, reception.ref, "ask", VALUES(scene, "question", canary)));
	scene_as(scene, cast.reporter);
	CHECK_OK(t->call, scene_report_act(scene, reception.ref, "answer", VALUES(scene, "answer", canary)));
	scene_as(scene, cast.coordinator);
	CHECK_OK(t->call, scene_report_act(scene, reception.ref, "attach", VALUES(scene, "verifier", "vera")));
	Casefiles casefiles;
	CHECK_OK(t->call, casefile_queue(t->call, TEXT("VERIFYING"), 0, 10, &casefiles));
	scene_as(scene, cast.verifier);
	CHECK_OK(t->call,
		scene_casefile_act(scene, casefiles.at[0].ref, "undertake", VALUES(scene, "undertaking", "yes", "no_interest", "yes")));
	CHECK_OK(t->call, scene_casefile_act(scene, casefiles.at[0].ref, "refute", VALUES(scene, "evidence", canary)));
	look_for_canary(t);
}
