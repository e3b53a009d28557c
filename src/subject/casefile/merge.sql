-- Casefiles of one root cause become one; others are only related.

--: merge_reports(casefile_id int, into_id int) -> changed
UPDATE casefile_report SET casefile_id = :into_id WHERE casefile_id = :casefile_id;

--: merge_parties(casefile_id int, into_id int) -> changed
UPDATE party SET casefile_id = :into_id WHERE casefile_id = :casefile_id;

--: merge_parts(casefile_id int, into_id int) -> changed
UPDATE affected_part SET casefile_id = :into_id, origin_id = coalesce(origin_id, :casefile_id) WHERE casefile_id = :casefile_id;

--: merge_chain(casefile_id int, into_id int) -> changed
UPDATE casefile SET merged_into = :into_id WHERE merged_into = :casefile_id;

--: merge_emergency(id int, at time?, due_at time?) -> nothing
UPDATE casefile SET emergency_at = :at, emergency_due_at = :due_at WHERE id = :id AND emergency_at IS NULL;

--: merge_list(merged_into int) -> many text
SELECT ref FROM casefile WHERE merged_into = :merged_into ORDER BY id LIMIT 50;

--: merge_origin_reports(origin_id int) -> many int
SELECT report_id FROM casefile_report WHERE origin_id = :origin_id ORDER BY report_id;

--: merge_origin_of(report_id int) -> maybe (number text?)
SELECT o.number FROM casefile_report l JOIN casefile o ON o.id = l.origin_id WHERE l.report_id = :report_id AND l.origin_id <> l.casefile_id;

--: relation_add(casefile_id int, other_id int, related_by int, sealed_reason sealed?, at time) -> changed
INSERT INTO casefile_relation (casefile_id, other_id, related_by, sealed_reason, related_at) VALUES (:casefile_id, :other_id, :related_by, :sealed_reason, :at)
ON CONFLICT (casefile_id, other_id) DO NOTHING;

--: row RelationRow = ref text, sealed_reason sealed?
--: relation_list(id int) -> many RelationRow
SELECT c.ref, r.sealed_reason FROM casefile_relation r JOIN casefile c ON c.id = r.other_id WHERE r.casefile_id = :id
UNION ALL SELECT c.ref, r.sealed_reason FROM casefile_relation r JOIN casefile c ON c.id = r.casefile_id WHERE r.other_id = :id
ORDER BY ref LIMIT 50;

-- ---- Proposed by one, confirmed by another; and undone in the same way

--: row MergeProposalRow = id int, ref text, into_id int, kind text, proposed_by int, proposed_at time

--: merge_propose_add(ref text, casefile_id int, into_id int, kind text, proposed_by int, at time) -> nothing
INSERT INTO merge_proposal (ref, casefile_id, into_id, kind, proposed_by, proposed_at, decision)
VALUES (:ref, :casefile_id, :into_id, :kind, :proposed_by, :at, '');

--: merge_waiting(casefile_id int) -> maybe MergeProposalRow
SELECT {MergeProposalRow} FROM merge_proposal WHERE casefile_id = :casefile_id AND decision = '';

--: merge_decide(casefile_id int, decision text, decided_by int?, at time) -> changed
UPDATE merge_proposal SET decision = :decision, decided_by = :decided_by, decided_at = :at WHERE casefile_id = :casefile_id AND decision = '';

--: unmerge_reports(casefile_id int) -> changed
UPDATE casefile_report SET casefile_id = :casefile_id WHERE origin_id = :casefile_id;

--: unmerge_parties(casefile_id int, from_id int) -> changed
UPDATE party SET casefile_id = :casefile_id WHERE casefile_id = :from_id AND origin_id = :casefile_id;

--: unmerge_parts(casefile_id int, from_id int) -> changed
UPDATE affected_part SET casefile_id = :casefile_id, origin_id = NULL WHERE casefile_id = :from_id AND origin_id = :casefile_id;
