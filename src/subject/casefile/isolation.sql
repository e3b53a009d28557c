-- Casefiles that may hold a state secret.

--: isolation_set(id int, isolated_by int?) -> nothing
UPDATE casefile SET isolated_by = :isolated_by WHERE id = :id;

--: isolation_empty(id int) -> nothing
UPDATE casefile SET sealed_title = NULL, sealed_public = NULL, class = 'other' WHERE id = :id;

--: isolation_upstream(upstream_of int) -> many int
SELECT id FROM casefile WHERE upstream_of = :upstream_of AND state NOT IN ('ISOLATED', 'WIPED') ORDER BY id;

--: row IsolatedPartyRow = id int, seal_key int

--: isolation_parties(casefile_id int) -> many IsolatedPartyRow
SELECT {IsolatedPartyRow} FROM party WHERE casefile_id = :casefile_id ORDER BY id;
