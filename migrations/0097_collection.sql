-- Case collections: cases that units submit to an activity of that kind, and the experts who score each. What a case says is sealed, and so is what
-- an expert says of it; when all scores are in, their mean stands with the case.
CREATE TABLE collection_case (
  id              {id},
  ref             {text} NOT NULL UNIQUE,
  activity_id     {ref activity} NOT NULL,
  organisation_id {ref organisation} NOT NULL,
  state           {text} NOT NULL,
  revision        {int} NOT NULL,
  seal_key        {int} NOT NULL,
  writer_id       {int} NOT NULL,
  checker_id      {int} NOT NULL,
  lister_id       {int} NOT NULL,
  publicist_id    {int} NOT NULL,
  sealed_values   {sealed} NOT NULL,
  title           {text},
  reason          {text} NOT NULL,
  score           {int},
  submitted_at    {time},
  updated_at      {time} NOT NULL
) {strict};
CREATE INDEX collection_case_activity ON collection_case (activity_id, state, id);
CREATE INDEX collection_case_organisation ON collection_case (organisation_id, activity_id, id);
CREATE INDEX collection_case_state ON collection_case (state, id);

CREATE TABLE collection_seat (
  id         {id},
  case_id    {ref collection_case} NOT NULL,
  expert_id  {ref expert} NOT NULL,
  person_id  {int} NOT NULL,
  state      {text} NOT NULL CHECK (state IN ('asked', 'scored', 'conflict')),
  sealed_said {sealed},
  asked_at   {time} NOT NULL,
  done_at    {time},
  UNIQUE (case_id, expert_id)
) {strict};
CREATE INDEX collection_seat_person ON collection_seat (person_id, id);
CREATE INDEX collection_seat_expert ON collection_seat (expert_id);
