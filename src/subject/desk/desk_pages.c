/* The page of the desk. */
#include "base/base/clock.h"
#include "subject/desk/desk_view.h"
#include "subject/desk/views/desk.html.h"
#include "subject/desk/views/desk_cell.html.h"

static Text number_text(Arena *arena, int64_t number) { return number ? arena_printf(arena, "%lld", (long long)number) : TEXT(""); }

static Markup nothing(void) { return (Markup) { TEXT("") }; }

static Markup cell_of(Html *html, Markup first, Markup second)
{
	Html inner = html_inner(html);
	page_desk_cell(&inner, &(DeskCell) { first, second });
	return html_done(html, &inner);
}

/* ---- Tables of matters */
static Markup due_of(Html *html, const WorkLine *line)
{
	if (!line->clock.clock) return nothing();
	Markup time = part_time(html, line->clock.due_at);
	if (!line->clock.overdue) return time;
	return cell_of(html, part_status(html, tr(html->lang, "Overdue"), TEXT("bad")), time);
}

static Text title_of(const WorkLine *line) { return line->title.length ? line->title : line->number; }
static Url page_of(Arena *arena, Text path) { return url_local(arena, "%.*s", TEXT_ARGS(path)); }

static Markup lines_table(Html *html, const WorkLines *lines, Text caption)
{
	static const char *const labels[] = { N_("Matter"), N_("Number"), N_("State"), N_("Due"), N_("Unread") };
	Arena *arena = html->call->arena;
	bool has_unread = false;
	for (size_t i = 0; i < lines->count; i++) has_unread |= lines->at[i].unread > 0;
	size_t column_count = COUNT(labels) - !has_unread;
	Column *columns = arena_array_of(arena, Column, COUNT(labels));
	Cell *cells = arena_array_of(arena, Cell, lines->count * COUNT(labels) + 1);
	for (size_t i = 0; i < COUNT(labels); i++)
		columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = i && i != 3 ? COLUMN_NARROW : COLUMN_TEXT };
	for (size_t i = 0; i < lines->count; i++) {
		const WorkLine *line = &lines->at[i];
		Cell *cell = &cells[i * column_count];
		cell[0] = (Cell) { .text = title_of(line), .url = page_of(arena, line->path) };
		cell[1] = (Cell) { .text = line->number };
		cell[2] = (Cell) { .markup = part_status(html, tr(html->lang, line->state->text), text_from(line->state->tone)) };
		cell[3] = (Cell) { .markup = due_of(html, line) };
		if (has_unread) cell[4] = (Cell) { .text = number_text(arena, line->unread) };
	}
	Table table = { .caption = caption, .columns = columns, .column_count = column_count, .cells = cells, .row_count = lines->count };
	return part_table(html, &table);
}

/* ---- Nothing to do: what to do next */
static const struct {
	uint32_t roles;
	const char *hint, *path, *label;
} hints[] = {
	{ ROLE_COORDINATOR, N_("No report waits for the review, and none of your casefiles waits for you."), "/casefiles",
		N_("See all casefiles") },
	{ ROLE_VERIFIER, N_("Nothing is assigned to you. A notice tells you when a casefile is."), "/casefiles", N_("See casefiles") },
	{ ROLE_PUBLISHER, N_("No publication waits for a second person."), "/casefiles", N_("See casefiles") },
	{ ROLE_SECURITY_ADMIN, N_("No role waits for a second person."), "/admin/people", N_("See people and roles") },
	{ ROLE_VENDOR_MEMBER | ROLE_VENDOR_ADMIN, N_("No notice waits for your answer. You will be told as soon as one does."), "/parties",
		N_("See all of your matters") },
};

static Markup nothing_waits(Html *html)
{
	const Actor *actor = html->call->actor;
	Text title = tr(html->lang, "Nothing waits for you.");
	for (size_t i = 0; i < COUNT(hints); i++)
		if (actor_has(actor, hints[i].roles))
			return part_empty(html, title, tr(html->lang, hints[i].hint), url_local(html->call->arena, "%s", hints[i].path),
				tr(html->lang, hints[i].label));
	return part_empty(html, title,
		tr(html->lang, "Have you found a vulnerability in an app? Each report gets a signed receipt at once."),
		url_local(html->call->arena, "/report"), tr(html->lang, "Report a vulnerability"));
}

/* ---- What changed */
static Markup what_of(Html *html, const WorkEvent *event, bool is_new)
{
	Markup words = markup_text(html, event->words);
	return is_new ? cell_of(html, words, part_status(html, tr(html->lang, "New"), TEXT("active"))) : words;
}

