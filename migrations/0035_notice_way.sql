-- How people want to be told. No row: at once, by mail. mails: FALSE after unsubscribing from all mail that is no duty.
-- list_at: when the next list is due; NULL where everything is mailed at once and nothing waits.
CREATE TABLE notice_way (
  person_id  {key},
  rhythm     {text} NOT NULL CHECK (rhythm IN ('at-once', 'daily', 'weekly')),
  hour       {int} NOT NULL CHECK (hour BETWEEN 0 AND 23),
  weekday    {int} NOT NULL CHECK (weekday BETWEEN 1 AND 7),
  mails      {bool} NOT NULL,
  list_at    {time},
  changed_at {time} NOT NULL,
  FOREIGN KEY (person_id) REFERENCES person (id)
) {strict};
CREATE INDEX notice_way_list ON notice_way (list_at) WHERE list_at IS NOT NULL;

-- Messages of which it is not known yet what became of them. address: keyed value of where it went.
CREATE TABLE notice_message (
  message_id {key},
  person_id  {ref person} NOT NULL,
  channel    {text} NOT NULL CHECK (channel IN ('mail', 'sms')),
  address    {text} NOT NULL
) {strict};
CREATE INDEX notice_message_person ON notice_message (person_id);

-- The telephone that takes short messages, once a code sent to it came back.
CREATE TABLE notice_phone (
  person_id    {key},
  sealed_phone {sealed} NOT NULL,
  phone_mac    {text} NOT NULL,
  verified_at  {time},
  code_mac     {text},
  code_at      {time} NOT NULL,
  tries        {int} NOT NULL,
  codes        {int} NOT NULL,
  codes_day    {int} NOT NULL,
  sent_at      {time},
  arrived_at   {time},
  failing_at   {time},
  FOREIGN KEY (person_id) REFERENCES person (id)
) {strict};
