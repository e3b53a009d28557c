-- What the library knows of an organisation's own work is counted for its applications.
CREATE INDEX report_organisation ON report (organisation_id) WHERE organisation_id IS NOT NULL;
CREATE INDEX verification_organisation ON verification (organisation_id) WHERE organisation_id IS NOT NULL;
