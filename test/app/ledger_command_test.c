#include "app/key_command.h"
#include "app/ledger_command.h"
#include "base/crypto/stamp.h"
#include "face/doc/pdf.h"
#include "face/doc/pdf_sign.h"
#include "harness/test.h"
#include "store/ledger/ledger.h"
#include "store/seal/seal.h"

#include <stdlib.h>

typedef struct Run {
	Error error;
	Text out, talk;
} Run;

static Run run(Test *t, CommandBody *command, int argc, const char *const *words)
{
	char *out = NULL, *talk = NULL, *argv[8];
	size_t out_length = 0, talk_length = 0;
	FILE *out_file = open_memstream(&out, &out_length), *talk_file = open_memstream(&talk, &talk_length);
	for (int i = 0; i < argc; i++) argv[i] = (char *)(uintptr_t)arena_copy(t->arena, text_from(words[i])).at;
	Run result = { .error = command(t->call, argc, argv, out_file, talk_file) };
	CHECK(fclose(out_file) == 0 && fclose(talk_file) == 0);
	result.out = arena_copy(t->arena, (Text) { out, out_length });
	result.talk = arena_copy(t->arena, (Text) { talk, talk_length });
	free(out);
	free(talk);
	call_recover(t->call);
	return result;
}
#define RUN(t, command, ...) run((t), (command), (int)COUNT(((const char *const[]) { __VA_ARGS__ })), (const char *const[]) { __VA_ARGS__ })

static Error record(Call *call, void *argument)
{
	return ledger_record(
		call, &(LedgerEvent) { .kind = "report", .ref = TEXT("r-1"), .action = "receive", .detail = TEXT("the report") }, argument);
}

static Event recorded(Test *t)
{
	int64_t id, numbered;
	Events events;
	CHECK_OK(t->call, db_transact(t->call, record, &id));
	CHECK_OK(t->call, ledger_sequence(t->call, &numbered));
	CHECK_OK(t->call, ledger_events(t->call, 0, 1, &events));
	return events.at[0];
}

static const char *written(Test *t, const char *name, Text content)
{
	const char *path = arena_printf(t->arena, "%s/%s", t->directory, name).at;
	FILE *file = fopen(path, "wb");
	CHECK(file && fwrite(content.at, 1, content.length, file) == content.length && fclose(file) == 0);
	return path;
}

TEST_DB(ledger_command__receipt_is_verified_without_the_library)
{
	const char *code = arena_string(t->arena, recorded(t).code);
	Run receipt = RUN(t, ledger_command, "prove", code), key = RUN(t, ledger_command, "key");
	CHECK(receipt.error == OK && key.error == OK);
	const char *path = written(t, "receipt.txt", receipt.out), *key_path = written(t, "key.txt", key.out);
	const char *content = written(t, "report.txt", TEXT("the report")), *other = written(t, "other.txt", TEXT("another report"));
	t->call->house = NULL;
	t->call->db = NULL;
	Run good = RUN(t, ledger_command, "verify", path, "--key", key_path, "--content", content);
	CHECK(good.error == OK && text_find(good.out, TEXT("report r-1, receive"), NULL) && good.talk.length == 0);
	Run bare = RUN(t, ledger_command, "verify", path);
	CHECK(bare.error == OK && text_find(bare.talk, TEXT("No key was given"), NULL));
	Run wrong = RUN(t, ledger_command, "verify", path, "--content", other);
	CHECK(wrong.error == ERROR_INVALID && text_find(wrong.talk, TEXT("not what was recorded"), NULL));
	Run missing = RUN(t, ledger_command, "verify", "/nonexistent");
	CHECK(missing.error == ERROR_NOT_FOUND);
	Run json = RUN(t, ledger_command, "verify", other, "--json");
	CHECK(json.error == ERROR_INVALID && text_find(json.out, TEXT("\"valid\":false"), NULL));
}

