-- refused: a statement starts with
--: x_add(id int) -> changed
REPLACE INTO x (id) VALUES (:id);
