-- The official calendar as it was entered.

--: row WorkdayYearRow = id int, year int, source text, spans text, entered_by int?, entered_at time

--: workday_rows() -> many WorkdayYearRow
--: scans because there is one row for each entry of a year
SELECT {WorkdayYearRow} FROM workday_year ORDER BY id;

--: workday_insert(year int, source text, spans text, entered_by int?, at time) -> nothing
INSERT INTO workday_year (year, source, spans, entered_by, entered_at) VALUES (:year, :source, :spans, :entered_by, :at);
