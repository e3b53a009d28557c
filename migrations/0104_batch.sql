-- Reports that are sent many at once. A batch belongs to whoever sends it, as the reports do; the organisation is the one of the submission.
CREATE TABLE batch (
  id              {id},
  ref             {text} NOT NULL UNIQUE,
  state           {text} NOT NULL,
  revision        {int} NOT NULL,
  person_id       {ref person} NOT NULL,
  organisation_id {int},
  seal_key        {int} NOT NULL,
  idempotency     {text} UNIQUE,
  content         {text} NOT NULL,
  is_confirmed    {bool} NOT NULL,
  lang            {text} NOT NULL,
  format          {text} NOT NULL,
  reason          {text} NOT NULL,
  sealed_name     {sealed},
  sealed_detail   {sealed},
  created_at      {time} NOT NULL,
  started_at      {time},
  updated_at      {time} NOT NULL
) {strict};
CREATE INDEX batch_person ON batch (person_id, id);

-- A row has a key of its own from the beginning, which becomes the key of the report. What a report holds stands in the report alone.
CREATE TABLE batch_row (
  id              {id},
  batch_id        {ref batch} NOT NULL,
  number          {int} NOT NULL,
  state           {text} NOT NULL,
  seal_key        {int} NOT NULL,
  content         {text} NOT NULL,
  sealed_title    {sealed},
  sealed_values   {sealed},
  sealed_problems {sealed},
  sealed_files    {sealed},
  report_id       {ref report} UNIQUE,
  updated_at      {time} NOT NULL,
  UNIQUE (batch_id, number)
) {strict};
CREATE INDEX batch_row_state ON batch_row (batch_id, state, number);
CREATE INDEX batch_row_content ON batch_row (batch_id, content);
