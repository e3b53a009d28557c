-- The industries an organisation works in: words of a list that the operator keeps (people/org/sector.c).
CREATE TABLE organisation_sector (
  organisation_id {ref organisation} NOT NULL,
  code            {text} NOT NULL,
  chosen_by       {int} NOT NULL,
  chosen_at       {time} NOT NULL,
  PRIMARY KEY (organisation_id, code)
) {keyed};
CREATE INDEX organisation_sector_code ON organisation_sector (code, organisation_id);

-- A warning may be meant for an industry.
--: for sqlite
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
--: for postgres
ALTER TABLE warning_aim ADD COLUMN sector TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE warning_aim DROP CONSTRAINT warning_aim_kind_check;
ALTER TABLE warning_aim ADD CONSTRAINT warning_aim_kind_check CHECK (kind IN ('public', 'units', 'vendors', 'sector', 'organisation'));
--: for both
