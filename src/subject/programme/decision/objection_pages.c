/* One objection for the office. Who objects is shown to who handles it, and the reading is recorded. */
#include "people/person/form_page.h"
#include "subject/programme/decision/decision_view.h"
#include "subject/programme/decision/views/decision_page.html.h"
#include "work/form/action_view.h"
#include "work/masked/masked.h"

static Error load(Request *request)
{
	Objection *objection = arena_new_of(request->call->arena, Objection);
	TRY(objection_open(request->call, request_parameter(request, TEXT("ref")), objection));
	TRY(objection_record_reading(request->call, objection));
	request->subject = objection;
	return OK;
}

static Text path_of(Arena *arena, const Objection *objection)
{
	return arena_printf(arena, "/programme/objections/%.*s", TEXT_ARGS(url_segment(arena, objection->ref)));
}

static void add(Html *html, Facts *facts, const char *label, Text text)
{
	Fact fact = { .label = tr(html->lang, label), .text = text };
	if (text.length) list_add(html->call->arena, facts, fact);
}

static void about_card(Html *html, const Objection *objection, DecisionPageView *view)
{
	Arena *arena = html->call->arena;
	Facts facts = { 0 };
	DecisionCard *card = decision_card(html, view->main, &view->main_count, N_("The objection"), NULL);
	add(html, &facts, N_("Door"), tr(html->lang, objection_door_text(objection->door)));
	Fact against = { .label = tr(html->lang, "Against"),
		.text = objection->organisation,
		.url = url_local(arena, "/applications/%.*s", TEXT_ARGS(url_segment(arena, objection->application))) };
	if (objection->application.length) list_add(arena, &facts, against);
	Fact received = { .label = tr(html->lang, "Received at"), .markup = part_time(html, objection->received_at) };
	list_add(arena, &facts, received);
	add(html, &facts, N_("Name"), objection->name);
	add(html, &facts, N_("Contact"), objection->contact);
	add(html, &facts, N_("Mail address"), objection->mail);
	card->body = part_facts(html, facts.at, facts.count);
	if (!objection->name.length)
		card->help = tr(html->lang, "Who objects, and the words before they were masked, are shown to who handles it.");
}

static void words_card(Html *html, const char *title, Text words, DecisionPageView *view)
{
	if (!words.length) return;
	DecisionCard *card = decision_card(html, view->main, &view->main_count, title, NULL);
	card->body = part_markdown(html, words);
}

static Text verdict_text(Html *html, const Objection *objection)
{
	const FormItem *item = form_item(objection_action_form("objection-verdict"), TEXT("verdict"));
	return objection->verdict.length ? form_shown_value(html->call, html->lang, item, objection->verdict) : TEXT("");
}

static void verdict_card(Html *html, const Objection *objection, DecisionPageView *view)
{
	Facts facts = { 0 };
	if (!objection->answer.length) return;
	DecisionCard *card = decision_card(html, view->main, &view->main_count, N_("Verdict"), NULL);
	add(html, &facts, N_("Verdict"), verdict_text(html, objection));
	add(html, &facts, N_("Answer to who objects"), objection->answer);
	add(html, &facts, N_("Explanation for the applicant"), objection->explanation);
	card->body = part_facts(html, facts.at, facts.count);
}

/* What masking finds is a proposal; the officer leaves or changes what stands there. */
static Error known_values(Html *html, const Objection *objection, Map **out)
{
	Masked masked;
	Texts none = { 0 };
	*out = map_new(html->call->arena);
	if (objection->masked.length) {
		form_set(html->call->arena, *out, TEXT("masked"), objection->masked);
		return OK;
	}
	if (!objection->text.length) return OK;
	TRY(masked_text(html->call, objection->text, &none, &masked));
	form_set(html->call->arena, *out, TEXT("masked"), masked.text);
	return OK;
}

