-- What the library says about itself: notices, news, standards, downloads, questions. `newest` is the text that is worked on, `public_number` the
-- one that everybody reads (NULL: none); files up to `public_file` belong to it.
CREATE TABLE article (
  id            {id},
  ref           {text} NOT NULL UNIQUE,
  kind          {text} NOT NULL CHECK (kind IN ('notice', 'news', 'standard', 'download', 'question')),
  state         {text} NOT NULL,
  revision      {int} NOT NULL,
  seal_key      {int} NOT NULL,
  writer_id     {ref person} NOT NULL,
  editor_id     {int},
  approver_id   {int},
  is_pinned     {bool} NOT NULL,
  newest        {int} NOT NULL,
  public_number {int},
  public_file   {int},
  publish_at    {time},
  published_at  {time},
  changed_at    {time},
  remark        {text} NOT NULL,
  updated_at    {time} NOT NULL,
  CHECK (editor_id IS NULL OR editor_id <> writer_id),
  CHECK (approver_id IS NULL OR (approver_id <> writer_id AND approver_id <> editor_id))
) {strict};
CREATE INDEX article_public ON article (kind, is_pinned, published_at, id) WHERE public_number IS NOT NULL;
CREATE INDEX article_newest ON article (published_at, id) WHERE public_number IS NOT NULL;
CREATE INDEX article_due ON article (publish_at) WHERE state = 'APPROVED';
CREATE INDEX article_state ON article (state, id);
CREATE INDEX article_writer ON article (writer_id, id);

CREATE TABLE article_text (
  article_id {ref article} NOT NULL,
  number     {int} NOT NULL,
  author_id  {ref person} NOT NULL,
  at         {time} NOT NULL,
  title_zh   {text} NOT NULL,
  title_en   {text} NOT NULL,
  body_zh    {text} NOT NULL,
  body_en    {text} NOT NULL,
  PRIMARY KEY (article_id, number)
) {strict};
CREATE INDEX article_text_author ON article_text (author_id);

-- Who may read what is not public: its writer, editors (16384) and approvers (1048576).
CREATE VIEW article_reader AS SELECT id AS article_id, 1064960 AS roles, writer_id AS person_id FROM article;
