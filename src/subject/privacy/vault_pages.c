/* The vault for those who verify, and corrections of what was verified. */
#include "people/org/org.h"
#include "people/person/form_page.h"
#include "subject/privacy/privacy_view.h"
#include "subject/privacy/views/privacy.html.h"

static const char *kind_text(Text kind)
{
	if (text_is(kind, TEXT("licence"))) return N_("Business licence");
	return text_is(kind, TEXT("identity")) ? N_("Number of the identity document") : N_("Stamped authorisation");
}

static Error owner_name(Call *call, Text owner, int64_t id, Text *out)
{
	Organisation organisation;
	if (text_is(owner, TEXT("person"))) return person_name(call, id, out);
	TRY(org_find(call, id, &organisation));
	*out = org_shown_name(&organisation, call->lang);
	return OK;
}

static FormField purpose_field(const Request *request)
{
	Arena *arena = request->call->arena;
	Text *values = arena_array_of(arena, Text, vault_purpose_count), *labels = arena_array_of(arena, Text, vault_purpose_count);
	for (size_t i = 0; i < vault_purpose_count; i++) {
		values[i] = text_from(vault_purposes[i].tag);
		labels[i] = tr(request->call->lang, vault_purposes[i].text);
	}
	FormField field = form_field(request, "purpose", INPUT_RADIO, N_("What is it opened for?"),
		N_("Recorded, and shown to whom the paper is about."), TEXT(""));
	field.choice_values = values;
	field.choice_labels = labels;
	field.choice_count = vault_purpose_count;
	return field;
}

/* ---- What waits */
static Error waiting_table(Html *html, Markup *out)
{
	static const char *const labels[] = { N_("Asked at"), N_("Paper"), N_("Of"), N_("Purpose"), N_("Reason"), N_("Asked by"),
		N_("Decision") };
	Call *call = html->call;
	PrivacyCells cells = { 0 };
	VaultOpenings openings;
	TRY(vault_waiting(call, &openings));
	for (size_t i = 0; i < openings.count; i++) {
		const VaultOpening *opening = &openings.at[i];
		Text asker, owner;
		Html inner = html_inner(html);
		Url url = url_local(call->arena, "/vault-openings/%.*s", TEXT_ARGS(opening->ref));
		TRY(person_name(call, opening->person_id, &asker));
		TRY(owner_name(call, opening->owner, opening->owner_id, &owner));
		html_markup(&inner, button_form(html, url, tr(html->lang, "Agree"), TEXT(""), TEXT("granted"), TEXT("true")));
		html_markup(&inner, button_form(html, url, tr(html->lang, "Refuse"), TEXT("quiet"), TEXT("granted"), TEXT("false")));
		Markup buttons = html_done(html, &inner);
		bool is_own = opening->person_id == call->actor->person_id;
		const Cell row[] = { { .markup = part_time(html, opening->asked_at) }, { .text = tr(html->lang, kind_text(opening->kind)) },
			{ .text = owner }, { .text = tr(html->lang, vault_purpose_text(opening->purpose)) }, { .text = opening->reason },
			{ .text = asker }, { .markup = is_own ? markup_text(html, tr(html->lang, "A second person decides.")) : buttons } };
		for (size_t j = 0; j < COUNT(row); j++) list_add(call->arena, &cells, row[j]);
	}
	*out = privacy_table(html, N_("Openings that wait for a second person"), labels, COUNT(labels), &cells, N_("Nothing waits here."));
	return OK;
}

