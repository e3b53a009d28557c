-- Panels of a round. Secretaries and supervisors read them with second factor, members see their own panel alone; the operations ask. What outsiders
-- see is made of leaves, commitments and codes, never of who somebody is.

--: row DrawRow = id int, round_id int, seal_key int, root text, size int, source text, source_at time, frozen_by int, frozen_at time, entered text?,
--:   entered_by int?, value text?, confirmed_by int?, drawn_at time?, seed text?, permutation_sha256 text?, public_key text?, key_by int?,
--:   rehearsed_at time?, opened_at time?, locked_at time?, published_at time?, sealed_minutes sealed?

--: draw_insert(round_id int, seal_key int, root text, size int, source text, source_at time, frozen_by int, at time) -> one (id int)
INSERT INTO panel_draw (round_id, seal_key, root, size, source, source_at, frozen_by, frozen_at)
VALUES (:round_id, :seal_key, :root, :size, :source, :source_at, :frozen_by, :at) RETURNING id;

--: draw_of_round(round_id int) -> maybe DrawRow
SELECT {DrawRow} FROM panel_draw WHERE round_id = :round_id;

-- Whose dossier becomes public.
--: row DrawDueRow = id int, code text

--: draw_due(locked_before time, max int) -> many DrawDueRow
SELECT d.id, r.code FROM panel_draw d JOIN selection_round r ON r.id = d.round_id
WHERE d.locked_at IS NOT NULL AND d.published_at IS NULL AND d.locked_at <= :locked_before ORDER BY d.locked_at LIMIT :max;

--: draw_publish(id int, at time) -> changed
UPDATE panel_draw SET published_at = :at WHERE id = :id AND published_at IS NULL;

--: draw_enter(id int, entered text, entered_by int) -> changed
UPDATE panel_draw SET entered = :entered, entered_by = :entered_by WHERE id = :id AND value IS NULL;

--: draw_confirm(id int, value text, confirmed_by int, seed text, permutation_sha256 text, at time) -> changed
UPDATE panel_draw SET value = :value, confirmed_by = :confirmed_by, seed = :seed, permutation_sha256 = :permutation_sha256, drawn_at = :at
WHERE id = :id AND value IS NULL;

--: draw_set_key(id int, public_key text, key_by int) -> changed
UPDATE panel_draw SET public_key = :public_key, key_by = :key_by, rehearsed_at = NULL WHERE id = :id AND rehearsed_at IS NULL;

--: draw_rehearsed(id int, at time) -> changed
UPDATE panel_draw SET rehearsed_at = :at WHERE id = :id AND rehearsed_at IS NULL;

--: draw_opened(id int, at time) -> changed
UPDATE panel_draw SET opened_at = :at WHERE id = :id AND opened_at IS NULL;

--: draw_locked(id int, sealed_minutes sealed, at time) -> changed
UPDATE panel_draw SET locked_at = :at, sealed_minutes = :sealed_minutes WHERE id = :id AND locked_at IS NULL;

--: row ShareRow = id int, name text, sealed_share sealed?, taken_by int?, taken_at time?

--: share_put(draw_id int, name text, sealed_share sealed) -> nothing
INSERT INTO panel_share (draw_id, name, sealed_share) VALUES (:draw_id, :name, :sealed_share)
ON CONFLICT (draw_id, name) DO UPDATE SET sealed_share = excluded.sealed_share, taken_by = NULL, taken_at = NULL;

--: share_list(draw_id int) -> many ShareRow
SELECT {ShareRow} FROM panel_share WHERE draw_id = :draw_id ORDER BY id LIMIT 3;

--: share_take(draw_id int, name text, taken_by int, at time) -> changed
UPDATE panel_share SET sealed_share = NULL, taken_by = :taken_by, taken_at = :at WHERE draw_id = :draw_id AND name = :name AND taken_by IS NULL;

--: row LeafRow = id int, place int, leaf text, specialty int, grouping text, expert_id int, sealed_opening sealed

--: leaf_insert(draw_id int, place int, leaf text, specialty int, grouping text, expert_id int, sealed_opening sealed) -> nothing
INSERT INTO panel_leaf (draw_id, place, leaf, specialty, grouping, expert_id, sealed_opening)
VALUES (:draw_id, :place, :leaf, :specialty, :grouping, :expert_id, :sealed_opening);

--: leaf_list(draw_id int, max int) -> many LeafRow
SELECT {LeafRow} FROM panel_leaf WHERE draw_id = :draw_id ORDER BY place LIMIT :max;

