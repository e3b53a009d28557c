-- Contribution points.

--: row MeritRuleRow = id int, number int, state text, rows text, stars text, reason text, from_at time, proposed_by int, proposed_at time, decided_by int?, decided_at time?

--: merit_rule_rows() -> many MeritRuleRow
--: scans because there is one row for each version of the rule
SELECT {MeritRuleRow} FROM merit_rule ORDER BY number;

--: merit_rule_insert(number int, rows text, stars text, reason text, from_at time, proposed_by int, at time) -> nothing
INSERT INTO merit_rule (number, state, rows, stars, reason, from_at, proposed_by, proposed_at)
VALUES (:number, 'proposed', :rows, :stars, :reason, :from_at, :proposed_by, :at);

--: merit_rule_decide(number int, state text, decided_by int, at time) -> changed
UPDATE merit_rule SET state = :state, decided_by = :decided_by, decided_at = :at WHERE number = :number AND state = 'proposed';

--: row MeritEntryRow = id int, ref text, kind text, subject text, event text, source text, code text, rule int, holder text, organisation_id int,
--:   person_id int, turn int, points int, month int, at time, shown text, made_at time, record text, event_id int

--: merit_entry_insert(ref text, kind text, subject text, event text, source text, code text, rule int, holder text, organisation_id int, person_id int,
--:   turn int, points int, month int, at time, shown text, made_at time, record text, event_id int) -> nothing
INSERT INTO merit_entry (ref, kind, subject, event, source, code, rule, holder, organisation_id, person_id, turn, points, month, at, shown, made_at,
  record, event_id)
VALUES (:ref, :kind, :subject, :event, :source, :code, :rule, :holder, :organisation_id, :person_id, :turn, :points, :month, :at, :shown, :made_at,
  :record, :event_id);

--: merit_entries_of_subject(kind text, subject text) -> many MeritEntryRow
SELECT {MeritEntryRow} FROM merit_entry WHERE kind = :kind AND subject = :subject ORDER BY id;

--: merit_entries_of_organisation(organisation_id int, from_month int, until_month int, before int, max int) -> many MeritEntryRow
SELECT {MeritEntryRow} FROM merit_entry WHERE organisation_id = :organisation_id AND organisation_id <> 0 AND month >= :from_month AND month < :until_month
  AND id < :before ORDER BY id DESC LIMIT :max;

--: merit_entries_of_person(person_id int, from_month int, until_month int, before int, max int) -> many MeritEntryRow
SELECT {MeritEntryRow} FROM merit_entry WHERE person_id = :person_id AND person_id <> 0 AND month >= :from_month AND month < :until_month AND id < :before
ORDER BY id DESC LIMIT :max;

-- Sums before the caps: a line for each code and month.
--: row MeritSumRow = code text, month int, points int, entries int

--: merit_sums_of_organisation(organisation_id int, from_month int, until_month int) -> many MeritSumRow
SELECT code, month, CAST(sum(points) AS BIGINT), sum(CASE WHEN points > 0 THEN 1 ELSE -1 END) FROM merit_entry
WHERE organisation_id = :organisation_id AND organisation_id <> 0 AND month >= :from_month AND month < :until_month GROUP BY code, month ORDER BY code, month;

--: merit_sums_of_person(person_id int, from_month int, until_month int) -> many MeritSumRow
SELECT code, month, CAST(sum(points) AS BIGINT), sum(CASE WHEN points > 0 THEN 1 ELSE -1 END) FROM merit_entry
WHERE person_id = :person_id AND person_id <> 0 AND month >= :from_month AND month < :until_month GROUP BY code, month ORDER BY code, month;

--: merit_organisation_after(after int, from_month int, until_month int) -> maybe (organisation_id int)
SELECT organisation_id FROM merit_entry WHERE organisation_id > :after AND organisation_id <> 0 AND month >= :from_month AND month < :until_month
ORDER BY organisation_id LIMIT 1;

--: merit_subject_after(kind text, after text) -> maybe (subject text)
SELECT subject FROM merit_entry WHERE kind = :kind AND subject > :after ORDER BY subject LIMIT 1;

--: merit_kind_after(after text) -> maybe (kind text)
SELECT kind FROM merit_entry WHERE kind > :after ORDER BY kind LIMIT 1;

--: merit_last_of(organisation_id int) -> one (at time)
SELECT coalesce(max(at), 0) FROM merit_entry WHERE organisation_id = :organisation_id AND organisation_id <> 0;

--: row MeritCursorRow = number int, kind text, subject text, swept_at time

--: merit_cursor() -> one MeritCursorRow
SELECT {MeritCursorRow} FROM merit_cursor WHERE id = 1;

--: merit_cursor_follow(number int) -> nothing
UPDATE merit_cursor SET number = :number WHERE id = 1;

--: merit_cursor_sweep(kind text, subject text, swept_at time) -> nothing
UPDATE merit_cursor SET kind = :kind, subject = :subject, swept_at = :swept_at WHERE id = 1;
