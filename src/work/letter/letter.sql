-- Letters of the office.

--: row LetterRow = id int, ref text, kind text, number text, machine text, matter text, seal_key int, sealed_recipient sealed?, word_blob int,
--:   page_blob int, has_seal bool, drafted_by int, issued_by int, issued_at time, voided_at time?, sealed_reason sealed?, desk text

--: letter_next(kind text, year int) -> one (last int)
INSERT INTO letter_count (kind, year, last) VALUES (:kind, :year, 1)
ON CONFLICT (kind, year) DO UPDATE SET last = letter_count.last + 1 RETURNING last;

--: letter_insert(ref text, kind text, year int, counted int, number text, machine text, subject_id int, matter text, seal_key int,
--:   sealed_recipient sealed, word_blob int, page_blob int, has_seal bool, drafted_by int,
--:   issued_by int, at time, desk text) -> one (id int)
INSERT INTO letter (ref, kind, year, counted, number, machine, subject_id, matter, seal_key, sealed_recipient, word_blob, page_blob, has_seal, drafted_by,
  issued_by, issued_at, desk)
VALUES (:ref, :kind, :year, :counted, :number, :machine, :subject_id, :matter, :seal_key, :sealed_recipient, :word_blob, :page_blob, :has_seal, :drafted_by,
  :issued_by, :at, :desk)
RETURNING id;

--: letter_find(ref text) -> maybe LetterRow
SELECT {LetterRow} FROM letter WHERE ref = :ref AND NOT EXISTS (SELECT 1 FROM isolated_matter i WHERE i.machine = letter.machine AND i.subject_id = letter.subject_id);

-- kind, year, words: empty or 0 for all; words: the whole number of a letter or of a matter.
--: letter_rows(desk text, kind text, year int, words text, before int, max int) -> many LetterRow
SELECT {LetterRow} FROM letter WHERE id < :before AND desk = :desk AND (:kind = '' OR kind = :kind) AND (:year = 0 OR year = :year)
AND (:words = '' OR number = :words OR matter = :words)
  AND NOT EXISTS (SELECT 1 FROM isolated_matter i WHERE i.machine = letter.machine AND i.subject_id = letter.subject_id) ORDER BY id DESC LIMIT :max;

--: letter_last_about(kind text, machine text, subject_id int) -> maybe LetterRow
SELECT {LetterRow} FROM letter WHERE machine = :machine AND subject_id = :subject_id AND kind = :kind AND voided_at IS NULL ORDER BY id DESC LIMIT 1;

--: letter_of_draft(ref text) -> maybe LetterRow
SELECT {LetterRow} FROM letter WHERE id = (SELECT d.letter_id FROM letter_draft d WHERE d.ref = :ref);

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

-- Drafts
--: row DraftLetterRow = id int, ref text, kind text, machine text, subject_id int, matter text, seal_key int, sealed_order sealed?, wants_seal bool,
--:   state text, drafted_by int, drafted_at time, decided_by int?, decided_at time?, sealed_reason sealed?, letter_id int?, desk text

--: draft_letter_insert(ref text, kind text, machine text, subject_id int, matter text, seal_key int, sealed_order sealed, wants_seal bool,
--:   drafted_by int, at time, desk text) -> nothing
INSERT INTO letter_draft (ref, kind, machine, subject_id, matter, seal_key, sealed_order, wants_seal, state, drafted_by, drafted_at, desk)
VALUES (:ref, :kind, :machine, :subject_id, :matter, :seal_key, :sealed_order, :wants_seal, 'waiting', :drafted_by, :at, :desk);

--: draft_letter_find(ref text) -> maybe DraftLetterRow
SELECT {DraftLetterRow} FROM letter_draft WHERE ref = :ref AND NOT EXISTS (SELECT 1 FROM isolated_matter i WHERE i.machine = letter_draft.machine AND i.subject_id = letter_draft.subject_id);

--: draft_letter_rows(desk text, state text, before int, max int) -> many DraftLetterRow
SELECT {DraftLetterRow} FROM letter_draft WHERE state = :state AND desk = :desk AND id < :before
  AND NOT EXISTS (SELECT 1 FROM isolated_matter i WHERE i.machine = letter_draft.machine AND i.subject_id = letter_draft.subject_id) ORDER BY id DESC LIMIT :max;

--: draft_letter_decide(id int, state text, decided_by int, sealed_reason sealed?, letter_id int?, at time) -> changed
UPDATE letter_draft SET state = :state, decided_by = :decided_by, decided_at = :at, sealed_reason = :sealed_reason, letter_id = :letter_id
WHERE id = :id AND state = 'waiting';

--: draft_letters_to_decide(person_id int, max int) -> many int
SELECT id FROM letter_draft WHERE state = 'waiting' AND desk = 'library' AND drafted_by <> :person_id AND NOT EXISTS (SELECT 1 FROM isolated_matter i WHERE i.machine = letter_draft.machine AND i.subject_id = letter_draft.subject_id) LIMIT :max;

--: letter_ref_of(id int) -> maybe (ref text)
SELECT ref FROM letter WHERE id = :id;

-- The seal
--: letter_seal_insert(blob_id int, person_id int, at time) -> nothing
INSERT INTO letter_seal (blob_id, added_by, added_at) VALUES (:blob_id, :person_id, :at);

--: letter_seal_last() -> maybe (blob_id int, added_by int, added_at time)
SELECT blob_id, added_by, added_at FROM letter_seal ORDER BY id DESC LIMIT 1;
