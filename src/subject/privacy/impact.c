/* Records of impact assessments: drafts, approval by a second person, versions, reminders. */
#include "base/base/random.h"
#include "people/notice/notice.h"
#include "store/setting/setting.h"
#include "subject/privacy/privacy_private.h"

static const char place[] = "impact|sealed_values", version_place[] = "impact_version|sealed_values";

/* ---- Reading */
static bool may_read(const Call *call)
{
	const Actor *actor = call->actor;
	return actor_has(actor, ROLE_SYSTEM) || (actor->second_factor && actor_has(actor, ROLE_SECURITY_ADMIN | ROLE_AUDIT_ADMIN));
}

static Error values_of(Call *call, const char *where, Text row, Sealed sealed, const Map **out)
{
	Text json;
	Map *values;
	TRY(seal_open(call, where, row, sealed, &json));
	TRY(form_values_read(call, &impact_form, json.at ? json : TEXT("{}"), &values));
	*out = values;
	return OK;
}

static Error of_row(Call *call, const ImpactRow *row, Impact *out)
{
	Impact impact = { .id = row->id,
		.revision = row->revision,
		.seal_key = row->seal_key,
		.version = row->version,
		.written_by = row->written_by,
		.approved_by = row->approved_by.value,
		.approved_at = row->approved_at.value,
		.updated_at = row->updated_at,
		.reminded_at = row->reminded_at.value,
		.ref = row->ref,
		.state = row->state };
	TRY(values_of(call, place, row->ref, row->sealed_values, &impact.values));
	impact.title = form_answer(impact.values, "title");
	*out = impact;
	return OK;
}

