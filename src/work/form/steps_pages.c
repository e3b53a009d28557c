/* What was done to a matter, out of the ledger, in the words of its machine. */
#include "people/person/person.h"
#include "store/ledger/ledger.h"
#include "work/form/action_view.h"

enum { SHOWN_MAX = 200 };

static const char *says_of(const Machine *machine, const StepView *view, Text action)
{
	for (size_t i = 0; i < view->word_count; i++)
		if (text_is(action, text_from(view->words[i].action))) return view->words[i].text;
	for (size_t i = 0; i < machine->row_count; i++)
		if (text_is(action, text_from(machine->rows[i].action))) return machine->rows[i].says;
	return view->others;
}

Error steps_markup(Html *html, const Machine *machine, Text ref, const StepView *view, Markup *out)
{
	Events events;
	TRY(ledger_events_of_subject(html->call, machine->name, ref, 0, SHOWN_MAX, &events));
	TimelineEntry *entries = arena_array_of(html->call->arena, TimelineEntry, events.count + 1);
	size_t count = 0;
	for (size_t i = 0; i < events.count; i++) {
		const Event *event = &events.at[i];
		const char *says = says_of(machine, view, event->action);
		if (!says || (view->shows && !view->shows(view->about, event->action))) continue;
		entries[count] = (TimelineEntry) { .at = event->at, .title = tr(html->lang, says), .actor = TEXT("") };
		if (view->names) TRY(person_name(html->call, event->actor, &entries[count].actor));
		count++;
	}
	*out = count ? part_timeline(html, entries, count) : (Markup) { TEXT("") };
	return OK;
}
