-- Requests for correction whose time is nearly over are reminded of once.
ALTER TABLE privacy_correction ADD COLUMN reminded_at {time};
CREATE INDEX privacy_correction_due ON privacy_correction (due_at, id) WHERE state = 'asked' AND reminded_at IS NULL;

-- A copy of one's own data in parts, each a file by itself; blob_id of the copy is that of its first part, size_bytes that of all.
CREATE TABLE privacy_export_part (
  id         {id},
  export_id  {ref privacy_export} NOT NULL,
  number     {int} NOT NULL,
  blob_id    {ref blob_file} NOT NULL,
  size_bytes {int} NOT NULL,
  UNIQUE (export_id, number)
) {strict};
CREATE INDEX privacy_export_part_blob ON privacy_export_part (blob_id);
INSERT INTO privacy_export_part (export_id, number, blob_id, size_bytes) SELECT id, 1, blob_id, size_bytes FROM privacy_export WHERE blob_id IS NOT NULL;

-- Whoever holds an office and wants to end the account names who takes over first.
CREATE TABLE privacy_handover (
  id           {id},
  ref          {text} NOT NULL UNIQUE,
  person_id    {ref person} NOT NULL,
  successor_id {ref person} NOT NULL,
  sealed_note  {sealed},
  asked_at     {time} NOT NULL,
  ended_at     {time},
  CHECK (person_id <> successor_id)
) {strict};
CREATE UNIQUE INDEX privacy_handover_open ON privacy_handover (person_id) WHERE ended_at IS NULL;
CREATE INDEX privacy_handover_person ON privacy_handover (person_id);
CREATE INDEX privacy_handover_successor ON privacy_handover (successor_id);
CREATE INDEX privacy_handover_waiting ON privacy_handover (id) WHERE ended_at IS NULL;
