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
