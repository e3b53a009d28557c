/* One's own data: what is kept, who opened it, a copy, a correction, the end of the account. */
#include "people/person/form_page.h"
#include "store/setting/rule.h"
#include "subject/privacy/privacy_view.h"
#include "subject/privacy/views/privacy.html.h"
#include "subject/report/report.h"

enum { OPENINGS_MAX = 50, REPORTS_MAX = 20 };
static const char own_path[] = "/account/privacy";

static Error back(Request *request) { return reply_redirect(request, TEXT("/account/privacy")); }
static Text number_text(Arena *arena, int64_t number) { return arena_printf(arena, "%lld", (long long)number); }

/* ---- What is kept */
static Error kept_facts(Html *html, Markup *out)
{
	Call *call = html->call;
	Lang lang = html->lang;
	Person person;
	VaultPapers papers;
	const char *papers_say = N_("Nothing");
	TRY(person_find(call, call->actor->person_id, &person));
	TRY(vault_papers(call, (VaultOwner) { "person", person.id }, &papers));
	for (size_t i = 0; i < papers.count; i++)
		papers_say = papers.at[i].deleted_at ? N_("Deleted after the decision; only a keyed value and the dates are left")
						     : N_("Number of the identity document, until some days after the decision");
	const Fact facts[] = {
		{ .label = tr(lang, "Account"),
			.text = tr(lang, "Mail address, public name, real name, telephone, language, state"),
			.url = url_local(call->arena, "/account") },
		{ .label = tr(lang, "Sign-in"),
			.text = tr(lang, "Password as a hash, second factors, sessions, tokens"),
			.url = url_local(call->arena, "/account/security") },
		{ .label = tr(lang, "Identity papers in the vault"), .text = tr(lang, papers_say) },
		{ .label = tr(lang, "Reports, messages, files"),
			.text = tr(lang, "What you sent, encrypted with a key for each matter"),
			.url = url_local(call->arena, "/reports") },
		{ .label = tr(lang, "How long"),
			.text = tr(lang, "Data retention rules"),
			.url = url_local(call->arena, "/privacy/retention") },
	};
	*out = part_facts(html, facts, COUNT(facts));
	return OK;
}

/* ---- Who opened what. The reporter is not told who of those who verify has a report. */
static Error add_openings(Html *html, PrivacyCells *cells)
{
	Call *call = html->call;
	VaultOpenings openings;
	TRY(vault_openings(call, (VaultOwner) { "person", call->actor->person_id }, 0, OPENINGS_MAX, &openings));
	for (size_t i = 0; i < openings.count; i++) {
		const VaultOpening *opening = &openings.at[i];
		Text name;
		if (!opening->opened_at) continue;
		TRY(person_name(call, opening->person_id, &name));
		const Cell row[] = { { .markup = part_time(html, opening->opened_at) }, { .text = tr(html->lang, "Identity paper") },
			{ .text = name }, { .text = tr(html->lang, vault_purpose_text(opening->purpose)) } };
		for (size_t j = 0; j < COUNT(row); j++) list_add(call->arena, cells, row[j]);
	}
	return OK;
}

static Error add_readers(Html *html, const Report *report, PrivacyCells *cells)
{
	Call *call = html->call;
	Readers readers;
	TRY(report_readers(call, report_machine.name, report->ref, &readers));
	for (size_t i = 0; i < readers.count; i++) {
		uint32_t roles;
		if (readers.at[i].person_id == call->actor->person_id) continue;
		TRY(role_of(call, readers.at[i].person_id, &roles));
		bool is_coordinator = (roles & ROLE_COORDINATOR) != 0;
		const Cell row[] = { { .markup = part_time(html, readers.at[i].at) },
			{ .text = report->ref,
				.url = url_local(call->arena, "/reports/%.*s", TEXT_ARGS(url_segment(call->arena, report->ref))) },
			{ .text = is_coordinator ? readers.at[i].name : tr(html->lang, role_text(ROLE_VERIFIER)) },
			{ .text = tr(html->lang, "Work on the matter") } };
		for (size_t j = 0; j < COUNT(row); j++) list_add(call->arena, cells, row[j]);
	}
	return OK;
}

