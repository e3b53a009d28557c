/* Answers by mail: whose they are, when they count, and who has to sign in for them. */
#include "work/thread/thread_mail.h"

#include "harness/scene.h"
#include "people/notice/notice.h"
#include "people/people_fixture.h"
#include "store/setting/setting.h"
#include "subject/report/report_view.h"
#include "work/thread/thread_mail.sql.h"

static const char VOUCHED[] = "mx.lib.cn; dmarc=pass header.from=example.org";
static const ThreadMatter *const answered[] = { &report_thread_matter };

typedef struct Stage {
	Scene *scene;
	Cast cast;
	Report report;
	ThreadSubject subject;
} Stage;

static void look(Stage *stage, const Actor *actor)
{
	scene_as(stage->scene, actor);
	CHECK_OK(stage->scene->call, report_open(stage->scene->call, stage->report.ref, &stage->report));
	report_threads(&stage->report, &stage->subject);
}

static Stage prepare(Test *t)
{
	Stage stage = { .scene = scene_new(t) };
	stage.cast = scene_cast(stage.scene);
	CHECK_OK(t->call, settings_open(t->call, NULL, &t->house->settings));
	scene_as(stage.scene, scene_person(stage.scene, "sysop", ROLE_SYSTEM_ADMIN));
	CHECK_OK(t->call, setting_set(t->call, SETTING_mail_reply_address, TEXT("reply@lib.example.cn")));
	CHECK_OK(t->call, setting_set(t->call, SETTING_mail_reply_server, TEXT("mx.lib.cn")));
	thread_mail_set(answered, COUNT(answered));
	scene_as(stage.scene, stage.cast.reporter);
	stage.report.ref = scene_report(stage.scene, scene_values(stage.scene));
	look(&stage, stage.cast.reporter);
	return stage;
}

static Error make_address(Call *call, void *argument)
{
	void **arguments = argument;
	const Stage *stage = arguments[0];
	const Actor *actor = arguments[1];
	const ThreadPlace place = { report_machine.name, stage->report.id, stage->report.seal_key, TEXT("reporter"), stage->report.ref,
		arena_printf(call->arena, "/reports/%.*s", TEXT_ARGS(stage->report.ref)) };
	return thread_mail_address(call, &place, actor->person_id, arguments[2]);
}

static Text address_of_member(Stage *stage, const Actor *actor)
{
	Text address;
	const void *arguments[] = { stage, actor, &address };
	CHECK_OK(stage->scene->call, db_transact(stage->scene->call, make_address, arguments));
	return address;
}

static ThreadMailEnd send_as(Stage *stage, const char *from, Text to, const char *vouched, const char *id, const char *words)
{
	ThreadMailEnd end;
	Text address = to;
	InMail mail = { .from = text_from(from),
		.to = { .at = &address, .count = 1 },
		.vouched = text_from(vouched),
		.message_id = text_from(id),
		.words = text_from(words) };
	const Actor *actor = stage->scene->call->actor;
	stage->scene->call->actor = &actor_system;
	CHECK_OK(stage->scene->call, thread_mail_take(stage->scene->call, &mail, TEXT(""), &end));
	stage->scene->call->actor = actor;
	return end;
}

static ThreadView conversation(Stage *stage)
{
	ThreadView view;
	look(stage, stage->cast.coordinator);
	CHECK_OK(stage->scene->call, thread_open(stage->scene->call, &stage->subject, TEXT("reporter"), (Text) { 0 }, 20, &view));
	return view;
}

static int64_t inbox_of(Stage *stage, const Actor *actor)
{
	Notices notices;
	scene_as(stage->scene, actor);
	CHECK_OK(stage->scene->call, notice_list(stage->scene->call, 0, 50, &notices));
	return (int64_t)notices.count;
}