static Error rectifications(Html *html, const Request *request, PrivacyView *view)
{
	Call *call = html->call;
	PrivacyCorrections list;
	TRY(rectification_queue(call, &list));
	for (size_t i = 0; i < list.count; i++) {
		const PrivacyCorrection *one = &list.at[i];
		Text name;
		const Text values[] = { TEXT("true"), TEXT("false") }, words[] = { tr(html->lang, "Correct it"), tr(html->lang, "Refuse") };
		TRY(person_name(call, one->person_id, &name));
		const Fact facts[] = { { .label = tr(html->lang, "Number"), .text = one->ref },
			{ .label = tr(html->lang, "Asked by"), .text = name },
			{ .label = tr(html->lang, "What is corrected"), .text = tr(html->lang, privacy_field_text(one->field)) },
			{ .label = tr(html->lang, "What is right"), .text = one->value },
			{ .label = tr(html->lang, "Reason"), .text = one->reason },
			{ .label = tr(html->lang, "To be answered by"), .markup = part_time(html, one->due_at) } };
		FormField fields[] = { form_field(request, "accepted", INPUT_RADIO, N_("Decision"), NULL, TEXT("")),
			form_field(request, "answer", INPUT_LINES, N_("Answer"), N_("Who asked reads it."), TEXT("")) };
		fields[0].choice_values = values;
		fields[0].choice_labels = words;
		fields[0].choice_count = COUNT(values);
		fields[1].rows = 2;
		privacy_add(html, view, N_("Correction of what was verified"), NULL, part_facts(html, facts, COUNT(facts)));
		if (one->person_id != call->actor->person_id)
			view->sections.at[view->sections.count - 1].more =
				inline_form(html, url_local(call->arena, "/vault-corrections/%.*s", TEXT_ARGS(one->ref)), fields,
					COUNT(fields), tr(html->lang, "Decide"), TEXT(""));
	}
	return OK;
}

static Error show_waiting(Request *request)
{
	Html *html;
	Call *call = request->call;
	PrivacyView view = { 0 };
	Markup table;
	PageHead head = { .title = tr(call->lang, "Vault of identity papers"),
		.lead = tr(call->lang, "Papers are opened from the verification they belong to. After its decision it takes two people."),
		.wide = true };
	Failure failure = call->failure;
	TRY(html_page_open(request, &head, &html));
	TRY(waiting_table(html, &table));
	call->failure = failure;
	privacy_add(html, &view, N_("Openings that wait for a second person"), NULL, table);
	TRY(rectifications(html, request, &view));
	page_privacy(html, &view);
	return html_page_close(request, html);
}

/* ---- One paper */
static Error load(Request *request)
{
	VaultPaper *paper = arena_new_of(request->call->arena, VaultPaper);
	TRY(vault_look(request->call, request_parameter(request, TEXT("ref")), paper));
	request->subject = paper;
	return OK;
}

static Error paper_facts(Html *html, const VaultPaper *paper, Markup *out)
{
	Text owner;
	TRY(owner_name(html->call, paper->owner, paper->owner_id, &owner));
	const Fact facts[] = { { .label = tr(html->lang, "Paper"), .text = tr(html->lang, kind_text(paper->kind)) },
		{ .label = tr(html->lang, "Number"), .text = paper->ref }, { .label = tr(html->lang, "Of"), .text = owner },
		{ .label = tr(html->lang, "Put in at"), .markup = part_time(html, paper->added_at) },
		{ .label = tr(html->lang, "Verification decided at"), .markup = part_time(html, paper->decided_at) },
		{ .label = tr(html->lang, "Content"), .text = paper->text } };
	size_t count = paper->text.length ? 6 : paper->decided_at ? 5 : 4;
	Fact shown[COUNT(facts)];
	for (size_t i = 0, n = 0; i < COUNT(facts) && n < count; i++)
		if (i != 4 || paper->decided_at) shown[n++] = facts[i];
	*out = part_facts(html, shown, paper->text.length && !paper->decided_at ? count - 1 : count);
	return OK;
}

static Error show_paper(Request *request)
{
	Html *html;
	Call *call = request->call;
	const VaultPaper *paper = request->subject;
	PrivacyView view = { 0 };
	Markup facts;
	Crumb crumbs[] = { { tr(call->lang, "Vault of identity papers"), url_local(call->arena, "/vault") },
		{ .text = tr(call->lang, kind_text(paper->kind)) } };
	PageHead head = { .title = tr(call->lang, kind_text(paper->kind)), .crumbs = crumbs, .crumb_count = COUNT(crumbs) };
	Failure failure = call->failure;
	TRY(html_page_open(request, &head, &html));
	TRY(paper_facts(html, paper, &facts));
	call->failure = failure;
	privacy_add(html, &view, kind_text(paper->kind), NULL, facts);
	FormField fields[] = { purpose_field(request),
		form_field(request, "reason", INPUT_LINES, N_("Reason"), N_("The second person reads it."), TEXT("")) };
	fields[1].rows = 3;
	Url url = url_local(call->arena, "/vault/%.*s", TEXT_ARGS(paper->ref)),
	    ask = url_local(call->arena, "/vault/%.*s/ask", TEXT_ARGS(paper->ref));
	if (!paper->text.length)
		privacy_add(html, &view, N_("Open it"),
			paper->decided_at ? N_("Verification is decided: this works once, within a day after a second person has agreed.")
					  : NULL,
			inline_form(html, url, fields, 1, tr(html->lang, "Open"), TEXT("")));
	if (paper->decided_at)
		privacy_add(html, &view, N_("Ask a second person"), NULL,
			inline_form(html, ask, fields, COUNT(fields), tr(html->lang, "Ask"), TEXT("quiet")));
	page_privacy(html, &view);
	return html_page_close(request, html);
}

