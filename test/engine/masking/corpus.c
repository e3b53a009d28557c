#include "engine/masking/corpus.h"

typedef struct Maker {
	Arena *arena;
	uint64_t state;
	Buffer text;
	MaskSpans expected;
} Maker;

static size_t below(Maker *maker, size_t limit)
{
	maker->state = maker->state * 6364136223846793005u + 1442695040888963407u;
	return (size_t)(maker->state >> 33) % limit;
}

#define PICK(maker, ...) pick((maker), (const char *const[]) { __VA_ARGS__ }, COUNT(((const char *const[]) { __VA_ARGS__ })))
static const char *pick(Maker *maker, const char *const *from, size_t count) { return from[below(maker, count)]; }

static Text random_digits(Maker *maker, size_t count)
{
	Buffer out = { .arena = maker->arena };
	for (size_t i = 0; i < count; i++) buffer_byte(&out, (char)('0' + below(maker, 10)));
	return buffer_text(&out);
}

static Text random_signs(Maker *maker, size_t count)
{
	static const char signs[] = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz0123456789";
	Buffer out = { .arena = maker->arena };
	for (size_t i = 0; i + 1 < count; i++) buffer_byte(&out, signs[below(maker, sizeof(signs) - 1)]);
	buffer_byte(&out, (char)('0' + below(maker, 10)));
	return buffer_text(&out);
}

/* ---- Check digits, written once more than in the room: weights as the standards print them */
static char identity_check(Text digits)
{
	static const int weights[] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
	int sum = 0;
	for (int i = 0; i < 17; i++) sum += weights[i] * (digits.at[i] - '0');
	return "10X98765432"[sum % 11];
}

static char luhn_check(Text digits)
{
	int sum = 0;
	for (size_t i = 0; i < digits.length; i++) {
		int value = (digits.at[digits.length - 1 - i] - '0') * (i % 2 ? 1 : 2);
		sum += value / 10 + value % 10;
	}
	return (char)('0' + (10 - sum % 10) % 10);
}

