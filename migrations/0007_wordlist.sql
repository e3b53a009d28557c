-- Words of lists that an operator has added or changed: every version stays, so that a decision keeps the words it was made with.
CREATE TABLE word (
  id         {id},
  list       {text} NOT NULL,
  code       {text} NOT NULL,
  version    {int} NOT NULL CHECK (version > 0),
  text_zh    {text} NOT NULL,
  text_en    {text} NOT NULL,
  source_zh  {text} NOT NULL,
  source_en  {text} NOT NULL,
  is_retired {bool} NOT NULL,
  reason     {text} NOT NULL,
  person_id  {int},
  set_at     {time} NOT NULL,
  UNIQUE (list, code, version)
) {strict};
