#include "face/doc/pdf.h"
#include "face/doc/pdf_sign.h"
#include "face/doc/tool.h"

#include <unistd.h>

static Text page(Test *t)
{
	Text out;
	scoped(pdf_close) Pdf *pdf = pdf_open(t->call, &(PdfSpec) { .title = TEXT("证书"), .landscape = true, .is_for_signing = true });
	pdf_frame(pdf);
	pdf_text_at(pdf, (PdfBox) { 60, 60, 600 }, TEXT("支撑单位证书"), (PdfStyle) { .size = 30, .bold = true }, 1);
	pdf_qr_at(pdf, (PdfBox) { 60, 200, 120 }, TEXT("https://library.example/certificates/A-1"));
	CHECK_OK(t->call, pdf_finish(t->call, pdf, &out));
	return out;
}

static Text longer(Test *t, Text bytes)
{
	Buffer out = { .arena = t->arena };
	buffer_put(&out, bytes);
	buffer_byte(&out, '\n');
	return buffer_text(&out);
}

static Text signed_page_of(Test *t, StampKind kind, Stamp **stamp)
{
	Text pem, out;
	CHECK_OK(t->call, stamp_new(t->call, kind, TEXT("漏洞库 Library"), t->call->now, &pem));
	CHECK_OK(t->call, stamp_parse(t->call, pem, stamp));
	CHECK_OK(t->call, pdf_sign(t->call, page(t),
				  &(PdfSigning) { .stamp = *stamp,
					  .name = TEXT("漏洞库"),
					  .reason = TEXT("Certificate A-1"),
					  .file_name = TEXT("proof.txt"),
					  .file_about = TEXT("存证证明"),
					  .file = TEXT("cappvd-receipt/1\n") },
				  &out));
	return out;
}

static Text signed_page(Test *t, Stamp **stamp) { return signed_page_of(t, STAMP_INTERNATIONAL, stamp); }

TEST(pdf_sign__another_program_finds_the_signature_valid_over_the_whole_document)
{
	scoped(stamp_free) Stamp *stamp = NULL;
	Text says = tool_run(t, "a.pdf", signed_page(t, &stamp), "pdfsig -nocert a.pdf");
	CHECK(tool_says(says, "Signature is Valid") && tool_says(says, "Total document signed"));
	CHECK(tool_says(says, "adbe.pkcs7.detached") && tool_says(says, "Mar 05 2026"));
}

TEST(pdf_sign__a_changed_byte_is_noticed_by_another_program)
{
	scoped(stamp_free) Stamp *stamp = NULL;
	Text bytes = signed_page(t, &stamp);
	size_t at;
	CHECK(text_find(bytes, TEXT("/Producer (cairo"), &at));
	((char *)(uintptr_t)bytes.at)[at + 12] = 'X';
	CHECK(!tool_says(tool_run(t, "a.pdf", bytes, "pdfsig -nocert a.pdf"), "Signature is Valid"));
}

TEST(pdf_sign__the_update_is_well_formed_and_the_file_in_it_comes_out_whole)
{
	scoped(stamp_free) Stamp *stamp = NULL;
	Text bytes = signed_page(t, &stamp);
	CHECK(tool_says(tool_run(t, "a.pdf", bytes, "qpdf --check a.pdf"), "No syntax or stream encoding errors found"));
	CHECK_TEXT(tool_run(t, "a.pdf", bytes, "pdfdetach -save 1 -o proof.txt a.pdf && cat proof.txt"), "cappvd-receipt/1\n");
	CHECK(tool_says(tool_run(t, "a.pdf", bytes, "pdfinfo a.pdf"), "841.89 x 595.28"));
	CHECK(tool_says(tool_run(t, "a.pdf", bytes, "pdffonts a.pdf"), "NotoSansCJK"));
	Text codes = tool_run(t, "a.pdf", bytes, "pdftoppm -r 150 -png a.pdf p && zbarimg -q --raw p-1.png 2>/dev/null");
	CHECK_TEXT(text_trim(codes), "https://library.example/certificates/A-1");
}

