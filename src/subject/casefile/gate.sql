-- What stands between a casefile and its publication.

--: row EmbargoRow = n int, state text, ends_at time, zone text, proposed_by int, proposed_at time, sealed_reason sealed?, ended_at time?

--: embargo_find(casefile_id int) -> maybe EmbargoRow
SELECT {EmbargoRow} FROM embargo WHERE casefile_id = :casefile_id;

--: embargo_put(casefile_id int, n int, state text, ends_at time, zone text, proposed_by int, at time, sealed_reason sealed) -> nothing
INSERT INTO embargo (casefile_id, n, state, ends_at, zone, proposed_by, proposed_at, sealed_reason)
VALUES (:casefile_id, :n, :state, :ends_at, :zone, :proposed_by, :at, :sealed_reason)
ON CONFLICT (casefile_id) DO UPDATE SET n = :n, state = :state, ends_at = :ends_at, zone = :zone, proposed_by = :proposed_by,
  proposed_at = :at, sealed_reason = :sealed_reason, ended_at = NULL;

--: embargo_set(casefile_id int, state text, ended_at time?) -> changed
UPDATE embargo SET state = :state, ended_at = :ended_at WHERE casefile_id = :casefile_id AND ended_at IS NULL;

--: row EmbargoAnswerRow = ref text, n int, answer text, sealed_text sealed?, party_id int?, report_id int?, answered_at time

--: embargo_answer_add(ref text, casefile_id int, n int, answer text, sealed_text sealed, party_id int?, report_id int?, recorded_by int, at time) -> nothing
INSERT INTO embargo_answer (ref, casefile_id, n, answer, sealed_text, party_id, report_id, recorded_by, answered_at)
VALUES (:ref, :casefile_id, :n, :answer, :sealed_text, :party_id, :report_id, :recorded_by, :at);

--: embargo_answer_list(casefile_id int) -> many EmbargoAnswerRow
SELECT {EmbargoAnswerRow} FROM embargo_answer WHERE casefile_id = :casefile_id ORDER BY id DESC LIMIT 200;

--: row FreezeRow = id int, ref text, name text, basis text, from_at time, until_at time, entered_at time, ended_at time?

--: freeze_insert(ref text, name text, basis text, from_at time, until_at time, entered_by int, at time) -> nothing
INSERT INTO freeze_period (ref, name, basis, from_at, until_at, entered_by, entered_at)
VALUES (:ref, :name, :basis, :from_at, :until_at, :entered_by, :at);

--: freeze_end_row(ref text, ended_by int, at time) -> changed
UPDATE freeze_period SET ended_at = :at, ended_by = :ended_by WHERE ref = :ref AND ended_at IS NULL;

--: freeze_list_rows(before int, max int) -> many FreezeRow
SELECT {FreezeRow} FROM freeze_period WHERE id < :before ORDER BY id DESC LIMIT :max;

--: freeze_running(first time, last time) -> many FreezeRow
SELECT {FreezeRow} FROM freeze_period WHERE ended_at IS NULL AND until_at >= :first AND from_at <= :last ORDER BY until_at LIMIT 50;

--: freeze_consent_add(casefile_id int, freeze_id int, sealed_text sealed, recorded_by int, at time) -> nothing
INSERT INTO freeze_consent (casefile_id, freeze_id, sealed_text, recorded_by, recorded_at)
VALUES (:casefile_id, :freeze_id, :sealed_text, :recorded_by, :at) ON CONFLICT (casefile_id, freeze_id) DO NOTHING;

--: freeze_consent_list(casefile_id int) -> many int
SELECT freeze_id FROM freeze_consent WHERE casefile_id = :casefile_id ORDER BY freeze_id;

--: row EarlyRow = ground text, consulted_by int, consulted_at time, sealed_consultation sealed?, reported_at time?, sealed_reports sealed?,
--:   assessed_at time?, is_permitted bool, sealed_assessment sealed?, first_by int?, first_at time?, second_by int?, second_at time?

--: early_find(casefile_id int) -> maybe EarlyRow
SELECT {EarlyRow} FROM early_release WHERE casefile_id = :casefile_id;

--: early_open(casefile_id int, ground text, consulted_by int, at time, sealed_consultation sealed) -> nothing
INSERT INTO early_release (casefile_id, ground, consulted_by, consulted_at, sealed_consultation, is_permitted)
VALUES (:casefile_id, :ground, :consulted_by, :at, :sealed_consultation, false)
ON CONFLICT (casefile_id) DO UPDATE SET ground = :ground, consulted_by = :consulted_by, consulted_at = :at,
  sealed_consultation = :sealed_consultation, is_permitted = false, reported_at = NULL, sealed_reports = NULL, assessed_at = NULL,
  sealed_assessment = NULL, first_by = NULL, first_at = NULL, second_by = NULL, second_at = NULL;

