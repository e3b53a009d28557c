-- Reports of periods. Edition 0 of a report's parts is what is being worked on; those above it were issued.

--: row FigureReportRow = id int, ref text, kind text, start int, last int, is_inside bool, state text, revision int, seal_key int, edition int,
--:   is_public bool, writer_id int, reviewed_by int, issued_at time?, updated_at time

--: figure_report_insert(ref text, kind text, start int, last int, is_inside bool, seal_key int, writer_id int, at time) -> one (id int)
INSERT INTO figure_report (ref, kind, start, last, is_inside, state, revision, seal_key, edition, is_public, writer_id, reviewed_by, updated_at)
VALUES (:ref, :kind, :start, :last, :is_inside, 'DRAFT', 1, :seal_key, 0, FALSE, :writer_id, 0, :at) RETURNING id;

--: figure_report_by_ref(ref text) -> one FigureReportRow
SELECT {FigureReportRow} FROM figure_report WHERE ref = :ref;

--: figure_report_of_period(kind text, start int) -> maybe (ref text)
SELECT ref FROM figure_report WHERE kind = :kind AND start = :start AND state <> 'VOID' AND kind <> 'special';

--: figure_report_rows(before int, max int) -> many FigureReportRow
SELECT {FigureReportRow} FROM figure_report WHERE id < :before ORDER BY id DESC LIMIT :max;

--: figure_report_public_rows(before int, max int) -> many FigureReportRow
SELECT {FigureReportRow} FROM figure_report WHERE is_public AND id < :before ORDER BY id DESC LIMIT :max;

--: figure_report_move(id int, from_state text, to_state text, revision int, at time) -> changed
UPDATE figure_report SET state = :to_state, revision = revision + 1, updated_at = :at WHERE id = :id AND state = :from_state AND revision = :revision;

--: figure_report_written(id int, writer_id int) -> nothing
UPDATE figure_report SET writer_id = :writer_id WHERE id = :id;

--: figure_report_reviewed(id int, person_id int) -> nothing
UPDATE figure_report SET reviewed_by = :person_id WHERE id = :id;

--: figure_report_issued(id int, edition int, is_public bool, issued_at time?) -> nothing
UPDATE figure_report SET edition = :edition, is_public = :is_public, issued_at = :issued_at WHERE id = :id;

-- Parts

--: row FigurePartRow = section text, sealed_zh sealed?, sealed_en sealed?, public_zh text?, public_en text?

--: figure_part_insert(report_id int, section text, sealed_zh sealed?, sealed_en sealed?) -> nothing
INSERT INTO figure_report_part (report_id, edition, section, sealed_zh, sealed_en) VALUES (:report_id, 0, :section, :sealed_zh, :sealed_en);

--: figure_part_rows(report_id int, edition int) -> many FigurePartRow
SELECT {FigurePartRow} FROM figure_report_part WHERE report_id = :report_id AND edition = :edition ORDER BY section;

--: figure_part_copy(report_id int, from_edition int, to_edition int) -> nothing
INSERT INTO figure_report_part (report_id, edition, section, sealed_zh, sealed_en)
SELECT report_id, :to_edition, section, sealed_zh, sealed_en FROM figure_report_part WHERE report_id = :report_id AND edition = :from_edition;

--: figure_part_publish(report_id int, edition int, section text, public_zh text, public_en text) -> nothing
UPDATE figure_report_part SET public_zh = :public_zh, public_en = :public_en
WHERE report_id = :report_id AND edition = :edition AND section = :section;

--: figure_part_hide(report_id int) -> nothing
UPDATE figure_report_part SET public_zh = NULL, public_en = NULL WHERE report_id = :report_id;

--: figure_part_clear(report_id int, edition int) -> nothing
DELETE FROM figure_report_part WHERE report_id = :report_id AND edition = :edition;

--: figure_part_remove(report_id int, edition int, section text) -> nothing
DELETE FROM figure_report_part WHERE report_id = :report_id AND edition = :edition AND section = :section;

-- Editions

--: row FigureEditionRow = n int, issued_at time, sealed_zh sealed?, sealed_en sealed?, public_zh text?, public_en text?

--: figure_edition_insert(report_id int, n int, reviewed_by int, issued_by int, at time) -> nothing
INSERT INTO figure_report_edition (report_id, n, reviewed_by, issued_by, issued_at) VALUES (:report_id, :n, :reviewed_by, :issued_by, :at);

--: figure_edition_rows(report_id int, max int) -> many FigureEditionRow
SELECT e.n, e.issued_at, p.sealed_zh, p.sealed_en, p.public_zh, p.public_en FROM figure_report_edition e
LEFT JOIN figure_report_part p ON p.report_id = e.report_id AND p.edition = e.n AND p.section = 'reason'
WHERE e.report_id = :report_id ORDER BY e.n DESC LIMIT :max;
