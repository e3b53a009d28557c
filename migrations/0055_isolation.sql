-- What may hold a state secret, with everything that was made of it: nobody is shown anything of these matters.
CREATE VIEW isolated_matter AS
  SELECT 'report' AS machine, id AS subject_id FROM report WHERE state IN ('ISOLATED', 'WIPED')
  UNION ALL SELECT 'casefile', id FROM casefile WHERE state IN ('ISOLATED', 'WIPED')
  UNION ALL SELECT 'party', party.id FROM party JOIN casefile ON casefile.id = party.casefile_id WHERE casefile.state IN ('ISOLATED', 'WIPED');