--: early_report(casefile_id int, sealed_reports sealed, at time) -> nothing
UPDATE early_release SET reported_at = :at, sealed_reports = :sealed_reports WHERE casefile_id = :casefile_id;

--: early_assess(casefile_id int, is_permitted bool, sealed_assessment sealed, at time) -> nothing
UPDATE early_release SET assessed_at = :at, is_permitted = :is_permitted, sealed_assessment = :sealed_assessment WHERE casefile_id = :casefile_id;

--: early_approve(casefile_id int, first_by int, first_at time, second_by int?, second_at time?) -> nothing
UPDATE early_release SET first_by = :first_by, first_at = :first_at, second_by = :second_by, second_at = :second_at
WHERE casefile_id = :casefile_id;

--: row TimeStateRow = highest_at time, stopped_at time?, reason text?

--: time_state_find() -> maybe TimeStateRow
SELECT {TimeStateRow} FROM time_state WHERE id = 1;

--: time_state_put(highest_at time, stopped_at time?, reason text?) -> nothing
INSERT INTO time_state (id, highest_at, stopped_at, reason) VALUES (1, :highest_at, :stopped_at, :reason)
ON CONFLICT (id) DO UPDATE SET highest_at = :highest_at, stopped_at = :stopped_at, reason = :reason;

--: row TimeNodeRow = wall_at time, boot_ms int

--: time_node_find(node text) -> maybe TimeNodeRow
SELECT {TimeNodeRow} FROM time_node WHERE node = :node;

--: time_node_put(node text, wall_at time, boot_ms int) -> nothing
INSERT INTO time_node (node, wall_at, boot_ms) VALUES (:node, :wall_at, :boot_ms)
ON CONFLICT (node) DO UPDATE SET wall_at = :wall_at, boot_ms = :boot_ms;

--: time_node_forget(before time) -> changed
--: scans because it holds a row for each node, not more
DELETE FROM time_node WHERE wall_at < :before;

--: row UpwardRow = ref text, recipient text, sealed_sent sealed?, sendings int, sent_at time, next_at time, sealed_answer sealed?, acknowledged_at time?

--: upward_find(casefile_id int, recipient text) -> maybe UpwardRow
SELECT {UpwardRow} FROM upward_report WHERE casefile_id = :casefile_id AND recipient = :recipient;

--: upward_list(casefile_id int) -> many UpwardRow
SELECT {UpwardRow} FROM upward_report WHERE casefile_id = :casefile_id ORDER BY id LIMIT 10;

--: upward_insert(ref text, casefile_id int, recipient text, sealed_sent sealed, sent_by int, at time, next_at time) -> nothing
INSERT INTO upward_report (ref, casefile_id, recipient, sealed_sent, sendings, sent_by, sent_at, next_at)
VALUES (:ref, :casefile_id, :recipient, :sealed_sent, 1, :sent_by, :at, :next_at);

--: upward_send_again(ref text, sealed_sent sealed, sent_by int, at time, next_at time) -> nothing
UPDATE upward_report SET sealed_sent = :sealed_sent, sendings = sendings + 1, sent_by = :sent_by, sent_at = :at, next_at = :next_at WHERE ref = :ref;

--: upward_acknowledge(ref text, sealed_answer sealed, at time) -> nothing
UPDATE upward_report SET acknowledged_at = :at, sealed_answer = :sealed_answer WHERE ref = :ref;

--: row UpwardDueRow = ref text, casefile_id int

--: upward_due(at time, max int) -> many UpwardDueRow
SELECT {UpwardDueRow} FROM upward_report WHERE acknowledged_at IS NULL AND next_at < :at ORDER BY next_at LIMIT :max;

--: upward_put_off(ref text, next_at time) -> nothing
UPDATE upward_report SET next_at = :next_at WHERE ref = :ref;

--: row ProposalRow = ref text, kind text, sealed_values sealed?, proposed_by int, proposed_at time

--: proposal_waiting(casefile_id int) -> maybe ProposalRow
SELECT {ProposalRow} FROM advisory_proposal WHERE casefile_id = :casefile_id AND decided_at IS NULL;

--: proposal_add(ref text, casefile_id int, kind text, sealed_values sealed, proposed_by int, at time) -> nothing
INSERT INTO advisory_proposal (ref, casefile_id, kind, sealed_values, proposed_by, proposed_at)
VALUES (:ref, :casefile_id, :kind, :sealed_values, :proposed_by, :at);

--: proposal_decide(ref text, decision text, decided_by int, at time) -> changed
UPDATE advisory_proposal SET decision = :decision, decided_by = :decided_by, decided_at = :at WHERE ref = :ref AND decided_at IS NULL;

--: proposal_standing(identifier text) -> maybe (withdrawn bool)
SELECT a.withdrawn FROM advisory_identifier i JOIN advisory a ON a.id = i.advisory_id WHERE i.identifier = :identifier;
