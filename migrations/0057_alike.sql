-- What matters have in common with others. Values are keyed: without the library's key nothing can be read from them.
CREATE TABLE alike (
  id         {id},
  kind       {text} NOT NULL,
  subject_id {int} NOT NULL,
  feature    {int} NOT NULL,
  key        {int} NOT NULL
) {strict};
CREATE INDEX alike_key ON alike (kind, key, subject_id);
CREATE INDEX alike_subject ON alike (kind, subject_id);
