/* A vendor's matters and a party's page, for the vendor, the library and the verifier; each sees what is theirs. */
#include "subject/party/delivery_private.h"
#include "subject/party/party_private.h"
#include "subject/party/party_view.h"
#include "subject/party/views/party_claim.html.h"
#include "subject/party/views/party_duty.html.h"
#include "subject/party/views/party_list.html.h"
#include "subject/party/views/party_show.html.h"

enum { PAGE = 50 };

Error party_load(Request *request)
{
	Party *party = arena_new_of(request->call->arena, Party);
	TRY(party_open(request->call, request_parameter(request, TEXT("ref")), party));
	if (request->method == GET) TRY(report_record_reading(request->call, party_machine.name, party->ref, party->seal_key));
	request->subject = party;
	return OK;
}

static Text base_of(Arena *arena, const Party *party) { return arena_printf(arena, "/parties/%.*s", TEXT_ARGS(party->ref)); }

static Text title_of(const Party *party)
{
	Text title = party->is_staff ? party->vendor : party->product;
	return title.length ? title : party->ref;
}

static Error show(Request *request)
{
	Html *html;
	PartyShowView view;
	const Party *party = request->subject;
	Text failed = request->method == POST ? request_parameter(request, TEXT("action")) : (Text) { 0 };
	Crumb crumbs[] = { { tr(request->call->lang, party->is_staff ? N_("Parties") : N_("My matters")),
				   url_local(request->call->arena, "/parties") },
		{ .text = party->ref } };
	PageHead head = { .title = title_of(party),
		.lead = party->is_staff ? party->product : TEXT(""),
		.crumbs = crumbs,
		.crumb_count = COUNT(crumbs),
		.wide = true };
	TRY(html_page_open(request, &head, &html));
	TRY(party_show_fill(html, party, failed, &view));
	page_party_show(html, &view);
	return html_page_close(request, html);
}

/* ---- Acting and talking */
static Error act(Request *request)
{
	const Party *party = request->subject;
	int64_t revision = 0;
	Map *values;
	Matter matter;
	party_matter(party, &matter);
	TRY(action_take(request, &party_machine, &matter, party_action_form, &revision, &values));
	TRY(party_act(request->call, party->ref, request_parameter(request, TEXT("action")), revision, values));
	return reply_redirect(request, base_of(request->call->arena, party));
}

static void threads_of(const void *matter, ThreadSubject *out) { party_threads(matter, out); }
static Text page_of(Arena *arena, const void *matter) { return base_of(arena, matter); }

static Error tell_members(Call *call, const void *matter, Text audience, const ThreadMembers *members)
{
	const Party *party = matter;
	return party_tell_message(call, party, audience, members);
}
const ThreadMatter party_thread_matter = { &party_machine, NULL, threads_of, tell_members, page_of };

/* ---- Documents */
static Error send_document(Request *request, Text type, Text name, Text ending, Text document)
{
	reply_text(request, type, document);
	reply_header(request, TEXT("Content-Disposition"),
		arena_printf(request->call->arena, "attachment; filename=\"%.*s%.*s\"", TEXT_ARGS(name), TEXT_ARGS(ending)));
	return OK;
}

static Error fetch_notice(Request *request)
{
	PartyNotice notice;
	const Party *party = request->subject;
	TRY(party_notice_pdf(request->call, party, &notice));
	return send_document(request, TEXT("application/pdf"), party->ref, TEXT("-notice.pdf"), notice.pdf);
}

static Error fetch_receipt(Request *request)
{
	Text document, action = request_parameter(request, TEXT("action"));
	const Party *party = request->subject;
	bool is_duty = text_is(action, TEXT("duty"));
	if (!is_duty && !text_is(action, TEXT("acknowledge"))) return fail(request->call, NOT_FOUND, "no receipt of that");
	TRY(party_receipt(request->call, party, is_duty ? "duty" : "acknowledge", &document));
	return send_document(request, TEXT("text/plain; charset=utf-8"), party->ref, TEXT(".receipt"), document);
}

