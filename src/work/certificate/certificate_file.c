/* The file of a certificate: drawn, signed, kept once; and looked at again when somebody brings it. */
#include "base/base/clock.h"
#include "base/crypto/crypto.h"
#include "base/crypto/stamp.h"
#include "face/doc/pdf.h"
#include "face/doc/pdf_sign.h"
#include "store/blob/blob.h"
#include "store/ledger/ledger.h"
#include "store/setting/setting.h"
#include "work/certificate/certificate_private.h"
#include "work/letter/letter.h"

enum { FILE_BYTES_MAX = 8 * 1024 * 1024 };
#define PAGE_WIDTH 841.89
#define MARGIN 90.0

static const struct {
	const char *title, *says; /* says: at most one %s, the holder */
} words[CERTIFICATE_KINDS] = {
	[CERTIFICATE_UNIT] = { N_("Certificate of Support Unit"), N_("This is to certify that %s is a support unit of the library:") },
	[CERTIFICATE_FIND] = { N_("Certificate of Original Find"), N_("This is to certify that %s found and reported to the library:") },
};

/* ---- Words in both languages */
static Text sentence(Arena *arena, Lang lang, const char *english, Text argument)
{
	return problem_text(arena, lang, &(Problem) { .message = english, .argument = argument });
}

static Text level_text(Lang lang, Text level)
{
	static const struct {
		const char *tag, *text;
	} levels[] = { { "critical", N_("Critical") }, { "high", N_("High") }, { "medium", N_("Medium") }, { "low", N_("Low") } };
	for (size_t i = 0; i < COUNT(levels); i++)
		if (text_is(level, text_from(levels[i].tag))) return tr(lang, levels[i].text);
	return TEXT("–");
}

static Text what_of(Arena *arena, Lang lang, const CertificateOrder *is)
{
	static const char *const stars[] = { "", N_("one star"), N_("two stars"), N_("three stars"), N_("four stars"), N_("five stars") };
	if (is->kind == CERTIFICATE_FIND)
		return arena_printf(arena, "%.*s · %.*s", TEXT_ARGS(is->subject), TEXT_ARGS(level_text(lang, is->level)));
	Text direction = tr(lang, certificate_direction_text(is->direction));
	if (is->stars < 1 || is->stars > 5) return direction;
	return arena_printf(arena, "%.*s · %.*s", TEXT_ARGS(direction), TEXT_ARGS(tr(lang, stars[is->stars])));
}

/* In the order that readers of both languages know. */
static Text days_of(Arena *arena, const CertificateOrder *is)
{
	Text from = certificate_day(arena, is->from_at);
	if (!is->until_at) return from;
	return arena_printf(arena, "%.*s – %.*s", TEXT_ARGS(from), TEXT_ARGS(certificate_day(arena, is->until_at - 1)));
}

/* ---- Drawing */
static double put(Pdf *pdf, double y, Text text, double size, bool bold, int lines)
{
	return y + pdf_text_at(pdf, (PdfBox) { MARGIN, y, PAGE_WIDTH - 2 * MARGIN }, text,
			   (PdfStyle) { .align = PDF_CENTER, .size = size, .bold = bold }, lines);
}

static void put_fact(Pdf *pdf, Arena *arena, double y, const char *label, Text value)
{
	Text head = arena_printf(arena, "%.*s %.*s", TEXT_ARGS(tr(LANG_ZH, label)), TEXT_ARGS(tr(LANG_EN, label)));
	(void)pdf_text_at(pdf, (PdfBox) { 214, y, 158 }, head, (PdfStyle) { .size = 8.5 }, 1);
	(void)pdf_text_at(pdf, (PdfBox) { 378, y - 1, 214 }, value, (PdfStyle) { .size = 10 }, 1);
}

