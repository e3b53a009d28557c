-- The decision of a round: lists that one has entered and another decided, objections against what was listed, and where an appeal came from.
-- `list` is what was published, byte by byte what its hash is of; until it is decided what was entered is sealed.
ALTER TABLE application ADD COLUMN appeal_of {text} NOT NULL DEFAULT '';

CREATE TABLE decision (
  id             {id},
  ref            {text} NOT NULL UNIQUE,
  round_id       {ref selection_round} NOT NULL,
  kind           {text} NOT NULL CHECK (kind IN ('publicity', 'announcement')),
  number         {int} NOT NULL,
  state          {text} NOT NULL CHECK (state IN ('entered', 'dropped', 'decided')),
  seal_key       {int} NOT NULL,
  sealed_content {sealed} NOT NULL,
  document       {text} NOT NULL,
  entered_by     {int} NOT NULL,
  entered_at     {time} NOT NULL,
  decided_by     {int},
  decided_at     {time},
  until_at       {time},
  list           {text},
  sha256         {text},
  CHECK ((state = 'decided') = (decided_at IS NOT NULL)),
  CHECK ((decided_at IS NULL) = (list IS NULL))
) {strict};
CREATE UNIQUE INDEX decision_waiting ON decision (round_id, kind) WHERE state = 'entered';
CREATE UNIQUE INDEX decision_number ON decision (round_id, kind, number) WHERE state = 'decided';

CREATE TABLE decision_entry (
  id              {id},
  ref             {text} NOT NULL UNIQUE,
  decision_id     {ref decision} NOT NULL,
  application_id  {ref application} NOT NULL,
  organisation    {text} NOT NULL,
  organisation_en {text} NOT NULL,
  direction       {text} NOT NULL,
  stars           {int} NOT NULL,
  rule_stars      {int} NOT NULL,
  place           {int} NOT NULL,
  UNIQUE (decision_id, application_id)
) {strict};
CREATE INDEX decision_entry_application ON decision_entry (application_id, id);

-- An objection against one of the list, or a complaint about who worked on it (application_id NULL). `once`: of the form, so that one that is sent
-- twice is one. Who objects is sealed apart from what is said, the account too.
CREATE TABLE objection (
  id              {id},
  ref             {text} NOT NULL UNIQUE,
  once            {text} NOT NULL UNIQUE,
  round_id        {ref selection_round} NOT NULL,
  application_id  {ref application},
  door            {text} NOT NULL CHECK (door IN ('applicant', 'third', 'staff')),
  state           {text} NOT NULL,
  revision        {int} NOT NULL,
  seal_key        {int} NOT NULL,
  claim           {text} NOT NULL UNIQUE,
  sender          {text},
  sealed_objector {sealed} NOT NULL,
  sealed_text     {sealed} NOT NULL,
  sealed_masked   {sealed},
  sealed_verdict  {sealed},
  verdict         {text} NOT NULL,
  handler_id      {int} NOT NULL,
  decided_by      {int} NOT NULL,
  received_at     {time} NOT NULL,
  updated_at      {time} NOT NULL,
  ended_at        {time},
  CHECK ((door = 'staff') = (application_id IS NULL))
) {strict};
CREATE INDEX objection_round ON objection (round_id, id);
CREATE INDEX objection_application ON objection (application_id, id);
CREATE INDEX objection_sender ON objection (sender, received_at);
