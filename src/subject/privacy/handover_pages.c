/* The way out for whoever cannot end the account yet: name a successor for an office, or make somebody else administrator of the organisation. */
#include "people/org/org.h"
#include "people/person/form_page.h"
#include "subject/privacy/privacy_view.h"
#include "subject/privacy/views/privacy.html.h"

static const char own_path[] = "/account/privacy/successor";

Text privacy_roles(const Html *html, uint32_t roles)
{
	Texts words = { 0 };
	for (unsigned bit = 0; bit < 32; bit++)
		if (roles & ROLE_GRANTED & 1U << bit) list_add(html->call->arena, &words, tr(html->lang, role_text((Role)(1U << bit))));
	return arena_join(html->call->arena, words.at, words.count, html->lang == LANG_ZH ? TEXT("、") : TEXT(", "));
}

/* ---- An office */
static Error office_part(Html *html, const Request *request, uint32_t roles, Markup *out)
{
	Call *call = html->call;
	Handover handover;
	bool found = false;
	Html inner = html_inner(html);
	const Fact offices = { .label = tr(html->lang, "Your offices"), .text = privacy_roles(html, roles) };
	TRY(handover_own(call, &handover, &found));
	html_markup(&inner, part_facts(html, &offices, 1));
	if (found) {
		Text name;
		TRY(person_name(call, handover.successor_id, &name));
		const Fact facts[] = { { .label = tr(html->lang, "Number"), .text = handover.ref },
			{ .label = tr(html->lang, "Who takes over"), .text = name },
			{ .label = tr(html->lang, "What is taken over"), .text = handover.note },
			{ .label = tr(html->lang, "Asked at"), .markup = part_time(html, handover.asked_at) } };
		html_markup(&inner, part_note(html, TEXT("neutral"),
					    tr(html->lang, "A security administrator gives your offices to your successor. You are told "
							   "when yours have ended."),
					    part_facts(html, facts, COUNT(facts))));
	}
	FormField fields[] = { form_field(request, "successor", INPUT_TEXT, N_("Who takes over"),
				       N_("Public name or mail address of a colleague whose account is verified"), TEXT("")),
		form_field(request, "note", INPUT_LINES, N_("What is taken over"), N_("Numbers of open matters, not their content"),
			TEXT("")) };
	fields[1].rows = 3;
	html_markup(&inner, inline_form(html, url_local(call->arena, "%s", own_path), fields, COUNT(fields),
				    found ? tr(html->lang, "Name somebody else") : tr(html->lang, "Name the successor"),
				    found ? TEXT("quiet") : TEXT("")));
	*out = html_done(html, &inner);
	return OK;
}

/* ---- An organisation */
static Error member_part(Html *html, const Request *request, const Organisation *organisation, Markup *out)
{
	Call *call = html->call;
	Members members;
	Texts values = { 0 }, labels = { 0 };
	TRY(org_members(call, organisation, &members));
	for (size_t i = 0; i < members.count; i++) {
		if (members.at[i].person_id == call->actor->person_id) continue;
		list_add(call->arena, &values, members.at[i].ref);
		list_add(call->arena, &labels, members.at[i].name);
	}
	if (!values.count) {
		*out = part_empty(html, tr(html->lang, "Your organisation has no other member."),
			tr(html->lang, "Invite somebody first; whoever accepts can become its administrator."),
			url_local(call->arena, "/organisations"), tr(html->lang, "Invite a member"));
		return OK;
	}
	FormField field = form_field(request, "member", INPUT_RADIO, N_("Who administers it from now on"), NULL, values.at[0]);
	field.choice_values = values.at;
	field.choice_labels = labels.at;
	field.choice_count = values.count;
	*out = inline_form(html, url_local(call->arena, "%s/member", own_path), &field, 1, tr(html->lang, "Make administrator"), TEXT(""));
	return OK;
}

/* The organisation whose last administrator the actor is. */
static Error last_of(Call *call, Organisation *out, bool *out_is)
{
	Person person;
	Numbers admins;
	bool is_admin = false;
	*out_is = false;
	TRY(person_find(call, call->actor->person_id, &person));
	if (!person.organisation_id) return OK;
	TRY(org_admins(call, person.organisation_id, &admins));
	TRY(org_is_admin(call, person.organisation_id, person.id, &is_admin));
	*out_is = is_admin && admins.count < 2;
	return *out_is ? org_find(call, person.organisation_id, out) : OK;
}

