/* Rotation: a new generation of the master key, and every matter's key wrapped by it. */
#include "store/seal/seal_private.h"

#include "store/seal/seal.sql.h"

enum { KEYS_AT_ONCE = 256 };

typedef struct Rotation {
	Keyring *keyring;
	Generations generations;
	int64_t wrapped; /* in this transaction */
	bool finished;
} Rotation;

static void rotation_wipe(Rotation *rotation) { generations_wipe(&rotation->generations); }

static Error rewrap_one(Call *call, const Rotation *rotation, const MatterKeyRow *row)
{
	const Generation *to = &rotation->generations.at[rotation->generations.count - 1];
	const Key *master = generations_find(&rotation->generations, row->generation.value);
	if (!master) return fail(call, CONFIG, "the key file lacks generation %lld", (long long)row->generation.value);
	Key key scoped(key_wipe) = { 0 };
	if (!keyring_unwrap(call->arena, master, row->id, row->wrapped, &key))
		return fail(call, CONFIG, "the key file does not fit matter %lld", (long long)row->id);
	int64_t changed;
	TRY(matter_key_rewrap(call, row->id, row->generation.value, to->number,
		keyring_wrap(call->arena, rotation->keyring->kind, to, row->id, &key), &changed));
	return changed == 1 ? OK : fail(call, CONFLICT, "matter %lld was rewrapped by another process", (long long)row->id);
}

static Error rewrap_some(Call *call, void *argument)
{
	Rotation *rotation = argument;
	int64_t newest = rotation->generations.at[rotation->generations.count - 1].number, raised;
	MatterKeyRows rows;
	TRY(seal_generation_raise(call, newest, &raised)); /* from here on no process wraps with an older one */
	TRY(matter_key_outdated(call, newest, KEYS_AT_ONCE, &rows));
	for (size_t i = 0; i < rows.count; i++) TRY(rewrap_one(call, rotation, &rows.at[i]));
	rotation->wrapped = (int64_t)rows.count;
	rotation->finished = rows.count < KEYS_AT_ONCE;
	return OK;
}

static void keyring_take(Keyring *keyring, const Generations *generations)
{
	pthread_mutex_lock(&keyring->lock);
	keyring->generations = *generations;
	pthread_mutex_unlock(&keyring->lock);
}

/* An interrupted rotation left keys behind that the newest generation does not wrap: it is finished before another generation is made. */
static Error generation_add(Call *call, Rotation *rotation)
{
	Generations *generations = &rotation->generations;
	MatterKeyRows rows;
	TRY(matter_key_outdated(call, generations->at[generations->count - 1].number, 1, &rows));
	if (rows.count) return OK;
	if (generations->count == GENERATIONS_MAX)
		return fail(call, CONFLICT, "the key file holds %d generations: rotate with --forget", GENERATIONS_MAX);
	int64_t number = generations->at[generations->count - 1].number + 1;
	generations->at[generations->count++] = (Generation) { .number = number, .key = key_random() };
	return generations_save(call, rotation->keyring->path, generations, true);
}

/* The last but one stays: another process may just be using it for a new matter, and the next rotation finds that. */
static Error generations_forget(Call *call, Rotation *rotation)
{
	Generations *generations = &rotation->generations;
	if (generations->count <= 2) return OK;
	memmove(&generations->at[0], &generations->at[generations->count - 2], 2 * sizeof(Generation));
	secret_wipe(&generations->at[2], (generations->count - 2) * sizeof(Generation));
	generations->count = 2;
	return generations_save(call, rotation->keyring->path, generations, true);
}

Error keyring_rotate(Call *call, bool forget, int64_t *out_wrapped)
{
	Rotation scoped(rotation_wipe) rotation = { .keyring = call->house->keyring };
	int64_t wrapped = 0;
	TRY(generations_load(call, rotation.keyring->path, &rotation.generations));
	TRY(generation_add(call, &rotation));
	keyring_take(rotation.keyring, &rotation.generations);
	while (!rotation.finished) {
		ArenaMark mark = arena_mark(call->arena);
		TRY(db_transact(call, rewrap_some, &rotation));
		arena_release(call->arena, mark);
		wrapped += rotation.wrapped;
	}
	if (forget) {
		TRY(generations_forget(call, &rotation));
		keyring_take(rotation.keyring, &rotation.generations);
	}
	*out_wrapped = wrapped;
	return OK;
}
