#include "people/person/rules.h"
#include "base/crypto/crypto.h"

/* ---- Scopes */
typedef struct ScopeRow {
	Scope scope;
	const char *tag, *text;
} ScopeRow;
static const ScopeRow scope_rows[] = {
#define SCOPE(name, bit, tag, text) { SCOPE_##name, tag, text },
#include "people/person/scope.def"
#undef SCOPE
};

static const ScopeRow *row_of(Scope scope)
{
	for (size_t i = 0; i < COUNT(scope_rows); i++)
		if (scope_rows[i].scope == scope) return &scope_rows[i];
	must(!"no such scope");
	return NULL;
}

const char *scope_tag(Scope scope) { return row_of(scope)->tag; }
const char *scope_text(Scope scope) { return row_of(scope)->text; }
Scope scope_at(size_t index) { return index < COUNT(scope_rows) ? scope_rows[index].scope : (Scope)0; }

bool scope_parse(Text tag, Scope *out)
{
	for (size_t i = 0; i < COUNT(scope_rows); i++)
		if (text_is(text_from(scope_rows[i].tag), tag)) {
			*out = scope_rows[i].scope;
			return true;
		}
	return false;
}

Text scopes_text(Arena *arena, uint32_t scopes)
{
	Texts tags = { 0 };
	for (size_t i = 0; i < COUNT(scope_rows); i++)
		if ((scopes & (uint32_t)scope_rows[i].scope) != 0) list_add(arena, &tags, text_from(scope_rows[i].tag));
	return arena_join(arena, tags.at, tags.count, TEXT(" "));
}

bool scopes_parse(Text tags, uint32_t *out)
{
	uint32_t scopes = 0;
	Text tag;
	while (text_next(&tags, ' ', &tag)) {
		Scope scope;
		if (tag.length == 0) continue;
		if (!scope_parse(tag, &scope)) return false;
		scopes |= (uint32_t)scope;
	}
	*out = scopes;
	return true;
}

/* ---- Names */
static bool is_letter(char byte) { return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z'); }
static bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }

bool handle_is(Text handle)
{
	if (handle.length < 3 || handle.length > 30 || !is_letter(handle.at[0])) return false;
	for (size_t i = 0; i < handle.length; i++)
		if (!is_letter(handle.at[i]) && !is_digit(handle.at[i]) && !strchr("-_.", handle.at[i])) return false;
	return true;
}

/* ---- Passwords */
static const Text common_words[] = {
#define WORD(word) TEXT_INIT(word),
#include "people/person/common_password.def"
#undef WORD
};

static char folded(char byte)
{
	static const char from[] = "@4031!$57|", to[] = "aaoelisstl"; /* what people write for letters */
	const char *at = byte != 0 ? strchr(from, byte) : NULL;
	if (at) return to[at - from];
	return (char)(byte >= 'A' && byte <= 'Z' ? byte + 32 : byte);
}

/* Marks the characters of every common word, as typed and with digits read as letters. */
static void mark_words(Arena *arena, Text password, bool *known)
{
	char *plain = arena_alloc(arena, password.length + 1), *letters = arena_alloc(arena, password.length + 1);
	for (size_t i = 0; i < password.length; i++) {
		plain[i] = (char)(password.at[i] >= 'A' && password.at[i] <= 'Z' ? password.at[i] + 32 : password.at[i]);
		letters[i] = folded(password.at[i]);
	}
	for (size_t w = 0; w < COUNT(common_words); w++)
		for (size_t i = 0; i + common_words[w].length <= password.length; i++)
			if (memcmp(plain + i, common_words[w].at, common_words[w].length) == 0 ||
				memcmp(letters + i, common_words[w].at, common_words[w].length) == 0)
				memset(known + i, 1, common_words[w].length);
}

/* Marks aaa, 123, cba: three and more with the same step of -1, 0 or 1. */
static void mark_runs(Text password, bool *known)
{
	for (size_t i = 0; i + 2 < password.length; i++) {
		int first = password.at[i + 1] - password.at[i], second = password.at[i + 2] - password.at[i + 1];
		if (first == second && first >= -1 && first <= 1) memset(known + i, 1, 3);
	}
}

