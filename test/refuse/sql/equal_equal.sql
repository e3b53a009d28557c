-- refused: '==' exists in SQLite only
--: x_find(id int) -> one (id_found int)
SELECT id FROM x WHERE id == :id;
