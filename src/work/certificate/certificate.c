/* Certificates: numbers, states, the register. */
#include "base/base/clock.h"
#include "base/base/json.h"
#include "base/crypto/crypto.h"
#include "store/db/db.h"
#include "store/ledger/ledger.h"
#include "store/seal/seal.h"
#include "store/setting/setting.h"
#include "work/certificate/certificate_private.h"

enum { STEPS_MAX = 200, SEARCH_PAGES = 10, ZONE_SECONDS = 8 * 3600, DAY_SECONDS = 86400 };

/* ---- Words */
static const struct {
	const char *tag, *text, *mark;
} kinds[CERTIFICATE_KINDS] = {
	[CERTIFICATE_UNIT] = { "unit", N_("Support unit"), "ZC" },
	[CERTIFICATE_FIND] = { "find", N_("Original find"), "YC" },
};
const char *certificate_kind_tag(CertificateKind kind) { return kinds[kind].tag; }
const char *certificate_kind_text(CertificateKind kind) { return kinds[kind].text; }

bool certificate_kind_parse(Text tag, CertificateKind *out)
{
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (text_is(tag, text_from(kinds[i].tag))) {
			*out = (CertificateKind)i;
			return true;
		}
	return false;
}

const char *certificate_direction_text(Text direction)
{
	return text_is(direction, TEXT("partner")) ? N_("Vulnerability-governance partner") : N_("Technical support unit");
}

/* ---- States */
static const CertificateState states[] = {
	{ "ACTIVE", N_("In effect"), "good" },
	{ "SUSPENDED", N_("Suspended"), "warn" },
	{ "REVOKED", N_("Revoked"), "bad" },
	{ "EXPIRED", N_("Expired"), "neutral" },
	{ "REPLACED", N_("Replaced"), "neutral" },
};
static const struct {
	const char *from, *action, *to, *text;
} rows[] = {
	{ "ACTIVE", "suspend", "SUSPENDED", N_("Suspended") },
	{ "SUSPENDED", "resume", "ACTIVE", N_("In force again") },
	{ "ACTIVE", "revoke", "REVOKED", N_("Revoked") },
	{ "SUSPENDED", "revoke", "REVOKED", N_("Revoked") },
	{ "ACTIVE", "expire", "EXPIRED", N_("Expired") },
	{ "SUSPENDED", "expire", "EXPIRED", N_("Expired") }, /* a suspension does not stop the days */
	{ "ACTIVE", "replace", "REPLACED", N_("Replaced by another one") },
	{ "SUSPENDED", "replace", "REPLACED", N_("Replaced by another one") },
};

const char *certificate_action_text(Text action)
{
	for (size_t i = 0; i < COUNT(rows); i++)
		if (text_is(action, text_from(rows[i].action))) return rows[i].text;
	return N_("Issued");
}

static bool is_over(const Certificate *certificate, int64_t now) { return certificate->is.until_at && certificate->is.until_at <= now; }

const CertificateState *certificate_state(const Certificate *certificate, int64_t now)
{
	bool runs = text_is(certificate->state, TEXT("ACTIVE")) || text_is(certificate->state, TEXT("SUSPENDED"));
	Text name = runs && is_over(certificate, now) ? TEXT("EXPIRED") : certificate->state;
	for (size_t i = 0; i < COUNT(states); i++)
		if (text_is(name, text_from(states[i].name))) return &states[i];
	must(false);
	return NULL;
}

bool certificate_holds(const Certificate *certificate, int64_t now)
{
	return text_is(certificate->state, TEXT("ACTIVE")) && certificate->is.from_at <= now && !is_over(certificate, now);
}

