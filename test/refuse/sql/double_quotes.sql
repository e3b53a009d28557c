-- refused: means a name or a text
--: x_find(id int) -> one (id_found int)
SELECT id FROM x WHERE id = :id AND kind = "open";
