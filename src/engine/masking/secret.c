/* Cookies, tokens, passwords and keys: what lets whoever reads it act as somebody else. */
#include "engine/masking/masking_private.h"

enum { SECRET_MIN = 6 };

static bool is_token(uint32_t point)
{
	return is_alnum(point) || point == '-' || point == '_' || point == '.' || point == '=' || point == '/' || point == '+' ||
	       point == '~';
}
static bool is_quote(uint32_t point) { return point == '"' || point == '\'' || point == '`' || point == 0x201C || point == 0x201D; }

/* What people write where a secret was: ****, xxxx, <token>, ${token}, null. */
static bool is_placeholder(const Cells *cells, size_t from, size_t to)
{
	static const char *const words[] = { "null", "undefined", "true", "false", "none", "redacted", "your", "token", "example",
		"string" };
	bool same = true;
	for (size_t i = from; i < to; i++) {
		uint32_t point = cells->at[i].point;
		same &= point == cells->at[from].point;
		if (point == '*' || point == '<' || point == '{' || point == 0x2588) return true;
	}
	for (size_t i = 0; i < COUNT(words); i++)
		if (word_here(cells, from, words[i]) && !is_alnum(cells->at[from + strlen(words[i])].point)) return true;
	return same;
}

static void add(Found *found, const Cells *cells, size_t from, size_t to)
{
	if (to - from >= SECRET_MIN && !is_placeholder(cells, from, to)) found_add(found, cells, from, to, MASK_SECRET);
}

static size_t skip_blanks(const Cells *cells, size_t at)
{
	while (cells->at[at].point == ' ' || cells->at[at].point == '\t') at++;
	return at;
}

/* ---- Headers: their whole value, to the end of the line or of the quotation they stand in */
static bool header_at(const Cells *cells, size_t at, Found *found)
{
	static const char *const names[] = { "cookie:", "set-cookie:", "authorization:", "proxy-authorization:", "x-auth-token:",
		"x-access-token:", "x-api-key:", "x-csrf-token:", "x-session-id:", "document.cookie=", "document.cookie =" };
	for (size_t i = 0; i < COUNT(names); i++) {
		if (!word_here(cells, at, names[i])) continue;
		size_t from = skip_blanks(cells, at + strlen(names[i]));
		uint32_t quote = at && is_quote(cells->at[at - 1].point) ? cells->at[at - 1].point : 0;
		if (is_quote(cells->at[from].point) && !quote) quote = cells->at[from++].point;
		size_t to = from;
		while (to < cells->count && cells->at[to].point != '\n' && cells->at[to].point != '\r' &&
			!(quote && cells->at[to].point == quote))
			to++;
		add(found, cells, from, to);
		return true;
	}
	return false;
}

/* ---- Fields: name=value, "name": "value", name: value */
static bool field_at(const Cells *cells, size_t at, Found *found)
{
	static const char *const names[] = { "password", "passwd", "pwd", "access_token", "refresh_token", "id_token", "auth_token",
		"accesstoken", "refreshtoken", "token", "jsessionid", "phpsessid", "asp.net_sessionid", "sessionid", "session_id",
		"sessionkey", "session_key", "session", "client_secret", "clientsecret", "app_secret", "appsecret", "secret_key",
		"secretkey", "secret", "api_key", "apikey", "access_key", "accesskey", "accesskeysecret", "private_key", "ticket", "密码",
		"口令", "令牌" };
	for (size_t i = 0; i < COUNT(names); i++) {
		if (!word_here(cells, at, names[i])) continue;
		size_t from = at + (names[i][0] & 0x80 ? 2 : strlen(names[i]));
		if (is_alnum(cells->at[from].point) || cells->at[from].point == '_') continue;
		bool quoted_name = is_quote(cells->at[from].point);
		from = skip_blanks(cells, from + quoted_name);
		uint32_t sign = cells->at[from].point;
		if (sign != '=' && sign != ':') continue;
		from = skip_blanks(cells, from + 1);
		bool quoted = is_quote(cells->at[from].point);
		from += quoted;
		size_t to = from;
		while (to < cells->count && cells->at[to].point > ' ' && cells->at[to].point < 0x2000 && !is_quote(cells->at[to].point) &&
			(quoted || cells->at[to].point >= 0x80 || !strchr("&;,)]}", (int)cells->at[to].point)))
			to++;
		add(found, cells, from, to);
		return true;
	}
	return false;
}

/* ---- Values that tell by themselves */
static size_t run_of(const Cells *cells, size_t at, bool (*belongs)(uint32_t))
{
	size_t to = at;
	while (belongs(cells->at[to].point)) to++;
	return to;
}

static bool shape_at(const Cells *cells, size_t at, Found *found)
{
	static const struct {
		const char *start;
		size_t least; /* signs behind it */
		bool dotted; /* has a dot: JWT */
	} shapes[] = { { "eyj", 20, true }, { "bearer ", 12, false }, { "basic ", 12, false }, { "akia", 16, false }, { "ltai", 12, false },
		{ "akid", 24, false }, { "ghp_", 30, false }, { "gho_", 30, false }, { "glpat-", 20, false }, { "sk-", 20, false },
		{ "xoxb-", 20, false }, { "xoxp-", 20, false } };
	for (size_t i = 0; i < COUNT(shapes); i++) {
		if (!word_here(cells, at, shapes[i].start)) continue;
		size_t from = at + strlen(shapes[i].start), to = run_of(cells, from, is_token);
		bool dot = false, digit = false;
		for (size_t k = from; k < to; k++) {
			dot |= cells->at[k].point == '.';
			digit |= is_digit(cells->at[k].point);
		}
		if (to - from < shapes[i].least || (shapes[i].dotted && !dot) || !digit) continue;
		add(found, cells, at, to);
		return true;
	}
	return false;
}

static bool key_at(const Cells *cells, size_t at, Found *found)
{
	if (cells->at[at].point != '-' || !word_here(cells, at, "-----begin ")) return false;
	size_t to = at + 11;
	while (to < cells->count && !word_here(cells, to, "private key-----")) {
		if (cells->at[to].point == '\n') return false;
		to++;
	}
	while (to < cells->count && !word_here(cells, to, "-----end ")) to++;
	while (to < cells->count && cells->at[to].point != '\n') to++;
	found_add(found, cells, at, to, MASK_SECRET);
	return true;
}

void find_secrets(const Cells *cells, Found *found)
{
	for (size_t at = 0; at < cells->count; at++) {
		bool begins = at == 0 || !is_alnum(cells->at[at - 1].point);
		if (!begins || key_at(cells, at, found) || header_at(cells, at, found) || field_at(cells, at, found)) continue;
		shape_at(cells, at, found);
	}
}
