-- The work on one vulnerability from acceptance to publication and after.
CREATE TABLE casefile (
  id               {id},
  ref              {text} NOT NULL UNIQUE,
  number           {text} UNIQUE,
  state            {text} NOT NULL,
  revision         {int} NOT NULL,
  is_incident      {bool} NOT NULL,
  class            {text} NOT NULL,
  technical_level  {text},
  level            {text},
  coordinator_id   {int} NOT NULL,
  verified_by      {int},
  second_by        {int},
  asked_by         {int},
  approved_by      {int},
  is_refuted       {bool} NOT NULL,
  has_mitigation   {bool} NOT NULL,
  has_public_text  {bool} NOT NULL,
  advisory         {text},
  emergency_at     {time},
  emergency_due_at {time},
  emergency_told_at {time},
  public_since     {time},
  escalated_at     {time},
  merged_into      {int},
  isolated_by      {int},
  upstream_of      {int},
  seal_key         {int} NOT NULL,
  sealed_title     {sealed},
  sealed_public    {sealed},
  opened_at        {time} NOT NULL,
  updated_at       {time} NOT NULL
) {strict};
CREATE INDEX casefile_state ON casefile (state, id);
CREATE INDEX casefile_merged ON casefile (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX casefile_upstream ON casefile (upstream_of) WHERE upstream_of IS NOT NULL;
CREATE INDEX casefile_emergency ON casefile (emergency_due_at) WHERE emergency_due_at IS NOT NULL AND emergency_told_at IS NULL;
CREATE INDEX casefile_escalated ON casefile (escalated_at, id) WHERE escalated_at IS NOT NULL;

CREATE TABLE casefile_report (
  casefile_id {ref casefile} NOT NULL,
  report_id   {ref report} NOT NULL UNIQUE,
  origin_id   {ref casefile} NOT NULL, -- the one it was attached to, before any merging
  PRIMARY KEY (casefile_id, report_id)
) {strict};
CREATE INDEX casefile_report_origin ON casefile_report (origin_id, report_id);

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

-- Every rating with its author and time: who = 'verifier', 'second', 'reporter' or 'party'.
CREATE TABLE rating (
  id              {id},
  ref             {text} NOT NULL UNIQUE,
  casefile_id     {ref casefile} NOT NULL,
  who             {text} NOT NULL CHECK (who IN ('verifier', 'second', 'reporter', 'party')),
  person_id       {int},
  organisation_id {int},
  technical_level {text} NOT NULL,
  level           {text},
  sealed_vectors  {sealed},
  rated_at        {time} NOT NULL
) {strict};
CREATE INDEX rating_casefile ON rating (casefile_id, id);

-- What verification found affected: the app a user holds, an SDK in it, or a server in use, whose details are never public.
CREATE TABLE affected_part (
  id             {id},
  ref            {text} NOT NULL UNIQUE,
  casefile_id    {ref casefile} NOT NULL,
  part           {text} NOT NULL CHECK (part IN ('client', 'sdk', 'server')),
  sealed_details {sealed},
  confirmed_by   {int} NOT NULL,
  confirmed_at   {time} NOT NULL
) {strict};
CREATE INDEX affected_part_casefile ON affected_part (casefile_id, id);

-- The confidentiality undertaking a verifier signs before anything of the content is shown.
CREATE TABLE undertaking (
  casefile_id {ref casefile} NOT NULL,
  person_id   {int} NOT NULL,
  version     {int} NOT NULL,
  signed_at   {time} NOT NULL,
  PRIMARY KEY (casefile_id, person_id)
) {strict};

-- How many archived numbers a year has given out; the number itself comes from a keyed permutation of the counter.
CREATE TABLE archive_counter (
  year    {key},
  given   {int} NOT NULL
) {strict};

-- Who may read a casefile: coordinators; publishers from the request for publication on, and as long as it has an advisory; the competent authority what is escalated to it;
-- the verifiers as long as their task lasts.
CREATE VIEW casefile_reader AS
  SELECT casefile.id AS casefile_id,
    CASE WHEN casefile.state IN ('READY', 'PUBLISHED', 'TRACKING') OR (casefile.state = 'CLOSED' AND casefile.advisory IS NOT NULL) THEN 64 + 256 ELSE 64 END
      + CASE WHEN casefile.escalated_at IS NOT NULL AND casefile.state NOT IN ('ISOLATED', 'WIPED') THEN 8192 ELSE 0 END AS roles,
    CASE WHEN casefile.state IN ('VERIFYING', 'RATED') THEN first.person_id END AS person_id,
    CASE WHEN casefile.state = 'RATED' THEN second.person_id END AS second_id
  FROM casefile
    LEFT JOIN assignment first
      ON first.machine = 'casefile' AND first.subject_id = casefile.id AND first.part = 'verifier' AND first.ended_at IS NULL
    LEFT JOIN assignment second
      ON second.machine = 'casefile' AND second.subject_id = casefile.id AND second.part = 'second' AND second.ended_at IS NULL;
