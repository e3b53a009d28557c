#include "people/org/org_pages.h"

#include "people/org/org_private.h"
#include "people/org/org_view_private.h"
#include "people/org/views/organisation.html.h"
#include "people/org/views/paper_form.html.h"
#include "people/person/form_page.h"

#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

#define COLUMN(text, kind_) \
	{ \
		tr(lang, text), kind_ \
	}

static Url org_url(Arena *arena, const char *start, Text ref, const char *end)
{
	return url_local(arena, "%s/%.*s%s", start, TEXT_ARGS(url_segment(arena, ref)), end);
}

/* ---- Registration and change */
static const FieldSpec registration_fields[] = {
	{ "name", FIELD_TEXT, offsetof(OrgRegistration, name), .max_length = 120 },
	{ "name_en", FIELD_TEXT, offsetof(OrgRegistration, name_en), .max_length = 120 },
	{ "credit_code", FIELD_TEXT, offsetof(OrgRegistration, credit_code), .max_length = 30 },
	{ "wants", FIELD_TEXT, offsetof(OrgRegistration, wants), .max_length = 10 },
	{ "domicile", FIELD_TEXT, offsetof(OrgRegistration, domicile), .max_length = 2 },
	{ "contact", FIELD_LINES, offsetof(OrgRegistration, contact), .max_length = 500 },
};
static const FormSpec registration_form = { registration_fields, COUNT(registration_fields), sizeof(OrgRegistration), .max_body_bytes = 0 };

static Error show_registration_form(Request *request, const Organisation *known, const char *title, const char *action, const char *button)
{
	static const Text wants[] = { TEXT_INIT("vendor"), TEXT_INIT("unit"), TEXT_INIT("other") };
	Call *call = request->call;
	Text labels[] = { tr(call->lang, "Vendor: it provides apps, SDKs or services"), tr(call->lang, "Wants to become a support unit"),
		tr(call->lang, "Other") };
	FormField fields[] = { form_field(request, "name", INPUT_TEXT, N_("Full name"), N_("As on the business licence."), known->name),
		form_field(request, "name_en", INPUT_TEXT, N_("English name"), NULL, known->name_en),
		form_field(request, "credit_code", INPUT_CODE, N_("Unified social credit code"),
			N_("18 characters; the last one is a check digit."), known->credit_code),
		form_field(request, "wants", INPUT_RADIO, N_("What the organisation is"), NULL, known->wants),
		form_field(request, "domicile", INPUT_TEXT, N_("Country"), N_("Two letters, such as CN."),
			known->domicile.length > 0 ? known->domicile : TEXT("CN")),
		form_field(request, "contact", INPUT_LINES, N_("Contact"), N_("Name, telephone and mail address. Kept sealed."),
			known->contact) };
	fields[1].required = false;
	fields[3].choice_values = wants;
	fields[3].choice_labels = labels;
	fields[3].choice_count = COUNT(wants);
	fields[5].rows = 3;
	FormPage page = { .title = tr(call->lang, title),
		.action = url_local(call->arena, "%s", action),
		.fields = fields,
		.field_count = COUNT(fields),
		.button = tr(call->lang, button) };
	return form_page_show(request, &page);
}

static Error show_register(Request *request)
{
	return show_registration_form(request, &(Organisation) { .wants = TEXT("vendor") }, N_("Register an organisation"),
		"/organisations/register", N_("Register"));
}

static Error do_register(Request *request)
{
	Text ref;
	TRY(org_register(request->call, request->form, &ref));
	return reply_redirect(request, TEXT("/organisations"));
}

static Error show_change(Request *request)
{
	Organisation organisation;
	TRY(org_of_admin(request->call, &organisation));
	return show_registration_form(request, &organisation, N_("Change what was entered"), "/organisations/change", N_("Save"));
}

static Error do_change(Request *request)
{
	TRY(org_change(request->call, request->form));
	return reply_redirect(request, TEXT("/organisations"));
}

/* ---- My organisation */
static const char *paper_kind_text(Text kind)
{
	return text_is(kind, TEXT("licence")) ? N_("Business licence") : N_("Stamped authorisation");
}

static Markup paper_list(Html *html, const VaultPapers *papers)
{
	FileEntry *files = arena_array_of(html->call->arena, FileEntry, papers->count + 1);
	for (size_t i = 0; i < papers->count; i++) {
		const VaultPaper *paper = &papers->at[i];
		Text kind = tr(html->lang, paper_kind_text(paper->kind));
		if (paper->deleted_at)
			files[i] = (FileEntry) { .name = kind,
				.note = tr(html->lang, "deleted after the decision"),
				.digest = paper->digest,
				.size_bytes = paper->size_bytes };
		else
			files[i] = (FileEntry) { .name = paper->name,
				.note = kind,
				.size_bytes = paper->size_bytes,
				.url = org_url(html->call->arena, "/organisations/papers", paper->ref, "") };
	}
	return part_files(html, files, papers->count);
}

