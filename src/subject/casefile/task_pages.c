/* Whom a coordinator can assign: everybody who verifies, those who cannot with the reason. */
#include "people/person/form_page.h"
#include "subject/casefile/casefile_private.h"
#include "subject/casefile/casefile_view.h"

/* The action that assigns somebody now, and the part; false: none does, or the actor is no coordinator. */
static bool assigns(const Call *call, const Casefile *casefile, const char **out_action, const char **out_part)
{
	bool is_first = text_is(casefile->state, TEXT("VERIFYING"));
	bool is_second = text_is(casefile->state, TEXT("RATED")) && casefile->facts->is_high && !casefile->facts->second_by_id;
	*out_action = is_first ? "assign" : "assign-second";
	*out_part = is_first ? "verifier" : "second";
	return (is_first || is_second) && (report_reading_roles(call->actor) & ROLE_COORDINATOR) != 0;
}

static Markup choice_of(Html *html, const Casefile *casefile, const char *action, const Assignable *candidate)
{
	if (candidate->why_not) return part_status(html, tr(html->lang, candidate->why_not), TEXT("neutral"));
	Url url = url_local(html->call->arena, "/casefiles/%.*s/actions/%s", TEXT_ARGS(casefile->ref), action);
	return button_form(html, url, tr(html->lang, "Assign"), TEXT("quiet"), TEXT("verifier"), candidate->handle);
}

Error assignable_markup(Html *html, const Casefile *casefile, Markup *out)
{
	static const char *const labels[] = { N_("Verifier"), N_("Open tasks"), N_("Assignment") };
	const char *action, *part;
	Assignables candidates;
	Arena *arena = html->call->arena;
	if (!assigns(html->call, casefile, &action, &part)) return OK;
	TRY(casefile_assignable(html->call, casefile, part, &candidates));
	if (!candidates.count) return OK;
	Column *columns = arena_array_of(arena, Column, COUNT(labels));
	Cell *cells = arena_array_of(arena, Cell, candidates.count * COUNT(labels));
	for (size_t i = 0; i < COUNT(labels); i++) columns[i] = (Column) { .label = tr(html->lang, labels[i]) };
	for (size_t i = 0; i < candidates.count; i++) {
		const Assignable *candidate = &candidates.at[i];
		Cell *cell = &cells[i * COUNT(labels)];
		cell[0] = (Cell) { .text = candidate->name };
		cell[1] = (Cell) { .text = arena_printf(arena, "%lld", (long long)candidate->tasks) };
		cell[2] = (Cell) { .markup = choice_of(html, casefile, action, candidate) };
	}
	Table table = { .caption = tr(html->lang, "Who can verify it"),
		.columns = columns,
		.column_count = COUNT(labels),
		.cells = cells,
		.row_count = candidates.count };
	*out = part_table(html, &table);
	return OK;
}

Error assignable_json(JsonWriter *writer, Call *call, const Casefile *casefile)
{
	const char *action, *part;
	Assignables candidates;
	if (!assigns(call, casefile, &action, &part)) return OK;
	TRY(casefile_assignable(call, casefile, part, &candidates));
	json_key(writer, TEXT("candidates"));
	json_array_begin(writer);
	for (size_t i = 0; i < candidates.count; i++) {
		const Assignable *candidate = &candidates.at[i];
		json_object_begin(writer);
		json_put_text(writer, "verifier", candidate->handle);
		json_put_text(writer, "name", candidate->name);
		json_put_int(writer, "open_tasks", candidate->tasks);
		if (candidate->why_not) json_put_text(writer, "why_not", text_from(candidate->why_not));
		json_end(writer);
	}
	json_end(writer);
	return OK;
}
