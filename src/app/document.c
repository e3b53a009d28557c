/* cappvd document: what docs/made, the manual pages and the shell completion are made of; all from the tables the program runs by. */
#include "app/document.h"

#include "app/routes.h"
#include "app/settings_command.h"
#include "base/base/json.h"
#include "people/person/rules.h"
#include "subject/batch/batch.h"
#include "subject/casefile/casefile.h"
#include "subject/dispute/dispute.h"
#include "subject/figure/figure_report.h"
#include "subject/find/find.h"
#include "subject/merit/deed.h"
#include "subject/merit/honour.h"
#include "subject/party/delivery.h"
#include "subject/party/party.h"
#include "subject/privacy/privacy.h"
#include "subject/product/product.h"
#include "subject/programme/activity/activity.h"
#include "subject/programme/application/application.h"
#include "subject/programme/collection/collection.h"
#include "subject/programme/decision/decision.h"
#include "subject/programme/evaluation/evaluation.h"
#include "subject/programme/expert/expert.h"
#include "subject/programme/inspection/inspection.h"
#include "subject/programme/round/round.h"
#include "subject/programme/unit/unit.h"
#include "subject/site/site.h"
#include "subject/warning/warning.h"

#include <errno.h>

static const char *const method_names[] = { [GET] = "GET", [POST] = "POST", [PUT] = "PUT", [DELETE] = "DELETE" };

/* ---- errors.md */
static Error write_errors(Call *call, FILE *out)
{
	(void)call;
	fputs("# Errors\n\nMade from `src/base/base/error.def`.\n\n| name | HTTP | exit | English | 中文 |\n|---|---|---|---|---|\n", out);
	for (Error kind = OK + 1; kind < ERROR_COUNT; kind++) {
		Text chinese = tr(LANG_ZH, error_message(kind));
		fprintf(out, "| %s | %d | %d | %s | %.*s |\n", error_name(kind), error_http_status(kind), error_exit_code(kind),
			error_message(kind), TEXT_ARGS(chinese));
	}
	return OK;
}

/* ---- permissions.md: route × role */
static const struct {
	Role role;
	const char *tag;
} roles[] = {
#define ROLE(name, bit, tag, text) { ROLE_##name, tag },
#include "base/base/role.def"
#undef ROLE
};

static void write_roles(const Route *route, FILE *out)
{
	const uint32_t people = ROLE_EVERYBODY & ~(uint32_t)ROLE_VISITOR;
	if ((route->may & people) == people) {
		fputs((route->may & ROLE_VISITOR) ? " everybody" : " everybody signed in", out);
		return;
	}
	for (size_t i = 0, shown = 0; i < COUNT(roles); i++)
		if (route->may & roles[i].role) fprintf(out, "%s %s", shown++ ? "," : "", roles[i].tag);
}

static void write_conditions(const Route *route, FILE *out)
{
	const char *between = " ";
	if (route->is_public) fprintf(out, "%spublic", between), between = ", ";
	if (route->needs_second_factor) fprintf(out, "%ssecond factor", between), between = ", ";
	for (size_t i = 0; scope_at(i) != 0; i++)
		if (route->scope & scope_at(i)) fprintf(out, "%stoken: %s", between, scope_tag(scope_at(i))), between = ", ";
}

static void write_permission_row(const Route *route, FILE *out)
{
	fprintf(out, "| %s | `%s` |", method_names[route->method], route->path);
	write_roles(route, out);
	fputs(" |", out);
	write_conditions(route, out);
	fprintf(out, " | %s |\n", route->summary ? route->summary : "");
}

static Error write_permissions(Call *call, FILE *out)
{
	const char *room = "";
	(void)call;
	fputs("# Who may open what\n\nMade from the route tables. The route is the first door; the operation's own rule is the lock: what "
	      "it hides "
	      "answers 404, as if it were not there.\nEvery signed-in person is a reporter; roles beyond that count only in a session with "
	      "second "
	      "factor. \"public\": the same bytes for everybody.\n",
		out);
	for (size_t t = 0; t < app_route_table_count; t++) {
		if (strcmp(room, app_route_tables[t]->room) != 0)
			fprintf(out, "\n## %s\n\n| method | address | who | conditions | what |\n|---|---|---|---|---|\n",
				app_route_tables[t]->room);
		room = app_route_tables[t]->room;
		for (size_t i = 0; i < app_route_tables[t]->count; i++) write_permission_row(&app_route_tables[t]->rows[i], out);
	}
	return OK;
}

