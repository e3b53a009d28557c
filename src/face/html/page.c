#include "face/html/html.h"

#include "face/html/html_private.h"
#include "face/html/views/error.html.h"
#include "face/html/views/shell.html.h"

static const ShellSpec *shell = &(const ShellSpec) { .library_name = N_("Vulnerability library") };

void html_set_shell(const ShellSpec *given) { shell = given; }

Error html_page_open(Request *request, const PageHead *head, Html **out)
{
	Html *html = arena_new_of(request->call->arena, Html);
	*html = html_alone(request->call, request->call->lang);
	html->request = request;
	html->csrf_token = request->csrf_token;
	html->head = head;
	*out = html;
	return OK;
}

static bool is_public(const Request *request) { return request->route && request->route->is_public; }

/* The current place: this very path, or one below it. */
static bool is_here(Text path, const char *item)
{
	Text base = text_from(item);
	if (text_is(path, base)) return true;
	return base.length > 1 && text_starts(path, base) && path.at[base.length] == '/';
}

static void add_links(const Request *request, const NavigationItem *items, size_t count, bool public_ones, ShellLinks *out)
{
	Call *call = request->call;
	for (size_t i = 0; i < count; i++) {
		const NavigationItem *item = &items[i];
		if (item->is_public != public_ones) continue;
		if (!public_ones && !actor_has(call->actor, item->may)) continue;
		ShellLink link = {
			.text = tr(call->lang, item->text), .group = item->group, .is_here = is_here(request->path, item->path)
		};
		link.is_inbox = shell->inbox_path && !strcmp(item->path, shell->inbox_path);
		bool has_english = public_ones && !item->has_one_address;
		link.url = has_english ? url_public(request, text_from(item->path)) : url_local(call->arena, "%s", item->path);
		list_add(call->arena, out, link);
	}
}

static bool is_same_group(const char *a, const char *b) { return a && b && strcmp(a, b) == 0; }

/* Neighbours of one group become a menu; what is alone in its group needs none. */
static void add_menus(const Request *request, ShellMenus *out)
{
	Call *call = request->call;
	ShellLinks links = { 0 };
	add_links(request, shell->items, shell->item_count, false, &links);
	for (size_t i = 0, end; i < links.count; i = end) {
		ShellMenu menu = { .links = &links.at[i] };
		for (end = i + 1; end < links.count && is_same_group(links.at[i].group, links.at[end].group);) end++;
		for (size_t k = i; k < end; k++) menu.is_here |= links.at[k].is_here;
		menu.link_count = end - i;
		if (menu.link_count > 1) menu.text = tr(call->lang, links.at[i].group);
		list_add(call->arena, out, menu);
	}
}

/* The feed of a page stands at its foot, unless it stands there anyway. */
static bool is_in_footer(const ShellView *view)
{
	for (size_t i = 0; i < view->footer_links.count; i++)
		if (text_is(view->footer_links.at[i].url.text, view->feed.text)) return true;
	return false;
}

static Url local_or_none(Arena *arena, const char *path) { return path ? url_local(arena, "%s", path) : (Url) { 0 }; }

static Text with_query(const Request *request, Text path)
{
	return request->query.length ? arena_printf(request->call->arena, "%.*s?%.*s", TEXT_ARGS(path), TEXT_ARGS(request->query)) : path;
}

/* The same page in the other language. A path that is no checked address (an attack) leads to the front page instead. */
static Url other_language(const Request *request)
{
	Call *call = request->call;
	Lang other = call->lang == LANG_ZH ? LANG_EN : LANG_ZH;
	Buffer path = { .arena = call->arena };
	Text rest = request->path, segment;
	while (text_next(&rest, '/', &segment))
		if (segment.length) buffer_printf(&path, "/%.*s", TEXT_ARGS(url_segment(call->arena, segment)));
	Url url;
	if (is_public(request)) { /* "/" and "/en", "/x" and "/en/x" */
		Text there = other == LANG_EN ? arena_printf(call->arena, "/en%.*s", TEXT_ARGS(buffer_text(&path))) : buffer_text(&path);
		there = with_query(request, there.length ? there : TEXT("/"));
		return url_parse(there, &url) ? url : (Url) { TEXT("/") };
	}
	Text target = request->method == GET ? with_query(request, path.length ? buffer_text(&path) : TEXT("/")) : TEXT("");
	return (Url) { arena_printf(
		call->arena, "/language/%s?back=%.*s", other == LANG_EN ? "en" : "zh-CN", TEXT_ARGS(url_segment(call->arena, target))) };
}

