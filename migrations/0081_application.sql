-- Applications of organisations in rounds of selection. An organisation that merged goes on as the one it became part of. What is typed, marked and
-- decided is sealed with the application's own key; who applied in which state is clear.
CREATE TABLE application (
  id              {id},
  ref             {text} NOT NULL UNIQUE,
  round_id        {ref selection_round} NOT NULL,
  direction       {text} NOT NULL,
  organisation_id {ref organisation} NOT NULL,
  state           {text} NOT NULL,
  revision        {int} NOT NULL,
  seal_key        {int} NOT NULL,
  writer_id       {ref person} NOT NULL,
  sealed_values   {sealed},
  sealed_marks    {sealed},
  sealed_paper    {sealed},
  hash            {text},
  sha256          {text},
  version         {int} NOT NULL,
  returns         {int} NOT NULL,
  checked_by      {int},
  is_check_good   {bool} NOT NULL,
  decided_by      {int},
  appeal_until    {time},
  paper           {text} NOT NULL CHECK (paper IN ('none', 'awaited', 'sent', 'received', 'matched', 'mismatch', 'late')),
  is_newcomer     {bool} NOT NULL,
  lodged_at       {time},
  submitted_at    {time},
  created_at      {time} NOT NULL,
  updated_at      {time} NOT NULL
) {strict};
CREATE INDEX application_round ON application (round_id, state, id);
CREATE INDEX application_organisation ON application (organisation_id, id);
CREATE INDEX application_writer ON application (writer_id);
CREATE INDEX application_state ON application (state, id);
CREATE UNIQUE INDEX application_living ON application (round_id, direction, organisation_id) WHERE state NOT IN ('LAPSED', 'WITHDRAWN');

-- What was submitted each time: the values, the files by their hash, and the digest of both.
CREATE TABLE application_version (
  id             {id},
  ref            {text} NOT NULL UNIQUE,
  application_id {ref application} NOT NULL,
  version        {int} NOT NULL,
  sealed_values  {sealed},
  sealed_files   {sealed},
  sha256         {text} NOT NULL,
  person_id      {int},
  made_at        {time} NOT NULL,
  UNIQUE (application_id, version)
) {strict};

-- What was said and decided of it, in order: the values of an action's form, sealed.
CREATE TABLE application_statement (
  id             {id},
  ref            {text} NOT NULL UNIQUE,
  application_id {ref application} NOT NULL,
  action         {text} NOT NULL,
  person_id      {int},
  is_applicants  {bool} NOT NULL,
  sealed_values  {sealed},
  stated_at      {time} NOT NULL
) {strict};
CREATE INDEX application_statement_application ON application_statement (application_id, id);

-- Who may read an application: its organisation; secretaries and supervisors from the hour it was lodged.
CREATE VIEW application_reader AS
  SELECT application.id AS application_id, coalesce(organisation.merged_into, organisation.id) AS organisation_id,
    CASE WHEN application.lodged_at IS NOT NULL THEN 5120 ELSE 0 END AS roles
  FROM application JOIN organisation ON organisation.id = application.organisation_id;

CREATE INDEX standing_organisation ON standing (organisation_id, kind);
