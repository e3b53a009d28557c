-- Letters that one person has written and another one decides about. The words are sealed for the matter.
CREATE TABLE letter_draft (
  id            {id},
  ref           {text} NOT NULL UNIQUE,
  kind          {text} NOT NULL,
  machine       {text} NOT NULL,
  subject_id    {int} NOT NULL,
  matter        {text} NOT NULL,
  seal_key      {int} NOT NULL,
  sealed_order  {sealed},
  wants_seal    {bool} NOT NULL,
  state         {text} NOT NULL CHECK (state IN ('waiting', 'issued', 'refused', 'withdrawn')),
  drafted_by    {ref person} NOT NULL,
  drafted_at    {time} NOT NULL,
  decided_by    {ref person},
  decided_at    {time},
  sealed_reason {sealed},
  letter_id     {ref letter},
  CHECK (state = 'withdrawn' OR decided_by IS NULL OR decided_by <> drafted_by),
  CHECK ((state = 'issued') = (letter_id IS NOT NULL))
) {strict};
CREATE INDEX letter_draft_state ON letter_draft (state, id);
CREATE INDEX letter_draft_subject ON letter_draft (machine, subject_id, id);
CREATE INDEX letter_draft_drafter ON letter_draft (drafted_by);
CREATE INDEX letter_draft_decider ON letter_draft (decided_by);
CREATE INDEX letter_draft_letter ON letter_draft (letter_id);

-- The image of the office's seal, version after version; the newest one holds.
CREATE TABLE letter_seal (
  id       {id},
  blob_id  {ref blob_file} NOT NULL,
  added_by {ref person} NOT NULL,
  added_at {time} NOT NULL
) {strict};
CREATE INDEX letter_seal_blob ON letter_seal (blob_id);
CREATE INDEX letter_seal_person ON letter_seal (added_by);