static Markup paper_form(Html *html, const Request *request)
{
	FormField fields[] = { form_field(request, "licence", INPUT_FILE, N_("Business licence"), N_("PDF or picture, at most 20 MB."),
				       TEXT("")),
		form_field(request, "authorisation", INPUT_FILE, N_("Stamped authorisation"), N_("PDF or picture, at most 20 MB."),
			TEXT("")) };
	Html inner = html_inner(html);
	page_paper_form(&inner, fields);
	return html_done(html, &inner);
}

static Markup member_table(Html *html, const Members *members, bool is_admin)
{
	Lang lang = html->lang;
	Arena *arena = html->call->arena;
	Column columns[] = { COLUMN(N_("Name"), COLUMN_TEXT), COLUMN(N_("Role"), COLUMN_TEXT), COLUMN(N_("Since"), COLUMN_NARROW),
		COLUMN(N_("Change"), COLUMN_NARROW), COLUMN(N_("End"), COLUMN_NARROW) };
	Cell *cells = arena_array_of(arena, Cell, members->count * COUNT(columns) + 1);
	for (size_t i = 0; i < members->count; i++) {
		const Member *member = &members->at[i];
		Cell *row = &cells[i * COUNT(columns)];
		bool is_self = member->person_id == html->call->actor->person_id;
		row[0].text = member->name;
		row[1].text = member->is_admin ? tr(lang, "Administrator") : tr(lang, "Member");
		row[2].markup = part_date(html, member->from_at);
		row[3].text = row[4].text = TEXT("–");
		if (is_admin)
			row[3].markup = button_form(html, org_url(arena, "/organisations/members", member->ref, ""),
				member->is_admin ? tr(lang, "Make a member") : tr(lang, "Make an administrator"), TEXT("quiet"),
				TEXT("as_admin"), member->is_admin ? TEXT("false") : TEXT("true"));
		if (is_admin || is_self)
			row[4].markup = button_form(html, org_url(arena, "/organisations/members", member->ref, "/end"),
				is_self ? tr(lang, "Leave") : tr(lang, "Remove"), TEXT("quiet"), TEXT(""), TEXT(""));
	}
	return part_table(html, &(Table) { tr(lang, "Members"), columns, COUNT(columns), cells, members->count });
}

static Error fill_invitations(Html *html, const Request *request, const Organisation *organisation, OrgView *view)
{
	Lang lang = html->lang;
	Arena *arena = html->call->arena;
	Invitations invitations;
	TRY(org_invitations(html->call, organisation, &invitations));
	Column columns[] = { COLUMN(N_("Mail address"), COLUMN_TEXT), COLUMN(N_("Role"), COLUMN_TEXT), COLUMN(N_("Expires"), COLUMN_NARROW),
		COLUMN(N_("Action"), COLUMN_NARROW) };
	Cell *cells = arena_array_of(arena, Cell, invitations.count * COUNT(columns) + 1);
	for (size_t i = 0; i < invitations.count; i++) {
		const Invitation *invitation = &invitations.at[i];
		Cell *row = &cells[i * COUNT(columns)];
		row[0].text = invitation->mail;
		row[1].text = invitation->is_admin ? tr(lang, "Administrator") : tr(lang, "Member");
		row[2].markup = part_date(html, invitation->expires_at);
		row[3].markup = button_form(html, org_url(arena, "/organisations/invitations", invitation->ref, "/end"),
			tr(lang, "Withdraw"), TEXT("quiet"), TEXT(""), TEXT(""));
	}
	view->invitations = part_table(html, &(Table) { tr(lang, "Open invitations"), columns, COUNT(columns), cells, invitations.count });
	view->invitation_count = invitations.count;
	FormField fields[] = { form_field(request, "mail", INPUT_EMAIL, N_("Mail address"), NULL, TEXT("")),
		form_field(request, "as_admin", INPUT_CHECK, N_("As administrator of the organisation"), NULL, TEXT("")) };
	fields[1].required = false;
	view->invite = inline_form(
		html, url_local(arena, "/organisations/invitations"), fields, COUNT(fields), tr(lang, "Send the invitation"), TEXT(""));
	return OK;
}

