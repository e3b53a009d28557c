#include "people/notice/inbox_view_private.h"
#include "people/notice/notice_pages.h"
#include "people/notice/views/inbox.html.h"
#include "people/person/form_page.h"

enum { PAGE_NOTICES = 50 };

int64_t notice_unread_count(Request *request)
{
	int64_t count = 0;
	if (request->call->actor->person_id == 0) return 0;
	if (notice_unread(request->call, &count) != OK) call_recover(request->call);
	return count;
}

static Error show_inbox(Request *request)
{
	Call *call = request->call;
	PageHead head = { .title = tr(call->lang, "Messages") };
	InboxView view = { 0 };
	Notices notices;
	int64_t before = 0;
	Html *html;
	if (!text_to_int(request_query(request, TEXT("before")), &before) || before < 0) before = 0;
	TRY(notice_list(call, before, PAGE_NOTICES, &notices));
	TRY(html_page_open(request, &head, &html));
	view.lines = arena_array_of(call->arena, InboxLine, notices.count + 1);
	for (size_t i = 0; i < notices.count; i++) {
		const Notice *notice = &notices.at[i];
		Url url = url_local(call->arena, "/inbox/%.*s", TEXT_ARGS(url_segment(call->arena, notice->ref)));
		view.lines[view.count++] = (InboxLine) { .text = notice->subject_line,
			.at = notice->created_at,
			.unread = notice->unread,
			.open = button_form(html, url, tr(call->lang, "Open"), TEXT("quiet"), TEXT(""), TEXT("")) };
		view.has_unread = view.has_unread || notice->unread;
	}
	view.read_all = button_form(
		html, url_local(call->arena, "/inbox/read"), tr(call->lang, "Mark all as read"), TEXT("quiet"), TEXT(""), TEXT(""));
	if (notices.count == PAGE_NOTICES)
		view.next = url_local(call->arena, "/inbox?before=%lld", (long long)notices.at[notices.count - 1].id);
	page_inbox(html, &view);
	return html_page_close(request, html);
}

static Error do_open(Request *request)
{
	Text link;
	TRY(notice_open(request->call, request_parameter(request, TEXT("ref")), &link));
	return reply_redirect(request, link);
}

static Error do_read_all(Request *request)
{
	TRY(notice_read_all(request->call));
	return reply_redirect(request, TEXT("/inbox"));
}

static Error show_unread(Request *request)
{
	int64_t count = 0;
	TRY(notice_unread(request->call, &count));
	reply_json(request, arena_printf(request->call->arena, "{\"unread\":%lld}", (long long)count));
	return OK;
}

static const Route rows[] = {
	{ GET, "/inbox", show_inbox, ROLE_PEOPLE, .summary = "Lists one's own notices." },
	{ GET, NOTICE_UNREAD_PATH, show_unread, ROLE_PEOPLE,
		.summary = "Counts one's own unread notices, for the mark in the navigation." },
	{ POST, "/inbox/read", do_read_all, ROLE_PEOPLE, .summary = "Marks all of one's own notices as read." },
	{ POST, "/inbox/:ref", do_open, ROLE_PEOPLE, .summary = "Marks a notice as read and goes to its matter." },
};
const RouteTable notice_routes = { "notice", rows, COUNT(rows) };