TEST_DB(ledger_command__tree_is_verified_and_proven)
{
	for (int i = 0; i < 3; i++) recorded(t);
	Run tree = RUN(t, ledger_command, "verify", "--deep"), growth = RUN(t, ledger_command, "prove", "1", "3"),
	    last = RUN(t, ledger_command, "checkpoint");
	CHECK(tree.error == OK && text_starts(tree.out, TEXT("3\t3\t")));
	CHECK(growth.error == OK && growth.out.length == 2 * 45);
	CHECK(last.error == OK && text_starts(last.out, TEXT("library.example/ledger\n3\n")));
	CHECK(text_starts(RUN(t, ledger_command, "checkpoint", "--size", "2").out, TEXT("library.example/ledger\n2\n")));
	CHECK(RUN(t, ledger_command, "prove", "2", "9").error == ERROR_INVALID &&
		RUN(t, ledger_command, "prove", "nothing").error == ERROR_NOT_FOUND);
	CHECK(RUN(t, ledger_command, "verfy").error == ERROR_USAGE && RUN(t, ledger_command, "verify", "--what").error == ERROR_USAGE);
}

static CommandNeeds needs(Test *t, int argc, const char *const *words)
{
	char *argv[8];
	for (int i = 0; i < argc; i++) argv[i] = (char *)(uintptr_t)arena_copy(t->arena, text_from(words[i])).at;
	return ledger_needs(argc, argv);
}
#define NEEDS(t, ...) needs((t), (int)COUNT(((const char *const[]) { __VA_ARGS__ })), (const char *const[]) { __VA_ARGS__ })

TEST(ledger_command__needs_a_library_unless_receipts_are_named)
{
	CHECK_INT(NEEDS(t, "verify"), NEEDS_HOUSE);
	CHECK_INT(NEEDS(t, "verify", "--key", "k", "--deep"), NEEDS_HOUSE);
	CHECK_INT(NEEDS(t, "verify", "--key", "k", "file"), NEEDS_NOTHING);
	CHECK_INT(NEEDS(t, "prove", "1", "2"), NEEDS_HOUSE);
	CHECK_INT(needs(t, 0, NULL), NEEDS_HOUSE);
}

TEST_DB(key_command__rotates_and_shows_generations)
{
	CHECK_TEXT(RUN(t, key_command, "show").out, "1\t2\n");
	Run rotated = RUN(t, key_command, "rotate");
	CHECK(rotated.error == OK);
	CHECK_TEXT(rotated.out, "2\t2\n");
	CHECK_TEXT(RUN(t, key_command, "show", "--json").out, "{\"generation\":2,\"uses\":[{\"generation\":2,\"matters\":2}]}\n");
	CHECK(RUN(t, key_command, "rotte").error == ERROR_USAGE && run(t, key_command, 0, NULL).error == ERROR_USAGE);
}

/* ---- Signed documents and their keys */
static Text signed_document(Test *t, const Stamp *stamp, Text proof)
{
	Text page, out;
	scoped(pdf_close) Pdf *pdf = pdf_open(t->call, &(PdfSpec) { .title = TEXT("A"), .is_for_signing = true });
	CHECK_OK(t->call, pdf_finish(t->call, pdf, &page));
	CHECK_OK(t->call, pdf_sign(t->call, page,
				  &(PdfSigning) { .stamp = stamp,
					  .name = TEXT("A"),
					  .reason = TEXT("B"),
					  .file_name = TEXT("proof.txt"),
					  .file_about = TEXT("C"),
					  .file = proof },
				  &out));
	return out;
}