static Error opened_table(Html *html, Markup *out)
{
	static const char *const labels[] = { N_("Time"), N_("What was opened"), N_("By"), N_("Purpose") };
	PrivacyCells cells = { 0 };
	Reports reports;
	TRY(add_openings(html, &cells));
	TRY(report_list_own(html->call, 0, REPORTS_MAX, &reports));
	for (size_t i = 0; i < reports.count; i++) TRY(add_readers(html, &reports.at[i], &cells));
	*out = privacy_table(
		html, N_("Who opened what of mine"), labels, COUNT(labels), &cells, N_("Nobody has opened anything of yours."));
	return OK;
}

/* ---- Consents */
static const char *document_title(Text tag)
{
	for (size_t i = 0; i < consent_document_count; i++)
		if (text_is(tag, text_from(consent_documents[i].tag))) return consent_documents[i].title;
	return "";
}

static Error consents_table(Html *html, Markup *out)
{
	static const char *const labels[] = { N_("Document"), N_("Version"), N_("Agreed"), N_("Withdrawn") };
	Call *call = html->call;
	PrivacyCells cells = { 0 };
	Consents consents;
	TRY(consent_history(call, call->actor->person_id, &consents));
	for (size_t i = 0; i < consents.count; i++) {
		const Consent *consent = &consents.at[i];
		Url url = url_local(call->arena, "%s/consents/%.*s/withdraw", own_path, TEXT_ARGS(consent->document));
		Markup button = button_form(html, url, tr(html->lang, "Withdraw consent"), TEXT("quiet"), TEXT(""), TEXT(""));
		const Cell row[] = { { .text = tr(html->lang, document_title(consent->document)),
					     .url = url_public(
						     html->request, arena_printf(call->arena, "/rules/%.*s/%lld",
									    TEXT_ARGS(consent->document), (long long)consent->version)) },
			{ .text = number_text(call->arena, consent->version) }, { .markup = part_time(html, consent->given_at) },
			{ .markup = consent->withdrawn_at ? part_time(html, consent->withdrawn_at) : button } };
		for (size_t j = 0; j < COUNT(row); j++) list_add(call->arena, &cells, row[j]);
	}
	*out = privacy_table(html, N_("Consents"), labels, COUNT(labels), &cells, N_("You have agreed to nothing yet."));
	return OK;
}

/* ---- A copy */
/* One form for a copy of one part; else one that asks which. */
static Markup fetch_forms(Html *html, Url url, const PrivacyExport *copy, const FormField *password, size_t password_count)
{
	Arena *arena = html->call->arena;
	size_t parts = copy->parts.count, count = 0;
	Text *values = arena_array_of(arena, Text, parts + 1), *labels = arena_array_of(arena, Text, parts + 1);
	FormField fields[2];
	for (size_t i = 0; i < parts; i++) {
		values[i] = number_text(arena, (int64_t)i + 1);
		labels[i] = arena_printf(arena, "%.*s (%.1f MiB)", TEXT_ARGS(privacy_part_name(arena, copy, (int64_t)i + 1, parts)),
			(double)copy->parts.at[i] / (1024 * 1024));
	}
	if (parts > 1) {
		fields[count] = form_field(html->request, "part", INPUT_CHOICE, N_("Part"),
			N_("Each is an archive by itself; data.json stands in the last one and says where each file is."), values[0]);
		fields[count].choice_values = values;
		fields[count].choice_labels = labels;
		fields[count++].choice_count = parts;
	}
	if (password_count) fields[count++] = *password;
	return inline_form(html, url, fields, count, tr(html->lang, "Download the copy (ZIP)"), TEXT(""));
}

static Error export_part(Html *html, const Request *request, Markup *out)
{
	Call *call = html->call;
	PrivacyExport copy;
	bool found = false;
	size_t count = 0;
	FormField field;
	Html inner = html_inner(html);
	TRY(export_latest(call, &copy, &found));
	TRY(privacy_password(request, &field, &count));
	bool is_asked = found && text_is(copy.state, TEXT("asked"));
	if (is_asked)
		html_markup(&inner,
			part_note(html, TEXT("neutral"), tr(html->lang, "The copy is being made. A notice tells you when it is ready."),
				(Markup) { { 0 } }));
	if (found && text_is(copy.state, TEXT("ready")) && copy.expires_at > call->now) {
		const Fact facts[] = { { .label = tr(html->lang, "Number"), .text = copy.ref },
			{ .label = tr(html->lang, "Made at"), .markup = part_time(html, copy.ready_at) },
			{ .label = tr(html->lang, "Size"), .markup = part_bytes(html, copy.size_bytes) },
			{ .label = tr(html->lang, "Can be fetched until"), .markup = part_time(html, copy.expires_at) },
			{ .label = tr(html->lang, "Fetched"), .text = number_text(call->arena, copy.downloads) } };
		Url url = url_local(call->arena, "%s/exports/%.*s", own_path, TEXT_ARGS(copy.ref));
		html_markup(&inner, part_facts(html, facts, COUNT(facts)));
		html_markup(&inner, fetch_forms(html, url, &copy, &field, count));
	}
	if (!is_asked)
		html_markup(&inner, inline_form(html, url_local(call->arena, "%s/export", own_path), &field, count,
					    tr(html->lang, "Make a copy of my data"), TEXT("quiet")));
	*out = html_done(html, &inner);
	return OK;
}

