-- Letters of rounds. Secretaries and supervisors read them with second factor; the operations ask whether they may see what a letter is about.

--: round_letter_insert(round_id int, offer text, draft text) -> nothing
INSERT INTO round_letter (round_id, offer, draft) VALUES (:round_id, :offer, :draft);

--: row RoundLetterRow = id int, offer text, draft text

--: round_letter_rows(round_id int, max int) -> many RoundLetterRow
SELECT {RoundLetterRow} FROM round_letter WHERE round_id = :round_id ORDER BY id DESC LIMIT :max;