static Error next_card(Html *html, const Objection *objection, Text failed, DecisionPageView *view)
{
	Matter matter;
	ClockView clock;
	Map *known;
	Failure failure = html->call->failure;
	const WorkflowState *state = workflow_state(&objection_machine, objection->state);
	objection_matter(html->call, objection, &matter);
	TRY(workflow_clock_of(html->call, &objection_machine, objection->id, &clock));
	TRY(known_values(html, objection, &known));
	html->call->failure = failure;
	DecisionCard *card = decision_card(html, view->aside, &view->aside_count, N_("Next steps"), NULL);
	card->body = clock_markup(html, &clock, state->turn);
	card->more = action_markups(html, &objection_machine, &matter, objection_action_form,
		arena_printf(html->call->arena, "%.*s/actions", TEXT_ARGS(path_of(html->call->arena, objection))), failed, known);
	if (objection->involvement)
		card->help = tr(html->lang, objection->involvement);
	else if (!card->more.text.length && !card->body.text.length)
		view->aside_count--;
	return OK;
}

static Error show(Request *request)
{
	Html *html;
	Call *call = request->call;
	const Objection *objection = request->subject;
	Text failed = request->method == POST ? request_parameter(request, TEXT("action")) : (Text) { 0 };
	DecisionPageView *view = arena_new_of(call->arena, DecisionPageView);
	const WorkflowState *state = workflow_state(&objection_machine, objection->state);
	Round round;
	TRY(round_find_published(call, objection->round_id, &round));
	Crumb crumbs[] = { { tr(call->lang, "Decision of the round"),
				   url_local(call->arena, "%.*s", TEXT_ARGS(decision_place(call->arena, round.ref))) },
		{ .text = objection->ref } };
	PageHead head = { .title = objection->ref, .crumbs = crumbs, .crumb_count = COUNT(crumbs), .wide = true };
	TRY(decision_page_open(request, &head, &html));
	view->state_text = state ? tr(html->lang, state->text) : objection->state;
	view->tone = state ? text_from(state->tone) : TEXT("neutral");
	about_card(html, objection, view);
	words_card(html, N_("The objection in its own words"), objection->text, view);
	words_card(html, N_("What the unit reads"), objection->masked, view);
	verdict_card(html, objection, view);
	if (objection->ended_at && objection->application_id) {
		DecisionCard *card = decision_card(html, view->aside, &view->aside_count, N_("Letters"),
			N_("The answer to who objects, and what the unit is told. Neither says who objects."));
		Fact fact = { .label = tr(html->lang, "Write"),
			.text = tr(html->lang, "Letters of this round"),
			.url = url_local(call->arena, "%.*s", TEXT_ARGS(round_letters_place(call->arena, round.ref))) };
		card->body = part_facts(html, &fact, 1);
	}
	TRY(next_card(html, objection, failed, view));
	page_decision_page(html, view);
	return html_page_close(request, html);
}

static Error act(Request *request)
{
	const Objection *objection = request->subject;
	int64_t revision = 0;
	Map *values;
	Matter matter;
	objection_matter(request->call, objection, &matter);
	TRY(action_take(request, &objection_machine, &matter, objection_action_form, &revision, &values));
	TRY(objection_act(request->call, objection->ref, request_parameter(request, TEXT("action")), revision, values));
	return reply_redirect(request, path_of(request->call->arena, objection));
}

#define OFFICE .may = ROLE_SECRETARY | ROLE_SUPERVISOR, .needs_second_factor = true, .subject = load
static const Route routes[] = {
	{ GET, "/programme/objections/:ref", show, OFFICE, .summary = "An objection; who objects is shown to who handles it" },
	{ POST, "/programme/objections/:ref/actions/:action", act, OFFICE, .form = &action_request_form, .retry = show,
		.summary = "Carry out an action of the objection's workflow" },
};
const RouteTable objection_routes = { "subject/programme", routes, COUNT(routes) };