TEST_DB(thread_mail__a_reporters_answer_is_written_once_and_the_others_are_told)
{
	Stage stage = prepare(t);
	Text to = address_of_member(&stage, stage.cast.reporter);
	CHECK(text_starts(to, TEXT("reply+")) && text_ends(to, TEXT("@lib.example.cn")));
	CHECK(text_is(to, address_of_member(&stage, stage.cast.reporter)));
	int64_t told = inbox_of(&stage, stage.cast.coordinator);
	CHECK_INT(send_as(&stage, "finder@example.org", to, VOUCHED, "<1@x>", "Android 15, too."), THREAD_MAIL_WRITTEN);
	CHECK_INT(send_as(&stage, "finder@example.org", to, VOUCHED, "<1@x>", "Android 15, too."), THREAD_MAIL_REPEATED);
	ThreadView view = conversation(&stage);
	CHECK_INT(view.messages.count, 1);
	CHECK(view.messages.at[0].by_mail && text_is(view.messages.at[0].body, TEXT("Android 15, too.")));
	CHECK(text_is(view.messages.at[0].author, stage.cast.reporter->name));
	CHECK_INT(inbox_of(&stage, stage.cast.coordinator), told + 1);
}

TEST_DB(attack__a_forged_answer_writes_nothing_and_fills_no_inbox)
{
	Stage stage = prepare(t);
	Text to = address_of_member(&stage, stage.cast.reporter), others = address_of_member(&stage, stage.cast.coordinator);
	int64_t told = inbox_of(&stage, stage.cast.reporter);
	for (int i = 0; i < 3; i++) {
		CHECK_INT(send_as(&stage, "finder@example.org", to, "", "<1@x>", "x"), THREAD_MAIL_REFUSED);
		CHECK_INT(send_as(&stage, "finder@example.org", to, "mx.lib.cn; dmarc=fail header.from=example.org", "<2@x>", "x"),
			THREAD_MAIL_REFUSED);
		CHECK_INT(send_as(&stage, "carla@example.org", to, VOUCHED, "<3@x>", "x"), THREAD_MAIL_REFUSED);
		CHECK_INT(send_as(&stage, "", to, VOUCHED, "<4@x>", "x"), THREAD_MAIL_REFUSED);
	}
	CHECK_INT(send_as(&stage, "finder@example.org", others, VOUCHED, "<5@x>", "x"), THREAD_MAIL_REFUSED); /* another's address */
	CHECK_INT(
		send_as(&stage, "finder@example.org", TEXT("reply+00000000000000000000000000000000@lib.example.cn"), VOUCHED, "<6@x>", "x"),
		THREAD_MAIL_UNKNOWN);
	CHECK_INT(send_as(&stage, "finder@example.org", TEXT("reply@lib.example.cn"), VOUCHED, "<7@x>", "x"), THREAD_MAIL_UNKNOWN);
	CHECK_INT(conversation(&stage).messages.count, 0);
	CHECK_INT(inbox_of(&stage, stage.cast.reporter), told + 1);
	scene_later(stage.scene, 25 * (int64_t)3600000);
	CHECK_INT(send_as(&stage, "finder@example.org", to, "", "<8@x>", "x"), THREAD_MAIL_REFUSED);
	CHECK_INT(inbox_of(&stage, stage.cast.reporter), told + 2);
}

TEST_DB(thread_mail__who_needs_a_second_factor_sends_the_answer_on_the_page)
{
	Stage stage = prepare(t);
	Text held, to = address_of_member(&stage, stage.cast.coordinator);
	ThreadMembers members;
	CHECK_INT(send_as(&stage, "carla@example.org", to, VOUCHED, "<1@x>", "Please wait."), THREAD_MAIL_HELD);
	CHECK_INT(send_as(&stage, "carla@example.org", to, VOUCHED, "<2@x>", "Please wait a day."), THREAD_MAIL_HELD);
	CHECK_INT(conversation(&stage).messages.count, 0);
	CHECK_OK(t->call, thread_mail_held(t->call, &stage.subject, TEXT("reporter"), &held));
	CHECK_TEXT(held, "Please wait.\n\nPlease wait a day.");
	CHECK_OK(t->call, thread_mail_held(t->call, &stage.subject, TEXT("staff"), &held));
	CHECK(!held.at);
	look(&stage, stage.cast.second_coordinator);
	CHECK_OK(t->call, thread_mail_held(t->call, &stage.subject, TEXT("reporter"), &held));
	CHECK(!held.at); /* nobody else's */
	look(&stage, stage.cast.coordinator);
	CHECK_OK(t->call, thread_write(t->call, &stage.subject, TEXT("reporter"), TEXT("Please wait two days."), &members));
	CHECK_OK(t->call, thread_mail_held(t->call, &stage.subject, TEXT("reporter"), &held));
	CHECK(!held.at);
	CHECK_INT(send_as(&stage, "carla@example.org", to, VOUCHED, "<3@x>", "More."), THREAD_MAIL_HELD);
	scene_later(stage.scene, 8 * (int64_t)86400000);
	CHECK_OK(t->call, thread_mail_sweep(t->call));
	look(&stage, stage.cast.coordinator);
	CHECK_OK(t->call, thread_mail_held(t->call, &stage.subject, TEXT("reporter"), &held));
	CHECK(!held.at);
}

