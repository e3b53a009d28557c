-- refused: unknown row 'YRow'; there are: XRow
--: row XRow = id int
--: x_list() -> many YRow
SELECT id FROM x;
