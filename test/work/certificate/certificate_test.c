/* Certificates: their numbers, their states, the file as other programs see it, and what is said of a file that somebody brings. */
#include "work/certificate/certificate.h"

#include "base/crypto/stamp.h"
#include "face/doc/tool.h"
#include "harness/scene.h"
#include "store/db/db.h"
#include "store/ledger/ledger.h"
#include "store/setting/setting.h"

#include <stdlib.h>

static Stamp *stamp, *sm2;
static void close_stamp(void)
{
	stamp_free(&stamp);
	stamp_free(&sm2);
}

static void open_stamp(Test *t)
{
	Text pem;
	CHECK_OK(t->call, stamp_new(t->call, STAMP_INTERNATIONAL, TEXT("漏洞库"), t->call->now, &pem));
	CHECK_OK(t->call, stamp_parse(t->call, pem, &stamp));
	t->house->stamp = stamp;
	t->house->public_address = TEXT("https://library.example");
	atexit(close_stamp);
}

enum { DAY_MS = 86400000 };
typedef struct Step {
	CertificateOrder order;
	Text number;
	const char *action;
} Step;

static Error issue_it(Call *call, void *argument)
{
	Step *step = argument;
	return certificate_issue(call, &step->order, &step->number);
}
static Error act_it(Call *call, void *argument)
{
	const Step *step = argument;
	return certificate_act(call, step->number, step->action, TEXT("A reason."), TEXT("软测〔2026〕9号"));
}

static CertificateOrder order_of(Test *t, const char *holder)
{
	return (CertificateOrder) { .kind = CERTIFICATE_UNIT,
		.organisation_id = 7,
		.holder = text_from(holder),
		.holder_en = TEXT("Example Security"),
		.credit_code = TEXT("91110108551385082Q"),
		.direction = TEXT("technical"),
		.stars = 3,
		.subject = TEXT(""),
		.level = TEXT(""),
		.document = TEXT("软测〔2026〕1号"),
		.replaces = TEXT(""),
		.from_at = t->call->now,
		.until_at = t->call->now + (int64_t)300 * DAY_MS };
}

static Text issue(Test *t, const char *holder)
{
	Step step = { .order = order_of(t, holder) };
	CHECK_OK(t->call, db_transact(t->call, issue_it, &step));
	return step.number;
}

static Error act(Test *t, Text number, const char *action)
{
	Step step = { .number = number, .action = action };
	return db_transact(t->call, act_it, &step);
}

static Certificate find(Test *t, Text number)
{
	Certificate certificate;
	CHECK_OK(t->call, certificate_find(t->call, number, &certificate));
	return certificate;
}

static void number_leaves(Test *t)
{
	int64_t count;
	CHECK_OK(t->call, ledger_sequence(t->call, &count));
}

TEST_DB(certificate__numbers_follow_one_another_and_a_replaced_one_stays_in_the_register)
{
	scene_new(t);
	Text first = issue(t, "示例安全公司");
	CHECK_TEXT(first, "CAPPVD-ZC-2026-0001");
	Step step = { .order = order_of(t, "示例安全集团") };
	step.order.replaces = first;
	CHECK_OK(t->call, db_transact(t->call, issue_it, &step));
	CHECK_TEXT(step.number, "CAPPVD-ZC-2026-0002");
	Certificate old = find(t, first), fresh = find(t, step.number);
	CHECK_TEXT(old.state, "REPLACED");
	CHECK(!certificate_holds(&old, t->call->now) && certificate_holds(&fresh, t->call->now));
	CHECK_ERROR(t->call, db_transact(t->call, issue_it, &step), CONFLICT); /* what was replaced is not replaced again */
	CHECK_TEXT(issue(t, "第三家"), "CAPPVD-ZC-2026-0003"); /* the number of what was rolled back */
}

TEST_DB(certificate__goes_from_state_to_state_as_the_table_says_and_a_revoked_one_never_back)
{
	scene_new(t);
	Text number = issue(t, "示例安全公司");
	CHECK_ERROR(t->call, act(t, number, "resume"), CONFLICT);
	CHECK_OK(t->call, act(t, number, "suspend"));
	Certificate now = find(t, number);
	CHECK(!certificate_holds(&now, t->call->now));
	CHECK_OK(t->call, act(t, number, "resume"));
	CHECK_OK(t->call, act(t, number, "suspend"));
	CHECK_OK(t->call, act(t, number, "revoke"));
	static const char *const actions[] = { "suspend", "resume", "revoke", "expire", "replace" };
	for (size_t i = 0; i < COUNT(actions); i++) CHECK_ERROR(t->call, act(t, number, actions[i]), CONFLICT);
	CertificateSteps steps;
	CHECK_OK(t->call, certificate_steps(t->call, find(t, number).id, &steps));
	CHECK_INT(steps.count, 5);
	CHECK_TEXT(steps.at[4].reason, "A reason.");
}