static Error show(Request *request)
{
	Html *html;
	Call *call = request->call;
	PrivacyView view = { 0 };
	Organisation organisation;
	Markup part;
	uint32_t roles = 0;
	bool is_last = false;
	Crumb crumbs[] = { { tr(call->lang, "My data"), url_local(call->arena, "/account/privacy") },
		{ .text = tr(call->lang, "Hand over first") } };
	PageHead head = { .title = tr(call->lang, "Hand over first"),
		.lead = tr(call->lang, "An account that others depend on ends after somebody else has taken over."),
		.crumbs = crumbs,
		.crumb_count = COUNT(crumbs) };
	Failure failure = call->failure;
	TRY(role_of(call, call->actor->person_id, &roles));
	TRY(last_of(call, &organisation, &is_last));
	TRY(html_page_open(request, &head, &html));
	call->failure = failure;
	if (roles & ROLE_GRANTED) {
		TRY(office_part(html, request, roles, &part));
		privacy_add(html, &view, N_("Your offices"), NULL, part);
	}
	if (is_last) {
		TRY(member_part(html, request, &organisation, &part));
		privacy_add(html, &view, N_("Your organisation"), NULL, part);
	}
	if (!view.sections.count)
		privacy_add(html, &view, N_("Nothing is left to be handed over"), NULL,
			part_empty(html, tr(html->lang, "Nobody depends on your account any more."), TEXT(""),
				url_local(call->arena, "/account/privacy"), tr(html->lang, "My data")));
	page_privacy(html, &view);
	return html_page_close(request, html);
}

typedef struct SuccessorForm {
	Text successor, note;
} SuccessorForm;
static const FieldSpec successor_fields[] = {
	{ "successor", FIELD_TEXT, offsetof(SuccessorForm, successor), .required = true, .max_length = 200 },
	{ "note", FIELD_LINES, offsetof(SuccessorForm, note), .required = true, .max_length = 1000 },
};
static const FormSpec successor_form = { successor_fields, COUNT(successor_fields), sizeof(SuccessorForm), .max_body_bytes = 0 };

static Error do_name(Request *request)
{
	const SuccessorForm *form = request->form;
	TRY(handover_ask(request->call, form->successor, form->note));
	return reply_redirect(request, text_from(own_path));
}

typedef struct MemberForm {
	Text member;
} MemberForm;
static const FieldSpec member_fields[] = { { "member", FIELD_TEXT, offsetof(MemberForm, member), .required = true, .max_length = 60 } };
static const FormSpec member_form = { member_fields, COUNT(member_fields), sizeof(MemberForm), .max_body_bytes = 0 };

static Error do_member(Request *request)
{
	TRY(org_member_change(request->call, ((const MemberForm *)request->form)->member, true));
	return reply_redirect(request, TEXT("/account/privacy"));
}

/* ---- For the security administrators */
static Error show_waiting(Request *request)
{
	static const char *const labels[] = { N_("Number"), N_("Who leaves"), N_("Offices"), N_("Who takes over"), N_("What is taken over"),
		N_("Asked at") };
	Html *html;
	Call *call = request->call;
	PrivacyView view = { 0 };
	PrivacyCells cells = { 0 };
	Handovers list;
	PageHead head = { .title = tr(call->lang, "Offices to be handed over"),
		.lead = tr(call->lang,
			"Give the office to the successor first, approved by a second person; then end that of whoever leaves."),
		.wide = true };
	TRY(handover_list(call, &list));
	TRY(html_page_open(request, &head, &html));
	for (size_t i = 0; i < list.count; i++) {
		const Handover *one = &list.at[i];
		Person leaves, comes;
		TRY(person_find(call, one->person_id, &leaves));
		TRY(person_find(call, one->successor_id, &comes));
		const Cell row[] = { { .text = one->ref },
			{ .text = person_shown_name(&leaves),
				.url = url_local(call->arena, "/admin/people/%.*s", TEXT_ARGS(url_segment(call->arena, leaves.ref))) },
			{ .text = privacy_roles(html, one->roles) },
			{ .text = person_shown_name(&comes),
				.url = url_local(call->arena, "/admin/people/%.*s", TEXT_ARGS(url_segment(call->arena, comes.ref))) },
			{ .text = one->note }, { .markup = part_time(html, one->asked_at) } };
		for (size_t j = 0; j < COUNT(row); j++) list_add(call->arena, &cells, row[j]);
	}
	privacy_add(html, &view, N_("Waiting for a successor"), NULL,
		privacy_table(html, N_("Offices to be handed over"), labels, COUNT(labels), &cells, N_("Nobody hands an office over.")));
	page_privacy(html, &view);
	return html_page_close(request, html);
}

#define OWN .may = ROLE_PEOPLE
static const Route rows[] = {
	{ GET, "/account/privacy/successor", show, OWN, .summary = "What has to be handed over before one's own account can end" },
	{ POST, "/account/privacy/successor", do_name, OWN, .form = &successor_form, .retry = show,
		.summary = "Name who takes over one's own offices" },
	{ POST, "/account/privacy/successor/member", do_member, OWN, .form = &member_form, .retry = show,
		.summary = "Make another member administrator of one's own organisation" },
	{ GET, "/admin/handovers", show_waiting, .may = ROLE_SECURITY_ADMIN, .needs_second_factor = true,
		.summary = "Offices that are to be handed over, with the successors that were named" },
};
const RouteTable handover_routes = { "subject/privacy", rows, COUNT(rows) };
