-- Weekly, monthly and yearly reports: drafted by a job, read by one person, issued by another one. What the public reads stands apart.
CREATE TABLE figure_report (
  id              {id},
  ref             {text} NOT NULL UNIQUE,
  kind            {text} NOT NULL CHECK (kind IN ('week', 'month', 'year')),
  start           {int} NOT NULL, -- first day of a week, else first month, as in figure_value
  state           {text} NOT NULL,
  revision        {int} NOT NULL,
  seal_key        {int} NOT NULL,
  sealed_words_zh {sealed},
  sealed_words_en {sealed},
  reviewed_by     {int} NOT NULL,
  public_zh       {text},
  public_en       {text},
  issued_at       {time},
  updated_at      {time} NOT NULL
) {strict};
CREATE UNIQUE INDEX figure_report_period ON figure_report (kind, start) WHERE state <> 'VOID';
CREATE INDEX figure_report_public ON figure_report (id) WHERE public_zh IS NOT NULL;
