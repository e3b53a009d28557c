/* rules: what people's names, passwords, tokens and waiting times must be. Pure. */
#pragma once
#include "base/base/base.h"

/* ---- Scopes of API tokens */
typedef enum Scope {
#define SCOPE(name, bit, tag, text) SCOPE_##name = 1U << (bit),
#include "people/person/scope.def"
#undef SCOPE
} Scope;
enum { SCOPE_ALL = -1 };
const char *scope_tag(Scope scope); /* "report:read" */
const char *scope_text(Scope scope); /* English source text */
must_use bool scope_parse(Text tag, Scope *out);
/* Tags separated by blanks. */
Text scopes_text(Arena *arena, uint32_t scopes);
must_use bool scopes_parse(Text tags, uint32_t *out); /* false: a tag that is none */
/* The scope with that number from 0, or 0 past the last. */
Scope scope_at(size_t index);

/* ---- Names */
/* A public name: 3 to 30 of ASCII letters, digits, '-', '_', '.', a letter first. ASCII only, so that no two look alike. */
bool handle_is(Text handle);

/* ---- Passwords */
typedef enum PasswordPolicy {
	PASSWORD_MODERN, /* 12 characters or more, not common, not the login, no forced change */
	PASSWORD_MLPS3, /* 等保三级: also three of four classes, 90 days, none of the last 5 */
} PasswordPolicy;
enum { PASSWORD_LENGTH_MIN = 12, PASSWORD_LENGTH_MAX = 200, PASSWORD_MLPS3_DAYS = 90, PASSWORD_MLPS3_HISTORY = 5 };
/* What is wrong with a password as an English source text, or NULL. `own` are the person's login, name, …: it must not contain them. */
const char *password_fault(Arena *arena, PasswordPolicy policy, Text password, const Text *own, size_t own_count);
/* Little more than words and rows of keys that everybody tries first. */
bool password_is_common(Arena *arena, Text password);
bool password_is_overdue(PasswordPolicy policy, int64_t set_at, int64_t now);

/* ---- Waiting after wrong passwords and codes */
typedef enum LockSubject { LOCK_ACCOUNT, LOCK_ADDRESS } LockSubject;
/* Seconds from the last failure until the next attempt is looked at; 0 for the first few, doubling, at most 15 minutes. */
int64_t lock_seconds(LockSubject subject, int64_t failures);
enum { LOCK_FORGET_SECONDS = 24 * 3600 }; /* failures older than this do not count */

/* ---- API tokens: "cappvd_", 40 characters of base64url, 6 hexadecimal digits of a checksum that tells a typing error from a wrong token */
Text api_token_new(Arena *arena);
bool api_token_is(Text token);
