-- Recommendations for honours.

--: row HonourListRow = id int, ref text, state text, revision int, seal_key int, year int, proposed_by int, letter text, letter_on text, award text,
--:   award_on text, updated_at time

--: honour_list_insert(ref text, seal_key int, year int, at time) -> one (id int)
INSERT INTO honour_list (ref, state, revision, seal_key, year, proposed_by, letter, letter_on, award, award_on, updated_at)
VALUES (:ref, 'DRAFT', 1, :seal_key, :year, 0, '', '', '', '', :at) RETURNING id;

--: honour_list_ref(ref text) -> one HonourListRow
SELECT {HonourListRow} FROM honour_list WHERE ref = :ref;

--: honour_list_year(year int) -> maybe HonourListRow
SELECT {HonourListRow} FROM honour_list WHERE year = :year AND state <> 'DROPPED';

--: honour_list_rows() -> many HonourListRow
--: scans because there is one row a year
SELECT {HonourListRow} FROM honour_list ORDER BY id DESC LIMIT 200;

--: honour_move(id int, from_state text, to_state text, revision int, at time) -> changed
UPDATE honour_list SET state = :to_state, revision = revision + 1, updated_at = :at WHERE id = :id AND state = :from_state AND revision = :revision;

--: honour_say(id int, proposed_by int, letter text, letter_on text, award text, award_on text) -> nothing
UPDATE honour_list SET proposed_by = :proposed_by, letter = :letter, letter_on = :letter_on, award = :award, award_on = :award_on WHERE id = :id;

--: row HonourRow = id int, ref text, list_id int, code text, place int, organisation_id int, points int, struck text, year int, award text, state text

--: honour_insert(ref text, list_id int, code text, place int, organisation_id int, points int) -> nothing
INSERT INTO honour (ref, list_id, code, place, organisation_id, points, struck) VALUES (:ref, :list_id, :code, :place, :organisation_id, :points, '');

--: honour_rows(list_id int) -> many HonourRow
SELECT h.id, h.ref, h.list_id, h.code, h.place, h.organisation_id, h.points, h.struck, l.year, l.award, l.state
FROM honour h JOIN honour_list l ON l.id = h.list_id WHERE h.list_id = :list_id ORDER BY h.code, h.place, h.id LIMIT 2000;

--: honour_rows_of(organisation_id int) -> many HonourRow
SELECT h.id, h.ref, h.list_id, h.code, h.place, h.organisation_id, h.points, h.struck, l.year, l.award, l.state
FROM honour h JOIN honour_list l ON l.id = h.list_id WHERE h.organisation_id = :organisation_id AND h.struck = '' AND l.state = 'AWARDED'
ORDER BY h.id DESC LIMIT 100;

--: honour_mark(list_id int, ref text, struck text) -> changed
UPDATE honour SET struck = :struck WHERE list_id = :list_id AND ref = :ref AND struck = '';
