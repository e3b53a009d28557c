-- Articles. Who may read one that is not public is said by the view article_reader alone; what is public has a public_number.

--: row ArticleRow = id int, ref text, kind text, state text, revision int, seal_key int, writer_id int, editor_id int?, approver_id int?,
--:   is_pinned bool, newest int, public_number int?, public_file int?, publish_at time?, published_at time?, changed_at time?, remark text, updated_at time

--: row ArticleTextRow = article_id int, number int, author_id int, at time, title_zh text, title_en text, body_zh text, body_en text

--: article_insert(ref text, kind text, seal_key int, writer_id int, is_pinned bool, at time) -> one (id int)
INSERT INTO article (ref, kind, state, revision, seal_key, writer_id, is_pinned, newest, remark, updated_at)
VALUES (:ref, :kind, 'DRAFT', 1, :seal_key, :writer_id, :is_pinned, 0, '', :at) RETURNING id;

--: article_text_insert(article_id int, number int, author_id int, at time, title_zh text, title_en text, body_zh text, body_en text) -> nothing
INSERT INTO article_text (article_id, number, author_id, at, title_zh, title_en, body_zh, body_en)
VALUES (:article_id, :number, :author_id, :at, :title_zh, :title_en, :body_zh, :body_en);

--: article_amend(id int, newest int, kind text, is_pinned bool, at time) -> changed
UPDATE article SET newest = newest + 1, kind = :kind, is_pinned = :is_pinned, updated_at = :at WHERE id = :id AND newest = :newest;

--: article_find_visible(ref text, person_id int, roles int) -> one ArticleRow
SELECT {a.ArticleRow} FROM article a JOIN article_reader v ON v.article_id = a.id
WHERE a.ref = :ref AND (v.person_id = :person_id OR (v.roles & :roles) <> 0);

--: article_find_published(ref text) -> one ArticleRow
SELECT {ArticleRow} FROM article WHERE ref = :ref AND published_at IS NOT NULL;

--: article_find_system(ref text) -> one ArticleRow
SELECT {ArticleRow} FROM article WHERE ref = :ref;

--: article_text_at(article_id int, number int) -> one ArticleTextRow
SELECT {ArticleTextRow} FROM article_text WHERE article_id = :article_id AND number = :number;

--: article_text_history(article_id int) -> many ArticleTextRow
SELECT {ArticleTextRow} FROM article_text WHERE article_id = :article_id ORDER BY number DESC LIMIT 200;

--: article_move(id int, from_state text, to_state text, revision int, at time) -> changed
UPDATE article SET state = :to_state, revision = revision + 1, updated_at = :at WHERE id = :id AND state = :from_state AND revision = :revision;

--: article_decide(id int, editor_id int?, approver_id int?, publish_at time?, remark text) -> nothing
UPDATE article SET editor_id = :editor_id, approver_id = :approver_id, publish_at = :publish_at, remark = :remark WHERE id = :id;

--: article_show(id int, public_file int, at time) -> nothing
UPDATE article SET public_number = newest, public_file = :public_file, publish_at = NULL, published_at = coalesce(published_at, :at), changed_at = :at
WHERE id = :id;

--: article_hide(id int, at time) -> nothing
UPDATE article SET public_number = NULL, public_file = NULL, publish_at = NULL, changed_at = :at WHERE id = :id;

--: article_due_list(at time, max int) -> many text
SELECT ref FROM article WHERE state = 'APPROVED' AND publish_at <= :at ORDER BY publish_at LIMIT :max;

--: article_list_visible(state text, person_id int, roles int, before int, max int) -> many ArticleRow
SELECT {a.ArticleRow} FROM article a JOIN article_reader v ON v.article_id = a.id
WHERE a.state = :state AND a.id < :before AND (v.person_id = :person_id OR (v.roles & :roles) <> 0) ORDER BY a.id DESC LIMIT :max;

--: row ArticleLine = id int, ref text, kind text, is_pinned bool, published_at time, changed_at time, title_zh text, title_en text, body_zh text, body_en text

--: article_list_pinned(kind text, yes bool, max int) -> many ArticleLine
SELECT a.id, a.ref, a.kind, a.is_pinned, a.published_at, a.changed_at, t.title_zh, t.title_en, t.body_zh, t.body_en
FROM article a JOIN article_text t ON t.article_id = a.id AND t.number = a.public_number
WHERE a.kind = :kind AND a.is_pinned = :yes AND a.public_number IS NOT NULL ORDER BY a.published_at DESC, a.id DESC LIMIT :max;

--: article_list_public(kind text, no bool, at time, before int, max int) -> many ArticleLine
SELECT a.id, a.ref, a.kind, a.is_pinned, a.published_at, a.changed_at, t.title_zh, t.title_en, t.body_zh, t.body_en
FROM article a JOIN article_text t ON t.article_id = a.id AND t.number = a.public_number
WHERE a.kind = :kind AND a.is_pinned = :no AND a.public_number IS NOT NULL AND (a.published_at < :at OR (a.published_at = :at AND a.id < :before))
ORDER BY a.published_at DESC, a.id DESC LIMIT :max;

--: article_list_newest(max int) -> many ArticleLine
SELECT a.id, a.ref, a.kind, a.is_pinned, a.published_at, a.changed_at, t.title_zh, t.title_en, t.body_zh, t.body_en
FROM article a JOIN article_text t ON t.article_id = a.id AND t.number = a.public_number
WHERE a.public_number IS NOT NULL ORDER BY a.published_at DESC, a.id DESC LIMIT :max;
