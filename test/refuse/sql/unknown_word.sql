-- refused: unknown word {YRow}
--: row XRow = id int
--: x_list() -> many XRow
SELECT {YRow} FROM x;
