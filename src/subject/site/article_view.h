/* What the templates of articles show. */
#pragma once
#include "face/html/html.h"
#include "work/form/form_view.h"

typedef struct ArticleListView {
	const Table *table; /* NULL: nothing */
	Markup pager, filters;
	Text empty;
	Url fresh; /* where a new one is written; may be empty */
} ArticleListView;
typedef struct QuestionLine {
	Text title;
	Text lang; /* of the text, when it is not the reader's */
	Markup body;
} QuestionLine;
typedef struct QuestionsView {
	const QuestionLine *lines;
	size_t count;
	Markup pager;
} QuestionsView;
typedef struct ArticleShowView {
	Text lang, kind, remark; /* lang: "" unless the text is in another language than the page */
	int64_t published_at, changed_at;
	Markup body, files;
	bool is_withdrawn, was_changed;
} ArticleShowView;
typedef struct ArticleDeskView {
	Text state_text, tone, remark;
	Markup facts, actions, files, upload_field, history, body[LANG_COUNT];
	Text title_en;
	Url edit, upload, difference;
	int64_t publish_at;
} ArticleDeskView;
typedef struct ArticleFormView {
	FormView form;
	Url action;
	int64_t seen;
} ArticleFormView;
typedef struct ArticleChangesView {
	Markup titles, chinese, english;
} ArticleChangesView;
typedef struct ContactView {
	Text mail, phone, address;
	Url mail_url, report;
} ContactView;
