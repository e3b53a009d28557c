#include "app/user_command.h"

#include "app/command.h"
#include "base/base/clock.h"
#include "base/base/json.h"
#include "people/person/person.h"

enum { LISTED_AT_ONCE = 200 };
typedef struct UserOptions {
	const char *words[3]; /* verb and what it is about */
	int count;
	const char *name, *role;
	bool json;
} UserOptions;

static bool read_options(int argc, char **argv, UserOptions *out)
{
	for (int i = 0; i < argc; i++) {
		if (strcmp(argv[i], "--json") == 0)
			out->json = true;
		else if (option_value(argc, argv, &i, "--name", &out->name) || option_value(argc, argv, &i, "--role", &out->role))
			continue;
		else if (argv[i][0] == '-' || out->count == COUNT(out->words))
			return false;
		else
			out->words[out->count++] = argv[i];
	}
	return true;
}

static Text roles_text(Arena *arena, uint32_t roles)
{
	Texts tags = { 0 };
	for (uint32_t bit = 1; bit != 0 && bit <= roles; bit <<= 1)
		if ((roles & bit) != 0) list_add(arena, &tags, text_from(role_tag((Role)bit)));
	return arena_join(arena, tags.at, tags.count, TEXT(" "));
}

static Error print_person(Call *call, const Person *person, bool as_json, FILE *out)
{
	uint32_t roles = 0;
	TRY(role_of(call, person->id, &roles));
	Text tags = roles_text(call->arena, roles), name = person_shown_name(person);
	if (!as_json) {
		fprintf(out, "%.*s  %-11s  %.*s  %.*s  %.*s\n", TEXT_ARGS(person->ref), person_state_tag(person->state),
			TEXT_ARGS(person->mail), TEXT_ARGS(name), TEXT_ARGS(tags));
		return OK;
	}
	Buffer line = { .arena = call->arena };
	JsonWriter json = json_writer(&line);
	json_object_begin(&json);
	json_put_text(&json, "ref", person->ref);
	json_put_text(&json, "state", text_from(person_state_tag(person->state)));
	json_put_text(&json, "mail", person->mail);
	json_put_text(&json, "name", name);
	json_put_text(&json, "roles", tags);
	json_put_text(&json, "created_at", clock_iso(call->arena, person->created_at));
	json_end(&json);
	json_finish(&json);
	fprintf(out, "%.*s\n", TEXT_ARGS(buffer_text(&line)));
	return OK;
}

static Error list(Call *call, bool as_json, FILE *out)
{
	for (int64_t after = 0;;) {
		ArenaMark mark = arena_mark(call->arena);
		Persons persons;
		TRY(person_list(call, after, LISTED_AT_ONCE, &persons));
		for (size_t i = 0; i < persons.count; i++) TRY(print_person(call, &persons.at[i], as_json, out));
		if (persons.count < LISTED_AT_ONCE) return OK;
		after = persons.at[persons.count - 1].id;
		arena_release(call->arena, mark);
	}
}

static Error find(Call *call, const char *login, Person *out, FILE *talk)
{
	Text wanted = text_from(login);
	Error error = text_starts(wanted, TEXT("P-")) ? person_find_ref(call, wanted, out) : person_find_login(call, wanted, out);
	if (error == ERROR_NOT_FOUND) fprintf(talk, "cappvd user: there is no account %s\n", login);
	return error;
}

static Error parse_role(Call *call, const char *tag, Role *out, FILE *talk)
{
	Role role;
	if (role_parse(text_from(tag), &role) && ((uint32_t)role & ROLE_GRANTED) != 0) {
		*out = role;
		return OK;
	}
	return usage_error(call, talk, "no such role: %s; there are: %.*s", tag, TEXT_ARGS(roles_text(call->arena, ROLE_GRANTED)));
}

static Error create(Call *call, const UserOptions *options, FILE *out, FILE *talk)
{
	Role role = (Role)0;
	Text link;
	if (!options->name) return usage_error(call, talk, "user create MAIL --name NAME [--role ROLE]");
	if (options->role) TRY(parse_role(call, options->role, &role, talk));
	Error error = person_create(call, text_from(options->words[1]), text_from(options->name), role, &link);
	if (error == ERROR_CONFLICT) fprintf(talk, "cappvd user: %s has an account already\n", options->words[1]);
	TRY(error);
	fprintf(out, "%.*s\n", TEXT_ARGS(link));
	fprintf(talk, "The link sets the first password; it is valid for 7 days and works once. It was also put into the outbox.\n");
	if (options->role) fprintf(talk, "The role takes effect when a security administrator approves it (/admin/people).\n");
	return OK;
}

Error user_command(Call *call, int argc, char **argv, FILE *out, FILE *talk)
{
	UserOptions options = { 0 };
	Person person = { 0 };
	Role role = 0;
	if (!read_options(argc, argv, &options) || options.count == 0)
		return usage_error(call, talk, "user list | show | create | role | disable | reset-second-factor; see cappvd user --help");
	Text verb = text_from(options.words[0]);
	if (options.count == 1 && text_is(verb, TEXT("list"))) return list(call, options.json, out);
	if (options.count == 2 && text_is(verb, TEXT("create"))) return create(call, &options, out, talk);
	if (options.count < 2) return usage_error(call, talk, "user %s needs a mail address, public name or reference", options.words[0]);
	TRY(find(call, options.words[1], &person, talk));
	if (options.count == 2 && text_is(verb, TEXT("show"))) return print_person(call, &person, options.json, out);
	if (options.count == 2 && text_is(verb, TEXT("disable"))) return person_disable(call, person.ref);
	if (options.count == 2 && text_is(verb, TEXT("reset-second-factor"))) return factor_reset(call, person.ref);
	if (options.count == 3 && text_is(verb, TEXT("role"))) {
		TRY(parse_role(call, options.words[2], &role, talk));
		TRY(role_ask(call, person.ref, role, 0));
		fprintf(talk, "The role takes effect when a security administrator approves it (/admin/people).\n");
		return OK;
	}
	return usage_error(call, talk, "not understood: user %s; see cappvd user --help", options.words[0]);
}
