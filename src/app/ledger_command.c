#include "app/ledger_command.h"

#include "base/base/clock.h"
#include "base/base/json.h"
#include "base/crypto/certificate.h"
#include "face/doc/pdf_sign.h"
#include "store/ledger/ledger.h"

#include <errno.h>
#include <sys/stat.h>

enum { KEYS_MAX = 16, DOCUMENT_BYTES_MAX = 32 * 1024 * 1024 };

typedef struct Asked {
	Call *call;
	FILE *out, *talk;
	bool json, deep;
	const char *content, *size;
	PublicKey keys[KEYS_MAX];
	size_t key_count;
	Texts signers; /* certificates in PEM */
	Texts words; /* what is left: the verb, then files or numbers */
	int wrong;
} Asked;

static void file_close(FILE **file)
{
	if (*file) fclose(*file);
}

static Error file_digest(Call *call, const char *path, Digest *out)
{
	scoped(file_close) FILE *file = fopen(path, "rbe");
	if (!file) return fail(call, NOT_FOUND, "%s: %s", path, strerror(errno));
	Sha256 *hash scoped(sha256_free) = sha256_new();
	char piece[8192];
	for (size_t got; (got = fread(piece, 1, sizeof(piece), file)) > 0;) sha256_add(hash, (Text) { piece, got });
	if (ferror(file)) return fail(call, IO, "%s: %s", path, strerror(errno));
	*out = sha256_finish(hash);
	return OK;
}

static Error take_key(Asked *asked, const char *word)
{
	if (asked->key_count == KEYS_MAX) return usage_error(asked->call, asked->talk, "more than %d keys", KEYS_MAX);
	TRY(key_argument(asked->call, asked->talk, word, &asked->keys[asked->key_count]));
	asked->key_count++;
	return OK;
}

/* One text for each certificate of the file. */
static Error take_signers(Asked *asked, const char *path)
{
	static const Text begin = TEXT_INIT("-----BEGIN CERTIFICATE-----");
	Text pem;
	size_t at, count = asked->signers.count;
	TRY(file_argument(asked->call, path, STAMP_FILE_BYTES_MAX, &pem));
	for (; text_find(pem, begin, &at); pem = text_slice(pem, at + begin.length, pem.length))
		list_add(asked->call->arena, &asked->signers, text_slice(pem, at, pem.length));
	return asked->signers.count > count ? OK : usage_error(asked->call, asked->talk, "%s holds no certificate", path);
}

static Error take_words(Asked *asked, int argc, char **argv)
{
	for (int i = 0; i < argc; i++) {
		const char *key, *signer;
		if (option_value(argc, argv, &i, "--key", &key))
			TRY(take_key(asked, key));
		else if (option_value(argc, argv, &i, "--signer", &signer))
			TRY(take_signers(asked, signer));
		else if (option_value(argc, argv, &i, "--content", &asked->content) || option_value(argc, argv, &i, "--size", &asked->size))
			continue;
		else if (strcmp(argv[i], "--json") == 0)
			asked->json = true;
		else if (strcmp(argv[i], "--deep") == 0)
			asked->deep = true;
		else if (argv[i][0] == '-')
			return usage_error(asked->call, asked->talk, "“%s” is no option of ledger", argv[i]);
		else
			list_add(asked->call->arena, &asked->words, text_from(argv[i]));
	}
	return OK;
}

/* ---- Receipts, without a library */

static void print_receipt_json(Asked *asked, const char *path, const Receipt *receipt, const char *why)
{
	Buffer line = { .arena = asked->call->arena };
	JsonWriter writer = json_writer(&line);
	json_object_begin(&writer);
	json_put_text(&writer, "file", text_from(path));
	json_put_bool(&writer, "valid", !why);
	if (why) json_put_text(&writer, "reason", tr(asked->call->lang, why));
	if (!why) {
		json_put_text(&writer, "subject", receipt->entry.kind);
		json_put_text(&writer, "ref", receipt->entry.ref);
		json_put_text(&writer, "action", receipt->entry.action);
		json_put_text(&writer, "at", clock_iso(asked->call->arena, receipt->entry.at));
		json_put_text(&writer, "sha256", hex_text(asked->call->arena, DIGEST_TEXT(receipt->entry.detail)));
		json_put_text(&writer, "key", public_key_text(asked->call->arena, &receipt->key));
		json_put_bool(&writer, "keyGiven", asked->key_count > 0);
		json_put_bool(&writer, "proven", receipt->proven);
		if (receipt->proven) json_put_int(&writer, "index", (int64_t)receipt->index);
	}
	json_end(&writer);
	json_finish(&writer);
	fprintf(asked->out, "%.*s\n", TEXT_ARGS(buffer_text(&line)));
}