TEST(pdf_sign__what_the_writer_did_not_write_is_refused)
{
	scoped(stamp_free) Stamp *stamp = NULL;
	Text out, bytes = signed_page(t, &stamp);
	const Text wrong[] = { TEXT(""), TEXT("%PDF-1.4\n"), text_slice(bytes, 0, 500) };
	for (size_t i = 0; i < COUNT(wrong); i++)
		CHECK_ERROR(t->call, pdf_sign(t->call, wrong[i], &(PdfSigning) { .stamp = stamp }, &out), CORRUPT);
}

/* The script that is given to everybody: OpenSSL's asn1parse and dgst. */
static Text checked_outside(Test *t, const Stamp *stamp, Text bytes)
{
	char folder[4096];
	CHECK(getcwd(folder, sizeof(folder)));
	(void)tool_run(t, "signer.pem", stamp_certificates(t->arena, stamp), "true");
	return tool_run(t, "a.pdf", bytes, arena_printf(t->arena, "%s/docs/check-sm2.sh a.pdf signer.pem || true", folder).at);
}

TEST(pdf_sign__openssl_finds_an_sm2_signature_valid_and_notices_a_changed_byte)
{
	scoped(stamp_free) Stamp *stamp = NULL, *other = NULL;
	Text bytes = signed_page_of(t, STAMP_SM2, &stamp);
	(void)signed_page_of(t, STAMP_SM2, &other);
	CHECK_TEXT(text_trim(checked_outside(t, stamp, bytes)), "Verified OK");
	CHECK(tool_says(checked_outside(t, other, bytes), "Verification failure"));
	CHECK(tool_says(tool_run(t, "a.pdf", bytes, "qpdf --check a.pdf"), "No syntax or stream encoding errors found"));
	size_t producer, name;
	CHECK(text_find(bytes, TEXT("/Producer (cairo"), &producer) && text_find(bytes, TEXT("/Desc <FEFF"), &name));
	const size_t places[] = { 0, producer + 12, name + 13, bytes.length - 2 };
	for (size_t i = 0; i < COUNT(places); i++) {
		((char *)(uintptr_t)bytes.at)[places[i]] ^= 1;
		CHECK(tool_says(checked_outside(t, stamp, bytes), "Verification failure"));
		((char *)(uintptr_t)bytes.at)[places[i]] ^= 1;
	}
	CHECK(tool_says(checked_outside(t, stamp, longer(t, bytes)), "not over the whole file"));
}

TEST(pdf_verify__tells_who_signed_and_what_lies_in_it)
{
	static const StampKind kinds[] = { STAMP_INTERNATIONAL, STAMP_SM2 };
	for (size_t i = 0; i < COUNT(kinds); i++) {
		scoped(stamp_free) Stamp *stamp = NULL;
		PdfSigned found;
		Text bytes = signed_page_of(t, kinds[i], &stamp);
		CHECK(pdf_verify(t->arena, bytes, &found));
		CHECK(text_is(found.by.name, stamp_name(t->arena, stamp)) && found.by.algorithm == stamp_algorithm(stamp));
		CHECK_TEXT(found.file, "cappvd-receipt/1\n");
		CHECK(!pdf_verify(t->arena, page(t), &found) && !pdf_verify(t->arena, TEXT(""), &found));
		CHECK(!pdf_verify(t->arena, longer(t, bytes), &found));
	}
}

/* A document is some tens of thousands of bytes: every fifth byte of the update is tried, and every hundred and first before it. */
TEST(pdf_verify__any_changed_byte_is_noticed_in_either_profile)
{
	static const StampKind kinds[] = { STAMP_INTERNATIONAL, STAMP_SM2 };
	for (size_t k = 0; k < COUNT(kinds); k++) {
		scoped(stamp_free) Stamp *stamp = NULL;
		Text bytes = signed_page_of(t, kinds[k], &stamp);
		size_t update;
		PdfSigned found;
		CHECK(text_find(bytes, TEXT("%%EOF"), &update));
		for (size_t i = 0; i < bytes.length; i += i < update ? 101 : 5) {
			ArenaMark mark = arena_mark(t->arena);
			((char *)(uintptr_t)bytes.at)[i] ^= 1;
			if (pdf_verify(t->arena, bytes, &found))
				test_fail(__FILE__, __LINE__, "kind %zu: byte %zu of %zu: %.200s", k, i, bytes.length, bytes.at + i - 100);
			((char *)(uintptr_t)bytes.at)[i] ^= 1;
			arena_release(t->arena, mark);
		}
	}
}
