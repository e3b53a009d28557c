-- Made from migrations/ by tools/schema.py. Do not edit.

-- ======== SQLite

-- 0001 schema
CREATE TABLE schema_migration (
  number     INTEGER PRIMARY KEY,
  name       TEXT NOT NULL,
  checksum   TEXT NOT NULL,
  applied_at INTEGER NOT NULL
) STRICT;

-- 0002 seal
CREATE TABLE matter_key (
  id           INTEGER PRIMARY KEY,
  generation   INTEGER,
  wrapped      BLOB,
  created_at   INTEGER NOT NULL,
  destroyed_at INTEGER,
  CHECK ((wrapped IS NULL) = (generation IS NULL)),
  CHECK ((wrapped IS NULL) = (destroyed_at IS NOT NULL))
) STRICT;
CREATE INDEX matter_key_by_generation ON matter_key (generation, id);
CREATE TABLE seal_generation (
  id     INTEGER PRIMARY KEY CHECK (id = 1),
  newest INTEGER NOT NULL
) STRICT;
INSERT INTO seal_generation (id, newest) VALUES (1, 0);

-- 0003 blob
CREATE TABLE blob_file (
  id         INTEGER PRIMARY KEY,
  matter     INTEGER NOT NULL REFERENCES matter_key (id),
  name       TEXT NOT NULL UNIQUE,
  size       INTEGER NOT NULL CHECK (size >= 0),
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX blob_file_by_matter ON blob_file (matter);

-- 0004 ledger
CREATE TABLE ledger_event (
  id     INTEGER PRIMARY KEY,
  code   TEXT NOT NULL UNIQUE,
  at     INTEGER NOT NULL,
  kind   TEXT NOT NULL,
  ref    TEXT NOT NULL,
  action TEXT NOT NULL,
  actor  INTEGER NOT NULL,
  matter INTEGER NOT NULL REFERENCES matter_key (id),
  detail BLOB NOT NULL
) STRICT;
CREATE INDEX ledger_event_by_subject ON ledger_event (kind, ref, id);
CREATE INDEX ledger_event_by_action ON ledger_event (kind, ref, action, id);
CREATE INDEX ledger_event_by_actor ON ledger_event (actor, id);
CREATE INDEX ledger_event_by_kind ON ledger_event (kind, at, id);
CREATE INDEX ledger_event_by_word ON ledger_event (action, at, id);
CREATE INDEX ledger_event_by_time ON ledger_event (at, id);
CREATE TABLE ledger_leaf (
  id     INTEGER PRIMARY KEY,
  event  INTEGER NOT NULL UNIQUE REFERENCES ledger_event (id),
  hash   BLOB NOT NULL,
  number INTEGER UNIQUE
) STRICT;
CREATE INDEX ledger_leaf_waiting ON ledger_leaf (id) WHERE number IS NULL;
CREATE TABLE ledger_node (
  level INTEGER NOT NULL,
  place INTEGER NOT NULL,
  hash  BLOB NOT NULL,
  PRIMARY KEY (level, place)
) STRICT, WITHOUT ROWID;
CREATE TABLE ledger_tree (
  id       INTEGER PRIMARY KEY CHECK (id = 1),
  size     INTEGER NOT NULL,
  frontier BLOB,
  changes  INTEGER NOT NULL
) STRICT;
INSERT INTO ledger_tree (id, size, changes) VALUES (1, 0, 0);
CREATE TABLE ledger_checkpoint (
  size INTEGER PRIMARY KEY,
  at   INTEGER NOT NULL,
  root BLOB NOT NULL,
  note TEXT NOT NULL
) STRICT;
CREATE TABLE ledger_change (
  id     INTEGER PRIMARY KEY,
  kind   TEXT NOT NULL,
  ref    TEXT NOT NULL,
  at     INTEGER NOT NULL,
  number INTEGER UNIQUE
) STRICT;
CREATE INDEX ledger_change_waiting ON ledger_change (id) WHERE number IS NULL;

-- 0005 setting
CREATE TABLE setting (
  id         INTEGER PRIMARY KEY,
  name       TEXT NOT NULL UNIQUE,
  version    INTEGER NOT NULL CHECK (version > 0),
  value      TEXT NOT NULL
) STRICT;
CREATE TABLE setting_version (
  id         INTEGER PRIMARY KEY,
  setting_id INTEGER REFERENCES setting(id) NOT NULL,
  version    INTEGER NOT NULL,
  value      TEXT NOT NULL,
  reason     TEXT NOT NULL,
  person_id  INTEGER,
  set_at     INTEGER NOT NULL,
  UNIQUE (setting_id, version)
) STRICT;

-- 0006 job
CREATE TABLE job (
  id            INTEGER PRIMARY KEY,
  ref           TEXT NOT NULL UNIQUE,
  kind          TEXT NOT NULL,
  once_key      TEXT UNIQUE,
  payload       BLOB,
  ready_at      INTEGER,
  fence         INTEGER NOT NULL,
  attempts      INTEGER NOT NULL,
  last_error    TEXT,
  created_at    INTEGER NOT NULL
) STRICT;
CREATE INDEX job_ready ON job (ready_at, id) WHERE ready_at IS NOT NULL;
CREATE INDEX job_dead ON job (id) WHERE ready_at IS NULL;

-- 0007 wordlist
CREATE TABLE word (
  id         INTEGER PRIMARY KEY,
  list       TEXT NOT NULL,
  code       TEXT NOT NULL,
  version    INTEGER NOT NULL CHECK (version > 0),
  text_zh    TEXT NOT NULL,
  text_en    TEXT NOT NULL,
  source_zh  TEXT NOT NULL,
  source_en  TEXT NOT NULL,
  is_retired INTEGER NOT NULL,
  reason     TEXT NOT NULL,
  person_id  INTEGER,
  set_at     INTEGER NOT NULL,
  UNIQUE (list, code, version)
) STRICT;

-- 0030 outbox
CREATE TABLE outbox (
  id             INTEGER PRIMARY KEY,
  ref            TEXT NOT NULL UNIQUE,
  kind           TEXT NOT NULL CHECK (kind IN ('mail', 'sms')),
  state          TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'done', 'dead')),
  sealed_payload BLOB,
  attempts       INTEGER NOT NULL,
  outcome        TEXT,
  created_at     INTEGER NOT NULL,
  due_at         INTEGER NOT NULL,
  changed_at     INTEGER NOT NULL
) STRICT;
CREATE INDEX outbox_state ON outbox (state, kind, due_at);

