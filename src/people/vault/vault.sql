-- Papers of identity and who opened them.

--: row VaultRow = id int, ref text, owner text, owner_id int, kind text, seal_key int, blob_id int?, sealed_name sealed?, sealed_text sealed?,
--: size_bytes int, digest text, added_by int, added_at time, decided_at time?, deleted_at time?

--: vault_insert(ref text, owner text, owner_id int, kind text, seal_key int, blob_id int?, sealed_name sealed?, sealed_text sealed?, size_bytes int,
--: digest text, added_by int, at time) -> nothing
INSERT INTO vault_paper (ref, owner, owner_id, kind, seal_key, blob_id, sealed_name, sealed_text, size_bytes, digest, added_by, added_at)
VALUES (:ref, :owner, :owner_id, :kind, :seal_key, :blob_id, :sealed_name, :sealed_text, :size_bytes, :digest, :added_by, :at);

--: vault_by_ref(ref text) -> maybe VaultRow
SELECT {VaultRow} FROM vault_paper WHERE ref = :ref;

--: vault_of_owner(owner text, owner_id int) -> many VaultRow
SELECT {VaultRow} FROM vault_paper WHERE owner = :owner AND owner_id = :owner_id ORDER BY id;

--: vault_undecide(owner text, owner_id int) -> nothing
UPDATE vault_paper SET decided_at = NULL WHERE owner = :owner AND owner_id = :owner_id AND deleted_at IS NULL;

--: vault_decide_all(owner text, owner_id int, at time) -> nothing
UPDATE vault_paper SET decided_at = :at WHERE owner = :owner AND owner_id = :owner_id AND deleted_at IS NULL;

--: vault_delete_row(id int, at time) -> changed
UPDATE vault_paper SET deleted_at = :at, blob_id = NULL, sealed_name = NULL, sealed_text = NULL WHERE id = :id AND deleted_at IS NULL;

--: row VaultDueRow = id int, ref text, decided_at time

--: vault_due_rows(before time, after_at time, after_id int, max int) -> many VaultDueRow
SELECT {VaultDueRow} FROM vault_paper
WHERE deleted_at IS NULL AND decided_at < :before AND (decided_at > :after_at OR (decided_at = :after_at AND id > :after_id))
ORDER BY decided_at, id LIMIT :max;

--: vault_opening_insert(ref text, paper_id int, person_id int, purpose text, sealed_reason sealed?, state text, asked_at time, opened_at time?) -> nothing
INSERT INTO vault_opening (ref, paper_id, person_id, purpose, sealed_reason, state, asked_at, opened_at)
VALUES (:ref, :paper_id, :person_id, :purpose, :sealed_reason, :state, :asked_at, :opened_at);

--: row VaultOpeningRow = id int, ref text, person_id int, decided_by int?, purpose text, sealed_reason sealed?, state text, asked_at time,
--: decided_at time?, opened_at time?, paper_ref text, kind text, owner text, owner_id int

--: vault_opening_by_ref(ref text) -> maybe VaultOpeningRow
SELECT o.id, o.ref, o.person_id, o.decided_by, o.purpose, o.sealed_reason, o.state, o.asked_at, o.decided_at, o.opened_at, p.ref AS paper_ref, p.kind, p.owner, p.owner_id
FROM vault_opening o JOIN vault_paper p ON p.id = o.paper_id WHERE o.ref = :ref;

-- Asked for and waiting, or granted since then and not used.
--: vault_opening_of(paper_id int, person_id int, since time) -> maybe (id int, state text)
SELECT id, state FROM vault_opening
WHERE paper_id = :paper_id AND person_id = :person_id AND (state = 'asked' OR (state = 'granted' AND decided_at > :since)) ORDER BY id DESC LIMIT 1;

--: vault_opening_decide(id int, state text, decided_by int, at time) -> changed
UPDATE vault_opening SET state = :state, decided_by = :decided_by, decided_at = :at WHERE id = :id AND state = 'asked';

--: vault_opening_use(id int, at time) -> changed
UPDATE vault_opening SET state = 'opened', opened_at = :at WHERE id = :id AND state = 'granted';

--: vault_openings_waiting(max int) -> many VaultOpeningRow
SELECT o.id, o.ref, o.person_id, o.decided_by, o.purpose, o.sealed_reason, o.state, o.asked_at, o.decided_at, o.opened_at, p.ref AS paper_ref, p.kind, p.owner, p.owner_id
FROM vault_opening o JOIN vault_paper p ON p.id = o.paper_id WHERE o.state = 'asked' ORDER BY o.id LIMIT :max;

--: vault_openings_of(owner text, owner_id int, before int, max int) -> many VaultOpeningRow
SELECT o.id, o.ref, o.person_id, o.decided_by, o.purpose, o.sealed_reason, o.state, o.asked_at, o.decided_at, o.opened_at, p.ref AS paper_ref, p.kind, p.owner, p.owner_id
FROM vault_paper p JOIN vault_opening o ON o.paper_id = p.id WHERE p.owner = :owner AND p.owner_id = :owner_id AND o.id < :before ORDER BY o.id DESC LIMIT :max;
