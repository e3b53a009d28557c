/* The steps, and what must hold after each of them. */
#include "walk/walk.h"
#include "store/ledger/ledger.h"

#include <stdlib.h>

enum { HOUR_MS = 3600 * 1000, YOUNG = 12 };

uint64_t walk_below(Walk *walk, uint64_t limit)
{
	walk->random += 0x9E3779B97F4A7C15U; /* splitmix64 */
	uint64_t z = walk->random;
	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
	return (z ^ (z >> 31)) % limit;
}

bool walk_chance(Walk *walk, unsigned percent) { return walk_below(walk, 100) < percent; }

static size_t place_of(const Walk *walk, const Machine *machine)
{
	size_t place = 0;
	while (place < walk->world->machine_count && walk->world->machines[place].machine != machine) place++;
	return place;
}

Text walk_pick(Walk *walk, const Machine *machine)
{
	size_t place = place_of(walk, machine);
	if (place == walk->world->machine_count) return TEXT("");
	const WalkList *list = &walk->lists[place];
	return list->count ? text_from(list->at[walk_below(walk, list->count)].ref) : TEXT("");
}

/* ---- The world */
static void add(WalkList *list, const WalkRow *row)
{
	if (list->count == list->room) {
		list->room = list->room ? list->room * 2 : 64;
		list->at = realloc(list->at, list->room * sizeof(*list->at));
		must(list->at);
	}
	WalkMatter *matter = &list->at[list->count++];
	*matter = (WalkMatter) { .id = row->id }; /* its state is not known yet */
	must(row->ref.length < sizeof(matter->ref));
	memcpy(matter->ref, row->ref.at, row->ref.length);
}

static void look_for_new(Walk *walk)
{
	for (size_t i = 0; i < walk->world->machine_count; i++) {
		WalkList *list = &walk->lists[i];
		WalkRows rows;
		CHECK_OK(walk->call, walk->world->machines[i].newer(walk->call, list->count ? list->at[list->count - 1].id : 0, &rows));
		for (size_t j = 0; j < rows.count; j++) add(list, &rows.at[j]);
	}
}

/* ---- What happened, by whomever: people, the system as time passes, and rooms that move the matters of others */
static WalkMatter *matter_of(WalkList *list, Text ref)
{
	for (size_t i = list->count; i > 0; i--)
		if (text_is(text_from(list->at[i - 1].ref), ref)) return &list->at[i - 1];
	return NULL;
}

/* Of a matter whose state is not known it is the first that is called so. */
static const Transition *row_of(const Machine *machine, const WalkMatter *matter, Text action)
{
	for (size_t i = 0; i < machine->row_count; i++)
		if (text_is(action, text_from(machine->rows[i].action)) &&
			(!matter->state[0] || !strcmp(matter->state, machine->rows[i].from)))
			return &machine->rows[i];
	return NULL;
}

static void know_state(WalkMatter *matter, Text state)
{
	must(state.length < sizeof(matter->state));
	memcpy(matter->state, state.at, state.length);
	matter->state[state.length] = '\0';
}

static void count_event(Walk *walk, const LedgerTrace *event)
{
	for (size_t i = 0; i < walk->world->machine_count; i++) {
		const Machine *machine = walk->world->machines[i].machine;
		WalkMatter *matter = text_is(event->kind, text_from(machine->name)) ? matter_of(&walk->lists[i], event->ref) : NULL;
		const Transition *row = matter ? row_of(machine, matter, event->action) : NULL;
		if (!row) continue;
		walk->reached[i][row - machine->rows]++;
		know_state(matter, text_from(row->to));
	}
}

/* Whatever moved without an event of its own. */
static void look_again(Walk *walk, const LedgerTrace *event)
{
	for (size_t i = 0; i < walk->world->machine_count; i++) {
		Text state;
		int64_t revision;
		bool is_its = text_is(event->kind, text_from(walk->world->machines[i].machine->name));
		WalkMatter *matter = is_its ? matter_of(&walk->lists[i], event->ref) : NULL;
		if (!matter) continue;
		CHECK_OK(walk->call, walk->world->machines[i].state(walk->call, matter->id, &state, &revision));
		know_state(matter, state);
	}
}

