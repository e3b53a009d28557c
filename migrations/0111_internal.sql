-- What the library found out by itself, entered when it arose: number, instant and ledger entry prove later that it was known. Nothing else does.
CREATE TABLE internal_record (
  id              {id},
  ref             {text} NOT NULL UNIQUE,
  person_id       {ref person} NOT NULL,
  seal_key        {int} NOT NULL,
  document_sha256 {text} NOT NULL,
  event_id        {int} NOT NULL,
  sealed_title    {sealed},
  sealed_content  {sealed},
  entered_at      {time} NOT NULL
) {strict};
CREATE INDEX internal_record_person ON internal_record (person_id, id);

-- That a report is known internally is proposed by one coordinator and confirmed by another.
CREATE TABLE known_proposal (
  id          {id},
  ref         {text} NOT NULL UNIQUE,
  report_id   {ref report} NOT NULL,
  record_id   {ref internal_record} NOT NULL,
  proposed_by {ref person} NOT NULL,
  proposed_at {time} NOT NULL,
  decision    {text} NOT NULL,
  decided_by  {int},
  decided_at  {time}
) {strict};
CREATE UNIQUE INDEX known_proposal_waiting ON known_proposal (report_id) WHERE decision = '';
CREATE INDEX known_proposal_record ON known_proposal (record_id);
ALTER TABLE report ADD COLUMN known_by {int} REFERENCES internal_record (id);

-- Who may read an internal record: coordinators, and whoever entered it.
CREATE VIEW internal_reader AS SELECT id AS record_id, 64 AS roles, person_id FROM internal_record;

-- That a casefile is of the same root cause as another one, or after all is not, is proposed by one coordinator and confirmed by another.
CREATE TABLE merge_proposal (
  id          {id},
  ref         {text} NOT NULL UNIQUE,
  casefile_id {ref casefile} NOT NULL,
  into_id     {ref casefile} NOT NULL,
  kind        {text} NOT NULL CHECK (kind IN ('merge', 'unmerge')),
  proposed_by {ref person} NOT NULL,
  proposed_at {time} NOT NULL,
  decision    {text} NOT NULL,
  decided_by  {int},
  decided_at  {time}
) {strict};
CREATE UNIQUE INDEX merge_proposal_waiting ON merge_proposal (casefile_id) WHERE decision = '';
CREATE INDEX merge_proposal_into ON merge_proposal (into_id);
-- Where a part was found before any merging. NULL: where it is.
ALTER TABLE affected_part ADD COLUMN origin_id {int};
-- Why two casefiles are related; sealed with the key of the one that stands first.
ALTER TABLE casefile_relation ADD COLUMN sealed_reason {sealed};
