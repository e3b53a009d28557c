-- What happens to a casefile beside its way: changes of its published advisory, decided by two people; supervision by the competent authority.

-- A correction or withdrawal of the advisory, proposed by a coordinator and decided by a publisher. Of a casefile, one waits at a time.
CREATE TABLE advisory_proposal (
  id            {id},
  ref           {text} NOT NULL UNIQUE,
  casefile_id   {ref casefile} NOT NULL,
  kind          {text} NOT NULL CHECK (kind IN ('correction', 'withdrawal')),
  sealed_values {sealed},
  proposed_by   {int} NOT NULL,
  proposed_at   {time} NOT NULL,
  decision      {text} CHECK (decision IN ('approved', 'refused')),
  decided_by    {int},
  decided_at    {time},
  CHECK (decided_by IS NULL OR decided_by <> proposed_by)
) {strict};
CREATE UNIQUE INDEX advisory_proposal_waiting ON advisory_proposal (casefile_id) WHERE decided_at IS NULL;
