/* Lists, searches, feeds and counts name exactly what their reader may see, as the table written by hand says. */
#include "matrix/matrix.h"
#include "subject/dispute/dispute.h"
#include "subject/figure/figure_report.h"
#include "subject/find/find.h"
#include "subject/merit/deed.h"
#include "subject/merit/honour.h"
#include "subject/party/delivery.h"
#include "subject/party/party.h"
#include "subject/product/product.h"
#include "subject/programme/activity/activity.h"
#include "subject/programme/application/application.h"
#include "subject/programme/collection/collection.h"
#include "subject/programme/decision/decision.h"
#include "subject/programme/evaluation/evaluation.h"
#include "subject/programme/expert/expert.h"
#include "subject/programme/inspection/inspection.h"
#include "subject/programme/unit/unit.h"
#include "subject/site/site.h"
#include "subject/warning/warning.h"
#include "work/certificate/certificate.h"

enum { ADDRESS_CELL, ACTORS_CELL, HOW_CELL, MATTERS_CELL, CELLS };

typedef struct Reading {
	Matrix *matrix;
	const MatrixLine *line;
	const MatrixActor *actor;
	MatrixReply reply;
	int failures;
} Reading;

static bool is_named_in(Text text, Text ref)
{
	for (Text rest = text; ref.length && rest.length;) {
		size_t at;
		if (!text_find(rest, ref, &at)) return false;
		size_t end = at + ref.length;
		bool ends = end == rest.length ||
			    !((rest.at[end] >= '0' && rest.at[end] <= '9') || (rest.at[end] >= 'A' && rest.at[end] <= 'Z'));
		if (ends) return true;
		rest = text_slice(rest, end, rest.length);
	}
	return false;
}

static void check_one(Reading *reading, const char *kind, const char *state, Text ref)
{
	Text name = arena_printf(reading->matrix->arena, "%s:%s", kind, state);
	bool is_exact = text_is(reading->line->cells[HOW_CELL], TEXT("is"));
	bool expected = matrix_names(reading->line->cells[MATTERS_CELL], name), found = is_named_in(reading->reply.body, ref);
	if (found == expected || (!found && !is_exact)) return;
	reading->failures++;
	fprintf(stderr, "    lists.tsv:%d: %.*s shows %s%s %.*s\n", reading->line->number, TEXT_ARGS(reading->line->cells[ADDRESS_CELL]),
		reading->actor->word, found ? "" : " no", TEXT_ARGS(name));
}

static void check_all(Reading *reading)
{
	const Matrix *matrix = reading->matrix;
	for (size_t i = 0; i < matrix->object_count; i++) {
		const MatrixObject *object = &matrix->objects[i];
		bool is_withdrawn = !strcmp(object->kind, "withdrawn");
		if (!strcmp(object->kind, "number") || !object->ref.length) continue;
		check_one(reading, object->kind, object->state, object->ref);
		if (is_withdrawn || !strcmp(object->kind, "casefile"))
			check_one(reading, is_withdrawn ? "withdrawn-part" : "part", object->state, object->of);
	}
}

static const MatrixLine *line_for(const MatrixLines *lines, const MatrixLine *first, const char *word)
{
	const MatrixLine *others = NULL;
	for (size_t i = 0; i < lines->count; i++) {
		const MatrixLine *line = &lines->at[i];
		if (!text_is(line->cells[ADDRESS_CELL], first->cells[ADDRESS_CELL])) continue;
		if (matrix_names(line->cells[ACTORS_CELL], text_from(word))) return line;
		if (text_is(line->cells[ACTORS_CELL], TEXT("*"))) others = line;
	}
	if (!others) test_fail("lists.tsv", first->number, "says nothing of %s", word);
	return others;
}

static bool is_first(const MatrixLines *lines, size_t at)
{
	return at == 0 || !text_is(lines->at[at].cells[ADDRESS_CELL], lines->at[at - 1].cells[ADDRESS_CELL]);
}