static void follow(Walk *walk)
{
	LedgerTraces all = { 0 }, some;
	LedgerQuery query = { .count = 50 };
	do {
		CHECK_OK(walk->call, ledger_search(walk->call, &query, &some));
		for (size_t i = 0; i < some.count && some.at[i].id > walk->followed; i++) {
			list_add(walk->call->arena, &all, some.at[i]);
			query.before = some.at[i].id;
			query.before_at = some.at[i].at;
		}
	} while (some.count == (size_t)query.count && some.at[some.count - 1].id > walk->followed);
	for (size_t i = all.count; i > 0; i--) count_event(walk, &all.at[i - 1]);
	for (size_t i = 0; i < all.count; i++) look_again(walk, &all.at[i]);
	if (all.count) walk->followed = all.at[0].id;
}

Walk *walk_new(Test *t, const WalkWorld *world, Scene *scene, uint64_t seed)
{
	Walk *walk = arena_new_of(t->arena, Walk);
	*walk = (Walk) { .world = world, .scene = scene, .call = t->call, .random = seed, .digest = 0xCBF29CE484222325U };
	must(world->machine_count <= WALK_MACHINES);
	for (size_t i = 0; i < world->machine_count; i++)
		walk->reached[i] = arena_array_of(t->arena, uint64_t, world->machines[i].machine->row_count);
	look_for_new(walk);
	follow(walk);
	return walk;
}

/* ---- What is written down */
static void write_down(Walk *walk, Text line)
{
	for (size_t i = 0; i < line.length; i++) walk->digest = (walk->digest ^ (unsigned char)line.at[i]) * 0x100000001B3U; /* FNV-1a */
	if (walk->trace) fprintf(walk->trace, "%.*s", TEXT_ARGS(line));
}

void walk_note(Walk *walk, const char *what, Error error)
{
	call_recover(walk->call);
	if (error != OK)
		CHECK(error == ERROR_INVALID || error == ERROR_TOO_MANY || error == ERROR_CONFLICT || error == ERROR_FORBIDDEN ||
			error == ERROR_NOT_FOUND);
	write_down(walk, arena_printf(walk->call->arena, "%s %s\n", what, error_name(error)));
	error == OK ? walk->done++ : walk->refused++;
}

static Event newest_event(Walk *walk)
{
	Events events;
	CHECK_OK(walk->call, ledger_events(walk->call, 0, 1, &events));
	return events.count ? events.at[0] : (Event) { 0 };
}

/* ---- One step */
typedef struct Step {
	const WalkMachine *of;
	size_t matter;
	const Actor *actor;
	Text action, before, after;
	int64_t revision_before, revision_after, clocks_after;
	const Transition *row; /* what the table says to it; NULL: must be refused */
	Error expected; /* when row is NULL */
	Error error;
} Step;

static bool can_act(Walk *walk, const WalkMachine *of, const WalkMatter *matter, const Actor *actor)
{
	Matter loaded;
	walk->call->actor = actor;
	Error error = of->machine->load(walk->call, text_from(matter->ref), &loaded);
	call_recover(walk->call);
	return error == OK && workflow_actions(walk->call->arena, of->machine, &loaded, actor).count > 0;
}

/* Anybody; as a rule somebody who is offered something. */
static const Actor *somebody(Walk *walk, const WalkMachine *of, const WalkMatter *matter)
{
	const Actor *actor = NULL;
	for (int tries = walk_chance(walk, 75) ? walk->world->tries : 1; tries > 0; tries--) {
		actor = &walk->scene->people[walk_below(walk, walk->scene->count)];
		if (can_act(walk, of, matter, actor)) break;
	}
	return actor;
}

/* Left for another time: little follows after it. */
static bool is_spared(Walk *walk, const char *action)
{
	for (Text rest = text_from(walk->world->rare), word; text_next(&rest, ' ', &word);)
		if (text_is(word, text_from(action))) return walk_chance(walk, 93);
	return false;
}

