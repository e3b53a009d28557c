-- Reports of figures made by hand, of any months, in sections with words of their own; what was issued is an edition, corrected by a further one.
--: for postgres
ALTER TABLE figure_report DROP CONSTRAINT figure_report_kind_check;
ALTER TABLE figure_report ADD CONSTRAINT figure_report_kind_check CHECK (kind IN ('week', 'month', 'year', 'special'));
ALTER TABLE figure_report ADD COLUMN last {int} NOT NULL DEFAULT 0;
ALTER TABLE figure_report ADD COLUMN is_inside {bool} NOT NULL DEFAULT FALSE;
ALTER TABLE figure_report ADD COLUMN edition {int} NOT NULL DEFAULT 0;
ALTER TABLE figure_report ADD COLUMN is_public {bool} NOT NULL DEFAULT FALSE;
ALTER TABLE figure_report ADD COLUMN writer_id {int} NOT NULL DEFAULT 0;
UPDATE figure_report SET last = CASE kind WHEN 'week' THEN start + 6 WHEN 'year' THEN start + 11 ELSE start END, is_inside = (kind = 'week'),
  edition = CASE WHEN issued_at IS NULL THEN 0 ELSE 1 END, is_public = (public_zh IS NOT NULL);
DROP INDEX figure_report_period;
DROP INDEX figure_report_public;
--: for sqlite
CREATE TABLE figure_report_anew (
  id              {id},
  ref             {text} NOT NULL UNIQUE,
  kind            {text} NOT NULL CHECK (kind IN ('week', 'month', 'year', 'special')),
  start           {int} NOT NULL,
  state           {text} NOT NULL,
  revision        {int} NOT NULL,
  seal_key        {int} NOT NULL,
  sealed_words_zh {sealed},
  sealed_words_en {sealed},
  reviewed_by     {int} NOT NULL,
  public_zh       {text},
  public_en       {text},
  issued_at       {time},
  updated_at      {time} NOT NULL,
  last            {int} NOT NULL,
  is_inside       {bool} NOT NULL,
  edition         {int} NOT NULL,
  is_public       {bool} NOT NULL,
  writer_id       {int} NOT NULL
) {strict};
INSERT INTO figure_report_anew SELECT id, ref, kind, start, state, revision, seal_key, sealed_words_zh, sealed_words_en, reviewed_by, public_zh,
  public_en, issued_at, updated_at, CASE kind WHEN 'week' THEN start + 6 WHEN 'year' THEN start + 11 ELSE start END, kind = 'week',
  CASE WHEN issued_at IS NULL THEN 0 ELSE 1 END, public_zh IS NOT NULL, 0 FROM figure_report;
DROP TABLE figure_report;
ALTER TABLE figure_report_anew RENAME TO figure_report;
--: for both

-- last: last day of a week, else last month. is_inside: of the office alone. edition: the newest that was issued, 0: none.
CREATE UNIQUE INDEX figure_report_period ON figure_report (kind, start) WHERE state <> 'VOID' AND kind <> 'special';
CREATE INDEX figure_report_public ON figure_report (id) WHERE is_public;

-- Words of a section; edition 0: as they are being worked on. What the public reads stands beside what is sealed.
CREATE TABLE figure_report_part (
  report_id {ref figure_report} NOT NULL,
  edition   {int} NOT NULL,
  section   {text} NOT NULL,
  sealed_zh {sealed},
  sealed_en {sealed},
  public_zh {text},
  public_en {text},
  PRIMARY KEY (report_id, edition, section)
) {keyed};

CREATE TABLE figure_report_edition (
  report_id   {ref figure_report} NOT NULL,
  n           {int} NOT NULL,
  reviewed_by {int} NOT NULL,
  issued_by   {int} NOT NULL,
  issued_at   {time} NOT NULL,
  PRIMARY KEY (report_id, n)
) {keyed};

-- What was drafted before had one text and every table.
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
