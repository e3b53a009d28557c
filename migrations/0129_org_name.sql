-- What the names of an organisation look like: equal for names that look alike (engine/likeness/name.h). Both names of one may look the same.
CREATE TABLE organisation_name (
  organisation_id {ref organisation} NOT NULL,
  skeleton        {text} NOT NULL,
  PRIMARY KEY (organisation_id, skeleton)
) {keyed};
CREATE INDEX organisation_name_skeleton ON organisation_name (skeleton, organisation_id);
