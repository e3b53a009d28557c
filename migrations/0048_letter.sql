-- Letters of the office: templates as versions, numbers that follow one another within kind and year, and what was issued under each.
CREATE TABLE letter_template (
  id         {id},
  kind       {text} NOT NULL,
  blob_id    {ref blob_file} NOT NULL,
  added_by   {int} NOT NULL,
  added_at   {time} NOT NULL
) {strict};
CREATE INDEX letter_template_kind ON letter_template (kind, id);
CREATE INDEX letter_template_blob ON letter_template (blob_id);

CREATE TABLE letter_count (
  kind {text} NOT NULL,
  year {int} NOT NULL,
  last {int} NOT NULL,
  PRIMARY KEY (kind, year)
) {strict};

CREATE TABLE letter (
  id               {id},
  ref              {text} NOT NULL UNIQUE,
  kind             {text} NOT NULL,
  year             {int} NOT NULL,
  counted          {int} NOT NULL,
  number           {text} NOT NULL UNIQUE,
  machine          {text} NOT NULL,
  subject_id       {int} NOT NULL,
  matter           {text} NOT NULL,
  seal_key         {int} NOT NULL,
  sealed_recipient {sealed},
  word_blob        {ref blob_file} NOT NULL,
  page_blob        {ref blob_file} NOT NULL,
  has_seal         {bool} NOT NULL,
  drafted_by       {int} NOT NULL,
  issued_by        {int} NOT NULL,
  issued_at        {time} NOT NULL,
  voided_by        {int},
  voided_at        {time},
  sealed_reason    {sealed},
  UNIQUE (kind, year, counted),
  CHECK (issued_by <> drafted_by)
) {strict};
CREATE INDEX letter_kind ON letter (kind, id);
CREATE INDEX letter_subject ON letter (machine, subject_id, id);
CREATE INDEX letter_word ON letter (word_blob);
CREATE INDEX letter_page ON letter (page_blob);

CREATE TABLE letter_reading (
  id        {id},
  letter_id {ref letter} NOT NULL,
  person_id {int} NOT NULL,
  form      {text} NOT NULL,
  at        {time} NOT NULL
) {strict};
CREATE INDEX letter_reading_letter ON letter_reading (letter_id, id);
