-- Retention: versions of rules, holds, runs.

--: row RetentionRow = id int, ref text, kind text, version int, days int, why_zh text, why_en text, basis_zh text, basis_en text, reason text, state text,
--: proposed_by int, proposed_at time, decided_by int?, decided_at time?

--: retention_insert(ref text, kind text, version int, days int, why_zh text, why_en text, basis_zh text, basis_en text, reason text, proposed_by int,
--: at time) -> nothing
INSERT INTO retention_rule (ref, kind, version, days, why_zh, why_en, basis_zh, basis_en, reason, state, proposed_by, proposed_at)
VALUES (:ref, :kind, :version, :days, :why_zh, :why_en, :basis_zh, :basis_en, :reason, 'proposed', :proposed_by, :at);

--: retention_by_ref(ref text) -> maybe RetentionRow
SELECT {RetentionRow} FROM retention_rule WHERE ref = :ref;

--: retention_newest(kind text) -> maybe RetentionRow
SELECT {RetentionRow} FROM retention_rule WHERE kind = :kind AND state = 'in_force' ORDER BY version DESC LIMIT 1;

--: retention_rows(kind text) -> many RetentionRow
SELECT {RetentionRow} FROM retention_rule WHERE kind = :kind ORDER BY version DESC LIMIT 100;

--: retention_set_state(id int, state text, decided_by int, at time) -> changed
UPDATE retention_rule SET state = :state, decided_by = :decided_by, decided_at = :at WHERE id = :id AND state = 'proposed';

--: row HoldRow = id int, ref text, kind text, matter text, sealed_reason sealed?, until_at time, state text, asked_by int, asked_at time, decided_by int?,
--: decided_at time?

--: hold_insert(ref text, kind text, matter text, sealed_reason sealed, until_at time, asked_by int, at time) -> nothing
INSERT INTO retention_hold (ref, kind, matter, sealed_reason, until_at, state, asked_by, asked_at)
VALUES (:ref, :kind, :matter, :sealed_reason, :until_at, 'asked', :asked_by, :at);

--: hold_by_ref(ref text) -> maybe HoldRow
SELECT {HoldRow} FROM retention_hold WHERE ref = :ref;

-- Asked for too: what a second person has not refused yet is not taken away meanwhile.
--: hold_of(kind text, matter text, now time) -> maybe (id int)
SELECT id FROM retention_hold WHERE kind = :kind AND matter = :matter AND state IN ('asked', 'held') AND until_at > :now;

-- One whose time is over makes room for another.
--: hold_lapse(kind text, matter text, now time) -> nothing
UPDATE retention_hold SET state = 'released', released_at = :now WHERE kind = :kind AND matter = :matter AND state IN ('asked', 'held') AND until_at <= :now;

--: hold_decide(id int, state text, decided_by int, at time) -> changed
UPDATE retention_hold SET state = :state, decided_by = :decided_by, decided_at = :at WHERE id = :id AND state = 'asked';

--: hold_release(id int, person_id int, at time) -> changed
UPDATE retention_hold SET state = 'released', released_by = :person_id, released_at = :at WHERE id = :id AND state = 'held';

--: hold_rows(before int, max int) -> many HoldRow
SELECT {HoldRow} FROM retention_hold WHERE id < :before ORDER BY id DESC LIMIT :max;

--: run_insert(kind text, version int, at time, gone int, held int) -> nothing
INSERT INTO retention_run (kind, version, at, gone, held) VALUES (:kind, :version, :at, :gone, :held);

--: row RunRow = kind text, version int, at time, gone int, held int

--: run_rows(max int) -> many RunRow
SELECT {RunRow} FROM retention_run ORDER BY id DESC LIMIT :max;

-- One's own data.

--: row ExportRow = id int, ref text, person_id int, state text, seal_key int, blob_id int?, size_bytes int, asked_at time, ready_at time?, expires_at time?,
--: downloads int

--: export_insert(ref text, person_id int, seal_key int, at time) -> nothing
INSERT INTO privacy_export (ref, person_id, state, seal_key, size_bytes, asked_at, downloads) VALUES (:ref, :person_id, 'asked', :seal_key, 0, :at, 0);

--: export_by_ref(ref text) -> maybe ExportRow
SELECT {ExportRow} FROM privacy_export WHERE ref = :ref;

