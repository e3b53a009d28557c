-- Who contributed to a casefile.

--: row CreditRow = id int, ref text, number text?, state text, class text, level text?, is_incident bool, merged_into int?, advisory text?

--: credit_find(ref text) -> one CreditRow
SELECT {CreditRow} FROM casefile WHERE ref = :ref;

--: row CreditFinderRow = id int, ref text, reporter_id int?, organisation_id int?, product_id int?, is_original bool, is_own bool, is_disclosed bool,
--:   received_at time

--: credit_finders(casefile_id int) -> many CreditFinderRow
SELECT r.id, r.ref, r.reporter_id, r.organisation_id, r.product_id, r.is_original, r.is_own, r.is_disclosed, r.received_at
FROM casefile_report l JOIN report r ON r.id = l.report_id WHERE l.casefile_id = :casefile_id AND r.state = 'ATTACHED' ORDER BY r.received_at, r.id;

--: credit_of_report(ref text) -> maybe (ref text)
SELECT c.ref FROM report r JOIN casefile_report l ON l.report_id = r.id JOIN casefile c ON c.id = l.casefile_id WHERE r.ref = :ref;
