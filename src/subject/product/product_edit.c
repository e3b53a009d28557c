/* What changes an entry: confirmation, names, identities, merging, releases, containment. */
#include "base/base/random.h"
#include "engine/likeness/name.h"
#include "subject/product/product_private.h"

enum { VERSION_MAX = 100, EVIDENCE_MAX = 2000, NAME_MAX = 200 };

static Error is_staff(Call *call)
{
	if (product_is_staff(call->actor)) return OK;
	return fail(call, FORBIDDEN, "not a coordinator with second factor");
}

Error product_is_owner(Call *call, const Product *product, bool *out_is)
{
	*out_is = false;
	if (product->organisation_id == 0 || product->organisation_id != call->actor->organisation_id) return OK;
	if (!actor_has(call->actor, ROLE_VENDOR_ADMIN)) return OK;
	return org_is_admin(call, call->actor->organisation_id, call->actor->person_id, out_is);
}

/* Opens it for a change by staff or owner. */
static Error open_to_change(Call *call, Text ref, Product *out)
{
	bool is_owner = false;
	Product product;
	TRY(product_open(call, ref, &product));
	TRY(product_is_owner(call, &product, &is_owner));
	if (!is_owner) TRY(is_staff(call));
	*out = product;
	return OK;
}

static Error tell_public(Call *call, const Product *product)
{
	return product->is_public ? change_record(call, "product", product->ref) : OK;
}

/* ---- Confirmation */
static Error confirm(Call *call, void *argument)
{
	Product product;
	int64_t changed = 0;
	TRY(is_staff(call));
	TRY(product_open(call, *(const Text *)argument, &product));
	TRY(product_set_state(call, product.id, TEXT("stated"), TEXT("confirmed"), (Maybe) { 0 }, call->now, &changed));
	if (changed != 1) return fail(call, CONFLICT, "no stated entry");
	TRY(product_record(call, &product, "confirm", (Text) { 0 }));
	return change_record(call, "product", product.ref);
}

Error product_confirm(Call *call, Text ref) { return db_transact(call, confirm, &ref); }

/* ---- Names */
typedef struct Renaming {
	Text ref, name, name_en, vendor;
} Renaming;

static Error rename_entry(Call *call, void *argument)
{
	const Renaming *to = argument;
	Product product;
	TRY(open_to_change(call, to->ref, &product));
	TRY(product_set_names(call, product.id, to->name, to->name_en, to->vendor, call->now));
	TRY(product_name_add(call, product.id, to->name));
	TRY(product_name_add(call, product.id, to->name_en));
	TRY(product_names_retire(call, product.id, to->name, to->name_en));
	TRY(product_index(call, product.id));
	TRY(product_record(call, &product, "rename", (Text) { 0 }));
	return tell_public(call, &product);
}

Error product_rename(Call *call, Text ref, Text name, Text name_en, Text vendor)
{
	Renaming to = { ref, text_trim(name), text_trim(name_en), text_trim(vendor) };
	Text *texts[] = { &to.name_en, &to.vendor };
	for (size_t i = 0; i < COUNT(texts); i++)
		if (!texts[i]->at) *texts[i] = TEXT("");
	if (to.name.length == 0) call_problem(call, TEXT("name"), N_("Please enter the name of the product."), (Text) { 0 });
	if (text_utf8_length(to.name) > NAME_MAX) call_problem(call, TEXT("name"), N_("This is too long."), (Text) { 0 });
	if (text_utf8_length(to.name_en) > NAME_MAX) call_problem(call, TEXT("name_en"), N_("This is too long."), (Text) { 0 });
	if (text_utf8_length(to.vendor) > NAME_MAX) call_problem(call, TEXT("vendor"), N_("This is too long."), (Text) { 0 });
	if (name_hides(to.name)) call_problem(call, TEXT("name"), N_("Something invisible stands in this name."), (Text) { 0 });
	if (name_hides(to.name_en)) call_problem(call, TEXT("name_en"), N_("Something invisible stands in this name."), (Text) { 0 });
	TRY(call_check_problems(call));
	return db_transact(call, rename_entry, &to);
}

/* ---- Identities */
typedef struct Identifying {
	Text ref, kind, value;
	bool verified;
} Identifying;

static Error identify(Call *call, void *argument)
{
	const Identifying *to = argument;
	Product product;
	bool is_owner = false;
	TRY(product_open(call, to->ref, &product));
	TRY(product_is_owner(call, &product, &is_owner));
	bool is_author = product.is_own && !product.is_public && product.organisation_id == 0;
	if (to->verified || (!is_owner && !is_author)) TRY(is_staff(call));
	TRY(product_identity_put(call, &product, to->kind, to->value, to->verified));
	TRY(product_index(call, product.id));
	TRY(product_record(call, &product, to->verified ? "verify-identity" : "claim-identity", to->kind));
	return tell_public(call, &product);
}

