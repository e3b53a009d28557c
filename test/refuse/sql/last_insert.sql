-- refused: asks for hidden state; use RETURNING
--: x_last() -> one (id int)
--: for sqlite
SELECT last_insert_rowid();
--: for postgres
SELECT 1;