TEST_DB(certificate__reads_as_expired_the_moment_its_days_are_over)
{
	scene_new(t);
	Certificate certificate = find(t, issue(t, "示例安全公司"));
	CHECK(certificate_holds(&certificate, certificate.is.until_at - 1));
	CHECK(!certificate_holds(&certificate, certificate.is.until_at));
	CHECK(!certificate_holds(&certificate, certificate.is.from_at - 1));
	CHECK_TEXT(text_from(certificate_state(&certificate, certificate.is.until_at)->name), "EXPIRED");
}

TEST_DB(certificate__is_found_by_its_number_and_by_any_part_of_the_holders_name)
{
	scene_new(t);
	Text first = issue(t, "北京示例安全公司");
	Certificates found;
	(void)issue(t, "上海另一家");
	static const struct {
		const char *words;
		size_t count;
	} asked[] = { { "CAPPVD-ZC-2026-0001", 1 }, { "示例安全", 1 }, { "安", 1 }, { "example", 2 }, { "示家", 0 }, { "北京另一家", 0 },
		{ "", 2 }, { "%", 0 } };
	for (size_t i = 0; i < COUNT(asked); i++) {
		CertificateQuery query = { .kind = CERTIFICATE_KINDS, .words = text_from(asked[i].words) };
		CHECK_OK(t->call, certificate_list(t->call, &query, 10, &found));
		CHECK_INT(found.count, asked[i].count);
	}
	CHECK_OK(t->call, certificate_list(t->call, &(CertificateQuery) { .kind = CERTIFICATE_FIND, .words = TEXT("") }, 10, &found));
	CHECK_INT(found.count, 0);
	CHECK_OK(t->call, certificate_list(t->call, &(CertificateQuery) { .kind = CERTIFICATE_UNIT, .words = TEXT("") }, 1, &found));
	CHECK_OK(
		t->call, certificate_list(t->call,
				 &(CertificateQuery) { .kind = CERTIFICATE_UNIT, .words = TEXT(""), .before = found.at[0].id }, 1, &found));
	CHECK(text_is(found.at[0].number, first));
}

TEST_DB(certificate__its_file_is_signed_and_bears_the_proof_of_the_ledger)
{
	scene_new(t);
	open_stamp(t);
	int64_t made;
	Receipt receipt;
	const char *why;
	Text number = issue(t, "北京示例安全科技有限公司"), name, bytes;
	Actor holder = actor_visitor;
	holder.person_id = 5;
	holder.organisation_id = 7;
	t->call->actor = &holder;
	CHECK_OK(t->call, certificate_make_files(t->call, 10, &made));
	CHECK_INT(made, 0); /* its entry is in no tree yet */
	CHECK_ERROR(t->call, certificate_file(t->call, number, &name, &bytes), BUSY);
	number_leaves(t);
	CHECK_OK(t->call, certificate_make_files(t->call, 10, &made));
	CHECK_INT(made, 1);
	CHECK_OK(t->call, certificate_make_files(t->call, 10, &made));
	CHECK_INT(made, 0);
	CHECK_OK(t->call, certificate_file(t->call, number, &name, &bytes));
	CHECK_TEXT(name, "CAPPVD-ZC-2026-0001.pdf");
	CHECK(tool_says(tool_run(t, "a.pdf", bytes, "pdfsig -nocert a.pdf"), "Signature is Valid"));
	CHECK(tool_says(tool_run(t, "a.pdf", bytes, "qpdf --check a.pdf"), "No syntax or stream encoding errors found"));
	CHECK(tool_says(tool_run(t, "a.pdf", bytes, "pdfinfo a.pdf"), "841.89 x 595.28"));
	Text words = tool_run(t, "a.pdf", bytes, "pdftotext -layout a.pdf -");
	CHECK(tool_says(words, "北京示例安全科技有限公司") && tool_says(words, "Example Security") &&
		tool_says(words, "CAPPVD-ZC-2026-0001"));
	Text codes = tool_run(t, "a.pdf", bytes, "pdftoppm -r 150 -png a.pdf p && zbarimg -q --raw p-1.png 2>/dev/null");
	CHECK_TEXT(text_trim(codes), "https://library.example/certificates/CAPPVD-ZC-2026-0001");
	Text proof = tool_run(t, "a.pdf", bytes, "pdfdetach -save 1 -o proof.txt a.pdf && cat proof.txt");
	CHECK(receipt_verify(t->arena, proof, signer_public(t->house->signer), 1, &receipt, &why) && receipt.proven);
	Digest record = sha256(find(t, number).record);
	CHECK(digest_is(&record, &receipt.entry.detail) && text_is(receipt.entry.ref, number));
}

