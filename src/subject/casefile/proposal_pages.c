/* The change of the advisory that waits for its decision: for those who decide it, and for those who proposed it. */
#include "base/base/clock.h"
#include "people/person/person.h"
#include "subject/casefile/casefile_private.h"
#include "subject/casefile/casefile_view.h"

static bool may_read(const Actor *actor) { return actor_has(actor, ROLE_COORDINATOR | ROLE_PUBLISHER); }

static void add_differences(Html *html, const Casefile *casefile, const Map *after, Facts *facts)
{
	Arena *arena = html->call->arena;
	for (size_t i = 0; i < casefile_public_form.section_count; i++) {
		const FormSection *section = &casefile_public_form.sections[i];
		for (size_t k = 0; k < section->item_count; k++) {
			const FormItem *item = &section->items[k];
			Text old_text = form_answer(casefile->public_values, item->name), new_text = form_answer(after, item->name);
			if (text_is(old_text, new_text)) continue;
			list_add(arena, facts,
				((Fact) { .label = tr(html->lang, item->label),
					.markup = part_difference(html, form_shown_value(html->call, html->lang, item, old_text),
						form_shown_value(html->call, html->lang, item, new_text)) }));
		}
	}
}

Error proposal_markup(Html *html, const Casefile *casefile, Markup *out)
{
	AdvisoryProposal proposal;
	Person person;
	Facts facts = { 0 };
	Arena *arena = html->call->arena;
	if (!casefile->facts->has_proposal || !may_read(html->call->actor)) return OK;
	TRY(casefile_proposal(html->call, casefile, &proposal));
	TRY(person_find(html->call, proposal.proposed_by, &person));
	bool corrects = text_is(proposal.kind, TEXT("correction"));
	Text successor = form_answer(proposal.values, "successor");
	list_add(arena, &facts,
		((Fact) { .label = tr(html->lang, "Kind of change"),
			.text = tr(html->lang, corrects ? N_("Correction") : N_("Withdrawal")) }));
	list_add(arena, &facts, ((Fact) { .label = tr(html->lang, "Proposed by"), .text = person_shown_name(&person) }));
	list_add(arena, &facts, ((Fact) { .label = tr(html->lang, "Proposed on"), .markup = part_time(html, proposal.proposed_at) }));
	list_add(arena, &facts, ((Fact) { .label = tr(html->lang, "Reason"), .text = form_answer(proposal.values, "reason") }));
	if (successor.length) list_add(arena, &facts, ((Fact) { .label = tr(html->lang, "Successor"), .text = successor }));
	if (corrects) add_differences(html, casefile, proposal.values, &facts);
	*out = part_facts(html, facts.at, facts.count);
	return OK;
}

Error proposal_json(JsonWriter *writer, Call *call, const Casefile *casefile)
{
	AdvisoryProposal proposal;
	Json json;
	json_key(writer, TEXT("proposed_change"));
	if (!casefile->facts->has_proposal || !may_read(call->actor)) {
		json_null(writer);
		return OK;
	}
	TRY(casefile_proposal(call, casefile, &proposal));
	bool corrects = text_is(proposal.kind, TEXT("correction"));
	const Form *form = casefile_action_form(corrects ? "casefile-correct" : "casefile-withdraw");
	json_object_begin(writer);
	json_put_text(writer, "kind", proposal.kind);
	json_put_text(writer, "proposed_at", clock_iso(call->arena, proposal.proposed_at));
	json_key(writer, TEXT("values"));
	if (json_parse(call->arena, form_values_text(call->arena, form, proposal.values), &json, NULL))
		json_copy(writer, json);
	else
		json_null(writer);
	json_end(writer);
	return OK;
}
