-- refused: 'now' reads the clock
--: x_list() -> one (n int)
SELECT count(*) FROM x WHERE at < now();
