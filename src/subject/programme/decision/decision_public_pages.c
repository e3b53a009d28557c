/* For everybody: lists in public notice and announcements, the form of an objection, following one by its code, and what of a round is public. */
#include "base/crypto/crypto.h"
#include "face/doc/export.h"
#include "people/person/form_page.h"
#include "store/setting/setting.h"
#include "subject/programme/decision/decision_view.h"
#include "subject/programme/decision/views/decision_page.html.h"
#include "subject/programme/decision/views/objection_done.html.h"
#include "subject/programme/decision/views/objection_form.html.h"
#include "subject/report/report.h"

static Error open_asked(Request *request, Round *out)
{
	return round_open_public(request->call, request_parameter(request, TEXT("code")), out);
}

static Url round_url(const Request *request, const Round *round, const char *after)
{
	Arena *arena = request->call->arena;
	return url_public(request, arena_printf(arena, "/rounds/%.*s%s", TEXT_ARGS(url_segment(arena, round->code)), after));
}

/* A form is no public page: it has no address of its own for readers of English. */
static Url objection_url(Arena *arena, const Round *round)
{
	return url_local(arena, "/rounds/%.*s/objection", TEXT_ARGS(url_segment(arena, round->code)));
}

static Text title_of(const Round *round, Lang lang) { return form_answer(round->head, lang == LANG_ZH ? "title_zh" : "title_en"); }

/* ---- Lists */
static void direction_table(Html *html, const DecisionList *list, const char *direction, DecisionPageView *view)
{
	static const char *const labels[] = { N_("Stars"), N_("Organisation") };
	Arena *arena = html->call->arena;
	Cell *cells = arena_array_of(arena, Cell, list->entries.count * COUNT(labels) + 1);
	size_t rows = 0;
	for (size_t i = 0; i < list->entries.count; i++) {
		const DecisionEntry *entry = &list->entries.at[i];
		if (!text_is(entry->direction, text_from(direction))) continue;
		Cell *cell = &cells[rows++ * COUNT(labels)];
		cell[0].text = decision_stars_text(html, entry->stars);
		cell[1].text = decision_name(html->lang, entry->organisation, entry->organisation_en);
	}
	if (!rows) return;
	DecisionCard *card = decision_card(html, view->main, &view->main_count, "", NULL);
	Text name = decision_direction_text(html, text_from(direction));
	card->title = list->number > 1 ? arena_printf(arena, "%.*s · %lld", TEXT_ARGS(name), (long long)list->number) : name;
	card->table = decision_table(html, N_("Support units"), labels, COUNT(labels), cells, rows);
}

static void list_facts(Html *html, const Round *round, const DecisionList *list, DecisionPageView *view)
{
	Arena *arena = html->call->arena;
	Fact facts[6];
	size_t count = 0;
	bool is_publicity = list->until_at != 0;
	DecisionCard *card =
		decision_card(html, view->aside, &view->aside_count, is_publicity ? N_("Public notice") : N_("Announcement"), NULL);
	if (list->document.length) facts[count++] = (Fact) { .label = tr(html->lang, "Document number"), .text = list->document };
	facts[count++] = (Fact) { .label = tr(html->lang, is_publicity ? N_("Begins on") : N_("Announced on")),
		.markup = part_time(html, list->decided_at) };
	if (is_publicity) facts[count++] = (Fact) { .label = tr(html->lang, "Until"), .markup = part_time(html, list->until_at) };
	if (list->entries.count)
		facts[count++] = (Fact) { .label = tr(html->lang, "Document"),
			.text = TEXT("PDF"),
			.url = url_local(
				arena, "/rounds/%.*s/lists/%.*s/pdf", TEXT_ARGS(url_segment(arena, round->code)), TEXT_ARGS(list->ref)) };
	facts[count++] = (Fact) { .label = tr(html->lang, "SHA-256 of the list"), .markup = part_copy(html, list->sha256) };
	facts[count++] = (Fact) { .label = tr(html->lang, "For machines"),
		.text = tr(html->lang, "The list as JSON"),
		.url = url_local(
			arena, "/api/v1/rounds/%.*s/lists/%.*s", TEXT_ARGS(url_segment(arena, round->code)), TEXT_ARGS(list->ref)) };
	card->body = part_facts(html, facts, count);
}

