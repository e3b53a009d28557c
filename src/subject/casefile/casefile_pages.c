/* The work on one vulnerability: its page, the check before publication, the queue. */
#include "engine/rating/rating.h"
#include "people/person/person.h"
#include "subject/advisory/advisory.h"
#include "subject/casefile/casefile_private.h"
#include "subject/casefile/casefile_view.h"
#include "subject/casefile/views/casefile_check.html.h"
#include "subject/casefile/views/casefile_list.html.h"
#include "subject/casefile/views/casefile_show.html.h"

enum { PAGE = 50, WORKERS = ROLE_COORDINATOR | ROLE_VERIFIER | ROLE_PUBLISHER };

/* ---- Loading */
static Error load(Request *request, Error (*open)(Call *call, Text ref, Casefile *out))
{
	Casefile *casefile = arena_new_of(request->call->arena, Casefile);
	TRY(open(request->call, request_parameter(request, TEXT("ref")), casefile));
	if (request->method == GET) TRY(report_record_reading(request->call, casefile_machine.name, casefile->ref, casefile->seal_key));
	request->subject = casefile;
	return OK;
}

Error casefile_load(Request *request) { return load(request, casefile_open); }
Error casefile_load_shell(Request *request) { return load(request, casefile_open_shell); }

static Text base_of(Arena *arena, const Casefile *casefile) { return arena_printf(arena, "/casefiles/%.*s", TEXT_ARGS(casefile->ref)); }

/* ---- Parts of the page */
/* How many stages a casefile had behind it that ended on the way: not reproduced, handed over, or merged. */
static size_t stages_behind(const Casefile *casefile)
{
	const CasefileFacts *facts = casefile->facts;
	if (casefile->number.length) return 3; /* verification, rating, acceptance */
	return facts->verified_by_id || facts->is_refuted ? 1 : 0;
}

static Markup steps_of(Html *html, const Casefile *casefile)
{
	static const char *const generic[] = { "VERIFYING", "RATED", "ACCEPTED", "COORDINATING", "READY", "PUBLISHED", "TRACKING",
		"CLOSED" };
	static const char *const incident[] = { "VERIFYING", "RATED", "ACCEPTED", "COORDINATING", "INTERNAL", "TRACKING", "CLOSED", NULL };
	bool is_internal = casefile->is_incident || casefile->facts->is_server_only;
	const char *const *states = is_internal ? incident : generic;
	size_t count = is_internal ? COUNT(incident) - 1 : COUNT(generic), current = count, behind = stages_behind(casefile);
	Step steps[COUNT(generic)];
	for (size_t i = 0; i < count; i++)
		if (text_is(text_from(states[i]), casefile->state)) current = i;
	bool is_closed = current == count - 1;
	bool is_cut = current == count || (is_closed && (!casefile->number.length || casefile->facts->is_merged));
	for (size_t i = 0; i < count; i++) {
		const WorkflowState *state = workflow_state(&casefile_machine, text_from(states[i]));
		bool is_done = is_cut ? i < behind || (is_closed && i == current) : i < current || (i == current && state->final);
		steps[i] = (Step) { .label = tr(html->lang, state->text),
			.state = is_done        ? STEP_DONE
				 : is_cut       ? STEP_SKIPPED
				 : i == current ? STEP_CURRENT
						: STEP_AHEAD };
	}
	return part_steps(html, steps, count);
}

static const char *rating_author_text(Text who)
{
	static const char *const names[][2] = { { "verifier", N_("Rated by the verifier") },
		{ "second", N_("Rated by the second verifier") }, { "reporter", N_("Rated by the reporter") },
		{ "party", N_("Rated by the vendor") }, { "expert", N_("Rated by the expert panel of a dispute") },
		{ "appeal", N_("Rated in answer to an appeal") } };
	for (size_t i = 0; i < COUNT(names); i++)
		if (text_is(who, text_from(names[i][0]))) return names[i][1];
	return "";
}