--: export_of_person(person_id int) -> maybe ExportRow
SELECT {ExportRow} FROM privacy_export WHERE person_id = :person_id ORDER BY id DESC LIMIT 1;

--: export_rows_of(person_id int) -> many ExportRow
SELECT {ExportRow} FROM privacy_export WHERE person_id = :person_id ORDER BY id;

--: export_ready(id int, blob_id int, size_bytes int, at time, expires_at time) -> changed
UPDATE privacy_export SET state = 'ready', blob_id = :blob_id, size_bytes = :size_bytes, ready_at = :at, expires_at = :expires_at
WHERE id = :id AND state = 'asked';

--: export_gone(id int) -> changed
UPDATE privacy_export SET state = 'gone', blob_id = NULL WHERE id = :id AND state <> 'gone';

--: export_count(id int) -> nothing
UPDATE privacy_export SET downloads = downloads + 1 WHERE id = :id;

--: row ExportPartRow = number int, blob_id int, size_bytes int

--: export_part_insert(export_id int, number int, blob_id int, size_bytes int) -> nothing
INSERT INTO privacy_export_part (export_id, number, blob_id, size_bytes) VALUES (:export_id, :number, :blob_id, :size_bytes);

--: export_part_rows(export_id int) -> many ExportPartRow
SELECT {ExportPartRow} FROM privacy_export_part WHERE export_id = :export_id ORDER BY number;

--: export_part_delete(export_id int) -> nothing
DELETE FROM privacy_export_part WHERE export_id = :export_id;

--: row ExportKept = id int, ref text, expires_at time

--: export_kept_rows(before time, after_at time, after_id int, max int) -> many ExportKept
SELECT {ExportKept} FROM privacy_export
WHERE state = 'ready' AND expires_at < :before AND (expires_at > :after_at OR (expires_at = :after_at AND id > :after_id)) ORDER BY expires_at, id LIMIT :max;

--: row DeletionRow = id int, ref text, person_id int, credit text, state text, asked_at time, due_at time, ended_at time?

--: deletion_insert(ref text, person_id int, credit text, at time, due_at time) -> nothing
INSERT INTO privacy_deletion (ref, person_id, credit, state, asked_at, due_at) VALUES (:ref, :person_id, :credit, 'waiting', :at, :due_at);

--: deletion_of_person(person_id int) -> maybe DeletionRow
SELECT {DeletionRow} FROM privacy_deletion WHERE person_id = :person_id AND state = 'waiting';

--: deletion_due(now time, after int, max int) -> many DeletionRow
SELECT {DeletionRow} FROM privacy_deletion WHERE state = 'waiting' AND due_at <= :now AND id > :after ORDER BY id LIMIT :max;

--: deletion_end(id int, state text, at time) -> changed
UPDATE privacy_deletion SET state = :state, ended_at = :at WHERE id = :id AND state = 'waiting';

--: row RectificationRow = id int, ref text, person_id int, field text, sealed_value sealed?, sealed_reason sealed?, sealed_answer sealed?, state text,
--: asked_at time, due_at time, decided_at time?

--: rectification_insert(ref text, person_id int, field text, sealed_value sealed, sealed_reason sealed, at time, due_at time) -> nothing
INSERT INTO privacy_correction (ref, person_id, field, sealed_value, sealed_reason, state, asked_at, due_at)
VALUES (:ref, :person_id, :field, :sealed_value, :sealed_reason, 'asked', :at, :due_at);

--: rectification_by_ref(ref text) -> maybe RectificationRow
SELECT {RectificationRow} FROM privacy_correction WHERE ref = :ref;

--: rectification_open(person_id int, field text) -> maybe (id int)
SELECT id FROM privacy_correction WHERE person_id = :person_id AND field = :field AND state = 'asked';

--: rectification_rows_of(person_id int) -> many RectificationRow
SELECT {RectificationRow} FROM privacy_correction WHERE person_id = :person_id ORDER BY id DESC LIMIT 50;

--: rectification_waiting(max int) -> many RectificationRow
SELECT {RectificationRow} FROM privacy_correction WHERE state = 'asked' ORDER BY id LIMIT :max;

-- Nearly over, and nobody was reminded yet.
--: rectification_rows_due(before time, max int) -> many RectificationRow
SELECT {RectificationRow} FROM privacy_correction WHERE state = 'asked' AND reminded_at IS NULL AND due_at < :before ORDER BY due_at, id LIMIT :max;

