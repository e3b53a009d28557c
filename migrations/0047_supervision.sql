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

-- Instructions of the competent authority (督办) about a casefile escalated to it: each with its deadline, answered by a coordinator and closed by
-- the authority. Of a casefile, one is open at a time.
CREATE TABLE instruction (
  id            {id},
  ref           {text} NOT NULL UNIQUE,
  casefile_id   {ref casefile} NOT NULL,
  sealed_text   {sealed},
  issued_by     {int} NOT NULL,
  issued_at     {time} NOT NULL,
  due_at        {time} NOT NULL,
  told_at       {time},
  sealed_answer {sealed},
  answered_by   {int},
  answered_at   {time},
  sealed_closing {sealed},
  closed_by     {int},
  closed_at     {time}
) {strict};
CREATE UNIQUE INDEX instruction_open ON instruction (casefile_id) WHERE closed_at IS NULL;
CREATE INDEX instruction_casefile ON instruction (casefile_id, id);
CREATE INDEX instruction_due ON instruction (due_at) WHERE answered_at IS NULL AND closed_at IS NULL AND told_at IS NULL;