TEST_DB(ledger_command__a_signed_document_and_the_proof_in_it_are_verified_without_the_library)
{
	static const StampKind kinds[] = { STAMP_INTERNATIONAL, STAMP_SM2 };
	Text proof = RUN(t, ledger_command, "prove", arena_string(t->arena, recorded(t).code)).out, pem;
	const char *key = written(t, "key.txt", RUN(t, ledger_command, "key").out);
	for (size_t i = 0; i < COUNT(kinds); i++) {
		scoped(stamp_free) Stamp *stamp = NULL, *other = NULL;
		CHECK_OK(t->call, stamp_new(t->call, kinds[i], TEXT("N"), t->call->now, &pem));
		CHECK_OK(t->call, stamp_parse(t->call, pem, &stamp));
		CHECK_OK(t->call, stamp_new(t->call, kinds[i], TEXT("N"), t->call->now, &pem));
		CHECK_OK(t->call, stamp_parse(t->call, pem, &other));
		Text document = signed_document(t, stamp, proof), foreign = stamp_certificates(t->arena, other);
		const char *path = written(t, "a.pdf", document), *wrong = written(t, "wrong.pem", foreign);
		const char *signer = written(t, "signer.pem",
			arena_printf(t->arena, "%.*s%.*s", TEXT_ARGS(foreign), TEXT_ARGS(stamp_certificates(t->arena, stamp))));
		Run good = RUN(t, ledger_command, "verify", path, "--key", key, "--signer", signer);
		CHECK(good.error == OK && !good.talk.length && text_find(good.out, TEXT("report r-1, receive"), NULL));
		CHECK(text_find(good.out, text_from(stamp_algorithm(stamp)), NULL));
		Run bare = RUN(t, ledger_command, "verify", path, "--key", key);
		CHECK(bare.error == OK && text_find(bare.talk, TEXT("No certificate was given"), NULL));
		CHECK(RUN(t, ledger_command, "verify", path, "--key", key, "--signer", wrong).error == ERROR_INVALID);
		((char *)(uintptr_t)document.at)[20] ^= 1;
		Run changed = RUN(t, ledger_command, "verify", written(t, "a.pdf", document), "--signer", signer, "--json");
		CHECK(changed.error == ERROR_INVALID && text_find(changed.out, TEXT("\"valid\":false"), NULL));
	}
}

TEST_DB(key_command__makes_a_key_for_documents_of_either_profile)
{
	t->house->stamp_path = arena_printf(t->arena, "%s/stamp", t->directory);
	t->house->stamp_sm2_path = arena_printf(t->arena, "%s/stamp-sm2", t->directory);
	CHECK(RUN(t, key_command, "stamp").error == ERROR_NOT_FOUND && RUN(t, key_command, "stamp", "--sm2").error == ERROR_NOT_FOUND);
	Run rsa = RUN(t, key_command, "stamp", "--new", "漏洞库"), sm2 = RUN(t, key_command, "stamp", "--new", "漏洞库", "--sm2");
	CHECK(rsa.error == OK && text_ends(rsa.out, TEXT("漏洞库\tRSA with SHA-256\n")));
	CHECK(sm2.error == OK && text_ends(sm2.out, TEXT("漏洞库\tSM2 with SM3\n")));
	CHECK(RUN(t, key_command, "stamp", "--new", "A", "--sm2").error == ERROR_CONFLICT); /* without --replace */
	CHECK_OK(t->call, stamp_load(t->call, t->house->stamp_path.at, STAMP_INTERNATIONAL, &t->house->stamp));
	CHECK_OK(t->call, stamp_load(t->call, t->house->stamp_sm2_path.at, STAMP_SM2, &t->house->stamp_sm2));
	Text certificate = RUN(t, key_command, "stamp", "--sm2").out;
	CHECK(text_is(certificate, stamp_certificates(t->arena, t->house->stamp_sm2)) && !text_find(certificate, TEXT("PRIVATE"), NULL));
	CHECK(text_is(RUN(t, key_command, "stamp").out, stamp_certificates(t->arena, t->house->stamp)));
	/* What an authority gave goes where its kind belongs, and nowhere else. */
	const char *given = t->house->stamp_sm2_path.at;
	CHECK(RUN(t, key_command, "stamp", "--install", given, "--rsa", "--replace").error == ERROR_CONFIG);
	CHECK(RUN(t, key_command, "stamp", "--install", given, "--replace").error == OK);
	CHECK(RUN(t, key_command, "stamp", "--install", given, "--new", "A").error == ERROR_USAGE);
	stamp_free(&t->house->stamp);
	stamp_free(&t->house->stamp_sm2);
}