/* ---- Reading */
static Error of_row(Call *call, const CertificateRow *row, Certificate *out)
{
	Certificate certificate = { .id = row->id,
		.issued_at = row->issued_at,
		.seal_key = row->seal_key,
		.event_id = row->event_id,
		.file_blob = row->file_blob.is ? row->file_blob.value : 0,
		.number = row->number,
		.state = row->state,
		.record = row->record,
		.file_sha256 = row->file_sha256.at ? row->file_sha256 : TEXT(""),
		.is = { .organisation_id = row->organisation_id,
			.person_id = row->person_id,
			.holder = row->holder,
			.holder_en = row->holder_en,
			.credit_code = row->credit_code,
			.direction = row->direction,
			.stars = row->stars,
			.subject = row->subject,
			.class_tag = row->class,
			.level = row->level,
			.document = row->document,
			.replaces = row->replaces,
			.from_at = row->from_at,
			.until_at = row->until_at.is ? row->until_at.value : 0 } };
	if (!certificate_kind_parse(row->kind, &certificate.is.kind))
		return fail(call, CORRUPT, "certificate %.*s", TEXT_ARGS(row->number));
	*out = certificate;
	return OK;
}

static Error add_rows(Call *call, const CertificateRows *found, Certificates *list)
{
	for (size_t i = 0; i < found->count; i++) {
		Certificate certificate;
		TRY(of_row(call, &found->at[i], &certificate));
		list_add(call->arena, list, certificate);
	}
	return OK;
}

Error certificate_find(Call *call, Text number, Certificate *out)
{
	CertificateRow row;
	bool found = false;
	TRY(certificate_by_number(call, number, &row, &found));
	return found ? of_row(call, &row, out) : fail(call, NOT_FOUND, "no certificate has this number");
}

Error certificate_list_of(Call *call, int64_t organisation_id, int64_t max, Certificates *out)
{
	CertificateRows found;
	Certificates list = { 0 };
	TRY(certificate_rows_of_holder(call, organisation_id, max, &found));
	TRY(add_rows(call, &found, &list));
	*out = list;
	return OK;
}

Error certificate_list_of_finder(Call *call, int64_t person_id, int64_t before, int64_t max, Certificates *out)
{
	CertificateRows found;
	Certificates list = { 0 };
	TRY(certificate_rows_of_finder(call, person_id, before ? before : INT64_MAX, max, &found));
	TRY(add_rows(call, &found, &list));
	*out = list;
	return OK;
}

/* The first one or two characters: what the index holds of each name. */
static Text first_word(Text name)
{
	size_t one = text_utf8_sequence(name, 0), two = one ? text_utf8_sequence(name, one) : 0;
	return text_slice(name, 0, one + two);
}

static bool is_named(Call *call, const Certificate *certificate, const CertificateQuery *query, Text words)
{
	bool named = text_find(arena_lower(call->arena, certificate->is.holder), words, NULL) ||
		     text_find(arena_lower(call->arena, certificate->is.holder_en), words, NULL);
	return named && (query->kind == CERTIFICATE_KINDS || query->kind == certificate->is.kind);
}

/* By two characters of the index, then by the whole of what is asked for. */
static Error search(Call *call, const CertificateQuery *query, Text words, int64_t max, Certificates *list)
{
	int64_t before = query->before ? query->before : INT64_MAX;
	for (int page = 0; page < SEARCH_PAGES && (int64_t)list->count < max; page++) {
		CertificateRows found;
		Certificates some = { 0 };
		TRY(certificate_rows_with_word(call, first_word(words), before, max, &found));
		TRY(add_rows(call, &found, &some));
		for (size_t i = 0; i < some.count && (int64_t)list->count < max; i++)
			if (is_named(call, &some.at[i], query, words)) list_add(call->arena, list, some.at[i]);
		if ((int64_t)found.count < max) break;
		before = found.at[found.count - 1].id;
	}
	return OK;
}

