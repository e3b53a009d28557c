/* The telephone that takes short messages: a code sent to it proves whose it is. */
#include "base/base/random.h"
#include "people/notice/notice_private.h"
#include "store/setting/setting.h"

enum { MINUTE_MS = 60 * 1000, DAY_MS = 24 * 60 * MINUTE_MS, CODE_DIGITS = 6 };

static const char phone_place[] = "notice_phone|sealed_phone";

static Text place_row(Arena *arena, int64_t person_id) { return arena_printf(arena, "%lld", (long long)person_id); }
static Text code_value(Call *call, int64_t person_id, Text code)
{
	return seal_lookup(call, "phone code", arena_printf(call->arena, "%lld|%.*s", (long long)person_id, TEXT_ARGS(code)));
}
static bool is_code_alive(const PhoneRow *row, int64_t now)
{
	return row->code_mac.at && row->tries < PHONE_CODE_TRIES && now < row->code_at + (int64_t)PHONE_CODE_MINUTES * MINUTE_MS;
}
static Error is_person(Call *call) { return call->actor->person_id != 0 ? OK : fail(call, UNAUTHENTICATED, "nobody is signed in"); }

Error notice_phone(Call *call, NoticePhone *out)
{
	PhoneRow row;
	bool found = false;
	NoticePhone phone = { 0 };
	TRY(is_person(call));
	TRY(phone_find(call, call->actor->person_id, &row, &found));
	if (found) {
		phone = (NoticePhone) { .is_verified = row.verified_at.is,
			.has_code = is_code_alive(&row, call->now),
			.sent_at = row.sent_at.value,
			.arrived_at = row.arrived_at.value,
			.failing_at = row.failing_at.value };
		TRY(seal_open(call, phone_place, place_row(call->arena, row.person_id), row.sealed_phone, &phone.phone));
	}
	*out = phone;
	return OK;
}

bool notice_has_gateway(Call *call) { return setting_text(call, SETTING_sms_address).length > 0; }

/* ---- Sending */
static Error send_text(Call *call, int64_t person_id, Text phone, Text phone_value, Text text)
{
	int64_t message = 0;
	TRY(outbox_sms(call, &(Sms) { phone, text }, &message));
	TRY(phone_sent(call, person_id, call->now));
	return notice_follow(call, message, person_id, "sms", phone_value);
}

Error notice_text_phone(Call *call, const Person *person, const char *english, Text subject)
{
	PhoneRow row;
	bool found = false;
	Text phone;
	LetterField fields[] = { { "ref", subject } };
	if (!notice_has_gateway(call)) return OK;
	TRY(phone_find(call, person->id, &row, &found));
	if (!found || !row.verified_at.is) return OK;
	TRY(seal_open(call, phone_place, place_row(call->arena, person->id), row.sealed_phone, &phone));
	Text text = letter_fill(call->arena, person->lang, english, fields, COUNT(fields));
	return phone.at ? send_text(call, person->id, phone, row.phone_mac, text) : OK;
}

/* ---- Verifying */
typedef struct Asking {
	Text phone, code;
} Asking;

static Text new_code(Arena *arena) { return arena_printf(arena, "%0*llu", CODE_DIGITS, (unsigned long long)random_below(1000000)); }

static Error ask_code(Call *call, void *argument)
{
	const Asking *asking = argument;
	PhoneRow row = { 0 };
	bool found = false;
	Sealed sealed;
	Person person;
	int64_t id = call->actor->person_id, day = call->now / DAY_MS;
	TRY(phone_find(call, id, &row, &found));
	int64_t codes = found && row.codes_day == day ? row.codes : 0;
	if (codes >= PHONE_CODES_A_DAY || (found && call->now < row.code_at + MINUTE_MS))
		return fail(call, TOO_MANY, "codes for the telephone of person %lld", (long long)id);
	TRY(person_find(call, id, &person));
	TRY(seal_close(call, person.seal_key, phone_place, place_row(call->arena, id), asking->phone, &sealed));
	Text value = seal_lookup(call, "phone", asking->phone);
	TRY(phone_put(call, id, sealed, value, code_value(call, id, asking->code), call->now, codes + 1, day));
	LetterField fields[] = { { "code", asking->code } };
	Text text = letter_fill(
		call->arena, person.lang, N_("Your code: {code}. It is valid for 10 minutes. Tell it to nobody."), fields, COUNT(fields));
	return send_text(call, id, asking->phone, value, text);
}

Error notice_phone_ask(Call *call, Text phone)
{
	TRY(is_person(call));
	if (!notice_has_gateway(call)) return fail(call, CONFLICT, "no gateway for short messages");
	Asking asking = { .phone = phone_fold(call->arena, phone), .code = new_code(call->arena) };
	if (!asking.phone.at)
		call_problem(call, TEXT("phone"), N_("Please enter a mobile number, with + and country code when it is not Chinese."),
			(Text) { 0 });
	TRY(call_check_problems(call));
	return db_transact(call, ask_code, &asking);
}

/* A try is counted and kept even when it fails: the transaction ends well, and the answer goes out with it. */
typedef struct Confirming {
	Text code;
	bool is_right;
} Confirming;

static Error confirm_code(Call *call, void *argument)
{
	Confirming *confirming = argument;
	PhoneRow row;
	bool found = false;
	int64_t changed = 0, id = call->actor->person_id;
	confirming->is_right = false;
	TRY(phone_find(call, id, &row, &found));
	if (!found || !is_code_alive(&row, call->now)) return OK;
	TRY(phone_try(call, id, &changed));
	if (!secret_is(code_value(call, id, confirming->code), row.code_mac)) return OK;
	confirming->is_right = true;
	return phone_verify(call, id, call->now, &changed);
}

Error notice_phone_confirm(Call *call, Text code)
{
	Confirming confirming = { .code = text_trim(code) };
	TRY(is_person(call));
	TRY(db_transact(call, confirm_code, &confirming));
	if (!confirming.is_right)
		call_problem(call, TEXT("code"), N_("This is not the code, or it is too old. After five tries a new one is needed."),
			(Text) { 0 });
	return call_check_problems(call);
}

static Error remove_phone(Call *call, void *argument)
{
	(void)argument;
	return phone_drop(call, call->actor->person_id);
}

Error notice_phone_remove(Call *call)
{
	TRY(is_person(call));
	return db_transact(call, remove_phone, NULL);
}