--: rectification_reminded(id int, at time) -> nothing
UPDATE privacy_correction SET reminded_at = :at WHERE id = :id;

--: rectification_set(id int, state text, sealed_answer sealed, decided_by int, at time) -> changed
UPDATE privacy_correction SET state = :state, sealed_answer = :sealed_answer, decided_by = :decided_by, decided_at = :at WHERE id = :id AND state = 'asked';

-- Offices that are handed over before an account ends.

--: row HandoverRow = id int, ref text, person_id int, successor_id int, sealed_note sealed?, asked_at time

--: handover_insert(ref text, person_id int, successor_id int, sealed_note sealed, at time) -> nothing
INSERT INTO privacy_handover (ref, person_id, successor_id, sealed_note, asked_at) VALUES (:ref, :person_id, :successor_id, :sealed_note, :at);

--: handover_of(person_id int) -> maybe HandoverRow
SELECT {HandoverRow} FROM privacy_handover WHERE person_id = :person_id AND ended_at IS NULL;

--: handover_rows(after int, max int) -> many HandoverRow
SELECT {HandoverRow} FROM privacy_handover WHERE ended_at IS NULL AND id > :after ORDER BY id LIMIT :max;

--: handover_end_of(person_id int, at time) -> changed
UPDATE privacy_handover SET ended_at = :at WHERE person_id = :person_id AND ended_at IS NULL;

-- Impact assessments.

--: row ImpactRow = id int, ref text, state text, revision int, seal_key int, version int, sealed_values sealed?, written_by int, approved_by int?,
--: approved_at time?, reminded_at time?, updated_at time

--: impact_insert(ref text, seal_key int, sealed_values sealed, written_by int, at time) -> one (id int)
INSERT INTO impact (ref, state, revision, seal_key, version, sealed_values, written_by, updated_at)
VALUES (:ref, 'DRAFT', 1, :seal_key, 1, :sealed_values, :written_by, :at) RETURNING id;

--: impact_by_ref(ref text) -> maybe ImpactRow
SELECT {ImpactRow} FROM impact WHERE ref = :ref;

--: impact_rows(before int, max int) -> many ImpactRow
SELECT {ImpactRow} FROM impact WHERE id < :before ORDER BY id DESC LIMIT :max;

--: impact_set_values(id int, sealed_values sealed, written_by int, at time) -> changed
UPDATE impact SET sealed_values = :sealed_values, written_by = :written_by, approved_by = NULL, approved_at = NULL, updated_at = :at
WHERE id = :id AND state = 'DRAFT';

--: impact_move(id int, from_state text, to_state text, revision int, at time) -> changed
UPDATE impact SET state = :to_state, revision = revision + 1, updated_at = :at WHERE id = :id AND state = :from_state AND revision = :revision;

--: impact_approve(id int, approved_by int, at time) -> nothing
UPDATE impact SET approved_by = :approved_by, approved_at = :at, reminded_at = NULL WHERE id = :id;

--: impact_revise(id int, written_by int) -> nothing
UPDATE impact SET version = version + 1, written_by = :written_by, approved_by = NULL, approved_at = NULL WHERE id = :id;

--: impact_version_insert(impact_id int, version int, sealed_values sealed, written_by int, approved_by int, at time) -> nothing
INSERT INTO impact_version (impact_id, version, sealed_values, written_by, approved_by, approved_at)
VALUES (:impact_id, :version, :sealed_values, :written_by, :approved_by, :at);

--: row ImpactVersionRow = version int, sealed_values sealed?, written_by int, approved_by int, approved_at time

--: impact_version_rows(impact_id int) -> many ImpactVersionRow
SELECT {ImpactVersionRow} FROM impact_version WHERE impact_id = :impact_id ORDER BY version DESC LIMIT 100;

--: impact_old(before time, max int) -> many ImpactRow
SELECT {ImpactRow} FROM impact WHERE state = 'APPROVED' AND reminded_at IS NULL AND approved_at < :before ORDER BY approved_at NULLS LAST, id LIMIT :max;

--: impact_reminded(id int, at time) -> nothing
UPDATE impact SET reminded_at = :at WHERE id = :id;

--: retention_changed_last() -> maybe (decided_at time?)
--: scans because rules change a few times a year
SELECT max(decided_at) FROM retention_rule WHERE state = 'in_force';
