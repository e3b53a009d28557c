-- The minutes of a panel as a signed file: made once for each number of members who have signed, and kept as it was handed out.
CREATE TABLE panel_minutes (
  id          {id},
  panel_id    {ref panel} NOT NULL,
  signatures  {int} NOT NULL,
  blob_id     {ref blob_file} NOT NULL,
  body_sha256 {text} NOT NULL,
  made_at     {time} NOT NULL,
  UNIQUE (panel_id, signatures)
) {strict};
CREATE INDEX panel_minutes_blob ON panel_minutes (blob_id);
