-- Letters of the selection programme stand in the same register, at a desk of their own; and which letters belong to which round.
ALTER TABLE letter ADD COLUMN desk {text} NOT NULL DEFAULT 'library';
ALTER TABLE letter_draft ADD COLUMN desk {text} NOT NULL DEFAULT 'library';

CREATE TABLE round_letter (
  id       {id},
  round_id {ref selection_round} NOT NULL,
  offer    {text} NOT NULL,
  draft    {text} NOT NULL UNIQUE
) {strict};
CREATE INDEX round_letter_round ON round_letter (round_id, id);
