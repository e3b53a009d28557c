-- A time-stamp token (RFC 3161) over the document of an internal record: somebody outside proves that it existed then, also before it was entered here.
ALTER TABLE internal_record ADD COLUMN stamped_at {time};
ALTER TABLE internal_record ADD COLUMN sealed_stamp {sealed};
ALTER TABLE internal_record ADD COLUMN sealed_stamper {sealed};
-- The same request sent again gives the record that it made.
ALTER TABLE internal_record ADD COLUMN idempotency {text};
CREATE UNIQUE INDEX internal_record_idempotency ON internal_record (idempotency) WHERE idempotency IS NOT NULL;
