-- Certificates: numbers that are never used again, what stands on each, and what became of it. All of it is public; the file is the holder's.
CREATE TABLE certificate_count (
  kind {text} NOT NULL,
  year {int} NOT NULL,
  last {int} NOT NULL,
  PRIMARY KEY (kind, year)
) {strict};

CREATE TABLE certificate (
  id              {id},
  number          {text} NOT NULL UNIQUE,
  kind            {text} NOT NULL CHECK (kind IN ('unit', 'find')),
  year            {int} NOT NULL,
  counted         {int} NOT NULL,
  state           {text} NOT NULL CHECK (state IN ('ACTIVE', 'SUSPENDED', 'REVOKED', 'EXPIRED', 'REPLACED')),
  organisation_id {int} NOT NULL,
  person_id       {int} NOT NULL,
  holder          {text} NOT NULL,
  holder_en       {text} NOT NULL,
  credit_code     {text} NOT NULL,
  direction       {text} NOT NULL,
  stars           {int} NOT NULL,
  subject         {text} NOT NULL,
  level           {text} NOT NULL,
  document        {text} NOT NULL,
  replaces        {text} NOT NULL,
  from_at         {time} NOT NULL,
  until_at        {time},
  issued_at       {time} NOT NULL,
  issued_by       {int} NOT NULL,
  record          {text} NOT NULL,
  event_id        {int} NOT NULL,
  seal_key        {int} NOT NULL,
  file_blob       {ref blob_file},
  file_sha256     {text},
  UNIQUE (kind, year, counted)
) {strict};
CREATE UNIQUE INDEX certificate_file ON certificate (file_sha256) WHERE file_sha256 IS NOT NULL;
CREATE INDEX certificate_without_file ON certificate (id) WHERE file_sha256 IS NULL;
CREATE INDEX certificate_blob ON certificate (file_blob);
CREATE INDEX certificate_kind ON certificate (kind, id);
CREATE INDEX certificate_organisation ON certificate (organisation_id, id);
CREATE INDEX certificate_person ON certificate (person_id, id);

-- The words a holder is found by: each character of its name, and each two that stand side by side.
CREATE TABLE certificate_word (
  word           {text} NOT NULL,
  certificate_id {ref certificate} NOT NULL,
  PRIMARY KEY (word, certificate_id)
) {strict};
CREATE INDEX certificate_word_certificate ON certificate_word (certificate_id);

CREATE TABLE certificate_step (
  id             {id},
  certificate_id {ref certificate} NOT NULL,
  action         {text} NOT NULL,
  state          {text} NOT NULL,
  reason         {text} NOT NULL,
  document       {text} NOT NULL,
  at             {time} NOT NULL
) {strict};
CREATE INDEX certificate_step_certificate ON certificate_step (certificate_id, id);
