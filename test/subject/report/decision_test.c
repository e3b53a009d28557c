#include "harness/scene.h"

#include "base/crypto/crypto.h"
#include "base/sandbox/inspect.h"
#include "store/blob/blob.h"
#include "store/ledger/ledger.h"
#include "store/seal/seal.h"
#include "subject/report/decision_private.h"

#include <fcntl.h>
#include <openssl/bio.h>
#include <openssl/cms.h>
#include <sys/mman.h>
#include <unistd.h>

static Text report_of(Scene *scene, const Cast *cast)
{
	scene_as(scene, cast->reporter);
	Text ref = scene_report(scene, scene_values(scene));
	scene_as(scene, cast->coordinator);
	CHECK_OK(scene->call, scene_report_act(scene, ref, "review", NULL));
	return ref;
}

static Text sent_report(Scene *scene, Cast *cast)
{
	*cast = scene_cast(scene);
	return report_of(scene, cast);
}

static Report opened(Scene *scene, Text ref)
{
	Report report;
	CHECK_OK(scene->call, report_open(scene->call, ref, &report));
	return report;
}

static void start_sandbox(Test *t)
{
	CHECK_OK(t->call, sandbox_start(t->call, (const SandboxWork[]) { [SANDBOX_INSPECT] = inspect_work }, 1, &t->house->sandbox));
}

static int file_of(Text content)
{
	int file = memfd_create("attachment", MFD_CLOEXEC);
	CHECK(file >= 0 && write(file, content.at, content.length) == (ssize_t)content.length);
	return file;
}

/* ---- Reasons */
TEST_DB(reason__each_cites_its_rule)
{
	Words reasons;
	CHECK_OK(t->call, wordlist_words(t->call, &report_reasons, &reasons));
	CHECK(reasons.count >= 9);
	for (size_t i = 0; i < reasons.count; i++) {
		CHECK(reasons.at[i].source_zh.length > 6 && !text_is(reasons.at[i].text_zh, reasons.at[i].text_en));
		CHECK_INT(reasons.at[i].is_reserved, text_is(reasons.at[i].code, TEXT("no-answer")));
	}
	CHECK_TEXT(reasons.at[0].source_en, "Collection rules, version 1, article 3");
}

static Error reword(Call *call, void *argument) { return wordlist_change(call, &report_reasons, argument); }

TEST_DB(report__a_rejection_keeps_the_words_it_was_made_with)
{
	Scene *scene = scene_new(t);
	Cast cast;
	Word word;
	bool is_found;
	Actor office = { .person_id = 77, .roles = ROLE_SYSTEM_ADMIN };
	Text ref = sent_report(scene, &cast);
	WordWish wish = { .word = { .code = TEXT("no-impact"), .text_zh = TEXT("无安全影响"), .text_en = TEXT("Harmless") },
		.reason = TEXT("Shorter") };
	CHECK_OK(t->call, scene_report_act(scene, ref, "reject", VALUES(scene, "code", "no-impact", "explanation", "None.")));
	scene_as(scene, &office);
	CHECK_OK(t->call, db_transact(t->call, reword, &wish));
	wish = (WordWish) { .word = { .code = TEXT("no-impact"), .text_zh = TEXT("无"), .text_en = TEXT("None"), .is_retired = true },
		.seen = 1,
		.reason = TEXT("Not used any more") };
	CHECK_OK(t->call, db_transact(t->call, reword, &wish));
	scene_as(scene, cast.coordinator);
	Report report = opened(scene, ref);
	CHECK_INT(report.reason_version, 0);
	CHECK_OK(t->call, wordlist_find(t->call, &report_reasons, report.reason, report.reason_version, &word, &is_found));
	CHECK_TEXT(word.text_en, "No security impact");
	ref = report_of(scene, &cast);
	CHECK_ERROR(t->call, scene_report_act(scene, ref, "reject", VALUES(scene, "code", "no-impact", "explanation", "None.")), INVALID);
	CHECK_ERROR(t->call, scene_report_act(scene, ref, "reject", VALUES(scene, "code", "no-answer", "explanation", "None.")), INVALID);
	CHECK_OK(t->call, scene_report_act(scene, ref, "reject", VALUES(scene, "code", "intended", "explanation", "So it is.")));
}