/* ---- openapi.json */
static Text openapi_path(Arena *arena, const char *path)
{
	Buffer text = { .arena = arena };
	for (const char *at = path; *at; at++) {
		if (*at != ':') {
			buffer_byte(&text, *at);
			continue;
		}
		size_t length = strcspn(at + 1, "/");
		buffer_printf(&text, "{%.*s}", (int)length, at + 1);
		at += length;
	}
	return buffer_text(&text);
}

static void openapi_parameters(JsonWriter *json, const Route *route)
{
	json_key(json, TEXT("parameters"));
	json_array_begin(json);
	for (const char *at = strchr(route->path, ':'); at; at = strchr(at + 1, ':')) {
		json_object_begin(json);
		json_put_text(json, "name", (Text) { at + 1, strcspn(at + 1, "/") });
		json_put_text(json, "in", TEXT("path"));
		json_put_bool(json, "required", true);
		json_key(json, TEXT("schema"));
		json_object_begin(json);
		json_put_text(json, "type", TEXT("string"));
		json_end(json);
		json_end(json);
	}
	json_end(json);
}

static void openapi_field(JsonWriter *json, const FieldSpec *field)
{
	static const char *const types[] = { [FIELD_TEXT] = "string",
		[FIELD_LINES] = "string",
		[FIELD_INT] = "integer",
		[FIELD_BOOL] = "boolean",
		[FIELD_CHOICE] = "string",
		[FIELD_TEXTS] = "array",
		[FIELD_FILES] = "array" };
	json_key(json, text_from(field->name));
	json_object_begin(json);
	json_put_text(json, "type", text_from(types[field->kind]));
	if (field->max_length) json_put_int(json, field->kind == FIELD_INT ? "maximum" : "maxLength", (int64_t)field->max_length);
	if (field->kind == FIELD_TEXTS || field->kind == FIELD_FILES) {
		json_key(json, TEXT("items"));
		json_object_begin(json);
		json_put_text(json, "type", TEXT("string"));
		json_end(json);
	}
	if (field->choices) {
		Text rest = text_from(field->choices), choice;
		json_key(json, TEXT("enum"));
		json_array_begin(json);
		while (text_next(&rest, ' ', &choice)) json_text(json, choice);
		json_end(json);
	}
	json_end(json);
}

static void openapi_body(JsonWriter *json, const FormSpec *form)
{
	json_key(json, TEXT("requestBody"));
	json_object_begin(json);
	json_put_bool(json, "required", true);
	json_key(json, TEXT("content"));
	json_object_begin(json);
	json_key(json, form->is_raw ? TEXT("application/octet-stream") : TEXT("application/json"));
	json_object_begin(json);
	json_key(json, TEXT("schema"));
	json_object_begin(json);
	json_put_text(json, "type", form->is_raw ? TEXT("string") : TEXT("object"));
	if (!form->is_raw) {
		json_key(json, TEXT("properties"));
		json_object_begin(json);
		for (size_t i = 0; i < form->field_count; i++) openapi_field(json, &form->fields[i]);
		json_end(json);
		json_key(json, TEXT("required"));
		json_array_begin(json);
		for (size_t i = 0; i < form->field_count; i++)
			if (form->fields[i].required) json_text(json, text_from(form->fields[i].name));
		json_end(json);
	}
	for (int i = 0; i < 4; i++) json_end(json);
}

static void openapi_response(JsonWriter *json, const char *status, const char *description, const char *content)
{
	json_key(json, text_from(status));
	json_object_begin(json);
	json_put_text(json, "description", text_from(description));
	json_key(json, TEXT("content"));
	json_object_begin(json);
	json_key(json, text_from(content));
	json_object_begin(json);
	json_end(json);
	json_end(json);
	json_end(json);
}

