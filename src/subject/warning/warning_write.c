/* Writing a warning, and saying whom it is meant for. */
#include "base/base/random.h"
#include "store/db/db.h"
#include "subject/warning/warning_private.h"

enum { UNIT = ROLE_UNIT_MEMBER | ROLE_UNIT_ADMIN, REF = 10, KEYED_REF = 24, CODE = 16 };

Error warning_record(Call *call, const Warning *warning, const char *action, Text detail)
{
	return ledger_record(call,
		&(LedgerEvent) { .kind = warning_machine.name,
			.ref = warning->ref,
			.action = action,
			.matter = warning->seal_key,
			.detail = detail },
		NULL);
}

/* ---- A new one */
typedef struct Beginning {
	Text key, ref; /* key: may be empty */
	bool repeated;
} Beginning;

/* One person's key names one warning: its reference follows from it, and nobody can guess it. */
static Text ref_of(Call *call, Text key)
{
	if (!key.length) return arena_printf(call->arena, "W-%.*s", TEXT_ARGS(random_code(call->arena, REF)));
	Text whose = arena_printf(call->arena, "%lld %.*s", (long long)call->actor->person_id, TEXT_ARGS(key));
	return arena_printf(call->arena, "W-%.*s", TEXT_ARGS(text_slice(seal_lookup(call, "warning key", whose), 0, KEYED_REF)));
}

static Error begin(Call *call, void *argument)
{
	Beginning *beginning = argument;
	Warning before;
	const Actor *actor = call->actor;
	bool is_shared = actor_has(actor, UNIT) && actor->organisation_id;
	Matter matter = { .state = TEXT("DRAFT"), .revision = 1 };
	matter.ref = beginning->ref = ref_of(call, beginning->key);
	beginning->repeated = false;
	if (beginning->key.length) {
		Error error = warning_open(call, matter.ref, &before);
		if (error != ERROR_NOT_FOUND) {
			beginning->repeated = error == OK;
			return error;
		}
		call_pass_over(call);
	}
	TRY(seal_matter_new(call, &matter.seal_key));
	TRY(warning_insert(
		call, matter.ref, matter.seal_key, (Maybe) { is_shared, actor->organisation_id }, actor->person_id, call->now, &matter.id));
	return workflow_begin(call, &warning_machine, &matter);
}

static Error begin_one(Call *call, Beginning *beginning)
{
	const Actor *actor = call->actor;
	if (!actor_has(actor, UNIT | ROLE_COORDINATOR)) return fail(call, FORBIDDEN, "writes no warnings");
	if (!actor->second_factor) return fail(call, SECOND_FACTOR, "warnings without second factor");
	return db_transact(call, begin, beginning);
}

Error warning_new(Call *call, Text *out_ref)
{
	Beginning beginning = { .key = TEXT("") };
	TRY(begin_one(call, &beginning));
	*out_ref = beginning.ref;
	return OK;
}

/* A repetition after a death in between goes on where the first one ended: an empty text is written. */
Error warning_share(Call *call, Text key, const Map *values, Text *out_ref, bool *out_repeated)
{
	Warning warning;
	Beginning beginning = { .key = key };
	TRY(begin_one(call, &beginning));
	*out_ref = beginning.ref;
	*out_repeated = beginning.repeated;
	if (!beginning.repeated) return warning_save(call, beginning.ref, values);
	TRY(warning_open(call, beginning.ref, &warning));
	Text before = form_values_text(call->arena, &warning_form, warning.values),
	     now = form_values_text(call->arena, &warning_form, values);
	if (text_is(before, TEXT("{}")) && text_is(warning.state, TEXT("DRAFT"))) return warning_save(call, beginning.ref, values);
	return text_is(before, now) ? OK : fail(call, CONFLICT, "this Idempotency-Key stands for another warning");
}

/* ---- Its text */
bool warning_may_write(const Warning *warning, const Actor *actor)
{
	bool is_coordinator = actor->second_factor && actor_has(actor, ROLE_COORDINATOR) && !warning->is_owner;
	if (text_is(warning->state, TEXT("SUBMITTED"))) return is_coordinator;
	if (!text_is(warning->state, TEXT("DRAFT"))) return false;
	return warning->organisation_id ? warning->is_owner && actor_has(actor, UNIT) : is_coordinator;
}

typedef struct Writing {
	Text ref, name, value; /* name: one field alone */
	const Map *values;
} Writing;

static Error store(Call *call, const Warning *warning, const Map *values)
{
	Sealed title, content;
	int64_t changed = 0;
	const Text what[LANG_COUNT] = { [LANG_ZH] = form_answer(values, "what_zh"), [LANG_EN] = form_answer(values, "what_en") };
	TRY(seal_close(call, warning->seal_key, warning_title_place, warning->ref, warning_pair_text(call->arena, what), &title));
	TRY(seal_close(call, warning->seal_key, warning_values_place, warning->ref, form_values_text(call->arena, &warning_form, values),
		&content));
	TRY(warning_write_row(call, warning->id, warning->revision, call->actor->person_id,
		text_is(form_answer(values, "urgent"), TEXT("yes")), title, content, call->now, &changed));
	return changed == 1 ? OK : fail(call, CONFLICT, "warning %.*s was changed meanwhile", TEXT_ARGS(warning->ref));
}

static Error write_values(Call *call, void *argument)
{
	const Writing *writing = argument;
	Warning warning;
	TRY(warning_open(call, writing->ref, &warning));
	if (!warning_may_write(&warning, call->actor))
		return fail(call, FORBIDDEN, "warning %.*s is not theirs to write now", TEXT_ARGS(warning.ref));
	Map *values = form_values_copy(call->arena, &warning_form, writing->values ? writing->values : warning.values);
	if (writing->name.at) form_put(call->arena, form_item(&warning_form, writing->name), values, writing->value);
	TRY(store(call, &warning, values));
	return writing->name.at ? OK : warning_record(call, &warning, "write", (Text) { 0 });
}