--: row PanelRow = id int, ref text, draw_id int, direction text, commitment text, sealed_conflicts sealed, quorum int?

--: panel_insert(ref text, draw_id int, direction text, commitment text, sealed_conflicts sealed) -> one (id int)
INSERT INTO panel (ref, draw_id, direction, commitment, sealed_conflicts) VALUES (:ref, :draw_id, :direction, :commitment, :sealed_conflicts)
RETURNING id;

--: panel_list(draw_id int) -> many PanelRow
SELECT {PanelRow} FROM panel WHERE draw_id = :draw_id ORDER BY id LIMIT 8;

--: panel_set_quorum(id int, quorum int) -> nothing
UPDATE panel SET quorum = :quorum WHERE id = :id;

--: row EntryRow = id int, panel_id int, application_id int, place int, contribution int, sealed_objective sealed?, objective_by int?, ref text, state text,
--:   is_newcomer bool, organisation text, organisation_en text

--: entry_insert(panel_id int, application_id int, contribution int) -> nothing
INSERT INTO panel_entry (panel_id, application_id, place, contribution) VALUES (:panel_id, :application_id, -1, :contribution);

--: entry_list(panel_id int, max int) -> many EntryRow
SELECT e.id, e.panel_id, e.application_id, e.place, e.contribution, e.sealed_objective, e.objective_by, a.ref, a.state, a.is_newcomer, o.name, o.name_en
FROM panel_entry e JOIN application a ON a.id = e.application_id JOIN organisation o ON o.id = a.organisation_id
WHERE e.panel_id = :panel_id ORDER BY e.id LIMIT :max;

--: entry_place(id int, place int) -> nothing
UPDATE panel_entry SET place = :place WHERE id = :id;

--: entry_objective(id int, sealed_objective sealed, objective_by int) -> nothing
UPDATE panel_entry SET sealed_objective = :sealed_objective, objective_by = :objective_by WHERE id = :id;

--: row SeatRow = id int, panel_id int, place int, position int, expert_id int, code text, seated_at time

--: seat_put(panel_id int, place int, position int, expert_id int, code text, at time) -> nothing
INSERT INTO panel_seat (panel_id, place, position, expert_id, code, seated_at) VALUES (:panel_id, :place, :position, :expert_id, :code, :at)
ON CONFLICT (panel_id, expert_id) DO UPDATE SET code = excluded.code;

--: seat_list(panel_id int) -> many SeatRow
SELECT {SeatRow} FROM panel_seat WHERE panel_id = :panel_id ORDER BY position LIMIT 500;

--: seats_since(expert_id int, since time) -> one (seats int)
SELECT count(*) FROM panel_seat WHERE expert_id = :expert_id AND code = 'taken' AND seated_at >= :since;

--: seats_of_person(round_id int, person_id int) -> one (seats int)
SELECT count(*) FROM expert x JOIN panel_seat s ON s.expert_id = x.id JOIN panel p ON p.id = s.panel_id JOIN panel_draw d ON d.id = p.draw_id
WHERE x.person_id = :person_id AND d.round_id = :round_id AND s.code = 'taken';

--: row OwnSeatRow = id int, ref text, direction text, code text, round_id int, code_of_round text, state text

--: seats_of(expert_id int, before int, max int) -> many OwnSeatRow
SELECT s.id, p.ref, p.direction, s.code, d.round_id, r.code AS code_of_round, r.state
FROM panel_seat s JOIN panel p ON p.id = s.panel_id JOIN panel_draw d ON d.id = p.draw_id JOIN selection_round r ON r.id = d.round_id
WHERE s.expert_id = :expert_id AND s.code IN ('taken', 'alternate') AND s.id < :before ORDER BY s.id DESC LIMIT :max;

--: row MemberRow = panel_id int, code text, round_id int, round_ref text

--: member_of(ref text, expert_id int) -> one MemberRow
SELECT p.id, s.code, d.round_id, r.ref
FROM panel p JOIN panel_seat s ON s.panel_id = p.id JOIN panel_draw d ON d.id = p.draw_id JOIN selection_round r ON r.id = d.round_id
WHERE p.ref = :ref AND s.expert_id = :expert_id AND s.code IN ('taken', 'alternate');

--: row ReplacementRow = id int, panel_id int, place int, reason text, sealed_note sealed?, person_id int, made_at time

--: replacement_insert(panel_id int, place int, reason text, person_id int, at time) -> one (id int)
INSERT INTO panel_replacement (panel_id, place, reason, person_id, made_at) VALUES (:panel_id, :place, :reason, :person_id, :at) RETURNING id;

