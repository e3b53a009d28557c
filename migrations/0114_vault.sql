-- Identity papers apart from everything else: each under a key of its own, and who opened it when and what for. What is deleted leaves its digest.
DROP TABLE organisation_paper;
CREATE TABLE vault_paper (
  id          {id},
  ref         {text} NOT NULL UNIQUE,
  owner       {text} NOT NULL CHECK (owner IN ('person', 'organisation')),
  owner_id    {int} NOT NULL,
  kind        {text} NOT NULL CHECK (kind IN ('licence', 'authorisation', 'identity')),
  seal_key    {int} NOT NULL,
  blob_id     {ref blob_file},
  sealed_name {sealed},
  sealed_text {sealed},
  size_bytes  {int} NOT NULL,
  digest      {text} NOT NULL,
  added_by    {int} NOT NULL,
  added_at    {time} NOT NULL,
  decided_at  {time},
  deleted_at  {time}
) {strict};
CREATE INDEX vault_paper_owner ON vault_paper (owner, owner_id, id);
CREATE INDEX vault_paper_blob ON vault_paper (blob_id);
CREATE INDEX vault_paper_decided ON vault_paper (decided_at, id) WHERE deleted_at IS NULL;

CREATE TABLE vault_opening (
  id            {id},
  ref           {text} NOT NULL UNIQUE,
  paper_id      {ref vault_paper} NOT NULL,
  person_id     {ref person} NOT NULL,
  purpose       {text} NOT NULL,
  sealed_reason {sealed},
  state         {text} NOT NULL CHECK (state IN ('asked', 'granted', 'refused', 'opened')),
  asked_at      {time} NOT NULL,
  decided_by    {ref person},
  decided_at    {time},
  opened_at     {time},
  CHECK (decided_by IS NULL OR decided_by <> person_id),
  CHECK ((state = 'opened') = (opened_at IS NOT NULL))
) {strict};
CREATE INDEX vault_opening_paper ON vault_opening (paper_id, id);
CREATE INDEX vault_opening_person ON vault_opening (person_id);
CREATE INDEX vault_opening_decider ON vault_opening (decided_by);
CREATE INDEX vault_opening_waiting ON vault_opening (id) WHERE state = 'asked';

-- An account that its owner deleted: number and dates stay, nothing that names anybody.
ALTER TABLE person ADD COLUMN deleted_at {time};
ALTER TABLE person DROP COLUMN sealed_identity;