static bool takes_objections(const DecisionLists *lists, int64_t now)
{
	for (size_t i = 0; i < lists->count; i++)
		if (lists->at[i].until_at >= now) return true;
	return false;
}

static void doors_card(Html *html, const Round *round, bool is_open, DecisionPageView *view)
{
	DecisionCard *card = decision_card(html, view->aside, &view->aside_count, N_("Objections"),
		N_("Until the last moment of the public notice: by the applicant itself, by anybody else with their real name; complaints "
		   "about "
		   "those who worked on the round go to the supervisor. The unit never learns who objects, and the days stop for that unit "
		   "alone."));
	Fact object = { .label = tr(html->lang, "Object"), .text = tr(html->lang, "The days of public notice are over.") };
	if (is_open) {
		object.text = tr(html->lang, "Form of an objection");
		object.url = objection_url(html->call->arena, round);
	}
	Fact facts[] = { object, { .label = tr(html->lang, "Follow an objection"),
					 .text = tr(html->lang, "Claim code"),
					 .url = url_local(html->call->arena, "/objections/status") } };
	card->body = part_facts(html, facts, COUNT(facts));
}

static Error show_lists(Request *request, const char *kind, const char *title, const char *none)
{
	Html *html;
	Call *call = request->call;
	Round round;
	DecisionLists lists;
	DecisionPageView *view = arena_new_of(call->arena, DecisionPageView);
	bool is_publicity = text_is(text_from(kind), TEXT("publicity"));
	TRY(open_asked(request, &round));
	TRY(decision_public(call, &round, kind, &lists));
	if (!lists.count) return fail(call, NOT_FOUND, "nothing is published yet");
	Crumb crumbs[] = { { tr(call->lang, "Selection of support units"), url_public(request, TEXT("/rounds")) },
		{ round.code, round_url(request, &round, "") }, { .text = tr(call->lang, title) } };
	PageHead head = { .title = tr(call->lang, title),
		.lead = title_of(&round, call->lang),
		.crumbs = crumbs,
		.crumb_count = COUNT(crumbs),
		.wide = true };
	TRY(html_page_open(request, &head, &html));
	for (size_t i = 0; i < lists.count; i++) {
		direction_table(html, &lists.at[i], "technical", view);
		direction_table(html, &lists.at[i], "partner", view);
		list_facts(html, &round, &lists.at[i], view);
	}
	if (!view->main_count) {
		DecisionCard *card = decision_card(html, view->main, &view->main_count, N_("Support units"), NULL);
		card->body = part_empty(html, tr(html->lang, none), TEXT(""), (Url) { { 0 } }, TEXT(""));
	}
	if (is_publicity) doors_card(html, &round, takes_objections(&lists, call->now), view);
	page_decision_page(html, view);
	reply_public(request, arena_printf(call->arena, "round:%.*s", TEXT_ARGS(round.code)));
	return html_page_close(request, html);
}

static Error show_publicity(Request *request)
{
	return show_lists(request, "publicity", N_("Public notice of the result"), N_("Nobody is proposed in this round."));
}

static Error show_announcement(Request *request)
{
	return show_lists(request, "announcement", N_("Result of the selection"), N_("Nobody was chosen in this round."));
}

static Error asked_list(Request *request, Round *round, DecisionList *out)
{
	static const char *const kinds[] = { "publicity", "announcement" };
	DecisionLists lists;
	Text ref = request_parameter(request, TEXT("list"));
	TRY(open_asked(request, round));
	for (size_t k = 0; k < COUNT(kinds); k++) {
		TRY(decision_public(request->call, round, kinds[k], &lists));
		for (size_t i = 0; i < lists.count; i++) {
			if (!text_is(lists.at[i].ref, ref)) continue;
			*out = lists.at[i];
			return OK;
		}
	}
	return fail(request->call, NOT_FOUND, "no such list");
}

