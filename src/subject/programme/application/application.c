/* Applications: reading, beginning and writing of drafts, their files. */
#include "base/base/random.h"
#include "store/ledger/ledger.h"
#include "store/seal/seal.h"
#include "subject/interest/interest.h"
#include "subject/programme/application/application_private.h"

enum { NUMBER_LENGTH = 14 };
static const char PLACE[] = "application|sealed_values";

static int64_t or_none(Maybe maybe) { return maybe.is ? maybe.value : 0; }
static Text or_empty(Text text) { return text.at ? text : TEXT(""); }

/* ---- Reading */
static uint32_t reading_roles(const Actor *actor)
{
	return actor->second_factor ? actor->roles & (uint32_t)(ROLE_SECRETARY | ROLE_SUPERVISOR) : 0;
}

static Error read_marks(Call *call, const ApplicationRow *row, Application *out)
{
	Text json;
	Json object;
	TRY(seal_open(call, "application|sealed_marks", row->ref, row->sealed_marks, &json));
	if (!json.at) return OK;
	TRY(json_read(call, json, &object));
	for (JsonEach each = json_each(object); json_next(&each);) {
		ApplicationMark mark = { arena_copy(call->arena, each.key), arena_copy(call->arena, json_as_text(each.value)) };
		list_add(call->arena, &out->marks, mark);
	}
	return OK;
}

static Error read_sealed(Call *call, const ApplicationRow *row, Application *out)
{
	Text json, paper;
	const Form *post = application_action_form(call, out, "application-post");
	TRY(seal_open(call, PLACE, row->ref, row->sealed_values, &json));
	TRY(form_values_read(call, out->form, json.at ? json : TEXT("{}"), &out->values));
	TRY(seal_open(call, "application|sealed_paper", row->ref, row->sealed_paper, &paper));
	TRY(form_values_read(call, post, paper.at ? paper : TEXT("{}"), &out->paper_values));
	return read_marks(call, row, out);
}

static Error read_round(Call *call, Application *out)
{
	Round *round = arena_new_of(call->arena, Round);
	TRY(round_find_published(call, out->round_id, round));
	out->round = round;
	out->round_code = round->code;
	out->round_state = round->state;
	out->opens_at = round->opens_at;
	out->closes_at = round->closes_at;
	out->ends_at = round->ends_at;
	return application_form_of(call, round, out->direction, &out->form);
}

Error application_conflict(Call *call, int64_t organisation_id, int64_t first_id, const char **out_why)
{
	InterestMatter matter = { 0 };
	list_add(call->arena, &matter.organisations, organisation_id);
	if (first_id != organisation_id) list_add(call->arena, &matter.organisations, first_id);
	return interest_against(call, call->actor->person_id, &matter, out_why);
}

/* What the actor is to it, and whether they may judge it. */
static Error relate(Call *call, int64_t first_id, Application *out)
{
	const Actor *actor = call->actor;
	out->is_own = actor->organisation_id && actor->organisation_id == out->organisation_id;
	if (out->is_own) TRY(org_is_admin(call, out->organisation_id, actor->person_id, &out->is_admin));
	out->is_staff = reading_roles(actor) != 0;
	if (!out->is_staff || !actor->person_id) return OK;
	TRY(application_conflict(call, out->organisation_id, first_id, &out->conflict));
	if (out->is_own && !out->conflict) out->conflict = N_("You belong to this organisation.");
	return OK;
}

static Error of_row(Call *call, const ApplicationRow *row, Application *out)
{
	Organisation organisation;
	Application application = { .id = row->id,
		.revision = row->revision,
		.round_id = row->round_id,
		.seal_key = row->seal_key,
		.writer_id = row->writer_id,
		.version = row->version,
		.returns = row->returns,
		.checked_by = or_none(row->checked_by),
		.decided_by = or_none(row->decided_by),
		.lodged_at = or_none(row->lodged_at),
		.submitted_at = or_none(row->submitted_at),
		.appeal_until = or_none(row->appeal_until),
		.created_at = row->created_at,
		.updated_at = row->updated_at,
		.ref = row->ref,
		.direction = row->direction,
		.state = row->state,
		.hash = or_empty(row->hash),
		.sha256 = or_empty(row->sha256),
		.paper = row->paper,
		.appeal_of = row->appeal_of,
		.is_check_good = row->is_check_good,
		.is_newcomer = row->is_newcomer };
	TRY(application_heir(call, row->id, &application.organisation_id));
	TRY(org_find(call, application.organisation_id, &organisation));
	application.organisation = organisation.name;
	application.organisation_en = organisation.name_en;
	application.credit_code = organisation.credit_code;
	TRY(read_round(call, &application));
	TRY(relate(call, row->organisation_id, &application));
	TRY(read_sealed(call, row, &application));
	*out = application;
	return OK;
}

