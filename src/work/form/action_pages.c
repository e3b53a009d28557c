/* The actions of a machine on pages and in requests. */
#include "base/base/clock.h"
#include "work/form/action_view.h"
#include "work/form/views/action_block.html.h"
#include "work/form/views/action_closed.html.h"

typedef struct RevisionForm {
	int64_t revision;
} RevisionForm;
static const FieldSpec revision_fields[] = { { "revision", FIELD_INT, offsetof(RevisionForm, revision) } };
const FormSpec action_request_form = { .fields = revision_fields,
	.field_count = COUNT(revision_fields),
	.struct_size = sizeof(RevisionForm),
	.max_body_bytes = 1024 * 1024,
	.takes_more = true };

static Markup block_of(
	Html *html, const WorkflowAction *action, const Matter *matter, const Form *form, Text address, const Map *values, bool is_open)
{
	Arena *arena = html->call->arena;
	FormView fields = { 0 };
	ActionBlock block = { .label = tr(html->lang, action->row->says),
		.address = url_local(arena, "%.*s/%s", TEXT_ARGS(address), action->row->action),
		.revision = matter->revision,
		.form = &fields,
		.is_simple = !form,
		.is_open = is_open };
	if (!is_open) html->scope = text_from(action->row->action);
	if (form) fields = form_view_whole(html, form, values);
	Html inner = html_inner(html);
	html->scope = inner.scope = (Text) { 0 };
	page_action_block(&inner, &block);
	return html_done(html, &inner);
}

static Check closed_line(Html *html, const WorkflowAction *action)
{
	return (Check) { .text = tr(html->lang, action->row->says), .word = tr(html->lang, action->why_not) };
}

/* What was typed, when this action's form was refused; else what is known. */
static const Map *values_of(Html *html, const Form *form, bool failed, const Map *known)
{
	Map *values = map_new(html->call->arena);
	for (size_t i = 0; form && i < form->section_count; i++) {
		for (size_t j = 0; j < form->sections[i].item_count; j++) {
			const char *name = form->sections[i].items[j].name;
			if (known) form_set(html->call->arena, values, text_from(name), form_answer(known, name));
		}
	}
	if (failed && form && form_take(html->request, form, values) != OK) call_recover(html->call);
	return values;
}

static const Form *plain_form(Call *call, const void *about, const char *name)
{
	ActionForm *const *form_of = about;
	(void)call;
	return (*form_of)(name);
}

Markup action_markups(
	Html *html, const Machine *machine, const Matter *matter, ActionForm *form_of, Text address, Text failed, const Map *known)
{
	return action_markups_of(html, machine, matter, (ActionForms) { plain_form, &form_of }, address, failed, known);
}

Markup action_markups_of(
	Html *html, const Machine *machine, const Matter *matter, ActionForms forms, Text address, Text failed, const Map *known)
{
	WorkflowActions actions = workflow_actions(html->call->arena, machine, matter, html->call->actor);
	Html inner = html_inner(html);
	ClosedActions closed = { 0 };
	for (size_t i = 0; i < actions.count; i++) {
		const WorkflowAction *action = &actions.at[i];
		const Form *form = forms.find(html->call, forms.about, action->row->form);
		bool is_open = failed.length && text_is(failed, text_from(action->row->action));
		if (action->why_not) {
			list_add(html->call->arena, &closed, closed_line(html, action));
			continue;
		}
		html_markup(&inner, block_of(html, action, matter, form, address, values_of(html, form, is_open, known), is_open));
	}
	if (closed.count) page_action_closed(&inner, &closed);
	return html_done(html, &inner);
}

static const Transition *row_of(const Machine *machine, const Matter *matter, Text action)
{
	for (size_t i = 0; i < machine->row_count; i++) {
		const Transition *row = &machine->rows[i];
		if (text_is(text_from(row->action), action) && text_is(text_from(row->from), matter->state)) return row;
	}
	return NULL;
}

Error action_take(
	Request *request, const Machine *machine, const Matter *matter, ActionForm *form_of, int64_t *out_revision, Map **out_values)
{
	return action_take_of(request, machine, matter, (ActionForms) { plain_form, &form_of }, out_revision, out_values);
}

Error action_take_of(
	Request *request, const Machine *machine, const Matter *matter, ActionForms forms, int64_t *out_revision, Map **out_values)
{
	const RevisionForm *given = request->form;
	const Transition *row = row_of(machine, matter, request_parameter(request, TEXT("action")));
	const Form *form = row ? forms.find(request->call, forms.about, row->form) : NULL;
	Map *values = map_new(request->call->arena);
	if (form) TRY(form_take(request, form, values));
	*out_revision = given ? given->revision : 0;
	*out_values = values;
	return OK;
}