--: replacement_note(id int, sealed_note sealed?) -> nothing
UPDATE panel_replacement SET sealed_note = :sealed_note WHERE id = :id;

--: replacement_list(draw_id int, max int) -> many ReplacementRow
SELECT {x.ReplacementRow} FROM panel_replacement x JOIN panel p ON p.id = x.panel_id WHERE p.draw_id = :draw_id ORDER BY x.id LIMIT :max;

--: row RecusalRow = id int, ref text, application_id int, expert_id int?, sealed_content sealed, declared_by int, declared_at time

--: recusal_insert(ref text, round_id int, application_id int, expert_id int?, sealed_content sealed, declared_by int, at time) -> nothing
INSERT INTO panel_recusal (ref, round_id, application_id, expert_id, sealed_content, declared_by, declared_at)
VALUES (:ref, :round_id, :application_id, :expert_id, :sealed_content, :declared_by, :at);

--: recusal_list(round_id int, max int) -> many RecusalRow
SELECT {RecusalRow} FROM panel_recusal WHERE round_id = :round_id ORDER BY id LIMIT :max;

--: recusal_of_applicant(application_id int) -> many RecusalRow
SELECT {RecusalRow} FROM panel_recusal WHERE application_id = :application_id AND expert_id IS NULL ORDER BY id LIMIT 3;

--: group_codes(organisation_id int, at time) -> many text
SELECT i.credit_code FROM interest i WHERE i.declarer_id = :organisation_id AND i.kind = 'group' AND i.credit_code IS NOT NULL AND i.from_at <= :at
  AND (i.until_at IS NULL OR i.until_at > :at) ORDER BY i.id LIMIT 100;

--: joint_reports(person_id int, organisations ints) -> one (reports int)
SELECT count(*) FROM report r WHERE r.reporter_id = :person_id AND r.organisation_id IN (:organisations);

--: oath_insert(application_id int, expert_id int, at time) -> nothing
INSERT INTO panel_oath (application_id, expert_id, signed_at) VALUES (:application_id, :expert_id, :at)
ON CONFLICT (application_id, expert_id) DO NOTHING;

--: oath_count(application_id int, expert_id int) -> one (oaths int)
SELECT count(*) FROM panel_oath WHERE application_id = :application_id AND expert_id = :expert_id;

--: row SheetRow = id int, panel_id int, application_id int, expert_id int, number int, commitment text, is_paper bool, committed_at time,
--:   is_counted bool, sealed_words sealed?

--: sheet_insert(panel_id int, application_id int, expert_id int, number int, commitment text, box text, is_paper bool, at time) -> one (id int)
INSERT INTO panel_sheet (panel_id, application_id, expert_id, number, commitment, box, is_paper, committed_at, is_counted)
VALUES (:panel_id, :application_id, :expert_id, :number, :commitment, :box, :is_paper, :at, FALSE) RETURNING id;

-- The last one of each member and application, of all that were committed to.
--: sheet_list(panel_id int, max int) -> many SheetRow
SELECT {s.SheetRow} FROM panel_sheet s WHERE s.panel_id = :panel_id
  AND s.number = (SELECT max(x.number) FROM panel_sheet x WHERE x.application_id = s.application_id AND x.expert_id = s.expert_id)
ORDER BY s.id LIMIT :max;

-- What the counted ones say, in the same order.
--: row OpenedRow = application_id int, expert_id int, commitment text, sealed_opened sealed?
--: sheet_opened_list(panel_id int, max int) -> many OpenedRow
SELECT {OpenedRow} FROM panel_sheet WHERE panel_id = :panel_id AND is_counted ORDER BY id LIMIT :max;

--: sheet_last(application_id int, expert_id int) -> maybe SheetRow
SELECT {SheetRow} FROM panel_sheet WHERE application_id = :application_id AND expert_id = :expert_id ORDER BY number DESC LIMIT 1;

--: sheet_box(id int) -> one (box text)
SELECT box FROM panel_sheet WHERE id = :id;

--: sheet_open(id int, sealed_opened sealed, is_counted bool) -> nothing
UPDATE panel_sheet SET sealed_opened = :sealed_opened, is_counted = :is_counted WHERE id = :id;

--: sheet_explain(id int, sealed_words sealed) -> nothing
UPDATE panel_sheet SET sealed_words = :sealed_words WHERE id = :id;

--: row PrintedRow = id int, sealed_content sealed, entered_by int, entered_at time

