/* What stands between a casefile and its publication, on its page; and what was done with it, step by step. */
#include "base/base/clock.h"
#include "base/base/json.h"
#include "people/person/person.h"
#include "store/ledger/ledger.h"
#include "subject/casefile/casefile_private.h"
#include "subject/casefile/casefile_view.h"

enum { HISTORY_MAX = 60 };

Markup gate_markup(Html *html, const Casefile *casefile)
{
	GateLines lines = casefile_gate_lines(html->call->arena, casefile, html->call->actor);
	Check *checks = arena_array_of(html->call->arena, Check, lines.count);
	for (size_t i = 0; i < lines.count; i++) {
		const GateLine *line = &lines.at[i];
		checks[i] = (Check) { .text = tr(html->lang, line->text),
			.word = tr(html->lang, line->why_not ? line->why_not : "Met"),
			.tone = line->why_not ? TEXT("warn") : TEXT("good") };
	}
	return part_checks(html, checks, lines.count);
}

/* The instant as the readers' clock shows it, and as it was written. */
static Markup instant(Html *html, int64_t at, Text zone)
{
	Html inner = html_inner(html);
	html_markup(&inner, part_time(html, at));
	html_markup(&inner, markup_text(html, arena_printf(html->call->arena, " (%.*s)", TEXT_ARGS(zone))));
	return html_done(html, &inner);
}

static Error embargo_facts(Html *html, const Casefile *casefile, Facts *facts)
{
	CasefileEmbargo embargo;
	Arena *arena = html->call->arena;
	TRY(casefile_embargo(html->call, casefile->id, casefile->ref, &embargo));
	if (!embargo.n) return OK;
	if (actor_has(html->call->actor, ROLE_COORDINATOR)) TRY(casefile_embargo_silent(html->call, casefile->id, &embargo));
	list_add(arena, facts,
		((Fact) { .label = tr(html->lang, "Embargo"),
			.markup = part_status(html, tr(html->lang, embargo_state_text(embargo.state)),
				embargo.holds ? TEXT("warn") : TEXT("neutral")) }));
	list_add(arena, facts,
		((Fact) { .label = tr(html->lang, "Embargo until"), .markup = instant(html, embargo.ends_at, embargo.zone) }));
	if (embargo.reason.length)
		list_add(arena, facts, ((Fact) { .label = tr(html->lang, "Reason of the embargo"), .text = embargo.reason }));
	for (size_t i = 0; i < embargo.answers.count; i++) {
		const EmbargoAnswer *answer = &embargo.answers.at[i];
		Text words = tr(html->lang, answer->text);
		if (answer->n != embargo.n)
			words = arena_printf(arena, "%.*s (%.*s)", TEXT_ARGS(words), TEXT_ARGS(tr(html->lang, "to an earlier version")));
		if (answer->note.length) words = arena_printf(arena, "%.*s: %.*s", TEXT_ARGS(words), TEXT_ARGS(answer->note));
		list_add(arena, facts, ((Fact) { .label = answer->participant, .text = words }));
	}
	return OK;
}

static Error freeze_facts(Html *html, const Casefile *casefile, Facts *facts)
{
	Freezes running;
	Arena *arena = html->call->arena;
	TRY(casefile_freezes(html->call, casefile->id, &running));
	for (size_t i = 0; i < running.count; i++)
		list_add(arena, facts,
			((Fact) { .label = tr(html->lang, "Period of a major event"),
				.text = arena_printf(
					arena, "%.*s (%.*s)", TEXT_ARGS(running.at[i].name), TEXT_ARGS(running.at[i].basis)) }));
	return OK;
}

