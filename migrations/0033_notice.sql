-- Who was told what. The words are made from the kind when they are shown; nothing of a matter stands here.
CREATE TABLE inbox (
  id         {id},
  ref        {text} NOT NULL UNIQUE,
  person_id  {ref person} NOT NULL,
  kind       {text} NOT NULL,
  subject    {text} NOT NULL,
  link       {text} NOT NULL,
  created_at {time} NOT NULL,
  read_at    {time},
  in_list    {bool} NOT NULL
) {strict};
CREATE INDEX inbox_person ON inbox (person_id, id);
CREATE INDEX inbox_unread ON inbox (person_id) WHERE read_at IS NULL;
CREATE INDEX inbox_list ON inbox (person_id, id) WHERE in_list;

-- Where visitors who hold a claim code want to be told.
CREATE TABLE notice_visitor (
  claim       {bytes} PRIMARY KEY,
  unsubscribe {text} NOT NULL UNIQUE,
  sealed_mail {sealed},
  lang        {text} NOT NULL,
  created_at  {time} NOT NULL
) {strict};
