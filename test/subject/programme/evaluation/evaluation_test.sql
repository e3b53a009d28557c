-- Points that tests give.

--: test_evaluation_points(ref text, organisation_id int, points int, month int, at time) -> nothing
INSERT INTO merit_entry (ref, kind, subject, event, source, code, rule, holder, organisation_id, person_id, turn, points, month, at, shown, made_at, record, event_id)
VALUES (:ref, 'deed', :ref, :ref, :ref, 'find-critical', 1, 'o', :organisation_id, 0, 0, :points, :month, :at, '', :at, '', 0);
