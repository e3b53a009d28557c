-- Versions of rules.

--: row RuleRow = name text, number int, state text, text_zh text, text_en text, reason text, proposed_by int, proposed_at time, decided_by int?, decided_at time?

--: rule_rows(name text) -> many RuleRow
SELECT {RuleRow} FROM rule_version WHERE name = :name ORDER BY number DESC LIMIT 200;

--: rule_newest_in_force(name text) -> one (number int)
SELECT coalesce(max(number), 1) FROM rule_version WHERE name = :name AND state = 'in_force';

--: rule_newest(name text) -> one (number int)
SELECT coalesce(max(number), 1) FROM rule_version WHERE name = :name;

--: rule_insert(name text, number int, text_zh text, text_en text, reason text, proposed_by int, at time) -> nothing
INSERT INTO rule_version (name, number, state, text_zh, text_en, reason, proposed_by, proposed_at)
VALUES (:name, :number, 'proposed', :text_zh, :text_en, :reason, :proposed_by, :at);

--: rule_decide(name text, number int, state text, decided_by int, at time) -> changed
UPDATE rule_version SET state = :state, decided_by = :decided_by, decided_at = :at WHERE name = :name AND number = :number AND state = 'proposed';

--: row RuleFilingRow = number int, filed_on text

--: rule_filings(name text) -> many RuleFilingRow
SELECT {RuleFilingRow} FROM rule_filing WHERE name = :name ORDER BY number DESC LIMIT 200;

--: rule_file(name text, number int, filed_on text, person_id int, at time) -> nothing
INSERT INTO rule_filing (name, number, filed_on, person_id, at) VALUES (:name, :number, :filed_on, :person_id, :at)
ON CONFLICT (name, number) DO UPDATE SET filed_on = excluded.filed_on, person_id = excluded.person_id, at = excluded.at;