TEST_DB(attack__somebody_who_left_writes_nothing_by_mail)
{
	Stage stage = prepare(t);
	Person person;
	Text to = address_of_member(&stage, stage.cast.reporter);
	const Actor *security = scene_person(stage.scene, "sec", ROLE_SECURITY_ADMIN);
	CHECK_OK(t->call, person_find(t->call, stage.cast.reporter->person_id, &person));
	scene_as(stage.scene, security);
	CHECK_OK(t->call, person_disable(t->call, person.ref));
	CHECK_INT(send_as(&stage, "finder@example.org", to, VOUCHED, "<1@x>", "x"), THREAD_MAIL_REFUSED);
	CHECK_INT(conversation(&stage).messages.count, 0);
}

TEST_DB(thread_mail__without_an_address_of_the_library_nothing_is_offered_or_taken)
{
	Stage stage = prepare(t);
	Text to = address_of_member(&stage, stage.cast.reporter);
	scene_as(stage.scene, scene_person(stage.scene, "other", ROLE_SYSTEM_ADMIN));
	CHECK_OK(t->call, setting_set(t->call, SETTING_mail_reply_address, TEXT("")));
	CHECK(!address_of_member(&stage, stage.cast.reporter).length);
	CHECK_INT(send_as(&stage, "finder@example.org", to, VOUCHED, "<1@x>", "x"), THREAD_MAIL_UNKNOWN);
	CHECK_INT(conversation(&stage).messages.count, 0);
}

TEST_DB(thread_mail__two_answers_without_a_sign_of_their_own_are_two_and_files_are_told_of)
{
	Stage stage = prepare(t);
	ThreadMailEnd end;
	Text to = address_of_member(&stage, stage.cast.reporter);
	int64_t told = inbox_of(&stage, stage.cast.reporter);
	InMail mail = { .from = TEXT("finder@example.org"), .vouched = text_from(VOUCHED), .message_id = TEXT(""), .words = TEXT("One.") };
	CHECK_OK(t->call, thread_mail_take(t->call, &mail, to, &end));
	CHECK_INT(end, THREAD_MAIL_WRITTEN);
	CHECK_INT(inbox_of(&stage, stage.cast.reporter), told);
	mail.words = TEXT("Two, with a file.");
	mail.has_files = true;
	CHECK_OK(t->call, thread_mail_take(t->call, &mail, to, &end));
	CHECK_INT(end, THREAD_MAIL_WRITTEN);
	CHECK_OK(t->call, thread_mail_take(t->call, &mail, to, &end));
	CHECK_INT(end, THREAD_MAIL_REPEATED);
	CHECK_INT(inbox_of(&stage, stage.cast.reporter), told + 1);
	CHECK_INT(conversation(&stage).messages.count, 2);
}

TEST_DB(attack__an_answering_machine_starts_no_conversation)
{
	Stage stage = prepare(t);
	ThreadMailEnd end;
	Text to = address_of_member(&stage, stage.cast.reporter);
	InMail mail = { .from = TEXT("finder@example.org"), .vouched = text_from(VOUCHED), .words = TEXT("Away."), .is_automatic = true };
	CHECK_OK(t->call, thread_mail_take(t->call, &mail, to, &end));
	CHECK_INT(end, THREAD_MAIL_AUTOMATIC);
	CHECK_INT(conversation(&stage).messages.count, 0);
}