static Markup changes_of(Html *html, const Desk *desk)
{
	static const char *const labels[] = { N_("When"), N_("Matter"), N_("What happened") };
	Arena *arena = html->call->arena;
	if (!desk->events.count)
		return part_empty(html, tr(html->lang, "Nothing has changed in the last 14 days."), TEXT(""), (Url) { { 0 } }, TEXT(""));
	Column columns[COUNT(labels)];
	Cell *cells = arena_array_of(arena, Cell, desk->events.count * COUNT(labels));
	for (size_t i = 0; i < COUNT(labels); i++) columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = COLUMN_TEXT };
	for (size_t i = 0; i < desk->events.count; i++) {
		const WorkEvent *event = &desk->events.at[i];
		Cell *cell = &cells[i * COUNT(labels)];
		cell[0] = (Cell) { .markup = part_time(html, event->at) };
		cell[1] = (Cell) { .text = event->title.length ? event->title : event->number, .url = page_of(arena, event->path) };
		cell[2] = (Cell) { .markup = what_of(html, event, event->at > desk->seen_at) };
	}
	Table table = { .caption = tr(html->lang, "Latest changes"),
		.columns = columns,
		.column_count = COUNT(labels),
		.cells = cells,
		.row_count = desk->events.count };
	return part_table(html, &table);
}

/* ---- Queues */
static Markup queues_of(Html *html, const WorkCounts *counts)
{
	static const char *const labels[] = { N_("Kind"), N_("Stage"), N_("Waiting now"), N_("Overdue"), N_("Unassigned") };
	Arena *arena = html->call->arena;
	if (!counts->count) return nothing();
	Column columns[COUNT(labels)];
	Cell *cells = arena_array_of(arena, Cell, counts->count * COUNT(labels));
	for (size_t i = 0; i < COUNT(labels); i++)
		columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = i > 1 ? COLUMN_NUMBER : COLUMN_TEXT };
	for (size_t i = 0; i < counts->count; i++) {
		const WorkCount *count = &counts->at[i];
		Cell *cell = &cells[i * COUNT(labels)];
		cell[0] = (Cell) { .text = tr(html->lang, count->machine->text) };
		cell[1] = (Cell) { .text = tr(html->lang, count->state->text), .url = page_of(arena, count->path) };
		cell[2] = (Cell) { .text = number_text(arena, count->count) };
		cell[3] = (Cell) { .text = number_text(arena, count->overdue) };
		cell[4] = (Cell) { .text = number_text(arena, count->unassigned) };
	}
	Table table = { .caption = tr(html->lang, "Queues by stage"),
		.columns = columns,
		.column_count = COUNT(labels),
		.cells = cells,
		.row_count = counts->count };
	return part_table(html, &table);
}

/* ---- Beside: deadlines day by day, conversations, drafts, other tasks */
static Text day_of(Html *html, const WorkLine *line)
{
	return line->clock.overdue ? tr(html->lang, "Overdue") : clock_human_date(html->call->arena, html->lang, line->clock.due_at);
}

static Fact deadline_fact(Html *html, const WorkLine *line)
{
	Text time = clock_iso(html->call->arena, line->clock.due_at + (int64_t)8 * 3600 * 1000); /* dates stand in UTC+8 */
	Text label = line->clock.overdue ? clock_human_date(html->call->arena, html->lang, line->clock.due_at) : text_slice(time, 11, 16);
	Text parts[] = { tr(html->lang, line->clock.clock->text), title_of(line) };
	return (Fact) {
		.label = label, .text = arena_join(html->call->arena, parts, 2, TEXT(": ")), .url = page_of(html->call->arena, line->path)
	};
}

static void fill_days(Html *html, const WorkLines *deadlines, DeskView *view)
{
	Arena *arena = html->call->arena;
	DeskDay *days = arena_array_of(arena, DeskDay, deadlines->count + 1);
	Fact *facts = arena_array_of(arena, Fact, deadlines->count + 1);
	for (size_t i = 0; i < deadlines->count;) {
		size_t count = 0;
		Text day = day_of(html, &deadlines->at[i]);
		while (i < deadlines->count && text_is(day_of(html, &deadlines->at[i]), day))
			facts[count++] = deadline_fact(html, &deadlines->at[i++]);
		days[view->day_count++] = (DeskDay) { day, part_facts(html, facts, count) };
	}
	view->days = days;
}

static Markup unread_of(Html *html, const WorkLines *lines)
{
	Arena *arena = html->call->arena;
	Fact *facts = arena_array_of(arena, Fact, lines->count + 1);
	for (size_t i = 0; i < lines->count; i++)
		facts[i] = (Fact) { .label = arena_printf(arena, "%lld", (long long)lines->at[i].unread),
			.text = title_of(&lines->at[i]),
			.url = page_of(arena, lines->at[i].path) };
	return lines->count ? part_facts(html, facts, lines->count) : nothing();
}

static Markup drafts_of(Html *html, const DraftLines *lines)
{
	Arena *arena = html->call->arena;
	Fact *facts = arena_array_of(arena, Fact, lines->count + 1);
	for (size_t i = 0; i < lines->count; i++)
		facts[i] = (Fact) { .label = tr(html->lang, "Draft"),
			.text = clock_human(arena, html->lang, lines->at[i].updated_at),
			.url = url_local(arena, "/report/%.*s", TEXT_ARGS(lines->at[i].ref)) };
	return lines->count ? part_facts(html, facts, lines->count) : nothing();
}

