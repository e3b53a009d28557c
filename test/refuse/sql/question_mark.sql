-- refused: parameters are written :name
--: x_count(id int) -> one (n int)
SELECT count(*) FROM x WHERE id = ?;
