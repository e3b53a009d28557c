-- The random key of each matter, wrapped by a generation of the master key. Without wrapped: destroyed.
CREATE TABLE matter_key (
  id           {key},
  generation   {int},
  wrapped      {bytes},
  created_at   {time} NOT NULL,
  destroyed_at {time},
  CHECK ((wrapped IS NULL) = (generation IS NULL)),
  CHECK ((wrapped IS NULL) = (destroyed_at IS NOT NULL))
) {strict};
CREATE INDEX matter_key_by_generation ON matter_key (generation, id);

-- One row: the newest generation in use. Written by rotation alone, so that reading it never makes new matters wait for one another.
CREATE TABLE seal_generation (
  id     {key} CHECK (id = 1),
  newest {int} NOT NULL
) {strict};
INSERT INTO seal_generation (id, newest) VALUES (1, 0);