Error product_identity_add(Call *call, Text ref, Text kind, Text value, bool verified)
{
	Identifying to = { .ref = ref, .kind = kind, .verified = verified };
	if (!identity_kind(kind))
		call_problem(call, TEXT("kind"), N_("Please choose."), (Text) { 0 });
	else if (!identity_parse(call->arena, kind, value, &to.value))
		call_problem(call, TEXT("value"), N_("This is not a value of that kind."), (Text) { 0 });
	TRY(call_check_problems(call));
	return db_transact(call, identify, &to);
}

/* ---- Merging */
typedef struct Merging {
	Text ref, into_ref;
} Merging;

static Error move_names(Call *call, const Product *from, const Product *into)
{
	ProductNames names;
	Identities identities;
	TRY(product_names(call, from->id, &names));
	for (size_t i = 0; i < names.count; i++)
		TRY(product_name_move(call, names.at[i].name, into->id, name_skeleton(call->arena, names.at[i].name), names.at[i].from_at));
	TRY(product_identities(call, from->id, &identities));
	TRY(identity_unverify_all(call, from->id));
	for (size_t i = 0; i < identities.count; i++)
		TRY(product_identity_put(call, into, identities.at[i].kind, identities.at[i].value, identities.at[i].is_verified));
	TRY(product_tokens_remove(call, from->id));
	return product_index(call, into->id);
}

static Error merge(Call *call, void *argument)
{
	const Merging *merging = argument;
	Product from, into;
	int64_t changed = 0;
	TRY(is_staff(call));
	TRY(product_open(call, merging->ref, &from));
	Error found = product_open(call, merging->into_ref, &into);
	if (found != OK && found != ERROR_NOT_FOUND) return found;
	if (found == ERROR_NOT_FOUND || into.id == from.id || !text_is(from.kind, into.kind)) {
		call_recover(call);
		call_problem(call, TEXT("into"), N_("This is no other product of the same kind."), (Text) { 0 });
		return call_check_problems(call);
	}
	if (from.organisation_id && into.organisation_id && from.organisation_id != into.organisation_id)
		return fail(call, CONFLICT, "two vendors hold them");
	if (from.organisation_id) return fail(call, CONFLICT, "the entry of a vendor stays: merge the other one into it");
	TRY(product_set_state(call, from.id, from.state, TEXT("merged"), (Maybe) { true, into.id }, call->now, &changed));
	if (changed != 1) return fail(call, CONFLICT, "changed meanwhile");
	TRY(move_names(call, &from, &into));
	TRY(release_move(call, from.id, into.id));
	TRY(containment_move(call, from.id, into.id));
	TRY(containment_move_part(call, from.id, into.id));
	TRY(claim_change_product(call, from.id, into.id));
	if (from.is_public) TRY(product_make_public(call, into.id, call->now, &changed));
	TRY(product_record(call, &from, "merge", into.ref));
	TRY(tell_public(call, &from));
	return from.is_public || into.is_public ? change_record(call, "product", into.ref) : OK;
}

Error product_merge(Call *call, Text ref, Text into_ref)
{
	Merging merging = { ref, into_ref };
	return db_transact(call, merge, &merging);
}

/* ---- Releases */
typedef struct Releasing {
	Text ref;
	const Release *release;
} Releasing;

static Error add_release(Call *call, void *argument)
{
	const Releasing *releasing = argument;
	const Release *release = releasing->release;
	Product product;
	int64_t other = 0;
	bool found = false;
	Maybe code = { release->version_code >= 0, release->version_code }, since = { release->since_at > 0, release->since_at };
	Text name = text_trim(release->version_name);
	TRY(open_to_change(call, releasing->ref, &product));
	TRY(release_by_version(call, product.id, name.at ? name : TEXT(""), code, &other, &found));
	if (found) return fail(call, CONFLICT, "the release is there already");
	TRY(release_insert(call, random_code(call->arena, 16), product.id, name.at ? name : TEXT(""), code, since, call->now));
	TRY(product_record(call, &product, "add-release", name));
	return tell_public(call, &product);
}

Error product_release_add(Call *call, Text ref, const Release *release)
{
	Releasing releasing = { ref, release };
	if (text_trim(release->version_name).length == 0 && release->since_at <= 0)
		call_problem(call, TEXT("version_name"), N_("Please enter a version, or since when the service is changed."), (Text) { 0 });
	if (text_utf8_length(release->version_name) > VERSION_MAX)
		call_problem(call, TEXT("version_name"), N_("This is too long."), (Text) { 0 });
	TRY(call_check_problems(call));
	return db_transact(call, add_release, &releasing);
}

