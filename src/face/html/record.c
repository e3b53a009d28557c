/* The parts of a record: where it stands, whose turn it is, what happened, its facts, files and messages. */
#include "face/html/html.h"

#include "face/html/html_private.h"
#include "face/html/views/part_audience.html.h"
#include "face/html/views/part_checks.html.h"
#include "face/html/views/part_clock.html.h"
#include "face/html/views/part_facts.html.h"
#include "face/html/views/part_files.html.h"
#include "face/html/views/part_messages.html.h"
#include "face/html/views/part_steps.html.h"
#include "face/html/views/part_timeline.html.h"

enum { HOUR_MS = 3600 * 1000, DAY_MS = 24 * HOUR_MS };

Markup part_steps(Html *html, const Step *steps, size_t count)
{
	StepLines lines = { 0 };
	for (size_t i = 0; i < count; i++) {
		StepLine line = { .step = &steps[i] };
		switch (steps[i].state) {
		case STEP_DONE: line.state = TEXT("done"), line.word = tr(html->lang, "done"); break;
		case STEP_CURRENT: line.state = TEXT("current"), line.word = tr(html->lang, "now"); break;
		case STEP_AHEAD: line.state = TEXT("ahead"), line.word = tr(html->lang, "to come"); break;
		case STEP_SKIPPED: line.state = TEXT("skipped"), line.word = tr(html->lang, "left out"); break;
		}
		line.is_current = steps[i].state == STEP_CURRENT;
		list_add(html->call->arena, &lines, line);
	}
	return RENDER(html, page_part_steps, &lines);
}

static Text with_number(Html *html, const char *english, int64_t number)
{
	Html inner = html_inner(html);
	html_translate_before(&inner, english);
	html_number(&inner, number);
	html_translate_after(&inner, english);
	return buffer_text(&inner.out);
}

/* How long it is to the deadline, or how long it is over. A public page is kept and shows no such thing. */
static Text time_left(Html *html, int64_t left)
{
	int64_t hours = (left < 0 ? -left : left) / HOUR_MS, days = hours / 24;
	if (left < 0 && days >= 2) return with_number(html, N_("%s days overdue"), days);
	if (left < 0 && hours >= 2) return with_number(html, N_("%s hours overdue"), hours);
	if (left < 0) return tr(html->lang, "just overdue");
	if (days >= 2) return with_number(html, N_("%s days left"), days);
	if (hours >= 2) return with_number(html, N_("%s hours left"), hours);
	return tr(html->lang, "less than two hours left");
}

Markup part_clock(Html *html, const Clock *clock)
{
	ClockView view = { .clock = clock, .tone = TEXT("calm") };
	int64_t left = clock->due - html->call->now;
	bool is_kept = html->request && html->request->route && html->request->route->is_public;
	if (clock->paused) {
		view.tone = TEXT("paused");
	} else if (!is_kept) {
		view.tone = left < 0 ? TEXT("over") : left < DAY_MS ? TEXT("soon") : TEXT("calm");
		view.left = time_left(html, left);
	}
	return RENDER(html, page_part_clock, &view);
}

Markup part_timeline(Html *html, const TimelineEntry *entries, size_t count)
{
	TimelineView view = { entries, count };
	return RENDER(html, page_part_timeline, &view);
}

Markup part_facts(Html *html, const Fact *facts, size_t count)
{
	FactLines lines = { 0 };
	for (size_t i = 0; i < count; i++) {
		FactLine line = { facts[i].label, { facts[i].text, facts[i].url, facts[i].markup } };
		list_add(html->call->arena, &lines, line);
	}
	return RENDER(html, page_part_facts, &lines);
}

Markup part_checks(Html *html, const Check *checks, size_t count)
{
	ChecksView lines = { 0 };
	for (size_t i = 0; i < count; i++) {
		CheckLine line = { .text = checks[i].text, .word = checks[i].word, .tone = known_tone(checks[i].tone) };
		line.is_good = text_is(line.tone, TEXT("good"));
		line.is_warn = text_is(line.tone, TEXT("warn"));
		line.is_bad = text_is(line.tone, TEXT("bad"));
		list_add(html->call->arena, &lines, line);
	}
	return RENDER(html, page_part_checks, &lines);
}

Markup part_files(Html *html, const FileEntry *files, size_t count)
{
	FilesView view = { files, count };
	return RENDER(html, page_part_files, &view);
}

Markup part_messages(Html *html, const Message *messages, size_t count)
{
	MessageView view = { messages, count };
	return RENDER(html, page_part_messages, &view);
}

Markup part_audience(Html *html, const Text *names, size_t count)
{
	AudienceView view = { names, count };
	return RENDER(html, page_part_audience, &view);
}
