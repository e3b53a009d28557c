/* A finder's own certificates, and a find as the office sees it. */
#include "engine/rating/rating.h"
#include "people/person/form_page.h"
#include "people/person/person.h"
#include "store/ledger/ledger.h"
#include "subject/find/find.h"
#include "subject/find/find_view.h"
#include "subject/find/views/find_own.html.h"
#include "subject/find/views/find_show.html.h"
#include "work/certificate/certificate.h"
#include "work/form/action_view.h"
#include "work/letter/letter_order_view.h"

enum { PAGE = 50 };

static Text base_of(Arena *arena, Text ref) { return arena_printf(arena, "/finds/%.*s", TEXT_ARGS(url_segment(arena, ref))); }

static Text level_of(Lang lang, Text tag)
{
	Level level;
	return level_parse(tag, &level) ? tr(lang, level_text(level)) : tag;
}

static Text class_of(Lang lang, Text tag)
{
	const WeaknessClass *weakness = weakness_find(tag);
	return weakness ? tr(lang, weakness->text) : tag;
}

static Url register_url(const Request *request, Text number)
{
	Arena *arena = request->call->arena;
	return url_public(request, arena_printf(arena, "/certificates/%.*s", TEXT_ARGS(url_segment(arena, number))));
}

/* ---- One's own */
static Markup own_table(Html *html, const Certificates *list)
{
	static const char *const labels[] = { N_("Certificate number"), N_("Vulnerability"), N_("Level"), N_("Named as"), N_("State"),
		N_("File") };
	Arena *arena = html->call->arena;
	Column columns[COUNT(labels)];
	Cell *cells = arena_array_of(arena, Cell, list->count * COUNT(labels) + 1);
	for (size_t i = 0; i < COUNT(labels); i++)
		columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = i == 3 ? COLUMN_TEXT : COLUMN_NARROW };
	for (size_t i = 0; i < list->count; i++) {
		const Certificate *certificate = &list->at[i];
		const CertificateState *state = certificate_state(certificate, html->call->now);
		Cell *cell = &cells[i * COUNT(labels)];
		cell[0] = (Cell) { .text = certificate->number, .url = register_url(html->request, certificate->number) };
		cell[1].text = certificate->is.subject;
		cell[2].text = level_of(html->lang, certificate->is.level);
		cell[3].text = html->lang == LANG_EN ? certificate->is.holder_en : certificate->is.holder;
		cell[4].markup = part_status(html, tr(html->lang, state->text), text_from(state->tone));
		if (certificate->file_blob)
			cell[5] = (Cell) { .text = TEXT("PDF"),
				.url = url_local(arena, "/certificates/%.*s/file.pdf", TEXT_ARGS(certificate->number)) };
		else
			cell[5].text = tr(html->lang, "is being made");
	}
	return part_table(html, &(Table) { tr(html->lang, "My certificates"), columns, COUNT(labels), cells, list->count });
}

static Error show_own(Request *request)
{
	Html *html;
	Call *call = request->call;
	Certificates list;
	FindOwnView view = { .conditions = url_local(call->arena, "/certificates/conditions") };
	PageHead head = { .title = tr(call->lang, "My certificates"),
		.lead = tr(call->lang,
			"Original finds of yours that the library has certified. They stay yours when you leave an organisation."),
		.wide = true };
	TRY(certificate_list_of_finder(call, call->actor->person_id, request_query_number(request, TEXT("before")), PAGE, &list));
	TRY(html_page_open(request, &head, &html));
	if (list.count)
		view.table = own_table(html, &list);
	else
		view.empty = part_empty(html, tr(html->lang, "No find of yours is certified yet."),
			tr(html->lang, "The library certifies each month what was accepted in it and meets the conditions."),
			(Url) { { 0 } }, TEXT(""));
	if (list.count == PAGE)
		view.pager = part_pager(
			html, (Url) { { 0 } }, url_local(call->arena, "/certificates/mine?before=%lld", (long long)list.at[PAGE - 1].id));
	page_find_own(html, &view);
	return html_page_close(request, html);
}

/* ---- One find, for the office */
static Error load_find(Request *request)
{
	Find *find = arena_new_of(request->call->arena, Find);
	TRY(find_open(request->call, request_parameter(request, TEXT("ref")), find));
	request->subject = find;
	return OK;
}

static Error facts_of(Html *html, const Find *find, Markup *out)
{
	Lang lang = html->lang;
	Arena *arena = html->call->arena;
	Person person;
	LIST_OF(Fact) facts = { 0 };
	TRY(person_find(html->call, find->person_id, &person));
	const Fact all[] = { { .label = tr(lang, "Vulnerability"),
				     .text = find->number,
				     .url = url_local(arena, "/casefiles/%.*s", TEXT_ARGS(url_segment(arena, find->casefile))) },
		{ .label = tr(lang, "Level"), .text = level_of(lang, find->level) },
		{ .label = tr(lang, "Class of weakness"), .text = class_of(lang, find->class_tag) },
		{ .label = tr(lang, "Received on"), .markup = part_date(html, find->received_at) },
		{ .label = tr(lang, "Finder"), .text = person_shown_name(&person) },
		{ .label = tr(lang, "Named as"), .text = find->name.length ? find->name : tr(lang, "Anonymous finder") },
		{ .label = tr(lang, "Organisation when it was sent"), .text = find->organisation },
		{ .label = tr(lang, "Why it was struck"), .text = find->struck },
		{ .label = tr(lang, "Certificate number"),
			.text = find->certificate,
			.url = register_url(html->request, find->certificate) },
		{ .label = tr(lang, "Why it was revoked"), .text = find->reason } };
	for (size_t i = 0; i < COUNT(all); i++)
		if (all[i].text.length || all[i].markup.text.length) list_add(arena, &facts, all[i]);
	*out = part_facts(html, facts.at, facts.count);
	return OK;
}

