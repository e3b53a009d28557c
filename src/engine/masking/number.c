/* Identity cards, phones and bank cards: runs of digits, in groups that blanks and dashes part. */
#include "engine/masking/masking_private.h"

enum { GROUPS_MAX = 24, DIGITS_MAX = 24 };

typedef struct Group { /* digits that stand together; the last may end with X */
	size_t from, to;
} Group;
typedef struct Digits {
	char at[DIGITS_MAX + 1];
	size_t count, groups;
	bool ends_with_x;
} Digits;

static int number_of(const char *digits, size_t from, size_t count)
{
	int value = 0;
	for (size_t i = 0; i < count; i++) value = value * 10 + (digits[from + i] - '0');
	return value;
}

/* ---- Identity card */
static bool date_valid(int year, int month, int day)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
	return year >= 1900 && year <= 2099 && month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1] + (month == 2 && leap);
}

/* GB/T 2260: the first two digits name the province. */
static bool province_valid(int code)
{
	static const unsigned char provinces[] = { 11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50,
		51, 52, 53, 54, 61, 62, 63, 64, 65, 71, 81, 82, 83 };
	for (size_t i = 0; i < COUNT(provinces); i++)
		if (provinces[i] == code) return true;
	return false;
}

static bool identity_long(const Digits *digits)
{
	static const char checks[] = "10X98765432";
	int sum = 0, weight = 1;
	if (digits->count != 18 || !province_valid(number_of(digits->at, 0, 2))) return false;
	if (!date_valid(number_of(digits->at, 6, 4), number_of(digits->at, 10, 2), number_of(digits->at, 12, 2))) return false;
	for (int i = 16; i >= 0; i--) {
		weight = weight * 2 % 11; /* 2^(17 - i) */
		sum += (digits->at[i] - '0') * weight;
	}
	return checks[sum % 11] == digits->at[17];
}

/* Those of before 1999: no century, no check digit. */
static bool identity_short(const Digits *digits)
{
	return digits->count == 15 && digits->groups == 1 && !digits->ends_with_x && province_valid(number_of(digits->at, 0, 2)) &&
	       digits->at[2] <= '5' && number_of(digits->at, 4, 2) > 0 &&
	       date_valid(1900 + number_of(digits->at, 6, 2), number_of(digits->at, 8, 2), number_of(digits->at, 10, 2)) &&
	       number_of(digits->at, 6, 2) >= 20;
}

/* ---- Bank card */
static bool luhn(const Digits *digits)
{
	int sum = 0;
	for (size_t i = 0; i < digits->count; i++) {
		int digit = digits->at[digits->count - 1 - i] - '0';
		if (i % 2) digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
		sum += digit;
	}
	return sum % 10 == 0;
}

static bool issuer_known(const Digits *digits)
{
	static const struct {
		const char *from, *to; /* first digits */
		size_t shortest, longest;
	} issuers[] = {
		{ "62", "62", 16, 19 },
		{ "4", "4", 16, 16 },
		{ "51", "55", 16, 16 },
		{ "2221", "2720", 16, 16 },
		{ "34", "34", 15, 15 },
		{ "37", "37", 15, 15 },
		{ "3528", "3589", 16, 16 },
		{ "300", "305", 14, 14 },
		{ "36", "36", 14, 14 },
		{ "6011", "6011", 16, 16 },
		{ "9558", "9559", 19, 19 },
		{ "60", "60", 16, 19 },
		{ "81", "81", 16, 19 },
	};
	for (size_t i = 0; i < COUNT(issuers); i++) {
		size_t length = strlen(issuers[i].from);
		if (digits->count < issuers[i].shortest || digits->count > issuers[i].longest) continue;
		if (strncmp(digits->at, issuers[i].from, length) >= 0 && strncmp(digits->at, issuers[i].to, length) <= 0) return true;
	}
	return false;
}

/* As cards are written: together, or by fours. */
static bool by_fours(const Group *groups, const Digits *digits)
{
	for (size_t i = 0; i + 1 < digits->groups; i++)
		if (groups[i].to - groups[i].from != 4) return digits->groups == 2 && groups[0].to - groups[0].from == 6;
	return true;
}

static bool bank(const Group *groups, const Digits *digits)
{
	return !digits->ends_with_x && issuer_known(digits) && luhn(digits) && (digits->groups == 1 || by_fours(groups, digits));
}

/* ---- Phones */
static bool mobile_prefix(const char *digits)
{
	/* 13x, 145-149, 150-153 155-159, 162 165-167, 170-178, 18x, 190-193 195-199 */
	static const char *const thirds[10] = { [3] = "0123456789",
		[4] = "0156789",
		[5] = "012356789",
		[6] = "2567",
		[7] = "012345678",
		[8] = "0123456789",
		[9] = "012356789" };
	const char *third = digits[0] == '1' ? thirds[digits[1] - '0'] : NULL;
	return third && strchr(third, digits[2]) != NULL;
}

