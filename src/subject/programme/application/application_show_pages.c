/* One application on its page: the form while it can be written, else what was submitted; what is missing, what was marked, corrected and decided. */
#include "base/base/clock.h"
#include "subject/merit/merit.h"
#include "subject/programme/application/application_pages_private.h"
#include "subject/programme/application/views/application_show.html.h"

Text application_paper_text(Lang lang, Text paper)
{
	static const char *const words[][2] = { { "none", N_("not needed") }, { "awaited", N_("awaited") }, { "sent", N_("on its way") },
		{ "received", N_("received") }, { "matched", N_("matches") }, { "mismatch", N_("differs") }, { "late", N_("too late") } };
	for (size_t i = 0; i < COUNT(words); i++)
		if (text_is(paper, text_from(words[i][0]))) return tr(lang, words[i][1]);
	return paper;
}

Text application_mark_of(Arena *arena, Text value) { return arena_printf(arena, "%016llx", (unsigned long long)text_hash(value)); }

static const Form *form_of_action(Call *call, const void *about, const char *name) { return application_action_form(call, about, name); }
ActionForms application_forms(const Application *application) { return (ActionForms) { form_of_action, application }; }

static Text files_address(Arena *arena, const Application *application, Text field)
{
	return arena_printf(
		arena, "%.*s/files/%.*s", TEXT_ARGS(application_base(arena, application->ref)), TEXT_ARGS(url_segment(arena, field)));
}

/* Names, sizes and hashes; each leaves as a download alone. */
static Error files_markup(Html *html, const Application *application, Text field, Markup *out)
{
	Arena *arena = html->call->arena;
	Attachments files;
	TRY(application_files_of(html->call, application, field, &files));
	FileEntry *entries = arena_array_of(arena, FileEntry, files.count + 1);
	for (size_t i = 0; i < files.count; i++) {
		const Attachment *file = &files.at[i];
		Text address = files_address(arena, application, field);
		entries[i] = (FileEntry) { .name = file->name,
			.note = form_file_note(html, file),
			.digest = file->sha256.at ? file->sha256 : TEXT(""),
			.size_bytes = file->size_bytes };
		if (file->is_finished) entries[i].url = url_local(arena, "%.*s/%.*s/content", TEXT_ARGS(address), TEXT_ARGS(file->ref));
	}
	*out = files.count ? part_files(html, entries, files.count) : (Markup) { TEXT("") };
	return OK;
}

/* ---- The form */
static bool takes_files(const Application *application, const FormItem *item, int64_t now)
{
	bool is_hashed = text_is(application->state, TEXT("HASHED")) && application->is_admin && now < application->ends_at;
	return item->kind == FORM_FILES && (is_hashed || application_may_write(application, text_from(item->name), now));
}

static bool is_shown(const Application *application, const FormItem *item, int64_t now)
{
	return application_may_write(application, text_from(item->name), now) || takes_files(application, item, now);
}

static FormItem with_clause(Call *call, const Application *application, const FormItem *item)
{
	FormItem shown = *item;
	const RoundItem *field = application_field(application, text_from(item->name));
	Text clause = field ? form_answer(field->values, "clause") : TEXT("");
	Problem words = { .message = N_("Clause %s of the rating method."), .argument = clause };
	Text said = problem_text(call->arena, call->lang, &words);
	if (!clause.length) return shown;
	shown.help = item->help ? arena_printf(call->arena, "%.*s %s", TEXT_ARGS(said), item->help).at : arena_string(call->arena, said);
	return shown;
}

static Error add_field(Html *html, const Application *application, const FormItem *item, FormSectionView *section)
{
	Call *call = html->call;
	FormItem shown = with_clause(call, application, item);
	FormSection one = { .items = &shown, .item_count = 1 };
	Form form = { application->form->name, 1, application->form->title, &one, 1, NULL };
	Text address = files_address(call->arena, application, text_from(item->name));
	FormView view = form_view(html, &form, application->values, url_local(call->arena, "%.*s", TEXT_ARGS(address)));
	Markup files = { TEXT("") };
	for (size_t i = 0; i < view.sections.count; i++)
		for (size_t f = 0; f < view.sections.at[i].fields.count; f++)
			list_add(call->arena, &section->fields, view.sections.at[i].fields.at[f]);
	if (item->kind == FORM_FILES) TRY(files_markup(html, application, text_from(item->name), &files));
	if (files.text.length) list_add(call->arena, &section->fields, files);
	return OK;
}

