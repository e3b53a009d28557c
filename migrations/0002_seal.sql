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
