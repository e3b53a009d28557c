-- refused: a statement ends with a semicolon
--: x_count() -> one (n int)
SELECT count(*) FROM x
