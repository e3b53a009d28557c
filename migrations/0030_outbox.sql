-- Messages on their way out. Written in the transaction of what they tell; the address and the words are sealed until they are gone.
CREATE TABLE outbox (
  id             {id},
  ref            {text} NOT NULL UNIQUE,
  kind           {text} NOT NULL CHECK (kind IN ('mail', 'sms')),
  state          {text} NOT NULL CHECK (state IN ('waiting', 'sending', 'done', 'dead')),
  sealed_payload {sealed},
  attempts       {int} NOT NULL,
  outcome        {text},
  created_at     {time} NOT NULL,
  due_at         {time} NOT NULL,
  changed_at     {time} NOT NULL
) {strict};
CREATE INDEX outbox_state ON outbox (state, kind, due_at);
