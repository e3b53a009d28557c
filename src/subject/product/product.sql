-- The catalogue. Who may read a product is said by the view product_reader alone; every statement that shows one to somebody asks it.

--: row ProductRow = id int, ref text, kind text, state text, is_public bool, name text, name_en text, vendor text, organisation_id int?,
--:   stated_for int?, stated_by int?, merged_into int?, created_at time, changed_at time

--: product_insert(ref text, kind text, name text, name_en text, vendor text, stated_for int?, stated_by int?, at time) -> one (id int)
INSERT INTO product (ref, kind, state, is_public, name, name_en, vendor, stated_for, stated_by, created_at, changed_at)
VALUES (:ref, :kind, 'stated', FALSE, :name, :name_en, :vendor, :stated_for, :stated_by, :at, :at) RETURNING id;

--: product_by_ref(ref text) -> maybe ProductRow
SELECT {ProductRow} FROM product WHERE ref = :ref;

--: product_by_id(id int) -> maybe ProductRow
SELECT {ProductRow} FROM product WHERE id = :id;

--: product_may_read(id int, person_id int?, roles int, organisation_id int?) -> maybe (product_id int)
SELECT product_id FROM product_reader
WHERE product_id = :id AND ((roles & :roles) <> 0 OR person_id = :person_id OR owner_id = :organisation_id OR stated_for_id = :organisation_id);

--: product_rows(kind text, person_id int?, roles int, organisation_id int?, after int, max int) -> many ProductRow
SELECT {p.ProductRow} FROM product p JOIN product_reader v ON v.product_id = p.id
WHERE p.id > :after AND p.state <> 'merged' AND (:kind = '' OR p.kind = :kind)
  AND ((v.roles & :roles) <> 0 OR v.person_id = :person_id OR v.owner_id = :organisation_id OR v.stated_for_id = :organisation_id)
ORDER BY p.id LIMIT :max;

--: product_search_rows(word text, words texts, word_count int, kind text, person_id int?, roles int, organisation_id int?, after int, max int) -> many ProductRow
SELECT {p.ProductRow} FROM product_token f JOIN product p ON p.id = f.product_id JOIN product_reader v ON v.product_id = f.product_id
WHERE f.token = :word AND f.product_id > :after AND p.state <> 'merged' AND (:kind = '' OR p.kind = :kind)
  AND (SELECT count(*) FROM product_token t WHERE t.product_id = f.product_id AND t.token IN (:words)) = :word_count
  AND ((v.roles & :roles) <> 0 OR v.person_id = :person_id OR v.owner_id = :organisation_id OR v.stated_for_id = :organisation_id)
ORDER BY f.product_id LIMIT :max;

--: product_rows_of_identity(product_kind text, kind text, value text, person_id int?, roles int, organisation_id int?) -> many ProductRow
SELECT {p.ProductRow} FROM product_identity i JOIN product p ON p.id = i.product_id JOIN product_reader v ON v.product_id = i.product_id
WHERE i.kind = :kind AND i.value = :value AND p.state <> 'merged' AND (:product_kind = '' OR p.kind = :product_kind)
  AND ((v.roles & :roles) <> 0 OR v.person_id = :person_id OR v.owner_id = :organisation_id OR v.stated_for_id = :organisation_id)
ORDER BY i.is_verified DESC, p.is_public DESC, p.id LIMIT 1;

--: product_rows_own(person_id int?, organisation_id int?, after int, max int) -> many ProductRow
SELECT {p.ProductRow} FROM product p JOIN product_reader v ON v.product_id = p.id
WHERE p.id IN (SELECT id FROM product WHERE stated_by = :person_id AND stated_for IS NULL
    UNION SELECT id FROM product WHERE organisation_id IN (SELECT id FROM organisation WHERE id = :organisation_id OR merged_into = :organisation_id)
    UNION SELECT id FROM product WHERE stated_for IN (SELECT id FROM organisation WHERE id = :organisation_id OR merged_into = :organisation_id))
  AND p.state <> 'merged' AND p.id > :after
  AND (v.person_id = :person_id OR v.owner_id = :organisation_id OR v.stated_for_id = :organisation_id)