static Error early_facts(Html *html, const Casefile *casefile, Facts *facts)
{
	CasefileEarly early;
	Arena *arena = html->call->arena;
	TRY(casefile_early(html->call, casefile->id, casefile->ref, &early));
	for (size_t i = 0; i < early.steps.count; i++) {
		const EarlyStep *step = &early.steps.at[i];
		Facts values = form_facts(html, step->form, step->values, TEXT(""));
		list_add(arena, facts, ((Fact) { .label = tr(html->lang, step->form->title), .markup = part_time(html, step->at) }));
		for (size_t k = 0; k < values.count; k++) list_add(arena, facts, values.at[k]);
	}
	const int64_t approved[] = { early.first_by, early.second_by };
	for (size_t i = 0; i < COUNT(approved); i++) {
		Person person;
		if (!approved[i]) continue;
		TRY(person_find(html->call, approved[i], &person));
		list_add(arena, facts,
			((Fact) { .label = tr(html->lang, "Early release approved by"), .text = person_shown_name(&person) }));
	}
	return OK;
}

static Error upward_facts(Html *html, const Casefile *casefile, Facts *facts)
{
	UpwardReports reports;
	Arena *arena = html->call->arena;
	const FormItem *item = form_item(casefile_action_form("casefile-upward"), TEXT("recipient"));
	TRY(casefile_upward(html->call, casefile->id, &reports));
	for (size_t i = 0; i < reports.count; i++) {
		const UpwardReport *report = &reports.at[i];
		Text label = arena_printf(arena, "%.*s: %.*s", TEXT_ARGS(tr(html->lang, "Reported upward")),
			TEXT_ARGS(form_shown_value(html->call, html->lang, item, report->recipient)));
		Text word = report->acknowledged_at ? tr(html->lang, "Acknowledged") : tr(html->lang, "Not acknowledged yet");
		Html inner = html_inner(html);
		html_markup(&inner, part_status(html, word, report->acknowledged_at ? TEXT("good") : TEXT("warn")));
		html_markup(&inner,
			markup_text(html, arena_printf(arena, " %.*s %.*s", TEXT_ARGS(report->document), TEXT_ARGS(report->receipt))));
		list_add(arena, facts, ((Fact) { .label = label, .markup = html_done(html, &inner) }));
		list_add(arena, facts, ((Fact) { .label = tr(html->lang, "Last sent"), .markup = part_time(html, report->sent_at) }));
	}
	return OK;
}

Error waits_markup(Html *html, const Casefile *casefile, Markup *out)
{
	Facts facts = { 0 };
	Arena *arena = html->call->arena;
	if (casefile->emergency_at) {
		list_add(arena, &facts,
			((Fact) { .label = tr(html->lang, "Emergency channel since"), .markup = part_time(html, casefile->emergency_at) }));
		list_add(arena, &facts,
			((Fact) { .label = tr(html->lang, "Vendor to be notified by"),
				.markup = part_time(html, casefile->emergency_due_at) }));
	}
	if (casefile->public_since)
		list_add(arena, &facts,
			((Fact) { .label = tr(html->lang, "Public since"), .markup = part_time(html, casefile->public_since) }));
	TRY(upward_facts(html, casefile, &facts));
	TRY(embargo_facts(html, casefile, &facts));
	TRY(freeze_facts(html, casefile, &facts));
	TRY(early_facts(html, casefile, &facts));
	if (casefile->facts->is_approved)
		list_add(arena, &facts,
			((Fact) { .label = tr(html->lang, "Publication"),
				.text = tr(html->lang, "Approved: it is published as soon as nothing holds it back") }));
	if (facts.count) *out = part_facts(html, facts.at, facts.count);
	return OK;
}

Error parts_markup(Html *html, const Casefile *casefile, Markup *out)
{
	AffectedParts parts;
	Facts facts = { 0 };
	TRY(casefile_parts(html->call, casefile, &parts));
	for (size_t i = 0; i < parts.count; i++) {
		Facts values = form_facts(html, casefile_action_form("casefile-part"), parts.at[i].values, TEXT(""));
		for (size_t k = 0; k < values.count; k++) list_add(html->call->arena, &facts, values.at[k]);
	}
	if (facts.count) *out = part_facts(html, facts.at, facts.count);
	return OK;
}