/* Nothing that goes out by mail holds any of these. */
static void no_mail_says(Test *t, const char *const *words, size_t count)
{
	for (size_t i = 0; i < people_mail_count(t); i++) {
		Mail mail = people_mail(t, i);
		CHECK_OK(t->call, mail_check(t->call, &mail));
		for (size_t k = 0; k < count; k++)
			if (text_find(mail.subject, text_from(words[k]), NULL) || text_find(mail.text, text_from(words[k]), NULL) ||
				text_find(mail.html, text_from(words[k]), NULL) || text_find(mail.to, text_from(words[k]), NULL))
				test_fail(__FILE__, __LINE__, "a mail says %s", words[k]);
	}
}

TEST_DB(attack__669438_no_mail_about_a_conversation_says_its_title_or_its_words)
{
	static const char *const words[] = { "CANARYTITLE", "CANARYANSWER", "CANARYQUESTION" };
	Stage stage = prepare(t);
	ThreadMembers members;
	Map *values = scene_values(stage.scene);
	form_set(t->arena, values, TEXT("title"), TEXT("CANARYTITLE"));
	scene_as(stage.scene, stage.cast.reporter);
	stage.report.ref = scene_report(stage.scene, values);
	look(&stage, stage.cast.coordinator);
	CHECK_OK(t->call, thread_write(t->call, &stage.subject, TEXT("reporter"), TEXT("CANARYQUESTION"), &members));
	const ThreadPlace place = { report_machine.name, stage.report.id, stage.report.seal_key, TEXT("reporter"), stage.report.ref,
		arena_printf(t->arena, "/reports/%.*s", TEXT_ARGS(stage.report.ref)) };
	CHECK_OK(t->call, report_tell_members(t->call, &members, &stage.report, &place));
	size_t before = people_mail_count(t);
	Text to = address_of_member(&stage, stage.cast.reporter);
	CHECK_INT(send_as(&stage, "finder@example.org", to, VOUCHED, "<1@x>", "CANARYANSWER"), THREAD_MAIL_WRITTEN);
	CHECK_INT(conversation(&stage).messages.count, 2);
	CHECK(before > 0);
	no_mail_says(t, words, COUNT(words));
}

TEST_DB(attack__815085_a_line_break_in_an_answers_address_or_number_reaches_nobody_else)
{
	static const char *const words[] = { "evil@example.org", "X-Injected" };
	static const char *const senders[] = { "finder@example.org\r\nBcc: evil@example.org", "finder@example.org\nBcc: evil@example.org",
		"evil@example.org\r\nfinder@example.org", "finder@example.org, evil@example.org" };
	Stage stage = prepare(t);
	Text to = address_of_member(&stage, stage.cast.reporter);
	for (size_t i = 0; i < COUNT(senders); i++) CHECK_INT(send_as(&stage, senders[i], to, VOUCHED, "<1@x>", "x"), THREAD_MAIL_REFUSED);
	CHECK_INT(conversation(&stage).messages.count, 0);
	Text broken = arena_printf(t->arena, "%.*s\r\nBcc: evil@example.org", TEXT_ARGS(to));
	CHECK_INT(send_as(&stage, "finder@example.org", broken, VOUCHED, "<2@x>", "x"), THREAD_MAIL_UNKNOWN);
	(void)send_as(&stage, "finder@example.org", to, VOUCHED, "<3@x>\r\nX-Injected: 1", "x");
	no_mail_says(t, words, COUNT(words));
}

TEST_DB(attack__40248_40257_html_in_an_answer_stays_words_and_enters_no_mail)
{
	static const char answer[] = "<script>alert(1)</script><img src=x onerror=alert(2)>[a](javascript:alert(3))";
	static const char *const words[] = { "<script", "onerror", "javascript:" };
	Stage stage = prepare(t);
	Text to = address_of_member(&stage, stage.cast.reporter);
	CHECK_INT(send_as(&stage, "finder@example.org", to, VOUCHED, "<1@x>", answer), THREAD_MAIL_WRITTEN);
	ThreadView view = conversation(&stage);
	CHECK(text_is(view.messages.at[0].body, text_from(answer)));
	no_mail_says(t, words, COUNT(words));
}
