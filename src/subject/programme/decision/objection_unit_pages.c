/* The objections to an application, for the unit concerned: what they say, what came of them, and the letter. */
#include "face/doc/export.h"
#include "people/person/form_page.h"
#include "subject/programme/decision/decision_view.h"
#include "subject/programme/decision/views/decision_page.html.h"

static Text ref_of(const Request *request) { return request_parameter(request, TEXT("ref")); }

static const char *verdict_text(const ObjectionOfUnit *one)
{
	if (!one->ended_at) return N_("Under examination");
	return text_is(one->verdict, TEXT("UPHELD")) ? N_("The objection is upheld") : N_("The objection is dismissed");
}

static void one_card(Html *html, Text application, const ObjectionOfUnit *one, DecisionPageView *view)
{
	Arena *arena = html->call->arena;
	Facts facts = { 0 };
	const Fact all[] = { { .label = tr(html->lang, "Number"), .text = one->ref },
		{ .label = tr(html->lang, "Outcome"), .text = tr(html->lang, verdict_text(one)) },
		{ .label = tr(html->lang, "Decided"), .markup = one->ended_at ? part_time(html, one->ended_at) : (Markup) { TEXT("") } },
		{ .label = tr(html->lang, "What is objected"), .text = one->masked },
		{ .label = tr(html->lang, "Explanation"), .text = one->explanation },
		{ .label = tr(html->lang, "Letter"),
			.text = one->has_letter ? tr(html->lang, "Download the letter") : TEXT(""),
			.url = url_local(arena, "/applications/%.*s/objections/%.*s/letter", TEXT_ARGS(url_segment(arena, application)),
				TEXT_ARGS(url_segment(arena, one->ref))) } };
	for (size_t i = 0; i < COUNT(all); i++)
		if (all[i].text.length || all[i].markup.text.length) list_add(arena, &facts, all[i]);
	if (view->main_count >= DECISION_CARDS_MAX) return;
	DecisionCard *card = decision_card(html, view->main, &view->main_count, N_("The objection"), NULL);
	card->body = part_facts(html, facts.at, facts.count);
}

static Error show(Request *request)
{
	Html *html;
	Call *call = request->call;
	ObjectionsOfUnit list;
	Text application = ref_of(request);
	DecisionPageView *view = arena_new_of(call->arena, DecisionPageView);
	TRY(objection_of_unit(call, application, &list));
	Crumb crumbs[] = { { application, url_local(call->arena, "/applications/%.*s", TEXT_ARGS(url_segment(call->arena, application))) },
		{ .text = tr(call->lang, "Objections") } };
	PageHead head = { .title = tr(call->lang, "Objections to our application"),
		.lead = tr(call->lang, "What tells who objects was taken out; nobody outside the office learns it."),
		.crumbs = crumbs,
		.crumb_count = COUNT(crumbs) };
	TRY(html_page_open(request, &head, &html));
	for (size_t i = list.count; i-- > 0;) one_card(html, application, &list.at[i], view);
	if (!list.count) {
		DecisionCard *card = decision_card(html, view->main, &view->main_count, N_("Objections"), NULL);
		card->body = part_empty(html, tr(html->lang, "There is no objection that you can read."),
			tr(html->lang, "What is objected is shown here once the office has taken out who objects."), (Url) { { 0 } },
			TEXT(""));
	}
	page_decision_page(html, view);
	return html_page_close(request, html);
}

static Error send_letter(Request *request)
{
	Text name, bytes;
	TRY(objection_letter_of_unit(request->call, ref_of(request), request_parameter(request, TEXT("objection")), &name, &bytes));
	return export_bytes(request, name, bytes);
}

/* ---- The same for machines */
static Error get_list(Request *request)
{
	ObjectionsOfUnit list;
	JsonList page;
	TRY(objection_of_unit(request->call, ref_of(request), &list));
	json_list_begin(request, &page);
	for (size_t i = 0; i < list.count; i++) {
		const ObjectionOfUnit *one = &list.at[i];
		json_object_begin(&page.writer);
		json_put_text(&page.writer, "ref", one->ref);
		json_put_text(&page.writer, "substance", one->masked);
		json_put_filled(&page.writer, "verdict", one->verdict);
		json_put_filled(&page.writer, "explanation", one->explanation);
		json_put_time(&page.writer, "decided_at", one->ended_at);
		json_put_bool(&page.writer, "has_letter", one->has_letter);
		json_end(&page.writer);
	}
	json_list_end(request, &page, (Text) { 0 });
	return OK;
}

static const Route rows[] = {
	{ GET, "/applications/:ref/objections", show, .may = ROLE_PEOPLE,
		.summary = "Objections to an application of one's organisation, without who objects" },
	{ GET, "/applications/:ref/objections/:objection/letter", send_letter, .may = ROLE_PEOPLE, .weight = 5,
		.summary = "The letter with the outcome of an objection, to the unit concerned; recorded" },
	{ GET, "/api/v1/applications/:ref/objections", get_list, .may = ROLE_PEOPLE, .scope = SCOPE_PROGRAMME,
		.summary = "Objections to an application of one's organisation, without who objects" },
	{ GET, "/api/v1/applications/:ref/objections/:objection/letter", send_letter, .may = ROLE_PEOPLE, .scope = SCOPE_PROGRAMME,
		.weight = 5, .summary = "The letter with the outcome of an objection, to the unit concerned; recorded" },
};
const RouteTable objection_unit_routes = { "subject/programme", rows, COUNT(rows) };
