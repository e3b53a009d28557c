/* The page of a party: where it stands, whose turn it is, what was said; for coordinators also how the vendor was reached and who read it. */
#include "engine/rating/rating.h"
#include "store/ledger/ledger.h"
#include "subject/party/party_private.h"
#include "subject/party/party_view.h"

static Text base_of(Arena *arena, const Party *party) { return arena_printf(arena, "/parties/%.*s", TEXT_ARGS(party->ref)); }

const char *party_tone(Text state)
{
	const WorkflowState *found = workflow_state(&party_machine, state);
	return found ? found->tone : "neutral";
}

/* ---- Steps */
static Markup steps_of(Html *html, const Party *party)
{
	static const char *const way[] = { "CONTACTING", "NOTIFIED", "ACKNOWLEDGED", "POSITION_STATED", "PLAN_REVIEW", "FIXING",
		"FIX_CHECK", "DONE" };
	Step steps[COUNT(way) + 1];
	size_t current = COUNT(way), count = 0;
	for (size_t i = 0; i < COUNT(way); i++)
		if (text_is(text_from(way[i]), text_is(party->state, TEXT("CLOSING")) ? TEXT("POSITION_STATED") : party->state))
			current = i;
	bool repaired_nothing = text_is(party->state, TEXT("DONE")) && !party->has_fix;
	for (size_t i = party->is_vendor ? 1 : 0; i < COUNT(way); i++) {
		const WorkflowState *state = workflow_state(&party_machine, text_from(way[i]));
		Step step = { .label = tr(html->lang, state->text),
			.state = i < current    ? STEP_DONE
				 : i == current ? STEP_CURRENT
						: STEP_AHEAD };
		bool left_out = current == COUNT(way) ? i > 0 : repaired_nothing && i >= 4 && i < 7; /* contact was tried in any case */
		if (left_out) step.state = STEP_SKIPPED;
		if (i == current && state->final) step.state = STEP_DONE;
		steps[count++] = step;
	}
	const WorkflowState *state = workflow_state(&party_machine, party->state);
	if (current == COUNT(way) && state) steps[count++] = (Step) { .label = tr(html->lang, state->text), .state = STEP_CURRENT };
	return part_steps(html, steps, count);
}

/* ---- Facts */
static const char *step_text(Text step)
{
	if (text_is(step, TEXT("partner"))) return N_("Store or platform partner");
	return text_is(step, TEXT("authority")) ? N_("Local communications administration") : N_("Vendor");
}

static void add_fact(Html *html, Facts *facts, const char *label, Text value)
{
	Fact fact = { .label = tr(html->lang, label), .text = value };
	if (value.length) list_add(html->call->arena, facts, fact);
}

static void add_time(Html *html, Facts *facts, const char *label, int64_t at)
{
	if (!at) return;
	Fact fact = { .label = tr(html->lang, label), .markup = part_time(html, at) };
	list_add(html->call->arena, facts, fact);
}

static void add_library_facts(Html *html, const Party *party, Facts *facts)
{
	Arena *arena = html->call->arena;
	const FormItem *source = form_item(party_action_form("party-attempt"), TEXT("source"));
	if (party->casefile.ref.length) {
		Fact casefile = { .label = tr(html->lang, "Casefile"),
			.text = party->casefile.ref,
			.url = url_local(arena, "/casefiles/%.*s", TEXT_ARGS(url_segment(arena, party->casefile.ref))) };
		list_add(arena, facts, casefile);
	}
	add_fact(html, facts, N_("Step of the contact"), tr(html->lang, step_text(party->step)));
	add_fact(html, facts, N_("Mail address"), party->mail);
	add_fact(html, facts, N_("Telephone"), party->phone);
	if (party->source.length)
		add_fact(html, facts, N_("Where the contact was found"), form_shown_value(html->call, html->lang, source, party->source));
	add_fact(html, facts, N_("Domicile that was checked"), party->domicile);
}

static Markup facts_of(Html *html, const Party *party)
{
	Facts facts = { 0 };
	bool knows = !party->is_vendor || party->acknowledged_at;
	Fact number = { .label = tr(html->lang, "Number of the matter"), .markup = part_copy(html, party->ref) };
	list_add(html->call->arena, &facts, number);
	add_fact(html, &facts, N_("Vulnerability number"), knows ? party->casefile.number : TEXT(""));
	add_fact(html, &facts, N_("Vendor"), party->vendor);
	add_fact(html, &facts, N_("Product"), party->product);
	if (party->is_staff) add_library_facts(html, party, &facts);
	add_time(html, &facts, N_("Notified"), party->notified_at);
	add_time(html, &facts, N_("Signed for"), party->acknowledged_at);
	add_time(html, &facts, N_("Last word of the vendor"), party->word_at);
	add_time(html, &facts, N_("Not to be made public before"), knows ? party->casefile.embargo_until : 0);
	return part_facts(html, facts.at, facts.count);
}