Error application_open(Call *call, Text ref, Application *out)
{
	ApplicationRow row;
	const Actor *actor = call->actor;
	int64_t organisation_id = actor->organisation_id ? actor->organisation_id : -1;
	if (actor_has(actor, ROLE_SYSTEM))
		TRY(application_find_ref(call, ref, &row));
	else
		TRY(application_find_visible(call, ref, reading_roles(actor), organisation_id, &row));
	TRY(of_row(call, &row, out));
	bool is_barred = out->is_staff && out->conflict && !out->is_own;
	return is_barred ? fail(call, NOT_FOUND, "application %.*s: an interest stands against it", TEXT_ARGS(ref)) : OK;
}

static Error record(Call *call, void *argument) { return ledger_record(call, argument, NULL); }

Error application_record_reading(Call *call, const Application *application)
{
	LedgerEvent event = {
		.kind = application_machine.name, .ref = application->ref, .action = "read", .matter = application->seal_key
	};
	if (application->is_own) return OK;
	if (db_transact(call, record, &event) == OK) return OK;
	call_recover(call);
	return fail(call, BUSY, "reading %.*s could not be recorded", TEXT_ARGS(application->ref));
}

/* ---- Lists */
static void of_lines(Call *call, const ApplicationLineRows *rows, ApplicationLines *out)
{
	ApplicationLines lines = { 0 };
	for (size_t i = 0; i < rows->count; i++) {
		const ApplicationLineRow *row = &rows->at[i];
		ApplicationLine line = { .id = row->id,
			.round_id = row->round_id,
			.organisation_id = row->organisation_id,
			.first_id = row->first_id,
			.returns = row->returns,
			.submitted_at = or_none(row->submitted_at),
			.updated_at = row->updated_at,
			.due_at = or_none(row->due_at),
			.ref = row->ref,
			.direction = row->direction,
			.state = row->state,
			.paper = row->paper,
			.round_code = row->round_code,
			.organisation = row->organisation,
			.organisation_en = row->organisation_en,
			.credit_code = row->credit_code,
			.is_newcomer = row->is_newcomer };
		list_add(call->arena, &lines, line);
	}
	*out = lines;
}

Error application_in_round(Call *call, int64_t round_id, Text direction, Text state, int64_t after, int64_t max, ApplicationLines *out)
{
	ApplicationLineRows rows = { 0 };
	uint32_t roles = actor_has(call->actor, ROLE_SYSTEM) ? (uint32_t)ROLE_SECRETARY : reading_roles(call->actor);
	if (roles)
		TRY(application_lines_of_round(
			call, round_id, direction.at ? direction : TEXT(""), state.at ? state : TEXT(""), roles, after, max, &rows));
	of_lines(call, &rows, out);
	return OK;
}

Error application_own(Call *call, int64_t before, int64_t max, ApplicationLines *out)
{
	ApplicationLineRows rows = { 0 };
	int64_t organisation_id = call->actor->organisation_id;
	if (organisation_id) TRY(application_lines_of(call, organisation_id, before ? before : INT64_MAX, max, &rows));
	of_lines(call, &rows, out);
	return OK;
}

Error application_count(Call *call, int64_t round_id, Text state, int64_t *out) { return application_count_of(call, round_id, state, out); }

/* ---- Beginning */
typedef struct Beginning {
	Text code, direction, ref;
	Organisation organisation;
} Beginning;

static bool has_direction(const Round *round, Text direction)
{
	for (size_t i = 0; i < round->items.count; i++)
		if (!strcmp(round->items.at[i].kind->name, "direction") &&
			text_is(form_answer(round->items.at[i].values, "direction"), direction))
			return true;
	return false;
}

