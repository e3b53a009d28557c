-- refused: a text that is never closed
--: x_count() -> one (n int)
SELECT count(*) FROM x WHERE kind = 'open;