static bool mobile(const Cells *cells, const Group *groups, const Digits *digits)
{
	if (digits->ends_with_x) return false;
	size_t skip = digits->count == 13 && strncmp(digits->at, "86", 2) == 0     ? 2
		      : digits->count == 15 && strncmp(digits->at, "0086", 4) == 0 ? 4
										   : 0;
	if (digits->count - skip != 11 || !mobile_prefix(digits->at + skip)) return false;
	if (skip == 2 && digits->groups == 1 && (groups[0].from == 0 || cells->at[groups[0].from - 1].point != '+')) return false;
	for (size_t i = 0; i < digits->groups; i++) {
		size_t length = groups[i].to - groups[i].from;
		if (length < 2 || (length == 2 && i > 0)) return false;
	}
	return digits->groups <= 4;
}

/* Area codes: 010, 02x, and three digits after 0 from 3 to 9. */
static size_t area_length(const char *digits)
{
	if (digits[0] != '0') return 0;
	if (digits[1] == '1') return digits[2] == '0' ? 3 : 0;
	if (digits[1] == '2') return digits[2] != '6' ? 3 : 0;
	return digits[1] >= '3' ? 4 : 0;
}

static bool landline(const Cells *cells, const Group *groups, const Digits *digits)
{
	size_t area = area_length(digits->at);
	if (digits->ends_with_x || !area || digits->count <= area) return false;
	size_t rest = digits->count - area;
	if ((rest != 7 && rest != 8) || (area == 3 && rest != 8) || digits->at[area] < '2') return false;
	if (digits->groups == 1) return said_before(cells, groups[0].from, 12, "电话|座机|固话|传真|tel|phone|fax");
	return groups[0].to - groups[0].from == area && digits->groups <= 3;
}

/* ---- Runs */
static bool judge(const Cells *cells, const Group *groups, const Digits *digits, MaskKind *out)
{
	if (identity_long(digits) || identity_short(digits))
		*out = MASK_IDENTITY;
	else if (mobile(cells, groups, digits))
		*out = MASK_MOBILE;
	else if (bank(groups, digits))
		*out = MASK_BANK;
	else if (landline(cells, groups, digits))
		*out = MASK_LANDLINE;
	else
		return false;
	return true;
}

static void digits_add(Digits *digits, const Cells *cells, const Group *group)
{
	digits->groups++;
	for (size_t i = group->from; i < group->to; i++) {
		if (digits->count == DIGITS_MAX || digits->ends_with_x) { /* too long, or something after the X */
			digits->count = DIGITS_MAX;
			return;
		}
		digits->ends_with_x = !is_digit(cells->at[i].point);
		digits->at[digits->count++] = digits->ends_with_x ? 'X' : (char)cells->at[i].point;
	}
}

/* Of the groups from here on as many as make something known; the longest wins. */
static size_t match_from(const Cells *cells, const Group *groups, size_t count, Found *found)
{
	Digits digits = { .count = 0 };
	size_t best = 0;
	MaskKind kind = MASK_KINDS, best_kind = MASK_KINDS;
	for (size_t i = 0; i < count && digits.count < DIGITS_MAX; i++) {
		digits_add(&digits, cells, &groups[i]);
		if (digits.count >= DIGITS_MAX || !judge(cells, groups, &digits, &kind)) continue;
		best = i + 1;
		best_kind = kind;
	}
	if (best) found_add(found, cells, groups[0].from, groups[best - 1].to, best_kind);
	return best;
}

static bool separates(const Cells *cells, size_t at)
{
	uint32_t point = cells->at[at].point;
	return point == ' ' || point == '-' || point == ')' || point == 0xB7;
}

/* Groups parted by one separator each, from the first digit on; gives the place behind. */
static size_t groups_of(const Cells *cells, size_t at, Group groups[GROUPS_MAX], size_t *out_count)
{
	size_t count = 0;
	for (;;) {
		size_t from = at;
		while (is_digit(cells->at[at].point)) at++;
		if ((cells->at[at].point | 0x20) == 'x' && at - from >= 1 && !is_alnum(cells->at[at + 1].point)) at++;
		groups[count++] = (Group) { from, at };
		size_t skip = separates(cells, at) ? 1 : 0;
		if (skip && cells->at[at].point == ')' && cells->at[at + 1].point == ' ') skip = 2;
		if (!skip || count == GROUPS_MAX || !is_digit(cells->at[at + skip].point)) break;
		at += skip;
	}
	*out_count = count;
	return at;
}

void find_numbers(const Cells *cells, Found *found)
{
	for (size_t at = 0; at < cells->count;) {
		Group groups[GROUPS_MAX];
		size_t count = 0;
		if (!is_digit(cells->at[at].point)) {
			at++;
			continue;
		}
		uint32_t before = at ? cells->at[at - 1].point : ' ';
		size_t end = groups_of(cells, at, groups, &count);
		uint32_t after = cells->at[end].point;
		at = end;
		for (size_t i = 0; i < count;) {
			bool glued = (i == 0 && (is_letter(before) || before == '_' || before == '.')) ||
				     (i + 1 == count && (is_letter(after) || after == '_'));
			size_t used = glued ? 0 : match_from(cells, groups + i, count - i, found);
			i += used ? used : 1;
		}
	}
}
