/* Articles for everybody: lists by kind, one article, its files, and what machines read. */
#include "base/base/clock.h"
#include "face/html/atom.h"
#include "store/setting/setting.h"
#include "subject/site/article_view.h"
#include "subject/site/site_pages_private.h"
#include "subject/site/views/article_list.html.h"
#include "subject/site/views/article_show.html.h"
#include "subject/site/views/contact.html.h"
#include "subject/site/views/questions.html.h"

enum { PAGE = 20, FEED = 30, SITEMAP = 2000 };

static const struct {
	const char *kind, *path, *title;
} lists[] = { { "notice", "/notices", N_("Notices") }, { "news", "/news", N_("News") },
	{ "standard", "/standards", N_("Standards and rules") }, { "download", "/downloads", N_("Downloads") },
	{ "question", "/questions", N_("Questions and answers") } };

/* ---- Languages: what is missing in the reader's is shown in the other one, and says so */
Lang article_lang(const ArticleText *text, Lang wanted)
{
	return text->title[wanted].length ? wanted : wanted == LANG_EN ? LANG_ZH : LANG_EN;
}

Text article_title(const ArticleText *text, Lang wanted) { return text->title[article_lang(text, wanted)]; }

static Text foreign_tag(const ArticleText *text, Lang wanted)
{
	Lang lang = article_lang(text, wanted);
	return lang == wanted ? TEXT("") : lang_tag(lang);
}

Url article_url(const Request *request, Text ref)
{
	return url_public(request, arena_printf(request->call->arena, "/articles/%.*s", TEXT_ARGS(url_segment(request->call->arena, ref))));
}

static Markup body_of(Html *html, const Article *article, Text files)
{
	return part_document(html, article->text.body[article_lang(&article->text, html->lang)], files);
}

static Text files_path(Arena *arena, Text ref) { return arena_printf(arena, "/articles/%.*s/files/", TEXT_ARGS(url_segment(arena, ref))); }

const char *article_kind_text(Text kind)
{
	for (size_t i = 0; i < COUNT(lists); i++)
		if (text_is(kind, text_from(lists[i].kind))) return lists[i].title;
	return "";
}

/* ---- Lists */
const Table *article_table(Html *html, const Articles *articles, Text caption)
{
	static const char *const labels[] = { N_("Title"), N_("Published on") };
	Arena *arena = html->call->arena;
	if (!articles->count) return NULL;
	Column *columns = arena_array_of(arena, Column, COUNT(labels));
	Cell *cells = arena_array_of(arena, Cell, articles->count * COUNT(labels));
	for (size_t i = 0; i < COUNT(labels); i++)
		columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = i ? COLUMN_NARROW : COLUMN_TEXT };
	for (size_t i = 0; i < articles->count; i++) {
		const Article *article = &articles->at[i];
		Text title = article_title(&article->text, html->lang);
		if (article->is_pinned)
			title = arena_printf(arena, "[%.*s] %.*s", TEXT_ARGS(tr(html->lang, N_("Pinned"))), TEXT_ARGS(title));
		cells[i * 2] = (Cell) { .text = title, .url = article_url(html->request, article->ref) };
		cells[i * 2 + 1] = (Cell) { .markup = part_date(html, article->published_at) };
	}
	Table *table = arena_new_of(arena, Table);
	*table = (Table) {
		.caption = caption, .columns = columns, .column_count = COUNT(labels), .cells = cells, .row_count = articles->count
	};
	return table;
}

/* "1772690400000-17": where the last page ended. */
static ArticleCursor cursor_of(const Request *request)
{
	ArticleCursor cursor = { 0 };
	Text rest = request_query(request, TEXT("after")), at;
	if (!rest.at || !text_next(&rest, '-', &at) || !rest.at) return (ArticleCursor) { 0 };
	return text_to_int(at, &cursor.at) && text_to_int(rest, &cursor.id) && cursor.id > 0 ? cursor : (ArticleCursor) { 0 };
}

static Markup pager_of(Html *html, const char *path, const Articles *articles)
{
	if (articles->count < PAGE) return (Markup) { TEXT("") };
	const Article *last = &articles->at[articles->count - 1];
	Url list = url_public(html->request, text_from(path)), next;
	Text address = arena_printf(
		html->call->arena, "%.*s?after=%lld-%lld", TEXT_ARGS(list.text), (long long)last->published_at, (long long)last->id);
	return url_parse(address, &next) ? part_pager(html, (Url) { { 0 } }, next) : (Markup) { TEXT("") };
}

static Error show_questions(Request *request, Html *html, const Articles *articles)
{
	QuestionLine *lines = arena_array_of(html->call->arena, QuestionLine, articles->count + 1);
	for (size_t i = 0; i < articles->count; i++) {
		const Article *article = &articles->at[i];
		lines[i] = (QuestionLine) { .title = article_title(&article->text, html->lang),
			.lang = foreign_tag(&article->text, html->lang),
			.body = body_of(html, article, files_path(html->call->arena, article->ref)) };
	}
	QuestionsView view = { .lines = lines, .count = articles->count, .pager = pager_of(html, "/questions", articles) };
	page_questions(html, &view);
	return html_page_close(request, html);
}

