/*
 * base: text, memory, errors and the unit of work. Knows nothing of databases, HTTP or vulnerabilities.
 *
 * Memory rule of the whole program: what a Call allocates lives in call->arena and dies with the call;
 * what is not memory is declared `scoped(closer)`; nothing else exists, but for the long-lived House.
 * Programming errors are `must` (they end the process, also in a release); the environment's failures are Errors.
 */
#pragma once
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

#define must_use __attribute__((warn_unused_result))
#define printf_like(text_at, arguments_at) __attribute__((format(printf, text_at, arguments_at)))
#define scoped(closer) __attribute__((cleanup(closer)))
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* What must be true whatever the input is. Ends the process with exit 70. */
#define must(condition) ((condition) ? (void)0 : must_failed(#condition, __FILE__, __LINE__))
__attribute__((noreturn)) void must_failed(const char *condition, const char *file, int line);

/* ---- Text: borrowed bytes somebody else owns, not NUL-terminated. Passed by value, never freed. at == NULL: no text at all. */
typedef struct Text {
	const char *at;
	size_t length;
} Text;
#define TEXT(literal) ((Text) { "" literal, sizeof(literal) - 1 })
#define TEXT_INIT(literal) \
	{ \
		"" literal, sizeof(literal) - 1 \
	} /* in static tables */
#define TEXT_ARGS(text) (int)(text).length, (text).at /* for "%.*s" */

Text text_from(const char *nul_terminated); /* NULL gives the empty text */
bool text_is(Text a, Text b);
bool text_is_nocase(Text a, Text b); /* ASCII letters only */
int text_compare(Text a, Text b); /* by bytes, as memcmp */
bool text_starts(Text text, Text start);
bool text_ends(Text text, Text end);
bool text_find(Text text, Text part, size_t *out_position); /* out_position may be NULL */
Text text_slice(Text text, size_t from, size_t to); /* clamped to the text */
Text text_trim(Text text); /* ASCII white space at both ends */
/* Cuts the piece before the next separator off *rest. False when *rest is exhausted (at == NULL). */
bool text_next(Text *rest, char separator, Text *out_piece);
must_use bool text_to_int(Text text, int64_t *out); /* whole text, decimal, optional '-' */
bool text_is_utf8(Text text); /* well-formed, no NUL */
/* Length of the well-formed sequence (RFC 3629, section 4) that begins at `at`; 0 where there is none, or a NUL. */
size_t text_utf8_sequence(Text text, size_t at);
size_t text_utf8_length(Text text); /* code points */
size_t text_distance(Text a, Text b); /* Levenshtein, by bytes; of short names, for "did you mean" */
uint64_t text_hash(Text text); /* FNV-1a, for maps; not for security */

/* ---- Arena: memory that dies together. */
typedef struct Arena Arena;
typedef struct ArenaMark {
	void *block;
	size_t used, total;
} ArenaMark;
enum { ARENA_CEILING = 64 * 1024 * 1024 };
Arena *arena_new(size_t ceiling_bytes);
void arena_free(Arena **arena); /* for scoped(); accepts a pointer to NULL */
void *arena_alloc(Arena *arena, size_t size_bytes); /* zeroed, 16-byte aligned; never NULL */
bool arena_is_full(const Arena *arena); /* past its ceiling: loops over input ask and fail with TOO_LARGE */
ArenaMark arena_mark(const Arena *arena); /* everything allocated after the mark … */
void arena_release(Arena *arena, ArenaMark mark); /* … is gone */
Text arena_copy(Arena *arena, Text text); /* the copy is NUL-terminated */
const char *arena_string(Arena *arena, Text text); /* NUL-terminated, for libraries that want it */
Text arena_printf(Arena *arena, const char *format, ...) printf_like(2, 3);
Text arena_vprintf(Arena *arena, const char *format, va_list arguments) printf_like(2, 0);
Text arena_join(Arena *arena, const Text *parts, size_t count, Text separator);
Text arena_lower(Arena *arena, Text text); /* ASCII */
#define arena_new_of(arena, Type) ((Type *)arena_alloc((arena), sizeof(Type)))
#define arena_array_of(arena, Type, count) ((Type *)arena_alloc((arena), sizeof(Type) * (size_t)(count)))

