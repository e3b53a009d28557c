-- Decisions of rounds and objections. Secretaries and supervisors read them with second factor, and the operations ask who may; everybody reads what
-- was decided. Who objects is sealed, and opened for who handles it.

--: row DecisionRow = id int, ref text, round_id int, kind text, number int, state text, seal_key int, sealed_content sealed, document text,
--:   entered_by int, entered_at time, decided_by int?, decided_at time?, until_at time?, list text?, sha256 text?

--: decision_insert(ref text, round_id int, kind text, number int, seal_key int, sealed_content sealed, document text, entered_by int, at time) -> one (id int)
INSERT INTO decision (ref, round_id, kind, number, state, seal_key, sealed_content, document, entered_by, entered_at)
VALUES (:ref, :round_id, :kind, :number, 'entered', :seal_key, :sealed_content, :document, :entered_by, :at) RETURNING id;

--: decision_waits(round_id int, kind text) -> maybe DecisionRow
SELECT {DecisionRow} FROM decision WHERE round_id = :round_id AND kind = :kind AND state = 'entered';

--: decision_find(round_id int, ref text) -> maybe DecisionRow
SELECT {DecisionRow} FROM decision WHERE ref = :ref AND round_id = :round_id;

--: decision_rows(round_id int, kind text, max int) -> many DecisionRow
SELECT {DecisionRow} FROM decision WHERE round_id = :round_id AND kind = :kind AND state = 'decided' ORDER BY number LIMIT :max;

--: decision_close(id int, document text, decided_by int, at time, until_at time?, list text, sha256 text) -> changed
UPDATE decision SET state = 'decided', document = :document, decided_by = :decided_by, decided_at = :at, until_at = :until_at, list = :list, sha256 = :sha256
WHERE id = :id AND state = 'entered';

--: decision_let_go(id int) -> changed
UPDATE decision SET state = 'dropped' WHERE id = :id AND state = 'entered';

--: row DecisionEntryRow = id int, ref text, decision_id int, application_id int, organisation text, organisation_en text, direction text, stars int,
--:   rule_stars int, place int, application text, state text

--: decision_entry_insert(ref text, decision_id int, application_id int, organisation text, organisation_en text, direction text, stars int,
--:   rule_stars int, place int) -> nothing
INSERT INTO decision_entry (ref, decision_id, application_id, organisation, organisation_en, direction, stars, rule_stars, place)
VALUES (:ref, :decision_id, :application_id, :organisation, :organisation_en, :direction, :stars, :rule_stars, :place);

--: decision_entry_rows(decision_id int, max int) -> many DecisionEntryRow
SELECT e.id, e.ref, e.decision_id, e.application_id, e.organisation, e.organisation_en, e.direction, e.stars, e.rule_stars, e.place, a.ref AS application, a.state
FROM decision_entry e JOIN application a ON a.id = e.application_id WHERE e.decision_id = :decision_id ORDER BY e.place LIMIT :max;

--: decision_entry_find(ref text, round_id int) -> maybe DecisionEntryRow
SELECT e.id, e.ref, e.decision_id, e.application_id, e.organisation, e.organisation_en, e.direction, e.stars, e.rule_stars, e.place, a.ref AS application, a.state
FROM decision_entry e JOIN application a ON a.id = e.application_id JOIN decision d ON d.id = e.decision_id
WHERE e.ref = :ref AND d.round_id = :round_id AND d.kind = 'publicity' AND d.state = 'decided';

-- The stars that an application was listed with last.
--: decision_stars(application_id int, kind text) -> maybe (stars int)
SELECT e.stars FROM decision_entry e JOIN decision d ON d.id = e.decision_id
WHERE e.application_id = :application_id AND d.kind = :kind ORDER BY e.id DESC LIMIT 1;

-- What keeps a round from its archive: applications that are not settled or may still be appealed, objections that are open.
--: decision_unsettled(round_id int, at time) -> one (applications int, objections int)
SELECT (SELECT count(*) FROM application a WHERE a.round_id = :round_id AND (a.state IN ('SHORTLISTED', 'RESERVE', 'INSPECT', 'CORRECTING', 'PROPOSED',
    'IN_PUBLICITY', 'OBJECTED', 'APPROVED', 'AGREED', 'APPEAL')
    OR (a.state IN ('NOT_SELECTED', 'FAILED', 'REMOVED', 'REJECTED') AND a.appeal_until > :at))),
  (SELECT count(*) FROM objection o WHERE o.round_id = :round_id AND o.ended_at IS NULL);

--: row ObjectionRow = id int, ref text, round_id int, application_id int?, door text, state text, revision int, seal_key int, claim text,
--:   sealed_objector sealed, sealed_text sealed, sealed_masked sealed?, sealed_verdict sealed?, verdict text, handler_id int, decided_by int,
--:   received_at time, updated_at time, ended_at time?