static void print_receipt(Asked *asked, const char *path, const Receipt *receipt)
{
	Call *call = asked->call;
	Text at = clock_iso(call->arena, receipt->entry.at), key = public_key_text(call->arena, &receipt->key);
	const char *says = receipt->proven ? N_("valid, and proven by the ledger's tree")
					   : N_("valid promise; the proof follows within a second of the event");
	fprintf(asked->out, "%s: %.*s\n  %.*s %.*s, %.*s, %.*s\n  %.*s\n", path, TEXT_ARGS(tr(call->lang, says)),
		TEXT_ARGS(receipt->entry.kind), TEXT_ARGS(receipt->entry.ref), TEXT_ARGS(receipt->entry.action), TEXT_ARGS(at),
		TEXT_ARGS(key));
	if (!asked->key_count)
		fprintf(asked->talk, "%.*s\n",
			TEXT_ARGS(tr(call->lang, N_("No key was given: compare the key above with the one the library has published, or "
						    "give it with --key."))));
}

static void verify_receipt(Asked *asked, Text path, Text document, const Digest *content)
{
	Receipt receipt = { 0 };
	const char *why = NULL;
	bool valid = receipt_verify(asked->call->arena, document, asked->keys, asked->key_count, &receipt, &why);
	if (valid && content && !digest_is(content, &receipt.entry.detail)) why = N_("The content is not what was recorded.");
	if (why) asked->wrong++;
	if (asked->json)
		print_receipt_json(asked, path.at, &receipt, why);
	else if (why)
		fprintf(asked->talk, "%s: %.*s\n", path.at, TEXT_ARGS(tr(asked->call->lang, why)));
	else
		print_receipt(asked, path.at, &receipt);
}

/* ---- Signed documents, without a library */
static bool is_known(const Asked *asked, Text certificate)
{
	Digest within, given;
	if (!certificate_fingerprint(certificate, &within)) return false;
	for (size_t i = 0; i < asked->signers.count; i++)
		if (certificate_fingerprint(asked->signers.at[i], &given) && digest_is(&within, &given)) return true;
	return false;
}

static void print_document_json(Asked *asked, Text path, const PdfSigned *found, const char *why)
{
	Buffer line = { .arena = asked->call->arena };
	JsonWriter writer = json_writer(&line);
	json_object_begin(&writer);
	json_put_text(&writer, "file", path);
	json_put_bool(&writer, "valid", !why);
	if (why) json_put_text(&writer, "reason", tr(asked->call->lang, why));
	if (found->by.algorithm) {
		json_put_text(&writer, "signer", found->by.name);
		json_put_text(&writer, "algorithm", text_from(found->by.algorithm));
		json_put_text(&writer, "at", clock_iso(asked->call->arena, found->by.at));
		json_put_bool(&writer, "signerGiven", asked->signers.count > 0);
	}
	json_end(&writer);
	json_finish(&writer);
	fprintf(asked->out, "%.*s\n", TEXT_ARGS(buffer_text(&line)));
}

static void print_document(Asked *asked, Text path, const PdfSigned *found)
{
	Call *call = asked->call;
	Text at = clock_iso(call->arena, found->by.at);
	fprintf(asked->out, "%.*s: %.*s\n  %s, %.*s, %.*s\n", TEXT_ARGS(path),
		TEXT_ARGS(tr(call->lang, N_("the signature holds over the whole document"))), found->by.algorithm,
		TEXT_ARGS(found->by.name), TEXT_ARGS(at));
	if (!asked->signers.count)
		fprintf(asked->talk, "%.*s\n",
			TEXT_ARGS(tr(
				call->lang, N_("No certificate was given: fetch /certificates/signer.pem from the library and give it with "
					       "--signer; without it anybody may have signed."))));
}

/* The signature, then the proof that lies in the document. */
static void verify_document(Asked *asked, Text path, Text document, const Digest *content)
{
	PdfSigned found = { 0 };
	const char *why = NULL;
	if (!pdf_verify(asked->call->arena, document, &found))
		why = N_("The document was changed, or the library's program has not signed it.");
	else if (asked->signers.count && !is_known(asked, found.by.certificate_pem))
		why = N_("The document was signed with another certificate than the one given.");
	if (why) asked->wrong++;
	if (asked->json)
		print_document_json(asked, path, &found, why);
	else if (why)
		fprintf(asked->talk, "%.*s: %.*s\n", TEXT_ARGS(path), TEXT_ARGS(tr(asked->call->lang, why)));
	else
		print_document(asked, path, &found);
	if (!why && found.file.length) verify_receipt(asked, path, found.file, content);
}

static Error verify_file(Asked *asked, Text path, const Digest *content)
{
	Text document = { 0 };
	TRY(file_argument(asked->call, path.at, DOCUMENT_BYTES_MAX, &document));
	(text_starts(document, TEXT("%PDF-")) ? verify_document : verify_receipt)(asked, path, document, content);
	return OK;
}

static Error verify_receipts(Asked *asked)
{
	Digest content;
	if (asked->content) TRY(file_digest(asked->call, asked->content, &content));
	for (size_t i = 1; i < asked->words.count; i++) TRY(verify_file(asked, asked->words.at[i], asked->content ? &content : NULL));
	return asked->wrong ? fail(asked->call, INVALID, "%d of %zu files are not valid", asked->wrong, asked->words.count - 1) : OK;
}

