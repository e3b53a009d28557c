/*
 * A file for somebody who shares nothing with us but a passphrase: CMS EnvelopedData with a password recipient (RFC 5652, RFC 3211), which
 * `openssl cms -decrypt -inform DER -binary -in FILE -out FILE.tar -pwri_password PASSPHRASE` opens.
 */
#include "base/crypto/crypto.h"

#include <openssl/bio.h>
#include <openssl/cms.h>
#include <openssl/evp.h>

enum { ROUNDS = 600000, FLAGS = CMS_BINARY | CMS_STREAM | CMS_PARTIAL };

typedef struct Sealing {
	BIO *in, *out;
	CMS_ContentInfo *cms;
} Sealing;

static void sealing_done(const Sealing *sealing)
{
	CMS_ContentInfo_free(sealing->cms);
	BIO_free(sealing->in);
	BIO_free(sealing->out);
}

static bool add_recipient(CMS_ContentInfo *cms, Text passphrase)
{
	unsigned char *copy = OPENSSL_memdup(passphrase.at, passphrase.length); /* is the structure's from now on */
	return copy &&
	       CMS_add0_recipient_password(cms, ROUNDS, NID_undef, NID_undef, copy, (ossl_ssize_t)passphrase.length, EVP_aes_256_cbc());
}

Error package_close(Call *call, int from, Text passphrase, int to)
{
	crypto_start();
	scoped(sealing_done) Sealing sealing = { .in = BIO_new_fd(from, BIO_NOCLOSE),
		.out = BIO_new_fd(to, BIO_NOCLOSE),
		.cms = CMS_encrypt(NULL, NULL, EVP_aes_256_cbc(), FLAGS) };
	if (!sealing.in || !sealing.out || !sealing.cms || !add_recipient(sealing.cms, passphrase))
		return fail(call, INTERNAL, "a package cannot be prepared");
	if (i2d_CMS_bio_stream(sealing.out, sealing.cms, sealing.in, FLAGS) != 1) return fail(call, IO, "a package cannot be written");
	return OK;
}