static Error check_place(Call *call, const Round *round, const Beginning *beginning)
{
	LivingRows living;
	bool may_both = text_is(form_answer(round->head, "both_directions"), TEXT("yes"));
	if (!has_direction(round, beginning->direction))
		call_problem(call, TEXT("direction"), N_("Please choose one of the given answers."), (Text) { 0 });
	TRY(application_living(call, round->id, beginning->organisation.id, &living));
	for (size_t i = 0; i < living.count; i++) {
		bool is_same = text_is(living.at[i].direction, beginning->direction);
		if (is_same)
			call_problem(call, TEXT("direction"), N_("Your organisation has an application in this direction."), (Text) { 0 });
		else if (!may_both)
			call_problem(call, TEXT("direction"), N_("An organisation applies in one direction of this round."), (Text) { 0 });
	}
	return call_check_problems(call);
}

static Error begin(Call *call, void *argument)
{
	Beginning *beginning = argument;
	Round round;
	Matter matter;
	ApplicationFacts facts = { 0 };
	Application application;
	int64_t key = 0, id = 0, standings = 0;
	Sealed values;
	TRY(round_open_public(call, beginning->code, &round));
	if (!text_is(round.state, TEXT("OPEN")) || call->now >= round.closes_at)
		return fail(call, CONFLICT, "round %.*s is not open", TEXT_ARGS(beginning->code));
	TRY(check_place(call, &round, beginning));
	beginning->ref = arena_printf(call->arena, "S-%.*s", TEXT_ARGS(random_code(call->arena, NUMBER_LENGTH)));
	TRY(application_standings(call, beginning->organisation.id, &standings));
	TRY(seal_matter_new(call, &key));
	TRY(seal_close(call, key, PLACE, beginning->ref, TEXT("{}"), &values));
	bool has_paper = !text_is(form_answer(round.head, "paper"), TEXT("none"));
	TRY(application_insert(call, beginning->ref, round.id, beginning->direction, beginning->organisation.id, key,
		call->actor->person_id, values, has_paper ? TEXT("awaited") : TEXT("none"), standings == 0, call->now, &id));
	TRY(application_open(call, beginning->ref, &application));
	application_matter(call, &application, &facts, &matter);
	return workflow_begin(call, &application_machine, &matter);
}

Error application_new(Call *call, Text round_code, Text direction, Text *out_ref)
{
	Beginning beginning = { .code = round_code, .direction = direction };
	bool is_admin = false;
	const Actor *actor = call->actor;
	if (actor->organisation_id) TRY(org_is_admin(call, actor->organisation_id, actor->person_id, &is_admin));
	if (!is_admin) return fail(call, FORBIDDEN, "only an organisation's administrator applies");
	TRY(org_find(call, actor->organisation_id, &beginning.organisation));
	if (beginning.organisation.state != ORG_VERIFIED) return fail(call, FORBIDDEN, "the organisation is not verified");
	TRY(db_transact(call, begin, &beginning));
	*out_ref = beginning.ref;
	return OK;
}

/* ---- Writing */
bool application_may_write(const Application *application, Text field, int64_t now)
{
	if (!application->is_admin) return false;
	if (text_is(application->state, TEXT("DRAFT"))) return now < application->closes_at;
	if (!text_is(application->state, TEXT("RETURNED"))) return false;
	for (size_t i = 0; i < application->marks.count; i++)
		if (text_is(application->marks.at[i].field, field)) return true;
	return false;
}

typedef struct Writing {
	const Application *application;
	Text name, value; /* name without text: `values` */
	const Map *values;
} Writing;

static Error put_one(Call *call, const Application *application, const Writing *writing, Map *values)
{
	const FormItem *item = form_item(application->form, writing->name);
	size_t row = 0, column = 0;
	bool is_cell = !item && form_cell_find(application->form, writing->name, &item, &row, &column);
	if (!item || item->kind == FORM_FILES) {
		call_problem(call, writing->name, N_("There is no field of this name."), (Text) { 0 });
		return call_check_problems(call);
	}
	if (!application_may_write(application, text_from(item->name), call->now))
		return fail(call, CONFLICT, "%s of %.*s is not open", item->name, TEXT_ARGS(application->ref));
	Text value = writing->value;
	if (is_cell) value = form_cell_put(call->arena, item, form_answer(values, item->name), row, column, value);
	TRY(form_check_value(call, item, value));
	form_put_typed(call->arena, item, values, value);
	return OK;
}

static Error put_all(Call *call, const Application *application, const Writing *writing, Map *values)
{
	for (size_t s = 0; s < application->form->section_count; s++)
		for (size_t i = 0; i < application->form->sections[s].item_count; i++) {
			const FormItem *item = &application->form->sections[s].items[i];
			const Text *value = map_get(writing->values, text_from(item->name));
			if (!value || item->kind == FORM_FILES) continue;
			if (!application_may_write(application, text_from(item->name), call->now)) continue;
			TRY(form_check_value(call, item, *value));
			form_put(call->arena, item, values, *value);
		}
	return OK;
}