/* ---- Buffer: bytes that grow in an arena. Start with (Buffer) { .arena = arena }. */
typedef struct Buffer {
	Arena *arena;
	char *at;
	size_t length, room;
} Buffer;
void buffer_put(Buffer *buffer, Text text);
void buffer_byte(Buffer *buffer, char byte);
void buffer_number(Buffer *buffer, int64_t number);
void buffer_printf(Buffer *buffer, const char *format, ...) printf_like(2, 3);
void buffer_reserve(Buffer *buffer, size_t more_bytes);
Text buffer_text(const Buffer *buffer); /* borrowed; valid until the next put */

/* ---- List: declare as LIST_OF(Text) names = { 0 }; then list_add(arena, &names, text). */
#define LIST_OF(Type) \
	struct { \
		Type *at; \
		size_t count, room; \
	}
void *list_grow(Arena *arena, void *at, size_t count, size_t *room, size_t item_bytes);
#define list_add(arena, list, item) \
	do { \
		if ((list)->count == (list)->room) \
			(list)->at = list_grow((arena), (list)->at, (list)->count, &(list)->room, sizeof(*(list)->at)); \
		(list)->at[(list)->count++] = (item); \
	} while (0)
typedef LIST_OF(Text) Texts;

/* ---- Map: Text to pointer, in an arena; keys are borrowed; no removal. */
typedef struct Map Map;
Map *map_new(Arena *arena);
void map_put(Map *map, Text key, void *value); /* replaces */
void *map_get(const Map *map, Text key); /* NULL when absent */
size_t map_count(const Map *map);

/* ---- Languages of the interface */
typedef enum Lang { LANG_ZH, LANG_EN, LANG_COUNT } Lang;
Text lang_tag(Lang lang); /* "zh-CN", "en" */
must_use bool lang_parse(Text tag, Lang *out);
/* The translation of an English source text; the source text itself where none is entered. */
Text tr(Lang lang, const char *english);
/* Marks a text in a table for extraction; it is translated later with tr(). */
#define N_(english) english

/* ---- Errors */
typedef enum Error {
	OK = 0,
#define ERROR(name, http, exit, text) ERROR_##name,
#include "base/base/error.def"
#undef ERROR
	ERROR_COUNT
} Error;
int error_http_status(Error kind);
int error_exit_code(Error kind);
const char *error_name(Error kind); /* "NOT_FOUND": stable, for machines */
const char *error_message(Error kind); /* English source text for people; show through tr() */

/* One wrong field of the input. */
typedef struct Problem {
	Text field; /* name in form or JSON */
	const char *message; /* English source text with at most one %s */
	Text argument; /* for the %s */
	const char *label; /* of the field, English source text; NULL: the page knows */
} Problem;
typedef struct Failure { /* the first failure wins */
	Error kind;
	const char *file;
	int line;
	Text detail; /* for the log, never for people */
	LIST_OF(Problem) problems;
	int retry_after_seconds; /* of TOO_MANY and BUSY; 0: none */
} Failure;