/* *out_is_whole: nothing is left out that may not be written any more. */
static Error fill_form(Html *html, const Application *application, ApplicationShown *view, bool *out_is_whole)
{
	Call *call = html->call;
	Buffer seen = { .arena = call->arena };
	*out_is_whole = true;
	for (size_t s = 0; s < application->form->section_count; s++) {
		const FormSection *section = &application->form->sections[s];
		FormSectionView shown = { .title = text_from(section->title), .help = TEXT("") };
		for (size_t i = 0; i < section->item_count; i++) {
			const FormItem *item = &section->items[i];
			*out_is_whole = *out_is_whole && is_shown(application, item, call->now);
			if (!is_shown(application, item, call->now)) continue;
			TRY(add_field(html, application, item, &shown));
			buffer_printf(&seen, "%s%s:%.*s", seen.length ? " " : "", item->name,
				TEXT_ARGS(application_mark_of(call->arena, form_answer(application->values, item->name))));
		}
		if (shown.fields.count) list_add(call->arena, &view->form.sections, shown);
	}
	view->is_form = view->form.sections.count > 0;
	view->seen = seen.length ? buffer_text(&seen) : TEXT("");
	return OK;
}

static Error fill_missing(Html *html, const Application *application, ApplicationShown *view)
{
	Call *call = html->call;
	ApplicationProblems missing;
	TRY(application_missing(call, application, &missing));
	for (size_t i = 0; i < missing.count; i++) {
		const FormItem *item = form_item(application->form, missing.at[i].field);
		ApplicationLack lack = { .label = item ? text_from(item->label) : missing.at[i].field,
			.why = problem_text(call->arena, html->lang, &missing.at[i]),
			.url = url_local(call->arena, "#field-%.*s", TEXT_ARGS(url_segment(call->arena, missing.at[i].field))) };
		list_add(call->arena, &view->lacks, lack);
	}
	view->is_complete = !missing.count;
	return OK;
}

/* ---- As it is read */
static Error fill_parts(Html *html, const Application *application, ApplicationShown *view)
{
	Call *call = html->call;
	Text all_files;
	TRY(application_files_text(call, application, &all_files));
	for (size_t s = 0; s < application->form->section_count; s++) {
		const FormSection *section = &application->form->sections[s];
		Form form = { application->form->name, 1, application->form->title, section, 1, NULL };
		Facts facts = form_facts(html, &form, application->values, TEXT(""));
		for (size_t i = 0; i < section->item_count; i++) {
			Fact files = { .label = text_from(section->items[i].label) };
			if (section->items[i].kind != FORM_FILES) continue;
			TRY(files_markup(html, application, text_from(section->items[i].name), &files.markup));
			if (files.markup.text.length) list_add(call->arena, &facts, files);
		}
		ApplicationPart part = { .title = text_from(section->title), .facts = part_facts(html, facts.at, facts.count) };
		part.digest = application_section_digest(call->arena, application->ref, section, application->values, all_files);
		list_add(call->arena, &view->parts, part);
	}
	return OK;
}

static void fill_marks(Html *html, const Application *application, ApplicationShown *view)
{
	Facts facts = { 0 };
	if (!text_is(application->state, TEXT("RETURNED"))) return;
	for (size_t i = 0; i < application->marks.count; i++) {
		const FormItem *item = form_item(application->form, application->marks.at[i].field);
		Fact fact = { .label = item ? text_from(item->label) : application->marks.at[i].field,
			.text = application->marks.at[i].reason,
			.url = url_local(html->call->arena, "#field-%.*s",
				TEXT_ARGS(url_segment(html->call->arena, application->marks.at[i].field))) };
		if (!application->is_admin) fact.url = (Url) { { 0 } };
		list_add(html->call->arena, &facts, fact);
	}
	view->marks = part_facts(html, facts.at, facts.count);
}

/* The files that go with corrections, as downloads. */
static Error add_support(Html *html, const Application *application, Facts *facts)
{
	for (int64_t n = 1; n <= application->returns; n++) {
		Fact fact = { .label = tr(html->lang, "Files that support the correction") };
		TRY(files_markup(html, application, application_correction_field(html->call->arena, n), &fact.markup));
		if (fact.markup.text.length) list_add(html->call->arena, facts, fact);
	}
	return OK;
}

