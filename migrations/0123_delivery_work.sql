-- Letters as their partner's own list, by what became of them. partner_id is the package's, so that a page of one partner reads no other's letters.
ALTER TABLE delivery_letter ADD COLUMN partner_id {int} REFERENCES organisation (id);
UPDATE delivery_letter SET partner_id = (SELECT delivery.partner_id FROM delivery WHERE delivery.id = delivery_letter.delivery_id);
CREATE INDEX delivery_letter_partner ON delivery_letter (partner_id, outcome, id);
CREATE INDEX delivery_letter_outcome ON delivery_letter (outcome, id);
