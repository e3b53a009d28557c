-- refused: a write that gives columns needs RETURNING
--: x_add(id int) -> one (id_new int)
INSERT INTO x (id) VALUES (:id);
