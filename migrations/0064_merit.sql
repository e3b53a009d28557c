-- Contribution points: versions of the public rule after the first, which stands in the program; entries, which are only ever added; and how far
-- the library's own events are counted.
CREATE TABLE merit_rule (
  id          {id},
  number      {int} NOT NULL UNIQUE CHECK (number > 1),
  state       {text} NOT NULL CHECK (state IN ('proposed', 'in_force', 'refused')),
  rows        {text} NOT NULL,
  stars       {text} NOT NULL,
  reason      {text} NOT NULL,
  from_at     {time} NOT NULL,
  proposed_by {int} NOT NULL,
  proposed_at {time} NOT NULL,
  decided_by  {int},
  decided_at  {time},
  CHECK (decided_by IS NULL OR decided_by <> proposed_by),
  CHECK ((state = 'proposed') = (decided_at IS NULL))
) {strict};
CREATE UNIQUE INDEX merit_rule_open ON merit_rule (state) WHERE state = 'proposed';

-- One entry for a fact: what it is (kind and ref of the matter in the ledger, code of the event), what counts once (source), whose it is (holder: an
-- organisation, or a person of none). turn: 0 given, 1 taken back, 2 given again. shown: the ref of it that the holder knows.
CREATE TABLE merit_entry (
  id              {id},
  ref             {text} NOT NULL UNIQUE,
  kind            {text} NOT NULL,
  subject         {text} NOT NULL,
  event           {text} NOT NULL,
  source          {text} NOT NULL,
  code            {text} NOT NULL,
  rule            {int} NOT NULL,
  holder          {text} NOT NULL,
  organisation_id {int} NOT NULL,
  person_id       {int} NOT NULL,
  turn            {int} NOT NULL CHECK (turn >= 0),
  points          {int} NOT NULL,
  month           {int} NOT NULL,
  at              {time} NOT NULL,
  shown           {text} NOT NULL,
  made_at         {time} NOT NULL,
  record          {text} NOT NULL,
  event_id        {int} NOT NULL,
  UNIQUE (code, source, holder, turn),
  CHECK ((points < 0) = (turn % 2 = 1))
) {strict};
CREATE INDEX merit_entry_subject ON merit_entry (kind, subject, id);
CREATE INDEX merit_entry_organisation ON merit_entry (organisation_id, month, id) WHERE organisation_id <> 0;
CREATE INDEX merit_entry_person ON merit_entry (person_id, month, id) WHERE person_id <> 0;

-- One row: the leaf up to which events are counted, and where the daily look at everything stands.
CREATE TABLE merit_cursor (
  id       {key} CHECK (id = 1),
  number   {int} NOT NULL,
  kind     {text} NOT NULL,
  subject  {text} NOT NULL,
  swept_at {time} NOT NULL
) {strict};
INSERT INTO merit_cursor (id, number, kind, subject, swept_at) VALUES (1, -1, '', '', 0);

-- What a unit did beside the library's own records: a talk, a campaign, emergency support. It counts once somebody else has confirmed its evidence.
CREATE TABLE deed (
  id              {id},
  ref             {text} NOT NULL UNIQUE,
  state           {text} NOT NULL,
  revision        {int} NOT NULL,
  seal_key        {int} NOT NULL,
  organisation_id {ref organisation} NOT NULL,
  code            {text} NOT NULL,
  done_at         {time} NOT NULL,
  stated_by       {int} NOT NULL,
  decided_by      {int} NOT NULL,
  is_entered      {bool} NOT NULL,
  sealed_values   {sealed} NOT NULL,
  sealed_reason   {sealed},
  stated_at       {time} NOT NULL,
  updated_at      {time} NOT NULL
) {strict};
CREATE INDEX deed_state ON deed (state, id);
CREATE INDEX deed_organisation ON deed (organisation_id, id);