--: objection_insert(ref text, once text, round_id int, application_id int?, door text, seal_key int, claim text, sender text?, sealed_objector sealed,
--:   sealed_text sealed, at time) -> one (id int)
INSERT INTO objection (ref, once, round_id, application_id, door, state, revision, seal_key, claim, sender, sealed_objector, sealed_text, verdict,
  handler_id, decided_by, received_at, updated_at)
VALUES (:ref, :once, :round_id, :application_id, :door, 'RECEIVED', 1, :seal_key, :claim, :sender, :sealed_objector, :sealed_text, '', 0, 0, :at, :at)
RETURNING id;

--: objection_once(once text) -> maybe (id int)
SELECT id FROM objection WHERE once = :once;

--: objection_count_from(sender text, since time) -> one (objections int)
SELECT count(*) FROM objection WHERE sender = :sender AND received_at >= :since;

--: objection_find(ref text) -> maybe ObjectionRow
SELECT {ObjectionRow} FROM objection WHERE ref = :ref;

--: objection_find_id(id int) -> one ObjectionRow
SELECT {ObjectionRow} FROM objection WHERE id = :id;

--: objection_find_claim(claim text) -> maybe ObjectionRow
SELECT {ObjectionRow} FROM objection WHERE claim = :claim;

--: objection_rows(round_id int, max int) -> many ObjectionRow
SELECT {ObjectionRow} FROM objection WHERE round_id = :round_id ORDER BY id DESC LIMIT :max;

--: objection_rows_about(application_id int, max int) -> many ObjectionRow
SELECT {ObjectionRow} FROM objection WHERE application_id = :application_id ORDER BY id LIMIT :max;

--: objection_move(id int, from_state text, to_state text, revision int, at time) -> changed
UPDATE objection SET state = :to_state, revision = revision + 1, updated_at = :at WHERE id = :id AND state = :from_state AND revision = :revision;

--: objection_change(id int, sealed_masked sealed?, sealed_verdict sealed?, verdict text, handler_id int, decided_by int, ended_at time?) -> nothing
UPDATE objection SET sealed_masked = :sealed_masked, sealed_verdict = :sealed_verdict, verdict = :verdict, handler_id = :handler_id,
  decided_by = :decided_by, ended_at = :ended_at WHERE id = :id;

-- What happened in a round, newest first: its own events, those of panels and decisions under its name, of its applications, inspections and objections.
--: row DecisionLogRow = id int, at time, code text, kind text, ref text, action text, actor int, hash bytes

--: decision_log_rows(round_id int, round text, before int, max int) -> many DecisionLogRow
SELECT e.id, e.at, e.code, e.kind, e.ref, e.action, e.actor, l.hash FROM ledger_event e JOIN ledger_leaf l ON l.event = e.id
WHERE e.id < :before AND ((e.kind IN ('round', 'panel', 'decision') AND e.ref = :round)
  OR (e.kind = 'application' AND e.ref IN (SELECT a.ref FROM application a WHERE a.round_id = :round_id))
  OR (e.kind = 'inspection' AND e.ref IN (SELECT i.ref FROM inspection i WHERE i.round_id = :round_id))
  OR (e.kind = 'objection' AND e.ref IN (SELECT o.ref FROM objection o WHERE o.round_id = :round_id)))
ORDER BY e.id DESC LIMIT :max;

--: row ApplicationPlaceRow = id int, round_id int, state text

--: decision_application(id int) -> one ApplicationPlaceRow
SELECT {ApplicationPlaceRow} FROM application WHERE id = :id;

-- What of a round is public by itself: its own moves, the draw, the lock, the lists.
--: row DecisionMoveRow = id int, at time, kind text, action text, hash bytes

--: decision_public_log(round text, max int) -> many DecisionMoveRow
SELECT e.id, e.at, e.kind, e.action, l.hash FROM ledger_event e JOIN ledger_leaf l ON l.event = e.id
WHERE e.kind IN ('round', 'panel', 'decision') AND e.ref = :round AND e.action IN ('publish', 'open', 'close', 'end', 'review', 'freeze', 'draw',
  'score', 'lock', 'inspect', 'decide', 'publicise', 'announce', 'archive', 'cancel')
  AND e.id >= (SELECT min(p.id) FROM ledger_event p WHERE p.kind = 'round' AND p.ref = :round AND p.action = 'publish')
ORDER BY e.id LIMIT :max;

-- What moved somebody after the lock, in its order; see decision_dossier.c.
--: row DecisionStepRow = id int, kind text, ref text, action text

--: decision_steps(round_id int, round text, max int) -> many DecisionStepRow
SELECT e.id, e.kind, e.ref, e.action FROM ledger_event e
WHERE (e.kind = 'round' AND e.ref = :round AND e.action IN ('lock', 'decide')) OR (e.kind = 'decision' AND e.ref = :round AND e.action IN ('publicise', 'announce'))
  OR (e.kind = 'application' AND e.action IN ('correct', 'fail', 'withdraw', 'promote', 'remove', 'reinstate', 'lapse')
    AND e.ref IN (SELECT a.ref FROM application a WHERE a.round_id = :round_id))
ORDER BY e.id LIMIT :max;
