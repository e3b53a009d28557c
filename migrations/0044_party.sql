-- Parties: one vendor's part in a casefile. Each has a key of its own, so that what is sealed for one vendor opens for no other.
-- origin_id: the casefile it was named in, before any merging. It, casefile_id and product_id are numbers of rooms that this one does not know.
CREATE TABLE party (
  id                   {id},
  ref                  {text} NOT NULL UNIQUE,
  casefile_id          {int} NOT NULL,
  origin_id            {int} NOT NULL,
  organisation_id      {ref organisation},
  product_id           {int},
  state                {text} NOT NULL,
  revision             {int} NOT NULL,
  step                 {text} NOT NULL CHECK (step IN ('vendor', 'partner', 'authority')),
  step_at              {time} NOT NULL,
  is_own_report        {bool} NOT NULL,
  is_service           {bool} NOT NULL,
  is_own_provider      {bool} NOT NULL,
  domicile             {text},
  claim                {text} UNIQUE,
  claimed_by           {int},
  confirmed_by         {int},
  position             {text},
  has_fix              {bool} NOT NULL,
  notified_at          {time},
  notice_at            {time},
  acknowledged_at      {time},
  word_at              {time},
  duty_due_at          {time},
  duty_told            {int} NOT NULL,
  duty_reported_at     {time},
  seal_key             {int} NOT NULL,
  sealed_name          {sealed},
  sealed_product       {sealed},
  sealed_contact       {sealed},
  created_at           {time} NOT NULL,
  updated_at           {time} NOT NULL
) {strict};
CREATE INDEX party_casefile ON party (casefile_id, id);
CREATE INDEX party_organisation ON party (organisation_id, id);
CREATE INDEX party_state ON party (state, id);
CREATE INDEX party_duty ON party (duty_due_at) WHERE duty_due_at IS NOT NULL AND duty_reported_at IS NULL;

-- What was said and decided, in order: notices, acknowledgements, positions, plans, fixes, checks. The values of a form, sealed.
CREATE TABLE party_statement (
  id              {id},
  ref             {text} NOT NULL UNIQUE,
  party_id        {ref party} NOT NULL,
  action          {text} NOT NULL,
  form            {text} NOT NULL,
  form_version    {int} NOT NULL,
  person_id       {int},
  organisation_id {int},
  sealed_values   {sealed},
  stated_at       {time} NOT NULL
) {strict};
CREATE INDEX party_statement_party ON party_statement (party_id, id);

-- Every attempt to reach the vendor. message_id: the letter in the outbox, until it is known what became of it.
CREATE TABLE party_attempt (
  id           {id},
  ref          {text} NOT NULL UNIQUE,
  party_id     {ref party} NOT NULL,
  step         {text} NOT NULL,
  channel      {text} NOT NULL,
  outcome      {text} NOT NULL CHECK (outcome IN ('sent', 'delivered', 'reached', 'no-answer', 'failed')),
  message_id   {int},
  person_id    {int},
  sealed_words {sealed},
  attempted_at {time} NOT NULL
) {strict};
CREATE INDEX party_attempt_party ON party_attempt (party_id, id);
CREATE INDEX party_attempt_sent ON party_attempt (message_id) WHERE outcome = 'sent';

-- The version lines that need a fix, each on its own.
CREATE TABLE party_line (
  id           {id},
  ref          {text} NOT NULL UNIQUE,
  party_id     {ref party} NOT NULL,
  sealed_line  {sealed},
  sealed_fixed {sealed},
  fixed_at     {time}
) {strict};
CREATE INDEX party_line_party ON party_line (party_id, id);

-- One copy of a notice for each person who fetched it; the code stands on the copy.
CREATE TABLE party_copy (
  id           {id},
  ref          {text} NOT NULL UNIQUE,
  statement_id {ref party_statement} NOT NULL,
  person_id    {int} NOT NULL,
  downloads    {int} NOT NULL,
  made_at      {time} NOT NULL,
  last_at      {time} NOT NULL,
  UNIQUE (statement_id, person_id)
) {strict};

CREATE INDEX organisation_merged ON organisation (merged_into) WHERE merged_into IS NOT NULL;

-- Who may read a party: coordinators; the vendor's organisation from the notice on, unless it was named by mistake; the verifier as long as
-- the fix is checked.
CREATE VIEW party_reader AS
  SELECT party.id AS party_id, 64 AS roles,
    CASE WHEN party.state <> 'WITHDRAWN' AND party.notified_at IS NOT NULL THEN party.organisation_id END AS organisation_id,
    CASE WHEN party.state = 'FIX_CHECK' THEN assignment.person_id END AS person_id
  FROM party LEFT JOIN assignment
    ON assignment.machine = 'party' AND assignment.subject_id = party.id AND assignment.part = 'verifier' AND assignment.ended_at IS NULL
  WHERE NOT EXISTS (SELECT 1 FROM casefile WHERE casefile.id = party.casefile_id AND casefile.state IN ('ISOLATED', 'WIPED'));
