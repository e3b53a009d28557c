/* What stands before a visitor's report: a little work of the sender's machine or a little waiting, limits, and the queue of what looks like spam. */
#include "base/crypto/crypto.h"
#include "store/seal/seal.h"
#include "store/setting/setting.h"
#include "subject/report/gate_private.h"
#include "subject/report/report_private.h"

enum { DAY_MS = 24 * 3600 * 1000, HOUR_MS = 3600 * 1000, LINKS_MOST = 8, THIN_LENGTH = 10 };

/* ---- The challenge: "BITS.ISSUED.MAC"; issued in seconds */
static Text mac_text(Call *call, Text purpose, int64_t bits, int64_t issued)
{
	scoped(key_wipe) Key key = seal_key(call, "visitor challenge");
	Text parts[] = { purpose, arena_printf(call->arena, "%lld.%lld", (long long)bits, (long long)issued) };
	Digest digest = mac_of(&key, parts, COUNT(parts));
	return text_slice(hex_text(call->arena, DIGEST_TEXT(digest)), 0, 32);
}

Text gate_challenge(Call *call, Text purpose)
{
	int64_t bits = setting_int(call, SETTING_visitor_work_bits), issued = call->now / 1000;
	return arena_printf(
		call->arena, "%lld.%lld.%.*s", (long long)bits, (long long)issued, TEXT_ARGS(mac_text(call, purpose, bits, issued)));
}

static bool read_challenge(Call *call, Text purpose, Text challenge, int64_t *out_bits, int64_t *out_issued)
{
	Text rest = challenge, bits, issued;
	if (!challenge.length || !text_next(&rest, '.', &bits) || !text_next(&rest, '.', &issued)) return false;
	if (!text_to_int(bits, out_bits) || !text_to_int(issued, out_issued)) return false;
	return secret_is(rest, mac_text(call, purpose, *out_bits, *out_issued));
}

int gate_bits(Call *call, Text purpose, Text challenge)
{
	int64_t bits = 0, issued = 0;
	return read_challenge(call, purpose, challenge, &bits, &issued) ? (int)bits : -1;
}

/* SHA-256 of "CHALLENGE:SOLUTION" begins with that many zero bits. */
static bool is_solved(Call *call, Text challenge, Text solution, int64_t bits)
{
	if (!solution.length || solution.length > 40) return false;
	Digest digest = sha256(arena_printf(call->arena, "%.*s:%.*s", TEXT_ARGS(challenge), TEXT_ARGS(solution)));
	for (int64_t i = 0; i < bits; i++)
		if (i >= 256 || (digest.at[i / 8] & (0x80 >> (i % 8)))) return false;
	return true;
}

Error gate_check(Call *call, Text purpose, Text challenge, Text solution)
{
	int64_t bits = 0, issued = 0, wait = setting_int(call, SETTING_visitor_wait_seconds);
	if (call->actor->person_id || !setting_int(call, SETTING_visitor_work_bits)) return OK;
	if (!read_challenge(call, purpose, challenge, &bits, &issued) || call->now / 1000 - issued > DAY_MS / 1000) {
		call_problem(call, TEXT("solution"), N_("Please send it once more; this page had become too old."), (Text) { 0 });
		return call_check_problems(call);
	}
	int64_t left = wait - (call->now / 1000 - issued);
	if (left <= 0 || is_solved(call, challenge, solution, bits)) return OK;
	call_problem(call, TEXT("solution"), N_("Please wait %s seconds and send it once more."),
		arena_printf(call->arena, "%lld", (long long)left));
	return call_check_problems(call);
}

/* ---- Limits, and what looks like spam */
Text gate_sender(Call *call, const ReportSender *sender)
{
	bool is_visitor = !call->actor->person_id && sender && sender->address.length;
	return is_visitor ? seal_lookup(call, "report sender", sender->address) : (Text) { 0 };
}

Error gate_limit(Call *call, const ReportSender *sender)
{
	int64_t count = 0;
	if (!sender) return OK;
	bool is_person = call->actor->person_id != 0;
	int64_t most = setting_int(call, is_person ? SETTING_report_limit_account : SETTING_report_limit_address),
		since = call->now - DAY_MS;
	if (is_person)
		TRY(report_count_of(call, call->actor->person_id, since, &count));
	else
		TRY(report_count_from(call, gate_sender(call, sender), since, &count));
	if (count < most) return OK;
	call->failure.retry_after_seconds = HOUR_MS / 1000;
	return fail(call, TOO_MANY, "%lld reports within a day", (long long)count);
}

static size_t links_in(Text text)
{
	size_t count = 0, at;
	for (Text rest = text; text_find(rest, TEXT("://"), &at); count++) rest = text_slice(rest, at + 3, rest.length);
	return count;
}

Error gate_suspect(Call *call, const ReportSender *sender, const Map *values, Text digest, Text *out)
{
	int64_t same = 0, lately = 0;
	Text description = form_answer(values, "description"), steps = form_answer(values, "steps");
	*out = (Text) { 0 };
	if (!sender || call->actor->person_id) return OK;
	TRY(report_count_same(call, digest, &same));
	TRY(report_count_from(call, gate_sender(call, sender), call->now - HOUR_MS, &lately));
	const struct {
		bool holds;
		const char *word;
	} rules[] = { { same > 0, "repeated" }, { lately * 2 >= setting_int(call, SETTING_report_limit_address), "burst" },
		{ links_in(description) + links_in(steps) > LINKS_MOST, "links" },
		{ text_utf8_length(description) < THIN_LENGTH && text_utf8_length(steps) < THIN_LENGTH, "thin" } };
	for (size_t i = COUNT(rules); i--;)
		if (rules[i].holds) *out = text_from(rules[i].word);
	return OK;
}

const char *gate_suspect_text(Text word)
{
	static const struct {
		const char *word, *text;
	} words[] = { { "repeated", N_("The same text was sent before") }, { "burst", N_("Many reports from one address within an hour") },
		{ "links", N_("Many links") }, { "thin", N_("Hardly any text") } };
	for (size_t i = 0; i < COUNT(words); i++)
		if (text_is(text_from(words[i].word), word)) return words[i].text;
	return NULL;
}

/* ---- For other subjects */
void report_gate_open(Call *call, Text purpose, Text known, ReportGate *out)
{
	*out = (ReportGate) { .challenge = TEXT(""), .wait = TEXT("") };
	if (call->actor->person_id) return;
	Problem wait = { .message = N_("Instead of a picture puzzle your browser works for a moment. Without script it is taken %s "
				       "seconds after this page was opened."),
		.argument = arena_printf(call->arena, "%lld", (long long)setting_int(call, SETTING_visitor_wait_seconds)) };
	out->challenge = gate_bits(call, purpose, known) >= 0 ? known : gate_challenge(call, purpose);
	out->bits = gate_bits(call, purpose, out->challenge);
	out->wait = problem_text(call->arena, call->lang, &wait);
}

Error report_gate_check(Call *call, Text purpose, Text challenge, Text solution) { return gate_check(call, purpose, challenge, solution); }
