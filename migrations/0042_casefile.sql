-- The work on one vulnerability from acceptance to publication.
CREATE TABLE casefile (
  id              {id},
  ref             {text} NOT NULL UNIQUE,
  number          {text} UNIQUE,
  state           {text} NOT NULL,
  revision        {int} NOT NULL,
  is_incident     {bool} NOT NULL,
  class           {text} NOT NULL,
  technical_level {text},
  level           {text},
  coordinator_id  {int} NOT NULL,
  verified_by     {int},
  asked_by        {int},
  is_refuted      {bool} NOT NULL,
  has_notice      {bool} NOT NULL,
  has_fix         {bool} NOT NULL,
  has_mitigation  {bool} NOT NULL,
  has_public_text {bool} NOT NULL,
  advisory        {text},
  seal_key        {int} NOT NULL,
  sealed_title    {sealed},
  sealed_public   {sealed},
  sealed_notice   {sealed},
  opened_at       {time} NOT NULL,
  updated_at      {time} NOT NULL
) {strict};
CREATE INDEX casefile_state ON casefile (state, id);

CREATE TABLE casefile_report (
  casefile_id {ref casefile} NOT NULL,
  report_id   {ref report} NOT NULL UNIQUE,
  PRIMARY KEY (casefile_id, report_id)
) {strict};

CREATE TABLE verification (
  id              {id},
  ref             {text} NOT NULL UNIQUE,
  casefile_id     {ref casefile} NOT NULL,
  person_id       {int} NOT NULL,
  organisation_id {int},
  verdict         {text} NOT NULL CHECK (verdict IN ('reproduced', 'not-reproduced')),
  sealed_evidence {sealed},
  decided_at      {time} NOT NULL
) {strict};
CREATE INDEX verification_casefile ON verification (casefile_id, id);

CREATE TABLE rating (
  id              {id},
  ref             {text} NOT NULL UNIQUE,
  casefile_id     {ref casefile} NOT NULL,
  person_id       {int} NOT NULL,
  organisation_id {int},
  technical_level {text} NOT NULL,
  level           {text},
  sealed_vectors  {sealed},
  rated_at        {time} NOT NULL
) {strict};
CREATE INDEX rating_casefile ON rating (casefile_id, id);

-- How many archived numbers a year has given out; the number itself comes from a keyed permutation of the counter.
CREATE TABLE archive_counter (
  year    {key},
  given   {int} NOT NULL
) {strict};

-- Who may read a casefile: coordinators; publishers from the request for publication on; the verifier as long as the task lasts.
CREATE VIEW casefile_reader AS
  SELECT casefile.id AS casefile_id, CASE WHEN casefile.state IN ('READY', 'PUBLISHED') THEN 64 + 256 ELSE 64 END AS roles,
    CASE WHEN casefile.state IN ('VERIFYING', 'RATED') THEN assignment.person_id END AS person_id
  FROM casefile LEFT JOIN assignment
    ON assignment.machine = 'casefile' AND assignment.subject_id = casefile.id AND assignment.part = 'verifier' AND assignment.ended_at IS NULL;
