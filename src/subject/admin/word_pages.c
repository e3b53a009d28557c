/* Lists of words: what the operator adds and changes, and what it was before. */
#include "face/html/html.h"
#include "people/person/person.h"
#include "subject/admin/admin_view.h"
#include "subject/admin/views/settings.html.h"
#include "subject/admin/views/word.html.h"
#include "subject/admin/views/wordlist.html.h"

enum { HISTORY_PAGE = 50 };
typedef LIST_OF(Column) Columns;

static Error list_of(Request *request, const Wordlist **out)
{
	*out = admin_wordlist(request_parameter(request, TEXT("list")));
	return *out ? OK : fail(request->call, NOT_FOUND, "no such list");
}

static Url list_url(Arena *arena, const Wordlist *list) { return url_local(arena, "/admin/words/%s", list->name); }

static Url word_url(Arena *arena, const Wordlist *list, Text code)
{
	return url_local(arena, "/admin/words/%s/%.*s", list->name, TEXT_ARGS(url_segment(arena, code)));
}

static Columns columns_of(Html *html, const char *const *labels, size_t count)
{
	Columns columns = { 0 };
	for (size_t i = 0; i < count; i++) list_add(html->call->arena, &columns, (Column) { .label = tr(html->lang, labels[i]) });
	return columns;
}

static Markup standing(Html *html, const Word *word)
{
	if (word->is_retired) return part_status(html, tr(html->lang, "Offered no more"), TEXT("neutral"));
	if (word->is_reserved) return part_status(html, tr(html->lang, "Given by the program"), TEXT("active"));
	return part_status(html, tr(html->lang, "Offered"), TEXT("good"));
}

static Text or_dash(Text text) { return text.length ? text : TEXT("–"); }

/* ---- The lists */
static Error show_lists(Request *request)
{
	static const char *const labels[] = { N_("List"), N_("Words"), N_("Changed or added") };
	Html *html;
	Call *call = request->call;
	Words words;
	PageHead head = { .title = tr(call->lang, "Lists of words"),
		.lead = tr(call->lang,
			"What people choose from. Every version is kept, and what was decided keeps the words it was decided with.") };
	Cell *cells = arena_array_of(call->arena, Cell, admin_wordlist_count * COUNT(labels));
	TRY(html_page_open(request, &head, &html));
	for (size_t i = 0; i < admin_wordlist_count; i++) {
		int64_t changed = 0;
		TRY(wordlist_words(call, admin_wordlists[i], &words));
		for (size_t k = 0; k < words.count; k++) changed += words.at[k].version > 0;
		Cell *cell = &cells[i * COUNT(labels)];
		cell[0] = (Cell) { .text = tr(call->lang, admin_wordlists[i]->title), .url = list_url(call->arena, admin_wordlists[i]) };
		cell[1] = (Cell) { .markup = part_number(html, (int64_t)words.count) };
		cell[2] = (Cell) { .markup = part_number(html, changed) };
	}
	Table table = { head.title, columns_of(html, labels, COUNT(labels)).at, COUNT(labels), cells, admin_wordlist_count };
	SettingGroupView group = { .title = tr(call->lang, "Lists"), .table = &table };
	page_settings(html, &(SettingsView) { &group, 1 });
	return html_page_close(request, html);
}

/* ---- Fields */
static Markup field_of(Html *html, FormField field, Text known)
{
	Text typed = html->request->method == POST ? request_form_value(html->request, field.name) : (Text) { 0 };
	field.value = typed.at ? typed : known;
	return part_field(html, &field);
}

static Markup fields_of(Html *html, const Wordlist *list, const Word *word)
{
	Text source = tr(html->lang, list->source_label);
	Html inner = html_inner(html);
	if (!word)
		html_markup(&inner, field_of(html,
					    (FormField) { .name = TEXT("code"),
						    .label = tr(html->lang, "Code"),
						    .help = tr(html->lang, "Small letters, digits and hyphens, at most 40."),
						    .kind = INPUT_CODE,
						    .required = true },
					    TEXT("")));
	FormField fields[] = { { .name = TEXT("text_zh"), .label = tr(html->lang, "Words in Chinese"), .required = true },
		{ .name = TEXT("text_en"), .label = tr(html->lang, "Words in English"), .required = true },
		{ .name = TEXT("source_zh"),
			.label = arena_printf(
				html->call->arena, "%.*s %.*s", TEXT_ARGS(source), TEXT_ARGS(tr(html->lang, "(in Chinese)"))) },
		{ .name = TEXT("source_en"),
			.label = arena_printf(
				html->call->arena, "%.*s %.*s", TEXT_ARGS(source), TEXT_ARGS(tr(html->lang, "(in English)"))) } };
	for (size_t i = 2; i < COUNT(fields); i++) {
		fields[i].kind = list->has_lines ? INPUT_LINES : INPUT_TEXT;
		fields[i].required = list->has_lines;
	}
	Text known[COUNT(fields)] = { 0 };
	if (word) memcpy(known, (Text[]) { word->text_zh, word->text_en, word->source_zh, word->source_en }, sizeof(known));
	for (size_t i = 0; i < COUNT(fields); i++) html_markup(&inner, field_of(html, fields[i], known[i]));
	if (word)
		html_markup(&inner,
			field_of(html,
				(FormField) {
					.name = TEXT("retired"), .label = tr(html->lang, "It is offered no more"), .kind = INPUT_CHECK },
				word->is_retired ? TEXT("true") : TEXT("")));
	html_markup(&inner, field_of(html,
				    (FormField) { .name = TEXT("reason"),
					    .label = tr(html->lang, "Reason of the change"),
					    .kind = INPUT_LINES,
					    .rows = 3,
					    .required = true },
				    TEXT("")));
	return html_done(html, &inner);
}

