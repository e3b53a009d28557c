-- Sealed files; name: keyed hash of the content, and of the file in the store.
CREATE TABLE blob_file (
  id         {id},
  matter     {int} NOT NULL REFERENCES matter_key (id),
  name       {text} NOT NULL UNIQUE,
  size       {int} NOT NULL CHECK (size >= 0),
  created_at {time} NOT NULL
) {strict};
CREATE INDEX blob_file_by_matter ON blob_file (matter);
