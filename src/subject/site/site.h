/*
 * site: the website around the library: front page, articles (notices, news, standards, downloads, questions), about, contact, and what machines
 * look for at fixed addresses. An article goes through three hands: writer (文字), editor (编辑), approver (编审), who are three different people.
 */
#pragma once
#include "base/base/base.h"
#include "work/form/form.h"
#include "work/workflow/workflow.h"

struct RouteTable;
extern const struct RouteTable site_routes, article_routes, article_desk_routes, rule_routes;

/* ---- Articles */
extern const Machine article_machine;
extern const Form article_form; /* what the writer fills in: kind, pinned, title_zh, title_en, body_zh, body_en */
const Form *article_action_form(const char *name); /* NULL: none of this name */

typedef struct ArticleText {
	int64_t number, author_id, at; /* number 0: none */
	Text title[LANG_COUNT], body[LANG_COUNT]; /* English may be empty */
} ArticleText;
typedef LIST_OF(ArticleText) ArticleTexts;
typedef struct Article {
	int64_t id, revision, seal_key, writer_id, editor_id, approver_id; /* 0: nobody */
	int64_t newest, public_number, public_file; /* 0: not public */
	int64_t publish_at, published_at, changed_at, updated_at; /* 0: none */
	Text ref, kind, state, remark;
	bool is_pinned;
	ArticleText text; /* the newest, or the public one of article_open_public */
} Article;
typedef LIST_OF(Article) Articles;

/* ---- For everybody */
/* Also one that was withdrawn: public_number is 0 then, and its text holds the titles only. NOT_FOUND: it was never public. */
must_use Error article_open_public(Call *call, Text ref, Article *out);
typedef struct ArticleCursor { /* where the last page ended; zeros: at the beginning, with the pinned ones first */
	int64_t at, id;
} ArticleCursor;
must_use Error article_list_of(Call *call, Text kind, ArticleCursor after, int64_t max, Articles *out);
must_use Error article_newest(Call *call, int64_t max, Articles *out); /* of all kinds */

/* ---- For writers, editors, approvers, with second factor. NOT_FOUND also for what one may not see. */
must_use Error article_open(Call *call, Text ref, Article *out);
must_use Error article_in_state(Call *call, Text state, int64_t before, int64_t max, Articles *out); /* newest first */
must_use Error article_history(Call *call, const Article *article, ArticleTexts *out); /* newest first, at most 200 */
must_use Error article_text(Call *call, const Article *article, int64_t number, ArticleText *out);
bool article_may_write(const Article *article, const Actor *actor); /* the writer of a draft, the editor of what was handed in */
must_use Error article_new(Call *call, const Map *values, Text *out_ref); /* INVALID with problems; FORBIDDEN: no writer */
/* Stores a new text. `seen`: the number the writer saw; CONFLICT: somebody was faster. */
must_use Error article_write(Call *call, Text ref, int64_t seen, const Map *values);
must_use Error article_act(Call *call, Text ref, Text action, int64_t revision, const Map *values);
void article_matter(const Article *article, Arena *arena, Matter *out);
/* Publishes what is approved and due by the trusted time, one transaction each; nothing while it is not trusted. For a job. */
must_use Error article_publish_due(Call *call, int64_t *out_published);
