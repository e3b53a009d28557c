/* The catalogue: reading, and entry of what was stated. */
#include "subject/product/product_private.h"

#include "base/base/random.h"
#include "engine/likeness/name.h"
#include "engine/likeness/tokens.h"

enum { MERGES_MAX = 16, ALIKE_MAX = 50, NAME_MAX_LENGTH = 200 };

bool product_is_staff(const Actor *actor)
{
	if (actor_has(actor, ROLE_SYSTEM)) return true;
	return actor->second_factor && actor_has(actor, ROLE_COORDINATOR) && !actor_has(actor, ROLE_ADMINISTRATORS);
}

ProductReader product_reader_of(const Call *call)
{
	const Actor *actor = call->actor;
	bool is_member = actor->organisation_id != 0;
	uint32_t roles = actor->person_id ? ROLE_REPORTER : ROLE_VISITOR;
	if (actor_has(actor, ROLE_SYSTEM)) roles |= ROLE_SYSTEM;
	if (product_is_staff(actor)) roles |= ROLE_COORDINATOR;
	return (ProductReader) { .person = { actor->person_id != 0, actor->person_id },
		.organisation = { is_member, actor->organisation_id },
		.roles = (int64_t)roles };
}

Error product_heir_of(Call *call, int64_t organisation_id, int64_t *out)
{
	int64_t id = organisation_id;
	bool found = true;
	if (id != 0) TRY(product_heir(call, organisation_id, &id, &found));
	*out = found ? id : 0;
	return OK;
}

Error product_of_row(Call *call, const ProductRow *row, Product *out)
{
	const Actor *actor = call->actor;
	int64_t stated_for = 0;
	Product product = { .id = row->id,
		.created_at = row->created_at,
		.changed_at = row->changed_at,
		.ref = row->ref,
		.kind = row->kind,
		.state = row->state,
		.name = row->name,
		.name_en = row->name_en,
		.vendor = row->vendor,
		.is_public = row->is_public };
	TRY(product_heir_of(call, row->organisation_id.value, &product.organisation_id));
	TRY(product_heir_of(call, row->stated_for.value, &stated_for));
	if (product.organisation_id)
		product.is_own = product.organisation_id == actor->organisation_id;
	else if (stated_for)
		product.is_own = stated_for == actor->organisation_id;
	else
		product.is_own = row->stated_by.is && row->stated_by.value == actor->person_id;
	*out = product;
	return OK;
}

Error products_of_rows(Call *call, const ProductRows *rows, Products *out)
{
	Products products = { 0 };
	for (size_t i = 0; i < rows->count; i++) {
		Product product;
		TRY(product_of_row(call, &rows->at[i], &product));
		list_add(call->arena, &products, product);
	}
	*out = products;
	return OK;
}

Text product_shown_name(const Product *product, Lang lang)
{
	return lang == LANG_EN && product->name_en.length > 0 ? product->name_en : product->name;
}

/* ---- Reading */
static Error follow(Call *call, ProductRow *row)
{
	bool found = true;
	for (int i = 0; row->merged_into.is && found; i++) {
		if (i == MERGES_MAX) return fail(call, CORRUPT, "product %.*s was merged in a circle", TEXT_ARGS(row->ref));
		TRY(product_by_id(call, row->merged_into.value, row, &found));
	}
	return OK;
}

static Error may_read(Call *call, int64_t id)
{
	ProductReader reader = product_reader_of(call);
	int64_t read = 0;
	bool found = false;
	TRY(product_may_read(call, id, reader.person, reader.roles, reader.organisation, &read, &found));
	return found ? OK : fail(call, NOT_FOUND, "no such product, or not this actor's to see");
}

/* The old entry must have been the actor's to see, and the one it became must be: a merge opens nothing. */
Error product_open(Call *call, Text ref, Product *out)
{
	ProductRow row;
	bool found = false;
	TRY(product_by_ref(call, ref, &row, &found));
	if (!found) return fail(call, NOT_FOUND, "no such product, or not this actor's to see");
	TRY(may_read(call, row.id));
	TRY(follow(call, &row));
	TRY(may_read(call, row.id));
	return product_of_row(call, &row, out);
}

Error product_find(Call *call, int64_t id, Product *out)
{
	ProductRow row;
	bool found = false;
	TRY(product_by_id(call, id, &row, &found));
	if (!found) return fail(call, NOT_FOUND, "no product %lld", (long long)id);
	TRY(follow(call, &row));
	return product_of_row(call, &row, out);
}

