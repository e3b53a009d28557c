-- The front page counts records by level.
CREATE INDEX advisory_level ON advisory (withdrawn, level);
