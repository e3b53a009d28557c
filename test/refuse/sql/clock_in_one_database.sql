-- refused: 'strftime' reads or formats time in SQL
--: x_old() -> one (n int)
--: for sqlite
SELECT strftime('%s', 'now');
--: for postgres
SELECT 1;
