-- What is on sale or in use: apps, mini-programs, accounts, SDKs and back ends, with all they are known by.
-- Nothing here says whether a report about a product exists. What somebody only stated is shown to that one and to the staff (view product_reader).
CREATE TABLE product (
  id              {id},
  ref             {text} NOT NULL UNIQUE,
  kind            {text} NOT NULL CHECK (kind IN ('android', 'ios', 'harmonyos', 'mini-program', 'official-account', 'sdk', 'server')),
  state           {text} NOT NULL CHECK (state IN ('stated', 'confirmed', 'merged')),
  is_public       {bool} NOT NULL,
  name            {text} NOT NULL,
  name_en         {text} NOT NULL,
  vendor          {text} NOT NULL,
  organisation_id {ref organisation},
  stated_for      {ref organisation},
  stated_by       {int},
  merged_into     {ref product},
  created_at      {time} NOT NULL,
  changed_at      {time} NOT NULL,
  CHECK ((state = 'merged') = (merged_into IS NOT NULL)),
  CHECK (state <> 'confirmed' OR is_public)
) {strict};
CREATE INDEX product_state ON product (state, id);
CREATE INDEX product_organisation ON product (organisation_id, id) WHERE organisation_id IS NOT NULL;
CREATE INDEX product_stated_for ON product (stated_for, id) WHERE stated_for IS NOT NULL;
CREATE INDEX product_stated_by ON product (stated_by, id) WHERE stated_by IS NOT NULL;
CREATE INDEX product_merged ON product (merged_into) WHERE merged_into IS NOT NULL;

-- Every name it has or had. `skeleton`: equal for names that look alike.
CREATE TABLE product_name (
  id         {id},
  product_id {ref product} NOT NULL,
  name       {text} NOT NULL,
  skeleton   {text} NOT NULL,
  is_current {bool} NOT NULL,
  from_at    {time} NOT NULL,
  UNIQUE (product_id, name)
) {strict};
CREATE INDEX product_name_skeleton ON product_name (skeleton, product_id);

-- `value` is normalised by its kind; `is_exclusive`: one product of a kind has it, once it is verified.
CREATE TABLE product_identity (
  id           {id},
  ref          {text} NOT NULL UNIQUE,
  product_id   {ref product} NOT NULL,
  product_kind {text} NOT NULL,
  kind         {text} NOT NULL,
  value        {text} NOT NULL,
  is_exclusive {bool} NOT NULL,
  is_verified  {bool} NOT NULL,
  added_at     {time} NOT NULL,
  UNIQUE (product_id, kind, value)
) {strict};
CREATE INDEX product_identity_value ON product_identity (kind, value, product_id);
CREATE UNIQUE INDEX product_identity_one ON product_identity (product_kind, kind, value) WHERE is_verified AND is_exclusive;

-- The words a product is found by: those of its names, of its vendor and of what it is known by.
CREATE TABLE product_token (
  token      {text} NOT NULL,
  product_id {ref product} NOT NULL,
  PRIMARY KEY (token, product_id)
) {keyed};
CREATE INDEX product_token_product ON product_token (product_id);

-- Who may read a product: everybody, the staff, who stated it, and the organisation it belongs to or was stated for. An organisation that was
-- merged into another takes its products along. Roles: visitor 1, reporter 2, coordinator 64, the system 262144.
CREATE VIEW product_reader AS
  SELECT p.id AS product_id, CASE WHEN p.is_public THEN 262211 ELSE 262208 END AS roles,
    CASE WHEN p.stated_for IS NULL THEN p.stated_by END AS person_id,
    coalesce(o.merged_into, p.organisation_id) AS owner_id, coalesce(s.merged_into, p.stated_for) AS stated_for_id
  FROM product p LEFT JOIN organisation o ON o.id = p.organisation_id LEFT JOIN organisation s ON s.id = p.stated_for;

CREATE TABLE product_release (
  id           {id},
  ref          {text} NOT NULL UNIQUE,
  product_id   {ref product} NOT NULL,
  version_name {text} NOT NULL,
  version_code {int},
  since_at     {time},
  added_at     {time} NOT NULL,
  CHECK (version_name <> '' OR since_at IS NOT NULL)
) {strict};
CREATE INDEX product_release_product ON product_release (product_id, id);
CREATE UNIQUE INDEX product_release_version ON product_release (product_id, version_name, coalesce(version_code, -1)) WHERE version_name <> '';

-- Which SDK, in which version, is in a product; in one release of it, or as declared for all.
CREATE TABLE product_containment (
  id          {id},
  ref         {text} NOT NULL UNIQUE,
  product_id  {ref product} NOT NULL,
  release_id  {ref product_release},
  part_id     {ref product} NOT NULL,
  version     {text} NOT NULL,
  evidence    {text} NOT NULL,
  declared_by {int} NOT NULL,
  declared_at {time} NOT NULL,
  ended_at    {time},
  CHECK (product_id <> part_id)
) {strict};
CREATE INDEX product_containment_product ON product_containment (product_id, id);
CREATE INDEX product_containment_part ON product_containment (part_id, id);

-- A vendor's claim that a product is its own, and how it is shown.
CREATE TABLE product_claim (
  id              {id},
  ref             {text} NOT NULL UNIQUE,
  product_id      {ref product} NOT NULL,
  organisation_id {ref organisation} NOT NULL,
  state           {text} NOT NULL,
  revision        {int} NOT NULL,
  method          {text} NOT NULL CHECK (method IN ('store', 'certificate', 'host', 'staff')),
  target          {text} NOT NULL,
  token           {text} NOT NULL,
  is_proven       {bool} NOT NULL,
  fault           {text} NOT NULL DEFAULT '',
  claimed_by      {int} NOT NULL,
  seal_key        {int} NOT NULL,
  sealed_note     {sealed},
  sealed_decision {sealed},
  claimed_at      {time} NOT NULL,
  changed_at      {time} NOT NULL
) {strict};
CREATE INDEX product_claim_product ON product_claim (product_id, id);
CREATE INDEX product_claim_organisation ON product_claim (organisation_id, id);
CREATE INDEX product_claim_state ON product_claim (state, id);
CREATE UNIQUE INDEX product_claim_granted ON product_claim (product_id) WHERE state = 'GRANTED';
CREATE UNIQUE INDEX product_claim_open ON product_claim (product_id, organisation_id) WHERE state IN ('OPEN', 'REVIEW');