static Error wish_of(Html *html, const Find *find, Markup *out)
{
	Map *values;
	Person person;
	const Form *form = find_action_form(text_is(find->state, TEXT("REVOKING")) ? "find-revoke" : "find-reissue");
	if (!find->wish.length) return OK;
	TRY(form_values_read(html->call, form, find->wish, &values));
	TRY(person_find(html->call, find->wish_by, &person));
	Facts facts = form_facts(html, form, values, TEXT(""));
	list_add(html->call->arena, &facts, ((Fact) { .label = tr(html->lang, "Entered by"), .text = person_shown_name(&person) }));
	*out = part_facts(html, facts.at, facts.count);
	return OK;
}

static Error history_of(Html *html, const Find *find, Markup *out)
{
	const StepView view = { .others = N_("Put on the list"), .names = true };
	return steps_markup(html, &find_machine, find->ref, &view, out);
}

static bool takes_thanks(const Find *find) { return text_is(find->state, TEXT("CERTIFIED")); }

static Error fill(Html *html, const Find *find, Text failed, FindView *view)
{
	static const LetterKind kinds[] = { LETTER_THANKS };
	Call *call = html->call;
	Matter matter;
	Text base = base_of(call->arena, find->ref);
	const WorkflowState *state = workflow_state(&find_machine, find->state);
	const char *review = find_review_text(find->review);
	find_matter(call, find, &matter);
	*view = (FindView) { .chip = part_status(html, tr(html->lang, state->text), text_from(state->tone)),
		.review = review ? tr(html->lang, review) : TEXT(""),
		.letters = letter_links(html, base, kinds, takes_thanks(find) ? COUNT(kinds) : 0) };
	TRY(facts_of(html, find, &view->facts));
	TRY(wish_of(html, find, &view->wish));
	TRY(history_of(html, find, &view->history));
	Map *known = map_new(call->arena);
	form_set(call->arena, known, TEXT("name"), find->name);
	view->actions = action_markups(
		html, &find_machine, &matter, find_action_form, arena_printf(call->arena, "%.*s/actions", TEXT_ARGS(base)), failed, known);
	return OK;
}

static Error show(Request *request)
{
	Html *html;
	FindView view;
	Call *call = request->call;
	const Find *find = request->subject;
	Text failed = request->method == POST ? request_parameter(request, TEXT("action")) : (Text) { 0 };
	Crumb crumbs[] = { { tr(call->lang, "Certificates of original finds"), url_local(call->arena, "/find-lists") },
		{ .text = find->number } };
	PageHead head = { .title = find->number, .crumbs = crumbs, .crumb_count = COUNT(crumbs), .wide = true };
	TRY(html_page_open(request, &head, &html));
	TRY(fill(html, find, failed, &view));
	page_find_show(html, &view);
	return html_page_close(request, html);
}

static Error act(Request *request)
{
	const Find *find = request->subject;
	int64_t revision = 0;
	Map *values;
	Matter matter;
	find_matter(request->call, find, &matter);
	TRY(action_take(request, &find_machine, &matter, find_action_form, &revision, &values));
	TRY(find_act(request->call, find->ref, request_parameter(request, TEXT("action")), revision, values));
	return reply_redirect(request, base_of(request->call->arena, find->ref));
}

/* ---- A letter of thanks to the finder */
static Error order_of(Call *call, const Find *find, LetterOrder *out)
{
	if (!takes_thanks(find)) return fail(call, CONFLICT, "find %.*s calls for no letter", TEXT_ARGS(find->ref));
	*out = (LetterOrder) { .kind = LETTER_THANKS,
		.machine = find_machine.name,
		.subject_id = find->id,
		.seal_key = find->seal_key,
		.matter = find->number,
		.recipient = find->name.length ? find->name : find->organisation };
	return OK;
}

static Error show_letter(Request *request)
{
	LetterOrder order;
	Arena *arena = request->call->arena;
	const Find *find = request->subject;
	Text own = base_of(arena, find->ref);
	TRY(order_of(request->call, find, &order));
	return letter_order_show(request, &order, own, arena_printf(arena, "%.*s/letters/thanks", TEXT_ARGS(own)));
}

static Error draft_letter(Request *request)
{
	LetterOrder order;
	TRY(order_of(request->call, request->subject, &order));
	return letter_order_take(request, &order);
}

#define OFFICE .may = ROLE_COORDINATOR, .needs_second_factor = true, .subject = load_find
static const Route routes[] = {
	{ GET, "/certificates/mine", show_own, .may = ROLE_PEOPLE, .summary = "One's own certificates of original finds" },
	{ GET, "/finds/:ref", show, OFFICE, .summary = "A find on the list of a month, with its certificate and the next steps" },
	{ POST, "/finds/:ref/actions/:action", act, OFFICE, .form = &action_request_form, .retry = show,
		.summary = "Carry out an action of the find's workflow" },
	{ GET, "/finds/:ref/letters/thanks", show_letter, OFFICE, .summary = "The form of a letter of thanks to the finder" },
	{ POST, "/finds/:ref/letters/thanks", draft_letter, OFFICE, .form = &letter_order_form, .retry = show_letter,
		.summary = "Draft a letter of thanks to the finder for a second person to approve" },
};
const RouteTable find_routes = { "subject/find", routes, COUNT(routes) };
