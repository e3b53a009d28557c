-- Marked copies. Only coordinators and the command line ask; the operation checks it.

--: row CopyMarkRow = mark int, kind text, subject_ref text, copy_ref text, person_id int?, sealed_recipient sealed?, made_at time

--: copy_mark_insert(mark int, kind text, subject_ref text, copy_ref text, person_id int?, seal_key int, sealed_recipient sealed?, made_at time) -> nothing
INSERT INTO copy_mark (mark, kind, subject_ref, copy_ref, person_id, seal_key, sealed_recipient, made_at)
VALUES (:mark, :kind, :subject_ref, :copy_ref, :person_id, :seal_key, :sealed_recipient, :made_at)
ON CONFLICT (copy_ref) DO NOTHING;

--: copy_mark_of(copy_ref text) -> one (mark int)
SELECT mark FROM copy_mark WHERE copy_ref = :copy_ref;

--: copy_mark_row(mark int) -> one CopyMarkRow
SELECT {CopyMarkRow} FROM copy_mark WHERE mark = :mark;