/* ---- The end of the account */
static Markup what_stays(Html *html)
{
	const Fact facts[] = { { .label = tr(html->lang, "Goes"),
				       .text = tr(html->lang,
					       "Name, public name, mail address, telephone, identity papers, password, second "
					       "factors, sessions, tokens, drafts, inbox, how to reach you in reports") },
		{ .label = tr(html->lang, "Stays"),
			.text = tr(html->lang, "Reports that were sent, without how to reach you; reports of an organisation "
					       "stay with it. The log of receptions, because the law asks for it.") },
		{ .label = tr(html->lang, "Stays for everybody"),
			.text = tr(html->lang, "Published advisories and certificates, and the ledger, which holds "
					       "blinded hashes only") } };
	return part_facts(html, facts, COUNT(facts));
}

static Error waiting_part(Html *html, const PrivacyDeletion *deletion, Markup *out)
{
	Html inner = html_inner(html);
	const Fact facts[] = { { .label = tr(html->lang, "Number"), .text = deletion->ref },
		{ .label = tr(html->lang, "Asked at"), .markup = part_time(html, deletion->asked_at) },
		{ .label = tr(html->lang, "Deleted after"), .markup = part_time(html, deletion->due_at) } };
	html_markup(&inner,
		part_note(html, TEXT("warn"), tr(html->lang, "Your account will be deleted."), part_facts(html, facts, COUNT(facts))));
	html_markup(&inner, button_form(html, url_local(html->call->arena, "%s/deletion/cancel", own_path),
				    tr(html->lang, "Keep my account"), TEXT(""), TEXT(""), TEXT("")));
	*out = html_done(html, &inner);
	return OK;
}

static Error deletion_part(Html *html, const Request *request, Markup *out)
{
	Call *call = html->call;
	PrivacyDeletion deletion;
	bool found = false;
	const char *why;
	size_t count = 2;
	const Text values[] = { TEXT("wished"), TEXT("anonymous") };
	const Text labels[] = { tr(html->lang, "As I wished in each report"), tr(html->lang, "Anonymous, in all of them") };
	Html inner = html_inner(html);
	TRY(deletion_waiting(call, &deletion, &found));
	if (found) return waiting_part(html, &deletion, out);
	html_markup(&inner, what_stays(html));
	TRY(deletion_obstacle(call, call->actor->person_id, &why));
	if (why) {
		const Fact out_of_it = { .label = tr(html->lang, "The way out"),
			.text = tr(html->lang, "Name a successor"),
			.url = url_local(call->arena, "%s/successor", own_path) };
		html_markup(&inner, part_note(html, TEXT("neutral"), tr(html->lang, why), part_facts(html, &out_of_it, 1)));
		return *out = html_done(html, &inner), OK;
	}
	FormField fields[3] = { form_field(request, "credit", INPUT_RADIO, N_("How reports that are not public yet name you"), NULL,
					values[0]),
		form_field(request, "understood", INPUT_CHECK, N_("I have read what goes and what stays"), NULL, TEXT("")) };
	fields[0].choice_values = values;
	fields[0].choice_labels = labels;
	fields[0].choice_count = COUNT(values);
	TRY(privacy_password(request, fields, &count));
	html_markup(&inner, inline_form(html, url_local(call->arena, "%s/deletion", own_path), fields, count,
				    tr(html->lang, "Delete my account"), TEXT("warn")));
	*out = html_done(html, &inner);
	return OK;
}

