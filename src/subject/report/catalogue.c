/* The product of a report: found in the catalogue by what was typed. */
#include "subject/report/catalogue_private.h"

static const struct {
	const char *field, *kind; /* of the form, of the catalogue's identities */
} known_by[] = { { "package", "package" }, { "package", "bundle-id" }, { "package", "bundle-name" }, { "package", "appid" },
	{ "package", "account" }, { "package", "coordinates" }, { "filing_number", "filing" }, { "store", "store" }, { "host", "host" } };
static const char *const filled[] = { "part", "product", "vendor", "package", "filing_number", "store", "host" };

static bool is_server(const Map *values) { return text_is(form_answer(values, "part"), TEXT("server")); }
/* A back end belongs to the app whose package name is given: then any kind of product fits. */
static Text kind_of(const Map *values) { return is_server(values) ? TEXT("") : form_answer(values, "part"); }

static bool is_kept(const Map *before, const Map *values, const char *field)
{
	return before && text_is(form_answer(before, field), form_answer(values, field));
}

/* By what stands in `values` and, when there is one, not already in `before`. */
static Error find_by_identity(Call *call, const Map *before, const Map *values, Product *out, bool *out_found)
{
	*out_found = false;
	for (size_t i = 0; i < COUNT(known_by); i++) {
		Text value = form_answer(values, known_by[i].field);
		if (!value.length || is_kept(before, values, known_by[i].field)) continue;
		Error error = product_by_identity(call, kind_of(values), text_from(known_by[i].kind), value, out);
		*out_found = error == OK;
		if (error == OK) return OK;
		if (error != ERROR_NOT_FOUND) return error;
		call_recover(call);
	}
	return OK;
}

/* What is known by its name alone: the one of exactly this name and vendor. */
static Error find_by_name(Call *call, const Map *values, Product *out, bool *out_found)
{
	Text name = text_trim(form_answer(values, "product")), vendor = text_trim(form_answer(values, "vendor"));
	Error error = product_by_name(call, kind_of(values), name, vendor, out);
	*out_found = error == OK;
	if (error != ERROR_NOT_FOUND) return error;
	call_pass_over(call);
	return OK;
}

Error catalogue_find(Call *call, const Map *values, Product *out, bool *out_found)
{
	TRY(find_by_identity(call, NULL, values, out, out_found));
	return *out_found ? OK : find_by_name(call, values, out, out_found);
}

/* The answers that the catalogue gives; of several identities of a kind a verified one. */
static Error describe(Call *call, const Product *product, Map *answers)
{
	Identities identities;
	TRY(product_identities(call, product->id, &identities));
	form_set(call->arena, answers, TEXT("part"), product->kind);
	form_set(call->arena, answers, TEXT("product"), product_shown_name(product, call->lang));
	form_set(call->arena, answers, TEXT("vendor"), product->vendor);
	for (int verified = 1; verified >= 0; verified--)
		for (size_t i = 0; i < identities.count; i++)
			for (size_t j = 0; j < COUNT(known_by); j++) {
				const Identity *identity = &identities.at[i];
				bool fits =
					identity->is_verified == (verified == 1) && text_is(identity->kind, text_from(known_by[j].kind));
				if (fits && !form_answer(answers, known_by[j].field).length)
					form_set(call->arena, answers, text_from(known_by[j].field), identity->value);
			}
	return OK;
}

Error catalogue_complete(Call *call, const Map *before, Map *values)
{
	Product product, earlier;
	bool found = false, had = false;
	Map *answers = map_new(call->arena), *old = map_new(call->arena);
	if (!before && form_answer(values, "product").length) return OK; /* given in one piece: as it was given */
	TRY(find_by_identity(call, before, values, &product, &found));
	if (!found) return OK;
	TRY(describe(call, &product, answers));
	if (before) TRY(find_by_identity(call, NULL, before, &earlier, &had));
	if (had) TRY(describe(call, &earlier, old));
	for (size_t i = 0; i < COUNT(filled); i++) {
		Text value = form_answer(values, filled[i]);
		bool was_filled = had && is_kept(before, values, filled[i]) && text_is(value, form_answer(old, filled[i]));
		if (!value.length || was_filled) form_set(call->arena, values, text_from(filled[i]), form_answer(answers, filled[i]));
	}
	return OK;
}

Error catalogue_take(Call *call, const Product *product, Map *values)
{
	Map *answers = map_new(call->arena);
	bool of_app = is_server(values) && !text_is(product->kind, TEXT("server"));
	TRY(describe(call, product, answers));
	for (size_t i = 0; i < COUNT(filled); i++) {
		bool is_servers = strcmp(filled[i], "part") == 0 || strcmp(filled[i], "host") == 0;
		if (!of_app || !is_servers) form_set(call->arena, values, text_from(filled[i]), form_answer(answers, filled[i]));
	}
	return OK;
}

/* Only what is there already: an entry stands in clear, and what an undisclosed report says must not. */
Error catalogue_link(Call *call, const Map *values, int64_t *out_product_id)
{
	const Actor *actor = call->actor;
	Product product;
	bool found = false;
	call->actor = &actor_system;
	Error error = catalogue_find(call, values, &product, &found);
	call->actor = actor;
	TRY(error);
	*out_product_id = found ? product.id : 0;
	return OK;
}