/* Byte by byte what the hash is of. */
static Error api_list(Request *request)
{
	Round round;
	DecisionList list;
	TRY(asked_list(request, &round, &list));
	reply_json(request, list.list);
	reply_public(request, arena_printf(request->call->arena, "round:%.*s", TEXT_ARGS(round.code)));
	return OK;
}

static Error send_list(Request *request)
{
	Round round;
	DecisionList list;
	Text name, bytes;
	TRY(asked_list(request, &round, &list));
	if (!list.entries.count) return fail(request->call, NOT_FOUND, "a list of nobody is no document");
	TRY(decision_list_file(request->call, &round, &list, LETTER_PAGES, &name, &bytes));
	return export_bytes(request, name, bytes);
}

/* ---- Objecting */
static Text typed(const Request *request, const char *name)
{
	Text value = request->method == POST ? request_form_value(request, text_from(name)) : (Text) { 0 };
	return value.at ? value : TEXT("");
}

static Error about_field(Request *request, const Round *round, FormField *out)
{
	Call *call = request->call;
	DecisionLists lists;
	Texts values = { 0 }, labels = { 0 };
	TRY(decision_public(call, round, "publicity", &lists));
	if (!lists.count) return fail(call, NOT_FOUND, "no list of this round is public");
	for (size_t i = 0; i < lists.count; i++)
		for (size_t e = 0; e < lists.at[i].entries.count; e++) {
			const DecisionEntry *entry = &lists.at[i].entries.at[e];
			Text direction =
				form_shown_value(call, call->lang, form_item(round_kinds[0].form, TEXT("direction")), entry->direction);
			list_add(call->arena, &values, entry->ref);
			Text label = arena_printf(call->arena, "%.*s · %.*s",
				TEXT_ARGS(decision_name(call->lang, entry->organisation, entry->organisation_en)), TEXT_ARGS(direction));
			list_add(call->arena, &labels, label);
		}
	list_add(call->arena, &values, TEXT("staff"));
	list_add(call->arena, &labels, tr(call->lang, "Somebody who worked on this round: to the supervisor alone"));
	*out = form_field(request, "about", INPUT_CHOICE, N_("Against whom"), NULL, typed(request, "about"));
	out->choice_values = values.at;
	out->choice_labels = labels.at;
	out->choice_count = values.count;
	return OK;
}

static Error fill_fields(Request *request, const Round *round, ObjectionFormView *view)
{
	Call *call = request->call;
	enum { FIELDS = 5 };
	FormField *fields = arena_array_of(call->arena, FormField, FIELDS);
	TRY(about_field(request, round, &fields[0]));
	fields[1] = form_field(
		request, "name", INPUT_TEXT, N_("Your real name"), N_("An organisation gives its full name."), typed(request, "name"));
	fields[2] = form_field(request, "contact", INPUT_TEXT, N_("Contact"), N_("Phone or address; the officer may have questions."),
		typed(request, "contact"));
	fields[3] = form_field(request, "text", INPUT_LINES, N_("What do you object, and what shows it?"),
		N_("Facts, with their source. The unit reads it after everything that tells who you are was masked."),
		typed(request, "text"));
	fields[3].rows = 8;
	fields[4] = form_field(request, "mail", INPUT_EMAIL, N_("Mail address"),
		N_("Only to tell you that the answer is there. You can leave it out and use the claim code."), typed(request, "mail"));
	fields[4].required = false;
	view->fields = fields;
	view->field_count = FIELDS;
	return OK;
}