/* As app.js keeps it. */
static Text unread_text(Arena *arena, int64_t count)
{
	if (count > 99) return TEXT("99+");
	return count ? arena_printf(arena, "%lld", (long long)count) : TEXT("");
}

static void fill_shell(Request *request, const Html *html, ShellView *view)
{
	Call *call = request->call;
	bool person = call->actor->person_id != 0;
	*view = (ShellView) {
		.head = html->head,
		.is_public = is_public(request),
		.language = lang_tag(call->lang),
		.other_language_tag = lang_tag(call->lang == LANG_ZH ? LANG_EN : LANG_ZH),
		.other_language_name = call->lang == LANG_ZH ? TEXT("English") : TEXT("中文"),
		.other_language = other_language(request),
		.home = url_public(request, TEXT("/")),
		.library_name = tr(call->lang, shell->library_name),
		.desk = local_or_none(call->arena, shell->desk_path),
		.report = local_or_none(call->arena, shell->report_path),
		.demo = call->house && call->house->demo,
		.demo_url = local_or_none(call->arena, shell->demo_path),
		.person = call->actor->name,
	};
	if (person) view->unread_url = local_or_none(call->arena, shell->unread_path);
	if (person) view->sign_out = local_or_none(call->arena, shell->sign_out_path);
	if (!person) view->sign_in = local_or_none(call->arena, shell->sign_in_path);
	view->body = (Markup) { buffer_text(&html->out) };
	if (person && !view->is_public && shell->unread_count) view->unread = unread_text(call->arena, shell->unread_count(request));
	if (shell->filing_numbers && call->house) view->filing_numbers = shell->filing_numbers(call->house, call->arena);
	if (html->head->feed.length) view->feed = url_public(request, html->head->feed);
	add_links(request, shell->items, shell->item_count, true, &view->public_links);
	add_links(request, shell->footer, shell->footer_count, true, &view->footer_links);
	view->feed_link = is_in_footer(view) ? (Url) { 0 } : view->feed;
	if (!view->is_public) add_menus(request, &view->menus);
}

Error html_page_close(Request *request, Html *html)
{
	ShellView *view = arena_new_of(request->call->arena, ShellView);
	fill_shell(request, html, view);
	Html page = html_inner(html);
	buffer_reserve(&page.out, html->out.length + 8192);
	page_shell(&page, view);
	reply_html(request, buffer_text(&page.out));
	return OK;
}

void html_show_error(Request *request, Error error)
{
	Call *call = request->call;
	int status = error_http_status(error);
	PageHead head = { .title = tr(call->lang, error_message(error)) };
	ErrorView view = { .status = status, .home = url_public(request, TEXT("/")), .retry_seconds = call->failure.retry_after_seconds };
	view.sign_in = error == ERROR_UNAUTHENTICATED ? local_or_none(call->arena, shell->sign_in_path) : (Url) { 0 };
	Html *html;
	if (html_page_open(request, &head, &html) != OK) return;
	view.problems = part_problems(html);
	page_error(html, &view);
	if (html_page_close(request, html) == OK) request->reply.status = status;
}

static Error set_language(Request *request)
{
	Lang lang;
	Call *call = request->call;
	if (!lang_parse(request_parameter(request, TEXT("to")), &lang)) return fail(call, NOT_FOUND, "no such language");
	reply_cookie(request, TEXT("lang"), lang_tag(lang), (int64_t)365 * 86400);
	Text back = request_query(request, TEXT("back"));
	Url url;
	bool is_safe = url_parse(back, &url) && back.length && back.at[0] == '/';
	return reply_redirect(request, is_safe ? back : TEXT("/"));
}

static const Route rows[] = {
	{ GET, "/language/:to", set_language, .may = ROLE_EVERYBODY, .summary = "Keep the reader's language and go back to the page." },
	{ GET, "/styleguide", styleguide_page, .may = ROLE_EVERYBODY, .summary = "Show every part of the pages, in demo mode only." },
};
const RouteTable html_routes = { "html", rows, COUNT(rows) };
