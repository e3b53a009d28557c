-- Until when somebody has looked at what changed.
CREATE TABLE desk_mark (
  person_id {int} NOT NULL PRIMARY KEY,
  seen_at   {time} NOT NULL
) {strict};

-- Lists of what waits, the earliest end first.
CREATE INDEX clock_due ON clock (machine, due_at, id) WHERE ended_at IS NULL AND paused_at IS NULL;
