-- Points of persons that tests give.

--: test_ranking_points(ref text, code text, person_id int, points int, month int) -> nothing
INSERT INTO merit_entry (ref, kind, subject, event, source, code, rule, holder, organisation_id, person_id, turn, points, month, at, shown, made_at, record, event_id)
VALUES (:ref, 'deed', :ref, :ref, :ref, :code, 1, 'p', 0, :person_id, 0, :points, :month, 1750000000000, '', 1750000000000, '', 0);
