-- Figures of a day count the receipts of warnings that ended in it: with a signature, or with their limit.
CREATE INDEX warning_recipient_due ON warning_recipient (due_at);
CREATE INDEX warning_recipient_signed ON warning_recipient (acknowledged_at) WHERE acknowledged_at IS NOT NULL;
