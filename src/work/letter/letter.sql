-- Letters of the office.

--: row LetterRow = id int, ref text, kind text, number text, machine text, matter text, seal_key int, sealed_recipient sealed?, word_blob int,
--:   page_blob int, issued_by int, issued_at time, voided_at time?, sealed_reason sealed?

--: letter_next(kind text, year int) -> one (last int)
INSERT INTO letter_count (kind, year, last) VALUES (:kind, :year, 1)
ON CONFLICT (kind, year) DO UPDATE SET last = letter_count.last + 1 RETURNING last;

--: letter_insert(ref text, kind text, year int, counted int, number text, machine text, subject_id int, matter text, seal_key int,
--:   sealed_recipient sealed, word_blob int, page_blob int, issued_by int, at time) -> one (id int)
INSERT INTO letter (ref, kind, year, counted, number, machine, subject_id, matter, seal_key, sealed_recipient, word_blob, page_blob, issued_by, issued_at)
VALUES (:ref, :kind, :year, :counted, :number, :machine, :subject_id, :matter, :seal_key, :sealed_recipient, :word_blob, :page_blob, :issued_by, :at)
RETURNING id;

--: letter_find(ref text) -> maybe LetterRow
SELECT {LetterRow} FROM letter WHERE ref = :ref;

--: letter_rows(before int, max int) -> many LetterRow
SELECT {LetterRow} FROM letter WHERE id < :before ORDER BY id DESC LIMIT :max;

--: letter_rows_of_kind(kind text, before int, max int) -> many LetterRow
SELECT {LetterRow} FROM letter WHERE kind = :kind AND id < :before ORDER BY id DESC LIMIT :max;

--: letter_mark_void(id int, person_id int, sealed_reason sealed, at time) -> changed
UPDATE letter SET voided_by = :person_id, voided_at = :at, sealed_reason = :sealed_reason WHERE id = :id AND voided_at IS NULL;

--: letter_read(letter_id int, person_id int, form text, at time) -> nothing
INSERT INTO letter_reading (letter_id, person_id, form, at) VALUES (:letter_id, :person_id, :form, :at);

--: row LetterReadingRow = person_id int, form text, at time

--: letter_reading_rows(letter_id int) -> many LetterReadingRow
SELECT {LetterReadingRow} FROM letter_reading WHERE letter_id = :letter_id ORDER BY id DESC LIMIT 100;

--: letter_template_insert(kind text, blob_id int, person_id int, at time) -> nothing
INSERT INTO letter_template (kind, blob_id, added_by, added_at) VALUES (:kind, :blob_id, :person_id, :at);

--: letter_template_last(kind text) -> maybe (blob_id int, added_at time)
SELECT blob_id, added_at FROM letter_template WHERE kind = :kind ORDER BY id DESC LIMIT 1;

--: letter_template_count(kind text) -> one (versions int)
SELECT count(*) FROM letter_template WHERE kind = :kind;