static Error show_list(Request *request)
{
	Html *html;
	Articles articles;
	size_t which = 0;
	for (size_t i = 0; i < COUNT(lists); i++)
		if (text_is(request->path, text_from(lists[i].path))) which = i;
	PageHead head = { .title = tr(request->call->lang, lists[which].title), .feed = TEXT("/notices.atom") };
	TRY(article_list_of(request->call, text_from(lists[which].kind), cursor_of(request), PAGE, &articles));
	TRY(html_page_open(request, &head, &html));
	reply_public(request, TEXT("article"));
	if (!strcmp(lists[which].kind, "question") && articles.count) return show_questions(request, html, &articles);
	ArticleListView view = { .table = article_table(html, &articles, head.title),
		.pager = pager_of(html, lists[which].path, &articles),
		.empty = tr(html->lang, N_("Nothing has been published here yet.")) };
	page_article_list(html, &view);
	return html_page_close(request, html);
}

/* ---- One article */
static Error public_files(Call *call, const Article *article, Attachments *out)
{
	Attachments all, files = { 0 };
	TRY(attachment_list(call, article_machine.name, article->id, &all));
	for (size_t i = 0; i < all.count; i++)
		if (article->public_number && all.at[i].is_finished && all.at[i].id <= article->public_file)
			list_add(call->arena, &files, all.at[i]);
	*out = files;
	return OK;
}

static Error show_article(Request *request)
{
	Html *html;
	Call *call = request->call;
	Article article;
	Attachments files;
	TRY(article_open_public(call, request_parameter(request, TEXT("ref")), &article));
	TRY(public_files(call, &article, &files));
	Text kind = tr(call->lang, article_kind_text(article.kind)), list = TEXT("/");
	for (size_t i = 0; i < COUNT(lists); i++)
		if (text_is(article.kind, text_from(lists[i].kind))) list = text_from(lists[i].path);
	Crumb crumbs[] = { { kind, url_public(request, list) }, { .text = article_title(&article.text, call->lang) } };
	PageHead head = { .title = crumbs[1].text, .crumbs = crumbs, .crumb_count = COUNT(crumbs) };
	TRY(html_page_open(request, &head, &html));
	ArticleShowView view = { .lang = foreign_tag(&article.text, html->lang),
		.kind = kind,
		.remark = article.remark,
		.published_at = article.published_at,
		.changed_at = article.changed_at,
		.was_changed = article.changed_at > article.published_at,
		.is_withdrawn = !article.public_number };
	Text path = files_path(call->arena, article.ref);
	if (!view.is_withdrawn) view.body = body_of(html, &article, path);
	if (files.count) view.files = form_files(html, &files, path);
	page_article_show(html, &view);
	reply_public(request, arena_printf(call->arena, "article:%.*s", TEXT_ARGS(article.ref)));
	return html_page_close(request, html);
}

Error article_reply_file(Request *request, const Article *article, const Attachment *file)
{
	static const char *const pictures[] = { "image/png", "image/jpeg", "image/gif", "image/webp" };
	int descriptor = -1;
	(void)article;
	TRY(attachment_open(request->call, file, &descriptor));
	reply_download(request, file->name, descriptor, file->size_bytes);
	for (size_t i = 0; i < COUNT(pictures); i++)
		if (text_is(file->content_type, text_from(pictures[i]))) request->reply.content_type = file->content_type;
	return OK;
}

static Error show_file(Request *request)
{
	Call *call = request->call;
	Article article;
	Attachments files;
	TRY(article_open_public(call, request_parameter(request, TEXT("ref")), &article));
	TRY(public_files(call, &article, &files));
	for (size_t i = 0; i < files.count; i++)
		if (text_is(files.at[i].ref, request_parameter(request, TEXT("file"))))
			return article_reply_file(request, &article, &files.at[i]);
	return fail(call, NOT_FOUND, "no public file of this name");
}

/* ---- Contact */
static Error show_contact(Request *request)
{
	Html *html;
	Call *call = request->call;
	PageHead head = { .title = tr(call->lang, "Contact") };
	TRY(html_page_open(request, &head, &html));
	ContactView view = { .mail = setting_text(call, SETTING_contact_mail),
		.phone = setting_text(call, SETTING_contact_phone),
		.address = setting_text(call, SETTING_contact_address),
		.report = url_local(call->arena, "/report") };
	if (view.mail.length && !url_parse(arena_printf(call->arena, "mailto:%.*s", TEXT_ARGS(view.mail)), &view.mail_url))
		view.mail = TEXT("");
	page_contact(html, &view);
	return html_page_close(request, html);
}

