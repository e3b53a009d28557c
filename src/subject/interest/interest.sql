-- Declared interests, and whom they keep from judging.

--: row InterestRow = id int, ref text, person_id int?, declarer_id int?, kind text, credit_code text?, product_id int?, from_at time, until_at time?,
--:   seal_key int, sealed_evidence sealed?, declared_at time

--: interest_insert(ref text, person_id int?, declarer_id int?, kind text, credit_code text?, product_id int?, from_at time, until_at time?, seal_key int,
--:   sealed_evidence sealed, declared_by int, at time) -> nothing
INSERT INTO interest (ref, person_id, declarer_id, kind, credit_code, product_id, from_at, until_at, seal_key, sealed_evidence, declared_by, declared_at)
VALUES (:ref, :person_id, :declarer_id, :kind, :credit_code, :product_id, :from_at, :until_at, :seal_key, :sealed_evidence, :declared_by, :at);

--: interest_find(ref text) -> maybe InterestRow
SELECT {InterestRow} FROM interest WHERE ref = :ref;

--: interest_set_until(id int, at time) -> changed
UPDATE interest SET until_at = :at WHERE id = :id AND (until_at IS NULL OR until_at > :at);

--: interest_rows(person_id int, declarer_id int, before int, max int) -> many InterestRow
SELECT {InterestRow} FROM interest WHERE (person_id = :person_id OR declarer_id = :declarer_id) AND id < :before ORDER BY id DESC LIMIT :max;

--: interest_rows_all(before int, max int) -> many InterestRow
SELECT {InterestRow} FROM interest WHERE id < :before ORDER BY id DESC LIMIT :max;

--: interest_members(organisation_id int) -> many int
SELECT person_id FROM membership WHERE organisation_id = :organisation_id AND ended_at IS NULL ORDER BY id;

-- These organisations, what they merged into or took in, and those of their group by either one's declaration.
--: interest_family(organisations ints, at time) -> many int
SELECT o.id FROM organisation o WHERE o.id IN (:organisations)
UNION SELECT o.merged_into FROM organisation o WHERE o.id IN (:organisations) AND o.merged_into IS NOT NULL
UNION SELECT o.id FROM organisation o WHERE o.merged_into IN (:organisations)
UNION SELECT o.id FROM interest i JOIN organisation o ON o.credit_code = i.credit_code
  WHERE i.kind = 'group' AND i.declarer_id IN (:organisations) AND i.from_at <= :at AND (i.until_at IS NULL OR i.until_at > :at)
UNION SELECT i.declarer_id FROM interest i JOIN organisation o ON o.credit_code = i.credit_code
  WHERE i.kind = 'group' AND i.declarer_id IS NOT NULL AND o.id IN (:organisations) AND i.from_at <= :at AND (i.until_at IS NULL OR i.until_at > :at);

-- Where somebody is, or was until then, a member.
--: interest_places(person_id int, since time) -> many int
SELECT DISTINCT organisation_id FROM membership WHERE person_id = :person_id AND (ended_at IS NULL OR ended_at > :since) ORDER BY organisation_id;

-- Declared by the person or where they are a member, of one of the family or of a product; or by one of the family, of where they are a member.
--: interest_declared(person_id int, places ints, family ints, products ints, at time, since time) -> many text
SELECT i.kind FROM interest i JOIN organisation o ON o.credit_code = i.credit_code WHERE i.person_id = :person_id AND o.id IN (:family)
  AND i.from_at <= :at AND (i.until_at IS NULL OR i.until_at > CASE WHEN i.kind = 'customer' THEN :since ELSE :at END)
UNION SELECT i.kind FROM interest i WHERE i.person_id = :person_id AND i.product_id IN (:products)
  AND i.from_at <= :at AND (i.until_at IS NULL OR i.until_at > CASE WHEN i.kind = 'customer' THEN :since ELSE :at END)
UNION SELECT i.kind FROM interest i JOIN organisation o ON o.credit_code = i.credit_code WHERE i.declarer_id IN (:places) AND o.id IN (:family)
  AND i.from_at <= :at AND (i.until_at IS NULL OR i.until_at > CASE WHEN i.kind = 'customer' THEN :since ELSE :at END)
UNION SELECT i.kind FROM interest i WHERE i.declarer_id IN (:places) AND i.product_id IN (:products)
  AND i.from_at <= :at AND (i.until_at IS NULL OR i.until_at > CASE WHEN i.kind = 'customer' THEN :since ELSE :at END)
UNION SELECT i.kind FROM interest i JOIN organisation o ON o.credit_code = i.credit_code WHERE i.declarer_id IN (:family) AND o.id IN (:places)
  AND i.from_at <= :at AND (i.until_at IS NULL OR i.until_at > CASE WHEN i.kind = 'customer' THEN :since ELSE :at END)
ORDER BY kind;