static Error history_of(Html *html, const Casefile *casefile, Markup *out)
{
	Verifications verifications;
	CasefileRatings ratings;
	LIST_OF(Fact) facts = { 0 };
	Arena *arena = html->call->arena;
	TRY(casefile_history(html->call, casefile, &verifications, &ratings));
	for (size_t i = 0; casefile_shows_content(casefile, html->call->actor) && i < verifications.count; i++) {
		const Verification *verification = &verifications.at[i];
		bool reproduced = text_is(verification->verdict, TEXT("reproduced"));
		Fact verdict = { .label = verification->person,
			.text = tr(html->lang, reproduced ? N_("Reproduced") : N_("Not reproduced")) };
		Fact evidence = { .label = tr(html->lang, "Evidence"),
			.markup = part_markdown(html, verification->evidence.at ? verification->evidence : TEXT("")) };
		list_add(arena, &facts, verdict);
		list_add(arena, &facts, evidence);
	}
	for (size_t i = 0; i < ratings.count; i++) {
		const CasefileRating *rating = &ratings.at[i];
		Text who = tr(html->lang, rating_author_text(rating->who));
		Fact author = { .label = arena_printf(arena, "%.*s (%.*s)", TEXT_ARGS(who), TEXT_ARGS(rating->person)),
			.markup = part_time(html, rating->at) };
		Fact standard = { .label = tr(html->lang, "Rating by GB/T 30279-2020"), .markup = part_copy(html, rating->gbt30279) };
		Fact cvss = { .label = tr(html->lang, "Rating by CVSS"), .markup = part_copy(html, rating->cvss) };
		list_add(arena, &facts, author);
		if (rating->gbt30279.length) list_add(arena, &facts, standard);
		if (rating->cvss.length) list_add(arena, &facts, cvss);
	}
	if (facts.count) *out = part_facts(html, facts.at, facts.count);
	return OK;
}

static Error name_of(Call *call, int64_t person_id, Text *out)
{
	Person person;
	*out = TEXT("—");
	if (!person_id) return OK;
	TRY(person_find(call, person_id, &person));
	*out = person_shown_name(&person);
	return OK;
}

/* What a second coordinator decides about. */
static Error add_merge(Html *html, const Casefile *casefile, Facts *facts)
{
	MergeProposal proposal;
	Arena *arena = html->call->arena;
	TRY(casefile_merge_proposal(html->call, casefile, &proposal));
	if (!proposal.into.length) return OK;
	Text words[] = { proposal.into, proposal.person };
	const char *label = proposal.undoes ? N_("Proposed to be taken out of") : N_("Proposed to be merged into");
	list_add(arena, facts,
		((Fact) { .label = tr(html->lang, label),
			.text = arena_join(arena, words, COUNT(words), TEXT(" · ")),
			.url = url_local(arena, "/casefiles/%.*s", TEXT_ARGS(proposal.into)) }));
	return OK;
}

/* A component's provider has a casefile of its own; each of the two leads to the other. */
static Error add_linked(Html *html, const Casefile *casefile, Facts *facts)
{
	Texts linked = { 0 };
	CasefileLinks links;
	TRY(casefile_links(html->call, casefile, &links));
	for (size_t i = 0; i < links.count; i++) {
		const CasefileLink *link = &links.at[i];
		Text words[] = { link->number.length ? link->number : link->ref, link->title, link->reason };
		Fact fact = { .label = tr(html->lang, casefile_link_text(link->kind)),
			.text = arena_join(html->call->arena, words, link->reason.length ? 3 : 2, TEXT(" · ")),
			.url = url_local(html->call->arena, "/casefiles/%.*s", TEXT_ARGS(link->ref)) };
		list_add(html->call->arena, facts, fact);
	}
	TRY(add_merge(html, casefile, facts));
	TRY(casefile_upstream(html->call, casefile, &linked));
	for (size_t i = 0; i < linked.count; i++) {
		Casefile other;
		Error error = casefile_open(html->call, linked.at[i], &other);
		if (error != OK && error != ERROR_NOT_FOUND) return error;
		call_pass_over(html->call);
		if (error != OK) continue; /* isolated */
		bool is_origin = other.id == casefile->upstream_of;
		Fact fact = { .label = tr(
				      html->lang, is_origin ? N_("Arose from the casefile") : N_("Casefile of the component's provider")),
			.text = other.title,
			.url = url_local(html->call->arena, "%.*s", TEXT_ARGS(base_of(html->call->arena, &other))) };
		list_add(html->call->arena, facts, fact);
	}
	return OK;
}