ORDER BY p.id LIMIT :max;

--: product_rows_of(organisation_id int, after int, max int) -> many ProductRow
SELECT {ProductRow} FROM product
WHERE organisation_id IN (SELECT id FROM organisation WHERE id = :organisation_id OR merged_into = :organisation_id)
  AND is_public AND state <> 'merged' AND id > :after
ORDER BY id LIMIT :max;

--: product_rows_in_state(state text, after int, max int) -> many ProductRow
SELECT {ProductRow} FROM product WHERE state = :state AND id > :after ORDER BY id LIMIT :max;

--: product_heir(organisation_id int) -> maybe (id int)
SELECT coalesce(merged_into, id) AS id FROM organisation WHERE id = :organisation_id;

--: product_make_public(id int, at time) -> changed
UPDATE product SET is_public = TRUE, changed_at = :at WHERE id = :id AND NOT is_public;

-- Names

--: row ProductNameRow = name text, is_current bool, from_at time

--: product_name_rows(product_id int) -> many ProductNameRow
SELECT {ProductNameRow} FROM product_name WHERE product_id = :product_id ORDER BY is_current DESC, from_at DESC, id DESC;

--: product_name_insert(product_id int, name text, skeleton text, at time) -> nothing
INSERT INTO product_name (product_id, name, skeleton, is_current, from_at) VALUES (:product_id, :name, :skeleton, TRUE, :at)
ON CONFLICT (product_id, name) DO UPDATE SET is_current = TRUE;

--: product_rows_alike(product_id int, max int) -> many ProductRow
SELECT {p.ProductRow} FROM product p
WHERE p.id <> :product_id AND p.state <> 'merged'
  AND p.id IN (SELECT o.product_id FROM product_name n JOIN product_name o ON o.skeleton = n.skeleton WHERE n.product_id = :product_id)
ORDER BY p.id LIMIT :max;

-- Identities

--: row IdentityRow = id int, ref text, kind text, value text, is_verified bool, added_at time

--: identity_rows(product_id int) -> many IdentityRow
SELECT {IdentityRow} FROM product_identity WHERE product_id = :product_id ORDER BY kind, id;

--: identity_insert(ref text, product_id int, product_kind text, kind text, value text, is_exclusive bool, is_verified bool, at time) -> changed
INSERT INTO product_identity (ref, product_id, product_kind, kind, value, is_exclusive, is_verified, added_at)
VALUES (:ref, :product_id, :product_kind, :kind, :value, :is_exclusive, :is_verified, :at)
ON CONFLICT (product_id, kind, value) DO NOTHING;

--: identity_verified_elsewhere(product_id int, product_kind text, kind text, value text) -> maybe (id int)
SELECT id FROM product_identity
WHERE product_kind = :product_kind AND kind = :kind AND value = :value AND is_verified AND is_exclusive AND product_id <> :product_id;

--: identity_verify(product_id int, kind text, value text) -> changed
UPDATE product_identity SET is_verified = TRUE WHERE product_id = :product_id AND kind = :kind AND value = :value;

-- Words

--: product_token_insert(token text, product_id int) -> nothing
INSERT INTO product_token (token, product_id) VALUES (:token, :product_id) ON CONFLICT (token, product_id) DO NOTHING;

--: product_tokens_remove(product_id int) -> nothing
DELETE FROM product_token WHERE product_id = :product_id;

-- Changes

--: product_set_state(id int, from_state text, to_state text, merged_into int?, at time) -> changed
UPDATE product SET state = :to_state, merged_into = :merged_into, changed_at = :at,
  is_public = CASE WHEN :to_state = 'confirmed' THEN TRUE ELSE is_public END
WHERE id = :id AND state = :from_state;

--: product_set_names(id int, name text, name_en text, vendor text, at time) -> nothing
UPDATE product SET name = :name, name_en = :name_en, vendor = :vendor, changed_at = :at WHERE id = :id;

--: product_set_owner(id int, organisation_id int?, at time) -> nothing
UPDATE product SET organisation_id = :organisation_id, changed_at = :at WHERE id = :id;

