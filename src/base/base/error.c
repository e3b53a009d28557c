/* Errors, failures, roles and languages: the tables of base. */
#include "base/base/base.h"

#include <stdlib.h>
#include <unistd.h>

static const struct {
	const char *name, *message;
	int http_status, exit_code;
} errors[] = {
	[OK] = { "OK", "", 200, 0 },
#define ERROR(name, http, exit, text) [ERROR_##name] = { #name, text, http, exit },
#include "base/base/error.def"
#undef ERROR
};

int error_http_status(Error kind) { return errors[kind].http_status; }
int error_exit_code(Error kind) { return errors[kind].exit_code; }
const char *error_name(Error kind) { return errors[kind].name; }
const char *error_message(Error kind) { return errors[kind].message; }

static const struct {
	Role role;
	const char *tag, *text;
} roles[] = {
#define ROLE(name, bit, tag, text) { ROLE_##name, tag, text },
#include "base/base/role.def"
#undef ROLE
};

const char *role_tag(Role role)
{
	for (size_t i = 0; i < COUNT(roles); i++)
		if (roles[i].role == role) return roles[i].tag;
	return "";
}

const char *role_text(Role role)
{
	for (size_t i = 0; i < COUNT(roles); i++)
		if (roles[i].role == role) return roles[i].text;
	return "";
}

bool role_parse(Text tag, Role *out)
{
	for (size_t i = 0; i < COUNT(roles); i++)
		if (text_is(tag, text_from(roles[i].tag))) {
			*out = roles[i].role;
			return true;
		}
	return false;
}

const Actor actor_visitor = { .name = TEXT_INIT("visitor"), .roles = ROLE_VISITOR, .scopes = ~0U };
const Actor actor_system = { .name = TEXT_INIT("system"), .roles = ROLE_SYSTEM, .scopes = ~0U };

void must_failed(const char *condition, const char *file, int line)
{
	fprintf(stderr, "{\"level\":\"fatal\",\"event\":\"must\",\"where\":\"%s:%d\",\"condition\":\"%s\"}\n", file, line, condition);
	_exit(70);
}

Error call_record_failure(Call *call, Error kind, const char *file, int line, const char *format, ...)
{
	if (call->failure.kind != OK) return kind;
	va_list arguments;
	va_start(arguments, format);
	call->failure.kind = kind;
	call->failure.file = file;
	call->failure.line = line;
	call->failure.detail = arena_vprintf(call->arena, format, arguments);
	va_end(arguments);
	return kind;
}

void call_problem(Call *call, Text field, const char *message, Text argument)
{
	Problem problem = { .field = arena_copy(call->arena, field), .message = message, .argument = arena_copy(call->arena, argument) };
	list_add(call->arena, &call->failure.problems, problem);
}

Error call_check_problems(Call *call)
{
	if (!call->failure.problems.count) return OK;
	const Problem *first = call->failure.problems.at;
	Text message = problem_text(call->arena, LANG_EN, first);
	return fail(call, INVALID, "%zu problems, first at %.*s: %.*s", call->failure.problems.count, TEXT_ARGS(first->field),
		TEXT_ARGS(message));
}

Text problem_text(Arena *arena, Lang lang, const Problem *problem)
{
	Text message = tr(lang, problem->message);
	size_t place;
	if (!text_find(message, TEXT("%s"), &place)) return message;
	Buffer buffer = { .arena = arena };
	buffer_put(&buffer, text_slice(message, 0, place));
	buffer_put(&buffer, problem->argument);
	buffer_put(&buffer, text_slice(message, place + 2, message.length));
	return buffer_text(&buffer);
}

void call_recover(Call *call) { call->failure = (Failure) { 0 }; }

void call_pass_over(Call *call)
{
	Failure kept = { .problems = call->failure.problems };
	call->failure = kept;
}

static const char *const lang_tags[] = { [LANG_ZH] = "zh-CN", [LANG_EN] = "en" };

Text lang_tag(Lang lang) { return text_from(lang_tags[lang]); }

bool lang_parse(Text tag, Lang *out)
{
	for (size_t i = 0; i < COUNT(lang_tags); i++) {
		Text known = text_from(lang_tags[i]);
		if (!text_is_nocase(text_slice(tag, 0, 2), text_slice(known, 0, 2)) || (tag.length > 2 && tag.at[2] != '-')) continue;
		*out = (Lang)i;
		return true;
	}
	return false;
}