/* ---- Corrections */
static Error rectification_part(Html *html, const Request *request, Markup *out)
{
	static const char *const labels[] = { N_("Number"), N_("What is corrected"), N_("State"), N_("To be answered by"), N_("Answer") };
	Call *call = html->call;
	PrivacyCells cells = { 0 };
	PrivacyCorrections list;
	Person person;
	Html inner = html_inner(html);
	TRY(rectification_list_own(call, &list));
	for (size_t i = 0; i < list.count; i++) {
		const PrivacyCorrection *one = &list.at[i];
		bool is_open = text_is(one->state, TEXT("asked")), is_good = text_is(one->state, TEXT("accepted"));
		const char *word = is_open ? N_("Is looked at") : is_good ? N_("Has been corrected") : N_("Refused");
		const Cell row[] = { { .text = one->ref }, { .text = tr(html->lang, privacy_field_text(one->field)) },
			{ .text = tr(html->lang, word) }, { .markup = part_time(html, one->due_at) },
			{ .text = one->answer.length ? one->answer : TEXT("–") } };
		for (size_t j = 0; j < COUNT(row); j++) list_add(call->arena, &cells, row[j]);
	}
	if (list.count) html_markup(&inner, privacy_table(html, N_("Corrections"), labels, COUNT(labels), &cells, ""));
	TRY(person_find(call, call->actor->person_id, &person));
	if (person.state != PERSON_VERIFIED) {
		const Fact fact = { .label = tr(html->lang, "Nothing is verified yet"),
			.text = tr(html->lang, "You can change everything in your profile"),
			.url = url_local(call->arena, "/account/profile") };
		html_markup(&inner, part_facts(html, &fact, 1));
		return *out = html_done(html, &inner), OK;
	}
	const Text values[] = { TEXT("name"), TEXT("phone") }, words[] = { tr(html->lang, "Real name"), tr(html->lang, "Telephone") };
	FormField fields[] = { form_field(request, "field", INPUT_RADIO, N_("What is wrong?"), NULL, values[0]),
		form_field(request, "value", INPUT_TEXT, N_("What is right"), NULL, TEXT("")),
		form_field(request, "reason", INPUT_LINES, N_("Why, and what shows it"), NULL, TEXT("")) };
	fields[0].choice_values = values;
	fields[0].choice_labels = words;
	fields[0].choice_count = COUNT(values);
	fields[2].rows = 3;
	html_markup(&inner, inline_form(html, url_local(call->arena, "%s/corrections", own_path), fields, COUNT(fields),
				    tr(html->lang, "Ask for correction"), TEXT("quiet")));
	*out = html_done(html, &inner);
	return OK;
}

/* ---- The page */
static Error show(Request *request)
{
	Html *html;
	Call *call = request->call;
	PrivacyView view = { 0 };
	Markup kept, opened, consents, copy, rectification, deletion;
	Crumb crumbs[] = { { tr(call->lang, "Account"), url_local(call->arena, "/account") }, { .text = tr(call->lang, "My data") } };
	PageHead head = { .title = tr(call->lang, "My data"),
		.lead = tr(call->lang, "What is kept about you, who opened it, and what you can have done with it."),
		.crumbs = crumbs,
		.crumb_count = COUNT(crumbs),
		.wide = true };
	Failure failure = call->failure;
	TRY(html_page_open(request, &head, &html));
	TRY(kept_facts(html, &kept));
	TRY(opened_table(html, &opened));
	TRY(consents_table(html, &consents));
	call->failure = failure;
	TRY(export_part(html, request, &copy));
	TRY(rectification_part(html, request, &rectification));
	TRY(deletion_part(html, request, &deletion));
	privacy_add(html, &view, N_("What is kept about me"), NULL, kept);
	privacy_add(html, &view, N_("Who opened what of mine"), NULL, opened);
	privacy_add(html, &view, N_("Consents"),
		N_("Withdrawn, a consent holds no more for what comes; what was done before stays lawful."), consents);
	privacy_add(html, &view, N_("A copy of my data"),
		N_("A ZIP with everything you entered and sent, and nothing of others. You alone can fetch it, for some days."), copy);
	privacy_add(html, &view, N_("Correction"), N_("What was verified is corrected by somebody who looks at the proof."), rectification);
	privacy_add(html, &view, N_("Delete my account"), N_("It can be taken back for some days; after that, nobody can."), deletion);
	page_privacy(html, &view);
	return html_page_close(request, html);
}

/* ---- Doing */
typedef struct PasswordForm {
	Text password;
} PasswordForm;
static const FieldSpec password_fields[] = { { "password", FIELD_TEXT, offsetof(PasswordForm, password), .max_length = 1000 } };
static const FormSpec password_form = { password_fields, COUNT(password_fields), sizeof(PasswordForm), .max_body_bytes = 0 };