bool password_is_common(Arena *arena, Text password)
{
	bool *known = arena_array_of(arena, bool, password.length + 1);
	bool seen[256] = { 0 };
	size_t unknown = 0, distinct = 0;
	mark_words(arena, password, known);
	mark_runs(password, known);
	for (size_t i = 0; i < password.length; i++) {
		unsigned char byte = (unsigned char)password.at[i];
		if (!known[i]) unknown++;
		if (!seen[byte]) distinct++;
		seen[byte] = true;
	}
	return unknown < 5 || distinct < 6;
}

static bool contains_nocase(Arena *arena, Text text, Text part)
{
	return part.length >= 4 && text_find(arena_lower(arena, text), arena_lower(arena, part), NULL);
}

static int classes_of(Text password)
{
	bool lower = false, upper = false, digit = false, other = false;
	for (size_t i = 0; i < password.length; i++) {
		char byte = password.at[i];
		if (byte >= 'a' && byte <= 'z')
			lower = true;
		else if (byte >= 'A' && byte <= 'Z')
			upper = true;
		else if (is_digit(byte))
			digit = true;
		else
			other = true;
	}
	return lower + upper + digit + other;
}

const char *password_fault(Arena *arena, PasswordPolicy policy, Text password, const Text *own, size_t own_count)
{
	size_t length = text_utf8_length(password);
	if (length < PASSWORD_LENGTH_MIN)
		return N_("Use at least 12 characters. A few words that only you would put together are easy to remember.");
	if (length > PASSWORD_LENGTH_MAX) return N_("Use at most 200 characters.");
	if (!text_is_utf8(password)) return N_("This contains characters that cannot be used.");
	for (size_t i = 0; i < own_count; i++) {
		size_t at = 0;
		Text part = text_find(own[i], TEXT("@"), &at) ? text_slice(own[i], 0, at) : own[i];
		if (contains_nocase(arena, password, part)) return N_("The password must not contain your name or login.");
	}
	if (password_is_common(arena, password)) return N_("This password is among those that are tried first. Please choose another.");
	if (policy == PASSWORD_MLPS3 && classes_of(password) < 3)
		return N_("Use at least three of: small letters, capital letters, digits, other characters.");
	return NULL;
}

bool password_is_overdue(PasswordPolicy policy, int64_t set_at, int64_t now)
{
	return policy == PASSWORD_MLPS3 && now - set_at > (int64_t)PASSWORD_MLPS3_DAYS * 86400 * 1000;
}

/* ---- Waiting */
int64_t lock_seconds(LockSubject subject, int64_t failures)
{
	enum { FREE_ACCOUNT = 5, FREE_ADDRESS = 30, LONGEST = 900 };
	int64_t over = failures - (subject == LOCK_ACCOUNT ? FREE_ACCOUNT : FREE_ADDRESS);
	if (over < 0) return 0;
	if (over >= 9) return LONGEST;
	int64_t seconds = 2LL << over;
	return seconds < LONGEST ? seconds : LONGEST;
}

/* ---- API tokens */
#define TOKEN_START "cappvd_"
enum { TOKEN_RANDOM_BYTES = 30, TOKEN_BODY = 40, TOKEN_CHECK = 6, TOKEN_LENGTH = sizeof(TOKEN_START) - 1 + TOKEN_BODY + TOKEN_CHECK };

static void token_check(Text body, char out[TOKEN_CHECK])
{
	static const char digits[] = "0123456789abcdef";
	Digest digest = sha256(body);
	for (int i = 0; i < TOKEN_CHECK; i++) out[i] = digits[(digest.at[i / 2] >> (i % 2 ? 0 : 4)) & 15];
}

Text api_token_new(Arena *arena)
{
	char check[TOKEN_CHECK];
	Text body = token_new(arena, TOKEN_RANDOM_BYTES);
	token_check(body, check);
	return arena_printf(arena, TOKEN_START "%.*s%.*s", TEXT_ARGS(body), TOKEN_CHECK, check);
}

bool api_token_is(Text token)
{
	char check[TOKEN_CHECK];
	if (token.length != TOKEN_LENGTH || !text_starts(token, TEXT(TOKEN_START))) return false;
	token_check(text_slice(token, sizeof(TOKEN_START) - 1, TOKEN_LENGTH - TOKEN_CHECK), check);
	return memcmp(token.at + TOKEN_LENGTH - TOKEN_CHECK, check, TOKEN_CHECK) == 0;
}