TEST_DB(matrix__lists_name_exactly_what_their_reader_may_see)
{
	MatrixLines lines = matrix_table(t, "lists.tsv");
	Reading reading = { .matrix = matrix_open(t) };
	for (size_t i = 0; i < lines.count; i++) {
		CHECK_INT(lines.at[i].count, CELLS);
		if (!is_first(&lines, i)) continue;
		for (size_t a = 0; a < matrix_actor_count; a++) {
			reading.actor = &matrix_actors[a];
			reading.line = line_for(&lines, &lines.at[i], reading.actor->word);
			reading.reply = matrix_get(reading.matrix, reading.actor->word, reading.line->cells[ADDRESS_CELL]);
			check_all(&reading);
		}
	}
	CHECK_INT(reading.failures, 0);
}

/* ---- Nothing is left out: what has no matter here says why */
static const struct {
	const char *machine, *state, *why;
} without[] = {
	{ "report", "DRAFT", "a draft is of kind “draft”" },
	{ "claim", NULL, "a claim has no address of its own but its owner's; test/subject/product walks it" },
};

static bool has_reason(const char *machine, const char *state)
{
	for (size_t i = 0; i < COUNT(without); i++)
		if (!strcmp(without[i].machine, machine) && (!without[i].state || !strcmp(without[i].state, state))) return true;
	return false;
}

static int count_without(const Matrix *matrix, const Machine *machine)
{
	int missing = 0;
	for (size_t i = 0; i < machine->state_count; i++) {
		const char *state = machine->states[i].name;
		bool is_there = matrix_object(matrix, machine->name, text_from(state)) != NULL;
		if (is_there != has_reason(machine->name, state)) continue;
		fprintf(stderr, "    %s %s: %s\n", machine->name, state,
			is_there ? "is there, with a reason why not" : "no matter, and no reason why");
		missing++;
	}
	return missing;
}

TEST_DB(matrix__every_state_of_every_machine_has_a_matter_or_a_reason)
{
	const Machine *const machines[] = { &report_machine, &party_machine, &delivery_machine, &casefile_machine, &article_machine,
		&claim_machine, &activity_machine, &collection_machine, &round_machine, &application_machine, &expert_machine,
		&inspection_machine, &objection_machine, &unit_machine, &deed_machine, &evaluation_machine, &honour_machine,
		&find_list_machine, &find_machine, &figure_report_machine, &dispute_machine, &warning_machine };
	static const char *const certificates[] = { "ACTIVE", "SUSPENDED", "REVOKED", "EXPIRED", "REPLACED" };
	Matrix *matrix = matrix_open(t);
	int missing = 0;
	for (size_t i = 0; i < COUNT(machines); i++) missing += count_without(matrix, machines[i]);
	for (size_t c = 0; c < COUNT(certificates); c++) {
		bool is_there = false;
		for (size_t i = 0; i < matrix->object_count && !is_there; i++) {
			Certificate certificate;
			if (strcmp(matrix->objects[i].kind, "certificate") != 0) continue;
			CHECK_OK(t->call, certificate_find(t->call, matrix->objects[i].ref, &certificate));
			is_there = !strcmp(certificate_state(&certificate, t->call->now)->name, certificates[c]);
		}
		if (!is_there) fprintf(stderr, "    no certificate is %s\n", certificates[c]);
		missing += !is_there;
	}
	CHECK_INT(missing, 0);
}

TEST_DB(matrix__unread_counts_tell_strangers_nothing)
{
	Matrix *matrix = matrix_open(t);
	for (size_t a = 0; a < matrix_actor_count; a++) {
		const MatrixActor *actor = &matrix_actors[a];
		bool concerned = matrix_names(
			TEXT("owner coordinator assigned publisher authority vendor-admin vendor-member"), text_from(actor->word));
		if (!actor->cookie.length || actor->waits_as || concerned) continue;
		MatrixReply reply = matrix_get(matrix, actor->word, TEXT("/desk/unread"));
		CHECK_TEXT(reply.body, "{\"unread\":0}");
	}
}