static Error do_export(Request *request)
{
	TRY(export_ask(request->call, ((const PasswordForm *)request->form)->password));
	return back(request);
}

typedef struct FetchForm {
	Text password;
	int64_t part;
} FetchForm;
static const FieldSpec fetch_fields[] = {
	{ "password", FIELD_TEXT, offsetof(FetchForm, password), .max_length = 1000 },
	{ "part", FIELD_INT, offsetof(FetchForm, part) },
};
const FormSpec privacy_fetch_form = { fetch_fields, COUNT(fetch_fields), sizeof(FetchForm), .max_body_bytes = 0 };

Error privacy_fetch(Request *request)
{
	PrivacyExport copy, all;
	bool found = false;
	Call *call = request->call;
	const FetchForm *form = request->form;
	int64_t part = form->part ? form->part : 1;
	TRY(export_fetch(call, request_parameter(request, TEXT("ref")), part, form->password, &copy));
	TRY(export_latest(call, &all, &found));
	return privacy_download(request, copy.blob, privacy_part_name(call->arena, &copy, part, all.parts.count), copy.size_bytes);
}

typedef struct DeletionForm {
	Text credit, password;
	bool understood;
} DeletionForm;
static const FieldSpec deletion_fields[] = {
	{ "credit", FIELD_TEXT, offsetof(DeletionForm, credit), .required = true, .max_length = 20 },
	{ "understood", FIELD_BOOL, offsetof(DeletionForm, understood) },
	{ "password", FIELD_TEXT, offsetof(DeletionForm, password), .max_length = 1000 },
};
static const FormSpec deletion_form = { deletion_fields, COUNT(deletion_fields), sizeof(DeletionForm), .max_body_bytes = 0 };

static Error do_deletion(Request *request)
{
	const DeletionForm *form = request->form;
	TRY(deletion_ask(request->call, form->credit, form->understood, form->password));
	return back(request);
}

static Error do_cancel(Request *request)
{
	TRY(deletion_cancel(request->call));
	return back(request);
}

static Error do_withdraw(Request *request)
{
	TRY(consent_withdraw(request->call, request_parameter(request, TEXT("document"))));
	return back(request);
}

typedef struct CorrectionForm {
	Text field, value, reason;
} CorrectionForm;
static const FieldSpec rectification_fields[] = {
	{ "field", FIELD_TEXT, offsetof(CorrectionForm, field), .required = true, .max_length = 20 },
	{ "value", FIELD_TEXT, offsetof(CorrectionForm, value), .required = true, .max_length = 100 },
	{ "reason", FIELD_LINES, offsetof(CorrectionForm, reason), .required = true, .max_length = 1000 },
};
static const FormSpec rectification_form = { rectification_fields, COUNT(rectification_fields), sizeof(CorrectionForm),
	.max_body_bytes = 0 };

static Error do_correction(Request *request)
{
	const CorrectionForm *form = request->form;
	TRY(rectification_ask(request->call, form->field, form->value, form->reason));
	return back(request);
}

#define OWN .may = ROLE_PEOPLE
static const Route rows[] = {
	{ GET, "/account/privacy", show, OWN, .summary = "What is kept about oneself, who opened it, and the rights over it" },
	{ POST, "/account/privacy/export", do_export, OWN, .form = &password_form, .retry = show, .weight = 10,
		.summary = "Ask for a copy of one's own data" },
	{ POST, "/account/privacy/exports/:ref", privacy_fetch, OWN, .form = &privacy_fetch_form, .retry = show, .weight = 5,
		.summary = "Download the copy of one's own data; recorded" },
	{ POST, "/account/privacy/deletion", do_deletion, OWN, .form = &deletion_form, .retry = show, .weight = 5,
		.summary = "Ask for the deletion of one's own account" },
	{ POST, "/account/privacy/deletion/cancel", do_cancel, OWN, .summary = "Take the deletion of one's own account back" },
	{ POST, "/account/privacy/consents/:document/withdraw", do_withdraw, OWN, .summary = "Withdraw one's consent to a document" },
	{ POST, "/account/privacy/corrections", do_correction, OWN, .form = &rectification_form, .retry = show,
		.summary = "Ask to correct what was verified about oneself" },
};
const RouteTable account_privacy_routes = { "subject/privacy", rows, COUNT(rows) };