/* ---- One list */
static Error show_list(Request *request)
{
	static const char *const labels[] = { N_("Code"), N_("Words"), NULL, N_("Version"), N_("Standing") };
	Html *html;
	Words words;
	const Wordlist *list;
	Call *call = request->call;
	TRY(list_of(request, &list));
	Failure failure = call->failure; /* of the form that is shown again */
	Crumb crumbs[] = { { tr(call->lang, "Lists of words"), url_local(call->arena, "/admin/words") },
		{ .text = text_from(list->name) } };
	PageHead head = { .title = tr(call->lang, list->title), .crumbs = crumbs, .crumb_count = COUNT(crumbs), .wide = true };
	const char *shown[COUNT(labels)];
	memcpy(shown, labels, sizeof(shown));
	shown[2] = list->source_label;
	TRY(wordlist_words(call, list, &words));
	TRY(html_page_open(request, &head, &html));
	Cell *cells = arena_array_of(call->arena, Cell, words.count * COUNT(labels));
	for (size_t i = 0; i < words.count; i++) {
		const Word *word = &words.at[i];
		Cell *cell = &cells[i * COUNT(labels)];
		cell[0] = (Cell) { .text = word->code, .url = word_url(call->arena, list, word->code) };
		cell[1].text = word_text(word, html->lang);
		cell[2].text = or_dash(word_source(word, html->lang));
		cell[3].markup = part_number(html, word->version);
		cell[4].markup = standing(html, word);
	}
	Table table = { head.title, columns_of(html, shown, COUNT(shown)).at, COUNT(shown), cells, words.count };
	call->failure = failure;
	page_wordlist(html, &(WordlistView) { .table = &table,
				    .fields = fields_of(html, list, NULL),
				    .action = list_url(call->arena, list),
				    .may_change = actor_has(call->actor, ROLE_SYSTEM_ADMIN) });
	return html_page_close(request, html);
}

/* ---- One word */
static Error fill_history(Html *html, const Wordlist *list, Text code, WordView *view)
{
	static const char *const labels[] = { N_("At"), N_("Words"), N_("Standing"), N_("Done by"), N_("Reason") };
	Call *call = html->call;
	WordVersions versions;
	TRY(wordlist_history(call, list, code, request_query_number(html->request, TEXT("before")), HISTORY_PAGE, &versions));
	Cell *cells = arena_array_of(call->arena, Cell, versions.count * COUNT(labels) + 1);
	for (size_t i = 0; i < versions.count; i++) {
		const WordVersion *version = &versions.at[i];
		Cell *cell = &cells[i * COUNT(labels)];
		cell[0].markup = part_time(html, version->set_at);
		cell[1].text = word_text(&version->word, html->lang);
		cell[2].markup = standing(html, &version->word);
		TRY(person_name(call, version->person_id, &cell[3].text));
		cell[4].text = version->reason;
	}
	Table table = { tr(html->lang, "History"), columns_of(html, labels, COUNT(labels)).at, COUNT(labels), cells, versions.count };
	view->history = versions.count ? part_table(html, &table)
				       : part_empty(html, tr(html->lang, "Never changed: the built-in words hold."), TEXT(""),
						 (Url) { { 0 } }, TEXT(""));
	if (versions.count == HISTORY_PAGE)
		view->pager = part_pager(html, (Url) { { 0 } },
			url_local(call->arena, "%.*s?before=%lld", TEXT_ARGS(view->action.text),
				(long long)versions.at[HISTORY_PAGE - 1].word.version));
	return OK;
}