/* ---- Additions that do not come */
TEST_DB(report__without_an_answer_in_time_it_is_closed_and_an_answer_reopens_it)
{
	Scene *scene = scene_new(t);
	Cast cast;
	Text ref = sent_report(scene, &cast);
	CHECK_OK(t->call, scene_report_act(scene, ref, "ask", VALUES(scene, "question", "Which build?")));
	CHECK_ERROR(t->call, scene_report_act(scene, ref, "lapse", NULL), INVALID);
	scene_later(scene, (int64_t)7 * 24 * 3600 * 1000);
	CHECK_OK(t->call, scene_report_act(scene, ref, "lapse", NULL));
	CHECK_TEXT(opened(scene, ref).reason, "no-answer");
	scene_as(scene, cast.reporter);
	CHECK_OK(t->call, scene_report_act(scene, ref, "resume", VALUES(scene, "answer", "3.1")));
	Report report = opened(scene, ref);
	CHECK_TEXT(report.state, "FORMAL_REVIEW");
	CHECK_TEXT(report.reason, "");
	scene_as(scene, cast.coordinator);
	CHECK_OK(t->call, scene_report_act(scene, ref, "reject", VALUES(scene, "code", "no-impact", "explanation", "None.")));
	scene_as(scene, cast.reporter);
	CHECK_ERROR(t->call, scene_report_act(scene, ref, "resume", VALUES(scene, "answer", "But")), INVALID);
	scene_as(scene, cast.coordinator);
	CHECK_ERROR(t->call, scene_report_act(scene, ref, "reopen", VALUES(scene, "explanation", "Again")), FORBIDDEN);
	scene_as(scene, cast.second_coordinator);
	CHECK_OK(t->call, scene_report_act(scene, ref, "reopen", VALUES(scene, "explanation", "Again")));
	CHECK_TEXT(opened(scene, ref).decision, "");
}

TEST_DB(report__two_coordinators_at_once_make_one_decision)
{
	Scene *scene = scene_new(t);
	Cast cast;
	Text ref = sent_report(scene, &cast);
	int64_t seen = opened(scene, ref).revision;
	CHECK_OK(t->call, report_act(t->call, ref, TEXT("reject"), seen, VALUES(scene, "code", "no-impact", "explanation", "None.")));
	scene_as(scene, cast.second_coordinator);
	CHECK_ERROR(t->call, report_act(t->call, ref, TEXT("attach"), seen, VALUES(scene, "verifier", "vera")), CONFLICT);
	CHECK_TEXT(opened(scene, ref).state, "REJECTED");
}

/* ---- Withdrawal in the middle */
TEST_DB(report__withdrawn_from_a_casefile_is_said_there_and_after_publication_refused)
{
	Scene *scene = scene_new(t);
	Cast cast = scene_cast(scene), other = cast;
	Events events;
	scene_open_casefile(scene, &cast, false);
	scene_as(scene, cast.reporter);
	CHECK_OK(t->call, scene_report_act(scene, cast.report, "withdraw", VALUES(scene, "reason", "Mine.")));
	CHECK_TEXT(opened(scene, cast.report).state, "WITHDRAWN");
	CHECK_OK(t->call, ledger_events_of_action(t->call, "casefile", cast.casefile, "report-withdrawn", 0, 10, &events));
	CHECK_INT(events.count, 1);
	CHECK(text_is(events.at[0].detail, cast.report));
	scene_open_casefile(scene, &other, false);
	scene_bring_to(scene, &other, "PUBLISHED");
	scene_as(scene, cast.reporter);
	CHECK_ERROR(t->call, scene_report_act(scene, other.report, "withdraw", NULL), INVALID);
	CHECK_TEXT(opened(scene, other.report).state, "ATTACHED");
}