/* ---- Roles and actors */
typedef enum Role {
#define ROLE(name, bit, tag, text) ROLE_##name = 1U << (bit),
#include "base/base/role.def"
#undef ROLE
} Role;
enum {
	ROLE_STAFF = ROLE_COORDINATOR | ROLE_VERIFIER | ROLE_PUBLISHER | ROLE_EDITOR | ROLE_SECRETARY | ROLE_WRITER | ROLE_APPROVER,
	ROLE_ADMINISTRATORS = ROLE_SYSTEM_ADMIN | ROLE_SECURITY_ADMIN | ROLE_AUDIT_ADMIN,
};
#define ROLE_EVERYBODY (~(uint32_t)ROLE_SYSTEM)
const char *role_tag(Role role); /* "coordinator": stored and in addresses */
const char *role_text(Role role); /* English source text */
must_use bool role_parse(Text tag, Role *out);
typedef struct Actor {
	int64_t person_id; /* 0: not a person (visitor, system) */
	Text name; /* shown to others who may see it */
	uint32_t roles; /* ROLE_… bits; a visitor has ROLE_VISITOR, a person has at least ROLE_REPORTER */
	int64_t organisation_id; /* 0: none */
	bool second_factor; /* this session has passed one */
	int64_t session_id; /* 0: token, command or job */
	uint32_t scopes; /* of a token; ~0 for sessions */
	Text claim_key; /* a visitor who proved a claim code: keyed look-up value of the report; else none */
} Actor;
extern const Actor actor_visitor, actor_system;
static inline bool actor_has(const Actor *actor, uint32_t roles) { return (actor->roles & roles) != 0; }

/* ---- The unit of work */
typedef struct Db Db; /* store/db */
/* The long-lived things, wired in app/ and never changed afterwards. A test fills what it needs. */
typedef struct House {
	struct Db *db; /* store/db */
	struct Keyring *keyring; /* store/seal */
	struct BlobStore *blobs; /* store/blob */
	struct Signer *signer; /* base/crypto: the key that signs receipts and checkpoints */
	struct Stamp *stamp, *stamp_sm2; /* base/crypto: the keys that sign documents, one for each profile; NULL: there is none */
	Text stamp_path, stamp_sm2_path; /* their files */
	struct Settings *settings; /* store/setting */
	struct HttpCache *cache; /* face/http */
	struct Sandbox *sandbox; /* base/sandbox */
	Text public_address; /* "https://host", no slash at the end */
	Text data_folder;
	bool demo; /* one-click entry; never set but by `cappvd demo` */
} House;

typedef struct Call { /* a page, an API request, a command, a job; first argument everywhere */
	Arena *arena; /* lives exactly as long as the call */
	Db *db; /* same as house->db */
	const Actor *actor; /* never NULL; may be &actor_visitor */
	int64_t now; /* Unix milliseconds UTC, read once; tests set it */
	Lang lang; /* of the reader */
	Failure failure;
	const House *house;
	void *transaction; /* owned by store/db: the open transaction, or NULL */
} Call;

/* Records why (for the log) and returns the kind: return fail(call, NOT_FOUND, "report %s", …); */
#define fail(call, kind, ...) call_fail((call), ERROR_##kind, __FILE__, __LINE__, __VA_ARGS__)
/* The same with a kind that is computed, and a place that may be somebody else's. The kind is never OK, which an analyser sees here too. */
#define call_fail(...) call_failed(call_record_failure(__VA_ARGS__))
must_use Error call_record_failure(Call *call, Error kind, const char *file, int line, const char *format, ...) printf_like(5, 6);
static inline Error call_failed(Error kind)
{
	must(kind != OK);
	return kind;
}
/* Notes a wrong field and lets the caller look at the next one; finish with call_check_problems. */
void call_problem(Call *call, Text field, const char *message, Text argument);
/* INVALID when a problem was noted, else OK. */
must_use Error call_check_problems(Call *call);
/* The message of a problem in the reader's language, its argument filled in. */
Text problem_text(Arena *arena, Lang lang, const Problem *problem);
/* Forgets the failure, for callers that go on with something else. */
void call_recover(Call *call);
/* Forgets that something was not found, and keeps the problems noted so far: for what is looked up while a form is checked. */
void call_pass_over(Call *call);

/* The only macro of the program that hides a return. */
#define TRY(expression) \
	do { \
		Error try_error_ = (expression); \
		if (try_error_ != OK) return try_error_; \
	} while (0)

#ifdef __cplusplus
}
#endif
