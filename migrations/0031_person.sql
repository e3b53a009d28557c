-- People. What is personal is sealed with a key of the person; look-ups go through keyed values.
CREATE TABLE person (
  id              {id},
  ref             {text} NOT NULL UNIQUE,
  state           {text} NOT NULL CHECK (state IN ('unverified', 'checking', 'verified', 'returned', 'disabled')),
  mail_mac        {text} NOT NULL UNIQUE,
  handle_mac      {text} UNIQUE,
  seal_key        {int} NOT NULL,
  sealed_mail     {sealed},
  sealed_handle   {sealed},
  sealed_name     {sealed},
  sealed_phone    {sealed},
  sealed_identity {sealed},
  sealed_reason   {sealed},
  lang            {text} NOT NULL,
  organisation_id {int},
  created_at      {time} NOT NULL,
  changed_at      {time} NOT NULL,
  disabled_at     {time},
  mail_failing_at {time}
) {strict};
CREATE INDEX person_mail_failing ON person (id) WHERE mail_failing_at IS NOT NULL;
CREATE INDEX person_state ON person (state, changed_at, id);

CREATE TABLE person_password (
  id         {id},
  person_id  {ref person} NOT NULL,
  hash       {text} NOT NULL,
  set_at     {time} NOT NULL,
  is_current {bool} NOT NULL
) {strict};
CREATE UNIQUE INDEX person_password_current ON person_password (person_id) WHERE is_current;
CREATE INDEX person_password_person ON person_password (person_id, id);

-- Links sent by mail: hashed, single use, expiring.
CREATE TABLE person_ticket (
  id          {id},
  token_hash  {bytes} NOT NULL UNIQUE,
  kind        {text} NOT NULL CHECK (kind IN ('register', 'password', 'mail', 'enrol')),
  person_id   {ref person},
  sealed_mail {sealed},
  lang        {text} NOT NULL,
  created_at  {time} NOT NULL,
  expires_at  {time} NOT NULL,
  used_at     {time}
) {strict};
CREATE INDEX person_ticket_person ON person_ticket (person_id);
CREATE INDEX person_ticket_expiry ON person_ticket (expires_at);

CREATE TABLE person_totp (
  person_id     {key},
  sealed_secret {sealed},
  last_step     {int} NOT NULL,
  confirmed_at  {time},
  FOREIGN KEY (person_id) REFERENCES person (id)
) {strict};

CREATE TABLE person_recovery (
  id         {id},
  person_id  {ref person} NOT NULL,
  code_mac   {text} NOT NULL,
  created_at {time} NOT NULL,
  used_at    {time},
  UNIQUE (person_id, code_mac)
) {strict};

CREATE TABLE person_passkey (
  id            {id},
  ref           {text} NOT NULL UNIQUE,
  person_id     {ref person} NOT NULL,
  credential_id {bytes} NOT NULL UNIQUE,
  algorithm     {int} NOT NULL,
  public_key    {bytes} NOT NULL,
  counter       {int} NOT NULL,
  name          {text} NOT NULL,
  created_at    {time} NOT NULL,
  last_used_at  {time}
) {strict};
CREATE INDEX person_passkey_person ON person_passkey (person_id);

-- Challenges that a security key has answered: none is taken twice. They expire by themselves.
CREATE TABLE person_challenge (
  challenge  {bytes} PRIMARY KEY,
  expires_at {time} NOT NULL
) {strict};
CREATE INDEX person_challenge_expiry ON person_challenge (expires_at);

CREATE TABLE session (
  id             {id},
  ref            {text} NOT NULL UNIQUE,
  token_hash     {bytes} NOT NULL UNIQUE,
  person_id      {ref person} NOT NULL,
  factor_at      {time},
  waits          {bool} NOT NULL,
  sealed_origin  {sealed},
  created_at     {time} NOT NULL,
  seen_at        {time} NOT NULL,
  ended_at       {time}
) {strict};
CREATE INDEX session_person ON session (person_id, ended_at);
CREATE INDEX session_seen ON session (seen_at);