static Error show_word(Request *request)
{
	Html *html;
	Word word;
	bool is_found;
	const Wordlist *list;
	Call *call = request->call;
	Text code = request_parameter(request, TEXT("code"));
	TRY(list_of(request, &list));
	Failure failure = call->failure;
	TRY(wordlist_find(call, list, code, -1, &word, &is_found));
	if (!is_found) return fail(call, NOT_FOUND, "no word %.*s in %s", TEXT_ARGS(code), list->name);
	Crumb crumbs[] = { { tr(call->lang, "Lists of words"), url_local(call->arena, "/admin/words") },
		{ tr(call->lang, list->title), list_url(call->arena, list) }, { .text = word.code } };
	PageHead head = { .title = word_text(&word, call->lang), .crumbs = crumbs, .crumb_count = COUNT(crumbs) };
	TRY(html_page_open(request, &head, &html));
	Fact facts[] = { { .label = tr(html->lang, "Words in Chinese"), .text = word.text_zh },
		{ .label = tr(html->lang, "Words in English"), .text = word.text_en },
		{ .label = tr(html->lang, list->source_label), .text = or_dash(word_source(&word, html->lang)) },
		{ .label = tr(html->lang, "Standing"), .markup = standing(html, &word) },
		{ .label = tr(html->lang, "Version"), .markup = part_number(html, word.version) } };
	WordView view = { .facts = part_facts(html, facts, COUNT(facts)),
		.action = word_url(call->arena, list, word.code),
		.seen = word.version,
		.may_change = actor_has(call->actor, ROLE_SYSTEM_ADMIN) };
	TRY(fill_history(html, list, word.code, &view));
	call->failure = failure;
	view.fields = fields_of(html, list, &word);
	page_word(html, &view);
	return html_page_close(request, html);
}

/* ---- Changing */
typedef struct WordForm {
	Text code, text_zh, text_en, source_zh, source_en, reason;
	int64_t seen;
	bool retired;
} WordForm;
static const FieldSpec fields[] = {
	{ "code", FIELD_TEXT, offsetof(WordForm, code), .max_length = WORD_CODE_MOST },
	{ "text_zh", FIELD_TEXT, offsetof(WordForm, text_zh), .required = true, .max_length = WORD_TEXT_MOST },
	{ "text_en", FIELD_TEXT, offsetof(WordForm, text_en), .required = true, .max_length = WORD_TEXT_MOST },
	{ "source_zh", FIELD_LINES, offsetof(WordForm, source_zh), .max_length = WORD_LINES_MOST },
	{ "source_en", FIELD_LINES, offsetof(WordForm, source_en), .max_length = WORD_LINES_MOST },
	{ "retired", FIELD_BOOL, offsetof(WordForm, retired) },
	{ "reason", FIELD_LINES, offsetof(WordForm, reason), .required = true, .max_length = WORD_SOURCE_MOST },
	{ "seen", FIELD_INT, offsetof(WordForm, seen) },
};
static const FormSpec form_spec = { fields, COUNT(fields), sizeof(WordForm), .max_body_bytes = 0 };

static Error take(Request *request, const Wordlist *list, Text code, int64_t seen)
{
	Call *call = request->call;
	const WordForm *form = request->form;
	WordWish wish = { .word = { .code = code,
				  .text_zh = form->text_zh,
				  .text_en = form->text_en,
				  .source_zh = form->source_zh,
				  .source_en = form->source_en,
				  .is_retired = form->retired },
		.reason = form->reason,
		.seen = seen };
	Error error = admin_word_change(call, list, &wish);
	if (error == ERROR_CONFLICT) {
		call_recover(call);
		const char *why = seen < 0 ? N_("There is such a word already.")
					   : N_("Somebody changed this word meanwhile. Please look at the history below.");
		call_problem(call, seen < 0 ? TEXT("code") : TEXT("text_zh"), why, (Text) { 0 });
		return call_check_problems(call);
	}
	TRY(error);
	return reply_redirect(request, word_url(call->arena, list, code).text);
}

static Error do_add(Request *request)
{
	const Wordlist *list;
	TRY(list_of(request, &list));
	return take(request, list, ((const WordForm *)request->form)->code, -1);
}

static Error do_change(Request *request)
{
	const Wordlist *list;
	const WordForm *form = request->form;
	TRY(list_of(request, &list));
	return take(request, list, request_parameter(request, TEXT("code")), form->seen < 0 ? 0 : form->seen);
}

#define ADMINISTRATORS .may = ROLE_SYSTEM_ADMIN | ROLE_SECURITY_ADMIN, .needs_second_factor = true
#define OPERATOR .may = ROLE_SYSTEM_ADMIN, .needs_second_factor = true
static const Route routes[] = {
	{ GET, "/admin/words", show_lists, ADMINISTRATORS, .summary = "The lists of words that people choose from" },
	{ GET, "/admin/words/:list", show_list, ADMINISTRATORS, .summary = "A list of words, each with its version" },
	{ POST, "/admin/words/:list", do_add, OPERATOR, .form = &form_spec, .retry = show_list,
		.summary = "Add a word to a list, with a reason" },
	{ GET, "/admin/words/:list/:code", show_word, ADMINISTRATORS, .summary = "A word of a list and its history" },
	{ POST, "/admin/words/:list/:code", do_change, OPERATOR, .form = &form_spec, .retry = show_word,
		.summary = "Change or retire a word of a list, with a reason" },
};
const RouteTable admin_word_routes = { "subject/admin words", routes, COUNT(routes) };
