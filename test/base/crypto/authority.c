#include "base/crypto/authority.h"

#include <stdlib.h>

static void write_file(Test *t, const char *name, Text bytes)
{
	FILE *file = fopen(arena_printf(t->arena, "%s/%s", t->directory, name).at, "wb");
	CHECK(file && fwrite(bytes.at, 1, bytes.length, file) == bytes.length && fclose(file) == 0);
}

static Text read_file(Test *t, const char *name)
{
	Buffer out = { .arena = t->arena };
	char piece[4096];
	FILE *file = fopen(arena_printf(t->arena, "%s/%s", t->directory, name).at, "rb");
	CHECK(file != NULL);
	for (size_t got; (got = fread(piece, 1, sizeof(piece), file)) > 0;) buffer_put(&out, (Text) { piece, got });
	fclose(file);
	return buffer_text(&out);
}

static void run(Test *t, Text command)
{
	Text line = arena_printf(t->arena, "cd %s && { %.*s\n} >>openssl.log 2>&1", t->directory, TEXT_ARGS(command));
	if (system(line.at) != 0) /* NOLINT(cert-env33-c): a test */
		test_fail(__FILE__, __LINE__, "%.*s\n%.*s", TEXT_ARGS(command), TEXT_ARGS(read_file(t, "openssl.log")));
}

static const char settings[] =
	"[tsa]\ndefault_tsa = one\n[one]\nserial = serial\ncrypto_device = builtin\nsigner_digest = sha256\n"
	"default_policy = 1.2.3.4.1\ndigests = sha1, sha256, sha384, sha512, sm3\naccuracy = secs:1\nordering = no\n"
	"tsa_name = no\ness_cert_id_chain = no\ness_cert_id_alg = sha256\n"
	"[req]\ndistinguished_name = subject\n[subject]\n[ca]\ndefault_ca = it\n[it]\nnew_certs_dir = .\ndatabase = index\nrand_serial = "
	"yes\ndefault_md = sha256\n"
	"policy = any\nunique_subject = no\n[any]\ncommonName = supplied\n[root]\nbasicConstraints = critical,CA:TRUE\n"
	"keyUsage = critical,keyCertSign\nsubjectKeyIdentifier = hash\n";

Text authority_new(Test *t, const Authority *authority)
{
	const char *name = authority->name, *extension = authority->extension;
	write_file(t, "authority.cnf",
		arena_printf(t->arena, "%s[stamps]\nbasicConstraints = critical,CA:FALSE\nkeyUsage = critical,digitalSignature\n%s\n",
			settings, extension ? extension : "extendedKeyUsage = critical,timeStamping"));
	run(t, arena_printf(t->arena,
		       "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj '/CN=Root of %s' -days 9000 -keyout "
		       "%s.root.key -out "
		       "%s.root.pem -config authority.cnf -extensions root\n"
		       "openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj '/CN=%s' -keyout %s.key -out %s.csr "
		       "-config "
		       "authority.cnf\n: >index\nopenssl ca -batch -notext -config authority.cnf -extensions stamps -cert %s.root.pem "
		       "-keyfile %s.root.key "
		       "-in %s.csr -out %s.pem -startdate $(date -u -d '%d days ago' +%%y%%m%%d%%H%%M%%SZ) -enddate $(date -u -d '%d days' "
		       "+%%y%%m%%d%%H%%M%%SZ)\n",
		       name, name, name, name, name, name, name, name, name, name, authority->age_days,
		       authority->days - authority->age_days));
	return read_file(t, arena_printf(t->arena, "%s.root.pem", name).at);
}

Text authority_stamp(Test *t, const char *name, Text document, const char *hash)
{
	write_file(t, "document", document);
	run(t, arena_printf(t->arena,
		       "openssl ts -query -data document -%s -cert -out document.tsq\nopenssl ts -reply -config authority.cnf -queryfile "
		       "document.tsq "
		       "-inkey %s.key -signer %s.pem -out document.tsr\n",
		       hash, name, name));
	return read_file(t, "document.tsr");
}

Text authority_token(Test *t, Text response)
{
	write_file(t, "answer.tsr", response);
	run(t, TEXT("openssl ts -reply -config authority.cnf -in answer.tsr -token_out -out answer.tst"));
	return read_file(t, "answer.tst");
}