/* A deputy, and whose task it is. */
static Error holder_of(Html *html, const Casefile *casefile, const char *part, int64_t person_id, Text *out)
{
	int64_t for_id = 0;
	Text holder, whose;
	Call *call = html->call;
	TRY(name_of(call, person_id, &holder));
	TRY(workflow_assigned_for(call, &casefile_machine, casefile->id, part, &for_id));
	TRY(name_of(call, for_id, &whose));
	const Problem stands = { .message = N_("stands in for %s"), .argument = whose };
	Text both[] = { holder, problem_text(call->arena, html->lang, &stands) };
	*out = arena_join(call->arena, both, for_id ? 2 : 1, TEXT(" · "));
	return OK;
}

static Error facts_of(Html *html, const Casefile *casefile, Markup *out)
{
	Facts facts = { 0 };
	const WeaknessClass *weakness = weakness_find(casefile->class_tag);
	Text coordinator, verifier, second;
	TRY(name_of(html->call, casefile->coordinator_id, &coordinator));
	TRY(holder_of(html, casefile, "verifier", casefile->facts->verifier_id, &verifier));
	TRY(holder_of(html, casefile, "second", casefile->facts->second_id, &second));
	Fact known[] = { { .label = tr(html->lang, "Casefile number"), .markup = part_copy(html, casefile->ref) },
		{ .label = tr(html->lang, "Archived number"), .markup = part_copy(html, casefile->number) },
		{ .label = tr(html->lang, "Type"),
			.text = tr(html->lang, casefile->is_incident ? N_("Incident type") : N_("Generic type")) },
		{ .label = tr(html->lang, "Weakness class"), .text = weakness ? tr(html->lang, weakness->text) : casefile->class_tag },
		{ .label = tr(html->lang, "Coordinator"), .text = coordinator }, { .label = tr(html->lang, "Verifier"), .text = verifier },
		{ .label = tr(html->lang, "Second verifier"), .text = second },
		{ .label = tr(html->lang, "Opened"), .markup = part_time(html, casefile->opened_at) } };
	if (!casefile->number.length) known[1] = (Fact) { .label = known[1].label, .text = TEXT("—") };
	for (size_t i = 0; i < COUNT(known); i++) list_add(html->call->arena, &facts, known[i]);
	TRY(add_linked(html, casefile, &facts));
	*out = part_facts(html, facts.at, facts.count);
	return OK;
}

static Error shell_facts(Html *html, const Casefile *casefile, Markup *out)
{
	Text coordinator;
	TRY(name_of(html->call, casefile->coordinator_id, &coordinator));
	const Fact facts[] = { { .label = tr(html->lang, "Casefile number"), .markup = part_copy(html, casefile->ref) },
		{ .label = tr(html->lang, "Coordinator"), .text = coordinator },
		{ .label = tr(html->lang, "Opened"), .markup = part_time(html, casefile->opened_at) } };
	*out = part_facts(html, facts, COUNT(facts));
	return OK;
}

static Error reports_of(Html *html, const Casefile *casefile, CasefileShowView *view)
{
	Arena *arena = html->call->arena;
	Reports reports;
	TRY(casefile_reports(html->call, casefile, &reports));
	bool is_coordinator = actor_has(html->call->actor, ROLE_COORDINATOR);
	for (size_t i = 0; i < reports.count; i++) {
		Report *report = arena_new_of(arena, Report);
		*report = reports.at[i];
		Attachments files;
		TRY(attachment_list(html->call, report_machine.name, report->id, &files));
		Facts facts = form_facts(html, &report_form, report->values, TEXT(""));
		CasefileReportView shown = { .report = report, .facts = part_facts(html, facts.at, facts.count) };
		shown.files = form_files(html, &files,
			arena_printf(arena, "%.*s/reports/%.*s/files/", TEXT_ARGS(base_of(arena, casefile)), TEXT_ARGS(report->ref)));
		if (is_coordinator) shown.url = url_local(arena, "/reports/%.*s", TEXT_ARGS(report->ref));
		list_add(arena, &view->reports, shown);
	}
	return OK;
}

static Error readers_of(Html *html, const Casefile *casefile, Markup *out)
{
	Readers readers;
	if (!actor_has(html->call->actor, ROLE_COORDINATOR)) return OK;
	TRY(report_readers(html->call, casefile_machine.name, casefile->ref, &readers));
	TimelineEntry *entries = arena_array_of(html->call->arena, TimelineEntry, readers.count + 1);
	for (size_t i = 0; i < readers.count; i++)
		entries[i] =
			(TimelineEntry) { .at = readers.at[i].at, .title = tr(html->lang, "Has read it"), .actor = readers.at[i].name };
	*out = part_note(html, TEXT("neutral"), tr(html->lang, "Readers"), part_timeline(html, entries, readers.count));
	return OK;
}