Error impact_list(Call *call, int64_t before, int64_t max, Impacts *out)
{
	ImpactRows rows;
	Impacts impacts = { 0 };
	if (!may_read(call)) return fail(call, FORBIDDEN, "impact assessments are the security and audit administrators'");
	TRY(impact_rows(call, before ? before : INT64_MAX, max, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		Impact impact;
		TRY(of_row(call, &rows.at[i], &impact));
		list_add(call->arena, &impacts, impact);
	}
	*out = impacts;
	return OK;
}

Error impact_open(Call *call, Text ref, Impact *out)
{
	ImpactRow row;
	bool found = false;
	if (may_read(call)) TRY(impact_by_ref(call, ref, &row, &found));
	return found ? of_row(call, &row, out) : fail(call, NOT_FOUND, "no such assessment, or not this actor's to see");
}

static Text version_row(Arena *arena, int64_t impact_id, int64_t version)
{
	return arena_printf(arena, "%lld.%lld", (long long)impact_id, (long long)version);
}

Error impact_versions(Call *call, const Impact *impact, ImpactVersions *out)
{
	ImpactVersionRows rows;
	ImpactVersions versions = { 0 };
	TRY(impact_version_rows(call, impact->id, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		const ImpactVersionRow *row = &rows.at[i];
		ImpactVersion version = { .version = row->version,
			.written_by = row->written_by,
			.approved_by = row->approved_by,
			.approved_at = row->approved_at };
		TRY(values_of(
			call, version_place, version_row(call->arena, impact->id, row->version), row->sealed_values, &version.values));
		list_add(call->arena, &versions, version);
	}
	*out = versions;
	return OK;
}

/* ---- Writing: a draft may have gaps */
typedef struct Writing {
	Text ref;
	const Map *values;
} Writing;

static Error check_draft(Call *call, const Map *values)
{
	for (size_t i = 0; i < impact_form.section_count; i++)
		for (size_t j = 0; j < impact_form.sections[i].item_count; j++) {
			const FormItem *item = &impact_form.sections[i].items[j];
			TRY(form_check_value(call, item, form_answer(values, item->name)));
		}
	if (!form_answer(values, "title").length) call_problem(call, TEXT("title"), N_("Please fill this in."), (Text) { 0 });
	return call_check_problems(call);
}

static Error begin(Call *call, void *argument)
{
	Writing *writing = argument;
	Matter matter = { .state = TEXT("DRAFT"), .revision = 1 };
	Sealed sealed;
	matter.ref = writing->ref = arena_printf(call->arena, "I-%.*s", TEXT_ARGS(random_code(call->arena, 10)));
	TRY(seal_matter_new(call, &matter.seal_key));
	TRY(seal_close(call, matter.seal_key, place, matter.ref, form_values_text(call->arena, &impact_form, writing->values), &sealed));
	TRY(impact_insert(call, matter.ref, matter.seal_key, sealed, call->actor->person_id, call->now, &matter.id));
	return workflow_begin(call, &impact_machine, &matter);
}

Error impact_new(Call *call, const Map *values, Text *out_ref)
{
	Writing writing = { .values = values };
	TRY(privacy_is(call, ROLE_SECURITY_ADMIN));
	TRY(check_draft(call, values));
	TRY(db_transact(call, begin, &writing));
	*out_ref = writing.ref;
	return OK;
}

static Error save(Call *call, void *argument)
{
	const Writing *writing = argument;
	Impact impact;
	Sealed sealed;
	int64_t changed = 0;
	TRY(impact_open(call, writing->ref, &impact));
	TRY(seal_close(call, impact.seal_key, place, impact.ref, form_values_text(call->arena, &impact_form, writing->values), &sealed));
	TRY(impact_set_values(call, impact.id, sealed, call->actor->person_id, call->now, &changed));
	if (changed != 1) return fail(call, CONFLICT, "it is no draft");
	return privacy_record(call, impact_machine.name, impact.ref, "write", (Text) { 0 });
}

Error impact_save(Call *call, Text ref, const Map *values)
{
	Writing writing = { ref, values };
	TRY(privacy_is(call, ROLE_SECURITY_ADMIN));
	TRY(check_draft(call, values));
	return db_transact(call, save, &writing);
}

/* ---- The machine */
static bool is_complete(const Map *values)
{
	for (size_t i = 0; i < impact_form.section_count; i++)
		for (size_t j = 0; j < impact_form.sections[i].item_count; j++) {
			const FormItem *item = &impact_form.sections[i].items[j];
			if (form_is_required(item, values) && !form_answer(values, item->name).length) return false;
		}
	return true;
}

void impact_matter(Call *call, const Impact *impact, Matter *out)
{
	ImpactFacts *facts = arena_new_of(call->arena, ImpactFacts);
	*facts = (ImpactFacts) { impact->written_by, is_complete(impact->values) };
	*out = (Matter) { .id = impact->id,
		.revision = impact->revision,
		.ref = impact->ref,
		.state = impact->state,
		.facts = facts,
		.seal_key = impact->seal_key };
}

Error impact_machine_load(Call *call, Text ref, Matter *out)
{
	Impact impact;
	TRY(impact_open(call, ref, &impact));
	impact_matter(call, &impact, out);
	return OK;
}

Error impact_machine_move(Call *call, const Matter *matter, Text to, int64_t *out_changed)
{
	return impact_move(call, matter->id, matter->state, to, matter->revision, call->now, out_changed);
}

static Text path_of(Arena *arena, Text ref) { return arena_printf(arena, "/admin/impact/%.*s", TEXT_ARGS(ref)); }

static Error approve(Call *call, const Impact *impact)
{
	Sealed sealed;
	Text row = version_row(call->arena, impact->id, impact->version);
	TRY(seal_close(call, impact->seal_key, version_place, row, form_values_text(call->arena, &impact_form, impact->values), &sealed));
	TRY(impact_version_insert(call, impact->id, impact->version, sealed, impact->written_by, call->actor->person_id, call->now));
	return impact_approve(call, impact->id, call->actor->person_id, call->now);
}

Error impact_machine_applied(Call *call, Matter *matter, const Transition *row, const void *input)
{
	const Form *form = impact_action_form(row->form);
	Impact impact;
	TRY(impact_open(call, matter->ref, &impact));
	if (form) {
		TRY(form_check(call, form, input));
		matter->detail = form_values_text(call->arena, form, input);
	}
	if (strcmp(row->action, "propose") == 0)
		return notice_send_role(call, ROLE_SECURITY_ADMIN, NOTICE_IMPACT_WAITING, impact.ref, path_of(call->arena, impact.ref));
	if (strcmp(row->action, "approve") == 0) return approve(call, &impact);
	return strcmp(row->action, "revise") == 0 ? impact_revise(call, impact.id, call->actor->person_id) : OK;
}

Error impact_act(Call *call, Text ref, Text action, int64_t revision, const Map *values)
{
	Matter matter;
	Act act = { .action = action, .revision = revision, .input = values ? values : map_new(call->arena) };
	return workflow_act(call, &impact_machine, ref, &act, &matter);
}

/* ---- Reminders */
static Error remind(Call *call, void *argument)
{
	const ImpactRow *row = argument;
	TRY(impact_reminded(call, row->id, call->now));
	return notice_send_role(call, ROLE_SECURITY_ADMIN, NOTICE_IMPACT_DUE, row->ref, path_of(call->arena, row->ref));
}

Error impact_remind(Call *call, int64_t max, int64_t *out_count)
{
	ImpactRows rows;
	Maybe changed = { 0 };
	bool found = false;
	int64_t before = call->now - setting_int(call, SETTING_impact_days) * PRIVACY_DAY_MS;
	TRY(retention_changed_last(call, &changed, &found));
	if (found && changed.is && changed.value > before) before = changed.value;
	TRY(impact_old(call, before, max, &rows));
	for (size_t i = 0; i < rows.count; i++) TRY(db_transact(call, remind, &rows.at[i]));
	*out_count = (int64_t)rows.count;
	return OK;
}
