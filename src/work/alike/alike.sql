-- Keyed values of matters, by which others like them are found.

--: alike_insert(kind text, subject_id int, feature int, key int) -> nothing
INSERT INTO alike (kind, subject_id, feature, key) VALUES (:kind, :subject_id, :feature, :key);

--: alike_delete(kind text, subject_id int) -> nothing
DELETE FROM alike WHERE kind = :kind AND subject_id = :subject_id;

--: row AlikeRow = subject_id int, feature int

--: alike_with(kind text, key int, most int) -> many AlikeRow
SELECT {AlikeRow} FROM alike WHERE kind = :kind AND key = :key ORDER BY subject_id DESC LIMIT :most;

-- ---- The index of published records

--: row AlikeSegmentRow = segment int, documents int, version int
--: row AlikePostingRow = bucket int, segment int, postings bytes

--: alike_segments() -> many AlikeSegmentRow
--: scans because it holds a row for many thousand records
SELECT {AlikeSegmentRow} FROM alike_segment ORDER BY segment;

--: alike_postings(buckets ints) -> many AlikePostingRow
SELECT {AlikePostingRow} FROM alike_posting WHERE bucket IN (:buckets);

--: alike_clear_segment(segment int) -> nothing
DELETE FROM alike_posting WHERE segment = :segment;

--: alike_put_posting(bucket int, segment int, postings bytes) -> nothing
INSERT INTO alike_posting (bucket, segment, postings) VALUES (:bucket, :segment, :postings);

--: alike_put_segment(segment int, documents int, version int, at time) -> nothing
INSERT INTO alike_segment (segment, documents, version, built_at) VALUES (:segment, :documents, :version, :at)
ON CONFLICT (segment) DO UPDATE SET documents = excluded.documents, version = excluded.version, built_at = excluded.built_at;

--: alike_followed() -> maybe (source int)
SELECT source FROM alike_follow WHERE id = 1;

--: alike_set_followed(source int) -> nothing
INSERT INTO alike_follow (id, source) VALUES (1, :source) ON CONFLICT (id) DO UPDATE SET source = excluded.source;