/* What differs between what was submitted last and before. */
static Error fill_differences(Html *html, const Application *application, ApplicationShown *view)
{
	ApplicationVersions versions;
	Facts facts = { 0 };
	TRY(application_versions_of(html->call, application, &versions));
	if (versions.count < 2) return OK;
	const ApplicationVersion *old = &versions.at[versions.count - 2], *new = &versions.at[versions.count - 1];
	for (size_t s = 0; s < application->form->section_count; s++)
		for (size_t i = 0; i < application->form->sections[s].item_count; i++) {
			const FormItem *item = &application->form->sections[s].items[i];
			Text before = form_answer(old->values, item->name), after = form_answer(new->values, item->name);
			Fact fact = { .label = text_from(item->label), .markup = part_difference(html, before, after) };
			if (!text_is(before, after)) list_add(html->call->arena, &facts, fact);
		}
	Fact files = { .label = tr(html->lang, "Files"), .markup = part_difference(html, old->files, new->files) };
	if (!text_is(old->files, new->files)) list_add(html->call->arena, &facts, files);
	TRY(add_support(html, application, &facts));
	if (facts.count) view->differences = part_facts(html, facts.at, facts.count);
	return OK;
}

static Error fill_history(Html *html, const Application *application, ApplicationShown *view)
{
	ApplicationStatements statements;
	Html inner = html_inner(html);
	TRY(application_statements_of(html->call, application, &statements));
	for (size_t i = 0; i < statements.count; i++) {
		const ApplicationStatement *said = &statements.at[i];
		Facts facts = form_facts(html, said->form, said->values, TEXT(""));
		Text who = said->person.length ? said->person
					       : tr(html->lang, said->is_applicants ? N_("the applicant") : N_("the selection office"));
		Text head = arena_printf(html->call->arena, "%.*s · %.*s · %.*s",
			TEXT_ARGS(work_words(html->lang, &application_machine, said->action)), TEXT_ARGS(who),
			TEXT_ARGS(clock_human(html->call->arena, html->lang, said->at)));
		html_markup(&inner, part_note(html, TEXT("neutral"), head, part_facts(html, facts.at, facts.count)));
	}
	view->history = html_done(html, &inner);
	return OK;
}

/* The applicant's own page of it; the office comes to it by the round. */
static bool has_inspection(const Application *application)
{
	static const char *const states[] = { "INSPECT", "CORRECTING", "PROPOSED", "FAILED" };
	for (size_t i = 0; i < COUNT(states); i++)
		if (application->is_own && text_is(application->state, text_from(states[i]))) return true;
	return false;
}

/* From the public notice on. */
static bool has_objections(const Application *application)
{
	static const char *const states[] = { "IN_PUBLICITY", "OBJECTED", "APPROVED", "AGREED", "CERTIFIED", "REMOVED", "APPEAL",
		"DISMISSED" };
	for (size_t i = 0; i < COUNT(states); i++)
		if (application->is_own && text_is(application->state, text_from(states[i]))) return true;
	return false;
}