--: product_names_retire(product_id int, name text, name_en text) -> nothing
UPDATE product_name SET is_current = FALSE WHERE product_id = :product_id AND name <> :name AND name <> :name_en;

--: product_name_move(name text, product_id int, skeleton text, at time) -> nothing
INSERT INTO product_name (product_id, name, skeleton, is_current, from_at) VALUES (:product_id, :name, :skeleton, FALSE, :at)
ON CONFLICT (product_id, name) DO NOTHING;

--: identity_unverify_all(product_id int) -> nothing
UPDATE product_identity SET is_verified = FALSE WHERE product_id = :product_id;

--: identity_is(product_id int, kind text, value text) -> maybe (is_verified bool)
SELECT is_verified FROM product_identity WHERE product_id = :product_id AND kind = :kind AND value = :value;

--: release_move(product_id int, to_product int) -> nothing
UPDATE product_release SET product_id = :to_product
WHERE product_id = :product_id AND NOT EXISTS (SELECT 1 FROM product_release o WHERE o.product_id = :to_product
  AND o.version_name = product_release.version_name AND coalesce(o.version_code, -1) = coalesce(product_release.version_code, -1) AND o.version_name <> '');

--: containment_move(product_id int, to_product int) -> nothing
UPDATE product_containment SET product_id = :to_product WHERE product_id = :product_id AND part_id <> :to_product;

--: containment_move_part(part_id int, to_product int) -> nothing
UPDATE product_containment SET part_id = :to_product WHERE part_id = :part_id AND product_id <> :to_product;

-- Releases

--: row ReleaseRow = id int, ref text, version_name text, version_code int?, since_at time?, added_at time

--: release_insert(ref text, product_id int, version_name text, version_code int?, since_at time?, at time) -> nothing
INSERT INTO product_release (ref, product_id, version_name, version_code, since_at, added_at)
VALUES (:ref, :product_id, :version_name, :version_code, :since_at, :at);

--: release_rows(product_id int, before int, max int) -> many ReleaseRow
SELECT {ReleaseRow} FROM product_release WHERE product_id = :product_id AND id < :before ORDER BY id DESC LIMIT :max;

--: release_by_ref(product_id int, ref text) -> maybe ReleaseRow
SELECT {ReleaseRow} FROM product_release WHERE product_id = :product_id AND ref = :ref;

--: release_by_version(product_id int, version_name text, version_code int?) -> maybe (id int)
SELECT id FROM product_release
WHERE product_id = :product_id AND version_name = :version_name AND coalesce(version_code, -1) = coalesce(:version_code, -1) AND version_name <> '';

-- Containment

--: row ContainmentRow = id int, ref text, product_id int, release_id int?, part_id int, version text, evidence text, declared_at time

--: containment_insert(ref text, product_id int, release_id int?, part_id int, version text, evidence text, declared_by int, at time) -> nothing
INSERT INTO product_containment (ref, product_id, release_id, part_id, version, evidence, declared_by, declared_at)
VALUES (:ref, :product_id, :release_id, :part_id, :version, :evidence, :declared_by, :at);

--: containment_rows(product_id int, after int, max int) -> many ContainmentRow
SELECT {ContainmentRow} FROM product_containment WHERE product_id = :product_id AND ended_at IS NULL AND id > :after ORDER BY id LIMIT :max;

--: containment_rows_of_part(part_id int, person_id int?, roles int, organisation_id int?, after int, max int) -> many ContainmentRow
SELECT {c.ContainmentRow} FROM product_containment c JOIN product_reader v ON v.product_id = c.product_id
WHERE c.part_id = :part_id AND c.ended_at IS NULL AND c.id > :after
  AND ((v.roles & :roles) <> 0 OR v.person_id = :person_id OR v.owner_id = :organisation_id OR v.stated_for_id = :organisation_id)
ORDER BY c.id LIMIT :max;

--: containment_end(product_id int, ref text, at time) -> changed
UPDATE product_containment SET ended_at = :at WHERE product_id = :product_id AND ref = :ref AND ended_at IS NULL;

