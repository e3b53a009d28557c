-- Figures of closed days and months, computed from clocks and events; and how far that has come.
CREATE INDEX clock_ended ON clock (ended_at, started_at);

CREATE TABLE figure_value (
  span   {text} NOT NULL CHECK (span IN ('day', 'month')),
  figure {text} NOT NULL,
  slice  {text} NOT NULL,
  start  {int} NOT NULL, -- civil day since 1970-01-01, or year * 12 + month - 1
  item   {text} NOT NULL,
  bucket {int} NOT NULL,
  within {int} NOT NULL,
  value  {int} NOT NULL,
  PRIMARY KEY (span, figure, slice, start, item, bucket, within)
) {keyed};

CREATE TABLE figure_progress (
  id       {key} CHECK (id = 1),
  next_day {int} NOT NULL
) {strict};
INSERT INTO figure_progress (id, next_day) VALUES (1, -1);