--: printed_find(application_id int, expert_id int) -> maybe PrintedRow
SELECT {PrintedRow} FROM panel_paper WHERE application_id = :application_id AND expert_id = :expert_id;

--: printed_put(application_id int, expert_id int, sealed_content sealed, entered_by int, at time) -> nothing
INSERT INTO panel_paper (application_id, expert_id, sealed_content, entered_by, entered_at)
VALUES (:application_id, :expert_id, :sealed_content, :entered_by, :at)
ON CONFLICT (application_id, expert_id) DO UPDATE SET sealed_content = excluded.sealed_content, entered_by = excluded.entered_by;

--: printed_remove(application_id int, expert_id int) -> nothing
DELETE FROM panel_paper WHERE application_id = :application_id AND expert_id = :expert_id;

--: row CorrectionRow = id int, ref text, panel_id int, application_id int, expert_id int, criterion int, reason text, sealed_content sealed, first_by int,
--:   first_at time, second_by int?, second_at time?

--: correction_insert(ref text, panel_id int, application_id int, expert_id int, criterion int, reason text, sealed_content sealed,
--:   first_by int, at time) -> nothing
INSERT INTO panel_correction (ref, panel_id, application_id, expert_id, criterion, reason, sealed_content, first_by, first_at)
VALUES (:ref, :panel_id, :application_id, :expert_id, :criterion, :reason, :sealed_content, :first_by, :at);

-- In the order in which they took effect; those that wait for the second signature come last.
--: correction_list(panel_id int, max int) -> many CorrectionRow
SELECT {CorrectionRow} FROM panel_correction WHERE panel_id = :panel_id ORDER BY second_at NULLS LAST, id LIMIT :max;

--: correction_sign(panel_id int, ref text, second_by int, at time) -> changed
UPDATE panel_correction SET second_by = :second_by, second_at = :at WHERE panel_id = :panel_id AND ref = :ref AND second_by IS NULL;

--: signing_put(panel_id int, expert_id int, sealed_dissent sealed?, at time) -> nothing
INSERT INTO panel_signing (panel_id, expert_id, sealed_dissent, signed_at) VALUES (:panel_id, :expert_id, :sealed_dissent, :at)
ON CONFLICT (panel_id, expert_id) DO NOTHING;

--: row SigningRow = id int, expert_id int, sealed_dissent sealed?, signed_at time

--: signing_list(panel_id int) -> many SigningRow
SELECT {SigningRow} FROM panel_signing WHERE panel_id = :panel_id ORDER BY id LIMIT 64;

--: row MinutesRow = id int, blob_id int, body_sha256 text, made_at time

--: minutes_find(panel_id int, signatures int) -> maybe MinutesRow
SELECT {MinutesRow} FROM panel_minutes WHERE panel_id = :panel_id AND signatures = :signatures;

--: minutes_insert(panel_id int, signatures int, blob_id int, body_sha256 text, at time) -> nothing
INSERT INTO panel_minutes (panel_id, signatures, blob_id, body_sha256, made_at) VALUES (:panel_id, :signatures, :blob_id, :body_sha256, :at);

--: row TimetableRow = id int, panel_id int, starts_at time, slot_minutes int, break_minutes int, slots_a_day int, sealed_place sealed, set_by int, set_at time

--: timetable_put(panel_id int, starts_at time, slot_minutes int, break_minutes int, slots_a_day int, sealed_place sealed, set_by int, at time) -> nothing
INSERT INTO panel_timetable (panel_id, starts_at, slot_minutes, break_minutes, slots_a_day, sealed_place, set_by, set_at)
VALUES (:panel_id, :starts_at, :slot_minutes, :break_minutes, :slots_a_day, :sealed_place, :set_by, :at)
ON CONFLICT (panel_id) DO UPDATE SET starts_at = excluded.starts_at, slot_minutes = excluded.slot_minutes, break_minutes = excluded.break_minutes,
  slots_a_day = excluded.slots_a_day, sealed_place = excluded.sealed_place, set_by = excluded.set_by, set_at = excluded.set_at;

--: timetable_find(panel_id int) -> maybe TimetableRow
SELECT {TimetableRow} FROM panel_timetable WHERE panel_id = :panel_id;

-- The panel that hears an application.
--: panel_of_application(application_id int) -> maybe (panel_id int, draw_id int, place int)
SELECT e.panel_id, p.draw_id, e.place FROM panel_entry e JOIN panel p ON p.id = e.panel_id WHERE e.application_id = :application_id;

--: panel_by_id(id int) -> one PanelRow
SELECT {PanelRow} FROM panel WHERE id = :id;
