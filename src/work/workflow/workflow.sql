-- Clocks and assignments of every machine.

--: row ClockRow = id int, machine text, subject_id int, name text, rule text, limit_days int, started_at time, pauses text,
--:   paused_at time?, overdue_at time?, due_at time, provisional bool

--: clock_list_open(machine text, subject_id int) -> many ClockRow
SELECT {ClockRow} FROM clock WHERE machine = :machine AND subject_id = :subject_id AND ended_at IS NULL ORDER BY id;

--: clock_kept_at(machine text, subject_id int, at time) -> one (any int, over int)
SELECT count(*), coalesce(sum(CASE WHEN due_at < :at OR overdue_at <= :at THEN 1 ELSE 0 END), 0) FROM clock
WHERE machine = :machine AND subject_id = :subject_id AND started_at < :at AND (ended_at IS NULL OR ended_at >= :at);

--: clock_ever_over(machine text, subject_id int, name text) -> one (any int, over int)
SELECT count(*), coalesce(sum(CASE WHEN overdue_at IS NOT NULL THEN 1 ELSE 0 END), 0) FROM clock
WHERE machine = :machine AND subject_id = :subject_id AND name = :name;

--: clock_insert(machine text, subject_id int, name text, rule text, limit_days int, started_at time, due_at time, provisional bool) -> nothing
INSERT INTO clock (machine, subject_id, name, rule, limit_days, started_at, pauses, due_at, provisional)
VALUES (:machine, :subject_id, :name, :rule, :limit_days, :started_at, '', :due_at, :provisional);

--: clock_end(id int, ended_at time) -> nothing
UPDATE clock SET ended_at = :ended_at WHERE id = :id;

--: clock_set(id int, limit_days int, pauses text, paused_at time?, due_at time, provisional bool) -> nothing
UPDATE clock SET limit_days = :limit_days, pauses = :pauses, paused_at = :paused_at, due_at = :due_at, provisional = :provisional,
  overdue_at = CASE WHEN due_at = :due_at THEN overdue_at END, reminded = CASE WHEN due_at = :due_at THEN reminded ELSE 0 END
WHERE id = :id;

--: clock_list_all_open(after int, max int) -> many ClockRow
SELECT {ClockRow} FROM clock WHERE ended_at IS NULL AND id > :after ORDER BY id LIMIT :max;

--: clock_list_run_out(at time, max int) -> many ClockRow
SELECT {ClockRow} FROM clock WHERE ended_at IS NULL AND paused_at IS NULL AND overdue_at IS NULL AND due_at < :at ORDER BY due_at LIMIT :max;

--: clock_mark_overdue(id int, at time) -> changed
UPDATE clock SET overdue_at = :at WHERE id = :id AND overdue_at IS NULL AND ended_at IS NULL;

-- Clocks that end from now until then and of which so much has not been told yet (1: that the end is near, 2: that it is today).
--: clock_list_near(at time, until time, level int, max int) -> many ClockRow
SELECT {ClockRow} FROM clock
WHERE ended_at IS NULL AND paused_at IS NULL AND overdue_at IS NULL AND due_at >= :at AND due_at < :until AND reminded < :level ORDER BY due_at LIMIT :max;

--: clock_mark_reminded(id int, level int) -> changed
UPDATE clock SET reminded = :level WHERE id = :id AND reminded < :level AND ended_at IS NULL;

--: assignment_end(machine text, subject_id int, part text, at time) -> nothing
UPDATE assignment SET ended_at = :at WHERE machine = :machine AND subject_id = :subject_id AND part = :part AND ended_at IS NULL;

--: assignment_add(machine text, subject_id int, part text, person_id int, for_id int?, at time) -> nothing
INSERT INTO assignment (machine, subject_id, part, person_id, for_id, assigned_at) VALUES (:machine, :subject_id, :part, :person_id, :for_id, :at);

--: assignment_find(machine text, subject_id int, part text) -> maybe (person_id int, for_id int?)
SELECT person_id, for_id FROM assignment WHERE machine = :machine AND subject_id = :subject_id AND part = :part AND ended_at IS NULL;

-- For figures: clocks by when they ended, and those that ran at an instant.
--: row MeasuredClockRow = machine text, subject_id int, name text, started_at time, pauses text, paused_at time?, ended_at time?, due_at time

--: clock_list_ended(from_at time, until_at time) -> many MeasuredClockRow
SELECT {MeasuredClockRow} FROM clock WHERE ended_at >= :from_at AND ended_at < :until_at;

--: clock_list_running(at time) -> many MeasuredClockRow
SELECT {MeasuredClockRow} FROM clock WHERE ended_at IS NULL AND started_at < :at;

--: clock_list_ended_since(at time) -> many MeasuredClockRow
SELECT {MeasuredClockRow} FROM clock WHERE ended_at >= :at AND started_at < :at;
