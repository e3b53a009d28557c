-- Packages of first letters that a partner hands to vendors, and what became of each letter. casefile_id is a number of a room that this one does
-- not know. What stands in a letter is sealed with the key of its party, so that a package opens letter by letter.
CREATE TABLE delivery (
  id           {id},
  ref          {text} NOT NULL UNIQUE,
  casefile_id  {int} NOT NULL,
  partner_id   {ref organisation} NOT NULL,
  state        {text} NOT NULL,
  revision     {int} NOT NULL,
  seal_key     {int} NOT NULL,
  sent_by      {int} NOT NULL,
  received_by  {int},
  sent_at      {time} NOT NULL,
  received_at  {time},
  updated_at   {time} NOT NULL
) {strict};
CREATE INDEX delivery_casefile ON delivery (casefile_id, id);
CREATE INDEX delivery_partner ON delivery (partner_id, id);

CREATE TABLE delivery_letter (
  id            {id},
  ref           {text} NOT NULL UNIQUE,
  delivery_id   {ref delivery} NOT NULL,
  party_id      {ref party} NOT NULL,
  outcome       {text} NOT NULL CHECK (outcome IN ('waiting', 'delivered', 'bounced', 'refused', 'unknown', 'recalled')),
  sealed_letter {sealed},
  sealed_words  {sealed},
  fetched       {int} NOT NULL,
  delivered_at  {time},
  reported_at   {time},
  reported_by   {int}
) {strict};
CREATE INDEX delivery_letter_delivery ON delivery_letter (delivery_id, id);
CREATE INDEX delivery_letter_party ON delivery_letter (party_id, id);
CREATE UNIQUE INDEX delivery_letter_waiting ON delivery_letter (party_id) WHERE outcome = 'waiting';

CREATE INDEX standing_kind ON standing (kind, organisation_id) WHERE ended_at IS NULL;

-- Who may read a package: coordinators, and the partner it was given to.
CREATE VIEW delivery_reader AS
  SELECT delivery.id AS delivery_id, 64 AS roles, delivery.partner_id AS organisation_id
  FROM delivery
  WHERE NOT EXISTS (SELECT 1 FROM casefile WHERE casefile.id = delivery.casefile_id AND casefile.state IN ('ISOLATED', 'WIPED'));
