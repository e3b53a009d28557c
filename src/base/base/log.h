/*
 * log: one JSON line per event on standard error, UTC. Only the edge logs: http, job runner, commands; library code returns Errors.
 * Never give it content of a matter, a person's data, a token or a query string.
 */
#pragma once
#include "base/base/base.h"

typedef enum LogLevel { LOG_DEBUG, LOG_INFO, LOG_WARNING, LOG_ERROR } LogLevel;
typedef struct LogField {
	const char *name;
	Text text; /* used when at is not NULL */
	int64_t number; /* else this */
} LogField;
/* log_event(LOG_INFO, "request", { "path", path }, { "milliseconds", .number = 3 }); */
#define log_event(level, event, ...) \
	log_write((level), (event), (const LogField[]) { __VA_ARGS__ }, COUNT(((const LogField[]) { __VA_ARGS__ })))
void log_write(LogLevel level, const char *event, const LogField *fields, size_t count);
/* The failure of a call, with file and line. */
void log_failure(LogLevel level, const char *event, const Call *call);
void log_set_level(LogLevel lowest);
