-- refused: not a mixture
--: x_count() -> one (n int)
SELECT count(*) FROM x;
--: for postgres
SELECT count(*) FROM x;
