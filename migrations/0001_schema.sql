-- Which migrations were applied. Read and written by store/db alone.
CREATE TABLE schema_migration (
  number     {key},
  name       {text} NOT NULL,
  checksum   {text} NOT NULL,
  applied_at {time} NOT NULL
) {strict};
