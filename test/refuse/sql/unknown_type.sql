-- refused: unknown type 'string' of name
--: x_find(name string) -> one (id int)
SELECT id FROM x WHERE name = :name;