static Markup facts_of(Html *html, const Application *application)
{
	Arena *arena = html->call->arena;
	const Map *paper = application->paper_values;
	const Markup nothing = { TEXT("") };
	Facts facts = { 0 };
	Fact all[] = { { .label = tr(html->lang, "Number"), .text = application->ref },
		{ .label = tr(html->lang, "Organisation"), .text = application->organisation },
		{ .label = tr(html->lang, "Unified social credit code"), .text = application->credit_code },
		{ .label = tr(html->lang, "Round"),
			.text = application->round_code,
			.url = url_public(html->request,
				arena_printf(arena, "/rounds/%.*s", TEXT_ARGS(url_segment(arena, application->round_code)))) },
		{ .label = tr(html->lang, "Direction"), .text = application_direction_text(html->call, application->direction) },
		{ .label = tr(html->lang, "Closes on"), .markup = part_time(html, application->closes_at) },
		{ .label = tr(html->lang, "Submitted"),
			.markup = application->submitted_at ? part_time(html, application->submitted_at) : nothing },
		{ .label = tr(html->lang, "Hash that was lodged"),
			.markup = application->hash.length ? part_copy(html, application->hash) : nothing },
		{ .label = tr(html->lang, "Digest of what was submitted"),
			.markup = application->sha256.length ? part_copy(html, application->sha256) : nothing },
		{ .label = tr(html->lang, "Stamped copy"), .text = application_paper_text(html->lang, application->paper) },
		{ .label = tr(html->lang, "Courier number"), .text = form_answer(paper, "number") },
		{ .label = tr(html->lang, "Appeal until"),
			.markup = application->appeal_until ? part_time(html, application->appeal_until) : nothing },
		{ .label = tr(html->lang, "On-site inspection"),
			.text = has_inspection(application) ? tr(html->lang, "Day, inspectors, findings") : (Text) { 0 },
			.url = url_local(arena, "/applications/%.*s/inspection", TEXT_ARGS(url_segment(arena, application->ref))) },
		{ .label = tr(html->lang, "Objections"),
			.text = has_objections(application) ? tr(html->lang, "What was objected, and the outcome") : (Text) { 0 },
			.url = url_local(arena, "/applications/%.*s/objections", TEXT_ARGS(url_segment(arena, application->ref))) },
		{ .label = tr(html->lang, "Recusal"),
			.text = application->is_admin ? tr(html->lang, "Experts who are not to judge") : (Text) { 0 },
			.url = url_local(arena, "/recusals/%.*s", TEXT_ARGS(url_segment(arena, application->ref))) },
		{ .label = tr(html->lang, "Presentation"),
			.text = application->is_own && text_is(application->state, TEXT("SCHEDULED")) ? tr(html->lang, "When and where")
												      : (Text) { 0 },
			.url = url_local(arena, "/presentations/%.*s", TEXT_ARGS(url_segment(arena, application->ref))) } };
	for (size_t i = 0; i < COUNT(all); i++)
		if (all[i].text.length || all[i].markup.text.length) list_add(arena, &facts, all[i]);
	return part_facts(html, facts.at, facts.count);
}

/* ---- Beside it */
static Text part_of_text(Arena *arena, int64_t part, int64_t whole)
{
	if (!whole) return TEXT("");
	return arena_printf(
		arena, "%lld / %lld (%lld%%)", (long long)part, (long long)whole, (long long)((part * 100 + whole / 2) / whole));
}

/* Marked as the library's own, with their day. */
static Error fill_figures(Html *html, const Application *application, ApplicationShown *view)
{
	Arena *arena = html->call->arena;
	ApplicationFigures figures;
	Facts facts = { 0 };
	TRY(application_figures(html->call, application->organisation_id, &figures));
	if (!figures.is_known) return OK;
	Text originals = arena_printf(arena, "%lld / %lld / %lld / %lld", (long long)figures.originals[0], (long long)figures.originals[1],
		(long long)figures.originals[2], (long long)figures.originals[3]);
	Fact all[] = { { .label = tr(html->lang, "As of"), .markup = part_date(html, html->call->now) },
		{ .label = tr(html->lang, "Contribution points of this year and the last"),
			.text = merit_points_text(arena, figures.contribution) },
		{ .label = tr(html->lang, "Accepted originals: critical / high / medium / low"), .text = originals },
		{ .label = tr(html->lang, "Accepted of the reports decided"), .text = part_of_text(arena, figures.accepted, figures.sent) },
		{ .label = tr(html->lang, "Verifications done"), .text = arena_printf(arena, "%lld", (long long)figures.verifications) },
		{ .label = tr(html->lang, "Notices signed for"), .text = part_of_text(arena, figures.answered, figures.notices) },
		{ .label = tr(html->lang, "Hours to sign for a notice, on average"),
			.text = figures.answer_hours < 0 ? TEXT("") : arena_printf(arena, "%lld", (long long)figures.answer_hours) } };
	for (size_t i = 0; i < COUNT(all); i++)
		if (all[i].text.length || all[i].markup.text.length) list_add(arena, &facts, all[i]);
	view->figures = part_facts(html, facts.at, facts.count);
	return OK;
}

static Markup upload_field(Html *html, const Application *application, const char *name, const char *label)
{
	FormField field = {
		.name = text_from(name), .label = tr(html->lang, label), .kind = INPUT_FILE, .multiple = true, .required = true
	};
	Text address = files_address(html->call->arena, application, text_from(name));
	return part_upload(html, &field, url_local(html->call->arena, "%.*s", TEXT_ARGS(address)));
}

