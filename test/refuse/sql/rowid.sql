-- refused: 'rowid' is a column of one database only
--: x_first() -> many int
SELECT rowid FROM x ORDER BY rowid;