/* Any of what is offered; as often as not what was done least until now. */
static size_t choose(Walk *walk, const WalkMachine *of, const WorkflowActions *offered)
{
	size_t chosen = walk_below(walk, offered->count);
	if (walk_chance(walk, 50)) return chosen;
	const uint64_t *reached = walk->reached[of - walk->world->machines];
	for (size_t i = 0; i < offered->count; i++)
		if (!offered->at[i].why_not &&
			(offered->at[chosen].why_not ||
				reached[offered->at[i].row - of->machine->rows] < reached[offered->at[chosen].row - of->machine->rows]))
			chosen = i;
	return chosen;
}

/* What the table says. A matter that this actor may not see is refused as if it were not there. */
static void ask_table(Walk *walk, Step *step)
{
	Matter matter;
	const char *why;
	const WalkList *list = &walk->lists[step->of - walk->world->machines];
	step->expected = step->of->machine->load(walk->call, text_from(list->at[step->matter].ref), &matter);
	call_recover(walk->call);
	if (step->expected != OK) {
		CHECK(step->expected == ERROR_NOT_FOUND);
		return;
	}
	WorkflowActions offered = workflow_actions(walk->call->arena, step->of->machine, &matter, walk->call->actor);
	if (offered.count && walk_chance(walk, 85)) {
		const char *chosen = offered.at[choose(walk, step->of, &offered)].row->action;
		if (!is_spared(walk, chosen)) step->action = text_from(chosen);
	}
	step->row = workflow_row(step->of->machine, &matter, walk->call->actor, step->action, &step->expected, &why);
}

static void check_step(Walk *walk, const Step *step)
{
	Event event = newest_event(walk);
	bool is_final = workflow_state(step->of->machine, step->after)->final;
	if (step->error == OK) {
		CHECK(step->row); /* nothing happens that no row allows */
		CHECK_INT(step->revision_after, step->revision_before + 1);
		CHECK(text_is(step->after, text_from(step->row->to)));
		CHECK(event.id > walk->last_event); /* no action without record */
		CHECK(!is_final || step->clocks_after == 0);
		return;
	}
	CHECK(text_is(step->after, step->before) && step->revision_after == step->revision_before);
	CHECK(event.id == walk->last_event);
	if (!step->row) {
		CHECK_INT(step->error, step->expected);
		return;
	}
	CHECK(step->error == ERROR_INVALID || step->error == ERROR_CONFLICT || step->error == ERROR_FORBIDDEN ||
		step->error == ERROR_NOT_FOUND);
}

static void count_step(Walk *walk, const Step *step) { step->error == OK ? walk->done++ : walk->refused++; }

static const Form *form_of(Walk *walk, const Step *step, Text ref)
{
	if (!step->row || !step->row->form) return NULL;
	return step->of->form_of ? step->of->form_of(walk->call, ref, step->row->form) : step->of->form(step->row->form);
}

static void act(Walk *walk, Step *step)
{
	Call *call = walk->call;
	const WalkMatter *matter = &walk->lists[step->of - walk->world->machines].at[step->matter];
	CHECK_OK(call, step->of->state(call, matter->id, &step->before, &step->revision_before));
	ask_table(walk, step);
	const Map *values = walk_values(walk, form_of(walk, step, text_from(matter->ref)));
	step->error = step->of->act(call, text_from(matter->ref), step->action, 0, values);
	if (step->error != OK && !call->failure.kind) call->failure.kind = step->error;
	call_recover(call);
	CHECK_OK(call, step->of->state(call, matter->id, &step->after, &step->revision_after));
	CHECK_OK(call, walk_clocks_open(call, text_from(step->of->machine->name), matter->id, &step->clocks_after));
	check_step(walk, step);
	count_step(walk, step);
	write_down(walk, arena_printf(call->arena, "%s %zu %.*s %.*s %s %.*s\n", step->of->machine->name, step->matter,
				 TEXT_ARGS(step->actor->name), TEXT_ARGS(step->action), error_name(step->error), TEXT_ARGS(step->after)));
}

static bool is_over(const Machine *machine, const WalkMatter *matter)
{
	return matter->state[0] && workflow_state(machine, text_from(matter->state))->final;
}

/* A young matter as a rule, on which something is left to do: the old ones have gone their way. */
static size_t young(Walk *walk, const WalkMachine *of)
{
	const WalkList *list = &walk->lists[of - walk->world->machines];
	size_t window = list->count < YOUNG || walk_chance(walk, 20) ? list->count : YOUNG, chosen = 0;
	for (int tries = walk->world->seeks; tries >= 0; tries--) {
		chosen = list->count - 1 - walk_below(walk, window);
		if (!is_over(of->machine, &list->at[chosen])) break;
	}
	return chosen;
}

