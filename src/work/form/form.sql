-- Drafts and attachments.

--: row DraftRow = id int, ref text, form text, form_version int, person_id int?, secret text?, seal_key int,
--:   sealed_values sealed?, updated_at time

--: draft_insert(ref text, form text, form_version int, person_id int?, secret text?, seal_key int, updated_at time) -> one (id int)
INSERT INTO draft (ref, form, form_version, person_id, secret, seal_key, updated_at)
VALUES (:ref, :form, :form_version, :person_id, :secret, :seal_key, :updated_at)
RETURNING id;

--: draft_find(ref text, form text) -> one DraftRow
SELECT {DraftRow} FROM draft WHERE ref = :ref AND form = :form AND sent_machine IS NULL;

--: draft_find_sent(ref text) -> maybe (sent_machine text, sent_subject int, person_id int?, secret text?)
SELECT sent_machine, sent_subject, person_id, secret FROM draft WHERE ref = :ref AND sent_machine IS NOT NULL;

--: draft_update(id int, sealed_values sealed, updated_at time) -> changed
UPDATE draft SET sealed_values = :sealed_values, updated_at = :updated_at WHERE id = :id AND sent_machine IS NULL;

--: draft_mark_sent(id int, sent_machine text, sent_subject int, updated_at time) -> changed
UPDATE draft SET sent_machine = :sent_machine, sent_subject = :sent_subject, updated_at = :updated_at, sealed_values = NULL
WHERE id = :id AND sent_machine IS NULL;

--: draft_delete(id int) -> changed
DELETE FROM draft WHERE id = :id AND sent_machine IS NULL;

--: row DraftKept = id int, ref text, updated_at time, seal_key int

--: draft_kept_rows(before time, after_at time, after_id int, max int) -> many DraftKept
SELECT {DraftKept} FROM draft
WHERE sent_machine IS NULL AND updated_at < :before AND (updated_at > :after_at OR (updated_at = :after_at AND id > :after_id))
ORDER BY updated_at, id LIMIT :max;

--: draft_unsent(ref text) -> maybe DraftKept
SELECT {DraftKept} FROM draft WHERE ref = :ref AND sent_machine IS NULL;

--: draft_refs_of(person_id int) -> many text
SELECT ref FROM draft WHERE person_id = :person_id AND sent_machine IS NULL;

--: row DraftLine = ref text, form text, updated_at time

--: draft_list_of(person_id int) -> many DraftLine
SELECT {DraftLine} FROM draft WHERE person_id = :person_id AND sent_machine IS NULL ORDER BY updated_at DESC LIMIT 50;

--: row AttachmentRow = id int, ref text, kind text, subject_id int, seal_key int, person_id int?, sealed_name sealed, sealed_sha256 sealed?,
--:   sealed_inspection sealed?, content_type text, size_bytes int, received_bytes int, is_finished bool, created_at time

--: attachment_insert(ref text, kind text, subject_id int, seal_key int, person_id int?, sealed_name sealed, size_bytes int, created_at time) -> one (id int)
INSERT INTO attachment (ref, kind, subject_id, seal_key, person_id, sealed_name, content_type, size_bytes, received_bytes, is_finished, created_at)
VALUES (:ref, :kind, :subject_id, :seal_key, :person_id, :sealed_name, 'application/octet-stream', :size_bytes, 0, false, :created_at)
RETURNING id;

--: attachment_count(kind text, subject_id int) -> one (files int)
SELECT count(*) FROM attachment WHERE kind = :kind AND subject_id = :subject_id;

--: attachment_count_of(kind text, subject_id int, person_id int) -> one (files int)
SELECT count(*) FROM attachment WHERE kind = :kind AND subject_id = :subject_id AND person_id = :person_id;

--: row AttachmentStale = id int, subject_id int

--: attachment_stale(kind text, before time, max int) -> many AttachmentStale
SELECT {AttachmentStale} FROM attachment WHERE kind = :kind AND created_at < :before ORDER BY id LIMIT :max;

--: attachment_received(id int) -> one (received_bytes int)
SELECT received_bytes FROM attachment WHERE id = :id AND NOT is_finished;

--: attachment_advance(id int, from_bytes int, to_bytes int) -> changed
UPDATE attachment SET received_bytes = :to_bytes WHERE id = :id AND received_bytes = :from_bytes AND NOT is_finished;

--: attachment_part_add(attachment_id int, offset_bytes int, size_bytes int, blob_id int) -> nothing
INSERT INTO attachment_part (attachment_id, offset_bytes, size_bytes, blob_id) VALUES (:attachment_id, :offset_bytes, :size_bytes, :blob_id);

--: row AttachmentPart = offset_bytes int, size_bytes int, blob_id int

--: attachment_part_list(attachment_id int) -> many AttachmentPart
SELECT {AttachmentPart} FROM attachment_part WHERE attachment_id = :attachment_id ORDER BY offset_bytes;

--: attachment_complete(id int, content_type text, sealed_sha256 sealed, sealed_inspection sealed) -> changed
UPDATE attachment SET is_finished = true, content_type = :content_type, sealed_sha256 = :sealed_sha256, sealed_inspection = :sealed_inspection
WHERE id = :id AND received_bytes = size_bytes AND NOT is_finished;

--: attachment_list_of(kind text, subject_id int) -> many AttachmentRow
SELECT {AttachmentRow} FROM attachment WHERE kind = :kind AND subject_id = :subject_id ORDER BY id LIMIT 200;

--: attachment_find_of(kind text, subject_id int, ref text) -> one AttachmentRow
SELECT {AttachmentRow} FROM attachment WHERE ref = :ref AND kind = :kind AND subject_id = :subject_id;

--: attachment_move(from_kind text, from_subject int, to_kind text, to_subject int) -> nothing
UPDATE attachment SET kind = :to_kind, subject_id = :to_subject WHERE kind = :from_kind AND subject_id = :from_subject;

--: attachment_give_to(id int, kind text, subject_id int) -> changed
UPDATE attachment SET kind = :kind, subject_id = :subject_id WHERE id = :id AND is_finished;

--: attachment_part_delete(attachment_id int) -> nothing
DELETE FROM attachment_part WHERE attachment_id = :attachment_id;

-- Where it was found; what a report has taken over is no draft's to remove.
--: attachment_delete(id int, kind text, subject_id int) -> changed
DELETE FROM attachment WHERE id = :id AND kind = :kind AND subject_id = :subject_id;