static Markup actions_of(Html *html, const Casefile *casefile, Text failed)
{
	Matter matter;
	casefile_matter(casefile, &matter);
	return action_markups(html, &casefile_machine, &matter, casefile_action_form,
		arena_printf(html->call->arena, "%.*s/actions", TEXT_ARGS(base_of(html->call->arena, casefile))), failed,
		casefile->public_values);
}

static Error fill(Html *html, const Casefile *casefile, Text failed, CasefileShowView *view)
{
	Call *call = html->call;
	Arena *arena = call->arena;
	ThreadSubject subject;
	ClockView clock;
	const WorkflowState *state = workflow_state(&casefile_machine, casefile->state);
	if (!state) return fail(call, CORRUPT, "casefile %.*s has no state", TEXT_ARGS(casefile->ref));
	Facts text = form_facts(html, &casefile_public_form, casefile->public_values, TEXT(""));
	*view = (CasefileShowView) { .casefile = casefile,
		.state_text = tr(html->lang, state->text),
		.tone = text_from(state->tone),
		.level_text = tr(html->lang, advisory_level_word(casefile->level)),
		.steps = steps_of(html, casefile),
		.gate = gate_markup(html, casefile),
		.actions = actions_of(html, casefile, failed),
		.rating = url_local(arena, "/tools/rating") };
	if (text.count) view->public_text = part_facts(html, text.at, text.count);
	TRY(workflow_clock_of(call, &casefile_machine, casefile->id, &clock));
	view->clock = clock_markup(html, &clock, state->turn);
	TRY(facts_of(html, casefile, &view->facts));
	TRY(history_of(html, casefile, &view->history));
	TRY(reports_of(html, casefile, view));
	view->letters = casefile_letters(html, casefile);
	TRY(readers_of(html, casefile, &view->readers));
	TRY(proposal_markup(html, casefile, &view->proposal));
	if (actor_has(call->actor, ROLE_COORDINATOR)) TRY(instructions_markup(html, casefile, &view->supervision));
	TRY(waits_markup(html, casefile, &view->waits));
	TRY(assignable_markup(html, casefile, &view->candidates));
	TRY(parts_markup(html, casefile, &view->parts));
	TRY(vendors_markup(html, casefile, &view->vendors));
	view->all_vendors = url_local(html->call->arena, "%.*s/parties", TEXT_ARGS(base_of(html->call->arena, casefile)));
	TRY(steps_taken_markup(html, casefile, &view->taken));
	casefile_threads(casefile, &subject);
	TRY(thread_markups(html, &subject, arena_printf(arena, "%.*s/threads", TEXT_ARGS(base_of(arena, casefile))), &view->threads));
	if (casefile->advisory.length)
		view->advisory = url_public(
			html->request, arena_printf(arena, "/advisories/%.*s", TEXT_ARGS(url_segment(arena, casefile->advisory))));
	if (text_is(casefile->state, TEXT("READY")))
		view->check = url_local(arena, "%.*s/publication", TEXT_ARGS(base_of(arena, casefile)));
	return OK;
}

/* Of what may hold a state secret: where it stands, what can be decided, and who read it. */
static Error fill_shell(Html *html, const Casefile *casefile, Text failed, CasefileShowView *view)
{
	ClockView clock;
	Markup nothing = { TEXT("") };
	const WorkflowState *state = workflow_state(&casefile_machine, casefile->state);
	if (!state) return fail(html->call, CORRUPT, "casefile %.*s has no state", TEXT_ARGS(casefile->ref));
	const Markup shut = part_note(html, TEXT("warn"),
		tr(html->lang,
			"Nobody can read anything of it: it may hold a state secret, or it did. Only this shell and its history remain."),
		(Markup) { { 0 } });
	*view = (CasefileShowView) { .casefile = casefile,
		.state_text = tr(html->lang, state->text),
		.tone = text_from(state->tone),
		.level_text = TEXT(""),
		.steps = shut,
		.gate = nothing,
		.actions = actions_of(html, casefile, failed),
		.rating = url_local(html->call->arena, "/tools/rating") };
	TRY(workflow_clock_of(html->call, &casefile_machine, casefile->id, &clock));
	view->clock = clock_markup(html, &clock, state->turn);
	TRY(shell_facts(html, casefile, &view->facts));
	return readers_of(html, casefile, &view->readers);
}