/* ---- Vendors */
enum { PARTIES_SHOWN = 20 };

Error vendors_markup(Html *html, const Casefile *casefile, Markup *out)
{
	static const char *const labels[] = { N_("Vendor"), N_("Product"), N_("State"), N_("Position"), N_("Notified") };
	PartyLines parties;
	Arena *arena = html->call->arena;
	if (!actor_has(html->call->actor, ROLE_COORDINATOR)) return OK;
	TRY(party_list(html->call, casefile->id, 0, PARTIES_SHOWN, &parties));
	if (!parties.count) return OK;
	Column *columns = arena_array_of(arena, Column, COUNT(labels));
	Cell *cells = arena_array_of(arena, Cell, parties.count * COUNT(labels));
	for (size_t i = 0; i < COUNT(labels); i++) columns[i] = (Column) { .label = tr(html->lang, labels[i]) };
	for (size_t i = 0; i < parties.count; i++) {
		const PartyLine *party = &parties.at[i];
		const WorkflowState *state = workflow_state(&party_machine, party->state);
		Cell *cell = &cells[i * COUNT(labels)];
		cell[0] = (Cell) { .text = party->vendor, .url = url_local(arena, "/parties/%.*s", TEXT_ARGS(party->ref)) };
		cell[1] = (Cell) { .text = party->product };
		if (state) cell[2] = (Cell) { .markup = part_status(html, tr(html->lang, state->text), text_from(state->tone)) };
		Text stated = TEXT("POSITION_STATED");
		const char *position = party->position.length ? party_stage_text(stated, party->position) : N_("None yet");
		cell[3] = (Cell) { .text = tr(html->lang, position) };
		if (party->notified_at) cell[4] = (Cell) { .markup = part_date(html, party->notified_at) };
	}
	Table table = { .caption = tr(html->lang, "Vendors"),
		.columns = columns,
		.column_count = COUNT(labels),
		.cells = cells,
		.row_count = parties.count };
	*out = part_table(html, &table);
	return OK;
}

/* ---- History: from the record of events, in the words of the table */
static const char *says_of(Text action)
{
	for (size_t i = 0; i < casefile_machine.row_count; i++)
		if (text_is(text_from(casefile_machine.rows[i].action), action)) return casefile_machine.rows[i].says;
	return N_("Open the casefile");
}

static Text note_of(Call *call, Text detail)
{
	static const char *const members[] = { "reason", "note", "grounds", "library" };
	Json json;
	if (!detail.length || !json_parse(call->arena, detail, &json, NULL)) return TEXT("");
	for (size_t i = 0; i < COUNT(members); i++) {
		Text note = json_as_text(json_get(json, members[i]));
		if (note.at) return note;
	}
	return TEXT("");
}

Error steps_taken_markup(Html *html, const Casefile *casefile, Markup *out)
{
	Events events;
	Call *call = html->call;
	if (!actor_has(call->actor, ROLE_COORDINATOR)) return OK;
	TRY(ledger_events_of_subject(call, casefile_machine.name, casefile->ref, 0, HISTORY_MAX, &events));
	TimelineEntry *entries = arena_array_of(call->arena, TimelineEntry, events.count + 1);
	size_t count = 0;
	for (size_t i = 0; i < events.count; i++) {
		Person person;
		if (text_is(events.at[i].action, TEXT("read"))) continue;
		TimelineEntry *entry = &entries[count++];
		*entry = (TimelineEntry) { .at = events.at[i].at,
			.title = tr(html->lang, says_of(events.at[i].action)),
			.note = note_of(call, events.at[i].detail) };
		if (!events.at[i].actor) continue;
		TRY(person_find(call, events.at[i].actor, &person));
		entry->actor = person_shown_name(&person);
	}
	*out = part_timeline(html, entries, count);
	return OK;
}
