-- Reports. Who may read one is said by the view report_reader alone; every statement that shows a report to somebody asks it.

--: row ReportRow = id int, ref text, state text, revision int, kind text, class text, is_own bool, is_original bool, is_disclosed bool,
--:   reporter_id int?, organisation_id int?, product_id int?, claim text?, suspect text?, duplicate_of int?, known_by int?, decided_by int?, reason text?, reason_version int, form_version int, seal_key int, sealed_title sealed?,
--:   sealed_values sealed?, sealed_decision sealed?, content_digest text, received_at time, updated_at time

--: report_insert(ref text, kind text, class text, is_own bool, is_original bool, is_disclosed bool, reporter_id int?, organisation_id int?, product_id int?, claim text?, sender text?, suspect text?,
--:   idempotency text?, content_digest text, draft_id int?, form_version int, seal_key int, sealed_title sealed, sealed_values sealed,
--:   at time) -> one (id int)
INSERT INTO report (ref, state, revision, kind, class, is_own, is_original, is_disclosed, reporter_id, organisation_id, product_id, claim, sender, suspect, idempotency,
  content_digest, draft_id, form_version, seal_key, sealed_title, sealed_values, received_at, updated_at)
VALUES (:ref, 'DRAFT', 1, :kind, :class, :is_own, :is_original, :is_disclosed, :reporter_id, :organisation_id, :product_id, :claim, :sender, :suspect, :idempotency,
  :content_digest, :draft_id, :form_version, :seal_key, :sealed_title, :sealed_values, :at, :at)
RETURNING id;

--: report_ref_taken(ref text) -> maybe (id int)
SELECT id FROM report WHERE ref = :ref;

--: report_find_visible(ref text, person_id int?, reviewer_id int?, roles int, claim text?) -> one ReportRow
SELECT {r.ReportRow} FROM report r JOIN report_reader v ON v.report_id = r.id
WHERE r.ref = :ref AND (v.person_id = :person_id OR v.reviewer_id = :reviewer_id OR (v.roles & :roles) <> 0 OR v.claim = :claim);

--: report_find_id(id int) -> one ReportRow
SELECT {ReportRow} FROM report WHERE id = :id;

--: report_find_claim(claim text) -> maybe (ref text)
SELECT ref FROM report WHERE claim = :claim;

--: report_find_idempotency(idempotency text) -> maybe (id int, content_digest text)
SELECT id, content_digest FROM report WHERE idempotency = :idempotency;

--: report_move(id int, from_state text, to_state text, revision int, at time) -> changed
UPDATE report SET state = :to_state, revision = revision + 1, updated_at = :at
WHERE id = :id AND state = :from_state AND revision = :revision;

--: report_decide(id int, reason text?, reason_version int, duplicate_of int?, known_by int?, decided_by int?, sealed_decision sealed?) -> nothing
UPDATE report SET reason = :reason, reason_version = :reason_version, duplicate_of = :duplicate_of, known_by = :known_by, decided_by = :decided_by, sealed_decision = :sealed_decision WHERE id = :id;

--: report_count_of(reporter_id int, since time) -> one (count int)
SELECT count(*) FROM report WHERE reporter_id = :reporter_id AND received_at > :since;

--: report_count_from(sender text?, since time) -> one (count int)
SELECT count(*) FROM report WHERE sender = :sender AND received_at > :since;

--: report_count_same(content_digest text) -> one (count int)
SELECT count(*) FROM report WHERE content_digest = :content_digest;

--: report_set_product(id int, product_id int?) -> nothing
UPDATE report SET product_id = :product_id WHERE id = :id;

--: report_take(id int, person_id int) -> changed
UPDATE report SET reporter_id = :person_id, claim = NULL, sender = NULL, suspect = NULL, revision = revision + 1
WHERE id = :id AND reporter_id IS NULL;

--: report_wipe(id int) -> nothing
UPDATE report SET sealed_title = NULL, sealed_values = NULL, sealed_decision = NULL, class = 'other', product_id = NULL, is_disclosed = false WHERE id = :id;

--: report_find_ref(ref text) -> one ReportRow
SELECT {ReportRow} FROM report WHERE ref = :ref;

--: report_rows_sealed_of(reporter_id int, after int, max int) -> many ReportRow
SELECT {ReportRow} FROM report WHERE reporter_id = :reporter_id AND id > :after AND sealed_values IS NOT NULL AND state <> 'WIPED' ORDER BY id LIMIT :max;

--: report_set_values(id int, sealed_values sealed) -> nothing
UPDATE report SET sealed_values = :sealed_values WHERE id = :id;

--: row ReportKept = id int, ref text, updated_at time

-- Refused, taken back or said before: with content that no casefile has and no dispute needs.
--: report_kept_rows(before time, after_at time, after_id int, max int) -> many ReportKept
SELECT {r.ReportKept} FROM report r
WHERE r.sealed_values IS NOT NULL AND r.state IN ('REJECTED', 'WITHDRAWN', 'DUPLICATE') AND r.updated_at < :before
  AND (r.updated_at > :after_at OR (r.updated_at = :after_at AND r.id > :after_id))
  AND NOT EXISTS (SELECT 1 FROM casefile_report c WHERE c.report_id = r.id)
  AND NOT EXISTS (SELECT 1 FROM dispute d WHERE d.report_id = r.id AND d.ended_at IS NULL)
ORDER BY r.updated_at, r.id LIMIT :max;

--: report_list_mine(person_id int, roles int, before int, max int) -> many ReportRow
SELECT {r.ReportRow} FROM report r JOIN report_reader v ON v.report_id = r.id
WHERE r.reporter_id = :person_id AND r.id < :before AND (v.person_id = :person_id OR (v.roles & :roles) <> 0)
ORDER BY r.id DESC LIMIT :max;

--: report_list_mine_in(person_id int, state text, roles int, before int, max int) -> many ReportRow
SELECT {r.ReportRow} FROM report r JOIN report_reader v ON v.report_id = r.id
WHERE r.reporter_id = :person_id AND r.state = :state AND r.id < :before AND (v.person_id = :person_id OR (v.roles & :roles) <> 0)
ORDER BY r.id DESC LIMIT :max;

--: report_list_suspect(person_id int?, roles int, after int, max int) -> many ReportRow
SELECT {r.ReportRow} FROM report r JOIN report_reader v ON v.report_id = r.id
WHERE r.state = 'RECEIVED' AND r.suspect IS NOT NULL AND r.id > :after AND (v.person_id = :person_id OR (v.roles & :roles) <> 0)
ORDER BY r.id LIMIT :max;

--: report_list_state(state text, person_id int?, roles int, after int, max int) -> many ReportRow
SELECT {r.ReportRow} FROM report r JOIN report_reader v ON v.report_id = r.id
WHERE r.state = :state AND (r.suspect IS NULL OR r.state <> 'RECEIVED') AND r.id > :after AND (v.person_id = :person_id OR (v.roles & :roles) <> 0)
ORDER BY r.id LIMIT :max;

--: claim_failure_find(address text) -> maybe (failures int, last_at time)
SELECT failures, last_at FROM claim_failure WHERE address = :address;

--: claim_failure_set(address text, failures int, at time) -> nothing
INSERT INTO claim_failure (address, failures, last_at) VALUES (:address, :failures, :at)
ON CONFLICT (address) DO UPDATE SET failures = excluded.failures, last_at = excluded.last_at;

--: claim_failure_forget(before time) -> nothing
DELETE FROM claim_failure WHERE last_at < :before;
