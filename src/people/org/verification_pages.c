#include "people/org/org_pages.h"
#include "people/org/org_private.h"
#include "people/org/org_view_private.h"
#include "people/org/views/verifications.html.h"
#include "people/person/form_page.h"

enum { QUEUE_MAX = 100 };

static Markup refuse_form(Html *html, const Request *request, Url action)
{
	FormField fields[] = { form_field(request, "reason", INPUT_LINES, N_("What has to be corrected"), NULL, TEXT("")) };
	fields[0].rows = 3;
	return inline_form(html, action, fields, COUNT(fields), tr(html->lang, "Return"), TEXT("warn"));
}

static Markup verify_button(Html *html, Url action)
{
	return button_form(html, action, tr(html->lang, "Verify"), TEXT(""), TEXT("verified"), TEXT("true"));
}

/* Papers are opened in the vault, for a purpose. */
static Markup paper_links(Html *html, const VaultPapers *papers)
{
	FileEntry *files = arena_array_of(html->call->arena, FileEntry, papers->count + 1);
	size_t count = 0;
	for (size_t i = 0; i < papers->count; i++) {
		const VaultPaper *paper = &papers->at[i];
		if (paper->deleted_at) continue;
		const char *kind = text_is(paper->kind, TEXT("licence"))    ? N_("Business licence")
				   : text_is(paper->kind, TEXT("identity")) ? N_("Number of the identity document")
									    : N_("Stamped authorisation");
		files[count++] = (FileEntry) { .name = tr(html->lang, kind),
			.note = tr(html->lang, "in the vault"),
			.size_bytes = paper->size_bytes,
			.url = url_local(html->call->arena, "/vault/%.*s", TEXT_ARGS(url_segment(html->call->arena, paper->ref))) };
	}
	return part_files(html, files, count);
}

static Error fill_persons(Html *html, const Request *request, VerificationsView *view)
{
	Call *call = html->call;
	Persons persons;
	TRY(person_list_in_state(call, PERSON_CHECKING, QUEUE_MAX, &persons));
	view->persons = arena_array_of(call->arena, VerificationLine, persons.count + 1);
	for (size_t i = 0; i < persons.count; i++) {
		const Person *person = &persons.at[i];
		Url url = url_local(call->arena, "/admin/verifications/people/%.*s", TEXT_ARGS(url_segment(call->arena, person->ref)));
		VaultPapers papers;
		TRY(vault_papers(call, (VaultOwner) { "person", person->id }, &papers));
		Fact facts[] = { { .label = tr(call->lang, "Real name"), .text = person->name },
			{ .label = tr(call->lang, "Telephone"), .text = person->phone },
			{ .label = tr(call->lang, "Mail address"), .text = person->mail } };
		view->persons[view->person_count++] = (VerificationLine) { .title = person_shown_name(person),
			.facts = part_facts(html, facts, COUNT(facts)),
			.papers = paper_links(html, &papers),
			.verify = verify_button(html, url),
			.refuse = refuse_form(html, request, url),
			.since = person->changed_at };
	}
	return OK;
}

/* Others with such a name: whoever verifies shall not take one for the other. */
static Error show_alike(Html *html, const Organisation *organisation, Markup *out)
{
	Organisations alike;
	TRY(org_lookalikes(html->call, organisation, &alike));
	Fact *facts = arena_array_of(html->call->arena, Fact, alike.count + 1);
	for (size_t i = 0; i < alike.count; i++)
		facts[i] = (Fact) { .label = alike.at[i].name,
			.text = arena_printf(html->call->arena, "%.*s · %.*s", TEXT_ARGS(alike.at[i].credit_code),
				TEXT_ARGS(tr(html->lang, org_state_text(alike.at[i].state)))) };
	if (alike.count > 0) *out = part_note(html, TEXT("warn"), tr(html->lang, "Names alike"), part_facts(html, facts, alike.count));
	return OK;
}