static Error fill_aside(Html *html, const Application *application, Text failed, ApplicationShown *view)
{
	Call *call = html->call;
	ApplicationFacts facts;
	Matter matter;
	ClockView clock = { 0 };
	AttachmentOwner owner;
	Failure failure = call->failure;
	const WorkflowState *state = workflow_state(&application_machine, application->state);
	TRY(application_facts(call, application, &facts));
	TRY(workflow_clock_of(call, &application_machine, application->id, &clock));
	application_matter(call, application, &facts, &matter);
	call->failure = failure;
	view->actions = action_markups_of(html, &application_machine, &matter, application_forms(application),
		arena_printf(call->arena, "%.*s/actions", TEXT_ARGS(application_base(call->arena, application->ref))), failed, NULL);
	view->clock = clock_markup(html, &clock, state->turn);
	view->facts = facts_of(html, application);
	if (application->is_staff) TRY(files_markup(html, application, TEXT("check"), &view->evidence));
	if (application->is_staff && application_files(call, application, TEXT("check"), true, &owner) == OK)
		view->evidence_field = upload_field(html, application, "check", N_("Extract with the day of the look-up"));
	if (text_is(form_answer(application->round->head, "electronic_seal"), TEXT("yes")) &&
		application_files(call, application, TEXT("seal"), true, &owner) == OK)
		view->seal_field = upload_field(html, application, "seal", N_("PDF with electronic seal"));
	Text correction = application_correction_field(call->arena, application->returns);
	if (application_files(call, application, correction, true, &owner) == OK) {
		view->correction_field =
			upload_field(html, application, arena_string(call->arena, correction), N_("Files that support the correction"));
		TRY(files_markup(html, application, correction, &view->correction_files));
	}
	call->failure = failure;
	return files_markup(html, application, TEXT("seal"), &view->files);
}

static Error fill(Html *html, const Application *application, Text failed, ApplicationShown *view)
{
	Arena *arena = html->call->arena;
	bool is_whole;
	const WorkflowState *state = workflow_state(&application_machine, application->state);
	Text base = application_base(arena, application->ref);
	*view = (ApplicationShown) { .state_text = tr(html->lang, state->text),
		.tone = text_from(state->tone),
		.action = url_local(arena, "%.*s", TEXT_ARGS(base)),
		.autosave = url_local(arena, "%.*s/autosave", TEXT_ARGS(base)),
		.evidence_upload = url_local(arena, "%.*s", TEXT_ARGS(base)),
		.seal_upload = url_local(arena, "%.*s", TEXT_ARGS(base)) };
	TRY(fill_form(html, application, view, &is_whole));
	if (view->is_form) TRY(fill_missing(html, application, view));
	if (!view->is_form || !is_whole) TRY(fill_parts(html, application, view));
	view->is_marked = !application->is_own;
	if (application->version) view->print = url_local(arena, "%.*s/form.pdf", TEXT_ARGS(base));
	if (text_is(application->state, TEXT("RETURNED"))) view->notice = url_local(arena, "%.*s/return.pdf", TEXT_ARGS(base));
	if (text_is(application->state, TEXT("RETURNED")) && application->is_staff && actor_has(html->call->actor, ROLE_SECRETARY))
		view->letter = url_local(arena, "%.*s", TEXT_ARGS(round_letters_place(arena, application->round->ref)));
	if (application->version > 1) view->correction = url_local(arena, "%.*s/correction.pdf", TEXT_ARGS(base));
	fill_marks(html, application, view);
	TRY(fill_differences(html, application, view));
	TRY(fill_history(html, application, view));
	TRY(fill_figures(html, application, view));
	return fill_aside(html, application, failed, view);
}

Error application_show(Request *request)
{
	Html *html;
	ApplicationShown view;
	Call *call = request->call;
	Application *application = request->subject;
	Failure failure = call->failure;
	bool is_post = request->method == POST;
	Text failed = is_post ? request_parameter(request, TEXT("action")) : (Text) { 0 };
	Crumb crumbs[] = { { tr(call->lang, "Applications as support unit"), url_local(call->arena, "/applications") },
		{ .text = application->ref } };
	if (application->is_staff && !application->is_own)
		crumbs[0] =
			(Crumb) { tr(call->lang, "Applications"), url_local(call->arena, "/programme/applications?round=%.*s",
									  TEXT_ARGS(url_segment(call->arena, application->round_code))) };
	PageHead head = { .title = application->organisation, .crumbs = crumbs, .crumb_count = COUNT(crumbs), .wide = true };
	call_recover(call);
	if (is_post && !failed.length && form_take(request, application->form, application->values) != OK) call_recover(call);
	TRY(html_page_open(request, &head, &html));
	call->failure = failure;
	TRY(fill(html, application, failed, &view));
	page_application_show(html, &view);
	return html_page_close(request, html);
}
