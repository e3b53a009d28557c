-- The ranking of finders: who wants to stand in it.

--: ranking_insert(person_id int, at time) -> nothing
INSERT INTO ranking (person_id, joined_at) VALUES (:person_id, :at) ON CONFLICT (person_id) DO NOTHING;

--: ranking_delete(person_id int) -> nothing
DELETE FROM ranking WHERE person_id = :person_id;

--: ranking_find(person_id int) -> maybe (joined_at time)
SELECT joined_at FROM ranking WHERE person_id = :person_id;

-- Sums before the caps, a line for each person, code and month.
--: row RankingSumRow = person_id int, code text, month int, points int, entries int

--: ranking_sums(from_month int, until_month int) -> many RankingSumRow
--: scans because the whole ranking is made at once, and its page is kept until it changes
SELECT e.person_id, e.code, e.month, CAST(sum(e.points) AS BIGINT), sum(CASE WHEN e.points > 0 THEN 1 ELSE -1 END)
FROM ranking r JOIN merit_entry e ON e.person_id = r.person_id AND e.person_id <> 0 AND e.month >= :from_month AND e.month < :until_month
GROUP BY e.person_id, e.code, e.month ORDER BY e.person_id, e.code, e.month;
