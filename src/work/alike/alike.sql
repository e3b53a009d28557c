-- Keyed values of matters, by which others like them are found.

--: alike_insert(kind text, subject_id int, feature int, key int) -> nothing
INSERT INTO alike (kind, subject_id, feature, key) VALUES (:kind, :subject_id, :feature, :key);

--: alike_delete(kind text, subject_id int) -> nothing
DELETE FROM alike WHERE kind = :kind AND subject_id = :subject_id;

--: row AlikeRow = subject_id int, feature int

--: alike_with(kind text, key int, most int) -> many AlikeRow
SELECT {AlikeRow} FROM alike WHERE kind = :kind AND key = :key ORDER BY subject_id DESC LIMIT :most;
