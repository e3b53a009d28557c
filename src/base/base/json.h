/*
 * json: reading (RFC 8259, strict: UTF-8, no comments, no trailing commas, nothing after the value) and writing.
 * A parsed value lives in the arena it was parsed into. Parsing is safe from every thread; each keeps a parser of its own.
 */
#pragma once
#include "base/base/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Reading. Every question may be asked of every value: what does not fit answers "absent". */
enum { JSON_DEPTH_MAX = 64 };
typedef enum JsonKind { JSON_ABSENT, JSON_NULL, JSON_BOOL, JSON_INT, JSON_REAL, JSON_TEXT, JSON_ARRAY, JSON_OBJECT } JsonKind;
typedef struct Json { /* a zeroed Json is absent */
	const uint64_t *tape;
	const char *strings;
	size_t at;
} Json;
typedef struct JsonFault {
	size_t offset, line, column; /* bytes from 0; line and column from 1, column in bytes */
	const char *why; /* English source text */
} JsonFault;

/* False when the document is not one JSON value; out_fault may be NULL. Integers beyond 64 bits and infinite reals are faults. */
must_use bool json_parse(Arena *arena, Text document, Json *out, JsonFault *out_fault);
/* The same for input of a request: INVALID with line and column in the detail and a problem on no field. */
must_use Error json_read(Call *call, Text document, Json *out);

/* The document without white space between its parts; it must be JSON. */
Text json_minify(Arena *arena, Text document);

JsonKind json_kind(Json value);
Json json_get(Json object, const char *key); /* the first member of that name; absent when there is none */
Json json_find(Json value, const char *path); /* "containers.cna.title": json_get along the names */
Text json_as_text(Json value); /* at == NULL when it is no text; lives as long as the value */
bool json_as_bool(Json value); /* false when it is no bool */
must_use bool json_as_int(Json value, int64_t *out);
must_use bool json_as_real(Json value, double *out); /* integers too */
static inline bool json_has(Json value) { return value.tape != NULL; }

/* JsonEach each = json_each(value); while (json_next(&each)) … each.key, each.value. Members of objects, items of arrays. */
typedef struct JsonEach {
	Text key; /* no text in arrays */
	Json value;
	size_t next, end; /* private */
	Json of;
} JsonEach;
JsonEach json_each(Json value);
bool json_next(JsonEach *each);

/* Where and why a document is no JSON; false when it is. Slower than json_parse, independent of it. */
bool json_locate(Text document, JsonFault *out_fault);

/* ---- Writing. What would not be JSON ends the process (must): a value without a key, a wrong end, an infinite number.
 * Text is escaped for JSON and for standing inside HTML (<, > and & too); bytes that are no UTF-8 become U+FFFD. */
typedef struct JsonWriter {
	Buffer *buffer;
	uint64_t objects; /* bit per depth: an object, not an array */
	int depth;
	bool filled, keyed; /* this container has a member; a key waits for its value */
} JsonWriter;
JsonWriter json_writer(Buffer *buffer);
void json_object_begin(JsonWriter *writer);
void json_array_begin(JsonWriter *writer);
void json_end(JsonWriter *writer);
void json_finish(JsonWriter *writer); /* the one value is complete */
void json_key(JsonWriter *writer, Text key);
void json_text(JsonWriter *writer, Text text); /* no text (at == NULL) is null */
void json_int(JsonWriter *writer, int64_t number);
void json_real(JsonWriter *writer, double number);
void json_bool(JsonWriter *writer, bool truth);
void json_null(JsonWriter *writer);
void json_copy(JsonWriter *writer, Json value); /* absent is null */
/* A member in one line. */
void json_put_text(JsonWriter *writer, const char *key, Text text);
void json_put_filled(JsonWriter *writer, const char *key, Text text); /* an empty text is null */
void json_put_time(JsonWriter *writer, const char *key, int64_t at); /* ISO 8601 in UTC; 0 is null */
void json_put_int(JsonWriter *writer, const char *key, int64_t number);
void json_put_bool(JsonWriter *writer, const char *key, bool truth);

#ifdef __cplusplus
}
#endif