static Error show(Request *request)
{
	Html *html;
	CasefileShowView view;
	const Casefile *casefile = request->subject;
	Arena *arena = request->call->arena;
	Text failed = request->method == POST ? request_parameter(request, TEXT("action")) : (Text) { 0 };
	Crumb crumbs[] = { { tr(request->call->lang, "Casefiles"), url_local(arena, "/casefiles") }, { .text = casefile->ref } };
	PageHead head = { .title = casefile->title,
		.lead = casefile->number.length ? casefile->number : casefile->ref,
		.crumbs = crumbs,
		.crumb_count = COUNT(crumbs),
		.wide = true };
	TRY(html_page_open(request, &head, &html));
	TRY(casefile->is_isolated ? fill_shell(html, casefile, failed, &view) : fill(html, casefile, failed, &view));
	page_casefile_show(html, &view);
	return html_page_close(request, html);
}

static Error show_check(Request *request)
{
	Html *html;
	const Casefile *casefile = request->subject;
	Arena *arena = request->call->arena;
	PageHead head = { .title = tr(request->call->lang, "Check before publication"), .lead = casefile->number };
	TRY(html_page_open(request, &head, &html));
	Facts text = form_facts(html, &casefile_public_form, casefile->public_values, TEXT(""));
	CasefileCheckView view = { .gate = gate_markup(html, casefile),
		.preview = part_facts(html, text.at, text.count),
		.actions = actions_of(html, casefile, TEXT("publish")),
		.back = url_local(arena, "%.*s", TEXT_ARGS(base_of(arena, casefile))) };
	page_casefile_check(html, &view);
	return html_page_close(request, html);
}

/* ---- Acting */
static Error act(Request *request)
{
	const Casefile *casefile = request->subject;
	int64_t revision = 0;
	Map *values;
	Matter matter;
	Casefile after;
	casefile_matter(casefile, &matter);
	TRY(action_take(request, &casefile_machine, &matter, casefile_action_form, &revision, &values));
	TRY(casefile_act(request->call, casefile->ref, request_parameter(request, TEXT("action")), revision, values));
	Error error = casefile_open_shell(request->call, casefile->ref, &after); /* the step may have ended the actor's task */
	call_recover(request->call);
	return reply_redirect(request, error == OK ? base_of(request->call->arena, casefile) : TEXT("/desk"));
}

static void threads_of(const void *matter, ThreadSubject *out) { casefile_threads(matter, out); }
static Text page_of(Arena *arena, const void *matter) { return base_of(arena, matter); }

static Error tell_members(Call *call, const void *matter, Text audience, const ThreadMembers *members)
{
	const Casefile *casefile = matter;
	const ThreadPlace place = { casefile_machine.name, casefile->id, casefile->seal_key, audience, casefile->ref,
		base_of(call->arena, casefile) };
	return report_tell_members(call, members, NULL, &place);
}
const ThreadMatter casefile_thread_matter = { &casefile_machine, NULL, threads_of, tell_members, page_of };

/* A file of a report that belongs to this casefile, for those who work on its content. */
static Error download(Request *request)
{
	Reports reports;
	Text ref = request_parameter(request, TEXT("report"));
	TRY(casefile_reports(request->call, request->subject, &reports));
	for (size_t i = 0; i < reports.count; i++) {
		const Report *report = &reports.at[i];
		AttachmentOwner owner = { report_machine.name, report->id, report->seal_key };
		if (text_is(report->ref, ref)) return upload_download(request, owner, request_parameter(request, TEXT("file")));
	}
	return fail(request->call, NOT_FOUND, "no report %.*s in this casefile", TEXT_ARGS(ref));
}

