/* Time stamps (RFC 3161) of an authority that OpenSSL's command line plays: what proves, and what does not and why. */
#include "base/crypto/timestamp.h"

#include "base/base/clock.h"
#include "base/crypto/authority.h"

enum { DAY_MS = 86400000 };
static const Authority good = { "good", NULL, 10, AUTHORITY_DAYS };

typedef struct Asked {
	Text file, document, anchors;
	int64_t now;
} Asked;

static const char *read_it(Test *t, const Asked *asked, Timestamp *out)
{
	TimestampDocument document = { 0 };
	Text about;
	timestamp_document(t->arena, asked->document, &document);
	return timestamp_read(t->arena, asked->file, &document, asked->anchors, asked->now, out, &about);
}

static void check_fault(Test *t, int line, const Asked *asked, const char *expected)
{
	Timestamp stamp;
	const char *fault = read_it(t, asked, &stamp);
	if (!fault || strcmp(fault, expected) != 0) test_fail(__FILE__, line, "%s instead of %s", fault ? fault : "nothing", expected);
}
#define CHECK_FAULT(asked, code) check_fault(t, __LINE__, (asked), (code))

static Asked ask(Test *t, const Authority *authority, const char *hash)
{
	Asked asked = { .document = TEXT("what was found") };
	asked.anchors = authority_new(t, authority);
	asked.file = authority_stamp(t, authority->name, asked.document, hash);
	asked.now = clock_wall(); /* not before: the certificate and the token are not from the future */
	return asked;
}

static Text changed(Test *t, Text bytes, size_t at)
{
	char *copy = arena_alloc(t->arena, bytes.length);
	memcpy(copy, bytes.at, bytes.length);
	copy[at] ^= 1;
	return (Text) { copy, bytes.length };
}

TEST(timestamp__a_token_proves_its_instant_as_answer_and_alone)
{
	Timestamp stamp, alone;
	Asked asked = ask(t, &good, "sha256");
	CHECK(!read_it(t, &asked, &stamp));
	CHECK(stamp.at <= clock_wall() && stamp.at > asked.now - 60000 && stamp.accuracy_ms == 1000);
	CHECK_TEXT(stamp.by, "CN=good");
	CHECK_TEXT(stamp.policy, "1.2.3.4.1");
	asked.file = authority_token(t, asked.file);
	CHECK(!read_it(t, &asked, &alone));
	CHECK(text_is(alone.token, stamp.token) && text_is(alone.token, asked.file) && alone.at == stamp.at);
}

TEST(timestamp__the_hash_may_be_any_that_is_strong)
{
	static const char *const hashes[] = { "sha256", "sha384", "sha512", "sm3" };
	Asked asked = ask(t, &good, "sha1");
	Timestamp stamp;
	CHECK_FAULT(&asked, "hash");
	for (size_t i = 0; i < COUNT(hashes); i++) {
		asked.file = authority_stamp(t, "good", asked.document, hashes[i]);
		asked.now = clock_wall();
		CHECK(!read_it(t, &asked, &stamp) && stamp.hash == (TimestampHash)i);
	}
}

TEST(timestamp__another_document_is_not_proved)
{
	Asked asked = ask(t, &good, "sha256");
	asked.document = TEXT("what was found later");
	CHECK_FAULT(&asked, "imprint");
}

TEST(timestamp__only_an_authority_that_is_trusted_proves)
{
	Asked asked = ask(t, &good, "sha256");
	Timestamp stamp;
	Text trusted = asked.anchors, other = authority_new(t, &(Authority) { "other", NULL, 10, AUTHORITY_DAYS });
	asked.anchors = TEXT("");
	CHECK_FAULT(&asked, "anchors");
	asked.anchors = TEXT("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----");
	CHECK_FAULT(&asked, "anchors");
	asked.anchors = other;
	CHECK_FAULT(&asked, "issuer");
	asked.anchors = arena_printf(t->arena, "%.*s%.*s", TEXT_ARGS(other), TEXT_ARGS(trusted));
	CHECK(!read_it(t, &asked, &stamp));
}

TEST(timestamp__anchors_may_have_lost_their_line_ends)
{
	Asked asked = ask(t, &good, "sha256");
	Timestamp stamp;
	Buffer line = { .arena = t->arena };
	for (size_t i = 0; i < asked.anchors.length; i++)
		if (asked.anchors.at[i] != '\n') buffer_byte(&line, asked.anchors.at[i]);
	asked.anchors = buffer_text(&line);
	CHECK(!read_it(t, &asked, &stamp));
}

TEST(timestamp__dates_of_the_certificate_count_now_and_at_the_stated_instant)
{
	Asked expired = ask(t, &(Authority) { "expired", NULL, 400, AUTHORITY_DAYS }, "sha256");
	CHECK_FAULT(&expired, "expired");
	Asked early = ask(t, &(Authority) { "early", NULL, -1, AUTHORITY_DAYS }, "sha256");
	CHECK_FAULT(&early, "early");
	early.now += 2 * (int64_t)DAY_MS; /* valid by now, but not then */
	CHECK_FAULT(&early, "early");
	Asked future = ask(t, &good, "sha256");
	future.now -= DAY_MS;
	CHECK_FAULT(&future, "future");
}

TEST(timestamp__attack__a_changed_token_proves_nothing)
{
	Asked asked = ask(t, &good, "sha256");
	Text whole = asked.file;
	Timestamp stamp;
	for (size_t i = 0; i < whole.length; i += 3) {
		asked.file = changed(t, whole, i);
		const char *fault = read_it(t, &asked, &stamp);
		/* what is outside of what is signed may differ: the token itself is the same, or it says the same */
		if (!fault) CHECK(stamp.accuracy_ms == 1000 && text_is(stamp.by, TEXT("CN=good")) && stamp.at <= clock_wall());
	}
	for (size_t i = 0; i < whole.length; i += 7) {
		asked.file = text_slice(whole, 0, i);
		CHECK_FAULT(&asked, "malformed");
	}
	asked.file = arena_printf(t->arena, "%.*s%s", TEXT_ARGS(TEXT("")), "no token at all");
	CHECK_FAULT(&asked, "malformed");
	asked.file = changed(t, whole, whole.length - 1); /* the signature ends there */
	CHECK_FAULT(&asked, "signature");
}

TEST(timestamp__a_refusal_of_the_authority_holds_no_token)
{
	static const char refusal[] = "\x30\x05\x30\x03\x02\x01\x02"; /* PKIStatusInfo: rejection */
	Asked asked = { .file = { refusal, sizeof(refusal) - 1 }, .document = TEXT("x"), .anchors = TEXT("x"), .now = clock_wall() };
	CHECK_FAULT(&asked, "rejected");
}
