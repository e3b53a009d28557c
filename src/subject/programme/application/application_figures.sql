-- What the library itself knows of an organisation: numbers alone, nothing of any matter. What merged into it counts as its own.

--: figures_reports(organisation_id int) -> one (sent int, accepted int, critical int, high int, medium int, low int)
SELECT count(*), coalesce(sum(CASE WHEN c.number IS NOT NULL THEN 1 ELSE 0 END), 0),
  coalesce(sum(CASE WHEN c.number IS NOT NULL AND r.is_original AND c.level = 'critical' THEN 1 ELSE 0 END), 0),
  coalesce(sum(CASE WHEN c.number IS NOT NULL AND r.is_original AND c.level = 'high' THEN 1 ELSE 0 END), 0),
  coalesce(sum(CASE WHEN c.number IS NOT NULL AND r.is_original AND c.level = 'medium' THEN 1 ELSE 0 END), 0),
  coalesce(sum(CASE WHEN c.number IS NOT NULL AND r.is_original AND c.level = 'low' THEN 1 ELSE 0 END), 0)
FROM report r LEFT JOIN casefile_report k ON k.report_id = r.id LEFT JOIN casefile c ON c.id = k.casefile_id
WHERE r.organisation_id IN (SELECT m.id FROM organisation m WHERE m.id = :organisation_id OR m.merged_into = :organisation_id)
  AND r.state IN ('ATTACHED', 'REJECTED', 'DUPLICATE');

--: figures_verifications(organisation_id int) -> one (verifications int)
SELECT count(*) FROM verification v
WHERE v.organisation_id IN (SELECT m.id FROM organisation m WHERE m.id = :organisation_id OR m.merged_into = :organisation_id);

--: figures_notices(organisation_id int) -> one (notices int, answered int, milliseconds int)
SELECT count(*), coalesce(sum(CASE WHEN p.acknowledged_at IS NOT NULL THEN 1 ELSE 0 END), 0),
  CAST(coalesce(sum(CASE WHEN p.acknowledged_at > p.notified_at THEN p.acknowledged_at - p.notified_at ELSE 0 END), 0) AS BIGINT)
FROM party p
WHERE p.organisation_id IN (SELECT m.id FROM organisation m WHERE m.id = :organisation_id OR m.merged_into = :organisation_id)
  AND p.notified_at IS NOT NULL;