static Markup tasks_of(Html *html, const Desk *desk)
{
	Arena *arena = html->call->arena;
	Fact *facts = arena_array_of(arena, Fact, desk->tasks.count + 1);
	for (size_t i = 0; i < desk->tasks.count; i++) {
		const DeskTask *task = &desk->tasks.at[i];
		facts[i] = (Fact) {
			.label = number_text(arena, task->count), .text = tr(html->lang, task->text), .url = page_of(arena, task->path)
		};
	}
	return desk->tasks.count ? part_facts(html, facts, desk->tasks.count) : nothing();
}

/* ---- The page */
static void fill_figures(Html *html, const Desk *desk, DeskView *view)
{
	Arena *arena = html->call->arena;
	const DeskFigure figures[] = {
		{ desk->turn_total, tr(html->lang, "Your turn"), url_local(arena, "#turn") },
		{ desk->overdue, tr(html->lang, "Overdue"), url_local(arena, "#turn") },
		{ desk->deadline_total, tr(html->lang, "Deadlines in 14 days"), url_local(arena, "#deadlines") },
		{ desk->news, tr(html->lang, "Changes not seen"), url_local(arena, "#changes") },
		{ desk->unread_total, tr(html->lang, "Unread messages"), url_local(arena, "#unread") },
	};
	DeskFigure *kept = arena_array_of(arena, DeskFigure, COUNT(figures));
	for (size_t i = 0; i < COUNT(figures); i++) kept[i] = figures[i];
	view->figures = kept;
	view->figure_count = COUNT(figures);
}

static void fill(Html *html, const Desk *desk, DeskView *view)
{
	Arena *arena = html->call->arena;
	const Actor *actor = html->call->actor;
	bool works = actor_has(actor, ROLE_STAFF | ROLE_ADMINISTRATORS | ROLE_AUTHORITY | ROLE_VENDOR_MEMBER | ROLE_VENDOR_ADMIN);
	*view = (DeskView) { .report = url_local(arena, "/report"),
		.is_vendor = actor_has(actor, ROLE_VENDOR_MEMBER | ROLE_VENDOR_ADMIN),
		.shows_reports = !works || desk->reports.count > 0 };
	fill_figures(html, desk, view);
	fill_days(html, &desk->deadlines, view);
	view->turn = desk->turn.count ? lines_table(html, &desk->turn, tr(html->lang, "Your turn")) : nothing_waits(html);
	if (desk->next.at)
		view->pager =
			part_pager(html, (Url) { { 0 } }, url_local(arena, "/desk?after=%.*s", TEXT_ARGS(url_segment(arena, desk->next))));
	view->queues = queues_of(html, &desk->counts);
	view->changes = changes_of(html, desk);
	view->reports = desk->reports.count ? lines_table(html, &desk->reports, tr(html->lang, "My reports"))
					    : part_empty(html, tr(html->lang, "You have not sent a report yet."),
						      tr(html->lang, "What you start to write is kept here until you send it."),
						      (Url) { { 0 } }, TEXT(""));
	if (desk->parties.count) view->parties = lines_table(html, &desk->parties, tr(html->lang, "Notices to us"));
	if (desk->has_more_reports) view->all_reports = url_local(arena, "/reports");
	if (desk->has_more_parties) view->all_parties = url_local(arena, "/parties");
	view->drafts = drafts_of(html, &desk->drafts);
	view->tasks = tasks_of(html, desk);
	view->unread = unread_of(html, &desk->unread);
}

static Error show(Request *request)
{
	Html *html;
	Call *call = request->call;
	Desk desk;
	DeskView view;
	PageHead head = { .title = tr(call->lang, "My desk"), .wide = true };
	Text after = request_query(request, TEXT("after"));
	TRY(desk_load(call, after.at ? after : TEXT(""), &desk));
	TRY(html_page_open(request, &head, &html));
	fill(html, &desk, &view);
	view.has_news = desk.news > 0;
	page_desk(html, &view);
	return html_page_close(request, html);
}

static Error see(Request *request)
{
	TRY(desk_mark_seen(request->call));
	return reply_redirect(request, TEXT("/desk"));
}

static Error show_unread(Request *request)
{
	int64_t unread = 0;
	TRY(desk_unread(request->call, &unread));
	reply_json(request, arena_printf(request->call->arena, "{\"unread\":%lld}", (long long)unread));
	return OK;
}

static const Route routes[] = {
	{ GET, "/desk", show, .may = ROLE_REPORTER, .summary = "One's own page: what waits, deadlines, one's matters, what changed" },
	{ POST, "/desk/seen", see, .may = ROLE_REPORTER, .summary = "Marks what changed as seen" },
	{ GET, "/desk/unread", show_unread, .may = ROLE_REPORTER, .summary = "How many messages are unread" },
};
const RouteTable desk_routes = { "subject/desk", routes, COUNT(routes) };