static Error show_duty(Request *request)
{
	Html *html;
	Call *call = request->call;
	PartyStatement said;
	const Party *party = request->subject;
	Crumb crumbs[] = { { tr(call->lang, "My matters"), url_local(call->arena, "/parties") },
		{ party->ref, url_local(call->arena, "%.*s", TEXT_ARGS(base_of(call->arena, party))) },
		{ .text = tr(call->lang, "Report to the national platform") } };
	PageHead head = { .title = tr(call->lang, "Report to the national platform"), .crumbs = crumbs, .crumb_count = COUNT(crumbs) };
	TRY(party_duty(call, party, &said));
	TRY(html_page_open(request, &head, &html));
	Facts facts = form_facts(html, said.form, said.values, TEXT(""));
	Fact vendor = { .label = tr(html->lang, "Vendor"), .text = party->vendor },
	     reported = { .label = tr(html->lang, "Reported at"), .markup = part_time(html, said.at) };
	list_add(call->arena, &facts, vendor);
	list_add(call->arena, &facts, reported);
	PartyDutyView view = { .facts = part_facts(html, facts.at, facts.count),
		.receipt = url_local(call->arena, "%.*s/receipts/duty", TEXT_ARGS(base_of(call->arena, party))),
		.back = url_local(call->arena, "%.*s", TEXT_ARGS(base_of(call->arena, party))) };
	page_party_duty(html, &view);
	return html_page_close(request, html);
}

/* ---- Claim codes */
typedef struct ClaimForm {
	Text code;
} ClaimForm;
static const FieldSpec claim_fields[] = { { "code", FIELD_TEXT, offsetof(ClaimForm, code), .required = true, .max_length = 60 } };
static const FormSpec claim_form = { .fields = claim_fields, .field_count = COUNT(claim_fields), .struct_size = sizeof(ClaimForm) };

static Error claim_page(Request *request, bool done)
{
	Html *html;
	PageHead head = { .title = tr(request->call->lang, "Claim code of a letter to a vendor"),
		.lead = tr(request->call->lang,
			"The code tells us which letter you received. What it is about is told when it is proven who you are.") };
	TRY(html_page_open(request, &head, &html));
	FormField field = { .name = TEXT("code"),
		.label = tr(html->lang, "Claim code"),
		.kind = INPUT_CODE,
		.required = true,
		.autocomplete = TEXT("off") };
	PartyClaimView view = { .field = part_field(html, &field), .action = url_local(html->call->arena, "/parties/claim") };
	if (done)
		view.done = part_note(html, TEXT("good"),
			tr(html->lang, "The code was right. The coordinator has been told and gets in touch with you."),
			(Markup) { TEXT("") });
	page_party_claim(html, &view);
	return html_page_close(request, html);
}

static Error show_claim(Request *request)
{
	Text done = request_query(request, TEXT("done"));
	return claim_page(request, done.at && text_is(done, TEXT("1")));
}

static Error take_claim(Request *request)
{
	Call *call = request->call;
	const ClaimForm *form = request->form;
	Text number;
	Error error = party_claim(call, form->code, request->address, &number);
	if (error == ERROR_NOT_FOUND || error == ERROR_CONFLICT) {
		call_recover(call);
		call_problem(call, TEXT("code"),
			error == ERROR_CONFLICT ? N_("Please register your organisation first.") : N_("No letter has this claim code."),
			(Text) { 0 });
		return call_check_problems(call);
	}
	TRY(error);
	return reply_redirect(request, TEXT("/parties/claim?done=1"));
}

/* ---- Lists */
static Error show_queue(Request *request)
{
	Html *html;
	Call *call = request->call;
	PartyLines lines;
	Text state = request_query(request, TEXT("state"));
	if (!state.at || !workflow_state(&party_machine, state)) state = TEXT("CONTACTING");
	PageHead head = { .title = tr(call->lang, "Parties"), .lead = tr(call->lang, "Oldest first"), .wide = true };
	TRY(party_queue(call, state, request_query_number(request, TEXT("after")), PAGE, &lines));
	TRY(html_page_open(request, &head, &html));
	PartyListView view = { .figures = url_local(call->arena, "/parties/figures"),
		.filters = state_filter(html, &party_machine, &(StateFilter) { .address = "/parties", .state = state }) };
	if (lines.count)
		view.table = party_table(html, &lines, head.title, true);
	else
		view.empty = part_empty(html, tr(html->lang, "Nothing waits here."), TEXT(""), (Url) { { 0 } }, TEXT(""));
	if (lines.count == PAGE)
		view.pager = part_pager(html, (Url) { { 0 } },
			url_local(call->arena, "/parties?state=%.*s&after=%lld", TEXT_ARGS(state), (long long)lines.at[PAGE - 1].id));
	page_party_list(html, &view);
	return html_page_close(request, html);
}