/* Everything that is read of a certificate holds under the other profile, too, and what was signed before stays as it was. */
TEST_DB(certificate__is_signed_with_sm2_when_the_profile_says_so)
{
	scene_new(t);
	open_stamp(t);
	int64_t made;
	CertificateCheck check;
	Text pem, name, bytes, before = issue(t, "示例安全公司");
	const char *path = arena_printf(t->arena, "%s/settings.conf", t->directory).at;
	Actor office = actor_visitor;
	office.roles = ROLE_SECRETARY;
	office.second_factor = true;
	t->call->actor = &office;
	number_leaves(t);
	CHECK_OK(t->call, certificate_make_files(t->call, 10, &made));
	CHECK_OK(t->call, key_file_write(t->call, path, TEXT("signature_profile = guomi\n"), false));
	CHECK_OK(t->call, settings_open(t->call, path, &t->house->settings));
	Text number = issue(t, "北京示例安全科技有限公司");
	number_leaves(t);
	CHECK_OK(t->call, certificate_make_files(t->call, 10, &made));
	CHECK_INT(made, 0); /* without a key of this profile none is made, and none of the other profile either */
	CHECK_OK(t->call, stamp_new(t->call, STAMP_SM2, TEXT("漏洞库"), t->call->now, &pem));
	CHECK_OK(t->call, stamp_parse(t->call, pem, &sm2));
	t->house->stamp_sm2 = sm2;
	CHECK_OK(t->call, certificate_make_files(t->call, 10, &made));
	CHECK_INT(made, 1);
	CHECK_OK(t->call, certificate_file(t->call, number, &name, &bytes));
	CHECK_OK(t->call, certificate_check(t->call, bytes, &check));
	CHECK(check.what == CHECK_FILE && text_is(check.certificate.number, number));
	CHECK_TEXT(text_from(check.signed_by.algorithm), "SM2 with SM3");
	CHECK(text_is(check.signed_by.certificate_pem, stamp_certificates(t->arena, sm2)));
	((char *)(uintptr_t)bytes.at)[bytes.length / 2] ^= 1;
	CHECK_OK(t->call, certificate_check(t->call, bytes, &check));
	CHECK(check.what == CHECK_UNKNOWN);
	CHECK_OK(t->call, certificate_file(t->call, before, &name, &bytes));
	CHECK_OK(t->call, certificate_check(t->call, bytes, &check));
	CHECK(check.what == CHECK_FILE);
	CHECK_TEXT(text_from(check.signed_by.algorithm), "RSA with SHA-256");
	settings_close(&t->house->settings);
}

TEST_DB(certificate__only_its_holder_and_the_office_fetch_the_file)
{
	scene_new(t);
	Certificate certificate = find(t, issue(t, "示例安全公司"));
	Actor actor = actor_visitor;
	CHECK(!certificate_may_fetch(&certificate, &actor));
	actor.person_id = 1;
	actor.organisation_id = 8;
	CHECK(!certificate_may_fetch(&certificate, &actor));
	actor.roles = ROLE_SECRETARY;
	CHECK(!certificate_may_fetch(&certificate, &actor)); /* without second factor */
	actor.second_factor = true;
	CHECK(certificate_may_fetch(&certificate, &actor));
	actor.roles = ROLE_REPORTER;
	actor.organisation_id = 7;
	CHECK(certificate_may_fetch(&certificate, &actor));
	certificate.is.organisation_id = 0;
	actor.organisation_id = 0; /* who belongs to nobody holds nothing */
	CHECK(!certificate_may_fetch(&certificate, &actor));
}

TEST_DB(certificate__what_somebody_brings_is_known_by_every_byte)
{
	scene_new(t);
	open_stamp(t);
	int64_t made;
	CertificateCheck check;
	Text number = issue(t, "示例安全公司"), name, bytes, proof;
	Actor office = actor_visitor;
	office.roles = ROLE_SECRETARY;
	office.second_factor = true;
	t->call->actor = &office;
	number_leaves(t);
	CHECK_OK(t->call, certificate_make_files(t->call, 10, &made));
	CHECK_OK(t->call, certificate_file(t->call, number, &name, &bytes));
	CHECK_OK(t->call, certificate_check(t->call, bytes, &check));
	CHECK(check.what == CHECK_FILE && text_is(check.certificate.number, number));
	for (size_t at = 0; at < bytes.length; at += bytes.length / 7) {
		char *byte = (char *)(uintptr_t)bytes.at + at;
		*byte ^= 1;
		CHECK_OK(t->call, certificate_check(t->call, bytes, &check));
		CHECK(check.what == CHECK_UNKNOWN);
		*byte ^= 1;
	}
	Certificate certificate = find(t, number);
	CHECK_OK(t->call, certificate_proof(t->call, &certificate, &proof));
	CHECK_OK(t->call, certificate_check(t->call, proof, &check));
	CHECK(check.what == CHECK_PROOF && !check.why && text_is(check.certificate.number, number));
	Text forged = arena_copy(t->arena, proof);
	((char *)(uintptr_t)forged.at)[forged.length / 2] ^= 1;
	CHECK_OK(t->call, certificate_check(t->call, forged, &check));
	CHECK(check.what == CHECK_PROOF && check.why);
	CHECK_OK(t->call, certificate_check(t->call, TEXT(""), &check));
	CHECK(check.what == CHECK_UNKNOWN);
}
