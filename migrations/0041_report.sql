-- What people sent. Everything they wrote is sealed with the key of the matter.
CREATE TABLE report (
  id              {id},
  ref             {text} NOT NULL UNIQUE,
  state           {text} NOT NULL,
  revision        {int} NOT NULL,
  kind            {text} NOT NULL CHECK (kind IN ('generic', 'incident')),
  class           {text} NOT NULL,
  is_own          {bool} NOT NULL,
  is_original     {bool} NOT NULL,
  is_disclosed    {bool} NOT NULL,
  reporter_id     {int},
  organisation_id {int},
  product_id      {int},
  claim           {text} UNIQUE,
  sender          {text},
  suspect         {text},
  idempotency     {text} UNIQUE,
  content_digest  {text} NOT NULL,
  draft_id        {int} UNIQUE,
  duplicate_of    {ref report},
  decided_by      {int},
  reason          {text},
  reason_version  {int} NOT NULL DEFAULT 0,
  form_version    {int} NOT NULL,
  seal_key        {int} NOT NULL,
  sealed_title    {sealed},
  sealed_values   {sealed},
  sealed_decision {sealed},
  received_at     {time} NOT NULL,
  updated_at      {time} NOT NULL,
  CHECK (reporter_id IS NOT NULL OR claim IS NOT NULL)
) {strict};
CREATE INDEX report_reporter ON report (reporter_id, id);
CREATE INDEX report_duplicate ON report (duplicate_of) WHERE duplicate_of IS NOT NULL;
-- Visitors by the keyed value of their address, for the limit of a day; what looks like spam waits apart.
CREATE INDEX report_sender ON report (sender, received_at) WHERE sender IS NOT NULL;
CREATE INDEX report_content ON report (content_digest);
CREATE INDEX report_suspect ON report (state, id) WHERE suspect IS NOT NULL;
CREATE INDEX report_state ON report (state, id);

-- Who guessed claim codes wrongly: keyed value of the address, never the address.
CREATE TABLE claim_failure (
  address  {text} PRIMARY KEY NOT NULL,
  failures {int} NOT NULL,
  last_at  {time} NOT NULL
) {strict};
CREATE INDEX claim_failure_time ON claim_failure (last_at);

-- Who may read a report: a role, a person, who holds the claim code, or whoever has its formal review as long as that lasts. The one rule for every
-- page, list, export and count.
CREATE VIEW report_reader AS
  SELECT report.id AS report_id, CASE WHEN report.state <> 'DRAFT' THEN 64 ELSE 0 END AS roles, report.reporter_id AS person_id,
    CASE WHEN report.state = 'FORMAL_REVIEW' THEN reviewer.person_id END AS reviewer_id, report.claim AS claim
  FROM report
    LEFT JOIN assignment reviewer
      ON reviewer.machine = 'report' AND reviewer.subject_id = report.id AND reviewer.part = 'reviewer' AND reviewer.ended_at IS NULL;