Error product_owner(Call *call, int64_t product_id, int64_t *out_organisation_id)
{
	Product product;
	TRY(product_find(call, product_id, &product));
	*out_organisation_id = product.organisation_id;
	return OK;
}

/* The words of a question; the longest, which fewest have, comes first. */
static Texts words_of(Arena *arena, Text query)
{
	Texts words = { 0 };
	Text word;
	TokenSet *set = tokens_new(arena);
	tokens_add_question(set, query);
	for (Text rest = arena_copy(arena, tokens_text(set)); text_next(&rest, ' ', &word);)
		if (word.length > 0) list_add(arena, &words, word);
	for (size_t i = 1; i < words.count; i++)
		if (words.at[i].length > words.at[0].length) {
			Text longest = words.at[i];
			words.at[i] = words.at[0];
			words.at[0] = longest;
		}
	return words;
}

Error product_search(Call *call, Text query, Text kind, int64_t after, int64_t max, Products *out)
{
	ProductReader reader = product_reader_of(call);
	ProductRows rows = { 0 };
	Texts words = words_of(call->arena, query);
	Text of_kind = kind.at ? kind : TEXT("");
	bool is_asked = text_trim(query).length > 0;
	if (words.count > 0)
		TRY(product_search_rows(call, words.at[0], words, (int64_t)words.count, of_kind, reader.person, reader.roles,
			reader.organisation, after, max, &rows));
	else if (!is_asked)
		TRY(product_rows(call, of_kind, reader.person, reader.roles, reader.organisation, after, max, &rows));
	return products_of_rows(call, &rows, out);
}

Error product_by_identity(Call *call, Text of_kind, Text kind, Text value, Product *out)
{
	ProductReader reader = product_reader_of(call);
	ProductRows rows;
	Text normal;
	if (!identity_parse(call->arena, kind, value, &normal)) return fail(call, NOT_FOUND, "no value of that kind");
	TRY(product_rows_of_identity(
		call, of_kind.at ? of_kind : TEXT(""), kind, normal, reader.person, reader.roles, reader.organisation, &rows));
	return rows.count > 0 ? product_of_row(call, &rows.at[0], out) : fail(call, NOT_FOUND, "no product of that identity");
}

Error product_by_name(Call *call, Text kind, Text name, Text vendor, Product *out)
{
	Products products = { 0 };
	if (name.length && vendor.length) TRY(product_search(call, name, kind, 0, ALIKE_MAX, &products));
	for (size_t i = 0; i < products.count; i++) {
		const Product *product = &products.at[i];
		bool is_named = text_is(product->name, name) || (product->name_en.length && text_is(product->name_en, name));
		if (!is_named || !text_is(product->vendor, vendor)) continue;
		*out = *product;
		return OK;
	}
	return fail(call, NOT_FOUND, "no product of that name and vendor");
}

Error product_list_own(Call *call, int64_t after, int64_t max, Products *out)
{
	ProductReader reader = product_reader_of(call);
	ProductRows rows;
	TRY(product_rows_own(call, reader.person, reader.organisation, after, max, &rows));
	return products_of_rows(call, &rows, out);
}

Error product_list_of(Call *call, int64_t organisation_id, int64_t after, int64_t max, Products *out)
{
	ProductRows rows;
	TRY(product_rows_of(call, organisation_id, after, max, &rows));
	return products_of_rows(call, &rows, out);
}

Error product_queue(Call *call, int64_t after, int64_t max, Products *out)
{
	ProductRows rows;
	if (!product_is_staff(call->actor)) return fail(call, FORBIDDEN, "not a coordinator with second factor");
	TRY(product_rows_in_state(call, TEXT("stated"), after, max, &rows));
	return products_of_rows(call, &rows, out);
}

