#include "harness/scene.h"

#include "base/crypto/crypto.h"
#include "store/setting/setting.h"
#include "subject/report/gate_private.h"

static void open_settings(Test *t, const char *content)
{
	const char *path = arena_printf(t->arena, "%s/gate.conf", t->directory).at;
	FILE *file = fopen(path, "w");
	CHECK(file && fputs(content, file) >= 0 && fclose(file) == 0);
	CHECK_OK(t->call, settings_open(t->call, path, &t->house->settings));
}

static Text solved(Test *t, Text challenge, int bits)
{
	for (int number = 0;; number++) {
		Text solution = arena_printf(t->arena, "%d", number);
		Digest digest = sha256(arena_printf(t->arena, "%.*s:%.*s", TEXT_ARGS(challenge), TEXT_ARGS(solution)));
		int zeros = 0;
		while (zeros < bits && !(digest.at[zeros / 8] & (0x80 >> (zeros % 8)))) zeros++;
		if (zeros == bits) return solution;
	}
}

TEST_DB(gate__a_visitor_works_or_waits_and_people_with_an_account_do_not)
{
	open_settings(t, "visitor_work_bits = 8\nvisitor_wait_seconds = 30\n");
	Scene *scene = scene_new(t);
	Text challenge = gate_challenge(t->call, TEXT("draft-1"));
	CHECK_INT(gate_bits(t->call, TEXT("draft-1"), challenge), 8);
	CHECK_INT(gate_bits(t->call, TEXT("draft-2"), challenge), -1);
	Text solution = solved(t, challenge, 8);
	CHECK_OK(t->call, gate_check(t->call, TEXT("draft-1"), challenge, solution));
	CHECK_ERROR(t->call, gate_check(t->call, TEXT("draft-2"), challenge, solution), INVALID); /* another report */
	CHECK_ERROR(t->call, gate_check(t->call, TEXT("draft-1"), challenge, TEXT("")), INVALID);
	CHECK_ERROR(t->call, gate_check(t->call, TEXT("draft-1"), TEXT(""), solution), INVALID);
	Text easier = arena_printf(t->arena, "1%.*s", TEXT_ARGS(text_slice(challenge, 1, challenge.length))); /* fewer bits, same seal */
	CHECK_ERROR(t->call, gate_check(t->call, TEXT("draft-1"), easier, TEXT("0")), INVALID);
	scene_later(scene, 29 * 1000);
	CHECK_ERROR(t->call, gate_check(t->call, TEXT("draft-1"), challenge, TEXT("")), INVALID);
	scene_later(scene, 1000);
	CHECK_OK(t->call, gate_check(t->call, TEXT("draft-1"), challenge, TEXT("")));
	scene_later(scene, (int64_t)25 * 3600 * 1000);
	CHECK_ERROR(t->call, gate_check(t->call, TEXT("draft-1"), challenge, solution), INVALID);
	scene_as(scene, scene_person(scene, "finder", ROLE_REPORTER));
	CHECK_OK(t->call, gate_check(t->call, TEXT("draft-1"), TEXT(""), TEXT("")));
}

static Error send_as(Scene *scene, const char *address, const char *title, Text *out_ref)
{
	Reception reception;
	Map *values = scene_values(scene);
	ReportSender sender = { .address = text_from(address), .mail = TEXT("") };
	form_set(scene->t->arena, values, TEXT("title"), text_from(title));
	TRY(report_send_from(scene->call, values, TEXT(""), &sender, &reception));
	*out_ref = reception.ref;
	return OK;
}

