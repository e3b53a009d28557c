-- Reports of periods.

--: row FigureReportRow = id int, ref text, kind text, start int, state text, revision int, seal_key int, sealed_words_zh sealed?, sealed_words_en sealed?,
--:   reviewed_by int, public_zh text?, public_en text?, issued_at time?, updated_at time

--: figure_report_insert(ref text, kind text, start int, seal_key int, sealed_words_zh sealed, sealed_words_en sealed, at time) -> one (id int)
INSERT INTO figure_report (ref, kind, start, state, revision, seal_key, sealed_words_zh, sealed_words_en, reviewed_by, updated_at)
VALUES (:ref, :kind, :start, 'DRAFT', 1, :seal_key, :sealed_words_zh, :sealed_words_en, 0, :at) RETURNING id;

--: figure_report_by_ref(ref text) -> one FigureReportRow
SELECT {FigureReportRow} FROM figure_report WHERE ref = :ref;

--: figure_report_of_period(kind text, start int) -> maybe (ref text)
SELECT ref FROM figure_report WHERE kind = :kind AND start = :start AND state <> 'VOID';

--: figure_report_rows(before int, max int) -> many FigureReportRow
SELECT {FigureReportRow} FROM figure_report WHERE id < :before ORDER BY id DESC LIMIT :max;

--: figure_report_public_rows(before int, max int) -> many FigureReportRow
SELECT {FigureReportRow} FROM figure_report WHERE public_zh IS NOT NULL AND id < :before ORDER BY id DESC LIMIT :max;

--: figure_report_move(id int, from_state text, to_state text, revision int, at time) -> changed
UPDATE figure_report SET state = :to_state, revision = revision + 1, updated_at = :at WHERE id = :id AND state = :from_state AND revision = :revision;

--: figure_report_words(id int, sealed_words_zh sealed, sealed_words_en sealed) -> nothing
UPDATE figure_report SET sealed_words_zh = :sealed_words_zh, sealed_words_en = :sealed_words_en WHERE id = :id;

--: figure_report_reviewed(id int, person_id int) -> nothing
UPDATE figure_report SET reviewed_by = :person_id WHERE id = :id;

--: figure_report_issued(id int, public_zh text?, public_en text?, issued_at time?) -> nothing
UPDATE figure_report SET public_zh = :public_zh, public_en = :public_en, issued_at = :issued_at WHERE id = :id;