-- 0031 person
CREATE TABLE person (
  id              INTEGER PRIMARY KEY,
  ref             TEXT NOT NULL UNIQUE,
  state           TEXT NOT NULL CHECK (state IN ('unverified', 'checking', 'verified', 'returned', 'disabled')),
  mail_mac        TEXT NOT NULL UNIQUE,
  handle_mac      TEXT UNIQUE,
  seal_key        INTEGER NOT NULL,
  sealed_mail     BLOB,
  sealed_handle   BLOB,
  sealed_name     BLOB,
  sealed_phone    BLOB,
  sealed_identity BLOB,
  sealed_reason   BLOB,
  lang            TEXT NOT NULL,
  organisation_id INTEGER,
  created_at      INTEGER NOT NULL,
  changed_at      INTEGER NOT NULL,
  disabled_at     INTEGER,
  mail_failing_at INTEGER
) STRICT;
CREATE INDEX person_mail_failing ON person (id) WHERE mail_failing_at IS NOT NULL;
CREATE INDEX person_state ON person (state, changed_at, id);
CREATE TABLE person_password (
  id         INTEGER PRIMARY KEY,
  person_id  INTEGER REFERENCES person(id) NOT NULL,
  hash       TEXT NOT NULL,
  set_at     INTEGER NOT NULL,
  is_current INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX person_password_current ON person_password (person_id) WHERE is_current;
CREATE INDEX person_password_person ON person_password (person_id, id);
CREATE TABLE person_ticket (
  id          INTEGER PRIMARY KEY,
  token_hash  BLOB NOT NULL UNIQUE,
  kind        TEXT NOT NULL CHECK (kind IN ('register', 'password', 'mail', 'enrol')),
  person_id   INTEGER REFERENCES person(id),
  sealed_mail BLOB,
  lang        TEXT NOT NULL,
  created_at  INTEGER NOT NULL,
  expires_at  INTEGER NOT NULL,
  used_at     INTEGER
) STRICT;
CREATE INDEX person_ticket_person ON person_ticket (person_id);
CREATE INDEX person_ticket_expiry ON person_ticket (expires_at);
CREATE TABLE person_totp (
  person_id     INTEGER PRIMARY KEY,
  sealed_secret BLOB,
  last_step     INTEGER NOT NULL,
  confirmed_at  INTEGER,
  FOREIGN KEY (person_id) REFERENCES person (id)
) STRICT;
CREATE TABLE person_recovery (
  id         INTEGER PRIMARY KEY,
  person_id  INTEGER REFERENCES person(id) NOT NULL,
  code_mac   TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  used_at    INTEGER,
  UNIQUE (person_id, code_mac)
) STRICT;
CREATE TABLE person_passkey (
  id            INTEGER PRIMARY KEY,
  ref           TEXT NOT NULL UNIQUE,
  person_id     INTEGER REFERENCES person(id) NOT NULL,
  credential_id BLOB NOT NULL UNIQUE,
  algorithm     INTEGER NOT NULL,
  public_key    BLOB NOT NULL,
  counter       INTEGER NOT NULL,
  name          TEXT NOT NULL,
  created_at    INTEGER NOT NULL,
  last_used_at  INTEGER
) STRICT;
CREATE INDEX person_passkey_person ON person_passkey (person_id);
CREATE TABLE person_challenge (
  challenge  BLOB PRIMARY KEY,
  expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX person_challenge_expiry ON person_challenge (expires_at);
CREATE TABLE session (
  id             INTEGER PRIMARY KEY,
  ref            TEXT NOT NULL UNIQUE,
  token_hash     BLOB NOT NULL UNIQUE,
  person_id      INTEGER REFERENCES person(id) NOT NULL,
  factor_at      INTEGER,
  waits          INTEGER NOT NULL,
  sealed_origin  BLOB,
  created_at     INTEGER NOT NULL,
  seen_at        INTEGER NOT NULL,
  ended_at       INTEGER
) STRICT;
CREATE INDEX session_person ON session (person_id, ended_at);
CREATE INDEX session_seen ON session (seen_at);
CREATE TABLE api_token (
  id           INTEGER PRIMARY KEY,
  ref          TEXT NOT NULL UNIQUE,
  token_hash   BLOB NOT NULL UNIQUE,
  person_id    INTEGER REFERENCES person(id) NOT NULL,
  name         TEXT NOT NULL,
  scopes       INTEGER NOT NULL,
  has_factor   INTEGER NOT NULL,
  created_at   INTEGER NOT NULL,
  expires_at   INTEGER NOT NULL,
  last_used_at INTEGER,
  ended_at     INTEGER
) STRICT;
CREATE INDEX api_token_person ON api_token (person_id, id);
CREATE TABLE login_failure (
  subject  TEXT PRIMARY KEY,
  failures INTEGER NOT NULL,
  last_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX login_failure_time ON login_failure (last_at);
CREATE TABLE person_office (
  person_id INTEGER PRIMARY KEY,
  office    TEXT NOT NULL CHECK (office IN ('system', 'security', 'audit', 'matters')),
  UNIQUE (person_id, office),
  FOREIGN KEY (person_id) REFERENCES person (id)
) STRICT;
CREATE TABLE role_grant (
  id              INTEGER PRIMARY KEY,
  ref             TEXT NOT NULL UNIQUE,
  person_id       INTEGER REFERENCES person(id) NOT NULL,
  role            INTEGER NOT NULL,
  office          TEXT,
  organisation_id INTEGER,
  from_at         INTEGER NOT NULL,
  until_at        INTEGER,
  ended_at        INTEGER,
  requested_by    INTEGER,
  approved_by     INTEGER,
  FOREIGN KEY (person_id, office) REFERENCES person_office (person_id, office),
  CHECK (requested_by IS NULL OR approved_by IS NULL OR requested_by <> approved_by),
  CHECK (approved_by IS NULL OR approved_by <> person_id),
  CHECK ((ended_at IS NOT NULL AND office IS NULL) OR (ended_at IS NULL AND (
    (role = 32768 AND office IS NOT NULL AND office = 'system') OR
    (role = 65536 AND office IS NOT NULL AND office = 'security') OR
    (role = 131072 AND office IS NOT NULL AND office = 'audit') OR
    (role IN (64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 524288, 1048576) AND office IS NOT NULL AND office = 'matters') OR
    (role IN (4, 8, 16, 32) AND office IS NULL))))
) STRICT;
CREATE UNIQUE INDEX role_grant_running ON role_grant (person_id, role) WHERE ended_at IS NULL;
CREATE INDEX role_grant_person ON role_grant (person_id, id);
CREATE INDEX role_grant_role ON role_grant (role, ended_at);
CREATE TABLE role_request (
  id           INTEGER PRIMARY KEY,
  ref          TEXT NOT NULL UNIQUE,
  person_id    INTEGER REFERENCES person(id) NOT NULL,
  role         INTEGER NOT NULL,
  until_at     INTEGER,
  state        TEXT NOT NULL CHECK (state IN ('waiting', 'approved', 'refused')),
  requested_by INTEGER,
  requested_at INTEGER NOT NULL,
  decided_by   INTEGER,
  decided_at   INTEGER,
  CHECK (decided_by IS NULL OR requested_by IS NULL OR decided_by <> requested_by),
  CHECK (decided_by IS NULL OR decided_by <> person_id),
  CHECK (requested_by IS NULL OR requested_by <> person_id)
) STRICT;
CREATE UNIQUE INDEX role_request_waiting ON role_request (person_id, role) WHERE state = 'waiting';
CREATE INDEX role_request_person ON role_request (person_id);
CREATE INDEX role_request_state ON role_request (state, id);
CREATE TABLE consent (
  id              INTEGER PRIMARY KEY,
  person_id       INTEGER REFERENCES person(id) NOT NULL,
  organisation_id INTEGER,
  document        TEXT NOT NULL,
  version         INTEGER NOT NULL,
  given_at        INTEGER NOT NULL,
  withdrawn_at    INTEGER
) STRICT;
CREATE INDEX consent_person ON consent (person_id, id);
CREATE UNIQUE INDEX consent_version ON consent (person_id, document, version) WHERE withdrawn_at IS NULL;

-- 0032 org
CREATE TABLE organisation (
  id              INTEGER PRIMARY KEY,
  ref             TEXT NOT NULL UNIQUE,
  state           TEXT NOT NULL CHECK (state IN ('unverified', 'checking', 'verified', 'returned', 'merged')),
  name            TEXT NOT NULL,
  name_en         TEXT NOT NULL,
  credit_code     TEXT NOT NULL,
  wants           TEXT NOT NULL CHECK (wants IN ('vendor', 'unit', 'other')),
  domicile        TEXT NOT NULL,
  merged_into     INTEGER,
  seal_key        INTEGER NOT NULL,
  sealed_contact  BLOB,
  sealed_reason   BLOB,
  registered_by   INTEGER NOT NULL,
  created_at      INTEGER NOT NULL,
  changed_at      INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX organisation_code ON organisation (credit_code) WHERE state = 'verified';
CREATE INDEX organisation_credit ON organisation (credit_code);
CREATE INDEX organisation_state ON organisation (state, changed_at, id);
CREATE TABLE organisation_paper (
  id              INTEGER PRIMARY KEY,
  ref             TEXT NOT NULL UNIQUE,
  organisation_id INTEGER REFERENCES organisation(id) NOT NULL,
  kind            TEXT NOT NULL CHECK (kind IN ('licence', 'authorisation')),
  blob_id         INTEGER REFERENCES blob_file(id) NOT NULL,
  sealed_name     BLOB,
  size_bytes      INTEGER NOT NULL,
  added_by        INTEGER NOT NULL,
  added_at        INTEGER NOT NULL
) STRICT;
CREATE INDEX organisation_paper_blob ON organisation_paper (blob_id);
CREATE INDEX organisation_paper_organisation ON organisation_paper (organisation_id, id);
CREATE TABLE membership (
  id              INTEGER PRIMARY KEY,
  ref             TEXT NOT NULL UNIQUE,
  organisation_id INTEGER REFERENCES organisation(id) NOT NULL,
  person_id       INTEGER REFERENCES person(id) NOT NULL,
  is_admin        INTEGER NOT NULL,
  from_at         INTEGER NOT NULL,
  ended_at        INTEGER
) STRICT;
CREATE UNIQUE INDEX membership_person ON membership (person_id) WHERE ended_at IS NULL;
CREATE INDEX membership_history ON membership (person_id, id);
CREATE INDEX membership_organisation ON membership (organisation_id, ended_at, id);
CREATE TABLE invitation (
  id              INTEGER PRIMARY KEY,
  ref             TEXT NOT NULL UNIQUE,
  organisation_id INTEGER REFERENCES organisation(id) NOT NULL,
  is_admin        INTEGER NOT NULL,
  token_hash      BLOB NOT NULL UNIQUE,
  sealed_mail     BLOB,
  invited_by      INTEGER NOT NULL,
  created_at      INTEGER NOT NULL,
  expires_at      INTEGER NOT NULL,
  used_by         INTEGER,
  ended_at        INTEGER
) STRICT;
CREATE INDEX invitation_organisation ON invitation (organisation_id, ended_at, id);
CREATE TABLE standing (
  id              INTEGER PRIMARY KEY,
  organisation_id INTEGER REFERENCES organisation(id) NOT NULL,
  kind            TEXT NOT NULL CHECK (kind IN ('unit', 'partner', 'vendor')),
  stars           INTEGER NOT NULL CHECK (stars BETWEEN 0 AND 5),
  from_at         INTEGER NOT NULL,
  until_at        INTEGER,
  suspended_at    INTEGER,
  ended_at        INTEGER
) STRICT;
CREATE UNIQUE INDEX standing_running ON standing (organisation_id, kind) WHERE ended_at IS NULL;

-- 0033 notice
CREATE TABLE inbox (
  id         INTEGER PRIMARY KEY,
  ref        TEXT NOT NULL UNIQUE,
  person_id  INTEGER REFERENCES person(id) NOT NULL,
  kind       TEXT NOT NULL,
  subject    TEXT NOT NULL,
  link       TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  read_at    INTEGER,
  in_list    INTEGER NOT NULL
) STRICT;
CREATE INDEX inbox_person ON inbox (person_id, id);
CREATE INDEX inbox_unread ON inbox (person_id) WHERE read_at IS NULL;
CREATE INDEX inbox_list ON inbox (person_id, id) WHERE in_list;
CREATE TABLE notice_visitor (
  claim       BLOB PRIMARY KEY,
  unsubscribe TEXT NOT NULL UNIQUE,
  sealed_mail BLOB,
  lang        TEXT NOT NULL,
  created_at  INTEGER NOT NULL
) STRICT;

-- 0034 calendar
CREATE TABLE calendar_key (
  person_id    INTEGER PRIMARY KEY,
  token_hash   BLOB NOT NULL UNIQUE,
  has_factor   INTEGER NOT NULL,
  created_at   INTEGER NOT NULL,
  last_used_at INTEGER
) STRICT;

-- 0035 notice_way
CREATE TABLE notice_way (
  person_id  INTEGER PRIMARY KEY,
  rhythm     TEXT NOT NULL CHECK (rhythm IN ('at-once', 'daily', 'weekly')),
  hour       INTEGER NOT NULL CHECK (hour BETWEEN 0 AND 23),
  weekday    INTEGER NOT NULL CHECK (weekday BETWEEN 1 AND 7),
  mails      INTEGER NOT NULL,
  list_at    INTEGER,
  changed_at INTEGER NOT NULL,
  FOREIGN KEY (person_id) REFERENCES person (id)
) STRICT;
CREATE INDEX notice_way_list ON notice_way (list_at) WHERE list_at IS NOT NULL;
CREATE TABLE notice_message (
  message_id INTEGER PRIMARY KEY,
  person_id  INTEGER REFERENCES person(id) NOT NULL,
  channel    TEXT NOT NULL CHECK (channel IN ('mail', 'sms')),
  address    TEXT NOT NULL
) STRICT;
CREATE INDEX notice_message_person ON notice_message (person_id);
CREATE TABLE notice_phone (
  person_id    INTEGER PRIMARY KEY,
  sealed_phone BLOB NOT NULL,
  phone_mac    TEXT NOT NULL,
  verified_at  INTEGER,
  code_mac     TEXT,
  code_at      INTEGER NOT NULL,
  tries        INTEGER NOT NULL,
  codes        INTEGER NOT NULL,
  codes_day    INTEGER NOT NULL,
  sent_at      INTEGER,
  arrived_at   INTEGER,
  failing_at   INTEGER,
  FOREIGN KEY (person_id) REFERENCES person (id)
) STRICT;

-- 0036 workday
CREATE TABLE workday_year (
  id         INTEGER PRIMARY KEY,
  year       INTEGER NOT NULL,
  source     TEXT NOT NULL,
  spans      TEXT NOT NULL,
  entered_by INTEGER REFERENCES person(id),
  entered_at INTEGER NOT NULL
) STRICT;
CREATE INDEX workday_year_year ON workday_year (year, id);
CREATE INDEX workday_year_person ON workday_year (entered_by);

-- 0039 product
CREATE TABLE product (
  id              INTEGER PRIMARY KEY,
  ref             TEXT NOT NULL UNIQUE,
  kind            TEXT NOT NULL CHECK (kind IN ('android', 'ios', 'harmonyos', 'mini-program', 'official-account', 'sdk', 'server')),
  state           TEXT NOT NULL CHECK (state IN ('stated', 'confirmed', 'merged')),
  is_public       INTEGER NOT NULL,
  name            TEXT NOT NULL,
  name_en         TEXT NOT NULL,
  vendor          TEXT NOT NULL,
  organisation_id INTEGER REFERENCES organisation(id),
  stated_for      INTEGER REFERENCES organisation(id),
  stated_by       INTEGER,
  merged_into     INTEGER REFERENCES product(id),
  created_at      INTEGER NOT NULL,
  changed_at      INTEGER NOT NULL,
  CHECK ((state = 'merged') = (merged_into IS NOT NULL)),
  CHECK (state <> 'confirmed' OR is_public)
) STRICT;
CREATE INDEX product_state ON product (state, id);
CREATE INDEX product_organisation ON product (organisation_id, id) WHERE organisation_id IS NOT NULL;
CREATE INDEX product_stated_for ON product (stated_for, id) WHERE stated_for IS NOT NULL;
CREATE INDEX product_stated_by ON product (stated_by, id) WHERE stated_by IS NOT NULL;
CREATE INDEX product_merged ON product (merged_into) WHERE merged_into IS NOT NULL;
CREATE TABLE product_name (
  id         INTEGER PRIMARY KEY,
  product_id INTEGER REFERENCES product(id) NOT NULL,
  name       TEXT NOT NULL,
  skeleton   TEXT NOT NULL,
  is_current INTEGER NOT NULL,
  from_at    INTEGER NOT NULL,
  UNIQUE (product_id, name)
) STRICT;
CREATE INDEX product_name_skeleton ON product_name (skeleton, product_id);
CREATE TABLE product_identity (
  id           INTEGER PRIMARY KEY,
  ref          TEXT NOT NULL UNIQUE,
  product_id   INTEGER REFERENCES product(id) NOT NULL,
  product_kind TEXT NOT NULL,
  kind         TEXT NOT NULL,
  value        TEXT NOT NULL,
  is_exclusive INTEGER NOT NULL,
  is_verified  INTEGER NOT NULL,
  added_at     INTEGER NOT NULL,
  UNIQUE (product_id, kind, value)
) STRICT;
CREATE INDEX product_identity_value ON product_identity (kind, value, product_id);
CREATE UNIQUE INDEX product_identity_one ON product_identity (product_kind, kind, value) WHERE is_verified AND is_exclusive;
CREATE TABLE product_token (
  token      TEXT NOT NULL,
  product_id INTEGER REFERENCES product(id) NOT NULL,
  PRIMARY KEY (token, product_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX product_token_product ON product_token (product_id);
CREATE VIEW product_reader AS
  SELECT p.id AS product_id, CASE WHEN p.is_public THEN 262211 ELSE 262208 END AS roles,
    CASE WHEN p.stated_for IS NULL THEN p.stated_by END AS person_id,
    coalesce(o.merged_into, p.organisation_id) AS owner_id, coalesce(s.merged_into, p.stated_for) AS stated_for_id
  FROM product p LEFT JOIN organisation o ON o.id = p.organisation_id LEFT JOIN organisation s ON s.id = p.stated_for;
CREATE TABLE product_release (
  id           INTEGER PRIMARY KEY,
  ref          TEXT NOT NULL UNIQUE,
  product_id   INTEGER REFERENCES product(id) NOT NULL,
  version_name TEXT NOT NULL,
  version_code INTEGER,
  since_at     INTEGER,
  added_at     INTEGER NOT NULL,
  CHECK (version_name <> '' OR since_at IS NOT NULL)
) STRICT;
CREATE INDEX product_release_product ON product_release (product_id, id);
CREATE UNIQUE INDEX product_release_version ON product_release (product_id, version_name, coalesce(version_code, -1)) WHERE version_name <> '';
CREATE TABLE product_containment (
  id          INTEGER PRIMARY KEY,
  ref         TEXT NOT NULL UNIQUE,
  product_id  INTEGER REFERENCES product(id) NOT NULL,
  release_id  INTEGER REFERENCES product_release(id),
  part_id     INTEGER REFERENCES product(id) NOT NULL,
  version     TEXT NOT NULL,
  evidence    TEXT NOT NULL,
  declared_by INTEGER NOT NULL,
  declared_at INTEGER NOT NULL,
  ended_at    INTEGER,
  CHECK (product_id <> part_id)
) STRICT;
CREATE INDEX product_containment_product ON product_containment (product_id, id);
CREATE INDEX product_containment_part ON product_containment (part_id, id);
CREATE TABLE product_claim (
  id              INTEGER PRIMARY KEY,
  ref             TEXT NOT NULL UNIQUE,
  product_id      INTEGER REFERENCES product(id) NOT NULL,
  organisation_id INTEGER REFERENCES organisation(id) NOT NULL,
  state           TEXT NOT NULL,
  revision        INTEGER NOT NULL,
  method          TEXT NOT NULL CHECK (method IN ('store', 'certificate', 'host', 'staff')),
  target          TEXT NOT NULL,
  token           TEXT NOT NULL,
  is_proven       INTEGER NOT NULL,
  fault           TEXT NOT NULL DEFAULT '',
  claimed_by      INTEGER NOT NULL,
  seal_key        INTEGER NOT NULL,
  sealed_note     BLOB,
  sealed_decision BLOB,
  claimed_at      INTEGER NOT NULL,
  changed_at      INTEGER NOT NULL
) STRICT;
CREATE INDEX product_claim_product ON product_claim (product_id, id);
CREATE INDEX product_claim_organisation ON product_claim (organisation_id, id);
CREATE INDEX product_claim_state ON product_claim (state, id);
CREATE UNIQUE INDEX product_claim_granted ON product_claim (product_id) WHERE state = 'GRANTED';
CREATE UNIQUE INDEX product_claim_open ON product_claim (product_id, organisation_id) WHERE state IN ('OPEN', 'REVIEW');

-- 0040 work
CREATE TABLE clock (
  id          INTEGER PRIMARY KEY,
  machine     TEXT NOT NULL,
  subject_id  INTEGER NOT NULL,
  name        TEXT NOT NULL,
  rule        TEXT NOT NULL,
  limit_days  INTEGER NOT NULL,
  started_at  INTEGER NOT NULL,
  pauses      TEXT NOT NULL,
  paused_at   INTEGER,
  ended_at    INTEGER,
  overdue_at  INTEGER,
  due_at      INTEGER NOT NULL,
  provisional INTEGER NOT NULL,
  reminded    INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX clock_subject ON clock (machine, subject_id);
CREATE INDEX clock_running ON clock (due_at) WHERE ended_at IS NULL AND paused_at IS NULL AND overdue_at IS NULL;
CREATE INDEX clock_open ON clock (id) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX clock_once ON clock (machine, subject_id, name) WHERE ended_at IS NULL;
CREATE TABLE assignment (
  id          INTEGER PRIMARY KEY,
  machine     TEXT NOT NULL,
  subject_id  INTEGER NOT NULL,
  part        TEXT NOT NULL,
  person_id   INTEGER NOT NULL,
  for_id      INTEGER,
  assigned_at INTEGER NOT NULL,
  ended_at    INTEGER
) STRICT;
CREATE UNIQUE INDEX assignment_one ON assignment (machine, subject_id, part) WHERE ended_at IS NULL;
CREATE INDEX assignment_person ON assignment (person_id, machine) WHERE ended_at IS NULL;
CREATE INDEX assignment_for ON assignment (for_id, machine) WHERE for_id IS NOT NULL AND ended_at IS NULL;
CREATE TABLE draft (
  id            INTEGER PRIMARY KEY,
  ref           TEXT NOT NULL UNIQUE,
  form          TEXT NOT NULL,
  form_version  INTEGER NOT NULL,
  person_id     INTEGER,
  secret        TEXT,
  seal_key      INTEGER NOT NULL,
  sealed_values BLOB,
  updated_at    INTEGER NOT NULL,
  sent_machine  TEXT,
  sent_subject  INTEGER,
  CHECK ((person_id IS NULL) <> (secret IS NULL))
) STRICT;
CREATE INDEX draft_person ON draft (person_id, updated_at) WHERE sent_machine IS NULL;
CREATE UNIQUE INDEX draft_sent ON draft (sent_machine, sent_subject) WHERE sent_machine IS NOT NULL;
CREATE TABLE attachment (
  id                INTEGER PRIMARY KEY,
  ref               TEXT NOT NULL UNIQUE,
  kind              TEXT NOT NULL,
  subject_id        INTEGER NOT NULL,
  seal_key          INTEGER NOT NULL,
  person_id         INTEGER,
  sealed_name       BLOB NOT NULL,
  sealed_sha256     BLOB,
  sealed_inspection BLOB,
  content_type      TEXT NOT NULL,
  size_bytes        INTEGER NOT NULL,
  received_bytes    INTEGER NOT NULL,
  is_finished       INTEGER NOT NULL,
  created_at        INTEGER NOT NULL
) STRICT;
CREATE INDEX attachment_subject ON attachment (kind, subject_id, id);
CREATE TABLE attachment_part (
  attachment_id INTEGER REFERENCES attachment(id) NOT NULL,
  offset_bytes  INTEGER NOT NULL,
  size_bytes    INTEGER NOT NULL,
  blob_id       INTEGER REFERENCES blob_file(id) NOT NULL,
  PRIMARY KEY (attachment_id, offset_bytes)
) STRICT;
CREATE INDEX attachment_part_blob ON attachment_part (blob_id);
CREATE TABLE thread (
  id         INTEGER PRIMARY KEY,
  ref        TEXT NOT NULL UNIQUE,
  machine    TEXT NOT NULL,
  subject_id INTEGER NOT NULL,
  audience   TEXT NOT NULL,
  seal_key   INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  UNIQUE (machine, subject_id, audience)
) STRICT;
CREATE TABLE message (
  id          INTEGER PRIMARY KEY,
  ref         TEXT NOT NULL UNIQUE,
  thread_id   INTEGER REFERENCES thread(id) NOT NULL,
  person_id   INTEGER,
  sealed_body BLOB,
  files       INTEGER NOT NULL,
  sent_at     INTEGER NOT NULL
) STRICT;
CREATE INDEX message_thread ON message (thread_id, id);
CREATE TABLE read_mark (
  thread_id  INTEGER REFERENCES thread(id) NOT NULL,
  person_id  INTEGER NOT NULL,
  message_id INTEGER NOT NULL,
  PRIMARY KEY (thread_id, person_id)
) STRICT;
CREATE INDEX read_mark_person ON read_mark (person_id);

-- 0041 report
CREATE TABLE report (
  id              INTEGER PRIMARY KEY,
  ref             TEXT NOT NULL UNIQUE,
  state           TEXT NOT NULL,
  revision        INTEGER NOT NULL,
  kind            TEXT NOT NULL CHECK (kind IN ('generic', 'incident')),
  class           TEXT NOT NULL,
  is_own          INTEGER NOT NULL,
  is_original     INTEGER NOT NULL,
  is_disclosed    INTEGER NOT NULL,
  reporter_id     INTEGER,
  organisation_id INTEGER,
  product_id      INTEGER,
  claim           TEXT UNIQUE,
  sender          TEXT,
  suspect         TEXT,
  idempotency     TEXT UNIQUE,
  content_digest  TEXT NOT NULL,
  draft_id        INTEGER UNIQUE,
  duplicate_of    INTEGER REFERENCES report(id),
  decided_by      INTEGER,
  reason          TEXT,
  reason_version  INTEGER NOT NULL DEFAULT 0,
  form_version    INTEGER NOT NULL,
  seal_key        INTEGER NOT NULL,
  sealed_title    BLOB,
  sealed_values   BLOB,
  sealed_decision BLOB,
  received_at     INTEGER NOT NULL,
  updated_at      INTEGER NOT NULL,
  CHECK (reporter_id IS NOT NULL OR claim IS NOT NULL)
) STRICT;
CREATE INDEX report_reporter ON report (reporter_id, id);
CREATE INDEX report_duplicate ON report (duplicate_of) WHERE duplicate_of IS NOT NULL;
CREATE INDEX report_sender ON report (sender, received_at) WHERE sender IS NOT NULL;
CREATE INDEX report_content ON report (content_digest);
CREATE INDEX report_suspect ON report (state, id) WHERE suspect IS NOT NULL;
CREATE INDEX report_state ON report (state, id);
CREATE TABLE claim_failure (
  address  TEXT PRIMARY KEY NOT NULL,
  failures INTEGER NOT NULL,
  last_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX claim_failure_time ON claim_failure (last_at);
CREATE VIEW report_reader AS
  SELECT report.id AS report_id, CASE WHEN report.state <> 'DRAFT' THEN 64 ELSE 0 END AS roles, report.reporter_id AS person_id,
    CASE WHEN report.state = 'FORMAL_REVIEW' THEN reviewer.person_id END AS reviewer_id, report.claim AS claim
  FROM report
    LEFT JOIN assignment reviewer
      ON reviewer.machine = 'report' AND reviewer.subject_id = report.id AND reviewer.part = 'reviewer' AND reviewer.ended_at IS NULL;

-- 0042 casefile
CREATE TABLE casefile (
  id               INTEGER PRIMARY KEY,
  ref              TEXT NOT NULL UNIQUE,
  number           TEXT UNIQUE,
  state            TEXT NOT NULL,
  revision         INTEGER NOT NULL,
  is_incident      INTEGER NOT NULL,
  class            TEXT NOT NULL,
  technical_level  TEXT,
  level            TEXT,
  coordinator_id   INTEGER NOT NULL,
  verified_by      INTEGER,
  second_by        INTEGER,
  asked_by         INTEGER,
  approved_by      INTEGER,
  is_refuted       INTEGER NOT NULL,
  has_mitigation   INTEGER NOT NULL,
  has_public_text  INTEGER NOT NULL,
  advisory         TEXT,
  emergency_at     INTEGER,
  emergency_due_at INTEGER,
  emergency_told_at INTEGER,
  public_since     INTEGER,
  escalated_at     INTEGER,
  merged_into      INTEGER,
  isolated_by      INTEGER,
  upstream_of      INTEGER,
  seal_key         INTEGER NOT NULL,
  sealed_title     BLOB,
  sealed_public    BLOB,
  opened_at        INTEGER NOT NULL,
  updated_at       INTEGER NOT NULL
) STRICT;
CREATE INDEX casefile_state ON casefile (state, id);
CREATE INDEX casefile_merged ON casefile (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX casefile_upstream ON casefile (upstream_of) WHERE upstream_of IS NOT NULL;
CREATE INDEX casefile_emergency ON casefile (emergency_due_at) WHERE emergency_due_at IS NOT NULL AND emergency_told_at IS NULL;
CREATE INDEX casefile_escalated ON casefile (escalated_at, id) WHERE escalated_at IS NOT NULL;
CREATE TABLE casefile_report (
  casefile_id INTEGER REFERENCES casefile(id) NOT NULL,
  report_id   INTEGER REFERENCES report(id) NOT NULL UNIQUE,
  origin_id   INTEGER REFERENCES casefile(id) NOT NULL, -- the one it was attached to, before any merging
  PRIMARY KEY (casefile_id, report_id)
) STRICT;
CREATE INDEX casefile_report_origin ON casefile_report (origin_id, report_id);
CREATE TABLE verification (
  id              INTEGER PRIMARY KEY,
  ref             TEXT NOT NULL UNIQUE,
  casefile_id     INTEGER REFERENCES casefile(id) NOT NULL,
  person_id       INTEGER NOT NULL,
  organisation_id INTEGER,
  verdict         TEXT NOT NULL CHECK (verdict IN ('reproduced', 'not-reproduced')),
  sealed_evidence BLOB,
  decided_at      INTEGER NOT NULL
) STRICT;
CREATE INDEX verification_casefile ON verification (casefile_id, id);
CREATE TABLE rating (
  id              INTEGER PRIMARY KEY,
  ref             TEXT NOT NULL UNIQUE,
  casefile_id     INTEGER REFERENCES casefile(id) NOT NULL,
  who             TEXT NOT NULL CHECK (who IN ('verifier', 'second', 'reporter', 'party')),
  person_id       INTEGER,
  organisation_id INTEGER,
  technical_level TEXT NOT NULL,
  level           TEXT,
  sealed_vectors  BLOB,
  rated_at        INTEGER NOT NULL
) STRICT;
CREATE INDEX rating_casefile ON rating (casefile_id, id);
CREATE TABLE affected_part (
  id             INTEGER PRIMARY KEY,
  ref            TEXT NOT NULL UNIQUE,
  casefile_id    INTEGER REFERENCES casefile(id) NOT NULL,
  part           TEXT NOT NULL CHECK (part IN ('client', 'sdk', 'server')),
  sealed_details BLOB,
  confirmed_by   INTEGER NOT NULL,
  confirmed_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX affected_part_casefile ON affected_part (casefile_id, id);
CREATE TABLE undertaking (
  casefile_id INTEGER REFERENCES casefile(id) NOT NULL,
  person_id   INTEGER NOT NULL,
  version     INTEGER NOT NULL,
  signed_at   INTEGER NOT NULL,
  PRIMARY KEY (casefile_id, person_id)
) STRICT;
CREATE TABLE archive_counter (
  year    INTEGER PRIMARY KEY,
  given   INTEGER NOT NULL
) STRICT;
CREATE VIEW casefile_reader AS
  SELECT casefile.id AS casefile_id,
    CASE WHEN casefile.state IN ('READY', 'PUBLISHED', 'TRACKING') OR (casefile.state = 'CLOSED' AND casefile.advisory IS NOT NULL) THEN 64 + 256 ELSE 64 END
      + CASE WHEN casefile.escalated_at IS NOT NULL AND casefile.state NOT IN ('ISOLATED', 'WIPED') THEN 8192 ELSE 0 END AS roles,
    CASE WHEN casefile.state IN ('VERIFYING', 'RATED') THEN first.person_id END AS person_id,
    CASE WHEN casefile.state = 'RATED' THEN second.person_id END AS second_id
  FROM casefile
    LEFT JOIN assignment first
      ON first.machine = 'casefile' AND first.subject_id = casefile.id AND first.part = 'verifier' AND first.ended_at IS NULL
    LEFT JOIN assignment second
      ON second.machine = 'casefile' AND second.subject_id = casefile.id AND second.part = 'second' AND second.ended_at IS NULL;

-- 0044 party
CREATE TABLE party (
  id                   INTEGER PRIMARY KEY,
  ref                  TEXT NOT NULL UNIQUE,
  casefile_id          INTEGER NOT NULL,
  origin_id            INTEGER NOT NULL,
  organisation_id      INTEGER REFERENCES organisation(id),
  product_id           INTEGER,
  state                TEXT NOT NULL,
  revision             INTEGER NOT NULL,
  step                 TEXT NOT NULL CHECK (step IN ('vendor', 'partner', 'authority')),
  step_at              INTEGER NOT NULL,
  is_own_report        INTEGER NOT NULL,
  is_service           INTEGER NOT NULL,
  is_own_provider      INTEGER NOT NULL,
  domicile             TEXT,
  claim                TEXT UNIQUE,
  claimed_by           INTEGER,
  confirmed_by         INTEGER,
  position             TEXT,
  has_fix              INTEGER NOT NULL,
  notified_at          INTEGER,
  notice_at            INTEGER,
  acknowledged_at      INTEGER,
  word_at              INTEGER,
  duty_due_at          INTEGER,
  duty_told            INTEGER NOT NULL,
  duty_reported_at     INTEGER,
  seal_key             INTEGER NOT NULL,
  sealed_name          BLOB,
  sealed_product       BLOB,
  sealed_contact       BLOB,
  created_at           INTEGER NOT NULL,
  updated_at           INTEGER NOT NULL
) STRICT;
CREATE INDEX party_casefile ON party (casefile_id, id);
CREATE INDEX party_organisation ON party (organisation_id, id);
CREATE INDEX party_state ON party (state, id);
CREATE INDEX party_duty ON party (duty_due_at) WHERE duty_due_at IS NOT NULL AND duty_reported_at IS NULL;
CREATE TABLE party_statement (
  id              INTEGER PRIMARY KEY,
  ref             TEXT NOT NULL UNIQUE,
  party_id        INTEGER REFERENCES party(id) NOT NULL,
  action          TEXT NOT NULL,
  form            TEXT NOT NULL,
  form_version    INTEGER NOT NULL,
  person_id       INTEGER,
  organisation_id INTEGER,
  sealed_values   BLOB,
  stated_at       INTEGER NOT NULL
) STRICT;
CREATE INDEX party_statement_party ON party_statement (party_id, id);
CREATE TABLE party_attempt (
  id           INTEGER PRIMARY KEY,
  ref          TEXT NOT NULL UNIQUE,
  party_id     INTEGER REFERENCES party(id) NOT NULL,
  step         TEXT NOT NULL,
  channel      TEXT NOT NULL,
  outcome      TEXT NOT NULL CHECK (outcome IN ('sent', 'delivered', 'reached', 'no-answer', 'failed')),
  message_id   INTEGER,
  person_id    INTEGER,
  sealed_words BLOB,
  attempted_at INTEGER NOT NULL
) STRICT;
CREATE INDEX party_attempt_party ON party_attempt (party_id, id);
CREATE INDEX party_attempt_sent ON party_attempt (message_id) WHERE outcome = 'sent';
CREATE TABLE party_line (
  id           INTEGER PRIMARY KEY,
  ref          TEXT NOT NULL UNIQUE,
  party_id     INTEGER REFERENCES party(id) NOT NULL,
  sealed_line  BLOB,
  sealed_fixed BLOB,
  fixed_at     INTEGER
) STRICT;
CREATE INDEX party_line_party ON party_line (party_id, id);
CREATE TABLE party_copy (
  id           INTEGER PRIMARY KEY,
  ref          TEXT NOT NULL UNIQUE,
  statement_id INTEGER REFERENCES party_statement(id) NOT NULL,
  person_id    INTEGER NOT NULL,
  downloads    INTEGER NOT NULL,
  made_at      INTEGER NOT NULL,
  last_at      INTEGER NOT NULL,
  UNIQUE (statement_id, person_id)
) STRICT;
CREATE INDEX organisation_merged ON organisation (merged_into) WHERE merged_into IS NOT NULL;
CREATE VIEW party_reader AS
  SELECT party.id AS party_id, 64 AS roles,
    CASE WHEN party.state <> 'WITHDRAWN' AND party.notified_at IS NOT NULL THEN party.organisation_id END AS organisation_id,
    CASE WHEN party.state = 'FIX_CHECK' THEN assignment.person_id END AS person_id
  FROM party LEFT JOIN assignment
    ON assignment.machine = 'party' AND assignment.subject_id = party.id AND assignment.part = 'verifier' AND assignment.ended_at IS NULL
  WHERE NOT EXISTS (SELECT 1 FROM casefile WHERE casefile.id = party.casefile_id AND casefile.state IN ('ISOLATED', 'WIPED'));

-- 0045 oversight
CREATE TABLE embargo (
  casefile_id   INTEGER REFERENCES casefile(id) NOT NULL PRIMARY KEY,
  n             INTEGER NOT NULL,
  state         TEXT NOT NULL CHECK (state IN ('PROPOSED', 'ACCEPTED', 'REVISED', 'EXPIRED', 'ENDED')),
  ends_at       INTEGER NOT NULL,
  zone          TEXT NOT NULL,
  proposed_by   INTEGER NOT NULL,
  proposed_at   INTEGER NOT NULL,
  sealed_reason BLOB,
  ended_at      INTEGER
) STRICT;
CREATE TABLE embargo_answer (
  id          INTEGER PRIMARY KEY,
  ref         TEXT NOT NULL UNIQUE,
  casefile_id INTEGER REFERENCES casefile(id) NOT NULL,
  n           INTEGER NOT NULL,
  answer      TEXT NOT NULL CHECK (answer IN ('accepted', 'revised', 'refused')),
  sealed_text BLOB,
  party_id    INTEGER,
  report_id   INTEGER,
  recorded_by INTEGER NOT NULL,
  answered_at INTEGER NOT NULL
) STRICT;
CREATE INDEX embargo_answer_casefile ON embargo_answer (casefile_id, id);
CREATE TABLE freeze_period (
  id         INTEGER PRIMARY KEY,
  ref        TEXT NOT NULL UNIQUE,
  name       TEXT NOT NULL,
  basis      TEXT NOT NULL,
  from_at    INTEGER NOT NULL,
  until_at   INTEGER NOT NULL,
  entered_by INTEGER NOT NULL,
  entered_at INTEGER NOT NULL,
  ended_by   INTEGER,
  ended_at   INTEGER,
  CHECK (from_at < until_at)
) STRICT;
CREATE INDEX freeze_period_until ON freeze_period (until_at) WHERE ended_at IS NULL;
CREATE TABLE freeze_consent (
  casefile_id   INTEGER REFERENCES casefile(id) NOT NULL,
  freeze_id     INTEGER REFERENCES freeze_period(id) NOT NULL,
  sealed_text   BLOB,
  recorded_by   INTEGER NOT NULL,
  recorded_at   INTEGER NOT NULL,
  PRIMARY KEY (casefile_id, freeze_id)
) STRICT;
CREATE TABLE early_release (
  casefile_id         INTEGER REFERENCES casefile(id) NOT NULL PRIMARY KEY,
  ground              TEXT NOT NULL CHECK (ground IN ('consulted', 'silence')),
  consulted_by        INTEGER NOT NULL,
  consulted_at        INTEGER NOT NULL,
  sealed_consultation BLOB,
  reported_at         INTEGER,
  sealed_reports      BLOB,
  assessed_at         INTEGER,
  is_permitted        INTEGER NOT NULL,
  sealed_assessment   BLOB,
  first_by            INTEGER,
  first_at            INTEGER,
  second_by           INTEGER,
  second_at           INTEGER
) STRICT;
CREATE TABLE time_state (
  id         INTEGER PRIMARY KEY,
  highest_at INTEGER NOT NULL,
  stopped_at INTEGER,
  reason     TEXT
) STRICT;
CREATE TABLE time_node (
  node    TEXT NOT NULL PRIMARY KEY,
  wall_at INTEGER NOT NULL,
  boot_ms INTEGER NOT NULL
) STRICT;
CREATE TABLE upward_report (
  id              INTEGER PRIMARY KEY,
  ref             TEXT NOT NULL UNIQUE,
  casefile_id     INTEGER REFERENCES casefile(id) NOT NULL,
  recipient       TEXT NOT NULL CHECK (recipient IN ('national-platform', 'cncert', 'notification-centre')),
  sealed_sent     BLOB,
  sendings        INTEGER NOT NULL,
  sent_by         INTEGER NOT NULL,
  sent_at         INTEGER NOT NULL,
  next_at         INTEGER NOT NULL,
  sealed_answer   BLOB,
  acknowledged_at INTEGER,
  UNIQUE (casefile_id, recipient)
) STRICT;
CREATE INDEX upward_report_next ON upward_report (next_at) WHERE acknowledged_at IS NULL;

-- 0046 mark
CREATE TABLE copy_mark (
  id               INTEGER PRIMARY KEY,
  mark             INTEGER NOT NULL UNIQUE,
  kind             TEXT NOT NULL,
  subject_ref      TEXT NOT NULL,
  copy_ref         TEXT NOT NULL UNIQUE,
  person_id        INTEGER,
  seal_key         INTEGER NOT NULL,
  sealed_recipient BLOB,
  made_at          INTEGER NOT NULL
) STRICT;

-- 0047 supervision
CREATE TABLE advisory_proposal (
  id            INTEGER PRIMARY KEY,
  ref           TEXT NOT NULL UNIQUE,
  casefile_id   INTEGER REFERENCES casefile(id) NOT NULL,
  kind          TEXT NOT NULL CHECK (kind IN ('correction', 'withdrawal')),
  sealed_values BLOB,
  proposed_by   INTEGER NOT NULL,
  proposed_at   INTEGER NOT NULL,
  decision      TEXT CHECK (decision IN ('approved', 'refused')),
  decided_by    INTEGER,
  decided_at    INTEGER,
  CHECK (decided_by IS NULL OR decided_by <> proposed_by)
) STRICT;
CREATE UNIQUE INDEX advisory_proposal_waiting ON advisory_proposal (casefile_id) WHERE decided_at IS NULL;
CREATE TABLE instruction (
  id            INTEGER PRIMARY KEY,
  ref           TEXT NOT NULL UNIQUE,
  casefile_id   INTEGER REFERENCES casefile(id) NOT NULL,
  sealed_text   BLOB,
  issued_by     INTEGER NOT NULL,
  issued_at     INTEGER NOT NULL,
  due_at        INTEGER NOT NULL,
  told_at       INTEGER,
  sealed_answer BLOB,
  answered_by   INTEGER,
  answered_at   INTEGER,
  sealed_closing BLOB,
  closed_by     INTEGER,
  closed_at     INTEGER
) STRICT;
CREATE UNIQUE INDEX instruction_open ON instruction (casefile_id) WHERE closed_at IS NULL;
CREATE INDEX instruction_casefile ON instruction (casefile_id, id);
CREATE INDEX instruction_due ON instruction (due_at) WHERE answered_at IS NULL AND closed_at IS NULL AND told_at IS NULL;

-- 0048 letter
CREATE TABLE letter_template (
  id         INTEGER PRIMARY KEY,
  kind       TEXT NOT NULL,
  blob_id    INTEGER REFERENCES blob_file(id) NOT NULL,
  added_by   INTEGER NOT NULL,
  added_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX letter_template_kind ON letter_template (kind, id);
CREATE INDEX letter_template_blob ON letter_template (blob_id);
CREATE TABLE letter_count (
  kind TEXT NOT NULL,
  year INTEGER NOT NULL,
  last INTEGER NOT NULL,
  PRIMARY KEY (kind, year)
) STRICT;
CREATE TABLE letter (
  id               INTEGER PRIMARY KEY,
  ref              TEXT NOT NULL UNIQUE,
  kind             TEXT NOT NULL,
  year             INTEGER NOT NULL,
  counted          INTEGER NOT NULL,
  number           TEXT NOT NULL UNIQUE,
  machine          TEXT NOT NULL,
  subject_id       INTEGER NOT NULL,
  matter           TEXT NOT NULL,
  seal_key         INTEGER NOT NULL,
  sealed_recipient BLOB,
  word_blob        INTEGER REFERENCES blob_file(id) NOT NULL,
  page_blob        INTEGER REFERENCES blob_file(id) NOT NULL,
  has_seal         INTEGER NOT NULL,
  drafted_by       INTEGER NOT NULL,
  issued_by        INTEGER NOT NULL,
  issued_at        INTEGER NOT NULL,
  voided_by        INTEGER,
  voided_at        INTEGER,
  sealed_reason    BLOB,
  UNIQUE (kind, year, counted),
  CHECK (issued_by <> drafted_by)
) STRICT;
CREATE INDEX letter_kind ON letter (kind, id);
CREATE INDEX letter_subject ON letter (machine, subject_id, id);
CREATE INDEX letter_word ON letter (word_blob);
CREATE INDEX letter_page ON letter (page_blob);
CREATE TABLE letter_reading (
  id        INTEGER PRIMARY KEY,
  letter_id INTEGER REFERENCES letter(id) NOT NULL,
  person_id INTEGER NOT NULL,
  form      TEXT NOT NULL,
  at        INTEGER NOT NULL
) STRICT;
CREATE INDEX letter_reading_letter ON letter_reading (letter_id, id);

-- 0049 interest
CREATE TABLE interest (
  id              INTEGER PRIMARY KEY,
  ref             TEXT NOT NULL UNIQUE,
  person_id       INTEGER REFERENCES person(id),
  declarer_id     INTEGER REFERENCES organisation(id),
  kind            TEXT NOT NULL CHECK (kind IN ('group', 'competitor', 'customer')),
  credit_code     TEXT,
  product_id      INTEGER REFERENCES product(id),
  from_at         INTEGER NOT NULL,
  until_at        INTEGER,
  seal_key        INTEGER NOT NULL,
  sealed_evidence BLOB,
  declared_by     INTEGER NOT NULL,
  declared_at     INTEGER NOT NULL,
  CHECK ((person_id IS NULL) <> (declarer_id IS NULL)),
  CHECK (credit_code IS NOT NULL OR product_id IS NOT NULL)
) STRICT;
CREATE INDEX interest_person ON interest (person_id, id) WHERE person_id IS NOT NULL;
CREATE INDEX interest_declarer ON interest (declarer_id, id) WHERE declarer_id IS NOT NULL;
CREATE INDEX interest_code ON interest (credit_code) WHERE credit_code IS NOT NULL;
CREATE INDEX interest_product ON interest (product_id) WHERE product_id IS NOT NULL;

-- 0050 advisory
CREATE TABLE advisory (
  id           INTEGER PRIMARY KEY,
  position     INTEGER NOT NULL UNIQUE,
  identifier   TEXT NOT NULL,
  withdrawn    INTEGER NOT NULL,
  level        TEXT NOT NULL,
  published_at INTEGER NOT NULL,
  updated_at   INTEGER NOT NULL,
  title_zh     TEXT NOT NULL,
  title_en     TEXT NOT NULL,
  document     TEXT NOT NULL
) STRICT;
CREATE TABLE advisory_identifier (
  identifier  TEXT PRIMARY KEY,
  advisory_id INTEGER REFERENCES advisory(id) NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX advisory_identifier_advisory ON advisory_identifier (advisory_id);
CREATE TABLE advisory_source (
  id          INTEGER PRIMARY KEY,
  advisory_id INTEGER REFERENCES advisory(id) NOT NULL,
  form        TEXT NOT NULL,
  number      TEXT NOT NULL,
  digest      TEXT NOT NULL,
  updated_at  INTEGER NOT NULL,
  is_current  INTEGER NOT NULL,
  packed      BLOB NOT NULL,
  UNIQUE (number, form, digest)
) STRICT;
CREATE INDEX advisory_source_advisory ON advisory_source (advisory_id);
CREATE TABLE advisory_revision (
  id          INTEGER PRIMARY KEY,
  advisory_id INTEGER REFERENCES advisory(id) NOT NULL,
  n           INTEGER NOT NULL,
  revised_at  INTEGER NOT NULL,
  author      TEXT NOT NULL,
  reason      TEXT NOT NULL,
  digest      TEXT NOT NULL,
  UNIQUE (advisory_id, n)
) STRICT;
CREATE VIRTUAL TABLE advisory_search USING fts5(tokens, content='', columnsize=0, detail='none', tokenize='ascii tokenchars ''-._:''');
INSERT INTO advisory_search(advisory_search, rank) VALUES ('hashsize', 67108864);

-- 0051 feed
CREATE TABLE import_file (
  digest      TEXT PRIMARY KEY,
  documents   INTEGER NOT NULL,
  refused     INTEGER NOT NULL,
  is_finished INTEGER NOT NULL,
  imported_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- 0052 party_unreached
CREATE TABLE party_unreached (
  id         INTEGER PRIMARY KEY,
  party_id   INTEGER REFERENCES party(id) NOT NULL,
  person_id  INTEGER REFERENCES person(id) NOT NULL,
  message_id INTEGER,
  failing_at INTEGER
) STRICT;
CREATE INDEX party_unreached_party ON party_unreached (party_id, person_id);
CREATE INDEX party_unreached_person ON party_unreached (person_id);

-- 0053 absence
CREATE TABLE absence (
  id         INTEGER PRIMARY KEY,
  ref        TEXT NOT NULL UNIQUE,
  person_id  INTEGER REFERENCES person(id) NOT NULL,
  deputy_id  INTEGER REFERENCES person(id),
  from_at    INTEGER NOT NULL,
  until_at   INTEGER NOT NULL,
  entered_by INTEGER REFERENCES person(id) NOT NULL,
  entered_at INTEGER NOT NULL,
  begun_at   INTEGER,
  ended_at   INTEGER,
  CHECK (from_at < until_at),
  CHECK (deputy_id IS NULL OR deputy_id <> person_id)
) STRICT;
CREATE INDEX absence_person ON absence (person_id, id);
CREATE INDEX absence_deputy ON absence (deputy_id, id) WHERE deputy_id IS NOT NULL;
CREATE INDEX absence_ahead ON absence (from_at) WHERE begun_at IS NULL AND ended_at IS NULL;
CREATE INDEX absence_running ON absence (until_at) WHERE begun_at IS NOT NULL AND ended_at IS NULL;
CREATE VIEW standing_in AS
  SELECT person_id, deputy_id FROM absence WHERE begun_at IS NOT NULL AND ended_at IS NULL AND deputy_id IS NOT NULL;

-- 0054 related
CREATE TABLE casefile_relation (
  casefile_id INTEGER REFERENCES casefile(id) NOT NULL,
  other_id    INTEGER REFERENCES casefile(id) NOT NULL,
  related_by  INTEGER NOT NULL,
  related_at  INTEGER NOT NULL,
  PRIMARY KEY (casefile_id, other_id),
  CHECK (casefile_id < other_id)
) STRICT;
CREATE INDEX casefile_relation_other ON casefile_relation (other_id);

-- 0055 isolation
CREATE VIEW isolated_matter AS
  SELECT 'report' AS machine, id AS subject_id FROM report WHERE state IN ('ISOLATED', 'WIPED')
  UNION ALL SELECT 'casefile', id FROM casefile WHERE state IN ('ISOLATED', 'WIPED')
  UNION ALL SELECT 'party', party.id FROM party JOIN casefile ON casefile.id = party.casefile_id WHERE casefile.state IN ('ISOLATED', 'WIPED');

-- 0056 report_review
CREATE TABLE report_review (
  id              INTEGER PRIMARY KEY,
  ref             TEXT NOT NULL UNIQUE,
  report_id       INTEGER REFERENCES report(id) NOT NULL,
  person_id       INTEGER NOT NULL,
  organisation_id INTEGER,
  version         INTEGER NOT NULL,
  signed_at       INTEGER NOT NULL,
  opinion         TEXT CHECK (opinion IN ('accept', 'ask', 'reject')),
  reason          TEXT,
  reason_version  INTEGER NOT NULL DEFAULT 0,
  sealed_words    BLOB,
  given_at        INTEGER,
  CHECK ((opinion IS NULL) = (given_at IS NULL))
) STRICT;
CREATE INDEX report_review_report ON report_review (report_id, id);

-- 0057 alike
CREATE TABLE alike (
  id         INTEGER PRIMARY KEY,
  kind       TEXT NOT NULL,
  subject_id INTEGER NOT NULL,
  feature    INTEGER NOT NULL,
  key        INTEGER NOT NULL
) STRICT;
CREATE INDEX alike_key ON alike (kind, key, subject_id);
CREATE INDEX alike_subject ON alike (kind, subject_id);

-- 0060 site
CREATE INDEX advisory_level ON advisory (withdrawn, level);

-- 0061 article
CREATE TABLE article (
  id            INTEGER PRIMARY KEY,
  ref           TEXT NOT NULL UNIQUE,
  kind          TEXT NOT NULL CHECK (kind IN ('notice', 'news', 'standard', 'download', 'question')),
  state         TEXT NOT NULL,
  revision      INTEGER NOT NULL,
  seal_key      INTEGER NOT NULL,
  writer_id     INTEGER REFERENCES person(id) NOT NULL,
  editor_id     INTEGER,
  approver_id   INTEGER,
  is_pinned     INTEGER NOT NULL,
  newest        INTEGER NOT NULL,
  public_number INTEGER,
  public_file   INTEGER,
  publish_at    INTEGER,
  published_at  INTEGER,
  changed_at    INTEGER,
  remark        TEXT NOT NULL,
  updated_at    INTEGER NOT NULL,
  CHECK (editor_id IS NULL OR editor_id <> writer_id),
  CHECK (approver_id IS NULL OR (approver_id <> writer_id AND approver_id <> editor_id))
) STRICT;
CREATE INDEX article_public ON article (kind, is_pinned, published_at, id) WHERE public_number IS NOT NULL;
CREATE INDEX article_newest ON article (published_at, id) WHERE public_number IS NOT NULL;
CREATE INDEX article_due ON article (publish_at) WHERE state = 'APPROVED';
CREATE INDEX article_state ON article (state, id);
CREATE INDEX article_writer ON article (writer_id, id);
CREATE TABLE article_text (
  article_id INTEGER REFERENCES article(id) NOT NULL,
  number     INTEGER NOT NULL,
  author_id  INTEGER REFERENCES person(id) NOT NULL,
  at         INTEGER NOT NULL,
  title_zh   TEXT NOT NULL,
  title_en   TEXT NOT NULL,
  body_zh    TEXT NOT NULL,
  body_en    TEXT NOT NULL,
  PRIMARY KEY (article_id, number)
) STRICT;
CREATE INDEX article_text_author ON article_text (author_id);
CREATE VIEW article_reader AS SELECT id AS article_id, 1064960 AS roles, writer_id AS person_id FROM article;

-- 0062 rule
CREATE TABLE rule_version (
  id          INTEGER PRIMARY KEY,
  name        TEXT NOT NULL,
  number      INTEGER NOT NULL CHECK (number > 1),
  state       TEXT NOT NULL CHECK (state IN ('proposed', 'in_force', 'refused')),
  text_zh     TEXT NOT NULL,
  text_en     TEXT NOT NULL,
  reason      TEXT NOT NULL,
  proposed_by INTEGER NOT NULL,
  proposed_at INTEGER NOT NULL,
  decided_by  INTEGER,
  decided_at  INTEGER,
  UNIQUE (name, number),
  CHECK (decided_by IS NULL OR decided_by <> proposed_by),
  CHECK ((state = 'proposed') = (decided_at IS NULL))
) STRICT;
CREATE UNIQUE INDEX rule_version_open ON rule_version (name) WHERE state = 'proposed';
CREATE TABLE rule_filing (
  name      TEXT NOT NULL,
  number    INTEGER NOT NULL,
  filed_on  TEXT NOT NULL,
  person_id INTEGER NOT NULL,
  at        INTEGER NOT NULL,
  PRIMARY KEY (name, number)
) STRICT;

-- 0063 complaint
CREATE TABLE complaint (
  id             INTEGER PRIMARY KEY,
  ref            TEXT NOT NULL UNIQUE,
  once           TEXT NOT NULL UNIQUE,
  kind           TEXT NOT NULL,
  claim          TEXT NOT NULL UNIQUE,
  sender         TEXT,
  person_id      INTEGER REFERENCES person(id),
  seal_key       INTEGER NOT NULL,
  sealed_text    BLOB,
  sealed_contact BLOB,
  state          TEXT NOT NULL CHECK (state IN ('received', 'answered')),
  received_at    INTEGER NOT NULL,
  due_at         INTEGER NOT NULL,
  sealed_answer  BLOB,
  answered_by    INTEGER REFERENCES person(id),
  answered_at    INTEGER,
  CHECK ((state = 'answered') = (answered_at IS NOT NULL))
) STRICT;
CREATE INDEX complaint_state ON complaint (state, id);
CREATE INDEX complaint_sender ON complaint (sender, received_at);
CREATE INDEX complaint_person ON complaint (person_id);
CREATE INDEX complaint_answerer ON complaint (answered_by);

-- 0064 merit
CREATE TABLE merit_rule (
  id          INTEGER PRIMARY KEY,
  number      INTEGER NOT NULL UNIQUE CHECK (number > 1),
  state       TEXT NOT NULL CHECK (state IN ('proposed', 'in_force', 'refused')),
  rows        TEXT NOT NULL,
  stars       TEXT NOT NULL,
  reason      TEXT NOT NULL,
  from_at     INTEGER NOT NULL,
  proposed_by INTEGER NOT NULL,
  proposed_at INTEGER NOT NULL,
  decided_by  INTEGER,
  decided_at  INTEGER,
  CHECK (decided_by IS NULL OR decided_by <> proposed_by),
  CHECK ((state = 'proposed') = (decided_at IS NULL))
) STRICT;
CREATE UNIQUE INDEX merit_rule_open ON merit_rule (state) WHERE state = 'proposed';
CREATE TABLE merit_entry (
  id              INTEGER PRIMARY KEY,
  ref             TEXT NOT NULL UNIQUE,
  kind            TEXT NOT NULL,
  subject         TEXT NOT NULL,
  event           TEXT NOT NULL,
  source          TEXT NOT NULL,
  code            TEXT NOT NULL,
  rule            INTEGER NOT NULL,
  holder          TEXT NOT NULL,
  organisation_id INTEGER NOT NULL,
  person_id       INTEGER NOT NULL,
  turn            INTEGER NOT NULL CHECK (turn >= 0),
  points          INTEGER NOT NULL,
  month           INTEGER NOT NULL,
  at              INTEGER NOT NULL,
  shown           TEXT NOT NULL,
  made_at         INTEGER NOT NULL,
  record          TEXT NOT NULL,
  event_id        INTEGER NOT NULL,
  UNIQUE (code, source, holder, turn),
  CHECK ((points < 0) = (turn % 2 = 1))
) STRICT;
CREATE INDEX merit_entry_subject ON merit_entry (kind, subject, id);
CREATE INDEX merit_entry_organisation ON merit_entry (organisation_id, month, id) WHERE organisation_id <> 0;
CREATE INDEX merit_entry_person ON merit_entry (person_id, month, id) WHERE person_id <> 0;
CREATE TABLE merit_cursor (
  id       INTEGER PRIMARY KEY CHECK (id = 1),
  number   INTEGER NOT NULL,
  kind     TEXT NOT NULL,
  subject  TEXT NOT NULL,
  swept_at INTEGER NOT NULL
) STRICT;
INSERT INTO merit_cursor (id, number, kind, subject, swept_at) VALUES (1, -1, '', '', 0);
CREATE TABLE deed (
  id              INTEGER PRIMARY KEY,
  ref             TEXT NOT NULL UNIQUE,
  state           TEXT NOT NULL,
  revision        INTEGER NOT NULL,
  seal_key        INTEGER NOT NULL,
  organisation_id INTEGER REFERENCES organisation(id) NOT NULL,
  code            TEXT NOT NULL,
  done_at         INTEGER NOT NULL,
  stated_by       INTEGER NOT NULL,
  decided_by      INTEGER NOT NULL,
  is_entered      INTEGER NOT NULL,
  sealed_values   BLOB NOT NULL,
  sealed_reason   BLOB,
  stated_at       INTEGER NOT NULL,
  updated_at      INTEGER NOT NULL
) STRICT;
CREATE INDEX deed_state ON deed (state, id);
CREATE INDEX deed_organisation ON deed (organisation_id, id);

-- 0070 desk
CREATE TABLE desk_mark (
  person_id INTEGER NOT NULL PRIMARY KEY,
  seen_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX clock_due ON clock (machine, due_at, id) WHERE ended_at IS NULL AND paused_at IS NULL;

-- 0071 letter_draft
CREATE TABLE letter_draft (
  id            INTEGER PRIMARY KEY,
  ref           TEXT NOT NULL UNIQUE,
  kind          TEXT NOT NULL,
  machine       TEXT NOT NULL,
  subject_id    INTEGER NOT NULL,
  matter        TEXT NOT NULL,
  seal_key      INTEGER NOT NULL,
  sealed_order  BLOB,
  wants_seal    INTEGER NOT NULL,
  state         TEXT NOT NULL CHECK (state IN ('waiting', 'issued', 'refused', 'withdrawn')),
  drafted_by    INTEGER REFERENCES person(id) NOT NULL,
  drafted_at    INTEGER NOT NULL,
  decided_by    INTEGER REFERENCES person(id),
  decided_at    INTEGER,
  sealed_reason BLOB,
  letter_id     INTEGER REFERENCES letter(id),
  CHECK (state = 'withdrawn' OR decided_by IS NULL OR decided_by <> drafted_by),
  CHECK ((state = 'issued') = (letter_id IS NOT NULL))
) STRICT;
CREATE INDEX letter_draft_state ON letter_draft (state, id);
CREATE INDEX letter_draft_subject ON letter_draft (machine, subject_id, id);
CREATE INDEX letter_draft_drafter ON letter_draft (drafted_by);
CREATE INDEX letter_draft_decider ON letter_draft (decided_by);
CREATE INDEX letter_draft_letter ON letter_draft (letter_id);
CREATE TABLE letter_seal (
  id       INTEGER PRIMARY KEY,
  blob_id  INTEGER REFERENCES blob_file(id) NOT NULL,
  added_by INTEGER REFERENCES person(id) NOT NULL,
  added_at INTEGER NOT NULL
) STRICT;
CREATE INDEX letter_seal_blob ON letter_seal (blob_id);
CREATE INDEX letter_seal_person ON letter_seal (added_by);

-- 0080 round
CREATE TABLE selection_round (
  id           INTEGER PRIMARY KEY,
  ref          TEXT NOT NULL UNIQUE,
  code         TEXT NOT NULL UNIQUE,
  state        TEXT NOT NULL,
  revision     INTEGER NOT NULL,
  seal_key     INTEGER NOT NULL,
  writer_id    INTEGER REFERENCES person(id) NOT NULL,
  head         TEXT NOT NULL,
  rules        TEXT NOT NULL,
  rules_sha256 TEXT NOT NULL,
  rehearsed    TEXT NOT NULL,
  reason       TEXT NOT NULL,
  opens_at     INTEGER,
  closes_at    INTEGER,
  ends_at      INTEGER,
  published_at INTEGER,
  updated_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX selection_round_public ON selection_round (id) WHERE published_at IS NOT NULL;
CREATE INDEX selection_round_state ON selection_round (state, id);
CREATE INDEX selection_round_writer ON selection_round (writer_id);
CREATE TABLE round_item (
  id        INTEGER PRIMARY KEY,
  ref       TEXT NOT NULL UNIQUE,
  round_id  INTEGER REFERENCES selection_round(id) NOT NULL,
  kind      TEXT NOT NULL CHECK (kind IN ('direction', 'criterion', 'star', 'field')),
  content   TEXT NOT NULL
) STRICT;
CREATE INDEX round_item_round ON round_item (round_id, id);

-- 0081 application
CREATE TABLE application (
  id              INTEGER PRIMARY KEY,
  ref             TEXT NOT NULL UNIQUE,
  round_id        INTEGER REFERENCES selection_round(id) NOT NULL,
  direction       TEXT NOT NULL,
  organisation_id INTEGER REFERENCES organisation(id) NOT NULL,
  state           TEXT NOT NULL,
  revision        INTEGER NOT NULL,
  seal_key        INTEGER NOT NULL,
  writer_id       INTEGER REFERENCES person(id) NOT NULL,
  sealed_values   BLOB,
  sealed_marks    BLOB,
  sealed_paper    BLOB,
  hash            TEXT,
  sha256          TEXT,
  version         INTEGER NOT NULL,
  returns         INTEGER NOT NULL,
  checked_by      INTEGER,
  is_check_good   INTEGER NOT NULL,
  decided_by      INTEGER,
  appeal_until    INTEGER,
  paper           TEXT NOT NULL CHECK (paper IN ('none', 'awaited', 'sent', 'received', 'matched', 'mismatch', 'late')),
  is_newcomer     INTEGER NOT NULL,
  lodged_at       INTEGER,
  submitted_at    INTEGER,
  created_at      INTEGER NOT NULL,
  updated_at      INTEGER NOT NULL
) STRICT;
CREATE INDEX application_round ON application (round_id, state, id);
CREATE INDEX application_organisation ON application (organisation_id, id);
CREATE INDEX application_writer ON application (writer_id);
CREATE INDEX application_state ON application (state, id);
CREATE UNIQUE INDEX application_living ON application (round_id, direction, organisation_id) WHERE state NOT IN ('LAPSED', 'WITHDRAWN');
CREATE TABLE application_version (
  id             INTEGER PRIMARY KEY,
  ref            TEXT NOT NULL UNIQUE,
  application_id INTEGER REFERENCES application(id) NOT NULL,
  version        INTEGER NOT NULL,
  sealed_values  BLOB,
  sealed_files   BLOB,
  sha256         TEXT NOT NULL,
  person_id      INTEGER,
  made_at        INTEGER NOT NULL,
  UNIQUE (application_id, version)
) STRICT;
CREATE TABLE application_statement (
  id             INTEGER PRIMARY KEY,
  ref            TEXT NOT NULL UNIQUE,
  application_id INTEGER REFERENCES application(id) NOT NULL,
  action         TEXT NOT NULL,
  person_id      INTEGER,
  is_applicants  INTEGER NOT NULL,
  sealed_values  BLOB,
  stated_at      INTEGER NOT NULL
) STRICT;
CREATE INDEX application_statement_application ON application_statement (application_id, id);
CREATE VIEW application_reader AS
  SELECT application.id AS application_id, coalesce(organisation.merged_into, organisation.id) AS organisation_id,
    CASE WHEN application.lodged_at IS NOT NULL THEN 5120 ELSE 0 END AS roles
  FROM application JOIN organisation ON organisation.id = application.organisation_id;
CREATE INDEX standing_organisation ON standing (organisation_id, kind);

-- 0082 application_figures
CREATE INDEX report_organisation ON report (organisation_id) WHERE organisation_id IS NOT NULL;
CREATE INDEX verification_organisation ON verification (organisation_id) WHERE organisation_id IS NOT NULL;

-- 0083 evaluation
CREATE TABLE evaluation (
  id          INTEGER PRIMARY KEY,
  ref         TEXT NOT NULL UNIQUE,
  state       TEXT NOT NULL,
  revision    INTEGER NOT NULL,
  seal_key    INTEGER NOT NULL,
  year        INTEGER NOT NULL,
  rule        INTEGER NOT NULL,
  opened_by   INTEGER NOT NULL,
  proposed_by INTEGER NOT NULL,
  form_values TEXT NOT NULL,
  updated_at  INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX evaluation_year ON evaluation (year) WHERE state <> 'DROPPED';
CREATE TABLE evaluation_line (
  id              INTEGER PRIMARY KEY,
  evaluation_id   INTEGER REFERENCES evaluation(id) NOT NULL,
  unit_ref        TEXT NOT NULL,
  organisation_id INTEGER REFERENCES organisation(id) NOT NULL,
  direction       TEXT NOT NULL,
  points          INTEGER NOT NULL,
  last_at         INTEGER NOT NULL,
  stars_before    INTEGER NOT NULL,
  stars_after     INTEGER NOT NULL,
  decision        TEXT NOT NULL,
  left_out        TEXT NOT NULL,
  outcome         TEXT NOT NULL CHECK (outcome IN ('', 'entered', 'done', 'failed')),
  UNIQUE (evaluation_id, unit_ref)
) STRICT;
CREATE INDEX evaluation_line_organisation ON evaluation_line (organisation_id);

-- 0084 honour
CREATE TABLE honour_list (
  id          INTEGER PRIMARY KEY,
  ref         TEXT NOT NULL UNIQUE,
  state       TEXT NOT NULL,
  revision    INTEGER NOT NULL,
  seal_key    INTEGER NOT NULL,
  year        INTEGER NOT NULL,
  proposed_by INTEGER NOT NULL,
  letter      TEXT NOT NULL,
  letter_on   TEXT NOT NULL,
  award       TEXT NOT NULL,
  award_on    TEXT NOT NULL,
  updated_at  INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX honour_list_year ON honour_list (year) WHERE state <> 'DROPPED';
CREATE TABLE honour (
  id              INTEGER PRIMARY KEY,
  ref             TEXT NOT NULL UNIQUE,
  list_id         INTEGER REFERENCES honour_list(id) NOT NULL,
  code            TEXT NOT NULL,
  place           INTEGER NOT NULL,
  organisation_id INTEGER REFERENCES organisation(id) NOT NULL,
  points          INTEGER NOT NULL,
  struck          TEXT NOT NULL,
  UNIQUE (list_id, code, organisation_id)
) STRICT;
CREATE INDEX honour_organisation ON honour (organisation_id, id);

-- 0085 expert
CREATE TABLE expert (
  id             INTEGER PRIMARY KEY,
  ref            TEXT NOT NULL UNIQUE,
  person_id      INTEGER REFERENCES person(id) NOT NULL UNIQUE,
  state          TEXT NOT NULL,
  revision       INTEGER NOT NULL,
  seal_key       INTEGER NOT NULL,
  sealed_profile BLOB NOT NULL,
  sealed_reason  BLOB,
  served         INTEGER NOT NULL,
  declined       INTEGER NOT NULL,
  absent         INTEGER NOT NULL,
  created_at     INTEGER NOT NULL,
  updated_at     INTEGER NOT NULL
) STRICT;
CREATE INDEX expert_state ON expert (state, id);
CREATE TABLE expert_relation (
  id             INTEGER PRIMARY KEY,
  ref            TEXT NOT NULL UNIQUE,
  expert_id      INTEGER REFERENCES expert(id) NOT NULL,
  sealed_content BLOB NOT NULL,
  declared_at    INTEGER NOT NULL,
  removed_at     INTEGER
) STRICT;
CREATE INDEX expert_relation_expert ON expert_relation (expert_id, id);

-- 0086 panel
CREATE TABLE panel_draw (
  id                 INTEGER PRIMARY KEY,
  round_id           INTEGER REFERENCES selection_round(id) NOT NULL UNIQUE,
  seal_key           INTEGER NOT NULL,
  root               TEXT NOT NULL,
  size               INTEGER NOT NULL,
  source             TEXT NOT NULL,
  source_at          INTEGER NOT NULL,
  frozen_by          INTEGER NOT NULL,
  frozen_at          INTEGER NOT NULL,
  entered            TEXT,
  entered_by         INTEGER,
  value              TEXT,
  confirmed_by       INTEGER,
  drawn_at           INTEGER,
  seed               TEXT,
  permutation_sha256 TEXT,
  public_key         TEXT,
  key_by             INTEGER,
  rehearsed_at       INTEGER,
  opened_at          INTEGER,
  locked_at          INTEGER,
  published_at       INTEGER,
  sealed_minutes     BLOB
) STRICT;
CREATE INDEX panel_draw_locked ON panel_draw (locked_at) WHERE locked_at IS NOT NULL AND published_at IS NULL;
CREATE TABLE panel_share (
  id           INTEGER PRIMARY KEY,
  draw_id      INTEGER REFERENCES panel_draw(id) NOT NULL,
  name         TEXT NOT NULL CHECK (name IN ('office', 'supervisor', 'envelope')),
  sealed_share BLOB,
  taken_by     INTEGER,
  taken_at     INTEGER,
  UNIQUE (draw_id, name)
) STRICT;
CREATE TABLE panel_leaf (
  id             INTEGER PRIMARY KEY,
  draw_id        INTEGER REFERENCES panel_draw(id) NOT NULL,
  place          INTEGER NOT NULL,
  leaf           TEXT NOT NULL,
  specialty      INTEGER NOT NULL,
  grouping       TEXT NOT NULL,
  expert_id      INTEGER REFERENCES expert(id) NOT NULL,
  sealed_opening BLOB NOT NULL,
  UNIQUE (draw_id, place)
) STRICT;
CREATE INDEX panel_leaf_expert ON panel_leaf (expert_id);
CREATE TABLE panel (
  id               INTEGER PRIMARY KEY,
  ref              TEXT NOT NULL UNIQUE,
  draw_id          INTEGER REFERENCES panel_draw(id) NOT NULL,
  direction        TEXT NOT NULL,
  commitment       TEXT NOT NULL,
  sealed_conflicts BLOB NOT NULL,
  quorum           INTEGER,
  UNIQUE (draw_id, direction)
) STRICT;
CREATE TABLE panel_entry (
  id               INTEGER PRIMARY KEY,
  panel_id         INTEGER REFERENCES panel(id) NOT NULL,
  application_id   INTEGER REFERENCES application(id) NOT NULL UNIQUE,
  place            INTEGER NOT NULL,
  contribution     INTEGER NOT NULL,
  sealed_objective BLOB,
  objective_by     INTEGER
) STRICT;
CREATE INDEX panel_entry_panel ON panel_entry (panel_id, id);
CREATE TABLE panel_seat (
  id        INTEGER PRIMARY KEY,
  panel_id  INTEGER REFERENCES panel(id) NOT NULL,
  place     INTEGER NOT NULL,
  position  INTEGER NOT NULL,
  expert_id INTEGER REFERENCES expert(id) NOT NULL,
  code      TEXT NOT NULL CHECK (code IN ('taken', 'alternate', 'out')),
  seated_at INTEGER NOT NULL,
  UNIQUE (panel_id, expert_id)
) STRICT;
CREATE INDEX panel_seat_expert ON panel_seat (expert_id, id);
CREATE TABLE panel_replacement (
  id          INTEGER PRIMARY KEY,
  panel_id    INTEGER REFERENCES panel(id) NOT NULL,
  place       INTEGER NOT NULL,
  reason      TEXT NOT NULL CHECK (reason IN ('declined', 'absent', 'conflict')),
  sealed_note BLOB,
  person_id   INTEGER NOT NULL,
  made_at     INTEGER NOT NULL
) STRICT;
CREATE INDEX panel_replacement_panel ON panel_replacement (panel_id, id);
CREATE TABLE panel_recusal (
  id             INTEGER PRIMARY KEY,
  ref            TEXT NOT NULL UNIQUE,
  round_id       INTEGER REFERENCES selection_round(id) NOT NULL,
  application_id INTEGER REFERENCES application(id) NOT NULL,
  expert_id      INTEGER REFERENCES expert(id),
  sealed_content BLOB NOT NULL,
  declared_by    INTEGER NOT NULL,
  declared_at    INTEGER NOT NULL
) STRICT;
CREATE INDEX panel_recusal_application ON panel_recusal (application_id, id);
CREATE INDEX panel_recusal_round ON panel_recusal (round_id, id);
CREATE INDEX panel_recusal_expert ON panel_recusal (expert_id);
CREATE TABLE panel_oath (
  id             INTEGER PRIMARY KEY,
  application_id INTEGER REFERENCES application(id) NOT NULL,
  expert_id      INTEGER REFERENCES expert(id) NOT NULL,
  signed_at      INTEGER NOT NULL,
  UNIQUE (application_id, expert_id)
) STRICT;
CREATE INDEX panel_oath_expert ON panel_oath (expert_id);
CREATE TABLE panel_sheet (
  id             INTEGER PRIMARY KEY,
  panel_id       INTEGER REFERENCES panel(id) NOT NULL,
  application_id INTEGER REFERENCES application(id) NOT NULL,
  expert_id      INTEGER REFERENCES expert(id) NOT NULL,
  number         INTEGER NOT NULL,
  commitment     TEXT NOT NULL,
  box            TEXT NOT NULL,
  is_paper       INTEGER NOT NULL,
  committed_at   INTEGER NOT NULL,
  sealed_opened  BLOB,
  is_counted     INTEGER NOT NULL,
  sealed_words   BLOB,
  UNIQUE (application_id, expert_id, number)
) STRICT;
CREATE INDEX panel_sheet_panel ON panel_sheet (panel_id, id);
CREATE INDEX panel_sheet_expert ON panel_sheet (expert_id, id);
CREATE TABLE panel_paper (
  id             INTEGER PRIMARY KEY,
  application_id INTEGER REFERENCES application(id) NOT NULL,
  expert_id      INTEGER REFERENCES expert(id) NOT NULL,
  sealed_content BLOB NOT NULL,
  entered_by     INTEGER NOT NULL,
  entered_at     INTEGER NOT NULL,
  UNIQUE (application_id, expert_id)
) STRICT;
CREATE INDEX panel_paper_expert ON panel_paper (expert_id);
CREATE TABLE panel_correction (
  id                 INTEGER PRIMARY KEY,
  ref                TEXT NOT NULL UNIQUE,
  panel_id           INTEGER REFERENCES panel(id) NOT NULL,
  application_id     INTEGER REFERENCES application(id) NOT NULL,
  expert_id          INTEGER REFERENCES expert(id) NOT NULL,
  criterion          INTEGER NOT NULL,
  reason             TEXT NOT NULL CHECK (reason IN ('sum', 'range', 'objective', 'abnormal')),
  sealed_content     BLOB NOT NULL,
  first_by           INTEGER NOT NULL,
  first_at           INTEGER NOT NULL,
  second_by          INTEGER,
  second_at          INTEGER
) STRICT;
CREATE INDEX panel_correction_panel ON panel_correction (panel_id, id);
CREATE INDEX panel_correction_application ON panel_correction (application_id);
CREATE INDEX panel_correction_expert ON panel_correction (expert_id);
CREATE TABLE panel_signing (
  id             INTEGER PRIMARY KEY,
  panel_id       INTEGER REFERENCES panel(id) NOT NULL,
  expert_id      INTEGER REFERENCES expert(id) NOT NULL,
  sealed_dissent BLOB,
  signed_at      INTEGER NOT NULL,
  UNIQUE (panel_id, expert_id)
) STRICT;
CREATE INDEX panel_signing_expert ON panel_signing (expert_id);

-- 0087 inspection
CREATE TABLE inspection_place (
  id             INTEGER PRIMARY KEY,
  round_id       INTEGER REFERENCES selection_round(id) NOT NULL,
  application_id INTEGER REFERENCES application(id) NOT NULL UNIQUE,
  direction      TEXT NOT NULL,
  place          INTEGER NOT NULL,
  is_short       INTEGER NOT NULL
) STRICT;
CREATE INDEX inspection_place_round ON inspection_place (round_id, place);
CREATE TABLE inspection (
  id             INTEGER PRIMARY KEY,
  ref            TEXT NOT NULL UNIQUE,
  round_id       INTEGER REFERENCES selection_round(id) NOT NULL,
  application_id INTEGER REFERENCES application(id) NOT NULL UNIQUE,
  state          TEXT NOT NULL,
  revision       INTEGER NOT NULL,
  seal_key       INTEGER NOT NULL,
  visit_at       INTEGER,
  sealed_where   BLOB,
  outcome        TEXT CHECK (outcome IN ('propose', 'correct', 'fail')),
  number         INTEGER,
  closed_at      INTEGER,
  created_at     INTEGER NOT NULL,
  updated_at     INTEGER NOT NULL,
  UNIQUE (round_id, number)
) STRICT;
CREATE TABLE inspection_seat (
  id            INTEGER PRIMARY KEY,
  inspection_id INTEGER REFERENCES inspection(id) NOT NULL,
  seat          INTEGER NOT NULL CHECK (seat IN (1, 2)),
  person_id     INTEGER REFERENCES person(id) NOT NULL,
  position      INTEGER NOT NULL,
  seated_at     INTEGER NOT NULL,
  ended_at      INTEGER,
  signed_at     INTEGER
) STRICT;
CREATE UNIQUE INDEX inspection_seat_now ON inspection_seat (inspection_id, seat) WHERE ended_at IS NULL;
CREATE INDEX inspection_seat_inspection ON inspection_seat (inspection_id, id);
CREATE INDEX inspection_seat_person ON inspection_seat (person_id, inspection_id);
CREATE TABLE inspection_item (
  id            INTEGER PRIMARY KEY,
  inspection_id INTEGER REFERENCES inspection(id) NOT NULL,
  name          TEXT NOT NULL,
  text_zh       TEXT NOT NULL,
  text_en       TEXT NOT NULL,
  clause        TEXT NOT NULL,
  UNIQUE (inspection_id, name)
) STRICT;
CREATE TABLE inspection_entry (
  id             INTEGER PRIMARY KEY,
  ref            TEXT NOT NULL UNIQUE,
  inspection_id  INTEGER REFERENCES inspection(id) NOT NULL,
  item           TEXT NOT NULL,
  number         INTEGER NOT NULL,
  seen           INTEGER NOT NULL,
  client         TEXT NOT NULL,
  person_id      INTEGER REFERENCES person(id) NOT NULL,
  verdict        TEXT NOT NULL CHECK (verdict IN ('meets', 'minor', 'major', '')),
  days           INTEGER NOT NULL,
  sealed_content BLOB NOT NULL,
  entered_at     INTEGER NOT NULL,
  UNIQUE (inspection_id, item, number),
  UNIQUE (inspection_id, client)
) STRICT;
CREATE INDEX inspection_entry_person ON inspection_entry (person_id);
CREATE TABLE inspection_photo (
  id            INTEGER PRIMARY KEY,
  ref           TEXT NOT NULL UNIQUE,
  inspection_id INTEGER REFERENCES inspection(id) NOT NULL,
  item          TEXT NOT NULL,
  client        TEXT NOT NULL,
  attachment_id INTEGER NOT NULL,
  person_id     INTEGER REFERENCES person(id) NOT NULL,
  taken_at      INTEGER NOT NULL,
  sealed_where  BLOB NOT NULL,
  received_at   INTEGER NOT NULL,
  UNIQUE (inspection_id, client)
) STRICT;
CREATE INDEX inspection_photo_person ON inspection_photo (person_id);
CREATE TABLE inspection_finding (
  id            INTEGER PRIMARY KEY,
  ref           TEXT NOT NULL UNIQUE,
  inspection_id INTEGER REFERENCES inspection(id) NOT NULL,
  item          TEXT NOT NULL,
  level         TEXT NOT NULL CHECK (level IN ('minor', 'major')),
  state         TEXT NOT NULL CHECK (state IN ('open', 'answered', 'closed')),
  days          INTEGER NOT NULL,
  sealed_answer BLOB,
  sealed_remark BLOB,
  answered_at   INTEGER,
  closed_at     INTEGER,
  closed_by     INTEGER
) STRICT;
CREATE INDEX inspection_finding_inspection ON inspection_finding (inspection_id, id);
CREATE TABLE inspection_statement (
  id            INTEGER PRIMARY KEY,
  ref           TEXT NOT NULL UNIQUE,
  inspection_id INTEGER REFERENCES inspection(id) NOT NULL,
  action        TEXT NOT NULL,
  person_id     INTEGER NOT NULL,
  sealed_values BLOB NOT NULL,
  stated_at     INTEGER NOT NULL
) STRICT;
CREATE INDEX inspection_statement_inspection ON inspection_statement (inspection_id, id);

-- 0089 decision
ALTER TABLE application ADD COLUMN appeal_of TEXT NOT NULL DEFAULT '';
CREATE TABLE decision (
  id             INTEGER PRIMARY KEY,
  ref            TEXT NOT NULL UNIQUE,
  round_id       INTEGER REFERENCES selection_round(id) NOT NULL,
  kind           TEXT NOT NULL CHECK (kind IN ('publicity', 'announcement')),
  number         INTEGER NOT NULL,
  state          TEXT NOT NULL CHECK (state IN ('entered', 'dropped', 'decided')),
  seal_key       INTEGER NOT NULL,
  sealed_content BLOB NOT NULL,
  document       TEXT NOT NULL,
  entered_by     INTEGER NOT NULL,
  entered_at     INTEGER NOT NULL,
  decided_by     INTEGER,
  decided_at     INTEGER,
  until_at       INTEGER,
  list           TEXT,
  sha256         TEXT,
  CHECK ((state = 'decided') = (decided_at IS NOT NULL)),
  CHECK ((decided_at IS NULL) = (list IS NULL))
) STRICT;
CREATE UNIQUE INDEX decision_waiting ON decision (round_id, kind) WHERE state = 'entered';
CREATE UNIQUE INDEX decision_number ON decision (round_id, kind, number) WHERE state = 'decided';
CREATE TABLE decision_entry (
  id              INTEGER PRIMARY KEY,
  ref             TEXT NOT NULL UNIQUE,
  decision_id     INTEGER REFERENCES decision(id) NOT NULL,
  application_id  INTEGER REFERENCES application(id) NOT NULL,
  organisation    TEXT NOT NULL,
  organisation_en TEXT NOT NULL,
  direction       TEXT NOT NULL,
  stars           INTEGER NOT NULL,
  rule_stars      INTEGER NOT NULL,
  place           INTEGER NOT NULL,
  UNIQUE (decision_id, application_id)
) STRICT;
CREATE INDEX decision_entry_application ON decision_entry (application_id, id);
CREATE TABLE objection (
  id              INTEGER PRIMARY KEY,
  ref             TEXT NOT NULL UNIQUE,
  once            TEXT NOT NULL UNIQUE,
  round_id        INTEGER REFERENCES selection_round(id) NOT NULL,
  application_id  INTEGER REFERENCES application(id),
  door            TEXT NOT NULL CHECK (door IN ('applicant', 'third', 'staff')),
  state           TEXT NOT NULL,
  revision        INTEGER NOT NULL,
  seal_key        INTEGER NOT NULL,
  claim           TEXT NOT NULL UNIQUE,
  sender          TEXT,
  sealed_objector BLOB NOT NULL,
  sealed_text     BLOB NOT NULL,
  sealed_masked   BLOB,
  sealed_verdict  BLOB,
  verdict         TEXT NOT NULL,
  handler_id      INTEGER NOT NULL,
  decided_by      INTEGER NOT NULL,
  received_at     INTEGER NOT NULL,
  updated_at      INTEGER NOT NULL,
  ended_at        INTEGER,
  CHECK ((door = 'staff') = (application_id IS NULL))
) STRICT;
CREATE INDEX objection_round ON objection (round_id, id);
CREATE INDEX objection_application ON objection (application_id, id);
CREATE INDEX objection_sender ON objection (sender, received_at);

-- 0090 certificate
CREATE TABLE certificate_count (
  kind TEXT NOT NULL,
  year INTEGER NOT NULL,
  last INTEGER NOT NULL,
  PRIMARY KEY (kind, year)
) STRICT;
CREATE TABLE certificate (
  id              INTEGER PRIMARY KEY,
  number          TEXT NOT NULL UNIQUE,
  kind            TEXT NOT NULL CHECK (kind IN ('unit', 'find')),
  year            INTEGER NOT NULL,
  counted         INTEGER NOT NULL,
  state           TEXT NOT NULL CHECK (state IN ('ACTIVE', 'SUSPENDED', 'REVOKED', 'EXPIRED', 'REPLACED')),
  organisation_id INTEGER NOT NULL,
  person_id       INTEGER NOT NULL,
  holder          TEXT NOT NULL,
  holder_en       TEXT NOT NULL,
  credit_code     TEXT NOT NULL,
  direction       TEXT NOT NULL,
  stars           INTEGER NOT NULL,
  subject         TEXT NOT NULL,
  level           TEXT NOT NULL,
  document        TEXT NOT NULL,
  replaces        TEXT NOT NULL,
  from_at         INTEGER NOT NULL,
  until_at        INTEGER,
  issued_at       INTEGER NOT NULL,
  issued_by       INTEGER NOT NULL,
  record          TEXT NOT NULL,
  event_id        INTEGER NOT NULL,
  seal_key        INTEGER NOT NULL,
  file_blob       INTEGER REFERENCES blob_file(id),
  file_sha256     TEXT,
  UNIQUE (kind, year, counted)
) STRICT;
CREATE UNIQUE INDEX certificate_file ON certificate (file_sha256) WHERE file_sha256 IS NOT NULL;
CREATE INDEX certificate_without_file ON certificate (id) WHERE file_sha256 IS NULL;
CREATE INDEX certificate_blob ON certificate (file_blob);
CREATE INDEX certificate_kind ON certificate (kind, id);
CREATE INDEX certificate_organisation ON certificate (organisation_id, id);
CREATE INDEX certificate_person ON certificate (person_id, id);
CREATE TABLE certificate_word (
  word           TEXT NOT NULL,
  certificate_id INTEGER REFERENCES certificate(id) NOT NULL,
  PRIMARY KEY (word, certificate_id)
) STRICT;
CREATE INDEX certificate_word_certificate ON certificate_word (certificate_id);
CREATE TABLE certificate_step (
  id             INTEGER PRIMARY KEY,
  certificate_id INTEGER REFERENCES certificate(id) NOT NULL,
  action         TEXT NOT NULL,
  state          TEXT NOT NULL,
  reason         TEXT NOT NULL,
  document       TEXT NOT NULL,
  at             INTEGER NOT NULL
) STRICT;
CREATE INDEX certificate_step_certificate ON certificate_step (certificate_id, id);

-- 0091 unit
CREATE TABLE unit (
  id              INTEGER PRIMARY KEY,
  ref             TEXT NOT NULL UNIQUE,
  state           TEXT NOT NULL,
  revision        INTEGER NOT NULL,
  seal_key        INTEGER NOT NULL,
  organisation_id INTEGER REFERENCES organisation(id) NOT NULL,
  direction       TEXT NOT NULL CHECK (direction IN ('technical', 'partner')),
  stars           INTEGER NOT NULL CHECK (stars BETWEEN 0 AND 5),
  from_at         INTEGER NOT NULL,
  until_at        INTEGER NOT NULL,
  admitted_at     INTEGER,
  ended_at        INTEGER,
  certificate     TEXT NOT NULL,
  wish            TEXT NOT NULL,
  wish_values     TEXT NOT NULL,
  wish_by         INTEGER NOT NULL,
  review          TEXT NOT NULL,
  reason          TEXT NOT NULL,
  document        TEXT NOT NULL,
  reminded        INTEGER NOT NULL,
  banned_until    INTEGER,
  appeal_until    INTEGER,
  updated_at      INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX unit_running ON unit (organisation_id, direction) WHERE ended_at IS NULL;
CREATE INDEX unit_organisation ON unit (organisation_id, id);
CREATE INDEX unit_state ON unit (state, id);
CREATE INDEX unit_register ON unit (direction, stars, id) WHERE ended_at IS NULL AND admitted_at IS NOT NULL;
CREATE INDEX unit_former ON unit (id) WHERE ended_at IS NOT NULL AND admitted_at IS NOT NULL;
CREATE INDEX unit_until ON unit (until_at) WHERE ended_at IS NULL AND admitted_at IS NOT NULL;

-- 0092 unit_round
CREATE TABLE unit_application (
  id             INTEGER PRIMARY KEY,
  unit_id        INTEGER REFERENCES unit(id) NOT NULL,
  application_id INTEGER REFERENCES application(id) NOT NULL UNIQUE,
  entered_at     INTEGER NOT NULL
) STRICT;
CREATE INDEX unit_application_unit ON unit_application (unit_id, id);

-- 0093 panel_minutes
CREATE TABLE panel_minutes (
  id          INTEGER PRIMARY KEY,
  panel_id    INTEGER REFERENCES panel(id) NOT NULL,
  signatures  INTEGER NOT NULL,
  blob_id     INTEGER REFERENCES blob_file(id) NOT NULL,
  body_sha256 TEXT NOT NULL,
  made_at     INTEGER NOT NULL,
  UNIQUE (panel_id, signatures)
) STRICT;
CREATE INDEX panel_minutes_blob ON panel_minutes (blob_id);

-- 0094 panel_timetable
CREATE TABLE panel_timetable (
  id            INTEGER PRIMARY KEY,
  panel_id      INTEGER REFERENCES panel(id) NOT NULL UNIQUE,
  starts_at     INTEGER NOT NULL,
  slot_minutes  INTEGER NOT NULL CHECK (slot_minutes > 0),
  break_minutes INTEGER NOT NULL CHECK (break_minutes >= 0),
  slots_a_day   INTEGER NOT NULL CHECK (slots_a_day > 0),
  sealed_place  BLOB NOT NULL,
  set_by        INTEGER NOT NULL,
  set_at        INTEGER NOT NULL
) STRICT;

-- 0095 activity
CREATE TABLE activity (
  id            INTEGER PRIMARY KEY,
  ref           TEXT NOT NULL UNIQUE,
  kind          TEXT NOT NULL CHECK (kind IN ('salon', 'campaign', 'training', 'collection')),
  state         TEXT NOT NULL,
  revision      INTEGER NOT NULL,
  seal_key      INTEGER NOT NULL,
  writer_id     INTEGER NOT NULL,
  sealed_values BLOB NOT NULL,
  starts_at     INTEGER NOT NULL,
  ends_at       INTEGER NOT NULL,
  opens_at      INTEGER NOT NULL,
  closes_at     INTEGER NOT NULL,
  units_until   INTEGER NOT NULL,
  places        INTEGER NOT NULL,
  marked_by     INTEGER NOT NULL,
  reason        TEXT NOT NULL,
  announced_at  INTEGER,
  updated_at    INTEGER NOT NULL
) STRICT;
CREATE INDEX activity_state ON activity (state, id);
CREATE INDEX activity_announced ON activity (id) WHERE announced_at IS NOT NULL;
CREATE TABLE activity_registration (
  id              INTEGER PRIMARY KEY,
  ref             TEXT NOT NULL UNIQUE,
  activity_id     INTEGER REFERENCES activity(id) NOT NULL,
  person_id       INTEGER REFERENCES person(id) NOT NULL,
  organisation_id INTEGER REFERENCES organisation(id),
  is_unit         INTEGER NOT NULL,
  is_placed       INTEGER NOT NULL,
  has_come        INTEGER NOT NULL,
  registered_at   INTEGER NOT NULL,
  cancelled_at    INTEGER,
  UNIQUE (activity_id, person_id)
) STRICT;
CREATE INDEX activity_registration_order ON activity_registration (activity_id, registered_at, id);
CREATE INDEX activity_registration_person ON activity_registration (person_id);
CREATE INDEX activity_registration_organisation ON activity_registration (organisation_id);
CREATE TABLE activity_result (
  id              INTEGER PRIMARY KEY,
  ref             TEXT NOT NULL UNIQUE,
  activity_id     INTEGER REFERENCES activity(id) NOT NULL,
  organisation_id INTEGER REFERENCES organisation(id) NOT NULL,
  kind            TEXT NOT NULL CHECK (kind IN ('attended', 'spoke', 'contributed', 'chosen')),
  what            TEXT NOT NULL,
  done_at         INTEGER NOT NULL,
  entered_by      INTEGER NOT NULL,
  entered_at      INTEGER NOT NULL,
  confirmed_by    INTEGER,
  confirmed_at    INTEGER
) STRICT;
CREATE INDEX activity_result_activity ON activity_result (activity_id, id);
CREATE INDEX activity_result_organisation ON activity_result (organisation_id, id);
CREATE INDEX activity_result_confirmed ON activity_result (id) WHERE confirmed_at IS NOT NULL;

-- 0096 find
ALTER TABLE certificate ADD COLUMN class TEXT NOT NULL DEFAULT '';
CREATE TABLE find_list (
  id          INTEGER PRIMARY KEY,
  ref         TEXT NOT NULL UNIQUE,
  state       TEXT NOT NULL,
  revision    INTEGER NOT NULL,
  seal_key    INTEGER NOT NULL,
  month       INTEGER NOT NULL,
  rule        INTEGER NOT NULL,
  proposed_by INTEGER NOT NULL,
  document    TEXT NOT NULL,
  updated_at  INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX find_list_month ON find_list (month) WHERE state <> 'DROPPED';
CREATE TABLE find (
  id              INTEGER PRIMARY KEY,
  ref             TEXT NOT NULL UNIQUE,
  list_id         INTEGER REFERENCES find_list(id) NOT NULL,
  state           TEXT NOT NULL,
  revision        INTEGER NOT NULL,
  seal_key        INTEGER NOT NULL,
  report_id       INTEGER REFERENCES report(id) NOT NULL,
  casefile_id     INTEGER REFERENCES casefile(id) NOT NULL,
  person_id       INTEGER REFERENCES person(id) NOT NULL,
  organisation_id INTEGER NOT NULL,
  casefile        TEXT NOT NULL,
  number          TEXT NOT NULL,
  class           TEXT NOT NULL,
  level           TEXT NOT NULL,
  received_at     INTEGER NOT NULL,
  sealed_name     BLOB,
  sealed_struck   BLOB,
  certificate     TEXT NOT NULL,
  wish_by         INTEGER NOT NULL,
  sealed_wish     BLOB,
  review          TEXT NOT NULL,
  reason          TEXT NOT NULL,
  updated_at      INTEGER NOT NULL
) STRICT;
CREATE INDEX find_of_list ON find (list_id, id);
CREATE INDEX find_of_person ON find (person_id);
CREATE INDEX find_of_report ON find (report_id);
CREATE UNIQUE INDEX find_of_casefile ON find (casefile_id) WHERE state <> 'STRUCK';
CREATE INDEX find_in_state ON find (state, id);
CREATE TABLE ranking (
  person_id INTEGER REFERENCES person(id) NOT NULL PRIMARY KEY,
  joined_at INTEGER NOT NULL
) STRICT;

-- 0097 collection
CREATE TABLE collection_case (
  id              INTEGER PRIMARY KEY,
  ref             TEXT NOT NULL UNIQUE,
  activity_id     INTEGER REFERENCES activity(id) NOT NULL,
  organisation_id INTEGER REFERENCES organisation(id) NOT NULL,
  state           TEXT NOT NULL,
  revision        INTEGER NOT NULL,
  seal_key        INTEGER NOT NULL,
  writer_id       INTEGER NOT NULL,
  checker_id      INTEGER NOT NULL,
  lister_id       INTEGER NOT NULL,
  publicist_id    INTEGER NOT NULL,
  sealed_values   BLOB NOT NULL,
  title           TEXT,
  reason          TEXT NOT NULL,
  score           INTEGER,
  submitted_at    INTEGER,
  updated_at      INTEGER NOT NULL
) STRICT;
CREATE INDEX collection_case_activity ON collection_case (activity_id, state, id);
CREATE INDEX collection_case_organisation ON collection_case (organisation_id, activity_id, id);
CREATE INDEX collection_case_state ON collection_case (state, id);
CREATE TABLE collection_seat (
  id         INTEGER PRIMARY KEY,
  case_id    INTEGER REFERENCES collection_case(id) NOT NULL,
  expert_id  INTEGER REFERENCES expert(id) NOT NULL,
  person_id  INTEGER NOT NULL,
  state      TEXT NOT NULL CHECK (state IN ('asked', 'scored', 'conflict')),
  sealed_said BLOB,
  asked_at   INTEGER NOT NULL,
  done_at    INTEGER,
  UNIQUE (case_id, expert_id)
) STRICT;
CREATE INDEX collection_seat_person ON collection_seat (person_id, id);
CREATE INDEX collection_seat_expert ON collection_seat (expert_id);

-- 0098 round_letter
ALTER TABLE letter ADD COLUMN desk TEXT NOT NULL DEFAULT 'library';
ALTER TABLE letter_draft ADD COLUMN desk TEXT NOT NULL DEFAULT 'library';
CREATE TABLE round_letter (
  id       INTEGER PRIMARY KEY,
  round_id INTEGER REFERENCES selection_round(id) NOT NULL,
  offer    TEXT NOT NULL,
  draft    TEXT NOT NULL UNIQUE
) STRICT;
CREATE INDEX round_letter_round ON round_letter (round_id, id);

-- 0101 alike_index
CREATE TABLE alike_segment (
  segment   INTEGER PRIMARY KEY,
  documents INTEGER NOT NULL,
  version   INTEGER NOT NULL,
  built_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE alike_posting (
  bucket   INTEGER NOT NULL,
  segment  INTEGER NOT NULL,
  postings BLOB NOT NULL,
  PRIMARY KEY (bucket, segment)
) STRICT, WITHOUT ROWID;
CREATE INDEX alike_posting_segment ON alike_posting (segment);
CREATE TABLE alike_follow (
  id     INTEGER PRIMARY KEY CHECK (id = 1),
  source INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- 0103 hook
CREATE TABLE hook (
  id             INTEGER PRIMARY KEY,
  ref            TEXT NOT NULL UNIQUE,
  person_id      INTEGER REFERENCES person(id) NOT NULL,
  sealed_address BLOB NOT NULL,
  sealed_secret  BLOB NOT NULL,
  created_at     INTEGER NOT NULL,
  arrived_at     INTEGER,
  failing_at     INTEGER,
  reason         TEXT,
  ended_at       INTEGER
) STRICT;
CREATE INDEX hook_person ON hook (person_id, id);
CREATE TABLE hook_message (
  id          INTEGER PRIMARY KEY,
  ref         TEXT NOT NULL UNIQUE,
  hook_id     INTEGER REFERENCES hook(id) NOT NULL,
  state       TEXT NOT NULL CHECK (state IN ('waiting', 'sending')),
  sealed_body BLOB NOT NULL,
  attempts    INTEGER NOT NULL,
  due_at      INTEGER NOT NULL,
  changed_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX hook_message_due ON hook_message (state, due_at);
CREATE INDEX hook_message_hook ON hook_message (hook_id);

-- 0104 batch
CREATE TABLE batch (
  id              INTEGER PRIMARY KEY,
  ref             TEXT NOT NULL UNIQUE,
  state           TEXT NOT NULL,
  revision        INTEGER NOT NULL,
  person_id       INTEGER REFERENCES person(id) NOT NULL,
  organisation_id INTEGER,
  seal_key        INTEGER NOT NULL,
  idempotency     TEXT UNIQUE,
  content         TEXT NOT NULL,
  is_confirmed    INTEGER NOT NULL,
  lang            TEXT NOT NULL,
  format          TEXT NOT NULL,
  reason          TEXT NOT NULL,
  sealed_name     BLOB,
  sealed_detail   BLOB,
  created_at      INTEGER NOT NULL,
  started_at      INTEGER,
  updated_at      INTEGER NOT NULL
) STRICT;
CREATE INDEX batch_person ON batch (person_id, id);
CREATE TABLE batch_row (
  id              INTEGER PRIMARY KEY,
  batch_id        INTEGER REFERENCES batch(id) NOT NULL,
  number          INTEGER NOT NULL,
  state           TEXT NOT NULL,
  seal_key        INTEGER NOT NULL,
  content         TEXT NOT NULL,
  sealed_title    BLOB,
  sealed_values   BLOB,
  sealed_problems BLOB,
  sealed_files    BLOB,
  report_id       INTEGER REFERENCES report(id) UNIQUE,
  updated_at      INTEGER NOT NULL,
  UNIQUE (batch_id, number)
) STRICT;
CREATE INDEX batch_row_state ON batch_row (batch_id, state, number);
CREATE INDEX batch_row_content ON batch_row (batch_id, content);

-- 0106 warning
CREATE TABLE warning (
  id              INTEGER PRIMARY KEY,
  ref             TEXT NOT NULL UNIQUE,
  state           TEXT NOT NULL,
  revision        INTEGER NOT NULL,
  seal_key        INTEGER NOT NULL,
  organisation_id INTEGER REFERENCES organisation(id),
  author_id       INTEGER NOT NULL,
  writer_id       INTEGER NOT NULL,
  submitted_by    INTEGER,
  submitted_at    INTEGER,
  assessed_by     INTEGER,
  corrector_id    INTEGER,
  is_urgent       INTEGER NOT NULL,
  casefile        TEXT NOT NULL,
  number          TEXT NOT NULL,
  newest          INTEGER NOT NULL,
  sealed_title    BLOB,
  sealed_values   BLOB,
  sealed_proposal BLOB,
  code            TEXT NOT NULL,
  code_version    INTEGER NOT NULL,
  sealed_remark   BLOB,
  created_at      INTEGER NOT NULL,
  updated_at      INTEGER NOT NULL,
  sent_at         INTEGER
) STRICT;
CREATE INDEX warning_state ON warning (state, id);
CREATE INDEX warning_organisation ON warning (organisation_id, id) WHERE organisation_id IS NOT NULL;
CREATE VIEW warning_reader AS
  SELECT id AS warning_id, CASE WHEN organisation_id IS NOT NULL AND submitted_at IS NULL THEN 262144
    WHEN state IN ('DRAFT', 'SUBMITTED', 'REJECTED', 'DISCARDED') THEN 262208 ELSE 262464 END AS roles
  FROM warning;
CREATE TABLE warning_text (
  id            INTEGER PRIMARY KEY,
  warning_id    INTEGER REFERENCES warning(id) NOT NULL,
  n             INTEGER NOT NULL,
  sealed_values BLOB,
  sealed_reason BLOB,
  writer_id     INTEGER NOT NULL,
  sender_id     INTEGER NOT NULL,
  at            INTEGER NOT NULL,
  UNIQUE (warning_id, n)
) STRICT;
CREATE TABLE warning_aim (
  id              INTEGER PRIMARY KEY,
  ref             TEXT NOT NULL UNIQUE,
  warning_id      INTEGER REFERENCES warning(id) NOT NULL,
  kind            TEXT NOT NULL CHECK (kind IN ('public', 'units', 'vendors', 'organisation')),
  direction       TEXT NOT NULL,
  stars           INTEGER NOT NULL,
  product_id      INTEGER REFERENCES product(id),
  sealed_range    BLOB,
  organisation_id INTEGER REFERENCES organisation(id),
  added_by        INTEGER NOT NULL,
  added_at        INTEGER NOT NULL,
  used_at         INTEGER
) STRICT;
CREATE INDEX warning_aim_warning ON warning_aim (warning_id, id);
CREATE TABLE warning_recipient (
  id              INTEGER PRIMARY KEY,
  ref             TEXT NOT NULL UNIQUE,
  warning_id      INTEGER REFERENCES warning(id) NOT NULL,
  organisation_id INTEGER REFERENCES organisation(id) NOT NULL,
  sealed_why      BLOB,
  added_at        INTEGER NOT NULL,
  due_at          INTEGER NOT NULL,
  remind_at       INTEGER,
  reminders       INTEGER NOT NULL,
  read_at         INTEGER,
  acknowledged_at INTEGER,
  acknowledged_by INTEGER,
  statement       TEXT NOT NULL,
  sealed_note     BLOB,
  stated_at       INTEGER,
  UNIQUE (warning_id, organisation_id)
) STRICT;
CREATE INDEX warning_recipient_organisation ON warning_recipient (organisation_id, id);
CREATE INDEX warning_recipient_remind ON warning_recipient (remind_at) WHERE remind_at IS NOT NULL;
CREATE TABLE warning_delivery (
  id           INTEGER PRIMARY KEY,
  recipient_id INTEGER REFERENCES warning_recipient(id) NOT NULL,
  person_id    INTEGER REFERENCES person(id) NOT NULL,
  tell         TEXT NOT NULL,
  told_at      INTEGER,
  read_at      INTEGER,
  UNIQUE (recipient_id, person_id)
) STRICT;
CREATE INDEX warning_delivery_waiting ON warning_delivery (id) WHERE tell <> '';
CREATE TABLE warning_publication (
  id           INTEGER PRIMARY KEY,
  warning_id   INTEGER REFERENCES warning(id) NOT NULL UNIQUE,
  number       TEXT NOT NULL UNIQUE,
  n            INTEGER NOT NULL,
  what_zh      TEXT NOT NULL,
  what_en      TEXT NOT NULL,
  content      TEXT NOT NULL,
  is_urgent    INTEGER NOT NULL,
  published_at INTEGER NOT NULL,
  changed_at   INTEGER NOT NULL,
  withdrawn_at INTEGER,
  reason       TEXT NOT NULL
) STRICT;
CREATE INDEX warning_publication_time ON warning_publication (published_at, id);
CREATE TABLE warning_publication_text (
  id             INTEGER PRIMARY KEY,
  publication_id INTEGER REFERENCES warning_publication(id) NOT NULL,
  n              INTEGER NOT NULL,
  content        TEXT NOT NULL,
  reason         TEXT NOT NULL,
  at             INTEGER NOT NULL,
  UNIQUE (publication_id, n)
) STRICT;
CREATE TABLE warning_count (
  year INTEGER PRIMARY KEY,
  last INTEGER NOT NULL
) STRICT;
CREATE TABLE warning_limited_count (
  year INTEGER PRIMARY KEY,
  last INTEGER NOT NULL
) STRICT;

-- 0108 delivery
CREATE TABLE delivery (
  id           INTEGER PRIMARY KEY,
  ref          TEXT NOT NULL UNIQUE,
  casefile_id  INTEGER NOT NULL,
  partner_id   INTEGER REFERENCES organisation(id) NOT NULL,
  state        TEXT NOT NULL,
  revision     INTEGER NOT NULL,
  seal_key     INTEGER NOT NULL,
  sent_by      INTEGER NOT NULL,
  received_by  INTEGER,
  sent_at      INTEGER NOT NULL,
  received_at  INTEGER,
  updated_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX delivery_casefile ON delivery (casefile_id, id);
CREATE INDEX delivery_partner ON delivery (partner_id, id);
CREATE TABLE delivery_letter (
  id            INTEGER PRIMARY KEY,
  ref           TEXT NOT NULL UNIQUE,
  delivery_id   INTEGER REFERENCES delivery(id) NOT NULL,
  party_id      INTEGER REFERENCES party(id) NOT NULL,
  outcome       TEXT NOT NULL CHECK (outcome IN ('waiting', 'delivered', 'bounced', 'refused', 'unknown', 'recalled')),
  sealed_letter BLOB,
  sealed_words  BLOB,
  fetched       INTEGER NOT NULL,
  delivered_at  INTEGER,
  reported_at   INTEGER,
  reported_by   INTEGER
) STRICT;
CREATE INDEX delivery_letter_delivery ON delivery_letter (delivery_id, id);
CREATE INDEX delivery_letter_party ON delivery_letter (party_id, id);
CREATE UNIQUE INDEX delivery_letter_waiting ON delivery_letter (party_id) WHERE outcome = 'waiting';
CREATE INDEX standing_kind ON standing (kind, organisation_id) WHERE ended_at IS NULL;
CREATE VIEW delivery_reader AS
  SELECT delivery.id AS delivery_id, 64 AS roles, delivery.partner_id AS organisation_id
  FROM delivery
  WHERE NOT EXISTS (SELECT 1 FROM casefile WHERE casefile.id = delivery.casefile_id AND casefile.state IN ('ISOLATED', 'WIPED'));

-- 0109 closing
ALTER TABLE party ADD COLUMN closing TEXT;
ALTER TABLE party ADD COLUMN closing_from TEXT;
ALTER TABLE party ADD COLUMN known_at INTEGER;
ALTER TABLE party ADD COLUMN stated_at INTEGER;
ALTER TABLE party ADD COLUMN settled_at INTEGER;
CREATE INDEX party_changed ON party (organisation_id, updated_at, id);
CREATE TABLE org_team (
  id              INTEGER PRIMARY KEY,
  ref             TEXT NOT NULL UNIQUE,
  organisation_id INTEGER REFERENCES organisation(id) NOT NULL,
  name            TEXT NOT NULL,
  created_at      INTEGER NOT NULL,
  ended_at        INTEGER
) STRICT;
CREATE INDEX org_team_organisation ON org_team (organisation_id, id);
CREATE TABLE org_team_member (
  team_id   INTEGER REFERENCES org_team(id) NOT NULL,
  person_id INTEGER REFERENCES person(id) NOT NULL,
  PRIMARY KEY (team_id, person_id)
) STRICT;
CREATE INDEX org_team_member_person ON org_team_member (person_id);
CREATE TABLE team_product (
  product_id      INTEGER NOT NULL,
  organisation_id INTEGER REFERENCES organisation(id) NOT NULL,
  team_id         INTEGER REFERENCES org_team(id) NOT NULL,
  PRIMARY KEY (product_id, organisation_id)
) STRICT;
CREATE INDEX team_product_team ON team_product (team_id);
DROP VIEW party_reader;
CREATE VIEW party_reader AS
  SELECT party.id AS party_id, 64 AS roles,
    CASE WHEN party.state <> 'WITHDRAWN' AND party.notified_at IS NOT NULL THEN coalesce(-team_product.team_id, party.organisation_id) END AS audience,
    CASE WHEN party.state = 'FIX_CHECK' THEN assignment.person_id END AS person_id
  FROM party LEFT JOIN assignment
    ON assignment.machine = 'party' AND assignment.subject_id = party.id AND assignment.part = 'verifier' AND assignment.ended_at IS NULL
  LEFT JOIN team_product ON team_product.product_id = party.product_id AND team_product.organisation_id = party.organisation_id
  WHERE NOT EXISTS (SELECT 1 FROM casefile WHERE casefile.id = party.casefile_id AND casefile.state IN ('ISOLATED', 'WIPED'));

-- 0110 dispute
CREATE TABLE dispute (
  id              INTEGER PRIMARY KEY,
  ref             TEXT NOT NULL UNIQUE,
  place           INTEGER NOT NULL,
  state           TEXT NOT NULL,
  revision        INTEGER NOT NULL,
  seal_key        INTEGER NOT NULL,
  against         TEXT NOT NULL,
  subject         TEXT NOT NULL,
  report_id       INTEGER REFERENCES report (id),
  casefile_id     INTEGER REFERENCES casefile (id),
  party_id        INTEGER REFERENCES party (id),
  person_id       INTEGER REFERENCES person (id),
  organisation_id INTEGER REFERENCES organisation (id),
  is_priority     INTEGER NOT NULL,
  grounds         TEXT NOT NULL,
  grounds_version INTEGER NOT NULL,
  decided_at      INTEGER NOT NULL,
  sealed_text     BLOB,
  answered_by     INTEGER REFERENCES person (id),
  answered_at     INTEGER,
  sealed_answer   BLOB,
  sealed_request  BLOB,
  panel_size      INTEGER NOT NULL,
  outcome         TEXT NOT NULL,
  is_tie          INTEGER NOT NULL,
  ended_at        INTEGER,
  opened_at       INTEGER NOT NULL,
  updated_at      INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX dispute_once ON dispute (against, subject, decided_at) WHERE state <> 'WITHDRAWN';
CREATE UNIQUE INDEX dispute_place ON dispute (place);
CREATE INDEX dispute_in_state ON dispute (state, place);
CREATE INDEX dispute_of_person ON dispute (person_id, id);
CREATE INDEX dispute_of_organisation ON dispute (organisation_id, id);
CREATE INDEX dispute_of_report ON dispute (report_id);
CREATE INDEX dispute_of_casefile ON dispute (casefile_id);
CREATE INDEX dispute_of_party ON dispute (party_id);
CREATE TABLE dispute_seat (
  id          INTEGER PRIMARY KEY,
  dispute_id  INTEGER REFERENCES dispute(id) NOT NULL,
  ref         TEXT NOT NULL UNIQUE,
  seat        INTEGER NOT NULL,
  person_id   INTEGER REFERENCES person(id) NOT NULL,
  state       TEXT NOT NULL,
  drawn_at    INTEGER NOT NULL,
  signed_at   INTEGER,
  voted_at    INTEGER,
  sealed_vote BLOB
) STRICT;
CREATE UNIQUE INDEX dispute_seat_held ON dispute_seat (dispute_id, seat) WHERE state = 'HELD';
CREATE UNIQUE INDEX dispute_seat_once ON dispute_seat (dispute_id, person_id);
CREATE INDEX dispute_seat_of ON dispute_seat (person_id, state);
CREATE VIEW dispute_reader AS
  SELECT d.id AS dispute_id, 64 AS roles, r.reporter_id AS person_id, r.claim AS claim, p.organisation_id AS organisation_id
  FROM dispute d LEFT JOIN report r ON r.id = d.report_id AND d.party_id IS NULL LEFT JOIN party p ON p.id = d.party_id
  WHERE NOT EXISTS (SELECT 1 FROM report i WHERE i.id = d.report_id AND i.state IN ('ISOLATED', 'WIPED'))
    AND NOT EXISTS (SELECT 1 FROM casefile c WHERE c.id = d.casefile_id AND c.state IN ('ISOLATED', 'WIPED'));
CREATE VIEW dispute_seat_reader AS
  SELECT d.id AS dispute_id, s.person_id AS expert_id
  FROM dispute_seat s JOIN dispute d ON d.id = s.dispute_id
  WHERE s.state = 'HELD' AND d.state = 'PANEL'
    AND NOT EXISTS (SELECT 1 FROM report i WHERE i.id = d.report_id AND i.state IN ('ISOLATED', 'WIPED'))
    AND NOT EXISTS (SELECT 1 FROM casefile c WHERE c.id = d.casefile_id AND c.state IN ('ISOLATED', 'WIPED'));
CREATE TABLE rating_anew (
  id              INTEGER PRIMARY KEY,
  ref             TEXT NOT NULL UNIQUE,
  casefile_id     INTEGER REFERENCES casefile(id) NOT NULL,
  who             TEXT NOT NULL CHECK (who IN ('verifier', 'second', 'reporter', 'party', 'expert', 'appeal')),
  person_id       INTEGER,
  organisation_id INTEGER,
  technical_level TEXT NOT NULL,
  level           TEXT,
  sealed_vectors  BLOB,
  rated_at        INTEGER NOT NULL
) STRICT;
INSERT INTO rating_anew SELECT * FROM rating;
DROP TABLE rating;
ALTER TABLE rating_anew RENAME TO rating;
CREATE INDEX rating_casefile ON rating (casefile_id, id);

-- 0111 internal
CREATE TABLE internal_record (
  id              INTEGER PRIMARY KEY,
  ref             TEXT NOT NULL UNIQUE,
  person_id       INTEGER REFERENCES person(id) NOT NULL,
  seal_key        INTEGER NOT NULL,
  document_sha256 TEXT NOT NULL,
  event_id        INTEGER NOT NULL,
  sealed_title    BLOB,
  sealed_content  BLOB,
  entered_at      INTEGER NOT NULL
) STRICT;
CREATE INDEX internal_record_person ON internal_record (person_id, id);
CREATE TABLE known_proposal (
  id          INTEGER PRIMARY KEY,
  ref         TEXT NOT NULL UNIQUE,
  report_id   INTEGER REFERENCES report(id) NOT NULL,
  record_id   INTEGER REFERENCES internal_record(id) NOT NULL,
  proposed_by INTEGER REFERENCES person(id) NOT NULL,
  proposed_at INTEGER NOT NULL,
  decision    TEXT NOT NULL,
  decided_by  INTEGER,
  decided_at  INTEGER
) STRICT;
CREATE UNIQUE INDEX known_proposal_waiting ON known_proposal (report_id) WHERE decision = '';
CREATE INDEX known_proposal_record ON known_proposal (record_id);
ALTER TABLE report ADD COLUMN known_by INTEGER REFERENCES internal_record (id);
CREATE VIEW internal_reader AS SELECT id AS record_id, 64 AS roles, person_id FROM internal_record;
CREATE TABLE merge_proposal (
  id          INTEGER PRIMARY KEY,
  ref         TEXT NOT NULL UNIQUE,
  casefile_id INTEGER REFERENCES casefile(id) NOT NULL,
  into_id     INTEGER REFERENCES casefile(id) NOT NULL,
  kind        TEXT NOT NULL CHECK (kind IN ('merge', 'unmerge')),
  proposed_by INTEGER REFERENCES person(id) NOT NULL,
  proposed_at INTEGER NOT NULL,
  decision    TEXT NOT NULL,
  decided_by  INTEGER,
  decided_at  INTEGER
) STRICT;
CREATE UNIQUE INDEX merge_proposal_waiting ON merge_proposal (casefile_id) WHERE decision = '';
CREATE INDEX merge_proposal_into ON merge_proposal (into_id);
ALTER TABLE affected_part ADD COLUMN origin_id INTEGER;
ALTER TABLE casefile_relation ADD COLUMN sealed_reason BLOB;

-- 0112 figure
CREATE INDEX clock_ended ON clock (ended_at, started_at);
CREATE TABLE figure_value (
  span   TEXT NOT NULL CHECK (span IN ('day', 'month')),
  figure TEXT NOT NULL,
  slice  TEXT NOT NULL,
  start  INTEGER NOT NULL, -- civil day since 1970-01-01, or year * 12 + month - 1
  item   TEXT NOT NULL,
  bucket INTEGER NOT NULL,
  within INTEGER NOT NULL,
  value  INTEGER NOT NULL,
  PRIMARY KEY (span, figure, slice, start, item, bucket, within)
) STRICT, WITHOUT ROWID;
CREATE TABLE figure_progress (
  id       INTEGER PRIMARY KEY CHECK (id = 1),
  next_day INTEGER NOT NULL
) STRICT;
INSERT INTO figure_progress (id, next_day) VALUES (1, -1);

-- 0113 figure_report
CREATE TABLE figure_report (
  id              INTEGER PRIMARY KEY,
  ref             TEXT NOT NULL UNIQUE,
  kind            TEXT NOT NULL CHECK (kind IN ('week', 'month', 'year')),
  start           INTEGER NOT NULL, -- first day of a week, else first month, as in figure_value
  state           TEXT NOT NULL,
  revision        INTEGER NOT NULL,
  seal_key        INTEGER NOT NULL,
  sealed_words_zh BLOB,
  sealed_words_en BLOB,
  reviewed_by     INTEGER NOT NULL,
  public_zh       TEXT,
  public_en       TEXT,
  issued_at       INTEGER,
  updated_at      INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX figure_report_period ON figure_report (kind, start) WHERE state <> 'VOID';
CREATE INDEX figure_report_public ON figure_report (id) WHERE public_zh IS NOT NULL;

-- 0114 vault
DROP TABLE organisation_paper;
CREATE TABLE vault_paper (
  id          INTEGER PRIMARY KEY,
  ref         TEXT NOT NULL UNIQUE,
  owner       TEXT NOT NULL CHECK (owner IN ('person', 'organisation')),
  owner_id    INTEGER NOT NULL,
  kind        TEXT NOT NULL CHECK (kind IN ('licence', 'authorisation', 'identity')),
  seal_key    INTEGER NOT NULL,
  blob_id     INTEGER REFERENCES blob_file(id),
  sealed_name BLOB,
  sealed_text BLOB,
  size_bytes  INTEGER NOT NULL,
  digest      TEXT NOT NULL,
  added_by    INTEGER NOT NULL,
  added_at    INTEGER NOT NULL,
  decided_at  INTEGER,
  deleted_at  INTEGER
) STRICT;
CREATE INDEX vault_paper_owner ON vault_paper (owner, owner_id, id);
CREATE INDEX vault_paper_blob ON vault_paper (blob_id);
CREATE INDEX vault_paper_decided ON vault_paper (decided_at, id) WHERE deleted_at IS NULL;
CREATE TABLE vault_opening (
  id            INTEGER PRIMARY KEY,
  ref           TEXT NOT NULL UNIQUE,
  paper_id      INTEGER REFERENCES vault_paper(id) NOT NULL,
  person_id     INTEGER REFERENCES person(id) NOT NULL,
  purpose       TEXT NOT NULL,
  sealed_reason BLOB,
  state         TEXT NOT NULL CHECK (state IN ('asked', 'granted', 'refused', 'opened')),
  asked_at      INTEGER NOT NULL,
  decided_by    INTEGER REFERENCES person(id),
  decided_at    INTEGER,
  opened_at     INTEGER,
  CHECK (decided_by IS NULL OR decided_by <> person_id),
  CHECK ((state = 'opened') = (opened_at IS NOT NULL))
) STRICT;
CREATE INDEX vault_opening_paper ON vault_opening (paper_id, id);
CREATE INDEX vault_opening_person ON vault_opening (person_id);
CREATE INDEX vault_opening_decider ON vault_opening (decided_by);
CREATE INDEX vault_opening_waiting ON vault_opening (id) WHERE state = 'asked';
ALTER TABLE person ADD COLUMN deleted_at INTEGER;
ALTER TABLE person DROP COLUMN sealed_identity;

-- 0115 privacy
CREATE TABLE retention_rule (
  id          INTEGER PRIMARY KEY,
  ref         TEXT NOT NULL UNIQUE,
  kind        TEXT NOT NULL,
  version     INTEGER NOT NULL CHECK (version > 1),
  days        INTEGER NOT NULL,
  why_zh      TEXT NOT NULL,
  why_en      TEXT NOT NULL,
  basis_zh    TEXT NOT NULL,
  basis_en    TEXT NOT NULL,
  reason      TEXT NOT NULL,
  state       TEXT NOT NULL CHECK (state IN ('proposed', 'in_force', 'refused')),
  proposed_by INTEGER REFERENCES person(id) NOT NULL,
  proposed_at INTEGER NOT NULL,
  decided_by  INTEGER REFERENCES person(id),
  decided_at  INTEGER,
  UNIQUE (kind, version),
  CHECK (decided_by IS NULL OR decided_by <> proposed_by),
  CHECK ((state = 'proposed') = (decided_at IS NULL))
) STRICT;
CREATE UNIQUE INDEX retention_rule_open ON retention_rule (kind) WHERE state = 'proposed';
CREATE INDEX retention_rule_proposer ON retention_rule (proposed_by);
CREATE INDEX retention_rule_decider ON retention_rule (decided_by);
CREATE TABLE retention_hold (
  id            INTEGER PRIMARY KEY,
  ref           TEXT NOT NULL UNIQUE,
  kind          TEXT NOT NULL,
  matter        TEXT NOT NULL,
  sealed_reason BLOB,
  until_at      INTEGER NOT NULL,
  state         TEXT NOT NULL CHECK (state IN ('asked', 'held', 'refused', 'released')),
  asked_by      INTEGER REFERENCES person(id) NOT NULL,
  asked_at      INTEGER NOT NULL,
  decided_by    INTEGER REFERENCES person(id),
  decided_at    INTEGER,
  released_by   INTEGER REFERENCES person(id),
  released_at   INTEGER,
  CHECK (decided_by IS NULL OR decided_by <> asked_by)
) STRICT;
CREATE UNIQUE INDEX retention_hold_matter ON retention_hold (kind, matter) WHERE state IN ('asked', 'held');
CREATE INDEX retention_hold_asker ON retention_hold (asked_by);
CREATE INDEX retention_hold_decider ON retention_hold (decided_by);
CREATE INDEX retention_hold_releaser ON retention_hold (released_by);
CREATE TABLE retention_run (
  id      INTEGER PRIMARY KEY,
  kind    TEXT NOT NULL,
  version INTEGER NOT NULL,
  at      INTEGER NOT NULL,
  gone    INTEGER NOT NULL,
  held    INTEGER NOT NULL
) STRICT;
CREATE INDEX complaint_answered ON complaint (answered_at, id) WHERE state = 'answered' AND sealed_text IS NOT NULL;
CREATE INDEX report_refused ON report (updated_at, id) WHERE sealed_values IS NOT NULL AND state IN ('REJECTED', 'WITHDRAWN', 'DUPLICATE');
CREATE INDEX draft_touched ON draft (updated_at, id) WHERE sent_machine IS NULL;
CREATE INDEX inbox_time ON inbox (created_at, id);
CREATE TABLE privacy_export (
  id         INTEGER PRIMARY KEY,
  ref        TEXT NOT NULL UNIQUE,
  person_id  INTEGER REFERENCES person(id) NOT NULL,
  state      TEXT NOT NULL CHECK (state IN ('asked', 'ready', 'gone')),
  seal_key   INTEGER NOT NULL,
  blob_id    INTEGER REFERENCES blob_file(id),
  size_bytes INTEGER NOT NULL,
  asked_at   INTEGER NOT NULL,
  ready_at   INTEGER,
  expires_at INTEGER,
  downloads  INTEGER NOT NULL,
  CHECK ((state = 'ready') = (blob_id IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX privacy_export_open ON privacy_export (person_id) WHERE state = 'asked';
CREATE INDEX privacy_export_person ON privacy_export (person_id, id);
CREATE INDEX privacy_export_blob ON privacy_export (blob_id);
CREATE INDEX privacy_export_expiry ON privacy_export (expires_at, id) WHERE state = 'ready';
CREATE TABLE privacy_deletion (
  id        INTEGER PRIMARY KEY,
  ref       TEXT NOT NULL UNIQUE,
  person_id INTEGER REFERENCES person(id) NOT NULL,
  credit    TEXT NOT NULL CHECK (credit IN ('wished', 'anonymous')),
  state     TEXT NOT NULL CHECK (state IN ('waiting', 'cancelled', 'done')),
  asked_at  INTEGER NOT NULL,
  due_at    INTEGER NOT NULL,
  ended_at  INTEGER,
  CHECK ((state = 'waiting') = (ended_at IS NULL))
) STRICT;
CREATE UNIQUE INDEX privacy_deletion_open ON privacy_deletion (person_id) WHERE state = 'waiting';
CREATE INDEX privacy_deletion_person ON privacy_deletion (person_id, id);
CREATE INDEX privacy_deletion_due ON privacy_deletion (due_at, id) WHERE state = 'waiting';
CREATE TABLE privacy_correction (
  id            INTEGER PRIMARY KEY,
  ref           TEXT NOT NULL UNIQUE,
  person_id     INTEGER REFERENCES person(id) NOT NULL,
  field         TEXT NOT NULL CHECK (field IN ('name', 'phone')),
  sealed_value  BLOB,
  sealed_reason BLOB,
  sealed_answer BLOB,
  state         TEXT NOT NULL CHECK (state IN ('asked', 'accepted', 'refused')),
  asked_at      INTEGER NOT NULL,
  due_at        INTEGER NOT NULL,
  decided_by    INTEGER REFERENCES person(id),
  decided_at    INTEGER,
  CHECK (decided_by IS NULL OR decided_by <> person_id),
  CHECK ((state = 'asked') = (decided_at IS NULL))
) STRICT;
CREATE UNIQUE INDEX privacy_correction_open ON privacy_correction (person_id, field) WHERE state = 'asked';
CREATE INDEX privacy_correction_person ON privacy_correction (person_id, id);
CREATE INDEX privacy_correction_decider ON privacy_correction (decided_by);
CREATE INDEX privacy_correction_waiting ON privacy_correction (id) WHERE state = 'asked';
ALTER TABLE complaint ADD COLUMN reminded_at INTEGER;
CREATE INDEX complaint_due ON complaint (due_at, id) WHERE state = 'received' AND reminded_at IS NULL;
CREATE TABLE impact (
  id            INTEGER PRIMARY KEY,
  ref           TEXT NOT NULL UNIQUE,
  state         TEXT NOT NULL,
  revision      INTEGER NOT NULL,
  seal_key      INTEGER NOT NULL,
  version       INTEGER NOT NULL,
  sealed_values BLOB,
  written_by    INTEGER REFERENCES person(id) NOT NULL,
  approved_by   INTEGER REFERENCES person(id),
  approved_at   INTEGER,
  reminded_at   INTEGER,
  updated_at    INTEGER NOT NULL,
  CHECK (approved_by IS NULL OR approved_by <> written_by)
) STRICT;
CREATE INDEX impact_writer ON impact (written_by);
CREATE INDEX impact_approver ON impact (approved_by);
CREATE INDEX impact_due ON impact (approved_at, id) WHERE state = 'APPROVED' AND reminded_at IS NULL;
CREATE TABLE impact_version (
  id            INTEGER PRIMARY KEY,
  impact_id     INTEGER REFERENCES impact(id) NOT NULL,
  version       INTEGER NOT NULL,
  sealed_values BLOB,
  written_by    INTEGER REFERENCES person(id) NOT NULL,
  approved_by   INTEGER REFERENCES person(id) NOT NULL,
  approved_at   INTEGER NOT NULL,
  UNIQUE (impact_id, version)
) STRICT;
CREATE INDEX impact_version_writer ON impact_version (written_by);
CREATE INDEX impact_version_approver ON impact_version (approved_by);

-- 0116 thread_mail
CREATE TABLE thread_address (
  id         INTEGER PRIMARY KEY,
  token      TEXT NOT NULL UNIQUE,
  person_id  INTEGER REFERENCES person(id) NOT NULL,
  machine    TEXT NOT NULL,
  subject_id INTEGER NOT NULL,
  audience   TEXT NOT NULL,
  seal_key   INTEGER NOT NULL,
  ref        TEXT NOT NULL,
  link       TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  warned_at  INTEGER,
  UNIQUE (machine, subject_id, audience, person_id)
) STRICT;
CREATE INDEX thread_address_person ON thread_address (person_id);
CREATE TABLE thread_mail (
  id         INTEGER PRIMARY KEY,
  address_id INTEGER REFERENCES thread_address(id) NOT NULL,
  message    TEXT NOT NULL,
  came_at    INTEGER NOT NULL,
  UNIQUE (address_id, message)
) STRICT;
CREATE INDEX thread_mail_came ON thread_mail (came_at);
CREATE TABLE thread_held (
  address_id  INTEGER REFERENCES thread_address(id) PRIMARY KEY,
  sealed_body BLOB NOT NULL,
  held_at     INTEGER NOT NULL
) STRICT;
CREATE INDEX thread_held_at ON thread_held (held_at);
ALTER TABLE message ADD COLUMN by_mail INTEGER NOT NULL DEFAULT FALSE;

-- 0117 sector
CREATE TABLE organisation_sector (
  organisation_id INTEGER REFERENCES organisation(id) NOT NULL,
  code            TEXT NOT NULL,
  chosen_by       INTEGER NOT NULL,
  chosen_at       INTEGER NOT NULL,
  PRIMARY KEY (organisation_id, code)
) STRICT, WITHOUT ROWID;
CREATE INDEX organisation_sector_code ON organisation_sector (code, organisation_id);
CREATE TABLE warning_aim_anew (
  id              INTEGER PRIMARY KEY,
  ref             TEXT NOT NULL UNIQUE,
  warning_id      INTEGER REFERENCES warning(id) NOT NULL,
  kind            TEXT NOT NULL CHECK (kind IN ('public', 'units', 'vendors', 'sector', 'organisation')),
  direction       TEXT NOT NULL,
  stars           INTEGER NOT NULL,
  product_id      INTEGER REFERENCES product(id),
  sealed_range    BLOB,
  organisation_id INTEGER REFERENCES organisation(id),
  added_by        INTEGER NOT NULL,
  added_at        INTEGER NOT NULL,
  used_at         INTEGER,
  sector          TEXT NOT NULL DEFAULT ''
) STRICT;
INSERT INTO warning_aim_anew
  SELECT id, ref, warning_id, kind, direction, stars, product_id, sealed_range, organisation_id, added_by, added_at, used_at, '' FROM warning_aim;
DROP TABLE warning_aim;
ALTER TABLE warning_aim_anew RENAME TO warning_aim;
CREATE INDEX warning_aim_warning ON warning_aim (warning_id, id);

-- 0118 warning_search
ALTER TABLE warning_publication ADD COLUMN position INTEGER NOT NULL DEFAULT 0;
ALTER TABLE warning_publication ADD COLUMN is_indexed INTEGER NOT NULL DEFAULT FALSE;
UPDATE warning_publication SET position = (published_at / 1000) * 1048576 + id % 1048576;
CREATE UNIQUE INDEX warning_publication_position ON warning_publication (position);
CREATE INDEX warning_publication_waiting ON warning_publication (id) WHERE is_indexed = FALSE AND withdrawn_at IS NULL;
CREATE VIRTUAL TABLE warning_search USING fts5(tokens, content='', columnsize=0, detail='none', tokenize='ascii tokenchars ''-._:''');

-- 0119 timestamp
ALTER TABLE internal_record ADD COLUMN stamped_at INTEGER;
ALTER TABLE internal_record ADD COLUMN sealed_stamp BLOB;
ALTER TABLE internal_record ADD COLUMN sealed_stamper BLOB;
ALTER TABLE internal_record ADD COLUMN idempotency TEXT;
CREATE UNIQUE INDEX internal_record_idempotency ON internal_record (idempotency) WHERE idempotency IS NOT NULL;

-- 0121 cover
CREATE TABLE cover_keep (
  id            INTEGER PRIMARY KEY,
  seal_key      INTEGER NOT NULL,
  place         TEXT NOT NULL,
  digest        TEXT NOT NULL,
  counts        TEXT NOT NULL,
  sealed_reason BLOB,
  person_id     INTEGER REFERENCES person(id),
  kept_at       INTEGER NOT NULL,
  UNIQUE (seal_key, place)
) STRICT;
CREATE INDEX cover_keep_person ON cover_keep (person_id);

-- 0122 privacy_more
ALTER TABLE privacy_correction ADD COLUMN reminded_at INTEGER;
CREATE INDEX privacy_correction_due ON privacy_correction (due_at, id) WHERE state = 'asked' AND reminded_at IS NULL;
CREATE TABLE privacy_export_part (
  id         INTEGER PRIMARY KEY,
  export_id  INTEGER REFERENCES privacy_export(id) NOT NULL,
  number     INTEGER NOT NULL,
  blob_id    INTEGER REFERENCES blob_file(id) NOT NULL,
  size_bytes INTEGER NOT NULL,
  UNIQUE (export_id, number)
) STRICT;
CREATE INDEX privacy_export_part_blob ON privacy_export_part (blob_id);
INSERT INTO privacy_export_part (export_id, number, blob_id, size_bytes) SELECT id, 1, blob_id, size_bytes FROM privacy_export WHERE blob_id IS NOT NULL;
CREATE TABLE privacy_handover (
  id           INTEGER PRIMARY KEY,
  ref          TEXT NOT NULL UNIQUE,
  person_id    INTEGER REFERENCES person(id) NOT NULL,
  successor_id INTEGER REFERENCES person(id) NOT NULL,
  sealed_note  BLOB,
  asked_at     INTEGER NOT NULL,
  ended_at     INTEGER,
  CHECK (person_id <> successor_id)
) STRICT;
CREATE UNIQUE INDEX privacy_handover_open ON privacy_handover (person_id) WHERE ended_at IS NULL;
CREATE INDEX privacy_handover_person ON privacy_handover (person_id);
CREATE INDEX privacy_handover_successor ON privacy_handover (successor_id);
CREATE INDEX privacy_handover_waiting ON privacy_handover (id) WHERE ended_at IS NULL;

-- 0123 delivery_work
ALTER TABLE delivery_letter ADD COLUMN partner_id INTEGER REFERENCES organisation (id);
UPDATE delivery_letter SET partner_id = (SELECT delivery.partner_id FROM delivery WHERE delivery.id = delivery_letter.delivery_id);
CREATE INDEX delivery_letter_partner ON delivery_letter (partner_id, outcome, id);
CREATE INDEX delivery_letter_outcome ON delivery_letter (outcome, id);

-- 0124 figure_anew
DELETE FROM figure_value;
UPDATE figure_progress SET next_day = -1;

-- 0125 dispute_file
CREATE TABLE dispute_file (
  id          INTEGER PRIMARY KEY,
  dispute_id  INTEGER REFERENCES dispute(id) NOT NULL UNIQUE,
  blob_id     INTEGER REFERENCES blob_file(id) NOT NULL,
  body_sha256 TEXT NOT NULL,
  made_at     INTEGER NOT NULL
) STRICT;
CREATE INDEX dispute_file_blob ON dispute_file (blob_id);
CREATE INDEX dispute_of_key ON dispute (seal_key);

-- 0127 figure_more
CREATE INDEX warning_recipient_due ON warning_recipient (due_at);
CREATE INDEX warning_recipient_signed ON warning_recipient (acknowledged_at) WHERE acknowledged_at IS NOT NULL;

-- 0128 figure_edition
CREATE TABLE figure_report_anew (
  id              INTEGER PRIMARY KEY,
  ref             TEXT NOT NULL UNIQUE,
  kind            TEXT NOT NULL CHECK (kind IN ('week', 'month', 'year', 'special')),
  start           INTEGER NOT NULL,
  state           TEXT NOT NULL,
  revision        INTEGER NOT NULL,
  seal_key        INTEGER NOT NULL,
  sealed_words_zh BLOB,
  sealed_words_en BLOB,
  reviewed_by     INTEGER NOT NULL,
  public_zh       TEXT,
  public_en       TEXT,
  issued_at       INTEGER,
  updated_at      INTEGER NOT NULL,
  last            INTEGER NOT NULL,
  is_inside       INTEGER NOT NULL,
  edition         INTEGER NOT NULL,
  is_public       INTEGER NOT NULL,
  writer_id       INTEGER NOT NULL
) STRICT;
INSERT INTO figure_report_anew SELECT id, ref, kind, start, state, revision, seal_key, sealed_words_zh, sealed_words_en, reviewed_by, public_zh,
  public_en, issued_at, updated_at, CASE kind WHEN 'week' THEN start + 6 WHEN 'year' THEN start + 11 ELSE start END, kind = 'week',
  CASE WHEN issued_at IS NULL THEN 0 ELSE 1 END, public_zh IS NOT NULL, 0 FROM figure_report;
DROP TABLE figure_report;
ALTER TABLE figure_report_anew RENAME TO figure_report;
CREATE UNIQUE INDEX figure_report_period ON figure_report (kind, start) WHERE state <> 'VOID' AND kind <> 'special';
CREATE INDEX figure_report_public ON figure_report (id) WHERE is_public;
CREATE TABLE figure_report_part (
  report_id INTEGER REFERENCES figure_report(id) NOT NULL,
  edition   INTEGER NOT NULL,
  section   TEXT NOT NULL,
  sealed_zh BLOB,
  sealed_en BLOB,
  public_zh TEXT,
  public_en TEXT,
  PRIMARY KEY (report_id, edition, section)
) STRICT, WITHOUT ROWID;
CREATE TABLE figure_report_edition (
  report_id   INTEGER REFERENCES figure_report(id) NOT NULL,
  n           INTEGER NOT NULL,
  reviewed_by INTEGER NOT NULL,
  issued_by   INTEGER NOT NULL,
  issued_at   INTEGER NOT NULL,
  PRIMARY KEY (report_id, n)
) STRICT, WITHOUT ROWID;
INSERT INTO figure_report_edition (report_id, n, reviewed_by, issued_by, issued_at)
SELECT id, 1, reviewed_by, 0, issued_at FROM figure_report WHERE issued_at IS NOT NULL;
INSERT INTO figure_report_part (report_id, edition, section, sealed_zh, sealed_en, public_zh, public_en)
SELECT r.id, e.n, 'summary', r.sealed_words_zh, r.sealed_words_en, CASE WHEN e.n = 1 THEN r.public_zh END, CASE WHEN e.n = 1 THEN r.public_en END
FROM figure_report r JOIN (SELECT 0 AS n UNION ALL SELECT 1) e ON e.n = 0 OR r.issued_at IS NOT NULL;
INSERT INTO figure_report_part (report_id, edition, section, public_zh, public_en)
SELECT r.id, e.n, s.tag, CASE WHEN e.n = 1 AND r.public_zh IS NOT NULL THEN '' END, CASE WHEN e.n = 1 AND r.public_en IS NOT NULL THEN '' END
FROM figure_report r JOIN (SELECT 0 AS n UNION ALL SELECT 1) e ON e.n = 0 OR r.issued_at IS NOT NULL
JOIN (SELECT 'counts' AS tag UNION ALL SELECT 'months' UNION ALL SELECT 'levels' UNION ALL SELECT 'kinds' UNION ALL SELECT 'products'
  UNION ALL SELECT 'classes' UNION ALL SELECT 'warnings' UNION ALL SELECT 'times' UNION ALL SELECT 'reviews' UNION ALL SELECT 'backlog'
  UNION ALL SELECT 'definitions') s ON 1 = 1;
ALTER TABLE figure_report DROP COLUMN sealed_words_zh;
ALTER TABLE figure_report DROP COLUMN sealed_words_en;
ALTER TABLE figure_report DROP COLUMN public_zh;
ALTER TABLE figure_report DROP COLUMN public_en;

-- 0129 org_name
CREATE TABLE organisation_name (
  organisation_id INTEGER REFERENCES organisation(id) NOT NULL,
  skeleton        TEXT NOT NULL,
  PRIMARY KEY (organisation_id, skeleton)
) STRICT, WITHOUT ROWID;
CREATE INDEX organisation_name_skeleton ON organisation_name (skeleton, organisation_id);

-- 0130 batch_personal
ALTER TABLE batch_row ADD COLUMN personal INTEGER NOT NULL DEFAULT 0;
CREATE INDEX batch_row_personal ON batch_row (batch_id, number) WHERE personal > 0;

-- ======== PostgreSQL

-- 0001 schema
CREATE TABLE schema_migration (
  number     BIGINT PRIMARY KEY,
  name       TEXT COLLATE "C" NOT NULL,
  checksum   TEXT COLLATE "C" NOT NULL,
  applied_at BIGINT NOT NULL
) ;

-- 0002 seal
CREATE TABLE matter_key (
  id           BIGINT PRIMARY KEY,
  generation   BIGINT,
  wrapped      BYTEA,
  created_at   BIGINT NOT NULL,
  destroyed_at BIGINT,
  CHECK ((wrapped IS NULL) = (generation IS NULL)),
  CHECK ((wrapped IS NULL) = (destroyed_at IS NOT NULL))
) ;
CREATE INDEX matter_key_by_generation ON matter_key (generation, id);
CREATE TABLE seal_generation (
  id     BIGINT PRIMARY KEY CHECK (id = 1),
  newest BIGINT NOT NULL
) ;
INSERT INTO seal_generation (id, newest) VALUES (1, 0);

-- 0003 blob
CREATE TABLE blob_file (
  id         BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  matter     BIGINT NOT NULL REFERENCES matter_key (id),
  name       TEXT COLLATE "C" NOT NULL UNIQUE,
  size       BIGINT NOT NULL CHECK (size >= 0),
  created_at BIGINT NOT NULL
) ;
CREATE INDEX blob_file_by_matter ON blob_file (matter);

-- 0004 ledger
CREATE TABLE ledger_event (
  id     BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  code   TEXT COLLATE "C" NOT NULL UNIQUE,
  at     BIGINT NOT NULL,
  kind   TEXT COLLATE "C" NOT NULL,
  ref    TEXT COLLATE "C" NOT NULL,
  action TEXT COLLATE "C" NOT NULL,
  actor  BIGINT NOT NULL,
  matter BIGINT NOT NULL REFERENCES matter_key (id),
  detail BYTEA NOT NULL
) ;
CREATE INDEX ledger_event_by_subject ON ledger_event (kind, ref, id);
CREATE INDEX ledger_event_by_action ON ledger_event (kind, ref, action, id);
CREATE INDEX ledger_event_by_actor ON ledger_event (actor, id);
CREATE INDEX ledger_event_by_kind ON ledger_event (kind, at, id);
CREATE INDEX ledger_event_by_word ON ledger_event (action, at, id);
CREATE INDEX ledger_event_by_time ON ledger_event (at, id);
CREATE TABLE ledger_leaf (
  id     BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  event  BIGINT NOT NULL UNIQUE REFERENCES ledger_event (id),
  hash   BYTEA NOT NULL,
  number BIGINT UNIQUE
) ;
CREATE INDEX ledger_leaf_waiting ON ledger_leaf (id) WHERE number IS NULL;
CREATE TABLE ledger_node (
  level BIGINT NOT NULL,
  place BIGINT NOT NULL,
  hash  BYTEA NOT NULL,
  PRIMARY KEY (level, place)
) ;
CREATE TABLE ledger_tree (
  id       BIGINT PRIMARY KEY CHECK (id = 1),
  size     BIGINT NOT NULL,
  frontier BYTEA,
  changes  BIGINT NOT NULL
) ;
INSERT INTO ledger_tree (id, size, changes) VALUES (1, 0, 0);
CREATE TABLE ledger_checkpoint (
  size BIGINT PRIMARY KEY,
  at   BIGINT NOT NULL,
  root BYTEA NOT NULL,
  note TEXT COLLATE "C" NOT NULL
) ;
CREATE TABLE ledger_change (
  id     BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  kind   TEXT COLLATE "C" NOT NULL,
  ref    TEXT COLLATE "C" NOT NULL,
  at     BIGINT NOT NULL,
  number BIGINT UNIQUE
) ;
CREATE INDEX ledger_change_waiting ON ledger_change (id) WHERE number IS NULL;

-- 0005 setting
CREATE TABLE setting (
  id         BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  name       TEXT COLLATE "C" NOT NULL UNIQUE,
  version    BIGINT NOT NULL CHECK (version > 0),
  value      TEXT COLLATE "C" NOT NULL
) ;
CREATE TABLE setting_version (
  id         BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  setting_id BIGINT REFERENCES setting(id) NOT NULL,
  version    BIGINT NOT NULL,
  value      TEXT COLLATE "C" NOT NULL,
  reason     TEXT COLLATE "C" NOT NULL,
  person_id  BIGINT,
  set_at     BIGINT NOT NULL,
  UNIQUE (setting_id, version)
) ;

-- 0006 job
CREATE TABLE job (
  id            BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref           TEXT COLLATE "C" NOT NULL UNIQUE,
  kind          TEXT COLLATE "C" NOT NULL,
  once_key      TEXT COLLATE "C" UNIQUE,
  payload       BYTEA,
  ready_at      BIGINT,
  fence         BIGINT NOT NULL,
  attempts      BIGINT NOT NULL,
  last_error    TEXT COLLATE "C",
  created_at    BIGINT NOT NULL
) ;
CREATE INDEX job_ready ON job (ready_at, id) WHERE ready_at IS NOT NULL;
CREATE INDEX job_dead ON job (id) WHERE ready_at IS NULL;

-- 0007 wordlist
CREATE TABLE word (
  id         BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  list       TEXT COLLATE "C" NOT NULL,
  code       TEXT COLLATE "C" NOT NULL,
  version    BIGINT NOT NULL CHECK (version > 0),
  text_zh    TEXT COLLATE "C" NOT NULL,
  text_en    TEXT COLLATE "C" NOT NULL,
  source_zh  TEXT COLLATE "C" NOT NULL,
  source_en  TEXT COLLATE "C" NOT NULL,
  is_retired BOOLEAN NOT NULL,
  reason     TEXT COLLATE "C" NOT NULL,
  person_id  BIGINT,
  set_at     BIGINT NOT NULL,
  UNIQUE (list, code, version)
) ;

-- 0030 outbox
CREATE TABLE outbox (
  id             BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref            TEXT COLLATE "C" NOT NULL UNIQUE,
  kind           TEXT COLLATE "C" NOT NULL CHECK (kind IN ('mail', 'sms')),
  state          TEXT COLLATE "C" NOT NULL CHECK (state IN ('waiting', 'sending', 'done', 'dead')),
  sealed_payload BYTEA,
  attempts       BIGINT NOT NULL,
  outcome        TEXT COLLATE "C",
  created_at     BIGINT NOT NULL,
  due_at         BIGINT NOT NULL,
  changed_at     BIGINT NOT NULL
) ;
CREATE INDEX outbox_state ON outbox (state, kind, due_at);

-- 0031 person
CREATE TABLE person (
  id              BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref             TEXT COLLATE "C" NOT NULL UNIQUE,
  state           TEXT COLLATE "C" NOT NULL CHECK (state IN ('unverified', 'checking', 'verified', 'returned', 'disabled')),
  mail_mac        TEXT COLLATE "C" NOT NULL UNIQUE,
  handle_mac      TEXT COLLATE "C" UNIQUE,
  seal_key        BIGINT NOT NULL,
  sealed_mail     BYTEA,
  sealed_handle   BYTEA,
  sealed_name     BYTEA,
  sealed_phone    BYTEA,
  sealed_identity BYTEA,
  sealed_reason   BYTEA,
  lang            TEXT COLLATE "C" NOT NULL,
  organisation_id BIGINT,
  created_at      BIGINT NOT NULL,
  changed_at      BIGINT NOT NULL,
  disabled_at     BIGINT,
  mail_failing_at BIGINT
) ;
CREATE INDEX person_mail_failing ON person (id) WHERE mail_failing_at IS NOT NULL;
CREATE INDEX person_state ON person (state, changed_at, id);
CREATE TABLE person_password (
  id         BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  person_id  BIGINT REFERENCES person(id) NOT NULL,
  hash       TEXT COLLATE "C" NOT NULL,
  set_at     BIGINT NOT NULL,
  is_current BOOLEAN NOT NULL
) ;
CREATE UNIQUE INDEX person_password_current ON person_password (person_id) WHERE is_current;
CREATE INDEX person_password_person ON person_password (person_id, id);
CREATE TABLE person_ticket (
  id          BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  token_hash  BYTEA NOT NULL UNIQUE,
  kind        TEXT COLLATE "C" NOT NULL CHECK (kind IN ('register', 'password', 'mail', 'enrol')),
  person_id   BIGINT REFERENCES person(id),
  sealed_mail BYTEA,
  lang        TEXT COLLATE "C" NOT NULL,
  created_at  BIGINT NOT NULL,
  expires_at  BIGINT NOT NULL,
  used_at     BIGINT
) ;
CREATE INDEX person_ticket_person ON person_ticket (person_id);
CREATE INDEX person_ticket_expiry ON person_ticket (expires_at);
CREATE TABLE person_totp (
  person_id     BIGINT PRIMARY KEY,
  sealed_secret BYTEA,
  last_step     BIGINT NOT NULL,
  confirmed_at  BIGINT,
  FOREIGN KEY (person_id) REFERENCES person (id)
) ;
CREATE TABLE person_recovery (
  id         BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  person_id  BIGINT REFERENCES person(id) NOT NULL,
  code_mac   TEXT COLLATE "C" NOT NULL,
  created_at BIGINT NOT NULL,
  used_at    BIGINT,
  UNIQUE (person_id, code_mac)
) ;
CREATE TABLE person_passkey (
  id            BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref           TEXT COLLATE "C" NOT NULL UNIQUE,
  person_id     BIGINT REFERENCES person(id) NOT NULL,
  credential_id BYTEA NOT NULL UNIQUE,
  algorithm     BIGINT NOT NULL,
  public_key    BYTEA NOT NULL,
  counter       BIGINT NOT NULL,
  name          TEXT COLLATE "C" NOT NULL,
  created_at    BIGINT NOT NULL,
  last_used_at  BIGINT
) ;
CREATE INDEX person_passkey_person ON person_passkey (person_id);
CREATE TABLE person_challenge (
  challenge  BYTEA PRIMARY KEY,
  expires_at BIGINT NOT NULL
) ;
CREATE INDEX person_challenge_expiry ON person_challenge (expires_at);
CREATE TABLE session (
  id             BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref            TEXT COLLATE "C" NOT NULL UNIQUE,
  token_hash     BYTEA NOT NULL UNIQUE,
  person_id      BIGINT REFERENCES person(id) NOT NULL,
  factor_at      BIGINT,
  waits          BOOLEAN NOT NULL,
  sealed_origin  BYTEA,
  created_at     BIGINT NOT NULL,
  seen_at        BIGINT NOT NULL,
  ended_at       BIGINT
) ;
CREATE INDEX session_person ON session (person_id, ended_at);
CREATE INDEX session_seen ON session (seen_at);
CREATE TABLE api_token (
  id           BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref          TEXT COLLATE "C" NOT NULL UNIQUE,
  token_hash   BYTEA NOT NULL UNIQUE,
  person_id    BIGINT REFERENCES person(id) NOT NULL,
  name         TEXT COLLATE "C" NOT NULL,
  scopes       BIGINT NOT NULL,
  has_factor   BOOLEAN NOT NULL,
  created_at   BIGINT NOT NULL,
  expires_at   BIGINT NOT NULL,
  last_used_at BIGINT,
  ended_at     BIGINT
) ;
CREATE INDEX api_token_person ON api_token (person_id, id);
CREATE TABLE login_failure (
  subject  TEXT COLLATE "C" PRIMARY KEY,
  failures BIGINT NOT NULL,
  last_at  BIGINT NOT NULL
) ;
CREATE INDEX login_failure_time ON login_failure (last_at);
CREATE TABLE person_office (
  person_id BIGINT PRIMARY KEY,
  office    TEXT COLLATE "C" NOT NULL CHECK (office IN ('system', 'security', 'audit', 'matters')),
  UNIQUE (person_id, office),
  FOREIGN KEY (person_id) REFERENCES person (id)
) ;
CREATE TABLE role_grant (
  id              BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref             TEXT COLLATE "C" NOT NULL UNIQUE,
  person_id       BIGINT REFERENCES person(id) NOT NULL,
  role            BIGINT NOT NULL,
  office          TEXT COLLATE "C",
  organisation_id BIGINT,
  from_at         BIGINT NOT NULL,
  until_at        BIGINT,
  ended_at        BIGINT,
  requested_by    BIGINT,
  approved_by     BIGINT,
  FOREIGN KEY (person_id, office) REFERENCES person_office (person_id, office),
  CHECK (requested_by IS NULL OR approved_by IS NULL OR requested_by <> approved_by),
  CHECK (approved_by IS NULL OR approved_by <> person_id),
  CHECK ((ended_at IS NOT NULL AND office IS NULL) OR (ended_at IS NULL AND (
    (role = 32768 AND office IS NOT NULL AND office = 'system') OR
    (role = 65536 AND office IS NOT NULL AND office = 'security') OR
    (role = 131072 AND office IS NOT NULL AND office = 'audit') OR
    (role IN (64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 524288, 1048576) AND office IS NOT NULL AND office = 'matters') OR
    (role IN (4, 8, 16, 32) AND office IS NULL))))
) ;
CREATE UNIQUE INDEX role_grant_running ON role_grant (person_id, role) WHERE ended_at IS NULL;
CREATE INDEX role_grant_person ON role_grant (person_id, id);
CREATE INDEX role_grant_role ON role_grant (role, ended_at);
CREATE TABLE role_request (
  id           BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref          TEXT COLLATE "C" NOT NULL UNIQUE,
  person_id    BIGINT REFERENCES person(id) NOT NULL,
  role         BIGINT NOT NULL,
  until_at     BIGINT,
  state        TEXT COLLATE "C" NOT NULL CHECK (state IN ('waiting', 'approved', 'refused')),
  requested_by BIGINT,
  requested_at BIGINT NOT NULL,
  decided_by   BIGINT,
  decided_at   BIGINT,
  CHECK (decided_by IS NULL OR requested_by IS NULL OR decided_by <> requested_by),
  CHECK (decided_by IS NULL OR decided_by <> person_id),
  CHECK (requested_by IS NULL OR requested_by <> person_id)
) ;
CREATE UNIQUE INDEX role_request_waiting ON role_request (person_id, role) WHERE state = 'waiting';
CREATE INDEX role_request_person ON role_request (person_id);
CREATE INDEX role_request_state ON role_request (state, id);
CREATE TABLE consent (
  id              BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  person_id       BIGINT REFERENCES person(id) NOT NULL,
  organisation_id BIGINT,
  document        TEXT COLLATE "C" NOT NULL,
  version         BIGINT NOT NULL,
  given_at        BIGINT NOT NULL,
  withdrawn_at    BIGINT
) ;
CREATE INDEX consent_person ON consent (person_id, id);
CREATE UNIQUE INDEX consent_version ON consent (person_id, document, version) WHERE withdrawn_at IS NULL;

-- 0032 org
CREATE TABLE organisation (
  id              BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref             TEXT COLLATE "C" NOT NULL UNIQUE,
  state           TEXT COLLATE "C" NOT NULL CHECK (state IN ('unverified', 'checking', 'verified', 'returned', 'merged')),
  name            TEXT COLLATE "C" NOT NULL,
  name_en         TEXT COLLATE "C" NOT NULL,
  credit_code     TEXT COLLATE "C" NOT NULL,
  wants           TEXT COLLATE "C" NOT NULL CHECK (wants IN ('vendor', 'unit', 'other')),
  domicile        TEXT COLLATE "C" NOT NULL,
  merged_into     BIGINT,
  seal_key        BIGINT NOT NULL,
  sealed_contact  BYTEA,
  sealed_reason   BYTEA,
  registered_by   BIGINT NOT NULL,
  created_at      BIGINT NOT NULL,
  changed_at      BIGINT NOT NULL
) ;
CREATE UNIQUE INDEX organisation_code ON organisation (credit_code) WHERE state = 'verified';
CREATE INDEX organisation_credit ON organisation (credit_code);
CREATE INDEX organisation_state ON organisation (state, changed_at, id);
CREATE TABLE organisation_paper (
  id              BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref             TEXT COLLATE "C" NOT NULL UNIQUE,
  organisation_id BIGINT REFERENCES organisation(id) NOT NULL,
  kind            TEXT COLLATE "C" NOT NULL CHECK (kind IN ('licence', 'authorisation')),
  blob_id         BIGINT REFERENCES blob_file(id) NOT NULL,
  sealed_name     BYTEA,
  size_bytes      BIGINT NOT NULL,
  added_by        BIGINT NOT NULL,
  added_at        BIGINT NOT NULL
) ;
CREATE INDEX organisation_paper_blob ON organisation_paper (blob_id);
CREATE INDEX organisation_paper_organisation ON organisation_paper (organisation_id, id);
CREATE TABLE membership (
  id              BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref             TEXT COLLATE "C" NOT NULL UNIQUE,
  organisation_id BIGINT REFERENCES organisation(id) NOT NULL,
  person_id       BIGINT REFERENCES person(id) NOT NULL,
  is_admin        BOOLEAN NOT NULL,
  from_at         BIGINT NOT NULL,
  ended_at        BIGINT
) ;
CREATE UNIQUE INDEX membership_person ON membership (person_id) WHERE ended_at IS NULL;
CREATE INDEX membership_history ON membership (person_id, id);
CREATE INDEX membership_organisation ON membership (organisation_id, ended_at, id);
CREATE TABLE invitation (
  id              BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref             TEXT COLLATE "C" NOT NULL UNIQUE,
  organisation_id BIGINT REFERENCES organisation(id) NOT NULL,
  is_admin        BOOLEAN NOT NULL,
  token_hash      BYTEA NOT NULL UNIQUE,
  sealed_mail     BYTEA,
  invited_by      BIGINT NOT NULL,
  created_at      BIGINT NOT NULL,
  expires_at      BIGINT NOT NULL,
  used_by         BIGINT,
  ended_at        BIGINT
) ;
CREATE INDEX invitation_organisation ON invitation (organisation_id, ended_at, id);
CREATE TABLE standing (
  id              BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  organisation_id BIGINT REFERENCES organisation(id) NOT NULL,
  kind            TEXT COLLATE "C" NOT NULL CHECK (kind IN ('unit', 'partner', 'vendor')),
  stars           BIGINT NOT NULL CHECK (stars BETWEEN 0 AND 5),
  from_at         BIGINT NOT NULL,
  until_at        BIGINT,
  suspended_at    BIGINT,
  ended_at        BIGINT
) ;
CREATE UNIQUE INDEX standing_running ON standing (organisation_id, kind) WHERE ended_at IS NULL;

-- 0033 notice
CREATE TABLE inbox (
  id         BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref        TEXT COLLATE "C" NOT NULL UNIQUE,
  person_id  BIGINT REFERENCES person(id) NOT NULL,
  kind       TEXT COLLATE "C" NOT NULL,
  subject    TEXT COLLATE "C" NOT NULL,
  link       TEXT COLLATE "C" NOT NULL,
  created_at BIGINT NOT NULL,
  read_at    BIGINT,
  in_list    BOOLEAN NOT NULL
) ;
CREATE INDEX inbox_person ON inbox (person_id, id);
CREATE INDEX inbox_unread ON inbox (person_id) WHERE read_at IS NULL;
CREATE INDEX inbox_list ON inbox (person_id, id) WHERE in_list;
CREATE TABLE notice_visitor (
  claim       BYTEA PRIMARY KEY,
  unsubscribe TEXT COLLATE "C" NOT NULL UNIQUE,
  sealed_mail BYTEA,
  lang        TEXT COLLATE "C" NOT NULL,
  created_at  BIGINT NOT NULL
) ;

-- 0034 calendar
CREATE TABLE calendar_key (
  person_id    BIGINT PRIMARY KEY,
  token_hash   BYTEA NOT NULL UNIQUE,
  has_factor   BOOLEAN NOT NULL,
  created_at   BIGINT NOT NULL,
  last_used_at BIGINT
) ;

-- 0035 notice_way
CREATE TABLE notice_way (
  person_id  BIGINT PRIMARY KEY,
  rhythm     TEXT COLLATE "C" NOT NULL CHECK (rhythm IN ('at-once', 'daily', 'weekly')),
  hour       BIGINT NOT NULL CHECK (hour BETWEEN 0 AND 23),
  weekday    BIGINT NOT NULL CHECK (weekday BETWEEN 1 AND 7),
  mails      BOOLEAN NOT NULL,
  list_at    BIGINT,
  changed_at BIGINT NOT NULL,
  FOREIGN KEY (person_id) REFERENCES person (id)
) ;
CREATE INDEX notice_way_list ON notice_way (list_at) WHERE list_at IS NOT NULL;
CREATE TABLE notice_message (
  message_id BIGINT PRIMARY KEY,
  person_id  BIGINT REFERENCES person(id) NOT NULL,
  channel    TEXT COLLATE "C" NOT NULL CHECK (channel IN ('mail', 'sms')),
  address    TEXT COLLATE "C" NOT NULL
) ;
CREATE INDEX notice_message_person ON notice_message (person_id);
CREATE TABLE notice_phone (
  person_id    BIGINT PRIMARY KEY,
  sealed_phone BYTEA NOT NULL,
  phone_mac    TEXT COLLATE "C" NOT NULL,
  verified_at  BIGINT,
  code_mac     TEXT COLLATE "C",
  code_at      BIGINT NOT NULL,
  tries        BIGINT NOT NULL,
  codes        BIGINT NOT NULL,
  codes_day    BIGINT NOT NULL,
  sent_at      BIGINT,
  arrived_at   BIGINT,
  failing_at   BIGINT,
  FOREIGN KEY (person_id) REFERENCES person (id)
) ;

-- 0036 workday
CREATE TABLE workday_year (
  id         BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  year       BIGINT NOT NULL,
  source     TEXT COLLATE "C" NOT NULL,
  spans      TEXT COLLATE "C" NOT NULL,
  entered_by BIGINT REFERENCES person(id),
  entered_at BIGINT NOT NULL
) ;
CREATE INDEX workday_year_year ON workday_year (year, id);
CREATE INDEX workday_year_person ON workday_year (entered_by);

-- 0039 product
CREATE TABLE product (
  id              BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref             TEXT COLLATE "C" NOT NULL UNIQUE,
  kind            TEXT COLLATE "C" NOT NULL CHECK (kind IN ('android', 'ios', 'harmonyos', 'mini-program', 'official-account', 'sdk', 'server')),
  state           TEXT COLLATE "C" NOT NULL CHECK (state IN ('stated', 'confirmed', 'merged')),
  is_public       BOOLEAN NOT NULL,
  name            TEXT COLLATE "C" NOT NULL,
  name_en         TEXT COLLATE "C" NOT NULL,
  vendor          TEXT COLLATE "C" NOT NULL,
  organisation_id BIGINT REFERENCES organisation(id),
  stated_for      BIGINT REFERENCES organisation(id),
  stated_by       BIGINT,
  merged_into     BIGINT REFERENCES product(id),
  created_at      BIGINT NOT NULL,
  changed_at      BIGINT NOT NULL,
  CHECK ((state = 'merged') = (merged_into IS NOT NULL)),
  CHECK (state <> 'confirmed' OR is_public)
) ;
CREATE INDEX product_state ON product (state, id);
CREATE INDEX product_organisation ON product (organisation_id, id) WHERE organisation_id IS NOT NULL;
CREATE INDEX product_stated_for ON product (stated_for, id) WHERE stated_for IS NOT NULL;
CREATE INDEX product_stated_by ON product (stated_by, id) WHERE stated_by IS NOT NULL;
CREATE INDEX product_merged ON product (merged_into) WHERE merged_into IS NOT NULL;
CREATE TABLE product_name (
  id         BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  product_id BIGINT REFERENCES product(id) NOT NULL,
  name       TEXT COLLATE "C" NOT NULL,
  skeleton   TEXT COLLATE "C" NOT NULL,
  is_current BOOLEAN NOT NULL,
  from_at    BIGINT NOT NULL,
  UNIQUE (product_id, name)
) ;
CREATE INDEX product_name_skeleton ON product_name (skeleton, product_id);
CREATE TABLE product_identity (
  id           BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref          TEXT COLLATE "C" NOT NULL UNIQUE,
  product_id   BIGINT REFERENCES product(id) NOT NULL,
  product_kind TEXT COLLATE "C" NOT NULL,
  kind         TEXT COLLATE "C" NOT NULL,
  value        TEXT COLLATE "C" NOT NULL,
  is_exclusive BOOLEAN NOT NULL,
  is_verified  BOOLEAN NOT NULL,
  added_at     BIGINT NOT NULL,
  UNIQUE (product_id, kind, value)
) ;
CREATE INDEX product_identity_value ON product_identity (kind, value, product_id);
CREATE UNIQUE INDEX product_identity_one ON product_identity (product_kind, kind, value) WHERE is_verified AND is_exclusive;
CREATE TABLE product_token (
  token      TEXT COLLATE "C" NOT NULL,
  product_id BIGINT REFERENCES product(id) NOT NULL,
  PRIMARY KEY (token, product_id)
) ;
CREATE INDEX product_token_product ON product_token (product_id);
CREATE VIEW product_reader AS
  SELECT p.id AS product_id, CASE WHEN p.is_public THEN 262211 ELSE 262208 END AS roles,
    CASE WHEN p.stated_for IS NULL THEN p.stated_by END AS person_id,
    coalesce(o.merged_into, p.organisation_id) AS owner_id, coalesce(s.merged_into, p.stated_for) AS stated_for_id
  FROM product p LEFT JOIN organisation o ON o.id = p.organisation_id LEFT JOIN organisation s ON s.id = p.stated_for;
CREATE TABLE product_release (
  id           BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref          TEXT COLLATE "C" NOT NULL UNIQUE,
  product_id   BIGINT REFERENCES product(id) NOT NULL,
  version_name TEXT COLLATE "C" NOT NULL,
  version_code BIGINT,
  since_at     BIGINT,
  added_at     BIGINT NOT NULL,
  CHECK (version_name <> '' OR since_at IS NOT NULL)
) ;
CREATE INDEX product_release_product ON product_release (product_id, id);
CREATE UNIQUE INDEX product_release_version ON product_release (product_id, version_name, coalesce(version_code, -1)) WHERE version_name <> '';
CREATE TABLE product_containment (
  id          BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref         TEXT COLLATE "C" NOT NULL UNIQUE,
  product_id  BIGINT REFERENCES product(id) NOT NULL,
  release_id  BIGINT REFERENCES product_release(id),
  part_id     BIGINT REFERENCES product(id) NOT NULL,
  version     TEXT COLLATE "C" NOT NULL,
  evidence    TEXT COLLATE "C" NOT NULL,
  declared_by BIGINT NOT NULL,
  declared_at BIGINT NOT NULL,
  ended_at    BIGINT,
  CHECK (product_id <> part_id)
) ;
CREATE INDEX product_containment_product ON product_containment (product_id, id);
CREATE INDEX product_containment_part ON product_containment (part_id, id);
CREATE TABLE product_claim (
  id              BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref             TEXT COLLATE "C" NOT NULL UNIQUE,
  product_id      BIGINT REFERENCES product(id) NOT NULL,
  organisation_id BIGINT REFERENCES organisation(id) NOT NULL,
  state           TEXT COLLATE "C" NOT NULL,
  revision        BIGINT NOT NULL,
  method          TEXT COLLATE "C" NOT NULL CHECK (method IN ('store', 'certificate', 'host', 'staff')),
  target          TEXT COLLATE "C" NOT NULL,
  token           TEXT COLLATE "C" NOT NULL,
  is_proven       BOOLEAN NOT NULL,
  fault           TEXT COLLATE "C" NOT NULL DEFAULT '',
  claimed_by      BIGINT NOT NULL,
  seal_key        BIGINT NOT NULL,
  sealed_note     BYTEA,
  sealed_decision BYTEA,
  claimed_at      BIGINT NOT NULL,
  changed_at      BIGINT NOT NULL
) ;
CREATE INDEX product_claim_product ON product_claim (product_id, id);
CREATE INDEX product_claim_organisation ON product_claim (organisation_id, id);
CREATE INDEX product_claim_state ON product_claim (state, id);
CREATE UNIQUE INDEX product_claim_granted ON product_claim (product_id) WHERE state = 'GRANTED';
CREATE UNIQUE INDEX product_claim_open ON product_claim (product_id, organisation_id) WHERE state IN ('OPEN', 'REVIEW');

-- 0040 work
CREATE TABLE clock (
  id          BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  machine     TEXT COLLATE "C" NOT NULL,
  subject_id  BIGINT NOT NULL,
  name        TEXT COLLATE "C" NOT NULL,
  rule        TEXT COLLATE "C" NOT NULL,
  limit_days  BIGINT NOT NULL,
  started_at  BIGINT NOT NULL,
  pauses      TEXT COLLATE "C" NOT NULL,
  paused_at   BIGINT,
  ended_at    BIGINT,
  overdue_at  BIGINT,
  due_at      BIGINT NOT NULL,
  provisional BOOLEAN NOT NULL,
  reminded    BIGINT NOT NULL DEFAULT 0
) ;
CREATE INDEX clock_subject ON clock (machine, subject_id);
CREATE INDEX clock_running ON clock (due_at) WHERE ended_at IS NULL AND paused_at IS NULL AND overdue_at IS NULL;
CREATE INDEX clock_open ON clock (id) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX clock_once ON clock (machine, subject_id, name) WHERE ended_at IS NULL;
CREATE TABLE assignment (
  id          BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  machine     TEXT COLLATE "C" NOT NULL,
  subject_id  BIGINT NOT NULL,
  part        TEXT COLLATE "C" NOT NULL,
  person_id   BIGINT NOT NULL,
  for_id      BIGINT,
  assigned_at BIGINT NOT NULL,
  ended_at    BIGINT
) ;
CREATE UNIQUE INDEX assignment_one ON assignment (machine, subject_id, part) WHERE ended_at IS NULL;
CREATE INDEX assignment_person ON assignment (person_id, machine) WHERE ended_at IS NULL;
CREATE INDEX assignment_for ON assignment (for_id, machine) WHERE for_id IS NOT NULL AND ended_at IS NULL;
CREATE TABLE draft (
  id            BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref           TEXT COLLATE "C" NOT NULL UNIQUE,
  form          TEXT COLLATE "C" NOT NULL,
  form_version  BIGINT NOT NULL,
  person_id     BIGINT,
  secret        TEXT COLLATE "C",
  seal_key      BIGINT NOT NULL,
  sealed_values BYTEA,
  updated_at    BIGINT NOT NULL,
  sent_machine  TEXT COLLATE "C",
  sent_subject  BIGINT,
  CHECK ((person_id IS NULL) <> (secret IS NULL))
) ;
CREATE INDEX draft_person ON draft (person_id, updated_at) WHERE sent_machine IS NULL;
CREATE UNIQUE INDEX draft_sent ON draft (sent_machine, sent_subject) WHERE sent_machine IS NOT NULL;
CREATE TABLE attachment (
  id                BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref               TEXT COLLATE "C" NOT NULL UNIQUE,
  kind              TEXT COLLATE "C" NOT NULL,
  subject_id        BIGINT NOT NULL,
  seal_key          BIGINT NOT NULL,
  person_id         BIGINT,
  sealed_name       BYTEA NOT NULL,
  sealed_sha256     BYTEA,
  sealed_inspection BYTEA,
  content_type      TEXT COLLATE "C" NOT NULL,
  size_bytes        BIGINT NOT NULL,
  received_bytes    BIGINT NOT NULL,
  is_finished       BOOLEAN NOT NULL,
  created_at        BIGINT NOT NULL
) ;
CREATE INDEX attachment_subject ON attachment (kind, subject_id, id);
CREATE TABLE attachment_part (
  attachment_id BIGINT REFERENCES attachment(id) NOT NULL,
  offset_bytes  BIGINT NOT NULL,
  size_bytes    BIGINT NOT NULL,
  blob_id       BIGINT REFERENCES blob_file(id) NOT NULL,
  PRIMARY KEY (attachment_id, offset_bytes)
) ;
CREATE INDEX attachment_part_blob ON attachment_part (blob_id);
CREATE TABLE thread (
  id         BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref        TEXT COLLATE "C" NOT NULL UNIQUE,
  machine    TEXT COLLATE "C" NOT NULL,
  subject_id BIGINT NOT NULL,
  audience   TEXT COLLATE "C" NOT NULL,
  seal_key   BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  UNIQUE (machine, subject_id, audience)
) ;
CREATE TABLE message (
  id          BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref         TEXT COLLATE "C" NOT NULL UNIQUE,
  thread_id   BIGINT REFERENCES thread(id) NOT NULL,
  person_id   BIGINT,
  sealed_body BYTEA,
  files       BIGINT NOT NULL,
  sent_at     BIGINT NOT NULL
) ;
CREATE INDEX message_thread ON message (thread_id, id);
CREATE TABLE read_mark (
  thread_id  BIGINT REFERENCES thread(id) NOT NULL,
  person_id  BIGINT NOT NULL,
  message_id BIGINT NOT NULL,
  PRIMARY KEY (thread_id, person_id)
) ;
CREATE INDEX read_mark_person ON read_mark (person_id);

-- 0041 report
CREATE TABLE report (
  id              BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref             TEXT COLLATE "C" NOT NULL UNIQUE,
  state           TEXT COLLATE "C" NOT NULL,
  revision        BIGINT NOT NULL,
  kind            TEXT COLLATE "C" NOT NULL CHECK (kind IN ('generic', 'incident')),
  class           TEXT COLLATE "C" NOT NULL,
  is_own          BOOLEAN NOT NULL,
  is_original     BOOLEAN NOT NULL,
  is_disclosed    BOOLEAN NOT NULL,
  reporter_id     BIGINT,
  organisation_id BIGINT,
  product_id      BIGINT,
  claim           TEXT COLLATE "C" UNIQUE,
  sender          TEXT COLLATE "C",
  suspect         TEXT COLLATE "C",
  idempotency     TEXT COLLATE "C" UNIQUE,
  content_digest  TEXT COLLATE "C" NOT NULL,
  draft_id        BIGINT UNIQUE,
  duplicate_of    BIGINT REFERENCES report(id),
  decided_by      BIGINT,
  reason          TEXT COLLATE "C",
  reason_version  BIGINT NOT NULL DEFAULT 0,
  form_version    BIGINT NOT NULL,
  seal_key        BIGINT NOT NULL,
  sealed_title    BYTEA,
  sealed_values   BYTEA,
  sealed_decision BYTEA,
  received_at     BIGINT NOT NULL,
  updated_at      BIGINT NOT NULL,
  CHECK (reporter_id IS NOT NULL OR claim IS NOT NULL)
) ;
CREATE INDEX report_reporter ON report (reporter_id, id);
CREATE INDEX report_duplicate ON report (duplicate_of) WHERE duplicate_of IS NOT NULL;
CREATE INDEX report_sender ON report (sender, received_at) WHERE sender IS NOT NULL;
CREATE INDEX report_content ON report (content_digest);
CREATE INDEX report_suspect ON report (state, id) WHERE suspect IS NOT NULL;
CREATE INDEX report_state ON report (state, id);
CREATE TABLE claim_failure (
  address  TEXT COLLATE "C" PRIMARY KEY NOT NULL,
  failures BIGINT NOT NULL,
  last_at  BIGINT NOT NULL
) ;
CREATE INDEX claim_failure_time ON claim_failure (last_at);
CREATE VIEW report_reader AS
  SELECT report.id AS report_id, CASE WHEN report.state <> 'DRAFT' THEN 64 ELSE 0 END AS roles, report.reporter_id AS person_id,
    CASE WHEN report.state = 'FORMAL_REVIEW' THEN reviewer.person_id END AS reviewer_id, report.claim AS claim
  FROM report
    LEFT JOIN assignment reviewer
      ON reviewer.machine = 'report' AND reviewer.subject_id = report.id AND reviewer.part = 'reviewer' AND reviewer.ended_at IS NULL;

-- 0042 casefile
CREATE TABLE casefile (
  id               BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref              TEXT COLLATE "C" NOT NULL UNIQUE,
  number           TEXT COLLATE "C" UNIQUE,
  state            TEXT COLLATE "C" NOT NULL,
  revision         BIGINT NOT NULL,
  is_incident      BOOLEAN NOT NULL,
  class            TEXT COLLATE "C" NOT NULL,
  technical_level  TEXT COLLATE "C",
  level            TEXT COLLATE "C",
  coordinator_id   BIGINT NOT NULL,
  verified_by      BIGINT,
  second_by        BIGINT,
  asked_by         BIGINT,
  approved_by      BIGINT,
  is_refuted       BOOLEAN NOT NULL,
  has_mitigation   BOOLEAN NOT NULL,
  has_public_text  BOOLEAN NOT NULL,
  advisory         TEXT COLLATE "C",
  emergency_at     BIGINT,
  emergency_due_at BIGINT,
  emergency_told_at BIGINT,
  public_since     BIGINT,
  escalated_at     BIGINT,
  merged_into      BIGINT,
  isolated_by      BIGINT,
  upstream_of      BIGINT,
  seal_key         BIGINT NOT NULL,
  sealed_title     BYTEA,
  sealed_public    BYTEA,
  opened_at        BIGINT NOT NULL,
  updated_at       BIGINT NOT NULL
) ;
CREATE INDEX casefile_state ON casefile (state, id);
CREATE INDEX casefile_merged ON casefile (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX casefile_upstream ON casefile (upstream_of) WHERE upstream_of IS NOT NULL;
CREATE INDEX casefile_emergency ON casefile (emergency_due_at) WHERE emergency_due_at IS NOT NULL AND emergency_told_at IS NULL;
CREATE INDEX casefile_escalated ON casefile (escalated_at, id) WHERE escalated_at IS NOT NULL;
CREATE TABLE casefile_report (
  casefile_id BIGINT REFERENCES casefile(id) NOT NULL,
  report_id   BIGINT REFERENCES report(id) NOT NULL UNIQUE,
  origin_id   BIGINT REFERENCES casefile(id) NOT NULL, -- the one it was attached to, before any merging
  PRIMARY KEY (casefile_id, report_id)
) ;
CREATE INDEX casefile_report_origin ON casefile_report (origin_id, report_id);
CREATE TABLE verification (
  id              BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref             TEXT COLLATE "C" NOT NULL UNIQUE,
  casefile_id     BIGINT REFERENCES casefile(id) NOT NULL,
  person_id       BIGINT NOT NULL,
  organisation_id BIGINT,
  verdict         TEXT COLLATE "C" NOT NULL CHECK (verdict IN ('reproduced', 'not-reproduced')),
  sealed_evidence BYTEA,
  decided_at      BIGINT NOT NULL
) ;
CREATE INDEX verification_casefile ON verification (casefile_id, id);
CREATE TABLE rating (
  id              BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref             TEXT COLLATE "C" NOT NULL UNIQUE,
  casefile_id     BIGINT REFERENCES casefile(id) NOT NULL,
  who             TEXT COLLATE "C" NOT NULL CHECK (who IN ('verifier', 'second', 'reporter', 'party')),
  person_id       BIGINT,
  organisation_id BIGINT,
  technical_level TEXT COLLATE "C" NOT NULL,
  level           TEXT COLLATE "C",
  sealed_vectors  BYTEA,
  rated_at        BIGINT NOT NULL
) ;
CREATE INDEX rating_casefile ON rating (casefile_id, id);
CREATE TABLE affected_part (
  id             BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref            TEXT COLLATE "C" NOT NULL UNIQUE,
  casefile_id    BIGINT REFERENCES casefile(id) NOT NULL,
  part           TEXT COLLATE "C" NOT NULL CHECK (part IN ('client', 'sdk', 'server')),
  sealed_details BYTEA,
  confirmed_by   BIGINT NOT NULL,
  confirmed_at   BIGINT NOT NULL
) ;
CREATE INDEX affected_part_casefile ON affected_part (casefile_id, id);
CREATE TABLE undertaking (
  casefile_id BIGINT REFERENCES casefile(id) NOT NULL,
  person_id   BIGINT NOT NULL,
  version     BIGINT NOT NULL,
  signed_at   BIGINT NOT NULL,
  PRIMARY KEY (casefile_id, person_id)
) ;
CREATE TABLE archive_counter (
  year    BIGINT PRIMARY KEY,
  given   BIGINT NOT NULL
) ;
CREATE VIEW casefile_reader AS
  SELECT casefile.id AS casefile_id,
    CASE WHEN casefile.state IN ('READY', 'PUBLISHED', 'TRACKING') OR (casefile.state = 'CLOSED' AND casefile.advisory IS NOT NULL) THEN 64 + 256 ELSE 64 END
      + CASE WHEN casefile.escalated_at IS NOT NULL AND casefile.state NOT IN ('ISOLATED', 'WIPED') THEN 8192 ELSE 0 END AS roles,
    CASE WHEN casefile.state IN ('VERIFYING', 'RATED') THEN first.person_id END AS person_id,
    CASE WHEN casefile.state = 'RATED' THEN second.person_id END AS second_id
  FROM casefile
    LEFT JOIN assignment first
      ON first.machine = 'casefile' AND first.subject_id = casefile.id AND first.part = 'verifier' AND first.ended_at IS NULL
    LEFT JOIN assignment second
      ON second.machine = 'casefile' AND second.subject_id = casefile.id AND second.part = 'second' AND second.ended_at IS NULL;

-- 0044 party
CREATE TABLE party (
  id                   BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref                  TEXT COLLATE "C" NOT NULL UNIQUE,
  casefile_id          BIGINT NOT NULL,
  origin_id            BIGINT NOT NULL,
  organisation_id      BIGINT REFERENCES organisation(id),
  product_id           BIGINT,
  state                TEXT COLLATE "C" NOT NULL,
  revision             BIGINT NOT NULL,
  step                 TEXT COLLATE "C" NOT NULL CHECK (step IN ('vendor', 'partner', 'authority')),
  step_at              BIGINT NOT NULL,
  is_own_report        BOOLEAN NOT NULL,
  is_service           BOOLEAN NOT NULL,
  is_own_provider      BOOLEAN NOT NULL,
  domicile             TEXT COLLATE "C",
  claim                TEXT COLLATE "C" UNIQUE,
  claimed_by           BIGINT,
  confirmed_by         BIGINT,
  position             TEXT COLLATE "C",
  has_fix              BOOLEAN NOT NULL,
  notified_at          BIGINT,
  notice_at            BIGINT,
  acknowledged_at      BIGINT,
  word_at              BIGINT,
  duty_due_at          BIGINT,
  duty_told            BIGINT NOT NULL,
  duty_reported_at     BIGINT,
  seal_key             BIGINT NOT NULL,
  sealed_name          BYTEA,
  sealed_product       BYTEA,
  sealed_contact       BYTEA,
  created_at           BIGINT NOT NULL,
  updated_at           BIGINT NOT NULL
) ;
CREATE INDEX party_casefile ON party (casefile_id, id);
CREATE INDEX party_organisation ON party (organisation_id, id);
CREATE INDEX party_state ON party (state, id);
CREATE INDEX party_duty ON party (duty_due_at) WHERE duty_due_at IS NOT NULL AND duty_reported_at IS NULL;
CREATE TABLE party_statement (
  id              BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref             TEXT COLLATE "C" NOT NULL UNIQUE,
  party_id        BIGINT REFERENCES party(id) NOT NULL,
  action          TEXT COLLATE "C" NOT NULL,
  form            TEXT COLLATE "C" NOT NULL,
  form_version    BIGINT NOT NULL,
  person_id       BIGINT,
  organisation_id BIGINT,
  sealed_values   BYTEA,
  stated_at       BIGINT NOT NULL
) ;
CREATE INDEX party_statement_party ON party_statement (party_id, id);
CREATE TABLE party_attempt (
  id           BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref          TEXT COLLATE "C" NOT NULL UNIQUE,
  party_id     BIGINT REFERENCES party(id) NOT NULL,
  step         TEXT COLLATE "C" NOT NULL,
  channel      TEXT COLLATE "C" NOT NULL,
  outcome      TEXT COLLATE "C" NOT NULL CHECK (outcome IN ('sent', 'delivered', 'reached', 'no-answer', 'failed')),
  message_id   BIGINT,
  person_id    BIGINT,
  sealed_words BYTEA,
  attempted_at BIGINT NOT NULL
) ;
CREATE INDEX party_attempt_party ON party_attempt (party_id, id);
CREATE INDEX party_attempt_sent ON party_attempt (message_id) WHERE outcome = 'sent';
CREATE TABLE party_line (
  id           BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref          TEXT COLLATE "C" NOT NULL UNIQUE,
  party_id     BIGINT REFERENCES party(id) NOT NULL,
  sealed_line  BYTEA,
  sealed_fixed BYTEA,
  fixed_at     BIGINT
) ;
CREATE INDEX party_line_party ON party_line (party_id, id);
CREATE TABLE party_copy (
  id           BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref          TEXT COLLATE "C" NOT NULL UNIQUE,
  statement_id BIGINT REFERENCES party_statement(id) NOT NULL,
  person_id    BIGINT NOT NULL,
  downloads    BIGINT NOT NULL,
  made_at      BIGINT NOT NULL,
  last_at      BIGINT NOT NULL,
  UNIQUE (statement_id, person_id)
) ;
CREATE INDEX organisation_merged ON organisation (merged_into) WHERE merged_into IS NOT NULL;
CREATE VIEW party_reader AS
  SELECT party.id AS party_id, 64 AS roles,
    CASE WHEN party.state <> 'WITHDRAWN' AND party.notified_at IS NOT NULL THEN party.organisation_id END AS organisation_id,
    CASE WHEN party.state = 'FIX_CHECK' THEN assignment.person_id END AS person_id
  FROM party LEFT JOIN assignment
    ON assignment.machine = 'party' AND assignment.subject_id = party.id AND assignment.part = 'verifier' AND assignment.ended_at IS NULL
  WHERE NOT EXISTS (SELECT 1 FROM casefile WHERE casefile.id = party.casefile_id AND casefile.state IN ('ISOLATED', 'WIPED'));

-- 0045 oversight
CREATE TABLE embargo (
  casefile_id   BIGINT REFERENCES casefile(id) NOT NULL PRIMARY KEY,
  n             BIGINT NOT NULL,
  state         TEXT COLLATE "C" NOT NULL CHECK (state IN ('PROPOSED', 'ACCEPTED', 'REVISED', 'EXPIRED', 'ENDED')),
  ends_at       BIGINT NOT NULL,
  zone          TEXT COLLATE "C" NOT NULL,
  proposed_by   BIGINT NOT NULL,
  proposed_at   BIGINT NOT NULL,
  sealed_reason BYTEA,
  ended_at      BIGINT
) ;
CREATE TABLE embargo_answer (
  id          BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref         TEXT COLLATE "C" NOT NULL UNIQUE,
  casefile_id BIGINT REFERENCES casefile(id) NOT NULL,
  n           BIGINT NOT NULL,
  answer      TEXT COLLATE "C" NOT NULL CHECK (answer IN ('accepted', 'revised', 'refused')),
  sealed_text BYTEA,
  party_id    BIGINT,
  report_id   BIGINT,
  recorded_by BIGINT NOT NULL,
  answered_at BIGINT NOT NULL
) ;
CREATE INDEX embargo_answer_casefile ON embargo_answer (casefile_id, id);
CREATE TABLE freeze_period (
  id         BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref        TEXT COLLATE "C" NOT NULL UNIQUE,
  name       TEXT COLLATE "C" NOT NULL,
  basis      TEXT COLLATE "C" NOT NULL,
  from_at    BIGINT NOT NULL,
  until_at   BIGINT NOT NULL,
  entered_by BIGINT NOT NULL,
  entered_at BIGINT NOT NULL,
  ended_by   BIGINT,
  ended_at   BIGINT,
  CHECK (from_at < until_at)
) ;
CREATE INDEX freeze_period_until ON freeze_period (until_at) WHERE ended_at IS NULL;
CREATE TABLE freeze_consent (
  casefile_id   BIGINT REFERENCES casefile(id) NOT NULL,
  freeze_id     BIGINT REFERENCES freeze_period(id) NOT NULL,
  sealed_text   BYTEA,
  recorded_by   BIGINT NOT NULL,
  recorded_at   BIGINT NOT NULL,
  PRIMARY KEY (casefile_id, freeze_id)
) ;
CREATE TABLE early_release (
  casefile_id         BIGINT REFERENCES casefile(id) NOT NULL PRIMARY KEY,
  ground              TEXT COLLATE "C" NOT NULL CHECK (ground IN ('consulted', 'silence')),
  consulted_by        BIGINT NOT NULL,
  consulted_at        BIGINT NOT NULL,
  sealed_consultation BYTEA,
  reported_at         BIGINT,
  sealed_reports      BYTEA,
  assessed_at         BIGINT,
  is_permitted        BOOLEAN NOT NULL,
  sealed_assessment   BYTEA,
  first_by            BIGINT,
  first_at            BIGINT,
  second_by           BIGINT,
  second_at           BIGINT
) ;
CREATE TABLE time_state (
  id         BIGINT PRIMARY KEY,
  highest_at BIGINT NOT NULL,
  stopped_at BIGINT,
  reason     TEXT COLLATE "C"
) ;
CREATE TABLE time_node (
  node    TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  wall_at BIGINT NOT NULL,
  boot_ms BIGINT NOT NULL
) ;
CREATE TABLE upward_report (
  id              BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref             TEXT COLLATE "C" NOT NULL UNIQUE,
  casefile_id     BIGINT REFERENCES casefile(id) NOT NULL,
  recipient       TEXT COLLATE "C" NOT NULL CHECK (recipient IN ('national-platform', 'cncert', 'notification-centre')),
  sealed_sent     BYTEA,
  sendings        BIGINT NOT NULL,
  sent_by         BIGINT NOT NULL,
  sent_at         BIGINT NOT NULL,
  next_at         BIGINT NOT NULL,
  sealed_answer   BYTEA,
  acknowledged_at BIGINT,
  UNIQUE (casefile_id, recipient)
) ;
CREATE INDEX upward_report_next ON upward_report (next_at) WHERE acknowledged_at IS NULL;

-- 0046 mark
CREATE TABLE copy_mark (
  id               BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  mark             BIGINT NOT NULL UNIQUE,
  kind             TEXT COLLATE "C" NOT NULL,
  subject_ref      TEXT COLLATE "C" NOT NULL,
  copy_ref         TEXT COLLATE "C" NOT NULL UNIQUE,
  person_id        BIGINT,
  seal_key         BIGINT NOT NULL,
  sealed_recipient BYTEA,
  made_at          BIGINT NOT NULL
) ;

-- 0047 supervision
CREATE TABLE advisory_proposal (
  id            BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref           TEXT COLLATE "C" NOT NULL UNIQUE,
  casefile_id   BIGINT REFERENCES casefile(id) NOT NULL,
  kind          TEXT COLLATE "C" NOT NULL CHECK (kind IN ('correction', 'withdrawal')),
  sealed_values BYTEA,
  proposed_by   BIGINT NOT NULL,
  proposed_at   BIGINT NOT NULL,
  decision      TEXT COLLATE "C" CHECK (decision IN ('approved', 'refused')),
  decided_by    BIGINT,
  decided_at    BIGINT,
  CHECK (decided_by IS NULL OR decided_by <> proposed_by)
) ;
CREATE UNIQUE INDEX advisory_proposal_waiting ON advisory_proposal (casefile_id) WHERE decided_at IS NULL;
CREATE TABLE instruction (
  id            BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref           TEXT COLLATE "C" NOT NULL UNIQUE,
  casefile_id   BIGINT REFERENCES casefile(id) NOT NULL,
  sealed_text   BYTEA,
  issued_by     BIGINT NOT NULL,
  issued_at     BIGINT NOT NULL,
  due_at        BIGINT NOT NULL,
  told_at       BIGINT,
  sealed_answer BYTEA,
  answered_by   BIGINT,
  answered_at   BIGINT,
  sealed_closing BYTEA,
  closed_by     BIGINT,
  closed_at     BIGINT
) ;
CREATE UNIQUE INDEX instruction_open ON instruction (casefile_id) WHERE closed_at IS NULL;
CREATE INDEX instruction_casefile ON instruction (casefile_id, id);
CREATE INDEX instruction_due ON instruction (due_at) WHERE answered_at IS NULL AND closed_at IS NULL AND told_at IS NULL;

-- 0048 letter
CREATE TABLE letter_template (
  id         BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  kind       TEXT COLLATE "C" NOT NULL,
  blob_id    BIGINT REFERENCES blob_file(id) NOT NULL,
  added_by   BIGINT NOT NULL,
  added_at   BIGINT NOT NULL
) ;
CREATE INDEX letter_template_kind ON letter_template (kind, id);
CREATE INDEX letter_template_blob ON letter_template (blob_id);
CREATE TABLE letter_count (
  kind TEXT COLLATE "C" NOT NULL,
  year BIGINT NOT NULL,
  last BIGINT NOT NULL,
  PRIMARY KEY (kind, year)
) ;
CREATE TABLE letter (
  id               BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref              TEXT COLLATE "C" NOT NULL UNIQUE,
  kind             TEXT COLLATE "C" NOT NULL,
  year             BIGINT NOT NULL,
  counted          BIGINT NOT NULL,
  number           TEXT COLLATE "C" NOT NULL UNIQUE,
  machine          TEXT COLLATE "C" NOT NULL,
  subject_id       BIGINT NOT NULL,
  matter           TEXT COLLATE "C" NOT NULL,
  seal_key         BIGINT NOT NULL,
  sealed_recipient BYTEA,
  word_blob        BIGINT REFERENCES blob_file(id) NOT NULL,
  page_blob        BIGINT REFERENCES blob_file(id) NOT NULL,
  has_seal         BOOLEAN NOT NULL,
  drafted_by       BIGINT NOT NULL,
  issued_by        BIGINT NOT NULL,
  issued_at        BIGINT NOT NULL,
  voided_by        BIGINT,
  voided_at        BIGINT,
  sealed_reason    BYTEA,
  UNIQUE (kind, year, counted),
  CHECK (issued_by <> drafted_by)
) ;
CREATE INDEX letter_kind ON letter (kind, id);
CREATE INDEX letter_subject ON letter (machine, subject_id, id);
CREATE INDEX letter_word ON letter (word_blob);
CREATE INDEX letter_page ON letter (page_blob);
CREATE TABLE letter_reading (
  id        BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  letter_id BIGINT REFERENCES letter(id) NOT NULL,
  person_id BIGINT NOT NULL,
  form      TEXT COLLATE "C" NOT NULL,
  at        BIGINT NOT NULL
) ;
CREATE INDEX letter_reading_letter ON letter_reading (letter_id, id);

-- 0049 interest
CREATE TABLE interest (
  id              BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref             TEXT COLLATE "C" NOT NULL UNIQUE,
  person_id       BIGINT REFERENCES person(id),
  declarer_id     BIGINT REFERENCES organisation(id),
  kind            TEXT COLLATE "C" NOT NULL CHECK (kind IN ('group', 'competitor', 'customer')),
  credit_code     TEXT COLLATE "C",
  product_id      BIGINT REFERENCES product(id),
  from_at         BIGINT NOT NULL,
  until_at        BIGINT,
  seal_key        BIGINT NOT NULL,
  sealed_evidence BYTEA,
  declared_by     BIGINT NOT NULL,
  declared_at     BIGINT NOT NULL,
  CHECK ((person_id IS NULL) <> (declarer_id IS NULL)),
  CHECK (credit_code IS NOT NULL OR product_id IS NOT NULL)
) ;
CREATE INDEX interest_person ON interest (person_id, id) WHERE person_id IS NOT NULL;
CREATE INDEX interest_declarer ON interest (declarer_id, id) WHERE declarer_id IS NOT NULL;
CREATE INDEX interest_code ON interest (credit_code) WHERE credit_code IS NOT NULL;
CREATE INDEX interest_product ON interest (product_id) WHERE product_id IS NOT NULL;

-- 0050 advisory
CREATE TABLE advisory (
  id           BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  position     BIGINT NOT NULL UNIQUE,
  identifier   TEXT COLLATE "C" NOT NULL,
  withdrawn    BOOLEAN NOT NULL,
  level        TEXT COLLATE "C" NOT NULL,
  published_at BIGINT NOT NULL,
  updated_at   BIGINT NOT NULL,
  title_zh     TEXT COLLATE "C" NOT NULL,
  title_en     TEXT COLLATE "C" NOT NULL,
  document     TEXT COLLATE "C" NOT NULL
) ;
CREATE TABLE advisory_identifier (
  identifier  TEXT COLLATE "C" PRIMARY KEY,
  advisory_id BIGINT REFERENCES advisory(id) NOT NULL
) ;
CREATE INDEX advisory_identifier_advisory ON advisory_identifier (advisory_id);
CREATE TABLE advisory_source (
  id          BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  advisory_id BIGINT REFERENCES advisory(id) NOT NULL,
  form        TEXT COLLATE "C" NOT NULL,
  number      TEXT COLLATE "C" NOT NULL,
  digest      TEXT COLLATE "C" NOT NULL,
  updated_at  BIGINT NOT NULL,
  is_current  BOOLEAN NOT NULL,
  packed      BYTEA NOT NULL,
  UNIQUE (number, form, digest)
) ;
CREATE INDEX advisory_source_advisory ON advisory_source (advisory_id);
CREATE TABLE advisory_revision (
  id          BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  advisory_id BIGINT REFERENCES advisory(id) NOT NULL,
  n           BIGINT NOT NULL,
  revised_at  BIGINT NOT NULL,
  author      TEXT COLLATE "C" NOT NULL,
  reason      TEXT COLLATE "C" NOT NULL,
  digest      TEXT COLLATE "C" NOT NULL,
  UNIQUE (advisory_id, n)
) ;
CREATE TABLE advisory_search (position BIGINT PRIMARY KEY, tokens TSVECTOR NOT NULL);
CREATE INDEX advisory_search_tokens ON advisory_search USING gin (tokens);
ALTER TABLE advisory_search ALTER COLUMN tokens SET STATISTICS 1000;

-- 0051 feed
CREATE TABLE import_file (
  digest      TEXT COLLATE "C" PRIMARY KEY,
  documents   BIGINT NOT NULL,
  refused     BIGINT NOT NULL,
  is_finished BOOLEAN NOT NULL,
  imported_at BIGINT NOT NULL
) ;

-- 0052 party_unreached
CREATE TABLE party_unreached (
  id         BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  party_id   BIGINT REFERENCES party(id) NOT NULL,
  person_id  BIGINT REFERENCES person(id) NOT NULL,
  message_id BIGINT,
  failing_at BIGINT
) ;
CREATE INDEX party_unreached_party ON party_unreached (party_id, person_id);
CREATE INDEX party_unreached_person ON party_unreached (person_id);

-- 0053 absence
CREATE TABLE absence (
  id         BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref        TEXT COLLATE "C" NOT NULL UNIQUE,
  person_id  BIGINT REFERENCES person(id) NOT NULL,
  deputy_id  BIGINT REFERENCES person(id),
  from_at    BIGINT NOT NULL,
  until_at   BIGINT NOT NULL,
  entered_by BIGINT REFERENCES person(id) NOT NULL,
  entered_at BIGINT NOT NULL,
  begun_at   BIGINT,
  ended_at   BIGINT,
  CHECK (from_at < until_at),
  CHECK (deputy_id IS NULL OR deputy_id <> person_id)
) ;
CREATE INDEX absence_person ON absence (person_id, id);
CREATE INDEX absence_deputy ON absence (deputy_id, id) WHERE deputy_id IS NOT NULL;
CREATE INDEX absence_ahead ON absence (from_at) WHERE begun_at IS NULL AND ended_at IS NULL;
CREATE INDEX absence_running ON absence (until_at) WHERE begun_at IS NOT NULL AND ended_at IS NULL;
CREATE VIEW standing_in AS
  SELECT person_id, deputy_id FROM absence WHERE begun_at IS NOT NULL AND ended_at IS NULL AND deputy_id IS NOT NULL;

-- 0054 related
CREATE TABLE casefile_relation (
  casefile_id BIGINT REFERENCES casefile(id) NOT NULL,
  other_id    BIGINT REFERENCES casefile(id) NOT NULL,
  related_by  BIGINT NOT NULL,
  related_at  BIGINT NOT NULL,
  PRIMARY KEY (casefile_id, other_id),
  CHECK (casefile_id < other_id)
) ;
CREATE INDEX casefile_relation_other ON casefile_relation (other_id);

-- 0055 isolation
CREATE VIEW isolated_matter AS
  SELECT 'report' AS machine, id AS subject_id FROM report WHERE state IN ('ISOLATED', 'WIPED')
  UNION ALL SELECT 'casefile', id FROM casefile WHERE state IN ('ISOLATED', 'WIPED')
  UNION ALL SELECT 'party', party.id FROM party JOIN casefile ON casefile.id = party.casefile_id WHERE casefile.state IN ('ISOLATED', 'WIPED');

-- 0056 report_review
CREATE TABLE report_review (
  id              BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref             TEXT COLLATE "C" NOT NULL UNIQUE,
  report_id       BIGINT REFERENCES report(id) NOT NULL,
  person_id       BIGINT NOT NULL,
  organisation_id BIGINT,
  version         BIGINT NOT NULL,
  signed_at       BIGINT NOT NULL,
  opinion         TEXT COLLATE "C" CHECK (opinion IN ('accept', 'ask', 'reject')),
  reason          TEXT COLLATE "C",
  reason_version  BIGINT NOT NULL DEFAULT 0,
  sealed_words    BYTEA,
  given_at        BIGINT,
  CHECK ((opinion IS NULL) = (given_at IS NULL))
) ;
CREATE INDEX report_review_report ON report_review (report_id, id);

-- 0057 alike
CREATE TABLE alike (
  id         BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  kind       TEXT COLLATE "C" NOT NULL,
  subject_id BIGINT NOT NULL,
  feature    BIGINT NOT NULL,
  key        BIGINT NOT NULL
) ;
CREATE INDEX alike_key ON alike (kind, key, subject_id);
CREATE INDEX alike_subject ON alike (kind, subject_id);

-- 0060 site
CREATE INDEX advisory_level ON advisory (withdrawn, level);

-- 0061 article
CREATE TABLE article (
  id            BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref           TEXT COLLATE "C" NOT NULL UNIQUE,
  kind          TEXT COLLATE "C" NOT NULL CHECK (kind IN ('notice', 'news', 'standard', 'download', 'question')),
  state         TEXT COLLATE "C" NOT NULL,
  revision      BIGINT NOT NULL,
  seal_key      BIGINT NOT NULL,
  writer_id     BIGINT REFERENCES person(id) NOT NULL,
  editor_id     BIGINT,
  approver_id   BIGINT,
  is_pinned     BOOLEAN NOT NULL,
  newest        BIGINT NOT NULL,
  public_number BIGINT,
  public_file   BIGINT,
  publish_at    BIGINT,
  published_at  BIGINT,
  changed_at    BIGINT,
  remark        TEXT COLLATE "C" NOT NULL,
  updated_at    BIGINT NOT NULL,
  CHECK (editor_id IS NULL OR editor_id <> writer_id),
  CHECK (approver_id IS NULL OR (approver_id <> writer_id AND approver_id <> editor_id))
) ;
CREATE INDEX article_public ON article (kind, is_pinned, published_at, id) WHERE public_number IS NOT NULL;
CREATE INDEX article_newest ON article (published_at, id) WHERE public_number IS NOT NULL;
CREATE INDEX article_due ON article (publish_at) WHERE state = 'APPROVED';
CREATE INDEX article_state ON article (state, id);
CREATE INDEX article_writer ON article (writer_id, id);
CREATE TABLE article_text (
  article_id BIGINT REFERENCES article(id) NOT NULL,
  number     BIGINT NOT NULL,
  author_id  BIGINT REFERENCES person(id) NOT NULL,
  at         BIGINT NOT NULL,
  title_zh   TEXT COLLATE "C" NOT NULL,
  title_en   TEXT COLLATE "C" NOT NULL,
  body_zh    TEXT COLLATE "C" NOT NULL,
  body_en    TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (article_id, number)
) ;
CREATE INDEX article_text_author ON article_text (author_id);
CREATE VIEW article_reader AS SELECT id AS article_id, 1064960 AS roles, writer_id AS person_id FROM article;

-- 0062 rule
CREATE TABLE rule_version (
  id          BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  name        TEXT COLLATE "C" NOT NULL,
  number      BIGINT NOT NULL CHECK (number > 1),
  state       TEXT COLLATE "C" NOT NULL CHECK (state IN ('proposed', 'in_force', 'refused')),
  text_zh     TEXT COLLATE "C" NOT NULL,
  text_en     TEXT COLLATE "C" NOT NULL,
  reason      TEXT COLLATE "C" NOT NULL,
  proposed_by BIGINT NOT NULL,
  proposed_at BIGINT NOT NULL,
  decided_by  BIGINT,
  decided_at  BIGINT,
  UNIQUE (name, number),
  CHECK (decided_by IS NULL OR decided_by <> proposed_by),
  CHECK ((state = 'proposed') = (decided_at IS NULL))
) ;
CREATE UNIQUE INDEX rule_version_open ON rule_version (name) WHERE state = 'proposed';
CREATE TABLE rule_filing (
  name      TEXT COLLATE "C" NOT NULL,
  number    BIGINT NOT NULL,
  filed_on  TEXT COLLATE "C" NOT NULL,
  person_id BIGINT NOT NULL,
  at        BIGINT NOT NULL,
  PRIMARY KEY (name, number)
) ;

-- 0063 complaint
CREATE TABLE complaint (
  id             BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref            TEXT COLLATE "C" NOT NULL UNIQUE,
  once           TEXT COLLATE "C" NOT NULL UNIQUE,
  kind           TEXT COLLATE "C" NOT NULL,
  claim          TEXT COLLATE "C" NOT NULL UNIQUE,
  sender         TEXT COLLATE "C",
  person_id      BIGINT REFERENCES person(id),
  seal_key       BIGINT NOT NULL,
  sealed_text    BYTEA,
  sealed_contact BYTEA,
  state          TEXT COLLATE "C" NOT NULL CHECK (state IN ('received', 'answered')),
  received_at    BIGINT NOT NULL,
  due_at         BIGINT NOT NULL,
  sealed_answer  BYTEA,
  answered_by    BIGINT REFERENCES person(id),
  answered_at    BIGINT,
  CHECK ((state = 'answered') = (answered_at IS NOT NULL))
) ;
CREATE INDEX complaint_state ON complaint (state, id);
CREATE INDEX complaint_sender ON complaint (sender, received_at);
CREATE INDEX complaint_person ON complaint (person_id);
CREATE INDEX complaint_answerer ON complaint (answered_by);

-- 0064 merit
CREATE TABLE merit_rule (
  id          BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  number      BIGINT NOT NULL UNIQUE CHECK (number > 1),
  state       TEXT COLLATE "C" NOT NULL CHECK (state IN ('proposed', 'in_force', 'refused')),
  rows        TEXT COLLATE "C" NOT NULL,
  stars       TEXT COLLATE "C" NOT NULL,
  reason      TEXT COLLATE "C" NOT NULL,
  from_at     BIGINT NOT NULL,
  proposed_by BIGINT NOT NULL,
  proposed_at BIGINT NOT NULL,
  decided_by  BIGINT,
  decided_at  BIGINT,
  CHECK (decided_by IS NULL OR decided_by <> proposed_by),
  CHECK ((state = 'proposed') = (decided_at IS NULL))
) ;
CREATE UNIQUE INDEX merit_rule_open ON merit_rule (state) WHERE state = 'proposed';
CREATE TABLE merit_entry (
  id              BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref             TEXT COLLATE "C" NOT NULL UNIQUE,
  kind            TEXT COLLATE "C" NOT NULL,
  subject         TEXT COLLATE "C" NOT NULL,
  event           TEXT COLLATE "C" NOT NULL,
  source          TEXT COLLATE "C" NOT NULL,
  code            TEXT COLLATE "C" NOT NULL,
  rule            BIGINT NOT NULL,
  holder          TEXT COLLATE "C" NOT NULL,
  organisation_id BIGINT NOT NULL,
  person_id       BIGINT NOT NULL,
  turn            BIGINT NOT NULL CHECK (turn >= 0),
  points          BIGINT NOT NULL,
  month           BIGINT NOT NULL,
  at              BIGINT NOT NULL,
  shown           TEXT COLLATE "C" NOT NULL,
  made_at         BIGINT NOT NULL,
  record          TEXT COLLATE "C" NOT NULL,
  event_id        BIGINT NOT NULL,
  UNIQUE (code, source, holder, turn),
  CHECK ((points < 0) = (turn % 2 = 1))
) ;
CREATE INDEX merit_entry_subject ON merit_entry (kind, subject, id);
CREATE INDEX merit_entry_organisation ON merit_entry (organisation_id, month, id) WHERE organisation_id <> 0;
CREATE INDEX merit_entry_person ON merit_entry (person_id, month, id) WHERE person_id <> 0;
CREATE TABLE merit_cursor (
  id       BIGINT PRIMARY KEY CHECK (id = 1),
  number   BIGINT NOT NULL,
  kind     TEXT COLLATE "C" NOT NULL,
  subject  TEXT COLLATE "C" NOT NULL,
  swept_at BIGINT NOT NULL
) ;
INSERT INTO merit_cursor (id, number, kind, subject, swept_at) VALUES (1, -1, '', '', 0);
CREATE TABLE deed (
  id              BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref             TEXT COLLATE "C" NOT NULL UNIQUE,
  state           TEXT COLLATE "C" NOT NULL,
  revision        BIGINT NOT NULL,
  seal_key        BIGINT NOT NULL,
  organisation_id BIGINT REFERENCES organisation(id) NOT NULL,
  code            TEXT COLLATE "C" NOT NULL,
  done_at         BIGINT NOT NULL,
  stated_by       BIGINT NOT NULL,
  decided_by      BIGINT NOT NULL,
  is_entered      BOOLEAN NOT NULL,
  sealed_values   BYTEA NOT NULL,
  sealed_reason   BYTEA,
  stated_at       BIGINT NOT NULL,
  updated_at      BIGINT NOT NULL
) ;
CREATE INDEX deed_state ON deed (state, id);
CREATE INDEX deed_organisation ON deed (organisation_id, id);

-- 0070 desk
CREATE TABLE desk_mark (
  person_id BIGINT NOT NULL PRIMARY KEY,
  seen_at   BIGINT NOT NULL
) ;
CREATE INDEX clock_due ON clock (machine, due_at, id) WHERE ended_at IS NULL AND paused_at IS NULL;

-- 0071 letter_draft
CREATE TABLE letter_draft (
  id            BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref           TEXT COLLATE "C" NOT NULL UNIQUE,
  kind          TEXT COLLATE "C" NOT NULL,
  machine       TEXT COLLATE "C" NOT NULL,
  subject_id    BIGINT NOT NULL,
  matter        TEXT COLLATE "C" NOT NULL,
  seal_key      BIGINT NOT NULL,
  sealed_order  BYTEA,
  wants_seal    BOOLEAN NOT NULL,
  state         TEXT COLLATE "C" NOT NULL CHECK (state IN ('waiting', 'issued', 'refused', 'withdrawn')),
  drafted_by    BIGINT REFERENCES person(id) NOT NULL,
  drafted_at    BIGINT NOT NULL,
  decided_by    BIGINT REFERENCES person(id),
  decided_at    BIGINT,
  sealed_reason BYTEA,
  letter_id     BIGINT REFERENCES letter(id),
  CHECK (state = 'withdrawn' OR decided_by IS NULL OR decided_by <> drafted_by),
  CHECK ((state = 'issued') = (letter_id IS NOT NULL))
) ;
CREATE INDEX letter_draft_state ON letter_draft (state, id);
CREATE INDEX letter_draft_subject ON letter_draft (machine, subject_id, id);
CREATE INDEX letter_draft_drafter ON letter_draft (drafted_by);
CREATE INDEX letter_draft_decider ON letter_draft (decided_by);
CREATE INDEX letter_draft_letter ON letter_draft (letter_id);
CREATE TABLE letter_seal (
  id       BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  blob_id  BIGINT REFERENCES blob_file(id) NOT NULL,
  added_by BIGINT REFERENCES person(id) NOT NULL,
  added_at BIGINT NOT NULL
) ;
CREATE INDEX letter_seal_blob ON letter_seal (blob_id);
CREATE INDEX letter_seal_person ON letter_seal (added_by);

-- 0080 round
CREATE TABLE selection_round (
  id           BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref          TEXT COLLATE "C" NOT NULL UNIQUE,
  code         TEXT COLLATE "C" NOT NULL UNIQUE,
  state        TEXT COLLATE "C" NOT NULL,
  revision     BIGINT NOT NULL,
  seal_key     BIGINT NOT NULL,
  writer_id    BIGINT REFERENCES person(id) NOT NULL,
  head         TEXT COLLATE "C" NOT NULL,
  rules        TEXT COLLATE "C" NOT NULL,
  rules_sha256 TEXT COLLATE "C" NOT NULL,
  rehearsed    TEXT COLLATE "C" NOT NULL,
  reason       TEXT COLLATE "C" NOT NULL,
  opens_at     BIGINT,
  closes_at    BIGINT,
  ends_at      BIGINT,
  published_at BIGINT,
  updated_at   BIGINT NOT NULL
) ;
CREATE INDEX selection_round_public ON selection_round (id) WHERE published_at IS NOT NULL;
CREATE INDEX selection_round_state ON selection_round (state, id);
CREATE INDEX selection_round_writer ON selection_round (writer_id);
CREATE TABLE round_item (
  id        BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref       TEXT COLLATE "C" NOT NULL UNIQUE,
  round_id  BIGINT REFERENCES selection_round(id) NOT NULL,
  kind      TEXT COLLATE "C" NOT NULL CHECK (kind IN ('direction', 'criterion', 'star', 'field')),
  content   TEXT COLLATE "C" NOT NULL
) ;
CREATE INDEX round_item_round ON round_item (round_id, id);

-- 0081 application
CREATE TABLE application (
  id              BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref             TEXT COLLATE "C" NOT NULL UNIQUE,
  round_id        BIGINT REFERENCES selection_round(id) NOT NULL,
  direction       TEXT COLLATE "C" NOT NULL,
  organisation_id BIGINT REFERENCES organisation(id) NOT NULL,
  state           TEXT COLLATE "C" NOT NULL,
  revision        BIGINT NOT NULL,
  seal_key        BIGINT NOT NULL,
  writer_id       BIGINT REFERENCES person(id) NOT NULL,
  sealed_values   BYTEA,
  sealed_marks    BYTEA,
  sealed_paper    BYTEA,
  hash            TEXT COLLATE "C",
  sha256          TEXT COLLATE "C",
  version         BIGINT NOT NULL,
  returns         BIGINT NOT NULL,
  checked_by      BIGINT,
  is_check_good   BOOLEAN NOT NULL,
  decided_by      BIGINT,
  appeal_until    BIGINT,
  paper           TEXT COLLATE "C" NOT NULL CHECK (paper IN ('none', 'awaited', 'sent', 'received', 'matched', 'mismatch', 'late')),
  is_newcomer     BOOLEAN NOT NULL,
  lodged_at       BIGINT,
  submitted_at    BIGINT,
  created_at      BIGINT NOT NULL,
  updated_at      BIGINT NOT NULL
) ;
CREATE INDEX application_round ON application (round_id, state, id);
CREATE INDEX application_organisation ON application (organisation_id, id);
CREATE INDEX application_writer ON application (writer_id);
CREATE INDEX application_state ON application (state, id);
CREATE UNIQUE INDEX application_living ON application (round_id, direction, organisation_id) WHERE state NOT IN ('LAPSED', 'WITHDRAWN');
CREATE TABLE application_version (
  id             BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref            TEXT COLLATE "C" NOT NULL UNIQUE,
  application_id BIGINT REFERENCES application(id) NOT NULL,
  version        BIGINT NOT NULL,
  sealed_values  BYTEA,
  sealed_files   BYTEA,
  sha256         TEXT COLLATE "C" NOT NULL,
  person_id      BIGINT,
  made_at        BIGINT NOT NULL,
  UNIQUE (application_id, version)
) ;
CREATE TABLE application_statement (
  id             BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref            TEXT COLLATE "C" NOT NULL UNIQUE,
  application_id BIGINT REFERENCES application(id) NOT NULL,
  action         TEXT COLLATE "C" NOT NULL,
  person_id      BIGINT,
  is_applicants  BOOLEAN NOT NULL,
  sealed_values  BYTEA,
  stated_at      BIGINT NOT NULL
) ;
CREATE INDEX application_statement_application ON application_statement (application_id, id);
CREATE VIEW application_reader AS
  SELECT application.id AS application_id, coalesce(organisation.merged_into, organisation.id) AS organisation_id,
    CASE WHEN application.lodged_at IS NOT NULL THEN 5120 ELSE 0 END AS roles
  FROM application JOIN organisation ON organisation.id = application.organisation_id;
CREATE INDEX standing_organisation ON standing (organisation_id, kind);

-- 0082 application_figures
CREATE INDEX report_organisation ON report (organisation_id) WHERE organisation_id IS NOT NULL;
CREATE INDEX verification_organisation ON verification (organisation_id) WHERE organisation_id IS NOT NULL;

-- 0083 evaluation
CREATE TABLE evaluation (
  id          BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref         TEXT COLLATE "C" NOT NULL UNIQUE,
  state       TEXT COLLATE "C" NOT NULL,
  revision    BIGINT NOT NULL,
  seal_key    BIGINT NOT NULL,
  year        BIGINT NOT NULL,
  rule        BIGINT NOT NULL,
  opened_by   BIGINT NOT NULL,
  proposed_by BIGINT NOT NULL,
  form_values TEXT COLLATE "C" NOT NULL,
  updated_at  BIGINT NOT NULL
) ;
CREATE UNIQUE INDEX evaluation_year ON evaluation (year) WHERE state <> 'DROPPED';
CREATE TABLE evaluation_line (
  id              BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  evaluation_id   BIGINT REFERENCES evaluation(id) NOT NULL,
  unit_ref        TEXT COLLATE "C" NOT NULL,
  organisation_id BIGINT REFERENCES organisation(id) NOT NULL,
  direction       TEXT COLLATE "C" NOT NULL,
  points          BIGINT NOT NULL,
  last_at         BIGINT NOT NULL,
  stars_before    BIGINT NOT NULL,
  stars_after     BIGINT NOT NULL,
  decision        TEXT COLLATE "C" NOT NULL,
  left_out        TEXT COLLATE "C" NOT NULL,
  outcome         TEXT COLLATE "C" NOT NULL CHECK (outcome IN ('', 'entered', 'done', 'failed')),
  UNIQUE (evaluation_id, unit_ref)
) ;
CREATE INDEX evaluation_line_organisation ON evaluation_line (organisation_id);

-- 0084 honour
CREATE TABLE honour_list (
  id          BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref         TEXT COLLATE "C" NOT NULL UNIQUE,
  state       TEXT COLLATE "C" NOT NULL,
  revision    BIGINT NOT NULL,
  seal_key    BIGINT NOT NULL,
  year        BIGINT NOT NULL,
  proposed_by BIGINT NOT NULL,
  letter      TEXT COLLATE "C" NOT NULL,
  letter_on   TEXT COLLATE "C" NOT NULL,
  award       TEXT COLLATE "C" NOT NULL,
  award_on    TEXT COLLATE "C" NOT NULL,
  updated_at  BIGINT NOT NULL
) ;
CREATE UNIQUE INDEX honour_list_year ON honour_list (year) WHERE state <> 'DROPPED';
CREATE TABLE honour (
  id              BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref             TEXT COLLATE "C" NOT NULL UNIQUE,
  list_id         BIGINT REFERENCES honour_list(id) NOT NULL,
  code            TEXT COLLATE "C" NOT NULL,
  place           BIGINT NOT NULL,
  organisation_id BIGINT REFERENCES organisation(id) NOT NULL,
  points          BIGINT NOT NULL,
  struck          TEXT COLLATE "C" NOT NULL,
  UNIQUE (list_id, code, organisation_id)
) ;
CREATE INDEX honour_organisation ON honour (organisation_id, id);

-- 0085 expert
CREATE TABLE expert (
  id             BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref            TEXT COLLATE "C" NOT NULL UNIQUE,
  person_id      BIGINT REFERENCES person(id) NOT NULL UNIQUE,
  state          TEXT COLLATE "C" NOT NULL,
  revision       BIGINT NOT NULL,
  seal_key       BIGINT NOT NULL,
  sealed_profile BYTEA NOT NULL,
  sealed_reason  BYTEA,
  served         BIGINT NOT NULL,
  declined       BIGINT NOT NULL,
  absent         BIGINT NOT NULL,
  created_at     BIGINT NOT NULL,
  updated_at     BIGINT NOT NULL
) ;
CREATE INDEX expert_state ON expert (state, id);
CREATE TABLE expert_relation (
  id             BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref            TEXT COLLATE "C" NOT NULL UNIQUE,
  expert_id      BIGINT REFERENCES expert(id) NOT NULL,
  sealed_content BYTEA NOT NULL,
  declared_at    BIGINT NOT NULL,
  removed_at     BIGINT
) ;
CREATE INDEX expert_relation_expert ON expert_relation (expert_id, id);

-- 0086 panel
CREATE TABLE panel_draw (
  id                 BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  round_id           BIGINT REFERENCES selection_round(id) NOT NULL UNIQUE,
  seal_key           BIGINT NOT NULL,
  root               TEXT COLLATE "C" NOT NULL,
  size               BIGINT NOT NULL,
  source             TEXT COLLATE "C" NOT NULL,
  source_at          BIGINT NOT NULL,
  frozen_by          BIGINT NOT NULL,
  frozen_at          BIGINT NOT NULL,
  entered            TEXT COLLATE "C",
  entered_by         BIGINT,
  value              TEXT COLLATE "C",
  confirmed_by       BIGINT,
  drawn_at           BIGINT,
  seed               TEXT COLLATE "C",
  permutation_sha256 TEXT COLLATE "C",
  public_key         TEXT COLLATE "C",
  key_by             BIGINT,
  rehearsed_at       BIGINT,
  opened_at          BIGINT,
  locked_at          BIGINT,
  published_at       BIGINT,
  sealed_minutes     BYTEA
) ;
CREATE INDEX panel_draw_locked ON panel_draw (locked_at) WHERE locked_at IS NOT NULL AND published_at IS NULL;
CREATE TABLE panel_share (
  id           BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  draw_id      BIGINT REFERENCES panel_draw(id) NOT NULL,
  name         TEXT COLLATE "C" NOT NULL CHECK (name IN ('office', 'supervisor', 'envelope')),
  sealed_share BYTEA,
  taken_by     BIGINT,
  taken_at     BIGINT,
  UNIQUE (draw_id, name)
) ;
CREATE TABLE panel_leaf (
  id             BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  draw_id        BIGINT REFERENCES panel_draw(id) NOT NULL,
  place          BIGINT NOT NULL,
  leaf           TEXT COLLATE "C" NOT NULL,
  specialty      BIGINT NOT NULL,
  grouping       TEXT COLLATE "C" NOT NULL,
  expert_id      BIGINT REFERENCES expert(id) NOT NULL,
  sealed_opening BYTEA NOT NULL,
  UNIQUE (draw_id, place)
) ;
CREATE INDEX panel_leaf_expert ON panel_leaf (expert_id);
CREATE TABLE panel (
  id               BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref              TEXT COLLATE "C" NOT NULL UNIQUE,
  draw_id          BIGINT REFERENCES panel_draw(id) NOT NULL,
  direction        TEXT COLLATE "C" NOT NULL,
  commitment       TEXT COLLATE "C" NOT NULL,
  sealed_conflicts BYTEA NOT NULL,
  quorum           BIGINT,
  UNIQUE (draw_id, direction)
) ;
CREATE TABLE panel_entry (
  id               BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  panel_id         BIGINT REFERENCES panel(id) NOT NULL,
  application_id   BIGINT REFERENCES application(id) NOT NULL UNIQUE,
  place            BIGINT NOT NULL,
  contribution     BIGINT NOT NULL,
  sealed_objective BYTEA,
  objective_by     BIGINT
) ;
CREATE INDEX panel_entry_panel ON panel_entry (panel_id, id);
CREATE TABLE panel_seat (
  id        BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  panel_id  BIGINT REFERENCES panel(id) NOT NULL,
  place     BIGINT NOT NULL,
  position  BIGINT NOT NULL,
  expert_id BIGINT REFERENCES expert(id) NOT NULL,
  code      TEXT COLLATE "C" NOT NULL CHECK (code IN ('taken', 'alternate', 'out')),
  seated_at BIGINT NOT NULL,
  UNIQUE (panel_id, expert_id)
) ;
CREATE INDEX panel_seat_expert ON panel_seat (expert_id, id);
CREATE TABLE panel_replacement (
  id          BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  panel_id    BIGINT REFERENCES panel(id) NOT NULL,
  place       BIGINT NOT NULL,
  reason      TEXT COLLATE "C" NOT NULL CHECK (reason IN ('declined', 'absent', 'conflict')),
  sealed_note BYTEA,
  person_id   BIGINT NOT NULL,
  made_at     BIGINT NOT NULL
) ;
CREATE INDEX panel_replacement_panel ON panel_replacement (panel_id, id);
CREATE TABLE panel_recusal (
  id             BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref            TEXT COLLATE "C" NOT NULL UNIQUE,
  round_id       BIGINT REFERENCES selection_round(id) NOT NULL,
  application_id BIGINT REFERENCES application(id) NOT NULL,
  expert_id      BIGINT REFERENCES expert(id),
  sealed_content BYTEA NOT NULL,
  declared_by    BIGINT NOT NULL,
  declared_at    BIGINT NOT NULL
) ;
CREATE INDEX panel_recusal_application ON panel_recusal (application_id, id);
CREATE INDEX panel_recusal_round ON panel_recusal (round_id, id);
CREATE INDEX panel_recusal_expert ON panel_recusal (expert_id);
CREATE TABLE panel_oath (
  id             BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  application_id BIGINT REFERENCES application(id) NOT NULL,
  expert_id      BIGINT REFERENCES expert(id) NOT NULL,
  signed_at      BIGINT NOT NULL,
  UNIQUE (application_id, expert_id)
) ;
CREATE INDEX panel_oath_expert ON panel_oath (expert_id);
CREATE TABLE panel_sheet (
  id             BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  panel_id       BIGINT REFERENCES panel(id) NOT NULL,
  application_id BIGINT REFERENCES application(id) NOT NULL,
  expert_id      BIGINT REFERENCES expert(id) NOT NULL,
  number         BIGINT NOT NULL,
  commitment     TEXT COLLATE "C" NOT NULL,
  box            TEXT COLLATE "C" NOT NULL,
  is_paper       BOOLEAN NOT NULL,
  committed_at   BIGINT NOT NULL,
  sealed_opened  BYTEA,
  is_counted     BOOLEAN NOT NULL,
  sealed_words   BYTEA,
  UNIQUE (application_id, expert_id, number)
) ;
CREATE INDEX panel_sheet_panel ON panel_sheet (panel_id, id);
CREATE INDEX panel_sheet_expert ON panel_sheet (expert_id, id);
CREATE TABLE panel_paper (
  id             BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  application_id BIGINT REFERENCES application(id) NOT NULL,
  expert_id      BIGINT REFERENCES expert(id) NOT NULL,
  sealed_content BYTEA NOT NULL,
  entered_by     BIGINT NOT NULL,
  entered_at     BIGINT NOT NULL,
  UNIQUE (application_id, expert_id)
) ;
CREATE INDEX panel_paper_expert ON panel_paper (expert_id);
CREATE TABLE panel_correction (
  id                 BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref                TEXT COLLATE "C" NOT NULL UNIQUE,
  panel_id           BIGINT REFERENCES panel(id) NOT NULL,
  application_id     BIGINT REFERENCES application(id) NOT NULL,
  expert_id          BIGINT REFERENCES expert(id) NOT NULL,
  criterion          BIGINT NOT NULL,
  reason             TEXT COLLATE "C" NOT NULL CHECK (reason IN ('sum', 'range', 'objective', 'abnormal')),
  sealed_content     BYTEA NOT NULL,
  first_by           BIGINT NOT NULL,
  first_at           BIGINT NOT NULL,
  second_by          BIGINT,
  second_at          BIGINT
) ;
CREATE INDEX panel_correction_panel ON panel_correction (panel_id, id);
CREATE INDEX panel_correction_application ON panel_correction (application_id);
CREATE INDEX panel_correction_expert ON panel_correction (expert_id);
CREATE TABLE panel_signing (
  id             BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  panel_id       BIGINT REFERENCES panel(id) NOT NULL,
  expert_id      BIGINT REFERENCES expert(id) NOT NULL,
  sealed_dissent BYTEA,
  signed_at      BIGINT NOT NULL,
  UNIQUE (panel_id, expert_id)
) ;
CREATE INDEX panel_signing_expert ON panel_signing (expert_id);

-- 0087 inspection
CREATE TABLE inspection_place (
  id             BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  round_id       BIGINT REFERENCES selection_round(id) NOT NULL,
  application_id BIGINT REFERENCES application(id) NOT NULL UNIQUE,
  direction      TEXT COLLATE "C" NOT NULL,
  place          BIGINT NOT NULL,
  is_short       BOOLEAN NOT NULL
) ;
CREATE INDEX inspection_place_round ON inspection_place (round_id, place);
CREATE TABLE inspection (
  id             BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref            TEXT COLLATE "C" NOT NULL UNIQUE,
  round_id       BIGINT REFERENCES selection_round(id) NOT NULL,
  application_id BIGINT REFERENCES application(id) NOT NULL UNIQUE,
  state          TEXT COLLATE "C" NOT NULL,
  revision       BIGINT NOT NULL,
  seal_key       BIGINT NOT NULL,
  visit_at       BIGINT,
  sealed_where   BYTEA,
  outcome        TEXT COLLATE "C" CHECK (outcome IN ('propose', 'correct', 'fail')),
  number         BIGINT,
  closed_at      BIGINT,
  created_at     BIGINT NOT NULL,
  updated_at     BIGINT NOT NULL,
  UNIQUE (round_id, number)
) ;
CREATE TABLE inspection_seat (
  id            BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  inspection_id BIGINT REFERENCES inspection(id) NOT NULL,
  seat          BIGINT NOT NULL CHECK (seat IN (1, 2)),
  person_id     BIGINT REFERENCES person(id) NOT NULL,
  position      BIGINT NOT NULL,
  seated_at     BIGINT NOT NULL,
  ended_at      BIGINT,
  signed_at     BIGINT
) ;
CREATE UNIQUE INDEX inspection_seat_now ON inspection_seat (inspection_id, seat) WHERE ended_at IS NULL;
CREATE INDEX inspection_seat_inspection ON inspection_seat (inspection_id, id);
CREATE INDEX inspection_seat_person ON inspection_seat (person_id, inspection_id);
CREATE TABLE inspection_item (
  id            BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  inspection_id BIGINT REFERENCES inspection(id) NOT NULL,
  name          TEXT COLLATE "C" NOT NULL,
  text_zh       TEXT COLLATE "C" NOT NULL,
  text_en       TEXT COLLATE "C" NOT NULL,
  clause        TEXT COLLATE "C" NOT NULL,
  UNIQUE (inspection_id, name)
) ;
CREATE TABLE inspection_entry (
  id             BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref            TEXT COLLATE "C" NOT NULL UNIQUE,
  inspection_id  BIGINT REFERENCES inspection(id) NOT NULL,
  item           TEXT COLLATE "C" NOT NULL,
  number         BIGINT NOT NULL,
  seen           BIGINT NOT NULL,
  client         TEXT COLLATE "C" NOT NULL,
  person_id      BIGINT REFERENCES person(id) NOT NULL,
  verdict        TEXT COLLATE "C" NOT NULL CHECK (verdict IN ('meets', 'minor', 'major', '')),
  days           BIGINT NOT NULL,
  sealed_content BYTEA NOT NULL,
  entered_at     BIGINT NOT NULL,
  UNIQUE (inspection_id, item, number),
  UNIQUE (inspection_id, client)
) ;
CREATE INDEX inspection_entry_person ON inspection_entry (person_id);
CREATE TABLE inspection_photo (
  id            BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref           TEXT COLLATE "C" NOT NULL UNIQUE,
  inspection_id BIGINT REFERENCES inspection(id) NOT NULL,
  item          TEXT COLLATE "C" NOT NULL,
  client        TEXT COLLATE "C" NOT NULL,
  attachment_id BIGINT NOT NULL,
  person_id     BIGINT REFERENCES person(id) NOT NULL,
  taken_at      BIGINT NOT NULL,
  sealed_where  BYTEA NOT NULL,
  received_at   BIGINT NOT NULL,
  UNIQUE (inspection_id, client)
) ;
CREATE INDEX inspection_photo_person ON inspection_photo (person_id);
CREATE TABLE inspection_finding (
  id            BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref           TEXT COLLATE "C" NOT NULL UNIQUE,
  inspection_id BIGINT REFERENCES inspection(id) NOT NULL,
  item          TEXT COLLATE "C" NOT NULL,
  level         TEXT COLLATE "C" NOT NULL CHECK (level IN ('minor', 'major')),
  state         TEXT COLLATE "C" NOT NULL CHECK (state IN ('open', 'answered', 'closed')),
  days          BIGINT NOT NULL,
  sealed_answer BYTEA,
  sealed_remark BYTEA,
  answered_at   BIGINT,
  closed_at     BIGINT,
  closed_by     BIGINT
) ;
CREATE INDEX inspection_finding_inspection ON inspection_finding (inspection_id, id);
CREATE TABLE inspection_statement (
  id            BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref           TEXT COLLATE "C" NOT NULL UNIQUE,
  inspection_id BIGINT REFERENCES inspection(id) NOT NULL,
  action        TEXT COLLATE "C" NOT NULL,
  person_id     BIGINT NOT NULL,
  sealed_values BYTEA NOT NULL,
  stated_at     BIGINT NOT NULL
) ;
CREATE INDEX inspection_statement_inspection ON inspection_statement (inspection_id, id);

-- 0089 decision
ALTER TABLE application ADD COLUMN appeal_of TEXT COLLATE "C" NOT NULL DEFAULT '';
CREATE TABLE decision (
  id             BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref            TEXT COLLATE "C" NOT NULL UNIQUE,
  round_id       BIGINT REFERENCES selection_round(id) NOT NULL,
  kind           TEXT COLLATE "C" NOT NULL CHECK (kind IN ('publicity', 'announcement')),
  number         BIGINT NOT NULL,
  state          TEXT COLLATE "C" NOT NULL CHECK (state IN ('entered', 'dropped', 'decided')),
  seal_key       BIGINT NOT NULL,
  sealed_content BYTEA NOT NULL,
  document       TEXT COLLATE "C" NOT NULL,
  entered_by     BIGINT NOT NULL,
  entered_at     BIGINT NOT NULL,
  decided_by     BIGINT,
  decided_at     BIGINT,
  until_at       BIGINT,
  list           TEXT COLLATE "C",
  sha256         TEXT COLLATE "C",
  CHECK ((state = 'decided') = (decided_at IS NOT NULL)),
  CHECK ((decided_at IS NULL) = (list IS NULL))
) ;
CREATE UNIQUE INDEX decision_waiting ON decision (round_id, kind) WHERE state = 'entered';
CREATE UNIQUE INDEX decision_number ON decision (round_id, kind, number) WHERE state = 'decided';
CREATE TABLE decision_entry (
  id              BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref             TEXT COLLATE "C" NOT NULL UNIQUE,
  decision_id     BIGINT REFERENCES decision(id) NOT NULL,
  application_id  BIGINT REFERENCES application(id) NOT NULL,
  organisation    TEXT COLLATE "C" NOT NULL,
  organisation_en TEXT COLLATE "C" NOT NULL,
  direction       TEXT COLLATE "C" NOT NULL,
  stars           BIGINT NOT NULL,
  rule_stars      BIGINT NOT NULL,
  place           BIGINT NOT NULL,
  UNIQUE (decision_id, application_id)
) ;
CREATE INDEX decision_entry_application ON decision_entry (application_id, id);
CREATE TABLE objection (
  id              BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref             TEXT COLLATE "C" NOT NULL UNIQUE,
  once            TEXT COLLATE "C" NOT NULL UNIQUE,
  round_id        BIGINT REFERENCES selection_round(id) NOT NULL,
  application_id  BIGINT REFERENCES application(id),
  door            TEXT COLLATE "C" NOT NULL CHECK (door IN ('applicant', 'third', 'staff')),
  state           TEXT COLLATE "C" NOT NULL,
  revision        BIGINT NOT NULL,
  seal_key        BIGINT NOT NULL,
  claim           TEXT COLLATE "C" NOT NULL UNIQUE,
  sender          TEXT COLLATE "C",
  sealed_objector BYTEA NOT NULL,
  sealed_text     BYTEA NOT NULL,
  sealed_masked   BYTEA,
  sealed_verdict  BYTEA,
  verdict         TEXT COLLATE "C" NOT NULL,
  handler_id      BIGINT NOT NULL,
  decided_by      BIGINT NOT NULL,
  received_at     BIGINT NOT NULL,
  updated_at      BIGINT NOT NULL,
  ended_at        BIGINT,
  CHECK ((door = 'staff') = (application_id IS NULL))
) ;
CREATE INDEX objection_round ON objection (round_id, id);
CREATE INDEX objection_application ON objection (application_id, id);
CREATE INDEX objection_sender ON objection (sender, received_at);

-- 0090 certificate
CREATE TABLE certificate_count (
  kind TEXT COLLATE "C" NOT NULL,
  year BIGINT NOT NULL,
  last BIGINT NOT NULL,
  PRIMARY KEY (kind, year)
) ;
CREATE TABLE certificate (
  id              BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  number          TEXT COLLATE "C" NOT NULL UNIQUE,
  kind            TEXT COLLATE "C" NOT NULL CHECK (kind IN ('unit', 'find')),
  year            BIGINT NOT NULL,
  counted         BIGINT NOT NULL,
  state           TEXT COLLATE "C" NOT NULL CHECK (state IN ('ACTIVE', 'SUSPENDED', 'REVOKED', 'EXPIRED', 'REPLACED')),
  organisation_id BIGINT NOT NULL,
  person_id       BIGINT NOT NULL,
  holder          TEXT COLLATE "C" NOT NULL,
  holder_en       TEXT COLLATE "C" NOT NULL,
  credit_code     TEXT COLLATE "C" NOT NULL,
  direction       TEXT COLLATE "C" NOT NULL,
  stars           BIGINT NOT NULL,
  subject         TEXT COLLATE "C" NOT NULL,
  level           TEXT COLLATE "C" NOT NULL,
  document        TEXT COLLATE "C" NOT NULL,
  replaces        TEXT COLLATE "C" NOT NULL,
  from_at         BIGINT NOT NULL,
  until_at        BIGINT,
  issued_at       BIGINT NOT NULL,
  issued_by       BIGINT NOT NULL,
  record          TEXT COLLATE "C" NOT NULL,
  event_id        BIGINT NOT NULL,
  seal_key        BIGINT NOT NULL,
  file_blob       BIGINT REFERENCES blob_file(id),
  file_sha256     TEXT COLLATE "C",
  UNIQUE (kind, year, counted)
) ;
CREATE UNIQUE INDEX certificate_file ON certificate (file_sha256) WHERE file_sha256 IS NOT NULL;
CREATE INDEX certificate_without_file ON certificate (id) WHERE file_sha256 IS NULL;
CREATE INDEX certificate_blob ON certificate (file_blob);
CREATE INDEX certificate_kind ON certificate (kind, id);
CREATE INDEX certificate_organisation ON certificate (organisation_id, id);
CREATE INDEX certificate_person ON certificate (person_id, id);
CREATE TABLE certificate_word (
  word           TEXT COLLATE "C" NOT NULL,
  certificate_id BIGINT REFERENCES certificate(id) NOT NULL,
  PRIMARY KEY (word, certificate_id)
) ;
CREATE INDEX certificate_word_certificate ON certificate_word (certificate_id);
CREATE TABLE certificate_step (
  id             BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  certificate_id BIGINT REFERENCES certificate(id) NOT NULL,
  action         TEXT COLLATE "C" NOT NULL,
  state          TEXT COLLATE "C" NOT NULL,
  reason         TEXT COLLATE "C" NOT NULL,
  document       TEXT COLLATE "C" NOT NULL,
  at             BIGINT NOT NULL
) ;
CREATE INDEX certificate_step_certificate ON certificate_step (certificate_id, id);

-- 0091 unit
CREATE TABLE unit (
  id              BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref             TEXT COLLATE "C" NOT NULL UNIQUE,
  state           TEXT COLLATE "C" NOT NULL,
  revision        BIGINT NOT NULL,
  seal_key        BIGINT NOT NULL,
  organisation_id BIGINT REFERENCES organisation(id) NOT NULL,
  direction       TEXT COLLATE "C" NOT NULL CHECK (direction IN ('technical', 'partner')),
  stars           BIGINT NOT NULL CHECK (stars BETWEEN 0 AND 5),
  from_at         BIGINT NOT NULL,
  until_at        BIGINT NOT NULL,
  admitted_at     BIGINT,
  ended_at        BIGINT,
  certificate     TEXT COLLATE "C" NOT NULL,
  wish            TEXT COLLATE "C" NOT NULL,
  wish_values     TEXT COLLATE "C" NOT NULL,
  wish_by         BIGINT NOT NULL,
  review          TEXT COLLATE "C" NOT NULL,
  reason          TEXT COLLATE "C" NOT NULL,
  document        TEXT COLLATE "C" NOT NULL,
  reminded        BIGINT NOT NULL,
  banned_until    BIGINT,
  appeal_until    BIGINT,
  updated_at      BIGINT NOT NULL
) ;
CREATE UNIQUE INDEX unit_running ON unit (organisation_id, direction) WHERE ended_at IS NULL;
CREATE INDEX unit_organisation ON unit (organisation_id, id);
CREATE INDEX unit_state ON unit (state, id);
CREATE INDEX unit_register ON unit (direction, stars, id) WHERE ended_at IS NULL AND admitted_at IS NOT NULL;
CREATE INDEX unit_former ON unit (id) WHERE ended_at IS NOT NULL AND admitted_at IS NOT NULL;
CREATE INDEX unit_until ON unit (until_at) WHERE ended_at IS NULL AND admitted_at IS NOT NULL;

-- 0092 unit_round
CREATE TABLE unit_application (
  id             BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  unit_id        BIGINT REFERENCES unit(id) NOT NULL,
  application_id BIGINT REFERENCES application(id) NOT NULL UNIQUE,
  entered_at     BIGINT NOT NULL
) ;
CREATE INDEX unit_application_unit ON unit_application (unit_id, id);

-- 0093 panel_minutes
CREATE TABLE panel_minutes (
  id          BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  panel_id    BIGINT REFERENCES panel(id) NOT NULL,
  signatures  BIGINT NOT NULL,
  blob_id     BIGINT REFERENCES blob_file(id) NOT NULL,
  body_sha256 TEXT COLLATE "C" NOT NULL,
  made_at     BIGINT NOT NULL,
  UNIQUE (panel_id, signatures)
) ;
CREATE INDEX panel_minutes_blob ON panel_minutes (blob_id);

-- 0094 panel_timetable
CREATE TABLE panel_timetable (
  id            BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  panel_id      BIGINT REFERENCES panel(id) NOT NULL UNIQUE,
  starts_at     BIGINT NOT NULL,
  slot_minutes  BIGINT NOT NULL CHECK (slot_minutes > 0),
  break_minutes BIGINT NOT NULL CHECK (break_minutes >= 0),
  slots_a_day   BIGINT NOT NULL CHECK (slots_a_day > 0),
  sealed_place  BYTEA NOT NULL,
  set_by        BIGINT NOT NULL,
  set_at        BIGINT NOT NULL
) ;

-- 0095 activity
CREATE TABLE activity (
  id            BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref           TEXT COLLATE "C" NOT NULL UNIQUE,
  kind          TEXT COLLATE "C" NOT NULL CHECK (kind IN ('salon', 'campaign', 'training', 'collection')),
  state         TEXT COLLATE "C" NOT NULL,
  revision      BIGINT NOT NULL,
  seal_key      BIGINT NOT NULL,
  writer_id     BIGINT NOT NULL,
  sealed_values BYTEA NOT NULL,
  starts_at     BIGINT NOT NULL,
  ends_at       BIGINT NOT NULL,
  opens_at      BIGINT NOT NULL,
  closes_at     BIGINT NOT NULL,
  units_until   BIGINT NOT NULL,
  places        BIGINT NOT NULL,
  marked_by     BIGINT NOT NULL,
  reason        TEXT COLLATE "C" NOT NULL,
  announced_at  BIGINT,
  updated_at    BIGINT NOT NULL
) ;
CREATE INDEX activity_state ON activity (state, id);
CREATE INDEX activity_announced ON activity (id) WHERE announced_at IS NOT NULL;
CREATE TABLE activity_registration (
  id              BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref             TEXT COLLATE "C" NOT NULL UNIQUE,
  activity_id     BIGINT REFERENCES activity(id) NOT NULL,
  person_id       BIGINT REFERENCES person(id) NOT NULL,
  organisation_id BIGINT REFERENCES organisation(id),
  is_unit         BOOLEAN NOT NULL,
  is_placed       BOOLEAN NOT NULL,
  has_come        BOOLEAN NOT NULL,
  registered_at   BIGINT NOT NULL,
  cancelled_at    BIGINT,
  UNIQUE (activity_id, person_id)
) ;
CREATE INDEX activity_registration_order ON activity_registration (activity_id, registered_at, id);
CREATE INDEX activity_registration_person ON activity_registration (person_id);
CREATE INDEX activity_registration_organisation ON activity_registration (organisation_id);
CREATE TABLE activity_result (
  id              BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref             TEXT COLLATE "C" NOT NULL UNIQUE,
  activity_id     BIGINT REFERENCES activity(id) NOT NULL,
  organisation_id BIGINT REFERENCES organisation(id) NOT NULL,
  kind            TEXT COLLATE "C" NOT NULL CHECK (kind IN ('attended', 'spoke', 'contributed', 'chosen')),
  what            TEXT COLLATE "C" NOT NULL,
  done_at         BIGINT NOT NULL,
  entered_by      BIGINT NOT NULL,
  entered_at      BIGINT NOT NULL,
  confirmed_by    BIGINT,
  confirmed_at    BIGINT
) ;
CREATE INDEX activity_result_activity ON activity_result (activity_id, id);
CREATE INDEX activity_result_organisation ON activity_result (organisation_id, id);
CREATE INDEX activity_result_confirmed ON activity_result (id) WHERE confirmed_at IS NOT NULL;

-- 0096 find
ALTER TABLE certificate ADD COLUMN class TEXT COLLATE "C" NOT NULL DEFAULT '';
CREATE TABLE find_list (
  id          BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref         TEXT COLLATE "C" NOT NULL UNIQUE,
  state       TEXT COLLATE "C" NOT NULL,
  revision    BIGINT NOT NULL,
  seal_key    BIGINT NOT NULL,
  month       BIGINT NOT NULL,
  rule        BIGINT NOT NULL,
  proposed_by BIGINT NOT NULL,
  document    TEXT COLLATE "C" NOT NULL,
  updated_at  BIGINT NOT NULL
) ;
CREATE UNIQUE INDEX find_list_month ON find_list (month) WHERE state <> 'DROPPED';
CREATE TABLE find (
  id              BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref             TEXT COLLATE "C" NOT NULL UNIQUE,
  list_id         BIGINT REFERENCES find_list(id) NOT NULL,
  state           TEXT COLLATE "C" NOT NULL,
  revision        BIGINT NOT NULL,
  seal_key        BIGINT NOT NULL,
  report_id       BIGINT REFERENCES report(id) NOT NULL,
  casefile_id     BIGINT REFERENCES casefile(id) NOT NULL,
  person_id       BIGINT REFERENCES person(id) NOT NULL,
  organisation_id BIGINT NOT NULL,
  casefile        TEXT COLLATE "C" NOT NULL,
  number          TEXT COLLATE "C" NOT NULL,
  class           TEXT COLLATE "C" NOT NULL,
  level           TEXT COLLATE "C" NOT NULL,
  received_at     BIGINT NOT NULL,
  sealed_name     BYTEA,
  sealed_struck   BYTEA,
  certificate     TEXT COLLATE "C" NOT NULL,
  wish_by         BIGINT NOT NULL,
  sealed_wish     BYTEA,
  review          TEXT COLLATE "C" NOT NULL,
  reason          TEXT COLLATE "C" NOT NULL,
  updated_at      BIGINT NOT NULL
) ;
CREATE INDEX find_of_list ON find (list_id, id);
CREATE INDEX find_of_person ON find (person_id);
CREATE INDEX find_of_report ON find (report_id);
CREATE UNIQUE INDEX find_of_casefile ON find (casefile_id) WHERE state <> 'STRUCK';
CREATE INDEX find_in_state ON find (state, id);
CREATE TABLE ranking (
  person_id BIGINT REFERENCES person(id) NOT NULL PRIMARY KEY,
  joined_at BIGINT NOT NULL
) ;

-- 0097 collection
CREATE TABLE collection_case (
  id              BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref             TEXT COLLATE "C" NOT NULL UNIQUE,
  activity_id     BIGINT REFERENCES activity(id) NOT NULL,
  organisation_id BIGINT REFERENCES organisation(id) NOT NULL,
  state           TEXT COLLATE "C" NOT NULL,
  revision        BIGINT NOT NULL,
  seal_key        BIGINT NOT NULL,
  writer_id       BIGINT NOT NULL,
  checker_id      BIGINT NOT NULL,
  lister_id       BIGINT NOT NULL,
  publicist_id    BIGINT NOT NULL,
  sealed_values   BYTEA NOT NULL,
  title           TEXT COLLATE "C",
  reason          TEXT COLLATE "C" NOT NULL,
  score           BIGINT,
  submitted_at    BIGINT,
  updated_at      BIGINT NOT NULL
) ;
CREATE INDEX collection_case_activity ON collection_case (activity_id, state, id);
CREATE INDEX collection_case_organisation ON collection_case (organisation_id, activity_id, id);
CREATE INDEX collection_case_state ON collection_case (state, id);
CREATE TABLE collection_seat (
  id         BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  case_id    BIGINT REFERENCES collection_case(id) NOT NULL,
  expert_id  BIGINT REFERENCES expert(id) NOT NULL,
  person_id  BIGINT NOT NULL,
  state      TEXT COLLATE "C" NOT NULL CHECK (state IN ('asked', 'scored', 'conflict')),
  sealed_said BYTEA,
  asked_at   BIGINT NOT NULL,
  done_at    BIGINT,
  UNIQUE (case_id, expert_id)
) ;
CREATE INDEX collection_seat_person ON collection_seat (person_id, id);
CREATE INDEX collection_seat_expert ON collection_seat (expert_id);

-- 0098 round_letter
ALTER TABLE letter ADD COLUMN desk TEXT COLLATE "C" NOT NULL DEFAULT 'library';
ALTER TABLE letter_draft ADD COLUMN desk TEXT COLLATE "C" NOT NULL DEFAULT 'library';
CREATE TABLE round_letter (
  id       BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  round_id BIGINT REFERENCES selection_round(id) NOT NULL,
  offer    TEXT COLLATE "C" NOT NULL,
  draft    TEXT COLLATE "C" NOT NULL UNIQUE
) ;
CREATE INDEX round_letter_round ON round_letter (round_id, id);

-- 0101 alike_index
CREATE TABLE alike_segment (
  segment   BIGINT PRIMARY KEY,
  documents BIGINT NOT NULL,
  version   BIGINT NOT NULL,
  built_at  BIGINT NOT NULL
) ;
CREATE TABLE alike_posting (
  bucket   BIGINT NOT NULL,
  segment  BIGINT NOT NULL,
  postings BYTEA NOT NULL,
  PRIMARY KEY (bucket, segment)
) ;
CREATE INDEX alike_posting_segment ON alike_posting (segment);
CREATE TABLE alike_follow (
  id     BIGINT PRIMARY KEY CHECK (id = 1),
  source BIGINT NOT NULL
) ;

-- 0103 hook
CREATE TABLE hook (
  id             BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref            TEXT COLLATE "C" NOT NULL UNIQUE,
  person_id      BIGINT REFERENCES person(id) NOT NULL,
  sealed_address BYTEA NOT NULL,
  sealed_secret  BYTEA NOT NULL,
  created_at     BIGINT NOT NULL,
  arrived_at     BIGINT,
  failing_at     BIGINT,
  reason         TEXT COLLATE "C",
  ended_at       BIGINT
) ;
CREATE INDEX hook_person ON hook (person_id, id);
CREATE TABLE hook_message (
  id          BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref         TEXT COLLATE "C" NOT NULL UNIQUE,
  hook_id     BIGINT REFERENCES hook(id) NOT NULL,
  state       TEXT COLLATE "C" NOT NULL CHECK (state IN ('waiting', 'sending')),
  sealed_body BYTEA NOT NULL,
  attempts    BIGINT NOT NULL,
  due_at      BIGINT NOT NULL,
  changed_at  BIGINT NOT NULL
) ;
CREATE INDEX hook_message_due ON hook_message (state, due_at);
CREATE INDEX hook_message_hook ON hook_message (hook_id);

-- 0104 batch
CREATE TABLE batch (
  id              BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref             TEXT COLLATE "C" NOT NULL UNIQUE,
  state           TEXT COLLATE "C" NOT NULL,
  revision        BIGINT NOT NULL,
  person_id       BIGINT REFERENCES person(id) NOT NULL,
  organisation_id BIGINT,
  seal_key        BIGINT NOT NULL,
  idempotency     TEXT COLLATE "C" UNIQUE,
  content         TEXT COLLATE "C" NOT NULL,
  is_confirmed    BOOLEAN NOT NULL,
  lang            TEXT COLLATE "C" NOT NULL,
  format          TEXT COLLATE "C" NOT NULL,
  reason          TEXT COLLATE "C" NOT NULL,
  sealed_name     BYTEA,
  sealed_detail   BYTEA,
  created_at      BIGINT NOT NULL,
  started_at      BIGINT,
  updated_at      BIGINT NOT NULL
) ;
CREATE INDEX batch_person ON batch (person_id, id);
CREATE TABLE batch_row (
  id              BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  batch_id        BIGINT REFERENCES batch(id) NOT NULL,
  number          BIGINT NOT NULL,
  state           TEXT COLLATE "C" NOT NULL,
  seal_key        BIGINT NOT NULL,
  content         TEXT COLLATE "C" NOT NULL,
  sealed_title    BYTEA,
  sealed_values   BYTEA,
  sealed_problems BYTEA,
  sealed_files    BYTEA,
  report_id       BIGINT REFERENCES report(id) UNIQUE,
  updated_at      BIGINT NOT NULL,
  UNIQUE (batch_id, number)
) ;
CREATE INDEX batch_row_state ON batch_row (batch_id, state, number);
CREATE INDEX batch_row_content ON batch_row (batch_id, content);

-- 0106 warning
CREATE TABLE warning (
  id              BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref             TEXT COLLATE "C" NOT NULL UNIQUE,
  state           TEXT COLLATE "C" NOT NULL,
  revision        BIGINT NOT NULL,
  seal_key        BIGINT NOT NULL,
  organisation_id BIGINT REFERENCES organisation(id),
  author_id       BIGINT NOT NULL,
  writer_id       BIGINT NOT NULL,
  submitted_by    BIGINT,
  submitted_at    BIGINT,
  assessed_by     BIGINT,
  corrector_id    BIGINT,
  is_urgent       BOOLEAN NOT NULL,
  casefile        TEXT COLLATE "C" NOT NULL,
  number          TEXT COLLATE "C" NOT NULL,
  newest          BIGINT NOT NULL,
  sealed_title    BYTEA,
  sealed_values   BYTEA,
  sealed_proposal BYTEA,
  code            TEXT COLLATE "C" NOT NULL,
  code_version    BIGINT NOT NULL,
  sealed_remark   BYTEA,
  created_at      BIGINT NOT NULL,
  updated_at      BIGINT NOT NULL,
  sent_at         BIGINT
) ;
CREATE INDEX warning_state ON warning (state, id);
CREATE INDEX warning_organisation ON warning (organisation_id, id) WHERE organisation_id IS NOT NULL;
CREATE VIEW warning_reader AS
  SELECT id AS warning_id, CASE WHEN organisation_id IS NOT NULL AND submitted_at IS NULL THEN 262144
    WHEN state IN ('DRAFT', 'SUBMITTED', 'REJECTED', 'DISCARDED') THEN 262208 ELSE 262464 END AS roles
  FROM warning;
CREATE TABLE warning_text (
  id            BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  warning_id    BIGINT REFERENCES warning(id) NOT NULL,
  n             BIGINT NOT NULL,
  sealed_values BYTEA,
  sealed_reason BYTEA,
  writer_id     BIGINT NOT NULL,
  sender_id     BIGINT NOT NULL,
  at            BIGINT NOT NULL,
  UNIQUE (warning_id, n)
) ;
CREATE TABLE warning_aim (
  id              BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref             TEXT COLLATE "C" NOT NULL UNIQUE,
  warning_id      BIGINT REFERENCES warning(id) NOT NULL,
  kind            TEXT COLLATE "C" NOT NULL CHECK (kind IN ('public', 'units', 'vendors', 'organisation')),
  direction       TEXT COLLATE "C" NOT NULL,
  stars           BIGINT NOT NULL,
  product_id      BIGINT REFERENCES product(id),
  sealed_range    BYTEA,
  organisation_id BIGINT REFERENCES organisation(id),
  added_by        BIGINT NOT NULL,
  added_at        BIGINT NOT NULL,
  used_at         BIGINT
) ;
CREATE INDEX warning_aim_warning ON warning_aim (warning_id, id);
CREATE TABLE warning_recipient (
  id              BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref             TEXT COLLATE "C" NOT NULL UNIQUE,
  warning_id      BIGINT REFERENCES warning(id) NOT NULL,
  organisation_id BIGINT REFERENCES organisation(id) NOT NULL,
  sealed_why      BYTEA,
  added_at        BIGINT NOT NULL,
  due_at          BIGINT NOT NULL,
  remind_at       BIGINT,
  reminders       BIGINT NOT NULL,
  read_at         BIGINT,
  acknowledged_at BIGINT,
  acknowledged_by BIGINT,
  statement       TEXT COLLATE "C" NOT NULL,
  sealed_note     BYTEA,
  stated_at       BIGINT,
  UNIQUE (warning_id, organisation_id)
) ;
CREATE INDEX warning_recipient_organisation ON warning_recipient (organisation_id, id);
CREATE INDEX warning_recipient_remind ON warning_recipient (remind_at) WHERE remind_at IS NOT NULL;
CREATE TABLE warning_delivery (
  id           BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  recipient_id BIGINT REFERENCES warning_recipient(id) NOT NULL,
  person_id    BIGINT REFERENCES person(id) NOT NULL,
  tell         TEXT COLLATE "C" NOT NULL,
  told_at      BIGINT,
  read_at      BIGINT,
  UNIQUE (recipient_id, person_id)
) ;
CREATE INDEX warning_delivery_waiting ON warning_delivery (id) WHERE tell <> '';
CREATE TABLE warning_publication (
  id           BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  warning_id   BIGINT REFERENCES warning(id) NOT NULL UNIQUE,
  number       TEXT COLLATE "C" NOT NULL UNIQUE,
  n            BIGINT NOT NULL,
  what_zh      TEXT COLLATE "C" NOT NULL,
  what_en      TEXT COLLATE "C" NOT NULL,
  content      TEXT COLLATE "C" NOT NULL,
  is_urgent    BOOLEAN NOT NULL,
  published_at BIGINT NOT NULL,
  changed_at   BIGINT NOT NULL,
  withdrawn_at BIGINT,
  reason       TEXT COLLATE "C" NOT NULL
) ;
CREATE INDEX warning_publication_time ON warning_publication (published_at, id);
CREATE TABLE warning_publication_text (
  id             BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  publication_id BIGINT REFERENCES warning_publication(id) NOT NULL,
  n              BIGINT NOT NULL,
  content        TEXT COLLATE "C" NOT NULL,
  reason         TEXT COLLATE "C" NOT NULL,
  at             BIGINT NOT NULL,
  UNIQUE (publication_id, n)
) ;
CREATE TABLE warning_count (
  year BIGINT PRIMARY KEY,
  last BIGINT NOT NULL
) ;
CREATE TABLE warning_limited_count (
  year BIGINT PRIMARY KEY,
  last BIGINT NOT NULL
) ;

-- 0108 delivery
CREATE TABLE delivery (
  id           BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref          TEXT COLLATE "C" NOT NULL UNIQUE,
  casefile_id  BIGINT NOT NULL,
  partner_id   BIGINT REFERENCES organisation(id) NOT NULL,
  state        TEXT COLLATE "C" NOT NULL,
  revision     BIGINT NOT NULL,
  seal_key     BIGINT NOT NULL,
  sent_by      BIGINT NOT NULL,
  received_by  BIGINT,
  sent_at      BIGINT NOT NULL,
  received_at  BIGINT,
  updated_at   BIGINT NOT NULL
) ;
CREATE INDEX delivery_casefile ON delivery (casefile_id, id);
CREATE INDEX delivery_partner ON delivery (partner_id, id);
CREATE TABLE delivery_letter (
  id            BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref           TEXT COLLATE "C" NOT NULL UNIQUE,
  delivery_id   BIGINT REFERENCES delivery(id) NOT NULL,
  party_id      BIGINT REFERENCES party(id) NOT NULL,
  outcome       TEXT COLLATE "C" NOT NULL CHECK (outcome IN ('waiting', 'delivered', 'bounced', 'refused', 'unknown', 'recalled')),
  sealed_letter BYTEA,
  sealed_words  BYTEA,
  fetched       BIGINT NOT NULL,
  delivered_at  BIGINT,
  reported_at   BIGINT,
  reported_by   BIGINT
) ;
CREATE INDEX delivery_letter_delivery ON delivery_letter (delivery_id, id);
CREATE INDEX delivery_letter_party ON delivery_letter (party_id, id);
CREATE UNIQUE INDEX delivery_letter_waiting ON delivery_letter (party_id) WHERE outcome = 'waiting';
CREATE INDEX standing_kind ON standing (kind, organisation_id) WHERE ended_at IS NULL;
CREATE VIEW delivery_reader AS
  SELECT delivery.id AS delivery_id, 64 AS roles, delivery.partner_id AS organisation_id
  FROM delivery
  WHERE NOT EXISTS (SELECT 1 FROM casefile WHERE casefile.id = delivery.casefile_id AND casefile.state IN ('ISOLATED', 'WIPED'));

-- 0109 closing
ALTER TABLE party ADD COLUMN closing TEXT COLLATE "C";
ALTER TABLE party ADD COLUMN closing_from TEXT COLLATE "C";
ALTER TABLE party ADD COLUMN known_at BIGINT;
ALTER TABLE party ADD COLUMN stated_at BIGINT;
ALTER TABLE party ADD COLUMN settled_at BIGINT;
CREATE INDEX party_changed ON party (organisation_id, updated_at, id);
CREATE TABLE org_team (
  id              BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref             TEXT COLLATE "C" NOT NULL UNIQUE,
  organisation_id BIGINT REFERENCES organisation(id) NOT NULL,
  name            TEXT COLLATE "C" NOT NULL,
  created_at      BIGINT NOT NULL,
  ended_at        BIGINT
) ;
CREATE INDEX org_team_organisation ON org_team (organisation_id, id);
CREATE TABLE org_team_member (
  team_id   BIGINT REFERENCES org_team(id) NOT NULL,
  person_id BIGINT REFERENCES person(id) NOT NULL,
  PRIMARY KEY (team_id, person_id)
) ;
CREATE INDEX org_team_member_person ON org_team_member (person_id);
CREATE TABLE team_product (
  product_id      BIGINT NOT NULL,
  organisation_id BIGINT REFERENCES organisation(id) NOT NULL,
  team_id         BIGINT REFERENCES org_team(id) NOT NULL,
  PRIMARY KEY (product_id, organisation_id)
) ;
CREATE INDEX team_product_team ON team_product (team_id);
DROP VIEW party_reader;
CREATE VIEW party_reader AS
  SELECT party.id AS party_id, 64 AS roles,
    CASE WHEN party.state <> 'WITHDRAWN' AND party.notified_at IS NOT NULL THEN coalesce(-team_product.team_id, party.organisation_id) END AS audience,
    CASE WHEN party.state = 'FIX_CHECK' THEN assignment.person_id END AS person_id
  FROM party LEFT JOIN assignment
    ON assignment.machine = 'party' AND assignment.subject_id = party.id AND assignment.part = 'verifier' AND assignment.ended_at IS NULL
  LEFT JOIN team_product ON team_product.product_id = party.product_id AND team_product.organisation_id = party.organisation_id
  WHERE NOT EXISTS (SELECT 1 FROM casefile WHERE casefile.id = party.casefile_id AND casefile.state IN ('ISOLATED', 'WIPED'));

-- 0110 dispute
CREATE TABLE dispute (
  id              BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref             TEXT COLLATE "C" NOT NULL UNIQUE,
  place           BIGINT NOT NULL,
  state           TEXT COLLATE "C" NOT NULL,
  revision        BIGINT NOT NULL,
  seal_key        BIGINT NOT NULL,
  against         TEXT COLLATE "C" NOT NULL,
  subject         TEXT COLLATE "C" NOT NULL,
  report_id       BIGINT REFERENCES report (id),
  casefile_id     BIGINT REFERENCES casefile (id),
  party_id        BIGINT REFERENCES party (id),
  person_id       BIGINT REFERENCES person (id),
  organisation_id BIGINT REFERENCES organisation (id),
  is_priority     BOOLEAN NOT NULL,
  grounds         TEXT COLLATE "C" NOT NULL,
  grounds_version BIGINT NOT NULL,
  decided_at      BIGINT NOT NULL,
  sealed_text     BYTEA,
  answered_by     BIGINT REFERENCES person (id),
  answered_at     BIGINT,
  sealed_answer   BYTEA,
  sealed_request  BYTEA,
  panel_size      BIGINT NOT NULL,
  outcome         TEXT COLLATE "C" NOT NULL,
  is_tie          BOOLEAN NOT NULL,
  ended_at        BIGINT,
  opened_at       BIGINT NOT NULL,
  updated_at      BIGINT NOT NULL
) ;
CREATE UNIQUE INDEX dispute_once ON dispute (against, subject, decided_at) WHERE state <> 'WITHDRAWN';
CREATE UNIQUE INDEX dispute_place ON dispute (place);
CREATE INDEX dispute_in_state ON dispute (state, place);
CREATE INDEX dispute_of_person ON dispute (person_id, id);
CREATE INDEX dispute_of_organisation ON dispute (organisation_id, id);
CREATE INDEX dispute_of_report ON dispute (report_id);
CREATE INDEX dispute_of_casefile ON dispute (casefile_id);
CREATE INDEX dispute_of_party ON dispute (party_id);
CREATE TABLE dispute_seat (
  id          BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  dispute_id  BIGINT REFERENCES dispute(id) NOT NULL,
  ref         TEXT COLLATE "C" NOT NULL UNIQUE,
  seat        BIGINT NOT NULL,
  person_id   BIGINT REFERENCES person(id) NOT NULL,
  state       TEXT COLLATE "C" NOT NULL,
  drawn_at    BIGINT NOT NULL,
  signed_at   BIGINT,
  voted_at    BIGINT,
  sealed_vote BYTEA
) ;
CREATE UNIQUE INDEX dispute_seat_held ON dispute_seat (dispute_id, seat) WHERE state = 'HELD';
CREATE UNIQUE INDEX dispute_seat_once ON dispute_seat (dispute_id, person_id);
CREATE INDEX dispute_seat_of ON dispute_seat (person_id, state);
CREATE VIEW dispute_reader AS
  SELECT d.id AS dispute_id, 64 AS roles, r.reporter_id AS person_id, r.claim AS claim, p.organisation_id AS organisation_id
  FROM dispute d LEFT JOIN report r ON r.id = d.report_id AND d.party_id IS NULL LEFT JOIN party p ON p.id = d.party_id
  WHERE NOT EXISTS (SELECT 1 FROM report i WHERE i.id = d.report_id AND i.state IN ('ISOLATED', 'WIPED'))
    AND NOT EXISTS (SELECT 1 FROM casefile c WHERE c.id = d.casefile_id AND c.state IN ('ISOLATED', 'WIPED'));
CREATE VIEW dispute_seat_reader AS
  SELECT d.id AS dispute_id, s.person_id AS expert_id
  FROM dispute_seat s JOIN dispute d ON d.id = s.dispute_id
  WHERE s.state = 'HELD' AND d.state = 'PANEL'
    AND NOT EXISTS (SELECT 1 FROM report i WHERE i.id = d.report_id AND i.state IN ('ISOLATED', 'WIPED'))
    AND NOT EXISTS (SELECT 1 FROM casefile c WHERE c.id = d.casefile_id AND c.state IN ('ISOLATED', 'WIPED'));
ALTER TABLE rating DROP CONSTRAINT rating_who_check;
ALTER TABLE rating ADD CONSTRAINT rating_who_check CHECK (who IN ('verifier', 'second', 'reporter', 'party', 'expert', 'appeal'));

-- 0111 internal
CREATE TABLE internal_record (
  id              BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref             TEXT COLLATE "C" NOT NULL UNIQUE,
  person_id       BIGINT REFERENCES person(id) NOT NULL,
  seal_key        BIGINT NOT NULL,
  document_sha256 TEXT COLLATE "C" NOT NULL,
  event_id        BIGINT NOT NULL,
  sealed_title    BYTEA,
  sealed_content  BYTEA,
  entered_at      BIGINT NOT NULL
) ;
CREATE INDEX internal_record_person ON internal_record (person_id, id);
CREATE TABLE known_proposal (
  id          BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref         TEXT COLLATE "C" NOT NULL UNIQUE,
  report_id   BIGINT REFERENCES report(id) NOT NULL,
  record_id   BIGINT REFERENCES internal_record(id) NOT NULL,
  proposed_by BIGINT REFERENCES person(id) NOT NULL,
  proposed_at BIGINT NOT NULL,
  decision    TEXT COLLATE "C" NOT NULL,
  decided_by  BIGINT,
  decided_at  BIGINT
) ;
CREATE UNIQUE INDEX known_proposal_waiting ON known_proposal (report_id) WHERE decision = '';
CREATE INDEX known_proposal_record ON known_proposal (record_id);
ALTER TABLE report ADD COLUMN known_by BIGINT REFERENCES internal_record (id);
CREATE VIEW internal_reader AS SELECT id AS record_id, 64 AS roles, person_id FROM internal_record;
CREATE TABLE merge_proposal (
  id          BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref         TEXT COLLATE "C" NOT NULL UNIQUE,
  casefile_id BIGINT REFERENCES casefile(id) NOT NULL,
  into_id     BIGINT REFERENCES casefile(id) NOT NULL,
  kind        TEXT COLLATE "C" NOT NULL CHECK (kind IN ('merge', 'unmerge')),
  proposed_by BIGINT REFERENCES person(id) NOT NULL,
  proposed_at BIGINT NOT NULL,
  decision    TEXT COLLATE "C" NOT NULL,
  decided_by  BIGINT,
  decided_at  BIGINT
) ;
CREATE UNIQUE INDEX merge_proposal_waiting ON merge_proposal (casefile_id) WHERE decision = '';
CREATE INDEX merge_proposal_into ON merge_proposal (into_id);
ALTER TABLE affected_part ADD COLUMN origin_id BIGINT;
ALTER TABLE casefile_relation ADD COLUMN sealed_reason BYTEA;

-- 0112 figure
CREATE INDEX clock_ended ON clock (ended_at, started_at);
CREATE TABLE figure_value (
  span   TEXT COLLATE "C" NOT NULL CHECK (span IN ('day', 'month')),
  figure TEXT COLLATE "C" NOT NULL,
  slice  TEXT COLLATE "C" NOT NULL,
  start  BIGINT NOT NULL, -- civil day since 1970-01-01, or year * 12 + month - 1
  item   TEXT COLLATE "C" NOT NULL,
  bucket BIGINT NOT NULL,
  within BIGINT NOT NULL,
  value  BIGINT NOT NULL,
  PRIMARY KEY (span, figure, slice, start, item, bucket, within)
) ;
CREATE TABLE figure_progress (
  id       BIGINT PRIMARY KEY CHECK (id = 1),
  next_day BIGINT NOT NULL
) ;
INSERT INTO figure_progress (id, next_day) VALUES (1, -1);

-- 0113 figure_report
CREATE TABLE figure_report (
  id              BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref             TEXT COLLATE "C" NOT NULL UNIQUE,
  kind            TEXT COLLATE "C" NOT NULL CHECK (kind IN ('week', 'month', 'year')),
  start           BIGINT NOT NULL, -- first day of a week, else first month, as in figure_value
  state           TEXT COLLATE "C" NOT NULL,
  revision        BIGINT NOT NULL,
  seal_key        BIGINT NOT NULL,
  sealed_words_zh BYTEA,
  sealed_words_en BYTEA,
  reviewed_by     BIGINT NOT NULL,
  public_zh       TEXT COLLATE "C",
  public_en       TEXT COLLATE "C",
  issued_at       BIGINT,
  updated_at      BIGINT NOT NULL
) ;
CREATE UNIQUE INDEX figure_report_period ON figure_report (kind, start) WHERE state <> 'VOID';
CREATE INDEX figure_report_public ON figure_report (id) WHERE public_zh IS NOT NULL;

-- 0114 vault
DROP TABLE organisation_paper;
CREATE TABLE vault_paper (
  id          BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref         TEXT COLLATE "C" NOT NULL UNIQUE,
  owner       TEXT COLLATE "C" NOT NULL CHECK (owner IN ('person', 'organisation')),
  owner_id    BIGINT NOT NULL,
  kind        TEXT COLLATE "C" NOT NULL CHECK (kind IN ('licence', 'authorisation', 'identity')),
  seal_key    BIGINT NOT NULL,
  blob_id     BIGINT REFERENCES blob_file(id),
  sealed_name BYTEA,
  sealed_text BYTEA,
  size_bytes  BIGINT NOT NULL,
  digest      TEXT COLLATE "C" NOT NULL,
  added_by    BIGINT NOT NULL,
  added_at    BIGINT NOT NULL,
  decided_at  BIGINT,
  deleted_at  BIGINT
) ;
CREATE INDEX vault_paper_owner ON vault_paper (owner, owner_id, id);
CREATE INDEX vault_paper_blob ON vault_paper (blob_id);
CREATE INDEX vault_paper_decided ON vault_paper (decided_at, id) WHERE deleted_at IS NULL;
CREATE TABLE vault_opening (
  id            BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref           TEXT COLLATE "C" NOT NULL UNIQUE,
  paper_id      BIGINT REFERENCES vault_paper(id) NOT NULL,
  person_id     BIGINT REFERENCES person(id) NOT NULL,
  purpose       TEXT COLLATE "C" NOT NULL,
  sealed_reason BYTEA,
  state         TEXT COLLATE "C" NOT NULL CHECK (state IN ('asked', 'granted', 'refused', 'opened')),
  asked_at      BIGINT NOT NULL,
  decided_by    BIGINT REFERENCES person(id),
  decided_at    BIGINT,
  opened_at     BIGINT,
  CHECK (decided_by IS NULL OR decided_by <> person_id),
  CHECK ((state = 'opened') = (opened_at IS NOT NULL))
) ;
CREATE INDEX vault_opening_paper ON vault_opening (paper_id, id);
CREATE INDEX vault_opening_person ON vault_opening (person_id);
CREATE INDEX vault_opening_decider ON vault_opening (decided_by);
CREATE INDEX vault_opening_waiting ON vault_opening (id) WHERE state = 'asked';
ALTER TABLE person ADD COLUMN deleted_at BIGINT;
ALTER TABLE person DROP COLUMN sealed_identity;

-- 0115 privacy
CREATE TABLE retention_rule (
  id          BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref         TEXT COLLATE "C" NOT NULL UNIQUE,
  kind        TEXT COLLATE "C" NOT NULL,
  version     BIGINT NOT NULL CHECK (version > 1),
  days        BIGINT NOT NULL,
  why_zh      TEXT COLLATE "C" NOT NULL,
  why_en      TEXT COLLATE "C" NOT NULL,
  basis_zh    TEXT COLLATE "C" NOT NULL,
  basis_en    TEXT COLLATE "C" NOT NULL,
  reason      TEXT COLLATE "C" NOT NULL,
  state       TEXT COLLATE "C" NOT NULL CHECK (state IN ('proposed', 'in_force', 'refused')),
  proposed_by BIGINT REFERENCES person(id) NOT NULL,
  proposed_at BIGINT NOT NULL,
  decided_by  BIGINT REFERENCES person(id),
  decided_at  BIGINT,
  UNIQUE (kind, version),
  CHECK (decided_by IS NULL OR decided_by <> proposed_by),
  CHECK ((state = 'proposed') = (decided_at IS NULL))
) ;
CREATE UNIQUE INDEX retention_rule_open ON retention_rule (kind) WHERE state = 'proposed';
CREATE INDEX retention_rule_proposer ON retention_rule (proposed_by);
CREATE INDEX retention_rule_decider ON retention_rule (decided_by);
CREATE TABLE retention_hold (
  id            BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref           TEXT COLLATE "C" NOT NULL UNIQUE,
  kind          TEXT COLLATE "C" NOT NULL,
  matter        TEXT COLLATE "C" NOT NULL,
  sealed_reason BYTEA,
  until_at      BIGINT NOT NULL,
  state         TEXT COLLATE "C" NOT NULL CHECK (state IN ('asked', 'held', 'refused', 'released')),
  asked_by      BIGINT REFERENCES person(id) NOT NULL,
  asked_at      BIGINT NOT NULL,
  decided_by    BIGINT REFERENCES person(id),
  decided_at    BIGINT,
  released_by   BIGINT REFERENCES person(id),
  released_at   BIGINT,
  CHECK (decided_by IS NULL OR decided_by <> asked_by)
) ;
CREATE UNIQUE INDEX retention_hold_matter ON retention_hold (kind, matter) WHERE state IN ('asked', 'held');
CREATE INDEX retention_hold_asker ON retention_hold (asked_by);
CREATE INDEX retention_hold_decider ON retention_hold (decided_by);
CREATE INDEX retention_hold_releaser ON retention_hold (released_by);
CREATE TABLE retention_run (
  id      BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  kind    TEXT COLLATE "C" NOT NULL,
  version BIGINT NOT NULL,
  at      BIGINT NOT NULL,
  gone    BIGINT NOT NULL,
  held    BIGINT NOT NULL
) ;
CREATE INDEX complaint_answered ON complaint (answered_at, id) WHERE state = 'answered' AND sealed_text IS NOT NULL;
CREATE INDEX report_refused ON report (updated_at, id) WHERE sealed_values IS NOT NULL AND state IN ('REJECTED', 'WITHDRAWN', 'DUPLICATE');
CREATE INDEX draft_touched ON draft (updated_at, id) WHERE sent_machine IS NULL;
CREATE INDEX inbox_time ON inbox (created_at, id);
CREATE TABLE privacy_export (
  id         BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref        TEXT COLLATE "C" NOT NULL UNIQUE,
  person_id  BIGINT REFERENCES person(id) NOT NULL,
  state      TEXT COLLATE "C" NOT NULL CHECK (state IN ('asked', 'ready', 'gone')),
  seal_key   BIGINT NOT NULL,
  blob_id    BIGINT REFERENCES blob_file(id),
  size_bytes BIGINT NOT NULL,
  asked_at   BIGINT NOT NULL,
  ready_at   BIGINT,
  expires_at BIGINT,
  downloads  BIGINT NOT NULL,
  CHECK ((state = 'ready') = (blob_id IS NOT NULL))
) ;
CREATE UNIQUE INDEX privacy_export_open ON privacy_export (person_id) WHERE state = 'asked';
CREATE INDEX privacy_export_person ON privacy_export (person_id, id);
CREATE INDEX privacy_export_blob ON privacy_export (blob_id);
CREATE INDEX privacy_export_expiry ON privacy_export (expires_at, id) WHERE state = 'ready';
CREATE TABLE privacy_deletion (
  id        BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref       TEXT COLLATE "C" NOT NULL UNIQUE,
  person_id BIGINT REFERENCES person(id) NOT NULL,
  credit    TEXT COLLATE "C" NOT NULL CHECK (credit IN ('wished', 'anonymous')),
  state     TEXT COLLATE "C" NOT NULL CHECK (state IN ('waiting', 'cancelled', 'done')),
  asked_at  BIGINT NOT NULL,
  due_at    BIGINT NOT NULL,
  ended_at  BIGINT,
  CHECK ((state = 'waiting') = (ended_at IS NULL))
) ;
CREATE UNIQUE INDEX privacy_deletion_open ON privacy_deletion (person_id) WHERE state = 'waiting';
CREATE INDEX privacy_deletion_person ON privacy_deletion (person_id, id);
CREATE INDEX privacy_deletion_due ON privacy_deletion (due_at, id) WHERE state = 'waiting';
CREATE TABLE privacy_correction (
  id            BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref           TEXT COLLATE "C" NOT NULL UNIQUE,
  person_id     BIGINT REFERENCES person(id) NOT NULL,
  field         TEXT COLLATE "C" NOT NULL CHECK (field IN ('name', 'phone')),
  sealed_value  BYTEA,
  sealed_reason BYTEA,
  sealed_answer BYTEA,
  state         TEXT COLLATE "C" NOT NULL CHECK (state IN ('asked', 'accepted', 'refused')),
  asked_at      BIGINT NOT NULL,
  due_at        BIGINT NOT NULL,
  decided_by    BIGINT REFERENCES person(id),
  decided_at    BIGINT,
  CHECK (decided_by IS NULL OR decided_by <> person_id),
  CHECK ((state = 'asked') = (decided_at IS NULL))
) ;
CREATE UNIQUE INDEX privacy_correction_open ON privacy_correction (person_id, field) WHERE state = 'asked';
CREATE INDEX privacy_correction_person ON privacy_correction (person_id, id);
CREATE INDEX privacy_correction_decider ON privacy_correction (decided_by);
CREATE INDEX privacy_correction_waiting ON privacy_correction (id) WHERE state = 'asked';
ALTER TABLE complaint ADD COLUMN reminded_at BIGINT;
CREATE INDEX complaint_due ON complaint (due_at, id) WHERE state = 'received' AND reminded_at IS NULL;
CREATE TABLE impact (
  id            BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref           TEXT COLLATE "C" NOT NULL UNIQUE,
  state         TEXT COLLATE "C" NOT NULL,
  revision      BIGINT NOT NULL,
  seal_key      BIGINT NOT NULL,
  version       BIGINT NOT NULL,
  sealed_values BYTEA,
  written_by    BIGINT REFERENCES person(id) NOT NULL,
  approved_by   BIGINT REFERENCES person(id),
  approved_at   BIGINT,
  reminded_at   BIGINT,
  updated_at    BIGINT NOT NULL,
  CHECK (approved_by IS NULL OR approved_by <> written_by)
) ;
CREATE INDEX impact_writer ON impact (written_by);
CREATE INDEX impact_approver ON impact (approved_by);
CREATE INDEX impact_due ON impact (approved_at, id) WHERE state = 'APPROVED' AND reminded_at IS NULL;
CREATE TABLE impact_version (
  id            BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  impact_id     BIGINT REFERENCES impact(id) NOT NULL,
  version       BIGINT NOT NULL,
  sealed_values BYTEA,
  written_by    BIGINT REFERENCES person(id) NOT NULL,
  approved_by   BIGINT REFERENCES person(id) NOT NULL,
  approved_at   BIGINT NOT NULL,
  UNIQUE (impact_id, version)
) ;
CREATE INDEX impact_version_writer ON impact_version (written_by);
CREATE INDEX impact_version_approver ON impact_version (approved_by);

-- 0116 thread_mail
CREATE TABLE thread_address (
  id         BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  token      TEXT COLLATE "C" NOT NULL UNIQUE,
  person_id  BIGINT REFERENCES person(id) NOT NULL,
  machine    TEXT COLLATE "C" NOT NULL,
  subject_id BIGINT NOT NULL,
  audience   TEXT COLLATE "C" NOT NULL,
  seal_key   BIGINT NOT NULL,
  ref        TEXT COLLATE "C" NOT NULL,
  link       TEXT COLLATE "C" NOT NULL,
  created_at BIGINT NOT NULL,
  warned_at  BIGINT,
  UNIQUE (machine, subject_id, audience, person_id)
) ;
CREATE INDEX thread_address_person ON thread_address (person_id);
CREATE TABLE thread_mail (
  id         BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  address_id BIGINT REFERENCES thread_address(id) NOT NULL,
  message    TEXT COLLATE "C" NOT NULL,
  came_at    BIGINT NOT NULL,
  UNIQUE (address_id, message)
) ;
CREATE INDEX thread_mail_came ON thread_mail (came_at);
CREATE TABLE thread_held (
  address_id  BIGINT REFERENCES thread_address(id) PRIMARY KEY,
  sealed_body BYTEA NOT NULL,
  held_at     BIGINT NOT NULL
) ;
CREATE INDEX thread_held_at ON thread_held (held_at);
ALTER TABLE message ADD COLUMN by_mail BOOLEAN NOT NULL DEFAULT FALSE;

-- 0117 sector
CREATE TABLE organisation_sector (
  organisation_id BIGINT REFERENCES organisation(id) NOT NULL,
  code            TEXT COLLATE "C" NOT NULL,
  chosen_by       BIGINT NOT NULL,
  chosen_at       BIGINT NOT NULL,
  PRIMARY KEY (organisation_id, code)
) ;
CREATE INDEX organisation_sector_code ON organisation_sector (code, organisation_id);
ALTER TABLE warning_aim ADD COLUMN sector TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE warning_aim DROP CONSTRAINT warning_aim_kind_check;
ALTER TABLE warning_aim ADD CONSTRAINT warning_aim_kind_check CHECK (kind IN ('public', 'units', 'vendors', 'sector', 'organisation'));

-- 0118 warning_search
ALTER TABLE warning_publication ADD COLUMN position BIGINT NOT NULL DEFAULT 0;
ALTER TABLE warning_publication ADD COLUMN is_indexed BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE warning_publication SET position = (published_at / 1000) * 1048576 + id % 1048576;
CREATE UNIQUE INDEX warning_publication_position ON warning_publication (position);
CREATE INDEX warning_publication_waiting ON warning_publication (id) WHERE is_indexed = FALSE AND withdrawn_at IS NULL;
CREATE TABLE warning_search (position BIGINT PRIMARY KEY, tokens TSVECTOR NOT NULL);
CREATE INDEX warning_search_tokens ON warning_search USING gin (tokens);

-- 0119 timestamp
ALTER TABLE internal_record ADD COLUMN stamped_at BIGINT;
ALTER TABLE internal_record ADD COLUMN sealed_stamp BYTEA;
ALTER TABLE internal_record ADD COLUMN sealed_stamper BYTEA;
ALTER TABLE internal_record ADD COLUMN idempotency TEXT COLLATE "C";
CREATE UNIQUE INDEX internal_record_idempotency ON internal_record (idempotency) WHERE idempotency IS NOT NULL;

-- 0121 cover
CREATE TABLE cover_keep (
  id            BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  seal_key      BIGINT NOT NULL,
  place         TEXT COLLATE "C" NOT NULL,
  digest        TEXT COLLATE "C" NOT NULL,
  counts        TEXT COLLATE "C" NOT NULL,
  sealed_reason BYTEA,
  person_id     BIGINT REFERENCES person(id),
  kept_at       BIGINT NOT NULL,
  UNIQUE (seal_key, place)
) ;
CREATE INDEX cover_keep_person ON cover_keep (person_id);

-- 0122 privacy_more
ALTER TABLE privacy_correction ADD COLUMN reminded_at BIGINT;
CREATE INDEX privacy_correction_due ON privacy_correction (due_at, id) WHERE state = 'asked' AND reminded_at IS NULL;
CREATE TABLE privacy_export_part (
  id         BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  export_id  BIGINT REFERENCES privacy_export(id) NOT NULL,
  number     BIGINT NOT NULL,
  blob_id    BIGINT REFERENCES blob_file(id) NOT NULL,
  size_bytes BIGINT NOT NULL,
  UNIQUE (export_id, number)
) ;
CREATE INDEX privacy_export_part_blob ON privacy_export_part (blob_id);
INSERT INTO privacy_export_part (export_id, number, blob_id, size_bytes) SELECT id, 1, blob_id, size_bytes FROM privacy_export WHERE blob_id IS NOT NULL;
CREATE TABLE privacy_handover (
  id           BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  ref          TEXT COLLATE "C" NOT NULL UNIQUE,
  person_id    BIGINT REFERENCES person(id) NOT NULL,
  successor_id BIGINT REFERENCES person(id) NOT NULL,
  sealed_note  BYTEA,
  asked_at     BIGINT NOT NULL,
  ended_at     BIGINT,
  CHECK (person_id <> successor_id)
) ;
CREATE UNIQUE INDEX privacy_handover_open ON privacy_handover (person_id) WHERE ended_at IS NULL;
CREATE INDEX privacy_handover_person ON privacy_handover (person_id);
CREATE INDEX privacy_handover_successor ON privacy_handover (successor_id);
CREATE INDEX privacy_handover_waiting ON privacy_handover (id) WHERE ended_at IS NULL;

-- 0123 delivery_work
ALTER TABLE delivery_letter ADD COLUMN partner_id BIGINT REFERENCES organisation (id);
UPDATE delivery_letter SET partner_id = (SELECT delivery.partner_id FROM delivery WHERE delivery.id = delivery_letter.delivery_id);
CREATE INDEX delivery_letter_partner ON delivery_letter (partner_id, outcome, id);
CREATE INDEX delivery_letter_outcome ON delivery_letter (outcome, id);

-- 0124 figure_anew
DELETE FROM figure_value;
UPDATE figure_progress SET next_day = -1;

-- 0125 dispute_file
CREATE TABLE dispute_file (
  id          BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  dispute_id  BIGINT REFERENCES dispute(id) NOT NULL UNIQUE,
  blob_id     BIGINT REFERENCES blob_file(id) NOT NULL,
  body_sha256 TEXT COLLATE "C" NOT NULL,
  made_at     BIGINT NOT NULL
) ;
CREATE INDEX dispute_file_blob ON dispute_file (blob_id);
CREATE INDEX dispute_of_key ON dispute (seal_key);

-- 0127 figure_more
CREATE INDEX warning_recipient_due ON warning_recipient (due_at);
CREATE INDEX warning_recipient_signed ON warning_recipient (acknowledged_at) WHERE acknowledged_at IS NOT NULL;

-- 0128 figure_edition
ALTER TABLE figure_report DROP CONSTRAINT figure_report_kind_check;
ALTER TABLE figure_report ADD CONSTRAINT figure_report_kind_check CHECK (kind IN ('week', 'month', 'year', 'special'));
ALTER TABLE figure_report ADD COLUMN last BIGINT NOT NULL DEFAULT 0;
ALTER TABLE figure_report ADD COLUMN is_inside BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE figure_report ADD COLUMN edition BIGINT NOT NULL DEFAULT 0;
ALTER TABLE figure_report ADD COLUMN is_public BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE figure_report ADD COLUMN writer_id BIGINT NOT NULL DEFAULT 0;
UPDATE figure_report SET last = CASE kind WHEN 'week' THEN start + 6 WHEN 'year' THEN start + 11 ELSE start END, is_inside = (kind = 'week'),
  edition = CASE WHEN issued_at IS NULL THEN 0 ELSE 1 END, is_public = (public_zh IS NOT NULL);
DROP INDEX figure_report_period;
DROP INDEX figure_report_public;
CREATE UNIQUE INDEX figure_report_period ON figure_report (kind, start) WHERE state <> 'VOID' AND kind <> 'special';
CREATE INDEX figure_report_public ON figure_report (id) WHERE is_public;
CREATE TABLE figure_report_part (
  report_id BIGINT REFERENCES figure_report(id) NOT NULL,
  edition   BIGINT NOT NULL,
  section   TEXT COLLATE "C" NOT NULL,
  sealed_zh BYTEA,
  sealed_en BYTEA,
  public_zh TEXT COLLATE "C",
  public_en TEXT COLLATE "C",
  PRIMARY KEY (report_id, edition, section)
) ;
CREATE TABLE figure_report_edition (
  report_id   BIGINT REFERENCES figure_report(id) NOT NULL,
  n           BIGINT NOT NULL,
  reviewed_by BIGINT NOT NULL,
  issued_by   BIGINT NOT NULL,
  issued_at   BIGINT NOT NULL,
  PRIMARY KEY (report_id, n)
) ;
INSERT INTO figure_report_edition (report_id, n, reviewed_by, issued_by, issued_at)
SELECT id, 1, reviewed_by, 0, issued_at FROM figure_report WHERE issued_at IS NOT NULL;
INSERT INTO figure_report_part (report_id, edition, section, sealed_zh, sealed_en, public_zh, public_en)
SELECT r.id, e.n, 'summary', r.sealed_words_zh, r.sealed_words_en, CASE WHEN e.n = 1 THEN r.public_zh END, CASE WHEN e.n = 1 THEN r.public_en END
FROM figure_report r JOIN (SELECT 0 AS n UNION ALL SELECT 1) e ON e.n = 0 OR r.issued_at IS NOT NULL;
INSERT INTO figure_report_part (report_id, edition, section, public_zh, public_en)
SELECT r.id, e.n, s.tag, CASE WHEN e.n = 1 AND r.public_zh IS NOT NULL THEN '' END, CASE WHEN e.n = 1 AND r.public_en IS NOT NULL THEN '' END
FROM figure_report r JOIN (SELECT 0 AS n UNION ALL SELECT 1) e ON e.n = 0 OR r.issued_at IS NOT NULL
JOIN (SELECT 'counts' AS tag UNION ALL SELECT 'months' UNION ALL SELECT 'levels' UNION ALL SELECT 'kinds' UNION ALL SELECT 'products'
  UNION ALL SELECT 'classes' UNION ALL SELECT 'warnings' UNION ALL SELECT 'times' UNION ALL SELECT 'reviews' UNION ALL SELECT 'backlog'
  UNION ALL SELECT 'definitions') s ON 1 = 1;
ALTER TABLE figure_report DROP COLUMN sealed_words_zh;
ALTER TABLE figure_report DROP COLUMN sealed_words_en;
ALTER TABLE figure_report DROP COLUMN public_zh;
ALTER TABLE figure_report DROP COLUMN public_en;

-- 0129 org_name
CREATE TABLE organisation_name (
  organisation_id BIGINT REFERENCES organisation(id) NOT NULL,
  skeleton        TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (organisation_id, skeleton)
) ;
CREATE INDEX organisation_name_skeleton ON organisation_name (skeleton, organisation_id);

-- 0130 batch_personal
ALTER TABLE batch_row ADD COLUMN personal BIGINT NOT NULL DEFAULT 0;
CREATE INDEX batch_row_personal ON batch_row (batch_id, number) WHERE personal > 0;