typedef struct OpenForm {
	Text purpose, reason;
} OpenForm;
static const FieldSpec open_fields[] = {
	{ "purpose", FIELD_TEXT, offsetof(OpenForm, purpose), .max_length = 20 },
	{ "reason", FIELD_LINES, offsetof(OpenForm, reason), .max_length = 1000 },
};
static const FormSpec open_form = { open_fields, COUNT(open_fields), sizeof(OpenForm), .max_body_bytes = 0 };

static Error do_open(Request *request)
{
	VaultPaper *paper = arena_new_of(request->call->arena, VaultPaper);
	TRY(vault_open(request->call, request_parameter(request, TEXT("ref")), ((const OpenForm *)request->form)->purpose, paper));
	if (paper->blob) return privacy_download(request, paper->blob, paper->name, paper->size_bytes);
	request->subject = paper;
	return show_paper(request);
}

static Error do_ask(Request *request)
{
	const OpenForm *form = request->form;
	TRY(vault_ask(request->call, request_parameter(request, TEXT("ref")), form->purpose, form->reason));
	return reply_redirect(request, TEXT("/vault"));
}

typedef struct GrantForm {
	bool granted;
} GrantForm;
static const FieldSpec grant_fields[] = { { "granted", FIELD_BOOL, offsetof(GrantForm, granted) } };
static const FormSpec grant_form = { grant_fields, COUNT(grant_fields), sizeof(GrantForm), .max_body_bytes = 0 };

static Error do_grant(Request *request)
{
	TRY(vault_decide(request->call, request_parameter(request, TEXT("ref")), ((const GrantForm *)request->form)->granted));
	return reply_redirect(request, TEXT("/vault"));
}

typedef struct AnswerForm {
	bool accepted;
	Text answer;
} AnswerForm;
static const FieldSpec answer_fields[] = {
	{ "accepted", FIELD_BOOL, offsetof(AnswerForm, accepted) },
	{ "answer", FIELD_LINES, offsetof(AnswerForm, answer), .required = true, .max_length = 1000 },
};
static const FormSpec answer_form = { answer_fields, COUNT(answer_fields), sizeof(AnswerForm), .max_body_bytes = 0 };

static Error do_answer(Request *request)
{
	const AnswerForm *form = request->form;
	TRY(rectification_decide(request->call, request_parameter(request, TEXT("ref")), form->accepted, form->answer));
	return reply_redirect(request, TEXT("/vault"));
}

#define STAFF .may = ROLE_COORDINATOR, .needs_second_factor = true
static const Route rows[] = {
	{ GET, "/vault", show_waiting, STAFF, .summary = "Openings of identity papers and corrections that wait for a decision" },
	{ GET, "/vault/:ref", show_paper, STAFF, .subject = load, .summary = "An identity paper, without its content" },
	{ POST, "/vault/:ref", do_open, STAFF, .subject = load, .form = &open_form, .retry = show_paper,
		.summary = "Open an identity paper for a stated purpose; recorded and told to whom it is about" },
	{ POST, "/vault/:ref/ask", do_ask, STAFF, .subject = load, .form = &open_form, .retry = show_paper,
		.summary = "Ask a second person to agree to the opening of an identity paper" },
	{ POST, "/vault-openings/:ref", do_grant, STAFF, .form = &grant_form,
		.summary = "Agree to the opening of an identity paper, or refuse" },
	{ POST, "/vault-corrections/:ref", do_answer, STAFF, .form = &answer_form, .retry = show_waiting,
		.summary = "Decide about a correction of what was verified" },
};
const RouteTable vault_routes = { "subject/privacy", rows, COUNT(rows) };
