#include "app/init.h"

#include "app/house.h"
#include "people/person/person.h"

enum { ADMINISTRATORS_MAX = 8 };

typedef struct FirstAdministrator {
	Role role;
	const char *mail;
} FirstAdministrator;
typedef struct InitOptions {
	FirstAdministrator people[ADMINISTRATORS_MAX];
	size_t count;
	const char *public_address;
} InitOptions;

static const struct {
	const char *option;
	Role role;
	size_t at_least;
} offices[] = {
	{ "--system-admin", ROLE_SYSTEM_ADMIN, 1 },
	{ "--security-admin", ROLE_SECURITY_ADMIN, 2 }, /* a role is granted by two */
	{ "--audit-admin", ROLE_AUDIT_ADMIN, 1 },
};

static bool take_administrator(int argc, char **argv, int *at, InitOptions *options)
{
	for (size_t i = 0; i < COUNT(offices); i++) {
		FirstAdministrator person = { .role = offices[i].role };
		if (options->count == ADMINISTRATORS_MAX || !option_value(argc, argv, at, offices[i].option, &person.mail)) continue;
		options->people[options->count++] = person;
		return true;
	}
	return false;
}

static Error read_options(Call *call, int argc, char **argv, InitOptions *out, FILE *talk)
{
	InitOptions options = { .public_address = "http://localhost:8080" };
	for (int i = 0; i < argc; i++)
		if (!option_value(argc, argv, &i, "--public-address", &options.public_address) &&
			!take_administrator(argc, argv, &i, &options))
			return usage_error(call, talk, "init does not know %s", argv[i]);
	for (size_t i = 0; i < COUNT(offices); i++) {
		size_t given = 0;
		for (size_t k = 0; k < options.count; k++) given += options.people[k].role == offices[i].role;
		if (given < offices[i].at_least)
			return usage_error(call, talk, "init needs %s MAIL%s", offices[i].option,
				offices[i].at_least > 1 ? " twice, because a role is granted by two people" : "");
	}
	*out = options;
	return OK;
}

static Error make_administrator(Call *call, const FirstAdministrator *person, FILE *out)
{
	Text link, mail = text_from(person->mail);
	TRY(person_create_administrator(call, mail, mail, person->role, &link));
	fprintf(out, "%-18s %s\n    %.*s\n", role_tag(person->role), person->mail, TEXT_ARGS(link));
	return OK;
}

Error init_command(Call *call, const CommandOptions *common, int argc, char **argv, FILE *out, FILE *talk)
{
	InitOptions options = { 0 };
	TRY(read_options(call, argc, argv, &options, talk));
	scoped(house_close) OpenHouse *house = NULL;
	HouseOptions how = { .data = common->data, .database = common->database, .key_file = common->key_file, .create = true };
	TRY(house_open(call, &how, &house));
	house->house.public_address = text_from(options.public_address);
	fprintf(out, "Each opens their link once, sets a password and a second factor:\n");
	for (size_t i = 0; i < options.count; i++) TRY(make_administrator(call, &options.people[i], out));
	fprintf(talk,
		"Keep %s, %s.ledger, %s.stamp and %s.stamp-sm2 safe and apart from backups: without them nothing undisclosed can be read "
		"or "
		"signed.\n",
		house->key_path, house->key_path, house->key_path, house->key_path);
	return OK;
}
