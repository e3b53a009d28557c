-- The decision of a panel of experts as a signed file: made once, sealed with the key of what the dispute is about.
CREATE TABLE dispute_file (
  id          {id},
  dispute_id  {ref dispute} NOT NULL UNIQUE,
  blob_id     {ref blob_file} NOT NULL,
  body_sha256 {text} NOT NULL,
  made_at     {time} NOT NULL
) {strict};
CREATE INDEX dispute_file_blob ON dispute_file (blob_id);

-- What hangs on a key that is destroyed: its disputes end with it.
CREATE INDEX dispute_of_key ON dispute (seal_key);
