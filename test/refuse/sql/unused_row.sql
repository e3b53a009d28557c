-- refused: row 'XRow' is never used
--: row XRow = id int
--: x_list() -> many int
SELECT id FROM x;
