/* What the pages of this room share. */
#pragma once
#include "face/html/html.h"
#include "subject/site/site_private.h"

Lang article_lang(const ArticleText *text, Lang wanted); /* the one it is shown in */
Text article_title(const ArticleText *text, Lang wanted);
Url article_url(const Request *request, Text ref); /* the public address */
const char *article_kind_text(Text kind);
const Table *article_table(Html *html, const Articles *articles, Text caption); /* NULL: none */
must_use Error article_reply_file(Request *request, const Article *article, const Attachment *file); /* pictures with their own type */