/* ---- For machines */
static Error show_atom(Request *request)
{
	Call *call = request->call;
	Articles articles;
	TRY(article_newest(call, FEED, &articles));
	AtomEntry *entries = arena_array_of(call->arena, AtomEntry, articles.count + 1);
	for (size_t i = 0; i < articles.count; i++) {
		const Article *article = &articles.at[i];
		entries[i] = (AtomEntry) { .address = url_absolute(call, article_url(request, article->ref)).text,
			.title = article_title(&article->text, call->lang),
			.category = article->kind,
			.published_at = article->published_at,
			.updated_at = article->changed_at };
	}
	const AtomFeed feed = { .self = url_absolute(call, url_public(request, TEXT("/notices.atom"))).text,
		.title = tr(call->lang, N_("Notices and news")),
		.entries = entries,
		.count = articles.count };
	atom_reply(request, &feed, TEXT("article"));
	return OK;
}

static Error list_json(Request *request)
{
	Articles articles;
	Arena *arena = request->call->arena;
	Buffer buffer = { .arena = arena };
	JsonWriter writer = json_writer(&buffer);
	TRY(article_newest(request->call, FEED, &articles));
	json_object_begin(&writer);
	json_key(&writer, TEXT("articles"));
	json_array_begin(&writer);
	for (size_t i = 0; i < articles.count; i++) {
		const Article *article = &articles.at[i];
		json_object_begin(&writer);
		json_put_text(&writer, "ref", article->ref);
		json_put_text(&writer, "kind", article->kind);
		json_put_text(&writer, "published_at", clock_iso(arena, article->published_at));
		json_put_text(&writer, "changed_at", clock_iso(arena, article->changed_at));
		json_put_text(&writer, "title_zh", article->text.title[LANG_ZH]);
		json_put_text(&writer, "title_en", article->text.title[LANG_EN]);
		json_put_text(&writer, "body_zh", article->text.body[LANG_ZH]);
		json_put_text(&writer, "body_en", article->text.body[LANG_EN]);
		json_end(&writer);
	}
	json_end(&writer);
	json_end(&writer);
	json_finish(&writer);
	reply_json(request, buffer_text(&buffer));
	reply_public(request, TEXT("article"));
	return OK;
}

static void put_location(Buffer *out, const Call *call, Text path)
{
	buffer_put(out, TEXT("<url><loc>"));
	buffer_put(out, url_absolute(call, (Url) { path }).text);
	buffer_put(out, TEXT("</loc></url>\n"));
}

static Error show_sitemap(Request *request)
{
	static const char *const pages[] = { "/", "/about", "/contact", "/rules", "/advisories", "/warnings", "/en", "/en/about",
		"/en/contact", "/en/rules", "/en/advisories", "/en/warnings" };
	Call *call = request->call;
	Articles articles;
	Buffer out = { .arena = call->arena };
	TRY(article_newest(call, SITEMAP, &articles));
	buffer_put(
		&out, TEXT("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"));
	for (size_t i = 0; i < COUNT(pages); i++) put_location(&out, call, text_from(pages[i]));
	for (size_t i = 0; i < COUNT(lists); i++) put_location(&out, call, text_from(lists[i].path));
	for (size_t i = 0; i < articles.count; i++)
		put_location(&out, call, arena_printf(call->arena, "/articles/%.*s", TEXT_ARGS(articles.at[i].ref)));
	buffer_put(&out, TEXT("</urlset>\n"));
	reply_text(request, TEXT("application/xml; charset=utf-8"), buffer_text(&out));
	reply_public(request, TEXT("article"));
	return OK;
}

static Error show_robots(Request *request)
{
	Text map = url_absolute(request->call, (Url) { TEXT("/sitemap.xml") }).text;
	reply_text(request, TEXT("text/plain; charset=utf-8"),
		arena_printf(request->call->arena,
			"User-agent: *\nDisallow: /account\nDisallow: /admin\nDisallow: /site\nDisallow: /reports\nDisallow: "
			"/casefiles\nSitemap: %.*s\n",
			TEXT_ARGS(map)));
	reply_public(request, TEXT("site"));
	return OK;
}

#define PUBLIC .may = ROLE_EVERYBODY, .is_public = true
static const Route routes[] = {
	{ GET, "/notices", show_list, PUBLIC, .summary = "Notices of the library" },
	{ GET, "/news", show_list, PUBLIC, .summary = "News of the library" },
	{ GET, "/standards", show_list, PUBLIC, .summary = "Standards and rules the library works by" },
	{ GET, "/downloads", show_list, PUBLIC, .summary = "Files to download" },
	{ GET, "/questions", show_list, PUBLIC, .summary = "Questions and answers" },
	{ GET, "/articles/:ref", show_article, PUBLIC, .summary = "A published article, or that it was withdrawn" },
	{ GET, "/articles/:ref/files/:file", show_file, PUBLIC, .summary = "A file of a published article" },
	{ GET, "/contact", show_contact, PUBLIC, .summary = "How to reach the library" },
	{ GET, "/notices.atom", show_atom, PUBLIC, .summary = "The newest articles as Atom feed" },
	{ GET, "/api/v1/articles", list_json, PUBLIC, .summary = "The newest published articles" },
	{ GET, "/sitemap.xml", show_sitemap, PUBLIC, .summary = "Addresses of public pages, for search engines" },
	{ GET, "/robots.txt", show_robots, PUBLIC, .summary = "What search engines may read" },
};
const RouteTable article_routes = { "subject/site", routes, COUNT(routes) };
