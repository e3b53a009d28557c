/* Articles for writers, editors and approvers: the list, the form, one article with its history and what may be done now. */
#include "people/person/person.h"
#include "subject/site/article_view.h"
#include "subject/site/site_pages_private.h"
#include "subject/site/views/article_changes.html.h"
#include "subject/site/views/article_desk.html.h"
#include "subject/site/views/article_form.html.h"
#include "subject/site/views/article_list.html.h"
#include "work/form/action_view.h"

enum { PAGE = 50 };

static Error load_article(Request *request)
{
	Article *article = arena_new_of(request->call->arena, Article);
	TRY(article_open(request->call, request_parameter(request, TEXT("ref")), article));
	request->subject = article;
	return OK;
}

static Text base_of(Arena *arena, Text ref) { return arena_printf(arena, "/site/articles/%.*s", TEXT_ARGS(url_segment(arena, ref))); }
static AttachmentOwner owner_of(const Article *article)
{
	return (AttachmentOwner) { article_machine.name, article->id, article->seal_key };
}

static Markup state_chip(Html *html, const Article *article)
{
	const WorkflowState *state = workflow_state(&article_machine, article->state);
	return state ? part_status(html, tr(html->lang, state->text), text_from(state->tone)) : (Markup) { TEXT("") };
}

/* ---- The list */
static const Table *table_of(Html *html, const Articles *articles)
{
	static const char *const labels[] = { N_("Title"), N_("Kind"), N_("State"), N_("Changed") };
	Arena *arena = html->call->arena;
	if (!articles->count) return NULL;
	Column *columns = arena_array_of(arena, Column, COUNT(labels));
	Cell *cells = arena_array_of(arena, Cell, articles->count * COUNT(labels));
	for (size_t i = 0; i < COUNT(labels); i++)
		columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = i ? COLUMN_NARROW : COLUMN_TEXT };
	for (size_t i = 0; i < articles->count; i++) {
		const Article *article = &articles->at[i];
		Cell *cell = &cells[i * COUNT(labels)];
		cell[0] = (Cell) { .text = article_title(&article->text, html->lang),
			.url = url_local(arena, "%.*s", TEXT_ARGS(base_of(arena, article->ref))) };
		cell[1] = (Cell) { .text = tr(html->lang, article_kind_text(article->kind)) };
		cell[2] = (Cell) { .markup = state_chip(html, article) };
		cell[3] = (Cell) { .markup = part_time(html, article->updated_at) };
	}
	Table *table = arena_new_of(arena, Table);
	*table = (Table) { .caption = tr(html->lang, "Articles"),
		.columns = columns,
		.column_count = COUNT(labels),
		.cells = cells,
		.row_count = articles->count };
	return table;
}

/* What waits for this reader first. */
static const char *first_state(const Actor *actor)
{
	if (actor_has(actor, ROLE_EDITOR)) return "SUBMITTED";
	return actor_has(actor, ROLE_APPROVER) ? "EDITED" : "DRAFT";
}

static Error show_list(Request *request)
{
	Html *html;
	Call *call = request->call;
	Articles articles;
	int64_t before = 0;
	Text state = request_query(request, TEXT("state")), from = request_query(request, TEXT("before"));
	if (!state.at || !workflow_state(&article_machine, state)) state = text_from(first_state(call->actor));
	if (!from.at || !text_to_int(from, &before) || before < 0) before = 0;
	PageHead head = { .title = tr(call->lang, "Articles"), .wide = true };
	TRY(article_in_state(call, state, before, PAGE, &articles));
	TRY(html_page_open(request, &head, &html));
	ArticleListView view = { .filters = state_filter(
					 html, &article_machine, &(StateFilter) { .address = "/site/articles", .state = state }),
		.table = table_of(html, &articles),
		.empty = tr(html->lang, "Nothing waits here.") };
	if (actor_has(call->actor, ROLE_WRITER)) view.fresh = url_local(call->arena, "/site/articles/new");
	if (articles.count == PAGE)
		view.pager = part_pager(html, (Url) { { 0 } },
			url_local(call->arena, "/site/articles?state=%.*s&before=%lld", TEXT_ARGS(state),
				(long long)articles.at[PAGE - 1].id));
	page_article_list(html, &view);
	return html_page_close(request, html);
}