Error certificate_list(Call *call, const CertificateQuery *query, int64_t max, Certificates *out)
{
	CertificateRow row;
	CertificateRows found = { 0 };
	Certificates list = { 0 };
	bool is_number = false;
	Text words = text_trim(query->words);
	int64_t before = query->before ? query->before : INT64_MAX;
	if (words.length) TRY(certificate_by_number(call, words, &row, &is_number));
	if (is_number) {
		list_add(call->arena, &list, ((Certificate) { 0 }));
		TRY(of_row(call, &row, &list.at[0]));
	} else if (words.length) {
		TRY(search(call, query, arena_lower(call->arena, words), max, &list));
	} else if (query->kind == CERTIFICATE_KINDS) {
		TRY(certificate_rows(call, before, max, &found));
	} else {
		TRY(certificate_rows_of_kind(call, text_from(kinds[query->kind].tag), before, max, &found));
	}
	TRY(add_rows(call, &found, &list));
	*out = list;
	return OK;
}

Error certificate_steps(Call *call, int64_t certificate_id, CertificateSteps *out)
{
	CertificateStepRows found;
	CertificateSteps steps = { 0 };
	TRY(certificate_step_rows(call, certificate_id, STEPS_MAX, &found));
	for (size_t i = 0; i < found.count; i++) {
		const CertificateStepRow *row = &found.at[i];
		list_add(call->arena, &steps, ((CertificateStep) { row->at, row->action, row->state, row->reason, row->document }));
	}
	*out = steps;
	return OK;
}

Error certificate_proof(Call *call, const Certificate *certificate, Text *out) { return ledger_receipt(call, certificate->event_id, out); }

/* ---- Issuing */
Text certificate_day(Arena *arena, int64_t at)
{
	int year, month, day;
	clock_civil((at / 1000 + ZONE_SECONDS) / DAY_SECONDS, &year, &month, &day);
	return arena_printf(arena, "%04d-%02d-%02d", year, month, day);
}

static void replace(Buffer *out, Text form, Text name, Text value)
{
	size_t at;
	if (!text_find(form, name, &at)) {
		buffer_put(out, form);
		return;
	}
	buffer_put(out, text_slice(form, 0, at));
	buffer_put(out, value);
	buffer_put(out, text_slice(form, at + name.length, form.length));
}