TEST_DB(gate__reports_of_a_day_are_limited_by_address_and_by_account)
{
	open_settings(t, "report_limit_address = 4\nreport_limit_account = 2\n");
	Scene *scene = scene_new(t);
	Text ref;
	static const char *const titles[] = { "A", "B", "C", "D" };
	for (size_t i = 0; i < COUNT(titles); i++) CHECK_OK(t->call, send_as(scene, "192.0.2.1", titles[i], &ref));
	CHECK_ERROR(t->call, send_as(scene, "192.0.2.1", "E", &ref), TOO_MANY);
	CHECK_OK(t->call, send_as(scene, "192.0.2.2", "E", &ref));
	scene_as(scene, scene_person(scene, "finder", ROLE_REPORTER));
	CHECK_OK(t->call, send_as(scene, "192.0.2.1", "F", &ref));
	CHECK_OK(t->call, send_as(scene, "192.0.2.1", "G", &ref));
	CHECK_ERROR(t->call, send_as(scene, "192.0.2.9", "H", &ref), TOO_MANY);
	scene_later(scene, (int64_t)25 * 3600 * 1000);
	CHECK_OK(t->call, send_as(scene, "192.0.2.9", "H", &ref));
	scene_as(scene, &actor_visitor);
	CHECK_OK(t->call, send_as(scene, "192.0.2.1", "I", &ref));
}

TEST_DB(gate__what_looks_like_spam_waits_apart_and_calls_nobody)
{
	Scene *scene = scene_new(t);
	Cast cast = scene_cast(scene);
	Text first, second;
	Reports queue;
	int64_t unread_before = 0, unread = 0;
	scene_as(scene, &actor_visitor);
	CHECK_OK(t->call, send_as(scene, "192.0.2.1", "Same", &first));
	scene_as(scene, cast.coordinator);
	CHECK_OK(t->call, notice_unread(t->call, &unread_before));
	scene_as(scene, &actor_visitor);
	CHECK_OK(t->call, send_as(scene, "192.0.2.1", "Same", &second));
	scene_as(scene, cast.coordinator);
	CHECK_OK(t->call, notice_unread(t->call, &unread));
	CHECK_INT(unread, unread_before);
	CHECK_OK(t->call, report_queue(t->call, TEXT("RECEIVED"), 0, 10, &queue));
	CHECK(queue.count == 1 && text_is(queue.at[0].ref, first));
	CHECK_OK(t->call, report_spam_queue(t->call, 0, 10, &queue));
	CHECK(queue.count == 1 && text_is(queue.at[0].ref, second) && gate_suspect_text(queue.at[0].suspect));
	CHECK_OK(t->call, scene_report_act(scene, second, "spam", NULL));
	CHECK_OK(t->call, report_spam_queue(t->call, 0, 10, &queue));
	CHECK_INT(queue.count, 0);
	scene_as(scene, cast.reporter);
	CHECK_OK(t->call, report_spam_queue(t->call, 0, 10, &queue));
	CHECK_INT(queue.count, 0);
}

/* ---- Visitors come back */
static Actor holder_of(Test *t, Text code)
{
	Actor holder = *t->call->actor;
	holder.claim_key = report_claim_key(t->call, code);
	return holder;
}

TEST_DB(claim__an_account_takes_a_visitors_report_over_and_the_code_is_void)
{
	Scene *scene = scene_new(t);
	Reception reception;
	Reports mine;
	Text ref;
	const Actor *finder = scene_person(scene, "finder", ROLE_REPORTER), *thief = scene_person(scene, "thief", ROLE_REPORTER);
	const Actor *coordinator = scene_person(scene, "carla", ROLE_COORDINATOR);
	ReportSender sender = { .address = TEXT("192.0.2.1"), .mail = TEXT("visitor@example.org") };
	CHECK_OK(t->call, report_send_from(t->call, scene_values(scene), TEXT(""), &sender, &reception));
	scene_as(scene, thief);
	CHECK_ERROR(t->call, report_take_over(t->call, reception.ref), NOT_FOUND);
	scene_as(scene, coordinator);
	CHECK_ERROR(t->call, report_take_over(t->call, reception.ref), FORBIDDEN);
	scene_as(scene, finder);
	Actor holder = holder_of(t, reception.claim_code);
	scene_as(scene, &holder);
	CHECK_OK(t->call, report_take_over(t->call, reception.ref));
	scene_as(scene, finder);
	CHECK_OK(t->call, report_list_own(t->call, 0, 10, &mine));
	CHECK(mine.count == 1 && text_is(mine.at[0].ref, reception.ref));
	CHECK_ERROR(t->call, report_claim(t->call, reception.claim_code, TEXT("192.0.2.7"), &ref), NOT_FOUND);
	scene_as(scene, thief);
	Actor second = holder_of(t, reception.claim_code);
	scene_as(scene, &second);
	CHECK_ERROR(t->call, report_take_over(t->call, reception.ref), NOT_FOUND);
}

