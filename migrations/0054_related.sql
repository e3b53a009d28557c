-- Casefiles that have something to do with each other and stay apart. The lower id stands first.
CREATE TABLE casefile_relation (
  casefile_id {ref casefile} NOT NULL,
  other_id    {ref casefile} NOT NULL,
  related_by  {int} NOT NULL,
  related_at  {time} NOT NULL,
  PRIMARY KEY (casefile_id, other_id),
  CHECK (casefile_id < other_id)
) {strict};
CREATE INDEX casefile_relation_other ON casefile_relation (other_id);
