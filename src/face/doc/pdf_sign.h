/*
 * pdf_sign: a document of the PDF writer becomes one that others can check. What is added stands behind it, as an incremental update: a file that
 * lies in it, and a signature over everything but itself (ISO 32000-1, 12.8.3.3: adbe.pkcs7.detached).
 */
#pragma once
#include "base/crypto/stamp.h"

typedef struct PdfSigning {
	const Stamp *stamp;
	Text name, reason; /* of who signs, as readers show it; UTF-8 */
	Text file_name, file_about, file; /* plain text that lies in the document; ASCII name; `file` empty: none */
} PdfSigning;
/* `pdf` was opened with is_for_signing. call->now is the time the signature states. CORRUPT: not a document of the PDF writer. */
must_use Error pdf_sign(Call *call, Text pdf, const PdfSigning *signing, Text *out);
/* The key that signs under the setting signature_profile; NULL: there is none of its kind. */
const Stamp *pdf_stamp(Call *call);

typedef struct PdfSigned {
	Stamped by;
	Text file; /* that lies in the document; empty: none */
} PdfSigned;
/* A document that pdf_sign made, as it left it: the signature is over every byte but its own and holds by the certificate in it, and nothing
 * stands in its place behind it. False: anything else. */
must_use bool pdf_verify(Arena *arena, Text pdf, PdfSigned *out);
