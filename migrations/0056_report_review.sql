-- The formal review by somebody who verifies for the library: the undertaking signed before anything is read, and the one opinion it ends with.
CREATE TABLE report_review (
  id              {id},
  ref             {text} NOT NULL UNIQUE,
  report_id       {ref report} NOT NULL,
  person_id       {int} NOT NULL,
  organisation_id {int},
  version         {int} NOT NULL,
  signed_at       {time} NOT NULL,
  opinion         {text} CHECK (opinion IN ('accept', 'ask', 'reject')),
  reason          {text},
  reason_version  {int} NOT NULL DEFAULT 0,
  sealed_words    {sealed},
  given_at        {time},
  CHECK ((opinion IS NULL) = (given_at IS NULL))
) {strict};
CREATE INDEX report_review_report ON report_review (report_id, id);