/* ---- Tables */
static Markup table(Html *html, const char *caption, const char *const *labels, size_t columns, const Cell *cells, size_t rows)
{
	Column *heads = arena_array_of(html->call->arena, Column, columns);
	for (size_t i = 0; i < columns; i++) heads[i] = (Column) { .label = tr(html->lang, labels[i]) };
	Table made = { .caption = tr(html->lang, caption), .columns = heads, .column_count = columns, .cells = cells, .row_count = rows };
	return rows ? part_table(html, &made) : (Markup) { TEXT("") };
}

static Error fill_versions(Html *html, const Party *party, PartyShowView *view)
{
	static const char *const labels[] = { N_("Version line"), N_("Fixed version") };
	PartyVersions versions;
	TRY(party_versions(html->call, party, &versions));
	Cell *cells = arena_array_of(html->call->arena, Cell, versions.count * COUNT(labels) + 1);
	for (size_t i = 0; i < versions.count; i++) {
		const PartyVersion *version = &versions.at[i];
		cells[2 * i] = (Cell) { .text = version->line };
		cells[2 * i + 1] = version->fixed.length
					   ? (Cell) { .text = version->fixed }
					   : (Cell) { .markup = part_status(html, tr(html->lang, "Not fixed yet"), TEXT("warn")) };
	}
	view->versions = table(html, N_("Affected version lines"), labels, COUNT(labels), cells, versions.count);
	return OK;
}

static Text outcome_text(Html *html, Text outcome)
{
	const FormItem *item = form_item(party_action_form("party-attempt"), TEXT("outcome"));
	if (text_is(outcome, TEXT("sent"))) return tr(html->lang, "On its way");
	if (text_is(outcome, TEXT("delivered"))) return tr(html->lang, "Taken by its mail server");
	return form_shown_value(html->call, html->lang, item, outcome);
}

static Error fill_attempts(Html *html, const Party *party, PartyShowView *view)
{
	PartyAttempts attempts;
	Arena *arena = html->call->arena;
	const FormItem *channel = form_item(party_action_form("party-attempt"), TEXT("channel"));
	TRY(party_attempts(html->call, party, &attempts));
	TimelineEntry *entries = arena_array_of(arena, TimelineEntry, attempts.count + 1);
	for (size_t i = 0; i < attempts.count; i++) {
		const PartyAttempt *attempt = &attempts.at[i];
		entries[i] = (TimelineEntry) { .at = attempt->at,
			.title = arena_printf(arena, "%.*s · %.*s · %.*s", TEXT_ARGS(tr(html->lang, step_text(attempt->step))),
				TEXT_ARGS(form_shown_value(html->call, html->lang, channel, attempt->channel)),
				TEXT_ARGS(outcome_text(html, attempt->outcome))),
			.note = arena_printf(arena, "%.*s %.*s", TEXT_ARGS(attempt->address), TEXT_ARGS(attempt->note)),
			.actor = attempt->person };
	}
	if (attempts.count) view->attempts = part_timeline(html, entries, attempts.count);
	return OK;
}

static Error fill_copies(Html *html, const Party *party, PartyShowView *view)
{
	PartyCopies copies;
	Arena *arena = html->call->arena;
	TRY(party_copies(html->call, party, &copies));
	TimelineEntry *entries = arena_array_of(arena, TimelineEntry, copies.count + 1);
	for (size_t i = 0; i < copies.count; i++) {
		const PartyCopy *copy = &copies.at[i];
		entries[i] = (TimelineEntry) { .at = copy->last_at,
			.title = copy->person,
			.note = arena_printf(arena, "%.*s × %lld", TEXT_ARGS(copy->ref), (long long)copy->downloads) };
	}
	if (copies.count) view->copies = part_timeline(html, entries, copies.count);
	return OK;
}

/* ---- What was said, and the history */
static Error fill_statements(Html *html, const Party *party, PartyShowView *view)
{
	PartyStatements said;
	TRY(party_said(html->call, party, &said));
	for (size_t i = 0; i < said.count; i++) {
		const PartyStatement *statement = &said.at[i];
		if (text_is(statement->action, TEXT("attempt"))) continue; /* they have a list of their own */
		Facts facts = form_facts(html, statement->form, statement->values, TEXT(""));
		if (!facts.count) continue;
		PartyStatementView shown = { .title = tr(html->lang, statement->form->title),
			.person = statement->person,
			.at = statement->at,
			.facts = part_facts(html, facts.at, facts.count) };
		list_add(html->call->arena, &view->statements, shown);
	}
	return OK;
}

