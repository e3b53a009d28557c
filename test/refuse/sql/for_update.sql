-- refused: FOR UPDATE exists in PostgreSQL only; use {for update}
--: x_take(id int) -> one (id_found int)
SELECT id FROM x WHERE id = :id FOR UPDATE;