/* ---- Transfer */
static Text unsealed(Test *t, int file, Text passphrase)
{
	BIO *in = BIO_new_fd(file, BIO_NOCLOSE), *out = BIO_new(BIO_s_mem());
	CMS_ContentInfo *cms = d2i_CMS_bio(in, NULL);
	Text content = { 0 };
	char *at = NULL;
	unsigned char *key = OPENSSL_memdup(passphrase.at, passphrase.length);
	CHECK(cms && CMS_decrypt(cms, NULL, NULL, NULL, NULL, 0) == 1);
	if (CMS_decrypt_set1_password(cms, key, (ossl_ssize_t)passphrase.length) == 1 &&
		CMS_decrypt(cms, NULL, NULL, NULL, out, CMS_BINARY) == 1) {
		long length = BIO_get_mem_data(out, &at);
		content = arena_copy(t->arena, (Text) { at, (size_t)length });
	}
	OPENSSL_free(key);
	CMS_ContentInfo_free(cms);
	BIO_free(in);
	BIO_free(out);
	return content;
}

TEST_DB(report__transfer_makes_a_sealed_package_whose_manifest_the_ledger_holds)
{
	Scene *scene = scene_new(t);
	Cast cast;
	Text ref = sent_report(scene, &cast);
	Report report = opened(scene, ref);
	Attachment file;
	TransferPackage package;
	Events events;
	AttachmentOwner owner = { "report", report.id, report.seal_key };
	start_sandbox(t);
	int content = file_of(TEXT("a picture of the router"));
	CHECK_OK(t->call, attachment_store(t->call, owner, TEXT("路由器.txt"), content, 23, &file));
	close(content);
	CHECK_ERROR(t->call, scene_report_act(scene, ref, "transfer", VALUES(scene, "library", "nowhere", "explanation", "E")), INVALID);
	CHECK_OK(t->call, scene_report_act(scene, ref, "transfer", VALUES(scene, "library", "cnvdb", "explanation", "A router.")));
	report = opened(scene, ref);
	CHECK_TEXT(report.state, "TRANSFERRED");
	CHECK_OK(t->call, transfer_package(t->call, &report, &package));
	CHECK_OK(t->call, ledger_events_of_action(t->call, "report", ref, "transfer", 0, 1, &events));
	CHECK(text_find(events.at[0].detail, package.manifest_sha256, NULL));
	Text whole = unsealed(t, package.file, package.passphrase);
	CHECK(whole.length > 512 && text_find(whole, TEXT("a picture of the router"), NULL) &&
		text_find(whole, TEXT("manifest.json"), NULL));
	CHECK(text_find(whole, report.content_digest, NULL) && text_find(whole, TEXT("files/01-路由器.txt"), NULL));
	CHECK(lseek(package.file, 0, SEEK_SET) == 0);
	CHECK(!unsealed(t, package.file, TEXT("0000-0000-0000-0000")).length);
	close(package.file);
}

/* ---- State secrets */
static const char *const nobody_reads[] = { "title", "description", "steps", "impact", "product" };