/* What is returned is a position, a plan or closing evidence: the record names the action alone. */
static const char *says(Text action)
{
	if (text_is(action, TEXT("return"))) return N_("Returned to the vendor");
	for (size_t i = 0; i < party_machine.row_count; i++)
		if (text_is(text_from(party_machine.rows[i].action), action)) return party_machine.rows[i].says;
	return text_is(action, TEXT("open")) ? N_("Party named") : NULL;
}

static bool is_of_library(Text action)
{
	static const char *const actions[] = { "open", "attempt", "invite", "bind", "confirm", "partner", "authority", "give-up", "contact",
		"assign", "own", "found", "orphan" };
	for (size_t i = 0; i < COUNT(actions); i++)
		if (text_is(text_from(actions[i]), action)) return true;
	return false;
}

static Error fill_history(Html *html, const Party *party, PartyShowView *view)
{
	enum { EVENTS = 200 };
	Events events;
	LIST_OF(TimelineEntry) entries = { 0 };
	TRY(ledger_events_of_subject(html->call, party_machine.name, party->ref, 0, EVENTS, &events));
	for (size_t i = 0; i < events.count; i++) {
		const char *text = says(events.at[i].action);
		if (!text || (!party->is_staff && is_of_library(events.at[i].action))) continue;
		TimelineEntry entry = { .at = events.at[i].at, .title = tr(html->lang, text) };
		if (party->is_staff) entry.actor = party_person(html->call, events.at[i].actor);
		list_add(html->call->arena, &entries, entry);
	}
	if (entries.count) view->history = part_timeline(html, entries.at, entries.count);
	return OK;
}

static Error fill_readers(Html *html, const Party *party, PartyShowView *view)
{
	Readers readers;
	if (!party->is_staff) return OK;
	TRY(report_readers(html->call, party_machine.name, party->ref, &readers));
	TimelineEntry *entries = arena_array_of(html->call->arena, TimelineEntry, readers.count + 1);
	for (size_t i = 0; i < readers.count; i++)
		entries[i] =
			(TimelineEntry) { .at = readers.at[i].at, .title = tr(html->lang, "Has read it"), .actor = readers.at[i].name };
	if (readers.count)
		view->readers = part_note(html, TEXT("neutral"), tr(html->lang, "Readers"), part_timeline(html, entries, readers.count));
	return OK;
}

/* ---- The page */
static Markup duty_clock(Html *html, const Party *party)
{
	bool concerns = party->is_vendor || party->is_staff;
	const WorkflowState *state = workflow_state(&party_machine, party->state);
	if (!concerns || !party->duty_due_at || party->duty_reported_at || !state || state->final) return (Markup) { TEXT("") };
	Clock clock = { .what = tr(html->lang, "Report to the national platform"),
		.turn = tr(html->lang, "the vendor"),
		.due = party->duty_due_at,
		.rule = tr(html->lang, "Regulations on Security Vulnerabilities of Network Products, article 7(2)") };
	return part_clock(html, &clock);
}

static Error fill_claimed(Html *html, const Party *party, PartyShowView *view)
{
	Organisation organisation;
	if (!party->is_staff || !party->claimed_by || party->organisation_id) return OK;
	TRY(org_find(html->call, party->claimed_by, &organisation));
	view->is_claimed = true;
	view->claimed_by = arena_printf(html->call->arena, "%.*s (%.*s)", TEXT_ARGS(org_shown_name(&organisation, html->lang)),
		TEXT_ARGS(organisation.credit_code));
	return OK;
}

static void fill_links(Html *html, const Party *party, PartyShowView *view)
{
	Arena *arena = html->call->arena;
	Text base = base_of(arena, party);
	bool concerns = party->is_vendor || party->is_staff;
	bool fetches = party->notice_at && (party->is_staff || (party->is_vendor && party->acknowledged_at));
	if (fetches) view->notice = url_local(arena, "%.*s/notice", TEXT_ARGS(base));
	if (concerns && party->acknowledged_at && party->notice_at)
		view->receipt = url_local(arena, "%.*s/receipts/acknowledge", TEXT_ARGS(base));
	if (concerns && party->duty_reported_at) {
		view->duty = url_local(arena, "%.*s/duty", TEXT_ARGS(base));
		view->duty_receipt = url_local(arena, "%.*s/receipts/duty", TEXT_ARGS(base));
	}
	view->waits_for_signature = party->is_vendor && party->notice_at && !party->acknowledged_at;
}

