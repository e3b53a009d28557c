-- refused: may be NULL: write NULLS FIRST or NULLS LAST
--: row XRow = id int, at time?
--: x_list() -> many XRow
SELECT {XRow} FROM x ORDER BY at, id;
