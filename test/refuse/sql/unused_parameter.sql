-- refused: parameter never used: kind
--: x_find(name text, kind text) -> one (id int)
SELECT id FROM x WHERE name = :name;
