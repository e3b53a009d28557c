-- Supervision by the competent authority: its instructions.

--: row InstructionRow = id int, ref text, casefile_id int, sealed_text sealed?, issued_at time, due_at time, sealed_answer sealed?, answered_at time?,
--:   sealed_closing sealed?, closed_at time?

--: instruction_list(casefile_id int) -> many InstructionRow
SELECT {InstructionRow} FROM instruction WHERE casefile_id = :casefile_id ORDER BY id DESC LIMIT 100;

--: instruction_running(casefile_id int) -> maybe InstructionRow
SELECT {InstructionRow} FROM instruction WHERE casefile_id = :casefile_id AND closed_at IS NULL;

--: instruction_add(ref text, casefile_id int, sealed_text sealed, issued_by int, at time, due_at time) -> nothing
INSERT INTO instruction (ref, casefile_id, sealed_text, issued_by, issued_at, due_at)
VALUES (:ref, :casefile_id, :sealed_text, :issued_by, :at, :due_at);

--: instruction_answer(ref text, sealed_answer sealed, answered_by int, at time) -> changed
UPDATE instruction SET sealed_answer = :sealed_answer, answered_by = :answered_by, answered_at = :at
WHERE ref = :ref AND answered_at IS NULL AND closed_at IS NULL;

--: instruction_close(ref text, sealed_closing sealed, closed_by int, at time) -> changed
UPDATE instruction SET sealed_closing = :sealed_closing, closed_by = :closed_by, closed_at = :at WHERE ref = :ref AND closed_at IS NULL;

--: instruction_overdue(at time, max int) -> many InstructionRow
SELECT {InstructionRow} FROM instruction
WHERE answered_at IS NULL AND closed_at IS NULL AND told_at IS NULL AND due_at < :at ORDER BY due_at LIMIT :max;

--: instruction_told(ref text, at time) -> changed
UPDATE instruction SET told_at = :at WHERE ref = :ref AND told_at IS NULL;