static Error fill_openings(Html *html, const Organisation *organisation, OrgView *view)
{
	VaultOpenings openings;
	Lang lang = html->lang;
	Column columns[] = { COLUMN(N_("Time"), COLUMN_NARROW), COLUMN(N_("Paper"), COLUMN_TEXT), COLUMN(N_("Purpose"), COLUMN_TEXT),
		COLUMN(N_("By"), COLUMN_TEXT) };
	TRY(org_openings(html->call, organisation, &openings));
	Cell *cells = arena_array_of(html->call->arena, Cell, openings.count * COUNT(columns) + 1);
	for (size_t i = 0; i < openings.count; i++) {
		const VaultOpening *opening = &openings.at[i];
		if (!opening->opened_at) continue;
		Person person;
		Cell *row = &cells[view->opening_count++ * COUNT(columns)];
		TRY(person_find(html->call, opening->person_id, &person));
		row[0].markup = part_time(html, opening->opened_at);
		row[1].text = tr(lang, paper_kind_text(opening->kind));
		row[2].text = tr(lang, vault_purpose_text(opening->purpose));
		row[3].text = person_shown_name(&person);
	}
	view->openings =
		part_table(html, &(Table) { tr(lang, "Who opened our papers"), columns, COUNT(columns), cells, view->opening_count });
	return OK;
}

static Markup org_facts(Html *html, const Organisation *organisation)
{
	Fact facts[] = {
		{ .label = tr(html->lang, "Reference"), .text = organisation->ref },
		{ .label = tr(html->lang, "Unified social credit code"), .text = organisation->credit_code },
		{ .label = tr(html->lang, "Country"), .text = organisation->domicile },
		{ .label = tr(html->lang, "State"), .text = tr(html->lang, org_state_text(organisation->state)) },
	};
	return part_facts(html, facts, COUNT(facts));
}

static Error fill_own(Html *html, const Request *request, const Organisation *organisation, OrgView *view)
{
	Call *call = html->call;
	Members members;
	VaultPapers papers = { 0 };
	TRY(org_is_admin(call, organisation->id, call->actor->person_id, &view->is_admin));
	TRY(org_members(call, organisation, &members));
	view->facts = org_facts(html, organisation);
	view->members = member_table(html, &members, view->is_admin);
	view->is_verified = organisation->state == ORG_VERIFIED;
	view->may_change = view->is_admin && (organisation->state == ORG_UNVERIFIED || organisation->state == ORG_RETURNED);
	view->reason = organisation->state == ORG_RETURNED ? organisation->reason : (Text) { 0 };
	TRY(org_sectors_fill(html, request, organisation, view));
	if (!view->is_admin) return OK;
	TRY(org_papers(call, organisation, &papers));
	view->paper_count = papers.count;
	view->papers = paper_list(html, &papers);
	view->upload = paper_form(html, request);
	TRY(fill_openings(html, organisation, view));
	view->ask = button_form(html, url_local(call->arena, "/organisations/verification"), tr(call->lang, "Ask for verification"),
		TEXT(""), TEXT(""), TEXT(""));
	return fill_invitations(html, request, organisation, view);
}

Error org_show_own(Request *request)
{
	Call *call = request->call;
	MembershipRow member;
	Organisation organisation;
	OrgView view = { 0 };
	bool found = false;
	Html *html;
	TRY(membership_of(call, call->actor->person_id, &member, &found));
	if (!found)
		return message_page_show(request, N_("My organisation"),
			N_("You belong to no organisation yet. Register yours, or open the link of an invitation."),
			N_("Register an organisation"), "/organisations/register");
	TRY(org_find(call, member.organisation_id, &organisation));
	PageHead head = { .title = org_shown_name(&organisation, call->lang) };
	TRY(html_page_open(request, &head, &html));
	TRY(fill_own(html, request, &organisation, &view));
	page_organisation(html, &view);
	return html_page_close(request, html);
}

static Error back(Request *request) { return reply_redirect(request, TEXT("/organisations")); }

/* ---- Papers */
typedef struct PaperForm {
	Uploads licence, authorisation;
} PaperForm;
static const FieldSpec paper_fields[] = {
	{ "licence", FIELD_FILES, offsetof(PaperForm, licence) },
	{ "authorisation", FIELD_FILES, offsetof(PaperForm, authorisation) },
};
static const FormSpec paper_form_spec = { paper_fields, COUNT(paper_fields), sizeof(PaperForm), .max_body_bytes = 42 * 1024 * 1024 };

static Error add_papers(Call *call, Text kind, const Uploads *uploads)
{
	for (size_t i = 0; i < uploads->count; i++)
		if (uploads->at[i].size_bytes > 0)
			TRY(org_paper_add(call, kind, uploads->at[i].name, uploads->at[i].descriptor, uploads->at[i].size_bytes));
	return OK;
}

static Error do_papers(Request *request)
{
	const PaperForm *form = request->form;
	TRY(add_papers(request->call, TEXT("licence"), &form->licence));
	TRY(add_papers(request->call, TEXT("authorisation"), &form->authorisation));
	return back(request);
}

