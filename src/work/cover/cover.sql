-- What was kept although it looks like personal data.

--: row CoverKeepRow = id int, seal_key int, place text, digest text, counts text, sealed_reason sealed?, person_id int?, kept_at time

--: cover_keep_put(seal_key int, place text, digest text, counts text, sealed_reason sealed, person_id int?, kept_at time) -> nothing
INSERT INTO cover_keep (seal_key, place, digest, counts, sealed_reason, person_id, kept_at)
VALUES (:seal_key, :place, :digest, :counts, :sealed_reason, :person_id, :kept_at)
ON CONFLICT (seal_key, place) DO UPDATE SET digest = :digest, counts = :counts, sealed_reason = :sealed_reason, person_id = :person_id, kept_at = :kept_at;

--: cover_keep_of(seal_key int, place text) -> maybe CoverKeepRow
SELECT {CoverKeepRow} FROM cover_keep WHERE seal_key = :seal_key AND place = :place;

--: cover_keep_rows(seal_key int) -> many CoverKeepRow
SELECT {CoverKeepRow} FROM cover_keep WHERE seal_key = :seal_key ORDER BY place LIMIT 200;
