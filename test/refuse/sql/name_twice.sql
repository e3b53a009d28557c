-- refused: 'x_count' stands here twice
--: x_count() -> one (n int)
SELECT count(*) FROM x;
--: x_count() -> one (n int)
SELECT count(*) FROM x;