Error warning_save(Call *call, Text ref, const Map *values)
{
	Writing writing = { .ref = ref, .values = values };
	return db_transact(call, write_values, &writing);
}

Error warning_save_field(Call *call, Text ref, Text name, Text value)
{
	enum { FIELD_MOST = 20000 };
	Writing writing = { .ref = ref, .name = name, .value = value };
	if (!form_item(&warning_form, name) || text_utf8_length(value) > FIELD_MOST || !text_is_utf8(value))
		call_problem(call, name, N_("There is no such field, or this is too long."), (Text) { 0 });
	TRY(call_check_problems(call));
	return db_transact(call, write_values, &writing);
}

/* ---- Whom it is meant for */
static bool takes_aims(const Warning *warning)
{
	static const char *const states[] = { "DRAFT", "SUBMITTED", "ASSESSED", "SENT", "CORRECTING" };
	for (size_t i = 0; i < COUNT(states); i++)
		if (text_is(warning->state, text_from(states[i]))) return true;
	return false;
}

static Error open_to_aim(Call *call, Text ref, Warning *out)
{
	TRY(warning_open(call, ref, out));
	bool is_coordinator = call->actor->second_factor && actor_has(call->actor, ROLE_COORDINATOR);
	if (!is_coordinator || out->is_owner) return fail(call, FORBIDDEN, "audiences are chosen by coordinators");
	if (!takes_aims(out)) return fail(call, CONFLICT, "warning %.*s is decided", TEXT_ARGS(out->ref));
	return OK;
}

typedef struct Aiming {
	Text ref, aim;
	const Map *values;
} Aiming;

/* By its reference in the catalogue, or the one SDK of exactly this name. */
static Error find_sdk(Call *call, Text words, int64_t *out_id)
{
	Product product;
	Products found;
	Error error = product_open(call, words, &product);
	if (error != OK && error != ERROR_NOT_FOUND) return error;
	call_pass_over(call);
	bool is_sdk = error == OK && text_is(product.kind, TEXT("sdk"));
	if (!is_sdk) {
		TRY(product_search(call, words, TEXT("sdk"), 0, 50, &found));
		for (size_t i = 0; i < found.count && !is_sdk; i++) {
			is_sdk = text_is(found.at[i].name, words) || text_is(found.at[i].name_en, words);
			if (is_sdk) product = found.at[i];
		}
	}
	if (!is_sdk) call_problem(call, TEXT("sdk"), N_("There is no SDK of this reference or name."), (Text) { 0 });
	*out_id = is_sdk ? product.id : 0;
	return OK;
}

static Error find_organisation(Call *call, Text code, int64_t *out_id)
{
	Organisation organisation;
	Error error = org_find_code(call, code, &organisation);
	if (error != OK && error != ERROR_NOT_FOUND) return error;
	call_pass_over(call);
	if (error != OK) call_problem(call, TEXT("credit_code"), N_("No verified organisation has this code."), (Text) { 0 });
	*out_id = error == OK ? organisation.id : 0;
	return OK;
}

static Text range_text(Arena *arena, const Map *values)
{
	const Text range[] = { text_trim(form_answer(values, "version_from")), text_trim(form_answer(values, "version_before")) };
	return arena_join(arena, range, 2, TEXT("\n"));
}

static Error add_aim(Call *call, void *argument)
{
	const Aiming *aiming = argument;
	const Map *values = aiming->values;
	Warning warning;
	Sealed range;
	int64_t stars = 0, product = 0, organisation = 0;
	Text kind = form_answer(values, "kind"), ref = random_code(call->arena, CODE);
	TRY(open_to_aim(call, aiming->ref, &warning));
	if (text_is(kind, TEXT("vendors"))) TRY(find_sdk(call, text_trim(form_answer(values, "sdk")), &product));
	if (text_is(kind, TEXT("organisation"))) TRY(find_organisation(call, text_trim(form_answer(values, "credit_code")), &organisation));
	TRY(call_check_problems(call));
	if (!text_to_int(form_answer(values, "stars"), &stars)) stars = 0;
	TRY(seal_close(call, warning.seal_key, "warning_aim|sealed_range", ref, range_text(call->arena, values), &range));
	TRY(warning_aim_insert(call, ref, warning.id, kind, form_answer(values, "direction"), stars, (Maybe) { product != 0, product },
		range, text_is(kind, TEXT("sector")) ? form_answer(values, "sector") : TEXT(""),
		(Maybe) { organisation != 0, organisation }, call->actor->person_id, call->now));
	return warning_record(call, &warning, "aim", form_values_text(call->arena, &warning_aim_form, values));
}

Error warning_aim_add(Call *call, Text ref, const Map *values)
{
	Aiming aiming = { .ref = ref, .values = values };
	TRY(form_check(call, &warning_aim_form, values));
	return db_transact(call, add_aim, &aiming);
}

static Error drop_aim(Call *call, void *argument)
{
	const Aiming *aiming = argument;
	Warning warning;
	int64_t changed = 0;
	TRY(open_to_aim(call, aiming->ref, &warning));
	TRY(warning_aim_remove(call, warning.id, aiming->aim, &changed));
	if (changed != 1) return fail(call, NOT_FOUND, "no such aim that waits");
	return warning_record(call, &warning, "drop-aim", (Text) { 0 });
}

Error warning_aim_drop(Call *call, Text ref, Text aim_ref)
{
	Aiming aiming = { .ref = ref, .aim = aim_ref };
	return db_transact(call, drop_aim, &aiming);
}
