-- Interests that people and organisations declare: own group, competitors, customers. Whoever has one in a vendor or product judges nothing of it.
-- The other organisation is named by its credit code, so that a declaration may come before its registration.
CREATE TABLE interest (
  id              {id},
  ref             {text} NOT NULL UNIQUE,
  person_id       {ref person},
  declarer_id     {ref organisation},
  kind            {text} NOT NULL CHECK (kind IN ('group', 'competitor', 'customer')),
  credit_code     {text},
  product_id      {ref product},
  from_at         {time} NOT NULL,
  until_at        {time},
  seal_key        {int} NOT NULL,
  sealed_evidence {sealed},
  declared_by     {int} NOT NULL,
  declared_at     {time} NOT NULL,
  CHECK ((person_id IS NULL) <> (declarer_id IS NULL)),
  CHECK (credit_code IS NOT NULL OR product_id IS NOT NULL)
) {strict};
CREATE INDEX interest_person ON interest (person_id, id) WHERE person_id IS NOT NULL;
CREATE INDEX interest_declarer ON interest (declarer_id, id) WHERE declarer_id IS NOT NULL;
CREATE INDEX interest_code ON interest (credit_code) WHERE credit_code IS NOT NULL;
CREATE INDEX interest_product ON interest (product_id) WHERE product_id IS NOT NULL;