Error product_identities(Call *call, int64_t product_id, Identities *out)
{
	IdentityRows rows;
	Identities identities = { 0 };
	TRY(identity_rows(call, product_id, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		const IdentityRow *row = &rows.at[i];
		Identity identity = { row->id, row->added_at, row->ref, row->kind, row->value, row->is_verified };
		list_add(call->arena, &identities, identity);
	}
	*out = identities;
	return OK;
}

Error product_identities_shown(Call *call, const Product *product, Identities *out)
{
	Identities all, shown = { 0 };
	Text first = text_from(product_kind(product->kind)->identity);
	bool sees_all = product_is_staff(call->actor) || product->is_own || text_is(product->state, TEXT("confirmed"));
	TRY(product_identities(call, product->id, &all));
	for (size_t i = 0; i < all.count; i++)
		if (sees_all || all.at[i].is_verified || text_is(all.at[i].kind, first)) list_add(call->arena, &shown, all.at[i]);
	*out = shown;
	return OK;
}

Error product_names(Call *call, int64_t product_id, ProductNames *out)
{
	ProductNameRows rows;
	ProductNames names = { 0 };
	TRY(product_name_rows(call, product_id, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		ProductName name = { rows.at[i].from_at, rows.at[i].name, rows.at[i].is_current };
		list_add(call->arena, &names, name);
	}
	*out = names;
	return OK;
}

Error product_lookalikes(Call *call, int64_t product_id, Products *out)
{
	ProductRows rows;
	if (!product_is_staff(call->actor)) return fail(call, FORBIDDEN, "not a coordinator with second factor");
	TRY(product_rows_alike(call, product_id, ALIKE_MAX, &rows));
	return products_of_rows(call, &rows, out);
}

/* ---- Entry */
Error product_record(Call *call, const Product *product, const char *action, Text detail)
{
	return ledger_record(call, &(LedgerEvent) { .kind = "product", .ref = product->ref, .action = action, .detail = detail }, NULL);
}

Error product_name_add(Call *call, int64_t product_id, Text name)
{
	return name.length == 0 ? OK : product_name_insert(call, product_id, name, name_skeleton(call->arena, name), call->now);
}

Error product_index(Call *call, int64_t product_id)
{
	ProductRow row;
	ProductNameRows names;
	IdentityRows identities;
	bool found = false;
	Text word;
	TokenSet *set = tokens_new(call->arena);
	TRY(product_by_id(call, product_id, &row, &found));
	if (!found) return fail(call, NOT_FOUND, "no product %lld", (long long)product_id);
	TRY(product_name_rows(call, product_id, &names));
	TRY(identity_rows(call, product_id, &identities));
	tokens_add_text(set, row.vendor);
	for (size_t i = 0; i < names.count; i++) tokens_add_text(set, names.at[i].name);
	for (size_t i = 0; i < identities.count; i++) tokens_add_text(set, identities.at[i].value);
	TRY(product_tokens_remove(call, product_id));
	for (Text rest = arena_copy(call->arena, tokens_text(set)); text_next(&rest, ' ', &word);)
		if (word.length > 0) TRY(product_token_insert(call, word, product_id));
	return OK;
}

/* `value` is normalised. CONFLICT: another product is verified to have it. */
Error product_identity_put(Call *call, const Product *product, Text kind, Text value, bool verified)
{
	const IdentityKind *known = identity_kind(kind);
	int64_t other = 0, changed = 0;
	bool found = false;
	must(known != NULL);
	if (verified && known->is_exclusive)
		TRY(identity_verified_elsewhere(call, product->id, product->kind, kind, value, &other, &found));
	if (found) return fail(call, CONFLICT, "another product is verified to have this identity");
	TRY(identity_insert(call, random_code(call->arena, 16), product->id, product->kind, kind, value, known->is_exclusive, verified,
		call->now, &changed));
	return changed == 0 && verified ? identity_verify(call, product->id, kind, value, &changed) : OK;
}

typedef struct Stated { /* one identity of a statement */
	const char *kind, *field;
	Text value; /* normalised; empty: none */
} Stated;
enum { STATED_COUNT = 4 };
typedef struct Registering {
	const ProductStatement *statement;
	Stated stated[STATED_COUNT];
	Product product;
} Registering;

static void read_identities(Call *call, Registering *registering)
{
	const ProductStatement *from = registering->statement;
	const ProductKind *kind = product_kind(from->kind);
	const Stated stated[STATED_COUNT] = { { kind ? kind->identity : NULL, "package", from->package },
		{ "filing", "filing_number", from->filing_number }, { "store", "store", from->store }, { "host", "host", from->host } };
	for (size_t i = 0; i < STATED_COUNT; i++) {
		Text value = { "", 0 };
		bool is_given = stated[i].kind && text_trim(stated[i].value).length > 0;
		bool fits = is_given && identity_parse(call->arena, text_from(stated[i].kind), stated[i].value, &value);
		if (is_given && !fits && !from->lenient)
			call_problem(call, text_from(stated[i].field), N_("This is not a value of that kind."), (Text) { 0 });
		registering->stated[i] = (Stated) { stated[i].kind, stated[i].field, fits ? value : (Text) { "", 0 } };
	}
}

static void check_statement(Call *call, Registering *registering)
{
	const ProductStatement *from = registering->statement;
	Text none = { 0 }, name = text_trim(from->name);
	if (!product_kind(from->kind)) call_problem(call, TEXT("kind"), N_("Please choose."), none);
	if (name.length == 0) call_problem(call, TEXT("name"), N_("Please enter the name of the product."), none);
	if (text_utf8_length(name) > NAME_MAX_LENGTH || text_utf8_length(from->name_en) > NAME_MAX_LENGTH)
		call_problem(call, TEXT("name"), N_("This is too long."), none);
	if (!from->lenient && name_hides(from->name_en))
		call_problem(call, TEXT("name_en"), N_("Something invisible stands in this name."), none);
	if (!from->lenient && name_hides(name)) call_problem(call, TEXT("name"), N_("Something invisible stands in this name."), none);
	read_identities(call, registering);
}

/* Somebody's statement never joins another's by a name alone; the library's own does. */
static Error find_named(Call *call, Registering *registering, bool *out_found)
{
	const ProductStatement *from = registering->statement;
	*out_found = false;
	if (!actor_has(call->actor, ROLE_SYSTEM)) return OK;
	Error error = product_by_name(call, from->kind, text_trim(from->name), text_trim(from->vendor), &registering->product);
	if (error != OK && error != ERROR_NOT_FOUND) return error;
	*out_found = error == OK;
	if (error != OK) call_pass_over(call);
	return OK;
}

/* The entry that what is stated first names, when the actor may see it. */
static Error find_fitting(Call *call, Registering *registering, bool *out_found)
{
	const ProductStatement *from = registering->statement;
	for (size_t i = 0; i < STATED_COUNT; i++) {
		const Stated *stated = &registering->stated[i];
		if (stated->value.length == 0 || !identity_kind(text_from(stated->kind))->is_exclusive) continue;
		Error error = product_by_identity(call, from->kind, text_from(stated->kind), stated->value, &registering->product);
		if (error != OK && error != ERROR_NOT_FOUND) return error;
		*out_found = error == OK;
		if (*out_found) return OK;
		call_pass_over(call);
	}
	return find_named(call, registering, out_found);
}

static Error enter(Call *call, void *argument)
{
	Registering *registering = argument;
	const ProductStatement *from = registering->statement;
	const Actor *actor = call->actor;
	ProductRow row;
	bool found = false;
	int64_t id = 0;
	TRY(find_fitting(call, registering, &found));
	if (found) return OK;
	Text letters = random_code(call->arena, 12);
	Text ref = arena_printf(call->arena, "P-%.4s-%.4s-%.4s", letters.at, letters.at + 4, letters.at + 8);
	bool for_organisation = from->for_organisation && actor->organisation_id != 0;
	Text name = text_trim(from->name), name_en = text_trim(from->name_en), vendor = text_trim(from->vendor);
	TRY(product_insert(call, ref, from->kind, name, name_en.at ? name_en : TEXT(""), vendor.at ? vendor : TEXT(""),
		(Maybe) { for_organisation, actor->organisation_id }, (Maybe) { actor->person_id != 0, actor->person_id }, call->now, &id));
	TRY(product_name_add(call, id, name));
	TRY(product_name_add(call, id, name_en));
	TRY(product_by_id(call, id, &row, &found));
	TRY(product_of_row(call, &row, &registering->product));
	for (size_t i = 0; i < STATED_COUNT; i++) {
		const Stated *stated = &registering->stated[i];
		if (stated->value.length > 0)
			TRY(product_identity_put(call, &registering->product, text_from(stated->kind), stated->value, false));
	}
	TRY(product_index(call, id));
	return product_record(call, &registering->product, "state", (Text) { 0 });
}

Error product_register(Call *call, const ProductStatement *statement, Product *out)
{
	Registering registering = { .statement = statement };
	check_statement(call, &registering);
	TRY(call_check_problems(call));
	TRY(db_transact(call, enter, &registering));
	*out = registering.product;
	return OK;
}

/* ---- Being public */
static Error publish(Call *call, void *argument)
{
	Product product;
	int64_t changed = 0;
	TRY(product_find(call, *(const int64_t *)argument, &product));
	TRY(product_make_public(call, product.id, call->now, &changed));
	return changed == 1 ? change_record(call, "product", product.ref) : OK;
}

Error product_publish(Call *call, int64_t product_id) { return db_transact(call, publish, &product_id); }