/* ---- The queue */
static Markup table_of(Html *html, const Casefiles *casefiles, Text caption)
{
	static const char *const labels[] = { N_("Casefile"), N_("Number"), N_("Level"), N_("State"), N_("Opened") };
	Arena *arena = html->call->arena;
	Column *columns = arena_array_of(arena, Column, COUNT(labels));
	Cell *cells = arena_array_of(arena, Cell, casefiles->count * COUNT(labels) + 1);
	for (size_t i = 0; i < COUNT(labels); i++)
		columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = i ? COLUMN_NARROW : COLUMN_TEXT };
	for (size_t i = 0; i < casefiles->count; i++) {
		const Casefile *casefile = &casefiles->at[i];
		const WorkflowState *state = workflow_state(&casefile_machine, casefile->state);
		Cell *cell = &cells[i * COUNT(labels)];
		cell[0] = (Cell) { .text = casefile->title, .url = url_local(arena, "%.*s", TEXT_ARGS(base_of(arena, casefile))) };
		cell[1] = (Cell) { .text = casefile->number.length ? casefile->number : casefile->ref };
		if (casefile->level.length)
			cell[2] = (Cell) { .markup = part_level(
						   html, casefile->level, tr(html->lang, advisory_level_word(casefile->level))) };
		if (state) cell[3] = (Cell) { .markup = part_status(html, tr(html->lang, state->text), text_from(state->tone)) };
		cell[4] = (Cell) { .markup = part_date(html, casefile->opened_at) };
	}
	Table table = {
		.caption = caption, .columns = columns, .column_count = COUNT(labels), .cells = cells, .row_count = casefiles->count
	};
	return part_table(html, &table);
}

static Error show_queue(Request *request)
{
	Html *html;
	Call *call = request->call;
	Casefiles casefiles;
	Text state = request_query(request, TEXT("state"));
	if (!state.at || !workflow_state(&casefile_machine, state)) state = TEXT("VERIFYING");
	PageHead head = { .title = tr(call->lang, "Casefiles"), .lead = tr(call->lang, "Oldest first"), .wide = true };
	TRY(casefile_queue(call, state, request_query_number(request, TEXT("after")), PAGE, &casefiles));
	TRY(html_page_open(request, &head, &html));
	CasefileListView view = { .filters = state_filter(
					  html, &casefile_machine, &(StateFilter) { .address = "/casefiles", .state = state }) };
	if (actor_has(call->actor, ROLE_COORDINATOR | ROLE_PUBLISHER)) view.freezes = url_local(call->arena, "/casefiles/freezes");
	if (casefiles.count)
		view.table = table_of(html, &casefiles, head.title);
	else
		view.empty = part_empty(html, tr(html->lang, "Nothing waits here."), TEXT(""), (Url) { { 0 } }, TEXT(""));
	if (casefiles.count == PAGE)
		view.pager = part_pager(html, (Url) { { 0 } },
			url_local(call->arena, "/casefiles?state=%.*s&after=%lld", TEXT_ARGS(state), (long long)casefiles.at[PAGE - 1].id));
	page_casefile_list(html, &view);
	return html_page_close(request, html);
}

static const Route routes[] = {
	{ GET, "/casefiles", show_queue, .may = WORKERS, .needs_second_factor = true, .summary = "Casefiles by state" },
	{ GET, "/casefiles/:ref", show, .may = WORKERS, .needs_second_factor = true, .subject = casefile_load_shell,
		.summary = "A casefile" },
	{ GET, "/casefiles/:ref/publication", show_check, .may = WORKERS, .needs_second_factor = true, .subject = casefile_load,
		.summary = "Check before publication" },
	{ POST, "/casefiles/:ref/actions/:action", act, .may = WORKERS, .needs_second_factor = true, .subject = casefile_load_shell,
		.form = &action_request_form, .retry = show, .summary = "Carry out an action of the casefile's workflow" },
	{ POST, "/casefiles/:ref/threads/:audience", thread_page_write, .about = &casefile_thread_matter, .may = WORKERS,
		.needs_second_factor = true, .subject = casefile_load, .form = &thread_write_form, .retry = show,
		.summary = "Write to a conversation of a casefile" },
	{ POST, "/casefiles/:ref/threads/:audience/read", thread_page_mark, .about = &casefile_thread_matter, .may = WORKERS,
		.needs_second_factor = true, .subject = casefile_load, .form = &thread_mark_form,
		.summary = "Mark a conversation as read" },
	{ GET, "/casefiles/:ref/threads/:audience/:message/files/:file", thread_get_file, .about = &casefile_thread_matter, .may = WORKERS,
		.needs_second_factor = true, .subject = casefile_load, .summary = "Download a file of a message" },
	{ GET, "/casefiles/:ref/reports/:report/files/:file", download, .may = WORKERS, .needs_second_factor = true,
		.subject = casefile_load, .summary = "Download a file of a report in the casefile" },
};
const RouteTable casefile_routes = { "subject/casefile", routes, COUNT(routes) };