/* "CAPPVD-ZC-2026-0012": it stands in addresses and QR codes. */
static Error number_of(Call *call, CertificateKind kind, int year, int64_t counted, Text *out)
{
	Text form = setting_text(call, SETTING_certificate_number);
	const Text names[] = { TEXT("{kind}"), TEXT("{YYYY}"), TEXT("{n}") };
	const Text values[] = { text_from(kinds[kind].mark), arena_printf(call->arena, "%04d", year),
		arena_printf(call->arena, "%04lld", (long long)counted) };
	for (size_t i = 0; i < COUNT(names); i++) {
		Buffer filled = { .arena = call->arena };
		if (!text_find(form, names[i], NULL))
			return fail(call, CONFIG, "the form of numbers of certificates lacks %.*s", TEXT_ARGS(names[i]));
		replace(&filled, form, names[i], values[i]);
		form = buffer_text(&filled);
	}
	for (size_t i = 0; i < form.length; i++)
		if (!strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-", form.at[i]))
			return fail(call, CONFIG, "the form of numbers of certificates has more than letters, digits and hyphens");
	*out = form;
	return OK;
}

static Text class_of(const CertificateOrder *order) { return order->class_tag.at ? order->class_tag : TEXT(""); }

/* The words that the ledger's entry is the hash of; one form, so that anybody can make the hash again. */
static Text record_of(Arena *arena, const CertificateOrder *order, Text number)
{
	Buffer buffer = { .arena = arena };
	JsonWriter json = json_writer(&buffer);
	json_object_begin(&json);
	json_put_text(&json, "certificate", number);
	json_put_text(&json, "kind", text_from(kinds[order->kind].tag));
	json_put_text(&json, "holder", order->holder);
	json_put_text(&json, "holder_en", order->holder_en);
	json_put_text(&json, "credit_code", order->credit_code);
	json_put_text(&json, "direction", order->direction);
	json_put_int(&json, "stars", order->stars);
	json_put_text(&json, "subject", order->subject);
	if (order->kind == CERTIFICATE_FIND) json_put_text(&json, "class", class_of(order));
	json_put_text(&json, "level", order->level);
	json_put_text(&json, "document", order->document);
	json_put_text(&json, "replaces", order->replaces);
	json_put_text(&json, "from", certificate_day(arena, order->from_at));
	json_put_text(&json, "until", order->until_at ? certificate_day(arena, order->until_at - 1) : TEXT(""));
	json_end(&json);
	json_finish(&json);
	return buffer_text(&buffer);
}

static Error add_words(Call *call, int64_t id, Text name)
{
	Text folded = arena_lower(call->arena, name);
	for (size_t at = 0, step; at < folded.length; at += step) {
		step = text_utf8_sequence(folded, at);
		if (!step) return fail(call, CORRUPT, "a holder that is no text");
		Text rest = text_slice(folded, at, folded.length);
		TRY(certificate_word_insert(call, text_slice(rest, 0, step), id));
		TRY(certificate_word_insert(call, first_word(rest), id));
	}
	return OK;
}

static Error note(Call *call, int64_t id, Text number, const char *action, const char *state, Text reason, Text document)
{
	TRY(certificate_step_insert(call, id, text_from(action), text_from(state), reason, document, call->now));
	return change_record(call, "certificate", number);
}

Error certificate_issue(Call *call, const CertificateOrder *order, Text *out_number)
{
	int year, month, day;
	int64_t counted = 0, id = 0, key = 0, event = 0;
	Text number, tag = text_from(kinds[order->kind].tag);
	clock_civil((call->now / 1000 + ZONE_SECONDS) / DAY_SECONDS, &year, &month, &day);
	TRY(certificate_next(call, tag, year, &counted));
	TRY(number_of(call, order->kind, year, counted, &number));
	TRY(seal_matter_new(call, &key));
	Text record = record_of(call->arena, order, number);
	TRY(ledger_record(
		call, &(LedgerEvent) { .kind = "certificate", .ref = number, .action = "issue", .matter = key, .detail = record }, &event));
	TRY(certificate_insert(call, number, tag, year, counted, order->organisation_id, order->person_id, order->holder, order->holder_en,
		order->credit_code, order->direction, order->stars, order->subject, class_of(order), order->level, order->document,
		order->replaces, order->from_at, (Maybe) { order->until_at != 0, order->until_at }, call->now, call->actor->person_id,
		record, event, key, &id));
	TRY(add_words(call, id, order->holder));
	TRY(add_words(call, id, order->holder_en));
	TRY(note(call, id, number, "issue", "ACTIVE", TEXT(""), order->document));
	if (order->replaces.length) TRY(certificate_act(call, order->replaces, "replace", number, order->document));
	*out_number = number;
	return OK;
}

Error certificate_act(Call *call, Text number, const char *action, Text reason, Text document)
{
	Certificate certificate;
	int64_t changed = 0;
	TRY(certificate_find(call, number, &certificate));
	for (size_t i = 0; i < COUNT(rows); i++) {
		if (strcmp(rows[i].action, action) != 0 || !text_is(certificate.state, text_from(rows[i].from))) continue;
		TRY(certificate_move(call, certificate.id, certificate.state, text_from(rows[i].to), &changed));
		if (changed != 1) return fail(call, CONFLICT, "certificate %.*s was changed meanwhile", TEXT_ARGS(number));
		TRY(ledger_record(call,
			&(LedgerEvent) {
				.kind = "certificate", .ref = number, .action = action, .matter = certificate.seal_key, .detail = reason },
			NULL));
		return note(call, certificate.id, number, action, rows[i].to, reason, document);
	}
	return fail(call, CONFLICT, "certificate %.*s is %.*s", TEXT_ARGS(number), TEXT_ARGS(certificate.state));
}
