/* Units: by two secretaries who are nobody of the walk. Each is another organisation's, but the one in force: that is the unit people's. */
#include "matrix/matrix.h"
#include "subject/programme/unit/unit_scene.h"

static const char *a_code(Test *t, size_t n)
{
	static const char digits[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
	for (size_t i = 0; digits[i]; i++) {
		Text code = arena_printf(t->arena, "91110108MAUN%02zu00%zu%c", n, n % 10, digits[i]);
		if (credit_code_parse(t->arena, code).length) return code.at;
	}
	test_fail(__FILE__, __LINE__, "no code");
}

static const Actor *an_actor(Test *t, const char *mail, uint32_t roles)
{
	Actor *actor = arena_new_of(t->arena, Actor);
	people_staff(t, mail, roles);
	*actor = *t->call->actor;
	return actor;
}

static void name_certificate(Matrix *matrix, Text ref, const char *state)
{
	Unit unit;
	CHECK_OK(matrix->t->call, unit_open(matrix->t->call, ref, &unit));
	if (!unit.certificate.length) return;
	MatrixObject *object = matrix_add(matrix, "certificate", state); /* of the unit */
	object->ref = unit.certificate;
}

static void make_unit(Matrix *matrix, UnitScene *units, size_t n)
{
	Test *t = matrix->t;
	const char *state = unit_machine.states[n].name;
	Actor *own = arena_new_of(t->arena, Actor);
	matrix_as(matrix, "unit-admin");
	*own = *t->call->actor;
	units->own = own;
	units->code = "91350100M000100Y43";
	if (strcmp(state, "ACTIVE") != 0) {
		const char *handle = arena_printf(t->arena, "unit%zu", n).at;
		*own = *scene_person(matrix->scene, handle, ROLE_REPORTER);
		units->code = a_code(t, n);
		(void)scene_organisation(matrix->scene, an_actor(t, arena_printf(t->arena, "v%zu@example.org", n).at, ROLE_COORDINATOR),
			own, "Unit<script>alert(1)</script>", units->code, "other", "CN");
		own->roles |= ROLE_UNIT_MEMBER | ROLE_UNIT_ADMIN;
	}
	MatrixObject *object = matrix_add(matrix, "unit", state);
	object->ref = unit_scene_unit(units, "technical", state, object->title, object->content);
	t->call->actor = units->first;
	name_certificate(matrix, object->ref, state);
}

/* Renewed: its first certificate has given way to another one. */
static void make_replaced(Matrix *matrix, UnitScene *units)
{
	Test *t = matrix->t;
	Actor *own = arena_new_of(t->arena, Actor);
	Map *values = UNIT_VALUES(t, "stars", "2", "document", "D", "document_on", "2026-03-01", "until_on", "2027-12-31");
	*own = *scene_person(matrix->scene, "renewed", ROLE_REPORTER);
	units->own = own;
	units->code = a_code(t, 90);
	(void)scene_organisation(
		matrix->scene, an_actor(t, "v90@example.org", ROLE_COORDINATOR), own, "Renewed unit", units->code, "other", "CN");
	Text ref = unit_scene_unit(units, "technical", "ACTIVE", TEXT("D"), TEXT("R"));
	t->call->actor = units->first;
	name_certificate(matrix, ref, "REPLACED");
	CHECK_OK(t->call, unit_scene_act(t, units->first, ref, "propose-renew", values));
	CHECK_OK(t->call, unit_scene_act(t, units->second, ref, "renew", NULL));
}

void matrix_units(Matrix *matrix)
{
	Test *t = matrix->t;
	UnitScene units = { .t = t };
	units.first = an_actor(t, "first@example.org", ROLE_SECRETARY);
	units.second = an_actor(t, "second@example.org", ROLE_SECRETARY);
	for (size_t i = 0; i < unit_machine.state_count; i++) make_unit(matrix, &units, i);
	make_replaced(matrix, &units);
}