/* ---- The form */
static Map *values_of(Arena *arena, const Article *article)
{
	Map *values = map_new(arena);
	const ArticleText *text = &article->text;
	form_set(arena, values, TEXT("kind"), article->kind);
	if (article->is_pinned) form_set(arena, values, TEXT("pinned"), TEXT("yes"));
	form_set(arena, values, TEXT("title_zh"), text->title[LANG_ZH]);
	form_set(arena, values, TEXT("title_en"), text->title[LANG_EN]);
	form_set(arena, values, TEXT("body_zh"), text->body[LANG_ZH]);
	form_set(arena, values, TEXT("body_en"), text->body[LANG_EN]);
	return values;
}

static Error show_form(Request *request, Map *values, Text title, Url action, int64_t seen)
{
	Html *html;
	PageHead head = { .title = title, .wide = true };
	Failure failure = request->call->failure;
	if (request->method == POST && form_take(request, &article_form, values) != OK) call_recover(request->call);
	request->call->failure = failure;
	TRY(html_page_open(request, &head, &html));
	ArticleFormView view = { .form = form_view(html, &article_form, values, (Url) { { 0 } }), .action = action, .seen = seen };
	page_article_form(html, &view);
	return html_page_close(request, html);
}

static Error show_new(Request *request)
{
	Arena *arena = request->call->arena;
	return show_form(request, map_new(arena), tr(request->call->lang, "Write an article"), url_local(arena, "/site/articles/new"), 0);
}

static Error do_new(Request *request)
{
	Call *call = request->call;
	Map *values = map_new(call->arena);
	Text ref;
	TRY(form_take(request, &article_form, values));
	TRY(article_new(call, values, &ref));
	return reply_redirect(request, base_of(call->arena, ref));
}

static Error show_edit(Request *request)
{
	const Article *article = request->subject;
	Arena *arena = request->call->arena;
	if (!article_may_write(article, request->call->actor))
		return fail(request->call, FORBIDDEN, "article %.*s is not theirs to write now", TEXT_ARGS(article->ref));
	Url action = url_local(arena, "%.*s/edit", TEXT_ARGS(base_of(arena, article->ref)));
	return show_form(request, values_of(arena, article), tr(request->call->lang, "Change the article"), action, article->newest);
}

typedef struct SeenForm {
	int64_t seen;
} SeenForm;
static const FieldSpec seen_fields[] = { { "seen", FIELD_INT, offsetof(SeenForm, seen) } };
static const FormSpec text_form = { .fields = seen_fields,
	.field_count = COUNT(seen_fields),
	.struct_size = sizeof(SeenForm),
	.max_body_bytes = 1024 * 1024,
	.takes_more = true };

static Error do_edit(Request *request)
{
	const Article *article = request->subject;
	const SeenForm *form = request->form;
	Map *values = map_new(request->call->arena);
	TRY(form_take(request, &article_form, values));
	TRY(article_write(request->call, article->ref, form->seen, values));
	return reply_redirect(request, base_of(request->call->arena, article->ref));
}

/* ---- One article */
static Error name_of(Call *call, int64_t person_id, Text *out)
{
	Person person;
	*out = TEXT("–");
	if (!person_id) return OK;
	TRY(person_find(call, person_id, &person));
	*out = person_shown_name(&person);
	return OK;
}

static Error facts_of(Html *html, const Article *article, Markup *out)
{
	Call *call = html->call;
	Fact facts[7] = { { .label = tr(html->lang, "Kind"), .text = tr(html->lang, article_kind_text(article->kind)) },
		{ .label = tr(html->lang, "Writer") }, { .label = tr(html->lang, "Editor") }, { .label = tr(html->lang, "Approver") } };
	size_t count = 4;
	TRY(name_of(call, article->writer_id, &facts[1].text));
	TRY(name_of(call, article->editor_id, &facts[2].text));
	TRY(name_of(call, article->approver_id, &facts[3].text));
	if (article->publish_at)
		facts[count++] = (Fact) { .label = tr(html->lang, "To be published on"), .markup = part_time(html, article->publish_at) };
	if (article->published_at)
		facts[count++] = (Fact) { .label = tr(html->lang, "Published on"), .markup = part_time(html, article->published_at) };
	if (article->published_at)
		facts[count++] = (Fact) { .label = tr(html->lang, "Public address"),
			.text = arena_printf(call->arena, "/articles/%.*s", TEXT_ARGS(article->ref)),
			.url = url_local(call->arena, "/articles/%.*s", TEXT_ARGS(article->ref)) };
	*out = part_facts(html, facts, count);
	return OK;
}

