/* The time stamp beside an internal record: looked at in the sandbox, by the authorities that the administrator trusts. */
#include "base/sandbox/sandbox.h"
#include "store/setting/setting.h"
#include "subject/report/internal_private.h"

/* ---- In the sandbox. Input: a line "NOW ANCHOR_BYTES", a line for each hash of the document in hex or "-", an empty line, anchors, file.
 * Output: a line "no CODE ABOUT", or a line "ok AT ACCURACY HASH SERIAL POLICY BY" and behind it the token. */
static bool next_number(Text *rest, char end, int64_t *out)
{
	Text word;
	return text_next(rest, end, &word) && text_to_int(word, out) && *out >= 0;
}

static bool take_order(Arena *arena, Text *rest, TimestampDocument *document, int64_t *now, int64_t *anchors)
{
	Text line, head;
	if (!text_next(rest, '\n', &head) || !next_number(&head, ' ', now) || !next_number(&head, ' ', anchors)) return false;
	for (size_t i = 0; i < TIMESTAMP_HASHES; i++) {
		if (!text_next(rest, '\n', &line)) return false;
		if (!text_is(line, TEXT("-")) && !hex_parse(arena, line, &document->digest[i])) return false;
	}
	return text_next(rest, '\n', &line) && !line.length && rest->at && (size_t)*anchors <= rest->length;
}

static Error run(const void *input, size_t length, Buffer *out)
{
	Arena *arena = out->arena;
	Text rest = { input, length }, about;
	TimestampDocument document = { 0 };
	Timestamp stamp;
	int64_t now = 0, anchors = 0;
	if (!take_order(arena, &rest, &document, &now, &anchors)) return ERROR_INVALID;
	Text trusted = text_slice(rest, 0, (size_t)anchors), file = text_slice(rest, (size_t)anchors, rest.length);
	const char *fault = timestamp_read(arena, file, &document, trusted, now, &stamp, &about);
	if (fault) {
		buffer_printf(out, "no %s %.*s\n", fault, TEXT_ARGS(about));
		return OK;
	}
	buffer_printf(out, "ok %lld %lld %d %.*s %.*s %.*s\n", (long long)stamp.at, (long long)stamp.accuracy_ms, (int)stamp.hash,
		TEXT_ARGS(stamp.serial), TEXT_ARGS(stamp.policy), TEXT_ARGS(stamp.by));
	buffer_put(out, stamp.token);
	return OK;
}
const SandboxWork internal_stamp_work = { run, (size_t)64 << 20, (size_t)1 << 20, 10, 20000 };

/* ---- Outside */
static const struct {
	const char *code, *text;
} faults[] = {
	{ "malformed", N_("This is no time stamp. A file .tsr or .tst is expected, as an authority returns it (RFC 3161).") },
	{ "rejected", N_("The authority refused the request: this answer holds no time stamp.") },
	{ "imprint", N_("The time stamp is of another file: the hash in it differs.") },
	{ "hash", N_("The time stamp was made of a hash that cannot be compared: %s. SHA-256 always can; SHA-384, SHA-512 and SM3 where "
		     "the file is here.") },
	{ "anchors", N_("The administrator trusts no authority for time stamps yet; this one is of: %s") },
	{ "issuer", N_("The authority is not among those that the administrator trusts: %s") },
	{ "purpose", N_("This certificate is not one for time stamps: %s") },
	{ "expired", N_("This certificate has expired, so that the time stamp proves nothing any more: %s") },
	{ "early", N_("At the stated instant this certificate was not valid: %s") },
	{ "future", N_("The stated instant lies in the future.") },
	{ "signature", N_("The signature of the time stamp is wrong: it was changed, or is damaged.") },
};

static Error refuse(Call *call, Text code, Text about)
{
	const char *text = faults[0].text;
	for (size_t i = 0; i < COUNT(faults); i++)
		if (text_is(code, text_from(faults[i].code))) text = faults[i].text;
	call_problem(call, TEXT("timestamp"), text, about.at ? about : TEXT(""));
	return call_check_problems(call);
}

static Text order_of(Call *call, Text file, const TimestampDocument *document)
{
	Buffer order = { .arena = call->arena };
	Text anchors = setting_text(call, SETTING_timestamp_anchors);
	buffer_printf(&order, "%lld %zu\n", (long long)call->now, anchors.length);
	for (size_t i = 0; i < TIMESTAMP_HASHES; i++) {
		Text digest = document->digest[i];
		buffer_put(&order, digest.at ? hex_text(call->arena, digest) : TEXT("-"));
		buffer_byte(&order, '\n');
	}
	buffer_byte(&order, '\n');
	buffer_put(&order, anchors);
	buffer_put(&order, file);
	return buffer_text(&order);
}

static bool take_answer(Text head, Text token, Timestamp *out)
{
	int64_t hash = 0;
	bool is_right = next_number(&head, ' ', &out->at) && next_number(&head, ' ', &out->accuracy_ms) && next_number(&head, ' ', &hash) &&
			hash < TIMESTAMP_HASHES && text_next(&head, ' ', &out->serial) && text_next(&head, ' ', &out->policy) && head.at;
	out->hash = (TimestampHash)hash;
	out->by = head;
	out->token = token;
	return is_right && token.length && text_is_utf8(head);
}

Error internal_stamp_read(Call *call, Text file, const TimestampDocument *document, Timestamp *out)
{
	Text rest, head, word;
	if (!file.length || file.length > TIMESTAMP_FILE_BYTES_MAX) return refuse(call, TEXT("malformed"), (Text) { 0 });
	Error error = sandbox_run(call, call->house->sandbox, SANDBOX_TIMESTAMP, order_of(call, file, document), &rest);
	if (error == ERROR_INVALID || error == ERROR_TOO_LARGE) {
		call_recover(call);
		return refuse(call, TEXT("malformed"), (Text) { 0 });
	}
	TRY(error);
	if (!text_next(&rest, '\n', &head) || !text_next(&head, ' ', &word)) return fail(call, INVALID, "time stamp: malformed answer");
	if (text_is(word, TEXT("no")) && text_next(&head, ' ', &word)) return refuse(call, word, head);
	return take_answer(head, rest, out) ? OK : fail(call, INVALID, "time stamp: malformed answer");
}