static char trader_check(Text code)
{
	static const int weights[] = { 1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28 };
	static const char signs[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
	int sum = 0;
	for (int i = 0; i < 17; i++) sum += weights[i] * (int)(strchr(signs, code.at[i]) - signs);
	return signs[(31 - sum % 31) % 31];
}

/* Groups of these lengths, parted by a sign. */
static Text grouped(Maker *maker, Text digits, const char *lengths, const char *separator)
{
	Buffer out = { .arena = maker->arena };
	for (size_t at = 0; *lengths && at < digits.length; lengths++) {
		if (at) buffer_put(&out, text_from(separator));
		buffer_put(&out, text_slice(digits, at, at + (size_t)(*lengths - '0')));
		at += (size_t)(*lengths - '0');
	}
	return buffer_text(&out);
}

static Text full_width(Maker *maker, Text text)
{
	Buffer out = { .arena = maker->arena };
	for (size_t i = 0; i < text.length; i++) {
		unsigned point = text.at[i] == ' ' ? 0x3000u : (unsigned char)text.at[i] + 0xFEE0u;
		buffer_byte(&out, (char)(0xE0 | point >> 12));
		buffer_byte(&out, (char)(0x80 | (point >> 6 & 0x3F)));
		buffer_byte(&out, (char)(0x80 | (point & 0x3F)));
	}
	return buffer_text(&out);
}

static void say(Maker *maker, const char *text) { buffer_put(&maker->text, text_from(text)); }
static void hide(Maker *maker, Text value, MaskKind kind)
{
	MaskSpan span = { maker->text.length, maker->text.length + value.length, kind };
	buffer_put(&maker->text, value);
	list_add(maker->arena, &maker->expected, span);
}

/* ---- What must be found */
static Text identity_value(Maker *maker, bool right)
{
	static const char *const regions[] = { "110101", "310115", "440305", "510107", "330106", "420111", "610113", "350203" };
	Text body = arena_printf(maker->arena, "%s%d%02d%02d%.*s", pick(maker, regions, COUNT(regions)), (int)(1950 + below(maker, 60)),
		(int)(1 + below(maker, 12)), (int)(1 + below(maker, 28)), 3, random_digits(maker, 3).at);
	char check = identity_check(body), other = (char)('0' + (check == 'X' ? 3 : (check - '0' + 1 + (int)below(maker, 8)) % 10));
	return arena_printf(maker->arena, "%.*s%c", TEXT_ARGS(body), right ? check : other);
}

static void identity(Maker *maker)
{
	Text value = identity_value(maker, true);
	say(maker, PICK(maker, "身份证号：", "证件号码 ", "响应中 idcard=", "张某的 "));
	switch (below(maker, 5)) {
	case 0: value = grouped(maker, value, "684", " "); break;
	case 1: value = full_width(maker, value); break;
	case 2:
		value = arena_printf(maker->arena, "%s%02d%02d%02d%.*s", "320102", (int)(40 + below(maker, 55)),
			(int)(1 + below(maker, 12)), (int)(1 + below(maker, 28)), 3, random_digits(maker, 3).at);
		break;
	default: break;
	}
	hide(maker, value, MASK_IDENTITY);
}

static void mobile(Maker *maker)
{
	static const char *const starts[] = { "138", "139", "150", "159", "166", "170", "177", "186", "188", "191", "198", "147" };
	Text value = arena_printf(maker->arena, "%s%.*s", pick(maker, starts, COUNT(starts)), 8, random_digits(maker, 8).at);
	say(maker, PICK(maker, "手机 ", "联系电话：", "phone=", "\"mobile\":\"", "请拨打"));
	switch (below(maker, 6)) {
	case 0: value = grouped(maker, value, "344", "-"); break;
	case 1: value = grouped(maker, value, "344", " "); break;
	case 2: value = full_width(maker, value); break;
	case 3: say(maker, "+"), value = arena_printf(maker->arena, "86%.*s", TEXT_ARGS(value)); break;
	case 4: say(maker, "+"), value = arena_printf(maker->arena, "86 %.*s", TEXT_ARGS(value)); break;
	default: break;
	}
	hide(maker, value, MASK_MOBILE);
}

static void landline(Maker *maker)
{
	const char *area = PICK(maker, "010", "021", "0755", "0571", "028");
	Text rest = arena_printf(maker->arena, "%d%.*s", (int)(2 + below(maker, 7)), 7, random_digits(maker, 7).at);
	say(maker, PICK(maker, "电话：", "传真 ", "座机"));
	hide(maker, arena_printf(maker->arena, "%s%s%.*s", area, PICK(maker, "-", " ", "", "－"), TEXT_ARGS(rest)), MASK_LANDLINE);
}

static Text bank_value(Maker *maker, bool right)
{
	const char *start = PICK(maker, "622202", "621700", "622848", "436742", "955880", "524094");
	size_t length = start[0] == '4' || start[0] == '5' ? 16 : 19;
	Text body = arena_printf(maker->arena, "%s%.*s", start, (int)(length - 7), random_digits(maker, length - 7).at);
	char check = luhn_check(body);
	return arena_printf(
		maker->arena, "%.*s%c", TEXT_ARGS(body), right ? check : (char)('0' + (check - '0' + 1 + (int)below(maker, 8)) % 10));
}

static void bank(Maker *maker)
{
	Text value = bank_value(maker, true);
	say(maker, PICK(maker, "银行卡号：", "cardNo=", "卡号 ", "收款账户"));
	if (below(maker, 3) == 0) value = grouped(maker, value, "44444", PICK(maker, " ", "-"));
	hide(maker, value, MASK_BANK);
}

static void mail(Maker *maker)
{
	Text value = arena_printf(maker->arena, "%s%.*s@%s", PICK(maker, "zhang.san", "li_wei", "test+", "admin"), 3,
		random_digits(maker, 3).at, PICK(maker, "qq.com", "example.com.cn", "mail.corp.cn", "163.com"));
	say(maker, PICK(maker, "邮箱：", "mail ", "<", "联系 "));
	hide(maker, below(maker, 6) ? value : full_width(maker, value), MASK_MAIL);
	say(maker, " ");
}

static void passport(Maker *maker)
{
	say(maker, PICK(maker, "护照号码：", "持护照 ", "passport no. ", "港澳通行证号 "));
	hide(maker, arena_printf(maker->arena, "%s%.*s", PICK(maker, "E", "G", "EA"), 8, random_digits(maker, 8).at), MASK_PASSPORT);
}

static void plate(Maker *maker)
{
	say(maker, PICK(maker, "车牌：", "车辆 ", "号牌为"));
	hide(maker,
		arena_printf(maker->arena, "%s%s%s%.*s", PICK(maker, "京", "沪", "粤", "川"), PICK(maker, "A", "B", "N"),
			PICK(maker, "", "·", " "), 5, random_digits(maker, 5).at),
		MASK_PLATE);
}

static void trader(Maker *maker)
{
	Text body = arena_printf(maker->arena, "92%.*s%.*s", 6, random_digits(maker, 6).at, 9, random_digits(maker, 9).at);
	say(maker, "经营者代码：");
	hide(maker, arena_printf(maker->arena, "%.*s%c", TEXT_ARGS(body), trader_check(body)), MASK_TRADER);
}

static void machine(Maker *maker)
{
	say(maker, PICK(maker, "源地址 ", "remote=", "登录 IP："));
	hide(maker,
		arena_printf(maker->arena, "%d.%d.%d.%d", (int)(40 + below(maker, 80)), (int)below(maker, 256), (int)below(maker, 256),
			(int)(1 + below(maker, 254))),
		MASK_MACHINE);
	say(maker, PICK(maker, ":8080", "", " "));
}

static void secret(Maker *maker)
{
	Text value = random_signs(maker, 32);
	switch (below(maker, 6)) {
	case 0:
		say(maker, "\nCookie: ");
		hide(maker, arena_printf(maker->arena, "SESSION=%.*s; uid=10023", TEXT_ARGS(value)), MASK_SECRET);
		say(maker, "\n");
		break;
	case 1:
		say(maker, "\nAuthorization: ");
		hide(maker, arena_printf(maker->arena, "Bearer %.*s", TEXT_ARGS(value)), MASK_SECRET);
		say(maker, "\n");
		break;
	case 2:
		say(maker, "响应体 {\"access_token\":\"");
		hide(maker, value, MASK_SECRET);
		say(maker, "\"}");
		break;
	case 3:
		say(maker, "令牌为 ");
		hide(maker,
			arena_printf(maker->arena, "eyJhbGciOiJIUzI1NiJ9.%.*s.%.*s", TEXT_ARGS(value), TEXT_ARGS(random_signs(maker, 40))),
			MASK_SECRET);
		break;
	case 4:
		say(maker, "POST /login?user=a&password=");
		hide(maker, random_signs(maker, 10), MASK_SECRET);
		say(maker, "&x=1");
		break;
	default:
		say(maker, "curl -H 'Cookie: ");
		hide(maker, arena_printf(maker->arena, "JSESSIONID=%.*s", TEXT_ARGS(value)), MASK_SECRET);
		say(maker, "' https://example.cn/");
	}
}

/* ---- What must not be found */
static void near_miss(Maker *maker)
{
	Arena *arena = maker->arena;
	switch (below(maker, 14)) {
	case 0: buffer_put(&maker->text, identity_value(maker, false)); break;
	case 1: buffer_put(&maker->text, bank_value(maker, false)); break;
	case 2: buffer_printf(&maker->text, "订单号 20260305%.*s", 12, random_digits(maker, 12).at); break;
	case 3: buffer_printf(&maker->text, "时间戳 17%.*s", 11, random_digits(maker, 11).at); break;
	case 4: buffer_printf(&maker->text, "流水 112%.*s", 8, random_digits(maker, 8).at); break;
	case 5: buffer_printf(&maker->text, "版本 6.%d.%d.%d", (int)below(maker, 20), (int)below(maker, 20), (int)below(maker, 20)); break;
	case 6: say(maker, "CVE-2023-12345 与 CNVD-2023-45678"); break;
	case 7: buffer_printf(&maker->text, "哈希 %.*s", TEXT_ARGS(arena_lower(arena, random_signs(maker, 40)))); break;
	case 8: say(maker, "图片 logo@2x.png 与 user@host"); break;
	case 9: say(maker, "监听 127.0.0.1:8080 与 0.0.0.0"); break;
	case 10: buffer_printf(&maker->text, "型号 E%.*s", 8, random_digits(maker, 8).at); break;
	case 11: say(maker, "password=******** 或 token=<token>"); break;
	case 12: say(maker, "区间 2026-03-05 14:00:00 至 2026-03-08"); break;
	default: say(maker, "统一社会信用代码 91110108551385082Q"); break;
	}
}

MaskSample mask_sample(Arena *arena, uint32_t seed)
{
	static void (*const makers[])(Maker *) = { identity, mobile, landline, bank, mail, passport, plate, trader, machine, secret };
	Maker maker = { .arena = arena, .state = seed * 2654435761u + 99, .text = { .arena = arena } };
	for (size_t i = 0; i < 12; i++) {
		say(&maker,
			PICK(&maker, "攻击者登录后抓包，", "接口返回了其他用户的资料，", "复现步骤如下：", "The reply contains ", "其中"));
		if (below(&maker, 2))
			makers[below(&maker, COUNT(makers))](&maker);
		else
			near_miss(&maker);
		say(&maker, PICK(&maker, "，", "。\n", "；", "\n"));
	}
	return (MaskSample) { buffer_text(&maker.text), maker.expected };
}

static bool has(const MaskSpans *spans, const MaskSpan *wanted)
{
	for (size_t i = 0; i < spans->count; i++)
		if (spans->at[i].from == wanted->from && spans->at[i].to == wanted->to && spans->at[i].kind == wanted->kind) return true;
	return false;
}

void mask_score(Arena *arena, const MaskSample *sample, MaskScore *score)
{
	MaskSpans found = masking_find(arena, sample->text);
	for (size_t i = 0; i < found.count; i++) {
		if (has(&sample->expected, &found.at[i]))
			score->right[found.at[i].kind]++;
		else
			score->extra[found.at[i].kind]++;
	}
	for (size_t i = 0; i < sample->expected.count; i++)
		if (!has(&found, &sample->expected.at[i])) score->missed[sample->expected.at[i].kind]++;
}
