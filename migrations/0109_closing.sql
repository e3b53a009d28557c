-- Closing evidence, the marks that figures are made of, and teams of an organisation. product_id is a number of a room that people/ does not know.
ALTER TABLE party ADD COLUMN closing {text};
ALTER TABLE party ADD COLUMN closing_from {text};
ALTER TABLE party ADD COLUMN known_at {time};
ALTER TABLE party ADD COLUMN stated_at {time};
ALTER TABLE party ADD COLUMN settled_at {time};
CREATE INDEX party_changed ON party (organisation_id, updated_at, id);

CREATE TABLE org_team (
  id              {id},
  ref             {text} NOT NULL UNIQUE,
  organisation_id {ref organisation} NOT NULL,
  name            {text} NOT NULL,
  created_at      {time} NOT NULL,
  ended_at        {time}
) {strict};
CREATE INDEX org_team_organisation ON org_team (organisation_id, id);

CREATE TABLE org_team_member (
  team_id   {ref org_team} NOT NULL,
  person_id {ref person} NOT NULL,
  PRIMARY KEY (team_id, person_id)
) {strict};
CREATE INDEX org_team_member_person ON org_team_member (person_id);

-- The team that answers for a product; one for each.
CREATE TABLE team_product (
  product_id      {int} NOT NULL,
  organisation_id {ref organisation} NOT NULL,
  team_id         {ref org_team} NOT NULL,
  PRIMARY KEY (product_id, organisation_id)
) {strict};
CREATE INDEX team_product_team ON team_product (team_id);

-- Who may read a party: coordinators; the vendor from the notice on, unless it was named by mistake; the verifier as long as the fix is checked.
-- audience: of the vendor the organisation's number or, where a team answers for the product, the team's number with a minus sign.
DROP VIEW party_reader;
CREATE VIEW party_reader AS
  SELECT party.id AS party_id, 64 AS roles,
    CASE WHEN party.state <> 'WITHDRAWN' AND party.notified_at IS NOT NULL THEN coalesce(-team_product.team_id, party.organisation_id) END AS audience,
    CASE WHEN party.state = 'FIX_CHECK' THEN assignment.person_id END AS person_id
  FROM party LEFT JOIN assignment
    ON assignment.machine = 'party' AND assignment.subject_id = party.id AND assignment.part = 'verifier' AND assignment.ended_at IS NULL
  LEFT JOIN team_product ON team_product.product_id = party.product_id AND team_product.organisation_id = party.organisation_id
  WHERE NOT EXISTS (SELECT 1 FROM casefile WHERE casefile.id = party.casefile_id AND casefile.state IN ('ISOLATED', 'WIPED'));