/* Whatever the table knows; seldom what is spared. */
static Text any_action(Walk *walk, const Machine *machine)
{
	const char *action;
	do action = machine->rows[walk_below(walk, machine->row_count)].action;
	while (is_spared(walk, action));
	return text_from(action);
}

Text walk_pick_young(Walk *walk, const Machine *machine)
{
	size_t place = place_of(walk, machine);
	const WalkList *list = &walk->lists[place];
	return list->count ? text_from(list->at[young(walk, &walk->world->machines[place])].ref) : TEXT("");
}

static void escalate(Walk *walk)
{
	int64_t count = 0;
	walk->call->actor = &actor_system;
	CHECK_OK(walk->call, workflow_escalate(walk->call, 50, walk->world->overdue, &count));
	write_down(walk, arena_printf(walk->call->arena, "overdue %lld\n", (long long)count));
	if (walk->world->pass) walk->world->pass(walk);
}

void walk_step(Walk *walk)
{
	ArenaMark mark = arena_mark(walk->call->arena);
	const WalkMachine *of = &walk->world->machines[walk_below(walk, walk->world->machine_count)];
	const WalkList *list = &walk->lists[of - walk->world->machines];
	walk->call->now += (int64_t)walk_below(walk, 3 * HOUR_MS);
	walk->last_event = newest_event(walk).id;
	if (walk_chance(walk, 2))
		escalate(walk);
	else if (walk_below(walk, 1000) < walk->world->prepare_permille)
		walk->world->prepare(walk);
	else if (!list->count || walk_chance(walk, 3))
		walk->world->begin(walk);
	else {
		Step step = { .of = of, .matter = young(walk, of) };
		step.actor = somebody(walk, of, &list->at[step.matter]);
		walk->call->actor = step.actor;
		step.action = any_action(walk, of->machine);
		act(walk, &step);
	}
	look_for_new(walk);
	follow(walk);
	arena_release(walk->call->arena, mark);
}

/* ---- The end */
static bool somebody_can(Walk *walk, const WalkMachine *of, const WalkMatter *matter)
{
	for (size_t i = 0; i < walk->scene->count; i++)
		if (can_act(walk, of, matter, &walk->scene->people[i])) return true;
	return can_act(walk, of, matter, &actor_system); /* by itself, as time passes */
}

static void nothing_is_stuck(Walk *walk)
{
	for (size_t i = 0; i < walk->world->machine_count; i++)
		for (size_t j = 0; j < walk->lists[i].count; j++) {
			ArenaMark mark = arena_mark(walk->call->arena);
			const WalkMatter *matter = &walk->lists[i].at[j];
			Text state;
			int64_t revision, shut = 0;
			CHECK_OK(walk->call, walk->world->machines[i].state(walk->call, matter->id, &state, &revision));
			CHECK_OK(walk->call,
				walk_shut_with_casefile(walk->call, text_from(walk->world->machines[i].machine->name), matter->id, &shut));
			bool may_wait = !workflow_state(walk->world->machines[i].machine, state)->final && !shut;
			if (may_wait && !somebody_can(walk, &walk->world->machines[i], matter))
				test_fail(__FILE__, __LINE__, "%s %s is stuck in %.*s", walk->world->machines[i].machine->name, matter->ref,
					TEXT_ARGS(state));
			arena_release(walk->call->arena, mark);
		}
}

void walk_end(Walk *walk)
{
	int64_t count = 1, running = 0;
	nothing_is_stuck(walk);
	walk->call->actor = &actor_system;
	walk->call->now += (int64_t)3 * 366 * 24 * HOUR_MS; /* longer than any limit */
	while (count) CHECK_OK(walk->call, workflow_escalate(walk->call, 200, walk->world->overdue, &count));
	CHECK_OK(walk->call, walk_clocks_running(walk->call, &running));
	CHECK_INT(running, 0);
	for (size_t i = 0; i < walk->world->machine_count; i++) free(walk->lists[i].at);
}
