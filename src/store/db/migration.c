#include "store/db/migration_private.h"
#include "store/db/schema.sql.h"

static int newest(void) { return migration_count ? migrations[migration_count - 1].number : 0; }

static const Migration *migration_find(int64_t number)
{
	for (size_t i = 0; i < migration_count; i++)
		if (migrations[i].number == number) return &migrations[i];
	return NULL;
}

/* The rows of schema_migration; none before the first migration. */
static Error applied_list(Call *call, SchemaMigrationRows *out)
{
	int64_t tables;
	TRY(schema_migration_exists(call, &tables));
	*out = (SchemaMigrationRows) { 0 };
	return tables ? schema_migration_list(call, out) : OK;
}

static Error check_applied(Call *call, const SchemaMigrationRows *applied)
{
	for (size_t i = 0; i < applied->count; i++) {
		const SchemaMigrationRow *row = &applied->at[i];
		const Migration *migration = migration_find(row->number);
		if (!migration) return fail(call, NEWER, "migration %04d %.*s is unknown here", (int)row->number, TEXT_ARGS(row->name));
		if (!text_is(row->checksum, text_from(migration->checksum)))
			return fail(call, CORRUPT, "migration %04d was applied with another text", migration->number);
	}
	return OK;
}

static bool is_applied(const SchemaMigrationRows *applied, int number)
{
	for (size_t i = 0; i < applied->count; i++)
		if (applied->at[i].number == number) return true;
	return false;
}

typedef struct Step {
	const Migration *migration;
	bool applied;
} Step;

static Error apply(Call *call, void *argument)
{
	Step *step = argument;
	const Migration *migration = step->migration;
	SchemaMigrationRows applied;
	TRY(applied_list(call, &applied)); /* again: another process may have been faster */
	TRY(check_applied(call, &applied));
	step->applied = !is_applied(&applied, migration->number);
	if (!step->applied) return OK;
	TRY(db_script(call, migration->sql[db_kind(call->db)]));
	return schema_migration_add(call, migration->number, text_from(migration->name), text_from(migration->checksum), call->now);
}

Error db_migrate(Call *call, int *out_applied)
{
	SchemaMigrationRows applied;
	TRY(applied_list(call, &applied));
	TRY(check_applied(call, &applied));
	int count = 0;
	for (size_t i = 0; i < migration_count; i++) {
		Step step = { .migration = &migrations[i] };
		if (is_applied(&applied, step.migration->number)) continue;
		TRY(db_transact(call, apply, &step));
		count += step.applied;
	}
	*out_applied = count;
	return OK;
}

Error db_schema_version(Call *call, int *out_version, int *out_program_version)
{
	SchemaMigrationRows applied;
	TRY(applied_list(call, &applied));
	*out_version = applied.count ? (int)applied.at[applied.count - 1].number : 0;
	*out_program_version = newest();
	return OK;
}