static Error history_of(Html *html, const Article *article, Markup *out)
{
	ArticleTexts texts;
	TRY(article_history(html->call, article, &texts));
	TimelineEntry *entries = arena_array_of(html->call->arena, TimelineEntry, texts.count + 1);
	for (size_t i = 0; i < texts.count; i++) {
		bool is_public = texts.at[i].number == article->public_number;
		entries[i] = (TimelineEntry) { .at = texts.at[i].at,
			.title = arena_printf(
				html->call->arena, "%.*s %lld", TEXT_ARGS(tr(html->lang, "Version")), (long long)texts.at[i].number),
			.note = is_public ? tr(html->lang, "This version is public.") : TEXT("") };
		TRY(name_of(html->call, texts.at[i].author_id, &entries[i].actor));
	}
	*out = part_timeline(html, entries, texts.count);
	return OK;
}

static Error fill(Html *html, const Article *article, Text failed, ArticleDeskView *view)
{
	Call *call = html->call;
	Arena *arena = call->arena;
	Text base = base_of(arena, article->ref), path = arena_printf(arena, "%.*s/files/", TEXT_ARGS(base));
	Attachments files;
	Matter matter;
	const WorkflowState *state = workflow_state(&article_machine, article->state);
	article_matter(article, arena, &matter);
	*view = (ArticleDeskView) { .state_text = state ? tr(html->lang, state->text) : article->state,
		.tone = state ? text_from(state->tone) : TEXT("neutral"),
		.remark = article->remark,
		.title_en = article->text.title[LANG_EN] };
	TRY(facts_of(html, article, &view->facts));
	TRY(history_of(html, article, &view->history));
	TRY(attachment_list(call, article_machine.name, article->id, &files));
	if (files.count) view->files = form_files(html, &files, path);
	view->actions = action_markups(
		html, &article_machine, &matter, article_action_form, arena_printf(arena, "%.*s/actions", TEXT_ARGS(base)), failed, NULL);
	Text public_path = arena_printf(arena, "/articles/%.*s/files/", TEXT_ARGS(article->ref));
	for (size_t i = 0; i < LANG_COUNT; i++) view->body[i] = part_document(html, article->text.body[i], public_path);
	if (article->newest > 1) view->difference = url_local(arena, "%.*s/changes", TEXT_ARGS(base));
	if (!article_may_write(article, call->actor)) return OK;
	FormField field = { .name = TEXT("files"), .label = tr(html->lang, "More files"), .kind = INPUT_FILE, .multiple = true };
	view->edit = url_local(arena, "%.*s/edit", TEXT_ARGS(base));
	view->upload = url_local(arena, "%.*s/files", TEXT_ARGS(base));
	view->upload_field = part_field(html, &field);
	return OK;
}

static Error show(Request *request)
{
	Html *html;
	ArticleDeskView view;
	const Article *article = request->subject;
	Text failed = request->method == POST ? request_parameter(request, TEXT("action")) : (Text) { 0 };
	Crumb crumbs[] = { { tr(request->call->lang, "Articles"), url_local(request->call->arena, "/site/articles") },
		{ .text = article->ref } };
	PageHead head = {
		.title = article_title(&article->text, request->call->lang), .crumbs = crumbs, .crumb_count = COUNT(crumbs), .wide = true
	};
	TRY(html_page_open(request, &head, &html));
	TRY(fill(html, article, failed, &view));
	page_article_desk(html, &view);
	return html_page_close(request, html);
}