Error product_releases(Call *call, int64_t product_id, int64_t before, int64_t max, Releases *out)
{
	ReleaseRows rows;
	Releases releases = { 0 };
	TRY(release_rows(call, product_id, before > 0 ? before : INT64_MAX, max, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		const ReleaseRow *row = &rows.at[i];
		Release release = { row->id, row->added_at, row->since_at.value, row->version_code.is ? row->version_code.value : -1,
			row->ref, row->version_name };
		list_add(call->arena, &releases, release);
	}
	*out = releases;
	return OK;
}

/* ---- Containment */
typedef struct Containing {
	Text ref, release_ref, part_ref, version, evidence;
} Containing;

static Error add_containment(Call *call, void *argument)
{
	const Containing *to = argument;
	Product product, part;
	ReleaseRow release = { 0 };
	bool has_release = false;
	TRY(open_to_change(call, to->ref, &product));
	Error found = product_open(call, to->part_ref, &part);
	if (found != OK && found != ERROR_NOT_FOUND) return found;
	call_pass_over(call);
	if (found != OK || !text_is(part.kind, TEXT("sdk")) || part.id == product.id)
		call_problem(call, TEXT("part"), N_("There is no SDK of this reference."), (Text) { 0 });
	if (to->release_ref.length > 0) {
		TRY(release_by_ref(call, product.id, to->release_ref, &release, &has_release));
		if (!has_release) call_problem(call, TEXT("release"), N_("The product has no such release."), (Text) { 0 });
	}
	TRY(call_check_problems(call));
	TRY(containment_insert(call, random_code(call->arena, 16), product.id, (Maybe) { has_release, release.id }, part.id, to->version,
		to->evidence, call->actor->person_id, call->now));
	TRY(product_record(call, &product, "declare-containment", part.ref));
	return tell_public(call, &product);
}

Error product_containment_add(Call *call, Text ref, Text release_ref, Text part_ref, Text version, Text evidence)
{
	Containing to = { ref, text_trim(release_ref), text_trim(part_ref), text_trim(version), text_trim(evidence) };
	if (to.version.length == 0 || text_utf8_length(to.version) > VERSION_MAX)
		call_problem(call, TEXT("version"), N_("Please enter the version of the SDK."), (Text) { 0 });
	if (text_utf8_length(to.evidence) > EVIDENCE_MAX) call_problem(call, TEXT("evidence"), N_("This is too long."), (Text) { 0 });
	if (!to.evidence.at) to.evidence = TEXT("");
	TRY(call_check_problems(call));
	return db_transact(call, add_containment, &to);
}

static Error end_containment(Call *call, void *argument)
{
	const Containing *to = argument;
	Product product;
	int64_t changed = 0;
	TRY(open_to_change(call, to->ref, &product));
	TRY(containment_end(call, product.id, to->part_ref, call->now, &changed));
	if (changed != 1) return fail(call, NOT_FOUND, "no such containment");
	TRY(product_record(call, &product, "end-containment", (Text) { 0 }));
	return tell_public(call, &product);
}

Error product_containment_end(Call *call, Text ref, Text containment_ref)
{
	Containing to = { .ref = ref, .part_ref = containment_ref };
	return db_transact(call, end_containment, &to);
}

/* What the actor may not see is left out. */
static Error containments(Call *call, const ContainmentRows *rows, bool parts, Containments *out)
{
	Containments found = { 0 };
	for (size_t i = 0; i < rows->count; i++) {
		const ContainmentRow *row = &rows->at[i];
		Containment containment = {
			.id = row->id, .declared_at = row->declared_at, .ref = row->ref, .version = row->version, .evidence = row->evidence
		};
		Error error = product_find(call, parts ? row->part_id : row->product_id, &containment.other);
		if (error == OK) error = product_open(call, containment.other.ref, &containment.other);
		if (error != OK && error != ERROR_NOT_FOUND) return error;
		call_recover(call);
		if (error == OK) list_add(call->arena, &found, containment);
	}
	*out = found;
	return OK;
}

Error product_contains(Call *call, int64_t product_id, int64_t after, int64_t max, Containments *out)
{
	ContainmentRows rows;
	TRY(containment_rows(call, product_id, after, max, &rows));
	return containments(call, &rows, true, out);
}

Error product_contained_in(Call *call, int64_t product_id, int64_t after, int64_t max, Containments *out)
{
	ProductReader reader = product_reader_of(call);
	ContainmentRows rows;
	TRY(containment_rows_of_part(call, product_id, reader.person, reader.roles, reader.organisation, after, max, &rows));
	return containments(call, &rows, false, out);
}