static Error show_own(Request *request)
{
	Html *html;
	Call *call = request->call;
	PartyLines lines, checks;
	Numbers partners;
	PageHead head = { .title = tr(call->lang, "My matters"), .wide = true };
	TRY(party_list_own(call, request_query_number(request, TEXT("before")), PAGE, &lines));
	TRY(party_assigned(call, &checks));
	TRY(html_page_open(request, &head, &html));
	PartyListView view = { .claim = url_local(call->arena, "/parties/claim") };
	TRY(delivery_partners(call, &partners));
	if (actor_has(call->actor, ROLE_VENDOR_MEMBER | ROLE_VENDOR_ADMIN)) view.teams = url_local(call->arena, "/teams");
	if (actor_has(call->actor, ROLE_VENDOR_ADMIN)) view.figures = url_local(call->arena, "/parties/figures");
	if (partners.count) view.deliveries = url_local(call->arena, "/deliveries");
	if (lines.count)
		view.table = party_table(html, &lines, head.title, false);
	else if (!checks.count)
		view.empty = part_empty(html, tr(html->lang, "No notice of a vulnerability has been sent to your organisation."), TEXT(""),
			(Url) { { 0 } }, TEXT(""));
	if (lines.count == PAGE)
		view.pager =
			part_pager(html, (Url) { { 0 } }, url_local(call->arena, "/parties?before=%lld", (long long)lines.at[PAGE - 1].id));
	if (checks.count) view.checks = party_table(html, &checks, tr(html->lang, "Fixes to be checked by you"), false);
	page_party_list(html, &view);
	return html_page_close(request, html);
}

static Error show_list(Request *request)
{
	return actor_has(request->call->actor, ROLE_COORDINATOR) ? show_queue(request) : show_own(request);
}

static const Route routes[] = {
	{ GET, "/parties", show_list, .may = ROLE_REPORTER, .needs_second_factor = true,
		.summary = "A vendor's matters; for coordinators those that wait in a state; for verifiers fixes to be checked" },
	{ GET, "/parties/claim", show_claim, .may = ROLE_REPORTER, .summary = "Where the claim code of a letter to a vendor is entered" },
	{ POST, "/parties/claim", take_claim, .may = ROLE_REPORTER, .form = &claim_form, .retry = show_claim, .weight = 10,
		.summary = "Show the claim code of a letter; it opens nothing" },
	{ GET, "/parties/:ref", show, .may = ROLE_REPORTER, .needs_second_factor = true, .subject = party_load,
		.summary = "Where a vendor's part in a casefile stands" },
	{ GET, "/parties/:ref/notice", fetch_notice, .may = ROLE_REPORTER, .needs_second_factor = true, .subject = party_load, .weight = 5,
		.summary = "The reader's own copy of the notice as a PDF that bears the reader's mark; recorded" },
	{ GET, "/parties/:ref/receipts/:action", fetch_receipt, .may = ROLE_REPORTER, .needs_second_factor = true, .subject = party_load,
		.summary = "The signed receipt of an acknowledgement or of the report to the national platform" },
	{ GET, "/parties/:ref/duty", show_duty, .may = ROLE_REPORTER, .needs_second_factor = true, .subject = party_load,
		.summary = "What the vendor reported to the national platform, for printing" },
	{ POST, "/parties/:ref/actions/:action", act, .may = ROLE_REPORTER, .needs_second_factor = true, .subject = party_load,
		.form = &action_request_form, .retry = show, .summary = "Carry out an action of the party's workflow" },
	{ POST, "/parties/:ref/threads/:audience", thread_page_write, .about = &party_thread_matter, .may = ROLE_REPORTER,
		.needs_second_factor = true, .subject = party_load, .form = &thread_write_form, .retry = show,
		.summary = "Write to a conversation of a party" },
	{ POST, "/parties/:ref/threads/:audience/read", thread_page_mark, .about = &party_thread_matter, .may = ROLE_REPORTER,
		.needs_second_factor = true, .subject = party_load, .form = &thread_mark_form,
		.summary = "Mark a conversation of a party as read" },
	{ GET, "/parties/:ref/threads/:audience/:message/files/:file", thread_get_file, .about = &party_thread_matter, .may = ROLE_REPORTER,
		.needs_second_factor = true, .subject = party_load, .summary = "Download a file of a message" },
};
const RouteTable party_routes = { "subject/party", routes, COUNT(routes) };
