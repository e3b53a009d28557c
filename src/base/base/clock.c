#include "base/base/clock.h"

#include <stdlib.h>
#include <time.h>

enum { BEIJING_OFFSET_MS = 8 * 3600 * 1000, DAY_MS = 86400000 };

static int64_t read_clock(clockid_t id, int64_t per_second)
{
	struct timespec now;
	must(clock_gettime(id, &now) == 0);
	return now.tv_sec * per_second + now.tv_nsec / (1000000000 / per_second);
}

int64_t clock_offset(void)
{
	const char *offset = getenv("CAPPVD_CLOCK_OFFSET_SECONDS");
	int64_t seconds = 0;
	if (offset && !text_to_int(text_from(offset), &seconds)) seconds = 0;
	return seconds * 1000;
}

int64_t clock_wall(void) { return read_clock(CLOCK_REALTIME, 1000) + clock_offset(); }

int64_t clock_monotonic(void) { return read_clock(CLOCK_BOOTTIME, 1000); }
int64_t clock_precise(void) { return read_clock(CLOCK_MONOTONIC, 1000000); }

/* Howard Hinnant's days_from_civil: eras of 400 years starting in March. */
int64_t clock_days(int year, int month, int day)
{
	int64_t y = year - (month <= 2);
	int64_t era = (y >= 0 ? y : y - 399) / 400;
	int64_t year_of_era = y - era * 400;
	int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

void clock_civil(int64_t days, int *out_year, int *out_month, int *out_day)
{
	int64_t z = days + 719468;
	int64_t era = (z >= 0 ? z : z - 146096) / 146097;
	int64_t day_of_era = z - era * 146097;
	int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int64_t shifted = (5 * day_of_year + 2) / 153;
	*out_day = (int)(day_of_year - (153 * shifted + 2) / 5 + 1);
	*out_month = (int)(shifted < 10 ? shifted + 3 : shifted - 9);
	*out_year = (int)(year_of_era + era * 400 + (*out_month <= 2));
}

typedef struct Civil {
	int year, month, day, hour, minute, second, millisecond, weekday;
} Civil;

static Civil civil_of(int64_t at)
{
	int64_t days = at >= 0 ? at / DAY_MS : -((-at + DAY_MS - 1) / DAY_MS);
	int64_t rest = at - days * DAY_MS;
	Civil c = { .hour = (int)(rest / 3600000),
		.minute = (int)(rest / 60000 % 60),
		.second = (int)(rest / 1000 % 60),
		.millisecond = (int)(rest % 1000) };
	c.weekday = (int)(((days + 4) % 7 + 7) % 7);
	clock_civil(days, &c.year, &c.month, &c.day);
	return c;
}

Text clock_iso(Arena *arena, int64_t at)
{
	Civil c = civil_of(at);
	return arena_printf(
		arena, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", c.year, c.month, c.day, c.hour, c.minute, c.second, c.millisecond);
}

static const char *const month_names[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

Text clock_http(Arena *arena, int64_t at)
{
	static const char *const day_names[] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
	Civil c = civil_of(at);
	return arena_printf(arena, "%s, %02d %s %04d %02d:%02d:%02d GMT", day_names[c.weekday], c.day, month_names[c.month - 1], c.year,
		c.hour, c.minute, c.second);
}

Text clock_human_date(Arena *arena, Lang lang, int64_t at)
{
	Civil c = civil_of(at + BEIJING_OFFSET_MS);
	if (lang == LANG_ZH) return arena_printf(arena, "%d年%d月%d日", c.year, c.month, c.day);
	return arena_printf(arena, "%d %s %d", c.day, month_names[c.month - 1], c.year);
}

Text clock_human(Arena *arena, Lang lang, int64_t at)
{
	Civil c = civil_of(at + BEIJING_OFFSET_MS);
	Text date = clock_human_date(arena, lang, at);
	if (lang == LANG_ZH) return arena_printf(arena, "%.*s %02d:%02d (北京时间)", TEXT_ARGS(date), c.hour, c.minute);
	return arena_printf(arena, "%.*s, %02d:%02d UTC+8", TEXT_ARGS(date), c.hour, c.minute);
}

/* Reads exactly `digits` digits off *text. */
static bool take_number(Text *text, size_t digits, int *out)
{
	int64_t value;
	if (text->length < digits || text->at[0] == '-' || !text_to_int(text_slice(*text, 0, digits), &value)) return false;
	*out = (int)value;
	*text = text_slice(*text, digits, text->length);
	return true;
}

static bool take_byte(Text *text, char byte)
{
	if (!text->length || text->at[0] != byte) return false;
	*text = text_slice(*text, 1, text->length);
	return true;
}

static bool take_fraction(Text *text, int *out_milliseconds)
{
	int weight = 100, digits = 0;
	*out_milliseconds = 0;
	for (; text->length && text->at[0] >= '0' && text->at[0] <= '9'; digits++, weight /= 10) {
		*out_milliseconds += weight * (text->at[0] - '0');
		*text = text_slice(*text, 1, text->length);
	}
	return digits > 0;
}

static bool take_zone(Text *text, int *out_minutes)
{
	int hours, minutes = 0;
	*out_minutes = 0;
	if (!text->length || take_byte(text, 'Z') || take_byte(text, 'z')) return true;
	int sign = take_byte(text, '-') ? -1 : take_byte(text, '+') ? 1 : 0;
	if (!sign || !take_number(text, 2, &hours)) return false;
	take_byte(text, ':');
	if (text->length && !take_number(text, 2, &minutes)) return false;
	if (hours > 23 || minutes > 59) return false;
	*out_minutes = sign * (hours * 60 + minutes);
	return true;
}

static bool date_is_valid(const Civil *c)
{
	int year, month, day;
	clock_civil(clock_days(c->year, c->month, c->day), &year, &month, &day);
	return c->month >= 1 && c->month <= 12 && year == c->year && month == c->month && day == c->day;
}

static bool take_date(Text *text, Civil *c)
{
	return take_number(text, 4, &c->year) && take_byte(text, '-') && take_number(text, 2, &c->month) && take_byte(text, '-') &&
	       take_number(text, 2, &c->day) && date_is_valid(c);
}

static bool take_time(Text *text, Civil *c)
{
	if (!take_number(text, 2, &c->hour) || !take_byte(text, ':') || !take_number(text, 2, &c->minute)) return false;
	if (take_byte(text, ':') && !take_number(text, 2, &c->second)) return false;
	if (take_byte(text, '.') && !take_fraction(text, &c->millisecond)) return false;
	return c->hour <= 23 && c->minute <= 59 && c->second <= 60;
}

bool clock_parse(Text text, int64_t *out)
{
	Civil c = { 0 };
	int zone_minutes = 0;
	if (!take_date(&text, &c)) return false;
	bool has_time = take_byte(&text, 'T') || take_byte(&text, 't') || take_byte(&text, ' ');
	if (has_time && (!take_time(&text, &c) || !take_zone(&text, &zone_minutes))) return false;
	if (text.length) return false;
	int64_t seconds =
		clock_days(c.year, c.month, c.day) * 86400 + c.hour * 3600 + c.minute * 60 + c.second - (int64_t)zone_minutes * 60;
	*out = seconds * 1000 + c.millisecond;
	return true;
}