/* From the version that is public, or the one before, to the newest; or as the address says. */
static Error show_changes(Request *request)
{
	Html *html;
	Call *call = request->call;
	const Article *article = request->subject;
	ArticleText before = { .title = { TEXT(""), TEXT("") }, .body = { TEXT(""), TEXT("") } }, after;
	int64_t from = article->public_number && article->public_number < article->newest ? article->public_number : article->newest - 1,
		wanted = 0;
	Text given = request_query(request, TEXT("from"));
	if (given.at && text_to_int(given, &wanted)) from = wanted;
	if (from > 0) TRY(article_text(call, article, from, &before)); /* else all of it is new */
	TRY(article_text(call, article, article->newest, &after));
	Text base = base_of(call->arena, article->ref);
	Crumb crumbs[] = { { article_title(&article->text, call->lang), url_local(call->arena, "%.*s", TEXT_ARGS(base)) },
		{ .text = tr(call->lang, "What changed") } };
	PageHead head = { .title = tr(call->lang, "What changed"),
		.lead = arena_printf(call->arena, "%lld → %lld", (long long)from, (long long)article->newest),
		.crumbs = crumbs,
		.crumb_count = COUNT(crumbs),
		.wide = true };
	TRY(html_page_open(request, &head, &html));
	Text titles[2] = { arena_printf(call->arena, "%.*s\n%.*s", TEXT_ARGS(before.title[LANG_ZH]), TEXT_ARGS(before.title[LANG_EN])),
		arena_printf(call->arena, "%.*s\n%.*s", TEXT_ARGS(after.title[LANG_ZH]), TEXT_ARGS(after.title[LANG_EN])) };
	ArticleChangesView view = { .titles = part_difference(html, titles[0], titles[1]),
		.chinese = part_difference(html, before.body[LANG_ZH], after.body[LANG_ZH]),
		.english = part_difference(html, before.body[LANG_EN], after.body[LANG_EN]) };
	page_article_changes(html, &view);
	return html_page_close(request, html);
}

/* ---- Acting */
static Error act(Request *request)
{
	const Article *article = request->subject;
	int64_t revision = 0;
	Map *values;
	Matter matter;
	article_matter(article, request->call->arena, &matter);
	TRY(action_take(request, &article_machine, &matter, article_action_form, &revision, &values));
	TRY(article_act(request->call, article->ref, request_parameter(request, TEXT("action")), revision, values));
	return reply_redirect(request, base_of(request->call->arena, article->ref));
}

static Error add_files(Request *request)
{
	const Article *article = request->subject;
	if (!article_may_write(article, request->call->actor))
		return fail(request->call, FORBIDDEN, "article %.*s is not theirs to write now", TEXT_ARGS(article->ref));
	TRY(upload_store(request, owner_of(article)));
	return reply_redirect(request, base_of(request->call->arena, article->ref));
}

static Error show_file(Request *request)
{
	const Article *article = request->subject;
	Attachment file;
	TRY(attachment_find(request->call, article_machine.name, article->id, request_parameter(request, TEXT("file")), &file));
	return article_reply_file(request, article, &file);
}

#define OFFICE .may = ROLE_WRITER | ROLE_EDITOR | ROLE_APPROVER, .needs_second_factor = true
#define WRITERS .may = ROLE_WRITER, .needs_second_factor = true
#define HANDS .may = ROLE_WRITER | ROLE_EDITOR, .needs_second_factor = true
static const Route routes[] = {
	{ GET, "/site/articles", show_list, OFFICE, .summary = "Articles that are written, edited or approved" },
	{ GET, "/site/articles/new", show_new, WRITERS, .summary = "The form of a new article" },
	{ POST, "/site/articles/new", do_new, WRITERS, .form = &text_form, .retry = show_new, .summary = "Begin an article" },
	{ GET, "/site/articles/:ref", show, OFFICE, .subject = load_article, .summary = "An article with its history and next steps" },
	{ GET, "/site/articles/:ref/edit", show_edit, HANDS, .subject = load_article, .summary = "The form of an article" },
	{ POST, "/site/articles/:ref/edit", do_edit, HANDS, .subject = load_article, .form = &text_form, .retry = show_edit,
		.summary = "Store a new text of an article" },
	{ GET, "/site/articles/:ref/changes", show_changes, OFFICE, .subject = load_article,
		.summary = "What changed between two texts of an article" },
	{ POST, "/site/articles/:ref/actions/:action", act, OFFICE, .subject = load_article, .form = &action_request_form, .retry = show,
		.summary = "Carry out an action of the article's workflow" },
	{ POST, "/site/articles/:ref/files", add_files, HANDS, .subject = load_article, .form = &upload_files_form, .retry = show,
		.summary = "Add files to an article" },
	{ GET, "/site/articles/:ref/files/:file", show_file, OFFICE, .subject = load_article, .summary = "A file of an article" },
};
const RouteTable article_desk_routes = { "subject/site", routes, COUNT(routes) };
