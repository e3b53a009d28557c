-- Organisations, their people and their standing.
CREATE TABLE organisation (
  id              {id},
  ref             {text} NOT NULL UNIQUE,
  state           {text} NOT NULL CHECK (state IN ('unverified', 'checking', 'verified', 'returned', 'merged')),
  name            {text} NOT NULL,
  name_en         {text} NOT NULL,
  credit_code     {text} NOT NULL,
  wants           {text} NOT NULL CHECK (wants IN ('vendor', 'unit', 'other')),
  domicile        {text} NOT NULL,
  merged_into     {int},
  seal_key        {int} NOT NULL,
  sealed_contact  {sealed},
  sealed_reason   {sealed},
  registered_by   {int} NOT NULL,
  created_at      {time} NOT NULL,
  changed_at      {time} NOT NULL
) {strict};
CREATE UNIQUE INDEX organisation_code ON organisation (credit_code) WHERE state = 'verified';
CREATE INDEX organisation_credit ON organisation (credit_code);
CREATE INDEX organisation_state ON organisation (state, changed_at, id);

CREATE TABLE organisation_paper (
  id              {id},
  ref             {text} NOT NULL UNIQUE,
  organisation_id {ref organisation} NOT NULL,
  kind            {text} NOT NULL CHECK (kind IN ('licence', 'authorisation')),
  blob_id         {ref blob_file} NOT NULL,
  sealed_name     {sealed},
  size_bytes      {int} NOT NULL,
  added_by        {int} NOT NULL,
  added_at        {time} NOT NULL
) {strict};
CREATE INDEX organisation_paper_blob ON organisation_paper (blob_id);
CREATE INDEX organisation_paper_organisation ON organisation_paper (organisation_id, id);

CREATE TABLE membership (
  id              {id},
  ref             {text} NOT NULL UNIQUE,
  organisation_id {ref organisation} NOT NULL,
  person_id       {ref person} NOT NULL,
  is_admin        {bool} NOT NULL,
  from_at         {time} NOT NULL,
  ended_at        {time}
) {strict};
CREATE UNIQUE INDEX membership_person ON membership (person_id) WHERE ended_at IS NULL;
CREATE INDEX membership_history ON membership (person_id, id);
CREATE INDEX membership_organisation ON membership (organisation_id, ended_at, id);

CREATE TABLE invitation (
  id              {id},
  ref             {text} NOT NULL UNIQUE,
  organisation_id {ref organisation} NOT NULL,
  is_admin        {bool} NOT NULL,
  token_hash      {bytes} NOT NULL UNIQUE,
  sealed_mail     {sealed},
  invited_by      {int} NOT NULL,
  created_at      {time} NOT NULL,
  expires_at      {time} NOT NULL,
  used_by         {int},
  ended_at        {time}
) {strict};
CREATE INDEX invitation_organisation ON invitation (organisation_id, ended_at, id);

CREATE TABLE standing (
  id              {id},
  organisation_id {ref organisation} NOT NULL,
  kind            {text} NOT NULL CHECK (kind IN ('unit', 'partner', 'vendor')),
  stars           {int} NOT NULL CHECK (stars BETWEEN 0 AND 5),
  from_at         {time} NOT NULL,
  until_at        {time},
  suspended_at    {time},
  ended_at        {time}
) {strict};
CREATE UNIQUE INDEX standing_running ON standing (organisation_id, kind) WHERE ended_at IS NULL;
