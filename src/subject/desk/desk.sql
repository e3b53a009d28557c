-- Until when somebody has looked at what changed.

--: desk_mark_find(person_id int) -> maybe (seen_at time)
SELECT seen_at FROM desk_mark WHERE person_id = :person_id;

--: desk_mark_set(person_id int, at time) -> nothing
INSERT INTO desk_mark (person_id, seen_at) VALUES (:person_id, :at)
ON CONFLICT (person_id) DO UPDATE SET seen_at = excluded.seen_at WHERE desk_mark.seen_at < excluded.seen_at;
