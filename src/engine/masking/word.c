/* Mail addresses, plates, passports, credit codes of sole traders, addresses of machines. */
#include "engine/masking/masking_private.h"

static bool starts_here(const Cells *cells, size_t at) { return at == 0 || !is_alnum(cells->at[at - 1].point); }

/* ---- Mail: RFC 5321 as people write it */
static bool local_part(uint32_t point)
{
	return is_alnum(point) || point == '.' || point == '_' || point == '-' || point == '+' || point == '%';
}
static bool domain_part(uint32_t point) { return is_alnum(point) || point == '.' || point == '-'; }

static bool is_file_ending(const Cells *cells, size_t at)
{
	static const char *const endings[] = { "png", "jpg", "jpeg", "gif", "webp", "svg", "js", "css" };
	for (size_t i = 0; i < COUNT(endings); i++)
		if (word_here(cells, at, endings[i]) && !is_alnum(cells->at[at + strlen(endings[i])].point)) return true;
	return false;
}

static void mail_at(const Cells *cells, size_t at, Found *found)
{
	size_t from = at, to = at + 1, dot = 0;
	while (from > 0 && local_part(cells->at[from - 1].point)) from--;
	while (domain_part(cells->at[to].point)) to++;
	while (from < at && !is_alnum(cells->at[from].point)) from++;
	while (to > at + 1 && !is_alnum(cells->at[to - 1].point)) to--;
	for (size_t i = at + 2; i + 2 < to; i++)
		if (cells->at[i].point == '.') dot = i;
	if (from == at || !dot || is_file_ending(cells, dot + 1)) return;
	for (size_t i = dot + 1; i < to; i++)
		if (!is_letter(cells->at[i].point)) return;
	found_add(found, cells, from, to, MASK_MAIL);
}

/* ---- Plate: province, letter of the office, five or six signs without I and O */
static bool is_province(uint32_t point)
{
	static const char provinces[] = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";
	Text rest = text_from(provinces);
	for (size_t i = 0; i < rest.length; i += 3) {
		const unsigned char *byte = (const unsigned char *)rest.at + i;
		if (point == ((byte[0] & 0x0Fu) << 12 | (byte[1] & 0x3Fu) << 6 | (byte[2] & 0x3Fu))) return true;
	}
	return false;
}

static bool plate_sign(uint32_t point) { return is_digit(point) || (point >= 'A' && point <= 'Z' && point != 'I' && point != 'O'); }
static bool plate_separator(uint32_t point) { return point == 0xB7 || point == ' ' || point == '-' || point == 0x2022; }
static bool plate_special(uint32_t point) { return point == 0x5B66 || point == 0x8B66 || point == 0x6302; } /* 学 警 挂 */

static void plate_at(const Cells *cells, size_t at, Found *found)
{
	size_t i = at + 1, signs = 0, digits = 0;
	uint32_t office = cells->at[i].point;
	if (!is_province(cells->at[at].point) || office < 'A' || office > 'Z' || office == 'I') return;
	if (plate_separator(cells->at[++i].point)) i++;
	for (; signs < 6 && plate_sign(cells->at[i].point); signs++, i++) digits += is_digit(cells->at[i].point);
	bool special = signs == 4 && plate_special(cells->at[i].point);
	if (special) i++;
	if ((signs >= 5 || special) && digits >= 2 && !is_alnum(cells->at[i].point)) found_add(found, cells, at, i, MASK_PLATE);
}

/* ---- Passports and permits: only where a word says so */
static void passport_at(const Cells *cells, size_t at, Found *found)
{
	size_t i = at, letters = 0, digits = 0;
	if (!starts_here(cells, at)) return;
	for (; is_letter(cells->at[i].point) && letters < 3; i++) letters++;
	for (; is_digit(cells->at[i].point) && digits < 11; i++) digits++;
	if (is_alnum(cells->at[i].point) || letters < 1 || letters > 2 || digits < 7 || digits > 10 || letters + digits < 9) return;
	if (said_before(cells, at, 24, "护照|通行证|passport|permit")) found_add(found, cells, at, i, MASK_PASSPORT);
}

/* ---- Credit code: 18 signs, the last a check sign (GB 32100-2015); those of sole traders begin with 92 and are a person's */
static void trader_at(const Cells *cells, size_t at, Found *found)
{
	static const char signs[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
	int sum = 0, weight = 1, last = 0;
	if (!starts_here(cells, at) || cells->at[at].point != '9' || cells->at[at + 1].point != '2') return;
	for (size_t i = 0; i < 18; i++) {
		uint32_t point = cells->at[at + i].point;
		const char *place = point && point < 0x80 ? strchr(signs, (int)(point >= 'a' && point <= 'z' ? point - 32 : point)) : NULL;
		if (!place) return;
		last = (int)(place - signs);
		if (i < 17) sum += last * weight;
		weight = weight * 3 % 31;
	}
	if (!is_alnum(cells->at[at + 18].point) && (31 - sum % 31) % 31 == last) found_add(found, cells, at, at + 18, MASK_TRADER);
}

/* ---- IPv4: not a version, not this machine, not a documentation address */
/* One part of an address; the place behind it, or 0. */
static size_t part_at(const Cells *cells, size_t at, int *out)
{
	size_t i = at;
	int value = 0;
	for (; is_digit(cells->at[i].point) && i - at < 3; i++) value = value * 10 + (int)(cells->at[i].point - '0');
	*out = value;
	return i == at || value > 255 || (i - at > 1 && cells->at[at].point == '0') ? 0 : i;
}

static bool is_elsewhere(const int parts[4])
{
	bool like_version = parts[0] < 30 && parts[1] < 30 && parts[2] < 30 && parts[0] != 10;
	return parts[0] != 0 && parts[0] != 127 && parts[0] <= 223 && !like_version;
}

static void machine_at(const Cells *cells, size_t at, Found *found)
{
	int parts[4] = { 0 };
	size_t i = at;
	if (at && (is_alnum(cells->at[at - 1].point) || cells->at[at - 1].point == '.')) return;
	for (int part = 0; part < 4; part++) {
		i = part_at(cells, i, &parts[part]);
		if (!i || (part < 3 && cells->at[i++].point != '.')) return;
	}
	if (is_alnum(cells->at[i].point) || (cells->at[i].point == '.' && is_digit(cells->at[i + 1].point))) return;
	if (is_elsewhere(parts) && !said_before(cells, at, 6, "版本|version|ver|v")) found_add(found, cells, at, i, MASK_MACHINE);
}

void find_words(const Cells *cells, Found *found)
{
	for (size_t at = 0; at < cells->count; at++) {
		uint32_t point = cells->at[at].point;
		if (point == '@')
			mail_at(cells, at, found);
		else if (point > 0x3000)
			plate_at(cells, at, found);
		else if (is_letter(point))
			passport_at(cells, at, found);
		else if (is_digit(point)) {
			trader_at(cells, at, found);
			machine_at(cells, at, found);
		}
	}
}