TEST_DB(claim__a_mail_address_that_is_none_is_said_and_nothing_is_sent)
{
	Scene *scene = scene_new(t);
	Draft draft;
	Text secret;
	Reception reception;
	ReportSender sender = { .address = TEXT("192.0.2.1"), .mail = TEXT("nonsense") };
	CHECK_OK(t->call, draft_new(t->call, &report_form, scene_values(scene), &draft, &secret));
	CHECK_ERROR(t->call, report_send_draft_from(t->call, draft.ref, secret, &sender, &reception), INVALID);
	CHECK_OK(t->call, draft_open(t->call, &report_form, draft.ref, secret, &draft));
	sender.mail = TEXT("visitor@example.org");
	CHECK_OK(t->call, report_send_draft_from(t->call, draft.ref, secret, &sender, &reception));
}

TEST_DB(claim__a_thousand_guesses_open_nothing)
{
	Scene *scene = scene_new(t);
	Reception reception;
	Text ref;
	int looked_up = 0, refused = 0;
	CHECK_OK(t->call, report_send(t->call, scene_values(scene), TEXT(""), &reception));
	for (int i = 0; i < 1000; i++) {
		Text guess = arena_printf(t->arena, "%016d", i);
		Error error = report_claim(t->call, guess, TEXT("192.0.2.1"), &ref);
		CHECK(error == ERROR_NOT_FOUND || error == ERROR_TOO_MANY);
		looked_up += error == ERROR_NOT_FOUND;
		refused += error == ERROR_TOO_MANY;
		call_recover(t->call);
	}
	CHECK_INT(looked_up, 5);
	CHECK_INT(refused, 995);
	CHECK_ERROR(t->call, report_claim(t->call, reception.claim_code, TEXT("192.0.2.1"), &ref), TOO_MANY);
	CHECK_OK(t->call, report_claim(t->call, reception.claim_code, TEXT("192.0.2.2"), &ref));
}

/* ---- Uploads */
TEST_DB(attachment__cut_off_five_times_it_goes_on_where_it_stopped)
{
	enum { PART = 1000, PARTS = 6 };
	Draft draft;
	Text secret;
	Attachment file;
	char content[PART * PARTS];
	CHECK_OK(t->call, draft_new(t->call, &report_form, map_new(t->arena), &draft, &secret));
	AttachmentOwner owner = { "draft", draft.id, draft.seal_key };
	for (size_t i = 0; i < sizeof(content); i++) content[i] = (char)(i * 31);
	CHECK_OK(t->call, attachment_begin(t->call, owner, TEXT("record.mp4"), sizeof(content), &file));
	for (int i = 0; i < PARTS; i++) {
		int64_t received = 0;
		Attachment again; /* whoever was cut off knows nothing but the reference */
		CHECK_OK(t->call, attachment_find(t->call, "draft", draft.id, file.ref, &again));
		CHECK_INT(again.received_bytes, i * PART);
		Text part = { content + i * PART, PART };
		Digest digest = sha256(part);
		if (i)
			CHECK_OK(t->call, attachment_add(t->call, &again, (int64_t)(i - 1) * PART,
						  (Text) { content + (i - 1) * PART, PART }, (Text) { 0 }, &received));
		CHECK_ERROR(t->call, attachment_add(t->call, &again, again.received_bytes, part, TEXT("00"), &received), CORRUPT);
		CHECK_OK(t->call,
			attachment_add(t->call, &again, again.received_bytes, part, hex_text(t->arena, DIGEST_TEXT(digest)), &received));
		CHECK_INT(received, (i + 1) * PART);
	}
	CHECK_OK(t->call, attachment_find(t->call, "draft", draft.id, file.ref, &file));
	CHECK_INT(file.received_bytes, sizeof(content));
}