void action_json(JsonWriter *writer, Arena *arena, const Machine *machine, const Matter *matter, const Actor *actor)
{
	WorkflowActions actions = workflow_actions(arena, machine, matter, actor);
	json_array_begin(writer);
	for (size_t i = 0; i < actions.count; i++) {
		json_object_begin(writer);
		json_put_text(writer, "action", text_from(actions.at[i].row->action));
		if (actions.at[i].why_not) json_put_text(writer, "why_not", text_from(actions.at[i].why_not));
		json_end(writer);
	}
	json_end(writer);
}

void turn_json(JsonWriter *writer, Lang lang, const Machine *machine, Text state)
{
	const WorkflowState *found = workflow_state(machine, state);
	json_put_text(writer, "stage", found ? tr(lang, found->text) : (Text) { 0 });
	json_put_text(writer, "turn", found && found->turn ? tr(lang, found->turn) : (Text) { 0 });
}

void clock_json(JsonWriter *writer, Arena *arena, const ClockView *clock)
{
	if (!clock->clock) {
		json_null(writer);
		return;
	}
	json_object_begin(writer);
	json_put_text(writer, "name", text_from(clock->clock->name));
	json_put_text(writer, "rule", text_from(clock->clock->rule));
	json_put_text(writer, "started_at", clock_iso(arena, clock->started_at));
	if (!clock->paused) json_put_text(writer, "due_at", clock_iso(arena, clock->due_at));
	json_put_int(writer, "limit_working_days", clock->limit_working_days);
	json_put_bool(writer, "provisional", clock->provisional);
	json_put_bool(writer, "paused", clock->paused);
	json_put_bool(writer, "overdue", clock->overdue);
	json_end(writer);
}

/* "notice 1" as people read it: the rules' name and their version. */
static Text rule_words(const Html *html, Text rule)
{
	static const struct {
		const char *tag, *words;
	} names[] = { { "collection", N_("Collection rules, version %s") }, { "verification", N_("Verification rules, version %s") },
		{ "notice", N_("Notice rules, version %s") }, { "publication", N_("Publication rules, version %s") },
		{ "selection", N_("Rules of the selection, version %s") }, { "units", N_("Rules of support units, version %s") },
		{ "disputes", N_("Rules of disputes, version %s") } };
	Text rest = rule, tag = { 0 };
	if (!text_next(&rest, ' ', &tag)) return rule;
	for (size_t i = 0; i < COUNT(names); i++) {
		Problem sentence = { .message = names[i].words, .argument = rest };
		if (text_is(tag, text_from(names[i].tag))) return problem_text(html->call->arena, html->lang, &sentence);
	}
	return rule;
}

/* The version of the rule in the rule centre. */
static Url rule_address(const Html *html, Text rule)
{
	Text rest = rule, tag = { 0 };
	bool is_of_rounds = text_starts(rule, TEXT("selection ")); /* each round has its own */
	if (!text_next(&rest, ' ', &tag) || !rest.length || is_of_rounds) return (Url) { { 0 } };
	return url_local(html->call->arena, "/rules/%.*s/%.*s", TEXT_ARGS(url_segment(html->call->arena, tag)),
		TEXT_ARGS(url_segment(html->call->arena, rest)));
}

Markup clock_markup(Html *html, const ClockView *clock, const char *turn)
{
	if (!clock->clock) return (Markup) { TEXT("") };
	Clock shown = { .what = tr(html->lang, clock->clock->text),
		.turn = turn ? tr(html->lang, turn) : TEXT(""),
		.due = clock->due_at,
		.rule = rule_words(html, text_from(clock->clock->rule)),
		.rule_url = rule_address(html, text_from(clock->clock->rule)),
		.paused = clock->paused,
		.provisional = clock->provisional };
	return part_clock(html, &shown);
}

typedef struct FilterChoices {
	Texts values, labels;
} FilterChoices;

static void add_choice(Html *html, FilterChoices *choices, const char *value, const char *label)
{
	if (!label) return;
	list_add(html->call->arena, &choices->values, text_from(value));
	list_add(html->call->arena, &choices->labels, tr(html->lang, label));
}

Markup state_filter(Html *html, const Machine *machine, const StateFilter *filter)
{
	FilterChoices choices = { 0 };
	add_choice(html, &choices, filter->before.value, filter->before.label);
	for (size_t i = filter->first; i < machine->state_count; i++)
		add_choice(html, &choices, machine->states[i].name, machine->states[i].text);
	add_choice(html, &choices, filter->after.value, filter->after.label);
	Filter shown = { .name = TEXT("state"),
		.label = tr(html->lang, "State"),
		.value = filter->state,
		.choice_values = choices.values.at,
		.choice_labels = choices.labels.at,
		.choice_count = choices.values.count };
	FilterBar bar = {
		.action = url_local(html->call->arena, "%s", filter->address), .filters = &shown, .count = 1, .csv = filter->csv
	};
	return part_filters(html, &bar);
}