static Error show_paper(Request *request)
{
	Call *call = request->call;
	VaultPaper paper;
	TRY(org_paper_find(call, request_parameter(request, TEXT("ref")), &paper));
	int file = memfd_create("cappvd-paper", MFD_CLOEXEC);
	if (file < 0) return fail(call, IO, "no memory file: %s", strerror(errno));
	Error error = blob_read_file(call, paper.blob, file);
	if (error != OK || lseek(file, 0, SEEK_SET) != 0) {
		close(file);
		return error != OK ? error : fail(call, IO, "seeking a memory file");
	}
	reply_download(request, paper.name, file, paper.size_bytes);
	return OK;
}

static Error do_ask(Request *request)
{
	TRY(org_verification_ask(request->call));
	return back(request);
}

/* ---- Members and invitations */
typedef struct MemberForm {
	Text mail;
	bool as_admin;
} MemberForm;
static const FieldSpec invite_fields[] = {
	{ "mail", FIELD_TEXT, offsetof(MemberForm, mail), .required = true, .max_length = MAIL_ADDRESS_MAX },
	{ "as_admin", FIELD_BOOL, offsetof(MemberForm, as_admin) },
};
static const FormSpec invite_form = { invite_fields, COUNT(invite_fields), sizeof(MemberForm), .max_body_bytes = 0 };
static const FormSpec member_form = { &invite_fields[1], 1, sizeof(MemberForm), .max_body_bytes = 0 };

static Error do_invite(Request *request)
{
	const MemberForm *form = request->form;
	TRY(org_invite(request->call, form->mail, form->as_admin));
	return back(request);
}

static Error do_withdraw(Request *request)
{
	TRY(org_invitation_withdraw(request->call, request_parameter(request, TEXT("ref"))));
	return back(request);
}

static Error do_member(Request *request)
{
	TRY(org_member_change(request->call, request_parameter(request, TEXT("ref")), ((const MemberForm *)request->form)->as_admin));
	return back(request);
}

static Error do_end_member(Request *request)
{
	TRY(org_member_end(request->call, request_parameter(request, TEXT("ref"))));
	return back(request);
}

static Error show_join(Request *request)
{
	Call *call = request->call;
	Organisation organisation;
	Text token = request_parameter(request, TEXT("token"));
	TRY(org_invitation_open(call, token, &organisation));
	FormPage page = { .title = tr(call->lang, "Join an organisation"),
		.lead = org_shown_name(&organisation, call->lang),
		.action = org_url(call->arena, "/organisations/join", token, ""),
		.button = tr(call->lang, "Join") };
	return form_page_show(request, &page);
}

static Error do_join(Request *request)
{
	TRY(org_invitation_accept(request->call, request_parameter(request, TEXT("token"))));
	return back(request);
}

static const Route rows[] = {
	{ GET, "/organisations", org_show_own, ROLE_PEOPLE, .summary = "Shows one's own organisation." },
	{ GET, "/organisations/register", show_register, ROLE_PEOPLE, .summary = "Shows the form to register an organisation." },
	{ POST, "/organisations/register", do_register, ROLE_PEOPLE, .form = &registration_form, .retry = show_register,
		.summary = "Registers an organisation." },
	{ GET, "/organisations/change", show_change, ROLE_PEOPLE,
		.summary = "Shows the form to change an organisation that is not verified." },
	{ POST, "/organisations/change", do_change, ROLE_PEOPLE, .form = &registration_form, .retry = show_change,
		.summary = "Changes an organisation that is not verified." },
	{ POST, "/organisations/papers", do_papers, ROLE_PEOPLE, .form = &paper_form_spec, .retry = org_show_own,
		.summary = "Adds papers of one's own organisation." },
	{ GET, "/organisations/papers/:ref", show_paper, ROLE_PEOPLE, .summary = "Downloads a paper of an organisation." },
	{ POST, "/organisations/verification", do_ask, ROLE_PEOPLE, .retry = org_show_own,
		.summary = "Asks for verification of one's own organisation." },
	{ POST, "/organisations/invitations", do_invite, ROLE_PEOPLE, .form = &invite_form, .retry = org_show_own, .weight = 5,
		.summary = "Invites somebody into one's own organisation." },
	{ POST, "/organisations/invitations/:ref/end", do_withdraw, ROLE_PEOPLE, .summary = "Withdraws an invitation." },
	{ POST, "/organisations/members/:ref", do_member, ROLE_PEOPLE, .form = &member_form,
		.summary = "Makes a member administrator, or an administrator member." },
	{ POST, "/organisations/members/:ref/end", do_end_member, ROLE_PEOPLE, .summary = "Ends a membership." },
	{ GET, "/organisations/join/:token", show_join, ROLE_PEOPLE, .summary = "Shows what an invitation invites to." },
	{ POST, "/organisations/join/:token", do_join, ROLE_PEOPLE, .summary = "Accepts an invitation." },
};
const RouteTable org_routes = { "org", rows, COUNT(rows) };
