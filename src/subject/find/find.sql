-- Certificates of original finds: lists of months, finds.

--: row FindListRow = id int, ref text, state text, revision int, seal_key int, month int, rule int, proposed_by int, document text, updated_at time

--: find_list_insert(ref text, seal_key int, month int, rule int, at time) -> one (id int)
INSERT INTO find_list (ref, state, revision, seal_key, month, rule, proposed_by, document, updated_at)
VALUES (:ref, 'DRAFT', 1, :seal_key, :month, :rule, 0, '', :at) RETURNING id;

--: find_list_ref(ref text) -> one FindListRow
SELECT {FindListRow} FROM find_list WHERE ref = :ref;

--: find_list_id(id int) -> one FindListRow
SELECT {FindListRow} FROM find_list WHERE id = :id;

--: find_list_month(month int) -> maybe (ref text)
SELECT ref FROM find_list WHERE month = :month AND state <> 'DROPPED';

--: find_list_rows(before int, max int) -> many FindListRow
SELECT {FindListRow} FROM find_list WHERE id < :before ORDER BY id DESC LIMIT :max;

--: find_list_move(id int, from_state text, to_state text, revision int, at time) -> changed
UPDATE find_list SET state = :to_state, revision = revision + 1, updated_at = :at WHERE id = :id AND state = :from_state AND revision = :revision;

--: find_list_say(id int, proposed_by int, document text) -> nothing
UPDATE find_list SET proposed_by = :proposed_by, document = :document WHERE id = :id;

--: row FindRow = id int, ref text, list_id int, state text, revision int, seal_key int, report_id int, person_id int, organisation_id int,
--:   casefile text, number text, class text, level text, received_at time, sealed_name sealed?, sealed_struck sealed?, certificate text, wish_by int,
--:   sealed_wish sealed?, review text, reason text, updated_at time

--: find_insert(ref text, list_id int, seal_key int, report_id int, casefile_id int, person_id int, organisation_id int, casefile text, number text,
--:   class text, level text, received_at time, sealed_name sealed, at time) -> one (id int)
INSERT INTO find (ref, list_id, state, revision, seal_key, report_id, casefile_id, person_id, organisation_id, casefile, number, class, level,
  received_at, sealed_name, certificate, wish_by, review, reason, updated_at)
VALUES (:ref, :list_id, 'LISTED', 1, :seal_key, :report_id, :casefile_id, :person_id, :organisation_id, :casefile, :number, :class, :level,
  :received_at, :sealed_name, '', 0, '', '', :at) RETURNING id;

--: find_of_casefile(casefile_id int) -> maybe (id int)
SELECT id FROM find WHERE casefile_id = :casefile_id AND state <> 'STRUCK';

--: find_ref(ref text) -> one FindRow
SELECT {FindRow} FROM find WHERE ref = :ref;

--: find_rows_of_list(list_id int) -> many FindRow
SELECT {FindRow} FROM find WHERE list_id = :list_id ORDER BY id LIMIT 5000;

--: find_struck(id int, sealed_struck sealed?) -> nothing
UPDATE find SET sealed_struck = :sealed_struck WHERE id = :id;

--: find_move(id int, from_state text, to_state text, revision int, at time) -> changed
UPDATE find SET state = :to_state, revision = revision + 1, updated_at = :at WHERE id = :id AND state = :from_state AND revision = :revision;

--: find_certify(id int, certificate text) -> nothing
UPDATE find SET certificate = :certificate WHERE id = :id;

--: find_name(id int, sealed_name sealed) -> nothing
UPDATE find SET sealed_name = :sealed_name WHERE id = :id;

--: find_wish(id int, wish_by int, sealed_wish sealed?) -> nothing
UPDATE find SET wish_by = :wish_by, sealed_wish = :sealed_wish WHERE id = :id;

--: find_review(id int, review text) -> nothing
UPDATE find SET review = :review WHERE id = :id;

--: find_reason(id int, reason text) -> nothing
UPDATE find SET reason = :reason WHERE id = :id;

-- For the look at whether what they rest on still stands.
--: find_rows_certified(after int, max int) -> many FindRow
SELECT {FindRow} FROM find WHERE state = 'CERTIFIED' AND id > :after ORDER BY id LIMIT :max;
