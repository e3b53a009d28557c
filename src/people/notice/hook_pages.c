/* /account/webhooks: machines that are told beside oneself. */
#include "people/notice/hook_view_private.h"
#include "people/notice/notice_hook.h"
#include "people/notice/notice_pages.h"
#include "people/notice/views/hooks.html.h"
#include "people/person/form_page.h"

typedef struct HookForm {
	Text address;
} HookForm;
static const FieldSpec hook_fields[] = { { "address", FIELD_TEXT, offsetof(HookForm, address), .required = true,
	.max_length = WEBHOOK_ADDRESS_MAX } };
static const FormSpec hook_form = { hook_fields, COUNT(hook_fields), sizeof(HookForm), .max_body_bytes = 0 };

#define COLUMN(text, kind_) \
	{ \
		tr(html->lang, text), kind_ \
	}

static Markup state_of(Html *html, const Hook *hook)
{
	if (hook->failing_at) return part_status(html, tr(html->lang, "Does not arrive"), TEXT("bad"));
	if (!hook->arrived_at) return part_status(html, tr(html->lang, "Nothing sent yet"), TEXT("neutral"));
	return part_status(html, tr(html->lang, "In order"), TEXT("good"));
}

static Markup buttons_of(Html *html, const Hook *hook)
{
	Arena *arena = html->call->arena;
	Html inner = html_inner(html);
	html_markup(&inner, button_form(html, url_local(arena, "/account/webhooks/%.*s/test", TEXT_ARGS(hook->ref)),
				    tr(html->lang, "Send a test"), TEXT("quiet"), TEXT(""), TEXT("")));
	html_markup(&inner, button_form(html, url_local(arena, "/account/webhooks/%.*s/end", TEXT_ARGS(hook->ref)),
				    tr(html->lang, "Remove"), TEXT("quiet"), TEXT(""), TEXT("")));
	return html_done(html, &inner);
}

static Markup hook_table(Html *html, const Hooks *hooks)
{
	Column columns[] = { COLUMN(N_("Address"), COLUMN_VECTOR), COLUMN(N_("State"), COLUMN_NARROW),
		COLUMN(N_("Arrived last"), COLUMN_NARROW), COLUMN(N_("Newest failure"), COLUMN_TEXT), COLUMN(N_("Action"), COLUMN_NARROW) };
	Cell *cells = arena_array_of(html->call->arena, Cell, hooks->count * COUNT(columns) + 1);
	for (size_t i = 0; i < hooks->count; i++) {
		const Hook *hook = &hooks->at[i];
		Cell *row = &cells[i * COUNT(columns)];
		row[0].text = hook->address;
		row[1].markup = state_of(html, hook);
		row[2] = hook->arrived_at ? (Cell) { .markup = part_time(html, hook->arrived_at) }
					  : (Cell) { .text = tr(html->lang, "Never") };
		row[3].text = hook->reason.length ? hook->reason : tr(html->lang, "None");
		row[4].markup = buttons_of(html, hook);
	}
	return part_table(html, &(Table) { tr(html->lang, "Webhooks"), columns, COUNT(columns), cells, hooks->count });
}

static Error show_with(Request *request, Text secret)
{
	Call *call = request->call;
	Failure failure = call->failure; /* of the form that is shown again */
	Crumb crumbs[] = { { tr(call->lang, "My account"), url_local(call->arena, "/account") },
		{ tr(call->lang, "How I am told"), url_local(call->arena, "/account/notices") }, { .text = tr(call->lang, "Webhooks") } };
	PageHead head = { .title = tr(call->lang, "Webhooks"),
		.lead = tr(call->lang, "Whatever comes to your inbox is sent to these addresses, too, at once."),
		.crumbs = crumbs,
		.crumb_count = COUNT(crumbs) };
	Hooks hooks;
	Html *html;
	FormField *address = arena_new_of(call->arena, FormField);
	TRY(notice_hooks(call, &hooks));
	call->failure = failure;
	TRY(html_page_open(request, &head, &html));
	Text typed = request->method == POST && !secret.length ? request_form_value(request, TEXT("address")) : TEXT("");
	*address = form_field(request, "address", INPUT_TEXT, N_("Address"), N_("https, and reachable for everybody."), typed);
	if (secret.length) address->value = TEXT(""); /* it was added */
	HooksView view = { .secret = secret,
		.hooks = hook_table(html, &hooks),
		.add = inline_form(html, url_local(call->arena, "/account/webhooks"), address, 1, tr(call->lang, "Add"), TEXT("")),
		.count = hooks.count,
		.is_full = hooks.count >= HOOKS_MAX };
	page_hooks(html, &view);
	return html_page_close(request, html);
}

static Error show(Request *request) { return show_with(request, TEXT("")); }

static Error do_add(Request *request)
{
	Text secret;
	TRY(notice_hook_add(request->call, ((const HookForm *)request->form)->address, &secret));
	return show_with(request, secret);
}

static Error do_test(Request *request)
{
	TRY(notice_hook_try(request->call, request_parameter(request, TEXT("ref"))));
	return reply_redirect(request, TEXT("/account/webhooks"));
}

static Error do_end(Request *request)
{
	TRY(notice_hook_end(request->call, request_parameter(request, TEXT("ref"))));
	return reply_redirect(request, TEXT("/account/webhooks"));
}

static const Route rows[] = {
	{ GET, "/account/webhooks", show, ROLE_PEOPLE, .summary = "Lists one's webhooks and what became of what was sent to them." },
	{ POST, "/account/webhooks", do_add, ROLE_PEOPLE, .form = &hook_form, .retry = show, .weight = 5,
		.summary = "Adds a webhook; the answer shows its secret, once." },
	{ POST, "/account/webhooks/:ref/test", do_test, ROLE_PEOPLE, .weight = 5,
		.summary = "Sends a webhook a message of type \"test\"." },
	{ POST, "/account/webhooks/:ref/end", do_end, ROLE_PEOPLE, .summary = "Removes a webhook, with what waits for it." },
};
const RouteTable notice_hook_routes = { "notice", rows, COUNT(rows) };
