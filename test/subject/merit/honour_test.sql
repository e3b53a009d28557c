-- Points that tests give.

--: test_honour_points(ref text, code text, organisation_id int, points int) -> nothing
INSERT INTO merit_entry (ref, kind, subject, event, source, code, rule, holder, organisation_id, person_id, turn, points, month, at, shown, made_at, record, event_id)
VALUES (:ref, 'deed', :ref, :ref, :ref, :code, 1, 'o', :organisation_id, 0, 0, :points, 202506, 1750000000000, '', 1750000000000, '', 0);
