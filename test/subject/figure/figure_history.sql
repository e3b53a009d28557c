-- A history as it would have been, row by row, and all that was computed of it.

--: history_organisation(ref text, seal_key int, at time) -> one (id int)
INSERT INTO organisation (ref, state, name, name_en, credit_code, wants, domicile, seal_key, registered_by, created_at, changed_at)
VALUES (:ref, 'verified', :ref, :ref, :ref, 'unit', 'CN', :seal_key, 0, :at, :at) RETURNING id;

--: history_report(ref text, kind text, organisation_id int?, at time) -> one (id int)
INSERT INTO report (ref, state, revision, kind, class, is_own, is_original, is_disclosed, claim, organisation_id, content_digest, form_version, seal_key, received_at, updated_at)
VALUES (:ref, 'RECEIVED', 1, :kind, 'other', false, true, false, :ref, :organisation_id, :ref, 1, 2, :at, :at) RETURNING id;

--: history_casefile(ref text, is_incident bool, class text, level text, at time) -> one (id int)
INSERT INTO casefile (ref, state, revision, is_incident, class, level, coordinator_id, is_refuted, has_mitigation, has_public_text, seal_key, opened_at, updated_at)
VALUES (:ref, 'VERIFYING', 1, :is_incident, :class, :level, 0, false, false, false, 2, :at, :at) RETURNING id;

--: history_party(ref text, organisation_id int?, at time) -> one (id int)
INSERT INTO party (ref, casefile_id, origin_id, organisation_id, state, revision, step, step_at, is_own_report, is_service, is_own_provider, has_fix, duty_told, seal_key, created_at, updated_at)
VALUES (:ref, 0, 0, :organisation_id, 'NOTIFIED', 1, 'vendor', :at, false, false, true, false, 0, 2, :at, :at) RETURNING id;

--: history_clock(machine text, subject_id int, name text, at time, due_at time) -> one (id int)
INSERT INTO clock (machine, subject_id, name, rule, limit_days, started_at, pauses, due_at, provisional)
VALUES (:machine, :subject_id, :name, 'rule 1', 5, :at, '', :due_at, false) RETURNING id;

--: history_pause(id int, pauses text, paused_at time?) -> nothing
UPDATE clock SET pauses = :pauses, paused_at = :paused_at WHERE id = :id;

--: history_end(id int, at time) -> nothing
UPDATE clock SET ended_at = :at WHERE id = :id;

--: row HistoryValueRow = span text, figure text, slice text, start int, item text, bucket int, within int, value int

--: history_values() -> many HistoryValueRow
--: scans because the test compares everything
SELECT {HistoryValueRow} FROM figure_value ORDER BY span, figure, slice, start, item, bucket, within;