TEST_DB(report__isolated_is_read_by_nobody_and_wiped_by_a_second_person_for_ever)
{
	Scene *scene = scene_new(t);
	Cast cast;
	Text ref = sent_report(scene, &cast);
	Report report = opened(scene, ref);
	Attachments files;
	Attachment file;
	ThreadSubject subject;
	ThreadViews threads;
	Events events;
	int64_t id = report.id, seal_key = report.seal_key;
	AttachmentOwner owner = { "report", id, seal_key };
	start_sandbox(t);
	int content = file_of(TEXT("secret"));
	CHECK_OK(t->call, attachment_store(t->call, owner, TEXT("map.txt"), content, 6, &file));
	close(content);
	CHECK_OK(t->call, scene_report_act(scene, ref, "isolate", VALUES(scene, "why", "Marked on page one.")));
	const Actor *readers[] = { cast.coordinator, cast.second_coordinator, cast.reporter };
	for (size_t i = 0; i < COUNT(readers); i++) {
		scene_as(scene, readers[i]);
		report = opened(scene, ref);
		CHECK(!text_find(report.title, TEXT("SQL"), NULL) && !report_takes_files(&report));
		for (size_t j = 0; j < COUNT(nobody_reads); j++) CHECK_TEXT(form_answer(report.values, nobody_reads[j]), "");
		CHECK_OK(t->call, report_attachments(t->call, &report, &files));
		report_threads(&report, &subject);
		CHECK_OK(t->call, thread_list(t->call, &subject, &threads));
		CHECK_INT(files.count + threads.count, 0);
	}
	CHECK_ERROR(t->call, scene_report_act(scene, ref, "withdraw", NULL), CONFLICT);
	scene_as(scene, cast.coordinator);
	CHECK_ERROR(t->call, scene_report_act(scene, ref, "wipe", VALUES(scene, "understood", "yes")), FORBIDDEN);
	CHECK_ERROR(t->call, scene_report_act(scene, ref, "release", NULL), FORBIDDEN);
	scene_as(scene, cast.second_coordinator);
	CHECK_ERROR(t->call, scene_report_act(scene, ref, "wipe", NULL), INVALID);
	CHECK_OK(t->call, scene_report_act(scene, ref, "wipe", VALUES(scene, "understood", "yes")));
	CHECK_TEXT(opened(scene, ref).state, "WIPED");
	CHECK_OK(t->call, attachment_list(t->call, "report", id, &files));
	CHECK_INT(files.count, 0);
	Sealed sealed;
	CHECK_ERROR(t->call, seal_close(t->call, seal_key, "report|sealed_title", ref, TEXT("x"), &sealed), NOT_FOUND);
	CHECK_OK(t->call, ledger_events_of_subject(t->call, "report", ref, 0, 10, &events));
	CHECK_TEXT(events.at[0].action, "wipe");
	CHECK_TEXT(events.at[1].action, "isolate");
	CHECK(text_find(events.at[1].detail, TEXT("Marked on page one."), NULL)); /* why it was done outlives it */
	CHECK(!events.at[2].detail.at); /* what was sealed with the matter does not */
	CHECK_ERROR(t->call, report_receipt(t->call, &report, &(Text) { 0 }), NOT_FOUND);
}

TEST_DB(report__released_from_isolation_it_is_whole_again)
{
	Scene *scene = scene_new(t);
	Cast cast;
	Text ref = sent_report(scene, &cast);
	CHECK_OK(t->call, scene_report_act(scene, ref, "isolate", VALUES(scene, "why", "Perhaps.")));
	scene_as(scene, cast.second_coordinator);
	CHECK_OK(t->call, scene_report_act(scene, ref, "release", NULL));
	Report report = opened(scene, ref);
	CHECK_TEXT(report.title, "示例钱包存在SQL注入");
	CHECK_TEXT(report.state, "FORMAL_REVIEW");
}

/* ---- Clocks over holidays, by the official calendar of 2026 */
TEST_DB(report__deadlines_go_around_the_new_year_and_the_spring_festival)
{
	static const struct {
		int64_t received_at, due_at;
	} given[] = {
		{ 1767146400000, 1767628799999 }, /* Wed 31 Dec 2025, 10:00: 1–3 Jan are off, Sun 4 Jan is worked: Mon 5 Jan 24:00 */
		{ 1770948000000, 1771948799999 }, /* Fri 13 Feb 2026, 10:00: Sat 14 is worked, 15–23 are off: Tue 24 Feb 24:00 */
	};
	Scene *scene = scene_new(t);
	Cast cast = scene_cast(scene);
	for (size_t i = 0; i < COUNT(given); i++) {
		ClockView clock;
		t->call->now = given[i].received_at;
		scene_as(scene, cast.reporter);
		Report report = opened(scene, scene_report(scene, scene_values(scene)));
		CHECK_OK(t->call, workflow_clock_of(t->call, &report_machine, report.id, &clock));
		CHECK_INT(clock.due_at, given[i].due_at);
		CHECK(!clock.provisional);
	}
}