static void openapi_operation(JsonWriter *json, const Route *route)
{
	static const char *const keys[] = { [GET] = "get", [POST] = "post", [PUT] = "put", [DELETE] = "delete" };
	json_key(json, text_from(keys[route->method]));
	json_object_begin(json);
	json_put_text(json, "summary", text_from(route->summary));
	openapi_parameters(json, route);
	if (route->form) openapi_body(json, route->form);
	json_key(json, TEXT("security"));
	json_array_begin(json);
	if (route->may & ROLE_VISITOR) {
		json_object_begin(json);
		json_end(json);
	}
	json_object_begin(json);
	json_key(json, TEXT("token"));
	json_array_begin(json);
	json_end(json);
	json_end(json);
	json_end(json);
	json_key(json, TEXT("responses"));
	json_object_begin(json);
	openapi_response(json, "200", "Done.", "application/json");
	openapi_response(json, "default", "A problem as in RFC 9457, with the wrong fields in `errors`.", "application/problem+json");
	json_end(json);
	json_end(json);
}

static void openapi_paths(JsonWriter *json, Arena *arena)
{
	Map *seen = map_new(arena);
	for (size_t t = 0; t < app_route_table_count; t++)
		for (size_t i = 0; i < app_route_tables[t]->count; i++) {
			const char *path = app_route_tables[t]->rows[i].path;
			if (strncmp(path, "/api/", 5) != 0 || map_get(seen, text_from(path))) continue;
			map_put(seen, text_from(path), json);
			json_key(json, openapi_path(arena, path));
			json_object_begin(json);
			for (size_t u = t; u < app_route_table_count; u++)
				for (size_t k = 0; k < app_route_tables[u]->count; k++)
					if (strcmp(app_route_tables[u]->rows[k].path, path) == 0)
						openapi_operation(json, &app_route_tables[u]->rows[k]);
			json_end(json);
		}
}

Text document_openapi(Arena *arena)
{
	Buffer text = { .arena = arena };
	JsonWriter json = json_writer(&text);
	json_object_begin(&json);
	json_put_text(&json, "openapi", TEXT("3.1.0"));
	json_key(&json, TEXT("info"));
	json_object_begin(&json);
	json_put_text(&json, "title", TEXT("cappvd"));
	json_put_text(&json, "version", TEXT(CAPPVD_VERSION));
	json_end(&json);
	json_key(&json, TEXT("components"));
	json_object_begin(&json);
	json_key(&json, TEXT("securitySchemes"));
	json_object_begin(&json);
	json_key(&json, TEXT("token"));
	json_object_begin(&json);
	json_put_text(&json, "type", TEXT("http"));
	json_put_text(&json, "scheme", TEXT("bearer"));
	for (int i = 0; i < 3; i++) json_end(&json);
	json_key(&json, TEXT("paths"));
	json_object_begin(&json);
	openapi_paths(&json, arena);
	json_end(&json);
	json_end(&json);
	json_finish(&json);
	buffer_byte(&text, '\n');
	return buffer_text(&text);
}

static Error write_openapi(Call *call, FILE *out)
{
	Text text = document_openapi(call->arena);
	fwrite(text.at, 1, text.length, out);
	return OK;
}

/* ---- Manual pages and completion */
static void write_roff(const char *text, FILE *out)
{
	bool line_start = true;
	for (; *text; text++) {
		if (line_start && (*text == '.' || *text == '\'')) fputs("\\&", out);
		if (*text == '\\')
			fputs("\\e", out);
		else if (*text == '-')
			fputs("\\-", out);
		else
			fputc(*text, out);
		line_start = *text == '\n';
	}
}

static void write_man_page(const Command *command, FILE *out)
{
	fprintf(out, ".TH CAPPVD-%s 1 \"\" \"cappvd " CAPPVD_VERSION "\"\n.SH NAME\ncappvd\\-%s \\- ", command->name, command->name);
	write_roff(command->summary, out);
	fprintf(out, "\n.SH SYNOPSIS\n.B cappvd %s\n", command->name);
	write_roff(command->synopsis, out);
	fputs("\n.SH EXAMPLES\n.nf\n", out);
	write_roff(command->examples, out);
	fputs(".fi\n", out);
	if (*command->options) {
		fputs(".SH OPTIONS\n.nf\n", out);
		write_roff(command->options, out);
		fputs(".fi\n", out);
	}
	fputs(".SH EXIT STATUS\n.nf\n 0  done\n64  the command was not understood\n65  the input is wrong\n66  there is no such thing\n70  "
	      "a fault of the program\n"
	      "74  reading or writing failed\n75  busy, try again\n76  whole, but signed by somebody who is not known\n77  not "
	      "permitted\n78  configuration\n.fi\n",
		out);
}