static void draw_words(Call *call, Pdf *pdf, const Certificate *certificate)
{
	const CertificateOrder *is = &certificate->is;
	Arena *arena = call->arena;
	double y = put(pdf, 70, tr(LANG_ZH, words[is->kind].title), 40, true, 1);
	y = put(pdf, y, tr(LANG_EN, words[is->kind].title), 16, false, 1);
	y = put(pdf, y + 30, sentence(arena, LANG_ZH, words[is->kind].says, is->holder), 20, false, 2);
	y = put(pdf, y + 6, what_of(arena, LANG_ZH, is), 27, true, 1);
	y = put(pdf, y + 14, sentence(arena, LANG_EN, words[is->kind].says, is->holder_en.length ? is->holder_en : is->holder), 13, false,
		2);
	(void)put(pdf, y, what_of(arena, LANG_EN, is), 15, true, 1);
	put_fact(pdf, arena, 408, N_("Certificate number"), certificate->number);
	put_fact(pdf, arena, 428, is->until_at ? N_("Valid") : N_("Received on"), days_of(arena, is));
	put_fact(pdf, arena, 448, N_("Document of the decision"), is->document);
	put_fact(pdf, arena, 468, N_("Issued on"), certificate_day(arena, certificate->issued_at));
	if (is->credit_code.length) put_fact(pdf, arena, 488, N_("Social credit code"), is->credit_code);
}

static Error draw_seal(Call *call, Pdf *pdf, int64_t issued_at)
{
	LetterSeal seal;
	Text png, sender = setting_text(call, SETTING_letter_sender);
	(void)pdf_text_at(pdf, (PdfBox) { 596, 450, 180 }, sender, (PdfStyle) { .align = PDF_CENTER, .size = 12, .bold = true }, 2);
	(void)pdf_text_at(pdf, (PdfBox) { 596, 488, 180 }, clock_human_date(call->arena, LANG_ZH, issued_at),
		(PdfStyle) { .align = PDF_CENTER, .size = 10 }, 1);
	if (!text_is(setting_text(call, SETTING_certificate_seal), TEXT("yes"))) return OK;
	TRY(letter_seal_now(call, &seal));
	if (!seal.added_at) return OK;
	TRY(letter_seal_bytes(call, &png));
	return pdf_picture_at(call, pdf, (PdfBox) { 628, 405, 116 }, png);
}

Text certificate_address(Call *call, Text number)
{
	return arena_printf(call->arena, "%.*s/certificates/%.*s", TEXT_ARGS(call->house->public_address), TEXT_ARGS(number));
}

static Error draw_page(Call *call, const Certificate *certificate, Text *out)
{
	PdfSpec spec = { .title = certificate->number,
		.author = setting_text(call, SETTING_letter_sender),
		.subject = tr(LANG_ZH, words[certificate->is.kind].title),
		.landscape = true,
		.is_for_signing = true };
	scoped(pdf_close) Pdf *pdf = pdf_open(call, &spec);
	pdf_frame(pdf);
	draw_words(call, pdf, certificate);
	pdf_qr_at(pdf, (PdfBox) { 84, 396, 110 }, certificate_address(call, certificate->number));
	Text scan = arena_printf(
		call->arena, "%.*s %.*s", TEXT_ARGS(tr(LANG_ZH, N_("Scan to verify"))), TEXT_ARGS(tr(LANG_EN, N_("Scan to verify"))));
	(void)pdf_text_at(pdf, (PdfBox) { 74, 506, 130 }, scan, (PdfStyle) { .align = PDF_CENTER, .size = 8 }, 1);
	Text foot = arena_printf(call->arena, "%.*s　%.*s",
		TEXT_ARGS(tr(LANG_ZH, N_("The register says whether this certificate holds today."))),
		TEXT_ARGS(tr(LANG_EN, N_("The register says whether this certificate holds today."))));
	(void)pdf_text_at(pdf, (PdfBox) { MARGIN, 532, PAGE_WIDTH - 2 * MARGIN }, foot, (PdfStyle) { .align = PDF_CENTER, .size = 8 }, 1);
	TRY(draw_seal(call, pdf, certificate->issued_at));
	return pdf_finish(call, pdf, out);
}

Error certificate_draw(Call *call, const Certificate *certificate, Text proof, Text *out)
{
	Text page;
	if (!pdf_stamp(call)) return fail(call, CONFIG, "there is no key for documents");
	TRY(draw_page(call, certificate, &page));
	return pdf_sign(call, page,
		&(PdfSigning) { .stamp = pdf_stamp(call),
			.name = setting_text(call, SETTING_letter_sender),
			.reason = certificate->number,
			.file_name = TEXT("ledger-proof.txt"),
			.file_about = tr(LANG_ZH, N_("Proof of the ledger")),
			.file = proof },
		out);
}

/* ---- Made once, when its entry is in the tree */
typedef struct Made {
	int64_t id, blob;
	BlobFile file;
} Made;