/* Reads again inside the transaction, so that what two pages save at once both stays. */
static Error write_values(Call *call, void *argument)
{
	const Writing *writing = argument;
	Application application;
	Sealed sealed;
	int64_t changed = 0;
	TRY(application_open(call, writing->application->ref, &application));
	bool is_open = text_is(application.state, TEXT("DRAFT")) ? call->now < application.closes_at
								 : text_is(application.state, TEXT("RETURNED"));
	if (!application.is_admin) return fail(call, FORBIDDEN, "only an administrator writes an application");
	if (!is_open) return fail(call, CONFLICT, "application %.*s cannot be written now", TEXT_ARGS(application.ref));
	TRY(writing->name.at ? put_one(call, &application, writing, application.values)
			     : put_all(call, &application, writing, application.values));
	Text json = form_values_text(call->arena, application.form, application.values);
	TRY(seal_close(call, application.seal_key, PLACE, application.ref, json, &sealed));
	TRY(application_write(call, application.id, application.state, sealed, call->now, &changed));
	return changed ? OK : fail(call, CONFLICT, "application %.*s was moved", TEXT_ARGS(application.ref));
}

Error application_save_field(Call *call, const Application *application, Text name, Text value)
{
	Writing writing = { .application = application, .name = name.at ? name : TEXT(""), .value = value };
	return db_transact(call, write_values, &writing);
}

Error application_save(Call *call, const Application *application, const Map *values)
{
	Writing writing = { .application = application, .values = values };
	return db_transact(call, write_values, &writing);
}

/* ---- Files */
const char *application_file_kind(Arena *arena, Text field)
{
	return arena_string(arena, arena_printf(arena, "application:%.*s", TEXT_ARGS(field)));
}

static bool is_officer(const Application *application, const Actor *actor)
{
	return application->is_staff && !application->conflict && actor_has(actor, ROLE_SECRETARY);
}

Text application_correction_field(Arena *arena, int64_t number) { return arena_printf(arena, "correction-%lld", (long long)number); }

/* 0: the field is none of a correction that was asked for. */
static int64_t correction_of(const Application *application, Text field)
{
	const Text before = TEXT("correction-");
	int64_t number = 0;
	bool is_one = text_starts(field, before) && text_to_int(text_slice(field, before.length, field.length), &number);
	return is_one && field.length == before.length + 1 && number > 0 && number <= application->returns ? number : 0;
}

/* The files of a lodged hash arrive until the hour of grace is over. */
static bool may_upload(Call *call, const Application *application, Text field)
{
	if (text_is(field, TEXT("check"))) return text_is(application->state, TEXT("IN_CHECK"));
	if (text_is(field, TEXT("seal")))
		return text_is(application->state, TEXT("SUBMITTED")) || text_is(application->state, TEXT("IN_CHECK"));
	if (correction_of(application, field))
		return text_is(application->state, TEXT("RETURNED")) && correction_of(application, field) == application->returns;
	bool is_hashed = application->is_admin && text_is(application->state, TEXT("HASHED")) && call->now < application->ends_at;
	return is_hashed || application_may_write(application, field, call->now);
}

Error application_files(Call *call, const Application *application, Text field, bool to_write, AttachmentOwner *out)
{
	const FormItem *item = form_item(application->form, field);
	bool is_check = text_is(field, TEXT("check")), is_seal = text_is(field, TEXT("seal"));
	bool is_field = (item && item->kind == FORM_FILES) || correction_of(application, field);
	if ((!is_field && !is_check && !is_seal) || (is_check && !application->is_staff))
		return fail(call, NOT_FOUND, "no files of this name");
	bool may = is_check ? is_officer(application, call->actor) : application->is_admin;
	if (to_write && !may) return fail(call, FORBIDDEN, "these are not the files of the actor");
	if (to_write && !may_upload(call, application, field))
		return fail(call, CONFLICT, "files of %.*s cannot be changed now", TEXT_ARGS(application->ref));
	*out = (AttachmentOwner) { application_file_kind(call->arena, field), application->id, application->seal_key };
	return OK;
}

Error application_files_of(Call *call, const Application *application, Text field, Attachments *out)
{
	return attachment_list(call, application_file_kind(call->arena, field), application->id, out);
}