static Error fill_organisations(Html *html, const Request *request, VerificationsView *view)
{
	Call *call = html->call;
	Organisations organisations;
	TRY(org_list_in_state(call, ORG_CHECKING, QUEUE_MAX, &organisations));
	view->organisations = arena_array_of(call->arena, VerificationLine, organisations.count + 1);
	for (size_t i = 0; i < organisations.count; i++) {
		const Organisation *organisation = &organisations.at[i];
		VerificationLine *line = &view->organisations[view->organisation_count++];
		Url url = url_local(
			call->arena, "/admin/verifications/organisations/%.*s", TEXT_ARGS(url_segment(call->arena, organisation->ref)));
		Fact facts[] = { { .label = tr(call->lang, "English name"), .text = organisation->name_en },
			{ .label = tr(call->lang, "Unified social credit code"), .text = organisation->credit_code },
			{ .label = tr(call->lang, "Country"), .text = organisation->domicile },
			{ .label = tr(call->lang, "Contact"), .text = organisation->contact } };
		*line = (VerificationLine) { .title = organisation->name,
			.facts = part_facts(html, facts, COUNT(facts)),
			.verify = verify_button(html, url),
			.refuse = refuse_form(html, request, url),
			.since = organisation->changed_at };
		VaultPapers papers;
		TRY(org_papers(call, organisation, &papers));
		line->papers = paper_links(html, &papers);
		TRY(show_alike(html, organisation, &line->alike));
	}
	return OK;
}

static Markup merge_panel(Html *html, const Request *request)
{
	FormField fields[] = { form_field(request, "code", INPUT_CODE, N_("Unified social credit code of what merges"), NULL, TEXT("")),
		form_field(request, "into", INPUT_CODE, N_("Unified social credit code of what it becomes part of"), NULL, TEXT("")),
		form_field(request, "reason", INPUT_LINES, N_("Papers that show it"),
			N_("Members, products and open matters follow at once."), TEXT("")) };
	Text word = tr(html->lang, "Merge organisations");
	Markup form =
		inline_form(html, url_local(html->call->arena, "/admin/verifications/merge"), fields, COUNT(fields), word, TEXT("warn"));
	return part_dialog(html, word, TEXT("quiet"), form);
}

static Error show_queue(Request *request)
{
	PageHead head = { .title = tr(request->call->lang, "Verification of people and organisations") };
	VerificationsView view = { 0 };
	Html *html;
	TRY(html_page_open(request, &head, &html));
	TRY(fill_organisations(html, request, &view));
	TRY(fill_persons(html, request, &view));
	view.merge = merge_panel(html, request);
	page_verifications(html, &view);
	return html_page_close(request, html);
}

typedef struct DecisionForm {
	bool verified;
	Text reason;
} DecisionForm;
static const FieldSpec decision_fields[] = {
	{ "verified", FIELD_BOOL, offsetof(DecisionForm, verified) },
	{ "reason", FIELD_LINES, offsetof(DecisionForm, reason), .max_length = 1000 },
};
static const FormSpec decision_form = { decision_fields, COUNT(decision_fields), sizeof(DecisionForm), .max_body_bytes = 0 };

static Error do_person(Request *request)
{
	const DecisionForm *form = request->form;
	TRY(person_verification_decide(request->call, request_parameter(request, TEXT("ref")), form->verified, form->reason));
	return reply_redirect(request, TEXT("/admin/verifications"));
}

static Error do_organisation(Request *request)
{
	const DecisionForm *form = request->form;
	TRY(org_verification_decide(request->call, request_parameter(request, TEXT("ref")), form->verified, form->reason));
	return reply_redirect(request, TEXT("/admin/verifications"));
}

typedef struct MergeForm {
	Text code, into, reason;
} MergeForm;
static const FieldSpec merge_fields[] = {
	{ "code", FIELD_TEXT, offsetof(MergeForm, code), .max_length = 40 },
	{ "into", FIELD_TEXT, offsetof(MergeForm, into), .max_length = 40 },
	{ "reason", FIELD_LINES, offsetof(MergeForm, reason), .max_length = 1000 },
};
static const FormSpec merge_form = { merge_fields, COUNT(merge_fields), sizeof(MergeForm), .max_body_bytes = 0 };

static Error do_merge(Request *request)
{
	const MergeForm *form = request->form;
	TRY(org_merge(request->call, form->code, form->into, form->reason));
	return reply_redirect(request, TEXT("/admin/verifications"));
}

#define STAFF .may = ROLE_COORDINATOR, .needs_second_factor = true
static const Route rows[] = {
	{ GET, "/admin/verifications", show_queue, STAFF, .summary = "Lists people and organisations that wait for verification." },
	{ POST, "/admin/verifications/people/:ref", do_person, STAFF, .form = &decision_form, .retry = show_queue,
		.summary = "Verifies or returns a person." },
	{ POST, "/admin/verifications/organisations/:ref", do_organisation, STAFF, .form = &decision_form, .retry = show_queue,
		.summary = "Verifies or returns an organisation." },
	{ POST, "/admin/verifications/merge", do_merge, STAFF, .form = &merge_form, .retry = show_queue,
		.summary = "Merges an organisation into another one." },
};
const RouteTable verification_routes = { "org", rows, COUNT(rows) };