-- Whatever contains the part, whoever may read it: for those who are to be told.
--: row HolderRow = id int, product_id int, version text, release text, ref text, kind text, name text, name_en text, owner_id int?

--: containment_holders(part_id int, after int, max int) -> many HolderRow
SELECT c.id, c.product_id, c.version, coalesce(r.version_name, '') AS release, p.ref, p.kind, p.name, p.name_en,
  coalesce(o.merged_into, p.organisation_id) AS owner_id
FROM product_containment c JOIN product p ON p.id = c.product_id LEFT JOIN product_release r ON r.id = c.release_id
  LEFT JOIN organisation o ON o.id = p.organisation_id
WHERE c.part_id = :part_id AND c.ended_at IS NULL AND c.id > :after AND p.state <> 'merged' ORDER BY c.id LIMIT :max;

-- Claims: seen by the claiming organisation and by coordinators.

--: row ClaimRow = id int, ref text, product_id int, organisation_id int, state text, revision int, method text, target text, token text,
--:   is_proven bool, fault text, claimed_by int, seal_key int, sealed_note sealed?, sealed_decision sealed?, claimed_at time, changed_at time

--: claim_insert(ref text, product_id int, organisation_id int, method text, target text, token text, claimed_by int, seal_key int, sealed_note sealed?,
--:   at time) -> one (id int)
INSERT INTO product_claim (ref, product_id, organisation_id, state, revision, method, target, token, is_proven, claimed_by, seal_key,
  sealed_note, claimed_at, changed_at)
VALUES (:ref, :product_id, :organisation_id, 'OPEN', 1, :method, :target, :token, FALSE, :claimed_by, :seal_key, :sealed_note, :at, :at)
RETURNING id;

--: claim_by_ref(ref text, is_staff bool, organisation_id int?) -> maybe ClaimRow
SELECT {c.ClaimRow} FROM product_claim c JOIN organisation o ON o.id = c.organisation_id
WHERE c.ref = :ref AND (:is_staff OR coalesce(o.merged_into, o.id) = :organisation_id);

--: claim_rows(product_id int, is_staff bool, organisation_id int?, max int) -> many ClaimRow
SELECT {c.ClaimRow} FROM product_claim c JOIN organisation o ON o.id = c.organisation_id
WHERE c.product_id = :product_id AND (:is_staff OR coalesce(o.merged_into, o.id) = :organisation_id) ORDER BY c.id DESC LIMIT :max;

--: claim_rows_in_state(state text, after int, max int) -> many ClaimRow
SELECT {ClaimRow} FROM product_claim WHERE state = :state AND id > :after ORDER BY id LIMIT :max;

--: claim_rivals(product_id int, id int) -> one (count int)
SELECT count(*) AS count FROM product_claim WHERE product_id = :product_id AND id <> :id AND state IN ('OPEN', 'REVIEW', 'GRANTED');

--: claim_running(product_id int, organisation_id int) -> maybe (ref text)
SELECT ref FROM product_claim WHERE product_id = :product_id AND organisation_id = :organisation_id AND state IN ('OPEN', 'REVIEW', 'GRANTED');

--: claim_move(id int, from_state text, to_state text, revision int, at time) -> changed
UPDATE product_claim SET state = :to_state, revision = revision + 1, changed_at = :at WHERE id = :id AND state = :from_state AND revision = :revision;

--: claim_prove(id int) -> nothing
UPDATE product_claim SET is_proven = TRUE WHERE id = :id;

--: claim_set_fault(id int, fault text) -> nothing
UPDATE product_claim SET fault = :fault WHERE id = :id;

--: claim_decide(id int, sealed_decision sealed?) -> nothing
UPDATE product_claim SET sealed_decision = :sealed_decision WHERE id = :id;

--: claim_change_product(product_id int, to_product int) -> nothing
UPDATE product_claim SET product_id = :to_product
WHERE product_id = :product_id AND NOT EXISTS (SELECT 1 FROM product_claim o WHERE o.product_id = :to_product
  AND o.organisation_id = product_claim.organisation_id AND o.state IN ('OPEN', 'REVIEW', 'GRANTED'));
