-- Answers by mail. Each person has an address of its own for each conversation; token: the keyed value of what stands in it.
-- warned_at: when the person was last told that an answer was not taken.
CREATE TABLE thread_address (
  id         {id},
  token      {text} NOT NULL UNIQUE,
  person_id  {ref person} NOT NULL,
  machine    {text} NOT NULL,
  subject_id {int} NOT NULL,
  audience   {text} NOT NULL,
  seal_key   {int} NOT NULL,
  ref        {text} NOT NULL,
  link       {text} NOT NULL,
  created_at {time} NOT NULL,
  warned_at  {time},
  UNIQUE (machine, subject_id, audience, person_id)
) {strict};
CREATE INDEX thread_address_person ON thread_address (person_id);

-- What has come already: a mail server may deliver one mail twice.
CREATE TABLE thread_mail (
  id         {id},
  address_id {ref thread_address} NOT NULL,
  message    {text} NOT NULL,
  came_at    {time} NOT NULL,
  UNIQUE (address_id, message)
) {strict};
CREATE INDEX thread_mail_came ON thread_mail (came_at);

-- An answer that its author has to send with the second factor; the newest of an address.
CREATE TABLE thread_held (
  address_id  {ref thread_address} PRIMARY KEY,
  sealed_body {sealed} NOT NULL,
  held_at     {time} NOT NULL
) {strict};
CREATE INDEX thread_held_at ON thread_held (held_at);

ALTER TABLE message ADD COLUMN by_mail {bool} NOT NULL DEFAULT FALSE;
