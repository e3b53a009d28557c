/* What disputes ask of a casefile, and what they change in it. */
#include "subject/casefile/casefile_private.h"

static const char revised_by_panel[] = N_("Expert decision"), revised_by_answer[] = N_("Answer to an appeal");

Error casefile_read(Call *call, int64_t id, Casefile *out)
{
	CasefileRow row;
	TRY(casefile_find_id(call, id, &row));
	return casefile_of_row(call, &row, out);
}

Error casefile_sides(Call *call, const Casefile *casefile, Numbers *out_organisations, Numbers *out_products)
{
	const CasefileFacts *facts = casefile->facts;
	Numbers products;
	for (size_t i = 0; i < facts->vendor_count; i++) list_add(call->arena, out_organisations, facts->vendor_ids[i]);
	for (size_t i = 0; i < facts->reporter_count; i++)
		if (facts->reporters[i].organisation_id) list_add(call->arena, out_organisations, facts->reporters[i].organisation_id);
	TRY(casefile_product_list(call, casefile->id, &products));
	for (size_t i = 0; i < products.count; i++) list_add(call->arena, out_products, products.at[i]);
	return OK;
}

/* What is published follows the rating, as a revision with its author. */
static Error publish_again(const CaseChange *change, bool by_panel)
{
	Casefile rated;
	Call *call = change->call;
	const char *author = by_panel ? revised_by_panel : revised_by_answer;
	if (!change->row->advisory.at || change->casefile->facts->is_withdrawn) return OK;
	TRY(casefile_of_row(call, change->row, &rated));
	return casefile_publish(call, &rated, text_from(author), tr(LANG_ZH, N_("The rating was changed after a dispute.")));
}

Error dispute_rate(const CaseChange *change)
{
	bool by_panel = text_is(form_answer(change->values, "who"), TEXT("expert"));
	RatingAuthor author = { by_panel ? "expert" : "appeal", { change->call->actor->person_id != 0, change->call->actor->person_id },
		{ 0 } };
	TRY(casefile_add_rating(change->call, change->row, &author, form_answer(change->values, "gbt30279"),
		form_answer(change->values, "cvss"), &change->row->technical_level, &change->row->level));
	return publish_again(change, by_panel);
}

Error casefile_rate_anew(Call *call, int64_t id, const char *who, const Map *values, bool *out_moved)
{
	Casefile casefile;
	Matter matter;
	Error why = OK;
	const char *words = NULL;
	Map *given = map_new(call->arena);
	const Act act = { .action = TEXT("rate-anew"), .input = given };
	const Actor *actor = call->actor;
	form_set(call->arena, given, TEXT("who"), text_from(who));
	form_set(call->arena, given, TEXT("gbt30279"), form_answer(values, "gbt30279"));
	form_set(call->arena, given, TEXT("cvss"), form_answer(values, "cvss"));
	TRY(casefile_read(call, id, &casefile));
	casefile_matter(&casefile, &matter);
	*out_moved = workflow_row(&casefile_machine, &matter, &actor_system, act.action, &why, &words) != NULL;
	if (!*out_moved) return OK;
	call->actor = &actor_system;
	Error error = workflow_apply(call, &casefile_machine, &matter, &act);
	call->actor = actor;
	return error;
}