static Error appeals_of(Html *html, const Party *party, PartyShowView *view)
{
	PartyAppeals appeals = { 0 };
	Facts facts = { 0 };
	if (party_appeal_look) TRY(party_appeal_look(html->call, party, &appeals));
	for (size_t i = 0; i < appeals.count; i++) {
		const PartyAppeal *appeal = &appeals.at[i];
		Fact link = { .label = tr(html->lang, "Appeal"),
			.text = tr(html->lang, appeal->text),
			.url = url_local(html->call->arena, "%.*s", TEXT_ARGS(appeal->path)) };
		Fact until = { .label = tr(html->lang, "Until"), .markup = part_time(html, appeal->until) };
		list_add(html->call->arena, &facts, link);
		if (appeal->until) list_add(html->call->arena, &facts, until);
	}
	if (facts.count) view->appeals = part_facts(html, facts.at, facts.count);
	return OK;
}

static Error fill_state(Html *html, const Party *party, Text failed, PartyShowView *view)
{
	ClockView clock;
	Matter matter;
	ThreadSubject subject;
	Arena *arena = html->call->arena;
	Text base = base_of(arena, party);
	const WorkflowState *state = workflow_state(&party_machine, party->state);
	if (!state) return fail(html->call, CORRUPT, "party %.*s has no state", TEXT_ARGS(party->ref));
	TRY(workflow_clock_of(html->call, &party_machine, party->id, &clock));
	view->clock = clock_markup(html, &clock, state->turn);
	TRY(appeals_of(html, party, view));
	party_matter(party, &matter);
	view->actions = action_markups(html, &party_machine, &matter, party_action_form,
		arena_printf(arena, "%.*s/actions", TEXT_ARGS(base)), failed, party_known(html->call, party));
	party_threads(party, &subject);
	return thread_markups(html, &subject, arena_printf(arena, "%.*s/threads", TEXT_ARGS(base)), &view->threads);
}

Error party_show_fill(Html *html, const Party *party, Text failed, PartyShowView *view)
{
	bool knows = !party->is_vendor || party->acknowledged_at;
	Level level;
	bool rated = knows && level_parse(party->casefile.level, &level);
	*view = (PartyShowView) { .party = party,
		.stage_text = tr(html->lang, party_stage_text(party->state, party->position)),
		.tone = text_from(party_tone(party->state)),
		.level_text = rated ? tr(html->lang, level_text(level)) : TEXT(""),
		.steps = steps_of(html, party),
		.duty_clock = duty_clock(html, party),
		.facts = facts_of(html, party) };
	TRY(fill_state(html, party, failed, view));
	TRY(fill_claimed(html, party, view));
	fill_links(html, party, view);
	view->letters = party_letters(html, party);
	TRY(fill_versions(html, party, view));
	TRY(fill_statements(html, party, view));
	TRY(fill_attempts(html, party, view));
	TRY(fill_copies(html, party, view));
	TRY(fill_history(html, party, view));
	return fill_readers(html, party, view);
}

/* ---- Lists */
Markup party_table(Html *html, const PartyLines *lines, Text caption, bool names_vendor)
{
	const char *const labels[] = { names_vendor ? N_("Vendor") : N_("Product"), N_("Number of the matter"), N_("State"), N_("Until"),
		N_("Unread") };
	Arena *arena = html->call->arena;
	Column *columns = arena_array_of(arena, Column, COUNT(labels));
	Cell *cells = arena_array_of(arena, Cell, lines->count * COUNT(labels) + 1);
	for (size_t i = 0; i < COUNT(labels); i++)
		columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = i ? COLUMN_NARROW : COLUMN_TEXT };
	for (size_t i = 0; i < lines->count; i++) {
		const PartyLine *line = &lines->at[i];
		Cell *cell = &cells[i * COUNT(labels)];
		Text name = names_vendor ? line->vendor : line->product;
		cell[0] = (Cell) { .text = name.length ? name : line->ref,
			.url = url_local(arena, "/parties/%.*s", TEXT_ARGS(url_segment(arena, line->ref))) };
		cell[1] = (Cell) { .text = line->ref };
		cell[2] = (Cell) { .markup = part_status(html, tr(html->lang, party_stage_text(line->state, line->position)),
					   text_from(party_tone(line->state))) };
		if (line->due_at) cell[3] = (Cell) { .markup = part_time(html, line->due_at) };
		if (line->unread) cell[4] = (Cell) { .markup = part_number(html, line->unread) };
	}
	Table table = { .caption = caption, .columns = columns, .column_count = COUNT(labels), .cells = cells, .row_count = lines->count };
	return part_table(html, &table);
}