/* ---- The library's own tree */

static void print_check_json(Asked *asked, const LedgerCheck *found)
{
	Buffer line = { .arena = asked->call->arena };
	JsonWriter writer = json_writer(&line);
	json_object_begin(&writer);
	json_put_int(&writer, "leaves", found->leaves);
	json_put_int(&writer, "checkpoints", found->checkpoints);
	json_put_int(&writer, "unreadable", found->unreadable);
	json_put_text(&writer, "root", base64_text(asked->call->arena, DIGEST_TEXT(found->root)));
	json_key(&writer, TEXT("faults"));
	json_array_begin(&writer);
	for (size_t i = 0; i < found->faults.count; i++) json_text(&writer, found->faults.at[i]);
	json_end(&writer);
	json_end(&writer);
	json_finish(&writer);
	fprintf(asked->out, "%.*s\n", TEXT_ARGS(buffer_text(&line)));
}

static Error verify_tree(Asked *asked)
{
	LedgerCheck found = { 0 };
	TRY(ledger_check(asked->call, asked->keys, asked->key_count, asked->deep, &found));
	Text root = base64_text(asked->call->arena, DIGEST_TEXT(found.root));
	if (asked->json)
		print_check_json(asked, &found);
	else
		fprintf(asked->out, "%lld\t%lld\t%.*s\n", (long long)found.leaves, (long long)found.checkpoints, TEXT_ARGS(root));
	if (!asked->json)
		for (size_t i = 0; i < found.faults.count; i++) fprintf(asked->talk, "%.*s\n", TEXT_ARGS(found.faults.at[i]));
	return found.faults.count ? fail(asked->call, CORRUPT, "the ledger has %zu faults", found.faults.count) : OK;
}

static Error checkpoint(Asked *asked)
{
	Text note;
	int64_t size;
	if (!asked->size)
		TRY(ledger_checkpoint(asked->call, &note));
	else if (!text_to_int(text_from(asked->size), &size))
		return usage_error(asked->call, asked->talk, "--size is a number, not %s", asked->size);
	else
		TRY(ledger_checkpoint_of(asked->call, size, &note));
	fwrite(note.at, 1, note.length, asked->out);
	return OK;
}

static Error prove_event(Asked *asked, Text code)
{
	Event event;
	Text document;
	TRY(ledger_event_find(asked->call, code, &event));
	TRY(ledger_receipt(asked->call, event.id, &document));
	fwrite(document.at, 1, document.length, asked->out);
	return OK;
}

static Error prove_growth(Asked *asked, Text from, Text to)
{
	int64_t old, new;
	MerkleProof proof;
	if (!text_to_int(from, &old) || !text_to_int(to, &new)) return usage_error(asked->call, asked->talk, "sizes of trees are numbers");
	TRY(ledger_consistency(asked->call, old, new, &proof));
	for (size_t i = 0; i < proof.count; i++)
		fprintf(asked->out, "%.*s\n", TEXT_ARGS(base64_text(asked->call->arena, DIGEST_TEXT(proof.at[i]))));
	return OK;
}

CommandNeeds ledger_needs(int argc, char **argv)
{
	const char *passed;
	int words = 0;
	for (int i = 0; i < argc; i++) {
		if (option_value(argc, argv, &i, "--key", &passed) || option_value(argc, argv, &i, "--content", &passed) ||
			option_value(argc, argv, &i, "--signer", &passed) || argv[i][0] == '-')
			continue;
		if (words++ == 0 && strcmp(argv[i], "verify") != 0) return NEEDS_HOUSE;
	}
	return words > 1 ? NEEDS_NOTHING : NEEDS_HOUSE;
}

Error ledger_command(Call *call, int argc, char **argv, FILE *out, FILE *talk)
{
	Asked asked = { .call = call, .out = out, .talk = talk };
	TRY(take_words(&asked, argc, argv));
	const Texts *words = &asked.words;
	Text verb = words->count ? words->at[0] : TEXT("");
	if (text_is(verb, TEXT("verify"))) return words->count > 1 ? verify_receipts(&asked) : verify_tree(&asked);
	if (text_is(verb, TEXT("checkpoint")) && words->count == 1) return checkpoint(&asked);
	if (text_is(verb, TEXT("prove")) && words->count == 2) return prove_event(&asked, words->at[1]);
	if (text_is(verb, TEXT("prove")) && words->count == 3) return prove_growth(&asked, words->at[1], words->at[2]);
	if (text_is(verb, TEXT("key")) && words->count == 1) {
		fprintf(out, "%.*s\n", TEXT_ARGS(public_key_text(call->arena, signer_public(call->house->signer))));
		return OK;
	}
	return usage_error(call, talk,
		"say “ledger verify”, “ledger verify FILE…”, “ledger checkpoint”, “ledger prove EVENT”, “ledger prove FROM TO” or “ledger "
		"key”");
}
