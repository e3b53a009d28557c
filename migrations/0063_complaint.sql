-- Complaints and reports about the library or those who work with it. `once`: of the form, so that one that is sent twice is one.
CREATE TABLE complaint (
  id             {id},
  ref            {text} NOT NULL UNIQUE,
  once           {text} NOT NULL UNIQUE,
  kind           {text} NOT NULL,
  claim          {text} NOT NULL UNIQUE,
  sender         {text},
  person_id      {ref person},
  seal_key       {int} NOT NULL,
  sealed_text    {sealed},
  sealed_contact {sealed},
  state          {text} NOT NULL CHECK (state IN ('received', 'answered')),
  received_at    {time} NOT NULL,
  due_at         {time} NOT NULL,
  sealed_answer  {sealed},
  answered_by    {ref person},
  answered_at    {time},
  CHECK ((state = 'answered') = (answered_at IS NOT NULL))
) {strict};
CREATE INDEX complaint_state ON complaint (state, id);
CREATE INDEX complaint_sender ON complaint (sender, received_at);
CREATE INDEX complaint_person ON complaint (person_id);
CREATE INDEX complaint_answerer ON complaint (answered_by);