CREATE TABLE api_token (
  id           {id},
  ref          {text} NOT NULL UNIQUE,
  token_hash   {bytes} NOT NULL UNIQUE,
  person_id    {ref person} NOT NULL,
  name         {text} NOT NULL,
  scopes       {int} NOT NULL,
  has_factor   {bool} NOT NULL,
  created_at   {time} NOT NULL,
  expires_at   {time} NOT NULL,
  last_used_at {time},
  ended_at     {time}
) {strict};
CREATE INDEX api_token_person ON api_token (person_id, id);

-- Attempts that failed, by keyed value of login or address.
CREATE TABLE login_failure (
  subject  {text} PRIMARY KEY,
  failures {int} NOT NULL,
  last_at  {time} NOT NULL
) {strict};
CREATE INDEX login_failure_time ON login_failure (last_at);

-- The one office a person holds. All running grants of offices refer to this row, so that two offices at once cannot be stored:
-- the three administrators exclude one another and everybody who works on matters.
CREATE TABLE person_office (
  person_id {key},
  office    {text} NOT NULL CHECK (office IN ('system', 'security', 'audit', 'matters')),
  UNIQUE (person_id, office),
  FOREIGN KEY (person_id) REFERENCES person (id)
) {strict};

CREATE TABLE role_grant (
  id              {id},
  ref             {text} NOT NULL UNIQUE,
  person_id       {ref person} NOT NULL,
  role            {int} NOT NULL,
  office          {text},
  organisation_id {int},
  from_at         {time} NOT NULL,
  until_at        {time},
  ended_at        {time},
  requested_by    {int},
  approved_by     {int},
  FOREIGN KEY (person_id, office) REFERENCES person_office (person_id, office),
  CHECK (requested_by IS NULL OR approved_by IS NULL OR requested_by <> approved_by),
  CHECK (approved_by IS NULL OR approved_by <> person_id),
  CHECK ((ended_at IS NOT NULL AND office IS NULL) OR (ended_at IS NULL AND (
    (role = 32768 AND office IS NOT NULL AND office = 'system') OR
    (role = 65536 AND office IS NOT NULL AND office = 'security') OR
    (role = 131072 AND office IS NOT NULL AND office = 'audit') OR
    (role IN (64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 524288, 1048576) AND office IS NOT NULL AND office = 'matters') OR
    (role IN (4, 8, 16, 32) AND office IS NULL))))
) {strict};
CREATE UNIQUE INDEX role_grant_running ON role_grant (person_id, role) WHERE ended_at IS NULL;
CREATE INDEX role_grant_person ON role_grant (person_id, id);
CREATE INDEX role_grant_role ON role_grant (role, ended_at);

CREATE TABLE role_request (
  id           {id},
  ref          {text} NOT NULL UNIQUE,
  person_id    {ref person} NOT NULL,
  role         {int} NOT NULL,
  until_at     {time},
  state        {text} NOT NULL CHECK (state IN ('waiting', 'approved', 'refused')),
  requested_by {int},
  requested_at {time} NOT NULL,
  decided_by   {int},
  decided_at   {time},
  CHECK (decided_by IS NULL OR requested_by IS NULL OR decided_by <> requested_by),
  CHECK (decided_by IS NULL OR decided_by <> person_id),
  CHECK (requested_by IS NULL OR requested_by <> person_id)
) {strict};
CREATE UNIQUE INDEX role_request_waiting ON role_request (person_id, role) WHERE state = 'waiting';
CREATE INDEX role_request_person ON role_request (person_id);
CREATE INDEX role_request_state ON role_request (state, id);

CREATE TABLE consent (
  id              {id},
  person_id       {ref person} NOT NULL,
  organisation_id {int},
  document        {text} NOT NULL,
  version         {int} NOT NULL,
  given_at        {time} NOT NULL,
  withdrawn_at    {time}
) {strict};
CREATE INDEX consent_person ON consent (person_id, id);
CREATE UNIQUE INDEX consent_version ON consent (person_id, document, version) WHERE withdrawn_at IS NULL;