static Error write_man(Call *call, FILE *out)
{
	(void)call;
	for (size_t i = 0; i < command_count; i++) write_man_page(&commands[i], out);
	return OK;
}

static Error write_man_files(Call *call, const char *folder)
{
	for (size_t i = 0; i < command_count; i++) {
		Text path = arena_printf(call->arena, "%s/cappvd-%s.1", folder, commands[i].name);
		FILE *file = fopen(path.at, "w");
		if (!file) return fail(call, IO, "%s: %s", path.at, strerror(errno));
		write_man_page(&commands[i], file);
		if (fclose(file) != 0) return fail(call, IO, "%s: %s", path.at, strerror(errno));
	}
	return OK;
}

static Error write_completion(Call *call, FILE *out)
{
	(void)call;
	fputs("# bash completion of cappvd, made by `cappvd document completion`\n_cappvd() {\n\tlocal word=${COMP_WORDS[COMP_CWORD]} "
	      "options=\n"
	      "\tif [ \"$COMP_CWORD\" = 1 ]; then\n\t\tCOMPREPLY=($(compgen -W \"",
		out);
	for (size_t i = 0; i < command_count; i++) fprintf(out, "%s%s", i ? " " : "", commands[i].name);
	fputs("\" -- \"$word\"))\n\t\treturn\n\tfi\n\tcase ${COMP_WORDS[1]} in\n", out);
	for (size_t i = 0; i < command_count; i++) {
		fprintf(out, "\t%s) options=\"", commands[i].name);
		for (const char *at = commands[i].options; *at; at += strcspn(at, "\n") + (at[strcspn(at, "\n")] != '\0')) {
			size_t indent = strspn(at, " ");
			if (strncmp(at + indent, "--", 2) == 0) fprintf(out, "%.*s ", (int)strcspn(at + indent, " \n"), at + indent);
		}
		fputs("--data --database --key-file --lang --help\" ;;\n", out);
	}
	fputs("\tesac\n\tcase $word in\n\t-*) COMPREPLY=($(compgen -W \"$options\" -- \"$word\")) ;;\n\t*) COMPREPLY=($(compgen -f -- "
	      "\"$word\")) ;;\n\tesac\n}\n"
	      "complete -o filenames -F _cappvd cappvd\n",
		out);
	return OK;
}

static Error write_workflow(Call *call, FILE *out)
{
	const Machine *const machines[] = { &report_machine, &party_machine, &delivery_machine, &casefile_machine, &article_machine,
		&claim_machine, &activity_machine, &collection_machine, &round_machine, &application_machine, &expert_machine,
		&inspection_machine, &objection_machine, &unit_machine, &deed_machine, &evaluation_machine, &honour_machine,
		&find_list_machine, &find_machine, &figure_report_machine, &dispute_machine, &batch_machine, &warning_machine,
		&impact_machine };
	workflow_draw(call->arena, out, machines, COUNT(machines));
	return OK;
}

static const struct {
	const char *name;
	Error (*write)(Call *call, FILE *out);
} documents[] = {
	{ "errors", write_errors },
	{ "permissions", write_permissions },
	{ "settings", settings_document },
	{ "openapi", write_openapi },
	{ "man", write_man },
	{ "completion", write_completion },
	{ "workflow", write_workflow },
};

Error document_command(Call *call, int argc, char **argv, FILE *out, FILE *talk)
{
	const char *wanted = NULL, *folder = NULL;
	for (int i = 0; i < argc; i++) {
		if (option_value(argc, argv, &i, "--out", &folder)) continue;
		if (wanted || argv[i][0] == '-') return usage_error(call, talk, "document takes one name and --out DIR, not %s", argv[i]);
		wanted = argv[i];
	}
	if (folder && wanted && strcmp(wanted, "man") == 0) return write_man_files(call, folder);
	for (size_t i = 0; wanted && i < COUNT(documents); i++)
		if (strcmp(documents[i].name, wanted) == 0) return documents[i].write(call, out);
	return usage_error(call, talk, "document errors | permissions | openapi | man [--out DIR] | completion | workflow");
}
