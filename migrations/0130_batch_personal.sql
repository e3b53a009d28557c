-- How many values of a row look like personal data or secrets, with nothing decided about them: so that a preview tells of all rows at once.
ALTER TABLE batch_row ADD COLUMN personal {int} NOT NULL DEFAULT 0;
CREATE INDEX batch_row_personal ON batch_row (batch_id, number) WHERE personal > 0;