static Error keep(Call *call, void *argument)
{
	Made *made = argument;
	int64_t changed = 0;
	TRY(blob_keep(call, &made->file, &made->blob));
	TRY(certificate_file_set(call, made->id, made->blob, hex_text(call->arena, DIGEST_TEXT(made->file.content)), &changed));
	return changed == 1 ? OK : fail(call, CONFLICT, "its file was made meanwhile");
}

static Error make_file(Call *call, Text number, int64_t *count)
{
	Certificate certificate;
	Receipt receipt;
	const char *why;
	Text proof, bytes;
	TRY(certificate_find(call, number, &certificate));
	TRY(certificate_proof(call, &certificate, &proof));
	if (!receipt_verify(call->arena, proof, signer_public(call->house->signer), 1, &receipt, &why) || !receipt.proven) return OK;
	TRY(certificate_draw(call, &certificate, proof, &bytes));
	Made made = { .id = certificate.id };
	TRY(blob_write(call, certificate.seal_key, bytes, &made.file));
	Error error = db_transact(call, keep, &made);
	if (error == ERROR_CONFLICT) { /* another node was faster */
		call_recover(call);
		return OK;
	}
	TRY(error);
	++*count;
	return OK;
}

Error certificate_make_files(Call *call, int64_t max, int64_t *out_count)
{
	CertificateRows waiting;
	*out_count = 0;
	if (!pdf_stamp(call)) return OK;
	TRY(certificate_rows_without_file(call, max, &waiting));
	for (size_t i = 0; i < waiting.count; i++) {
		ArenaMark mark = arena_mark(call->arena); /* what one file took is there for the next one */
		TRY(make_file(call, waiting.at[i].number, out_count));
		arena_release(call->arena, mark);
	}
	return OK;
}

/* ---- Fetching it, and looking at what somebody brings */
bool certificate_may_fetch(const Certificate *certificate, const Actor *actor)
{
	if (actor_has(actor, ROLE_SECRETARY | ROLE_COORDINATOR) && actor->second_factor) return true;
	if (!actor->person_id) return false;
	return certificate->is.kind == CERTIFICATE_UNIT
		       ? actor->organisation_id && actor->organisation_id == certificate->is.organisation_id
		       : actor->person_id == certificate->is.person_id;
}

Error certificate_file(Call *call, Text number, Text *out_name, Text *out_bytes)
{
	Certificate certificate;
	TRY(certificate_find(call, number, &certificate));
	if (!certificate_may_fetch(&certificate, call->actor)) return fail(call, NOT_FOUND, "not this actor's to fetch");
	if (!certificate.file_blob) return fail(call, BUSY, "its file is being made");
	TRY(blob_load(call, certificate.file_blob, FILE_BYTES_MAX, out_bytes));
	*out_name = arena_printf(call->arena, "%.*s.pdf", TEXT_ARGS(number));
	return OK;
}

static Error check_proof(Call *call, Text bytes, CertificateCheck *out)
{
	Receipt receipt;
	const char *why = NULL;
	if (!text_starts(bytes, TEXT("cappvd-receipt/1\n"))) return OK;
	out->what = CHECK_PROOF;
	if (!receipt_verify(call->arena, bytes, signer_public(call->house->signer), 1, &receipt, &why)) {
		out->why = why;
		return OK;
	}
	Error error = text_is(receipt.entry.kind, TEXT("certificate")) && text_is(receipt.entry.action, TEXT("issue"))
			      ? certificate_find(call, receipt.entry.ref, &out->certificate)
			      : ERROR_NOT_FOUND;
	if (error != ERROR_NOT_FOUND) return error;
	call_recover(call);
	out->why = N_("This proof is none of a certificate.");
	return OK;
}

Error certificate_check(Call *call, Text bytes, CertificateCheck *out)
{
	CertificateRow row;
	bool found = false;
	Digest digest = sha256(bytes);
	*out = (CertificateCheck) { .what = CHECK_UNKNOWN };
	TRY(certificate_by_file(call, hex_text(call->arena, DIGEST_TEXT(digest)), &row, &found));
	if (!found) return check_proof(call, bytes, out);
	out->what = CHECK_FILE;
	PdfSigned document;
	if (pdf_verify(call->arena, bytes, &document)) out->signed_by = document.by;
	return certificate_find(call, row.number, &out->certificate);
}
