-- refused: one query, one statement
--: x_remove(id int) -> changed
DELETE FROM x WHERE id = :id; DELETE FROM y WHERE id = :id;
