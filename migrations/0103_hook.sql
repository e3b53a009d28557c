-- Machines of people that are told beside them. The address and the secret are sealed; what a machine is told is a number and a link.
-- ended_at: the person ended it, or the machine said that it is gone.
CREATE TABLE hook (
  id             {id},
  ref            {text} NOT NULL UNIQUE,
  person_id      {ref person} NOT NULL,
  sealed_address {sealed} NOT NULL,
  sealed_secret  {sealed} NOT NULL,
  created_at     {time} NOT NULL,
  arrived_at     {time},
  failing_at     {time},
  reason         {text},
  ended_at       {time}
) {strict};
CREATE INDEX hook_person ON hook (person_id, id);

-- What waits for them; a row goes when it arrived or was given up.
CREATE TABLE hook_message (
  id          {id},
  ref         {text} NOT NULL UNIQUE,
  hook_id     {ref hook} NOT NULL,
  state       {text} NOT NULL CHECK (state IN ('waiting', 'sending')),
  sealed_body {sealed} NOT NULL,
  attempts    {int} NOT NULL,
  due_at      {time} NOT NULL,
  changed_at  {time} NOT NULL
) {strict};
CREATE INDEX hook_message_due ON hook_message (state, due_at);
CREATE INDEX hook_message_hook ON hook_message (hook_id);