static Error show_form(Request *request)
{
	Call *call = request->call;
	Html *html;
	Round round;
	Failure failure = call->failure;
	Text once = typed(request, "once");
	ObjectionFormView view = { .once = once.length ? once : token_new(call->arena, 16),
		.status = url_local(call->arena, "/objections/status") };
	call_recover(call);
	TRY(open_asked(request, &round));
	TRY(fill_fields(request, &round, &view));
	call->failure = failure;
	view.action = objection_url(call->arena, &round);
	Crumb crumbs[] = { { round.code, round_url(request, &round, "") },
		{ tr(call->lang, "Public notice of the result"), round_url(request, &round, "/publicity") },
		{ .text = tr(call->lang, "Object") } };
	PageHead head = {
		.title = tr(call->lang, "Object"), .lead = title_of(&round, call->lang), .crumbs = crumbs, .crumb_count = COUNT(crumbs)
	};
	TRY(decision_page_open(request, &head, &html));
	report_gate_open(call, view.once, typed(request, "challenge"), &view.gate);
	page_objection_form(html, &view);
	return html_page_close(request, html);
}

typedef struct SendForm {
	Text about, name, contact, mail, text, once, challenge, solution;
} SendForm;
static const FieldSpec send_fields[] = {
	{ "about", FIELD_TEXT, offsetof(SendForm, about), .required = true, .max_length = 60 },
	{ "name", FIELD_TEXT, offsetof(SendForm, name), .required = true, .max_length = 60 },
	{ "contact", FIELD_TEXT, offsetof(SendForm, contact), .required = true, .max_length = 200 },
	{ "mail", FIELD_TEXT, offsetof(SendForm, mail), .max_length = 254 },
	{ "text", FIELD_LINES, offsetof(SendForm, text), .required = true, .max_length = OBJECTION_MOST },
	{ "once", FIELD_TEXT, offsetof(SendForm, once), .required = true, .max_length = 60 },
	{ "challenge", FIELD_TEXT, offsetof(SendForm, challenge), .max_length = 80 },
	{ "solution", FIELD_TEXT, offsetof(SendForm, solution), .max_length = 40 },
};
static const FormSpec send_form = { send_fields, COUNT(send_fields), sizeof(SendForm), .max_body_bytes = 0 };

static Error do_send(Request *request)
{
	Call *call = request->call;
	const SendForm *form = request->form;
	ObjectionReceipt receipt;
	Html *html;
	PageHead head = { .title = tr(call->lang, "Your objection has been received") };
	ObjectionNew objection = { .once = form->once,
		.about = form->about,
		.name = form->name,
		.contact = form->contact,
		.mail = form->mail.at ? form->mail : TEXT(""),
		.text = form->text,
		.address = request->address };
	TRY(report_gate_check(call, form->once, form->challenge, form->solution));
	TRY(objection_send(call, request_parameter(request, TEXT("code")), &objection, &receipt));
	TRY(html_page_open(request, &head, &html));
	ObjectionDoneView view = {
		.number = receipt.ref, .code = part_copy(html, receipt.code), .status = url_local(call->arena, "/objections/status")
	};
	page_objection_done(html, &view);
	return html_page_close(request, html);
}

#define EVERYBODY .may = ROLE_EVERYBODY
#define PUBLIC .may = ROLE_EVERYBODY, .is_public = true
static const Route routes[] = {
	{ GET, "/rounds/:code/publicity", show_publicity, PUBLIC, .summary = "The list in public notice, by direction and stars" },
	{ GET, "/rounds/:code/announcement", show_announcement, PUBLIC, .summary = "The announced result of a round" },
	{ GET, "/api/v1/rounds/:code/lists/:list", api_list, PUBLIC,
		.summary = "A list in public notice or an announcement, byte by byte what its hash is of" },
	{ GET, "/rounds/:code/lists/:list/pdf", send_list, EVERYBODY, .weight = 5,
		.summary = "A list in public notice or an announcement as a document" },
	{ GET, "/rounds/:code/objection", show_form, EVERYBODY, .summary = "The form of an objection against a list in public notice" },
	{ POST, "/rounds/:code/objection", do_send, EVERYBODY, .form = &send_form, .retry = show_form, .weight = 10,
		.summary = "Object; answers with the number and the claim code, once" },
};
const RouteTable round_decision_public_routes = { "subject/programme", routes, COUNT(routes) };
