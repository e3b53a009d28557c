-- refused: :nmae is not among its parameters
--: x_find(name text) -> one (id int)
SELECT id FROM x WHERE name = :nmae;
